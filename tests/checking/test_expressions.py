"""Expressions, matrices and rows of them: what is right, and what is said of the rest."""

import math
import re

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Derivative, Function, Heaviside, Matrix, Piecewise, Symbol, cos, exp, sin, symbols

from bpkit.checking import Expression, Mistake, Table
from bpkit.checking import Matrix as MatrixAnswer
from bpkit.checking.expressions import CANNOT_TELL, NOT_YET
from bpkit.checking.misconceptions import SENTENCES
from bpkit.checking.parsing import SIGMOID, sigmoid

pytestmark = pytest.mark.usefixtures("patient")
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
    verdict = SLOPE.judge("6x + 7x^3")
    place, yours, right = told(verdict.message, "x", "the slope measured there")
    assert number(yours) == pytest.approx(6 * place + 7 * place**3, rel=1e-3)
    assert number(right) == pytest.approx(6 * place * math.cos(3 * place**2), rel=1e-3)
    assert (verdict.witness.given, verdict.witness.expected) == (yours, right)
    assert verdict.witness.point == {"x": verdict.message.split()[3]}


def number(text):
    return float(text.replace("−", "-"))


def told(message, name, measured):
    """Return the point and the two values that a message tells."""
    found = re.fullmatch(rf"At {name} = (\S+) yours gives (.+); {measured} is (\S+)\.", message)
    assert found, message
    return number(found[1]), found[2], found[3]


def test_a_value_that_is_not_real_is_shown_as_such():
    place, yours, _ = told(SLOPE.judge(sympy.I * x**4).message, "x", "the slope measured there")
    assert number(yours.removesuffix("i")) == pytest.approx(place**4, rel=1e-3)
    assert yours.endswith("i")


def test_a_value_that_is_missing_is_shown_as_such():
    place, yours, right = told(STEP.judge("Piecewise((1, z > 0))").message, "z", "the right value there")
    assert place < 0
    assert (yours, right) == ("no value", "0")


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
        ("6x = 3", "Write only what stands to the right of “=”."),
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


def test_a_known_mistake_in_a_vector_is_named():
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


def test_the_message_is_the_diagnosis_where_there_is_one():
    verdict = SLOPE.judge("cos(3x^2)")
    assert verdict.message == SENTENCES["inner-derivative-dropped"]
    assert verdict.witness.given != verdict.witness.expected
    assert (verdict.score, len(verdict.understood)) == (0.0, 1)


def test_where_the_right_value_would_be_the_answer_no_value_is_told():
    silent = Expression("z", x + y, ("x", "y"), (Mistake("sign", -x - y),), measured="")
    for wrong, said in (("x + y^3 sin(x)", NOT_YET), ("-x - y", SENTENCES["sign"])):
        verdict = silent.judge(wrong)
        assert (verdict.status, verdict.message, verdict.witness) == ("incorrect", said, None)
    assert NUMBER.judge(334).message == NOT_YET


def test_what_is_defined_nowhere_is_undecided():
    verdict = SLOPE.judge("e^(e^(e^(20 + x^2)))")
    assert (verdict.status, verdict.message, verdict.score) == ("undecided", CANNOT_TELL, 0.0)
    assert len(verdict.understood) == 1


def test_an_irrational_number_may_be_given_to_four_digits_and_a_rational_one_may_not():
    irrational = Expression("y", exp(-2), ())
    for right in ("0.1353", "0.13534", 0.1353, "e^-2", "0.1354"):
        assert irrational.judge(right).status == "correct"
    for wrong in ("0.135", "0.1355", "-0.1353", 0.14):
        assert irrational.judge(wrong).status == "incorrect"
    assert irrational.judge("0.135").misconception == "rounded"
    assert Expression("y", -exp(2), ()).judge("-7.389").status == "correct"
    third = Expression("y", sympy.Rational(1, 3), ())
    assert third.judge("0.3333").misconception == "rounded"
    assert third.judge(1 / 3).status == "correct"
    assert SLOPE.judge("6.0001 x cos(3x^2)").status == "incorrect"


def test_a_rounded_float_is_called_rounded_like_a_rounded_text():
    assert Expression("y", sympy.Rational(1, 3), ()).judge(0.33).misconception == "rounded"


def test_counts_are_whole_numbers_from_one_on():
    free = Expression("s", (-1) ** x, ("x",))
    count = Expression("s", (-1) ** x, ("x",), counts=("x",))
    assert count.judge("cos(pi x)").status == "correct"
    assert free.judge("cos(pi x)").status != "correct"
    assert Expression("s", abs(x), ("x",), counts=("x",)).judge("x").status == "correct"
    place = count.judge("x").witness.point["x"]
    assert number(place) in range(1, 20)


def test_a_known_name_has_its_own_value_wherever_values_are_told():
    verdict = NEURON.judge("sigma(z)^2 w + z")
    point = {name: number(value) for name, value in verdict.witness.point.items()}
    assert {"w", "z"} <= set(point)
    assert point["z"] == pytest.approx(point["w"] * point["x"] + point["b"], rel=1e-3)
    assert NEURON.judge("sigma(z) + z - w x - b").status == "correct"


def test_known_names_and_counts_go_together():
    answer = Expression("m", x / y, ("x", "n"), known={"y": 2 * Symbol("n")}, counts=("n",))
    assert answer.judge("x/(2n)").status == "correct"
    assert answer.judge("x/y").status == "correct"
    assert answer.judge("x/y cos(pi y)").status == "correct"
    assert answer.judge("x/y cos(pi n)").status == "incorrect"


def test_inner_variables_are_told_one_or_several():
    answer = Expression("dy_dx", 6 * x, ("x",), inner={"u": 2 * x, "v": 4 * x})
    said = answer.judge("3u").message
    assert "still holds u: put in what it stands for" in said
    said = answer.judge("u + v").message
    assert "still holds u and v: put in what they stand for" in said
    assert said.endswith("The answer is in x.")
    assert answer.judge("u - u + 6x").status == "correct"
    assert answer.judge("u v").status == "incorrect"


def test_inner_variables_are_no_names_that_an_answer_is_asked_for_in():
    for wrong in ("6t", "(", "6 u t"):
        message = SLOPE.judge(wrong).message
        assert "in u" not in message
        assert "x and u" not in message


def test_a_convention_is_read_at_its_own_point_and_in_symbols_of_any_kind():
    real = Symbol("z", real=True)
    assert "the value 1/2" in STEP.judge(Heaviside(real, sympy.Rational(1, 2))).message
    assert STEP.judge("max(0, z)/z").message.startswith("At z = 0 your answer takes no value")
    shifted = Expression("f", Piecewise((1, z > 3), (0, True)), ("z",), kinks=(("z", 3),))
    assert shifted.judge("z >= 3").message.startswith("At z = 3 your answer takes the value 1:")
    assert SLOPE.judge("6x cos(3x^2)").message == ""


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ("1 if z > 0 else (7 if z == 0 else 0)", "the value 7"),
        ("1 if z > 0 else (-0.1 if z == 0 else 0)", "the value −1/10"),
    ],
)
def test_a_value_at_a_kink_outside_the_slopes_on_both_sides_is_wrong(given_, told):
    for why in (True, False):
        verdict = STEP.judge(given_, why)
        assert (verdict.status, verdict.misconception) == ("incorrect", "kink-out-of-range")
        assert told in verdict.message


@pytest.mark.parametrize("given_", ["1 if z > 0 else (0.3 if z == 0 else 0)", "1 if z >= 0 else 0.0", "z > 0"])
def test_every_value_between_the_slopes_on_both_sides_is_right(given_):
    assert STEP.judge(given_).status == "correct"


def test_a_kink_may_lie_where_two_variables_are_equal():
    share = Expression("s", sympy.sign(x - y) / v, ("x", "y", "v"), counts=("v",), kinks=(("x", y),))
    assert "At x = y your answer takes the value 1/v" in share.judge("(1 if x >= y else -1)/v").message
    assert "takes no value" in share.judge("|x - y|/((x - y) v)").message
    for outside in (
        "(2 if x == y else sign(x - y))/v",
        "v if x == y else sign(x - y)/v",
        "-1 if x == y else sign(x-y)/v",
    ):
        assert share.judge(outside).misconception == "kink-out-of-range"


def test_a_fraction_may_be_a_decimal_of_four_digits_where_that_is_said():
    exact, rounding = (Expression("p", sympy.Rational(21, 800), (), rounding=yes) for yes in (False, True))
    for near in (0.0262501, 0.026250001, 0.02625 * (1 - 4e-4)):
        assert rounding.judge(near).status == "correct"
        assert exact.judge(near).status == "incorrect"
    assert rounding.judge(np.float32(0.02625)).status == "correct"
    assert rounding.judge(0.0263).misconception == "rounded"


def test_a_quotient_of_differentials_is_shown_as_one():
    answer = Expression("dL_dw2", Symbol("dL_dh2") * x, ("dL_dh2", "x"))
    shown = answer.judge("dL_dh2 x").understood[0]
    assert r"\frac{d L}{d h_{2}}" in shown
    assert r"\log" not in SLOPE.judge("log(x)").understood[0]


def test_a_verdict_alone_is_the_same_without_reasons():
    for given_, status in (("6x cos(3x^2)", "correct"), ("cos(3x^2)", "incorrect"), ("6X", "malformed")):
        bare = SLOPE.judge(given_, False)
        assert (bare.status, bare.misconception, bare.witness, bare.understood) == (status, None, None, ())
    assert SLOPE.judge("cos(3x^2)", False).message == NOT_YET


def test_an_unread_question_is_echoed():
    verdict = SLOPE.judge(Derivative(sin(3 * x**2), x))
    assert verdict.message == SENTENCES["unevaluated"]
    assert len(verdict.understood) == 1


def test_the_worked_code_is_the_example_where_there_is_one():
    assert NUMBER.code() == "slope = 336"
    assert Expression("a", x / 2, ("x",)).code() == 'a = "x/2"'
    assert Expression("a", x / 2, ("x",), example="½ x").code() == 'a = "½ x"'
    assert Expression("a", sympy.Rational(1, 2), ()).code() == 'a = "1/2"'
