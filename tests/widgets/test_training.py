"""TrainingExplorer: what it trains is `bpkit.nn`'s network, step by step, and what it shows is what that says."""

import json
import re
import time

import numpy as np
import pytest
import traitlets

from bpkit import data, nn
from bpkit.course.training_explorer import small_enough
from bpkit.nn.outputs import ACTIVATIONS
from bpkit.nn.stepwise import Training, drawn_network, order
from bpkit.widgets import TrainingExplorer

SHAPES = ("moons", "circles", "spiral", "xor")


def test_points_are_those_of_python(javascript):
    rng = np.random.default_rng(1)
    cases = [
        [str(rng.choice(SHAPES)), int(rng.integers(0, 40)), float(rng.uniform(0, 1)), int(rng.integers(0, 2**32))]
        for _ in range(240)
    ]
    for theirs, given in zip(javascript("mathematics/plane.js", "planePoints", *cases), cases, strict=True):
        X, y = data.points(*given)
        np.testing.assert_allclose(np.reshape(theirs, (-1, 3)), np.column_stack([X, y]), rtol=1e-9, atol=1e-14)


def test_the_order_of_the_samples_is_that_of_python(javascript):
    cases = [[n, seed, epoch] for n in (1, 10, 33) for seed in (0, 7, 2**32 - 1) for epoch in (0, 1, 50, 10**6)]
    assert javascript("mathematics/training.js", "orderOf", *cases) == [order(*case) for case in cases]


def random_trainings(count):
    rng = np.random.default_rng(2)
    for _ in range(count):
        points = int(rng.integers(1, 30))
        yield {
            "points": [[*rng.uniform(-2, 2, 2), int(c)] for c in rng.integers(0, 2, points)],
            "hidden": rng.integers(1, 9, rng.integers(0, 4)).tolist(),
            "activation": str(rng.choice(list(ACTIVATIONS))),
            "seed": int(rng.integers(0, 2**32)),
            "rate": float(10 ** rng.uniform(-3, -0.5)),
            "momentum": float(rng.choice([0, 0.5, 0.9])),
            "batch": int(rng.integers(1, 12)),
            "steps": int(rng.integers(1, 60)),
        }


def test_training_is_that_of_python_step_by_step(javascript):
    cases = list(random_trainings(240))
    results = javascript("mathematics/training.js", "trained", *[[case] for case in cases])
    for theirs, case in zip(results, cases, strict=True):
        points = np.array(case["points"], float)
        network = drawn_network(case["hidden"], case["activation"], case["seed"])
        training = Training(
            network, points[:, :2], points[:, 2], case["rate"], case["momentum"], case["batch"], case["seed"]
        )
        for _ in range(case["steps"]):
            training.step()
        assert theirs["fine"]
        np.testing.assert_allclose(theirs["theta"], network.theta, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(theirs["v"], training.v, rtol=1e-9, atol=1e-12)
        assert theirs["loss"] == pytest.approx(training.loss, rel=1e-9, abs=1e-12)
        assert theirs["right"] == training.right


# What a student reads and sets in a cell.


def test_one_line_makes_one_whose_training_is_that_of_python():
    explorer = TrainingExplorer(data="circles", hidden=[3], rate=0.5, momentum=0.5, batch_size=7, seed=3)
    assert (explorer.epoch, len(explorer.points)) == (0, 100)
    points = np.array(explorer.points)
    training = Training(drawn_network([3], "tanh", 3), points[:, :2], points[:, 2], 0.5, 0.5, 7, 3)
    training.to_epoch(12)
    explorer.train(5)
    explorer.train(7)  # goes on where it was, with the velocity that it had
    assert explorer.epoch == 12
    assert explorer.loss == training.loss
    assert explorer.accuracy == training.right / 100
    np.testing.assert_array_equal(explorer.network.theta, training.network.theta)
    assert [epoch for epoch, _ in explorer.curve] == list(range(13))
    explorer.reset()
    assert explorer.epoch == 0
    np.testing.assert_array_equal(explorer.network.theta, drawn_network([3], "tanh", 3).theta)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("data", "xor"),
        ("samples", 50),
        ("noise", 0.3),
        ("points", [[0, 1, 1], [1, 0, 0]]),
        ("hidden", [2, 2]),
        ("activation", "relu"),
        ("seed", 1),
    ],
)
def test_another_task_or_network_starts_anew_and_the_page_is_told(name, value):
    explorer = TrainingExplorer()
    explorer.train(2)
    told, before = explorer.from_python, explorer.loss
    setattr(explorer, name, value)
    assert explorer.epoch == 0
    assert explorer.from_python > told
    assert len(explorer.velocity) == explorer.network.theta.size
    assert explorer.loss == pytest.approx(explorer.network.loss(*explorer._samples()))
    assert explorer.loss != before
    assert explorer.data == {"points": "own", "data": "xor"}.get(name, "moons")


@pytest.mark.parametrize(("name", "value"), [("rate", 1.0), ("momentum", 0.9), ("batch_size", None)])
def test_the_settings_of_a_step_may_change_on_the_way(name, value):
    explorer = TrainingExplorer()
    explorer.train(2)
    weights = explorer.weights
    setattr(explorer, name, value)
    assert explorer.epoch == 2
    assert explorer.weights == weights
    explorer.train(1)
    assert explorer.epoch == 3


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("data", "swiss roll", "swiss roll"),
        ("activation", "softmax", "softmax"),
        ("samples", 1, "2 to 400"),
        ("noise", np.nan, "nan"),
        ("noise", 0.6, "0.6"),
        ("rate", 0.0, "above 0"),
        ("rate", np.inf, "inf"),
        ("rate", np.nan, "nan"),
        ("momentum", 1.0, "below 1"),
        ("momentum", np.nan, "nan"),
        ("batch_size", 0, "from 1"),
        ("seed", -1, "-1"),
        ("seed", 2**32, "seed"),
        ("hidden", [0], "1 to 8"),
        ("hidden", [9], "1 to 8"),
        ("hidden", [2, 2, 2, 2], "up to 3"),
        ("hidden", [2.5], "2.5"),
        ("hidden", [np.nan], "nan"),
        ("hidden", 4, "4"),
        ("hidden", "44", "44"),
        ("points", [[0, 0]], "rows"),
        ("points", [[0, np.nan, 1]], "nan"),
        ("points", [[0, 1e300, 1]], "1e+300"),
        ("points", [[0, 0, 2]], "class"),
        ("points", np.zeros((401, 3)), "400"),
        ("points", "moons", "rows"),
        ("points", 3, "rows"),
        ("points", [[0, 0, 1], [1]], "rows"),
        ("weights", [], "pairs"),
        ("weights", [[[[1, 2]], [0]]], "shapes"),
        ("weights", [[np.full((4, 2), np.nan), np.zeros(4)], [np.zeros((1, 4)), [0]]], "finite"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(name, value, said):
    explorer = TrainingExplorer()
    before = explorer.get_state()
    with pytest.raises(traitlets.TraitError) as error:
        setattr(explorer, name, value)
    assert said in str(error.value)
    assert explorer.get_state() == before
    with pytest.raises(traitlets.TraitError):
        TrainingExplorer(**{name: value})


def test_points_may_be_an_array_and_weights_may_be_set():
    explorer = TrainingExplorer(points=np.array([[0.5, 1, 1], [-0.5, -1, 0]]), hidden=[])
    assert explorer.points == [[0.5, 1, 1], [-0.5, -1, 0]]
    assert explorer.data == "own"
    explorer.weights = [[np.array([[0, 5]]), np.zeros(1)]]
    assert explorer.accuracy == 1
    assert explorer.loss == pytest.approx(np.log1p(np.exp(-5)))


def test_without_points_there_is_nothing_to_train():
    explorer = TrainingExplorer(points=[])
    assert (explorer.loss, explorer.accuracy, explorer.curve) == (None, None, [])
    with pytest.raises(ValueError, match="no points"):
        explorer.train()
    assert "no points" in explorer.still().alt


def test_weights_that_run_away_are_told_and_left_behind():
    explorer = TrainingExplorer(hidden=[8, 8, 8], activation="identity", rate=100.0)
    with pytest.raises(nn.Diverged, match="η = 100"):
        explorer.train(50)
    assert np.isfinite(explorer.network.theta).all()
    json.dumps({name: explorer.get_state()[name] for name in ("weights", "velocity", "loss", "curve")}, allow_nan=False)
    assert explorer.still().svg


def test_what_the_page_sends_is_taken_as_it_is():
    explorer, there = TrainingExplorer(), TrainingExplorer(hidden=[2], seed=5)
    there.train(3)
    told = explorer.from_python
    names = ("hidden", "seed", "epoch", "loss", "accuracy", "weights", "velocity", "curve")
    explorer.set_state({name: there.get_state()[name] for name in names})
    assert explorer.from_python == told
    assert explorer.epoch == 3
    assert explorer.weights == there.weights


def test_the_loss_curve_stays_small():
    explorer = TrainingExplorer(hidden=[], samples=2)
    explorer.train(900)
    assert len(explorer.curve) <= 200
    assert explorer.curve[0][0] == 0


def test_the_still_picture_says_what_the_network_does():
    explorer = TrainingExplorer(data="xor", hidden=[])
    network = explorer.network
    at = np.linspace(-2, 2, 41)
    share = np.mean(network.feedforward(np.array([[x, y] for x in at for y in at])) > 0.5)
    assert f"{share:.0%} of the plane" in explorer.still().alt
    assert f"its loss is {network.loss(*explorer._samples()):.4g}" in explorer.still().alt


# What is seen on the page.


def press(here, name, times=1):
    for _ in range(times):
        here.root.get_by_role("button", name=name, exact=True).press("Enter")


def readout(here):
    return here.root.locator(".bpkit-train-readout b").all_inner_texts()


def same_network(here, explorer):
    np.testing.assert_allclose(here.get("velocity"), explorer.velocity, rtol=1e-9, atol=1e-12)
    for theirs, ours in zip(here.get("weights"), explorer.weights, strict=True):
        np.testing.assert_allclose(theirs[0], ours[0], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(theirs[1], ours[1], rtol=1e-9, atol=1e-12)
    assert here.get("epoch") == pytest.approx(explorer.epoch)
    assert here.get("loss") == pytest.approx(explorer.loss, rel=1e-9)


@pytest.mark.parametrize("name", SHAPES)
def test_epochs_on_the_page_are_those_of_python(stage, name):
    settings = {"data": name, "hidden": [3, 2], "momentum": 0.5, "batch_size": 9, "seed": 2}
    here = stage(TrainingExplorer(**settings))
    press(here, "One epoch", 6)
    explorer = TrainingExplorer(**settings)
    explorer.train(6)
    same_network(here, explorer)
    right = round(100 * explorer.accuracy)
    assert readout(here) == ["6", f"{explorer.loss:.4f}", f"{right} of 100", "2–3–2–1"]
    assert here.words.startswith("Epoch 6: the loss is ")
    assert f"{right} of 100 points" in here.words
    assert here.words.split("Class 1 has")[1].strip(" .") in explorer.still().alt.replace("% of", " % of")


def test_steps_make_an_epoch_and_python_can_go_on_from_the_middle_of_one(stage):
    here = stage(TrainingExplorer(batch_size=30))
    press(here, "One step", 5)
    assert here.get("epoch") == pytest.approx(1.3)
    explorer = TrainingExplorer(batch_size=30)
    explorer.set_state({name: here.get(name) for name in ("epoch", "weights", "velocity", "loss", "accuracy", "curve")})
    explorer.train(1)
    press(here, "One step", 4)
    assert explorer.epoch == pytest.approx(2.3)
    same_network(here, explorer)
    press(here, "One epoch")
    assert here.get("epoch") == 3


def test_what_python_sets_is_taken_over(stage):
    here, explorer = stage(TrainingExplorer()), TrainingExplorer(hidden=[2], data="xor")
    press(here, "One epoch", 2)
    explorer.train(4)
    names = (*TRAITS, "from_python")
    here.set(**{**{name: explorer.get_state()[name] for name in names}, "from_python": 99})
    assert readout(here)[0] == "4"
    assert readout(here)[3] == "2–2–1"
    press(here, "One epoch")
    explorer.train(1)
    same_network(here, explorer)


TRAITS = ("data", "points", "hidden", "activation", "seed", "epoch", "loss", "accuracy", "weights", "velocity", "curve")


def test_training_runs_by_itself_until_it_is_paused(stage):
    here = stage(TrainingExplorer())
    here.root.get_by_label("speed").select_option("1e9")
    press(here, "Train")
    here.page.wait_for_function("() => window.fake.get('epoch') > 20")
    assert here.root.get_by_role("button", name="Pause").is_visible()
    press(here, "Pause")
    epoch = here.get("epoch")
    here.page.wait_for_timeout(300)
    assert here.get("epoch") == epoch
    assert readout(here)[0] != "0"
    explorer = TrainingExplorer()
    explorer.train(int(epoch))
    theirs = [loss for at, loss in here.get("curve") if at <= 20]
    np.testing.assert_allclose(
        theirs, [loss for at, loss in explorer.curve if at in dict(here.get("curve")) and at <= 20], rtol=1e-6
    )


def test_it_stops_when_the_widget_leaves_the_page_and_while_it_is_out_of_sight(stage):
    here = stage(TrainingExplorer())
    press(here, "Train")
    here.page.wait_for_function("() => document.querySelector('.bpkit-train-readout b').textContent > 1")
    here.page.evaluate("() => { window.gone = document.querySelector('.bpkit-widget'); window.gone.remove(); }")
    here.page.wait_for_timeout(100)
    drawn = here.page.evaluate("() => window.gone.dataset.drawn")
    epoch = here.page.evaluate("() => window.gone.querySelector('.bpkit-train-readout b').textContent")
    here.page.wait_for_timeout(200)
    assert here.page.evaluate("() => window.gone.querySelector('.bpkit-train-readout b').textContent") == epoch
    here.page.evaluate("() => window.fake.close()")
    here.page.wait_for_timeout(200)
    assert int(here.page.evaluate("() => window.gone.dataset.drawn")) <= int(drawn) + 2


def test_with_less_motion_the_picture_changes_twice_a_second(stage):
    here = stage(TrainingExplorer())
    here.page.emulate_media(reduced_motion="reduce")
    press(here, "Train")
    before = int(here.root.get_attribute("data-drawn"))
    here.page.wait_for_timeout(1500)
    assert 1 <= int(here.root.get_attribute("data-drawn")) - before <= 5


def test_train_pressed_again_within_a_frame_does_not_train_twice_as_fast(stage):
    here = stage(TrainingExplorer())
    frames = here.page.evaluate(
        """async () => {
            const button = [...document.querySelectorAll("button")].find((one) => one.textContent === "Train");
            const asked = window.requestAnimationFrame;
            let count = 0;
            for (let i = 0; i < 5; i += 1) button.click();
            await new Promise((done) => asked(() => asked(done))); // those that were left have seen that they are
            window.requestAnimationFrame = (call) => { count += 1; return asked(call); };
            let passed = 0;
            await new Promise((done) => asked(function next() { (passed += 1) < 10 ? asked(next) : done(); }));
            return count / passed;
        }"""
    )
    here.page.reload()  # the next test has the same page
    assert 0.5 < frames < 1.5


def test_the_plane_has_its_colours_though_it_was_drawn_before_it_was_on_the_page(stage):
    here = stage(TrainingExplorer())
    colourful = here.page.evaluate(
        """async () => {
            const el = document.createElement("section");
            window.fake.render(el);
            await new Promise((done) => setTimeout(done, 50));
            document.body.append(el);
            await new Promise((done) => setTimeout(done, 300));
            const canvas = el.querySelector("canvas");
            const [r, g, b] = canvas.getContext("2d").getImageData(0, 0, 1, 1).data;
            return r !== b;
        }"""
    )
    assert colourful


def in_two_views(stage, explorer):
    """Show one widget twice on a page."""
    here = stage(explorer)
    here.page.evaluate(
        """() => {
            document.body.append(document.createElement("section"));
            return window.fake.render(document.querySelector("section"));
        }"""
    )
    return here


def test_two_views_of_one_widget_show_the_same_training(stage):
    here = in_two_views(stage, TrainingExplorer(batch_size=30))
    views = [here.page.locator(f"{place} .bpkit-widget") for place in ("main", "section")]
    for _ in range(2):
        for view in views:
            view.get_by_role("button", name="One step").click()
            texts = [one.locator(".bpkit-train-readout").inner_text() for one in views]
            assert texts[0] == texts[1]
    views[1].get_by_label("hidden layer 1").select_option("7")
    views[0].get_by_role("button", name="One epoch").click()
    explorer = TrainingExplorer(batch_size=30, hidden=[7])
    explorer.train(1)
    same_network(here, explorer)
    assert here.page.locator(".bpkit-trouble:visible").count() == 0


def test_what_one_view_does_is_no_echo_to_another(stage):
    here = in_two_views(stage, TrainingExplorer(batch_size=100))
    again = here.page.locator("section").get_by_role("button", name="One epoch")
    again.press("Enter")
    here.page.wait_for_function("() => window.fake.saves > 0")  # now Python has been told of epoch 1
    here.page.evaluate(
        """() => {
            const pressed = (place, name) => [...document.querySelectorAll(`${place} button`)]
                .find((one) => one.textContent === name).click();
            pressed("section", "Start again");
            pressed("main", "One epoch");
        }"""
    )
    assert here.get("epoch") == 1


def test_what_comes_back_from_python_as_it_was_sent_does_not_stop_it(stage):
    here = stage(TrainingExplorer())
    press(here, "Train")
    here.page.wait_for_function("() => window.fake.get('epoch') > 2")
    here.page.evaluate("() => window.fake.set('curve', JSON.parse(JSON.stringify(window.fake.get('curve'))))")
    assert here.root.get_by_role("button", name="Pause").is_visible()


def test_words_come_at_leisure_while_it_trains(stage):
    here = stage(TrainingExplorer())
    press(here, "Train")
    said, started = set(), time.monotonic()
    for _ in range(10):
        said.add(here.words)
        here.page.wait_for_timeout(100)
    assert len(said) <= 2 + (time.monotonic() - started) / 2


def test_each_control_changes_what_it_names(stage):
    here = stage(TrainingExplorer())
    press(here, "One epoch", 3)
    here.root.get_by_label("points", exact=True).select_option("circles")
    assert (here.get("data"), here.get("epoch")) == ("circles", 0)
    X, y = data.points("circles")
    np.testing.assert_allclose(here.get("points"), np.column_stack([X, y]), rtol=1e-9)
    here.root.get_by_label("noise").press("ArrowRight")
    assert here.get("noise") == 0.12
    np.testing.assert_allclose(np.array(here.get("points"))[:, :2], data.points("circles", noise=0.12)[0], rtol=1e-9)
    here.root.get_by_label("hidden layer 1").select_option("2")
    here.root.get_by_label("hidden layer 3").select_option("5")
    assert here.get("hidden") == [2, 5]
    assert here.root.get_by_label("hidden layer 2").input_value() == "5"
    here.root.get_by_label("hidden layer 1").select_option("0")
    assert here.get("hidden") == [5]
    here.root.get_by_label("activation").select_option("relu")
    assert here.get("activation") == "relu"
    here.root.get_by_label("seed of the start").fill("7")
    assert here.get("seed") == 7
    explorer = TrainingExplorer(data="circles", noise=0.12, hidden=[5], activation="relu", seed=7)
    same_network(here, explorer)
    here.root.get_by_label("learning rate η").press("ArrowRight")
    assert here.get("rate") == 0.35
    here.root.get_by_label("momentum μ").press("ArrowRight")
    assert here.get("momentum") == 0.01
    here.root.get_by_label("batch size").select_option("all")
    assert here.get("batch_size") is None
    press(here, "One epoch", 2)
    explorer = TrainingExplorer(
        data="circles", noise=0.12, hidden=[5], activation="relu", seed=7, rate=0.35, momentum=0.01, batch_size=None
    )
    explorer.train(2)
    same_network(here, explorer)
    press(here, "Start again")
    assert here.get("epoch") == 0


def test_settings_that_the_controls_do_not_offer_are_shown_as_they_are(stage):
    here = stage(TrainingExplorer(rate=0.1234, batch_size=7))
    assert "0.1234" in here.root.inner_text()
    assert here.root.get_by_label("batch size").input_value() == "7"


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.5", "1e99", "NaN", "Infinity"])
def test_a_seed_that_is_none_is_marked_and_changes_nothing(stage, typed):
    here = stage(TrainingExplorer())
    field = here.root.get_by_label("seed of the start")
    field.fill(typed)
    assert field.get_attribute("aria-invalid") == "true"
    assert here.get("seed") == 0


def test_a_click_adds_a_point_and_training_goes_on(stage):
    here = stage(TrainingExplorer())
    press(here, "One epoch", 2)
    weights = here.get("weights")
    here.root.get_by_label("a click adds").select_option("0")
    box = here.root.locator(".bpkit-train-shade").bounding_box()
    here.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.25)
    assert here.get("points")[-1] == pytest.approx([1, 1, 0], abs=0.02)
    assert (len(here.get("points")), here.get("data"), here.get("epoch")) == (101, "own", 2)
    assert here.get("weights") == weights
    here.page.mouse.click(box["x"] + box["width"] + 6, box["y"])  # beside the plane
    assert len(here.get("points")) == 101


def test_points_by_the_keyboard_alone(stage):
    here = stage(TrainingExplorer(hidden=[]))
    press(here, "Remove all")
    assert (here.get("points"), here.get("loss"), here.get("accuracy")) == ([], None, None)
    assert "no points yet" in here.words
    press(here, "One epoch")
    assert "nothing to learn from" in here.page.locator(".bpkit-trouble").inner_text()
    press(here, "Train")
    here.root.get_by_label("x₁").fill("−1")
    press(here, "Add this point")
    assert here.page.locator(".bpkit-trouble").is_hidden()
    here.root.get_by_label("a click adds").select_option("0")
    here.root.get_by_label("x₁").fill("1e300")
    here.root.get_by_label("x₂").press("ArrowDown")
    press(here, "Add this point")
    assert here.get("points") == [[-1, 0.5, 1], [2, 0.4, 0]]
    press(here, "One epoch", 30)
    explorer = TrainingExplorer(hidden=[], points=here.get("points"))
    explorer.train(30)
    same_network(here, explorer)
    assert readout(here)[2] == "2 of 2"
    press(here, "Remove the last", 3)
    assert here.get("points") == []


def test_weights_that_run_away_on_the_page_are_told_and_stop_it(stage):
    here = stage(TrainingExplorer(hidden=[8, 8, 8], activation="identity", rate=100.0))
    here.root.get_by_label("speed").select_option("1e9")
    press(here, "Train")
    trouble = here.page.locator(".bpkit-trouble")
    trouble.wait_for()
    assert "η = 100 is too large" in trouble.inner_text()
    assert here.root.get_by_role("button", name="Train").is_visible()
    explorer = TrainingExplorer(hidden=[8, 8, 8], activation="identity", rate=100.0)
    with pytest.raises(nn.Diverged):
        explorer.train(50)
    assert here.get("epoch") == pytest.approx(explorer.epoch)
    state = here.page.evaluate("() => JSON.stringify(window.fake.state)")
    assert "null" not in json.dumps(json.loads(state)["weights"])
    press(here, "Start again")
    assert trouble.is_hidden()
    assert readout(here)[0] == "0"


def test_the_picture_follows_the_theme_and_needs_no_colours(stage):
    inks = []
    for dark in (False, True):
        here = stage(TrainingExplorer(), dark=dark)
        inks.append(
            here.page.evaluate(
                """() => {
                    const canvas = document.querySelector(".bpkit-train-shade canvas");
                    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                    return [...new Set([...data].filter((_, i) => i % 4 === 2))].length > 1 && [...data.slice(0, 3)];
                }"""
            )
        )
        for path in ("hatching", "boundary", "one", "zero", "rings"):
            assert len(here.root.locator(f".bpkit-train-{path}").get_attribute("d")) > 50
    assert all(inks)
    assert inks[0] != inks[1]


def test_the_boundary_is_straight_where_the_network_is_sure(stage):
    """Far from ½ all probabilities look alike; the line must not follow the cells of the grid."""
    here = stage(TrainingExplorer(hidden=[], points=[]))
    here.set(weights=[[[[50_000, 30_000]], [1000]]], from_python=99)
    pixels = re.findall(r"[ML]([\d.]+) ([\d.]+)", here.root.locator(".bpkit-train-boundary").get_attribute("d"))
    x, y = np.array(pixels, float).T
    straight = np.polynomial.Polynomial.fit(y, x, 1)
    assert np.abs(straight(y) - x).max() < 0.2  # pixels


def test_the_numbers_of_a_loss_that_runs_away_are_not_cut_off(stage):
    here = stage(TrainingExplorer(hidden=[8, 8, 8], activation="identity", rate=100.0))
    press(here, "One epoch")
    assert "10⁶" in here.words
    sheet = here.root.get_by_role("img", name="The loss over the epochs")
    left = sheet.bounding_box()["x"]
    assert all(one.bounding_box()["x"] >= left for one in sheet.locator("text").all() if one.inner_html())


def test_noise_is_not_offered_for_points_of_ones_own(stage):
    here = stage(TrainingExplorer())
    assert here.root.get_by_label("noise").is_enabled()
    press(here, "Add this point")
    assert here.root.get_by_label("noise").is_disabled()


@pytest.mark.parametrize("seed", [0, 2, 3, 5, 6, 7, 8])
def test_the_numbers_of_exercise_9_12_are_those_that_the_page_shows(javascript, seed):
    """And none of them hangs on a digit that is not shown."""
    X, y = data.points("circles")
    points = [[*x, int(c)] for x, c in zip(X.tolist(), y, strict=True)]
    case = {"points": points, "hidden": [4], "activation": "tanh", "seed": seed, "rate": 0.5, "momentum": 0}
    needed, _ = small_enough(seed).answers
    for size, epochs in zip((25, 10, 5), needed.expected, strict=True):
        ends = [{**case, "batch": size, "steps": int(n) * (100 // size)} for n in (epochs - 1, epochs)]
        before, after = (one["loss"] for one in javascript("mathematics/training.js", "trained", *[[e] for e in ends]))
        assert round(after, 4) < 0.1 < round(before, 4)
