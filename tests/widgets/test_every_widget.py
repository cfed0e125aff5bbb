"""What holds for every widget: keyboard, names, words, themes, narrow pages, a still picture, a silent console."""

import json
import xml.etree.ElementTree as ET

import pytest

from widgets.samples import SAMPLES

every = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@every
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(stage, sample, dark):
    assert stage(sample.make(), dark=dark).violations() == []


@every
def test_a_key_changes_the_picture_and_the_words(stage, sample):
    here = stage(sample.make())
    control = sample.control(here.root)
    control.focus()
    drawn, words = here.root.get_attribute("data-drawn"), here.words
    here.page.keyboard.press(sample.key)
    assert here.root.get_attribute("data-drawn") != drawn
    assert here.words != words
    assert here.page.locator(".bpkit-trouble").is_hidden()


@every
def test_every_control_can_be_reached_by_tab_and_asks_jupyterlab_for_its_keys(stage, sample):
    here = stage(sample.make())
    controls = here.root.locator("input, select, button, [tabindex='0']")
    assert controls.count()
    for control in controls.all():
        assert control.get_attribute("data-lm-suppress-shortcuts") == "true", control.evaluate("c => c.outerHTML")
    wanted = here.root.locator(
        "input:not([type=radio]):visible:enabled, select:visible:enabled, button:visible:enabled,[tabindex='0']:visible"
    ).count()
    reached = set()
    for _ in range(3 * wanted + 3):
        here.page.keyboard.press("Tab")
        reached.add(
            here.page.evaluate(
                "() => [...document.querySelectorAll('.bpkit-widget *')].indexOf(document.activeElement)"
            )
        )
    assert len(reached - {-1}) >= wanted


@every
@pytest.mark.parametrize("width", [360, 1400])
def test_it_fits_a_narrow_and_a_wide_page(stage, sample, width):
    here = stage(sample.make(), width=width)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


@every
def test_its_state_goes_to_python_once_for_many_moves_and_a_dead_kernel_is_no_trouble(stage, sample):
    here = stage(sample.make())
    sample.control(here.root).focus()
    saves = here.page.evaluate("window.fake.saves")
    for _ in range(5):
        here.page.keyboard.press(sample.key)
    here.page.wait_for_timeout(300)
    assert here.page.evaluate("window.fake.saves") > saves
    here.page.evaluate("() => { window.fake.save_changes = () => { throw new Error('Cannot send'); }; }")
    here.page.keyboard.press(sample.key)
    here.page.wait_for_timeout(300)


@every
def test_leaving_the_page_ends_its_timers_and_shows_the_still_picture_again(stage, sample):
    here = stage(sample.make())
    here.page.evaluate(
        """() => {
            window.fake.state._still = "k";
            document.body.insertAdjacentHTML("beforeend", '<div class="bpkit-still" data-still="k" hidden>still</div>');
            window.fake.close();
        }"""
    )
    assert not here.page.locator(".bpkit-still").evaluate("e => e.hidden")


@every
def test_without_a_kernel_a_still_picture_with_words_stands_there(sample):
    widget = sample.make()
    picture = widget.still()
    assert len(picture.alt) > 40
    root = ET.fromstring(picture.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert sample.make().still() == picture  # the same bytes at every run
    assert len(picture.svg) < 80_000


@every
def test_its_state_is_json_and_its_module_is_small(sample):
    widget = sample.make()
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    json.dumps(state, allow_nan=False)
    assert len(widget._esm) < 100_000
    assert repr(widget).startswith(type(widget).__name__)
