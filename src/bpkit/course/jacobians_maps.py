"""Chapter 02, first part: one map, its Jacobian matrix by hand, at work, and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np
import sympy

from bpkit.checking import Array, Function, Mistake
from bpkit.checking.array_diagnosis import same
from bpkit.checking.functions import Case

from .exercise import Chapter, Problem
from .jacobians_answers import Floats, Unfolded
from .writing import tex

CHAPTER = Chapter("02_jacobians", "Jacobians")

Map = Callable[[Floats], Floats]
Slip = tuple[str, Any]


def wrong_matrices(made: Iterable[Slip], right: sympy.Matrix) -> tuple[Mistake, ...]:
    """Keep the matrices that are wrong."""
    return tuple(Mistake(slug, sympy.Matrix(result)) for slug, result in made if sympy.Matrix(result) != right)


def wrong_arrays(made: Iterable[Slip], right: Floats) -> tuple[Mistake, ...]:
    """Keep the arrays that are wrong."""
    arrays = ((slug, np.asarray(result, float)) for slug, result in made)
    return tuple(Mistake(slug, array) for slug, array in arrays if not same(array, right, 1e-9))


def value_at(matrix: sympy.Matrix, letters: Sequence[sympy.Symbol], point: Floats) -> Floats:
    """Return a matrix of expressions at a point; a column as a vector."""
    values = np.array(matrix.subs(dict(zip(letters, point.tolist(), strict=True))), float)
    return values.ravel() if matrix.cols == 1 else values


def reordered(J: sympy.Matrix) -> Iterator[Slip]:
    """Yield a Jacobian with its columns in any other order."""
    columns = range(J.cols)
    for order in permutations(columns):
        if order != tuple(columns):
            yield "columns-order", J[:, list(order)]


@CHAPTER.exercise(
    "2.1",
    "A table of slopes",
    covers="fda/jacobian",
    points=2,
    vary={"n": (2, 3, 4), "a": (2, 3, 4, 5), "b": (2, 5, 7)},
)
def table_of_slopes(n: int = 2, a: int = 3, b: int = 5) -> Problem:
    """The Jacobian matrix of a map with three inputs and two outputs."""
    x = x1, x2, x3 = sympy.symbols("x1 x2 x3")
    g = sympy.Matrix([x1**n * x2 + b * x3, x2 * sympy.sin(a * x3)])
    J = g.jacobian(x)
    q, p = J.shape

    def with_entry(row: int, column: int, entry: sympy.Expr) -> sympy.Matrix:
        changed = J.copy()
        changed[row, column] = entry
        return changed

    made: list[Slip] = [
        *reordered(J),
        *(("row-repeated", sympy.Matrix(q, p, lambda i, _, j=j: J[i, j])) for j in range(p)),
        ("row-repeated", sympy.Matrix(q, p, lambda i, _: J[i, i])),
        ("rows-added", sympy.ones(1, q) * J),
        ("rows-added", (sympy.ones(1, q) * J).T),  # a flat list is read as a column
        ("columns-added", J * sympy.ones(p, 1)),
        *(("row-left-out", J[i, :]) for i in range(q)),
        *(("row-left-out", J[i, :].T) for i in range(q)),
        *(("column-left-out", J[:, list(kept)]) for kept in combinations(range(p), p - 1)),
        ("not-differentiated", g),
        ("not-differentiated", g * sympy.ones(1, p)),
        ("inner-derivative-dropped", with_entry(1, 2, J[1, 2] / a)),
        ("constant-kept", with_entry(0, 0, J[0, 0] + b * x3)),
        ("constant-kept", with_entry(0, 1, J[0, 1] + b * x3)),
        ("constant-kept", J + sympy.Matrix([[b * x3, b * x3, 0], [0, 0, 0]])),
        ("power-slip", with_entry(0, 0, J[0, 0] / n)),
        ("power-slip", with_entry(0, 0, J[0, 0] * x1)),
        ("sign", with_entry(1, 2, -J[1, 2])),
        ("sign", -J),
    ]
    return Problem(
        statement=rf"""
Let $g: \mathbb{{R}}^3 \to \mathbb{{R}}^2$ be
$$g(x_1, x_2, x_3) = \left({tex(g[0])},\; {tex(g[1])}\right).$$
Hand in `Dg`, its Jacobian matrix, as a list of rows (each a list) or as a SymPy matrix. The entries are expressions in
`x1`, `x2` and `x3`.
""",
        answers=(Unfolded("Dg", J, ("x1", "x2", "x3"), wrong_matrices(made, J)),),
        hints=(
            "Shapes first: how many outputs has g, and how many inputs?",
            "A row belongs to one output. Walk along it: at each step another variable moves, the others stand still.",
            "An output may not depend on some variable at all. That entry has its place in the matrix as well.",
        ),
        solution=rf"""
Two outputs and three inputs make a matrix of shape $2 \times 3$. The first row holds the slopes of $g_1$ by $x_1$,
$x_2$ and $x_3$, the second those of $g_2$, which does not depend on $x_1$:
$$Dg(x) = {tex(J)}.$$
""",
    )


@CHAPTER.exercise(
    "2.2",
    "A step, predicted",
    covers="fda/jacobian",
    points=2,
    vary={
        "a": (3, 4, 5),
        "at": ((3, 2), (2, -1), (-2, 3), (1, 3)),
        "step": ((0.2, -0.1), (-0.1, 0.3), (0.3, -0.2)),
    },
)
def predicted_step(a: int = 3, at: tuple[int, int] = (2, 1), step: tuple[float, float] = (0.1, -0.2)) -> Problem:
    """Dg(x) h, and the value near x that it predicts."""
    letters = x1, x2 = sympy.symbols("x1 x2")
    g = sympy.Matrix([x1**2 + a * x2, x1 * x2, x2**2 - x1])
    Dg = g.jacobian(letters)

    def g_at(point: Floats) -> Floats:
        return value_at(g, letters, point)

    def J_at(point: Floats) -> Floats:
        return value_at(Dg, letters, point)

    x, h = np.array(at, float), np.array(step)
    J, start = J_at(x), g_at(x)
    right = np.round(J @ h, 9)
    changes: list[Slip] = [
        ("exact-change", g_at(x + h) - start),
        ("jacobian-elsewhere", J_at(x + h) @ h),
        ("jacobian-elsewhere", J_at(h) @ h),
        ("jacobian-elsewhere", J_at(0 * x) @ h),
        ("step-direction", J @ np.ones(2)),
        ("products-of-sums", J.sum(axis=1) * h.sum()),
        ("parts-apart", J * h),
        ("variables-swapped", J @ h[::-1]),
        ("variables-swapped", J_at(x[::-1]) @ h),
        ("point-for-step", J @ x),
        ("step-sign", J @ np.abs(h)),
        *(("one-column", J[:, j] * h[j]) for j in range(2)),
        *(("one-column", J[:, j]) for j in range(2)),
        ("jacobian-for-change", J),
    ]
    values = [
        *((slug, start + change) for slug, change in changes if np.shape(change) == np.shape(right)),
        ("change-for-value", right),
        ("start-for-step", start),
        ("input-moved", x + h),
        ("point-for-step", J @ (x + h)),
        ("step-backwards", start - right),
        ("jacobian-for-change", J),
        ("g-of-step", g_at(h)),
        ("g-of-step", g_at(h) + right),
    ]
    changes += [("value-for-change", start + right), ("step-backwards", -right), ("g-of-step", g_at(h))]
    written = ", ".join(tex(entry) for entry in g)
    return Problem(
        statement=rf"""
Let $g: \mathbb{{R}}^2 \to \mathbb{{R}}^3$ be $g(x_1, x_2) = ({written})$. At the point $x = {at}$ the input
moves by $h = {step}$.

(a) `change`: the three numbers of $Dg(x)\,h$, by which the outputs move if $g$ is replaced by its linear approximation
at $x$.

(b) `predicted`: the three numbers that this approximation predicts for $g(x + h)$.
""",
        answers=(
            Array("change", right, wrong_arrays(changes, right)),
            Array("predicted", start + right, wrong_arrays(values, start + right)),
        ),
        hints=(
            "First the Jacobian as a matrix of expressions, three rows and two columns. Then put the point in.",
            "Column 1 says what a unit of x_1 does to each output, column 2 the same for x_2. How far does each move?",
        ),
        solution=rf"""
$$Dg = {tex(Dg)}, \qquad \text{{at }} x:\quad {tex(sympy.Matrix(J.astype(int).tolist()))}.$$
Column 1 times ${step[0]}$ plus column 2 times ${step[1]}$ is the change. It is added to $g(x)$, which here is
$({", ".join(str(int(entry)) for entry in start)})$.
""",
    )


def _jacobian(g: Map, x: Floats, h: float) -> Floats:
    """Return the Jacobian matrix of g at x, of shape (q, p), measured with a step h to both sides."""
    columns = []
    for j in range(len(x)):
        step = np.zeros(len(x))
        step[j] = h
        columns.append((g(x + step) - g(x - step)) / (2 * h))
    return np.stack(columns, axis=1)


def _measuring_mistakes() -> tuple[Mistake, ...]:
    def column_by_column(difference: Callable[..., Floats]) -> Callable[..., Floats]:
        """Return the function whose column j is ``difference(g, x, step along entry j, h)``."""
        return lambda g, x, h: np.stack([difference(g, x, step, h) for step in h * np.eye(len(x))], axis=1)

    def central(g: Map, x: Floats, step: Floats, h: float) -> Floats:
        return (g(x + step) - g(x - step)) / (2 * h)

    def left_behind(g: Map, x: Floats, h: float, back: float) -> Floats:
        """Move one entry after the other, and never put it back where it was."""
        t, start, columns = x.copy(), g(x), []
        for j in range(len(t)):
            t[j] += h
            above = g(t)
            t[j] -= back * h
            columns.append((above - g(t)) / (2 * h) if back else (above - start) / h)
        return np.stack(columns, axis=1)

    def filled(
        g: Map, x: Floats, h: float, rows: int, columns: int, turns: Iterable[int], dtype: type = float
    ) -> Floats:
        """Fill the columns of an array of zeros, perhaps of a wrong shape: then NumPy may refuse."""
        J: Floats = np.zeros((rows, columns), dtype)
        for j in turns:
            J[:, j] = central(g, x, h * np.eye(len(x))[j], h)
        return J

    def sizes(g: Map, x: Floats) -> tuple[int, int]:
        return len(g(x)), len(x)

    def looped_over_outputs(g: Map, x: Floats, h: float) -> Floats:
        q, p = sizes(g, x)
        return filled(g, x, h, q, p, range(min(p, q)))

    def square(g: Map, x: Floats, h: float) -> Floats:
        p = len(x)
        return filled(g, x, h, p, p, range(p))

    def shape_turned(g: Map, x: Floats, h: float) -> Floats:
        q, p = sizes(g, x)
        return filled(g, x, h, p, q, range(p))

    def row_by_row(g: Map, x: Floats, h: float) -> Floats:
        J = np.zeros(sizes(g, x))
        for j, step in enumerate(h * np.eye(len(x))):
            J[j, :] = central(g, x, step, h)
        return J

    def some_left_out(g: Map, x: Floats, h: float, first: int, last: int) -> Floats:
        q, p = sizes(g, x)
        return filled(g, x, h, q, p, range(first, p - last))

    def whole_numbers(g: Map, x: Floats, h: float) -> Floats:
        q, p = sizes(g, x)
        return np.asarray(filled(g, x, h, q, p, range(p), int), float)

    made: list[Slip] = [
        ("one-sided-difference", column_by_column(lambda g, x, s, h: (g(x + s) - g(x)) / h)),
        ("one-sided-difference", column_by_column(lambda g, x, s, h: (g(x) - g(x - s)) / h)),
        ("distance-of-points", column_by_column(lambda g, x, s, h: (g(x + s) - g(x - s)) / h)),
        ("bracket-missing", column_by_column(lambda g, x, s, h: (g(x + s) - g(x - s)) / 2 * h)),
        ("bracket-missing", column_by_column(lambda g, x, s, h: g(x + s) - g(x - s) / (2 * h))),
        ("step-not-divided", column_by_column(lambda g, x, s, h: g(x + s) - g(x - s))),
        ("step-not-divided", column_by_column(lambda g, x, s, h: (g(x + s) - g(x - s)) / 2)),
        ("one-sided-difference+step-not-divided", column_by_column(lambda g, x, s, h: g(x + s) - g(x))),
        ("distance-of-points", column_by_column(lambda g, x, s, h: (g(x + s) - g(x)) / (2 * h))),
        ("term-sign", column_by_column(lambda g, x, s, h: (g(x + s) + g(x - s)) / (2 * h))),
        ("points-swapped", column_by_column(lambda g, x, s, h: (g(x - s) - g(x + s)) / (2 * h))),
        ("all-moved", lambda g, x, h: (g(x + h) - g(x - h)) / (2 * h)),
        ("all-moved", lambda g, x, h: (g(x + h) - g(x)) / h),
        ("all-moved", column_by_column(lambda g, x, s, h: (g(x + h) - g(x - h)) / (2 * h))),
        ("all-moved", column_by_column(lambda g, x, s, h: (g(x + h) - g(x)) / h)),
        ("step-left-behind", lambda g, x, h: left_behind(g, x, h, 2)),
        ("step-left-behind", lambda g, x, h: left_behind(g, x, h, 0)),
        ("step-left-behind", lambda g, x, h: np.stack([central(g, x, s, h) for s in h * np.tri(len(x))], axis=1)),
        *(("other-step", lambda g, x, h, own=own: _jacobian(g, x, own)) for own in (1e-3, 1e-4, 1e-5, 1e-6)),
        ("unit-step", column_by_column(lambda g, x, s, h: central(g, x, s / h, h))),
        ("unit-step", column_by_column(lambda g, x, s, h: central(g, x, s / h, 1))),
        ("return-in-loop", lambda g, x, h: _jacobian(g, x, h)[:, 0]),
        ("return-in-loop", lambda g, x, h: _jacobian(g, x, h)[:, :1]),
        ("return-in-loop", lambda g, x, h: _jacobian(g, x, h) * (np.arange(len(x)) == 0)),
        ("height-for-slope", column_by_column(lambda g, x, s, h: g(x + s))),
        ("height-for-slope", lambda g, x, h: g(x)),
        ("around-zero", column_by_column(lambda g, x, s, h: (g(s) - g(-s)) / (2 * h))),
        ("columns-added", lambda g, x, h: _jacobian(g, x, h).sum(axis=1)),
        ("rows-added", lambda g, x, h: _jacobian(g, x, h).sum(axis=0)),
        ("row-left-out", lambda g, x, h: _jacobian(g, x, h)[0]),
        ("row-left-out", lambda g, x, h: _jacobian(g, x, h)[:1]),
        ("flattened", lambda g, x, h: _jacobian(g, x, h).ravel()),
        ("flattened", lambda g, x, h: _jacobian(g, x, h).T.ravel()),
        ("laid-out-askew", lambda g, x, h: _jacobian(g, x, h).T.reshape(_jacobian(g, x, h).shape)),
        ("sizes-confused", lambda g, x, h: _jacobian(g, x, h)[:, : min(sizes(g, x))]),
        ("sizes-confused", lambda g, x, h: [central(g, x, s, h) for s in h * np.eye(len(g(x)))]),
        ("sizes-confused", looped_over_outputs),
        *(
            ("size-fixed", lambda g, x, h, n=n: np.stack([central(g, x, s, h) for s in h * np.eye(n)], axis=1))
            for n in (1, 2, 3, 4)
        ),
        ("sizes-confused", square),
        ("sizes-confused", shape_turned),
        ("rows-filled", row_by_row),
        ("column-left-out", lambda g, x, h: some_left_out(g, x, h, first=1, last=0)),
        ("column-left-out", lambda g, x, h: some_left_out(g, x, h, first=0, last=1)),
        ("whole-numbers", whole_numbers),
        ("last-column-only", lambda g, x, h: _jacobian(g, x, h)[:, -1]),
        ("last-column-only", lambda g, x, h: _jacobian(g, x, h)[:, -1:]),
        ("points-as-matrix", lambda g, x, h: central(g, x, h * np.eye(len(x)), h)),
        ("points-as-matrix", lambda g, x, h: central(g, x, h * np.eye(len(x)), h).T),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


def _wide(x: Floats) -> Floats:
    """Map three numbers to two."""
    return np.array([x[0] ** 3 * x[1] + np.sin(2 * x[2]), x[0] * x[2] ** 3 + np.exp(x[1])])


def _tall(x: Floats) -> Floats:
    """Map two numbers to four."""
    return np.array([x[0] ** 3, np.exp(x[0] * x[1]), np.cos(x[1]) * x[0], x[1] ** 4 - x[0]])


def _plane(x: Floats) -> Floats:
    """Map two numbers to two; no slope is equal to another."""
    return np.array([x[0] ** 3 * x[1], np.exp(x[0]) - np.sin(2 * x[1])])


def _space(x: Floats) -> Floats:
    """Map three numbers to three."""
    return np.array([x[0] ** 3 + x[1], np.exp(x[1] * x[2]), np.cos(x[0]) * x[2] ** 3])


def _curve(t: Floats) -> Floats:
    """Map one number to a point in space."""
    return np.array([np.cos(t[0]), np.sin(2 * t[0]), t[0] ** 3])


def _height(x: Floats) -> Floats:
    """Map four numbers to one, which stands in an array of its own."""
    return np.array([np.exp(x[0]) * np.cos(x[1] * x[2]) + x[3] ** 3])


@CHAPTER.exercise("2.3", "Column by column", covers="fda/jacobian", points=3)
def measured_jacobian() -> Problem:
    """The Jacobian matrix, measured."""
    # Eighths and powers of two: an entry that is moved and moved back is exactly what it was.
    calls: list[tuple[Map, list[float], float, str]] = [
        (_wide, [1.25, -0.5, 0.75], 1 / 32, "a map from 3 numbers to 2"),
        (_tall, [0.75, -1.125], 1 / 16, "a map from 2 numbers to 4"),
        (_curve, [0.625], 1 / 64, "a map from 1 number to 3"),
        (_height, [0.5, -0.75, 1.25, 1.5], 1 / 32, "a map from 4 numbers to 1"),
        # Where the shape can not tell rows from columns:
        (_plane, [1.25, -0.75], 1 / 16, "a map from 2 numbers to 2"),
        (_space, [0.75, -0.5, 1.125], 1 / 32, "a map from 3 numbers to 3"),
    ]
    cases = [Case((g, np.array(x), h), f"{said}, h = 1/{round(1 / h)}") for g, x, h, said in calls]
    return Problem(
        statement=r"""
Write a function that measures the Jacobian matrix of any map $g: \mathbb{R}^p \to \mathbb{R}^q$. It is given `g`, a
function that takes an array of shape $(p,)$ and returns one of shape $(q,)$; the point `x`, of shape $(p,)$; and `h`,
which here is a number: how far one input is moved. It returns an array of shape $(q, p)$. Its column $j$ is the
difference quotient to both sides,
$$\frac{g(x + h\,e_j) - g(x - h\,e_j)}{2h},$$
where $e_j$ is the vector with a 1 at place $j$ and zeros elsewhere: only $x_j$ moves.
""",
        answers=(Function("jacobian", _jacobian, cases, mistakes=_measuring_mistakes()),),
        hints=(
            "How many times is the loop run: once for each input, or once for each output?",
            "One difference g(…) − g(…) is a whole vector of q numbers. Which part of the matrix is it?",
            "Begin with np.zeros of the right shape and fill it, J[:, j] = …; or collect the columns and stack them.",
        ),
        solution=r"""
Each turn of the loop moves one input and sees what happens to all outputs: that is a column. So $p$ inputs take $2p$
calls of $g$, however many outputs there are.
""",
    )
