"""Chapter 04, first part: the slopes of the sigmoid and of ReLU."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Derivation, Expression, Mistake
from bpkit.checking.chains import with_sign
from bpkit.checking.parsing import SIGMOID, sigmoid

from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter("04_activations", "Activation functions")

Vector = NDArray[np.floating[Any]]

x, z = sympy.symbols("x z")
SLOPE = "the slope measured"


# What σ'(z) is mistaken for, from z and s = σ(z).
FOR_SIGMA_PRIME: tuple[tuple[str, Callable[[Any, Any], Any]], ...] = (
    ("sigma-for-derivative", lambda z, s: s),
    ("one-minus-sigma", lambda z, s: 1 - s),
    ("sigma-one-plus", lambda z, s: s * (1 + s)),
    ("tanh-slope", lambda z, s: 1 - s**2),
    ("argument-for-value", lambda z, s: z * (1 - z)),
    ("argument-for-value", lambda z, s: s * (1 - z)),
    ("argument-for-value", lambda z, s: z * (1 - s)),
)


@CHAPTER.exercise(
    "4.1", "The slope of the sigmoid (worksheet 9)", covers="worksheet/9", points=2, vary={"k": range(2, 8)}
)
def sigmoid_slope(k: int = 1) -> Problem:
    """σ(kz) = 1/(1 + e^{−kz}); the worksheet's is k = 1."""
    u = 1 + sympy.exp(-k * z)
    s = 1 / u
    slope = sympy.diff(s, z)
    at_a = 1 / (1 + sympy.exp(-s))
    as_power = z * sympy.exp(-k * z - 1)  # e^{−kz}, differentiated like a power
    mistakes = [Mistake("quotient-slip", 1 / sympy.diff(u, z))]
    turned = sympy.exp(k * z)  # e^{−kz} with the other sign
    for inner in dict.fromkeys((1, k)):
        mistakes += [
            *(Mistake(slug, inner * wrong(k * z, s)) for slug, wrong in FOR_SIGMA_PRIME),
            Mistake("tanh-slope", inner * (1 - sympy.tanh(k * z) ** 2)),
            Mistake("exponent-sign", inner * turned * s**2),
            Mistake("exponent-sign", inner / turned / (1 + turned) ** 2),
            Mistake("outer-derivative-dropped", -inner / turned),
            Mistake("integrated", sympy.log(1 + turned) / inner),
            Mistake("inner-derivative-dropped", -inner * s**2),
            Mistake("inner-derivative-dropped", inner * s**2),
            Mistake("exponential-as-power", inner * as_power * s**2),
            Mistake("exponential-as-power", -inner * as_power * s**2),
            Mistake("sigma-twice", inner * s * (1 - at_a)),
            Mistake("sigma-twice", inner * at_a * (1 - s)),
            Mistake("factor-extra", inner * s**2 * (1 - s)),
            Mistake("factor-extra", inner * s * (1 - s) ** 2),
            Mistake("derivative-of-activation", inner * at_a * (1 - at_a)),
        ]
    if k > 1:
        mistakes.append(Mistake("inner-derivative-dropped", s * (1 - s)))
    made = tuple(with_sign(mistakes, slope))
    what = r"\sigma(z)" if k == 1 else rf"\sigma({k}z)"
    return Problem(
        statement=rf"""
Let $\sigma$ be the sigmoid, $\sigma(z) = \dfrac{{1}}{{1 + e^{{-z}}}}$. Differentiate ${what}$ with respect to
$z$.

The answer is an expression in $z$, in any form. It may hold the sigmoid itself, typed `sigma(…)`.
""",
        answers=(Expression("dsigma_dz", slope, ("z",), made, {"a": s}, functions=SIGMOID, measured=SLOPE),),
        hints=(
            "The sigmoid is a chain of two links: u = 1 + exp(…), and then 1/u.",
            "What is the derivative of 1/u with respect to u? Think of it as a power of u.",
            "The inner derivative brings a minus sign of its own: e raised to a negative multiple of z.",
        ),
        solution=rf"""
With $u = {tex(u)}$ we have ${what} = u^{{-1}}$, so by the chain rule
$$\frac{{d}}{{dz}} {what} = -u^{{-2}} \cdot \frac{{du}}{{dz}}
= -\frac{{1}}{{u^2}} \cdot \left({tex(sympy.diff(u, z))}\right) = {tex(slope)}.$$
The same in the sigmoid's own values: ${"" if k == 1 else k} {what}\,(1 - {what})$.
""",
    )


@CHAPTER.exercise("4.2", "One slope, two faces", covers="softmax-notes/sigmoid-derivative", points=3)
def two_faces() -> Problem:
    """e^{−x}/(1+e^{−x})² equals σ(x)(1−σ(x)), line by line."""
    start = sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2
    sigmas = (sigmoid(x), sympy.exp(x) / (1 + sympy.exp(x)))
    goal, *forms = (form for s in sigmas for form in (s * (1 - s), s - s**2, -s * (s - 1)))
    return Problem(
        statement=r"""
The lecture notes of 2024 give the slope of the sigmoid as $\dfrac{e^{-x}}{(1+e^{-x})^2}$. Show that this
is the same as $\sigma(x)\,(1 - \sigma(x))$, line by line.

Hand in a list of lines. The first is the fraction above, the last is $\sigma(x)(1 - \sigma(x))$, or the
same with $\sigma$ written out. Each line equals the one before it, and between the two stands at least one
step of yours. You may write `sigma(x)` wherever you like.
""",
        answers=(
            Derivation(
                "lines",
                start,
                goal,
                ("x",),
                SIGMOID,
                tuple(forms),
                example=(
                    "e^(-x) / (1 + e^(-x))^2",
                    "1/(1 + e^(-x)) * e^(-x)/(1 + e^(-x))",
                    "sigma(x) * e^(-x)/(1 + e^(-x))",
                    "sigma(x) * ((1 + e^(-x)) - 1)/(1 + e^(-x))",
                    "sigma(x) * (1 - 1/(1 + e^(-x)))",
                    "sigma(x) * (1 - sigma(x))",
                ),
            ),
        ),
        hints=(
            "Write the square below as a product: the fraction becomes a product of two fractions.",
            "One of the two is σ(x). What is the other one?",
            "In the numerator of the other one, add 1 and take it away again.",
        ),
        solution=r"""
Split the fraction, and in the second factor add $0 = 1 - 1$ to the numerator:
$$\frac{e^{-x}}{(1+e^{-x})^2} = \frac{1}{1+e^{-x}} \cdot \frac{e^{-x}}{1+e^{-x}}
= \sigma(x) \cdot \frac{(1 + e^{-x}) - 1}{1+e^{-x}} = \sigma(x) \left(1 - \frac{1}{1+e^{-x}}\right)
= \sigma(x)\,(1 - \sigma(x)).$$
""",
    )


LEAKS = [sympy.Rational(1, n) for n in (2, 4, 5, 10, 20, 100)]


@CHAPTER.exercise(
    "4.3",
    "The slope of ReLU (worksheet 10)",
    covers="worksheet/10",
    points=2,
    vary={"leak": LEAKS},
)
def relu_slope(leak: sympy.Rational = sympy.S.Zero) -> Problem:
    """ReLU, or with a leak its leaky sister: z for z > 0, leak · z elsewhere."""
    right, left = z, leak * z
    expected = sympy.Piecewise((sympy.diff(right, z), z > 0), (sympy.diff(left, z), True))
    mistakes = [
        Mistake("relu-for-derivative", sympy.Piecewise((right, z > 0), (left, True))),
        Mistake("height-for-slope", z),
        Mistake("height-for-slope", sympy.Piecewise((1, z > 0), (z, True))),
        Mistake("one-everywhere", sympy.S.One),
        Mistake("zero-everywhere", sympy.S.Zero),
        Mistake("sides-flipped", sympy.Piecewise((leak, z > 0), (1, True))),
        Mistake("relu-for-derivative+sides-flipped", sympy.Piecewise((left, z > 0), (right, True))),
        *(Mistake("bend-elsewhere", sympy.Piecewise((1, z > place), (leak, True))) for place in (1, -1)),
        Mistake("abs-slope", sympy.sign(z)),
        Mistake("integrated", sympy.Piecewise((right * z / 2, z > 0), (left * z / 2, True))),
    ]
    if not leak:
        mistakes += [Mistake("leak-extra", sympy.Piecewise((1, z > 0), (extra, True))) for extra in LEAKS]
    if leak:
        mistakes += [
            Mistake("leak-missing", sympy.Piecewise((1, z > 0), (0, True))),
            Mistake("height-for-slope", sympy.Piecewise((1, z > 0), (left, True))),
        ]
    name, below = (r"\mathrm{ReLU}", "0") if not leak else ("f", tex(left))
    which = "" if not leak else " (a *leaky* ReLU)"
    return Problem(
        statement=rf"""
Let ${name}(z) = z$ for $z > 0$ and ${name}(z) = {below}$ for $z \le 0${which}. What is ${name}'(z)$?

The answer is piecewise, an expression in $z$. As text it can be written like `"z if z > 0 else -z"`, which
would be $|z|$; with SymPy as `sympy.Piecewise((z, z > 0), (-z, True))`. The value at $z = 0$ is up to you.
""",
        answers=(
            Expression(
                "drelu_dz",
                expected,
                ("z",),
                tuple(with_sign(mistakes, expected)),
                measured="the slope measured",
                kinks=(("z", 0),),
            ),
        ),
        hints=(
            "Look at the picture: the graph is made of two straight lines. How steep is each?",
            "A slope does not depend on how high the line is, only on how fast it rises.",
        ),
        solution=rf"""
On each side of $0$ the graph is a straight line. For $z > 0$ it is $z$, with slope $1$; for $z < 0$ it is
${below}$, with slope ${tex(sympy.diff(left, z))}$. So
$${name}'(z) = {tex(expected)}$$
At $z = 0$ the slopes from the left and from the right differ, so there is no derivative: whichever value a
program uses there is a convention. Here it is the slope on the left.
""",
    )
