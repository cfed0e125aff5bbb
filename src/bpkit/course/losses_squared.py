"""Chapter 05: the squared error, its conventions and its slope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit import nn
from bpkit.checking import Array, Expression, Function, Matrix, Mistake, together
from bpkit.checking.arrays import read_array
from bpkit.checking.evaluation import CONTEXT, evaluate
from bpkit.checking.functions import Case
from bpkit.checking.slips import slips
from bpkit.checking.verdict import AnswerError

from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter("05_losses", "Loss functions")

Vector = NDArray[np.floating[Any]]
Slip = tuple[str, sympy.Expr]
Gradient = Callable[[Vector, Vector], Any]


a_j, y_j, c, N = sympy.symbols("a_j y_j c N")
# What stands in front of Σ (a_j − y_j)²: as a factor, in LaTeX, in words, and its slug.
CONVENTIONS = {
    "mean": (1 / c, r"\frac{1}{c}", "the mean over the outputs", "mse-mean"),
    "sum": (sympy.S.One, "", "the plain sum", "mse-sum"),
    "half": (sympy.Rational(1, 2), r"\frac{1}{2}", "half the sum", "mse-half"),
    "half-mean": (1 / (2 * c), r"\frac{1}{2c}", "half the mean", "mse-mean-of-half"),
}


MOST_AT_ONCE = 2  # mistakes in functions; of more there is too much to say
ENOUGH = 1e-6  # float32 will do


def one_number(loss: Callable[..., Any], *arguments: Vector) -> Any:
    """Call `loss`; an array with a single entry counts as that number."""
    returned = loss(*arguments)
    with suppress(AnswerError):
        if (read := read_array(returned, text=False)).size == 1:
            return read.item()
    return returned


def first(right: sympy.Expr, *layers: Iterable[Slip]) -> list[Slip]:
    """Keep what is wrong; what an earlier layer leads to has its name from there."""
    known, kept = {sympy.expand(right)}, list[Slip]()
    for layer in layers:
        new = [(slug, result) for slug, result in layer if sympy.expand(result) not in known]
        known.update(sympy.expand(result) for _, result in new)
        kept += new
    return kept


def slope_slips(front: sympy.Expr) -> list[Slip]:
    """List what becomes of ∂/∂a_j of front · Σ (a_j − y_j)² when something slips on the way."""
    difference = a_j - y_j

    def with_front(front: sympy.Expr) -> list[Slip]:
        """List the slips that may come together with another front."""
        factor, square = 2 * front, difference**2
        return [
            ("difference-reversed", -factor * difference),
            ("target-dropped", factor * a_j),
            ("extra-slope", factor * difference * a_j * (1 - a_j)),
            ("absolute-for-square", front * sympy.sign(difference)),
            ("square-not-differentiated", front * square),
            ("power-slip", factor * square),
            ("power-slip", -factor * square),  # from (y − a)², with the inner derivative
        ]

    factor, slips_here = 2 * front, with_front(front)
    others = [(other, slug) for other, _, _, slug in CONVENTIONS.values() if other != front]
    others += [(samples, "mse-samples") for samples in (1 / N, 1 / (N * c), 1 / (2 * N))]
    factors: list[Slip] = [(slug, 2 * other) for other, slug in others]
    if front.has(c):
        # On the wrong side of the fraction bar: the factor in front by itself, or with the 2 that comes down.
        factors += [("factor-inverted", 2 / front), ("factor-inverted", 1 / factor)]
        factors += [("n-minus-one", factor.subs(c, c - 1)), ("factor-extra", factor / c)]
    single = [
        *slips_here,
        *((slug, wrong * difference) for slug, wrong in factors),
        ("square-not-differentiated", difference**2),
        ("sum-and-product", factor * a_j * y_j),
        # 2/c a − y, (2a − y)/c, 2a − y/c, a − 2/c y, (a − 2y)/c: the bracket is missing, or closes too early.
        *(("bracket-missing", factor * a_j - y_j), ("bracket-missing", front * (2 * a_j - y_j))),
        *(("bracket-missing", 2 * a_j - front * y_j), ("bracket-missing", a_j - factor * y_j)),
        ("bracket-missing", front * (a_j - 2 * y_j)),
    ]
    double = [
        *((together(slug, other_slug), slip) for other, other_slug in others for slug, slip in with_front(other)),
        *((together(slug, "difference-reversed"), -wrong * difference) for slug, wrong in factors),
        *((together(slug, "difference-reversed"), -slip) for slug, slip in slips_here[1:4]),
    ]
    # (a − y)²/N is the mean over samples left as it is, rather than half of it with a power rule that slipped.
    powers = [(slug, slip) for slug, slip in double if "power-slip" in slug]
    return first(factor * difference, single, [pair for pair in double if pair not in powers], powers)


def _at(expr: sympy.Expr, output: sympy.Expr, target: sympy.Expr, count: int) -> sympy.Expr:
    return expr.xreplace({a_j: output, y_j: target, c: sympy.Integer(count)})


def _gradient(loss: sympy.Expr, variables: tuple[sympy.Symbol, ...]) -> sympy.Matrix:
    return sympy.Matrix([sympy.diff(loss, variable) for variable in variables])


@CHAPTER.exercise("5.1", "The squared distance", covers="carson/squared-loss", points=2, vary={"K": (2, 4, 5, 6)})
def squared_distance(K: int = 3) -> Problem:
    """‖y − f‖² for K outputs: its gradient with respect to f."""
    f, y = sympy.symbols(f"f1:{K + 1}"), sympy.symbols(f"y1:{K + 1}")
    pairs = list(zip(f, y, strict=True))
    loss = sympy.Add(*((y_j - f_j) ** 2 for f_j, y_j in pairs))
    inside = sympy.Add(*((y_j - f_j**2) ** 2 for f_j, y_j in pairs))  # the square of the outputs, not of the distance
    right = _gradient(loss, f)
    root = _gradient(sympy.sqrt(loss), f)
    entry = 2 * (a_j - y_j)
    # Half of it is, where nothing stands in front, a slope whose exponent did not come down; so is the mean of two.
    front = [
        (together(*slug.replace("mse-half", "two-missing").split("+")), _at(slip, a_j, y_j, K))
        for slug, slip in slope_slips(sympy.S.One)
        if not slip.has(N) and (K > 2 or "mse-mean" not in slug.split("+"))
    ]
    algebra = [
        ("not-varying" if slip.result.is_number else slip.slug, slip.result)  # type: ignore[attr-defined]
        for slip in slips(entry)
    ]
    alike = [
        (slug, sympy.Matrix([_at(slip, f_j, y_j, K) for f_j, y_j in pairs]))
        for slug, slip in first(entry, front, algebra)
    ]
    total, outer = sum(right), 2 * sympy.sqrt(loss)
    mistakes = [
        *(Mistake(slug, result) for slug, result in alike),
        *(Mistake("norm-not-squared", result) for result in (root, 2 * root)),
        *(Mistake("difference-reversed+norm-not-squared", result) for result in (-root, -2 * root)),
        Mistake("misprint-taken", _gradient(sympy.sqrt(inside), f)),
        Mistake("misprint-taken", _gradient(inside, f)),
        *(
            Mistake(
                "inner-derivative-dropped+misprint-taken", sympy.Matrix([sign * (f_j**2 - y_j) for f_j, y_j in pairs])
            )
            for sign in (2, -2)
        ),
    ]
    # One number, alone or in each place.
    for count in (1, K):
        mistakes += [
            Mistake("square-not-differentiated", sympy.Matrix([loss] * count)),
            Mistake("inner-derivative-dropped", sympy.Matrix([outer] * count)),
            Mistake("sum-for-component", sympy.Matrix([total] * count)),
            Mistake("difference-reversed+sum-for-component", sympy.Matrix([-total] * count)),
        ]
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
    right = sympy.factor(sympy.diff(front * (a_j - y_j) ** 2, a_j))
    mistakes = tuple(Mistake(slug, result) for slug, result in slope_slips(front))
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
                mistakes,
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


FIXED = range(3, 13)  # numbers of outputs that may stand in code in place of len(a); 1 and 2 are other mistakes


def _loss_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the loss in code."""

    def one_output(a: Vector, y: Vector, place: int) -> Any:
        return (a[place] - y[place]) ** 2

    def one_of_all(a: Vector, y: Vector, place: int) -> Any:
        return one_output(a, y, place) / len(a)

    def one_left_out(a: Vector, y: Vector, place: int) -> Any:
        return np.sum(np.delete((a - y) ** 2, place)) / len(a)

    def first_few(a: Vector, y: Vector, count: int) -> Any:
        return sum(one_output(a, y, j) for j in range(count)) / count

    def divided(a: Vector, y: Vector, count: int) -> Any:
        return np.sum((a - y) ** 2) / count

    made: list[tuple[str, Gradient]] = [
        ("mse-sum", lambda a, y: np.sum((a - y) ** 2)),
        ("mse-half", lambda a, y: np.sum((a - y) ** 2) / 2),
        ("mse-mean-of-half", lambda a, y: np.mean((a - y) ** 2) / 2),
        ("root-taken", lambda a, y: np.sqrt(np.mean((a - y) ** 2))),
        ("norm-not-squared", lambda a, y: np.linalg.norm(a - y)),
        ("norm-not-squared", lambda a, y: np.linalg.norm(a - y) / len(a)),
        ("mse-half+norm-not-squared", lambda a, y: np.linalg.norm(a - y) / 2),
        ("absolute-for-square", lambda a, y: np.mean(np.abs(a - y))),
        ("squared-after-mean", lambda a, y: np.mean(a - y) ** 2),
        ("mse-sum+squared-after-mean", lambda a, y: np.sum(a - y) ** 2),
        ("squares-subtracted", lambda a, y: np.mean(a**2 - y**2)),
        ("square-missing", lambda a, y: np.mean(a - y)),
        ("square-missing", lambda a, y: np.mean(y - a)),
        ("outputs-apart", lambda a, y: (a - y) ** 2),
        ("outputs-apart", lambda a, y: (a - y) ** 2 / len(a)),
        ("misprint-taken", lambda a, y: np.mean((y - a**2) ** 2)),
        ("target-dropped", lambda a, y: np.mean(a**2)),
        ("term-sign", lambda a, y: np.mean((a + y) ** 2)),
        ("bracket-missing", lambda a, y: np.mean(a - y**2)),
        ("bracket-missing", lambda a, y: np.sum(a - y**2)),
        ("factor-extra", lambda a, y: np.mean((a - y) ** 2) / len(a)),
        ("factor-inverted", lambda a, y: np.sum((a - y) ** 2) * len(a)),
        ("n-minus-one", lambda a, y: np.sum((a - y) ** 2) / (len(a) - 1)),
        ("n-minus-one", lambda a, y: sum(((a - y) ** 2).tolist()) / (len(a) - 1)),  # at c = 1 an error
        ("caret-for-power", lambda a, y: np.mean((a - y) ^ 2)),  # type: ignore[operator]
        ("gradient-for-loss", lambda a, y: 2 / len(a) * (a - y)),
    ]
    for place in (0, -1):
        made.append(("one-output", partial(one_output, place=place)))
        made.append(("one-output", partial(one_of_all, place=place)))
        made.append(("term-missing", partial(one_left_out, place=place)))
    made += [("size-fixed", partial(divided, count=count)) for count in FIXED]
    # Written out for so many outputs, and no more than the first case has, as beyond it every loop fails alike.
    made += [("size-fixed", partial(first_few, count=count)) for count in (2, 3)]
    return tuple(Mistake(slug, function) for slug, function in made)


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
                mistakes=_loss_slips(),
                rtol=ENOUGH,
                use=one_number,
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


def _gradient_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the gradient in code: those of 5.2 in every entry, and more."""
    right = 2 / c * (a_j - y_j)
    alike = first(
        right,
        [(slug, slip) for slug, slip in slope_slips(1 / c) if not slip.has(N)],
        [(slip.slug, slip.result) for slip in slips(right)],
    )

    def in_all(slip: sympy.Expr) -> Gradient:
        def entry(a: float, y: float, count: int) -> float:
            return float(evaluate(slip, {"a_j": CONTEXT.mpf(a), "y_j": CONTEXT.mpf(y), "c": CONTEXT.mpf(count)}))

        return lambda a, y: np.array([entry(*pair, len(a)) for pair in zip(a, y, strict=True)])

    def divided(a: Vector, y: Vector, count: int) -> Any:
        return 2 / count * (a - y)

    made: list[tuple[str, Gradient]] = [
        *((slug, in_all(slip)) for slug, slip in alike),
        ("n-minus-one", lambda a, y: 2 / (len(a) - 1) * (a - y)),  # at c = 1 an error, and above an infinity
        ("root-taken", lambda a, y: (a - y) / (len(a) * np.sqrt(np.mean((a - y) ** 2)))),
        ("norm-not-squared", lambda a, y: (a - y) / np.linalg.norm(a - y)),
        ("outputs-averaged", lambda a, y: 2 * np.mean(a - y)),
        ("outputs-averaged", lambda a, y: np.full(len(a), 2 * np.mean(a - y))),
        ("sum-for-component", lambda a, y: 2 * np.sum(a - y)),
        ("sum-for-component", lambda a, y: np.full(len(a), 2 * np.sum(a - y))),
        ("square-not-differentiated", lambda a, y: np.mean((a - y) ** 2)),
        ("one-output", lambda a, y: 2 / len(a) * (a[0] - y[0])),
        ("one-output", lambda a, y: 2 / len(a) * (a[-1] - y[-1])),
    ]
    made += [("size-fixed", partial(divided, count=count)) for count in FIXED]
    return tuple(Mistake(slug, function) for slug, function in made)


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
                mistakes=_gradient_slips(),
                forward=_mse,
                by=(0,),
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

    def asked(name: str, loss: nn.Loss, others: dict[str, float]) -> Array:
        """Ask for a − η ∇L; `others` are factors that other losses put before ∇L."""
        gradient = loss.gradient(outputs, target)
        right = np.round(outputs - eta * gradient, 12)
        factors = {"ascent": -1.0, "step-size-missing": 1 / eta, "two-missing": 0.5, **others}
        single = [
            ("gradient-for-step", gradient),
            ("gradient-for-step", -eta * gradient),
            ("gradient-for-step", eta * gradient),
            ("start-for-step", outputs),
            ("target-dropped", outputs - eta * loss.gradient(outputs, 0 * target)),
            *((slug, outputs - factor * eta * gradient) for slug, factor in factors.items()),
        ]
        double = [
            (together(slug, other), outputs - factor * its * eta * gradient)
            for (slug, factor), (other, its) in combinations(factors.items(), 2)
            if not {slug, other} <= set(others)
        ]
        # The target itself, too, is what two mistakes may lead to; whoever hands it in has hardly made them.
        plain = [target, *(step for _, step in single)]
        double = [(slug, step) for slug, step in double if not any(np.allclose(step, other) for other in plain)]
        made = (Mistake(slug, step) for slug, step in (*single, *double) if not np.allclose(step, right))
        return Array(name, right, tuple(made))

    c = len(a)
    as_list = ", ".join(f"{value:g}" for value in outputs), ", ".join(f"{value:g}" for value in target)
    same_step = sympy.nsimplify(eta) / c
    step, count = same_step * c, sympy.Integer(c)
    made = [
        ("wrong-way-round", step * count),
        ("same-step-size", step),
        ("gradient-factor", same_step * 2),
        ("gradient-factor", same_step / 2),
        ("ratio-for-step-size", count),
        ("ratio-for-step-size", 1 / count),
        ("all-zeros", sympy.Integer(0)),
    ]
    sizes = tuple(Mistake(slug, size) for slug, size in first(same_step, made))
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
            asked("a_mean", nn.mean_squared_error, {"mse-sum": c, "mse-half": c / 2, "n-minus-one": c / (c - 1)}),
            asked("a_sum", nn.squared_error, {"mse-mean": 1 / c, "mse-mean-of-half": 1 / (2 * c)}),
            Expression("eta_sum", same_step, (), sizes, rounding=True),
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
