"""Arrays of numbers: the shape comes first, then the values, and the right values are never told."""

import fractions

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bpkit.checking import AnswerError, Array, Mistake
from bpkit.checking.arrays import read_array
from bpkit.checking.misconceptions import SENTENCES

VECTOR = Array(
    "entrywise", np.array([0.0, 2, 5, 18]), (Mistake("matrix-product", 25.0), Mistake("sign", [0, -2, -5, -18]))
)
GRID = Array("grid", np.array([[1.0, 2, 3], [4, 5, 6]]))
NUMBER = Array("number", np.array(2.5))


@pytest.mark.parametrize(
    "right",
    [
        [0, 2, 5, 18],
        (0, 2, 5, 18),
        np.array([0, 2, 5, 18]),
        np.array([0, 2, 5, 18], np.float32),
        np.array([0, 2, 5, 18], object),
        [[0], [2], [5], [18]],
        np.array([[0, 2, 5, 18]]),
        "[0, 2, 5, 18]",
        "(0, 2, 10/2, 3*6)",
        ["0", 2, "5", fractions.Fraction(36, 2)],
        sympy.Matrix([0, 2, 5, 18]),
        sympy.Array([0, 2, 5, 18]),
        [sympy.S.Zero, np.int8(2), 5.0, sympy.sqrt(324)],
        [0, 2, 5, 18 + 1e-9],
    ],
    ids=repr,
)
def test_a_right_array_is_correct_in_any_type(right):
    verdict = VECTOR.judge(right)
    assert (verdict.status, verdict.score) == ("correct", 1.0), verdict.message


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([0, 2, 5], "Yours is a vector of 3 numbers; a vector of 4 numbers is asked for."),
        ([7], "Yours is a vector of 1 number; a vector of 4 numbers is asked for."),
        (7, "Yours is a single number; a vector of 4 numbers is asked for."),
        ([[0, 2], [5, 18]], "Yours is an array of shape 2×2; a vector of 4 numbers is asked for."),
        ([0, 2, 5, 17], "1 of 4 values is not right yet: the one at index 3, counted from 0."),
        ([0, 3, 5, 17], "2 of 4 values are not right yet; the first is at index 1, counted from 0."),
        ([9, 9, 9, 9], SENTENCES["not-varying"]),
        ([9, 8, 3, 4], "None of the 4 values is right yet."),
        ([0, 7, 7, 7], "3 of 4 values are not right yet; the first is at index 1, counted from 0."),
        ([0, 0, 0, 0], "Every value is zero."),
        ([0, 2, 5, np.nan], "There is a NaN or an infinity in it: a division by zero, or an overflow?"),
        ([0, 2, 5, np.inf], "There is a NaN or an infinity in it: a division by zero, or an overflow?"),
    ],
    ids=repr,
)
def test_what_is_wrong_is_said(wrong, said):
    verdict = VECTOR.judge(wrong)
    assert (verdict.status, verdict.message) == ("incorrect", said)


def test_a_known_mistake_is_named_in_its_own_words():
    verdict = VECTOR.judge(25)
    assert (verdict.misconception, verdict.message) == ("matrix-product", SENTENCES["matrix-product"])
    assert VECTOR.judge([0, -2, -5, -18]).misconception == "sign"
    assert VECTOR.judge([[0], [-2], [-5], [-18]]).misconception == "sign"
    assert GRID.judge(GRID.expected.T).message == SENTENCES["transposed"]
    assert GRID.judge(np.zeros((2, 3))).misconception == "all-zeros"


@pytest.mark.parametrize("wrong", [[[7, 7], [1, 2], [0, 3]], [[1, 4], [2, 5], [3, 7]]], ids=["others", "nearly"])
def test_the_shape_of_the_transpose_is_called_so_where_the_values_are_others(wrong):
    verdict = GRID.judge(wrong)
    assert verdict.message == (
        "Yours is an array of shape 3×2; an array of shape 2×3 is asked for. That is the transpose's shape."
    )
    assert verdict.misconception == "transposed"
    assert GRID.judge([[1, 2], [3, 4]]).misconception is None


@pytest.mark.parametrize(("right", "slug"), [(2, None), (3, "one-entry"), (6, "one-entry")])
def test_one_wrong_entry_of_at_least_three_is_called_the_only_one(right, slug):
    answer = Array("values", np.array([0.7, 1.9, -2.3, 4.1, 0.2, 1.1])[:right])
    given = answer.expected.copy()
    given[1] += 0.37
    assert answer.judge(given).misconception == slug
    given[0] -= 0.51
    assert answer.judge(given).misconception is None


def test_a_place_in_a_grid_is_told_with_both_indices():
    given = GRID.expected.copy()
    given[1, 2] = 7
    verdict = GRID.judge(given)
    assert verdict.message == "1 of 6 values is not right yet: the one at index (1, 2), counted from 0."
    assert verdict.witness.point == {"index": "(1, 2)"}
    assert (verdict.witness.given, verdict.witness.expected) == ("7", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([[1, 2], [3]], "The rows are not equally long, so this is no array."),
        ([1, [2, 3]], "The rows are not equally long, so this is no array."),
        (["x", 2], "“x” is not expected here. The answer is a number."),
        ("nonsense", "“nonsense” is not expected here. The answer is a number."),
        ("1/0", "There is a division by zero in this."),
        ([1j, 2], "This is a complex number; numbers are asked for here, in a list or a NumPy array."),
        (np.array([1j, 2]), "This array holds complex numbers; real numbers are asked for here."),
        (np.array(["a"]), "This array holds text; real numbers are asked for here."),
        (
            np.array(["2026-01-01"], "datetime64[D]"),
            "This array holds something else; real numbers are asked for here.",
        ),
        (np.array([None, 2]), "This is nothing; numbers are asked for here, in a list or a NumPy array."),
        ([sympy.I], "There is something in this that is not a real number."),
        ([sympy.Symbol("x")], "“x” is not expected here. The answer is a number."),
        ({1, 2}, "This is a set; numbers are asked for here, in a list or a NumPy array."),
        (np.dot, "numbers are asked for here"),
        (np.ma.array([1, 2]), "This is a MaskedArray object; numbers are asked for here, in a list or a NumPy array."),
        ([10**50], "A number of more than 40 digits is not read."),
        ([[[[[[1]]]]]], "This is nested too deeply, or has far more entries than are asked for."),
        ([0.5] * 10_001, "This is nested too deeply, or has far more entries than are asked for."),
        ([np.zeros(99_990), *[0.5] * 20], "This is nested too deeply, or has far more entries than are asked for."),
        (np.zeros(10**5), "This array is far larger than what is asked for."),
        ([np.zeros(60_000)] * 2, "This array is far larger than what is asked for."),
        (np.zeros(10**6), "This array is far larger than what is asked for."),
        (np.broadcast_to(1.0, (10**9, 10**3)), "This array is far larger than what is asked for."),
        (sympy.SparseMatrix(10**6, 10**6, {}), "This has far more entries than are asked for."),
    ],
    ids=lambda value: type(value).__name__,  # some of them would take for ever to write out
)
def test_what_is_no_array_of_numbers_is_told_why(wrong, said):
    verdict = VECTOR.judge(wrong)
    assert verdict.status == "malformed"
    assert said in verdict.message


@pytest.mark.parametrize(
    "large",
    [[[[[[1, 2]]]]], [0.0] * 10_000, np.zeros(10**5 - 1), [np.zeros(1_000)] * 90],
    ids=["deep", "long", "all", "rows"],
)
def test_what_is_large_but_not_too_large_is_read(large):
    verdict = VECTOR.judge(large)
    assert verdict.status == "incorrect"
    assert "a vector of 4 numbers is asked for" in verdict.message or verdict.misconception == "all-zeros"


def test_a_vector_of_one_and_a_single_number_are_told_apart():
    one = Array("one", np.array([2.5]))
    assert one.judge([2.5]).status == "correct"
    assert one.judge(2.5).message == "Yours is a single number; a vector of 1 number is asked for."
    assert NUMBER.judge([2.5]).message == "Yours is a vector of 1 number; a single number is asked for."


def test_one_number_is_not_told():
    verdict = NUMBER.judge(2)
    assert verdict.message == "Yours is 2, and that is not it yet."
    assert verdict.witness.expected == ""
    assert NUMBER.judge(-0.25).message == "Yours is −0.25, and that is not it yet."
    assert NUMBER.judge("5/2").status == "correct"


@settings(max_examples=15)
@given(arrays.arrays(float, arrays.array_shapes(max_dims=2, max_side=4), elements=st.floats(-1e6, 1e6)), st.data())
def test_an_array_equals_itself_and_not_what_differs_in_one_place(values, data):
    answer = Array("values", values)
    assert answer.judge(values.tolist()).status == "correct"
    changed = values.copy()
    place = tuple(data.draw(st.integers(0, side - 1)) for side in values.shape)
    changed[place] += max(1.0, np.abs(values).max()) * 1e-5
    verdict = answer.judge(changed)
    assert verdict.status == "incorrect"
    assert verdict.witness.point == ({"index": str(place)} if place else {})


def test_the_right_values_are_never_told():
    answer = Array("values", np.array([123.0, 456.0, 789.0]))
    for wrong in ([1, 2, 3], [123, 456, 7], [123, 456], 0, [0, 0, 0], "[123, 456, x]", [np.nan] * 3):
        verdict = answer.judge(wrong)
        told = verdict.message + str(verdict.witness)
        assert "789" not in told
        assert "456" not in told


def test_a_tiny_difference_is_rounding_and_a_small_one_is_not():
    answer = Array("values", np.array([1e6, 1.0]))
    assert answer.judge([1e6, 1.001]).status == "correct"  # 1e-7 of the largest is 0.1
    assert answer.judge([1e6, 2.0]).status == "incorrect"
    assert Array("values", np.zeros(2)).judge([0, 1e-30]).status == "incorrect"


def test_what_is_read_is_a_copy():
    values = np.array([1.0, 2.0])
    assert not np.shares_memory(read_array(values), values)
    assert read_array(values).dtype == float


def test_text_is_refused_where_numbers_alone_will_do():
    assert read_array("[1, 2]").tolist() == [1, 2]
    for text in ("[1, 2]", ["1", "2"], np.array(["1"], object)):
        with pytest.raises(AnswerError, match="This is text"):
            read_array(text, text=False)


def test_the_code_of_a_right_answer_is_a_right_answer():
    for answer in (VECTOR, GRID, NUMBER):
        name, _, code = answer.code().partition(" = ")
        assert name == answer.name
        assert answer.judge(code).status == "correct"


@pytest.mark.parametrize(
    ("given_", "echo"),
    [
        ([[1, 2.5]], r"\left[\begin{matrix}1 & 2.5\end{matrix}\right]"),
        ([1, -2], r"\left[\begin{matrix}1\\-2\end{matrix}\right]"),
        (2.123456789, r"\left[\begin{matrix}2.12346\end{matrix}\right]"),
        (np.ones((6, 10)), r"\left[\begin{matrix}" + r"\\".join([" & ".join("1" * 10)] * 6) + r"\end{matrix}\right]"),
        (np.zeros((61,)), r"\text{a vector of 61 numbers}"),
        (np.zeros((9, 9)), r"\text{an array of shape 9×9}"),
        (np.zeros((1, 1, 2)), r"\text{an array of shape 1×1×2}"),
        ([np.nan], r"\text{an array with NaN or }\infty"),
        ([[1, np.inf]], r"\text{an array with NaN or }\infty"),
    ],
    ids=["row", "vector", "number", "60 numbers", "61 numbers", "81 numbers", "three indices", "nan", "infinity"],
)
def test_what_was_understood_is_echoed(given_, echo):
    assert GRID.judge(given_).understood == (echo,)


def test_a_right_answer_is_echoed_as_it_was_handed_in():
    assert "&" in VECTOR.judge([[0, 2, 5, 18]]).understood[0]
    assert VECTOR.judge([0, 2, 5, 18]).understood == (r"\left[\begin{matrix}0\\2\\5\\18\end{matrix}\right]",)


@pytest.mark.parametrize("blank", [..., None, "", [], [..., "..."]], ids=repr)
def test_what_is_left_as_it_was_is_unattempted(blank):
    assert VECTOR.judge(blank).status == "unattempted"


@pytest.mark.parametrize(("rtol", "status"), [(1e-7, "incorrect"), (1e-3, "correct")])
def test_an_answer_may_ask_for_fewer_digits(rtol, status):
    assert Array("values", np.array([1.0, 200.0]), rtol=rtol).judge([1.1, 200.0]).status == status
    assert Array("values", np.array([1.0, 200.0]), rtol=rtol).judge([1.3, 200.0]).status == "incorrect"


def test_a_column_or_row_of_another_length_is_told_by_its_own_shape():
    assert VECTOR.judge([[1], [2], [3]]).message.startswith("Yours is an array of shape 3×1; a vector of 4 numbers")
    assert Array("grid", np.ones((1, 2))).judge([1, 1]).message.startswith("Yours is a vector of 2 numbers;")


def test_four_digits_of_the_students_own_value_are_shown():
    verdict = GRID.judge([[1, 2, 3], [4, 5, -1234.56789]])
    assert (verdict.witness.given, verdict.witness.expected) == ("−1235", "")
