"""A line set as it was typed."""

import json
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from bpkit.checking.parsing import parse, typeset
from bpkit.checking.typesetting import in_rows, symbol
from bpkit.checking.verdict import AnswerError
from bpkit.checking.vocabulary import SIGMOID, SIGMOID_PRIME

NAMES = ("x", "y", "u", "w1", "h", "dL_dh2", "a_1^2", "w_24^3", "theta1", "W1_T", "D2_g1")


def flat(formula):
    """Write a formula on one line: fractions with braces, brackets only where they are seen."""
    name, *parts = formula
    if name in ("mi", "mn", "mo", "mtext"):
        return parts[0].replace("\u2062", " ")
    told = [flat(part) for part in parts]
    signs = {
        "mfrac": "{}/{}",
        "msup": "{}^{}",
        "msub": "{}_{}",
        "msubsup": "{}_{}^{}",
        "msqrt": "√{}",
        "mroot": "{1}√{0}",
    }
    if name in signs:
        return signs[name].replace("{}", "{{{}}}").format(*told) if name == "mfrac" else signs[name].format(*told)
    return {"mtable": "; ", "mtr": ", "}.get(name, "").join(told)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("8(5x^3 - x - 1)(15x^2 - 1)", "8 (5 x^3−x−1) (15 x^2−1)"),
        ("1/2x", "{1}/{2}· x".replace("· ", "·")),
        ("0.25 x", "0.25 x"),
        ("x*3*2", "x·3·2"),
        ("-3x - -4", "−3 x−(−4)"),
        ("-(x + 1)", "−(x+1)"),
        ("x - (y - u)", "x−(y−u)"),
        ("(x - y) - u", "x−y−u"),
        ("x/y/u", "{{x}/{y}}/{u}"),
        ("1/x * y/u", "{1}/{x}·{y}/{u}"),
        ("2x/3", "{2 x}/{3}"),
        ("(x/y)^2", "({x}/{y})^2"),
        ("(x^y)^2", "(x^y)^2"),
        ("(-x)^2", "(−x)^2"),
        ("-x^2", "−x^2"),
        ("sin^2 x + ln(x)", "sin^2(x)+ln(x)"),
        ("exp(-x) + e^x", "e^−x+e^x"),
        ("sqrt(2x) + cbrt(y)", "√2 x+3√y"),
        ("|x - 1|", "|x−1|"),
        ("σ'(x) sigma(y)", "σ′(x) σ(y)"),
        ("max(0, x)", "max(0,x)"),
        ("log10(x)", "log_10(x)"),
        ("dL_dh2 * h", "{dL}/{dh_2}·h"),
        ("a_1^2 w_24^3", "a_1^2 w_24^3"),
        ("W1_T x", "W_1^T x"),
        ("θ₁", "θ_1"),
        ("1 if x >= 0 else y", "{1, if x≥0; y, otherwise"),
        ("Piecewise((1, x > 0), (0, True))", "{1, if x>0; 0, otherwise"),
        ("x > 0 and y < 1", "x>0 and y<1"),
        ("[1, x]", "[1,x]"),
        ("[[1, x], [y, 2]]", "[1, x; y, 2]"),
        ("array([0.  2.5 -1])", "[0,2.5,−1]"),
        ("1e-7", "1·10^−7"),
        (r"\frac{x}{2}", "{x}/{2}"),
        ("pi + oo", "π+∞"),
        ("factorial(x)", "x!"),
    ],
)
def test_a_line_is_set_as_it_was_typed(typed, shown):
    assert flat(typeset(typed, NAMES, SIGMOID | SIGMOID_PRIME)) == shown


def test_names_are_set_as_mathematics_writes_them():
    assert flat(symbol("D2_g1")) == "D_2g_1"
    assert flat(symbol("lamda")) == "λ"
    assert flat(symbol("z_j^l")) == "z_j^l"


def test_rows_of_unequal_length_end_with_nothing():
    assert flat(in_rows([[["mn", "1"]], [["mn", "2"], ["mn", "3"]]])) == "[1, ; 2, 3]"


@pytest.mark.parametrize("typed", ["x" + "+x" * 900, "x" + "*x" * 900])
def test_a_long_sum_or_product_is_set_however_long(typed):
    assert len(json.dumps(typeset(typed, NAMES))) > 10_000


@pytest.mark.parametrize("typed", ["x^(" * 30 + "x" + ")" * 30, "x^" * 300 + "x", "-" * 300 + "x", "x/" * 300 + "x"])
def test_what_is_nested_too_deeply_is_told(typed):
    with pytest.raises(AnswerError, match="nested"):
        typeset(typed + "^x" * 60, NAMES)


@pytest.mark.parametrize("typed", ["2x^(", "x + 1 = 3", "q", "__import__('os')", "[x for x in y]", "lambda: x"])
def test_what_cannot_be_taken_apart_is_told_as_the_parser_tells_it(typed):
    with pytest.raises(AnswerError) as told:
        typeset(typed, NAMES)
    with pytest.raises(AnswerError) as parsed:
        parse(typed, NAMES)
    assert str(told.value) == str(parsed.value)


def value(formula, at):
    """Compute a formula from how it looks, as a reader would."""
    name, *parts = formula
    if name == "mn":
        return Fraction(parts[0])
    if name == "mi":
        return at[parts[0]]
    if name == "mfrac":
        return value(parts[0], at) / value(parts[1], at)
    if name == "msup":
        return value(parts[0], at) ** value(parts[1], at)
    text = "".join(f"({value(part, at)!r})" if part[0] != "mo" else part[1] for part in parts)
    for seen, meant in (("\u2062", "*"), ("·", "*"), ("−", "-"), ("((", "("), ("))", ")")):
        text = text.replace(seen, meant) if seen in "\u2062·−" else text
    return eval(text, {"Fraction": Fraction})


TERMS = st.recursive(
    st.sampled_from(["x", "y", "2", "7"]),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["+", "-", "*", "/"]), part).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        st.tuples(part, st.sampled_from(["+", "-", "*", "/"]), part).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
        part.map(lambda one: f"-({one})"),
        part.map(lambda one: f"({one})^2"),
    ),
    max_leaves=8,
)


@given(TERMS)
def test_the_formula_means_what_is_read(typed):
    point = {"x": Fraction(3, 7), "y": Fraction(-5, 11)}
    try:
        read = parse(typed, ("x", "y"))
        seen = value(typeset(typed, ("x", "y")), point)
    except (AnswerError, ZeroDivisionError):
        return
    there = read.subs({name: sympy.Rational(v.numerator, v.denominator) for name, v in point.items()})
    assert there in (sympy.zoo, sympy.nan) or sympy.Rational(seen.numerator, seen.denominator) == there
