"""Answers that are functions: they are called, on inputs of several unequal sizes, and what they return is compared."""

from __future__ import annotations

import copy
import dis
import inspect
import linecache
import re
import textwrap
import traceback
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .arrays import Floats, compare, read_array, same
from .guards import exactly, printable
from .limits import TimeUp, within
from .misconceptions import SENTENCES, find
from .verdict import UNATTEMPTED, AnswerError, Mistake, Verdict, Witness

SECONDS = 2.0
MOST_PARTS = 100
NOTHING_RETURNED = Verdict("unattempted", "Your function returns nothing yet: is “return” missing?")


@dataclass(frozen=True)
class Case:
    """One call: its arguments, and how they are named to the student."""

    arguments: tuple[Any, ...]
    said: str


@dataclass(frozen=True)
class Function:
    """An answer that is a function.

    Parameters
    ----------
    name
        The function's name in the notebook.
    reference
        A right function: its result is what the student's is compared with, its source the worked solution.
    cases
        Calls on seeded inputs: several, of unequal sizes, so that no shape fits by accident.
    mistakes
        Slugs and functions that make these mistakes.
    refused
        Calls that must raise an error instead of returning a value.
    refusal
        The slug for a function that returns a value on one of those.
    rtol
        How far a value may be from the right one, relative to the largest right value.
    """

    name: str
    reference: Callable[..., Any]
    cases: Sequence[Case]
    mistakes: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    refused: Sequence[Case] = ()
    refusal: str = ""
    rtol: float = 1e-7

    def judge(self, given: object) -> Verdict:
        """Call `given` on copies of every case's arguments and compare what it returns with the reference."""
        if given is ... or given is None:
            return UNATTEMPTED
        if not callable(given) or issubclass(type(given), type):
            return Verdict(
                "malformed", f"A function is asked for here: hand in its name, {self.name}, without brackets."
            )
        results: list[list[Floats]] = []
        for case in self.cases:
            wanted = as_arrays(self.reference(*copy.deepcopy(case.arguments)))
            arguments = copy.deepcopy(case.arguments)
            returned, problem = call(given, arguments)
            if problem:
                return Verdict("incorrect" if problem.ran else "malformed", f"Called with {case.said}, {problem}")
            if returned is None and not results:
                return UNATTEMPTED if _is_empty(given) else NOTHING_RETURNED
            if any(_changed(old, new) for old, new in zip(case.arguments, arguments, strict=True)):
                return Verdict("incorrect", SENTENCES["input-changed"], "input-changed")
            try:
                got = as_arrays(returned)
            except AnswerError as error:
                return Verdict("incorrect", f"Called with {case.said}, your function does not return numbers. {error}")
            if len(got) == 1 < len(wanted) == len(np.atleast_1d(got[0])) and got[0].ndim == wanted[0].ndim + 1:
                got = list(got[0])  # [dw, db] was read as one array; it may stand for (dw, db)
            if len(got) != len(wanted):
                count = "1 result" if len(got) == 1 else f"{len(got)} results"
                asked = "1 is" if len(wanted) == 1 else f"{len(wanted)} are"
                message = f"Called with {case.said}, your function returns {count}; {asked} asked for."
                return Verdict("incorrect", message)
            results.append(got)
        return self._compare(results) or self._refusals(given) or Verdict("correct", "", score=1.0)

    def _compare(self, results: list[list[Floats]]) -> Verdict | None:
        expected = [as_arrays(self.reference(*copy.deepcopy(case.arguments))) for case in self.cases]
        for case, got, wanted in zip(self.cases, results, expected, strict=True):
            for number, (given, right) in enumerate(zip(got, wanted, strict=True), start=1):
                which = f", result {number} of {len(wanted)}" if len(wanted) > 1 else ""
                verdict = compare(given, right, rtol=self.rtol, where=f"Called with {case.said}{which}")
                if verdict.status != "correct":
                    slug = find(m for m in self._mistakes() if _all_same(results, m.result, self.rtol))  # type: ignore[arg-type]
                    if slug:
                        return Verdict("incorrect", SENTENCES[slug], slug, verdict.witness)
                    return verdict
        return None

    def _mistakes(self) -> list[Mistake]:
        made = []
        for slug, function in self.mistakes.items():
            try:
                with np.errstate(all="ignore"):
                    results = [as_arrays(function(*copy.deepcopy(case.arguments))) for case in self.cases]
            except (ValueError, TypeError, IndexError):
                continue  # on unequal sizes this mistake raises: the student was shown that error already
            made.append(Mistake(slug, results))
        return made

    def _refusals(self, given: Callable[..., Any]) -> Verdict | None:
        for case in self.refused:
            returned, problem = call(given, copy.deepcopy(case.arguments))
            if not problem:
                witness = Witness({"arguments": case.said}, "a value", "an error")
                if returned is None or issubclass(type(returned), BaseException):
                    message = (
                        f"Called with {case.said}, it returns without an error; it should raise one, with “raise”."
                    )
                    return Verdict("incorrect", message, None, witness)
                message = f"Called with {case.said}, it returns a value; it should raise an error. "
                return Verdict("incorrect", message + SENTENCES[self.refusal], self.refusal, witness)
            if problem.slow:
                return Verdict("incorrect", f"Called with {case.said}, {problem}")
        return None

    def code(self) -> str:
        """Return the source of the reference, without type annotations: their names are not the student's."""
        source = textwrap.dedent(inspect.getsource(self.reference))
        signature = inspect.signature(self.reference)
        plain = signature.replace(
            parameters=[p.replace(annotation=p.empty) for p in signature.parameters.values()],
            return_annotation=signature.empty,
        )
        first = re.compile(r"def \w+\(.*?\)( -> [^\n]*)?:\n", re.DOTALL)
        return first.sub(lambda _: f"def {self.name}{plain}:\n", source, count=1)


@dataclass(frozen=True)
class Problem:
    """Why a call came to nothing, as the end of a sentence."""

    text: str
    ran: bool = True
    slow: bool = False

    def __str__(self) -> str:
        return self.text


def call(
    function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float = SECONDS
) -> tuple[Any, Problem | None]:
    """Call a student's function; whatever it raises becomes a `Problem` that shows their own line.

    Returns
    -------
    returned
        What the function returned, or None.
    problem
        None if it returned.
    """

    def attempt() -> tuple[Any, Problem | None]:
        try:
            if misfit := _misfit(function, arguments):
                return None, Problem(misfit, ran=False)
            with np.errstate(all="ignore"):
                return function(*arguments), None
        except TimeUp:
            raise
        except BaseException as error:
            return None, Problem(_explain(error, function, arguments))

    try:
        return within(seconds, attempt)
    except TimeUp:
        return None, Problem(f"your function did not finish within {seconds:g} seconds.", slow=True)


def _misfit(function: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    """Say which arguments a function takes, if it cannot take these."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # none to be had: the call itself will tell
        return ""
    try:
        signature.bind(*arguments)
    except TypeError:
        count = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        takes = printable(", ".join(signature.parameters), 100)
        return f"your function gets {count}, and it takes {f'({takes})' if takes else 'none'}."
    return ""


def _explain(error: BaseException, function: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    try:
        said = printable(str(error).strip(), 200)
    except BaseException:
        said = ""
    line = _own_line(error, function)
    shapes = [str(np.shape(a)) for a in arguments if type(a) is np.ndarray]
    met = f" The shapes that came in are {', '.join(shapes)}." if shapes else ""
    at = f" in your line “{line}”" if line else ""
    said = f": {said.removesuffix('.')}" if said else ""
    return f"your function raises {printable(type(error).__name__)}{at}{said}.{met}"


def _own_line(error: BaseException, function: Callable[..., Any]) -> str:
    """Return the last line of the traceback that is the student's: in a notebook cell, or where the function stands."""
    home = function.__code__.co_filename if type(function) is types.FunctionType else None
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == home or "ipykernel" in frame.filename or "<ipython" in frame.filename:
            return printable(linecache.getline(frame.filename, frame.lineno or 0).strip(), 120)
    return ""


def as_arrays(returned: object, depth: int = 0) -> list[Floats]:
    """Flatten what a function returned, an array or nested tuples and lists of arrays, into a list of arrays.

    Raises
    ------
    AnswerError
        If there is something else in it.
    """
    parts: list[Any] = []
    if issubclass(type(returned), tuple):
        parts = list(tuple.__iter__(returned))  # type: ignore[arg-type]
    elif type(returned) is list and any(exactly(part, np.ndarray, tuple, list) for part in returned):
        try:
            return [read_array(returned, text=False)]
        except AnswerError:
            parts = returned
    if not parts:
        return [read_array(returned, text=False)]
    if depth > 2 or len(parts) > MOST_PARTS:
        raise AnswerError("It is nested too deeply, or has far more parts than are asked for.")
    return [array for part in parts for array in as_arrays(part, depth + 1)]


def _is_empty(function: object) -> bool:
    """Tell whether a function is as it was handed out: nothing but a docstring and three dots."""
    if type(function) is not types.FunctionType:
        return False
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "POP_TOP"}
    return all(instruction.opname in idle for instruction in dis.get_instructions(function))


def _changed(old: Any, new: Any) -> bool:
    if type(old) is not type(new):
        return True
    if isinstance(old, np.ndarray):
        return not (old.shape == new.shape and np.array_equal(old, new, equal_nan=True))
    if isinstance(old, list | tuple):
        return len(old) != len(new) or any(_changed(a, b) for a, b in zip(old, new, strict=True))
    return isinstance(old, int | float) and old != new


def _all_same(results: list[list[Floats]], made: list[list[Floats]], rtol: float) -> bool:
    return all(
        len(got) == len(other) and all(same(a, b, rtol) for a, b in zip(got, other, strict=True))
        for got, other in zip(results, made, strict=True)
    )
