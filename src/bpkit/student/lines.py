"""What is typed into a line of an answer box: how it is read, shown at every key, and what it hands in."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Any

from bpkit.checking import Answer, Array, Derivation, Explanation, Expression, Function, Matrix, Table
from bpkit.checking.arrays import read_array
from bpkit.checking.limits import TimeUp, within
from bpkit.checking.misprints import CorrectedExpression, CorrectedMatrix, CorrectedNames
from bpkit.checking.parsing import MAX_LENGTH, typeset
from bpkit.checking.reading import read_expression, read_table
from bpkit.checking.spelling import in_texts, right_side, spelled
from bpkit.checking.typesetting import Formula, in_a_row, in_rows
from bpkit.checking.verdict import AnswerError, is_unattempted

SECONDS = 0.4  # what a reading may take; all but hostile ones take a hundredth of it
LONGEST = 20_000  # letters; the kinds of answers that take text have bounds of their own
TALL = (Derivation, Explanation)
QUOTED = re.compile(r"\s*[\[(]?[\s\[(]*(?:r?[\"'])")
SLOW = "This takes too long to read."


def is_tall(answer: Answer) -> bool:
    """Tell whether an answer has several lines."""
    return isinstance(answer, TALL)


def handed_in(answer: Answer, typed: str) -> Any:
    """Return what a line stands for, as it would stand in a cell: mostly the text itself."""
    if is_unattempted(typed):
        return ...
    if QUOTED.match(typed) and len(typed) <= LONGEST and (literal := _literal(typed)) is not None:
        return literal  # with quotes, as it is typed in a cell
    if isinstance(answer, Derivation):
        return [line.strip() for line in typed.splitlines() if line.strip()]
    return typed.strip()


def _literal(typed: str) -> Any:
    """Return the text, or the list of texts, that is written there with quotes; None if it is something else."""
    try:
        # A backslash is one here: of LaTeX, and not of Python.
        return _texts(ast.parse(typed.strip().replace("\\", r"\\"), mode="eval").body)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None


def _texts(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=str(text)):
            return text.replace(r"\\", "\\")
        case ast.Constant(value=int(number)) | ast.Constant(value=float(number)):
            return number
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_texts(part) for part in parts]
    raise ValueError("neither texts nor numbers")


def reading(answer: Answer, typed: str) -> dict[str, Any]:
    """Say how a line is read.

    Returns
    -------
    dict
        ``{"tree": formula}``, or ``{"said": sentence}`` for what cannot be read, and for what is no formula.
    """
    if is_unattempted(typed):
        return {}
    if len(typed) > LONGEST:
        return {"said": f"This is {len(typed)} characters long; an answer of up to {MAX_LENGTH} is read."}
    try:
        read = within(SECONDS, _read, answer, handed_in(answer, typed))
    except AnswerError as error:
        return {"said": str(error)}
    except TimeUp:
        return {"said": SLOW}
    except Exception:  # what breaks the reader is no answer, and the check says so as well
        return {"said": "This can't be read as an answer."}
    return {"said": read} if isinstance(read, str) else {"tree": read}


def _read(answer: Answer, given: Any) -> Formula | str:
    if isinstance(answer, Explanation):
        count = len(str(given).split())
        return f"{count} word{'' if count == 1 else 's'}"
    if isinstance(answer, Derivation):
        return _derivation(answer, given)
    if taken := getattr(answer, "taken", None):
        given = taken(given)  # 2×4 is a shape to an answer that is one, and no product
    if isinstance(answer, CorrectedExpression) and type(given) is str:
        given = spelled(right_side(given), _names(answer), answer.hat)
    elif isinstance(answer, CorrectedNames):
        return _as_text(answer, given)
    elif isinstance(answer, CorrectedMatrix):
        given = in_texts(lambda text: spelled(text, _names(answer), answer.hat), given)
    if isinstance(answer, Expression):
        return _checked(answer, given, read_expression)
    if isinstance(answer, (Matrix, Table)):
        return _checked(answer, given, read_table)
    if type(answer) is Array:
        read_array(given)
        return _laid_out(given, (), {})
    return _as_text(answer, given)


def _checked(answer: Any, given: Any, read: Callable[..., Any]) -> Formula | str:
    """Read with the reader that the check uses; then show it."""
    try:
        read(given, _names(answer), answer.functions)
    except AnswerError as error:
        # What it cannot read the answer says itself, in the check's words; and some kinds take more than the plain one.
        return _as_text(answer, given, str(error))
    return _laid_out(given, _names(answer), answer.functions)


def _derivation(answer: Derivation, given: Any) -> Formula:
    lines = [given] if type(given) is str else given
    formulas: list[Formula] = []
    for number, line in enumerate(lines, start=1):
        try:
            read_expression(line, answer.symbols, answer.functions)
            formulas.append(_laid_out(line, answer.symbols, answer.functions))
        except AnswerError as error:
            said = str(error)
            raise AnswerError(f"Line {number}: {said}" if len(lines) > 1 else said) from None
    rows = [["mtr", ["mtd", ["mo", "="] if number else ["mrow"]], ["mtd", one]] for number, one in enumerate(formulas)]
    return ["mtable", *rows]


def _as_text(answer: Answer, given: Any, said: str = "") -> Formula | str:
    """Show a formula if it is one, and else the text; unless the answer's own kind cannot read it."""
    verdict = answer.judge(given, why=False)
    if verdict.status == "malformed":
        raise AnswerError(verdict.message or said)
    if said and verdict.status not in ("correct", "incorrect"):
        raise AnswerError(said)
    try:
        return _laid_out(given, _names(answer), getattr(answer, "functions", {}))
    except AnswerError:
        shown = given if type(given) is str else ", ".join(map(str, given))
        return ["mtext", shown[:500]]


def _laid_out(given: Any, names: Sequence[str], functions: Any, depth: int = 0) -> Formula:
    """Lay out a text, or texts in lists."""
    if type(given) is str:
        return typeset(given, names, functions)
    if type(given) not in (list, tuple) or depth > 2:
        return typeset(str(given), names, functions)
    if given and all(type(row) in (list, tuple) for row in given):
        return in_rows([[_laid_out(entry, names, functions, 2) for entry in row] for row in given])
    return in_a_row([_laid_out(part, names, functions, depth + 1) for part in given])


def _names(answer: Any) -> tuple[str, ...]:
    return tuple(str(name) for kind in ("symbols", "known", "inner") for name in getattr(answer, kind, ()))


def wants_function(answer: Answer) -> bool:
    """Tell whether only a Python function, or a class, can be handed in."""
    return isinstance(answer, Function)
