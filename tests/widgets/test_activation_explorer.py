"""The activation functions and the chain: what is seen and said is `bpkit.nn`'s, and bad values get a sentence."""

import itertools
import json
import math
import re

import numpy as np
import pytest
import traitlets

import bpkit.course
from bpkit import nn
from bpkit.widgets import ActivationExplorer
from bpkit.widgets.activation_explorer import ACTIVATIONS

SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text):
    """Read a number as the widget writes it: "−1.2 · 10⁻⁷"."""
    plain = text.replace("\u00a0", " ").replace("\u202f", "").replace("−", "-").translate(SUPERSCRIPT)
    return float(re.sub(r" · 10(-?\d+)$", r"e\1", plain))


def words(here):
    """Return the words with plain spaces: the widget keeps "w = 2" on one line."""
    return here.words.replace("\u00a0", " ")


def said_left(text):
    return number(re.search(r"x = \S+, (.+?) of the gradient", text)[1])


# The chain in JavaScript.


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_chains_are_those_of_nn(javascript, name):
    rng = np.random.default_rng(5)
    cases = [(*rng.uniform([-4, -3, -3], [4, 3, 3]).tolist(), int(rng.integers(1, 31))) for _ in range(250)]
    theirs = javascript("mathematics/chain.js", "chain", *((name, *case) for case in cases))
    for found, (w, b, x, n) in zip(theirs, cases, strict=True):
        z, h = nn.chain_forward(np.full(n, w), np.full(n, b), x, ACTIVATIONS[name])
        np.testing.assert_allclose(found["z"][1:], z, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found["h"], h, rtol=1e-9, atol=1e-12)
        left = [
            abs(nn.chain_backward(np.full(m, w), np.full(m, b), x, 1.0, ACTIVATIONS[name]).dL_dh[1])
            for m in range(1, n + 1)
        ]
        np.testing.assert_allclose(found["left"][1:], left, rtol=1e-9, atol=1e-300)
        if left[-1]:
            assert found["orders"][n] == pytest.approx(math.log10(left[-1]), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "w", "b", "x", "stop"),
    [
        ("relu", -2, 1, 0.2, 2),  # z = 0.6, −0.2
        ("relu", -1, 0, 0.5, 2),  # z = −0.5, then 0: the convention
        ("relu", 1, -0.5, 1.2, 3),  # z = 0.7, 0.2, −0.3
        ("relu", 3, 0, 0.5, 0),
        ("leaky_relu", -1, 0, 0.5, 0),
        ("sigmoid", 100, 100, 1, 0),  # small, but not nothing
        ("tanh", 0, 1, 1, 2),
    ],
)
def test_nothing_is_left_only_where_a_slope_or_the_weight_is_0(javascript, name, w, b, x, stop):
    (followed,) = javascript("mathematics/chain.js", "chain", [name, w, b, x, 30])
    assert javascript("mathematics/chain.js", "firstStop", [name, w, followed, 30]) == [stop]


# In Python.


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_its_results_are_read_in_a_cell(name):
    explorer = ActivationExplorer(activation=name, z=-0.5, w=1.5, b=0.5, x=0.8, depth=7)
    back = nn.chain_backward(np.full(7, 1.5), np.full(7, 0.5), 0.8, 1.0, ACTIVATIONS[name])
    assert explorer.a == ACTIVATIONS[name].f(-0.5)
    assert explorer.slope == ACTIVATIONS[name].df(-0.5)
    np.testing.assert_array_equal(explorer.dL_dh, back.dL_dh)
    assert explorer.left == abs(back.dL_dh[1])


def test_at_the_corner_the_slope_is_the_one_on_the_left():
    assert ActivationExplorer(activation="relu", z=0).slope == 0
    assert ActivationExplorer(activation="leaky_relu", z=0).slope == 0.01


class Unprintable:
    def __repr__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("activation", "softmax", "activation must be one of sigmoid, tanh, relu, leaky_relu, not 'softmax'"),
        ("activation", None, "not None"),
        ("activation", ["relu"], "not ['relu']"),
        ("z", 7, "z must be a number from −6 to 6, not 7"),
        ("z", math.nan, "not nan"),
        ("w", math.inf, "w must be a number from −100 to 100, not inf"),
        ("b", -1e300, "not -1e+300"),
        ("x", 10**400, "x must be a number from −100 to 100"),
        pytest.param("x", 10**5000, "not of type int", id="an int too long to write"),
        ("x", "1", "not '1'"),
        ("x", True, "not True"),
        ("w", np.zeros(3), "w must be a number"),
        ("w", Unprintable(), "not of type Unprintable"),
        ("depth", 0, "depth must be a whole number from 1 to 30, not 0"),
        ("depth", 2.5, "not 2.5"),
        ("depth", 31, "not 31"),
        ("depth", math.nan, "not nan"),
    ],
)
def test_a_bad_value_gets_a_sentence_and_changes_nothing(name, value, said):
    explorer = ActivationExplorer()
    before = getattr(explorer, name)
    with pytest.raises(traitlets.TraitError) as raised:
        setattr(explorer, name, value)
    assert said in str(raised.value)
    assert getattr(explorer, name) == before
    with pytest.raises(traitlets.TraitError):
        ActivationExplorer(**{name: value})


def test_numbers_of_numpy_are_numbers():
    explorer = ActivationExplorer(z=np.float32(0.5), w=np.float64(2), x=np.int64(1), depth=np.int64(5))
    assert (explorer.z, explorer.w, explorer.x, explorer.depth) == (0.5, 2, 1, 5)
    state = {name: value for name, value in explorer.get_state().items() if not name.startswith("_")}
    json.dumps(state, allow_nan=False)


@pytest.mark.parametrize(("depth", "w"), [(1, 1.5), (2, 0), (30, -3), (30, 100)])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_still_picture_can_be_drawn(name, depth, w):
    picture = ActivationExplorer(activation=name, z=-6, w=w, b=-0.5, depth=depth).still()
    assert len(picture.svg) < 80_000
    assert "left" in picture.alt


def test_the_still_picture_says_the_numbers():
    alt = ActivationExplorer(activation="tanh", z=-1.2, w=1.2, b=0.1, x=0.8, depth=12).still().alt
    assert "tanh at z = −1.2: a = −0.83365, slope 0.30502" in alt
    assert "12 × tanh, w = 1.2, b = 0.1, x = 0.8: 0.00032 is left" in alt
    assert "19700 is left" in ActivationExplorer(activation="relu", w=3, depth=10).still().alt  # 3⁹ = 19683
    assert "1.2 · 10⁻¹¹ is left" in ActivationExplorer().still().alt


def test_the_still_picture_tells_nothing_from_what_is_too_little_for_a_float():
    dead = ActivationExplorer(activation="relu", w=-2, depth=10).still().alt
    assert "nothing is left" in dead
    assert "left (solid line): from (1, 1) to (10, 0)" in dead
    tiny = ActivationExplorer(activation="tanh", w=100, b=100, x=0, depth=30)
    assert tiny.left == 0
    assert "about 10⁻⁴⁹⁶² is left" in tiny.still().alt


# On the page.


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_says_and_shows_what_nn_computes(stage, name):
    explorer = ActivationExplorer(activation=name, z=-1.3, w=0.9, b=0.2, x=0.4, depth=14)
    here = stage(explorer)
    found = re.match(r"At z = −1.3 .* gives a = (\S+), and its slope is (\S+)\.", words(here))
    assert number(found[1]) == pytest.approx(explorer.a, rel=1e-4)
    assert number(found[2]) == pytest.approx(explorer.slope, rel=1e-4)
    assert said_left(words(here)) == pytest.approx(explorer.left, rel=6e-3)
    assert "In a chain of 14 neurons with w = 0.9, b = 0.2 and x = 0.4" in words(here)


def drawn(here):
    """Return the points of each path of the left plot, in pixels, by how many they are."""
    paths = here.root.locator("svg[role=img]").first.locator("path").all()
    found = [re.findall(r"([\d.]+) ([\d.]+)", path.get_attribute("d") or "") for path in paths]
    return {len(points): np.array(points, float).T for points in reversed(found)}


def test_the_curves_go_through_the_points_of_nn_and_the_tangent_has_the_slope(stage):
    paths = drawn(stage(ActivationExplorer(activation="tanh", z=0.5)))
    (x, y), tangent = paths[121], paths[2]
    z = np.linspace(-6, 6, 121)
    across, up = np.polyfit(x, z, 1), np.polyfit(y, np.tanh(z), 1)  # from pixels to values: straight lines
    np.testing.assert_allclose(np.polyval(across, x), z, atol=1e-3)
    np.testing.assert_allclose(np.polyval(up, y), np.tanh(z), atol=1e-3)
    at, a = np.polyval(across, tangent[0]), np.polyval(up, tangent[1])
    assert (a[1] - a[0]) / (at[1] - at[0]) == pytest.approx(nn.tanh.df(0.5), rel=5e-3)
    np.testing.assert_allclose(a, nn.tanh(0.5) + nn.tanh.df(0.5) * (at - 0.5), atol=5e-3)
    assert at[0] < 0.5 < at[1]


def test_each_button_takes_its_function(stage):
    here = stage(ActivationExplorer())
    for name, label in [("tanh", "tanh"), ("relu", "ReLU"), ("leaky_relu", "leaky ReLU"), ("sigmoid", "sigmoid")]:
        button = here.root.get_by_role("button", name=label, exact=True)
        button.focus()
        here.page.keyboard.press("Enter")
        assert here.get("activation") == name
        assert button.get_attribute("aria-pressed") == "true"
        assert here.root.locator("[aria-pressed=true]").count() == 1
        assert label in words(here)


@pytest.mark.parametrize(
    ("label", "step", "said"),
    [("z", 0.1, "At z = "), ("depth", 1, "a chain of "), ("w", 0.1, "w = "), ("b", 0.1, "b = "), ("x", 0.1, "x = ")],
)
def test_each_slider_moves_its_value_by_keys(stage, label, step, said):
    explorer = ActivationExplorer()
    here = stage(explorer)
    here.root.get_by_label(label, exact=True).focus()
    here.page.keyboard.press("ArrowRight")
    value = getattr(explorer, label) + step
    assert here.get(label) == pytest.approx(value)
    assert f"{said}{value:g}" in words(here)


def test_sixty_presses_change_the_words_each_time(stage):
    here = stage(ActivationExplorer())
    here.root.get_by_label("z", exact=True).focus()
    heard = []
    for _ in range(60):
        here.page.keyboard.press("ArrowLeft")
        heard.append(words(here))
    assert len(set(heard)) == 60
    assert here.get("z") == -5


def test_the_mouse_moves_the_point_and_the_depth(stage):
    here = stage(ActivationExplorer())
    left, strip, right = (svg.bounding_box() for svg in here.root.locator("svg[role=img]").all())
    here.page.mouse.move(left["x"] + left["width"] / 2, left["y"] + 100)
    here.page.mouse.down()
    here.page.mouse.move(left["x"] + left["width"] * 0.9, left["y"] + 100)
    assert 4 < here.get("z") < 6
    here.page.mouse.move(left["x"] + left["width"] * 3, left["y"] + 100)
    assert here.get("z") == 6
    here.page.mouse.up()
    here.page.mouse.move(left["x"] + 10, left["y"] + 100)
    assert here.get("z") == 6
    here.page.mouse.click(right["x"] + right["width"] * 0.55, right["y"] + 100)
    assert 13 < here.get("depth") < 17
    assert strip["height"] < 50


def test_at_the_corner_it_says_the_convention(stage):
    here = stage(ActivationExplorer(activation="relu", z=0))
    note = here.root.locator(".bpkit-note")
    assert "0 from the left and 1 from the right" in note.inner_text()
    assert "convention" in note.inner_text()
    here.set(activation="leaky_relu")
    assert "taken to be 0.01" in note.inner_text()
    here.set(z=0.1)
    assert "convention" not in note.inner_text()
    here.set(activation="sigmoid", z=0)
    assert "convention" not in note.inner_text()


def test_a_neuron_that_is_switched_off_leaves_nothing_and_is_named(stage):
    here = stage(ActivationExplorer(activation="relu", w=1, b=-0.5, x=1.2, depth=2))
    assert "the whole gradient" in words(here)
    here.set(depth=5)
    assert "exactly nothing" in words(here)
    assert "neuron 3 is switched off, as z = −0.3 and its slope is 0" in words(here)
    assert "∞" not in here.root.inner_text()
    here.set(w=0)
    assert "the weight 0 lets nothing through" in words(here)
    here.set(w=-1, b=0, x=0.5)
    assert "by convention" in words(here)


def test_a_gradient_that_grows_is_told_and_the_axis_follows(stage):
    here = stage(ActivationExplorer(activation="relu", w=3, b=0, x=0.5, depth=10))
    assert "the gradient at the first neuron is 19\u202f700 times that at the last" in words(here)  # 3⁹ = 19683
    ticks = here.root.locator("svg[role=img]").nth(2).locator("text").all_text_contents()
    assert "10²⁰" in ticks
    here.set(w=1.1)
    assert "10²⁰" not in here.root.locator("svg[role=img]").nth(2).locator("text").all_text_contents()


def test_a_gradient_too_small_for_a_number_is_told_by_its_power(stage):
    explorer = ActivationExplorer(activation="tanh", w=100, b=100, x=0, depth=30)
    here = stage(explorer)
    slope = math.log10(4) - 2 * 200 / math.log(10) + 2  # 4 e^−2z times w
    assert explorer.left == 0
    told = re.search(r"10(⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+) of the gradient", words(here))
    assert int(told[1].translate(SUPERSCRIPT)) == math.floor(29 * slope)


def test_numbers_far_out_of_range_are_told_without_infinities(stage):
    here = stage(ActivationExplorer(depth=30))
    here.set(w=1e308)
    assert "less of the gradient is left at the first neuron than a computer can write" in words(here)
    here.set(activation="relu", w=1e20)
    assert "10⁵⁸⁰ times that at the last" in words(here)
    assert "∞" not in here.root.inner_text()


@pytest.mark.parametrize(
    "values",
    [
        {"z": None},
        {"w": "a"},
        {"x": 1e308, "w": -1e308, "activation": "relu"},
        {"x": 1e308, "w": 1e308, "activation": "leaky_relu"},
        {"w": -1e200, "activation": "leaky_relu", "depth": 30},
        {"w": 1e308},
        {"z": 1e308},
        {"z": -1e308, "activation": "relu"},
        {"depth": 1e9},
        {"depth": -3.5},
        {"activation": "softmax"},
        {"activation": None},
        {"activation": "toString"},
    ],
    ids=str,
)
def test_what_no_validation_would_let_through_gets_a_picture_or_a_sentence(stage, values):
    here = stage(ActivationExplorer())
    before = words(here)
    here.set(**values)
    trouble = here.page.locator(".bpkit-trouble")
    told = trouble.inner_text() if trouble.is_visible() else words(here)
    assert told.strip()
    assert told != before
    assert not re.search("NaN|undefined|Infinity|cannot be drawn", here.page.locator("main").inner_text())
    here.set(activation="sigmoid", z=1, w=2, b=0, x=0.5, depth=20)
    assert trouble.is_hidden()
    assert words(here) == before


LEFT_PLOT_AND_AMOUNT = """() => {
    const sheet = document.querySelectorAll(".bpkit-widget svg[role=img]")[2];
    const dot = sheet.querySelector("circle").getBBox(), amount = [...sheet.querySelectorAll("text")].at(-1).getBBox();
    const curves = [...sheet.querySelectorAll("path")].slice(0, 2).flatMap((path) => {
        const length = path.getTotalLength();
        return Array.from({ length: 400 }, (_, i) => path.getPointAtLength((i / 399) * length));
    });
    const inside = (at) => at.x > amount.x && at.x < amount.x + amount.width
        && at.y > amount.y + 4 && at.y < amount.y + amount.height - 4;
    return { dot: [dot.x, dot.y], size: sheet.viewBox.baseVal, met: curves.filter(inside).length,
        amount: [amount.y, amount.y + amount.height, amount.width] };
}"""


@pytest.mark.parametrize("depth", [1, 2, 10, 20, 21, 30])
@pytest.mark.parametrize(
    ("name", "w", "b"),
    [
        ("sigmoid", 2, 0),
        ("relu", 3, 0),
        ("leaky_relu", -0.5, 0.3),
        ("leaky_relu", -1, -1),
        ("sigmoid", 6, -3),
        ("tanh", 100, 100),
        ("sigmoid", 100, 100),
    ],
)
def test_the_dot_stays_in_the_picture_and_its_number_off_the_curve(stage, name, w, b, depth):
    here = stage(ActivationExplorer(activation=name, w=w, b=b, depth=depth))
    seen = here.page.evaluate(LEFT_PLOT_AND_AMOUNT)
    assert seen["met"] == 0
    assert 20 < seen["dot"][1] < 215  # the frame ends at 212
    assert seen["amount"][0] > 0
    assert seen["amount"][1] < 218
    assert seen["amount"][2] > 5


def test_a_power_of_ten_is_written_without_a_1_before_it(stage):
    here = stage(ActivationExplorer(activation="leaky_relu", w=-1, b=-1, depth=30))
    assert "x = 0.5, 10⁻⁵⁸ of the gradient is left at the first neuron: about 1 part in 10⁵⁸." in words(here)


def test_a_gradient_that_hardly_changes_is_said_to(stage):
    here = stage(ActivationExplorer(activation="sigmoid", w=4, b=-2, x=0.51, depth=2))
    assert words(here).endswith("the gradient arrives at the first neuron all but unchanged.")


# The exercise.


def test_every_chain_of_the_exercise_passes_the_limit_once_and_within_the_explorer():
    exercise = bpkit.course.find("4.9")
    chains = [dict(zip(exercise.vary, values, strict=True)) for values in itertools.product(*exercise.vary.values())]
    for given in [*chains, {"w": 1.2, "b": 0.1, "x": 0.8, "power": 3}]:
        limit = 10.0 ** -given.pop("power")
        for name in ("sigmoid", "tanh"):
            left = [ActivationExplorer(activation=name, depth=n, **given).left for n in range(1, 31)]
            below = [one < limit for one in left]
            assert below == sorted(below)
            assert below[-1]
            assert min(abs(math.log10(one / limit)) for one in left) > 0.005  # three digits tell
