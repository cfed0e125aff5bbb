"""Answers about a line that may hold a misprint: which of its parts is wrong, and how the line should read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import sympy

from .arrays import Array, read_array
from .expressions import NOT_YET, Expression
from .measured import Measured
from .misconceptions import SENTENCES, find, sentence
from .numeric import Comparison
from .reading import read_table
from .spelling import in_texts, right_side, spelled
from .tables import Matrix, Table
from .verdict import (
    UNATTEMPTED,
    Answer,
    AnswerError,
    Mistake,
    Verdict,
    Witness,
    always_a_verdict,
    correct,
    is_unattempted,
)
from .vocabulary import expected_names

# "2", "part 2", "no. 2", "(2)" or "②": the number is what counts.
MARK = re.compile(r"\W*(?:parts?|numbers?|no)?[\s.:]*[(\[]?\s*(\d{1,3}|[⓪①-⑨])\s*[)\].]*\s*", re.IGNORECASE)
NOTHING = re.compile(r"\W*(?:none|nothing|no(?: part)?)(?: is wrong)?\W*", re.IGNORECASE)
BETWEEN = re.compile(r"(?:[\s=*·@,;\[\]()'\"]|\\cdot)+")
PLACE = re.compile(r"(?:the one|the first is) at index (\d+|\(\d+, \d+\)), counted from 0")
LONGEST_TEXT = 2_000
CHANGED = "sound-part-changed"
ONE_PART = "Mark one part, by its number: the one that is wrong, or 0 if none is."
APART = "Each factor stands by itself here: hand in a list of names, as in a product their order gets lost."


@dataclass(frozen=True)
class Marked:
    """An answer that is the number of the part that is wrong, or 0 where nothing is.

    Parameters
    ----------
    name
        The answer's name in the notebook.
    expected
        The number.
    holds
        For each part, from 1, how one can see that it holds: said if it is marked and not wrong.
    also
        Other parts in which the same misprint can be seen, and what is said of them: they are right answers, too.
    missed
        What is said of 0 where something is wrong; by default that some part fails a test.
    """

    name: str
    expected: int
    holds: Sequence[str]
    also: Mapping[int, str] = field(default_factory=dict)
    missed: str = ""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Read one number; of a part that holds say so, and of no other."""
        if is_unattempted(given):
            return UNATTEMPTED
        try:
            number = read_mark(given, len(self.holds))
        except AnswerError as error:
            return Verdict("malformed", str(error))
        understood = (str(number),)
        if number == self.expected:
            return correct(understood=understood)
        if number in self.also:
            return correct(self.also[number], understood)
        if not why:
            return Verdict("incorrect", NOT_YET)
        if not number:
            said = self.missed or SENTENCES["misprint-missed"]
            return Verdict("incorrect", said, "misprint-missed", understood=understood)
        said = f"{SENTENCES['sound-part-marked']} {self.holds[number - 1]}"
        return Verdict("incorrect", said, "sound-part-marked", understood=understood)

    def code(self) -> str:
        """Return the right answer as Python text."""
        return f"{self.name} = {self.expected}"


def read_mark(given: object, parts: int) -> int:
    """Read the number of a part, 0 for none.

    Raises
    ------
    AnswerError
        If it is no number, several numbers, or not one of a part.
    """
    if type(given) is str:
        found = MARK.fullmatch(given)
        if found:
            given = unicodedata.digit(found[1]) if len(found[1]) == 1 else int(found[1])
        elif NOTHING.fullmatch(given):
            given = 0
    try:
        numbers = np.atleast_1d(read_array(given))
    except AnswerError:
        raise AnswerError(ONE_PART) from None
    if numbers.shape != (1,):
        raise AnswerError(ONE_PART)
    number = float(numbers[0])
    if number not in range(parts + 1):
        raise AnswerError(f"The parts are numbered from 1 to {parts}; 0 says that none of them is wrong.")
    return int(number)


@dataclass(frozen=True)
class Outcome(Measured):
    """Numbers that come out of a line: often two sides, which may be equal; their entries are counted from 1.

    With 0 digits the numbers are exact, counts for example.
    """

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as `Measured` does; of equal numbers that a constant factor is off says nothing."""
        expected = np.asarray(self.expected, float)
        try:
            array = read_array(given)
            if array.shape != expected.shape and np.squeeze(array).shape == np.squeeze(expected).shape:
                given = array.reshape(expected.shape)  # columns of one entry each
        except AnswerError:
            pass
        verdict = super().judge(given, why) if self.digits else Array.judge(self, given, why)
        if verdict.misconception == "constant-factor" and np.ptp(expected) == 0:
            none = f"None of the {expected.size} values is right yet."
            verdict = replace(verdict, message=none, misconception=None)
        if not expected.ndim or verdict.status != "incorrect":
            return verdict
        return replace(verdict, message=PLACE.sub(_from_one, verdict.message), witness=_entry_from_one(verdict.witness))


def _from_one(found: re.Match[str]) -> str:
    first = "" if found[0].startswith("the one") else "the first is "
    return f"{first}{_entry(found[1])}"


def _entry(index: str) -> str:
    """Name an entry as those of expressions are named: counted from 1."""
    numbers = [int(number) + 1 for number in re.findall(r"\d+", index)]
    return f"entry {numbers[-1]}" + (f" of row {numbers[0]}" if len(numbers) > 1 else "")


def _entry_from_one(witness: Witness | None) -> Witness | None:
    if witness is None or "index" not in witness.point:
        return witness
    numbers = [int(number) + 1 for number in re.findall(r"\d+", witness.point["index"])]
    return replace(witness, point={"entry": ", ".join(map(str, numbers))})


@dataclass(frozen=True)
class Changed(Mistake):
    """What a line leads to when it is changed where it was right.

    Parameters
    ----------
    parts
        The numbers of the parts that held and have been changed; none if only the wrong part is at fault.
    """

    parts: tuple[int, ...] = ()


class Lines:
    """What the answers about a line share: each changed line is an answer, too, which is made once."""

    @cached_property
    def changes(self) -> tuple[tuple[Changed, Answer], ...]:
        """The changed lines, each with the answer that would be right for it."""
        lines: Any = self
        changed = [mistake for mistake in lines.mistakes if isinstance(mistake, Changed)]
        return tuple((mistake, replace(lines, expected=mistake.result, mistakes=())) for mistake in changed)


def _explained(
    answer: CorrectedExpression | CorrectedMatrix | CorrectedTable, verdict: Verdict, given: object
) -> Verdict:
    """Say what was done to the line, and which parts had been right."""
    if verdict.status != "incorrect":
        return verdict
    if slug := _numbers_only(answer, given):
        return replace(verdict, message=SENTENCES[slug], misconception=slug, witness=None)
    named = any(mistake.slug == verdict.misconception for mistake, _ in answer.changes)
    lines = [line for line in answer.changes if not named or line[0].slug == verdict.misconception]
    led = [mistake for mistake, line in lines if line.judge(given, why=False).status == "correct"]
    slug = find(led)
    if slug is None:
        return verdict
    said, parts = sentence(slug), {mistake.parts for mistake in led if mistake.slug == slug}
    if len(parts) == 1 and len(only := parts.pop()) == 1:
        said = said.replace(SENTENCES[CHANGED], f"Part {only[0]} held as printed, and it has been changed.")
    return replace(verdict, message=said, misconception=slug)


def _numbers_only(answer: Expression | Matrix | Table, given: object) -> str | None:
    """Name an answer without a letter, where the line has some."""
    names = (*answer.symbols, *answer.known)
    rows = read_table([given] if isinstance(answer, Expression) else given, names, answer.functions)
    entries = [entry for row in rows for entry in row]
    if not names or any(entry.free_symbols for entry in entries):
        return None
    return "case-for-line" if any(entries) else "all-zeros"


@dataclass(frozen=True)
class CorrectedExpression(Expression, Lines):
    """A corrected line that is one expression; its mistakes may be lines that are `Changed`.

    Parameters
    ----------
    hat
        The letter that stands for ŷ, if there is one.
    wider
        Where known names have few values, 0 and 1 for example: what makes them more. What is right at the few is
        right; but mistakes are looked for at these, where more can be told apart.
    beyond
        Mistakes that have a value at these only.
    """

    hat: str = ""
    wider: Mapping[str, sympy.Expr] = field(default_factory=dict)
    beyond: tuple[Mistake, ...] = ()

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as an `Expression`, and say of a part that held that it has been changed."""
        if type(given) is str:
            given = spelled(right_side(given), self._names, self.hat)
        verdict = super().judge(given, why)
        if self.wider and verdict.status == "undecided":
            return self._wide.judge(given, why)
        return _explained(self._wide, verdict, given) if why else verdict

    @cached_property
    def _wide(self) -> CorrectedExpression:
        if not self.wider:
            return self
        known, mistakes = {**self.known, **self.wider}, (*self.mistakes, *self.beyond)
        return replace(self, known=known, mistakes=mistakes, wider={}, beyond=())

    def _diagnosis(self, given: sympy.Expr, comparison: Comparison, understood: tuple[str, ...]) -> Verdict:
        return Expression._diagnosis(self._wide, given, comparison, understood)


@dataclass(frozen=True)
class CorrectedMatrix(Matrix, Lines):
    """A corrected line that is a vector or matrix of expressions, such as its two sides.

    Parameters
    ----------
    hat
        The letter that stands for ŷ, if there is one.
    """

    hat: str = ""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Matrix`, and say of a part that held that it has been changed."""
        given = in_texts(partial(spelled, names=(*self.symbols, *self.known), hat=self.hat), given)
        verdict = super().judge(given, why)
        return _explained(self, verdict, given) if why else verdict


@dataclass(frozen=True)
class CorrectedNames(CorrectedMatrix):
    """A corrected line that is a list of names: its left side, and then the factors of the right side in their order.

    In text, = and signs of multiplication may stand between them, too.
    """

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Take text apart into names, and judge as a `CorrectedMatrix`."""
        if is_unattempted(given):
            return UNATTEMPTED
        given = in_texts(partial(spelled, names=self.symbols), given)
        parts: Any = given if type(given) in (list, tuple) else [given]
        if any(isinstance(part, sympy.Mul) for part in parts):
            return Verdict("malformed", APART)
        names = [name for part in parts for name in _names(part)]
        verdict = super().judge(names if type(given) in (list, tuple, str) else given, why)
        # They are many, and not each is needed: two show how they are written.
        shown = f"Names look like {self.symbols[0]} and {self.symbols[-1]} here."
        return replace(verdict, message=verdict.message.replace(expected_names(self.symbols), shown))


def _names(part: Any) -> list[Any]:
    if type(part) is not str or len(part) > LONGEST_TEXT:
        return [part]
    return [name for name in BETWEEN.split(part) if name]


@dataclass(frozen=True)
class CorrectedTable(Table, Lines):
    """A corrected line that is rows of expressions, of any lengths."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Table`, and say of a part that held that it has been changed."""
        verdict = super().judge(given, why)
        return _explained(self, verdict, given) if why else verdict
