"""From the press of a key to the changed picture, for every widget, in a real JupyterLab.

Run with ``make bench``; it needs Chromium. The clock is the page's: it starts with the key's own time stamp and stops
when the page holds the changed picture, and again when that is laid out. `interact` with an inline picture, which draws
with Matplotlib in the kernel, is measured in the same run.
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
READING, SLOW = "AnswerBox: its reading, from the kernel", "interact with an inline picture"
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
# What tells that the picture is another one: a widget counts what it has drawn.
DRAWN = "root => root.dataset.drawn"
PICTURE = "root => root.querySelector('img')?.src"
TEXT = "root => root.textContent"
# Measures from the key's time stamp until the picture in `root` is another, and until that is laid out, too.
WATCH = """
(root, look) => {
    const seen = () => look(root);
    const clock = window.clock = { times: [], began: 0, before: seen() };
    const pressed = (event) => { clock.began = event.timeStamp; clock.before = seen(); };
    addEventListener("keydown", pressed, true);
    const watcher = new MutationObserver(() => {
        if (!clock.began || !seen() || seen() === clock.before) return;
        const changed = performance.now() - clock.began;
        root.getBoundingClientRect();
        clock.times.push([changed, performance.now() - clock.began]);
        clock.began = 0;
    });
    watcher.observe(root, { attributes: true, childList: true, subtree: true, characterData: true });
    clock.close = () => { watcher.disconnect(); removeEventListener("keydown", pressed, true); };
}
"""

Times = list[tuple[float, float]]


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
            rows[READING] = of_reading(notebook)
            rows[SLOW] = of_interact(notebook, len(SAMPLES) + 1)
            browser.close()
    report(rows, errors)


def of_widget(notebook: NotebookPage, index: int, sample: Any) -> Times:
    """Return the milliseconds of every move of one widget."""
    widget = notebook.output(index).locator(".bpkit-widget")
    widget.wait_for(timeout=60_000)
    sample.control(widget).focus()
    return moved(notebook, widget, DRAWN, sample.key)


def of_reading(notebook: NotebookPage) -> Times:
    """Return the same of the typeset reading beside an answer, which comes from the kernel."""
    at = next(i for i, sample in enumerate(SAMPLES, start=1) if sample.name == "AnswerBox")
    box = notebook.output(at).locator(".bpkit-widget")
    line = box.locator("input").first
    line.fill("6x (x^2 + 1)^2 - e^x")
    box.locator(".bpkit-reading math").first.wait_for()
    line.focus()
    return moved(notebook, box.locator(".bpkit-reading").first, TEXT, "2", "Backspace")


def of_interact(notebook: NotebookPage, index: int) -> Times:
    """Return the milliseconds of every move of a slider that Matplotlib follows."""
    output = notebook.output(index)
    output.locator("img").wait_for(timeout=60_000)
    output.locator(".noUi-handle").focus()
    return moved(notebook, output, PICTURE, "ArrowRight")


def moved(notebook: NotebookPage, watched: Any, look: str, *keys: str) -> Times:
    """Press keys in turn, again and again; return how long the picture took each time, without the first few."""
    page = notebook.page
    watched.evaluate(f"root => ({WATCH})(root, {look})")
    for done in range(WARM_UP + MOVES):
        page.keyboard.press(keys[done % len(keys)])
        page.wait_for_function("done => window.clock.times.length > done", arg=done, timeout=10_000)
    times: Times = page.evaluate("() => { window.clock.close(); return window.clock.times; }")
    return times[WARM_UP:]


def report(rows: dict[str, Times], errors: list[str]) -> None:
    """Print medians and 95th percentiles, and how many times as long `interact` takes until all is laid out."""
    slow = statistics.median(laid_out for _, laid_out in rows[SLOW])
    print(f"\nFrom key press to changed picture, {MOVES} moves each, in ms (median, 95 %):\n")
    print("| widget | changed | | and laid out | | interact takes |")
    print("|---|---|---|---|---|---|")
    for name, times in rows.items():
        columns = [sorted(column) for column in zip(*times, strict=True)]
        shown = [f"{v:.1f}" for c in columns for v in (statistics.median(c), c[round(0.95 * len(c)) - 1])]
        ratio = slow / statistics.median(columns[1])
        print(f"| {name} | {' | '.join(shown)} | {ratio:.0f} times as long |")
    print(f"\nErrors in the browser's console: {len(errors)}", *errors, sep="\n")


if __name__ == "__main__":
    main()
