"""Stop a student's function, or an algebra that has lost its way, after a while; the kernel lives on."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# How many times, and how many seconds apart, what catches `TimeUp` and goes on is told to stop.
SHOTS, PAUSE = 10, 0.02
# A waiting thread is stopped only between two waits: so short are they, for a `within` around another.
SLICE = 0.1


class TimeUp(BaseException):
    """The time is up. Not an `Exception`, so that a student's ``except Exception`` does not swallow it."""


class _WithoutTimeUp:
    """What Python calls where nothing can be raised (a garbage collector's callback, a ``__del__``) to print it.

    The next shot stops what runs there; until then no student needs to read of this one.
    """

    def __init__(self, report: Callable[[sys.UnraisableHookArgs], object]):
        self.report = report

    def __call__(self, unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is not TimeUp:
            self.report(unraisable)


def within(seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return ``function(*args, **kwargs)``, or give up on it after `seconds`.

    It runs in a thread of its own. To stop it, an exception is set in that thread and in no other, so none can
    reach the caller, now or later; and a long sleep, or a long call into compiled code that lets other threads
    run, does not hold the caller up. What catches every exception for ever is left behind.

    Raises
    ------
    TimeUp
        When the time is up.
    BaseException
        Whatever `function` raises.
    """
    results: list[T] = []
    errors: list[BaseException] = []
    begun: list[bool] = []
    given_up: list[bool] = []
    # Bare locks, and nothing of Python's around them: one that is interrupted half-way could stay locked for ever.
    done, released = threading.Lock(), threading.Lock()
    done.acquire()
    released.acquire()

    def run() -> None:
        begun.append(True)
        try:
            if not given_up:
                results.append(context.run(function, *args, **kwargs))
        except BaseException as error:
            errors.append(error)

    def say_done() -> None:
        if done.locked():
            done.release()

    def work() -> None:
        # The thread waits for its release, as an exception must not be set in one that has ended: another thread may
        # have got its number by then.
        steps: Iterator[Callable[[], object]] = iter((run, say_done, say_done, released.acquire))
        while True:
            try:
                for step in steps:
                    step()
                return
            except TimeUp:
                continue  # it came between two steps, or before the first "done" was said

    context = copy_context()  # what the function prints belongs to the cell that asked for it
    thread = threading.Thread(target=work, daemon=True)
    deadline = time.monotonic() + seconds
    finished = False
    try:
        thread.start()
        while not finished and (left := deadline - time.monotonic()) > 0:
            finished = done.acquire(timeout=min(left, SLICE))
    finally:  # also when the student interrupts the kernel
        if not finished and not isinstance(sys.unraisablehook, _WithoutTimeUp):
            sys.unraisablehook = _WithoutTimeUp(sys.unraisablehook)
        for _ in range(SHOTS):
            if finished:
                break
            if begun:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TimeUp))
            finished = done.acquire(timeout=PAUSE)
        given_up.append(True)  # one that has not even begun need not
        released.release()
    if results:
        return results[0]
    raise errors[0] if errors else TimeUp


def in_time(seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Return ``function(*args, **kwargs)``, or None if it takes longer than `seconds`."""
    try:
        return within(seconds, function, *args, **kwargs)
    except TimeUp:
        return None
