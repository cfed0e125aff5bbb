"""Answers to chapter 08. Programs are kept as text, so that a wrong one can be told by what is replaced in it."""

from fractions import Fraction
from functools import partial

import numpy as np
import sympy

from bpkit.course.backpropagation import one_fault
from bpkit.nn.examples import small_network

# --- 8.1: rows a^1, z^2, a^2, z^3, a^3, d^3, d^2; columns d^3, dW^3, db^3, d^2, dW^2, db^2

READS = [
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 1, 0, 0],
    [0, 1, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
    [0, 1, 1, 1, 0, 0],
    [0, 0, 0, 0, 1, 1],
]
KEPT = 10 * (784 + 30 + 10)


def reads(**changes):
    """Return the table with entries changed: r4c0=0 is row 4, column 0."""
    table = [list(row) for row in READS]
    for place, value in changes.items():
        row, column = place[1:].split("c")
        table[int(row)][int(column)] = value
    return table


# --- 8.2 and 8.3: one sample


def program(source, *changes):
    """Return what the text defines last, after pieces of it are replaced; each must occur."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in source, old
        source = source.replace(old, new)
    cell = {"np": np}
    exec(source, cell)
    return list(cell.values())[-1]


FORWARD = """
def feedforward(W, b, x):
    z, a = {}, {1: x}
    for l in range(2, max(W) + 1):
        z[l] = W[l] @ a[l - 1] + b[l]
        a[l] = 1 / (1 + np.exp(-z[l]))
    return z, a
"""
forward = partial(program, FORWARD)

FORWARD_LISTS = """
def feedforward(W, b, x):
    zs, activations = [], [x]
    for w, c in zip(W.values(), b.values()):
        zs.append(np.dot(w, activations[-1]) + c)
        activations.append(1.0 / (1.0 + np.exp(-zs[-1])))
    return zs, activations
"""

FORWARD_NUMBERS = """
def feedforward(W, b, x):
    import math
    a, z = {1: list(x)}, {}
    for l in sorted(W):
        z[l] = [sum(W[l][j][k] * a[l - 1][k] for k in range(len(a[l - 1]))) + b[l][j] for j in range(len(b[l]))]
        a[l] = [1 / (1 + math.exp(-number)) for number in z[l]]
    return z, a
"""

FORWARD_RECURSION = """
def feedforward(W, b, x):
    def up_to(l):
        if l == 1:
            return {}, {1: x}
        z, a = up_to(l - 1)
        here = np.einsum("jk,k->j", W[l], a[l - 1]) + b[l]
        return {**z, l: here}, {**a, l: np.exp(here) / (np.exp(here) + 1)}

    return up_to(max(W))
"""

FORWARD_COLUMN = """
def feedforward(W, b, x):
    column = x.reshape(-1, 1)
    z, a = {}, {1: x}
    for l in W:
        augmented = np.vstack([column, [[1.0]]])
        height = np.hstack([W[l], b[l][:, None]]) @ augmented
        column = 0.5 * (1 + np.tanh(height / 2))
        z[l], a[l] = height.ravel(), column[:, 0]
    return [z, a]
"""

FORWARD_COUNTED = """
def feedforward(W, b, x):
    F = max(W)
    z, a = [None] * (F + 1), [None] * (F + 1)
    a[1] = x
    for l in range(2, F + 1):
        z[l] = W[l].dot(a[l - 1]) + b[l]
        a[l] = np.reciprocal(1 + np.exp(-z[l]))
    return z, a
"""

ONE = """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backprop(W, b, x, y):
    F = max(W)
    z, a = {}, {1: x}
    for l in range(2, F + 1):
        z[l] = W[l] @ a[l - 1] + b[l]
        a[l] = sigmoid(z[l])
    d = {F: 2 / len(y) * (a[F] - y) * sigmoid(z[F]) * (1 - sigmoid(z[F]))}
    for l in range(F - 1, 1, -1):
        d[l] = W[l + 1].T @ d[l + 1] * a[l] * (1 - a[l])
    dW = {l: np.outer(d[l], a[l - 1]) for l in W}
    db = {l: d[l] for l in W}
    return dW, db
"""
one = partial(program, ONE)

ONE_IN_NUMBERS = """
def backprop(W, b, x, y):
    import math
    F = max(W)
    a = {1: [float(number) for number in x]}
    for l in range(2, F + 1):
        a[l] = []
        for j in range(len(b[l])):
            total = b[l][j]
            for k in range(len(a[l - 1])):
                total += W[l][j, k] * a[l - 1][k]
            a[l].append(1 / (1 + math.exp(-total)))
    d = {F: [2 / len(y) * (a[F][j] - y[j]) * a[F][j] * (1 - a[F][j]) for j in range(len(y))]}
    for l in range(F - 1, 1, -1):
        d[l] = []
        for k in range(len(a[l])):
            paths = sum(W[l + 1][j, k] * d[l + 1][j] for j in range(len(d[l + 1])))
            d[l].append(paths * a[l][k] * (1 - a[l][k]))
    dW = {l: [[dj * ak for ak in a[l - 1]] for dj in d[l]] for l in W}
    return dW, d
"""

ONE_RECURSIVE = """
def backprop(W, b, x, y):
    def back(l, a):
        # returns what the loss changes by when a changes, and the gradients from layer l on
        if l > max(W):
            return 2 * (a - y) / y.size, [], []
        s = 1 / (1 + np.exp(-(W[l] @ a + b[l])))
        upward, dW, db = back(l + 1, s)
        d = upward * s * (1 - s)
        return d @ W[l], [np.outer(d, a)] + dW, [d] + db

    _, dW, db = back(2, x)
    return dW, db
"""

ONE_PAIRS = """
def backprop(W, b, x, y):
    a = [x]
    for l in sorted(W):
        a.append(1 / (1 + np.exp(-W[l].dot(a[-1]) - b[l])))
    d = (a[-1] - y) * a[-1] * (1 - a[-1]) / (len(y) / 2)
    pairs = []
    for l in sorted(W, reverse=True):
        below = a[l - 2]
        pairs.insert(0, (d[:, np.newaxis] * below, d))
        d = W[l].T.dot(d) * below * (1 - below)
    return pairs
"""

ONE_JACOBIANS = """
def backprop(W, b, x, y):
    layers, a = sorted(W), {1: x}
    for l in layers:
        a[l] = 1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l])))
    row = 2 / len(y) * (a[layers[-1]] - y)[None, :]
    dW, db = {}, {}
    for l in layers[::-1]:
        row = row @ np.diag(a[l] * (1 - a[l]))
        dW[l], db[l] = row.T @ a[l - 1][None, :], row[0]
        row = row @ W[l]
    return dW, db
"""


class Backpropagation:
    """Keeps the activations on the instance; the method is handed in."""

    def forward(self, W, b, x):
        self.a = {1: x}
        for l in W:
            self.a[l] = 1 / (1 + np.exp(-(W[l] @ self.a[l - 1] + b[l])))

    def gradients(self, W, b, x, y):
        self.forward(W, b, x)
        a, F = self.a, max(W)
        d, dW, db = 2 / len(y) * (a[F] - y), {}, {}
        for l in range(F, 1, -1):
            d = d * a[l] * (1 - a[l])
            dW[l], db[l] = np.multiply.outer(d, a[l - 1]), d.copy()
            d = W[l].T @ d
        return dW, db

    __call__ = gradients


def steps_down(gradients, weights, biases, returned, rate=0.1):
    """Return a function that finds the gradients and then does what the texts say."""

    def function(W, b, x, y):
        dW, db = gradients(W, b, x, y)
        names = {"W": W, "b": b, "dW": dW, "db": db, "rate": rate}
        for names["l"] in W:
            exec(weights, names)
            exec(biases, names)
        return eval(returned, names)

    return function


# --- 8.4

w1, w2, w3 = sympy.symbols("dw_1 dw_2 dw_3")
b1, b2, b3 = sympy.symbols("db_1 db_2 db_3")
W_MEAN, B_MEAN = (w1 + w2 + w3) / 3, (b1 + b2 + b3) / 3

# --- 8.5


def loop_total(gradients):
    total = np.zeros(gradients.shape[1:])
    for one in gradients:
        total += one
    return total / gradients.shape[0]


def running_mean(gradients):
    mean = gradients[0] * 0
    for i, one in enumerate(gradients, start=1):
        mean = mean + (one - mean) / i
    return mean


def overwrites(gradients):
    total = 0
    for one in gradients:
        total = one
    return total / len(gradients)


def returns_early(gradients):
    total = 0
    for one in gradients:
        total = total + one
        return total / len(gradients)


def in_place_total(gradients):
    gradients /= len(gradients)
    return gradients.sum(axis=0)


# --- 8.6: N samples

BATCH = """
def backprop_batch(W, b, X, Y):
    F = max(W)
    c, N = Y.shape
    a = {1: X}
    for l in range(2, F + 1):
        a[l] = 1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l][:, None])))
    d = {F: 2 / c * (a[F] - Y) * a[F] * (1 - a[F])}
    for l in range(F - 1, 1, -1):
        d[l] = (W[l + 1].T @ d[l + 1]) * a[l] * (1 - a[l])
    dW = {l: d[l] @ a[l - 1].T / N for l in W}
    db = {l: d[l].mean(axis=1) for l in W}
    return dW, db
"""
batch = partial(program, BATCH)

ROWS = """
def backprop_batch(W, b, X, Y):
    # one sample per row inside
    layers = sorted(W)
    A = [X.T]
    for l in layers:
        A.append(1 / (1 + np.exp(-(A[-1] @ W[l].T + b[l]))))
    D = 2 * (A[-1] - Y.T) * A[-1] * (1 - A[-1]) / Y.size
    dW, db = [], []
    for l in reversed(layers):
        dW.insert(0, D.T @ A[l - 2])
        db.insert(0, D.sum(axis=0))
        D = D @ W[l] * A[l - 2] * (1 - A[l - 2])
    return dW, db
"""

EINSUM = """
def backprop_batch(W, b, X, Y):
    a, F = {1: X}, max(W)
    for l in W:
        a[l] = 1 / (1 + np.exp(-np.einsum("jk,kn->jn", W[l], a[l - 1]) - b[l][:, None]))
    d = {F: np.einsum("jn,jn,jn->jn", a[F] - Y, a[F], 1 - a[F]) * 2 / len(Y)}
    for l in reversed(range(2, F)):
        d[l] = np.einsum("kj,kn,jn->jn", W[l + 1], d[l + 1], a[l] * (1 - a[l]))
    N = X.shape[-1]
    return {l: np.einsum("jn,kn->jk", d[l], a[l - 1]) / N for l in W}, {l: np.einsum("jn->j", d[l]) / N for l in W}
"""

TENSORDOT = """
def backprop_batch(W, b, X, Y):
    a = {1: X}
    for l in sorted(W):
        z = np.tensordot(W[l], a[l - 1], axes=1) + np.expand_dims(b[l], 1)
        a[l] = np.divide(1, np.add(1, np.exp(np.negative(z))))
    d, dW, db = 2 / Y.size * np.subtract(a[max(W)], Y), {}, {}
    for l in sorted(W, reverse=True):
        d = np.multiply(d, a[l] - a[l] ** 2)
        dW[l] = np.tensordot(d, a[l - 1], axes=([1], [1]))
        db[l] = np.add.reduce(d, axis=1)
        d = np.tensordot(W[l], d, axes=([0], [0]))
    return dW, db
"""

AUGMENTED = """
def backprop_batch(W, b, X, Y):
    # the bias is one more column of the weights, and 1 one more activation
    M = {l: np.column_stack([b[l], W[l]]) for l in W}
    ones = np.ones((1, X.shape[1]))
    a = {1: np.vstack([ones, X])}
    for l in sorted(M):
        a[l] = np.vstack([ones, 1 / (1 + np.exp(-M[l] @ a[l - 1]))])
    F = max(M)
    s = a[F][1:]
    d = {F: (s - Y) * s * (1 - s) * (2 / s.size)}
    for l in range(F - 1, 1, -1):
        d[l] = (M[l + 1].T @ d[l + 1] * a[l] * (1 - a[l]))[1:]
    G = {l: d[l] @ a[l - 1].T for l in M}
    return {l: G[l][:, 1:] for l in G}, {l: G[l][:, 0] for l in G}
"""

STACKED = """
def backprop_batch(W, b, X, Y):
    # the gradients of all samples in one array each, and then their mean
    x, y = X.T[:, :, None], Y.T[:, :, None]
    a, F = {1: x}, max(W)
    for l in W:
        a[l] = 1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l][:, None])))
    d = {F: 2 / y.shape[1] * (a[F] - y) * a[F] * (1 - a[F])}
    for l in range(F - 1, 1, -1):
        d[l] = W[l + 1].T @ d[l + 1] * a[l] * (1 - a[l])
    return [(np.mean(d[l] @ a[l - 1].transpose(0, 2, 1), axis=0), d[l].mean(axis=0)[:, 0]) for l in W]
"""

BY_SAMPLE = """
def backprop_batch(W, b, X, Y):
    totals = None
    for x, y in zip(X.T, Y.T):
        a = {1: x}
        for l in W:
            a[l] = 1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l])))
        d = {max(W): 2 / len(y) * (a[max(W)] - y) * a[max(W)] * (1 - a[max(W)])}
        for l in range(max(W) - 1, 1, -1):
            d[l] = W[l + 1].T @ d[l + 1] * a[l] * (1 - a[l])
        these = [np.outer(d[l], a[l - 1]) for l in W], [d[l] for l in W]
        totals = these if totals is None else tuple([p + q for p, q in zip(*both)] for both in zip(totals, these))
    N = X.shape[1]
    return [g / N for g in totals[0]], [g / N for g in totals[1]]
"""

MEASURED = """
def backprop_batch(W, b, X, Y):
    # complex steps: no backward pass at all
    def loss(V, c):
        a = X
        for l in W:
            a = 1 / (1 + np.exp(-(V[l] @ a + c[l][:, None])))
        return np.mean((a - Y) ** 2)

    def slope(array, within, of):
        out = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            moved = array.astype(complex)
            moved[place] += 1e-100j
            out[place] = of(moved).imag / 1e-100
        return out

    return (
        {l: slope(W[l], W, lambda moved: loss({**W, l: moved}, b)) for l in W},
        {l: slope(b[l], b, lambda moved: loss(W, {**b, l: moved})) for l in W},
    )
"""


class Network:
    """Takes the parameters over and keeps them; the bound method `backprop` is handed in."""

    def backprop(self, W, b, X, Y):
        self.W, self.b, self.N = W, b, X.shape[1]
        self.feedforward(X)
        return self.backward(Y)

    def feedforward(self, X):
        self.a = [X]
        for l in self.W:
            self.a.append(self.sigmoid(self.W[l] @ self.a[-1] + self.b[l][:, None]))

    def backward(self, Y):
        out = self.a[-1]
        d = 2 / (len(Y) * self.N) * (out - Y) * out * (1 - out)
        gradients = {}
        for l in sorted(self.W, reverse=True):
            gradients[l] = d @ self.a[l - 2].T, d.sum(1)
            d = self.W[l].T @ d * self.a[l - 2] * (1 - self.a[l - 2])
        return gradients

    @staticmethod
    def sigmoid(z):
        return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def as_named(W, b, X, Y):
    dW, db = batch()(W, b, X, Y)
    return {"dW": dW, "db": db}


def as_counted_lists(W, b, X, Y):
    dW, db = batch()(W, b, X, Y)
    return [None, None, *dW.values()], [None, None, *db.values()]


def as_nested_numbers(W, b, X, Y):
    dW, db = batch()(W, b, X, Y)
    return {l: g.tolist() for l, g in dW.items()}, {l: tuple(g) for l, g in db.items()}


def in_a_default_dict(W, b, X, Y):
    from collections import defaultdict

    dW, db = defaultdict(float), defaultdict(float)
    for x, y in zip(X.T, Y.T, strict=True):
        one_dW, one_db = one()(W, b, x, y)
        for l in W:
            dW[l] += one_dW[l] / X.shape[1]
            db[l] += one_db[l] / X.shape[1]
    return dW, db


def with_numpy_keys(W, b, X, Y):
    dW, db = batch()(W, b, X, Y)
    return {l: dW[l] for l in np.arange(2, max(W) + 1)}, {l: db[l] for l in np.arange(2, max(W) + 1)}


def in_long_doubles(W, b, X, Y):
    return batch()({l: w.astype(np.longdouble) for l, w in W.items()}, b, X, Y)


def remembers():
    """Return a program whose gradients grow from call to call."""
    return program(
        "dW, db = {}, {}\n" + BATCH,
        "    dW = {l: d[l] @ a[l - 1].T / N for l in W}\n    db = {l: d[l].mean(axis=1) for l in W}\n    return dW, db",
        "    for l in W:\n        dW[l] = dW.get(l, 0) + d[l] @ a[l - 1].T / N\n"
        "        db[l] = db.get(l, 0) + d[l].mean(axis=1)\n    return {l: dW[l] for l in W}, {l: db[l] for l in W}",
    )


def averages_all(W, b, X, Y):
    singles = [one()(W, b, x, y) for x, y in zip(X.T, Y.T, strict=True)]
    return tuple({l: np.mean([single[part][l] for single in singles]) for l in W} for part in (0, 1))


# --- 8.7


def unit_steps(f, theta, h):
    return [(f(theta + h * e) - f(theta - h * e)) / (2 * h) for e in np.eye(len(theta))]


def there_and_back(f, theta, h):
    slopes = []
    for i in range(theta.size):
        kept = theta[i]
        theta[i] = kept + h
        above = f(theta)
        theta[i] = kept - h
        below = f(theta)
        theta[i] = kept
        slopes.append((above - below) / h / 2)
    return np.array(slopes)


def on_copies(f, theta, h):
    out = np.empty_like(theta)
    for i, value in enumerate(theta):
        up, down = theta.copy(), theta.copy()
        up[i], down[i] = value + h, value - h
        out[i] = 0.5 * (f(up) / h - f(down) / h)
    return out


def never_back(f, theta, h):
    theta = theta.copy()
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        theta[i] += h
        above = f(theta)
        theta[i] -= 2 * h
        slopes[i] = (above - f(theta)) / (2 * h)
    return slopes


def on_the_array_itself(f, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        theta[i] += h
        above = f(theta)
        theta[i] -= 2 * h
        slopes[i] = (above - f(theta)) / (2 * h)
    return slopes


def along(difference):
    return lambda f, theta, h: np.array([difference(f, theta, h * e, h) for e in np.eye(len(theta))])


def first_only(f, theta, h):
    slopes = np.zeros(len(theta))
    slopes[0] = unit_steps(f, theta, h)[0]
    return slopes


def never_reset(f, theta, h):
    slopes, step = np.zeros(len(theta)), np.zeros(len(theta))
    for i in range(len(theta)):
        step[i] = h
        slopes[i] = (f(theta + step) - f(theta - step)) / (2 * h)
    return slopes


def copies_stay_moved(f, theta, h):
    slopes, up, down = [], theta.copy(), theta.copy()
    for i in range(len(theta)):
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return slopes


def first_slope(f, theta, h):
    for i in range(len(theta)):
        step = np.zeros(len(theta))
        step[i] = h
        return (f(theta + step) - f(theta - step)) / (2 * h)


def richardson(f, theta, h):
    return (4 * np.array(unit_steps(f, theta, h / 2)) - unit_steps(f, theta, h)) / 3


# --- 8.8

SLOPE = float(one_fault.problem().answers[1].expected)
PRINTED = round(float(one_fault.problem().answers[1].mistakes[0].result), 6)

NET_9, X_9, Y_9 = small_network(21)
SLOPES_9 = NET_9.trace([X_9], [Y_9]).dW[3]


def loss_9(step):
    network, x, y = small_network(21)
    network.W[3][0, 1] += step
    return network.loss([x], [y])


STEEP, FAR = float(SLOPES_9[0, 1]), (loss_9(1) - loss_9(-1)) / 2


RIGHT = {
    "8.1": [
        (READS, KEPT),
        (np.array(READS), "10*(784 + 30 + 10)"),
        (np.array(READS, dtype=bool), 8240.0),
        (sympy.Matrix(READS), sympy.Integer(8240)),
        (tuple(map(tuple, READS)), Fraction(8240)),
        (str(READS), "8240"),
        ([[float(entry) for entry in row] for row in READS], r"10 \cdot 824"),
        ([np.array(row) for row in READS], np.int64(8240)),
        ([[bool(entry) for entry in row] for row in READS], 784 * 10 + 30 * 10 + 10 * 10),
    ],
    "8.2": [
        (forward(),),
        (program(FORWARD_LISTS),),
        (program(FORWARD_NUMBERS),),
        (program(FORWARD_RECURSION),),
        (program(FORWARD_COLUMN),),
        (program(FORWARD_COUNTED),),
        (lambda *arguments: forward()(*arguments),),
        (forward("return z, a", "return dict(reversed(z.items())), a"),),
        (forward("return z, a", "return [z, list(a.values())]"),),
        (forward("return z, a", "return {'z': z, 'a': a}"),),
        (forward("return z, a", "from collections import namedtuple\n    return namedtuple('Kept', 'z a')(z, a)"),),
        (forward("W[l] @ a[l - 1]", "np.inner(W[l], a[l - 1])"),),
        (forward("W[l] @ a[l - 1]", "(W[l] * a[l - 1]).sum(axis=1)"),),
    ],
    "8.3": [
        (one(),),
        (program(ONE_IN_NUMBERS),),
        (program(ONE_RECURSIVE),),
        (program(ONE_PAIRS),),
        (program(ONE_JACOBIANS),),
        (Backpropagation().gradients,),
        (Backpropagation(),),
        (one("np.outer(d[l], a[l - 1])", "np.einsum('j,k->jk', d[l], a[l - 1])"),),
        (one("np.outer(d[l], a[l - 1])", "d[l].reshape(-1, 1) * a[l - 1].reshape(1, -1)"),),
        (one("W[l + 1].T @ d[l + 1]", "d[l + 1] @ W[l + 1]"),),
        (one("return dW, db", "return {l: (dW[l], db[l]) for l in W}"),),
        (one("return dW, db", "return list(dW.values()), list(db.values())"),),
        (one("return dW, db", "from collections import namedtuple\n    return namedtuple('G', 'dW db')(dW, db)"),),
        (one("2 / len(y) * (a[F] - y)", "-2 * (y - a[F]) / W[F].shape[0]"),),
    ],
    "8.4": [
        (W_MEAN, B_MEAN),
        ("(dw_1 + dw_2 + dw_3)/3", "(db_1 + db_2 + db_3)/3"),
        ("1/3 dw_1 + 1/3 dw_2 + 1/3 dw_3", "db_1/3 + db_2/3 + db_3/3"),
        (r"\frac{1}{3}(dw_1 + dw_2 + dw_3)", r"\frac{db_1 + db_2 + db_3}{3}"),
        (sum((w1, w2, w3)) / sympy.Integer(3), sympy.Rational(1, 3) * (b1 + b2 + b3)),
        (w1 - (2 * w1 - w2 - w3) / 3, (b1 + b2 + b3) * 3**-1),
        (sympy.expand(W_MEAN), sympy.factor(B_MEAN)),
        ("(dw_3 + dw_1 + dw_2)/(1 + 2)", "3^(-1) * (db_3 + db_2 + db_1)"),
    ],
    "8.5": [
        (lambda g: g.mean(axis=0),),
        (lambda g: np.sum(g, axis=0) / len(g),),
        (loop_total,),
        (running_mean,),
        (lambda g: sum(g) / g.shape[0],),
        (lambda g: np.einsum("i...->...", g) / len(g),),
        (lambda g: np.tensordot(np.full(len(g), 1 / len(g)), g, axes=1),),
        (lambda g: np.average(g, axis=0).tolist(),),
        (lambda g: np.add.reduce(g) / len(g),),
        (lambda g: (g.reshape(len(g), -1).T @ np.ones(len(g)) / len(g)).reshape(g.shape[1:]),),
        (lambda g: list(g.cumsum(axis=0)[-1] / len(g)),),
    ],
    "8.6": [
        (batch(),),
        (program(ROWS),),
        (program(EINSUM),),
        (program(TENSORDOT),),
        (program(AUGMENTED),),
        (program(STACKED),),
        (program(BY_SAMPLE),),
        (program(MEASURED),),
        (Network().backprop,),
        (as_named,),
        (as_counted_lists,),
        (as_nested_numbers,),
        (in_long_doubles,),
        (in_a_default_dict,),
        (with_numpy_keys,),
        (batch("return dW, db", "return dict(sorted(dW.items(), reverse=True)), db"),),
        (batch("return dW, db", "return tuple((dW[l], db[l]) for l in W)"),),
        (batch("    dW =", "    d[F] = d[F].copy()\n    dW ="),),
        (batch("d[l].mean(axis=1)", "d[l] @ np.ones(N) / N"),),
        (batch("2 / c * (a[F] - Y)", "(a[F] - Y) / (0.5 * len(W[F]))"),),
    ],
    "8.7": [
        (unit_steps,),
        (there_and_back,),
        (on_copies,),
        (lambda f, theta, h: unit_steps(f, theta, h),),
        (lambda f, theta, h: tuple(unit_steps(f, theta, h)),),
        (along(lambda f, t, s, h: (f(t + s) - f(t - s)) / (2 * h)),),
        (
            lambda f, theta, h: (
                np.apply_along_axis(lambda s: f(theta + s) - f(theta - s), 1, h * np.eye(len(theta))) / (2 * h)
            ),
        ),
        (
            lambda f, theta, h: (
                np.array([f(row) for row in theta + h * np.eye(theta.size)]) / (2 * h)
                - np.array([f(row) for row in theta - h * np.eye(theta.size)]) / (2 * h)
            ),
        ),
    ],
    "8.8": [
        ("w_23^3", SLOPE),
        (sympy.Symbol("w_23^3"), round(SLOPE, 5)),
        ("w_{23}^3", np.float64(SLOPE)),
        (" w_23^3 ", np.array(SLOPE)),
        (r"w_{23}^{3}", f"{SLOPE:.6f}"),
        ("w_23^3", sympy.Float(SLOPE)),
        ("w_23^3", SLOPE * (1 + 1e-4)),
        ("w_23^3", -0.04402),
        (np.str_("w_23^3"), "-4.4022e-2"),
    ],
    "8.9": [
        ("w_12^3", STEEP, FAR),
        ("w_{12}^3", float(f"{STEEP:.4g}"), float(f"{FAR:.4g}")),
        (sympy.Symbol("w_12^3"), f"{STEEP:.4g}".replace("-", "−"), np.float64(FAR)),
        ("w_12^3", float(f"{STEEP:.3g}"), float(f"{FAR:.3g}")),
        ("w_{12}^{3}", np.array([STEEP]), [FAR]),
    ],
}

WRONG = {
    "8.1": [
        ("slope-not-read", reads(r3c0=0), KEPT),
        ("slope-not-read", reads(r3c0=0, r1c3=0, r2c3=1), KEPT),
        ("slope-not-read", reads(r1c3=0, r2c3=1), KEPT),
        ("slope-not-read", reads(r3c0=0, r1c3=0), KEPT),
        ("loss-slope-not-read", reads(r4c0=0), KEPT),
        ("index-shift", reads(r2c1=0, r4c1=1, r0c4=0, r2c4=1), KEPT),
        ("error-not-carried", reads(r5c3=0), KEPT),
        ("bias-slope", reads(r2c2=1, r0c5=1), KEPT),
        ("input-missing", reads(r2c1=0, r0c4=0), KEPT),
        ("slope-of-another-layer", reads(r1c3=0, r3c3=1), KEPT),
        ("transposed", np.array(READS).T, KEPT),
        ("reads-too-much", np.ones((7, 6)), KEPT),
        ("error-not-read", reads(r5c1=0, r6c4=0), KEPT),
        ("z-for-a", reads(r2c1=0, r1c1=1), KEPT),
        ("all-zeros", np.zeros((7, 6)), KEPT),
        ("one-entry", reads(r6c5=0), KEPT),
        (None, reads(r0c0=1, r1c2=1, r6c0=1), KEPT),
        ("index-shift+slope-not-read", reads(r2c1=0, r4c1=1, r0c4=0, r2c4=1, r3c0=0, r1c3=0, r2c3=1), KEPT),
        ("error-of-another-layer", reads(r6c4=0, r5c4=1, r6c5=0, r5c5=1), KEPT),
        ("input-not-kept", READS, 400),
        ("output-not-kept", READS, 8140),
        ("z-kept", READS, 8640),
        ("z-kept", READS, "10*(784 + 30 + 10 + 30 + 10)"),
        ("one-sample", READS, 824),
        ("weights-counted", READS, 784 * 30 + 30 * 10),
        ("weights-counted", READS, 784 * 30 + 30 * 10 + 40),
        ("input-not-kept+one-sample", READS, 40),
        ("input-not-kept+z-kept", READS, 800),
        (None, READS, 1234),
    ],
    "8.2": [
        ("bias-missing", forward(" + b[l]", "")),
        ("sigma-missing", forward("1 / (1 + np.exp(-z[l]))", "z[l]")),
        ("output-not-activated", forward("1 / (1 + np.exp(-z[l]))", "1 / (1 + np.exp(-z[l])) if l < max(W) else z[l]")),
        ("other-activation", forward("1 / (1 + np.exp(-z[l]))", "np.tanh(z[l])")),
        ("other-activation", forward("1 / (1 + np.exp(-z[l]))", "np.where(z[l] > 0, z[l], 0)")),
        ("exponent-sign", forward("np.exp(-z[l])", "np.exp(z[l])")),
        ("bracket-missing", forward("1 / (1 + np.exp(-z[l]))", "1 / 1 + np.exp(-z[l])")),
        ("z-for-a", forward("@ a[l - 1]", "@ z.get(l - 1, x)")),
        ("fed-with-x", forward("@ a[l - 1]", "@ x")),
        ("indices-swapped", forward("W[l] @ a[l - 1]", "W[l].T @ a[l - 1]")),
        ("indices-swapped", forward("W[l] @ a[l - 1]", "a[l - 1] @ W[l]")),
        ("z-and-a-swapped", forward("return z, a", "return a, z")),
        ("z-and-a-swapped", program(FORWARD_LISTS, "return zs, activations", "return activations, zs")),
        ("input-in-z", forward("z, a = {}, {1: x}", "z, a = {1: x}, {1: x}")),
        ("slope-for-activation", forward("1 / (1 + np.exp(-z[l]))", "np.exp(-z[l]) / (1 + np.exp(-z[l])) ** 2")),
        ("bias-after-sigma", forward(" + b[l]", "", "1 / (1 + np.exp(-z[l]))", "1 / (1 + np.exp(-z[l])) + b[l]")),
        ("bias-after-sigma", forward("1 / (1 + np.exp(-z[l]))", "1 / (1 + np.exp(-W[l] @ a[l - 1])) + b[l]")),
        ("return-in-loop", forward("    return z, a", "        return z, a")),
        ("output-layer-left-out", forward("max(W) + 1", "max(W)")),
        ("depth-fixed", forward("max(W) + 1", "min(max(W), 3) + 1")),
        ("input-row-missing", forward("return z, a", "a.pop(1)\n    return z, a")),
        ("output-only", forward("return z, a", "return a[max(W)]")),
        ("layers-reversed", forward("return z, a", "return list(z.values())[::-1], list(a.values())[::-1]")),
        ("input-squashed", forward("{1: x}", "{1: 1 / (1 + np.exp(-x))}")),
        (
            "sigma-too-early",
            forward(
                "W[l] @ a[l - 1] + b[l]",
                "W[l] @ (1 / (1 + np.exp(-a[l - 1]))) + b[l]",
                "1 / (1 + np.exp(-z[l]))",
                "z[l]",
            ),
        ),
        ("term-sign", forward("+ b[l]", "- b[l]")),
        ("elementwise-for-product", forward("W[l] @ a[l - 1] + b[l]", "W[l] * a[l - 1] + b[l][:, None]")),
        (
            "input-changed",
            forward("z[l] = W[l] @ a[l - 1] + b[l]", "W[l] *= 2\n        z[l] = W[l] @ a[l - 1] / 2 + b[l]"),
        ),
        ("depth-fixed", forward("range(2, max(W) + 1)", "range(2, 4)")),
        (None, forward("+ b[l]", "+ bias[l]")),
        (None, lambda x: x),
    ],
    "8.3": [
        (
            "sigma-for-derivative",
            one("sigmoid(z[F]) * (1 - sigmoid(z[F]))", "sigmoid(z[F])", "a[l] * (1 - a[l])", "a[l]"),
        ),
        (
            "one-minus-sigma",
            one("sigmoid(z[F]) * (1 - sigmoid(z[F]))", "(1 - a[F])", "a[l] * (1 - a[l])", "(1 - a[l])"),
        ),
        ("derivative-of-activation", one("sigmoid(z[F]) * (1 - sigmoid(z[F]))", "sigmoid(a[F]) * (1 - sigmoid(a[F]))")),
        ("argument-for-value", one("a[l] * (1 - a[l])", "z[l] * (1 - z[l])")),
        ("mse-half", one("2 / len(y) * (a[F] - y)", "(a[F] - y)")),
        ("mse-sum", one("2 / len(y) * ", "2 * ")),
        ("mse-mean-of-half", one("2 / len(y) * ", "1 / len(y) * ")),
        ("signs-reversed", one("(a[F] - y)", "(y - a[F])")),
        ("cross-entropy-start", one("2 / len(y) * (a[F] - y) * sigmoid(z[F]) * (1 - sigmoid(z[F]))", "a[F] - y")),
        ("slope-missing-in-output", one(" * sigmoid(z[F]) * (1 - sigmoid(z[F]))", "")),
        ("slope-missing-in-hidden", one(" * a[l] * (1 - a[l])", "")),
        ("transpose-missing", one("W[l + 1].T @ d[l + 1]", "W[l + 1] @ d[l + 1]")),
        ("transpose-missing", one("W[l + 1].T @ d[l + 1]", "d[l + 1] @ W[l + 1].T")),
        ("weights-of-another-layer", one("W[l + 1].T @ d[l + 1]", "W[l].T @ d[l + 1]")),
        ("error-not-carried", one("@ d[l + 1]", "@ d[F]")),
        ("outer-turned", one("np.outer(d[l], a[l - 1])", "np.outer(a[l - 1], d[l])")),
        ("index-shift", one("np.outer(d[l], a[l - 1])", "np.outer(d[l], a[l])")),
        ("z-for-a", one("np.outer(d[l], a[l - 1])", "np.outer(d[l], z.get(l - 1, x))")),
        ("inner-for-outer", one("np.outer(d[l], a[l - 1])", "d[l] @ a[l - 1]")),
        ("entrywise-for-outer", one("np.outer(d[l], a[l - 1])", "d[l] * a[l - 1]")),
        (
            "matrix-product",
            one("W[l + 1].T @ d[l + 1] * a[l] * (1 - a[l])", "W[l + 1].T @ d[l + 1] @ (a[l] * (1 - a[l]))"),
        ),
        ("slope-of-another-layer", one("a[l] * (1 - a[l])", "a[l - 1] * (1 - a[l - 1])")),
        ("bias-slope", one("db = {l: d[l]", "db = {l: d[l] * a[l]")),
        ("bias-as-column", one("db = {l: d[l]", "db = {l: d[l][:, None]")),
        ("bias-one-scalar", one("db = {l: d[l]", "db = {l: d[l].sum()")),
        ("bias-gradient-missing", one("db = {l: d[l]", "db = {l: 0 * d[l]")),
        ("layers-reversed", one("return dW, db", "return list(dW.values())[::-1], list(db.values())[::-1]")),
        ("results-swapped", one("return dW, db", "return db, dW")),
        ("layer-shift", one("dW = {l:", "dW = {l - 1:", "db = {l:", "db = {l - 1:")),
        ("stops-at-output", one("for l in W}\n    db = {l: d[l] for l in W}", "for l in [F]}\n    db = {F: d[F]}")),
        ("depth-fixed", one("F = max(W)", "F = 3")),
        ("depth-fixed", one("range(F - 1, 1, -1)", "(2,)")),
        ("depth-fixed", one("range(F - 1, 1, -1)", "(3, 2)")),
        ("layers-upwards", one("range(F - 1, 1, -1)", "range(2, F)")),
        ("layers-upwards", one("range(F - 1, 1, -1)", "((2,) if F >= 3 else ())")),
        ("output-error-again", one("range(F - 1, 1, -1)", "range(F, 1, -1)")),
        ("first-hidden-left-out", one("range(F - 1, 1, -1)", "range(F - 1, 2, -1)")),
        (
            "first-hidden-left-out",
            one(
                *("range(F - 1, 1, -1)", "range(F - 1, 2, -1)"),
                *("a[l - 1]) for l in W}\n    db = {l: d[l] for l in W}", "a[l - 1]) for l in d}\n    db = d"),
            ),
        ),
        ("size-fixed", one("2 / len(y)", "2 / 3")),
        ("loss-for-slope", one("2 / len(y) * (a[F] - y)", "np.mean((a[F] - y) ** 2)")),
        (
            "slope-not-carried",
            one(
                *(" * sigmoid(z[F]) * (1 - sigmoid(z[F]))", "", " * a[l] * (1 - a[l])", ""),
                *(
                    "np.outer(d[l], a",
                    "np.outer(d[l] * a[l] * (1 - a[l]), a",
                    "{l: d[l] for",
                    "{l: d[l] * a[l] * (1 - a[l]) for",
                ),
            ),
        ),
        ("parameters-returned", steps_down(one(), "W[l] -= rate * dW[l]", "b[l] -= rate * db[l]", "W, b")),
        ("parameters-returned", steps_down(one(), "W[l] = W[l] - rate * dW[l]", "b[l] = b[l] - rate * db[l]", "W, b")),
        (
            "parameters-returned",
            steps_down(one(), "dW[l] = W[l] - rate * dW[l]", "db[l] = b[l] - rate * db[l]", "dW, db"),
        ),
        (
            "depth-fixed",
            one("for l in W}\n    db = {l: d[l] for l in W}", "for l in (2, 3)}\n    db = {l: d[l] for l in (2, 3)}"),
        ),
        ("output-not-activated", one("a[l] = sigmoid(z[l])", "a[l] = sigmoid(z[l]) if l < F else z[l]")),
        ("mse-half+outer-turned", one("2 / len(y) * ", "", "np.outer(d[l], a[l - 1])", "np.outer(a[l - 1], d[l])")),
        (
            "slope-missing-in-hidden+transpose-missing",
            one("W[l + 1].T @ d[l + 1] * a[l] * (1 - a[l])", "W[l + 1] @ d[l + 1]"),
        ),
        ("input-changed", one("    d = {F", "    W[F] -= 0\n    W[2] += 1\n    d = {F")),
        (
            "stale-gradients",
            program(
                "seen = []\n" + ONE,
                "2 / len(y)",
                "(2 + len(seen)) / len(y)",
                "    F = max(W)",
                "    seen.append(1)\n    F = max(W)",
                "(2 + len(seen))",
                "(1 + len(seen))",
            ),
        ),
        (None, one("W[l + 1].T @ d[l + 1]", "W[l + 1].T @ D[l + 1]")),
        (None, one("a[l] * (1 - a[l])", "a[l] * (1 - a[l]) ** 2")),
        (None, lambda x, y: (x, y)),
    ],
    "8.4": [
        ("sum-over-samples", w1 + w2 + w3, b1 + b2 + b3),
        ("sum-over-samples", 3 * W_MEAN, B_MEAN),
        ("averaged-again", W_MEAN / 3, B_MEAN / 3),
        ("one-sample", w3, b3),
        ("one-sample", w1 / 3, b1 / 3),
        ("bracket-missing", "dw_1 + dw_2 + dw_3/3", "db_1 + db_2 + db_3/3"),
        ("bracket-missing", "1/3 dw_1 + dw_2 + dw_3", "1/3 db_1 + db_2 + db_3"),
        ("sample-count-off", "(dw_1 + dw_2 + dw_3)/2", "(db_1 + db_2 + db_3)/2"),
        ("sum-and-product", w1 * w2 * w3, b1 * b2 * b3),
        ("answers-swapped", B_MEAN, W_MEAN),
        ("other-slopes", B_MEAN, B_MEAN),
        ("other-slopes", W_MEAN, W_MEAN),
        ("sample-left-out", (w1 + w2) / 3, B_MEAN),
        ("sample-left-out", (w1 + w2) / 2, (b1 + b2) / 2),
        ("rounded", "0.333*(dw_1 + dw_2 + dw_3)", B_MEAN),
        ("rounded", "0.3333333333*(dw_1 + dw_2 + dw_3)", B_MEAN),
        ("rounded", "0.333333*dw_1 + 0.333333*dw_2 + 0.333333*dw_3", B_MEAN),
        ("factor-inverted", 3 * (w1 + w2 + w3), 3 * (b1 + b2 + b3)),
        ("term-sign", (w1 + w2 - w3) / 3, B_MEAN),
        ("all-zeros", 0, 0),
        ("sign", -W_MEAN, -B_MEAN),
        ("squares-added", (w1**2 + w2**2 + w3**2) / 3, B_MEAN),
        (None, W_MEAN + w1 * w2, B_MEAN),
    ],
    "8.5": [
        ("sum-over-samples", lambda g: g.sum(axis=0)),
        ("averaged-again", lambda g: g.mean(axis=0) / len(g)),
        ("wrong-stack-axis", lambda g: g.mean(axis=1)),
        ("wrong-stack-axis", lambda g: g.mean(axis=-1)),
        ("parameters-averaged", lambda g: g.mean()),
        ("parameters-averaged", lambda g: g.sum() / len(g)),
        ("parameters-for-samples", lambda g: g.mean(axis=tuple(range(1, g.ndim)))),
        ("parameters-for-samples", lambda g: np.array([one.sum() for one in g])),
        ("one-sample", lambda g: g[-1]),
        ("one-sample", lambda g: g[0]),
        ("one-sample", overwrites),
        ("one-sample", returns_early),
        ("sample-count-off", lambda g: g.sum(axis=0) / (len(g) - 1)),
        ("samples-miscounted", lambda g: g.sum(axis=0) / g.shape[1]),
        ("samples-miscounted", lambda g: g.sum(axis=0) / g.size),
        ("samples-apart", lambda g: g / len(g)),
        ("size-fixed", lambda g: g.sum(axis=0) / 4),
        ("size-fixed", lambda g: (g[0] + g[1] + g[2] + g[3]) / 4),
        ("middle-for-mean", lambda g: np.median(g, axis=0)),
        ("last-sample-missing", lambda g: sum(g[i] for i in range(1, len(g))) / len(g)),
        ("input-changed", in_place_total),
        ("all-zeros", lambda g: 0 * g[0]),
        ("sign", lambda g: -g.mean(axis=0)),
        ("constant-factor", lambda g: g.mean(axis=0) / 2),
        ("squares-added", lambda g: (g**2).mean(axis=0)),
        (None, lambda g: np.sort(g, axis=0)[0]),
        ("transposed", lambda g: g.mean(axis=0).T),
    ],
    "8.6": [
        ("sigma-for-derivative", batch("* a[F] * (1 - a[F])", "* a[F]", "* a[l] * (1 - a[l])", "* a[l]")),
        ("sigma-for-derivative", batch("* a[l] * (1 - a[l])", "* a[l]")),
        ("sigma-one-plus", batch("(1 - a[F])", "(1 + a[F])", "(1 - a[l])", "(1 + a[l])")),
        ("tanh-slope", batch("a[l] * (1 - a[l])", "(1 - a[l] ** 2)", "a[F] * (1 - a[F])", "(1 - a[F] ** 2)")),
        ("mse-half", batch("2 / c * (a", "(a")),
        ("mse-sum", batch("2 / c", "2")),
        ("mse-samples", batch("2 / c", "2 / N")),
        ("mse-mean-of-half", batch("2 / c", "1 / c")),
        ("averaged-again", batch("2 / c", "2 / (c * N)")),
        ("signs-reversed", batch("(a[F] - Y)", "(Y - a[F])")),
        ("target-dropped", batch("(a[F] - Y)", "a[F]")),
        ("cross-entropy-start", batch("2 / c * (a[F] - Y) * a[F] * (1 - a[F])", "a[F] - Y")),
        ("slope-missing-in-output", batch("(a[F] - Y) * a[F] * (1 - a[F])", "(a[F] - Y)")),
        ("slope-missing-in-hidden", batch(" * a[l] * (1 - a[l])", "")),
        ("slope-of-another-layer", batch("a[l] * (1 - a[l])", "a[l - 1] * (1 - a[l - 1])")),
        ("transpose-missing", batch("W[l + 1].T @", "W[l + 1] @")),
        ("weights-of-another-layer", batch("W[l + 1].T @", "W[l].T @")),
        ("error-not-carried", batch("@ d[l + 1]", "@ d[F]")),
        ("link-weight-missing", batch("(W[l + 1].T @ d[l + 1])", "d[l + 1]")),
        ("outer-turned", batch("d[l] @ a[l - 1].T", "a[l - 1] @ d[l].T")),
        ("index-shift", batch("@ a[l - 1].T", "@ a[l].T")),
        ("fed-with-x", batch("d[l] @ a[l - 1].T", "d[l] @ X.T")),
        (
            "matrix-product",
            batch("(W[l + 1].T @ d[l + 1]) * a[l] * (1 - a[l])", "W[l + 1].T @ d[l + 1] @ (a[l] * (1 - a[l]))"),
        ),
        ("entrywise-for-outer", batch("d[l] @ a[l - 1].T / N", "(d[l] * a[l - 1]).mean(axis=1)")),
        ("means-multiplied", batch("d[l] @ a[l - 1].T / N", "np.outer(d[l].mean(1), a[l - 1].mean(1))")),
        ("bias-one-scalar", batch("d[l].mean(axis=1)", "d[l].mean()")),
        ("bias-one-scalar", batch("d[l].mean(axis=1)", "d[l].sum() / N")),
        ("averaged-again", batch("d[l].mean(axis=1)", "d[l].mean(axis=1) / N")),
        ("bias-wrong-axis", batch("d[l].mean(axis=1)", "d[l].mean(axis=0)")),
        ("bias-as-column", batch("d[l].mean(axis=1)", "d[l].mean(axis=1, keepdims=True)")),
        ("one-sample", batch("d[l].mean(axis=1)", "d[l][:, -1]")),
        ("samples-apart", batch("d[l].mean(axis=1)", "d[l]")),
        ("bias-slope", batch("d[l].mean(axis=1)", "d[l].mean(axis=1) * b[l]")),
        ("sum-over-samples", batch(" / N for", " for", "mean(axis=1)", "sum(axis=1)")),
        ("sum-over-samples", batch("mean(axis=1)", "sum(axis=1)")),
        ("sum-over-samples", batch(" / N for", " for")),
        ("samples-miscounted", batch(" / N for", " / c for", "mean(axis=1)", "sum(axis=1) / c")),
        ("one-sample", program(BY_SAMPLE, "these if totals is None else tuple", "these if True else tuple")),
        (
            "one-sample",
            program(BY_SAMPLE, "these if totals is None else tuple", "these if totals is None else totals or tuple"),
        ),
        ("mse-half", program(ROWS, "2 * (A[-1] - Y.T)", "(A[-1] - Y.T)", "/ Y.size", "/ len(X.T)")),
        ("bias-missing", batch(" + b[l][:, None]", "")),
        (
            "output-not-activated",
            batch(
                "    d = {F: 2 / c * (a[F] - Y) * a[F] * (1 - a[F])}",
                "    a[F] = W[F] @ a[F - 1] + b[F][:, None]\n    d = {F: 2 / c * (a[F] - Y)}",
            ),
        ),
        ("stale-gradients", remembers()),
        ("depth-fixed", batch("range(F - 1, 1, -1)", "(2,)")),
        ("layers-upwards", batch("range(F - 1, 1, -1)", "range(2, F)")),
        ("one-sample-function", one()),
        ("one-sample-function", one("np.outer(d[l], a[l - 1])", "d[l][:, None] * a[l - 1]")),
        ("parameters-averaged", averages_all),
        ("parameters-returned", steps_down(batch(), "W[l] -= rate * dW[l]", "b[l] -= rate * db[l]", "W, b")),
        (
            "parameters-returned",
            steps_down(batch(), "dW[l] = W[l] - rate * dW[l]", "db[l] = b[l] - rate * db[l]", "dW, db", rate=0.5),
        ),
        (
            "stops-at-output",
            batch(
                "dW = {l: d[l] @ a[l - 1].T / N for l in W}",
                "dW = {F: d[F] @ a[F - 1].T / N}",
                "db = {l: d[l].mean(axis=1) for l in W}",
                "db = {F: d[F].mean(axis=1)}",
            ),
        ),
        ("results-swapped", batch("return dW, db", "return db, dW")),
        ("rows-for-columns", lambda W, b, X, Y: batch()(W, b, X.T, Y.T)),
        (
            "outer-turned",
            program(STACKED, "d[l] @ a[l - 1].transpose(0, 2, 1)", "a[l - 1] @ d[l].transpose(0, 2, 1)"),
        ),
        ("rows-for-columns", program(ROWS, "[X.T]", "[X]", "Y.T", "Y")),
        ("outer-derivative-dropped", batch("2 / c * (a[F] - Y) * a", "a")),
        ("averaged-again", batch("* a[l] * (1 - a[l])", "* a[l] * (1 - a[l]) / N")),
        ("mse-half+sum-over-samples", batch("2 / c * (a", "(a", " / N for", " for", "mean(axis=1)", "sum(axis=1)")),
        ("signs-reversed+slope-missing-in-hidden", batch("(a[F] - Y)", "(Y - a[F])", " * a[l] * (1 - a[l])", "")),
        ("mse-sum+transpose-missing", batch("2 / c", "2", "W[l + 1].T @", "W[l + 1] @")),
        ("input-changed", batch("    dW =", "    W[2] -= 0.1\n    dW =")),
        ("input-changed", batch("    F = max(W)", "    F = max(W)\n    X -= 1\n    X += 1.5")),
        ("all-zeros", batch("return dW, db", "return {l: 0 * dW[l] for l in W}, {l: 0 * db[l] for l in W}")),
        ("constant-factor", batch("2 / c", "8 / c")),
        (None, batch("2 / c * (a[F] - Y)", "2 / c * (a[F] - Y) ** 3")),
        ("bias-along-samples", batch("b[l][:, None]", "b[l]")),
        (None, batch("    F = max(W)", "    F = max(weights)")),
    ],
    "8.7": [
        ("one-sided-difference", along(lambda f, t, s, h: (f(t + s) - f(t)) / h)),
        ("one-sided-difference", along(lambda f, t, s, h: (f(t) - f(t - s)) / h)),
        ("step-counted-once", along(lambda f, t, s, h: (f(t + s) - f(t - s)) / h)),
        ("bracket-missing", along(lambda f, t, s, h: (f(t + s) - f(t - s)) / 2 * h)),
        ("step-not-divided", along(lambda f, t, s, h: f(t + s) - f(t - s))),
        ("all-moved", lambda f, theta, h: (f(theta + h) - f(theta - h)) / (2 * h)),
        ("all-moved", lambda f, theta, h: np.array([(f(theta + h) - f(theta - h)) / (2 * h) for _ in theta])),
        ("step-left-behind", never_back),
        ("input-changed+step-left-behind", on_the_array_itself),
        ("step-ignored", lambda f, theta, h: unit_steps(f, theta, 1e-5)),
        ("step-ignored", lambda f, theta, h: unit_steps(f, theta, h / 2)),
        ("step-ignored", lambda f, theta, h: unit_steps(f, theta, 2 * h)),
        ("step-ignored", richardson),
        ("half-counted", along(lambda f, t, s, h: (f(t + s / 2) - f(t - s / 2)) / (2 * h))),
        ("step-counted-once", along(lambda f, t, s, h: (f(t + s / 2) - f(t - s / 2)) / (h / 2))),
        ("unit-step", along(lambda f, t, s, h: (f(t + s / h) - f(t - s / h)) / (2 * h))),
        ("unit-step", along(lambda f, t, s, h: (f(t + s / h) - f(t - s / h)) / 2)),
        ("step-left-behind", never_reset),
        ("step-left-behind", copies_stay_moved),
        ("return-in-loop", first_slope),
        ("half-counted", along(lambda f, t, s, h: (f(t + s) - f(t)) / (2 * h))),
        ("sign", along(lambda f, t, s, h: (f(t - s) - f(t + s)) / (2 * h))),
        ("term-sign", along(lambda f, t, s, h: (f(t + s) + f(t - s)) / (2 * h))),
        ("all-zeros", lambda f, theta, h: 0 * theta),
        ("order-reversed", lambda f, theta, h: unit_steps(f, theta, h)[::-1]),
        ("entry-alone", along(lambda f, t, s, h: (f(s) - f(-s)) / (2 * h))),
        ("return-in-loop", first_only),
        (None, lambda f, theta, h: np.outer(unit_steps(f, theta, h), np.ones(2))),
    ],
    "8.8": [
        ("indices-swapped", "w_32^3", SLOPE),
        ("counted-from-zero", "w_12^3", SLOPE),
        ("layer-shift", "w_23^2", SLOPE),
        ("printed-slope-right", "w_13^3", SLOPE),
        ("printed-slope-right", "b_2^3", SLOPE),
        ("printed-slope", "w_23^3", PRINTED),
        ("sum-over-samples", "w_23^3", 4 * SLOPE),
        ("points-swapped", "w_23^3", -SLOPE),
        ("no-such-parameter", "w_24^3", SLOPE),
        ("no-such-parameter", "w_33^3", SLOPE),
        ("no-such-parameter", "b_3^3", SLOPE),
        ("number-for-name", 23, SLOPE),
        ("number-for-name", SLOPE, "w_23^3"),
        ("rounded", "w_23^3", -0.0440),
        (None, "w_23^3", -0.04401),
        (None, "w_23^3", -0.04407),
        ("indices-swapped", "w_32^3", 4 * SLOPE),
        ("all-zeros", "w_23^3", 0),
        (None, "w_23^3", 0.25),
    ],
    "8.9": [
        ("indices-swapped", "w_21^3", STEEP, FAR),
        ("layer-shift", "w_12^2", STEEP, FAR),
        ("bias-for-weight", "b_1^3", STEEP, FAR),
        ("sign-counts", "w_22^3", STEEP, FAR),
        ("largest-weight", "w_41^2", STEEP, FAR),
        ("less-steep", "w_13^3", STEEP, FAR),
        ("no-such-parameter", "w_33^3", STEEP, FAR),
        ("number-for-name", STEEP, STEEP, FAR),
        ("sign", "w_12^3", -STEEP, FAR),
        ("answers-swapped", "w_12^3", FAR, STEEP),
        ("slope-for-far", "w_12^3", STEEP, STEEP),
        ("h-still-far", "w_12^3", FAR, FAR),
        ("weight-for-slope", "w_12^3", float(NET_9.W[3][0, 1]), FAR),
        ("slope-of-another", "w_12^3", float(SLOPES_9[0, 0]), FAR),
        ("points-swapped", "w_12^3", STEEP, -FAR),
        ("one-sided-difference", "w_12^3", STEEP, loss_9(1) - loss_9(0)),
        ("step-counted-once", "w_12^3", STEEP, 2 * FAR),
        ("loss-for-slope", "w_12^3", STEEP, loss_9(-1)),
        ("other-distance", "w_12^3", STEEP, (loss_9(2) - loss_9(-2)) / 4),
        ("too-few-digits", "w_12^3", round(STEEP, 2), FAR),
        (None, "w_12^3", STEEP, 7.5),
    ],
}
