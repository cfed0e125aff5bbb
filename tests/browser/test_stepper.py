"""NetworkStepper by the keyboard alone, in a real JupyterLab: both passes are walked, and every number is read."""

import re

import numpy as np
import pytest

from bpkit.nn.examples import small_network
from widgets.test_network_stepper import FOUND, agrees, cells, every_number

pytestmark = pytest.mark.browser

CODE = "import bpkit\nstepper = bpkit.widgets.NetworkStepper(seed=3)\nstepper"


class Here:
    """The widget in a cell, with the words that a screen reader is told."""

    def __init__(self, root):
        self.root = root

    @property
    def words(self):
        return self.root.locator(".bpkit-words").inner_text()


def focused(page):
    return page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.slice(0, 40)"
    )


def test_both_passes_are_walked_by_keys_and_every_number_is_the_traces(opened):
    notebook = opened("stepper.ipynb", CODE, "[stepper.step, stepper.x, round(float(stepper.trace.d[2][2, 0]), 9)]")
    notebook.run_all()
    here = Here(notebook.output(0).locator(".bpkit-widget").first)
    here.root.wait_for()
    press = notebook.page.keyboard.press
    # From the cell into its output, and on with Tab until the walk has the focus.
    notebook.activate(0)
    for _ in range(60):
        press("Tab")
        if focused(notebook.page).startswith("Walk through the network"):
            break
    assert focused(notebook.page).startswith("Walk through the network")

    said, words = dict(FOUND.findall(here.words)), {here.words}
    steps = int(re.search(r"of (\d+)", here.words)[1])
    for _ in range(steps):
        press("ArrowRight")
        assert here.words not in words
        words.add(here.words)
        said |= dict(FOUND.findall(here.words))
    network, x, y = small_network(3)
    right = every_number(network, x, y)
    assert [name for name, value in right.items() if not agrees(said.get(name, "nan"), value)] == []
    assert len(words) == steps + 1 == 36

    trace = network.trace([x], [y])
    neurons = cells(here, 0)
    for row, a in zip(neurons[:3], x, strict=True):
        assert agrees(row[1], a)
    for l, rows in ((2, neurons[3:7]), (3, neurons[7:9])):
        for j, row in enumerate(rows):
            assert all(map(agrees, (row[0], row[1], row[4]), (trace.z[l][j, 0], trace.a[l][j, 0], trace.d[l][j, 0])))
    for l in (2, 3):
        rows = cells(here, l - 1)
        shown = np.column_stack([network.W[l], network.b[l]])
        slopes = np.column_stack([trace.dW[l], trace.db[l]])
        for row, values in zip(rows, np.stack([shown, slopes], axis=1).reshape(-1, shown.shape[1]), strict=True):
            assert all(map(agrees, row, values))

    # JupyterLab took none of the keys, and Python knows where the student is.
    assert notebook.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex") == 0
    for _ in range(20):
        press("Tab")
        if focused(notebook.page) == "x_2":
            break
    press("Control+A")
    notebook.page.keyboard.insert_text("0")
    notebook.page.wait_for_timeout(400)
    network_after = network.trace([[x[0], 0, x[2]]], [y])
    known = [35, [float(x[0]), 0.0, float(x[2])], round(float(network_after.d[2][2, 0]), 9)]
    assert notebook.run(1) == repr(known)
    assert notebook.errors == []
