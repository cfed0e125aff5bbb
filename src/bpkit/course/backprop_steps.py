"""Backpropagation step by step, with any step to be replaced: what the mistakes of chapter 08 are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Layers = Mapping[int, Array]


@dataclass
class Pass:
    """A pass under way: the network, the samples (columns, or one as a vector), and what is computed so far."""

    W: Layers
    b: Layers
    Y: Array
    z: dict[int, Array] = field(default_factory=dict)
    a: dict[int, Array] = field(default_factory=dict)
    d: dict[int, Array] = field(default_factory=dict)

    @property
    def F(self) -> int:
        """The number of layers."""
        return max(self.W)

    @property
    def c(self) -> int:
        """The number of outputs."""
        return len(self.Y)

    @property
    def N(self) -> int:
        """The number of samples."""
        return 1 if self.Y.ndim == 1 else self.Y.shape[1]


Whole = Callable[[Pass], Any]
Step = Callable[[Pass, int], Any]


def sigmoid(z: Array) -> Array:
    """Return σ(z); the networks here are small and tame."""
    return np.asarray(1 / (1 + np.exp(-z)))


def forward(p: Pass, f: Callable[[Array], Any] = sigmoid, last: Callable[[Array], Any] = sigmoid) -> None:
    """Fill in every z^l and a^l, with `f` in the hidden layers and `last` in the output layer."""
    for l in p.W:
        p.z[l] = p.W[l] @ p.a[l - 1] + (p.b[l] if p.Y.ndim == 1 else p.b[l][:, None])
        p.a[l] = (last if l == p.F else f)(p.z[l])


def difference(p: Pass) -> Array:
    """Return a^F − y."""
    return p.a[p.F] - p.Y


def own_slope(p: Pass, l: int) -> Array:
    """Return σ'(z^l)."""
    return p.a[l] * (1 - p.a[l])


def sent_back(p: Pass, l: int) -> Any:
    """Return (W^{l+1})ᵀ d^{l+1}."""
    return p.W[l + 1].T @ p.d[l + 1]


def joined(d: Array, a: Array) -> Any:
    """Return d aᵀ, which adds up the samples if they are columns."""
    return np.outer(d, a) if a.ndim == 1 else d @ a.T


def added(array: Array) -> Array:
    """Add up the samples if they are columns."""
    return array.sum(axis=1) if array.ndim == 2 else array


@dataclass(frozen=True)
class Steps:
    """Backpropagation; the defaults are right, and called it returns ∂L_T/∂W and ∂L_T/∂b by layer.

    With `by_sample` it goes through the samples and adds up their gradients in arrays of zeros.
    """

    forward: Callable[[Pass], None] = forward
    loss_slope: Whole = lambda p: 2 / p.c * difference(p)
    output_times: Callable[[Array, Array], Any] = np.multiply
    output_slope: Step = own_slope
    below: Step = sent_back
    hidden_times: Callable[[Array, Array], Any] = np.multiply
    hidden_slope: Step = own_slope
    weights: Step = lambda p, l: joined(p.d[l], p.a[l - 1])
    biases: Step = lambda p, l: added(p.d[l])
    weight_share: Whole = lambda p: 1 / p.N
    bias_share: Whole = lambda p: 1 / p.N
    order: Callable[[int], Iterable[int]] = lambda F: range(F - 1, 1, -1)
    arranged: Callable[[dict[int, Any], dict[int, Any]], Any] = lambda dW, db: (dW, db)
    by_sample: bool = False

    def __call__(self, W: Layers, b: Layers, X: Array, Y: Array) -> Any:
        """Return the gradients; X and Y hold one sample per column, or are one sample each."""
        p = Pass(W, b, Y, a={1: X})
        samples = zip(X.T, Y.T, strict=True) if self.by_sample else [(X, Y)]
        found = [self._gradients(Pass(W, b, y, a={1: x})) for x, y in samples]
        if self.by_sample:
            found.insert(0, ({l: np.zeros(W[l].shape) for l in W}, {l: np.zeros(b[l].shape) for l in b}))
        dW, db = found[0]
        for more_dW, more_db in found[1:]:
            for l in W:
                dW[l] += more_dW[l]
                db[l] += more_db[l]
        for_weights, for_biases = self.weight_share(p), self.bias_share(p)
        return self.arranged({l: g * for_weights for l, g in dW.items()}, {l: g * for_biases for l, g in db.items()})

    def _gradients(self, p: Pass) -> tuple[dict[int, Any], dict[int, Any]]:
        self.forward(p)
        p.d[p.F] = self.output_times(self.loss_slope(p), self.output_slope(p, p.F))
        for l in self.order(p.F):
            p.d[l] = self.hidden_times(self.below(p, l), self.hidden_slope(p, l))
        return {l: self.weights(p, l) for l in p.W}, {l: self.biases(p, l) for l in p.W}
