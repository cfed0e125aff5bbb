"""Surfaces are the losses of real networks, and a path on one is the path of their gradient descent."""

import numpy as np
import pytest

from bpkit import nn
from bpkit.nn.surfaces import FAR, descent_path, surfaces

EVERY = pytest.mark.parametrize("surface", surfaces().values(), ids=surfaces())


def at(surface, w):
    """Return the surface's network with its two weights set."""
    surface.network.theta[list(surface.places)] = w
    return surface.network


def flat(network, X, Y):
    return np.concatenate([part.ravel() for pair in network.gradient(X, Y) for part in pair])


@EVERY
def test_loss_and_gradient_are_those_of_the_network_for_any_batch(surface):
    rng = np.random.default_rng(1)
    for _ in range(100):
        w, rows = rng.normal(0, 3, 2), rng.permutation(12)[: rng.integers(1, 13)]
        network = at(surface, w)
        assert surface.loss(w) == pytest.approx(network.loss(surface.X, surface.Y), rel=1e-12)
        theirs = flat(network, surface.X[rows], surface.Y[rows])[list(surface.places)]
        np.testing.assert_allclose(surface.gradient(w, rows), theirs, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(surface.gradient(w), surface.gradient(w, range(12)), rtol=1e-12)


@pytest.mark.parametrize("name", ["bowl", "valley"])
def test_steps_with_all_samples_and_momentum_are_those_of_fit(name):
    surface = surfaces()[name]
    line = nn.Network((1, 1), output="identity")
    line.theta[:] = surface.start
    line.fit(surface.X, surface.Y, epochs=9, batch_size=None, learning_rate=0.05, momentum=0.7, progress=False)
    np.testing.assert_allclose(descent_path(surface, surface.start, 0.05, 0.7, steps=9).w[-1], line.theta, rtol=1e-10)


@EVERY
def test_at_the_points_named_the_slope_vanishes_and_minima_are_minima(surface):
    for point in surface.points:
        w = np.array(point.w)
        assert np.abs(surface.gradient(w)).max() < 2e-3
        round_it = [surface.loss(w + 0.1 * np.array([np.cos(t), np.sin(t)])) for t in np.linspace(0, 6.28, 60)]
        assert (min(round_it) > surface.loss(w)) == point.is_minimum


@EVERY
def test_an_epoch_deals_every_sample_once_and_a_seed_says_in_which_order(surface):
    def after(seed, size):
        return descent_path(surface, surface.start, 1e-3, 0, size, steps=24, seed=seed).w

    assert after(3, 5) == after(3, 5)
    assert after(3, 5) != after(4, 5)
    assert after(3, None) == after(4, None) == after(3, 12)
    # Steps this short follow the same slope: an epoch of single samples is twelve steps of a twelfth.
    w, g = np.array(surface.start), np.array(surface.gradient(surface.start))
    twelve = descent_path(surface, w, 1e-9, 0, 1, steps=12).w[-1]
    np.testing.assert_allclose(np.array(twelve) - w, -12e-9 * g, rtol=1e-4, atol=1e-14)


def test_a_path_that_runs_away_ends_there_and_says_so():
    valley = surfaces()["valley"]
    path = descent_path(valley, valley.start, 0.3, steps=300)
    assert path.lost
    assert len(path.w) < 20
    assert path.loss[-2] <= FAR < path.loss[-1]
    assert np.isfinite(path.w).all()
    assert not descent_path(valley, valley.start, 0.1, steps=300).lost
    far = descent_path(valley, (1e5, 0), 0.1, steps=3)
    assert far.lost
    assert len(far.w) == 1


def test_from_the_diagonal_a_ball_stays_on_the_saddle():
    path = descent_path(surfaces()["saddle"], (2, -2), 0.02, steps=300)
    assert path.w[-1] == pytest.approx((0, 0), abs=1e-9)


@EVERY
def test_the_contours_are_round_numbers_between_the_lowest_and_the_highest_loss(surface):
    _, _, losses = surface.grid
    assert len(surface.levels) >= 8
    assert losses.min() < min(surface.levels) < max(surface.levels) < losses.max()
    assert all(level == float(f"{level:.2g}") for level in surface.levels)
