"""Which words an answer may hold, and how a student is told of them."""

import pytest
import sympy

from bpkit.checking import AnswerError
from bpkit.checking.vocabulary import FUNCTIONS, GREEK, expected_names, listed, not_expected, plain_name

x = sympy.Symbol("x")
CAPITALS = "Capital and small letters differ."


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("x", "x"),
        ("σ", "sigma"),
        ("λ_1", "lamda_1"),
        ("w₂₄", "w24"),
        ("w₀₁₂₃₄₅₆₇₈₉", "w0123456789"),
        ("w_{24}", "w_24"),
        ("σ'", "sigma_prime"),
        ("ϕ", "phi"),
        ("ϕ'", "phi_prime"),
        ("ϵ_1", "epsilon_1"),
        ("ϑ", "theta"),
        ("σ’", "sigma_prime"),
        ("h′", "h_prime"),
        ("h''", "h''"),
        ("h'_1", "h'_1"),
        ("", ""),
    ],
)
def test_a_name_is_written_in_plain_letters(name, plain):
    assert plain_name(name) == plain


def test_every_greek_letter_has_the_name_by_which_sympy_writes_it():
    for letter, name in GREEK.items():
        assert sympy.pretty(sympy.Symbol(name), use_unicode=True) == letter


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["x"], "x"),
        (["x", "y"], "x and y"),
        (["x", "y", "z"], "x, y and z"),
        (["x", "a_1^2", "a_2^2", "w_24^3", "w_21^3", "b_10^2"], "x, a_j^l, w_jk^l and b_jk^l"),
        (["theta_1^2"], "theta_j^l"),
        (["a_1^2", "a_j"], "a_j^l and a_j"),
        (["a_12", "x^2", "a_1^2b"], "a_12, x^2 and a_1^2b"),
    ],
    ids=str,
)
def test_symbols_are_listed_as_in_a_sentence_the_indexed_ones_by_their_pattern(names, said):
    assert listed(names) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "The answer is a number."),
        (["x", "y"], "The answer is in x and y."),
        (["a_j"], "The answer is in a_j."),
        (["x", "a_1^2"], "The answer is in x and a_j^l, with numbers as indices."),
    ],
    ids=str,
)
def test_what_an_answer_may_hold_is_said_in_a_sentence(names, said):
    assert expected_names(names) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("q", "“q” is not expected here. The answer is in x and Theta."),
        ("X", f"“X” is not expected here: did you mean x? {CAPITALS}"),
        ("theta", f"“theta” is not expected here: did you mean Theta? {CAPITALS}"),
        ("SIN", f"“SIN” is not expected here: did you mean sin? {CAPITALS}"),
        ("х", "“х” (the character CYRILLIC SMALL LETTER HA) is not expected here. The answer is in x and Theta."),
        ("\ue000", "“U+E000” (the character without a name) is not expected here. The answer is in x and Theta."),
        ("χ", "“χ” is not expected here. The answer is in x and Theta."),
        ("хх", "“хх” is not expected here. The answer is in x and Theta."),
        ("q" * 31, f"“{'q' * 30}…” is not expected here. The answer is in x and Theta."),
    ],
    ids=ascii,
)
def test_a_name_that_is_not_expected_is_told_with_the_one_that_was_probably_meant(name, said):
    assert not_expected(name, iter(["x", "Theta"]), FUNCTIONS) == said


def test_without_a_table_only_symbols_are_suggested():
    assert not_expected("SIN", ["x"]) == "“SIN” is not expected here. The answer is in x."


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("factorial", [100], sympy.factorial(100)),
        ("factorial", [0], 1),
        ("relu", [x], sympy.Max(0, x)),
        ("ReLU", [-2], 0),
        ("arctan", [1], sympy.pi / 4),
        ("arcsin", [1], sympy.pi / 2),
        ("arccos", [0], sympy.pi / 2),
        ("ln", [x], sympy.log(x)),
        ("abs", [-x], sympy.Abs(x)),
        ("maximum", [1, x], sympy.Max(1, x)),
        ("minimum", [1, x], sympy.Min(1, x)),
        ("heaviside", [x], sympy.Heaviside(x)),
    ],
    ids=str,
)
def test_functions_have_their_usual_names_besides_sympys(name, arguments, value):
    assert FUNCTIONS[name](*map(sympy.sympify, arguments)) == value


@pytest.mark.parametrize("number", [101, -101, sympy.Rational(5, 2), x, sympy.oo, 10**30], ids=str)
def test_a_factorial_is_one_of_a_whole_number_up_to_a_hundred(number):
    with pytest.raises(AnswerError) as error:
        FUNCTIONS["factorial"](sympy.sympify(number))
    assert str(error.value) == "A factorial is read for whole numbers up to 100."
