"""What a checker says of an answer, and what every kind of answer has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Literal, Protocol, TypeVar

from .guards import exactly
from .limits import TimeUp, within

SECONDS = 1.5  # what a check may take; all but hostile ones take a tenth of it or less
MOST_BLANKS = 10_000

Status = Literal["correct", "incorrect", "undecided", "malformed", "unattempted"]

# Of several answers the worst one decides. A wrong answer stands before one that cannot be read or is unfinished.
WORST_FIRST: tuple[Status, ...] = ("incorrect", "malformed", "undecided", "unattempted", "correct")


class AnswerError(Exception):
    """An answer that cannot be read; its text is written for the student.

    Parameters
    ----------
    message
        Plain words: what could not be read, and what would be.
    position
        Where in the text it stands, counted from 0, or None.
    slug
        The mistake's name, if the message tells of one that has a name.
    """

    def __init__(self, message: str, position: int | None = None, slug: str | None = None) -> None:
        super().__init__(message)
        self.position = position
        self.slug = slug


@dataclass(frozen=True)
class Witness:
    """One point at which an answer and the right one differ.

    Parameters
    ----------
    point
        Each variable's value there, as text; for an array the index, for a function its arguments.
    given, expected
        Both values there, as text.
    """

    point: Mapping[str, str]
    given: str
    expected: str

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.point.items())
        return f"at {where}" if where else "everywhere"


@dataclass(frozen=True)
class Verdict:
    """What the checker says of one answer.

    Parameters
    ----------
    status
        ``"correct"``, ``"incorrect"``, ``"undecided"`` (the checker cannot tell), ``"malformed"`` (it cannot be
        read as an answer to this question) or ``"unattempted"``.
    message
        One to three plain sentences to the student, which never give the answer away.
    misconception
        The slug of the mistake that explains a wrong answer, or None.
    witness
        The point that shows the difference, or None.
    score
        0 to 1: the share of the exercise that is right.
    understood
        What was read of each answer, in LaTeX.
    """

    status: Status
    message: str
    misconception: str | None = None
    witness: Witness | None = None
    score: float = 0.0
    understood: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Mistake:
    """A mistake that can be made in one exercise: its slug, and the result that it leads to.

    Where the right answer is a product, `factors` says which of them it changes, if that is known: two mistakes in
    one factor are not made at once.
    """

    slug: str
    result: object
    factors: frozenset[int] = frozenset()


def together(*slugs: str) -> str:
    """Name mistakes that are made at once: each slug once, in alphabetical order, joined by a plus sign."""
    return "+".join(sorted({part for slug in slugs for part in slug.split("+") if part}))


class Answer(Protocol):
    """What the student hands in under one name: each kind judges in its own way."""

    @property
    def name(self) -> str:
        """The name of the answer in the notebook's cell."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Say whether `given` is right, and if wanted why not; never raises because of it."""

    def code(self) -> str:
        """Python text that is a right answer, for the worked solution."""


def correct(message: str = "", understood: tuple[str, ...] = ()) -> Verdict:
    """Return the verdict on a right answer."""
    return Verdict("correct", message, score=1.0, understood=understood)


J = TypeVar("J")


def always_a_verdict(judge: Callable[[J, object, bool], Verdict]) -> Callable[..., Verdict]:
    """Make `judge` keep the promise of `Answer.judge`: whatever is handed in, a verdict comes back, and soon."""

    def judge_or_give_up(answer: J, given: object, why: bool) -> Verdict:
        try:
            return judge(answer, given, why)
        except TimeUp:
            raise
        except BaseException:  # an object built to break its reader
            return Verdict("malformed", "This can't be read as an answer: hand in an expression, numbers or text.")

    @wraps(judge)
    def safe(answer: J, given: object, why: bool = True) -> Verdict:
        try:
            return within(SECONDS, judge_or_give_up, answer, given, why)
        except TimeUp:
            return Verdict("undecided", "I can't tell: this takes too long to work through. Try a shorter form.")

    return safe


UNATTEMPTED = Verdict("unattempted", "Not attempted yet: put your answer in place of the three dots.")


def is_unattempted(given: object) -> bool:
    """Tell whether a student has left an answer as it was: ``...``, None, blank text, or a list of those."""
    waiting: list[Any] = [given]
    for _ in range(MOST_BLANKS):
        if not waiting:
            return True
        part = waiting.pop()
        if exactly(part, list, tuple):
            waiting.extend(part[:MOST_BLANKS])
        elif type(part) is str:
            if part.strip() not in ("", "...", "…"):
                return False
        elif part is not ... and part is not None:
            return False
    return False  # lists within lists within lists: somebody has been at work


def combine(answers: Sequence[Answer], verdicts: Sequence[Verdict]) -> Verdict:
    """Join the verdicts on an exercise's several answers into one.

    The status is the worst one's, the score the mean; the message goes through the answers by name.
    """
    if len(verdicts) == 1:
        return verdicts[0]
    if all(verdict.status == "unattempted" for verdict in verdicts):
        return verdicts[0]
    worst = min(verdicts, key=lambda verdict: WORST_FIRST.index(verdict.status))
    right = [answer.name for answer, verdict in zip(answers, verdicts, strict=True) if verdict.status == "correct"]
    told = {
        verdict.message: [a.name for a, v in zip(answers, verdicts, strict=True) if v.message == verdict.message]
        for verdict in verdicts
        if verdict.status != "correct"
    }
    parts = [f"{_names(names)}: {message}" for message, names in told.items()]
    remarks = dict.fromkeys(v.message for v in verdicts if v.status == "correct" and v.message)
    if right and parts:
        parts.insert(0, f"{_names(right)}: right.")
    elif not parts:
        parts.extend(remarks)
    return replace(
        worst,
        message="\n".join(parts),
        score=sum(verdict.score for verdict in verdicts) / len(verdicts),
        understood=tuple(
            _named(answer.name, latex)
            for answer, verdict in zip(answers, verdicts, strict=True)
            for latex in verdict.understood
        ),
    )


def _named(name: str, latex: str) -> str:
    escaped = name.replace("_", r"\_")
    return rf"\mathtt{{{escaped}}} = {latex}"


def _names(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
