"""JupyterLab as a student gets it, and a notebook open in it, worked with the keyboard."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]


def copy_workbook(folder):
    """Put the student notebooks into `folder`, and return it."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    return folder


def write_notebook(path, *sources):
    """Write a notebook of these code cells."""
    # Without a kernel's name JupyterLab asks for one.
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = list(map(nbformat.v4.new_code_cell, sources))
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


@contextmanager
def serving(workbook):
    """Run JupyterLab on a workbook as `make lab` does; yields its address and token."""
    environment = {name: value for name, value in os.environ.items() if name != "BPKIT_PROGRESS"}
    for kind in ("CONFIG", "DATA", "RUNTIME"):
        environment[f"JUPYTER_{kind}_DIR"] = str(workbook / ".jupyter" / kind.lower())
    command = [sys.executable, "-m", "bpkit.cli", "lab", "--no-browser", "--expose-app-in-browser"]
    with subprocess.Popen(
        command,
        cwd=workbook,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            said = ""
            while not (found := re.search(r"(http://[^/\s]+)/lab\S*token=(\w+)", said)):
                line = process.stdout.readline()
                assert line, f"JupyterLab did not start: {said}"
                said += line
            yield found.group(1), found.group(2)
        finally:
            process.kill()


class NotebookPage:
    """A notebook open in JupyterLab, worked as a student works it: with the keyboard."""

    def __init__(self, page):
        self.page = page
        self.errors = []
        self._listeners = {
            "pageerror": lambda error: self.errors.append(str(error)),
            "console": lambda said: self.errors.append(said.text) if said.type == "error" else None,
        }

    def open(self, address, token, name):
        """Open a notebook; in a page where JupyterLab is running already, without loading that again."""
        if self.page.url.startswith(address):
            self.command("docmanager:open", path=name)
        else:
            self.page.goto(f"{address}/doc/tree/{name}?token={token}&reset")
        self.page.wait_for_function(
            """name => {
                const shown = window.jupyterapp?.shell?.currentWidget;
                return shown?.context?.path === name && shown.sessionContext;
            }""",
            arg=name,
            timeout=90_000,
        )
        # The kernel is ready once it has answered one silent request; what the page shows of it lags behind.
        self.page.evaluate(
            """async () => {
                const session = window.jupyterapp.shell.currentWidget.sessionContext;
                await session.ready;
                await session.session.kernel.requestExecute({ code: "", silent: true }).done;
            }"""
        )

    def listen(self):
        """Collect from now on what the console complains of, in `errors`."""
        for event, listener in self._listeners.items():
            self.page.on(event, listener)

    def close(self):
        """Close it without saving, and its kernel; what the page keeps of it is forgotten."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.evaluate(
            """async () => {
                const shown = window.jupyterapp.shell.currentWidget;
                await shown.sessionContext.shutdown();
                shown.dispose();
                localStorage.clear();
            }"""
        )

    def command(self, name, **arguments):
        run = "async ([name, given]) => { await window.jupyterapp.commands.execute(name, given); }"
        self.page.evaluate(run, [name, arguments])

    def cells(self):
        return self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON().cells"
        )

    def index(self, source):
        return next(i for i, cell in enumerate(self.cells()) if "".join(cell["source"]).startswith(source))

    def activate(self, index):
        self.page.evaluate(
            """async index => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                notebook.activeCellIndex = index;
                await notebook.scrollToItem(index, "center");
                notebook.activate();
            }""",
            index,
        )

    def type_and_check(self, exercise_id, text):
        """Replace the answer cell above the exercise's check by `text`, run both, and return what the page shows."""
        check = self.index(f'bpkit.check("{exercise_id}"')
        self.activate(check - 1)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        before = self.cells()[check]["execution_count"]
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")
        self.wait_for_run(check, before)
        return self.feedback(check)

    def run_all(self):
        """Run every cell, and wait for the last one."""
        self.command("notebook:run-all-cells")
        last = max(i for i, cell in enumerate(self.cells()) if cell["cell_type"] == "code")
        self.wait_for_run(last)

    def run(self, index):
        """Run one cell again; return its result as text."""
        before = self.cells()[index]["execution_count"]
        self.activate(index)
        self.page.keyboard.press("Control+Enter")
        self.wait_for_run(index, before)
        return self.cells()[index]["outputs"][0]["data"]["text/plain"]

    def use_theme(self, name):
        """Take JupyterLab's theme "JupyterLab Dark" or "JupyterLab Light"."""
        self.page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        self.page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light", arg=str("Light" in name).lower()
        )

    def restart_kernel(self):
        """Restart the kernel as from the menu, without the question."""
        self.page.evaluate(
            """async () => {
                const { sessionContext } = window.jupyterapp.shell.currentWidget;
                await sessionContext.session.kernel.restart();
            }"""
        )

    def wait_for_run(self, index, before=None):
        self.page.wait_for_function(
            """([index, before]) => {
                const cell = window.jupyterapp.shell.currentWidget.content.model.cells.get(index);
                return cell.executionCount && cell.executionCount !== before && cell.executionState !== "running";
            }""",
            arg=[index, before],
            timeout=120_000,
        )

    def output(self, index):
        self.activate(index)
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    def feedback(self, index):
        shown = self.output(index).locator(".bpkit-feedback")
        shown.wait_for(timeout=30_000)
        return shown

    def every_source_and_output(self):
        return json.dumps(self.cells(), ensure_ascii=False)
