"""Half an hour with TrainingExplorer, in JupyterLab: 20,000 moves, and the page does not grow."""

import pytest

pytestmark = pytest.mark.browser

MOVES, BATCH = 20_000, 250
PRESSES = """
([name, presses]) => {
    const button = [...document.querySelectorAll(".bpkit-widget button")].find((one) => one.textContent === name);
    for (let i = 0; i < presses; i += 1) button.click();
    return new Promise((done) => setTimeout(done, 20)); // time for what follows, such as the messages to the kernel
}
"""


def size(session):
    """Return the bytes of JavaScript's heap, and the nodes of the page, after a collection."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return metrics["JSHeapUsedSize"], metrics["Nodes"]


def test_half_an_hour_of_training_leaves_the_page_as_large_as_it_was(opened):
    notebook = opened("memory.ipynb", "import bpkit\nbpkit.widgets.TrainingExplorer()")
    notebook.run_all()
    page = notebook.page
    page.locator(".bpkit-widget").wait_for()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def play(moves):
        for batch in range(moves // BATCH):
            if batch % 10 == 9:
                page.evaluate(PRESSES, ["Start again", 1])
            page.evaluate(PRESSES, ["One step", BATCH])

    play(2_500)  # everything has been used once, and the loss curve is as long as it gets
    heap, nodes = size(session)
    play(MOVES)
    page.wait_for_timeout(1000)
    grown_heap, grown_nodes = size(session)
    assert int(page.locator(".bpkit-widget").get_attribute("data-drawn")) > MOVES
    assert grown_heap < 1.1 * heap, f"{heap / 1e6:.1f} MB became {grown_heap / 1e6:.1f} MB"
    assert grown_nodes < 1.1 * nodes, f"{nodes} nodes became {grown_nodes}"
    assert notebook.errors == []
