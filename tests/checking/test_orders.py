"""Orders: any that keeps what comes before what is right, and of the others it is said what is wrong."""

from itertools import permutations

import numpy as np
import pytest
import sympy

from bpkit.checking import AnswerError, Mistake
from bpkit.checking.orders import Order, read_names
from bpkit.checking.verdict import UNATTEMPTED

# b and c wait for a, and d for both.
AFTER = {"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")}
ORDER = Order("order", AFTER, (Mistake("depth-first-order", ("a", "b", "d", "c")),), turned="forward-order")


def test_exactly_the_orders_that_keep_every_wait_are_right():
    right = [names for names in permutations("abcd") if ORDER.judge(list(names)).status == "correct"]
    assert right == [("a", "b", "c", "d"), ("a", "c", "b", "d")]


@pytest.mark.parametrize(
    "given",
    [
        ["a", "b", "c", "d"],
        ("a", "c", "b", "d"),
        "a, b, c, d",
        "a b c d",
        "a → b → c → d",
        "a -> b -> c -> d",
        r"$a \to b \to c \to d$",
        "['a', 'b', 'c', 'd']",
        "a;b;c;d",
        np.array(["a", "b", "c", "d"]),
        sympy.symbols("a b c d"),
        [" a", "b ", "c", "d"],
        ["$a$", "'b'", "c", "d"],
        "a, b, c and d.",
        "a, then b, then c, then d",
        "1. a 2. b 3. c 4. d",
        "1) a\n2) b\n3) c\n4) d",
        "a ⟶ b ⟶ c ⟶ d",
        "a=>b=>c=>d",
        "a-b-c-d",
        "a < b < c < d",
        r"a,\ b,\ c,\ d",
        r"a \rightarrow b \rightarrow c \rightarrow d",
        sympy.Tuple(*sympy.symbols("a b c d")),
    ],
    ids=str,
)
def test_names_are_read_in_every_sensible_form(given):
    assert ORDER.judge(given).status == "correct"
    assert ORDER.judge(given).understood == (r"a,\ b,\ c,\ d",) or given[1] == "c"


@pytest.mark.parametrize(
    ("given", "slug", "said"),
    [
        ("d c b a", "forward-order", "values are computed"),
        ("a b d c", "depth-first-order", "hands its slope on"),
        ("a d b c", None, "d comes before b here"),
        ("a b c", "name-missing", "Look for d."),
        ("a b b c d", "name-twice", "Look for b."),
        ("a b b d", "name-twice", "Look for b."),
    ],
)
def test_what_is_wrong_with_an_order_is_said(given, slug, said):
    verdict = ORDER.judge(given)
    assert (verdict.status, verdict.misconception, verdict.score) == ("incorrect", slug, 0)
    assert said in verdict.message
    assert ORDER.judge(given, why=False).misconception is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"a", "b", "c", "d"}, "order counts"),
        ({"a": 1}, "order counts"),
        (["a", "b", "c", "e"], "“e” is none of the names here"),
        ([1, 2, 3, 4], "there is a number"),
        (4, "this is a number"),
        (len, "this is a function"),
        ("a, " * 1000, "far longer"),
        ([["a"], ["b"]], "there is a list"),
    ],
    ids=["set", "dict", "stranger", "numbers", "number", "function", "endless", "nested"],
)
def test_what_is_no_list_of_names_is_malformed(given, said):
    verdict = ORDER.judge(given)
    assert verdict.status == "malformed"
    assert said in verdict.message
    with pytest.raises(AnswerError):
        read_names(given, AFTER)


class Pretender(str):
    """A text that claims to be every other."""

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


@pytest.mark.parametrize("given", [[Pretender("a")] * 4, Pretender("a b c d"), object(), [object()], b"abcd"])
def test_what_only_pretends_to_be_a_name_is_malformed(given):
    assert ORDER.judge(given).status == "malformed"


@pytest.mark.parametrize("given", [..., None, "...", [...], "…"])
def test_dots_are_unattempted(given):
    assert ORDER.judge(given) == UNATTEMPTED


@pytest.mark.parametrize("given", ["", " ", [], (), [""]])
def test_what_holds_no_name_is_unattempted_and_told_so(given):
    verdict = ORDER.judge(given)
    assert (verdict.status, verdict.message) == ("unattempted", "Not attempted yet: there is no name in it so far.")


def test_the_example_and_the_code_are_right():
    assert ORDER.judge(ORDER.example).status == "correct"
    cell = {}
    exec(ORDER.code(), cell)
    assert ORDER.judge(cell["order"]).status == "correct"
