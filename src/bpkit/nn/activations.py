"""Activation functions and their derivatives.

An `Activation` acts on every component on its own, so it takes a number or an array of any shape and gives
back the same shape; a float type is kept (float32 stays float32), whole numbers become float64. Nothing
overflows: every formula below only ever raises e to a power that is not positive.

ReLU has no derivative at 0. Backpropagation needs *a* number there, and the usual convention is taken:
ReLU'(0) = 0, the slope on the left; for the leaky ReLU likewise its slope on the left.

Softmax mixes the components of a layer, so it is no `Activation`: its derivative is a matrix.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bpkit.nn.arrays import Array, real


@dataclass(frozen=True)
class Activation:
    """A function σ and its derivative σ', applied to each component.

    Parameters
    ----------
    name : str
        What people call it, e.g. ``"sigmoid"``.
    f, df : callable
        σ and σ'. Both take z, the number *before* the activation: σ'(z), not σ'(a).
    """

    name: str
    f: Callable[[ArrayLike], Array]
    df: Callable[[ArrayLike], Array]

    def __call__(self, z: ArrayLike) -> Array:
        """Return σ(z), so that ``sigmoid(z)`` reads as in the text."""
        return self.f(z)


def _sigmoid(z: ArrayLike) -> Array:
    """σ(z) = 1/(1 + e^−z); for z < 0 that is e^z/(1 + e^z), which does not overflow (worksheet 9)."""
    z = real(z)
    a: Array = np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))
    return a


def _sigmoid_prime(z: ArrayLike) -> Array:
    """σ'(z) = σ(z)(1 − σ(z)) = e^−z/(1 + e^−z)²: an even function, so |z| may stand for z."""
    e: Array = np.exp(-np.abs(real(z)))
    return e / np.square(1 + e)  # σ(1 − σ) as written would round to 0 from z = 37 on


def _tanh(z: ArrayLike) -> Array:
    """(e^z − e^−z)/(e^z + e^−z) = 2σ(2z) − 1."""
    return np.tanh(real(z))


def _tanh_prime(z: ArrayLike) -> Array:
    """tanh'(z) = 1 − tanh² z = 4σ'(2z)."""
    e: Array = np.square(np.exp(-np.abs(real(z))))
    return 4 * e / np.square(1 + e)


def _relu(z: ArrayLike) -> Array:
    """max(z, 0) (worksheet 10)."""
    return np.maximum(real(z), 0)


def _relu_prime(z: ArrayLike) -> Array:
    """1 for z > 0, 0 for z < 0; the second argument is the convention at 0 (worksheet 10)."""
    return np.heaviside(real(z), 0)


def _identity(z: ArrayLike) -> Array:
    """Return z, in an array of its own."""
    return np.positive(real(z))


def _identity_prime(z: ArrayLike) -> Array:
    """1 everywhere."""
    return np.ones_like(real(z))


def leaky(slope: float) -> Activation:
    """Return the leaky ReLU: z for z > 0, ``slope * z`` elsewhere; its derivative at 0 is `slope`."""

    def f(z: ArrayLike) -> Array:
        z = real(z)
        return np.where(z > 0, z, slope * z)

    def df(z: ArrayLike) -> Array:
        z = real(z)
        return np.where(z > 0, 1, slope).astype(z.dtype)

    return Activation("leaky ReLU", f, df)


sigmoid = Activation("sigmoid", _sigmoid, _sigmoid_prime)
tanh = Activation("tanh", _tanh, _tanh_prime)
relu = Activation("ReLU", _relu, _relu_prime)
leaky_relu = leaky(0.01)
identity = Activation("identity", _identity, _identity_prime)


def softmax(z: ArrayLike) -> Array:
    """Turn each column of numbers into probabilities: p_k = e^{z_k} / Σ_j e^{z_j}.

    Parameters
    ----------
    z : array_like, shape (c,) or (c, N)
        One number per class; samples are columns. Finite, but as large as you like: taking the largest
        from all of them leaves p as it is, and e^z can no longer overflow.

    Returns
    -------
    ndarray, shape of `z`
        Every column is positive and sums to 1.

    Notes
    -----
    The formula is that of the softmax notes and of Foundations of Data Analysis.
    """
    z = real(z)
    e: Array = np.exp(z - np.max(z, axis=0))
    p: Array = e / np.sum(e, axis=0)
    return p


def softmax_jacobian(z: ArrayLike) -> Array:
    """Return the matrix of ∂p_i/∂z_j for one sample: diag(p) − p pᵀ, that is p_i (δ_ij − p_j).

    Parameters
    ----------
    z : array_like, shape (c,)
        The numbers of one sample.

    Returns
    -------
    ndarray, shape (c, c)
        Symmetric; every row and every column sums to 0.

    Raises
    ------
    ValueError
        If `z` is not one vector: a batch has one such matrix per sample.
    """
    if np.ndim(z) != 1:
        raise ValueError(f"softmax_jacobian takes the vector z of one sample, not shape {np.shape(z)}")
    p = softmax(z)
    return np.diag(p) - np.outer(p, p)
