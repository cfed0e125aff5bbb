"""Chapter 02, last part: a product of Jacobians from either end, in code and in numbers of multiplications."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from bpkit.checking import Function, Mistake
from bpkit.checking.functions import Case

from .exercise import Problem
from .jacobians_answers import Counts, Floats, thrifty
from .jacobians_maps import CHAPTER, Slip, wrong_arrays


def _row_through(v: Floats, Df: Floats, Dg: Floats) -> Floats:
    """Return the row v Df Dg, of shape (p,), by products of a vector and a matrix alone."""
    return (v @ Df) @ Dg


def _column_through(Df: Floats, Dg: Floats, h: Floats) -> Floats:
    """Return the column Df Dg h, of shape (r,), by products of a matrix and a vector alone."""
    return Df @ (Dg @ h)


def _row_mistakes() -> tuple[Mistake, ...]:
    made: list[Slip] = [
        ("matrices-first", lambda v, Df, Dg: v @ (Df @ Dg)),
        ("matrices-first", lambda v, Df, Dg: (Df @ Dg).T @ v),
        ("matrices-first", lambda v, Df, Dg: (Dg.T @ Df.T) @ v),
        # Large entries overflow in one order and not in the other.
        ("all-at-once", lambda v, Df, Dg: np.einsum("i,ij,jk->k", v, Df, Dg)),
        ("all-at-once", lambda v, Df, Dg: np.einsum("jk,ij,i->k", Dg, Df, v)),
        ("factors-swapped", lambda v, Df, Dg: v @ Dg @ Df),
        ("row-for-column", lambda v, Df, Dg: Df @ (Dg @ v)),
        ("row-for-column", lambda v, Df, Dg: Df @ Dg @ v),
        ("row-for-column", lambda v, Df, Dg: Dg @ (Df @ v)),
        ("factor-transposed", lambda v, Df, Dg: v @ Df @ Dg.T),
        ("factor-transposed", lambda v, Df, Dg: v @ Df.T @ Dg),
        ("jacobians-skipped", lambda v, Df, Dg: v @ Df),
        ("jacobians-skipped", lambda v, Df, Dg: v @ Dg),
        ("vector-left-out", lambda v, Df, Dg: Df @ Dg),
        ("vector-left-out", lambda v, Df, Dg: np.ones(len(v)) @ Df @ Dg),
        ("paths-not-added", lambda v, Df, Dg: (v @ Df)[:, None] * Dg),
        ("entries-multiplied", lambda v, Df, Dg: (v[:, None] * Df).sum(axis=1) @ Dg),
        ("one-axis", lambda v, Df, Dg: (v @ Df @ Dg)[None, :]),
        ("one-axis", lambda v, Df, Dg: (v @ Df @ Dg)[:, None]),
        ("components-added", lambda v, Df, Dg: (v @ Df @ Dg).sum()),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


def _column_mistakes() -> tuple[Mistake, ...]:
    made: list[Slip] = [
        ("matrices-first", lambda Df, Dg, h: (Df @ Dg) @ h),
        ("matrices-first", lambda Df, Dg, h: h @ (Df @ Dg).T),
        ("matrices-first", lambda Df, Dg, h: h @ (Dg.T @ Df.T)),
        ("all-at-once", lambda Df, Dg, h: np.einsum("ij,jk,k->i", Df, Dg, h)),
        ("all-at-once", lambda Df, Dg, h: np.einsum("k,jk,ij->i", h, Dg, Df)),
        ("factors-swapped", lambda Df, Dg, h: Dg @ (Df @ h)),
        ("factors-swapped", lambda Df, Dg, h: Dg @ Df @ h),
        ("column-for-row", lambda Df, Dg, h: h @ Df @ Dg),
        ("column-for-row", lambda Df, Dg, h: h @ (Df @ Dg)),
        ("column-for-row", lambda Df, Dg, h: h @ Dg @ Df),
        ("factor-transposed", lambda Df, Dg, h: Df @ (Dg.T @ h)),
        ("factor-transposed", lambda Df, Dg, h: Df.T @ (Dg @ h)),
        ("jacobians-skipped", lambda Df, Dg, h: Dg @ h),
        ("jacobians-skipped", lambda Df, Dg, h: Df @ h),
        ("vector-left-out", lambda Df, Dg, h: Df @ Dg),
        ("vector-left-out", lambda Df, Dg, h: Df @ Dg @ np.ones(len(h))),
        ("paths-not-added", lambda Df, Dg, h: Df * (Dg @ h)),
        ("one-axis", lambda Df, Dg, h: (Df @ (Dg @ h))[:, None]),
        ("one-axis", lambda Df, Dg, h: (Df @ (Dg @ h))[None, :]),
        ("components-added", lambda Df, Dg, h: (Df @ (Dg @ h)).sum()),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


# (p, q, r), the square one last: there every order has legal shapes.
SIZES = ((4, 3, 2), (2, 5, 3), (3, 2, 1), (1, 2, 4), (3, 3, 3))
HUGE, TINY = 155, -307  # powers of ten: the product of both Jacobians is ∞ in floats, that with the vector is not


def _cases(with_row: bool) -> list[Case]:
    """Return calls of several sizes, and one with entries so large that the two matrices can not be multiplied."""
    rng = np.random.default_rng(28)
    cases = []
    for place, (p, q, r) in enumerate((*SIZES, (4, 5, 3))):
        large = place == len(SIZES)
        draw: Any = (lambda shape: rng.uniform(1, 2, shape)) if large else (lambda shape: rng.normal(size=shape))
        Df, Dg = (draw(shape) * 10.0 ** (HUGE * large) for shape in ((r, q), (q, p)))
        vector = draw(r if with_row else p) * 10.0 ** (TINY * large)
        said = f"p = {p}, q = {q} and r = {r}{', with very large entries' if large else ''}"
        cases.append(Case((vector, Df, Dg) if with_row else (Df, Dg, vector), said))
    return cases


@CHAPTER.exercise("2.8", "A row from the left, a column from the right", covers="fda/gradient-chain-rule", points=2)
def from_either_end() -> Problem:
    """The row v Df Dg and the column Df Dg h, each begun at its vector."""

    def answer(name: str, right: Any, cases: list[Case], mistakes: tuple[Mistake, ...]) -> Function:
        return Function(name, right, cases, mistakes, use=partial(thrifty, right))

    return Problem(
        statement=r"""
`Df` is an array of shape $(r, q)$, the Jacobian of $f$ at $g(x)$, and `Dg` one of shape $(q, p)$, that of $g$ at $x$.
Write two functions. Both begin at the vector, so that the two matrices are never multiplied with each other. (This is
tested, too: multiplications are counted, and about one for each entry of the two matrices is enough. In one call the
entries are so large that the product of the matrices is more than a computer can hold.)

(a) `row_through(v, Df, Dg)`: `v` has shape $(r,)$. Return the row $v\,Df\,Dg$, of shape $(p,)$.

(b) `column_through(Df, Dg, h)`: `h` has shape $(p,)$. Return the column $Df\,Dg\,h$, of shape $(r,)$.
""",
        answers=(
            answer("row_through", _row_through, _cases(with_row=True), _row_mistakes()),
            answer("column_through", _column_through, _cases(with_row=False), _column_mistakes()),
        ),
        hints=(
            "NumPy works A @ B @ C out from the left. Where that is not what you want, set brackets.",
            "An array of shape (n,) in front of @ is taken as a row, behind it as a column. No transposing is needed.",
        ),
        solution=r"""
In (a) the row of length $r$ becomes one of length $q$, and then one of length $p$. In (b) the column of length $p$
becomes one of length $q$, and then one of length $r$. Either way each entry of $Df$ and of $Dg$ is multiplied once.
""",
    )


Sizes = tuple[int, int, int, int]


def _costs(sizes: Sizes) -> tuple[int, int]:
    """Count the multiplications of (J₃ J₂) J₁ and of J₃ (J₂ J₁); J_m has shape (n_m, n_{m−1})."""
    n0, n1, n2, n3 = sizes
    return n3 * n2 * n1 + n3 * n1 * n0, n2 * n1 * n0 + n3 * n2 * n0


@CHAPTER.exercise(
    "2.9",
    "Which end is cheap?",
    covers="carson/theta-chain",
    points=2,
    vary={
        "narrowing": ((80, 30, 20, 1), (60, 40, 20, 1), (90, 20, 30, 1), (50, 60, 30, 1), (70, 20, 40, 1)),
        "widening": ((1, 30, 50, 80), (1, 20, 60, 90), (1, 40, 30, 70), (1, 50, 20, 60), (1, 20, 40, 90)),
    },
)
def which_end(narrowing: Sizes = (100, 40, 20, 1), widening: Sizes = (1, 30, 40, 60)) -> Problem:
    """Three steps: what the product of their Jacobians costs from either end."""
    costs = np.array([_costs(narrowing), _costs(widening)])

    def each(count: Any) -> list[tuple[int, int]]:
        return [count(*sizes) for sizes in (narrowing, widening)]

    cost_slips: list[Slip] = [
        ("ends-exchanged", costs[:, ::-1]),
        ("pair-exchanged", [costs[0], costs[1][::-1]]),
        ("pair-exchanged", [costs[0][::-1], costs[1]]),
        ("first-product-only", each(lambda a, b, c, d: (d * c * b, c * b * a))),
        ("first-product-missing", each(lambda a, b, c, d: (d * b * a, d * c * a))),
        ("additions-counted", 2 * costs),
        (
            "additions-counted",
            each(
                lambda a, b, c, d: (
                    d * b * (2 * c - 1) + d * a * (2 * b - 1),
                    c * a * (2 * b - 1) + d * a * (2 * c - 1),
                )
            ),
        ),
        ("links-multiplied", each(lambda a, b, c, d: (d * c * b * d * b * a, c * b * a * d * c * a))),
        ("product-cost", each(lambda a, b, c, d: (d * b + d * a, c * a + d * a))),
        ("product-cost", each(lambda a, b, c, d: (d * c + c * b + b * a,) * 2)),
        ("product-cost", each(lambda a, b, c, d: (d + c + b + d + b + a, c + b + a + d + c + a))),
        ("entries-for-cost", each(lambda a, b, c, d: (d * a, d * a))),
        *(
            ("second-product-by-the-first", each(wrong))
            for wrong in (
                lambda a, b, c, d: (d * c * b + c * b * a, c * b * a + d * c * b),
                lambda a, b, c, d: (d * c * b + c * b * a, c * b * a + d * c * a),
                lambda a, b, c, d: (d * c * b + d * b * a, c * b * a + d * c * b),
            )
        ),
        ("order-reversed", costs[::-1]),
        ("pairs-by-order", costs.T),
    ]
    return Problem(
        statement=rf"""
Three maps, one after the other, lead from $\mathbb{{R}}^{{n_0}}$ to $\mathbb{{R}}^{{n_1}}$, on to
$\mathbb{{R}}^{{n_2}}$ and to $\mathbb{{R}}^{{n_3}}$. Their Jacobians are $J_1$, $J_2$ and $J_3$, and that of the
whole is $J_3 J_2 J_1$.

How many multiplications of two numbers does that product take? The product of an $r \times s$ and an $s \times t$
matrix takes $r\,s\,t$. Hand in `costs`, a list of two pairs, each [from the left, from the right], that is [cost of
$(J_3 J_2) J_1$, cost of $J_3 (J_2 J_1)$]. The first pair is for $(n_0, n_1, n_2, n_3) = {narrowing}$, the second for
$(n_0, n_1, n_2, n_3) = {widening}$.
""",
        answers=(Counts("costs", costs, wrong_arrays(cost_slips, costs)),),
        hints=(
            "J_m leads from n_{m−1} numbers to n_m: which of the two counts its rows?",
            "Write down the shape of the first product that is formed; the second product starts from that shape.",
            "Each order forms two products, and their costs add up.",
        ),
        solution=rf"""
$J_m$ has $n_m$ rows and $n_{{m-1}}$ columns. From the left, $J_3 J_2$ costs $n_3 n_2 n_1$ and is $n_3 \times n_1$; the
second product costs $n_3 n_1 n_0$. From the right, $J_2 J_1$ costs $n_2 n_1 n_0$ and is $n_2 \times n_0$; the second
product costs $n_3 n_2 n_0$. So the sums are ${int(costs[0][0])}$ and ${int(costs[0][1])}$ for the first sizes,
${int(costs[1][0])}$ and ${int(costs[1][1])}$ for the second: begin where the chain is narrow.
""",
    )
