"""Answers that are derivations: lines of expressions, each equal to the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy

from .diagnosis import diagnose
from .expressions import CANNOT_TELL, by_name, tex
from .misconceptions import SENTENCES
from .numeric import equivalent, is_unevaluated
from .outlines import Outline
from .parsing import outline
from .points import points_in
from .reading import read_expression
from .sigmoid import sigmoid, sigmoid_prime
from .verdict import UNATTEMPTED, AnswerError, Mistake, Verdict, Witness, always_a_verdict, correct, is_unattempted
from .vocabulary import Function

MAX_LINES = 40
# Slips that say more of a line than that it is wrong, and are not told as if the line before were the answer.
FEW = 2  # variables that are told with their values
THE_START_ALONE = "This is where it begins. Go on line by line, until the form asked for is reached."
EXPLAINING = ("sign", "term-missing", "term-sign", "exponent-off", "variables-swapped", "functions-swapped")


@dataclass(frozen=True)
class Derivation:
    """An answer that is a list of lines, leading from one expression to another by equal steps.

    Any way is accepted, as long as each line equals the one before it. The first wrong line is pointed at.

    Parameters
    ----------
    name
        The answer's name in the notebook.
    start, goal
        The first and the last line.
    symbols, functions
        What the lines may hold, as for an `Expression`.
    goal_forms
        Other ways to write the last line that count as having arrived. The order of terms and factors, and
        whether σ is written out, make no difference anyway.
    through
        Forms one of which some line must have, whatever the order of its terms and factors and its brackets: a
        step that the statement asks for, such as the chain rule before anything is put into it.
    wrong_lines
        What known mistakes make of the whole, at any line: the first wrong line is named by them.
    assume
        Makes a random point one that keeps a stated assumption, such as Σ y_i = 1.
    example
        The lines of a worked derivation, as text.
    """

    name: str
    start: sympy.Expr
    goal: sympy.Expr
    symbols: Sequence[str]
    functions: Mapping[str, Function] = field(default_factory=dict)
    goal_forms: tuple[sympy.Expr, ...] = ()
    through: tuple[sympy.Expr, ...] = ()
    wrong_lines: tuple[Mistake, ...] = ()
    assume: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    example: tuple[str, ...] = ()

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare every line with the one before it, and the last with the goal."""
        if is_unattempted(given):
            return UNATTEMPTED
        if type(given) is str and "\n" in given.strip():
            given = [line for line in given.splitlines() if line.strip()]
        if type(given) not in (list, tuple):
            return Verdict("malformed", "A list of lines is asked for here, each an expression: [line_1, line_2, …].")
        if len(given) > MAX_LINES:  # type: ignore[arg-type]
            return Verdict("malformed", f"Up to {MAX_LINES} lines are read.")
        lines: list[sympy.Expr] = []
        for number, line in enumerate(given, start=1):  # type: ignore[arg-type, var-annotated]
            if is_unattempted(line):
                return Verdict("malformed", f"Line {number} is empty.")
            try:
                lines.append(by_name(read_expression(line, self.symbols, self.functions)))
            except AnswerError as error:
                return Verdict("malformed", f"Line {number}: {error}")
        understood = (r" \\ &= ".join(map(tex, lines)),)
        understood = (rf"\begin{{aligned}} & {understood[0]} \end{{aligned}}",)
        for number, line in enumerate(lines, start=1):
            if is_unevaluated(line):
                return Verdict(
                    "incorrect",
                    f"Line {number}: {SENTENCES['unevaluated']}",
                    "unevaluated",
                    understood=understood,
                )
        writings = {self._outline(line, read) for line, read in zip(given, lines, strict=True)}  # type: ignore[call-overload]
        return self._judge(lines, len(writings), understood)

    def _outline(self, line: object, read: sympy.Expr) -> Outline:
        """Return a line as it was written: SymPy has put 1/u · v/u together to v/u² by the time it has read it."""
        written = line if type(line) is str else sympy.sstr(read)
        try:
            return _without_idle_numbers(outline(written, self.symbols, self.functions))
        except AnswerError:  # SymPy writes more than is read here
            return str(written)

    def _judge(self, lines: list[sympy.Expr], writings: int, understood: tuple[str, ...]) -> Verdict:
        goals = [_written_out(form) for form in (self.goal, *self.goal_forms)]
        if _written_out(lines[0]) in goals and lines[-1] == self.start:
            return Verdict("incorrect", SENTENCES["backwards"], "backwards", None, 0.0, understood)
        before = self.start
        for number, line in enumerate(lines, start=1):
            found = equivalent(line, before, self.symbols, self.assume)
            if found.status == "undecided":
                return Verdict("undecided", f"Line {number}: {CANNOT_TELL}", understood=understood)
            if found.status == "different":
                return self._wrong(number, line, before, found.witness, understood)
            before = line
        if _written_out(lines[-1]) not in goals:
            said = THE_START_ALONE if lines == [self.start] else SENTENCES["not-finished"]
            return Verdict("incorrect", said, "not-finished", None, 0.0, understood)
        if self.through and not any(_same_form(line, form) for line in lines for form in self.through):
            return Verdict("incorrect", SENTENCES["paths-not-shown"], "paths-not-shown", None, 0.0, understood)
        if writings < 3 and all(line == self.start or _written_out(line) in goals for line in lines):
            return Verdict("incorrect", SENTENCES["step-missing"], "step-missing", None, 0.0, understood)
        return correct(understood=understood)

    def _wrong(
        self, number: int, line: sympy.Expr, before: sympy.Expr, witness: Witness | None, understood: tuple[str, ...]
    ) -> Verdict:
        """Point at the first wrong line, and say which mistake is in it; if that is not known, how far it is off."""
        to = "the expression to start from" if number == 1 else f"line {number - 1}"
        message = f"Line {number} is the first that does not follow: it does not equal {to}."
        names = frozenset(self.symbols) | {symbol.name for symbol in line.free_symbols | before.free_symbols}
        points = points_in(names, self.assume)
        why = diagnose(line, before, self.wrong_lines, points)
        if why and set(why.slug.split("+")) <= {part for m in self.wrong_lines for part in m.slug.split("+")}:
            return Verdict("incorrect", f"{message} {why.said}", why.slug, witness, 0.0, understood)
        if witness:
            place = str(witness) if len(witness.point) <= FEW else "with the same numbers"
            message += f" {place[0].upper()}{place[1:]} it gives {witness.given}, and {to} {witness.expected}."
        told = f" {why.said}" if why and why.slug in EXPLAINING else ""
        return Verdict("incorrect", message + told, "wrong-line", witness, 0.0, understood)

    def code(self) -> str:
        """Return a worked derivation as Python text."""
        return f"{self.name} = [\n" + "".join(f'    "{line}",\n' for line in self.example) + "]"


def _same_form(line: sympy.Expr, form: sympy.Expr) -> bool:
    """Tell whether two lines hold the same products of the same symbols, in any order and with any brackets."""
    return bool(sympy.expand(line) == sympy.expand(form))


def _without_idle_numbers(line: Outline) -> Outline:
    """Leave out 0·x, and a number that is multiplied in and divided out again: with them a line says no more."""
    if isinstance(line, str):
        return line
    sign, *parts = line[0], *map(_without_idle_numbers, line[1:])
    if sign == "*" and "0" in parts:
        return "0"
    for number in [part for part in parts if isinstance(part, str) and part.isdigit()]:
        if sign == "*" and number in parts and ("/", number) in parts:
            parts.remove(number)
            parts.remove(("/", number))
    if sign == "+":
        parts = [part for part in parts if part not in ("0", ("-", "0"))]
    if sign in ("+", "*") and len(parts) < 2:
        return parts[0] if parts else {"+": "0", "*": "1"}[sign]
    return (sign, *parts)


def _written_out(line: sympy.Expr) -> sympy.Expr:
    """Put in what σ stands for, 1 for 1.0, and arrange the rest as SymPy does: the form of a line is left."""
    if isinstance(line, sympy.Float) and float(line).is_integer():
        return sympy.Integer(int(line))
    if not line.args:
        return line
    rebuilt = line.func(*map(_written_out, line.args))
    return rebuilt.rewrite(sympy.exp) if isinstance(line, sigmoid | sigmoid_prime) else rebuilt
