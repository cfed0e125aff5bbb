"""Training in single steps that the browser makes, too, with the same numbers: the reference of the widgets.

`Network.fit` is the quick way. Here the start and the order of the samples come from `bpkit.nn.random.Draws`, whose
twin the browser has, and training can be left after any step and taken up again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from bpkit.nn.descent import Diverged
from bpkit.nn.network import Network
from bpkit.nn.random import Draws
from bpkit.nn.samples import inputs, targets

FAR = 1e6  # where a weight is larger than this, training has run away
STRIDE = 0x9E3779B9  # between the seeds of two epochs: 2³² over the golden ratio


def drawn_network(hidden: Sequence[int], activation: str = "tanh", seed: int = 0) -> Network:
    """Return a network 2–…–1 with a sigmoid output whose weights are drawn as `Network` draws its own, but by `Draws`.

    Layer by layer and row by row, with variance 1/n_{l−1}, twice that before a ReLU; biases begin at 0.
    """
    network = Network((2, *hidden, 1), activation, "sigmoid")
    draws = Draws(seed)
    for l, W in network.W.items():
        gain = 2 if l < network.F and activation in ("relu", "leaky_relu") else 1
        for place in np.ndindex(*W.shape):
            W[place] = draws.normal() * np.sqrt(gain / W.shape[1])
    return network


def order(n: int, seed: int, epoch: int) -> list[int]:
    """Return the order in which epoch 0, 1, … takes the n samples."""
    return Draws(seed + STRIDE * (epoch + 1)).shuffled(n)


class Training:
    """A training that is under way.

    Parameters
    ----------
    network : Network
        It is changed.
    X, Y : array_like
        The samples, as for `Network.loss`.
    batch_size : int or None
        None: all samples.
    seed : int
        Of the order of the samples.
    epoch : float
        How many epochs have been made already: 2.5 in the middle of the third.
    v : array_like, optional
        The velocity that those have left, in the order of `network.theta`; else 0.
    """

    def __init__(
        self,
        network: Network,
        X: ArrayLike,
        Y: ArrayLike,
        learning_rate: float = 0.1,
        momentum: float = 0.0,
        batch_size: int | None = 10,
        seed: int = 0,
        epoch: float = 0,
        v: ArrayLike | None = None,
    ) -> None:
        self.network, self.η, self.μ, self.seed = network, learning_rate, momentum, seed
        self.X = inputs(X, network)
        self.Y = targets(Y, len(self.X), network)
        self.size = len(self.X) if batch_size is None else batch_size
        self.epochs = int(epoch)  # that are complete
        self.at = round((epoch - self.epochs) * len(self.X))  # so many samples of the next one have been met
        self.v = np.zeros_like(network.theta) if v is None else np.array(v, float)
        self._order, self._ordered = [0], -1  # the order of the samples, and of which epoch it is

    @property
    def epoch(self) -> float:
        """How many epochs have been made."""
        return self.epochs + self.at / len(self.X)

    @property
    def loss(self) -> float:
        """L_T over all samples."""
        return self.network.loss(self.X, self.Y)

    @property
    def right(self) -> int:
        """How many samples the network says right."""
        return int(np.sum(self.network.predict(self.X) == self.network.end.decide(self.Y)))

    def step(self) -> None:
        """Make a step along the next batch: v ← μ v − η ∂L_B/∂θ, θ ← θ + v.

        Raises
        ------
        Diverged
            If a weight is no number any more, or above a million. The network is as it was before the step,
            and at rest.
        """
        if self._ordered != self.epochs:
            self._order, self._ordered = order(len(self.X), self.seed, self.epochs), self.epochs
        batch = self._order[self.at : self.at + self.size]
        before = self.network.theta.copy()
        with np.errstate(all="ignore"):
            trace = self.network.trace(self.X[batch], self.Y[batch])
            self.v = self.μ * self.v - self.η * trace.gradient
            self.network.theta += self.v
        if not np.abs(self.network.theta).max() <= FAR:
            self.network.theta[:], self.v = before, np.zeros_like(before)
            raise Diverged(f"In epoch {self.epochs + 1} the weights ran away: η = {self.η:g} is too large.")
        self.at += len(batch)
        if self.at == len(self.X):
            self.epochs, self.at = self.epochs + 1, 0

    def to_epoch(self, epoch: float) -> None:
        """Make steps until so many epochs are complete."""
        while self.epoch < epoch - 1e-9:  # 0.3 + 1 need not be the very number that 1 + 0.3 is
            self.step()
