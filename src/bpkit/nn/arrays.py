"""What this room takes for an array of numbers."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.floating[Any]]


def real(values: ArrayLike) -> Array:
    """Return `values` as an array of floats: float types are kept, whole numbers become float64."""
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)
