"""Chapter 00: how the workbook works, with a first check."""

from __future__ import annotations

import sympy

from bpkit.checking import Expression, Mistake
from bpkit.checking.chains import power_slips

from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter("00_start_here", "Start here")

x = sympy.Symbol("x")


@CHAPTER.exercise("0.1", "A first check", points=1, vary={"n": range(2, 8), "a": range(2, 10)})
def first_check(n: int = 2, a: int = 3) -> Problem:
    """The derivative of a·xⁿ, to see how answers are given."""
    f = a * x**n
    mistakes = [
        Mistake("not-differentiated", f),
        Mistake("integrated", sympy.integrate(f, x)),
        Mistake("factor-inverted", n * a * x ** (1 - n)),
        *(Mistake("power-slip", slip) for slip in power_slips("x", f)),
    ]
    return Problem(
        statement=rf"Differentiate $f(x) = {tex(f)}$.",
        answers=(Expression("df_dx", sympy.diff(f, x), ("x",), tuple(mistakes), measured="the slope of f measured"),),
        hints=(
            "Which rule differentiates a power of x?",
            "The exponent comes down as a factor, and is then one lower.",
        ),
        solution=rf"By the power rule the exponent {n} comes down: $f'(x) = {tex(sympy.diff(f, x))}$.",
    )
