"""Chapter 06, second part: the loss as a function of the logits, and its slope ŷ − y, found in two ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy

from bpkit.checking import Derivation, Expression, Matrix
from bpkit.checking.evaluation import evaluate
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid

from .exercise import Problem
from .softmax_forward import CHAPTER, Slip, delta, probabilities, wrong_ones
from .writing import tex

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


def _added(terms: list[str]) -> str:
    return " + ".join(terms)


@CHAPTER.exercise(
    "6.6", "From the softmax to log-sum-exp", covers="softmax-notes/log-sum-exp", points=3, vary={"K": (2, 3, 4)}
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
        ("normaliser-missing", -scored),
        ("score-term-missing", logs),
        ("logarithm-missing", S - scored),
        ("logarithm-missing", 1 / S - scored),
        ("log-of-product", -sympy.Add(*(y_i * z_i * logs for y_i, z_i in zip(y, z, strict=True)))),
    ]
    first = " - ".join(f"y{i}*log(e^z{i}/S)" for i in range(1, K + 1))
    quotients = " - ".join(f"y{i}*(z{i} - log(S))" for i in range(1, K + 1))
    weights = _added([f"y{i}" for i in range(1, K + 1)])
    last = " - ".join(["log(S)", *(f"y{i}*z{i}" for i in range(1, K + 1))])
    sum_of_powers = _added([f"e^{{z_{i}}}" for i in range(1, K + 1)])
    return Problem(
        statement=rf"""
For $K = {K}$ classes write $S = {sum_of_powers}$. Start at the cross-entropy of a softmax,
$$L = -\sum_{{i=1}}^{{{K}}} y_i \log \frac{{e^{{z_i}}}}{{S}},$$
and show line by line that it is $\log S - \sum_i y_i z_i$. The targets add up to 1.

Hand in a list of lines, each equal to the one before it: the first is `"-{first}"`, the last `"log(S) - …"`, with the
sum written out. `log` is the natural logarithm, and `S` may stay as it is.
""",
        answers=(
            Derivation(
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


@CHAPTER.exercise(
    "6.7", "The slope by a logit", covers="softmax-notes/dz2", points=2, vary={"k": (1, 2, 3), "K": (3, 4)}
)
def slope_by_score(k: int = 2, K: int = 3) -> Problem:
    """∂L/∂z_k of log S − Σ y_i z_i, and of −Σ y_i log p_i where Σ y_i is anything."""
    y, z, p = symbols("y", K), symbols("z", K), symbols("p", K)
    known = probabilities(K) | {"S": exponentials(K)}
    meaning = {sympy.Symbol(name): value for name, value in known.items()}
    z_k, y_k, p_k = z[k - 1], y[k - 1], p[k - 1]
    total = sympy.Add(*y)
    right, any_right = p_k - y_k, p_k * total - y_k

    def common(slope: sympy.Expr) -> list[Slip]:
        return [
            ("difference-reversed", -slope),
            ("softmax-slope-extra", slope * p_k * (1 - p_k)),
            ("stopped-at-probability", -y_k / p_k),
            ("path-missing", -y_k * (1 - p_k)),
            ("normaliser-fixed", -y_k),
            ("targets-unused", p_k),
            ("one-taken-from-all", p_k - 1),
            ("normaliser-missing", sympy.exp(z_k) - y_k),
            ("softmax-left-out", z_k - y_k),
            ("inner-derivative-dropped", 1 / exponentials(K) - y_k),
            ("term-itself", p_k - y_k * z_k),
            *(("wrong-neuron", p[i] - y_k) for i in range(K) if p[i] != p_k),
            *(("wrong-neuron", p_k - y[i]) for i in range(K) if y[i] != y_k),
            ("not-differentiated", sympy.log(exponentials(K)) - sympy.Add(*(a * b for a, b in zip(y, z, strict=True)))),
            ("all-terms", p_k - total),
            ("all-terms", 1 - total),
            ("normaliser-counted", K * p_k - y_k),
            ("term-sign", p_k + y_k),
            ("sum-and-product", p_k * y_k),
            ("logarithm-not-differentiated", sympy.log(p_k) - y_k),
            ("logarithm-not-differentiated", sympy.exp(z_k) * sympy.log(exponentials(K)) - y_k),
        ]

    names = tuple(map(str, (*z, *y)))
    general: list[Slip] = [("targets-taken-as-shares", right), *common(any_right)]
    return Problem(
        statement=rf"""
Let $K = {K}$, and $p = \operatorname{{softmax}}(z)$.

(a) `dL_dz`: what is $\dfrac{{\partial L}}{{\partial z_{k}}}$ for $L = \log \sum_j e^{{z_j}} - \sum_i y_i z_i$?

(b) `dL_dz_any`: and what is $\dfrac{{\partial L}}{{\partial z_{k}}}$ for $L = -\sum_i y_i \log p_i$, if the targets
are any numbers, which need not add up to 1?

Hand in two expressions. You may use `p1` to `p{K}` for the probabilities, `y1` to `y{K}`, `z1` to `z{K}`, and `S` for
$\sum_j e^{{z_j}}$.
""",
        answers=(
            Expression("dL_dz", right, names, wrong_ones(common(right), right, meaning), known=known),
            Expression("dL_dz_any", any_right, names, wrong_ones(general, any_right, meaning), known=known),
        ),
        hints=(
            f"(a) has two terms with z_{k}: a logarithm with a sum inside, and one term of the last sum.",
            f"The slope of log S is 1/S times the slope of S by z_{k}. Which of the p is that?",
            "For (b) stop in 6.6 before the last step: the factor in front of log S stays.",
        ),
        solution=rf"""
(a) $\frac{{\partial}}{{\partial z_{k}}} \log \sum_j e^{{z_j}} = \frac{{e^{{z_{k}}}}}{{\sum_j e^{{z_j}}}} = p_{k}$, and
of the second sum only $y_{k} z_{k}$ moves: the slope is $p_{k} - y_{k}$. For the whole vector it is $p - y$, in the
letters of the notes $\hat y - y$.

(b) Here $L = \left(\sum_i y_i\right) \log \sum_j e^{{z_j}} - \sum_i y_i z_i$, and the slope is
$p_{k} \sum_i y_i - y_{k}$. If the targets add up to 1, it is that of (a).
""",
    )


@CHAPTER.exercise(
    "6.8",
    "The same slope through the Jacobian",
    covers=("softmax-notes/dz2", "softmax-notes/softmax"),
    points=3,
    vary={"k": (1, 2, 3)},
)
def through_jacobian(k: int = 1) -> Problem:
    """∂L/∂p = −y/p, and from there ∂L/∂z_k as a sum over all p_i."""
    K = 3
    y, z, p = symbols("y", K), symbols("z", K), symbols("p", K)
    p_k, y_k = p[k - 1], y[k - 1]
    others = [y_i for y_i in y if y_i != y_k]

    def vector(entry: Callable[[sympy.Symbol, sympy.Symbol], sympy.Expr]) -> sympy.Matrix:
        return sympy.ImmutableMatrix([entry(p_i, y_i) for p_i, y_i in zip(p, y, strict=True)])

    by_p = vector(lambda p, y: -y / p)
    by_p_slips: list[Slip] = [
        ("sign", -by_p),
        ("targets-unused", vector(lambda p, y: -1 / p)),
        ("not-differentiated", vector(lambda p, y: -y * sympy.log(p))),
        ("logarithm-not-differentiated", vector(lambda p, y: -sympy.log(p))),
        ("slope-by-score", vector(lambda p, y: p - y)),
        ("factor-inverted", vector(lambda p, y: -p / y)),
        ("factor-inverted", vector(lambda p, y: -y * p)),
        ("power-slip", vector(lambda p, y: -y / p**2)),
        ("logarithm-missing", -sympy.Matrix(y)),
        ("binary-for-several", vector(lambda p, y: -y / p + (1 - y) / (1 - p))),
        ("binary-for-several", vector(lambda p, y: (p - y) / (p * (1 - p)))),
        ("sum-for-component", sympy.Matrix([sympy.Add(*by_p)])),
        ("sum-for-component", sympy.Matrix([sympy.Add(*by_p)] * K)),
    ]

    slope = sympy.Symbol(f"dL_dz{k}")
    local = {f"dp{i}_dz": p[i - 1] * (delta(i, k) - p_k) for i in range(1, K + 1)}
    upper = {f"dL_dp{i}": -y[i - 1] / p[i - 1] for i in range(1, K + 1)}
    goal = p_k - y_k
    paths = sympy.Add(*(sympy.Symbol(f"dL_dp{i}") * sympy.Symbol(f"dp{i}_dz") for i in range(1, K + 1)))
    slips: list[Slip] = [
        ("path-missing", -y_k * (1 - p_k)),
        ("off-diagonal-sign", -y_k * (1 - p_k) - p_k * sympy.Add(*others)),
        ("difference-reversed", -goal),
        ("softmax-slope-extra", goal * p_k * (1 - p_k)),
        ("delta-missing", p_k),
        ("delta-everywhere", sympy.Add(*(-y_i * (1 - p_k) for y_i in y))),
        ("normaliser-fixed", -y_k),
        ("normaliser-counted", K * p_k - y_k),
        ("products-of-sums", sympy.Add(*by_p) * p_k * (1 - sympy.Add(*p))),
        ("slopes-added", sympy.Add(*by_p, *local.values())),
        ("term-sign", p_k + y_k),
        *(("wrong-neuron", p[i] - y_k) for i in range(K) if p[i] != p_k),
        *(("wrong-neuron", p_k - y[i]) for i in range(K) if y[i] != y_k),
    ]
    wanted = (*map(str, (*z, *y)), *probabilities(K), *local, *upper, slope.name)
    chain = _added([f"dL_dp{i}*dp{i}_dz" for i in range(1, K + 1)])
    entries = [f"p{k}*(1 - p{k})" if i == k else f"(-p{i}*p{k})" for i in range(1, K + 1)]
    put_in = _added([f"(-y{i}/p{i})*{entry}" for i, entry in enumerate(entries, start=1)])
    shortened = _added([f"-y{k} + y{k}*p{k}", *(f"{y_i}*p{k}" for y_i in others)])
    collected = f"p{k}*({_added([str(y_i) for y_i in y])}) - y{k}"
    sums = _added(
        [rf"\frac{{\partial L}}{{\partial p_{i}}} \frac{{\partial p_{i}}}{{\partial z_{k}}}" for i in range(1, K + 1)]
    )
    return Problem(
        statement=rf"""
Now the long way. Let $L = -\sum_{{i=1}}^{{{K}}} y_i \log p_i$ with $p = \operatorname{{softmax}}(z)$ and
$\sum_i y_i = 1$.

(a) `dL_dp`: the vector of all $\dfrac{{\partial L}}{{\partial p_i}}$, a list of {K} expressions in `p1`, `y1` and so
on.

(b) `lines`: show line by line that $\dfrac{{\partial L}}{{\partial z_{k}}} = p_{k} - y_{k}$. The first line is
`"{slope}"`; the next is the chain rule, a sum over all $p_i$, in the names of the table and with nothing put in yet;
then put in (a) and the entries of the Jacobian of 6.3. Each line equals the one before it.

| typed | stands for |
|---|---|
| `{slope}` | $\frac{{\partial L}}{{\partial z_{k}}}$ |
| `dL_dp1`, `dL_dp2`, `dL_dp3` | $\frac{{\partial L}}{{\partial p_i}}$ |
| `dp1_dz`, `dp2_dz`, `dp3_dz` | $\frac{{\partial p_i}}{{\partial z_{k}}}$ |
| `p1`, `y1` and so on | $p_1$, $y_1$ and so on |
""",
        answers=(
            Matrix("dL_dp", by_p, tuple(map(str, (*p, *y))), wrong_ones(by_p_slips, by_p)),
            Derivation(
                "lines",
                slope,
                goal,
                wanted,
                through=(paths,),
                wrong_lines=wrong_ones(slips, goal),
                assume=keeping(shares(K) | probabilities(K), upper | local, {slope.name: goal}),
                example=(slope.name, chain, put_in, shortened, collected, f"p{k} - y{k}"),
            ),
        ),
        hints=(
            "In (a) the probabilities count as three separate variables. In how many terms does p₁ occur?",
            f"z_{k} moves every p_i, so each of them is a path; column {k} of the Jacobian has the slopes.",
            "In each product a p_i cancels. Collect what holds the same p, and see what the targets add up to.",
        ),
        solution=rf"""
(a) $\frac{{\partial L}}{{\partial p_i}} = -\frac{{y_i}}{{p_i}}$.

(b) By the chain rule $\frac{{\partial L}}{{\partial z_{k}}} = {sums}$. With
$\frac{{\partial p_i}}{{\partial z_{k}}} = p_i(\delta_{{i{k}}} - p_{k})$ each $p_i$ cancels:
$$\frac{{\partial L}}{{\partial z_{k}}} = -\sum_i y_i (\delta_{{i{k}}} - p_{k}) = p_{k} \sum_i y_i - y_{k} =
p_{k} - y_{k}.$$
For all logits at once: $\left(\operatorname{{diag}}(p) - p p^T\right)^T \left(-\frac{{y}}{{p}}\right) = p - y$, with
the division entry by entry.
""",
    )


@CHAPTER.exercise(
    "6.9",
    "Two classes",
    covers=("softmax-notes/softmax", "softmax-notes/cross-entropy"),
    points=2,
    vary={"which": (1, 2), "place": (1, 2)},
)
def two_classes(which: int = 1, place: int = 1) -> Problem:
    """The softmax of two logits is a sigmoid of their difference; then loss and slope for the logits z and 0."""
    z1, z2 = symbols("z", 2)
    z, y = sympy.symbols("z y")
    own, other = (z1, z2) if which == 1 else (z2, z1)
    difference = own - other
    s = sigmoid(z)
    loss = sympy.log(1 + sympy.exp(z)) - y * z
    slope = s - y
    u_slips: list[Slip] = [
        ("scores-reversed", -difference),
        ("other-score-missing", own),
        ("other-score-missing", other),
        ("other-score-missing", -other),
        ("term-sign", own + other),
        ("term-sign", -own - other),
        ("sum-and-product", own * other),
        ("probability-for-score", sympy.exp(own) / (sympy.exp(own) + sympy.exp(other))),
        ("probability-for-score", sigmoid(difference)),
        ("ratio-for-difference", own / other),
        ("ratio-for-difference", other / own),
        ("ratio-for-difference", sympy.exp(own) / sympy.exp(other)),
        ("ratio-for-difference", sympy.exp(other) / sympy.exp(own)),
        ("exponential-kept", sympy.exp(own) - sympy.exp(other)),
    ]
    loss_slips: list[Slip] = [
        ("other-class-missing", -y * sympy.log(s)),
        ("other-class-missing", -(1 - y) * sympy.log(1 - s)),
        ("sign", -loss),
        ("targets-exchanged", -(1 - y) * sympy.log(s) - y * sympy.log(1 - s)),
        ("score-term-missing", sympy.log(1 + sympy.exp(z))),
        ("score-term-sign", sympy.log(1 + sympy.exp(z)) + y * z),
        ("logarithm-missing", -y * s - (1 - y) * (1 - s)),
        ("softmax-left-out", -y * sympy.log(z) - (1 - y) * sympy.log(1 - z)),
        ("term-sign", y * sympy.log(s) - (1 - y) * sympy.log(1 - s)),
        ("term-sign", -y * sympy.log(s) + (1 - y) * sympy.log(1 - s)),
        ("zero-score-left-out", sympy.log(sympy.exp(z)) - y * z),
        ("gradient-for-loss", slope),
        ("log-of-sum", -sympy.log(y * s + (1 - y) * (1 - s))),
        ("mse-for-cross-entropy", (s - y) ** 2),
        ("mse-for-cross-entropy", 2 * (s - y) ** 2),
    ]
    slope_slips: list[Slip] = [
        ("difference-reversed", -slope),
        ("softmax-slope-extra", slope * s * (1 - s)),
        ("stopped-at-probability", -y / s),
        ("stopped-at-probability", -y / s + (1 - y) / (1 - s)),
        ("other-class-missing", -y * (1 - s)),
        ("other-class-missing", (1 - y) * s),
        ("targets-unused", s),
        ("softmax-left-out", z - y),
        ("slope-of-p", s * (1 - s)),
        ("one-taken-from-all", s - 1),
        ("not-differentiated", loss),
        ("targets-exchanged", s - (1 - y)),
        ("term-sign", s + y),
        ("inner-derivative-dropped", 1 / (1 + sympy.exp(z)) - y),
        ("normaliser-missing", sympy.exp(z) - y),
        ("term-itself", s - y * z),
    ]
    logits, targets = ("z, 0", "y, 1 - y") if place == 1 else ("0, z", "1 - y, y")
    sigmas = SIGMOID | SIGMOID_PRIME

    def asked(name: str, right: sympy.Expr, made: list[Slip], example: str) -> Expression:
        return Expression(name, right, ("z", "y"), wrong_ones(made, right), functions=sigmas, example=example)

    return Problem(
        statement=rf"""
With two classes there are two logits, $z_1$ and $z_2$.

(a) `u`: the softmax gives $p_{which} = \sigma(u)$, the sigmoid of one number $u$. Which? An expression in `z1`, `z2`.

(b) `L`: let the logits be $({logits})$ and the targets $({targets})$. Write the cross-entropy as an expression in `z`
and `y`; the sigmoid may be typed `sigma(z)`.

(c) `dL_dz`: its slope $\dfrac{{dL}}{{dz}}$.
""",
        answers=(
            Expression("u", difference, ("z1", "z2"), wrong_ones(u_slips, difference), functions=sigmas),
            asked("L", loss, loss_slips, "log(1 + e^z) - y*z"),
            asked("dL_dz", slope, slope_slips, "sigma(z) - y"),
        ),
        hints=(
            f"Divide p_{which} above and below by one of the two exponentials, and compare with 1/(1 + e^(−u)).",
            "For (b), 6.6 is quick: the exponentials are e^z and e^0.",
            "In (c) the slope of the first term is a sigmoid: which quotient is it?",
        ),
        solution=rf"""
(a) Dividing both by $e^{{{tex(own)}}}$ gives $p_{which} = \frac{{1}}{{1 + e^{{-({tex(difference)})}}}}$, so
$u = {tex(difference)}$.

(b) With $e^0 = 1$, exercise 6.6 gives $L = \log(1 + e^z) - yz$, which equals
$-y \log \sigma(z) - (1 - y) \log(1 - \sigma(z))$, the binary cross-entropy of chapter 05.

(c) $\frac{{d}}{{dz}} \log(1 + e^z) = \frac{{e^z}}{{1 + e^z}} = \sigma(z)$, and the slope is $\sigma(z) - y$.
""",
    )
