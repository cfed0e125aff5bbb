"""Answers to chapter 09: the functions of training, and readings of what a training run did."""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import sympy
from sympy import Matrix, Rational, symbols

from bpkit import data, nn, widgets

u, v = symbols("u v")


# 9.1


def loops_over_parameters(theta, gradients, eta):
    N, P = gradients.shape
    new = []
    for p in range(P):
        total = 0.0
        for i in range(N):
            total += gradients[i, p]
        new.append(theta[p] - eta * total / N)
    return new


def loops_over_samples(theta, gradients, eta):
    new = theta.copy()
    for g in gradients:
        new -= eta * g / len(gradients)
    return new


def named(theta, gradients, eta):
    grad_T = np.average(gradients, axis=0)
    return np.subtract(theta, np.multiply(eta, grad_T))


def one_by_one(theta, gradients, eta):
    """Each sample makes a whole step of its own."""
    new = theta.copy()
    for g in gradients:
        new -= eta * g
    return new


def in_place(theta, gradients, eta):
    theta -= eta * gradients.mean(axis=0)
    return theta


def in_place_ascent(theta, gradients, eta):
    theta += eta * gradients.mean(axis=0)
    return theta


def returns_in_the_loop(theta, gradients, eta):
    for g in gradients:
        theta = theta - eta * g
        return theta


def keeps_the_last(theta, gradients, eta):
    for g in gradients:
        new = theta - eta * g
    return new


def fixed_count(theta, gradients, eta):
    return theta - eta * gradients.sum(axis=0) / 5


def first_share_only(theta, gradients, eta):
    for g in gradients:
        return theta - eta * g / len(gradients)


# 9.2


def log_softmax(z):
    z = z - z.max(axis=0, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=0, keepdims=True))


def nll_by_loops(z, labels):
    c, N = z.shape
    loss = 0.0
    for i in range(N):
        m = max(z[j, i] for j in range(c))
        loss += m + math.log(sum(math.exp(z[j, i] - m) for j in range(c))) - z[labels[i], i]
    return loss


def nll_by_columns(z, labels):
    return sum(np.logaddexp.reduce(column) - column[label] for column, label in zip(z.T, labels, strict=True))


def nll_by_rows(z, labels):
    scores = z.T - z.T.max(axis=1)[:, None]
    return -(scores[range(len(labels)), labels] - np.log(np.exp(scores).sum(axis=1))).sum()


def nll_by_mask(z, labels):
    return -log_softmax(z)[np.eye(len(z), dtype=bool)[:, labels]].sum()


def entropy_by_loops(z, Y):
    loss = 0.0
    for i in range(z.shape[1]):
        logs = z[:, i] - np.logaddexp.reduce(z[:, i])
        for j in range(z.shape[0]):
            loss -= Y[j, i] * logs[j]
    return loss


def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def naive(z):
    return np.exp(z) / np.exp(z).sum(axis=0)


def right_nll(z, labels):
    return -log_softmax(z)[labels, np.arange(z.shape[1])].sum()


def right_entropy(z, Y):
    return -(Y * log_softmax(z)).sum()


def global_log(z):
    z = z - z.max()
    return z - np.log(np.exp(z).sum(axis=0))


def math_nll(z, labels):
    loss = 0
    for i, label in enumerate(labels):
        loss -= math.log(math.exp(z[label, i]) / sum(math.exp(score) for score in z[:, i]))
    return loss


def nll_forgets_the_maximum(z, labels):
    largest = z.max(axis=0)
    return (np.log(np.exp(z - largest).sum(axis=0)) - z[labels, np.arange(z.shape[1])]).sum()


def shifts_in_place(z, labels):
    z -= z.max(axis=0)
    return np.log(np.exp(z).sum(axis=0)).sum() - z[labels, np.arange(len(labels))].sum()


def stops_after_one(z, labels):
    for i, label in enumerate(labels):
        return -log_softmax(z)[label, i]


# 9.3


def slices(N, batch_size, rng):
    order = rng.permutation(N)
    for k in range(math.ceil(N / batch_size)):
        yield order[k * batch_size : (k + 1) * batch_size]


def shuffled_list(N, batch_size, rng):
    order = list(range(N))
    rng.shuffle(order)
    while order:
        yield order[:batch_size]
        order = order[batch_size:]


def returns_a_list(N, batch_size, rng):
    order = np.arange(N)
    rng.shuffle(order)
    return [order[start : start + batch_size] for start in range(0, N, batch_size)]


def splits(N, batch_size, rng):
    yield from np.split(rng.permutation(N), range(batch_size, N, batch_size))


def sorts_keys(N, batch_size, rng):
    order = np.argsort(rng.random(N))
    return (order[start : start + batch_size] for start in range(0, N, batch_size))


def draws_without_replacement(N, batch_size, rng):
    order = rng.choice(N, size=N, replace=False)
    start = 0
    while start < N:
        yield order[start : start + batch_size]
        start += batch_size


def fills_a_bag(N, batch_size, rng):
    bag = []
    for i in rng.permutation(N):
        bag.append(int(i))
        if len(bag) == batch_size:
            yield np.array(bag)
            bag = []
    if bag:
        yield np.array(bag)


def unshuffled(N, batch_size, rng):
    for start in range(0, N, batch_size):
        yield np.arange(start, min(start + batch_size, N))


def global_shuffle(N, batch_size, rng):
    order = np.random.permutation(N)
    for start in range(0, N, batch_size):
        yield order[start : start + batch_size]


def own_generator(N, batch_size, rng):
    order = np.random.default_rng(42).permutation(N)
    for start in range(0, N, batch_size):
        yield order[start : start + batch_size]


def drops_the_rest(N, batch_size, rng):
    order = rng.permutation(N)
    for k in range(N // batch_size):
        yield order[k * batch_size : (k + 1) * batch_size]


def full_bags_only(N, batch_size, rng):
    bag = []
    for i in rng.permutation(N):
        bag.append(i)
        if len(bag) == batch_size:
            yield bag
            bag = []


def drops_the_rest_unshuffled(N, batch_size, rng):
    for k in range(N // batch_size):
        yield np.arange(k * batch_size, (k + 1) * batch_size)


def draws_with_replacement(N, batch_size, rng):
    for _ in range(0, N, batch_size):
        yield rng.integers(0, N, size=batch_size)


def chooses_each_batch(N, batch_size, rng):
    for _ in range(math.ceil(N / batch_size)):
        yield rng.choice(N, size=min(batch_size, N), replace=False)


def shuffles_blocks(N, batch_size, rng):
    starts = list(range(0, N, batch_size))
    rng.shuffle(starts)
    for start in starts:
        yield np.arange(start, min(start + batch_size, N))


def shuffles_inside(N, batch_size, rng):
    for start in range(0, N, batch_size):
        yield rng.permutation(np.arange(start, min(start + batch_size, N)))


def counts_from_one(N, batch_size, rng):
    order = rng.permutation(np.arange(1, N + 1))
    for start in range(0, N, batch_size):
        yield order[start : start + batch_size]


def even_split(N, batch_size, rng):
    yield from np.array_split(rng.permutation(N), math.ceil(N / batch_size))


def that_many(N, batch_size, rng):
    yield from np.array_split(rng.permutation(N), batch_size)


def single_numbers(N, batch_size, rng):
    yield from rng.permutation(N)


def everything(N, batch_size, rng):
    yield rng.permutation(N)


def sliding(N, batch_size, rng):
    order = rng.permutation(N)
    for start in range(N):
        yield order[start : start + batch_size]


def returns_the_first(N, batch_size, rng):
    order = rng.permutation(N)
    for start in range(0, N, batch_size):
        return order[start : start + batch_size]


def yields_the_first(N, batch_size, rng):
    yield rng.permutation(N)[:batch_size]


def never_ends(N, batch_size, rng):
    while True:
        order = rng.permutation(N)
        for start in range(0, N, batch_size):
            yield order[start : start + batch_size]


def wraps_around(N, batch_size, rng):
    order = rng.permutation(N)
    for start in range(0, N, batch_size):
        yield order[np.arange(start, start + batch_size) % N]


def one_short(N, batch_size, rng):
    order = rng.permutation(N)
    for start in range(0, N, batch_size):
        yield order[start : start + batch_size - 1]


def one_slice_too_many(N, batch_size, rng):
    order = rng.permutation(N)
    for k in range(N // batch_size + 1):
        yield order[k * batch_size : (k + 1) * batch_size]


def loses_the_last_number(N, batch_size, rng):
    order = rng.permutation(N - 1)
    for start in range(0, N - 1, batch_size):
        yield order[start : start + batch_size]


def refills_a_buffer(N, batch_size, rng):
    buffer = np.empty(batch_size, int)
    for batch in slices(N, batch_size, rng):
        buffer[: len(batch)] = batch
        yield buffer[: len(batch)]


def sorts_in_a_batch(N, batch_size, rng):
    for batch in slices(N, batch_size, rng):
        yield np.sort(batch)


def shuffles_what_it_handed_out(N, batch_size, rng):
    order = np.arange(N)
    for start in range(0, N, batch_size):
        rng.shuffle(order)
        yield order[start : start + batch_size]


def shuffles_the_first_half(N, batch_size, rng):
    order = np.arange(N)
    order[: N // 2] = rng.permutation(N // 2)
    yield from np.split(order, range(batch_size, N, batch_size))


def all_but_the_last(N, batch_size, rng):
    order = [*rng.permutation(N - 1).tolist(), N - 1]
    for start in range(0, N, batch_size):
        yield order[start : start + batch_size]


def without_the_first(N, batch_size, rng):
    order = rng.permutation(np.arange(1, N))
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]


def rest_first(N, batch_size, rng):
    order = rng.permutation(N)
    for stop in range(N % batch_size or batch_size, N + 1, batch_size):
        yield order[max(0, stop - batch_size) : stop]


class Cached:
    """Draws an order once for each N and keeps it."""

    def __init__(self):
        self.orders = {}

    def __call__(self, N, batch_size, rng):
        order = self.orders.setdefault(N, rng.permutation(N))
        return [order[start : start + batch_size] for start in range(0, N, batch_size)]


def yields_slices(N, batch_size, rng):
    for start in range(0, N, batch_size):
        yield slice(start, start + batch_size)


# 9.4


def moves_in_place(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        for l in W:
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
    return W, b


def rebuilds_dicts(W, b, X, Y, eta, batches, gradient):
    for rows in batches:
        dW, db = gradient(W, b, X[rows, :], Y[rows, :])
        W = {l: W[l] - eta * dW[l] for l in W}
        b = {l: b[l] - eta * db[l] for l in b}
    return W, b


def by_layer_number(W, b, X, Y, eta, batches, gradient):
    F = len(W) + 1
    for k in range(len(batches)):
        X_B = np.array([X[i] for i in batches[k]])
        Y_B = np.array([Y[i] for i in batches[k]])
        grads = gradient(W, b, X_B, Y_B)
        for l in range(F, 1, -1):
            W[l] = W[l] - eta * grads[0][l]
            b[l] = b[l] - eta * grads[1][l]
    return W, b


def takes_rows(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        steps = gradient(W, b, X.take(batch, axis=0), Y.take(batch, axis=0))
        for parameters, slopes in zip((W, b), steps, strict=True):
            for l, slope in slopes.items():
                parameters[l] += -eta * slope
    return [W, b]


def recurses(W, b, X, Y, eta, batches, gradient):
    if len(batches) == 0:
        return W, b
    dW, db = gradient(W, b, X[batches[0]], Y[batches[0]])
    W = {l: W[l] - eta * dW[l] for l in W}
    b = {l: b[l] - eta * db[l] for l in b}
    return recurses(W, b, X, Y, eta, batches[1:], gradient)


def averages_single_gradients(W, b, X, Y, eta, batches, gradient):
    """One gradient per sample, all at the same weights, and their mean."""
    for batch in batches:
        singles = [gradient(W, b, X[[i]], Y[[i]]) for i in batch]
        W, b = (
            {l: old[l] - eta * np.mean([s[which][l] for s in singles], axis=0) for l in old}
            for which, old in enumerate((W, b))
        )
    return W, b


def epoch_with(update=lambda eta, n, N: -eta, rows=lambda X, B: X[B], targets=lambda Y, B: Y[B], biases=True):
    def train_epoch(W, b, X, Y, eta, batches, gradient):
        for batch in batches:
            dW, db = gradient(W, b, rows(X, batch), targets(Y, batch))
            for l in W:
                W[l] = W[l] + update(eta, len(batch), len(X)) * dW[l]
                if biases:
                    b[l] = b[l] + update(eta, len(batch), len(X)) * db[l]
        return W, b

    return train_epoch


def forgets_to_index_the_gradient(W, b, X, Y, eta, batches, gradient):
    for _ in batches:
        dW, db = gradient(W, b, X, Y)
        for l in W:
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
    return W, b


def gradients_first(W, b, X, Y, eta, batches, gradient):
    gradients = [gradient(W, b, X[batch], Y[batch]) for batch in batches]
    for dW, db in gradients:
        for l in W:
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
    return W, b


def returns_after_the_first(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        for l in W:
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
        return W, b


def update_outside_the_loop(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
    for l in W:
        W[l] -= eta * dW[l]
        b[l] -= eta * db[l]
    return W, b


def gradient_in_the_layer_loop(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        for l in W:
            dW, db = gradient(W, b, X[batch], Y[batch])
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
    return W, b


def weights_before_biases(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        for l in W:
            W[l] = W[l] - eta * gradient(W, b, X[batch], Y[batch])[0][l]
        for l in b:
            b[l] = b[l] - eta * gradient(W, b, X[batch], Y[batch])[1][l]
    return W, b


def keeps_the_last_gradient(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        for i in batch:
            dW, db = gradient(W, b, X[[i]], Y[[i]])
        for l in W:
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
    return W, b


def every_part_anew(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        for l in W:
            W[l] -= eta * gradient(W, b, X[batch], Y[batch])[0][l]
            b[l] -= eta * gradient(W, b, X[batch], Y[batch])[1][l]
    return W, b


def sample_by_sample(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        for i in batch:
            dW, db = gradient(W, b, X[[i]], Y[[i]])
            for l in W:
                W[l] -= eta * dW[l]
                b[l] -= eta * db[l]
    return W, b


def sample_by_sample_shared(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        for i in batch:
            dW, db = gradient(W, b, X[i : i + 1], Y[i : i + 1])
            for l in W:
                W[l] -= eta / len(batch) * dW[l]
                b[l] -= eta / len(batch) * db[l]
    return W, b


def keeps_adding(W, b, X, Y, eta, batches, gradient):
    sum_W, sum_b = {l: np.zeros_like(W[l]) for l in W}, {l: np.zeros_like(b[l]) for l in b}
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        for l in W:
            sum_W[l] += dW[l]
            sum_b[l] += db[l]
            W[l] -= eta * sum_W[l]
            b[l] -= eta * sum_b[l]
    return W, b


def mean_of_the_batches(W, b, X, Y, eta, batches, gradient):
    gradients = [gradient(W, b, X[batch], Y[batch]) for batch in batches]
    for l in W:
        W[l] -= eta * np.mean([dW[l] for dW, _ in gradients], axis=0)
        b[l] -= eta * np.mean([db[l] for _, db in gradients], axis=0)
    return W, b


def only_the_last_layer(W, b, X, Y, eta, batches, gradient):
    F = max(W)
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        W[F] -= eta * dW[F]
        b[F] -= eta * db[F]
    return W, b


def biases_first(W, b, X, Y, eta, batches, gradient):
    return moves_in_place(W, b, X, Y, eta, batches, gradient)[::-1]


def adds_single_gradients(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        singles = [gradient(W, b, X[[i]], Y[[i]]) for i in batch]
        W = {l: W[l] - eta * sum(dW[l] for dW, _ in singles) for l in W}
        b = {l: b[l] - eta * sum(db[l] for _, db in singles) for l in b}
    return W, b


def pops_batches(W, b, X, Y, eta, batches, gradient):
    while batches:
        W, b = moves_in_place(W, b, X, Y, eta, [batches.pop(0)], gradient)
    return W, b


def shuffles_batches(W, b, X, Y, eta, batches, gradient):
    batches.reverse()
    return moves_in_place(W, b, X, Y, eta, batches, gradient)


def keeps_the_change(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        for l in W:
            W[l] = -eta * dW[l]
            b[l] = -eta * db[l]
    return W, b


def biases_apart(factor):
    def train_epoch(W, b, X, Y, eta, batches, gradient):
        for batch in batches:
            dW, db = gradient(W, b, X[batch], Y[batch])
            for l in W:
                W[l] = W[l] - eta * dW[l]
                b[l] = b[l] + factor(eta) * db[l]
        return W, b

    return train_epoch


def rows_in_turn(W, b, X, Y, eta, batches, gradient):
    start, rows = 0, []
    for batch in batches:
        rows.append(np.arange(start, start + len(batch)))
        start += len(batch)
    return moves_in_place(W, b, X, Y, eta, rows, gradient)


def rows_by_number(W, b, X, Y, eta, batches, gradient):
    rows = [slice(i * len(batch), (i + 1) * len(batch)) for i, batch in enumerate(batches)]
    return moves_in_place(W, b, X, Y, eta, rows, gradient)


def rows_of_the_first_size(W, b, X, Y, eta, batches, gradient):
    size = len(batches[0])
    rows = [slice(i * size, (i + 1) * size) for i in range(len(batches))]
    return moves_in_place(W, b, X, Y, eta, rows, gradient)


def one_gradient_for_all(W, b, X, Y, eta, batches, gradient):
    dW, db = gradient(W, b, X, Y)
    for _ in batches:
        for l in W:
            W[l] -= eta * dW[l]
            b[l] -= eta * db[l]
    return W, b


def range_of_length(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        dW, db = gradient(W, b, X[batch], Y[batch])
        for l in range(2, len(W) + 1):
            W[l] = W[l] - eta * dW[l]
            b[l] = b[l] - eta * db[l]
    return W, b


def changes_its_samples(W, b, X, Y, eta, batches, gradient):
    result = moves_in_place(W, b, X, Y, eta, batches, gradient)
    X *= 2
    return result


def misspelt(W, b, X, Y, eta, batches, gradient):
    for batch in batches:
        W, b = gradients(W, b, X[batch], Y[batch])  # noqa: F821
    return W, b


# 9.5

DIGITS = data.digits()


def losses(N=500, sizes=(500, 1, 32), epochs=5, seed=0, learning_rate=0.2, again=True):
    X, y, found = DIGITS.X_train[:N], DIGITS.y_train[:N], []
    net = nn.Network((64, 16, 10), seed=seed)
    for size in sizes:
        if again:
            net = nn.Network((64, 16, 10), seed=seed)
        net.fit(X, y, epochs=epochs, batch_size=size, learning_rate=learning_rate, seed=0, progress=False)
        found.append(net.loss(X, y))
    return found


UPDATES, LOSSES = [5, 2500, 80], losses()


def losses_of_all():
    return losses(N=1347, sizes=(1347, 1, 32))


def shares():
    X, y, found = DIGITS.X_train[:500], DIGITS.y_train[:500], []
    for size in (500, 1, 32):
        net = nn.Network((64, 16, 10))
        net.fit(X, y, epochs=5, batch_size=size, learning_rate=0.2, progress=False)
        found.append(np.mean(net.predict(X) == y))
    return found


def met_on_the_way():
    X, y = DIGITS.X_train[:500], DIGITS.y_train[:500]
    return [
        nn.Network((64, 16, 10)).fit(X, y, 5, batch_size=size, learning_rate=0.2, progress=False).loss[-1]
        for size in (500, 1, 32)
    ]


# 9.6


def two_lines(theta, v, gradient, eta, mu):
    v = mu * v - eta * gradient
    theta = theta + v
    return theta, v


def by_entries(theta, v, gradient, eta, mu):
    new_v = [mu * v_p - eta * g_p for v_p, g_p in zip(v, gradient, strict=True)]
    return [t + v_p for t, v_p in zip(theta, new_v, strict=True)], new_v


def with_copies(theta, v, gradient, eta, mu):
    theta, v = theta.copy(), v.copy()
    v *= mu
    v -= eta * gradient
    theta += v
    return theta, v


def momentum_in_place(theta, v, gradient, eta, mu):
    v *= mu
    v -= eta * gradient
    theta += v
    return theta, v


def momentum(velocity, position, exchanged=False):
    def momentum_step(theta, v, gradient, eta, mu):
        new = velocity(v, gradient, eta, mu)
        theta = position(theta, v, new, gradient, eta, mu)
        return (new, theta) if exchanged else (theta, new)

    return momentum_step


def right_v(v, g, eta, mu):
    return mu * v - eta * g


def right_theta(theta, v, new, g, eta, mu):
    return theta + new


# 9.9

ONE_OF_TWO = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])


def ends(h):
    found = []
    for seed in range(10):
        net = nn.Network((2, h, 1), hidden="tanh", output="sigmoid", seed=seed)
        net.fit(*ONE_OF_TWO, epochs=400, batch_size=4, learning_rate=1.0, progress=False)
        found.append(net.loss(*ONE_OF_TWO))
    return np.array(found)


ENDS = {h: ends(h) for h in (2, 4, 16)}
LOW, HIGH = ENDS[2].min(), ENDS[2].max()
COUNTS = [int(np.sum(ENDS[h] < 0.1)) for h in ENDS]


# 9.10


def counts_in_a_loop(y, predicted, c):
    matrix = np.zeros((c, c), int)
    for true, read in zip(y, predicted, strict=True):
        matrix[true, read] += 1
    return matrix


def counts_pairs(y, predicted, c):
    pairs = Counter(zip(y.tolist(), predicted.tolist(), strict=True))
    return [[pairs[i, j] for j in range(c)] for i in range(c)]


def by_comparison(y, predicted, c):
    return np.array([[np.sum((y == i) & (predicted == j)) for j in range(c)] for i in range(c)])


def by_one_hot(y, predicted, c):
    return np.eye(c)[y].T @ np.eye(c)[predicted]


def by_histogram(y, predicted, c):
    return np.histogram2d(y, predicted, bins=c, range=[[0, c], [0, c]])[0]


def by_bincount(y, predicted, c):
    return np.bincount(c * y + predicted, minlength=c**2).reshape(c, c)


def counts_by_index(y, predicted, c):
    matrix = np.zeros((c, c))
    matrix[y, predicted] += 1
    return matrix


def columns_first(y, predicted, c):
    matrix = np.zeros((c, c))
    for true, read in zip(y, predicted, strict=True):
        matrix[read, true] += 1
    return matrix


def skips_the_right_ones(y, predicted, c):
    matrix = np.zeros((c, c))
    for true, read in zip(y, predicted, strict=True):
        if true != read:
            matrix[true, read] += 1
    return matrix


def both_ways(y, predicted, c):
    matrix = np.zeros((c, c))
    for true, read in zip(y, predicted, strict=True):
        matrix[true, read] += 1
        matrix[read, true] += 1
    return matrix


def starts_at_one(y, predicted, c):
    matrix = np.ones((c, c))
    np.add.at(matrix, (y, predicted), 1)
    return matrix


def only_classes_met(y, predicted, c):
    size = max(y.max(), predicted.max()) + 1
    matrix = np.zeros((size, size))
    np.add.at(matrix, (y, predicted), 1)
    return matrix


def shares_its_rows(y, predicted, c):
    matrix = [[0] * c] * c
    for true, read in zip(y, predicted, strict=True):
        matrix[true][read] += 1
    return matrix


def pairs_all_with_all(y, predicted, c):
    matrix = np.zeros((c, c))
    for true in y:
        for read in predicted:
            matrix[true, read] += 1
    return matrix


def returns_in_its_loop(y, predicted, c):
    matrix = np.zeros((c, c))
    for true, read in zip(y, predicted, strict=True):
        matrix[true, read] += 1
        return matrix


def loops_over_classes(y, predicted, c):
    matrix = np.zeros((c, c))
    for i in range(c):
        matrix[y[i], predicted[i]] += 1
    return matrix


def one_too_few(y, predicted, c):
    matrix = np.zeros((c, c))
    for i in range(len(y) - 1):
        matrix[y[i], predicted[i]] += 1
    return matrix


def counts_from_label_one(y, predicted, c):
    matrix = np.zeros((c, c))
    for true, read in zip(y, predicted, strict=True):
        matrix[true - 1, read - 1] += 1
    return matrix


# 9.11


def first_below(momentum, surface="valley"):
    explorer = widgets.DescentExplorer(surface, start=[-1, 3], rate=0.1, momentum=momentum, steps=300)
    return [loss < 0.5 for loss in explorer.losses].index(True)


RIGHT = {
    "9.1": [
        (loops_over_parameters,),
        (loops_over_samples,),
        (named,),
        (lambda theta, gradients, eta: theta - eta * gradients.mean(axis=0),),
        (lambda theta, gradients, eta: theta - eta / len(gradients) * np.ones(len(gradients)) @ gradients,),
        (lambda theta, gradients, eta: (theta - eta * gradients).mean(axis=0),),
        (lambda t, g, e: t - e * np.einsum("ip->p", g) / g.shape[0],),
        (lambda t, g, e: [a - e * float(np.mean(column)) for a, column in zip(t, g.T, strict=True)],),
    ],
    "9.2": [
        (nll_by_loops, entropy_by_loops),
        (nll_by_columns, right_entropy),
        (nll_by_rows, lambda z, Y: np.sum(np.logaddexp.reduce(z, axis=0) - np.sum(Y * z, axis=0))),
        (nll_by_mask, lambda z, Y: -np.einsum("ji,ji->", Y, log_softmax(z))),
        (right_nll, lambda z, Y: -np.trace(Y.T @ log_softmax(z))),
        (lambda z, t: right_entropy(z, np.eye(len(z))[t].T), lambda z, Y: right_nll(z, Y.argmax(axis=0))),
        (
            lambda z, t: np.logaddexp.reduce(z).sum() - z[t, range(len(t))].sum(),
            lambda z, Y: float(-np.vdot(Y, log_softmax(z))),
        ),
        (
            lambda z, t: -np.take_along_axis(log_softmax(z), t[None], 0).sum(),
            lambda z, Y: sum(-(y @ log_softmax(s)) for s, y in zip(z.T, Y.T, strict=True)),
        ),
    ],
    "9.3": [
        (slices,),
        (shuffled_list,),
        (returns_a_list,),
        (splits,),
        (sorts_keys,),
        (draws_without_replacement,),
        (fills_a_bag,),
        (refills_a_buffer,),
        (sorts_in_a_batch,),
        (lambda N, size, rng: np.array([*shuffled_list(N, size, rng), None], dtype=object)[:-1],),
        (lambda N, size, rng: (batch.astype(np.int16) for batch in slices(N, size, rng)),),
        (lambda N, size, rng: np.array([*shuffled_list(N, size, rng)], dtype=object),),
    ],
    "9.4": [
        (moves_in_place,),
        (rebuilds_dicts,),
        (by_layer_number,),
        (takes_rows,),
        (recurses,),
        (averages_single_gradients,),
        (epoch_with(),),
    ],
    "9.5": [
        (UPDATES, LOSSES),
        (np.array(UPDATES), np.array(LOSSES)),
        (np.array([[5], [2500], [80]]), tuple(LOSSES)),
        ((5, 500 * 5, 5 * math.ceil(500 / 32)), np.round(LOSSES, 4)),
        ("[5, 2500, 80]", [f"{loss:.4g}" for loss in LOSSES]),
        ([sympy.Integer(n) for n in UPDATES], [float(f"{loss:.3g}") for loss in LOSSES]),
        (UPDATES, [float(str(loss)[:5]) for loss in LOSSES]),
        (UPDATES, [2.34, 0.136, 2.02]),
    ],
    "9.6": [
        (two_lines,),
        (by_entries,),
        (with_copies,),
        (lambda theta, v, g, eta, mu: (theta + mu * v - eta * g, mu * v - eta * g),),
        (lambda theta, v, g, eta, mu: [theta - (eta * g - mu * v), -(eta * g - mu * v)],),
        (lambda theta, v, g, eta, mu: np.array([theta + (mu * v - eta * g), mu * v - eta * g]),),
        (momentum(right_v, right_theta),),
    ],
    "9.7": [
        (["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], 9, "no"),
        ([2 * v * (u * v - 3), 2 * u * (u * v - 3)], Matrix([[0, -6], [-6, 0]]), sympy.Integer(9), 0),
        (Matrix([2 * u * v**2 - 6 * v, 2 * u**2 * v - 6 * u]), np.array([[0, -6], [-6, 0]]), "9", "False"),
        ([r"2 v (u v - 3)", r"2 u \left(u v - 3\right)"], [["0", "-6"], ["-6", "0"]], "(-3)^2", np.False_),
        (["2*u*v**2 - 6*v", "2*u**2*v - 6*u"], [[0.0, -6.0], [-6.0, 0.0]], 9.0, 0.0),
        (
            [sympy.diff((u * v - 3) ** 2, s) for s in (u, v)],
            sympy.hessian((u * v - 3) ** 2, (u, v)).subs({u: 0, v: 0}),
            ((u * v - 3) ** 2).subs({u: 0, v: 0}),
            False,
        ),
        (Matrix([[2 * v * (u * v - 3), 2 * u * (u * v - 3)]]), sympy.diag(-6, -6)[:, ::-1], Fraction(9), [False]),
    ],
    "9.8": [
        ([0, 0, 0, 1], [1, 6]),
        ((0, 0, 0, 1), (1, 6)),
        (np.array([0, 0, 0, 1]), np.array([1, 6])),
        ([False, False, False, True], [1.0, 6.0]),
        (np.array([False, False, False, True]), np.array([[1], [6]])),
        ("[0, 0, 0, 1]", "[1, 6]"),
        ([0.0, 0.0, 0.0, 1.0], [sympy.Integer(1), sympy.Integer(6)]),
    ],
    "9.9": [
        (LOW, HIGH, COUNTS),
        (float(LOW), float(HIGH), np.array(COUNTS)),
        (np.array(LOW), np.array(HIGH), tuple(COUNTS)),
        (f"{LOW:.2g}", f"{HIGH:.2g}", [float(n) for n in COUNTS]),
        (round(LOW, 4), round(HIGH, 3), str(COUNTS)),
        (sympy.Float(LOW), sympy.Float(HIGH), [sympy.Integer(n) for n in COUNTS]),
        (sorted(ENDS[2])[0], sorted(ENDS[2])[-1], np.array([[n] for n in COUNTS])),
        ([LOW], [HIGH], COUNTS),
    ],
    "9.10": [
        (counts_in_a_loop,),
        (counts_pairs,),
        (by_comparison,),
        (by_one_hot,),
        (by_histogram,),
        (by_bincount,),
        (lambda y, p, c: sum(np.outer(np.eye(c)[i], np.eye(c)[j]) for i, j in zip(y, p, strict=True)),),
    ],
    "9.11": [
        ([63, 11], [0.16, 0.28]),
        (np.array([63, 11]), np.array([0.16, 0.28])),
        ((63.0, 11.0), ("0.16", "0.28")),
        ("63, 11", "[4/25, 7/25]"),
        ([first_below(0.0), first_below(0.8)], [sympy.Rational(4, 25), sympy.Rational(7, 25)]),
    ],
    "9.12": [
        ([84, 35, 18], 3),
        (np.array([84.0, 35, 18]), "3"),
        ((sympy.Integer(84), "35", 18.0), np.int64(3)),
        ((84.0, 35.0, 18.0), sympy.Integer(3)),
    ],
}

WRONG = {
    "9.1": [
        ("ascent", lambda theta, gradients, eta: theta + eta * gradients.mean(axis=0)),
        ("sum-over-samples", lambda theta, gradients, eta: theta - eta * gradients.sum(axis=0)),
        ("sum-over-samples", one_by_one),
        ("step-size-missing", lambda theta, gradients, eta: theta - gradients.mean(axis=0)),
        ("one-sample", lambda theta, gradients, eta: theta - eta * gradients[0]),
        ("one-sample", lambda theta, gradients, eta: theta - eta * gradients[-1]),
        ("one-sample", returns_in_the_loop),
        ("one-sample", keeps_the_last),
        ("gradient-for-step", lambda theta, gradients, eta: gradients.mean(axis=0)),
        ("gradient-for-step", lambda theta, gradients, eta: -eta * gradients.mean(axis=0)),
        ("start-for-step", lambda theta, gradients, eta: theta),
        ("averaged-again", lambda theta, gradients, eta: theta - eta * gradients.mean(axis=0) / len(gradients)),
        ("parameters-averaged", lambda theta, gradients, eta: theta - eta * gradients.mean()),
        ("parameters-for-samples", lambda theta, gradients, eta: theta - eta * gradients.mean(axis=1)),
        ("samples-apart", lambda theta, gradients, eta: theta - eta * gradients),
        ("step-size-divides", lambda theta, gradients, eta: theta - gradients.mean(axis=0) / eta),
        ("ascent+sum-over-samples", lambda theta, gradients, eta: theta + eta * gradients.sum(axis=0)),
        ("ascent+step-size-missing", lambda theta, gradients, eta: theta + gradients.mean(axis=0)),
        ("ascent+one-sample", lambda theta, gradients, eta: theta + eta * gradients[0]),
        ("counts-parameters", lambda theta, gradients, eta: theta - eta * gradients.sum(axis=0) / len(theta)),
        ("sample-count-off", lambda theta, gradients, eta: theta - eta * gradients.sum(axis=0) / (len(gradients) - 1)),
        ("step-size-on-all", lambda theta, gradients, eta: eta * (theta - gradients.mean(axis=0))),
        ("input-changed", in_place),
        ("ascent+input-changed", in_place_ascent),
        ("size-fixed", fixed_count),
        ("all-zeros", lambda theta, gradients, eta: 0 * theta),
        ("sign", lambda theta, gradients, eta: eta * gradients.mean(axis=0) - theta),
        ("order-reversed", lambda theta, gradients, eta: (theta - eta * gradients.mean(axis=0))[::-1]),
        (None, lambda t, g, e: t - e * g.mean(axis=int(g.shape[0] == g.shape[1]))),
        ("one-sample", first_share_only),
    ],
    "9.2": [
        ("samples-averaged", lambda z, t: right_nll(z, t) / len(t), right_entropy),
        ("samples-averaged", lambda z, t: -np.mean(log_softmax(z)[t, np.arange(len(t))]), right_entropy),
        ("samples-averaged", right_nll, lambda z, Y: -np.mean(np.sum(Y * log_softmax(z), axis=0))),
        ("classes-averaged+samples-averaged", right_nll, lambda z, Y: -np.mean(Y * log_softmax(z))),
        ("sign", lambda z, t: log_softmax(z)[t, np.arange(len(t))].sum(), right_entropy),
        ("sign", right_nll, lambda z, Y: np.sum(Y * log_softmax(z))),
        ("samples-apart", lambda z, t: -log_softmax(z)[t, np.arange(len(t))], right_entropy),
        ("samples-apart", right_nll, lambda z, Y: -(Y * log_softmax(z)).sum(axis=0)),
        ("not-stable", lambda z, t: -np.log(naive(z)[t, np.arange(len(t))]).sum(), right_entropy),
        ("not-stable", lambda z, t: -np.log(softmax(z)[t, np.arange(len(t))]).sum(), right_entropy),
        ("not-stable", right_nll, lambda z, Y: -np.sum(Y * np.log(softmax(z)))),
        ("not-stable", right_nll, lambda z, Y: -np.sum(Y * np.log(naive(z)))),
        ("not-stable", right_nll, lambda z, Y: -np.sum(Y * (z - np.log(np.exp(z).sum(axis=0))))),
        ("not-stable", math_nll, right_entropy),
        ("log-clipped", right_nll, lambda z, Y: -np.sum(Y * np.log(softmax(z) + 1e-12))),
        ("log-clipped", right_nll, lambda z, Y: -np.sum(Y * np.log(np.clip(softmax(z), 1e-15, 1)))),
        ("log-clipped", lambda z, t: -np.log(softmax(z)[t, np.arange(len(t))] + 1e-10).sum(), right_entropy),
        ("log-clipped", right_nll, lambda z, Y: -np.sum(Y * np.log(np.maximum(softmax(z), np.finfo(float).tiny)))),
        ("rows-picked", lambda z, t: -log_softmax(z)[t].sum(), right_entropy),
        ("most-probable", lambda z, t: -log_softmax(z).max(axis=0).sum(), right_entropy),
        ("other-base", lambda z, t: right_nll(z, t) / math.log(10), right_entropy),
        ("other-base", right_nll, lambda z, Y: right_entropy(z, Y) / math.log(2)),
        ("logarithm-missing", lambda z, t: -softmax(z)[t, np.arange(len(t))].sum(), right_entropy),
        ("logarithm-missing", lambda z, t: np.prod(softmax(z)[t, np.arange(len(t))]), right_entropy),
        ("softmax-across", lambda z, t: -log_softmax(z.T).T[t, np.arange(len(t))].sum(), right_entropy),
        ("softmax-left-out", right_nll, lambda z, Y: -np.sum(Y * z)),
        ("softmax-left-out", lambda z, t: -z[t, np.arange(len(t))].sum(), right_entropy),
        ("never-a-number", right_nll, lambda z, Y: -np.sum(Y * np.log(z))),
        ("sigmoid-for-softmax", right_nll, lambda z, Y: np.sum(Y * np.log1p(np.exp(-z)))),
        ("maximum-lost", nll_forgets_the_maximum, right_entropy),
        ("one-sample", stops_after_one, right_entropy),
        ("input-changed", shifts_in_place, right_entropy),
        ("other-classes", right_nll, lambda z, Y: -np.sum(log_softmax(z))),
        ("mse-for-cross-entropy", right_nll, lambda z, Y: np.sum((softmax(z) - Y) ** 2)),
        ("labels-counted-from-one", lambda z, t: right_nll(z, t - 1), right_entropy),
        ("axes-swapped", lambda z, t: -log_softmax(z)[np.arange(len(t)), t].sum(), right_entropy),
        ("classes-averaged", right_nll, lambda z, Y: -np.sum(np.mean(Y * log_softmax(z), axis=0))),
        ("all-zeros", right_nll, lambda z, Y: 0.0),
        (None, lambda z, t: nonsense, right_entropy),  # noqa: F821
        ("normaliser-missing", right_nll, lambda z, Y: -np.sum(Y * (z - z.max(axis=0)))),
        (
            "not-stable",
            lambda z, t: -global_log(z)[t, np.arange(len(t))].sum(),
            lambda z, Y: -np.sum(Y * global_log(z)),
        ),
        ("not-stable", right_nll, lambda z, Y: -np.nansum(Y * np.log(softmax(z)))),
        ("never-a-number", right_nll, lambda z, Y: float("nan")),
        ("rows-picked", lambda z, t: -log_softmax(z)[:, t].sum(), right_entropy),
        ("maximum-by-rows", lambda z, t: right_nll(z - z.max(axis=1, keepdims=True), t), right_entropy),
        ("never-a-number", lambda z, t: math.inf, right_entropy),
    ],
    "9.3": [
        ("not-shuffled", unshuffled),
        ("rng-unused", global_shuffle),
        ("rng-unused", own_generator),
        ("rest-lost", drops_the_rest),
        ("rest-lost", full_bags_only),
        ("not-shuffled+rest-lost", drops_the_rest_unshuffled),
        ("with-replacement", draws_with_replacement),
        ("shuffled-for-each-batch", chooses_each_batch),
        ("neighbours-kept", shuffles_blocks),
        ("neighbours-kept", shuffles_inside),
        ("counted-from-one", counts_from_one),
        ("sizes-evened", even_split),
        ("sizes-evened", lambda N, batch_size, rng: np.array_split(rng.permutation(N), N // batch_size or 1)),
        ("count-for-size", that_many),
        ("one-batch-size", single_numbers),
        ("one-batch-size", everything),
        ("overlapping", sliding),
        ("return-for-yield", returns_the_first),
        ("first-batch-only", yields_the_first),
        ("endless", never_ends),
        ("rest-filled-up", wraps_around),
        ("one-short", one_short),
        ("last-sample-lost", loses_the_last_number),
        ("empty-batch", one_slice_too_many),
        (
            "one-too-many",
            lambda N, size, rng: [p[s : s + size + 1] for p in [rng.permutation(N)] for s in range(0, N, size)],
        ),
        ("not-shuffled+sizes-evened", lambda N, size, rng: np.array_split(np.arange(N), math.ceil(N / size))),
        ("counted-from-one+not-shuffled", lambda N, size, rng: np.split(np.arange(1, N + 1), range(size, N, size))),
        ("not-batches", yields_slices),
        ("shuffled-for-each-batch", shuffles_what_it_handed_out),
        ("partly-shuffled", shuffles_the_first_half),
        ("partly-shuffled", all_but_the_last),
        ("first-sample-lost", without_the_first),
        ("order-kept", Cached()),
        ("not-batches", lambda N, size, rng: (batch[:, None] for batch in slices(N, size, rng))),
        ("not-batches", lambda N, size, rng: (batch[None] for batch in slices(N, size, rng))),
        ("not-batches", lambda N, size, rng: ([batch] for batch in slices(N, size, rng))),
        ("not-shuffled", lambda N, size, rng: np.split(np.roll(np.arange(N), rng.integers(N)), range(size, N, size))),
        ("not-shuffled", lambda N, size, rng: np.split(np.arange(N)[::-1], range(size, N, size))),
        ("rest-not-last", rest_first),
        ("not-batches", lambda N, batch_size, rng: 3),
        (None, lambda N, batch_size, rng: []),
        ("not-batches", lambda N, batch_size, rng: [rng.random(batch_size)]),
    ],
    "9.4": [
        ("ascent", epoch_with(lambda eta, n, N: eta)),
        ("step-size-missing", epoch_with(lambda eta, n, N: -1)),
        ("ascent+step-size-missing", epoch_with(lambda eta, n, N: 1)),
        ("sum-over-samples", epoch_with(lambda eta, n, N: -eta * n)),
        ("sum-over-samples", adds_single_gradients),
        ("averaged-again", epoch_with(lambda eta, n, N: -eta / n)),
        ("averaged-again", epoch_with(lambda eta, n, N: -eta / N)),
        ("step-size-divides", epoch_with(lambda eta, n, N: -1 / eta)),
        ("biases-left", epoch_with(biases=False)),
        ("ascent+biases-left", epoch_with(lambda eta, n, N: eta, biases=False)),
        ("targets-elsewhere", epoch_with(targets=lambda Y, B: Y[: len(B)])),
        ("order-unused", epoch_with(rows=lambda X, B: X[: len(B)], targets=lambda Y, B: Y[: len(B)])),
        ("all-samples", forgets_to_index_the_gradient),
        ("stale-weights", gradients_first),
        ("one-batch", returns_after_the_first),
        ("one-batch", update_outside_the_loop),
        ("updated-within-pass", gradient_in_the_layer_loop),
        ("updated-within-pass", weights_before_biases),
        ("updated-within-pass", every_part_anew),
        ("one-sample", keeps_the_last_gradient),
        ("update-per-sample", sample_by_sample),
        ("update-per-sample", sample_by_sample_shared),
        ("gradients-not-cleared", keeps_adding),
        ("one-update", mean_of_the_batches),
        ("layers-left", only_the_last_layer),
        ("dicts-exchanged", biases_first),
        ("start-for-step", lambda W, b, X, Y, eta, batches, gradient: (W, b)),
        ("gradient-for-step", lambda W, b, X, Y, eta, batches, gradient: gradient(W, b, X, Y)),
        ("batch-left-out", lambda W, b, X, Y, e, batches, g: moves_in_place(W, b, X, Y, e, batches[1:], g)),
        ("batch-left-out", lambda W, b, X, Y, e, batches, g: moves_in_place(W, b, X, Y, e, batches[:-1], g)),
        (None, misspelt),
        (None, epoch_with(targets=lambda Y, B: Y)),
        ("one-dict", lambda W, b, X, Y, eta, batches, gradient: moves_in_place(W, b, X, Y, eta, batches, gradient)[0]),
        ("batches-changed", pops_batches),
        ("batches-changed", shuffles_batches),
        ("batch-share", epoch_with(lambda eta, n, N: -eta * n / N)),
        ("gradient-for-step", keeps_the_change),
        ("bias-ascent", biases_apart(lambda eta: eta)),
        ("bias-step-size-missing", biases_apart(lambda eta: -1)),
        ("order-unused", rows_in_turn),
        ("order-unused", rows_by_number),
        ("batches-reversed", lambda W, b, X, Y, e, batches, g: moves_in_place(W, b, X, Y, e, batches[::-1], g)),
        ("all-samples+stale-weights", one_gradient_for_all),
        ("layers-left", range_of_length),
        (None, lambda *given: (*moves_in_place(*given), 3)),
        ("input-changed", changes_its_samples),
        ("order-unused", rows_of_the_first_size),
    ],
    "9.5": [
        ("one-epoch", [1, 500, 16], LOSSES),
        ("rest-lost", [5, 2500, 75], LOSSES),
        ("gradients-for-updates", [2500, 2500, 2500], LOSSES),
        ("size-for-updates", [500, 1, 32], LOSSES),
        ("fraction-of-update", [5, 2500, 78.125], LOSSES),
        ("one-entry", [5, 2500, 78], LOSSES),
        ("misplaced", [2500, 5, 80], LOSSES),
        ("order-reversed", [80, 2500, 5], LOSSES),
        ("all-zeros", [0, 0, 0], LOSSES),
        ("network-reused", UPDATES, losses(again=False)),
        ("one-epoch", UPDATES, losses(epochs=1)),
        ("loss-on-the-way", UPDATES, met_on_the_way()),
        ("order-reversed", UPDATES, LOSSES[::-1]),
        ("misplaced", UPDATES, [LOSSES[1], LOSSES[0], LOSSES[2]]),
        (None, UPDATES, losses(epochs=6)),
        ("one-entry", UPDATES, [LOSSES[0], LOSSES[1], 0.3]),
        (None, UPDATES, LOSSES[:2]),
        ("one-epoch", [1, 500, 16], losses(epochs=1)),
        ("answers-swapped", LOSSES, UPDATES),
        ("size-for-updates", [2500, 5, 160], LOSSES),
        ("all-digits", [5, 6735, 215], LOSSES),
        ("all-digits", UPDATES, losses_of_all()),
        ("share-for-loss", UPDATES, shares()),
        ("share-for-loss", UPDATES, [1 - share for share in shares()]),
        ("too-few-digits", UPDATES, [2.3, 0.14, 2.0]),
        ("too-few-digits", UPDATES, [2.347, 0.14, 2.029]),
        ("too-few-digits", UPDATES, [2.3, 0.13, 2.0]),
        ("network-reused", UPDATES, [f"{loss:.3g}" for loss in losses(again=False)]),
        ("one-entry", UPDATES, [LOSSES[0], 0.14001, LOSSES[2]]),
        ("one-entry", UPDATES, [LOSSES[0], LOSSES[1], LOSSES[2] + 0.008]),
    ],
    "9.6": [
        ("ascent", momentum(lambda v, g, eta, mu: mu * v + eta * g, right_theta)),
        ("velocity-forgotten", momentum(lambda v, g, eta, mu: -eta * g, right_theta)),
        ("momentum-missing", momentum(lambda v, g, eta, mu: v - eta * g, right_theta)),
        ("step-size-missing", momentum(lambda v, g, eta, mu: mu * v - g, right_theta)),
        ("averaging-velocity", momentum(lambda v, g, eta, mu: mu * v - (1 - mu) * eta * g, right_theta)),
        ("rates-swapped", momentum(lambda v, g, eta, mu: eta * v - mu * g, right_theta)),
        ("mu-on-all", momentum(lambda v, g, eta, mu: mu * (v - eta * g), right_theta)),
        ("old-velocity", momentum(right_v, lambda theta, v, new, g, eta, mu: theta + v)),
        ("velocity-unused", momentum(right_v, lambda theta, v, new, g, eta, mu: theta - eta * g)),
        ("gradient-once-more", momentum(right_v, lambda theta, v, new, g, eta, mu: theta + new - eta * g)),
        ("away", momentum(right_v, lambda theta, v, new, g, eta, mu: theta - new)),
        ("look-ahead", momentum(right_v, lambda theta, v, new, g, eta, mu: theta + mu * new - eta * g)),
        ("step-size-twice", momentum(right_v, lambda theta, v, new, g, eta, mu: theta + eta * new)),
        ("results-exchanged", momentum(right_v, right_theta, exchanged=True)),
        ("velocity-not-returned", lambda theta, v, g, eta, mu: (theta + mu * v - eta * g, v)),
        ("other-convention", lambda theta, v, g, eta, mu: (theta - eta * (mu * v + g), mu * v + g)),
        ("other-convention", lambda theta, v, g, eta, mu: (theta - mu * v - eta * g, mu * v + eta * g)),
        ("averaging-velocity", lambda theta, v, g, e, mu: (theta - e * (mu * v + (1 - mu) * g), mu * v + (1 - mu) * g)),
        ("start-for-step", momentum(right_v, lambda theta, v, new, g, eta, mu: theta)),
        ("input-changed", momentum_in_place),
        (None, lambda theta, v, g, eta, mu: theta + mu * v - eta * g),
        ("velocity-sign", momentum(lambda v, g, eta, mu: -mu * v - eta * g, right_theta)),
        ("ascent+momentum-missing", momentum(lambda v, g, eta, mu: v + eta * g, right_theta)),
        ("one-minus-mu", momentum(lambda v, g, eta, mu: (1 - mu) * v - eta * g, right_theta)),
        ("step-size-on-velocity", momentum(lambda v, g, eta, mu: eta * (mu * v - g), right_theta)),
        ("velocity-returned-reversed", lambda theta, v, g, eta, mu: (theta - (eta * g - mu * v), eta * g - mu * v)),
    ],
    "9.7": [
        ("inner-derivative-dropped", ["2(u v - 3)", "2(u v - 3)"], [[0, -6], [-6, 0]], 9, False),
        ("wrong-variable", ["2(u v - 3) u", "2(u v - 3) v"], [[0, -6], [-6, 0]], 9, False),
        ("two-missing", ["(u v - 3) v", "(u v - 3) u"], [[0, -6], [-6, 0]], 9, False),
        ("square-not-differentiated", ["(u v - 3)^2", "(u v - 3)^2"], [[0, -6], [-6, 0]], 9, False),
        ("sign", ["-2(u v - 3) v", "-2(u v - 3) u"], [[0, -6], [-6, 0]], 9, False),
        ("constant-lost", ["2u v^2", "2u^2 v"], [[0, -6], [-6, 0]], 9, False),
        ("power-slip", ["2(u v - 3)^2 v", "2(u v - 3)^2 u"], [[0, -6], [-6, 0]], 9, False),
        ("both-varied", ["2(u v - 3)(u + v)", "2(u v - 3)(u + v)"], [[0, -6], [-6, 0]], 9, False),
        ("inner-derivative-dropped", ["2(u v - 3) v", "2(u v - 3)"], [[0, -6], [-6, 0]], 9, False),
        ("gradient-for-curvature", ["2(u v - 3) v", "2(u v - 3) u"], [[0, 0], [0, 0]], 9, False),
        ("diagonal-for-mixed", ["2(u v - 3) v", "2(u v - 3) u"], [[-6, 0], [0, -6]], 9, False),
        ("two-missing", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -3], [-3, 0]], 9, False),
        ("sign", ["2(u v - 3) v", "2(u v - 3) u"], [[0, 6], [6, 0]], 9, False),
        (
            "not-at-the-point",
            ["2(u v - 3) v", "2(u v - 3) u"],
            [["2v^2", "4u v - 6"], ["4u v - 6", "2u^2"]],
            9,
            False,
        ),
        ("mean-of-ends", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], 0, False),
        ("square-forgotten", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], -3, False),
        ("square-forgotten", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], 3, False),
        ("middle-elsewhere", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], 4, False),
        (None, ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], Rational(9, 2), False),
        ("one-entry", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [6, 0]], 9, False),
        ("bracket-missing", ["2u v - 3v", "2u v - 3u"], [[0, -6], [-6, 0]], 9, False),
        ("link-not-differentiated", ["2u v(u v - 3)", "2u v(u v - 3)"], [[0, -6], [-6, 0]], 9, False),
        ("one-entry", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [0, 0]], 9, False),
        ("at-another-point", ["2(u v - 3) v", "2(u v - 3) u"], [[18, 6], [6, 2]], 9, False),
        ("at-another-point", ["2(u v - 3) v", "2(u v - 3) u"], [[2, -2], [-2, 2]], 9, False),
        ("mixed-left-out", ["2(u v - 3) v", "2(u v - 3) u"], [["2v^2", 0], [0, "2u^2"]], 9, False),
        ("zero-gradient-for-minimum", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], 9, True),
        ("neither-0-nor-1", ["2(u v - 3) v", "2(u v - 3) u"], [[0, -6], [-6, 0]], 9, -6),
    ],
    "9.8": [
        ("zero-factor", [1, 1, 1, 1], [1, 6]),
        ("not-all-zero", [0, 0, 0, 0], [1, 6]),
        ("value-at-zero", [0, 0, 1, 1], [1, 6]),
        ("layers-exchanged", [1, 1, 0, 0], [1, 6]),
        ("layers-exchanged", [0, 1, 0, 0], [1, 6]),
        ("zero-factor", [0, 1, 0, 1], [1, 6]),
        ("weight-and-bias", [0, 0, 1, 0], [1, 6]),
        ("all-differ", [0, 0, 0, 1], [6, 6]),
        ("order-reversed", [0, 0, 0, 1], [6, 1]),
        ("entries-counted", [0, 0, 0, 1], [64, 384]),
        ("outputs-for-neurons", [0, 0, 0, 1], [1, 10]),
        ("none-for-one", [0, 0, 0, 1], [0, 6]),
        ("all-alike", [0, 0, 0, 1], [1, 1]),
        (None, [0, 0, 0, 1], [1]),
        (None, [0, 1], [1, 6]),
        ("zero-factor", [1, 0, 0, 1], [1, 6]),
        ("zero-factor", [1, 0, 1, 1], [1, 6]),
        ("zero-factor", [0, 1, 1, 0], [1, 6]),
        ("neither-0-nor-1", [0, 0, 0, 0.3], [1, 6]),
        ("neither-0-nor-1", [0, 0, 0, 2], [1, 6]),
        ("neither-0-nor-1", [0, 0, 0, -1], [1, 6]),
    ],
    "9.9": [
        ("failures-counted", LOW, HIGH, [10 - n for n in COUNTS]),
        ("share-for-count", LOW, HIGH, [n / 10 for n in COUNTS]),
        ("order-reversed", LOW, HIGH, COUNTS[::-1]),
        ("one-start", LOW, HIGH, [1, 1, 1]),
        ("solved-by-width", LOW, HIGH, np.cumsum(COUNTS)),
        ("one-entry", LOW, HIGH, [COUNTS[0], COUNTS[1], 9]),
        (None, LOW, HIGH, COUNTS[:2]),
        ("answers-swapped", HIGH, LOW, COUNTS),
        ("mean-for-extremes", ENDS[2].mean(), HIGH, COUNTS),
        ("mean-for-extremes", LOW, ENDS[2].mean(), COUNTS),
        ("first-and-last", ENDS[2][0], ENDS[2][-1], COUNTS),
        ("widest-for-narrowest", ENDS[16].min(), ENDS[16].max(), COUNTS),
        ("widest-for-narrowest", min(map(min, ENDS.values())), HIGH, COUNTS),
        ("seeds-for-losses", ENDS[2].argmin(), ENDS[2].argmax(), COUNTS),
        (None, ENDS[2], HIGH, COUNTS),
        ("too-few-digits", 0, HIGH, COUNTS),
        ("mean-for-extremes", ENDS[2].mean(), ENDS[2].mean(), COUNTS),
        ("first-and-last", LOW, ENDS[2][-1], COUNTS),
        ("seeds-for-losses", LOW, int(ENDS[2].argmax()), COUNTS),
        (None, 0.02, HIGH, COUNTS),
        ("too-few-digits", round(LOW, 3), HIGH, COUNTS),
        ("too-few-digits", round(LOW, 2), HIGH, COUNTS),
        ("too-few-digits", LOW, round(HIGH, 1), COUNTS),
        (None, LOW, round(HIGH, 2) + 0.01, COUNTS),
    ],
    "9.10": [
        ("counted-once", counts_by_index),
        ("rows-and-columns", columns_first),
        ("mistakes-only", skips_the_right_ones),
        ("symmetric", both_ways),
        ("from-ones", starts_at_one),
        ("classes-that-occur", only_classes_met),
        ("last-sample-lost", one_too_few),
        ("accuracy-for-matrix", lambda y, predicted, c: np.mean(y == predicted)),
        ("right-ones-only", lambda y, predicted, c: np.bincount(y[y == predicted], minlength=c)),
        ("right-ones-only", lambda y, predicted, c: np.diag(np.bincount(y[y == predicted], minlength=c))),
        ("mistakes-only", lambda y, predicted, c: np.sum(y != predicted)),
        ("shares-for-counts", lambda y, predicted, c: counts_in_a_loop(y, predicted, c) / len(y)),
        ("all-zeros", lambda y, predicted, c: np.zeros((c, c))),
        ("counted-once", lambda y, predicted, c: counts_in_a_loop(y, predicted, c) > 0),
        ("labels-counted-from-one", counts_from_label_one),
        (None, lambda y, predicted, c: counts_in_a_loop(y, predicted, 10)),
        ("rows-shared", shares_its_rows),
        ("all-pairs", pairs_all_with_all),
        ("one-sample", returns_in_its_loop),
        ("classes-for-samples", loops_over_classes),
        ("first-sample-lost", lambda y, predicted, c: counts_in_a_loop(y[1:], predicted[1:], c)),
        ("first-twice", lambda y, predicted, c: counts_in_a_loop(y, y, c)),
        ("labels-counted-from-one", lambda y, p, c: np.roll(counts_in_a_loop(y, p, c), 1, (0, 1))),
    ],
    "9.11": [
        ("step-number-off", [64, 12], [0.16, 0.28]),
        ("step-number-off", [62, 10], [0.16, 0.28]),
        ("step-number-off", [62, 11], [0.16, 0.28]),
        ("order-reversed", [11, 63], [0.16, 0.28]),
        ("one-momentum", [63, 63], [0.16, 0.28]),
        ("one-momentum", [11, 11], [0.16, 0.28]),
        ("steps-saved", [63, 52], [0.16, 0.28]),
        ("another-surface", [first_below(0.0, "bowl"), first_below(0.8, "bowl")], [0.16, 0.28]),
        ("already-lost", [63, 11], [0.2, 0.32]),
        ("already-lost", [63, 11], [0.16, 0.32]),
        ("not-the-largest", [63, 11], [0.12, 0.24]),
        ("not-the-largest", [63, 11], [0.16, 0.24]),
        ("one-momentum", [63, 11], [0.16, 0.16]),
        ("order-reversed", [63, 11], [0.28, 0.16]),
        ("answers-swapped", [0.16, 0.28], [63, 11]),
        (None, [63, 20], [0.16, 0.28]),
        (None, [40, 20], [0.16, 0.28]),
    ],
    "9.12": [
        ("order-reversed", [18, 35, 84], 3),
        ("epoch-number-off", [83, 34, 17], 3),
        ("epoch-number-off", [84, 36, 18], 3),
        ("same-batch-size", [35, 35, 35], 3),
        ("steps-for-epochs", [336, 350, 360], 3),
        ("all-right-for-loss", [32, 12, 9], 3),
        ("another-start", [103, 43, 23], 3),
        ("in-proportion", [84, 34, 17], 3),
        ("in-proportion", [84, 33.6, 16.8], 3),
        ("too-few-neurons", [84, 35, 18], 2),
        ("too-few-neurons", [84, 35, 18], 1),
        ("fewer-will-do", [84, 35, 18], 4),
        (None, [84, 35], 3),
        (None, [84, 35, 18], 13),
    ],
}
