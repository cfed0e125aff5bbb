"""What goes wrong in the functions of chapter 07: each mistake, as a function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.checking import Mistake
from bpkit.nn import mean_squared_error, relu, sigmoid, tanh

Floats = NDArray[np.float64]
Function = Callable[..., Any]
Slip = tuple[str, Function]

# What σ'(z) is mistaken for, as functions of z.
SLOPES: tuple[Slip, ...] = (
    ("derivative-left-out", np.ones_like),
    ("sigma-for-derivative", sigmoid),
    ("derivative-of-activation", lambda z: sigmoid.df(sigmoid(z))),
    ("one-minus-sigma", lambda z: 1 - sigmoid(z)),
    ("sigma-one-plus", lambda z: sigmoid(z) * (1 + sigmoid(z))),
    ("tanh-slope", lambda z: 1 - sigmoid(z) ** 2),
    ("tanh-slope", tanh.df),
    ("argument-for-value", lambda z: z * (1 - z)),
    ("slope-not-applied", lambda z: z),
    ("factor-inverted", lambda z: 1 / sigmoid.df(z)),
    ("exponent-sign", lambda z: np.exp(z) / (1 + np.exp(-z)) ** 2),
    ("exponent-sign", lambda z: np.exp(-z) / (1 + np.exp(z)) ** 2),
    ("bracket-missing", lambda z: np.exp(-z) / 1 + np.exp(-z) ** 2),
    ("other-activation", relu.df),
    ("slope-twice", lambda z: sigmoid.df(z) ** 2),
)


# The same mistakes in the letters of Foundations of Data Analysis, where z is what comes out and g the sum before φ.
IN_PHI = {
    "sigma-for-derivative": "phi-for-derivative",
    "sigma-one-plus": "phi-one-plus",
    "argument-for-value": "sum-for-phi",
    "derivative-of-activation": "phi-prime-at-output",
    "slope-twice": "phi-prime-repeated",
}
PHI_SLOPES: tuple[Slip, ...] = tuple((IN_PHI.get(slug, slug), slope) for slug, slope in SLOPES)


def _mistakes(slips: Iterator[Slip]) -> tuple[Mistake, ...]:
    return tuple(Mistake(slug, function) for slug, function in slips)


def _joined(front: Any, slope: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is made of front ⊙ slope when ⊙ is mistaken for another product."""
    yield "matrix-product", front @ slope
    yield "outer-product", np.outer(front, slope)
    yield "outer-product", np.outer(slope, front)
    yield "entries-added", front + slope
    yield "lists-joined", np.concatenate([front, slope])
    yield "factor-inverted", front / slope
    yield "factor-inverted", slope / front


def _products(front: Callable[..., Any]) -> Iterator[Slip]:
    """Yield functions of (…, z) that take another product of `front(…)` and σ'(z)."""
    slugs = [slug for slug, _ in _joined(np.ones(2), np.ones(2))]
    for place, slug in enumerate(slugs):

        def wrong(*given: Any, place: int = place) -> Any:
            *others, z = given
            return list(_joined(front(*others), sigmoid.df(z)))[place][1]

        yield slug, wrong


def output_error() -> tuple[Mistake, ...]:
    """Return the slips of d^F = ∇_a L ⊙ σ'(z^F), a function of ∇_a L and z^F."""

    def slips() -> Iterator[Slip]:
        for slug, slope in SLOPES:
            yield slug, lambda grad_a, z, slope=slope: grad_a * slope(z)
        yield from _products(lambda grad_a: grad_a)
        yield "outer-derivative-dropped", lambda grad_a, z: sigmoid.df(z)
        yield "variables-swapped", lambda grad_a, z: z * sigmoid.df(grad_a)

    return _mistakes(slips())


def _whatever_fits(W: Floats, d: Floats) -> Any:
    """Try W first, and its transpose where the shapes object: between layers of equal width they do not."""
    return W @ d if len(d) == W.shape[1] else W.T @ d


# Wᵀ d as it is mistaken in code.
FORWARD: tuple[Function, ...] = (lambda W, d: W @ d, _whatever_fits)


def hidden_error() -> tuple[Mistake, ...]:
    """Return the slips of d^l = ((W^{l+1})ᵀ d^{l+1}) ⊙ σ'(z^l), a function of W^{l+1}, d^{l+1} and z^l."""

    def slips() -> Iterator[Slip]:
        for slug, slope in SLOPES:
            yield slug, lambda W, d, z, slope=slope: (W.T @ d) * slope(z)
        for forward in FORWARD:
            yield "transpose-missing", lambda W, d, z, forward=forward: forward(W, d) * sigmoid.df(z)
            yield "derivative-left-out+transpose-missing", lambda W, d, z, forward=forward: forward(W, d)
        yield from _products(lambda W, d: W.T @ d)
        # σ' before the product with Wᵀ: at z^l, which only equal widths allow, or at z^{l+1} without its bias.
        yield "wrong-layer", lambda W, d, z: W.T @ (d * sigmoid.df(z))
        yield "wrong-layer", lambda W, d, z: W.T @ (d * sigmoid.df(W @ sigmoid(z)))
        yield "wrong-layer", lambda W, d, z: (W.T @ d) * sigmoid.df(W @ sigmoid(z))
        yield "slope-repeated", lambda W, d, z: (W.T @ (d * sigmoid.df(W @ sigmoid(z)))) * sigmoid.df(z)
        yield "link-weight-missing", lambda W, d, z: d.sum() * sigmoid.df(z)
        yield "link-weight-missing", lambda W, d, z: d * sigmoid.df(z)
        yield "outer-derivative-dropped", lambda W, d, z: W.sum(axis=0) * sigmoid.df(z)
        yield "products-of-sums", lambda W, d, z: W.sum(axis=0) * d.sum() * sigmoid.df(z)
        yield "paths-averaged", lambda W, d, z: (W.T @ d) / len(d) * sigmoid.df(z)
        yield "paths-not-added", lambda W, d, z: W.T * d * sigmoid.df(z)[:, None]
        yield "paths-not-added", lambda W, d, z: (W.T * d).T * sigmoid.df(z)
        for k in (0, -1):
            yield "path-missing", lambda W, d, z, k=k: W[k] * d[k] * sigmoid.df(z)
            yield "term-missing", lambda W, d, z, k=k: (W.T @ d - W[k] * d[k]) * sigmoid.df(z)
        yield "error-missing", lambda W, d, z: W.T * sigmoid.df(z)[:, None]
        yield "input-for-weight", lambda W, d, z: d.sum() * sigmoid(z) * sigmoid.df(z)

    return _mistakes(slips())


def weight_gradient() -> tuple[Mistake, ...]:
    """Return the slips of ∂L/∂W^l = d^l (a^{l−1})ᵀ, a function of d^l and a^{l−1}."""

    def slips() -> Iterator[Slip]:
        yield "outer-turned", lambda d, a: np.outer(a, d)
        pairings: list[Function] = [
            lambda d, a: d * a,
            lambda d, a: np.diag(d * a),
            lambda d, a: (d * a)[:, None],
        ]
        sums: list[Function] = [
            lambda d, a: d @ a,
            lambda d, a: d.sum() * a,
            lambda d, a: d * a.sum(),
            lambda d, a: np.sum(np.outer(d, a)),
        ]
        yield from (("entrywise-for-outer", product) for product in pairings)
        yield from (("inner-for-outer", product) for product in sums)
        yield "slope-for-input", lambda d, a: np.outer(d, a * (1 - a))
        yield "slope-repeated", lambda d, a: np.outer(d, a * a * (1 - a))
        yield "slope-for-input", lambda d, a: np.outer(d, sigmoid.df(a))
        yield "slope-repeated", lambda d, a: np.outer(d * d * (1 - d), a)
        yield "slope-repeated", lambda d, a: np.outer(d * sigmoid.df(d), a)
        yield "sigma-twice", lambda d, a: np.outer(d, sigmoid(a))
        yield "input-missing", lambda d, a: np.outer(d, np.ones_like(a))
        yield "error-missing", lambda d, a: np.outer(np.ones_like(d), a)
        yield "sum-and-product", lambda d, a: np.add.outer(d, a)
        yield "factor-inverted", lambda d, a: np.outer(d, 1 / a)
        yield "factor-inverted", lambda d, a: np.outer(1 / d, a)
        yield "factor-inverted", lambda d, a: np.outer(1 / a, d).T
        yield "first-twice", lambda d, a: np.outer(d, d)
        yield "first-twice", lambda d, a: np.outer(a, a)
        yield "flattened", lambda d, a: np.outer(d, a).ravel()
        yield "flattened", lambda d, a: np.kron(d, a)

    return _mistakes(slips())


def bias_gradient() -> tuple[Mistake, ...]:
    """Return the slips of ∂L/∂b^l = d^l, a function of d^l."""

    def slips() -> Iterator[Slip]:
        for join in (np.sum, np.mean, sum, lambda d: d.sum(keepdims=True), lambda d: np.full_like(d, d.sum())):
            yield "bias-summed", join
        yield "bias-summed", lambda d: np.full_like(d, d.mean())
        yield "error-missing", np.ones_like
        yield "bias-slope", lambda d: d * d
        yield "slope-repeated", lambda d: d * (1 - d)
        yield "slope-repeated", lambda d: d * d * (1 - d)
        yield "slope-repeated", lambda d: d * sigmoid.df(d)
        yield "bias-slope", lambda d: np.outer(d, d)
        yield "bias-slope", lambda d: np.outer(d, np.ones_like(d))

    return _mistakes(slips())


def layer_slopes() -> tuple[Mistake, ...]:
    """Return the slips of the array ∂z_k/∂W_ij = φ'(g_k) δ_ik x_j, a function of W and x."""

    def right(W: Floats, x: Floats, slope: Function = sigmoid.df, feed: Function = lambda x: x) -> Any:
        return np.einsum("k,ki,j->kij", slope(W @ x), np.eye(len(W)), feed(x))

    def slips() -> Iterator[Slip]:
        for slug, slope in PHI_SLOPES:
            yield slug, lambda W, x, slope=slope: right(W, x, slope)
        for axes in permutations(range(3)):
            if axes not in ((0, 1, 2), (1, 0, 2)):  # k and i may change places: the entries are those with k = i
                yield "axes-order", lambda W, x, axes=axes: right(W, x).transpose(axes)
        yield (
            "weight-elsewhere",
            lambda W, x: np.einsum("k,i,j->kij", sigmoid.df(W @ x), np.ones(len(W)), x),
        )
        yield (
            "weight-elsewhere",
            lambda W, x: np.einsum("k,i,j->kij", np.ones(len(W)), sigmoid.df(W @ x), x),
        )
        yield "zeros-left-out", lambda W, x: np.outer(sigmoid.df(W @ x), x)
        yield "derivative-left-out+zeros-left-out", lambda W, x: np.tile(x, (len(W), 1))
        yield "weights-in-a-row", lambda W, x: right(W, x).reshape(len(W), -1)
        yield "flattened", lambda W, x: right(W, x).ravel()
        yield "feed-missing", lambda W, x: right(W, x, feed=np.ones_like)
        yield "weight-for-input", lambda W, x: np.einsum("k,ki,kj->kij", sigmoid.df(W @ x), np.eye(len(W)), W)
        yield (
            "weight-for-input",
            lambda W, x: np.einsum("k,kj->kj", sigmoid.df(W @ x), W),
        )
        yield "slope-inside", lambda W, x: np.einsum("ki,j->kij", np.eye(len(W)), sigmoid.df(x))
        yield "paths-not-added", lambda W, x: np.einsum("kj,ki,j->kij", sigmoid.df(W * x), np.eye(len(W)), x)

    return _mistakes(slips())


def two_layers() -> tuple[Mistake, ...]:
    """Return the slips of ∂L/∂W⁽¹⁾ and ∂L/∂W⁽²⁾, a function of W⁽¹⁾, W⁽²⁾, x and y."""
    by_error = mean_squared_error.gradient

    def with_slip(
        by_output: Function = by_error,
        slope_2: Function = sigmoid.df,
        slope_1: Function = sigmoid.df,
        back: Function = lambda W2, d2: W2.T @ d2,
        feed_2: Function = lambda x, z, out: z,
        feed_1: Function = lambda x, z, out: x,
        outer: Function = np.outer,
        phi: Function = sigmoid,
    ) -> Function:
        def gradients(W1: Floats, W2: Floats, x: Floats, y: Floats) -> tuple[Any, Any]:
            g1 = W1 @ x
            z = phi(g1)
            g2 = W2 @ z
            out = phi(g2)
            d2 = by_output(out, y) * slope_2(g2)
            d1 = back(W2, d2) * slope_1(g1)
            return outer(d1, feed_1(x, z, out)), outer(d2, feed_2(x, z, out))

        return gradients

    def factor(number: Callable[[int], float]) -> Function:
        return with_slip(by_output=lambda out, y: number(len(y)) * by_error(out, y))

    def slips() -> Iterator[Slip]:
        yield "printed-line", with_slip(slope_1=np.ones_like)
        for slug, slope in PHI_SLOPES:
            if slug != "derivative-left-out":
                yield slug, with_slip(slope_1=slope)
            yield slug, with_slip(slope_2=slope)
            yield slug, with_slip(slope_1=slope, slope_2=slope)
        for forward in FORWARD:
            yield "transpose-missing", with_slip(back=forward)
        yield "outer-turned", with_slip(outer=lambda d, a: np.outer(a, d))
        yield "inner-for-outer", with_slip(outer=lambda d, a: d @ a)
        yield "entrywise-for-outer", with_slip(outer=lambda d, a: d * a)
        yield "input-layer", with_slip(feed_2=lambda x, z, out: x)
        yield "input-layer", with_slip(feed_2=lambda x, z, out: out)
        yield "input-layer", with_slip(feed_1=lambda x, z, out: z)
        yield "input-layer", with_slip(feed_2=lambda x, z, out: out, feed_1=lambda x, z, out: z)
        yield "link-weight-missing", with_slip(back=lambda W2, d2: d2.sum())
        yield "path-missing", with_slip(back=lambda W2, d2: W2[0] * d2[0])
        yield "path-missing", with_slip(back=lambda W2, d2: W2[-1] * d2[-1])
        yield "difference-reversed", with_slip(by_output=lambda out, y: by_error(y, out))
        yield "two-missing", factor(lambda c: 1 / 2)
        yield "mse-sum", factor(lambda c: c)
        yield "mse-half", factor(lambda c: c / 2)
        yield "target-dropped", with_slip(by_output=lambda out, y: by_error(out, 0 * y))
        yield "outer-derivative-dropped", with_slip(by_output=lambda out, y: np.ones_like(y))
        yield "square-not-differentiated", with_slip(by_output=lambda out, y: (out - y) ** 2 / len(y))
        yield "other-activation", with_slip(phi=tanh, slope_1=tanh.df, slope_2=tanh.df)
        yield "sigma-missing", with_slip(phi=lambda g: g)
        right = with_slip()
        yield "results-in-order", lambda *given: right(*given)[::-1]
        yield "outer-turned", lambda *given: (right(*given)[0].T, right(*given)[1])
        yield "outer-turned", lambda *given: (right(*given)[0], right(*given)[1].T)

    return _mistakes(slips())


def vjp() -> tuple[Mistake, ...]:
    """Return the slips of v J_K ⋯ J_1, a function of v and the list of Jacobians."""

    def through(v: Floats, jacobians: list[Floats], step: Function = lambda v, J: v @ J) -> Any:
        for J in jacobians:
            v = step(v, J)
        return v

    def product(jacobians: list[Floats]) -> Floats:
        whole = jacobians[0]
        for J in jacobians[1:]:
            whole = whole @ J
        return whole

    def slips() -> Iterator[Slip]:
        yield "matrices-first", lambda v, jacobians: v @ product(jacobians)
        yield "transposed-jacobian", lambda v, jacobians: through(v, jacobians, lambda v, J: J @ v)
        yield "jacobians-skipped+transposed-jacobian", lambda v, jacobians: jacobians[0] @ v
        yield "factors-swapped", lambda v, jacobians: through(v, jacobians[::-1])
        yield "factors-swapped", lambda v, jacobians: v @ product(jacobians[::-1])
        yield "jacobians-skipped", lambda v, jacobians: v @ jacobians[0]
        yield "jacobians-skipped", lambda v, jacobians: v @ jacobians[-1]
        yield "jacobians-skipped", lambda v, jacobians: through(v, jacobians[:-1])
        yield "jacobians-skipped", lambda v, jacobians: through(v, jacobians[1:])
        yield "outer-derivative-dropped", lambda v, jacobians: product(jacobians)
        yield "outer-derivative-dropped", lambda v, jacobians: through(np.ones_like(v), jacobians)
        yield "start-for-step", lambda v, jacobians: v
        yield "slopes-added", lambda v, jacobians: sum(v @ J for J in jacobians)

    return _mistakes(slips())


def multiplications() -> tuple[Mistake, ...]:
    """Return the slips of counting both orders, a function of the widths n_0, …, n_K."""

    def vector(sizes: list[int]) -> int:
        return sum(n * m for n, m in pairwise(sizes))

    def matrices(sizes: list[int]) -> int:
        *rest, last = sizes
        return sum(n * m * last for n, m in pairwise(rest)) + sizes[0] * last

    def from_the_left(sizes: list[int]) -> int:  # (J_K J_{K−1}) ⋯ J_1, and v at the end
        first, *rest = sizes
        return sum(n * m * first for n, m in pairwise(rest)) + sizes[-1] * first

    def slips() -> Iterator[Slip]:
        yield "results-in-order", lambda sizes: (matrices(sizes), vector(sizes))
        yield "vector-last", lambda sizes: (matrices(sizes), matrices(sizes))
        yield "product-uncounted", lambda sizes: (vector(sizes), matrices(sizes) - sizes[0] * sizes[-1])
        yield "other-end", lambda sizes: (vector(sizes), from_the_left(sizes))
        yield (
            "widths-equal",
            lambda sizes: ((len(sizes) - 1) * sizes[0] ** 2, (len(sizes) - 2) * sizes[0] ** 3 + sizes[0] ** 2),
        )
        yield "products-miscounted", lambda sizes: (vector(sizes[1:]), matrices(sizes))
        yield "products-miscounted", lambda sizes: (vector(sizes[:-1]), matrices(sizes))
        yield "sum-and-product", lambda sizes: (sum(sizes), matrices(sizes))
        # Right but for a chain of one Jacobian.
        alone: list[Callable[[int, int], tuple[int, int]]] = [
            lambda n, m: (n * m, 0),
            lambda n, m: (n * m, 2 * n * m),
            lambda n, m: (n * m, n * m * m),
            lambda n, m: (n * m, n * m * m + n * m),
            lambda n, m: (0, 0),
        ]
        for one in alone:
            yield (
                "single-jacobian",
                lambda sizes, one=one: one(*sizes) if len(sizes) == 2 else (vector(sizes), matrices(sizes)),
            )

    return _mistakes(slips())
