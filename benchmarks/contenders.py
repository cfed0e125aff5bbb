"""The contenders of a race: the same network, start, batches and steps, each in its own library's usual way."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from bpkit import nn
from bpkit.nn import autodiff


@dataclass(frozen=True)
class Task:
    """What is timed: so many steps of training, or with `steps=0` one gradient.

    All is float64. A network ends in softmax or sigmoid with their cross-entropies; for one gradient every layer is
    alike, the last one, too, with the mean squared error.
    """

    name: str
    sizes: tuple[int, ...]
    batch: int
    steps: int = 0
    hidden: str = "sigmoid"
    output: str = "softmax"
    learning_rate: float = 0.05

    def start(self) -> nn.Network:
        """Return the network that everybody starts from."""
        return nn.Network(self.sizes, self.hidden, self.output, "mse" if not self.steps else None, seed=1)

    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """Return X and Y: as many rows as the steps need."""
        rng, c = np.random.default_rng(5), self.sizes[-1]
        N = self.batch * max(self.steps, 1)
        X = rng.standard_normal((N, self.sizes[0]))
        return X, rng.random((N, c)) if not self.steps else nn.one_hot(rng.integers(0, c, N), c)


@dataclass(frozen=True)
class Contender:
    """Something that runs, and afterwards what it has come to: all weights, or all slopes, in bpkit's order."""

    run: Callable[[], object]
    result: Callable[[], np.ndarray] | None = None


def contenders(task: Task, threads: int) -> dict[str, Contender]:
    """Return everybody who can take part here, by name."""
    made = {"bpkit": bpkit(task)}
    if not task.steps:
        made["bpkit.nn.autodiff"] = engine(task)
    if importlib.util.find_spec("torch"):
        made["PyTorch"] = torch(task, threads)
    if importlib.util.find_spec("sklearn") and task.steps:
        made["scikit-learn"] = sklearn(task)
    if importlib.util.find_spec("jax"):
        made |= jax_steps(task) if task.steps else {"JAX": jax_gradient(task)}
    return made | {"products": products(task)}


def bpkit(task: Task) -> Contender:
    network, (X, Y) = task.start(), task.samples()
    if not task.steps:
        return Contender(lambda: network.gradient(X, Y), lambda: network.trace(X, Y).gradient)
    return Contender(
        lambda: network.fit(X, Y, 1, task.batch, task.learning_rate, shuffle=False, progress=False),
        lambda: network.theta,
    )


def engine(task: Task) -> Contender:
    network, (X, Y) = task.start(), task.samples()

    def run() -> list[np.ndarray]:
        leaves = [autodiff.Node(part) for l in network.W for part in (network.W[l], network.b[l][:, None])]
        a = autodiff.node(X.T)
        for W, b in zip(leaves[::2], leaves[1::2], strict=True):
            a = (W @ a + b).tanh()
        difference = a - Y.T
        return autodiff.gradients((difference * difference).sum() * (1 / Y.size), leaves)

    return Contender(run, lambda: np.concatenate([part.ravel() for part in run()]))


def torch(task: Task, threads: int) -> Contender:
    import torch

    torch.set_num_threads(threads)
    F, network, (X, Y) = torch.nn.functional, task.start(), task.samples()
    σ = {"sigmoid": torch.nn.Sigmoid, "relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[task.hidden]
    layers: list[torch.nn.Module] = []
    for l, (below, n) in enumerate(pairwise(task.sizes), start=2):
        linear = torch.nn.Linear(below, n, dtype=torch.float64)
        with torch.no_grad():
            linear.weight[:], linear.bias[:] = torch.from_numpy(network.W[l]), torch.from_numpy(network.b[l])
        layers += [linear, σ()]
    model = torch.nn.Sequential(*(layers[:-1] if task.steps else layers))
    x, y = torch.from_numpy(X), torch.from_numpy(Y)
    labels = y.argmax(1)
    if not task.steps:

        def gradient() -> None:
            model.zero_grad()
            F.mse_loss(model(x), y).backward()

        return Contender(gradient, lambda: np.concatenate([p.grad.numpy().ravel() for p in model.parameters()]))
    descent = torch.optim.SGD(model.parameters(), lr=task.learning_rate)

    def epoch() -> None:
        for at in range(0, len(x), task.batch):
            z, rows = model(x[at : at + task.batch]), slice(at, at + task.batch)
            if task.output == "softmax":
                loss = F.cross_entropy(z, labels[rows])
            else:
                loss = F.binary_cross_entropy_with_logits(z, y[rows], reduction="sum") / task.batch
            descent.zero_grad()
            loss.backward()
            descent.step()

    return Contender(epoch, lambda: np.concatenate([p.detach().numpy().ravel() for p in model.parameters()]))


def sklearn(task: Task) -> Contender:
    from sklearn.neural_network import MLPClassifier

    network, (X, Y) = task.start(), task.samples()
    y = Y.argmax(1) if task.output == "softmax" else Y.astype(int)
    model = MLPClassifier(
        task.sizes[1:-1],
        activation={"sigmoid": "logistic", "relu": "relu"}[task.hidden],
        solver="sgd",
        alpha=0,
        batch_size=task.batch,
        learning_rate_init=task.learning_rate,
        momentum=0,
        nesterovs_momentum=False,
        shuffle=False,
    )
    model.partial_fit(X[: task.batch], y[: task.batch], classes=np.arange(task.sizes[-1]))  # makes its arrays
    for l, (W, b) in enumerate(zip(model.coefs_, model.intercepts_, strict=True), start=2):
        W[...], b[...] = network.W[l].T, network.b[l]

    def weights() -> np.ndarray:
        pairs = zip(model.coefs_, model.intercepts_, strict=True)
        return np.concatenate([part for W, b in pairs for part in (W.T.ravel(), b)])

    return Contender(lambda: model.partial_fit(X, y), weights)


def jax_steps(task: Task) -> dict[str, Contender]:
    """Return JAX twice: a compiled step called from a loop, and a whole epoch compiled as one program."""
    import jax
    import jax.numpy as jnp

    network, (X, Y) = task.start(), task.samples()
    σ = {"sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu}[task.hidden]

    def loss(theta: Any, x: Any, y: Any) -> Any:
        for W, b in theta[:-1]:
            x = σ(x @ W + b)
        z = x @ theta[-1][0] + theta[-1][1]
        whole = jax.nn.logsumexp(z, axis=1) if task.output == "softmax" else jnp.logaddexp(0, z).sum(1)
        return (whole - (y * z).sum(1)).mean()

    def step(theta: Any, batch: Any) -> Any:
        value, slopes = jax.value_and_grad(loss)(theta, *batch)
        return jax.tree.map(lambda p, g: p - task.learning_rate * g, theta, slopes), value

    def contender(epoch: Callable[[Any], Any]) -> Contender:
        held = [[(jnp.array(network.W[l].T), jnp.array(network.b[l])) for l in network.W]]

        def run() -> None:
            held[0] = jax.block_until_ready(epoch(held[0]))

        return Contender(run, lambda: np.concatenate([np.ravel(part) for W, b in held[0] for part in (W.T, b)]))

    batches = tuple(jnp.array(part.reshape(task.steps, task.batch, -1)) for part in (X, Y))
    apart = [(batches[0][i], batches[1][i]) for i in range(task.steps)]
    one, whole = jax.jit(step), jax.jit(lambda theta, batches: jax.lax.scan(step, theta, batches)[0])

    def step_by_step(theta: Any) -> Any:
        for batch in apart:
            theta, _ = one(theta, batch)
        return theta

    return {"JAX, step": contender(step_by_step), "JAX, epoch": contender(lambda theta: whole(theta, batches))}


def jax_gradient(task: Task) -> Contender:
    """All layers are alike here, so that JAX compiles one and goes through them with `scan`."""
    import jax
    import jax.numpy as jnp

    network, (X, Y) = task.start(), task.samples()
    theta = tuple(jnp.array(np.stack([part[l] for l in part])) for part in (network.W, network.b))
    x, y = jnp.array(X), jnp.array(Y)

    def loss(theta: Any) -> Any:
        a, _ = jax.lax.scan(lambda a, layer: (jnp.tanh(a @ layer[0].T + layer[1]), None), x, theta)
        return ((a - y) ** 2).mean()

    slopes = jax.jit(jax.grad(loss))

    def result() -> np.ndarray:
        dW, db = (np.asarray(part) for part in slopes(theta))
        return np.concatenate([part for l in range(len(dW)) for part in (dW[l].ravel(), db[l])])

    return Contender(lambda: jax.block_until_ready(slopes(theta)), result)


def products(task: Task) -> Contender:
    """Nothing but the matrix products of a step, at the same shapes: nothing in NumPy can be much quicker."""
    network, (X, _) = task.start(), task.samples()
    rng, F = np.random.default_rng(0), network.F
    a, d, room = ({l: rng.standard_normal((task.batch, n)).T for l, n in enumerate(task.sizes, 1)} for _ in range(3))
    a[1], W = X[: task.batch].T, network.W
    dW = {l: np.empty_like(W[l]) for l in W}

    def step() -> None:
        for l in range(2, F + 1):
            np.matmul(W[l], a[l - 1], out=room[l])
        for l in range(F, 1, -1):
            np.matmul(d[l], a[l - 1].T, out=dW[l])
            if l > 2:
                np.matmul(W[l].T, d[l], out=room[l - 1])

    def run() -> None:
        for _ in range(max(task.steps, 1)):
            step()

    return Contender(run)
