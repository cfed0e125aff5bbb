"""Chapter 04, third part: what `bpkit.widgets.ActivationExplorer` is asked for."""

from __future__ import annotations

from itertools import count

import numpy as np
import sympy

from bpkit import nn
from bpkit.checking import Mistake
from bpkit.checking.measured import Number
from bpkit.nn.activations import Activation

from .activations_slopes import CHAPTER
from .exercise import Problem

FARTHEST = 60  # neurons: twice as many as the explorer has


def _left(σ: Activation, w: float, b: float, x: float, n: int) -> float:
    """Return |dL/dh_1| / |dL/dh_n| in a chain of n equal neurons."""
    return float(abs(nn.chain_backward(np.full(n, w), np.full(n, b), x, 1.0, σ).dL_dh[1]))


def _first_below(σ: Activation, w: float, b: float, x: float, power: int) -> int:
    return next(n for n in count(1) if _left(σ, w, b, x, n) < 10.0**-power)


def _depth(name: str, right: int) -> Number:
    """Ask for a depth; any other one is too short, or longer than it has to be."""
    others = [Mistake("not-yet-below", sympy.Integer(n)) for n in range(1, right)]
    others += [Mistake("below-already", sympy.Integer(n)) for n in range(right + 1, FARTHEST + 1)]
    halves = [Mistake("not-a-whole-number", sympy.Rational(2 * n + 1, 2)) for n in range(1, FARTHEST)]
    return Number(name, sympy.Integer(right), (), (*others, *halves), measured="")


@CHAPTER.exercise(
    "4.9",
    "How deep with the sigmoid, how deep with tanh?",
    covers="dsc255/single-chain-recursion",
    points=2,
    # Of these no depth leaves so nearly 10^−power that three digits could not tell.
    vary={"w": (0.9, 1.1, 1.2, 1.3), "b": (-0.3, -0.2, 0.2), "x": (0.4, 0.6, 0.7), "power": (3, 4)},
)
def explored_depths(w: float = 1.2, b: float = 0.1, x: float = 0.8, power: int = 3) -> Problem:
    """The smallest depth at which less than 10^−power of the gradient is left, with two activation functions."""
    depths = {name: _first_below(σ, w, b, x, power) for name, σ in (("sigmoid", nn.sigmoid), ("tanh", nn.tanh))}
    around = {
        name: [f"{_left(σ, w, b, x, n):.2g}" for n in (depths[name] - 1, depths[name])]
        for name, σ in (("sigmoid", nn.sigmoid), ("tanh", nn.tanh))
    }
    return Problem(
        statement=rf"""
Open the explorer with this chain: `bpkit.widgets.ActivationExplorer(w={w:g}, b={b:g}, x={x:g})`. If it is long,
next to nothing of the gradient at the last neuron is left at the first. From which depth on is it *less* than
$10^{{-{power}}}$ of it?

Hand in two whole numbers, the smallest such depth with the sigmoid, `depth_sigmoid`, and that with tanh,
`depth_tanh`.
""",
        answers=(_depth("depth_sigmoid", depths["sigmoid"]), _depth("depth_tanh", depths["tanh"])),
        hints=(
            "Move the depth, and watch the number beside the dot. The dotted line shows where it goes from there.",
            rf"Near $10^{{-{power}}}$ read the sentence below the pictures, one depth after the other. "
            "The buttons change the activation function and leave the chain as it is.",
            "In a cell the same is read by `explorer.left`, after `explorer = bpkit.widgets.ActivationExplorer(…)` "
            "and `explorer.depth = …`.",
        ),
        solution=rf"""
With the sigmoid {around["sigmoid"][0]} of the gradient is left at depth {depths["sigmoid"] - 1}, and
{around["sigmoid"][1]} at depth {depths["sigmoid"]}. With tanh it takes until depth {depths["tanh"]}: there it is
{around["tanh"][1]}, and one neuron earlier still {around["tanh"][0]}. The weight is the same in both chains; what
differs is the slope. That of the sigmoid is never above $\frac14$, that of tanh reaches 1.
""",
    )
