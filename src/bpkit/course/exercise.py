"""What an exercise is: a function that poses a problem, and beside it what the course says about it.

A chapter's module holds its exercises, each in one place::

    CHAPTER = Chapter("01_chain_rule", "The chain rule")

    @CHAPTER.exercise("1.1", "Three links", covers="worksheet/1", points=2, vary={"a": range(2, 9)})
    def three_links(a: int = 4) -> Problem:
        ...

The function's default arguments are the printed exercise; a seed draws others from `vary`.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from bpkit.checking import Answer, Function, Verdict
from bpkit.checking.misconceptions import SENTENCES
from bpkit.checking.verdict import combine, is_unattempted

SOURCES = {
    "carson": "J. D. Carson, Backpropagation (2025)",
    "worksheet": "the worksheet, Backpropagation",
    "softmax-notes": "lecture notes of 23 April 2024, Backpropagation",
    "dsc255": "DSC 255, Machine Learning Fundamentals: Backpropagation in Neural Networks",
    "fda": "Foundations of Data Analysis, Backpropagation (16 April 2020)",
}


@dataclass(frozen=True)
class Problem:
    """One instance of an exercise.

    Parameters
    ----------
    statement
        What is asked, in Markdown with LaTeX, shapes and symbols said.
    answers
        What the student hands in, in order.
    hints
        From gentle to nearly there; none holds the answer.
    solution
        The worked way, in Markdown with LaTeX. The code is added from the answers.
    """

    statement: str
    answers: tuple[Answer, ...]
    hints: tuple[str, ...]
    solution: str

    def judge(self, *given: object) -> Verdict:
        """Judge one or several answers together; whatever they are, a verdict comes back."""
        wanted = len(self.answers)
        if len(given) == 1 < wanted and type(given[0]) in (tuple, list) and len(given[0]) == wanted:  # type: ignore[arg-type]
            given = tuple(given[0])  # type: ignore[arg-type]
        names = ", ".join(answer.name for answer in self.answers)
        if len(given) != wanted:
            if all(is_unattempted(part) for part in given):
                given = (...,) * wanted
            else:
                plural = "s" if wanted > 1 else ""
                return Verdict("malformed", f"{wanted} answer{plural} needed here: {names}. Handed in: {len(given)}.")
        verdicts = [_judged(a, part) for a, part in zip(self.answers, given, strict=True)]
        return combine(self.answers, self._exchanged(given, verdicts))

    def _exchanged(self, given: Sequence[object], verdicts: list[Verdict]) -> list[Verdict]:
        """Say of two wrong answers that each is right in the other's place, unless a third fits there as well."""
        wrong = [i for i, verdict in enumerate(verdicts) if verdict.status in ("incorrect", "malformed")]
        pairs = [pair for pair in combinations(wrong, 2) if self._fit_exchanged(given, *pair)]
        for pair in pairs:
            if any(set(pair) & set(other) for other in pairs if other != pair):
                continue
            for place in pair:
                verdicts[place] = replace(
                    verdicts[place],
                    status="incorrect",
                    message=SENTENCES["answers-swapped"],
                    misconception="answers-swapped",
                    witness=None,
                )
        return verdicts

    def _fit_exchanged(self, given: Sequence[object], one: int, other: int) -> bool:
        kinds = {type(self.answers[one]), type(self.answers[other])}
        if len(kinds) > 1 or Function in kinds:
            return False
        turned = ((one, other), (other, one))
        return all(_judged(self.answers[a], given[b], why=False).status == "correct" for a, b in turned)

    def worked(self) -> str:
        """Return the worked solution with code, in Markdown."""
        code = "\n".join(answer.code() for answer in self.answers)
        return f"{self.solution.strip()}\n\n```python\n{code.strip()}\n```"


def _judged(answer: Answer, given: object, why: bool = True) -> Verdict:
    try:
        return answer.judge(given, why)
    except Exception:  # an object built to break its reader: the student still gets a verdict
        return Verdict("malformed", "This can't be read as an answer: hand in an expression, numbers or text.")


@dataclass(frozen=True)
class Exercise:
    """An exercise of the course.

    Parameters
    ----------
    id
        Chapter and number, such as ``"1.1"``; it never changes.
    title
        A few words, with the worksheet's own number where it has one.
    chapter
        The chapter's notebook, such as ``"01_chain_rule"``.
    points
        What it counts.
    covers
        The syllabus rows it teaches.
    pose
        Makes the problem; its defaults are the printed numbers.
    vary
        What `practice` draws each argument of `pose` from. Empty where other numbers make no sense.
    """

    id: str
    title: str
    chapter: str
    points: int
    covers: tuple[str, ...]
    pose: Callable[..., Problem] = field(repr=False)
    vary: Mapping[str, Sequence[object]] = field(default_factory=dict, repr=False)

    @property
    def sources(self) -> tuple[str, ...]:
        """The texts it comes from."""
        keys = dict.fromkeys(row.split("/")[0] for row in self.covers)
        return tuple(SOURCES[key] for key in keys if key in SOURCES)

    @property
    def has_instances(self) -> bool:
        """Whether `practice` can pose it with other numbers."""
        return bool(self.vary)

    @cached_property
    def _printed(self) -> Problem:
        return self.pose()

    def problem(self, seed: int | None = None) -> Problem:
        """Return the printed problem, or with a seed the instance that belongs to it."""
        if seed is None or not self.vary:
            return self._printed
        rng = random.Random(f"{self.id} {seed}")
        printed = {name: p.default for name, p in inspect.signature(self.pose).parameters.items()}
        for _ in range(20):
            drawn = {name: rng.choice(values) for name, values in self.vary.items()}
            if any(drawn[name] != printed[name] for name in drawn):
                break
        return self.pose(**drawn)

    def judge(self, *answers: object) -> Verdict:
        """Judge answers to the printed problem; nothing is recorded."""
        return self.problem().judge(*answers)


@dataclass
class Chapter:
    """A chapter: a notebook, and the exercises that it holds.

    Parameters
    ----------
    notebook
        The notebook's name without ending; its first digits are the chapter's number.
    title
        The chapter's title.
    reading
        Syllabus rows that are taught by a section rather than an exercise, with that section's heading.
    exercises
        Filled by `exercise`.
    """

    notebook: str
    title: str
    reading: Mapping[str, str] = field(default_factory=dict)
    exercises: list[Exercise] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The chapter's number."""
        return int(self.notebook.split("_")[0])

    def exercise(
        self,
        id: str,
        title: str,
        *,
        covers: str | Sequence[str] = (),
        points: int = 1,
        vary: Mapping[str, Sequence[object]] | None = None,
    ) -> Callable[[Callable[..., Problem]], Exercise]:
        """Make the decorated function, which poses a `Problem`, an exercise of this chapter."""

        def add(pose: Callable[..., Problem]) -> Exercise:
            rows = (covers,) if isinstance(covers, str) else tuple(covers)
            made = Exercise(id, title, self.notebook, points, rows, pose, vary or {})
            self.exercises.append(made)
            return made

        return add
