"""Turn whatever a student hands in into SymPy, or say in plain words why not. Nothing of theirs is trusted.

Types are compared exactly: a class that claims to be equal to everything, or to be a number, is simply not
on the list.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import sympy
from sympy.core.function import AppliedUndef

from .parsing import (
    MAX_DIGITS,
    MAX_NESTING,
    AnswerError,
    Function,
    expected_names,
    indexed_symbol,
    indicator,
    is_condition,
    parse,
    plain_name,
)

MAX_NODES = 3_000
MAX_ENTRIES = 400


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
    if type(given) is str:
        expr = parse(given, names, functions)
    elif type(given) in (int, bool, float, Fraction) or isinstance(given, np.number | np.bool_):
        expr = _number(given)
    elif isinstance(given, sympy.Basic):
        check_size(given)
        expr = _indexed(_applied(given, functions or {}), names)
    elif isinstance(given, sympy.MatrixBase):
        raise AnswerError("One expression is asked for here, and this is a matrix.")
    elif type(given) in (list, tuple, dict, set, np.ndarray):
        raise AnswerError(f"One expression is asked for here, and this is a {_kind(given)}.")
    elif callable(given):
        raise AnswerError("An expression is asked for here, and this is a function: write what it returns.")
    else:
        raise AnswerError(f"An answer is an expression or text; this {_kind(given)} can't be read.")
    if isinstance(expr, sympy.Tuple):
        raise AnswerError("One expression is asked for here, and this is a list.")
    if is_condition(expr):
        if isinstance(expr, sympy.Eq):
            raise AnswerError("Write only the right-hand side, without “=”.")
        expr = indicator(expr)
    if not isinstance(expr, sympy.Expr):
        raise AnswerError(f"An answer is an expression or text; this {_kind(given)} can't be read.")
    if expr.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        raise AnswerError("This is not a finite expression: there is a division by zero, NaN or infinity in it.")
    strangers = sorted({symbol.name for symbol in expr.free_symbols} - set(names))
    if strangers:
        raise AnswerError(_stranger(strangers[0], names))
    return expr


def _applied(expr: sympy.Basic, functions: Mapping[str, Function]) -> sympy.Basic:
    """Put in what ``Function("sigma")(z)`` stands for, where σ may occur in the answer."""
    known = {
        call: functions[name](*(_applied(argument, functions) for argument in call.args))
        for call in expr.atoms(AppliedUndef)
        if (name := plain_name(call.func.__name__)) in functions and len(call.args) == 1
    }
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


def _stranger(name: str, names: list[str]) -> str:
    for known in names:
        if known.lower() == name.lower():
            return f"“{name}” is not expected here: did you mean {known}? Capital and small letters differ."
    return f"“{name[:30]}” is not expected here. {expected_names(names)}"


def _kind(given: object) -> str:
    return (
        f"{type(given).__name__[:40]} object"
        if type(given).__name__ not in ("list", "tuple", "dict", "set")
        else type(given).__name__
    )


def _number(given: object) -> sympy.Expr:
    if isinstance(given, np.number | np.bool_):
        if np.iscomplexobj(given):
            raise AnswerError("A real number is asked for here, and this one is complex.")
        given = given.item()
    if isinstance(given, float):
        if not math.isfinite(given):
            raise AnswerError("This is not a finite number.")
        return sympy.Float(given)
    if isinstance(given, Fraction):
        return sympy.Rational(given.numerator, given.denominator)
    if isinstance(given, int) and abs(given) >= 10**MAX_DIGITS:
        raise AnswerError(f"A number of more than {MAX_DIGITS} digits is not read.")
    return sympy.Integer(int(given))  # type: ignore[call-overload]


def check_size(expr: sympy.Basic) -> None:
    """Refuse a SymPy object that is too large or too deep to work with.

    Raises
    ------
    AnswerError
        If it has more than 3,000 nodes, is nested more than 200 deep, or holds a huge number.
    """
    level, nodes, depth = [expr], 0, 0
    while level:
        nodes += len(level)
        depth += 1
        if nodes > MAX_NODES or depth > 5 * MAX_NESTING:
            raise AnswerError("This expression is too large to read.")
        for node in level:
            if isinstance(node, sympy.Rational) and max(abs(node.p), node.q).bit_length() > 20_000:
                raise AnswerError("There is a number with too many digits in this expression.")
            if not isinstance(node, sympy.Basic):
                raise AnswerError("This expression holds something that is not SymPy.")
        level = [part for node in level for part in node.args]


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
    elif isinstance(given, sympy.MatrixBase):
        given = given.tolist()
    elif isinstance(given, np.ndarray):
        if given.ndim not in (1, 2) or given.size > MAX_ENTRIES:
            raise AnswerError(f"A matrix is asked for here, and this array has shape {given.shape}.")
        given = np.asarray(given).tolist()
    elif isinstance(given, sympy.Tuple):
        given = _lists(given)
    elif isinstance(given, sympy.Expr):
        given = [given]
    if type(given) not in (list, tuple):
        raise AnswerError(f"A list of rows is asked for here, and this is a {_kind(given)}.")
    rows = list(given)  # type: ignore[call-overload]
    if len(rows) > MAX_ENTRIES or sum(len(row) for row in rows if type(row) in (list, tuple)) > MAX_ENTRIES:
        raise AnswerError("This has far more entries than are asked for.")
    return [[read_expression(entry, names, functions) for entry in _entries(row, names, functions)] for row in rows]


def _entries(row: object, names: list[str], functions: Mapping[str, Function] | None) -> Iterable[object]:
    """Return a row's entries: those of a list, of one text with commas, or the row as its only entry."""
    if type(row) is str:
        row = parse(row, names, functions)
    if isinstance(row, sympy.Tuple):
        return tuple(row)
    return row if type(row) in (list, tuple) else (row,)  # type: ignore[return-value]


def _lists(parts: sympy.Tuple) -> list[object]:
    return [_lists(part) if isinstance(part, sympy.Tuple) else part for part in parts]
