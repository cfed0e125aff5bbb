from fractions import Fraction
from math import log, log1p, sqrt

import numpy as np
import sympy
from sympy import Function, Matrix, Symbol, exp, ln, symbols

x1, x2, y1, y2, y3, f1, f2, g1, g2, g3, p1, p2, p3 = symbols("x1 x2 y1 y2 y3 f1 f2 g1 g2 g3 p1 p2 p3")
z1, z2, z3, w1, w2, b1, b2, h0, h1, h2, dL_dh2, F, L, n, D, h, O, dL_dy, x3 = symbols(
    "z1 z2 z3 w1 w2 b1 b2 h0 h1 h2 dL_dh2 F L n D h O dL_dy x3"
)
sigma, sigma_prime, phi_prime = Function("sigma"), Function("sigma_prime"), Function("phi_prime")
real_y, real_f = symbols("y1:3", real=True), symbols("f1:3", real=True)

# For every exercise one right answer to each question. A wrong entry below changes one of them.
BASE = {
    "11.1": ([6.01, 20.0], 2, "(y1 - f1)^2 + (y2 - f2)^2"),
    "11.2": ([1.41, 1.41], 0, "log(e^z1 + e^z2 + e^z3) - y1 z1 - y2 z2 - y3 z3"),
    "11.3": ([0.671, 3.02], 1, "-(y1 ln(p1) + (1-y1) ln(1-p1) + y2 ln(p2) + (1-y2) ln(1-p2))/2"),
    "11.4": ([12, 9], 3, ["D2_g1", "dg1_dx2"]),
    "11.5": ([1, 1, 1, 4], 3, "(w_13^3 d_1^3 + w_23^3 d_2^3) sigma'(z_3^2)"),
    "11.6": ([-0.75, 2], 1, ["F-1", "F-2", 2]),
    "11.7": ([[1, 25], [1, 5], [5, 4], [4, 16]], 1, ["dL_dtheta1", "dL_df3", "df3_df2", "df2_dtheta1"]),
    "11.8": ([[24, 17], [24, 17]], 0, ["2 x1 x2^2 + 2 x1 x2 + 3 x2^2", "2 x1^2 x2 + x1^2 + 6 x1 x2"]),
    "11.9": ([1, 3], 2, ["g1 sigma'(z1)", "g2 sigma'(z2)", "g3 sigma'(z3)"]),
    "11.10": ([[1, 3], [1, 3], [3, 4]], 1, ["dL_dX", "dL_dz1", "W1"]),
    "11.11": (
        [[5, 5], [4, 1], [4, 4], [3, 1]],
        3,
        [["D"], ["h", "D"], ["h"], ["O", "h"], ["O"]],
        ["p1 - y1", "p2 - y2", "p3 - y3"],
    ),
    "11.12": ([-0.258, -0.258], 0, "dL_dh2 sigma'(w2 h1 + b2) w2"),
    "11.13": (0.197, 4, "dL_dy phi'(g_1^2) W_12^2 phi'(g_2^1) x3"),
}
NUMBERS = {
    0: (0, "0", "none", "nothing", "nothing is wrong", 0.0, "no part", "None.", np.int64(0)),
    1: (1, "1", "①", "part 1", "(1)", [1], 1.0, "Part 1.", np.int64(1), sympy.Integer(1)),
    2: (2, "2", "②", "part 2", "(2)", (2,), 2.0, "part ②", np.float64(2), "no. 2"),
    3: (3, "3", "③", "Part 3", "(3)", [3], 3.0, "part (3)", np.array([3]), "number 3"),
    4: (4, "4", "④", "part 4", "[4]", [4], 4.0, "4.", np.array(4), Fraction(4)),
}


def whole_column(*entries):
    return [[entry] for entry in entries]


# More forms of the tests and of the corrected lines; each is handed in with right answers to the other questions.
TESTED = {
    "11.1": (
        [sqrt(36 + 1 / 16), sqrt(9 + 19.75**2)],
        np.array([6.00520607, 19.97654875]),
        ["sqrt(36 + 1/16)", "sqrt(9 + 19.75^2)"],
        "[6.005, 19.98]",
        [6, 19.9],
    ),
    "11.2": ([log(np.e + np.e**2 + np.e**3) - 2] * 2, (1.4076, 1.4076), "[1.408, 1.408]", [[1.41], [1.41]]),
    "11.3": (
        [0.25 - 4 * log(0.9), 0.25 + 4 * log(2)],
        ["1/4 - 4 ln(9/10)", "1/4 + 4 ln 2"],
        (0.6714, 3.0226),
        [0.25 - 4 * log1p(-0.1), 3.023],
    ),
    "11.4": ("[12, 9]", (12.0, 9.0), np.array([11.9999999999, 9.0000000001]), [2 * 2 * 3, 3**2]),
    "11.5": ("[1, 1, 1, 4]", (1, 1, 1, 4), np.array([1, 1, 1, 4]), [[1], [1], [1], [4]]),
    "11.6": ([0.25 - 1, 2], ["-3/4", 2], [Fraction(-3, 4), 2], "[-0.75, 2]"),
    "11.7": (np.array([(1, 25), (1, 5), (5, 4), (4, 16)]), [(1, 5 * 4 + 5), (1, 5), (5, 4), (4, 4 * 3 + 4)]),
    "11.8": (np.array([[24, 17], [24, 17]]), [[24.0000001, 16.9999999], [24, 17]], "[[24, 17], [24, 17]]"),
    "11.9": ("[1, 3]", (1, 3), np.array([1, 3]), [1.0, 3.0]),
    "11.10": (((1, 3), (1, 3), (3, 4)), np.array([[1, 3], [1, 3], [3, 4]])),
    "11.11": (((5, 5), (4, 1), (4, 4), (3, 1)), np.array([[5, 5], [4, 1], [4, 4], [3, 1]])),
    "11.12": ([-0.2584, -0.2584], (-0.258402, -0.258402), np.array([-0.25840201, -0.25840201])),
    "11.13": (0.19661193, "0.1966", np.float64(0.196611933), [0.197], "e^(-1)/(1+e^(-1))^2"),
}
CORRECTED = {
    "11.1": (
        (y1 - f1) ** 2 + (f2 - y2) ** 2,
        "y1^2 - 2 y1 f1 + f1^2 + y2^2 - 2 y2 f2 + f2^2",
        "sqrt((y1-f1)^2 + (y2-f2)^2)^2",
        r"\left(y_1 - f_1\right)^2 + \left(y_2 - f_2\right)^2".replace("_", ""),
        "abs(y1 - f1)**2 + abs(y2 - f2)**2",
        sum(abs(s - t) ** 2 for s, t in zip(real_y, real_f, strict=True)),
        (Matrix([y1, y2]) - Matrix([f1, f2])).dot(Matrix([y1, y2]) - Matrix([f1, f2])),
    ),
    "11.2": (
        ln(exp(z1) + exp(z2) + exp(z3)) - sum(y * z for y, z in zip((y1, y2, y3), (z1, z2, z3), strict=True)),
        "-(y1 (z1 - log(e^z1+e^z2+e^z3)) + y2 (z2 - log(e^z1+e^z2+e^z3)) + y3 (z3 - log(e^z1+e^z2+e^z3)))",
        "log(exp(z1)+exp(z2)+exp(z3)) - (y1*z1 + y2*z2 + (1 - y1 - y2)*z3)",
        "z1 + log(1 + exp(z2-z1) + exp(z3-z1)) - y1*z1 - y2*z2 - y3*z3",
        r"\log\left(e^{z1} + e^{z2} + e^{z3}\right) - y1 z1 - y2 z2 - y3 z3",
        "np.log(np.exp(z1) + np.exp(z2) + np.exp(z3)) - (y1*z1 + y2*z2 + y3*z3)",
    ),
    "11.3": (
        -sum(y * ln(p) + (1 - y) * ln(1 - p) for y, p in ((y1, p1), (y2, p2))) / 2,
        "-1/2 (y1 log(p1) + (1-y1) log(1-p1)) - 1/2 (y2 log(p2) + (1-y2) log(1-p2))",
        r"-\frac{1}{2} \left(y1 \ln p1 + (1-y1) \ln(1-p1) + y2 \ln p2 + (1-y2) \ln(1-p2)\right)",
        "(y1 ln(1/p1) + (1-y1) ln(1/(1-p1)) + y2 ln(1/p2) + (1-y2) ln(1/(1-p2)))/2",
        "-0.5*(y1*np.log(p1) + (1-y1)*np.log(1-p1) + y2*np.log(p2) + (1-y2)*np.log(1-p2))",
        "-(y1 ln(p1/(1-p1)) + ln(1-p1) + y2 ln(p2/(1-p2)) + ln(1-p2))/2",
    ),
    "11.4": (
        ("D2_g1", "dg1_dx2"),
        "[D2_g1, dg1_dx2]",
        symbols("D2_g1 dg1_dx2"),
        Matrix(symbols("D2_g1 dg1_dx2")),
        whole_column("D2_g1", "dg1_dx2"),
        np.array(["D2_g1", "dg1_dx2"]),
        "D2_g1 = dg1_dx2",
        ["D2_g1 = dg1_dx2"],
    ),
    "11.5": (
        "w_13^3 d_1^3 sigma'(z_3^2) + w_23^3 d_2^3 sigma'(z_3^2)",
        r"\left(w_{13}^3 d_1^3 + w_{23}^3 d_2^3\right) \sigma'(z_3^2)",
        "σ'(z_3^2)*(d_2^3*w_23^3 + d_1^3*w_13^3)",
        "(w_13^3*d_1^3 + w_23^3*d_2^3) * sigma(z_3^2) * (1 - sigma(z_3^2))",
        sum(Symbol(f"w_{k}3^3") * Symbol(f"d_{k}^3") for k in (1, 2)) * sigma_prime(Symbol("z_3^2")),
        "(w_13^3 d_1^3 + w_23^3 d_2^3) e^(-z_3^2) / (1 + e^(-z_3^2))^2",
    ),
    "11.6": (
        [F - 1, F - 2, 2],
        "[F-1, F-2, 2]",
        ("F-1", "F - 1 - 1", "2"),
        Matrix([F - 1, F - 2, 2]),
        ["-1+F", "-2+F", "4/2"],
        whole_column("F-1", "F-2", "2"),
    ),
    "11.7": (
        ("dL_dtheta1", "dL_df3", "df3_df2", "df2_dtheta1"),
        "[dL_dtheta1, dL_df3, df3_df2, df2_dtheta1]",
        symbols("dL_dtheta1 dL_df3 df3_df2 df2_dtheta1"),
        whole_column("dL_dtheta1", "dL_df3", "df3_df2", "df2_dtheta1"),
        Matrix(symbols("dL_dtheta1 dL_df3 df3_df2 df2_dtheta1")),
        np.array(["dL_dtheta1", "dL_df3", "df3_df2", "df2_dtheta1"]),
        "dL_dtheta1 = dL_df3 * df3_df2 * df2_dtheta1",
        ["dL_dtheta1", "dL_df3 @ df3_df2 @ df2_dtheta1"],
        r"dL_dtheta1 = dL_df3 \cdot df3_df2 \cdot df2_dtheta1",
    ),
    "11.8": (
        [2 * x1 * x2**2 + 2 * x1 * x2 + 3 * x2**2, 2 * x1**2 * x2 + x1**2 + 6 * x1 * x2],
        ["x2 (2 x1 x2 + x1 + 3 x2) + x1 x2", "x1 (2 x1 x2 + x1 + 3 x2) + 3 x1 x2"],
        Matrix([[x2, 1], [x1, 3]]) * Matrix([2 * x1 * x2 + x1 + 3 * x2, x1 * x2]),
        [sympy.diff((x1 * x2) ** 2 + x1 * x2 * (x1 + 3 * x2), by) for by in (x1, x2)],
        "[2*x1*x2**2 + 2*x1*x2 + 3*x2**2, 2*x1**2*x2 + x1**2 + 6*x1*x2]",
        whole_column("x2(2x1 x2 + 2x1 + 3x2)", "x1(2x1 x2 + x1 + 6x2)"),
    ),
    "11.9": (
        [g1 * sigma_prime(z1), g2 * sigma_prime(z2), g3 * sigma_prime(z3)],
        [f"g{k} sigma(z{k}) (1 - sigma(z{k}))" for k in (1, 2, 3)],
        [f"g{k} * exp(-z{k})/(1+exp(-z{k}))**2" for k in (1, 2, 3)],
        "[g1 σ'(z1), g2 σ'(z2), g3 σ'(z3)]",
        Matrix([g * sigma(z).diff(z) for g, z in ((g1, z1), (g2, z2), (g3, z3))]),
        [["g1 sigma'(z1)", "g2 sigma'(z2)", "g3 sigma'(z3)"]],
    ),
    "11.10": (
        ("dL_dX", "dL_dz1", "W1"),
        "[dL_dX, dL_dz1, W1]",
        symbols("dL_dX dL_dz1 W1"),
        Matrix(symbols("dL_dX dL_dz1 W1")),
        whole_column("dL_dX", "dL_dz1", "W1"),
        np.array(["dL_dX", "dL_dz1", "W1"]),
        "dL_dX = dL_dz1 · W1",
        ["dL_dX", "dL_dz1 W1"],
    ),
    "11.11": (
        [[D], [h, D], [h], [O, h], [O]],
        (("D",), ("h", "D"), ("h",), ("O", "h"), ("O",)),
        "[[D], [h, D], [h], [O, h], [O]]",
        ["D", ["h", "D"], "h", ["O", "h"], "O"],
        ["D", "h, D", "h", "O, h", "O"],
        [["D"], "h, D", ["h"], "O, h", ["O"]],
        [["D", 1], ["h", "D"], ["h", 1], ["O", "h"], ["O", 1]],
        [(D, 1), (h, D), (h, "1"), (O, h), (O, 1)],
    ),
    "11.12": (
        dL_dh2 * sigma_prime(w2 * h1 + b2) * w2,
        r"dL_dh2 \cdot \sigma'(w2 h1 + b2) \cdot w2",
        "w2 * dL_dh2 * h2 * (1 - h2)",
        "dL_dh2 * sigma(w2*h1+b2) * (1 - sigma(w2*h1+b2)) * w2",
        "w2 dL_dh2 sigma'(w2 sigma(w1 h0 + b1) + b2)",
        dL_dh2 * w2 * exp(-w2 * h1 - b2) / (1 + exp(-w2 * h1 - b2)) ** 2,
    ),
    "11.13": (
        "dL_dy*phi'(g_1^2)*W_12^2*phi'(g_2^1)*x3",
        "dL_dy y (1-y) W_12^2 z2 (1-z2) x3",
        "x3 * sigma'(g_2^1) * W_12^2 * sigma'(g_1^2) * dL_dy",
        r"dL_dy \varphi'(g_1^2) W_{12}^2 \varphi'(g_2^1) x3",
        dL_dy * phi_prime(Symbol("g_1^2")) * Symbol("W_12^2") * phi_prime(Symbol("g_2^1")) * x3,
        "dL_dy phi'(W_11^2 z1 + W_12^2 z2) W_12^2 phi'(g_2^1) x3",
    ),
}
RIGHT = {
    exercise: (
        base,
        *((tested, *base[1:]) for tested in TESTED[exercise]),
        *((base[0], mark, *base[2:]) for mark in NUMBERS[base[1]]),
        *((*base[:2], corrected, *base[3:]) for corrected in CORRECTED[exercise]),
    )
    for exercise, base in BASE.items()
}
RIGHT["11.11"] += tuple(
    (*BASE["11.11"][:3], slope)
    for slope in ([p1 - y1, p2 - y2, p3 - y3], Matrix([p1 - y1, p2 - y2, p3 - y3]), "[-y1+p1, -y2+p2, -y3+p3]")
)


def tested(slug, value):
    return slug, 0, value


def marked(slug, value):
    return slug, 1, value


def corrected(slug, value):
    return slug, 2, value


KEPT, CHANGED, SEVERAL, REPAIRED = "misprint-kept", "sound-part-changed", "sound-parts-changed", "repaired-wrongly"
BOTH = f"{KEPT}+{CHANGED}"
SOUND, MISSED, MEANT = "sound-part-marked", "misprint-missed", "meant-for-printed"

CHANGES = {
    "11.1": [
        tested(MEANT, [0, 25]),
        tested("order-reversed", [19.98, 6.01]),
        tested(None, [6.1, 20.1]),
        tested(None, [0, 5]),
        marked(SOUND, 1),
        marked(SOUND, "part 3"),
        marked(MISSED, 0),
        corrected(KEPT, "sqrt((y1 - f1^2)^2 + (y2 - f2^2)^2)"),
        corrected(BOTH, "sqrt((y1 + f1^2)^2 + (y2 + f2^2)^2)"),
        corrected(BOTH, "sqrt((y1 - g1^2)^2 + (y2 - g2^2)^2)"),
        corrected(REPAIRED, "(y1 - f1^2)^2 + (y2 - f2^2)^2"),
        corrected(REPAIRED, "sqrt((y1^2 - f1)^2 + (y2^2 - f2)^2)"),
        corrected("norm-not-squared", "sqrt((y1 - f1)^2 + (y2 - f2)^2)"),
        corrected(CHANGED, (y1 + f1) ** 2 + (y2 + f2) ** 2),
        corrected(CHANGED, "(y1 - g1)^2 + (y2 - g2)^2"),
        corrected(SEVERAL, "(y1 + g1)^2 + (y2 + g2)^2"),
        corrected("term-missing", "(y1 - f1)^2"),
        corrected("constant-factor", "((y1 - f1)^2 + (y2 - f2)^2)/2"),
        corrected("squares-subtracted", "y1^2 - f1^2 + y2^2 - f2^2"),
    ],
    "11.2": [
        tested(None, [1.41, 2.41]),
        tested("all-zeros", [0, 0]),
        *(marked(SOUND, part) for part in (1, "2", "③", [4])),
        corrected(CHANGED, "log(e^z1 + e^z2 + e^z3) + y1 z1 + y2 z2 + y3 z3"),
        corrected(CHANGED, "log(e^z1 + e^z2 + e^z3) - z1 - z2 - z3"),
        corrected(CHANGED, "z1 + z2 + z3 - (y1 z1 + y2 z2 + y3 z3)"),
        corrected(CHANGED, ln(y1 * exp(z1) + y2 * exp(z2) + y3 * exp(z3)) - y1 * z1 - y2 * z2 - y3 * z3),
        corrected(SEVERAL, "log(e^z1 + e^z2 + e^z3) + z1 + z2 + z3"),
        corrected(SEVERAL, "z1 + z2 + z3 + y1 z1 + y2 z2 + y3 z3"),
        corrected("sign", "y1 z1 + y2 z2 + y3 z3 - log(e^z1 + e^z2 + e^z3)"),
        corrected("term-missing", "log(e^z1 + e^z2 + e^z3) - y1 z1 - y2 z2"),
        corrected(CHANGED, "3 log(e^z1 + e^z2 + e^z3) - y1 z1 - y2 z2 - y3 z3"),
        corrected(None, "log(e^z1 + e^z2 + e^z3)^2"),
    ],
    "11.3": [
        tested(MEANT, [0.105, 0.693]),
        tested("order-reversed", [3.02, 0.671]),
        tested(None, [0.421, 2.77]),
        marked(MISSED, "nothing"),
        *(marked(SOUND, part) for part in (2, 3, 4, 5)),
        corrected(KEPT, "1/2 - (y1 ln(p1) + (1-y1) ln(1-p1) + y2 ln(p2) + (1-y2) ln(1-p2))"),
        corrected(REPAIRED, "(y1 ln(p1) + (1-y1) ln(1-p1) + y2 ln(p2) + (1-y2) ln(1-p2))/2"),
        corrected(REPAIRED, "-(y1 ln(p1) + (1-y1) ln(1-p1) + y2 ln(p2) + (1-y2) ln(1-p2))"),
        corrected(CHANGED, "-(y1 ln(1-p1) + (1-y1) ln(1-p1) + y2 ln(1-p2) + (1-y2) ln(1-p2))/2"),
        corrected(CHANGED, "-(y1 ln(p1) + (1-y1) ln(p1) + y2 ln(p2) + (1-y2) ln(p2))/2"),
        corrected(CHANGED, "-(y1 ln(p1) + (1+y1) ln(1-p1) + y2 ln(p2) + (1+y2) ln(1-p2))/2"),
        corrected(SEVERAL, "-(y1 ln(1-p1) + (1-y1) ln(p1) + y2 ln(1-p2) + (1-y2) ln(p2))/2"),
        corrected(BOTH, "1/2 - (y1 ln(p1) + (1-y1) ln(p1) + y2 ln(p2) + (1-y2) ln(p2))"),
        corrected("term-missing", "-(y1 ln(p1) + y2 ln(p2) + (1-y2) ln(1-p2))/2"),
        corrected(None, "-(p1 ln(y1) + p2 ln(y2))/2"),
    ],
    "11.4": [
        tested(MEANT, [12, 12]),
        tested("order-reversed", [9, 12]),
        tested(None, [4, 9]),
        marked(SOUND, 1),
        marked(SOUND, "②"),
        marked(MISSED, 0),
        corrected(KEPT, ["D2_g1", "dg1_dx1"]),
        corrected(CHANGED, ["D1_g2", "dg1_dx2"]),
        corrected(CHANGED, ["D2_g1", "dg2_dx2"]),
        corrected(BOTH, ["D1_g2", "dg1_dx1"]),
        corrected(BOTH, ["D2_g1", "dg2_dx1"]),
        corrected(SEVERAL, ["D1_g2", "dg2_dx2"]),
        corrected("order-reversed", ["dg1_dx2", "D2_g1"]),
        corrected("another-line", ["D1_g1", "dg1_dx1"]),
        corrected(None, ["D3_g1", "dg1_dx3"]),
    ],
    "11.5": [
        tested(MEANT, [1, 1, 1, 1]),
        tested("order-reversed", [4, 1, 1, 1]),
        tested("one-entry", [4, 1, 1, 4]),
        tested(None, [4, 8, 2, 4]),
        marked(SOUND, 1),
        marked(SOUND, 2),
        marked(MISSED, "none"),
        corrected(KEPT, "(w_13^3 d_1^3 + w_23^3 d_2^3) sigma'(z^2)"),
        corrected("wrong-layer", "(w_13^3 d_1^3 + w_23^3 d_2^3) sigma'(z_3^3)"),
        corrected(CHANGED, "(w_31^3 d_1^3 + w_32^3 d_2^3) sigma'(z_3^2)"),
        corrected(CHANGED, "(w_13^2 d_1^3 + w_23^2 d_2^3) sigma'(z_3^2)"),
        corrected(CHANGED, "(w_13^3 d_3^3 + w_23^3 d_3^3) sigma'(z_3^2)"),
        corrected(CHANGED, "(w_13^3 d_1^2 + w_23^3 d_2^2) sigma'(z_3^2)"),
        corrected(BOTH, "(w_31^3 d_1^3 + w_32^3 d_2^3) sigma'(z^2)"),
        corrected(SEVERAL, "(w_31^3 d_1^2 + w_32^3 d_2^2) sigma'(z_3^2)"),
        corrected("term-missing", "w_13^3 d_1^3 sigma'(z_3^2)"),
        corrected("factor-missing", "w_13^3 d_1^3 + w_23^3 d_2^3"),
        corrected("wrong-neuron", "(w_13^3 d_1^3 + w_23^3 d_2^3) sigma'(z_1^2)"),
        corrected("wrong-neuron", "w_13^3 d_1^3 sigma'(z_1^2) + w_23^3 d_2^3 sigma'(z_2^2)"),
    ],
    "11.6": [
        tested(MEANT, [4, 2]),
        tested("order-reversed", [2, -0.75]),
        tested(None, [0.25, 2]),
        *(marked(SOUND, part) for part in (2, 3, 4)),
        marked(MISSED, 0),
        corrected(KEPT, ["L-1", "L-2", "2"]),
        corrected(REPAIRED, ["n-1", "n-2", "2"]),
        corrected(CHANGED, ["F", "F-1", "2"]),
        corrected(CHANGED, ["F-1", "F-2", "1"]),
        corrected(CHANGED, [F - 1, F - 2, 3]),
        corrected(SEVERAL, ["F", "F-1", "1"]),
        corrected(BOTH, ["L-1", "L-2", "1"]),
        corrected(BOTH, [L, L - 1, 2]),
        corrected("order-reversed", ["2", "F-2", "F-1"]),
        corrected(CHANGED, ["F-2", "F-3", "2"]),
        corrected("one-entry", ["F-1", "F", "2"]),
    ],
    "11.7": [
        tested(MEANT, [[1, 16], [1, 5], [5, 4], [4, 16]]),
        tested("transposed", [[25, 1], [5, 1], [4, 5], [16, 4]]),
        tested("biases-uncounted", [[1, 20], [1, 5], [5, 4], [4, 12]]),
        *(marked(SOUND, part) for part in (2, 3, 4)),
        marked(MISSED, 0),
        corrected(KEPT, ["dL_dtheta2", "dL_df3", "df3_df2", "df2_dtheta1"]),
        corrected(BOTH, ["dL_dtheta2", "dL_df3", "df3_df2", "df2_dtheta2"]),
        corrected(BOTH, ["dL_dtheta2", "dL_df3", "df3_dtheta2", "df2_dtheta1"]),
        corrected(CHANGED, ["dL_dtheta1", "dL_df3", "df3_df2", "df2_dtheta2"]),
        corrected(CHANGED, ["dL_dtheta1", "dL_df2", "df3_df2", "df2_dtheta1"]),
        corrected(CHANGED, ["dL_dtheta1", "dL_df3", "df2_df1", "df2_dtheta1"]),
        corrected(CHANGED, ["dL_dtheta1", "dL_df3", "df3_df2", "df3_dtheta1"]),
        corrected(SEVERAL, ["dL_dtheta1", "dL_df2", "df2_df1", "df2_dtheta1"]),
        corrected("one-entry", ["dL_dtheta0", "dL_df3", "df3_df2", "df2_dtheta1"]),
        corrected("order-reversed", ["df2_dtheta1", "df3_df2", "dL_df3", "dL_dtheta1"]),
        corrected("another-line", ["dL_dtheta2", "dL_df3", "df3_dtheta2"]),
        corrected(None, ["dL_dtheta1", "dL_df3", "df3_dtheta1"]),
    ],
    "11.8": [
        tested(None, [[24, 17], [31, 22]]),
        tested("transposed", [[24, 24], [17, 17]]),
        *(marked(SOUND, part) for part in (1, 2, "3")),
        corrected(CHANGED, Matrix([[x2, x1], [1, 3]]) * Matrix([2 * x1 * x2 + x1 + 3 * x2, x1 * x2])),
        corrected(CHANGED, Matrix([[x2, 1], [x1, 3]]) * Matrix([2 * x1 + x2, x1])),
        corrected(CHANGED, Matrix([[x1 + 3 * x2, 1], [x1 * x2, 3]]) * Matrix([2 * x1 * x2 + x1 + 3 * x2, x1 * x2])),
        corrected(SEVERAL, Matrix([[x2, x1], [1, 3]]) * Matrix([2 * x1 + x2, x1])),
        corrected("order-reversed", ["2 x1^2 x2 + x1^2 + 6 x1 x2", "2 x1 x2^2 + 2 x1 x2 + 3 x2^2"]),
        corrected("sign", ["-2 x1 x2^2 - 2 x1 x2 - 3 x2^2", "-2 x1^2 x2 - x1^2 - 6 x1 x2"]),
        corrected("constant-factor", ["4 x1 x2^2 + 4 x1 x2 + 6 x2^2", "4 x1^2 x2 + 2 x1^2 + 12 x1 x2"]),
        corrected(None, ["2 x1 x2^2 + 2 x1 x2 + 3 x2^2", "x1"]),
    ],
    "11.9": [
        tested(MEANT, [3, 3]),
        tested("order-reversed", [3, 1]),
        tested(None, [9, 3]),
        marked(SOUND, 1),
        marked(SOUND, 3),
        marked(MISSED, 0),
        corrected(KEPT, ["g1 sigma'(z1) + g2 sigma'(z2) + g3 sigma'(z3)"]),
        corrected(KEPT, "g1 sigma'(z1) + g2 sigma'(z2) + g3 sigma'(z3)"),
        corrected(REPAIRED, [[f"g{i} sigma'(z{k})" for k in (1, 2, 3)] for i in (1, 2, 3)]),
        corrected(CHANGED, ["g1 sigma(z1)", "g2 sigma(z2)", "g3 sigma(z3)"]),
        corrected(CHANGED, [f"g{k} sigma'(sigma(z{k}))" for k in (1, 2, 3)]),
        corrected(BOTH, ["g1 sigma(z1) + g2 sigma(z2) + g3 sigma(z3)"]),
        corrected(None, ["g1", "g2", "g3"]),
        corrected("order-reversed", ["g3 sigma'(z3)", "g2 sigma'(z2)", "g1 sigma'(z1)"]),
        corrected("sign", ["-g1 sigma'(z1)", "-g2 sigma'(z2)", "-g3 sigma'(z3)"]),
        corrected(None, ["g1 sigma'(z2)", "g2 sigma'(z3)", "g3 sigma'(z1)"]),
    ],
    "11.10": [
        tested(MEANT, [[1, 4], [1, 3], [3, 4]]),
        tested("transposed", [[3, 1], [3, 1], [4, 3]]),
        tested(None, [[1, 3], [1, 4], [4, 3]]),
        marked(SOUND, 2),
        marked(SOUND, "part 3"),
        marked(MISSED, "nothing"),
        corrected(KEPT, ["dL_dA1", "dL_dz1", "W1"]),
        corrected(CHANGED, ["dL_dX", "dL_dz2", "W1"]),
        corrected(CHANGED, ["dL_dX", "dL_dz1", "W2"]),
        corrected(CHANGED, ["dL_dX", "dL_dz1", "W1_T"]),
        corrected(SEVERAL, ["dL_dX", "dL_dz2", "W2"]),
        corrected(BOTH, ["dL_dA1", "dL_dz2", "W1"]),
        corrected(BOTH, ["dL_dA1", "dL_dz1", "W2"]),
        corrected("order-reversed", ["W1", "dL_dz1", "dL_dX"]),
        corrected("misplaced", ["dL_dX", "W1", "dL_dz1"]),
        corrected("another-line", ["dL_dA1", "dL_dz2", "W2"]),
    ],
    "11.11": [
        tested(MEANT, [[5, 5], [4, 4], [4, 4], [3, 3]]),
        tested(None, [[5, 5], [4, 2], [4, 4], [3, 2]]),
        *(marked(SOUND, part) for part in (1, 2, 4)),
        marked(MISSED, 0),
        corrected(KEPT, [["D"], ["h", "D"], [1], ["O", "h"], [1]]),
        corrected(REPAIRED, [["D"], ["h", "D"], ["D"], ["O", "h"], ["h"]]),
        corrected(CHANGED, [["D"], ["D", "h"], ["h"], ["O", "h"], ["O"]]),
        corrected(CHANGED, [["D"], ["h", "D"], ["h"], ["h", "O"], ["O"]]),
        corrected(CHANGED, [["h"], ["h", "D"], ["h"], ["O", "h"], ["O"]]),
        corrected(SEVERAL, [["D"], ["D", "h"], ["h"], ["h", "O"], ["O"]]),
        corrected(BOTH, [["D"], ["D", "h"], [1], ["O", "h"], [1]]),
        corrected(None, [["D"], ["h", "D"], ["h"], ["O", "h"]]),
        ("bias-summed", 3, ["p1 + p2 + p3 - y1 - y2 - y3"]),
        ("bias-summed", 3, "p1 + p2 + p3 - y1 - y2 - y3"),
        ("difference-reversed", 3, ["y1 - p1", "y2 - p2", "y3 - p3"]),
        (None, 3, ["p1 y1", "p2 y2", "p3 y3"]),
        ("all-zeros", 3, [0, 0, 0]),
    ],
    "11.12": [
        tested(None, [-0.258, -0.5]),
        tested("constant-factor", [0.258, 0.258]),
        tested("too-few-digits", [-0.26, -0.26]),
        *(marked(SOUND, part) for part in (1, 2, "③", "part 4")),
        corrected(CHANGED, "dL_dw2 sigma'(w2 h1 + b2) w2"),
        corrected(CHANGED, "dL_dh2 sigma(w2 h1 + b2) w2"),
        corrected(CHANGED, "dL_dh2 sigma'(w1 h0 + b1) w2"),
        corrected(CHANGED, "dL_dh2 sigma'(w2 h2 + b2) w2"),
        corrected(CHANGED, "dL_dh2 sigma'(w2 h1 + b2) h1"),
        corrected(CHANGED, dL_dh2 * sigma_prime(w2 * h1 + b2) * w1),
        corrected(SEVERAL, "dL_dh2 sigma'(w1 h0 + b1) w1"),
        corrected("factor-missing", "dL_dh2 sigma'(w2 h1 + b2)"),
        corrected("factor-extra", "dL_dh2 sigma'(w2 h1 + b2) w2 h1"),
        corrected("sign", "-dL_dh2 sigma'(w2 h1 + b2) w2"),
    ],
    "11.13": [
        tested("factor-inverted", 5.09),
        tested(MEANT, 1),
        tested(None, 0.3),
        *(marked(SOUND, part) for part in (1, 2, 3)),
        marked(MISSED, 0),
        corrected(KEPT, "dL_dy phi'(g_1^2) W_12^2 x3"),
        corrected("value-for-slope", "dL_dy phi'(g_1^2) W_12^2 phi(g_2^1) x3"),
        corrected("value-for-slope", "dL_dy phi'(g_1^2) W_12^2 z2 x3"),
        corrected(CHANGED, "dL_dy phi(g_1^2) W_12^2 phi'(g_2^1) x3"),
        corrected(CHANGED, "dL_dy phi'(g_2^1) W_12^2 phi'(g_2^1) x3"),
        corrected(CHANGED, "dL_dy phi'(g_1^2) g_1^2 phi'(g_2^1) x3"),
        corrected(BOTH, "dL_dy phi(g_1^2) W_12^2 x3"),
        corrected(BOTH, "dL_dy phi'(g_2^1) W_12^2 x3"),
        corrected("factor-missing", "phi'(g_1^2) W_12^2 phi'(g_2^1) x3"),
        corrected("wrong-neuron", "dL_dy phi'(g_1^2) W_12^2 phi'(g_1^1) x3"),
        corrected("wrong-neuron", "dL_dy phi'(g_1^2) W_11^2 phi'(g_2^1) x3"),
    ],
}
WRONG = {
    exercise: tuple(
        (slug, *(value if place == which else given for place, given in enumerate(BASE[exercise])))
        for slug, which, value in changes
    )
    for exercise, changes in CHANGES.items()
}
