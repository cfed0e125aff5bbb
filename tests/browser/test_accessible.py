"""axe-core finds nothing in the course's notebooks as pages; live widgets: tests/widgets/test_every_widget.py."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbconvert import HTMLExporter

from bpkit.course import chapters

pytestmark = pytest.mark.browser

SOLUTIONS = Path(__file__).parents[2] / "solutions"
NOTEBOOKS = [chapter.notebook for chapter in chapters()]


def violations(page, context):
    found = Axe().run(page, context=context, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], [node["html"][:300] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_solved_notebook_as_a_web_page(browser, tmp_path, name):
    # Code and prose are set by nbconvert: what is ours are the outputs.
    exporter = HTMLExporter(exclude_input=True, exclude_markdown=True)
    body, _ = exporter.from_filename(str(SOLUTIONS / f"{name}.ipynb"))
    (tmp_path / "page.html").write_text(body, encoding="utf-8")
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.goto((tmp_path / "page.html").as_uri())
    assert page.locator(".jp-OutputArea-output").count()
    assert violations(page, ".jp-OutputArea-output") == []
    page.close()
