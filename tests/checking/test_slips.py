"""Slips: what a lost term, a sign, a factor or an exponent would make of a right answer."""

from itertools import combinations

import pytest
import sympy
from sympy import Rational, cos, cosh, exp, pi, sin, sinh, sqrt, symbols

from bpkit.checking.misconceptions import SENTENCES
from bpkit.checking.slips import slips

x, y, z = symbols("x y z")


def of(expr, slug):
    return {mistake.result for mistake in slips(expr) if mistake.slug == slug}


def test_each_term_may_be_missing_or_have_the_wrong_sign():
    expr = x**2 + 3 * y - sin(z)
    assert of(expr, "term-missing") == {3 * y - sin(z), x**2 - sin(z), x**2 + 3 * y}
    assert of(expr, "term-sign") == {-(x**2) + 3 * y - sin(z), x**2 - 3 * y - sin(z), x**2 + 3 * y + sin(z)}


def test_each_factor_may_be_missing_but_for_numbers():
    expr = 2 * pi * x * sin(y)
    assert of(expr, "factor-missing") == {2 * pi * sin(y), 2 * pi * x}
    assert of(z + expr, "factor-missing") == {z + 2 * pi * sin(y), z + 2 * pi * x}


@pytest.mark.parametrize("exponent", [-3, -2, 2, 3, 7])
def test_a_whole_exponent_may_be_off_by_one(exponent):
    assert of(1 + sin(x) ** exponent, "exponent-off") == {1 + sin(x) ** (exponent + step) for step in (1, -1)}


def test_a_root_a_plain_factor_and_a_divisor_have_no_exponent_to_slip():
    for expr in (sqrt(x), x, 1 / x, exp(x), x**y, x ** Rational(5, 2)):
        assert of(y + expr, "exponent-off") == set()


def test_a_symbol_or_a_factor_may_stand_there_once_too_often():
    expr = 3 * x * sin(y)
    assert of(expr, "factor-extra") == {expr * x, expr * y, expr * sin(y)}
    assert of(x + y, "factor-extra") == {x * (x + y), y * (x + y)}


def test_two_variables_may_be_exchanged_where_that_changes_anything():
    assert of(x * y + z, "variables-swapped") == {z * y + x, x * z + y}
    assert of(x + y, "variables-swapped") == set()
    assert of(x**2, "variables-swapped") == set()


def test_sines_and_cosines_may_be_exchanged_all_at_once():
    assert of(sin(x) + 2 * cos(y), "functions-swapped") == {cos(x) + 2 * sin(y)}
    assert of(sinh(x) * x, "functions-swapped") == {cosh(x) * x}
    assert of(cosh(x) * x, "functions-swapped") == {sinh(x) * x}
    assert of(exp(x) * x, "functions-swapped") == set()


def test_a_slip_may_be_made_anywhere_inside():
    expr = exp(x**2 + y)
    assert of(expr, "term-missing") == {exp(x**2), exp(y)}
    assert of(expr, "exponent-off") >= {exp(x**3 + y), exp(x + y)}


def test_a_slip_may_be_made_after_multiplying_out():
    expr = x * (y + z)
    assert of(expr, "term-sign") == {x * (y - z), x * (z - y), x * y - x * z, x * z - x * y}
    assert of(expr, "factor-missing") == {x, y + z, x + x * y, x + x * z, y + x * z, z + x * y}


@pytest.mark.parametrize("expr", [x, x + y, x * sin(x) ** 2, (x + y) ** 2 * exp(z), 2 * x, sympy.S(3)], ids=str)
def test_no_slip_leaves_the_right_answer_as_it_is_or_is_listed_twice(expr):
    found = [(mistake.slug, mistake.result) for mistake in slips(expr)]
    assert expr not in [result for _, result in found]
    assert len(found) == len(set(found))
    assert {slug for slug, _ in found} <= set(SENTENCES)


def test_long_sums_and_products_have_too_many_parts_to_slip_on():
    for count, some in ((12, True), (13, False)):
        names = symbols(f"a1:{count + 1}")
        assert len(of(sympy.Add(*names), "term-missing")) == (count if some else 0)
        assert len(of(sympy.Mul(*names), "factor-missing")) == (count if some else 0)
        assert len(of(sympy.Add(*names), "factor-extra")) == 12


def test_there_are_not_more_slips_than_can_be_looked_through():
    names = symbols("a1:21")
    expr = sympy.Add(*(name**n for n, name in enumerate(names, start=2)))
    assert len(list(combinations(names, 2))) > 150
    assert len(slips(expr)) == 150
