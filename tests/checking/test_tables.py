"""Rows of expressions and matrices of them: the shape, every entry, and what explains what is wrong."""

import numpy as np
import pytest
import sympy
from sympy import Matrix, cos, exp, sin, symbols

from bpkit.checking import Comparison, Mistake, Table, tables
from bpkit.checking import Matrix as MatrixAnswer
from bpkit.checking.expressions import CANNOT_TELL, NOT_YET
from bpkit.checking.misconceptions import SENTENCES, sentence
from bpkit.checking.parsing import SIGMOID, sigmoid

x, y, z, u, v = symbols("x y z u v")
ROWS = Table("labels", ((x,), (y, z), (x, y, z)), ("x", "y", "z"), rows="layer")
SWAPPED = ((u**2, u * v), (v**3, sin(u)))
GRID = Table("grid", ((v**2, u * v), (u**3, sin(v))), ("u", "v"), (Mistake("variables-swapped", SWAPPED),))
JACOBIAN = MatrixAnswer("jacobian", Matrix([[1, u], [2, v], [u, v]]), ("u", "v"))
SLOPES = MatrixAnswer(
    "slopes",
    Matrix([[2 * u, v**2], [u * v, cos(u)], [exp(v), 3 * v]]),
    ("u", "v"),
    (
        Mistake("power-slip", Matrix([[u, v**2], [u * v, cos(u)], [exp(v), v]])),
        Mistake("path-missing", Matrix([[2 * u, v], [u, cos(u)], [1, 3]])),
        Mistake("flattened", Matrix([1, 2])),
    ),
)
VECTOR = MatrixAnswer("gradient", Matrix([2 * u, 3 * v]), ("u", "v"), (Mistake("power-slip", Matrix([u, v])),))
NEURONS = Table("activations", ((sigmoid(u), sigmoid(v)),), ("u", "v"), functions=SIGMOID)


def rows(answer):
    return answer.expected.tolist() if isinstance(answer, MatrixAnswer) else [list(row) for row in answer.expected]


@pytest.mark.parametrize("answer", [ROWS, GRID, JACOBIAN, SLOPES, VECTOR, NEURONS], ids=lambda answer: answer.name)
@pytest.mark.parametrize(
    "form",
    [
        lambda rows: rows,
        lambda rows: tuple(map(tuple, rows)),
        lambda rows: [[str(entry) for entry in row] for row in rows],
        lambda rows: str(rows),
        lambda rows: [", ".join(map(str, row)) for row in rows],
    ],
    ids=["lists", "tuples", "texts", "one text", "a text for each row"],
)
def test_right_rows_are_correct_in_any_form(answer, form):
    verdict = answer.judge(form(rows(answer)))
    assert (verdict.status, verdict.score, verdict.message) == ("correct", 1.0, "")
    assert len(verdict.understood) == 1


@pytest.mark.parametrize(
    "right",
    [SLOPES.expected, sympy.Array(rows(SLOPES)), np.array(rows(SLOPES), object), sympy.SparseMatrix(SLOPES.expected)],
)
def test_a_matrix_may_come_from_sympy_or_numpy(right):
    assert SLOPES.judge(right).status == "correct"


def test_entries_may_be_written_in_another_way():
    assert SLOPES.judge([["u + u", "v v"], ["v u", "sin(u + pi/2)"], ["e^v", "6v/2"]]).status == "correct"
    assert NEURONS.judge([["1/(1+e^-u)", "1 - sigma(-v)"]]).status == "correct"


@pytest.mark.parametrize(
    "right", [[2 * u, 3 * v], [[2 * u], [3 * v]], "[2u, 3v]", ("2u", "3v"), VECTOR.expected], ids=str
)
def test_a_vector_is_a_column_or_a_flat_list(right):
    verdict = VECTOR.judge(right)
    assert (verdict.status, verdict.message) == ("correct", "")


def test_a_row_in_place_of_a_vector_is_read_as_a_column_and_said_to_be():
    verdict = VECTOR.judge([[2 * u, 3 * v]])
    assert (verdict.status, verdict.score) == ("correct", 1.0)
    assert verdict.message == "Your row was read as a column: vectors are columns here."
    assert verdict.understood == VECTOR.judge(Matrix([[2 * u, 3 * v]])).understood != ()
    assert VECTOR.judge([[u, v]]).misconception == "power-slip"
    assert "read as a column" not in VECTOR.judge([[u, v]]).message
    assert JACOBIAN.judge([[1, 2, u]]).status == "incorrect"


def test_a_single_entry_is_no_row_to_be_turned():
    one = MatrixAnswer("one", Matrix([u]), ("u",))
    assert (one.judge([[u]]).message, one.judge(u).status) == ("", "correct")
    row = MatrixAnswer("row", Matrix([[u, v]]), ("u", "v"))
    assert row.judge([[u, v]]).message == ""
    assert row.judge([[v, u]]).status == "incorrect"


@pytest.mark.parametrize("blank", [..., None, "", [], [[...], [None]]], ids=repr)
def test_what_is_left_as_it_was_is_unattempted(blank):
    for answer in (ROWS, JACOBIAN):
        assert answer.judge(blank).status == "unattempted"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([["x"], ["y", "t"]], "“t” is not expected here. The answer is in x, y and z."),
        ([["x"], ["y", ""]], "I can't read this"),
        (5.5j, "A list of rows is asked for here, and this is a complex number."),
        ({1: 2}, "A list of rows is asked for here, and this is a dictionary."),
    ],
    ids=["stranger", "blank", "complex", "dictionary"],
)
def test_what_cannot_be_read_is_told_why(given, said):
    verdict = ROWS.judge(given)
    assert verdict.status == "malformed"
    assert said in verdict.message
    assert JACOBIAN.judge(given).status == "malformed"


def test_the_rows_of_a_matrix_are_equally_long():
    verdict = JACOBIAN.judge([[1, u], [2], [u, v]])
    assert (verdict.status, verdict.message) == (
        "malformed",
        "The rows of a matrix are equally long, and these are not.",
    )


def test_the_question_handed_back_is_no_answer():
    for answer, given in (
        (ROWS, [[x], [y, sympy.Derivative(z**2, z)], [x, y, z]]),
        (VECTOR, [sympy.Integral(u, u), v]),
    ):
        verdict = answer.judge(given)
        assert (verdict.status, verdict.misconception) == ("incorrect", "unevaluated")
        assert verdict.message == SENTENCES["unevaluated"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([["x"], ["y", "z"]], "3 layers are asked for; yours has 2."),
        ([["x"], ["y"], ["x", "y", "z"]], "In layer 2, 2 entries are asked for; yours has 1."),
        ([["x", "y"], ["y", "z"], ["x", "y", "z"]], "In layer 1, 1 entry is asked for; yours has 2."),
        ([["x"], ["y", "z"], ["x", "y"]], "In layer 3, 3 entries are asked for; yours has 2."),
        ([["x"], ["z", "y", "x"], ["x", "y"]], "In layer 2, 2 entries are asked for; yours has 3."),
    ],
    ids=str,
)
def test_rows_are_counted_then_measured_then_compared(given, said):
    verdict = ROWS.judge(given)
    assert (verdict.status, verdict.message, verdict.witness) == ("incorrect", said, None)


def test_one_row_is_counted_as_one():
    one = Table("one", ((x, y),), ("x", "y"))
    assert one.judge([["x", "y"], ["x", "x"]]).message == "1 row is asked for; yours has 2."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([[1, u], [2, v]], "Yours has shape 2×2; 3×2 is needed."),
        ([[1, u, v]], "Yours has shape 1×3; 3×2 is needed."),
        (5, "Yours has shape 1×1; 3×2 is needed."),
        (
            [1, 2, 3, 4, 5, 6],
            "Yours is read as a column of 6 entries; 3×2 is needed. Write it row by row, each row a list of its own.",
        ),
        ([1, 2, 3, 4, 5], "Yours is read as a column of 5 entries; 3×2 is needed."),
    ],
    ids=str,
)
def test_the_shape_of_a_matrix_comes_before_its_entries(given, said):
    verdict = JACOBIAN.judge(given if type(given) is list else Matrix([given]))
    assert (verdict.status, verdict.message, verdict.misconception) == ("incorrect", said, None)
    assert verdict.understood


def test_of_a_vector_nobody_asks_for_rows_of_their_own():
    assert VECTOR.judge([u, v, u]).message == "Yours has shape 3×1; 2×1 is needed."


def test_the_transpose_is_called_so():
    verdict = SLOPES.judge(SLOPES.expected.T)
    assert verdict.misconception == "transposed"
    assert verdict.message == f"Yours has shape 2×3; 3×2 is needed. {SENTENCES['transposed']}"


def test_of_the_transpose_with_other_entries_only_the_shape_is_called_so():
    verdict = SLOPES.judge(Matrix([[1, u, 2], [v, 3, 4]]))
    assert verdict.misconception == "transposed"
    assert verdict.message == "Yours has shape 2×3; 3×2 is needed. That is the shape of the transpose."
    table = Table("t", ((x, y),), ("x", "y")).judge([["y"], ["y"]])
    assert table.message == "1 row is asked for; yours has 2. That is the shape of the transpose."


def test_rows_of_unequal_lengths_have_no_transpose():
    assert ROWS.judge([["x", "y", "z"]] * 3).misconception is None


def test_the_one_wrong_entry_of_at_least_three_is_pointed_at():
    verdict = ROWS.judge([["x"], ["y", "y"], ["x", "y", "z"]])
    assert (verdict.status, verdict.misconception, verdict.score) == ("incorrect", "one-entry", 0)
    assert verdict.message == "Look again at entry 2 of layer 2: that one is not right yet."
    assert JACOBIAN.judge([[1, u], [2, v], [u, u**2]]).message.startswith("Look again at entry 2 of row 3: ")
    three = Table("three", ((x, y, z),), ("x", "y", "z"))
    assert three.judge([["x", "x", "z"]]).misconception == "one-entry"


def test_the_one_wrong_entry_is_told_why_where_it_can_be():
    verdict = SLOPES.judge([[2 * u, v**2], [u * v, cos(u)], [exp(v), v]])
    assert verdict.misconception == "one-entry"
    assert verdict.message == (f"Look again at entry 2 of row 3: that one is not right yet. {SENTENCES['power-slip']}")
    sign = SLOPES.judge([[2 * u, v**2], [-u * v, cos(u)], [exp(v), 3 * v]])
    assert sign.message == f"Look again at entry 1 of row 2: that one is not right yet. {SENTENCES['sign']}"


def test_of_two_that_one_is_named_which_is_wrong():
    verdict = VECTOR.judge([2 * u, v])
    assert verdict.misconception == "power-slip"
    assert verdict.message == f"Look again at entry 2: that one is not right yet. {SENTENCES['power-slip']}"


def test_the_witness_shows_the_students_value_and_the_point():
    verdict = GRID.judge([["v^2", "u v"], ["u^3", "v"]])
    value = float(sin(sympy.Rational(verdict.witness.point["v"].replace("−", "-"))))
    assert verdict.witness.given == verdict.witness.point["v"]
    assert verdict.witness.expected.replace("−", "-") == f"{value:.4f}"
    numbers = Table("numbers", ((sympy.Integer(1), sympy.Integer(2), sympy.Integer(3)),), ())
    assert numbers.judge([[1, 2, 4]]).status == "incorrect"


M = SLOPES.expected


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ([[u, v**2], [u * v, cos(u)], [exp(v), v]], "power-slip"),
        ([[2 * u, v], [u, cos(u)], [1, 3]], "path-missing"),
        ([M.row(2), M.row(1), M.row(0)], "order-reversed"),
        ([[v, exp(v)], [cos(u), u * v], [v**2, 2 * u]], None),
        (sympy.zeros(3, 2), "all-zeros"),
        (sympy.zeros(2, 2), "all-zeros"),
        ([[0, 0], [0, 0], [0, 1]], None),
        (list(M), "flattened"),
        (M.reshape(2, 3), "flattened"),
        ([[M[1], M[0]], [M[3], M[2]], [M[5], M[4]]], "misplaced"),
        ([[exp(v), v], [u * v, cos(u)], [u, v**2]], "order-reversed+power-slip"),
        (Matrix([[u, v**2], [u * v, cos(u)], [exp(v), v]]).T, "power-slip+transposed"),
        (-M, "sign"),
        (5 * M, "constant-factor"),
        (M + sympy.ones(3, 2), "constant-off"),
        ([[-2 * u, 2 * v**2], [u * v, cos(u)], [exp(v), 3 * v]], None),
    ],
    ids=[
        *(
            "mistake",
            "another mistake",
            "reversed",
            "reversed twice",
            "zeros",
            "zeros of another shape",
            "nearly zeros",
        ),
        *(
            "flat",
            "other rows",
            "columns swapped",
            "reversed mistake",
            "transposed mistake",
            "sign",
            "factor",
            "shift",
            "two kinds",
        ),
    ],
)
def test_what_explains_all_entries_is_named(given, named):
    verdict = SLOPES.judge(
        [list(row) if isinstance(row, Matrix) else row for row in given] if type(given) is list else given
    )
    assert (verdict.status, verdict.misconception) == ("incorrect", named), verdict.message
    if named and named != "constant-factor":
        assert verdict.message.endswith(sentence(named))
    elif not named:
        assert verdict.message == "Look again at entry 1 of row 1: that one is not right yet."


def test_a_table_is_explained_as_a_matrix_is():
    assert GRID.judge([list(row) for row in SWAPPED]).misconception == "variables-swapped"
    assert GRID.judge([["u^3", "sin v"], ["v^2", "u v"]]).misconception == "order-reversed"
    assert GRID.judge([["v^2", "u^3"], ["u v", "sin v"]]).misconception == "transposed"
    assert GRID.judge([["sin v", "u v"], ["u^3", "v^2"]]).misconception == "misplaced"
    assert GRID.judge(["v^2", "u v", "u^3", "sin v"]).misconception == "flattened"
    assert ROWS.judge([["x", "y", "z"], ["y", "z"], ["x"]]).misconception == "order-reversed"
    flat = ROWS.judge([["x", "y", "z", "x", "y", "z"]])
    assert flat.message == f"3 layers are asked for; yours has 1. {SENTENCES['flattened']}"


def test_reversed_rows_of_unequal_lengths_are_told_with_what_does_not_fit():
    message = ROWS.judge([["x", "y", "z"], ["y", "z"], ["x"]]).message
    assert message == f"In layer 1, 1 entry is asked for; yours has 3. {SENTENCES['order-reversed']}"


def test_a_matrix_of_zeros_is_no_mistake_where_zeros_are_asked_for():
    zero = MatrixAnswer("zero", sympy.zeros(2, 2), ("u",))
    assert zero.judge([[0, 0], [0, 0]]).status == "correct"
    assert zero.judge([[0, 0]]).misconception is None


def test_two_kinds_of_mistake_that_lead_to_the_same_explain_nothing():
    wrong = Matrix([u, v**3])
    both = MatrixAnswer("both", VECTOR.expected, ("u", "v"), (Mistake("sign", wrong), Mistake("power-slip", wrong)))
    assert both.judge(wrong).misconception is None


def test_a_mistake_that_reverses_is_not_put_on_top_of_itself():
    odd = Table("odd", ((x, y), (z, x)), ("x", "y", "z"), (Mistake("order-reversed", ((y, z), (z, z))),))
    assert odd.judge([["z", "z"], ["y", "z"]]).misconception is None
    double = Table("odd", ((x, y), (z, x)), ("x", "y", "z"), (Mistake("one-term+sign", ((y, z), (z, z))),))
    assert double.judge([["y", "z"], ["z", "z"]]).misconception == "one-term+sign"
    assert double.judge([["z", "z"], ["y", "z"]]).misconception is None


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("equal", "undecided"), "undecided"),
        (("undecided", "equal"), "undecided"),
        (("undecided", "undecided"), "undecided"),
        (("different", "undecided"), "incorrect"),
        (("undecided", "different"), "incorrect"),
    ],
    ids=str,
)
def test_an_entry_that_cannot_be_compared_is_undecided_unless_another_is_wrong(statuses, status, monkeypatch):
    found = iter(statuses)
    monkeypatch.setattr(tables, "equivalent", lambda *_, **__: Comparison(next(found)))
    verdict = VECTOR.judge([u, v])
    assert verdict.status == status
    assert verdict.understood
    if status == "undecided":
        assert (verdict.message, verdict.score) == (CANNOT_TELL, 0)


def test_the_witness_names_the_entry_and_both_values_there():
    verdict = SLOPES.judge([*SLOPES.expected.tolist()[:2], [7, SLOPES.expected[2, 1]]])
    assert verdict.misconception == "one-entry"
    assert verdict.witness.point["entry"] == "3, 1"
    assert verdict.witness.given == "7"


@pytest.mark.parametrize("answer", [ROWS, JACOBIAN], ids=lambda answer: answer.name)
def test_whether_it_is_right_can_be_asked_without_why(answer):
    assert answer.judge(rows(answer), why=False).status == "correct"
    wrong = answer.judge([["5"], *rows(answer)[1:]] if answer is ROWS else sympy.zeros(3, 2), why=False)
    assert (wrong.status, wrong.message, wrong.misconception) == ("incorrect", NOT_YET, None)
    assert answer.judge("(", why=False).status == "malformed"


def test_what_was_understood_is_echoed():
    assert ROWS.judge(sympy.Matrix(0, 0, [])).understood == (r"\begin{array}{l}  \end{array}",)
    assert VECTOR.judge([u, v]).understood == (r"\left[\begin{matrix}u\\v\end{matrix}\right]",)
    assert ROWS.judge([["x"], ["y", "1/2 z"]]).understood == (r"\begin{array}{ll} x \\ y & \frac{z}{2} \end{array}",)


@pytest.mark.parametrize("answer", [ROWS, GRID, JACOBIAN, SLOPES, VECTOR], ids=lambda answer: answer.name)
def test_the_code_of_a_right_answer_is_a_right_answer(answer):
    names = {}
    exec(answer.code(), names)
    assert answer.judge(names[answer.name]).status == "correct"


def test_the_code_has_a_line_for_each_row():
    assert ROWS.code() == 'labels = [\n    ["x"],\n    ["y", "z"],\n    ["x", "y", "z"],\n]'
    assert VECTOR.code() == 'gradient = ["2*u", "3*v"]'
    assert JACOBIAN.code() == 'jacobian = [\n    [1, "u"],\n    [2, "v"],\n    ["u", "v"],\n]'


def test_the_search_for_a_common_reason_ends_at_the_first_entry_without_one(monkeypatch):
    asked = []
    monkeypatch.setattr(tables, "diagnose", lambda *given: asked.append(given))
    SLOPES.judge([[f"{name}^7 + {n}" for n, name in enumerate("uv", start=row)] for row in range(3)])
    assert len(asked) == 1


HELD = MatrixAnswer("m", Matrix([x * y]), ("x", "z"), (Mistake("sign", Matrix([-x * y])),), known={"y": z**2})


@pytest.mark.parametrize("given", [["x*y"], ["x*z^2"], "x*z*z", [x * z**2]])
def test_a_known_name_and_what_it_stands_for_are_the_same(given):
    assert HELD.judge(given).status == "correct"


def test_a_mistake_is_named_in_known_names_and_without():
    for given in (["-x*y"], ["-x*z^2"]):
        assert HELD.judge(given).misconception == "sign"
    assert HELD.judge(["x*z"]).status == "incorrect"


LONG = MatrixAnswer(
    "long", Matrix([u * v, u**2, v**2, u + v]), ("u", "v"), (Mistake("path-missing", Matrix([u, 0, v, u])),)
)


@pytest.mark.parametrize("form", [list, Matrix, lambda entries: [[entry] for entry in entries], lambda e: [e]])
def test_an_entry_of_a_vector_has_one_number(form):
    verdict = LONG.judge(form([u * v, u**2, v**3, u + v]))
    assert verdict.message.startswith("Look again at entry 3: that one is not right yet.")
    assert verdict.witness.point["entry"] == "3"


@pytest.mark.parametrize("given", [[u * v, 0, v**2, u + v], [u * v, u**2, 0, u + v], [0, 0, v**2, u + v]], ids=str)
def test_a_zero_in_one_place_tells_nothing_of_why(given):
    verdict = LONG.judge(given)
    assert verdict.misconception in ("one-entry", None)
    assert verdict.message == f"Look again at entry {given.index(0) + 1}: that one is not right yet."


def test_a_slope_by_a_variable_is_read_back_as_a_fraction():
    slope = symbols("dL_da1")
    answer = MatrixAnswer("one", Matrix([slope, slope]), ("dL_da1",))
    assert r"\frac{d L}{d a_{1}}" in answer.judge([slope, slope]).understood[0]
    assert r"\frac{d L}{d a_{1}}" in Table("one", ((slope,),), ("dL_da1",)).judge([slope]).understood[0]
