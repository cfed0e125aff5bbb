"""Chapter 06, second part: the cross-entropy of a softmax, derived line by line, and computed without overflow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from bpkit.checking import Derivation, Function, Verdict
from bpkit.checking.evaluation import evaluate
from bpkit.checking.functions import Case

from . import softmax_slips as slips
from .exercise import Problem
from .softmax_forward import CHAPTER, Floats, Slip, finite, probabilities, wrong_ones

# A slope as it is printed, ∂L/∂p_1 or in LaTeX, beside dL_dp1, as it is typed.
NAME = r"(\w+(?:\{\d\})?)"
SLOPE = re.compile(rf"∂{NAME}/∂{NAME}|\\d?frac\{{\\partial ?{NAME}\}}\{{\\partial ?{NAME}\}}")
LONGEST = 2000  # letters of a line in which slopes are looked for


@dataclass(frozen=True)
class Lines(Derivation):
    """A derivation whose lines may hold slopes as they are printed, and square brackets."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Derivation` does, the lines being written alike before."""
        if type(given) is str and "\n" in given:
            given = [line for line in given.splitlines() if line.strip()]
        if type(given) in (list, tuple):
            given = [_typed(line) for line in given]  # type: ignore[attr-defined]
        return super().judge(given, why)


def _typed(line: object) -> object:
    if type(line) is not str or len(line) > LONGEST:
        return line
    line = SLOPE.sub(_slope, line)
    return line.replace("[", "(").replace("]", ")")


def _slope(found: re.Match[str]) -> str:
    upper, lower = (re.sub("[_{}]", "", name) for name in found.groups() if name)
    return f" d{upper}_d{lower} "


Keep = Callable[[dict[str, Any]], dict[str, Any]]


def symbols(letter: str, K: int) -> tuple[sympy.Symbol, ...]:
    """Return such as z1, z2, z3."""
    return tuple(sympy.symbols(f"{letter}1:{K + 1}"))


def shares(K: int) -> dict[str, sympy.Expr]:
    """Return what makes y1, …, yK add up to 1: the last of them, from the others."""
    *others, last = symbols("y", K)
    return {last.name: 1 - sympy.Add(*others)}


def exponentials(K: int) -> sympy.Expr:
    """Return e^z1 + … + e^zK."""
    return sympy.Add(*map(sympy.exp, symbols("z", K)))


def keeping(*meanings: Mapping[str, sympy.Expr]) -> Keep:
    """Return what makes a random point one at which names are what they stand for, those of each mapping in turn."""

    def keep(point: dict[str, Any]) -> dict[str, Any]:
        for meaning in meanings:
            point = point | {name: evaluate(value, point, real=False) for name, value in meaning.items()}
        return point

    return keep


def added(terms: list[str]) -> str:
    """Return a sum as text."""
    return " + ".join(terms)


@CHAPTER.exercise(
    "6.5", "From the softmax to log-sum-exp", covers="softmax-notes/log-sum-exp", points=3, vary={"K": (2, 3, 4)}
)
def log_sum_exp(K: int = 3) -> Problem:
    """−Σ y_i log(e^{z_i}/S) = log S − Σ y_i z_i, as lines."""
    y, z, S = symbols("y", K), symbols("z", K), sympy.Symbol("S")
    start = -sympy.Add(*(y_i * sympy.log(sympy.exp(z_i) / S) for y_i, z_i in zip(y, z, strict=True)))
    scored = sympy.Add(*(y_i * z_i for y_i, z_i in zip(y, z, strict=True)))
    goal = sympy.log(S) - scored
    written = exponentials(K)
    logs = sympy.log(S)
    made: list[Slip] = [
        ("log-of-quotient", -sympy.Add(*(y_i * z_i / logs for y_i, z_i in zip(y, z, strict=True)))),
        ("log-of-quotient", -scored / logs),
        ("minus-not-carried", -logs - scored),
        ("score-term-sign", logs + scored),
        ("sign", scored - logs),
        ("normaliser-counted", K * logs - scored),
        ("log-of-sum-split", sympy.Add(*z) - scored),
        ("exponential-kept", logs - sympy.Add(*(y_i * sympy.exp(z_i) for y_i, z_i in zip(y, z, strict=True)))),
        ("targets-unused", logs - sympy.Add(*z)),
        ("targets-unused", K * logs - sympy.Add(*z)),
        ("normaliser-missing", -scored),
        ("score-term-missing", logs),
        ("logarithm-missing", S - scored),
        ("logarithm-missing", 1 / S - scored),
        ("log-of-product", -sympy.Add(*(y_i * z_i * logs for y_i, z_i in zip(y, z, strict=True)))),
    ]
    first = " - ".join(f"y{i}*log(e^z{i}/S)" for i in range(1, K + 1))
    quotients = " - ".join(f"y{i}*(z{i} - log(S))" for i in range(1, K + 1))
    weights = added([f"y{i}" for i in range(1, K + 1)])
    last = " - ".join(["log(S)", *(f"y{i}*z{i}" for i in range(1, K + 1))])
    sum_of_powers = added([f"e^{{z_{i}}}" for i in range(1, K + 1)])
    return Problem(
        statement=rf"""
For $K = {K}$ classes write $S = {sum_of_powers}$. Start at the cross-entropy of a softmax,
$$L = -\sum_{{i=1}}^{{{K}}} y_i \log \frac{{e^{{z_i}}}}{{S}},$$
and show line by line that it is $\log S - \sum_i y_i z_i$. The targets add up to 1.

Hand in a list of lines, each equal to the one before it: the first is `"-{first}"`, the last `"log(S) - …"`, with the
sum written out. `log` is the natural logarithm, and `S` may stay as it is.
""",
        answers=(
            Lines(
                "lines",
                start,
                goal,
                (*map(str, (*z, *y)), "S", *probabilities(K)),
                goal_forms=(sympy.log(written) - scored,),
                wrong_lines=wrong_ones(made, goal),
                assume=keeping(shares(K) | probabilities(K) | {"S": written}),
                example=("-" + first, "-" + quotients, f"({weights})*log(S)" + last.removeprefix("log(S)"), last),
            ),
        ),
        hints=(
            "The logarithm of a quotient is a difference. What is the logarithm of e^z?",
            "Multiply the brackets out, and collect everything that holds log S. Which factor does it have?",
            "Only now use what the targets add up to.",
        ),
        solution=r"""
Each logarithm is $\log e^{z_i} - \log S = z_i - \log S$, so
$$L = -\sum_i y_i (z_i - \log S) = \Big(\sum_i y_i\Big) \log S - \sum_i y_i z_i = \log S - \sum_i y_i z_i.$$
The last step is the only one that needs $\sum_i y_i = 1$.
""",
    )


# 6.6: the same in code


def _cross_entropy(p: Floats, y: Floats) -> Any:
    """Return −Σ y_i log p_i, one number; where y_i = 0 nothing is added, whatever p_i is."""
    asked = y > 0
    return -np.sum(y[asked] * np.log(p[asked]))


def _cross_entropy_of_logits(z: Floats, y: Floats) -> Any:
    """Return log Σ e^{z_j} − Σ y_i z_i, one number, with the largest logit taken out of the sum."""
    top = np.max(z)
    return top + np.log(np.sum(np.exp(z - top))) - np.sum(y * z)


def _loss_targets(rng: np.random.Generator) -> list[tuple[Floats, str]]:
    """Return shares and one-hot vectors, in which the 1 stands first, last and in between."""

    def shares_of(K: int) -> Floats:
        powers = np.exp(rng.normal(size=K))
        return np.asarray(powers / powers.sum())

    shared = [(shares_of(K), f"{K} classes, shares as targets") for K in (3, 5, 2)]
    one_hot = [(np.eye(K)[k], f"{K} classes, a one-hot target") for K, k in ((5, 4), (4, 3), (5, 0), (4, 1))]
    return [*shared, *one_hot]


@CHAPTER.exercise("6.6", "Cross-entropy without −∞", covers="softmax-notes/cross-entropy", points=2)
def cross_entropy_code() -> Problem:
    """−Σ y_i log p_i from probabilities, and from logits."""
    rng = np.random.default_rng(65)
    targets = _loss_targets(rng)
    from_p, from_z = [], []
    for y, said in targets:
        powers = np.exp(rng.normal(size=len(y)))
        from_p.append(Case((powers / powers.sum(), y), said))
        from_z.append(Case((rng.normal(size=len(y)), y), said))
    from_p += [
        Case((np.array([0, 0.7, 0.3]), np.array([0.0, 1, 0])), "p = (0, 0.7, 0.3) and y = (0, 1, 0)"),
        Case((np.array([0.5, 0.5, 0]), np.array([0.7, 0.3, 0])), "p = (0.5, 0.5, 0) and y = (0.7, 0.3, 0)"),
        Case((np.array([0, 1.0, 0, 0]), np.array([0.0, 1, 0, 0])), "a right answer with p = 1"),
        Case((np.array([1e-30, 1.0]), np.array([1.0, 0])), "p = 10^−30 for the right class"),
    ]
    far = (
        ([1000.0, -1000, 0], [0.0, 1, 0], "z = (1000, −1000, 0) and y = (0, 1, 0)"),
        ([-1000.0, 1000, 0], [0.5, 0.5, 0], "z = (−1000, 1000, 0) and y = (0.5, 0.5, 0)"),
        ([-1000.0, 999, 1000], [0.0, 1, 0], "z = (−1000, 999, 1000) and y = (0, 1, 0)"),
        ([1000.0, -1000, -900], [1.0, 0, 0], "z = (1000, −1000, −900) and y = (1, 0, 0)"),
        ([1000.0, 0], [1.0, 0], "z = (1000, 0) and y = (1, 0)"),
        ([-1000.0, -1001], [0.25, 0.75], "z = (−1000, −1001) and y = (0.25, 0.75)"),
    )
    from_z += [Case((np.array(z), np.array(y)), said) for z, y, said in far]
    return Problem(
        statement=r"""
Write the loss $L = -\sum_{i=1}^K y_i \log p_i$ twice, with the natural logarithm; each time it is one number. The
targets `y`, of shape $(K,)$, are non-negative and add up to 1.

(a) `cross_entropy(p, y)` is given the probabilities. Some $p_i$ may be exactly 0 where $y_i = 0$; such a term counts
as $0 \cdot \log 0 = 0$. A probability as small as $10^{-30}$ for the right class still has its true loss.

(b) `cross_entropy_of_logits(z, y)` is given the logits $z$ instead, with $p = \operatorname{softmax}(z)$; they may be
as large as $\pm 1000$.
""",
        answers=(
            Function("cross_entropy", _cross_entropy, from_p, slips.cross_entropy(), use=finite),
            Function("cross_entropy_of_logits", _cross_entropy_of_logits, from_z, slips.of_scores(), use=finite),
        ),
        hints=(
            "In (a), NumPy's 0 * log(0) is nan. Take the logarithm only where y is not 0.",
            "In (b), no p is needed: see what the derivation of 6.5 ends with.",
            "log Σ e^(z_j) is c + log Σ e^(z_j − c) for every c. Choose c as in 6.2.",
        ),
        solution=r"""
(a) Only the entries with $y_i > 0$ are taken, so no $0 \cdot \log 0$ is ever computed.

(b) By 6.5 $L = \log \sum_j e^{z_j} - \sum_i y_i z_i$. The logarithm of the sum is computed as
$c + \log \sum_j e^{z_j - c}$ with $c = \max_j z_j$. This way no probability is rounded to 0 before its logarithm is
taken.
""",
    )
