"""Curves and bars: the numbers arrive on paper and in words."""

import math
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpkit.figures import Mark, curves, progress_bars
from bpkit.figures.axes import axis


def elements(picture, name):
    return [e for e in ElementTree.fromstring(picture.svg).iter() if e.tag.endswith("}" + name)]


def texts(picture):
    return ["".join(text.itertext()) for text in elements(picture, "text")]


def corners(line):
    return [tuple(map(float, corner.split(","))) for corner in line.get("points").split()]


Z = np.linspace(-6, 6, 121)
SIGMOID = 1 / (1 + np.exp(-Z))


def test_the_words_tell_the_course_of_every_line():
    plot = curves(
        {"σ": (Z, SIGMOID), "σ′": (Z, SIGMOID * (1 - SIGMOID))},
        "z",
        "value",
        "The sigmoid",
        [Mark(0, 0.25, "¼")],
    )
    assert plot.alt == (
        "The sigmoid. Across: z, from −6 to 6. Up: value. "
        "σ (solid line): from (−6, 0.00247) to (6, 0.998). "
        "σ′ (dashed line): from (−6, 0.00247) to (6, 0.00247), highest at (0, 0.25). "
        "A dot at (0, 0.25): ¼."
    )
    assert {"σ", "σ′", "z", "value", "The sigmoid", "¼"} <= set(texts(plot))


def test_points_keep_their_proportions():
    (line,) = elements(curves({"line": ([0, 1, 4], [0, 10, 40])}), "polyline")
    (x0, y0), (x1, y1), (x4, y4) = corners(line)
    assert (x4 - x0) == pytest.approx(4 * (x1 - x0), abs=0.05)
    assert (y4 - y0) == pytest.approx(4 * (y1 - y0), abs=0.05)
    assert y4 < y0  # upwards on the page


def test_on_a_logarithmic_axis_equal_factors_are_equal_steps():
    (line,) = elements(curves({"decay": ([1, 2, 3], [1, 1e-3, 1e-6])}, log_y=True), "polyline")
    (_, y1), (_, y2), (_, y3) = corners(line)
    assert y2 - y1 == pytest.approx(y3 - y2, abs=0.02)
    plot = curves({"decay": ([1, 2, 3], [1, 1e-3, 1e-6])}, log_y=True)
    assert "logarithmic" in plot.alt
    assert "10−3" in texts(plot)


def test_lines_differ_by_their_dashes_and_not_by_colour_alone():
    plot = curves({str(n): ([0, 1], [n, n + 1]) for n in range(5)})
    assert len({line.get("stroke-dasharray") for line in elements(plot, "polyline")}) == 5
    with pytest.raises(ValueError, match="can be told apart"):
        curves({str(n): ([0, 1], [n, n + 1]) for n in range(6)})


def test_a_nan_draws_a_jump_as_a_jump():
    plot = curves({"step": ([-1, 0, 0, 0, 1], [0, 0, math.nan, 1, 1])})
    assert len(elements(plot, "polyline")) == 2


def test_what_a_logarithm_cannot_show_is_left_out():
    plot = curves({"loss": ([0, 1, 2, 3], [1, 0, 0.1, 0.01])}, log_y=True)
    assert len(elements(plot, "polyline")) == 1
    assert len(elements(plot, "circle")) == 1  # the point on its own


def test_names_at_the_ends_do_not_overlap():
    plot = curves({f"line {n}": ([0, 1], [0, 1 + n / 1000]) for n in range(5)})
    ends = sorted(
        float(text.get("y"))
        for text in elements(plot, "text")
        if "".join(text.itertext()).startswith("line ")
    )
    assert len(ends) == 5
    assert all(below - above >= 19.99 for above, below in pairwise(ends))
    assert ends[0] > 66  # beside the plot, not above it


def test_a_hollow_dot_is_hollow_in_words_too():
    plot = curves({"line": ([0, 1], [0, 1])}, marks=[Mark(0, 1, hollow=True)])
    assert "A hollow dot at (0, 1)." in plot.alt
    assert elements(plot, "circle")[0].get("fill") == "none"


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ({}, "no line to draw"),
        ({"a": ([], [])}, "the line 'a' has no point"),
        ({"a": ([0, 1], [math.nan, math.inf])}, "the line 'a' has no point"),
        ({"a": ([0, 1], [1])}, "the line 'a' has 2 x and 1 y"),
        ({"a": ([0, 1], [-1.7e308, 1.7e308])}, "too far apart"),
    ],
)
def test_what_cannot_be_drawn_is_said(series, message):
    with pytest.raises(ValueError, match=message):
        curves(series)


def test_a_mark_that_is_nowhere_is_said():
    with pytest.raises(ValueError, match="the mark 'here' has no point"):
        curves({"a": ([0, 1], [1, 2])}, marks=[Mark(0, -1, "here")], log_y=True)


@example([(0.0, 0.0), (0.0, 5e-324)], False)
@example([(0.0, 5e-324)], False)
@example([(0.0, 1.795e308)], True)
@given(st.lists(st.tuples(st.floats(-1e300, 1e300), st.floats()), min_size=1, max_size=6), st.booleans())
def test_any_numbers_give_a_picture_or_a_reason(points, log_y):
    try:
        plot = curves({"any": tuple(zip(*points, strict=True))}, log_y=log_y)
    except ValueError as refusal:
        reason = str(refusal)
    else:
        reason = "drawn"
        assert "nan" not in plot.svg
        assert "inf" not in plot.svg
    assert reason == "drawn" or "no point" in reason or "too far apart" in reason


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_an_axis_has_a_handful_of_round_ticks_inside_it(low, length):
    across = axis([low, low + length], 0, 100)
    ticks = across.ticks()
    assert 2 <= len(ticks) <= 9
    assert all(-0.01 <= position <= 100.01 for position, _ in ticks)


def test_an_axis_far_from_zero_keeps_the_digits_that_tell_its_ticks_apart():
    assert [name for _, name in axis([1000, 1250], 0, 100).ticks()] == [
        "1000",
        "1050",
        "1100",
        "1150",
        "1200",
        "1250",
    ]


def test_an_axis_around_zero_names_its_round_values():
    assert [name for _, name in axis([-6, 6], 0, 100).ticks()] == ["−6", "−4", "−2", "0", "2", "4", "6"]


def test_progress_is_told_chapter_by_chapter_the_one_not_begun_too():
    picture = progress_bars(
        [("The chain rule", 3, 8), ("Activations", 0, 9), ("Losses", 1, 1), ("Start here", 0, 0)]
    )
    assert picture.alt.splitlines() == [
        "The chain rule: 3 of 8 points",
        "Activations: 0 of 9 points",
        "Losses: 1 of 1 point ✓",
        "Start here: no points to earn",
        "In all: 4 of 18 points",
    ]
    assert {"Activations", "3 of 8 points", "In all: 4 of 18 points"} <= set(texts(picture))


def test_a_bar_is_filled_as_far_as_the_points_go():
    outlines_and_fills = elements(progress_bars([("half", 2.5, 5), ("none", 0, 5), ("over", 7, 5)]), "rect")
    filled = [float(bar.get("width")) for bar in outlines_and_fills if bar.get("fill") != "none"]
    whole = [float(bar.get("width")) for bar in outlines_and_fills if bar.get("fill") == "none"]
    assert filled == [whole[0] / 2, whole[2]]
    assert len(whole) == 3


def test_a_long_title_is_shortened_on_paper_and_whole_in_words():
    title = "The derivative of everything with respect to everything else, at length"
    picture = progress_bars([(title, 1, 2)])
    assert title in picture.alt
    assert title not in texts(picture)
    assert any(text.endswith("…") for text in texts(picture))


def test_thirds_of_a_point_are_rounded():
    assert progress_bars([("a", 1 / 3, 2)]).alt.startswith("a: 0.33 of 2 points")
