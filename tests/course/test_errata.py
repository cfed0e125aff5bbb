"""Errata: whatever misprint is planted in a line, or none, each part and each line is judged by what stands there."""

from itertools import product

import numpy as np
import pytest

from bpkit.checking import Table
from bpkit.checking.misprints import Changed
from bpkit.course import find
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
        if part == planted[0] or part in marked.also:
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


def every_instance(exercise):
    """Yield each misprint that may be planted, with each choice of numbers."""
    for values in product(*exercise.vary.values()):
        drawn = dict(zip(exercise.vary, values, strict=True))
        yield drawn, exercise.pose(**drawn)


# The other tests count or compare shapes, which a misprint may pass; the hints say so.
@pytest.mark.parametrize("exercise_id", ["11.1", "11.2", "11.3", "11.4", "11.6", "11.8", "11.12", "11.13"])
def test_the_numbers_of_a_test_can_tell_whatever_is_planted(exercise_id):
    for drawn, problem in every_instance(find(exercise_id)):
        meant = [m.result for m in problem.answers[0].mistakes if m.slug == "meant-for-printed"]
        assert len(meant) == bool(drawn["planted"][0]), drawn
        for numbers in meant:
            off = np.abs(problem.answers[0].expected - numbers) / np.abs(numbers).max()
            assert off.max() > 0.05, drawn


@every_copy
def test_a_mark_without_a_test_is_not_looked_at(exercise, planted):
    problem = exercise.pose(planted=planted)
    for mark in (planted[0], 0, 1):
        verdict = problem.judge(..., mark, *[...] * (len(problem.answers) - 2))
        assert (verdict.status, verdict.score) == ("undecided", 0)
        assert "First test the line" in verdict.message
        assert "holds" not in verdict.message


@every_copy
def test_who_has_repaired_a_line_is_told_to_compare_it(exercise, planted):
    problem = exercise.pose(planted=planted)
    given = [handed_in(answer, answer.expected) for answer in problem.answers]
    given[1] = 0
    verdict = problem.judge(given)
    if planted[0]:
        assert "`corrected`" in verdict.message or "it can be defended" in verdict.message
    else:
        assert verdict.status == "correct"


def test_the_dot_of_11_9_may_be_blamed_on_either_side():
    exercise = find("11.9")
    right = [handed_in(answer, answer.expected) for answer in exercise.problem().answers]
    assert "diagonal matrix" in exercise.judge(right[0], 3, right[2]).message
    assert answers(exercise, (2, 2))["wrong_part"].judge(3).misconception == "sound-part-marked"


@pytest.mark.parametrize("planted", find("11.11").vary["planted"])
def test_of_two_biases_one_may_be_repaired(planted):
    corrected = answers(find("11.11"), planted)["corrected"]
    right = handed_in(corrected, corrected.expected)
    for place in (2, 4):
        given = [*right[:place], ["D" if planted == (3, 2) and place == 2 else "h" if planted == (3, 2) else 1]]
        verdict = corrected.judge([*given, *right[place + 1 :]])
        assert verdict.misconception == ("repaired-halfway" if planted[0] == 3 else "sound-part-changed")
