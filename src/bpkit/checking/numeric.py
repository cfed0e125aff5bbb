"""Are two expressions equal? Evaluate both, in high precision, at points where both are defined.

Computer algebra rejects right answers that it cannot rewrite into each other; two analytic expressions that agree
to 30 digits at several random points are equal. So evaluation decides, and algebra is asked only where no point
could be evaluated.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, pairwise, product
from typing import Literal

import sympy
from sympy.core.relational import Relational

from .bounds import MAX_EXPONENT
from .evaluation import CONTEXT, TooLarge, TooNear, Undefined, Unknown, Value, evaluate
from .limits import TimeUp, within
from .verdict import Witness

TOLERANCE = CONTEXT.mpf(10) ** -30
# Floats computed by Python carry 15 digits: 1/3.0 is meant as a third.
FLOAT_TOLERANCE = CONTEXT.mpf(10) ** -12
FLOOR = CONTEXT.mpf(10) ** -25
AGREEMENTS = 4
KINKED = (Relational, sympy.Piecewise, sympy.Abs, sympy.sign, sympy.Heaviside, sympy.Max, sympy.Min)
WAITING = (sympy.Derivative, sympy.Integral, sympy.Subs, sympy.Limit, sympy.Sum)  # for somebody to work them out
ALGEBRA = 0.5  # seconds that algebra may take
MAX_EDGES = 40
NEAR = (1e-1, 1e-3, 1e-5)

Assumption = Callable[[dict[str, Value]], dict[str, Value]]
Point = tuple[dict[str, Value], bool]  # each symbol's value, and whether what is computed there must be real


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


def equivalent(
    given: sympy.Basic,
    expected: sympy.Basic,
    symbols: Iterable[str | sympy.Symbol] | None = None,
    assume: Assumption | None = None,
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
        mismatch; where too few points can be evaluated, what algebra says in half a second, else ``"undecided"``.
    """
    left, right = entries(given), entries(expected)
    if len(left) != len(right):
        return Comparison("different")
    statuses = []
    for index, (mine, theirs) in enumerate(zip(left, right, strict=True)):
        found = _Pair(mine, theirs, tuple(map(str, symbols or ())), assume).compare(telling)
        if found.status == "different":
            if found.witness and len(left) > 1:
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


def agree(left: Value, right: Value, tolerance: Value = TOLERANCE) -> bool:
    """Tell whether two values are the same up to rounding; None is no value, and the same as nothing."""
    if left is None or right is None:
        return False
    return bool(abs(left - right) <= tolerance * max(abs(left), abs(right), FLOOR))


@dataclass(frozen=True)
class _Pair:
    """Two expressions that are compared, with what their points must keep to."""

    given: sympy.Basic
    expected: sympy.Basic
    symbols: tuple[str, ...] = ()
    assume: Assumption | None = None

    @cached_property
    def occurring(self) -> set[str]:
        return {symbol.name for expr in (self.given, self.expected) for symbol in expr.free_symbols}

    @cached_property
    def names(self) -> list[str]:
        # A symbol that is declared and does not occur costs time at every point; only an assumption may need it.
        return sorted(self.occurring | set(self.symbols if self.assume else ()))

    @property
    def enough(self) -> int:
        """How many agreements are convincing."""
        return AGREEMENTS if self.names else 1

    @cached_property
    def kinked(self) -> bool:
        """Whether either is made of pieces. If not, agreement somewhere is agreement everywhere."""
        return bool(self.given.has(*KINKED) or self.expected.has(*KINKED))

    def compare(self, telling: bool) -> Comparison:
        if self.given == self.expected:
            return Comparison("equal")
        floats = self.given.has(sympy.Float) or self.expected.has(sympy.Float)
        tolerance = FLOAT_TOLERANCE if floats else TOLERANCE
        agreements, blind = 0, False
        try:
            for stage in self.stages():
                for point, real in stage:
                    try:
                        kept = self.keep(point)
                        values = self.at(kept, real)
                    except (TooNear, TooLarge):
                        blind = blind or self.kinked  # a piece that cannot be computed may be a wrong one
                    except Undefined:
                        continue
                    else:
                        if not agree(*values, tolerance):
                            return Comparison("different", self.witness(kept, values) if telling else None)
                        agreements += 1
                if agreements >= self.enough and not blind:
                    return Comparison("equal")
        except Unknown:
            return Comparison("undecided")
        return Comparison("equal" if not self.kinked and self.algebra_says_equal() else "undecided")

    def keep(self, point: dict[str, Value]) -> dict[str, Value]:
        """Return the point nearby that keeps what is assumed.

        Raises
        ------
        Undefined
            If there is none.
        """
        return self.assume(point) if self.assume else point

    def at(self, point: dict[str, Value], real: bool) -> tuple[Value, Value]:
        """Return both values at a point; None for `given` where something made of pieces has no value.

        Raises
        ------
        Undefined
            If there is nothing to compare at this point; `TooNear` or `TooLarge` if that is because of `given`.
        """
        try:
            right = evaluate(self.expected, point, real)
        except Undefined:
            raise Undefined("nothing to compare with") from None
        try:
            return evaluate(self.given, point, real), right
        except (TooNear, TooLarge):
            raise
        except Undefined:
            if self.kinked and real:
                return None, right
            raise

    def stages(self) -> Iterator[Iterable[Point]]:
        """Yield groups of seeded points; the caller stops after a group once it has seen enough.

        Real points come first; where an expression has kinks, more of them, so that each piece is met. Then, for
        roots and logarithms, positive ones; complex ones come last, for expressions that are real hardly anywhere.
        """
        rng = random.Random(20_240_423)

        def draw(low: Value, high: Value) -> Value:
            return CONTEXT.mpf(rng.randrange(10**40)) / 10**40 * (high - low) + low

        def real(count: int, low: float, high: float) -> Iterator[Point]:
            return (({name: draw(low, high) for name in self.names}, True) for _ in range(count))

        if self.kinked:
            yield chain(real(24, -3, 3), ((point, True) for point in self.around_kinks(draw)))
        else:
            yield real(8 if self.names else 1, -3, 3)
        yield real(8, 0.1, 4)
        yield real(8, 0.01, 0.99)
        yield (({name: CONTEXT.mpc(draw(-2, 2), draw(-2, 2)) for name in self.names}, False) for _ in range(8))

    def around_kinks(self, draw: Callable[[Value, Value], Value]) -> Iterator[dict[str, Value]]:
        """Yield points between, beyond and close to the numbers that occur, as a kink may be at each of them."""
        numbers = islice(_numbers(self.expected, self.given), MAX_EDGES)
        edges = sorted({side * number for number in numbers for side in (1, -1)})
        places = list(pairwise([edges[0] * 2 - 1, *edges, edges[-1] * 2 + 1]))
        places += [(edge, edge + side * near) for edge in edges for near in NEAR for side in (1, -1)]
        for low, high in places:
            for moving in sorted(self.occurring):
                others = {name: draw(-3, 3) for name in self.names if name != moving}
                yield others | {moving: draw(low, high)}
            if len(self.names) > 1:
                yield {name: draw(low, high) for name in self.names}

    def witness(self, point: dict[str, Value], values: tuple[Value, Value]) -> Witness:
        """Show the difference at a point that reads well, such as x = 1.3, where there is one."""
        rng = random.Random(7)
        simple = [CONTEXT.mpf(tenths) / 10 for tenths in (-17, -13, -7, 3, 7, 13, 17)]
        tries = [{name: rng.choice(simple) for name in self.names} for _ in range(12)]
        # A point is shown with few digits: then the values must be those at the point that is shown.
        tries.append({name: CONTEXT.mpf(CONTEXT.nstr(value.real, 4)) for name, value in point.items()})
        for real, tried in product((True, False), tries):
            try:
                kept = self.keep(tried)
                found = self.at(kept, real)
            except Undefined:
                continue
            if short(found[0]) != short(found[1]):
                point, values = kept, found
                break
        digits = next((d for d in (4, 8, 16) if short(values[0], d) != short(values[1], d)), 32)
        where = {name: short(value) for name, value in point.items() if name in self.occurring}
        return Witness(where, short(values[0], digits), short(values[1], digits))

    def algebra_says_equal(self) -> bool:
        numbers = (self.given - self.expected).atoms(sympy.Rational)
        if any(max(abs(number.p), number.q) > MAX_EXPONENT for number in numbers):
            return False  # writing x^(10^9) out would stop the kernel, and no time limit can interrupt that
        try:
            return bool(within(ALGEBRA, sympy.simplify, self.given - self.expected) == 0)
        except TimeUp:
            return False
        except Exception:  # whatever algebra stumbles over, it has not shown them equal
            return False


def _numbers(*exprs: sympy.Basic) -> Iterator[Value]:
    """Yield 0, and the value of every part without symbols."""
    yield CONTEXT.zero
    for part in chain.from_iterable(map(sympy.preorder_traversal, exprs)):
        if isinstance(part, sympy.Expr) and not part.free_symbols:
            with suppress(Undefined, Unknown):
                yield evaluate(part, {})


def short(value: Value, digits: int = 4) -> str:
    """Write a number with a few significant digits; None is no value."""
    if value is None:
        return "no value"
    if isinstance(value, CONTEXT.mpc):
        imaginary = f"{short(abs(value.imag), digits)}i"
        if abs(value.real) < TOLERANCE * abs(value.imag):
            return f"−{imaginary}" if value.imag < 0 else imaginary
        return f"{short(value.real, digits)} {'−' if value.imag < 0 else '+'} {imaginary}"
    text = str(CONTEXT.nstr(value, digits, min_fixed=-4, max_fixed=6))
    return text.removesuffix(".0").replace("-", "−")


def constant_ratio(
    given: sympy.Basic, expected: sympy.Basic, symbols: Iterable[str] = (), assume: Assumption | None = None
) -> sympy.Rational | None:
    """Return the simple number, not 1, by which `given` is `expected` times it everywhere, if there is one."""
    pair = _Pair(given, expected, tuple(symbols), assume)
    ratios: list[Value] = []
    try:
        for point, real in next(pair.stages()):
            try:
                left, right = pair.at(pair.keep(point), real)
            except Undefined:
                continue
            if left == right == 0:
                continue
            if right == 0 or left is None:
                return None
            ratios.append(left / right)
    except Unknown:
        return None
    if len(ratios) < pair.enough or not all(agree(ratio, ratios[0]) for ratio in ratios):
        return None
    for denominator in range(1, 13):
        scaled = ratios[0] * denominator
        nearest = CONTEXT.nint(scaled)
        if 0 < abs(scaled) < 100 and abs(scaled - nearest) < TOLERANCE and nearest != denominator:
            return sympy.Rational(int(nearest), denominator)
    return None


def is_unevaluated(expr: sympy.Basic) -> bool:
    """Tell whether `expr` still holds a derivative, integral or sum to be worked out."""
    return bool(expr.has(*WAITING))
