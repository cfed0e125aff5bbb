"""The still picture of a training: the plane with its boundary and points, and the loss curve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.data.plane import EDGE
from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import BLUE, VERMILION, line, plain, tag, text

GRID = 41  # values along each side of the plane
SIDE, LEFT, TOP = 300, 30, 26
CURVE_LEFT, CURVE_WIDTH, CURVE_HEIGHT = 400, 210, 200
SHADES = (0.0, 0.1, 0.2, 0.3, 0.4)  # how dark a place is, for |p − ½| of up to 0.1, 0.2, …

Field = NDArray[np.float64]


def drawing(p: Field, points: Sequence[Any], curve: Sequence[Any], alt: str) -> Picture:
    """Draw a training.

    Parameters
    ----------
    p : ndarray, shape (GRID, GRID)
        The probability of class 1, rows from the lowest x2 to the highest.
    points : sequence of [x1, x2, class]
        What is learned from.
    curve : sequence of [epoch, loss]
        The loss curve.
    alt : str
        The same in words.
    """
    body = _shades(p) + _hatching(p) + _boundary(p) + _frame() + _points(p, points) + _loss(curve)
    return picture(CURVE_LEFT + CURVE_WIDTH + 20, TOP + SIDE + 40, body, alt)


def _x(value: float) -> float:
    return LEFT + (value + EDGE) / (2 * EDGE) * SIDE


def _y(value: float) -> float:
    return TOP + (EDGE - value) / (2 * EDGE) * SIDE


def _shades(p: Field) -> str:
    """Shade cell by cell, with neighbours of one shade as one stroke."""
    middle = (p[:-1, :-1] + p[1:, :-1] + p[:-1, 1:] + p[1:, 1:]) / 4
    levels = np.clip((np.abs(middle - 0.5) * 10).astype(int), 0, len(SHADES) - 1) * np.where(middle > 0.5, 1, -1)
    size = SIDE / (GRID - 1)
    strokes: dict[int, str] = {}
    for row, shades in enumerate(levels):
        at = 0
        for level, run in groupby(shades.tolist()):
            cells = len(list(run))
            x, y = LEFT + at * size, TOP + SIDE - (row + 0.5) * size
            strokes[level] = strokes.get(level, "") + f"M{x:.1f} {y:.1f}h{cells * size:.1f}"
            at += cells
    return "".join(
        tag("path", d=d, stroke=BLUE if level > 0 else VERMILION, stroke_opacity=SHADES[abs(level)], stroke_width=size)
        for level, d in sorted(strokes.items())
        if level
    )


def _hatching(p: Field) -> str:
    """Hatch the side of class 0, so that it is told apart without colours."""
    d = ""
    for row in range(1, GRID - 2, 2):
        for column in range(1 + row // 2 % 2 * 2, GRID - 2, 4):
            if p[row : row + 2, column : column + 2].max() < 0.5:
                x, y = LEFT + column / (GRID - 1) * SIDE, TOP + SIDE - row / (GRID - 1) * SIDE
                d += f"M{x:.1f} {y:.1f}l7.5 -7.5"
    return tag("path", d=d, stroke=VERMILION, stroke_width=1.2, stroke_opacity=0.7) if d else ""


def _boundary(p: Field) -> str:
    d = "".join(f"M{_x(x1):.1f} {_y(y1):.1f}L{_x(x2):.1f} {_y(y2):.1f}" for (x1, y1), (x2, y2) in _segments(p - 0.5))
    return tag("path", d=d, fill="none", stroke="currentColor", stroke_width=2.6, stroke_linecap="round") if d else ""


def _segments(values: Field) -> Iterator[Any]:
    """Yield where the surface over the grid crosses 0, cell by cell: two points each, in the plane's coordinates."""
    at = np.linspace(-EDGE, EDGE, GRID)
    above = values > 0
    mixed = above[:-1, :-1].astype(int) + above[1:, :-1] + above[:-1, 1:] + above[1:, 1:]
    for row, column in np.argwhere((mixed > 0) & (mixed < 4)):
        corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
        crossings = []
        for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
            if above[one] != above[other]:
                t = values[one] / (values[one] - values[other])
                (r1, c1), (r2, c2) = one, other
                crossings.append((at[c1] + t * (at[c2] - at[c1]), at[r1] + t * (at[r2] - at[r1])))
        yield from zip(crossings[::2], crossings[1::2], strict=True)


def _frame() -> str:
    outline = tag("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="none", stroke="currentColor", stroke_width=1.2)
    marks = ""
    for value in (-2, -1, 0, 1, 2):
        marks += text(_x(value), TOP + SIDE + 16, plain(value), 12) + text(
            LEFT - 5, _y(value) + 4, plain(value), 12, "end"
        )
    return outline + marks + text(LEFT + SIDE, TOP + SIDE + 32, "x₁", 14, "end") + text(LEFT - 5, TOP - 10, "x₂", 14)


def _points(p: Field, points: Sequence[Any]) -> str:
    """Draw circles for class 1, triangles for class 0."""
    circles, triangles = "", ""
    for x1, x2, which in points:
        x, y = _x(x1), _y(x2)
        if which:
            circles += f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
        else:
            triangles += f"M{x:.1f} {y - 5:.1f}l4.8 8.5h-9.6z"
    look = {"stroke": "var(--jp-layout-color0, white)", "stroke_width": 1}
    return "".join(tag("path", d=d, fill=fill, **look) for d, fill in ((circles, BLUE), (triangles, VERMILION)) if d)


def _loss(curve: Sequence[Any]) -> str:
    """Draw the loss over the epochs, from 0 to the highest."""
    bottom = TOP + CURVE_HEIGHT
    body = line((CURVE_LEFT, bottom), (CURVE_LEFT + CURVE_WIDTH, bottom), stroke="currentColor")
    body += line((CURVE_LEFT, TOP), (CURVE_LEFT, bottom), stroke="currentColor")
    body += text(CURVE_LEFT + CURVE_WIDTH, bottom + 34, "epoch", 14, "end")
    body += text(CURVE_LEFT, TOP - 10, "loss", 14, "start") + text(CURVE_LEFT - 6, bottom + 4, "0", 12, "end")
    if not curve:
        return body
    last, top = max(curve[-1][0], 1), max(loss for _, loss in curve) or 1
    places = [
        f"{CURVE_LEFT + epoch / last * CURVE_WIDTH:.1f},{bottom - loss / top * CURVE_HEIGHT:.1f}"
        for epoch, loss in curve
    ]
    body += text(CURVE_LEFT - 6, TOP + 4, plain(top, 3), 12, "end")
    body += text(CURVE_LEFT + CURVE_WIDTH, bottom + 16, plain(last, 4), 12)
    x, y = places[-1].split(",")
    dot = tag("circle", cx=x, cy=y, r=4)
    return body + tag("polyline", points=" ".join(places), fill="none", stroke="currentColor", stroke_width=2) + dot
