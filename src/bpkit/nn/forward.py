"""The feedforward pass of a fully connected network, in the worksheet's letters and numbers."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from bpkit.nn.arrays import Array


class Layers(NamedTuple):
    """What the feedforward pass computed, by the number of the layer.

    ``a[1]`` is the input, ``z[2]`` and ``a[2]`` belong to layer 2, …, ``a[F]`` is the output; there is no
    ``z[1]``. Each holds shape (n_l,) for one sample, (n_l, N) for N samples.
    """

    z: dict[int, Array]
    a: dict[int, Array]


def feedforward(
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike],
    x: ArrayLike,
    activation: Callable[[Array], Array],
) -> Layers:
    """Compute every z^l = W^l a^{l−1} + b^l and a^l = σ(z^l), for l = 2, …, F (worksheet, equation 2).

    Parameters
    ----------
    weights : sequence of array_like
        W^2, …, W^F in this order; W^l has shape (n_l, n_{l−1}), entry (j, k) is w_jk^l.
    biases : sequence of array_like
        b^2, …, b^F in this order; b^l has shape (n_l,).
    x : array_like, shape (n_1,) or (n_1, N)
        One sample, or N samples as columns: the activation a^1 of the input layer.
    activation : callable
        σ, applied to each z^l as a whole.

    Returns
    -------
    Layers
        ``z`` and ``a``, each by layer number, so that ``a[1]`` is the input and ``a[F]`` the output.

    Raises
    ------
    ValueError
        If the shapes do not fit; the message names the layer.
    """
    if len(weights) != len(biases):
        raise ValueError(f"{len(weights)} weight matrices but {len(biases)} bias vectors")
    a = {1: np.asarray(x)}
    z: dict[int, Array] = {}
    if a[1].ndim not in (1, 2):
        raise ValueError(f"x is one sample or has one sample per column, not shape {a[1].shape}")
    for l, (W, b) in enumerate(zip(map(np.asarray, weights), map(np.asarray, biases), strict=True), start=2):
        if W.ndim != 2 or W.shape[1] != len(a[l - 1]):
            raise ValueError(f"W^{l} has shape {W.shape}, but layer {l - 1} has {len(a[l - 1])} neurons")
        if b.shape != (len(W),):
            raise ValueError(f"b^{l} has shape {b.shape}, but W^{l} leads to {len(W)} neurons")
        z[l] = W @ a[l - 1] + (b if a[1].ndim == 1 else b[:, None])  # the same b for every column
        a[l] = activation(z[l])
    return Layers(z, a)
