"""The certificate in a real browser: one page of paper, and a link in JupyterLab that opens it."""

import re
from datetime import date

import pytest

from bpkit.student.certificate import page
from bpkit.student.overview import overview
from bpkit.student.store import Standing

pytestmark = pytest.mark.browser

NAMES = ["Ada Lovelace", "Wolfeschlegelsteinhausenbergerdorff" * 3, "李" * 100]


def pages(pdf):
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.parametrize("name", NAMES, ids=["short", "long", "wide"])
@pytest.mark.parametrize("paper", ["A4", "Letter", "A5"])
def test_it_is_printed_on_one_page(browser, tmp_path, name, paper):
    file = tmp_path / "certificate.html"
    solved = {"1.4": Standing(best=1.0, attempts=1, solved=True, solved_before_seeing=True)}
    file.write_text(page(name, overview(solved), date(2026, 1, 31)), encoding="utf-8")
    context = browser.new_context()
    asked, tab = [], context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    assert tab.get_by_role("button", name="Print").is_visible()
    tab.emulate_media(media="print")
    shown = tab.locator(".name")
    assert shown.inner_text() == name
    assert shown.evaluate("name => name.scrollHeight <= name.clientHeight + 1")  # none of it is cut off
    assert not tab.get_by_role("button", name="Print").is_visible()
    pdf = tab.pdf(format=paper, print_background=False)
    assert pages(pdf) == 1
    assert name != NAMES[0] or b"(Certificate for Ada Lovelace)" in pdf  # the document's title
    assert asked == [file.as_uri()]
    context.close()


def test_a_narrow_screen_shows_the_whole_width(browser, tmp_path):
    file = tmp_path / "certificate.html"
    file.write_text(page(NAMES[1], overview({}), date(2026, 1, 31)), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 320, "height": 600})
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    frame, table = (tab.locator(part).bounding_box() for part in ("main", "table"))
    assert frame["x"] <= table["x"]
    assert table["x"] + table["width"] <= frame["x"] + frame["width"]
    tab.close()


def test_its_link_in_jupyterlab_opens_a_new_tab(notebook, workbook):
    check = notebook.index('bpkit.check("1.1"')
    notebook.activate(check - 1)
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.press("Control+A")
    notebook.page.keyboard.insert_text('import bpkit\nbpkit.certificate("Ada Lovelace")')
    notebook.page.keyboard.press("Shift+Enter")
    notebook.wait_for_run(check - 1)
    link = notebook.output(check - 1).get_by_role("link", name="Open your certificate")
    link.wait_for(timeout=30_000)
    with notebook.page.context.expect_page() as opened:
        link.click()
    tab = opened.value
    tab.wait_for_load_state()
    assert "Ada Lovelace" in tab.locator(".name").inner_text()
    assert (workbook / "work" / "certificate.html").is_file()
    assert not tab.get_by_role("button", name="Print").is_visible()  # there it could not print
    assert pages(tab.pdf(format="A4")) == 1
    tab.close()
    assert notebook.errors == []
