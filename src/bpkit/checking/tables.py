"""Answers that are several expressions in rows: a matrix, a vector, or rows of unequal lengths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import sympy

from .diagnosis import SECONDS, Diagnosis, diagnose, equal_to
from .expressions import CANNOT_TELL, NOT_YET, keeping, python_text, tex, unevaluated
from .limits import in_time
from .misconceptions import find, sentence
from .numeric import Comparison, equivalent, is_unevaluated
from .points import Assumption, Points, points_in
from .reading import read_table
from .verdict import (
    UNATTEMPTED,
    AnswerError,
    Mistake,
    Verdict,
    Witness,
    always_a_verdict,
    correct,
    is_unattempted,
    together,
)
from .vocabulary import Function

Rows = Sequence[Sequence[sympy.Expr]]
FEWEST = 3  # entries of which one can be called the only wrong one

# What may have happened to rows besides another mistake, and how to undo it.
UNDO: dict[str, Callable[[Rows], Rows]] = {
    "order-reversed": lambda rows: rows[::-1],
    "transposed": lambda rows: list(zip(*rows, strict=True)) if len({len(row) for row in rows}) == 1 else [],
}


@dataclass(frozen=True)
class Table:
    """An answer that is rows of expressions, the rows of any lengths.

    Parameters
    ----------
    name, symbols, mistakes, functions, known
        As for `Expression`; a mistake's result is rows as well.
    expected
        The right rows.
    rows
        What a row is called when one is pointed at.
    """

    name: str
    expected: Rows
    symbols: Sequence[str]
    mistakes: tuple[Mistake, ...] = ()
    functions: Mapping[str, Function] = field(default_factory=dict)
    rows: str = "row"
    known: Mapping[str, sympy.Expr] = field(default_factory=dict)

    @cached_property
    def assume(self) -> Assumption | None:
        """What makes a random point one at which the known names are what they stand for."""
        return keeping(self.known)

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare the number of rows, their lengths, and then every entry."""
        if is_unattempted(given):
            return UNATTEMPTED
        try:
            rows = read_table(given, _names(self), self.functions)
        except AnswerError as error:
            return Verdict("malformed", str(error))
        return _judged(rows, self.expected, self, _latex(rows), _table_misfit, why)

    def code(self) -> str:
        """Return a right answer as Python text."""
        return _code(self.name, self.expected)


@dataclass(frozen=True)
class Matrix:
    """An answer that is a matrix or a vector of expressions.

    The shape comes first, a transposed one being a diagnosis; then the entries. A vector is accepted as a flat
    list, a column or a row.

    Parameters
    ----------
    name, symbols, mistakes, functions, known
        As for `Expression`; a mistake's result is a SymPy matrix.
    expected
        The right matrix; a vector has one column.
    """

    name: str
    expected: sympy.Matrix
    symbols: Sequence[str]
    mistakes: tuple[Mistake, ...] = ()
    functions: Mapping[str, Function] = field(default_factory=dict)
    known: Mapping[str, sympy.Expr] = field(default_factory=dict)
    rows = "row"

    @cached_property
    def assume(self) -> Assumption | None:
        """What makes a random point one at which the known names are what they stand for."""
        return keeping(self.known)

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare shape, then entries."""
        if is_unattempted(given):
            return UNATTEMPTED
        try:
            rows: Rows = read_table(given, _names(self), self.functions)
        except AnswerError as error:
            return Verdict("malformed", str(error))
        if len({len(row) for row in rows}) > 1:
            return Verdict("malformed", "The rows of a matrix are equally long, and these are not.")
        understood = tex(sympy.Matrix(rows)) if why else ""
        is_row = self.expected.cols == 1 < self.expected.rows and [len(row) for row in rows] == [self.expected.rows]
        if is_row:
            rows = UNDO["transposed"](rows)
        verdict = _judged(rows, self.expected.tolist(), self, understood, _matrix_misfit, why)
        if verdict.status == "correct" and is_row:
            return correct("Your row was read as a column: vectors are columns here.", verdict.understood)
        return verdict

    def code(self) -> str:
        """Return a right answer as Python text; a vector is a flat list."""
        if self.expected.cols == 1:
            return f"{self.name} = [{', '.join(map(python_text, self.expected))}]"
        return _code(self.name, self.expected.tolist())


def _judged(
    rows: Rows,
    expected: Rows,
    answer: Table | Matrix,
    understood: str,
    misfit: Callable[[Rows, Rows, str], str],
    why: bool,
) -> Verdict:
    told = (understood,)
    if any(map(is_unevaluated, chain.from_iterable(rows))):
        return unevaluated(told)
    reasons = _Reasons(rows, expected, answer)
    places = reasons.places
    if places and all(found.status == "equal" for found in places.values()):
        return correct(understood=told)
    if places and not any(found.status == "different" for found in places.values()):
        return Verdict("undecided", CANNOT_TELL, understood=told)
    if not why:
        return Verdict("incorrect", NOT_YET)
    wrong = [place for place, found in places.items() if found.status == "different"]
    if len(wrong) == 1 < len(places) - 1:
        common = reasons.of_entries(wrong)
        said = f"{_look_at(answer, wrong[0])} {common.said if common else ''}".strip()
        return Verdict("incorrect", said, "one-entry", _seen(answer, places[wrong[0]], wrong[0]), 0.0, told)
    slug = in_time(SECONDS, reasons.of_rows)
    said = sentence(slug) if slug else ""
    if places and not slug and (common := reasons.of_entries(wrong)):
        slug, said = common.slug, common.said
        if len(wrong) == 1 < len(places):
            said = f"{_look_at(answer, wrong[0])} {said}"
    if not places:
        problem = misfit(rows, expected, answer.rows)
        if not slug and _shape(rows) == _shape(UNDO["transposed"](expected)):
            slug, said = "transposed", "That is the shape of the transpose."
        return Verdict("incorrect", f"{problem} {said}".strip(), slug, None, 0.0, told)
    seen = _seen(answer, places[wrong[0]], wrong[0])
    return Verdict("incorrect", said or _look_at(answer, wrong[0]), slug, seen, 0.0, told)


def _look_at(answer: Table | Matrix, place: tuple[int, int]) -> str:
    where = f"{place[1] + 1} of {answer.rows} {place[0] + 1}"
    return f"Look again at entry {place[0] + 1 if _is_vector(answer) else where}: that one is not right yet."


def _is_vector(answer: Table | Matrix) -> bool:
    """Tell whether the entries have one number each: those of a vector, however it is handed in."""
    return isinstance(answer, Matrix) and answer.expected.cols == 1


def _seen(answer: Table | Matrix, found: Comparison, place: tuple[int, int]) -> Witness | None:
    """Return the point that shows the difference in one entry, with the entry."""
    if found.witness is None:
        return None
    entry = {"entry": f"{place[0] + 1}" if _is_vector(answer) else f"{place[0] + 1}, {place[1] + 1}"}
    return Witness(entry | dict(found.witness.point), found.witness.given, found.witness.expected)


def _names(answer: Table | Matrix) -> tuple[str, ...]:
    return (*answer.symbols, *answer.known)


@dataclass(frozen=True)
class _Reasons:
    """Which entries are wrong, and why."""

    rows: Rows
    expected: Rows
    answer: Table | Matrix

    @cached_property
    def points(self) -> Points:
        return points_in(frozenset(_names(self.answer)), self.answer.assume)

    @cached_property
    def places(self) -> dict[tuple[int, int], Comparison]:
        """How every entry compares; empty if the shapes differ."""
        if _shape(self.rows) != _shape(self.expected):
            return {}
        found: dict[tuple[int, int], Comparison] = {}
        for i, row in enumerate(self.expected):
            for j, entry in enumerate(row):
                telling = all(other.status == "equal" for other in found.values())  # the first difference is shown
                found[i, j] = equivalent(self.rows[i][j], entry, _names(self.answer), self.answer.assume, telling)
        return found

    @cached_property
    def known(self) -> list[tuple[str, Rows]]:
        """What the known mistakes lead to, as rows."""
        return [(mistake.slug, _as_rows(mistake.result)) for mistake in self.answer.mistakes]

    def of_rows(self) -> str | None:
        """Find what explains the rows as a whole."""
        return next((slug for found in self._explanations() if (slug := find(found))), None)

    def _explanations(self) -> Iterator[list[Mistake]]:
        rows, expected = self.rows, self.expected
        yield [Mistake(slug, wrong) for slug, wrong in self.known if self.same(rows, wrong)]
        undone = {slug: undo(rows) for slug, undo in UNDO.items()}
        yield [Mistake(slug, None) for slug, undo in undone.items() if self.same(undo, expected)]
        if not any(chain.from_iterable(rows)) and any(chain.from_iterable(expected)):
            yield [Mistake("all-zeros", None)]
        yield [
            Mistake(together(slug, other), None)
            for slug, undo in undone.items()
            for other, wrong in self.known
            if other != slug and "+" not in other and self.same(undo, wrong)
        ]
        flat, right = list(chain.from_iterable(rows)), list(chain.from_iterable(expected))
        if _shape(rows) != _shape(expected) and self.same([flat], [right]):
            yield [Mistake("flattened", None)]
        if sorted(map(str, flat)) == sorted(map(str, right)):
            yield [Mistake("misplaced", None)]

    def of_entries(self, wrong: Sequence[tuple[int, int]]) -> Diagnosis | None:
        """Diagnose the wrong entries one by one: what explains each of them explains all."""
        if any(self.rows[i][j] == 0 for i, j in wrong):
            return None  # many a mistake leads to a zero somewhere, and none of them is "zero everywhere"
        known = [(slug, result) for slug, result in self.known if _shape(result) == _shape(self.expected)]
        found: set[Diagnosis | None] = set()
        for i, j in wrong:
            mistakes = [Mistake(slug, result[i][j]) for slug, result in known]
            found.add(diagnose(self.rows[i][j], self.expected[i][j], mistakes, self.points))
            if len(found) > 1 or None in found:
                return None  # what does not explain one entry does not explain all; each search takes its time
        explained = found.pop() if found else None
        if explained and explained.slug == "not-varying" and len({self.rows[i][j] for i, j in wrong}) > 1:
            return None  # several numbers, which are not "the same everywhere"
        return explained

    def same(self, rows: Rows, others: Rows) -> bool:
        """Tell whether rows are equal; two symbols are only if they are one."""
        return _shape(rows) == _shape(others) and all(
            left == right or (not (left.is_Symbol and right.is_Symbol) and equal_to(left, self.points)(right))
            for row, other in zip(rows, others, strict=True)
            for left, right in zip(row, other, strict=True)
        )


def _shape(rows: Rows) -> list[int]:
    return [len(row) for row in rows]


def _as_rows(result: object) -> Rows:
    return result.tolist() if isinstance(result, sympy.MatrixBase) else result  # type: ignore[return-value]


def _table_misfit(rows: Rows, expected: Rows, kind: str) -> str:
    """Say how rows differ in number or length."""
    if len(rows) != len(expected):
        return f"{_count(len(expected), kind)} asked for; yours has {len(rows)}."
    number, row, wanted = next(
        (number, row, wanted)
        for number, (row, wanted) in enumerate(zip(rows, expected, strict=True), start=1)
        if len(row) != len(wanted)
    )
    return f"In {kind} {number}, {_count(len(wanted), 'entry', 'entries')} asked for; yours has {len(row)}."


def _matrix_misfit(rows: Rows, expected: Rows, _: str) -> str:
    """Say how two shapes differ."""
    (mine, width), (theirs, wanted) = ((len(matrix), len(matrix[0]) if matrix else 0) for matrix in (rows, expected))
    is_column = width == 1 < mine and wanted > 1  # perhaps a flat list
    what = f"is read as a column of {mine} entries" if is_column else f"has shape {mine}×{width}"
    said = f"Yours {what}; {theirs}×{wanted} is needed."
    flat = wanted > 1 and (mine, width) == (theirs * wanted, 1)
    return f"{said} Write it row by row, each row a list of its own." if flat else said


def _count(number: int, one: str, several: str = "") -> str:
    return f"1 {one} is" if number == 1 else f"{number} {several or f'{one}s'} are"


def _latex(rows: Rows) -> str:
    width = max(map(len, rows), default=1)
    body = r" \\ ".join(" & ".join(map(tex, row)) for row in rows)
    return rf"\begin{{array}}{{{'l' * width}}} {body} \end{{array}}"


def _code(name: str, rows: Rows) -> str:
    # Lists, as sympy.Matrix would make powers of the upper indices in text.
    lines = ",\n    ".join("[" + ", ".join(map(python_text, row)) + "]" for row in rows)
    return f"{name} = [\n    {lines},\n]"
