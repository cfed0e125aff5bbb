"""Lines that may hold a misprint: cut into parts, each with what else might stand in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Answer, Mistake, Verdict
from bpkit.checking.misprints import CHANGED, Changed, Marked, Outcome
from bpkit.checking.verdict import is_unattempted

from .exercise import Chapter, Problem

CHAPTER = Chapter("11_errata", "Errata")

CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
SEVERAL = "sound-parts-changed"
DIFFERS = "Something does not hold: compare the line that you handed in as `corrected` with the printed one."
Floats = NDArray[np.float64]
Planted = tuple[int, int]
SOUND: Planted = (0, 0)
EVERY_PAIR = frozenset({0})  # is listed already, so that none needs to be looked for


@dataclass(frozen=True)
class Piece:
    """What may stand in one place of a line.

    Parameters
    ----------
    tex
        How it is printed.
    value
        What it is in the small instance in which the line is handed in.
    slug
        The mistake of who puts it where something else is wrong.
    """

    tex: str
    value: Any = None
    slug: str = "repaired-wrongly"


@dataclass(frozen=True)
class Part:
    """A part of a line: what belongs there, what else might stand there, and how one can tell.

    Parameters
    ----------
    name
        A word or two.
    holds
        Sentences that say what belongs there, and why.
    pieces
        The right one first.
    braced
        Whether the printed line shows its number below it; if not, the layout does.
    """

    name: str
    holds: str
    pieces: tuple[Piece, ...]
    braced: bool = True


def brace(number: int, tex: str) -> str:
    """Put the number of a part below it."""
    return rf"\underbrace{{{tex}}}_{{\textstyle\text{{{CIRCLED[number]}}}}}"


@dataclass(frozen=True)
class Line:
    """A line of a text, with one misprint in it or none.

    Parameters
    ----------
    parts
        Its parts, numbered from 1.
    planted
        The number of the wrong part, and which of its pieces is printed; `SOUND` if nothing is wrong.
    original
        Where the text itself has its misprint, in the same way.
    layout
        Writes the line in LaTeX, from the parts' LaTeX.
    reading
        What the line says in the small instance, from the parts' values.
    """

    parts: tuple[Part, ...]
    planted: Planted
    original: Planted
    layout: Callable[..., str]
    reading: Callable[..., Any]

    def _choice(self, *planted: Planted) -> tuple[int, ...]:
        """Return which piece stands in each part."""
        wrong = dict(planted)
        return tuple(wrong.get(number, 0) for number in range(1, len(self.parts) + 1))

    def _values(self, choice: Sequence[int]) -> list[Any]:
        return [part.pieces[which].value for part, which in zip(self.parts, choice, strict=True)]

    def says(self, reading: Callable[..., Any] | None = None, printed: bool = False) -> Any:
        """Return what the line says, as it should be or as it is printed, in this reading or in another."""
        choice = self._choice(*[self.planted] * printed)
        return (reading or self.reading)(*self._values(choice))

    def tex(self, printed: bool = True) -> str:
        """Write the line in LaTeX; as it is printed, with the parts' numbers."""
        choice = self._choice(*[self.planted] * printed)
        shown = (
            brace(number, part.pieces[which].tex) if printed and part.braced else part.pieces[which].tex
            for number, (part, which) in enumerate(zip(self.parts, choice, strict=True), start=1)
        )
        return self.layout(*shown)

    def _choices(self) -> Iterator[tuple[Planted, ...]]:
        """Yield what may be changed in the right line: nothing, one part, or two."""
        others = [range(1, len(part.pieces)) for part in self.parts]
        for count in range(3):
            for numbers in combinations(range(1, len(self.parts) + 1), count):
                for pieces in product(*(others[number - 1] for number in numbers)):
                    yield tuple(zip(numbers, pieces, strict=True))

    def _mistake(self, changes: tuple[Planted, ...]) -> Changed:
        """Say what was done to the printed line if it came out like this."""
        wrong, _ = self.planted
        sound = tuple(number for number, _ in changes if number != wrong)
        slugs = [] if not sound else [CHANGED if len(sound) == 1 else SEVERAL]
        for number, which in changes:
            if number == wrong:
                kept = (number, which) == self.planted
                slugs.append("misprint-kept" if kept else self.parts[number - 1].pieces[which].slug)
        result = self.reading(*self._values(self._choice(*changes)))
        return Changed("+".join(sorted(slugs)), result, EVERY_PAIR, sound)

    def mistakes(self, more: Iterable[tuple[str, Any]] = ()) -> tuple[Changed, ...]:
        """Return every line that is wrong in one or two parts, and what it is called; and what else goes wrong."""
        right, found = self.says(), dict[tuple[str, str], Changed]()
        for changes in self._choices():
            if changes:
                made = self._mistake(changes)
                if made.result != right:
                    found.setdefault((made.slug, str(made.result)), made)
        return (*found.values(), *(Changed(slug, result) for slug, result in more))

    def marked(self, also: Mapping[int, str], missed: str) -> Marked:
        """Ask for the number of the wrong part."""
        wrong, _ = self.planted
        return Marked("wrong_part", wrong, [part.holds for part in self.parts], also, missed)

    def tested(self, reading: Callable[..., Any], more: Sequence[tuple[str, Any]] = (), digits: int = 0) -> Outcome:
        """Ask for numbers that come out of the printed line, to so many digits, or with 0 exactly."""
        expected = np.asarray(self.says(reading, printed=True), float)
        meant = ("meant-for-printed", self.says(reading))
        results = [(slug, np.asarray(result, float)) for slug, result in (meant, *more)]
        wrong = tuple(Mistake(slug, result) for slug, result in results if not _near(result, expected))
        return Outcome("tested", expected, wrong, digits=digits)


def _near(result: Floats, expected: Floats) -> bool:
    """Tell whether two tests come out alike, to the digits that count."""
    return result.shape == expected.shape and np.allclose(result, expected, rtol=0.006)


@dataclass(frozen=True)
class Waiting:
    """An answer that is not looked at before another one is given."""

    name: str

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Say what comes first."""
        return Verdict("undecided", "First test the line, and hand in `tested`: a part is marked for a reason.")

    def code(self) -> str:
        """Return nothing: no answer is expected."""
        return ""


@dataclass(frozen=True)
class Proof(Problem):
    """A line to be tested, marked and corrected, in this order: a mark alone would be a guess."""

    def judge(self, *given: object) -> Verdict:
        """Judge the answers as a `Problem` does, and the mark in the light of the other two."""
        if len(given) == 1 and type(given[0]) in (tuple, list):
            given = tuple(given[0])  # type: ignore[arg-type]
        if len(given) != len(self.answers):
            return super().judge(*given)
        tested, marked, corrected, *rest = self.answers
        if is_unattempted(given[0]) and not is_unattempted(given[1]):
            marked = Waiting(marked.name)
        elif (
            isinstance(marked, Marked)
            and marked.judge(given[1]).misconception == "misprint-missed"
            and corrected.judge(given[2], why=False).status == "correct"
        ):
            marked = replace(marked, missed=marked.missed or DIFFERS)
        return Problem("", (tested, marked, corrected, *rest), (), "").judge(*given)


def problem(
    line: Line,
    about: str,
    test: str,
    hand_in: str,
    tested: Outcome,
    corrected: Sequence[Answer],
    hints: tuple[str, ...],
    outcome: str,
    also: Mapping[int, str] = MappingProxyType({}),
    missed: str = "",
) -> Problem:
    """Ask for a test of a line, the part that is wrong, and the line as it should be.

    Parameters
    ----------
    about
        What the line is meant to say, and in which letters.
    test, hand_in
        What to put into `tested`, and what into `corrected`.
    tested, corrected
        The answers to those.
    outcome
        What the test shows, for the worked solution.
    also, missed
        As for `Marked`.
    """
    wrong, _ = line.planted
    heading = (
        "The line as printed:" if line.planted == line.original else "The line once more, copied by somebody else:"
    )
    listed = ", ".join(f"{CIRCLED[n]} {part.name}" for n, part in enumerate(line.parts, start=1))
    reason = (
        f"Part {wrong} is wrong. {line.parts[wrong - 1].holds} So the line should read"
        if wrong
        else "Nothing is wrong. Each part passes, and the line stays as it is:"
    )
    return Proof(
        statement=rf"""
{about.strip()}

{heading}

$${line.tex()}$$

Its parts: {listed}. At most one of them is wrong, and perhaps none is.

(a) `tested`: {test.strip()}

(b) `wrong_part`: the number of the part that is wrong, or 0 if none is.

(c) {hand_in.strip()}
""",
        answers=(tested, line.marked(also, missed), *corrected),
        hints=hints,
        solution=f"{outcome.strip()}\n\n{reason}\n$${line.tex(printed=False)}$$",
    )


def one_hot(*names: str) -> dict[str, sympy.Expr]:
    """Return what makes numbers one-hot labels: the largest of them becomes 1, the others 0."""
    # A tie, too, is to have one winner: those that come later are a little larger.
    scores = [sympy.Symbol(name) + sympy.Rational(place, 100) for place, name in enumerate(names)]
    return {
        name: sympy.Mul(*(sympy.Heaviside(score - other) for other in scores if other != score))
        for name, score in zip(names, scores, strict=True)
    }


def shares(*names: str) -> dict[str, sympy.Expr]:
    """Return what makes numbers positive with sum 1, as the probabilities of all classes are."""
    parts = [sympy.exp(sympy.Symbol(name)) for name in names]
    return {name: part / sympy.Add(*parts) for name, part in zip(names, parts, strict=True)}
