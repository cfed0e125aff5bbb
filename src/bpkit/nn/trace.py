"""What one pass forward and back through a network computes and keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from bpkit.nn.arrays import Array
from bpkit.nn.parameters import count, views


@dataclass(frozen=True, eq=False)
class Trace:
    """Every quantity of one pass, by layer, one column per sample.

    Attributes
    ----------
    z, a, d : dict
        z^l, a^l and d^l = ∂L_T/∂z^l, shape (n_l, N), for l = 2, …, F; a also holds the input a^1.
    slope : dict
        σ'(z^l) of the hidden layers l = 2, …, F − 1.
    dW, db : dict
        ∂L_T/∂W^l, shape (n_l, n_{l−1}), and ∂L_T/∂b^l, shape (n_l,), for l = 2, …, F.
    gradient : ndarray
        All of dW and db as one vector, in the order of the network's `theta`.
    ones : ndarray, shape (N,)
        The product with it adds up the samples.
    """

    z: dict[int, Array]
    a: dict[int, Array]
    d: dict[int, Array]
    slope: dict[int, Array]
    dW: dict[int, Array]
    db: dict[int, Array]
    gradient: Array
    ones: Array

    @classmethod
    def of(cls, sizes: Sequence[int], N: int, dtype: DTypeLike, gradient: Array | None = None) -> Trace:
        """Make room for a pass of N samples, and for the gradient unless several traces are to share one."""
        gradient = np.empty(count(sizes), dtype) if gradient is None else gradient
        dW, db = views(gradient, sizes)

        def room() -> dict[int, Array]:  # in memory a sample is a row: so the large products are quickest
            return {l: np.empty((N, n), dtype).T for l, n in enumerate(sizes[1:], start=2)}

        return cls(room(), room(), room(), room(), dW, db, gradient, np.ones(N, dtype))
