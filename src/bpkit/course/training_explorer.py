"""Chapter 09, with the explorer: how long a small network learns, and how small it may be."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit import data
from bpkit.checking import Array, Mistake
from bpkit.nn.stepwise import Training, drawn_network

from .exercise import Problem

N, RATE, HIDDEN, BOUND = 100, 0.5, 4, 0.1
SIZES = (25, 10, 5)
EPOCHS, ENOUGH = 100, 95  # for (b): so long is trained, and so many points must be right
MOST = 8  # neurons that the explorer offers


def _training(hidden: int, size: int, seed: int) -> Training:
    return Training(drawn_network([hidden], seed=seed), *data.points("circles", N), RATE, 0, size, seed)


@cache
def _until_small(size: int, seed: int) -> tuple[int, int]:
    """Return after how many epochs the loss is below the bound, and after how many all points are right."""
    training, right = _training(HIDDEN, size, seed), 0
    while training.loss >= BOUND:
        training.to_epoch(training.epochs + 1)
        right = right or training.epochs * (training.right == N)
    return training.epochs, right


@cache
def _fewest(seed: int) -> int:
    """Return the smallest number of hidden neurons with which enough points are right in the end."""
    for hidden in range(1, MOST + 1):
        training = _training(hidden, SIZES[-1], seed)
        training.to_epoch(EPOCHS)
        if training.right >= ENOUGH:
            return hidden
    raise ValueError(f"with seed {seed} no number of neurons will do")


def small_enough(seed: int = 3) -> Problem:
    """After how many epochs the loss is below 0.1 with three batch sizes, and how few hidden neurons will do."""
    pairs = [_until_small(size, seed) for size in SIZES]
    epochs, all_right = np.array(pairs, float).T
    fewest = _fewest(seed)
    steps = epochs * [-(-N // size) for size in SIZES]
    elsewhere = 0 if seed else 1
    other = np.array([_until_small(size, elsewhere)[0] for size in SIZES], float)
    call = f'bpkit.widgets.TrainingExplorer(data="circles", hidden=[{HIDDEN}], rate={RATE:g}, seed={seed})'
    return Problem(
        statement=rf"""
A 2–{HIDDEN}–1 network learns to tell a small circle of points from a large one around it:

```
explorer = {call}
explorer
```

(a) After how many whole epochs is the loss below {BOUND:g} for the first time? `epochs_needed`: three whole numbers,
for the batch sizes {", ".join(map(str, SIZES))} in this order, each from the start.

(b) Now take a batch size of {SIZES[-1]} and leave the rest as it is, but for the hidden layer. What is the smallest
number of hidden neurons, in one layer, with which at least {ENOUGH} of the {N} points are right after {EPOCHS} epochs?
`fewest`: a whole number.

*Train* runs until you press *Pause*, *One epoch* goes to the end of an epoch, *Start again* goes back to the same
starting weights. What is shown can be read in another cell, too: `explorer.epoch`, `explorer.loss`,
`explorer.accuracy`, and in `explorer.curve` all pairs [epoch, loss] so far.
""",
        answers=(
            Array("epochs_needed", epochs, _misread(epochs, steps, all_right, other)),
            Array("fewest", np.array(float(fewest)), _misjudged(fewest)),
        ),
        hints=(
            "Choose the slowest speed, or stop a little earlier, and go on epoch by epoch.",
            "Epoch 0 is the start, before the first step. Has each run begun there?",
            "For (b) begin with a single neuron: it can draw one straight line.",
        ),
        solution=rf"""
```python
epochs_needed, enough = [], []
for size in {SIZES}:
    explorer = {call}
    explorer.batch_size = size
    while explorer.loss >= {BOUND:g}:
        explorer.train(1)
    epochs_needed.append(explorer.epoch)
for h in range(1, {MOST + 1}):
    explorer.hidden = [h]
    explorer.train({EPOCHS})
    enough.append(explorer.accuracy >= {ENOUGH / N:g})
```

`explorer.train` makes the same steps as the page, in Python. (a) {", ".join(f"{n:g}" for n in epochs)} epochs: the
smaller the batches, the fewer. The numbers of *steps* differ much less: {", ".join(f"{n:g}" for n in steps)}.

(b) It takes {fewest}. Each hidden neuron bends the plane along one straight line. Two lines cannot enclose the inner
circle; three can make a triangle around it{"" if fewest == 3 else ", though from this start they do not find it"}.
""",
    )


def _misread(
    epochs: NDArray[Any], steps: NDArray[Any], all_right: NDArray[Any], other: NDArray[Any]
) -> tuple[Mistake, ...]:
    shifts = np.array([[x, y, z] for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1)])
    in_proportion = epochs[0] * np.array(SIZES) / SIZES[0]
    wrong = [
        ("order-reversed", epochs[::-1]),
        *(("same-batch-size", np.full(3, n)) for n in epochs),
        ("steps-for-epochs", steps),
        ("all-right-for-loss", all_right),
        ("another-start", other),
        ("in-proportion", in_proportion),
        ("in-proportion", np.round(in_proportion)),
        ("in-proportion", np.floor(in_proportion)),
        *(("epoch-number-off", epochs + shift) for shift in shifts),
    ]
    named = {tuple(result): slug for slug, result in reversed(wrong) if not np.array_equal(result, epochs)}
    return tuple(Mistake(slug, np.array(result)) for result, slug in named.items())


def _misjudged(fewest: int) -> tuple[Mistake, ...]:
    numbers = [n for n in range(MOST + 1) if n != fewest]
    return tuple(Mistake("too-few-neurons" if n < fewest else "fewer-will-do", np.array(float(n))) for n in numbers)
