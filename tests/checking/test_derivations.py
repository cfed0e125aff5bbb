"""Derivations: every line follows from the one before it, and the first that does not is pointed at."""

import pytest
import sympy
from sympy import exp, log, symbols

from bpkit.checking import Derivation
from bpkit.checking.parsing import SIGMOID, sigmoid

x, y1, y2, z1, z2 = symbols("x y1 y2 z1 z2")
SLOPE = Derivation(
    "lines",
    exp(-x) / (1 + exp(-x)) ** 2,
    sigmoid(x) * (1 - sigmoid(x)),
    ("x",),
    SIGMOID,
    (sigmoid(x) - sigmoid(x) ** 2,),
    example=("e^(-x)/(1+e^(-x))^2", "sigma(x) e^(-x)/(1+e^(-x))", "sigma(x)(1 - sigma(x))"),
)
START, MIDDLE, GOAL = SLOPE.example


def sum_is_one(point):
    return point | {"y2": 1 - point["y1"]}


LOSS = Derivation(
    "lines",
    -y1 * log(exp(z1) / (exp(z1) + exp(z2))) - y2 * log(exp(z2) / (exp(z1) + exp(z2))),
    log(exp(z1) + exp(z2)) - y1 * z1 - y2 * z2,
    ("y1", "y2", "z1", "z2"),
    assume=sum_is_one,
)
LOSS_START = "-y1 ln(e^z1/(e^z1+e^z2)) - y2 ln(e^z2/(e^z1+e^z2))"
LOSS_STEP = "-y1 (z1 - ln(e^z1+e^z2)) - y2 (z2 - ln(e^z1+e^z2))"
LOSS_GOAL = "ln(e^z1+e^z2) - y1 z1 - y2 z2"


@pytest.mark.parametrize(
    "lines",
    [
        [START, MIDDLE, GOAL],
        (START, MIDDLE, GOAL),
        "\n".join(SLOPE.example),
        [START, "1/(1+e^-x) - 1/(1+e^-x)^2", "sigma(x) - sigma(x)^2"],
        [START, "1/(2 + e^x + e^-x)", "sigma(x) sigma(-x)", "(1 - sigma(x)) sigma(x)"],
        [SLOPE.start, sigmoid(x) ** 2 * exp(-x), SLOPE.goal],
        [SLOPE.start.subs(x, sympy.Symbol("x", real=True)), MIDDLE, r"\sigma(x)\left(1-\sigma(x)\right)"],
    ],
    ids=str,
)
def test_any_way_of_equal_steps_is_correct(lines):
    verdict = SLOPE.judge(lines)
    assert (verdict.status, verdict.score) == ("correct", 1.0), verdict.message


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["e^(-x)/(1+e^(-x))", MIDDLE, GOAL], 1),
        ([START, "sigma(x)/(1+e^(-x))", GOAL], 2),
        ([START, MIDDLE, "sigma(x)(1 + sigma(x))"], 3),
        ([START, "0", "1", GOAL], 2),
        ([START, MIDDLE, MIDDLE, "sigma(x)", GOAL], 4),
    ],
)
def test_the_first_wrong_line_is_named_with_a_witness(lines, number):
    verdict = SLOPE.judge(lines)
    assert (verdict.status, verdict.misconception) == ("incorrect", "wrong-line")
    assert verdict.message.startswith(f"Line {number} is the first that does not follow")
    assert verdict.witness.given in verdict.message
    assert verdict.witness.given != verdict.witness.expected


def test_a_jump_is_asked_for_a_step_and_a_stop_half_way_to_go_on():
    assert SLOPE.judge([START, GOAL]).misconception == "step-missing"
    assert SLOPE.judge([START]).misconception == "not-finished"
    assert SLOPE.judge([START, MIDDLE]).misconception == "not-finished"
    assert SLOPE.judge([GOAL, MIDDLE, START]).status == "incorrect"


def test_the_question_handed_back_is_no_line():
    verdict = SLOPE.judge([START, sympy.Derivative(sigmoid(x), x), GOAL])
    assert (verdict.status, verdict.misconception) == ("incorrect", "unevaluated")
    assert verdict.message.startswith("Line 2: ")


def test_a_stated_assumption_is_kept():
    assert LOSS.judge([LOSS_START, LOSS_STEP, LOSS_GOAL]).status == "correct"
    wrong = LOSS.judge([LOSS_START, LOSS_STEP, "2 ln(e^z1+e^z2) - y1 z1 - y2 z2"])
    assert wrong.message.startswith("Line 3 is the first that does not follow")
    without = Derivation("lines", LOSS.start, LOSS.goal, LOSS.symbols)
    assert without.judge([LOSS_START, LOSS_STEP, LOSS_GOAL]).message.startswith("Line 3 ")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([START, "6t", GOAL], "Line 2: “t” is not expected here. The answer is in x."),
        ([START, ..., GOAL], "Line 2 is empty."),
        ([START, [MIDDLE], GOAL], "Line 2: One expression is asked for here, and this is a list."),
        ([START, "1/0", GOAL], "Line 2: There is a division by zero in this."),
        (["x"] * 50, "Up to 40 lines are read."),
        (GOAL, "A list of lines is asked for here, each an expression: [line_1, line_2, …]."),
        (sympy.S.One, "A list of lines is asked for here, each an expression: [line_1, line_2, …]."),
        ({1: 2}, "A list of lines is asked for here, each an expression: [line_1, line_2, …]."),
    ],
)
def test_what_is_no_list_of_lines_is_told_why(lines, said):
    verdict = SLOPE.judge(lines)
    assert (verdict.status, verdict.message) == ("malformed", said)


def test_a_line_that_cannot_be_compared_is_undecided_and_named():
    verdict = SLOPE.judge([START, "exp(exp(exp(exp(exp(x + 20)))))", GOAL])
    assert verdict.status == "undecided"
    assert verdict.message.startswith("Line 2: I can't tell")


def test_blank_lines_are_unattempted():
    for blank in (..., None, "", [], [...], ["...", ""]):
        assert SLOPE.judge(blank).status == "unattempted"


def test_the_code_of_a_right_answer_is_a_right_answer():
    names = {}
    exec(SLOPE.code(), names)
    assert SLOPE.judge(names["lines"]).status == "correct"
