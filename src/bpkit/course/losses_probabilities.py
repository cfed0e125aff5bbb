"""Chapter 05, probabilities: cross-entropy for labels 0 and 1, its slope through the sigmoid, and the likelihood."""

from __future__ import annotations

import numpy as np
import sympy

from bpkit.checking import Expression, Mistake, together
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
        ("one-label-only", -1 / a),
        ("one-label-only", 1 / (1 - a)),
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


def _other_slopes() -> list[tuple[str, sympy.Expr]]:
    """List what is taken for the slope by a once the fractions stand over one denominator."""
    return [
        ("slope-by-z", a - y),
        ("denominator-missing", (a - y) / a),
        ("denominator-missing", (a - y) / (1 - a)),
        ("denominator-missing", -y / a + (1 - y)),
        ("denominator-missing", -y + (1 - y) / (1 - a)),
        ("labels-alike", -y / a + y / (1 - a)),
        ("labels-alike", (1 - y) * (1 / (1 - a) - 1 / a)),
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
        ("one-label-only", a),
        ("one-label-only", a - 1),
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
                ("z",),
                tuple(Mistake(*slip) for slip in (*_by_output(), *_other_slopes())),
                known={"a": sigmoid(z)},
                functions=SIGMOID | SIGMOID_PRIME,
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


Shares = tuple[tuple[int, ...], ...]
# Probabilities in percent: a row for each class, a column for each sample.
TABLE: Shares = ((70, 15, 20, 50), (20, 60, 30, 30), (10, 25, 50, 20))
LABELS = (0, 2, 2, 1)


def _table(seed: int) -> tuple[Shares, tuple[int, ...]]:
    """Draw the probabilities of three classes for four or five samples, and labels.

    In each column the probabilities differ. Not all labels, and not none, are the most probable class of their sample.
    """
    if not seed:
        return TABLE, LABELS
    rng = np.random.default_rng(seed)
    samples = 4 + seed % 2
    columns: list[tuple[int, ...]] = []
    while len(columns) < samples:
        low, high = sorted(int(cut) for cut in 5 * rng.integers(1, 20, size=2))
        shares = (low, high - low, 100 - high)
        if len({*shares, 0}) == 4:
            columns.append(shares)
    best = [shares.index(max(shares)) for shares in columns]
    while True:
        labels = tuple(int(k) for k in rng.integers(3, size=samples))
        if 0 < sum(k == most for k, most in zip(labels, best, strict=True)) < samples - 1:
            return tuple(zip(*columns, strict=True)), labels


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


@CHAPTER.exercise(
    "5.11",
    "From the likelihood to cross-entropy",
    covers="dsc255/nll",
    points=2,
    vary={"seed": range(1, 200)},
)
def likelihood(seed: int = 0) -> Problem:
    """The product of the labels' probabilities, and minus the sum of their logarithms."""
    table, labels = _table(seed)
    p = sympy.Matrix(table) / 100
    right = sympy.Mul(*(p[k, i] for i, k in enumerate(labels)))
    wrong = _likelihood_slips(p, labels)
    made = {
        name: tuple(Mistake(slug, value) for slug, value in slips if abs(float(value - goal)) > 1e-9)
        for (name, slips), goal in zip(wrong.items(), (right, -sympy.log(right)), strict=True)
    }
    own = [f"{float(p[k, i]):g}" for i, k in enumerate(labels)]
    product, logs = r" \cdot ".join(own), " ".join(rf"- \ln {share}" for share in own)
    head = " | ".join(f"sample {i + 1}" for i in range(p.cols))
    rows = "\n".join(f"| class {k} | {' | '.join(f'{float(v):g}' for v in p.row(k))} |" for k in range(p.rows))
    return Problem(
        statement=rf"""
A network answers {p.cols} samples with these probabilities; each column adds up to 1.

| probability of | {head} |
|---|{"---|" * p.cols}
{rows}

The labels are the classes {", ".join(map(str, labels[:-1]))} and {labels[-1]}, in this order; classes count from 0, as
rows do in Python. Hand in

(a) the likelihood: how probable, by this table, are all {p.cols} labels together, if the samples are independent,

(b) the negative log-likelihood, $-\sum_i \ln \Pr(y^{{(i)}} \mid x^{{(i)}})$.

Each may be an expression, such as `0.3*0.9` or `-ln(0.3) - ln(0.9)`, or a number with four significant digits.
""",
        answers=(
            Expression("likelihood", right, (), made["likelihood"], rounding=True),
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
