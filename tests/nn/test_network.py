"""The network: its gradient is the slope of its loss, whatever its layers; nothing half-done is left behind."""

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from bpkit import nn
from bpkit.nn import Network, gradient_check, one_hot

HIDDEN = ("sigmoid", "tanh", "relu", "leaky_relu", "identity")
ENDS = (
    *(("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy"), ("identity", "mse"), ("sigmoid", "mse")),
    *(("tanh", "mse"), ("identity", "mae"), ("identity", "hinge"), ("relu", "mse")),
)
SIZES = st.lists(st.integers(1, 6), min_size=2, max_size=5).map(tuple)


def samples(network, N, seed=0):
    """Return X and Y that the network's loss has a meaning for."""
    rng = np.random.default_rng(seed)
    X, c = rng.standard_normal((N, network.sizes[0])), network.sizes[-1]
    Y = {
        "cross_entropy": lambda: rng.dirichlet(np.ones(c), N),
        "binary_cross_entropy": lambda: rng.integers(0, 2, (N, c)),
        "hinge": lambda: rng.choice([-1, 1], (N, c)),
    }.get(network.end.loss, lambda: rng.standard_normal((N, c)))()
    return X, Y


@settings(max_examples=60)
@given(SIZES, st.sampled_from(HIDDEN), st.sampled_from(ENDS), st.integers(1, 5), st.integers(0, 2**31))
def test_its_gradient_is_the_slope_of_its_loss(sizes, hidden, end, N, seed):
    network = Network(sizes, hidden, *end, seed=seed)
    network.theta[:] = np.random.default_rng(seed).standard_normal(network.theta.size)  # biases, too, so that no z is 0
    assert gradient_check(network, *samples(network, N, seed)).error <= 1e-9  # slopes of 0 are rounding, too


@pytest.mark.parametrize("seed", range(20))
def test_the_complex_step_agrees_to_1e_14(seed):
    rng = np.random.default_rng(seed)
    sizes = tuple(rng.integers(2, 9, rng.integers(2, 5)))
    network = Network(sizes, HIDDEN[seed % 5], *ENDS[seed % 3], seed=seed)
    network.theta += 0.1 * rng.standard_normal(network.theta.size)
    X, Y = samples(network, 5, seed)
    given = np.concatenate([part.ravel() for pair in network.gradient(X, Y) for part in pair])
    step = 1e-100
    measured = [
        _total(network, network.theta + 1j * step * way, X, Y).imag / step for way in np.eye(network.theta.size)
    ]
    assert np.linalg.norm(given - measured) <= 1e-14 * np.linalg.norm(given)


def _total(network, theta, X, Y):
    """L_T written a second time, sample by sample, as text books write it."""
    total, W, at = 0, [], 0
    for below, n in pairwise(network.sizes):
        W.append((theta[at : at + n * below].reshape(n, below), theta[at + n * below : at + n * (below + 1)]))
        at += n * (below + 1)
    σ = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "tanh": np.tanh,
        "relu": lambda z: np.where(z.real > 0, z, 0),
        "leaky_relu": lambda z: np.where(z.real > 0, z, 0.01 * z),
        "identity": lambda z: z,
    }
    for x, y in zip(X, Y, strict=True):
        a = x
        for place, (weights, biases) in enumerate(W):
            z = weights @ a + biases
            a = σ[network.hidden](z) if place < len(W) - 1 else z
        if network.end.loss == "cross_entropy":
            total += np.log(np.exp(z).sum()) - (y * z).sum()
        elif network.end.loss == "binary_cross_entropy":
            total += (np.log(1 + np.exp(z)) - y * z).sum()
        else:
            total += ((z - y) ** 2).mean()
    return total / len(X)


def test_figure_1_in_symbols_has_the_gradient_that_the_network_computes():
    """The 3–4–2 network with sigmoid and mean squared error, differentiated by SymPy, entry by entry."""
    network = Network((3, 4, 2), "sigmoid", "sigmoid", "mse", seed=4)
    X, Y = samples(network, 1, 2)
    symbols = sp.symbols(f"t0:{network.theta.size}")
    W2, b2 = sp.Matrix(4, 3, symbols[:12]), sp.Matrix(symbols[12:16])
    W3, b3 = sp.Matrix(2, 4, symbols[16:24]), sp.Matrix(symbols[24:26])
    σ = lambda z: z.applyfunc(lambda entry: 1 / (1 + sp.exp(-entry)))  # noqa: E731
    a = σ(W3 * σ(W2 * sp.Matrix(X[0]) + b2) + b3)
    loss = sum((a[j] - Y[0, j]) ** 2 for j in range(2)) / 2
    at = dict(zip(symbols, network.theta, strict=True))
    slopes = [float(sp.diff(loss, symbol).subs(at)) for symbol in symbols]
    np.testing.assert_allclose(network.trace(X, Y).gradient, slopes, rtol=1e-12)


def test_every_equation_holds_in_the_trace():
    network = Network((3, 5, 4, 2), "tanh", "sigmoid", "mse", seed=1)
    X, Y = samples(network, 6)
    t, W, b = network.trace(X, Y), network.W, network.b
    np.testing.assert_array_equal(t.a[1], X.T)
    for l in (2, 3, 4):
        np.testing.assert_allclose(t.z[l], W[l] @ t.a[l - 1] + b[l][:, None])
        np.testing.assert_allclose(t.a[l], (nn.tanh if l < 4 else nn.sigmoid)(t.z[l]))
    gradient_at_a = nn.mean_squared_error.gradient(t.a[4], Y.T)
    np.testing.assert_allclose(t.d[4], gradient_at_a * nn.sigmoid.df(t.z[4]) / 6)  # BP1, of the mean over 6 samples
    for l in (2, 3):
        np.testing.assert_allclose(t.d[l], (W[l + 1].T @ t.d[l + 1]) * nn.tanh.df(t.z[l]))  # BP2
    for l in (2, 3, 4):
        np.testing.assert_allclose(t.dW[l], sum(np.outer(t.d[l][:, i], t.a[l - 1][:, i]) for i in range(6)))  # BP3
        np.testing.assert_allclose(t.db[l], t.d[l].sum(axis=1))  # BP4


def test_the_gradient_of_a_batch_is_the_mean_of_the_samples_gradients():
    network = Network((4, 6, 3), "relu", seed=2)
    X, Y = samples(network, 7)
    whole = network.trace(X, Y).gradient
    alone = [network.trace(X[i : i + 1], Y[i : i + 1]).gradient for i in range(7)]
    np.testing.assert_allclose(whole, np.mean(alone, axis=0), atol=1e-15)


def test_two_traces_share_nothing():
    network = Network((3, 4, 2))
    first = network.trace(np.ones((2, 3)), [0, 1])
    kept = first.gradient.copy(), first.a[2].copy()
    network.trace(np.zeros((2, 3)), [1, 0])
    np.testing.assert_array_equal(first.gradient, kept[0])
    np.testing.assert_array_equal(first.a[2], kept[1])


def test_weights_are_views_into_one_vector():
    network = Network((3, 4, 2), seed=1)
    network.W[3][1, 2] = 7
    network.b[2][:] = 5
    assert network.theta.size == 4 * 3 + 4 + 2 * 4 + 2
    assert (network.theta == 7).sum() == 1
    assert (network.theta == 5).sum() == 4
    network.theta[:] = 0
    assert not network.W[3].any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("end", ENDS)
def test_thousands_in_and_thousands_as_weights_give_finite_numbers_of_the_same_type(dtype, hidden, end):
    network = Network((2, 3, 2), hidden, *end, dtype=dtype)
    network.theta[:] = 1000 * np.sign(network.theta + 0.1)
    X, Y = 1000 * samples(network, 4)[0], samples(network, 4)[1]
    outputs = network.feedforward(X)
    assert outputs.dtype == network.gradient(X, Y)[0][0].dtype == network.trace(X, Y).a[1].dtype == dtype
    if hidden in ("sigmoid", "tanh") or end[0] != "identity":
        assert np.isfinite(outputs).all()
        assert math.isfinite(network.loss(X, Y))
        assert np.isfinite(network.trace(X, Y).gradient).all()


def test_a_sure_and_wrong_answer_has_the_finite_loss_that_it_deserves():
    network = Network((1, 2))
    network.W[2][:] = [[1000], [0]]
    assert network.loss([[1.0]], [1]) == 1000
    assert network.loss([[1.0]], [0]) == 0


def test_class_numbers_and_rows_with_a_single_one_are_the_same_targets():
    network = Network((4, 5, 3))
    X, labels = samples(network, 6)[0], np.array([0, 2, 1, 1, 0, 2])
    assert network.loss(X, labels) == network.loss(X, labels.astype(float))
    assert network.loss(X, labels) == network.loss(X, one_hot(labels, 3)) == network.loss(X.tolist(), labels.tolist())


def test_predictions_are_classes_labels_or_numbers():
    X = np.random.default_rng(0).standard_normal((50, 3))
    softmax = Network((3, 4, 5))
    np.testing.assert_array_equal(softmax.predict(X), softmax.predict_proba(X).argmax(axis=1))
    np.testing.assert_allclose(softmax.predict_proba(X).sum(axis=1), 1)
    binary = Network((3, 4, 1), "tanh", "sigmoid")
    assert set(np.unique(binary.predict(X))) == {0, 1}
    np.testing.assert_array_equal(binary.predict(X), (binary.predict_proba(X)[:, 0] > 0.5).astype(int))
    hinge = Network((3, 4, 2), output="identity", loss="hinge")
    assert set(np.unique(hinge.predict(X))) == {-1, 1}
    line = Network((3, 4, 1), output="identity")
    np.testing.assert_array_equal(line.predict(X), line.feedforward(X)[:, 0])
    with pytest.raises(ValueError, match="gives no probabilities"):
        line.predict_proba(X)


def test_the_same_seed_gives_the_same_network():
    assert (Network((3, 4, 2), seed=5).theta == Network((3, 4, 2), seed=5).theta).all()
    assert (Network((3, 4, 2), seed=5).theta != Network((3, 4, 2), seed=6).theta).any()


def test_a_layer_starts_out_about_as_large_as_the_one_before():
    for hidden in ("tanh", "relu"):
        network = Network((400, 400, 400, 400, 2), hidden, seed=3)
        X = np.random.default_rng(1).standard_normal((200, 400))
        trace = network.trace(X, np.zeros(200, int))
        sizes = [np.sqrt(np.mean(trace.z[l] ** 2)) for l in (2, 3, 4)]
        assert (0.8 if hidden == "relu" else 0.4) < sizes[2] / sizes[0] < 1.2  # a ReLU silences half of its neurons
        assert 0.6 < sizes[0] < 1.6


def test_a_thousand_layers_do_not_recurse():
    network = Network((1,) * 1000 + (2,), "tanh", seed=0)
    network.theta[:] = 1
    assert len(network.gradient([[0.5]], [1])) == 1000


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"sizes": (3,)}, "sizes must name at least an input and an output layer"),
        ({"sizes": (3, 0, 2)}, "sizes must be 1 or more, but layer 2 has 0 neurons"),
        ({"sizes": (3, -1)}, "layer 2 has -1"),
        ({"sizes": (3, 2.5)}, "sizes must be whole numbers"),
        ({"sizes": 3}, "sizes must be whole numbers"),
        ({"sizes": (10**6, 10**6)}, "more than"),
        ({"hidden": "sigmiod"}, "hidden must be one of sigmoid, tanh, relu, leaky_relu, identity, not 'sigmiod'"),
        ({"hidden": "softmax"}, "Softmax can only be the output"),
        ({"output": "soft"}, "output must be one of softmax, sigmoid"),
        ({"loss": "mse"}, "output='softmax' and loss='mse' do not go together here: take loss='cross_entropy'"),
        ({"output": "identity", "loss": "cross_entropy"}, "take output='softmax'"),
        ({"output": "tanh", "loss": "binary_cross_entropy"}, "take output='sigmoid'"),
        ({"output": "identity", "loss": "zero_one"}, "cannot be descended"),
        ({"output": "identity", "loss": "least squares"}, "loss must be one of mse, mae, hinge"),
        ({"dtype": int}, "dtype must be np.float64 or np.float32, not int64"),
        ({"dtype": complex}, "dtype must be"),
    ],
)
def test_what_makes_no_network_is_told_by_the_arguments_name(arguments, told):
    with pytest.raises(ValueError, match=told.replace("(", r"\(")):
        Network(**{"sizes": (3, 4, 2)} | arguments)


@given(SIZES, st.sampled_from(HIDDEN), st.sampled_from(ENDS), st.integers(0, 2**31))
def test_every_width_and_depth_gives_one_row_a_sample(sizes, hidden, end, seed):
    network = Network(sizes, hidden, *end, seed=seed)
    X, Y = samples(network, 3, seed)
    assert network.feedforward(X).shape == (3, sizes[-1])
    shapes = [(dW.shape, db.shape) for dW, db in network.gradient(X, Y)]
    assert shapes == [((n, below), (n,)) for below, n in pairwise(sizes)]


def test_a_network_says_what_it_is():
    assert repr(Network((3, 4, 2), "tanh")) == "Network((3, 4, 2), 'tanh', 'softmax', 'cross_entropy', float64)"
