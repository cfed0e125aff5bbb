"""What the known mistakes make of the derivative of a composition, generated from its links."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import sympy

from .verdict import Mistake


def chain_mistakes(links: Sequence[tuple[str, sympy.Expr]]) -> tuple[Mistake, ...]:
    """Generate what the known mistakes would give for the derivative of a composition.

    Parameters
    ----------
    links
        The chain from the outside in, as (variable, expression in that variable): for f = 4u², u = x − 2 it is
        ``(("u", 4*u**2), ("x", x - 2))``. The last variable is the one to differentiate by.

    Returns
    -------
    tuple of Mistake
        One for each way to drop a link's slope, to take a slope at the wrong place, to add slopes, and so on.
    """
    last = sympy.Symbol(links[-1][0])

    def inside(expr: sympy.Expr, depth: int) -> sympy.Expr:
        """Write link `depth`'s variable out in the last one."""
        for (name, _), (_, inner) in zip(links[depth:-1], links[depth + 1 :], strict=True):
            expr = expr.subs(sympy.Symbol(name), inner)
        return expr

    raw = [sympy.diff(expr, sympy.Symbol(name)) for name, expr in links]
    slopes = [inside(slope, depth) for depth, slope in enumerate(raw)]
    at_x = [slope.subs(sympy.Symbol(name), last) for slope, (name, _) in zip(raw, links, strict=True)]
    product = sympy.Mul(*slopes)
    found = [Mistake("sign", -product), Mistake("slopes-added", sympy.Add(*slopes))]
    for count in range(1, len(links)):
        for kept in combinations(range(len(links)), count):
            # The innermost link that is left out tells what was forgotten.
            slug = "inner-derivative-dropped" if 0 in kept else "outer-derivative-dropped"
            found.append(Mistake(slug, sympy.Mul(*(slopes[index] for index in kept))))
    found.append(Mistake("outer-at-inner-slope", sympy.Mul(*at_x)))
    found.append(Mistake("not-differentiated", inside(links[0][1], 0)))
    plain = [expr.subs(sympy.Symbol(name), last) for name, expr in links]
    found.append(Mistake("composition-as-product", sympy.diff(sympy.Mul(*plain), last)))
    for depth in range(len(links)):
        for slipped in power_slips(*links[depth]):
            others = [slope for index, slope in enumerate(slopes) if index != depth]
            found.append(Mistake("power-slip", sympy.Mul(*others, inside(slipped, depth))))
    # A link with slope 1 can be dropped without harm.
    return tuple(mistake for mistake in found if mistake.result != product)


def power_slips(name: str, expr: sympy.Expr) -> list[sympy.Expr]:
    """Differentiate a polynomial in `name` with a slip: the exponent forgotten as a factor, or not lowered."""
    x = sympy.Symbol(name)
    if not expr.is_polynomial(x):
        return []
    terms = sympy.Poly(expr, x).terms()
    no_factor = sympy.Add(*(c * x ** max(n - 1, 0) for (n,), c in terms if n))
    not_lowered = sympy.Add(*(n * c * x**n for (n,), c in terms if n))
    right = sympy.diff(expr, x)
    return [slip for slip in (no_factor, not_lowered) if slip != right]
