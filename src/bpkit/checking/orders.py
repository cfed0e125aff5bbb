"""Answers that put things in an order, of which many may be right: the order has to keep what comes before what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy

from .guards import exactly, kind_of, printable
from .misconceptions import SENTENCES, find, sentence
from .verdict import UNATTEMPTED, AnswerError, Mistake, Verdict, always_a_verdict, correct, is_unattempted

MOST_NAMES = 200
LONGEST_TEXT = 2_000
# What may stand between names in a text: marks, arrows, a number with a dot or a bracket, a word.
BETWEEN = re.compile(r"(?:[\s,;.:|$\[\]()'\"→⟶⇒<>=-]|\\to\b|\\rightarrow\b|\\(?=[\s,;])|\b\d+[.)]|\b(?:and|then)\b)+")
EMPTY = replace(UNATTEMPTED, message="Not attempted yet: there is no name in it so far.")


@dataclass(frozen=True)
class Order:
    """An answer that is a list of names, each of them once.

    Parameters
    ----------
    name
        The answer's name in the notebook.
    after
        For every name those that it has to come after. There is no circle in it.
    mistakes
        Orders that known mistakes lead to.
    turned
        The slug of an order that would be right if read from its end.
    """

    name: str
    after: Mapping[str, Sequence[str]]
    mistakes: tuple[Mistake, ...] = ()
    turned: str = "order-reversed"

    @always_a_verdict
    def judge(self, given: object, why: bool = True) -> Verdict:
        """Read the names, then see whether any of them comes too early."""
        if is_unattempted(given):
            blank = str(given).strip("[]() ,'\"") if exactly(given, str, list, tuple) else "..."
            return UNATTEMPTED if blank else EMPTY
        try:
            names = read_names(given, self.after)
        except AnswerError as error:
            return Verdict("malformed", str(error))
        understood = (r",\ ".join(names),)
        slug, said = self._problem(names)
        if not said:
            return correct(understood=understood)
        return Verdict("incorrect", said if why else "Not yet.", slug if why else None, understood=understood)

    def _problem(self, names: Sequence[str]) -> tuple[str | None, str]:
        """Return the slug and the sentence of what is wrong, if anything is."""
        for slug, wrong in (
            ("name-twice", [name for name in self.after if names.count(name) > 1]),
            ("name-missing", [name for name in self.after if name not in names]),
        ):
            if wrong:
                return slug, f"{SENTENCES[slug]} Look for {', '.join(wrong)}."
        early = self._early(names)
        if not early:
            return None, ""
        if known := find(mistake for mistake in self.mistakes if mistake.result == tuple(names)):
            return known, sentence(known)
        if not self._early(names[::-1]):
            return self.turned, sentence(self.turned)
        first, waits_for = early
        return None, f"{first} comes before {waits_for} here, and it has to wait for it."

    def _early(self, names: Sequence[str]) -> tuple[str, str] | None:
        """Return the first name that comes too early, and one that it should come after."""
        place = {name: number for number, name in enumerate(names)}
        return next(((name, other) for name in names for other in self.after[name] if place[other] > place[name]), None)

    @property
    def example(self) -> tuple[str, ...]:
        """A right order: the first name that waits for none of the others, and so on."""
        placed: list[str] = []
        while len(placed) < len(self.after):
            placed.append(next(n for n, others in self.after.items() if n not in placed and set(others) <= set(placed)))
        return tuple(placed)

    def code(self) -> str:
        """Return a right answer as Python text."""
        return f"{self.name} = {list(self.example)}"


def read_names(given: Any, known: Mapping[str, object]) -> list[str]:
    """Read names from a list, or from text in which commas, blanks, arrows or the like stand between them.

    Raises
    ------
    AnswerError
        If it is something else, or one of the names is not known.
    """
    if type(given) is str:
        if len(given) > LONGEST_TEXT:
            raise AnswerError("This is far longer than what is asked for.")
        given = [name for name in BETWEEN.split(given) if name]
    elif exactly(given, np.ndarray):
        given = given.ravel()[:MOST_NAMES].tolist()
    elif exactly(given, sympy.Tuple):
        given = list(given)
    if exactly(given, set, frozenset, dict):
        raise AnswerError("The order counts: hand in a list, in square brackets.")
    if not exactly(given, list, tuple):
        raise AnswerError(f"A list of names is asked for here, and this is {kind_of(given)}.")
    names = [_name(part) for part in given[:MOST_NAMES]]
    if strangers := [name for name in names if name not in known]:
        raise AnswerError(f"“{printable(strangers[0])}” is none of the names here; they are {', '.join(known)}.")
    return names


def _name(part: Any) -> str:
    if type(part) is sympy.Symbol and type(part.name) is str:
        return str(part.name)
    if type(part) is not str:
        raise AnswerError(f"Names are asked for here, as text, and there is {kind_of(part)}.")
    return part.strip(" \t\n\r$'\"")
