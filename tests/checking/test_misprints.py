"""Misprints: the marked part, and the corrected line; who corrects what was right is told so."""

import numpy as np
import pytest
import sympy

from bpkit.checking import AnswerError, Mistake
from bpkit.checking.misprints import (
    Changed,
    CorrectedExpression,
    CorrectedMatrix,
    CorrectedNames,
    CorrectedTable,
    Marked,
    read_mark,
)

HOLDS = ("One stands first.", "Two comes after it.", "Three is odd.")
MARKED = Marked("wrong_part", 2, HOLDS)
SOUND = Marked("wrong_part", 0, HOLDS)
u, v, w = sympy.symbols("u v w")

# A line u = 2 v with three parts: the 2 was printed as 3, and both letters are right.
KEPT, CHANGED, BOTH = "misprint-kept", "sound-part-changed", "misprint-kept+sound-part-changed"
LINES = (
    Changed(KEPT, 3 * v),
    Changed(CHANGED, 2 * w, parts=(3,)),
    Changed(BOTH, 3 * w, parts=(3,)),
    Changed("sound-parts-changed", 2 * u, parts=(1, 3)),
    Mistake("power-slip", v**2),
)
LINE = CorrectedExpression("corrected", 2 * v, ("u", "v", "w"), LINES)


@pytest.mark.parametrize("given", [2, "2", " 2 ", "②", "part 2", "Part 2.", "(2)", "part ②", [2], np.int64(2), 2.0])
def test_a_mark_is_read_in_every_sensible_form(given):
    assert MARKED.judge(given).status == "correct"
    assert SOUND.judge(given).status == "incorrect"


@pytest.mark.parametrize("given", [0, "0", "none", "None", "nothing", "nothing is wrong", "no part", "⓪"])
def test_nothing_is_zero(given):
    assert SOUND.judge(given).status == "correct"
    verdict = MARKED.judge(given)
    assert (verdict.status, verdict.misconception) == ("incorrect", "misprint-missed")


@pytest.mark.parametrize(("given", "said"), [(1, HOLDS[0]), ("3", HOLDS[2])])
def test_a_part_that_holds_is_told_to_hold_and_no_other_is_spoken_of(given, said):
    verdict = MARKED.judge(given)
    assert (verdict.status, verdict.misconception) == ("incorrect", "sound-part-marked")
    assert verdict.message == f"The part that you marked holds as printed. {said}"


@pytest.mark.parametrize("given", [4, -1, 1.5, [1, 2], "parts 1 and 2", "the second", u, object(), "2" * 5000, {}])
def test_what_is_no_part_cannot_be_read(given):
    assert MARKED.judge(given).status == "malformed"


@pytest.mark.parametrize("given", [..., None, "", "..."])
def test_dots_are_not_attempted(given):
    assert MARKED.judge(given).status == "unattempted"
    assert LINE.judge(given).status == "unattempted"


def test_the_number_of_parts_is_told():
    with pytest.raises(AnswerError, match="from 1 to 3; 0 says"):
        read_mark(7, 3)


def test_the_worked_code_is_right():
    cell = {}
    exec(MARKED.code(), cell)
    assert MARKED.judge(cell["wrong_part"]).status == "correct"


def test_without_a_reason_the_verdict_is_the_same():
    assert MARKED.judge(1, why=False).misconception is None
    assert LINE.judge("3v", why=False).status == "incorrect"


@pytest.mark.parametrize(
    ("given", "slug", "said"),
    [
        ("3v", KEPT, "The misprint still stands."),
        ("2w", CHANGED, "Part 3 held as printed, and it has been changed."),
        ("3w", BOTH, "Two things at once. The misprint still stands. Part 3 held as printed, and it has been changed."),
        ("2u", "sound-parts-changed", "Parts that held as printed have been changed."),
        ("v^2", "power-slip", "A power rule slipped"),
        ("-2v", "sign", "The sign differs"),
    ],
)
def test_what_was_done_to_the_line_is_told(given, slug, said):
    verdict = LINE.judge(given)
    assert (verdict.status, verdict.misconception) == ("incorrect", slug)
    assert verdict.message.startswith(said)


@pytest.mark.parametrize("given", ["2v", "v + v", 2 * v, r"2 \cdot v"])
def test_the_right_line_is_right_in_every_form(given):
    assert LINE.judge(given).status == "correct"


def test_where_two_ways_lead_to_a_line_no_part_is_named():
    twice = CorrectedExpression(
        "corrected", 2 * v, ("u", "v"), (Changed(CHANGED, u, parts=(1,)), Changed(CHANGED, u, parts=(2,)))
    )
    assert twice.judge("u").message == "A part that held as printed has been changed."
    unclear = CorrectedExpression("corrected", 2 * v, ("u", "v"), (Changed(KEPT, u), Changed(CHANGED, u, parts=(2,))))
    assert unclear.judge("u").misconception is None


def test_sides_of_a_line_are_judged_together_and_a_single_entry_says_what_it_is():
    sides = sympy.ImmutableMatrix([u, v, w])
    wrong = Changed(KEPT, sympy.ImmutableMatrix([u, v, v]))
    matrix = CorrectedMatrix("corrected", sides, ("u", "v", "w"), (wrong,))
    assert matrix.judge(["u", "v", "w"]).status == "correct"
    assert matrix.judge(["u", "v", "v"]).misconception == KEPT
    assert matrix.judge(["u", "v", "u"]).misconception == "one-entry"


NAMES = CorrectedNames("corrected", sympy.ImmutableMatrix([u, w, v]), ("u", "v", "w"))


@pytest.mark.parametrize(
    "given",
    [
        ["u", "w", "v"],
        (u, w, v),
        "u = w v",
        "u = w * v",
        "[u, w, v]",
        ["u", "w @ v"],
        ["u = w · v"],
        r"u = w \cdot v",
        sympy.Matrix([u, w, v]),
        np.array(["u", "w", "v"]),
        [["u"], ["w"], ["v"]],
    ],
    ids=str,
)
def test_the_names_of_a_line_are_read_in_every_sensible_form(given):
    assert NAMES.judge(given).status == "correct"


def test_the_order_of_the_factors_counts():
    assert NAMES.judge("u = v * w").status == "incorrect"


@pytest.mark.parametrize("given", ["u " * 5000, ["u"] * 5000, object(), [object()], {}, [["u", ["w"]]], lambda: 1])
def test_what_is_no_line_is_not_right(given):
    assert NAMES.judge(given).status in ("malformed", "incorrect")


@pytest.mark.parametrize("given", [[u, v * w], v * w])
def test_a_product_that_has_lost_its_order_is_told_how_to_be_written(given):
    verdict = NAMES.judge(given)
    assert verdict.status == "malformed"
    assert "list of names" in verdict.message


def test_a_line_may_have_another_shape():
    total = Changed(KEPT, sympy.ImmutableMatrix([u + v]))
    matrix = CorrectedMatrix("corrected", sympy.ImmutableMatrix([u, v]), ("u", "v"), (total,))
    assert matrix.judge(["u + v"]).misconception == KEPT
    assert matrix.judge("u + v").misconception == KEPT


def test_rows_of_any_lengths_are_judged_in_the_same_way():
    table = CorrectedTable("corrected", ((u,), (u, v)), ("u", "v"), (Changed(CHANGED, ((u,), (v, u)), parts=(2,)),))
    assert table.judge([["u"], ["u", "v"]]).status == "correct"
    verdict = table.judge([["u"], ["v", "u"]])
    assert verdict.misconception == CHANGED
    assert "Part 2" in verdict.message
