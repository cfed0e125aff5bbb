"""Right answers that cannot be evaluated as they stand."""

import pytest
import sympy
from sympy import Abs, Derivative, Eq, Function, Max, Min, Ne, Piecewise, Symbol, diff, sign, symbols

from bpkit.checking.comparable import comparable
from bpkit.checking.expressions import Expression

x, y = symbols("x y")
r = Symbol("x", real=True)


@pytest.mark.parametrize(
    ("asked", "means"),
    [
        (Max(0, x) > 0, x > 0),
        (sympy.Lt(0, Max(0, x)), x > 0),
        (Max(0, x) <= 0, x <= 0),
        (Ne(Max(0, x), 0), x > 0),
        (Eq(Max(0, x), 0), x <= 0),
        (Min(1, x) < 1, x < 1),
        (Max(x, y) > 2, sympy.Or(x > 2, y > 2)),
        (Max(x, y) < 2, sympy.And(x < 2, y < 2)),
        (x > 0, x > 0),
    ],
)
def test_a_comparison_with_a_max_is_one_of_its_arguments(asked, means):
    assert comparable(Piecewise((1, asked), (0, True))) == Piecewise((1, means), (0, True))


def test_the_sign_of_a_max_is_the_max_of_the_signs():
    assert comparable(sign(Max(0, x))) == Max(0, sign(x))


STEP = Expression("f", Piecewise((-1, x < 1), (0, True)), ("x",))


@pytest.mark.parametrize(
    "given", ["-1 if max(0, 1 - x) > 0 else 0", "-(max(1 - x, 0) > 0)", "-sign(max(0, 1 - x))", "-(0 < max(0, 1 - x))"]
)
def test_a_slope_may_ask_whether_the_loss_is_above_0(given):
    assert STEP.judge(given).status == "correct"


@pytest.mark.parametrize("given", ["-1 if max(0, 1 - x) >= 0 else 0", "-1 if max(0, 1 + x) > 0 else 0"])
def test_other_questions_are_not_taken_for_that_one(given):
    assert STEP.judge(given).status == "incorrect"


def test_what_sympy_leaves_of_an_absolute_value_is_worked_out():
    slope = Expression("f", sign(x - y), ("x", "y"))
    assert diff(Abs(x - y), x).has(Derivative)
    assert slope.judge(diff(Abs(x - y), x)).status == "correct"
    assert slope.judge(-diff(Abs(x - y), x)).status == "incorrect"


def test_a_question_that_is_handed_back_stays_one():
    for waiting in (Derivative(x**2, x), Derivative(Abs(x), x), Derivative(Function("f")(x), x)):
        assert comparable(waiting) == waiting
