"""How far a student has come, chapter by chapter."""

import math
from collections.abc import Sequence

from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import BLUE, escape, plain, tag, text

WIDE, ROW, BAR = 560, 50, 14
LONGEST = 52  # letters of a title that fit beside the points


def progress_bars(rows: Sequence[tuple[str, float, float]]) -> Picture:
    """Draw one bar for each chapter, with the points beside it: "3 of 8 points".

    Parameters
    ----------
    rows : sequence of (title, earned, possible)
        The chapters in order. A chapter not begun has an empty bar; one without points says so.

    Returns
    -------
    Picture
        In words, it has one line for each chapter and one for the whole.
    """
    body, lines = [], []
    for i, (title, earned, possible) in enumerate(rows):
        top = 6 + i * ROW
        body.append(text(2, top + 16, escape(_shortened(title)), 15, "start"))
        body.append(text(WIDE - 2, top + 16, escape(_points(earned, possible)), 14, "end"))
        if possible > 0:
            body.append(_bar(top + 24, min(max(earned / possible, 0), 1)))
        lines.append(f"{title}: {_points(earned, possible)}")
    whole = _points(sum(row[1] for row in rows), sum(row[2] for row in rows)) if rows else "nothing yet"
    bottom = 6 + len(rows) * ROW
    body.append(text(WIDE - 2, bottom + 18, escape(f"In all: {whole}"), 15, "end", font_weight="bold"))
    return picture(WIDE, bottom + 28, "".join(body), "\n".join([*lines, f"In all: {whole}"]))


def _bar(y: float, share: float) -> str:
    """Draw the outline of a whole bar, and fill `share` of it; however small a start, it shows."""
    outline = {"fill": "none", "stroke": "currentColor", "stroke_opacity": 0.6, "stroke_width": 1.2}
    bar = tag("rect", x=2, y=y, width=WIDE - 4, height=BAR, rx=BAR / 2, **outline)
    if share == 0:
        return bar
    return tag("rect", x=2, y=y, width=max(share * (WIDE - 4), BAR), height=BAR, rx=BAR / 2, fill=BLUE) + bar


def as_points(earned: float) -> str:
    """Write points with one decimal at most, cut off: what is not quite complete must not look so."""
    return plain(math.floor(earned * 10 + 1e-6) / 10)


def _points(earned: float, possible: float) -> str:
    if possible <= 0:
        return "no points to earn"
    done = " ✓" if earned >= possible else ""
    return f"{as_points(earned)} of {plain(round(possible, 2))} point{'s' * (possible != 1)}{done}"


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"
