"""A small network learns points in the plane, while one looks on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import traitlets

from bpkit import data, figures
from bpkit.data.plane import EDGE, SHAPES
from bpkit.nn import Network
from bpkit.nn.outputs import ACTIVATIONS
from bpkit.nn.stepwise import FAR, Training, drawn_network

from .explorer import Explorer
from .training_still import GRID, drawing

MOST_POINTS, MOST_LAYERS, MOST_NEURONS = 400, 3, 8
KEPT = 200  # points of the loss curve; when there are more, every other one goes


class TrainingExplorer(Explorer):
    """A network 2–…–1 learns to tell two classes of points apart: its boundary and its loss, step by step.

    It trains in the browser, so the kernel stays free, and makes the steps that `bpkit.nn` makes. `train` does the same
    here, without a page. Whatever changes the points, the layers, the activation or the seed starts training anew; η, μ
    and the batch size may be changed on the way.

    Attributes
    ----------
    data : str
        Which points: "moons", "circles", "spiral", "xor", or "own" for those that `points` was set to.
    samples, noise
        How many points `data` has, and how far they are scattered: 2 to 400, and 0 to 0.5.
    points : list of [x1, x2, class]
        Each coordinate from −2 to 2, the class 0 or 1; an array with three columns will do, too.
    hidden : list of int
        The neurons of each hidden layer: up to three layers of 1 to 8.
    activation : str
        Of the hidden layers: "sigmoid", "tanh", "relu", "leaky_relu" or "identity".
    rate, momentum : float
        η, above 0 and up to 100, and μ, from 0 and below 1.
    batch_size : int or None
        How many points a step takes; None takes them all.
    seed : int
        Of the starting weights and of the order of the points.
    epoch : float
        How many epochs have been made, 2.5 in the middle of the third.
    loss, accuracy : float or None
        The mean cross-entropy over all points, and the share of them that is right; None without points.
    weights : list of [W, b]
        For the layers 2, …, F; ``explorer.network`` is a network with them.
    velocity : list of float
        What momentum has added up, in the order of the network's `theta`.
    curve : list of [epoch, loss]
        The loss curve, in about a hundred points.
    """

    module = "training_explorer.js"
    data = traitlets.Unicode("moons").tag(sync=True)
    samples = traitlets.Int(100).tag(sync=True)
    noise = traitlets.Float(0.1).tag(sync=True)
    points = traitlets.Any([]).tag(sync=True)
    hidden = traitlets.Any([4]).tag(sync=True)
    activation = traitlets.Unicode("tanh").tag(sync=True)
    rate = traitlets.Float(0.3).tag(sync=True)
    momentum = traitlets.Float(0.0).tag(sync=True)
    batch_size = traitlets.Int(10, allow_none=True).tag(sync=True)
    seed = traitlets.Int(0).tag(sync=True)
    epoch = traitlets.Float(0.0).tag(sync=True)
    loss = traitlets.Float(None, allow_none=True).tag(sync=True)
    accuracy = traitlets.Float(None, allow_none=True).tag(sync=True)
    weights = traitlets.Any([]).tag(sync=True)
    velocity: traitlets.List[float] = traitlets.List().tag(sync=True)
    curve: traitlets.List[list[float]] = traitlets.List().tag(sync=True)
    from_python = traitlets.Int(0).tag(sync=True)  # counts what the page must take over

    def __init__(self, **traits: Any) -> None:
        weights = traits.pop("weights", None)
        self._quiet = True
        super().__init__(**traits)
        self._quiet = False
        if "points" in traits:
            self._set(data="own")
        elif self.data != "own":
            self._draw_points()
        self.reset()
        if weights is not None:
            self.weights = weights

    @property
    def network(self) -> Network:
        """A `bpkit.nn.Network` with the weights as they are now; it is a copy."""
        network = Network((2, *self.hidden, 1), self.activation, "sigmoid")
        for l, (W, b) in enumerate(self.weights, start=2):
            network.W[l][...], network.b[l][...] = W, b
        return network

    def reset(self) -> None:
        """Go back to the starting weights, which belong to the seed."""
        network = drawn_network(self.hidden, self.activation, self.seed)
        with self.hold_sync():
            self._set(epoch=0.0, curve=[])
            self._take(network, np.zeros_like(network.theta))

    def train(self, epochs: int = 1) -> None:
        """Train for so many epochs here, in Python, with the same numbers as in the browser.

        Raises
        ------
        ValueError
            If there are no points.
        bpkit.nn.Diverged
            If the weights run away; training stops before that step.
        """
        if not self.points:
            raise ValueError("there are no points to learn from: set data or points")
        training = Training(
            self.network,
            *self._samples(),
            self.rate,
            self.momentum,
            self.batch_size,
            self.seed,
            self.epoch,
            self.velocity,
        )
        curve = list(self.curve)
        try:
            for _ in range(epochs):
                training.to_epoch(training.epoch + 1)
                curve.append([training.epoch, training.loss])
        finally:
            while len(curve) > KEPT:
                curve = curve[::2]
            with self.hold_sync():
                self._set(epoch=training.epoch, curve=curve)
                self._take(training.network, training.v)

    def still(self) -> figures.Picture:
        """Return the plane with its points, and the loss curve."""
        at = np.linspace(-EDGE, EDGE, GRID)
        x1, x2 = np.meshgrid(at, at)
        p = self.network.feedforward(np.column_stack([x1.ravel(), x2.ravel()])).reshape(GRID, GRID)
        return drawing(np.asarray(p, np.float64), self.points, self.curve, self._words(float(np.mean(p > 0.5))))

    def _words(self, share: float) -> str:
        sizes = "–".join(map(str, (2, *self.hidden, 1)))
        with_hidden = f" with {self.activation}" if self.hidden else ""
        said = f"A {sizes} network{with_hidden} after {self.epoch:.4g} epochs of training. "
        if self.loss is None:
            said += "There are no points yet. "
        else:
            right = round((self.accuracy or 0) * len(self.points))
            name = "of the student's own" if self.data == "own" else f"of {self.data}"
            said += (
                f"On {len(self.points)} points {name} its loss is {self.loss:.4g}, and {right} of them are on the "
                "right side of the boundary. "
            )
        return said + (
            f"It gives class 1 (circles, blue) {share:.0%} of the plane, and the rest to class 0 (triangles, orange, "
            "hatched)."
        )

    # What changes here is sent to the page; what comes from there is left as it is.

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what the page sends: there everything fits together already."""
        with self._quietly():
            super().set_state(sync_data)

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _set(self, **values: Any) -> None:
        """Set traits without what follows when the student sets them."""
        with self._quietly():
            for name, value in values.items():
                setattr(self, name, value)

    def _take(self, network: Network, v: Any) -> None:
        """Show these weights: with the loss that they have, and from the first dot of the loss curve on."""
        weights = [[network.W[l].tolist(), network.b[l].tolist()] for l in range(2, network.F + 1)]
        self._set(weights=weights, velocity=v.tolist(), loss=None, accuracy=None)
        if self.points:
            measured = Training(network, *self._samples())
            self._set(loss=measured.loss, accuracy=measured.right / len(self.points))
            if not self.curve:
                self._set(curve=[[self.epoch, self.loss]])
        self.from_python += 1

    def _samples(self) -> tuple[Any, Any]:
        points = np.array(self.points, float).reshape(-1, 3)
        return points[:, :2], points[:, 2]

    def _draw_points(self) -> None:
        X, y = data.points(self.data, self.samples, self.noise)
        self._set(points=[[*x, int(c)] for x, c in zip(X.tolist(), y, strict=True)])

    @traitlets.observe("data", "samples", "noise", "points")
    def _on_points(self, change: Any) -> None:
        if self._quiet:
            return
        if change.name == "points":
            self._set(data="own")
        elif self.data != "own":
            self._draw_points()
        self.reset()

    @traitlets.observe("hidden", "activation", "seed")
    def _on_network(self, change: Any) -> None:
        if not self._quiet:
            self.reset()

    @traitlets.observe("weights")
    def _on_weights(self, change: Any) -> None:
        if not self._quiet:
            network = self.network
            with self.hold_sync():
                self._set(curve=[])
                self._take(network, np.zeros_like(network.theta))

    # What may be set.

    @traitlets.validate("data")
    def _valid_data(self, proposal: Any) -> str:
        return _one_of("data", proposal["value"], [*SHAPES, "own"])

    @traitlets.validate("activation")
    def _valid_activation(self, proposal: Any) -> str:
        return _one_of("activation", proposal["value"], list(ACTIVATIONS))

    @traitlets.validate("samples", "batch_size", "seed")
    def _valid_whole(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        low, high = {"samples": (2, MOST_POINTS), "batch_size": (1, 10**6), "seed": (0, 2**32 - 1)}[name]
        if value is not None and not low <= value <= high:
            raise traitlets.TraitError(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
        return value

    @traitlets.validate("noise", "rate", "momentum", "epoch")
    def _valid_number(self, proposal: Any) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        fits, said = {
            "noise": (0 <= value <= 0.5, "from 0 to 0.5"),
            "rate": (0 < value <= 100, "above 0 and up to 100"),
            "momentum": (0 <= value < 1, "from 0 on and below 1"),
            "epoch": (0 <= value < math.inf, "from 0 on"),
        }[name]
        if not fits:
            raise traitlets.TraitError(f"{name} must be a number {said}, not {value!r}.")
        return value

    @traitlets.validate("hidden")
    def _valid_hidden(self, proposal: Any) -> list[int]:
        value = proposal["value"]
        try:
            layers = [int(n) for n in value]
            fits = list(value) == layers and len(layers) <= MOST_LAYERS
        except (TypeError, ValueError, OverflowError):
            fits = False
        if not fits or not all(1 <= n <= MOST_NEURONS for n in layers):
            raise traitlets.TraitError(
                f"hidden must list the neurons of up to {MOST_LAYERS} hidden layers, each from 1 to {MOST_NEURONS}, "
                f"such as [4] or [8, 8], not {value!r}."
            )
        return layers

    @traitlets.validate("points")
    def _valid_points(self, proposal: Any) -> list[list[float]]:
        value = proposal["value"]
        try:
            rows = np.array(value, float)
            rows = rows.reshape(0, 3) if not rows.size else rows
            fits = rows.ndim == 2 and rows.shape[1] == 3 and len(rows) <= MOST_POINTS
        except (TypeError, ValueError, OverflowError):
            fits = False
        if not fits:
            raise traitlets.TraitError(
                f"points must be up to {MOST_POINTS} rows [x1, x2, class], such as [[0.5, -1, 0], [1, 1, 1]]."
            )
        for row in rows.tolist():
            if not (all(abs(x) <= EDGE for x in row[:2]) and row[2] in (0, 1)):
                raise traitlets.TraitError(
                    f"points must have coordinates from −{EDGE:g} to {EDGE:g} and the class 0 or 1; one is {row}."
                )
        return [[x1, x2, int(c)] for x1, x2, c in rows.tolist()]

    @traitlets.validate("weights")
    def _valid_weights(self, proposal: Any) -> Any:
        sizes = (2, *self.hidden, 1)
        shapes = [((n, sizes[l]), (n,)) for l, n in enumerate(sizes[1:])]
        try:
            arrays = [(np.array(W, float), np.array(b, float)) for W, b in proposal["value"]]
            fits = [(W.shape, b.shape) for W, b in arrays] == shapes
        except (TypeError, ValueError):
            fits = False
        if not fits:
            raise traitlets.TraitError(
                f"weights must be a list of pairs [W, b] for the layers {'–'.join(map(str, sizes))}, of the shapes "
                f"{', '.join(f'{W} and {b}' for W, b in shapes)}."
            )
        if not all(np.all(np.abs(part) <= FAR) for pair in arrays for part in pair):
            raise traitlets.TraitError(f"weights must be finite numbers, none of them beyond ±{FAR:,.0f}.")
        return [[W.tolist(), b.tolist()] for W, b in arrays]


def _one_of(name: str, value: str, known: list[str]) -> str:
    if value not in known:
        raise traitlets.TraitError(f"{name} must be one of {', '.join(known)}, not {value!r}.")
    return value
