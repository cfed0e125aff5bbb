"""Right answers in any form are equal; wrong ones are different, at a point that shows it."""

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
    tan,
)
from sympy.simplify.fu import TR8

from bpkit.checking import equivalent, parse
from bpkit.checking.evaluation import TooLarge, TooNear, Undefined, Unknown, evaluate
from bpkit.checking.numeric import constant_ratio
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime

x, y, z = symbols("x y z")
few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


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
@settings(few, max_examples=25)
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


def number(text):
    return float(text.replace("−", "-"))


def value(expr, witness):
    point = {Symbol(name): Rational(text.replace("−", "-")) for name, text in witness.point.items()}
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


def test_algebra_decides_where_no_point_can_be_evaluated():
    huge = exp(exp(exp(20 + x**2)))
    assert equivalent((huge + 1) ** 2, huge**2 + 2 * huge + 1).status == "equal"
    assert equivalent(huge, huge + x).status == "undecided"


def test_a_question_handed_back_is_never_equal_to_its_answer():
    for question in (Derivative(3 * x**2, x), sympy.Integral(6, x), sympy.Limit(6 * x, y, 0), sympy.Subs(6 * y, y, x)):
        assert equivalent(question, 6 * x).status == "undecided"


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


def test_a_small_difference_is_shown_with_enough_digits():
    witness = equivalent(x + Rational(1, 10**9), x).witness
    assert witness.given != witness.expected


def test_values_are_exact_to_sixty_digits():
    mpmath.mp.dps = 50
    try:
        expected = mpmath.sin(1) ** mpmath.mpf("2.5") / mpmath.gamma(mpmath.mpf(1) / 3)
        found = evaluate(sin(1) ** Rational(5, 2) / sympy.gamma(Rational(1, 3)), {})
        assert mpmath.almosteq(mpmath.mpf(str(found)), expected, rel_eps=mpmath.mpf(10) ** -45)
    finally:
        mpmath.mp.dps = 15


def test_nobody_elses_precision_is_changed():
    before = mpmath.mp.dps
    equivalent(sin(x) ** 2, 1 - cos(x) ** 2)
    assert mpmath.mp.dps == before


@pytest.mark.parametrize(
    ("expr", "why"),
    [
        (1 / x, Undefined),
        (log(x), Undefined),
        (sqrt(x - 1), Undefined),
        (tan(pi / 2 + x * 0 + sympy.Mul(pi, 0)), Unknown),  # SymPy has made ∞ of it
        (Piecewise((1, x > 1)), Undefined),
        (sign(x), TooNear),
        (Heaviside(x), TooNear),
        (Piecewise((1, x > 0), (2, True)), TooNear),
        (exp(exp(x + 10)), TooLarge),
        ((x + 10) ** 100_000, TooLarge),
        (y, Unknown),
        (sympy.Function("f")(x), Unknown),
    ],
)
def test_where_there_is_no_value_it_is_said_why(expr, why):
    with pytest.raises(why):
        evaluate(expr, {"x": evaluate(sympy.S.Zero, {})})


def test_a_constant_factor_is_found_if_it_is_simple():
    right = sin(x) * exp(y)
    for ratio in (-1, 2, Rational(1, 2), Rational(-3, 7), 12):
        assert constant_ratio(ratio * right, right) == ratio
    for other in (right, right + 1, x * right, pi * right, 1000 * right, sympy.S.Zero, STEP):
        assert constant_ratio(other, right) is None
    assert constant_ratio(3 * STEP, STEP) == 3
