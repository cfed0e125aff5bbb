"""Errata: whatever misprint is planted in a line, or none, each part and each line is judged by what stands there."""

import pytest

from bpkit.checking import Table
from bpkit.checking.misprints import Changed
from bpkit.course.errata import CHAPTER

COPIES = [
    pytest.param(exercise, planted, id=f"{exercise.id} {planted}")
    for exercise in CHAPTER.exercises
    for planted in exercise.vary["planted"]
]
every_copy = pytest.mark.parametrize(("exercise", "planted"), COPIES)
every_line = pytest.mark.parametrize("exercise", CHAPTER.exercises, ids=lambda exercise: exercise.id)


def handed_in(answer, result):
    return [list(row) for row in result] if isinstance(answer, Table) else result


def answers(exercise, planted):
    """Return the exercise's answers by name."""
    return {answer.name: answer for answer in exercise.pose(planted=planted).answers}


@every_copy
def test_a_copy_accepts_its_own_right_answers(exercise, planted):
    problem = exercise.pose(planted=planted)
    verdict = problem.judge(*(handed_in(answer, answer.expected) for answer in problem.answers))
    assert verdict.status == "correct", verdict.message


@every_copy
def test_every_part_is_told_to_hold_but_the_wrong_one(exercise, planted):
    marked = answers(exercise, planted)["wrong_part"]
    for part in range(1, len(marked.holds) + 1):
        verdict = marked.judge(part)
        if part == planted[0]:
            assert verdict.status == "correct"
        else:
            assert verdict.misconception == "sound-part-marked"
            assert verdict.message.endswith(marked.holds[part - 1])
    assert marked.judge(0).status == ("incorrect" if planted[0] else "correct")


@every_copy
def test_the_line_as_printed_is_wrong_unless_nothing_is(exercise, planted):
    corrected = answers(exercise, planted)["corrected"]
    kept = [mistake for mistake in corrected.mistakes if mistake.slug == "misprint-kept"]
    assert len(kept) == bool(planted[0])
    for mistake in kept:
        assert corrected.judge(handed_in(corrected, mistake.result)).misconception == "misprint-kept"


@every_copy
def test_only_parts_that_held_are_said_to_have_held(exercise, planted):
    corrected = answers(exercise, planted)["corrected"]
    lines = [mistake for mistake in corrected.mistakes if isinstance(mistake, Changed)]
    assert any(mistake.parts for mistake in lines)
    assert all(planted[0] not in mistake.parts for mistake in lines)


@every_line
def test_practice_plants_other_misprints_and_none(exercise):
    wrong = {exercise.problem(seed).answers[1].expected for seed in range(40)}
    assert 0 in wrong
    assert len(wrong) >= 3


@every_line
def test_every_line_is_cited_whether_it_is_right_or_not(exercise):
    assert len(exercise.sources) == 1


def test_some_of_the_lines_are_right_as_the_texts_print_them():
    sound = [exercise.id for exercise in CHAPTER.exercises if exercise.problem().answers[1].expected == 0]
    assert len(sound) >= 2
    assert not any(exercise.covers[0].startswith("errata/") for exercise in CHAPTER.exercises if exercise.id in sound)
