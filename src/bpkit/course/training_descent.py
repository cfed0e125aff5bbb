"""Chapter 09, with the explorer: steps down a narrow valley, and how long they may be."""

from __future__ import annotations

from functools import cache

import numpy as np

from bpkit.checking import Array, Mistake
from bpkit.nn.surfaces import Descent, descent_path, surfaces

from .exercise import Problem

LONGEST = 300  # steps, as in the explorer
RATES = (0.12, 0.16, 0.2, 0.24, 0.28, 0.32)


@cache
def _walked(surface: str, start: tuple[float, float], rate: float, momentum: float) -> Descent:
    return descent_path(surfaces()[surface], start, rate, momentum, steps=LONGEST)


def _first_below(path: Descent, bound: float) -> int:
    """Return the first step after which the loss is below a bound."""
    return next(step for step, loss in enumerate(path.loss) if loss < bound)


def _largest_kept(start: tuple[float, float], momentum: float) -> float:
    """Return the largest learning rate at which the ball does not run away."""
    return max(rate for rate in RATES if not _walked("valley", start, rate, momentum).lost)


def descent(
    start: tuple[float, float] = (-1.0, 3.0), rate: float = 0.1, momentum: float = 0.8, bound: float = 0.5
) -> Problem:
    """How many steps lead to a valley's ground, and at which rates a ball stays there, without momentum and with."""
    both = (0.0, momentum)
    needed = np.array([_first_below(_walked("valley", start, rate, mu), bound) for mu in both], float)
    largest = np.array([_largest_kept(start, mu) for mu in both])
    bowl = [_first_below(_walked("bowl", start, rate, mu), bound) for mu in both]
    w1, w2 = (f"{value:g}" for value in start)
    call = f'explorer = bpkit.widgets.DescentExplorer("valley", start=[{w1}, {w2}], rate={rate:g}, steps=0)'
    listed = ", ".join(f"{one:g}" for one in RATES)
    return Problem(
        statement=rf"""
A ball on the surface "valley", each step with all twelve samples:

```
{call}
explorer
```

(a) After how many steps is the loss below {bound:g} for the first time? `needed`: two whole numbers, without momentum
and with $\mu = {momentum:g}$.

(b) Of the learning rates {listed}, which is the largest with which the ball does not run away? `largest`: two
numbers, again without momentum and with $\mu = {momentum:g}$. Give the ball all its {LONGEST} steps before you decide;
if it runs away, a message says so.

The table below the curve of the loss shows the last step in numbers. In another cell, `explorer.losses` is the list of
all losses, and `explorer.lost` says whether the ball has run away.
""",
        answers=(
            Array("needed", needed, _miscounted(needed, np.array(bowl, float))),
            Array("largest", largest, _misjudged(largest)),
        ),
        hints=(
            "Move the slider of the steps, and read the loss in the sentence below the picture.",
            "The start is step 0: there the ball has not moved yet.",
            "For (b) set the steps to the most there are, and go through the learning rates, first with μ = 0.",
        ),
        solution=rf"""
```python
needed, largest = [], []
for mu in (0, {momentum:g}):
    explorer = bpkit.widgets.DescentExplorer("valley", start=[{w1}, {w2}], rate={rate:g}, momentum=mu, steps={LONGEST})
    needed.append(next(k for k, loss in enumerate(explorer.losses) if loss < {bound:g}))
    stays = []
    for explorer.rate in ({listed}):
        if not explorer.lost:
            stays.append(explorer.rate)
    largest.append(max(stays))
```

Without momentum {needed[0]:g} steps are needed, with $\mu = {momentum:g}$ only {needed[1]:g}: along the valley all
slopes point the same way and add up. The rates up to {largest[0]:g} and {largest[1]:g} are safe: across the valley
the old velocity and the new slope pull in opposite ways, so that momentum brakes there, and $\eta$ may be larger.
""",
    )


def _miscounted(needed: np.ndarray, bowl: np.ndarray) -> tuple[Mistake, ...]:
    off = [("step-number-off", needed + np.array(by)) for by in ((1, 1), (-1, -1), (1, 0), (0, 1), (-1, 0), (0, -1))]
    wrong = [
        *off,
        ("one-momentum", needed[[0, 0]]),
        ("one-momentum", needed[[1, 1]]),
        ("order-reversed", needed[::-1]),
        ("another-surface", bowl),
        ("steps-saved", np.array([needed[0], needed[0] - needed[1]])),
    ]
    return _unlike(wrong, needed)


def _misjudged(largest: np.ndarray) -> tuple[Mistake, ...]:
    beyond = [float(min([rate for rate in RATES if rate > one], default=one)) for one in largest]
    short = [float(max([rate for rate in RATES if rate < one], default=one)) for one in largest]
    wrong = [
        ("already-lost", np.array(beyond)),
        ("already-lost", np.array([beyond[0], largest[1]])),
        ("already-lost", np.array([largest[0], beyond[1]])),
        ("not-the-largest", np.array(short)),
        ("not-the-largest", np.array([short[0], largest[1]])),
        ("not-the-largest", np.array([largest[0], short[1]])),
        ("one-momentum", largest[[0, 0]]),
        ("one-momentum", largest[[1, 1]]),
        ("order-reversed", largest[::-1]),
    ]
    return _unlike(wrong, largest)


def _unlike(wrong: list[tuple[str, np.ndarray]], right: np.ndarray) -> tuple[Mistake, ...]:
    """Keep what is wrong in this instance, the first name for each."""
    named = {tuple(result): slug for slug, result in reversed(wrong) if not np.allclose(result, right)}
    return tuple(Mistake(slug, np.array(result)) for result, slug in named.items())
