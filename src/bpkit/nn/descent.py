"""Gradient descent: step by step down the slope, with all samples at once, one by one, or in batches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import index
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpkit.nn.arrays import Array
from bpkit.nn.samples import inputs, targets
from bpkit.nn.trace import Trace

if TYPE_CHECKING:
    from bpkit.nn.network import Network

PATIENCE = 2.0  # seconds until a progress bar appears


class Diverged(ArithmeticError):
    """The loss ran away to infinity; the network is as it was before."""


@dataclass
class History:
    """How training went, epoch by epoch.

    Attributes
    ----------
    loss : list of float
        The mean loss of the samples as they came up, so each before the step that it led to.
    validation_loss, validation_accuracy : list of float
        Of the validation samples, after the epoch; the accuracy where the outputs are classes. Empty without.
    interrupted : bool
        Whether it was stopped by hand. What was learned until then is kept.
    """

    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    interrupted: bool = False


def descend(
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    epochs: int = 10,
    batch_size: int | None = 32,
    learning_rate: float = 0.1,
    momentum: float = 0.0,
    *,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    shuffle: bool = True,
    seed: int = 0,
    progress: bool = True,
) -> History:
    """Train the network: θ ← θ − η ∂L_B/∂θ for one batch B after another (worksheet, gradient descent).

    Parameters
    ----------
    X : array_like, shape (N, n_1)
        The samples, one per row.
    Y : array_like, shape (N, n_F), or (N,)
        What is right for each, as for `loss`.
    epochs : int
        How often to go through all samples.
    batch_size : int or None
        1 is stochastic descent, None (all samples) batch descent, anything between mini-batch descent.
    learning_rate : float
        η.
    momentum : float
        μ, at least 0 and below 1: each step is v ← μ v − η ∂L_B/∂θ, θ ← θ + v.
    validation : (X, Y), optional
        Samples that are not trained on, to be measured after each epoch.
    shuffle : bool
        Whether each epoch takes the samples in a new random order.
    seed : int
        Of that order.
    progress : bool
        Whether to show a progress bar if it takes longer than a moment.

    Returns
    -------
    History

    Raises
    ------
    Diverged
        If the loss or a weight becomes infinite or no number.
    ValueError
        If an argument makes no sense. After either, the network is as it was before.
    """
    X = inputs(X, network)
    Y = targets(Y, len(X), network)
    size = len(X) if batch_size is None else min(_whole(batch_size, "batch_size"), len(X))
    epochs = _whole(epochs, "epochs", least=0)
    if not 0 < learning_rate < np.inf:
        raise ValueError(f"learning_rate must be a number above 0, not {learning_rate!r}")
    if not 0 <= momentum < 1:
        raise ValueError(f"momentum must be at least 0 and below 1, not {momentum!r}")
    if validation is not None:
        held_out = (rows := inputs(validation[0], network)), targets(validation[1], len(rows), network)
    before, history, rng = network.theta.copy(), History(), np.random.default_rng(seed)
    steps = _Steps(network, learning_rate, momentum)
    try:
        for _ in _shown(epochs, progress):
            order = rng.permutation(len(X)) if shuffle else np.arange(len(X))
            loss = steps.epoch(X, Y, order, size)
            if not (np.isfinite(loss) and np.isfinite(network.theta).all()):
                raise Diverged(
                    f"In epoch {len(history.loss) + 1} the loss ran away: learning_rate={learning_rate:g} is too "
                    "large. The network is as it was before."
                )
            if validation is not None:
                history.validation_loss.append(network.loss(*held_out))
                history.validation_accuracy += _accuracy(network, *held_out)
            history.loss.append(loss)
    except KeyboardInterrupt:
        history.interrupted = True
        if not np.isfinite(network.theta).all():  # stopped because it ran away: there is nothing to keep
            network.theta[:] = before
    except BaseException:
        network.theta[:] = before
        raise
    return history


class _Steps:
    """Steps down the slope; the arrays that they are computed in are made once."""

    def __init__(self, network: Network, learning_rate: float, momentum: float) -> None:
        self.network, self.η, self.μ = network, learning_rate, momentum
        self.step = np.empty_like(network.theta)  # η ∂L_B/∂θ
        self.v = np.zeros_like(network.theta) if momentum else None
        self.traces: dict[int, Trace] = {}  # by the number of samples: the last batch may be smaller

    def epoch(self, X: Array, Y: Array, order: NDArray[np.int64], size: int) -> float:
        """Make a step for each batch of the rows `order`, and return the mean loss met on the way."""
        total = 0.0
        with np.errstate(all="ignore"):  # of a loss that runs away, more is said in the end
            for start in range(0, len(order), size):
                batch = order[start : start + size]
                total += self.take(X.take(batch, 0).T, Y.take(batch, 0).T)  # rows are gathered ten times as fast
        return total / len(order)

    def take(self, x: Array, y: Array) -> float:
        """Step: θ ← θ − η ∂L_B/∂θ; return the sum of the losses before it."""
        network, N = self.network, x.shape[1]
        trace = self.traces.get(N)
        if trace is None:
            trace = self.traces[N] = Trace.of(network.sizes, N, network.theta.dtype, self.step)
        network.forward(x, trace)
        loss = network.end.total(trace.z[network.F], trace.a[network.F], y)
        network.backward(y, trace, self.η / N)
        if self.v is None:
            network.theta -= self.step
        else:
            self.v *= self.μ
            self.v -= self.step
            network.theta += self.v
        return loss


def _accuracy(network: Network, X: Array, Y: Array) -> list[float]:
    """Return the share of outputs that say what is right, if they say something and are no mere numbers."""
    if network.end.loss not in ("cross_entropy", "binary_cross_entropy", "hinge"):
        return []
    return [float(np.mean(network.predict(X) == network.end.decide(Y)))]


def _shown(epochs: int, progress: bool) -> Iterator[int]:
    """Count the epochs, with a bar as soon as they take longer than a moment."""
    started, bar = time.monotonic(), None
    try:
        for epoch in range(epochs):
            if progress and bar is None and time.monotonic() - started > PATIENCE:
                from tqdm.auto import tqdm

                bar = tqdm(total=epochs, initial=epoch, unit="epoch")
            yield epoch
            if bar is not None:
                bar.update()
    finally:
        if bar is not None:
            bar.close()


def _whole(value: int, name: str, least: int = 1) -> int:
    try:
        number = index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, not {number}")
    return number
