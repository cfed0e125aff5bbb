"""Answers to the printed draws of chapter 12."""

from fractions import Fraction

import numpy as np
import sympy
from sympy import Matrix, cos, exp, sin

u, v, l = sympy.symbols("u v l")

# 12.1: f = 4x³ + y, x = sin u + cos v, y = e^{uv}
INNER = sin(u) + cos(v)
U = 12 * INNER**2 * cos(u) + v * exp(u * v)
V = -12 * INNER**2 * sin(v) + u * exp(u * v)

# 12.2: g = (x1 x2, x1 + 3 x2) and f = (x1 + x2², 4 x1 − x2) at (−1, 2); g leads to (−2, 5), f to (3, −6).
DG, DG_AT_F = np.array([[2, -1], [1, 3]]), np.array([[-6, 3], [1, 3]])
DF, DF_AT_G = np.array([[1, 4], [4, -1]]), np.array([[1, 10], [4, -1]])
FG, GF = DF_AT_G @ DG, DG_AT_F @ DF

# 12.4: a chain of five neurons
W2, B2 = "dL_dh2 * sigma'(w2*h1 + b2) * h1", "dL_dh2 * sigma'(w2*h1 + b2)"
LINKS = [f"sigma'(z{i}) w{i}" for i in (5, 4, 3, 2)]
W1 = "dL_dh5 " + " ".join(LINKS) + " sigma'(z1) h0"

# 12.5: one step with η = 0.05
OUTPUT, TARGET = np.array([0.6, 0.3, 0.9, 0.2, 0.5]), np.array([1, 0, 0, 0, 1])
OFF = OUTPUT - TARGET
MEAN, SUM = OUTPUT - 0.02 * OFF, OUTPUT - 0.1 * OFF

# 12.6: the slope by z1, with four classes
ANY = "p1 (y1 + y2 + y3 + y4) - y1"

# 12.7: layer 2 of a 4–2–3 network
BACK = [f"w_1{j}^3 d_1^3 + w_2{j}^3 d_2^3 + w_3{j}^3 d_3^3" for j in (1, 2)]
HIDDEN = [f"({back}) sigma'(z_{j}^2)" for j, back in enumerate(BACK, start=1)]


def behind(text, entries=BACK):
    return [f"({entry}) {text.format(j=j)}" for j, entry in enumerate(entries, start=1)]


# 12.8: z2 = (10, −4, 7), a2 = (10, 0, 7), a3 = (−4, −6)
D3, D2, DW2 = np.array([-10, -16]), np.array([22, 0, -12]), np.array([[66, 22], [0, 0], [-36, -12]])
X, W_3 = np.array([3, 1]), np.array([[1, 1, -2], [-2, -1, 2]])
ON = np.array([1, 0, 1])

# 12.9: the slopes of the two batches are −9.5 at w = −1 and 3.7 at w = −0.715
VS, WS = [0.285, 0.117], [-0.715, -0.598]


def epoch(velocity, slopes=(lambda w: 5 * w - 4.5, lambda w: 20 * w + 18), start=-1.0):
    """Return what a velocity rule makes of the two batches, whose mean slopes are straight lines in w."""
    w, v, vs, ws = start, 0.0, [], []
    for slope in slopes:
        v = velocity(v, slope(w))
        w += v
        vs.append(v)
        ws.append(w)
    return vs, ws


def right(v, g):
    return 0.8 * v - 0.03 * g


# 12.10: x = −3, y = 6
FORWARD, BACKWARD = [-18, -21, 378], [-18, -39, -252, 117]

# 12.11: the sign of the log-sum-exp line, at z = (1, 2, 3) with y = (0, 1, 0)
LSE = float(np.log(np.exp([1, 2, 3]).sum()))
SIDES = [LSE - 2, LSE + 2]
LINE = "log(e^z1 + e^z2 + e^z3) - (y1 z1 + y2 z2 + y3 z3)"
PRINTED = "log(e^z1 + e^z2 + e^z3) + y1 z1 + y2 z2 + y3 z3"

RIGHT = {
    "12.1": [
        (U, V),
        ("12(sin u + cos v)^2 cos u + v e^(uv)", "-12(sin u + cos v)^2 sin v + u e^(uv)"),
        (sympy.expand(U), sympy.expand(V)),
        (
            r"12\left(\sin u+\cos v\right)^2\cos u+v e^{uv}",
            r"-12\left(\sin u+\cos v\right)^{2}\sin v+u e^{uv}",
        ),
        ("12*(np.sin(u)+np.cos(v))**2*np.cos(u) + v*np.exp(u*v)", "u*exp(u*v) - 12*sin(v)*(sin(u)+cos(v))**2"),
        (sympy.diff(4 * INNER**3 + exp(u * v), u), sympy.diff(4 * INNER**3 + exp(u * v), v)),
        (["3*4(sin u + cos v)²·cos u + v·e^{uv}", "−12(sin u + cos v)²·sin v + u·e^{uv}"],),
    ],
    "12.2": [
        (FG, GF),
        (FG.tolist(), GF.tolist()),
        ("[[12, 29], [7, -7]]", "[[6, -27], [13, 1]]"),
        (Matrix([[12, 29], [7, -7]]), Matrix([[6, -27], [13, 1]])),
        (((12.0, 29.0), (7.0, -7.0)), ((6.0, -27.0), (13.0, 1.0))),
        ([["12", "29"], ["7", "-7"]], np.einsum("ij,jk->ik", DG_AT_F, DF)),
    ],
    "12.3": [
        ("l - 1", "l - 1", "l + 1"),
        (l - 1, l - 1, l + 1),
        ("-1 + l", "l-1", "1 + l"),
        ("$l-1$", "l − 1", r"l+1"),
        ("(2l - 2)/2", "l - 2 + 1", "l + 2 - 1"),
        (("l-1", "l-1", "l+1"),),
        (r"\ell - 1", r"$\ell-1$", r"1 + \ell"),
    ],
    "12.4": [
        (W2, B2, W1),
        ("dL_dh2 σ'(z2) h1", "dL_dh2 σ'(z_2)", W1),
        (
            "dL_dh2 h2 (1 - h2) h1",
            "dL_dh2 h2 (1 - h2)",
            "dL_dh5 " + " ".join(f"h{i} (1 - h{i}) w{i}" for i in (5, 4, 3, 2)) + " h1 (1 - h1) h0",
        ),
        ("h1 * sigma_prime(w2*h1 + b2) * dL_dh2", "dL_dh2 sigma(z2) (1 - h2)", "h0 sigma'(z1) " + W1[:-14]),
        (r"dL_dh2\,\sigma'\left(w_2 h_1 + b_2\right) h_1", r"dL_dh2\,\sigma'(w_2 h_1 + b_2)", W1),
        (W2, "dL_dh2 / (2 + 2cosh(z2))", W1.replace("h0", "x")),
    ],
    "12.5": [
        (MEAN, SUM, 0.01),
        (MEAN.tolist(), tuple(SUM), "1/100"),
        ("[0.608, 0.294, 0.882, 0.196, 0.51]", "[0.64, 0.27, 0.81, 0.18, 0.55]", "0.05/5"),
        (Matrix(MEAN), SUM[:, None], Fraction(1, 100)),
        ([a - 0.05 * 2 / 5 * (a - y) for a, y in zip(OUTPUT, TARGET, strict=True)], SUM, sympy.Rational(1, 100)),
        (0.98 * OUTPUT + 0.02 * TARGET, 0.9 * OUTPUT + 0.1 * TARGET, "10^(-2)"),
        (MEAN.astype(np.float32), SUM.astype(np.float32), np.float32(0.05) / 5),
        (MEAN, SUM, np.float32(0.05) * np.float32(0.2)),  # 0.010000001
    ],
    "12.6": [
        ("p1 - y1", ANY),
        ("-y1 + p1", "p1*y1 + p1*y2 + p1*y3 + p1*y4 - y1"),
        (sympy.Symbol("p1") - sympy.Symbol("y1"), ANY),
        ("p_1 - y_1", r"p_1 (y_1 + y_2 + y_3 + y_4) - y_1"),
        ("e^z1/S - y1", "e^z1/S (y1 + y2 + y3 + y4) - y1"),
        ("e^z1/(e^z1 + e^z2 + e^z3 + e^z4) - y1", "-y1 (1 - p1) + p1 (y2 + y3 + y4)"),
    ],
    "12.7": [
        (BACK, HIDDEN),
        ("[" + ", ".join(BACK) + "]", "[" + ", ".join(HIDDEN) + "]"),
        ([[entry] for entry in BACK], [[entry] for entry in HIDDEN]),
        (BACK, behind("a_{j}^2 (1 - a_{j}^2)")),
        (BACK, behind("σ(z_{j}^2) (1 - σ(z_{j}^2))")),
        (
            [rf"w_{{1{j}}}^{{3}} d_{{1}}^{{3}} + w_{{2{j}}}^{{3}} d_2^3 + w^3_{{3{j}}} d^3_3" for j in (1, 2)],
            [f"sigma'(z_{j}^2) d_1^3 w_1{j}^3 + (d_2^3 w_2{j}^3 + d_3^3 w_3{j}^3) sigma'(z_{j}^2)" for j in (1, 2)],
        ),
    ],
    "12.8": [
        (D3, D2, DW2),
        (D3.tolist(), D2.tolist(), DW2.tolist()),
        ("[-10, -16]", "[22, 0, -12]", "[[66, 22], [0, 0], [-36, -12]]"),
        (Matrix(D3.tolist()), Matrix([D2.tolist()]), Matrix(DW2.tolist())),
        (2 * (np.array([-4, -6]) - [1, 2]), (W_3.T @ D3) * ON, np.einsum("j,k->jk", D2, X)),
        (D3[:, None], D2[:, None].astype(float), [[d * x for x in X] for d in D2]),
        ([(-10.0, -16.0), (22, -0.0, -12), ((66, 22), (0, 0), (-36, -12))],),
    ],
    "12.9": [
        (VS, WS),
        (np.array(VS), np.array(WS)),
        (tuple(VS), "-0.715, -0.598"),
        (["0.03*9.5", "0.8*0.285 - 0.03*3.7"], ["-1 + 0.285", "-0.715 + 0.117"]),
        ([Fraction(57, 200), Fraction(117, 1000)], Matrix([[-0.715, -0.598]])),
        epoch(right),
    ],
    "12.10": [
        (FORWARD, BACKWARD),
        (np.array(FORWARD), np.array(BACKWARD, float)),
        ("-18, -21, 378", "[-18, -39, -252, 117]"),
        (sympy.Matrix(FORWARD), tuple(BACKWARD)),
        ("[-3*6, -3-18, 18*21]", "[-18, -21-18, -18-39*6, -39*(-3)]"),
        ([[-18], [-21], [378]], [Fraction(-18), sympy.Integer(-39), np.int64(-252), 117.0]),
    ],
    "12.11": [
        (SIDES, 3, LINE),
        ("[1.41, 5.41]", "3", "log(e^z1 + e^z2 + e^z3) - y1 z1 - y2 z2 - y3 z3"),
        (np.array(SIDES), "③", "ln(exp(z1) + exp(z2) + exp(z3)) - y1*z1 - y2*z2 - y3*z3"),
        ((1.408, 5.408), "part 3", r"\log\left(e^{z_1} + e^{z_2} + e^{z_3}\right) - (y_1 z_1 + y_2 z_2 + y_3 z_3)"),
        (SIDES, 3.0, "-(y1 z1 + y2 z2 + y3 z3) + log(e^z1 + e^z2 + e^z3)"),
        (SIDES, np.int64(3), "-y1(z1 - log(S)) - y2(z2 - log(S)) - y3(z3 - log(S))".replace("S", "e^z1 + e^z2 + e^z3")),
    ],
}

WRONG = {
    "12.1": [
        ("path-missing", "12(sin u + cos v)^2 cos u", V),
        ("path-missing", U, "u e^(uv)"),
        ("term-sign", U, "12(sin u + cos v)^2 sin v + u e^(uv)"),
        ("inner-derivative-dropped", "12(sin u + cos v)^2 + v e^(uv)", V),
        ("inner-derivative-dropped", "12(sin u + cos v)^2 cos u + e^(uv)", V),
        ("paths-multiplied", "12(sin u + cos v)^2 cos u * v e^(uv)", V),
        ("power-slip", "4(sin u + cos v)^2 cos u + v e^(uv)", V),
        ("power-slip", "12(sin u + cos v) cos u + v e^(uv)", V),
        ("not-differentiated", "4(sin u + cos v)^3 + e^(uv)", V),
        ("wrong-variable", "12(sin u + cos v)^2 cos u + u e^(uv)", V),
        ("both-varied", "12(sin u + cos v)^2 (cos u - sin v) + (u + v) e^(uv)", V),
        ("answers-swapped", V, U),
        ("link-not-differentiated", "12(sin u + cos v)^2 sin u + v e^(uv)", V),
        ("sign", -U, V),
    ],
    "12.2": [
        ("answers-swapped", GF, FG),
        ("factors-swapped", DG @ DF_AT_G, GF),
        ("outer-at-inner-slope", DF @ DG, GF),
        ("outer-at-inner-slope", FG, DG @ DF),
        ("entries-multiplied", DF_AT_G * DG, GF),
        ("slopes-added", DF_AT_G + DG, GF),
        ("inner-derivative-dropped", DF_AT_G, GF),
        ("outer-derivative-dropped", DG, GF),
        ("transposed", FG.T, GF),
        ("factors-swapped+outer-at-inner-slope", DG @ DF, GF),
        ("one-entry", [[12, 29], [7, 7]], GF),
    ],
    "12.3": [
        ("off-by-one", "l - 2", "l - 1", "l + 1"),
        ("off-by-one", "l", "l - 1", "l + 1"),
        ("off-by-one", "l - 1", "l - 1", "l + 2"),
        ("off-by-one", "l - 2", "l - 2", "l"),
        ("translated-back", "l + 1", "l + 1", "l + 1"),
        ("translated-back", "l - 1", "l - 1", "l - 1"),
        ("translated-back", "l + 1", "l + 1", "l - 1"),
        ("sign", "1 - l", "l - 1", "l + 1"),
        ("constant-factor", "l - 1", "2(l - 1)", "l + 1"),
        ("constant-off", "l - 5", "l - 1", "l + 1"),
        ("not-varying", "l - 1", "l - 1", "3"),
        ("all-zeros", "0", "0", "0"),
    ],
    "12.4": [
        ("derivative-left-out", "dL_dh2 h1", B2, W1),
        ("sigma-for-derivative", "dL_dh2 sigma(z2) h1", B2, W1),
        ("weight-for-input", "dL_dh2 sigma'(z2) w2", B2, W1),
        ("input-missing", B2, B2, W1),
        ("outer-derivative-dropped", "sigma'(z2) h1", B2, W1),
        ("derivative-of-activation", "dL_dh2 sigma'(h2) h1", B2, W1),
        ("wrong-layer", "dL_dh2 sigma'(z2) h2", B2, W1),
        ("bias-slope", W2, W2, W1),
        ("derivative-left-out", W2, "dL_dh2", W1),
        ("link-weight-missing", W2, B2, W1.replace(" w3", "")),
        ("input-missing", W2, B2, W1.removesuffix(" h0")),
        ("links-skipped", W2, B2, "dL_dh5 sigma'(z1) h0"),
        ("stopped-early", W2, B2, "dL_dh5 sigma'(z5) w5 sigma'(z4) w4 sigma'(z3) w3 sigma'(z2) h1"),
        ("one-link-too-many", W2, B2, W1 + " w1"),
    ],
    "12.5": [
        ("mse-sum", SUM, SUM, 0.01),
        ("mse-mean", MEAN, MEAN, 0.01),
        ("ascent", OUTPUT + 0.02 * OFF, SUM, 0.01),
        ("two-missing", OUTPUT - 0.01 * OFF, SUM, 0.01),
        ("step-size-missing", MEAN, OUTPUT - 2 * OFF, 0.01),
        ("gradient-for-step", 0.4 * OFF, 2 * OFF, 0.01),
        ("start-for-step", OUTPUT, OUTPUT, 0.01),
        ("wrong-way-round", MEAN, SUM, 0.25),
        ("same-step-size", MEAN, SUM, 0.05),
        ("answers-swapped", SUM, MEAN, 0.01),
        ("target-dropped", 0.98 * OUTPUT, SUM, 0.01),
    ],
    "12.6": [
        ("error-reversed", "y1 - p1", ANY),
        ("error-reversed", "p1 - y1", "y1 - p1 (y1 + y2 + y3 + y4)"),
        ("targets-taken-as-shares", "p1 - y1", "p1 - y1"),
        ("normaliser-weighted", ANY, ANY),
        ("softmax-slope-extra", "(p1 - y1) p1 (1 - p1)", ANY),
        ("targets-unused", "p1", ANY),
        ("normaliser-missing", "e^z1 - y1", ANY),
        ("logits-for-probabilities", "z1 - y1", ANY),
        (None, "p2 - y2", ANY),
        ("normaliser-fixed", "-y1", ANY),
        ("not-differentiated", "log(S) - y1 z1 - y2 z2 - y3 z3 - y4 z4", ANY),
        ("term-sign", "p1 + y1", ANY),
        ("stopped-at-probability", "-y1/p1", ANY),
    ],
    "12.7": [
        ("transpose-missing", [f"w_{j}1^3 d_1^3 + w_{j}2^3 d_2^3" for j in (1, 2, 3)], HIDDEN),
        ("layer-shift", [back.replace("^3 d", "^2 d") for back in BACK], HIDDEN),
        ("weight-missing", ["d_1^3 + d_2^3 + d_3^3"] * 2, HIDDEN),
        ("error-missing", [f"w_1{j}^3 + w_2{j}^3 + w_3{j}^3" for j in (1, 2)], HIDDEN),
        ("path-missing", [f"w_1{j}^3 d_1^3" for j in (1, 2)], HIDDEN),
        ("slope-too-early", HIDDEN, HIDDEN),
        ("derivative-left-out", BACK, BACK),
        ("derivative-of-activation", BACK, behind("sigma'(a_{j}^2)")),
        ("wrong-layer", BACK, behind("sigma'(z_{j}^3)")),
        ("sigma-for-derivative", BACK, behind("sigma(z_{j}^2)")),
        ("one-minus-sigma", BACK, behind("(1 - sigma(z_{j}^2))")),
        (
            "products-of-sums",
            [f"(w_1{j}^3 + w_2{j}^3 + w_3{j}^3)(d_1^3 + d_2^3 + d_3^3)" for j in (1, 2)],
            HIDDEN,
        ),
        ("answers-swapped", HIDDEN, BACK),
    ],
    "12.8": [
        ("difference-reversed", -D3, -D2, -DW2),
        ("constant-factor", D3 / 2, D2 / 2, DW2 / 2),
        ("square-not-differentiated", [25, 64], D2, DW2),
        ("target-dropped", [-8, -12], D2, DW2),
        ("derivative-left-out", D3, W_3.T @ D3, DW2),
        ("derivative-left-out", D3, W_3.T @ D3, np.outer(W_3.T @ D3, X)),
        ("derivative-left-out", D3, D2, np.outer(W_3.T @ D3, X)),
        ("sides-flipped", D3, (W_3.T @ D3) * (1 - ON), np.outer((W_3.T @ D3) * (1 - ON), X)),
        ("relu-for-derivative", D3, (W_3.T @ D3) * [10, 0, 7], DW2),
        ("outer-turned", D3, D2, DW2.T),
        ("index-shift", D3, D2, np.outer(D2, [10, 0, 7])),
        ("path-missing", D3, W_3[0] * D3[0] * ON, DW2),
        ("sigma-missing", 2 * (W_3 @ [10, -4, 7] - np.array([1, 2])), D2, DW2),
        ("a-sent-back", D3, (W_3.T @ [-4, -6]) * ON, DW2),
        ("error-missing", D3, W_3.sum(axis=0) * ON, DW2),
        ("input-missing", D3, D2, np.outer(D2, [1, 1])),
        ("one-entry", D3, D2, [[66, 22], [0, 0], [-36, -10]]),
        ("all-zeros", D3, D2, np.zeros((3, 2))),
    ],
    "12.9": [
        ("ascent", *epoch(lambda v, g: 0.8 * v + 0.03 * g)),
        ("velocity-forgotten", *epoch(lambda v, g: -0.03 * g)),
        ("momentum-missing", *epoch(lambda v, g: v - 0.03 * g)),
        ("averaging-velocity", *epoch(lambda v, g: 0.8 * v - 0.2 * 0.03 * g)),
        ("rates-swapped", *epoch(lambda v, g: 0.03 * v - 0.8 * g)),
        ("mu-on-all", *epoch(lambda v, g: 0.8 * (v - 0.03 * g))),
        ("step-size-missing", *epoch(lambda v, g: 0.8 * v - g)),
        ("one-minus-mu", *epoch(lambda v, g: 0.2 * v - 0.03 * g)),
        ("velocity-sign", *epoch(lambda v, g: -0.8 * v - 0.03 * g)),
        ("stale-weights", [0.285, 0.8 * 0.285 + 0.03 * 2], [-0.715, -0.715 + 0.8 * 0.285 + 0.03 * 2]),
        ("two-missing", *epoch(lambda v, g: 0.8 * v - 0.015 * g)),
        ("sum-over-samples", *epoch(right, [lambda w: 4 * (5 * w - 4.5), lambda w: 2 * (20 * w + 18)])),
        ("other-convention", [-9.5, 0.8 * -9.5 + 3.7], WS),
        ("answers-swapped", WS, VS),
        ("one-batch", [0.285], [-0.715]),
        ("first-size-kept", *epoch(right, [lambda w: 5 * w - 4.5, lambda w: 10 * w + 9])),
        ("first-size-kept", [0.285, 0.1725], [-0.715, -0.5425]),
        (None, *epoch(lambda v, g: 0.8 * v - 0.3 * g)),
    ],
    "12.10": [
        ("path-missing", FORWARD, [-18, -21, -126 - 18, 63]),
        ("path-missing", FORWARD, [-18, -39, -234, 117]),
        ("own-factor", FORWARD, [-21, -39, -21 - 234, 117]),
        ("value-for-slope", FORWARD, [-21, -18, -3, 6]),
        ("local-only", FORWARD, [-18, -20, 7, -3]),
        ("order-reversed", FORWARD, BACKWARD[::-1]),
        ("carried-on", FORWARD, [-18, -20, -138, 60]),
        ("sum-and-product", [3, 0, 0], BACKWARD),
        ("sum-and-product", [-18, -21, -39], BACKWARD),
        ("sign", FORWARD, [18, 39, 252, -117]),
        ("all-zeros", FORWARD, [0, 0, 0, 0]),
        ("one-entry", FORWARD, [-18, -39, -252, 107]),
        ("answers-swapped", BACKWARD, FORWARD),
    ],
    "12.11": [
        ("misprint-missed", SIDES, 0, LINE),
        ("sound-part-marked", SIDES, 1, LINE),
        ("sound-part-marked", SIDES, 4, LINE),
        ("misprint-kept", SIDES, 3, PRINTED),
        ("sound-part-changed", SIDES, 3, "z1 + z2 + z3 - (y1 z1 + y2 z2 + y3 z3)"),
        ("order-reversed", SIDES[::-1], 3, LINE),
        (None, [1.41, 9.99], 3, LINE),
        ("sign", SIDES, 3, "y1 z1 + y2 z2 + y3 z3 - log(e^z1 + e^z2 + e^z3)"),
        ("sound-part-changed", SIDES, 3, "log(e^z1 + e^z2 + e^z3) - (z1 + z2 + z3)"),
        ("too-few-digits", [1, 5], 3, LINE),
    ],
}
