"""What chapter 05 draws for practice."""

import re

import numpy as np
import pytest

from bpkit.course import find
from bpkit.course.losses_descent import ABSOLUTE, FATES, HINGE, SQUARED, ZERO_ONE, _draw, _path
from bpkit.course.losses_probabilities import _table

SEEDS = range(30)


def rows(statement):
    """Return the numbers in the table of the five descents."""
    lines = [line for line in statement.splitlines() if re.match(r"\| \d \|( −?\d+\.\d\d \|)+$", line)]
    return np.array([[float(z.replace("−", "-")) for z in line.split("|")[2:-1]] for line in lines])


@pytest.mark.parametrize("seed", SEEDS)
def test_each_of_the_five_descents_shows_which_loss_made_it(seed):
    table = rows(find("5.12").pose(seed).statement)
    order = _draw(seed)[0]
    steps = np.diff(table)
    assert table.shape == (5, 9)
    assert not steps[order.index(ZERO_ONE)].any()
    for loss in (ABSOLUTE, HINGE):
        before = table[order.index(loss), :-1] < 1
        lengths = steps[order.index(loss)][before]
        assert np.allclose(lengths, lengths[0], atol=0.011)
        assert not before.all()
        assert (loss == HINGE) == (not steps[order.index(loss)][~before].any())
    square = order.index(SQUARED)
    assert table[square, 1] - 1 == pytest.approx((1 - 2 * _draw(seed)[2][square]) * (table[square, 0] - 1), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_drawn_descents_are_judged_by_what_was_drawn(seed):
    order, _, etas = _draw(seed)
    problem = find("5.12").pose(seed)
    right = [loss + 1 for loss in order], etas[order.index(SQUARED)], [FATES[loss] for loss in order]
    assert problem.judge(*right).status == "correct"
    assert problem.judge([1, 2, 3, 4, 5], *right[1:]).status == "incorrect"
    assert problem.judge(*right[:2], list(FATES)).misconception == "losses-for-rows"


def test_a_number_that_is_no_choice_is_said_to_be_none():
    for rows_, ends in (([0, 1, 2, 3, 4], [1, 2, 3, 4, 1]), ([4, 1, 2, 5, 3], [5, 2, 3, 4, 1])):
        assert re.search(r"Only the numbers 1 to [45] are asked for\.", find("5.12").judge(rows_, 0.3, ends).message)


def test_descents_differ_from_seed_to_seed():
    assert len({find("5.12").pose(seed).statement for seed in SEEDS}) == len(SEEDS)
    assert len({tuple(_draw(seed)[0]) for seed in SEEDS}) > 10


def test_a_descent_with_the_absolute_error_passes_over_the_target_and_back():
    path = _path(ABSOLUTE, -0.7, 0.5)
    assert path[-3] == pytest.approx(path[-1])


def test_some_labels_are_the_most_probable_class_and_at_least_two_are_not():
    for seed in range(200):
        table, labels = _table(seed)
        best = np.argmax(table, axis=0)
        assert 0 < np.sum(best == labels) < len(labels) - 1


@pytest.mark.parametrize("seed", range(40))
def test_the_drawn_likelihoods_are_judged_by_the_table_that_is_shown(seed):
    problem = find("5.11").pose(seed)
    table = re.findall(r"\| class \d \|(.*)\|", problem.statement)
    shares = np.array([[float(p) for p in row.split("|")] for row in table])
    likelihood = float(problem.answers[0].expected)
    assert np.allclose(shares.sum(axis=0), 1)
    assert likelihood < 0.999 * shares.max(axis=0).prod()
    assert problem.judge(shares.max(axis=0).prod(), -np.log(likelihood)).status == "incorrect"
    assert problem.judge(likelihood, -np.log(likelihood)).status == "correct"
