"""Chapter 05, the experiment: which losses can be descended, and how a descent shows its slope."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from bpkit import nn
from bpkit.checking import Array, Mistake, Verdict, together
from bpkit.checking.arrays import read_array
from bpkit.checking.measured import Measured
from bpkit.checking.misconceptions import SENTENCES

from .exercise import Problem
from .losses_squared import CHAPTER

Floats = NDArray[np.float64]

STEPS = 8
# In the order of the exercise; the cross-entropy is that of the sigmoid of z.
LOSSES = (
    nn.squared_error,
    nn.mean_absolute_error,
    nn.zero_one,
    nn.hinge,
    nn.binary_cross_entropy_of_logits,
)
SQUARED, ABSOLUTE, ZERO_ONE, HINGE, CROSS_ENTROPY = range(len(LOSSES))
EQUAL, SHRINKING = {ABSOLUTE, HINGE}, {SQUARED, CROSS_ENTROPY}
# From where a descent may start, with which step size, so that each shows what it is like within its eight steps.
STARTS = {
    SQUARED: (-2.0, -1.7, -1.4, -0.6),
    ABSOLUTE: (-0.8, -0.7, -0.5, -0.1),
    ZERO_ONE: (-1.9, -1.1, -0.4, -0.3),
    HINGE: (-1.3, -0.9, -0.7, -0.2),
    CROSS_ENTROPY: (-1.0, -0.8, -0.5, 0.2),
}
ETAS = {
    SQUARED: (0.1, 0.15, 0.2, 0.3, 0.7, 0.8),
    ABSOLUTE: (0.5, 0.7),
    ZERO_ONE: (0.3, 0.6),
    HINGE: (0.5, 0.6, 0.8),
    CROSS_ENTROPY: (1.2, 1.5, 2.0),
}
# How each ends: 1 stands still, 2 comes nearer and nearer to a number, 3 goes to and fro, 4 has no bound.
FATES = (2, 3, 1, 1, 4)
# What is wrong where the end of one loss is answered otherwise.
WRONG_FATES = ("square-settles", "equal-steps-never-settle", "zero-one-moved", "hinge-moved", "never-flat")
SHOWN = (
    "The steps shrink, each by the same factor",
    "The steps are equally long, and at 1 they turn back",
    "Nothing moves",
    "The steps are equally long, and from 1 on there are none",
    "The steps shrink, and they go on beyond 1",
)
NAMES = ("squared error", "absolute error", "zero-one loss", "hinge loss", "cross-entropy")


@dataclass(frozen=True)
class Choices(Array):
    """For each row the number of one of several choices, counted from 1.

    Parameters
    ----------
    choices
        How many there are.
    once
        Whether each of them is the answer for one row.
    """

    choices: int = 1
    once: bool = False

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Say of other numbers that they are none of the choices."""
        verdict = super().judge(given, why)
        if verdict.status != "incorrect":
            return verdict
        numbers = read_array(given)
        if not np.isin(numbers, range(1, self.choices + 1)).all():
            return replace(verdict, message=f"Only the numbers 1 to {self.choices} are asked for.", misconception=None)
        if self.once and numbers.size == self.choices > len(set(numbers.flat)):
            return replace(verdict, message=SENTENCES["choice-twice"], misconception="choice-twice")
        return verdict


def _path(loss: int, start: float, eta: float) -> Floats:
    """Return z before the first step z − η dL/dz and after each."""
    z = [start]
    for _ in range(STEPS):
        z.append(z[-1] - eta * float(LOSSES[loss].gradient(np.array([z[-1]]), np.ones(1))[0]))
    return np.array(z)


def _draw(seed: int) -> tuple[list[int], list[float], list[float]]:
    """Draw which loss makes which row, and for each row the start and the step size.

    No row is the place of its own loss, and none exchanges its place with another; no step of a loss with equal steps
    ends at 1.
    """
    rng = np.random.default_rng(5 + seed)
    while True:
        order = [int(loss) for loss in rng.permutation(len(LOSSES))]
        starts = [float(rng.choice(STARTS[loss])) for loss in order]
        etas = [float(rng.choice(ETAS[loss])) for loss in order]
        pairs = zip(order, starts, etas, strict=True)
        landing = any(loss in EQUAL and abs((1 - z) / eta % 1 - 0.5) > 0.4 for loss, z, eta in pairs)
        if all(order[order[row]] != row for row in order) and len(set(starts)) == len(starts) and not landing:
            return order, starts, etas


def _wrong_rows(order: list[int]) -> list[Mistake]:
    """List all other orders, by what distinguishes the losses that they confuse."""
    inverse = tuple(order.index(loss) for loss in range(len(order)))
    made = [Mistake("rows-for-losses", np.array(inverse) + 1)]
    for other in permutations(range(len(order))):
        confused = [{mine, right} for mine, right in zip(other, order, strict=True) if mine != right]
        if not confused or other == inverse:
            continue
        if any(ZERO_ONE in pair for pair in confused):
            slug = "zero-one-moved"
        elif not all(pair in (EQUAL, SHRINKING) for pair in confused):
            slug = "step-lengths"
        else:
            slugs = {("beyond-the-target", "same-factor")[pair == SHRINKING] for pair in confused}
            slug = together(*slugs)
        made.append(Mistake(slug, np.array(other) + 1))
    return made


def _wrong_fates(order: list[int]) -> list[Mistake]:
    """List all other ends, by the losses whose end is wrong."""
    right = tuple(FATES[loss] for loss in order)
    made = [Mistake("losses-for-rows", np.array(FATES))]
    for given in product(range(1, 5), repeat=len(order)):
        wrong = {WRONG_FATES[loss] for loss, mine, goal in zip(order, given, right, strict=True) if mine != goal}
        if wrong and given != FATES:
            made.append(Mistake("several-wrong" if len(wrong) > 2 else together(*wrong), np.array(given)))
    return made


def _wrong_sizes(path: Floats, eta: float) -> list[Mistake]:
    """List what is taken for the step size of the squared error."""
    made = [
        ("two-missing", 2 * eta),
        ("step-for-step-size", abs(path[1] - path[0])),
        ("shrinking-factor", 1 - 2 * eta),
        ("shrinking-factor", abs(1 - 2 * eta)),
        ("two-inverted", 4 * eta),
        ("all-zeros", 0.0),
    ]
    return [Mistake(slug, np.array(size)) for slug, size in made if not np.isclose(size, eta)]


@CHAPTER.exercise(
    "5.12",
    "Five descents",
    covers=("fda/mae", "fda/zero-one", "fda/hinge", "fda/cross-entropy"),
    points=4,
    vary={"seed": range(1, 200)},
)
def descents(seed: int = 0) -> Problem:
    """Which loss made which row of numbers z − η dL/dz, with which step size, and how each of them ends."""
    order, starts, etas = _draw(seed)
    paths = [_path(*row) for row in zip(order, starts, etas, strict=True)]
    square = order.index(SQUARED)
    head = " | ".join(["row", "start", *(f"step {step}" for step in range(1, STEPS + 1))])
    shown = [" | ".join(f"{z:.2f}".replace("-", "−") for z in path) for path in paths]
    rows = "\n".join(f"| {number} | {row} |" for number, row in enumerate(shown, start=1))
    told = "\n".join(
        f"- Row {number}: {SHOWN[loss][0].lower()}{SHOWN[loss][1:]}. That is the {NAMES[loss]}."
        for number, loss in enumerate(order, start=1)
    )
    first, second = paths[square][:2]
    return Problem(
        statement=rf"""
Five descents have lost their names. One number $z$ moves, $z \leftarrow z - \eta\, \frac{{dL}}{{dz}}$, each time from
another start and with another step size $\eta$. Each of these losses made one row of the table:

1. squared error $(z - 1)^2$,
2. absolute error $|z - 1|$,
3. zero-one loss for the label $+1$, with the score $z$,
4. hinge loss for the label $+1$, with the score $z$,
5. cross-entropy for the label 1, with the output $\sigma(z)$.

| {head} |
|---|{"---|" * (STEPS + 1)}
{rows}

Hand in

(a) `losses`: for row 1 to row 5 the number of its loss, five numbers,

(b) `eta`: the step size of the row that the squared error made,

(c) `ends`: for row 1 to row 5 how it goes on if the steps never end and nothing is rounded:

| number | how it goes on |
|---|---|
| 1 | it stands still from some step on, or from the start |
| 2 | it comes nearer and nearer to a number, but never stands still |
| 3 | it goes to and fro between the same two numbers |
| 4 | it exceeds every number |
""",
        answers=(
            Choices("losses", np.array(order) + 1, tuple(_wrong_rows(order)), choices=5, once=True),
            Measured("eta", np.array(etas[square]), tuple(_wrong_sizes(paths[square], etas[square])), digits=2),
            Choices("ends", np.array([FATES[loss] for loss in order]), tuple(_wrong_fates(order)), choices=4),
        ),
        hints=(
            "Look at the lengths of the steps: a step is as long as the slope is steep, times a constant.",
            "Where is each slope 0? And what does each do on the other side of 1?",
            "For (b) write the first step of that row down, with its slope at the start; only η is unknown in it.",
        ),
        solution=rf"""
(a) The slopes are $2(z - 1)$, $\mathrm{{sign}}(z - 1)$, $0$, $-1$ for $z < 1$ and else $0$, and $\sigma(z) - 1$.

{told}

(b) The first step of row {square + 1} goes from ${first:.2f}$ to ${second:.2f}$, and the slope at its start is
$2 \cdot ({first:g} - 1) = {2 * (first - 1):g}$. So $\eta = {etas[square]:g}$.

(c) The squared error's distance from 1 shrinks by a factor, and becomes 0 in no step. The absolute error's steps never
become shorter. The hinge loss rests where it is flat, and the zero-one loss is flat from the start. The slope of the
cross-entropy is nowhere 0, and always points upwards.
""",
    )
