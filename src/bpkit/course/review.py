"""Chapter 12: one exercise from every chapter, drawn anew."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial

from . import (
    activations,
    automatic_differentiation,
    backpropagation,
    chain_rule,
    errata,
    four_equations,
    jacobians,
    losses,
    network_notation,
    softmax_cross_entropy,
    training,
)
from .exercise import Chapter, Exercise, Problem
from .review_by_hand import backward_pass, momentum_epoch

CHAPTER = Chapter("12_review", "Review")

CHAPTERS: tuple[Chapter, ...] = (
    *(chain_rule.CHAPTER, jacobians.CHAPTER, network_notation.CHAPTER, activations.CHAPTER, losses.CHAPTER),
    *(softmax_cross_entropy.CHAPTER, four_equations.CHAPTER, backpropagation.CHAPTER, training.CHAPTER),
    *(automatic_differentiation.CHAPTER, errata.CHAPTER),
)

# An exercise by its id, or one of those that join several, which are posed from a seed.
Choice = str | Callable[[int], Problem]

# Of each chapter the exercises that have other numbers and can be understood without their notebook.
CHOICES: Mapping[int, tuple[Choice, ...]] = {
    1: ("1.2", "1.3", "1.4", "1.5", "1.6"),
    2: ("2.1", "2.2", "2.4", "2.6", "2.7", "2.9"),
    3: ("3.2", "3.5", "3.8", "3.9"),
    4: ("4.1", "4.3", "4.4", "4.8"),
    5: ("5.1", "5.2", "5.5", "5.11"),
    6: ("6.3", "6.5", "6.7", "6.9", "6.10"),
    7: ("7.2", "7.5", "7.8", "7.13"),
    8: ("8.4", backward_pass),
    9: ("9.7", momentum_epoch),
    10: ("10.1", "10.2", "10.6"),
    11: ("11.1", "11.2", "11.4", "11.5", "11.8", "11.12"),
}
# What the notebook prints of each chapter.
PRINTED: Mapping[int, tuple[Choice, Mapping[str, object]]] = {
    1: ("1.6", {"a": 4, "n": 3}),
    2: ("2.6", {"a": 4, "b": 3, "at": (-1, 2)}),
    3: ("3.8", {"convention": (2, 2)}),
    4: ("4.4", {"i": 2, "n": 5}),
    5: ("5.5", {"a": (0.6, 0.3, 0.9, 0.2, 0.5), "eta": 0.05}),
    6: ("6.7", {"k": 1, "K": 4}),
    7: ("7.5", {"sizes": (4, 2, 3), "l": 2}),
    8: (backward_pass, {"seed": 4}),
    9: (momentum_epoch, {"seed": 4}),
    10: ("10.1", {"x": -3, "y": 6}),
    11: ("11.2", {"planted": (3, 1), "z": (1, 2, 3)}),
}
# How to type what these exercises ask for, which their notebooks say elsewhere.
TYPED_AS = {"3.2", "3.5", "7.2", "7.5", "7.8"}
TYPED = "Indices are typed as in `w_12^3`, `b_1^2`, `a_2^1` or `d_1^3`, and slopes as in `sigma'(z_1^2)`."
# What has to be said before some of them.
BEFORE = {
    "6.10": "The second layer of a network computes the logits $Z_2 = W_2 A_1 + b_2$ from the activations $A_1$ of the "
    "hidden layer.",
}
# Words that only make sense where the exercise stands in its chapter, and others in their place.
HERE = {
    "The line once more, copied by somebody else:": "The line as somebody copied it:",
    "Now the other way: which": "Which",
    "The worksheet has the input": "The worksheet, and so this course, has the input",
}
# A hint that leans on something in its chapter is left out, or another takes its place.
LEANS = re.compile(r"\b\d+\.\d+\b|\b(picture|diagram|chapter|exercise|earlier|before this one)\b")
INSTEAD = {
    "1.6": "By how many paths does u reach f? Draw arrows: from u to x and to y, and from there to f.",
    "3.9": "Say first what a^l and W^l are called there. Then i is the index there: solve for l.",
    "4.3": "The graph is made of two straight lines. How steep is each?",
    "4.8": "By which factor can the gradient change at most, over one link? A link brings one σ′ and one weight.",
    "5.5": "Write both gradients down. By which factor do they differ?",
    "6.7": "For (b) write log p_i as z_i − log S. Which factor does log S get in the whole sum?",
    "7.2": "In (a) there are two factors: how the loss moves with a_j, and how a_j moves with z_j.",
    "7.8": "Fill in one entry: what does that weight move, and how much? Then go along its row and down its column.",
    "11.5": "Follow one path from L back to a neuron of layer l, and name each link.",
}


def pick(chapter: int, seed: int) -> Choice:
    """Return the choice that a seed leads to."""
    return random.Random(f"chapter {chapter} {seed}").choice(CHOICES[chapter])


def draw(chapter: int, seed: int) -> Problem:
    """Pose what a seed leads to, with other numbers than its chapter prints."""
    choice = pick(chapter, seed)
    return _introduced(chapter, choice, choice(seed) if callable(choice) else _exercise(chapter, choice).problem(seed))


@cache
def printed(chapter: int) -> Problem:
    """Pose what the notebook prints."""
    choice, numbers = PRINTED[chapter]
    posing: Callable[..., Problem] = choice if callable(choice) else _exercise(chapter, choice).pose
    return _introduced(chapter, choice, posing(**numbers))


def pose(chapter: int, seed: int | None = None) -> Problem:
    """Pose what the notebook prints, or for a seed something else from the same chapter."""
    if seed is None:
        return printed(chapter)
    drawn = draw(chapter, seed)
    while drawn.statement == printed(chapter).statement:
        seed += ENOUGH
        drawn = draw(chapter, seed)
    return drawn


def _exercise(chapter: int, exercise_id: str) -> Exercise:
    return next(exercise for exercise in CHAPTERS[chapter - 1].exercises if exercise.id == exercise_id)


def _introduced(chapter: int, choice: Choice, problem: Problem) -> Problem:
    """Make an exercise stand alone, and say where it is from in the first hint and behind the solution.

    The statement itself does not say it: to see what kind of question it is belongs to the exercise.
    """
    own = choice if isinstance(choice, str) else ""
    like = f"like exercise {own}" if own else "several of its exercises in one"
    source = f"From chapter {chapter:02}, {like}."
    statement = problem.statement.strip()
    for there, here in HERE.items():
        statement = statement.replace(there, here)
    parts = [BEFORE.get(own, ""), statement, TYPED if own in TYPED_AS else ""]
    hints = [INSTEAD.get(own, "") if LEANS.search(hint) else hint for hint in problem.hints]
    first, *others = filter(None, hints)
    return replace(
        problem,
        statement="\n\n".join(filter(None, parts)),
        hints=(f"{source} {first}", *others),
        solution=f"{problem.solution.strip()}\n\n{source}",
    )


ENOUGH = 10_000  # seeds

for taught in CHAPTERS:
    CHAPTER.exercise(f"12.{taught.number}", taught.title, points=2, vary={"seed": range(ENOUGH)})(
        partial(pose, taught.number)
    )
