"""The chain explorer shows what `bpkit.nn.links` computes, moves by key and pointer, and says what is missing."""

import itertools
import json
import math
import re

import numpy as np
import pytest
import traitlets

import bpkit
from bpkit.nn.links import LINKS, Composition

NAMES = tuple(LINKS)
HUGE = (["reciprocal", "sin", "exp"], 1e-300)  # the sine of a number beside which there is no second one


def compositions(count, seed):
    """Yield names of three links, x and dx, as a student may choose them."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield rng.choice(NAMES, 3).tolist(), float(rng.uniform(-3, 3)), float(rng.choice([-2, -0.1, 0.01, 0.3, 1]))


def numbers_of(text):
    """Read the numbers of a sentence as they are written: "−1.2 · 10⁻⁷", too."""
    powers = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    plain = re.sub(" · 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: "e" + found[1].translate(powers), text.replace("−", "-"))
    return [float(found) for found in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", plain)]


# The mathematics


@pytest.mark.parametrize("name", NAMES)
def test_each_link_and_its_slope_are_the_same_in_the_browser(javascript, name):
    t = [*np.random.default_rng(1).normal(0, 3, 250), 0.0, -0.0, 1e-9, 700.0, 800.0, -800.0, 1e200]
    for function, ours in (("linkValue", LINKS[name].f(t)), ("linkSlope", LINKS[name].df(t))):
        theirs = javascript("mathematics/links.js", function, *([name, value] for value in t))
        theirs = np.array([np.nan if value is None else value for value in theirs], float)
        ok = np.abs(np.array(t)) < 1e6  # beyond, sin and cos of two libraries part
        np.testing.assert_allclose(theirs[ok], ours[ok], rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("name", NAMES)
def test_the_slope_of_each_link_is_the_one_measured(name):
    link = LINKS[name]
    t = np.random.default_rng(2).uniform(0.1, 2, 50)
    t = t if link.needs else np.concatenate([t, -t])
    measured = (link.f(t + 1e-6) - link.f(t - 1e-6)) / 2e-6
    np.testing.assert_allclose(link.df(t), measured, rtol=1e-6, atol=1e-8)


def test_all_of_a_chain_is_the_same_in_the_browser(javascript):
    cases = list(compositions(400, 3))
    slopes = javascript("mathematics/links.js", "chainSlopes", *([names, x] for names, x, _ in cases))
    secants = javascript("mathematics/links.js", "chainSecant", *([names, x, dx] for names, x, dx in cases))
    roundings = javascript("mathematics/links.js", "chainRounding", *([names, x, dx] for names, x, dx in cases))
    for (names, x, dx), theirs, secant, rounding in zip(cases, slopes, secants, roundings, strict=True):
        ours = Composition([LINKS[name] for name in names])
        if max(abs(value) for value in np.nan_to_num([*ours.values(x), *ours.values(x + dx)])) > 1e5:
            continue  # sin and cos of such numbers say nothing, and e of them multiplies their roundings
        for key, value in (("values", ours.values(x)), ("slopes", ours.slopes(x)), ("product", ours.slope(x))):
            found = np.array(theirs[key], float)  # None, as JSON has it, is NaN
            np.testing.assert_allclose(found, np.array(value, float), rtol=1e-9, atol=1e-15, err_msg=f"{names} {x}")
        size = np.nanmax(np.abs([1.0, ours(x), ours(x + dx)])) / abs(dx)
        np.testing.assert_allclose(np.array(secant, float), ours.secant(x, dx), rtol=1e-9, atol=1e-12 * size)
        np.testing.assert_allclose(np.array(rounding, float), ours.rounding(x, dx), rtol=1e-9)


def test_rounding_explains_the_secant_of_a_straight_line_and_no_more():
    line = ("identity", "negative", "half", "2t+1", "3t-1")
    rng = np.random.default_rng(9)
    for _ in range(500):
        chain = Composition([LINKS[name] for name in rng.choice(line, 3)])
        x, dx = float(rng.uniform(-3, 3)), float(10 ** rng.uniform(-7, 0))
        off = abs(chain.secant(x, dx) - float(chain.slope(x)))
        assert off <= chain.rounding(x, dx) <= 1e-12 / dx, (chain, x, dx)
    bent = Composition([LINKS["square"], LINKS["sin"], LINKS["exp"]])
    assert abs(bent.secant(0.8, 1e-6) - float(bent.slope(0.8))) > 100 * bent.rounding(0.8, 1e-6)
    assert math.isnan(bent.rounding(0.8, 0))


def test_a_product_is_the_slope_of_the_whole():
    for names, x, _ in compositions(300, 4):
        chain = Composition([LINKS[name] for name in names])
        near = chain.secant(x, 1e-6) + chain.secant(x, -1e-6)
        values = np.array([*chain.values(x), chain.slope(x), near], float)
        if np.isfinite(values).all() and np.abs(values).max() < 50 and "relu" not in names:
            assert float(chain.slope(x)) == pytest.approx(near / 2, rel=1e-3, abs=1e-3), (names, x)


@pytest.mark.parametrize(
    ("name", "t"), [("ln", 0), ("ln", -1), ("root", -1e-9), ("reciprocal", 0), ("exp", 800), ("sin", np.inf)]
)
def test_what_a_link_has_not_is_nan(name, t):
    assert np.isnan(LINKS[name].f(t))
    assert np.isnan(LINKS[name].df(t))


def test_a_root_has_a_value_at_0_and_no_slope():
    assert LINKS["root"].f(0) == 0
    assert np.isnan(LINKS["root"].df(0))


# The values in Python


def test_one_line_makes_one_and_its_numbers_are_those_of_nn():
    explorer = bpkit.widgets.ChainExplorer()
    assert (explorer.h, explorer.g, explorer.f) == ("square", "sin", "exp")
    x, dx = explorer.x, explorer.dx
    assert explorer.values == pytest.approx({"u": x**2, "v": math.sin(x**2), "y": math.exp(math.sin(x**2))})
    slopes = {"h": 2 * x, "g": math.cos(x**2), "f": math.exp(math.sin(x**2))}
    assert explorer.slopes == pytest.approx(slopes)
    assert list(explorer.slopes) == ["h", "g", "f"]
    assert explorer.product == pytest.approx(math.prod(slopes.values()))
    there = math.exp(math.sin((x + dx) ** 2))
    assert explorer.secant == pytest.approx((there - math.exp(math.sin(x**2))) / dx)


def test_its_numbers_follow_its_traits():
    explorer = bpkit.widgets.ChainExplorer(h="3t - 1", g="identity", f="square")
    explorer.x = 2
    assert explorer.slopes == {"h": 3, "g": 1, "f": 10}
    explorer.g = "ln"
    explorer.x = 0
    assert math.isnan(explorer.values["v"])
    assert math.isnan(explorer.product)
    explorer.dx = 0
    assert math.isnan(explorer.secant)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("x", math.nan, "x can't be nan; it is a number from −3 to 3"),
        ("x", math.inf, "x can't be inf"),
        ("x", 3.5, "x can't be 3.5"),
        ("x", -1e300, "x can't be −1 · 10³⁰⁰"),
        ("dx", -math.inf, "dx can't be −inf; it is a number from −2 to 2"),
        ("h", "sinus", "h can't be 'sinus'; it is one of: identity, negative"),
        ("f", "", "f can't be ''"),
        ("x", "1", "expected a float"),
        ("g", None, "expected a unicode string"),
    ],
)
def test_a_value_that_cannot_be_is_told_and_the_old_one_stays(name, value, said):
    explorer = bpkit.widgets.ChainExplorer()
    before = getattr(explorer, name)
    with pytest.raises(traitlets.TraitError, match=re.escape(said)):
        setattr(explorer, name, value)
    assert getattr(explorer, name) == before


@pytest.mark.parametrize("written", ["3t - 1", "3*t-1", " 3t−1 "])
def test_a_formula_may_be_written_with_spaces(written):
    assert bpkit.widgets.ChainExplorer(g=written).g == "3t-1"


def test_every_state_is_json_and_has_a_still_picture():
    for names, x, dx in itertools.chain(compositions(150, 5), [(["exp"] * 3, 3, 2), (["ln"] * 3, -3, 0), (*HUGE, 0.2)]):
        explorer = bpkit.widgets.ChainExplorer(**dict(zip("hgf", names, strict=True)), x=x, dx=dx)
        state = {name: value for name, value in explorer.get_state().items() if not name.startswith("_")}
        json.dumps(state, allow_nan=False)
        picture = explorer.still()
        assert len(picture.alt) > 40
        assert not re.search(r"nan|\binf\b|\de[+-−]?\d", picture.svg.partition(">")[2] + picture.alt)
        assert ".;" not in picture.svg
        if not math.isnan(explorer.product):
            assert numbers_of(picture.alt.partition("product is ")[2])[0] == pytest.approx(explorer.product, rel=1e-3)


# The picture


def cells(here):
    return [[cell.inner_text() for cell in row.locator("th, td").all()] for row in here.root.locator("tbody tr").all()]


def test_it_shows_the_numbers_of_nn(stage):
    explorer = bpkit.widgets.ChainExplorer(h="square+1", g="cos", f="exp", x=0.7, dx=-0.5)
    here = stage(explorer)
    shown = " ".join(here.root.locator("svg.bpkit-chain text").all_text_contents())
    slopes, values = explorer.slopes, explorer.values
    for name, number in (("h′(x)", slopes["h"]), ("g′(u)", slopes["g"]), ("f′(v)", slopes["f"]), *values.items()):
        found = numbers_of(re.search(rf"{re.escape(name)} = ([−\d.]+)(?= |$)", shown)[1])
        assert found == [pytest.approx(number, rel=1e-3)]
    assert f"= {explorer.product:.4g}".replace("-", "−") in here.words
    assert f"the slope {explorer.secant:.4g}".replace("-", "−") in here.words
    formula = "".join(here.root.locator(".bpkit-chain-formula").last.inner_text().split())
    assert formula == "=1.084·(−0.9967)·1.4=−1.513"
    for (dx, secant, gap), part in zip(cells(here), (1, 10, 100, 1000), strict=True):
        ours = explorer.composition.secant(0.7, -0.5 / part)
        assert numbers_of(dx) == [-0.5 / part]
        assert numbers_of(secant) == [pytest.approx(ours, rel=1e-5)]
        assert numbers_of(gap) == [pytest.approx(ours - explorer.product, rel=0.06)]


def points_of(here):
    """Return where the three filled dots are, each as a share of its plot, across and upwards."""
    return here.page.evaluate(
        """() => [...document.querySelectorAll(".bpkit-chain circle[r='5.5']")].map((dot, n) => {
            const box = document.querySelectorAll(".bpkit-chain rect")[n];
            const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
            return [(dot.getAttribute("cx") - x) / width, (y + height - dot.getAttribute("cy")) / height];
        })"""
    )


def test_what_comes_out_of_a_link_goes_into_the_next(stage):
    """The axes upwards and across are one axis: the dot stands as far up in one plot as it stands across the next."""
    here = stage(bpkit.widgets.ChainExplorer())
    for x in (-2.7, 0.3, 1.9):
        here.set(x=x)
        first, second, third = points_of(here)
        assert first[0] == pytest.approx((x + 3.3) / 6.6, abs=1e-4)
        assert second[0] == pytest.approx(first[1], abs=1e-4)
        assert third[0] == pytest.approx(second[1], abs=1e-4)


@pytest.mark.parametrize("width", [360, 1000])
def test_a_drag_moves_x_and_the_slider_with_it(stage, width):
    here = stage(bpkit.widgets.ChainExplorer(), width=width)
    box = here.root.locator(".bpkit-chain rect").first.bounding_box()
    y = box["y"] + box["height"] / 2
    here.page.mouse.move(box["x"] + 5, y)
    assert here.get("x") == 0.8  # without a button nothing moves
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] / 2, y, steps=3)
    assert here.get("x") == pytest.approx(0, abs=0.03)
    here.page.mouse.move(box["x"] + box["width"] + 500, y)
    assert here.get("x") == 3
    here.page.mouse.up()
    here.page.mouse.move(box["x"], y)
    assert here.get("x") == 3
    assert here.root.get_by_label("x", exact=True).input_value() == "3"
    outside = here.root.locator(".bpkit-chain rect").nth(1).bounding_box()
    here.page.mouse.click(outside["x"] + 9, outside["y"] + 9)
    assert here.get("x") == 3


def test_functions_are_chosen_by_keys(stage):
    here = stage(bpkit.widgets.ChainExplorer())
    for label, name, key in (("u = h(x) =", "h", "ln"), ("v = g(u) =", "g", "cube"), ("y = f(v) =", "f", "tanh")):
        words = here.words
        control = here.root.get_by_label(label, exact=True)
        control.select_option(key)
        assert here.get(name) == key
        assert here.words != words
    assert "tanh v" in " ".join(here.root.locator("svg.bpkit-chain text").all_text_contents())


def test_dx_shrinks_tenfold_at_each_press_down_to_a_ten_thousandth(stage):
    here = stage(bpkit.widgets.ChainExplorer(dx=-0.5))
    smaller, larger = (here.root.get_by_role("button", name=name) for name in ("dx ÷ 10", "dx × 10"))
    smaller.focus()
    for wanted in (-0.05, -0.005, -0.0005, -0.0005):
        here.page.keyboard.press("Enter")
        assert here.get("dx") == wanted
    gaps = [abs(numbers_of(row[2])[0]) for row in cells(here)]
    assert gaps == sorted(gaps, reverse=True)
    larger.focus()
    for wanted in (-0.005, -0.05, -0.5, -0.5):
        here.page.keyboard.press("Space")
        assert here.get("dx") == wanted


def test_a_secant_of_no_width_is_told(stage):
    here = stage(bpkit.widgets.ChainExplorer(dx=0))
    assert "0/0" in here.words
    assert [row[1] for row in cells(here)] == ["none"] * 4
    here.set(dx=1e-300)
    assert "x + dx is x" in here.words


@pytest.mark.parametrize(
    ("names", "x", "said"),
    [
        (("sin", "ln", "exp"), -1, "g(u) = ln u has no value at u = −0.8415: it needs u > 0."),
        (("ln", "ln", "ln"), 0, "h(x) = ln x has no value at x = 0: it needs x > 0."),
        (("identity", "reciprocal", "exp"), 0, "it needs u ≠ 0"),
        (("square", "identity", "root"), 0, "f has no slope at v = 0"),
        (("exp", "exp", "exp"), 3, "f(v) = exp v has no value at v = 5.285 · 10⁸: it is too large for a computer."),
    ],
)
def test_what_is_missing_is_told_in_a_sentence(stage, names, x, said):
    here = stage(bpkit.widgets.ChainExplorer(**dict(zip("hgf", names, strict=True)), x=x))
    assert said in here.words
    assert here.page.locator(".bpkit-trouble").is_hidden()
    here.set(h="identity", g="sin", f="exp", x=1)
    assert "multiply" in here.words


def test_a_second_point_without_a_value_leaves_the_slopes(stage):
    here = stage(bpkit.widgets.ChainExplorer(h="identity", g="ln", f="exp", x=0.2, dx=-0.5))
    assert "multiply" in here.words
    assert "x + dx = −0.3 there is nothing to compare with" in here.words
    assert "no secant" in here.root.inner_text()


def test_a_flat_link_is_named(stage):
    assert "0: h is flat there" in stage(bpkit.widgets.ChainExplorer(x=0)).words


def test_a_corner_is_not_said_to_be_flat(stage):
    here = stage(bpkit.widgets.ChainExplorer(h="identity", g="relu", f="exp", x=0))
    assert "g has a corner there" in here.words
    assert "flat" not in here.words
    here.set(x=-0.5)
    assert "g is flat there" in here.words
    here.set(f="square")  # at v = 0 it is flat indeed, whatever stands before it
    here.set(x=0)
    assert "f is flat there" in here.words


def test_the_roundings_of_a_computer_are_not_told_as_a_difference(stage):
    here = stage(bpkit.widgets.ChainExplorer(h="3t-1", g="3t-1", f="3t-1", x=-2.9, dx=-2))
    assert here.words.endswith("has the slope 27, the same as far as a computer can tell.")
    assert [row[2] for row in cells(here)] == ["≈ 0"] * 4


def test_a_button_that_leads_nowhere_says_so(stage):
    here = stage(bpkit.widgets.ChainExplorer(dx=0.5))
    smaller, larger = (here.root.get_by_role("button", name=name) for name in ("dx ÷ 10", "dx × 10"))
    for dx, ends in ((0.5, [None, "true"]), (0.05, [None, None]), (0.0005, ["true", None]), (0, ["true", "true"])):
        here.set(dx=dx)
        assert [one.get_attribute("aria-disabled") for one in (smaller, larger)] == ends


def lines_of(path):
    """Read the straight lines of a path, each as its two ends."""
    for piece in filter(None, path.split("M")):
        points = [tuple(map(float, point.split())) for point in piece.split("L")]
        yield from itertools.pairwise(points)


def curves_of(here):
    """Return each plot's curve, drawn with a black line, and the last, of the whole."""
    return [
        curve.get_attribute("d")
        for curve in here.root.locator("path[stroke=currentColor][fill=none]").all()
        if curve.get_attribute("stroke-width") == "2"
    ]


@pytest.mark.parametrize("h", ["2t+1", "3t-1", "cube"])
def test_no_curve_crosses_a_pole_or_leaves_its_frame(stage, h):
    explorer = bpkit.widgets.ChainExplorer(h=h, g="reciprocal", f="identity", x=0.5, dx=-0.05)
    here = stage(explorer)
    for x in (0.5, 2.9, -0.6, 0.05):
        here.set(x=x)
        curves = curves_of(here)
        assert len(curves) == 4
        for curve in (curves[1], curves[3]):  # 1/u falls, with a pole: on the page no line of it may go up or jump
            lines = list(lines_of(curve))
            assert lines
            assert all(down >= up - 0.11 for (_, up), (_, down) in lines), (h, x)
        heights = [y for line in lines_of(curves[3]) for _, y in line]
        assert min(heights) >= 24 - 0.01
        assert max(heights) <= 270 - 38 + 0.01
        explorer.x = x
        still = re.findall(r'<path[^>]*d="([^"]*)"[^>]*stroke-width="2"|$', explorer.still().svg)
        assert all(down >= up - 0.11 for (_, up), (_, down) in lines_of(still[1])), (h, x)


def test_the_tangent_of_the_whole_ends_at_the_frame(stage):
    here = stage(bpkit.widgets.ChainExplorer(h="identity", g="half", f="identity", x=2.9))
    sheet = here.root.locator(".bpkit-side svg[role=img]")
    right = sheet.locator("path[stroke='var(--bp-plus)']").get_attribute("d").split("L")[1]
    assert float(right.split()[0]) == pytest.approx(400 - 12, abs=0.01)


@pytest.mark.parametrize("width", [360, 1000])
def test_large_numbers_have_room_beside_the_axes(stage, width):
    here = stage(bpkit.widgets.ChainExplorer(h="exp", g="exp", f="cube", x=2), width=width)
    cut_off = here.page.evaluate(
        """() => [...document.querySelectorAll(".bpkit-widget svg[role=img] text")].filter((text) => {
            const [inner, outer] = [text, text.closest("svg[role=img]")].map((one) => one.getBoundingClientRect());
            return text.textContent && (inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5);
        }).map((text) => text.textContent)"""
    )
    assert cut_off == []


def test_ticks_near_a_large_number_differ(stage):
    here = stage(bpkit.widgets.ChainExplorer(h="exp", g="exp", f="sin", x=3))
    grids = here.root.locator("svg.bpkit-chain > g").first
    assert grids.get_by_text("+5", exact=True).count() == 2  # upwards in the second plot, across in the third


def test_a_falling_slope_is_dashed_and_a_rising_one_is_not(stage):
    here = stage(bpkit.widgets.ChainExplorer(h="identity", g="exp(-t)", f="half"))
    tangents = here.root.locator("svg.bpkit-chain svg line")
    assert [line.get_attribute("stroke") for line in tangents.all()] == [
        "var(--bp-plus)",
        "var(--bp-minus)",
        "var(--bp-plus)",
    ]
    assert [bool(line.get_attribute("stroke-dasharray")) for line in tangents.all()] == [False, True, False]


def test_every_pair_of_functions_can_be_drawn_anywhere(stage):
    here = stage(bpkit.widgets.ChainExplorer())
    for names, x, dx in itertools.chain(compositions(100, 6), [(*HUGE, 0.2)]):
        here.set(**dict(zip("hgf", names, strict=True)), x=x, dx=dx)
        explorer = bpkit.widgets.ChainExplorer(**dict(zip("hgf", names, strict=True)), x=x, dx=dx)
        assert here.page.locator(".bpkit-trouble").is_hidden()
        assert ("multiply" in here.words) == (not math.isnan(explorer.product)), here.words
        assert "NaN" not in here.root.inner_html()
        assert "Infinity" not in here.root.inner_html()


@pytest.mark.parametrize("name", NAMES)
def test_the_formulas_fit_a_narrow_page_and_are_those_of_python(stage, name):
    here = stage(bpkit.widgets.ChainExplorer(h=name, g=name, f=name, x=0.9), width=360)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (
        here.root.locator("math").evaluate_all(
            "all => Math.max(...all.map((one) => one.getBoundingClientRect().right))"
        )
        <= 360
    )
    assert here.root.get_by_label("v = g(u) =").locator("option:checked").inner_text() == LINKS[name].written.format(
        t="u"
    )


def test_the_page_grows_and_the_plots_stand_side_by_side(stage):
    here = stage(bpkit.widgets.ChainExplorer(), width=500)
    tall = here.root.locator(".bpkit-chain").bounding_box()["height"]
    here.page.set_viewport_size({"width": 900, "height": 900})
    here.page.wait_for_function("document.querySelector('.bpkit-chain').getBoundingClientRect().width > 800")
    assert here.root.locator(".bpkit-chain").bounding_box()["height"] < tall / 2
