"""Activation functions and their derivatives.

An `Activation` acts on every component on its own, so it takes a number or an array of any shape and gives
back the same shape; a float type is kept (float32 stays float32), whole numbers become float64. Nothing is lost
at large z: e^−z may run over to ∞, and then 1/(1 + ∞) is the 0 that it should be.

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
    df : callable
        σ'(z), from z, the number *before* the activation: σ'(z), not σ'(a).
    into, slope_into : callable
        What a network computes with, without making new arrays: ``into(z, out)`` puts σ(z) into `out`, and
        ``slope_into(a, out)`` puts σ'(z) there and returns it, told from a = σ(z), which is at hand by then.
    """

    name: str
    df: Callable[[ArrayLike], Array]
    into: Callable[[Array, Array], object]
    slope_into: Callable[[Array, Array], Array]

    def f(self, z: ArrayLike) -> Array:
        """Return σ(z)."""
        z = real(z)
        a = np.empty(z.shape, z.dtype)
        with np.errstate(over="ignore"):
            self.into(z, a)
        return a[()]

    def __call__(self, z: ArrayLike) -> Array:
        """Return σ(z), so that ``sigmoid(z)`` reads as in the text."""
        return self.f(z)


def _sigmoid(z: Array, out: Array) -> None:
    """σ(z) = 1/(1 + e^−z) (worksheet 9)."""
    np.negative(z, out=out)
    np.exp(out, out=out)
    np.add(out, 1, out=out)
    np.reciprocal(out, out=out)


def _sigmoid_slope(a: Array, out: Array) -> Array:
    """σ'(z) = a(1 − a) (worksheet 9)."""
    np.subtract(1, a, out=out)
    return np.multiply(a, out, out=out)


def _sigmoid_prime(z: ArrayLike) -> Array:
    """σ'(z) = σ(z)(1 − σ(z)) = e^−z/(1 + e^−z)²: an even function, so |z| may stand for z."""
    e: Array = np.exp(-np.abs(real(z)))
    return e / np.square(1 + e)  # σ(1 − σ) as written would round to 0 from z = 37 on


def _tanh(z: Array, out: Array) -> None:
    """(e^z − e^−z)/(e^z + e^−z) = 2σ(2z) − 1."""
    np.tanh(z, out=out)


def _tanh_slope(a: Array, out: Array) -> Array:
    """tanh'(z) = 1 − a²."""
    np.multiply(a, a, out=out)
    return np.subtract(1, out, out=out)


def _tanh_prime(z: ArrayLike) -> Array:
    """tanh'(z) = 1 − tanh² z = 4σ'(2z)."""
    e: Array = np.square(np.exp(-np.abs(real(z))))
    return 4 * e / np.square(1 + e)


def _relu(z: Array, out: Array) -> None:
    """max(z, 0) (worksheet 10)."""
    np.maximum(z, 0, out=out)


def _relu_slope(a: Array, out: Array) -> Array:
    """1 where a > 0, else 0."""
    return np.greater(a, 0, out=out)


def _relu_prime(z: ArrayLike) -> Array:
    """1 for z > 0, 0 for z < 0; the second argument is the convention at 0 (worksheet 10)."""
    return np.heaviside(real(z), 0)


def _identity(z: Array, out: Array) -> None:
    """Z itself, in an array of its own."""
    np.copyto(out, z)


def _identity_slope(a: Array, out: Array) -> Array:
    """1 everywhere."""
    out.fill(1)
    return out


def _identity_prime(z: ArrayLike) -> Array:
    """1 everywhere."""
    return np.ones_like(real(z))


def leaky(slope: float) -> Activation:
    """Return the leaky ReLU: z for z > 0, ``slope * z`` elsewhere; its derivative at 0 is `slope`.

    Raises
    ------
    ValueError
        If `slope` is not between 0 and 1.
    """
    if not 0 <= slope <= 1:
        raise ValueError(f"slope must be between 0 and 1, as the left side is the flatter one, not {slope}")

    def into(z: Array, out: Array) -> None:
        np.multiply(z, slope, out=out)
        np.copyto(out, z, where=z > 0)

    def slope_into(a: Array, out: Array) -> Array:
        out.fill(slope)
        np.copyto(out, 1, where=a > 0)
        return out

    def df(z: ArrayLike) -> Array:
        z = real(z)
        return np.where(z > 0, 1, slope).astype(z.dtype)

    return Activation("leaky ReLU", df, into, slope_into)


sigmoid = Activation("sigmoid", _sigmoid_prime, _sigmoid, _sigmoid_slope)
tanh = Activation("tanh", _tanh_prime, _tanh, _tanh_slope)
relu = Activation("ReLU", _relu_prime, _relu, _relu_slope)
leaky_relu = leaky(0.01)
identity = Activation("identity", _identity_prime, _identity, _identity_slope)


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
    p = np.empty(z.shape, z.dtype)
    softmax_into(z, p)
    return p


def softmax_into(z: Array, out: Array) -> None:
    """Put the softmax of `z`, column by column, into `out`."""
    np.subtract(z, np.maximum.reduce(z, axis=0), out=out)
    np.exp(out, out=out)
    np.divide(out, np.add.reduce(out, axis=0), out=out)


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
