"""Chapter 11, third part: lines whose shapes are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from bpkit.checking import Mistake, Verdict
from bpkit.checking.misprints import CHANGED, Changed, CorrectedMatrix, CorrectedNames, CorrectedTable
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime
from bpkit.checking.verdict import always_a_verdict

from .errata_lines import CHAPTER, SOUND, Line, Part, Piece, Planted, one_hot, problem, shares
from .exercise import Problem
from .four_equations_errors import SIGMAS
from .writing import tex

Shape = tuple[int, int]
CONVENTION = (
    "If you took this for a convention: the notes keep to it throughout, and it can be defended. "
    "But the exercise asks about layers of the worksheet, and for those one part fails a test."
)
DIAGONAL = (
    "Parts 2 and 3 do not fit each other. The repair can be made in either: with the dot as it stands, "
    "part 3 would have to be the diagonal matrix of these slopes."
)


@dataclass(frozen=True)
class _Shapes(CorrectedTable):
    """Shapes of arrays, in which a vector may be a matrix of one column."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Read n × 1 as n, and judge as a `CorrectedTable`."""
        if type(given) in (list, tuple):
            given = [row[:1] if _is_column(row) else row for row in given]  # type: ignore[attr-defined]
        return super().judge(given, why)


def _is_column(row: object) -> bool:
    return type(row) in (list, tuple) and len(row) == 2 and type(row[1]) in (int, str) and row[1] in (1, "1")  # type: ignore[arg-type, index]


def _list(*parts: tuple[str, Shape]) -> sympy.Matrix:
    """Return the names of a line's parts, as a vector."""
    return sympy.ImmutableMatrix([sympy.Symbol(name) for name, _ in parts])


def _shapes(*parts: tuple[str, Shape]) -> list[Shape]:
    return [shape for _, shape in parts]


def _slope(above: str, below: str) -> str:
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


@CHAPTER.exercise(
    "11.7",
    "The second of three lines",
    covers=("errata/carson-theta", "carson/theta-chain"),
    points=2,
    vary={
        "planted": ((1, 1), (2, 1), (3, 1), (3, 2), (4, 1), (4, 2), SOUND),
        "widths": ((2, 3, 4, 5), (4, 2, 3, 5), (3, 5, 2, 4), (5, 4, 3, 2)),
    },
)
def second_line(planted: Planted = (1, 1), widths: tuple[int, ...] = (2, 3, 4, 5)) -> Problem:
    """∂L/∂θ_{K−2} = ∂L/∂f_K ∂f_K/∂f_{K−1} ∂f_{K−1}/∂θ_{K−2}."""
    _, n1, n2, n3 = widths
    theta = {i: widths[i + 1] * widths[i] + widths[i + 1] for i in range(3)}
    loss, last, below = r"\mathcal{L}", "f_K", "f_{K-1}"
    line = Line(
        (
            Part(
                "the left side",
                "It has to be the slope by the parameters with which the product on the right ends.",
                (
                    Piece(_slope(loss, r"\theta_{K-2}"), ("dL_dtheta1", (1, theta[1]))),
                    Piece(_slope(loss, r"\theta_{K-1}"), ("dL_dtheta2", (1, theta[2]))),
                ),
            ),
            Part(
                "the first factor",
                "The loss depends on the output of the last layer directly, and on nothing else.",
                (
                    Piece(_slope(loss, last), ("dL_df3", (1, n3))),
                    Piece(_slope(loss, below), ("dL_df2", (1, n2))),
                ),
            ),
            Part(
                "the second factor",
                "It leads from the last layer to the one before it.",
                (
                    Piece(_slope(last, below), ("df3_df2", (n3, n2))),
                    Piece(_slope(last, r"\theta_{K-1}"), ("df3_dtheta2", (n3, theta[2]))),
                    Piece(_slope(below, "f_{K-2}"), ("df2_df1", (n2, n1))),
                ),
            ),
            Part(
                "the third factor",
                "Layer K − 1 is computed with the parameters that carry the index K − 2.",
                (
                    Piece(_slope(below, r"\theta_{K-2}"), ("df2_dtheta1", (n2, theta[1]))),
                    Piece(_slope(below, r"\theta_{K-1}"), ("df2_dtheta2", (n2, theta[2]))),
                    Piece(_slope(last, r"\theta_{K-2}"), ("df3_dtheta1", (n3, theta[1]))),
                ),
            ),
        ),
        planted,
        (1, 1),
        lambda left, *factors: f"{left} = {' '.join(factors)}",
        _list,
    )
    names = [
        *(f"dL_d{of}" for of in ("f1", "f2", "f3", "theta0", "theta1", "theta2")),
        *(f"df{m}_df{n}" for m in (1, 2, 3) for n in (1, 2, 3)),
        *(f"df{m}_dtheta{i}" for m in (1, 2, 3) for i in (0, 1, 2)),
    ]
    shapes = line.says(_shapes, printed=True)
    weights = {theta[i]: theta[i] - widths[i + 1] for i in theta}
    unbiased = [(rows, weights.get(columns, columns)) for rows, columns in shapes]
    first = sympy.ImmutableMatrix(sympy.symbols("dL_dtheta2 dL_df3 df3_dtheta2"))
    listed = ", ".join(f"n_{m} = {width}" for m, width in enumerate(widths))
    counted = ", ".join(rf"\theta_{i} \text{{ holds }} {count}" for i, count in theta.items())
    return problem(
        line,
        r"""
Carson writes three lines for the chain of Jacobians of exercise 7.15: the first for the parameters $\theta_{K-1}$, the
last for any $\theta_i$, and between them this one. In his letters $f_m = \sigma(A_{m-1} f_{m-1} + b_{m-1})$, and
$\theta_i$ is all of $A_i$ and $b_i$; so $f_m$ depends on $\theta_{m-1}$ directly. The slopes by $\theta$ on the right
are meant with $f_{m-1}$ held fixed.
""",
        rf"""the shapes of the four parts as they are printed, from left to right, each as a pair [rows, columns], for
$K = 3$ and the widths ${listed}$. With its biases ${counted}$ numbers.""",
        r"""`corrected`: the corrected line for $K = 3$, as a list of four names: the left side and then the three
factors in their order. Type `dL_dtheta2` for $\frac{\partial \mathcal{L}}{\partial \theta_2}$, `dL_df3`, `df3_df2`,
`df3_dtheta2` and so on. If nothing is wrong, the line as it stands.""",
        line.tested(_shapes, [("transposed", [(c, r) for r, c in shapes]), ("biases-uncounted", unbiased)]),
        (CorrectedNames("corrected", line.says(), names, line.mistakes([("another-line", first)])),),
        (
            "A slope has a row for each number that is differentiated, and a column for each by which it is.",
            "In a product the columns of one factor are the rows of the next. What is left has the outer two.",
            "Shapes that fit are not enough: does each layer depend on the parameters that stand below it?",
        ),
        "Between the factors rows and columns have to fit, and the left side has the columns of the last factor.",
    )


@CHAPTER.exercise(
    "11.8",
    "The gradient of a composition",
    covers="fda/gradient-chain-rule",
    points=2,
    vary={
        "planted": ((1, 1), (2, 1), (3, 1), SOUND),
        "factor": (3, 4, 5),
        "point": ((2, 3), (3, 2), (4, 3)),
    },
)
def gradient_of_composition(planted: Planted = SOUND, factor: int = 3, point: tuple[int, int] = (2, 3)) -> Problem:
    """∇[f(g(x))] = Dg(x)ᵀ ∇f(g(x))."""
    x, u = sympy.symbols("x1:3"), sympy.symbols("u1:3")
    g = sympy.Matrix([x[0] * x[1], x[0] + factor * x[1]])
    f = u[0] ** 2 + u[0] * u[1]
    there = dict(zip(u, g, strict=True))

    def at_x(expr: Any) -> Any:
        return expr.xreplace(dict(zip(u, x, strict=True)))

    Dg = g.jacobian(x)
    Dg_at_g = Dg.subs(dict(zip(x, g, strict=True)), simultaneous=True)
    gradient = sympy.Matrix([sympy.diff(f, by) for by in u])
    line = Line(
        (
            Part(
                "where the matrix is taken",
                "The inner map g is applied to x, so its Jacobian matrix is taken there.",
                (Piece("x", Dg), Piece("g(x)", Dg_at_g)),
            ),
            Part(
                "the matrix",
                "Dg has a row for each number that comes out of g. Going back, from those to the x, it is transposed.",
                (Piece("Dg(PLACE)^T", True), Piece("Dg(PLACE)", False)),
            ),
            Part(
                "the gradient",
                "The outer function f is applied to g(x), so its gradient is taken there.",
                (Piece(r"\nabla f(g(x))", gradient.xreplace(there)), Piece(r"\nabla f(x)", at_x(gradient))),
            ),
        ),
        planted,
        SOUND,
        lambda place, matrix, gradient: rf"\nabla \left[f(g(x))\right] = {matrix.replace('PLACE', place)}\, {gradient}",
        lambda matrix, turned, gradient: sympy.ImmutableMatrix(
            ((matrix.T if turned else matrix) * gradient).applyfunc(sympy.expand)
        ),
    )
    values = dict(zip(x, point, strict=True))
    measured = [float(sympy.diff(f.xreplace(there), by).subs(values)) for by in x]

    def tested(*choice: Any) -> list[list[float]]:
        return [measured, [float(entry) for entry in line.reading(*choice).subs(values)]]

    return problem(
        line,
        r"""
The first and the last side of a line of Foundations of Data Analysis, for $f: \mathbb{R}^q \to \mathbb{R}$ and
$g: \mathbb{R}^p \to \mathbb{R}^q$. As in chapter 02, $Dg(x)$ is the $q \times p$ Jacobian matrix at $x$, and
gradients are columns.
""",
        rf"""both sides of the printed line at $x = {point}$, as a list of two lists of two numbers, for
$g(x) = (x_1 x_2,\; x_1 + {factor} x_2)$ and $f(u) = u_1^2 + u_1 u_2$. Measure the left side, or differentiate $f(g(x))$
directly; compute the right side as it is printed. Three digits are enough.""",
        r"""`corrected`: the right side of the corrected line for these two maps, as a list of two expressions in `x1`
and `x2`. If nothing is wrong, the line as it stands.""",
        line.tested(tested, digits=3),
        (CorrectedMatrix("corrected", line.says(), ("x1", "x2"), line.mistakes()),),
        (
            "Here p = q = 2, so Dg and its transpose have one shape. Only the values can tell them apart.",
            "Write Dg with a row for g₁ and a row for g₂. For which argument is it taken, and for which ∇f?",
        ),
        rf"With these maps $f(g(x)) = {tex(sympy.factor(f.xreplace(there)))}$, which can be differentiated directly.",
    )


@CHAPTER.exercise(
    "11.9",
    "The slope of the hidden layer",
    covers=("errata/softmax-hadamard", "softmax-notes/dz1"),
    points=2,
    vary={"planted": ((2, 1), (2, 2), (3, 1), (3, 2), SOUND), "h": (2, 4, 5)},
)
def hadamard(planted: Planted = (2, 1), h: int = 3) -> Problem:
    """∂L/∂z1 = ∂L/∂A1 ⊙ σ'(Z1)."""
    g, z = sympy.symbols(f"g1:{h + 1}"), sympy.symbols(f"z1:{h + 1}")

    def entrywise(left: Any, right: Any) -> sympy.Matrix:
        return sympy.ImmutableMatrix([a * b for a, b in zip(left, right, strict=True)])

    def product(left: Any, right: Any) -> sympy.Matrix:
        return sympy.ImmutableMatrix([[sympy.Add(*entrywise(left, right))]])

    def outer(left: Any, right: Any) -> sympy.Matrix:
        return sympy.ImmutableMatrix(h, h, lambda i, k: left[i] * right[k])

    line = Line(
        (
            Part(
                "what arrives from above",
                "The slope of the loss by the hidden layer's activations is what comes back through W₂.",
                (Piece(_slope("L", "A_1"), g),),
            ),
            Part(
                "the product",
                "Each activation depends on its own z only: entry k is multiplied by entry k, and nothing is added.",
                (Piece(r"\odot", entrywise), Piece(r"\cdot", product), Piece(r"\otimes", outer)),
            ),
            Part(
                "the slopes",
                "The local slope is σ′, taken where σ was: at Z₁, before the activation.",
                (
                    Piece(r"\sigma'(Z_1)", [sigmoid_prime(z_k) for z_k in z]),
                    Piece(r"\sigma(Z_1)", [sigmoid(z_k) for z_k in z], "value-for-slope"),
                    Piece(r"\sigma'(A_1)", [sigmoid_prime(sigmoid(z_k)) for z_k in z]),
                ),
            ),
        ),
        planted,
        (2, 1),
        lambda above, times, slopes: rf"{_slope('L', 'z_1')} = {above} {times} {slopes}",
        lambda above, times, slopes: times(above, slopes),
    )
    names = tuple(map(str, (*g, *z)))
    slopes = [sigmoid_prime(z_k) for z_k in z]
    others = [
        ("slope-as-matrix", sympy.ImmutableMatrix(sympy.diag(*slopes))),
        ("slope-as-matrix", sympy.ImmutableMatrix(sympy.diag(*entrywise(g, slopes)))),
        ("local-slopes-only", sympy.ImmutableMatrix(slopes)),
        ("derivative-left-out", sympy.ImmutableMatrix(g)),
        *(("wrong-neuron", entrywise(g, [*slopes[k:], *slopes[:k]])) for k in range(1, h)),
        ("wrong-inner-value", entrywise(g, [sigmoid_prime(g_k) for g_k in g])),
    ]
    also = {3: DIAGONAL} if planted == (2, 1) else {}
    signs = (
        "",
        " A dot between two matrices is the matrix product in these notes.",
        r" $\otimes$ is the outer product.",
    )
    entries = ", ".join(f"`g{k}`" for k in range(1, h + 1)), ", ".join(f"`z{k}`" for k in range(1, h + 1))
    return problem(
        line,
        rf"""
The lecture notes go back through the hidden layer, our step from $\frac{{\partial L}}{{\partial \mathbf{{a}}^2}}$ to
$\mathbf{{d}}^2$. There are {h} hidden neurons and one sample: $\frac{{\partial L}}{{\partial A_1}}$ is a row of {h}
numbers, $Z_1$ a column of {h}. What $\sigma'(Z_1)$ stands for the notes say in words: $Z_1$, with
$\frac{{d\sigma}}{{dx}}$ applied to every element.{signs[planted[1] if planted[0] == 2 else 0]}
""",
        r"""how many numbers does the printed right side give, and how many does the left side need? A list of two
counts.""",
        rf"""`corrected`: the right side of the corrected line, written out as a list of as many entries as it has. Type
{entries[0]} for the entries of $\frac{{\partial L}}{{\partial A_1}}$, {entries[1]} for those of $Z_1$, and
`sigma(…)`, `sigma'(…)`. If nothing is wrong, the line as it stands.""",
        line.tested(lambda above, times, slopes: [len(times(above, slopes)), h]),
        (CorrectedMatrix("corrected", line.says(), names, line.mistakes(others), SIGMAS),),
        (
            "Write the shapes of all parts below them. What is the shape of the whole?",
            "Move one z and nothing else. Which activations move?",
        ),
        rf"The left side is one slope for each of the {h} hidden neurons; compare with `tested`. {also.get(3, '')}",
        also=also,
    )


@CHAPTER.exercise(
    "11.10",
    "A line on the way back",
    covers=("errata/softmax-input", "softmax-notes/dX"),
    points=2,
    vary={
        "planted": ((1, 1), (2, 1), (3, 1), (3, 2), SOUND),
        "sizes": ((4, 3, 2), (3, 5, 2), (5, 2, 3), (6, 4, 3)),
    },
)
def input_slope(planted: Planted = (1, 1), sizes: tuple[int, int, int] = (4, 3, 2)) -> Problem:
    """∂L/∂X = ∂L/∂z1 · W1."""
    D, h, O = sizes
    other = sympy.ImmutableMatrix(sympy.symbols("dL_dA1 dL_dz2 W2"))
    line = Line(
        (
            Part(
                "by what is differentiated",
                "The array in which z₁ = W₁X + b₁ is linear with the matrix W₁ is X.",
                (Piece("X", ("dL_dX", (1, D))), Piece("A_1", ("dL_dA1", (1, h)))),
            ),
            Part(
                "what arrives from above",
                "The chain goes through z₁, the only way from the input to the loss.",
                (Piece(_slope("L", "z_1"), ("dL_dz1", (1, h))), Piece(_slope("L", "z_2"), ("dL_dz2", (1, O)))),
            ),
            Part(
                "the matrix",
                "Slopes are rows in these notes: a row by z₁, times the weights that lead to z₁, from the right.",
                (
                    Piece("W_1", ("W1", (h, D))),
                    Piece("W_2", ("W2", (O, h))),
                    Piece("W_1^T", ("W1_T", (D, h))),
                ),
            ),
        ),
        planted,
        (1, 1),
        lambda by, above, matrix: rf"{_slope('L', by)} = {above} \cdot {_slope('z_1', by)} = {above} \cdot {matrix}",
        _list,
    )
    return problem(
        line,
        r"""
One of the lecture notes' lines on the way back through the network. $X$ has $D$ entries,
$Z_1 = W_1 X + b_1$ with the $h \times D$ matrix $W_1$, $A_1 = \sigma(Z_1)$, and $Z_2 = W_2 A_1 + b_2$ with the $O
\times h$ matrix $W_2$. Slopes of $L$ are rows here, with a column for each number by which one differentiates. What
carries the same number is one part, and is wrong or right in both places.
""",
        rf"""three shapes, as pairs [rows, columns], for $D = {D}$, $h = {h}$, $O = {O}$: of the left side as printed,
and of the two factors at the end of the line as printed.""",
        r"""`corrected`: the left side and the two factors at the end of the corrected line, as a list of three names
such as `dL_dA1`, `dL_dX`, `dL_dz1`, `dL_dz2`, `W1`, `W2`, or `W1_T` for the transpose. If nothing is wrong, the line
as it stands.""",
        line.tested(_shapes, [("transposed", [(c, r) for r, c in line.says(_shapes, printed=True)])]),
        (
            CorrectedNames(
                "corrected",
                line.says(),
                ("dL_dA1", "dL_dX", "dL_dz1", "dL_dz2", "W1", "W2", "W1_T", "W2_T"),
                line.mistakes([("another-line", other)]),
            ),
        ),
        (
            "How many columns has the product at the end of the line? How many has a slope by the left side's array?",
            "Which array enters z₁ by way of W₁?",
        ),
        rf"A slope by $X$ is a row of {D} numbers, one by $A_1$ or $z_1$ a row of {h}, one by $z_2$ a row of {O}.",
    )


@CHAPTER.exercise(
    "11.11",
    "Where everything lives",
    covers=("errata/softmax-bias", "softmax-notes/shapes", "softmax-notes/db2"),
    points=3,
    vary={
        "planted": ((3, 1), (3, 2), (1, 1), (2, 1), (4, 1), SOUND),
        "sizes": ((5, 4, 3), (3, 5, 2), (6, 3, 4), (4, 2, 3)),
    },
)
def bias_shapes(planted: Planted = (3, 1), sizes: tuple[int, int, int] = (5, 4, 3)) -> Problem:
    """b1 ∈ R^h, b2 ∈ R^O."""
    numbers = {"1": 1} | dict(zip("DhO", sizes, strict=True))
    _, h, outputs = sizes
    line = Line(
        (
            Part(
                "the input",
                "It is a vector with D entries.",
                (Piece(r"X \in \mathbb{R}^D", "D"), Piece(r"X \in \mathbb{R}^h", "h")),
            ),
            Part(
                "the first matrix",
                "A row for each of the h numbers that come out, a column for each of the D that go in.",
                (Piece(r"W_1 \text{ is } h \times D", ("h", "D")), Piece(r"W_1 \text{ is } D \times h", ("D", "h"))),
            ),
            Part(
                "the biases",
                "A bias is added to what each neuron receives: one for each neuron, as in chapter 03.",
                (
                    Piece(r"b_1 \in \mathbb{R}^h,\; b_2 \in \mathbb{R}^O", ("h", "O")),
                    Piece(r"b_1, b_2 \in \mathbb{R}", ("1", "1")),
                    Piece(r"b_1 \in \mathbb{R}^D,\; b_2 \in \mathbb{R}^h", ("D", "h")),
                ),
            ),
            Part(
                "the second matrix",
                "A row for each of the O numbers that come out, a column for each of the h that go in.",
                (Piece(r"W_2 \text{ is } O \times h", ("O", "h")), Piece(r"W_2 \text{ is } h \times O", ("h", "O"))),
            ),
        ),
        planted,
        (3, 1),
        lambda *parts: r",\quad ".join(parts),
        lambda X, W1, b, W2: tuple(
            tuple(sympy.Integer(1) if n == "1" else sympy.Symbol(n) for n in row) for row in (X, W1, b[0], W2, b[1])
        ),
    )

    def tested(X: str, W1: str, b: str, W2: str) -> list[Shape]:
        pairs = ((W1[1], X), (W1[0], b[0]), (W2[1], W1[0]), (W2[0], b[1]))
        return [(numbers[one], numbers[other]) for one, other in pairs]

    halves = _half_repaired(line)
    p, y = sympy.symbols(f"p1:{outputs + 1}"), sympy.symbols(f"y1:{outputs + 1}")
    slope = sympy.ImmutableMatrix([p_i - y_i for p_i, y_i in zip(p, y, strict=True)])
    slips = (
        ("bias-summed", sympy.ImmutableMatrix([sympy.Add(*slope)])),
        ("bias-summed", sympy.ImmutableMatrix([sympy.Add(*slope)] * outputs)),
        ("difference-reversed", -slope),
        ("bias-summed+difference-reversed", sympy.ImmutableMatrix([-sympy.Add(*slope)])),
    )
    listed = ", ".join(f"${letter} = {size}$" for letter, size in zip("DhO", sizes, strict=True))
    rows = ", ".join(f"`p{i}`, `y{i}`" for i in (1, outputs))
    return problem(
        line,
        r"""
The lecture notes say where their arrays live, for the network $Z_1 = W_1 X + b_1$, $A_1 = \sigma(Z_1)$,
$Z_2 = W_2 A_1 + b_2$, $A_2 = \hat y = \text{softmax}(Z_2)$ with $D$ inputs, $h$ hidden neurons and $O$ outputs. Take
their layers for those of the worksheet, in the sense of chapter 03.
""",
        rf"""four pairs of numbers that should be equal, as the line is printed, for {listed}: the columns of $W_1$
and the entries of $X$; the rows of $W_1$ and the numbers in $b_1$; the columns of $W_2$ and the rows of $W_1$; the
rows of $W_2$ and the numbers in $b_2$.""",
        rf"""`corrected`: the corrected shapes of $X$, $W_1$, $b_1$, $W_2$, $b_2$ in this order, as a list of five
lists in `D`, `h` and `O`: `["D"]` for a vector with $D$ entries, `["h", "D"]` for a matrix with $h$ rows and $D$
columns, `[1]` for a single number. If nothing is wrong, the line as it stands.

(d) `dL_db2`: with the layers of the worksheet, the slope of the cross-entropy by $b_2$, for $O = {outputs}$. A list
with an expression for each of its entries, in the entries $\hat y_i$ and $y_i$; type {rows} and so on.""",
        line.tested(tested),
        (
            _Shapes("corrected", line.says(), ("D", "h", "O"), (*line.mistakes(), *halves), rows="shape"),
            CorrectedMatrix(
                "dL_db2",
                slope,
                (),
                tuple(Mistake(slug, result) for slug, result in slips),
                known=shares(*map(str, p)) | one_hot(*map(str, y)),
                hat="p",
            ),
        ),
        (
            "Put the sizes in and look at what each + needs on its right side.",
            "How many neurons are there besides the inputs, and how many biases does the line give them?",
            "For (d): entry i of b₂ moves one logit and no other, and by as much as itself moves.",
        ),
        rf"""
A layer with {h} neurons has {h} biases, one with {outputs} outputs {outputs}. For (d), entry $i$ of $b_2$ is added to
logit $i$, so $\frac{{\partial L}}{{\partial b_2}} = \frac{{\partial L}}{{\partial z_2}} = \hat y - y$, a vector of
{outputs}.
""",
        missed=CONVENTION if planted == (3, 1) else "",
    )


def _half_repaired(line: Line) -> list[Changed]:
    """Return what comes of the biases if only one of the two is as it should be."""
    wrong, which = line.planted
    right, others = line.parts[2].pieces[0].value, [piece.value for piece in line.parts[2].pieces[1:]]
    printed = right if wrong != 3 else line.parts[2].pieces[which].value

    def with_biases(b_1: str, b_2: str) -> Any:
        return line.says(lambda X, W1, _, W2: line.reading(X, W1, (b_1, b_2), W2))

    if wrong == 3:
        return [
            Changed("repaired-halfway", with_biases(*pair)) for pair in ((right[0], printed[1]), (printed[0], right[1]))
        ]
    pairs = [pair for other in others for pair in ((right[0], other[1]), (other[0], right[1]))]
    return [Changed(CHANGED, with_biases(*pair), parts=(3,)) for pair in pairs]
