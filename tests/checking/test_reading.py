"""What is handed in becomes SymPy, in whatever type it comes, or it is said what is asked for instead."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from sympy import Derivative, Eq, Float, Function, Integer, Matrix, Piecewise, Rational, Symbol, Tuple
from sympy.core.function import AppliedUndef, UndefinedFunction

from bpkit.checking import AnswerError
from bpkit.checking.reading import check_size, matrix_rows, read_expression, read_table
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime
from bpkit.checking.vocabulary import SIGMOID, SIGMOID_PRIME

x, y, w_243, w_213 = sympy.symbols("x y w_24^3 w_21^3")
f, g, sigma, σ = map(Function, ("f", "g", "sigma", "σ"))
NAMES = ["x", "y", "w_24^3", "w_21^3"]
FAR_MORE = "This has far more entries than are asked for."
NOT_FINITE = "This is not a finite number."
DIGITS = "A number of more than 40 digits is not read."
COMPLEX = "A real number is asked for here, and this one is complex."
TOO_LARGE = "This expression is too large to read."
EXPECTED = "The answer is in x, y and w_jk^l, with numbers as indices."


class Apple:
    """Nothing that could be read."""


class Undefined(AppliedUndef):
    """A function of a student's own, that may have any method."""


class Callable:
    def __call__(self):
        return 1


def nested(depth):
    """Make an expression of so many levels."""
    expr = x
    for _ in range(depth - 1):
        expr = sympy.sin(expr)
    return expr


def chosen(value):
    return value if type(value) is str and len(value) < 40 else ""


READ = {
    "text": ("2x", 2 * x),
    "whole": (3, Integer(3)),
    "true": (True, Integer(1)),
    "decimal": (0.5, Float(0.5)),
    "fraction": (Fraction(-1, 3), Rational(-1, 3)),
    "largest": (10**40 - 1, Integer(10**40 - 1)),
    "smallest": (1 - 10**40, Integer(1 - 10**40)),
    "NumPy's whole": (np.int8(-3), Integer(-3)),
    "NumPy's unsigned": (np.uint64(3), Integer(3)),
    "NumPy's decimal": (np.float32(0.5), Float(0.5)),
    "NumPy's decimal of few digits": (np.float32(0.05) / 5, Float(0.01)),
    "NumPy's truth": (np.True_, Integer(1)),
    "array of no dimension": (np.array(2.5), Float(2.5)),
    "SymPy": (2 * x + 1, 2 * x + 1),
    "condition": (x > 1, Piecewise((1, x > 1), (0, True))),
    "not a condition": (~(x > 1), Piecewise((1, x <= 1), (0, True))),
    "true in SymPy": (sympy.true, Integer(1)),
    "sigma": (2 * sigma(x), 2 * sigmoid(x)),
    "Greek sigma": (σ(x), sigmoid(x)),
    "sigma of sigma": (σ(1 + sigma(x)), sigmoid(1 + sigmoid(x))),
    "indices in braces": (3 * Symbol("w_{24}^{3}") + x, 3 * w_243 + x),
    "indices as a power": (3 * Symbol("w_24") ** 3 + x, 3 * w_243 + x),
    "two of them": (Symbol("w_24") ** 3 * Symbol("w_21^{3}"), w_243 * w_213),
    "square of one": (w_243**2, w_243**2),
    "other powers": ((x + 1) ** 2 + Symbol("w_24") ** 3, (x + 1) ** 2 + w_243),
    "to be worked out": (Derivative(f(x), x), Derivative(f(x), x)),
}


@pytest.mark.parametrize("name", READ)
def test_an_expression_is_read_from_whatever_holds_one(name):
    given, expected = READ[name]
    read = read_expression(given, NAMES, SIGMOID)
    assert type(read) is type(expected)
    assert read == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        # what is no expression
        ([1], "One expression is asked for here, and this is a list."),
        ((1,), "One expression is asked for here, and this is a tuple."),
        ({}, "One expression is asked for here, and this is a dictionary."),
        ({1}, "One expression is asked for here, and this is a set."),
        (np.array([1]), "One expression is asked for here, and this is an array."),
        ("[x]", "One expression is asked for here, and this is a list."),
        (Tuple(x), "One expression is asked for here, and this is a list."),
        (Matrix([x]), "One expression is asked for here, and this is a matrix."),
        (sympy.SparseMatrix(1, 1, {}), "One expression is asked for here, and this is a matrix."),
        (int, "An expression is asked for here, and this is a class."),
        (len, "An expression is asked for here, and this is a function: write what it returns."),
        (Callable(), "An expression is asked for here, and this is a function: write what it returns."),
        (Apple(), "An answer is an expression or text; an Apple object can't be read."),
        (b"x", "An answer is an expression or text; a bytes object can't be read."),
        (np.array(None), "An answer is an expression or text; nothing can't be read."),
        (np.str_("x"), "An answer is an expression or text; a str_ object can't be read."),
        (Eq(x, y), "Write only the right-hand side, without “=”."),
        ("x == y", "Write only the right-hand side, without “=”."),
        # numbers
        (2j, COMPLEX),
        (np.complex64(2j), COMPLEX),
        (float("nan"), NOT_FINITE),
        (float("-inf"), NOT_FINITE),
        (np.float32("inf"), NOT_FINITE),
        (10**40, DIGITS),
        (-(10**40), DIGITS),
        (Fraction(10**40, 3), DIGITS),
        (Fraction(1, 10**40), DIGITS),
        # names
        (Symbol("p") + Symbol("q") + x, f"“p” is not expected here. {EXPECTED}"),
        (Symbol("X"), "“X” is not expected here: did you mean x? Capital and small letters differ."),
        (Symbol("w_24") ** 4, f"“w_24” is not expected here. {EXPECTED}"),
        (Symbol("w_24^3^2"), f"“w_24^3^2” is not expected here. {EXPECTED}"),
        (Symbol("w_{2}"), f"“w_{{2}}” is not expected here. {EXPECTED}"),
        (g(x) + f(x), "The function “f” is not known here."),
        (Function("f" * 31)(x), f"The function “{'f' * 30}…” is not known here."),
        (sigma(x, y), "The function “sigma” is not known here."),
        # what is in it
        (sympy.zeta(x), "There is a zeta object in this, which can't be read here."),
        (Undefined(x), "There is an Undefined object in this, which can't be read here."),
        (UndefinedFunction("own", (Undefined,))(x), "There is an own object in this, which can't be read here."),
        (2 * sympy.MatrixSymbol("A", 2, 2)[0, 0], "There is a MatrixElement object in this, which can't be read here."),
    ],
    ids=chosen,
)
def test_what_is_not_one_expression_is_told_what_is_asked_for(given, said):
    with pytest.raises(AnswerError) as error:
        read_expression(given, NAMES, SIGMOID)
    assert str(error.value) == said


def test_the_sigmoid_is_read_only_where_it_may_occur():
    for given in (sigma(x), "sigma(x)"):
        with pytest.raises(AnswerError):
            read_expression(given, NAMES)
    assert read_expression(sigma(x), ["x"], SIGMOID) == read_expression("σ(x)", ["x"], SIGMOID) == sigmoid(x)


def test_a_symbol_is_known_by_its_name_whatever_is_assumed_of_it():
    assert read_expression(Symbol("x", positive=True), [Symbol("x")]) == Symbol("x", positive=True)


@pytest.mark.parametrize("spelled", ["x1", "x_1", "x_{1}", "x₁"])
def test_a_symbol_may_be_spelled_as_in_text(spelled):
    for given in (2 * Symbol(spelled) + y, f"2 {spelled} + y"):
        assert read_expression(given, ["x1", "y"]) == 2 * Symbol("x1") + y


def test_a_spelling_that_is_declared_itself_stands_for_itself():
    both = Symbol("x_1") - Symbol("x1")
    assert read_expression(both, ["x1", "x_1"]) == both


def test_the_name_of_a_symbol_is_text():
    class Name(str):
        __slots__ = ()

    with pytest.raises(AnswerError) as error:
        check_size(2 * Symbol(Name("never_named_before")))  # else SymPy knows it by text
    assert str(error.value) == "There is a symbol in this whose name is no text."


def test_an_expression_is_read_up_to_the_size_and_depth_that_are_promised():
    check_size(nested(100))
    check_size(sympy.Add(*sympy.symbols("x:2999")))
    for large in (
        nested(101),
        sympy.Add(*sympy.symbols("x:3000")),
        sympy.Add(*(2 * s for s in sympy.symbols("x:1500"))),
    ):
        with pytest.raises(AnswerError) as error:
            check_size(large)
        assert str(error.value) == TOO_LARGE


ROWS = {
    "text": ("[[1, x], [2, y]]", [[1, x], [2, y]]),
    "flat text": ("[1, x]", [[1], [x]]),
    "one in text": ("x", [[x]]),
    "text with commas": ("1, x", [[1], [x]]),
    "flat list": ([1, "x"], [[1], [x]]),
    "lists": ([[1, "x"], (2,), []], [[1, x], [2], []]),
    "rows of text": (["1, x", "2"], [[1, x], [2]]),
    "array": (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
    "vector": (np.array([1, 2]), [[1], [2]]),
    "matrix": (Matrix([[x, 1]]), [[x, 1]]),
    "SymPy's array": (sympy.ImmutableDenseNDimArray([1, x]), [[1], [x]]),
    "Tuple": (Tuple(x, y), [[x], [y]]),
    "Tuples": (Tuple(Tuple(x, 1), Tuple(y)), [[x, 1], [y]]),
    "list of Tuples": ([Tuple(x, 1), (y, 2)], [[x, 1], [y, 2]]),
    "expression": (x + 1, [[x + 1]]),
    "sigma in it": ([["σ(x)"], "σ(y), 1"], [[sigmoid(x)], [sigmoid(y), 1]]),
    "sigma in text": ("[σ(x)]", [[sigmoid(x)]]),
    "sigma in SymPy": ([σ(x)], [[sigmoid(x)]]),
    "as many as may be": ([[1] * 399, 1], [[1] * 399, [1]]),
    "as many rows as may be": ([1] * 400, [[1]] * 400),
    "as large as may be": (np.ones((20, 20), int), [[1] * 20] * 20),
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_are_read_from_whatever_holds_rows(name):
    given, expected = ROWS[name]
    assert read_table(given, NAMES, SIGMOID) == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "A list of rows is asked for here, and this is a dictionary."),
        (3, "A list of rows is asked for here, and this is a number."),
        (None, "A list of rows is asked for here, and this is nothing."),
        (len, "A list of rows is asked for here, and this is a function."),
        (int, "A list of rows is asked for here, and this is a class."),
        ([[1] * 401], FAR_MORE),
        ([[1] * 200, (1,) * 201], FAR_MORE),
        ([1] * 401, FAR_MORE),
        ("[[" + "1, " * 401 + "]]", FAR_MORE),
        (np.ones((21, 20)), FAR_MORE),
        (sympy.SparseMatrix(21, 20, {}), FAR_MORE),
        ([[[1]]], "One expression is asked for here, and this is a list."),
        (Tuple(Tuple(Tuple(x))), "One expression is asked for here, and this is a list."),
        (np.ones((1, 1, 2)), "One expression is asked for here, and this is a list."),
        ([[1, "X"]], "“X” is not expected here: did you mean x? Capital and small letters differ."),
        (["1, q"], f"“q” is not expected here. {EXPECTED}"),
        ("[q]", f"“q” is not expected here. {EXPECTED}"),
    ],
    ids=chosen,
)
def test_what_is_no_list_of_rows_is_told_what_is_asked_for(given, said):
    with pytest.raises(AnswerError) as error:
        read_table(given, NAMES, SIGMOID)
    assert str(error.value) == said


def test_a_matrix_is_unrolled_only_up_to_four_hundred_entries():
    assert matrix_rows(np.ones((400, 1)))[399] == [1.0]
    assert matrix_rows(sympy.zeros(1, 400)) == [[0] * 400]
    with pytest.raises(AnswerError) as error:
        matrix_rows(np.broadcast_to(1.0, (401, 1)))
    assert str(error.value) == FAR_MORE


@pytest.mark.parametrize("huge", [sympy.Float(3, 2_000), sympy.Float(2, 15) ** 20_000])
def test_a_float_of_too_many_digits_is_refused(huge):
    with pytest.raises(AnswerError) as error:
        check_size(huge * x)
    assert str(error.value) == "There is a number with too many digits in this."


def test_a_slope_of_sigma_that_sympy_leaves_waiting_is_its_derivative_where_that_may_occur():
    both = SIGMOID | SIGMOID_PRIME
    assert read_expression(sigma(x).diff(x) * y, NAMES, both) == sigmoid_prime(x) * y
    assert read_expression(σ(x).diff(x), NAMES, both) == sigmoid_prime(x)
    assert read_expression(sigma(x * y + 1).diff(x), NAMES, both) == y * sigmoid_prime(x * y + 1)


@pytest.mark.parametrize(
    ("waiting", "functions"),
    [
        (sigma(x).diff(x), SIGMOID),
        (sigma(x).diff(x, 2), SIGMOID | SIGMOID_PRIME),
        (Derivative(x**2, x), SIGMOID | SIGMOID_PRIME),
        (Derivative(sigma(x) * x, x), SIGMOID | SIGMOID_PRIME),
        (sigma(x * y).diff(x), SIGMOID),
    ],
    ids=str,
)
def test_any_other_derivative_still_waits(waiting, functions):
    assert read_expression(waiting, NAMES, functions).has(Derivative)
