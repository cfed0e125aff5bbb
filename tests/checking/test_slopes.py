"""Slopes measured on a function itself: a second referee, who knows no formula."""

from dataclasses import replace

import numpy as np
import pytest

from bpkit.checking import Function, Mistake
from bpkit.checking.functions import ALMOST, NEARLY, NEARLY_RIGHT, Case
from bpkit.checking.misconceptions import SENTENCES
from bpkit.checking.slopes import STEP, measured
from bpkit.course import exercises


def vector(size, seed):
    return np.random.default_rng(seed).normal(size=size)


def sine_sum(a, factor, shift):
    return float(np.sum(np.sin(factor * a + shift)))


POINT = vector((2, 3), 1), 1.3, np.array([[0.4], [-0.2]])


@pytest.mark.parametrize(
    ("place", "slope"),
    [
        (0, lambda a, f, s: f * np.cos(f * a + s)),
        (1, lambda a, f, s: np.sum(a * np.cos(f * a + s))),
        (2, lambda a, f, s: np.cos(f * a + s).sum(axis=1, keepdims=True)),
    ],
    ids=["first", "a number", "last"],
)
def test_the_slope_by_every_entry_of_one_argument_is_measured(place, slope):
    found = measured(sine_sum, POINT, place)
    assert found.shape == np.shape(POINT[place])
    np.testing.assert_allclose(found, slope(*POINT), atol=1e-8)


def test_the_difference_is_central_and_its_step_small():
    np.testing.assert_allclose(measured(lambda x: x**2, (3.0,), 0), 6, atol=1e-9)  # of a one-sided one, 6 + h
    np.testing.assert_allclose(measured(abs, (0.0,), 0), 0, atol=1e-12)
    assert STEP == 1e-5


def test_whole_numbers_are_moved_by_parts_of_one_and_nothing_is_changed():
    counts = np.array([1, 2])
    np.testing.assert_allclose(measured(lambda a: np.sum(a**2), (counts,), 0), [2, 4], atol=1e-8)
    assert counts.tolist() == [1, 2]

    def destroys(a):
        total = np.sum(a**2)
        a[:] = 0
        return total

    np.testing.assert_allclose(measured(destroys, (np.array([1.0, 2]),), 0), [2, 4], atol=1e-8)


def test_each_measurement_moves_one_entry():
    seen = []
    measured(lambda a: seen.append(a.copy()) or 0.0, (np.zeros((2, 2)),), 0)
    assert len(seen) == 8
    assert all(np.count_nonzero(a) == 1 for a in seen)
    np.testing.assert_allclose(np.sort(np.ravel(seen))[[0, -1]], [-STEP, STEP])


# A student's gradient, with the slopes measured as well.


def cubes(a, b):
    return float(np.sum(a**3) + np.sum(b**2))


def cubes_slopes(a, b):
    return 3 * a**2, 2 * b


CUBES = Function(
    "gradients",
    cubes_slopes,
    [Case((1 + np.abs(vector(n, n)), vector(n + 1, 9)), f"n = {n}") for n in (2, 3)],
    (Mistake("power-slip", lambda a, b: (3 * a, 2 * b)),),
    forward=cubes,
    by=(0, 1),
)


def difference_quotient(a, b, step=1e-6):
    return ((a + step) ** 3 - a**3) / step, ((b + step) ** 2 - b**2) / step


def test_an_exact_gradient_is_correct():
    assert CUBES.judge(cubes_slopes).status == "correct"


@pytest.mark.parametrize(
    "nearly",
    [
        difference_quotient,
        lambda a, b: (np.round(3 * a**2, 5), np.round(2 * b, 5)),
        lambda a, b: (3 * a**2 * (1 + NEARLY / 3), 2 * b),
    ],
    ids=["difference quotient", "rounded", "a little too large"],
)
def test_a_gradient_that_is_right_to_a_few_digits_is_neither_right_nor_wrong(nearly):
    verdict = CUBES.judge(nearly)
    assert (verdict.status, verdict.message, verdict.misconception) == ("undecided", ALMOST, None)
    assert "difference quotient" in ALMOST


def test_without_a_function_to_measure_what_is_nearly_right_is_no_more_called_wrong():
    verdict = replace(CUBES, forward=None).judge(difference_quotient)
    assert (verdict.status, verdict.message) == ("undecided", NEARLY_RIGHT)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda a, b: (3 * a**2 * (1 + 3 * NEARLY), 2 * b),
        lambda a, b: (difference_quotient(a, b)[0], b**2),
        lambda a, b: difference_quotient(a, b) if a.size == 2 else (a, b),
    ],
    ids=["too large", "one array", "one call"],
)
def test_what_is_near_only_in_part_is_wrong(wrong):
    assert CUBES.judge(wrong).status == "incorrect"


def test_a_named_mistake_is_told_without_the_slope():
    verdict = CUBES.judge(lambda a, b: (3 * a, 2 * b))
    assert (verdict.misconception, verdict.message) == ("power-slip", SENTENCES["power-slip"])


@pytest.mark.parametrize(("call", "result", "place"), [(0, 0, 1), (1, 0, 2), (0, 1, 0), (1, 1, 3)])
def test_an_unnamed_mistake_is_told_with_the_slope_measured_there(call, result, place):
    def wrong(a, b):
        slopes = [array.copy() for array in cubes_slopes(a, b)]
        if a.size == len(CUBES.cases[call].arguments[0]):
            slopes[result][place] += 0.5
            slopes[result][place - 1] -= 0.7 * (place > 0 and slopes[result].size > place + 1)
        return slopes

    case = CUBES.cases[call]
    verdict = CUBES.judge(wrong)
    assert verdict.status == "incorrect"
    start = f"Called with {case.said}, result {result + 1} of 2: "
    assert verdict.message.startswith(start)
    first = int(verdict.witness.point["index"].strip("(,)"))
    right = measured(cubes, case.arguments, result)[first]
    given = wrong(*case.arguments)[result][first]
    told = [f"{value:.4g}".replace("-", "−") for value in (given, right)]
    assert verdict.message.endswith(f" There yours is {told[0]}; the slope measured there is {told[1]}.")


def test_where_all_are_wrong_the_first_one_is_told():
    verdict = CUBES.judge(lambda a, b: [slope + 1 + np.arange(slope.size) for slope in cubes_slopes(a, b)])
    assert "one of the" in verdict.message
    assert " Your first one is " in verdict.message
    assert " There " not in verdict.message


def test_of_a_wrong_shape_no_slope_is_told():
    verdict = CUBES.judge(lambda a, b: (3 * a**2, np.ones(7)))
    assert "measured" not in verdict.message
    assert "7 numbers" in verdict.message


@pytest.mark.parametrize("by", [(1, 0), (0,), (1,)], ids=str)
def test_the_slopes_are_by_the_arguments_named_in_their_order(by):
    def chosen(function):
        return lambda a, b: function(a, b)[by[0]] if len(by) == 1 else tuple(function(a, b)[place] for place in by)

    one = Function("slopes", chosen(cubes_slopes), CUBES.cases, forward=cubes, by=by)
    assert one.judge(chosen(cubes_slopes)).status == "correct"
    assert one.judge(chosen(difference_quotient)).status == "undecided"
    assert "the slope measured there" in one.judge(chosen(lambda a, b: (a**4, b**3))).message


MEASURED = [
    (exercise.id, answer)
    for exercise in exercises()
    for answer in exercise.problem().answers
    if isinstance(answer, Function) and answer.forward
]


def test_the_course_has_gradients_that_are_measured():
    assert MEASURED


@pytest.mark.parametrize("answer", [answer for _, answer in MEASURED], ids=[exercise_id for exercise_id, _ in MEASURED])
def test_every_reference_of_the_course_agrees_with_the_measured_slopes(answer):
    for case in answer.cases:
        returned = answer.reference(*case.arguments)
        results = returned if isinstance(returned, tuple) else (returned,)
        for place, result in zip(answer.by, results, strict=True):
            scale = max(1, np.abs(result).max())
            np.testing.assert_allclose(result, measured(answer.forward, case.arguments, place), atol=1e-7 * scale)


# A network of two layers of unequal widths, as in the table of the catalogue of misconceptions: samples are columns.


def sigma(z):
    return 1 / (1 + np.exp(-z))


def network_loss(W2, b2, W3, b3, x, y):
    a = sigma(W2 @ x + b2[:, None])
    return float(np.sum((sigma(W3 @ a + b3[:, None]) - y) ** 2) / y.size)


def backward(W2, b2, W3, b3, x, y, **slips):
    """Return the gradients, with a step of it replaced by what `slips` says."""
    a = sigma(W2 @ x + b2[:, None])
    out = sigma(W3 @ a + b3[:, None])
    d3 = slips.get("output", lambda out, y: 2 * (out - y) / y.size * out * (1 - out))(out, y)
    d2 = slips.get("carried", lambda W3, d3: W3.T @ d3)(W3, d3) * slips.get("slope", lambda a: a * (1 - a))(a)
    bias = slips.get("bias", lambda d: d.sum(axis=1))
    weight = slips.get("weight", lambda d, a: d @ a.T)
    return weight(d2, x), bias(d2), weight(d3, a), bias(d3)


def network_case(inputs, hidden, outputs, samples, seed):
    rng = np.random.default_rng(seed)
    shapes = (hidden, inputs), (hidden,), (outputs, hidden), (outputs,), (inputs, samples), (outputs, samples)
    return Case(tuple(rng.normal(size=shape) for shape in shapes), f"{samples} samples")


NETWORK = Function(
    "gradients",
    backward,
    [network_case(3, 4, 2, 5, 1), network_case(2, 3, 4, 3, 2)],
    forward=network_loss,
    by=(0, 1, 2, 3),
)


def slipping(**slips):
    return lambda *arguments: backward(*arguments, **slips)


def one_after_the_other(*arguments):
    """Keep the last sample's gradients where they should be added up: `=` for `+=`."""
    *weights, x, y = arguments
    for n in range(x.shape[1]):
        last = backward(*weights, x[:, [n]], y[:, [n]])
    return [part / x.shape[1] for part in last]


SLIPS = {
    "all zeros": lambda *arguments: tuple(0 * weight for weight in arguments[:4]),
    "not accumulated": one_after_the_other,
    "bias summed to one number": slipping(bias=lambda d: np.full(len(d), d.sum())),
    "bias as one number": slipping(bias=lambda d: d.sum()),
    "mean of a mean": slipping(bias=lambda d: d.mean(axis=1)),
    "last sample only": slipping(bias=lambda d: d[:, -1]),
    "bias left out": slipping(bias=lambda d: 0 * d[:, 0]),
    "slope at the output left out": slipping(output=lambda out, y: 2 * (out - y) / y.size),
    "2/c for 2/(N c)": slipping(output=lambda out, y: 2 * (out - y) / len(y) * out * (1 - out)),
    "2/N for 2/(N c)": slipping(output=lambda out, y: 2 * (out - y) / y.shape[1] * out * (1 - out)),
    "½ in front": slipping(output=lambda out, y: (out - y) / y.size * out * (1 - out)),
    "y − a": slipping(output=lambda out, y: 2 * (y - out) / y.size * out * (1 - out)),
    "slope left out": slipping(slope=np.ones_like),
    "slope at a": slipping(slope=lambda a: sigma(a) * (1 - sigma(a))),
    "a d": slipping(weight=lambda d, a: (d @ a.T)[::-1]),
    "entry by entry": slipping(weight=lambda d, a: np.outer(d[:, 0], a[:, 0])),
    "averaged twice": slipping(weight=lambda d, a: d @ a.T / d.shape[1]),
    "order of results": lambda *arguments: backward(*arguments)[::-1],
}


def test_a_right_gradient_of_a_network_is_correct_and_agrees_with_its_slopes():
    assert NETWORK.judge(backward).status == "correct"
    for case in NETWORK.cases:
        for place, part in enumerate(backward(*case.arguments)):
            np.testing.assert_allclose(part, measured(network_loss, case.arguments, place), atol=1e-9)


@pytest.mark.parametrize("wrong", SLIPS.values(), ids=SLIPS)
def test_a_wrong_gradient_of_a_network_is_incorrect(wrong):
    for function in (NETWORK, replace(NETWORK, forward=None)):
        assert function.judge(wrong).status == "incorrect"


def test_a_gradient_of_zeros_is_named():
    assert NETWORK.judge(SLIPS["all zeros"]).misconception == "all-zeros"
    assert NETWORK.judge(SLIPS["y − a"]).misconception == "sign"
    assert NETWORK.judge(SLIPS["½ in front"]).misconception == "constant-factor"
