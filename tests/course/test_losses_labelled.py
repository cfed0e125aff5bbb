"""An expression in which y is one of two labels."""

from dataclasses import replace

import pytest
import sympy

from bpkit.checking import Mistake
from bpkit.course.losses_labelled import Labelled

a, y = sympy.symbols("a y")
SLOPE = sympy.Piecewise((-y, y * a < 1), (0, True))
HINGE = Labelled("slope", SLOPE, ("a",), (Mistake("wrong-variable", SLOPE / y * a),))
SWITCH = Labelled("p", y * a + (1 - y) * (1 - a), ("a",), labels=(0, 1))


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (HINGE, "-y if y*a < 1 else 0"),
        (HINGE, "-1/y if y*a < 1 else 0"),
        (HINGE, "-y if a/y < 1 else 0"),
        (SWITCH, "y^2 a + (1 - y)^3 (1 - a)"),
        (SWITCH, "1 - y - a + 2 a y"),
    ],
)
def test_what_is_right_for_both_labels_is_right(answer, given):
    assert answer.judge(given).status == "correct"


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (HINGE, "(-1 if a < 1 else 0) if y == 1 else (1 if a > -1 else 0)"),
        (HINGE, "(1 if a > -1 else 0) if y == -1 else (-1 if a < 1 else 0)"),
        (HINGE, "(1 if a > -1 else 0) if y != 1 else (-1 if a < 1 else 0)"),
        (HINGE, "(-1 if a < 1 else 0) if y >= 1 else (1 if a > -1 else 0)"),
        (HINGE, "(-1 if a < 1 else 0) if y > -1 else (1 if a > -1 else 0)"),
        (HINGE, "-1 if y == 1 and a < 1 else (1 if y == -1 and a > -1 else 0)"),
        (SWITCH, "a if y == 1 else 1 - a"),
        (SWITCH, "a if y == 1.0 else 1 - a"),
        (SWITCH, "a if y > 0 else 1 - a"),
        (SWITCH, "1 - a if y <= 0 else a"),
        (SWITCH, "a*(y == 1) + (1 - a)*(y == 0)"),
        (SWITCH, sympy.Piecewise((a, sympy.Eq(sympy.Symbol("y", real=True), 1)), (1 - a, True))),
        (SWITCH, "1 - a if y == 0 else a"),
        (SWITCH, sympy.Piecewise((a, sympy.Eq(y, 1)), (1 - a, True))),
    ],
)
def test_cases_for_the_two_labels_are_right_as_well(answer, given):
    assert answer.judge(given).status == "correct"


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (HINGE, "-1 if a < 1 else 0"),
        (HINGE, "(-1 if a < 1 else 0) if y == 1 else 0"),
        (SWITCH, "a if y == 0 else 1 - a"),
        (SWITCH, "a"),
    ],
)
def test_what_is_right_for_one_label_only_is_wrong(answer, given):
    assert answer.judge(given).status == "incorrect"


def test_a_known_mistake_is_named_at_the_labels():
    assert HINGE.judge("-a if y*a < 1 else 0").misconception == "wrong-variable"


def test_a_known_mistake_is_named_where_the_answer_asks_for_the_label():
    one_side = Labelled("slope", SLOPE, ("a",), (Mistake("flat-missing", sympy.Max(0, -y)),))
    assert one_side.judge("-y if y < 1 else 0").misconception == "flat-missing"
    assert one_side.judge("-y if y == -1 else 0").misconception == "flat-missing"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("-y if y*a < 1 else (-y/2 if y*a == 1 else 0)", "correct"),
        ("-y if y*a < 1 else (y if y*a == 1 else 0)", "incorrect"),
        ("-y if y*a < 1 else (-1 if y*a == 1 else 0)", "incorrect"),  # right for the label 1 only
        ("-y if y*a < 1 else (1 if y*a == 1 else 0)", "incorrect"),  # and for −1 only
    ],
)
def test_a_kink_is_looked_at_for_each_label(given, status):
    assert replace(HINGE, kinks=(("a", 1 / y),)).judge(given).status == status


def test_a_point_that_is_shown_has_a_label_in_it():
    assert SWITCH.judge("a^2 y + (1 - y)(1 - a)").witness.point["y"] in ("0", "1")


def test_the_student_sees_the_cases_as_they_were_written():
    assert "y = 1" in HINGE.judge("(-1 if a < 1 else 0) if y == 1 else (1 if a > -1 else 0)").understood[0]
