"""Chapter 02: its own kinds of answers. Matrices in x alone, shapes, counts, products at a point, and thrifty code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Array, Matrix, Verdict
from bpkit.checking.array_diagnosis import same
from bpkit.checking.arrays import read_array
from bpkit.checking.functions import as_arrays
from bpkit.checking.misconceptions import SENTENCES
from bpkit.checking.reading import read_table
from bpkit.checking.shapes import sizes_of
from bpkit.checking.verdict import AnswerError, always_a_verdict, is_unattempted
from bpkit.checking.vocabulary import listed

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Unfolded(Matrix):
    """A matrix or column of expressions in x alone: one that still holds inner variables is unfinished, not wrong.

    A flat list is read as a column; a row in its place is the transpose.

    Parameters
    ----------
    inner
        Inner variables and what they stand for.
    """

    inner: Mapping[str, sympy.Expr] = field(default_factory=dict)

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Matrix` does, with the inner variables replaced by what they stand for."""
        try:
            rows = [] if is_unattempted(given) else read_table(given, (*self.symbols, *self.inner), self.functions)
        except AnswerError:
            rows = []
        names = {symbol.name for row in rows for entry in row for symbol in entry.free_symbols}
        held = [name for name in self.inner if name in names]
        meanings = {sympy.Symbol(name): meaning for name, meaning in self.inner.items()}
        verdict = super().judge([[entry.subs(meanings) for entry in row] for row in rows] if held else given, why)
        unexplained = why and verdict.status == "incorrect" and verdict.misconception in (None, "not-varying")
        if unexplained and not names and sympy.Matrix(rows).shape == self.expected.shape:
            asked = listed(self.symbols)
            said = f"There are numbers here, for one point perhaps; expressions in {asked} are asked for."
            return replace(verdict, message=said, misconception="not-varying")
        if verdict.status != "correct":
            return verdict
        if self.expected.cols == 1 == len(rows) < self.expected.rows:
            said = f"Yours is a row, of shape 1×{self.expected.rows}; a column is asked for."
            return Verdict("incorrect", said, "transposed", understood=verdict.understood)
        if not held:
            return verdict
        stand = "they stand" if len(held) > 1 else "it stands"
        said = f"This still holds {listed(held)}: put in what {stand} for."
        return Verdict("malformed", said, "inner-variable", understood=verdict.understood)


MOST_ROWS = 100


@dataclass(frozen=True)
class Shapes(Array):
    """Several shapes, or a single one: pairs of numbers, also written as 2×4 or "2 by 4".

    Of a single pair, nothing is told but what it is a known mistake for: "2 times too large" would be the answer.
    """

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as an `Array` does, with the shapes in text read as pairs before."""
        single = np.ndim(self.expected) == 1
        written = self.taken(given)
        loose = [written] if single else written if type(written) is list else []
        verdict = super().judge(written, why)
        if any(type(row) is str and not is_unattempted(row) and _is_number(row) for row in loose):
            return Verdict("malformed", "Type a shape as a pair, [rows, columns].")
        if single and verdict.misconception and verdict.misconception not in {m.slug for m in self.mistakes}:
            return replace(verdict, misconception=None, message="This is not the shape yet.")
        return verdict

    def taken(self, given: object) -> object:
        """Return the pairs that an answer is taken for."""
        return _pair(given) if np.ndim(self.expected) == 1 else _pairs(given)


def _pair(row: object) -> object:
    """Return a shape in text as a pair; anything else as it is."""
    if type(row) in (list, tuple) and len(row) == 1 and type(row[0]) is str:  # type: ignore[arg-type, index]
        row = row[0]  # type: ignore[index]
    sizes = sizes_of(row)
    fits = type(sizes) is list and len(sizes) == 2 and not any(re.search(r"[()\[\]]", str(part)) for part in sizes)
    return sizes if fits else row


def _pairs(given: object) -> object:
    if type(given) is str:
        parts = [_pair(part) for part in re.split("[,;]", given)]
        return parts if all(type(part) is list for part in parts) else given
    return [_pair(row) for row in given[:MOST_ROWS]] if type(given) in (list, tuple) else given  # type: ignore[index]


def _is_number(text: str) -> bool:
    try:
        return read_array(text).ndim == 0
    except AnswerError:
        return True


GROUPED = re.compile(r"\s*\d{1,3}([,_ ])\d{3}(?:\1\d{3})*\s*")


@dataclass(frozen=True)
class Counts(Array):
    """An array of large whole numbers: as an entry, "82,000" is one number."""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as an `Array` does, with the signs between thousands left out before."""
        return super().judge(_ungrouped(given, np.ndim(self.expected)), why)


def _ungrouped(given: object, depth: int) -> object:
    """Leave out the signs between thousands; a comma only in an entry, as elsewhere it stands between entries."""
    if type(given) is str:
        entry = depth == 0 and GROUPED.fullmatch(given)
        return re.sub(r"[,_ ]", "", given) if entry else re.sub(r"(?<=\d)_(?=\d{3}(?!\d))", "", given)
    if type(given) in (list, tuple) and depth:
        return [_ungrouped(part, depth - 1) for part in given[:MOST_ROWS]]  # type: ignore[index]
    return given


@dataclass(frozen=True)
class Composed(Array):
    """A product of two Jacobians at a point, of which the outer one may have been taken at a wrong point.

    Parameters
    ----------
    outer
        The outer Jacobian, with NaN where it depends on the point.
    inner
        The inner Jacobian at its point, a square matrix. By one that is singular, nothing can be divided.
    """

    outer: Floats = field(default_factory=lambda: np.eye(1))
    inner: Floats = field(default_factory=lambda: np.eye(1))

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as an `Array` does; if there is no reason, divide by the inner factor and look at what is left."""
        verdict = super().judge(given, why)
        if not why or verdict.status != "incorrect" or verdict.misconception:
            return verdict
        array = read_array(given)
        if array.shape != self.expected.shape or np.linalg.matrix_rank(self.inner) < len(self.inner):
            return verdict
        left = array @ np.linalg.inv(self.inner)
        whole = np.abs(left - left.round()) < 1e-6  # as at a point of whole numbers
        if not (whole & (np.isnan(self.outer) | np.isclose(left, self.outer))).all():
            return verdict
        return replace(verdict, misconception="outer-elsewhere", message=SENTENCES["outer-elsewhere"])


def thrifty(reference: Callable[..., Any], given: Callable[..., Any], *arrays: Floats) -> Any:
    """Call `given`; if the result is right, or too large for floats, count the multiplications that it takes.

    Raises
    ------
    AnswerError
        If it takes clearly more than one multiplication for each entry of the matrices among `arrays`.
    """
    copies = [array.copy() for array in arrays]
    right, result = reference(*copies), given(*arrays)
    try:
        made = as_arrays(result)[0]
        if np.isfinite(made).all() and not same(made, right, 1e-7):
            return result
        times = _multiplications(given, copies)
    except Exception:  # what is wrong with the result is told elsewhere; what can't work with objects goes uncounted
        return result
    matrices = [array for array in arrays if array.ndim == 2]
    enough = sum(matrix.size for matrix in matrices)
    if times > enough + sum(sum(matrix.shape) for matrix in matrices):
        raise AnswerError(f"your function multiplies two numbers {times} times; {enough} times are enough.")
    return result


def _multiplications(function: Callable[..., Any], arrays: Iterable[Floats]) -> int:
    """Count how often a function multiplies with a number that is in the arrays."""
    times = 0

    class Counted(float):
        def __mul__(self, other: object) -> Any:
            nonlocal times
            if not isinstance(other, int | float):
                return NotImplemented  # an array goes through its entries itself
            times += 1
            return Counted(float(self) * float(other))

        def __add__(self, other: object) -> Any:
            return Counted(float(self) + float(other)) if isinstance(other, int | float) else NotImplemented

        __rmul__, __radd__ = __mul__, __add__

    function(*(np.array([Counted(x) for x in array.flat], object).reshape(array.shape) for array in arrays))
    return times
