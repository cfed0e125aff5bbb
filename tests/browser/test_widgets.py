"""The widgets in a real JupyterLab: many in one notebook, keys, themes, a dead kernel, no kernel, Notebook 7."""

import os
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert import HTMLExporter
from PIL import Image

from browser.jupyterlab import write_notebook
from widgets.samples import SAMPLES

pytestmark = pytest.mark.browser

IMPORTS = "import bpkit\nfrom bpkit import nn"


def shown(sample):
    return f"shown = {sample.code}\nshown"


def visible_stills(page):
    return page.locator(".bpkit-still").evaluate_all("stills => stills.filter(s => s.checkVisibility()).length")


def words_of(still):
    """Return what a still picture says: its alternative text, or the text that it is."""
    picture = still.locator("svg[role=img]").first
    return picture.get_attribute("aria-label") if picture.count() else still.inner_text()


def keep_small(png, path):
    """Write a picture with few colours: a widget has no more."""
    Image.open(BytesIO(png)).convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)


def in_view(notebook, index):
    """Return the widget in cell `index`, scrolled to."""
    widget = notebook.output(index).locator(".bpkit-widget").first
    widget.wait_for(timeout=60_000)
    return widget


def press(notebook, widget, sample):
    """Press the sample's key until the picture has changed; return whether it has."""
    sample.control(widget).focus()
    before = widget.get_attribute("data-drawn")
    notebook.page.keyboard.press(sample.key)
    return widget.get_attribute("data-drawn") != before


def test_ten_and_more_in_one_notebook_live_together_and_python_knows_what_is_set(opened):
    twice = [*SAMPLES, *SAMPLES]
    keep = "{name: value for name, value in shown[-1].get_state().items() if name[0] != '_'}"
    unchanged = "[one for one, old in zip(shown, before) if {n: one.get_state()[n] for n in old} == old]"
    notebook = opened(
        "many.ipynb",
        f"{IMPORTS}\nshown, before = [], []",
        *(f"shown.append({sample.code})\nbefore.append({keep})\nshown[-1]" for sample in twice),
        unchanged,
    )
    notebook.run_all()
    for index, sample in enumerate(twice, start=1):
        widget = in_view(notebook, index)
        assert press(notebook, widget, sample), sample.name
        # JupyterLab has not taken the arrow key for itself.
        assert notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex") == index
        assert visible_stills(notebook.page) == 0
    notebook.page.wait_for_timeout(400)
    assert notebook.run(len(twice) + 1) == "[]"
    assert notebook.errors == []


def test_they_follow_the_theme_and_go_on_by_themselves_when_the_kernel_is_restarted(opened):
    notebook = opened("seven.ipynb", IMPORTS, *map(shown, SAMPLES))
    notebook.run_all()
    ink = {}
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        notebook.use_theme(theme)
        for index in range(1, len(SAMPLES) + 1):
            widget = in_view(notebook, index)
            ink.setdefault(index, []).append(widget.evaluate("w => getComputedStyle(w).color"))
            if folder := os.environ.get("BPKIT_SCREENSHOTS"):
                keep_small(widget.screenshot(), Path(folder) / f"{SAMPLES[index - 1].name}.png")
    for colours in ink.values():
        assert len(set(colours)) == 2

    notebook.restart_kernel()
    notebook.page.wait_for_timeout(1000)
    for index, sample in enumerate(SAMPLES, start=1):
        assert press(notebook, in_view(notebook, index), sample), sample.name
    notebook.page.wait_for_timeout(500)
    assert "Error displaying widget" not in notebook.page.content()
    assert notebook.errors == []


@pytest.fixture(scope="module")
def saved(opened, workbook):
    """Return a notebook that was run and saved with all widgets in view."""
    notebook = opened("saved.ipynb", IMPORTS, *map(shown, SAMPLES))
    notebook.run_all()
    for index in range(1, len(SAMPLES) + 1):
        in_view(notebook, index)
    notebook.command("docmanager:save")
    notebook.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    return workbook / "work" / "saved.ipynb"


def test_a_notebook_that_is_opened_again_shows_still_pictures(opened, saved):
    shutil.copy(saved, saved.with_name("again.ipynb"))
    again = opened("again.ipynb")
    again.page.wait_for_timeout(3000)  # JupyterLab gives its widget manager some seconds
    for index in range(1, len(SAMPLES) + 1):
        output = again.output(index)
        output.locator(".bpkit-still").wait_for()
        assert len(words_of(output.locator(".bpkit-still"))) > 40
        assert "Error" not in output.inner_text()
        assert "Loading" not in output.inner_text()


def test_a_page_made_by_nbconvert_shows_still_pictures_with_words(saved, browser, tmp_path):
    body, _ = HTMLExporter().from_filename(str(saved))
    (tmp_path / "page.html").write_text(body, encoding="utf-8")
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())  # nobody is there
    page.goto((tmp_path / "page.html").as_uri())
    assert visible_stills(page) == len(SAMPLES)
    for still in page.locator(".bpkit-still").all():
        assert len(words_of(still)) > 40
    found = Axe().run(page, context=".jp-OutputArea-output").response["violations"]
    assert [(one["id"], [node["html"][:300] for node in one["nodes"]]) for one in found] == []
    page.close()


def test_they_work_in_notebook_7(browser, lab, workbook):
    address, token = lab
    write_notebook(workbook / "work" / "seven.ipynb", IMPORTS, *map(shown, SAMPLES))
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    # What is run before the notebook has its kernel is not run at all; it shows itself idle some time earlier.
    with page.expect_event("websocket", lambda opened: "/api/kernels/" in opened.url, timeout=60_000):
        page.goto(f"{address}/notebooks/seven.ipynb?token={token}")
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
    errors = []  # from here on: Notebook 7 complains of JupyterLab's settings while it starts
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".bpkit-widget").nth(len(SAMPLES) - 1).wait_for(timeout=60_000)
    for index, sample in enumerate(SAMPLES):
        widget = page.locator(".bpkit-widget").nth(index)
        widget.scroll_into_view_if_needed(timeout=60_000)
        sample.control(widget).focus()
        before = widget.get_attribute("data-drawn")
        page.keyboard.press(sample.key)
        assert widget.get_attribute("data-drawn") != before, sample.name
    assert errors == []
    page.close()
