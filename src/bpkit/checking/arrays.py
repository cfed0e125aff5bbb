"""Answers that are arrays of numbers: first the shape, then the values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sympy
from numpy.typing import NDArray

from .misconceptions import SENTENCES, find
from .numeric import Undefined, Unknown, evaluate
from .parsing import AnswerError, parse
from .reading import MAX_ENTRIES, read_expression
from .verdict import UNATTEMPTED, Mistake, Verdict, Witness, correct, is_unattempted

Floats = NDArray[np.float64]
LARGEST_ARRAY = 10**7


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

    def judge(self, given: object) -> Verdict:
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
        verdict = compare(array, expected, self.mistakes, self.rtol)
        # The right values are the answer here, so the witness shows only the student's own.
        witness = verdict.witness and replace(verdict.witness, expected="")
        return replace(verdict, witness=witness, understood=understood)

    def code(self) -> str:
        """Return a right answer as Python text."""
        return f"{self.name} = {np.asarray(self.expected).tolist()}"


def read_array(given: object) -> Floats:
    """Read real numbers from a list, a NumPy array, a SymPy matrix or text.

    Raises
    ------
    AnswerError
        If `given` is none of these, is ragged, or holds something that is not a real number.
    """
    if type(given) is str:
        parsed = parse(given, ())
        given = _numbers(parsed)
    elif isinstance(given, sympy.MatrixBase):
        given = [[_number(entry) for entry in row] for row in given.tolist()]
    elif isinstance(given, sympy.Basic):
        given = _number(given)
    if type(given) is np.ndarray or isinstance(given, np.number):
        array = np.array(given)
    elif type(given) in (list, tuple, int, float, bool):
        array = np.array(_plain(given, depth=0))
    elif isinstance(given, np.ndarray):
        raise AnswerError("A plain NumPy array or a list is read here, not a subclass of an array.")
    else:
        raise AnswerError(f"A list or a NumPy array is asked for here, and this is a {type(given).__name__[:40]}.")
    if array.dtype == object:
        if array.size > MAX_ENTRIES:
            raise AnswerError("An array of numbers is asked for; this one holds objects.")
        array = np.array([_number(read_expression(entry, ())) for entry in array.ravel()]).reshape(array.shape)
    if array.dtype.kind == "c":
        raise AnswerError("Real numbers are asked for here, and these are complex.")
    if array.dtype.kind not in "biuf":
        raise AnswerError(f"Numbers are asked for here, and this array holds {array.dtype}.")
    if array.size > LARGEST_ARRAY:
        raise AnswerError("This array is far larger than what is asked for.")
    return array.astype(float)


def _plain(given: object, depth: int) -> object:
    """Copy nested lists of numbers, refusing whatever else is in them."""
    if type(given) in (list, tuple):
        if depth > 4 or len(given) > 10_000:  # type: ignore[arg-type]
            raise AnswerError("This list is nested too deeply or too long.")
        parts = [_plain(part, depth + 1) for part in given]  # type: ignore[attr-defined]
        shapes = {np.shape(part) for part in parts}  # type: ignore[arg-type]
        if len(shapes) > 1:
            raise AnswerError("The rows are not equally long, so this is no array.")
        return parts
    if type(given) is np.ndarray:
        return read_array(given).tolist()
    if type(given) in (int, float, bool):
        if type(given) is int and abs(given) > 10**40:
            raise AnswerError("There is a number with too many digits in it.")
        return float(given)  # type: ignore[arg-type]
    return _number(read_expression(given, ()))


def _numbers(parsed: sympy.Basic) -> object:
    if isinstance(parsed, sympy.Tuple):
        return [_numbers(part) for part in parsed]
    return _number(parsed)


def _number(expr: sympy.Basic) -> float:
    try:
        return float(evaluate(expr, {}))
    except (Undefined, Unknown, TypeError):
        raise AnswerError("There is something in this that is not a real number.") from None


def compare(
    given: Floats,
    expected: Floats,
    mistakes: Sequence[Mistake] = (),
    rtol: float = 1e-7,
    where: str = "",
    show: Callable[[float], str] = "{:.4g}".format,
) -> Verdict:
    """Compare two arrays: shape, NaN, known mistakes, then the first value that differs."""
    if given.shape == expected.shape and close(given, expected, rtol):
        return correct()
    slug = find(mistakes, lambda result: same(given, np.asarray(result, float), rtol))
    if slug is None and expected.ndim == 2 and same(given, expected.T, rtol):
        slug = "transposed"
    if slug is None and given.size and not given.any() and expected.any():
        slug = "all-zeros"
    if slug:
        return Verdict("incorrect", where + SENTENCES[slug], slug)
    if given.shape != expected.shape:
        hint = " That is its transpose's shape." if given.shape == expected.shape[::-1] else ""
        message = f"{where}The shape is {shape(given)}; {shape(expected)} is needed.{hint}"
        return Verdict("incorrect", message, "transposed" if hint else None)
    if not np.isfinite(given).all():
        return Verdict("incorrect", f"{where}There is a NaN or an infinity in it: a division by zero, or an overflow?")
    scale = np.abs(expected).max(initial=0.0)
    different = ~(np.abs(given - expected) <= rtol * max(scale, 1e-300))
    first = tuple(int(i) for i in np.argwhere(different)[0]) if given.ndim else ()
    place = f"index {first[0] if len(first) == 1 else first}" if first else ""
    witness = Witness({"index": str(first)} if first else {}, show(float(given[first])), show(float(expected[first])))
    wrong = int(different.sum())
    count = "" if given.size == 1 else f"{wrong} of {given.size} values are not right yet; the first is at {place}."
    message = count or f"Yours is {witness.given}, and that is not it yet."
    return Verdict("incorrect", where + message, None, witness)


def close(given: Floats, expected: Floats, rtol: float) -> bool:
    """Tell whether two arrays of one shape agree to `rtol` of the largest right value."""
    scale = np.abs(expected).max(initial=0.0)
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(given - expected) <= rtol * max(scale, 1e-300)))


def same(given: Floats, other: Floats, rtol: float = 1e-7) -> bool:
    """Tell whether two arrays have one shape and agree."""
    return given.shape == other.shape and close(given, other, rtol)


def shape(array: Floats) -> str:
    """Write a shape as 2×3, and that of a number as such."""
    return (
        "×".join(map(str, array.shape))
        if array.ndim > 1
        else f"{array.size} values in a row"
        if array.ndim
        else "a single number"
    )


def _latex(array: Floats) -> str:
    if array.size > 60 or array.ndim > 2:
        return rf"\text{{an array of shape {array.shape}}}"
    return (
        str(
            sympy.latex(
                sympy.Matrix(np.atleast_1d(array)).applyfunc(
                    lambda v: sympy.Integer(int(v)) if float(v).is_integer() else sympy.Float(v, 6)
                )
            )
        )
        if np.isfinite(array).all()
        else r"\text{an array with NaN or }\infty"
    )
