"""Chapter 06, third part: the slope of the loss by the logits, ŷ − y, found in two ways; and two classes."""

from __future__ import annotations

from collections.abc import Callable

import sympy

from bpkit.checking import Expression, Matrix
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid

from .exercise import Problem
from .softmax_forward import CHAPTER, Slip, delta, probabilities, wrong_ones
from .softmax_loss import Lines, added, exponentials, keeping, shares, symbols
from .writing import tex


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
            ("error-reversed", -slope),
            ("softmax-slope-extra", slope * p_k * (1 - p_k)),
            ("stopped-at-probability", -y_k / p_k),
            ("path-missing", -y_k * (1 - p_k)),
            ("normaliser-fixed", -y_k),
            ("targets-unused", p_k),
            ("one-taken-from-all", p_k - 1),
            ("normaliser-missing", sympy.exp(z_k) - y_k),
            ("logits-for-probabilities", z_k - y_k),
            ("inner-derivative-dropped", 1 / exponentials(K) - y_k),
            ("term-itself", p_k - y_k * z_k),
            *(("wrong-neuron", p[i] - y_k) for i in range(K) if p[i] != p_k),
            *(("wrong-neuron", p_k - y[i]) for i in range(K) if y[i] != y_k),
            ("not-differentiated", sympy.log(exponentials(K)) - sympy.Add(*(a * b for a, b in zip(y, z, strict=True)))),
            ("every-target", p_k - total),
            ("every-target", 1 - total),
            ("normaliser-counted", K * p_k - y_k),
            ("term-sign", p_k + y_k),
            ("sum-and-product", p_k * y_k),
            ("logarithm-not-differentiated", sympy.log(p_k) - y_k),
            ("logarithm-not-differentiated", sympy.exp(z_k) * sympy.log(exponentials(K)) - y_k),
        ]

    names = tuple(map(str, (*z, *y)))
    first: list[Slip] = [("normaliser-weighted", any_right), *common(right)]
    general: list[Slip] = [("targets-taken-as-shares", right), *common(any_right)]
    return Problem(
        statement=rf"""
Let $K = {K}$, and $p = \operatorname{{softmax}}(z)$.

(a) `dL_dz`: what is $\dfrac{{\partial L}}{{\partial z_{k}}}$ for $L = \log \sum_j e^{{z_j}} - \sum_i y_i z_i$,
whatever the numbers $y_i$ are?

(b) `dL_dz_any`: and what is $\dfrac{{\partial L}}{{\partial z_{k}}}$ for $L = -\sum_i y_i \log p_i$, if here, too,
the $y_i$ are any numbers, which need not add up to 1?

Hand in two expressions. You may use `p1` to `p{K}` for the probabilities, `y1` to `y{K}`, `z1` to `z{K}`, and `S` for
$\sum_j e^{{z_j}}$.
""",
        answers=(
            Expression("dL_dz", right, names, wrong_ones(first, right, meaning), known=known),
            Expression("dL_dz_any", any_right, names, wrong_ones(general, any_right, meaning), known=known),
        ),
        hints=(
            f"(a) has two terms with z_{k}: a logarithm with a sum inside, and one term of the last sum.",
            f"The slope of log S is 1/S times the slope of S by z_{k}. Which of the p is that?",
            "For (b) stop in 6.5 before the last step: the factor in front of log S stays.",
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
    local = {f"dp{i}_dz{k}": p[i - 1] * (delta(i, k) - p_k) for i in range(1, K + 1)}
    upper = {f"dL_dp{i}": -y[i - 1] / p[i - 1] for i in range(1, K + 1)}
    goal = p_k - y_k
    paths = sympy.Add(*(sympy.Symbol(f"dL_dp{i}") * sympy.Symbol(f"dp{i}_dz{k}") for i in range(1, K + 1)))
    slips: list[Slip] = [
        ("path-missing", -y_k * (1 - p_k)),
        ("off-diagonal-sign", -y_k * (1 - p_k) - p_k * sympy.Add(*others)),
        ("error-reversed", -goal),
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
    chain = added([f"dL_dp{i}*dp{i}_dz{k}" for i in range(1, K + 1)])
    entries = [f"p{k}*(1 - p{k})" if i == k else f"(-p{i}*p{k})" for i in range(1, K + 1)]
    put_in = added([f"(-y{i}/p{i})*{entry}" for i, entry in enumerate(entries, start=1)])
    shortened = added([f"-y{k} + y{k}*p{k}", *(f"{y_i}*p{k}" for y_i in others)])
    collected = f"p{k}*({added([str(y_i) for y_i in y])}) - y{k}"
    sums = added(
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
| `dp1_dz{k}`, `dp2_dz{k}`, `dp3_dz{k}` | $\frac{{\partial p_i}}{{\partial z_{k}}}$ |
| `p1`, `y1` and so on | $p_1$, $y_1$ and so on |
""",
        answers=(
            Matrix("dL_dp", by_p, tuple(map(str, (*p, *y))), wrong_ones(by_p_slips, by_p)),
            Lines(
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
    covers="softmax-notes/softmax",
    points=1,
    vary={"which": (1, 2), "rest": (False, True)},
)
def two_classes(which: int = 1, rest: bool = False) -> Problem:
    """The softmax of two logits is a sigmoid of their difference; `rest` asks for 1 minus it."""
    z1, z2 = symbols("z", 2)
    own, other = (z1, z2) if (which == 1) != rest else (z2, z1)
    difference = own - other
    asked = f"1 - p_{which}" if rest else f"p_{which}"
    sigmas = SIGMOID | SIGMOID_PRIME
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
    mistakes = wrong_ones(u_slips, difference)
    return Problem(
        statement=rf"""
With two classes there are two logits, $z_1$ and $z_2$. Then ${asked}$ is the sigmoid of one number $u$:
${asked} = \sigma(u)$. Which number is it?

Hand in `u`, an expression in `z1` and `z2`.
""",
        answers=(Expression("u", difference, ("z1", "z2"), mistakes, functions=sigmas),),
        hints=(
            "Write both sides as fractions. Which numerator has σ(u), if its denominator is 1 + e^(−u)?",
            "Divide numerator and denominator of a probability by one of the two exponentials, and compare.",
        ),
        solution=rf"""
It is the share $\frac{{e^{{{tex(own)}}}}}{{e^{{z_1}} + e^{{z_2}}}}$. Dividing numerator and denominator by
$e^{{{tex(own)}}}$ gives $\frac{{1}}{{1 + e^{{-({tex(difference)})}}}}$, so $u = {tex(difference)}$.
""",
    )
