"""The operations of both passes in order, as ``mathematics/steps.js`` has them; its comments say what they are."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

LARGEST = {"layers": 6, "neurons": 8, "weights": 120}  # of a network that is drawn


class Step(NamedTuple):
    """One operation.

    Parameters
    ----------
    kind
        "input", "z", "a", "loss", "back", "d", "dW" or "db".
    l
        The layer, from 1 on.
    j
        The neuron, from 1 on; None for what concerns a whole layer.
    """

    kind: str
    l: int
    j: int | None


def fits(sizes: Sequence[int]) -> bool:
    """Tell whether a network of these sizes is small enough to be drawn."""
    weights = sum(n * below for below, n in pairwise(sizes))
    return len(sizes) <= LARGEST["layers"] and max(sizes) <= LARGEST["neurons"] and weights <= LARGEST["weights"]


def steps_of(sizes: Sequence[int], passes: str) -> list[Step]:
    """List the operations; a network too large to be drawn goes a layer at a time."""
    F = len(sizes)

    def layer(kind: str, l: int) -> list[Step]:
        return [Step(kind, l, j) for j in (range(1, sizes[l - 1] + 1) if fits(sizes) else [None])]

    steps = [Step("input", 1, None)]
    for l in range(2, F + 1):
        steps += layer("z", l) + layer("a", l)
    if passes == "forward":
        return steps
    steps.append(Step("loss", F, None))
    for l in range(F, 1, -1):
        for kind in ("back", "d", "dW", "db")[l == F :]:
            steps += layer(kind, l)
    return steps
