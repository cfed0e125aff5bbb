"""The confusion matrix: every count in its own cell, mistakes told apart by more than a colour, and in words."""

from xml.etree import ElementTree

import numpy as np
import pytest

from bpkit.figures import confusion_matrix
from bpkit.figures.confusion_matrix import CELL, LEFT, TOP
from bpkit.figures.svg import VERMILION

COUNTS = np.array([[7, 0, 1], [0, 9, 0], [2, 3, 4]])


def drawn(picture, name):
    return [e for e in ElementTree.fromstring(picture.svg).iter() if e.tag.endswith("}" + name)]


def in_cells(picture):
    """Return what is written in each cell, and how: {(row, column): (text, weight)}."""
    cells = {}
    for text in drawn(picture, "text"):
        x, y = float(text.get("x")) - LEFT, float(text.get("y")) - TOP
        if x > 0 and y > 0:
            cells[int(y // CELL), int(x // CELL)] = (text.text, text.get("font-weight"))
    return cells


def test_rows_are_what_it_is_and_columns_what_it_was_read_as():
    cells = in_cells(confusion_matrix(COUNTS))
    assert {cell: text for cell, (text, _) in cells.items() if text != "·"} == {
        (i, j): str(COUNTS[i, j]) for i, j in np.argwhere(COUNTS)
    }
    assert len(cells) == 9


def test_mistakes_are_bold_and_framed_so_that_they_show_without_colour():
    picture = confusion_matrix(COUNTS)
    bold = {cell for cell, (_, weight) in in_cells(picture).items() if weight == "bold"}
    framed = {
        (int((float(r.get("y")) - TOP) // CELL), int((float(r.get("x")) - LEFT) // CELL))
        for r in drawn(picture, "rect")
        if r.get("stroke") == VERMILION and float(r.get("stroke-width")) > 2
    }
    assert bold == framed == {(0, 2), (2, 0), (2, 1)}


def test_the_words_count_what_is_right_and_list_the_mistakes_most_frequent_first():
    assert confusion_matrix(COUNTS).alt == (
        "Confusion matrix. 20 of 26 are read rightly. Misread: 2 as 1 (3 times), 2 as 0 (2 times), 0 as 2."
    )
    assert confusion_matrix(np.eye(2, dtype=int), ("cat", "dog"), "Held out").alt == (
        "Held out. 2 of 2 are read rightly."
    )
    assert confusion_matrix([[0.0, 1.0], [0.0, 2.0]], ("cat", "dog")).alt.endswith("Misread: cat as dog.")


def test_many_kinds_of_mistakes_are_counted_rather_than_listed():
    assert confusion_matrix(np.ones((20, 20), int)).alt.endswith("and 350 other kinds.")


def test_a_diagonal_is_the_bluer_the_larger_its_share_of_the_row():
    blues = [float(r.get("fill-opacity")) for r in drawn(confusion_matrix(COUNTS), "rect") if r.get("fill-opacity")]
    seven_of_eight, nine_of_nine, four_of_nine = blues
    assert four_of_nine < seven_of_eight < nine_of_nine < 0.5


@pytest.mark.parametrize(
    ("counts", "names", "said"),
    [
        ([[1, 2]], (), r"shape \(1, 2\)"),
        ([1, 2], (), r"shape \(2,\)"),
        (np.zeros((0, 0), int), (), "1 to 20 classes"),
        (np.ones((21, 21), int), (), "1 to 20 classes"),
        ([[1, -1], [0, 2]], (), "negative"),
        ([[0.5]], (), "whole numbers"),
        ([[np.nan]], (), "whole numbers"),
        ([["one"]], (), "whole numbers"),
        ([[1]], ("a", "b"), "2 names for 1 classes"),
    ],
)
def test_what_is_no_confusion_matrix_is_refused(counts, names, said):
    with pytest.raises(ValueError, match=said):
        confusion_matrix(counts, names)
