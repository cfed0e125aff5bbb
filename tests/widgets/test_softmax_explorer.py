"""SoftmaxExplorer: what it shows is what `bpkit.nn` computes, each control moves it, and nothing makes it stumble."""

import re

import numpy as np
import pytest
import traitlets

from bpkit import nn
from bpkit.widgets import SoftmaxExplorer

STATES = [
    ([2.0, 1.0, -1.0], 1, 1.0),
    ([0.0, 0.0], 0, 1.0),
    ([3.0, 1.0, -2.0, 0.5, 0.1, 4.2, -0.3, 1.1], 7, 2.5),
    ([1.0, 2.0, 0.5], 1, 0.4),
]


def number(text):
    return float(text.replace("−", "-").replace("+", ""))


def column(here, place):
    """Return the numbers in a column of the rows of classes."""
    cells = here.root.locator(f".bpkit-class:has(input) > :nth-child({place}) .bpkit-number")
    return [number(text) for text in cells.all_inner_texts() if text]


def second(here, place):
    """Return the small numbers under a column, "z/T = 4" as 4."""
    cells = here.root.locator(f".bpkit-class:has(input) > :nth-child({place}) .bpkit-second")
    return [number(text.split("=")[1]) for text in cells.all_inner_texts() if text]


def logit(here, k):
    return here.root.get_by_label(f"logit of class {k}", exact=True)


def typed(here, k):
    return here.root.get_by_label(f"logit of class {k} as a number", exact=True)


# in Python


@pytest.mark.parametrize(("logits", "label", "T"), STATES)
def test_its_results_are_those_of_nn(logits, label, T):
    explorer = SoftmaxExplorer(logits=logits, label=label, temperature=T)
    p = nn.softmax(np.array(logits) / T)
    np.testing.assert_allclose(explorer.probabilities, p)
    assert explorer.loss == pytest.approx(-np.log(p[label]))
    np.testing.assert_allclose(explorer.error, p - np.eye(len(p))[label])

    def loss(z):
        return nn.cross_entropy_of_logits(z / T, np.eye(len(p))[label])

    h = 1e-5
    steps = h * np.eye(len(p))
    z = np.array(logits)
    np.testing.assert_allclose(explorer.slope, [(loss(z + e) - loss(z - e)) / (2 * h) for e in steps], atol=1e-8)
    moved = [(nn.softmax((z + e) / T) - nn.softmax((z - e) / T)) / (2 * h) for e in steps]
    np.testing.assert_allclose(explorer.jacobian, np.transpose(moved), atol=1e-8)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"logits": [1.0]}, "2 to 8 numbers"),
        ({"logits": []}, "2 to 8 numbers"),
        ({"logits": [0.0] * 9}, "2 to 8 numbers"),
        ({"logits": [[1, 2], [3, 4]]}, "2 to 8 numbers"),
        ({"logits": [[1, 2], [3]]}, "2 to 8 numbers"),
        ({"logits": ["1", "2"]}, "2 to 8 numbers"),
        ({"logits": "12"}, "2 to 8 numbers"),
        ({"logits": None}, "2 to 8 numbers"),
        ({"logits": [1, float("nan"), 0]}, "from -1,000,000 to 1,000,000; not nan"),
        ({"logits": [1, float("-inf"), 0]}, "not -inf"),
        ({"logits": [1, 1e300, 0]}, "not 1e\\+300"),
        ({"label": 3}, "from 0 to 2, as there are 3 logits; not 3"),
        ({"label": -1}, "from 0 to 2"),
        ({"label": 1.5}, "number of a class; not 1.5"),
        ({"label": "1"}, "number of a class"),
        ({"logits": [1, 2], "label": 2}, "from 0 to 1|set a smaller label first"),
        ({"temperature": 0}, "from 0.01 to 100; not 0"),
        ({"temperature": -1}, "from 0.01 to 100; not -1"),
        ({"temperature": float("nan")}, "not nan"),
        ({"temperature": float("inf")}, "not inf"),
        ({"temperature": 10**400}, "from 0.01 to 100"),
        ({"temperature": "hot"}, "not 'hot'"),
    ],
)
def test_a_value_that_will_not_do_is_told_in_a_sentence(values, said):
    with pytest.raises(traitlets.TraitError, match=said):
        SoftmaxExplorer(**values)
    explorer = SoftmaxExplorer()
    if len(values) == 1:
        ((name, value),) = values.items()
        before = getattr(explorer, name)
        with pytest.raises(traitlets.TraitError, match=said):
            setattr(explorer, name, value)
        assert getattr(explorer, name) == before


def test_numpy_numbers_are_numbers():
    explorer = SoftmaxExplorer(logits=np.array([1, 2, 3]), label=np.int64(2), temperature=np.float32(0.5))
    assert (explorer.logits, explorer.label, explorer.temperature) == ([1.0, 2.0, 3.0], 2, 0.5)
    assert type(explorer.label) is int


def test_fewer_logits_need_a_label_among_them_unless_both_come_together():
    explorer = SoftmaxExplorer(label=2)
    with pytest.raises(traitlets.TraitError, match="set a smaller label first"):
        explorer.logits = [1, 2]
    explorer.set_state({"logits": [1, 2], "label": 1})  # as the browser sends them
    assert (explorer.logits, explorer.label) == ([1.0, 2.0], 1)


@pytest.mark.parametrize(("logits", "label", "T"), [*STATES, ([1000.0, 0.0, -5.0], 1, 1.0), ([1e6, -1e-9], 1, 0.01)])
def test_the_still_picture_says_the_numbers(logits, label, T):
    explorer = SoftmaxExplorer(logits=logits, label=label, temperature=T)
    said = explorer.still().alt
    assert f"class {label}" in said
    assert not re.search("nan|inf|e[+-]", said)
    for p in explorer.probabilities:
        assert p < 1e-4 or f"{p:.4f}" in said
    assert ("divided by" in said) == ("at temperature" in said) == (T != 1)


# the mathematics in both languages


def test_the_mathematics_is_that_of_python(javascript):
    rng = np.random.default_rng(14)
    cases = []
    for _ in range(250):
        z = rng.normal(0, rng.choice([1, 5, 300]), rng.integers(2, 9))
        cases.append((z, int(rng.integers(len(z))), float(np.exp(rng.uniform(np.log(0.01), np.log(100))))))
    given = [[z.tolist(), label, T] for z, label, T in cases]
    for theirs, (z, label, T) in zip(javascript("mathematics/tempered.js", "tempered", *given), cases, strict=True):
        ours = SoftmaxExplorer(logits=z, label=label, temperature=T)
        np.testing.assert_allclose(theirs["p"], ours.probabilities, rtol=1e-9, atol=1e-300)
        np.testing.assert_allclose(theirs["logs"], z / T - nn.log_sum_exp(z / T), rtol=1e-9, atol=1e-10)
        assert theirs["loss"] == pytest.approx(ours.loss, rel=1e-9, abs=1e-10)  # a difference of large numbers
        # p − 1 and p − p² lose digits where p is nearly 1, in both languages.
        np.testing.assert_allclose(theirs["error"], ours.error, rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(theirs["slope"], ours.slope, rtol=1e-9, atol=1e-15 / T)
        np.testing.assert_allclose(theirs["jacobian"], ours.jacobian, rtol=1e-9, atol=1e-15 / T)


# in the browser


@pytest.mark.parametrize(("logits", "label", "T"), STATES)
def test_what_stands_there_is_what_python_computes(stage, logits, label, T):
    explorer = SoftmaxExplorer(logits=logits, label=label, temperature=T)
    here = stage(explorer)
    close = {"atol": 0.5001e-4}
    np.testing.assert_allclose(column(here, 3), explorer.probabilities, **close)
    np.testing.assert_allclose(column(here, 4), [explorer.loss], **close)
    np.testing.assert_allclose(column(here, 5), explorer.error, **close)
    assert [number(typed(here, k).input_value()) for k in range(len(logits))] == logits
    if T == 1:
        assert (second(here, 2), second(here, 5)) == ([], [])
    else:
        np.testing.assert_allclose(second(here, 2), np.array(logits) / T, rtol=1e-4)
        np.testing.assert_allclose(second(here, 5), explorer.slope, **close)
    cells = here.root.locator(".bpkit-jacobian td[data-sign]")
    shown = np.array([number(text) for text in cells.all_inner_texts()]).reshape(len(logits), len(logits))
    np.testing.assert_allclose(shown, explorer.jacobian, atol=0.5001e-3)
    assert f"{explorer.loss:.4f}" in here.words
    assert f"class {label}" in here.words


def test_a_bar_is_as_long_as_its_number_and_a_negative_one_is_hatched(stage):
    here = stage(SoftmaxExplorer())
    for place, low, high, values in ((2, -5, 5, [2, 1, -1]), (3, 0, 1, column(here, 3)), (5, -1, 1, column(here, 5))):
        strips = here.root.locator(f".bpkit-class:has(input) > :nth-child({place}) .bpkit-strip").all()
        for strip, value in zip(strips, values, strict=True):
            whole, part = strip.bounding_box(), strip.locator(".bpkit-fill").bounding_box()
            assert part["width"] == pytest.approx(max(abs(value) / (high - low) * whole["width"], 2), abs=1.5)
            zero = whole["x"] - low / (high - low) * whole["width"]
            assert (part["x"] + part["width"] if value < 0 else part["x"]) == pytest.approx(zero, abs=1.5)
            hatched = "gradient" in strip.locator(".bpkit-fill").evaluate("e => getComputedStyle(e).backgroundImage")
            assert hatched == (value < 0)


def test_the_keys_move_a_logit_by_a_tenth_and_by_one(stage):
    here = stage(SoftmaxExplorer())
    logit(here, 0).focus()
    for key, value in (("ArrowRight", 2.1), ("ArrowUp", 2.2), ("ArrowLeft", 2.1), ("PageDown", 1.1), ("PageUp", 2.1)):
        here.page.keyboard.press(key)
        assert here.get("logits") == [value, 1, -1]
    assert logit(here, 0).get_attribute("aria-valuenow") == "2.1"
    here.page.keyboard.press("Control+ArrowRight")
    assert here.get("logits") == [2.1, 1, -1]


def test_a_logit_is_dragged_along_its_scale_which_stays_under_the_mouse(stage):
    here = stage(SoftmaxExplorer())
    box = logit(here, 1).bounding_box()
    middle = box["y"] + box["height"] / 2
    here.page.mouse.move(box["x"] + 0.6 * box["width"], middle)
    here.page.mouse.down()
    for share in (0.7, 0.9, 1.2):
        here.page.mouse.move(box["x"] + share * box["width"], middle)
        assert here.get("logits")[1] == pytest.approx(min(10 * share - 5, 5), abs=0.1)
        assert logit(here, 1).get_attribute("aria-valuemax") == "5"
    here.page.mouse.up()
    assert logit(here, 1).get_attribute("aria-valuemax") == "10"  # from here one can go on
    here.page.mouse.move(box["x"], middle)
    assert here.get("logits")[1] == 5


def test_the_column_of_the_logit_in_hand_is_marked(stage):
    here = stage(SoftmaxExplorer())
    logit(here, 2).focus()
    assert here.root.locator(".bpkit-jacobian th[data-held]").inner_text() == "∂z₂"
    here.root.get_by_label("temperature T", exact=True).focus()
    assert here.root.locator(".bpkit-jacobian [data-held]").count() == 0


def test_a_minus_and_a_zero_stay_in_the_field_until_the_rest_is_typed(stage):
    here = stage(SoftmaxExplorer())
    typed(here, 2).fill("")
    typed(here, 2).press_sequentially("-0")
    here.set(logits=[2, 1, 0])  # Python repeats what it was told, without the sign
    typed(here, 2).press_sequentially(".5")
    assert here.get("logits") == [2, 1, -0.5]


def test_the_largest_logits_are_not_cut_off_in_their_fields(stage):
    here = stage(SoftmaxExplorer(logits=[1e6, -1e6]))
    for k in range(2):
        assert typed(here, k).evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize(
    ("logits", "label", "said"),
    [
        ([1.0, 1.0, 0.0], 1, "0.4223 (no class has more)"),
        ([1.0, 1.0, 0.0], 2, "(classes 0, 1 have the largest, 0.4223)"),
        ([1.0, 0.0], 0, "0.7311 (the largest)"),
    ],
)
def test_equal_probabilities_are_called_equal(stage, logits, label, said):
    assert said in stage(SoftmaxExplorer(logits=logits, label=label)).words


def test_a_slope_that_is_rounded_to_0_keeps_its_sign(stage):
    here = stage(SoftmaxExplorer(logits=[0.0, 9.0]))
    assert here.root.locator(".bpkit-jacobian td[data-sign]").all_inner_texts() == [
        "+0.000", "−0.000", "−0.000", "+0.000"
    ]  # fmt: skip
    assert here.root.locator(".bpkit-jacobian td.bpkit-sum").all_inner_texts() == ["0.000"] * 2


def test_a_number_typed_is_taken_and_one_too_large_is_told(stage):
    here = stage(SoftmaxExplorer())
    typed(here, 2).fill("−2,5")
    assert here.get("logits") == [2, 1, -2.5]
    typed(here, 2).fill("1e9")
    assert "from −1 000 000 to 1 000 000" in here.page.locator(".bpkit-trouble").inner_text()
    assert here.get("logits") == [2, 1, -2.5]
    typed(here, 2).fill("nonsense")
    assert here.get("logits") == [2, 1, -2.5]
    typed(here, 2).fill("1000")
    assert here.page.locator(".bpkit-trouble").is_hidden()
    heat = here.root.get_by_label("temperature T as a number", exact=True)
    for wrong in ("0", "-1", "101", "Infinity", ""):
        heat.fill(wrong)
        assert here.get("temperature") == 1
    heat.fill("0.37")
    heat.press("ArrowUp")
    assert here.get("temperature") == 0.38


def test_the_temperature_is_in_every_formula_that_it_changes(stage):
    here = stage(SoftmaxExplorer())
    formulas = here.root.locator(".bpkit-formula")
    assert "softmax(z)" in formulas.nth(2).inner_text()
    assert formulas.nth(4).inner_text() == "ŷ − y = ∂L/∂z"
    here.root.get_by_label("temperature T", exact=True).focus()
    here.page.keyboard.press("ArrowRight")
    assert here.get("temperature") == pytest.approx(1.1)
    assert "softmax(z/T)" in formulas.nth(2).inner_text()
    assert formulas.nth(4).inner_text() == "ŷ − y, and ∂L/∂z = (ŷ − y)/T"
    assert here.root.locator("caption").inner_text().endswith("/T")
    assert "temperature 1.1" in here.words


def test_another_label_moves_loss_frame_and_error(stage):
    here = stage(SoftmaxExplorer())
    here.root.get_by_label("class 0 is the label").check()
    explorer = SoftmaxExplorer(label=0)
    assert here.get("label") == 0
    np.testing.assert_allclose(column(here, 4), [explorer.loss], atol=0.5001e-4)
    np.testing.assert_allclose(column(here, 5), explorer.error, atol=0.5001e-4)
    assert here.root.locator(".bpkit-class[data-right]").count() == 1
    assert here.root.locator("tr[data-right] th").inner_text() == "∂ŷ₀"
    here.page.keyboard.press("ArrowDown")
    assert here.get("label") == 1


def test_classes_are_added_up_to_eight_and_taken_away_down_to_two(stage):
    here = stage(SoftmaxExplorer(label=2))
    more, fewer = (here.root.get_by_role("button", name=name) for name in ("Add a class", "Remove a class"))
    for K in range(4, 9):
        more.click()
        assert len(column(here, 3)) == len(here.get("logits")) == K
    assert more.is_disabled()
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 1000
    for K in range(7, 1, -1):
        fewer.click()
        assert len(column(here, 3)) == len(here.get("logits")) == K
        assert here.get("label") < K
        assert here.root.locator(".bpkit-jacobian tbody tr").count() == K
    assert fewer.is_disabled()


def test_a_number_added_to_all_logits_changes_nothing_else(stage):
    here = stage(SoftmaxExplorer(logits=[1.1, 0.2, 0.7]))
    before = [column(here, place) for place in (3, 4, 5)]
    for _ in range(3):
        here.root.get_by_role("button", name="Add 1 to all logits").click()
    assert here.get("logits") == [4.1, 3.2, 3.7]
    assert [column(here, place) for place in (3, 4, 5)] == before
    assert "nothing else has changed" in here.words
    here.root.get_by_role("button", name="Take 1 from all").click()
    assert here.get("logits") == [3.1, 2.2, 2.7]
    logit(here, 0).press("ArrowRight")
    assert "nothing else has changed" not in here.words


@pytest.mark.parametrize("state", [{"temperature": 3.0}, {"label": 0}, {"logits": [5, 1, 0]}])
def test_what_python_changes_after_a_shift_is_not_called_nothing(stage, state):
    here = stage(SoftmaxExplorer())
    drawn = here.root.get_attribute("data-drawn")
    here.root.get_by_role("button", name="Add 1 to all logits").click()
    assert int(here.root.get_attribute("data-drawn")) == int(drawn) + 1
    here.set(logits=[3, 2, 0])  # the same as before, as Python repeats it
    assert "nothing else has changed" in here.words
    here.set(**state)
    assert "nothing else has changed" not in here.words


@pytest.mark.parametrize(
    ("logits", "T"), [([1000.0, 0.0, -1000.0], 1.0), ([1e6, -1e6, 0.0], 0.01), ([-1e6, -1e6, 1e-9], 100.0)]
)
@pytest.mark.parametrize("label", [0, 1, 2])
def test_huge_logits_are_drawn_and_called_by_their_powers_of_ten(stage, logits, T, label):
    explorer = SoftmaxExplorer(logits=logits, label=label, temperature=T)
    here = stage(explorer)
    text = here.root.inner_text()
    assert not re.search(r"NaN|no number\b(?!;)|undefined|\de[+-]?\d|Infinity", text.replace("that is no number", ""))
    assert here.page.locator(".bpkit-trouble").is_hidden()
    np.testing.assert_allclose(column(here, 5), explorer.error, atol=0.5001e-4)
    if logits[0] == 1000 and label == 1:
        assert "10⁻⁴³⁴" in here.words
        assert "the loss is 1000" in here.words
        assert "rounded to 0" in text


def test_python_moves_it_too(stage):
    here = stage(SoftmaxExplorer())
    words = here.words
    here.set(logits=[0, 0, 0])
    assert here.words != words
    np.testing.assert_allclose(column(here, 3), [0.3333] * 3)


def test_the_radio_buttons_of_two_widgets_are_two_groups(stage):
    names = {stage(SoftmaxExplorer()).root.locator("[type=radio]").first.get_attribute("name") for _ in range(2)}
    assert len(names) == 2
