"""Answers that are read off from a training run: numbers to so many digits, and yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from .array_diagnosis import Floats
from .arrays import Array, read_array
from .expressions import Expression
from .misconceptions import SENTENCES
from .verdict import Verdict, is_unattempted

WORDS = re.compile(r"(?=.*[A-Za-z]{4})[A-Za-z\s.!]{1,200}")


def unit(values: ArrayLike, digits: int) -> Floats:
    """Return one unit of the last of so many significant digits, for each value."""
    values = np.abs(np.asarray(values, float))
    return np.asarray(10.0 ** (np.floor(np.log10(np.where(values == 0, 1, values))) + 1 - digits))


def agree(given: ArrayLike, right: ArrayLike, digits: int) -> bool:
    """Tell whether numbers agree with others to so many significant digits each, rounded or cut off."""
    given, right = np.asarray(given, float), np.asarray(right, float)
    if given.shape != right.shape:
        return False
    last = unit(right, digits)
    with np.errstate(all="ignore"):
        cut_off = np.abs(given - np.trunc(right / last) * last) <= 1e-6 * last
        return bool((cut_off | (np.abs(given - right) <= 0.51 * last)).all())


def shortened(number: float, right: float, digits: int) -> bool:
    """Tell whether a number is a right one with fewer than so many significant digits, rounded or cut off."""
    if not number and abs(right) >= 1:
        return False
    scale = 1 / float(unit(right, digits))
    shorter = (right * scale / 10**fewer for fewer in range(1, 1 + max(digits, round(np.log10(scale)))))
    return any(
        abs(number * scale / 10**fewer - whole(short)) < 1e-6
        for fewer, short in enumerate(shorter, start=1)
        for whole in (round, int)
    )


@dataclass(frozen=True)
class Measured(Array):
    """Numbers of any size, each to so many significant digits.

    Parameters
    ----------
    digits
        How many of them count, in each number by itself.
    """

    digits: int = 3

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Take what is handed in for the numbers that it is known to stand for, and compare those."""
        verdict = super().judge(given, why)
        if verdict.status != "incorrect":
            return verdict
        array = read_array(given)
        expected = np.asarray(self.expected, float)
        if array.size == expected.size and array.size in (1, *array.shape):
            array = array.reshape(expected.shape)
        known = [expected, *(np.asarray(mistake.result, float) for mistake in self.mistakes)]
        meant = next((numbers for numbers in known if agree(array, numbers, self.digits)), array)
        if meant is array and array.shape == expected.shape:
            if self._too_few_digits(array, expected):
                return Verdict("incorrect", SENTENCES["too-few-digits"], "too-few-digits")
            meant = np.reshape([self._nearest(number, expected) for number in array.flat], array.shape)
        return replace(super().judge(meant, why), understood=verdict.understood)

    def _nearest(self, number: float, expected: Floats) -> float:
        """Return the right number, in whichever place, that a number agrees with; the number itself if none."""
        return next((float(e) for e in expected.flat if agree(number, e, self.digits)), number)

    def _too_few_digits(self, array: Floats, expected: Floats) -> bool:
        """Tell whether the right numbers are rounded, or cut off, further than is asked for."""
        pairs = [(g, e) for g, e in zip(array.flat, expected.flat, strict=True) if not agree(g, e, self.digits)]
        return all(shortened(float(g), float(e), self.digits) for g, e in pairs)


@dataclass(frozen=True)
class Decisions(Array):
    """For each of several questions 1 or 0, or True or False; a single one may be answered yes or no."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Say of other numbers that they are none of the two."""
        if type(given) in (list, tuple) and np.ndim(self.expected) == 0 and len(given) == 1:  # type: ignore[arg-type]
            given = given[0]  # type: ignore[index]
        if type(given) is str:
            given = {"yes": 1, "no": 0}.get(given.strip().lower(), given)
        verdict = super().judge(given, why)
        if verdict.status == "incorrect" and not np.isin(read_array(given), (0, 1)).all():
            return replace(verdict, message=SENTENCES["neither-0-nor-1"], misconception="neither-0-nor-1")
        return verdict


@dataclass(frozen=True)
class Number(Expression):
    """A number; of words it says that they are none."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Read numbers only."""
        if not is_unattempted(given) and type(given) is str and WORDS.fullmatch(given):
            return Verdict("malformed", "These are words; a number is asked for here.")
        return super().judge(given, why)
