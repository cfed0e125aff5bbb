"""Contours of a function of two variables, as on a map, with the paths that lead over it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bpkit.figures.curve import Mark
from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import BLUE, THIN, VERMILION, Point, escape, line, plain, points, tag, text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

SIDE = 380  # of the map, in pixels
LEFT, TOP, RIGHT, BELOW = 52, 44, 16, 46
DASHES = (None, "7 4", "2 4", "10 4 2 4", "16 5")


def contours(
    x: ArrayLike,
    y: ArrayLike,
    values: ArrayLike,
    levels: Sequence[float],
    paths: Mapping[str, Sequence[Point]] | None = None,
    marks: Sequence[Mark] = (),
    x_label: str = "x",
    y_label: str = "y",
    title: str = "",
    height: str = "height",
    told: str = "",
) -> Picture:
    """Draw where a function of x and y has the given values, and paths over this map.

    Parameters
    ----------
    x, y : array_like, shape (n,) and (m,)
        The places of a grid.
    values : array_like, shape (m, n)
        The function there, a row for each y.
    levels : sequence of float
        The values of the contours; those that begin with 1, 2 or 5 are written at them.
    paths : mapping of str to points, optional
        At most five, told apart by their dashes; each begins with a hollow dot and ends with a full one, at which
        its name stands. What lies outside of the map is cut off.
    marks : sequence of Mark
        Points with their words.
    x_label, y_label, title, height : str
        What is written along the axes and above, and what the values are called in the words.
    told : str
        What else is to be said in words.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If `values` does not fit the grid, or the paths are too many to tell apart.
    """
    import numpy as np  # here, so that the package's other pictures need not wait for it

    xs, ys, grid = (np.asarray(given, float) for given in (x, y, values))
    paths = dict(paths or {})
    if grid.shape != (len(ys), len(xs)):
        raise ValueError(f"values must have shape ({len(ys)}, {len(xs)}), a row for each y, not {grid.shape}")
    if len(paths) > len(DASHES):
        raise ValueError(f"{len(paths)} paths in one picture: no more than {len(DASHES)} can be told apart")
    sheet = _Sheet((xs[0], xs[-1]), (ys[0], ys[-1]))
    inside = _lines(sheet, xs, ys, grid, levels, [sheet.at((mark.x, mark.y)) for mark in marks])
    inside += [_mark(sheet, mark) for mark in marks]
    inside += [_path(sheet, name, path, dash) for (name, path), dash in zip(paths.items(), DASHES, strict=False)]
    body = sheet.axes(x_label, y_label, title) + "".join(inside)
    words = [
        f"{title or 'A map'}.",
        f"Across: {x_label}, from {plain(xs[0], 3)} to {plain(xs[-1], 3)}.",
        f"Up: {y_label}, from {plain(ys[0], 3)} to {plain(ys[-1], 3)}.",
        f"Contours of the {height}, from {plain(min(levels), 3)} to {plain(max(levels), 3)}." if levels else "",
        *(f"At ({plain(mark.x, 3)}, {plain(mark.y, 3)}): {mark.text}." for mark in marks),
        *(_course(name, path) for name, path in paths.items()),
        told,
    ]
    return picture(LEFT + SIDE + RIGHT, TOP + SIDE + BELOW, body, " ".join(filter(None, words)))


class _Sheet:
    """From values to pixels."""

    def __init__(self, x: Point, y: Point) -> None:
        self.x, self.y = x, y

    def at(self, point: Sequence[float] | NDArray[np.floating]) -> Point:
        """Return a place on the page, near enough to it for a drawing."""
        (x0, x1), (y0, y1) = self.x, self.y
        across = LEFT + SIDE * (point[0] - x0) / (x1 - x0)
        up = TOP + SIDE * (1 - (point[1] - y0) / (y1 - y0))
        return tuple(max(-9999.0, min(9999.0, float(pixel))) for pixel in (across, up))  # type: ignore[return-value]

    def axes(self, x_label: str, y_label: str, title: str) -> str:
        from matplotlib.ticker import MaxNLocator

        parts = [
            tag("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, fill="none", **THIN),
            text(LEFT, 17, escape(title), 15, "start", font_weight="bold"),
            text(LEFT + SIDE, TOP + SIDE + 40, escape(x_label), 14, "end"),
            text(LEFT - 8, TOP - 8, escape(y_label), 14, "end"),
        ]
        for low, high, is_x in ((*self.x, True), (*self.y, False)):
            for value in MaxNLocator(6, steps=[1, 2, 5, 10]).tick_values(low, high):
                if low <= value <= high:
                    x, y = self.at((value, self.y[0]) if is_x else (self.x[0], value))
                    parts.append(line((x, y), (x, y + 5) if is_x else (x - 5, y), **THIN))
                    place = (x, y + 20, "middle") if is_x else (x - 9, y + 5, "end")
                    parts.append(text(place[0], place[1], plain(value), 13, place[2]))
        return "".join(parts)


def _lines(
    sheet: _Sheet,
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    grid: NDArray[np.floating],
    levels: Sequence[float],
    taken: list[Point],
) -> list[str]:
    """Draw the contours, and then the numbers at those that have room for it, the highest first."""
    from contourpy import contour_generator

    generator, strokes, numbers = contour_generator(x, y, grid), [], []
    for level in sorted(levels, reverse=True):
        pieces = [[sheet.at(place) for place in piece] for piece in generator.lines(level)]  # type: ignore[arg-type]
        strokes += [
            tag("polyline", points=points(piece), fill="none", stroke=BLUE, stroke_opacity=0.75, stroke_width=1.2)
            for piece in pieces
        ]
        if pieces and f"{level:.5e}".partition("e")[0] in ("1.00000", "2.00000", "5.00000"):
            place = _corner(max(pieces, key=len))
            if place and all(math.dist(place, other) > 27 for other in taken):
                taken.append(place)
                numbers.append(_number(place, plain(level)))
    return strokes + numbers


def _corner(piece: Sequence[Point]) -> Point | None:
    """Return where a contour runs furthest to the upper right."""
    room = [(x, y) for x, y in piece if LEFT + 16 < x < LEFT + SIDE - 16 and TOP + 14 < y < TOP + SIDE - 14]
    return max(room, key=lambda place: place[0] - place[1]) if room else None


def _number(place: Point, number: str) -> str:
    halo = {"stroke": "var(--jp-layout-color0, none)", "stroke_width": 3, "paint_order": "stroke"}
    return text(place[0], place[1] + 4, number, 11, "middle", fill="currentColor", **halo)


def _mark(sheet: _Sheet, mark: Mark) -> str:
    x, y = sheet.at((mark.x, mark.y))
    cross = line((x - 4, y), (x + 4, y), stroke="currentColor", stroke_width=1.6)
    cross += line((x, y - 4), (x, y + 4), stroke="currentColor", stroke_width=1.6)
    return cross + text(x + 7, y - 6, escape(mark.text), 14, "start", font_weight="bold")


def _path(sheet: _Sheet, name: str, path: Sequence[Point], dash: str | None) -> str:
    places = [sheet.at(place) for place in path]
    look = {"stroke_dasharray": dash} if dash else {}
    start, end = places[0], places[-1]
    strokes = [
        tag("polyline", points=points(piece), fill="none", stroke=VERMILION, stroke_width=2, **look)
        for piece in _pieces(places)
    ]
    if _inside(start):
        strokes.append(tag("circle", cx=start[0], cy=start[1], r=5, fill="none", stroke=VERMILION, stroke_width=2))
    if _inside(end):
        strokes.append(tag("circle", cx=end[0], cy=end[1], r=5.5, fill=VERMILION))
        strokes.append(text(end[0] + 8, end[1] + 16, escape(name), 13, "start"))
    return "".join(strokes)


def _inside(place: Point) -> bool:
    return LEFT <= place[0] <= LEFT + SIDE and TOP <= place[1] <= TOP + SIDE


def _pieces(places: Sequence[Point]) -> list[list[Point]]:
    """Cut off what of a line lies outside of the map (Liang and Barsky)."""
    pieces: list[list[Point]] = []
    for (x0, y0), (x1, y1) in pairwise(places):
        dx, dy = x1 - x0, y1 - y0
        enters, leaves = 0.0, 1.0
        for speed, room in ((-dx, x0 - LEFT), (dx, LEFT + SIDE - x0), (-dy, y0 - TOP), (dy, TOP + SIDE - y0)):
            if speed < 0:
                enters = max(enters, room / speed)
            elif speed > 0:
                leaves = min(leaves, room / speed)
            elif room < 0:
                leaves = -1
        if enters > leaves:
            continue
        start, end = ((x0 + t * dx, y0 + t * dy) for t in (enters, leaves))
        if pieces and pieces[-1][-1] == start:
            pieces[-1].append(end)
        else:
            pieces.append([start, end])
    return pieces


def _course(name: str, path: Sequence[Point]) -> str:
    (x0, y0), (x1, y1) = path[0], path[-1]
    steps = "1 step" if len(path) == 2 else f"{len(path) - 1} steps"
    return f"{name}: from ({plain(x0, 3)}, {plain(y0, 3)}) to ({plain(x1, 3)}, {plain(y1, 3)}), {steps}."
