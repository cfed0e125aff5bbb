"""The single chain of DSC 255: forward, and its gradients checked three ways."""

import cmath

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from bpkit.nn import chain_backward, chain_forward, feedforward, relu, sigmoid, tanh

number = st.floats(-3, 3)
chains = st.lists(st.tuples(number, number), min_size=1, max_size=8)


def test_three_links_agree_with_sympy():
    w, b, x = sp.symbols("w1:4"), sp.symbols("b1:4"), sp.Symbol("x")
    u = sp.Symbol("u")
    numbers = dict(zip((*w, *b, x), [0.7, -1.3, 2.1, 0.2, 0.4, -0.5, 1.5], strict=True))
    h_3 = x
    for w_i, b_i in zip(w, b, strict=True):
        h_3 = 1 / (1 + sp.exp(-(w_i * h_3 + b_i)))
    upstream = (u - sp.Rational(1, 4)) ** 2  # a loss L(h_3), so dL/dh_3 = 2 (h_3 − 1/4)
    loss = upstream.subs(u, h_3)

    values = list(numbers.values())
    _, h = chain_forward(values[:3], values[3:6], values[6])
    assert h[3] == pytest.approx(float(h_3.subs(numbers)), rel=1e-14)
    gradient = chain_backward(values[:3], values[3:6], values[6], 2 * (h[3] - 0.25))
    for i in range(3):
        assert gradient.dL_dw[i] == pytest.approx(float(loss.diff(w[i]).subs(numbers)), rel=1e-12)
        assert gradient.dL_db[i] == pytest.approx(float(loss.diff(b[i]).subs(numbers)), rel=1e-12)
    assert gradient.dL_dh[0] == pytest.approx(float(loss.diff(x).subs(numbers)), rel=1e-12)
    assert gradient.dL_dh[3] == 2 * (h[3] - 0.25)


@given(chains, number, number, st.sampled_from(["sigmoid", "tanh"]))
def test_any_depth_agrees_with_the_complex_step(links, x, upstream, name):
    activation, f = {"sigmoid": (sigmoid, lambda z: 1 / (1 + cmath.exp(-z))), "tanh": (tanh, cmath.tanh)}[name]
    w, b = (list(column) for column in zip(*links, strict=True))
    gradient = chain_backward(w, b, x, upstream, activation)

    def output(w, b, h, start=0):
        for w_i, b_i in zip(w[start:], b[start:], strict=True):
            h = f(w_i * h + b_i)
        return h

    def slope(value):
        return upstream * value.imag / 1e-30

    _, h = chain_forward(w, b, x, activation)
    tolerance = {"rel": 1e-9, "abs": 1e-15}
    for i in range(len(w)):
        nudged_w = [w_j + 1e-30j * (i == j) for j, w_j in enumerate(w)]
        nudged_b = [b_j + 1e-30j * (i == j) for j, b_j in enumerate(b)]
        assert gradient.dL_dw[i] == pytest.approx(slope(output(nudged_w, b, x)), **tolerance)
        assert gradient.dL_db[i] == pytest.approx(slope(output(w, nudged_b, x)), **tolerance)
        assert gradient.dL_dh[i] == pytest.approx(slope(output(w, b, h[i] + 1e-30j, start=i)), **tolerance)
    assert gradient.dL_dh[-1] == upstream


@given(chains, number)
def test_the_chain_is_a_network_with_one_neuron_in_each_layer(links, x):
    w, b = zip(*links, strict=True)
    z, h = chain_forward(w, b, x, tanh)
    layers = feedforward([[[w_i]] for w_i in w], [[b_i] for b_i in b], [x], tanh)
    np.testing.assert_allclose(h, [layers.a[l][0] for l in sorted(layers.a)], rtol=1e-13, atol=1e-300)
    np.testing.assert_allclose(z, [layers.z[l][0] for l in sorted(layers.z)], rtol=1e-13, atol=1e-300)


def test_the_gradient_vanishes_with_depth_under_the_sigmoid_and_not_under_relu():
    depth = 30
    vanished = chain_backward(np.ones(depth), np.zeros(depth), 1.0, 1.0, sigmoid).dL_dh[0]
    kept = chain_backward(np.ones(depth), np.zeros(depth), 1.0, 1.0, relu).dL_dh[0]
    assert 0 < vanished < 0.25**depth * 1.0001  # σ' is never more than a quarter
    assert kept == 1


def test_a_chain_of_no_links_is_its_input():
    z, h = chain_forward([], [], 3.0)
    assert z.size == 0
    assert h.tolist() == [3.0]
    assert chain_backward([], [], 3.0, 2.0).dL_dh.tolist() == [2.0]


@pytest.mark.parametrize(("w", "b"), [([1, 2], [1]), ([[1]], [[1]]), (1, 1)])
def test_weights_and_biases_that_do_not_pair_up_are_refused(w, b):
    with pytest.raises(ValueError, match="two vectors of the same length"):
        chain_forward(w, b, 1.0)
    with pytest.raises(ValueError, match="two vectors of the same length"):
        chain_backward(w, b, 1.0, 1.0)
