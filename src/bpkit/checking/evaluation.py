"""The value of an expression at a point: from the bottom up, to 60 digits, without generating or running code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import mpmath
import sympy
from sympy.core.relational import Relational

from .sigmoid import sigmoid, sigmoid_prime

CONTEXT = mpmath.mp.clone()  # a context of our own: nobody else's precision changes
CONTEXT.dps = 60
KINK = CONTEXT.mpf(10) ** -40  # so near to a jump, rounding decides on which side of it a value is
LARGEST = 10_000  # arguments of exp and the like; beyond it a number has too many digits to be of use

Value = Any  # mpf or mpc of CONTEXT: mpmath has no types


class Undefined(Exception):
    """An expression has no (real) value at this point."""


class TooNear(Undefined):
    """The point stands so near to a kink or jump that rounding decides."""


class TooLarge(Undefined):
    """A value has too many digits to be computed."""


class Unknown(Exception):
    """An expression holds something that cannot be evaluated here."""


def evaluate(
    expr: sympy.Basic, point: Mapping[str, Value], real: bool = True, memo: dict[sympy.Basic, Value] | None = None
) -> Value:
    """Evaluate `expr` at `point`.

    Parameters
    ----------
    expr
        A SymPy expression; symbols are told apart by name alone, whatever their assumptions.
    point
        Each symbol's value.
    real
        Whether an intermediate value that is not real means "undefined".
    memo
        Values at the same point that are known already; the new ones are added.

    Raises
    ------
    Undefined
        At a pole or outside the domain; as `TooNear` on a kink or jump, as `TooLarge` where a value is.
    Unknown
        If `expr` holds a symbol without a value or a function that is not in the table.
    """
    known = {} if memo is None else memo

    def visit(node: sympy.Basic) -> Value:
        if node not in known:
            known[node] = compute(node)
        return known[node]

    def compute(node: sympy.Basic) -> Value:
        if isinstance(node, sympy.Symbol):
            if node.name not in point:
                raise Unknown(node.name)
            return point[node.name]
        if isinstance(node, sympy.Rational):
            return CONTEXT.mpf(node.p) / node.q
        if isinstance(node, sympy.Float):
            return CONTEXT.mpf(str(node))
        if isinstance(node, sympy.Piecewise):
            for value, condition in (branch.args for branch in node.args):
                if visit(condition):
                    return visit(value)
            raise Undefined("no branch holds")
        if node is sympy.true or node is sympy.false:
            return node is sympy.true
        if isinstance(node, Relational):
            return _compare(node, visit(node.lhs), visit(node.rhs))
        if isinstance(node, sympy.And | sympy.Or | sympy.Not):
            values = list(map(visit, node.args))
            return (all if isinstance(node, sympy.And) else any)(values) != isinstance(node, sympy.Not)
        if type(node) not in OPERATIONS:
            raise Unknown(type(node).__name__)
        try:
            result = OPERATIONS[type(node)](*map(visit, node.args))
        except (ZeroDivisionError, ValueError, OverflowError, mpmath.libmp.ComplexResult):
            raise Undefined("outside the domain") from None
        if isinstance(result, CONTEXT.mpc):
            if result.imag == 0:
                result = result.real
            elif real:
                raise Undefined("not real")
        if not CONTEXT.isfinite(result):
            raise Undefined("not finite")
        return result

    return visit(expr)


def _compare(node: Relational, left: Value, right: Value) -> bool:
    if isinstance(left, CONTEXT.mpc) or isinstance(right, CONTEXT.mpc):
        raise Undefined("complex numbers have no order")
    near = abs(left - right) < KINK * max(1, abs(left), abs(right))
    if near and not (left == right and not node.free_symbols):
        raise TooNear("where the comparison changes")
    less, equal = left < right, left == right
    truths: dict[type[Relational], bool] = {
        sympy.StrictLessThan: less,
        sympy.LessThan: less or equal,
        sympy.StrictGreaterThan: not less and not equal,
        sympy.GreaterThan: not less,
        sympy.Equality: equal,
        sympy.Unequality: not equal,
    }
    if type(node) not in truths:
        raise Unknown(type(node).__name__)
    return truths[type(node)]


def _bounded(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    def call(x: Value) -> Value:
        if abs(x) > LARGEST:
            raise TooLarge("the argument of a function")
        return function(x)

    return call


def _power(base: Value, exponent: Value) -> Value:
    if base == 0:
        if not isinstance(exponent, CONTEXT.mpc) and exponent > 0:
            return CONTEXT.zero
        raise Undefined("a power of zero")
    if abs(exponent) * abs(CONTEXT.log(abs(base))) > LARGEST:
        raise TooLarge("a power")
    return base**exponent


def _log(x: Value) -> Value:
    if x == 0:
        raise Undefined("the logarithm of zero")
    return CONTEXT.log(x)


def _sign(x: Value, *_: Value) -> Value:
    if isinstance(x, CONTEXT.mpc):
        raise Undefined("complex numbers have no sign")
    if abs(x) < KINK:
        raise TooNear("the jump")
    return CONTEXT.mpf(1 if x > 0 else -1)


def _ordered(choose: Callable[[Sequence[Value]], Value]) -> Callable[..., Value]:
    def call(*values: Value) -> Value:
        if any(isinstance(value, CONTEXT.mpc) for value in values):
            raise Undefined("complex numbers have no order")
        return choose(values)

    return call


OPERATIONS: dict[type, Callable[..., Value]] = {
    type(sympy.pi): lambda: +CONTEXT.pi,
    type(sympy.E): lambda: +CONTEXT.e,
    type(sympy.EulerGamma): lambda: +CONTEXT.euler,
    type(sympy.GoldenRatio): lambda: +CONTEXT.phi,
    type(sympy.I): lambda: CONTEXT.mpc(0, 1),
    sympy.Add: lambda *terms: CONTEXT.fsum(terms),
    sympy.Mul: lambda *factors: CONTEXT.fprod(factors),
    sympy.Pow: _power,
    sympy.exp: _bounded(CONTEXT.exp),
    sympy.log: _log,
    sympy.Abs: abs,
    sympy.sign: _sign,
    sympy.Heaviside: lambda x, *_: (_sign(x) + 1) / 2,
    sympy.DiracDelta: lambda x, *_: _sign(x) * 0,
    sympy.Max: _ordered(max),
    sympy.Min: _ordered(min),
    sympy.factorial: _bounded(CONTEXT.factorial),
    sympy.gamma: _bounded(CONTEXT.gamma),
    sympy.erf: _bounded(CONTEXT.erf),
    sigmoid: _bounded(lambda z: 1 / (1 + CONTEXT.exp(-z))),
    sigmoid_prime: _bounded(lambda z: CONTEXT.exp(-z) / (1 + CONTEXT.exp(-z)) ** 2),
} | {
    function: _bounded(getattr(CONTEXT, function.__name__))
    for function in (
        *(sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc),
        *(sympy.asin, sympy.acos, sympy.atan, sympy.acot, sympy.asec, sympy.acsc),
        *(sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch),
        *(sympy.asinh, sympy.acosh, sympy.atanh, sympy.acoth),
        *(sympy.re, sympy.im, sympy.conjugate),
    )
}
