"""The activation functions with their slopes, and what a chain of neurons leaves of a gradient."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import traitlets

from bpkit import figures, nn
from bpkit.figures.picture import picture
from bpkit.figures.svg import plain
from bpkit.nn.activations import Activation
from bpkit.nn.arrays import Array
from bpkit.widgets.explorer import Explorer

ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": nn.sigmoid,
    "tanh": nn.tanh,
    "relu": nn.relu,
    "leaky_relu": nn.leaky_relu,
}
DEEPEST = 30
LIMITS = {"z": 6, "w": 100, "b": 100, "x": 100}


class ActivationExplorer(Explorer):
    """An activation function σ with its tangent at z, and a chain of neurons h_i = σ(w h_{i−1} + b) with h_0 = x.

    All neurons of the chain have the same weight and the same bias, so that only the depth, σ and the start decide what
    is left of the gradient at the first neuron.

    Attributes
    ----------
    activation : str
        σ: ``"sigmoid"``, ``"tanh"``, ``"relu"`` or ``"leaky_relu"``.
    z : float
        Where σ and its slope are looked at, from −6 to 6.
    w, b, x : float
        The chain's weight, bias and input, from −100 to 100.
    depth : int
        How many neurons the chain has, from 1 to 30.
    """

    module = "activation_explorer.js"
    # Of a general type, so that NumPy's numbers are taken, too, and one sentence answers whatever is none.
    activation: traitlets.TraitType[str, object] = traitlets.TraitType("sigmoid").tag(sync=True)
    z: traitlets.TraitType[float, object] = traitlets.TraitType(1.0).tag(sync=True)
    w: traitlets.TraitType[float, object] = traitlets.TraitType(2.0).tag(sync=True)
    b: traitlets.TraitType[float, object] = traitlets.TraitType(0.0).tag(sync=True)
    x: traitlets.TraitType[float, object] = traitlets.TraitType(0.5).tag(sync=True)
    depth: traitlets.TraitType[int, object] = traitlets.TraitType(20).tag(sync=True)

    @traitlets.validate("activation")
    def _one_of_four(self, proposal: dict[str, Any]) -> str:
        name = proposal["value"]
        if not isinstance(name, str) or name not in ACTIVATIONS:
            raise traitlets.TraitError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {_short(name)}")
        return name

    @traitlets.validate("z", "w", "b", "x")
    def _within_limits(self, proposal: dict[str, Any]) -> float:
        name, most = proposal["trait"].name, LIMITS[proposal["trait"].name]
        value = _number(proposal["value"])
        if not -most <= value <= most:  # NaN is in no interval
            given = _short(proposal["value"])
            raise traitlets.TraitError(f"{name} must be a number from −{most} to {most}, not {given}")
        return value + 0.0  # −0 is written as 0

    @traitlets.validate("depth")
    def _neurons(self, proposal: dict[str, Any]) -> int:
        value = _number(proposal["value"])
        if not (1 <= value <= DEEPEST and value == math.floor(value)):
            given = _short(proposal["value"])
            raise traitlets.TraitError(f"depth must be a whole number from 1 to {DEEPEST}, not {given}")
        return int(value)

    @property
    def a(self) -> float:
        """σ(z)."""
        return float(ACTIVATIONS[self.activation].f(self.z))

    @property
    def slope(self) -> float:
        """σ'(z); at a corner the slope on the left, as everywhere in `bpkit.nn`."""
        return float(ACTIVATIONS[self.activation].df(self.z))

    @property
    def dL_dh(self) -> Array:
        """dL/dh_0, dL/dh_1, …, dL/dh_n of the chain of n = depth neurons, for dL/dh_n = 1."""
        w, b = np.full(self.depth, self.w), np.full(self.depth, self.b)
        return nn.chain_backward(w, b, self.x, 1.0, ACTIVATIONS[self.activation]).dL_dh

    @property
    def left(self) -> float:
        """|dL/dh_1| / |dL/dh_n|: what is left of the gradient at the first neuron."""
        return float(abs(self.dL_dh[1]))

    def still(self) -> figures.Picture:
        """Return both halves side by side: σ with its slope and the tangent at z, and the gradient by depth."""
        σ = ACTIVATIONS[self.activation]
        one, other = self._neuron(σ), self._chain(σ)
        boxes = [
            tuple(map(float, half.svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())) for half in (one, other)
        ]
        width, height = sum(wide for wide, _ in boxes), max(high for _, high in boxes)
        placed = one.svg.replace("<svg ", '<svg x="0" y="0" ', 1)
        placed += other.svg.replace("<svg ", f'<svg x="{boxes[0][0]:.0f}" y="0" ', 1)
        return picture(width, height, placed, f"{one.alt} {other.alt}")

    def _neuron(self, σ: Activation) -> figures.Picture:
        z = np.linspace(-6, 6, 121)
        slope = σ.df(z)
        if self.activation in ("relu", "leaky_relu"):
            z = np.array([-6, 0, 0, 0, 6.0])
            slope = np.array([σ.df(-1), σ.df(-1), np.nan, 1, 1])
        near = np.array([max(-6, self.z - 1.5), min(6, self.z + 1.5)])
        return figures.curves(
            {"σ": (z, σ.f(z)), "σ′": (z, slope), "tangent": (near, self.a + self.slope * (near - self.z))},
            x_label="z",
            title=f"{σ.name} at z = {plain(self.z)}: a = {plain(self.a, 5)}, slope {plain(self.slope, 5)}",
            marks=[figures.Mark(self.z, self.a)],
        )

    def _chain(self, σ: Activation) -> figures.Picture:
        """Draw what is left in chains of 1, …, depth neurons: by its logarithm, unless there is a 0 to be shown."""
        w, b = np.full(self.depth, self.w), np.full(self.depth, self.b)
        z, _ = nn.chain_forward(w, b, self.x, σ)
        factors = np.abs(σ.df(z[1:]) * self.w)
        is_stopped = not factors.all()
        left = np.cumprod([1.0, *factors])
        said = "nothing" if is_stopped else _in_words(self.left, float(np.log10(factors).sum()))
        return figures.curves(
            {"left": (np.arange(1, self.depth + 1), left)},
            x_label="neurons in the chain",
            y_label="gradient left at the first neuron",
            title=f"{self.depth} × {σ.name}, w = {plain(self.w)}, b = {plain(self.b)}, x = {plain(self.x)}: "
            f"{said} is left",
            log_y=not is_stopped,
        )


def _in_words(left: float, order: float) -> str:
    """Write what is left; where it is too small for a float, its `order` = log10 tells."""
    if left == 0:
        return f"about {_ten_to(round(order))}"
    mantissa, power = f"{left:.1e}".split("e")
    if -4 <= int(power) < 6:
        return plain(float(f"{left:.3g}"))
    return f"{mantissa} · {_ten_to(int(power))}"


def _ten_to(power: int) -> str:
    return f"10{str(power).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def _number(value: object) -> float:
    """Return a number as a float; NaN for what is none, a bool included."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _short(value: object) -> str:
    try:
        said = repr(value)
    except Exception:  # whatever a student hands in: the sentence must still come
        said = f"of type {type(value).__name__}"
    return said if len(said) <= 40 else f"{said[:40]}…"
