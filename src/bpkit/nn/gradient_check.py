"""Is a gradient right? Measure the slope of the loss itself, and compare."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpkit.nn.arrays import Array
from bpkit.nn.parameters import count, views
from bpkit.nn.samples import inputs, targets
from bpkit.nn.trace import Trace

if TYPE_CHECKING:
    from bpkit.nn.network import Network

CENTRAL = 1e-5  # a central difference errs by about h² and by rounding / h
FLAT = 1e-6  # where all slopes are smaller than this, differences are compared with this
COMPLEX = 1e-100  # nothing is subtracted, so h may be as small as you like


@dataclass(frozen=True)
class GradientCheck:
    """How far a gradient is from the slopes measured.

    Attributes
    ----------
    method : str
        ``"complex"`` or ``"central"``.
    error : float
        The largest difference, relative to the largest slope in the same W^l or b^l (or along the directions), or to
        1e-6 where all are smaller. Up to about 1e-14 is rounding with the complex step, up to 1e-8 with differences.
    worst : str
        Where that is: a parameter such as ``"w_21^3"``, which leads to neuron 2 of layer 3 from neuron 1, or a
        direction's number.
    given, measured : float
        The two slopes there.
    """

    method: str
    error: float
    worst: str
    given: float
    measured: float

    def __str__(self) -> str:
        return (
            f"largest relative error {self.error:.1e}, at {self.worst}: "
            f"the gradient says {self.given:.6g}, measured {self.measured:.6g}"
        )


def gradient_check(
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    gradient: Sequence[tuple[ArrayLike, ArrayLike]] | None = None,
    method: Literal["complex", "central"] = "complex",
    directions: int | None = None,
    seed: int = 0,
) -> GradientCheck:
    """Compare a gradient of the total loss with slopes measured on the loss itself.

    Parameters
    ----------
    network, X, Y
        Where the slopes are measured.
    gradient : list of (∂L/∂W^l, ∂L/∂b^l), optional
        What is checked, for l = 2, …, F; the network's own by default.
    method : str
        ``"central"``: (L(θ + h) − L(θ − h)) / 2h. ``"complex"``: Im L(θ + ih) / h, which subtracts nothing and so is
        right to the last digits.
    directions : int, optional
        Along how many random directions to measure: two passes each. By default along each parameter, one by one.
    seed : int
        Of the directions.

    Returns
    -------
    GradientCheck

    Raises
    ------
    ValueError
        If the gradient has not the network's shapes, or there is no such method.

    Notes
    -----
    Where the loss has a corner, as with ReLU, it may not have a slope: the two methods then differ.
    """
    if method not in ("complex", "central"):
        raise ValueError(f'method must be "complex" or "central", not {method!r}')
    if directions is not None and directions < 1:
        raise ValueError(f"directions must be at least 1, not {directions}")
    g = _flat(network, network.gradient(X, Y) if gradient is None else gradient)
    slope = _slopes(network, X, Y, method)
    if directions is not None:
        rng = np.random.default_rng(seed)
        ways = rng.standard_normal((directions, g.size)) / np.sqrt(g.size)
        given, measured = ways @ g, np.array([slope(way) for way in ways])
        scale = np.full(directions, max(np.abs(given).max(), np.abs(measured).max()))
        names = [f"direction {number}" for number in range(1, directions + 1)]
    else:
        given, measured = g, np.array([slope(way) for way in _units(g.size)])
        scale = np.fmax(_largest(given, network.sizes), _largest(measured, network.sizes))
        names = parameter_names(network.sizes)
    error = np.abs(given - measured) / np.fmax(scale, FLAT)
    worst = int(np.argmax(np.nan_to_num(error, nan=np.inf)))
    return GradientCheck(method, float(error[worst]), names[worst], float(given[worst]), float(measured[worst]))


def parameter_names(sizes: Sequence[int]) -> list[str]:
    """Return a name for each entry of θ: w_jk^l and b_j^l, with a comma from 10 on."""
    names = []
    for l, (below, n) in enumerate(pairwise(sizes), start=2):
        comma = "," if max(below, n) > 9 else ""
        names += [f"w_{{{j}{comma}{k}}}^{l}" for j in range(1, n + 1) for k in range(1, below + 1)]
        names += [f"b_{{{j}}}^{l}" for j in range(1, n + 1)]
    return [name if "," in name else name.replace("{", "").replace("}", "") for name in names]


def _flat(network: Network, gradient: Sequence[tuple[ArrayLike, ArrayLike]]) -> Array:
    if len(gradient) != network.F - 1:
        raise ValueError(
            f"gradient must hold a pair for each layer 2, …, {network.F}, so {network.F - 1}, not {len(gradient)}"
        )
    flat = np.empty(count(network.sizes))
    dW, db = views(flat, network.sizes)
    for l, pair in enumerate(gradient, start=2):
        for name, part, room in zip(("W", "b"), pair, (dW[l], db[l]), strict=True):
            if np.shape(part) != room.shape:
                raise ValueError(f"∂L/∂{name}^{l} must have shape {room.shape}, not {np.shape(part)}")
            room[...] = part
    return flat


def _slopes(network: Network, X: ArrayLike, Y: ArrayLike, method: str) -> Callable[[Array], float]:
    """Return a function that measures the slope of L_T along a direction."""
    x = inputs(X, network).T.astype(float)
    y = targets(Y, x.shape[1], network).T.astype(float)
    moved = copy.copy(network)  # a network of its own, in float64 or complex numbers

    def total(theta: NDArray[Any]) -> Any:
        moved.theta = theta
        moved.W, moved.b = views(theta, network.sizes)
        trace = Trace.of(network.sizes, x.shape[1], theta.dtype)
        with np.errstate(over="ignore"):
            moved.forward(x, trace)
            return np.mean(moved.end.losses(trace.z[network.F], trace.a[network.F], y))

    theta = network.theta.astype(float)
    if method == "complex":
        return lambda way: float(total(theta + 1j * COMPLEX * way).imag / COMPLEX)
    return lambda way: float((total(theta + CENTRAL * way) - total(theta - CENTRAL * way)) / (2 * CENTRAL))


def _units(size: int) -> Iterator[Array]:
    way = np.zeros(size)
    for place in range(size):
        way[place] = 1
        yield way
        way[place] = 0


def _largest(values: Array, sizes: Sequence[int]) -> Array:
    """Return for each parameter the largest value of the W^l or b^l that it belongs to."""
    largest = np.empty_like(values)
    for parts, rooms in zip(views(values, sizes), views(largest, sizes), strict=True):
        for l in parts:
            rooms[l][...] = np.fmax.reduce(np.abs(parts[l]), axis=None)  # leaves NaN out
    return largest
