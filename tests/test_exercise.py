"""Problems and exercises: how several answers are handed in, which may be exchanged, and how an instance is drawn."""

from dataclasses import dataclass

import numpy as np
import pytest
import sympy

from bpkit.checking import Array, Expression, Function, Verdict
from bpkit.checking.functions import Case
from bpkit.checking.misconceptions import SENTENCES
from bpkit.course.exercise import SOURCES, Chapter, Exercise, Problem

u, v = sympy.symbols("u v")


def posing(*answers, solution="So it is."):
    return Problem("What?", answers, ("Think.", "Think more."), solution)


DF_DU = Expression("df_du", 2 * u, ("u",))
DF_DV = Expression("df_dv", 3 * v, ("u", "v"))
OTHER = Expression("other", u**2, ("u",))
PAIR = posing(DF_DU, DF_DV)
LISTS = posing(Array("w", np.array([1.0, 2])), Array("b", np.array([3.0, 4])))
SWAPPED = SENTENCES["answers-swapped"]


def test_one_answer_is_judged_by_its_own_kind():
    assert posing(DF_DU).judge("2u").status == "correct"
    assert posing(DF_DU).judge("3u").status == "incorrect"
    assert posing(LISTS.answers[0]).judge([1, 2]).status == "correct"


@pytest.mark.parametrize("given", [("2u", "3v"), (("2u", "3v"),), (["2u", "3v"],)], ids=repr)
def test_several_answers_come_one_by_one_or_together(given):
    verdict = PAIR.judge(*given)
    assert (verdict.status, verdict.score) == ("correct", 1.0)


@pytest.mark.parametrize(
    ("problem", "given", "said"),
    [
        (PAIR, ("2u",), "2 answers needed here: df_du, df_dv. Handed in: 1."),
        (PAIR, ("2u", "3v", "u"), "2 answers needed here: df_du, df_dv. Handed in: 3."),
        (PAIR, (["2u", "3v", "u"],), "2 answers needed here: df_du, df_dv. Handed in: 1."),
        (PAIR, ({"df_du": "2u", "df_dv": "3v"},), "2 answers needed here: df_du, df_dv. Handed in: 1."),
        (posing(DF_DU), ("2u", "3v"), "1 answer needed here: df_du. Handed in: 2."),
    ],
    ids=["one for two", "three for two", "a list of three", "a dictionary", "two for one"],
)
def test_too_many_or_too_few_are_counted(problem, given, said):
    verdict = problem.judge(*given)
    assert (verdict.status, verdict.message) == ("malformed", said)


def test_a_list_is_not_unpacked_where_it_is_one_of_the_answers():
    assert LISTS.judge([1, 2], [3, 4]).status == "correct"
    assert LISTS.judge(["2u", "3v"], ...).status == "malformed"
    assert posing(LISTS.answers[0]).judge([[1, 2]]).status == "correct"


@pytest.mark.parametrize("given", [(), (...,), ([...],), (..., None, ""), ([..., ...],)], ids=repr)
def test_any_number_of_blanks_is_unattempted(given):
    assert PAIR.judge(*given).status == "unattempted"


def test_one_blank_among_others_leaves_these_their_score():
    verdict = PAIR.judge("2u", ...)
    assert (verdict.status, verdict.score) == ("unattempted", 0.5)


@pytest.mark.parametrize("given", [("3v", "2u"), (3 * v, "u + u")], ids=str)
def test_two_answers_that_stand_in_each_others_place_are_told_so(given):
    verdict = PAIR.judge(*given)  # the first cannot even be read: it holds v
    assert (verdict.status, verdict.misconception, verdict.score) == ("incorrect", "answers-swapped", 0)
    assert verdict.message == f"df_du and df_dv: {SWAPPED}"
    assert verdict.witness is None
    swapped = LISTS.judge([3, 4], [1, 2])
    assert (swapped.status, swapped.misconception, swapped.witness) == ("incorrect", "answers-swapped", None)
    assert len(swapped.understood) == 2


@pytest.mark.parametrize(
    "given",
    [("3v", "3v"), ("2u", "2u"), ("u", "2u"), ("3v", "u"), (..., "2u"), ("3v", ...)],
    ids=str,
)
def test_one_that_would_be_right_elsewhere_is_not_exchanged_alone(given):
    verdict = PAIR.judge(*given)
    assert verdict.misconception != "answers-swapped"
    assert SWAPPED not in verdict.message


def test_of_three_only_the_two_that_are_exchanged_are_told():
    three = posing(DF_DU, DF_DV, OTHER)
    wrong = three.judge("u^2", "3v", "2u")
    assert wrong.message == f"df_dv: right.\ndf_du and other: {SWAPPED}"
    assert wrong.score == pytest.approx(1 / 3)
    another = three.judge("3v", "2u", "5u")
    assert another.message.startswith(f"df_du and df_dv: {SWAPPED}\nother: ")
    rotated = three.judge("3v", "u^2", "2u")
    assert SWAPPED not in rotated.message


def test_of_three_that_fit_in_each_others_places_none_is_told():
    alike = posing(DF_DU, Expression("again", 2 * u, ("u",)), OTHER)
    assert SWAPPED not in alike.judge("u^2", "u^2", "2u").message


def test_an_equal_answer_elsewhere_is_no_exchange():
    same = posing(DF_DU, Expression("again", 2 * u, ("u",)), OTHER)
    assert same.judge("2u", "2u", "u^2").status == "correct"
    assert same.judge("u^2", "2u", "2u").message == f"again: right.\ndf_du and other: {SWAPPED}"


def test_answers_of_different_kinds_are_not_tried_in_each_others_place():
    mixed = posing(Expression("number", sympy.Integer(5), ()), Array("array", np.array(7.0)))
    verdict = mixed.judge(7, 5)
    assert verdict.status == "incorrect"
    assert verdict.misconception != "answers-swapped"


def test_functions_are_not_called_once_more_in_each_others_place():
    calls = []

    def double(x):
        calls.append(x)
        return 2 * x

    def triple(x):
        calls.append(x)
        return 3 * x

    cases = [Case((1.0,), "x = 1")]
    functions = posing(Function("double", lambda x: 2 * x, cases), Function("triple", lambda x: 3 * x, cases))
    assert functions.judge(triple, double).misconception != "answers-swapped"
    assert len(calls) == 2


@dataclass
class Raises:
    name: str = "broken"

    def judge(self, given, why=True):
        raise RuntimeError(given)

    def code(self):
        return "broken = 1"


def test_an_answer_whose_judge_raises_is_malformed_and_the_others_are_judged():
    verdict = posing(Raises()).judge("2u")
    assert verdict == Verdict("malformed", "This can't be read as an answer: hand in an expression, numbers or text.")
    assert posing(Raises(), DF_DU).judge("2u", "2u").score == 0.5


def test_the_worked_solution_ends_with_code_that_is_right():
    worked = posing(DF_DU, DF_DV, solution="\nSo it is.\n").worked()
    assert worked == 'So it is.\n\n```python\ndf_du = "2*u"\ndf_dv = "3*v"\n```'


CHAPTER = Chapter("07_sample", "A sample")


@CHAPTER.exercise(
    "7.1", "A power", covers=("worksheet/1", "carson/layers", "worksheet/2"), points=2, vary={"n": range(2, 5)}
)
def power(n: int = 3) -> Problem:
    """(u^n)'."""
    return posing(Expression("slope", n * u ** (n - 1), ("u",)))


@CHAPTER.exercise("7.2", "A line", covers="none/of-these")
def line() -> Problem:
    """(2u)'."""
    return posing(Expression("slope", sympy.Integer(2), ()))


@CHAPTER.exercise("7.3", "One choice only", vary={"n": (3,)})
def only(n: int = 3) -> Problem:
    """Vary nothing."""
    return posing(Expression("slope", n * u ** (n - 1), ("u",)))


def drawn(exercise, seed):
    return exercise.problem(seed).answers[0].expected


def test_a_chapter_lists_its_exercises_and_knows_its_number():
    assert CHAPTER.exercises == [power, line, only]
    assert CHAPTER.number == 7
    assert all(isinstance(exercise, Exercise) for exercise in CHAPTER.exercises)
    assert [(e.id, e.title, e.chapter, e.points) for e in CHAPTER.exercises] == [
        ("7.1", "A power", "07_sample", 2),
        ("7.2", "A line", "07_sample", 1),
        ("7.3", "One choice only", "07_sample", 1),
    ]
    assert (line.covers, only.covers) == (("none/of-these",), ())


def test_an_exercise_names_each_text_it_comes_from_once():
    assert power.sources == (SOURCES["worksheet"], SOURCES["carson"])
    assert line.sources == ()


def test_without_a_seed_the_printed_problem_is_posed():
    assert drawn(power, None) == 3 * u**2
    assert power.problem() is power.problem()
    assert power.judge("3u^2").status == "correct"
    assert power.judge("2u").status == "incorrect"


def test_with_a_seed_another_one_is_posed_and_always_the_same():
    assert power.has_instances
    expected = [drawn(power, seed) for seed in range(20)]
    assert set(expected) == {2 * u, 4 * u**3}
    assert [drawn(power, seed) for seed in range(20)] == expected


def test_where_nothing_varies_the_printed_one_is_posed():
    assert not line.has_instances
    assert line.problem(5) is line.problem()
    assert drawn(only, 5) == 3 * u**2


def test_exercises_draw_independently():
    chapter = Chapter("08_more", "More")
    names = [f"8.{n}" for n in range(1, 30)]
    many = [chapter.exercise(name, name, vary={"n": range(50)})(power.pose) for name in names]
    assert len({drawn(exercise, 1) for exercise in many}) > 10
