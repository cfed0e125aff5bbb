"""What all answers have in common: what is left blank, what a hostile answer gets, how several verdicts join."""

import threading

import pytest

from bpkit.checking import AnswerError, Array, Verdict, Witness
from bpkit.checking import verdict as module
from bpkit.checking.verdict import (
    MOST_BLANKS,
    UNATTEMPTED,
    WORST_FIRST,
    always_a_verdict,
    combine,
    correct,
    is_unattempted,
)


class Blank(list):
    """Not a list itself."""


class Text(str):
    __slots__ = ()


def nested(depth):
    value = ...
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "blank",
    [..., None, "", "  \n", "...", " ... ", "…", [], (), [...], [None, "", "…"], [[None], ("...",)], nested(100)],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_left_as_it_was_is_unattempted(blank):
    assert is_unattempted(blank)


@pytest.mark.parametrize(
    "answer",
    [
        0,
        False,
        "0",
        "x",
        "..",
        "....",
        [0],
        [..., "x"],
        [[...], [..., 0]],
        {},
        set(),
        Blank(),
        Text(""),
        b"",
        NotImplemented,
    ],
    ids=repr,
)
def test_what_somebody_wrote_is_attempted(answer):
    assert not is_unattempted(answer)


def test_blanks_without_end_are_no_blank():
    endless = []
    endless.append(endless)
    assert not is_unattempted(endless)
    assert is_unattempted([...] * (MOST_BLANKS - 2))
    assert not is_unattempted([...] * (MOST_BLANKS - 1))
    assert is_unattempted(([...] * (MOST_BLANKS // 3),) * 2)
    assert not is_unattempted([[...] * MOST_BLANKS] * MOST_BLANKS)


def test_a_right_answer_scores_one_and_any_other_none():
    assert correct() == Verdict("correct", "", None, None, 1.0, ())
    assert correct("Fine.", ("x",)) == Verdict("correct", "Fine.", None, None, 1.0, ("x",))
    assert Verdict("incorrect", "No.").score == 0
    assert UNATTEMPTED.status == "unattempted"
    assert "three dots" in UNATTEMPTED.message


def test_an_unreadable_answer_says_what_and_where():
    error = AnswerError("A bracket is opened.", 3)
    assert (str(error), error.position) == ("A bracket is opened.", 3)
    assert AnswerError("What is this?").position is None


@pytest.mark.parametrize(
    ("point", "said"),
    [({"x": "1"}, "at x = 1"), ({"x": "−0.7", "y": "2"}, "at x = −0.7, y = 2"), ({}, "everywhere")],
)
def test_a_witness_says_where(point, said):
    assert str(Witness(point, "1", "2")) == said


def judging(error=None):
    """Make an answer whose reader raises, or waits for an event."""

    class Judge:
        @always_a_verdict
        def judge(self, given, why):
            """Judge."""
            if error:
                raise error
            if isinstance(given, threading.Event):
                while not given.is_set():
                    given.wait(0.01)
            return correct(f"{given} {why}")

    return Judge()


def test_a_judges_verdict_is_passed_on():
    assert judging().judge(5) == correct("5 True")
    assert judging().judge(6, why=False) == correct("6 False")
    assert judging().judge.__doc__ == "Judge."
    assert judging().judge.__name__ == "judge"


@pytest.mark.parametrize(
    "error",
    [ValueError(), RecursionError(), MemoryError(), SystemExit(), KeyboardInterrupt(), GeneratorExit()],
    ids=lambda error: type(error).__name__,
)
def test_an_answer_that_breaks_its_reader_is_malformed(error):
    verdict = judging(error).judge(5)
    assert (verdict.status, verdict.score) == ("malformed", 0)
    assert verdict.message == "This can't be read as an answer: hand in an expression, numbers or text."


def test_an_answer_that_takes_too_long_is_undecided(monkeypatch):
    monkeypatch.setattr(module, "SECONDS", 0.05)
    stop = threading.Event()
    verdict = judging().judge(stop)
    stop.set()
    assert (verdict.status, verdict.score) == ("undecided", 0)
    assert verdict.message == "I can't tell: this takes too long to work through. Try a shorter form."


NAMES = [Array(name, 1.0) for name in ("df_dx", "b", "c")]
RIGHT, REMARK = correct("", ("1",)), correct("A convention.", ("2",))
WRONG, UNREAD = Verdict("incorrect", "Not it.", "sign", score=0.0), Verdict("malformed", "Unreadable.")
UNSURE = Verdict("undecided", "I can't tell.")


def test_one_verdict_stays_as_it_is():
    assert combine(NAMES[:1], [WRONG]) is WRONG
    assert combine(NAMES[:1], [REMARK]) is REMARK


def test_nothing_attempted_at_all_is_said_once():
    assert combine(NAMES, [UNATTEMPTED] * 3) == UNATTEMPTED
    first = Verdict("unattempted", "Your function returns nothing yet.")
    assert combine(NAMES, [first, UNATTEMPTED, UNATTEMPTED]) is first


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([RIGHT, RIGHT, RIGHT], "correct"),
        ([RIGHT, UNATTEMPTED, RIGHT], "unattempted"),
        ([UNATTEMPTED, UNSURE, RIGHT], "undecided"),
        ([UNSURE, UNREAD, UNATTEMPTED], "malformed"),
        ([UNREAD, RIGHT, WRONG], "incorrect"),
    ],
)
def test_of_several_the_worst_decides(verdicts, status):
    assert combine(NAMES, verdicts).status == status
    assert combine(NAMES, verdicts[::-1]).status == status


def test_every_status_has_its_place_among_the_worst():
    assert WORST_FIRST == ("incorrect", "malformed", "undecided", "unattempted", "correct")


def test_the_worst_ones_misconception_and_witness_are_kept():
    witness = Witness({"x": "1"}, "2", "3")
    worst = Verdict("incorrect", "Not it.", "sign", witness)
    joined = combine(NAMES, [UNREAD, worst, RIGHT])
    assert (joined.misconception, joined.witness) == ("sign", witness)


@pytest.mark.parametrize(
    ("verdicts", "message"),
    [
        ([RIGHT, WRONG, UNREAD], "df_dx: right.\nb: Not it.\nc: Unreadable."),
        ([RIGHT, RIGHT, WRONG], "df_dx and b: right.\nc: Not it."),
        ([WRONG, REMARK, WRONG], "b: right.\ndf_dx and c: Not it."),
        ([WRONG, WRONG, WRONG], "df_dx, b and c: Not it."),
        ([RIGHT, RIGHT, RIGHT], ""),
        ([RIGHT, REMARK, REMARK], "A convention."),
        ([REMARK, correct("Another."), RIGHT], "A convention.\nAnother."),
        ([RIGHT, UNATTEMPTED, RIGHT], f"df_dx and c: right.\nb: {UNATTEMPTED.message}"),
    ],
)
def test_the_message_goes_through_the_answers_by_name(verdicts, message):
    assert combine(NAMES, verdicts).message == message


@pytest.mark.parametrize("right", range(4))
def test_the_score_is_the_share_that_is_right(right):
    joined = combine(NAMES, [RIGHT] * right + [WRONG] * (3 - right))
    assert joined.score == pytest.approx(right / 3)


def test_what_was_understood_has_the_answers_names():
    assert combine(NAMES, [RIGHT, WRONG, REMARK]).understood == (r"\mathtt{df\_dx} = 1", r"\mathtt{c} = 2")
