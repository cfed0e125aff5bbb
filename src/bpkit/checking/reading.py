"""Turn whatever a student hands in into SymPy, or say in plain words why not. Nothing of theirs is trusted.

Types are compared exactly: a class that claims to be equal to everything, or to be a number, is simply not
on the list. The same holds for every part of a SymPy object.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import chain, islice
from typing import Any

import numpy as np
import sympy
from sympy.core.function import AppliedUndef, UndefinedFunction
from sympy.functions.elementary.piecewise import ExprCondPair

from .bounds import MAX_BITS, TOO_MANY_DIGITS, check_power, check_value
from .evaluation import OPERATIONS, Value
from .guards import exactly, kind_of, printable
from .numeric import WAITING
from .parsing import indicator, is_condition, parse
from .sigmoid import sigmoid, sigmoid_prime
from .tokens import MAX_DIGITS, declared, indexed_symbol
from .verdict import AnswerError
from .vocabulary import Function, not_expected, plain_name

MAX_NODES = 3_000
MAX_DEPTH = 100
MAX_ENTRIES = 400
MAX_PRECISION = 1_000  # bits of a float

NUMPY_NUMBERS = tuple({kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biufc"})
MATRICES = (
    *(sympy.Matrix, sympy.ImmutableMatrix, sympy.SparseMatrix, sympy.ImmutableSparseMatrix),
    *(sympy.ImmutableDenseNDimArray, sympy.MutableDenseNDimArray),
)
# What an expression may be made of, by identity: a class can lie about what it equals, not about which it is.
TRUSTED = {
    id(kind)
    for kind in (
        *OPERATIONS,
        *(sympy.Symbol, sympy.Dummy, sympy.Float, sympy.Integer, sympy.Rational, sympy.Tuple),
        *map(type, (sympy.S.Zero, sympy.S.One, sympy.S.NegativeOne, sympy.S.Half)),
        *map(type, (sympy.oo, -sympy.oo, sympy.zoo, sympy.nan, sympy.true, sympy.false)),
        *(sympy.Piecewise, ExprCondPair, sympy.And, sympy.Or, sympy.Not),
        *(sympy.Eq, sympy.Ne, sympy.Lt, sympy.Le, sympy.Gt, sympy.Ge),
        *WAITING,
    )
}


def read_expression(
    given: object, symbols: Iterable[str | sympy.Symbol], functions: Mapping[str, Function] | None = None
) -> sympy.Expr:
    """Read one expression from text, a number or SymPy.

    Raises
    ------
    AnswerError
        If `given` is none of these, is too large, or holds a symbol that is not among `symbols`.
    """
    names = [str(symbol) for symbol in symbols]
    if type(given) is np.ndarray and given.ndim == 0:
        given = given.item()
    if type(given) is str:
        expr = parse(given, names, functions)
    elif exactly(given, int, bool, float, complex, Fraction, *NUMPY_NUMBERS):
        expr = _number(given)
    elif exactly(given, *MATRICES):
        raise AnswerError("One expression is asked for here, and this is a matrix.")
    elif issubclass(type(given), sympy.Basic):
        check_size(given)
        expr = _declared(_indexed(_slopes(_applied(given, functions or {}), functions or {}), names), names)
    elif exactly(given, list, tuple, dict, set, np.ndarray):
        raise AnswerError(f"One expression is asked for here, and this is {kind_of(given)}.")
    elif issubclass(type(given), type):
        raise AnswerError("An expression is asked for here, and this is a class.")
    elif callable(given):
        raise AnswerError("An expression is asked for here, and this is a function: write what it returns.")
    else:
        raise AnswerError(f"An answer is an expression or text; {kind_of(given)} can't be read.")
    if isinstance(expr, sympy.Tuple):
        raise AnswerError("One expression is asked for here, and this is a list.")
    if is_condition(expr):
        if isinstance(expr, sympy.Eq):
            raise AnswerError("Write only the right-hand side, without “=”.")
        expr = indicator(expr)
    strangers = sorted({symbol.name for symbol in expr.free_symbols} - set(names))
    if strangers:
        raise AnswerError(not_expected(strangers[0], names))
    unknown = sorted(type(call).__name__ for call in expr.atoms(AppliedUndef))
    if unknown and not expr.has(*WAITING):
        raise AnswerError(f"The function “{printable(unknown[0])}” is not known here.")
    return expr


def _applied(expr: sympy.Basic, functions: Mapping[str, Function]) -> sympy.Basic:
    """Put in what ``Function("sigma")(z)`` stands for, where σ may occur in the answer."""
    known = {
        call: functions[name](*(_applied(argument, functions) for argument in call.args))
        for call in expr.atoms(AppliedUndef)
        if (name := plain_name(call.func.__name__)) in functions and len(call.args) == 1
    }
    return expr.xreplace(known)


def _slopes(expr: sympy.Basic, functions: Mapping[str, Function]) -> sympy.Basic:
    """Read what SymPy makes of ``sigma(z).diff(z)``, or of that of σ(wx) by w, as σ', where that may occur."""
    if sigmoid_prime not in functions.values():
        return expr

    def at(waiting: sympy.Derivative) -> sympy.Expr | None:
        inner = waiting.expr
        own = isinstance(inner, sigmoid) and waiting.variable_count == ((inner.args[0], 1),)
        return sigmoid_prime(inner.args[0]) if own else None

    known = {waiting: slope for waiting in expr.atoms(sympy.Derivative) if (slope := at(waiting))}
    for put_in in expr.atoms(sympy.Subs):
        if (slope := known.get(put_in.expr)) and slope.args == put_in.variables:
            known[put_in] = sigmoid_prime(*put_in.point)
    return expr.xreplace(known)


def _indexed(expr: sympy.Basic, names: list[str]) -> sympy.Basic:
    """Read SymPy's other spellings of a declared w_24^3: w_{24}^{3}, and the "power" that sympify makes of it."""
    known = {name: sympy.Symbol(name) for name in names if "^" in name}
    found = {}
    for node in expr.atoms(sympy.Symbol, sympy.Pow) if known else ():
        base, exponent = node.as_base_exp()
        if base.is_Symbol and base.name not in names:
            text = base.name if exponent == 1 else f"{base.name}^{exponent}"
            if (hit := indexed_symbol(text, 0, known)) and hit[1] == len(text):
                found[node] = hit[0]
    return expr.xreplace(found)


def _declared(expr: sympy.Basic, names: list[str]) -> sympy.Basic:
    """Read a symbol's other spellings as in text: the symbols x_1, x_{1} and x₁ are a declared x1."""
    strangers = [symbol for symbol in expr.atoms(sympy.Symbol) if symbol.name not in names]
    found = {symbol: sympy.Symbol(known) for symbol in strangers if (known := declared(symbol.name, names))}
    return expr.xreplace(found)


def _number(given: Any) -> sympy.Expr:
    if isinstance(given, complex | np.complexfloating):
        raise AnswerError("A real number is asked for here, and this one is complex.")
    if isinstance(given, float | np.floating):
        if not math.isfinite(given):
            raise AnswerError("This is not a finite number.")
        return sympy.Float(float(str(given)))  # as it is shown: 0.1 of fewer digits is 0.1, too
    if isinstance(given, Fraction):
        return _number(given.numerator) / _number(given.denominator)
    if abs(int(given)) >= 10**MAX_DIGITS:
        raise AnswerError(f"A number of more than {MAX_DIGITS} digits is not read.")
    return sympy.Integer(int(given))


def check_size(expr: sympy.Basic) -> None:
    """Refuse a SymPy object that is no plain mathematics, or too large or too deep to work with.

    Raises
    ------
    AnswerError
        If it holds anything besides numbers, symbols and the usual functions, has more than 3,000 nodes, is nested
        more than 100 deep, or holds a number that cannot be worked with.
    """
    level, nodes = [expr], [expr]
    for _ in range(MAX_DEPTH):
        for node in level:
            _check_type(node)
        level = [part for node in level for part in node.args]
        nodes += level
        if not level or len(nodes) > MAX_NODES:
            break
    if level:
        raise AnswerError("This expression is too large to read.")
    memo: dict[sympy.Basic, Value] = {}
    for node in reversed(nodes):
        if isinstance(node, sympy.Pow):
            check_power(*node.args)
        check_value(node, memo, real=False)


def _check_type(node: object) -> None:
    undefined = type(type(node)) is UndefinedFunction and type(node).__bases__ == (AppliedUndef,)
    if not undefined and id(type(node)) not in TRUSTED:
        raise AnswerError(f"There is {kind_of(node)} in this, which can't be read here.")
    if isinstance(node, sympy.Symbol) and type(node.name) is not str:
        raise AnswerError("There is a symbol in this whose name is no text.")
    if isinstance(node, sympy.Float) and (node._prec > MAX_PRECISION or abs(node._mpf_[2]) > MAX_BITS):
        raise AnswerError(TOO_MANY_DIGITS)


def read_table(
    given: object, symbols: Iterable[str | sympy.Symbol], functions: Mapping[str, Function] | None = None
) -> list[list[sympy.Expr]]:
    """Read rows of expressions from nested lists, text, a SymPy matrix or a NumPy array.

    A flat list becomes one entry a row, as vectors are columns here; an expression alone, one row with one entry.

    Raises
    ------
    AnswerError
        If it is not a list of lists of expressions.
    """
    names = [str(symbol) for symbol in symbols]
    if type(given) is str:
        parsed = parse(given, names, functions)
        given = _lists(parsed) if isinstance(parsed, sympy.Tuple) else [parsed]
    elif type(given) is np.ndarray or exactly(given, *MATRICES):
        given = matrix_rows(given)
    elif type(given) is sympy.Tuple:
        given = _lists(given)
    elif issubclass(type(given), sympy.Expr):
        given = [given]
    if not exactly(given, list, tuple):
        raise AnswerError(f"A list of rows is asked for here, and this is {kind_of(given)}.")
    rows = [list(_entries(row, names, functions)) for row in islice(given, MAX_ENTRIES + 1)]  # type: ignore[call-overload]
    if max(len(rows), sum(map(len, rows))) > MAX_ENTRIES:
        raise AnswerError("This has far more entries than are asked for.")
    return [[read_expression(entry, names, functions) for entry in row] for row in rows]


def _entries(row: object, names: list[str], functions: Mapping[str, Function] | None) -> Iterable[object]:
    """Return a row's entries: those of a list, of one text with commas, or the row as its only entry."""
    if type(row) is str:
        row = parse(row, names, functions)
    elif type(row) is np.ndarray or exactly(row, *MATRICES):
        row = list(chain.from_iterable(part if type(part) is list else [part] for part in matrix_rows(row)))
    return row if exactly(row, list, tuple, sympy.Tuple) else (row,)  # type: ignore[return-value]


def matrix_rows(given: Any) -> list[Any]:
    """Return the rows of a NumPy array or a SymPy matrix as lists.

    Raises
    ------
    AnswerError
        If there are far too many entries.
    """
    if math.prod(given.shape) > MAX_ENTRIES:
        raise AnswerError("This has far more entries than are asked for.")
    rows = given.tolist()
    return rows if type(rows) is list else [rows]


def _lists(parts: sympy.Tuple) -> list[object]:
    return [_lists(part) if isinstance(part, sympy.Tuple) else part for part in parts]
