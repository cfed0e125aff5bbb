"""Chapter 02: what still holds inner variables is unfinished, and the figures of speech fit the numbers."""

import pytest
from sympy import Matrix, symbols

from bpkit.course import find
from bpkit.course.jacobians_maps import Unfolded

x1, x2, y1, y2 = symbols("x1 x2 y1 y2")
DF = Unfolded("Df", Matrix([[x1 * x2, 2]]), ("x1", "x2"), inner={"y1": x1 * x2, "y2": x1 + x2})


@pytest.mark.parametrize("given", [[[y1, 2]], [["y1", 2]], "[[y1, 2]]", Matrix([[y1, 2]]), [["y1 + y2 - x1 - x2", 2]]])
def test_a_right_matrix_in_inner_variables_is_unfinished_and_not_wrong(given):
    verdict = DF.judge(given)
    assert (verdict.status, verdict.misconception) == ("malformed", "inner-variable")
    assert "y1" in verdict.message


def test_a_wrong_matrix_in_inner_variables_is_wrong():
    assert DF.judge([[y2, 2]]).status == "incorrect"
    assert DF.judge([[y1], [2]]).misconception == "transposed"


def test_a_finished_matrix_is_right_and_an_untouched_one_is_not_attempted():
    assert DF.judge([[x1 * x2, 2]]).status == "correct"
    assert DF.judge(...).status == "unattempted"
    assert DF.judge("[[x1 x2,").status == "malformed"
    assert "y1" not in DF.judge([["q", 2]]).message  # inner variables are not what an answer is asked for in


@pytest.mark.parametrize(("exercise", "answer"), [("2.5", 2), ("2.7", 0)])
def test_the_exercises_of_chains_ask_for_x_alone(exercise, answer):
    asked = find(exercise).problem().answers[answer]
    assert isinstance(asked, Unfolded)
    assert not {symbol.name for symbol in asked.expected.free_symbols} & set(asked.inner)


def test_the_product_that_is_cheap_from_the_left_is_dear_from_the_right_and_the_other_way_round():
    for narrowing, widening in (find("2.9").problem(seed).answers[1].expected for seed in (None, 1, 2, 3)):
        assert narrowing[0] < narrowing[1]
        assert widening[0] > widening[1]
