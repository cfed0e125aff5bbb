"""Chapter 11, last part: lines that are compared with a measured slope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy

from bpkit.checking import Verdict
from bpkit.checking.evaluation import CONTEXT, evaluate
from bpkit.checking.misprints import CorrectedExpression
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime

from .errata_lines import CHAPTER, SOUND, Line, Part, Piece, Planted, problem
from .exercise import Problem
from .four_equations_errors import SIGMAS
from .four_equations_jacobians import PHI

Numbers = tuple[float, ...]


@CHAPTER.exercise(
    "11.12",
    "One link of a chain",
    covers="dsc255/single-chain-recursion",
    points=2,
    vary={
        "planted": ((1, 1), (2, 1), (3, 1), (3, 2), (4, 1), (4, 2), SOUND),
        "weights": ((-1.5, 2.5), (0.5, 3.0), (-2.0, 4.0)),
    },
)
def chain_link(planted: Planted = SOUND, weights: Numbers = (-1.5, 2.5)) -> Problem:
    """dL/dh_i = dL/dh_{i+1} · σ'(w_{i+1} h_i + b_{i+1}) · w_{i+1}."""
    w, b, h = sympy.symbols("w1:3"), sympy.symbols("b1:3"), sympy.symbols("h0:3")
    upper, lower = w[1] * h[1] + b[1], w[0] * h[0] + b[0]
    dL_dh, dL_dw = sympy.symbols("dL_dh2 dL_dw2")
    line = Line(
        (
            Part(
                "what arrives",
                "From hᵢ the way to L leads through the next h of the chain.",
                (Piece(r"\frac{dL}{dh_{i+1}}", dL_dh), Piece(r"\frac{dL}{dw_{i+1}}", dL_dw)),
            ),
            Part(
                "the function",
                "Going back through σ brings its slope.",
                (Piece(r"\sigma'", sigmoid_prime), Piece(r"\sigma", sigmoid, "value-for-slope")),
            ),
            Part(
                "its argument",
                "It is what arrives at the link after hᵢ, where hᵢ comes in.",
                (
                    Piece(r"(w_{i+1} h_i + b_{i+1})", upper),
                    Piece(r"(w_i h_{i-1} + b_i)", lower),
                    Piece(r"(w_{i+1} h_{i+1} + b_{i+1})", w[1] * h[2] + b[1]),
                ),
            ),
            Part(
                "the last factor",
                "It is the slope of w h + b by h, for the weight that hᵢ is multiplied by.",
                (Piece("w_{i+1}", w[1]), Piece("h_i", h[1]), Piece("w_i", w[0])),
            ),
        ),
        planted,
        SOUND,
        lambda above, sigma, inner, last: rf"\frac{{dL}}{{dh_i}} = {above} \cdot {sigma}{inner} \cdot {last}",
        lambda above, sigma, inner, last: above * sigma(inner) * last,
    )
    known = {"h1": sigmoid(lower), "h2": sigmoid(upper.xreplace({h[1]: sigmoid(lower)}))}
    h_0, bias, y = 2.0, (-0.3, 0.4), 0.3
    values = {"h0": h_0, **dict(zip(map(str, (*w, *b)), (*weights, *bias), strict=True))}
    for name in ("h1", "h2"):
        values[name] = _number(known[name], values)
    values["dL_dh2"] = 2 * (values["h2"] - y)
    values["dL_dw2"] = _number(dL_dh * sigmoid_prime(upper) * h[1], values)
    measured = _number(line.says(), values)

    def tested(*choice: Any) -> list[float]:
        return [measured, _number(line.reading(*choice), values)]

    return problem(
        line,
        r"""
DSC 255 goes back along a chain with one neuron a layer, as in chapter 04: $h_i = \sigma(w_i h_{i-1} + b_i)$ with the
sigmoid $\sigma$, and $h_0$ is the input.
""",
        rf"""both sides of the printed line for $i = 1$, as a list of two numbers to three digits: the left side
measured, the right side as it is printed. The chain has two links, with $h_0 = {h_0:g}$, $w_1 = {weights[0]:g}$, $b_1
= {bias[0]:g}$, $w_2 = {weights[1]:g}$, $b_2 = {bias[1]:g}$ and the loss $L = (h_2 - y)^2$ with $y = {y:g}$. To
measure, move $h_1$ a little and follow it to $L$.""",
        r"""`corrected`: the right side of the corrected line for $i = 1$. Type `dL_dh2` for $\frac{dL}{dh_2}$,
`dL_dw2` for $\frac{dL}{dw_2}$, `w1`, `b1`, `h0` and so on, and `sigma(…)`, `sigma'(…)`. If nothing is wrong, the line
as it stands.""",
        line.tested(tested, digits=3),
        (
            CorrectedExpression(
                "corrected",
                line.says(),
                ("dL_dh2", "dL_dw2", "w1", "w2", "b1", "b2", "h0"),
                line.mistakes(),
                known=known,
                functions=SIGMAS,
                measured="",
                example="dL_dh2 * sigma_prime(w2*h1 + b2) * w2",
            ),
        ),
        (
            "Every i on the right has to be the right one: which link lies between hᵢ and the next h?",
            "The measured side needs no formula: L as a function of h₁ alone is (σ(w₂h₁ + b₂) − y)².",
        ),
        r"The left side is the measured slope of $(\sigma(w_2 h_1 + b_2) - y)^2$ by $h_1$; compare both in `tested`.",
    )


def _number(expr: sympy.Expr, values: Mapping[str, float]) -> float:
    """Evaluate an expression in σ and σ' where its symbols have these values."""
    return float(evaluate(expr, {name: CONTEXT.mpf(value) for name, value in values.items()}))


@dataclass(frozen=True)
class _InPhi(CorrectedExpression):
    """A corrected line that is read back, and spoken of, in φ."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `CorrectedExpression` does, and say it with φ."""
        verdict = super().judge(given, why)
        shown = tuple(latex.replace(r"\sigma", r"\varphi") for latex in verdict.understood)
        return replace(verdict, message=verdict.message.replace("σ", "φ"), understood=shown)


@CHAPTER.exercise(
    "11.13",
    "The gradient for the first matrix",
    covers=("errata/fda-first-layer", "fda/two-layer-first"),
    points=3,
    vary={
        "planted": ((4, 1), (4, 2), (2, 1), (2, 2), (3, 1), SOUND),
        "i": (1, 2),
        "j": (1, 2, 3),
        "x": ((2.0, -2.0, 0.5), (3.0, -2.0, 0.5), (2.0, -3.0, 0.5)),
    },
)
def first_layer(planted: Planted = (4, 1), i: int = 2, j: int = 3, x: Numbers = (2.0, -2.0, 0.5)) -> Problem:
    """∂L/∂W⁽¹⁾_ij = dL/dŷ · φ'(g(W⁽²⁾, z)) D_z g(W⁽²⁾, z) · φ'(g(W⁽¹⁾, x)) D_ij g(W⁽¹⁾, x)."""
    inputs = sympy.symbols("x1:4")
    V, g, top = sympy.symbols("W_11^2 W_12^2"), sympy.symbols("g_1^1 g_2^1"), sympy.Symbol("g_1^2")
    up = sympy.Symbol("dL_dy")
    first, second = r"\varphi'(g(W^{(1)}, x))", r"\varphi'(g(W^{(2)}, z))"
    below = r"D_{ij}\, g(W^{(1)}, x)"
    h, feed = i - 1, inputs[j - 1]
    line = Line(
        (
            Part(
                "the slope of the loss",
                "The loss depends on W⁽¹⁾ by way of the output ŷ only.",
                (Piece(r"\left(\frac{d\mathcal{L}}{d\hat y}\right)", up),),
            ),
            Part(
                "the slope of the second φ",
                "The way from ŷ back goes through the second φ: its slope, at what arrived there.",
                (
                    Piece(second, sigmoid_prime(top)),
                    Piece(r"\varphi(g(W^{(2)}, z))", sigmoid(top), "value-for-slope"),
                    Piece(r"\varphi'(\hat y)", sigmoid_prime(sigmoid(top)), "phi-prime-at-output"),
                ),
            ),
            Part(
                "the slope of the second sum",
                "How g(W⁽²⁾, z) changes with z is what leads on to the layer below.",
                (Piece(r"D_z\, g(W^{(2)}, z)", V[h]), Piece(r"g(W^{(2)}, z)", top, "value-for-slope")),
            ),
            Part(
                "the slope of z",
                "z is φ(g(W⁽¹⁾, x)), a chain of two links, and by the chain rule each link brings a slope.",
                (
                    Piece(rf"{first}\, {below}", sigmoid_prime(g[h]) * feed),
                    Piece(below, feed, "slope-passed-over"),
                    Piece(rf"\varphi(g(W^{{(1)}}, x))\, {below}", sigmoid(g[h]) * feed, "value-for-slope"),
                ),
            ),
        ),
        planted,
        (4, 1),
        lambda up, slope, by_z, last: (
            rf"\frac{{\partial \mathcal{{L}}}}{{\partial W_{{ij}}^{{(1)}}}} = "
            rf"{up} \left\{{ {slope}\, {by_z} \right\}} \times \left[{last}\right]"
        ),
        lambda up, slope, by_z, last: up * slope * by_z * last,
    )
    rest = up * sigmoid_prime(top)
    hidden = sigmoid_prime(g[h])
    others = [
        *(
            ("wrong-neuron", rest * V[m] * sigmoid_prime(g[k]) * feed)
            for m in (0, 1)
            for k in (0, 1)
            if (m, k) != (h, h)
        ),
        *(("wrong-neuron", rest * V[h] * hidden * x_k) for x_k in inputs if x_k != feed),
        ("weight-elsewhere", rest * sympy.Add(*(V[k] * sigmoid_prime(g[k]) for k in (0, 1))) * feed),
    ]
    known = {"z1": sigmoid(g[0]), "z2": sigmoid(g[1])}
    known["g_1^2"] = V[0] * known["z1"] + V[1] * known["z2"]
    known["y"] = sigmoid(known["g_1^2"])
    W1, W2, target = ((0.5, -0.4, 0.3), (-0.2, 0.6, 0.8)), (2.5, -3.0), 0.3
    sums = [sum(w * x_k for w, x_k in zip(row, x, strict=True)) for row in W1]
    values = dict(zip(map(str, (*inputs, *V, *g)), (*x, *W2, *sums), strict=True))
    values["g_1^2"] = _number(known["g_1^2"], values)
    values["dL_dy"] = 2 * (_number(sigmoid(top), values) - target)
    measured = _number(line.says(), values)

    def tested(*choice: Any) -> float:
        return measured / _number(line.reading(*choice), values)

    inverse = 1 / line.says(tested, printed=True)
    return problem(
        line,
        r"""
Foundations of Data Analysis, in the letters of exercise 7.13: $z = \varphi(g(W^{(1)}, x))$ and
$\hat y = \varphi(g(W^{(2)}, z))$ with $g(W, x) = Wx$ and the sigmoid $\varphi$. $D_{ij}$ stands for the derivative by
$W_{ij}^{(1)}$, and $D_z$ for the one by $z$. Here there are 3 inputs, 2 hidden neurons and one output.
""",
        rf"""the slope of $\mathcal{{L}}$ by $W_{{{i}{j}}}^{{(1)}}$ as it is measured, divided by what the printed
right side gives for it: a number to three digits. A cell above measures the slope. Take
$W^{{(1)}} = \begin{{pmatrix}} 0.5 & -0.4 & 0.3 \\ -0.2 & 0.6 & 0.8 \end{{pmatrix}}$,
$W^{{(2)}} = \begin{{pmatrix}} 2.5 & -3 \end{{pmatrix}}$, $x = ({", ".join(f"{entry:g}" for entry in x)})$ and
$\mathcal{{L}} = (\hat y - y)^2$ with $y = 0.3$.""",
        rf"""`corrected`: the right side of the corrected line for the weight $W_{{{i}{j}}}^{{(1)}}$. Type `dL_dy` for
$\frac{{d\mathcal{{L}}}}{{d\hat y}}$, `g_1^1`, `g_2^1` for the two entries of $g(W^{{(1)}}, x)$, `g_1^2` for
$g(W^{{(2)}}, z)$, `W_11^2`, `W_12^2` for the entries of $W^{{(2)}}$, `x1`, `z1` and so on, and `phi(…)`, `phi'(…)`.
If nothing is wrong, the line as it stands.""",
        line.tested(tested, [("factor-inverted", inverse)], digits=3),
        (
            _InPhi(
                "corrected",
                line.says(),
                ("dL_dy", "x1", "x2", "x3", *map(str, (*V, *g))),
                line.mistakes(others),
                known=known,
                functions=PHI,
                hat="y",
                measured="",
                example=f"dL_dy * phi'(g_1^2) * W_1{i}^2 * phi'(g_{i}^1) * x{j}",
            ),
        ),
        (
            "A right line gives the ratio 1. If yours is another number, which slope in the network has that value?",
            "Write down the links from W⁽¹⁾ to the loss. Every link brings one slope.",
            "D_ij g(W⁽¹⁾, x), for the neuron to which the weight leads, is the input that the weight multiplies.",
        ),
        "A right line gives the ratio 1; compare with `tested`.",
    )
