"""The network, the path diagram and the chain: what is drawn is what the mathematics says."""

import re
from itertools import product
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpkit.figures import label, links, network, paths
from bpkit.figures.placing import Box, along, outside, room
from bpkit.figures.svg import THICK


def read(picture):
    """Return the texts of a picture, without the invisible spaces that end an index."""
    root = ElementTree.fromstring(picture.svg)
    return ["".join(text.itertext()).replace("\u200b", "") for text in root.iter() if text.tag.endswith("text")]


def count(picture, name):
    return sum(element.tag.endswith("}" + name) for element in ElementTree.fromstring(picture.svg).iter())


def thick(picture):
    root = ElementTree.fromstring(picture.svg)
    return [e for e in root.iter() if e.tag.endswith("line") and e.get("stroke") == THICK["stroke"]]


def test_figure_1_has_nine_neurons_each_with_its_label():
    figure = network()
    labels = read(figure)
    assert count(figure, "circle") == 3 + 4 + 2
    assert count(figure, "line") == 3 * 4 + 4 * 2
    # Drawn with the layer above and the neuron below: a¹₁ reads "a", "1", "1".
    for l, size in enumerate((3, 4, 2), start=1):
        for j in range(1, size + 1):
            assert f"a{l}{j}" in labels
            assert f"a_{j}^{l}" in figure.alt
    assert labels[0] == "layer 1 (input)"
    assert "layer 3 (output)" in labels
    assert "3 neurons in layer 1 (input), 4 neurons in layer 2 (hidden), 2 neurons in layer 3 (output)" in figure.alt


def test_without_labels_neither_the_picture_nor_its_words_give_them_away():
    figure = network(labels=False)
    assert count(figure, "circle") == 9
    assert [text for text in read(figure) if not text.startswith("layer")] == []
    assert not re.search(r"a_|\^", figure.alt)
    assert "3 neurons in layer 1" in figure.alt
    assert "left blank" in figure.alt


def test_figure_1_marks_the_weight_from_neuron_4_of_layer_2_to_neuron_2_of_layer_3():
    figure = network(mark=(3, 2, 4))
    assert "from neuron 4 of layer 2 to neuron 2 of layer 3 is drawn thick and labelled w_24^3" in figure.alt
    assert "w324" in read(figure)
    assert "w" not in "".join(read(network()))
    start, end = thick(figure)  # the label stands between the two pieces
    circles = [e for e in ElementTree.fromstring(figure.svg).iter() if e.tag.endswith("circle")]
    a_4_2, a_2_3 = circles[3 + 3], circles[3 + 4 + 1]
    assert abs(float(start.get("x1")) - float(a_4_2.get("cx"))) < 24
    assert abs(float(start.get("y1")) - float(a_4_2.get("cy"))) < 24
    assert abs(float(end.get("x2")) - float(a_2_3.get("cx"))) < 40  # the arrow's head comes between
    assert abs(float(end.get("y2")) - float(a_2_3.get("cy"))) < 24


@pytest.mark.parametrize("mark", [(1, 1, 1), (4, 1, 1), (3, 3, 1), (3, 1, 5), (3, 0, 1), (2, 1, 4)])
def test_a_weight_that_is_not_there_is_not_marked(mark):
    with pytest.raises(ValueError, match="3–4–2 network has no weight"):
        network(mark=mark)


@pytest.mark.parametrize("sizes", [(), (3,), (3, 0, 2), (3, 17)])
def test_what_is_no_network_is_not_drawn(sizes):
    with pytest.raises(ValueError, match="two or more layers"):
        network(sizes)


@given(st.lists(st.integers(1, 12), min_size=2, max_size=4), st.data())
def test_any_weight_of_any_network_can_be_marked(sizes, data):
    l = data.draw(st.integers(2, len(sizes)))
    mark = (l, data.draw(st.integers(1, sizes[l - 1])), data.draw(st.integers(1, sizes[l - 2])))
    figure = network(sizes, mark)
    assert len(thick(figure)) == 2
    assert count(figure, "circle") == sum(sizes)


def test_two_numbers_of_an_index_do_not_run_together():
    assert "w_1,11^2" in network((12, 2), mark=(2, 1, 11)).alt


def test_an_index_below_and_above_leaves_the_line_where_it_was():
    for sub, sup in product(("", "24"), ("", "3")):
        markup = ElementTree.fromstring(f"<text>{label('w', sub, sup)}</text>")
        assert "".join(markup.itertext()).rstrip("\u200b") == "w" + sup + sub
        shifts = [
            float(e.get("dy", "0em")[:-2]) * (0.7 if e.get("font-size") == "70%" else 1) for e in markup
        ]  # em of the small letters, and of the line
        assert sum(shifts) == pytest.approx(0, abs=0.01)


def test_the_two_paths_from_u_to_f_are_thick_and_the_others_dashed():
    diagram = paths()
    assert len(thick(diagram)) == 4 * 2  # four arrows, each in two pieces around its label
    assert diagram.svg.count("stroke-dasharray") == 2 * 2
    assert "u → x → f and u → y → f" in diagram.alt
    assert "∂f/∂u = ∂f/∂x · ∂x/∂u + ∂f/∂y · ∂y/∂u" in diagram.alt
    texts = read(diagram)
    for numerator in ("∂f", "∂x", "∂y"):
        assert texts.count(numerator) >= 2
    assert count(diagram, "circle") == 5


def test_with_no_mark_nothing_is_emphasised():
    diagram = paths(mark=None)
    assert thick(diagram) == []
    assert "dasharray" not in diagram.svg
    assert "thick" not in diagram.alt


def test_a_function_of_one_variable_has_a_plain_derivative():
    diagram = paths(middle=("x1", "x2"), inner=("u",))
    assert "df/du = ∂f/∂x1 · dx1/du + ∂f/∂x2 · dx2/du" in diagram.alt
    assert "dashed" not in diagram.alt


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"mark": "w"}, "'w' is none of the inner variables u, v"),
        ({"mark": "x"}, "none of the inner"),
        ({"middle": ()}, "three levels"),
        ({"inner": ("u", "x")}, "different names"),
    ],
)
def test_a_diagram_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        paths(**arguments)


def test_the_chain_runs_from_the_inner_variable_to_the_outer_one():
    chain = links()
    assert "x → f2 → f1 → f." in chain.alt
    assert "df2/dx, df1/df2, df/df1" in chain.alt
    assert "df/dx = df/df1 · df1/df2 · df2/dx." in chain.alt
    assert [text for text in read(chain) if not text.startswith(("d", "The", "=", "·"))] == [
        "x",
        "f2",
        "f1",
        "f",
    ]


@pytest.mark.parametrize("slopes", [(8, 1, 14.25), np.array([8, 1, 14.25])])
def test_slopes_that_are_numbers_are_multiplied_out(slopes):
    chain = links(slopes=slopes)
    assert "df2/dx = 14.25, df1/df2 = 1, df/df1 = 8." in chain.alt
    assert chain.alt.endswith("= 8 · 1 · 14.25 = 114.")
    assert "= 8 · 1 · 14.25 = 114" in read(chain)
    assert [text for text in read(chain) if text in ("8", "1", "14.25")] == [
        "14.25",
        "1",
        "8",
    ]  # as the arrows run


def test_slopes_in_words_are_shown_as_they_are():
    chain = links(("f", "g", "x"), ("cos g", 3))
    assert "dg/dx = 3, df/dg = cos g" in chain.alt
    assert "cos g" in read(chain)
    assert chain.alt.endswith("df/dx = df/dg · dg/dx.")


def test_a_chain_needs_two_names_and_a_slope_for_each_arrow():
    with pytest.raises(ValueError, match="at least two"):
        links(("f",))
    with pytest.raises(ValueError, match="4 names make 3 arrows, but there are 2 slopes"):
        links(slopes=(1, 2))


points = st.tuples(st.floats(0, 100), st.floats(0, 100))


@given(points, points, st.builds(Box, *[st.floats(0, 100)] * 2, *[st.floats(1, 80)] * 2), st.floats(0, 1))
def test_a_line_cut_by_a_label_keeps_exactly_what_is_outside(start, end, box, t):
    pieces = outside((start, end), box)
    x, y = (a + t * (b - a) for a, b in zip(start, end, strict=True))
    beyond = max(abs(x - box.x) - box.width / 2, abs(y - box.y) - box.height / 2)  # negative inside the box
    kept = any(room(Box(x, y, 0, 0), [piece]) < 1e-6 for piece in pieces)
    if abs(beyond) > 1e-6:
        assert kept == (beyond > 0)


def test_a_label_goes_where_no_other_line_passes():
    across = ((0.0, 0.0), (200.0, 0.0))
    middle = ((100.0, -50.0), (100.0, 50.0))
    assert along(across, 30, 20, []).x == 100
    assert room(along(across, 30, 20, [middle]), [middle]) >= 9
