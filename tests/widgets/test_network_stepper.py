"""NetworkStepper: every number of both passes is `bpkit.nn`'s, by mouse and by keyboard, and whatever is typed in."""

import json
import re

import numpy as np
import pytest
import traitlets

from bpkit import nn
from bpkit.nn.examples import small_network
from bpkit.nn.gradient_check import parameter_names
from bpkit.nn.outputs import ACTIVATIONS
from bpkit.widgets import NetworkStepper
from bpkit.widgets.network_walk import steps_of
from widgets.test_mathematics import ENDS, as_javascript, close

NUMBER = r"(−?(?:\d+(?:\.\d+)?(?: · 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|∞)|no number)"
FOUND = re.compile(rf"(∂L/∂[abw]_\d+\^\d|σ′\(z_\d\^\d\)|[azd]_\d\^\d|\bL) = {NUMBER}")
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def number(text):
    """Read a number as the widget writes it."""
    return float(text.translate(DIGITS).replace(" · 10", "e")) if "number" not in text else float("nan")


def every_number(network, x, y):
    """Return each number of both passes by its name in the words."""
    trace = network.trace([x], [y])
    named = {f"a_{k}^1": value for k, value in enumerate(x, start=1)} | {"L": network.loss([x], [y])}
    for l in network.W:
        for j in range(1, network.sizes[l - 1] + 1):
            named |= {f"{kind}_{j}^{l}": getattr(trace, kind)[l][j - 1, 0] for kind in "zad"}
            named[f"∂L/∂b_{j}^{l}"] = trace.db[l][j - 1]
            if l < network.F:
                named[f"∂L/∂a_{j}^{l}"] = network.W[l + 1][:, j - 1] @ trace.d[l + 1][:, 0]
                named[f"σ′(z_{j}^{l})"] = trace.slope[l][j - 1, 0]
        for j, k in np.ndindex(network.W[l].shape):
            named[f"∂L/∂w_{j + 1}{k + 1}^{l}"] = trace.dW[l][j, k]
    return named


def agrees(text, value):
    """Tell whether a number is written with four right digits."""
    return number(text) == pytest.approx(value, rel=6e-4, abs=1e-300)


def walked(here, press="ArrowRight"):
    """Walk from the first step to the last, by keys alone, and return what the words said."""
    here.page.keyboard.press("Home")
    said = dict(FOUND.findall(here.words))
    words = {here.words}
    for _ in range(int(re.search(r"of (\d+)", here.words)[1])):
        here.page.keyboard.press(press)
        assert here.words not in words
        words.add(here.words)
        said |= dict(FOUND.findall(here.words))
    return said


def by_tab(here, name):
    """Move the focus with Tab alone until it is on the control of this name."""
    for _ in range(40):
        here.page.keyboard.press("Tab")
        label = here.page.evaluate(
            "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
        )
        if label.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def wild(case, hidden="sigmoid", output="softmax", loss=None):
    """Return a network with biases, too, a sample, and a target that its loss allows."""
    rng = np.random.default_rng(case)
    sizes = tuple(int(n) for n in rng.integers(1, 6, rng.integers(2, 6)))
    network = nn.Network(sizes, hidden, output, loss, seed=case)
    network.theta += rng.normal(0, 0.5, network.theta.size)
    c = sizes[-1]
    y = {"cross_entropy": rng.dirichlet(np.ones(c)), "binary_cross_entropy": rng.uniform(size=c)}
    return network, rng.normal(size=sizes[0]), y.get(network.end.loss, rng.choice([-1.0, 1.0], c))


# The mathematics


@pytest.mark.parametrize(("output", "loss"), ENDS, ids=["-".join(end) for end in ENDS])
def test_the_sums_on_the_way_back_and_the_slopes_are_those_of_nn(javascript, output, loss):
    rng = np.random.default_rng(4)
    cases = [wild(case, rng.choice(list(ACTIVATIONS)), output, loss) for case in range(15)]
    given = [[as_javascript(network), x.tolist(), y.tolist()] for network, x, y in cases]
    for theirs, (network, x, y) in zip(javascript("mathematics/steps.js", "walked", *given), cases, strict=True):
        trace, F = network.trace([x], [y]), network.F
        for l in range(2, F):
            np.testing.assert_allclose(
                theirs["back"][l], network.W[l + 1].T @ trace.d[l + 1][:, 0], rtol=1e-9, atol=1e-14
            )
            close(theirs["slope"][l], trace.slope[l][:, 0])
        if loss not in ("cross_entropy", "binary_cross_entropy"):
            np.testing.assert_allclose(
                np.multiply(theirs["back"][F], theirs["slope"][F]), trace.d[F][:, 0], rtol=1e-9, atol=1e-14
            )


def test_a_measured_slope_is_the_central_difference_of_nn(javascript):
    rng = np.random.default_rng(5)
    given, ours = [], []
    for case in range(250):
        output, loss = ENDS[case % len(ENDS)]
        network, x, y = wild(case, rng.choice(list(ACTIVATIONS)), output, loss)
        h = float(rng.choice([1, 0.1, 0.01]))
        at = int(rng.integers(network.theta.size))
        w = re.match(r"w_(\d)(\d)\^(\d)|b_(\d)\^(\d)", parameter_names(network.sizes)[at]).groups()
        place = (
            {"l": int(w[2]), "j": int(w[0]) - 1, "k": int(w[1]) - 1}
            if w[0]
            else {"l": int(w[4]), "j": int(w[3]) - 1, "k": None}
        )
        given.append([as_javascript(network), x.tolist(), y.tolist(), place, h])
        losses = []
        for by in (h, -h):
            kept = network.theta[at]
            network.theta[at] = kept + by
            losses.append(network.loss([x], [y]))
            network.theta[at] = kept
        ours.append((*losses, (losses[0] - losses[1]) / (2 * h)))
    theirs = javascript("mathematics/steps.js", "measuredSlope", *given)
    for one, (up, down, slope) in zip(theirs, ours, strict=True):
        assert one["up"] == pytest.approx(up, rel=1e-9, abs=1e-13)
        assert one["down"] == pytest.approx(down, rel=1e-9, abs=1e-13)
        assert one["slope"] == pytest.approx(slope, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("sizes", [(3, 4, 2), (1, 1), (2, 5, 1, 3), (8, 8, 2), (9, 3), (3, 30, 2)])
@pytest.mark.parametrize("passes", ["both", "forward"])
def test_the_steps_are_the_same_in_python_and_in_the_browser(javascript, sizes, passes):
    whole = max(sizes) > 8
    (theirs,) = javascript("mathematics/steps.js", "stepsOf", [sizes, passes, whole])
    ours = [{"kind": kind, "l": l, "j": j and j - 1} for kind, l, j in steps_of(sizes, passes)]
    assert theirs == ours


def test_the_example_is_always_the_same_and_has_one_decimal_and_no_zero():
    network, x, y = small_network(5)
    again, x_again, _ = small_network(5)
    assert (network.theta == again.theta).all()
    assert (x == x_again).all()
    numbers = np.append(network.theta, x)
    assert (numbers == numbers.round(1)).all()
    assert numbers.all()
    assert y.tolist() == [1, 0]
    assert (small_network(6)[0].theta != network.theta).any()


# Walking


def test_by_keys_alone_both_passes_are_walked_and_every_number_is_the_traces(stage):
    stepper = NetworkStepper()
    here = stage(stepper)
    by_tab(here, "Walk through the network")
    said = walked(here)
    right = every_number(stepper.network, stepper.x, stepper.y)
    assert said.keys() >= right.keys()
    assert [name for name, value in right.items() if not agrees(said[name], value)] == []
    assert len(right) == 3 + 1 + 6 * 3 + 4 * 2 + 26


@pytest.mark.parametrize(("output", "loss"), [*ENDS[:2], ("identity", "mse"), ("tanh", "hinge"), ("relu", "mae")])
def test_a_walk_through_other_networks_says_their_numbers(stage, output, loss):
    network, x, y = wild(11, "tanh", output, loss)
    here = stage(NetworkStepper(network, x, y))
    here.root.get_by_role("button", name="Next").focus()
    here.page.keyboard.press("Home")
    words = [here.words]
    for _ in range(len(steps_of(network.sizes, "both")) - 1):
        here.page.keyboard.press("Enter")
        words.append(here.words)
    said = dict(FOUND.findall(" ".join(words)))
    right = every_number(network, x, y)
    assert [name for name, value in right.items() if not agrees(said[name], value)] == []


def cells(here, table):
    return (
        here.root.locator("table")
        .nth(table)
        .locator("tbody tr")
        .evaluate_all("rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))")
    )


def test_the_table_fills_as_one_steps_and_at_the_end_holds_every_number(stage):
    stepper = NetworkStepper()
    here = stage(stepper)
    assert sum(text != "" for row in cells(here, 0) for text in row) == 3  # the input
    filled = 0
    for step in range(1, stepper.steps + 1):
        here.set(step=step)
        now = sum(text != "" for table in range(3) for row in cells(here, table) for text in row)
        assert now > filled
        filled = now
    trace = stepper.trace
    for row, j in zip(cells(here, 0)[3:7], range(4), strict=True):
        sent_back = stepper.W[3].T @ trace.d[3]
        right = [column[j, 0] for column in (trace.z[2], trace.a[2], sent_back, trace.slope[2], trace.d[2])]
        assert all(map(agrees, row, right))
    assert cells(here, 0)[-1] == ["0.3745"]
    for l in (2, 3):
        rows = cells(here, l - 1)
        assert [[number(text) for text in row] for row in rows[::2]] == np.column_stack(
            [stepper.W[l], stepper.b[l]]
        ).tolist()
        for row, right in zip(rows[1::2], np.column_stack([trace.dW[l], trace.db[l]]), strict=True):
            assert all(map(agrees, row, right))


def test_layers_ends_and_buttons_lead_where_they_say(stage):
    here = stage(NetworkStepper())
    here.root.get_by_role("group").first.focus()
    visited = []
    for _ in range(7):
        here.page.keyboard.press("PageDown")
        visited.append(here.get("step"))
    assert visited == [8, 12, 13, 19, 35, 35, 35]
    here.page.keyboard.press("PageUp")
    assert here.get("step") == 19
    for name, step in (("First", 0), ("Last", 35), ("‹ Back", 34), ("Next ›", 35), ("« Layer", 19), ("Layer »", 35)):
        here.root.get_by_role("button", name=name, exact=True).click()
        assert here.get("step") == step
    last = here.root.get_by_role("button", name="Last", exact=True)
    assert last.get_attribute("aria-disabled") == "true"
    here.root.get_by_label("Step", exact=True).press("ArrowLeft")
    assert here.get("step") == 34


def test_the_drawing_shows_what_is_known_and_nothing_else(stage):
    stepper = NetworkStepper(step=2)
    here = stage(stepper)
    shown = here.root.locator("svg").text_content()
    assert "2.06" in shown  # z_2^2
    assert "2.11" not in shown  # z_3^2 comes next
    assert here.root.locator("line.bpkit-at-work").count() == 3
    assert here.root.locator(".bpkit-found").count() == 1
    signs = np.concatenate([W.ravel() for W in stepper.W.values()]) < 0
    assert here.root.locator("line.bpkit-minus[stroke-dasharray]").count() == signs.sum()
    assert here.root.locator("line.bpkit-plus:not([stroke-dasharray])").count() == (~signs).sum()


def test_forward_only_there_is_no_loss_and_no_way_back(stage):
    stepper = NetworkStepper(passes="forward")
    here = stage(stepper)
    here.root.get_by_role("button", name="Last").click()
    assert here.get("step") == stepper.steps == 12
    assert "a_2^3 = " in here.words
    assert "L = " not in here.root.inner_text()
    assert here.root.get_by_role("button", name="Measure the slope").count() == 0
    assert here.root.get_by_label("y_1").count() == 0


@pytest.mark.parametrize(("output", "loss"), [("sigmoid", "mse"), ("tanh", "mae"), ("tanh", "hinge"), *ENDS[:2]])
def test_every_equation_is_complete(stage, output, loss):
    network, x, y = wild(11, "tanh", output, loss)
    here = stage(NetworkStepper(network, x, y))
    for step in range(len(steps_of(network.sizes, "both"))):
        here.set(step=step)
        symbols, numbers = here.root.locator(".bpkit-step .bpkit-equation").all_text_contents()
        assert "()" not in symbols + numbers
        assert len(symbols.split("=")[1].strip()) > 0, symbols
        assert numbers.strip()
    assert here.root.locator("mfrac > mrow:empty, mrow > mrow:empty").count() == 0


def test_a_formula_that_stays_is_not_built_again(stage):
    here = stage(NetworkStepper(step=2))
    here.page.evaluate("() => { window.kept = [...document.querySelectorAll('.bpkit-step math')]; }")
    here.root.get_by_label("x_1").press("ArrowUp")
    kept = here.page.evaluate(
        "() => window.kept.map(one => document.contains(one)).concat(window.kept.length).map(Number)"
    )
    assert kept == [1] * 6 + [6]
    said = here.root.locator(".bpkit-equation").nth(1).text_content()
    assert said.split() == ["=(−0.8)·(−0.1)", "+(−1)·(−2.5)", "+0.6·1", "+(−1.2)", "=1.98"]


def test_who_sees_reads_small_digits_and_who_listens_plain_names(stage):
    here = stage(NetworkStepper(step=20))
    seen = here.root.locator(".bpkit-told")
    assert "∂L/∂a₁² = " in seen.inner_text()
    assert seen.get_attribute("aria-hidden") == "true"
    assert "∂L/∂a_1^2 = " in here.words
    heads = here.root.locator("table").nth(2).locator("tbody th")
    assert heads.all_text_contents() == ["w₁ₖ³", "∂L/∂w₁ₖ³", "w₂ₖ³", "∂L/∂w₂ₖ³"]
    assert heads.last.get_attribute("aria-label") == "∂L/∂w_2k^3"


# Editing and measuring


def test_an_input_a_target_and_a_weight_are_typed_in(stage):
    stepper = NetworkStepper(step=35)
    here = stage(stepper)
    here.root.get_by_label("x_2").fill("0,25")
    here.root.get_by_label("y_2").fill("1/2")
    here.root.get_by_label("Weight or bias").select_option("w_24^3")
    here.root.get_by_label("Its value").fill("−2")
    stepper.set_state({name: here.get(name) for name in ("x", "y", "W", "selected")})
    assert stepper.x[1] == 0.25
    assert stepper.y == [1, 0.5]
    assert stepper.W[3][1, 3] == -2
    assert stepper.W[3][0, 3] == small_network()[0].W[3][0, 3]
    trace = stepper.trace
    assert f"∂L/∂b_4^2 = {trace.db[2][3]:.4g}".replace("-", "−") in here.words
    assert agrees(cells(here, 0)[8][-1], trace.d[3][1, 0])


def test_a_wire_is_chosen_by_mouse_and_a_bias_by_its_neuron(stage):
    here = stage(NetworkStepper())
    here.root.locator("[data-name='w_13^2']").dispatch_event("click")
    assert here.get("selected") == "w_13^2"
    assert here.root.get_by_label("Weight or bias").input_value() == "w_13^2"
    here.root.locator("g[data-name='b_2^3'] rect").first.click(position={"x": 15, "y": 15})
    assert here.get("selected") == "b_2^3"


@pytest.mark.parametrize("name", ["w_24^3", "w_11^2", "b_3^2"])
def test_the_measured_slope_is_the_traces_and_is_read_in_python(stage, name):
    stepper = NetworkStepper(step=35, selected=name, h=0.1)
    here = stage(stepper)
    here.root.get_by_role("button", name="Measure the slope").focus()
    here.page.keyboard.press("Enter")
    assert here.get("measuring") is True
    shown = re.search(rf"a slope of {NUMBER} by {re.escape(name)}", here.words)
    assert number(shown[1]) == pytest.approx(stepper.measured, rel=1e-5)
    said = re.search(rf"∂L/∂{re.escape(name)} = {NUMBER}; the two differ by {NUMBER}", here.root.inner_text())
    slope = stepper.trace.gradient[parameter_names(stepper.sizes).index(name)]
    assert number(said[1]) == pytest.approx(slope, rel=1e-5)
    assert number(said[2]) == pytest.approx(abs(slope - stepper.measured), rel=0.06)
    stepper.h = 1e-5
    assert stepper.measured == pytest.approx(slope, rel=1e-6)


def test_the_comparison_is_told_as_well_as_shown(stage):
    here = stage(NetworkStepper(step=35, selected="w_24^3", measuring=True))
    compared = here.root.locator(".bpkit-compared")
    assert compared.inner_text().startswith("The pass back says ∂L/∂w₂₄³ = 0.0206")
    assert compared.inner_text().replace("w₂₄³", "w_24^3") in here.words
    here.root.get_by_role("button", name="Measure the slope").click()
    assert compared.is_hidden()
    assert "Measured" not in here.words


def test_before_the_pass_back_comes_there_is_nothing_to_compare_with(stage):
    here = stage(NetworkStepper(step=3, measuring=True))
    assert "has not come to w_11^2 yet" in here.root.inner_text()


def test_a_class_is_chosen_where_the_loss_has_classes(stage):
    here = stage(NetworkStepper(nn.Network((2, 3, 3), seed=1), y=2))
    control = here.root.get_by_label("target: class")
    assert control.input_value() == "2"
    control.select_option("1")
    assert here.get("y") == [0, 1, 0]


def test_an_echo_from_python_does_not_take_a_newer_step_back(stage):
    here = stage(NetworkStepper())
    here.root.get_by_role("group").first.focus()
    here.page.keyboard.press("ArrowRight")
    here.page.wait_for_timeout(200)  # Python is told of step 1
    here.page.evaluate(  # it repeats that when the student is at step 2 already
        """() => {
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
            window.fake.set("step", 1);
        }"""
    )
    assert here.get("step") == 2
    assert here.words.startswith("Step 2 of")
    here.set(step=9)  # and this is Python's own wish
    assert here.words.startswith("Step 9 of")


# What is wrong


@pytest.mark.parametrize("typed", ["", "abc", "NaN", "Infinity", "1e999", "--2", "1/0"])
@pytest.mark.parametrize("label", ["x_1", "y_1", "Its value"])
def test_what_is_no_number_changes_nothing_and_is_marked(stage, label, typed):
    here = stage(NetworkStepper(step=35))
    words = here.words
    field = here.root.get_by_label(label)
    field.fill(typed)
    assert field.get_attribute("aria-invalid") == "true"
    assert here.words == words


def test_a_target_out_of_range_is_told(stage):
    network = nn.Network((2, 2), output="sigmoid", seed=1)
    here = stage(NetworkStepper(network))
    here.root.get_by_label("y_1").fill("3")
    assert "from 0 to 1" in here.page.locator(".bpkit-trouble").inner_text()
    assert here.get("y") == [1, 0]
    here.root.get_by_label("y_1").fill("0.3")
    assert here.page.locator(".bpkit-trouble").is_hidden()


@pytest.mark.parametrize("value", [1e300, -1e308, 5e-324])
@pytest.mark.parametrize("label", ["x_1", "Its value"])
@pytest.mark.parametrize("hidden", ["sigmoid", "relu", "identity"])
def test_huge_numbers_are_still_drawn(stage, label, value, hidden):
    here = stage(NetworkStepper(nn.Network((2, 3, 2), hidden, "identity", seed=2), step=20))
    here.root.get_by_label(label).fill(str(value))
    here.root.get_by_role("button", name="First").click()
    walked_words = here.words
    here.root.get_by_role("button", name="Last").click()
    assert here.words != walked_words
    assert "cannot be drawn" not in here.page.locator(".bpkit-trouble").inner_text()


@pytest.mark.parametrize(("value", "said"), [(np.nan, "no number"), (np.inf, "∞"), (-np.inf, "−∞")])
def test_a_weight_that_is_no_number_is_said_and_what_is_left_is_shown(stage, value, said):
    network, x, y = small_network()
    network.W[2][0, 0] = value
    stepper = NetworkStepper(network, x, y, step=4)
    json.dumps(stepper.get_state()["W"], allow_nan=False)
    assert len(stepper.still().alt) > 40
    here = stage(stepper)
    assert f"w_11^2 is {said}" in here.page.locator(".bpkit-trouble").inner_text()
    assert "z_4^2 = −1.73" in here.words  # untouched by it
    by_tab(here, "Walk through the network")
    walked(here)
    here.root.get_by_label("Its value").fill("0.8")  # and mended by hand
    assert here.page.locator(".bpkit-trouble").is_hidden()


@pytest.mark.parametrize("sizes", [(9, 2), (2, 2, 2, 2, 2, 2, 2), (8, 8, 8), (40, 30, 10)])
def test_a_network_too_large_to_draw_says_the_limit_and_shows_the_tables(stage, sizes):
    stepper = NetworkStepper(nn.Network(sizes, seed=1))
    here = stage(stepper)
    said = here.page.locator(".bpkit-trouble").inner_text()
    assert "too large to draw" in said
    assert "8 neurons" in said
    assert here.root.locator("svg").count() == 0
    here.root.get_by_role("button", name="Last").click()
    assert here.get("step") == stepper.steps
    trace = stepper.trace
    table = cells(here, 0)[min(8, sizes[0]) + (sizes[0] > 8)]
    assert agrees(table[0], trace.z[2][0, 0])
    assert agrees(table[1], trace.a[2][0, 0])
    assert len(stepper.still().alt) > 40
    assert here.violations() == []


WRONG = [
    (lambda: NetworkStepper(nn.Network((200, 200))), "40,200 weights and biases"),
    (lambda: NetworkStepper("net"), "bpkit.nn.Network, not str"),
    (lambda: NetworkStepper(x=[1, 2]), "3 numbers, one for each input; this has the shape (2,)"),
    (lambda: NetworkStepper(x=[1, 2, np.nan]), "x_3 is nan"),
    (lambda: NetworkStepper(x=[1, np.inf, 2]), "x_2 is inf"),
    (lambda: NetworkStepper(x="abc"), "not str"),
    (lambda: NetworkStepper(x=[]), "the shape (0,)"),
    (lambda: NetworkStepper(x=[[1], [2, 3]]), "3 numbers"),
    (lambda: NetworkStepper(y=5), "2 numbers, one for each output"),
    (lambda: NetworkStepper(y=[1, np.nan]), "y_2 is nan"),
    (lambda: NetworkStepper(nn.Network((2, 3)), y=3), "y = 3 is no class: there are 3, counted from 0 to 2"),
    (lambda: NetworkStepper(nn.Network((2, 3)), y=-1), "counted from 0 to 2"),
    (lambda: NetworkStepper(nn.Network((2, 3)), y=1.5), "is no class"),
    (lambda: NetworkStepper(nn.Network((2, 3)), y=[1, 1, 0]), "shares that sum to 1"),
    (lambda: NetworkStepper(nn.Network((2, 2), output="sigmoid"), y=[2, 0]), "numbers from 0 to 1"),
    (lambda: NetworkStepper(nn.Network((2, 2), "tanh", "tanh", "hinge"), y=[0, 1]), "labels −1 and 1"),
    (lambda: NetworkStepper(step=36), "from 0 to 35"),
    (lambda: NetworkStepper(step=-1), "from 0 to 35"),
    (lambda: NetworkStepper(passes="back"), '"both" or "forward"'),
    (lambda: NetworkStepper(selected="w_13^3x"), "no weight or bias"),
    (lambda: NetworkStepper(selected="w_51^2"), "no weight or bias"),
    (lambda: NetworkStepper(h=0), "from 1e-12 to 1000"),
    (lambda: NetworkStepper(h=np.nan), "from 1e-12 to 1000"),
    (lambda: setattr(NetworkStepper(), "W", {2: [[1]]}), "each layer from 2 to 3"),
    (lambda: setattr(NetworkStepper(), "b", {2: [1, 2, 3], 3: [1, 2]}), "b[2] must have the shape (4,)"),
    (lambda: setattr(NetworkStepper(), "b", {2: "abcd", 3: [1, 2]}), "b[2] must hold numbers"),
    (lambda: setattr(NetworkStepper(), "W", [1]), "each layer"),
    (lambda: setattr(NetworkStepper(), "sizes", [2, 2]), "stepper.network"),
    (lambda: setattr(NetworkStepper(), "network", 3), "not int"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_does_not_fit_is_told_in_python(wrong, said):
    with pytest.raises(traitlets.TraitError, match=re.escape(said)):
        wrong()


# Python's side


def test_the_students_own_network_is_not_touched_and_a_changed_entry_cannot_go_unseen():
    network, x, y = small_network(3)
    kept = network.theta.copy()
    stepper = NetworkStepper(network, x, y)
    stepper.W = {2: stepper.W[2] + 1, 3: stepper.W[3]}
    assert (network.theta == kept).all()
    assert (stepper.network.W[2] == network.W[2] + 1).all()
    with pytest.raises(ValueError, match="read-only"):
        stepper.W[2][0, 0] = 5


def test_another_network_takes_the_place_of_the_first(stage):
    stepper = NetworkStepper(step=30)
    stepper.network = nn.Network((2, 5, 3), "tanh", seed=4)
    assert (stepper.sizes, stepper.step, stepper.loss) == ([2, 5, 3], 0, "cross_entropy")
    assert len(stepper.x) == 2
    stepper.y = 2
    assert stepper.y == [0, 0, 1]
    here = stage(stepper)
    before = NetworkStepper(step=12).get_state()
    here.set(**{name: before[name] for name in ("sizes", "hidden", "output", "loss", "W", "b", "x", "y", "step")})
    assert "a_2^3 = 0.5538" in here.words


def test_what_the_browser_sends_arrives_and_goes_back_unchanged():
    stepper = NetworkStepper()
    state = json.loads(json.dumps({name: stepper.get_state()[name] for name in ("W", "b", "x", "y")}))
    state["W"]["2"][0][0] = 7
    state["b"]["3"][1] = "NaN"
    stepper.set_state(state)
    assert stepper.W[2][0, 0] == 7
    assert np.isnan(stepper.b[3][1])
    assert json.loads(json.dumps(stepper.get_state()["W"])) == state["W"]


def test_fewer_passes_keep_the_step_in_range():
    stepper = NetworkStepper(step=35)
    stepper.passes = "forward"
    assert stepper.step == stepper.steps == 12


def test_the_still_picture_tells_what_is_known_at_its_step():
    assert "z^2" not in NetworkStepper().still().alt
    half, whole = NetworkStepper(step=8).still(), NetworkStepper(step=35).still()
    assert "a^2 = (0.3186, 0.887, 0.8919, 0.1506)" in half.alt
    assert "d^3" not in half.alt
    assert "L = 0.3745" in whole.alt
    assert len(whole.svg) < 20_000
