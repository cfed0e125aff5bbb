"""A product as boxes: sides in proportion, inner sizes marked alike at both, shapes that do not fit refused."""

from xml.etree import ElementTree

import pytest

from bpkit.figures import matrix_product
from bpkit.figures.matrix_boxes import LONGEST, THINNEST, UNIT

THREE = matrix_product(("J", 1, 3), ("p", 1, 4), ("A", 4, 2), ("B", 2, 3))


def drawn(picture, name):
    return [e for e in ElementTree.fromstring(picture.svg).iter() if e.tag.endswith("}" + name)]


def sizes(picture):
    return [(float(r.get("height")), float(r.get("width"))) for r in drawn(picture, "rect")]


def test_sides_are_in_proportion_a_row_flat_and_a_column_thin():
    assert sizes(THREE) == [(UNIT * rows, UNIT * columns) for rows, columns in [(1, 3), (1, 4), (4, 2), (2, 3)]]
    (_, row, column) = sizes(matrix_product(("s", 1, 1), ("v", 1, 5), ("h", 5, 1)))
    assert row == column[::-1] == (UNIT, 5 * UNIT)


def test_large_matrices_stay_on_the_page_and_a_single_row_can_still_be_seen():
    assert sizes(matrix_product(("v", 1, 784), ("p", 1, 784)))[0] == (THINNEST, LONGEST)


def test_each_inner_size_has_one_colour_and_one_pattern_at_both_edges():
    edges = [tuple(edge.get(key) for key in ("stroke", "stroke-dasharray")) for edge in drawn(THREE, "line")]
    long = [
        abs(float(e.get("x2")) - float(e.get("x1"))) + abs(float(e.get("y2")) - float(e.get("y1")))
        for e in drawn(THREE, "line")
    ]
    # The upper edge of p with the left one of A, the upper edge of A with the left one of B.
    (p, above, beside, b) = edges
    assert p == beside
    assert above == b
    assert p[0] != above[0]
    assert p[1] != above[1]
    assert long == [4 * UNIT, 2 * UNIT, 4 * UNIT, 2 * UNIT]


def test_rows_columns_name_and_shape_stand_at_each_box():
    texts = ["".join(t.itertext()).strip("\u200b") for t in drawn(THREE, "text")]
    assert texts == [
        *("3", "1", "J", "1 × 3"),
        *("=", "4", "1", "p", "1 × 4"),
        *("·", "2", "4", "A", "4 × 2"),
        *("·", "3", "2", "B", "2 × 3"),
    ]


def test_the_words_say_every_shape_and_what_must_agree():
    assert matrix_product(("∇fᵀ", 1, 2), ("v", 1, 3), ("Dg", 3, 2)).alt == (
        "A product of matrices as boxes, in proportion: ∇fᵀ (1 × 2, a row) = v (1 × 3, a row) · Dg (3 × 2). "
        "The columns of v and the rows of Dg have edges of one colour and pattern: 3 each."
    )


@pytest.mark.parametrize(
    ("matrices", "said"),
    [
        ([("J", 2, 2)], "at least one factor"),
        ([("J", 2, 2), ("A", 2, 3), ("B", 2, 2)], "'A' has 3 columns and 'B' 2 rows"),
        ([("J", 3, 2), ("A", 2, 4), ("B", 4, 3)], "is 2 × 3, but 'J' is said to be 3 × 2"),
        ([("J", 0, 2), ("A", 0, 2)], "from 1 on"),
        ([("J", 1.5, 2), ("A", 1.5, 2)], "from 1 on"),
        ([("J", True, 2), ("A", True, 2)], "from 1 on"),
        ([("J", 2), ("A", 2, 2)], "rows and columns"),
    ],
)
def test_what_does_not_fit_is_refused(matrices, said):
    with pytest.raises(ValueError, match=said):
        matrix_product(*matrices)
