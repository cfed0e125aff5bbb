"""Chapter 09: descent down the slope, until a network reads handwritten digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise, product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit import data, nn
from bpkit.checking import AnswerError, Array, Function, Matrix, Mistake
from bpkit.checking.array_diagnosis import same
from bpkit.checking.functions import Case
from bpkit.checking.measured import Decisions, Measured, Number

from .exercise import Chapter, Problem
from .softmax_forward import finite
from .training_batches import promises
from .training_descent import descent
from .training_explorer import small_enough
from .training_slips import (
    batch_slips,
    confusion_slips,
    epoch_slips,
    from_labels,
    likelihood_slips,
    momentum_slips,
    one_hot,
    step_slips,
)

CHAPTER = Chapter(
    "09_training",
    "Training",
    reading={"dsc255/learning-as-optimization": "Learning is making a number small"},
)

Floats = NDArray[np.floating[Any]]
Numbers = NDArray[np.int64]
Layers = dict[int, Floats]


def _unlike(wrong: Iterable[tuple[str, Floats]], right: Floats, rtol: float) -> tuple[Mistake, ...]:
    """Keep what is wrong in this instance."""
    made = [(slug, np.asarray(result, np.float64)) for slug, result in wrong]
    return tuple(Mistake(slug, m) for slug, m in made if not same(m, np.asarray(right, np.float64), rtol))


# 9.1: one step down the slope


def _step(theta: Floats, gradients: Floats, eta: float) -> Any:
    """Return θ − η ∇L_T; row i of gradients is the gradient of sample i's loss."""
    return theta - eta * np.mean(gradients, axis=0)


def _step_cases() -> list[Case]:
    rng = np.random.default_rng(91)
    return [
        Case((rng.normal(size=P), rng.normal(size=(N, P)), eta), f"N = {N} samples and P = {P} parameters")
        for N, P, eta in ((5, 3, 0.1), (2, 4, 0.25), (7, 2, 0.5), (1, 6, 0.3), (4, 4, 0.2))
    ]


@CHAPTER.exercise("9.1", "One step down the slope", covers="worksheet/gradient-descent", points=2)
def step() -> Problem:
    """θ − η ∇L_T, from the gradients of the single samples."""
    return Problem(
        statement=r"""
All weights and biases of a network stand in one vector $\theta$ of shape $(P,)$. For $N$ samples you are given
the gradients of their losses $L_1, \dots, L_N$: an array of shape $(N, P)$ whose row $i$ is $\nabla L_i$. The total
loss is the mean $L_T = \frac1N \sum_i L_i$.

Write a function `step(theta, gradients, eta)` that makes one step of gradient descent on $L_T$ with the learning rate
$\eta$, and returns the new $\theta$, of shape $(P,)$. It must work for any $N$ and $P$, and leave its arguments as they
are.
""",
        answers=(Function("step", _step, _step_cases(), mistakes=step_slips()),),
        hints=(
            "The gradient of a mean is the mean of the gradients.",
            "Which axis of `gradients` counts the samples? The result has one entry for each parameter.",
            "The gradient points to where the loss rises fastest.",
        ),
        solution=r"""
$\nabla L_T = \frac1N \sum_i \nabla L_i$ is the mean over the rows, of shape $(P,)$, and the step goes against it:
$\theta - \eta\, \nabla L_T$.
""",
    )


# 9.2: the loss of a classifier


def _nll(z: Floats, labels: Numbers) -> Any:
    """Return −Σ_i log Pr(label i | sample i), where Pr is the softmax of column i of z."""
    z = z - np.max(z, axis=0)  # leaves the probabilities as they are, and keeps e^z in bounds
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.sum(log_p[labels, np.arange(len(labels))])


def _cross_entropy(z: Floats, Y: Floats) -> Any:
    """Return −Σ_i Σ_j y_ji log p_ji, where p is the softmax of each column of z."""
    z = z - np.max(z, axis=0)
    log_p = z - np.log(np.sum(np.exp(z), axis=0))
    return -np.sum(Y * log_p)


def _logit_cases() -> Iterator[tuple[Floats, Numbers, str]]:
    """Yield logits and labels of unequal shapes; the last logits are so large that e^z overflows."""
    rng = np.random.default_rng(92)
    for c, N in ((3, 5), (4, 2), (2, 7), (5, 1)):
        yield rng.normal(size=(c, N)), rng.integers(c, size=N), f"c = {c} classes and N = {N} samples"
    extreme = [[1000.0, -1000, -990], [0, 1000, -1000], [-900, 999, -995]]
    yield np.array(extreme), np.array([2, 2, 1]), "logits up to ±1000"


@CHAPTER.exercise("9.2", "The loss of a classifier, written twice", covers="dsc255/nll", points=3)
def likelihood() -> Problem:
    """−Σ log Pr(label | sample), with label numbers and with one-hot labels."""
    logits = [*_logit_cases()]
    return Problem(
        statement=r"""
A network ends with the logits $z$ of shape $(c, N)$: one row for each of $c$ classes, one column for each of $N$
samples. The classes count from 0 to $c - 1$, as rows do in Python. The softmax of column $i$ gives the probabilities
$p_{0i}, \dots, p_{c-1,\,i}$, so that $\Pr(j \mid \text{sample } i) = p_{ji}$.

(a) `nll(z, labels)`: the labels are $N$ class numbers from 0 to $c - 1$, an array of shape $(N,)$. Return the
**negative log-likelihood** $L = -\sum_{i} \log \Pr(\text{label}_i \mid \text{sample } i)$, one number: the sum over
the samples, not their mean, with the natural logarithm.

(b) `cross_entropy(z, Y)`: the labels come as columns of zeros with a single 1, an array $Y$ of shape $(c, N)$. Return
$L = -\sum_i \sum_j y_{ji} \log p_{ji}$.

Both must be right for logits of $\pm 1000$, where $e^z$ overflows and a $p$ may be rounded to 0, and leave their
arguments as they are.
""",
        answers=(
            Function(
                "nll",
                _nll,
                [Case((z, labels), said) for z, labels, said in logits],
                tuple(Mistake(slug, partial(from_labels, wrong=wrong)) for slug, wrong in likelihood_slips(True)),
                use=finite,
            ),
            Function(
                "cross_entropy",
                _cross_entropy,
                [Case((z, one_hot(labels, len(z))), said) for z, labels, said in logits],
                tuple(Mistake(slug, wrong) for slug, wrong in likelihood_slips(False)),
                use=finite,
            ),
        ),
        hints=(
            "Instead of computing p and then its logarithm, write log p out: it is the logarithm of a quotient.",
            "Taking the largest logit of a column from all logits of that column leaves the probabilities as they are.",
            "`log_p[labels, np.arange(N)]` picks one entry from each column.",
        ),
        solution=r"""
$\log p_j = z_j - \log \sum_k e^{z_k}$, and the same with $z - \max_k z_k$ in place of $z$: then no exponential
exceeds $e^0 = 1$, their sum is at least 1, and nothing overflows or becomes $\log 0$. In a one-hot column $y_j$ is 1
for the label and 0 elsewhere, so $-\sum_j y_j \log p_j$ keeps just the logarithm that (a) picks: both are one loss.
""",
    )


# 9.3: batches


def _batches(N: int, batch_size: int, rng: np.random.Generator) -> Iterator[Numbers]:
    """Yield the numbers 0, …, N − 1 in random order, batch_size at a time; the last batch holds what is left."""
    order = rng.permutation(N)
    for start in range(0, N, batch_size):
        yield order[start : start + batch_size]


def _batch_cases() -> list[Case]:
    pairs = ((41, 4), (30, 3), (11, 1), (10, 16))
    return [Case((N, size, 93), f"N = {N} and batch_size = {size}") for N, size in pairs]


@CHAPTER.exercise("9.3", "Batches", covers="worksheet/sgd", points=3)
def batches() -> Problem:
    """Shuffled batches that hold every sample once an epoch."""
    return Problem(
        statement=r"""
An **epoch** goes once through all $N$ samples. Write a generator `batches(N, batch_size, rng)` that yields the sample
numbers of one epoch, batch by batch, as arrays of whole numbers:

- every number from 0 to $N - 1$ comes exactly once,
- in random order, for which you use `rng`, a NumPy generator such as `np.random.default_rng(0)` makes it,
- each batch holds `batch_size` numbers, and the last one what is left over.

So `batches(10, 4, rng)` yields three arrays, of 4, 4 and 2 numbers; called again with the same `rng` it goes through
another order. Each batch is a vector; the check takes it as it is at the moment when it is handed out.
""",
        answers=(
            Function(
                "batches",
                _batches,
                _batch_cases(),
                mistakes=batch_slips(),
                use=promises,
            ),
        ),
        hints=(
            "First put the numbers 0 to N − 1 in a random order, then cut that order into pieces.",
            "`rng.permutation(N)` gives a random order; `range` takes a step as its third argument.",
            "A slice that reaches beyond the end of an array simply stops there.",
        ),
        solution=r"""
One random order of all numbers, cut into pieces of `batch_size`. The samples are shuffled once for each epoch, before
they are cut, so that none is lost and none comes twice.
""",
    )


# 9.4: an epoch of training


def _train_epoch(
    W: Layers, b: Layers, X: Floats, Y: Floats, eta: float, batches: Sequence[Numbers], gradient: Callable[..., Any]
) -> tuple[Layers, Layers]:
    """Return the weights and biases after one update for each batch of row numbers."""
    W, b = dict(W), dict(b)
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        for l in W:
            W[l] = W[l] - eta * dW[l]
            b[l] = b[l] - eta * db[l]
    return W, b


def _gradient(W: Layers, b: Layers, X: Floats, Y: Floats) -> tuple[Layers, Layers]:
    """Return the gradients of the mean cross-entropy: sigmoids in the hidden layers, and then softmax."""
    F, a = max(W), {1: X.T}
    for l in range(2, F + 1):
        z = W[l] @ a[l - 1] + b[l][:, None]
        a[l] = nn.softmax(z) if l == F else nn.sigmoid(z)
    dW: Layers = {}
    db: Layers = {}
    d = (a[F] - Y.T) / len(X)
    for l in range(F, 1, -1):
        dW[l], db[l] = d @ a[l - 1].T, d.sum(axis=1)
        d = W[l].T @ d * a[l - 1] * (1 - a[l - 1])
    return dW, db


def _on_copies(given: Callable[..., Any], W: Layers, b: Layers, *rest: Any) -> Any:
    """Call `given` on copies of W and b, so that it may update them in place or build new ones."""
    batches = rest[3]
    before = [batch.copy() for batch in batches]
    returned = given({l: W[l].copy() for l in W}, {l: b[l].copy() for l in b}, *rest)
    if len(batches) != len(before) or not all(map(np.array_equal, batches, before)):
        raise AnswerError("your function changes the list of batches; leave it as it came.")
    if type(returned) is dict:
        raise AnswerError("your function returns one dict; two are asked for, W and b.")
    if isinstance(returned, tuple | list) and len(returned) != 2:
        raise AnswerError(f"your function returns {len(returned)} things; two are asked for, W and b.")
    return tuple(returned) if type(returned) is list else returned


def _epoch_cases() -> list[Case]:
    rng = np.random.default_rng(94)

    def case(sizes: tuple[int, ...], N: int, cuts: Sequence[int], eta: float) -> Case:
        pairs = list(enumerate(pairwise(sizes), start=2))
        W = {l: rng.normal(size=(n, below)) for l, (below, n) in pairs}
        b = {l: rng.normal(size=n) for l, (_, n) in pairs}
        X, Y = rng.normal(size=(N, sizes[0])), np.eye(sizes[-1])[rng.integers(sizes[-1], size=N)]
        order = np.split(rng.permutation(N), cuts)
        widths, lengths = "–".join(map(str, sizes)), ", ".join(str(len(batch)) for batch in order)
        return Case((W, b, X, Y, eta, order, _gradient), f"a {widths} network and batches of {lengths} samples")

    return [case((3, 4, 2), 8, [3, 6], 0.5), case((2, 5, 4, 3), 9, [4], 0.8), case((4, 3), 7, [2, 4, 6], 0.3)]


@CHAPTER.exercise("9.4", "One epoch of training", covers="dsc255/algorithm", points=4)
def train_epoch() -> Problem:
    """For each batch: forward pass, backward pass, update."""
    return Problem(
        statement=r"""
Write `train_epoch(W, b, X, Y, eta, batches, gradient)`: one epoch of mini-batch descent. What comes in:

- `W` and `b`: dicts of arrays by layer $l = 2, \dots, F$, so that `W[2]` is $W^2$;
- `X` of shape $(N, n_1)$ and `Y` of shape $(N, n_F)$: one sample in each row, and what is right for it;
- `eta`: the learning rate $\eta$;
- `batches`: a list of arrays of row numbers, such as 9.3 makes them;
- `gradient`: a function. `dW, db = gradient(W, b, X_B, Y_B)` makes the forward and the backward pass for the rows of
  one batch $B$ and returns the gradients of the batch loss $L_B$, the *mean* over its samples, as dicts by layer.

Go through the batches in their order, make one update of all weights and biases for each, and return `W, b` as they are
in the end. Whether you change `W` and `b` in place or build new ones is up to you; leave the rest as it is.
""",
        answers=(
            Function(
                "train_epoch",
                _train_epoch,
                _epoch_cases(),
                mistakes=epoch_slips(),
                use=_on_copies,
                labels=lambda W, b, *_: [*(f"W[{l}]" for l in W), *(f"b[{l}]" for l in b)],
            ),
        ),
        hints=(
            "`X[batch]` takes the rows of a batch out of `X`.",
            "Three lines for each batch: both passes in one call, then the update of every layer.",
            "Which weights is the second batch's gradient taken at?",
        ),
        solution=r"""
For each batch the gradient is taken at the weights as they are *now*; only when it is there in full do all layers move.
The batch loss is a mean already, so $W^l \leftarrow W^l - \eta\, \frac{\partial L_B}{\partial W^l}$, and the same
for $\mathbf{b}^l$, with no further factor.
""",
    )


# 9.5: one loop, three settings

LOSS_RTOL = 2e-3
LEARNED = 1347  # digits in the training part


@cache
def _trained(N: int, batch_size: int, epochs: int, eta: float) -> tuple[float, ...]:
    """Train a 64–16–10 network on the first N digits.

    Returns
    -------
    tuple
        The loss afterwards, the loss met on the way in the last epoch, the loss on the digits held out, and the share
        of these N that are read rightly.
    """
    digits, net = data.digits(), nn.Network((64, 16, 10))
    X, y = digits.X_train[:N], digits.y_train[:N]
    history = net.fit(X, y, epochs=epochs, batch_size=batch_size, learning_rate=eta, progress=False)
    right = float(np.mean(net.predict(X) == y))
    return net.loss(X, y), history.loss[-1], net.loss(digits.X_test, digits.y_test), right


@cache
def _trained_on(N: int, sizes: tuple[int, ...], epochs: int, eta: float) -> list[float]:
    """Train one and the same network with one batch size after another; return the loss after each."""
    digits, net, losses = data.digits(), nn.Network((64, 16, 10)), []
    X, y = digits.X_train[:N], digits.y_train[:N]
    for size in sizes:
        net.fit(X, y, epochs=epochs, batch_size=size, learning_rate=eta, progress=False)
        losses.append(net.loss(X, y))
    return losses


@CHAPTER.exercise(
    "9.5",
    "One loop, three settings",
    covers="dsc255/gd-variants",
    points=3,
    vary={"N": (300, 400, 450, 600), "m": (16, 24, 40, 64)},
)
def variants(N: int = 500, m: int = 32, epochs: int = 5) -> Problem:
    """How many updates batch, stochastic and mini-batch descent make, and how far they get."""
    eta, sizes = 0.2, (N, 1, m)
    per_epoch = np.array([-(-N // size) for size in sizes])
    updates = epochs * per_epoch
    wrong_counts = [
        ("one-epoch", per_epoch),
        ("rest-lost", epochs * np.array([N // size for size in sizes])),
        ("gradients-for-updates", np.full(3, epochs * N)),
        ("size-for-updates", np.array(sizes)),
        ("size-for-updates", epochs * np.array(sizes)),
        ("fraction-of-update", epochs * N / np.array(sizes, float)),
        ("all-digits", epochs * np.array([1, LEARNED, -(-LEARNED // m)])),
    ]
    runs = np.array([_trained(N, size, epochs, eta) for size in sizes]).T
    wrong_losses = [
        ("loss-on-the-way", runs[1]),
        ("held-out-for-training", runs[2]),
        ("share-for-loss", runs[3]),
        ("share-for-loss", 1 - runs[3]),
        ("one-epoch", np.array([_trained(N, size, 1, eta)[0] for size in sizes])),
        ("network-reused", np.array(_trained_on(N, sizes, epochs, eta))),
        ("all-digits", np.array([_trained(LEARNED, size, epochs, eta)[0] for size in (LEARNED, 1, m)])),
    ]

    return Problem(
        statement=rf"""
Take the first $N = {N}$ digits of the training part and train a new network on them for {epochs} epochs, three times:

(1) with all samples in one batch, (2) with one sample at a time, (3) with batches of {m}.

```
X, y = digits.X_train[:{N}], digits.y_train[:{N}]
net = bpkit.nn.Network((64, 16, 10), seed=0)
net.fit(X, y, epochs={epochs}, batch_size=..., learning_rate={eta}, seed=0)
```

(a) `updates`: how many times are the weights updated in all {epochs} epochs? An array of three whole numbers.

(b) `losses`: the total loss `net.loss(X, y)` after training. An array of three numbers, each to three significant
digits.

Both are in the order of (1), (2) and (3).
""",
        answers=(
            Measured("updates", 1.0 * updates, _unlike(wrong_counts, updates, 1e-7), digits=6),
            Measured("losses", runs[0], _unlike(wrong_losses, runs[0], LOSS_RTOL)),
        ),
        hints=(
            "One update for each batch: how many batches are there in an epoch?",
            "A last batch that is smaller than the others makes an update, too.",
            "All three settings begin with the same weights, so make a new network for each.",
        ),
        solution=rf"""
(a) An epoch has $\lceil N / \text{{batch size}} \rceil$ batches: {", ".join(map(str, per_epoch))}. Times {epochs}
epochs that makes {", ".join(map(str, updates))} updates.

(b) One loop does all three; only the batch size differs:

```python
X, y, after = digits.X_train[:{N}], digits.y_train[:{N}], []
for batch_size in {sizes}:
    net = bpkit.nn.Network((64, 16, 10), seed=0)
    net.fit(X, y, epochs={epochs}, batch_size=batch_size, learning_rate={eta}, seed=0)
    after.append(net.loss(X, y))
```

Each setting has computed {epochs * N} gradients of single samples. With more updates from them, the loss has come
further down.
""",
    )


# 9.6: momentum


def _momentum_step(theta: Floats, v: Floats, gradient: Floats, eta: float, mu: float) -> tuple[Floats, Floats]:
    """Return the new parameters and the new velocity: v ← μ v − η ∇L, then θ ← θ + v."""
    v = mu * v - eta * gradient
    return theta + v, v


@CHAPTER.exercise("9.6", "A step with momentum", points=2)
def momentum() -> Problem:
    """V ← μ v − η ∇L, θ ← θ + v."""
    rng = np.random.default_rng(96)
    cases = [
        Case((*rng.normal(size=(3, P)), eta, mu), f"P = {P} parameters, η = {eta:g} and μ = {mu:g}")
        for P, eta, mu in ((3, 0.1, 0.9), (5, 0.3, 0.5), (4, 0.25, 0.0))
    ]
    return Problem(
        statement=r"""
With **momentum** the parameters have a velocity $v$, which keeps a share $\mu$ of what it was:
$$v \leftarrow \mu\, v - \eta\, \nabla L, \qquad \theta \leftarrow \theta + v,$$
first the velocity, and then the parameters with the new one. Write `momentum_step(theta, v, gradient, eta, mu)`, which
returns the new `theta` and the new `v`, in this order. All three arrays have shape $(P,)$; leave those that come in
as they are.
""",
        answers=(
            Function(
                "momentum_step",
                _momentum_step,
                cases,
                mistakes=momentum_slips(),
                labels=lambda *_: ("theta", "v"),
            ),
        ),
        hints=(
            "Two lines, one for each arrow.",
            "In Python `v *= mu` would change the array that was handed in; `v = mu * v` makes a new one.",
        ),
        solution=r"""
The two arrows, one line each. With $\mu = 0$ it is the step of 9.1.
""",
    )


# 9.7: a loss that is not convex


@CHAPTER.exercise(
    "9.7", "The smallest hidden layer", covers="dsc255/non-convexity", points=3, vary={"k": (2, 4, 5, 6, 7, 8, 10)}
)
def saddle(k: int = 3) -> Problem:
    """L = (u v − k)²: its gradient, what it does at the origin, and between two minima."""
    u, v = sympy.symbols("u v")
    loss = (u * v - k) ** 2
    gradient = sympy.Matrix([sympy.diff(loss, symbol) for symbol in (u, v)])
    curvature = sympy.hessian(loss, (u, v)).subs({u: 0, v: 0})
    midpoint = loss.subs({u: 0, v: 0})
    inner = u * v - k
    elsewhere = ((1, k), (k, 1), (1, 1))
    wrong_gradients = [
        ("inner-derivative-dropped", [2 * inner, 2 * inner]),
        ("wrong-variable", [2 * inner * u, 2 * inner * v]),
        ("two-missing", [inner * v, inner * u]),
        ("power-slip", [2 * inner**2 * v, 2 * inner**2 * u]),
        ("outer-derivative-dropped", [v, u]),
        ("square-not-differentiated", [loss, loss]),
        ("sign", [-2 * inner * v, -2 * inner * u]),
        ("both-varied", [2 * inner * (u + v)] * 2),
        ("constant-lost", [2 * u * v**2, 2 * u**2 * v]),
        ("bracket-missing", [2 * u * v - k * v, 2 * u * v - k * u]),
        ("term-sign", [2 * (u * v + k) * v, 2 * (u * v + k) * u]),
        ("link-not-differentiated", [2 * inner * u * v] * 2),
    ]
    wrong_curvatures: list[tuple[str, list[list[object]]]] = [
        ("gradient-for-curvature", [[0, 0], [0, 0]]),
        ("diagonal-for-mixed", [[-2 * k, 0], [0, -2 * k]]),
        ("diagonal-for-mixed", [[-2 * k, -2 * k], [-2 * k, -2 * k]]),
        ("two-missing", [[0, -k], [-k, 0]]),
        ("sign", [[0, 2 * k], [2 * k, 0]]),
        ("not-at-the-point", [[2 * v**2, 4 * u * v - 2 * k], [4 * u * v - 2 * k, 2 * u**2]]),
        ("outer-derivative-dropped", [[0, 1], [1, 0]]),
        ("mixed-left-out", [[2 * v**2, 0], [0, 2 * u**2]]),
        *(("at-another-point", sympy.hessian(loss, (u, v)).subs({u: p, v: q}).tolist()) for p, q in elsewhere),
    ]
    wrong_middles = [
        ("mean-of-ends", sympy.Integer(0)),
        ("square-forgotten", sympy.Integer(-k)),
        ("square-forgotten", sympy.Integer(k)),
        ("middle-elsewhere", loss.subs({u: 1, v: 1})),
    ]
    return Problem(
        statement=rf"""
The smallest network with a hidden layer: one input, one hidden neuron, one output, no biases, no activation functions.
With the weights $u$ and $v$ it makes $u v x$ of an input $x$. For the single sample $x = 1$ with the target ${k}$ the
loss is
$$L(u, v) = (u v - {k})^2.$$

(a) `gradient_uv`: $\left(\frac{{\partial L}}{{\partial u}}, \frac{{\partial L}}{{\partial v}}\right)$, a list of two
expressions in `u` and `v`.

(b) At $u = v = 0$ the gradient is zero. `curvature`: the $2 \times 2$ matrix of the second derivatives of $L$ at this
point, with rows and columns in the order $u$, $v$.

(c) At the points $(u, v) = (1, {k})$ and $(-1, -{k})$ the loss is 0. `midpoint`: the loss at the point half-way between
these two, a number.

(d) `is_minimum`: has $L$ a minimum at $u = v = 0$? `True` or `False`. Go a small step along $u = v$, and one along
$u = -v$.
""",
        answers=(
            Matrix("gradient_uv", gradient, ("u", "v"), tuple(Mistake(s, sympy.Matrix(g)) for s, g in wrong_gradients)),
            Matrix("curvature", curvature, ("u", "v"), tuple(Mistake(s, sympy.Matrix(c)) for s, c in wrong_curvatures)),
            Number(
                "midpoint",
                midpoint,
                (),
                tuple(Mistake(slug, value) for slug, value in wrong_middles if value != midpoint),
            ),
            Decisions("is_minimum", np.array(0.0), (Mistake("zero-gradient-for-minimum", np.array(1.0)),)),
        ),
        hints=(
            "The chain rule: a square with a product inside, of which one factor is held fixed.",
            "Differentiate each entry of the gradient once more, by u and by v, and put in the zeros last.",
            "Half-way between two points each coordinate is the mean of the two.",
        ),
        solution=rf"""
(a) With the inner function $uv - {k}$: $\frac{{\partial L}}{{\partial u}} = 2(uv - {k})\,v$ and
$\frac{{\partial L}}{{\partial v}} = 2(uv - {k})\,u$.

(b) $\frac{{\partial^2 L}}{{\partial u^2}} = 2v^2$, $\frac{{\partial^2 L}}{{\partial v^2}} = 2u^2$ and
$\frac{{\partial^2 L}}{{\partial u\, \partial v}} = 4uv - {2 * k}$. At the origin only the mixed ones are left,
${-2 * k}$ each.

(c) Half-way lies the origin, with the loss $(0 - {k})^2 = {midpoint}$, above both ends. For a convex loss it could
not be above the line between them.

(d) Along $u = v = t$ the loss is $(t^2 - {k})^2$, which falls as $t$ moves away from 0; along $u = -v$ it is
$(t^2 + {k})^2$ and rises. So the origin is a saddle and no minimum.
""",
    )


# 9.8: two starts that fail


@cache
def _first_moves(hidden: str, width: int) -> tuple[float, ...]:
    """Say of W^2, b^2, W^3 and b^3 whether the first step from all zeros moves them: 1 or 0."""
    digits, net = data.digits(), nn.Network((64, width, 10), hidden=hidden)
    net.theta[:] = 0
    gradient = net.gradient(digits.X_train[:200], digits.y_train[:200])
    return tuple(float(part.any()) for pair in gradient for part in pair)


@cache
def _different_neurons(hidden: str, width: int, start: float | None) -> int:
    """Count the hidden neurons with different weights after training, from equal weights or from random ones."""
    digits, net = data.digits(), nn.Network((64, width, 10), hidden=hidden)
    if start is not None:
        net.theta[:] = start
    net.fit(digits.X_train[:200], digits.y_train[:200], epochs=10, batch_size=20, learning_rate=0.1, progress=False)
    return len(np.unique(net.W[2].round(6), axis=0))


def _misled(guess: Sequence[int]) -> str:
    """Say what is wrong with a guess of what moves: W^2, b^2, W^3, b^3."""
    below, above = guess[:2], (guess[2], guess[3])
    if any(below):
        return "zero-factor" if any(above) else "layers-exchanged"
    return {(0, 0): "not-all-zero", (1, 0): "weight-and-bias"}.get(above, "value-at-zero")


@CHAPTER.exercise(
    "9.8",
    "From zeros, and from equal weights",
    covers="dsc255/non-convexity",
    points=2,
    vary={"hidden": ("sigmoid", "tanh", "relu"), "width": (4, 5, 7, 8, 9, 12)},
)
def symmetry(hidden: str = "tanh", width: int = 6) -> Problem:
    """What moves in the first step from zero weights, and how many neurons differ after training."""
    moves = np.array(_first_moves(hidden, width))
    different = np.array([_different_neurons(hidden, width, start) for start in (0.1, None)], float)
    wrong_moves = {guess: _misled(guess) for guess in product((0, 1), repeat=4) if guess != tuple(moves)}
    wrong_different = [
        ("all-differ", (width, width)),
        ("order-reversed", (width, 1)),
        ("entries-counted", (64, 64 * width)),
        ("entries-counted", (1, 64 * width)),
        ("outputs-for-neurons", (1, 10)),
        ("none-for-one", (0, width)),
        ("all-alike", (1, 1)),
    ]
    return Problem(
        statement=rf"""
A 64–{width}–10 network with `hidden="{hidden}"` learns from the first 200 digits of the training part:

```
X, y = digits.X_train[:200], digits.y_train[:200]
net = bpkit.nn.Network((64, {width}, 10), hidden="{hidden}")
```

(a) All weights and biases are set to zero, `net.theta[:] = 0`. Which of $W^2, \mathbf{{b}}^2, W^3, \mathbf{{b}}^3$
does the first step of gradient descent move? `moves`: four numbers in this order, 1 if anything in it changes and 0
if nothing does. `net.gradient(X, y)` returns the pairs
$(\partial L_T/\partial W^l, \partial L_T/\partial \mathbf{{b}}^l)$ for $l = 2, 3$.

(b) Now train with `net.fit(X, y, epochs=10, batch_size=20, learning_rate=0.1)`, once with every weight and bias set
to 0.1 beforehand, and once, with a new network, from the random weights that it comes with. How many *different*
hidden neurons are there afterwards, that is, different rows of $W^2$? `different`: two numbers. Take rows that agree
to six decimals as equal: `np.unique(net.W[2].round(6), axis=0)` lists the different ones.
""",
        answers=(
            Decisions(
                "moves", moves, tuple(Mistake(slug, np.array(guess, float)) for guess, slug in wrong_moves.items())
            ),
            Array(
                "different",
                different,
                tuple(Mistake(slug, np.array(wrong, float)) for slug, wrong in wrong_different),
            ),
        ),
        hints=(
            "Go through the four equations with zeros: where does a factor 0 stand?",
            "What is the hidden layer's activation at z = 0, and what flows back through a weight that is 0?",
            "Two neurons with the same weights get the same gradient. Can a step make them differ?",
        ),
        solution=rf"""
(a) $\mathbf{{d}}^2 = (W^3)^\top \mathbf{{d}}^3 \odot \sigma'(\mathbf{{z}}^2)$ is zero as long as $W^3$ is, so $W^2$ and
$\mathbf{{b}}^2$ stay. $\frac{{\partial L}}{{\partial W^3}} = \mathbf{{d}}^3 (\mathbf{{a}}^2)^\top$ depends on
$\mathbf{{a}}^2 = \sigma(0)$, which is ½ for the sigmoid, and 0 for tanh and ReLU. And
$\frac{{\partial L}}{{\partial \mathbf{{b}}^3}} = \mathbf{{d}}^3$ is not zero.

(b) From equal weights all hidden neurons get the same gradient at every step and stay equal: together they are one
neuron. Random weights make all {width} of them different.
""",
    )


# 9.9: many seeds, several widths

ONE_OF_TWO = (np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]]))
WIDTHS = (2, 4, 16)
SEEDS = 10
SOLVED = 0.1


@cache
def _ends(width: int, first: int, eta: float, epochs: int) -> tuple[float, ...]:
    """Return the losses at which training on "one of two" ends, from ten different starts."""
    losses = []
    for seed in range(first, first + SEEDS):
        net = nn.Network((2, width, 1), hidden="tanh", output="sigmoid", seed=seed)
        net.fit(*ONE_OF_TWO, epochs=epochs, batch_size=4, learning_rate=eta, progress=False)
        losses.append(net.loss(*ONE_OF_TWO))
    return tuple(losses)


@CHAPTER.exercise(
    "9.9",
    "Ten starts, three widths",
    covers="dsc255/non-convexity",
    points=3,
    vary={"first": range(10, 100, 10)},
)
def starts(first: int = 0, eta: float = 1.0, epochs: int = 400) -> Problem:
    """How training on "one of two" ends for ten seeds, and how often it succeeds with more neurons."""
    ends = {width: np.array(_ends(width, first, eta, epochs)) for width in WIDTHS}
    solved = np.array([np.sum(ends[width] < SOLVED) for width in WIDTHS], float)

    def extreme(name: str, pick: Callable[..., Any], place: int) -> Measured:
        right = np.array(pick(ends[2]))
        wrong = {
            "mean-for-extremes": ends[2].mean(),
            "first-and-last": ends[2][place],
            "widest-for-narrowest": pick(ends[16]),
            "seeds-for-losses": np.float64(list(ends[2]).index(right)),
        }
        return Measured(name, right, _unlike(wrong.items(), right, 0.02), digits=2)

    wrong_solved = {
        "failures-counted": SEEDS - solved,
        "share-for-count": solved / SEEDS,
        "solved-by-width": np.cumsum(solved),
        "one-start": (solved > 0) * 1.0,
    }
    return Problem(
        statement=rf"""
The task **one of two**: the output should be 1 if exactly one of two inputs is 1, and 0 else.

```
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = np.array([[0], [1], [1], [0]])
```

For the seeds {first}, {first + 1}, …, {first + SEEDS - 1} and for $h = {", ".join(map(str, WIDTHS))}$ hidden neurons
train `net = bpkit.nn.Network((2, h, 1), hidden="tanh", output="sigmoid", seed=seed)` with
`net.fit(X, Y, epochs={epochs}, batch_size=4, learning_rate={eta:g})`, that is, with all samples in one batch; nothing
but the starting weights is random. Then look at `net.loss(X, Y)`.

(a) `lowest` and `highest`: the lowest and the highest of the ten losses for $h = 2$, two numbers, to two significant
digits each.

(b) `solved`: how many of the ten networks end with a loss below {SOLVED:g}? An array of {len(WIDTHS)} whole numbers,
for $h = {", ".join(map(str, WIDTHS))}$.
""",
        answers=(
            extreme("lowest", np.min, 0),
            extreme("highest", np.max, -1),
            Array("solved", solved, _unlike(wrong_solved.items(), solved, 1e-7)),
        ),
        hints=(
            "Two loops, one over the widths and one over the seeds; keep the ten losses of each width in a list.",
            "A new network for each seed, or training goes on from where it was.",
        ),
        solution=rf"""
```python
ends = {{}}
for h in {WIDTHS}:
    ends[h] = []
    for seed in range({first}, {first + SEEDS}):
        net = bpkit.nn.Network((2, h, 1), hidden="tanh", output="sigmoid", seed=seed)
        net.fit(X, Y, epochs={epochs}, batch_size=4, learning_rate={eta:g})
        ends[h].append(net.loss(X, Y))
```

For $h = 2$ the lowest and the highest value are far apart: the same network and the same data, and only the start
decides whether the task is learned. Of the wider networks more, or all, succeed.
""",
    )


# 9.10: what was read as what


def _confusion(y: Numbers, predicted: Numbers, c: int) -> Numbers:
    """Return the (c, c) matrix whose entry (i, j) counts the samples of class i that were read as class j."""
    counts = np.zeros((c, c), dtype=int)
    np.add.at(counts, (y, predicted), 1)
    return counts


@CHAPTER.exercise("9.10", "What was read as what", points=2)
def confusion() -> Problem:
    """The confusion matrix: entry (i, j) counts class i read as class j."""
    rng = np.random.default_rng(910)

    def case(N: int, c: int, used: int) -> Case:
        y = rng.integers(used, size=N)
        predicted = np.where(rng.random(N) < 0.5, y, rng.integers(used, size=N))
        return Case((y, predicted, c), f"N = {N} samples and c = {c} classes")

    return Problem(
        statement=r"""
After training you want to know more than the share of right answers. Write `confusion(y, predicted, c)`, where `y` and
`predicted` hold $N$ class numbers each, from 0 to $c - 1$: what the samples are, and what a network says they are.
Return the **confusion matrix**, an array of shape $(c, c)$ whose entry $(i, j)$ counts the samples that *are* $i$ and
were *read as* $j$.
""",
        answers=(
            Function(
                "confusion", _confusion, [case(40, 3, 3), case(25, 5, 4), case(7, 2, 2)], mistakes=confusion_slips()
            ),
        ),
        hints=(
            "Begin with zeros, and go through the samples: each adds 1 to one entry.",
            "`counts[y, predicted] += 1` looks right, but adds 1 only once where the same pair comes several times.",
        ),
        solution=r"""
Each sample adds 1 to the entry in row `y` and column `predicted`. `np.add.at` does so as often as a pair occurs. The
diagonal holds what was read rightly; its sum divided by $N$ is the accuracy.
""",
    )


# 9.11: a ball in a valley, with the explorer

CHAPTER.exercise(
    "9.11",
    "A ball in a valley",
    covers="worksheet/gradient-descent",
    points=2,
    vary={
        "start": ((-1.0, 2.0), (3.0, -5.0), (2.5, -5.0), (3.0, -6.0), (0.0, 2.0), (-1.5, 3.0)),
        "rate": (0.08, 0.1, 0.12),
        "momentum": (0.5, 0.6, 0.7, 0.8),
    },
)(descent)


# 9.12: a network that learns points in the plane, with the explorer

CHAPTER.exercise(
    "9.12",
    "Small batches, few neurons",
    covers="dsc255/gd-variants",
    points=2,
    vary={"seed": (0, 2, 5, 6, 7, 8)},
)(small_enough)
