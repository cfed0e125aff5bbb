"""Weights and biases: one vector for the arithmetic, a view into it for every W^l and b^l."""

from collections.abc import Sequence
from itertools import pairwise
from operator import index

import numpy as np
from numpy.typing import DTypeLike

from bpkit.nn.arrays import Array

LARGEST = 10**9  # parameters: 8 GB of them


def read_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """Return (n_1, …, n_F) as whole numbers.

    Raises
    ------
    ValueError
        If there are fewer than two layers, or one of them has no neuron.
    """
    try:
        read = tuple(index(n) for n in sizes)
    except TypeError:
        raise ValueError(f"sizes must be whole numbers, such as (3, 4, 2), not {sizes!r}") from None
    if len(read) < 2:
        raise ValueError(f"sizes must name at least an input and an output layer, such as (3, 4, 2), not {sizes!r}")
    for l, n in enumerate(read, start=1):
        if n < 1:
            raise ValueError(f"sizes must be 1 or more, but layer {l} has {n} neurons: {read}")
    if count(read) > LARGEST:
        raise ValueError(f"sizes {read} make {count(read):,} parameters, more than {LARGEST:,}")
    return read


def count(sizes: Sequence[int]) -> int:
    """Return how many weights and biases there are: Σ_l n_l (n_{l−1} + 1)."""
    return sum(n * (below + 1) for below, n in pairwise(sizes))


def views(flat: Array, sizes: Sequence[int]) -> tuple[dict[int, Array], dict[int, Array]]:
    """Cut a vector into W^2, b^2, …, W^F, b^F, without copying.

    Parameters
    ----------
    flat : ndarray, shape (count(sizes),)
        The numbers in this order, each matrix row by row.
    sizes : sequence of int
        n_1, …, n_F.

    Returns
    -------
    W, b : dict
        By layer l = 2, …, F: shapes (n_l, n_{l−1}) and (n_l,).
    """
    W, b, at = {}, {}, 0
    for l, (below, n) in enumerate(pairwise(sizes), start=2):
        W[l] = flat[at : at + n * below].reshape(n, below)
        b[l] = flat[at + n * below : at + n * (below + 1)]
        at += n * (below + 1)
    return W, b


def initialise(sizes: Sequence[int], hidden: str, output: str, dtype: DTypeLike, seed: int) -> Array:
    """Return random weights and zero biases, as one vector.

    The weights of layer l are normal with variance 1/n_{l−1}, so that z^l varies about as much as a^{l−1} does; twice
    that where a ReLU silences half of the neurons (He and others, 2015).

    Raises
    ------
    ValueError
        If `dtype` is neither float64 nor float32.
    """
    kind = np.dtype(dtype)
    if kind not in (np.dtype(np.float64), np.dtype(np.float32)):
        raise ValueError(f"dtype must be np.float64 or np.float32, not {kind}")
    rng = np.random.default_rng(seed)
    theta = np.zeros(count(sizes), kind)
    W, _ = views(theta, sizes)
    for l, weights in W.items():
        by = output if l == len(sizes) else hidden
        gain = 2 if by in ("relu", "leaky_relu") else 1
        weights[...] = rng.standard_normal(weights.shape) * np.sqrt(gain / weights.shape[1])
    return theta
