"""A small network with numbers that are easy to read, a sample and a target: always the same for a seed."""

from collections.abc import Sequence

import numpy as np

from bpkit.nn.arrays import Array
from bpkit.nn.network import Network
from bpkit.nn.random import Draws


def small_network(seed: int = 0, sizes: Sequence[int] = (3, 4, 2)) -> tuple[Network, Array, Array]:
    """Return a sigmoid network with the mean squared error, an input x and a target y.

    All weights, biases and inputs have one decimal and none is 0; the target is 1 for the first output and 0 else.

    Parameters
    ----------
    seed : int
        Of the numbers.
    sizes : sequence of int
        n_1, …, n_F; by default those of the worksheet's Figure 1.

    Returns
    -------
    network : Network
    x, y : ndarray
        Shapes (n_1,) and (n_F,).
    """
    network = Network(sizes, "sigmoid", "sigmoid", "mse")
    draws = Draws(seed)
    network.theta[:] = [_one_decimal(draws) for _ in range(network.theta.size)]
    x = np.array([_one_decimal(draws) for _ in range(network.sizes[0])])
    return network, x, np.eye(network.sizes[-1])[0]


def _one_decimal(draws: Draws) -> float:
    return round(draws.normal(), 1) or 0.1
