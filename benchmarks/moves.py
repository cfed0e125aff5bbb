"""From the press of a key to the changed picture, for every widget, in a real JupyterLab.

Run with ``make bench``; it needs Chromium. The clock is the page's: it starts with the key's own time stamp and stops
when the picture is drawn and laid out. `interact` with an inline picture, which draws with Matplotlib in the kernel, is
measured in the same run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import sync_playwright

import chromium
from browser.jupyterlab import NotebookPage, copy_workbook, serving, write_notebook
from widgets.samples import SAMPLES

WARM_UP, MOVES = 5, 60
INTERACT = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact

z = np.linspace(-6, 6, 200)
@interact(x=FloatSlider(min=-6, max=6, step=0.1, value=-5))
def show(x):
    a = 1 / (1 + np.exp(-x))
    plt.plot(z, 1 / (1 + np.exp(-z)))
    plt.plot(z, a + a * (1 - a) * (z - x), "--")
    plt.plot(x, a, "o")
    plt.ylim(-0.2, 1.2)
    plt.show()"""
# Measures from the key's time stamp until `root` looks different and is laid out: a widget counts what it has drawn,
# and an inline picture is another picture.
WATCH = """
(root) => {
    const look = () => root.dataset.drawn ?? root.querySelector("img")?.src;
    const clock = window.clock = { times: [], began: 0, before: look() };
    const pressed = (event) => { clock.began = event.timeStamp; clock.before = look(); };
    addEventListener("keydown", pressed, true);
    const seen = new MutationObserver(() => {
        if (!clock.began || !look() || look() === clock.before) return;
        root.getBoundingClientRect();
        clock.times.push(performance.now() - clock.began);
        clock.began = 0;
    });
    seen.observe(root, { attributes: true, childList: true, subtree: true });
    clock.close = () => { seen.disconnect(); removeEventListener("keydown", pressed, true); };
}
"""


def main() -> None:
    """Print a row for each widget: median, 95th percentile and worst of the moves."""
    program = chromium.find()
    if not program:
        print(f"The widgets are not measured: {chromium.HOW}.")
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch, sync_playwright() as playwright:
        workbook = copy_workbook(Path(scratch))
        with serving(workbook) as (address, token):
            browser = chromium.launch(playwright, program)
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
            notebook = NotebookPage(page)
            cells = ["import bpkit\nfrom bpkit import nn", *(sample.code for sample in SAMPLES), INTERACT]
            write_notebook(workbook / "work" / "bench.ipynb", *cells)
            notebook.open(address, token, "bench.ipynb")
            notebook.run_all()
            rows = {sample.name: of_widget(notebook, index, sample) for index, sample in enumerate(SAMPLES, start=1)}
            rows["interact, inline picture"] = of_interact(notebook, len(SAMPLES) + 1)
            browser.close()
    report(rows, errors)


def of_widget(notebook: NotebookPage, index: int, sample: Any) -> list[float]:
    """Return the milliseconds of every move of one widget."""
    widget = notebook.output(index).locator(".bpkit-widget")
    widget.wait_for(timeout=60_000)
    sample.control(widget).focus()
    return moved(notebook, widget, sample.key)


def of_interact(notebook: NotebookPage, index: int) -> list[float]:
    """Return the milliseconds of every move of a slider that Matplotlib follows."""
    output = notebook.output(index)
    output.locator("img").wait_for(timeout=60_000)
    output.locator(".noUi-handle").focus()
    return moved(notebook, output, "ArrowRight")


def moved(notebook: NotebookPage, watched: Any, key: str) -> list[float]:
    """Press a key again and again; return how long the picture took each time, without the first few."""
    page = notebook.page
    watched.evaluate(WATCH)
    for done in range(WARM_UP + MOVES):
        page.keyboard.press(key)
        page.wait_for_function("done => window.clock.times.length > done", arg=done, timeout=10_000)
    times: list[float] = page.evaluate("() => { window.clock.close(); return window.clock.times; }")
    return times[WARM_UP:]


def report(rows: dict[str, list[float]], errors: list[str]) -> None:
    slow = statistics.median(rows["interact, inline picture"])
    print(f"\nFrom key press to changed picture, {MOVES} moves each, ms:\n")
    print("| widget | median | 95 % | worst | interact takes |")
    print("|---|---|---|---|---|")
    for name, times in rows.items():
        ordered = sorted(times)
        median, p95 = statistics.median(times), ordered[round(0.95 * len(ordered)) - 1]
        print(f"| {name} | {median:.1f} | {p95:.1f} | {ordered[-1]:.1f} | {slow / median:.0f} times as long |")
    print(f"\nErrors in the browser's console: {len(errors)}", *errors, sep="\n")


if __name__ == "__main__":
    main()
