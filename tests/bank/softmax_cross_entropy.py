import math

import numpy as np
import sympy
from sympy import Float, Matrix, diag, diff, exp, log, symbols

from bpkit.nn import sigmoid, softmax, softmax_jacobian

D, h, O = symbols("D h O")
z1, z2, z3, y1, y2, y3, p1, p2, p3 = symbols("z1:4 y1:4 p1:4")
z, y, S = symbols("z y S")
Z, Y, P = Matrix([z1, z2, z3]), Matrix([y1, y2, y3]), Matrix([p1, p2, p3])
SUM = exp(z1) + exp(z2) + exp(z3)
SOFTMAX = Z.applyfunc(lambda z: exp(z) / SUM)
SHAPES = [(h, D), (h,), (h,), (h,), (O, h), (O,), (O,), (O,)]
NUMBERS = h * D + h + O * h + O


# 6.2


def in_two_lines(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def in_a_loop(z):
    top = max(z)
    powers = [math.exp(score - top) for score in z]
    total = sum(powers)
    return [power / total for power in powers]


def through_logarithms(z):
    m = z.max()
    return np.exp(z - m - np.log(np.sum(np.exp(z - m))))


def one_by_one(z):
    out = np.zeros_like(z)
    for i in range(len(z)):
        out[i] = 1 / np.sum(np.exp(np.minimum(z - z[i], 700)))
    return out


def sorted_first(z):
    top = np.sort(z)[-1]
    return np.exp(z - top) / np.exp(z - top).sum(axis=0, keepdims=True)


def shifts_its_input(z):
    z -= z.max()
    return np.exp(z) / np.exp(z).sum()


def overflowing_loop(z):
    total = 0
    for score in z:
        total += np.exp(score)
    return np.array([np.exp(score) / total for score in z])


# 6.4


def jacobian_loop(p):
    K = len(p)
    J = np.empty((K, K))
    for i in range(K):
        for j in range(K):
            J[i, j] = p[i] * ((i == j) - p[j])
    return J


def jacobian_cases(p):
    return [[p[i] * (1 - p[i]) if i == j else -p[i] * p[j] for j in range(len(p))] for i in range(len(p))]


def filled_diagonal(p):
    J = -np.outer(p, p)
    J[np.diag_indices(len(p))] += p
    return J


def on_the_diagonal_only(p):
    J = np.zeros((len(p), len(p)))
    for i in range(len(p)):
        J[i, i] = p[i] * (1 - p[i])
    return J


def plus_off_the_diagonal(p):
    return [[p[i] * (1 - p[i]) if i == j else p[i] * p[j] for j in range(len(p))] for i in range(len(p))]


# 6.6, in code


def masked(p, y):
    return -np.sum(y * np.log(np.where(y > 0, p, 1.0)))


def loss_loop(p, y):
    total = 0.0
    for p_i, y_i in zip(p, y, strict=True):
        if y_i != 0:
            total -= y_i * math.log(p_i)
    return total


def nan_to_zero(p, y):
    terms = [y_i * np.log(p_i) if y_i else 0 for p_i, y_i in zip(p, y, strict=True)]
    return -sum(terms)


def tiny_added(p, y):
    return -np.sum(y * np.log(p + 1e-300))


def logs_of_logits(z, y):
    m = np.max(z)
    return -np.sum(y * (z - m - np.log(np.sum(np.exp(z - m)))))


def by_logaddexp(z, y):
    return np.logaddexp.reduce(z) - np.dot(y, z)


def shifted_loop(z, y):
    m = max(z)
    total = sum(math.exp(score - m) for score in z)
    return m + math.log(total) - sum(a * b for a, b in zip(y, z, strict=True))


def shifted_all(z, y):
    z = z - z.max()
    return np.log(np.exp(z).sum()) - (y * z).sum()


def plain(p, y):
    return -np.sum(y * np.log(p))


def clipped(p, y):
    return -np.sum(y * np.log(np.clip(p, 1e-12, 1)))


def stable(z, y):
    return np.logaddexp.reduce(z) - y @ z


# 6.5

START = "-y1*log(e^z1/S) - y2*log(e^z2/S) - y3*log(e^z3/S)"
APART = "-y1*(z1 - log(S)) - y2*(z2 - log(S)) - y3*(z3 - log(S))"
COLLECTED = "(y1 + y2 + y3)*log(S) - y1*z1 - y2*z2 - y3*z3"
LOG_SUM_EXP = "log(S) - y1*z1 - y2*z2 - y3*z3"
SCORED = y1 * z1 + y2 * z2 + y3 * z3

# 6.8

BY_P = ["-y1/p1", "-y2/p2", "-y3/p3"]
PATHS = "dL_dp1*dp1_dz1 + dL_dp2*dp2_dz1 + dL_dp3*dp3_dz1"
IN_LATEX = " + ".join(
    rf"\frac{{\partial L}}{{\partial p_{i}}} \frac{{\partial p_{{{i}}}}}{{\partial z_1}}" for i in (1, 2, 3)
)
PUT_IN = "-y1/p1*p1*(1 - p1) + y2/p2*p2*p1 + y3/p3*p3*p1"
SHORT = "-y1*(1 - p1) + y2*p1 + y3*p1"
WAY = ["dL_dz1", PATHS, PUT_IN, SHORT, "p1*(y1 + y2 + y3) - y1", "p1 - y1"]

# 6.10

a1, a2, a3, w11, w12, w13, w21, w22, w23, w31, w32 = symbols("a1:4 w11:14 w21:24 w31 w32")
e1, e2, e3 = symbols("e1:4")
E, A, W2 = Matrix([e1, e2, e3]), Matrix([a1, a2]), Matrix([[w11, w12], [w21, w22], [w31, w32]])
DW2, DB2, SHARED2, DA1 = E * A.T, E, e1 + e2 + e3, W2.T * E
IN_TEXT = (
    [["e1 a1", "e1 a2"], ["e2 a1", "e2 a2"], ["e3 a1", "e3 a2"]],
    ["e1", "e2", "e3"],
    "e1 + e2 + e3",
    ["w11 e1 + w21 e2 + w31 e3", "w12 e1 + w22 e2 + w32 e3"],
)


# 6.11

g1, g2, g3, d1, d2, d3, x1, x2 = symbols("g1:4 d1:4 x1:3")
G, X, W1 = Matrix([g1, g2, g3]), Matrix([x1, x2]), Matrix([[w11, w12], [w21, w22], [w31, w32]])
d = Matrix([d1, d2, d3])
SIGMA = [1 / (1 + exp(-z_i)) for z_i in Z]
FULL = Matrix([G[i] * SIGMA[i] * (1 - SIGMA[i]) for i in range(3)])
DZ1 = ["g1 sigma'(z1)", "g2 sigma'(z2)", "g3 sigma'(z3)"]
DW1, DB1, DX = d * X.T, ["d1", "d2", "d3"], W1.T * d
REST = (DW1, DB1, DX)

# 6.12


def softened(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def there(X, W1, b1, W2, b2):
    Z1 = W1 @ X + b1
    A1 = 1 / (1 + np.exp(-Z1))
    Z2 = W2 @ A1 + b2
    return Z1, A1, Z2, softened(Z2)


def back(X, y, W1, b1, W2, b2):
    _, A1, _, A2 = there(X, W1, b1, W2, b2)
    dZ2 = A2 - y
    dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
    return np.outer(dZ1, X), dZ1, np.outer(dZ2, A1), dZ2, W1.T @ dZ1


def there_as_columns(X, W1, b1, W2, b2):
    Z1 = np.dot(W1, X[:, None]) + b1[:, None]
    A1 = sigmoid(Z1)
    Z2 = np.dot(W2, A1) + b2[:, None]
    return [array[:, 0] for array in (Z1, A1, Z2, softmax(Z2))]


def there_in_loops(X, W1, b1, W2, b2):
    Z1 = [sum(w * x for w, x in zip(row, X, strict=True)) + b for row, b in zip(W1, b1, strict=True)]
    A1 = [1 / (1 + math.exp(-s)) for s in Z1]
    Z2 = [sum(w * a for w, a in zip(row, A1, strict=True)) + b for row, b in zip(W2, b2, strict=True)]
    e = [math.exp(s - max(Z2)) for s in Z2]
    return tuple(map(np.array, (Z1, A1, Z2, [v / sum(e) for v in e])))


def back_einsum(X, y, W1, b1, W2, b2):
    A1, A2 = there(X, W1, b1, W2, b2)[1::2]
    e = A2 - y
    g = np.einsum("ij,i->j", W2, e)
    d = g * (A1 - A1**2)
    return np.einsum("i,j->ij", d, X), d, np.einsum("i,j->ij", e, A1), e, np.einsum("ij,i->j", W1, d)


def back_through_jacobians(X, y, W1, b1, W2, b2):
    Z1, A1, _, p = there(X, W1, b1, W2, b2)
    e = p * y.sum() - y
    d = np.diag(sigmoid.df(Z1)) @ (e @ W2)
    return d[:, None] * X, d.copy(), e[:, None] * A1[None, :], e.copy(), d @ W1


def back_as_rows(X, y, W1, b1, W2, b2):
    _, A1, _, A2 = there_as_columns(X, W1, b1, W2, b2)
    e = (A2 - y)[None, :]
    d = (e @ W2) * A1 * (1 - A1)
    return d.T @ X[None, :], d[0], e.T @ A1[None, :], e[0], (d @ W1)[0]


def back_in_loops(X, y, W1, b1, W2, b2):
    _, A1, _, A2 = there(X, W1, b1, W2, b2)
    e = [p - t for p, t in zip(A2, y, strict=True)]
    g = [sum(W2[i, j] * e[i] for i in range(len(e))) for j in range(len(A1))]
    d = [g[j] * A1[j] * (1 - A1[j]) for j in range(len(A1))]
    dX = [sum(W1[j, k] * d[j] for j in range(len(d))) for k in range(len(X))]
    return [[d_j * x for x in X] for d_j in d], d, [[e_i * a for a in A1] for e_i in e], e, dX


def changed(change):
    """Return the backward pass with something else in one place."""

    def run(X, y, W1, b1, W2, b2, *, of=change):
        Z1, A1, Z2, A2 = there(X, W1, b1, W2, b2)
        use = {"e": A2 - y, "slope": A1 * (1 - A1), "fed": A1, "in": X, "back": W2.T, "down": W1.T}
        use |= of(use, locals())
        d = (use["back"] @ use["e"]) * use["slope"]
        return np.outer(d, use["in"]), d, np.outer(use["e"], use["fed"]), use["e"], use["down"] @ d

    return lambda X, y, W1, b1, W2, b2: run(X, y, W1, b1, W2, b2)


def with_biases(join):
    def run(X, y, W1, b1, W2, b2):
        dW1, db1, dW2, db2, dX = back(X, y, W1, b1, W2, b2)
        return dW1, join(db1), dW2, join(db2), dX

    return run


def input_before_slope(X, y, W1, b1, W2, b2):
    dW1, db1, dW2, db2, _ = back(X, y, W1, b1, W2, b2)
    return dW1, db1, dW2, db2, W1.T @ (W2.T @ db2)


def long_way(X, y, W1, b1, W2, b2):
    Z1, A1, _, p = there(X, W1, b1, W2, b2)
    e = softmax_jacobian(W2 @ A1 + b2).T @ (-y / p)
    d = (W2.T @ e) * sigmoid.df(Z1)
    return np.outer(d, X), d, np.outer(e, A1), e, W1.T @ d


def unstable(z):
    return np.exp(z) / np.exp(z).sum()


def as_objects(results):
    array = np.empty(len(results), dtype=object)
    for place, result in enumerate(results):
        array[place] = result
    return array


def back_with(output):
    def run(X, y, W1, b1, W2, b2):
        _, A1, Z2, _ = there(X, W1, b1, W2, b2)
        e = output(Z2) - y
        d = (W2.T @ e) * A1 * (1 - A1)
        return np.outer(d, X), d, np.outer(e, A1), e, W1.T @ d

    return run


def bias_without_slope(X, y, W1, b1, W2, b2):
    dW1, _, dW2, db2, dX = back(X, y, W1, b1, W2, b2)
    return dW1, W2.T @ db2, dW2, db2, dX


def turned(X, y, W1, b1, W2, b2):
    dW1, db1, dW2, db2, dX = back(X, y, W1, b1, W2, b2)
    return dW1.T, db1, dW2.T, db2, dX


# 6.13


def sloping(output, logits=None):
    def run(x, w, label):
        p = output(w @ x if logits is None else logits)
        return np.outer(p - np.eye(len(w))[label], x)

    return run


def slopes(x, w, label):
    p = softened(w @ x)
    p[label] -= 1
    return p[:, None] * x


def slopes_by_class(x, w, label):
    p = softened(w @ x)
    return np.array([(p[k] - (1 if k == label else 0)) * x for k in range(len(w))])


def slopes_einsum(x, w, label):
    return np.einsum("k,j->kj", softened(w.dot(x)) - (np.arange(len(w)) == label), x)


def slopes_filled(x, w, label):
    out = np.zeros_like(w)
    p = softened(x @ w.T)
    for k in range(w.shape[0]):
        out[k] = p[k] * x
    out[label] -= x
    return out


# 6.14: solved without the explorer

STEERED = np.array([0.8, 2, 1.2, -0.8])
T_SURE = min(np.arange(0.3, 0.5, 1e-5), key=lambda T: abs(softmax(STEERED / T).max() - 0.9))
OTHERS = np.exp(STEERED[[0, 1, 3]]).sum()


def logit_for(p, T=1.0):
    """Return the logit of class 2 that gives it the probability p."""
    return T * math.log(p / (1 - p) * np.exp(STEERED[[0, 1, 3]] / T).sum())


Z_LABEL = logit_for(math.exp(-0.1))


RIGHT = {
    "6.1": [
        (SHAPES, NUMBERS),
        ([[h, D], h, h, h, [O, h], O, O, O], "D h + h + h O + O"),
        (["h, D", "h", "h", "h", "O, h", "O", "O", "O"], "h(D+1) + O(h+1)"),
        (["(h, D)", "(h,)", "(h,)", "(h,)", "(O, h)", "(O,)", "(O,)", "(O,)"], "h*(D + O + 1) + O"),
        (["h×D", "h×1", "h×1", "h×1", "O×h", "O×1", "O×1", "O×1"], r"h \cdot D + h + O \cdot h + O"),
        ([("h", "D"), ("h", 1), ("h", 1), ("h", 1), ("O", "h"), ("O", 1), ("O", 1), ("O", 1)], NUMBERS),
        ((["h", "D"], ["h"], ["h"], ["h"], ["O", "h"], ["O"], ["O"], ["O"]), sympy.expand(NUMBERS)),
        ([r"h \times D", "h", "h", "h", r"O \times h", "O", "O", "O"], NUMBERS),
        (["h by D", "h by 1", "h", "h", "O by h", "O by 1", "O", "O"], NUMBERS),
        ("[[h, D], [h], [h], [h], [O, h], [O], [O], [O]]", "O + O h + h + h D"),
    ],
    "6.2": [
        (in_two_lines,),
        (in_a_loop,),
        (through_logarithms,),
        (one_by_one,),
        (sorted_first,),
        (lambda z: softmax(z),),
        (lambda z: np.exp(z - z.max()) / sum(np.exp(z - z.max())),),
        (lambda z: np.exp(z - np.logaddexp.reduce(z)),),
    ],
    "6.3": [
        ([[1 - p1, -p2, -p3], [-p1, 1 - p2, -p3], [-p1, -p2, 1 - p3]], diag(p1, p2, p3) - P * P.T),
        (
            [["1-p1", "-p2", "-p3"], ["-p1", "1-p2", "-p3"], ["-p1", "-p2", "1-p3"]],
            [["p1(1-p1)", "-p1 p2", "-p1 p3"], ["-p2 p1", "p2(1-p2)", "-p2 p3"], ["-p3 p1", "-p3 p2", "p3(1-p3)"]],
        ),
        (
            [["p2+p3", "-p2", "-p3"], ["-p1", "p1+p3", "-p3"], ["-p1", "-p2", "p1+p2"]],
            [["p1(p2+p3)", "-p1 p2", "-p1 p3"], ["-p1 p2", "p2-p2^2", "-p2 p3"], ["-p1 p3", "-p2 p3", "p3-p3**2"]],
        ),
        (SOFTMAX.applyfunc(log).jacobian(Z), SOFTMAX.jacobian(Z)),
        (
            sympy.eye(3) - sympy.ones(3, 1) * P.T,
            [
                [p1 * (int(i == j)) - p1 * p for j, p in enumerate(P)]
                if i == 0
                else [P[i] * (int(i == j)) - P[i] * p for j, p in enumerate(P)]
                for i in range(3)
            ],
        ),
        (
            [["1-p_1", "-p_2", "-p_3"], ["-p_1", "1-p_2", "-p_3"], ["-p_1", "-p_2", "1-p_3"]],
            np.array(
                [[p1 - p1**2, -p1 * p2, -p1 * p3], [-p1 * p2, p2 - p2**2, -p2 * p3], [-p1 * p3, -p2 * p3, p3 - p3**2]]
            ),
        ),
    ],
    "6.4": [
        (lambda p: np.diag(p) - np.outer(p, p),),
        (jacobian_loop,),
        (jacobian_cases,),
        (filled_diagonal,),
        (lambda p: (np.eye(len(p)) - p) * p[:, None],),
        (lambda p: np.diag(p) - np.einsum("i,j->ij", p, p),),
        (lambda p: np.diag(p) @ (np.eye(len(p)) - p[None, :]),),
        (lambda p: np.diagflat(p) - p[:, None] @ p[None, :],),
    ],
    "6.5": [
        ([START, APART, COLLECTED, LOG_SUM_EXP],),
        ([START, APART, LOG_SUM_EXP],),
        ([START, "-[y1*(z1 - log(S)) + y2*(z2 - log(S)) + y3*[z3 - log(S)]]", LOG_SUM_EXP],),
        ([APART, COLLECTED, LOG_SUM_EXP],),
        ([START, "y1(log S - z1) + y2(log S - z2) + y3(log S - z3)", COLLECTED, "ln(S) - (y1 z1 + y2 z2 + y3 z3)"],),
        ("\n".join([START, APART, COLLECTED, LOG_SUM_EXP]),),
        (
            [
                -sum(y_i * log(exp(z_i) / S) for y_i, z_i in zip(Y, Z, strict=True)),
                sum(y_i * (log(S) - z_i) for y_i, z_i in zip(Y, Z, strict=True)),
                log(S) - SCORED,
            ],
        ),
        (
            [
                START,
                "-y1*(log(e^z1) - log(S)) - y2*(log(e^z2) - log(S)) - y3*(log(e^z3) - log(S))",
                "-y1*z1 - y2*z2 - y3*z3 + y1*log(S) + y2*log(S) + y3*log(S)",
                "log(e^z1 + e^z2 + e^z3) - y1 z1 - y2 z2 - y3 z3",
            ],
        ),
        ([r"-y_1\ln\frac{e^{z_1}}{S}-y_2\ln\frac{e^{z_2}}{S}-y_3\ln\frac{e^{z_3}}{S}", APART, LOG_SUM_EXP],),
    ],
    "6.6": [
        (masked, logs_of_logits),
        (loss_loop, by_logaddexp),
        (nan_to_zero, shifted_loop),
        (tiny_added, shifted_all),
        (lambda p, y: -np.log(p[y > 0]) @ y[y > 0], stable),
        (
            lambda p, y: -np.sum(np.log(p, where=y > 0, out=np.zeros_like(p)) * y),
            lambda z, y: y @ (np.logaddexp.reduce(z) - z),
        ),
        (lambda p, y: np.sum(np.where(y > 0, y * np.log(1 / np.where(y > 0, p, 1)), 0)), by_logaddexp),
    ],
    "6.7": [
        (p2 - y2, p2 * (y1 + y2 + y3) - y2),
        ("p2 - y2", "p2(y1+y2+y3) - y2"),
        ("e^z2/S - y2", "(y1+y2+y3) e^z2/S - y2"),
        ("e^z2/(e^z1+e^z2+e^z3) - y2", "p2*y1 + p2*y2 + p2*y3 - y2"),
        (diff(log(SUM) - SCORED, z2), diff(-sum(y_i * log(p) for y_i, p in zip(Y, SOFTMAX, strict=True)), z2)),
        (r"p_2 - y_2", r"p_2 (y_1 + y_2 + y_3) - y_2"),
        ("-(y2 - p2)", "-y2(1-p2) + y1 p2 + y3 p2"),
        (r"\frac{e^{z_2}}{S} - y_2", r"-y_2 + p_2 y_1 + p_2 y_2 + p_2 y_3"),
    ],
    "6.8": [
        (BY_P, WAY),
        ([-y1 / p1, -y2 / p2, -y3 / p3], ["dL_dz1", PATHS, PUT_IN, "p1 - y1"]),
        (Matrix([-y1 / p1, -y2 / p2, -y3 / p3]), ["dL_dz1", PATHS, SHORT, "p1 - y1"]),
        ("[-y1/p1, -y2/p2, -y3/p3]", "\n".join(WAY)),
        (BY_P, ["dL_dz1", "dp1_dz1 dL_dp1 + dp2_dz1 dL_dp2 + dp3_dz1 dL_dp3", "-y1 + p1(y1+y2+y3)", "-y1 + p1"]),
        (
            BY_P,
            [
                symbols("dL_dz1"),
                sum(symbols(f"dL_dp{i}") * symbols(f"dp{i}_dz1") for i in (1, 2, 3)),
                p1 * (y1 + y2 + y3) - y1,
                p1 - y1,
            ],
        ),
        ([r"-\frac{y_1}{p_1}", r"-\frac{y_2}{p_2}", r"-\frac{y_3}{p_3}"], WAY),
        ([["-y1/p1", "-y2/p2", "-y3/p3"]], ["dL_dz1", PATHS, "p1(1 - y1) - y1 + y1 p1", "p1 - y1"]),
        (BY_P, [r"\frac{\partial L}{\partial z_1}", IN_LATEX, "-y_1(1-p_1) + y_2 p_1 + y_3 p_1", "p_1 - y_1"]),
        (BY_P, ["∂L/∂z_1", "∂L/∂p_1 ∂p_1/∂z_1 + ∂L/∂p_2 ∂p_2/∂z_1 + ∂L/∂p_3 ∂p_3/∂z_1", SHORT, "p1 - y1"]),
        (BY_P, "\n".join(["∂L/∂z1", "∂L/∂p1*∂p1/∂z1 + ∂L/∂p2*∂p2/∂z1 + ∂L/∂p3*∂p3/∂z1", "-[y1 - p1]", "p1 - y1"])),
    ],
    "6.9": [
        (z1 - z2,),
        ("z1 - z2",),
        ("-(z2 - z1)",),
        ("log(e^z1/e^z2)",),
        ("ln(e^(z1 - z2))",),
        ("z_1 - z_2",),
        (r"z_1 - z_2",),
        (-z2 + z1,),
    ],
    "6.10": [
        IN_TEXT,
        (DW2, DB2, SHARED2, DA1),
        (DW2.tolist(), list(DB2), sum(E), list(DA1)),
        (DW2, DB2.T, "e3 + e1 + e2", DA1.T),
        (
            [[r"e_1 a_1", r"e_1 \cdot a_2"], ["a_1 e_2", "a_2 e_2"], ["a_1 e_3", "a_2 e_3"]],
            ["e_1", "e_2", "e_3"],
            r"e_1 + e_2 + e_3",
            ["w_{11} e_1 + w_{21} e_2 + w_{31} e_3", "w_12 e_1 + w_22 e_2 + w_32 e_3"],
        ),
        (
            "[[e1*a1, e1*a2], [e2*a1, e2*a2], [e3*a1, e3*a2]]",
            "[e1, e2, e3]",
            "(e1 + e2) + e3",
            [E.dot(W2.col(0)), E.dot(W2.col(1))],
        ),
        (np.array(DW2.tolist()), np.array(list(DB2)), SHARED2, np.array(list(DA1))),
        (E * A.T, [["e1"], ["e2"], ["e3"]], "e1+e2+e3", (E.T * W2).tolist()),
    ],
    "6.11": [
        (DZ1, *REST),
        (FULL, FULL * X.T, FULL, W1.T * FULL),
        (
            ["g1 a1 (1-a1)", "g2 a2 (1-a2)", "g3 (a3 - a3^2)"],
            [["d1 x1", "d1 x2"], ["d2 x1", "d2 x2"], ["d3 x1", "d3 x2"]],
            ["d_1", "d_2", "d_3"],
            ["w11 d1 + w21 d2 + w31 d3", "w12 d1 + w22 d2 + w32 d3"],
        ),
        (["g1*sigma(z1)*(1-sigma(z1))", "g2 σ'(z2)", "g3 σ(z3)(1-σ(z3))"], DW1.tolist(), d, list(DX)),
        (["sigma'(z1) g1", "sigma'(z2) g2", "sigma'(z3) g3"], DW1, DZ1, DX.T),
        (["g1 e^(-z1)/(1+e^(-z1))^2", "g2 e^(-z2)/(1+e^(-z2))^2", "g3 e^(-z3)/(1+e^(-z3))^2"], *REST),
        ([["g1 σ'(z1)"], ["g2 σ'(z2)"], ["g3 σ'(z3)"]], DW1, ["g1 a1(1-a1)", "d2", "d3"], DX),
    ],
    "6.12": [
        (there, back),
        (there_as_columns, back_einsum),
        (there_in_loops, back_through_jacobians),
        (lambda X, W1, b1, W2, b2: list(there(X, W1, b1, W2, b2)), back_as_rows),
        (lambda *given: there(*given), back_in_loops),
        (lambda *given: as_objects(there(*given)), lambda *given: as_objects(back(*given))),
        (
            lambda X, W1, b1, W2, b2: (
                W1 @ X + b1,
                sigmoid(W1 @ X + b1),
                W2 @ sigmoid(W1 @ X + b1) + b2,
                softmax(W2 @ sigmoid(W1 @ X + b1) + b2),
            ),
            lambda *given: list(back(*given)),
        ),
    ],
    "6.13": [
        (slopes,),
        (slopes_by_class,),
        (slopes_einsum,),
        (slopes_filled,),
        (lambda x, w, label: np.outer(softmax(w @ x) - np.eye(len(w))[label], x),),
        (lambda x, w, label: slopes(x, w, label).tolist(),),
        (lambda x, w, label: (softened((w * x).sum(axis=1)) - np.eye(len(w))[label])[:, None] @ x[None, :],),
    ],
    "6.14": [
        (T_SURE, Z_LABEL),
        (0.33, 4.56),
        ("0.32", "4.56"),
        (round(T_SURE, 4), round(Z_LABEL, 4)),
        (np.float64(T_SURE), np.array([Z_LABEL])),
        (Float(T_SURE), Float(Z_LABEL)),
        ("0.326", "log(10.0639259 e^(-0.1)/(1 - e^(-0.1)))"),
    ],
}


def shapes_with(**changes):
    return [changes.get(f"at{i}", shape) for i, shape in enumerate(SHAPES)]


def flat_jacobian(of):
    return [[of(i, j) for j in range(3)] for i in range(3)]


LOGP = RIGHT["6.3"][0][0]
JAC = RIGHT["6.3"][0][1]
OK5 = stable
FORWARD_OK = there


def forward_with(**use):
    """Return the forward pass with other functions in it."""

    def run(X, W1, b1, W2, b2):
        Z1 = use.get("first", lambda W, a, b: W @ a + b)(W1, X, b1)
        A1 = use.get("hidden", lambda z: 1 / (1 + np.exp(-z)))(Z1)
        Z2 = use.get("second", lambda W, a, b: W @ a + b)(W2, A1, b2)
        return Z1, A1, Z2, use.get("output", softened)(Z2)

    return run


WRONG = {
    "6.1": [
        ("pairs-turned", shapes_with(at0=(D, h), at4=(h, O)), NUMBERS),
        ("pairs-turned", shapes_with(at0=(D, h)), NUMBERS),
        ("pairs-turned", shapes_with(at4=("h", "O")), NUMBERS),
        ("bias-of-sender", shapes_with(at1=(D,), at5=(h,)), NUMBERS),
        ("one-shared-bias", shapes_with(at1=1, at5=1), NUMBERS),
        ("length-of-input", shapes_with(at2=D, at3=D, at6=h, at7=h), NUMBERS),
        ("length-of-input", shapes_with(at6=h, at7=h), NUMBERS),
        ("vector-for-matrix", shapes_with(at0="h", at4="O"), NUMBERS),
        (None, shapes_with(at1=(h, h), at5=(O, O)), NUMBERS),
        ("row-vectors", ["h, D", "1, h", "1, h", "1, h", "O, h", "1, O", "1, O", "1, O"], NUMBERS),
        ("row-vectors", shapes_with(at1=(1, h), at5=(1, O)), NUMBERS),
        (None, SHAPES[:7], NUMBERS),
        ("order-reversed", SHAPES[::-1], NUMBERS),
        ("biases-left-out", SHAPES, h * D + O * h),
        ("layer-uncounted", SHAPES, "h D + h"),
        ("one-shared-bias", SHAPES, "h D + O h + 2"),
        ("neurons-for-parameters", SHAPES, "D + h + O"),
        ("input-has-no-bias", SHAPES, "h D + O h + D + h + O"),
        ("sum-and-product", SHAPES, "h + D + O + h"),
        ("layers-multiplied", SHAPES, "h D O h"),
        ("bias-of-sender", SHAPES, "h D + D + O h + h"),
    ],
    "6.2": [
        ("other-normaliser", lambda z: np.exp(z - z.max()) / len(z)),
        ("exponential-missing", lambda z: z**2 / np.sum(z**2)),
        ("index-for-probabilities", lambda z: np.argmax(z)),
        ("wrong-shift", lambda z: np.exp(z - 1000) / np.exp(z - 1000).sum()),
        ("rounded", lambda z: softened(z).round(3)),
        ("not-stable", lambda z: np.exp(z) / np.exp(z).sum()),
        ("not-stable", overflowing_loop),
        ("not-stable", lambda z: [math.exp(s) / sum(math.exp(t) for t in z) for s in z]),
        ("input-changed", shifts_its_input),
        ("normaliser-missing", lambda z: np.exp(z - max(z))),
        ("normaliser-missing", lambda z: np.exp(z)),
        ("exponential-missing", lambda z: z / np.sum(z)),
        ("hardmax", lambda z: (np.arange(len(z)) == np.argmax(z)).astype(float)),
        ("sigmoid-for-softmax", lambda z: 1 / (1 + np.exp(-z))),
        ("logarithm-too-many", lambda z: z - np.logaddexp.reduce(z)),
        ("other-exponential", lambda z: 2.0 ** (z - z.max()) / np.sum(2.0 ** (z - z.max()))),
        ("shift-on-one-side", lambda z: np.exp(z - z.max()) / np.exp(z).sum()),
        ("wrong-shift", lambda z: softened(z / z.max())),
        ("wrong-shift", lambda z: np.exp(z - z.mean()) / np.exp(z - z.mean()).sum()),
        ("scores-cut-off", lambda z: np.exp(np.clip(z, -500, 500)) / np.exp(np.clip(z, -500, 500)).sum()),
        ("other-normaliser", lambda z: np.exp(z - z.max()) / np.linalg.norm(np.exp(z - z.max()))),
        ("other-normaliser", lambda z: np.exp(z - z.max()) / np.mean(np.exp(z - z.max()))),
        ("exponent-sign", lambda z: softened(-z)),
        ("order-reversed", lambda z: softened(z)[::-1]),
        ("own-score-left-out", lambda z: np.exp(z) / (np.exp(z).sum() - np.exp(z))),
        (None, lambda z: softened(z) + 0.01 * np.arange(len(z))),
    ],
    "6.3": [
        ("one-over-p", flat_jacobian(lambda i, j: 1 / P[i]), JAC),
        ("one-over-p", diag(1 / p1, 1 / p2, 1 / p3), JAC),
        ("normaliser-fixed", sympy.eye(3), JAC),
        ("off-diagonal-missing", diag(1 - p1, 1 - p2, 1 - p3), JAC),
        ("delta-everywhere", flat_jacobian(lambda i, j: 1 - P[j]), JAC),
        ("delta-missing", flat_jacobian(lambda i, j: -P[j]), JAC),
        ("off-diagonal-sign", flat_jacobian(lambda i, j: 1 - P[j] if i == j else P[j]), JAC),
        ("row-index-for-column", Matrix(LOGP).T, JAC),
        ("slope-of-p", JAC, JAC),
        ("off-diagonal-missing", LOGP, diag(p1 * (1 - p1), p2 * (1 - p2), p3 * (1 - p3))),
        ("off-diagonal-sign", LOGP, flat_jacobian(lambda i, j: P[i] * (1 - P[i]) if i == j else P[i] * P[j])),
        ("delta-missing", LOGP, -P * P.T),
        ("normaliser-fixed", LOGP, diag(p1, p2, p3)),
        ("slope-of-log", LOGP, LOGP),
        ("delta-everywhere", LOGP, flat_jacobian(lambda i, j: P[i] * (1 - P[j]))),
        ("diagonal-entry-not-squared", LOGP, sympy.eye(3) - P * P.T),
        ("squares-only", LOGP, flat_jacobian(lambda i, j: (P[i] if i == j else 0) - P[i] ** 2)),
        ("sign", LOGP, P * P.T - diag(p1, p2, p3)),
        ("diagonal-of-log", LOGP, flat_jacobian(lambda i, j: 1 - P[i] if i == j else -P[i] * P[j])),
        ("diagonal-entry-not-squared", LOGP, flat_jacobian(lambda i, j: 1 if i == j else -P[i] * P[j])),
        ("one-entry", LOGP, flat_jacobian(lambda i, j: JAC[i, j] + (i == 0) * (j == 2) * p3)),
        (None, LOGP, [[0.2, -0.1, -0.1], [-0.1, 0.2, -0.1], [-0.1, -0.1, 0.2]]),
    ],
    "6.4": [
        ("squares-only", lambda p: p * (np.eye(len(p)) - p)),
        ("delta-everywhere", lambda p: np.outer(p, 1 - p)),
        (None, lambda p: np.diag(1 / p) - np.outer(p, p)),
        ("off-diagonal-missing", on_the_diagonal_only),
        ("off-diagonal-missing", lambda p: p * (1 - p)),
        ("off-diagonal-missing", lambda p: np.diag(p * (1 - p))),
        ("off-diagonal-sign", plus_off_the_diagonal),
        ("delta-missing", lambda p: -np.outer(p, p)),
        ("delta-everywhere", lambda p: p[:, None] * (1 - p[None, :])),
        ("normaliser-fixed", lambda p: np.diag(p)),
        ("one-number-for-all-pairs", lambda p: np.diag(p) - p @ p),
        ("one-number-for-all-pairs", lambda p: np.diag(p) - np.dot(p, p.T)),
        ("squares-only", lambda p: np.diag(p) - p**2),
        ("slope-of-log", lambda p: np.eye(len(p)) - p),
        ("diagonal-of-log", lambda p: np.diag(1 - p) - (np.outer(p, p) - np.diag(p * p))),
        ("diagonal-entry-not-squared", lambda p: np.where(np.eye(len(p)) > 0, 1, -np.outer(p, p))),
        ("slope-of-log+transposed", lambda p: np.eye(len(p)) - p[:, None]),
        ("diagonal-entry-not-squared", lambda p: np.eye(len(p)) - np.outer(p, p)),
        ("term-sign", lambda p: np.diag(p) + np.outer(p, p)),
        ("sign", lambda p: np.outer(p, p) - np.diag(p)),
        ("softmax-twice", lambda p: softmax_jacobian(p)),
        ("flattened", lambda p: (np.diag(p) - np.outer(p, p)).ravel()),
        (None, lambda p: np.diag(p) - 0.9 * np.outer(p, p)),
    ],
    "6.5": [
        ("minus-not-carried", [START, APART, "-log(S) - y1*z1 - y2*z2 - y3*z3"]),
        ("logarithm-missing", [START, "-y1*(z1 - S) - y2*(z2 - S) - y3*(z3 - S)"]),
        ("targets-unused", [START, APART, "log(S) - (y1+y2+y3)*(z1+z2+z3)"]),
        ("log-of-quotient", [START, "-y1*z1/log(S) - y2*z2/log(S) - y3*z3/log(S)", LOG_SUM_EXP]),
        ("minus-not-carried", [START, "-y1*z1 - log(S) - y2*z2 - y3*z3"]),
        ("normaliser-counted", [START, APART, "3*log(S) - y1*z1 - y2*z2 - y3*z3"]),
        ("log-of-sum-split", [START, APART, COLLECTED, "z1 + z2 + z3 - y1*z1 - y2*z2 - y3*z3"]),
        ("score-term-sign", [START, APART, "log(S) + y1*z1 + y2*z2 + y3*z3"]),
        ("normaliser-missing", [START, "-y1*z1 - y2*z2 - y3*z3"]),
        ("logarithm-missing", [START, APART, "S - y1*z1 - y2*z2 - y3*z3"]),
        ("exponential-kept", [START, "log(S) - y1*e^z1 - y2*e^z2 - y3*e^z3"]),
        ("score-term-missing", [START, APART, COLLECTED, "log(S)"]),
        ("log-of-product", [START, "-y1*z1*log(S) - y2*z2*log(S) - y3*z3*log(S)"]),
        ("targets-unused", [START, APART, "log(S) - z1 - z2 - z3"]),
        ("targets-unused", [START, "-(z1 - log(S)) - (z2 - log(S)) - (z3 - log(S))", LOG_SUM_EXP]),
        ("step-missing", [LOG_SUM_EXP]),
        ("not-finished", [START, APART, COLLECTED]),
        ("not-finished", [START]),
        ("step-missing", [START, LOG_SUM_EXP]),
        ("backwards", [LOG_SUM_EXP, COLLECTED, APART, START]),
        ("wrong-line", [START, "-y1*(z1 - log(S)) - y2*(z2 - log(S))", LOG_SUM_EXP]),
        ("wrong-line", [START, "-y1*(z1 - log(S)) - y2*(z2 - log(S)) - y3*(z3 - S)", LOG_SUM_EXP]),
    ],
    "6.6": [
        ("size-fixed", lambda p, y: masked(p[:3], y[:3]), OK5),
        ("size-fixed", lambda p, y: masked(p[:4], y[:4]), OK5),
        ("zero-times-log", lambda p, y: -np.log(p[y > 0]).sum() if (y == 1).any() else plain(p, y), OK5),
        ("wrong-shift", masked, lambda z, y: z[0] + np.log(np.exp(z - z[0]).sum()) - y @ z),
        ("wrong-shift", masked, lambda z, y: z.mean() + np.log(np.exp(z - z.mean()).sum()) - y @ z),
        ("wrong-shift", masked, lambda z, y: abs(z).max() + np.log(np.exp(z - abs(z).max()).sum()) - y @ z),
        ("size-fixed", masked, lambda z, y: stable(z[:3], y[:3])),
        ("size-fixed", masked, lambda z, y: stable(z[:4], y[:4])),
        ("maximum-twice", masked, lambda z, y: np.logaddexp.reduce(z) - y @ (z - z.max())),
        ("scores-cut-off", masked, lambda z, y: np.log(np.exp(np.clip(z, -500, 500)).sum()) - y @ z),
        ("scores-cut-off", masked, lambda z, y: stable(np.clip(z, -700, 700), y)),
        (None, lambda p, y: -np.sum((1 - y) * np.log(1 - p)), OK5),
        (None, lambda p, y: -np.max(y * np.log(p)), OK5),
        ("only-the-likeliest", masked, lambda z, y: -np.log(softened(z)[np.argmax(y)])),
        ("zero-times-log", plain, OK5),
        ("zero-times-log", lambda p, y: sum(-y_i * np.log(p_i) for p_i, y_i in zip(p, y, strict=True)), OK5),
        ("log-clipped", clipped, OK5),
        ("log-clipped", lambda p, y: -np.sum(y * np.log(p + 1e-9)), OK5),
        ("sign", lambda p, y: -masked(p, y), OK5),
        ("only-the-likeliest", lambda p, y: -np.log(p[np.argmax(y)]), OK5),
        ("most-probable", lambda p, y: -np.log(p.max()), OK5),
        ("classes-averaged", lambda p, y: masked(p, y) / len(p), OK5),
        ("classes-averaged", lambda p, y: -np.mean(y * np.log(p)), OK5),
        ("other-base", lambda p, y: masked(p, y) / np.log(2), OK5),
        ("other-base", lambda p, y: -np.sum(y * np.log10(p)), OK5),
        ("logarithm-missing", lambda p, y: -np.sum(y * p), OK5),
        ("mse-for-cross-entropy", lambda p, y: np.sum((p - y) ** 2), OK5),
        ("log-of-sum", lambda p, y: -np.log(np.dot(p, y)), OK5),
        ("roles-swapped", lambda p, y: -np.sum(p * np.log(y)), OK5),
        ("other-classes", lambda p, y: -np.sum(np.log(p)), OK5),
        ("outputs-apart", lambda p, y: [-t * np.log(q) if t else 0.0 for q, t in zip(p, y, strict=True)], OK5),
        ("not-stable", masked, lambda z, y: plain(softened(z), y)),
        ("not-stable", masked, lambda z, y: np.log(np.exp(z).sum()) - y @ z),
        ("not-stable", masked, lambda z, y: masked(softened(z), y)),
        ("maximum-lost", masked, lambda z, y: np.log(np.exp(z - z.max()).sum()) - y @ z),
        ("log-clipped", masked, lambda z, y: plain(softened(z) + 1e-12, y)),
        ("logits-for-probabilities", masked, lambda z, y: -(y * z).sum()),
        ("score-term-missing", masked, lambda z, y: np.logaddexp.reduce(z)),
        ("score-term-sign", masked, lambda z, y: np.logaddexp.reduce(z) + y @ z),
        ("sign", masked, lambda z, y: y @ z - np.logaddexp.reduce(z)),
        ("gradient-for-loss", masked, lambda z, y: softened(z) - y),
        ("classes-averaged", masked, lambda z, y: stable(z, y) / len(z)),
    ],
    "6.7": [
        (None, "p2(1-y2)", "p2(y1+y2+y3) - y2"),
        ("constant-factor", "2(p2-y2)", "p2(y1+y2+y3) - y2"),
        ("one-taken-from-all", "p2 - 1", "p2(y1+y2+y3) - y2"),
        ("every-target", "p1+p2+p3 - y1-y2-y3", "p2(y1+y2+y3) - y2"),
        (None, "p2 - y2", "(p2-y2)(y1+y2+y3)"),
        ("error-reversed", "y2 - p2", "p2(y1+y2+y3) - y2"),
        ("softmax-slope-extra", "(p2-y2) p2 (1-p2)", "p2(y1+y2+y3) - y2"),
        ("stopped-at-probability", "-y2/p2", "p2(y1+y2+y3) - y2"),
        ("path-missing", "-y2(1-p2)", "p2(y1+y2+y3) - y2"),
        ("targets-unused", "p2", "p2(y1+y2+y3) - y2"),
        ("normaliser-missing", "e^z2 - y2", "p2(y1+y2+y3) - y2"),
        ("logits-for-probabilities", "z2 - y2", "p2(y1+y2+y3) - y2"),
        ("inner-derivative-dropped", "1/S - y2", "p2(y1+y2+y3) - y2"),
        ("wrong-neuron", "p1 - y2", "p2(y1+y2+y3) - y2"),
        ("term-itself", "p2 - y2 z2", "p2(y1+y2+y3) - y2"),
        ("not-differentiated", "log(S) - y1 z1 - y2 z2 - y3 z3", "p2(y1+y2+y3) - y2"),
        ("term-sign", "p2 + y2", "p2(y1+y2+y3) - y2"),
        ("targets-taken-as-shares", "p2 - y2", "p2 - y2"),
        ("normaliser-weighted", "p2(y1+y2+y3) - y2", "p2(y1+y2+y3) - y2"),
        (None, "p2 - (1-y1-y3)", "p2(y1+y2+y3) - y2"),
        ("path-missing", "p2 - y2", "-y2 (1 - p2)"),
        ("error-reversed", "p2 - y2", "y2 - p2(y1+y2+y3)"),
        ("normaliser-counted", "p2 - y2", "3 p2 - y2"),
        ("stopped-at-probability", "p2 - y2", "-y2/p2"),
        ("normaliser-fixed", "p2 - y2", "-y2"),
        (None, "p2 - y2", "p2 (y1 + y3)^2 - y2"),
    ],
    "6.8": [
        ("sign", ["y1/p1", "y2/p2", "y3/p3"], WAY),
        ("targets-unused", ["-1/p1", "-1/p2", "-1/p3"], WAY),
        ("not-differentiated", ["-y1 ln p1", "-y2 ln p2", "-y3 ln p3"], WAY),
        ("slope-by-score", ["p1-y1", "p2-y2", "p3-y3"], WAY),
        ("factor-inverted", ["-p1/y1", "-p2/y2", "-p3/y3"], WAY),
        ("power-slip", ["-y1/p1^2", "-y2/p2^2", "-y3/p3^2"], WAY),
        ("binary-for-several", ["-y1/p1 + (1-y1)/(1-p1)", "-y2/p2 + (1-y2)/(1-p2)", "-y3/p3 + (1-y3)/(1-p3)"], WAY),
        ("sum-for-component", ["-y1/p1 - y2/p2 - y3/p3"] * 3, WAY),
        ("path-missing", BY_P, ["dL_dz1", PATHS, "-y1*(1 - p1)", "p1 - y1"]),
        ("off-diagonal-sign", BY_P, ["dL_dz1", PATHS, "-y1*(1-p1) - y2*p1 - y3*p1", "p1 - y1"]),
        ("path-missing", BY_P, ["dL_dz1", "dL_dp1*dp1_dz1", "p1 - y1"]),
        ("error-reversed", BY_P, ["dL_dz1", PATHS, PUT_IN, "y1 - p1"]),
        ("normaliser-fixed", BY_P, ["dL_dz1", PATHS, "-y1"]),
        ("delta-missing", BY_P, ["dL_dz1", PATHS, "y1*p1 + y2*p1 + y3*p1"]),
        ("paths-not-shown", BY_P, ["dL_dz1", SHORT, "p1 - y1"]),
        ("not-finished", BY_P, ["dL_dz1", PATHS, PUT_IN]),
        ("not-finished", BY_P, ["dL_dz1"]),
        ("slopes-added", BY_P, ["dL_dz1", "dL_dp1 + dp1_dz1 + dL_dp2 + dp2_dz1 + dL_dp3 + dp3_dz1", "p1 - y1"]),
        ("normaliser-counted", BY_P, ["dL_dz1", PATHS, PUT_IN, "3*p1 - y1"]),
        ("wrong-line", BY_P, ["dL_dz1", PATHS, PUT_IN, "p1^2 - y1", "p1 - y1"]),
    ],
    "6.9": [
        ("sum-and-product", "z1*z2"),
        ("scores-reversed", "z2 - z1"),
        ("other-score-missing", "z1"),
        ("probability-for-score", "e^z1/(e^z1+e^z2)"),
        ("ratio-for-difference", "z1/z2"),
        ("ratio-for-difference", "e^z1/e^z2"),
        ("exponential-kept", "e^z1 - e^z2"),
        ("term-sign", "z1 + z2"),
        ("probability-for-score", "sigma(z1 - z2)"),
        ("constant-factor", "2(z1 - z2)"),
        ("constant-off", "z1 - z2 + 1"),
    ],
    "6.10": [
        ("activations-sent-back", DW2, DB2, SHARED2, W2 * A),
        ("sign+transposed", -DW2.T, DB2, SHARED2, DA1),
        ("outer-turned", DW2.T, DB2, SHARED2, DA1),
        ("arriving-slope-missing", [["a1", "a2"]] * 3, DB2, SHARED2, DA1),
        ("input-missing", [["e1"] * 2, ["e2"] * 2, ["e3"] * 2], DB2, SHARED2, DA1),
        ("entrywise-for-outer", ["e1 a1", "e2 a2"], DB2, SHARED2, DA1),
        ("sign", -DW2, DB2, SHARED2, DA1),
        (None, [["e1 a1", "e1 a2"], ["e1 a1", "e1 a2"], ["e3 a1", "e3 a2"]], DB2, SHARED2, DA1),
        ("slope-for-input", E * A.applyfunc(lambda a: a * (1 - a)).T, DB2, SHARED2, DA1),
        ("weight-for-input", Matrix(3, 2, lambda i, j: E[i] * W2[i, j]), DB2, SHARED2, DA1),
        ("sum-and-product", Matrix(3, 2, lambda i, j: E[i] + A[j]), DB2, SHARED2, DA1),
        ("bias-summed", DW2, ["e1 + e2 + e3"], SHARED2, DA1),
        ("bias-summed", DW2, ["e1 + e2 + e3"] * 3, SHARED2, DA1),
        ("misplaced", DW2, ["e2", "e1", "e3"], SHARED2, DA1),
        ("arriving-slope-missing", DW2, [1, 1, 1], SHARED2, DA1),
        ("bias-slope", DW2, ["e1 a1", "e2 a2"], SHARED2, DA1),
        ("one-component", DW2, DB2, "e1", DA1),
        ("arriving-slope-missing", DW2, DB2, 3, DA1),
        ("paths-averaged", DW2, DB2, "(e1 + e2 + e3)/3", DA1),
        ("paths-multiplied", DW2, DB2, "e1 e2 e3", DA1),
        ("term-sign", DW2, DB2, "e1 - e2 + e3", DA1),
        ("all-zeros", DW2, DB2, 0, DA1),
        ("not-varying", DW2, DB2, "1/2", DA1),
        ("transpose-missing", DW2, DB2, SHARED2, ["w11 e1 + w12 e2", "w21 e1 + w22 e2", "w31 e1 + w32 e2"]),
        ("transpose-missing", DW2, DB2, SHARED2, ["w11 e1 + w12 e2 + w13 e3", "w21 e1 + w22 e2 + w23 e3"]),
        ("arriving-slope-missing", DW2, DB2, SHARED2, ["w11 + w21 + w31", "w12 + w22 + w32"]),
        ("path-missing", DW2, DB2, SHARED2, ["w11 e1", "w12 e1"]),
        ("own-error-only", DW2, DB2, SHARED2, ["w11 e1", "w22 e2"]),
        ("slope-too-early", DW2, DB2, SHARED2, [DA1[j] * A[j] * (1 - A[j]) for j in range(2)]),
        ("paths-not-added", DW2, DB2, SHARED2, Matrix(2, 3, lambda j, i: W2[i, j] * E[i])),
        ("weight-missing", DW2, DB2, SHARED2, ["e1 + e2 + e3"] * 2),
    ],
    "6.11": [
        ("derivative-left-out", ["g1", "g2", "g3"], *REST),
        ("sigma-for-derivative", ["g1 a1", "g2 a2", "g3 a3"], *REST),
        ("one-minus-sigma", ["g1(1-a1)", "g2(1-a2)", "g3(1-a3)"], *REST),
        ("tanh-slope", ["g1(1-a1^2)", "g2(1-a2^2)", "g3(1-a3^2)"], *REST),
        ("derivative-of-activation", ["g1 sigma'(a1)", "g2 sigma'(a2)", "g3 sigma'(a3)"], *REST),
        ("matrix-product", ["g1 sigma'(z1) + g2 sigma'(z2) + g3 sigma'(z3)"], *REST),
        ("entries-added", ["g1 + sigma'(z1)", "g2 + sigma'(z2)", "g3 + sigma'(z3)"], *REST),
        ("outer-derivative-dropped", ["sigma'(z1)", "sigma'(z2)", "sigma'(z3)"], *REST),
        ("outer-turned", DZ1, DW1.T, DB1, DX),
        ("arriving-slope-missing", DZ1, [["x1", "x2"]] * 3, DB1, DX),
        ("derivative-left-out", DZ1, G * X.T, DB1, DX),
        ("second-sigma-slope", DZ1, [[f"d{i} sigma'(z{i}) x{j}" for j in (1, 2)] for i in (1, 2, 3)], DB1, DX),
        ("input-squashed", DZ1, [[f"d{i} sigma(x{j})" for j in (1, 2)] for i in (1, 2, 3)], DB1, DX),
        ("weight-for-input", DZ1, [[f"d{i} w{i}{j}" for j in (1, 2)] for i in (1, 2, 3)], DB1, DX),
        ("bias-summed", DZ1, DW1, ["d1+d2+d3"], DX),
        ("arriving-slope-missing", DZ1, DW1, [1, 1, 1], DX),
        ("derivative-left-out", DZ1, DW1, ["g1", "g2", "g3"], DX),
        ("transpose-missing", DZ1, DW1, DB1, ["w11 d1 + w12 d2", "w21 d1 + w22 d2", "w31 d1 + w32 d2"]),
        ("derivative-left-out", DZ1, DW1, DB1, W1.T * G),
        ("weight-missing", DZ1, DW1, DB1, ["d1+d2+d3"] * 2),
        ("slope-at-input", DZ1, DW1, DB1, [DX[j] * X[j] * (1 - X[j]) for j in range(2)]),
        ("path-missing", DZ1, DW1, DB1, ["w11 d1", "w12 d1"]),
        ("transpose-missing", DZ1, DW1, DB1, ["w11 d1 + w12 d2 + w13 d3", "w21 d1 + w22 d2 + w23 d3"]),
        ("activations-sent-back", DZ1, DW1, DB1, W1 * X),
    ],
    "6.12": [
        (
            "one-hot-assumed",
            FORWARD_OK,
            changed(lambda use, at: {"e": at["A2"] - np.eye(len(at["y"]))[np.argmax(at["y"])]}),
        ),
        ("one-hot-assumed", FORWARD_OK, changed(lambda use, at: {"e": at["A2"] - (at["y"] == 1)})),
        ("one-hot-assumed", FORWARD_OK, changed(lambda use, at: {"e": at["A2"] - (at["y"] > 0)})),
        ("one-hot-assumed", FORWARD_OK, changed(lambda use, at: {"e": at["A2"] - at["y"] ** 2})),
        ("one-hot-assumed", FORWARD_OK, changed(lambda use, at: {"e": at["A2"] - np.round(at["y"])})),
        ("wrong-shift", forward_with(output=lambda z: unstable(z - z[0])), back),
        ("wrong-shift", forward_with(output=lambda z: unstable(z - abs(z).max())), back),
        ("scores-cut-off", forward_with(output=lambda z: unstable(np.clip(z, -500, 500))), back),
        ("scores-cut-off", forward_with(output=lambda z: unstable(np.clip(z, -700, 700))), back),
        ("scores-cut-off", forward_with(output=lambda z: unstable(np.clip(z, -50, 50))), back),
        ("wrong-shift", FORWARD_OK, back_with(lambda z: unstable(z - z[0]))),
        ("wrong-shift", FORWARD_OK, back_with(lambda z: unstable(z - abs(z).max()))),
        ("scores-cut-off", FORWARD_OK, back_with(lambda z: unstable(np.clip(z, -500, 500)))),
        ("softmax-twice", forward_with(output=lambda z: softened(softened(z))), back),
        ("softmax-twice", FORWARD_OK, back_with(lambda z: softened(softened(z)))),
        ("normaliser-missing", FORWARD_OK, back_with(lambda z: np.exp(z - z.max()))),
        ("derivative-left-out", FORWARD_OK, bias_without_slope),
        ("gradients-out-of-order", FORWARD_OK, lambda *given: [back(*given)[i] for i in (4, 0, 1, 2, 3)]),
        ("classes-averaged", FORWARD_OK, changed(lambda use, at: {"e": use["e"] / len(at["y"])})),
        ("constant-factor", FORWARD_OK, changed(lambda use, at: {"e": 2 * use["e"]})),
        (None, lambda *given: there(*given)[:3], back),
        ("bias-sign", forward_with(second=lambda W, a, b: W @ a - b), back),
        ("not-stable", forward_with(output=lambda z: np.exp(z) / np.exp(z).sum()), back),
        ("logits-for-probabilities", forward_with(output=lambda z: z), back),
        ("sigmoid-for-softmax", forward_with(output=sigmoid), back),
        ("sigma-missing", forward_with(hidden=lambda z: z), back),
        ("other-activation", forward_with(hidden=np.tanh), back),
        ("softmax-in-hidden", forward_with(hidden=softened), back),
        ("bias-missing", forward_with(first=lambda W, a, b: W @ a, second=lambda W, a, b: W @ a), back),
        ("sigma-too-early", forward_with(first=lambda W, a, b: W @ sigmoid(a) + b), back),
        ("order-reversed", lambda *given: there(*given)[::-1], back),
        ("output-only", lambda *given: there(*given)[3], back),
        ("normaliser-missing", forward_with(output=lambda z: np.exp(z)), back),
        ("not-stable", FORWARD_OK, long_way),
        ("error-reversed", FORWARD_OK, changed(lambda use, at: {"e": -use["e"]})),
        ("stopped-at-probability", FORWARD_OK, changed(lambda use, at: {"e": -at["y"] / at["A2"]})),
        ("softmax-slope-extra", FORWARD_OK, changed(lambda use, at: {"e": use["e"] * at["A2"] * (1 - at["A2"])})),
        ("targets-unused", FORWARD_OK, changed(lambda use, at: {"e": at["A2"]})),
        ("derivative-left-out", FORWARD_OK, changed(lambda use, at: {"slope": 1})),
        ("sigma-for-derivative", FORWARD_OK, changed(lambda use, at: {"slope": at["A1"]})),
        ("derivative-of-activation", FORWARD_OK, changed(lambda use, at: {"slope": sigmoid.df(at["A1"])})),
        ("input-layer", FORWARD_OK, changed(lambda use, at: {"fed": at["X"]})),
        ("input-layer", FORWARD_OK, changed(lambda use, at: {"in": at["A1"]})),
        ("z-for-a", FORWARD_OK, changed(lambda use, at: {"fed": at["Z1"]})),
        ("transpose-missing", FORWARD_OK, changed(lambda use, at: {"back": at["W2"]})),
        ("bias-summed", FORWARD_OK, with_biases(np.sum)),
        ("bias-summed", FORWARD_OK, with_biases(lambda b: np.full_like(b, b.sum()))),
        ("bias-as-column", FORWARD_OK, with_biases(lambda b: b.reshape(-1, 1))),
        ("slope-passed-over-to-input", FORWARD_OK, input_before_slope),
        ("outer-turned", FORWARD_OK, turned),
        ("gradients-out-of-order", FORWARD_OK, lambda *given: [back(*given)[i] for i in (2, 3, 0, 1, 4)]),
        ("sign", FORWARD_OK, lambda *given: [*back(*given)[:4], -back(*given)[4]]),
    ],
    "6.13": [
        ("not-stable", sloping(unstable)),
        ("scores-cut-off", sloping(lambda z: unstable(np.clip(z, -500, 500)))),
        ("wrong-shift", sloping(lambda z: unstable(z - z[0]))),
        ("wrong-shift", sloping(lambda z: unstable(z / z.max()))),
        ("normaliser-missing", sloping(np.exp)),
        ("logits-for-probabilities", sloping(lambda z: z)),
        ("sigmoid-for-softmax", sloping(sigmoid)),
        ("hardmax", sloping(lambda z: np.eye(len(z))[np.argmax(z)])),
        ("bias-missing", lambda x, w, label: sloping(softened, w[:, 1:] @ x[1:])(x, w, label)),
        ("bias-twice", lambda x, w, label: sloping(softened, w @ np.insert(x, 0, 1))(x, w, label)),
        ("class-in-columns", lambda x, w, label: sloping(softened, x @ w)(x, w, label)),
        ("own-class-only", lambda x, w, label: (softened(w @ x) - 1)[label] * x),
        (None, lambda x, w, label: (1 - softened(w @ x)[label]) * np.tile(x, (len(w), 1))),
        ("error-reversed", lambda x, w, label: -slopes(x, w, label)),
        ("label-unused", lambda x, w, label: np.outer(softened(w @ x), x)),
        ("input-missing", lambda x, w, label: softened(w @ x) - np.eye(len(w))[label]),
        ("outer-turned", lambda x, w, label: slopes(x, w, label).T),
        ("own-class-only", lambda x, w, label: slopes(x, w, label) * np.eye(len(w))[label][:, None]),
        ("one-taken-from-all", lambda x, w, label: np.outer(softened(w @ x) - 1, x)),
        ("labels-counted-from-one", lambda x, w, label: slopes(x, w, label - 1)),
        ("arriving-slope-missing", lambda x, w, label: np.array([x for _ in w])),
        ("inner-for-outer", lambda x, w, label: (softened(w @ x) - np.eye(len(w))[label]).sum() * x),
        ("weight-for-input", lambda x, w, label: (softened(w @ x) - np.eye(len(w))[label])[:, None] * w),
        ("classes-averaged", lambda x, w, label: slopes(x, w, label) / len(w)),
    ],
    "6.14": [
        ("temperature-inverted", 1 / T_SURE, Z_LABEL),
        ("temperature-inverted", 3.07, Z_LABEL),
        ("two-classes-only", (2 - 1.2) / math.log(9), Z_LABEL),
        ("probability-for-temperature", 0.9, Z_LABEL),
        ("too-few-digits", 0.3, Z_LABEL),
        (None, 0.35, Z_LABEL),
        ("change-for-value", T_SURE, Z_LABEL - 1.2),
        ("change-for-value", T_SURE, 3.36),
        ("temperature-kept", T_SURE, logit_for(math.exp(-0.1), T_SURE)),
        ("temperature-kept", 0.33, round(logit_for(math.exp(-0.1), T_SURE), 2)),
        ("other-base", T_SURE, logit_for(10**-0.1)),
        ("probability-for-loss", T_SURE, logit_for(0.1)),
        ("one-minus-loss", T_SURE, logit_for(0.9)),
        ("own-score-left-out", T_SURE, math.log(OTHERS) - 0.1),
        ("too-few-digits", T_SURE, 4.6),
        ("answers-swapped", Z_LABEL, T_SURE),
        (None, T_SURE, 4.7),
    ],
}
