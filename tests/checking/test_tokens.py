"""Pen and paper become Python's notation piece by piece, and each piece knows where it stood."""

import pytest
import sympy

from bpkit.checking import AnswerError
from bpkit.checking.tokens import indexed_symbol, tokenize
from bpkit.checking.vocabulary import FUNCTIONS, SIGMOID

SYMBOLS = ("x", "y", "u", "v", "a", "b", "ab", "uv2", "a_j", "lamda", "w2", "h1", "n", "a_1^2", "w_24^3", "sigma_1^2")
NAMES = {name: sympy.Symbol(name) for name in SYMBOLS}
TABLE = FUNCTIONS | SIGMOID

# text; its pieces; whether each is a number, a name, a keyword or a sign; where in the text it comes from
PIECES = [
    # multiplication
    ("2x", "2 * x", "nsn", "0 1 1"),
    ("2(x)", "2 * ( x )", "nssns", "0 1 1 2 3"),
    ("(x)(y)", "( x ) * ( y )", "snsssns", "0 1 2 3 3 4 5"),
    ("x(y)", "x * ( y )", "nssns", "0 1 1 2 3"),
    ("x 2 y", "x * 2 * y", "nsnsn", "0 2 2 4 4"),
    ("2pi", "2 * pi", "nsn", "0 1 1"),
    ("3.x", "3 * x", "nsn", "0 2 2"),
    (".5x", ".5 * x", "nsn", "0 2 2"),
    ("1e5x", "1e5 * x", "nsn", "0 3 3"),
    ("1.5e-3x", "1.5e-3 * x", "nsn", "0 6 6"),
    ("2E", "2 * E", "nsn", "0 1 1"),
    ("2e", "2 * e", "nsn", "0 1 1"),
    # names
    ("uv", "u * v", "nsn", "0 0 0"),
    ("uve", "u * v * e", "nsnsn", "0 0 0 0 0"),
    ("uv2", "uv2", "n", "0"),
    ("abx", "ab * x", "nsn", "0 0 0"),
    ("abab", "ab * ab", "nsn", "0 0 0"),
    ("a_jx", "a_j * x", "nsn", "0 0 0"),
    ("a_j x", "a_j * x", "nsn", "0 4 4"),
    ("w2h1", "w2 * h1", "nsn", "0 0 0"),
    ("w_2h_1", "w2 * h1", "nsn", "0 0 0"),
    ("xh_1x", "x * h1 * x", "nsnsn", "0 0 0 0 0"),
    ("w_2", "w2", "n", "0"),
    ("xsin(x)", "x * sin ( x )", "nsnsns", "0 0 0 4 5 6"),
    ("sinxy", "( sin ( x * y ) )", "snsnsnss", "0 0 0 0 0 0 0 0"),
    ("lambda x", "lamda * x", "nsn", "0 7 7"),
    ("λx", "lamda * x", "nsn", "0 0 0"),
    ("2 if x else y", "2 if x else y", "nknkn", "0 2 5 7 12"),
    ("np.exp(x)", "np . exp ( x )", "nsnsns", "0 2 3 6 7 8"),
    ("σσ(x)", "( sigma ( sigma ( x ) ) )", "snsnsnsss", "0 0 0 0 2 3 4 0 0"),
    # functions
    ("sin(x)y", "sin ( x ) * y", "nsnssn", "0 3 4 5 6 6"),
    ("sin (x)^2", "sin ( x ) ** 2", "nsnssn", "0 4 5 6 7 8"),
    ("sin{x}", "sin ( x )", "nsns", "0 3 4 5"),
    ("sin x", "( sin ( x ) )", "snsnss", "0 0 0 4 0 0"),
    ("sin 2x y + 1", "( sin ( 2 * x * y ) ) + 1", "snsnsnsnsssn", "0 0 0 4 5 5 7 7 0 0 9 11"),
    ("sin x^2y", "( sin ( x ** 2 * y ) )", "snsnsnsnss", "0 0 0 4 5 6 7 7 0 0"),
    ("sin x^-2 y", "( sin ( x ** - 2 * y ) )", "snsnssnsnss", "0 0 0 4 5 6 7 9 9 0 0"),
    ("sin x^(2+y) y", "( sin ( x ** ( 2 + y ) * y ) )", "snsnssnsnssnss", "0 0 0 4 5 6 7 8 9 10 12 12 0 0"),
    (
        "sin x^((2)+y)y",
        "( sin ( x ** ( ( 2 ) + y ) * y ) )",
        "snsnsssnssnssnss",
        "0 0 0 4 5 6 7 8 9 10 11 12 13 13 0 0",
    ),
    ("sin x (y)", "( sin ( x ) ) * ( y )", "snsnssssns", "0 0 0 4 0 0 6 6 7 8"),
    ("2sin x cos y", "2 * ( sin ( x ) ) * ( cos ( y ) )", "nssnsnssssnsnss", "0 1 1 1 1 5 1 1 7 7 7 7 11 7 7"),
    ("sin^2 x", "( sin ( x ) ) ** 2", "snsnsssn", "0 0 0 6 0 0 3 4"),
    ("sin^2(x)y", "( sin ( ( x ) ) ) ** 2 * y", "snssnssssnsn", "0 0 0 5 6 7 0 0 3 4 8 8"),
    ("sin²x", "( sin ( x ) ) ** ( 2 )", "snsnssssns", "0 0 0 4 0 0 3 3 3 3"),
    ("sin^(2)(x)", "( sin ( ( x ) ) ) ** ( 2 )", "snssnsssssns", "0 0 0 7 8 9 0 0 3 4 5 6"),
    ("sin^+2 x", "( sin ( x ) ) ** + 2", "snsnssssn", "0 0 0 7 0 0 3 4 5"),
    ("sin^2x^3", "( sin ( x ** 3 ) ) ** 2", "snsnsnsssn", "0 0 0 5 6 7 0 0 3 4"),
    ("sin^x y", "( sin ( y ) ) ** x", "snsnsssn", "0 0 0 6 0 0 3 4"),
    ("sin ln x", "( sin ( ( ln ( x ) ) ) )", "snssnsnssss", "0 0 0 4 4 4 7 4 4 0 0"),
    ("sin ln^2 x", "( sin ( ( ln ( x ) ) ** 2 ) )", "snssnsnsssnss", "0 0 0 4 4 4 9 4 4 6 7 0 0"),
    (
        "sin ln^2(x) y",
        "( sin ( ( ln ( ( x ) ) ) ** 2 ) ) * y",
        "snssnssnssssnsssn",
        "0 0 0 4 4 4 8 9 10 4 4 6 7 0 0 12 12",
    ),
    (
        "x + sin ln^2(x) y",
        "x + ( sin ( ( ln ( ( x ) ) ) ** 2 ) ) * y",
        "nssnssnssnssssnsssn",
        "0 2 4 4 4 8 8 8 12 13 14 8 8 10 11 4 4 16 16",
    ),
    ("sin ln^x y", "( sin ( ( ln ( y ) ) ** x ) )", "snssnsnsssnss", "0 0 0 4 4 4 9 4 4 6 7 0 0"),
    ("sin x^y a", "( sin ( x ** y * a ) )", "snsnsnsnss", "0 0 0 4 5 6 8 8 0 0"),
    ("sin x^-(2)y", "( sin ( x ** - ( 2 ) * y ) )", "snsnsssnssnss", "0 0 0 4 5 6 7 8 9 10 10 0 0"),
    ("sin sin sin x", "( sin ( ( sin ( ( sin ( x ) ) ) ) ) )", "snssnssnsnssssss", "0 0 0 4 4 4 8 8 8 12 8 8 4 4 0 0"),
    (
        "sin^2 ln^3 2x",
        "( sin ( ( ln ( 2 * x ) ) ** 3 ) ) ** 2",
        "snssnsnsnsssnsssn",
        "0 0 0 6 6 6 11 12 12 6 6 8 9 0 0 3 4",
    ),
    ("sin^2 sin x y", "( sin ( ( sin ( x * y ) ) ) ) ** 2", "snssnsnsnsssssn", "0 0 0 6 6 6 10 12 12 6 6 0 0 3 4"),
    ("exp(-x)", "exp ( - x )", "nssns", "0 3 4 5 6"),
    ("factorial 3 x", "( factorial ( 3 * x ) )", "snsnsnss", "0 0 0 10 12 12 0 0"),
    ("where(x, y)", "where ( x , y )", "nsnsns", "0 5 6 7 9 10"),
    ("sin^sin(x) y", "( sin ( y ) ) ** sin ( x )", "snsnsssnsns", "0 0 0 11 0 0 3 4 7 8 9"),
    ("sin x = 2", "( sin ( x ) ) = 2", "snsnsssn", "0 0 0 4 0 0 6 8"),
    # roots, fractions, raised letters
    ("√x", "sqrt ( x )", "nsns", "0 0 1 0"),
    ("√2x", "sqrt ( 2 ) * x", "nsnssn", "0 0 1 0 2 2"),
    ("2√x y", "2 * sqrt ( x ) * y", "nsnsnssn", "0 1 1 1 2 1 4 4"),
    ("√(x+1)y", "sqrt ( ( x + 1 ) ) * y", "nssnsnsssn", "0 0 1 2 3 4 5 0 6 6"),
    ("√x^2", "sqrt ( x ) ** 2", "nsnssn", "0 0 1 0 2 3"),
    ("√sin x", "sqrt ( ( sin ( x ) ) )", "nssnsnsss", "0 0 1 1 1 5 1 1 0"),
    ("√-x", "sqrt ( - x )", "nssns", "0 0 1 2 0"),
    ("½x", "(1/2) * x", "nsn", "0 1 1"),
    ("¾", "(3/4)", "n", "0"),
    ("xⁿ", "x ** ( n )", "nssns", "0 1 1 1 1"),
    ("xⁿ⁺²y", "x ** ( n + 2 ) * y", "nssnsnssn", "0 1 1 1 1 1 1 4 4"),
    ("x⁺²", "x ** ( + 2 )", "nsssns", "0 1 1 1 1 1"),
    ("x⁻ⁿ", "x ** ( - n )", "nsssns", "0 1 1 1 1 1"),
    ("x²ⁿ", "x ** ( 2 * n )", "nssnsns", "0 1 1 1 1 1 1"),
    ("aⱼ", "a_j", "n", "0"),
    ("2aⱼ", "2 * a_j", "nsn", "0 1 1"),
    ("x√2", "x * sqrt ( 2 )", "nsnsns", "0 1 1 1 2 1"),
    ("|√x|", "Abs ( sqrt ( x ) )", "nsnsnss", "0 0 1 1 2 1 3"),
    # bars
    ("|x|", "Abs ( x )", "nsns", "0 0 1 2"),
    ("2|x||y|", "2 * Abs ( x ) * Abs ( y )", "nsnsnssnsns", "0 1 1 1 2 3 4 4 4 5 6"),
    ("||x|-1|", "Abs ( Abs ( x ) - 1 )", "nsnsnssns", "0 0 1 1 2 3 4 5 6"),
    ("|x| |y|", "Abs ( x ) * Abs ( y )", "nsnssnsns", "0 0 1 2 4 4 4 5 6"),
    ("|x+|y||", "Abs ( x + Abs ( y ) )", "nsnsnsnss", "0 0 1 2 3 3 4 5 6"),
    ("|sin x|", "Abs ( ( sin ( x ) ) )", "nssnsnsss", "0 0 1 1 1 5 1 1 6"),
    ("[|x|]", "[ Abs ( x ) ]", "snsnss", "0 1 1 2 3 4"),
    ("[x]|y|", "[ x ] Abs ( y )", "snsnsns", "0 1 2 3 3 4 5"),
    ("|[x]|", "Abs ( [ x ] )", "nssnss", "0 0 1 2 3 4"),
    ("x|y|x", "x * Abs ( y ) * x", "nsnsnssn", "0 1 1 1 2 3 4 4"),
    ("(|x|)|y|", "( Abs ( x ) ) * Abs ( y )", "snsnsssnsns", "0 1 1 2 3 4 5 5 5 6 7"),
    ("|x|^2", "Abs ( x ) ** 2", "nsnssn", "0 0 1 2 3 4"),
    # signs
    ("x^y", "x ** y", "nsn", "0 1 2"),
    ("x**y", "x ** y", "nsn", "0 1 3"),
    ("x≥y", "x >= y", "nsn", "0 1 2"),
    ("x≤y", "x <= y", "nsn", "0 1 2"),
    ("x≠y", "x != y", "nsn", "0 1 2"),
    ("x ÷ y ⋅ u × v · x ∗ y ⊙ u", "x / y * u * v * x * y * u", "nsnsnsnsnsnsn", "0 2 4 6 8 10 12 14 16 18 20 22 24"),
    ("x − y – u", "x - y - u", "nsnsn", "0 2 4 6 8"),
    ("{x}{y}", "( x ) * ( y )", "snsssns", "0 1 2 3 3 4 5"),
    ("x = y", "x = y", "nsn", "0 2 4"),
    ("x⁻²y", "x ** ( - 2 ) * y", "nsssnssn", "0 1 1 1 1 1 3 3"),
    ("x^2³", "x ** 2 ** ( 3 )", "nsnssns", "0 1 2 3 3 3 3"),
    ("x¹²", "x ** ( 12 )", "nssns", "0 1 1 1 1"),
    ("[x, y]", "[ x , y ]", "snsns", "0 1 2 4 5"),
    # indices
    ("a_1^2a_1^2", "_0 * _1", "nsn", "0 5 5"),
    ("a₁²x", "_0 * x", "nsn", "0 3 3"),
    ("2a_1^2", "2 * _0", "nsn", "0 1 1"),
    ("w_24^3 a_1^2", "_0 * _1", "nsn", "0 7 7"),
    ("w_{2, 4}^3", "_0", "n", "0"),
    ("w^{(3)}_{24}", "_0", "n", "0"),
    ("σ_1^2", "_0", "n", "0"),
]


def cut(text):
    return tokenize(text, range(len(text)).__getitem__, NAMES, TABLE)


@pytest.mark.parametrize(("text", "pieces", "kinds", "places"), PIECES, ids=[text for text, *_ in PIECES])
def test_a_text_is_cut_into_pieces_that_know_where_they_stood(text, pieces, kinds, places):
    tokens, _ = cut(text)
    assert [token.text for token in tokens] == pieces.split()
    assert "".join(token.kind[0] for token in tokens) == kinds
    assert [token.position for token in tokens] == [int(place) for place in places.split()]
    assert {token.kind for token in tokens} <= {"number", "name", "keyword", "sign"}


@pytest.mark.parametrize(
    ("text", "stand_ins"),
    [
        ("x", {}),
        ("a_1^2a_1^2", {"_0": "a_1^2", "_1": "a_1^2"}),
        ("w_{2, 4}^3 + a₁²", {"_0": "w_24^3", "_1": "a_1^2"}),
        ("w^{(3)}_{24}", {"_0": "w_24^3"}),
        ("σ_1^2", {"_0": "sigma_1^2"}),
    ],
)
def test_symbols_with_two_indices_get_names_that_stand_in_for_them(text, stand_ins):
    _, indexed = cut(text)
    assert {name: symbol.name for name, symbol in indexed.items()} == stand_ins


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("a_1^2", 5),
        ("a_1^2^2", 5),
        ("a_1^2x", 5),
        ("a^2_1", 5),
        ("a_{1}^{(2)}", 11),
        ("a₁²", 3),
        ("a_ 1^2", None),
        ("a_{ 1 }^2", 9),
        ("a_{_1}^2", 8),
        ("a_1^3", None),
        ("a_1", None),
        ("b_1^2", None),
        ("σ_1^2", 5),
        ("", None),
    ],
)
def test_a_symbol_with_two_indices_is_found_in_any_notation_if_it_was_declared(text, end):
    found = indexed_symbol(f"2 {text}", 2, NAMES)
    if end is None:
        assert found is None
    else:
        symbol, ends = found
        assert symbol in (NAMES["a_1^2"], NAMES["sigma_1^2"])
        assert ends == end + 2


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("x + ½ ½", "Two numbers stand side by side: is a sign missing?", 6),
        ("x + Σ", "“Σ” (the character GREEK CAPITAL LETTER SIGMA) is not expected here.", 4),
        ("x sin^ln x", "“sin” needs what it is applied to, in brackets.", 2),
        ("x sin[x]", "“sin” needs what it is applied to, in brackets.", 2),
        ("x sin cos", "“cos” needs what it is applied to, in brackets.", 6),
        ("x cos^-2(x)", "“cos” to a negative power has two meanings: write 1/cos(…) or arccos(…).", 2),
        ("x cos^-", "“cos” to a negative power has two meanings: write 1/cos(…) or arccos(…).", 2),
        ("x 1.5.5", "Two numbers stand side by side: is a sign missing?", 5),
        ("x x2", "“x2” is not expected here.", 2),
        ("x Uv", "“Uv” is not expected here.", 2),
        ("x Ab", "“Ab” is not expected here: did you mean ab? Capital and small letters differ.", 2),
    ],
)
def test_what_cannot_be_cut_is_told_with_its_place(text, said, place):
    with pytest.raises(AnswerError) as error:
        cut(text)
    assert str(error.value).startswith(said)
    assert error.value.position == place


def test_an_index_may_be_a_letter():
    names = {name: sympy.Symbol(name) for name in ("a_j^l", "w_jk^X")}
    assert indexed_symbol("a_j^l", 0, names) == (names["a_j^l"], 5)
    assert indexed_symbol("w_{jk}^{(X)}", 0, names) == (names["w_jk^X"], 12)


def test_lambda_is_the_greek_letter_only_where_that_was_declared():
    with pytest.raises(AnswerError, match="“lambda” is not expected here"):
        tokenize("lambda", range(6).__getitem__, {"x": NAMES["x"]}, TABLE)


def test_the_other_shape_of_a_greek_letter_is_that_letter():
    names = {name: sympy.Symbol(name) for name in ("phi", "epsilon", "theta_1^2")}
    tokens, indexed = tokenize("ϕ + ϵ ϑ_1^2", range(20).__getitem__, names, TABLE)
    assert [token.text for token in tokens] == ["phi", "+", "epsilon", "*", "_0"]
    assert [token.position for token in tokens] == [0, 2, 4, 6, 6]
    assert indexed == {"_0": names["theta_1^2"]}
