"""Gradients that PyTorch has found, stored, so that ours can be compared where PyTorch is not installed.

``benchmarks/torch_gradients.py`` makes the file: random networks with random weights and samples, and for each the
loss and the gradient from `torch.autograd`, in float64.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bpkit.nn.arrays import Array
from bpkit.nn.parameters import views

FILE = Path(__file__).with_suffix(".npz")
NAMES = ("kinds", "sizes", "X", "Y", "theta", "loss", "gradient")
COUNT = 20


@dataclass(frozen=True, eq=False)
class Stored:
    """A network, its samples, and what PyTorch says of them.

    Attributes
    ----------
    sizes : tuple of int
        n_1, …, n_F.
    hidden, output, loss_name : str
        The activation functions and the loss, as `bpkit.nn.Network` calls them.
    X, Y : ndarray, shape (N, n_1) and (N, n_F)
        The samples and their targets, one a row.
    W, b : dict of ndarray
        By layer l = 2, …, F: shapes (n_l, n_{l−1}) and (n_l,).
    loss : float
        The total loss, the mean over the N samples.
    gradient : list of tuple of ndarray
        (∂L/∂W^l, ∂L/∂b^l) for l = 2, …, F.
    version : str
        Which PyTorch it was.
    """

    sizes: tuple[int, ...]
    hidden: str
    output: str
    loss_name: str
    X: Array
    Y: Array
    W: dict[int, Array]
    b: dict[int, Array]
    loss: float
    gradient: list[tuple[Array, Array]]
    version: str


def stored() -> list[Stored]:
    """Return the stored networks; the first is a 3–4–2 network with sigmoid, softmax and cross-entropy."""
    with np.load(FILE) as file:
        return [_network({name: file[f"{name}_{i}"] for name in NAMES}, str(file["version"])) for i in range(COUNT)]


def _network(of: dict[str, Any], version: str) -> Stored:
    sizes = tuple(of["sizes"].tolist())
    W, b = views(of["theta"], sizes)
    gradient = split(of["gradient"], sizes)
    hidden, output, loss_name = of["kinds"].tolist()
    return Stored(sizes, hidden, output, loss_name, of["X"], of["Y"], W, b, float(of["loss"]), gradient, version)


def split(flat: Array, sizes: tuple[int, ...]) -> list[tuple[Array, Array]]:
    """Cut one vector, W^2, b^2, W^3, b^3, … end to end, into its pairs of a matrix and a vector."""
    W, b = views(flat, sizes)
    return [(W[l], b[l]) for l in W]
