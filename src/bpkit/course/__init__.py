"""The course: its chapters in order, and every exercise by its id. One module for each chapter."""

from __future__ import annotations

import difflib
from functools import cache
from importlib import import_module

from .exercise import Chapter, Exercise, Problem

# A chapter's module has its notebook's name without the number.
NOTEBOOKS = (
    "00_start_here",
    "01_chain_rule",
    "02_jacobians",
    "03_network_notation",
    "04_activations",
    "05_losses",
    "06_softmax_cross_entropy",
    "07_four_equations",
    "08_backpropagation",
    "09_training",
    "10_automatic_differentiation",
    "11_errata",
    "12_review",
)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in order."""
    modules = (import_module(f"{__name__}.{notebook.split('_', 1)[1]}") for notebook in NOTEBOOKS)
    return tuple(module.CHAPTER for module in modules)


def exercises() -> tuple[Exercise, ...]:
    """Return every exercise, in the course's order."""
    return tuple(exercise for chapter in chapters() for exercise in chapter.exercises)


class UnknownExercise(LookupError):
    """There is no exercise with this id; the text names the nearest."""


def find(exercise_id: object) -> Exercise:
    """Return the exercise with this id.

    Raises
    ------
    UnknownExercise
        If there is none.
    """
    by_id = {exercise.id: exercise for exercise in exercises()}
    wanted = str(exercise_id).strip() if isinstance(exercise_id, str | int | float) else ""
    if wanted in by_id:
        return by_id[wanted]
    near = difflib.get_close_matches(wanted, by_id, n=1, cutoff=0.0) or list(by_id)[:1]
    shown = wanted if len(wanted) <= 20 else wanted[:20] + "…"
    raise UnknownExercise(
        f"There is no exercise “{shown}”. The nearest is {near[0]}, “{by_id[near[0]].title}”; "
        "bpkit.exercises() lists them all."
    )


__all__ = ["Chapter", "Exercise", "Problem", "UnknownExercise", "chapters", "exercises", "find"]
