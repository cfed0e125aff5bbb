"""Logits, probabilities, loss and error of one sample, class by class."""

from __future__ import annotations

import operator
from numbers import Real
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from bpkit import figures, nn
from bpkit.widgets.explorer import Explorer
from bpkit.widgets.softmax_still import class_bars

Floats = NDArray[np.floating[Any]]

FEWEST, MOST = 2, 8  # classes
LARGEST = 1e6  # a logit; what z/T can become with it is still an ordinary number
COLDEST, HOTTEST = 0.01, 100.0


class Logits(traitlets.List[float]):
    """Two to eight finite numbers, in a list, a tuple or a NumPy array."""

    def validate(self, obj: Any, value: Any) -> list[float]:
        """Return the numbers as a list, or say what is wrong with them."""
        wanted = f"The logits must be {FEWEST} to {MOST} numbers, one for each class"
        if not isinstance(value, list | tuple | np.ndarray):
            raise traitlets.TraitError(f"{wanted}, in a list such as [2, 1, -1]; not {_short(value)}.")
        try:
            numbers = np.asarray(value)
        except ValueError:  # rows of unequal lengths
            raise traitlets.TraitError(f"{wanted}; not {_short(value)}.") from None
        if numbers.ndim != 1 or numbers.dtype.kind not in "iuf" or not FEWEST <= len(numbers) <= MOST:
            raise traitlets.TraitError(f"{wanted}; not {_short(value)}.")
        for number in numbers:
            if not abs(number) <= LARGEST:  # also NaN
                raise traitlets.TraitError(
                    f"A logit must be a number from {-LARGEST:,.0f} to {LARGEST:,.0f}; not {number:g}."
                )
        return [float(number) for number in numbers]


class Label(traitlets.Int[int, int]):
    """A whole number, of Python or of NumPy."""

    def validate(self, obj: Any, value: Any) -> int:
        """Return the number, or say that it is none."""
        try:
            return operator.index(value)
        except TypeError:
            raise traitlets.TraitError(f"The label must be the number of a class; not {_short(value)}.") from None


class Temperature(traitlets.Float[float, Any]):
    """A number that logits can be divided by."""

    def validate(self, obj: Any, value: Any) -> float:
        """Return the number as a float, or say why it is none that will do."""
        try:
            T = float(value) if isinstance(value, Real) else np.nan
        except OverflowError:
            T = np.inf
        if not COLDEST <= T <= HOTTEST:
            raise traitlets.TraitError(
                f"The temperature must be a number from {COLDEST} to {HOTTEST:g}; not {_short(value)}."
            )
        return T


def _short(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}…"


class SoftmaxExplorer(Explorer):
    """Move logits, and see probabilities, loss and error follow: ``SoftmaxExplorer(logits=[2, 1, -1], label=1)``.

    Parameters
    ----------
    logits, label, temperature
        What it begins with; each is an attribute, too.

    Attributes
    ----------
    logits : list of float
        z, one number for each of two to eight classes, between −10⁶ and 10⁶.
    label : int
        The right class, counted from 0.
    temperature : float
        T, from 0.01 to 100: the probabilities are softmax(z/T).
    probabilities : ndarray, shape (K,)
        ŷ = softmax(z/T).
    loss : float
        L = −ln ŷ of the right class, the cross-entropy.
    error : ndarray, shape (K,)
        ŷ − y, with y one-hot.
    slope : ndarray, shape (K,)
        ∂L/∂z = (ŷ − y)/T.
    jacobian : ndarray, shape (K, K)
        ∂ŷ_i/∂z_j in row i and column j.

    Raises
    ------
    traitlets.TraitError
        If a value is not one of these.
    """

    module = "softmax_explorer.js"
    logits = Logits(traitlets.Float(), [2.0, 1.0, -1.0]).tag(sync=True)
    label = Label(1).tag(sync=True)
    temperature = Temperature(1.0).tag(sync=True)

    @traitlets.validate("label")
    def _label_is_a_class(self, proposal: dict[str, Any]) -> int:
        label: int = proposal["value"]
        if not 0 <= label < len(self.logits):
            raise traitlets.TraitError(
                f"The label must be a class from 0 to {len(self.logits) - 1}, as there are {len(self.logits)} logits; "
                f"not {_short(label)}."
            )
        return label

    @traitlets.validate("logits")
    def _logits_have_the_label(self, proposal: dict[str, Any]) -> list[float]:
        logits: list[float] = proposal["value"]
        if not self.label < len(logits):
            raise traitlets.TraitError(
                f"The label is class {self.label}, and {len(logits)} logits have the classes 0 to {len(logits) - 1}: "
                "set a smaller label first."
            )
        return logits

    @property
    def _z(self) -> Floats:
        """z/T, what the softmax is taken of."""
        return np.array(self.logits) / self.temperature

    @property
    def _y(self) -> Floats:
        return np.asarray(np.eye(len(self.logits))[self.label])

    @property
    def probabilities(self) -> Floats:
        """ŷ = softmax(z/T)."""
        return np.asarray(nn.softmax(self._z))

    @property
    def loss(self) -> float:
        """L = −ln ŷ of the right class; finite however small that probability is."""
        return float(nn.cross_entropy_of_logits(self._z, self._y))

    @property
    def error(self) -> Floats:
        """ŷ − y."""
        return np.asarray(nn.cross_entropy_of_logits.gradient(self._z, self._y))

    @property
    def slope(self) -> Floats:
        """∂L/∂z = (ŷ − y)/T: by the chain rule, as z/T has the slope 1/T."""
        return self.error / self.temperature

    @property
    def jacobian(self) -> Floats:
        """∂ŷ_i/∂z_j, with the same factor 1/T."""
        return np.asarray(nn.softmax_jacobian(self._z)) / self.temperature

    def still(self) -> figures.Picture:
        """Return the bars as they are now, as a picture with its text."""
        return class_bars(self.logits, self.label, self.temperature, self.probabilities, self.loss, self.error)
