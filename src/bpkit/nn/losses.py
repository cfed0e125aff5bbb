"""Loss functions and their gradients with respect to the network's output.

Outputs `a` and targets `y` have the same shape: (c,) for one sample with c outputs, or (c, N) for N samples,
one per column. A loss gives one number per sample; the total loss L_T is the mean of these numbers, and the
1/N that comes with it belongs to L_T, not here. The worksheet writes L(y, a); here `a` comes first, as it
does in every difference a − y.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

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


def _difference(a: ArrayLike, y: ArrayLike) -> Array:
    """Return a − y, refusing to broadcast: (c,) against (c, 1) would quietly become c × c."""
    a, y = real(a), real(y)
    if a.shape != y.shape:
        raise ValueError(f"output and target differ in shape: {a.shape} and {y.shape}")
    if a.ndim not in (1, 2) or len(a) == 0:
        raise ValueError(f"expected c outputs, or c rows with one sample per column, not shape {a.shape}")
    return a - y


def _mean_squared_error(a: ArrayLike, y: ArrayLike) -> Array:
    """L = (1/c) Σ_j (a_j − y_j)² (worksheet 11, fda)."""
    loss: Array = np.mean(np.square(_difference(a, y)), axis=0)
    return loss


def _mean_squared_error_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = (2/c)(a_j − y_j) (worksheet 11)."""
    difference = _difference(a, y)
    return 2 / len(difference) * difference


def _squared_error(a: ArrayLike, y: ArrayLike) -> Array:
    """L = ‖y − a‖² = Σ_j (a_j − y_j)² (Carson)."""
    loss: Array = np.sum(np.square(_difference(a, y)), axis=0)
    return loss


def _squared_error_gradient(a: ArrayLike, y: ArrayLike) -> Array:
    """∂L/∂a_j = 2(a_j − y_j): the minus of y − a and the minus of its derivative cancel (Carson)."""
    return 2 * _difference(a, y)


mean_squared_error = Loss("mean squared error", _mean_squared_error, _mean_squared_error_gradient)
squared_error = Loss("squared error", _squared_error, _squared_error_gradient)
