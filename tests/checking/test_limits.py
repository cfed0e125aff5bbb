"""What runs too long is given up on, and nothing of it comes back later."""

import _thread
import contextvars
import random
import threading
import time
from contextlib import suppress

import pytest

from bpkit.checking.limits import TimeUp, within

SOON = 0.05


def loop():
    while True:
        pass


def catches_exceptions():
    while True:
        with suppress(Exception):
            loop()


def catches_everything_once():
    try:
        loop()
    except BaseException:
        loop()


@pytest.mark.parametrize("function", [loop, catches_exceptions, catches_everything_once])
def test_a_loop_is_stopped(function):
    stopped = threading.Event()

    def watched():
        try:
            function()
        finally:
            stopped.set()

    with pytest.raises(TimeUp):
        within(SOON, watched)
    assert stopped.wait(10)


def test_a_shot_into_a_place_that_cannot_raise_is_not_printed_and_the_next_one_stops():
    stopped = threading.Event()

    class Lasting:
        def __del__(self):
            loop()

    def drops_one_and_goes_on():
        try:
            Lasting()
            loop()
        finally:
            stopped.set()

    with pytest.raises(TimeUp):  # a warning of an exception that was ignored would be an error here
        within(SOON, drops_one_and_goes_on)
    assert stopped.wait(10)  # it would take half of the time of every test after this one


def test_what_a_function_returns_and_raises_comes_through():
    assert within(5, divmod, 7, 2) == (3, 1)
    assert within(5, int, "11", base=2) == 3
    with pytest.raises(ZeroDivisionError):
        within(5, divmod, 1, 0)
    with pytest.raises(SystemExit):
        within(5, exit, 3)


def test_a_long_sleep_does_not_hold_the_caller_up():
    woken = threading.Event()
    with pytest.raises(TimeUp):
        within(SOON, woken.wait, 60)
    assert not woken.is_set()
    woken.set()


def test_what_catches_everything_for_ever_is_left_behind():
    enough, ended = threading.Event(), threading.Event()

    def stubborn():
        while not enough.is_set():
            with suppress(BaseException):
                spin_until(enough)
        ended.set()

    with pytest.raises(TimeUp):
        within(SOON, stubborn)
    enough.set()
    assert ended.wait(10)


def test_a_function_that_tidies_up_when_it_is_told_to_stop_is_waited_for():
    def tidies_up():
        try:
            loop()
        except TimeUp:
            return "saved"

    assert within(SOON, tidies_up) == "saved"


def test_what_is_left_behind_does_not_keep_python_from_ending():
    assert within(5, threading.current_thread).daemon


def test_limits_nest_the_inner_one_first_and_the_outer_one_first():
    def inner_first():
        with pytest.raises(TimeUp):
            within(SOON, loop)
        return "went on"

    assert within(10, inner_first) == "went on"

    with pytest.raises(TimeUp):
        within(SOON, within, 60, loop)


def test_it_works_in_a_thread_that_is_not_the_main_one():
    outcomes = []

    def elsewhere():
        try:
            within(SOON, loop)
        except TimeUp:
            outcomes.append("time up")
        outcomes.append(within(5, int, "7"))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(20)
    assert outcomes == ["time up", 7]


def test_no_time_limit_fires_late():
    chance = random.Random(1)
    for _ in range(60):
        limit = chance.uniform(0.0005, 0.002)
        release = threading.Event()
        timer = threading.Timer(limit + chance.uniform(-0.0005, 0.0005), release.set)
        timer.start()
        with suppress(TimeUp):
            within(limit, spin_until, release)
        # Here the caller goes on, in Python and in threads that it starts: nothing may reach it.
        timer.join()
        assert sum(range(100)) == 4950


def spin_until(event):
    while not event.is_set():
        pass


def test_the_kernel_can_still_be_interrupted_and_the_function_is_stopped():
    stopped = threading.Event()

    def watched():
        try:
            time.sleep(0.3)  # until the caller waits: an interrupt in the midst of a thread's start can get lost
            _thread.interrupt_main()
            loop()
        finally:
            stopped.set()

    with pytest.raises(KeyboardInterrupt):
        within(60, watched)
    assert stopped.wait(10)


def test_the_function_sees_the_context_of_its_caller():
    cell = contextvars.ContextVar("cell", default="no cell")
    cell.set("cell 7")  # as the notebook's kernel does, to tell whose output it is
    assert within(5, cell.get) == "cell 7"
