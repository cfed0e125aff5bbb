"""How a network ends: the last activation, the loss that is measured on it, and the d^F that flows back from there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.nn import losses
from bpkit.nn.activations import Activation, identity, leaky_relu, relu, sigmoid, softmax_into, tanh
from bpkit.nn.arrays import Array

ACTIVATIONS = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "leaky_relu": leaky_relu, "identity": identity}
LOSSES = {
    "mse": losses.mean_squared_error,
    "mae": losses.mean_absolute_error,
    "hinge": losses.hinge,
    "binary_cross_entropy": losses.binary_cross_entropy_of_logits,
    "cross_entropy": losses.cross_entropy_of_logits,
}
PARTNERS = {"softmax": "cross_entropy", "sigmoid": "binary_cross_entropy"}  # of all others it is "mse"


@dataclass(frozen=True)
class Output:
    """The end of a network.

    Parameters
    ----------
    activation, loss : str
        Their names, such as ``"softmax"`` and ``"cross_entropy"``.
    into : callable
        ``into(z, out)`` puts a^F into `out`.
    losses : callable
        ``losses(z, a, y)`` takes z^F or a^F, whichever is better for it, and returns one number per sample.
    total : callable
        The sum of the same numbers, for a running account: as quick as can be, and cut off at 85 a sample.
    d_into : callable
        ``d_into(z, a, y, out)`` puts d^F = ∂L/∂z^F into `out`, column by column.
    """

    activation: str
    loss: str
    into: Callable[[Array, Array], object]
    losses: Callable[[Array, Array, Array], Array]
    total: Callable[[Array, Array, Array], float]
    d_into: Callable[[Array, Array, Array, Array], object]

    def decide(self, a: Array) -> NDArray[Any]:
        """Return what the rows `a`, shape (N, n_F), of outputs or targets say: classes, labels, or numbers."""
        if self.loss == "cross_entropy":
            classes: NDArray[Any] = a.argmax(axis=1)
            return classes
        said: NDArray[Any] = a
        if self.loss == "binary_cross_entropy":
            said = (a > 0.5).astype(int)
        elif self.loss == "hinge":
            said = np.where(a > 0, 1, -1)
        return said[:, 0] if said.shape[1] == 1 else said

    def probabilities(self, a: Array) -> Array:
        """Return the rows `a` of outputs, if they are probabilities.

        Raises
        ------
        ValueError
            If they are not.
        """
        if self.loss not in PARTNERS.values():
            raise ValueError(
                f"output={self.activation!r} with loss={self.loss!r} gives no probabilities; feedforward returns "
                "what it gives"
            )
        return a


def activation(name: str) -> Activation:
    """Return the hidden layers' activation of this name.

    Raises
    ------
    ValueError
        If there is none; the message lists those there are.
    """
    if name not in ACTIVATIONS:
        said = " Softmax can only be the output." if name == "softmax" else ""
        raise ValueError(f"hidden must be one of {', '.join(ACTIVATIONS)}, not {name!r}.{said}")
    return ACTIVATIONS[name]


def output_layer(name: str, loss: str | None) -> Output:
    """Return the end of a network with this activation, and this loss or else its natural partner.

    Raises
    ------
    ValueError
        If there is no such activation or loss, or the two do not go together.
    """
    if name != "softmax" and name not in ACTIVATIONS:
        raise ValueError(f"output must be one of softmax, {', '.join(ACTIVATIONS)}, not {name!r}")
    loss = PARTNERS.get(name, "mse") if loss is None else loss
    if loss not in LOSSES:
        zero_one = " The zero-one loss has slope 0 and cannot be descended." if loss == "zero_one" else ""
        raise ValueError(f"loss must be one of {', '.join(LOSSES)}, not {loss!r}.{zero_one}")
    if PARTNERS.get(name) == loss:
        exact = LOSSES[loss]
        if name == "softmax":
            return Output(name, loss, softmax_into, lambda z, a, y: exact(z, y), _softmax_total, _difference_into)
        into = ACTIVATIONS[name].into
        return Output(name, loss, into, lambda z, a, y: exact(z, y), _sigmoid_total, _difference_into)
    if name == "softmax" or loss in PARTNERS.values():
        partner = next((a for a, its in PARTNERS.items() if its == loss), None)
        advice = f"loss={PARTNERS[name]!r}" if name == "softmax" else f"output={partner!r}"
        raise ValueError(f"output={name!r} and loss={loss!r} do not go together here: take {advice}")
    σ, L = ACTIVATIONS[name], LOSSES[loss]

    def d_into(z: Array, a: Array, y: Array, out: Array) -> None:
        σ.slope_into(a, out)
        np.multiply(L.gradient(a, y), out, out=out)  # BP1: d^F = ∇_a L ⊙ σ'(z^F)

    return Output(name, loss, σ.into, lambda z, a, y: L(a, y), lambda z, a, y: L(a, y).sum(), d_into)


def _softmax_total(z: Array, a: Array, y: Array) -> float:
    """−Σ y ln a over all classes and samples."""
    return -float(np.vdot(y, np.log(np.maximum(a, 1e-37))))


def _sigmoid_total(z: Array, a: Array, y: Array) -> float:
    """Σ ln(1 + e^z) − y z over all outputs and samples."""
    return float(np.add.reduce(np.logaddexp(0, z), None) - np.vdot(y, z))


def _difference_into(z: Array, a: Array, y: Array, out: Array) -> None:
    """d^F = a^F − y: what BP1 comes to for sigmoid and for softmax with their cross-entropies."""
    np.subtract(a, y, out=out)
