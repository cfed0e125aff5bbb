"""The value of an expression at a point, to 60 digits, without generating or running code.

An expression becomes a list of steps, the parts before the whole, each part once. Running that list at many points
is several times quicker than walking the tree at each.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial, reduce
from typing import Any

import mpmath
import sympy
from sympy.core.relational import Relational

from .sigmoid import sigmoid, sigmoid_prime

CONTEXT = mpmath.mp.clone()  # a context of our own: nobody else's precision changes
CONTEXT.dps = 60
KINK = CONTEXT.mpf(10) ** -40  # so near to a jump, rounding decides on which side of it a value is
MOST_DIGITS = 15_000  # binary ones, before the point or after it, that are still of use
LARGEST = CONTEXT.mpf(2) ** MOST_DIGITS
LARGEST_EXPONENT = 10_000  # of exp and the like

Value = Any  # mpf or mpc of CONTEXT, or the truth of a condition: mpmath has no types
Point = Mapping[str, Value]
Operation = Callable[..., Value]


class Undefined(Exception):
    """An expression has no (real) value at this point."""


class TooNear(Undefined):
    """The point stands so near to a kink or jump that rounding decides."""


class TooLarge(Undefined):
    """A value has too many digits to be computed."""


class Unknown(Exception):
    """An expression holds something that cannot be evaluated here."""


def evaluate(expr: sympy.Basic, point: Point, real: bool = True, memo: dict[sympy.Basic, Value] | None = None) -> Value:
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
        Values of parts at the same point that are known already; the whole's is added.

    Raises
    ------
    Undefined
        At a pole or outside the domain; as `TooNear` on a kink or jump, as `TooLarge` where a value is.
    Unknown
        If `expr` holds a symbol without a value or a function that is not in the table.
    """
    if memo is None:
        return program(expr).at(point, real)
    if expr not in memo:
        memo[expr] = Program(expr, memo).at(point, real)
    return memo[expr]


class Program:
    """An expression as a list of steps.

    Parameters
    ----------
    expr
        The expression.
    known
        Values of parts that are known already.

    Raises
    ------
    Unknown
        If `expr` holds a function that is not in the table.
    """

    def __init__(self, expr: sympy.Basic, known: Mapping[sympy.Basic, Value] | None = None) -> None:
        self.known = known or {}
        self.places: dict[sympy.Basic, int] = {}  # where each part's value stands in the list of values
        self.steps: list[tuple[Operation | None, Any]] = []
        self.add(expr)

    def add(self, node: sympy.Basic) -> int:
        """Add the steps that compute `node` and return where its value will stand."""
        if node not in self.places:
            step = self.step(node)
            self.places[node] = len(self.steps)
            self.steps.append(step)
        return self.places[node]

    def step(self, node: sympy.Basic) -> tuple[Operation | None, Any]:
        """Return an operation with the places of its arguments; without an operation, a symbol's name or a number."""
        if node in self.known:
            return None, self.known[node]
        if isinstance(node, sympy.Symbol):
            return None, node.name
        if isinstance(node, sympy.Rational):
            return None, CONTEXT.mpf(node.p) / node.q
        if isinstance(node, sympy.Float):
            return None, CONTEXT.mpf(str(node))
        if node is sympy.true or node is sympy.false:
            return None, node is sympy.true
        if isinstance(node, sympy.Piecewise):  # of its pieces only one is computed: the others may have no value
            pieces = [(Program(value), Program(condition)) for value, condition in (piece.args for piece in node.args)]
            return partial(_chosen, pieces), None
        if isinstance(node, sympy.Pow) and isinstance(node.exp, sympy.Integer):
            return partial(_whole_power, exponent=int(node.exp)), [self.add(node.base)]
        operation = partial(_compare, node) if isinstance(node, Relational) else OPERATIONS.get(type(node))
        if operation is None:
            raise Unknown(type(node).__name__)
        return operation, [self.add(part) for part in node.args]

    def at(self, point: Point, real: bool = True) -> Value:
        """Run the steps at `point`; see `evaluate`."""
        values: list[Value] = []
        for operation, places in self.steps:
            if operation is None:
                result = point.get(places) if type(places) is str else places
                if result is None:
                    raise Unknown(places)
            else:
                try:
                    if places is None:
                        result = operation(point, real)
                    else:
                        result = operation(*[values[place] for place in places])
                except (ZeroDivisionError, ValueError, OverflowError, mpmath.libmp.ComplexResult):
                    raise Undefined("outside the domain") from None
                if type(result) is CONTEXT.mpc:
                    if result.imag == 0:
                        result = result.real
                    elif real:
                        raise Undefined("not real")
            values.append(result)
        return values[-1]


@lru_cache(maxsize=4096)
def program(expr: sympy.Basic) -> Program:
    """Return the program of `expr`, made once."""
    return Program(expr)


def _chosen(pieces: Sequence[tuple[Program, Program]], point: Point, real: bool) -> Value:
    for value, condition in pieces:
        if condition.at(point, real):
            return value.at(point, real)
    raise Undefined("no branch holds")


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


def _bounded(function: Callable[[Value], Value], largest: Value = LARGEST) -> Callable[[Value], Value]:
    def call(x: Value) -> Value:
        if abs(x) > largest:
            raise TooLarge("the argument of a function")
        result = function(x)
        if not CONTEXT.isfinite(result):
            raise Undefined("not finite")
        return result

    return call


def _growing(function: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return _bounded(function, LARGEST_EXPONENT)


def _whole_power(base: Value, exponent: int) -> Value:
    if exponent == 2:
        return base * base
    if exponent == -1:
        return 1 / base
    if base and abs(exponent * CONTEXT.mag(base)) > MOST_DIGITS:
        raise TooLarge("a power")
    return base**exponent


def _power(base: Value, exponent: Value) -> Value:
    if base == 0:
        if not isinstance(exponent, CONTEXT.mpc) and exponent > 0:
            return CONTEXT.zero
        raise Undefined("a power of zero")
    if abs(exponent * CONTEXT.mag(base)) > MOST_DIGITS:
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


def _between(x: Value) -> Value:
    """Return a real number that is not so near to a whole one that rounding decides which it is."""
    if isinstance(x, CONTEXT.mpc):
        raise Undefined("complex numbers have no order")
    if 0 < abs(x - CONTEXT.nint(x)) < KINK:
        raise TooNear("the jump")
    return x


def _ordered(choose: Callable[[Sequence[Value]], Value]) -> Operation:
    def call(*values: Value) -> Value:
        if any(isinstance(value, CONTEXT.mpc) for value in values):
            raise Undefined("complex numbers have no order")
        return choose(values)

    return call


OPERATIONS: dict[type, Operation] = {
    type(sympy.pi): lambda: +CONTEXT.pi,
    type(sympy.E): lambda: +CONTEXT.e,
    type(sympy.EulerGamma): lambda: +CONTEXT.euler,
    type(sympy.GoldenRatio): lambda: +CONTEXT.phi,
    type(sympy.I): lambda: CONTEXT.mpc(0, 1),
    sympy.Add: lambda *terms: reduce(operator.add, terms),
    sympy.Mul: lambda *factors: reduce(operator.mul, factors),
    sympy.Pow: _power,
    sympy.exp: _growing(CONTEXT.exp),
    sympy.log: _log,
    sympy.Abs: abs,
    sympy.sign: _sign,
    sympy.Heaviside: lambda x, *_: (_sign(x) + 1) / 2,
    sympy.DiracDelta: lambda x, *_: _sign(x) * 0,
    sympy.floor: lambda x: CONTEXT.floor(_between(x)),
    sympy.ceiling: lambda x: CONTEXT.ceil(_between(x)),
    sympy.Max: _ordered(max),
    sympy.Min: _ordered(min),
    sympy.And: lambda *truths: all(truths),
    sympy.Or: lambda *truths: any(truths),
    sympy.Not: lambda truth: not truth,
    sympy.factorial: _growing(CONTEXT.factorial),
    sympy.gamma: _growing(CONTEXT.gamma),
    sympy.erf: _bounded(CONTEXT.erf),
    sigmoid: _growing(lambda z: 1 / (1 + CONTEXT.exp(-z))),
    sigmoid_prime: _growing(lambda z: CONTEXT.exp(-z) / (1 + CONTEXT.exp(-z)) ** 2),
} | {
    function: bounded(getattr(CONTEXT, function.__name__))
    for bounded, functions in (
        (_growing, (sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch)),
        (_bounded, (sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc)),
        (_bounded, (sympy.asin, sympy.acos, sympy.atan, sympy.acot, sympy.asec, sympy.acsc)),
        (_bounded, (sympy.asinh, sympy.acosh, sympy.atanh, sympy.acoth, sympy.re, sympy.im, sympy.conjugate)),
    )
    for function in functions
}
