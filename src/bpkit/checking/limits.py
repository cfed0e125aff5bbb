"""Stop a student's function, or an algebra that has lost its way, after a while; the kernel lives on."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TimeUp(BaseException):
    """The time is up. Not an `Exception`, so that a student's ``except Exception`` does not swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in this thread if the block runs longer than `seconds`.

    The exception is set from a second thread, which works in any thread and on every platform, unlike signals. It
    arrives between two Python instructions: one long call into compiled code is stopped only when it returns.

    Raises
    ------
    TimeUp
        When the time is up.
    """
    caller = ctypes.c_ulong(threading.get_ident())
    finished = threading.Event()
    guard = threading.Lock()
    fired = False

    def watch() -> None:
        nonlocal fired
        wait = seconds
        while not finished.wait(wait):
            with guard:
                if finished.is_set():
                    return
                fired = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(caller, ctypes.py_object(TimeUp))
            wait = 0.2  # again, for code that catches everything and goes on

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        # An exception that was set and has not arrived must not arrive after this block.
        try:
            with guard:
                finished.set()
            if fired:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(caller, None)
        except TimeUp:
            finished.set()
        watcher.join()
    if fired:
        raise TimeUp
