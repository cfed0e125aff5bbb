"""The pieces of a student's text, habits of pen and paper put into Python's notation: ``2x``, ``sin^2 x``, ``|x|``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import sympy

from .guards import printable
from .verdict import AnswerError
from .vocabulary import (
    BUILDERS,
    CONSTANTS,
    GREEK,
    IN_NAMES,
    KEYWORDS,
    MODULES,
    OTHER_SHAPES,
    Function,
    not_expected,
    plain_name,
)

MAX_DIGITS = 40

SIGNS = {
    "^": "**", "·": "*", "×": "*", "⋅": "*", "∗": "*", "⊙": "*", "−": "-", "–": "-", "÷": "/", "{": "(", "}": ")",
    "≥": ">=", "≤": "<=", "≠": "!=", "∞": "oo",
}  # fmt: skip
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}
RAISED_LETTERS = "ⁿⁱᵏᵐʲˡ"
SUPERSCRIPTS = str.maketrans(f"{RAISED_DIGITS}⁻⁺{RAISED_LETTERS}", "0123456789-+nikmjl")
TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<fraction>[{"".join(FRACTIONS)}])
    |(?P<name>(?![{RAISED_DIGITS}{RAISED_LETTERS}])[^\W\d](?:(?![{RAISED_DIGITS}{RAISED_LETTERS}])\w)*
        (?:(?<=_)\{{\w+\}})?['′’]*)
    |(?P<power>[⁻⁺]?[{RAISED_DIGITS}{RAISED_LETTERS}]+(?:[⁻⁺][{RAISED_DIGITS}{RAISED_LETTERS}]+)*)
    |(?P<bar>\|)
    |(?P<root>√)
    |(?P<sign>\*\*|>=|<=|==|!=|[-+*/^(){{}}\[\],.<>=·×⋅∗⊙−–÷≥≤≠∞])""",
    re.VERBOSE,
)
# a_1^2, a_{1}^{2}, a_1^{(2)}, a^2_1, w_{2,4}^3, w₂₄³: one symbol with a lower and an upper index, if it was declared.
# An index of digits ends where they end, so that w_21^3a_1^2 is two symbols.
LOWER = r"_(?P<low>\{[\w,\s]+\}|\d+(?:,\s*\d+)*|[^\W_]+)"
UPPER = r"\^(?P<up>\{\(?\w+\)?\}|\(\w+\)|\d+|[^\W_]+)"
RAISED = r"(?P<low>[₀₁₂₃₄₅₆₇₈₉]+)(?P<up>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
INDEXED = tuple(re.compile(rf"(?P<base>[^\W\d_]){indices}") for indices in (LOWER + UPPER, UPPER + LOWER, RAISED))

LOWERED = re.compile(r"^([^\W_]+?)(?=[₀-₉ₐ-ₜᵢⱼ]+$)")

INDEX_MARK = re.compile(r"(?<=[^\W\d_])_(?=\d)")

Names = Mapping[str, sympy.Symbol]
Table = Mapping[str, Function]


@dataclass(frozen=True)
class Token:
    """A piece of the text in Python's notation, and where it stood in the student's."""

    kind: str
    text: str
    position: int


def tokenize(text: str, origin: Callable[[int], int], names: Names, table: Table) -> tuple[list[Token], Names]:
    """Cut `text` into tokens of Python's notation, brackets and signs of multiplication put in.

    Parameters
    ----------
    text
        What the student typed, without LaTeX commands.
    origin
        Where a place in `text` stood in the student's own.
    names, table
        The symbols and functions that may occur.

    Returns
    -------
    tokens
        The pieces.
    indexed
        Symbols such as a_1^2, which are no names in Python, by the names that stand in for them: ``_0``, ``_1``, ….

    Raises
    ------
    AnswerError
        If there is a character or a name that may not occur.
    """
    indexed: dict[str, sympy.Symbol] = {}
    tokens = _tokens(text.translate(OTHER_SHAPES), origin, names, table, indexed)
    return _multiplied(_applied(tokens, table), table), indexed


def _tokens(
    text: str, origin: Callable[[int], int], names: Names, table: Table, indexed: dict[str, sympy.Symbol]
) -> list[Token]:
    tokens: list[Token] = []
    at = bars = 0
    while at < len(text):
        here = origin(at)
        if (found := indexed_symbol(text, at, names)) is not None:
            stand_in = f"_{len(indexed)}"
            indexed[stand_in], at = found
            tokens.append(Token("name", stand_in, here))
            continue
        match = TOKEN.match(text, at)
        if match is None:
            raise AnswerError(f"I can't read the character “{printable(text[at])}” (number {here + 1}).", here)
        kind, piece = str(match.lastgroup), match.group()
        if kind == "number":
            tokens.append(Token("number", _number(piece, here), here))
        elif kind == "name":
            tokens.extend(_name_tokens(piece, here, names, table))
        elif kind == "power":
            raised = _tokens(piece.translate(SUPERSCRIPTS), lambda _, here=here: here, names, table, indexed)  # type: ignore[misc]
            tokens += [Token("sign", "**", here), Token("sign", "(", here), *raised, Token("sign", ")", here)]
        elif kind == "fraction":
            tokens.append(Token("number", f"({FRACTIONS[piece]})", here))
        elif kind == "root":
            tokens.append(Token("root", "sqrt", here))
        elif kind == "bar":
            # A bar opens where none is open, and where a value is still to come.
            if not bars or (tokens[-1].kind == "sign" and tokens[-1].text not in (")", "]")):
                tokens += [Token("name", "Abs", here), Token("sign", "(", here)]
                bars += 1
            else:
                tokens.append(Token("sign", ")", here))
                bars -= 1
        elif kind == "sign":
            tokens.append(Token("sign", SIGNS.get(piece, piece), here))
        at = match.end()
    return tokens


def _number(piece: str, here: int) -> str:
    digits, _, exponent = piece.lower().partition("e")
    if len(digits) > MAX_DIGITS:
        raise AnswerError(f"A number of more than {MAX_DIGITS} digits is not read.", here)
    if exponent and (len(exponent) > 3 or abs(int(exponent)) > MAX_DIGITS):
        raise AnswerError("This number is too large or too small to read.", here)
    return piece.rstrip(".")


def indexed_symbol(text: str, at: int, names: Names) -> tuple[sympy.Symbol, int] | None:
    """Find a declared symbol with two indices, in any notation, that starts at `at`; return it and where it ends."""
    for pattern in INDEXED:
        if match := pattern.match(text, at):
            low = re.sub(r"[{},\s_]", "", match["low"]).translate(IN_NAMES)
            up = match["up"].strip("{()}").translate(SUPERSCRIPTS)
            name = f"{GREEK.get(match['base'], match['base'])}_{low}^{up}"
            if name in names:
                return names[name], match.end()
    return None


def declared(piece: str, names: Collection[str]) -> str | None:
    """Return the declared name of which `piece` is another spelling: x_1, x_{1} and x₁ are x1, and aⱼ is a_j."""
    name = plain_name(piece)
    spelled = (name, plain_name(LOWERED.sub(r"\1_", piece)), name.replace("_", ""))
    return next((known for known in spelled if known in names), None)


def _name_tokens(piece: str, here: int, names: Names, table: Table) -> list[Token]:
    name = plain_name(piece)
    if name in KEYWORDS:
        return [Token("keyword", name, here)]
    # `lambda` is a word of Python's, and the Greek letter's name in SymPy is spelled to suit.
    if name == "lambda" and "lamda" in names:
        return [Token("name", "lamda", here)]
    if any(name in known for known in (names, table, CONSTANTS, MODULES, BUILDERS)):
        return [Token("name", name, here)]
    if known := declared(piece, names):
        return [Token("name", known, here)]
    # `uv` is u·v and `w2h1` is w2·h1, where those are declared symbols and the whole is none; `sinx` is sin x.
    longest_first = "|".join(map(re.escape, sorted({*names, *table, *CONSTANTS}, reverse=True)))
    for spelled in (name, INDEX_MARK.sub("", name)):  # x_1x_2 is x1·x2
        factors = re.findall(longest_first, spelled)
        if "".join(factors) == spelled:
            return [Token("name", factor, here) for factor in factors]
    raise AnswerError(not_expected(piece, names, table), here)


def _is_function(token: Token, table: Table) -> bool:
    return token.kind == "name" and (token.text in table or token.text in BUILDERS)


def _applied(tokens: list[Token], table: Table) -> list[Token]:
    """Put brackets where pen and paper leave them out: ``sin x``, ``sin^2 x``, ``sin^2(x)``."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        out.append(token)
        at += 1
        following = tokens[at].text if at < len(tokens) else ""
        if token.kind == "root":  # √2x is √2 · x, and sin 2x is sin(2x)
            end = _rooted(tokens, at, table)
            argument = [Token("sign", "(", token.position), *_applied(tokens[at:end], table)]
            out[-1:] = [Token("name", "sqrt", token.position), *argument, Token("sign", ")", token.position)]
            at = end
            continue
        if not _is_function(token, table) or following == "(":
            continue
        power: list[Token] = []
        if following == "**":
            after = _operand(tokens, at + 1, table)
            power, at = tokens[at:after], after
            if any("-" in sign.text for sign in power):
                name = token.text
                said = f"“{name}” to a negative power has two meanings: write 1/{name}(…) or arc{name}(…)."
                raise AnswerError(said, token.position)
        end = _argument(tokens, at, table)
        if end == at:
            raise AnswerError(f"“{token.text}” needs what it is applied to, in brackets.", token.position)
        here = token.position
        out[-1:] = [Token("sign", "(", here), token, Token("sign", "(", here), *_applied(tokens[at:end], table)]
        out += [Token("sign", ")", here), Token("sign", ")", here), *_applied(power, table)]
        at = end
    return out


def _argument(tokens: list[Token], at: int, table: Table) -> int:
    """Return where the argument of a function without brackets ends: a bracket, a run such as ``2x``, or ``sin x``."""
    if at < len(tokens) and _is_function(tokens[at], table):
        powered = tokens[at + 1 : at + 2] and tokens[at + 1].text == "**"
        return _argument(tokens, _operand(tokens, at + 2, table) if powered else at + 1, table)
    if at < len(tokens) and tokens[at].text == "(":
        return _operand(tokens, at, table)
    if at < len(tokens) and tokens[at].kind == "root":
        return _rooted(tokens, at + 1, table)
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "number" or (token.kind == "name" and not _is_function(token, table)):
            at += 1
        elif token.text == "**":
            at = _operand(tokens, at + 1, table)
        else:
            break
    return at


def _rooted(tokens: list[Token], at: int, table: Table) -> int:
    """Return where what stands under a root ends: a number, a name, a bracket, a function's value or another root."""
    while at < len(tokens) and tokens[at].kind == "root":
        at += 1
    if at < len(tokens) and _is_function(tokens[at], table):
        at = _argument(tokens, at + 1, table)
        return at
    return _operand(tokens, at, table)


def _operand(tokens: list[Token], at: int, table: Table) -> int:
    """Return where an exponent that starts at `at` ends: a number, a name or a bracket, perhaps with a sign."""
    while at < len(tokens) and tokens[at].text in ("-", "+"):
        at += 1
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end].text == "(") - (tokens[end].text == ")")
        if depth <= 0 and not _is_function(tokens[end], table):
            return end + 1
    return len(tokens)


def _multiplied(tokens: list[Token], table: Table) -> list[Token]:
    """Put the multiplication signs where pen and paper leave them out: ``2x``, ``x(x + 1)``, ``(a)(b)``."""
    out: list[Token] = []
    for token in tokens:
        if out:
            left = out[-1]
            ends = left.kind == "number" or left.text == ")" or (left.kind == "name" and not _is_function(left, table))
            starts = token.kind in ("number", "name", "root") or token.text == "("
            if ends and starts:
                if left.kind == token.kind == "number":
                    raise AnswerError("Two numbers stand side by side: is a sign missing?", token.position)
                out.append(Token("sign", "*", token.position))
        out.append(token)
    return out
