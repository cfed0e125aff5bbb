"""A student's hour in a real browser: open chapter 01, run it, answer right, wrong and broken, read the feedback."""

import os
from pathlib import Path

import pytest

from bpkit.student.store import Store

pytestmark = pytest.mark.browser


def test_a_student_works_chapter_01_in_jupyterlab(notebook, workbook, tmp_path):
    notebook.command("notebook:run-all-cells")
    last = notebook.index("bpkit.progress(1)")
    notebook.wait_for_run(last)

    untouched = notebook.feedback(notebook.index('bpkit.check("1.4"'))
    assert "Not attempted" in untouched.inner_text()
    assert '"output_type": "error"' not in notebook.every_source_and_output()

    wrong = notebook.type_and_check("1.4", 'df_dx = "8(5x^3 - x - 1)"')
    assert "Not yet" in wrong.inner_text()
    assert "inner function is missing" in wrong.inner_text()
    assert "15" not in wrong.inner_text()  # the answer's other factor is not given away
    shot = notebook.page.locator(".jp-Notebook").screenshot(path=tmp_path / "feedback.png")
    assert shot

    broken = notebook.type_and_check("1.4", 'df_dx = "8(5x^3 - x - 1"')
    assert "Can't read it" in broken.inner_text()
    assert "bracket" in broken.inner_text()

    right = notebook.type_and_check("1.4", 'df_dx = "8(5x^3 - x - 1)(15x^2 - 1)"')
    assert "Correct" in right.inner_text()
    assert right.locator("mjx-container").count() == 1  # what was understood is typeset

    assert Store(workbook / "work" / "progress.sqlite").standings()["1.4"].solved
    assert notebook.errors == []
    assert notebook.page.locator(".Toastify__toast, .jp-Notification-List").count() == 0  # no news pop-up
    if folder := os.environ.get("BPKIT_SCREENSHOTS"):
        (tmp_path / "feedback.png").replace(Path(folder) / "feedback.png")
