"""Chapter 06, last part: a temperature and a logit, moved with the explorer until the picture shows what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from bpkit import nn
from bpkit.checking import Mistake
from bpkit.checking.measured import Measured, agree

from .exercise import Problem
from .softmax_forward import CHAPTER, Floats

Logits = tuple[float, ...]
TARGETS = {"largest": (0.8, 0.85, 0.9), "loss": (0.05, 0.1, 0.2)}
# In each the second is the largest, and none is far ahead.
LOGITS: tuple[Logits, ...] = (
    (0.4, 1.9, 1.2, -0.6),
    (-0.5, 1.6, 0.7, 0.2),
    (1.1, 2.3, -1.2, 0.6),
    (0.8, 1.7, -0.9, 0.3),
    (0.9, 2.2, 1.3, -1.4),
    (-0.8, 1.8, 1.1, 0.5),
    (0.3, 1.4, -0.7, 0.6),
    (1.2, 2.1, 0.1, -1.1),
)


def root(f: Callable[[float], float], low: float, high: float) -> float:
    """Return where the rising function f is 0, found by halving the interval."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


def _largest(z: Floats, T: float) -> float:
    return float(nn.softmax(z / T).max())


def _with_logit(z: Floats, k: int, value: float) -> Floats:
    z = z.copy()
    z[k] = value
    return z


def _loss(z: Floats, k: int, value: float, T: float = 1.0) -> float:
    """Return −ln of the probability of class k whose logit has this value."""
    return float(nn.cross_entropy_of_logits(_with_logit(z, k, value) / T, np.eye(len(z))[k]))


def _unlike(wrong: Iterable[tuple[str, float]], right: float, digits: int) -> tuple[Mistake, ...]:
    """Keep what can't be mistaken for the right number, be it written to so many digits or to one less."""
    rounded = float(f"{right:.{digits - 1}g}")
    return tuple(
        Mistake(slug, np.array(number))
        for slug, number in wrong
        if abs(number / right - 1) > 0.01 and not agree(right, number, digits) and not agree(rounded, number, digits)
    )


@CHAPTER.exercise(
    "6.14",
    "Steering the softmax",
    covers=("softmax-notes/softmax", "softmax-notes/cross-entropy"),
    points=2,
    vary={"logits": LOGITS, "label": (0, 2, 3), "largest": TARGETS["largest"], "loss": TARGETS["loss"]},
)
def steering(
    logits: Logits = (0.8, 2.0, 1.2, -0.8), label: int = 2, largest: float = 0.9, loss: float = 0.1
) -> Problem:
    """The temperature at which a probability has a value, and the logit at which the loss has one."""
    z = np.array(logits)
    T_sure = root(lambda T: largest - _largest(z, T), 0.02, 20)
    at = partial(_loss, z, label)
    z_label = root(lambda value: loss - at(value), -20, 20)

    def reaching(p: float, T: float = 1.0) -> float:
        """Return the label's logit with which its probability is p."""
        return root(lambda value: -np.log(p) - at(value, T), -60, 60)

    gap = z.max() - np.sort(z)[-2]
    wrong_T = [
        ("temperature-inverted", 1 / T_sure),
        ("two-classes-only", gap / np.log(largest / (1 - largest))),
        ("probability-for-temperature", largest),
    ]
    wrong_z = [
        ("change-for-value", z_label - z[label]),
        ("temperature-kept", reaching(np.exp(-loss), T_sure)),
        ("other-base", reaching(10**-loss)),
        ("probability-for-loss", reaching(loss)),
        ("one-minus-loss", reaching(1 - loss)),
        ("own-score-left-out", float(nn.log_sum_exp(np.delete(z, label)) - loss)),
    ]
    p, others = np.exp(-loss), float(np.sum(np.exp(np.delete(z, label))))
    before, after = _loss(z, label, z[label]), _loss(z, label, z[label], T_sure)
    listed = ", ".join(f"{value:g}" for value in logits)
    return Problem(
        statement=rf"""
The last layer of a network has computed the logits below. The right class is {label}, counted from 0, and it is not the
one with the largest logit. Run in a cell of your own:

```
explorer = bpkit.widgets.SoftmaxExplorer(logits=[{listed}], label={label})
explorer
```

(a) `T_sure`: lower the temperature until the largest probability is {largest:g}. Which temperature is that, to two
significant digits?

(b) `z_label`: set the temperature back to 1, and move the logit of class {label} until the loss is {loss:g}. Which
logit is that, to three significant digits?

Hand in two numbers. You may read them off the picture, or in a cell: `explorer.temperature`, `explorer.logits[{label}]`
and, to see how near you are, `explorer.probabilities` and `explorer.loss`.
""",
        answers=(
            Measured("T_sure", np.array(T_sure), _unlike(wrong_T, T_sure, 2), digits=2),
            Measured("z_label", np.array(z_label), _unlike(wrong_z, z_label, 3), digits=3),
        ),
        hints=(
            "Go near with the slider, then type into the field beside it, or press the arrow keys ↑ and ↓ there.",
            "Find one value that gives too much and one that gives too little, and try the middle between them.",
            "In (b) only one logit moves, at the temperature 1; the others are those that the explorer began with.",
        ),
        solution=rf"""
(a) With $K > 2$ no formula gives $T$; one searches, and finds $T = {T_sure:.4f}$. The network is more certain now, and
no wiser: its largest logit belongs to a wrong class, so the loss has grown, from {before:.3f} to {after:.3f}.

(b) Here the search can be spared. The loss is {loss:g} where the probability is $p = e^{{-{loss:g}}} = {p:.4f}$. With
$S = \sum_{{j \ne {label}}} e^{{z_j}} = {others:.4f}$ that is $\frac{{e^z}}{{e^z + S}} = p$, so
$z = \log \frac{{p\, S}}{{1 - p}} = {z_label:.4f}$.
""",
    )
