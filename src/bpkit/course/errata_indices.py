"""Chapter 11, second part: lines whose indices are counted."""

from __future__ import annotations

from typing import Any

import sympy

from bpkit.checking.misprints import CorrectedExpression, CorrectedMatrix, CorrectedNames
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime

from .errata_lines import CHAPTER, SOUND, Line, Part, Piece, Planted, problem
from .exercise import Problem
from .four_equations_errors import SIGMAS, d, indexed_names, z
from .network_notation_names import w

x = sympy.symbols("x1:4")


def _slope(row: int, column: int) -> sympy.Symbol:
    return sympy.Symbol(f"dg{row}_dx{column}")


@CHAPTER.exercise(
    "11.4",
    "An entry of the Jacobian matrix",
    covers=("errata/fda-jacobian", "fda/jacobian"),
    points=2,
    vary={
        "planted": ((3, 1), (2, 1), (1, 1), SOUND),
        "i": (1, 2),
        "point": ((2, 3, 5), (3, 2, 4), (4, 2, 5)),
        "factor": (3, 5, 7),
    },
)
def jacobian_entry(
    planted: Planted = (3, 1), i: int = 1, point: tuple[int, ...] = (2, 3, 5), factor: int = 3
) -> Problem:
    """D_j g_i = ∂g_i/∂x_j."""
    j = 3 - i
    line = Line(
        (
            Part(
                "the left side",
                "The entry in row i and column j belongs to gᵢ, and D carries the number of the variable.",
                (Piece("D_j g_i", (i, j)), Piece("D_i g_j", (j, i))),
            ),
            Part(
                "what is differentiated",
                "Row i of the matrix belongs to the function gᵢ.",
                (Piece(r"\partial g_i", i), Piece(r"\partial g_j", j)),
            ),
            Part(
                "by what it is differentiated",
                "Column j of the matrix belongs to the variable with the number j.",
                (Piece(r"\partial x_j", j), Piece(r"\partial x_i", i)),
            ),
        ),
        planted,
        (3, 1),
        lambda left, above, below: rf"{left} = \frac{{{above}}}{{{below}}}",
        lambda left, row, column: sympy.ImmutableMatrix([sympy.Symbol(f"D{left[1]}_g{left[0]}"), _slope(row, column)]),
    )
    maps = (x[0] * x[1] ** 2, x[0] ** 2 + factor * x[1] + x[2])
    values = dict(zip(x, point, strict=True))

    def at(row: int, column: int) -> float:
        return float(sympy.diff(maps[row - 1], x[column - 1]).subs(values))

    entries = [(row, column) for row in (1, 2) for column in (1, 2, 3)]
    others = [
        ("another-entry", sympy.ImmutableMatrix([sympy.Symbol(f"D{c}_g{r}"), _slope(r, c)]))
        for r, c in entries
        if (r, c) != (i, j)
    ]
    names = [f"D{c}_g{r}" for r, c in entries] + [f"dg{r}_dx{c}" for r, c in entries]
    return problem(
        line,
        r"""
Foundations of Data Analysis names the entries of a Jacobian matrix: for $g: \mathbb{R}^p \to \mathbb{R}^q$ the line is
meant for the entry in row $i$ and column $j$ of $Dg$, a $q \times p$ matrix as in chapter 02. Its first row is
$D_1 g_1, D_2 g_1, \dots, D_p g_1$: the number after $D$ counts columns, the one after $g$ counts rows.
""",
        rf"""both sides of the printed line for $i = {i}$ and $j = {j}$, as a list of two numbers to
three digits. Take $g_1(x) = x_1 x_2^2$, $g_2(x) = x_1^2 + {factor} x_2 + x_3$ and the point $x = {point}$. The left
side is the entry of $Dg$ that it names, which you can measure; the right side is what is printed there.""",
        rf"""`corrected`: both sides of the corrected line for $i = {i}$ and $j = {j}$, as a list of two names in
quotation marks. Type `D1_g2` for $D_1 g_2$ and `dg1_dx2` for $\frac{{\partial g_1}}{{\partial x_2}}$, with the numbers
that are needed. If nothing is wrong, the line as it stands.""",
        line.tested(lambda left, row, column: [at(*left), at(row, column)], digits=3),
        (CorrectedNames("corrected", line.says(), names, line.mistakes(others)),),
        (
            "Which letters stand on the left, and which on the right? A letter that is not summed over stands on both.",
            "Put in i and j first, then look at what each side says.",
        ),
        rf"The entry in row {i} and column {j} says how $g_{i}$ changes with $x_{j}$. Compare both sides in `tested`.",
    )


def _term(weight: Any, error: Any, slope: Any) -> sympy.Expr:
    return sympy.factor_terms(sympy.Add(*(weight(k) * error(k) * slope(k) for k in (1, 2))))


@CHAPTER.exercise(
    "11.5",
    "The second equation, neuron by neuron",
    covers=("errata/worksheet-index", "worksheet/bp2"),
    points=2,
    vary={"planted": ((3, 1), (3, 3), (3, 4), (2, 1), (2, 2), (1, 1), (1, 2), SOUND), "j": (1, 2, 3), "n": (3, 4, 5)},
)
def hidden_index(planted: Planted = (3, 1), j: int = 3, n: int = 4) -> Problem:
    """d_j^l = Σ_k w_kj^{l+1} d_k^{l+1} σ'(z_j^l)."""
    l, sizes = 2, (3, n, 2)
    line = Line(
        (
            Part(
                "the weight",
                "From neuron j of layer l to neuron k of layer l + 1 leads the weight with kj below and l + 1 above.",
                (
                    Piece("w_{kj}^{l+1}", (lambda k: w(k, j, l + 1), 1)),
                    Piece("w_{jk}^{l+1}", (lambda k: w(j, k, l + 1), 1), "indices-swapped"),
                    Piece("w_{kj}^{l}", (lambda k: w(k, j, l), 1), "wrong-layer"),
                ),
            ),
            Part(
                "the error",
                "The sum runs over the neurons k of layer l + 1, and each of them sends its own error.",
                (
                    Piece("d_k^{l+1}", (lambda k: d(k, l + 1), 1)),
                    Piece("d_j^{l+1}", (lambda k: d(j, l + 1), 1), "wrong-neuron"),
                    Piece("d_k^{l}", (lambda k: d(k, l), 1), "wrong-layer"),
                ),
            ),
            Part(
                "the slope",
                "The last link of every path is the activation function of neuron j in layer l: its slope, one number.",
                (
                    Piece(r"\sigma'(z_j^l)", (lambda k: sigmoid_prime(z(j, l)), 1)),
                    Piece(r"\sigma'(z^l)", (lambda k: sigmoid_prime(sympy.Symbol("z") ** l), n)),
                    Piece(r"\sigma'(z_j^{l+1})", (lambda k: sigmoid_prime(z(j, l + 1)), 1), "wrong-layer"),
                    Piece(r"\sigma'(z_k^{l+1})", (lambda k: sigmoid_prime(z(k, l + 1)), 1), "wrong-layer"),
                    Piece(r"\sigma'(z_k^l)", (lambda k: sigmoid_prime(z(k, l)), 1), "wrong-neuron"),
                ),
            ),
        ),
        planted,
        (3, 1),
        lambda weight, error, slope: rf"d_j^l = \sum_k {weight}\, {error}\, {slope}",
        lambda weight, error, slope: _term(weight[0], error[0], slope[0]),
    )

    def whole(m: int, slope: Any) -> sympy.Expr:
        return _term(lambda k: w(k, m, l + 1), lambda k: d(k, l + 1), lambda _: slope)

    strangers = [m for m in range(1, n + 1) if m != j]
    others = [
        ("value-for-slope", whole(j, sigmoid(z(j, l)))),
        *(("wrong-neuron", whole(j, sigmoid_prime(z(m, l)))) for m in strangers),
        *(("wrong-neuron", whole(m, sigmoid_prime(z(m, l)))) for m in strangers),
    ]
    names = (*indexed_names("w", 5, (2, 3)), *indexed_names("dz", 5, (2, 3)), "z")
    return problem(
        line,
        rf"""
The worksheet writes the second equation once for a whole layer and once for a single neuron. This is the second form,
for neuron $j$ of layer $l$, in the letters of chapter 07. Take the {"–".join(map(str, sizes))} network.
""",
        r"""for $l = 2$, one $j$ and one $k$: how many numbers are the left side $d_j^l$, and the parts ①, ② and ③ as
they are printed? A list of four counts.""",
        rf"""`corrected`: the right side of the corrected line for $l = 2$ and $j = {j}$, with the sum over $k$ written
out. Type `w_12^3`, `d_1^3`, `z_1^2` and so on, and `sigma'(…)`. If nothing is wrong, the line as it stands.""",
        line.tested(lambda *parts: [1, *(count for _, count in parts)]),
        (CorrectedExpression("corrected", line.says(), names, line.mistakes(others), functions=SIGMAS, measured=""),),
        (
            "Equations of one number have a number on both sides.",
            "Equal counts prove little. Which layer does k run through, and has the weight matrix such an entry?",
            "Follow one path of the picture in chapter 07 from L back to the neuron, and name each link.",
        ),
        r"The left side is one number. Each factor on the right should be one, too; and each index should name a "
        r"neuron that exists: $k$ one of layer $l + 1$, $j$ one of layer $l$.",
    )


@CHAPTER.exercise(
    "11.6",
    "Where the loop begins and ends",
    covers=("errata/worksheet-range", "worksheet/algorithm"),
    points=2,
    vary={"planted": ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), SOUND), "F": (4, 5, 6), "n": (7, 9, 12)},
)
def layer_range(planted: Planted = (1, 1), F: int = 5, n: int = 8) -> Problem:
    """l = F − 1, F − 2, …, 2."""
    letters = {"F": F, "L": 0.25, "n": n}
    line = Line(
        (
            Part(
                "the letter",
                "Layers are counted from 1 to F, and F is the last one.",
                tuple(Piece(letter, letter) for letter in letters),
            ),
            Part(
                "what is taken from it",
                "The error of layer F is known from step 3, so step 4 begins one layer below it.",
                (
                    Piece("LETTER - 1, LETTER - 2", 1),
                    Piece("LETTER, LETTER - 1", 0),
                    Piece("LETTER - 2, LETTER - 3", 2),
                ),
            ),
            Part(
                "the end",
                "Layer 1 is the input: it has no z and no weights of its own, so the loop ends at layer 2.",
                (Piece("2", 2), Piece("1", 1), Piece("3", 3)),
            ),
            Part(
                "the equation",
                "It is the second equation, for a whole layer.",
                (Piece(r"d^l = \left((W^{l+1})^T d^{l+1}\right) \odot \sigma'(z^l)"),),
            ),
        ),
        planted,
        (1, 1),
        lambda letter, first, end, equation: rf"l = {first.replace('LETTER', letter)}, \dots, {end}: \quad {equation}",
        lambda letter, less, end, _: sympy.ImmutableMatrix(
            [sympy.Symbol(letter) - less, sympy.Symbol(letter) - less - 1, end]
        ),
    )
    return problem(
        line,
        r"""
Step 4 of the worksheet's algorithm is the loop of chapter 08 that computes the errors of the hidden layers. Its letters
are those of chapters 03 and 05. The letters under a brace belong to one part, as often as they occur.
""",
        rf"""the first and the last $l$ of the printed loop, as a list of two numbers, in a network
where $F = {F}$, $L = 0.25$ and $n = {n}$.""",
        r"""`corrected`: the loop of the corrected line as a list of three: the first $l$, the second one, and the last,
such as `["F", "F-1", "1"]`, in the letters `F`, `L`, `n`. If nothing is wrong, the line as it stands.""",
        line.tested(lambda letter, less, end, _: [letters[letter] - less, end]),
        (CorrectedMatrix("corrected", line.says(), ("F", "L", "n"), line.mistakes()),),
        (
            "What does each letter stand for in the worksheet? Put the numbers in: is there a layer with that number?",
            "Which error is known before the loop begins? Which layer is the first that has a z?",
        ),
        rf"A loop over the hidden layers of a network with {F} layers runs from {F - 1} down to 2.",
    )
