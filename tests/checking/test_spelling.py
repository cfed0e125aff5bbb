"""Spelling: names that are written by hand are read as the declared ones, and nothing else is changed."""

import pytest

from bpkit.checking.spelling import in_texts, right_side, spelled

NAMES = ("dL_dtheta1", "dL_dh2", "df3_df2", "dL_dX", "dL_dy", "D2_g1", "dg1_dx2", "W1", "W1_T", "p1", "p", "y1")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dL/dtheta1", "dL_dtheta1"),
        ("∂L/∂θ1", "dL_dtheta1"),
        ("∂L/∂θ₁", "dL_dtheta1"),
        ("d L / d theta_1", "dL_dtheta1"),
        (r"\frac{\partial \mathcal{L}}{\partial \theta_1}", "dL_dtheta1"),
        (r"\frac{\partial L}{\partial \theta_{1}}", "dL_dtheta1"),
        (r"\dfrac{dL}{dh_2}", "dL_dh2"),
        (r"\partial L/\partial X", "dL_dX"),
        (r"\frac{\partial f_3}{\partial f_2}", "df3_df2"),
        (r"\frac{d\mathcal{L}}{d\hat y}", "dL_dy"),
        ("dL/dŷ", "dL_dy"),
        ("D2g1", "D2_g1"),
        ("D_2 g_1", "D2_g1"),
        ("D₂g₁", "D2_g1"),
        ("D_{2} g_{1}", "D2_g1"),
        ("∂g1/∂x2", "dg1_dx2"),
        ("W_1^T", "W1_T"),
        ("W1.T", "W1_T"),
        ("W_{1}^{T}", "W1_T"),
        ("W₁ᵀ", "W1_T"),
        (r"W_1^\top", "W1_T"),
        (r"\hat y_1", "p1"),
        (r"\hat{y}_{1}", "p1"),
        ("ŷ1", "p1"),
        ("y\u0302_1", "p1"),
        ("yhat1", "p1"),
        ("y_hat_1", "p1"),
    ],
)
def test_a_name_is_read_in_every_way_of_writing(text, name):
    assert spelled(text, NAMES, "p") == name
    assert spelled(f"2 * {text} + x", NAMES, "p") == f"2 * {name} + x"


@pytest.mark.parametrize(
    "text",
    [
        "a/b",
        r"\frac{1}{2}",
        r"\frac{y1}{p1}",
        "dL/dw",
        "d1/d2",
        "dL_dtheta1",
        "W2.T",
        "W1_T",
        "y1",
        "d_3^2/2",
        "D/h",
        "",
    ],
)
def test_what_is_no_declared_name_stays_as_it_is(text):
    assert spelled(text, NAMES) == text


def test_a_hat_over_an_undeclared_letter_stays():
    assert spelled(r"\hat y_1", ("y1",), "p") == r"\hat y_1"


def test_too_long_a_text_is_not_looked_through():
    text = r"\frac{" * 100_000
    assert spelled(text, NAMES, "p") == text
    assert right_side(text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [("d_3^2 = x", "x"), ("x", "x"), ("a = b = c", "a = b = c"), ("x >= 1", "x >= 1"), ("x == 1", "x == 1")],
)
def test_the_left_side_of_an_equation_is_dropped(text, right):
    assert right_side(text) == right


def test_texts_in_lists_are_changed_and_nothing_else():
    assert in_texts(str.upper, ["a", ("b", 3), [["c"]]]) == ["A", ["B", 3], [["C"]]]
    loop = []
    loop.append(loop)
    assert in_texts(str.upper, loop) is not None
    assert in_texts(str.upper, 3) == 3
