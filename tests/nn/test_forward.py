"""The feedforward pass: the worksheet's index equations, whatever the widths and the depth."""

from itertools import pairwise

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from bpkit.nn import feedforward, identity, sigmoid, tanh


def random_network(sizes, seed):
    rng = np.random.default_rng(seed)
    weights = [rng.standard_normal((n, m)) for m, n in pairwise(sizes)]
    return weights, [rng.standard_normal(n) for n in sizes[1:]], rng


def test_figure_1_computed_with_symbols_gives_equation_1():
    """The 3–4–2 network: every z_j^l is Σ_k w_jk^l a_k^{l−1} + b_j^l, written out by its indices."""
    sizes = {1: 3, 2: 4, 3: 2}
    w, b = sp.Function("w"), sp.Function("b")  # w(l, j, k) and b(l, j): one symbol for every index
    W = {l: [[w(l, j + 1, k + 1) for k in range(sizes[l - 1])] for j in range(sizes[l])] for l in (2, 3)}
    B = {l: [b(l, j + 1) for j in range(sizes[l])] for l in (2, 3)}
    x = sp.symbols("x1:4")
    s = sp.Function("sigma")
    z, a = feedforward([W[2], W[3]], [B[2], B[3]], x, np.vectorize(s, otypes=[object]))
    assert list(a[1]) == list(x)
    for l in (2, 3):
        for j in range(1, sizes[l] + 1):
            by_index = sum(w(l, j, k) * a[l - 1][k - 1] for k in range(1, sizes[l - 1] + 1)) + b(l, j)
            assert sp.expand(z[l][j - 1] - by_index) == 0
            assert a[l][j - 1] == s(z[l][j - 1])


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.integers(0, 2**32 - 1))
def test_it_agrees_with_three_plain_loops(sizes, seed):
    weights, biases, rng = random_network(sizes, seed)
    x = rng.standard_normal(sizes[0])
    z, a = feedforward(weights, biases, x, sigmoid)
    assert list(a) == list(range(1, len(sizes) + 1))
    assert list(z) == list(range(2, len(sizes) + 1))
    layer = list(x)
    for l in range(2, len(sizes) + 1):
        sums = []
        for j in range(sizes[l - 1]):
            total = biases[l - 2][j]
            for k in range(sizes[l - 2]):
                total += weights[l - 2][j, k] * layer[k]
            sums.append(total)
        layer = [1 / (1 + np.exp(-total)) for total in sums]
        np.testing.assert_allclose(z[l], sums, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(a[l], layer, rtol=1e-9)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_every_column_of_a_batch_goes_through_alone(sizes, samples, seed):
    weights, biases, rng = random_network(sizes, seed)
    batch = rng.standard_normal((sizes[0], samples))
    z, a = feedforward(weights, biases, batch, tanh)
    for n in range(samples):
        z_n, a_n = feedforward(weights, biases, batch[:, n], tanh)
        for l in z:
            np.testing.assert_allclose(z[l][:, n], z_n[l], rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(a[l][:, n], a_n[l], rtol=1e-9, atol=1e-12)


def test_plain_lists_are_welcome():
    z, a = feedforward([[[1, 2]], [[3], [4]]], [[5], [6, 7]], [1, 1], identity)
    assert z[2].tolist() == [8]
    assert a[3].tolist() == [30, 39]


@pytest.mark.parametrize(
    ("weights", "biases", "x", "message"),
    [
        ([np.zeros((2, 3))], [], np.zeros(3), "1 weight matrices but 0 bias vectors"),
        (
            [np.zeros((3, 2))],
            [np.zeros(3)],
            np.zeros(3),
            r"W\^2 has shape \(3, 2\), but layer 1 has 3 neurons",
        ),
        ([np.zeros(3)], [np.zeros(1)], np.zeros(3), r"W\^2 has shape \(3,\)"),
        (
            [np.zeros((2, 3))],
            [np.zeros((2, 1))],
            np.zeros(3),
            r"b\^2 has shape \(2, 1\), but W\^2 leads to 2",
        ),
        ([np.zeros((2, 3))], [np.zeros(1)], np.zeros(3), r"b\^2 has shape \(1,\)"),
        ([np.zeros((2, 3)), np.zeros((1, 3))], [np.zeros(2), np.zeros(1)], np.zeros(3), r"W\^3 has shape"),
        ([], [], 1.0, "x is one sample"),
    ],
)
def test_shapes_that_do_not_fit_are_named_by_layer(weights, biases, x, message):
    with pytest.raises(ValueError, match=message):
        feedforward(weights, biases, x, sigmoid)
