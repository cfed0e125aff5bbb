"""Data to learn from, shipped inside the package: nothing is fetched.

`digits` reads the handwritten digits of E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*
(1998), UCI Machine Learning Repository, DOI 10.24432/C50P49, under CC BY 4.0. ``digits.npz`` holds the 1,797
samples of its test part as they are, as 8-bit numbers, and their citation. `points` makes points in the plane.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.data.plane import points

__all__ = ["Digits", "digits", "points"]

HELD_OUT = 450  # a quarter of the 1,797 samples
BRIGHTEST = 16  # each pixel counts the inked ones among 4 × 4 finer pixels


@dataclass(frozen=True, repr=False, eq=False)
class Digits:
    """Handwritten digits, one sample per row, in two parts: to learn from, and held out to test with.

    Parameters
    ----------
    X_train, X_test
        Shapes (1347, 64) and (450, 64): the 8 × 8 pixels of each digit, row by row, from 0 (paper) to 1 (ink).
    y_train, y_test
        Shapes (1347,) and (450,): which digit it is, a whole number from 0 to 9.
    citation
        Where the data comes from.
    """

    X_train: NDArray[np.float64]
    y_train: NDArray[np.int64]
    X_test: NDArray[np.float64]
    y_test: NDArray[np.int64]
    citation: str

    def __repr__(self) -> str:
        """Say how many there are, rather than print them."""
        return f"Digits: {len(self.y_train)} to learn from, {len(self.y_test)} held out. {self.citation}"


def digits(seed: int = 0) -> Digits:
    """Return the 8 × 8 handwritten digits of UCI, shuffled and split; the same seed gives the same split.

    Parameters
    ----------
    seed
        Which samples are held out.

    Returns
    -------
    Digits
        Fresh arrays at each call.
    """
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as stored:
        images, labels, citation = stored["images"], stored["labels"], str(stored["citation"])
    order = np.random.default_rng(seed).permutation(len(labels))
    X: NDArray[Any] = images.reshape(len(images), -1)[order] / BRIGHTEST
    y = labels[order].astype(np.int64)
    return Digits(X[:-HELD_OUT], y[:-HELD_OUT], X[-HELD_OUT:], y[-HELD_OUT:], citation)
