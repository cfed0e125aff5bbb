"""Half an hour with TrainingExplorer, in JupyterLab: 20,000 moves, and the page does not grow."""

import pytest

from browser.jupyterlab import NotebookPage, write_notebook

pytestmark = pytest.mark.browser

MOVES, CHUNK = 20_000, 250
# Every move is a click that the widget answers at once with a new picture. After each chunk the page is painted, and
# the messages to the kernel go out.
PLAY = """
async ([chunks, size]) => {
    const named = Object.fromEntries(
        [...document.querySelectorAll(".bpkit-widget button")].map((one) => [one.textContent, one]),
    );
    for (let chunk = 0; chunk < chunks; chunk += 1) {
        for (let i = 0; i < size; i += 1) {
            const special = { 10: "Add this point", 20: "Remove the last", 30: chunk % 5 ? null : "Start again" }[i];
            named[special ?? "One step"].click();
        }
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    }
}
"""


def size(session):
    """Return the bytes of JavaScript's heap, and the nodes of the page, after a collection."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return metrics["JSHeapUsedSize"], metrics["Nodes"]


def test_half_an_hour_of_training_leaves_the_page_as_large_as_it_was(lab, workbook, new_page):
    # Small, and a step is an epoch: so the moves are cheap, and the loss curve is soon as long as it gets.
    code = "import bpkit\nbpkit.widgets.TrainingExplorer(samples=12, hidden=[2], batch_size=None, momentum=0.5)"
    write_notebook(workbook / "work" / "memory.ipynb", code)
    page = new_page()  # where nothing else has been, and been forgotten
    notebook = NotebookPage(page)
    notebook.listen()
    notebook.open(*lab, "memory.ipynb")
    notebook.run_all()
    widget = page.locator(".bpkit-widget")
    widget.wait_for()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def play(moves):
        before = int(widget.get_attribute("data-drawn"))
        page.evaluate(PLAY, [moves // CHUNK, CHUNK])
        page.wait_for_timeout(500)  # until the kernel has answered
        assert int(widget.get_attribute("data-drawn")) >= before + moves
        return size(session)

    heap, nodes = play(1_500)  # by then everything has been used
    grown_heap, grown_nodes = play(MOVES)
    assert grown_heap < 1.1 * heap, f"{heap / 1e6:.1f} MB became {grown_heap / 1e6:.1f} MB"
    assert grown_nodes < 1.1 * nodes, f"{nodes} nodes became {grown_nodes}"
    assert notebook.errors == []
    page.close()
