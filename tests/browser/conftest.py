"""A real JupyterLab on a copy of the workbook, and a real Chromium that opens it."""

import pytest

from browser.jupyterlab import NotebookPage, copy_workbook, serving, write_notebook


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    return copy_workbook(tmp_path_factory.mktemp("workbook"))


@pytest.fixture(scope="session")
def lab(workbook):
    """Return the address and token of JupyterLab as a student gets it from `make lab`."""
    with serving(workbook) as found:
        yield found


@pytest.fixture
def opened(browser, lab, workbook):
    """Return ``opened(name)``, or ``opened(name, *sources)`` for a new notebook of code cells: a `NotebookPage`.

    What the console complains of is collected in its `errors`.
    """
    contexts = []

    def open_notebook(name, *sources, width=1200):
        if sources:
            write_notebook(workbook / "work" / name, *sources)
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, device_scale_factor=1.5))
        page = contexts[-1].new_page()
        notebook = NotebookPage(page)
        page.on("pageerror", lambda error: notebook.errors.append(str(error)))
        page.on("console", lambda said: notebook.errors.append(said.text) if said.type == "error" else None)
        notebook.open(*lab, name)
        return notebook

    yield open_notebook
    for context in contexts:
        context.close()


@pytest.fixture
def notebook(opened):
    return opened("01_chain_rule.ipynb")
