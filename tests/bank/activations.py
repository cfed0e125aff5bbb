import numpy as np
import sympy
from sympy import Abs, Function, Heaviside, Max, Piecewise, Symbol, cosh, diff, exp, sign, symbols, tanh

from bpkit.nn import chain_backward, sigmoid

x, z, w, n = symbols("x z w n")
S = 1 / (1 + exp(-z))
E = 1 / (1 + exp(-x))
REAL_E = E.subs(x, Symbol("x", real=True))
sigma, sigma_prime = Function("sigma"), Function("sigma_prime")
odd_sigma_prime = Function("σ'")

w1, w2, w3, b1, b2, b3, h0, h1, h2, h3 = symbols("w1 w2 w3 b1 b2 b3 h0 h1 h2 h3")
z2, z3 = symbols("z2 z3")
dL_dh1, dL_dh2, dL_dh3 = symbols("dL_dh1 dL_dh2 dL_dh3")
W2 = "dL_dh2 * sigma'(w2*h1 + b2) * h1"
B2 = "dL_dh2 * sigma'(w2*h1 + b2)"
W1 = "dL_dh3 * sigma'(w3*h2 + b3) * w3 * sigma'(w2*h1 + b2) * w2 * sigma'(w1*h0 + b1) * h0"
FRACTION = "e^(-x)/(1+e^(-x))^2"
START = exp(-x) / (1 + exp(-x)) ** 2


# 4.6: right functions.


def two_loops(w, b, x, dL_dhn):
    h = [x]
    for i in range(len(w)):
        h.append(1 / (1 + np.exp(-w[i] * h[i] - b[i])))
    dw, db, g = [], [], dL_dhn
    for i in reversed(range(len(w))):
        g = g * h[i + 1] * (1 - h[i + 1])
        dw.insert(0, g * h[i])
        db.insert(0, g)
        g = g * w[i]
    return dw, db


def recursive(w, b, x, dL_dhn):
    if len(w) == 0:
        return np.array([]), np.array([])

    def go(i, h):
        """Return dL/dh for the input h of neuron i, and the gradients of neurons i, i + 1, …."""
        if i == len(w):
            return dL_dhn, [], []
        e = np.exp(-(w[i] * h + b[i]))
        up, dw, db = go(i + 1, 1 / (1 + e))
        dz = up * e / (1 + e) ** 2
        return dz * w[i], [dz * h, *dw], [dz, *db]

    _, dw, db = go(0, x)
    return np.array(dw), np.array(db)


def cumulative(w, b, x, dL_dhn):
    h = np.empty(len(w) + 1)
    h[0] = x
    for i in range(len(w)):
        h[i + 1] = 1 / (1 + np.exp(-(w[i] * h[i] + b[i])))
    slope = h[1:] * (1 - h[1:])
    carried = np.append(w[1:], 1.0) * np.append(slope[1:], 1.0)
    dz = dL_dhn * slope * np.cumprod(carried[::-1])[::-1]
    return dz * h[:-1], dz


def from_the_package(w, b, x, dL_dhn):
    back = chain_backward(w, b, x, dL_dhn)
    return back.dL_dw, back.dL_db


def with_tanh(w, b, x, dL_dhn):
    h = [x]
    for w_i, b_i in zip(w, b, strict=True):
        h.append((1 + np.tanh((w_i * h[-1] + b_i) / 2)) / 2)
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for i in range(len(w))[::-1]:
        db[i] = dL_dhn * h[i + 1] * (1 - h[i + 1])
        dw[i] = db[i] * h[i]
        dL_dhn = db[i] * w[i]
    return [dw, db]


# 4.6: wrong ones. The keywords say which factor is another.


def slipping(slope="h[i](1-h[i])", feed="h[i-1]", link="w[i]", bias=False, up=True, backwards=True, swap=False):
    def chain_gradients(w, b, x, dL_dhn):
        h, zs = [x], [None]
        for w_i, b_i in zip(w, b, strict=True):
            zs.append(w_i * h[-1] + b_i)
            h.append(sigmoid(zs[-1]))
        dw, db, g = np.zeros(len(w)), np.zeros(len(w)), dL_dhn if up else 1.0
        for i in range(len(w), 0, -1) if backwards else range(1, len(w) + 1):
            slopes = {
                "h[i](1-h[i])": h[i] * (1 - h[i]),
                "h[i]": h[i],
                "1-h[i]": 1 - h[i],
                "1": 1.0,
                "df(h[i])": sigmoid.df(h[i]),
                "1-h[i]^2": 1 - h[i] ** 2,
                "h[i-1](1-h[i-1])": h[i - 1] * (1 - h[i - 1]),
            }
            inputs = {"h[i-1]": h[i - 1], "h[i]": h[i], "w[i]": w[i - 1], "1": 1.0}
            links = {"w[i]": w[i - 1], "1": 1.0, "h[i-1]": h[i - 1], "w[i-1]": w[max(i - 2, 0)]}
            dz = g * slopes[slope]
            dw[i - 1] = dz * inputs[feed]
            db[i - 1] = dz * (h[i - 1] if bias else 1.0)
            g = dz * links[link]
        return (db, dw) if swap else (dw, db)

    return chain_gradients


def not_carried(w, b, x, dL_dhn):
    h = [x]
    for w_i, b_i in zip(w, b, strict=True):
        h.append(sigmoid(w_i * h[-1] + b_i))
    h = np.array(h)
    dz = dL_dhn * h[1:] * (1 - h[1:])
    return dz * h[:-1], dz


def first_only(w, b, x, dL_dhn):
    return from_the_package(w, b, x, dL_dhn)[0][0]


def only_weights(w, b, x, dL_dhn):
    return from_the_package(w, b, x, dL_dhn)[0]


def into_the_arguments(w, b, x, dL_dhn):
    dw, db = from_the_package(w, b, x, dL_dhn)
    w[:] = dw
    return w, db


def no_chain(w, b, x, dL_dhn):
    """Every neuron gets x itself."""
    z = w * x + b
    dz = dL_dhn * sigmoid.df(z)
    return dz * x, dz


def three_neurons(w, b, x, dL_dhn):
    _first, _second, _third = w
    return from_the_package(w, b, x, dL_dhn)


def without_depth(w, b, x):
    return from_the_package(w, b, x, 1.0)


# 4.7


def left_over(w=1.5, b=0.5, x=0.8, low=1, slope=None, weights=True):
    out = []
    for depth in (2, 5, 10, 20):
        h = [x]
        for _ in range(depth):
            h.append(1 / (1 + np.exp(-(w * h[-1] + b))))
        ratio = 1.0
        for i in range(depth, low, -1):
            ratio *= (w if weights else 1.0) * (h[i] * (1 - h[i]) if slope is None else slope(h[i]))
        out.append(ratio)
    return np.array(out)


ORDERS = np.log10(left_over())

RIGHT = {
    "4.1": [
        (diff(S, z),),
        (S * (1 - S),),
        ("e^-z/(1+e^-z)^2",),
        ("sigma(z)(1 - sigma(z))",),
        ("σ(z) − σ(z)²",),
        (r"\sigma(z)\left(1-\sigma(z)\right)",),
        (r"\frac{e^{-z}}{(1+e^{-z})^2}",),
        (sigma(z) * (1 - sigma(z)),),
        ("sigmoid(z)*(1-sigmoid(z))",),
        ("sigma(z) sigma(-z)",),
        ("exp(z)/(1+exp(z))**2",),
        ("1/(2 + e^z + e^-z)",),
        ("1/(4 cosh(z/2)^2)",),
        ("1/4 sech^2(z/2)",),
        ("(1 - tanh(z/2)^2)/4",),
        (1 / (4 * cosh(z / 2) ** 2),),
        ((1 - tanh(z / 2) ** 2) / 4,),
        ("1/(2 + 2 cosh z)",),
        ("1/(1+np.exp(-z)) * (1 - 1/(1+np.exp(-z)))",),
        (S.subs(z, Symbol("z", real=True)) * (1 - S.subs(z, Symbol("z", real=True))),),
    ],
    "4.2": [
        ([FRACTION, "1/(1+e^(-x)) * e^(-x)/(1+e^(-x))", "sigma(x)*(1 - sigma(x))"],),
        ([FRACTION, "1/(1+e^-x) * (1+e^-x-1)/(1+e^-x)", "1/(1+e^-x) * (1 - 1/(1+e^-x))"],),
        ([FRACTION, "(1+e^-x-1)/(1+e^-x)^2", "1/(1+e^-x) - 1/(1+e^-x)^2", "sigma(x) - sigma(x)^2"],),
        ([START, E * exp(-x) / (1 + exp(-x)), sigma(x) * exp(-x) * E, E - E**2, E * (1 - E)],),
        ([FRACTION, "e^-x sigma(x)^2", "(1/σ(x) − 1) σ(x)²", "σ(x)(1 − σ(x))"],),
        ([FRACTION, "sigma(x) * sigma(-x)", "sigma(x) * (1 - sigma(x))"],),
        ([FRACTION, r"\frac{1}{1+e^{-x}}\cdot\frac{e^{-x}}{1+e^{-x}}", r"\sigma(x)(1-\sigma(x))"],),
        (["e^x/(1+e^x)^2", "e^x/(1+e^x) * 1/(1+e^x)", "e^x/(1+e^x) * (1 - e^x/(1+e^x))"],),
        ("e^(-x)/(1+e^(-x))^2\n1/(2+e^x+e^(-x))\nsigma(x) - sigma(x)^2",),
        (["sigma(x) e^-x/(1+e^-x)", "(1 - sigma(x)) sigma(x)"],),
        ((FRACTION, "sigma(x) (1 + e^-x - 1)/(1+e^-x)", "-sigma(x) (sigma(x) - 1)"),),
        ([FRACTION, "sigma(x)^2 e^-x", "-(sigma(x)^2 - sigma(x))"],),
        ([FRACTION, "sigma(x)^2 e^-x", REAL_E * (1 - REAL_E)],),
        ([START.subs(x, Symbol("x", real=True)), "e^-x sigma(x)^2", (1.0 * E * (1 - E))],),
    ],
    "4.3": [
        (Piecewise((1, z > 0), (0, True)),),
        ("1 if z > 0 else 0",),
        ("Piecewise((1, z > 0), (0, True))",),
        (Heaviside(z),),
        ("Heaviside(z)",),
        ("heaviside(z, 0)",),
        ("z > 0",),
        ("(z > 0) * 1",),
        ("z >= 0",),
        ("np.where(z > 0, 1, 0)",),
        (Piecewise((0, z < 0), (1, z > 0)),),
        (Piecewise((0, z < 0), (sympy.Rational(1, 2), sympy.Eq(z, 0)), (1, True)),),
        ("(1 + sign(z))/2",),
        ((sign(z) + 1) / 2,),
        (z > 0,),
        (diff(Max(0, z), z),),
        ("max(0, z)/z",),
        ((Abs(z) + z) / (2 * z),),
        ("0 if z <= 0 else 1",),
        ("1 if z > 0 else 0 if z < 0 else 1/2",),
    ],
    "4.4": [
        (W2, B2, W1),
        (
            dL_dh2 * sigma_prime(w2 * h1 + b2) * h1,
            dL_dh2 * sigma_prime(b2 + h1 * w2),
            dL_dh3 * sigma_prime(w3 * h2 + b3) * w3 * sigma_prime(w2 * h1 + b2) * w2 * sigma_prime(w1 * h0 + b1) * h0,
        ),
        (
            dL_dh2 * odd_sigma_prime(w2 * h1 + b2) * h1,
            B2,
            W1,
        ),
        ("dL_dh2 σ′(w₂h₁ + b₂) h₁", "dL_dh2 σ'(w₂h₁ + b₂)", W1),
        (
            "dL_dh2 h2 (1 - h2) h1",
            "dL_dh2 h2 (1 - h2)",
            "dL_dh3 h3 (1 - h3) w3 h2 (1 - h2) w2 h1 (1 - h1) h0",
        ),
        (
            "h1 * sigma_prime(w2*h1 + b2) * dL_dh2",
            "dL_dh2 * sigma(w2*h1 + b2) * (1 - sigma(w2*h1 + b2))",
            "h0 w2 w3 dL_dh3 sigma'(w1 h0 + b1) sigma'(w2 h1 + b2) sigma'(w3 h2 + b3)",
        ),
        (
            r"dL_dh2\,\sigma'\left(w_2 h_1 + b_2\right) h_1",
            r"dL_dh2\,\sigma'(w_2 h_1 + b_2)",
            r"dL_dh3\,\sigma'(w_3 h_2 + b_3) w_3 \sigma'(w_2 h_1 + b_2) w_2 \sigma'(w_1 h_0 + b_1) h_0",
        ),
        (
            "dL_dh2 h1 e^(-(w2*h1+b2)) / (1 + e^(-(w2*h1+b2)))^2",
            "dL_dh2 / (2 + 2cosh(w2*h1 + b2))",
            "dL_dh3 h3 (1 - h3) w3 sigma'(w2 sigma(w1 h0 + b1) + b2) w2 (h1 - h1^2) h0",
        ),
        (
            "dL_dh2 σ'(z2) h1",
            "dL_dh2 σ'(z_2)",
            "dL_dh3 σ'(z3) w3 σ'(z2) w2 σ'(z1) x",
        ),
        (
            dL_dh2 * sigma_prime(z2) * h1,
            "dL_dh2 sigma(z2) (1 - h2)",
            dL_dh3 * sigma_prime(z3) * w3 * sigma_prime(z2) * w2 * sigma_prime(w1 * x + b1) * x,
        ),
    ],
    "4.5": [
        ("dL_dh2 * sigma'(w2*h1 + b2) * w2",),
        (dL_dh2 * sigma_prime(w2 * h1 + b2) * w2,),
        ("w2 dL_dh2 σ'(b2 + w2h1)",),
        ("dL_dh2 h2 (1 - h2) w2",),
        ("w2 * sigma_prime(w2*h1 + b2) * dL_dh2",),
        (r"dL_dh2 \cdot \sigma'(w_2 h_1 + b_2) \cdot w_2",),
        ("dL_dh2 w2 sigma(w2 h1 + b2) (1 - sigma(w2 h1 + b2))",),
        ("dL_dh2 * w2 * (h2 - h2**2)",),
        ("dL_dh2 σ'(z2) w2",),
        (dL_dh2 * sigma_prime(z2) * w2,),
        (dL_dh2 * w2 * exp(-(w2 * h1 + b2)) / (1 + exp(-(w2 * h1 + b2))) ** 2,),
    ],
    "4.6": [
        (two_loops,),
        (recursive,),
        (cumulative,),
        (from_the_package,),
        (with_tanh,),
        (slipping(),),
        (lambda w, b, x, dL_dhn: np.stack(from_the_package(w, b, x, dL_dhn)),),
        (lambda w, b, x, g: [list(part) for part in from_the_package(w, b, x, g)],),
    ],
    "4.7": [
        (ORDERS,),
        (list(ORDERS),),
        (tuple(ORDERS),),
        ([round(float(value), 4) for value in ORDERS],),
        (ORDERS.reshape(4, 1),),
        (sympy.Matrix(ORDERS),),
        (str([float(value) for value in ORDERS]),),
        (np.log(left_over()) / np.log(10),),
    ],
    "4.8": [
        ((w / 4) ** (n - 1), 21),
        ("(w/4)^(n-1)", "21"),
        ("w^(n-1) / 4^(n-1)", 21.0),
        (r"\left(\frac{w}{4}\right)^{n-1}", sympy.Integer(21)),
        ("(0.25 w)**(n - 1)", np.int64(21)),
        ("(w/4)^(Abs(n) - 1)", 21),
        ((Abs(w) / 4) ** (n - 1), 21),
        (exp((n - 1) * sympy.log(w / 4)), "20 + 1"),
        ("4/w (w/4)^n", 21),
    ],
}

WRONG = {
    "4.1": [
        ("sigma-for-derivative", S),
        ("sigma-for-derivative", "sigma(z)"),
        ("one-minus-sigma", "1 - sigma(z)"),
        ("one-minus-sigma", "e^-z/(1+e^-z)"),
        ("sigma-one-plus", "sigma(z)(1 + sigma(z))"),
        ("sign", "sigma(z)(sigma(z) - 1)"),
        ("sign", -exp(-z) / (1 + exp(-z)) ** 2),
        ("inner-derivative-dropped", "-1/(1+e^-z)^2"),
        ("inner-derivative-dropped", sigma(z) ** 2),
        ("quotient-slip", "-e^z"),
        ("tanh-slope", "1 - sigma(z)^2"),
        ("exponential-as-power", "z e^(-z-1)/(1+e^-z)^2"),
        ("derivative-of-activation", "sigma(sigma(z))(1 - sigma(sigma(z)))"),
        ("constant-factor", "2 sigma(z)(1 - sigma(z))"),
        ("unevaluated", sympy.Derivative(S, z)),
        ("unevaluated", diff(sigma(z), z)),
        (None, "sigma(z)(1 - z)"),
        (None, "z(1 - z)"),
        (None, "e^-z/(1-e^-z)^2"),
        (None, 0),
        (None, "1/4"),
    ],
    "4.2": [
        ("wrong-line", [FRACTION, "1/(1+e^-x) * e^-x", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "sigma(x) e^-x", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "sigma(x)(1+e^-x)", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "sigma(x) * e^-x/(1+e^-x)", "sigma(x)(1+sigma(x))"]),
        ("wrong-line", ["sigma(x)", "sigma(x)(1-sigma(x))", "sigma(x) - sigma(x)^2"]),
        ("wrong-line", [FRACTION, "e^-x/(1+2e^-x+e^(2x))", "sigma(x)(1-sigma(x))"]),
        ("step-missing", [FRACTION, "sigma(x)(1-sigma(x))"]),
        ("step-missing", ["sigma(x) - sigma(x)^2"]),
        ("step-missing", [FRACTION, FRACTION, "sigma(x)(1-sigma(x))"]),
        ("not-finished", [FRACTION, "sigma(x) * e^-x/(1+e^-x)"]),
        ("not-finished", [FRACTION]),
        ("not-finished", [FRACTION, "sigma(x) sigma(-x)"]),
        ("backwards", ["sigma(x)(1-sigma(x))", "sigma(x)^2 e^-x", FRACTION]),
        ("unevaluated", [FRACTION, diff(sigma(x), x), "sigma(x)(1-sigma(x))"]),
    ],
    "4.3": [
        ("relu-for-derivative", "max(0, z)"),
        ("relu-for-derivative", "relu(z)"),
        ("relu-for-derivative", Piecewise((z, z > 0), (0, True))),
        ("height-for-slope", z),
        ("height-for-slope", "1 if z > 0 else z"),
        ("one-everywhere", 1),
        ("zero-everywhere", 0),
        ("sides-flipped", "1 if z < 0 else 0"),
        ("sides-flipped", Heaviside(-z)),
        ("abs-slope", "sign(z)"),
        ("abs-slope", Piecewise((1, z > 0), (-1, True))),
        ("constant-factor", "2 (z > 0)"),
        ("sign", "-1 if z > 0 else 0"),
        (None, "1 if z > 1 else 0"),
        (None, "1/2 + z/2"),
        (None, "1/(1+e^-z)"),
        (None, "1 if z > 0 else 1/100"),
    ],
    "4.4": [
        ("derivative-left-out", "dL_dh2 h1", B2, W1),
        ("sigma-for-derivative", "dL_dh2 sigma(w2*h1 + b2) h1", B2, W1),
        ("sigma-for-derivative", "dL_dh2 h2 h1", B2, W1),
        ("weight-for-input", "dL_dh2 sigma'(w2*h1 + b2) w2", B2, W1),
        ("input-missing", "dL_dh2 sigma'(w2*h1 + b2)", B2, W1),
        ("outer-derivative-dropped", "sigma'(w2*h1 + b2) h1", B2, W1),
        ("derivative-of-activation", "dL_dh2 sigma'(h2) h1", B2, W1),
        ("bias-missing", "dL_dh2 sigma'(w2*h1) h1", B2, W1),
        ("wrong-layer", "dL_dh2 sigma'(w2*h1 + b2) h2", B2, W1),
        ("wrong-layer", "dL_dh2 sigma'(w1*h0 + b1) h1", B2, W1),
        ("wrong-layer", "dL_dh2 sigma'(z1) h1", B2, W1),
        ("sigma-for-derivative", "dL_dh2 sigma(z2) h1", B2, W1),
        ("slopes-added", "dL_dh2 + sigma'(w2*h1 + b2) + h1", B2, W1),
        ("sign", "-" + W2, B2, W1),
        ("bias-slope", W2, W2, W1),
        ("bias-slope", W2, "dL_dh2 sigma'(w2*h1 + b2) b2", W1),
        ("derivative-left-out", W2, "dL_dh2", W1),
        ("outer-derivative-dropped", W2, "sigma'(w2*h1 + b2)", W1),
        (None, W2, 1, W1),
        ("derivative-left-out", W2, B2, "dL_dh3 w3 w2 h0"),
        ("derivative-left-out", W2, B2, "dL_dh3 h3 (1-h3) w3 w2 h1 (1-h1) h0"),
        ("sigma-for-derivative", W2, B2, "dL_dh3 h3 w3 h2 w2 h1 h0"),
        ("link-weight-missing", W2, B2, "dL_dh3 h3 (1-h3) h2 (1-h2) h1 (1-h1) h0"),
        ("link-weight-missing", W2, B2, "dL_dh3 h3 (1-h3) w3 h2 (1-h2) h1 (1-h1) h0"),
        ("input-missing", W2, B2, "dL_dh3 h3 (1-h3) w3 h2 (1-h2) w2 h1 (1-h1)"),
        ("links-skipped", W2, B2, "dL_dh3 sigma'(w1 h0 + b1) h0"),
        ("stopped-early", W2, B2, "dL_dh3 sigma'(w3 h2 + b3) h2"),
        ("stopped-early", W2, B2, "dL_dh3 sigma'(w3 h2 + b3) w3 sigma'(w2 h1 + b2) h1"),
        ("one-link-too-many", W2, B2, W1 + " w1"),
        ("weight-for-input", W2, B2, W1.removesuffix("h0") + "w1"),
        ("derivative-of-activation", W2, B2, "dL_dh3 sigma'(h3) w3 sigma'(h2) w2 sigma'(h1) h0"),
        (None, W2, B2, "h0"),
        (None, "dL_dh2 (1 - h1^2) h1", B2, W1),
        (None, 0, 0, 0),
    ],
    "4.5": [
        ("derivative-left-out", "dL_dh2 w2"),
        ("sigma-for-derivative", "dL_dh2 h2 w2"),
        ("sigma-for-derivative", dL_dh2 * sigma(w2 * h1 + b2) * w2),
        ("input-for-weight", "dL_dh2 sigma'(w2*h1 + b2) h1"),
        ("link-weight-missing", "dL_dh2 sigma'(w2*h1 + b2)"),
        ("outer-derivative-dropped", "sigma'(w2*h1 + b2) w2"),
        ("wrong-layer", "dL_dh2 sigma'(w2*h1 + b2) w1"),
        ("wrong-layer", "dL_dh2 sigma'(w2*h1 + b2) w3"),
        ("wrong-layer", "dL_dh2 sigma'(w1*h0 + b1) w2"),
        ("derivative-of-activation", "dL_dh2 sigma'(h2) w2"),
        ("bias-missing", "dL_dh2 sigma'(w2*h1) w2"),
        ("one-minus-sigma", "dL_dh2 (1 - h2) w2"),
        ("slopes-added", "dL_dh2 + sigma'(w2*h1 + b2) + w2"),
        ("sign", "-dL_dh2 sigma'(w2*h1 + b2) w2"),
        ("constant-factor", "dL_dh2 sigma'(w2*h1 + b2) w2 / 2"),
        (None, "dL_dh2"),
        (None, "dL_dh2 sigma'(w2*h1 + b2) w2^2"),
        (None, "dL_dh2 h1 (1 - h1) w1"),
    ],
    "4.6": [
        ("sigma-for-derivative", slipping(slope="h[i]")),
        ("one-minus-sigma", slipping(slope="1-h[i]")),
        ("derivative-left-out", slipping(slope="1")),
        ("derivative-of-activation", slipping(slope="df(h[i])")),
        ("slope-layer", slipping(slope="h[i-1](1-h[i-1])")),
        ("weight-for-input", slipping(feed="w[i]")),
        ("input-layer", slipping(feed="h[i]")),
        ("input-missing", slipping(feed="1")),
        ("link-weight-missing", slipping(link="1")),
        ("input-for-weight", slipping(link="h[i-1]")),
        ("link-layer", slipping(link="w[i-1]")),
        ("links-skipped", not_carried),
        ("bias-slope", slipping(bias=True)),
        ("outer-derivative-dropped", slipping(up=False)),
        ("results-swapped", slipping(swap=True)),
        ("input-changed", into_the_arguments),
        (None, slipping(slope="1-h[i]^2")),
        (None, slipping(backwards=False)),
        (None, no_chain),
        (None, first_only),
        (None, only_weights),
        (None, three_neurons),
        ("all-zeros", lambda w, b, x, dL_dhn: (0 * w, 0 * b)),
        (None, lambda w, b, x, dL_dhn: (-part for part in from_the_package(w, b, x, dL_dhn))),
        (None, lambda w, b, x, dL_dhn: tuple(-part for part in from_the_package(w, b, x, dL_dhn))),
        (None, lambda w, b, x, dL_dhn: from_the_package(w[::-1], b[::-1], x, dL_dhn)),
    ],
    "4.7": [
        ("ratio-inverted", -ORDERS),
        ("one-link-too-many", np.log10(left_over(low=0))),
        ("sigma-for-derivative", np.log10(left_over(slope=lambda h: h))),
        ("derivative-left-out", np.log10(left_over(slope=lambda h: 1.0))),
        ("link-weight-missing", np.log10(left_over(weights=False))),
        ("bound-for-measured", np.log10(left_over(slope=lambda h: 0.25))),
        ("natural-log", np.log(left_over())),
        ("log-missing", left_over()),
        ("log-missing", 1 / left_over()),
        ("all-zeros", [0, 0, 0, 0]),
        (None, ORDERS[::-1]),
        (None, ORDERS[:3]),
        (None, ORDERS - 0.01),
        (None, np.log10(left_over(b=-0.5))),
        (None, -13.9334),
    ],
    "4.8": [
        ("one-link-too-many", "(w/4)^n", 21),
        ("link-weight-missing", "(1/4)^(n-1)", 21),
        ("derivative-left-out", "w^(n-1)", 21),
        ("links-added", "(n-1) w/4", 21),
        ("one-link-only", "w/4", 21),
        ("ratio-inverted", "(4/w)^(n-1)", 21),
        ("sigma-half", "(w/2)^(n-1)", 21),
        ("links-not-neurons", "(w/4)^(n-1)", 20),
        ("not-a-whole-number", "(w/4)^(n-1)", "1 + 6 ln(10)/ln(2)"),
        ("not-a-whole-number", "(w/4)^(n-1)", 1 + 6 * np.log(10) / np.log(2)),
        ("constant-factor", "2 (w/4)^(n-1)", 21),
        (None, "(w/4)^(n-2)", 21),
        (None, "(w/4)^(n-1)", 22),
        (None, "(w/4)^(n-1)", 6),
        (None, "(w/4)^(n-1)", -21),
    ],
}
