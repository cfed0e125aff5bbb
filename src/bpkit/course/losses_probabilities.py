"""Chapter 05, probabilities: cross-entropy for labels 0 and 1, its slope through the sigmoid, and the likelihood."""

from __future__ import annotations

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Array, Expression, Mistake, together
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

from .exercise import Problem
from .losses_labelled import Labelled, y
from .losses_squared import CHAPTER

a, z = sympy.symbols("a z")
CROSS_ENTROPY = -(y * sympy.log(a) + (1 - y) * sympy.log(1 - a))


def _by_output() -> list[tuple[str, sympy.Expr]]:
    """List what becomes of the slope of the cross-entropy by a when something slips on the way."""
    return [
        ("one-label-only", -y / a),
        ("one-label-only", (1 - y) / (1 - a)),
        ("inner-derivative-dropped", -y / a - (1 - y) / (1 - a)),
        ("labels-dropped", -1 / a + 1 / (1 - a)),
        ("labels-exchanged", -(1 - y) / a + y / (1 - a)),
        ("squared-error-slope", 2 * (a - y)),
        ("not-differentiated", CROSS_ENTROPY),
        ("wrong-variable", -sympy.log(a) + sympy.log(1 - a)),
        ("difference-reversed", (y - a) / (a * (1 - a))),
        ("fractions-added", (1 - 2 * y) / (a * (1 - a))),
        ("fractions-added", 1 - 2 * y),
    ]


def _through_sigmoid() -> list[tuple[str, sympy.Expr]]:
    """List what becomes of the slope of the cross-entropy by z, in terms of a = σ(z)."""
    slope = a * (1 - a)
    right = (a - y) / slope
    for_slope = (
        ("derivative-left-out", sympy.S.One),
        ("sigma-for-derivative", a),
        ("one-minus-sigma", 1 - a),
        ("sigma-one-plus", a * (1 + a)),
        ("tanh-slope", 1 - a**2),
        ("derivative-of-activation", sigmoid_prime(a)),
    )
    kept = {"squared-error-slope", "difference-reversed"}
    return [
        ("difference-reversed", y - a),
        ("slope-left-over", (a - y) * slope),
        ("difference-reversed+slope-left-over", (y - a) * slope),
        ("squared-error-slope", 2 * (a - y)),
        ("squared-error-slope", 2 * (a - y) * slope),
        ("not-differentiated", CROSS_ENTROPY),
        ("sigma-missing", z - y),
        ("difference-reversed+sigma-missing", y - z),
        ("sum-and-product", a * y),
        *((slug, right * wrong) for slug, wrong in for_slope),
        *((slug, wrong * slope) for slug, wrong in _by_output() if slug not in kept),
        *((together(slug, "derivative-left-out"), wrong) for slug, wrong in _by_output() if slug not in kept),
    ]


def _at_sigmoid(wrong: list[tuple[str, sympy.Expr]]) -> tuple[Mistake, ...]:
    """Put σ(z) in for a."""
    return tuple(Mistake(slug, slip.xreplace({a: sigmoid(z)})) for slug, slip in wrong)


@CHAPTER.exercise("5.10", "Cross-entropy through the sigmoid", covers="fda/cross-entropy", points=4)
def cross_entropy_slopes() -> Problem:
    """∂L/∂a and ∂L/∂z for L = −(y ln a + (1 − y) ln(1 − a)) with a = σ(z)."""
    by_output = sympy.together(sympy.diff(CROSS_ENTROPY, a))
    by_sum = sigmoid(z) - y
    return Problem(
        statement=r"""
One sample has the label $y$, which is 0 or 1, and the network says with probability $a$ that it is 1. The loss is the
cross-entropy
$$L = -\bigl(y \ln a + (1 - y) \ln(1 - a)\bigr), \qquad a = \sigma(z).$$

(a) What is $\frac{dL}{da}$? An expression in `a` and `y`.

(b) What is $\frac{dL}{dz}$? Again in `a` and `y`, or in `z` and `y` with `sigma(z)`; as short as you can make it.
""",
        answers=(
            Labelled(
                "dL_da",
                by_output,
                ("a",),
                tuple(Mistake(*slip) for slip in (*_by_output(), ("slope-by-z", a - y))),
                known={"a": sigmoid(a)},  # a probability, wherever a is drawn
                measured="the slope measured",
                labels=(0, 1),
                example="-y/a + (1 - y)/(1 - a)",
            ),
            Labelled(
                "dL_dz",
                by_sum,
                ("z",),
                _at_sigmoid(_through_sigmoid()),
                known={"a": sigmoid(z)},
                functions=SIGMOID | SIGMOID_PRIME,
                measured="the slope measured",
                labels=(0, 1),
                example="a - y",
            ),
        ),
        hints=(
            "The second logarithm is a chain: what is the inner derivative of ln(1 − a)?",
            "In (b) a stands between z and L. Its slope you know from chapter 04, in terms of a alone.",
            "Bring the two fractions of (a) over one denominator, and look what it cancels against.",
        ),
        solution=r"""
(a) $\ln a$ has the slope $\frac1a$, and $\ln(1 - a)$ has $-\frac{1}{1-a}$, so
$$\frac{dL}{da} = -\frac{y}{a} + \frac{1-y}{1-a} = \frac{a - y}{a\,(1 - a)}.$$

(b) By the chain rule this is multiplied by $\frac{da}{dz} = a\,(1 - a)$, which is the denominator:
$$\frac{dL}{dz} = \frac{a - y}{a\,(1 - a)} \cdot a\,(1 - a) = a - y = \sigma(z) - y.$$
""",
    )


def _squared_through_sigmoid() -> list[tuple[str, sympy.Expr]]:
    """List what becomes of the slope of (a − y)² by z, in terms of a = σ(z)."""
    slope, difference = a * (1 - a), a - y
    for_slope = (
        ("derivative-left-out", sympy.S.One),
        ("sigma-for-derivative", a),
        ("one-minus-sigma", 1 - a),
        ("sigma-one-plus", a * (1 + a)),
        ("tanh-slope", 1 - a**2),
        ("derivative-of-activation", sigmoid_prime(a)),
        ("slope-left-over", slope**2),
    )
    return [
        ("cross-entropy-slope", difference),
        ("two-missing", difference * slope),
        ("difference-reversed", -2 * difference * slope),
        ("difference-reversed+two-missing", -difference * slope),
        ("difference-reversed+derivative-left-out", -2 * difference),
        ("square-not-differentiated", difference**2),
        ("link-not-differentiated", difference**2 * slope),
        ("power-slip", 2 * difference**2 * slope),
        ("target-dropped", 2 * a * slope),
        ("outer-derivative-dropped", slope),
        ("outer-derivative-dropped", -slope),
        ("sigma-missing", 2 * (z - y) * slope),
        *((slug, 2 * difference * wrong) for slug, wrong in for_slope),
    ]


@CHAPTER.exercise("5.11", "The same neuron with a square", covers=("fda/cross-entropy", "fda/mse"), points=3)
def squared_slope() -> Problem:
    """∂/∂z of (σ(z) − y)², and how much steeper the cross-entropy is."""
    squared = sympy.diff((a - y) ** 2, a) * a * (1 - a)
    steeper = 1 / (2 * a * (1 - a))
    wrong_ratios = [
        ("quotient-inverted", 1 / steeper),
        ("two-missing", 2 * steeper),
        ("two-missing+quotient-inverted", 1 / (2 * steeper)),
        ("two-inverted", 4 * steeper),
        ("derivative-left-out", sympy.Rational(1, 2)),
        ("sigma-for-derivative", 1 / (2 * a)),
        ("one-minus-sigma", 1 / (2 * (1 - a))),
        ("values-divided", CROSS_ENTROPY.subs(y, 1) / (a - 1) ** 2),
        ("values-divided", CROSS_ENTROPY.subs(y, 0) / a**2),
    ]
    return Problem(
        statement=r"""
The same sample, and the same neuron $a = \sigma(z)$, but now with the squared error $S = (a - y)^2$.

(a) What is $\frac{dS}{dz}$? An expression in `a` and `y`, or in `z` and `y` with `sigma(z)`.

(b) How many times as steep is the cross-entropy? Divide $\frac{dL}{dz}$ of 5.10 by $\frac{dS}{dz}$. The label cancels,
so the answer is an expression in `a`, or in `z`.
""",
        answers=(
            Labelled(
                "dS_dz",
                squared.xreplace({a: sigmoid(z)}),
                ("z",),
                _at_sigmoid(_squared_through_sigmoid()),
                known={"a": sigmoid(z)},
                functions=SIGMOID | SIGMOID_PRIME,
                measured="the slope measured",
                labels=(0, 1),
                example="2*(a - y)*a*(1 - a)",
            ),
            Expression(
                "ratio",
                steeper.xreplace({a: sigmoid(z)}),
                ("z",),
                _at_sigmoid(wrong_ratios),
                known={"a": sigmoid(z)},
                functions=SIGMOID | SIGMOID_PRIME,
                example="1/(2*a*(1 - a))",
            ),
        ),
        hints=(
            "Two links again: the square by a, and a by z.",
            "Nothing cancels this time: the slope of the sigmoid stays in the product.",
            "In (b) the difference a − y stands above and below.",
        ),
        solution=r"""
(a) $\frac{dS}{da} = 2(a - y)$ and $\frac{da}{dz} = a(1 - a)$, so $\frac{dS}{dz} = 2\,(a - y)\,a\,(1 - a)$.

(b) $\frac{a - y}{2 (a - y)\, a (1 - a)} = \frac{1}{2\, a\, (1 - a)}$. As $a(1-a)$ is at most $\frac14$, that is never
less than 2, and where the sigmoid is saturated it has no bound.
""",
    )


Shares = tuple[tuple[int, ...], ...]
# Probabilities in percent: a row for each class, a column for each sample.
TABLE: Shares = ((70, 15, 20, 50), (20, 60, 30, 30), (10, 25, 50, 20))
TABLES: tuple[Shares, ...] = (
    ((40, 15, 80, 5), (50, 25, 10, 35), (10, 60, 10, 60)),
    ((25, 60, 5, 30), (15, 30, 75, 50), (60, 10, 20, 20)),
    ((5, 45, 30, 70), (55, 20, 60, 20), (40, 35, 10, 10)),
)


def _likelihood_slips(p: sympy.Matrix, labels: tuple[int, ...]) -> dict[str, list[tuple[str, sympy.Expr]]]:
    """List what becomes of the product of the probabilities, and of minus the sum of their logarithms."""
    own = [p[k, i] for i, k in enumerate(labels)]
    best = [max(p.col(i)) for i in range(p.cols)]
    others = [1 - share for share in own]
    likelihood, log = sympy.Mul(*own), sympy.log
    nll = -log(likelihood)
    return {
        "likelihood": [
            ("probabilities-added", sympy.Add(*own)),
            ("probabilities-averaged", sympy.Add(*own) / len(own)),
            ("most-probable", sympy.Mul(*best)),
            ("other-classes", sympy.Mul(*p)),
            ("other-classes", sympy.Mul(*others)),
            ("logarithm-too-early", nll),
            ("logarithm-too-early", -nll),
            ("one-sample", own[0]),
            ("one-sample", own[-1]),
            ("last-sample-missing", likelihood / own[-1]),
            ("last-sample-missing", likelihood / own[0]),
        ],
        "nll": [
            ("minus-missing", -nll),
            ("samples-averaged", nll / len(own)),
            ("minus-missing+samples-averaged", -nll / len(own)),
            ("other-base", nll / log(10)),
            ("other-base", nll / log(2)),
            ("logarithm-missing", likelihood),
            ("logarithm-missing", -likelihood),
            ("logarithm-missing", sympy.Add(*own)),
            ("logarithm-missing", -sympy.Add(*own)),
            ("logarithm-of-sum", -log(sympy.Add(*own))),
            ("logarithm-of-sum", -log(sympy.Add(*own) / len(own))),
            ("most-probable", -log(sympy.Mul(*best))),
            ("other-classes", -log(sympy.Mul(*p))),
            ("other-classes", -log(sympy.Mul(*others))),
            ("logarithms-multiplied", sympy.Mul(*map(log, own))),
            ("logarithms-multiplied", -sympy.Mul(*map(log, own))),
            ("one-sample", -log(own[0])),
            ("one-sample", -log(own[-1])),
            ("last-sample-missing", nll + log(own[-1])),
            ("last-sample-missing", nll + log(own[0])),
            ("expected-log", -sympy.Add(*(share * log(share) for share in own))),
        ],
    }


def _one_hot(labels: tuple[int, ...], classes: int) -> NDArray[np.float64]:
    """Return the array of shape (c, N) with a 1 in row k of column i, where k is the label of sample i."""
    return np.eye(classes)[:, list(labels)]


@CHAPTER.exercise(
    "5.12",
    "From the likelihood to cross-entropy",
    covers="dsc255/nll",
    points=4,
    vary={"table": TABLES, "labels": ((1, 2, 0, 0), (2, 0, 1, 1), (0, 1, 2, 0))},
)
def likelihood(table: Shares = TABLE, labels: tuple[int, ...] = (0, 2, 2, 1)) -> Problem:
    """One-hot labels, the product of the labels' probabilities, and minus the sum of their logarithms."""
    p = sympy.Matrix(table) / 100
    count, samples = p.shape
    one_hot = _one_hot(labels, count)
    right = sympy.Mul(*(p[k, i] for i, k in enumerate(labels)))
    shares = np.array(table) / 100
    best = _one_hot(tuple(int(k) for k in shares.argmax(axis=0)), count)
    wrong_hot = [
        ("most-probable", best),
        ("probabilities-for-labels", shares),
        ("probabilities-for-labels", one_hot * shares),
        ("labels-as-numbers", np.array(labels)),
        ("labels-counted-from-one", np.roll(one_hot, -1, axis=0)),
        ("labels-counted-from-one", np.eye(count, count + 1)[:, [k + 1 for k in labels]]),
        ("classes-upside-down", one_hot[::-1]),
        ("hot-and-cold", 1 - one_hot),
    ]
    wrong = _likelihood_slips(p, labels)
    made = {
        name: tuple(Mistake(slug, value) for slug, value in slips if abs(float(value - goal)) > 1e-9)
        for (name, slips), goal in zip(wrong.items(), (right, -sympy.log(right)), strict=True)
    }
    unlike = [(slug, value) for slug, value in wrong_hot if not np.array_equal(value, one_hot)]
    own = [f"{float(p[k, i]):g}" for i, k in enumerate(labels)]
    product, logs = r" \cdot ".join(own), " ".join(rf"- \ln {share}" for share in own)
    head = " | ".join(f"sample {i + 1}" for i in range(samples))
    rows = "\n".join(f"| class {k} | {' | '.join(f'{float(v):g}' for v in p.row(k))} |" for k in range(count))
    return Problem(
        statement=rf"""
A network answers {samples} samples with these probabilities; each column adds up to 1.

| | {head} |
|---|{"---|" * samples}
{rows}

The labels are the classes {", ".join(map(str, labels[:-1]))} and {labels[-1]}, in this order; classes count from 0, as
rows do in Python. Hand in

(a) the one-hot labels `Y`, an array of shape $({count}, {samples})$: a column for each sample, with a 1 in the row of
its class and zeros elsewhere,

(b) the likelihood: how probable, by this table, are all {samples} labels together, if the samples are independent,

(c) the negative log-likelihood, $-\sum_i \ln \Pr(y^{{(i)}} \mid x^{{(i)}})$, an expression such as `-ln(0.3) - ln(0.9)`
or a number with at least four digits.
""",
        answers=(
            Array("Y", one_hot, tuple(Mistake(slug, value) for slug, value in unlike)),
            Expression("likelihood", right, (), made["likelihood"]),
            Expression("nll", -sympy.log(right), (), made["nll"]),
        ),
        hints=(
            "In each column of the table one number counts: the one in the row of the sample's own class.",
            "The probability that independent things all happen is a product.",
            "The logarithm turns a product into a sum, and the logarithm of a probability is never positive.",
        ),
        solution=rf"""
The labels pick one probability from each column. Their product is the likelihood,
${product} = {float(right):g}$. The logarithm turns it into a sum, and with the minus sign
${logs} \approx {float(-sympy.log(right)):.4f}$.
""",
    )
