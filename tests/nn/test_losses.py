"""The losses and their gradients: by SymPy, by differences, and by hand; one number per sample."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpkit.nn import mean_squared_error, squared_error

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
