"""Chapter 06, fourth part: every gradient of a network with one hidden layer, in symbols and in code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import sympy

from bpkit.checking import Expression, Function, Matrix
from bpkit.checking.functions import Case
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

from . import softmax_slips as slips
from .activations_slopes import FOR_SIGMA_PRIME
from .exercise import Problem
from .softmax_forward import CHAPTER, Floats, Slip, finite, wrong_ones
from .softmax_loss import symbols
from .writing import tex


def weights(rows: int, columns: int) -> sympy.Matrix:
    """Return the matrix of w11, w12, …, the entry (j, k) in row j and column k."""
    return sympy.ImmutableMatrix(rows, columns, lambda j, k: sympy.Symbol(f"w{j + 1}{k + 1}"))


def column(entries: Sequence[Any]) -> sympy.Matrix:
    """Return a vector."""
    return sympy.ImmutableMatrix(list(entries))


def weight_names(rows: int, columns: int) -> list[str]:
    """Return the names of the weights, and those with the indices exchanged, which a wrong answer may hold."""
    named = [*weights(rows, columns), *weights(columns, rows)]
    return sorted({str(weight) for weight in named})


def outer_slips(d: sympy.Matrix, a: sympy.Matrix) -> list[Slip]:
    """Return what d aᵀ is mistaken for, whatever d and a are."""
    rows, columns = len(d), len(a)
    fits = min(rows, columns)
    paired = [d[i] * a[i] for i in range(fits)]
    return [
        ("outer-turned", a * d.T),
        ("entrywise-for-outer", column(paired)),
        ("entrywise-for-outer", sympy.Matrix(rows, columns, lambda i, j: d[i] * a[j] if i == j else 0)),
        ("inner-for-outer", column([sympy.Add(*paired)])),
        ("inner-for-outer", d * sympy.Add(*a)),
        ("inner-for-outer", a * sympy.Add(*d)),
        ("input-missing", sympy.Matrix(rows, columns, lambda i, j: d[i])),
        ("input-missing", d),
        ("arriving-slope-missing", sympy.Matrix(rows, columns, lambda i, j: a[j])),
        ("arriving-slope-missing", a),
        ("sum-and-product", sympy.Matrix(rows, columns, lambda i, j: d[i] + a[j])),
    ]


def back_slips(W: sympy.Matrix, d: sympy.Matrix) -> list[Slip]:
    """Return what Wᵀ d is mistaken for."""
    rows, columns = W.shape
    made: list[Slip] = [
        ("weight-missing", column([sympy.Add(*d)] * columns)),
        ("arriving-slope-missing", W.T * sympy.ones(rows, 1)),
        ("products-of-sums", (W.T * sympy.ones(rows, 1)) * sympy.Add(*d)),
        ("paths-not-added", sympy.Matrix(columns, rows, lambda j, i: W[i, j] * d[i])),
        ("paths-not-added", sympy.Matrix(rows, columns, lambda i, j: W[i, j] * d[i])),
        *(("path-missing", column([W[i, j] * d[i] for j in range(columns)])) for i in range(rows)),
    ]
    # W d, as far as the shapes allow, and with the indices of W exchanged.
    fits = min(rows, columns)
    made.append(("transpose-missing", column([sympy.Add(*(W[i, j] * d[j] for j in range(fits))) for i in range(rows)])))
    exchanged = [sympy.Add(*(sympy.Symbol(f"w{j + 1}{i + 1}") * d[i] for i in range(rows))) for j in range(columns)]
    made.append(("transpose-missing", column(exchanged)))
    return made


def bias_slips(d: sympy.Matrix) -> list[Slip]:
    """Return what ∂L/∂b = d is mistaken for."""
    total = sympy.Add(*d)
    return [
        ("bias-summed", column([total])),
        ("bias-summed", column([total] * len(d))),
        ("arriving-slope-missing", column([1] * len(d))),
    ]


def shared_slips(d: sympy.Matrix) -> list[Slip]:
    """Return what the slope by one shared bias, Σ d_i, is mistaken for."""
    return [
        *(("one-component", entry) for entry in d),
        ("arriving-slope-missing", sympy.Integer(len(d))),
        ("paths-multiplied", sympy.Mul(*d)),
        ("squares-summed", sympy.Add(*(entry**2 for entry in d))),
    ]


UNEQUAL = ((2, 3), (3, 2), (2, 4), (4, 2), (3, 4), (4, 3))  # with as many rows as columns no shape tells anything


@CHAPTER.exercise(
    "6.10",
    "The second layer",
    covers=("softmax-notes/dW2", "softmax-notes/db2", "softmax-notes/dA1"),
    points=3,
    vary={"sizes": UNEQUAL},
)
def second_layer(sizes: tuple[int, int] = (2, 3)) -> Problem:
    """∂L/∂W2, ∂L/∂b2 for a bias vector and for one shared bias, and ∂L/∂A1, entry by entry."""
    h, O = sizes
    e, a, W = column(symbols("e", O)), column(symbols("a", h)), weights(O, h)
    a_slope = column([entry * (1 - entry) for entry in a])
    W_slips: list[Slip] = [
        *outer_slips(e, a),
        ("sign", -e * a.T),
        ("slope-for-input", e * a_slope.T),
        ("weight-for-input", sympy.Matrix(O, h, lambda i, j: e[i] * W[i, j])),
        ("factor-extra", sympy.Matrix(O, h, lambda i, j: e[i] * a[j] * W[i, j])),
    ]
    b_slips: list[Slip] = [*bias_slips(e), ("bias-slope", column([e[i] * a[i] for i in range(min(O, h))]))]
    A_slips: list[Slip] = [
        *back_slips(W, e),
        ("slope-too-early", column([(W.T * e)[j] * a_slope[j] for j in range(h)])),
        ("own-error-only", column([W[j, j] * e[j] for j in range(min(O, h))])),
        ("activations-sent-back", W * a),
    ]
    shared = sympy.Add(*e)
    shared_wrong: list[Slip] = [
        *shared_slips(e),
        ("paths-averaged", shared / O),
        ("input-missing", shared * sympy.Add(*a)),
    ]
    names = [*map(str, (*e, *a)), *weight_names(O, h)]
    right_W, right_A = e * a.T, W.T * e

    def asked(name: str, right: sympy.Matrix, made: list[Slip]) -> Matrix:
        return Matrix(name, right, names, wrong_ones(made, right))

    return Problem(
        statement=rf"""
A network has $h = {h}$ hidden neurons and $O = {O}$ outputs, so $W_2$ is {O}×{h}. Write `e1`, … for the entries of
$\frac{{\partial L}}{{\partial Z_2}}$, whatever the loss is, `a1`, … for those of $A_1$, and `w12` for the entry of
$W_2$ in row 1 and column 2. Write out, in these letters,

(a) `dL_dW2`: all $\frac{{\partial L}}{{\partial W_2}}$, laid out like $W_2$, as a list of rows,

(b) `dL_db2`: $\frac{{\partial L}}{{\partial b_2}}$, if each output has a bias of its own,

(c) `dL_db2_shared`: the slope of $L$ by one single number that is added to every entry of $W_2 A_1$,

(d) `dL_dA1`: $\frac{{\partial L}}{{\partial A_1}}$, a list of {h} expressions.
""",
        answers=(
            asked("dL_dW2", right_W, W_slips),
            asked("dL_db2", e, b_slips),
            Expression("dL_db2_shared", shared, names, wrong_ones(shared_wrong, shared), example=str(shared)),
            asked("dL_dA1", right_A, A_slips),
        ),
        hints=(
            "Write out one logit: a sum of weights times activations, and a bias. What is its slope by each?",
            "A weight stands in one logit only. An activation stands in all: it has a path through each.",
            "A bias that is shared moves every logit at once: again a sum over paths.",
        ),
        solution=rf"""
The logit in row $i$ is $\sum_k w_{{ik}} a_k + b_i$. Its slopes are $a_k$ by $w_{{ik}}$, 1 by $b_i$ and $w_{{ik}}$ by
$a_k$. With the column $e$ of the slopes of $L$ by the logits,
$$\frac{{\partial L}}{{\partial W_2}} = e A_1^T, \qquad \frac{{\partial L}}{{\partial b_2}} = e, \qquad
\frac{{\partial L}}{{\partial A_1}} = W_2^T e = {tex(right_A)}.$$
One shared bias has a path through every logit, each with the slope 1: $\sum_i e_i$.
""",
    )


@CHAPTER.exercise(
    "6.11",
    "The first layer and the input",
    covers=("softmax-notes/dz1", "softmax-notes/dW1", "softmax-notes/db1", "softmax-notes/dX"),
    points=3,
    vary={"sizes": UNEQUAL},
)
def first_layer(sizes: tuple[int, int] = (3, 2)) -> Problem:
    """∂L/∂Z1, ∂L/∂W1, ∂L/∂b1 and ∂L/∂X, entry by entry."""
    h, D = sizes
    g, z, x, W = column(symbols("g", h)), symbols("z", h), column(symbols("x", D)), weights(h, D)
    d = column(symbols("d", h))
    known = {f"a{i}": sigmoid(z[i - 1]) for i in range(1, h + 1)} | {
        f"d{i}": g[i - 1] * sigmoid_prime(z[i - 1]) for i in range(1, h + 1)
    }
    meaning = {sympy.Symbol(name): value for name, value in known.items()}
    dz = column([g[i] * sigmoid_prime(z[i]) for i in range(h)])

    def with_slope(slope: Callable[[sympy.Symbol], sympy.Expr]) -> sympy.Matrix:
        return column([g[i] * slope(z[i]) for i in range(h)])

    z_slips: list[Slip] = [
        ("derivative-left-out", g),
        ("outer-derivative-dropped", column(list(map(sigmoid_prime, z)))),
        ("derivative-of-activation", with_slope(lambda z: sigmoid_prime(sigmoid(z)))),
        *((slug, with_slope(lambda z, wrong=wrong: wrong(z, sigmoid(z)))) for slug, wrong in FOR_SIGMA_PRIME),  # type: ignore[misc]
        ("slope-not-applied", with_slope(lambda z: z)),
        ("slope-twice", with_slope(lambda z: sigmoid_prime(z) ** 2)),
        ("matrix-product", column([sympy.Add(*dz)])),
        ("matrix-product", column([sympy.Add(*dz)] * h)),
        ("outer-product", sympy.Matrix(h, h, lambda i, j: g[i] * sigmoid_prime(z[j]))),
        ("outer-product", sympy.Matrix(h, h, lambda i, j: g[j] * sigmoid_prime(z[i]))),
        ("entries-added", column([g[i] + sigmoid_prime(z[i]) for i in range(h)])),
        ("slope-as-matrix", sympy.diag(*dz)),
        ("slope-as-matrix", sympy.diag(*(sigmoid_prime(entry) for entry in z))),
    ]

    def without(vector: sympy.Matrix) -> list[tuple[str, sympy.Matrix]]:
        """Return the slips of the vector that goes on to the other slopes."""
        return [
            ("derivative-left-out", g),
            ("second-sigma-slope", column([vector[i] * sigmoid_prime(z[i]) for i in range(h)])),
            ("sigma-for-derivative", with_slope(sigmoid)),
        ]

    W_slips: list[Slip] = [
        *((slug, wrong * x.T) for slug, wrong in without(d)),
        *outer_slips(d, x),
        ("weight-for-input", sympy.Matrix(h, D, lambda i, j: d[i] * W[i, j])),
        ("input-squashed", sympy.Matrix(h, D, lambda i, j: d[i] * sigmoid(x[j]))),
        ("input-layer", sympy.Matrix(h, h, lambda i, j: d[i] * sigmoid(z[j]))),
        ("factor-extra", sympy.Matrix(h, D, lambda i, j: d[i] * x[j] * W[i, j])),
        ("slope-for-input", sympy.Matrix(h, D, lambda i, j: d[i] * x[j] * (1 - x[j]))),
    ]
    b_slips: list[Slip] = [
        *without(d),
        *bias_slips(d),
        ("bias-slope", column([d[i] * x[i] for i in range(min(h, D))])),
    ]
    X_slips: list[Slip] = [
        *((slug, W.T * wrong) for slug, wrong in without(d)),
        *back_slips(W, d),
        ("slope-at-input", column([(W.T * d)[j] * sigmoid_prime(x[j]) for j in range(D)])),
        ("slope-at-input", column([(W.T * d)[j] * x[j] * (1 - x[j]) for j in range(D)])),
        ("input-for-weight", column([sympy.Add(*d) * x[j] for j in range(D)])),
        ("own-error-only", column([W[j, j] * d[j] for j in range(min(h, D))])),
        ("activations-sent-back", W * x),
    ]
    names = [*map(str, (*g, *z, *x)), *weight_names(h, D)]
    sigmas = SIGMOID | SIGMOID_PRIME

    def asked(name: str, right: sympy.Matrix, made: list[Slip], known: dict[str, sympy.Expr] = known) -> Matrix:
        return Matrix(name, right, names, wrong_ones(made, right, meaning), sigmas, known)

    activations = {name: value for name, value in known.items() if name.startswith("a")}  # (a) asks for d1, … itself
    right_W, right_X = d * x.T, W.T * d
    return Problem(
        statement=rf"""
Now the first layer, with $D = {D}$ inputs and $h = {h}$ hidden neurons. Write `g1`, … for the entries of
$\frac{{\partial L}}{{\partial A_1}}$, which you know from 6.10, `z1`, … and `a1`, … for those of $Z_1$ and
$A_1 = \sigma(Z_1)$, `x1`, … for those of $X$, and `w12` for an entry of $W_1$. Write out

(a) `dL_dZ1`: $\frac{{\partial L}}{{\partial Z_1}}$, a list of {h} expressions, with $\sigma'(z_1)$ typed `sigma'(z1)`.
From (b) on, you may write `d1`, … for its entries.

(b) `dL_dW1`: $\frac{{\partial L}}{{\partial W_1}}$, laid out like $W_1$, as a list of rows,

(c) `dL_db1`: $\frac{{\partial L}}{{\partial b_1}}$, if each hidden neuron has a bias of its own,

(d) `dL_dX`: $\frac{{\partial L}}{{\partial X}}$, a list of {D} expressions.
""",
        answers=(
            asked("dL_dZ1", dz, z_slips, activations),
            asked("dL_dW1", right_W, W_slips),
            asked("dL_db1", d, b_slips),
            asked("dL_dX", right_X, X_slips),
        ),
        hints=(
            "σ works on each entry by itself: entry 1 of A_1 knows only entry 1 of Z_1.",
            "(b) to (d) are 6.10 once more. What stands in the place of A_1 now, and what in the place of e?",
            "Each input stands in every entry of Z_1: it has as many paths as there are hidden neurons.",
        ),
        solution=rf"""
Entry by entry $d_i = g_i\, \sigma'(z_i)$. The rest repeats 6.10 with $d$ in place of $e$ and $X$ in place of
$A_1$:
$$\frac{{\partial L}}{{\partial W_1}} = d X^T, \qquad \frac{{\partial L}}{{\partial b_1}} = d, \qquad
\frac{{\partial L}}{{\partial X}} = W_1^T d = {tex(right_X)}.$$
""",
    )


# 6.12: the same in code


def _forward(X: Floats, W1: Floats, b1: Floats, W2: Floats, b2: Floats) -> Any:
    """Return Z1, A1, Z2, A2 for one sample; the softmax does not overflow."""
    Z1 = W1 @ X + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = W2 @ A1 + b2
    powers = np.exp(Z2 - np.max(Z2))
    return Z1, A1, Z2, powers / np.sum(powers)


def _gradients(X: Floats, y: Floats, W1: Floats, b1: Floats, W2: Floats, b2: Floats) -> Any:
    """Return ∂L/∂W1, ∂L/∂b1, ∂L/∂W2, ∂L/∂b2, ∂L/∂X, each of the shape of what it is the slope by."""
    A1 = 1 / (1 + np.exp(-(W1 @ X + b1)))
    Z2 = W2 @ A1 + b2
    powers = np.exp(Z2 - np.max(Z2))
    dZ2 = powers / np.sum(powers) - y
    dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
    return np.outer(dZ1, X), dZ1, np.outer(dZ2, A1), dZ2, W1.T @ dZ1


def _loss(X: Floats, y: Floats, W1: Floats, b1: Floats, W2: Floats, b2: Floats) -> float:
    Z2 = W2 @ (1 / (1 + np.exp(-(W1 @ X + b1)))) + b2
    return float(Z2.max() + np.log(np.exp(Z2 - Z2.max()).sum()) - y @ Z2)


SIZES = ((4, 3, 2), (2, 5, 3), (3, 2, 4), (3, 3, 3))
# Biases of the output layer: two large logits with the larger one not first, all far below 0, and a large one first.
FAR = ((-1000.0, 999.0, 1000.0), (-1000.0, -1001.0, -1002.5), (1000.0, -1000.0, -999.5))
SHARES = {2: (0.7, 0.3), 3: (0.2, 0.5, 0.3), 4: (0.1, 0.2, 0.3, 0.4)}  # no two of a target's entries are equal


def network_cases(seed: int, with_target: bool) -> list[Case]:
    """Return calls with networks of unequal widths, some of whose logits are far from 0; two targets hold shares."""
    rng = np.random.default_rng(seed)
    cases: list[Case] = []
    for D, h, O in (*SIZES, *((2, 4, 3) for _ in FAR)):
        parts = [part for n, m in pairwise((D, h, O)) for part in (rng.normal(size=(m, n)), rng.normal(size=m))]
        said = f"D = {D}, h = {h}, O = {O}"
        if len(cases) >= len(SIZES):
            parts[3] = np.array(FAR[len(cases) - len(SIZES)])
            said += f", and logits near {', '.join(f'{b:g}' for b in parts[3])}".replace("-", "−")
        X, y = rng.normal(size=D), np.eye(O)[rng.integers(O)]
        if len(cases) % 2:
            y = np.array(SHARES[O])
        cases.append(Case((X, y, *parts) if with_target else (X, *parts), said))
    return cases


@CHAPTER.exercise(
    "6.12",
    "Forward and back in code",
    covers=(
        *("softmax-notes/forward", "softmax-notes/dz2", "softmax-notes/dW2", "softmax-notes/db2", "softmax-notes/dA1"),
        *("softmax-notes/dz1", "softmax-notes/dW1", "softmax-notes/db1", "softmax-notes/dX"),
    ),
    points=4,
)
def network_code() -> Problem:
    """(Z1, A1, Z2, A2), and all gradients, as functions."""
    return Problem(
        statement=r"""
Write the whole network for one sample. The input `X` has shape $(D,)$, the targets `y` shape $(O,)$, and `W1`, `b1`,
`W2`, `b2` have the shapes of 6.1, with a bias for each neuron. $\sigma$ is the sigmoid. Logits up to $\pm 1000$ may
occur, and the targets may be shares that add up to 1.

(a) `forward(X, W1, b1, W2, b2)` returns four arrays, in this order: $Z_1$, $A_1$, $Z_2$, $A_2$.

(b) `gradients(X, y, W1, b1, W2, b2)` returns five arrays, in this order: the slopes of the cross-entropy by $W_1$,
$b_1$, $W_2$, $b_2$ and $X$, each in the shape of what it is the slope by. It may call your `forward`.
""",
        answers=(
            Function(
                "forward",
                _forward,
                network_cases(612, with_target=False),
                slips.forward(),
                use=finite,
                labels=lambda *_: ("Z1", "A1", "Z2", "A2"),
            ),
            Function(
                "gradients",
                _gradients,
                network_cases(613, with_target=True),
                slips.gradients(),
                forward=_loss,
                by=(2, 3, 4, 5, 0),
                use=finite,
                labels=lambda *_: ("∂L/∂W1", "∂L/∂b1", "∂L/∂W2", "∂L/∂b2", "∂L/∂X"),
            ),
        ),
        hints=(
            "The last step of (a) is your function of 6.2.",
            "For (b) go backwards, one line for each: the slopes by Z2, by A1, by Z1; then the rest from these.",
            "`np.outer` makes a matrix of two vectors, `@` adds up over an index, `*` goes entry by entry.",
        ),
        solution=r"""
The forward pass is four lines. The backward pass starts at $\frac{\partial L}{\partial Z_2} = \hat y - y$, which needs
the softmax but neither its Jacobian nor the loss. Then come 6.10 and 6.11, line for line, with
$\sigma'(Z_1) = A_1 \odot (1 - A_1)$.
""",
    )


# 6.13: softmax regression


def _weight_slopes(x: Floats, w: Floats, label: int) -> Any:
    """Return the slopes of −log p(y = label | x) by w, of shape (K, D + 1): row k is (p_k − 1[k = label]) x."""
    logits = w @ x
    powers = np.exp(logits - np.max(logits))
    error = powers / np.sum(powers)
    error[label] -= 1
    return np.outer(error, x)


def _label_loss(x: Floats, w: Floats, label: int) -> float:
    logits = w @ x
    return float(logits.max() + np.log(np.exp(logits - logits.max()).sum()) - logits[label])


LOGITS = ((-1000.0, 999.0, 1000.0, 0.0, -500.0), (-1000.0, -1001.0, -1002.5, -1001.5, -1000.5))


def regression_cases(seed: int) -> list[Case]:
    """Return calls with inputs whose first entry is 1, and two whose logits are far from 0."""
    rng = np.random.default_rng(seed)
    cases: list[Case] = []
    for K, n in ((3, 2), (2, 4), (5, 3), (4, 4), (5, 2), (5, 2)):
        x, w = np.concatenate([[1.0], rng.normal(size=n - 1)]), rng.normal(size=(K, n))
        said = f"K = {K} classes and {n} weights each"
        if len(cases) >= 4:
            w[:, 0] = LOGITS[len(cases) - 4]
            said += f", and logits from {w[:, 0].min():g} to {w[:, 0].max():g}".replace("-", "−")
        label = int(rng.integers(K))
        cases.append(Case((x, w, label), f"{said}, label {label}"))
    return cases


@CHAPTER.exercise("6.13", "Softmax regression", covers="fda/softmax", points=2)
def softmax_regression() -> Problem:
    """The slopes of −log p by a weight vector for each class."""
    return Problem(
        statement=r"""
In Foundations of Data Analysis a single layer does it all: each of the classes $k = 1, \dots, K$ has a weight vector
$w_k \in \mathbb{R}^{D+1}$, where $D$ counts the inputs, and
$$p(y = k \mid x) = \frac{e^{x^T w_k}}{\sum_{j=1}^K e^{x^T w_j}}.$$
The first entry of $x$ is 1, so that the first weight serves as the bias. In code `x` has shape $(D + 1,)$, the vectors
$w_k$ are the rows of an array `w` of shape $(K, D + 1)$, and rows and labels count from 0.

Write `weight_slopes(x, w, label)`. It returns the slopes of $L = -\log p(y = \text{label} \mid x)$ by all weights, in
the shape of `w`: row $k$ is the slope by $w_k$. Large logits may occur, as in 6.2.
""",
        answers=(
            Function(
                "weight_slopes",
                _weight_slopes,
                regression_cases(615),
                slips.weight_slopes(),
                forward=_label_loss,
                by=(1,),
                use=finite,
            ),
        ),
        hints=(
            "All K logits at once are one product of a matrix and a vector.",
            "The loss is the cross-entropy with a one-hot target: what is its slope by the logits?",
            "The logit of class k is xᵀ w_k. Its slope by w_k is a vector you have.",
        ),
        solution=r"""
The logits are $z_k = x^T w_k$, and $L$ is the cross-entropy with the one-hot target of the label. So
$\frac{\partial L}{\partial z_k} = p_k - 1[k = \text{label}]$, where the bracket is 1 if what it holds is true and 0
otherwise, and $\frac{\partial L}{\partial w_k} = (p_k - 1[k = \text{label}])\, x$. All rows together are an outer
product.
""",
    )
