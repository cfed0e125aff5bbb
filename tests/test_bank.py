"""The checker against the bank of answers: no right answer is called wrong, no wrong one right."""

import re

import pytest

from bank import EVERY_RIGHT, EVERY_WRONG, RIGHT, WRONG
from bpkit.course import chapters, exercises, find
from bpkit.course.syllabus import coverage

pytestmark = pytest.mark.usefixtures("patient")


def show(value):
    return re.sub(r" at 0x[0-9a-fA-F]+", "", str(value))[:60]  # every worker must give a test the same name


@pytest.mark.parametrize(("exercise_id", "answers"), EVERY_RIGHT, ids=show)
def test_a_right_answer_is_correct_in_every_form(exercise_id, answers):
    verdict = find(exercise_id).judge(*answers)
    assert (verdict.status, verdict.score) == ("correct", 1.0), verdict.message


@pytest.mark.parametrize(("exercise_id", "slug", "answers"), EVERY_WRONG, ids=show)
def test_a_wrong_answer_is_incorrect_and_named_where_it_can_be(exercise_id, slug, answers):
    verdict = find(exercise_id).judge(*answers)
    assert verdict.status == "incorrect", verdict
    assert verdict.score < 1
    assert verdict.misconception == slug, verdict.message


@pytest.mark.parametrize("exercise", [e for e in exercises() if e.points], ids=lambda e: e.id)
def test_the_bank_has_three_right_forms_and_five_wrong_answers_for_every_graded_exercise(exercise):
    assert len(RIGHT.get(exercise.id, ())) >= 3
    assert len(WRONG.get(exercise.id, ())) >= 5


@pytest.mark.parametrize("row", [row for row in coverage(chapters()) if row.exercises], ids=lambda row: row.key)
def test_of_the_wrong_answers_to_a_row_of_the_syllabus_at_least_85_in_100_are_named(row):
    right = [answers for exercise in row.exercises for answers in RIGHT.get(exercise.id, ())]
    slugs = [slug for exercise in row.exercises for slug, *_ in WRONG.get(exercise.id, ())]
    assert len(right) >= 3
    assert len(slugs) >= 5
    assert sum(slug is not None for slug in slugs) >= 0.85 * len(slugs)
