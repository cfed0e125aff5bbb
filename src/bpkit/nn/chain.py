"""A network with a single neuron in each layer: h_0 = x, h_i = σ(w_i h_{i−1} + b_i) for i = 1, …, n.

The example of DSC 255, whose chain rule is one product; the quickest place to see a gradient vanish. The
weights w_1, …, w_n and biases b_1, …, b_n come as vectors, so w_i is ``w[i - 1]``; h starts at h_0, so h_i
is ``h[i]``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bpkit.nn.activations import Activation, sigmoid
from bpkit.nn.arrays import Array


@dataclass(frozen=True, eq=False)
class ChainGradient:
    """The derivatives of a loss L that depends on h_n.

    Attributes
    ----------
    dL_dw, dL_db : ndarray, shape (n,)
        dL/dw_i and dL/db_i for i = 1, …, n.
    dL_dh : ndarray, shape (n + 1,)
        dL/dh_i for i = 0, …, n; the first is dL/dx.
    """

    dL_dw: Array
    dL_db: Array
    dL_dh: Array


def chain_forward(w: ArrayLike, b: ArrayLike, x: float, activation: Activation = sigmoid) -> tuple[Array, Array]:
    """Compute z_i = w_i h_{i−1} + b_i and h_i = σ(z_i), one after the other.

    Parameters
    ----------
    w, b : array_like, shape (n,)
        w_1, …, w_n and b_1, …, b_n.
    x : float
        The input h_0.
    activation : Activation
        σ, the same for every neuron.

    Returns
    -------
    z : ndarray, shape (n,)
        z_1, …, z_n.
    h : ndarray, shape (n + 1,)
        h_0 = x, h_1, …, h_n.

    Raises
    ------
    ValueError
        If `w` and `b` are not two vectors of the same length.
    """
    w, b = np.asarray(w, dtype=float), np.asarray(b, dtype=float)
    if w.ndim != 1 or w.shape != b.shape:
        raise ValueError(f"w and b must be two vectors of the same length, not {w.shape} and {b.shape}")
    z, h = np.empty(len(w)), np.empty(len(w) + 1)
    h[0] = x
    for i in range(1, len(w) + 1):
        z[i - 1] = w[i - 1] * h[i - 1] + b[i - 1]
        h[i] = activation.f(z[i - 1])
    return z, h


def chain_backward(
    w: ArrayLike, b: ArrayLike, x: float, dL_dh_n: float, activation: Activation = sigmoid
) -> ChainGradient:
    """Carry dL/dh_n back through the chain, to every weight, bias and neuron (DSC 255, section 6).

    dL/dh_{i−1} = dL/dh_i · σ'(z_i) · w_i, and at each neuron dL/dw_i = dL/dh_i · σ'(z_i) · h_{i−1} and
    dL/db_i = dL/dh_i · σ'(z_i).

    Parameters
    ----------
    w, b, x, activation
        The chain, as for `chain_forward`.
    dL_dh_n : float
        The derivative of the loss with respect to the output h_n.

    Returns
    -------
    ChainGradient
        dL/dw_i, dL/db_i and dL/dh_i for all i.

    Raises
    ------
    ValueError
        If `w` and `b` are not two vectors of the same length.
    """
    z, h = chain_forward(w, b, x, activation)
    w, slope = np.asarray(w, dtype=float), activation.df(z)  # slope[i − 1] = σ'(z_i)
    dL_dh = np.empty_like(h)
    dL_dh[-1] = dL_dh_n
    for i in range(len(w), 0, -1):
        dL_dh[i - 1] = dL_dh[i] * slope[i - 1] * w[i - 1]
    dL_dz = dL_dh[1:] * slope
    return ChainGradient(dL_dw=dL_dz * h[:-1], dL_db=dL_dz, dL_dh=dL_dh)
