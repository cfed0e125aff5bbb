"""What goes wrong in the functions of chapter 06: each mistake, as a function that makes it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.checking import Mistake
from bpkit.nn import relu, sigmoid, tanh
from bpkit.nn import softmax as right

Floats = NDArray[np.float64]
Function = Callable[..., Any]
Slip = tuple[str, Function]

SMALL = (1e-20, 1e-16, float(np.finfo(float).eps), *(10.0**-k for k in range(15, 5, -1)))


def _mistakes(slips: Iterator[Slip]) -> tuple[Mistake, ...]:
    return tuple(Mistake(slug, function) for slug, function in slips)


def naive(z: Floats) -> Any:
    """Return the softmax as it is written in the formula: it overflows."""
    return np.exp(z) / np.exp(z).sum()


def log_right(z: Floats) -> Any:
    """Return the logarithms of the softmax."""
    return z - z.max() - np.log(np.exp(z - z.max()).sum())


def shifted(z: Floats, c: Any) -> Any:
    """Return the softmax with c taken from all logits first."""
    return np.exp(z - c) / np.exp(z - c).sum()


# What the logits are shifted by in place of their maximum; with 100 both ends overflow, as without a shift.
SHIFTS: tuple[Function, ...] = (
    *(np.mean, np.median, np.sum, lambda z: z[0], lambda z: z[-1], lambda z: np.abs(z).max()),
    *(lambda z: 500, lambda z: 700, lambda z: 1000),
)
CUTS: tuple[Function, ...] = (
    *(lambda z: np.clip(z, -500, 500), lambda z: np.clip(z, -700, 700), lambda z: np.clip(z, -100, 100)),
    *(lambda z: np.clip(z, -50, 50), lambda z: np.minimum(z, 700), lambda z: np.minimum(z, 500)),
)
# Softmax functions that are right for moderate logits.
UNSTABLE: tuple[Slip, ...] = (
    ("not-stable", naive),
    *(("wrong-shift", lambda z, c=c: shifted(z, c(z))) for c in SHIFTS),
    *(("scores-cut-off", lambda z, cut=cut: naive(cut(z))) for cut in CUTS),
    ("wrong-shift", lambda z: naive(z / z.max())),
    ("wrong-shift", lambda z: naive(z / np.abs(z).max())),
    ("wrong-shift", lambda z: naive(z / z.sum())),
)


def softmax() -> tuple[Mistake, ...]:
    """Return the slips of the softmax, a function of the logits z."""

    def with_powers(z: Floats, c: float, below: float) -> Any:
        return np.exp(z - c) / np.exp(z - below).sum()

    def by_math(z: Floats) -> Any:
        powers = [math.exp(logit) for logit in z]
        return [power / sum(powers) for power in powers]

    def slips() -> Iterator[Slip]:
        yield "not-stable", by_math
        yield "not-stable", lambda z: [math.e**logit for logit in z] / sum(math.e**logit for logit in z)
        yield from UNSTABLE
        yield "wrong-shift", lambda z: shifted(z, z.min())
        yield "shift-on-one-side", lambda z: with_powers(z, z.max(), 0)
        yield "shift-on-one-side", lambda z: with_powers(z, 0, z.max())
        yield "normaliser-missing", lambda z: np.exp(z - z.max())
        yield "normaliser-missing", np.exp
        yield "exponential-missing", lambda z: z / z.sum()
        yield "exponential-missing", lambda z: z**2 / (z**2).sum()
        yield "exponential-missing", lambda z: (z - z.max()) / (z - z.max()).sum()
        yield "exponential-missing", lambda z: np.abs(z) / np.abs(z).sum()
        yield "exponential-missing", lambda z: z / np.exp(z).sum()
        yield "exponential-missing", lambda z: np.exp(z) / z.sum()
        yield "hardmax", lambda z: np.eye(len(z))[z.argmax()]
        yield "hardmax", lambda z: (z == z.max()) * 1.0
        yield "index-for-probabilities", lambda z: z.argmax()
        yield "other-normaliser", lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).mean()
        yield "other-normaliser", lambda z: np.exp(z) / np.exp(z).mean()
        yield "other-normaliser", lambda z: np.exp(z - z.max()) / len(z)
        yield "other-normaliser", lambda z: np.exp(z) / len(z)
        yield "other-normaliser", lambda z: np.exp(z - z.max()) / np.linalg.norm(np.exp(z - z.max()))
        yield "other-normaliser", lambda z: np.exp(z) / np.linalg.norm(np.exp(z))
        yield "sigmoid-for-softmax", sigmoid
        yield "sigmoid-for-softmax", lambda z: sigmoid(z) / sigmoid(z).sum()
        yield "logarithm-too-many", log_right
        yield "logarithm-too-many", lambda z: np.log(naive(z))
        yield "other-exponential", lambda z: 2 ** (z - z.max()) / (2 ** (z - z.max())).sum()
        yield "other-exponential", lambda z: 10 ** (z - z.max()) / (10 ** (z - z.max())).sum()
        yield "exponent-sign", lambda z: right(-z)
        yield "exponent-sign", lambda z: np.exp(-z) / np.exp(-z).sum()
        yield "exponent-sign", lambda z: np.exp(z.max() - z) / np.exp(z.max() - z).sum()
        yield "exponential-of-sum", lambda z: np.exp(z) / np.exp(z.sum())
        yield "exponential-of-sum", lambda z: np.exp(z - z.max()) / np.exp((z - z.max()).sum())
        yield "exponential-of-sum", lambda z: np.exp(z / z.sum())
        yield "own-score-left-out", lambda z: np.exp(z - z.max()) / (np.exp(z - z.max()).sum() - np.exp(z - z.max()))
        yield "own-score-left-out", lambda z: np.exp(z) / (np.exp(z).sum() - np.exp(z))
        yield "slope-of-p", lambda z: right(z) * (1 - right(z))

    return _mistakes(slips())


def softmax_jacobian() -> tuple[Mistake, ...]:
    """Return the slips of diag(p) − p pᵀ, a function of p."""

    def slips() -> Iterator[Slip]:
        yield "off-diagonal-missing", lambda p: np.diag(p * (1 - p))
        yield "off-diagonal-missing", lambda p: p * (1 - p)
        yield "off-diagonal-missing", lambda p: np.diag(p) - np.diag(p * p)
        yield "off-diagonal-missing", lambda p: np.diag(p) @ np.diag(1 - p)
        yield "off-diagonal-sign", lambda p: np.outer(p, p) + np.diag(p - 2 * p * p)
        yield "term-sign", lambda p: np.diag(p) + np.outer(p, p)
        yield "delta-missing", lambda p: -np.outer(p, p)
        yield "delta-missing", lambda p: np.outer(p, p)
        yield "delta-everywhere", lambda p: p[:, None] - np.outer(p, p)
        yield "delta-everywhere", lambda p: p - np.outer(p, p)
        yield "normaliser-fixed", np.diag
        yield "one-number-for-all-pairs", lambda p: np.diag(p) - p @ p
        yield "one-number-for-all-pairs", lambda p: np.diag(p) - p.T @ p
        yield "one-number-for-all-pairs", lambda p: p - p @ p
        yield "squares-only", lambda p: np.diag(p) - p * p
        yield "squares-only", lambda p: np.diag(p) - p * p.T
        yield "squares-only", lambda p: np.diag(p) - (p * p)[:, None]
        yield "slope-of-log", lambda p: np.eye(len(p)) - p
        yield "diagonal-entry-not-squared", lambda p: np.eye(len(p)) - np.outer(p, p)
        yield "diagonal-entry-not-squared", lambda p: np.diag(1 + p * p) - np.outer(p, p)
        yield "diagonal-of-log", lambda p: np.diag(1 - p + p * p) - np.outer(p, p)
        yield "diagonal-like-the-others", lambda p: np.diag(p * p) - np.outer(p, p)
        yield "sign", lambda p: np.outer(p, p) - np.diag(p)
        yield "softmax-twice", lambda p: np.diag(right(p)) - np.outer(right(p), right(p))
        yield "first-twice", lambda p: np.diag(p) - np.diag(p)
        yield "entries-added", lambda p: np.diag(p) - np.add.outer(p, p)
        yield "flattened", lambda p: (np.diag(p) - np.outer(p, p)).ravel()

    return _mistakes(slips())


def cross_entropy() -> tuple[Mistake, ...]:
    """Return the slips of −Σ y log p, a function of p and y."""

    def picked(p: Floats, y: Floats) -> Any:
        return -np.log(p[np.argmax(y)])

    def loss(p: Floats, y: Floats) -> Any:
        return -np.sum(y[y > 0] * np.log(p[y > 0]))

    def clipped(p: Floats, y: Floats, small: float, how: Function) -> Any:
        return -np.sum(y * np.log(how(p, small)))

    def slips() -> Iterator[Slip]:
        yield "zero-times-log", lambda p, y: -np.sum(y * np.log(p))
        yield "zero-times-log", lambda p, y: -np.sum(np.log(p[y > 0]) if (y == 1).any() else y * np.log(p))
        yield "zero-times-log", lambda p, y: picked(p, y) if y.max() == 1 else -np.sum(y * np.log(p))
        for size in (2, 3, 4):
            yield "size-fixed", lambda p, y, size=size: loss(p[:size], y[:size])
        yield "zero-times-log", lambda p, y: -sum(y_i * math.log(p_i) for p_i, y_i in zip(p, y, strict=True))
        for small in SMALL:
            for how in (np.add, np.maximum, lambda p, small: np.clip(p, small, 1 - small)):
                yield "log-clipped", partial(clipped, small=small, how=how)
        yield "sign", lambda p, y: -loss(p, y)
        yield "only-the-likeliest", picked
        yield "most-probable", lambda p, y: -np.log(np.max(p))
        yield "classes-averaged", lambda p, y: loss(p, y) / len(y)
        yield "classes-averaged", lambda p, y: loss(p, y) / np.sum(y > 0)
        yield "outputs-apart", lambda p, y: -np.where(y > 0, y * np.log(np.where(y > 0, p, 1)), 0)
        yield "other-base", lambda p, y: loss(p, y) / np.log(2)
        yield "other-base", lambda p, y: loss(p, y) / np.log(10)
        yield "logarithm-missing", lambda p, y: -np.sum(y * p)
        yield "logarithm-missing", lambda p, y: 1 - np.sum(y * p)
        yield "logarithm-missing", lambda p, y: np.sum(y * p)
        yield "other-classes", lambda p, y: -np.sum(np.log(p))
        yield "other-classes", lambda p, y: -np.sum(np.log(p[p > 0]))
        yield "roles-swapped", lambda p, y: -np.sum(p[p > 0] * np.log(y[p > 0]))
        yield "roles-swapped", lambda p, y: -np.sum(p * np.log(y))
        yield "own-logarithm", lambda p, y: -np.sum(p[p > 0] * np.log(p[p > 0]))
        yield "own-logarithm", lambda p, y: -np.sum(p * np.log(p))
        yield "targets-unused", lambda p, y: -np.sum(np.log(p[y > 0]))
        yield "log-of-sum", lambda p, y: -np.log(np.sum(y * p))
        yield "log-of-sum", lambda p, y: -np.log(y @ p)
        yield "mse-for-cross-entropy", lambda p, y: np.sum((p - y) ** 2)
        yield "mse-for-cross-entropy", lambda p, y: np.mean((p - y) ** 2)
        yield "gradient-for-loss", lambda p, y: p - y
        yield "binary-for-several", lambda p, y: -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))

    return _mistakes(slips())


def of_scores() -> tuple[Mistake, ...]:
    """Return the slips of log Σ e^z − Σ y z, a function of z and y."""

    def loss(z: Floats, y: Floats) -> Any:
        return -np.sum(y * log_right(z))

    def clipped(z: Floats, y: Floats, small: float, how: Function) -> Any:
        return -np.sum(y * np.log(how(right(z), small)))

    def at_labels(p: Floats, y: Floats) -> Any:
        return -np.sum(y[y > 0] * np.log(p[y > 0]))

    def slips() -> Iterator[Slip]:
        for softmax in (right, naive):
            yield "not-stable", lambda z, y, softmax=softmax: -np.sum(y * np.log(softmax(z)))
            yield "not-stable", lambda z, y, softmax=softmax: at_labels(softmax(z), y)
        yield "not-stable", lambda z, y: np.log(np.exp(z).sum()) - np.sum(y * z)
        yield "not-stable", lambda z, y: math.log(sum(math.exp(logit) for logit in z)) - np.sum(y * z)
        yield "maximum-lost", lambda z, y: np.log(np.exp(z - z.max()).sum()) - np.sum(y * z)
        yield "maximum-twice", lambda z, y: z.max() + np.log(np.exp(z - z.max()).sum()) - np.sum(y * (z - z.max()))
        for shift in SHIFTS:
            yield "wrong-shift", lambda z, y, c=shift: c(z) + np.log(np.exp(z - c(z)).sum()) - np.sum(y * z)
        for cut in CUTS:
            yield "scores-cut-off", lambda z, y, cut=cut: np.log(np.exp(cut(z)).sum()) - np.sum(y * z)
            yield "scores-cut-off", lambda z, y, cut=cut: np.log(np.exp(cut(z)).sum()) - np.sum(y * cut(z))
            yield "scores-cut-off", lambda z, y, cut=cut: loss(cut(z), y)
        for size in (2, 3, 4):
            yield "size-fixed", lambda z, y, size=size: loss(z[:size], y[:size])
            yield "size-fixed", lambda z, y, size=size: np.logaddexp.reduce(z[:size]) - y[:size] @ z[:size]
        for small in SMALL:
            for how in (np.add, np.maximum, lambda p, small: np.clip(p, small, 1 - small)):
                yield "log-clipped", partial(clipped, small=small, how=how)
        for small in (1e-300, float(np.finfo(float).tiny)):
            for how in (np.add, np.maximum):
                yield "log-clipped", partial(clipped, small=small, how=how)
        yield "sign", lambda z, y: -loss(z, y)
        yield "logits-for-probabilities", lambda z, y: -np.sum(y * z)
        yield "logits-for-probabilities", lambda z, y: -np.sum(y * np.log(z))
        yield "normaliser-missing", lambda z, y: -np.sum(y * (z - z.max()))
        yield "targets-unused", lambda z, y: -np.sum(log_right(z))
        yield "score-term-missing", lambda z, y: z.max() + np.log(np.exp(z - z.max()).sum())
        yield "score-term-sign", lambda z, y: z.max() + np.log(np.exp(z - z.max()).sum()) + np.sum(y * z)
        yield "other-base", lambda z, y: loss(z, y) / np.log(2)
        yield "other-base", lambda z, y: loss(z, y) / np.log(10)
        yield "classes-averaged", lambda z, y: loss(z, y) / len(y)
        yield "outputs-apart", lambda z, y: -y * log_right(z)
        yield "sigmoid-for-softmax", lambda z, y: np.sum(y * np.logaddexp(0, -z))
        yield "sigmoid-for-softmax", lambda z, y: -np.sum(y * np.log(1 / (1 + np.exp(-z))))
        yield "logarithm-missing", lambda z, y: -np.sum(y * right(z))
        yield "most-probable", lambda z, y: -log_right(z).max()
        yield "only-the-likeliest", lambda z, y: -log_right(z)[np.argmax(y)]
        yield "normaliser-counted", lambda z, y: len(z) * (z.max() + np.log(np.exp(z - z.max()).sum())) - np.sum(y * z)
        yield "log-of-sum", lambda z, y: -np.log(np.sum(y * right(z)))
        yield "gradient-for-loss", lambda z, y: right(z) - y
        yield "mse-for-cross-entropy", lambda z, y: np.sum((right(z) - y) ** 2)

    return _mistakes(slips())


# What σ'(Z1) is mistaken for.
SLOPES: tuple[Slip, ...] = (
    ("derivative-left-out", np.ones_like),
    ("sigma-for-derivative", sigmoid),
    ("derivative-of-activation", lambda z: sigmoid.df(sigmoid(z))),
    ("one-minus-sigma", lambda z: 1 - sigmoid(z)),
    ("sigma-one-plus", lambda z: sigmoid(z) * (1 + sigmoid(z))),
    ("tanh-slope", lambda z: 1 - sigmoid(z) ** 2),
    ("argument-for-value", lambda z: z * (1 - z)),
    ("relu-slope", relu.df),
    ("slope-not-applied", lambda z: z),
    ("slope-twice", lambda z: sigmoid.df(z) ** 2),
)


def forward() -> tuple[Mistake, ...]:
    """Return the slips of the forward pass, a function of X, W1, b1, W2, b2 that returns Z1, A1, Z2, A2."""

    def made(
        hidden: Function = sigmoid,
        output: Function = right,
        first: Function = lambda W, a, b: W @ a + b,
        second: Function = lambda W, a, b: W @ a + b,
        fed: Function = lambda Z1, A1: A1,
    ) -> Function:
        def run(X: Floats, W1: Floats, b1: Floats, W2: Floats, b2: Floats) -> Any:
            Z1 = first(W1, X, b1)
            A1 = hidden(Z1)
            Z2 = second(W2, fed(Z1, A1), b2)
            return Z1, A1, Z2, output(Z2)

        return run

    def no_bias(W: Floats, a: Floats, b: Floats) -> Any:
        return W @ a

    def slips() -> Iterator[Slip]:
        for slug, unstable in UNSTABLE:
            yield slug, made(output=unstable)
        yield "logits-for-probabilities", made(output=lambda z: z)
        yield "softmax-twice", made(output=lambda z: right(right(z)))
        yield "sigmoid-for-softmax", made(output=sigmoid)
        yield "normaliser-missing", made(output=np.exp)
        yield "normaliser-missing", made(output=lambda z: np.exp(z - z.max()))
        yield "exponential-missing", made(output=lambda z: z / z.sum())
        yield "hardmax", made(output=lambda z: np.eye(len(z))[z.argmax()])
        yield "logarithm-too-many", made(output=log_right)
        yield "shift-on-one-side", made(output=lambda z: np.exp(z - z.max()) / np.exp(z).sum())
        yield "other-normaliser", made(output=lambda z: np.exp(z - z.max()) / np.linalg.norm(np.exp(z - z.max())))
        yield "sigma-missing", made(hidden=lambda z: z)
        yield "other-activation", made(hidden=tanh)
        yield "other-activation", made(hidden=relu)
        yield "softmax-in-hidden", made(hidden=right)
        yield "slope-for-activation", made(hidden=sigmoid.df)
        yield "exponent-sign", made(hidden=lambda z: 1 / (1 + np.exp(z)))
        yield "z-for-a", made(fed=lambda Z1, A1: Z1)
        yield "bias-missing", made(first=no_bias)
        yield "bias-missing", made(second=no_bias)
        yield "bias-missing", made(first=no_bias, second=no_bias)
        yield "sigma-too-early", made(first=lambda W, a, b: W @ sigmoid(a) + b)
        yield "sigma-twice", made(fed=lambda Z1, A1: sigmoid(A1))
        yield "bias-sign", made(first=lambda W, a, b: W @ a - b)
        yield "bias-sign", made(second=lambda W, a, b: W @ a - b)
        yield "bias-sign", made(first=lambda W, a, b: W @ a - b, second=lambda W, a, b: W @ a - b)
        yield "one-shared-bias", made(first=lambda W, a, b: W @ a + b.sum(), second=lambda W, a, b: W @ a + b.sum())
        yield "one-shared-bias", made(first=lambda W, a, b: W @ a + b[0], second=lambda W, a, b: W @ a + b[0])
        yield "z-and-a-swapped", lambda *given: [made()(*given)[i] for i in (1, 0, 3, 2)]
        yield "z-and-a-swapped", lambda *given: [made()(*given)[i] for i in (0, 2, 1, 3)]
        yield "order-reversed", lambda *given: made()(*given)[::-1]
        yield "output-only", lambda *given: made()(*given)[3]
        yield "transpose-extra", made(first=lambda W, a, b: W.T @ a + b, second=lambda W, a, b: W.T @ a + b)
        yield "elementwise-for-product", made(first=lambda W, a, b: (W * a).sum(axis=0) + b)
        yield "elementwise-for-product", made(first=lambda W, a, b: W * a + b)

    return _mistakes(slips())


def gradients() -> tuple[Mistake, ...]:
    """Return the slips of the gradients by W1, b1, W2, b2 and X, a function of X, y and these."""

    def made(
        start: Function = lambda p, y: p - y,
        softmax: Function = right,
        slope: Function = sigmoid.df,
        back: Function = lambda W, d: W.T @ d,
        back_to_input: Function = lambda W, d: W.T @ d,
        outer: Function = np.outer,
        bias: Function = lambda d: d,
        fed_2: Function = lambda X, Z1, A1, A2: A1,
        fed_1: Function = lambda X, Z1, A1, A2: X,
        joined: Function = lambda g, s: g * s,
        to_input: Function = lambda g, dZ1: dZ1,
        to_bias: Function = lambda g, dZ1: dZ1,
    ) -> Function:
        def run(X: Floats, y: Floats, W1: Floats, b1: Floats, W2: Floats, b2: Floats) -> Any:
            Z1 = W1 @ X + b1
            A1 = sigmoid(Z1)
            A2 = softmax(W2 @ A1 + b2)
            dZ2 = start(A2, y)
            g = back(W2, dZ2)
            dZ1 = joined(g, slope(Z1))
            dX = back_to_input(W1, to_input(g, dZ1))
            b1_slope = bias(to_bias(g, dZ1))
            return outer(dZ1, fed_1(X, Z1, A1, A2)), b1_slope, outer(dZ2, fed_2(X, Z1, A1, A2)), bias(dZ2), dX

        return run

    def whatever_fits(W: Floats, d: Floats) -> Any:
        return W @ d if len(d) == W.shape[1] else W.T @ d

    def squared(p: Floats, y: Floats) -> Any:
        return 2 / len(y) * (np.diag(p) - np.outer(p, p)) @ (p - y)

    whole = made()

    def slips() -> Iterator[Slip]:
        for slug, unstable in UNSTABLE:
            yield slug, made(softmax=unstable)
        yield "not-stable", made(start=lambda p, y: (np.diag(p) - np.outer(p, p)) @ (-y / p))
        yield "error-reversed", made(start=lambda p, y: y - p)
        yield "stopped-at-probability", made(start=lambda p, y: -y / p)
        yield "softmax-slope-extra", made(start=lambda p, y: (p - y) * p * (1 - p))
        yield "softmax-slope-extra", made(start=lambda p, y: (np.diag(p) - np.outer(p, p)) @ (p - y))
        yield "path-missing", made(start=lambda p, y: -y * (1 - p))
        yield "targets-unused", made(start=lambda p, y: p)
        for one_hot in (lambda y: np.eye(len(y))[y.argmax()], lambda y: y == 1, lambda y: y > 0, np.square, np.round):
            yield "one-hot-assumed", made(start=lambda p, y, one_hot=one_hot: p - one_hot(y))
        yield "squared-error-start", made(start=squared)
        yield "squared-error-start", made(start=lambda p, y: (p - y) ** 2)
        yield "squared-error-start", made(start=lambda p, y: 2 * (np.diag(p) - np.outer(p, p)) @ (p - y))
        yield "classes-averaged", made(start=lambda p, y: (p - y) / len(y))
        yield "logits-for-probabilities", made(softmax=lambda z: z)
        yield "sigmoid-for-softmax", made(softmax=sigmoid)
        yield "normaliser-missing", made(softmax=np.exp)
        yield "normaliser-missing", made(softmax=lambda z: np.exp(z - z.max()))
        yield "softmax-twice", made(softmax=lambda z: right(right(z)))
        for slug, slope in SLOPES:
            yield slug, made(slope=slope)
        yield "derivative-left-out", made(to_bias=lambda g, dZ1: g)
        yield "slope-passed-over-to-input", made(to_input=lambda g, dZ1: g)
        for forward in (lambda W, d: W @ d, whatever_fits):
            yield "transpose-missing", made(back=forward)
            yield "transpose-missing", made(back_to_input=forward)
            yield "transpose-missing", made(back=forward, back_to_input=forward)
        yield "weight-missing", made(back=lambda W, d: np.full(W.shape[1], d.sum()))
        yield "outer-turned", made(outer=lambda d, a: np.outer(a, d))
        yield "entrywise-for-outer", made(outer=lambda d, a: d * a)
        yield "inner-for-outer", made(outer=lambda d, a: d @ a)
        yield "matrix-product", made(joined=lambda g, s: g @ s)
        yield "outer-product", made(joined=np.outer)
        yield "outer-product", made(joined=lambda g, s: g @ np.outer(s, s))
        yield "entries-added", made(joined=lambda g, s: g + s)
        for bias in (np.sum, np.mean, lambda d: np.full_like(d, d.sum()), lambda d: d.sum(keepdims=True)):
            yield "bias-summed", made(bias=bias)
        yield "arriving-slope-missing", made(bias=np.ones_like)
        yield "bias-as-column", made(bias=lambda d: d[:, None])
        yield "bias-slope", made(bias=lambda d: d * d)
        yield "input-layer", made(fed_2=lambda X, Z1, A1, A2: A2)
        yield "input-layer", made(fed_2=lambda X, Z1, A1, A2: X)
        yield "input-layer", made(fed_1=lambda X, Z1, A1, A2: A1)
        yield "input-layer", made(fed_1=lambda X, Z1, A1, A2: A1, fed_2=lambda X, Z1, A1, A2: A2)
        yield "z-for-a", made(fed_2=lambda X, Z1, A1, A2: Z1)
        yield "input-squashed", made(fed_1=lambda X, Z1, A1, A2: sigmoid(X))
        for order in ((2, 3, 0, 1, 4), (0, 2, 1, 3, 4), (4, 0, 1, 2, 3), (2, 3, 4, 0, 1), (1, 0, 3, 2, 4)):
            yield "gradients-out-of-order", lambda *given, order=order: [whole(*given)[i] for i in order]
        yield "input-gradient-missing", lambda *given: whole(*given)[:4]

    return _mistakes(slips())


def weight_slopes() -> tuple[Mistake, ...]:
    """Return the slips of (p_k − 1[k = label]) x in row k, a function of x, w and the label."""

    def made(
        error: Function = lambda p, t: p - t,
        softmax: Function = right,
        joined: Function = np.outer,
        logits: Function = lambda x, w: w @ x,
    ) -> Function:
        def run(x: Floats, w: Floats, label: int) -> Any:
            return joined(error(softmax(logits(x, w)), np.eye(len(w))[label]), x)

        return run

    def counted_from_one(x: Floats, w: Floats, label: int) -> Any:
        return made()(x, w, label - 1)

    def one_more(x: Floats, w: Floats) -> Any:
        return w @ np.concatenate([[1.0], x])

    def slips() -> Iterator[Slip]:
        for slug, unstable in UNSTABLE:
            yield slug, made(softmax=unstable)
        yield "normaliser-missing", made(softmax=np.exp)
        yield "normaliser-missing", made(softmax=lambda z: np.exp(z - z.max()))
        yield "softmax-twice", made(softmax=lambda z: right(right(z)))
        yield "hardmax", made(softmax=lambda z: np.eye(len(z))[z.argmax()])
        yield "class-in-columns", made(logits=lambda x, w: x @ w)
        yield "class-in-columns", made(logits=lambda x, w: w.T @ x)
        yield "bias-twice", made(logits=one_more)
        yield "bias-missing", made(logits=lambda x, w: w[:, 1:] @ x[1:])
        yield "error-reversed", made(error=lambda p, t: t - p)
        yield "label-unused", made(error=lambda p, t: p)
        yield "own-class-only", made(error=lambda p, t: t * (p - 1))
        yield "own-class-only", lambda x, w, label: (right(w @ x)[label] - 1) * x
        yield "other-classes-only", made(error=lambda p, t: (1 - t) * p)
        yield "one-taken-from-all", made(error=lambda p, t: p - 1)
        yield "softmax-slope-extra", made(error=lambda p, t: (p - t) * p * (1 - p))
        yield "stopped-at-probability", made(error=lambda p, t: -t / p)
        yield "slope-of-p", made(error=lambda p, t: (t @ p) * (t - p))
        yield "slope-of-p", made(error=lambda p, t: p * (1 - p))
        yield "input-missing", made(joined=lambda d, x: np.outer(d, np.ones_like(x)))
        yield "input-missing", made(joined=lambda d, x: d)
        yield "outer-turned", made(joined=lambda d, x: np.outer(x, d))
        yield "inner-for-outer", made(joined=lambda d, x: d.sum() * x)
        yield "entrywise-for-outer", made(joined=lambda d, x: d * x)
        yield "arriving-slope-missing", made(joined=lambda d, x: np.tile(x, (len(d), 1)))
        yield "weight-for-input", lambda x, w, label: (right(w @ x) - np.eye(len(w))[label])[:, None] * w
        yield "sigmoid-for-softmax", made(softmax=sigmoid)
        yield "logits-for-probabilities", made(softmax=lambda z: z)
        yield "labels-counted-from-one", counted_from_one
        yield "classes-averaged", made(error=lambda p, t: (p - t) / len(p))

    return _mistakes(slips())
