"""The box to answer in, in a real JupyterLab: read at every key, checked, recorded, and not lost with the kernel."""

import sqlite3

import pytest

pytestmark = pytest.mark.browser

ASK = 'import bpkit\nbpkit.ask("1.6")'
PRACTICE = 'again = bpkit.practice("1.4")\nagain'
RIGHT = "6(sin u + cos v)^2 cos u + v e^(uv)", "-6(sin u + cos v)^2 sin v + u e^(uv)"


def box(notebook, index):
    shown = notebook.output(index).locator(".bpkit-box")
    shown.wait_for()
    return shown


def events(workbook):
    with sqlite3.connect(workbook / "work" / "progress.sqlite") as db:
        return db.execute("SELECT kind, status FROM event WHERE exercise = '1.6' ORDER BY id").fetchall()


def test_an_exercise_is_answered_in_its_box_and_nothing_typed_is_lost(opened, workbook):
    notebook = opened("answer_box.ipynb", ASK, PRACTICE)
    notebook.run_all()
    asked = box(notebook, 0)
    asked.locator("mjx-container").first.wait_for()  # the statement is set as the notebook sets it
    first, second = (asked.get_by_label(name, exact=True) for name in ("df_du", "df_dv"))
    first.press_sequentially("1/2u")
    asked.locator(".bpkit-reading math mfrac").wait_for()
    first.fill(RIGHT[0])
    second.fill("-6(sin u + cos v)^2 sin v + e^(uv)")
    second.press("Enter")
    verdict = asked.locator(".bpkit-box-verdict")
    verdict.get_by_text("Not yet").wait_for()
    asked.get_by_role("button", name="Hint").click()
    asked.locator("li").wait_for()
    second.fill(RIGHT[1])
    second.press("Enter")
    verdict.get_by_text("Correct").wait_for()
    asked.get_by_role("button", name="Solution").click()
    asked.locator("strong", has_text="Worked solution").wait_for()
    assert events(workbook) == [("check", "incorrect"), ("hint", ""), ("check", "correct"), ("solution", "")]
    asked.get_by_role("button", name="Other numbers").click()
    asked.get_by_text("not counted").wait_for()
    assert first.input_value() == ""

    practised = box(notebook, 1)
    practised.get_by_label("df_dx", exact=True).fill("8x + 1")
    practised.locator(".bpkit-reading math").wait_for()
    seed = practised.locator(".bpkit-box-counts").inner_text()
    notebook.restart_kernel()
    practised = box(notebook, 1)
    line = practised.get_by_label("df_dx", exact=True)
    line.press_sequentially(" + 2")
    practised.get_by_text("What you typed is kept").wait_for()
    assert line.input_value() == "8x + 1 + 2"

    notebook.run_all()
    notebook.page.wait_for_function("() => document.querySelectorAll('.bpkit-reading math').length === 3")
    assert box(notebook, 0).get_by_label("df_dv", exact=True).input_value() == RIGHT[1]
    again = box(notebook, 1)
    assert again.get_by_label("df_dx", exact=True).input_value() == "8x + 1 + 2"
    assert again.locator(".bpkit-box-counts").inner_text() == seed
    assert notebook.page.locator(".bpkit-still:visible").count() == 0
    assert notebook.errors == []
