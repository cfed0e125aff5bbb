"""Chapter 08's check of backpropagation: each known mistake is rejected, and named; whatever is right is accepted.

The mistakes are the table's in which they were collected, rows 11, 14, 15, 18 to 28, made in code as students write it:
in a program for the whole batch and in one that goes through the samples. They do not come from the course's catalogue.
"""

import numpy as np
import pytest

from bank import RIGHT
from bpkit.course import find

BATCH = """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))

def backprop_batch(W, b, X, Y):
    F = max(W)
    c, N = Y.shape
    a, z = {1: X}, {}
    for l in range(2, F + 1):
        z[l] = W[l] @ a[l - 1] + b[l].reshape(-1, 1)
        a[l] = sigmoid(z[l])
    dW, db = {}, {}
    delta = 2 / c * (a[F] - Y) * sigmoid_prime(z[F])
    dW[F] = delta @ a[F - 1].T / N
    db[F] = delta.sum(axis=1) / N
    for l in range(F - 1, 1, -1):
        delta = (W[l + 1].T @ delta) * sigmoid_prime(z[l])
        dW[l] = delta @ a[l - 1].T / N
        db[l] = delta.sum(axis=1) / N
    return dW, db
"""

LOOP = """
def sigma(z):
    return 1.0 / (1.0 + np.exp(-z))

def backprop_batch(W, b, X, Y):
    layers = sorted(W)
    n = X.shape[1]
    nabla_w = {l: np.zeros(W[l].shape) for l in layers}
    nabla_b = {l: np.zeros(b[l].shape) for l in layers}
    for i in range(n):
        x, y = X[:, i], Y[:, i]
        activation = x
        activations, zs = [x], []
        for l in layers:
            zs.append(np.dot(W[l], activation) + b[l])
            activation = sigma(zs[-1])
            activations.append(activation)
        prime = [s * (1 - s) for s in activations]
        d = 2 * (activations[-1] - y) / len(y) * prime[-1]
        for k in range(1, len(layers) + 1):
            l = layers[-k]
            nabla_w[l] += np.outer(d, activations[-k - 1])
            nabla_b[l] += d
            d = np.dot(W[l].T, d) * prime[-k - 1]
    nabla_w = {l: g / n for l, g in nabla_w.items()}
    nabla_b = {l: g / n for l, g in nabla_b.items()}
    return nabla_w, nabla_b
"""


def written(source, *changes):
    """Return the function of a source in which pieces of text are replaced; each must occur."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in source, old
        source = source.replace(old, new)
    cell = {"np": np}
    exec(source, cell)
    return cell["backprop_batch"]


# Row of the table, slug, program, and what is replaced by what.
MUTANTS = [
    (11, "sigma-for-derivative", BATCH, "return sigmoid(z) * (1 - sigmoid(z))", "return sigmoid(z)"),
    (11, "one-minus-sigma", BATCH, "return sigmoid(z) * (1 - sigmoid(z))", "return 1 - sigmoid(z)"),
    (11, "sigma-one-plus", BATCH, "return sigmoid(z) * (1 - sigmoid(z))", "return sigmoid(z) * (1 + sigmoid(z))"),
    (
        11,
        "derivative-of-activation",
        BATCH,
        "sigmoid_prime(z[F])",
        "sigmoid_prime(a[F])",
        "sigmoid_prime(z[l])",
        "sigmoid_prime(a[l])",
    ),
    (11, "sigma-for-derivative", LOOP, "s * (1 - s) for", "s for"),
    (14, "mse-half", BATCH, "2 / c * (a[F] - Y)", "(a[F] - Y)"),
    (14, "mse-sum", BATCH, "2 / c * (a[F] - Y)", "2 * (a[F] - Y)"),
    (14, "mse-mean-of-half", BATCH, "2 / c * (a[F] - Y)", "1 / c * (a[F] - Y)"),
    (14, "mse-samples", BATCH, "2 / c * (a[F] - Y)", "2 / N * (a[F] - Y)"),
    (14, "averaged-again", BATCH, "2 / c * (a[F] - Y)", "2 / (N * c) * (a[F] - Y)"),
    (14, "signs-reversed", BATCH, "a[F] - Y", "Y - a[F]"),
    (14, "mse-half", LOOP, "2 * (activations[-1] - y) / len(y)", "(activations[-1] - y)"),
    (14, "signs-reversed", LOOP, "activations[-1] - y", "y - activations[-1]"),
    (15, "cross-entropy-start", BATCH, "2 / c * (a[F] - Y) * sigmoid_prime(z[F])", "a[F] - Y"),
    (15, "cross-entropy-start", LOOP, "2 * (activations[-1] - y) / len(y) * prime[-1]", "activations[-1] - y"),
    (
        15,
        "slope-twice",
        BATCH,
        "(a[F] - Y) * sigmoid_prime(z[F])",
        "(a[F] - Y) * sigmoid_prime(z[F]) * sigmoid_prime(z[F])",
    ),
    (
        18,
        "outer-turned",
        BATCH,
        "delta @ a[F - 1].T / N",
        "a[F - 1] @ delta.T / N",
        "delta @ a[l - 1].T / N",
        "a[l - 1] @ delta.T / N",
    ),
    (18, "outer-turned", LOOP, "np.outer(d, activations[-k - 1])", "np.outer(activations[-k - 1], d)"),
    (19, "transpose-missing", BATCH, "W[l + 1].T @ delta", "W[l + 1] @ delta"),
    (19, "transpose-missing", LOOP, "np.dot(W[l].T, d)", "np.dot(W[l], d)"),
    (19, "transpose-missing", LOOP, "np.dot(W[l].T, d)", "d @ W[l].T"),
    (19, "weights-of-another-layer", BATCH, "W[l + 1].T @ delta", "W[l].T @ delta"),
    (19, "transpose-missing+weights-of-another-layer", BATCH, "W[l + 1].T @ delta", "W[l] @ delta"),
    (20, "slope-missing-in-hidden", BATCH, "(W[l + 1].T @ delta) * sigmoid_prime(z[l])", "W[l + 1].T @ delta"),
    (20, "slope-missing-in-output", BATCH, "(a[F] - Y) * sigmoid_prime(z[F])", "(a[F] - Y)"),
    (20, "slope-missing-in-hidden", LOOP, "np.dot(W[l].T, d) * prime[-k - 1]", "np.dot(W[l].T, d)"),
    (20, "derivative-left-out", LOOP, "s * (1 - s) for", "1.0 for"),
    (21, "derivative-of-activation", BATCH, "* sigmoid_prime(z[l])", "* sigmoid_prime(a[l])"),
    (21, "slope-of-another-layer", BATCH, "* sigmoid_prime(z[l])", "* sigmoid_prime(z[l + 1])"),
    (21, "slope-of-another-layer", LOOP, "* prime[-k - 1]", "* prime[-k]"),
    (21, "slope-of-another-layer", BATCH, "* sigmoid_prime(z[l])", "* sigmoid_prime(z[F])"),
    (22, "index-shift", BATCH, "delta @ a[F - 1].T", "delta @ a[F].T", "delta @ a[l - 1].T", "delta @ a[l].T"),
    (21, "slope-of-another-layer", BATCH, "* sigmoid_prime(z[l])", "* sigmoid_prime(z[l - 1])"),
    (21, "slope-of-another-layer", LOOP, "* prime[-k - 1]", "* prime[-k - 2] if k < len(layers) else d"),
    (22, "index-shift", LOOP, "activations[-k - 1])", "activations[-k])"),
    (22, "index-shift", BATCH, "delta @ a[l - 1].T", "delta @ a[l].T"),
    (
        22,
        "z-for-a",
        BATCH,
        "delta @ a[F - 1].T",
        "delta @ z.get(F - 1, X).T",
        "delta @ a[l - 1].T",
        "delta @ z.get(l - 1, X).T",
    ),
    (
        23,
        "matrix-product",
        BATCH,
        "(W[l + 1].T @ delta) * sigmoid_prime(z[l])",
        "(W[l + 1].T @ delta) @ sigmoid_prime(z[l])",
    ),
    (
        23,
        "matrix-product",
        BATCH,
        "(W[l + 1].T @ delta) * sigmoid_prime(z[l])",
        "(W[l + 1].T @ delta).dot(sigmoid_prime(z[l]).T)",
    ),
    (23, "matrix-product", BATCH, "(a[F] - Y) * sigmoid_prime(z[F])", "(a[F] - Y) @ sigmoid_prime(z[F])"),
    (23, "matrix-product", LOOP, "np.dot(W[l].T, d) * prime[-k - 1]", "np.dot(np.dot(W[l].T, d), prime[-k - 1])"),
    (23, "matrix-product", LOOP, "/ len(y) * prime[-1]", "/ len(y) @ prime[-1]"),
    (23, "entrywise-for-outer", LOOP, "np.outer(d, activations[-k - 1])", "d * activations[-k - 1]"),
    (
        23,
        "entrywise-for-outer",
        BATCH,
        "delta @ a[F - 1].T",
        "delta * a[F - 1]",
        "delta @ a[l - 1].T",
        "delta * a[l - 1]",
    ),
    (23, "inner-for-outer", LOOP, "np.outer(d, activations[-k - 1])", "np.dot(d, activations[-k - 1])"),
    (24, "bias-one-scalar", BATCH, "delta.sum(axis=1)", "delta.sum()"),
    (24, "bias-one-scalar", BATCH, "delta.sum(axis=1) / N", "delta.mean()"),
    (24, "bias-one-scalar", LOOP, "nabla_b[l] += d", "nabla_b[l] += np.sum(d)"),
    (24, "averaged-again", BATCH, "delta.sum(axis=1) / N", "delta.mean(axis=1) / N"),
    (24, "one-sample", BATCH, "delta.sum(axis=1) / N", "delta[:, -1]"),
    (24, "one-sample", LOOP, "nabla_b[l] += d", "nabla_b[l] = d"),
    (24, "bias-wrong-axis", BATCH, "delta.sum(axis=1) / N", "delta.sum(axis=0) / N"),
    (24, "bias-as-column", BATCH, "delta.sum(axis=1)", "delta.sum(axis=1, keepdims=True)"),
    (24, "samples-apart", BATCH, "delta.sum(axis=1) / N", "delta"),
    (25, "sum-over-samples", BATCH, " / N\n", "\n"),
    (25, "sum-over-samples", LOOP, "g / n for", "g for"),
    (25, "averaged-again", LOOP, "g / n for", "g / n / n for"),
    (25, "sum-over-samples", BATCH, "a[F - 1].T / N", "a[F - 1].T", "a[l - 1].T / N", "a[l - 1].T"),
    (25, "samples-miscounted", BATCH, "c, N = Y.shape", "c, N = len(Y), len(X)"),
    (25, "samples-miscounted", LOOP, "g / n for", "g / len(X) for"),
    (
        26,
        "input-changed",  # after its last use, so that the gradients are right
        BATCH,
        "        db[l] = delta",
        "        W[l + 1] -= 0.1 * dW[l + 1]\n        db[l] = delta",
    ),
    (
        26,
        "updated-inside",
        BATCH,
        "        delta = (W[l + 1]",
        "        W = {**W, l + 1: W[l + 1] - 0.1 * dW[l + 1]}\n        delta = (W[l + 1]",
    ),
    (
        26,
        "updated-inside",
        LOOP,
        "            nabla_b[l] += d",
        "            W[l] -= 0.5 * np.outer(d, activations[-k - 1])\n            nabla_b[l] += d",
    ),
    (
        26,
        "updated-inside",
        LOOP,
        "            nabla_b[l] += d",
        "            nabla_b[l] += d\n            b[l] -= 0.5 * d",
    ),
    (27, "signs-reversed", BATCH, "return dW, db", "return {l: -dW[l] for l in dW}, {l: -db[l] for l in db}"),
    (
        27,
        "input-changed",
        LOOP,
        "    return nabla_w, nabla_b",
        "    for l in W:\n        W[l] += 0.1 * nabla_w[l]\n    return nabla_w, nabla_b",
    ),
    (
        28,
        "stale-gradients",
        LOOP,
        "def backprop_batch(W, b, X, Y):",
        "nabla_w, nabla_b = {}, {}\n\ndef backprop_batch(W, b, X, Y):",
        "    nabla_w = {l: np.zeros(W[l].shape) for l in layers}",
        "    for l in layers:\n        nabla_w.setdefault(l, np.zeros(W[l].shape))",
        "    nabla_b = {l: np.zeros(b[l].shape) for l in layers}",
        "        nabla_b.setdefault(l, np.zeros(b[l].shape))",
        "    nabla_w = {l: g / n for l, g in nabla_w.items()}\n",
        "    means_w = {l: nabla_w[l] / n for l in W}\n",
        "    nabla_b = {l: g / n for l, g in nabla_b.items()}\n",
        "    means_b = {l: nabla_b[l] / n for l in W}\n",
        "return nabla_w, nabla_b",
        "return means_w, means_b",
    ),
    (28, "one-sample", LOOP, "nabla_w[l] += np", "nabla_w[l] = np", "nabla_b[l] += d", "nabla_b[l] = d"),
    (
        28,
        "one-sample",
        LOOP,
        "nabla_w[l] += np",
        "nabla_w[l] = np",
        "nabla_b[l] += d",
        "nabla_b[l] = d",
        "g / n for",
        "g for",
    ),
    (28, "one-sample", LOOP, "    nabla_w = {l: g / n", "        break\n    nabla_w = {l: g / n"),
    (28, "layers-upwards", BATCH, "range(F - 1, 1, -1)", "range(2, F)"),
]


@pytest.mark.parametrize(
    ("slug", "source", "changes"),
    [pytest.param(slug, source, changes, id=f"{row} {slug}") for row, slug, source, *changes in MUTANTS],
)
def test_a_mutant_is_rejected_and_named(slug, source, changes):
    verdict = find("8.6").judge(written(source, *changes))
    assert verdict.status == "incorrect"
    assert verdict.misconception == slug, verdict.message


def test_each_row_of_the_table_has_a_mutant():
    assert {row for row, *_ in MUTANTS} == {11, 14, 15, *range(18, 29)}


@pytest.mark.parametrize("source", [BATCH, LOOP], ids=["batch", "loop"])
def test_the_program_in_which_nothing_is_replaced_is_right(source):
    assert find("8.6").judge(written(source)).status == "correct"


def test_the_bank_holds_ten_right_ways_to_write_it():
    assert len(RIGHT["8.6"]) >= 10
