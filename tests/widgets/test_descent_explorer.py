"""The descent explorer: its mathematics is that of `bpkit.nn.surfaces`, and its picture what its values say."""

import json

import numpy as np
import pytest
import traitlets
from contourpy import contour_generator

from bpkit.nn.surfaces import descent_path, surfaces
from bpkit.widgets import DescentExplorer

CLOSE = 1e-9
RATES = {"bowl": 0.5, "valley": 0.06, "saddle": 0.02, "network": 0.5}  # up to which even single samples settle
KEPT = {"surface": "bowl", "start": [1, 3], "rate": 0.2, "momentum": 0.5, "batch_size": None, "steps": 9, "seed": 0}


@pytest.fixture
def here(stage):
    return stage(DescentExplorer())


def path_of(here):
    """Return the ball's way as it is drawn, in pixels of the sheet."""
    drawn = here.root.locator("path[stroke-width='2']").first.get_attribute("d")
    return [[float(number) for number in place.split()] for place in drawn[1:].split("L")]


def words(here, *parts):
    for part in parts:
        assert part in here.words, here.words


# The mathematics


def test_losses_and_gradients_are_those_of_python(javascript):
    rng = np.random.default_rng(1)
    points = [
        (surface, rng.normal(0, 3, 2), rng.permutation(12)[: rng.integers(1, 13)])
        for _ in range(60)
        for surface in surfaces().values()
    ]
    given = [[surface.describe(), *map(float, w)] for surface, w, _ in points]
    losses = javascript("mathematics/surfaces.js", "surfaceLoss", *given)
    np.testing.assert_allclose(losses, [surface.loss(w) for surface, w, _ in points], rtol=CLOSE)
    rows = [[*call, rows.tolist()] for call, (_, _, rows) in zip(given, points, strict=True)]
    gradients = javascript("mathematics/surfaces.js", "surfaceGradient", *rows)
    ours = [surface.gradient(w, rows) for surface, w, rows in points]
    np.testing.assert_allclose(gradients, ours, rtol=CLOSE, atol=1e-13)


def test_paths_are_those_of_python(javascript):
    rng = np.random.default_rng(2)
    cases = []
    for _ in range(60):
        for name, surface in surfaces().items():
            start = [float(rng.uniform(*side)) for side in surface.window]
            momentum, size = float(rng.choice([0, 0.5])), rng.choice([None, 12, 5, 3, 1])
            rate = float(rng.uniform(0.2, 0.9)) * RATES[name] * (1 - momentum)
            cases.append((surface, (start, rate, momentum, size, 40, int(rng.integers(2**32)))))
    given = [[surface.describe(), *call] for surface, call in cases]
    for theirs, (surface, call) in zip(
        javascript("mathematics/surfaces.js", "descentPath", *given), cases, strict=True
    ):
        ours = descent_path(surface, *call)
        assert theirs["lost"] == ours.lost
        assert len(theirs["w"]) == len(ours.w)
        np.testing.assert_allclose(theirs["loss"], ours.loss, rtol=CLOSE)
        np.testing.assert_allclose(theirs["w"], ours.w, rtol=CLOSE, atol=1e-9)


def test_paths_that_run_away_end_at_the_same_step(javascript):
    cases = [("valley", 0.3, 0.0), ("bowl", 1.7, 0.5), ("saddle", 0.3, 0.9), ("valley", 10.0, 0.99)]
    given = [[surfaces()[n].describe(), surfaces()[n].start, rate, mu, None, 300, 0] for n, rate, mu in cases]
    for theirs, (name, rate, mu) in zip(
        javascript("mathematics/surfaces.js", "descentPath", *given), cases, strict=True
    ):
        ours = descent_path(surfaces()[name], surfaces()[name].start, rate, mu, steps=300)
        assert ours.lost
        assert theirs["lost"]
        np.testing.assert_allclose(theirs["w"], ours.w, rtol=CLOSE, atol=1e-9)


def test_contours_are_closed_or_end_at_the_rim_and_as_long_as_contourpys(javascript):
    rng = np.random.default_rng(3)
    fields = []
    for _ in range(200):
        x, y = np.meshgrid(np.linspace(-2, 2, 13), np.linspace(-2, 2, 9))
        a, b, c = rng.normal(size=3)
        fields.append(np.sin(a * x + 2 * y) + b * np.cos(x * y + c) + 0.2 * x)
    levels = [float(np.quantile(field, rng.uniform(0.1, 0.9))) for field in fields]
    given = [[field.tolist(), level] for field, level in zip(fields, levels, strict=True)]
    for theirs, field, level in zip(
        javascript("mathematics/contours.js", "contourLines", *given), fields, levels, strict=True
    ):
        ours = contour_generator(z=field).lines(level)
        assert length(theirs) == pytest.approx(length(ours), rel=CLOSE)
        for line in theirs:
            (x0, y0), (x1, y1) = line[0], line[-1]
            at_rim = all(x in (0, 12) or y in (0, 8) for x, y in (line[0], line[-1]))
            assert at_rim or (x0, y0) == (x1, y1)


def length(lines):
    return sum(np.hypot(*np.diff(np.asarray(line), axis=0).T).sum() for line in lines)


# What it shows


@pytest.mark.parametrize("name", surfaces())
def test_picture_words_and_table_say_what_python_says(stage, name):
    explorer = DescentExplorer(name, batch_size=3, momentum=0.3, steps=14, seed=5)
    here = stage(explorer)
    loss, (w1, w2) = explorer.losses[-1], explorer.path[-1]
    shown = [f"{value:.4g}".replace("-", "−") for value in (w1, w2, loss)]
    words(here, "After 14 steps", "3 of 12 samples", f"w₁ = {shown[0]}", f"w₂ = {shown[1]}", f"to {shown[2]}.")
    (low, high), (below, above) = surfaces()[name].window
    inner = 430 - 58, 436 - 62
    x = 46 + inner[0] * (w1 - low) / (high - low)
    y = 24 + inner[1] * (1 - (w2 - below) / (above - below))
    assert path_of(here)[-1] == pytest.approx([x, y], abs=0.06)
    assert len(path_of(here)) == 15
    cells = here.root.locator(".bpkit-descent-step tbody tr").last.locator("td").all_inner_texts()
    assert cells == shown[:2]


def test_a_step_a_run_and_the_way_back(here):
    here.root.get_by_role("button", name="back to the start").click()
    assert here.get("steps") == 0
    words(here, "the ball waits")
    here.root.get_by_role("button", name="one step").click()
    assert here.get("steps") == 1
    words(here, "After 1 step the ball")
    here.root.get_by_role("button", name="run", exact=True).click()
    here.page.wait_for_function("window.fake.get('steps') > 3")
    words(here, "is rolling")
    assert "After" not in here.words
    here.root.get_by_role("button", name="pause").click()
    taken = here.get("steps")
    here.page.wait_for_timeout(400)
    assert here.get("steps") == taken
    words(here, f"After {taken} steps")


def test_a_run_ends_where_the_ball_rests(here):
    here.set(steps=45)
    here.root.get_by_role("button", name="run", exact=True).click()
    here.page.wait_for_function("document.querySelector('.bpkit-descent-controls').textContent.includes('run')")
    path = np.array(DescentExplorer(steps=300).path)
    moves = np.hypot(*np.diff(path, axis=0).T)
    assert here.get("steps") == np.flatnonzero(moves > 8e-4)[-1] + 1
    here.page.wait_for_timeout(300)
    assert here.get("steps") < 100


def test_with_less_motion_a_run_is_one_leap(stage):
    here = stage(DescentExplorer(steps=0))
    here.page.emulate_media(reduced_motion="reduce")
    here.root.get_by_role("button", name="run", exact=True).click()
    assert here.get("steps") > 20
    assert here.root.get_by_role("button", name="run", exact=True).is_visible()


def test_the_ball_is_dropped_by_a_click_and_dragged(here):
    box = here.root.locator(".bpkit-descent-map svg").first.bounding_box()
    scale = box["width"] / 430

    def point(x, y):
        return box["x"] + x * scale, box["y"] + y * scale

    here.page.mouse.click(*point(46 + 372 / 2, 24 + 374 / 2))
    assert here.get("start") == pytest.approx([1, 0.5], abs=0.03)
    here.page.mouse.move(*point(100, 100))
    here.page.mouse.down()
    here.page.mouse.move(*point(46 + 372 / 4, 24 + 374 / 4), steps=4)
    here.page.mouse.up()
    assert here.get("start") == pytest.approx([-1, 2.5], abs=0.03)
    assert path_of(here)[0] == pytest.approx([46 + 372 / 4, 24 + 374 / 4], abs=2)
    here.page.mouse.move(*point(300, 300))
    here.page.mouse.click(*point(10, 200))  # beside the map
    assert here.get("start") == pytest.approx([-1, 2.5], abs=0.03)


def test_a_finger_drops_the_ball_where_it_is_lifted(browser, stage):
    here = stage(DescentExplorer())
    here.page.evaluate(
        """() => {
            const sheet = document.querySelector(".bpkit-descent-map svg");
            const { left, top, width, height } = sheet.getBoundingClientRect();
            const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, pointerType: "touch" };
            sheet.dispatchEvent(new PointerEvent("pointerdown", at));
            window.between = window.fake.get("start");
            sheet.dispatchEvent(new PointerEvent("click", at));
        }"""
    )
    assert here.page.evaluate("window.between") == [-2, -2.5]
    assert here.get("start") == pytest.approx([0.7, 0.7], abs=0.4)


@pytest.mark.parametrize(
    ("key", "by"), [("ArrowLeft", [-0.08, 0]), ("ArrowUp", [0, 0.08]), ("Shift+ArrowRight", [0.008, 0])]
)
def test_arrow_keys_move_the_ball(here, key, by):
    here.root.get_by_label("start of the ball").focus()
    here.page.keyboard.press(key)
    assert here.get("start") == pytest.approx([-2 + by[0], -2.5 + by[1]])
    said = here.root.get_by_label("start of the ball").get_attribute("aria-valuetext")
    assert said.startswith(f"w₁ = {-2 + by[0]:g}".replace("-", "−"))


def test_sliders_fields_and_lists_set_the_values(here):
    root, page = here.root, here.page
    root.get_by_label("learning rate η", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert here.get("rate") == pytest.approx(0.102)
    assert root.get_by_label("η, typed").input_value() == "0.102"
    root.get_by_label("η, typed").fill("0.25")
    assert here.get("rate") == 0.25
    root.get_by_label("momentum μ").focus()
    page.keyboard.press("End")
    assert here.get("momentum") == 0.99
    root.get_by_label("steps", exact=True).focus()
    page.keyboard.press("End")
    assert here.get("steps") == 300
    root.get_by_label("start w₂").fill("−1,5")
    assert here.get("start") == [-2, -1.5]
    assert root.get_by_role("button", name="another random order").is_disabled()
    root.get_by_label("samples a step").select_option("1")
    assert here.get("batch_size") == 1
    before = here.words, path_of(here)
    root.get_by_role("button", name="another random order").click()
    assert here.get("seed") == 1
    assert before != (here.words, path_of(here))
    root.get_by_label("samples a step").select_option("12")
    assert here.get("batch_size") is None
    root.get_by_label("surface", exact=True).select_option("network")
    assert here.get("start") == [3, -3]
    assert here.get("rate") == 0.5
    assert "1–2–1" in root.inner_text()


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("η, typed", "-1", "above 0"),
        ("η, typed", "1e9", "at most 10"),
        ("start w₁", "1e300", "from −100 to 100"),
    ],
)
def test_a_number_that_is_not_possible_is_told(here, label, typed, said):
    before = here.get("rate"), here.get("start")
    here.root.get_by_label(label).fill(typed)
    assert said in here.page.locator(".bpkit-trouble").inner_text()
    assert (here.get("rate"), here.get("start")) == before
    here.root.get_by_label(label).fill("0.5")
    assert here.page.locator(".bpkit-trouble").is_hidden()


def test_a_zero_is_told_only_when_nothing_follows_it(here):
    exact, trouble = here.root.get_by_label("η, typed"), here.page.locator(".bpkit-trouble")
    exact.fill("")
    for sign in "0.05":
        exact.press(sign)
        assert trouble.is_hidden()
    assert here.get("rate") == 0.05
    exact.fill("0")
    exact.press("Enter")
    assert "above 0" in trouble.inner_text()
    assert here.get("rate") == 0.05


def test_typing_pauses_a_run(here):
    here.set(steps=0)
    here.root.get_by_role("button", name="run", exact=True).click()
    here.page.wait_for_function("window.fake.get('steps') > 1")
    here.root.get_by_label("start w₁").press("End")
    here.root.get_by_label("start w₁").press("Backspace")
    here.root.get_by_label("start w₁").press("Backspace")
    taken = here.get("steps")
    here.page.wait_for_timeout(400)
    assert here.get("steps") == taken
    assert here.root.get_by_label("start w₁").input_value() == ""


@pytest.mark.parametrize("typed", ["", "nan", "Infinity", "w", "1e999"])
def test_what_is_no_number_leaves_everything_as_it_is(here, typed):
    here.root.get_by_label("start w₁").fill(typed)
    assert here.get("start") == [-2, -2.5]
    assert here.root.get_by_label("start w₁").get_attribute("aria-invalid") == "true"


def test_a_ball_that_runs_away_is_told_and_the_rest_still_works(here):
    top = here.root.get_by_label("learning rate η", exact=True).bounding_box()
    here.set(rate=10.0, momentum=0.99, steps=300)
    assert here.root.get_by_label("learning rate η", exact=True).bounding_box() == top  # nothing jumps
    fate = here.root.locator(".bpkit-descent-fate")
    assert f"after {len(path_of(here)) - 1} steps" in fate.inner_text()
    words(here, "has run away", "outside the picture", "· 10", "smaller learning rate")
    assert here.root.get_by_role("button", name="one step").is_disabled()
    here.root.get_by_role("button", name="run", exact=True).click()
    here.page.wait_for_timeout(300)
    here.set(rate=0.1, momentum=0.0, steps=20)
    assert fate.is_hidden()
    words(here, "near the minimum A")


def test_a_ball_that_is_dropped_too_far_out_is_not_blamed_on_the_learning_rate(stage):
    here = stage(DescentExplorer("saddle", start=[100, 100]))
    assert "nearer to the middle" in here.root.locator(".bpkit-descent-fate").inner_text()
    words(here, "the ball waits", "nearer to the middle")
    assert "learning rate" not in here.words


def test_numbers_of_kept_paths_do_not_cover_each_other(stage):
    same = [{**KEPT, "steps": 100, "momentum": momentum} for momentum in (0.0, 0.3, 0.5, 0.6)]
    here = stage(DescentExplorer(steps=100, kept=same))
    for texts in (".bpkit-descent-map text", ".bpkit-descent-losses text"):
        drawn = [one for one in here.root.locator(texts).all() if one.text_content() in list("1234")]
        boxes = [one.bounding_box() for one in drawn][-4:]
        assert [one.text_content() for one in drawn[-4:]] == list("1234")
        centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
        apart = [np.hypot(*np.subtract(a, b)) for k, a in enumerate(centres) for b in centres[:k]]
        assert min(apart) > 8


def test_paths_are_kept_listed_and_forgotten(here):
    keep = here.root.get_by_role("button", name="keep this path")
    for momentum in (0.0, 0.2, 0.4, 0.6, 0.8):
        here.set(momentum=momentum)
        keep.click()
    listed = here.root.locator(".bpkit-descent-kept li").all_inner_texts()
    assert [line.partition("μ = ")[2].partition(",")[0] for line in listed] == ["0.2", "0.4", "0.6", "0.8"]
    assert "after 20 steps the loss is" in listed[0]
    assert here.root.locator(".bpkit-descent-point").all_text_contents() == ["A", "1", "2", "3", "4"]
    here.set(surface="valley")
    assert here.root.locator(".bpkit-descent-point").all_text_contents() == ["A", "", "", "", ""]
    here.root.get_by_role("button", name="forget kept paths").click()
    assert here.get("kept") == []
    assert here.root.locator(".bpkit-descent-kept li").count() == 0


def test_it_is_steered_by_keys_alone(here):
    page = here.page
    here.root.get_by_label("surface", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert here.get("surface") == "valley"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "run":
            break
    page.keyboard.press("Space")
    page.wait_for_function("window.fake.get('steps') > 21")
    page.keyboard.press("Enter")
    taken = here.get("steps")
    page.wait_for_timeout(300)
    assert here.get("steps") == taken


def test_leaving_the_page_ends_a_run(here):
    here.root.get_by_role("button", name="run", exact=True).click()
    here.page.wait_for_timeout(200)
    here.page.evaluate("window.fake.close()")
    taken = here.get("steps")
    here.page.wait_for_timeout(400)
    assert here.get("steps") == taken


def test_shading_is_deepest_at_the_minimum(here):
    alpha = here.page.evaluate(
        """() => {
            const { data } = document.querySelector("canvas").getContext("2d").getImageData(0, 0, 121, 121);
            return Array.from({ length: 121 * 121 }, (_, i) => data[4 * i + 3]);
        }"""
    )
    row, column = divmod(int(np.argmax(alpha)), 121)
    w1, w2 = surfaces()["bowl"].points[0].w
    assert [column / 120 * 8 - 3, (120 - row) / 120 * 8 - 3.5] == pytest.approx([w1, w2], abs=0.1)


# In Python


def test_path_and_losses_are_those_of_the_reference():
    explorer = DescentExplorer("saddle", start=[1, 0.5], rate=0.03, momentum=0.4, batch_size=2, steps=7, seed=9)
    ours = descent_path(surfaces()["saddle"], (1, 0.5), 0.03, 0.4, 2, 7, 9)
    assert (explorer.path, explorer.losses, explorer.lost) == (ours.w, ours.loss, False)
    explorer.rate = 10
    assert explorer.lost


def test_the_surface_brings_its_start_and_rate_unless_they_are_given():
    assert DescentExplorer("network").start == [3, -3]
    assert DescentExplorer("network").rate == 0.5
    assert DescentExplorer("network", start=(1, 2)).start == [1, 2]
    assert DescentExplorer(surface="valley").surface == "valley"


def test_paths_may_be_kept_from_python():
    explorer = DescentExplorer(rate=0.3)
    for momentum in (0, 0.1, 0.2, 0.3, 0.4):
        explorer.momentum = momentum
        explorer.keep()
    assert [entry["momentum"] for entry in explorer.kept] == [0.1, 0.2, 0.3, 0.4]
    picture = explorer.still()
    assert picture.svg.count("stroke-dasharray") == 4
    assert "4: from (−2, −2.5)" in picture.alt


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("surface", "hill", "'hill'"),
        ("start", [1], r"\[1.0\]"),
        ("start", [1, float("nan")], "nan"),
        ("start", [101, 0], "from −100 to 100"),
        ("start", [], "two numbers"),
        ("start", "ab", "start"),
        ("rate", 0, "above 0"),
        ("rate", float("nan"), "nan"),
        ("rate", float("inf"), "inf"),
        ("rate", "fast", "fast"),
        ("momentum", 1, "below 1"),
        ("momentum", -0.1, "-0.1"),
        ("batch_size", 0, "from 1 to 12"),
        ("batch_size", 13, "13"),
        ("batch_size", 1.5, "1.5"),
        ("steps", -1, "from 0 to 300"),
        ("steps", 10**9, "300"),
        ("seed", -1, "from 0"),
        ("kept", [KEPT] * 5, "up to 4"),
        ("kept", [{"rate": 1}], "settings"),
        ("kept", [{**KEPT, "rate": float("nan")}], "nan"),
        ("kept", [{**KEPT, "start": [1, None]}], "None"),
        ("kept", [{**KEPT, "surface": ["bowl"]}], "bowl"),
        ("surfaces", {}, "read-only"),
    ],
)
def test_bad_values_are_refused_with_a_sentence_and_nothing_changes(name, value, said):
    explorer = DescentExplorer()
    before = getattr(explorer, name)
    with pytest.raises(traitlets.TraitError, match=said):
        setattr(explorer, name, value)
    assert getattr(explorer, name) == before


def test_the_state_is_json_however_far_the_ball_has_gone():
    explorer = DescentExplorer("saddle", start=[100, 100], rate=10, momentum=0.99, steps=300, kept=[KEPT])
    json.dumps({name: value for name, value in explorer.get_state().items() if name[0] != "_"}, allow_nan=False)
    assert explorer.lost
    assert "has run away" in explorer.still().alt
    assert len(DescentExplorer("valley", rate=10, momentum=0.9, steps=300).still().svg) < 80_000


@pytest.mark.parametrize("name", surfaces())
def test_every_surface_has_a_still_picture_of_its_own(name):
    picture = DescentExplorer(name, steps=300).still()
    assert len(picture.svg) < 80_000
    assert picture.alt.startswith(name.capitalize())
