"""Losses of small networks over two of their weights, and the paths that gradient descent takes on them.

Each surface is the total loss L_T(w₁, w₂) of a `Network` over twelve samples, while all its other weights stay as they
are. A path takes its random batches from `Draws`, so that the browser walks the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np

from bpkit.nn.arrays import Array
from bpkit.nn.network import Network
from bpkit.nn.random import Draws

SAMPLES = 12
FAR = 1e6  # a loss above it has run away
LEVELS = (1, 1.5, 2, 3, 5, 7)  # of the contours, times powers of ten


@dataclass(frozen=True)
class Point:
    """A point where the gradient vanishes; a minimum has a letter as its name."""

    name: str
    w: tuple[float, float]
    is_minimum: bool = True


@dataclass(frozen=True, eq=False)
class Surface:
    """The loss of a network over two of its weights.

    Attributes
    ----------
    name, title, about : str
        What it is called in code, on the page, and a sentence on what it is.
    kind : str
        "line", "product" or "slice": how the output follows from w₁ and w₂, for the browser.
    network : Network
        Whose loss it is.
    places : (int, int)
        Where w₁ and w₂ stand in its `theta`.
    X, Y : ndarray, shape (N, 1)
        The samples.
    window : ((float, float), (float, float))
        What of w₁ and of w₂ a picture shows.
    start, rate
        Where a ball is dropped at first, and a learning rate to begin with.
    points : tuple of Point
        Minima and saddles.
    """

    name: str
    title: str
    about: str
    kind: str
    network: Network
    places: tuple[int, int]
    X: Array
    Y: Array
    window: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    rate: float
    points: tuple[Point, ...] = ()

    def loss(self, w: Sequence[float]) -> float:
        """Return L_T at w = (w₁, w₂)."""
        return float(self.losses(np.array(w[0]), np.array(w[1])))

    def losses(self, w1: Array, w2: Array) -> Array:
        """Return L_T at many points at once; the arrays have one shape."""
        a, *_ = self._outputs(w1[..., None], w2[..., None], self.X[:, 0])
        return np.asarray(np.mean((a - self.Y[:, 0]) ** 2, axis=-1))

    def gradient(self, w: Sequence[float], rows: Sequence[int] | None = None) -> tuple[float, float]:
        """Return ∂L_B/∂w₁ and ∂L_B/∂w₂ at w, for the batch B of these rows, or of all."""
        batch = slice(None) if rows is None else list(rows)
        x, y = self.X[batch, 0], self.Y[batch, 0]
        a, *slopes = self._outputs(np.array(w[0]), np.array(w[1]), x)
        first, second = (float(2 * np.mean((a - y) * slope)) for slope in slopes)
        return first, second

    def _outputs(self, w1: Array, w2: Array, x: Array) -> tuple[Array, Array, Array]:
        """Return the outputs a, ∂a/∂w₁ and ∂a/∂w₂, written out: `Network` takes ten times as long for the same."""
        if self.kind == "line":
            return w1 * x + w2, x, np.ones_like(x)
        if self.kind == "product":
            return w1 * w2 * x, w2 * x, w1 * x
        b, v, c = self._fixed
        a1, a2 = np.tanh(w1 * x + b[0]), np.tanh(w2 * x + b[1])
        return v[0] * a1 + v[1] * a2 + c, v[0] * (1 - a1 * a1) * x, v[1] * (1 - a2 * a2) * x

    @property
    def _fixed(self) -> tuple[Array, Array, float]:
        """Return b^2, the weights W^3 and the bias b^3 of a slice."""
        theta = self.network.theta
        return theta[2:4], theta[4:6], float(theta[6])

    @cached_property
    def grid(self) -> tuple[Array, Array, Array]:
        """Return w₁ and w₂ at 121 places of the window each, and the losses: a row for each w₂."""
        across, up = (np.linspace(low, high, 121) for low, high in self.window)
        return across, up, self.losses(*np.meshgrid(across, up))

    @cached_property
    def levels(self) -> tuple[float, ...]:
        """Return the losses at which to draw contours, round numbers all."""
        lowest, highest = self.grid[2].min(), self.grid[2].max()
        least = max(lowest, highest / 800)  # below it the lines of a narrow valley run into one
        every = [float(f"{m}e{power}") for power in range(-3, 4) for m in LEVELS]
        return tuple(level for level in every if least < level < highest)

    def describe(self) -> dict[str, object]:
        """Return all that the browser needs, for JSON."""
        b, v, c = self._fixed if self.kind == "slice" else (np.empty(0), np.empty(0), 0.0)
        return {
            "title": self.title,
            "about": self.about,
            "kind": self.kind,
            "x": self.X[:, 0].tolist(),
            "y": self.Y[:, 0].tolist(),
            "window": [list(side) for side in self.window],
            "start": list(self.start),
            "rate": self.rate,
            "levels": list(self.levels),
            "points": [
                {"name": p.name, "w": list(p.w), "is_minimum": p.is_minimum, "loss": self.loss(p.w)}
                for p in self.points
            ],
            "fixed": {"b": b.tolist(), "v": v.tolist(), "c": c},
        }


@dataclass
class Descent:
    """A path down a surface.

    Attributes
    ----------
    w : list of (float, float)
        Where the ball is: at the start, and after each step.
    loss : list of float
        L_T there.
    lost : bool
        Whether the loss ran away, above a million; there the path ends.
    """

    w: list[tuple[float, float]] = field(default_factory=list)
    loss: list[float] = field(default_factory=list)
    lost: bool = False


def descent_path(
    surface: Surface,
    start: Sequence[float],
    rate: float,
    momentum: float = 0.0,
    batch_size: int | None = None,
    steps: int = 30,
    seed: int = 0,
) -> Descent:
    """Walk down: v ← μ v − η ∂L_B/∂w, w ← w + v (worksheet, gradient descent; as `Network.fit` does it).

    Parameters
    ----------
    surface : Surface
        Where to walk.
    start : (float, float)
        w₁ and w₂ at the beginning; v is 0 there.
    rate, momentum : float
        η and μ.
    batch_size : int or None
        How many samples a batch holds, None for all. Each epoch deals them out in a new random order.
    steps : int
        How many steps to take.
    seed : int
        Of the random order.
    """
    w, v = (float(start[0]), float(start[1])), (0.0, 0.0)
    path = Descent([w], [surface.loss(w)])
    batches = _batches(len(surface.X), batch_size, Draws(seed))
    while len(path.w) <= steps and path.loss[-1] <= FAR:
        g = surface.gradient(w, next(batches))
        v = (momentum * v[0] - rate * g[0], momentum * v[1] - rate * g[1])
        w = (w[0] + v[0], w[1] + v[1])
        path.w.append(w)
        path.loss.append(surface.loss(w))
    path.lost = not path.loss[-1] <= FAR
    return path


def _batches(N: int, size: int | None, draws: Draws) -> Iterator[list[int]]:
    """Yield rows, batch after batch, for ever; where a batch holds all, nothing is random."""
    while True:
        order = list(range(N)) if size is None or size >= N else draws.shuffled(N)
        for start in range(0, N, size or N):
            yield order[start : start + (size or N)]


def _noisy(values: Array, spread: float, seed: int) -> Array:
    draws = Draws(seed)
    return np.array([[round(float(value) + spread * draws.normal(), 2)] for value in values])


def _line(name: str, title: str, about: str, shift: float, **view: object) -> Surface:
    """Fit a line a = w₁ x + w₂ to points whose x are around `shift`."""
    x = np.linspace(-1.65, 1.65, SAMPLES)
    X, Y = (x + shift).round(2)[:, None], _noisy(x + 0.5, 0.6, 4)
    slope, intercept = np.linalg.lstsq(np.hstack([X, np.ones_like(X)]), Y, rcond=None)[0][:, 0]
    network = Network((1, 1), output="identity")
    lowest = Point("A", (round(float(slope), 4), round(float(intercept), 4)))
    return Surface(name, title, about, "line", network, (0, 1), X, Y, points=(lowest,), **view)  # type: ignore[arg-type]


def _saddle() -> Surface:
    """Return the loss of two weights one behind the other, a = w₁ w₂ x."""
    x = np.linspace(-1.65, 1.65, SAMPLES).round(2)
    network = Network((1, 1, 1), hidden="identity", output="identity")
    network.theta[:] = 0
    return Surface(
        "saddle",
        "saddle: two weights in a row",
        "A network with one hidden neuron and no activation function, a = w₁w₂x, for points around a line of slope 3.",
        "product",
        network,
        (0, 2),
        x[:, None],
        _noisy(3 * x, 0.6, 5),
        ((-3.5, 3.5), (-3.5, 3.5)),
        (-2.3, 2.5),
        0.02,
        (Point("S", (0.0, 0.0), is_minimum=False),),
    )


def _slice() -> Surface:
    """Return two of the seven parameters of a 1–2–1 network that has learned a bump; its weights are rounded."""
    x = np.linspace(-2, 2, SAMPLES).round(2)
    network = Network((1, 2, 1), hidden="tanh", output="identity")
    network.theta[:] = (1.41, 2.89, 1.69, -0.85, 1.04, -0.82, -1.02)
    return Surface(
        "network",
        "network: two weights of seven",
        "A trained 1–2–1 network with tanh; w₁ and w₂ lead into its hidden neurons, and the other five stay fixed.",
        "slice",
        network,
        (0, 1),
        x[:, None],
        _noisy(np.tanh(1.5 * (x + 1.2)) - 0.8 * np.tanh(3 * (x - 0.3)) - 1, 0.15, 6),
        ((-5, 5), (-5, 5)),
        (3.0, -3.0),
        0.5,
        (
            Point("A", (1.3046, 2.8299)),
            Point("B", (-3.2085, -0.9537)),
            Point("S", (-0.751, 0.5214), is_minimum=False),
            Point("T", (0.3238, -0.6093), is_minimum=False),
        ),
    )


@cache
def surfaces() -> dict[str, Surface]:
    """Return the surfaces by name: "bowl", "valley", "saddle" and "network"."""
    bowl = _line(
        "bowl",
        "bowl: a line through centred points",
        "A line a = w₁x + w₂ is fitted to twelve points, whose x lie around 0.",
        0,
        window=((-3.0, 5.0), (-3.5, 4.5)),
        start=(-2.0, -2.5),
        rate=0.1,
    )
    valley = _line(
        "valley",
        "valley: the same points, x around 2",
        "The same twelve points, but their x lie around 2: to tilt the line there, w₂ has to change along with w₁.",
        2,
        window=((-2.0, 4.0), (-6.5, 3.5)),
        start=(-1.0, 3.0),
        rate=0.1,
    )
    return {surface.name: surface for surface in (bowl, valley, _saddle(), _slice())}
