"""Numbers are worked with up to a size that is written down, to the very digit, and refused beyond it."""

import pytest
import sympy
from sympy import Integer, Integral, Pow, Rational, Symbol, cos, exp

from bpkit.checking import AnswerError, parse
from bpkit.checking.bounds import check_power, check_value
from bpkit.checking.reading import check_size

x, y = Symbol("x"), Symbol("y")
BY_ZERO = "There is a division by zero in this."
TOO_MANY_DIGITS = "There is a number with too many digits in this."
INFINITY = "There is an infinity in this; a finite expression is asked for."
NOT_REAL = "There is something in this that is not a real number."
NO_REAL_EXPONENT = "There is an exponent in this that is not a real number."
MAX_EXPONENT = "A power of more than 10000 is not read."
TOO_LARGE = "There is a number in this that is too large to work with."


def unevaluated(base, exponent):
    return Pow(base, exponent, evaluate=False)


@pytest.mark.parametrize(
    "text",
    [
        "x^10000",
        "x^-10000",
        "x^(-10000)",
        "2^500",
        "(2^100)^99",  # the last that has no more than 10,000 bits, by a count on the safe side
        "(1/2^100)^99",
        "(2^100 x)^99",
        "(2^99 sqrt(3) x)^99",
        "(x^100)^99",
        "((2^101 x + y)^99)^99",  # which SymPy leaves as it is
    ],
)
def test_a_power_that_can_be_written_out_is_read(text):
    parse(text, ("x", "y"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x^10001", MAX_EXPONENT),
        ("x^-10001", MAX_EXPONENT),
        ("x^10002", MAX_EXPONENT),
        ("1^10001", MAX_EXPONENT),
        ("(2^101)^99", TOO_MANY_DIGITS),
        ("(1/2^101)^99", TOO_MANY_DIGITS),
        ("(2^101 x)^99", TOO_MANY_DIGITS),
        ("(2^100 sqrt(3) x)^99", TOO_MANY_DIGITS),
        ("((1 + sqrt(2))^100)^99", TOO_MANY_DIGITS),
        ("((1 + sqrt(2))^-100)^99", TOO_MANY_DIGITS),
    ],
)
def test_a_power_that_would_fill_the_memory_is_refused(text, said):
    with pytest.raises(AnswerError) as error:
        parse(text, ("x", "y"))
    assert str(error.value) == said


@pytest.mark.parametrize(
    "number",
    [
        Integer(2) ** 9_999,
        -(Integer(2) ** 9_999),
        Rational(1, 2**9_999),
        Rational(3, 7),
        sympy.Float(1e300),
        exp(9_000),
    ],
    ids=["2^9999", "-2^9999", "2^-9999", "3/7", "1e300", "exp(9000)"],
)
def test_a_number_that_can_be_worked_with_is_let_through(number):
    check_value(number, {})
    check_size(number + x)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (Integer(2) ** 10_000, TOO_MANY_DIGITS),
        (-(Integer(2) ** 10_000), TOO_MANY_DIGITS),
        (Rational(1, 2**10_000), TOO_MANY_DIGITS),
        (sympy.oo, INFINITY),
        (-sympy.oo, INFINITY),
        (sympy.zoo, BY_ZERO),
        (sympy.nan, BY_ZERO),
        (exp(10_001), TOO_LARGE),
        (unevaluated(0, -1), NOT_REAL),
    ],
    ids=["2^10000", "-2^10000", "2^-10000", "infinity", "-infinity", "complex infinity", "nan", "exp(10001)", "0^-1"],
)
def test_a_number_that_cannot_be_worked_with_is_refused(number, said):
    with pytest.raises(AnswerError) as error:
        check_value(number, {})
    assert str(error.value) == said


def test_i_is_no_answer_but_may_stand_in_sympys_forms_of_the_cosine():
    with pytest.raises(AnswerError, match="not a real number"):
        check_value(sympy.I, {})
    check_value(sympy.I, {}, real=False)
    check_size(cos(x).rewrite(exp))


def test_what_is_still_to_be_worked_out_and_what_holds_symbols_is_let_through():
    check_value(Integral(y, (y, 0, 1)), {})
    check_value(x / y, {})
    check_value(sympy.Tuple(x), {})


def test_a_value_that_was_worked_out_is_kept():
    memo = {}
    check_value(sympy.sqrt(2), memo)
    assert sympy.sqrt(2) in memo


@pytest.mark.parametrize(
    "exponent",
    [sympy.I, sympy.sqrt(-2), Integral(y, (y, 0, 1)), sympy.log(-1)],
    ids=str,
)
def test_an_exponent_is_a_real_number(exponent):
    with pytest.raises(AnswerError) as error:
        check_power(x, exponent)
    assert str(error.value) == NO_REAL_EXPONENT


def test_the_numbers_in_a_base_count_as_often_as_they_will_be_written():
    base = 1 + sympy.sqrt(2)
    for exponent in (99, -99):
        check_power(base**exponent, Integer(99))
    for exponent in (100, -100):
        with pytest.raises(AnswerError):
            check_power(base**exponent, Integer(99))


def test_an_exponent_with_symbols_is_not_worked_out():
    check_power(Integer(2) ** 9_000, x)


def test_a_power_that_sympy_has_not_worked_out_is_weighed_all_the_same():
    check_size(unevaluated(x**100 * 2, 99))
    with pytest.raises(AnswerError) as error:
        check_size(unevaluated(unevaluated(unevaluated(2 * x, 99), 99), 99))
    assert str(error.value) == TOO_MANY_DIGITS
