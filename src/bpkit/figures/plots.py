"""Line curves, named at their ends, told apart by their dashes."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import SupportsFloat, TypeAlias

from bpkit.figures.axes import Axis, axis
from bpkit.figures.picture import Picture, picture
from bpkit.figures.placing import Box, Segment, roomiest
from bpkit.figures.svg import Point, escape, line, plain, points, strokes, tag, text

LEFT, TOP, WIDE, HIGH = 74, 66, 470, 280  # the plotting area, in pixels
LETTER = 7.6  # the width of a letter of size 14, on average

Curve: TypeAlias = list[Point | None]  # None where the line is broken


@dataclass(frozen=True)
class Mark:
    """A point to look at, with a word beside it; `hollow` marks a point the curve does not contain."""

    x: float
    y: float
    text: str = ""
    hollow: bool = False


def curves(
    series: Mapping[str, tuple[Iterable[SupportsFloat], Iterable[SupportsFloat]]],
    x_label: str = "",
    y_label: str = "",
    title: str = "",
    marks: Sequence[Mark] = (),
    log_y: bool = False,
) -> Picture:
    """Draw one line for each series, with its name at its right end.

    Parameters
    ----------
    series : mapping of str to (x, y)
        The name of each line, and its points: two sequences of numbers of one length, in the order in which
        they are joined. A line is broken where y is not finite, so that NaN draws a jump as a jump, and with
        `log_y` where y is not positive.
    x_label, y_label, title : str
        Written along the axes and above.
    marks : sequence of Mark
        Points drawn on top.
    log_y : bool
        Whether equal steps upwards are equal factors, as for a gradient over depth.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If a line has nothing to draw, x and y differ in length, or the lines are too many to tell apart.
    """
    drawn = {name: _curve(f"the line {name!r}", x, y, log_y) for name, (x, y) in series.items()}
    if not drawn:
        raise ValueError("there is no line to draw")
    for mark in marks:
        _curve(f"the mark {mark.text!r}", [mark.x], [mark.y], log_y)
    seen = [point for curve in drawn.values() for point in _seen(curve)] + [(m.x, m.y) for m in marks]
    xs = [x for x, _ in seen]
    across = axis(xs, LEFT, LEFT + WIDE)
    up = axis((y for _, y in seen), TOP + HIGH, TOP, pad=0.06, log=log_y)
    ends = _spread([up.at(_seen(curve)[-1][1]) for curve in drawn.values()])

    body = [
        text(LEFT, 22, escape(title), 16, "start", font_weight="bold"),
        _frame(across, up, x_label, y_label),
    ]
    words = [
        f"{title or 'A plot'}.",
        f"Across: {x_label or 'x'}, from {_about(min(xs))} to {_about(max(xs))}.",
        f"Up: {y_label or 'y'}{', on a logarithmic scale' if log_y else ''}.",
    ]
    segments: list[Segment] = []
    for (name, curve), stroke, end in zip(drawn.items(), strokes(len(drawn)), ends, strict=True):
        for visible, piece in groupby(curve, key=bool):
            if visible:
                path = [(across.at(point[0]), up.at(point[1])) for point in piece if point]
                segments += pairwise(path)
                body.append(_stroke(path, stroke.style))
        # The name beside a sample of the line, so that colour is never the only tie between them.
        x = LEFT + WIDE + 10
        body.append(line((x, end), (x + 36, end), **stroke.style))
        body.append(text(x + 43, end + 5, escape(name), 14, "start"))
        words.append(f"{name} ({stroke.name} line): {_course(curve)}.")
    for mark in marks:
        body.append(_mark(mark, (across.at(mark.x), up.at(mark.y)), segments))
        dot = "A hollow dot" if mark.hollow else "A dot"
        words.append(f"{dot} at {_at((mark.x, mark.y))}{f': {mark.text}' if mark.text else ''}.")
    width = LEFT + WIDE + 63 + LETTER * max(map(len, drawn))
    return picture(width, TOP + HIGH + 56, "".join(body), " ".join(words))


def _curve(name: str, x: Iterable[SupportsFloat], y: Iterable[SupportsFloat], log_y: bool) -> Curve:
    """Pair x and y up, with None where there is nothing to draw."""
    xs, ys = [float(value) for value in x], [float(value) for value in y]
    if len(xs) != len(ys):
        raise ValueError(f"{name} has {len(xs)} x and {len(ys)} y")
    curve: Curve = [
        (x, y) if math.isfinite(x) and math.isfinite(y) and (y > 0 or not log_y) else None
        for x, y in zip(xs, ys, strict=True)
    ]
    if not any(curve):
        raise ValueError(f"{name} has no point that can be drawn")
    return curve


def _seen(curve: Curve) -> list[Point]:
    """Leave the breaks out."""
    return [point for point in curve if point]


def _frame(across: Axis, up: Axis, x_label: str, y_label: str) -> str:
    """Draw the axes, a faint grid at the round values, and what the axes mean."""
    right, bottom = LEFT + WIDE, TOP + HIGH
    faint = {"stroke": "currentColor", "stroke_opacity": 0.18, "stroke_width": 1}
    firm = {"stroke": "currentColor", "stroke_opacity": 0.7, "stroke_width": 1.2}
    body = []
    for x, name in across.ticks():
        body.append(line((x, TOP), (x, bottom), **faint))
        body.append(text(x, bottom + 19, name, 13))
    for y, name in up.ticks():
        body.append(line((LEFT, y), (right, y), **faint))
        body.append(text(LEFT - 8, y + 4.5, name, 13, "end"))
    body.append(line((LEFT, bottom), (right, bottom), **firm))
    body.append(line((LEFT, TOP), (LEFT, bottom), **firm))
    body.append(text((LEFT + right) / 2, bottom + 43, escape(x_label), 14))
    body.append(text(LEFT, TOP - 14, escape(y_label), 14, "start"))
    return "".join(body)


def _stroke(path: Sequence[Point], style: Mapping[str, object]) -> str:
    """Draw an unbroken piece of a line; a point on its own is a dot."""
    if len(path) == 1:
        return tag("circle", cx=path[0][0], cy=path[0][1], r=3, fill=style["stroke"])
    return tag("polyline", points=points(path), fill="none", **style)


def _spread(heights: Sequence[float], gap: float = 20) -> list[float]:
    """Move the labels' heights apart to at least `gap`, in their order, none below the lowest it may be."""
    order = sorted(range(len(heights)), key=lambda i: (heights[i], i))
    moved = list(heights)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + gap)
    floor = TOP + HIGH + gap / 2
    for i in reversed(order):
        moved[i] = min(moved[i], floor)
        floor = moved[i] - gap
    return moved


def _mark(mark: Mark, place: Point, segments: Sequence[Segment]) -> str:
    """Draw a dot, and its word where no line is in the way."""
    x, y = place
    dot = tag(
        "circle",
        cx=x,
        cy=y,
        r=4.5,
        stroke="currentColor",
        stroke_width=1.8,
        fill="none" if mark.hollow else "currentColor",
    )
    if not mark.text:
        return dot
    half = LETTER * len(mark.text) / 2
    boxes = [
        Box(x + i * (half + 10), y + j * 16, 2 * half, 14) for j in (-1, 1, 0) for i in (1, -1, 0) if i or j
    ]
    inside = [
        box for box in boxes if abs(box.x - LEFT - WIDE / 2) < WIDE / 2 - half and TOP < box.y < TOP + HIGH
    ]
    box = roomiest(inside or boxes, segments)
    return dot + text(box.x, box.y + 5, escape(mark.text), 14)


def _about(value: float) -> str:
    """Write three digits of a number, of a large one six: 12300 rather than 1.23e+04."""
    return plain(value, 3 if abs(value) < 1000 else 6)


def _at(point: Point) -> str:
    return f"({_about(point[0])}, {_about(point[1])})"


def _course(curve: Curve) -> str:
    """Say where a line starts, ends, and has its extremes."""
    seen = _seen(curve)
    low, high = (pick(seen, key=lambda point: point[1]) for pick in (min, max))
    ends = (seen[0][1], seen[-1][1])
    words = f"from {_at(seen[0])} to {_at(seen[-1])}"
    if low[1] < min(ends):
        words += f", lowest at {_at(low)}"
    if high[1] > max(ends):
        words += f", highest at {_at(high)}"
    return words
