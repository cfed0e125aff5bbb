"""The checker against the bank of answers: no right answer is called wrong, no wrong one right."""

import re

import pytest

from bank import EVERY_RIGHT, EVERY_WRONG, RIGHT, WRONG
from bpkit.course import exercises, find

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
