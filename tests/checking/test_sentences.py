"""What a student is told: true, and never the answer."""

import pytest

import bpkit
from bpkit.course import find


def test_a_constant_factor_is_told_where_it_is_simple():
    verdict = find("1.4").judge("(5x^3 - x - 1)(15x^2 - 1)")
    assert verdict.misconception == "constant-factor"
    assert "yours is 1/8 times the right value" in verdict.message
    verdict = find("1.4").judge("pi (5x^3 - x - 1)(15x^2 - 1)")
    assert verdict.misconception == "constant-factor"
    assert not any(digit.isdigit() for digit in verdict.message)


def test_an_answer_with_inner_variables_is_on_the_way_neither_wrong_nor_unreadable():
    feedback = bpkit.check("1.6", "6x^2 cos u + v e^(uv)", "-6x^2 sin v + u e^(uv)")
    assert feedback.status == "malformed"
    assert feedback.misconception == "inner-variable"
    assert "On the way" in repr(feedback)
    assert "put in what it stands for" in feedback.message


def test_one_number_is_never_told():
    for given in ("0", "335", "1e9", "x", "336.5"):
        verdict = find("1.3").judge(given)
        assert verdict.status in ("incorrect", "malformed")
        assert verdict.witness is None
        assert "336." not in verdict.message.replace("336.5", "")


def empty(df_dx, dx_du):
    """Return ∂f/∂u."""
    ...


def forgot_to_return(df_dx, dx_du):
    total = df_dx @ dx_du  # noqa: F841


@pytest.mark.parametrize(("function", "said"), [(empty, "three dots"), (forgot_to_return, "“return” missing")])
def test_a_function_that_returns_nothing_is_unattempted_and_told_why(function, said):
    verdict = find("1.7").judge(function)
    assert verdict.status == "unattempted"
    assert said in verdict.message


def test_the_shape_of_the_transpose_is_called_so_only_by_its_shape():
    rows = [["w_11^2", "w_12^2", "w_13^2", "w_14^2"], ["w_21^2"] * 4, ["w_31^2"] * 4]
    b2, W3, b3 = ([f"b_{j}^2" for j in range(1, 5)], ..., ...)
    message = find("3.2").judge(rows, b2, W3, b3).message
    assert "That is the shape of the transpose" in message
    assert "This is the transpose" not in message


def test_several_answers_are_told_apart_line_by_line():
    feedback = bpkit.check("1.2", "1/(1+x^4)", "3x")
    assert [line.split(":")[0] for line in feedback.message.splitlines()] == ["h_prime", "dz_dx"]
    assert "<br>" in feedback._repr_html_()
    assert r"\mathtt{h\_prime} = " in feedback._repr_html_()


def test_a_name_may_stand_to_the_left_of_an_answer_and_nothing_else():
    for text in ("df/dx = 6x", "f'(x) = 6x", "y=6x"):
        assert find("0.1").judge(text).status == "correct"
    for text in ("6x = 3", "6x = 6x", "x = y = 6x"):
        assert "right of “=”" in find("0.1").judge(text).message


def test_of_several_answers_a_wrong_one_decides_before_an_unfinished_one():
    feedback = bpkit.check("1.6", "6x^2 cos u + v e^(uv)", "6(sin u + cos v)")
    assert feedback.status == "incorrect"
    assert "df_du: This still holds x" in feedback.message
