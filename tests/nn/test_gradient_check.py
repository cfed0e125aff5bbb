"""The gradient check: it passes what is right, finds what is wrong, and says where."""

import numpy as np
import pytest

from bpkit.nn import Network, gradient_check
from bpkit.nn.gradient_check import parameter_names

NETWORK = Network((3, 4, 2), "tanh", seed=3)
RNG = np.random.default_rng(1)
X, Y = RNG.standard_normal((6, 3)), RNG.integers(0, 2, 6)
BOUND = {"complex": 1e-14, "central": 1e-8}


def changed(layer, part, place, by):
    gradient = NETWORK.gradient(X, Y)
    gradient[layer - 2][part][place] += by
    return gradient


@pytest.mark.parametrize("method", ["complex", "central"])
@pytest.mark.parametrize("directions", [None, 1, 5])
def test_a_right_gradient_passes(method, directions):
    found = gradient_check(NETWORK, X, Y, method=method, directions=directions)
    assert found.error <= BOUND[method]
    assert found.method == method


@pytest.mark.parametrize("method", ["complex", "central"])
@pytest.mark.parametrize(
    ("layer", "part", "place", "name"),
    [(2, 0, (3, 1), "w_42^2"), (3, 0, (0, 2), "w_13^3"), (2, 1, (0,), "b_1^2"), (3, 1, (1,), "b_2^3")],
)
def test_the_worst_parameter_is_named(method, layer, part, place, name):
    found = gradient_check(NETWORK, X, Y, changed(layer, part, place, 1e-4), method=method)
    assert found.worst == name
    assert found.error > 1e-5
    assert found.given - found.measured == pytest.approx(1e-4, rel=1e-3)
    assert name in str(found)


def test_a_wrong_gradient_fails_along_a_random_direction():
    assert gradient_check(NETWORK, X, Y, changed(2, 0, (0, 0), 1e-3), directions=3).error > 1e-4


@pytest.mark.parametrize("factor", [0, -1, 2, 0.5])
def test_a_multiple_of_the_gradient_fails(factor):
    gradient = [(factor * dW, factor * db) for dW, db in NETWORK.gradient(X, Y)]
    assert gradient_check(NETWORK, X, Y, gradient).error > 0.4


def test_nan_is_the_worst_of_all():
    found = gradient_check(NETWORK, X, Y, changed(3, 0, (1, 1), np.nan))
    assert found.worst == "w_22^3"
    assert not found.error <= 1


def test_a_small_slope_in_an_early_layer_is_not_lost_beside_large_ones():
    deep = Network((3, 4, 4, 4, 4, 2), "sigmoid", "sigmoid", "mse", seed=0)
    targets = RNG.random((6, 2))
    gradient = deep.gradient(X, targets)
    assert abs(gradient[0][0]).max() < 1e-2 * abs(gradient[-1][0]).max()
    gradient[0] = (2 * gradient[0][0], gradient[0][1])
    assert gradient_check(deep, X, targets, gradient).error == pytest.approx(0.5)


def test_the_network_is_left_as_it_was():
    before = NETWORK.theta.copy()
    gradient_check(NETWORK, X, Y)
    gradient_check(NETWORK, X, Y, method="central")
    np.testing.assert_array_equal(NETWORK.theta, before)
    assert NETWORK.theta.dtype == float
    assert NETWORK.W[2].base is NETWORK.theta


def test_float32_is_measured_in_float64():
    single = Network((3, 4, 2), dtype=np.float32)
    assert 1e-12 < gradient_check(single, X, Y).error < 1e-5


def test_every_parameter_has_its_worksheet_name():
    assert parameter_names((2, 1, 2)) == ["w_11^2", "w_12^2", "b_1^2", "w_11^3", "w_21^3", "b_1^3", "b_2^3"]
    assert parameter_names((1, 11))[10] == "w_{11,1}^2"
    assert parameter_names((1, 11))[-1] == "b_11^2"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"method": "forward"}, 'method must be "complex" or "central"'),
        ({"directions": 0}, "directions must be at least 1, not 0"),
        ({"gradient": []}, "gradient must hold a pair for each layer 2, …, 3, so 2, not 0"),
        (
            {"gradient": [(np.ones((3, 4)), np.ones(4)), (np.ones((2, 4)), np.ones(2))]},
            r"∂L/∂W\^2 must have shape \(4, 3\)",
        ),
        (
            {"gradient": [(np.ones((4, 3)), np.ones((4, 1))), (np.ones((2, 4)), np.ones(2))]},
            r"∂L/∂b\^2 must have shape",
        ),
    ],
)
def test_what_can_not_be_checked_is_told(arguments, told):
    with pytest.raises(ValueError, match=told):
        gradient_check(NETWORK, X, Y, **arguments)
