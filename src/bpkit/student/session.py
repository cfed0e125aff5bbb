"""The calls of a student's cell: `check`, `hint`, `solution`, `practice`, `progress`, and `notation` to look up."""

from __future__ import annotations

import inspect
import secrets
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy

from bpkit.checking import Verdict
from bpkit.checking.reading import check_size
from bpkit.course import Exercise, Problem, UnknownExercise, find
from bpkit.course.notation import NAMES, as_table

from .feedback import Feedback, Page
from .overview import Overview, overview
from .store import Standing, Store, progress_path

if TYPE_CHECKING:
    from bpkit.widgets import AnswerBox

MOST_SEEDS = 10_000


def check(exercise_id: str, *answers: object) -> Feedback:
    """Check the answers to an exercise, and record them.

    Parameters
    ----------
    exercise_id
        Such as ``"1.4"``.
    *answers
        One for each thing asked for, in order: expressions (SymPy or text), arrays (lists or NumPy), functions.
        ``...`` is an answer not attempted, which is not recorded.

    Returns
    -------
    Feedback
        A `Verdict` that shows itself as feedback. Whatever is handed in, none of it raises.
    """
    try:
        exercise = find(exercise_id)
    except UnknownExercise as error:
        return Feedback("malformed", str(error))
    verdict = exercise.judge(*answers)
    progress_file = _store(progress_path())
    if verdict.status != "unattempted" or verdict.score:
        progress_file.record(exercise.id, verdict.status, verdict.score, "\n".join(map(_as_text, answers)))
    return _feedback(verdict, exercise, _next_step(verdict, exercise), progress_file.take_notice())


def hint(exercise_id: str) -> Page:
    """Show the next hint to an exercise, the gentlest first."""
    try:
        exercise = find(exercise_id)
    except UnknownExercise as error:
        return Page(str(error))
    hints = exercise.problem().hints
    shown = _store(progress_path()).reveal(exercise.id, "hint")
    if shown > len(hints):
        told = "\n".join(f"{number}. {text}" for number, text in enumerate(hints, start=1))
        return Page(
            f'These are all hints to {exercise.id}; `bpkit.solution("{exercise.id}")` shows a worked way.\n\n{told}'
        )
    return Page(f"**Hint {shown} of {len(hints)} to {exercise.id}.** {hints[shown - 1]}")


def solution(exercise_id: str) -> Page:
    """Show the worked solution of an exercise, and mark the exercise as seen."""
    try:
        exercise = find(exercise_id)
    except UnknownExercise as error:
        return Page(str(error))
    _store(progress_path()).reveal(exercise.id, "solution")
    return Page(_solution(exercise, exercise.problem()))


def practice(exercise_id: str, seed: int | None = None) -> Practice | Page:
    """Pose an exercise again with other numbers; it is checked by the same rules and never counted.

    Parameters
    ----------
    exercise_id
        Such as ``"1.4"``.
    seed
        The same seed gives the same numbers; by default they are drawn anew.

    Returns
    -------
    Practice
        Shows the statement with a box to answer in; its `check` takes answers from a cell, too.
    """
    try:
        exercise = find(exercise_id)
    except UnknownExercise as error:
        return Page(str(error))
    return practice_of(exercise, seed)


def practice_of(exercise: Exercise, seed: int | None = None) -> Practice:
    """Pose an exercise with other numbers; see `practice`."""
    chosen = secrets.randbelow(MOST_SEEDS) if seed is None else seed
    return Practice(exercise, chosen, exercise.problem(chosen), seed is None)


def standing(exercise_id: str) -> Standing:
    """Return where the student stands with an exercise."""
    return _store(progress_path()).standings().get(exercise_id, Standing())


def progress(chapter: int | str | None = None) -> Overview:
    """Show what is done, chapter by chapter, as a picture and as text.

    Parameters
    ----------
    chapter
        Only this chapter's number; by default all of them.
    """
    progress_file = _store(progress_path())
    return overview(progress_file.standings(), chapter, progress_file.take_notice())


def notation(source: str | None = None) -> Page:
    """Show what the five texts call the same thing.

    Parameters
    ----------
    source
        Only this text beside the course's own notation: ``"carson"``, ``"softmax-notes"``, ``"dsc255"`` or ``"fda"``.
        By default all of them.
    """
    if source is None:
        return Page(as_table())
    wanted = str(source).strip().lower().replace("_", "-") if isinstance(source, str) else ""
    if wanted not in NAMES:
        return Page(f"The texts are called {', '.join(NAMES)}; `bpkit.notation()` shows all of them.")
    return Page(as_table((wanted,)))


@dataclass
class Practice:
    """A fresh instance of an exercise. Nothing that happens here is recorded.

    Its box has a button for yet another instance; `check`, `hint` and `solution` always mean the one that it shows.

    Parameters
    ----------
    exercise, seed, problem
        The exercise, the seed and the instance that belongs to it.
    is_drawn
        Whether the seed was drawn rather than chosen.
    """

    exercise: Exercise
    seed: int
    problem: Problem = field(repr=False)
    is_drawn: bool = field(default=False, repr=False)
    _shown: int = field(default=0, repr=False)

    def pose(self, seed: int | None = None) -> None:
        """Put another instance in the place of this one."""
        other = practice_of(self.exercise, seed)
        self.seed, self.problem, self.is_drawn, self._shown = other.seed, other.problem, True, 0

    @cached_property
    def box(self) -> AnswerBox:
        """The box to answer in."""
        from .asking import box_of  # only now, as `import bpkit` and a check in a cell need no widgets

        return box_of(self)

    def _ipython_display_(self) -> None:
        self.box._ipython_display_()

    def check(self, *answers: object) -> Feedback:
        """Check answers to this instance."""
        return _feedback(self.problem.judge(*answers), self.exercise, "Practice: not counted.", None)

    def hint(self) -> Page:
        """Show the next hint to this instance."""
        hints = self.problem.hints
        self._shown = min(self._shown + 1, len(hints))
        return Page(f"**Hint {self._shown} of {len(hints)}.** {hints[self._shown - 1]}")

    def solution(self) -> Page:
        """Show the worked solution of this instance."""
        return Page(_solution(self.exercise, self.problem))

    def __repr__(self) -> str:
        return self._repr_markdown_()

    def _repr_markdown_(self) -> str:
        heading = f"**Practice for {self.exercise.id} · {self.exercise.title}** (seed {self.seed}, not counted)"
        if not self.exercise.has_instances:
            heading += "\n\nThere are no other numbers to put into this one; here it is again."
        names = ", ".join(answer.name for answer in self.problem.answers)
        call = f'again = bpkit.practice("{self.exercise.id}", seed={self.seed})'
        how = f"To answer: `{call}`, then `again.check({names})`."
        return f"{heading}\n\n{self.problem.statement.strip()}\n\n{how}"


@cache
def _store(path: Path) -> Store:
    return Store(path)


def _feedback(verdict: Verdict, exercise: Exercise, next_step: str, notice: str | None) -> Feedback:
    return Feedback(
        **vars(verdict), exercise_id=exercise.id, points=exercise.points, next_step=next_step, notice=notice
    )


def _next_step(verdict: Verdict, exercise: Exercise) -> str:
    if verdict.status == "incorrect":
        return f'Stuck? `bpkit.hint("{exercise.id}")` helps a little.'
    if verdict.status == "correct" and exercise.has_instances:
        return f'Once more with other numbers: `bpkit.practice("{exercise.id}")`.'
    return ""


def _solution(exercise: Exercise, problem: Problem) -> str:
    return f"**Worked solution of {exercise.id} · {exercise.title}**\n\n{problem.worked()}"


def _as_text(given: Any) -> str:
    """Write an answer down for the progress file, calling no method of an object that is not of a known type."""
    kind = type(given)
    try:
        if kind is str:
            return str(given)
        if given is ...:
            return "..."
        if kind in (int, float, bool, type(None)):
            return repr(given)
        if issubclass(kind, sympy.Basic):
            check_size(given)  # it also refuses what only looks like SymPy
            return str(sympy.sstr(given))
        if kind in (sympy.Matrix, sympy.ImmutableMatrix):
            return str(sympy.sstr(given))
        if kind is np.ndarray and given.dtype.kind in "biuf":
            return str(np.array2string(given, threshold=200))
        if kind is FunctionType:
            return inspect.getsource(given)
        if kind in (list, tuple):
            return "[" + ", ".join(_as_text(part) for part in given[:100]) + "]"
    except Exception:  # what cannot be written down is not: the verdict is, in any case
        pass
    return f"<{kind.__name__}>"
