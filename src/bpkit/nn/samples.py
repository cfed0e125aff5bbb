"""What goes into a network: rows of numbers, and what is right for each of them. Whatever does not fit is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpkit.nn.arrays import Array

if TYPE_CHECKING:
    from bpkit.nn.network import Network

SUMS_TO_1 = 1e-3  # so near must a row of probabilities come, in float32 too


def one_hot(labels: ArrayLike, classes: int) -> Array:
    """Return a row for each label: 1 in the place of its class, 0 elsewhere.

    Parameters
    ----------
    labels : array_like of int, shape (N,)
        Class numbers, counted from 0.
    classes : int
        How many classes there are, c.

    Returns
    -------
    ndarray, shape (N, c)

    Raises
    ------
    ValueError
        If a label is not one of 0, …, c − 1.
    """
    return np.eye(classes)[_labels(np.asarray(labels), classes, "labels")]


def inputs(X: ArrayLike, network: Network) -> Array:
    """Return `X` as an array of shape (N, n_1), in the network's own type.

    Raises
    ------
    ValueError
        If it has another shape, or holds something else than finite numbers.
    """
    n_1 = network.sizes[0]
    x = _numbers(X, "X", network)
    if x.ndim != 2 or x.shape[1] != n_1 or not len(x):
        advice = ""
        if x.ndim == 1 and len(x) == n_1:
            advice = " One sample is a row, too: X[None, :]."
        elif x.ndim == 2 and x.shape[0] == n_1:
            advice = " Are the samples columns? Then hand in X.T."
        raise ValueError(
            f"X must hold one sample per row, each of {n_1} numbers: shape (N, {n_1}), N ≥ 1. "
            f"It has shape {x.shape}.{advice}"
        )
    return x


def targets(Y: ArrayLike, samples: int, network: Network) -> Array:
    """Return `Y` as an array of shape (N, n_F): class numbers become rows with a single 1.

    Raises
    ------
    ValueError
        If it does not have as many rows as X, or holds what the loss has no meaning for.
    """
    c, loss = network.sizes[-1], network.end.loss
    y = np.asarray(Y)
    if y.ndim == 1 and loss == "cross_entropy" and y.shape == (samples,):
        y = one_hot(_labels(y, c, "Y"), c)
    elif y.ndim == 1 and c == 1:
        y = y[:, None]
    y = _numbers(y, "Y", network)
    if y.shape != (samples, c):
        raise ValueError(_misfit(y, samples, c, loss))
    _meaning(y, loss)
    return y


def _misfit(y: Array, samples: int, c: int, loss: str) -> str:
    labels = f", or class numbers of shape ({samples},)" if loss == "cross_entropy" else ""
    said = f"Y must have shape ({samples}, {c}), one row for each row of X{labels}. It has shape {y.shape}."
    if y.shape == (c, samples):
        return said + " Are the samples columns? Then hand in Y.T."
    if y.shape in ((samples,), (samples, 1)) and c > 1:
        return said + (" Class numbers: Y.ravel()." if labels else f" Of class numbers, nn.one_hot(Y, {c}) makes rows.")
    return said


def _meaning(y: Array, loss: str) -> None:
    if loss == "cross_entropy":
        wrong = (y < 0).any(axis=1) | (np.abs(y.sum(axis=1) - 1) > SUMS_TO_1)
        wanted = "probabilities that sum to 1, such as a single 1"
    elif loss == "binary_cross_entropy":
        wrong, wanted = ((y < 0) | (y > 1)).any(axis=1), "numbers from 0 to 1"
    elif loss == "hinge":
        wrong, wanted = (np.abs(y) != 1).any(axis=1), "labels −1 and 1"
    else:
        return
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(f"Y must hold {wanted} in each row, for loss={loss!r}; row {row} is {_short(y[row])}.")


def _labels(labels: NDArray[Any], classes: int, name: str) -> NDArray[np.int64]:
    whole = labels.dtype.kind in "iu" or (labels.dtype.kind == "f" and bool(np.all(labels == np.floor(labels))))
    if labels.ndim != 1 or not whole:
        raise ValueError(
            f"{name} must be class numbers, whole numbers of shape (N,), not {labels.dtype} of shape {labels.shape}."
        )
    outside = (labels < 0) | (labels >= classes)
    if outside.any():
        first = int(np.argmax(outside))
        raise ValueError(
            f"{name} must be class numbers from 0 to {classes - 1}, for {classes} classes; "
            f"{name}[{first}] is {labels[first]}."
        )
    return labels.astype(np.int64)


def _numbers(values: ArrayLike, name: str, network: Network) -> Array:
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must be an array of numbers; its rows are not equally long.") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers, not of {array.dtype}.")
    if not np.isfinite(array).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} must hold finite numbers; at {list(place)} it is {array[place]}.")
    return np.asarray(array, network.theta.dtype, order="C")


def _short(row: Array) -> str:
    return np.array2string(row, precision=4, threshold=8)
