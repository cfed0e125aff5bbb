"""Which class was taken for which, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import BLUE, VERMILION, escape, tag, text

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Counts: TypeAlias = list[list[int]]

CELL, LEFT, TOP, EDGE = 40, 84, 60, 12
MOST = 20  # classes; with more the numbers would no longer fit on a page
DARKEST = 0.45  # so much of the blue that a number on top of it still reads in either theme
MOST_TOLD = 30  # kinds of mistakes that the words list


def confusion_matrix(counts: ArrayLike, names: Sequence[object] = (), title: str = "Confusion matrix") -> Picture:
    """Draw how often each class (a row) was read as each class (a column).

    What was read rightly lies on the diagonal, the bluer the larger its share of the row. A mistake is framed, and
    its number bold; an empty cell has a dot.

    Parameters
    ----------
    counts : array_like of int, shape (c, c)
        Entry (i, j) counts samples of class i that were read as class j.
    names : sequence
        What the classes are called; their numbers from 0 on if left out.
    title : str
        What the words begin with.

    Returns
    -------
    Picture
        In words, it says how many are right, and lists the mistakes, the most frequent first.

    Raises
    ------
    ValueError
        If `counts` is not square, has more classes than fit, or an entry that counts nothing, such as −1 or ½; or
        if there is not one name for each class.
    """
    table = _counts(counts)
    called = [str(name) for name in names or range(len(table))]
    if len(called) != len(table):
        raise ValueError(f"{len(called)} names for {len(table)} classes")
    side = CELL * len(table)
    body = [text(LEFT + side / 2, 22, "read as", 15), text(30, TOP + side / 2 + 5, "true", 15)]
    for k, name in enumerate(called):
        middle = (k + 0.5) * CELL
        body.append(text(LEFT + middle, TOP - 10, escape(name), 15, font_weight="bold"))
        body.append(text(LEFT - 12, TOP + middle + 5, escape(name), 15, "end", font_weight="bold"))
    cells = [(i, j) for i in range(len(table)) for j in range(len(table))]
    # Frames last, so that no neighbour's rim runs over them.
    body += [_cell(table, *cell) for cell in sorted(cells, key=lambda cell: _is_mistake(table, *cell))]
    return picture(LEFT + side + EDGE, TOP + side + EDGE, "".join(body), _in_words(table, called, title))


def _counts(counts: ArrayLike) -> Counts:
    """Return the matrix as whole numbers."""
    import numpy as np  # here, so that the package's other pictures need not wait for it

    table = np.asarray(counts)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not 0 < len(table) <= MOST:
        raise ValueError(f"counts has shape {table.shape}; one row and one column for each of 1 to {MOST} classes")
    if table.dtype.kind not in "iuf" or not np.isfinite(table).all() or (table < 0).any() or (table % 1).any():
        raise ValueError("counts holds whole numbers, none of them negative")
    return [[int(count) for count in row] for row in table.tolist()]


def _is_mistake(table: Counts, i: int, j: int) -> bool:
    return i != j and table[i][j] > 0


def _cell(table: Counts, i: int, j: int) -> str:
    """Draw one cell with its number."""
    x, y, count = LEFT + j * CELL, TOP + i * CELL, table[i][j]
    middle = x + CELL / 2, y + CELL / 2 + 5
    rim = {"fill": "none", "stroke": "currentColor", "stroke_opacity": 0.25}
    if not count:
        return _square(x, y, 0, rim) + text(*middle, "·", 14, fill_opacity=0.6)
    if i == j:
        blue = {"fill": BLUE, "fill_opacity": DARKEST * count / sum(table[i])}
        return _square(x, y, 0, rim | blue) + text(*middle, str(count), 14)
    frame = {"fill": "none", "stroke": VERMILION, "stroke_width": 2.5}
    return _square(x, y, 2, frame) + text(*middle, str(count), 15, font_weight="bold")


def _square(x: float, y: float, inset: float, style: dict[str, object]) -> str:
    return tag("rect", x=x + inset, y=y + inset, width=CELL - 2 * inset, height=CELL - 2 * inset, **style)


def _in_words(table: Counts, names: Sequence[str], title: str) -> str:
    classes = range(len(table))
    mistakes = [(table[i][j], names[i], names[j]) for i in classes for j in classes if _is_mistake(table, i, j)]
    words = f"{title}. {sum(table[k][k] for k in classes)} of {sum(map(sum, table))} are read rightly."
    if mistakes:
        mistakes.sort(key=lambda mistake: -mistake[0])
        told = [f"{name} as {other}{f' ({count} times)' if count > 1 else ''}" for count, name, other in mistakes]
        more = f" and {len(told) - MOST_TOLD} other kinds" if len(told) > MOST_TOLD else ""
        words += f" Misread: {', '.join(told[:MOST_TOLD])}{more}."
    return words
