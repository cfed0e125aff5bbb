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
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any, Literal

import numpy as np

from .array_diagnosis import Floats, agreements, diagnose_arrays, same
from .arrays import compare, read_array
from .guards import exactly, printable
from .limits import TimeUp, within
from .misconceptions import SENTENCES, find, sentence
from .slopes import measured
from .verdict import UNATTEMPTED, AnswerError, Mistake, Verdict, Witness

SECONDS = 1.5
MOST_PARTS = 100
MOST_SHAPES = 4
NEARLY = 1e-4  # of the largest slope: so near, an answer may be a difference quotient, or rounded
ALMOST = "This is the slope, but only to a few digits: is it rounded, or a difference quotient? Hand in the exact one."
NOTHING_RETURNED = Verdict("unattempted", "Your function returns nothing yet: is “return” missing?")

Arrays = list[Floats]


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
        Functions that make known mistakes, as results.
    forward, by
        Where slopes are asked for: the function whose slopes they are, and by which of its arguments, counted from
        0. They are measured on it, as a second referee.
    refused
        Calls that must raise an error instead of returning a value.
    refusal
        The slug for a function that returns a value on one of those.
    rtol
        How far a value may be from the right one, relative to the largest right value.
    use
        ``use(given, *arguments)`` is what is compared, where that is more than calling `given`: the batches that a
        generator yields, say, or the gradients that a class has found.
    wants
        Whether a function or a class is handed in.
    """

    name: str
    reference: Callable[..., Any]
    cases: Sequence[Case]
    mistakes: tuple[Mistake, ...] = ()
    forward: Callable[..., Any] | None = None
    by: Sequence[int] = (0,)
    refused: Sequence[Case] = ()
    refusal: str = ""
    rtol: float = 1e-7
    use: Callable[..., Any] | None = None
    wants: Literal["function", "class"] = "function"

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Call `given` on copies of every case's arguments and compare what it returns with the reference."""
        if given is ... or given is None:
            return UNATTEMPTED
        if not callable(given) or issubclass(type(given), type) != (self.wants == "class"):
            return Verdict(
                "malformed", f"A {self.wants} is asked for here: hand in its name, {self.name}, without brackets."
            )
        if self.wants == "class" and (idle := [name for name, part in vars(given).items() if _is_empty(part)]):
            return replace(UNATTEMPTED, message=f"Not attempted yet: {idle[0]} still holds three dots.")
        results: list[Arrays] = []
        changes = False
        for case, wanted in zip(self.cases, self._expected, strict=True):
            arguments = copy.deepcopy(case.arguments)
            returned, problem = call(given, arguments, use=self.use)
            if problem:
                slug = problem.error and self._slug_of_error(results, problem.error)
                said = f"Called with {case.said}, {problem}" + (f" {sentence(slug)}" if slug else "")
                return Verdict("incorrect" if problem.ran else "malformed", said, slug or None)
            if returned is None and not results:
                return UNATTEMPTED if _is_empty(given) else NOTHING_RETURNED
            changes = changes or any(_changed(o, n) for o, n in zip(case.arguments, arguments, strict=True))
            try:
                got = within(SECONDS, as_results, returned, len(wanted))
            except TimeUp:
                return Verdict(
                    "incorrect", f"Called with {case.said}, your function returns far more than is asked for."
                )
            except AnswerError as error:
                return Verdict("incorrect", f"Called with {case.said}, your function does not return numbers. {error}")
            if len(got) != len(wanted):
                count = "1 result" if len(got) == 1 else f"{len(got)} results"
                asked = "1 is" if len(wanted) == 1 else f"{len(wanted)} are"
                message = f"Called with {case.said}, your function returns {count}; {asked} asked for."
                return Verdict("incorrect", message)
            results.append(got)
        verdict = self._compare(results) or self._refusals(given)
        if changes:
            slugs = ["input-changed", *([verdict.misconception] if verdict and verdict.misconception else [])]
            slug = "+".join(sorted(set("+".join(slugs).split("+"))))
            return Verdict("incorrect", sentence(slug), slug, verdict.witness if verdict else None)
        return verdict or Verdict("correct", "", score=1.0)

    @cached_property
    def _expected(self) -> list[Arrays]:
        return [as_arrays(self._used(self.reference, case)) for case in self.cases]

    def _used(self, function: Callable[..., Any], case: Case) -> Any:
        arguments = copy.deepcopy(case.arguments)
        return self.use(function, *arguments) if self.use else function(*arguments)

    @cached_property
    def _measured(self) -> list[Arrays]:
        """The slopes at each case, measured on `forward`."""
        forward = self.forward
        return [[measured(forward, case.arguments, place) for place in self.by] for case in self.cases if forward]

    def _compare(self, results: list[Arrays]) -> Verdict | None:
        for index, (case, got, wanted) in enumerate(zip(self.cases, results, self._expected, strict=True)):
            for number, (given, right) in enumerate(zip(got, wanted, strict=True)):
                which = f", result {number + 1} of {len(wanted)}" if len(wanted) > 1 else ""
                verdict = compare(given, right, rtol=self.rtol, where=f"Called with {case.said}{which}")
                if verdict.status != "correct":
                    return self._explained(results, verdict, (index, number))
        return None

    def _explained(self, results: list[Arrays], verdict: Verdict, place: tuple[int, int]) -> Verdict:
        all_given, all_right = (list(chain.from_iterable(arrays)) for arrays in (results, self._expected))
        slopes = list(chain.from_iterable(self._measured))
        if slopes and all(same(given, slope, NEARLY) for given, slope in zip(all_given, slopes, strict=True)):
            return Verdict("undecided", ALMOST)
        made = [
            Mistake(mistake.slug, list(chain.from_iterable(done)))
            for mistake, done in zip(self.mistakes, self._behaviours, strict=True)
            if not any(type(result) is str for result in done)
        ]
        if found := diagnose_arrays(all_given, all_right, made, self.rtol):
            return replace(verdict, misconception=found[0], message=found[1])
        if slopes and verdict.witness:
            case, number = place
            first = tuple(np.argwhere(~agreements(results[case][number], self._expected[case][number], self.rtol))[0])
            slope = f"{self._measured[case][number][first]:.4g}".replace("-", "−")
            said = f" There yours is {verdict.witness.given}; the slope measured there is {slope}."
            return replace(verdict, message=verdict.message + said)
        return verdict

    @cached_property
    def _behaviours(self) -> list[list[Arrays | str]]:
        """What each known mistake does in every case: the arrays that it returns, or the error that it raises."""
        return [[self._behaviour(mistake.result, case) for case in self.cases] for mistake in self.mistakes]

    def _behaviour(self, function: Any, case: Case) -> Arrays | str:
        try:
            with np.errstate(all="ignore"):
                return as_arrays(self._used(function, case))
        except Exception as error:
            return _own_words(error)

    def _slug_of_error(self, results: list[Arrays], error: str) -> str | None:
        """Name the mistake that returns the same up to here, and then raises the same error."""

        def behaves_so(done: list[Arrays | str]) -> bool:
            return done[len(results)] == error and all(
                type(made) is list and len(made) == len(got) and all(map(partial(same, rtol=self.rtol), got, made))
                for got, made in zip(results, done, strict=False)
            )

        pairs = zip(self.mistakes, self._behaviours, strict=True)
        return find(mistake for mistake, done in pairs if behaves_so(done))

    def _refusals(self, given: Callable[..., Any]) -> Verdict | None:
        for case in self.refused:
            returned, problem = call(given, copy.deepcopy(case.arguments), use=self.use)
            if problem and problem.slow:
                return Verdict("incorrect", f"Called with {case.said}, {problem}")
            if not problem:
                slug = self.refusal if exactly(returned, np.ndarray, np.float64, float, list) else "error-not-raised"
                witness = Witness({"arguments": case.said}, "a value", "an error")
                said = f"Called with {case.said}, it returns without an error; it should raise one, with “raise”. "
                return Verdict("incorrect", said + SENTENCES[slug], slug, witness)
        return None

    def code(self) -> str:
        """Return the source of the reference, without type annotations: their names are not the student's."""
        source = textwrap.dedent(inspect.getsource(self.reference))
        if self.wants == "class":
            return re.sub(r"\Aclass \w+", f"class {self.name}", source)
        signature = inspect.signature(self.reference)
        plain = signature.replace(
            parameters=[p.replace(annotation=p.empty) for p in signature.parameters.values()],
            return_annotation=signature.empty,
        )
        first = re.compile(r"def \w+\(.*?\)( -> [^\n]*)?:\n", re.DOTALL)
        return first.sub(lambda _: f"def {self.name}{plain}:\n", source, count=1)


@dataclass(frozen=True)
class Problem:
    """Why a call came to nothing, as the end of a sentence; `error` is what was raised, with its own words."""

    text: str
    ran: bool = True
    slow: bool = False
    error: str = ""

    def __str__(self) -> str:
        return self.text


def call(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    seconds: float = SECONDS,
    use: Callable[..., Any] | None = None,
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
            if not use and (misfit := _misfit(function, arguments)):
                return None, Problem(misfit, ran=False)
            with np.errstate(all="ignore"):
                return use(function, *arguments) if use else function(*arguments), None
        except TimeUp:
            raise
        except BaseException as error:
            return None, Problem(_explain(error, function, arguments), error=_own_words(error))

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


def _own_words(error: BaseException) -> str:
    """Return an error's kind and message."""
    try:
        said = printable(str(error).strip(), 200).removesuffix(".")
    except BaseException:
        said = ""
    return printable(type(error).__name__) + (f": {said}" if said else "")


def _explain(error: BaseException, function: Callable[..., Any], arguments: tuple[Any, ...]) -> str:
    kind, _, said = _own_words(error).partition(": ")
    frame, line = _own_line(error, function)
    shapes = [str(np.shape(a)) for a in arguments if type(a) is np.ndarray]
    met = f" The shapes that came in are {', '.join(shapes)}." if shapes else ""
    if meeting := _shapes_in(frame, line):
        met = f" There {meeting}."
    at = f" in your line “{line}”" if line else ""
    return f"your function raises {kind}{at}{f': {said}' if said else ''}.{met}"


def _own_line(error: BaseException, function: Callable[..., Any]) -> tuple[types.FrameType | None, str]:
    """Find the last line of the traceback that is the student's: in a notebook cell, or where the function stands."""
    parts = vars(function).values() if type(function) is type else (function,)
    home = {part.__code__.co_filename for part in parts if type(part) is types.FunctionType}
    found: tuple[types.FrameType | None, str] = None, ""
    for frame, number in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file in home or "ipykernel" in file or "<ipython" in file:
            found = frame, printable(linecache.getline(file, number).strip(), 120)
    return found


def _shapes_in(frame: types.FrameType | None, line: str) -> str:
    """Say which shapes the arrays of a line have: "W has shape (3, 2) and a has shape (4,)"."""
    values = frame.f_locals if frame else {}
    names = dict.fromkeys(re.findall(r"(?<![\w.])[^\W\d]\w*", line))
    told = [f"{name} has shape {values[name].shape}" for name in names if type(values.get(name)) is np.ndarray]
    return " and ".join(told[:MOST_SHAPES])


def as_results(returned: object, count: int) -> list[Floats]:
    """Read what a function returned as so many arrays, in the most natural way in which it can be.

    Raises
    ------
    AnswerError
        If there is something else than numbers in it.
    """
    with suppress(AnswerError):
        if count == 1:
            return [read_array(returned, text=False)]
        if exactly(returned, tuple, list) and len(returned) == count:  # type: ignore[arg-type]
            return [read_array(part, text=False) for part in returned]  # type: ignore[attr-defined]
    got = as_arrays(returned)
    return list(got[0]) if len(got) == 1 < count == len(np.atleast_1d(got[0])) else got


def as_arrays(returned: object, depth: int = 0) -> list[Floats]:
    """Flatten what a function returned, an array or nested tuples, lists and dicts of arrays, into a list of arrays.

    A dict counts as the list of its values, in the order of its keys: W[2], W[3], …

    Raises
    ------
    AnswerError
        If there is something else in it.
    """
    parts: list[Any] = []
    if type(returned) is dict:
        if not all(type(key) is int for key in returned):
            raise AnswerError("The keys of a dict are layers here, whole numbers.")
        parts = [returned[key] for key in sorted(returned)]
    elif issubclass(type(returned), tuple):
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
    if isinstance(old, dict):
        return list(old) != list(new) or any(_changed(old[key], new[key]) for key in old)
    if isinstance(old, list | tuple):
        return len(old) != len(new) or any(_changed(a, b) for a, b in zip(old, new, strict=True))
    return isinstance(old, int | float) and old != new
