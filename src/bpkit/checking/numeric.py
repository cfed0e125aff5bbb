"""Are two expressions equal? Evaluate both, in high precision, at points where both are defined.

Computer algebra rejects right answers that it cannot rewrite into each other; two analytic expressions that agree
to 30 digits at several random points are equal. So evaluation decides, and algebra is asked only where no point
could be evaluated.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Literal

import mpmath
import sympy
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from .limits import TimeUp, time_limit
from .parsing import sigmoid, sigmoid_prime
from .verdict import Witness

CONTEXT = mpmath.mp.clone()  # a context of our own: nobody else's precision changes
CONTEXT.dps = 60
TOLERANCE = CONTEXT.mpf(10) ** -30
# Floats computed by Python carry 15 digits: 1/3.0 is meant as a third.
FLOAT_TOLERANCE = CONTEXT.mpf(10) ** -12
FLOOR = CONTEXT.mpf(10) ** -25
KINK = CONTEXT.mpf(10) ** -6
LARGEST = 10_000  # arguments of exp and the like; beyond it a number has too many digits to be of use
AGREEMENTS = 4

Value = Any  # mpf or mpc of CONTEXT: mpmath has no types


class Undefined(Exception):
    """An expression has no (real) value at this point, or stands too near to a kink."""


class Unknown(Exception):
    """An expression holds something that cannot be evaluated here."""


@dataclass(frozen=True)
class Comparison:
    """Whether two expressions are equal, and if they differ, where.

    Parameters
    ----------
    status
        ``"equal"``, ``"different"`` or ``"undecided"``.
    witness
        For ``"different"``: a point, with both values.
    """

    status: Literal["equal", "different", "undecided"]
    witness: Witness | None = None


def evaluate(expr: sympy.Basic, point: Mapping[str, Value], real: bool = True) -> Value:
    """Evaluate `expr` from the bottom up to 60 digits, without generating or running code.

    Parameters
    ----------
    expr
        A SymPy expression; symbols are told apart by name alone, whatever their assumptions.
    point
        Each symbol's value.
    real
        Whether an intermediate value that is not real means "undefined".

    Raises
    ------
    Undefined
        At a pole, outside the domain, within 1e-6 of a kink or jump, or where a value is too large.
    Unknown
        If `expr` holds a symbol without a value or a function that is not in the table.
    """
    memo: dict[sympy.Basic, Value] = {}

    def visit(node: sympy.Basic) -> Value:
        if node not in memo:
            memo[node] = compute(node)
        return memo[node]

    def compute(node: sympy.Basic) -> Value:
        if isinstance(node, sympy.Symbol):
            if node.name not in point:
                raise Unknown(node.name)
            return point[node.name]
        if isinstance(node, sympy.Rational):
            return CONTEXT.mpf(node.p) / node.q
        if isinstance(node, sympy.Float):
            return CONTEXT.mpf(str(node))
        if type(node) in CONSTANTS:
            return CONSTANTS[type(node)]
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
            return (
                not values[0] if isinstance(node, sympy.Not) else (all if isinstance(node, sympy.And) else any)(values)
            )
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
    if abs(left - right) < KINK and not (left == right and not node.free_symbols):
        raise Undefined("too near to where the comparison changes")
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
            raise Undefined("too large")
        return function(x)

    return call


def _power(base: Value, exponent: Value) -> Value:
    if base == 0:
        if not isinstance(exponent, CONTEXT.mpc) and exponent > 0:
            return CONTEXT.zero
        raise Undefined("a power of zero")
    if abs(exponent) * abs(CONTEXT.log(abs(base))) > LARGEST:
        raise Undefined("too large")
    return base**exponent


def _log(x: Value) -> Value:
    if x == 0:
        raise Undefined("the logarithm of zero")
    return CONTEXT.log(x)


def _sign(x: Value, *_: Value) -> Value:
    if isinstance(x, CONTEXT.mpc) or abs(x) < KINK:
        raise Undefined("at the jump")
    return CONTEXT.mpf(1 if x > 0 else -1)


def _ordered(choose: Callable[[Sequence[Value]], Value]) -> Callable[..., Value]:
    def call(*values: Value) -> Value:
        if any(isinstance(value, CONTEXT.mpc) for value in values):
            raise Undefined("complex numbers have no order")
        return choose(values)

    return call


CONSTANTS: dict[type, Value] = {
    sympy.core.numbers.Pi: +CONTEXT.pi,
    sympy.core.numbers.Exp1: +CONTEXT.e,
    sympy.core.numbers.EulerGamma: +CONTEXT.euler,
    sympy.core.numbers.GoldenRatio: +CONTEXT.phi,
    sympy.core.numbers.ImaginaryUnit: CONTEXT.mpc(0, 1),
}
OPERATIONS: dict[type, Callable[..., Value]] = {
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
    getattr(sympy, name): _bounded(getattr(CONTEXT, name))
    for name in (
        "sin cos tan cot sec csc asin acos atan acot asec acsc "
        "sinh cosh tanh coth sech csch asinh acosh atanh acoth re im conjugate"
    ).split()
}
KINKED = (Relational, sympy.Abs, sympy.sign, sympy.Heaviside, sympy.Max, sympy.Min)


def equivalent(
    given: sympy.Basic,
    expected: sympy.Basic,
    symbols: Iterable[str | sympy.Symbol] | None = None,
    assume: Callable[[dict[str, Value]], dict[str, Value]] | None = None,
    telling: bool = True,
) -> Comparison:
    """Decide whether two expressions, or two matrices of them, are equal.

    Parameters
    ----------
    given, expected
        SymPy expressions, matrices or tuples of equal shape.
    symbols
        The symbols that `assume` needs, besides those that occur in either.
    assume
        Makes a random point one that keeps a stated assumption (such as Σ y_i = 1).
    telling
        Whether a witness is wanted; without it, a difference is found in half the time.

    Returns
    -------
    Comparison
        ``"different"`` with the point as witness after one mismatch, ``"equal"`` after four agreements and no
        mismatch; where too few points can be evaluated, what algebra says within a second, else ``"undecided"``.
    """
    pairs = list(zip(entries(given), entries(expected), strict=False))
    if len(entries(given)) != len(entries(expected)):
        return Comparison("different")
    occurring = {s.name for pair in pairs for e in pair for s in e.free_symbols}
    # A symbol that is declared and does not occur costs time at every point; only an assumption may need it.
    names = sorted(occurring | {str(s) for s in (symbols or ()) if assume})
    statuses = []
    for index, (left, right) in enumerate(pairs):
        found = _equivalent(left, right, names, assume, telling)
        if found.status == "different":
            if found.witness and len(pairs) > 1:
                point = {"entry": str(index + 1), **found.witness.point}
                return Comparison("different", Witness(point, found.witness.given, found.witness.expected))
            return found
        statuses.append(found.status)
    return Comparison("equal" if all(status == "equal" for status in statuses) else "undecided")


def entries(value: sympy.Basic) -> list[sympy.Basic]:
    """Return the expressions in a matrix or nested tuple, row by row; an expression is its own only entry."""
    if isinstance(value, sympy.MatrixBase):
        return list(value)
    if isinstance(value, sympy.Tuple):
        return [entry for part in value for entry in entries(part)]
    return [value]


def _equivalent(
    given: sympy.Basic,
    expected: sympy.Basic,
    names: Sequence[str],
    assume: Callable[[dict[str, Value]], dict[str, Value]] | None,
    telling: bool,
) -> Comparison:
    if given == expected:
        return Comparison("equal")
    tolerance = FLOAT_TOLERANCE if given.has(sympy.Float) else TOLERANCE
    agreements = 0
    try:
        for stage in stages(names, given, expected, assume):
            for point, real in stage:
                values = _both(given, expected, point, real)
                if values is None:
                    continue
                if not agree(*values, tolerance):
                    shown = _witness(given, expected, point, values, names, assume) if telling else None
                    return Comparison("different", shown)
                agreements += 1
            if agreements >= (AGREEMENTS if names else 1):
                return Comparison("equal")
    except Unknown:
        return Comparison("undecided")
    return Comparison("equal" if _algebra_says_equal(given, expected) else "undecided")


def agree(left: Value, right: Value, tolerance: Value = TOLERANCE) -> bool:
    """Tell whether two values are the same up to rounding."""
    return bool(abs(left - right) <= tolerance * max(abs(left), abs(right), FLOOR))


def _both(given: sympy.Basic, expected: sympy.Basic, point: dict[str, Value], real: bool) -> tuple[Value, Value] | None:
    try:
        return evaluate(given, point, real), evaluate(expected, point, real)
    except Undefined:
        return None


def stages(
    names: Sequence[str],
    given: sympy.Basic,
    expected: sympy.Basic,
    assume: Callable[[dict[str, Value]], dict[str, Value]] | None = None,
) -> Iterator[Iterable[tuple[dict[str, Value], bool]]]:
    """Yield groups of seeded points, each point with whether values there must be real.

    Real points come first; where an expression has kinks, more of them, reaching beyond every number that occurs
    in it, so that each piece is met. Then, for roots and logarithms, positive ones; complex ones come last, for
    expressions that are real hardly anywhere. The caller stops after a group once it has seen enough.
    """
    rng = random.Random(20_240_423)
    keep = assume or (lambda point: point)

    def draw(low: float, high: float) -> Value:
        return CONTEXT.mpf(rng.randrange(10**40)) / 10**40 * (high - low) + low

    def real(count: int, low: float, high: float) -> Iterator[tuple[dict[str, Value], bool]]:
        return ((keep({name: draw(low, high) for name in names}), True) for _ in range(count))

    if given.has(*KINKED) or expected.has(*KINKED):
        pieces = ((keep(point), True) for point in _between(names, (given, expected), draw))
        yield chain(real(24, -3, 3), pieces)
    else:
        yield real(8, -3, 3)
    yield real(8, 0.1, 4)
    yield real(8, 0.01, 0.99)
    yield ((keep({name: CONTEXT.mpc(draw(-2, 2), draw(-2, 2)) for name in names}), False) for _ in range(8))


def _between(
    names: Sequence[str], exprs: Sequence[sympy.Basic], draw: Callable[[float, float], Value]
) -> Iterator[dict[str, Value]]:
    """Yield points between and beyond all numbers that occur in expressions with kinks, so that each piece is met."""
    numbers = {float(n) for expr in exprs for n in expr.atoms(sympy.Number) if n.is_finite and abs(n) < 1e9}
    edges = sorted(numbers | {-number for number in numbers} | {0.0})
    cells = [(edges[0] * 2 - 1, edges[0]), *pairwise(edges), (edges[-1], edges[-1] * 2 + 1)]
    for low, high in cells[:60]:
        for moving in names:
            yield {name: draw(low, high) if name == moving else draw(-3, 3) for name in names}
        yield {name: draw(low, high) for name in names}


def _witness(
    given: sympy.Basic,
    expected: sympy.Basic,
    point: dict[str, Value],
    values: tuple[Value, Value],
    names: Sequence[str],
    assume: Callable[[dict[str, Value]], dict[str, Value]] | None,
) -> Witness:
    """Show the difference at a point that reads well, such as x = 1.3, where there is one."""
    rng = random.Random(7)
    for _ in range(12):
        simple = {name: CONTEXT.mpf(rng.choice([-17, -13, -7, 3, 7, 13, 17])) / 10 for name in names}
        simple = assume(simple) if assume else simple
        found = _both(given, expected, simple, True)
        if found and short(found[0]) != short(found[1]):
            point, values = simple, found
            break
    digits = next((d for d in (4, 8, 16, 32) if short(values[0], d) != short(values[1], d)), 32)
    occurring = {s.name for e in (given, expected) for s in e.free_symbols}
    return Witness(
        {name: short(value) for name, value in point.items() if name in occurring},
        short(values[0], digits),
        short(values[1], digits),
    )


def short(value: Value, digits: int = 4) -> str:
    """Write a number with a few significant digits."""
    text = str(CONTEXT.nstr(value, digits, min_fixed=-4, max_fixed=6))
    return text.removesuffix(".0").replace("-", "−")


def _algebra_says_equal(given: sympy.Basic, expected: sympy.Basic) -> bool:
    try:
        with time_limit(1.0):
            return bool(sympy.simplify(given - expected) == 0)
    except TimeUp:
        return False
    except Exception:  # whatever algebra stumbles over, it has not shown them equal
        return False


def constant_ratio(
    given: sympy.Basic,
    expected: sympy.Basic,
    symbols: Iterable[str] = (),
    assume: Callable[[dict[str, Value]], dict[str, Value]] | None = None,
) -> sympy.Rational | None:
    """Return the simple number, not 1, by which `given` is `expected` times it everywhere, if there is one."""
    names = sorted({*symbols, *(s.name for e in (given, expected) for s in e.free_symbols)})
    ratios: list[Value] = []
    try:
        for point, real in next(stages(names, given, expected, assume)):
            values = _both(given, expected, point, real)
            if values is None or values[0] == values[1] == 0:
                continue
            if values[1] == 0:
                return None
            ratios.append(values[0] / values[1])
    except Unknown:
        return None
    if len(ratios) < AGREEMENTS or not all(agree(ratio, ratios[0]) for ratio in ratios):
        return None
    for denominator in range(1, 13):
        scaled = ratios[0] * denominator
        nearest = CONTEXT.nint(scaled)
        if 0 < abs(scaled) < 100 and abs(scaled - nearest) < TOLERANCE and nearest != denominator:
            return sympy.Rational(int(nearest), denominator)
    return None


def is_unevaluated(expr: sympy.Basic) -> bool:
    """Tell whether `expr` still holds a derivative or integral to be worked out, or an unknown function."""
    return bool(expr.has(sympy.Derivative, sympy.Integral, sympy.Subs, sympy.Limit, sympy.Sum, AppliedUndef))
