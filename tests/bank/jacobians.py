from functools import reduce

import numpy as np
import sympy
from sympy import Matrix, cos, sin, symbols

x1, x2, x3, y1, y2, y3 = symbols("x1 x2 x3 y1 y2 y3")

# 2.1: g = (x1² x2 + 5 x3, x2 sin 3x3)
G1 = Matrix([x1**2 * x2 + 5 * x3, x2 * sin(3 * x3)])
J1 = G1.jacobian([x1, x2, x3])
ROW_1 = [2 * x1 * x2, x1**2, 5]
ROW_2 = [0, sin(3 * x3), 3 * x2 * cos(3 * x3)]

# 2.2: g = (x1² + 3 x2, x1 x2, x2² − x1) at (2, 1), h = (0.1, −0.2)
J2 = np.array([[4, 3], [1, 2], [-1, 2]])
START, STEP = np.array([7, 2, -1]), np.array([0.1, -0.2])
CHANGE, VALUE = J2 @ STEP, START + J2 @ STEP
EXACT = np.array([2.1**2 + 3 * 0.8, 2.1 * 0.8, 0.8**2 - 2.1])

# 2.5: g = (x1 x2, x1 + 2 x2, x2²), f = (y1 y2, 3 y1² + y3)
DG = Matrix([[x2, x1], [1, 2], [0, 2 * x2]])
DF_Y = Matrix([[y2, y1, 0], [6 * y1, 0, 1]])
DF = DF_Y.subs({y1: x1 * x2, y2: x1 + 2 * x2})
DF_X = DF_Y.subs({y1: x1, y2: x2})
DFG = DF * DG
DF_TEXT = [["x1 + 2 x2", "x1 x2", 0], ["6 x1 x2", 0, 1]]
DFG_TEXT = [["2 x1 x2 + 2 x2^2", "x1^2 + 4 x1 x2"], ["6 x1 x2^2", "6 x1^2 x2 + 2 x2"]]

# 2.6: g = (x1 x2, x1 + 2 x2), f = (x1 + x2², 3 x1 − x2) at (3, 2)
DG_X, DF_G, DF_AT_X = np.array([[2, 3], [1, 2]]), np.array([[1, 14], [3, -1]]), np.array([[1, 4], [3, -1]])
DG_F = np.array([[7, 7], [1, 2]])
FG, GF = DF_G @ DG_X, DG_F @ DF_AT_X

# 2.7: g = (x1³, x1 x2, sin x2), f = 3 y1 y2 + y3²
UP = Matrix([3 * x1 * x2, 3 * x1**3, 2 * sin(x2)])
DG_7 = Matrix([[3 * x1**2, 0], [x2, x1], [0, cos(x2)]])
GRADIENT = DG_7.T * UP
FIRST, SECOND = GRADIENT

# the symbols that somebody may make himself
UNDERSCORED = {x: sympy.Symbol(f"x_{i}") for i, x in enumerate((x1, x2, x3), start=1)}

SHAPES_4 = [[2, 4], [3, 2], [3, 4]]
COSTS = [[4800, 82000], [73800, 3600]]


# code, right ---------------------------------------------------------------------------------------------------------


def jacobian_filled(g, x, h):
    J = np.zeros((len(g(x)), len(x)))
    for j in range(len(x)):
        e = np.zeros(len(x))
        e[j] = 1
        J[:, j] = (g(x + h * e) - g(x - h * e)) / (2 * h)
    return J


def jacobian_in_place(g, x, h):
    x = x.copy()
    columns = []
    for j in range(x.size):
        x[j] += h
        above = g(x)
        x[j] -= 2 * h
        below = g(x)
        x[j] += h
        columns.append((above - below) / (2 * h))
    return np.array(columns).T


def jacobian_moved_back(g, x, h):
    J = np.empty((g(x).size, x.size))
    for j in range(x.size):
        x[j] += h
        above = g(x)
        x[j] -= 2 * h
        J[:, j] = (above - g(x)) / (2 * h)
        x[j] += h
    return J


def jacobian_identity(g, x, h):
    return np.column_stack([(g(x + e) - g(x - e)) / 2 / h for e in h * np.eye(len(x))])


def jacobian_entries(g, x, h):
    q, p = len(g(x)), len(x)
    J = [[0.0] * p for _ in range(q)]
    for i in range(q):
        for j in range(p):
            up, down = x.copy(), x.copy()
            up[j] += h
            down[j] -= h
            J[i][j] = (g(up)[i] - g(down)[i]) / (2 * h)
    return J


def jacobian_stacked(g, x, h):
    return np.stack([0.5 * (g(x + e) - g(x - e)) / h for e in np.diag(np.full(len(x), h))]).T


def row_dot(v, Df, Dg):
    return np.dot(np.dot(v, Df), Dg)


def row_transposed(v, Df, Dg):
    return Dg.T @ (Df.T @ v)


def row_matrix(v, Df, Dg):
    return (v[None, :] @ Df @ Dg)[0]


def row_sums(v, Df, Dg):
    w = [sum(v[i] * Df[i, k] for i in range(len(v))) for k in range(Df.shape[1])]
    return [sum(w[k] * Dg[k, j] for k in range(len(w))) for j in range(Dg.shape[1])]


def row_einsum(v, Df, Dg):
    return np.einsum("k,kj->j", np.einsum("i,ik->k", v, Df), Dg)


def row_reduce(v, Df, Dg):
    return reduce(np.matmul, (v, Df, Dg))


def column_dot(Df, Dg, h):
    return Df.dot(Dg.dot(h))


def column_transposed(Df, Dg, h):
    return (h @ Dg.T) @ Df.T


def column_matrix(Df, Dg, h):
    return (Df @ (Dg @ h[:, None])).ravel()


def column_sums(Df, Dg, h):
    w = [sum(row[j] * h[j] for j in range(len(h))) for row in Dg]
    return [sum(row[k] * w[k] for k in range(len(w))) for row in Df]


def column_einsum(Df, Dg, h):
    return np.einsum("ik,k->i", Df, np.einsum("kj,j->k", Dg, h))


def column_weighted(Df, Dg, h):
    moved = (Dg * h).sum(axis=1)
    return (Df * moved).sum(axis=1)


def row_through(v, Df, Dg):
    return v @ Df @ Dg


def column_through(Df, Dg, h):
    return Df @ (Dg @ h)


# code, wrong ---------------------------------------------------------------------------------------------------------


def differences(quotient, axis=1):
    """Return the function whose column j is quotient(g, x, step, h)."""
    return lambda g, x, h: np.stack([quotient(g, x, e, h) for e in h * np.eye(len(x))], axis=axis)


def first_column(g, x, h):
    for e in h * np.eye(len(x)):
        return (g(x + e) - g(x - e)) / (2 * h)


def square_only(g, x, h):
    J = np.zeros((len(x), len(x)))
    for j, e in enumerate(h * np.eye(len(x))):
        J[:, j] = (g(x + e) - g(x - e)) / (2 * h)
    return J


def loop_over_outputs(g, x, h):
    q = len(g(x))
    J = np.zeros((q, len(x)))
    for j in range(min(q, len(x))):
        e = np.zeros(len(x))
        e[j] = h
        J[:, j] = (g(x + e) - g(x - e)) / (2 * h)
    return J


def rows_filled(g, x, h):
    J = np.zeros((len(g(x)), len(x)))
    for j, e in enumerate(h * np.eye(len(x))):
        J[j, :] = (g(x + e) - g(x - e)) / (2 * h)
    return J


def never_put_back(g, x, h):
    t, columns = x.copy(), []
    for j in range(len(t)):
        t[j] += h
        above = g(t)
        t[j] -= 2 * h
        columns.append((above - g(t)) / (2 * h))
    return np.array(columns).T


def changes_x(g, x, h):
    columns = []
    for j in range(len(x)):
        x[j] += h
        above = g(x)
        x[j] -= 2 * h
        columns.append((above - g(x)) / (2 * h))
    return np.array(columns).T


def averaged(g, x, h):
    return jacobian_filled(g, x, h) / len(x)


def central(g, x, e, h):
    return (g(x + e) - g(x - e)) / (2 * h)


def turned_if_it_does_not_fit(g, x, h):
    rows = np.array([central(g, x, e, h) for e in h * np.eye(len(x))])
    return rows if rows.shape == (len(g(x)), len(x)) else rows.T


def rows_first_then_columns(g, x, h):
    J = np.zeros((len(g(x)), len(x)))
    for j, e in enumerate(h * np.eye(len(x))):
        difference = central(g, x, e, h)
        try:
            J[j, :] = difference
        except (ValueError, IndexError):
            J[:, j] = difference
    return J


def filled(g, x, h, dtype=float, columns=slice(None)):
    J = np.zeros((len(g(x)), len(x)), dtype)
    for j in range(len(x))[columns]:
        J[:, j] = central(g, x, h * np.eye(len(x))[j], h)
    return J


def last_column(g, x, h):
    for e in h * np.eye(len(x)):
        column = central(g, x, e, h)
    return column


def row_triple_loop(v, Df, Dg):
    out = np.zeros(Dg.shape[1])
    for k in range(Dg.shape[1]):
        for i in range(len(v)):
            for j in range(Df.shape[1]):
                out[k] += v[i] * Df[i, j] * Dg[j, k]
    return out


def column_triple_loop(Df, Dg, h):
    out = np.zeros(Df.shape[0])
    for i in range(Df.shape[0]):
        for j in range(Df.shape[1]):
            for k in range(len(h)):
                out[i] += Df[i, j] * Dg[j, k] * h[k]
    return out


def column_triple_loop_from_h(Df, Dg, h):
    out = np.zeros(Df.shape[0])
    for i in range(Df.shape[0]):
        for j in range(Df.shape[1]):
            for k in range(len(h)):
                out[i] += h[k] * Dg[j, k] * Df[i, j]
    return out


def row_worked_out_again(v, Df, Dg):
    return [sum((v @ Df[:, k]) * Dg[k, j] for k in range(Df.shape[1])) for j in range(Dg.shape[1])]


def row_scaled(v, Df, Dg):
    return (v * 1e300) @ ((Df * 1e-150) @ (Dg * 1e-150))


def row_of_floats(v, Df, Dg):
    v, Df, Dg = (np.asarray(array, dtype=np.float64) for array in (v, Df, Dg))
    return v @ Df @ Dg


def column_of_floats(Df, Dg, h):
    Df, Dg, h = (np.asarray(array, dtype=np.float64) for array in (Df, Dg, h))
    return list(Df @ (Dg @ h))


def row_kept(v, Df, Dg):
    out = np.zeros(Dg.shape[1])
    for j in range(Df.shape[1]):
        w = 0.0
        for i in range(len(v)):
            w += v[i] * Df[i, j]
        for k in range(Dg.shape[1]):
            out[k] += w * Dg[j, k]
    return out


def by_outer(v, Df, Dg):
    return (v[:, None] * Df) @ Dg


def both(row=row_through, column=column_through):
    return row, column


RIGHT = {
    "2.1": [
        (J1,),
        ([ROW_1, ROW_2],),
        ([["2 x1 x2", "x1^2", "5"], ["0", "sin(3 x3)", "3 x2 cos(3 x3)"]],),
        ("[[2*x1*x2, x1**2, 5], [0, sin(3*x3), 3*x2*cos(3*x3)]]",),
        (((2 * x1 * x2, "x1²", 5), (0, "sin(3x3)", "3 x2 cos(3x3)")),),
        (np.array([ROW_1, ROW_2], dtype=object),),
        (G1.jacobian(Matrix([x1, x2, x3])),),
        ([[sympy.diff(g, x) for x in (x1, x2, x3)] for g in G1],),
        ([["2x_1 x_2", "x_1^2", 5], [0, r"\sin(3x_3)", r"3x_2 \cos(3x_3)"]],),
        (J1.as_immutable(),),
        ([["2*x1*x2", "x1*x1", 5.0], [0, "sin(3*x3)", "3*x2*sin(3*x3 + pi/2)"]],),
        (r"\begin{pmatrix} 2 x_1 x_2 & x_1^2 & 5 \\ 0 & \sin(3x_3) & 3x_2\cos(3x_3) \end{pmatrix}",),
        (J1.subs(UNDERSCORED),),
        (J1.subs(UNDERSCORED).tolist(),),
    ],
    "2.2": [
        (CHANGE, VALUE),
        ([-0.2, -0.3, -0.5], [6.8, 1.7, -1.5]),
        ("[-0.2, -0.3, -0.5]", "[6.8, 1.7, -1.5]"),
        (["-1/5", "-3/10", "-1/2"], ["34/5", "17/10", "-3/2"]),
        (Matrix([-0.2, -0.3, -0.5]), Matrix([6.8, 1.7, -1.5])),
        ([[-0.2], [-0.3], [-0.5]], [[6.8], [1.7], [-1.5]]),
        ((sympy.Rational(-1, 5), sympy.Rational(-3, 10), -0.5), (6.8, 1.7, -1.5)),
        ([0.1 * 4 - 0.2 * 3, 0.1 * 1 - 0.2 * 2, -0.1 - 0.4], [7 - 0.2, 2 - 0.3, -1 - 0.5]),
        (np.array([[-0.2, -0.3, -0.5]]), np.array([[6.8, 1.7, -1.5]])),
    ],
    "2.3": [
        (jacobian_filled,),
        (jacobian_in_place,),
        (jacobian_moved_back,),
        (jacobian_identity,),
        (jacobian_entries,),
        (jacobian_stacked,),
        (differences(central),),
        (lambda g, x, h: Matrix(jacobian_filled(g, x, h).tolist()),),
        (lambda g, x, h: np.array([central(g, x, e, h) for e in h * np.eye(len(x))]).transpose(),),
        (filled,),
        (lambda g, x, h: np.hstack([central(g, x, e, h)[:, None] for e in h * np.eye(len(x))]),),
    ],
    "2.4": [
        (SHAPES_4, 3, [2, 2]),
        (np.array(SHAPES_4), 3.0, np.array([2, 2])),
        (((2, 4), (3, 2), (3, 4)), "3", (2, 2)),
        ("[[2, 4], [3, 2], [3, 4]]", sympy.Integer(3), "[2, 2]"),
        (Matrix(SHAPES_4), np.int64(3), Matrix([2, 2])),
        ([np.zeros((2, 4)).shape, np.zeros((3, 2)).shape, (np.zeros((3, 2)) @ np.zeros((2, 4))).shape], 3, (2, 2)),
        ([[2.0, 4.0], [3.0, 2.0], [3.0, 4.0]], np.float64(3), [[2], [2]]),
        (["2×4", "3×2", "3×4"], 3, "2×2"),
        (["2x4", "3 x 2", "3x4"], 3, "2x2"),
        ([r"2\times 4", r"3 \times 2", r"3\times4"], 3, r"2\times2"),
        (["2 by 4", "3 by 2", "3 by 4"], 3, "2 by 2"),
        (["(2,4)", "(3,2)", "(3,4)"], 3, "(2,2)"),
        ("2×4, 3×2, 3×4", 3, "2, 2"),
        ("(2,4), (3,2), (3,4)", 3, ["2", "2"]),
        ([["2 x 4"], ["3 x 2"], ["3 x 4"]], 3, ["2 x 2"]),
    ],
    "2.5": [
        (DF, DFG),
        (DF_TEXT, DFG_TEXT),
        (DF, DFG.applyfunc(sympy.expand)),
        (DF.tolist(), DFG.applyfunc(sympy.factor).tolist()),
        (
            "[[x1 + 2*x2, x1*x2, 0], [6*x1*x2, 0, 1]]",
            "[[x1*x2 + (x1 + 2*x2)*x2, 2*x1*x2 + (x1 + 2*x2)*x1], [6*x1*x2**2, 6*x1**2*x2 + 2*x2]]",
        ),
        (DF_TEXT, [["x2 (x1 + 2 x2) + x1 x2", "x1 (x1 + 2x2) + 2 x1 x2"], ["6 x1 x2 * x2", "6 x1 x2 x1 + 2x2"]]),
        (
            [["x_1 + 2x_2", "x_1 x_2", "0"], [r"6 \cdot x_1 \cdot x_2", 0, 1]],
            [["2 x_2 (x_1 + x_2)", "x_1 (x_1 + 4 x_2)"], ["6 x_1 x_2^2", "2x_2(3x_1^2 + 1)"]],
        ),
        (
            np.array(DF.tolist(), dtype=object),
            Matrix([x1 * x2 * (x1 + 2 * x2), 3 * x1**2 * x2**2 + x2**2]).jacobian([x1, x2]),
        ),
        (DF.subs(UNDERSCORED), DFG.subs(UNDERSCORED)),
    ],
    "2.6": [
        (FG, GF),
        (FG.tolist(), GF.tolist()),
        ("[[16, 31], [5, 7]]", "[[28, 21], [7, 2]]"),
        (Matrix([[16, 31], [5, 7]]), Matrix([[28, 21], [7, 2]])),
        (((16.0, 31.0), (5.0, 7.0)), ((28.0, 21.0), (7.0, 2.0))),
        (Matrix(DF_G.tolist()) * Matrix(DG_X.tolist()), np.dot(DG_F, DF_AT_X)),
        ([["16", "31"], ["5", "7"]], [["28", "21"], ["7", "2"]]),
    ],
    "2.7": [
        (GRADIENT,),
        (["12 x1^3 x2", "3 x1^4 + 2 sin(x2) cos(x2)"],),
        (["12 x1^3 x2", "3 x1^4 + sin(2 x2)"],),
        ([[12 * x1**3 * x2], [3 * x1**4 + sin(2 * x2)]],),
        ("[12*x1**3*x2, 3*x1**4 + 2*sin(x2)*cos(x2)]",),
        (GRADIENT.subs(UNDERSCORED),),
        ("12x1^3x2, 3x1^4 + 2sin(x2)cos(x2)",),
        ([r"12 x_1^3 x_2", r"3 x_1^4 + 2 \sin(x_2) \cos(x_2)"],),
        ((9 * x1**3 * x2 + 3 * x1**3 * x2, "3 x1^3 * x1 + 2 sin x2 cos x2"),),
        ([sympy.diff(3 * x1**4 * x2 + sin(x2) ** 2, x) for x in (x1, x2)],),
        (np.array([12 * x1**3 * x2, 3 * x1**4 + 2 * sin(x2) * cos(x2)], dtype=object),),
    ],
    "2.8": [
        both(),
        (row_dot, column_dot),
        (row_transposed, column_transposed),
        (row_matrix, column_matrix),
        (row_sums, column_sums),
        (row_einsum, column_einsum),
        (row_reduce, column_weighted),
        (lambda v, Df, Dg: (v @ Df) @ Dg, lambda Df, Dg, h: Df @ (Dg @ h)),
        (row_of_floats, column_of_floats),
        (row_kept, lambda Df, Dg, h: tuple(Df.dot(Dg.dot(h)))),
        (lambda v, Df, Dg: np.linalg.multi_dot([v, Df, Dg]), lambda Df, Dg, h: np.linalg.multi_dot([Df, Dg, h])),
        (
            lambda v, Df, Dg: np.tensordot(np.tensordot(v, Df, 1), Dg, 1),
            lambda Df, Dg, h: np.tensordot(Df, np.tensordot(Dg, h, 1), 1),
        ),
        (
            lambda v, Df, Dg: ((v[:, None] * Df).sum(0)[:, None] * Dg).sum(axis=0),
            lambda Df, Dg, h: np.matmul(Df, np.matmul(Dg, h)),
        ),
    ],
    "2.9": [
        (COSTS,),
        (np.array(COSTS),),
        (((4800, 82000), (73800, 3600)),),
        (
            [
                [1 * 20 * 40 + 1 * 40 * 100, 20 * 40 * 100 + 1 * 20 * 100],
                [60 * 40 * 30 + 60 * 30 * 1, 40 * 30 * 1 + 60 * 40 * 1],
            ],
        ),
        ("[[4800, 82000], [73800, 3600]]",),
        (Matrix(COSTS),),
        ([["800 + 4000", "80000 + 2000"], ["72000 + 1800", "1200 + 2400"]],),
        ([["4,800", "82,000"], ["73,800", "3,600"]],),
        ([["4 800", "82 000"], ["73_800", "3_600"]],),
        ("[[4_800, 82_000], [73_800, 3_600]]",),
        ([[4.8e3, 8.2e4], [7.38e4, 3.6e3]],),
        (["4800, 82000", "73800, 3600"],),
    ],
}

WRONG = {
    "2.1": [
        ("transposed", J1.T),
        ("transposed", [list(column) for column in zip(ROW_1, ROW_2, strict=True)]),
        ("order-reversed", [ROW_2, ROW_1]),
        ("columns-order", [ROW_1[::-1], ROW_2[::-1]]),
        ("columns-order", [[5, "2 x1 x2", "x1^2"], ["3 x2 cos(3 x3)", 0, "sin(3 x3)"]]),
        ("row-repeated", [[2 * x1 * x2] * 3, [sin(3 * x3)] * 3]),
        ("row-repeated", [[x1**2] * 3, [sin(3 * x3)] * 3]),
        ("rows-added", [[2 * x1 * x2, x1**2 + sin(3 * x3), 5 + 3 * x2 * cos(3 * x3)]]),
        ("columns-added", ["2 x1 x2 + x1^2 + 5", "sin(3 x3) + 3 x2 cos(3 x3)"]),
        ("row-left-out", [ROW_1]),
        ("row-left-out", ROW_2),
        ("column-left-out", [ROW_1[:2], ROW_2[:2]]),
        ("column-left-out", [ROW_1[1:], ROW_2[1:]]),
        ("not-differentiated", list(G1)),
        ("not-differentiated", [[G1[0]] * 3, [G1[1]] * 3]),
        ("flattened", [*ROW_1, *ROW_2]),
        ("all-zeros", [[0, 0, 0], [0, 0, 0]]),
        ("sign", [["-2 x1 x2", "-x1^2", -5], [0, "-sin(3 x3)", "-3 x2 cos(3 x3)"]]),
        ("one-entry", [ROW_1, [0, sin(3 * x3), x2 * cos(3 * x3)]]),
        ("one-entry", [["2 x1 x2 + 5 x3", "x1^2", 5], ROW_2]),
        ("one-entry", [["x1 x2", "x1^2", 5], ROW_2]),
        ("one-entry", [["2 x1^2 x2", "x1^2", 5], ROW_2]),
        ("one-entry", [ROW_1, [0, sin(3 * x3), -3 * x2 * cos(3 * x3)]]),
        ("one-entry", [["2 x1 x2", "x1^2", "5 x3"], ROW_2]),
        ("one-entry", [["2 x1", "x1^2", 5], ROW_2]),
        ("constant-kept", [["2 x1 x2 + 5 x3", "x1^2 + 5 x3", 5], ROW_2]),
        ("one-entry", [ROW_1, ["x2 sin(3 x3)", sin(3 * x3), 3 * x2 * cos(3 * x3)]]),
        ("columns-order+transposed", J1.T[::-1, :]),
        (None, [ROW_1, [0, cos(3 * x3), -3 * x2 * sin(3 * x3)]]),
        (None, (2 * J1).tolist()),
        ("rows-added", [2 * x1 * x2, x1**2 + sin(3 * x3), 5 + 3 * x2 * cos(3 * x3)]),
        ("row-left-out", ROW_1),
        ("not-varying", [[12, 4, 5], [0, 1, 2]]),
        ("column-left-out", [ROW_1[:2], ROW_2[:2]]),
        ("columns-order", [[x1**2, 2 * x1 * x2, 5], [sin(3 * x3), 0, 3 * x2 * cos(3 * x3)]]),
    ],
    "2.2": [
        ("exact-change", EXACT - START, VALUE),
        ("exact-change", EXACT - START, EXACT),
        ("exact-change", CHANGE, EXACT),
        ("jacobian-elsewhere", np.array([[4.2, 3], [0.8, 2.1], [-1, 1.6]]) @ STEP, VALUE),
        ("jacobian-elsewhere", np.array([[0, 3], [0, 0], [-1, 0]]) @ STEP, VALUE),
        ("step-direction", [7, 3, 1], VALUE),
        ("products-of-sums", J2.sum(axis=1) * -0.1, VALUE),
        ("parts-apart", J2 * STEP, VALUE),
        ("variables-swapped", J2 @ STEP[::-1], VALUE),
        ("point-for-step", J2 @ [2, 1], VALUE),
        ("step-sign", J2 @ [0.1, 0.2], VALUE),
        ("step-sign", J2 @ [0.1, 0.2], START + J2 @ [0.1, 0.2]),
        ("one-column", J2[:, 0] * 0.1, VALUE),
        ("one-column", J2[:, 1] * -0.2, VALUE),
        ("jacobian-for-change", J2, VALUE),
        ("value-for-change", VALUE, VALUE),
        ("change-for-value", CHANGE, CHANGE),
        ("start-for-step", CHANGE, START),
        ("input-moved", CHANGE, [2.1, 0.8]),
        ("point-for-step", CHANGE, J2 @ [2.1, 0.8]),
        ("step-backwards+step-sign", -J2 @ [0.1, 0.2], VALUE),
        (None, CHANGE, 2 * START + CHANGE),
        ("step-backwards", CHANGE, START - CHANGE),
        ("step-backwards", -CHANGE, VALUE),
        ("g-of-step", CHANGE, [0.01 - 0.6, -0.02, 0.04 - 0.1]),
        ("answers-swapped", VALUE, CHANGE),
        ("one-entry", [-0.2, -0.3, 0.5], VALUE),
        ("constant-factor", 2 * CHANGE, VALUE),
        ("all-zeros", [0, 0, 0], VALUE),
    ],
    "2.3": [
        ("transposed", lambda g, x, h: np.array([central(g, x, e, h) for e in h * np.eye(len(x))])),
        ("transposed", lambda g, x, h: [list(central(g, x, e, h)) for e in h * np.eye(len(x))]),
        ("one-sided-difference", differences(lambda g, x, e, h: (g(x + e) - g(x)) / h)),
        ("one-sided-difference", differences(lambda g, x, e, h: (g(x) - g(x - e)) / h)),
        ("one-sided-difference+transposed", differences(lambda g, x, e, h: (g(x + e) - g(x)) / h, axis=0)),
        ("distance-of-points", differences(lambda g, x, e, h: (g(x + e) - g(x - e)) / h)),
        ("distance-of-points", differences(lambda g, x, e, h: (g(x + e) - g(x)) / (2 * h))),
        ("distance-of-points+transposed", differences(lambda g, x, e, h: (g(x + e) - g(x - e)) / h, axis=0)),
        ("bracket-missing", differences(lambda g, x, e, h: (g(x + e) - g(x - e)) / 2 * h)),
        ("bracket-missing", differences(lambda g, x, e, h: g(x + e) - g(x - e) / (2 * h))),
        ("step-not-divided", differences(lambda g, x, e, h: g(x + e) - g(x - e))),
        ("points-swapped", differences(lambda g, x, e, h: (g(x - e) - g(x + e)) / (2 * h))),
        ("term-sign", differences(lambda g, x, e, h: (g(x + e) + g(x - e)) / (2 * h))),
        ("all-moved", lambda g, x, h: (g(x + h) - g(x - h)) / (2 * h)),
        ("all-moved", differences(lambda g, x, e, h: (g(x + h) - g(x - h)) / (2 * h))),
        ("step-left-behind", never_put_back),
        ("input-changed+step-left-behind", changes_x),
        ("other-step", lambda g, x, h: jacobian_filled(g, x, 1e-5)),
        ("unit-step", differences(lambda g, x, e, h: (g(x + e / h) - g(x - e / h)) / (2 * h))),
        ("return-in-loop", first_column),
        ("height-for-slope", differences(lambda g, x, e, h: g(x + e))),
        ("around-zero", differences(lambda g, x, e, h: (g(e) - g(-e)) / (2 * h))),
        ("columns-added", lambda g, x, h: jacobian_filled(g, x, h).sum(axis=1)),
        ("flattened", lambda g, x, h: jacobian_filled(g, x, h).ravel()),
        (
            "laid-out-askew",
            lambda g, x, h: np.array([central(g, x, e, h) for e in h * np.eye(len(x))]).reshape(-1, len(x)),
        ),
        ("sizes-confused", loop_over_outputs),
        ("sizes-confused", square_only),
        ("rows-filled", rows_filled),
        ("sizes-confused", lambda g, x, h: [central(g, x, e, h) for e in h * np.eye(len(g(x)))]),
        ("size-fixed", lambda g, x, h: np.stack([central(g, x, e, h) for e in h * np.eye(3)], axis=1)),
        ("height-for-slope", lambda g, x, h: g(x)),
        ("rows-added", lambda g, x, h: [sum(central(g, x, e, h)) for e in h * np.eye(len(x))]),
        ("flattened", lambda g, x, h: np.array([central(g, x, e, h) for e in h * np.eye(len(x))]).flatten()),
        (None, differences(lambda g, x, e, h: (g(x * (1 + e)) - g(x * (1 - e))) / (2 * h))),
        (None, averaged),
        ("all-zeros", lambda g, x, h: np.zeros((len(g(x)), len(x)))),
        ("transposed", turned_if_it_does_not_fit),
        ("transposed", rows_first_then_columns),
        ("whole-numbers", lambda g, x, h: filled(g, x, h, dtype=int)),
        ("column-left-out", lambda g, x, h: filled(g, x, h, columns=slice(1, None))),
        ("column-left-out", lambda g, x, h: filled(g, x, h, columns=slice(0, -1))),
        ("last-column-only", last_column),
        ("points-as-matrix", lambda g, x, h: central(g, x, h * np.eye(len(x)), h)),
    ],
    "2.4": [
        ("transposed", [[4, 2], [2, 3], [4, 3]], 3, [2, 2]),
        ("pairs-turned", [[2, 4], [3, 2], [4, 3]], 3, [2, 2]),
        ("pairs-turned", [[4, 2], [2, 3], [3, 4]], 3, [2, 2]),
        ("factors-swapped", [[3, 2], [2, 4], [3, 4]], 3, [2, 2]),
        ("factors-swapped", [[3, 2], [2, 4], [2, 2]], 3, [2, 2]),
        ("inner-sizes-kept", [[2, 4], [3, 2], [2, 2]], 3, [2, 2]),
        ("inner-sizes-kept", [[2, 4], [3, 2], [3, 2]], 3, [2, 2]),
        ("sizes-multiplied", [[2, 4], [3, 2], [6, 8]], 3, [2, 2]),
        ("sizes-of-vectors", [[4, 1], [2, 1], [4, 1]], 3, [2, 2]),
        ("order-reversed", [[3, 4], [3, 2], [2, 4]], 3, [2, 2]),
        ("inner-sizes", SHAPES_4, 2, [2, 2]),
        ("given-p", SHAPES_4, 4, [2, 2]),
        ("right-order-shape", SHAPES_4, 3, [3, 3]),
        ("right-order-shape", SHAPES_4, 3, [3, 4]),
        ("inner-sizes-kept", SHAPES_4, 3, [2, 3]),
        ("given-p", SHAPES_4, 4, [2, 4]),
        (None, SHAPES_4, 7, [2, 2]),
        ("inner-sizes", SHAPES_4, 0, [2, 2]),
        ("inner-sizes", SHAPES_4, 6, [2, 2]),
        ("given-p", SHAPES_4, 3, [4, 4]),
        ("given-p", SHAPES_4, 3, [4, 2]),
        ("sizes-multiplied", SHAPES_4, 3, [6, 6]),
        (None, SHAPES_4, 3, [1, 1]),
        (None, SHAPES_4, 3, [0, 0]),
        (None, SHAPES_4, 3, 4),
        ("transposed", ["4×2", "2×3", "4×3"], 3, "2×2"),
        ("pairs-turned", ["2 by 4", "3 by 2", "4 by 3"], 3, "2 by 2"),
        ("right-order-shape", SHAPES_4, 3, "3×3"),
    ],
    "2.5": [
        ("outer-at-inner-slope", DF_X, DFG),
        ("outer-at-inner-slope", DF_X, DF_X * DG),
        ("outer-at-inner-slope", DF, DF_X * DG),
        ("factors-swapped", DF, DG * DF),
        ("factors-swapped", DF, (DG * DF).tolist()),
        ("factors-swapped+outer-at-inner-slope", DF, DG * DF_X),
        ("path-missing", DF, DFG - DF[:, 0] * DG[0, :]),
        ("path-missing", DF, DFG - DF[:, 1] * DG[1, :]),
        ("one-entry", DF, DFG - DF[:, 2] * DG[2, :]),
        ("inner-derivative-dropped", DF, DF),
        ("outer-derivative-dropped", DF, DG),
        ("answers-swapped", DFG, DF),
        ("transposed", DF, DFG.T),
        ("transposed", DF.T, DFG),
        ("transposed", DF.T, DFG.T),
        ("paths-not-added", DF, DF.multiply_elementwise(DG.T)),
        ("slopes-added", DF, DF + DG.T),
        ("product-for-factor", DFG, DFG),
        ("not-differentiated", Matrix([x1 * x2 * (x1 + 2 * x2), 3 * x1**2 * x2**2 + x2**2]), DFG),
        ("not-differentiated", DF, Matrix([x1 * x2 * (x1 + 2 * x2), 3 * x1**2 * x2**2 + x2**2])),
        ("columns-order", [["x1 x2", "x1 + 2 x2", 0], [0, "6 x1 x2", 1]], DFG),
        ("columns-order", DF, DFG[:, ::-1]),
        ("column-left-out", DF[:, :2], DFG),
        ("row-left-out", DF[0, :], DFG),
        ("one-entry", [["x1 + 2 x2", "x1 x2", 0], ["3 x1 x2", 0, 1]], DFG),
        ("all-zeros", DF, [[0, 0], [0, 0]]),
        ("inner-derivative-dropped", DF, DF_Y),
        ("path-missing", DF, [["y2*x2", "y2*x1"], ["6*y1*x2", "6*y1*x1"]]),
        ("not-varying", DF, [[16, 31], [5, 7]]),
        ("columns-added", DF, DFG * sympy.ones(2, 1)),
        ("order-reversed", DF[::-1, :], DFG[::-1, :]),
    ],
    "2.6": [
        ("answers-swapped", GF, FG),
        ("other-composition", GF, GF),
        ("other-composition", FG, FG),
        ("factors-swapped", DG_X @ DF_G, GF),
        ("factors-swapped", FG, DF_AT_X @ DG_F),
        ("factors-swapped", DG_X @ DF_G, DF_AT_X @ DG_F),
        ("outer-at-inner-slope", DF_AT_X @ DG_X, GF),
        ("outer-at-inner-slope", FG, DG_X @ DF_AT_X),
        ("factors-swapped+outer-at-inner-slope", DG_X @ DF_AT_X, GF),
        ("entries-multiplied", DF_G * DG_X, GF),
        ("slopes-added", DF_G + DG_X, GF),
        ("inner-derivative-dropped", DF_G, GF),
        ("outer-derivative-dropped", DG_X, GF),
        ("transposed", FG.T, GF),
        ("transposed", FG.T, GF.T),
        ("factor-transposed", DF_G.T @ DG_X, GF),
        ("factor-transposed", DF_G @ DG_X.T, GF),
        ("wrong-inner-value", DF_G @ np.array([[7, 6], [1, 2]]), GF),
        ("not-differentiated", [55, 11], GF),
        ("one-entry", [[16, 31], [5, 6]], GF),
        ("entries-multiplied+outer-at-inner-slope", DF_AT_X * DG_X, GF),
        ("variables-swapped", np.array([[1, 12], [3, -1]]) @ DG_X, GF),
        ("variables-swapped", np.array([[1, 16], [3, -1]]) @ np.array([[3, 2], [1, 2]]), GF),
        ("power-slip", np.array([[1, 7], [3, -1]]) @ DG_X, GF),
        ("power-slip", FG, DG_F @ np.array([[1, 2], [3, -1]])),
        ("term-sign", np.array([[1, 14], [3, 1]]) @ DG_X, GF),
        ("term-sign", FG, DG_F @ np.array([[1, 4], [3, 1]])),
        ("outer-elsewhere", FG, np.array([[2, 7], [1, 2]]) @ DF_AT_X),
        ("outer-elsewhere", np.array([[1, 10], [3, -1]]) @ DG_X, GF),
        ("outer-elsewhere", FG, np.array([[8, 5], [1, 2]]) @ DF_AT_X),
        (None, [16, 31, 5, 7], GF),
    ],
    "2.7": [
        ("inner-derivative-dropped", UP),
        ("inner-derivative-dropped", ["3 x1 x2", "3 x1^3", "2 sin x2"]),
        ("outer-derivative-dropped", ["3 x1^2 + x2", "x1 + cos(x2)"]),
        ("outer-at-inner-slope", DG_7.T * Matrix([3 * x2, 3 * x1, 2 * sin(x2)])),
        ("outer-at-inner-slope", ["12 x1^3 x2", "3 x1^4 + 2 x2 cos(x2)"]),
        ("path-missing", ["9 x1^3 x2", "3 x1^4 + sin(2 x2)"]),
        ("path-missing", ["12 x1^3 x2", "3 x1^4"]),
        ("path-missing", ["12 x1^3 x2", "2 sin(x2) cos(x2)"]),
        ("path-missing", ["9 x1^3 x2", "2 sin(x2) cos(x2)"]),
        ("path-missing", ["3 x1^3 x2", "3 x1^4 + 2 sin(x2) cos(x2)"]),
        ("path-missing", ["3 x1^2 * 3 y2", "3 y1 x1 + 2 y3 cos(x2)"]),
        ("paths-not-added", DG_7.T * sympy.diag(*UP)),
        ("paths-multiplied", ["9 x1^3 x2 * 3 x1^3 x2", "3 x1^4 * 2 sin(x2) cos(x2)"]),
        ("products-of-sums", (DG_7.T * sympy.ones(3, 1)) * sum(UP)),
        ("order-reversed", ["3 x1^4 + 2 sin(x2) cos(x2)", "12 x1^3 x2"]),
        ("components-added", [12 * x1**3 * x2 + 3 * x1**4 + 2 * sin(x2) * cos(x2)]),
        ("not-differentiated", [3 * x1**4 * x2 + sin(x2) ** 2]),
        ("jacobian-for-gradient", DG_7),
        ("jacobian-for-gradient", DG_7.T),
        ("sign", ["-12 x1^3 x2", "-3 x1^4 - 2 sin(x2) cos(x2)"]),
        ("term-sign", ["12 x1^3 x2", "3 x1^4 - 2 sin(x2) cos(x2)"]),
        ("functions-swapped", ["12 x1^3 x2", "3 x1^4 + 2 sin(x2)^2"]),
        ("power-slip", ["12 x1^3 x2", "3 x1^4 + sin(x2) cos(x2)"]),
        ("power-slip", ["9 x1^4 x2 + 3 x1^3 x2", "3 x1^4 + 2 sin(x2) cos(x2)"]),
        ("power-slip", ["6 x1^3 x2", "3 x1^4 + 2 sin(x2) cos(x2)"]),
        ("all-zeros", [0, 0]),
        ("constant-factor", ["24 x1^3 x2", "6 x1^4 + 4 sin(x2) cos(x2)"]),
        ("transposed", GRADIENT.T),
        ("transposed", [["12 x1^3 x2", "3 x1^4 + 2 sin(x2) cos(x2)"]]),
        ("transposed", np.array([[FIRST, SECOND]])),
        ("transposed", r"\begin{pmatrix} 12 x_1^3 x_2 & 3 x_1^4 + \sin(2x_2) \end{pmatrix}"),
        ("functions-swapped+power-slip", ["12 x1^3 x2", "3 x1^4 + cos(x2)^2"]),
        ("functions-swapped", ["12 x1^3 x2", "3 x1^4 + 2cos(x2)^2"]),
        ("factor-missing", ["4 x1^3 x2", "x1^4 + 2 sin(x2) cos(x2)"]),
        ("factor-missing", ["12 x1^3 x2", "3 x1^4 + 2 sin(x2)"]),
        ("both-varied", ["12 x1^3 x2", "12 x1^3 + 2 sin(x2) cos(x2)"]),
        ("exponent-off", ["12 x1^2 x2", SECOND]),
        ("sign", ["-12 x1^3 x2", SECOND]),
        ("not-varying", [24, 3]),
        (None, ["12 x1^3 x2", "3 x1^4 + cos(x2)"]),
    ],
    "2.8": [
        ("matrices-first", *both(row=lambda v, Df, Dg: v @ (Df @ Dg))),
        ("matrices-first", *both(row=lambda v, Df, Dg: np.dot((Df @ Dg).T, v))),
        ("matrices-first", *both(column=lambda Df, Dg, h: Df @ Dg @ h)),
        ("matrices-first", *both(lambda v, Df, Dg: v @ (Df @ Dg), lambda Df, Dg, h: (Df @ Dg) @ h)),
        ("factors-swapped", *both(row=lambda v, Df, Dg: v @ Dg @ Df)),
        ("factors-swapped", *both(row=lambda v, Df, Dg: (v @ Dg).dot(Df))),
        ("factors-swapped", *both(column=lambda Df, Dg, h: Dg @ (Df @ h))),
        ("row-for-column", *both(row=lambda v, Df, Dg: Df @ (Dg @ v))),
        ("row-for-column", *both(row=lambda v, Df, Dg: Dg @ (Df @ v))),
        ("column-for-row", *both(column=lambda Df, Dg, h: h @ Df @ Dg)),
        ("column-for-row", *both(column=lambda Df, Dg, h: h @ Dg @ Df)),
        ("factor-transposed", *both(row=lambda v, Df, Dg: v @ Df @ Dg.T)),
        ("factor-transposed", *both(column=lambda Df, Dg, h: Df.T @ (Dg @ h))),
        ("jacobians-skipped", *both(row=lambda v, Df, Dg: v @ Df)),
        ("jacobians-skipped", *both(column=lambda Df, Dg, h: Dg @ h)),
        ("vector-left-out", *both(row=lambda v, Df, Dg: Df @ Dg)),
        ("paths-not-added", *both(row=lambda v, Df, Dg: (v @ Df)[:, None] * Dg)),
        ("paths-not-added", *both(column=lambda Df, Dg, h: Df * (Dg @ h))),
        ("one-axis", *both(row=lambda v, Df, Dg: v[None, :] @ Df @ Dg)),
        ("one-axis", *both(column=lambda Df, Dg, h: Df @ (Dg @ h[:, None]))),
        ("sign", *both(row=lambda v, Df, Dg: -(v @ Df @ Dg))),
        (None, *both(row=by_outer)),
        ("matrices-first", *both(row=lambda v, Df, Dg: v @ np.einsum("ij,jk->ik", Df, Dg))),
        ("matrices-first", *both(row=lambda v, Df, Dg: sum(v[i] * (Df[i] @ Dg) for i in range(len(v))))),
        ("all-at-once", *both(row=lambda v, Df, Dg: np.einsum("i,ij,jk->k", v, Df, Dg))),
        ("all-at-once", *both(row=lambda v, Df, Dg: np.einsum("jk,ij,i->k", Dg, Df, v))),
        ("all-at-once", *both(column=lambda Df, Dg, h: np.einsum("ij,jk,k->i", Df, Dg, h))),
        ("all-at-once", *both(column=lambda Df, Dg, h: np.einsum("k,jk,ij->i", h, Dg, Df))),
        ("all-at-once", *both(row=row_triple_loop)),
        ("all-at-once", *both(column=column_triple_loop)),
        ("all-at-once", *both(column=column_triple_loop_from_h)),
        (None, *both(row=row_scaled)),
        (None, *both(row=row_worked_out_again)),
        ("components-added", *both(column=lambda Df, Dg, h: (Df @ (Dg @ h)).sum())),
    ],
    "2.9": [
        ("ends-exchanged", [[82000, 4800], [3600, 73800]]),
        ("pair-exchanged", [[4800, 82000], [3600, 73800]]),
        ("pair-exchanged", [[82000, 4800], [73800, 3600]]),
        ("order-reversed", [[73800, 3600], [4800, 82000]]),
        ("pairs-by-order", [[4800, 73800], [82000, 3600]]),
        ("first-product-only", [[800, 80000], [72000, 1200]]),
        ("first-product-missing", [[4000, 2000], [1800, 2400]]),
        ("additions-counted", [[9600, 164000], [147600, 7200]]),
        ("links-multiplied", [[800 * 4000, 80000 * 2000], [72000 * 1800, 1200 * 2400]]),
        ("product-cost", [[40 + 100, 2000 + 100], [1800 + 60, 40 + 60]]),
        ("entries-for-cost", [[100, 100], [60, 60]]),
        ("one-entry", [[4800, 82000], [73800, 1200]]),
        ("one-entry", [["4,800", "82,000"], ["73,800", "3,500"]]),
        ("second-product-by-the-first", [[80800, 80800], [73200, 73200]]),
        ("second-product-by-the-first", [[80800, 82000], [73200, 3600]]),
        ("misplaced", [[3600, 82000], [73800, 4800]]),
        (None, [4800, 82000, 73800, 3600]),
        (None, [4800, 82000]),
    ],
}
