"""What this room takes for an array of numbers."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.floating[Any]]


def real(values: ArrayLike) -> Array:
    """Return `values` as an array of floats: float types are kept, whole numbers become float64.

    Complex numbers pass, too: a tiny imaginary part is how the complex step measures a slope.
    """
    values = np.asarray(values)
    return values if values.dtype.kind in "fc" else values.astype(np.float64)
