"""Stop a student's function, or an algebra that has lost its way, after a while; the kernel lives on."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# How many times, and how many seconds apart, what catches `TimeUp` and goes on is told to stop.
SHOTS, PAUSE = 10, 0.02


class TimeUp(BaseException):
    """The time is up. Not an `Exception`, so that a student's ``except Exception`` does not swallow it."""


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
    guard = threading.Lock()
    over = False

    def run() -> None:
        try:
            results.append(context.run(function, *args, **kwargs))
        except BaseException as error:
            errors.append(error)

    def end() -> None:
        nonlocal over
        with guard:
            over = True

    def work() -> None:
        # `TimeUp` may arrive anywhere in here, but not twice in so short a time as the last two steps take.
        for step in (run, end, end):
            with suppress(TimeUp):
                step()

    context = copy_context()  # what the function prints belongs to the cell that asked for it
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    deadline = time.monotonic() + seconds
    try:
        while thread.is_alive() and (left := deadline - time.monotonic()) > 0:
            thread.join(min(left, 0.1))  # in short waits, so that a `within` around this one can stop it
    finally:  # also when the student interrupts the kernel
        for _ in range(SHOTS):
            with guard:
                if over:
                    break
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(TimeUp))
            thread.join(PAUSE)
    if results:
        return results[0]
    raise errors[0] if errors else TimeUp
