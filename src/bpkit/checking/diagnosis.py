"""Why is an expression wrong? Look among the known mistakes, then among two at once, then for what is simple in it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy

from .evaluation import CONTEXT, Undefined, Unknown, Value, evaluate
from .limits import in_time
from .misconceptions import SENTENCES, constant_factor, find, sentence
from .numeric import TOLERANCE, Pair, agree
from .points import Batch, Column, Points
from .slips import slips
from .verdict import Mistake, together

SECONDS = 0.5  # that the search for a reason may take; the verdict stands without one
MOST_DIGITS = 12  # of a decimal that was rounded
LONGEST_TOLD = 20  # letters of a factor that is told
ROUGHLY = 1e-9


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with an answer: the mistake's slug (two are joined by "+"), and the sentences to the student."""

    slug: str
    said: str


ALL_ZEROS = Diagnosis("all-zeros", "This is zero everywhere, and what is asked for is not.")


def diagnose(given: sympy.Expr, expected: sympy.Expr, mistakes: Sequence[Mistake], points: Points) -> Diagnosis | None:
    """Find the only explanation for a wrong answer, or None; also None if that takes too long.

    Parameters
    ----------
    given, expected
        What was handed in, which differs from what is asked for.
    mistakes
        What the known mistakes lead to in this exercise.
    points
        Where they are compared.
    """
    return in_time(SECONDS, _diagnosis, given, expected, mistakes, points)


def _diagnosis(
    given: sympy.Expr, expected: sympy.Expr, mistakes: Sequence[Mistake], points: Points
) -> Diagnosis | None:
    is_given, is_negative = equal_to(given, points), equal_to(-expected, points)

    def leads_to_it(mistake: Mistake) -> bool:
        return is_given(mistake.result)

    known = list(filter(leads_to_it, mistakes))
    if slug := find(known):
        return Diagnosis(slug, sentence(slug))
    if not expected.free_symbols:
        return _of_a_number(given, expected, mistakes)
    # Where a known mistake turns the sign, such as y − a for a − y, it has that mistake's name.
    turned = find(mistake for mistake in mistakes if is_negative(mistake.result))
    sign = Mistake(turned or "sign", -expected)
    if leads_to_it(sign):
        return Diagnosis(sign.slug, SENTENCES[sign.slug])
    values = _Values(Pair(given, expected, points))
    slipped = list(filter(leads_to_it, slips(expected)))
    # One slip explains better than two mistakes; but two that are known say more than that some factor is missing.
    return (
        _no_attempt(values)
        or _slip(expected, [slip for slip in slipped if slip.slug != "factor-missing"])
        or (_two_at_once(values, (*mistakes, sign)) if not known else None)
        or (_two_inside(given, expected, mistakes, points) if not known else None)
        or _slip(expected, slipped)
        or _constant(values)
    )


def _of_a_number(given: sympy.Expr, expected: sympy.Expr, mistakes: Sequence[Mistake]) -> Diagnosis | None:
    """Explain a wrong number. Its sign or factor alone is not told: that would be the answer."""
    if given == 0:
        return ALL_ZEROS
    if _is_rounded(given, expected):
        return Diagnosis("rounded", SENTENCES["rounded"])
    slug = find(mistake for mistake in mistakes if _is_rounded(given, mistake.result))
    return Diagnosis(slug, sentence(slug)) if slug else None


def equal_to(given: sympy.Expr, points: Points) -> Callable[[object], bool]:
    """Return a quick test of whether an expression is equal to `given`, for many of them."""
    mine = points.real.column(given).rough(0)

    def equal(wrong: object) -> bool:
        if not isinstance(wrong, sympy.Expr):
            return False
        theirs = points.real.column(wrong).rough(0)
        if abs(mine - theirs) > ROUGHLY * max(abs(mine), abs(theirs)):
            return False  # which is so for nearly all; what has no value is far from nothing
        return Pair(given, wrong, points).compare(telling=False, careful=False).status == "equal"

    return equal


def _is_rounded(given: sympy.Expr, exact: object) -> bool:
    """Tell whether a decimal is a number rounded to its own digits."""
    if not isinstance(given, sympy.Rational | sympy.Float) or not isinstance(exact, sympy.Expr):
        return False
    decimal = sympy.Rational(str(float(given))) if isinstance(given, sympy.Float) else given
    digits = next((digits for digits in range(1, MOST_DIGITS) if (decimal * 10**digits).is_Integer), 0)
    try:
        return bool(digits and abs(evaluate(decimal - exact, {})) <= CONTEXT.mpf(10) ** -digits / 2)
    except (Undefined, Unknown):
        return False


@dataclass(frozen=True)
class _Values:
    """What two expressions are worth where both have a value."""

    pair: Pair

    @cached_property
    def places(self) -> list[tuple[Batch, int]]:
        """Enough points, or none."""
        points, found = self.pair.points, list[tuple[Batch, int]]()
        for batches in ((points.real, points.more) if self.pair.kinked else (points.real,), (points.positive,)):
            for batch in batches:
                for index in range(len(batch)):
                    try:
                        given, _ = self.pair.at(*self.pair.columns(batch), index)
                    except (Undefined, Unknown):
                        continue
                    if given is None:
                        return []  # a piece is missing: whatever the others are, that is what is wrong
                    found.append((batch, index))
            if len(found) >= self.pair.enough:
                return found
        return []

    def of(self, expr: sympy.Expr) -> list[Value | None]:
        """Return an expression's values; None where it has none."""
        return [_value(batch.column(expr), index) for batch, index in self.places]

    @cached_property
    def given(self) -> list[Value]:
        return self.of(self.pair.given)

    @cached_property
    def right(self) -> list[Value]:
        return self.of(self.pair.expected)

    def same(self, values: Sequence[Value]) -> bool:
        """Tell whether all of these are the same value."""
        return len(values) >= self.pair.enough and all(agree(v, values[0], self.pair.tolerance) for v in values)

    def ratio(self, values: Sequence[Value | None]) -> Value | None:
        """Return the number by which these are the right values times it, if there is one."""
        pairs = [(value, right) for value, right in zip(values, self.right, strict=True) if value is not None]
        if any(value and not right for value, right in pairs):
            return None
        ratios = [value / right for value, right in pairs if right]
        return ratios[0] if self.same(ratios) else None


def _value(column: Column, index: int) -> Value | None:
    try:
        return column[index]
    except (Undefined, Unknown):
        return None


def _no_attempt(values: _Values) -> Diagnosis | None:
    """Name a number, 0 above all, where what is asked for varies."""
    given = values.pair.given
    sizes = zip(values.given, values.right, strict=True)
    if given == 0 or (values.places and all(abs(mine) <= TOLERANCE * max(abs(right), 1) for mine, right in sizes)):
        return ALL_ZEROS  # sin² + cos² − 1 is not quite, as it is computed
    return None if given.free_symbols else Diagnosis("not-varying", SENTENCES["not-varying"])


def _may_join(mistake: Mistake) -> bool:
    return isinstance(mistake.result, sympy.Expr) and bool(mistake.result.free_symbols) and "+" not in mistake.slug


def _two_at_once(values: _Values, mistakes: Sequence[Mistake]) -> Diagnosis | None:
    """Match two mistakes together: in two factors of a product they multiply, in two terms of a sum they add up."""
    if not values.places:
        return None
    results = {mistake.result: mistake for mistake in mistakes if _may_join(mistake)}
    # Where only a constant is off, two mistakes that each change more would have to undo each other's change.
    if values.ratio(values.given) is not None:
        results = {wrong: m for wrong, m in results.items() if values.ratio(values.of(wrong)) is not None}
    batch, index = values.places[0]
    rough = np.array([batch.column(result).rough(index) for result in results])
    given, right = (batch.column(expr).rough(index) for expr in (values.pair.given, values.pair.expected))
    known = list(results.values())

    def explain(one: sympy.Expr, other: sympy.Expr, joined: Callable[[Any, Any], Any]) -> bool:
        rows = zip(values.of(one), values.of(other), values.given, values.right, strict=True)
        both = [row for row in rows if None not in row]
        return len(both) >= values.pair.enough and all(
            agree(joined(a, b), joined(g, r), values.pair.tolerance) for a, b, g, r in both
        )

    found = set()
    for joined, table in ((operator.mul, np.multiply.outer), (operator.add, np.add.outer)):
        with np.errstate(all="ignore"):
            both, whole = table(rough, rough), joined(given, right)
        near = np.triu(~(np.abs(both - whole) > ROUGHLY * np.maximum(np.abs(both), abs(whole))), 1)
        for one, other in ((known[i], known[j]) for i, j in np.argwhere(near)):
            apart = one.slug != other.slug and not one.factors & other.factors
            if apart and explain(one.result, other.result, joined):
                found.add(frozenset((one.slug, other.slug)))
    if len(found) != 1:
        return None
    slug = together(*found.pop())
    return Diagnosis(slug, sentence(slug))


def _two_inside(
    given: sympy.Expr, expected: sympy.Expr, mistakes: Sequence[Mistake], points: Points
) -> Diagnosis | None:
    """Match two mistakes inside one function, such as two in z when σ(z) is asked for."""
    outer = expected.func
    if len(expected.args) != 1 or given.func != outer:
        return None
    inside = [
        Mistake(mistake.slug, mistake.result.args[0])
        for mistake in mistakes
        if isinstance(mistake.result, outer) and len(mistake.result.args) == 1
    ]
    return _two_at_once(_Values(Pair(given.args[0], expected.args[0], points)), inside)


def _constant(values: _Values) -> Diagnosis | None:
    """Tell a ratio or a difference that is the same everywhere."""
    if (ratio := values.ratio(values.given)) is not None:
        return Diagnosis("constant-factor", constant_factor(complex(ratio).real))
    if values.same([given - right for given, right in zip(values.given, values.right, strict=True)]):
        return Diagnosis("constant-off", SENTENCES["constant-off"])
    return None


def _slip(expected: sympy.Expr, matching: Sequence[Mistake]) -> Diagnosis | None:
    """Name a slip of writing or algebra; a factor that is missing, or one too many, is told where it is simple."""
    slug = find(matching)
    if slug not in ("factor-missing", "factor-extra"):
        return Diagnosis(slug, sentence(slug)) if slug else None
    ratio = matching[0].result / expected
    told = _plain(ratio if slug == "factor-extra" else 1 / ratio)
    how = "the right value times" if slug == "factor-extra" else "the right value divided by"
    said = f" Everywhere yours is {how} {told}." if len(told) <= LONGEST_TOLD else ""
    return Diagnosis(slug, SENTENCES[slug] + said)


def _plain(expr: sympy.Expr) -> str:
    """Write an expression as in a sentence: e^(2x) and σ'(z), as far as plain text goes."""
    text = str(sympy.sstr(expr) if not expr.is_Add else f"({sympy.sstr(expr)})").replace("**", "^").replace("*", "·")
    return text.replace("sigma_prime", "σ'").replace("sigma", "σ")
