"""A real JupyterLab on a copy of the workbook, and a real Chromium that opens it."""

import os

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


@pytest.fixture(scope="session")
def new_page(browser):
    """Return ``new_page()``: a page of its own, sharp enough for the README where its pictures are taken."""
    return lambda: browser.new_page(
        viewport={"width": 1200, "height": 900}, device_scale_factor=1.5 if os.environ.get("BPKIT_SCREENSHOTS") else 1
    )


@pytest.fixture(scope="session")
def shared_page(new_page):
    """Return the page in which one notebook after the other is opened: JupyterLab takes its time to start in it."""
    page = new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def opened(lab, workbook, shared_page):
    """Return ``opened(name)``, or ``opened(name, *sources)`` for a new notebook of code cells: a `NotebookPage`.

    One notebook is open at a time. What the console complains of is collected in its `errors`.
    """
    current = []

    def close():
        while current:
            current.pop().close()

    def open_notebook(name, *sources):
        close()
        if sources:
            write_notebook(workbook / "work" / name, *sources)
        current.append(NotebookPage(shared_page))
        current[0].listen()
        current[0].open(*lab, name)
        return current[0]

    yield open_notebook
    close()


@pytest.fixture
def notebook(opened):
    return opened("01_chain_rule.ipynb")
