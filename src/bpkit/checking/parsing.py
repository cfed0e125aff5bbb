r"""Read a student's text as mathematics, without running any of it.

The text goes through three steps, each of which knows only its own list of what is allowed:

1. *tokens*: habits of pen and paper become Python's notation (``2x``, ``e^(uv)``, ``sin^2 x``, ``σ'(z)``,
   ``a_1^2``, LaTeX), every piece remembering where it stood;
2. Python's own parser turns that into a syntax tree, which executes nothing;
3. the tree is walked, and only arithmetic, comparisons, lists and functions from a table become SymPy.

There is no ``eval``, ``sympify`` or ``parse_expr`` on the way.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy
from sympy.core.parameters import distribute
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

MAX_LENGTH = 2_000
MAX_NESTING = 40
MAX_DIGITS = 40
MAX_EXPONENT = 500
MAX_FACTORIAL = 100

Function = Callable[..., sympy.Basic]


class AnswerError(Exception):
    """An answer that cannot be read; its text is written for the student.

    Parameters
    ----------
    message
        Plain words: what could not be read, and what would be.
    position
        Where in the text it stands, counted from 0, or None.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.position = position


class _Named(sympy.Function):  # type: ignore[misc]
    """A function of one number that stays as it was written, so that an answer is shown as the student's."""

    nargs = 1
    plain = tex = ""

    def _sympystr(self, printer: Any) -> str:
        return f"{self.plain}({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"{self.tex}\left({printer._print(self.args[0])}\right){power}"

    def _eval_evalf(self, prec: int) -> Any:
        return self.rewrite(sympy.exp)._eval_evalf(prec)


class sigmoid(_Named):
    """The sigmoid, σ(z) = 1/(1 + e^−z)."""

    plain, tex = "sigma", r"\sigma"

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """Return the derivative σ'(z)."""
        return sigmoid_prime(self.args[0])

    def _eval_rewrite_as_exp(self, z: sympy.Expr, **_: object) -> sympy.Expr:
        return 1 / (1 + sympy.exp(-z))


class sigmoid_prime(_Named):
    """The sigmoid's derivative, σ'(z) = σ(z)(1 − σ(z))."""

    plain, tex = "sigma_prime", r"\sigma'"

    def _eval_rewrite_as_exp(self, z: sympy.Expr, **_: object) -> sympy.Expr:
        return sympy.exp(-z) / (1 + sympy.exp(-z)) ** 2


def _factorial(n: sympy.Expr) -> sympy.Expr:
    if n.is_number and not (n.is_Integer and abs(int(n)) <= MAX_FACTORIAL):
        raise AnswerError(f"A factorial is read for whole numbers up to {MAX_FACTORIAL}.")
    return sympy.factorial(n)


FUNCTIONS: dict[str, Function] = {
    name: getattr(sympy, name)
    for name in (
        "sin cos tan cot sec csc asin acos atan sinh cosh tanh sech csch coth exp log sqrt cbrt sign Heaviside Max Min Abs".split()
    )
} | {
    "ln": sympy.log,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "abs": sympy.Abs,
    "max": sympy.Max,
    "min": sympy.Min,
    "maximum": sympy.Max,
    "minimum": sympy.Min,
    "heaviside": sympy.Heaviside,
    "factorial": _factorial,
    "relu": lambda z: sympy.Max(0, z),
    "Eq": sympy.Eq,
}
# Functions that a course's exercises may name besides; which of them are allowed, each exercise says.
SIGMOID: dict[str, Function] = {"sigma": sigmoid, "sigmoid": sigmoid}
SIGMOID_PRIME: dict[str, Function] = {
    "sigma_prime": sigmoid_prime,
    "sigmoid_prime": sigmoid_prime,
    "dsigma": sigmoid_prime,
}

CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "E": sympy.E, "oo": sympy.oo, "inf": sympy.oo}
BUILDERS = ("Piecewise", "where", "Matrix", "array")
MODULES = ("np", "numpy", "sp", "sympy", "math")

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lamda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
SIGNS = {
    "^": "**", "·": "*", "×": "*", "⋅": "*", "∗": "*", "−": "-", "–": "-", "÷": "/", "{": "(", "}": ")",
    "≥": ">=", "≤": "<=", "≠": "!=", "∞": "oo",
}  # fmt: skip
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# In a name: ₁ is 1, _{j} is _j, and either sort of prime is '.
IN_NAMES = str.maketrans("₀₁₂₃₄₅₆₇₈₉′’", "0123456789''", "{}")
KEYWORDS = ("if", "else", "and", "or", "not", "True", "False")

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>(?![⁰¹²³⁴⁵⁶⁷⁸⁹])[^\W\d](?:(?![⁰¹²³⁴⁵⁶⁷⁸⁹])\w)*(?:(?<=_)\{\w+\})?['′’]*)
    |(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    |(?P<bar>\|)
    |(?P<sign>\*\*|>=|<=|==|!=|[-+*/^(){}\[\],.<>=·×⋅∗−–÷≥≤≠∞])""",
    re.VERBOSE,
)
# a_1^2, a_{1}^{2}, a^2_1, w_{2,4}^3, w₂₄³: one symbol with a lower and an upper index, if it was declared.
# An index of digits ends where they end, so that w_21^3a_1^2 is two symbols.
LOWER = r"_\{?(?P<low>(?:\d+|[^\W_]+)(?:,\s*\w+)*)\}?"
UPPER = r"\^\{?(?P<up>\d+|[^\W_]+)\}?"
RAISED = r"(?P<low>[₀₁₂₃₄₅₆₇₈₉]+)(?P<up>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
INDEXED = tuple(re.compile(rf"(?P<base>[^\W\d_]){indices}") for indices in (LOWER + UPPER, UPPER + LOWER, RAISED))


@dataclass(frozen=True)
class Token:
    """A piece of the text in Python's notation, and where it stood in the student's."""

    kind: str
    text: str
    position: int


def parse(
    text: str, symbols: Iterable[str | sympy.Symbol], functions: Mapping[str, Function] | None = None
) -> sympy.Basic:
    """Read `text` as an expression in the declared symbols.

    Parameters
    ----------
    text
        What the student typed: Python or SymPy notation, pen-and-paper habits, or LaTeX.
    symbols
        The symbols that may occur, or their names. Names are case-sensitive.
    functions
        Functions that may occur besides `FUNCTIONS`, such as `SIGMOID`.

    Returns
    -------
    sympy.Basic
        An expression, or for lists a `sympy.Tuple` of expressions (nested as the lists are).

    Raises
    ------
    AnswerError
        If the text is not mathematics in these symbols; nothing of it is ever run.
    """
    names = {str(symbol): sympy.Symbol(str(symbol)) for symbol in symbols}
    table = FUNCTIONS | dict(functions or {})
    if len(text) > MAX_LENGTH:
        raise AnswerError(f"This is {len(text)} characters long; an answer of up to {MAX_LENGTH} is read.")
    plain = _without_latex(text)
    # Positions can only be told where the text was not rewritten before it was read.
    faithful = plain == text
    try:
        # `_0`, `_1`, … stand for indexed symbols such as a_1^2, which are no Python names.
        indexed: dict[str, sympy.Symbol] = {}
        tokens = _tokens(plain, names, table, indexed)
        tokens = _applied(tokens, table)
        tokens = _multiplied(tokens, table)
        return _Reader(names | indexed, table, tokens).read()
    except AnswerError as error:
        raise AnswerError(str(error), error.position if faithful else None) from None


def _without_latex(text: str) -> str:
    r"""Turn what LaTeX says in commands (``\frac``, ``\sin``, ``\left(``) into ordinary notation."""
    if "\\" not in text and "$" not in text:
        return text
    text = re.sub(r"\$|\\left|\\right|\\[,;:!> ]|~|\\displaystyle", " ", text)
    text = re.sub(r"\\(mathrm|operatorname|mathbf|text)\s*\{([^{}]*)\}", r" \2", text)
    # Braces around an index of digits are not needed, and would hide which braces are innermost.
    text = re.sub(r"([_^])\{(\d+)\}(?!\s*\d)", r"\1\2", text)
    for _ in range(MAX_NESTING):
        before = text
        text = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))", text)
        text = re.sub(r"\\sqrt\s*\{([^{}]*)\}", r"sqrt(\1)", text)
        # The innermost braces have been dealt with: they become brackets, so that the next ones are innermost.
        # Those of an index or a layer stay, for the tokens to read.
        text = (
            re.sub(r"(?<![_^}])\{([^{}\\]*)\}(?!\s*\{)", r"(\1)", text)
            if "\\frac" in text or "\\sqrt" in text
            else text
        )
        text = re.sub(r"\^\{([^{}\\]*)\}", r"^(\1)", text) if "\\frac" in text or "\\sqrt" in text else text
        if text == before:
            break
    text = re.sub(r"\\(cdot|times|odot|ast)\b", "*", text)
    text = text.replace("\\lambda", "λ").replace("\\varepsilon", "ε").replace("\\geq", "≥").replace("\\leq", "≤")
    return re.sub(r"\\([A-Za-z]+)(?=(\d?))", lambda found: f" {found[1]}{' ' if found[2] else ''}", text)


def _tokens(
    text: str,
    names: Mapping[str, sympy.Symbol],
    table: Mapping[str, Function],
    indexed: dict[str, sympy.Symbol],
) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if (found := indexed_symbol(text, at, names)) is not None:
            symbol, end = found
            stand_in = f"_{len(indexed)}"
            indexed[stand_in] = symbol
            tokens.append(Token("name", stand_in, at))
            at = end
            continue
        match = TOKEN.match(text, at)
        if match is None:
            raise AnswerError(f"I can't read the character “{text[at]}” (number {at + 1}).", at)
        kind, piece = str(match.lastgroup), match.group()
        if kind == "number":
            if sum(map(str.isdigit, piece)) > MAX_DIGITS:
                raise AnswerError(f"A number of more than {MAX_DIGITS} digits is not read.", at)
            tokens.append(Token("number", piece.rstrip("."), at))
        elif kind == "name":
            tokens.extend(_name_tokens(piece, at, names, table))
        elif kind == "power":
            tokens += [Token("sign", "**", at), Token("number", f"({piece.translate(SUPERSCRIPTS)})", at)]
        elif kind == "bar":
            opens = not tokens or tokens[-1].kind == "sign" and tokens[-1].text != ")"
            tokens += [Token("name", "Abs", at), Token("sign", "(", at)] if opens else [Token("sign", ")", at)]
        elif kind == "sign":
            if piece == "=":
                raise AnswerError("Write only what stands to the right of “=”.", at)
            tokens.append(Token("sign", SIGNS.get(piece, piece), at))
        at = match.end()
    return tokens


def indexed_symbol(text: str, at: int, names: Mapping[str, sympy.Symbol]) -> tuple[sympy.Symbol, int] | None:
    """Find a declared symbol with two indices, in any notation, that starts at `at`; return it and where it ends."""
    for pattern in INDEXED:
        if match := pattern.match(text, at):
            low = re.sub(r"[,\s_]", "", match["low"]).translate(IN_NAMES)
            up = match["up"].translate(SUPERSCRIPTS)
            name = f"{GREEK.get(match['base'], match['base'])}_{low}^{up}"
            if name in names:
                return names[name], match.end()
    return None


def _name_tokens(piece: str, at: int, names: Mapping[str, sympy.Symbol], table: Mapping[str, Function]) -> list[Token]:
    name = plain_name(piece)
    if name in KEYWORDS:
        return [Token("keyword", name, at)]
    known = names.keys() | table.keys() | CONSTANTS.keys() | set(MODULES) | set(BUILDERS) | {"lambda"}
    if name in known:
        # `lambda` is a word of Python's, and the Greek letter's name in SymPy is spelled to suit.
        return [Token("name", "lamda" if name == "lambda" else name, at)]
    if "_" in name and name.replace("_", "") in names:
        return [Token("name", name.replace("_", ""), at)]
    # `uv` is u·v and `w2h1` is w2·h1, where those are declared symbols and the whole is none.
    longest_first = "|".join(map(re.escape, sorted({*names, "e"}, key=len, reverse=True)))
    factors = re.findall(longest_first, name)
    if "".join(factors) == name:
        return [Token("name", factor, at) for factor in factors]
    raise AnswerError(_unknown(piece, names, table), at)


def plain_name(name: str) -> str:
    """Write a name in plain letters: σ is sigma, w₂ and w_{2} are w2 and w_2, σ' is sigma_prime."""
    name = "".join(GREEK.get(letter, letter) for letter in name).translate(IN_NAMES)
    return f"{name[:-1]}_prime" if name.endswith("'") and not name.endswith("''") else name


def _unknown(piece: str, names: Mapping[str, sympy.Symbol], table: Mapping[str, Function]) -> str:
    shown = piece if len(piece) <= 30 else piece[:30] + "…"
    for name in [*names, *table]:
        if name.lower() == piece.lower():
            return f"“{shown}” is not expected here: did you mean {name}? Capital and small letters differ."
    return f"“{shown}” is not expected here. {expected_names(names)}"


def expected_names(names: Iterable[str]) -> str:
    """Say, as a sentence, which symbols an answer may hold."""
    told = listed(names)
    if not told:
        return "The answer is a number."
    return f"The answer is in {told}{', with numbers as indices' if '^l' in told else ''}."


def listed(names: Iterable[str]) -> str:
    """List symbols in a sentence, all those with two indices in one: "x, a_j^l and w_jk^l"."""
    told = list(dict.fromkeys(map(_pattern, names)))
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _pattern(name: str) -> str:
    """Write w_24^3 as w_jk^l: the indexed symbols are many, and naming the very ones could be the answer."""
    indexed = re.fullmatch(r"([^\W\d_]+)_(\d+)\^\d+", name)
    return f"{indexed[1]}_{'jk' if len(indexed[2]) > 1 else 'j'}^l" if indexed else name


def _is_function(token: Token, table: Mapping[str, Function]) -> bool:
    return token.kind == "name" and (token.text in table or token.text in BUILDERS)


def _applied(tokens: list[Token], table: Mapping[str, Function]) -> list[Token]:
    """Put brackets where pen and paper leave them out: ``sin x``, ``sin^2 x``, ``sin^2(x)``."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        out.append(token)
        at += 1
        following = tokens[at].text if at < len(tokens) else ""
        if not _is_function(token, table) or following == "(":
            continue
        power: list[Token] = []
        if following == "**" and at + 1 < len(tokens) and tokens[at + 1].kind == "number":
            power = tokens[at : at + 2]
            at += 2
        argument, at = _argument(tokens, at, table)
        if not argument:
            raise AnswerError(f"“{token.text}” needs what it is applied to, in brackets.", token.position)
        here = token.position
        out[-1:] = [Token("sign", "(", here), token, Token("sign", "(", here), *_applied(argument, table)]
        out += [Token("sign", ")", here), Token("sign", ")", here), *power]
    return out


def _argument(tokens: list[Token], at: int, table: Mapping[str, Function]) -> tuple[list[Token], int]:
    """Take the tokens that a function without brackets is applied to: one bracket, or a run such as ``2x``."""
    if at < len(tokens) and tokens[at].text == "(":
        depth = 0
        for end in range(at, len(tokens)):
            depth += (tokens[end].text == "(") - (tokens[end].text == ")")
            if depth == 0:
                return tokens[at : end + 1], end + 1
        raise AnswerError("A bracket is opened and never closed.", tokens[at].position)
    start = at
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "number" or (token.kind == "name" and not _is_function(token, table)):
            at += 1
        elif token.text == "**" and at > start and at + 1 < len(tokens) and tokens[at + 1].kind in ("number", "name"):
            at += 2
        else:
            break
    return tokens[start:at], at


def _multiplied(tokens: list[Token], table: Mapping[str, Function]) -> list[Token]:
    """Put the multiplication signs where pen and paper leave them out: ``2x``, ``x(x + 1)``, ``(a)(b)``."""
    out: list[Token] = []
    for token in tokens:
        if out:
            left = out[-1]
            ends = left.kind == "number" or left.text == ")" or (left.kind == "name" and not _is_function(left, table))
            starts = token.kind in ("number", "name") or token.text == "("
            if ends and starts:
                if left.kind == token.kind == "number":
                    raise AnswerError("Two numbers stand side by side: is a sign missing?", token.position)
                if not (left.text in MODULES and token.text == "."):
                    out.append(Token("sign", "*", token.position))
        out.append(token)
    return out


OPERATORS: dict[type[ast.operator], Callable[[sympy.Expr, sympy.Expr], sympy.Expr]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
COMPARISONS: dict[type[ast.cmpop], Callable[..., sympy.Basic]] = {
    ast.Lt: sympy.Lt,
    ast.LtE: sympy.Le,
    ast.Gt: sympy.Gt,
    ast.GtE: sympy.Ge,
    ast.Eq: sympy.Eq,
    ast.NotEq: sympy.Ne,
}


class _Reader:
    """Walk Python's syntax tree of the tokens and build SymPy from the few nodes that are allowed."""

    def __init__(self, names: Mapping[str, sympy.Symbol], table: Mapping[str, Function], tokens: list[Token]) -> None:
        self.names = names
        self.table = table
        self.source = ""
        self.positions: list[int] = []  # for every character of the source, where it stood in the student's text
        depth = 0
        for token in tokens:
            depth += (token.text in "([") - (token.text in ")]") if len(token.text) == 1 else 0
            if depth > MAX_NESTING:
                raise AnswerError("The brackets are nested too deeply to read.", token.position)
            piece = f" {token.text}"
            self.source += piece
            self.positions += [token.position] * len(piece)

    def read(self) -> sympy.Basic:
        if not self.source.isascii():
            bad = next(letter for letter in self.source if not letter.isascii())
            raise AnswerError(f"I can't read the character “{bad}”.")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)  # Python's remarks on odd code help no student
                tree = ast.parse(self.source.strip(), mode="eval")
        except SyntaxError as error:
            ends_early = not error.offset or error.offset > len(self.source.strip())
            position = self._position(len(self.source) if ends_early else error.offset - 1)
            raise AnswerError(self._syntax_message(position), position) from None
        except (ValueError, RecursionError, MemoryError):
            raise AnswerError("This is too long or too deeply nested to read.") from None
        try:
            with distribute(False):  # keep 8(x − 1) as it was written, for the echo
                return self.build(tree.body)
        except AnswerError:
            raise
        except RecursionError:
            raise AnswerError("This is too deeply nested to read.") from None
        except (TypeError, ValueError, AttributeError, ArithmeticError):
            raise AnswerError("This can't be read as an expression: do its parts fit together?") from None

    def _position(self, offset: int) -> int | None:
        offset += 1  # the source's leading space was stripped
        return self.positions[min(offset, len(self.positions) - 1)] if self.positions else None

    def _syntax_message(self, position: int | None) -> str:
        opened, closed = self.source.count("("), self.source.count(")")
        if opened != closed:
            return (
                "A bracket is opened and never closed."
                if opened > closed
                else "A bracket is closed that was never opened."
            )
        where = "" if position is None else f" near character {position + 1}"
        return f"I can't read this{where}: is a sign, a bracket or a number missing?"

    def build(self, node: ast.expr) -> sympy.Basic:
        here = self._position(node.col_offset)
        match node:
            case ast.Constant(value=bool(value)):
                return sympy.true if value else sympy.false
            case ast.Constant(value=int(value)):
                return sympy.Integer(value)
            case ast.Constant(value=float(value)):
                text = ast.get_source_segment(self.source.strip(), node) or repr(value)
                if abs(value) > 10.0**MAX_DIGITS or 0 < abs(value) < 10.0**-MAX_DIGITS:
                    raise AnswerError("This number is too large or too small to read.", here)
                return sympy.Rational(text)  # a decimal means what it says: 0.1 is a tenth
            case ast.Name(id=name):
                return self._named(name, here)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._expression(operand)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._expression(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return sympy.Not(self.build(operand))
            case ast.BinOp(op=ast.Pow(), left=left, right=right):
                return power(self._expression(left), self._expression(right), here)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return OPERATORS[type(op)](self._expression(left), self._expression(right))
            case ast.Compare(left=left, ops=ops, comparators=rights) if all(type(op) in COMPARISONS for op in ops):
                sides = [self._expression(side) for side in (left, *rights)]
                pairs = zip(ops, sides, sides[1:], strict=False)
                return sympy.And(*(COMPARISONS[type(op)](a, b) for op, a, b in pairs))
            case ast.BoolOp(op=op, values=values):
                return (sympy.And if isinstance(op, ast.And) else sympy.Or)(*map(self.build, values))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                branches = (self._expression(body), self.build(test)), (self._expression(orelse), True)
                return sympy.Piecewise(*branches)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return sympy.Tuple(*map(self.build, parts))
            case ast.Call(func=func, args=args, keywords=[]):
                return self._call(func, args, here)
        raise AnswerError("This is not ordinary mathematical notation, so it isn't read.", here)

    def _expression(self, node: ast.expr) -> sympy.Expr:
        built = self.build(node)
        if is_condition(built):
            return indicator(built)
        if not isinstance(built, sympy.Expr):
            raise AnswerError("A list can't stand inside an expression.", self._position(node.col_offset))
        return built

    def _named(self, name: str, here: int | None) -> sympy.Basic:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in self.table:
            raise AnswerError(f"“{name}” needs what it is applied to, in brackets.", here)
        raise AnswerError(f"“{name}” is not expected here. {expected_names(self.names)}", here)

    def _call(self, func: ast.expr, args: list[ast.expr], here: int | None) -> sympy.Basic:
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in MODULES:
            name = func.attr  # np.exp(x), sympy.exp(x)
        elif isinstance(func, ast.Name):
            name = func.id
        else:
            raise AnswerError("This is not ordinary mathematical notation, so it isn't read.", here)
        if name in ("Matrix", "array") and len(args) == 1:
            return self.build(args[0])
        if name == "where" and len(args) == 3:
            return sympy.Piecewise((self._expression(args[1]), self.build(args[0])), (self._expression(args[2]), True))
        if name == "Piecewise":
            branches = [self.build(arg) for arg in args]
            if not all(isinstance(branch, sympy.Tuple) and len(branch) == 2 for branch in branches):
                raise AnswerError("Piecewise takes pairs (value, condition).", here)
            return sympy.Piecewise(*((branch[0], branch[1]) for branch in branches))
        if name not in self.table:
            raise AnswerError(f"The function “{name[:30]}” is not known here.", here)
        return self.table[name](*map(self._expression, args))


def power(base: sympy.Expr, exponent: sympy.Expr, position: int | None = None) -> sympy.Expr:
    """Raise `base` to `exponent`, refusing numbers that would fill the memory.

    Raises
    ------
    AnswerError
        If both are numbers and the result would have too many digits.
    """
    if exponent.is_number and (not exponent.is_comparable or abs(exponent) > MAX_EXPONENT):
        raise AnswerError(f"A power of more than {MAX_EXPONENT} is not read.", position)
    if base.is_Rational and exponent.is_Rational and max(abs(base.p), base.q).bit_length() * abs(exponent) > 20_000:
        raise AnswerError("This number has too many digits to read.", position)
    return base**exponent


def is_condition(value: object) -> bool:
    """Tell whether `value` is true or false rather than a number (a SymPy symbol could be either: not here)."""
    return isinstance(value, Relational | BooleanFunction | BooleanAtom)


def indicator(condition: sympy.Basic) -> sympy.Expr:
    """Return 1 where `condition` holds and 0 elsewhere: what a comparison means among numbers."""
    return sympy.Piecewise((1, condition), (0, True))
