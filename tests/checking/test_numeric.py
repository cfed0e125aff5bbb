"""Right answers in any form are equal; wrong ones are different, at a point that shows it."""

import re

import mpmath
import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    And,
    Derivative,
    Heaviside,
    Max,
    Min,
    Ne,
    Or,
    Piecewise,
    Rational,
    Symbol,
    cos,
    exp,
    log,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
)
from sympy.simplify.fu import TR8

from bpkit.checking import equivalent, numeric, parse
from bpkit.checking.evaluation import CONTEXT, Undefined
from bpkit.checking.numeric import Comparison, Pair, agree, entries, is_unevaluated, shape_of, short
from bpkit.checking.points import points_in
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime
from bpkit.checking.verdict import AnswerError

x, y, z = symbols("x y z")
few = settings(
    max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def coefficients():
    return st.sampled_from([1, 2, 3, 5, -1, -4, Rational(1, 2), Rational(-2, 3)]).map(sympy.S)


def terms():
    inner = st.sampled_from([x, y, 2 * x, x + y, 1 - x, x * y])
    functions = st.sampled_from([sin, cos, exp, sympy.tanh, lambda e: log(2 + e**2), lambda e: sqrt(1 + e**2)])
    factors = st.one_of(
        st.tuples(inner, st.integers(1, 3)).map(lambda two: two[0] ** two[1]),
        st.tuples(functions, inner).map(lambda two: two[0](two[1])),
        inner.map(lambda e: 1 / (2 + e**2)),
    )
    return st.tuples(coefficients(), factors, factors).map(lambda three: sympy.Mul(*three))


def answers():
    """Make sums of products, as derivatives are."""
    return st.lists(terms(), min_size=2, max_size=3).map(lambda parts: sympy.Add(*parts))


REWRITES = {
    "expanded": sympy.expand,
    "factored": sympy.factor_terms,
    "over one denominator": sympy.together,
    "in exponentials": lambda e: e.rewrite(exp),
    "angles written out": sympy.expand_trig,
    "products of waves as sums": TR8,
    "powers gathered": sympy.powsimp,
    "as text": lambda e: parse(str(e), ("x", "y")),
    "as LaTeX": lambda e: parse(sympy.latex(e), ("x", "y")),
    "through srepr": lambda e: sympy.sympify(sympy.srepr(e)),
    "the other way round": lambda e: -sum((-term for term in reversed(sympy.Add.make_args(e))), sympy.S.Zero),
    "with a one multiplied": lambda e: e * (sin(x) ** 2 + cos(x) ** 2),
    "with a nought added": lambda e: e + (x + y) ** 2 - x**2 - 2 * x * y - y**2,
    "differently named": lambda e: e.subs({x: Symbol("x", positive=True), y: sympy.Dummy("y")}),
    "in floats": lambda e: e.xreplace({n: sympy.Float(float(n)) for n in e.atoms(Rational) if not n.is_Integer}),
}


@pytest.mark.parametrize("form", REWRITES)
@settings(few, max_examples=8)
@given(answers())
def test_a_right_answer_is_equal_in_every_form(form, expected):
    assert equivalent(REWRITES[form](expected), expected).status == "equal"


def one_off(expected, draw):
    """Make the mistake of a slip: a coefficient, a sign, a term or an exponent is off."""
    kinds = ["sign of a term", "term dropped", "coefficient", "exponent", "function"]
    parts = list(sympy.Add.make_args(expected))
    at = draw(st.integers(0, len(parts) - 1))
    match draw(st.sampled_from(kinds)):
        case "sign of a term":
            parts[at] = -parts[at]
        case "term dropped":
            del parts[at]
        case "coefficient":
            parts[at] *= draw(st.sampled_from([2, 3, Rational(1, 2), Rational(11, 10)]))
        case "exponent":
            powers = sorted(parts[at].atoms(sympy.Pow), key=str)
            assume(powers)
            power = draw(st.sampled_from(powers))
            parts[at] = parts[at].xreplace({power: power * power.base})
        case "function":
            swaps = {sin: cos, cos: sin, exp: sympy.tanh}
            calls = sorted((call for call in parts[at].atoms(sympy.Function) if call.func in swaps), key=str)
            assume(calls)
            parts[at] = parts[at].xreplace({calls[0]: swaps[calls[0].func](*calls[0].args)})
    return sympy.Add(*parts)


def plain(text):
    return text.replace("−", "-")


def number(text):
    return float(plain(text))


def value(expr, witness):
    point = {Symbol(name): Rational(plain(text)) for name, text in witness.point.items()}
    return float(sympy.N(expr.subs(point), 30))


@few
@given(st.data())
def test_a_slip_is_different_and_the_witness_is_true(data):
    expected = data.draw(answers())
    wrong = one_off(expected, data.draw)
    assume(any(abs(sympy.N((wrong - expected).subs({x: a, y: b}), 20)) > 1e-9 for a, b in ((0.7, -1.2), (2, 0.3))))
    found = equivalent(wrong, expected)
    assert found.status == "different"
    given_there, expected_there = value(wrong, found.witness), value(expected, found.witness)
    assert given_there != expected_there
    assert number(found.witness.given) == pytest.approx(given_there, rel=1e-3)
    assert number(found.witness.expected) == pytest.approx(expected_there, rel=1e-3)
    assert found.witness.given != found.witness.expected


RIGHT = [
    (2 * sin(x) * cos(x), sin(2 * x)),
    (sqrt(x**2), Abs(x)),
    (log(x**2) / 2, log(x)),  # where both are defined
    (exp(x**4 + log(4 * x**3)), 4 * x**3 * exp(x**4)),
    (sqrt(x) / x, 1 / sqrt(x)),
    (1 / (1 + exp(-z)), sigmoid(z)),
    (sigmoid(z) * (1 - sigmoid(z)), sigmoid_prime(z)),
    (1 / (2 + 2 * sympy.cosh(z)), sigmoid_prime(z)),
    (sympy.tanh(z / 2) / 2 + Rational(1, 2), sigmoid(z)),
    (sympy.acos(x) + sympy.asin(x), pi / 2),  # defined on [−1, 1] only
    (sqrt(-1 - x**2) ** 2, -1 - x**2),  # real nowhere on the way
    (0.1 * x, x / 10),
    ((1 / 3.0) * x, x / 3),
    (sympy.Float("0.1353352832366127"), exp(-2)),
    (sympy.S(7), sympy.S(7)),
    (x**100 / x**99, x),
    (x * y - y * x, sympy.S.Zero),
    (1 - sin(x) ** 2 - cos(x) ** 2, sympy.S.Zero),
]
WRONG = [
    (2 * sin(x), sin(2 * x)),
    (x, Abs(x)),
    (log(x), log(x) / 2),
    (sqrt(x**2), x),
    (log(-x), log(x)),
    (sympy.acos(x), sympy.asin(x)),
    (x + Rational(1, 10**9), x),
    (x * (1 + Rational(1, 10**9)), x),
    (0.1000001 * x, x / 10),
    (sympy.S.One, sympy.S.Zero),
    (sympy.S.Zero, x),
    (x**101, x**100),
    (exp(-(x**2)), sympy.S.Zero),
    (Symbol("X"), x),
    (y, x),
    (sympy.I * x, x),
]
STEP = Piecewise((1, z > 0), (0, True))
RIGHT_PIECES = [
    (Heaviside(z), STEP),
    ((1 + sign(z)) / 2, STEP),
    (Max(0, z) / z, STEP),
    (Piecewise((0, z < 0), (1, z > 0)), STEP),
    (Piecewise((0, z < 0), (Rational(1, 2), sympy.Eq(z, 0)), (1, True)), STEP),
    (Piecewise((1, z**3 > 0), (0, True)), STEP),
    (Piecewise((1, And(z > 0, Ne(z, 5))), (0, Ne(z, 5)), (7, True)), STEP),
    (Abs(z) / (2 * z) + Rational(1, 2), STEP),
    (sqrt(z**2) / (2 * z) + 0.5, STEP),
    (sympy.diff(Max(0, z), z), STEP),
    (z * Heaviside(z), Max(0, z)),
    ((z + Abs(z)) / 2, Max(0, z)),
    (-Min(0, -z), Max(0, z)),
    (Piecewise((1, z > 1), (z, z > -1), (-1, True)), Max(-1, Min(1, z))),
    (Piecewise((-y, x * y < 1), (0, True)), -y * Heaviside(1 - x * y)),
]
WRONG_PIECES = [
    (Piecewise((0, z > 0), (1, True)), STEP),
    (Piecewise((1, z > 0), (-1, True)), STEP),
    (sympy.S.One, STEP),
    (sympy.S.Zero, STEP),
    (Piecewise((1, z > 0)), STEP),  # no value on the left
    (sqrt(z) * sqrt(z) / z * Piecewise((1, z > 0), (sqrt(z) / sqrt(-z), True)), STEP),
    (Piecewise((1, z > 0), (sqrt(z), True)), STEP),
    (Piecewise((1, z > 0), (log(z), True)), STEP),
    (sin(sqrt(z)) ** 2 + cos(sqrt(z)) ** 2, STEP),
    (Piecewise((1, And(z > 0, Or(z < Rational(6, 5), z > Rational(601, 500)))), (0, True)), STEP),
    (Piecewise((1, z > 0), (Rational(1, 100), z > -Rational(1, 50)), (0, True)), STEP),
    (Piecewise((0, z > 10**12), (1, z > 0), (0, True)), STEP),
    (Piecewise((0, z < 0), (1 + 5 * Heaviside(z - 40), True)), STEP),
    (Max(0, z) + Rational(1, 10**8), Max(0, z)),
    (Abs(x + y), Abs(x) + Abs(y)),
]


@pytest.mark.parametrize(("left", "right"), RIGHT + RIGHT_PIECES, ids=str)
def test_what_is_equal_is_equal(left, right):
    assert equivalent(left, right).status == "equal"


@pytest.mark.parametrize(("left", "right"), WRONG + WRONG_PIECES, ids=str)
def test_what_differs_anywhere_is_not_equal(left, right):
    found = equivalent(left, right)
    assert found.status == "different"
    assert found.witness.given != found.witness.expected


SHIFTS = [Rational(1, 2), Rational(1, 10), Rational(1, 1000), 10**-4, exp(-7), sqrt(2) / 1000, pi - 3, -log(2)]


@pytest.mark.parametrize("shift", [*SHIFTS, *(-shift for shift in SHIFTS)], ids=str)
def test_a_shifted_boundary_is_different(shift):
    for shifted in (
        Piecewise((1, z > shift), (0, True)),
        Heaviside(z - shift),
        Piecewise((1, 3 * z > 3 * shift), (0, True)),
    ):
        assert equivalent(shifted, STEP).status == "different"


def test_the_value_at_a_kink_is_a_convention():
    for at_zero in (0, 1, Rational(1, 2), 7):
        right = Piecewise((0, z < 0), (at_zero, sympy.Eq(z, 0)), (1, True))
        assert equivalent(right, STEP).status == "equal"
        assert equivalent(Heaviside(z, at_zero), STEP).status == "equal"


def test_what_hides_where_it_cannot_be_computed_is_not_called_equal():
    for hidden in (
        Piecewise((1, z > 0), (exp(exp(20 - z)), True)),
        Piecewise((1, z > 0), (exp(-exp(exp(3 - z))), True)),
        Piecewise((1, z > 0), (5 + sign(sin(z) ** 2 + cos(z) ** 2 - 1), True)),
        Piecewise((0, sin(z) ** 2 + cos(z) ** 2 > 1), (STEP, True)),
    ):
        assert equivalent(hidden, STEP).status != "equal"


def test_what_cannot_be_evaluated_is_undecided():
    for unknown in (sympy.zeta(x), sympy.besselj(1, x), sympy.Function("f")(x), x * sympy.nan, x + sympy.oo):
        assert equivalent(unknown, 6 * x).status == "undecided"


@pytest.fixture
def patient(monkeypatch):
    """Give algebra all the time that a busy machine takes."""
    monkeypatch.setattr(numeric, "ALGEBRA", 30)


@pytest.mark.usefixtures("patient")
def test_algebra_decides_where_no_point_can_be_evaluated():
    huge = exp(exp(exp(20 + x**2)))
    assert equivalent((huge + 1) ** 2, huge**2 + 2 * huge + 1).status == "equal"
    assert equivalent(huge, huge + x).status == "undecided"


def test_a_question_handed_back_is_never_equal_to_its_answer():
    for question in (Derivative(3 * x**2, x), sympy.Integral(6, x), sympy.Limit(6 * x, y, 0), sympy.Subs(6 * y, y, x)):
        assert equivalent(question, 6 * x) == Comparison("different")
        assert equivalent(x + question, x + question) == Comparison("different")
    assert equivalent(sympy.Sum(x, (y, 1, 2)), 2 * x).status == "different"
    assert is_unevaluated(1 + Derivative(x**2, x))
    assert not is_unevaluated(1 + x**2)


def test_matrices_are_compared_entry_by_entry_and_the_entry_is_told():
    right = sympy.Matrix([[x, 2], [y, x * y]])
    assert equivalent(right.T.T, right).status == "equal"
    found = equivalent(sympy.Matrix([[x, 2], [y, x]]), right)
    assert (found.status, found.witness.point["entry"]) == ("different", "4")
    assert equivalent(sympy.Matrix([[x, 2]]), right).status == "different"


def test_an_assumption_makes_equal_what_differs_without_it():
    def sum_is_one(point):
        return point | {"z": 1 - point["x"] - point["y"]}

    left, right = x + y + z, sympy.S.One
    assert equivalent(left, right).status == "different"
    assert equivalent(left, right, ("x", "y", "z"), sum_is_one).status == "equal"
    assert equivalent(left + x, right, ("x", "y", "z"), sum_is_one).status == "different"
    witness = equivalent(2 * z, z, ("x", "y", "z"), sum_is_one).witness
    assert set(witness.point) == {"z"}


@pytest.mark.parametrize(("size", "digits"), [(3, 4), (6, 8), (9, 16), (13, 16), (20, 32)])
def test_a_small_difference_is_shown_with_enough_digits_and_no_more(size, digits):
    witness = equivalent(x + Rational(1, 10**size), x).witness
    assert Rational(plain(witness.given)) - Rational(plain(witness.expected)) == Rational(1, 10**size)
    assert max(len(re.sub(r"\D", "", told)) for told in (witness.given, witness.expected)) <= digits


def test_nobody_elses_precision_is_changed():
    before = mpmath.mp.dps
    equivalent(sin(x) ** 2, 1 - cos(x) ** 2)
    assert mpmath.mp.dps == before


def test_an_answer_may_be_text_in_the_symbols_of_the_other_side():
    assert equivalent("2x sin(x)", 2 * x * sin(x)).status == "equal"
    assert equivalent(2 * x * y, "2xy").status == "equal"
    assert equivalent("x + y", "y + x", ("x", "y")).status == "equal"
    assert equivalent("x + y", "x - y", symbols("x y")).status == "different"
    assert equivalent("[x, 2]", "[x, 3]", ["x"]).witness.point["entry"] == "2"
    with pytest.raises(AnswerError, match="not expected here"):
        equivalent("x + t", x)
    with pytest.raises(AnswerError):
        equivalent("x", "x")


def test_a_decimal_is_a_third_only_with_all_the_digits_of_a_float():
    assert equivalent("0.333333333333333", Rational(1, 3)).status == "different"
    assert equivalent("0.3333333333333333", Rational(1, 3)).status == "equal"
    assert equivalent(sympy.Float(1 / 3), Rational(1, 3)).status == "equal"
    assert equivalent(Rational(1, 3), sympy.Float(1 / 3)).status == "equal"
    assert equivalent(x / 3, x * sympy.Float(1 / 3)).status == "equal"


def test_floats_are_compared_to_twelve_digits_and_all_else_to_thirty():
    for near, found in ((Rational(5, 10**13), "equal"), (Rational(2, 10**12), "different")):
        assert equivalent(sympy.Float("1.5", 30) * (1 + near) * x, Rational(3, 2) * x).status == found
        assert equivalent(x * (1 + near), x).status == "different"
    assert equivalent(x * (1 + Rational(1, 10**29)), x).status == "different"


def test_two_values_agree_up_to_thirty_digits_of_the_larger_one_or_of_almost_nothing():
    ten = CONTEXT.mpf(10)
    for size in (1, ten**9, -(ten**-9)):
        assert agree(size, size * (1 + ten**-31))
        assert agree(size * (1 + ten**-31), size)
        assert not agree(size, size * (1 + 2 * ten**-30))
        assert agree(size, size * (1 + ten**-4), tolerance=ten**-3)
    assert agree(0, ten**-56)
    assert agree(ten**-56, 0)
    assert not agree(0, 2 * ten**-55)
    assert agree(CONTEXT.mpc(0, 1), CONTEXT.mpc(ten**-31, 1))
    assert not agree(1, -1)


def test_no_value_agrees_with_nothing():
    assert not agree(None, CONTEXT.zero)
    assert not agree(CONTEXT.zero, None)
    assert not agree(None, None)


HUGE = exp(x**2 + 80)
TINY = exp(-(x**2) - 200)


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        (HUGE + x, HUGE, "different"),
        (HUGE + x, x + HUGE * (sin(x) ** 2 + cos(x) ** 2), "equal"),
        (HUGE**2, exp(2 * x**2 + 160), "equal"),
        (HUGE + Rational(1, 10**9), HUGE, "different"),
        (HUGE**40 + x, HUGE**40, "different"),
        (2 * TINY, TINY, "different"),
        (TINY, sympy.S.Zero, "different"),
        (sympy.S.Zero, TINY, "different"),
        (TINY * exp(-400), 2 * TINY * exp(-400), "different"),
        (TINY**2, exp(-2 * x**2 - 400), "equal"),
        (TINY * (sin(x) ** 2 + cos(x) ** 2), TINY, "equal"),
        (x * TINY - x * exp(-(x**2)) / exp(200), sympy.S.Zero, "equal"),
        (HUGE * (1 / 3.0), HUGE / 3, "equal"),
        (sympy.cosh(50 * x) ** 2 - sympy.sinh(50 * x) ** 2, sympy.S.One, "equal"),
        (sympy.cosh(50 * x) ** 2 - sympy.sinh(50 * x) ** 2, 1 + x / 10**9, "different"),
        (x**4000, x**4001, "different"),
    ],
    ids=str,
)
def test_values_however_large_or_small_are_compared_in_as_many_digits_as_it_takes(left, right, status):
    assert equivalent(left, right).status == status
    assert equivalent(left, right, telling=False).status == status


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((x**y) ** z, x ** (y * z)),
        (sqrt(x**2 * y), x * sqrt(y)),
        (log(x * y), log(x) + log(-y)),
        (log(x**3), 3 * log(-x)),
        ((x**4) ** Rational(1, 4), x),
    ],
    ids=str,
)
def test_what_agrees_on_one_branch_only_is_different(left, right):
    assert equivalent(left, right).status == "different"
    assert equivalent(right, left).status == "different"


SIX = symbols("x1:7")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sum(map(log, SIX)), log(sympy.Mul(*SIX))),  # where all of them are positive
        (sum(log(s) - log(1 - s) for s in SIX), log(sympy.Mul(*(s / (1 - s) for s in SIX)))),  # in (0, 1)
        (sum(sqrt(-1 - s**2) ** 2 for s in SIX), -6 - sum(s**2 for s in SIX)),  # real nowhere on the way
    ],
    ids=["positive", "fractions", "complex"],
)
def test_points_are_found_where_an_expression_is_defined_however_small_that_part_is(left, right):
    assert equivalent(left, right).status == "equal"
    assert equivalent(2 * left, right).status == "different"


def test_a_complex_difference_is_shown_in_complex_values():
    witness = equivalent(2 * sqrt(-1 - x**2), sqrt(-1 - x**2)).witness
    place = Rational(plain(witness.point["x"]))
    assert abs(place) in (Rational(n, 10) for n in (3, 7, 13, 17))
    for told, factor in ((witness.given, 2), (witness.expected, 1)):
        assert told.endswith("i")
        assert number(told[:-1]) == pytest.approx(float(factor * sqrt(1 + place**2)), rel=1e-3)


@pytest.mark.usefixtures("patient")
def test_four_agreements_are_needed_and_enough():
    def at_most(count):
        seen = []

        def keep(point):
            if point not in seen and len(seen) == count:
                raise Undefined("enough")
            seen.append(point)
            return point

        return keep

    for count, status in ((0, "undecided"), (3, "undecided"), (4, "equal"), (9, "equal")):
        assert equivalent((x + Abs(x)) / 2, Max(0, x), ("x",), at_most(count)).status == status
    assert equivalent(sin(x) ** 2, 1 - cos(x) ** 2, ("x",), at_most(3)).status == "equal"  # algebra has decided
    one_point = equivalent(Abs(sqrt(2) - 2, evaluate=False), 2 - sqrt(2))
    assert one_point.status == "equal"  # a number has one value


def test_where_the_right_value_is_missing_nothing_is_compared():
    assert equivalent(Piecewise((1, z > 0), (2, z < -1)), Piecewise((1, z > 0), (2, z < -1))).status == "equal"
    assert equivalent(STEP, Piecewise((1, z > 0))).status == "equal"
    assert equivalent(1 + log(z) - log(z), log(z) - log(z) + 1).status == "equal"
    assert equivalent(Max(log(z), 0), Max(0, log(z) * 1)).status == "equal"


def test_a_missing_piece_is_told_as_no_value_and_without_a_witness_it_is_different_too():
    found = equivalent(Piecewise((1, z > 0)), STEP)
    assert number(found.witness.point["z"]) < 0
    assert (found.witness.given, found.witness.expected) == ("no value", "0")
    assert equivalent(Piecewise((1, z > 0)), STEP, telling=False) == Comparison("different")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (Heaviside(z - 40), sympy.S.Zero),
        (Heaviside(z - Rational(1, 2)), STEP),
        (Max(z, -2) * Max(z, 2), 2 * Max(z, -2)),
        (Piecewise((1, z > 0), (3, z < -20), (0, True)), STEP),
    ],
    ids=str,
)
def test_a_difference_that_hides_is_shown_at_a_point_where_it_is_true(wrong, right):
    witness = equivalent(wrong, right).witness
    assert number(witness.given) == pytest.approx(value(wrong, witness), rel=1e-3)
    assert number(witness.expected) == pytest.approx(value(right, witness), rel=1e-3)
    assert witness.given != witness.expected
    assert len(witness.point["z"]) <= 6


def test_a_witness_reads_well_and_names_the_variables_that_occur():
    witness = equivalent(x + 1, x * z, ("x", "y", "z")).witness
    assert set(witness.point) == {"x", "z"}
    assert all(abs(number(place)) in (0.3, 0.7, 1.3, 1.7) for place in witness.point.values())
    assert equivalent(sympy.S(3), sympy.S(4)).witness.point == {}
    assert equivalent(x, 2 * x, telling=False) == Comparison("different")
    assert equivalent(x, x) == Comparison("equal")


def test_a_value_is_shown_at_the_point_that_is_shown_with_what_is_assumed_there():
    def sum_is_one(point):
        return point | {"y": 1 - point["x"]}

    witness = equivalent(x * y + x, x * y, ("x", "y"), sum_is_one).witness
    place = {name: number(told) for name, told in witness.point.items()}
    assert place["x"] + place["y"] == pytest.approx(1)
    assert number(witness.expected) == pytest.approx(place["x"] * place["y"], rel=1e-3)


def test_a_small_difference_is_shown_at_a_point_where_it_is_true():
    witness = equivalent(x + Rational(1, 10**5), x).witness
    assert number(witness.expected) == value(x, witness)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "no value"),
        ("7", "7"),
        ("-0.5", "−0.5"),
        ("1.23456", "1.235"),
        ("123456", "123500"),
        ("1234567", "1.235e+6"),
        ("0.00123456", "0.001235"),
        ("0.000123456", "1.235e−4"),
        ("-0.000123456", "−1.235e−4"),
        (("0", "2"), "2i"),
        (("0", "-2.5"), "−2.5i"),
        (("1e-40", "2"), "2i"),
        (("1", "2"), "1 + 2i"),
        (("-1.23456", "-2"), "−1.235 − 2i"),
    ],
    ids=str,
)
def test_a_number_is_written_with_few_digits_and_a_true_minus(value, text):
    parts = (value,) if isinstance(value, str) else value
    assert short(parts and (CONTEXT.mpc(*parts) if len(parts) == 2 else CONTEXT.mpf(parts[0]))) == text


def test_a_number_is_written_with_more_digits_when_asked():
    assert short(CONTEXT.mpf("1.23456789"), 8) == "1.2345679"
    assert short(CONTEXT.mpc("1.23456789", "1.23456789"), 6) == "1.23457 + 1.23457i"


def test_rows_are_compared_as_they_are_nested():
    rows = sympy.Tuple(sympy.Tuple(x), sympy.Tuple(y, x + y))
    assert shape_of(rows) == ((None,), (None, None))
    assert shape_of(sympy.Matrix([[x, y]])) == (1, 2)
    assert shape_of(x) is None
    assert entries(rows) == [x, y, x + y]
    assert entries(sympy.Matrix([[x, y], [1, 2]])) == [x, y, 1, 2]
    assert equivalent(rows, sympy.Tuple(sympy.Tuple(x), sympy.Tuple(y, y + x))).status == "equal"
    assert equivalent(rows, sympy.Tuple(sympy.Tuple(x, y), sympy.Tuple(x + y))) == Comparison("different")
    assert equivalent(rows, sympy.Tuple(sympy.Tuple(x), sympy.Tuple(y, x))).witness.point["entry"] == "3"
    assert equivalent(sympy.Matrix([[x]]), x) == Comparison("different")


def test_of_several_entries_a_different_one_decides_and_then_an_undecided_one():
    unknown = sympy.zeta(x)
    right = sympy.Matrix([x, x])
    assert equivalent(sympy.Matrix([unknown, x]), right).status == "undecided"
    assert equivalent(sympy.Matrix([x, unknown]), right).status == "undecided"
    assert equivalent(sympy.Matrix([unknown, y]), right).status == "different"
    assert equivalent(sympy.Matrix([2 * x, x]), right, telling=False) == Comparison("different")


BEYOND = exp(exp(exp(20 + x**2)))


@pytest.mark.parametrize(
    ("number", "status"),
    [(500, "equal"), (501, "undecided"), (-500, "equal"), (-501, "undecided"), (0.002, "equal"), (0.0019, "undecided")],
)
@pytest.mark.usefixtures("patient")
def test_algebra_writes_out_small_numbers_only(number, status):
    number = sympy.nsimplify(number)
    assert equivalent(BEYOND * (BEYOND + number), BEYOND**2 + number * BEYOND).status == status


def test_a_careless_look_believes_what_sixty_digits_show():
    lost = sympy.cosh(50 * x) ** 2 - sympy.sinh(50 * x) ** 2
    pair = Pair(lost, sympy.S.One, points_in(frozenset({"x"})))
    assert pair.compare().status == pair.compare(telling=False).status == "equal"
    assert pair.compare(telling=False, careful=False).status == "different"
    assert Pair(x * 2, x + x, points_in(frozenset({"x"}))).compare(careful=False).status == "equal"


def test_what_algebra_stumbles_over_is_undecided(monkeypatch):
    left, right = (BEYOND + 1) ** 2, BEYOND**2 + 2 * BEYOND + 1

    def stumble(_):
        raise ValueError

    def too_late(_):
        while True:
            pass

    for simplify in (stumble, too_late):
        monkeypatch.setattr(sympy, "simplify", simplify)
        assert equivalent(left, right).status == "undecided"


def test_of_what_is_made_of_pieces_algebra_is_not_asked(monkeypatch):
    monkeypatch.setattr(sympy, "simplify", lambda _: 0)
    assert equivalent(BEYOND * Abs(x), BEYOND * Abs(2 * x)).status == "undecided"
    assert equivalent(BEYOND * x, BEYOND * 2 * x).status == "equal"


def test_the_witness_of_a_matrix_shows_the_entrys_own_values():
    witness = equivalent(sympy.Matrix([[x, 2]]), sympy.Matrix([[x, 3]])).witness
    assert (witness.point, witness.given, witness.expected) == ({"entry": "2"}, "2", "3")


def test_a_difference_between_the_readable_points_is_shown_with_few_digits_where_it_is():
    gap = Piecewise((1, (x > 1) & (x < Rational(6, 5))), (0, True))
    witness = equivalent(gap, sympy.S.Zero).witness
    assert 1 < float(witness.point["x"]) < 1.2
    assert len(witness.point["x"]) <= 5
    assert (witness.given, witness.expected) == ("1", "0")


def test_a_very_narrow_difference_is_shown_where_it_is():
    edge = 1 + Rational(2, 10**5)
    witness = equivalent(Heaviside(x - 1), Heaviside(x - edge)).witness
    assert 1 < float(witness.point["x"]) < edge
    assert (witness.given, witness.expected) == ("1", "0")


def test_a_difference_that_only_complex_points_show_is_shown_at_one():
    low = sqrt(-1 - x**2)
    witness = equivalent(2 * low, 3 * low).witness
    assert "i" in witness.given
    assert "i" not in witness.point["x"]
