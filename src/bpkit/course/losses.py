"""Chapter 05: how to measure an error, and its slope."""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit import nn
from bpkit.checking import Array, Expression, Function, Matrix, Mistake
from bpkit.checking.functions import Case

from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter("05_losses", "Loss functions")

Vector = NDArray[np.floating[Any]]


def _gradient(loss: sympy.Expr, variables: tuple[sympy.Symbol, ...]) -> sympy.Matrix:
    return sympy.Matrix([sympy.diff(loss, variable) for variable in variables])


@CHAPTER.exercise("5.1", "The squared distance", covers="carson/squared-loss", points=2, vary={"K": (2, 4, 5, 6)})
def squared_distance(K: int = 3) -> Problem:
    """‖y − f‖² for K outputs: its gradient with respect to f."""
    f, y = sympy.symbols(f"f1:{K + 1}"), sympy.symbols(f"y1:{K + 1}")
    pairs = list(zip(f, y, strict=True))
    loss = sympy.Add(*((y_j - f_j) ** 2 for f_j, y_j in pairs))
    inside = sympy.Add(*((y_j - f_j**2) ** 2 for f_j, y_j in pairs))  # the square where it is printed
    right = _gradient(loss, f)
    mistakes = [
        Mistake("two-missing", right / 2),
        Mistake("difference-reversed", _gradient(loss, y)),
        Mistake("difference-reversed", _gradient(loss, y) / 2),
        Mistake("norm-not-squared", _gradient(sympy.sqrt(loss), f)),
        Mistake("misprint-taken", _gradient(sympy.sqrt(inside), f)),
        Mistake("misprint-taken", _gradient(inside, f)),
        Mistake("target-dropped", 2 * sympy.Matrix(f)),
        Mistake("power-slip", sympy.Matrix([2 * (f_j - y_j) ** 2 for f_j, y_j in pairs])),
        Mistake("square-not-differentiated", sympy.Matrix([(f_j - y_j) ** 2 for f_j, y_j in pairs])),
        Mistake("square-not-differentiated", sympy.Matrix([loss])),
        Mistake("sum-for-component", sympy.Matrix([sum(right)])),
        Mistake("sum-for-component", sympy.Matrix([sum(-right)])),
        Mistake("sum-for-component", sympy.Matrix([sum(right)] * K)),
    ]
    if K > 2:  # with two outputs, 2/c is 1
        mistakes.append(Mistake("mse-mean", right / K))
    listed = ", ".join(f"f_{j}" for j in range(1, K + 1))
    targets = ", ".join(f"y_{j}" for j in range(1, K + 1))
    return Problem(
        statement=rf"""
A network has {K} outputs, $f = ({listed})$, and the target is $y = ({targets})$. The lower index counts
outputs here, not layers. The loss is the squared distance
$$L = \|y - f\|^2.$$
Write down its gradient with respect to $f$: a vector of {K} entries, of which entry $j$ is
$\frac{{\partial L}}{{\partial f_j}}$. Hand in a list of expressions in `f1`, `y1` and so on.
""",
        answers=(Matrix("dL_df", right, tuple(map(str, (*f, *y))), tuple(mistakes)),),
        hints=(
            "Write the squared norm out as a sum. In how many of its terms does f₁ occur?",
            "Each term is a square with a difference inside: the chain rule gives two factors.",
            "The inner derivative, of y₁ − f₁ with respect to f₁, has a sign.",
        ),
        solution=r"""
$L = \sum_j (y_j - f_j)^2$, and $f_j$ occurs in one term only. The outer derivative is $2(y_j - f_j)$, the
inner one $-1$:
$$\frac{\partial L}{\partial f_j} = 2(y_j - f_j) \cdot (-1) = 2(f_j - y_j), \qquad
\nabla_f L = 2\,(f - y).$$
""",
    )


a_j, y_j, c, N = sympy.symbols("a_j y_j c N")
# What stands in front of Σ (a_j − y_j)²: as a factor, in LaTeX, in words, and its slug.
CONVENTIONS = {
    "mean": (1 / c, r"\frac{1}{c}", "the mean over the outputs", "mse-mean"),
    "sum": (sympy.S.One, "", "the plain sum", "mse-sum"),
    "half": (sympy.Rational(1, 2), r"\frac{1}{2}", "half the sum", "mse-half"),
    "half-mean": (1 / (2 * c), r"\frac{1}{2c}", "half the mean", "mse-mean-of-half"),
}


@CHAPTER.exercise(
    "5.2",
    "The mean squared error's slope (worksheet 11)",
    covers="worksheet/11",
    points=3,
    vary={"convention": ("sum", "half", "half-mean")},
)
def mse_partial(convention: str = "mean") -> Problem:
    """∂L/∂a_j for L = front · Σ (a_j − y_j)²."""
    front, front_tex, words, _ = CONVENTIONS[convention]
    square = (a_j - y_j) ** 2
    right = sympy.factor(sympy.diff(front * square, a_j))
    mistakes = [
        Mistake("square-not-differentiated", front * square),
        Mistake("square-not-differentiated", square),
        Mistake("power-slip", 2 * front * square),
        Mistake("target-dropped", 2 * front * a_j),
        Mistake("extra-slope", right * a_j * (1 - a_j)),
    ]
    for samples in (1 / N, 1 / (N * c), 1 / (2 * N)):
        mistakes.append(Mistake("mse-samples", sympy.diff(samples * square, a_j)))
    for name, (other, _, _, slug) in CONVENTIONS.items():
        mistakes.append(Mistake("difference-reversed", sympy.diff(other * square, y_j)))
        if name != convention:
            mistakes.append(Mistake(slug, sympy.diff(other * square, a_j)))
    return Problem(
        statement=rf"""
One sample has the outputs $a_1, \dots, a_c$ and the targets $y_1, \dots, y_c$. Take as its loss {words},
with exactly this factor in front:
$$L = {front_tex} \sum_{{j=1}}^{{c}} (a_j - y_j)^2.$$
What is $\frac{{\partial L}}{{\partial a_j}}$? Hand in an expression. At hand are the symbols `a_j`, `y_j`,
`c` (how many outputs) and `N` (how many samples); not all of them need to occur.
""",
        answers=(
            Expression(
                "dL_da_j",
                right,
                ("a_j", "y_j", "c", "N"),
                tuple(mistakes),
                measured="the slope measured",
                counts=("c", "N"),
            ),
        ),
        hints=(
            "The sum has c terms. In how many of them does this one a_j occur?",
            "A factor in front stays in front when you differentiate.",
            "Then the chain rule for one square: the exponent comes down, and the inner derivative is 1.",
        ),
        solution=rf"""
All terms but the $j$-th are constant in $a_j$. Differentiating that one, with what stands in front:
$$\frac{{\partial L}}{{\partial a_j}} = {front_tex} \; 2\,(a_j - y_j) = {tex(right)}.$$
""",
    )


def _cases(seed: int) -> list[Case]:
    rng = np.random.default_rng(seed)
    return [
        Case((rng.normal(size=c), rng.normal(size=c)), f"c = {c} output{'s' if c > 1 else ''}") for c in (3, 5, 1, 8)
    ]


def _mse(a: Vector, y: Vector) -> float:
    """Return the mean of the squared differences of a and y, both of shape (c,): one number."""
    return float(np.mean((a - y) ** 2))


@CHAPTER.exercise("5.3", "The loss in code", covers="worksheet/11", points=2)
def mse_code() -> Problem:
    """L = (1/c) Σ (a_j − y_j)² as a function of two arrays."""
    return Problem(
        statement=r"""
Write a function of two arrays of shape $(c,)$, the outputs `a` and the targets `y`, for any $c \ge 1$. It
returns the mean squared error $L = \frac{1}{c} \sum_{j=1}^{c} (a_j - y_j)^2$, one number.
""",
        answers=(
            Function(
                "mse",
                _mse,
                _cases(53),
                mistakes=(
                    Mistake("mse-sum", lambda a, y: np.sum((a - y) ** 2)),
                    Mistake("mse-half", lambda a, y: np.sum((a - y) ** 2) / 2),
                    Mistake("mse-mean-of-half", lambda a, y: np.mean((a - y) ** 2) / 2),
                    Mistake("root-taken", lambda a, y: np.sqrt(np.mean((a - y) ** 2))),
                    Mistake("norm-not-squared", lambda a, y: np.linalg.norm(a - y)),
                    Mistake("absolute-for-square", lambda a, y: np.mean(np.abs(a - y))),
                    Mistake("squared-after-mean", lambda a, y: np.mean(a - y) ** 2),
                    Mistake("outputs-apart", lambda a, y: (a - y) ** 2),
                    Mistake("misprint-taken", lambda a, y: np.mean((y - a**2) ** 2)),
                ),
            ),
        ),
        hints=(
            "NumPy subtracts and squares whole arrays, entry by entry; no loop is needed.",
            "What turns the c squares into one number, with the factor 1/c?",
        ),
        solution=r"""
`a - y` has shape $(c,)$, and so has its square; the mean over its entries is the sum with $\frac{1}{c}$ in
front.
""",
    )


def _mse_gradient(a: Vector, y: Vector) -> Vector:
    """Return ∂L/∂a_j for the mean squared error: an array of the shape of a."""
    return 2 / len(a) * (a - y)


@CHAPTER.exercise("5.4", "The gradient in code", covers="worksheet/11", points=3)
def mse_gradient_code() -> Problem:
    """Entry j is ∂L/∂a_j, for the mean squared error."""
    return Problem(
        statement=r"""
Write the function that goes with it: from `a` and `y`, both of shape $(c,)$, it returns the gradient
$\nabla_a L$ of the mean squared error, an array of shape $(c,)$ whose entry $j$ is
$\frac{\partial L}{\partial a_j}$.
""",
        answers=(
            Function(
                "mse_gradient",
                _mse_gradient,
                _cases(54),
                mistakes=(
                    Mistake("difference-reversed", lambda a, y: 2 / len(a) * (y - a)),
                    Mistake("mse-sum", lambda a, y: 2 * (a - y)),
                    Mistake("mse-half", lambda a, y: a - y),
                    Mistake("mse-mean-of-half", lambda a, y: (a - y) / len(a)),
                    Mistake("outputs-averaged", lambda a, y: 2 * np.mean(a - y)),
                    Mistake("sum-for-component", lambda a, y: 2 * np.sum(a - y)),
                    Mistake("square-not-differentiated", lambda a, y: np.mean((a - y) ** 2)),
                    Mistake("power-slip", lambda a, y: 2 / len(a) * (a - y) ** 2),
                    Mistake("target-dropped", lambda a, y: 2 / len(a) * a),
                    Mistake("extra-slope", lambda a, y: 2 / len(a) * (a - y) * a * (1 - a)),
                    Mistake("absolute-for-square", lambda a, y: np.sign(a - y) / len(a)),
                    Mistake("norm-not-squared", lambda a, y: (a - y) / np.linalg.norm(a - y)),
                ),
            ),
        ),
        hints=(
            "Exercise 5.2 gives one entry; here all c of them are computed at once.",
            "How many outputs there are, the array itself can tell.",
            "Nothing is summed: the result has as many entries as a.",
        ),
        solution=r"""
By 5.2 entry $j$ is $\frac{2}{c}(a_j - y_j)$, and NumPy does all entries at once:
$\nabla_a L = \frac{2}{c}(a - y)$.
""",
    )


@CHAPTER.exercise(
    "5.5",
    "One step, two losses",
    covers="worksheet/11",
    points=3,
    vary={
        "a": ((0.6, 0.3, 0.9, 0.2, 0.5), (0.2, 0.7, 0.1), (0.9, 0.4, 0.3, 0.8, 0.1, 0.6)),
        "eta": (0.05, 0.15, 0.25),
    },
)
def one_step(a: tuple[float, ...] = (0.8, 0.1, 0.4, 0.6), eta: float = 0.2) -> Problem:
    """One step a − η ∇L with the mean and with the plain sum, and the η that makes both the same."""
    outputs = np.array(a)
    target = np.zeros(len(a))
    target[[0, -1]] = 1
    mean, total = (loss.gradient(outputs, target) for loss in (nn.mean_squared_error, nn.squared_error))

    def asked(name: str, gradient: Vector, other: Vector, other_slug: str) -> Array:
        mistakes = (
            Mistake("ascent", outputs + eta * gradient),
            Mistake("gradient-for-step", gradient),
            Mistake("gradient-for-step", -eta * gradient),
            Mistake("gradient-for-step", eta * gradient),
            Mistake("two-missing", outputs - eta * gradient / 2),
            Mistake(other_slug, outputs - eta * other),
            Mistake("step-size-missing", outputs - gradient),
        )
        return Array(name, np.round(outputs - eta * gradient, 12), mistakes)

    c = len(a)
    as_list = ", ".join(f"{value:g}" for value in outputs), ", ".join(f"{value:g}" for value in target)
    same_step = sympy.nsimplify(eta) / c
    sizes = (
        Mistake("wrong-way-round", same_step * c**2),
        Mistake("same-step-size", same_step * c),
        Mistake("gradient-factor", same_step * 2),
        Mistake("gradient-factor", same_step / 2),
    )
    return Problem(
        statement=rf"""
Let $a = ({as_list[0]})$ and $y = ({as_list[1]})$, so $c = {c}$, and take one step down the slope with
$\eta = {eta:g}$:
$$a_{{\text{{new}}}} = a - \eta\, \nabla_a L.$$

Hand in $a_{{\text{{new}}}}$ as an array of {c} numbers,

(a) for the mean $L = \frac{{1}}{{c}} \sum_j (a_j - y_j)^2$ and

(b) for the plain sum $L = \sum_j (a_j - y_j)^2$.

(c) With which step size in place of $\eta$ would the plain sum have made the step of (a)? Hand in a number.
""",
        answers=(
            asked("a_mean", mean, total, "mse-sum"),
            asked("a_sum", total, mean, "mse-mean"),
            Expression("eta_sum", same_step, (), sizes),
        ),
        hints=(
            "Your function of 5.4 gives the gradient for (a). How does the one for (b) differ?",
            "Every entry of a moves towards its target: check that yours does.",
            "In (c) the product of step size and gradient must come out the same.",
        ),
        solution=rf"""
With the mean, $\eta \nabla_a L = {eta:g} \cdot \frac{{2}}{{{c}}} (a - y)$; with the plain sum it is
${eta:g} \cdot 2\,(a - y)$, which is {c} times as much. So the plain sum makes the step of (a) with the step
size $\frac{{\eta}}{{c}} = {tex(same_step)}$.
""",
    )
