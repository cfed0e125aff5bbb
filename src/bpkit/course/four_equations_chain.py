"""Chapter 07, last part: a chain of Jacobians, the order in which it is multiplied, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
import sympy

from bpkit.checking import Array, Expression, Function, Table, Verdict
from bpkit.checking.functions import Case
from bpkit.checking.parsing import AnswerError
from bpkit.checking.reading import read_table
from bpkit.checking.verdict import always_a_verdict, is_unattempted

from . import four_equations_slips as slips
from .exercise import Problem
from .four_equations_errors import CHAPTER, Floats, Slip, wrong_ones
from .jacobians_maps import wrong_arrays
from .writing import tex

NO_PRODUCTS = (
    'Each row is a list of its factors, with a comma between two of them, such as ["A", "B", "C"]: '
    "not one product A*B*C or A @ B @ C, in which their order gets lost."
)


@dataclass(frozen=True)
class Factors(Table):
    """Rows of the factors of matrix products: what is handed in multiplied already is told how to be written."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Table` does, if every entry is one factor."""
        try:
            joined = any(not entry.is_Symbol and entry.free_symbols for row in self._read(given) for entry in row)
        except AnswerError as error:
            joined = any(mark in str(error) for mark in ("“@”", "“;”"))
        return Verdict("malformed", NO_PRODUCTS) if joined else super().judge(given, why)

    def _read(self, given: object) -> list[list[sympy.Expr]]:
        return [] if is_unattempted(given) else read_table(given, self.symbols, self.functions)


def _turned(shapes: Floats) -> Iterator[tuple[str, Floats]]:
    """Yield what is left of a list of shapes when some of them are turned."""
    for which in product((False, True), repeat=len(shapes)):
        if any(which):
            alone = which[0] and not any(which[1:])
            whole = all(which[1:])
            slug = "row-as-column" if alone else "transposed" if whole else "pairs-turned"
            yield slug, np.where(np.array(which)[:, None], shapes[:, ::-1], shapes)


def _factors(i: int, K: int) -> list[str]:
    """Return the names of the factors of ∂L/∂θ_i, from the loss on."""
    return ["v", *(f"J{m}" for m in range(K, i + 1, -1)), f"P{i + 1}"]


@CHAPTER.exercise(
    "7.15",
    "Which Jacobians, in which order",
    covers="carson/theta-chain",
    points=3,
    vary={"K": (4, 5), "widths": ((2, 4, 3), (3, 2, 5), (4, 3, 2))},
)
def which_jacobians(K: int = 3, widths: tuple[int, ...] = (2, 3, 4, 5)) -> Problem:
    """The factors of ∂L/∂θ_i for i = K − 1, K − 2 and 0, and their shapes."""
    asked = (K - 1, K - 2, 0)
    sizes = [widths[m % len(widths)] for m in range(K + 1)]

    def rows(factors: Callable[[int], list[str]]) -> tuple[tuple[sympy.Symbol, ...], ...]:
        return tuple(tuple(map(sympy.Symbol, factors(i))) for i in asked)

    right = rows(lambda i: _factors(i, K))
    made: list[Slip] = [
        ("factors-swapped", rows(lambda i: _factors(i, K)[::-1])),
        ("factors-swapped", rows(lambda i: ["v", *_factors(i, K)[:0:-1]])),
        ("layer-for-parameters", rows(lambda i: [*_factors(i, K)[:-1], f"J{i + 1}"])),
        ("one-link-too-many", rows(lambda i: [*_factors(i, K)[:-1], f"J{i + 1}", f"P{i + 1}"])),
        ("off-by-one", rows(lambda i: [*_factors(i, K)[:-1], f"P{i}"])),
        ("off-by-one", rows(lambda i: _factors(i - 1, K) if i else _factors(i, K))),
        ("jacobians-skipped", rows(lambda i: ["v", f"P{i + 1}"])),
        ("jacobians-skipped", rows(lambda i: [name for name in _factors(i, K) if name != f"J{K}"])),
        ("jacobians-skipped", rows(lambda i: [name for name in _factors(i, K) if name != f"J{i + 2}"])),
        *(
            ("jacobians-skipped", (*right[:2], tuple(factor for factor in right[2] if factor.name != f"J{m}")))
            for m in range(2, K + 1)
        ),
        ("outer-derivative-dropped", rows(lambda i: _factors(i, K)[1:])),
        ("order-reversed", right[::-1]),
    ]
    names = ("v", *(f"{letter}{m}" for letter in "JP" for m in range(K + 2)))

    def shapes(count: Callable[[int], int], row: tuple[int, int] = (1, sizes[-1])) -> Floats:
        maps = [(sizes[m], sizes[m - 1]) for m in range(K, 1, -1)]
        return np.array([row, *maps, (sizes[1], count(1))], float)

    expected = shapes(lambda m: sizes[m] * (sizes[m - 1] + 1))
    shape_slips: list[tuple[str, Any]] = [
        *_turned(expected),
        ("biases-uncounted", shapes(lambda m: sizes[m] * sizes[m - 1])),
        ("layer-for-parameters", shapes(lambda m: sizes[m - 1])),
        ("one-neuron-counted", shapes(lambda m: sizes[m - 1] + 1)),
        ("order-reversed", expected[::-1]),
    ]
    listed = ", ".join(f"n_{m} = {size}" for m, size in enumerate(sizes))
    told = ", ".join(rf"\theta_{{{i}}}" for i in asked)
    products = [" ".join(tex(sympy.Symbol(name)) for name in _factors(i, K)) for i in asked]
    shown = r" \\ ".join(
        rf"\frac{{\partial L}}{{\partial \theta_{{{i}}}}} &= {product}"
        for i, product in zip(asked, products, strict=True)
    )
    return Problem(
        statement=rf"""
A network in Carson's letters, with $K = {K}$: $f_0 = x$ and $f_m = \sigma(A_{{m-1}} f_{{m-1}} + b_{{m-1}})$ for
$m = 1, \dots, K$. Write $\theta_i$ for all numbers of $A_i$ and $b_i$ in a row; so $f_m$ depends on
$\theta_{{m-1}}$ and on $f_{{m-1}}$. Name the derivatives

- $v = \frac{{\partial L}}{{\partial f_{K}}}$, a row,
- $J_m = \frac{{\partial f_m}}{{\partial f_{{m-1}}}}$, and
- $P_m = \frac{{\partial f_m}}{{\partial \theta_{{m-1}}}}$.

(a) `factors`: a list of three rows. They hold the factors of $\frac{{\partial L}}{{\partial \theta_i}}$ for ${told}$ in
this order, each row from left to right as in the matrix product. Type `v`, `J2`, `P1` and so on.

(b) `shapes`: let the widths be ${listed}$. For the *last* of the three rows, give the shape of each factor as a pair
[rows, columns], from left to right.
""",
        answers=(
            Factors("factors", right, names, wrong_ones(made, right)),
            Array("shapes", expected, wrong_arrays(shape_slips, expected)),
        ),
        hints=(
            "Follow the chain from L down: which function comes next, and by what is it differentiated?",
            "Only the last step leaves the chain of layers and goes to parameters.",
            "A Jacobian has a row for each number that comes out and a column for each by which one differentiates.",
        ),
        solution=rf"""
From $L$ to $f_{K}$, then from layer to layer down to $f_{{i+1}}$, which is the first to hold $\theta_i$:
$$\begin{{aligned}} {shown} \end{{aligned}}$$
$\theta_0$ holds the ${sizes[1]} \cdot {sizes[0]}$ numbers of $A_0$ and the {sizes[1]} of $b_0$, so $P_1$ is
${sizes[1]} \times {int(expected[-1][1])}$. In the product each pair of inner numbers is equal, and a row is left, with
an entry for each parameter.
""",
    )


def _vjp(v: Floats, jacobians: list[Floats]) -> Floats:
    """Return the row v J_K ⋯ J_1, from v and the list [J_K, …, J_1], by products of a vector and a matrix alone."""
    for J in jacobians:
        v = v @ J
    return v


@CHAPTER.exercise("7.16", "Vector first", covers="carson/theta-chain", points=3)
def vjp_code() -> Problem:
    """v J_K ⋯ J_1 as a function of v and the list of Jacobians."""
    chains = ((3, 3, 3, 3), (4, 3, 5), (2, 3), (2, 4, 3, 5, 1))  # n_K, …, n_0
    rng = np.random.default_rng(716)
    cases = [
        Case((rng.normal(size=sizes[0]), [rng.normal(size=shape) for shape in pairwise(sizes)]), _said(sizes))
        for sizes in chains
    ]
    # So large that the product of the Jacobians is ∞ in floats, in any order, while from v on all stays finite.
    for sizes, exponents in (((3, 3, 3, 3), (-307, 155, 155, 0)), ((2, 4, 3), (-307, 155, 155))):
        shapes = [(sizes[0],), *pairwise(sizes)]
        v, *jacobians = (rng.uniform(1, 2, shape) * 10.0**e for shape, e in zip(shapes, exponents, strict=True))
        cases.append(Case((v, jacobians), f"{_said(sizes)}, with very large entries"))
    return Problem(
        statement=r"""
Write a function that multiplies such a chain out. `v` has shape $(n_K,)$, and `jacobians` is a list of arrays from left
to right, as they stand in the product; the first has $n_K$ rows, and each has as many columns as the next one has rows.
There may be any number of them, one at least. Return the row $v J_K J_{K-1} \cdots$, an array of one axis. Begin at the
vector, so that no two matrices are ever multiplied with each other. (This is tested, too: in some calls the entries
are so large that a computer can't hold the product of the Jacobians, while $v$ is so small that every step from there
on can be computed.)
""",
        answers=(Function("vjp", _vjp, cases, mistakes=slips.vjp()),),
        hints=(
            "A row times a matrix is a row again: keep one vector, and replace it at every step.",
            "In NumPy v @ J takes v as a row, and J @ v takes it as a column.",
        ),
        solution=r"""
The name is the usual one for it, *vector–Jacobian product*. Each step turns a row of length $n_m$ into one of length
$n_{m-1}$.
""",
    )


def _said(sizes: tuple[int, ...]) -> str:
    shapes = " and ".join(f"{n}×{m}" for n, m in pairwise(sizes))
    return f"v of {sizes[0]} numbers and {'a Jacobian' if len(sizes) == 2 else 'Jacobians'} of {shapes}"


def _multiplications(sizes: list[int]) -> tuple[int, int]:
    """Return how many multiplications v J_K ⋯ J_1 takes from the left and from the right; sizes are n_K, …, n_0."""
    K, n_0 = len(sizes) - 1, sizes[-1]
    vector_first = 0
    matrices_first = sizes[0] * n_0  # at the end: the row v times an n_K × n_0 matrix
    for step in range(K):
        n, m = sizes[step], sizes[step + 1]
        vector_first += n * m  # a row of length n times an n × m matrix
        if step < K - 1:
            matrices_first += n * m * n_0  # an n × m matrix times an m × n_0 matrix
    return vector_first, matrices_first


n_, K_ = sympy.symbols("n K")


@CHAPTER.exercise("7.17", "What the order costs", covers="carson/theta-chain", points=4)
def costs() -> Problem:
    """The number of multiplications from the left and from the right, for equal widths and for any."""
    left, right = K_ * n_**2, (K_ - 1) * n_**3 + n_**2
    left_slips: list[Slip] = [
        ("vector-last", right),
        ("vector-last", K_ * n_**3),
        ("vector-last", (K_ - 1) * n_**3),
        ("products-miscounted", (K_ + 1) * n_**2),
        ("products-miscounted", (K_ - 1) * n_**2),
        ("product-cost", K_ * n_),
        *(("links-multiplied", n_**exponent) for exponent in (K_, K_ + 1, 2 * K_)),
        ("one-product-only", n_**2),
        *(("count-fixed", some * n_**2) for some in (2, 3, 4, 5, 10)),
        ("additions-counted", K_ * n_ * (2 * n_ - 1)),
        ("additions-counted", 2 * K_ * n_**2),
        ("additions-counted", K_ * n_ * (n_ - 1)),
    ]
    right_slips: list[Slip] = [
        ("product-uncounted", (K_ - 1) * n_**3),
        *(("products-miscounted", (K_ + off) * n_**3 + n_**2) for off in (-2, 0, 1)),
        ("vector-as-matrix", K_ * n_**3),
        ("costs-exchanged", (K_ - 1) * n_**2 + n_**3),
        *(("product-cost", wrong) for wrong in (K_ * n_**2, (K_ - 1) * n_**2 + n_, (K_ - 1) * n_**3 + n_)),
        *(("links-multiplied", n_**exponent) for exponent in (K_, K_ + 1, 3 * K_)),
        *(("count-fixed", some * n_**3 + n_**2) for some in (1, 2, 3, 4, 9)),
        ("one-product-only", n_**3),
        ("product-cost+product-uncounted", (K_ - 1) * n_**2),
    ]

    def count(name: str, expected: sympy.Expr, made: list[Slip]) -> Expression:
        mistakes = wrong_ones(made, expected)
        return Expression(
            name,
            expected,
            ("n", "K"),
            mistakes,
            measured="",
            counts=("n", "K"),
            example=str(expected).replace("**", "^"),
        )

    chains = ([4, 3, 5, 2], [2, 6, 3, 4, 7], [5, 2, 3], [3, 3, 3, 3, 3], [2, 4], [3, 5])
    return Problem(
        statement=r"""
How many multiplications of two numbers does $v J_K J_{K-1} \cdots J_1$ take? Count for a product of an $r \times s$ and
an $s \times t$ matrix $r s t$ of them; a row is a matrix with $r = 1$.

First let all $J_m$ be $n \times n$, and $v$ of length $n$. Hand in expressions in `n` and `K`:

(a) `from_left`: from the left to the right, $(\dots((v J_K) J_{K-1}) \cdots) J_1$,

(b) `from_right`: from the right to the left, $v\,(J_K(J_{K-1} \cdots (J_2 J_1)))$.

(c) Now for any widths: write `multiplications`, a function of the list `sizes` = $[n_K, n_{K-1}, \dots, n_0]$, where
$J_m$ is $n_m \times n_{m-1}$ and $v$ has length $n_K$. It returns both numbers, that of (a) and then that of (b).
""",
        answers=(
            count("from_left", left, left_slips),
            count("from_right", right, right_slips),
            Function(
                "multiplications",
                _multiplications,
                [Case((sizes,), f"sizes = {sizes}") for sizes in chains],
                mistakes=slips.multiplications(),
                labels=lambda _: ("from the left", "from the right"),
            ),
        ),
        hints=(
            "From the left, what is the shape of the intermediate result, after every step?",
            "From the right, how many products of two matrices do K matrices make? And what comes last?",
            "In (c) from the right every intermediate result has n_0 columns.",
        ),
        solution=r"""
From the left there are $K$ products of a row and a matrix, $n^2$ each. From the right there are $K - 1$ products of two
matrices, $n^3$ each, and at the end the row times one matrix. In general a step from the left costs $n_m n_{m-1}$, and
one from the right $n_m n_{m-1} n_0$.
""",
    )
