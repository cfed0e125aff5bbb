"""The graph of a computation: every node, every arrow, and the same in words."""

from xml.etree import ElementTree

import pytest

from bpkit.figures import computation_graph

PLACES = {"x": (0, 0), "y": (0, 2), "p": (1, 1), "L": (2, 0.5)}


def count(picture, name):
    return sum(element.tag.endswith("}" + name) for element in ElementTree.fromstring(picture.svg).iter())


def test_every_node_is_a_circle_and_every_use_an_arrow():
    figure = computation_graph(PLACES, {"p": "x y", "L": "p x"}, {"p": "x·y < 6"})
    assert count(figure, "circle") == 4
    assert count(figure, "line") == 4
    assert "Arrows lead to L from p and x." in figure.alt
    assert "Written below p: x·y < 6." in figure.alt


def test_a_graph_is_the_same_at_every_run():
    assert computation_graph(PLACES, {"p": "x y"}).svg == computation_graph(PLACES, {"p": "x y"}).svg


@pytest.mark.parametrize(("parents", "notes"), [({"p": "x q"}, {}), ({"q": "x"}, {}), ({}, {"q": "3"})])
def test_a_node_without_a_place_is_told(parents, notes):
    with pytest.raises(ValueError, match="no place for q"):
        computation_graph(PLACES, parents, notes)
