"""What goes wrong in backpropagation: other steps in the place of the right ones, one or two at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, product
from typing import Any

import numpy as np

from bpkit.checking import Mistake, together

from .backprop_steps import (
    Array,
    Layers,
    Pass,
    Step,
    Steps,
    Whole,
    added,
    difference,
    forward,
    joined,
    own_slope,
    sent_back,
    sigmoid,
)


@dataclass(frozen=True)
class Slip:
    """One thing that goes wrong: its slug, and which steps become which."""

    slug: str
    steps: Mapping[str, Any]


def _slip(slug: str, **steps: Any) -> Slip:
    return Slip(slug, steps)


def _instead(steps: Sequence[str], wrong: Mapping[str, Sequence[Callable[..., Any]]]) -> list[Slip]:
    """Return a slip for each function that may stand in the place of one step, or of all of several."""
    return [Slip(slug, dict.fromkeys(steps, function)) for slug, functions in wrong.items() for function in functions]


def _one(*_: Any) -> float:
    return 1.0


# What stands for σ' in all layers, in the hidden ones or in the output layer.
FOR_SLOPE: dict[str, list[Step]] = {
    "sigma-for-derivative": [lambda p, l: p.a[l]],
    "one-minus-sigma": [lambda p, l: 1 - p.a[l]],
    "sigma-one-plus": [lambda p, l: p.a[l] * (1 + p.a[l])],
    "tanh-slope": [lambda p, l: 1 - p.a[l] ** 2],
    "derivative-of-activation": [lambda p, l: sigmoid(p.a[l]) * (1 - sigmoid(p.a[l]))],
    "argument-for-value": [
        lambda p, l: p.z[l] * (1 - p.z[l]),
        lambda p, l: p.z[l] * (1 - p.a[l]),
        lambda p, l: p.a[l] * (1 - p.z[l]),
    ],
    "slope-twice": [lambda p, l: own_slope(p, l) ** 2],
    "factor-inverted": [lambda p, l: 1 / own_slope(p, l)],
    "relu-slope": [lambda p, l: (p.z[l] > 0) * 1.0],
}
FOR_HIDDEN_SLOPE: dict[str, list[Step]] = {
    "slope-missing-in-hidden": [_one],
    "slope-of-another-layer": [
        lambda p, l: own_slope(p, l - 1),
        lambda p, l: own_slope(p, min(l + 1, p.F)),
        lambda p, l: own_slope(p, p.F),
        lambda p, l: own_slope(p, 2),
        lambda p, l: own_slope(p, l - 1 if l > 2 else p.F),  # a list from whose front one comes out at its end
        lambda p, l: sigmoid(p.z[l - 1]) * sigmoid(-p.z[l - 1]),  # there is no z^1
    ],
}


def _slope_slips() -> list[Slip]:
    below: Step = FOR_HIDDEN_SLOPE["slope-of-another-layer"][0]
    hidden, output = ["hidden_slope"], ["output_slope"]
    return [
        *_instead(hidden + output, FOR_SLOPE | {"derivative-left-out": [_one], "slope-of-another-layer": [below]}),
        *_instead(hidden, FOR_SLOPE | FOR_HIDDEN_SLOPE),
        *_instead(output, FOR_SLOPE | {"slope-missing-in-output": [_one], "slope-of-another-layer": [below]}),
        _slip(
            "slope-of-another-layer",
            below=lambda p, l: p.W[l + 1].T @ (p.d[l + 1] * own_slope(p, l + 1)),
            hidden_slope=_one,
        ),
        _slip(
            "slope-not-carried",
            **dict.fromkeys(hidden + output, _one),
            weights=lambda p, l: joined(p.d[l] * own_slope(p, l), p.a[l - 1]),
            biases=lambda p, l: added(p.d[l] * own_slope(p, l)),
        ),
    ]


def _mean_over(c: int, p: Pass) -> Array:
    """Return the slope of the loss as if there were always c outputs."""
    return 2 / c * difference(p)


FOR_LOSS_SLOPE: dict[str, list[Whole]] = {
    "signs-reversed": [lambda p: -2 / p.c * difference(p)],
    "outer-derivative-dropped": [lambda p: np.ones_like(p.Y)],
    "target-dropped": [lambda p: 2 / p.c * p.a[p.F]],
    "term-sign": [lambda p: 2 / p.c * (p.a[p.F] + p.Y)],
    "absolute-for-square": [lambda p: np.sign(difference(p)) / p.c],
    "power-slip": [lambda p: 2 / p.c * difference(p) ** 2],
    "square-not-differentiated": [lambda p: difference(p) ** 2 / p.c],
    "outputs-averaged": [
        lambda p: 2 * np.mean(difference(p), axis=0) + 0 * p.Y,
        lambda p: 2 / p.c * np.mean(difference(p), axis=0) + 0 * p.Y,
    ],
    "sum-for-component": [lambda p: 2 * np.sum(difference(p), axis=0) + 0 * p.Y],
    "size-fixed": [partial(_mean_over, n) for n in (3, 4, 10)],
    "loss-for-slope": [
        lambda p: np.mean(difference(p) ** 2, axis=0) + 0 * p.Y,
        lambda p: np.mean(difference(p) ** 2) + 0 * p.Y,
    ],
}
# Where the output error of a cross-entropy starts, with and without the slope that the sigmoid cancels.
STARTS: tuple[Whole, ...] = (
    difference,
    lambda p: difference(p) / p.c,
    lambda p: -p.Y / p.a[p.F],
    lambda p: -p.Y * (1 - p.a[p.F]),
    lambda p: difference(p) / own_slope(p, p.F),
)


def _loss_slips() -> list[Slip]:
    reversed_start = "cross-entropy-start+signs-reversed"
    return [
        *_instead(["loss_slope"], FOR_LOSS_SLOPE),
        *(_slip("cross-entropy-start", loss_slope=start, output_slope=_one) for start in STARTS),
        *(_slip(reversed_start, loss_slope=lambda p, f=f: -f(p), output_slope=_one) for f in STARTS[:2]),
    ]


# What stands in front of a − y, where 2/c belongs, and before the sum over samples, where 1/N belongs.
FRONTS: tuple[tuple[str, Whole], ...] = (
    ("", lambda p: 2 / p.c),
    ("mse-sum", lambda p: 2),
    ("mse-half", lambda p: 1),
    ("mse-mean-of-half", lambda p: 1 / p.c),
    ("mse-samples", lambda p: 2 / p.N),
    ("mse-samples", lambda p: 1 / p.N),
    ("outputs-miscounted", lambda p: 2 / len(p.a[1])),
)
SHARES: tuple[tuple[str, Whole], ...] = (
    ("", lambda p: 1 / p.N),
    ("sum-over-samples", _one),
    ("averaged-again", lambda p: 1 / p.N**2),
    ("samples-miscounted", lambda p: 1 / p.c),
    ("samples-miscounted", lambda p: 1 / len(p.a[1])),
    ("samples-miscounted", lambda p: 1 / (p.N - 1)),
    ("samples-miscounted", lambda p: 1 / p.a[1].size),
)


def _factor_slips(shares: Sequence[tuple[str, Whole]]) -> Iterator[Slip]:
    """Yield the wrong factors: one of the two, or both unless one alone leads to the same product."""
    at = Pass({2: np.zeros((2, 7))}, {}, np.zeros((11, 13)), a={1: np.zeros((7, 13))})  # sizes without common factors
    pairs = [(together(a, b), front, share) for (a, front), (b, share) in product(FRONTS, shares)]
    known = set[float]()
    for slug, front, share in sorted(pairs, key=lambda pair: len(pair[0].split("+")) if pair[0] else 0):
        total = round(front(at) * share(at), 12)
        if slug and total not in known:
            steps = {"loss_slope": lambda p, front=front: front(p) * difference(p)}
            yield Slip(slug, {**steps, "weight_share": share, "bias_share": share})
        known.add(total)


FOR_HADAMARD: dict[str, list[Callable[[Array, Array], Any]]] = {
    "matrix-product": [
        np.matmul,
        lambda x, y: x @ y.T,
        lambda x, y: x.T @ y,
        lambda x, y: y @ x,  # with samples as rows the two stand the other way round
        lambda x, y: y.T @ x,
        lambda x, y: np.full(x.shape, np.sum(x * y)),
        lambda x, y: np.zeros_like(x) + np.sum(x * y, axis=0),
    ],
    "outer-product": [np.multiply.outer],
}


def _layer(which: Callable[[Pass, int], int], turned: bool = True) -> Step:
    """Return the step that sends d^{l+1} back through another layer's weights."""

    def step(p: Pass, l: int) -> Any:
        W = p.W[which(p, l)]
        return (W.T if turned else W) @ p.d[l + 1]

    return step


OTHERS: tuple[Callable[[Pass, int], int], ...] = (lambda p, l: l, lambda p, l: p.F, lambda p, l: 2)
FOR_BELOW: dict[str, list[Step]] = {
    "transpose-missing": [lambda p, l: p.W[l + 1] @ p.d[l + 1]],
    "weights-of-another-layer": [_layer(which) for which in OTHERS],
    "transpose-missing+weights-of-another-layer": [_layer(which, turned=False) for which in OTHERS],
    "link-weight-missing": [lambda p, l: p.d[l + 1], lambda p, l: p.d[l + 1].sum(axis=0) + 0 * p.a[l]],
    "error-not-carried": [lambda p, l: p.W[l + 1].T @ p.d[p.F]],
    "a-sent-back": [lambda p, l: p.W[l + 1].T @ p.a[l + 1]],
    "bias-sent-back": [lambda p, l: p.W[l + 1].T @ (p.d[l + 1].T + p.b[l + 1]).T],
    "path-missing": [
        lambda p, l: np.multiply.outer(p.W[l + 1][0], p.d[l + 1][0]),
        lambda p, l: np.multiply.outer(p.W[l + 1][-1], p.d[l + 1][-1]),
    ],
    "stops-at-output": [lambda p, l: np.zeros_like(p.a[l]), lambda p, l: np.ones_like(p.a[l])],
}


def _error_slips() -> list[Slip]:
    upwards: dict[str, Any] = {"order": lambda F: range(2, F)}
    return [
        *_instead(["below"], FOR_BELOW),
        *_instead(["hidden_times"], FOR_HADAMARD | {"sum-and-product": [np.add]}),
        *_instead(["output_times"], FOR_HADAMARD),
        *_instead(["hidden_times", "output_times"], FOR_HADAMARD),
        # With one hidden layer a loop upwards is right, and so is one for that layer alone: they fail alike.
        _slip("layers-upwards", **upwards),
        _slip("layers-upwards", **upwards, below=lambda p, l: p.W[l + 1].T @ [*p.d.values()][-1]),
        _slip("depth-fixed", order=lambda F: [2]),
        _slip("depth-fixed", order=lambda F: [3, 2]),
        _slip("output-error-again", order=lambda F: range(F, 1, -1)),
        _slip("first-hidden-left-out", order=lambda F: range(F - 1, 2, -1)),
    ]


def _dot_slips() -> list[Slip]:
    """List the slips of one sample at a time in which a dot product makes one number of a vector."""

    def stretched(p: Pass, l: int) -> Any:
        return np.dot(p.W[l + 1].T, p.d[l + 1])  # takes a number for d, too, where @ does not

    places = (["hidden_times"], ["output_times"], ["hidden_times", "output_times"])
    return [_slip("matrix-product", below=stretched, **dict.fromkeys(steps, np.dot)) for steps in places]


def _fed(source: Step) -> Step:
    """Return the step that puts something else for a^{l−1} into the slopes by the weights."""
    return lambda p, l: joined(p.d[l], source(p, l))


def _entrywise(p: Pass, l: int) -> Array:
    return p.d[l] * p.a[l - 1]


def _near(p: Pass, l: int, shift: int) -> Array:
    """Return the error of a neighbouring layer."""
    return p.d[min(max(l + shift, 2), p.F)]


FOR_WEIGHTS: dict[str, list[Step]] = {
    "outer-turned": [lambda p, l: joined(p.d[l], p.a[l - 1]).T],
    "index-shift": [
        _fed(lambda p, l: p.a[l]),
        _fed(lambda p, l: p.a[l][np.arange(len(p.a[l - 1]))]),  # entry by entry
        _fed(lambda p, l: p.a[l if l < p.F else l - 1]),
        _fed(lambda p, l: p.a[l if l == p.F else l - 1]),
        _fed(lambda p, l: p.a[max(l - 2, 1)]),
        _fed(lambda p, l: p.a[l - 2 if l > 2 else p.F]),
    ],
    "fed-with-x": [_fed(lambda p, l: p.a[1])],
    "z-for-a": [
        _fed(lambda p, l: p.z.get(l - 1, p.a[1])),
        _fed(lambda p, l: p.z.get(l - 1, p.z[p.F])),
        _fed(lambda p, l: p.z[l - 1]),
    ],
    "input-missing": [_fed(lambda p, l: np.ones_like(p.a[l - 1]))],
    "weight-for-input": [lambda p, l: (added(p.d[l]) * p.W[l].T).T],
    "slope-twice": [
        _fed(lambda p, l: own_slope(p, l - 1)),
        lambda p, l: joined(p.d[l] * own_slope(p, l), p.a[l - 1]),
    ],
    "entrywise-for-outer": [
        _entrywise,
        lambda p, l: _entrywise(p, l).T,
        lambda p, l: added(_entrywise(p, l)),
        lambda p, l: np.zeros(p.W[l].shape) + added(_entrywise(p, l)),
        lambda p, l: np.diag(added(_entrywise(p, l))),
    ],
    "inner-for-outer": [
        lambda p, l: np.sum(_entrywise(p, l)),
        lambda p, l: np.full(p.W[l].shape, np.sum(_entrywise(p, l))),
        lambda p, l: p.d[l].T @ p.a[l - 1],
    ],
}
FOR_BIASES: dict[str, list[Step]] = {
    "bias-slope": [
        lambda p, l: added(p.d[l]) * p.b[l],
        lambda p, l: added(p.d[l] * p.a[l]),
        lambda p, l: added(_entrywise(p, l)),
    ],
    "slope-missing-in-bias": [lambda p, l: added(p.d[l] / own_slope(p, l))],
    "slope-twice": [lambda p, l: added(p.d[l] * own_slope(p, l))],
    "error-of-another-layer": [lambda p, l: added(_near(p, l, 1))],
    "bias-one-scalar": [
        lambda p, l: np.sum(p.d[l]),
        lambda p, l: np.sum(p.d[l]) / len(p.d[l]),
        lambda p, l: np.array([np.sum(p.d[l])]),
        lambda p, l: np.full(p.b[l].shape, np.sum(p.d[l])),
        lambda p, l: np.full(p.b[l].shape, np.sum(p.d[l]) / len(p.d[l])),
    ],
    "bias-as-column": [lambda p, l: added(p.d[l])[:, None]],
    "bias-as-row": [lambda p, l: added(p.d[l])[None, :]],
}
NO_BIAS_SLOPE: tuple[Step, ...] = (
    lambda p, l: np.zeros(p.b[l].shape),
    lambda p, l: p.b[l],
    lambda p, l: np.ones(p.b[l].shape),
)


def _gradient_slips() -> list[Slip]:
    def of_another(shift: int) -> Slip:
        return _slip(
            "error-of-another-layer",
            weights=lambda p, l: joined(_near(p, l, shift), p.a[l - 1]),
            biases=lambda p, l: added(_near(p, l, shift)),
        )

    return [
        *_instead(["weights"], FOR_WEIGHTS),
        *_instead(["biases"], FOR_BIASES),
        *(of_another(shift) for shift in (1, -1)),
        *(_slip("bias-gradient-missing", biases=slope, bias_share=_one) for slope in NO_BIAS_SLOPE),
    ]


def _with_bias_times(factor: int, p: Pass) -> None:
    forward(Pass(p.W, {l: factor * b for l, b in p.b.items()}, p.Y, p.z, p.a))


def _bias_along_samples(p: Pass) -> None:
    for l in p.W:
        p.z[l] = p.W[l] @ p.a[l - 1] + p.b[l]
        p.a[l] = sigmoid(p.z[l])


def _squashed(p: Pass) -> None:
    p.a[1] = sigmoid(p.a[1])
    forward(p)


def _forward_slips() -> list[Slip]:
    """List what goes wrong on the way forward, with the slopes that go with it."""

    def with_slopes(slope: Step) -> dict[str, Step]:
        return {"hidden_slope": slope, "output_slope": slope}

    def everywhere(f: Callable[[Array], Any]) -> dict[str, Any]:
        return {"forward": partial(forward, f=f, last=f)}

    def plain(z: Array) -> Array:
        return z

    def softmax(z: Array) -> Any:
        return np.exp(z) / np.exp(z).sum(axis=0)

    relu = partial(np.maximum, 0)
    linear_output = {"forward": partial(forward, last=plain)}
    softmax_output = {"forward": partial(forward, last=softmax)}
    missing, other = "sigma-missing", "other-activation"
    return [
        _slip("bias-missing", forward=partial(_with_bias_times, 0)),
        _slip("term-sign", forward=partial(_with_bias_times, -1)),
        _slip("input-squashed", forward=_squashed),
        _slip("exponent-sign", **everywhere(lambda z: sigmoid(-z))),
        _slip("sigma-twice", **everywhere(lambda z: sigmoid(sigmoid(z)))),
        _slip("output-not-activated", **linear_output),
        _slip("output-not-activated", **linear_output, output_slope=_one),
        _slip("output-not-activated", **linear_output, output_slope=lambda p, l: sigmoid(p.z[l]) * sigmoid(-p.z[l])),
        _slip(missing, **everywhere(plain)),
        _slip(missing, **everywhere(plain), **with_slopes(_one)),
        _slip(missing, forward=partial(forward, f=plain), hidden_slope=_one),
        _slip(other, **everywhere(np.tanh), **with_slopes(FOR_SLOPE["tanh-slope"][0])),
        _slip(other, forward=partial(forward, f=np.tanh), hidden_slope=FOR_SLOPE["tanh-slope"][0]),
        _slip(other, **everywhere(relu), **with_slopes(FOR_SLOPE["relu-slope"][0])),
        _slip(other, forward=partial(forward, f=relu), hidden_slope=FOR_SLOPE["relu-slope"][0]),
        _slip(other, **softmax_output),
        _slip(other, **softmax_output, loss_slope=difference, output_slope=_one),
    ]


def _some(samples: slice) -> dict[str, Step]:
    """Return the steps that count only some of the samples."""
    return {
        "weights": lambda p, l: joined(p.d[l][:, samples], p.a[l - 1][:, samples]),
        "biases": lambda p, l: added(p.d[l][:, samples]),
    }


def _apart(indices: str) -> Step:
    return lambda p, l: np.einsum(f"jn,kn->{indices}", p.d[l], p.a[l - 1])


def _batch_slips() -> Iterator[Slip]:
    """Yield what goes wrong with many samples at once."""
    shares: list[dict[str, Whole]] = [{}, {"bias_share": _one}, {"weight_share": _one, "bias_share": _one}]
    for samples in (slice(-1, None), slice(0, 1)):
        only = _some(samples)
        yield from (_slip("one-sample", **only, **share) for share in (shares[0], shares[2]))
        yield from (_slip("one-sample", biases=only["biases"], **share) for share in shares[:2])
        yield from (_slip("one-sample", weights=only["weights"], **share) for share in ({}, {"weight_share": _one}))
    for samples in (slice(None, -1), slice(1, None)):
        yield _slip("last-sample-missing", **_some(samples))
    yield _slip("bias-along-samples", forward=_bias_along_samples)
    yield _slip("averaged-again", below=lambda p, l: sent_back(p, l) / p.N)  # once more in each layer
    for slug, part in SHARES[1:4]:
        yield _slip(slug, weight_share=part)
        yield _slip(slug, bias_share=part)
    yield _slip("means-multiplied", weights=lambda p, l: np.outer(added(p.d[l]), p.a[l - 1].mean(axis=1)))
    yield _slip("means-multiplied", weights=lambda p, l: np.outer(added(p.d[l]), p.a[l - 1].sum(axis=1)))
    yield _slip("bias-wrong-axis", biases=lambda p, l: p.d[l].sum(axis=0))
    yield _slip("bias-wrong-axis", biases=lambda p, l: p.d[l].sum(axis=0), bias_share=_one)
    yield _slip("bias-wrong-axis", biases=lambda p, l: p.d[l].mean(axis=0), bias_share=_one)
    for share in shares:
        yield _slip("samples-apart", biases=lambda p, l: p.d[l], **share)
        yield _slip("samples-apart", biases=lambda p, l: p.d[l].T, **share)
        yield _slip("samples-apart", weights=_apart("njk"), **share)
        yield _slip("samples-apart", weights=_apart("njk"), biases=lambda p, l: p.d[l].T, **share)
        yield _slip("samples-apart", weights=_apart("jkn"), biases=lambda p, l: p.d[l], **share)


def _arrangement_slips() -> list[Slip]:
    def backwards(*gradients: dict[int, Any]) -> Any:
        return tuple([by_layer[l] for l in sorted(by_layer, reverse=True)] for by_layer in gradients)

    def shifted(*gradients: dict[int, Any]) -> Any:
        return tuple({l - 1: gradient for l, gradient in by_layer.items()} for by_layer in gradients)

    return [
        _slip("results-swapped", arranged=lambda dW, db: (db, dW)),
        _slip("layers-reversed", arranged=backwards),
        _slip("layer-shift", arranged=shifted),
    ]


# What is often made together with something else.
COMMON = {
    *("signs-reversed", "mse-half", "mse-sum", "mse-mean-of-half", "sum-over-samples", "averaged-again"),
    *("cross-entropy-start", "derivative-left-out", "slope-missing-in-hidden", "slope-missing-in-output"),
    *("sigma-for-derivative", "one-minus-sigma", "derivative-of-activation", "transpose-missing", "outer-turned"),
    *("index-shift", "bias-missing", "bias-one-scalar", "bias-as-column", "one-sample", "means-multiplied"),
    *("weights-of-another-layer", "error-not-carried", "output-not-activated", "results-swapped", "layers-reversed"),
}


def _pairs(slips: Sequence[Slip]) -> list[Slip]:
    """Make two common slips at once, of different kinds and in different steps; each kind by the first of its forms."""
    first = {slip.slug: slip for slip in reversed(slips) if slip.slug in COMMON}
    return [
        Slip(together(one.slug, other.slug), {**one.steps, **other.steps})
        for one, other in combinations(first.values(), 2)
        if not one.steps.keys() & other.steps.keys()
    ]


# How far down the slope, or up, somebody may step who updates too early.
RATES = tuple(sign * rate for rate in (0.1, 0.01, 1.0, 0.5, 0.05, 0.001, 2.0, 3.0) for sign in (1, -1))


def _updating_inside(rate: float, *arguments: Any) -> Any:
    """Step down each layer's slope before the error goes back through its weights."""

    def below(p: Pass, l: int) -> Any:
        return sent_back(p, l) - rate * joined(p.d[l + 1], p.a[l]).T @ p.d[l + 1] / p.N

    return Steps(below=below)(*arguments)


def _updating_between(rate: float, summed: bool, biases: bool, W: Layers, b: Layers, X: Array, Y: Array) -> Any:
    """Step down each sample's slope, or that of all so far, before the next sample comes."""
    total_W, total_b = {l: 0 * W[l] for l in W}, {l: 0 * b[l] for l in b}
    for x, y in zip(X.T, Y.T, strict=True):
        dW, db = Steps()(W, b, x, y)
        total_W, total_b = {l: total_W[l] + dW[l] for l in W}, {l: total_b[l] + db[l] for l in b}
        step_W, step_b = (total_W, total_b) if summed else (dW, db)
        W = {l: W[l] - rate * step_W[l] for l in W}
        b = {l: b[l] - rate * step_b[l] for l in b} if biases else b
    return tuple({l: g / X.shape[1] for l, g in total.items()} for total in (total_W, total_b))


def _only(layers: Sequence[int] | None, *arguments: Any) -> Any:
    """Return the right gradients of some layers; for None of the last one."""
    return tuple({l: by_layer[l] for l in layers or [max(by_layer)]} for by_layer in Steps()(*arguments))


def _without_first(*arguments: Any) -> Any:
    """Return the right gradients of all layers but the first hidden one."""
    return tuple({l: g for l, g in by_layer.items() if l > 2 or len(by_layer) == 1} for by_layer in Steps()(*arguments))


def _stepped(rate: float, W: Layers, b: Layers, X: Array, Y: Array) -> Any:
    """Return the parameters after a step down the slope."""
    dW, db = Steps()(W, b, X, Y)
    return {l: W[l] - rate * dW[l] for l in W}, {l: b[l] - rate * db[l] for l in b}


def _three_layers(for_all: bool, W: Layers, b: Layers, X: Array, Y: Array) -> Any:
    """Return the gradients of the network that ends with layer 3, perhaps as if they were there for every layer."""
    dW, db = Steps()({l: W[l] for l in (2, 3)}, {l: b[l] for l in (2, 3)}, X, Y)
    return ({l: dW[l] for l in W}, {l: db[l] for l in b}) if for_all else (dW, db)


def _other_mistakes() -> list[Mistake]:
    return [
        Mistake("stops-at-output", partial(_only, None)),
        Mistake("depth-fixed", partial(_only, (2, 3))),
        *(Mistake("depth-fixed", partial(_three_layers, for_all)) for for_all in (False, True)),
        Mistake("first-hidden-left-out", _without_first),
        *(Mistake("updated-inside", partial(_updating_inside, rate)) for rate in RATES),
        *(Mistake("parameters-returned", partial(_stepped, rate)) for rate in (0.0, *RATES)),
        Mistake("parameters-returned", lambda W, b, *_: (W, b)),
    ]


def _mistakes(slips: Iterable[Slip], base: Steps) -> list[Mistake]:
    return [Mistake(slip.slug, replace(base, **slip.steps)) for slip in slips]


def one_sample_mistakes() -> tuple[Mistake, ...]:
    """Return functions of (W, b, x, y), with one sample, that make the known mistakes."""
    slips = [*_slope_slips(), *_loss_slips(), *_factor_slips(SHARES[:1]), *_error_slips(), *_gradient_slips()]
    slips = [slip for slip in slips if slip.slug != "mse-samples"]
    slips += [*_forward_slips(), *_arrangement_slips()]
    return (*_other_mistakes(), *_mistakes([*slips, *_pairs(slips), *_dot_slips()], Steps()))


def _as_if_one(outer: Callable[[Array, Array], Any], W: Layers, b: Layers, X: Array, Y: Array) -> Any:
    """Do with all samples what is right for one."""
    a, F = {1: X}, max(W)
    for l in W:
        a[l] = sigmoid(W[l] @ a[l - 1] + b[l])
    d = {F: 2 / len(Y) * (a[F] - Y) * a[F] * (1 - a[F])}
    for l in range(F - 1, 1, -1):
        d[l] = W[l + 1].T @ d[l + 1] * a[l] * (1 - a[l])
    return {l: outer(d[l], a[l - 1]) for l in W}, d


def _means_of_all(*arguments: Any) -> Any:
    """Average each gradient over its own entries, too."""
    return tuple({l: np.mean(g) for l, g in by_layer.items()} for by_layer in Steps()(*arguments))


def batch_mistakes() -> tuple[Mistake, ...]:
    """Return functions of (W, b, X, Y), with one sample per column, that make the known mistakes."""
    slips = [*_slope_slips(), *_loss_slips(), *_factor_slips(SHARES), *_error_slips(), *_gradient_slips()]
    slips += [*_forward_slips(), *_batch_slips(), *_arrangement_slips()]
    # Some lead elsewhere if the samples come one by one.
    alone = [slip for slip in (*_error_slips(), *_gradient_slips(), *_dot_slips()) if "bias-as" not in slip.slug]
    between = [
        Mistake("updated-inside", partial(_updating_between, *options))
        for options in product(RATES[:8], (False, True), (True, False))
    ]
    return (
        *_other_mistakes(),
        *between,
        *(
            Mistake("one-sample-function", partial(_as_if_one, outer))
            for outer in (np.outer, lambda d, a: d[:, None] * a, lambda d, a: d[:, None] @ a[None, :])
        ),
        Mistake("parameters-averaged", _means_of_all),
        Mistake("rows-for-columns", lambda W, b, X, Y: Steps()(W, b, X.T, Y.T)),
        *_mistakes([*slips, *_pairs(slips)], Steps()),
        *_mistakes(alone, Steps(by_sample=True)),
    )
