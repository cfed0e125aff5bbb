"""Answers that are expressions: one, a matrix of them, or rows of unequal length."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import sympy

from .comparable import comparable
from .diagnosis import diagnose
from .evaluation import CONTEXT, Undefined, Unknown, Value, evaluate
from .kinks import Kink, Place, is_outside, said_at
from .misconceptions import SENTENCES
from .numeric import Comparison, equivalent, is_unevaluated
from .points import Assumption, points_in
from .reading import read_expression
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
from .vocabulary import Function, expected_names, listed

CANNOT_TELL = "I can't tell whether this is right: it is defined at too few points to compare. Try another form."
NOT_YET = "That is not it yet: go through the steps once more."
BESIDE_KINKS = tuple(sympy.Rational(number, 10) for number in (7, -13))


@dataclass(frozen=True)
class Expression:
    """An answer that is one expression.

    Parameters
    ----------
    name
        The answer's name in the notebook.
    expected
        The right answer, computed from the statement.
    symbols
        The names that an answer may hold, in the order in which they are told.
    mistakes
        What known mistakes lead to.
    inner
        Inner variables and what they stand for: an answer that still holds them is unfinished, not wrong.
    known
        Further names that an answer may hold, and what they stand for, in `symbols`: h1 for σ(w1·x + b1), say.
        Unlike the inner ones they may stay; `expected` and `mistakes` may hold them, too.
    functions
        Functions that may occur besides the usual ones.
    measured
        What the right value is at a point, for the sentence "… measured there is 0.84"; empty where that
        value would be the answer.
    counts
        Names of whole numbers, such as the number of outputs: they are never tried at −0.7.
    kinks
        Points (variable, value) at which any value between those on both sides is a convention.
    rounding
        Whether a decimal of four digits will do for a number that is a fraction, as it does for one that is none.
    example
        The right answer as text, for a worked solution that reads better than SymPy writes it.
    """

    name: str
    expected: sympy.Expr
    symbols: Sequence[str]
    mistakes: tuple[Mistake, ...] = ()
    inner: Mapping[str, sympy.Expr] = field(default_factory=dict)
    known: Mapping[str, sympy.Expr] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    measured: str = "the right value"
    counts: Sequence[str] = ()
    kinks: tuple[Kink, ...] = ()
    rounding: bool = False
    example: str = ""

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare `given` with the right answer at many points."""
        if is_unattempted(given):
            return UNATTEMPTED
        names = (*self._names, *self.inner)
        try:
            expr = read_expression(given, names, self.functions)
        except AnswerError as error:
            # Inner variables may stand in an answer, but they are not what it is asked for in.
            said = str(error).replace(expected_names(names), expected_names(self._names))
            return Verdict("malformed", said)
        understood = (tex(expr),) if why else ()
        expr = comparable(expr)
        if is_unevaluated(expr):
            return unevaluated(understood)
        held = [name for name in self.inner if sympy.Symbol(name) in by_name(expr).free_symbols]
        full = by_name(expr).xreplace({sympy.Symbol(name): value for name, value in self.inner.items()})
        comparison = equivalent(full, self.expected, self._names, self._assume, why and bool(self.measured))
        if comparison.status == "different" and not self.symbols and self._rounds_to(full):
            return correct(understood=understood)
        if comparison.status == "undecided":
            return Verdict("undecided", CANNOT_TELL, understood=understood)
        if comparison.status == "different":
            return self._diagnosis(full, comparison, understood) if why else Verdict("incorrect", NOT_YET)
        if held:
            stand = "they stand" if len(held) > 1 else "it stands"
            message = f"This still holds {listed(held)}: put in what {stand} for. {expected_names(self._names)}"
            return Verdict("malformed", message, "inner-variable", understood=understood)
        return self._at_kinks(by_name(expr), understood)

    def _diagnosis(self, given: sympy.Expr, comparison: Comparison, understood: tuple[str, ...]) -> Verdict:
        # Where one number is asked for, its value at "every point" would be the answer.
        telling = bool(self.symbols and self.measured)
        witness = comparison.witness if telling else None
        names = frozenset(self._names) | {symbol.name for symbol in given.free_symbols}
        found = diagnose(given, self.expected, self.mistakes, points_in(names, self._assume))
        if found:
            return Verdict("incorrect", found.said, found.slug, witness, 0.0, understood)
        said = _shown(witness, self.measured) if telling else NOT_YET
        return Verdict("incorrect", said, None, witness, 0.0, understood)

    @property
    def _names(self) -> tuple[str, ...]:
        return (*self.symbols, *self.known)

    @cached_property
    def _assume(self) -> Assumption | None:
        return keeping(self.known, self.counts)

    def _at_kinks(self, given: sympy.Expr, understood: tuple[str, ...]) -> Verdict:
        """Judge what is right everywhere else by its value at a kink; one without a value there leaves it open."""
        told = []
        for kink in self.kinks:
            places = self._beside(kink)
            said = said_at(given, kink, places)
            if any(is_outside(given, self.expected, kink, place) for place in places):
                said = f"{said}. {SENTENCES['kink-out-of-range']}"
                return Verdict("incorrect", said, "kink-out-of-range", understood=understood)
            missing = "; a program would need one there, and which is a convention."
            told.append(said + (missing if said.endswith("no value") else ": there it is a convention, not a fact."))
        return correct(" ".join(told), understood)

    def _beside(self, kink: Kink) -> list[Place]:
        """Choose values of the other variables, at which the answer is looked at on a kink."""
        names = [name for name in self._names if name != kink[0]]
        whole = dict.fromkeys(self.counts, sympy.Integer(5))
        return [dict.fromkeys(names, number) | whole for number in BESIDE_KINKS]

    def _rounds_to(self, given: sympy.Expr) -> bool:
        """Tell whether a number is a right decimal, to four digits, of one that no decimal is exactly."""
        if (self.expected.is_Rational is not False and not self.rounding) or given.free_symbols:
            return False
        try:
            right = evaluate(self.expected, {})
            return bool(abs(evaluate(given, {}) - right) <= abs(right) / 2000)
        except (Undefined, Unknown):
            return False

    def code(self) -> str:
        """Return a right answer as Python text."""
        example = f'"{self.example}"' if self.example else python_text(self.expected)
        return f"{self.name} = {example}"


def keeping(known: Mapping[str, sympy.Expr], counts: Sequence[str] = ()) -> Assumption | None:
    """Return what makes a random point one that can be: counts are whole, known names are what they stand for."""
    if not (known or counts):
        return None

    def keep(point: dict[str, Value]) -> dict[str, Value]:
        point = point | {name: CONTEXT.floor(5 * abs(point[name])) + 1 for name in counts}
        return point | {name: evaluate(meaning, point, real=False) for name, meaning in known.items()}

    return keep


def tex(expr: sympy.Expr) -> str:
    """Write an expression in LaTeX, a symbol such as dL_dh2 as the fraction that it stands for."""
    fractions = {
        symbol: rf"\frac{{d {sympy.latex(sympy.Symbol(match[1]))}}}{{d {sympy.latex(sympy.Symbol(match[2]))}}}"
        for symbol in expr.free_symbols
        if (match := re.fullmatch(r"d([^\W\d_]\d*)_d([^\W\d_]\d*)", symbol.name))
    }
    return str(sympy.latex(expr, symbol_names=fractions, ln_notation=True))


def by_name(expr: sympy.Expr) -> sympy.Expr:
    """Drop the assumptions of a student's symbols: ``Symbol("x", positive=True)`` is x here."""
    return expr.xreplace({s: sympy.Symbol(s.name) for s in expr.free_symbols if s != sympy.Symbol(s.name)})


def unevaluated(understood: tuple[str, ...]) -> Verdict:
    """Return the verdict on an answer that hands the question back."""
    return Verdict("incorrect", SENTENCES["unevaluated"], "unevaluated", understood=understood)


def _shown(witness: Witness | None, measured: str) -> str:
    if witness is None:
        return "This is not equal to what is asked for."
    where = str(witness)
    return f"{where[0].upper()}{where[1:]} yours gives {witness.given}; {measured} there is {witness.expected}."


def python_text(expr: sympy.Basic) -> str:
    """Write an expression as an answer that runs in any cell: text, as the symbols may not be defined there."""
    return str(expr) if expr.is_Integer else f'"{sympy.sstr(expr)}"'
