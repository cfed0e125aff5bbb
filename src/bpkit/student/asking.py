"""`ask`, and the box behind it and behind `practice`: an exercise that is answered in a line instead of two cells."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bpkit.course import Exercise, Problem, UnknownExercise, find
from bpkit.widgets.answer_box import AnswerBox, notebook

from . import session
from .feedback import Feedback, Page
from .lines import handed_in, is_tall, reading, wants_function

LOSES_POINTS = "Points are for what is solved before the solution is seen."


def ask(exercise_id: str) -> Asked | Page:
    """Pose an exercise in a box to answer it in; what is checked there counts, as with `check`.

    Parameters
    ----------
    exercise_id
        Such as ``"1.4"``.

    Returns
    -------
    Asked
        Shows the box; where there is no kernel, the statement.
    """
    try:
        return Asked(find(exercise_id))
    except UnknownExercise as error:
        return Page(str(error))


@dataclass(frozen=True)
class Asked:
    """An exercise with its printed numbers, which counts.

    Parameters
    ----------
    exercise
        The exercise.
    """

    exercise: Exercise

    @property
    def problem(self) -> Problem:
        """The printed instance."""
        return self.exercise.problem()

    def check(self, *answers: object) -> Feedback:
        """Check answers, and record them."""
        return session.check(self.exercise.id, *answers)

    def hint(self) -> Page:
        """Show the next hint."""
        return session.hint(self.exercise.id)

    def solution(self) -> Page:
        """Show the worked solution, and mark the exercise as seen."""
        return session.solution(self.exercise.id)

    @cached_property
    def box(self) -> AnswerBox:
        """The box to answer in."""
        return box_of(self)

    def __repr__(self) -> str:
        return self._repr_markdown_()

    def _repr_markdown_(self) -> str:
        names = ", ".join(answer.name for answer in self.problem.answers)
        how = f'To answer without the box: `bpkit.check("{self.exercise.id}", {names})`.'
        return f"**{self.exercise.id} · {self.exercise.title}**\n\n{self.problem.statement.strip()}\n\n{how}"

    def _ipython_display_(self) -> None:
        self.box._ipython_display_()


def box_of(posed: Asked | session.Practice) -> AnswerBox:
    """Return a box for an exercise that was posed."""
    return AnswerBox(Desk(posed), posed._repr_markdown_())


class Desk:
    """What stands behind a box: the instance that lies there now, and what was done with it.

    Parameters
    ----------
    posed
        The instance that the box is opened with: one that counts, or a practice.
    """

    def __init__(self, posed: Asked | session.Practice) -> None:
        self.first = self.posed = posed
        self.shown = 0  # hints

    def state(self) -> dict[str, Any]:
        """Return all traits of a box that shows the present instance, as yet untouched."""
        exercise, problem = self.posed.exercise, self.posed.problem
        answers = () if any(map(wants_function, problem.answers)) else problem.answers
        return {
            "heading": f"{exercise.id} · {exercise.title}",
            "counts": self._counts(),
            "statement": _without_quotes(problem.statement.strip()) if answers else problem.statement.strip(),
            "note": "" if answers else self._in_a_cell(problem),
            "names": [answer.name for answer in answers],
            "tall": [is_tall(answer) for answer in answers],
            "texts": [""] * len(answers),
            "feedback": {},
            "hints": [],
            "most_hints": len(problem.hints),
            "worked": "",
            "warning": self._warning(),
            "varies": exercise.has_instances,
            "drawn": self._seed is not None and (self.posed is not self.first or self.posed.is_drawn),  # type: ignore[union-attr]
            "away": self.posed is not self.first,
            "seed": self._seed,
            "draft": _draft(exercise, isinstance(self.first, Asked)),
        }

    @property
    def _seed(self) -> int | None:
        return None if isinstance(self.posed, Asked) else self.posed.seed

    def _counts(self) -> str:
        points = self.posed.exercise.points
        if isinstance(self.posed, Asked):
            return f"{points} point{'' if points == 1 else 's'}" if points else "no points"
        return (
            f"practice with seed {self.posed.seed}, not counted" if self.posed.exercise.has_instances else "not counted"
        )

    def _in_a_cell(self, problem: Problem) -> str:
        names = ", ".join(answer.name for answer in problem.answers)
        wanted = [answer.name for answer in problem.answers if wants_function(answer)]
        what = "a function" if len(wanted) == 1 else "functions"
        call = f'bpkit.check("{self.posed.exercise.id}", {names})'
        if not isinstance(self.posed, Asked):
            call = (
                f'again = bpkit.practice("{self.posed.exercise.id}", seed={self.posed.seed}), and again.check({names})'
            )
        return f"This one wants {what}: write {' and '.join(wanted)} in a cell, then run {call}."

    def _warning(self) -> str:
        if not isinstance(self.posed, Asked) or not self.posed.exercise.points:
            return ""
        standing = session.standing(self.posed.exercise.id)
        return "" if standing.solved or standing.solution_seen else LOSES_POINTS

    def read(self, at: int, typed: str) -> Mapping[str, Any]:
        """Return how a line is read."""
        return reading(self.posed.problem.answers[at], typed)

    def check(self, texts: Sequence[str]) -> Mapping[str, Any]:
        """Check what is typed, in the way that the calls in a cell do."""
        answers = self.posed.problem.answers
        given = [handed_in(answer, typed) for answer, typed in zip(answers, texts, strict=True)]
        return {"feedback": self.posed.check(*given).as_state(), "warning": self._warning()}

    def hint(self) -> Mapping[str, Any]:
        """Show one more hint."""
        self.posed.hint()
        hints = self.posed.problem.hints
        self.shown = min(self.shown + 1, len(hints))
        return {"hints": list(hints[: self.shown])}

    def solution(self) -> Mapping[str, Any]:
        """Show the worked solution."""
        self.posed.solution()
        return {"worked": self.posed.problem.worked(), "warning": ""}

    def fresh(self, seed: int | None = None) -> Mapping[str, Any]:
        """Pose the exercise with other numbers, which do not count."""
        if not self.posed.exercise.has_instances:
            return {}
        if isinstance(self.first, Asked):
            self.posed = session.practice_of(self.posed.exercise, seed)
        else:
            self.first.pose(seed)  # the practice that the student holds is the one on the page
        return self._anew()

    def home(self) -> Mapping[str, Any]:
        """Go back to the instance that counts."""
        self.posed = self.first
        return self._anew()

    def _anew(self) -> Mapping[str, Any]:
        self.shown = 0
        return self.state()


def _draft(exercise: Exercise, counted: bool) -> str:
    """Return a name for what is typed here: of this notebook and exercise, and of nothing else."""
    where = f"{notebook()}\n{exercise.id}\n{'ask' if counted else 'practice'}"
    return hashlib.sha256(where.encode("utf-8", "replace")).hexdigest()[:16]


def _without_quotes(statement: str) -> str:
    """Leave out that text stands in quotes: in a box it does not."""
    return re.sub(r" as text,\s+in quotes", " as text", statement)
