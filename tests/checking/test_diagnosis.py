"""What is said of a wrong answer: the one explanation that fits, or none."""

import pytest
import sympy
from sympy import Heaviside, Max, Piecewise, Rational, Symbol, cos, exp, log, pi, sin, sqrt, symbols

from bpkit.checking import Mistake, diagnosis
from bpkit.checking.diagnosis import ALL_ZEROS, diagnose, equal_to
from bpkit.checking.misconceptions import SENTENCES, constant_factor, find, sentence
from bpkit.checking.points import points_in
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime

pytestmark = pytest.mark.usefixtures("patient")
x, y, z, w = symbols("x y z w")
RIGHT = (x**2 + y * z) * exp(z)


def found(given, expected, **mistakes):
    """Diagnose `given`; each mistake's slug is its name here, with - for _."""
    listed = [Mistake(slug.replace("_", "-"), result) for slug, result in mistakes.items()]
    return told(given, expected, listed)


def told(given, expected, mistakes=()):
    given, expected = map(sympy.sympify, (given, expected))
    names = frozenset(symbol.name for symbol in given.free_symbols | expected.free_symbols)
    return diagnose(given, expected, mistakes, points_in(names))


def slug(given, expected, **mistakes):
    reason = found(given, expected, **mistakes)
    assert reason is None or reason.said.startswith(("Only", "This is zero", sentence(reason.slug)))
    return reason and reason.slug


# Three mistakes that nothing simple explains: each changes one factor or term.
ODD = {"bias_missing": (x**2 + y * z + w**5) * exp(z), "one_term": (x**2 + y * z) * (exp(z) + w**3)}


def test_a_known_mistake_is_named_in_whatever_form_it_comes():
    assert slug(sympy.expand(ODD["bias_missing"]), RIGHT, **ODD) == "bias-missing"
    assert slug(ODD["one_term"], RIGHT, **ODD) == "one-term"
    assert found(ODD["one_term"], RIGHT, **ODD).said == SENTENCES["one-term"]
    assert slug(ODD["one_term"] + sin(w), RIGHT, **ODD) is None


def test_a_known_mistake_comes_before_everything_else():
    for simple in (0, 7, -RIGHT, 2 * RIGHT, RIGHT + 1, RIGHT * x, RIGHT.subs({y: z, z: y}, simultaneous=True)):
        assert slug(simple, RIGHT, one_term=sympy.S(simple)) == "one-term"


def test_mistakes_that_lead_to_one_result_are_not_told_apart():
    odd = ODD["one_term"]
    assert slug(odd, RIGHT, one_term=odd, bias_missing=odd) is None
    assert told(odd, RIGHT, [Mistake("one-term", odd)] * 2).slug == "one-term"
    assert told(odd, RIGHT, [Mistake("bias-missing+sigma-missing", odd), Mistake("one-term", odd)]).slug == "one-term"
    both = told(odd, RIGHT, [Mistake("bias-missing+sigma-missing", odd)])
    assert both.said == sentence("bias-missing+sigma-missing")


def test_a_mistake_that_is_no_expression_explains_no_expression():
    strange = [Mistake("one-term", "x"), Mistake("bias-missing", sympy.Matrix([RIGHT])), Mistake("sign", None)]
    assert told(2 * RIGHT, RIGHT, strange).slug == "constant-factor"


@pytest.mark.parametrize("given", [-336, 672, 337, 168, 335.9, Rational(1, 3)])
def test_of_one_number_that_is_asked_for_nothing_simple_is_told(given):
    assert slug(given, 336) is None
    assert slug(given, 336, one_term=sympy.sympify(given)) == "one-term"
    assert slug(given * x, 336) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0.3", "1/3"),
        ("0.33", "1/3"),
        ("0.33333333333", "1/3"),
        ("-0.67", "-2/3"),
        ("0.12", "1/8"),
        ("0.13", "1/8"),
        ("3.14", "pi"),
        ("3.1", "pi"),
        ("1.41421", "sqrt(2)"),
    ],
)
def test_a_decimal_that_is_right_in_its_own_digits_is_called_rounded(given, expected):
    assert slug(Rational(given), sympy.sympify(expected)) == "rounded"
    assert slug(sympy.Float(float(given)), sympy.sympify(expected)) == "rounded"


def test_nought_is_no_attempt_at_a_number_either():
    assert found(0, 336) == ALL_ZEROS
    assert slug(0, 336, one_term=sympy.S.Zero) == "one-term"


def test_a_mistake_is_named_where_its_number_comes_rounded():
    mistakes = {"one_term": exp(-1), "bias_missing": sympy.S(2) / 3, "sigma_missing": x}
    assert slug(Rational("0.368"), exp(-2), **mistakes) == slug(0.3679, exp(-2), **mistakes) == "one-term"
    assert slug(Rational("0.67"), exp(-2), **mistakes) == "bias-missing"
    assert slug(Rational("0.37"), exp(-2), **mistakes, sign=Rational("0.371")) is None
    assert slug(Rational("0.14"), exp(-2), one_term=Rational("0.141")) == "rounded"


def test_where_one_result_has_two_names_no_pair_is_looked_for():
    odd = ODD["one_term"]
    pair = {"weight_missing": odd / x, "sigma_missing": RIGHT * x}
    assert slug(odd, RIGHT, **pair) == "sigma-missing+weight-missing"
    assert slug(odd, RIGHT, **pair, one_term=odd, bias_missing=odd) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0.34", "1/3"),
        ("0.32", "1/3"),
        ("0.14", "1/8"),
        ("0.11", "1/8"),
        ("3.15", "pi"),
        ("3", "pi"),  # a whole number may be meant
        ("0.333333333333", "1/3"),
        ("22/7", "pi"),
        ("0.33", "zeta(3)"),
    ],
)
def test_a_number_that_is_not_rounded_rightly_is_not_called_so(given, expected):
    assert slug(Rational(given), sympy.sympify(expected)) is None


def test_where_an_expression_is_asked_for_no_number_is_called_rounded():
    assert slug(Rational("3.14"), pi * x) == "not-varying"


def test_a_turned_sign_is_named_and_by_the_name_that_the_exercise_has_for_it():
    assert slug(-RIGHT, RIGHT) == "sign"
    assert slug(sympy.expand(-RIGHT), RIGHT, **ODD) == "sign"
    assert slug(-RIGHT, RIGHT, difference_reversed=-RIGHT) == "difference-reversed"


def test_nought_and_what_never_varies_are_no_attempts():
    for nought in (0, sympy.Float(0), Max(0, -(x**2))):
        assert found(nought, RIGHT) == ALL_ZEROS
    assert found(0, x, one_term=2 * x) == ALL_ZEROS
    for number in (7, pi, -1, Rational(1, 2)):
        assert slug(number, RIGHT) == "not-varying"
    assert slug(7 + w, RIGHT) is None


def test_nought_in_disguise_is_nought():
    assert found(sin(x) ** 2 + cos(x) ** 2 - 1, RIGHT) == ALL_ZEROS


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (x**2 * exp(z), "term-missing"),
        ((x**2 - y * z) * exp(z), "term-sign"),
        ((x**3 + y * z) * exp(z), "exponent-off"),
        ((x + y * z) * exp(z), "exponent-off"),
        ((x**2 + z) * exp(z), "factor-missing"),
        (x**2 + y * z, "factor-missing"),
        (RIGHT * y, "factor-extra"),
        (RIGHT * exp(z), "factor-extra"),
        (x**2 * exp(z) + y * z, "factor-missing"),  # the bracket multiplied out
        ((z**2 + y * x) * exp(x), "variables-swapped"),
    ],
    ids=str,
)
def test_a_slip_is_named(given, said):
    assert slug(given, RIGHT) == said
    assert slug(sympy.expand(given), RIGHT) == said


def test_an_exchanged_function_is_named():
    assert slug(x * cos(x), x * sin(x)) == "functions-swapped"


def test_a_result_of_two_kinds_of_slip_is_not_named():
    assert slug(x**3 * sin(y), x**2 * sin(y)) is None  # an exponent that is off, or a factor too many


@pytest.mark.parametrize(
    ("given", "expected", "factor"),
    [
        (x**2 + y, (x**2 + y) * sigmoid_prime(z), "divided by σ'(z)"),
        ((x + y) * sigmoid(w) ** 2, (x + y) * sigmoid(w), "times σ(w)"),
        (y + z, (y + z) * exp(2 * x), "divided by exp(2·x)"),
        ((y + z) / cos(x**3), (y + z) / cos(x**3) / x, "times x"),
        ((y + z) * cos(x**2) ** 2, (y + z) * cos(x**2), "times cos(x^2)"),
    ],
    ids=str,
)
def test_a_factor_that_is_missing_or_too_many_is_told_where_it_is_simple(given, expected, factor):
    reason = found(given, expected)
    assert reason.said == f"{SENTENCES[reason.slug]} Everywhere yours is the right value {factor}."
    assert reason.slug == ("factor-extra" if "times" in factor else "factor-missing")


def test_a_factor_of_more_than_twenty_letters_is_not_told():
    for letters in (20, 21):
        name = "a" * letters
        reason = found(y + z, (y + z) * Symbol(name))
        assert (name in reason.said) is (letters == 20)
        assert reason.said.startswith(SENTENCES["factor-missing"])
        assert reason.slug == "factor-missing"


def test_two_mistakes_in_two_factors_multiply():
    both = (x**2 + y * z + w**5) * (exp(z) + w**3)
    assert slug(sympy.expand(both), RIGHT, **ODD) == "bias-missing+one-term"
    assert found(both, RIGHT, **ODD).said == sentence("bias-missing+one-term")
    assert slug(both + w, RIGHT, **ODD) is None


def test_two_mistakes_in_two_terms_add_up():
    right = exp(x) + sin(y) * z
    mistakes = {"sigma_twice": exp(exp(x)) + sin(y) * z, "bias_missing": exp(x) + sin(y + z)}
    assert slug(exp(exp(x)) + sin(y + z), right, **mistakes) == "bias-missing+sigma-twice"


def test_a_turned_sign_may_be_one_of_two_under_the_name_that_it_has():
    odd = ODD["one_term"]
    assert slug(-odd, RIGHT, one_term=odd) == "one-term+sign"
    reversed_too = [Mistake("one-term", odd), Mistake("difference-reversed", -RIGHT)]
    assert told(-odd, RIGHT, reversed_too).slug == "difference-reversed+one-term"
    two_names = [*reversed_too, Mistake("ascent", -RIGHT)]
    assert told(-odd, RIGHT, two_names).slug == "one-term+sign"


def test_two_at_once_are_of_two_kinds_and_each_of_them_single():
    both = (x**2 + y * z + w**5) * (exp(z) + w**3)
    for slugs in (("bias-missing", "bias-missing"), ("bias-missing", "one-term+sigma-missing")):
        mistakes = [Mistake(slug, result) for slug, result in zip(slugs, ODD.values(), strict=True)]
        assert told(both, RIGHT, mistakes) is None


def test_of_several_pairs_none_is_named():
    both = ODD["bias_missing"] * ODD["one_term"] / RIGHT
    other, rest = RIGHT * cos(w), both / cos(w)
    assert slug(both, RIGHT, **ODD, weight_missing=other) == "bias-missing+one-term"
    assert slug(both, RIGHT, **ODD, weight_missing=other, sigma_missing=rest) is None


def test_two_mistakes_that_would_have_to_undo_each_other_are_not_named():
    undone = {"weight_missing": RIGHT * 3 * cos(w), "sigma_missing": RIGHT / cos(w)}
    assert slug(3 * RIGHT, RIGHT, **undone) == "constant-factor"
    undone_by_sum = {"weight_missing": RIGHT * 2 + cos(w), "sigma_missing": RIGHT * 2 - cos(w)}
    assert slug(3 * RIGHT, RIGHT, **undone_by_sum) == "constant-factor"
    assert slug(6 * RIGHT, RIGHT, mse_mean=2 * RIGHT, weight_missing=3 * RIGHT) == "mse-mean+weight-missing"


def test_a_mistake_that_leads_to_a_number_is_no_half_of_two():
    odd = ODD["one_term"]
    assert slug(odd, RIGHT, zero_everywhere=sympy.S.One, bias_missing=odd * RIGHT) is None


def test_a_pair_is_named_only_where_it_has_enough_values():
    right, both = x * cos(y), (x**2 + 1) * sin(2 * y)
    assert slug(both, right, one_term=(x**2 + 1) * cos(y), bias_missing=x * sin(2 * y)) == "bias-missing+one-term"
    nowhere = log(-1 - x**2)
    assert slug(both, right, one_term=nowhere * right, bias_missing=both / nowhere) is None


def test_one_slip_explains_better_than_two_mistakes_and_two_better_than_a_missing_factor():
    right = x**2 + sin(y) + z
    half_each = {"one_term": x**2 + sin(y) + 5 * z, "bias_missing": x**2 + sin(y) - 4 * z}
    assert slug(x**2 + sin(y), right, **half_each) == "term-missing"
    right = x * sin(y) * exp(z)
    half_each = {"one_term": 2 * sin(y) * exp(z), "bias_missing": right / 2}
    assert slug(sin(y) * exp(z), right) == "factor-missing"
    assert slug(sin(y) * exp(z), right, **half_each) == "bias-missing+one-term"


def test_two_mistakes_inside_one_function_are_named():
    inside = w * x + sin(y)
    mistakes = {"weight_missing": sigmoid(x + sin(y)), "bias_missing": sigmoid(w * x + sin(y) ** 2 + z)}
    both = sigmoid(x + sin(y) ** 2 + z)
    assert slug(both, sigmoid(inside), **mistakes) == "bias-missing+weight-missing"
    others = {"sigma_missing": x + sin(y), "sigma_twice": Max(x + sin(y), y)}
    assert slug(both, sigmoid(inside), bias_missing=mistakes["bias_missing"], **others) is None
    assert slug(exp(both.args[0]), sigmoid(inside), **mistakes) is None


def test_in_a_function_of_two_there_is_no_inside():
    mistakes = {"weight_missing": Max(x, y**3), "bias_missing": Max(x**5, y)}
    assert slug(Max(x**5, y**3), Max(x, y), **mistakes) is None


@pytest.mark.parametrize("factor", [2, Rational(1, 2), -3, Rational(-7, 12), 99, Rational(5, 3)], ids=str)
def test_a_simple_constant_factor_is_told(factor):
    reason = found(factor * RIGHT, RIGHT)
    text = str(factor).replace("-", "−")
    assert reason.slug == "constant-factor"
    assert f"yours is {text} times the right value" in reason.said


@pytest.mark.parametrize("factor", [pi, Rational(1, 13), 100, -100, 1000, sqrt(2), Rational(1001, 1000)], ids=str)
def test_a_constant_factor_that_is_not_simple_is_not_told(factor):
    reason = found(factor * RIGHT, RIGHT)
    assert (reason.slug, reason.said) == ("constant-factor", SENTENCES["constant-factor"])


def test_a_factor_is_simple_within_a_billionth():
    assert constant_factor(2 * (1 + 1e-10)) == constant_factor(2)
    assert constant_factor(-0.75 * (1 + 1e-10)) == constant_factor(-0.75)
    for near in (2 * (1 + 1e-8), 0.5 + 4e-9, 1e-9, -2 * (1 + 1e-8)):
        assert constant_factor(near) == SENTENCES["constant-factor"]


def test_a_constant_that_is_added_is_told_but_not_which():
    for shift in (1, -pi, Rational(1, 7)):
        reason = found(RIGHT + shift, RIGHT)
        assert (reason.slug, reason.said) == ("constant-off", SENTENCES["constant-off"])
    assert found(RIGHT + w**2, RIGHT) is None


def test_constants_are_told_of_pieces_too_where_both_sides_agree():
    right = Max(0, z)
    assert slug(3 * right, right) == "constant-factor"
    assert slug(right + 3, right) == "constant-off"
    assert slug(3 * right + Heaviside(-z), right) is None
    assert slug(3 * right - 1000 * Heaviside(z - 30) * (z - 30), right) is None


def test_constants_are_told_of_what_is_defined_on_a_small_part_only():
    right = log(x) * log(y) * log(z) * log(w) * log(Symbol("v"))
    for given, said in ((3 * right, "constant-factor"), (right + 3, "constant-off")):
        assert slug(given, right) == said
    seen_nowhere = log(-1 - x**2) * x
    assert slug(3 * seen_nowhere, seen_nowhere) is None


def test_where_a_piece_is_missing_that_is_what_is_wrong():
    right = Piecewise((z, z > 0), (0, True))
    assert slug(Piecewise((3 * z, z > 0)), right) is None
    assert slug(Piecewise((z + 3, z > 0)), right) is None
    both = {"one_term": sin(z) * right, "bias_missing": exp(z) * right}
    assert slug(sin(z) * exp(z) * right, right, **both) == "bias-missing+one-term"
    assert slug(sin(z) * exp(z) * Piecewise((z, z > 0)), right, **both) is None


def test_of_two_mistakes_the_first_sentence_of_each_is_said():
    assert sentence("sign") == SENTENCES["sign"]
    said = sentence("bias-repeated+bias-slope")
    assert said.startswith("Two things at once. ")
    assert said.count(SENTENCES["bias-repeated"].split(";")[0]) == 1
    first = next(slug for slug, text in SENTENCES.items() if ". " in text)
    asking = next(slug for slug, text in SENTENCES.items() if "? " in text and ". " not in text)
    beginning = SENTENCES[first].split(". ")[0] + "."
    question = SENTENCES[asking].split("? ")[0] + "?"
    assert sentence(f"{first}+{asking}") == f"Two things at once. {beginning} {question}"


def test_a_search_that_takes_too_long_is_given_up(monkeypatch):
    def for_ever(_):
        while True:
            pass

    monkeypatch.setattr(diagnosis, "SECONDS", 0.05)
    monkeypatch.setattr(diagnosis, "slips", for_ever)
    assert found(2 * RIGHT, RIGHT) is None


def test_what_is_equal_to_an_expression_is_told_from_what_is_not():
    equal = equal_to(sin(x) ** 2, points_in(frozenset({"x"})))
    assert equal(1 - cos(x) ** 2)
    for other in (cos(x) ** 2, sin(x) ** 2 + Rational(1, 10**12), "sin(x)**2", None, sympy.Matrix([sin(x) ** 2])):
        assert not equal(other)
    nowhere = equal_to(sqrt(x - 10), points_in(frozenset({"x"})))
    assert not nowhere(sqrt(x - 11))


def test_one_kind_of_mistake_is_found_and_of_several_none():
    def find_(*slugs):
        return find(Mistake(slug, None) for slug in slugs)

    assert find_() is None
    assert find_("a") == find_("a", "a") == find_("b+c", "a") == "a"
    assert find_("b+c") == "b+c"
    assert find_("a", "b") is find_("a", "b", "c+d") is find_("a+b", "c+d") is None


def test_a_factor_that_is_a_sum_is_told_in_brackets():
    said = told(sin(x), (x + y) * sin(x)).said
    assert said == f"{SENTENCES['factor-missing']} Everywhere yours is the right value divided by (x + y)."


def test_where_single_mistakes_cannot_be_told_apart_no_two_are_joined():
    pair = [Mistake("wrong-row", x**3), Mistake("sigma-missing", y)]
    assert told(x**2, x * y, pair).slug == "sigma-missing+wrong-row"
    either = [Mistake("one-term", x**2), Mistake("bias-missing", x**2)]
    assert told(x**2, x * y, [*pair, *either]) is None


def test_two_mistakes_in_one_factor_are_not_joined():
    def both(one, other):
        return [Mistake("wrong-row", x**3, frozenset(one)), Mistake("sigma-missing", y, frozenset(other))]

    assert told(x**2, x * y, both({0}, {1})).slug == "sigma-missing+wrong-row"
    assert told(x**2, x * y, both({0, 1}, {1, 2})) is None
