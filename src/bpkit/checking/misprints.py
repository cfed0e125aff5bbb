"""Answers about a line that may hold a misprint: which of its parts is wrong, and how the line should read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy

from .arrays import read_array
from .expressions import NOT_YET, Expression
from .misconceptions import SENTENCES, find, sentence
from .tables import Matrix, Table
from .verdict import UNATTEMPTED, AnswerError, Mistake, Verdict, always_a_verdict, correct, is_unattempted

# "2", "part 2", "no. 2", "(2)" or "②": the number is what counts.
MARK = re.compile(r"\W*(?:parts?|numbers?|no)?[\s.:]*[(\[]?\s*(\d{1,3}|[⓪①-⑨])\s*[)\].]*\s*", re.IGNORECASE)
NOTHING = re.compile(r"\W*(?:none|nothing|no(?: part)?)(?: is wrong)?\W*", re.IGNORECASE)
BETWEEN = re.compile(r"(?:[\s=*·@,;\[\]()'\"]|\\cdot)+")
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
    """

    name: str
    expected: int
    holds: Sequence[str]

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
        if not why:
            return Verdict("incorrect", NOT_YET)
        slug = "sound-part-marked" if number else "misprint-missed"
        test = f" {self.holds[number - 1]}" if number else ""
        return Verdict("incorrect", SENTENCES[slug] + test, slug, understood=understood)

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
        numbers = read_array(given).ravel()
    except AnswerError:
        raise AnswerError(ONE_PART) from None
    if numbers.size != 1:
        raise AnswerError(ONE_PART)
    number = float(numbers[0])
    if number not in range(parts + 1):
        raise AnswerError(f"The parts are numbered from 1 to {parts}; 0 says that none of them is wrong.")
    return int(number)


@dataclass(frozen=True)
class Changed(Mistake):
    """What a line leads to when it is changed where it was right.

    Parameters
    ----------
    parts
        The numbers of the parts that held and have been changed; none if only the wrong part is at fault.
    """

    parts: tuple[int, ...] = ()


def _explained(answer: Expression | Matrix | Table, verdict: Verdict, given: object) -> Verdict:
    """Say what was done to the line, and which parts had been right."""
    if verdict.status != "incorrect":
        return verdict
    lines = [mistake for mistake in answer.mistakes if isinstance(mistake, Changed)]
    if any(mistake.slug == verdict.misconception for mistake in lines):
        lines = [mistake for mistake in lines if mistake.slug == verdict.misconception]

    def leads_to(result: Any) -> bool:
        return replace(answer, expected=result, mistakes=()).judge(given, why=False).status == "correct"

    led = [mistake for mistake in lines if leads_to(mistake.result)]
    slug = find(led)
    if slug is None:
        return verdict
    said, parts = sentence(slug), {mistake.parts for mistake in led if mistake.slug == slug}
    if len(parts) == 1 and len(only := parts.pop()) == 1:
        said = said.replace(SENTENCES[CHANGED], f"Part {only[0]} held as printed, and it has been changed.")
    return replace(verdict, message=said, misconception=slug)


@dataclass(frozen=True)
class CorrectedExpression(Expression):
    """A corrected line that is one expression; its mistakes may be lines that are `Changed`."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as an `Expression`, and say of a part that held that it has been changed."""
        verdict = super().judge(given, why)
        return _explained(self, verdict, given) if why else verdict


@dataclass(frozen=True)
class CorrectedMatrix(Matrix):
    """A corrected line that is a vector or matrix of expressions, such as its two sides."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Matrix`, and say of a part that held that it has been changed."""
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
        parts: Any = given if type(given) in (list, tuple) else [given]
        if any(isinstance(part, sympy.Mul) for part in parts):
            return Verdict("malformed", APART)
        names = [name for part in parts for name in _names(part)]
        return super().judge(names if type(given) in (list, tuple, str) else given, why)


def _names(part: Any) -> list[Any]:
    if type(part) is not str or len(part) > LONGEST_TEXT:
        return [part]
    return [name for name in BETWEEN.split(part) if name]


@dataclass(frozen=True)
class CorrectedTable(Table):
    """A corrected line that is rows of expressions, of any lengths."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Table`, and say of a part that held that it has been changed."""
        verdict = super().judge(given, why)
        return _explained(self, verdict, given) if why else verdict
