"""Two exercises of chapter 12 that are like no single one before: a whole backward pass, and an epoch with momentum."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import sympy
from numpy.typing import ArrayLike, NDArray

from bpkit import nn
from bpkit.checking import Array, Mistake

from .exercise import Problem
from .writing import tex

Floats = NDArray[np.floating[Any]]
Pass = tuple[Floats, Floats, Floats]
Slips = Iterable[tuple[str, tuple[Floats | None, ...]]]

relu = nn.relu


def _answers(names: Iterable[str], right: tuple[Floats, ...], slips: Slips) -> tuple[Array, ...]:
    """Ask for several arrays, each with what the slips make of it; a slip may leave some of them right."""

    def mistakes(place: int) -> Iterator[Mistake]:
        for slug, arrays in slips:
            made = arrays[place]
            if made is not None and (made.shape != right[place].shape or not np.allclose(made, right[place])):
                yield Mistake(slug, made)

    return tuple(
        Array(name, np.asarray(array, float), tuple(mistakes(place)))
        for place, (name, array) in enumerate(zip(names, right, strict=True))
    )


def _backward(
    W3: Floats,
    x: Floats,
    y: Floats,
    z2: Floats,
    *,
    activate: Callable[[Floats], Floats] = relu,
    error: Callable[[Floats, Floats], Floats] = lambda a, y: 2 * (a - y),
    back: Callable[[Floats, Floats, Floats], Floats] = lambda W, d, a: W.T @ d,
    slope: Callable[[Floats], Floats] = relu.df,
    outer: Callable[[Floats, Floats, Floats], Floats] = lambda d, x, a: np.outer(d, x),
) -> Pass:
    """Return d³, d² and ∂L/∂W² of a network with a ReLU layer and a linear one; each step may be put otherwise."""
    a2 = activate(z2)
    a3 = W3 @ a2
    d3 = error(a3, y)
    d2 = back(W3, d3, a3) * slope(z2)
    return d3, d2 + 0.0, outer(d2, x, a2) + 0.0  # no −0


def _network(seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Draw weights, input and target, small whole numbers, so that just one hidden neuron is off and no entry is 0."""
    rng = random.Random(f"a backward pass {seed}")
    while True:
        W2, W3, x, y = (
            np.array([rng.choice((-2, -1, 1, 2, 3)) for _ in range(np.prod(shape))], float).reshape(shape)
            for shape in ((3, 2), (2, 3), (2,), (2,))
        )
        z2 = W2 @ x
        d3, d2, _ = _backward(W3, x, y, z2, slope=np.ones_like)
        told_apart = len({*np.abs(z2)}) == 3 and len({*np.abs(x)}) == len({*np.abs(d3)}) == 2
        if told_apart and (z2 < 0).sum() == 1 and z2.all() and d3.all() and d2.all() and np.abs(d2).max() <= 40:
            return W2, W3, x, y


def backward_pass(seed: int) -> Problem:
    """Forward and backward through a 2–3–2 network with whole numbers."""
    W2, W3, x, y = _network(seed)
    z2 = W2 @ x
    right = _backward(W3, x, y, z2)

    def slipped(**steps: Any) -> Pass:
        return _backward(W3, x, y, z2, **steps)

    slips = [
        ("sigma-missing", slipped(activate=lambda z: z)),
        ("sigma-missing", slipped(activate=lambda z: z, slope=np.ones_like)),
        ("difference-reversed", slipped(error=lambda a, y: 2 * (y - a))),
        ("target-dropped", slipped(error=lambda a, y: 2 * a)),
        ("square-not-differentiated", slipped(error=lambda a, y: (a - y) ** 2)),
        ("derivative-left-out", slipped(slope=np.ones_like)),
        ("relu-for-derivative", slipped(slope=relu)),
        ("sides-flipped", slipped(slope=lambda z: relu.df(-z))),
        ("error-missing", slipped(back=lambda W, d, a: W.sum(axis=0))),
        ("a-sent-back", slipped(back=lambda W, d, a: W.T @ a)),
        *(("path-missing", slipped(back=lambda W, d, a, k=k: W[k] * d[k])) for k in (0, 1)),
        ("outer-turned", slipped(outer=lambda d, x, a: np.outer(x, d))),
        ("index-shift", slipped(outer=lambda d, x, a: np.outer(d, a))),
        ("error-missing", slipped(outer=lambda d, x, a: np.outer(relu.df(z2), x))),
        ("input-missing", slipped(outer=lambda d, x, a: np.outer(d, np.ones(2)))),
        ("bias-summed", slipped(outer=lambda d, x, a: np.outer(np.full(3, d.sum()), x))),
    ]
    return Problem(
        statement=rf"""
A 2–3–2 network without biases has ReLU in layer 2, and in layer 3 no activation function at all, so that
$\mathbf{{a}}^3 = \mathbf{{z}}^3$. The loss of the one sample is $L = \sum_j (a_j^3 - y_j)^2$, without a factor in
front, and
$$W^2 = {_tex(W2)}, \quad W^3 = {_tex(W3)}, \quad \mathbf{{a}}^1 = {_tex(x)}, \quad \mathbf{{y}} = {_tex(y)}.$$
Go forward, and then backward. Hand in three arrays:

- `d3`: $\mathbf{{d}}^3 = \frac{{\partial L}}{{\partial \mathbf{{z}}^3}}$, of shape $(2,)$,
- `d2`: $\mathbf{{d}}^2 = \frac{{\partial L}}{{\partial \mathbf{{z}}^2}}$, of shape $(3,)$,
- `dW2`: $\frac{{\partial L}}{{\partial W^2}}$, laid out like $W^2$, of shape $(3, 2)$.
""",
        answers=_answers(("d3", "d2", "dW2"), right, slips),
        hints=(
            "Write down z², a² and a³ first; the way back reads all of them.",
            "What is the slope of an activation function that does nothing? And that of ReLU, neuron by neuron?",
            "Row j of ∂L/∂W² belongs to neuron j of layer 2, as row j of W² does.",
        ),
        solution=rf"""
Forward, $\mathbf{{z}}^2 = {_tex(z2)}$, $\mathbf{{a}}^2 = {_tex(relu(z2))}$ and
$\mathbf{{a}}^3 = {_tex(W3 @ relu(z2))}$. Backward, layer by layer:
$$\begin{{aligned}}
\mathbf{{d}}^3 &= 2\,(\mathbf{{a}}^3 - \mathbf{{y}}) = {_tex(right[0])}, \\
\mathbf{{d}}^2 &= \left((W^3)^T \mathbf{{d}}^3\right) \odot \sigma'(\mathbf{{z}}^2)
  = {_tex(W3.T @ right[0])} \odot {_tex(relu.df(z2))} = {_tex(right[1])}, \\
\frac{{\partial L}}{{\partial W^2}} &= \mathbf{{d}}^2 (\mathbf{{a}}^1)^T = {_tex(right[2])}.
\end{{aligned}}$$
The neuron that is off gets no error, so none of its weights has a slope.
""",
    )


def _tex(array: Floats) -> str:
    return tex(sympy.Matrix(array.astype(int).tolist()))


def _slope(w: float, x: Floats, y: Floats) -> float:
    """Return the slope of the mean of (w x − y)² over some samples."""
    return float(np.mean(2 * (w * x - y) * x))


def _epoch(
    x: Floats,
    y: Floats,
    w: float,
    batches: Iterable[slice],
    velocity: Callable[[float, float], float],
    *,
    slope: Callable[[float, Floats, Floats], float] = _slope,
    move: Callable[[float, float, float], float] = lambda w, new, old: w + new,
) -> tuple[Floats, Floats]:
    """Return the velocities and the weights after each of the batches; each step may be put otherwise."""
    v, velocities, weights = 0.0, list[float](), list[float]()
    for batch in batches:
        old, v = v, velocity(v, slope(w, x[batch], y[batch]))
        w = move(w, v, old)
        velocities.append(v)
        weights.append(w)
    return np.array(velocities), np.array(weights)


def momentum_epoch(seed: int) -> Problem:
    """One epoch of descent with momentum for a single weight: two batches, the second one smaller."""
    batches = (slice(0, 4), slice(4, 6))
    rng = random.Random(f"an epoch {seed}")
    # Ten times η is neither of the two 1 − μ: whoever misplaces its point is not told of an average.
    start, eta, mu = rng.choice((-1, 1, 2)), rng.choice((0.03, 0.05)), rng.choice((0.8, 0.9))
    while True:
        x = np.array([*rng.sample((-2, -1, 1, 2, 3), 4), *rng.sample((-3, 2, 4), 2)], float)
        y = np.array([rng.choice((-3, -1, 2, 4, 5)) for _ in range(6)], float)
        first, second = (_slope(start, x[batch], y[batch]) for batch in batches)
        if first and second and abs(first) != abs(second) and max(abs(first), abs(second)) <= 30:
            break

    def follow(v: float, g: float) -> float:
        return mu * v - eta * g

    def run(velocity: Callable[[float, float], float] = follow, its: Iterable[slice] = batches, **steps: Any) -> Any:
        return _epoch(x, y, float(start), its, velocity, **steps)

    right = tuple(np.round(part, 12) for part in run())
    everything = (slice(0, 6), slice(0, 6))
    slips = [
        ("ascent", run(lambda v, g: mu * v + eta * g)),
        ("velocity-forgotten", run(lambda v, g: -eta * g)),
        ("momentum-missing", run(lambda v, g: v - eta * g)),
        ("averaging-velocity", run(lambda v, g: mu * v - (1 - mu) * g)),
        ("averaging-velocity", run(lambda v, g: mu * v - (1 - mu) * eta * g)),
        ("step-size-on-velocity", run(lambda v, g: eta * (mu * v - g))),
        ("step-size-on-velocity", run(lambda v, g: eta * (v - g))),
        ("mu-on-all", run(lambda v, g: mu * (v - eta * g))),
        ("rates-swapped", run(lambda v, g: eta * v - mu * g)),
        ("one-minus-mu", run(lambda v, g: (1 - mu) * v - eta * g)),
        ("velocity-sign", run(lambda v, g: -mu * v - eta * g)),
        ("step-size-missing", run(lambda v, g: mu * v - g)),
        ("other-convention", run(lambda v, g: mu * v + g, move=lambda w, new, old: w - eta * new)),
        ("other-convention", run(lambda v, g: mu * v + eta * g, move=lambda w, new, old: w - new)),
        # Here the one moves the weight as "ascent" does, and the other leads to the velocities of "stale-weights".
        ("away", (run(move=lambda w, new, old: w - new)[0], None)),
        ("old-velocity", (None, run(move=lambda w, new, old: w + old)[1])),
        ("step-size-twice", run(move=lambda w, new, old: w + eta * new)),
        ("sum-over-samples", run(slope=lambda w, x, y: len(x) * _slope(w, x, y))),
        ("batch-share", run(slope=lambda w, batch, y: len(batch) / len(x) * _slope(w, batch, y))),
        ("two-missing", run(slope=lambda w, x, y: _slope(w, x, y) / 2)),
        ("input-missing", run(slope=lambda w, x, y: float(np.mean(2 * (w * x - y))))),
        ("target-dropped", run(slope=lambda w, x, y: _slope(w, x, 0 * y))),
        ("stale-weights", run(slope=lambda w, x, y: _slope(start, x, y))),
        ("all-samples", run(its=everything)),
        ("batches-reversed", run(its=batches[::-1])),
        ("sizes-evened", run(its=(slice(0, 3), slice(3, 6)))),
        ("first-size-kept", run(slope=lambda w, x, y: len(x) / 4 * _slope(w, x, y))),
        ("one-batch", run(its=batches[:1])),
        ("one-update", run(its=everything[:1])),
    ]
    listed = {"x": _listed(x), "y": _listed(y)}
    slopes = [_slope(w, x[batch], y[batch]) for w, batch in zip((float(start), right[1][0]), batches, strict=True)]
    return Problem(
        statement=rf"""
A network of a single weight makes $w x$ of an input $x$; the loss of a sample is $(w x - y)^2$, and that of a batch is
the mean over its samples. There are six samples:
$$x = {listed["x"]}, \qquad y = {listed["y"]}.$$
Train for one epoch with batches of 4, in the order in which the samples stand here, without shuffling. Begin at
$w = {start}$ with the velocity $v = 0$, and after each batch take the step
$$v \leftarrow \mu v - \eta\, \frac{{dL}}{{dw}}, \qquad w \leftarrow w + v,$$
with $\eta = {eta:g}$ and $\mu = {mu:g}$.
Hand in two arrays, with one number for each update, in order:

- `velocities`: the velocity after each update,
- `weights`: the weight after each update.
""",
        answers=_answers(("velocities", "weights"), right, slips),
        hints=(
            "How many samples has the second batch? Over how many is its mean?",
            "At which w is the slope of the second batch taken?",
            "The slope of (wx − y)² by w has three factors.",
        ),
        solution=rf"""
The batches are the first four samples and the last two. The slope of a batch is the mean of $2\,(w x - y)\,x$ over it:
${_short(slopes[0])}$ for the first at $w = {start}$, and ${_short(slopes[1])}$ for the second at the new
$w = {_short(right[1][0])}$. So the velocity is first $-{eta:g} \cdot ({_short(slopes[0])})$, then
${mu:g} \cdot ({_short(right[0][0])}) - {eta:g} \cdot ({_short(slopes[1])})$, and each is added to the weight.
""",
    )


def _listed(numbers: ArrayLike) -> str:
    return "(" + ", ".join(f"{number:g}" for number in np.asarray(numbers)) + ")"


def _short(number: float) -> str:
    return f"{number:.6g}"
