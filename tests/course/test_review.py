"""The review draws from every chapter, and what it draws can be read without that chapter's notebook."""

import ast
import re

import numpy as np
import pytest

from bpkit import nn
from bpkit.course import chapters, find
from bpkit.course.review import CHAPTER, CHOICES, HERE, INSTEAD, LEANS, PRINTED, draw, pick, printed
from bpkit.course.review_by_hand import backward_pass, momentum_epoch

SEEDS = range(15)
# What only makes sense to a reader who has the page before it.
ELSEWHERE = re.compile(
    r"\bas before\b|(?<!node )\babove\b|\bearlier\b|equation \(\d\)|\bexercise \d+\.\d+|\bof \d+\.\d+\b|digits\.X"
    r"|line once more|the other way|before this one"
)
# A hint may lean on even less: on no other chapter, exercise or picture.
ELSEWHERE_IN_A_HINT = re.compile(ELSEWHERE.pattern + r"|\b\d+\.\d+\b|\b(picture|diagram|chapter|exercise)\b")


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


def posed(chapter):
    """Yield what the notebook prints and some draws, each with the exercise that it is like."""
    yield PRINTED[chapter][0], printed(chapter)
    yield from ((pick(chapter, seed), draw(chapter, seed)) for seed in SEEDS)


@EVERY
def test_the_first_hint_and_the_solution_say_where_a_draw_is_from_and_its_statement_does_not(chapter):
    for choice, problem in posed(chapter):
        source = "several of its exercises in one" if callable(choice) else f"like exercise {choice}"
        said = f"From chapter {chapter:02}, {source}."
        assert problem.hints[0].startswith(said)
        assert problem.solution.endswith(said)
        assert said not in problem.statement


@EVERY
def test_a_draw_stands_alone_and_so_do_its_hints(chapter):
    for _, problem in posed(chapter):
        assert not ELSEWHERE.search(problem.statement), problem.statement
        assert len(problem.hints) >= 2
        first, *others = problem.hints
        for hint in (first.partition(". ")[2], *others):
            assert not ELSEWHERE_IN_A_HINT.search(hint), hint


@pytest.mark.parametrize("exercise_id", INSTEAD)
def test_a_hint_is_replaced_only_where_one_leans_on_something(exercise_id):
    assert len([hint for hint in find(exercise_id).problem().hints if LEANS.search(hint)]) == 1
    assert exercise_id in CHOICES[int(exercise_id.split(".")[0])]


def test_every_word_that_is_changed_stands_in_some_exercise():
    ids = [choice for choices in CHOICES.values() for choice in choices if not callable(choice)]
    statements = [find(exercise_id).problem(seed).statement for exercise_id in ids for seed in range(5)]
    assert [there for there in HERE if not any(there in statement for statement in statements)] == []


def test_the_letters_of_a_second_layer_are_introduced():
    drawn = [problem.statement for choice, problem in posed(6) if choice == "6.10"]
    assert drawn
    assert all("Z_2 = W_2 A_1 + b_2" in statement for statement in drawn)


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
