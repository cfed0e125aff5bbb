"""A shape is read in any of the ways in which people write one."""

import pytest

from bpkit.checking.shapes import LONGEST, sizes_of


@pytest.mark.parametrize(
    "written",
    [
        "2×4",
        "2x4",
        "2 x 4",
        "2, 4",
        "(2,4)",
        "[2, 4]",
        "2 by 4",
        r"2 \times 4",
        r"$2\times4$",
        "2 \times 4",
        " (2 × 4) ",
    ],
)
def test_two_sizes_are_read_whatever_stands_between_them(written):
    assert sizes_of(written) == ["2", "4"]


@pytest.mark.parametrize(
    ("written", "read"), [("h", ["h"]), ("(h,)", ["h"]), ("h×1", ["h", "1"]), ("", []), ("( , )", [])]
)
def test_a_vector_has_one_size_and_a_blank_none(written, read):
    assert sizes_of(written) == read


@pytest.mark.parametrize("given", [(2, 4), ["2", "4"], 3, None, "2x" * LONGEST])
def test_what_is_no_short_text_stays_as_it_is(given):
    assert sizes_of(given) is given
