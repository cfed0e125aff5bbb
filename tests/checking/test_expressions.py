"""Expressions, matrices and rows of them: what is right, and what is said of the rest."""

import re

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Derivative, Function, Heaviside, Matrix, Piecewise, Symbol, cos, exp, sin, symbols

from bpkit.checking import Expression, Mistake, Table
from bpkit.checking import Matrix as MatrixAnswer
from bpkit.checking.parsing import SIGMOID, sigmoid

x, y, z, u, v, w, b = symbols("x y z u v w b")
SLOPE = Expression(
    "dp_dx",
    6 * x * cos(3 * x**2),
    ("x",),
    (Mistake("inner-derivative-dropped", cos(3 * x**2)), Mistake("sign", -6 * x * cos(3 * x**2))),
    {"u": 3 * x**2},
    measured="the slope measured",
)
NUMBER = Expression("slope", sympy.Integer(336), (), (Mistake("slopes-added", sympy.Integer(35)),))
STEP = Expression("drelu_dz", Piecewise((1, z > 0), (0, True)), ("z",), kinks=(("z", 0),))
NEURON = Expression(
    "a", sigmoid(w * x + b), ("w", "x", "b"), functions=SIGMOID, known={"z": w * x + b}, measured="the right value"
)
VECTOR = MatrixAnswer("gradient", Matrix([2 * u, 2 * v]), ("u", "v"), (Mistake("sign", Matrix([-2 * u, -2 * v])),))
JACOBIAN = MatrixAnswer("jacobian", Matrix([[1, u], [2, v], [u, v]]), ("u", "v"))
ROWS = Table("labels", ((x,), (y, z), (x, y, z)), ("x", "y", "z"), rows="layer")


@pytest.mark.parametrize(
    "right",
    [
        6 * x * cos(3 * x**2),
        "6x cos(3x^2)",
        r"6x\cos\left(3x^{2}\right)",
        Symbol("x", real=True) * 6 * cos(3 * Symbol("x", real=True) ** 2),
        3 * x * (exp(3 * sympy.I * x**2) + exp(-3 * sympy.I * x**2)),
        "2x·3·cos(3x²)",
    ],
)
def test_a_right_expression_is_correct_in_any_form(right):
    verdict = SLOPE.judge(right)
    assert (verdict.status, verdict.score) == ("correct", 1.0)
    assert verdict.understood


@pytest.mark.parametrize(
    "form",
    [
        sympy.expand,
        sympy.factor,
        sympy.together,
        sympy.trigsimp,
        lambda e: e.rewrite(exp),
        lambda e: e.rewrite(sympy.tan),
        lambda e: e.rewrite(sin),
        lambda e: sympy.sympify(sympy.srepr(e)),
        str,
        sympy.latex,
    ],
)
def test_a_right_expression_stays_right_when_sympy_rewrites_it(form):
    for answer in (SLOPE, NEURON):
        assert answer.judge(form(answer.expected)).status == "correct"


@pytest.mark.parametrize("right", [336, 336.0, "336", np.int64(336), np.array(336), "2·168", sympy.Rational(672, 2)])
def test_one_number_may_come_in_any_type(right):
    assert NUMBER.judge(right).status == "correct"


def test_what_was_understood_is_echoed():
    assert SLOPE.judge("1/2x").understood == (r"\frac{x}{2}",)
    assert r"\sigma" in NEURON.judge("sigma(w x + b)").understood[0]


@pytest.mark.parametrize("blank", ["", "  ", "...", "…", ..., None, [...], [[None], "..."], []])
def test_what_is_left_as_it_was_is_unattempted(blank):
    for answer in (SLOPE, NUMBER, VECTOR, ROWS):
        assert answer.judge(blank).status == "unattempted"


def test_a_known_mistake_is_named():
    verdict = SLOPE.judge("cos(3x^2)")
    assert (verdict.status, verdict.misconception) == ("incorrect", "inner-derivative-dropped")
    assert SLOPE.judge("-6x cos(3x^2)").misconception == "sign"
    assert SLOPE.judge("12x cos(3x^2)").misconception == "constant-factor"
    assert NUMBER.judge(35).misconception == "slopes-added"


def test_the_difference_is_shown_at_a_point():
    verdict = SLOPE.judge("6x")
    assert verdict.message == "At x = −0.7 yours gives −4.2; the slope measured there is −0.4226."
    assert (verdict.witness.given, verdict.witness.expected) == ("−4.2", "−0.4226")
    assert SLOPE.judge("7").message.startswith("At x = ")


def test_a_value_that_is_not_real_is_shown_as_such():
    assert SLOPE.judge(sympy.I * x).message == "At x = −0.7 yours gives −0.7i; the slope measured there is −0.4226."


def test_a_value_that_is_missing_is_shown_as_such():
    verdict = STEP.judge("Piecewise((1, z > 0))")
    assert verdict.message == "At z = −0.7 yours gives no value; the right value there is 0."


@given(
    st.integers(-1000, 1000) | st.floats(-1e3, 1e3) | st.sampled_from(["x", "335", "335.9", "1/3", "7+x", "(", "336x"])
)
def test_where_one_number_is_asked_for_it_is_never_told(wrong):
    if wrong == 336:
        return
    verdict = NUMBER.judge(wrong)
    assert verdict.status in ("incorrect", "malformed")
    assert verdict.witness is None
    assert "336" not in verdict.message


def test_an_inner_variable_is_put_in_before_it_is_judged():
    verdict = SLOPE.judge("6x cos(u)")
    assert (verdict.status, verdict.misconception) == ("malformed", "inner-variable")
    assert "u" in verdict.message
    assert SLOPE.judge("cos(u)").misconception == "inner-derivative-dropped"


def test_a_known_name_may_stay_and_counts_as_what_it_stands_for():
    assert NEURON.judge("sigma(z)").status == "correct"
    assert NEURON.judge("1/(1+e^-z)").status == "correct"
    assert NEURON.judge("sigma(z + b)").status == "incorrect"


def test_a_convention_at_a_kink_is_told_apart_from_a_mistake():
    for right, said in {
        "1 if z > 0 else 0": "takes the value 0",
        "z >= 0": "takes the value 1",
        "(1 + sign(z))/2": "takes the value 1/2",
        "max(0, z)/z": "takes no value",
    }.items():
        verdict = STEP.judge(right)
        assert verdict.status == "correct"
        assert said in verdict.message
        assert "convention" in verdict.message
    assert STEP.judge("1 if z > 1 else 0").status == "incorrect"
    assert STEP.judge(Heaviside(z - sympy.Rational(1, 100))).status == "incorrect"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("6X cos(3x^2)", "“X” is not expected here: did you mean x? Capital and small letters differ."),
        (6 * Symbol("X"), "“X” is not expected here: did you mean x? Capital and small letters differ."),
        ("6t", "“t” is not expected here. The answer is in x."),
        (6 * Symbol("t"), "“t” is not expected here. The answer is in x."),
        (Function("f")(x), "The function “f” is not known here."),
        ("f(x)", "“f” is not expected here. The answer is in x."),
        ("dp/dx = 6x", "Write only what stands to the right of “=”."),
        (sympy.Eq(x, 6), "Write only the right-hand side, without “=”."),
        ([6 * x], "One expression is asked for here, and this is a list."),
        (Matrix([6 * x]), "One expression is asked for here, and this is a matrix."),
        (np.array([6.0]), "One expression is asked for here, and this is an array."),
        (lambda x: 6 * x, "An expression is asked for here, and this is a function: write what it returns."),
        (float("nan"), "This is not a finite number."),
        (3 + 4j, "A real number is asked for here, and this one is complex."),
        (x / sympy.S.Zero, "There is a division by zero in this."),
        (x + sympy.oo, "There is an infinity in this; a finite expression is asked for."),
        ("sqrt(-2) x", "There is something in this that is not a real number."),
        (10**50, "A number of more than 40 digits is not read."),
        (sympy.besselj(1, x), "There is a besselj object in this, which can't be read here."),
        ({6 * x}, "One expression is asked for here, and this is a set."),
        (object(), "An answer is an expression or text; an object object can't be read."),
    ],
    ids=lambda value: re.sub(r" at 0x\w+", "", str(value)),  # every worker must give a test the same name
)
def test_what_cannot_be_read_is_told_why(wrong, said):
    verdict = SLOPE.judge(wrong)
    assert (verdict.status, verdict.message) == ("malformed", said)


@pytest.mark.parametrize("question", [Derivative(sin(3 * x**2), x), sympy.Integral(6 * x, x), 2 * Derivative(x**2, x)])
def test_the_question_handed_back_is_no_answer(question):
    for answer, given_ in (
        (SLOPE, question),
        (VECTOR, [question.subs(x, u), 2 * v]),
        (ROWS, [[question], [y, z], [x, y, z]]),
    ):
        verdict = answer.judge(given_)
        assert (verdict.status, verdict.misconception) == ("incorrect", "unevaluated")


def test_a_vector_may_lie_or_stand():
    for right in ([2 * u, 2 * v], [[2 * u], [2 * v]], Matrix([2 * u, 2 * v]), "[2u, 2v]", "[[2u], [2v]]", ("2u", "2v")):
        assert VECTOR.judge(right).status == "correct"
    row = VECTOR.judge([[2 * u, 2 * v]])
    assert row.status == "correct"
    assert "read as a column" in row.message
    assert VECTOR.judge(np.array([2 * u, 2 * v])).status == "correct"


def test_a_wrong_shape_comes_before_wrong_entries():
    message = JACOBIAN.judge([[1, u], [2, v]]).message
    assert message == "Yours has shape 2×2; 3×2 is needed."
    transposed = JACOBIAN.judge(JACOBIAN.expected.T)
    assert (transposed.status, transposed.misconception) == ("incorrect", "transposed")
    flat = JACOBIAN.judge([1, u, 2, v, u, v])
    assert "each row a list of its own" in flat.message
    assert JACOBIAN.judge([[1, u], [2], [u, v]]).status == "malformed"


def test_the_wrong_entry_of_a_matrix_is_pointed_at():
    verdict = JACOBIAN.judge([[1, u], [2, v], [u, u]])
    assert verdict.message == "The shape is right. Look again at row 3, column 2: that entry is not right yet."
    assert VECTOR.judge([-2 * u, -2 * v]).misconception == "sign"


def test_rows_are_counted_then_measured_then_compared():
    assert ROWS.judge([["x"], ["y", "z"], ["x", "y", "z"]]).status == "correct"
    assert ROWS.judge(["x", "y, z", "x, y, z"]).status == "correct"
    assert ROWS.judge([["x"], ["y", "z"]]).message == "3 layers are asked for; yours has 2."
    assert ROWS.judge([["x"], ["y"], ["x", "y", "z"]]).message == "In layer 2, 2 entries are asked for; yours has 1."
    assert (
        ROWS.judge([["x", "y"], ["y", "z"], ["x", "y", "z"]]).message
        == "In layer 1, 1 entry is asked for; yours has 2."
    )
    wrong = ROWS.judge([["x"], ["y", "y"], ["x", "y", "z"]])
    assert wrong.message == "Look again at entry 2 of layer 2: that one is not right yet."
    assert wrong.witness.expected == ""


def test_the_code_of_a_right_answer_is_a_right_answer():
    for answer in (SLOPE, NUMBER, STEP, NEURON, VECTOR, JACOBIAN, ROWS):
        name, _, code = answer.code().partition(" = ")
        assert name == answer.name
        assert answer.judge(eval(code, {"sympy": sympy})).status == "correct"


WRONG = [
    "6x",
    "x",
    0,
    -1,
    "cos(3x^2)",
    "6X",
    "(",
    "6x cos(u)",
    Derivative(x, x),
    [x],
    "1/0",
    "x if x else 1",
    "6x = 3",
    "y",
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_every_message_is_whole_sentences(wrong):
    for answer in (SLOPE, NUMBER, STEP, NEURON, VECTOR, JACOBIAN, ROWS):
        message = answer.judge(wrong).message
        assert re.fullmatch(r"[A-Z“0-9σ].*[.?]", message, re.DOTALL), message
        assert "  " not in message
        assert not re.search(r"\b1 (are|\w+s are)\b|None|Error|<|\bis a [aeiou]", message), message
