"""Values to 60 digits: each operation's is the true one; where there is none, it is said why."""

import mpmath
import pytest
import sympy
from sympy import (
    And,
    DiracDelta,
    Eq,
    Float,
    Ge,
    Gt,
    Heaviside,
    I,
    Le,
    Lt,
    Max,
    Min,
    Ne,
    Not,
    Or,
    Piecewise,
    Symbol,
    ceiling,
    exp,
    floor,
    log,
    sign,
    sin,
    sqrt,
    symbols,
)
from sympy import Rational as R

from bpkit.checking.evaluation import (
    CONTEXT,
    KINK,
    OPERATIONS,
    Program,
    TooLarge,
    TooNear,
    Undefined,
    Unknown,
    evaluate,
    program,
)
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime

x, y, t = symbols("x y t")
TRUE = CONTEXT.mpf(10) ** -57


def number(value):
    """Turn a SymPy number into one of the checker's."""
    real, imaginary = (CONTEXT.mpf(str(part)) for part in sympy.sympify(value).evalf(70).as_real_imag())
    return CONTEXT.mpc(real, imaginary) if imaginary else real


def at(expr, real=True, **point):
    return evaluate(expr, {name: number(value) for name, value in point.items()}, real)


def same(found, true):
    return abs(found - true) <= TRUE * max(1, abs(true))


SMOOTH = [
    function
    for function in OPERATIONS
    if issubclass(function, sympy.Function)
    and function not in (sympy.sign, Heaviside, DiracDelta, floor, ceiling, Max, Min)
]
# Each function at points where it is real, if it is.
BEYOND_ONE = (sympy.asec, sympy.acsc, sympy.acosh, sympy.acoth)


@pytest.mark.parametrize("function", SMOOTH, ids=lambda f: f.__name__)
def test_a_function_has_its_true_value(function):
    for place in (R(7, 5), R(13, 3)) if function in BEYOND_ONE else (R(2, 7), R(5, 8)):
        true = function(place).rewrite(exp) if function in (sigmoid, sigmoid_prime) else function(place)
        assert same(at(function(x), x=place), number(true))
    for place in (R(2, 7) + I * R(3, 5), -R(13, 3) - I * R(1, 4)):
        true = function(place).rewrite(exp) if function in (sigmoid, sigmoid_prime) else function(place)
        assert same(at(function(x), False, x=place), number(true))


def test_sigma_and_its_slope_are_what_they_are_defined_to_be():
    for place in (-3, R(1, 7), 20):
        assert same(at(sigmoid(x), x=place), number(1 / (1 + exp(-place))))
        assert same(at(sigmoid_prime(x), x=place), number(exp(-place) / (1 + exp(-place)) ** 2))


@pytest.mark.parametrize("constant", [sympy.pi, sympy.E, sympy.EulerGamma, sympy.GoldenRatio, R(22, 7), sympy.S(-3)])
def test_a_constant_has_its_true_value(constant):
    assert same(at(constant), number(constant))


def test_a_float_is_the_decimal_that_it_is_written_as():
    assert same(at(Float(0.1)), number(R(1, 10)))
    assert same(at(Float("2.5e-7")), number(R(1, 4 * 10**6)))


def test_sums_and_products_take_every_part():
    assert at(x + y + t + 10, x=1, y=2, t=4) == 17
    assert at(3 * x * y * t, x=2, y=5, t=7) == 210


@pytest.mark.parametrize("exponent", [-7, -3, -2, -1, 2, 3, 7])
@pytest.mark.parametrize("base", [R(-3, 2), R(5, 4), 1 + 2 * I])
def test_a_whole_power_is_multiplied_out(base, exponent):
    assert same(at(x**exponent, False, x=base), number(sympy.expand(base**exponent)))


@pytest.mark.parametrize("exponent", [R(-5, 2), R(1, 3), sympy.pi, R(7, 4)], ids=str)
def test_a_root_of_a_positive_number_is_real_and_of_a_negative_one_is_not(exponent):
    assert same(at(x**exponent, x=3), number(3**exponent))
    assert same(at(x**y, x=3, y=exponent), number(3**exponent))
    assert same(at(x**exponent, False, x=-3), number((-3) ** exponent))
    with pytest.raises(Undefined, match=r"^not real$"):
        at(x**exponent, x=-3)


def test_a_power_of_zero_is_zero_where_it_has_a_value():
    assert at(x**3, x=0) == at(x**20_000, x=0) == at(sqrt(x), x=0) == at(x**y, x=0, y=2) == 0
    assert at(x**y, x=2, y=0) == 1


def test_powers_are_computed_as_long_as_they_have_not_too_many_digits():
    for exponent in (15_000, -15_000):
        assert same(at(x**exponent, x=R(3, 2)) / number(R(3, 2) ** exponent), 1)
        assert same(at(x**y, x=R(3, 2), y=exponent) / number(R(3, 2) ** exponent), 1)


def test_the_exponential_is_computed_up_to_ten_thousand():
    assert same(CONTEXT.log(at(exp(x), x=10_000)), 10_000)
    assert same(CONTEXT.log(at(exp(x), x=-10_000)), -10_000)


@pytest.mark.parametrize("function", [sympy.sin, sympy.cos, sympy.atan, sympy.asinh, sympy.erf, sympy.re], ids=str)
def test_what_stays_small_is_computed_far_out_too(function):
    for place in (10**20, -(10**20)):
        assert same(at(function(x), x=place), number(function(sympy.S(place))))
    farthest = CONTEXT.mpf(2) ** 15_000
    assert abs(evaluate(function(x), {"x": farthest})) <= farthest
    with pytest.raises(TooLarge, match=r"^the argument of a function$"):
        evaluate(function(x), {"x": 2 * farthest})


GROWING = [exp, sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch, sympy.gamma, sympy.factorial]


@pytest.mark.parametrize("function", [*GROWING, sigmoid, sigmoid_prime], ids=str)
def test_what_grows_like_the_exponential_is_computed_up_to_ten_thousand(function):
    assert CONTEXT.isfinite(at(function(x), x=10_000))
    with pytest.raises(TooLarge):
        at(function(x), x=10_001)


def test_what_comes_out_real_is_real_whatever_the_way_there():
    assert isinstance(at(sqrt(x) ** 2, False, x=-3), CONTEXT.mpf)
    assert same(at(Max(sqrt(x) ** 2, -8), False, x=-4), -4)


def test_i_is_a_value_only_where_values_need_not_be_real():
    assert at(I * x, False, x=3) == CONTEXT.mpc(0, 3)
    with pytest.raises(Undefined, match=r"^not real$"):
        at(I * x, x=3)
    with pytest.raises(Undefined):
        Program(sqrt(x)).at({"x": CONTEXT.mpf(-4)})
    with pytest.raises(Undefined):
        evaluate(sqrt(x), {"x": CONTEXT.mpf(-4)})


def test_steps_and_pieces_are_on_the_side_where_they_belong():
    for expr, left, right in (
        (sign(x), -1, 1),
        (Heaviside(x), 0, 1),
        (Heaviside(x, 7), 0, 1),
        (DiracDelta(x), 0, 0),
        (sympy.Abs(x), R(3, 2), R(3, 2)),
        (floor(x), -2, 1),
        (ceiling(x), -1, 2),
        (Max(x, 0, R(1, 2)), R(1, 2), R(3, 2)),
        (Min(x, 0, R(1, 2)), R(-3, 2), 0),
    ):
        assert (at(expr, x=R(-3, 2)), at(expr, x=R(3, 2))) == (left, right)


def test_a_whole_number_is_its_own_floor_and_ceiling():
    assert at(floor(x), x=3) == at(ceiling(x), x=3) == 3


RELATIONS = [
    (Lt, True, False, False),
    (Le, True, True, False),
    (Gt, False, False, True),
    (Ge, False, True, True),
    (Eq, False, True, False),
    (Ne, True, False, True),
]


@pytest.mark.parametrize(("relation", "less", "equal", "greater"), RELATIONS, ids=lambda r: getattr(r, "__name__", r))
def test_a_comparison_tells_less_from_equal_from_greater(relation, less, equal, greater):
    assert at(relation(x, y), x=-1, y=1) is less
    assert at(relation(x, y), x=1, y=-1) is greater
    assert at(relation(x, y), x=10**50, y=-(10**50)) is greater
    # Two numbers that are equal are no kink that a point has come too near to.
    assert at(relation(sympy.S(2), 2, evaluate=False)) is equal


def test_conditions_are_joined_as_they_are_read():
    left, right = x > 0, y > 0
    for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        assert at(And(left, right), x=a, y=b) is (a > 0 and b > 0)
        assert at(Or(left, right), x=a, y=b) is (a > 0 or b > 0)
    assert evaluate(Not(t), {"t": True}) is False
    assert at(sympy.true) is True
    assert at(sympy.false) is False


def test_only_the_piece_that_is_chosen_is_computed():
    expr = Piecewise((log(x), x > 0), (1 / (x + 1), x > -1), (x, True))
    assert same(at(expr, x=2), number(log(2)))
    assert at(expr, x=R(-1, 2)) == 2
    assert at(expr, x=-1 - R(1, 2)) == R(-3, 2)
    assert at(Piecewise((1, x > 0), (2, x > 1)), x=5) == 1


def test_pieces_and_their_conditions_may_be_complex_where_values_may():
    expr = Piecewise((sqrt(x), sympy.Abs(sqrt(x)) < 1), (5, True))
    assert same(at(expr, False, x=R(-1, 4)), CONTEXT.mpc(0, 0.5))
    with pytest.raises(Undefined):
        at(expr, x=R(-1, 4))
    with pytest.raises(Undefined):
        at(Piecewise((1, sympy.Abs(sqrt(x)) < 1), (5, True)), x=R(-1, 4))
    with pytest.raises(Undefined):
        at(Piecewise((sqrt(x), x < 0), (5, True)), x=-4)


NO_VALUE = [
    (1 / x, 0, Undefined, "outside the domain"),
    (x**-2, 0, Undefined, "outside the domain"),
    (sympy.cot(x), 0, Undefined, "outside the domain"),
    (sympy.gamma(x), 0, Undefined, "outside the domain"),
    (sympy.factorial(x), -1, Undefined, "outside the domain"),
    (sympy.atanh(x), 1, Undefined, "not finite"),
    (1 / sqrt(x), 0, Undefined, "a power of zero"),
    (x**x, 0, Undefined, "a power of zero"),
    (log(x), 0, Undefined, "the logarithm of zero"),
    (log(x), -1, Undefined, "not real"),
    (Piecewise((1, x > 1)), 0, Undefined, "no branch holds"),
    (sign(x), 0, TooNear, "the jump"),
    (Heaviside(x), 0, TooNear, "the jump"),
    (DiracDelta(x), 0, TooNear, "the jump"),
    (sign(x), -(R(10) ** -41), TooNear, "the jump"),
    (floor(x), 3 - R(10) ** -41, TooNear, "the jump"),
    (ceiling(x), 3 + R(10) ** -41, TooNear, "the jump"),
    (Piecewise((1, x > 0), (2, True)), 0, TooNear, "where the comparison changes"),
    (Piecewise((1, x < -(R(10) ** -45)), (2, True)), 0, TooNear, "where the comparison changes"),
    (Piecewise((1, x > 10**50), (2, True)), 10**50 + 10**9, TooNear, "where the comparison changes"),
    (Gt(2 + R(10) ** -50, 2, evaluate=False), 0, TooNear, "where the comparison changes"),
    (exp(x), 10_001, TooLarge, "the argument of a function"),
    (exp(x), -10_001, TooLarge, "the argument of a function"),
    (sigmoid(x), -10_001, TooLarge, "the argument of a function"),
    (x**15_001, R(3, 2), TooLarge, "a power"),
    (x**-15_001, R(3, 2), TooLarge, "a power"),
    (x**15_001, R(3, 10), TooLarge, "a power"),
    (x ** (15_000 + R(1, 2)), R(3, 2), TooLarge, "a power"),
    (x ** (-15_000 - R(1, 2)), R(3, 2), TooLarge, "a power"),
    (y, 0, Unknown, "y"),
    (x + sin(y), 0, Unknown, "y"),
    (sympy.Function("f")(x), 0, Unknown, "f"),
    (sympy.zeta(x), 3, Unknown, "zeta"),
    (sympy.Mul(x, sympy.nan, evaluate=False), 0, Unknown, "NaN"),
    (sympy.Derivative(x**2, x), 0, Unknown, "Derivative"),
]


@pytest.mark.parametrize(("expr", "place", "why", "said"), NO_VALUE, ids=str)
def test_where_there_is_no_value_it_is_said_why(expr, place, why, said):
    with pytest.raises(why) as caught:
        at(expr, x=place)
    assert (caught.type, str(caught.value)) == (why, said)


COMPLEX = [sign(x), Heaviside(x), floor(x), ceiling(x), Max(x, 1), Min(1, x), Gt(x, y), Gt(y, x)]


@pytest.mark.parametrize("expr", COMPLEX, ids=str)
def test_complex_numbers_have_no_order(expr):
    with pytest.raises(Undefined, match=r"^complex numbers have no (order|sign)$"):
        at(expr, False, x=1 + I, y=3)


def test_a_complex_power_of_zero_has_no_value():
    with pytest.raises(Undefined, match=r"^a power of zero$"):
        at(x**y, False, x=0, y=1 + I)


def test_as_far_from_a_jump_as_rounding_cannot_reach_a_side_is_told():
    assert evaluate(sign(x), {"x": KINK}) == 1
    assert evaluate(floor(x), {"x": KINK}) == 0
    assert evaluate(Gt(x, 0), {"x": KINK}) is True
    assert at(floor(x), x=3 - R(10) ** -39) == 2


def test_an_unheard_of_comparison_is_unknown():
    class Nearly(Eq):
        pass

    with pytest.raises(Unknown, match=r"^Nearly$"):
        evaluate(Nearly(x, y, evaluate=False), {"x": CONTEXT.one, "y": CONTEXT.zero})


def test_symbols_are_told_apart_by_name_alone():
    assert at(Symbol("x", positive=True) + 1, x=-3) == -2


def test_what_is_known_of_a_part_is_not_computed_again_and_the_whole_is_remembered():
    memo = {sin(x): CONTEXT.mpf(5)}
    assert evaluate(sin(x) + 1, {}, memo=memo) == 6
    assert memo == {sin(x): 5, sin(x) + 1: 6}
    assert evaluate(sin(x) ** 2 + 1, {}, memo=memo) == 26
    assert evaluate(sin(x), {"x": CONTEXT.zero}, memo=memo) == 5


def test_with_a_memo_too_values_are_real_unless_they_need_not_be():
    point = {"x": CONTEXT.mpf(-4)}
    with pytest.raises(Undefined):
        evaluate(sqrt(x), point, memo={})
    assert same(evaluate(sqrt(x), point, False, {}), CONTEXT.mpc(0, 2))


def test_each_part_is_computed_once():
    assert len(program(sin(x) + sin(x) ** 2 + x).steps) == 4
    assert program(sin(x) + 1) is program(sin(x) + 1)


def test_values_have_sixty_digits_and_more_when_asked():
    expr = sin(1) ** R(5, 2) / sympy.gamma(R(1, 3))
    with mpmath.workdps(90):
        true = mpmath.sin(1) ** mpmath.mpf("2.5") / mpmath.gamma(mpmath.mpf(1) / 3)
        assert abs(mpmath.mpf(evaluate(expr, {})) - true) < mpmath.mpf(10) ** -59
        with CONTEXT.workdps(80):
            assert abs(mpmath.mpf(Program(expr).at({})) - true) < mpmath.mpf(10) ** -79


def test_nobody_elses_precision_is_changed():
    before = mpmath.mp.dps
    with CONTEXT.workdps(200):
        at(sin(x) ** 2, x=1)
        assert mpmath.mp.dps == before
