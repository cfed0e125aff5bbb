"""Slopes measured on a function itself, as a second referee besides the formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEP = 1e-5  # the error of a central difference, STEP² and rounding / STEP, is about 1e-10 of the values here


def measured(forward: Callable[..., float], arguments: Sequence[Any], place: int) -> NDArray[np.float64]:
    """Return the central differences of `forward` by every entry of one of its arguments.

    Parameters
    ----------
    forward
        A function that returns a number.
    arguments
        Where it is measured.
    place
        Which argument is moved: a number or an array.

    Returns
    -------
    array
        Of that argument's shape: (f(x + h) − f(x − h)) / 2h, with one entry moved at a time.
    """
    base = np.array(arguments[place], float)
    slopes = np.empty_like(base)
    for index in np.ndindex(base.shape):
        values = []
        for step in (STEP, -STEP):
            moved = base.copy()
            moved[index] += step
            values.append(forward(*arguments[:place], moved, *arguments[place + 1 :]))
        slopes[index] = (values[0] - values[1]) / (2 * STEP)
    return slopes
