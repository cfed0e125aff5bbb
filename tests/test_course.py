"""The course as data: every row taught, every exercise sound, every instance as good as the printed one."""

from pathlib import Path

import numpy as np
import pytest
import sympy

import bpkit
from bpkit.checking import Table
from bpkit.checking.misconceptions import SENTENCES
from bpkit.course import UnknownExercise, chapters, exercises, find

EVERY = pytest.mark.parametrize("exercise", exercises(), ids=lambda e: e.id)


def test_ids_are_unique_and_begin_with_the_chapters_number():
    ids = [exercise.id for exercise in exercises()]
    assert len(ids) == len(set(ids))
    for chapter in chapters():
        assert [e.id for e in chapter.exercises] == [f"{chapter.number}.{n + 1}" for n in range(len(chapter.exercises))]


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("1.44", "1.4"), ("14", "1.4"), (" 1.4 ", None), (1.4, None), (None, ""), (object(), "")],
)
def test_an_unknown_id_names_the_nearest(given, nearest):
    if nearest is None:
        assert find(given).id == "1.4"
    else:
        with pytest.raises(UnknownExercise, match=rf"nearest is {nearest}"):
            find(given)


@EVERY
def test_an_exercise_says_what_a_student_needs(exercise):
    problem = exercise.problem()
    assert problem.statement.strip()
    assert len(problem.hints) >= 2 or not exercise.points
    assert problem.solution.strip()
    assert "```python" in problem.worked()
    assert exercise.title
    assert exercise.points >= 0
    assert all(row.count("/") == 1 for row in exercise.covers)


def instances(exercise, fresh=2):
    return [exercise.problem(), *(exercise.problem(seed) for seed in range(fresh) if exercise.has_instances)]


def right(answer):
    """Return an answer of this kind that is right by its own definition."""
    for name in ("expected", "reference", "example", "model"):
        if hasattr(answer, name):
            return getattr(answer, name)
    raise AssertionError(answer)


def as_given(answer):
    value = right(answer)
    if type(value).__module__.startswith("sympy") or callable(value) or isinstance(value, str):
        return value
    return (
        [list(row) for row in value]
        if isinstance(answer, Table)
        else list(value)
        if isinstance(value, tuple)
        else value
    )


@EVERY
def test_every_instance_accepts_its_own_right_answer(exercise):
    for problem in instances(exercise):
        verdict = problem.judge(*map(as_given, problem.answers))
        assert verdict.status == ("correct" if exercise.points else "undecided"), verdict


@EVERY
def test_no_instance_accepts_one_of_its_own_mistakes(exercise):
    for problem in instances(exercise, fresh=1):
        for place, answer in enumerate(problem.answers):
            for mistake in getattr(answer, "mistakes", ()):
                verdict = answer.judge(mistake.result, why=False)
                assert verdict.status == "incorrect", (mistake, place, problem.statement)


@EVERY
def test_another_seed_gives_other_numbers_and_the_same_seed_the_same(exercise):
    if exercise.has_instances:
        statements = [exercise.problem(seed).statement for seed in range(4)]
        assert len(set(statements)) > 1
        assert exercise.problem(3).statement == statements[3]
        assert exercise.problem().statement not in statements or len(set(statements)) < 4


@EVERY
def test_dots_are_unattempted_and_the_wrong_number_of_answers_is_told(exercise):
    wanted = len(exercise.problem().answers)
    assert exercise.judge(*[...] * wanted).status == "unattempted"
    assert exercise.judge().status == "unattempted"
    assert exercise.judge(*["1"] * (wanted + 1)).status == "malformed"


def test_every_sentence_is_one_that_a_checker_can_say():
    package = Path(bpkit.__file__).parent
    text = "".join(p.read_text(encoding="utf-8") for p in package.rglob("*.py"))
    assert [slug for slug in SENTENCES if text.count(f'"{slug}"') < 2] == []


def test_one_right_and_one_open_answer_is_half_the_score():
    verdict = find("1.2").judge("4x^3/(1+x^4)", ...)
    assert (verdict.status, verdict.score) == ("unattempted", 0.5)
    assert "h_prime: right" in verdict.message


@EVERY
def test_the_worked_code_runs_in_any_cell_and_is_right(exercise):
    for problem in instances(exercise):
        cell = {"np": np, "sympy": sympy}
        exec("\n".join(answer.code() for answer in problem.answers), cell)
        verdict = problem.judge(*(cell[answer.name] for answer in problem.answers))
        assert verdict.status == ("correct" if exercise.points else "undecided"), problem.worked()
