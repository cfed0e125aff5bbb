from functools import reduce
from itertools import pairwise

import numpy as np
import sympy
from sympy import Function, Matrix, Symbol, exp, symbols

from bpkit.nn.examples import small_network

sigma, sigma_prime = Function("sigma"), Function("sigma_prime")
phi, phi_prime = Function("phi"), Function("phi_prime")


def s(name):
    return Symbol(name)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def relu_slope(z):
    return (z > 0).astype(float)


# 7.2
a_j, y_j, z_j, c = symbols("a_j y_j z_j c")
E_D = 2 / c * (a_j - y_j) * sigma_prime(z_j)
LAYER = ["dL_da1 * sigma'(z_1^3)", "dL_da2 * sigma'(z_2^3)"]
LAYER_SYMPY = Matrix([s(f"dL_da{k}") * sigma_prime(s(f"z_{k}^3")) for k in (1, 2)])

# 7.5
BACK = [f"w_1{j}^3 d_1^3 + w_2{j}^3 d_2^3" for j in range(1, 5)]
HIDDEN = [f"({back}) * sigma'(z_{j}^2)" for j, back in enumerate(BACK, start=1)]
W3 = Matrix(2, 4, lambda i, k: s(f"w_{i + 1}{k + 1}^3"))
D3, Z2 = Matrix([s("d_1^3"), s("d_2^3")]), [s(f"z_{j}^2") for j in range(1, 5)]
BACK_SYMPY = W3.T * D3
HIDDEN_SYMPY = BACK_SYMPY.multiply_elementwise(Matrix([sigma_prime(z) for z in Z2]))

# 7.8
A2 = Matrix([s(f"a_{k}^2") for k in range(1, 5)])
DW = [[f"d_{j}^3 a_{k}^2" for k in range(1, 5)] for j in (1, 2)]
DB = ["d_1^3", "d_2^3"]


def entries(entry, rows=2, columns=4):
    return [[entry(j, k) for k in range(1, columns + 1)] for j in range(1, rows + 1)]


# 7.10: x = (2, 5, −1), d = (3, −4)
X, D = np.array([2.0, 5, -1]), np.array([3.0, -4])
CUBE = np.array([[X, 0 * X], [0 * X, X]])
OUTER = np.outer(D, X)
q, p, n, K = symbols("q p n K")

# 7.13
PATHS = "dL_dy1 phi'(g_1^2) W_12^2 + dL_dy2 phi'(g_2^2) W_22^2"
SECOND, FIRST = "dL_dy1 * phi'(g_1^2) * z2", f"({PATHS}) * phi'(g_2^1) * x3"
G1 = [sum(s(f"W_{m}{k}^1") * s(f"x{k}") for k in (1, 2, 3)) for m in (1, 2)]
Z = [1 / (1 + exp(-g)) for g in G1]
G2 = [sum(s(f"W_{m}{k}^2") * Z[k - 1] for k in (1, 2)) for m in (1, 2)]
OUT = [1 / (1 + exp(-g)) for g in G2]
FULL_SECOND = s("dL_dy1") * OUT[0] * (1 - OUT[0]) * Z[1]
FULL_FIRST = (
    sum(s(f"dL_dy{k + 1}") * OUT[k] * (1 - OUT[k]) * s(f"W_{k + 1}2^2") for k in (0, 1)) * Z[1] * (1 - Z[1]) * s("x3")
)

FACTORS = [["v", "P3"], ["v", "J3", "P2"], ["v", "J3", "J2", "P1"]]
SHAPES = [[1, 5], [5, 4], [4, 3], [3, 9]]
LEFT, RIGHT_ORDER = "K n^2", "(K - 1) n^3 + n^2"


# code, right ---------------------------------------------------------------------------------------------------------


def output_loop(grad_a, z):
    d = np.zeros(len(z))
    for j in range(len(z)):
        a = 1 / (1 + np.exp(-z[j]))
        d[j] = grad_a[j] * a * (1 - a)
    return d


def output_diagonal(grad_a, z):
    return np.diag(slope(z)) @ grad_a


def hidden_loops(W_next, d_next, z):
    d = []
    for j in range(W_next.shape[1]):
        total = 0.0
        for k in range(W_next.shape[0]):
            total += W_next[k, j] * d_next[k]
        d.append(total * slope(z[j]))
    return d


def hidden_in_place(W_next, d_next, z):
    d = np.zeros_like(z)
    for row, error in zip(W_next, d_next, strict=True):
        d += row * error
    d *= slope(z)
    return d


def weight_loops(d, a_below):
    dW = np.empty((len(d), len(a_below)))
    for j, error in enumerate(d):
        for k, a in enumerate(a_below):
            dW[j, k] = a * error
    return dW


def weights_by_third_index(d, a_below):
    D = np.einsum("mj,k->mjk", np.eye(len(d)), a_below)
    return np.einsum("m,mjk->jk", d, D)


def same(d):
    return d


def cube_loops(W, x):
    q, p = W.shape
    out = np.zeros((q, q, p))
    for k in range(q):
        for i in range(q):
            for j in range(p):
                if i == k:
                    out[k, i, j] = slope(W[k] @ x) * x[j]
    return out


def cube_lists(W, x):
    g = W @ x
    return [[(slope(g[k]) * x if i == k else 0 * x).tolist() for i in range(len(g))] for k in range(len(g))]


def cube_complex(W, x):
    out = np.empty((len(W), *W.shape))
    for i, j in np.ndindex(*W.shape):
        moved = W.astype(complex)
        moved[i, j] += 1e-20j
        out[:, i, j] = np.imag(1 / (1 + np.exp(-(moved @ x)))) * 1e20
    return out


def two(W1, W2, x, y, *, back=lambda W2, d2: W2.T @ d2, s2=slope, s1=slope, outer=np.outer, front=None, f=sigmoid):
    z = f(W1 @ x)
    out = f(W2 @ z)
    d2 = (2 / len(y) * (out - y) if front is None else front(out, y)) * s2(W2 @ z)
    d1 = back(W2, d2) * s1(W1 @ x)
    return outer(d1, x), outer(d2, z)


def two_columns(W1, W2, x, y):
    x, y = x[:, None], y[:, None]
    z = sigmoid(W1 @ x)
    out = sigmoid(W2 @ z)
    d2 = 2 / y.size * (out - y) * out * (1 - out)
    d1 = W2.T @ d2 * z * (1 - z)
    return d1 @ x.T, d2 @ z.T


def two_rows(W1, W2, x, y):
    X, Y = x[None], y[None]
    H = sigmoid(X @ W1.T)
    O = sigmoid(H @ W2.T)
    G = 2 * (O - Y) / Y.shape[1] * O * (1 - O)
    return [(G @ W2 * H * (1 - H)).T @ X, G.T @ H]


def two_jacobians(W1, W2, x, y):
    z = sigmoid(W1 @ x)
    out = sigmoid(W2 @ z)
    v = 2 / len(y) * (out - y)
    row = v @ np.diag(out * (1 - out)) @ W2
    return np.einsum("k,kij->ij", row, cube_loops(W1, x)), np.einsum("k,kij->ij", v, cube_loops(W2, z))


def two_complex(W1, W2, x, y):
    def loss(W1, W2):
        return np.mean((sigmoid(W2 @ sigmoid(W1 @ x)) - y) ** 2)

    G1, G2 = np.empty(W1.shape), np.empty(W2.shape)
    for index in np.ndindex(*W1.shape):
        moved = W1.astype(complex)
        moved[index] += 1e-20j
        G1[index] = np.imag(loss(moved, W2)) * 1e20
    for index in np.ndindex(*W2.shape):
        moved = W2.astype(complex)
        moved[index] += 1e-20j
        G2[index] = np.imag(loss(W1, moved)) * 1e20
    return G1, G2


def vjp_reduce(v, jacobians):
    return reduce(np.matmul, jacobians, v)


def vjp_matrices(v, jacobians):
    whole = np.eye(len(v))
    for J in jacobians:
        whole = whole @ J
    return v @ whole


def vjp_from_the_right(v, jacobians):
    whole = jacobians[-1]
    for J in jacobians[-2::-1]:
        whole = J @ whole
    return v @ whole


def vjp_transposed(v, jacobians):
    for J in jacobians:
        v = J.T @ v
    return v


def vjp_columns(v, jacobians):
    for J in jacobians:
        v = (v[:, None] * J).sum(axis=0)
    return v


def vjp_einsum(v, jacobians):
    for J in jacobians:
        v = np.einsum("i,ij->j", v, J)
    return v


def vjp_recursive(v, jacobians):
    if not jacobians:
        return v
    return vjp_recursive(jacobians[0].T @ v, jacobians[1:])


def vjp_while(v, jacobians):
    row, at = v[None, :], 0
    while at < len(jacobians):
        row, at = row @ jacobians[at], at + 1
    return row[0]


def vjp_sums(v, jacobians):
    row = list(v)
    for J in jacobians:
        row = [sum(row[i] * J[i, j] for i in range(len(row))) for j in range(J.shape[1])]
    return row


def counted(sizes):
    left = sum(x * y for x, y in pairwise(sizes))
    right = sum(x * y * sizes[-1] for x, y in pairwise(sizes[:-1])) + sizes[0] * sizes[-1]
    return left, right


def counted_by_shapes(sizes):
    shapes = list(pairwise(sizes))
    left = right = 0
    for r, t in shapes:
        left += r * t
    rows, columns = shapes[-1]
    for r, t in shapes[-2::-1]:
        right += r * t * columns
        rows = r
    return np.array([left, right + rows * columns])


def counted_list(sizes):
    return list(counted(sizes))


def counted_reversed(sizes):
    up = sizes[::-1]
    left, right = 0, up[0] * up[-1]
    for m in range(1, len(up)):
        left += up[m] * up[m - 1]
    for m in range(2, len(up)):
        right += up[m] * up[m - 1] * up[0]
    return left, right


# code, wrong ---------------------------------------------------------------------------------------------------------


def changes_gradient(grad_a, z):
    grad_a *= slope(z)
    return grad_a


def changes_error(W_next, d_next, z):
    z *= 0.5
    return W_next.T @ d_next * slope(2 * z)


def last_path_only(W_next, d_next, z):
    for k in range(len(d_next)):
        d = W_next[k] * d_next[k] * slope(z)
    return d


def first_path_only(W_next, d_next, z):
    for k in range(len(d_next)):
        return W_next[k] * d_next[k] * slope(z)


def tries_both(W_next, d_next, z):
    try:
        return W_next @ d_next * slope(z)
    except ValueError:
        return W_next.T @ d_next * slope(z)


def skips_the_first_path(W_next, d_next, z):
    return [sum(W_next[k, j] * d_next[k] for k in range(1, len(d_next))) * slope(z[j]) for j in range(len(z))]


def vjp_from_the_other_side(v, jacobians):
    for J in jacobians:
        v = J @ v
    return v


def vjp_first(v, jacobians):
    for J in jacobians:
        return v @ J


# 7.18
NET_18, X_18, Y_18 = small_network(3)
PASSED = NET_18.trace([X_18], [Y_18])


def after_18(i):
    x = X_18.copy()
    x[i] = 0
    return float(NET_18.trace([x], [Y_18]).d[2][2, 0])


BEFORE, AFTER = float(PASSED.d[2][2, 0]), after_18(1)

RIGHT = {
    "7.1": [
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^3) + dL_da2*0", "dL_da1*sigma'(z_1^3)"],),
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^3)"],),
        (["d₁³", "dL_da1 da1_dz + dL_da2 da2_dz", "dL_da1 σ'(z₁³)"],),
        ("d_1^3\ndL_da1*da1_dz + dL_da2*da2_dz\nσ'(z_1^3) dL_da1",),
        (
            [
                s("d_1^3"),
                s("dL_da1") * s("da1_dz") + s("dL_da2") * s("da2_dz"),
                s("dL_da1") * sigma_prime(s("z_1^3")),
            ],
        ),
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma(z_1^3)*(1-sigma(z_1^3))"],),
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*a_1^3*(1-a_1^3)"],),
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*(a_1^3 - (a_1^3)^2)"],),
        (["dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*da1_dz", "dL_da1*sigma'(z_1^3)"],),
        ([r"d_{1}^{3}", r"dL_da1 \cdot da1_dz + dL_da2 \cdot da2_dz", r"dL_da1 \, \sigma'\left(z_{1}^{3}\right)"],),
        (("d_1^3", "da2_dz*dL_da2 + da1_dz*dL_da1", "dL_da1*sigma_prime(z_1^3)"),),
        (["dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^3)"],),
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*𝜎'(z_1^3)"],),
        (["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", s("dL_da1") * sigma(s("z_1^3")).diff(s("z_1^3"))],),
        (["d_1^3 = d_1^3", "= dL_da1*da1_dz + dL_da2*da2_dz", "= dL_da1*sigma'(z_1^3)"][1:],),
    ],
    "7.2": [
        (E_D, LAYER),
        ("2/c (a_j - y_j) sigma'(z_j)", LAYER_SYMPY),
        ("2/c (a_j - y_j) a_j (1 - a_j)", "[dL_da1 σ'(z_1^3), dL_da2 σ'(z_2^3)]"),
        (r"\frac{2}{c}(a_j-y_j)\,\sigma'(z_j)", LAYER_SYMPY.T),
        ("-2 (y_j - σ(z_j)) σ'(z_j) / c", [["dL_da1*sigma'(z_1^3)"], ["dL_da2*sigma'(z_2^3)"]]),
        (2 * (sigma(z_j) - y_j) / c * sigma(z_j) * (1 - sigma(z_j)), list(LAYER_SYMPY)),
        ("2(a_j - y_j)e^(-z_j)/(c (1 + e^(-z_j))^2)", np.array(LAYER)),
        (
            "(2 a_j - 2 y_j)/c * dsigma(z_j)",
            [f"dL_da{k}*sigma(z_{k}^3)*(1 - sigma(z_{k}^3))" for k in (1, 2)],
        ),
        (E_D, [f"e^(-z_{k}^3)/(1 + e^(-z_{k}^3))^2 * dL_da{k}" for k in (1, 2)]),
        (E_D, [f"dL_da{k} * a_{k}^3 * (1 - a_{k}^3)" for k in (1, 2)]),
        (E_D, ["dL_da1 * σ′(z₁³)", r"dL_da2 \sigma'(z_{2}^{3})"]),
        (2 * (a_j - y_j) / c * sigma(z_j).diff(z_j), LAYER),
    ],
    "7.3": [
        (lambda grad_a, z: grad_a * slope(z),),
        (lambda grad_a, z: np.multiply(slope(z), grad_a),),
        (output_loop,),
        (output_diagonal,),
        (lambda g, z: np.einsum("j,j->j", g, slope(z)),),
        (lambda grad_a, z: [g * slope(x) for g, x in zip(grad_a, z, strict=True)],),
        (lambda grad_a, z: grad_a * np.exp(z) / (1 + np.exp(z)) ** 2,),
        (lambda grad_a, z: grad_a / (4 * np.cosh(z / 2) ** 2),),
        (lambda grad_a, z: grad_a * (1 - np.tanh(z / 2) ** 2) / 4,),
        (lambda grad_a, z: tuple(map(lambda g, x: g * slope(x), grad_a, z)),),
    ],
    "7.4": [
        (
            [
                "d_2^2",
                "d_1^3*dz1_da*da_dz + d_2^3*dz2_da*da_dz",
                "d_1^3*w_12^3*sigma'(z_2^2) + d_2^3*w_22^3*sigma'(z_2^2)",
                "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)",
            ],
        ),
        (["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"],),
        (
            [
                "d_2^2",
                "d_1^3 dz1_da da_dz + d_2^3 dz2_da da_dz",
                "w_12^3 d_1^3 σ'(z_2^2) + w_22^3 d_2^3 σ'(z_2^2)",
            ],
        ),
        (
            [
                "d₂²",
                "d₁³ dz1_da da_dz + d₂³ dz2_da da_dz",
                "(w₁₂³ d₁³ + w₂₂³ d₂³) σ'(z₂²)",
            ],
        ),
        (
            [
                s("d_2^2"),
                s("d_1^3") * s("dz1_da") * s("da_dz") + s("d_2^3") * s("dz2_da") * s("da_dz"),
                (s("w_12^3") * s("d_1^3") + s("w_22^3") * s("d_2^3")) * sigma_prime(s("z_2^2")),
            ],
        ),
        (["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "(w_12^3 d_1^3 + w_22^3 d_2^3) a_2^2 (1 - a_2^2)"],),
        (
            [
                r"d_{2}^{2}",
                r"d_{1}^{3} \cdot dz1_da \cdot da_dz + d_{2}^{3} \cdot dz2_da \cdot da_dz",
                r"\left(w_{12}^{3} d_{1}^{3} + w_{22}^{3} d_{2}^{3}\right) \sigma'\left(z_{2}^{2}\right)",
            ],
        ),
        (
            [
                "d_2^2",
                "d_1^3*dz1_da*sigma'(z_2^2) + d_2^3*dz2_da*sigma'(z_2^2)",
                "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)",
            ],
        ),
        (
            "d_2^2\nd_1^3*dz1_da*da_dz + d_2^3*dz2_da*da_dz\n"
            "d_1^3*w_12^3*da_dz + d_2^3*w_22^3*da_dz\n(d_1^3*w_12^3 + d_2^3*w_22^3)*da_dz\n"
            "(d_1^3*w_12^3 + d_2^3*w_22^3)*sigma'(z_2^2)",
        ),
        (
            [
                "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz",
                "(w_12^3 d_1^3 + w_22^3 d_2^3) σ(z_2^2)(1 - σ(z_2^2))",
            ],
        ),
    ],
    "7.5": [
        (BACK, HIDDEN),
        (BACK_SYMPY, HIDDEN_SYMPY),
        (BACK_SYMPY.T, HIDDEN_SYMPY.T),
        ("[" + ", ".join(BACK) + "]", "[" + ", ".join(HIDDEN) + "]"),
        ([[entry] for entry in BACK], [[entry] for entry in HIDDEN]),
        (list(BACK_SYMPY), [sympy.expand(entry) for entry in HIDDEN_SYMPY]),
        (
            [rf"w_{{1{j}}}^{{3}} d_{{1}}^{{3}} + w_{{2{j}}}^{{3}} d_{{2}}^{{3}}" for j in range(1, 5)],
            [rf"\left(w^3_{{1{j}}} d^3_1 + w^3_{{2{j}}} d^3_2\right)\sigma'(z_{j}^2)" for j in range(1, 5)],
        ),
        (BACK, [f"({back}) a_{j}^2 (1 - a_{j}^2)" for j, back in enumerate(BACK, start=1)]),
        (BACK, [f"({back}) σ(z_{j}^2) (1 - σ(z_{j}^2))" for j, back in enumerate(BACK, start=1)]),
    ],
    "7.6": [
        (lambda W, d, z: (W.T @ d) * slope(z),),
        (lambda W, d, z: W.T @ d * slope(z),),
        (lambda W, d, z: d @ W * slope(z),),
        (lambda W, d, z: np.einsum("kj,k,j->j", W, d, slope(z)),),
        (hidden_loops,),
        (hidden_in_place,),
        (lambda W, d, z: np.dot(d, W) * np.exp(-z) / (1 + np.exp(-z)) ** 2,),
        (lambda W, d, z: (d[:, None] * W).sum(axis=0) * slope(z),),
        (lambda W, d, z: ((W.T @ d[:, None]) * slope(z)[:, None])[:, 0],),
        (lambda W, d, z: np.diag(slope(z)) @ W.T @ d,),
        (lambda W, d, z: [slope(z[j]) * np.dot(W[:, j], d) for j in range(len(z))],),
        (lambda W_next, d_next, z: np.inner(W_next.T, d_next) * slope(z),),
    ],
    "7.7": [
        (
            ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", "d_1^3*a_3^2 + d_2^3*0", "d_1^3*a_3^2"],
            ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3*1 + d_2^3*0", "d_1^3"],
        ),
        (
            ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", "a_3^2 d_1^3"],
            ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3"],
        ),
        (
            ["d_1^3 dz1_dw + d_2^3 dz2_dw", "d_1^3 dz1_dw", "d_1^3 a_3^2"],
            ["d_1^3 dz1_db + d_2^3 dz2_db", "d_1^3 dz1_db", "d_1^3"],
        ),
        (
            "dL_dw\nd_1^3*dz1_dw + d_2^3*dz2_dw\nd_1^3*a_3^2",
            "dL_db\nd_1^3*dz1_db + d_2^3*dz2_db\nd_1^3",
        ),
        (
            [s("dL_dw"), s("d_1^3") * s("dz1_dw") + s("d_2^3") * s("dz2_dw"), s("d_1^3") * s("a_3^2")],
            [s("dL_db"), s("d_1^3") * s("dz1_db") + s("d_2^3") * s("dz2_db"), s("d_1^3")],
        ),
        (
            ["dL_dw", "d₁³ dz1_dw + d₂³ dz2_dw", "a₃² d₁³"],
            [r"dL_db", r"d_{1}^{3} \cdot dz1_db + d_{2}^{3} \cdot dz2_db", r"d_{1}^{3}"],
        ),
        (
            ["dL_dw", "d_2^3*dz2_dw + d_1^3*dz1_dw", "d_1^3*sigma(z_3^2)"],
            ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3"],
        ),
    ],
    "7.8": [
        (DW, DB),
        (D3 * A2.T, D3),
        (D3 * A2.T, D3.T),
        (str(DW).replace("'", ""), "d_1^3, d_2^3"),
        (entries(lambda j, k: f"a_{k}^2·d_{j}^3"), [["d_1^3"], ["d_2^3"]]),
        (entries(lambda j, k: rf"d_{{{j}}}^{{3}} a_{{{k}}}^{{2}}"), ["d₁³", "d₂³"]),
        (np.outer(np.array(D3).ravel(), np.array(A2).ravel()), np.array(DB)),
        (entries(lambda j, k: f"d_{j}^3 sigma(z_{k}^2)"), DB),
        (sympy.ImmutableMatrix(2, 4, lambda i, k: s(f"d_{i + 1}^3") * s(f"a_{k + 1}^2")), tuple(DB)),
    ],
    "7.9": [
        (np.outer, same),
        (lambda d, a_below: np.outer(d, a_below), lambda d: d.copy()),
        (lambda d, a: d[:, None] * a, lambda d: 1.0 * d),
        (lambda d, a: d[:, np.newaxis] @ a[np.newaxis, :], lambda d: list(d)),
        (lambda d, a: d.reshape(-1, 1) @ a.reshape(1, -1), np.copy),
        (lambda d, a: np.einsum("j,k->jk", d, a), lambda d: d + 0),
        (weight_loops, lambda d: list(d + 0)),
        (weights_by_third_index, lambda d: np.eye(len(d)) @ d),
        (lambda d, a: [[x * y for y in a] for x in d], lambda d: tuple(d)),
        (lambda d, a: np.multiply.outer(d, a), np.array),
        (lambda d, a: np.array([a * error for error in d]), lambda d: d * np.ones_like(d)),
        (lambda d, a: np.outer(a, d).T, np.ravel),
        (lambda d, a: np.tensordot(d, a, 0), np.squeeze),
    ],
    "7.10": [
        (CUBE, OUTER, q**2 * p, q * p),
        (CUBE.tolist(), OUTER.tolist(), "q^2 p", "q p"),
        ([[[2, 5, -1], [0, 0, 0]], [[0, 0, 0], [2, 5, -1]]], [[6, 15, -3], [-8, -20, 4]], "q*q*p", "p*q"),
        (np.einsum("ki,j->kij", np.eye(2), X), np.einsum("k,kij->ij", D, CUBE), "p q²", "qp"),
        (
            "[[[2, 5, -1], [0, 0, 0]], [[0, 0, 0], [2, 5, -1]]]",
            "[[6, 15, -3], [-8, -20, 4]]",
            r"q^{2} p",
            r"q \cdot p",
        ),
        (
            [Matrix([[2, 5, -1], [0, 0, 0]]), Matrix([[0, 0, 0], [2, 5, -1]])],
            Matrix(2, 3, [6, 15, -3, -8, -20, 4]),
            "p*q**2",
            q * p,
        ),
        ((CUBE[0], CUBE[1]), D[:, None] * X, "q(q p)", "q^2 p / q"),
    ],
    "7.11": [
        ("phi'(g2) x3", 0),
        ("φ'(g2)*x3", "0"),
        ("sigma'(W21 x1 + W22 x2 + W23 x3) x3", 0),
        ("z2 (1 - z2) x3", "0"),
        ("sigma(g2)(1 - sigma(g2)) x_3", 0.0),
        (phi_prime(s("g2")) * s("x3"), sympy.S.Zero),
        (sigma_prime(s("W21") * s("x1") + s("W22") * s("x2") + s("W23") * s("x3")) * s("x3"), 0),
        (r"\varphi'(g_{2})\, x_{3}", "0"),
        ("e^(-g2)/(1 + e^(-g2))^2 * x3", "0 * x3"),
        ("x3 phi'(W_21 x_1 + W_22 x_2 + W_23 x_3)", "x3 - x3"),
        ("ϕ'(g2) x3", 0),
        ("ϕ(g2) (1 - ϕ(g2)) x3", 0),
        (s("x3") * phi(s("g2")).diff(s("g2")), 0),
        (phi(s("W21") * s("x1") + s("W22") * s("x2") + s("W23") * s("x3")).diff(s("W23")), 0),
    ],
    "7.12": [
        (cube_loops,),
        (cube_lists,),
        (cube_complex,),
        (lambda W, x: np.einsum("k,ki,j->kij", slope(W @ x), np.eye(len(W)), x),),
        (lambda W, x: np.eye(len(W))[:, :, None] * np.outer(slope(W @ x), x),),
        (lambda W, x: np.array([np.outer(row, x) for row in np.diag(slope(W @ x))]),),
        (lambda W, x: np.multiply.outer(np.diag(slope(W @ x)), x),),
        (lambda W, x: [np.outer(np.eye(len(W))[k] * slope(W[k] @ x), x) for k in range(len(W))],),
        (lambda W, x: np.einsum("ki,j->kij", np.diag(slope(W @ x)), x),),
    ],
    "7.13": [
        (SECOND, FIRST),
        (SECOND.replace("phi", "φ"), FIRST.replace("phi", "σ")),
        (FULL_SECOND, FULL_FIRST),
        (
            "dL_dy1 y1 (1 - y1) z2",
            "(dL_dy1 y1 (1 - y1) W_12^2 + dL_dy2 y2 (1 - y2) W_22^2) z2 (1 - z2) x3",
        ),
        (
            s("dL_dy1") * phi_prime(s("g_1^2")) * s("z2"),
            sum(s(f"dL_dy{k}") * phi_prime(s(f"g_{k}^2")) * s(f"W_{k}2^2") for k in (1, 2))
            * phi_prime(s("g_2^1"))
            * s("x3"),
        ),
        (
            r"dL_dy1\,\varphi'(g_1^{(2)})\,z_2",
            r"\left(dL_dy1\,\varphi'(g_1^{(2)}) W_{12}^{(2)} + dL_dy2\,\varphi'(g_2^{(2)}) W_{22}^{(2)}\right)"
            r"\varphi'(g_2^{(1)})\,x_3",
        ),
        (
            "dL_dy1 phi'(W_11^2 z1 + W_12^2 z2) phi(g_2^1)",
            "dL_dy1 phi'(g_1^2) W_12^2 phi'(g_2^1) x3 + dL_dy2 phi'(g_2^2) W_22^2 phi'(g_2^1) x3",
        ),
        (SECOND.replace("phi", "ϕ"), FIRST.replace("phi", "ϕ")),
    ],
    "7.14": [
        (two,),
        (two_columns,),
        (two_rows,),
        (two_jacobians,),
        (two_complex,),
        (lambda W1, W2, x, y: list(two(W1, W2, x, y)),),
        (lambda W1, W2, x, y: two(W1, W2, x, y, outer=lambda d, a: d[:, None] * a[None, :]),),
        (lambda W1, W2, x, y: two(W1, W2, x, y, back=lambda W2, d2: d2 @ W2),),
    ],
    "7.15": [
        (FACTORS, SHAPES),
        (FACTORS, np.array(SHAPES)),
        ("[[v, P3], [v, J3, P2], [v, J3, J2, P1]]", "[[1, 5], [5, 4], [4, 3], [3, 9]]"),
        ([tuple(map(Symbol, row)) for row in FACTORS], [(1, 5), (5, 4), (4, 3), (3, 9)]),
        ([["v", "P_3"], ["v", "J_3", "P_2"], ["v", "J_{3}", "J_2", "P₁"]], tuple(map(tuple, SHAPES))),
        (["v, P3", "v, J3, P2", "v, J3, J2, P1"], Matrix(SHAPES)),
    ],
    "7.16": [
        (vjp_reduce,),
        (vjp_recursive,),
        (vjp_while,),
        (vjp_sums,),
        (vjp_transposed,),
        (vjp_columns,),
        (vjp_einsum,),
        (lambda v, jacobians: reduce(np.dot, [v, *jacobians]),),
        (lambda v, jacobians: list(vjp_reduce(v, jacobians)),),
        (lambda v, jacobians: vjp_while(v, list(jacobians)).reshape(-1),),
        (lambda v, Js: vjp_recursive(v, tuple(Js)),),
    ],
    "7.17": [
        (LEFT, RIGHT_ORDER, counted),
        (K * n**2, (K - 1) * n**3 + n**2, counted_by_shapes),
        ("n*n*K", "K n^3 - n^3 + n^2", counted_list),
        ("K n²", "n²(n(K - 1) + 1)", counted_reversed),
        (r"K \cdot n^{2}", r"(K-1) n^{3} + n^{2}", lambda sizes: counted(list(sizes))),
        (sympy.expand(K * n**2), sympy.expand((K - 1) * n**3 + n**2), lambda sizes: tuple(counted_list(sizes))),
    ],
    "7.18": [
        (BEFORE, AFTER),
        (float(f"{BEFORE:.4g}"), float(f"{AFTER:.4g}")),
        (f"{BEFORE:.4g}".replace("-", "−"), f"{AFTER:.4g}"),
        (np.array([BEFORE]), np.float64(AFTER)),
        (sympy.Float(BEFORE, 5), sympy.Float(AFTER, 4)),
        (float(f"{BEFORE:.3g}"), float(f"{AFTER:.3g}")),
    ],
}

WRONG = {
    "7.1": [
        ("slopes-added", ["d_1^3", "dL_da1 + da1_dz", "dL_da1*sigma'(z_1^3)"]),
        ("idle-path", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^3) + dL_da2*sigma'(z_2^3)"]),
        ("derivative-left-out", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1"]),
        ("derivative-of-activation", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(a_1^3)"]),
        ("sigma-for-derivative", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma(z_1^3)"]),
        ("wrong-neuron", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da2*sigma'(z_2^3)"]),
        ("idle-path", ["d_1^3", "(dL_da1 + dL_da2)*(da1_dz + da2_dz)", "dL_da1*sigma'(z_1^3)"]),
        ("wrong-line", ["d_1^3", "dL_da2*da2_dz", "dL_da1*sigma'(z_1^3)"]),
        ("not-finished", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz"]),
        ("not-finished", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*da1_dz"]),
        ("paths-not-shown", ["d_1^3", "dL_da1*sigma'(z_1^3)"]),
        ("backwards", ["dL_da1*sigma'(z_1^3)", "dL_da1*da1_dz + dL_da2*da2_dz", "d_1^3"]),
        ("idle-path", ["dL_da1*da1_dz + dL_da2*sigma'(z_1^3)", "dL_da1*sigma'(z_1^3)"]),
        ("idle-path", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^3) + dL_da2*sigma'(z_1^3)"]),
        ("wrong-neuron", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_2^3)"]),
        ("wrong-layer", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^2)"]),
        ("slope-not-applied", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*z_1^3"]),
        ("slope-twice", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1*sigma'(z_1^3)^2"]),
        ("outer-derivative-dropped", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "sigma'(z_1^3)"]),
        ("factor-inverted", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "dL_da1/sigma'(z_1^3)"]),
        ("wrong-line", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "-dL_da1*sigma'(z_1^3)"]),
        ("wrong-line", ["d_1^3", "dL_da1*da1_dz + dL_da2*da2_dz", "d_1^2"]),
        ("paths-not-shown", ["d_1^3", "dL_da1*da1_dz", "dL_da1*sigma'(z_1^3)"]),
        ("paths-not-shown", ["d_1^3", "dL_da1*da1_dz + 0*da2_dz", "dL_da1*sigma'(z_1^3)"]),
        ("paths-not-shown", ["d_1^3", "2*d_1^3/2", "dL_da1*sigma'(z_1^3)"]),
        ("paths-not-shown", ["d_1^3", "d_1^3 + 0*dL_da2", "dL_da1*sigma'(z_1^3)"]),
        ("not-finished", ["d_1^3"]),
    ],
    "7.2": [
        ("derivative-left-out", "2/c (a_j - y_j)", LAYER),
        ("mse-sum", "2 (a_j - y_j) sigma'(z_j)", LAYER),
        ("mse-half", "(a_j - y_j) sigma'(z_j)", LAYER),
        ("mse-mean-of-half", "(a_j - y_j) sigma'(z_j) / c", LAYER),
        ("difference-reversed", "2/c (y_j - a_j) sigma'(z_j)", LAYER),
        ("derivative-of-activation", "2/c (a_j - y_j) sigma'(a_j)", LAYER),
        ("sigma-for-derivative", "2/c (a_j - y_j) a_j", LAYER),
        ("one-minus-sigma", "2/c (a_j - y_j) (1 - a_j)", LAYER),
        ("derivative-left-out+mse-sum", "2 (a_j - y_j)", LAYER),
        ("derivative-left-out+mse-half", "a_j - y_j", LAYER),
        ("derivative-left-out+difference-reversed", "2/c (y_j - a_j)", LAYER),
        ("difference-reversed+mse-half", "(y_j - a_j) sigma'(z_j)", LAYER),
        ("target-dropped", "2/c a_j sigma'(z_j)", LAYER),
        ("power-slip", "2/c (a_j - y_j)^2 sigma'(z_j)", LAYER),
        ("square-not-differentiated", "(a_j - y_j)^2 sigma'(z_j) / c", LAYER),
        ("sigma-missing", "2/c (z_j - y_j) sigma'(z_j)", LAYER),
        ("argument-for-value", "2/c (a_j - y_j) z_j (1 - z_j)", LAYER),
        ("all-zeros", 0, LAYER),
        ("derivative-left-out", E_D, ["dL_da1", "dL_da2"]),
        ("derivative-of-activation", E_D, ["dL_da1 sigma'(a_1^3)", "dL_da2 sigma'(a_2^3)"]),
        ("sigma-for-derivative", E_D, ["dL_da1 sigma(z_1^3)", "dL_da2 sigma(z_2^3)"]),
        ("wrong-layer", E_D, ["dL_da1 sigma'(z_1^2)", "dL_da2 sigma'(z_2^2)"]),
        ("matrix-product", E_D, ["dL_da1 sigma'(z_1^3) + dL_da2 sigma'(z_2^3)"]),
        (
            "outer-product",
            E_D,
            [
                ["dL_da1 sigma'(z_1^3)", "dL_da1 sigma'(z_2^3)"],
                ["dL_da2 sigma'(z_1^3)", "dL_da2 sigma'(z_2^3)"],
            ],
        ),
        ("entries-added", E_D, ["dL_da1 + sigma'(z_1^3)", "dL_da2 + sigma'(z_2^3)"]),
        ("order-reversed", E_D, LAYER[::-1]),
        ("outer-derivative-dropped", E_D, ["sigma'(z_1^3)", "sigma'(z_2^3)"]),
        ("slope-twice", "2/c (a_j - y_j) a_j (1 - a_j) sigma'(z_j)", LAYER),
        ("slope-not-applied", "2/c (a_j - y_j) z_j", LAYER),
        ("slope-twice", E_D, ["dL_da1 sigma'(z_1^3)^2", "dL_da2 sigma'(z_2^3)^2"]),
        ("slope-not-applied", E_D, ["dL_da1 z_1^3", "dL_da2 z_2^3"]),
        (None, E_D, [LAYER[0], 0]),
    ],
    "7.3": [
        ("derivative-left-out", lambda grad_a, z: grad_a),
        ("sigma-for-derivative", lambda grad_a, z: grad_a * sigmoid(z)),
        ("derivative-of-activation", lambda grad_a, z: grad_a * slope(sigmoid(z))),
        ("matrix-product", lambda grad_a, z: grad_a @ slope(z)),
        ("matrix-product", lambda grad_a, z: np.dot(grad_a, slope(z))),
        ("matrix-product", lambda grad_a, z: np.sum(grad_a * slope(z))),
        ("outer-product", lambda grad_a, z: np.outer(grad_a, slope(z))),
        ("outer-product", lambda grad_a, z: grad_a[:, None] * slope(z)),
        ("outer-product", lambda grad_a, z: grad_a * slope(z)[:, None]),
        ("one-minus-sigma", lambda grad_a, z: grad_a * (1 - sigmoid(z))),
        ("argument-for-value", lambda grad_a, z: grad_a * z * (1 - z)),
        ("tanh-slope", lambda grad_a, z: grad_a * (1 - np.tanh(z) ** 2)),
        ("other-activation", lambda grad_a, z: grad_a * relu_slope(z)),
        ("outer-derivative-dropped", lambda grad_a, z: slope(z)),
        ("entries-added", lambda grad_a, z: grad_a + slope(z)),
        ("factor-inverted", lambda grad_a, z: grad_a / slope(z)),
        ("input-changed", changes_gradient),
        ("sign", lambda grad_a, z: -grad_a * slope(z)),
        ("all-zeros", lambda grad_a, z: 0 * z),
        ("constant-factor", lambda grad_a, z: 2 * grad_a * slope(z)),
        ("variables-swapped", lambda grad_a, z: z * slope(grad_a)),
        (None, lambda grad_a, z: undefined_name),  # noqa: F821
        ("exponent-sign", lambda grad_a, z: grad_a * np.exp(z) / (1 + np.exp(-z)) ** 2),
        ("slope-twice", lambda grad_a, z: grad_a * slope(z) ** 2),
        ("slope-not-applied", lambda grad_a, z: grad_a * z),
    ],
    "7.4": [
        ("path-missing", ["d_2^2", "d_1^3*dz1_da*da_dz", "w_12^3*d_1^3*sigma'(z_2^2)"]),
        (
            "transpose-missing",
            [
                "d_2^2",
                "d_1^3*dz1_da*da_dz + d_2^3*dz2_da*da_dz",
                "(w_21^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)",
            ],
        ),
        ("derivative-left-out", ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "w_12^3*d_1^3 + w_22^3*d_2^3"]),
        (
            "derivative-of-activation",
            ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(a_2^2)"],
        ),
        (
            "wrong-layer",
            ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^3)"],
        ),
        (
            "derivative-left-out",
            ["d_2^2", "d_1^3*dz1_da + d_2^3*dz2_da", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"],
        ),
        ("products-of-sums", ["d_2^2", "(d_1^3 + d_2^3)*(dz1_da + dz2_da)*da_dz"]),
        ("paths-multiplied", ["d_2^2", "d_1^3*dz1_da*d_2^3*dz2_da*da_dz"]),
        (
            "wrong-layer",
            [
                "d_2^2",
                "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz",
                "w_12^3*d_1^3*sigma'(z_1^3) + w_22^3*d_2^3*sigma'(z_2^3)",
            ],
        ),
        (
            "bracket-missing",
            ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "w_12^3*d_1^3 + w_22^3*d_2^3*sigma'(z_2^2)"],
        ),
        ("not-finished", ["d_2^2", "d_1^3*dz1_da*da_dz + d_2^3*dz2_da*da_dz"]),
        ("not-finished", ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "(d_1^3*w_12^3 + d_2^3*w_22^3)*da_dz"]),
        ("paths-not-shown", ["d_2^2", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"]),
        (
            "backwards",
            [
                "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)",
                "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz",
                "d_2^2",
            ],
        ),
        (
            "layer-shift",
            ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", "(w_12^2*d_1^3 + w_22^2*d_2^3)*sigma'(z_2^2)"],
        ),
        *(
            (slug, ["d_2^2", "(d_1^3*dz1_da + d_2^3*dz2_da)*da_dz", line])
            for slug, line in (
                ("sigma-for-derivative", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma(z_2^2)"),
                ("slope-not-applied", "(w_12^3*d_1^3 + w_22^3*d_2^3)*z_2^2"),
                ("wrong-neuron", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_1^2)"),
                ("wrong-neuron", "(w_11^3*d_1^3 + w_21^3*d_2^3)*sigma'(z_2^2)"),
                ("link-weight-missing", "(d_1^3 + d_2^3)*sigma'(z_2^2)"),
                ("layer-shift", "(w_12^3*d_1^2 + w_22^3*d_2^2)*sigma'(z_2^2)"),
                ("input-for-weight", "(d_1^3*a_2^2 + d_2^3*a_2^2)*sigma'(z_2^2)"),
                ("slope-repeated", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)*sigma'(z_1^3)"),
                ("paths-averaged", "(w_12^3*d_1^3 + w_22^3*d_2^3)/2*sigma'(z_2^2)"),
                ("transpose-missing", "(w_21^3*d_1^3 + w_22^3*d_2^3)*da_dz"),
                ("wrong-line", "-(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"),
                ("wrong-line", "0"),
            )
        ),
        ("error-missing", ["d_2^2", "(dz1_da + dz2_da)*da_dz", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"]),
        ("paths-not-shown", ["d_2^2", "2*d_2^2/2", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"]),
        ("paths-not-shown", ["d_2^2", "d_2^2 + 0*d_1^3", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"]),
        (
            "paths-not-shown",
            ["d_2^2", "(d_1^3*w_12^3 + d_2^3*w_22^3)*da_dz", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"],
        ),
        (
            "paths-not-shown",
            ["d_2^2", "(d_1^3*w_12^3 + d_2^3*dz2_da)*da_dz", "(w_12^3*d_1^3 + w_22^3*d_2^3)*sigma'(z_2^2)"],
        ),
    ],
    "7.5": [
        ("transpose-missing", [f"w_{j}1^3 d_1^3 + w_{j}2^3 d_2^3" for j in range(1, 5)], HIDDEN),
        ("transpose-missing", [f"w_{k}1^3 d_1^3 + w_{k}2^3 d_2^3" for k in (1, 2)], HIDDEN),
        (
            "transpose-missing",
            [f"w_{k}1^3 d_1^3 + w_{k}2^3 d_2^3 + w_{k}3^3 d_3^3 + w_{k}4^3 d_4^3" for k in (1, 2)],
            HIDDEN,
        ),
        ("slope-too-early", HIDDEN, HIDDEN),
        ("layer-shift", [f"w_1{j}^2 d_1^3 + w_2{j}^2 d_2^3" for j in range(1, 5)], HIDDEN),
        ("layer-shift", [f"w_1{j}^3 d_1^2 + w_2{j}^3 d_2^2" for j in range(1, 5)], HIDDEN),
        ("weight-missing", ["d_1^3 + d_2^3"] * 4, HIDDEN),
        ("path-missing", [f"w_1{j}^3 d_1^3" for j in range(1, 5)], HIDDEN),
        ("products-of-sums", [f"(w_1{j}^3 + w_2{j}^3)(d_1^3 + d_2^3)" for j in range(1, 5)], HIDDEN),
        ("paths-not-added", [[f"w_{k}{j}^3 d_{k}^3" for k in (1, 2)] for j in range(1, 5)], HIDDEN),
        ("error-missing", [f"w_1{j}^3 + w_2{j}^3" for j in range(1, 5)], HIDDEN),
        ("derivative-left-out", BACK, BACK),
        ("derivative-of-activation", BACK, [f"({e}) sigma'(a_{j}^2)" for j, e in enumerate(BACK, start=1)]),
        ("wrong-layer", BACK, [f"({e}) sigma'(z_{j}^3)" for j, e in enumerate(BACK, start=1)]),
        ("wrong-layer", BACK, [f"({e}) sigma'(z_{j}^1)" for j, e in enumerate(BACK, start=1)]),
        ("wrong-layer", BACK, [f"w_1{j}^3 d_1^3 σ'(z_1^3) + w_2{j}^3 d_2^3 σ'(z_2^3)" for j in range(1, 5)]),
        ("sigma-for-derivative", BACK, [f"({e}) sigma(z_{j}^2)" for j, e in enumerate(BACK, start=1)]),
        ("one-minus-sigma", BACK, [f"({e}) (1 - sigma(z_{j}^2))" for j, e in enumerate(BACK, start=1)]),
        ("transpose-missing", BACK, [f"(w_{j}1^3 d_1^3 + w_{j}2^3 d_2^3) sigma'(z_{j}^2)" for j in range(1, 5)]),
        (
            "derivative-of-activation+transpose-missing",
            BACK,
            [f"(w_{j}1^3 d_1^3 + w_{j}2^3 d_2^3) sigma'(a_{j}^2)" for j in range(1, 5)],
        ),
        (
            "derivative-left-out+transpose-missing",
            BACK,
            [f"w_{j}1^3 d_1^3 + w_{j}2^3 d_2^3" for j in range(1, 5)],
        ),
        ("path-missing", BACK, [f"w_2{j}^3 d_2^3 sigma'(z_{j}^2)" for j in range(1, 5)]),
        ("bracket-missing", BACK, [f"w_1{j}^3 d_1^3 + w_2{j}^3 d_2^3 sigma'(z_{j}^2)" for j in range(1, 5)]),
        ("matrix-product", BACK, ["+".join(HIDDEN)]),
        ("wrong-neuron", BACK, [f"({e}) sigma'(z_1^2)" for e in BACK]),
        ("one-entry", BACK, [*HIDDEN[:3], BACK[3]]),
        ("order-reversed", BACK, HIDDEN[::-1]),
        ("all-zeros", BACK, [0, 0, 0, 0]),
        ("entries-added", BACK, [f"{e} + sigma'(z_{j}^2)" for j, e in enumerate(BACK, start=1)]),
        ("slope-twice", BACK, [f"{e} * sigma'(z_{j}^2)" for j, e in enumerate(HIDDEN, start=1)]),
        ("slope-not-applied", BACK, [f"({e}) z_{j}^2" for j, e in enumerate(BACK, start=1)]),
        ("one-entry", BACK, [*HIDDEN[:3], 0]),
    ],
    "7.6": [
        ("transpose-missing", lambda W, d, z: (W @ d) * slope(z)),
        ("transpose-missing", lambda W, d, z: np.dot(W, d) * slope(z)),
        ("transpose-missing", lambda W, d, z: d @ W.T * slope(z)),
        ("derivative-left-out", lambda W, d, z: W.T @ d),
        ("derivative-left-out", lambda W, d, z: d @ W),
        ("derivative-of-activation", lambda W, d, z: (W.T @ d) * slope(sigmoid(z))),
        ("sigma-for-derivative", lambda W, d, z: (W.T @ d) * sigmoid(z)),
        ("wrong-layer", lambda W, d, z: W.T @ (d * slope(W @ sigmoid(z)))),
        ("matrix-product", lambda W, d, z: (W.T @ d) @ slope(z)),
        ("matrix-product", lambda W, d, z: W.T @ d @ slope(z)),
        ("outer-product", lambda W, d, z: np.outer(W.T @ d, slope(z))),
        ("outer-product", lambda W, d, z: (W.T @ d)[:, None] * slope(z)),
        ("path-missing", last_path_only),
        ("path-missing", first_path_only),
        ("term-missing", skips_the_first_path),
        ("transpose-missing", tries_both),
        ("link-weight-missing", lambda W, d, z: d.sum() * slope(z)),
        ("products-of-sums", lambda W, d, z: W.sum(axis=0) * d.sum() * slope(z)),
        ("paths-averaged", lambda W, d, z: np.mean(W.T * d, axis=1) * slope(z)),
        ("matrix-product", lambda W, d, z: np.sum(W.T @ d * slope(z))),
        ("tanh-slope", lambda W, d, z: (W.T @ d) * (1 - np.tanh(z) ** 2)),
        ("other-activation", lambda W, d, z: (W.T @ d) * relu_slope(z)),
        ("argument-for-value", lambda W, d, z: (W.T @ d) * z * (1 - z)),
        ("outer-derivative-dropped", lambda W, d, z: W.sum(axis=0) * slope(z)),
        ("input-changed", changes_error),
        ("derivative-left-out+transpose-missing", lambda W, d, z: W @ d),
        ("sign", lambda W, d, z: -(W.T @ d) * slope(z)),
        ("all-zeros", lambda W, d, z: np.zeros_like(z)),
        ("transpose-missing", lambda W, d, z: [slope(z[j]) * (W[j] @ d) for j in range(len(z))]),
        ("slope-twice", lambda W, d, z: (W.T @ d) * slope(z) ** 2),
        ("slope-not-applied", lambda W, d, z: (W.T @ d) * z),
    ],
    "7.7": [
        (
            "wrong-neuron",
            ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", "d_1^3*a_4^2"],
            ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3*a_3^2"],
        ),
        *(
            (
                slug,
                ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", last],
                ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3"],
            )
            for slug, last in (
                ("wrong-neuron", "d_1^3*a_1^2"),
                ("wrong-neuron", "d_2^3*a_3^2"),
                ("input-missing", "d_1^3"),
                ("error-missing", "a_3^2"),
                ("idle-path", "d_1^3*a_3^2 + d_2^3*a_3^2"),
                ("slopes-added", "d_1^3 + a_3^2"),
                ("input-layer", "d_1^3*a_3^3"),
                ("input-layer", "d_1^3*a_3^1"),
                ("wrong-layer", "d_1^2*a_3^2"),
                ("weight-for-input", "d_1^3*w_13^3"),
                ("sigma-missing", "d_1^3*z_3^2"),
                ("slope-for-input", "d_1^3*sigma'(z_3^2)"),
                ("slope-repeated", "d_1^3*a_3^2*sigma'(z_1^3)"),
                ("all-terms", "d_1^3*(a_1^2 + a_2^2 + a_3^2 + a_4^2)"),
                ("wrong-line", "-d_1^3*a_3^2"),
                ("wrong-line", "0"),
            )
        ),
        *(
            (slug, ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", "d_1^3*a_3^2"], lines)
            for slug, lines in (
                ("bias-summed", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3 + d_2^3"]),
                ("error-missing", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "1"]),
                ("error-missing", ["dL_db", "dz1_db + dz2_db", "d_1^3"]),
                ("wrong-neuron", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_2^3"]),
                ("bias-slope", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3*b_1^3"]),
                ("bias-slope", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3*a_3^2"]),
                ("slope-repeated", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^3*sigma'(z_1^3)"]),
                ("wrong-layer", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "d_1^2"]),
                ("paths-not-shown", ["dL_db", "d_1^3*dz1_db", "d_1^3"]),
                ("paths-not-shown", ["dL_db", "2*dL_db/2", "d_1^3"]),
                ("paths-not-shown", ["dL_db", "1*d_1^3 + 0*d_2^3", "d_1^3"]),
                ("wrong-line", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db", "0"]),
                ("not-finished", ["dL_db", "d_1^3*dz1_db + d_2^3*dz2_db"]),
                ("paths-not-shown", ["dL_db", "d_1^3"]),
                ("backwards", ["d_1^3", "d_1^3*dz1_db + d_2^3*dz2_db", "dL_db"]),
            )
        ),
        ("not-finished", ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", "d_1^3*dz1_dw"], "dL_db\nd_1^3*dz1_db\nd_1^3"),
        ("paths-not-shown", ["dL_dw", "d_1^3*a_3^2"], "dL_db\nd_1^3*dz1_db\nd_1^3"),
        ("paths-not-shown", "dL_dw\nd_1^3*dz1_dw\nd_1^3*a_3^2", "dL_db\nd_1^3*dz1_db + d_2^3*dz2_db\nd_1^3"),
        (
            "answers-swapped",
            "dL_db\nd_1^3*dz1_db + d_2^3*dz2_db\nd_1^3",
            ["dL_dw", "d_1^3*dz1_dw + d_2^3*dz2_dw", "d_1^3*a_3^2"],
        ),
    ],
    "7.8": [
        ("outer-turned", entries(lambda j, k: f"a_{j}^2 d_{k}^3", 4, 2), DB),
        ("outer-turned", A2 * D3.T, D3),
        ("input-layer", entries(lambda j, k: f"d_{j}^3 a_{k}^3", 2, 2), DB),
        ("input-layer", entries(lambda j, k: f"d_{j}^3 a_{k}^1", 2, 3), DB),
        ("input-layer", entries(lambda j, k: f"d_{j}^3 a_{k}^3"), DB),
        ("wrong-layer", entries(lambda j, k: f"d_{j}^2 a_{k}^2"), DB),
        ("weight-for-input", entries(lambda j, k: f"d_{j}^3 w_{j}{k}^3"), DB),
        ("input-missing", entries(lambda j, k: f"d_{j}^3"), DB),
        ("error-missing", entries(lambda j, k: f"a_{k}^2"), DB),
        ("slope-repeated", entries(lambda j, k: f"d_{j}^3 a_{k}^2 sigma'(z_{j}^3)"), DB),
        ("sum-and-product", entries(lambda j, k: f"d_{j}^3 + a_{k}^2"), DB),
        ("inner-for-outer", ["d_1^3 a_1^2 + d_2^3 a_2^2"], DB),
        ("entrywise-for-outer", ["d_1^3 a_1^2", "d_2^3 a_2^2"], DB),
        ("all-zeros", [[0] * 4, [0] * 4], DB),
        ("order-reversed", DW[::-1], DB),
        ("one-entry", [DW[0], [*DW[1][:3], "d_2^3 a_3^2"]], DB),
        ("bias-summed", DW, ["d_1^3 + d_2^3"]),
        ("bias-summed", DW, ["d_1^3 + d_2^3", "d_1^3 + d_2^3"]),
        ("bias-slope", DW, ["d_1^3 a_1^2", "d_2^3 a_2^2"]),
        ("bias-slope", DW, ["d_1^3 b_1^3", "d_2^3 b_2^3"]),
        ("error-missing", DW, [1, 1]),
        ("wrong-layer", DW, ["d_1^2", "d_2^2", "d_3^2", "d_4^2"]),
        ("slope-repeated", DW, ["d_1^3 sigma'(z_1^3)", "d_2^3 sigma'(z_2^3)"]),
        ("answers-swapped", DB, DW),
        ("slope-for-input", entries(lambda j, k: f"d_{j}^3 sigma'(z_{k}^2)"), DB),
        ("sigma-missing", entries(lambda j, k: f"d_{j}^3 z_{k}^2"), DB),
        ("input-layer", entries(lambda j, k: f"d_{j}^3 a_{k}^1"), DB),
        ("one-entry", [DW[0], [*DW[1][:3], 0]], DB),
    ],
    "7.9": [
        ("outer-turned", lambda d, a: np.outer(a, d), same),
        ("outer-turned", lambda d, a: a[:, None] * d, same),
        ("outer-turned", lambda d, a: np.outer(d, a).T, same),
        ("inner-for-outer", lambda d, a: d @ a, same),
        ("inner-for-outer", lambda d, a: d @ a.T, same),
        ("inner-for-outer", np.dot, same),
        ("entrywise-for-outer", lambda d, a: d * a, same),
        ("entrywise-for-outer", lambda d, a: d * a.T, same),
        ("slope-for-input", lambda d, a: np.outer(d, a * (1 - a)), same),
        ("input-missing", lambda d, a: np.outer(d, np.ones(len(a))), same),
        ("error-missing", lambda d, a: np.tile(a, (len(d), 1)), same),
        ("sigma-twice", lambda d, a: np.outer(d, sigmoid(a)), same),
        ("flattened", lambda d, a: np.outer(d, a).ravel(), same),
        ("sum-and-product", lambda d, a: d[:, None] + a, same),
        ("sign", lambda d, a: -np.outer(d, a), same),
        ("constant-factor", lambda d, a: 2 * np.outer(d, a), same),
        ("all-zeros", lambda d, a: np.zeros((len(d), len(a))), same),
        ("first-twice", lambda d, a: np.outer(d, d), same),
        ("bias-summed", np.outer, lambda d: d.sum()),
        ("bias-summed", np.outer, np.mean),
        ("bias-summed", np.outer, lambda d: np.sum(d, axis=0)),
        ("error-missing", np.outer, lambda d: np.ones(len(d))),
        ("bias-slope", np.outer, lambda d: d**2),
        ("slope-repeated", np.outer, lambda d: d * slope(d)),
        ("sign", np.outer, lambda d: -d),
        ("order-reversed", np.outer, lambda d: d[::-1]),
    ],
    "7.10": [
        ("weight-elsewhere", np.array([[X, X], [X, X]]), OUTER, q**2 * p, q * p),
        ("zeros-left-out", np.array([X, X]), OUTER, q**2 * p, q * p),
        ("axes-order", CUBE.transpose(2, 0, 1), OUTER, q**2 * p, q * p),
        ("axes-order", CUBE.transpose(0, 2, 1), OUTER, q**2 * p, q * p),
        ("weights-in-a-row", CUBE.reshape(2, 6), OUTER, q**2 * p, q * p),
        ("flattened", CUBE.ravel(), OUTER, q**2 * p, q * p),
        ("feed-missing", (CUBE != 0).astype(int), OUTER, q**2 * p, q * p),
        ("all-zeros", 0 * CUBE, OUTER, q**2 * p, q * p),
        ("outer-turned", CUBE, OUTER.T, q**2 * p, q * p),
        ("weight-elsewhere", CUBE, -np.array([X, X]), q**2 * p, q * p),
        ("error-missing", CUBE, np.array([X, X]), q**2 * p, q * p),
        ("feed-missing", CUBE, np.outer(D, [1, 1, 1]), q**2 * p, q * p),
        ("inner-for-outer", CUBE, -X, q**2 * p, q * p),
        ("sign", CUBE, -OUTER, q**2 * p, q * p),
        ("one-entry", CUBE, [[6, 15, -3], [-8, -20, -4]], q**2 * p, q * p),
        ("index-uncounted", CUBE, OUTER, q * p, q * p),
        ("index-uncounted", CUBE, OUTER, "q p^2", q * p),
        ("zeros-counted", CUBE, OUTER, "q^2 p", "q^2 p - q p"),
        ("zeros-counted", CUBE, OUTER, "q^2 p", "q p (q - 1)"),
        ("index-uncounted", CUBE, OUTER, "q^2 p", "p"),
        ("index-uncounted", CUBE, OUTER, "q^2 p", "q^2 p"),
        ("sum-and-product", CUBE, OUTER, "q^2 p", "q + p"),
        ("answers-swapped", CUBE, OUTER, "q p", "q^2 p"),
        ("not-varying", CUBE, OUTER, 12, "q p"),
    ],
    "7.11": [
        ("derivative-left-out", "x3", 0),
        ("feed-missing", "phi'(g2)", 0),
        ("weight-for-input", "phi'(g2) W23", 0),
        ("wrong-neuron", "phi'(g1) x3", 0),
        ("wrong-neuron", "phi'(g2) x2", 0),
        ("phi-prime-at-output", "phi'(z2) x3", 0),
        ("phi-for-derivative", "phi(g2) x3", 0),
        ("phi-for-derivative", "z2 x3", 0),
        ("one-minus-sigma", "(1 - z2) x3", 0),
        ("slope-inside", "phi'(x3)", 0),
        ("sum-for-phi", "g2 (1 - g2) x3", 0),
        ("term-itself", "phi'(g2) W23 x3", 0),
        ("all-terms", "phi'(g2) (x1 + x2 + x3)", 0),
        ("slopes-added", "phi'(g2) + x3", 0),
        ("tanh-slope", "(1 - z2^2) x3", 0),
        ("sign", "-phi'(g2) x3", 0),
        ("weight-elsewhere", "phi'(g2) x3", "phi'(g2) x3"),
        ("weight-elsewhere", "phi'(g2) x3", "phi'(g1) x3"),
        ("weight-elsewhere", "phi'(g2) x3", "x3"),
        ("weight-elsewhere", "phi'(g2) x3", 1),
        ("not-differentiated", "z2", 0),
        ("all-zeros", 0, 0),
        ("slope-not-applied", "g2 x3", 0),
        ("phi-one-plus", "z2 (1 + z2) x3", 0),
    ],
    "7.12": [
        ("derivative-left-out", lambda W, x: np.einsum("ki,j->kij", np.eye(len(W)), x)),
        ("weight-elsewhere", lambda W, x: np.einsum("k,i,j->kij", slope(W @ x), np.ones(len(W)), x)),
        ("zeros-left-out", lambda W, x: np.outer(slope(W @ x), x)),
        ("axes-order", lambda W, x: cube_loops(W, x).transpose(0, 2, 1)),
        ("axes-order", lambda W, x: cube_loops(W, x).transpose(2, 0, 1)),
        ("weights-in-a-row", lambda W, x: cube_loops(W, x).reshape(len(W), -1)),
        ("feed-missing", lambda W, x: cube_loops(W, x) / x),
        ("phi-for-derivative", lambda W, x: np.einsum("k,ki,j->kij", sigmoid(W @ x), np.eye(len(W)), x)),
        (
            "phi-prime-at-output",
            lambda W, x: np.einsum("k,ki,j->kij", slope(sigmoid(W @ x)), np.eye(len(W)), x),
        ),
        ("weight-for-input", lambda W, x: np.einsum("k,ki,kj->kij", slope(W @ x), np.eye(len(W)), W)),
        ("sign", lambda W, x: -cube_loops(W, x)),
        ("all-zeros", lambda W, x: np.zeros((len(W), *W.shape))),
        ("constant-factor", lambda W, x: cube_loops(W, x) / 2),
        ("derivative-left-out+zeros-left-out", lambda W, x: np.array([x] * len(W))),
        ("tanh-slope", lambda W, x: np.einsum("k,ki,j->kij", 1 - np.tanh(W @ x) ** 2, np.eye(len(W)), x)),
        ("one-minus-sigma", lambda W, x: np.einsum("k,ki,j->kij", 1 - sigmoid(W @ x), np.eye(len(W)), x)),
        (None, lambda W, x: slope(W @ x)),
        ("flattened", lambda W, x: cube_loops(W, x).ravel()),
        ("slope-not-applied", lambda W, x: np.einsum("k,ki,j->kij", W @ x, np.eye(len(W)), x)),
        ("phi-prime-repeated", lambda W, x: np.einsum("k,ki,j->kij", slope(W @ x) ** 2, np.eye(len(W)), x)),
    ],
    "7.13": [
        ("derivative-left-out", "dL_dy1 z2", FIRST),
        ("outer-derivative-dropped", "phi'(g_1^2) z2", FIRST),
        ("feed-missing", "dL_dy1 phi'(g_1^2)", FIRST),
        ("input-layer", "dL_dy1 phi'(g_1^2) x2", FIRST),
        ("weight-for-input", "dL_dy1 phi'(g_1^2) W_12^2", FIRST),
        ("wrong-neuron", "dL_dy1 phi'(g_1^2) z1", FIRST),
        ("wrong-neuron", "dL_dy2 phi'(g_2^2) z2", FIRST),
        ("phi-prime-at-output", "dL_dy1 phi'(y1) z2", FIRST),
        ("phi-for-derivative", "dL_dy1 phi(g_1^2) z2", FIRST),
        ("weight-elsewhere", "(dL_dy1 phi'(g_1^2) + dL_dy2 phi'(g_2^2)) z2", FIRST),
        ("slope-passed-over", SECOND, f"({PATHS}) * x3"),
        ("path-missing", SECOND, "dL_dy1 phi'(g_1^2) W_12^2 phi'(g_2^1) x3"),
        ("path-missing", SECOND, "dL_dy2 phi'(g_2^2) W_22^2 phi'(g_2^1) x3"),
        ("transpose-missing", SECOND, "(dL_dy1 phi'(g_1^2) W_21^2 + dL_dy2 phi'(g_2^2) W_22^2) phi'(g_2^1) x3"),
        ("derivative-left-out", SECOND, "(dL_dy1 W_12^2 + dL_dy2 W_22^2) phi'(g_2^1) x3"),
        ("derivative-left-out", SECOND, "(dL_dy1 W_12^2 + dL_dy2 W_22^2) x3"),
        ("link-weight-missing", SECOND, "(dL_dy1 phi'(g_1^2) + dL_dy2 phi'(g_2^2)) phi'(g_2^1) x3"),
        ("phi-prime-at-output", SECOND, f"({PATHS}) phi'(z2) x3"),
        ("feed-missing", SECOND, f"({PATHS}) phi'(g_2^1)"),
        ("input-layer", SECOND, f"({PATHS}) phi'(g_2^1) z2"),
        ("wrong-neuron", SECOND, f"({PATHS}) phi'(g_2^1) x2"),
        ("wrong-neuron", SECOND, f"({PATHS}) phi'(g_1^1) x3"),
        ("phi-for-derivative", SECOND, f"({PATHS}) phi(g_2^1) x3"),
        ("answers-swapped", FIRST, SECOND),
        ("all-zeros", SECOND, 0),
        ("slope-not-applied", "dL_dy1 g_1^2 z2", FIRST),
        ("phi-prime-repeated", "dL_dy1 phi'(g_1^2) phi'(g_2^1) z2", FIRST),
        ("slopes-added", "dL_dy1 + phi'(g_1^2) z2", FIRST),
        ("slope-not-applied", SECOND, f"({PATHS}) g_2^1 x3"),
        ("loss-slope-missing", SECOND, "(phi'(g_1^2) W_12^2 + phi'(g_2^2) W_22^2) phi'(g_2^1) x3"),
        ("layer-shift", SECOND, "(dL_dy1 phi'(g_1^2) W_12^1 + dL_dy2 phi'(g_2^2) W_22^1) phi'(g_2^1) x3"),
        ("phi-prime-at-output", SECOND, "(dL_dy1 phi'(y1) W_12^2 + dL_dy2 phi'(y2) W_22^2) phi'(z2) x3"),
        ("bracket-missing", SECOND, "dL_dy1 phi'(g_1^2) W_12^2 + dL_dy2 phi'(g_2^2) W_22^2 phi'(g_2^1) x3"),
        ("paths-multiplied", SECOND, "dL_dy1 phi'(g_1^2) W_12^2 dL_dy2 phi'(g_2^2) W_22^2 phi'(g_2^1) x3"),
        ("feed-missing", SECOND, f"({PATHS}) phi'(g_2^1)"),
    ],
    "7.14": [
        ("printed-line", lambda *given: two(*given, s1=np.ones_like)),
        ("derivative-left-out", lambda *given: two(*given, s2=np.ones_like)),
        ("derivative-left-out", lambda *given: two(*given, s1=np.ones_like, s2=np.ones_like)),
        ("transpose-missing", lambda *given: two(*given, back=lambda W2, d2: W2 @ d2)),
        (
            "transpose-missing",
            lambda *given: two(*given, back=lambda W, d: W @ d if len(d) == W.shape[1] else W.T @ d),
        ),
        ("outer-turned", lambda *given: two(*given, outer=lambda d, a: np.outer(a, d))),
        ("inner-for-outer", lambda *given: two(*given, outer=np.dot)),
        ("entrywise-for-outer", lambda *given: two(*given, outer=lambda d, a: d * a)),
        ("phi-prime-at-output", lambda *given: two(*given, s1=lambda g: slope(sigmoid(g)))),
        (
            "phi-prime-at-output",
            lambda *given: two(*given, s1=lambda g: slope(sigmoid(g)), s2=lambda g: slope(sigmoid(g))),
        ),
        ("phi-for-derivative", lambda *given: two(*given, s1=sigmoid, s2=sigmoid)),
        ("difference-reversed", lambda *given: two(*given, front=lambda out, y: 2 / len(y) * (y - out))),
        ("mse-sum", lambda *given: two(*given, front=lambda out, y: 2 * (out - y))),
        ("mse-half", lambda *given: two(*given, front=lambda out, y: out - y)),
        ("two-missing", lambda *given: two(*given, front=lambda out, y: (out - y) / len(y))),
        ("target-dropped", lambda *given: two(*given, front=lambda out, y: 2 / len(y) * out)),
        ("results-in-order", lambda *given: two(*given)[::-1]),
        ("link-weight-missing", lambda *given: two(*given, back=lambda W2, d2: d2.sum())),
        ("path-missing", lambda *given: two(*given, back=lambda W2, d2: W2[0] * d2[0])),
        ("sigma-missing", lambda *given: two(*given, f=lambda g: g)),
        (None, lambda W1, W2, x, y: two(W1, W2, x, y)[0]),
        ("all-zeros", lambda W1, W2, x, y: (0 * W1, 0 * W2)),
        ("square-not-differentiated", lambda *given: two(*given, front=lambda out, y: (out - y) ** 2 / len(y))),
        (
            "derivative-left-out+mse-half",
            lambda *given: two(*given, front=lambda out, y: out - y, s2=np.ones_like),
        ),
        (
            "difference-reversed+printed-line",
            lambda *given: two(*given, front=lambda out, y: 2 / len(y) * (y - out), s1=np.ones_like),
        ),
        (
            "printed-line+transposed",
            lambda *given: two(*given, outer=lambda d, a: np.outer(a, d), s1=np.ones_like),
        ),
        ("outer-turned", lambda *given: (two(*given)[0], two(*given)[1].T)),
        ("outer-turned", lambda *given: (two(*given)[0].T, two(*given)[1])),
        ("slope-not-applied", lambda *given: two(*given, s1=lambda g: g)),
    ],
    "7.15": [
        ("factors-swapped", [row[::-1] for row in FACTORS], SHAPES),
        ("factors-swapped", [["v", "P3"], ["v", "P2", "J3"], ["v", "P1", "J2", "J3"]], SHAPES),
        ("layer-for-parameters", [["v", "J3"], ["v", "J3", "J2"], ["v", "J3", "J2", "J1"]], SHAPES),
        ("one-link-too-many", [["v", "J3", "P3"], ["v", "J3", "J2", "P2"], ["v", "J3", "J2", "J1", "P1"]], SHAPES),
        ("off-by-one", [["v", "P2"], ["v", "J3", "P1"], ["v", "J3", "J2", "P0"]], SHAPES),
        ("jacobians-skipped", [["v", "P3"], ["v", "P2"], ["v", "P1"]], SHAPES),
        ("outer-derivative-dropped", [["P3"], ["J3", "P2"], ["J3", "J2", "P1"]], SHAPES),
        ("order-reversed", FACTORS[::-1], SHAPES),
        (None, FACTORS[:2], SHAPES),
        ("transposed", FACTORS, [[5, 1], [4, 5], [3, 4], [9, 3]]),
        ("biases-uncounted", FACTORS, [[1, 5], [5, 4], [4, 3], [3, 6]]),
        ("layer-for-parameters", FACTORS, [[1, 5], [5, 4], [4, 3], [3, 2]]),
        ("order-reversed", FACTORS, SHAPES[::-1]),
        (None, FACTORS, SHAPES[:3]),
        ("one-entry", FACTORS, [[1, 5], [5, 4], [4, 3], [3, 8]]),
        ("one-neuron-counted", FACTORS, [[1, 5], [5, 4], [4, 3], [3, 3]]),
        ("jacobians-skipped", [["v", "P3"], ["v", "J3", "P2"], ["v", "J2", "P1"]], SHAPES),
        ("row-as-column", FACTORS, [[5, 1], *SHAPES[1:]]),
        ("pairs-turned", FACTORS, [*SHAPES[:3], [9, 3]]),
        ("pairs-turned", FACTORS, [[1, 5], [4, 5], [3, 4], [3, 9]]),
    ],
    "7.16": [
        ("jacobians-skipped+transposed-jacobian", lambda v, jacobians: jacobians[0] @ v),
        ("factors-swapped", lambda v, jacobians: vjp_matrices(v, jacobians[::-1])),
        ("transposed-jacobian", vjp_from_the_other_side),
        ("jacobians-skipped", vjp_first),
        ("jacobians-skipped", lambda v, jacobians: v @ jacobians[0]),
        ("jacobians-skipped", lambda v, jacobians: vjp_while(v, jacobians[:-1])),
        ("start-for-step", lambda v, jacobians: v),
        ("outer-derivative-dropped", lambda v, jacobians: vjp_reduce(np.ones_like(v), jacobians)),
        ("sign", lambda v, jacobians: -vjp_while(v, jacobians)),
        ("constant-factor", lambda v, jacobians: 2 * vjp_while(v, jacobians)),
        ("all-zeros", lambda v, jacobians: np.zeros(jacobians[-1].shape[1])),
        (None, lambda v, jacobians: v * jacobians[0]),
        ("slopes-added", lambda v, jacobians: v @ sum(jacobians)),
        (
            "input-changed",
            lambda v, jacobians: (jacobians.append(np.eye(jacobians[-1].shape[1])), vjp_while(v, jacobians))[1],
        ),
        ("order-reversed", lambda v, jacobians: vjp_while(v, jacobians)[::-1]),
        ("matrices-first", vjp_matrices),
        ("matrices-first", vjp_from_the_right),
        ("matrices-first", lambda v, jacobians: v @ reduce(np.matmul, jacobians)),
        ("matrices-first", lambda v, jacobians: reduce(lambda P, J: np.einsum("ij,jk->ik", P, J), jacobians).T @ v),
        ("outer-derivative-dropped", lambda v, jacobians: reduce(np.matmul, jacobians)),
        ("factors-swapped", lambda v, jacobians: vjp_while(v, jacobians[::-1])),
    ],
    "7.17": [
        ("vector-last", "(K - 1) n^3 + n^2", RIGHT_ORDER, counted),
        ("vector-last", "K n^3", RIGHT_ORDER, counted),
        ("products-miscounted", "(K + 1) n^2", RIGHT_ORDER, counted),
        ("products-miscounted", "(K - 1) n^2", RIGHT_ORDER, counted),
        ("product-cost", "K n", RIGHT_ORDER, counted),
        ("links-multiplied", "n^(2K)", RIGHT_ORDER, counted),
        ("additions-counted", "2 K n^2", RIGHT_ORDER, counted),
        ("one-product-only", "n^2", RIGHT_ORDER, counted),
        ("product-uncounted", LEFT, "(K - 1) n^3", counted),
        ("products-miscounted", LEFT, "K n^3 + n^2", counted),
        ("vector-as-matrix", LEFT, "K n^3", counted),
        ("product-cost", LEFT, "K n^2", counted),
        ("answers-swapped", RIGHT_ORDER, LEFT, counted),
        ("results-in-order", LEFT, RIGHT_ORDER, lambda sizes: counted(sizes)[::-1]),
        (
            "product-uncounted",
            LEFT,
            RIGHT_ORDER,
            lambda sizes: (counted(sizes)[0], counted(sizes)[1] - sizes[0] * sizes[-1]),
        ),
        ("vector-last", LEFT, RIGHT_ORDER, lambda sizes: (counted(sizes)[1], counted(sizes)[1])),
        (None, LEFT, RIGHT_ORDER, lambda sizes: (0, 0, 0)),
        ("not-varying", 9, RIGHT_ORDER, counted),
        ("other-end", LEFT, RIGHT_ORDER, lambda sizes: (counted(sizes)[0], counted(sizes[::-1])[1])),
        ("sum-and-product", LEFT, RIGHT_ORDER, lambda sizes: (sum(sizes), counted(sizes)[1])),
        ("count-fixed", "3 n^2", RIGHT_ORDER, counted),
        ("links-multiplied", "n^K", RIGHT_ORDER, counted),
        ("one-product-only+vector-last", "n^3", RIGHT_ORDER, counted),
        ("additions-counted+vector-last", "K n^2 (2n - 1)", RIGHT_ORDER, counted),
        ("count-fixed", LEFT, "2 n^3 + n^2", counted),
        ("count-fixed", LEFT, "n^3 + n^2", counted),
        ("costs-exchanged", LEFT, "(K - 1) n^2 + n^3", counted),
        ("products-miscounted", LEFT, "(K + 1) n^3 + n^2", counted),
        ("products-miscounted", LEFT, "(K - 2) n^3 + n^2", counted),
        ("links-multiplied", LEFT, "n^(K + 1)", counted),
        ("product-cost", LEFT, "(K - 1) n^3 + n", counted),
        (
            "widths-equal",
            LEFT,
            RIGHT_ORDER,
            lambda sizes: ((len(sizes) - 1) * sizes[0] ** 2, (len(sizes) - 2) * sizes[0] ** 3 + sizes[0] ** 2),
        ),
        ("products-miscounted", LEFT, RIGHT_ORDER, lambda sizes: (counted(sizes[:-1])[0], counted(sizes)[1])),
        (
            "single-jacobian",
            LEFT,
            RIGHT_ORDER,
            lambda sizes: (counted(sizes)[0], counted(sizes)[1] * (2 if len(sizes) == 2 else 1)),
        ),
        (None, LEFT, RIGHT_ORDER, lambda sizes: counted(sizes) if len(sizes) > 2 else (1, 1)),
    ],
    "7.18": [
        ("answers-swapped", AFTER, BEFORE),
        ("input-unchanged", BEFORE, BEFORE),
        ("input-changed-already", AFTER, AFTER),
        ("slope-missing-in-hidden", float(PASSED.d[3][:, 0] @ NET_18.W[3][:, 2]), AFTER),
        ("sign", -BEFORE, AFTER),
        ("sign", BEFORE, f"{-AFTER:.4g}"),
        ("other-neuron", float(PASSED.d[2][0, 0]), AFTER),
        ("other-neuron", float(PASSED.d[2][3, 0]), AFTER),
        ("error-of-another-layer", float(PASSED.d[3][1, 0]), AFTER),
        ("activation-for-error", float(PASSED.a[2][2, 0]), AFTER),
        ("sum-for-error", float(PASSED.z[2][2, 0]), AFTER),
        ("error-missing", float(PASSED.slope[2][2, 0]), AFTER),
        ("other-input", BEFORE, after_18(0)),
        ("other-input", BEFORE, after_18(2)),
        ("too-few-digits", float(f"{BEFORE:.1g}"), AFTER),
        (None, BEFORE, 1.25),
    ],
}
