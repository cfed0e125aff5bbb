"""Chapter 05, the experiment: which losses can be descended."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit import nn
from bpkit.checking import Mistake, together
from bpkit.checking.measured import Decisions, Measured, agree

from .exercise import Problem
from .losses_squared import CHAPTER

Floats = NDArray[np.float64]
Slope = Callable[[float], float]

FEW, MANY = 10, 10_000
STILL = 1e-5  # a step that is smaller counts as none


def _slope(loss: nn.Loss, target: float = 1.0) -> Slope:
    """Return the slope of a loss of one output by that output."""
    return lambda z: float(loss.gradient(np.array([z]), np.array([target]))[0])


# In the order of the exercise; the cross-entropy is that of the sigmoid of z.
LOSSES = (
    nn.squared_error,
    nn.mean_absolute_error,
    nn.zero_one,
    nn.hinge,
    nn.binary_cross_entropy_of_logits,
)
SLOPES: tuple[Slope, ...] = tuple(map(_slope, LOSSES))
SQUARED, ABSOLUTE, ZERO_ONE, HINGE, CROSS_ENTROPY = range(len(LOSSES))


def _path(slope: Slope, start: float, eta: float, steps: int) -> float:
    """Return where so many steps z − η dL/dz lead to."""
    z = start
    for _ in range(steps):
        z -= eta * slope(z)
    return z


def _after(start: float, eta: float, steps: int = FEW, slopes: tuple[Slope, ...] = SLOPES) -> Floats:
    return np.array([_path(slope, start, eta, steps) for slope in slopes])


def _with(place: int, slope: Slope) -> tuple[Slope, ...]:
    """Put another slope in for that of one loss."""
    return (*SLOPES[:place], slope, *SLOPES[place + 1 :])


def _through_square(z: float) -> float:
    """The slope of the squared error behind a sigmoid, for the target 1."""
    a = float(nn.sigmoid(z))
    return 2 * (a - 1) * a * (1 - a)


def _wrong_places(start: float, eta: float) -> list[tuple[str, Any]]:
    """List where the five end if something goes wrong."""
    other: dict[str, tuple[Slope, ...]] = {
        "two-missing": _with(SQUARED, lambda z: z - 1),
        "size-for-sign": _with(ABSOLUTE, lambda z: z - 1),
        "flat-side": _with(ABSOLUTE, lambda z: -1.0 * (z < 1)),
        "zero-one-moved": _with(ZERO_ONE, lambda z: -1.0 * (z <= 0)),
        "flat-missing": _with(HINGE, lambda z: -1.0),
        "corner-elsewhere": _with(HINGE, lambda z: -1.0 * (z < 0)),
        "absolute-for-maximum": _with(HINGE, SLOPES[ABSOLUTE]),
        "slope-left-over": _with(CROSS_ENTROPY, lambda z: -((1 - float(nn.sigmoid(z))) ** 2) * float(nn.sigmoid(z))),
        "squared-error-slope": _with(CROSS_ENTROPY, _through_square),
        "sigma-missing": _with(CROSS_ENTROPY, lambda z: z - 1),
        "labels-exchanged": _with(CROSS_ENTROPY, _slope(LOSSES[CROSS_ENTROPY], 0)),
    }
    return [
        ("ascent", _after(start, -eta)),
        ("step-size-missing", _after(start, 1.0)),
        ("one-step-off", _after(start, eta, FEW - 1)),
        ("one-step-off", _after(start, eta, FEW + 1)),
        *((slug, _after(start, eta, slopes=slopes)) for slug, slopes in other.items()),
    ]


def _moving(late: Floats, eta: float) -> Floats:
    """Tell, for each loss, whether a step from here moves z."""
    steps = [eta * abs(slope(z)) for slope, z in zip(SLOPES, late, strict=True)]
    return np.array([1.0 * (step > STILL) for step in steps])


# What is wrong where one loss is answered otherwise, in their order.
MOVES = ("square-settles", "equal-steps-never-settle", "zero-one-moved", "hinge-moved", "never-flat")
ARRIVALS = ("", "never-at-rest", "zero-one-moved", "margin-reached", "never-at-rest")


def _decided(right: Floats, slugs: tuple[str, ...], wholes: list[tuple[str, Floats]]) -> tuple[Mistake, ...]:
    """List the wrong answers to five questions: `wholes` by their own name, others by the questions that are wrong."""
    made = [Mistake(slug, whole) for slug, whole in wholes if not np.array_equal(whole, right)]
    named = {tuple(whole) for _, whole in wholes}
    for several in product((False, True), repeat=len(right)):
        given = np.where(several, 1 - right, right)
        wrong = {slug for slug, here in zip(slugs, several, strict=True) if here}
        if sum(several) and tuple(given) not in named and "" not in wrong:
            slug = "several-wrong" if sum(several) > 2 else together(*wrong)
            made.append(Mistake(slug, given))
    return tuple(made)


@CHAPTER.exercise(
    "5.13",
    "Five descents",
    covers=("fda/mae", "fda/zero-one", "fda/hinge", "fda/cross-entropy"),
    points=4,
    vary={"start": (-1.6, -2.0), "eta": (0.4, 0.7)},
)
def descents(start: float = -1.6, eta: float = 0.4) -> Problem:
    """z − η dL/dz for five losses from one start: where it gets to, what still moves, and what is right in the end."""
    right = _after(start, eta)
    late = _after(start, eta, MANY)
    moving = _moving(late, eta)
    arrived = np.where(late > 0, 1.0, 0.0)
    # Where the absolute error has just passed over the target, it is where the hinge loss is at rest.
    wrong_places = tuple(Mistake(slug, z) for slug, z in _wrong_places(start, eta) if not agree(z, right, 3))
    turned = [("answers-inverted", 1 - moving), ("order-reversed", moving[::-1])]
    wrong_moving = _decided(moving, MOVES, turned)
    for_moving = [("still-for-arrived", moving), ("still-for-arrived", 1 - moving)]
    wrong_arrived = _decided(arrived, ARRIVALS, [("answers-inverted", 1 - arrived), *for_moving])
    told = f"{start:g}".replace("-", "−")
    return Problem(
        statement=rf"""
One sample, one number $z$ that may move, and five losses, in this order:

1. squared error $(z - 1)^2$,
2. absolute error $|z - 1|$,
3. zero-one loss for the label $+1$,
4. hinge loss for the label $+1$,
5. cross-entropy for the label 1, of $a = \sigma(z)$.

For each of them begin at $z = {told}$ and go down the slope, $z \leftarrow z - \eta\, \frac{{dL}}{{dz}}$, with
$\eta = {eta:g}$. Hand in

(a) `after`: the five $z$ after {FEW} steps, each to three significant digits,

(b) `moving`: for each loss 1 if step number {MANY} still moves $z$ by more than $10^{{-5}}$, else 0,

(c) `arrived`: for each loss 1 if $z$ is then positive, as the target or the label is, else 0.
""",
        answers=(
            Measured("after", right, wrong_places),
            Decisions("moving", moving, wrong_moving),
            Decisions("arrived", arrived, wrong_arrived),
        ),
        hints=(
            "Write one function for each slope, from the exercises of this chapter, and one loop for all of them.",
            "What is the slope of the zero-one loss at the start?",
            "Print the last two z of each descent: is it at rest, does it go back and forth, or on and on?",
        ),
        solution=r"""
The slopes are $2(z - 1)$, $\mathrm{sign}(z - 1)$, $0$, $-1$ for $z < 1$ and else $0$, and $\sigma(z) - 1$.

The squared error's steps shrink with the distance, and soon there is nothing left to do. The absolute error's are all
equally long, so it passes over the target, to and fro. The zero-one loss does not move at all. The hinge loss
walks with equal steps until the margin is at least 1, and then stands still. The cross-entropy's steps
shrink, but never end: no finite $z$ makes $\sigma(z)$ equal to 1.
""",
    )
