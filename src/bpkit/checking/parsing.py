r"""Read a student's text as mathematics, without running any of it.

The text goes through four steps, each of which knows only its own list of what is allowed:

1. *latex*: commands such as ``\frac{1}{2}`` become ordinary notation;
2. *tokens*: habits of pen and paper become Python's notation (``2x``, ``e^(uv)``, ``sin^2 x``, ``σ'(z)``,
   ``a_1^2``), every piece remembering where it stood;
3. Python's own parser turns that into a syntax tree, which executes nothing;
4. the tree is walked, and only arithmetic, comparisons, lists and functions from a table become SymPy.

There is no ``eval``, ``sympify`` or ``parse_expr`` on the way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import count
from typing import TypeVar
from unicodedata import normalize

import sympy
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

from .bounds import DIVISION_BY_ZERO, check_power, check_value
from .evaluation import Value
from .guards import printable
from .latex import without_latex
from .outlines import Outline, outline_of
from .sigmoid import sigmoid as sigmoid
from .sigmoid import sigmoid_prime as sigmoid_prime
from .tokens import Token, tokenize
from .typesetting import Formula, formula_of
from .verdict import AnswerError as AnswerError
from .vocabulary import CONSTANTS, FUNCTIONS, MODULES, ONE_OR_TWO, SEVERAL, expected_names
from .vocabulary import SIGMOID as SIGMOID
from .vocabulary import SIGMOID_PRIME as SIGMOID_PRIME
from .vocabulary import Function as Function

MAX_LENGTH = 2_000
MAX_NESTING = 40


# “f'(x) =”, “dL/dh =” or “=” alone: what an answer is called, not the answer
LEFT_SIDE = re.compile(
    r"\s*(?:(?:[^\W\d]\w*['′’]*(?:\([^()=]*\))?|[d∂]\w*\s*/\s*[d∂]\w+|\\frac\{[^{}]*\}\{[^{}]*\})\s*)?=(?!=)"
)
# [ 0  2.5 -1]: an array as NumPy prints it
PRINTED = re.compile(r"\s*(?:array\()?\s*\[[\[\]\s\d.eE+-]*\]\s*\)?\s*")
BETWEEN = re.compile(r"(?<=[\d.\]])(\s*)\s(?=[-+]?[\d.\[])")
EQUALS = re.compile(r"(?<![<>=!])=(?!=)")
T = TypeVar("T")
COMPUTED = 16  # a decimal of so many digits is what Python prints of a float: 0.3333333333333333 is a third


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
    return _unless_too_deep(lambda: _reader(text, symbols, functions).read())


def outline(
    text: str, symbols: Iterable[str | sympy.Symbol], functions: Mapping[str, Function] | None = None
) -> Outline:
    """Read `text` as it is written: two texts with one outline differ in nothing but order, brackets, +0 and ·1.

    Unlike SymPy, which makes v/u² of 1/u · v/u, it keeps what a step of a derivation may be about.

    Raises
    ------
    AnswerError
        As `parse` does.
    """
    return _unless_too_deep(lambda: outline_of(_reader(text, symbols, functions).tree()))


def typeset(
    text: str, symbols: Iterable[str | sympy.Symbol], functions: Mapping[str, Function] | None = None
) -> Formula:
    """Read `text` as a formula to be shown, every part where it was typed.

    It says how the text is taken apart, not whether its parts make sense: that `parse` knows.

    Raises
    ------
    AnswerError
        As `parse` does, for what cannot be taken apart.
    """

    def read() -> Formula:
        reader = _reader(text, symbols, functions)
        return formula_of(reader.tree(), reader.names)

    return _unless_too_deep(read)


def _unless_too_deep(read: Callable[[], T]) -> T:
    try:
        return read()
    except RecursionError:
        raise AnswerError("This is too deeply nested to read.") from None


def _reader(text: str, symbols: Iterable[str | sympy.Symbol], functions: Mapping[str, Function] | None) -> _Reader:
    names = _symbols(tuple(map(str, symbols)))
    table = FUNCTIONS | dict(functions or {})
    if len(text) > MAX_LENGTH:
        raise AnswerError(f"This is {len(text)} characters long; an answer of up to {MAX_LENGTH} is read.")
    written, start = _habits(text)
    pieces = without_latex(written) if "\\" in text or "$" in text else list(zip(written, count(), strict=False))
    pieces = [(piece, position + start) for piece, position in pieces]
    origins = [position for piece, position in pieces for _ in piece]
    plain = "".join(piece for piece, _ in pieces)
    if equals := EQUALS.search(plain):
        raise AnswerError("Write only what stands to the right of “=”.", origins[equals.start()])
    tokens, indexed = tokenize(plain, origins.__getitem__, names, table)
    return _Reader({**names, **indexed}, table, tokens)


def _habits(text: str) -> tuple[str, int]:
    """Leave out what stands before “=”, put commas into a printed array; return also where the rest began."""
    # 𝑥, as it is pasted from a PDF, is x.
    plain = "".join(normalize("NFKC", letter) if "\U0001d400" <= letter <= "\U0001d7ff" else letter for letter in text)
    start = found.end() if (found := LEFT_SIDE.match(plain)) else 0
    rest = plain[start:]
    if PRINTED.fullmatch(rest):
        rest = BETWEEN.sub(lambda blank: f"{blank[1]},", rest)
    return rest, start


@lru_cache(maxsize=256)
def _symbols(names: tuple[str, ...]) -> Mapping[str, sympy.Symbol]:
    return {name: sympy.Symbol(name) for name in names}


def _times(left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    """Multiply, but keep 8(x − 1) as it was written: SymPy would multiply a number into a sum."""
    for number, other in ((left, right), (right, left)):
        if number.is_Rational and number not in (0, 1) and other.is_Add:
            return sympy.Mul(number, other, evaluate=False)
    return left * right


def _divided(above: sympy.Expr, below: sympy.Expr) -> sympy.Expr:
    if below == 0:
        raise AnswerError(DIVISION_BY_ZERO)
    return _times(above, 1 / below)


def _raised(base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    check_power(base, exponent)
    return base**exponent


OPERATORS: dict[type[ast.operator], Callable[[sympy.Expr, sympy.Expr], sympy.Expr]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: _times,
    ast.Div: _divided,
    ast.Pow: _raised,
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
        self.values: dict[sympy.Basic, Value] = {}  # of the numbers that have been built
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

    def tree(self) -> ast.expr:
        try:
            return ast.parse(self.source.strip(), mode="eval").body
        except SyntaxError as error:
            position = self._position((error.offset or len(self.source)) - 1)
            raise AnswerError(self._syntax_message(position), position) from None
        except (ValueError, RecursionError, MemoryError):
            raise AnswerError("This is too long or too deeply nested to read.") from None

    def read(self) -> sympy.Basic:
        try:
            return self.build(self.tree())
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
        try:
            built = self._built(node)
            check_value(built, self.values)
        except AnswerError as error:
            raise AnswerError(str(error), here if error.position is None else error.position) from None
        return built

    def _built(self, node: ast.expr) -> sympy.Basic:
        match node:
            case ast.Constant(value=bool(value)):
                return sympy.true if value else sympy.false
            case ast.Constant(value=int(value)):
                return sympy.Integer(value)
            case ast.Constant(value=float(value)):
                text = str(ast.get_source_segment(self.source.strip(), node))
                if len(text.lower().partition("e")[0].strip("0.").replace(".", "")) >= COMPUTED:
                    return sympy.Float(text, 15)
                return sympy.Rational(text)  # a decimal means what it says: 0.1 is a tenth
            case ast.Name(id=name):
                return self._named(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _times(sympy.S.NegativeOne, self._expression(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._expression(operand)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return sympy.Not(self.build(operand))
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
                return self._call(func, args)
        raise AnswerError("This is not ordinary mathematical notation, so it isn't read.")

    def _expression(self, node: ast.expr) -> sympy.Expr:
        built = self.build(node)
        if is_condition(built):
            return indicator(built)
        if not isinstance(built, sympy.Expr):
            raise AnswerError("A list can't stand inside an expression.", self._position(node.col_offset))
        return built

    def _named(self, name: str) -> sympy.Basic:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        raise AnswerError(f"“{name}” is not expected here. {expected_names(self.names)}")

    def _call(self, func: ast.expr, args: list[ast.expr]) -> sympy.Basic:
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in MODULES:
            name = func.attr  # np.exp(x), sympy.exp(x)
        elif isinstance(func, ast.Name):
            name = func.id
        else:
            raise AnswerError("This is not ordinary mathematical notation, so it isn't read.")
        if name in ("Matrix", "array") and len(args) == 1:
            return self.build(args[0])
        if name == "int" and len(args) == 1 and is_condition(condition := self.build(args[0])):
            return indicator(condition)
        if name == "where" and len(args) == 3:
            return sympy.Piecewise((self._expression(args[1]), self.build(args[0])), (self._expression(args[2]), True))
        if name == "Piecewise":
            branches = [self.build(arg) for arg in args]
            if not all(isinstance(branch, sympy.Tuple) and len(branch) == 2 for branch in branches):
                raise AnswerError("Piecewise takes pairs (value, condition).")
            return sympy.Piecewise(*((branch[0], branch[1]) for branch in branches))
        if name not in self.table:
            raise AnswerError(f"The function “{printable(name)}” is not known here.")
        several = name in SEVERAL or (name in ONE_OR_TWO and len(args) == 2) or name == "Eq"
        if not args or (len(args) > 1 and not several):
            raise AnswerError(f"“{name}” takes one value in its brackets, and here are {len(args) or 'none'}.")
        return self.table[name](*map(self._expression, args))


def is_condition(value: object) -> bool:
    """Tell whether `value` is true or false rather than a number (a SymPy symbol could be either: not here)."""
    return isinstance(value, Relational | BooleanFunction | BooleanAtom)


def indicator(condition: sympy.Basic) -> sympy.Expr:
    """Return 1 where `condition` holds and 0 elsewhere: what a comparison means among numbers."""
    return sympy.Piecewise((1, condition), (0, True))
