"""Functions of one number that make good links of a chain, and the chain rule for any number of them.

A link has no value where it is not defined, as ln 0, and no slope where it has none; what is too large for a computer
counts as missing, too. In place of a missing number stands NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpkit.nn.activations import Activation, relu, sigmoid, tanh
from bpkit.nn.arrays import Array, real


@dataclass(frozen=True)
class Link:
    """A function of one number and its derivative.

    Parameters
    ----------
    name : str
        What one calls it in code, e.g. ``"square"``.
    written : str
        How it is written, with ``{t}`` for what goes in, e.g. ``"{t}²"``.
    function, derivative : callable
        Of an array of floats, for those inputs that have a value.
    needs : str
        What must be so of the input, written in the same way; nothing where all numbers are allowed.
    allowed : callable
        Whether an input has a value, for each of an array.
    """

    name: str
    written: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    needs: str = ""
    allowed: Callable[[Array], NDArray[np.bool_]] = np.isfinite

    def f(self, t: ArrayLike) -> Array:
        """Return the value at each input."""
        return self._where_it_has_one(self.function, t)

    def df(self, t: ArrayLike) -> Array:
        """Return the slope at each input."""
        return self._where_it_has_one(self.derivative, t)

    def _where_it_has_one(self, function: Callable[[Array], Array], t: ArrayLike) -> Array:
        t = real(t)
        with np.errstate(all="ignore"):
            values = function(t)
            return np.where(self.allowed(t) & np.isfinite(values), values, np.nan)[()]


def _of(activation: Activation, written: str) -> Link:
    return Link(activation.name.lower(), written, activation.f, activation.df)


LINKS = {
    link.name: link
    for link in (
        Link("identity", "{t}", lambda t: t, np.ones_like),
        Link("negative", "−{t}", np.negative, lambda t: -np.ones_like(t)),
        Link("half", "{t}/2", lambda t: t / 2, lambda t: np.full_like(t, 0.5)),
        Link("2t+1", "2{t} + 1", lambda t: 2 * t + 1, lambda t: np.full_like(t, 2)),
        Link("3t-1", "3{t} − 1", lambda t: 3 * t - 1, lambda t: np.full_like(t, 3)),
        Link("square", "{t}²", np.square, lambda t: 2 * t),
        Link("square+1", "{t}² + 1", lambda t: t * t + 1, lambda t: 2 * t),
        Link("cube", "{t}³", lambda t: t * t * t, lambda t: 3 * t * t),
        Link("root", "√{t}", np.sqrt, lambda t: 0.5 / np.sqrt(t), "{t} ≥ 0", lambda t: t >= 0),
        Link("reciprocal", "1/{t}", lambda t: 1 / t, lambda t: -1 / (t * t), "{t} ≠ 0", lambda t: t != 0),
        Link("sin", "sin {t}", np.sin, np.cos),
        Link("cos", "cos {t}", np.cos, lambda t: -np.sin(t)),
        Link("exp", "exp {t}", np.exp, np.exp),
        Link("exp(-t)", "exp(−{t})", lambda t: np.exp(-t), lambda t: -np.exp(-t)),
        Link("ln", "ln {t}", np.log, lambda t: 1 / t, "{t} > 0", lambda t: t > 0),
        _of(sigmoid, "σ({t})"),
        _of(tanh, "tanh {t}"),
        _of(relu, "ReLU({t})"),
    )
}


@dataclass(frozen=True)
class Composition:
    """One function inside the other, such as f∘g∘h.

    Parameters
    ----------
    links : sequence of Link
        In the order in which they act: h, g, f.
    """

    links: Sequence[Link]

    def values(self, x: ArrayLike) -> list[Array]:
        """Go forward: x itself, and the value after each link."""
        values = [real(x)]
        for link in self.links:
            values.append(link.f(values[-1]))
        return values

    def slopes(self, x: ArrayLike) -> list[Array]:
        """Return the slope of each link at its own input."""
        return [link.df(value) for link, value in zip(self.links, self.values(x), strict=False)]

    def __call__(self, x: ArrayLike) -> Array:
        """Return the value of the whole."""
        return self.values(x)[-1]

    def slope(self, x: ArrayLike) -> Array:
        """Return the slope of the whole, the product of the links' slopes (the chain rule)."""
        with np.errstate(all="ignore"):
            product: Array = np.prod(self.slopes(x), axis=0)
        return np.where(np.isfinite(product) & np.isfinite(self(x)), product, np.nan)[()]

    def secant(self, x: float, dx: float) -> float:
        """Return the slope of the straight line through the points at x and x + dx.

        It is NaN for dx = 0, also where x + dx is rounded to x.
        """
        if x + dx == x:
            return float("nan")
        with np.errstate(all="ignore"):
            slope = float((self(x + dx) - self(x)) / dx)
        return slope if np.isfinite(slope) else float("nan")

    def rounding(self, x: float, dx: float) -> float:
        """Return about how far off `secant` may be since a computer rounds every value on the way.

        The slopes that are still to come carry each of these errors on to y, and the sum is divided by dx.
        """
        if dx == 0:
            return float("nan")
        total = 0.0
        with np.errstate(all="ignore"):
            for at in (x, x + dx):
                values, slopes = self.values(at), [abs(float(slope)) for slope in self.slopes(at)]
                total += sum(abs(float(value)) * float(np.prod(slopes[i:])) for i, value in enumerate(values))
            return float(2 * np.finfo(float).eps * total / np.abs(np.float64(dx)))
