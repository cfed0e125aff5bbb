"""What goes into a network: what does not fit is told, by argument and shape, before anything is changed."""

import re

import numpy as np
import pytest

from bpkit.nn import Network, one_hot

SOFTMAX = Network((3, 4, 2))
BINARY = Network((3, 4, 2), output="sigmoid")
SQUARED = Network((3, 4, 2), output="sigmoid", loss="mse")
HINGE = Network((3, 4, 2), output="identity", loss="hinge")
X = np.ones((5, 3))
LABELS = np.array([0, 1, 1, 0, 1])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            np.ones((5, 4)),
            "X must hold one sample per row, each of 3 numbers: shape (N, 3), N ≥ 1. It has shape (5, 4).",
        ),
        (np.ones(3), "It has shape (3,). One sample is a row, too: X[None, :]."),
        (np.ones((3, 5)), "Are the samples columns? Then hand in X.T."),
        (np.ones((0, 3)), "It has shape (0, 3)."),
        (np.ones((2, 3, 1)), "It has shape (2, 3, 1)."),
        (1.0, "It has shape ()."),
        ([[1, 2, np.nan]], "X must hold finite numbers; at [0, 2] it is nan."),
        ([[1, np.inf, 2]], "at [0, 1] it is inf."),
        ([["a", "b", "c"]], "X must be an array of numbers, not of <U1."),
        ([[1j, 0, 0]], "X must be an array of numbers, not of complex128."),
        ([[1, 2, 3], [1, 2]], "X must be an array of numbers; its rows are not equally long."),
        (None, "X must be an array of numbers, not of object."),
    ],
)
def test_an_input_that_does_not_fit_is_told(given, told):
    for use in (
        SOFTMAX.feedforward,
        SOFTMAX.predict,
        lambda X: SOFTMAX.loss(X, LABELS),
        lambda X: SOFTMAX.fit(X, LABELS),
    ):
        with pytest.raises(ValueError, match=re.escape(told)):
            use(given)


@pytest.mark.parametrize(
    ("network", "given", "told"),
    [
        (SOFTMAX, [0, 1, 2, 0, 1], "Y must be class numbers from 0 to 1, for 2 classes; Y[2] is 2."),
        (SOFTMAX, [0, 1, -1, 0, 1], "Y[2] is -1."),
        (SOFTMAX, [0.5, 1, 1, 0, 1], "Y must be class numbers, whole numbers of shape (N,), not float64"),
        (SOFTMAX, [0, np.nan, 1, 0, 1], "Y must be class numbers, whole numbers"),
        (SOFTMAX, [0, 1], "Y must have shape (5, 2), one row for each row of X, or class numbers of shape (5,)."),
        (SOFTMAX, LABELS[:, None], "It has shape (5, 1). Class numbers: Y.ravel()."),
        (SOFTMAX, np.eye(2)[LABELS].T, "Are the samples columns? Then hand in Y.T."),
        (SOFTMAX, np.eye(2)[LABELS].ravel(), "It has shape (10,)."),
        (SOFTMAX, np.eye(3)[LABELS], "It has shape (5, 3)."),
        (SOFTMAX, np.ones((5, 2)), "Y must hold probabilities that sum to 1, such as a single 1 in each row"),
        (SOFTMAX, np.tile([2, -1], (5, 1)), "row 0 is [ 2. -1.]."),
        (BINARY, np.full((5, 2), 2), "Y must hold numbers from 0 to 1 in each row"),
        (BINARY, LABELS, "It has shape (5,). Of class numbers, nn.one_hot(Y, 2) makes rows."),
        (HINGE, np.eye(2)[LABELS], "Y must hold labels −1 and 1 in each row, for loss='hinge'; row 0 is [1. 0.]."),
        (SQUARED, LABELS, "nn.one_hot(Y, 2)"),
        (SQUARED, np.full((5, 2), np.nan), "Y must hold finite numbers; at [0, 0] it is nan."),
    ],
)
def test_targets_that_do_not_fit_are_told(network, given, told):
    for use in (network.loss, network.gradient, network.trace, network.fit):
        with pytest.raises(ValueError, match=re.escape(told)):
            use(X, given)


def test_one_output_takes_a_plain_list_of_targets():
    network = Network((3, 4, 1), output="identity")
    assert network.loss(X, [1, 2, 3, 4, 5]) == network.loss(X, [[1], [2], [3], [4], [5]])


def test_one_hot_has_a_one_in_the_place_of_the_class():
    np.testing.assert_array_equal(one_hot([2, 0], 3), [[0, 0, 1], [1, 0, 0]])
    with pytest.raises(ValueError, match=re.escape("labels[1] is 3")):
        one_hot([0, 3], 3)
    with pytest.raises(ValueError, match="class numbers"):
        one_hot([[1, 0], [0, 1]], 2)


def test_what_is_handed_in_is_never_changed():
    samples, rows = np.ones((5, 3)), np.eye(2)[LABELS]
    kept = samples.copy(), rows.copy()
    Network((3, 4, 2)).fit(samples, rows, epochs=2, batch_size=2)
    np.testing.assert_array_equal(samples, kept[0])
    np.testing.assert_array_equal(rows, kept[1])
