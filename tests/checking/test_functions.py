"""Functions are called on copies of seeded inputs; whatever they do, a verdict comes back, in their author's words."""

import functools
import sys
import threading

import numpy as np
import pytest

from bpkit.checking import AnswerError, Function
from bpkit.checking.functions import Case, as_arrays, call
from bpkit.checking.limits import TimeUp


def vector(size, seed):
    return np.random.default_rng(seed).normal(size=size)


def dot(a, b):
    return float(np.dot(a, b))


def outer_and_sum(W, a):
    """Return two arrays."""
    return np.outer(W.sum(axis=1), a), W @ a


def equal_product(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("unequal shapes")
    return a * b


DOT = Function(
    "dot",
    dot,
    [Case((vector(n, n), vector(n, 9 + n)), f"n = {n}") for n in (2, 3, 1)],
    {"paths-not-added": lambda a, b: a * b, "paths-averaged": lambda a, b: np.mean(a * b)},
)
PAIR = Function(
    "gradients",
    outer_and_sum,
    [Case((vector((m, n), m), vector(n, n)), f"a {m}×{n} matrix") for m, n in ((2, 3), (3, 2))],
)
HADAMARD = Function(
    "hadamard",
    equal_product,
    [Case((vector((2, 3), 1), vector((2, 3), 2)), "two 2×3 arrays")],
    refused=[Case((vector(2, 1), vector(1, 2)), "a vector of 2 and one of 1")],
    refusal="broadcast",
)


class Callable:
    def __call__(self, a, b):
        return a @ b


@pytest.mark.parametrize(
    "right",
    [
        np.dot,
        lambda a, b: a @ b,
        lambda a, b: np.array([a @ b])[0],
        lambda a, b: sum(x * y for x, y in zip(a, b, strict=True)),
        lambda a, b, extra=1: np.dot(a, b),
        lambda *both: both[0] @ both[1],
        Callable(),
        functools.partial(lambda c, a, b: a @ b + c, 0.0),
        lambda a, b: np.float32(0) + a @ b,
    ],
)
def test_a_right_function_is_correct_however_it_is_written(right):
    verdict = DOT.judge(right)
    assert (verdict.status, verdict.score) == ("correct", 1.0), verdict.message


def test_several_results_may_come_in_a_tuple_or_a_list():
    assert PAIR.judge(outer_and_sum).status == "correct"
    assert PAIR.judge(lambda W, a: list(outer_and_sum(W, a))).status == "correct"
    assert PAIR.judge(lambda W, a: [part.tolist() for part in outer_and_sum(W, a)]).status == "correct"
    one = PAIR.judge(lambda W, a: W @ a)
    assert one.message == "Called with a 2×3 matrix, your function returns 1 result; 2 are asked for."
    assert DOT.judge(lambda a, b: (a @ b, 0.0)).message.endswith("your function returns 2 results; 1 is asked for.")
    second = PAIR.judge(lambda W, a: (outer_and_sum(W, a)[0], W.T.sum(axis=0)))
    assert second.message == "Called with a 2×3 matrix, result 2 of 2: none of the 2 values is right yet."


def test_a_wrong_function_is_told_on_which_call():
    assert DOT.judge(lambda a, b: a @ b + (a.size == 3)).message.startswith("Called with n = 3: yours is ")
    assert DOT.judge(lambda a, b: 0.0).message == "Called with n = 2: every value is zero."
    shape = DOT.judge(lambda a, b: np.outer(a, b))
    assert shape.message == "Called with n = 2: yours is an array of shape 2×2; a single number is asked for."
    assert "a NaN or an infinity" in DOT.judge(lambda a, b: a @ b / np.zeros(1)[0]).message


def test_a_known_mistake_is_named():
    assert DOT.judge(lambda a, b: b * a).misconception == "paths-not-added"
    assert DOT.judge(lambda a, b: np.mean(a * b)).misconception == "paths-averaged"


def test_what_a_function_may_not_accept_it_must_refuse():
    assert HADAMARD.judge(equal_product).status == "correct"
    stretched = HADAMARD.judge(lambda a, b: a * b)
    assert (stretched.status, stretched.misconception) == ("incorrect", "broadcast")
    assert "should raise an error" in stretched.message


def test_a_function_that_changes_its_inputs_is_told():
    def in_place(a, b):
        a *= b
        return a.sum()

    def grows(a, b):
        result = a @ b
        b.resize(9, refcheck=False)
        return result

    for function in (in_place, grows):
        verdict = DOT.judge(function)
        assert (verdict.status, verdict.misconception) == ("incorrect", "input-changed")
    assert DOT.judge(np.dot).status == "correct"  # the next one gets fresh copies


def test_inputs_that_are_lists_are_watched_as_well():
    totals = Function("total", sum, [Case(([1.0, 2.0],), "[1, 2]")])
    assert totals.judge(sum).status == "correct"
    assert totals.judge(lambda numbers: sum(numbers) + 0 * numbers.pop()).misconception == "input-changed"

    def halves(numbers):
        total = sum(numbers)
        numbers[0] /= 2
        return total

    assert totals.judge(halves).misconception == "input-changed"


def test_an_error_is_shown_with_the_students_own_line_and_the_shapes_that_met():
    def wrong(a, b):
        c = a * 2
        return c @ np.ones(99)  # here

    message = DOT.judge(wrong).message
    assert message.startswith(
        "Called with n = 2, your function raises ValueError in your line “return c @ np.ones(99)  # here”: "
    )
    assert message.endswith("The shapes that came in are (2,), (2,).")


def test_an_error_deep_in_a_library_is_no_line_of_the_student():
    message = DOT.judge(np.linalg.solve).message
    assert "LinAlgError" in message
    assert "your line" not in message


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda: 1, "your function gets 2 arguments, and it takes none."),
        (lambda a: 1, "your function gets 2 arguments, and it takes (a)."),
        (lambda a, b, c: 1, "your function gets 2 arguments, and it takes (a, b, c)."),
        (lambda *, k: 1, "your function gets 2 arguments, and it takes (k)."),
    ],
)
def test_a_function_that_takes_other_arguments_is_told_so(function, said):
    verdict = DOT.judge(function)
    assert (verdict.status, verdict.message) == ("malformed", f"Called with n = 2, {said}")


@pytest.mark.parametrize("other", [5, "dot", [np.dot], {}, type, Callable, dict, object(), np.zeros(3)])
def test_what_is_no_function_is_malformed(other):
    verdict = DOT.judge(other)
    assert verdict.status == "malformed"
    assert "hand in its name, dot, without brackets" in verdict.message


def test_a_function_that_returns_nothing_is_unattempted():
    def empty(a, b):
        """Return a·b."""
        ...

    for blank in (..., None, empty, lambda a, b: None, print):
        assert DOT.judge(blank).status == "unattempted"
    assert DOT.judge(lambda a, b: a @ b if a.size == 2 else None).status == "incorrect"


class Shy(Exception):
    def __str__(self):
        raise RuntimeError


class Loud(Exception):
    def __str__(self):
        return "x" * 10**6 + "\n\u202e"


def recursion(a, b):
    return recursion(a, b)


def raising(error):
    def function(a, b):
        raise error

    return function


ERRORS = [ValueError("no"), SystemExit(3), KeyboardInterrupt(), GeneratorExit(), Shy(), Loud(), MemoryError(), TimeUp()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_is_raised_becomes_a_sentence(error):
    verdict = DOT.judge(raising(error))
    assert verdict.status == "incorrect"
    assert len(verdict.message) < 500
    assert verdict.message.isprintable()
    assert type(error).__name__ in verdict.message or isinstance(error, TimeUp)


def test_endless_recursion_is_told():
    assert "RecursionError" in DOT.judge(recursion).message
    assert sys.getrecursionlimit() >= 1000


def test_a_loop_is_stopped_and_a_sleep_is_not_waited_for():
    release = threading.Event()

    def forever(a, b):
        while not release.is_set():
            pass

    for function in (forever, lambda a, b: release.wait(60)):
        returned, problem = call(function, (1, 2), seconds=0.05)
        assert returned is None
        assert problem.slow
        assert str(problem) == "your function did not finish within 0.05 seconds."
    release.set()


def gives(value):
    return lambda a, b: value


class Lies:
    def __eq__(self, other):
        return True

    __hash__ = None

    def __array__(self, *arguments, **keywords):
        raise RuntimeError

    def __float__(self):
        return 0.0


def holding(thing):
    array = np.empty(1, dtype=object)
    array[0] = thing
    return array


endless = []
endless.append(endless)


@pytest.mark.parametrize(
    "value",
    [
        "1.0",
        ["1.0", "2.0"],
        np.array(["1.0"]),
        1j,
        Lies(),
        [Lies(), Lies()],
        holding(Lies()),
        endless,
        (endless, endless),
        [[1.0], [2.0, 3.0]],
        (part for part in (1, 2)),
        {1: 2},
        {1.0},
        np.dot,
        sys,
        int,
        b"1",
        np.ma.array([1.0]),
        np.broadcast_to(1.0, (10**9, 10**3)),
        [[1.0] * 1000] * 10_000,
        [()] * 10_000,
        float("nan"),
        [np.inf],
        [],
        (),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_is_returned_a_verdict_comes_back(value):
    verdict = DOT.judge(gives(value))
    assert verdict.status == "incorrect"
    assert verdict.message.startswith("Called with n = 2")


def test_what_is_printed_is_let_through(capsys):
    def chatty(a, b):
        print("half-way")
        return a @ b

    assert DOT.judge(chatty).status == "correct"
    assert "half-way" in capsys.readouterr().out


def test_warnings_of_numpy_are_the_students_own_affair():
    assert DOT.judge(lambda a, b: a @ b + 0 * np.log(np.zeros(1))[0]).status == "incorrect"
    assert DOT.judge(lambda a, b: a @ b + 0 * np.exp(1e4 * np.ones(1)).clip(max=1)[0]).status == "correct"


def test_results_are_flattened_in_order():
    parts = as_arrays((np.ones(2), [3.0, 4.0], (5.0, [np.zeros(1)])))
    assert [part.tolist() for part in parts] == [[1, 1], [3, 4], 5, [[0]]]
    with pytest.raises(AnswerError):
        as_arrays(((((((1.0,),),),),),))


def test_the_code_of_a_right_answer_is_a_right_answer():
    names = {"np": np}
    exec(DOT.code(), names)
    assert DOT.judge(names["dot"]).status == "correct"
    exec(HADAMARD.code(), names)
    assert HADAMARD.judge(names["hadamard"]).status == "correct"
