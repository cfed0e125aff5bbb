"""Training: the steps are the ones of the text book; what was learned is kept, what went wrong is undone."""

import _thread
import builtins
import sys
import threading
import types

import numpy as np
import pytest

from bpkit import nn
from bpkit.nn import Diverged, Network, descent

RNG = np.random.default_rng(0)
X = RNG.standard_normal((23, 3))
LABELS = (X[:, 0] > X[:, 1]).astype(int)


def network(**arguments):
    return Network((3, 5, 2), **{"seed": 2} | arguments)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("size", [1, 4, 23, 100, None])
def test_it_makes_the_steps_of_the_text_book(size, momentum):
    """θ ← θ + v with v ← μ v − η ∂L_B/∂θ, written out; 23 samples in batches of 4 leave a last one of 3."""
    trained, by_hand = network(), network()
    trained.fit(X, LABELS, 3, size, 0.3, momentum, seed=7)
    rng, v, size = np.random.default_rng(7), 0, size or 23
    for _ in range(3):
        order = rng.permutation(23)
        for start in range(0, 23, size):
            batch = order[start : start + size]
            gradient = np.concatenate([g.ravel() for pair in by_hand.gradient(X[batch], LABELS[batch]) for g in pair])
            v = momentum * v - 0.3 * gradient
            by_hand.theta += v
    np.testing.assert_allclose(trained.theta, by_hand.theta, atol=1e-12)


def test_batch_descent_with_a_small_step_never_goes_up():
    loss = network().fit(X, LABELS, 50, None, 0.2).loss
    assert (np.diff(loss) < 0).all()


@pytest.mark.parametrize("end", ["softmax", "sigmoid"])
def test_the_history_holds_the_loss_met_on_the_way(end):
    trained, rows = network(output=end), nn.one_hot(LABELS, 2)
    before = trained.loss(X, rows)
    history = trained.fit(X, rows, 2, None, 0.1, shuffle=False)
    assert len(history.loss) == 2
    assert history.loss[0] == pytest.approx(before)
    assert not history.interrupted
    assert history.validation_loss == history.validation_accuracy == []


def test_held_out_samples_are_measured_and_not_learned_from():
    alone, watched = network(), network()
    alone.fit(X, LABELS, 4)
    history = watched.fit(X, LABELS, 4, validation=(X[:7], LABELS[:7]))
    np.testing.assert_array_equal(alone.theta, watched.theta)
    assert history.validation_loss[-1] == watched.loss(X[:7], LABELS[:7])
    assert history.validation_accuracy[-1] == np.mean(watched.predict(X[:7]) == LABELS[:7])
    numbers = network(output="identity").fit(X, X[:, :2], 2, validation=(X, X[:, :2]))
    assert (len(numbers.validation_loss), numbers.validation_accuracy) == (2, [])


def test_it_learns_what_a_line_can_not_tell_apart():
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    xor = Network((2, 8, 2), "tanh", seed=1)
    xor.fit(corners, [0, 1, 1, 0], 500, None, 0.5, 0.9)
    np.testing.assert_array_equal(xor.predict(corners), [0, 1, 1, 0])


def test_the_same_seed_learns_the_same():
    first, second, other = network(), network(), network()
    first.fit(X, LABELS, 3, 4, seed=1)
    second.fit(X, LABELS, 3, 4, seed=1)
    other.fit(X, LABELS, 3, 4, seed=2)
    assert (first.theta == second.theta).all()
    assert (first.theta != other.theta).any()


def test_a_loss_that_runs_away_is_told_and_undone():
    trained = network(hidden="relu", output="identity")
    before = trained.theta.copy()
    with pytest.raises(Diverged, match=r"learning_rate=100 is too large\. The network is as it was before"):
        trained.fit(X, X[:, :2], 100, 4, 100.0)
    np.testing.assert_array_equal(trained.theta, before)


def test_a_stop_by_hand_keeps_what_was_learned(monkeypatch):
    steps = []

    def interrupted(self, x, y, take=descent._Steps.take):
        steps.append(1)
        if len(steps) > 13:
            raise KeyboardInterrupt
        return take(self, x, y)

    monkeypatch.setattr(descent._Steps, "take", interrupted)
    trained, whole = network(), network()
    history = trained.fit(X, LABELS, 10, 4, 0.1)
    monkeypatch.undo()
    whole.fit(X, LABELS, 2, 4, 0.1)  # 12 steps: one fewer
    assert (history.interrupted, len(history.loss)) == (True, 2)
    assert (trained.theta != whole.theta).any()
    np.testing.assert_allclose(trained.theta, whole.theta, atol=0.1)


def test_a_real_stop_reaches_the_caller_as_a_history():
    trained = network()
    before = trained.theta.copy()
    threading.Timer(0.3, _thread.interrupt_main).start()
    history = trained.fit(X, LABELS, 10**9, 4, 0.1, progress=False)
    assert history.interrupted
    assert (trained.theta != before).any()
    assert trained.loss(X, LABELS) < history.loss[0]


def test_a_stop_after_it_ran_away_keeps_nothing(monkeypatch):
    def runs_away(self, X, Y, order, size):
        self.network.theta[:] = np.inf
        raise KeyboardInterrupt

    monkeypatch.setattr(descent._Steps, "epoch", runs_away)
    trained = network()
    before = trained.theta.copy()
    assert trained.fit(X, LABELS).interrupted
    np.testing.assert_array_equal(trained.theta, before)


def test_any_other_failure_leaves_the_network_as_it_was(monkeypatch):
    trained = network()
    before = trained.theta.copy()
    calls = []

    def fails(*_):
        calls.append(1)
        if len(calls) == 9:
            raise MemoryError
        return 0.0

    monkeypatch.setattr(Network, "backward", lambda self, y, trace, scale: trace.gradient.fill(0.1))
    object.__setattr__(trained.end, "total", fails)
    with pytest.raises(MemoryError):
        trained.fit(X, LABELS, 5, 4)
    np.testing.assert_array_equal(trained.theta, before)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"epochs": -1}, "epochs must be at least 0, not -1"),
        ({"epochs": 2.5}, "epochs must be a whole number, not 2.5"),
        ({"batch_size": 0}, "batch_size must be at least 1, not 0"),
        ({"batch_size": "all"}, "batch_size must be a whole number, not 'all'"),
        ({"learning_rate": 0}, "learning_rate must be a number above 0, not 0"),
        ({"learning_rate": -0.1}, "learning_rate must be"),
        ({"learning_rate": float("nan")}, "learning_rate must be"),
        ({"learning_rate": float("inf")}, "learning_rate must be"),
        ({"momentum": 1}, "momentum must be at least 0 and below 1, not 1"),
        ({"momentum": float("nan")}, "momentum must be"),
        ({"validation": (X[:, :2], LABELS)}, "X must hold one sample per row"),
        ({"validation": (X, LABELS[:4])}, "Y must have shape"),
    ],
)
def test_what_makes_no_training_is_told_before_the_first_step(arguments, told):
    trained = network()
    before = trained.theta.copy()
    with pytest.raises(ValueError, match=told):
        trained.fit(X, LABELS, **arguments)
    np.testing.assert_array_equal(trained.theta, before)


def test_no_epoch_changes_nothing():
    trained = network()
    before = trained.theta.copy()
    assert trained.fit(X, LABELS, 0).loss == []
    np.testing.assert_array_equal(trained.theta, before)


def test_long_work_shows_a_bar_and_short_work_none(monkeypatch):
    bars = []

    class Bar:
        def __init__(self, **told):
            bars.append(told)

        def update(self):
            bars.append("step")

        def close(self):
            bars.append("closed")

    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    network().fit(X, LABELS, 3)
    assert bars == []
    monkeypatch.setattr(descent, "PATIENCE", -1)
    network().fit(X, LABELS, 3, progress=False)
    assert bars == []
    network().fit(X, LABELS, 3)
    assert bars == [{"total": 3, "initial": 0, "unit": "epoch"}, "step", "step", "step", "closed"]


def test_the_real_bar_can_be_drawn(monkeypatch, capsys):
    monkeypatch.setattr(descent, "PATIENCE", -1)
    network().fit(X, LABELS, 3)
    assert "3/3" in capsys.readouterr().err


def test_without_long_work_no_bar_is_even_imported(monkeypatch):
    real = builtins.__import__

    def refuse(name, *rest):
        assert not name.startswith("tqdm")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    network().fit(X, LABELS, 2)


def test_without_shuffling_the_samples_come_as_they_are():
    trained, by_hand = network(), network()
    trained.fit(X, LABELS, 1, 4, 0.3, shuffle=False)
    for start in range(0, 23, 4):
        by_hand.fit(X[start : start + 4], LABELS[start : start + 4], 1, None, 0.3)
    np.testing.assert_allclose(trained.theta, by_hand.theta, atol=1e-12)


@pytest.mark.parametrize(
    ("end", "targets"),
    [(("sigmoid", None), nn.one_hot(LABELS, 2)), (("identity", "hinge"), 2 * nn.one_hot(LABELS, 2) - 1)],
)
def test_where_outputs_are_labels_each_epoch_has_its_accuracy(end, targets):
    trained = Network((3, 5, 2), "sigmoid", *end)
    history = trained.fit(X, targets, 30, 4, 0.3, validation=(X, targets))
    assert len(history.validation_accuracy) == len(history.validation_loss) == len(history.loss) == 30
    assert history.validation_accuracy[-1] == np.mean(trained.predict(X) == (targets if end[1] else targets > 0.5))
    assert history.validation_accuracy[-1] > 0.9


def test_the_epoch_in_which_it_ran_away_is_told_though_the_loss_met_on_the_way_was_still_a_number(monkeypatch):
    epochs = []

    def epoch(self, X, Y, order, size):
        epochs.append(1)
        if len(epochs) == 3:
            self.network.theta[4] = np.inf  # the last step of all
        return 0.5

    monkeypatch.setattr(descent._Steps, "epoch", epoch)
    with pytest.raises(Diverged, match=r"In epoch 3 the loss ran away: learning_rate=0\.25 is"):
        network().fit(X, LABELS, 5, learning_rate=0.25)
