"""Contours: a map with its paths, the same in words, and nothing outside of it."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from bpkit import figures

x, y = np.linspace(-2, 2, 41), np.linspace(-1, 3, 41)
BOWL = x[None, :] ** 2 + y[:, None] ** 2


def places(element):
    return np.array([pair.split(",") for pair in element.get("points").split()], float)


def lines(picture):
    return [element for element in ET.fromstring(picture.svg).iter() if element.tag.endswith("polyline")]


def test_a_contour_runs_where_the_function_has_its_value():
    (circle,) = lines(figures.contours(x, y, BOWL, [1.0]))
    across = (places(circle)[:, 0] - 52) / 380 * 4 - 2
    up = (1 - (places(circle)[:, 1] - 44) / 380) * 4 - 1
    np.testing.assert_allclose(across**2 + up**2, 1, atol=0.02)


def test_a_path_is_cut_off_at_the_rim_and_comes_in_again():
    there_and_back = [(0, 0), (50, 0), (50, 1), (0, 1), (0, 1e9)]
    picture = figures.contours(x, y, BOWL, [], {"ball": there_and_back})
    out, back = lines(picture)
    assert places(out).tolist() == [[242.0, 329.0], [432.0, 329.0]]
    assert places(back).tolist() == [[432.0, 234.0], [242.0, 234.0], [242.0, 44.0]]
    assert picture.svg.count("<circle") == 1  # the start; the end is outside


def test_it_says_in_words_what_it_shows():
    marks = [figures.Mark(0, 0, "A")]
    alt = figures.contours(
        x, y, BOWL, [1, 2], {"ball": [(1, 1), (0, 0.5)]}, marks, "w₁", "w₂", "Bowl", "loss", "It rolls."
    ).alt
    assert alt == (
        "Bowl. Across: w₁, from −2 to 2. Up: w₂, from −1 to 3. Contours of the loss, from 1 to 2. "
        "At (0, 0): A. ball: from (1, 1) to (0, 0.5), 1 step. It rolls."
    )


def test_numbers_stand_at_round_contours_and_never_on_one_another():
    levels = [1, 1.5, 2, 2.02, 3, 5]
    texts = re.findall(r'font-size="11"[^>]*>([^<]*)<', figures.contours(x, y, BOWL, levels).svg)
    assert sorted(texts) == ["1", "2", "5"]


@pytest.mark.parametrize(
    ("values", "paths", "said"),
    [(BOWL[1:], {}, "shape"), (BOWL, {str(k): [(0, 0), (1, 1)] for k in range(6)}, "6 paths")],
)
def test_what_cannot_be_drawn_is_told(values, paths, said):
    with pytest.raises(ValueError, match=said):
        figures.contours(x, y, values, [1], paths)
