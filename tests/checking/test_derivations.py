"""Derivations: every line follows from the one before it, and the first that does not is pointed at."""

import pytest
import sympy
from sympy import exp, log, symbols

from bpkit.checking import Derivation, Mistake
from bpkit.checking.derivations import MAX_LINES, THE_START_ALONE
from bpkit.checking.misconceptions import SENTENCES
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
        ["= " + START, "= " + MIDDLE, "= " + GOAL],
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


def test_the_message_says_what_the_two_lines_are_worth():
    verdict = SLOPE.judge([START, "sigma(x)/(1+e^(-x))", GOAL])
    where, given, before = verdict.witness.point["x"], verdict.witness.given, verdict.witness.expected
    assert verdict.message.startswith(
        "Line 2 is the first that does not follow: it does not equal line 1. "
        f"At x = {where} it gives {given}, and line 1 {before}."
    )
    first = SLOPE.judge(["2", START, GOAL])
    assert first.message.startswith(
        "Line 1 is the first that does not follow: it does not equal the expression to start from. At x = "
    )
    assert f"and the expression to start from {first.witness.expected}." in first.message
    assert (verdict.score, len(verdict.understood)) == (0, 1)


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("-sigma(x) e^(-x)/(1+e^(-x))", "sign"),
        ("2 sigma(x) e^(-x)/(1+e^(-x))", None),
        ("sigma(x) + e^(-x)", None),
    ],
)
def test_it_is_told_what_slipped_but_not_by_which_factor(line, slug):
    message = SLOPE.judge([START, line, GOAL]).message
    assert message.endswith(f". {SENTENCES[slug]}") if slug else message.endswith(".")
    assert any(said in message for said in SENTENCES.values()) is bool(slug)


ROOTS = Derivation("lines", (x + y1) ** 2, x**2 + 2 * x * y1 + y1**2, ("x", "y1"))


@pytest.mark.parametrize(
    ("before", "line", "slug"),
    [
        ("x^2 + 2 x y1 + y1^2", "x^2 + y1^2", "term-missing"),
        ("x^2 + 2 x y1 + y1^2", "x^2 - 2x y1 + y1^2", "term-sign"),
        ("(x + y1)^2", "(x + y1)^3", "exponent-off"),
    ],
)
def test_a_slip_of_algebra_is_told_in_its_own_words(before, line, slug):
    verdict = ROOTS.judge(["(x + y1)(x + y1)", before, line])
    assert verdict.misconception == "wrong-line"
    assert verdict.message.endswith(f" {SENTENCES[slug]}")


def test_of_functions_or_variables_that_changed_places_it_is_told():
    turned = Derivation("lines", sympy.sin(x) * y1, sympy.sin(x) * y1, ("x", "y1"))
    assert turned.judge(["cos(x) y1", "y1 sin x"]).message.endswith(SENTENCES["functions-swapped"])
    assert turned.judge(["sin(y1) x", "y1 sin x"]).message.endswith(SENTENCES["variables-swapped"])


def test_a_derivation_backwards_is_told_so():
    for lines in ([GOAL, MIDDLE, START], [GOAL, START], ["sigma(x) - sigma(x)^2", MIDDLE, START]):
        verdict = SLOPE.judge(lines)
        assert (verdict.status, verdict.misconception) == ("incorrect", "backwards")
        assert verdict.message == SENTENCES["backwards"]
        assert verdict.understood
    assert SLOPE.judge([GOAL, MIDDLE]).misconception != "backwards"


@pytest.mark.parametrize(
    "lines",
    [
        [START, GOAL],
        [START, START, GOAL],
        [START, GOAL, GOAL],
        [START, f"({START})", GOAL],
        [START, f"{START} + 0", GOAL],
        [START, f"1*{START}", GOAL],
        [START, "e^(-x)/(e^(-x)+1)^2", GOAL],
        [START, f"2*{START}/2", GOAL],
        [START, f"{START} + 0*x", GOAL],
        [START, f"{START} - 0*x*3", GOAL],
        [START, "sigma(x)(1 - sigma(x))", "(1 - sigma(x)) sigma(x)"],
        [START, GOAL, "(-sigma(x) + 1) sigma(x)"],
        [SLOPE.start, SLOPE.goal],
    ],
    ids=str,
)
def test_a_line_that_differs_in_brackets_or_order_only_is_no_step(lines):
    verdict = SLOPE.judge(lines)
    assert (verdict.status, verdict.misconception) == ("incorrect", "step-missing")
    assert (verdict.message, verdict.score) == (SENTENCES["step-missing"], 0)
    assert verdict.understood


@pytest.mark.parametrize(
    "step",
    [
        MIDDLE,
        "1/(1+e^(-x)) * e^(-x)/(1+e^(-x))",
        "1/(1+e^(-x)) * (1 - 1/(1+e^(-x)))",
        "sigma(x) - sigma(x)^2",
        "e^(-x)/((1+e^(-x))(1+e^(-x)))",
        "2 e^(-x)/(2 (1+e^(-x))^2) + e^(-x) - e^(-x)",
        "(1 + e^(-x) - 1)/(1+e^(-x))^2",
    ],
)
def test_one_step_of_any_kind_is_enough(step):
    assert SLOPE.judge([START, step, GOAL]).status == "correct"


def test_the_last_line_may_have_another_form_that_counts():
    assert SLOPE.judge([START, MIDDLE, "sigma(x) - sigma(x)^2"]).status == "correct"
    assert SLOPE.judge([START, MIDDLE, "1/(1+e^(-x)) (1 - 1/(1+e^(-x)))"]).status == "correct"
    assert SLOPE.judge([START, MIDDLE, "sigma(x) - 1.0 sigma(x)^2.0"]).status == "correct"
    without = Derivation("lines", SLOPE.start, SLOPE.goal, ("x",), SIGMOID)
    assert without.judge([START, MIDDLE, "sigma(x) - sigma(x)^2"]).misconception == "not-finished"
    assert without.judge([START, MIDDLE, "sigma(x) - sigma(x)^2"]).message == SENTENCES["not-finished"]


def test_up_to_forty_lines_are_read():
    lines = [START, *[MIDDLE] * (MAX_LINES - 2), GOAL]
    assert SLOPE.judge(lines).status == "correct"
    assert SLOPE.judge([*lines, GOAL]).message == "Up to 40 lines are read."


def test_blank_lines_of_one_text_are_left_out():
    assert SLOPE.judge(f"\n{START}\n\n  \n= {MIDDLE}\n= {GOAL}\n").status == "correct"


def test_what_was_understood_is_echoed_line_by_line():
    assert ROOTS.judge(["x", "y1"]).understood == (r"\begin{aligned} & x \\ &= y_{1} \end{aligned}",)


def test_the_question_handed_back_is_no_line():
    verdict = SLOPE.judge([START, sympy.Derivative(sigmoid(x), x), GOAL])
    assert (verdict.status, verdict.misconception) == ("incorrect", "unevaluated")
    assert verdict.message == f"Line 2: {SENTENCES['unevaluated']}"
    assert verdict.understood


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
        (["", START, GOAL], "Line 1 is empty."),
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


@pytest.mark.parametrize(
    "lines",
    [
        [START, MIDDLE, GOAL],
        [START, MIDDLE],
        [START, GOAL],
        [GOAL, START],
        [START, "x", GOAL],
        [START, "exp(exp(exp(exp(exp(x + 20)))))", GOAL],
        [START, sympy.Derivative(x**2, x), GOAL],
    ],
)
def test_whatever_is_said_of_lines_they_are_shown_as_they_were_read(lines):
    (understood,) = SLOPE.judge(lines).understood
    assert understood.startswith(r"\begin{aligned}")


def test_a_line_written_in_sympy_counts_as_it_was_written():
    assert SLOPE.judge([START, sigmoid(x) * exp(-x) / (1 + exp(-x)), GOAL]).status == "correct"
    assert SLOPE.judge([SLOPE.start, SLOPE.start, SLOPE.goal]).misconception == "step-missing"


d, p, q, r, s, u, v = symbols("d p q r s u v")
FORM = p * r + q * s


def on_the_paths(point):
    return point | {"r": point["u"], "s": point["v"], "d": point["p"] * point["u"] + point["q"] * point["v"]}


PATHS = Derivation(
    "lines",
    d,
    p * u + q * v,
    ("d", "p", "q", "r", "s", "u", "v"),
    through=(FORM, p * r + q * v),
    wrong_lines=(
        Mistake("path-missing", p * u),
        Mistake("path-missing", q * v),
        Mistake("wrong-neuron", p * v + q * u),
        Mistake("error-missing", u + v),
    ),
    assume=on_the_paths,
)


@pytest.mark.parametrize(
    "form", ["p r + q s", "(2p r + 2q s)/2", "s*q + r*p", "(p*r) + q*(s)", FORM, r"r \cdot p + s q", "p r + q v"]
)
def test_a_form_that_is_asked_for_may_be_arranged_in_any_way(form):
    assert PATHS.judge(["d", form, "p u + q v"]).status == "correct"


@pytest.mark.parametrize("step", ["p r + q v + 0*s", "u p + q s", "p u + s q"])
def test_without_the_form_that_is_asked_for_it_is_not_complete(step):
    right = Derivation("lines", d, PATHS.goal, PATHS.symbols, through=(FORM,), assume=on_the_paths)
    verdict = right.judge(["d", step, "p u + q v"])
    assert (verdict.status, verdict.misconception) == ("incorrect", "paths-not-shown")
    assert verdict.message == SENTENCES["paths-not-shown"]
    assert verdict.understood
    assert right.judge(["d", step, FORM, "p u + q v"]).status == "correct"


@pytest.mark.parametrize(
    ("line", "slug"),
    [("p u", "path-missing"), ("q s", "path-missing"), ("p s + q r", "wrong-neuron"), ("r + s", "error-missing")],
)
def test_the_first_wrong_line_is_named_where_a_mistake_in_the_whole_explains_it(line, slug):
    verdict = PATHS.judge(["d", "p r + q s", line])
    assert (verdict.status, verdict.misconception) == ("incorrect", slug)
    assert verdict.message == f"Line 3 is the first that does not follow: it does not equal line 2. {SENTENCES[slug]}"
    assert PATHS.judge(["d", line, "p u + q v"]).message.startswith("Line 2 is the first")


def test_of_a_line_with_many_symbols_only_what_it_is_worth_is_told():
    verdict = PATHS.judge(["d", "p r + q s", "p u - 3 q v"])
    assert verdict.misconception == "wrong-line"
    given, before = verdict.witness.given, verdict.witness.expected
    assert verdict.message == (
        "Line 3 is the first that does not follow: it does not equal line 2. "
        f"With the same numbers it gives {given}, and line 2 {before}."
    )


def test_the_start_alone_is_told_to_go_on():
    assert SLOPE.judge([START]).message == THE_START_ALONE
    assert SLOPE.judge([START, MIDDLE]).message == SENTENCES["not-finished"]
