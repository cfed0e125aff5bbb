"""Functions are called on copies of seeded inputs; whatever they do, a verdict comes back, in their author's words."""

import functools
import linecache
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest

from bpkit.checking import AnswerError, Function, Mistake
from bpkit.checking.functions import NOTHING_RETURNED, Case, as_arrays, as_results, call
from bpkit.checking.limits import TimeUp
from bpkit.checking.misconceptions import SENTENCES, sentence
from bpkit.checking.verdict import UNATTEMPTED


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
    (Mistake("paths-not-added", lambda a, b: a * b), Mistake("paths-averaged", lambda a, b: np.mean(a * b))),
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
    assert PAIR.judge(lambda W, a: tuple(tuple(part.tolist()) for part in outer_and_sum(W, a))).status == "correct"


@pytest.mark.parametrize(
    ("function", "judge", "said"),
    [
        (PAIR, lambda W, a: W[:1], "a 2×3 matrix, your function returns 1 result; 2 are asked for."),
        (PAIR, lambda W, a: (1.0, 2.0, 3.0), "a 2×3 matrix, your function returns 3 results; 2 are asked for."),
        (DOT, lambda a, b: (a @ b, np.zeros(1)), "n = 2, your function returns 2 results; 1 is asked for."),
    ],
    ids=["one for two", "three for two", "two for one"],
)
def test_too_many_or_too_few_results_are_counted(function, judge, said):
    verdict = function.judge(judge)
    assert (verdict.status, verdict.message) == ("incorrect", f"Called with {said}")


SQUARES = Function("squares", lambda a: a**2, [Case((vector(n, n),), f"n = {n}") for n in (3, 2)])
STACKED = Function("both", lambda a: (a**2, 2 * a), [Case((vector(n, n),), f"n = {n}") for n in (3, 2)])


@pytest.mark.parametrize(
    "right",
    [
        lambda a: tuple(a**2),
        lambda a: [float(entry) ** 2 for entry in a],
        lambda a: [np.array(entry**2) for entry in a],
    ],
    ids=["tuple", "list", "list of arrays"],
)
def test_numbers_in_a_row_are_one_array_where_one_is_asked_for(right):
    assert SQUARES.judge(right).status == "correct"


@pytest.mark.parametrize(
    "right",
    [
        lambda a: np.array([a**2, 2 * a]),
        lambda a: (tuple(a**2), tuple(2 * a)),
        lambda a: [list(a**2), 2 * a],
        lambda a: [(a**2).tolist(), (2 * a).tolist()],
        lambda a: ((a**2, 2 * a),),
    ],
    ids=["one array of two rows", "tuples", "list and array", "lists", "a tuple in a tuple"],
)
def test_rows_are_as_many_arrays_as_are_asked_for(right):
    verdict = STACKED.judge(right)
    assert verdict.status == "correct", verdict.message
    assert [part.tolist() for part in as_results((np.ones(2), [3.0, 4.0]), 2)] == [[1, 1], [3, 4]]


def test_a_wrong_function_is_told_on_which_call():
    assert DOT.judge(lambda a, b: a @ b + (a.size == 3)).message.startswith("Called with n = 3: yours is ")
    shape = DOT.judge(lambda a, b: np.outer(a, b))
    assert shape.message == "Called with n = 2: yours is an array of shape 2×2; a single number is asked for."
    assert "a NaN or an infinity" in DOT.judge(lambda a, b: a @ b / np.zeros(1)[0]).message
    second = PAIR.judge(lambda W, a: (outer_and_sum(W, a)[0], outer_and_sum(W, a)[1] ** 2))
    assert second.message == "Called with a 2×3 matrix, result 2 of 2: none of the 2 values is right yet."
    assert second.witness.point == {"index": "(0,)"}
    assert second.witness.expected == second.witness.expected.strip()
    only = SQUARES.judge(lambda a: a**2 + (np.arange(a.size) == 1) * (a.size == 3))
    assert only.message == "Called with n = 3: 1 of 3 values is not right yet: the one at index 1, counted from 0."


def test_a_known_mistake_is_named():
    verdict = DOT.judge(lambda a, b: b * a)
    assert (verdict.misconception, verdict.message) == ("paths-not-added", SENTENCES["paths-not-added"])
    assert verdict.score == 0
    assert DOT.judge(lambda a, b: np.mean(a * b)).misconception == "paths-averaged"


def test_a_mistake_is_named_only_if_it_is_made_in_every_call():
    assert DOT.judge(lambda a, b: a * b if a.size == 2 else a @ b).misconception is None
    both = DOT.judge(lambda a, b: a * b if a.size == 2 else np.mean(a * b))
    assert both.misconception is None


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        (lambda W, a: (0 * W, 0 * W @ a), "all-zeros"),
        (lambda W, a: (outer_and_sum(W, a)[0], 0 * W @ a), "all-zeros"),
        (lambda W, a: (-outer_and_sum(W, a)[0], outer_and_sum(W, a)[1]), "sign"),
        (lambda W, a: (outer_and_sum(W, a)[0], -outer_and_sum(W, a)[1]), "sign"),
        (lambda W, a: (outer_and_sum(W, a)[0].T, outer_and_sum(W, a)[1]), "transposed"),
        (lambda W, a: (outer_and_sum(W, a)[0], outer_and_sum(W, a)[1][::-1]), "order-reversed"),
        (lambda W, a: (outer_and_sum(W, a)[0], 2 * outer_and_sum(W, a)[1]), "constant-factor"),
        (lambda W, a: (np.round(outer_and_sum(W, a)[0], 3), np.round(outer_and_sum(W, a)[1], 3)), "rounded"),
    ],
    ids=["zeros", "second zero", "sign", "second sign", "transposed", "reversed", "twice", "rounded"],
)
def test_what_is_simple_in_the_results_of_all_calls_is_named(wrong, slug):
    assert PAIR.judge(wrong).misconception == slug


def test_a_factor_that_changes_with_the_size_is_told_as_one():
    verdict = SQUARES.judge(lambda a: a**2 / a.size)
    assert (verdict.misconception, verdict.message) == ("size-factor", SENTENCES["size-factor"])
    assert SQUARES.judge(lambda a: a**2 * a.size).misconception == "size-factor"
    assert SQUARES.judge(lambda a: a**2 / 2).misconception == "constant-factor"


SHARES = Function(
    "shares",
    lambda a: a / np.sum(np.abs(a)),
    [Case((vector(n, n),), f"n = {n}") for n in (3, 2)],
    (
        Mistake("size-fixed", lambda a: (a / np.sum(np.abs(a))) @ np.ones((3, 3))),
        Mistake("matrix-product", lambda a: a @ np.ones(9)),
        Mistake("flattened", lambda a: {"not": "numbers"}),
    ),
)


def test_an_error_that_a_known_mistake_raises_too_has_its_name():
    def at_once(a):
        return a @ np.ones(9)

    def later(a):
        return (a / np.abs(a).sum()) @ np.ones((3, 3))

    for function, size, slug in ((at_once, 3, "matrix-product"), (later, 2, "size-fixed")):
        verdict = replace(SHARES).judge(function)
        assert (verdict.status, verdict.misconception) == ("incorrect", slug)
        assert verdict.message.startswith(f"Called with n = {size}, your function raises ValueError in your line “")
        assert verdict.message.endswith(f" {SENTENCES[slug]}")


def test_another_error_or_another_result_before_it_has_no_name():
    def right_then_wrong(a):
        return (a / np.abs(a).sum()) @ np.eye(3)  # right for n = 3, and then the error of "size-fixed"

    def another(a):
        return a @ np.ones(7)

    def another_kind(a):
        raise TypeError(a.size)

    def twice_then_wrong(a):
        first = (a / np.abs(a).sum()) @ np.ones((3, 3))
        return first, first

    for function in (right_then_wrong, another, another_kind):
        verdict = replace(SHARES).judge(function)
        assert verdict.status == "incorrect"
        assert verdict.misconception is None
        assert not any(verdict.message.endswith(said) for said in SENTENCES.values())


def test_an_error_that_two_kinds_of_mistake_raise_has_no_name():
    broken = Mistake("sign", lambda a: a @ np.ones(9))
    both = Function("shares", SHARES.reference, SHARES.cases, (*SHARES.mistakes, broken))
    assert both.judge(lambda a: a @ np.ones(9)).misconception is None


def test_mistakes_that_raise_or_return_no_numbers_do_not_stand_in_the_way():
    assert replace(SHARES).judge(lambda a: -a / np.sum(np.abs(a))).misconception == "sign"


def test_results_before_a_known_error_agree_as_exactly_as_they_must():
    def nearly(a):
        return (a / np.abs(a).sum()) @ np.ones((3, 3)) * (1 + 1e-5)

    assert replace(SHARES).judge(nearly).misconception is None
    assert replace(SHARES, rtol=1e-3).judge(nearly).misconception == "size-fixed"


def test_a_mistake_may_spoil_its_own_copies():
    def spoils(a):
        a *= 0
        return a @ np.ones(8)

    both = Function("shares", SHARES.reference, SHARES.cases, (Mistake("sign", spoils),))
    assert both.judge(lambda a: a @ np.ones(8)).misconception == "sign"
    assert both.judge(SHARES.reference).status == "correct"


def test_what_a_function_may_not_accept_it_must_refuse():
    assert HADAMARD.judge(equal_product).status == "correct"
    stretched = HADAMARD.judge(lambda a, b: a * b)
    assert (stretched.status, stretched.misconception) == ("incorrect", "broadcast")
    assert stretched.message == (
        "Called with a vector of 2 and one of 1, it returns without an error; it should raise one, with “raise”. "
        + SENTENCES["broadcast"]
    )
    assert stretched.witness.point == {"arguments": "a vector of 2 and one of 1"}
    assert (stretched.witness.given, stretched.witness.expected) == ("a value", "an error")


@pytest.mark.parametrize(
    ("instead", "slug"),
    [
        *((value, "error-not-raised") for value in (None, False, "unequal shapes", ValueError("no"), ValueError, ())),
        *((value, "broadcast") for value in (0.0, [1.0], np.zeros(2), np.float64(1))),
    ],
    ids=repr,
)
def test_a_message_or_nothing_in_place_of_an_error_is_told_apart_from_a_value(instead, slug):
    verdict = HADAMARD.judge(lambda a, b: a * b if a.shape == b.shape else instead)
    assert (verdict.status, verdict.misconception) == ("incorrect", slug)
    assert verdict.message.endswith(SENTENCES[slug])


@pytest.mark.parametrize("error", [ValueError, AssertionError, SystemExit, Exception], ids=lambda e: e.__name__)
def test_any_error_refuses(error):
    def refusing(a, b):
        if a.shape != b.shape:
            raise error
        return a * b

    assert HADAMARD.judge(refusing).status == "correct"


def test_a_refusing_function_gets_copies_too():
    seen = []

    def spoils(a, b):
        if a.shape == b.shape:
            return a * b
        seen.append(a.tolist())
        a += 1
        raise ValueError

    assert HADAMARD.judge(spoils).status == HADAMARD.judge(spoils).status == "correct"
    assert seen[0] == seen[1] == HADAMARD.refused[0].arguments[0].tolist()


def test_a_wrong_function_is_told_so_before_it_is_asked_to_refuse():
    assert HADAMARD.judge(lambda a, b: -a * b).misconception == "sign"


def test_a_refusal_that_never_comes_is_no_refusal(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr("bpkit.checking.functions.call", functools.partial(call, seconds=0.2))
    verdict = HADAMARD.judge(lambda a, b: a * b if a.shape == b.shape else release.wait(60))
    release.set()
    assert verdict.status == "incorrect"
    assert verdict.message == (
        "Called with a vector of 2 and one of 1, your function did not finish within 0.2 seconds."
    )


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
        assert (verdict.status, verdict.misconception, verdict.score) == ("incorrect", "input-changed", 0)
        assert verdict.message == SENTENCES["input-changed"]
    assert DOT.judge(np.dot).status == "correct"  # the next one gets fresh copies


def test_changed_inputs_are_told_together_with_what_is_wrong_in_the_value():
    def averages(a, b):
        a *= b
        return a.mean()

    def wrong(a, b):
        a *= b
        return a.sum() ** 2 + 1

    verdict = DOT.judge(averages)
    assert verdict.misconception == "input-changed+paths-averaged"
    assert verdict.message == sentence("input-changed+paths-averaged")
    unnamed = DOT.judge(wrong)
    assert (unnamed.misconception, unnamed.message) == ("input-changed", SENTENCES["input-changed"])
    assert unnamed.witness is not None
    assert DOT.judge(averages).witness is not None


def test_an_input_that_is_changed_in_one_call_only_is_changed():
    def sometimes(a, b):
        result = a @ b
        if a.size == 3:
            b[0] = 0
        return result

    assert DOT.judge(sometimes).misconception == "input-changed"


def test_inputs_that_are_lists_are_watched_as_well():
    totals = Function("total", sum, [Case(([1.0, 2.0],), "[1, 2]")])
    assert totals.judge(sum).status == "correct"
    assert totals.judge(lambda numbers: sum(numbers) + 0 * numbers.pop()).misconception == "input-changed"

    def halves(numbers):
        total = sum(numbers)
        numbers[0] /= 2
        return total

    assert totals.judge(halves).misconception == "input-changed"


def test_an_error_is_shown_with_the_students_own_line_and_the_shapes_in_it():
    def wrong(a, b):
        unused = np.ones(5)  # noqa: F841
        c = a * 2
        return c @ np.ones(99)  # here

    message = DOT.judge(wrong).message
    assert message.startswith(
        "Called with n = 2, your function raises ValueError in your line “return c @ np.ones(99)  # here”: "
    )
    assert message.endswith(". There c has shape (2,).")
    assert ".." not in message


def test_several_arrays_of_a_line_are_told_with_their_names_each_once():
    def wrong(a, b):
        W = np.ones((3, 2))
        n = 2
        return n * (W @ np.ones(n) + W.T @ a * b.size)

    assert DOT.judge(wrong).message.endswith(" There W has shape (3, 2) and a has shape (2,) and b has shape (2,).")


def test_of_many_arrays_in_a_line_four_are_told():
    def wrong(a, b):
        p, q, r, s, t = np.ones((5, 2))
        return p + q + r + s + t @ np.ones(9)

    assert DOT.judge(wrong).message.endswith(
        " There p has shape (2,) and q has shape (2,) and r has shape (2,) and s has shape (2,)."
    )


def test_where_a_line_holds_no_array_the_shapes_that_came_in_are_told():
    def wrong(a, b):
        raise ValueError('no')  # fmt: skip

    assert DOT.judge(wrong).message == (
        "Called with n = 2, your function raises ValueError in your line “raise ValueError('no')  # fmt: skip”: no. "
        "The shapes that came in are (2,), (2,)."
    )

    def of_lists(numbers):
        raise ValueError

    totals = Function("total", sum, [Case(([1.0, 2.0],), "[1, 2]")])
    assert totals.judge(of_lists).message == (
        "Called with [1, 2], your function raises ValueError in your line “raise ValueError”."
    )


def test_the_last_line_of_the_students_own_is_shown():
    def helper(a):
        return a @ np.ones(99)

    def wrong(a, b):
        return helper(a) + b

    message = DOT.judge(wrong).message
    assert "in your line “return a @ np.ones(99)”" in message

    def inside_numpy(a, b):
        return np.linalg.inv(a)

    assert "in your line “return np.linalg.inv(a)”" in DOT.judge(inside_numpy).message
    assert DOT.judge(inside_numpy).message.endswith("There a has shape (2,).")


@pytest.mark.parametrize("file", ["/tmp/ipykernel_1/2.py", "<ipython-input-1-abc>"])
def test_a_line_of_a_notebooks_cell_is_the_students_own(file, monkeypatch):
    source = "def helper(a):\n    return a @ wrong\n"
    names = {"wrong": np.ones(99)}
    exec(compile(source, file, "exec"), names)
    monkeypatch.setitem(linecache.cache, file, (len(source), None, source.splitlines(True), file))
    message = DOT.judge(functools.partial(lambda helper, a, b: helper(a), names["helper"])).message
    assert "in your line “return a @ wrong”" in message


def test_an_error_deep_in_a_library_is_no_line_of_the_student():
    message = DOT.judge(np.linalg.solve).message
    assert message.startswith("Called with n = 2, your function raises LinAlgError: ")
    assert "your line" not in message
    assert message.endswith("The shapes that came in are (2,), (2,).")


def test_a_long_line_is_shortened():
    def wrong(a, b):
        return a @ np.ones(99), "a long line, of which the first one hundred and twenty letters are shown, since the rest says nothing new"  # fmt: skip  # noqa: E501

    line = DOT.judge(wrong).message.partition("“")[2].partition("”")[0]
    assert line.startswith("return a @ np.ones(99), ")
    assert line.endswith("…")
    assert len(line) == 121


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


def test_a_function_as_it_was_handed_out_is_unattempted():
    def empty(a, b):
        """Return a·b."""
        ...

    def passing(a, b):
        pass

    for blank in (..., None, empty, passing, lambda a, b: None):
        assert DOT.judge(blank) == UNATTEMPTED


def test_a_function_without_return_is_unattempted_and_told_so():
    def forgets(a, b):
        a @ b

    for unfinished in (forgets, print, Silent(), lambda a, b: a.sort()):
        assert DOT.judge(unfinished) == NOTHING_RETURNED
    assert "“return” missing" in NOTHING_RETURNED.message
    assert DOT.judge(lambda a, b: a @ b if a.size == 2 else None).status == "incorrect"


class Silent:
    def __call__(self, a, b): ...


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


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("no"), "raises ValueError: no."),
        (ValueError("no."), "raises ValueError: no."),
        (ValueError(" no: never \n"), "raises ValueError: no: never."),
        (ValueError("." + "x" * 300), f"raises ValueError: .{'x' * 199}…."),
        (KeyError(), "raises KeyError."),
        (Shy(), "raises Shy."),
    ],
    ids=["words", "sentence", "blanks", "long", "no words", "shy"],
)
def test_an_errors_own_words_are_told_as_a_sentence(error, said):
    message = DOT.judge(raising(error)).message
    assert f"{said} The shapes" in message.replace(" in your line “raise error”", "")


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
        {"a": 2},
        {1.0},
        np.dot,
        sys,
        int,
        b"1",
        np.ma.array([1.0]),
        np.broadcast_to(1.0, (10**9, 10**3)),
        [[1.0, 2.0] * 25] * 50,
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


def test_a_function_of_every_kind_that_takes_anything_is_called():
    assert DOT.judge(max).status == "incorrect"  # its arguments cannot be known before it is called
    assert "it takes" not in DOT.judge(max).message


def test_long_lists_of_arguments_are_shortened():
    names = ", ".join(f"argument_{n}" for n in range(30))
    takes = eval(f"lambda {names}: 1")
    message = DOT.judge(takes).message
    assert message.startswith("Called with n = 2, your function gets 2 arguments, and it takes (argument_0, argument_1")
    assert len(message) < 200
    one = Function("total", sum, [Case(([1.0],), "[1]")])
    assert one.judge(takes).message.startswith("Called with [1], your function gets 1 argument, and it takes (")


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


def annotated(
    a: np.ndarray,
    b: "np.ndarray" = 2.0,
    *rest: float,
) -> float:
    """Return a·b."""

    def inner(p: float) -> float:
        return p

    return inner(float(np.dot(a, b)))


def test_the_code_is_told_without_annotations_which_no_cell_defines():
    code = Function("product", annotated, []).code()
    assert code.startswith('def product(a, b=2.0, *rest):\n    """Return a·b."""\n')
    assert "    def inner(p: float) -> float:\n" in code
    assert code.count("def product(") == 1


def test_the_code_of_a_function_inside_another_stands_at_the_margin():
    def nested(a):
        return a

    assert Function("same", nested, []).code() == "def same(a):\n    return a\n"


def product(W, a):
    """Return W a."""
    return W @ a


def square_too(sizes):
    return [Case((vector((m, n), m), vector(n, n)), f"a {m}×{n} matrix") for m, n in sizes]


PRODUCT = Function(
    "product",
    product,
    square_too([(2, 3), (3, 3), (4, 4)]),
    (Mistake("transposed", lambda W, a: W.T @ a), Mistake("matrix-product", lambda W, a: np.outer(W[0], a))),
)


def test_where_shapes_fit_the_values_tell_the_mistake_whatever_error_it_raises_elsewhere():
    def in_a_loop(W, a):
        return [sum(W[k, j] * a[k] for k in range(len(a))) for j in range(len(a))]

    verdict = PRODUCT.judge(in_a_loop)
    assert (verdict.status, verdict.misconception) == ("incorrect", "transposed")
    assert "raises IndexError" in verdict.message
    assert verdict.message.endswith(SENTENCES["transposed"])


def test_an_error_beside_right_values_is_not_taken_for_another_mistakes_error():
    def right_for_squares(W, a):
        return W @ a if len(W) == len(a) else W @ a[:2]  # the error of "transposed", in other words

    assert PRODUCT.judge(right_for_squares).misconception is None
    assert PRODUCT.judge(lambda W, a: W @ a.undefined).misconception is None


def test_too_few_results_are_named_if_a_mistake_returns_as_few():
    first = Mistake("stopped-early", lambda W, a: outer_and_sum(W, a)[0])
    both = replace(PAIR, mistakes=(first,))
    verdict = both.judge(lambda W, a: np.multiply.outer(W @ np.ones(len(a)), a))
    assert verdict.misconception == "stopped-early"
    assert "your function returns 1 result; 2 are asked for." in verdict.message
    assert both.judge(lambda W, a: 2 * W).misconception is None


def test_what_a_function_remembers_from_call_to_call_is_noticed():
    total = np.zeros(1)

    def grows(a, b):
        total[0] += a @ b
        return total[0]

    class Counting:
        calls = 0

        def dot(self, a, b):
            self.calls += 1
            return a @ b if self.calls % 2 else [a @ b] * self.calls

    remembering = replace(DOT, again="stale-gradients")
    assert remembering.judge(grows).misconception == "stale-gradients"
    assert remembering.judge(Counting().dot).misconception == "stale-gradients"
    assert remembering.judge(grows).message.startswith("Called twice with n = 2, your function returns two different")
    assert remembering.judge(np.dot).status == "correct"
    assert remembering.judge(lambda a, b: float("nan")).misconception is None
    assert "a NaN or an infinity" in remembering.judge(lambda a, b: float("nan")).message


def test_a_changed_argument_may_have_a_name_of_its_own():
    def moves(a, b):
        b += 1
        return a @ b

    def moves_both(a, b):
        a -= 1
        b += 1
        return a @ b

    def moves_afterwards(a, b):
        result = a @ b
        b += 1
        return result

    watched = replace(DOT, changing={1: "updated-inside"})
    assert watched.judge(moves).misconception == "updated-inside"
    assert watched.judge(moves_both).misconception == "input-changed+updated-inside"
    assert watched.judge(moves_afterwards).misconception == "input-changed"  # all is right: nobody knows when
    assert DOT.judge(moves).misconception == "input-changed"


def test_where_some_results_are_right_the_wrong_ones_are_named():
    named = replace(PAIR, labels=lambda W, a: ("the outer product", "the sum"))
    doubled = named.judge(lambda W, a: (outer_and_sum(W, a)[0], 2 * outer_and_sum(W, a)[1]))
    assert doubled.message.startswith("the sum: Only a constant factor is off")
    both = named.judge(lambda W, a: tuple(2 * part for part in outer_and_sum(W, a)))
    assert both.message.startswith("Only a constant factor is off")


def test_what_is_right_to_a_few_digits_is_not_called_wrong():
    verdict = DOT.judge(lambda a, b: (a @ b) * (1 + 1e-6 * a[0]))
    assert verdict.status == "undecided"
    assert "right to a few digits only" in verdict.message


def test_results_may_be_named():
    named = replace(PAIR, labels=lambda W, a: ("the outer product", f"the sum over {len(a)}"))
    verdict = named.judge(lambda W, a: (outer_and_sum(W, a)[0], outer_and_sum(W, a)[1] ** 2))
    assert verdict.message == "Called with a 2×3 matrix, the sum over 3: none of the 2 values is right yet."


def test_what_cannot_be_arranged_is_told_in_the_words_of_the_arrangement():
    def by_layer(given, a):
        layers = given(a)
        if sorted(layers) != [2, 3]:
            raise AnswerError(f"your function returns the layers {sorted(layers)}.", slug="layers-odd")
        return layers[2], layers[3]

    layers = replace(STACKED, reference=lambda a: {2: a**2, 3: 2 * a}, use=by_layer)
    layers = replace(layers, mistakes=(Mistake("layer-shift", lambda a: {1: a**2, 2: 2 * a}),))
    assert layers.judge(lambda a: {3: 2 * a, 2: a * a}).status == "correct"
    verdict = layers.judge(lambda a: {1: a * a, 2: a + a})
    assert (verdict.status, verdict.misconception) == ("incorrect", "layer-shift")
    assert verdict.message.startswith("Called with n = 3, your function returns the layers [1, 2].")
    unknown = layers.judge(lambda a: {2: a * a})  # no listed mistake: its name is the arrangement's own
    assert (unknown.status, unknown.misconception) == ("incorrect", "layers-odd")


def test_without_why_nothing_is_looked_for():
    tried = []
    watched = Mistake("sign", lambda a, b: tried.append(1) or -(a @ b))
    function = replace(DOT, mistakes=(watched,))
    verdict = function.judge(lambda a, b: -(a @ b), why=False)
    assert (verdict.status, verdict.misconception, tried) == ("incorrect", None, [])
    assert function.judge(lambda a, b: -(a @ b)).misconception == "sign"
    assert tried


def test_a_mistake_that_the_first_call_rules_out_is_not_tried_on_the_others():
    tried = []

    def noted(a, b):
        tried.append(a.size)
        return a @ b + 1

    function = replace(DOT, mistakes=(Mistake("constant-off", noted), Mistake("sign", lambda a, b: -(a @ b))))
    assert function.judge(lambda a, b: -(a @ b)).misconception == "sign"
    assert tried == [2]


def test_two_mistakes_at_once_are_not_tried_where_one_explains():
    tried = []
    both = Mistake("constant-off+sign", lambda a, b: tried.append(1) or 1 - a @ b)
    function = replace(DOT, mistakes=(both, Mistake("sign", lambda a, b: -(a @ b))))
    assert function.judge(lambda a, b: -(a @ b)).misconception == "sign"
    assert tried == []
    assert function.judge(lambda a, b: 1 - a @ b).misconception == "constant-off+sign"


class Counter:
    """A class to be completed: how often it was asked."""

    def __init__(self):
        self.asked = 0

    def ask(self):
        """Count one more."""
        self.asked += 1

    def total(self):
        """Return how often."""
        return self.asked


def asked(Given, times):
    counter = Given()
    for _ in range(times):
        counter.ask()
    if times > 2:
        raise AnswerError("your class is asked no more.")
    return counter.total() or 0


COUNTER = Function("Counter", Counter, [Case((n,), f"{n} times") for n in (1, 2)], use=asked, wants="class")


def test_only_the_methods_that_a_class_leaves_open_make_it_unattempted():
    class Open(Counter):
        def ask(self):
            """Count one more."""
            ...

        total = Counter.total

    class WithMore(Counter):
        def __repr__(self):
            return "a counter"

        def nothing(self):
            pass

    class Guessed(Counter):
        def total(self):
            return 0.5

    unattempted = COUNTER.judge(Open)
    assert (unattempted.status, unattempted.message) == ("unattempted", "Not attempted yet: ask does nothing so far.")
    assert COUNTER.judge(WithMore).status == "correct"
    assert COUNTER.judge(Guessed).status == "incorrect"


def test_a_class_is_called_a_class():
    class Broken(Counter):
        def ask(self):
            raise ValueError("no")

    assert "your class raises ValueError in your line" in COUNTER.judge(Broken).message


def test_where_the_check_stops_a_call_a_wrong_value_from_before_is_shown_first():
    class Double(Counter):
        def total(self):
            return 2 * self.asked

    stopped = replace(COUNTER, reference=Counter, cases=[Case((1,), "1 time"), Case((3,), "3 times")])
    stopped.__dict__["_expected"] = [[np.array(1.0)], [np.array(3.0)]]
    assert stopped.judge(Double).message == "Called with 1 time: yours is 2, and that is not it yet."
    assert stopped.judge(Counter).message == "Called with 3 times, your class is asked no more."


def test_how_deep_calls_may_be_nested_is_set_back():
    depth = sys.getrecursionlimit()

    def deeper(a, b):
        sys.setrecursionlimit(depth + 500)
        return a @ b

    assert DOT.judge(deeper).status == "correct"
    assert sys.getrecursionlimit() == depth


def test_a_dict_with_names_for_keys_is_told_how_results_come():
    assert (
        "come in order, in a tuple"
        in PAIR.judge(lambda W, a: dict(zip("Wa", outer_and_sum(W, a), strict=True))).message
    )
