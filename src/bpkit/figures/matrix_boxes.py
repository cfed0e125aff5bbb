"""A product of matrices as boxes: shapes that fit, seen before any entry is computed."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import BLUE, GREEN, PURPLE, RIM, VERMILION, escape, line, symbol, symbol_width, tag, text

Matrix: TypeAlias = tuple[str, int, int]

UNIT, LONGEST, THINNEST = 30, 180, 8  # of a side, in pixels: one row or column, the most, and the least
GAP, TOP = 18, 30  # room for a sign between boxes, and above the boxes
# Each inner size has a colour and a pattern of its own; the numbers beside the edges tell them apart, too.
INNER = [(BLUE, "none"), (VERMILION, "9 5"), (GREEN, "2 4"), (PURPLE, "12 4 2 4")]


def matrix_product(result: Matrix, *factors: Matrix) -> Picture:
    """Draw result = factor · factor · … as boxes, as high and wide as the matrices have rows and columns.

    A row vector is a flat box, a column a tall and thin one. Beside each box stands its number of rows, above it
    its number of columns, below it its name and shape. The columns of a factor and the rows of the next, which
    must be equally many, have edges of the same colour and pattern.

    Parameters
    ----------
    result, *factors : tuple of (str, int, int)
        Name, rows and columns, such as ``("Dg", 3, 2)``; "W2" is drawn with an index.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no factor, a size is no whole number from 1 on, two factors do not fit, or their product has
        another shape than `result`.
    """
    _check(result, factors)
    matrices = [result, *factors]
    unit = min(UNIT, LONGEST / max(max(rows, columns) for _, rows, columns in matrices))
    highest = max(_side(rows, unit) for _, rows, _ in matrices)
    middle, body, left = TOP + highest / 2, [], 4.0
    for place, matrix in enumerate(matrices):
        if place:
            sign = "=" if place == 1 else "·"
            body.append(text(left + GAP / 2, middle + 7, sign, 22))
            left += GAP
        above = INNER[(place - 1) % len(INNER)] if 0 < place < len(factors) else None
        beside = INNER[(place - 2) % len(INNER)] if place > 1 else None
        slot = _slot(matrix, unit)
        body.append(_box(matrix, unit, left + slot / 2, middle, TOP + highest, above, beside))
        left += slot
    return picture(left + 4, TOP + highest + 60, "".join(body), _in_words(result, factors))


def _check(result: Matrix, factors: Sequence[Matrix]) -> None:
    if not factors:
        raise ValueError("a product has at least one factor")
    for name, *sizes in (result, *factors):
        if len(sizes) != 2 or not all(type(size) is int and size > 0 for size in sizes):
            raise ValueError(f"{name!r} needs its rows and columns, whole numbers from 1 on, not {sizes}")
    for (one, _, columns), (other, rows, _) in pairwise(factors):
        if columns != rows:
            raise ValueError(f"{one!r} has {columns} columns and {other!r} {rows} rows, so they can not be multiplied")
    (name, *shape), made = result, [factors[0][1], factors[-1][2]]
    if shape != made:
        raise ValueError(f"the product is {made[0]} × {made[1]}, but {name!r} is said to be {shape[0]} × {shape[1]}")


def _side(count: int, unit: float) -> float:
    return max(unit * count, THINNEST)


def _slot(matrix: Matrix, unit: float) -> float:
    """Say how much room a box takes, with its number on the left and the lines below."""
    name, rows, columns = matrix
    edge = 9 * len(str(rows)) + 16
    below = max(20 * symbol_width(name) * 1.1, 9 * len(f"{rows} × {columns}"))
    return max(_side(columns, unit) + 2 * edge, below + 8)


def _box(
    matrix: Matrix,
    unit: float,
    x: float,
    y: float,
    floor: float,
    above: tuple[str, str] | None,
    beside: tuple[str, str] | None,
) -> str:
    """Draw one matrix around (x, y), its name below `floor`, its upper and its left edge marked as they are told."""
    name, rows, columns = matrix
    width, height = _side(columns, unit), _side(rows, unit)
    left, top = x - width / 2, y - height / 2
    parts = [
        tag("rect", x=left, y=top, width=width, height=height, **RIM),
        text(x, top - 10, str(columns), 15),
        text(left - 8, y + 5, str(rows), 15, "end"),
        text(x, floor + 26, symbol(name), 20),
        text(x, floor + 48, escape(f"{rows} × {columns}"), 14),
    ]
    if above:
        parts.append(_edge((left, top), (left + width, top), *above))
    if beside:
        parts.append(_edge((left, top), (left, top + height), *beside))
    return "".join(parts)


def _edge(start: tuple[float, float], end: tuple[float, float], colour: str, dashes: str) -> str:
    return line(start, end, stroke=colour, stroke_width=5, stroke_dasharray=dashes)


def _in_words(result: Matrix, factors: Sequence[Matrix]) -> str:
    product = " · ".join(map(_told, factors))
    words = [f"A product of matrices as boxes, in proportion: {_told(result)} = {product}."]
    words += [
        f"The columns of {one} and the rows of {other} have edges of one colour and pattern: {size} each."
        for (one, _, size), (other, _, _) in pairwise(factors)
    ]
    return " ".join(words)


def _told(matrix: Matrix) -> str:
    name, rows, columns = matrix
    kind = "" if rows > 1 < columns else ", a row" if columns > 1 else ", a column" if rows > 1 else ", one number"
    return f"{name} ({rows} × {columns}{kind})"
