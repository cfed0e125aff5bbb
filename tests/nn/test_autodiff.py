"""The reverse-mode engine, against SymPy, the complex step, differences, and what PyTorch found."""

import gc
import operator
import tracemalloc
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from bpkit import nn
from bpkit.nn.autodiff import Node, gradients, node, order, unbroadcast
from bpkit.nn.torch_gradients import stored

RNG = np.random.default_rng(10)


def slope(f, x):
    """The gradient of f at x, from the engine."""
    x = Node(x)
    return gradients(f(x), [x])[0]


def test_a_product_plus_a_quotient_agrees_with_sympy():
    x, y = sympy.symbols("x y")
    f = x * y + sympy.exp(x - y) / (1 + y**2) - sympy.log(x) * sympy.tanh(y) + 2 / x - 3 * (1 - y) + (-x) ** 3
    a, b = Node(0.7), Node(-1.3)
    L = a * b + (a - b).exp() / (1 + b**2) - a.log() * b.tanh() + 2 / a - 3 * (1 - b) + (-a) ** 3
    values = {x: 0.7, y: -1.3}
    assert L.value == pytest.approx(float(f.subs(values)), rel=1e-14)
    assert gradients(L, [a, b]) == pytest.approx([float(f.diff(v).subs(values)) for v in (x, y)], rel=1e-14)


@pytest.mark.parametrize(
    ("operation", "f"),
    [
        (lambda x: x.exp(), np.exp),
        (lambda x: x.log(), np.log),
        (lambda x: x.tanh(), np.tanh),
        (lambda x: x.sigmoid(), lambda z: 1 / (1 + np.exp(-z))),
        (lambda x: x.apply(np.sin, np.cos), np.sin),
        (lambda x: x**3, lambda z: z**3),
        (lambda x: x**-0.5, lambda z: z**-0.5),
        (lambda x: x**1, lambda z: z),
        (lambda x: 2 - x, lambda z: 2 - z),
        (lambda x: x - 2, lambda z: z - 2),
        (lambda x: 2 / x, lambda z: 2 / z),
        (lambda x: x / 2, lambda z: z / 2),
        (lambda x: -x, lambda z: -z),
        (lambda x: x * x, lambda z: z * z),
        (lambda x: x / x.sum(), lambda z: z / z.sum()),
        (lambda x: x.T * x.T, lambda z: z.T * z.T),
        (lambda x: x @ x.T, lambda z: z @ z.T),
        (lambda x: x.sum(axis=0), lambda z: z.sum(axis=0)),
        (lambda x: x.sum(axis=1) ** 2, lambda z: z.sum(axis=1) ** 2),
        (lambda x: x.sum(axis=-1, keepdims=True) * x, lambda z: z.sum(axis=-1, keepdims=True) * z),
    ],
)
def test_every_operation_agrees_with_the_complex_step(operation, f):
    x = RNG.uniform(0.5, 2, size=(3, 2))
    assert operation(Node(x)).value == pytest.approx(f(x), rel=1e-14)
    weights = RNG.normal(size=f(x).shape)  # so that every entry counts differently
    measured = np.empty_like(x)
    for place in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[place] += 1e-30j
        measured[place] = np.sum(weights * f(moved)).imag / 1e-30
    assert slope(lambda x: (weights * operation(x)).sum(), x) == pytest.approx(measured, rel=1e-12)


def test_relu_is_flat_below_zero_and_at_zero():
    assert slope(lambda x: (2 * x.relu()).sum(), [-1.0, 0.0, 3.0]).tolist() == [0, 0, 2]


def test_a_zeroth_power_is_flat_even_at_zero():
    assert slope(lambda x: x**0, 0.0) == 0


def test_sigmoids_slope_does_not_vanish_at_large_z():
    assert slope(lambda x: x.sigmoid(), 40.0) == pytest.approx(np.exp(-40), rel=1e-12)


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x: x + x**2, 7),
        (lambda x: x * x, 6),
        (lambda x: x + x, 2),
        (lambda x: x - x, 0),
        (lambda x: x / x, 0),
        (lambda x: (2 * x) * (x + 1) + x, 15),
    ],
)
def test_a_reused_node_accumulates(f, expected):
    assert slope(f, 3.0) == pytest.approx(expected)


def test_a_node_waits_for_the_longer_way_of_a_diamond():
    x = Node(2.0)
    u = x * x
    L = u * (u + u.exp())  # depth first, u would hand on what reaches it directly, before u.exp() has spoken
    u_ = 4.0
    assert gradients(L, [x, u]) == pytest.approx([dL := 4 * (2 * u_ + np.exp(u_) * (1 + u_)), dL / 4])


def test_thirty_doublings_take_thirty_steps():
    x = y = Node(1.0)
    for _ in range(30):
        y = y + y
    assert gradients(y, [x]) == [2.0**30]  # along 2³⁰ paths
    assert len(order(y)) == 31


def test_every_node_comes_once_and_after_its_parents():
    x, y = Node(1.0), Node(2.0)
    u = x * y
    L = u * (u.exp() + y**2) + x
    placed = order(L)
    assert len(set(placed)) == len(placed) == 8
    assert placed[-1] is L
    for place, found in enumerate(placed):
        assert {parent for parent, _ in found.parents} <= set(placed[:place])


def test_a_chain_of_100_000_nodes_needs_no_recursion_not_even_to_be_deleted():
    x = y = Node(1.0)
    for _ in range(100_000):
        y = y * x
    assert len(order(y)) == 100_001
    assert gradients(y, [x]) == [100_001]  # y = x^100001
    del y
    gc.collect()


def test_a_second_call_finds_the_same_and_another_loss_nothing_of_the_first():
    x = Node([1.0, 2.0])
    first, second = (x * x).sum(), (3 * x).sum()
    assert gradients(first, [x])[0].tolist() == [2, 4]
    assert gradients(first, [x])[0].tolist() == [2, 4]
    assert gradients(second, [x])[0].tolist() == [3, 3]


def test_what_the_loss_does_not_depend_on_has_slope_zero_and_the_loss_itself_one():
    x, apart = Node(2.0), Node(np.ones((2, 3)))
    L = x**2
    of_apart, of_L = gradients(L, [apart, L])
    assert of_apart.tolist() == np.zeros((2, 3)).tolist()
    assert of_L == 1


def test_gradients_are_arrays_of_their_own():
    x, y = Node([1.0, 2.0]), Node([3.0, 4.0])
    by_x, by_y = gradients((x + y).sum(), [x, y])
    by_x += 1
    assert by_y.tolist() == [1, 1]


def test_nothing_that_is_handed_back_is_shared():
    x, apart = Node([1.0, 2.0]), Node(1.0)
    L = x.sum()
    twice = gradients(L, [x, x, L, apart])
    for place, part in enumerate(twice):
        part += place + 1
    assert [part.tolist() for part in twice] == [[2, 2], [3, 3], 4, 4]
    assert gradients(L, [x])[0].tolist() == [1, 1]


def test_a_gradient_is_an_array_even_of_a_single_number():
    x, apart = Node(3.0), Node(1.0)
    for part in gradients(x * x + 2 / x, (leaf for leaf in (x, apart))):
        assert isinstance(part, np.ndarray)
        assert part.shape == ()
    assert gradients(x, []) == []


def test_slopes_inside_are_given_up_while_walking():
    x = y = Node(np.ones(100_000))
    for _ in range(30):
        y = y + x
    L = y.sum()
    tracemalloc.start()
    gradients(L, [x])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * x.value.nbytes


def test_a_nodes_value_stays_as_it_is():
    x = Node([1.0, 2.0])
    with pytest.raises(ValueError, match="read-only"):
        x.value -= 1


@pytest.mark.parametrize("n", [49.0, 1e-310, 1e200])
def test_a_quotient_of_equals_is_one(n):
    x, y = Node(n), Node(n)
    assert (x / y).value == (n / y).value == 1
    if n > 1e-300:  # else 1/n is no float
        assert gradients(x / y, [x, y]) == [1 / n, -1 / n]


@pytest.mark.parametrize("two", [2, 2.0, np.uint8(2), np.int64(2), np.float32(2), Fraction(2), True + 1])
def test_an_exponent_may_be_any_real_number(two):
    assert slope(lambda x: (x**two).sum(), [-3.0, 0.0]).tolist() == [-6, 0]
    assert slope(lambda x: (x ** (two - two)).sum(), [-3.0, 0.0]).tolist() == [0, 0]


def test_changing_an_array_afterwards_changes_no_slope():
    W = np.array([1.0, 2.0])
    leaf = Node(W)
    L = (leaf * leaf).sum()
    W += 100
    assert gradients(L, [leaf])[0].tolist() == [2, 4]


SHAPES = st.sampled_from([(), (1,), (3,), (2, 1), (1, 3), (2, 3), (1, 1), (4, 2, 3), (4, 1, 1), (1, 2, 1)])


@given(SHAPES, SHAPES, st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv]))
@settings(max_examples=150, deadline=None)
def test_two_shapes_that_numpy_stretches_give_slopes_of_their_own_shapes(shape, other, operation):
    x, y = np.full(shape, 1.5), np.full(other, 2.5)
    both = np.broadcast_shapes(shape, other)
    weights = np.arange(1.0, 1 + np.prod(both, dtype=int)).reshape(both)
    nodes = Node(x), Node(y)
    L = weights * operation(*nodes)
    assert L.value == pytest.approx(weights * operation(x, y))
    for place, slopes in enumerate(gradients(L.sum(), nodes)):
        values = [x, y]
        assert slopes.shape == values[place].shape
        for index in np.ndindex(slopes.shape):
            ends = []
            for step in (1e-6, -1e-6):
                moved = [x.copy(), y.copy()]
                moved[place][index] += step
                ends.append(np.sum(weights * operation(*moved)))
            assert slopes[index] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6, abs=1e-7)


def test_unbroadcast_sums_what_was_repeated_and_only_that():
    g = np.arange(24.0).reshape(2, 3, 4)
    for shape in ((), (1,), (4,), (3, 1), (1, 4), (2, 1, 1), (1, 3, 1), (2, 3, 4)):
        summed = unbroadcast(g, shape)
        assert summed.shape == shape
        assert summed.sum() == g.sum()
    assert unbroadcast(g, (3, 1)).ravel().tolist() == g.sum(axis=(0, 2)).tolist()


def test_arrays_and_numbers_may_stand_on_either_side():
    x, A = Node([[1.0], [2.0]]), np.array([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
    assert isinstance(A @ x, Node)
    assert gradients((A @ x).sum(), [x])[0].ravel().tolist() == [15, 18]
    assert gradients((np.array([[2.0]]) * x + 1 - A[:2, :1] / x).sum(), [x])[0].ravel() == pytest.approx([5, 3.25])
    assert gradients((np.float64(3) - x).sum(), [x])[0].ravel().tolist() == [-1, -1]
    assert node(x) is x


# Random graphs: each step applies an operation to nodes found before, so that they are reused again and again.
STEPS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=25)


def grown(start, steps, tanh):
    """Grow a graph from its leaves; the same steps build it from nodes or from complex numbers."""
    found = list(start)
    for kind, i, j in steps:
        u, v = found[i % len(found)], found[j % len(found)]
        made = [
            lambda u, v: u + v,
            lambda u, v: u * v * 0.5,
            lambda u, v: u - 2 * v,
            lambda u, v: u / (v**2 + 1),
            lambda u, v: tanh(u),
            lambda u, v: -u * u / 3,
            lambda u, v: 1 - v,
        ][kind](u, v)
        found.append(tanh(made))  # stays within bounds
    return sum(found[1:], start=found[0])


@given(STEPS, st.lists(st.floats(-2, 2), min_size=3, max_size=3))
@settings(max_examples=200, deadline=None)
def test_random_graphs_agree_with_the_complex_step(steps, values):
    leaves = [Node(value) for value in values]
    L = grown(leaves, steps, lambda u: u.tanh())
    for place, found in enumerate(gradients(L, leaves)):
        moved = [complex(value, 1e-30 * (place == k)) for k, value in enumerate(values)]
        measured = grown(moved, steps, np.tanh).imag / 1e-30
        assert found == pytest.approx(measured, rel=1e-9, abs=1e-12)


def softmax(z):
    e = (z - z.value.max(axis=0)).exp()
    return e / e.sum(axis=0)


OUTPUTS = {"softmax": softmax, "sigmoid": Node.sigmoid, "identity": node}
LOSSES = {
    "cross_entropy": lambda z, a, y: -(y * a.log()).sum(),
    "binary_cross_entropy": lambda z, a, y: ((1 + z.exp()).log() - y * z).sum(),  # log(1 − a) would lose digits
    "mse": lambda z, a, y: ((a - y) ** 2).sum() / len(y),
}


@pytest.mark.parametrize("network", stored(), ids=lambda n: f"{'-'.join(map(str, n.sizes))} {n.hidden} {n.loss_name}")
def test_networks_have_the_gradients_that_pytorch_found(network):
    W, b = {l: Node(W) for l, W in network.W.items()}, {l: Node(b[:, None]) for l, b in network.b.items()}
    a, F = Node(network.X.T), len(network.sizes)
    for l in range(2, F + 1):
        z = W[l] @ a + b[l]
        a = OUTPUTS[network.output](z) if l == F else getattr(z, network.hidden)()
    L = LOSSES[network.loss_name](z, a, network.Y.T) / len(network.X)
    assert L.value == pytest.approx(network.loss, rel=1e-12)
    found = gradients(L, [part for l in range(2, F + 1) for part in (W[l], b[l])])
    wanted = [part for pair in network.gradient for part in pair]
    largest = max(np.abs(part).max() for part in wanted)
    for part, right in zip(found, wanted, strict=True):
        assert part.reshape(right.shape) == pytest.approx(right, rel=1e-12, abs=1e-12 * largest)


def test_the_stored_networks_are_of_many_kinds_and_say_who_found_them():
    networks = stored()
    assert len(networks) == 20
    assert networks[0].sizes == (3, 4, 2)
    assert (networks[0].hidden, networks[0].output, networks[0].loss_name) == ("sigmoid", "softmax", "cross_entropy")
    assert len({(n.hidden, n.output, n.loss_name) for n in networks}) > 6
    assert {n.version for n in networks} == {"2.13.0"}
    assert any(n != below for network in networks for below, n in pairwise(network.sizes))


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        (lambda x: gradients(x, [x]), ValueError, r"one number.*\(2, 3\)"),
        (lambda x: gradients(3.0, [x]), TypeError, "takes a node"),
        (lambda x: gradients(x.sum(), [x, np.ones(3)]), TypeError, "list of nodes"),
        (lambda x: gradients(x.sum(), x), TypeError, "even if it is a single one"),
        (lambda x: x @ x, ValueError, r"\(2, 3\) @ \(2, 3\)"),
        (lambda x: x @ np.ones(3), ValueError, r"\(2, 3\) @ \(3,\)"),
        (lambda x: x + np.ones((2, 4)), ValueError, r"\(2,3\) \(2,4\)"),
        (lambda x: x**x, TypeError, "exponent"),
        (lambda x: x ** np.ones(3), TypeError, "exponent"),
        (lambda x: Node([[1.0], [2.0, 3.0]]), ValueError, "inhomogeneous"),
        (lambda x: x**None, TypeError, "exponent"),
        (lambda x: x**1j, TypeError, "one real number"),
        (lambda x: 2**x, TypeError, r"\(y \* x.log\(\)\).exp\(\)"),
        (lambda x: Node(1j), TypeError, "real numbers, not complex"),
        (lambda x: x * np.array([1j]), TypeError, "real numbers, not complex"),
        (lambda x: Node(None), TypeError, "real numbers"),
        (lambda x: x + "3", TypeError, "real numbers"),
        (lambda x: Node(x), TypeError, "real numbers"),
    ],
)
def test_what_cannot_be_is_told(wrong, error, said):
    with pytest.raises(error, match=said):
        wrong(Node(np.ones((2, 3))))


def test_a_node_shows_its_value():
    assert repr(Node(2) * 3) == "Node(6.0)"
    assert nn.sigmoid(0.0) == Node(0.0).sigmoid().value
