"""Numbers that can be worked with: one that is not real, or would fill the memory, is refused before it is built."""

from __future__ import annotations

import sympy

from .evaluation import TooLarge, Undefined, Unknown, Value, evaluate
from .verdict import AnswerError

MAX_EXPONENT = 10_000
MAX_BITS = 10_000  # about 3,000 digits, and fewer than Python writes down

DIVISION_BY_ZERO = "There is a division by zero in this."
TOO_MANY_DIGITS = "There is a number with too many digits in this."


def check_value(expr: sympy.Basic, memo: dict[sympy.Basic, Value], real: bool = True) -> None:
    """Refuse a number that is not finite, or too large. Its parts have been checked before it.

    Parameters
    ----------
    expr
        Any part of an expression.
    memo
        The values of its parts; its own is added.
    real
        Whether it must be real: in SymPy's forms of the cosine, i stands besides real parts.

    Raises
    ------
    AnswerError
        If `expr` is such a number. An expression that holds symbols is none.
    """
    if isinstance(expr, sympy.Rational):
        if max(abs(expr.p), expr.q).bit_length() > MAX_BITS:
            raise AnswerError(TOO_MANY_DIGITS)
    elif isinstance(expr, sympy.Expr) and expr.is_number:
        if expr in (sympy.zoo, sympy.nan):
            raise AnswerError(DIVISION_BY_ZERO)
        if expr in (sympy.oo, -sympy.oo):
            raise AnswerError("There is an infinity in this; a finite expression is asked for.")
        try:
            evaluate(expr, {}, real, memo)
        except TooLarge:
            raise AnswerError("There is a number in this that is too large to work with.") from None
        except Undefined:
            raise AnswerError("There is something in this that is not a real number.") from None
        except Unknown:  # not a number after all, such as a derivative that waits to be worked out
            pass


def check_power(base: sympy.Basic, exponent: sympy.Basic) -> None:
    """Refuse a power that is too large to be written out. Base and exponent have been checked before it.

    Raises
    ------
    AnswerError
        If the exponent is a number beyond 10,000, or the numbers in the base would get too many digits.
    """
    if not exponent.is_number:
        return
    try:
        size = int(abs(evaluate(exponent, {}))) + 1
    except (Undefined, Unknown):
        raise AnswerError("There is an exponent in this that is not a real number.") from None
    if size > MAX_EXPONENT + 1:
        raise AnswerError(f"A power of more than {MAX_EXPONENT} is not read.")
    if size * _bits(base) > MAX_BITS:
        raise AnswerError(TOO_MANY_DIGITS)


def _bits(expr: sympy.Basic) -> int:
    """Return about how many bits the numbers in `expr` have, once its powers are written out."""
    if isinstance(expr, sympy.Rational):
        return max(abs(int(expr.p)), int(expr.q)).bit_length() - 1
    if isinstance(expr, sympy.Pow) and isinstance(expr.exp, sympy.Rational):
        return _bits(expr.base) * (abs(int(expr.exp)) + 1)
    if isinstance(expr, sympy.Mul):
        return sum(map(_bits, expr.args))
    if isinstance(expr, sympy.Add) and expr.free_symbols:
        return 0  # SymPy leaves a power of such a sum as it is
    return max(map(_bits, expr.args), default=0)
