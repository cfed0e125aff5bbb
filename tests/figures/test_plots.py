"""Curves and bars: the numbers arrive on paper and in words."""

import math
import random
import re
from itertools import pairwise
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpkit.figures import Mark, curves, progress_bars
from bpkit.figures.svg import COLOURS


def elements(picture, name):
    return [e for e in ElementTree.fromstring(picture.svg).iter() if e.tag.endswith("}" + name)]


def texts(picture):
    return ["".join(text.itertext()) for text in elements(picture, "text")]


def style(element):
    return dict(pair.split(": ") for pair in element.get("style").split("; "))


def lines_and_samples(picture):
    """Return the drawn lines, and the samples of them beside the names."""
    coloured = {colour.lower() for colour in COLOURS}
    drawn = [
        path for path in elements(picture, "path") if style(path).get("stroke") in coloured and "z" not in path.get("d")
    ]
    return drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]


def dots(picture):
    return [path for path in elements(picture, "path") if "C" in path.get("d")]


def corners(path):
    numbers = [float(number) for number in path.get("d").split() if number not in "MLCz"]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def place(picture, words):
    """Return where a text stands: about its left, top, right and bottom."""
    (text,) = (text for text in elements(picture, "text") if "".join(text.itertext()) == words)
    x, y, wide = float(text.get("x")), float(text.get("y")), 7 * len(words)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[style(text)["text-anchor"]]
    return left, y - 11, left + wide, y + 2


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
    assert {"−6", "−4", "−2", "0", "2", "4", "6"} <= set(texts(plot))


def test_points_keep_their_proportions():
    ((line,), _) = lines_and_samples(curves({"line": ([0, 1, 4], [0, 10, 40])}))
    (x0, y0), (x1, y1), (x4, y4) = corners(line)
    assert (x4 - x0) == pytest.approx(4 * (x1 - x0), abs=0.05)
    assert (y4 - y0) == pytest.approx(4 * (y1 - y0), abs=0.05)
    assert y4 < y0  # upwards on the page


def test_on_a_logarithmic_axis_equal_factors_are_equal_steps():
    plot = curves({"decay": ([1, 2, 3], [1, 1e-3, 1e-6])}, log_y=True)
    ((line,), _) = lines_and_samples(plot)
    (_, y1), (_, y2), (_, y3) = corners(line)
    assert y2 - y1 == pytest.approx(y3 - y2, abs=0.02)
    assert "logarithmic" in plot.alt
    assert {"1", "10⁻³", "10⁻⁶"} <= set(texts(plot))


def test_a_logarithmic_axis_names_a_power_of_ten_even_between_two():
    for ys in ([2, 5], [1, 1]):
        assert {"1", "10¹"} <= set(texts(curves({"narrow": ([1, 2], ys)}, log_y=True)))


def test_lines_differ_by_their_dashes_and_not_by_colour_alone():
    series = {str(n): ([0, 1], [n, n + 1]) for n in range(5)}
    lines, samples = lines_and_samples(curves(series))
    assert [style(line).get("stroke-dasharray") for line in lines] == [None, "9,5", "2,4", "10,4,2,4", "18,6"]
    assert {line.get("style") for line in lines} == {sample.get("style") for sample in samples}
    with pytest.raises(ValueError, match="can be told apart"):
        curves(series | {"6": ([0, 1], [5, 6])})


def test_each_name_stands_beside_a_sample_of_its_line_clear_of_the_lines_and_of_the_other_names():
    plot = curves({f"_line {n}": ([0, 1], [10**n, 1]) for n in (2, 0, 1, 4, 3)}, log_y=True)
    lines, samples = lines_and_samples(plot)
    names = [f"_line {n}" for n in (4, 3, 2, 1, 0)]  # the line that runs highest is named first
    assert [style(sample) for sample in samples] == [style(lines[i]) for i in (3, 4, 0, 2, 1)]
    for sample, name in zip(samples, names, strict=True):
        left, top, _, bottom = place(plot, name)
        (x1, y1), (x2, y2) = (corners(sample)[i] for i in (0, -1))
        assert top < y1 == y2 < bottom
        assert max(x for line in lines for x, _ in corners(line)) + 5 < x1 < x2 < left
    places = [place(plot, name) for name in names]
    assert all(above[3] < below[1] for above, below in pairwise(places))


def test_the_names_are_in_the_order_of_the_lines_on_the_page_on_a_logarithmic_one_too():
    plot = curves({"peak": (range(4), [1e-9, 1e-9, 1e-9, 100]), "level": (range(4), [1] * 4)}, log_y=True)
    assert place(plot, "level")[1] < place(plot, "peak")[1]


def test_a_nan_draws_a_jump_as_a_jump():
    ((line,), _) = lines_and_samples(curves({"step": ([-1, 0, 0, 0, 1], [0, 0, math.nan, 1, 1])}))
    assert line.get("d").count("M") == 2
    assert len(corners(line)) == 4


def test_a_number_next_to_a_power_of_ten_has_room_on_a_logarithmic_axis():
    picture = curves({"alone": ([0], [9.999999999999937e199])}, log_y=True)
    assert {"10²⁰⁰", "10²⁰¹"} <= set(re.findall(r">(10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)<", picture.svg))


def test_what_a_logarithm_cannot_show_is_left_out():
    plot = curves({"loss": ([0, 1, 2, 3, 4], [1, 0, 0.1, 0.01, 1e-250])}, log_y=True)
    ((line,), _) = lines_and_samples(plot)
    assert len(corners(line)) == 3  # the first on its own
    assert len(dots(plot)) == 1  # where nothing joins it to another


def test_a_hollow_dot_is_hollow_in_words_too():
    plot = curves({"line": ([0, 1], [0, 1])}, marks=[Mark(0, 1, hollow=True), Mark(1, 1)])
    assert "A hollow dot at (0, 1). A dot at (1, 1)." in plot.alt
    hollow, filled = map(style, dots(plot))
    assert hollow["fill"] == "var(--jp-layout-color0, none)"  # the page's own paper, else nothing
    assert "fill" not in filled  # as all that is drawn, in the page's ink
    assert hollow["stroke"] == filled["stroke"] == "currentColor"


def test_a_dot_stands_where_its_line_goes_and_is_round():
    plot = curves({"line": ([0, 1], [0, 1])}, marks=[Mark(0.5, 0.5)])
    ((line,), _) = lines_and_samples(plot)
    rim = corners(dots(plot)[0])
    sizes = []
    for axis in (0, 1):
        low, high = (pick(point[axis] for point in rim) for pick in (min, max))
        assert (low + high) / 2 == pytest.approx(sum(point[axis] for point in corners(line)) / 2, abs=0.02)
        sizes.append(high - low)
    assert sizes == pytest.approx([9, 9], abs=0.02)


def test_the_axes_reach_as_far_as_the_marks_do():
    assert {"3", "−8"} <= set(texts(curves({"line": ([0, 1], [0, 1])}, marks=[Mark(3, -8)])))


@pytest.mark.parametrize(
    ("f", "marks"),
    [
        (np.square, [Mark(0, 0, "least"), Mark(0.5, 0.25, "rising"), Mark(-1, 1, "left"), Mark(1, 1, "right")]),
        (np.zeros_like, [Mark(0, 0, "here"), Mark(0.05, 0, "beside it"), Mark(0.02, 0.005)]),
    ],
)
def test_words_beside_dots_keep_clear_of_lines_dots_and_each_other(f, marks):
    X = np.linspace(-1, 1, 201)
    plot = curves({"line": (X, f(X))}, marks=marks)
    ((line,), _) = lines_and_samples(plot)
    words = [place(plot, mark.text) for mark in marks if mark.text]
    ink = [point for path in [line, *dots(plot)] for point in corners(path)]
    for left, top, right, bottom in words:
        assert not [point for point in ink if left < point[0] < right and top < point[1] < bottom]
        assert corners(line)[0][0] < left < right < corners(line)[-1][0] + 1
    for one in words:
        for other in words:
            assert one == other or one[0] > other[2] or other[0] > one[2] or one[1] > other[3] or other[1] > one[3]


def test_text_is_shown_as_it_is_and_never_taken_for_markup_or_mathematics():
    odd = ["$x^2$", "$\\frac{", "_hidden", "stroke: #000000", "#000000", 'id="x"', "漢字", "<b>"]
    for words in odd:
        plot = curves({words: ([0, 1], [0, 1])}, words, words, words, [Mark(0, 0, words)])
        assert texts(plot).count(words) == 5
        assert len(elements(plot, "text")) == len(elements(curves({"a": ([0, 1], [0, 1])}), "text")) + 4


def test_a_plot_neither_takes_nor_leaves_settings_of_matplotlib():
    def draw():
        return curves({"a": ([0, 1], [1, 2])}, "x", "y", "t", [Mark(0, 1, "m")]).svg

    as_usual = draw()
    mine = {"lines.linewidth": 9, "font.size": 30, "axes.grid": False, "text.color": "red", "text.usetex": True}
    with matplotlib.rc_context(mine):
        before = dict(matplotlib.rcParams)
        assert draw() == as_usual
        assert dict(matplotlib.rcParams) == before


def test_a_plot_is_small():
    noise = random.Random(1)
    series = {name: (range(200), [noise.random() for _ in range(200)]) for name in ("a", "b")}
    assert len(curves(series, "x", "y", "Noise", [Mark(0, 0, "here")]).svg.encode()) < 40_000


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ({}, "no line to draw"),
        ({"a": ([], [])}, "the line 'a' has no point"),
        ({"a": ([0, 1], [math.nan, math.inf])}, "the line 'a' has no point"),
        ({"a": ([0, 1], [1])}, "the line 'a' has 2 x and 1 y"),
        ({"a": ([0, 1], [-1.7e308, 1.7e308])}, "the line 'a' goes beyond 1e\\+200"),
    ],
)
def test_what_cannot_be_drawn_is_said(series, message):
    with pytest.raises(ValueError, match=message):
        curves(series)


def test_a_mark_that_is_nowhere_is_said():
    with pytest.raises(ValueError, match="the mark 'here' has no point"):
        curves({"a": ([0, 1], [1, 2])}, marks=[Mark(0, -1, "here")], log_y=True)


numbers = st.floats(-1e200, 1e200)


@settings(max_examples=30)  # a plot takes a tenth of a second
@example([(0.0, 0.0), (0.0, 5e-324)], False)
@example([(0.0, 5e-324)], False)
@example([(1e15, 1e15), (1e15 + 1, 1e15 + 0.25)], False)
@example([(-1e200, -1e200), (1e200, 1e200)], False)
@example([(0.0, 1e-200), (0.0, 1e200)], True)
@example([(0.0, 0.3), (0.0, 0.3)], True)
@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), st.booleans())
def test_any_numbers_give_a_picture(points, log_y):
    if log_y:
        points = [(x, max(abs(y), 1e-200)) for x, y in points]
    marks = [Mark(*point, "here") for point in points[:2]]
    plot = curves({"any": tuple(zip(*points, strict=True))}, marks=marks, log_y=log_y)
    assert "nan" not in plot.svg
    assert "inf" not in plot.svg
    assert len(dots(plot)) >= len(marks)


def test_progress_is_told_chapter_by_chapter_the_one_not_begun_too():
    picture = progress_bars([("The chain rule", 3, 8), ("Activations", 0, 9), ("Losses", 1, 1), ("Start here", 0, 0)])
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


def test_points_have_one_decimal_and_are_never_rounded_up():
    assert progress_bars([("a", 1 / 3, 2)]).alt.startswith("a: 0.3 of 2 points")
    assert progress_bars([("a", 2.9999, 3)]).alt.startswith("a: 2.9 of 3 points")
