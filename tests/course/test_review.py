"""The review draws from every chapter, and what it draws can be read without that chapter's notebook."""

import ast
import re

import numpy as np
import pytest

from bpkit import nn
from bpkit.course import chapters, find
from bpkit.course.review import CHAPTER, CHOICES, PRINTED, draw, pick
from bpkit.course.review_by_hand import backward_pass, momentum_epoch

SEEDS = range(15)
# What only makes sense to a reader who has the page before it.
ELSEWHERE = re.compile(
    r"\bas before\b|\babove\b|\bearlier\b|equation \(\d\)|\bexercise \d+\.\d+|\bof \d+\.\d+\b|digits\.X"
)


def test_there_is_one_exercise_for_each_chapter_with_its_title():
    taught = [chapter for chapter in chapters() if 1 <= chapter.number <= 11]
    assert [exercise.title for exercise in CHAPTER.exercises] == [chapter.title for chapter in taught]
    assert set(CHOICES) == set(PRINTED) == {chapter.number for chapter in taught}


EVERY = pytest.mark.parametrize("chapter", CHOICES)


@EVERY
def test_a_choice_is_of_its_chapter_and_has_other_numbers(chapter):
    assert len(CHOICES[chapter]) >= 2
    for choice in CHOICES[chapter]:
        if not callable(choice):
            assert find(choice).chapter.startswith(f"{chapter:02}_")
            assert find(choice).has_instances


@EVERY
def test_a_draw_says_where_it_is_from_and_stands_alone(chapter):
    for seed in SEEDS:
        first, _, rest = draw(chapter, seed).statement.partition("\n\n")
        choice = pick(chapter, seed)
        assert f"chapter {chapter:02}" in first
        assert callable(choice) or choice in first
        assert not ELSEWHERE.search(rest), rest


@EVERY
def test_seeds_lead_to_all_that_a_chapter_offers(chapter):
    assert {pick(chapter, seed) for seed in range(100)} == {*CHOICES[chapter]}


@EVERY
def test_a_fresh_draw_is_none_that_a_notebook_prints(chapter):
    numbered = [choice for choice in CHOICES[chapter] if not callable(choice)]
    in_chapter = [find(choice).problem().statement.strip() for choice in numbered]
    review = find(f"12.{chapter}")
    for seed in SEEDS:
        fresh = review.problem(seed).statement
        assert fresh != review.problem().statement
        assert not any(statement in fresh for statement in in_chapter)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_backward_pass_by_hand_is_that_of_the_network(seed):
    statement = backward_pass(seed).statement
    matrices = [
        [[float(number) for number in row.split("&")] for row in matrix.split(r"\\")]
        for matrix in re.findall(r"\\begin\{matrix\}(.*?)\\end\{matrix\}", statement)
    ]
    W2, W3, x, y = (np.array(matrix) for matrix in matrices)
    net = nn.Network((2, 3, 2), hidden="relu", output="identity", loss="mse")
    net.theta[:] = 0
    net.W[2][:], net.W[3][:] = W2, W3
    trace = net.trace(x.T, y.T)
    d3, d2, dW2 = (answer.expected for answer in backward_pass(seed).answers)
    # The network's loss is the mean over two outputs, half of the sum.
    for by_hand, found in ((d3, trace.d[3][:, 0]), (d2, trace.d[2][:, 0]), (dW2, trace.dW[2])):
        np.testing.assert_allclose(by_hand, 2 * found)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_epoch_by_hand_goes_down_measured_slopes(seed):
    statement = momentum_epoch(seed).statement
    x, y = (np.array(ast.literal_eval(found)) for found in re.findall(r"[xy] = (\([^)]*\))", statement)[:2])
    w, eta, mu = (float(re.search(rf"{name} = (-?[\d.]+\d|-?\d)", statement)[1]) for name in ("w", r"\\eta", r"\\mu"))
    v = 0.0
    velocities, weights = (answer.expected for answer in momentum_epoch(seed).answers)
    for step, batch in enumerate((slice(4), slice(4, 6))):

        def loss(w, batch=batch):
            return np.mean((w * x[batch] - y[batch]) ** 2)

        v = mu * v - eta * (loss(w + 1e-5) - loss(w - 1e-5)) / 2e-5
        w += v
        np.testing.assert_allclose((velocities[step], weights[step]), (v, w), rtol=1e-6, atol=1e-8)
