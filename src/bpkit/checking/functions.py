"""Answers that are functions: they are called, on inputs of several unequal sizes, and what they return is compared."""

from __future__ import annotations

import copy
import dis
import inspect
import linecache
import re
import sys
import textwrap
import traceback
import types
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
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
from .verdict import UNATTEMPTED, AnswerError, Mistake, Status, Verdict, Witness, together

SECONDS = 1.5
MOST_PARTS = 100
MOST_SHAPES = 4
NEARLY = 1e-4  # of the largest slope: so near, an answer may be a difference quotient, or rounded
ALMOST = "This is the slope, but only to a few digits: is it rounded, or a difference quotient? Hand in the exact one."
NEARLY_RIGHT = "This is right to a few digits only: is it rounded, float32, or a difference quotient? More are needed."
NOTHING_RETURNED = Verdict("unattempted", "Your function returns nothing yet: is “return” missing?")

Arrays = list[Floats]
Done = Arrays | str  # what a call did: the arrays that it returned, or the error that it raised


@dataclass(frozen=True)
class Case:
    """One call: its arguments, and how they are named to the student."""

    arguments: tuple[Any, ...]
    said: str


@dataclass(frozen=True)
class _Call:
    """What came of one call: arrays or an error, what there is to be said at once, and which arguments changed.

    `stopped` tells that the error is not the student's: the check has ended the call.
    """

    arrays: Arrays = field(default_factory=list)
    verdict: Verdict | None = None
    error: str = ""
    changed: set[int] = field(default_factory=set)
    none: bool = False
    stopped: bool = False

    @property
    def done(self) -> Any:
        """The arrays or the error, if it came to one of these."""
        return self.error or self.arrays or None

    def repeats(self, other: _Call) -> bool:
        """Tell whether two calls returned the same, up to rounding."""
        return len(self.arrays) == len(other.arrays) and all(
            one.shape == two.shape and np.allclose(one, two, rtol=1e-9, atol=0, equal_nan=True)
            for one, two in zip(self.arrays, other.arrays, strict=True)
        )


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
        generator yields, say, or the gradients that a class has found. It may raise `AnswerError` for what cannot
        be read, whose text goes on after "Called with …,".
    wants
        Whether a function or a class is handed in.
    labels
        ``labels(*arguments)`` names the results of a call, where "result 3 of 4" says too little.
    again
        The slug for a function that returns something else when it is called with the same arguments again.
    changing
        The slug for a function that changes one of its arguments, by the argument's place, where more can be said
        than "input-changed".
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
    labels: Callable[..., Sequence[str]] | None = None
    again: str = ""
    changing: Mapping[int, str] = field(default_factory=dict)

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Call `given` on copies of every case's arguments and compare what it returns with the reference."""
        if given is ... or given is None:
            return UNATTEMPTED
        if not callable(given) or issubclass(type(given), type) != (self.wants == "class"):
            return Verdict(
                "malformed", f"A {self.wants} is asked for here: hand in its name, {self.name}, without brackets."
            )
        if self.wants == "class" and (idle := [name for name in self._open if _is_empty(vars(given).get(name))]):
            return replace(UNATTEMPTED, message=f"Not attempted yet: {idle[0]} does nothing so far.")
        calls: list[_Call] = []
        for index, case in enumerate(self.cases):
            made = self._called(given, index)
            if made.none and not calls:
                return UNATTEMPTED if _is_empty(given) else NOTHING_RETURNED
            if self.again and not calls and made.arrays and not self._called(given, index).repeats(made):
                said = f"Called twice with {case.said}, your function returns two different results. "
                return Verdict("incorrect", said + SENTENCES[self.again], self.again)
            calls.append(made)
            if made.verdict:
                slug = self._slug_of_all(given, calls) if why and made.done else None
                said = f" {sentence(slug)}" if slug else ""
                # A wrong value in an earlier case says more than that this one was stopped.
                wrong = self._difference([call.arrays for call in calls[:-1]]) if made.stopped else None
                first = wrong[0] if wrong else made.verdict
                slug = slug or (None if wrong else made.verdict.misconception)
                return replace(made.verdict, message=first.message + said, misconception=slug, witness=first.witness)
            if not why and not self._alike(made.arrays, self._expected[index]):
                said = f"Called with {case.said}, your {self.wants} does not return what it should."
                return Verdict("incorrect", said)
        verdict = self._compare([made.arrays for made in calls]) or self._refusals(given)
        if changed := set[int]().union(*(made.changed for made in calls)):
            # Where all is right, nothing says when it was changed.
            slugs = {self.changing.get(place, "input-changed") if verdict else "input-changed" for place in changed}
            slugs.update(verdict.misconception.split("+") if verdict and verdict.misconception else [])
            slug = together(*slugs)
            return Verdict("incorrect", sentence(slug), slug, verdict.witness if verdict else None)
        return verdict or Verdict("correct", "", score=1.0)

    def _called(self, given: Any, index: int) -> _Call:
        """Call `given` on copies of a case's arguments."""
        case, wanted = self.cases[index], self._expected[index]
        arguments = copy.deepcopy(case.arguments)
        returned, problem = call(given, arguments, use=self.use, what=self.wants)
        where = f"Called with {case.said}, "
        if problem:
            status: Status = "incorrect" if problem.ran else "malformed"
            stopped = Verdict(status, f"{where}{problem}", problem.slug)
            return _Call(verdict=stopped, error=problem.error, stopped=problem.stopped)
        changed = {n for n, (old, new) in enumerate(zip(case.arguments, arguments, strict=True)) if _changed(old, new)}
        try:
            got = within(SECONDS, as_results, returned, len(wanted))
        except TimeUp:
            too_much = f"{where}your {self.wants} returns far more than is asked for."
            return _Call(verdict=Verdict("incorrect", too_much), changed=changed)
        except AnswerError as error:
            no_numbers = f"{where}your {self.wants} does not return numbers. {error}"
            return _Call(verdict=Verdict("incorrect", no_numbers), changed=changed, none=returned is None)
        verdict = None
        if len(got) != len(wanted):
            count = "1 result" if len(got) == 1 else f"{len(got)} results"
            asked = "1 is" if len(wanted) == 1 else f"{len(wanted)} are"
            which = f": {', '.join(self.labels(*case.arguments))}" if self.labels else ""
            verdict = Verdict("incorrect", f"{where}your {self.wants} returns {count}; {asked} asked for{which}.")
        return _Call(got, verdict, changed=changed, none=returned is None)

    @property
    def _open(self) -> list[str]:
        """The methods that the template of a class leaves open: the ones of the reference, without `__init__`."""
        return [name for name in vars(self.reference) if name != "__init__"]

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
        found = self._difference(results)
        return self._explained(results, *found) if found else None

    def _difference(self, results: list[Arrays]) -> tuple[Verdict, tuple[int, int]] | None:
        """Return what the first wrong result is like, and where it is: in which case, and which result of it."""
        for index, (case, got, wanted) in enumerate(zip(self.cases, results, self._expected, strict=False)):
            for number, (given, right) in enumerate(zip(got, wanted, strict=True)):
                which = f", result {number + 1} of {len(wanted)}" if len(wanted) > 1 else ""
                if self.labels:
                    which = f", {self.labels(*case.arguments)[number]}"
                verdict = compare(given, right, rtol=self.rtol, where=f"Called with {case.said}{which}")
                if verdict.status != "correct":
                    return verdict, (index, number)
        return None

    def _explained(self, results: list[Arrays], verdict: Verdict, place: tuple[int, int]) -> Verdict:
        all_given, all_right = (list(chain.from_iterable(arrays)) for arrays in (results, self._expected))
        slopes = list(chain.from_iterable(self._measured))
        if slopes and all(same(given, slope, NEARLY) for given, slope in zip(all_given, slopes, strict=True)):
            return Verdict("undecided", ALMOST)
        if made := self._doing(results, self._alike):
            slug = find(made)
            said = f"{self._where(results, place[0])}{sentence(slug)}" if slug else verdict.message
            return replace(verdict, misconception=slug, message=said)
        if found := diagnose_arrays(all_given, all_right, self._single, self.rtol):
            return replace(verdict, misconception=found[0], message=self._where(results, place[0]) + found[1])
        if all(same(given, right, NEARLY) for given, right in zip(all_given, all_right, strict=True)):
            return Verdict("undecided", NEARLY_RIGHT)
        if slopes and verdict.witness:
            case, number = place
            first = tuple(np.argwhere(~agreements(results[case][number], self._expected[case][number], self.rtol))[0])
            slope = f"{self._measured[case][number][first]:.4g}".replace("-", "−")
            there = "Your first one" if "one of the" in verdict.message else "There yours"
            said = f" {there} is {verdict.witness.given}; the slope measured there is {slope}."
            return replace(verdict, message=verdict.message + said)
        return verdict

    def _where(self, results: list[Arrays], index: int) -> str:
        """Name the results that are wrong in a case, if others are right in it: "db[2], db[3]: "."""
        labels = self.labels(*self.cases[index].arguments) if self.labels else ()
        triples = zip(labels, results[index], self._expected[index], strict=False)
        told = [label for label, given, right in triples if not same(given, right, self.rtol)]
        return "" if len(told) == len(labels) else f"{', '.join(told)}: "

    def _slug_of_all(self, given: Any, calls: list[_Call]) -> str | None:
        """Name the mistake that returns the same and raises the same errors.

        Another way to write the same mistake raises another error, and elsewhere, where the shapes do not fit. So what
        counts next are the calls whose shapes do fit, if they have a wrong result.
        """
        done = [made.done for made in calls]
        done += [self._called(given, index).done for index in range(len(calls), len(self.cases))]
        pairs = zip(done, self._expected, strict=True)
        alone = find(
            self._doing(done, lambda one, other: one == other if type(one) is str else self._alike(one, other))
        )
        if alone or not any(type(what) is list and not self._alike(what, right) for what, right in pairs):
            return alone
        return find(self._doing(done, lambda one, other: type(one) is not list or self._alike(one, other)))

    def _alike(self, one: Done, other: Done) -> bool:
        """Tell whether both are errors, or the same arrays."""
        if type(one) is str or type(other) is str:
            return type(one) is type(other)
        return len(one) == len(other) and all(map(partial(same, rtol=self.rtol), one, other))

    def _doing(self, done: Sequence[Done], alike: Callable[[Done, Done], bool]) -> list[Mistake]:
        """Return the mistakes that do the same in each of the first cases; those of two at once only if no single one.

        Most are ruled out by the first case, and the others are not tried on them.
        """
        for several in (False, True):
            left = [n for n, mistake in enumerate(self.mistakes) if ("+" in mistake.slug) == several]
            for index, what in enumerate(done):
                left = [n for n in left if alike(what, self._does(n, index))]
            if left:
                return [self.mistakes[n] for n in left]
        return []

    @cached_property
    def _single(self) -> list[Mistake]:
        """The mistakes that return numbers in every case, with all those numbers; none of two at once."""
        made = [
            (mistake.slug, [self._does(n, index) for index in range(len(self.cases))])
            for n, mistake in enumerate(self.mistakes)
            if "+" not in mistake.slug
        ]
        return [
            Mistake(slug, list(chain.from_iterable(done)))
            for slug, done in made
            if not any(type(result) is str for result in done)
        ]

    def _does(self, number: int, index: int) -> Done:
        """Return what a known mistake does in a case: the arrays that it returns, or the error that it raises."""
        if (number, index) not in self._known:
            try:
                with np.errstate(all="ignore"):
                    returned = self._used(self.mistakes[number].result, self.cases[index])  # type: ignore[arg-type]
                done: Done = as_results(returned, len(self._expected[index]))
            except Exception as error:
                done = _own_words(error)
            self._known[number, index] = done
        return self._known[number, index]

    @cached_property
    def _known(self) -> dict[tuple[int, int], Done]:
        return {}

    def _refusals(self, given: Callable[..., Any]) -> Verdict | None:
        for case in self.refused:
            returned, problem = call(given, copy.deepcopy(case.arguments), use=self.use, what=self.wants)
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
    """Why a call came to nothing, as the end of a sentence; `error` is what was raised, with its own words.

    `slow` and `stopped` say that it was ended from outside: after some time, or for that or another reason.
    `slug` names a mistake.
    """

    text: str
    ran: bool = True
    slow: bool = False
    stopped: bool = False
    error: str = ""
    slug: str | None = None

    def __str__(self) -> str:
        return self.text


def call(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    seconds: float = SECONDS,
    use: Callable[..., Any] | None = None,
    what: str = "function",
) -> tuple[Any, Problem | None]:
    """Call a student's function; whatever it raises becomes a `Problem` that shows their own line.

    If it sets how deep Python may nest calls, that is set back.

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
        except AnswerError as error:  # `use` cannot read what was returned
            return None, Problem(str(error), stopped=True, error=_own_words(error), slug=error.slug)
        except BaseException as error:
            return None, Problem(f"your {what} {_explain(error, function, arguments)}", error=_own_words(error))

    depth = sys.getrecursionlimit()
    try:
        return within(seconds, attempt)
    except TimeUp:
        return None, Problem(f"your {what} did not finish within {seconds:g} seconds.", slow=True, stopped=True)
    finally:
        sys.setrecursionlimit(depth)


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
    return f"raises {kind}{at}{f': {said}' if said else ''}.{met}"


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
            raise AnswerError("A dict can be read if its keys are layers; other results come in order, in a tuple.")
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
    """Tell whether a function does nothing and returns nothing, as the one that was handed out."""
    if type(function) is not types.FunctionType:
        return False
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "POP_TOP"}
    return all(
        instruction.opname in idle and (instruction.argval is None or not instruction.opname.endswith("CONST"))
        for instruction in dis.get_instructions(function)
    )


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
