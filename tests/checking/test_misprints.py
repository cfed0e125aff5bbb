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
    Outcome,
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


@pytest.mark.parametrize("given", ["2v", "v + v", 2 * v, r"2 \cdot v", "d_3^2 = 2v"])
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


def test_a_misprint_that_can_be_seen_in_two_parts_may_be_marked_in_either():
    either = Marked("wrong_part", 2, HOLDS, also={3: "Three does not fit two."})
    assert either.judge(2).message == ""
    verdict = either.judge("③")
    assert (verdict.status, verdict.message) == ("correct", "Three does not fit two.")
    assert either.judge(1).misconception == "sound-part-marked"


def test_of_zero_another_sentence_may_be_said():
    verdict = Marked("wrong_part", 2, HOLDS, missed="It can be defended.").judge(0)
    assert (verdict.message, verdict.misconception) == ("It can be defended.", "misprint-missed")


@pytest.mark.parametrize("given", [25, "4", 0.5, "sqrt(2)"])
def test_a_number_is_no_line(given):
    verdict = LINE.judge(given)
    assert (verdict.status, verdict.misconception) == ("incorrect", "case-for-line")


@pytest.mark.parametrize("given", [[5, 4, 3], ["5", "4", "3"], [[5], [4], [3]]])
def test_unequal_numbers_are_not_said_to_be_the_same_everywhere(given):
    sides = CorrectedMatrix("corrected", sympy.ImmutableMatrix([u, v, w]), ("u", "v", "w"))
    assert sides.judge(given).misconception == "case-for-line"
    assert sides.judge([0, 0, 0]).misconception == "all-zeros"
    assert sides.judge([u, 4, 3]).misconception != "case-for-line"


def test_numbers_in_rows_of_any_lengths_are_no_line():
    table = CorrectedTable("corrected", ((u,), (u, v)), ("u", "v"))
    assert table.judge([[5], [5, 4]]).misconception == "case-for-line"


BOTH_SIDES = Outcome("tested", np.array([1.408, 1.408]), digits=3)


def test_of_two_equal_numbers_no_factor_is_told():
    verdict = BOTH_SIDES.judge([3.408, 3.408])
    assert (verdict.misconception, verdict.message) == (None, "None of the 2 values is right yet.")


def test_of_two_unequal_numbers_a_factor_is_told():
    assert Outcome("tested", np.array([6.0, 20.0]), digits=3).judge([12, 40]).misconception == "constant-factor"


@pytest.mark.parametrize("given", [[1.41, 1.41], [[1.41], [1.41]], [1.408, 1.4082], np.array([[1.41, 1.41]])])
def test_tested_numbers_are_read_to_three_digits_and_in_any_layout(given):
    assert BOTH_SIDES.judge(given).status == "correct"


def test_columns_are_read_as_the_rows_that_they_are():
    sides = Outcome("tested", np.array([[1.0, 2.0], [3.0, 4.0]]), digits=3)
    assert sides.judge([[[1], [2]], [[3], [4]]]).status == "correct"
    assert sides.judge([[[1], [2]], [[3], [5]]]).status == "incorrect"


@pytest.mark.parametrize(
    ("expected", "given", "said"),
    [([6, 20, 5], [6, 30, 5], "entry 2."), ([[1, 2], [3, 4]], [[1, 2], [7, 4]], "entry 1 of row 2.")],
)
def test_entries_of_a_test_are_counted_from_one_as_those_of_a_line_are(expected, given, said):
    verdict = Outcome("tested", np.array(expected, float)).judge(given)
    assert verdict.message.endswith(said) or said[:7] in str(verdict.witness)
    assert "counted from 0" not in verdict.message
    assert "index" not in verdict.witness.point


def test_counts_are_exact():
    counts = Outcome("tested", np.array([1, 25.0]), digits=0)
    assert counts.judge([1, 25]).status == "correct"
    assert counts.judge([1, 25.1]).status == "incorrect"


p, y = sympy.symbols("p y")
BETWEEN = {name: 1 / (1 + sympy.exp(-sympy.Symbol(name))) for name in ("p", "y")}
LOSS = CorrectedExpression(
    "corrected",
    -y * sympy.log(p) - (1 - y) * sympy.log(1 - p),
    ("p",),
    beyond=(Mistake("roles-swapped", -p * sympy.log(y) - (1 - p) * sympy.log(1 - y)),),
    known=BETWEEN | {"y": sympy.Heaviside(y)},
    wider=BETWEEN,
    hat="p",
)


@pytest.mark.parametrize("given", ["-ln(abs(1-y-p))", "-ln(y p + (1-y)(1-p))", "L = -y ln(ŷ) - (1-y) ln(1-ŷ)"])
def test_what_is_right_for_every_label_is_right(given):
    assert LOSS.judge(given).status == "correct"


@pytest.mark.parametrize(("given", "slug"), [("-p ln y - (1-p) ln(1-y)", "roles-swapped"), ("-ln p", None)])
def test_what_is_wrong_for_a_label_is_wrong_and_named_where_more_can_be_told_apart(given, slug):
    verdict = LOSS.judge(given)
    assert (verdict.status, verdict.misconception) == ("incorrect", slug)


def test_a_witness_is_a_case_that_can_be():
    assert LOSS.judge("-ln p - y").witness.point["y"] in ("0", "1")


SLOPES = CorrectedNames("corrected", sympy.ImmutableMatrix(sympy.symbols("dL_dv df_dv")), ("dL_dv", "df_dv", "dL_df"))


@pytest.mark.parametrize(
    "given",
    [["dL/dv", "df/dv"], "dL/dv = df/dv", ["∂L/∂v", "∂f/∂v"], r"\frac{\partial L}{\partial v} = \frac{df}{dv}"],
)
def test_slopes_are_names_however_they_are_written(given):
    assert SLOPES.judge(given).status == "correct"


def test_of_many_names_two_are_shown():
    assert "Names look like dL_dv and dL_df here." in SLOPES.judge(["foo", "df_dv"]).message
