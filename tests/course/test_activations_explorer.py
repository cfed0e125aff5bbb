"""What is read off the explorer can be read: no instance is decided behind the digits that are shown."""

from itertools import product

import numpy as np
import pytest

from bpkit import nn
from bpkit.course import find

EXERCISE = find("4.9")
SHOWN = 3  # significant digits


def left(σ, n, w, b, x):
    """Return |dL/dh_1| / |dL/dh_n|, by the chain rule alone."""
    h, product_of_links = x, 1.0
    for i in range(1, n + 1):
        z = w * h + b
        h = σ(z)
        product_of_links *= 1 if i == 1 else w * σ.df(z)
    return abs(product_of_links)


@pytest.mark.parametrize("given", list(product(*EXERCISE.vary.values())), ids=str)
def test_each_instance_is_decided_by_the_digits_that_the_explorer_shows(given):
    w, b, x, power = given
    depths = [int(answer.expected) for answer in EXERCISE.pose(w, b, x, power).answers]
    assert 2 < depths[0] < depths[1] <= 30
    for σ, depth in zip((nn.sigmoid, nn.tanh), depths, strict=True):
        before, at = (float(f"{left(σ, n, w, b, x):.{SHOWN - 1}e}") for n in (depth - 1, depth))
        assert at < 10.0**-power < before
        assert np.all([left(σ, n, w, b, x) > 10.0**-power for n in range(1, depth)])


@pytest.mark.parametrize("seed", range(12))
def test_every_other_depth_is_named(seed):
    problem = EXERCISE.problem(seed)
    short, long = (int(answer.expected) for answer in problem.answers)
    assert problem.judge(short, long).status == "correct"
    assert problem.judge(short - 1, long).misconception == "not-yet-below"
    assert problem.judge(short, long + 1).misconception == "below-already"


def test_the_explorer_finds_the_same():
    from bpkit.widgets import ActivationExplorer

    explorer = ActivationExplorer(w=1.2, b=0.1, x=0.8)
    for answer, name in zip(EXERCISE.problem().answers, ("sigmoid", "tanh"), strict=True):
        explorer.activation = name
        found = []
        for n in range(1, 31):
            explorer.depth = n
            found.append(explorer.left < 1e-3)
        assert found.index(True) + 1 == int(answer.expected)
