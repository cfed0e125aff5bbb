"""Two forms in which right answers come and that cannot be evaluated as they stand, brought into one that can."""

from __future__ import annotations

import sympy
from sympy.core.relational import Relational

BOUNDS = (sympy.Max, sympy.Min)


def comparable(expr: sympy.Expr) -> sympy.Expr:
    """Return what is equal to `expr` for real symbols, without SymPy's leftovers and without max inside a comparison.

    A derivative that waits to be worked out stays: it hands the question back.
    """
    return _without_bounds(_without_leftovers(expr))


def _without_leftovers(expr: sympy.Expr) -> sympy.Expr:
    """Work out the derivatives of real and imaginary parts that SymPy leaves in that of |u|.

    It does where it does not know that the symbols are real.
    """
    real = {symbol: sympy.Symbol(symbol.name, real=True) for symbol in expr.free_symbols}
    left = [waiting for waiting in expr.atoms(sympy.Derivative) if isinstance(waiting.expr, sympy.re | sympy.im)]
    return expr.xreplace({waiting: waiting.xreplace(real).doit() for waiting in left})


def _without_bounds(expr: sympy.Expr) -> sympy.Expr:
    """Compare each argument of a max or min by itself.

    max(0, u) > 0 says u > 0. As it stands, both sides are equal wherever u is negative, and rounding would decide. The
    sign of a max is the max of the signs, for the same reason.
    """
    signs = {
        sign: sign.args[0].func(*map(sympy.sign, sign.args[0].args))
        for sign in expr.atoms(sympy.sign)
        if isinstance(sign.args[0], BOUNDS)
    }
    asked = {relation: _apart(relation) for relation in expr.atoms(Relational)}
    return expr.xreplace(signs | {relation: apart for relation, apart in asked.items() if apart != relation})


def _apart(relation: sympy.Basic) -> sympy.Basic:
    """Write a comparison with a max or min as one of all its arguments, or of any."""
    if not isinstance(relation, Relational):
        return relation  # SymPy knows already whether it holds
    if isinstance(relation.rhs, BOUNDS) and not isinstance(relation.lhs, BOUNDS):
        relation = relation.reversed
    bound, other = relation.args
    if not isinstance(bound, BOUNDS):
        return relation
    if isinstance(relation, sympy.Ne):
        return sympy.Or(_apart(sympy.Gt(bound, other)), _apart(sympy.Lt(bound, other)))
    if isinstance(relation, sympy.Eq):
        return sympy.And(_apart(sympy.Ge(bound, other)), _apart(sympy.Le(bound, other)))
    upwards = isinstance(relation, sympy.Gt | sympy.Ge)
    join = sympy.Or if upwards == isinstance(bound, sympy.Max) else sympy.And
    return join(*(relation.func(part, other) for part in bound.args))
