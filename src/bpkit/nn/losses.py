"""Loss functions and their gradients with respect to the network's output.

Outputs `a` and targets `y` have the same shape: (c,) for one sample with c outputs, or (c, N) for N samples,
one per column. A loss gives one number per sample; the total loss L_T is the mean of these numbers, and the
1/N that comes with it belongs to L_T, not here. The worksheet writes L(y, a); here `a` comes first, as it
does in every difference a − y.

Over the c outputs of a sample, errors are averaged (1/c, no ½), and the logarithms of probabilities are added.
Where a loss has a corner, a slope is chosen by convention: 0 for |a − y| at a = y and for the hinge at ya = 1.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bpkit.nn.activations import sigmoid, softmax
from bpkit.nn.arrays import Array, real


@dataclass(frozen=True)
class Loss:
    """A loss L and its gradient ∇_a L, sample by sample.

    Parameters
    ----------
    name : str
        What people call it, e.g. ``"mean squared error"``.
    f : callable
        L(a, y): a number for one sample, shape (N,) for N samples.
    gradient : callable
        ∂L/∂a_j in the shape of `a`; each column belongs to its own sample.
    """

    name: str
    f: Callable[[ArrayLike, ArrayLike], Array]
    gradient: Callable[[ArrayLike, ArrayLike], Array]

    def __call__(self, a: ArrayLike, y: ArrayLike) -> Array:
        """Return L(a, y), one number per sample."""
        return self.f(a, y)


def _pair(a: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return `a` and `y`, refusing to broadcast: (c,) against (c, 1) would quietly become c × c."""
    a, y = real(a), real(y)
    if a.shape != y.shape:
        raise ValueError(f"output and target differ in shape: {a.shape} and {y.shape}")
    if a.ndim not in (1, 2) or len(a) == 0:
        raise ValueError(f"expected c outputs, or c rows with one sample per column, not shape {a.shape}")
    return a, y


def _difference(a: ArrayLike, y: ArrayLike) -> Array:
    a, y = _pair(a, y)
    return a - y


def _margin(a: ArrayLike, y: ArrayLike) -> Array:
    """Return y a, which is positive where the score has the label's sign."""
    a, y = _pair(a, y)
    return y * a


def _sum(terms: Array) -> Array:
    total: Array = np.sum(terms, axis=0)
    return total


def _mean(terms: Array) -> Array:
    mean: Array = np.mean(terms, axis=0)
    return mean


def _mean_squared_error(a: ArrayLike, y: ArrayLike) -> Array:
    """L = (1/c) Σ_j (a_j − y_j)² (worksheet 11, fda)."""
    return _mean(np.square(_difference(a, y)))


def _mean_squared_error_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = (2/c)(a_j − y_j) (worksheet 11)."""
    difference = _difference(a, y)
    return 2 / len(difference) * difference


def _squared_error(a: ArrayLike, y: ArrayLike) -> Array:
    """L = ‖y − a‖² = Σ_j (a_j − y_j)² (Carson)."""
    return _sum(np.square(_difference(a, y)))


def _squared_error_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = 2(a_j − y_j): the minus of y − a and the minus of its derivative cancel (Carson)."""
    return 2 * _difference(a, y)


def _mean_absolute_error(a: ArrayLike, y: ArrayLike) -> Array:
    """L = (1/c) Σ_j |a_j − y_j| (fda)."""
    difference = _difference(a, y)
    return _mean(np.sign(difference.real) * difference)


def _mean_absolute_error_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = (1/c) sign(a_j − y_j), with sign(0) = 0 (fda)."""
    difference = _difference(a, y)
    return np.sign(difference.real) / len(difference)


def _zero_one(a: ArrayLike, y: ArrayLike) -> Array:
    """Return the share of outputs with y_j a_j ≤ 0, for labels −1 and +1 (fda)."""
    margin = _margin(a, y)
    return _mean((margin.real <= 0).astype(margin.dtype))


def _zero_one_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """0 wherever there is a slope: nothing says which way to go (fda)."""
    return np.zeros_like(_margin(a, y))


def _hinge(a: ArrayLike, y: ArrayLike) -> Array:
    """L = (1/c) Σ_j max(0, 1 − y_j a_j), for labels −1 and +1 (fda)."""
    return _mean(np.maximum(1 - _margin(a, y), 0))


def _hinge_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = −y_j/c where y_j a_j < 1, else 0 (fda)."""
    a, y = _pair(a, y)
    return np.where((y * a).real < 1, -y, 0) / len(a)


def _minus_log(p: Array, weight: Array) -> Array:
    """Return −weight · ln p, and 0 where the weight is 0, whatever p is: there 0 · ln 0 would be no number."""
    with np.errstate(divide="ignore"):
        return np.where(weight == 0, 0, -weight * np.log(np.where(weight == 0, 1, p)))


def _quotient(weight: Array, p: Array) -> Array:
    """Return weight / p, and 0 where the weight is 0."""
    with np.errstate(divide="ignore"):
        return np.where(weight == 0, 0, weight / np.where(weight == 0, 1, p))


def _cross_entropy(a: ArrayLike, y: ArrayLike) -> Array:
    """L = −Σ_j y_j ln a_j, for probabilities a_j (softmax notes; DSC 255's −log Pr, with y one-hot)."""
    a, y = _pair(a, y)
    return _sum(_minus_log(a, y))


def _cross_entropy_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = −y_j/a_j."""
    a, y = _pair(a, y)
    return -_quotient(y, a)


def _binary_cross_entropy(a: ArrayLike, y: ArrayLike) -> Array:
    """L = −Σ_j (y_j ln a_j + (1 − y_j) ln(1 − a_j)), for labels 0 and 1 (fda)."""
    a, y = _pair(a, y)
    return _sum(_minus_log(a, y) + _minus_log(1 - a, 1 - y))


def _binary_cross_entropy_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = (1 − y_j)/(1 − a_j) − y_j/a_j."""
    a, y = _pair(a, y)
    return _quotient(1 - y, 1 - a) - _quotient(y, a)


def log_sum_exp(z: ArrayLike) -> Array:
    """Return ln Σ_j e^{z_j}, column by column, for z as large as you like.

    Parameters
    ----------
    z : array_like, shape (c,) or (c, N)
        One number per class; samples are columns.

    Returns
    -------
    ndarray
        A number, or shape (N,). The largest z_j is taken out, so that no power is larger than 1.
    """
    z = real(z)
    largest = np.maximum.reduce(z, axis=0)
    total: Array = largest + np.log(_sum(np.exp(z - largest)))
    return total


def _cross_entropy_of_logits(z: ArrayLike, y: ArrayLike) -> Array:
    """L = ln Σ_j e^{z_j} − Σ_j y_j z_j, which is −Σ_j y_j ln softmax(z)_j if Σ_j y_j = 1 (softmax notes)."""
    z, y = _pair(z, y)
    return log_sum_exp(z) - _sum(y * z)


def _cross_entropy_of_logits_gradient(z: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂z_j = softmax(z)_j − y_j (softmax notes)."""
    z, y = _pair(z, y)
    return softmax(z) - y


def _binary_cross_entropy_of_logits(z: ArrayLike, y: ArrayLike) -> Array:
    """L = Σ_j (ln(1 + e^{z_j}) − y_j z_j), where ln(1 + e^z) is max(z, 0) + ln(1 + e^−|z|)."""
    z, y = _pair(z, y)
    right = z.real > 0
    return _sum(np.where(right, z, 0) + np.log1p(np.exp(np.where(right, -z, z))) - y * z)


def _binary_cross_entropy_of_logits_gradient(z: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂z_j = σ(z_j) − y_j (fda)."""
    z, y = _pair(z, y)
    return sigmoid(z) - y


mean_squared_error = Loss("mean squared error", _mean_squared_error, _mean_squared_error_gradient)
squared_error = Loss("squared error", _squared_error, _squared_error_gradient)
mean_absolute_error = Loss("mean absolute error", _mean_absolute_error, _mean_absolute_error_gradient)
zero_one = Loss("zero-one loss", _zero_one, _zero_one_gradient)
hinge = Loss("hinge loss", _hinge, _hinge_gradient)
cross_entropy = Loss("cross-entropy", _cross_entropy, _cross_entropy_gradient)
binary_cross_entropy = Loss("binary cross-entropy", _binary_cross_entropy, _binary_cross_entropy_gradient)
# The same two losses as functions of z, before softmax or sigmoid: finite however large z is.
cross_entropy_of_logits = Loss("cross-entropy of logits", _cross_entropy_of_logits, _cross_entropy_of_logits_gradient)
binary_cross_entropy_of_logits = Loss(
    "binary cross-entropy of logits", _binary_cross_entropy_of_logits, _binary_cross_entropy_of_logits_gradient
)
