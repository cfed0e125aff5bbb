"""Answers that are arrays of numbers: first the shape, then the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from .array_diagnosis import Floats, agreements, diagnose_arrays, same
from .evaluation import Undefined, Unknown, evaluate
from .guards import exactly, kind_of
from .parsing import parse
from .reading import MATRICES, NUMPY_NUMBERS, matrix_rows, read_expression
from .verdict import (
    UNATTEMPTED,
    AnswerError,
    Mistake,
    Verdict,
    Witness,
    always_a_verdict,
    correct,
    is_unattempted,
)

MOST_NUMBERS = 10**5
LONGEST_LIST = 10**4
EXACT = 2**53  # whole numbers up to it are floats, too
TOO_MANY = "This is nested too deeply, or has far more entries than are asked for."
DEEPEST = 5


@dataclass(frozen=True)
class Array:
    """An answer that is an array of numbers, or a single number.

    A vector is accepted as a flat list, a column or a row.

    Parameters
    ----------
    name
        The answer's name in the notebook.
    expected
        The right array, computed from the statement.
    mistakes
        What known mistakes lead to: arrays of any shape.
    rtol
        How far a value may be from the right one, relative to the largest right value.
    """

    name: str
    expected: Floats
    mistakes: tuple[Mistake, ...] = ()
    rtol: float = 1e-7

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare shape and values of `given`."""
        if is_unattempted(given):
            return UNATTEMPTED
        try:
            array = read_array(given)
        except AnswerError as error:
            return Verdict("malformed", str(error))
        understood = (_latex(array),)
        expected = np.asarray(self.expected, float)
        if expected.ndim == 1 and array.shape in ((expected.size, 1), (1, expected.size)):
            array = array.ravel()
        verdict = compare(array, expected, self.rtol)
        if why and verdict.status != "correct":
            made = [Mistake(m.slug, [np.asarray(m.result, float)]) for m in self.mistakes]
            if found := diagnose_arrays([array], [expected], made, self.rtol):
                verdict = replace(verdict, misconception=found[0], message=found[1])
        # The right values are the answer here, so the witness shows only the student's own.
        witness = verdict.witness and replace(verdict.witness, expected="")
        return replace(verdict, witness=witness, understood=understood)

    def code(self) -> str:
        """Return a right answer as Python text."""
        return f"{self.name} = {np.asarray(self.expected).tolist()}"


def read_array(given: object, text: bool = True) -> Floats:
    """Read real numbers from a list, a NumPy array, a SymPy matrix or text.

    Parameters
    ----------
    given
        Anything.
    text
        Whether text may stand for numbers.

    Raises
    ------
    AnswerError
        If `given` is none of these, is ragged, or holds something that is not a real number.
    """
    with np.errstate(all="ignore"):
        return _read(given, text, iter(range(MOST_NUMBERS))).astype(float)


def _read(given: Any, text: bool, budget: Iterator[int], depth: int = 0) -> NDArray[Any]:
    """Copy numbers out of nested lists and arrays, refusing whatever else is in them."""
    if next(budget, None) is None or depth > DEEPEST:
        raise AnswerError(TOO_MANY)
    if type(given) is str and text:
        given = parse(given, ())
    if exactly(given, *MATRICES):
        given = matrix_rows(given)
    if type(given) is np.ndarray:
        return _read_numpy(given, text, budget)
    if exactly(given, list, tuple, sympy.Tuple):
        if len(given) > LONGEST_LIST:
            raise AnswerError(TOO_MANY)
        parts = [_read(part, text, budget, depth + 1) for part in given]
        if len({part.shape for part in parts}) > 1:
            raise AnswerError("The rows are not equally long, so this is no array.")
        return np.array(parts, float)
    if exactly(given, float, np.float64) or (exactly(given, int) and abs(given) < EXACT):
        return np.array(given, float)
    if type(given) is str or not (
        exactly(given, int, bool, Fraction, *NUMPY_NUMBERS) or issubclass(type(given), sympy.Basic)
    ):
        raise AnswerError(f"This is {kind_of(given)}; numbers are asked for here, in a list or a NumPy array.")
    expr = read_expression(given, ())
    try:
        return np.array(float(evaluate(expr, {})))
    except (Undefined, Unknown, TypeError, OverflowError):
        raise AnswerError("There is something in this that is not a real number.") from None


def _read_numpy(array: NDArray[Any], text: bool, budget: Iterator[int]) -> NDArray[Any]:
    if array.dtype.kind in "biuf":
        if sum(1 for _ in islice(budget, array.size)) < array.size:
            raise AnswerError("This array is far larger than what is asked for.")
        return array.astype(float)
    if array.dtype.kind == "O":
        return np.array([_read(entry, text, budget, 1) for entry in array.flat], float).reshape(array.shape)
    holds = {"c": "complex numbers", "U": "text", "S": "text"}.get(array.dtype.kind, "something else")
    raise AnswerError(f"This array holds {holds}; real numbers are asked for here.")


def compare(given: Floats, expected: Floats, rtol: float, where: str = "") -> Verdict:
    """Compare two arrays: shape, NaN, then the first value that differs."""
    if same(given, expected, rtol):
        return correct()
    if given.shape != expected.shape:
        hint = " That is the transpose's shape." if given.shape == expected.shape[::-1] else ""
        message = f"Yours is {shape(given)}; {shape(expected)} is asked for.{hint}"
        return Verdict("incorrect", _continued(where, message), "transposed" if hint else None)
    if not np.isfinite(given).all():
        message = "There is a NaN or an infinity in it: a division by zero, or an overflow?"
        return Verdict("incorrect", _continued(where, message))
    different = ~agreements(given, expected, rtol)
    first = tuple(int(i) for i in np.argwhere(different)[0]) if given.ndim else ()
    index = {"index": str(first)} if first else {}
    witness = Witness(index, *(f"{array[first]:.4g}".replace("-", "−") for array in (given, expected)))
    wrong, place = int(different.sum()), first[0] if len(first) == 1 else first
    if given.size == 1:
        message = f"Yours is {witness.given}, and that is not it yet."
    elif wrong == given.size:
        message = f"None of the {wrong} values is right yet."
    elif wrong == 1:
        message = f"1 of {given.size} values is not right yet: the one at index {place}, counted from 0."
    else:
        message = f"{wrong} of {given.size} values are not right yet; the first is at index {place}, counted from 0."
    slug = "one-entry" if wrong == 1 < given.size - 1 else None
    return Verdict("incorrect", _continued(where, message), slug, witness)


def _continued(where: str, sentence: str) -> str:
    """Join a sentence to what it is about: "Called with n = 2: every value is zero"."""
    return f"{where}: {sentence[0].lower()}{sentence[1:]}" if where else sentence


def shape(array: Floats) -> str:
    """Say what an array is: a single number, a vector, or an array of a shape such as 2×3."""
    if array.ndim == 0:
        return "a single number"
    if array.ndim == 1:
        return f"a vector of {array.size} number{'' if array.size == 1 else 's'}"
    return f"an array of shape {'×'.join(map(str, array.shape))}"


def _latex(array: Floats) -> str:
    if array.size > 60 or array.ndim > 2:
        return rf"\text{{{shape(array)}}}"
    if not np.isfinite(array).all():
        return r"\text{an array with NaN or }\infty"
    rows = sympy.Matrix(np.atleast_1d(array))
    return str(
        sympy.latex(rows.applyfunc(lambda v: sympy.Integer(int(v)) if float(v).is_integer() else sympy.Float(v, 6)))
    )
