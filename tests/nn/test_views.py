"""One derivation, seen from every side: symbols, indices, 3-D arrays, samples, a batch, a trace, a recording."""

import numpy as np
import pytest
import sympy as sp

from bpkit.nn import Network, mean_squared_error, sigmoid
from bpkit.nn.autodiff import Node, gradients

SIZES, N = (3, 4, 2), 5
RNG = np.random.default_rng(12)
NETWORK = Network(SIZES, "sigmoid", "sigmoid", "mse")
NETWORK.theta[:] = RNG.standard_normal(NETWORK.theta.size)
X, Y = RNG.standard_normal((N, 3)), RNG.random((N, 2))
W, b = NETWORK.W, NETWORK.b


def symbols():
    """SymPy differentiates the loss of a sample by every weight and bias."""
    names = sp.symbols(f"t:{NETWORK.theta.size}")
    shapes = ((4, 3), (4, 1), (2, 4), (2, 1))
    parts, at = [], 0
    for rows, columns in shapes:
        parts.append(sp.Matrix(rows, columns, names[at : at + rows * columns]))
        at += rows * columns
    σ = lambda z: z.applyfunc(lambda entry: 1 / (1 + sp.exp(-entry)))  # noqa: E731
    x, y = sp.symbols("x:3"), sp.symbols("y:2")
    a = σ(parts[2] * σ(parts[0] * sp.Matrix(x) + parts[1]) + parts[3])
    loss = sum((a[j] - y[j]) ** 2 for j in range(2)) / 2
    slopes = sp.lambdify((names, x, y), [sp.diff(loss, name) for name in names], cse=True)
    return np.mean([slopes(NETWORK.theta, *sample) for sample in zip(X, Y, strict=True)], axis=0)


def indices():
    """The worksheet's four equations, one neuron after the other."""
    gradient = {l: (np.zeros(W[l].shape), np.zeros(b[l].shape)) for l in (2, 3)}
    for x, y in zip(X, Y, strict=True):
        a, z, d = {1: x}, {}, {}
        for l in (2, 3):
            z[l] = [sum(W[l][j, k] * a[l - 1][k] for k in range(SIZES[l - 2])) + b[l][j] for j in range(SIZES[l - 1])]
            a[l] = [sigmoid(z_j) for z_j in z[l]]
        d[3] = [2 / 2 * (a[3][j] - y[j]) * sigmoid.df(z[3][j]) for j in range(2)]
        d[2] = [sum(W[3][k, j] * d[3][k] for k in range(2)) * sigmoid.df(z[2][j]) for j in range(4)]
        for l in (2, 3):
            for j in range(SIZES[l - 1]):
                gradient[l][1][j] += d[l][j] / N
                for k in range(SIZES[l - 2]):
                    gradient[l][0][j, k] += a[l - 1][k] * d[l][j] / N
    return joined(gradient)


def arrays_of_three_indices():
    """∂z_k/∂W_ij as an array, which is 0 but for i = k, and the chain rule as sums over indices (fda)."""
    gradient = {l: (np.zeros(W[l].shape), np.zeros(b[l].shape)) for l in (2, 3)}
    for x, y in zip(X, Y, strict=True):
        a2 = sigmoid(W[2] @ x + b[2])
        z3 = W[3] @ a2 + b[3]
        dL_dz3 = mean_squared_error.gradient(sigmoid(z3), y) @ np.diag(sigmoid.df(z3))
        dL_dz2 = dL_dz3 @ W[3] @ np.diag(a2 * (1 - a2))
        for l, dL_dz, below in ((3, dL_dz3, a2), (2, dL_dz2, x)):
            dz_dW = np.einsum("ki,j->kij", np.eye(SIZES[l - 1]), below)
            gradient[l][0][:] += np.einsum("k,kij->ij", dL_dz, dz_dW) / N
            gradient[l][1][:] += dL_dz / N
    return joined(gradient)


def sample_by_sample():
    gradient = {l: (np.zeros(W[l].shape), np.zeros(b[l].shape)) for l in (2, 3)}
    for x, y in zip(X, Y, strict=True):
        z2 = W[2] @ x + b[2]
        a2 = sigmoid(z2)
        z3 = W[3] @ a2 + b[3]
        d3 = mean_squared_error.gradient(sigmoid(z3), y) * sigmoid.df(z3)
        d2 = (W[3].T @ d3) * sigmoid.df(z2)
        for l, d, below in ((3, d3, a2), (2, d2, x)):
            gradient[l][0][:] += np.outer(d, below) / N
            gradient[l][1][:] += d / N
    return joined(gradient)


def as_a_batch():
    z2 = W[2] @ X.T + b[2][:, None]
    a2 = sigmoid(z2)
    z3 = W[3] @ a2 + b[3][:, None]
    d3 = mean_squared_error.gradient(sigmoid(z3), Y.T) * sigmoid.df(z3) / N
    d2 = (W[3].T @ d3) * sigmoid.df(z2)
    return joined({2: (d2 @ X, d2.sum(axis=1)), 3: (d3 @ a2.T, d3.sum(axis=1))})


def recorded():
    """The engine of chapter 10 knows none of the four equations."""
    leaves = {l: (Node(W[l]), Node(b[l][:, None])) for l in (2, 3)}
    a = Node(X.T)
    for l in (2, 3):
        a = (leaves[l][0] @ a + leaves[l][1]).sigmoid()
    loss = ((a - Y.T) ** 2).sum() / (2 * N)
    return np.concatenate([part.ravel() for part in gradients(loss, [*leaves[2], *leaves[3]])])


def joined(gradient):
    return np.concatenate([np.ravel(part) for l in (2, 3) for part in gradient[l]])


@pytest.mark.parametrize(
    "view",
    [symbols, indices, arrays_of_three_indices, sample_by_sample, as_a_batch, recorded],
    ids=lambda v: v.__name__,
)
def test_every_view_has_the_gradient_of_the_trace(view):
    right = NETWORK.trace(X, Y).gradient
    assert np.linalg.norm(view() - right) <= 1e-13 * np.linalg.norm(right)
