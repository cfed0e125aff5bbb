"""Are two expressions equal? Evaluate both, in high precision, at points where both are defined.

Computer algebra rejects right answers that it cannot rewrite into each other; two analytic expressions that agree
to 30 digits at several random points are equal. So evaluation decides, and algebra is asked only where no point
could be evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import sympy

from .evaluation import CONTEXT, TooLarge, TooNear, Undefined, Unknown, Value
from .limits import TimeUp, within
from .parsing import parse
from .points import Assumption, Batch, Column, Place, Points, is_kinked, is_rooted, points_in
from .verdict import Witness

TOLERANCE = CONTEXT.mpf(10) ** -30
# Floats computed by Python carry 15 digits: 1/3.0 is meant as a third.
FLOAT_TOLERANCE = CONTEXT.mpf(10) ** -12
FLOOR = CONTEXT.mpf(10) ** -25
AGREEMENTS = 4
WAITING = (sympy.Derivative, sympy.Integral, sympy.Subs, sympy.Limit, sympy.Sum)  # for somebody to work them out
ALGEBRA = 0.5  # seconds that algebra may take
MAX_WRITTEN_OUT = 500
CLOSER_LOOKS = 4  # as many are convincing, and each takes long
NARROW = 12  # digits of a point beside which nothing differs
CLOSER = 300  # digits: no difference is told that is not seen in as many


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
    given: sympy.Basic | str,
    expected: sympy.Basic | str,
    symbols: Iterable[str | sympy.Symbol] | None = None,
    assume: Assumption | None = None,
    telling: bool = True,
) -> Comparison:
    """Decide whether two expressions, or two matrices of them, are equal.

    Parameters
    ----------
    given, expected
        SymPy expressions, matrices or tuples of equal shape, or text, which is read in `symbols`.
    symbols
        The symbols that may occur; those that do occur in a SymPy expression are added. The same symbols each time
        make the comparison with many answers quick.
    assume
        Makes a random point one that keeps a stated assumption (such as Σ y_i = 1).
    telling
        Whether a witness is wanted; without it, a difference is found in half the time.

    Returns
    -------
    Comparison
        ``"different"`` with the point as witness after one mismatch, ``"equal"`` after four agreements and no
        mismatch; where too few points can be evaluated, what algebra says in half a second, else ``"undecided"``.
        A derivative, integral or sum that waits to be worked out is equal to nothing: it hands the question back.

    Raises
    ------
    AnswerError
        If text can't be read.
    """
    names = frozenset(map(str, symbols or ()))
    for side in (given, expected):
        if isinstance(side, sympy.Basic | sympy.MatrixBase):
            names |= {symbol.name for symbol in side.free_symbols}
    given, expected = (parse(side, sorted(names)) if type(side) is str else side for side in (given, expected))
    if shape_of(given) != shape_of(expected):
        return Comparison("different")
    statuses = []
    for index, (mine, theirs) in enumerate(zip(entries(given), entries(expected), strict=True)):
        if is_unevaluated(mine):
            return Comparison("different")
        found = Pair(mine, theirs, points_in(names, assume)).compare(telling)
        if found.status == "different":
            if found.witness and isinstance(given, sympy.MatrixBase | sympy.Tuple):
                point = {"entry": str(index + 1), **found.witness.point}
                return Comparison("different", Witness(point, found.witness.given, found.witness.expected))
            return found
        statuses.append(found.status)
    return Comparison("equal" if all(status == "equal" for status in statuses) else "undecided")


def shape_of(value: sympy.Basic) -> object:
    """Return a matrix's shape, a nested tuple's lengths, or None for an expression."""
    if isinstance(value, sympy.MatrixBase):
        return value.shape
    return tuple(map(shape_of, value)) if isinstance(value, sympy.Tuple) else None


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
class Pair:
    """Two expressions that are compared at some points."""

    given: sympy.Basic
    expected: sympy.Basic
    points: Points

    @property
    def enough(self) -> int:
        """How many agreements are convincing."""
        return AGREEMENTS if self.points.names else 1

    @cached_property
    def kinked(self) -> bool:
        """Whether either is made of pieces."""
        return is_kinked(self.given) or is_kinked(self.expected)

    @cached_property
    def tolerance(self) -> Value:
        """How far two values may be apart, relative to the larger one."""
        floats = self.given.has(sympy.Float) or self.expected.has(sympy.Float)
        return FLOAT_TOLERANCE if floats else TOLERANCE

    def compare(self, telling: bool = True, careful: bool = True) -> Comparison:
        """Compare at one batch of points after the other, until enough has been seen.

        Parameters
        ----------
        telling
            Whether a difference comes with a witness.
        careful
            Whether a difference is looked at in more digits before it is believed.
        """
        if hash(self.given) == hash(self.expected) and self.given == self.expected:
            return Comparison("equal")
        agreements, blind, looks = 0, False, CLOSER_LOOKS
        try:
            for stage in self.stages():
                for batch in stage:
                    mine, theirs = self.columns(batch)
                    for index in range(len(batch)):
                        try:
                            values = self.at(mine, theirs, index)
                        except (TooNear, TooLarge):
                            blind = blind or self.kinked  # a piece that cannot be computed may be a wrong one
                        except Undefined:
                            continue
                        else:
                            same = agree(*values, self.tolerance)
                            if same and looks and self.is_extreme(*values):
                                same, looks = self.agree_closely(mine, theirs, index), looks - 1
                            elif not same and careful and None not in values:
                                same = agree(mine.closer(index, CLOSER), theirs.closer(index, CLOSER), self.tolerance)
                            if not same:
                                return Comparison("different", self.witness(batch, index) if telling else None)
                            agreements += 1
                if agreements >= self.enough and not blind:
                    return Comparison("equal")
        except Unknown:
            return Comparison("undecided")
        return Comparison("equal" if not self.kinked and self.algebra_says_equal() else "undecided")

    def stages(self) -> Iterator[tuple[Batch, ...]]:
        """Yield groups of batches; after each, enough may have been seen."""
        points = self.points
        if self.kinked:
            yield points.real, points.more, points.around(self.expected, self.given)
        elif is_rooted(self.given) or is_rooted(self.expected):
            yield points.real, points.whole
        else:
            yield (points.real,)
        yield (points.positive,)
        yield (points.fractions,)
        yield (points.complex,)

    def columns(self, batch: Batch) -> tuple[Column, Column]:
        """Return both expressions' values at a batch of points."""
        return batch.column(self.given), batch.column(self.expected)

    def at(self, mine: Column, theirs: Column, index: int) -> tuple[Value, Value]:
        """Return both values at a point; None for `given` where something made of pieces has no value.

        Raises
        ------
        Undefined
            If there is nothing to compare at this point; `TooNear` or `TooLarge` if that is because of `given`.
        """
        try:
            right = theirs[index]
        except Undefined:
            raise Undefined("nothing to compare with") from None
        try:
            return mine[index], right
        except (TooNear, TooLarge):
            raise
        except Undefined:
            if self.kinked and mine.batch.real:
                return None, right
            raise

    def is_extreme(self, left: Value, right: Value) -> bool:
        """Tell whether values are so large or small that 60 digits are too few: beside 10^87 a 1 is lost."""
        size = max(abs(left), abs(right))
        return self.tolerance == TOLERANCE and size != 0 and not FLOOR < size < 1 / FLOOR

    def agree_closely(self, mine: Column, theirs: Column, index: int) -> bool:
        """Compare values that agree once more, in as many digits as their size asks for."""
        size = abs(int(CONTEXT.log10(max(abs(mine[index]), abs(theirs[index])))))
        digits = CONTEXT.dps + 2 * size
        left, right = mine.closer(index, digits), theirs.closer(index, digits)
        with CONTEXT.workdps(digits):
            smallest = FLOOR * CONTEXT.mpf(10) ** (-2 * size)
            return bool(abs(left - right) <= TOLERANCE * max(min(abs(left), abs(right), 1), smallest))

    def witness(self, batch: Batch, index: int) -> Witness:
        """Show the difference at a point that reads well, such as x = 1.3, where there is one."""
        for digits in (4, 8, 16, 32):
            for tried in self.readable(batch.drawn[index]):
                columns = self.columns(tried)
                for place in range(len(tried)):
                    try:
                        values = self.at(*columns, place)
                    except Undefined:
                        continue
                    if short(values[0], digits) != short(values[1], digits):
                        return self._witness(tried.points[place], values, digits)
        return self._witness(batch.points[index], self.at(*self.columns(batch), index), 32, NARROW)

    def readable(self, place: Place) -> Iterator[Batch]:
        """Yield points that read well, at last `place` itself with few digits: what is shown must be true there."""
        yield from (self.points.simple, self.points.simple_complex)
        rounded = {name: CONTEXT.mpf(CONTEXT.nstr(value.real, 4)) for name, value in place.items()}
        yield from (Batch([rounded], real, self.points.assume) for real in (True, False))

    def _witness(self, point: Place | None, values: tuple[Value, Value], digits: int, place_digits: int = 4) -> Witness:
        occurring = {symbol.name for expr in (self.given, self.expected) for symbol in expr.free_symbols}
        where = {name: short(value, place_digits) for name, value in (point or {}).items() if name in occurring}
        return Witness(where, short(values[0], digits), short(values[1], digits))

    def algebra_says_equal(self) -> bool:
        """Ask SymPy, for as long as it may take."""
        numbers = (self.given - self.expected).atoms(sympy.Rational)
        if any(max(abs(number.p), number.q) > MAX_WRITTEN_OUT for number in numbers):
            return False  # writing x^(10^9) out would stop the kernel, and no time limit can interrupt that
        try:
            return bool(within(ALGEBRA, sympy.simplify, self.given - self.expected) == 0)
        except TimeUp:
            return False
        except Exception:  # whatever algebra stumbles over, it has not shown them equal
            return False


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


def is_unevaluated(expr: sympy.Basic) -> bool:
    """Tell whether `expr` still holds a derivative, integral or sum to be worked out."""
    return bool(expr.has(*WAITING))
