"""What goes wrong in the functions of chapter 09: mistakes in each of their parts, singly and in pairs.

Each of these functions lists what may happen to one part of a right answer, and to another, and puts them together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit import nn
from bpkit.checking import Mistake, together

Floats = NDArray[np.floating[Any]]
Numbers = NDArray[np.int64]
Layers = dict[int, Floats]


def step_slips() -> tuple[Mistake, ...]:
    """Make what can go wrong with the gradient, and what with the step along it; one of each, or two at once."""

    def divided(g: Floats, count: int) -> Any:
        return g.sum(axis=0) / count

    gradients: list[tuple[str, Callable[[Floats], Any]]] = [
        ("", lambda g: g.mean(axis=0)),
        ("sum-over-samples", lambda g: g.sum(axis=0)),
        ("one-sample", lambda g: g[0]),
        ("one-sample", lambda g: g[-1]),
        ("one-sample", lambda g: g[0] / len(g)),
        ("one-sample", lambda g: g[-1] / len(g)),
        ("averaged-again", lambda g: g.mean(axis=0) / len(g)),
        ("counts-parameters", lambda g: g.sum(axis=0) / g.shape[1]),
        ("parameters-averaged", lambda g: g.mean()),
        ("parameters-for-samples", lambda g: g.mean(axis=1)),
        ("samples-apart", lambda g: g),
        ("samples-apart", lambda g: g / len(g)),
        ("sample-count-off", lambda g: g.sum(axis=0) / (len(g) - 1)),
        *(("size-fixed", partial(divided, count=count)) for count in (2, 3, 5, 7)),
    ]
    steps: list[tuple[str, Callable[[Floats, Any, float], Any]]] = [
        ("", lambda theta, g, eta: theta - eta * g),
        ("ascent", lambda theta, g, eta: theta + eta * g),
        ("step-size-missing", lambda theta, g, eta: theta - g),
        ("ascent+step-size-missing", lambda theta, g, eta: theta + g),
        ("step-size-divides", lambda theta, g, eta: theta - g / eta),
        ("gradient-for-step", lambda theta, g, eta: g),
        ("gradient-for-step", lambda theta, g, eta: -g),
        ("gradient-for-step", lambda theta, g, eta: eta * g),
        ("gradient-for-step", lambda theta, g, eta: -eta * g),
        ("step-size-on-all", lambda theta, g, eta: eta * (theta - g)),
    ]

    def slipping(theta: Floats, gradients: Floats, eta: float, mean: Any, move: Any) -> Any:
        return move(theta, mean(gradients), eta)

    made = [
        Mistake(together(one, other), partial(slipping, mean=mean, move=move))
        for one, mean in gradients
        for other, move in steps
        if one or other
    ]
    return (*made, Mistake("start-for-step", lambda theta, gradients, eta: theta))


def one_hot(labels: Numbers, c: int) -> Floats:
    """Return the labels as columns with a single 1: shape (c, N)."""
    return np.eye(c)[:, labels]


def _log_softmax(z: Floats) -> Any:
    z = z - z.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))


def _right(z: Floats, Y: Floats) -> Any:
    return -np.sum(Y * _log_softmax(z))


def _naive(z: Floats) -> Any:
    return np.exp(z) / np.exp(z).sum(axis=0)


def _global(z: Floats) -> Any:
    return z - z.max()


SMALL = (
    1e-300,
    float(np.finfo(float).tiny),
    1e-20,
    1e-16,
    float(np.finfo(float).eps),
    *(10.0**-k for k in range(15, 5, -1)),
)


def likelihood_slips(picks: bool) -> list[tuple[str, Callable[[Floats, Floats], Any]]]:
    """Return functions of scores and one-hot labels that make the mistakes of −Σ y log p.

    `picks` adds those that only an index into the labels can make.
    """

    def clipped(z: Floats, Y: Floats, small: float, how: Any) -> Any:
        return -np.sum(Y * np.log(how(np.exp(_log_softmax(z)), small)))

    def of(p: Floats, Y: Floats) -> Any:
        return -np.sum(Y * np.log(p))

    def across(z: Floats) -> Any:
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum(axis=1, keepdims=True)

    def of_maximum_lost(z: Floats, Y: Floats) -> Any:
        return np.sum(np.log(np.exp(z - z.max(axis=0)).sum(axis=0)) - (Y * z).sum(axis=0))

    def by_math(z: Floats, Y: Floats) -> Any:
        return -np.sum(Y * np.log([[math.exp(score) for score in row] for row in z] / np.exp(z).sum(axis=0)))

    made: list[tuple[str, Callable[[Floats, Floats], Any]]] = [
        ("samples-averaged", lambda z, Y: _right(z, Y) / Y.shape[1]),
        ("classes-averaged", lambda z, Y: _right(z, Y) / len(Y)),
        ("classes-averaged+samples-averaged", lambda z, Y: _right(z, Y) / Y.size),
        ("samples-apart", lambda z, Y: -(Y * _log_softmax(z)).sum(axis=0)),
        ("samples-apart", lambda z, Y: -(Y * _log_softmax(z))),
        ("one-sample", lambda z, Y: _right(z[:, :1], Y[:, :1])),
        ("one-sample", lambda z, Y: _right(z[:, -1:], Y[:, -1:])),
        ("logarithm-missing", lambda z, Y: -np.sum(Y * np.exp(_log_softmax(z)))),
        ("logarithm-missing", lambda z, Y: np.sum(Y * (1 - np.exp(_log_softmax(z))))),
        ("logarithm-missing", lambda z, Y: np.prod((Y * np.exp(_log_softmax(z))).sum(axis=0))),
        ("other-base", lambda z, Y: _right(z, Y) / np.log(10)),
        ("other-base", lambda z, Y: _right(z, Y) / np.log(2)),
        ("most-probable", lambda z, Y: -np.sum(_log_softmax(z).max(axis=0))),
        ("softmax-across", lambda z, Y: of(across(z), Y)),
        ("softmax-across", lambda z, Y: of(np.exp(z - z.max()) / np.exp(z - z.max()).sum(), Y)),
        ("softmax-across", lambda z, Y: -np.sum(Y * (z - np.log(np.exp(z).sum(axis=1, keepdims=True))))),
        ("softmax-across", lambda z, Y: -np.sum(Y * (z - np.log(np.exp(z).sum())))),
        ("softmax-across", lambda z, Y: -np.sum(Y * _log_softmax(z.T).T)),
        ("softmax-across", lambda z, Y: -np.sum(Y * _log_softmax(z.reshape(-1, 1)).reshape(z.shape))),
        ("softmax-left-out", lambda z, Y: -np.sum(Y * z)),
        ("never-a-number", lambda z, Y: of(z, Y)),
        ("softmax-left-out", lambda z, Y: -np.sum(np.log((Y * z).sum(axis=0)))),
        ("sigmoid-for-softmax", lambda z, Y: of(nn.sigmoid(z), Y)),
        ("sigmoid-for-softmax", lambda z, Y: -np.sum(Y * -np.logaddexp(0, -z))),
        ("sigmoid-for-softmax", lambda z, Y: of(1 / (1 + np.exp(-z)), Y)),
        ("maximum-lost", of_maximum_lost),
        ("maximum-by-rows", lambda z, Y: _right(z - z.max(axis=1, keepdims=True), Y)),
        ("normaliser-missing", lambda z, Y: -np.sum(Y * (z - z.max(axis=0)))),
        ("normaliser-missing", lambda z, Y: -np.sum(Y * np.log(np.exp(z)))),
        ("other-classes", lambda z, Y: -np.sum(_log_softmax(z))),
        ("other-classes", lambda z, Y: of(_naive(z), Y) + of(1 - _naive(z), 1 - Y)),
        ("not-stable", lambda z, Y: of(_naive(z), Y)),
        ("not-stable", lambda z, Y: of(np.exp(_log_softmax(z)), Y)),
        ("not-stable", lambda z, Y: np.sum(np.log(np.exp(z).sum(axis=0)) - (Y * z).sum(axis=0))),
        ("not-stable", lambda z, Y: -np.sum(np.log((Y * np.exp(_log_softmax(z))).sum(axis=0)))),
        ("not-stable", lambda z, Y: -np.log(np.prod((Y * _naive(z)).sum(axis=0)))),
        ("not-stable", lambda z, Y: -np.sum(Y * (_global(z) - np.log(np.exp(_global(z)).sum(axis=0))))),
        ("not-stable", by_math),
        ("mse-for-cross-entropy", lambda z, Y: np.sum((np.exp(_log_softmax(z)) - Y) ** 2)),
        ("mse-for-cross-entropy", lambda z, Y: np.mean((np.exp(_log_softmax(z)) - Y) ** 2)),
        ("not-stable+samples-averaged", lambda z, Y: of(_naive(z), Y) / Y.shape[1]),
        ("not-stable+samples-averaged", lambda z, Y: of(np.exp(_log_softmax(z)), Y) / Y.shape[1]),
        ("not-stable+sign", lambda z, Y: -of(_naive(z), Y)),
        ("not-stable+sign", lambda z, Y: -of(np.exp(_log_softmax(z)), Y)),
        ("not-stable+other-base", lambda z, Y: of(_naive(z), Y) / np.log(10)),
        ("not-stable+other-base", lambda z, Y: of(_naive(z), Y) / np.log(2)),
    ]
    for how in (np.add, np.maximum, lambda p, small: np.clip(p, small, 1 - small)):
        made += [("log-clipped", partial(clipped, small=small, how=how)) for small in SMALL]
    if picks:
        made += [
            ("rows-picked", lambda z, Y: -np.sum(_log_softmax(z)[Y.argmax(axis=0)])),
            ("rows-picked", lambda z, Y: -np.sum(_log_softmax(z)[Y.argmax(axis=0)]) / Y.shape[1]),
            ("rows-picked", lambda z, Y: -np.sum(_log_softmax(z)[:, Y.argmax(axis=0)])),
            ("labels-counted-from-one", lambda z, Y: _right(z, np.roll(Y, -1, axis=0))),
            ("axes-swapped", lambda z, Y: -np.sum(_log_softmax(z)[np.arange(Y.shape[1]), Y.argmax(axis=0)])),
        ]
    return made


def from_labels(z: Floats, labels: Numbers, wrong: Callable[[Floats, Floats], Any]) -> Any:
    """Call a function of scores and one-hot labels with scores and label numbers."""
    return wrong(z, one_hot(labels, len(z)))


def batch_slips() -> tuple[Mistake, ...]:
    """Shuffle in a wrong way, cut in a wrong way, or both."""

    def within(N: int, size: int, rng: np.random.Generator) -> Numbers:
        order = np.arange(N)
        for start in range(0, N, size):
            rng.shuffle(order[start : start + size])
        return order

    def partly(N: int, size: int, rng: np.random.Generator, part: Callable[[int], slice]) -> Numbers:
        order = np.arange(N)
        rng.shuffle(order[part(N)])
        return order

    shuffled: list[tuple[str, Callable[[int, int, np.random.Generator], Numbers]]] = [
        ("", lambda N, size, rng: rng.permutation(N)),
        ("not-shuffled", lambda N, size, rng: np.arange(N)),
        ("rng-unused", lambda N, size, rng: np.random.default_rng(0).permutation(N)),
        ("rng-unused", lambda N, size, rng: np.random.default_rng().permutation(N)),
        ("with-replacement", lambda N, size, rng: rng.integers(N, size=N)),
        ("neighbours-kept", within),
        ("counted-from-one", lambda N, size, rng: 1 + rng.permutation(N)),
        ("counted-from-one+not-shuffled", lambda N, size, rng: np.arange(1, N + 1)),
        ("last-sample-lost", lambda N, size, rng: rng.permutation(N - 1)),
        ("first-sample-lost", lambda N, size, rng: rng.permutation(np.arange(1, N))),
        ("partly-shuffled", partial(partly, part=lambda N: slice(0, N // 2))),
        ("partly-shuffled", partial(partly, part=lambda N: slice(N // 2, N))),
        ("partly-shuffled", partial(partly, part=lambda N: slice(1, N))),
        ("partly-shuffled", partial(partly, part=lambda N: slice(0, N - 1))),
    ]

    def cut(order: Numbers, size: int, step: int, length: int) -> list[Numbers]:
        return [order[start : start + length] for start in range(0, len(order), step)]

    def by_size(order: Numbers, size: int) -> list[Numbers]:
        return cut(order, size, size, size)

    cuts: list[tuple[str, Callable[[Numbers, int], Iterable[Any]]]] = [
        ("", by_size),
        ("rest-lost", lambda order, size: [b for b in by_size(order, size) if len(b) == size]),
        ("rest-lost", lambda order, size: by_size(order, size)[:-1]),
        ("rest-lost", lambda order, size: [order[s : s + size] for s in range(0, len(order) - size, size)]),
        ("rest-lost", lambda order, size: [order[s : s + size] for s in range(0, len(order) - 1, size)]),
        ("rest-filled-up", lambda order, size: [*by_size(order, size)[:-1], order[-size:]]),
        ("rest-filled-up", lambda order, size: [np.resize(b, size) for b in by_size(order, size)]),
        ("rest-filled-up", lambda order, size: by_size(np.concatenate([order, order[: -len(order) % size]]), size)),
        ("sizes-evened", lambda order, size: np.array_split(order, -(-len(order) // size))),
        ("sizes-evened", lambda order, size: np.array_split(order, max(1, len(order) // size))),
        ("empty-batch", lambda order, size: [order[s : s + size] for s in range(0, len(order) + 1, size)]),
        ("count-for-size", lambda order, size: np.array_split(order, size)),
        ("count-for-size", lambda order, size: [b for b in np.array_split(order, size) if len(b)]),
        ("one-batch-size", lambda order, size: cut(order, size, 1, 1)),
        ("one-batch-size", lambda order, size: order),
        ("one-batch-size", lambda order, size: [order]),
        ("overlapping", lambda order, size: cut(order, size, 1, size)),
        ("one-short", lambda order, size: cut(order, size, size, size - 1)),
        ("one-too-many", lambda order, size: cut(order, size, size, size + 1)),
        ("first-batch-only", lambda order, size: by_size(order, size)[:1]),
        ("return-for-yield", lambda order, size: order[:size]),
    ]

    def slipping(N: int, size: int, rng: np.random.Generator, shuffle: Any, cut: Any) -> Any:
        return cut(shuffle(N, size, rng), size)

    def endless(N: int, size: int, rng: np.random.Generator) -> Iterator[Numbers]:
        while True:
            yield from by_size(rng.permutation(N), size)

    def drawn(N: int, size: int, rng: np.random.Generator, replace: bool, most: bool = False) -> Iterator[Numbers]:
        for _ in range(0, N, size):
            yield rng.choice(N, min(size, N) if most else size, replace=replace)

    def in_blocks(N: int, size: int, rng: np.random.Generator) -> Iterator[Numbers]:
        for start in rng.permutation(np.arange(0, N, size)):
            yield np.arange(N)[start : start + size]

    def spoiled(N: int, size: int, rng: np.random.Generator) -> Iterator[Numbers]:
        """Hand out views of an array that is shuffled again before the next one."""
        order = rng.permutation(N)
        for start in range(0, N, size):
            rng.shuffle(order)
            yield order[start : start + size]

    drawn_once: dict[int, Numbers] = {}

    def kept(N: int, size: int, rng: np.random.Generator) -> list[Numbers]:
        if N not in drawn_once:
            drawn_once[N] = rng.permutation(N)
        return by_size(drawn_once[N], size)

    def newly_shuffled(N: int, size: int, rng: np.random.Generator) -> Iterator[Numbers]:
        for start in range(0, N, size):
            yield rng.permutation(N)[start : start + size]

    made = [
        Mistake(together(one, other), partial(slipping, shuffle=shuffle, cut=cut))
        for one, shuffle in shuffled
        for other, cut in cuts
        if one or other
    ]
    return (
        *made,
        Mistake("neighbours-kept", in_blocks),
        Mistake("order-kept", kept),
        Mistake("shuffled-for-each-batch", spoiled),
        Mistake("endless", endless),
        Mistake("with-replacement", partial(drawn, replace=True)),
        Mistake("shuffled-for-each-batch", partial(drawn, replace=False)),
        Mistake("shuffled-for-each-batch", partial(drawn, replace=False, most=True)),
        Mistake("shuffled-for-each-batch", newly_shuffled),
    )


def epoch_slips() -> tuple[Mistake, ...]:
    """Change which samples are taken, which weights, what is done with the gradient, and when."""

    def epoch(
        W: Layers,
        b: Layers,
        X: Floats,
        Y: Floats,
        eta: float,
        batches: Sequence[Numbers],
        gradient: Callable[..., Any],
        chosen: Callable[[Sequence[Numbers]], Iterable[Any]] = lambda batches: batches,
        rows: Callable[[Floats, Numbers], Floats] = lambda X, batch: X[batch],
        targets: Callable[[Floats, Numbers], Floats] = lambda Y, batch: Y[batch],
        factor: Callable[[Numbers, int, float], float] = lambda batch, N, eta: -eta,
        stale: bool = False,
        bias: Callable[[float], float] | None = None,
        kept: float = 1,
        learns: str = "Wb",
        layers: Callable[[Layers], Iterable[int]] = list,
    ) -> tuple[Layers, Layers]:
        start_W, start_b = dict(W), dict(b)
        W, b = dict(W), dict(b)
        for batch in chosen(batches):
            at = (start_W, start_b) if stale else (W, b)
            dW, db = gradient(*at, rows(X, batch), targets(Y, batch))
            for l in layers(W):
                if "W" in learns:
                    W[l] = kept * W[l] + factor(batch, len(X), eta) * dW[l]
                if "b" in learns:
                    b[l] = kept * b[l] + (bias(eta) if bias else factor(batch, len(X), eta)) * db[l]
        return W, b

    def accumulating(
        W: Layers, b: Layers, X: Floats, Y: Floats, eta: float, batches: Sequence[Numbers], gradient: Any, mean: bool
    ) -> Any:
        W, b = dict(W), dict(b)
        sums = {l: 0 * W[l] for l in W}, {l: 0 * b[l] for l in b}
        for count, batch in enumerate(batches, start=1):
            grads = gradient(W, b, X[batch], Y[batch])
            for parameters, total, new in zip((W, b), sums, grads, strict=True):
                for l in parameters:
                    total[l] = total[l] + new[l]
                    parameters[l] = parameters[l] - eta * total[l] / (count if mean else 1)
        return W, b

    def one_update(
        W: Layers, b: Layers, X: Floats, Y: Floats, eta: float, batches: Sequence[Numbers], gradient: Any, whole: bool
    ) -> Any:
        grads = [gradient(W, b, X[batch], Y[batch]) for batch in ([slice(None)] if whole else batches)]
        return tuple(
            {l: old[l] - eta * sum(grad[which][l] for grad in grads) / len(grads) for l in old}
            for which, old in enumerate((W, b))
        )

    def in_pass(
        W: Layers,
        b: Layers,
        X: Floats,
        Y: Floats,
        eta: float,
        batches: Sequence[Numbers],
        gradient: Any,
        parts: Callable[[Layers], Iterable[tuple[str, Iterable[int]]]],
    ) -> Any:
        """Update a part, and take the gradient anew for the next part."""
        W, b = dict(W), dict(b)
        for batch in batches:
            for which, layers in parts(W):
                dW, db = gradient(W, b, X[batch], Y[batch])
                for l in layers:
                    if "W" in which:
                        W[l] = W[l] - eta * dW[l]
                    if "b" in which:
                        b[l] = b[l] - eta * db[l]
        return W, b

    def singly(batches: Sequence[Numbers]) -> Iterable[Numbers]:
        return (np.array([i]) for batch in batches for i in batch)

    def whole(A: Floats, batch: Numbers) -> Floats:
        return A

    def in_turn(batches: Sequence[Numbers]) -> list[Numbers]:
        """Take as many rows, but as they are stored."""
        ends = np.cumsum([len(batch) for batch in batches])
        return [np.arange(end - len(batch), end) for end, batch in zip(ends, batches, strict=True)]

    def in_steps(batches: Sequence[Numbers]) -> list[Numbers]:
        """Take the rows from k times the size of the k-th batch on."""
        rows = np.arange(sum(len(batch) for batch in batches))
        return [rows[k * len(batch) : (k + 1) * len(batch)] for k, batch in enumerate(batches)]

    def in_equal_steps(batches: Sequence[Numbers]) -> list[Numbers]:
        """Take as many rows as the first batch holds, again and again."""
        rows, size = np.arange(sum(len(batch) for batch in batches)), len(batches[0])
        return [rows[k * size : (k + 1) * size] for k in range(len(batches))]

    def emptying(*given: Any) -> Any:
        """Take each batch out of the list that was handed in."""
        W, b, X, Y, eta, batches, gradient = given
        while len(batches):
            W, b = epoch(W, b, X, Y, eta, [batches.pop(0)], gradient)
        return W, b

    def per_sample_small(*given: Any) -> Any:
        """Update for each sample of a batch with its share of the mean."""
        W, b, X, Y, eta, batches, gradient = given
        for batch in batches:
            W, b = epoch(W, b, X, Y, eta / len(batch), [np.array([i]) for i in batch], gradient)
        return W, b

    parts: list[Callable[[Layers], Iterable[tuple[str, Iterable[int]]]]] = [
        lambda W: [("Wb", [l]) for l in W],
        lambda W: [("Wb", [l]) for l in sorted(W, reverse=True)],
        lambda W: [(which, [l]) for l in W for which in "Wb"],
        lambda W: [(which, [l]) for l in sorted(W, reverse=True) for which in "Wb"],
        lambda W: [(which, [l]) for which in "Wb" for l in W],
        lambda W: [("W", list(W)), ("b", list(W))],
        lambda W: [("b", list(W)), ("W", list(W))],
    ]
    which: list[tuple[str, dict[str, Any]]] = [
        ("", {}),
        ("all-samples", {"rows": lambda X, batch: X, "targets": lambda Y, batch: Y}),
        ("targets-elsewhere", {"targets": lambda Y, batch: Y[: len(batch)]}),
        ("order-unused", {"rows": lambda X, i: X[: len(i)], "targets": lambda Y, i: Y[: len(i)]}),
        *(("one-sample", {r: lambda A, B, i=i: A[B[[i]]] for r in ("rows", "targets")}) for i in (0, -1)),
        ("stale-weights", {"stale": True}),
        ("one-batch", {"chosen": lambda batches: batches[:1]}),
        ("one-batch", {"chosen": lambda batches: batches[-1:]}),
        ("order-unused", {"chosen": in_turn}),
        ("order-unused", {"chosen": in_steps}),
        ("order-unused", {"chosen": in_equal_steps}),
        ("batches-reversed", {"chosen": lambda batches: batches[::-1]}),
        ("all-samples+stale-weights", {"rows": whole, "targets": whole, "stale": True}),
        ("batch-left-out", {"chosen": lambda batches: batches[1:]}),
        ("batch-left-out", {"chosen": lambda batches: batches[:-1]}),
        ("update-per-sample", {"chosen": singly}),
        ("biases-left", {"learns": "W"}),
        ("weights-left", {"learns": "b"}),
        ("layers-left", {"layers": lambda W: [max(W)]}),
        ("layers-left", {"layers": lambda W: [min(W)]}),
        ("layers-left", {"layers": lambda W: list(W)[:-1]}),
        ("layers-left", {"layers": lambda W: list(W)[1:]}),
        ("layers-left", {"layers": lambda W: [l for l in W if l < len(W)]}),
        ("layers-left", {"layers": lambda W: [l for l in W if l <= len(W)]}),
        ("layers-left", {"layers": lambda W: [l for l in W if l != 2]}),
        ("layers-left", {"layers": lambda W: [l for l in W if l != 3]}),
    ]
    how: list[tuple[str, dict[str, Any]]] = [
        ("", {}),
        ("ascent", {"factor": lambda batch, N, eta: eta}),
        ("step-size-missing", {"factor": lambda batch, N, eta: -1}),
        ("ascent+step-size-missing", {"factor": lambda batch, N, eta: 1}),
        ("step-size-divides", {"factor": lambda batch, N, eta: -1 / eta}),
        ("sum-over-samples", {"factor": lambda batch, N, eta: -eta * len(batch)}),
        ("averaged-again", {"factor": lambda batch, N, eta: -eta / len(batch)}),
        ("averaged-again", {"factor": lambda batch, N, eta: -eta / N}),
        ("batch-share", {"factor": lambda batch, N, eta: -eta * len(batch) / N}),
        ("bias-ascent", {"bias": lambda eta: eta}),
        ("bias-step-size-missing", {"bias": lambda eta: -1}),
        ("gradient-for-step", {"kept": 0}),
    ]
    made = [
        Mistake(together(one, other), partial(epoch, **first, **second))
        for one, first in which
        for other, second in how
        if one or other
    ]
    return (
        *made,
        *(Mistake("updated-within-pass", partial(in_pass, parts=part)) for part in parts),
        *(Mistake("gradients-not-cleared", partial(accumulating, mean=mean)) for mean in (False, True)),
        Mistake("one-update", partial(one_update, whole=False)),
        Mistake("one-update", partial(one_update, whole=True)),
        Mistake("update-per-sample", per_sample_small),
        Mistake("start-for-step", lambda W, b, *rest: (W, b)),
        Mistake("dicts-exchanged", lambda *given: epoch(*given)[::-1]),
        Mistake("batches-changed", emptying),
        Mistake("one-dict", lambda *given: epoch(*given)[0]),
        Mistake("gradient-for-step", lambda W, b, X, Y, eta, batches, gradient: gradient(W, b, X, Y)),
        Mistake(
            "gradient-for-step",
            lambda W, b, X, Y, eta, batches, gradient: gradient(W, b, X[batches[-1]], Y[batches[-1]]),
        ),
    )


def momentum_slips() -> tuple[Mistake, ...]:
    """Change what becomes of the velocity, what of the parameters, or both."""
    velocities: list[tuple[str, Callable[..., Any]]] = [
        ("", lambda v, g, eta, mu: mu * v - eta * g),
        ("ascent", lambda v, g, eta, mu: mu * v + eta * g),
        ("velocity-forgotten", lambda v, g, eta, mu: -eta * g),
        ("momentum-missing", lambda v, g, eta, mu: v - eta * g),
        ("step-size-missing", lambda v, g, eta, mu: mu * v - g),
        ("ascent+step-size-missing", lambda v, g, eta, mu: mu * v + g),
        ("averaging-velocity", lambda v, g, eta, mu: mu * v - (1 - mu) * eta * g),
        ("averaging-velocity", lambda v, g, eta, mu: mu * v - (1 - mu) * g),
        ("rates-swapped", lambda v, g, eta, mu: eta * v - mu * g),
        ("mu-on-all", lambda v, g, eta, mu: mu * (v - eta * g)),
        ("step-size-on-velocity", lambda v, g, eta, mu: eta * (mu * v - g)),
        ("one-minus-mu", lambda v, g, eta, mu: (1 - mu) * v - eta * g),
        ("velocity-sign", lambda v, g, eta, mu: -mu * v - eta * g),
        ("velocity-sign", lambda v, g, eta, mu: eta * g - mu * v),
    ]
    positions: list[tuple[str, Callable[..., Any]]] = [
        ("", lambda theta, v, new, g, eta, mu: theta + new),
        ("old-velocity", lambda theta, v, new, g, eta, mu: theta + v),
        ("gradient-once-more", lambda theta, v, new, g, eta, mu: theta + new - eta * g),
        ("velocity-unused", lambda theta, v, new, g, eta, mu: theta - eta * g),
        ("away", lambda theta, v, new, g, eta, mu: theta - new),
        ("look-ahead", lambda theta, v, new, g, eta, mu: theta + mu * new - eta * g),
        ("start-for-step", lambda theta, v, new, g, eta, mu: theta),
        ("step-size-twice", lambda theta, v, new, g, eta, mu: theta + eta * new),
        ("gradient-for-step", lambda theta, v, new, g, eta, mu: new),
    ]

    def slipping(
        theta: Floats, v: Floats, g: Floats, eta: float, mu: float, faster: Any, move: Any, returned: Any
    ) -> Any:
        new = faster(v, g, eta, mu)
        return returned(move(theta, v, new, g, eta, mu), new, v)

    both = [(one, other, faster, move) for one, faster in velocities for other, move in positions]

    def other_convention(theta: Floats, v: Floats, g: Floats, eta: float, mu: float) -> Any:
        v = mu * v + g
        return theta - eta * v, v

    def averaging(theta: Floats, v: Floats, g: Floats, eta: float, mu: float) -> Any:
        v = mu * v + (1 - mu) * g
        return theta - eta * v, v

    def other_sign(theta: Floats, v: Floats, g: Floats, eta: float, mu: float) -> Any:
        v = mu * v + eta * g
        return theta - v, v

    made = [
        Mistake(
            together(one, other), partial(slipping, faster=faster, move=move, returned=lambda at, new, v: (at, new))
        )
        for one, other, faster, move in both
        if (one or other) and (one, other) != ("ascent", "away")
    ]
    return (
        *made,
        Mistake("other-convention", other_convention),
        Mistake("other-convention", other_sign),
        Mistake("averaging-velocity", averaging),
        Mistake(
            "velocity-returned-reversed", lambda theta, v, g, eta, mu: (theta + mu * v - eta * g, eta * g - mu * v)
        ),
        Mistake("velocity-not-returned", lambda theta, v, g, eta, mu: (theta + mu * v - eta * g, v)),
        Mistake("results-exchanged", lambda theta, v, g, eta, mu: (mu * v - eta * g, theta + mu * v - eta * g)),
    )


def _confusion(y: Numbers, predicted: Numbers, c: int) -> Any:
    return np.bincount(c * y + predicted, minlength=c * c).reshape(c, c)


def confusion_slips() -> tuple[Mistake, ...]:
    """Count something else, or count in another place."""
    made: list[tuple[str, Callable[[Floats], Any]]] = [
        ("rows-and-columns", lambda m: m.T),
        ("shares-for-counts", lambda m: m / m.sum()),
        ("shares-for-counts", lambda m: m / np.maximum(m.sum(axis=1, keepdims=True), 1)),
        ("shares-for-counts", lambda m: m / np.maximum(m.sum(axis=0), 1)),
        ("mistakes-only", lambda m: m - np.diag(np.diag(m))),
        ("right-ones-only", lambda m: np.diag(np.diag(m))),
        ("right-ones-only", lambda m: np.diag(m)),
        ("counted-once", lambda m: (m > 0) * 1.0),
        ("symmetric", lambda m: m + m.T),
        ("accuracy-for-matrix", lambda m: np.trace(m) / m.sum()),
        ("mistakes-only", lambda m: m.sum() - np.trace(m)),
        ("rows-shared", lambda m: np.tile(m.sum(axis=0), (len(m), 1))),
        ("all-pairs", lambda m: np.outer(m.sum(axis=1), m.sum(axis=0))),
        ("labels-counted-from-one", lambda m: np.roll(m, -1, (0, 1))),
        ("labels-counted-from-one", lambda m: np.roll(m, 1, (0, 1))),
    ]

    def changed(y: Numbers, predicted: Numbers, c: int, change: Any) -> Any:
        return change(_confusion(y, predicted, c))

    def fancy(y: Numbers, predicted: Numbers, c: int) -> Any:
        counts = np.zeros((c, c))
        counts[y, predicted] += 1  # a pair that comes twice is counted once
        return counts

    def without_last(y: Numbers, predicted: Numbers, c: int) -> Any:
        return _confusion(y[:-1], predicted[:-1], c)

    def met(y: Numbers, predicted: Numbers, c: int) -> Any:
        """Make it as large as the classes that occur."""
        size = 1 + max(*y, *predicted)
        return _confusion(y, predicted, c)[:size, :size]

    return (
        *(Mistake(slug, partial(changed, change=change)) for slug, change in made),
        Mistake("counted-once", fancy),
        Mistake("last-sample-lost", without_last),
        Mistake("first-sample-lost", lambda y, predicted, c: _confusion(y[1:], predicted[1:], c)),
        Mistake("one-sample", lambda y, predicted, c: _confusion(y[:1], predicted[:1], c)),
        Mistake("one-sample", lambda y, predicted, c: _confusion(y[-1:], predicted[-1:], c)),
        Mistake("classes-for-samples", lambda y, predicted, c: _confusion(y[:c], predicted[:c], c)),
        Mistake("first-twice", lambda y, predicted, c: _confusion(y, y, c)),
        Mistake("first-twice", lambda y, predicted, c: _confusion(predicted, predicted, c)),
        Mistake("classes-that-occur", met),
        Mistake("from-ones", lambda y, predicted, c: 1 + _confusion(y, predicted, c)),
    )
