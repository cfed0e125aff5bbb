"""An exercise in a box: how a line is read, checked and recorded, and what the buttons do."""

import json
import re
import time

import pytest

import bpkit
from bank import EVERY_RIGHT
from bpkit.checking import Function
from bpkit.course import find
from bpkit.student import lines
from bpkit.student.asking import LOSES_POINTS, Desk
from bpkit.student.lines import handed_in, reading
from bpkit.student.session import Practice
from bpkit.student.store import Store

RIGHT = "8(5x^3 - x - 1)(15x^2 - 1)"
GRADED = list(bpkit.exercises())
IN_LINES = [e for e in GRADED if not any(isinstance(answer, Function) for answer in e.problem().answers)]


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    path = tmp_path / "progress.sqlite"
    monkeypatch.setenv("BPKIT_PROGRESS", str(path))
    return path


def standing(path, exercise_id="1.4"):
    return Store(path).standings().get(exercise_id)


def sent(box, **message):
    """Send a message as the browser does, and return what is sent back besides traits."""
    replies = []
    box.send = lambda content, *_: replies.append(content)
    box._asked(box, message, [])
    del box.send
    return replies


@pytest.mark.parametrize("exercise", GRADED, ids=lambda e: e.id)
def test_every_exercise_has_a_box(exercise):
    box = bpkit.ask(exercise.id).box
    state = {name: value for name, value in box.get_state().items() if not name.startswith("_")}
    json.dumps(state, allow_nan=False)
    assert exercise.id in repr(box)
    assert len(box.still().svg) < 80_000
    if exercise in IN_LINES:
        assert box.names == [answer.name for answer in exercise.problem().answers]
        assert not box.note
    else:
        assert box.names == box.texts == []
        assert f'bpkit.check("{exercise.id}"' in box.note


TYPED = [
    (exercise_id, answers)
    for exercise_id, answers in EVERY_RIGHT
    if all(type(answer) is str for answer in answers) and len(answers) == len(find(exercise_id).problem().answers)
]


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(("exercise_id", "answers"), TYPED, ids=lambda value: str(value)[:60])
def test_a_right_text_is_read_as_a_formula_and_judged_right(exercise_id, answers, monkeypatch):
    monkeypatch.setattr(lines, "SECONDS", 60)
    problem = find(exercise_id).problem()
    for answer, typed in zip(problem.answers, answers, strict=True):
        assert "tree" in reading(answer, typed) or answer.name == "explanation", reading(answer, typed)
    given = [handed_in(answer, typed) for answer, typed in zip(problem.answers, answers, strict=True)]
    assert problem.judge(*given).status == "correct"


def test_text_in_quotes_and_lists_of_texts_may_be_typed_as_in_a_cell():
    labels = find("3.1").problem().answers[0]
    assert handed_in(labels, "[['a_1^1', 'a_2^1'], ['a_1^2']]") == [["a_1^1", "a_2^1"], ["a_1^2"]]
    slope = find("1.4").problem().answers[0]
    assert handed_in(slope, '"2x"') == "2x"
    assert handed_in(slope, " 2x ") == "2x"
    assert (
        handed_in(slope, r'"\frac{x}{2} \times 3"')
        == handed_in(slope, r'r"\frac{x}{2} \times 3"')
        == r"\frac{x}{2} \times 3"
    )
    assert handed_in(slope, '["x", y]') == '["x", y]'
    assert handed_in(slope, " ") is ...
    steps = find("4.2").problem().answers[0]
    assert handed_in(steps, "x\n\n x + 1 ") == ["x", "x + 1"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2x^(", "bracket is opened"),
        ("2y", "“y” is not expected"),
        ("x + 1 = 2", "right of “=”"),
        ("x" * 100_000, "100000 characters long"),
        ("😀", "😀"),
        ("<b>x</b>", "“b” is not expected"),
        ("x\0", "U+0000"),
        ("__import__('os').system('ls')", "not"),
        ("[1, 2]", "this is a list"),
        ("'" * 3000, "can't read"),
        ("[" * 500, "nested"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(typed, said):
    told = reading(find("1.4").problem().answers[0], typed)["said"]
    assert said in told
    assert len(told) < 300


@pytest.mark.parametrize(
    ("exercise_id", "typed"), [("1.4", "zzz"), ("1.6", "3x + zzz"), ("2.4", "zzz"), ("3.1", "[b_1^1]"), ("4.4", "q")]
)
def test_the_reading_says_what_the_check_says(exercise_id, typed):
    answer = find(exercise_id).problem().answers[0]
    verdict = answer.judge(handed_in(answer, typed))
    assert verdict.status == "malformed"
    assert reading(answer, typed) == {"said": verdict.message}


@pytest.mark.parametrize(
    ("exercise_id", "typed", "sizes"),
    [
        ("6.1", "[h×D, h, h, h, O×h, O, O, O]", "hDhhhOhOOO"),
        ("6.1", r"h \times D, h, h, h, O by h, O, O, O", "hDhhhOhOOO"),
        ("6.1", '["h, D", "h", "h", "h", "O x h", "O", "O", "O"]', "hDhhhOhOOO"),
        ("2.4", "2×4, 3 x 2, 3x4", "243234"),
        ("2.4", "[[2, 4], [3, 2], [3, 4]]", "243234"),
    ],
)
def test_a_shape_is_read_as_its_sizes_and_not_as_their_product(exercise_id, typed, sizes):
    answer = find(exercise_id).problem().answers[0]
    assert answer.judge(handed_in(answer, typed)).status == "correct"
    tree = json.dumps(reading(answer, typed)["tree"], ensure_ascii=False)
    assert "".join(re.findall(r'"m[in]", "(\w+)"', tree)) == sizes
    assert not {"\u2062", "·"} & set(tree)


def test_a_hostile_text_is_given_up_soon():
    begun = time.monotonic()
    told = reading(find("1.4").problem().answers[0], "factorial(100)^" * 20 + "factorial(99)")
    assert "said" in told
    assert time.monotonic() - begun < 30  # it is stopped, at some time


def test_an_answer_in_the_box_counts_and_an_empty_one_does_not(progress_file):
    box = bpkit.ask("1.4").box
    assert sent(box, kind="check", number=1, texts=[""]) == [{"kind": "done", "number": 1}]
    assert box.feedback["status"] == "unattempted"
    assert standing(progress_file) is None
    sent(box, kind="check", number=2, texts=["8(5x^3 - x - 1)"])
    assert box.feedback["status"] == "incorrect"
    assert "inner function" in box.feedback["message"]
    assert box.texts == ["8(5x^3 - x - 1)"]
    sent(box, kind="check", number=3, texts=[RIGHT])
    assert box.feedback["words"] == "Correct"
    assert standing(progress_file).solved_before_seeing
    assert standing(progress_file).attempts == 2
    assert standing(progress_file).last_answer == RIGHT


def test_every_message_is_answered_with_its_number_whatever_is_in_it():
    box = bpkit.ask("1.4").box
    assert sent(box, kind="read", number=7, at=0, text="2x")[0]["number"] == 7
    for text, at in ((None, 0), ("x", 5), ("x", -1), ({}, 0), ("x", "0")):
        (reply,) = sent(box, kind="read", number=8, at=at, text=text)
        assert "tree" not in reply
    for message in ({"kind": "check", "texts": [1]}, {"kind": "check", "texts": ["a", "b"]}, {"kind": "nonsense"}, {}):
        assert sent(box, number=9, **message) == [{"kind": "done", "number": 9}]
    assert box.feedback == {}
    assert sent(box, kind="resume", number=10, seed="x") == [{"kind": "done", "number": 10}]


def test_hints_come_one_by_one_and_are_recorded(progress_file):
    box = bpkit.ask("1.4").box
    hints = find("1.4").problem().hints
    for count in (1, 2, 3, 3):
        sent(box, kind="hint", number=count)
        assert box.hints == list(hints[:count])
    assert standing(progress_file).hints == 4


def test_the_solution_is_announced_as_long_as_it_costs_points(progress_file):
    box = bpkit.ask("1.4").box
    assert box.warning == LOSES_POINTS
    sent(box, kind="solution", number=1)
    assert find("1.4").problem().answers[0].code() in box.worked
    assert standing(progress_file).solution_seen
    assert box.warning == bpkit.ask("1.4").box.warning == ""
    other = bpkit.ask("1.6").box
    sent(
        other,
        kind="check",
        number=2,
        texts=["6(sin u + cos v)^2 cos u + v e^(uv)", "-6(sin u + cos v)^2 sin v + u e^(uv)"],
    )
    assert other.feedback["status"] == "correct"
    assert other.warning == ""
    assert bpkit.practice("1.1").box.warning == bpkit.ask("3.4").box.warning == ""


def test_other_numbers_do_not_count_and_the_way_back_leads_to_those_that_do(progress_file):
    box = bpkit.ask("1.4").box
    printed = box.statement
    sent(box, kind="fresh", number=1)
    assert (box.away, box.statement != printed, "not counted" in box.counts) == (True, True, True)
    right = str(find("1.4").problem(box.seed).answers[0].expected)
    sent(box, kind="check", number=2, texts=[right])
    assert box.feedback["status"] == "correct"
    assert standing(progress_file) is None
    sent(box, kind="home", number=3)
    assert (box.away, box.statement, box.seed, box.feedback, box.texts) == (False, printed, None, {}, [""])


def test_a_practice_and_its_box_are_one():
    again = bpkit.practice("1.4", seed=5)
    assert not again.box.drawn
    sent(again.box, kind="hint", number=0)
    sent(again.box, kind="fresh", number=1)
    assert again.seed == again.box.seed != 5
    assert again.problem.statement.strip() == again.box.statement
    assert again.check(again.problem.answers[0].expected).status == "correct"
    assert repr(again.hint()).startswith("**Hint 1")
    assert again.box.drawn
    sent(again.box, kind="resume", number=2, seed=5)
    assert again.seed == 5
    assert bpkit.practice("1.4").box.drawn


def test_a_practice_without_other_numbers_offers_none():
    box = bpkit.practice("3.1", seed=1).box
    assert box.varies == find("3.1").has_instances
    fixed = next(e for e in IN_LINES if not e.has_instances)
    posed = bpkit.practice(fixed.id).box
    before = posed.statement
    sent(posed, kind="fresh", number=1)
    assert (posed.varies, posed.statement) == (False, before)


def test_a_practice_that_wants_a_function_says_how_it_is_handed_in():
    note = bpkit.practice("1.7", seed=2).box.note
    assert "wants a function" in note
    assert 'bpkit.practice("1.7", seed=2)' in note
    assert "again.check(df_du_of)" in note


def test_without_a_box_there_is_the_statement_and_the_call(capsys):
    asked = bpkit.ask("1.4")
    assert 'bpkit.check("1.4", df_dx)' in repr(asked)
    assert asked.problem.statement.strip() in asked._repr_markdown_()
    assert asked.check("x").status == "incorrect"
    assert "Hint 1" in repr(asked.hint())
    assert "Worked solution" in repr(asked.solution())


@pytest.mark.parametrize("exercise_id", ["9.99", "", None, 14, object()])
def test_an_unknown_exercise_names_the_nearest(exercise_id):
    assert "nearest is" in repr(bpkit.ask(exercise_id))


def test_a_draft_belongs_to_a_notebook_an_exercise_and_a_kind(monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "work/01_chain_rule.ipynb")
    here = bpkit.ask("1.4").box.draft
    assert here == bpkit.ask("1.4").box.draft
    others = {bpkit.ask("1.6").box.draft, bpkit.practice("1.4").box.draft}
    monkeypatch.setenv("JPY_SESSION_NAME", "work/12_review.ipynb")
    others.add(bpkit.ask("1.4").box.draft)
    assert len(others - {here}) == 3


def test_a_desk_poses_what_it_was_given():
    assert isinstance(Desk(bpkit.practice("1.4")).posed, Practice)
    assert "in quotes" not in bpkit.ask("3.4").box.statement
