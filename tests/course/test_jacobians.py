"""Chapter 02: what still holds inner variables is unfinished; other answers are read as the chapter means them."""

import numpy as np
import pytest
from sympy import Matrix, symbols

from bpkit.checking import AnswerError
from bpkit.course import find
from bpkit.course.jacobians_answers import Composed, Counts, Shapes, Unfolded, thrifty

x1, x2, y1, y2 = symbols("x1 x2 y1 y2")
DF = Unfolded("Df", Matrix([[x1 * x2, 2]]), ("x1", "x2"), inner={"y1": x1 * x2, "y2": x1 + x2})
GRADIENT = Unfolded("gradient", Matrix([x1, 2 * x2]), ("x1", "x2"), inner={"y1": x1})


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


@pytest.mark.parametrize(
    "column", [[x1, 2 * x2], [[x1], [2 * x2]], Matrix([x1, 2 * x2]), "x1, 2 x2", np.array([x1, 2 * x2])]
)
def test_a_column_is_a_column_or_a_flat_list(column):
    assert GRADIENT.judge(column).status == "correct"


@pytest.mark.parametrize("row", [[[x1, 2 * x2]], Matrix([[x1, 2 * x2]]), "[[x1, 2 x2]]", [[y1, 2 * x2]]])
def test_a_row_is_not_the_column_that_is_asked_for(row):
    verdict = GRADIENT.judge(row)
    assert (verdict.status, verdict.misconception) == ("incorrect", "transposed")
    assert "2×1" not in verdict.message
    assert "row, of shape 1×2" in verdict.message


def test_numbers_for_one_point_are_told_apart_from_one_number_everywhere():
    verdict = GRADIENT.judge([3, 4])
    assert verdict.misconception == "not-varying"
    assert verdict.message == "There are numbers here, for one point perhaps; expressions in x1 and x2 are asked for."


@pytest.mark.parametrize(("exercise", "answer"), [("2.5", 1), ("2.7", 0)])
def test_the_exercises_of_chains_ask_for_x_alone(exercise, answer):
    asked = find(exercise).problem().answers[answer]
    assert isinstance(asked, Unfolded)
    assert not {symbol.name for symbol in asked.expected.free_symbols} & set(asked.inner)


PAIRS = Shapes("shapes", np.array([[2, 4], [3, 2]]))
PAIR = Shapes("shape", np.array([6, 3]))
TYPE_A_PAIR = "Type a shape as a pair, [rows, columns]."


@pytest.mark.parametrize(
    "written", [["2×4", "3×2"], "2×4, 3×2", "(2×4); (3 by 2)", "(2,4), (3,2)", [["2x4"], (3, 2)], [[2, 4], "[3,2]"]]
)
def test_shapes_are_read_as_they_are_written(written):
    assert PAIRS.judge(written).status == "correct"


@pytest.mark.parametrize("written", ["6×3", "6, 3", ["6", 3], [[6], [3]], "[[6], [3]]", ["6 by 3"]])
def test_a_single_shape_is_read_as_it_is_written(written):
    assert PAIR.judge(written).status == "correct"


def test_a_product_of_sizes_is_no_shape():
    assert PAIRS.judge(["2*4", "3*2"]).message == PAIR.judge("6*3").message == TYPE_A_PAIR
    assert PAIRS.judge(["2*4", "3*2"]).status == "malformed"


@pytest.mark.parametrize("wrong", [[12, 6], [-6, -3], [3, 6], [7, 4], [0, 0]])
def test_nothing_simple_is_told_of_a_single_shape(wrong):
    verdict = PAIR.judge(wrong)
    assert (verdict.status, verdict.misconception) == ("incorrect", None)
    assert verdict.message in ("This is not the shape yet.", "None of the 2 values is right yet.")


@pytest.mark.parametrize(
    "given", [[["4,800", "12"], [5, "1,000,000"]], "[[4_800, 12], [5, 1_000_000]]", ["4800, 12", "5, 1000000"]]
)
def test_thousands_may_be_set_apart(given):
    assert Counts("costs", np.array([[4800, 12], [5, 10**6]])).judge(given).status == "correct"


def test_a_comma_sets_entries_apart_where_a_row_stands():
    assert Counts("costs", np.array([[800, 200], [100, 300]])).judge(["800,200", "100,300"]).status == "correct"


def test_an_outer_jacobian_at_a_wrong_point_is_told_from_one_that_is_wrong():
    inner = np.array([[2.0, 3.0], [1.0, 2.0]])
    product = Composed("D", np.array([[1, 14], [3, -1]]) @ inner, outer=np.array([[1, np.nan], [3, -1]]), inner=inner)
    assert product.judge(np.array([[1, 10], [3, -1]]) @ inner).misconception == "outer-elsewhere"
    assert product.judge(np.array([[1, 10], [4, -1]]) @ inner).misconception is None
    assert product.judge(np.array([[1, 10.3], [3, -1]]) @ inner).misconception is None
    assert product.judge([1, 2]).status == "incorrect"


def test_by_a_singular_inner_jacobian_nothing_is_divided():
    inner = np.array([[1.0, 2.0], [2.0, 4.0]])
    product = Composed("D", np.array([[5, 10], [1, 2]]), outer=np.array([[1, np.nan], [3, -1]]), inner=inner)
    verdict = product.judge([[7, 14], [1, 3]])
    assert (verdict.status, verdict.misconception) == ("incorrect", None)


def through(v, A, B):
    return (v @ A) @ B


def test_multiplications_beyond_what_is_needed_are_counted():
    v, A, B = np.ones(4), np.ones((4, 5)), np.ones((5, 6))
    assert (thrifty(through, through, v, A, B) == 20).all()
    for wasteful, times in (
        (lambda v, A, B: v @ (A @ B), 144),
        (lambda v, A, B: np.einsum("i,ij,jk->k", v, A, B), 240),
    ):
        with pytest.raises(AnswerError, match=f"{times} times; 50 times are enough"):
            thrifty(through, wasteful, v, A, B)


def test_a_wrong_result_is_not_counted_and_what_needs_floats_is_not_refused():
    v, A, B = np.ones(4), np.ones((4, 5)), np.ones((5, 6))
    assert thrifty(through, lambda v, A, B: A @ B, v, A, B).shape == (4, 6)
    assert (thrifty(through, lambda v, A, B: np.linalg.norm(v) / 2 * (v @ A) @ B, v, A, B) == 20).all()


def test_the_product_that_is_cheap_from_the_left_is_dear_from_the_right_and_the_other_way_round():
    for narrowing, widening in (find("2.9").problem(seed).answers[0].expected for seed in (None, 1, 2, 3)):
        assert narrowing[0] < narrowing[1]
        assert widening[0] > widening[1]


def test_a_shape_in_a_worked_solution_is_made_of_whole_numbers():
    codes = [answer.code() for exercise in ("2.4", "2.6", "2.9") for answer in find(exercise).problem().answers]
    assert not any("." in code for code in codes), codes


def test_each_name_of_the_chapter_is_handed_in_once():
    names = [a.name for n in range(1, 10) for a in find(f"2.{n}").problem().answers]
    assert len(names) == len(set(names))


def test_some_map_that_is_measured_has_as_many_outputs_as_inputs():
    cases = find("2.3").problem().answers[0].cases
    squares = [g for g, x, _ in (case.arguments for case in cases) if len(g(x)) == len(x) > 1]
    assert len(squares) == 2
