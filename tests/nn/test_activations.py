"""The activation functions against SymPy, against differences, and at the edges of the number line."""

import cmath

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpkit.nn import identity, leaky, leaky_relu, relu, sigmoid, softmax, softmax_jacobian, tanh

z = sp.Symbol("z", real=True)
# The definitions, in SymPy's own words: the derivative is then SymPy's, not ours.
DEFINITIONS = {
    sigmoid: 1 / (1 + sp.exp(-z)),
    tanh: (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z)),
    relu: sp.Piecewise((z, z > 0), (0, True)),
    leaky_relu: sp.Piecewise((z, z > 0), (sp.Rational(1, 100) * z, True)),
    identity: z,
}
ACTIVATIONS = list(DEFINITIONS)
every_activation = pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda activation: activation.name)


@every_activation
@pytest.mark.parametrize("point", ["-40", "-3", "-0.5", "-1e-9", "1e-9", "0.25", "2", "37"])
def test_value_and_slope_agree_with_sympy_to_fifteen_digits_even_in_the_tails(activation, point):
    expression = DEFINITIONS[activation]
    at = {z: sp.Rational(point)}
    for ours, exact in [
        (activation(float(point)), expression),
        (activation.df(float(point)), expression.diff(z)),
    ]:
        assert float(ours) == pytest.approx(float(sp.N(exact.subs(at), 40)), rel=2e-15, abs=0)


@every_activation
@given(point=st.floats(-20, 20).filter(lambda point: abs(point) > 1e-3))
def test_the_slope_is_the_limit_of_differences(activation, point):
    step = 1e-5  # smaller than the distance to the kink at 0
    difference = (activation(point + step) - activation(point - step)) / (2 * step)
    assert float(activation.df(point)) == pytest.approx(float(difference), rel=1e-6, abs=1e-9)


@given(point=st.floats(-20, 20))
def test_the_smooth_slopes_agree_with_the_complex_step(point):
    step = 1e-30j  # f(z + ih) = f(z) + ih f'(z): no subtraction, so no rounding
    by_hand = {sigmoid: lambda x: 1 / (1 + cmath.exp(-x)), tanh: cmath.tanh}
    for activation, f in by_hand.items():
        # Near the flat ends the complex tanh itself loses digits, hence the absolute term.
        assert float(activation.df(point)) == pytest.approx((f(point + step) / 1e-30).imag, rel=1e-12, abs=1e-15)


@every_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nothing_overflows_and_the_type_is_kept(activation, dtype):
    points = np.array([-1000, -100, -1, 0, 1, 100, 1000], dtype)
    with np.errstate(all="raise", under="ignore"):
        value, slope = activation(points), activation.df(points)
    assert value.dtype == slope.dtype == dtype
    assert value.shape == slope.shape == points.shape
    assert np.all(np.isfinite(value))
    assert np.all((slope >= 0) & (slope <= 1))


@every_activation
@given(points=arrays(np.float64, st.integers(1, 6), elements=st.floats(-1000, 1000)))
def test_the_slope_that_a_network_tells_from_the_value_is_the_slope(activation, points):
    values, slopes = np.empty(points.shape), np.empty(points.shape)
    with np.errstate(over="ignore"):
        activation.into(points, values)
    activation.slope_into(values, slopes)
    np.testing.assert_array_equal(values, activation(points))
    # Near 1 the digits of 1 − a are lost, so that the slope is right to 1e-16 of its largest value only.
    np.testing.assert_allclose(slopes, activation.df(points), rtol=1e-13, atol=1e-15)


def test_a_leak_that_is_no_leak_is_refused():
    for slope in (-0.1, 1.5, np.nan):
        with pytest.raises(ValueError, match="slope must be between 0 and 1"):
            leaky(slope)


def test_the_far_ends_of_the_sigmoid_are_exact():
    assert sigmoid([-1000.0, 0.0, 1000.0]).tolist() == [0.0, 0.5, 1.0]
    assert sigmoid.df([-1000.0, 0.0, 1000.0]).tolist() == [0.0, 0.25, 0.0]
    assert sigmoid([-np.inf, np.inf]).tolist() == [0.0, 1.0]


@every_activation
def test_lists_whole_numbers_and_matrices_are_welcome(activation):
    table = activation([[1, -2, 3], [0, 5, -6]])
    assert table.shape == (2, 3)
    assert table.dtype == np.float64
    assert float(activation(3)) == table[0, 2]


@every_activation
def test_what_is_not_a_number_stays_visible(activation):
    assert np.isnan(activation(np.nan))


def test_at_the_kink_the_slope_on_the_left_is_taken():
    assert relu.df([-1e-300, 0.0, 1e-300]).tolist() == [0, 0, 1]
    assert leaky_relu.df([-1.0, 0.0, 1.0]).tolist() == [0.01, 0.01, 1]
    assert leaky(0.2).df(0) == 0.2


def test_the_identity_hands_out_a_copy():
    original = np.array([1.0, 2.0])
    identity(original)[0] = 7
    assert original[0] == 1


logits = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-1000, 1000))


@given(logits)
def test_softmax_gives_each_column_as_probabilities(table):
    with np.errstate(all="raise", under="ignore"):
        p = softmax(table)
    assert p.shape == table.shape
    assert np.all(p >= 0)
    np.testing.assert_allclose(p.sum(axis=0), 1, rtol=1e-14)
    for column, probabilities in zip(table.T, p.T, strict=True):
        powers = [mpmath.exp(mpmath.mpf(float(value))) for value in column]  # mpmath cannot overflow
        np.testing.assert_allclose(probabilities, [float(e / sum(powers)) for e in powers], rtol=1e-12, atol=1e-300)


@given(logits, st.floats(-100, 100))
def test_softmax_only_sees_differences(table, shift):
    np.testing.assert_allclose(softmax(table + shift), softmax(table), rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softmax_keeps_the_type_at_a_thousand(dtype):
    p = softmax(np.array([1000, -1000, 1000], dtype))
    assert p.dtype == dtype
    assert p.tolist() == [0.5, 0, 0.5]


def test_the_jacobian_of_softmax_is_sympys():
    letters = sp.symbols("z1:4", real=True)
    p = sp.Matrix([sp.exp(letter) for letter in letters]) / sum(sp.exp(letter) for letter in letters)
    numbers = [0.3, -1.2, 2.5]
    exact = p.jacobian(letters).subs(dict(zip(letters, numbers, strict=True)))
    np.testing.assert_allclose(softmax_jacobian(numbers), np.array(exact.evalf(30), float), rtol=1e-13)


@given(arrays(np.float64, st.integers(1, 5), elements=st.floats(-5, 5)), st.integers(0, 2**32 - 1))
def test_the_jacobian_of_softmax_is_the_limit_of_differences_in_any_direction(numbers, seed):
    direction = np.random.default_rng(seed).standard_normal(len(numbers))
    step = 1e-6
    difference = (softmax(numbers + step * direction) - softmax(numbers - step * direction)) / (2 * step)
    np.testing.assert_allclose(softmax_jacobian(numbers) @ direction, difference, rtol=1e-6, atol=1e-8)


def test_the_jacobian_of_a_batch_is_refused():
    with pytest.raises(ValueError, match=r"one sample, not shape \(3, 2\)"):
        softmax_jacobian(np.zeros((3, 2)))
