"""Kinks: points at which a slope is a convention, so that any value between those on both sides will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias

import sympy

from .evaluation import CONTEXT, Undefined, Unknown, evaluate

Kink: TypeAlias = tuple[str, sympy.Expr | int]  # a variable, and the value, of other variables too, at which it lies
Place: TypeAlias = Mapping[str, sympy.Rational]

BESIDE = CONTEXT.mpf(10) ** -20
NEARLY = CONTEXT.mpf(10) ** -9  # of the larger slope: decimals are rounded
LONGEST_TOLD = 20  # letters of a value that is told


def is_outside(given: sympy.Expr, expected: sympy.Expr, kink: Kink, others: Place) -> bool:
    """Tell whether `given` takes a value at a kink that lies outside those of `expected` on both sides of it.

    Parameters
    ----------
    given, expected
        What was handed in and what is asked for, which are equal elsewhere.
    kink
        Where they may differ.
    others
        The values of the other variables.

    Returns
    -------
    bool
        False also if `given` has no value there.
    """
    name, where = kink
    rest = {sympy.Symbol(other): value for other, value in others.items()}
    place = (sympy.S.Zero + where).subs(rest)
    value = given.subs(rest | {sympy.Symbol(name): place})
    if not _has_value(value):
        return False
    with suppress(Undefined, Unknown):
        at = {other: evaluate(number, {}) for other, number in others.items()}
        middle = evaluate(place, {})
        low, high = sorted(evaluate(expected, at | {name: middle + side * BESIDE}) for side in (-1, 1))
        margin = NEARLY * max(abs(low), abs(high))
        return not low - margin <= evaluate(value, {}) <= high + margin
    return False


def said_at(given: sympy.Expr, kink: Kink, places: Sequence[Place]) -> str:
    """Say what value `given` takes at a kink, as the beginning of a sentence, or that it takes none."""
    name, where = kink
    here = {sympy.Symbol(name): sympy.S.Zero + where}
    if not all(_has_value(given.subs(here).subs({sympy.Symbol(n): v for n, v in rest.items()})) for rest in places):
        return f"At {name} = {where} your answer takes no value"
    value = given.subs(here)
    value = value.xreplace({symbol: sympy.Symbol(symbol.name, real=True) for symbol in value.free_symbols})  # y ≥ y
    told = f"{float(value):.4g}" if value.is_Float else str(value)
    short = len(told) <= LONGEST_TOLD and not value.has(sympy.Piecewise)
    return f"At {name} = {where} your answer takes {f'the value {told}' if short else 'a value'}".replace("-", "−")


def _has_value(value: sympy.Basic) -> bool:
    return bool(value.is_number and value.is_real)
