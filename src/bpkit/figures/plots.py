"""Line curves, told apart by their dashes, named beside the plot, and told in words."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import SupportsFloat

from bpkit.figures.curve import Curve, Line, Mark
from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import COLOURS, Point, plain

LARGEST = 1e200  # a line goes no further: the axes, which go on a little, must still end in a number
DASHES: dict[str, tuple[int, ...] | None] = {
    "solid": None,
    "dashed": (9, 5),
    "dotted": (2, 4),
    "dash-dotted": (10, 4, 2, 4),
    "long-dashed": (18, 6),
}


def curves(
    series: Mapping[str, tuple[Iterable[SupportsFloat], Iterable[SupportsFloat]]],
    x_label: str = "",
    y_label: str = "",
    title: str = "",
    marks: Sequence[Mark] = (),
    log_y: bool = False,
) -> Picture:
    """Draw one line for each series, with the names beside the plot, the line that runs highest on top.

    Matplotlib draws, and is imported when the first plot is.

    Parameters
    ----------
    series : mapping of str to (x, y)
        The name of each line, and its points: two sequences of numbers of one length, in the order in which
        they are joined. A line is broken where y is not finite, so that NaN draws a jump as a jump, and with
        `log_y` where y has no logarithm: 0, below 0, or underflown to less than 1e-200.
    x_label, y_label, title : str
        Written along the axes and above, as they are: a dollar is a dollar, σ′ and ∂L are written so.
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
        If a line has nothing to draw, x and y differ in length, a number is too large, or the lines are too
        many to tell apart.
    """
    if not series:
        raise ValueError("there is no line to draw")
    if len(series) > len(DASHES):
        raise ValueError(f"{len(series)} lines in one picture: no more than {len(DASHES)} can be told apart")
    lines = [
        Line(name, _curve(f"the line {name!r}", x, y, log_y), look, dashes, COLOURS[i % len(COLOURS)])
        for i, ((name, (x, y)), (look, dashes)) in enumerate(zip(series.items(), DASHES.items(), strict=False))
    ]
    for mark in marks:
        _curve(f"the mark {mark.text!r}", [mark.x], [mark.y], log_y)

    from bpkit.figures.drawing import draw  # Matplotlib takes a third of a second to import

    width, height, body = draw(lines, x_label, y_label, title, marks, log_y)
    return picture(width, height, body, _in_words(lines, x_label, y_label, title, marks, log_y))


def _curve(name: str, x: Iterable[SupportsFloat], y: Iterable[SupportsFloat], log_y: bool) -> Curve:
    """Pair x and y up, with None where there is nothing to draw."""
    xs, ys = [float(value) for value in x], [float(value) for value in y]
    if len(xs) != len(ys):
        raise ValueError(f"{name} has {len(xs)} x and {len(ys)} y")
    curve: Curve = [
        (x, y) if math.isfinite(x) and math.isfinite(y) and (not log_y or y * LARGEST >= 1) else None
        for x, y in zip(xs, ys, strict=True)
    ]
    if not any(curve):
        raise ValueError(f"{name} has no point that can be drawn")
    if any(abs(value) > LARGEST for point in _seen(curve) for value in point):
        raise ValueError(f"{name} goes beyond {LARGEST:g}, too far to draw")
    return curve


def _seen(curve: Curve) -> list[Point]:
    """Leave the breaks out."""
    return [point for point in curve if point]


def _in_words(lines: Sequence[Line], x_label: str, y_label: str, title: str, marks: Sequence[Mark], log_y: bool) -> str:
    """Say what the plot shows."""
    xs = [x for line in lines for x, _ in _seen(line.curve)] + [mark.x for mark in marks]
    words = [
        f"{title or 'A plot'}.",
        f"Across: {x_label or 'x'}, from {_about(min(xs))} to {_about(max(xs))}.",
        f"Up: {y_label or 'y'}{', on a logarithmic scale' if log_y else ''}.",
    ]
    words += [f"{line.name} ({line.look} line): {_course(line.curve)}." for line in lines]
    for mark in marks:
        dot = "A hollow dot" if mark.hollow else "A dot"
        words.append(f"{dot} at {_at((mark.x, mark.y))}{f': {mark.text}' if mark.text else ''}.")
    return " ".join(words)


def _about(value: float) -> str:
    """Write three digits of a number, of a large one six: 12300 rather than 1.23e+04."""
    return plain(value, 3 if abs(value) < 1000 else 6)


def _at(point: Point) -> str:
    return f"({_about(point[0])}, {_about(point[1])})"


def _course(curve: Curve) -> str:
    """Say where a line starts, ends, and has its extremes."""
    points = _seen(curve)
    low, high = (pick(points, key=lambda point: point[1]) for pick in (min, max))
    ends = (points[0][1], points[-1][1])
    words = f"from {_at(points[0])} to {_at(points[-1])}"
    if low[1] < min(ends):
        words += f", lowest at {_at(low)}"
    if high[1] > max(ends):
        words += f", highest at {_at(high)}"
    return words
