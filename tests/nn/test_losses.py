"""The losses and their gradients: by SymPy, by differences, and by hand; one number per sample."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpkit.nn import (
    binary_cross_entropy,
    binary_cross_entropy_of_logits,
    cross_entropy,
    cross_entropy_of_logits,
    hinge,
    log_sum_exp,
    mean_absolute_error,
    mean_squared_error,
    sigmoid,
    softmax,
    squared_error,
    zero_one,
)

LOSSES = [mean_squared_error, squared_error]
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
shapes = st.one_of(st.tuples(st.integers(1, 5)), st.tuples(st.integers(1, 5), st.integers(1, 4)))
pairs = shapes.flatmap(
    lambda shape: st.tuples(*[arrays(np.float64, shape, elements=st.floats(-100, 100)) for _ in "ay"])
)


def test_the_worksheets_conventions_are_these():
    a, y = [1.0, 2.0, 5.0], [0.0, 4.0, 5.0]
    assert mean_squared_error(a, y) == pytest.approx((1 + 4 + 0) / 3)
    assert squared_error(a, y) == 5
    assert mean_squared_error.gradient(a, y).tolist() == pytest.approx([2 / 3, -4 / 3, 0])
    assert squared_error.gradient(a, y).tolist() == [2, -4, 0]


@pytest.mark.parametrize("c", [1, 2, 5])
def test_the_gradients_are_sympys(c):
    a, y = sp.symbols(f"a1:{c + 1}", real=True), sp.symbols(f"y1:{c + 1}", real=True)
    total = sum((y_j - a_j) ** 2 for a_j, y_j in zip(a, y, strict=True))
    numbers = np.random.default_rng(c).standard_normal((2, c))
    at = dict(zip(a + y, numbers.ravel(), strict=True))
    for loss, expression in [(mean_squared_error, total / c), (squared_error, total)]:
        assert float(loss(*numbers)) == pytest.approx(float(expression.subs(at)))
        exact = [float(expression.diff(a_j).subs(at)) for a_j in a]
        np.testing.assert_allclose(loss.gradient(*numbers), exact, rtol=1e-13)


@every_loss
@given(pairs, st.integers(0, 2**32 - 1))
def test_the_gradient_is_the_limit_of_differences_in_any_direction(loss, pair, seed):
    a, y = pair
    direction = np.random.default_rng(seed).standard_normal(a.shape)
    # A parabola: the central difference is exact, so a wide step only keeps rounding away.
    difference = (loss(a + direction, y) - loss(a - direction, y)) / 2
    slope = (loss.gradient(a, y) * direction).sum(axis=0)
    np.testing.assert_allclose(slope, difference, rtol=1e-9, atol=1e-8)


@every_loss
@given(pairs)
def test_each_column_is_a_sample_of_its_own(loss, pair):
    a, y = pair
    value, gradient = loss(a, y), loss.gradient(a, y)
    assert np.shape(value) == a.shape[1:]
    assert gradient.shape == a.shape
    if a.ndim == 2:
        alone = [loss(a_n, y_n) for a_n, y_n in zip(a.T, y.T, strict=True)]
        np.testing.assert_allclose(value, alone, rtol=1e-12)
        columns = [loss.gradient(a_n, y_n) for a_n, y_n in zip(a.T, y.T, strict=True)]
        np.testing.assert_allclose(gradient.T, columns, rtol=1e-12)


@every_loss
def test_one_hot_targets_of_small_whole_numbers_do_not_wrap_around(loss):
    a, y = np.array([0, 1], np.uint8), np.array([1, 0], np.uint8)
    assert loss.gradient(a, y)[0] < 0


@every_loss
@pytest.mark.parametrize("y", [[[1.0], [2.0]], [1.0], 1.0, [1.0, 2.0, 3.0]])
def test_shapes_that_would_broadcast_are_refused(loss, y):
    for function in (loss, loss.gradient):
        with pytest.raises(ValueError, match="differ in shape"):
            function([1.0, 2.0], y)


@every_loss
@pytest.mark.parametrize("nothing", [[], 1.0])
def test_no_outputs_at_all_are_refused(loss, nothing):
    with pytest.raises(ValueError, match="expected c outputs"):
        loss(nothing, nothing)


# Of every loss: its formula over the outputs of one sample in SymPy, and which numbers it is for.
a, y, z = sp.symbols("a y z", real=True)
PROBABILITIES, LABELS, NUMBERS = st.floats(0.01, 0.99), st.sampled_from([-1.0, 1.0]), st.floats(-5, 5)
TERMS = {
    mean_absolute_error: (sp.Abs(a - y), True, NUMBERS, NUMBERS),
    hinge: (sp.Max(0, 1 - y * a), True, NUMBERS, LABELS),
    zero_one: (sp.Piecewise((1, y * a <= 0), (0, True)), True, NUMBERS, LABELS),
    cross_entropy: (-y * sp.log(a), False, PROBABILITIES, PROBABILITIES),
    binary_cross_entropy: (-(y * sp.log(a) + (1 - y) * sp.log(1 - a)), False, PROBABILITIES, PROBABILITIES),
    binary_cross_entropy_of_logits: (sp.log(1 + sp.exp(a)) - y * a, False, NUMBERS, PROBABILITIES),
}


@pytest.mark.parametrize("loss", TERMS, ids=lambda loss: loss.name)
@given(data=st.data())
def test_every_loss_and_its_gradient_are_those_of_its_formula(loss, data):
    term, averaged, outputs, targets = TERMS[loss]
    shape = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 3)))
    given_a = data.draw(arrays(np.float64, shape, elements=outputs))
    given_y = data.draw(arrays(np.float64, shape, elements=targets))
    given_a[np.abs(given_a - given_y) < 1e-3] += 0.01 if outputs is not PROBABILITIES else 0  # not at a corner
    value, slope = (sp.lambdify((a, y), f, "mpmath") for f in (term, sp.diff(term, a)))
    count = shape[0] if averaged else 1
    pairs = list(zip(given_a.ravel(), given_y.ravel(), strict=True))
    values = np.array([float(value(*pair)) for pair in pairs]).reshape(shape).sum(axis=0) / count
    slopes = np.array([float(slope(*pair)) for pair in pairs]).reshape(shape) / count
    np.testing.assert_allclose(loss(given_a, given_y), values, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(loss.gradient(given_a, given_y), slopes, rtol=1e-12, atol=1e-12)


@given(arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-30, 30)), st.data())
def test_cross_entropy_is_the_same_from_probabilities_and_from_logits(z, data):
    """L = log Σ e^z − Σ y z where Σ y = 1, and its gradient is softmax(z) − y, also through softmax's Jacobian."""
    labels = data.draw(arrays(np.int64, z.shape[1], elements=st.integers(0, z.shape[0] - 1)))
    y = np.eye(z.shape[0])[:, labels]
    np.testing.assert_allclose(cross_entropy_of_logits(z, y), cross_entropy(softmax(z), y), rtol=1e-9, atol=1e-9)
    for i in range(z.shape[1]):
        p = softmax(z[:, i])
        through = (np.diag(p) - np.outer(p, p)) @ cross_entropy.gradient(p, y[:, i])
        np.testing.assert_allclose(cross_entropy_of_logits.gradient(z, y)[:, i], through, atol=1e-9)


@given(arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 3)), elements=st.floats(-15, 15)), st.data())
def test_binary_cross_entropy_is_the_same_from_probabilities_and_from_logits(z, data):
    y = data.draw(arrays(np.float64, z.shape, elements=st.floats(0, 1)))
    given_a = sigmoid(z)
    np.testing.assert_allclose(binary_cross_entropy_of_logits(z, y), binary_cross_entropy(given_a, y), rtol=1e-6)
    through = binary_cross_entropy.gradient(given_a, y) * sigmoid.df(z)
    np.testing.assert_allclose(binary_cross_entropy_of_logits.gradient(z, y), through, atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_of_a_thousand_give_the_finite_loss_that_they_deserve(dtype):
    z, y = np.array([[1000, 1000], [-1000, -1000]], dtype), np.array([[1, 0], [0, 1]], dtype)
    with np.errstate(all="raise", under="ignore"):
        assert log_sum_exp(z).tolist() == [1000, 1000]
        assert cross_entropy_of_logits(z, y).tolist() == [0, 2000]
        assert binary_cross_entropy_of_logits(z, y).tolist() == [0, 2000]
        assert cross_entropy_of_logits.gradient(z, y).tolist() == [[0, 1], [0, -1]]
    assert cross_entropy_of_logits(z, y).dtype == log_sum_exp(z).dtype == dtype


def test_a_sure_right_answer_has_no_loss_and_no_nan():
    with np.errstate(all="raise"):
        assert cross_entropy([0.0, 1.0], [0, 1]) == 0
        assert cross_entropy.gradient([0.0, 1.0], [0, 1]).tolist() == [0, -1]
        assert binary_cross_entropy([0.0, 1.0], [0, 1]) == 0
        assert cross_entropy([0.0, 1.0], [1, 0]) == np.inf  # and a sure wrong one the loss that it deserves


def test_at_a_corner_the_convention_is_0():
    assert mean_absolute_error.gradient([2.0], [2.0]).tolist() == [0]
    assert hinge.gradient([1.0, -1.0], [1, -1]).tolist() == [0, 0]
    assert zero_one([0.0], [1]) == 1  # a score of 0 is no answer


def test_the_zero_one_loss_says_nothing_about_the_way_down():
    assert not zero_one.gradient([[-2.0, 3.0]], [[1, 1]]).any()


@pytest.mark.parametrize("loss", TERMS, ids=lambda loss: loss.name)
def test_unequal_shapes_are_refused_by_all(loss):
    for f in (loss, loss.gradient):
        with pytest.raises(ValueError, match="differ in shape"):
            f([1.0, 2.0], [[1.0], [2.0]])
