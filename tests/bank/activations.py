import math
from collections import namedtuple
from fractions import Fraction
from itertools import accumulate

import numpy as np
import sympy
from sympy import (
    ITE,
    Abs,
    Derivative,
    Function,
    Heaviside,
    Max,
    Mul,
    Piecewise,
    Symbol,
    cosh,
    diff,
    exp,
    sech,
    sign,
    symbols,
    tanh,
)

from bpkit.nn import chain_backward, sigmoid

x, z, w, n = symbols("x z w n")
S = 1 / (1 + exp(-z))
E = 1 / (1 + exp(-x))
REAL_E = E.subs(x, Symbol("x", real=True))
sigma, sigma_prime = Function("sigma"), Function("sigma_prime")
odd_sigma_prime = Function("σ'")

w1, w2, w3, b1, b2, b3, h0, h1, h2, h3 = symbols("w1 w2 w3 b1 b2 b3 h0 h1 h2 h3")
z1, z2, z3 = symbols("z1 z2 z3")
real_w2, real_h1 = symbols("w2 h1", real=True)
pos_w, whole_n = Symbol("w", positive=True), Symbol("n", integer=True, positive=True)
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


def linear_system(w, b, x, dL_dhn):
    """dL/dh = M dL/dh + (0, …, 0, dL/dh_n), with the links above the diagonal of M."""
    n, h = len(w), [x]
    for w_i, b_i in zip(w, b, strict=True):
        h.append(np.exp(-np.logaddexp(0, -(w_i * h[-1] + b_i))))
    h = np.array(h)
    slope = h[1:] - h[1:] ** 2
    links = np.diag((w * slope)[1:], k=1)
    dz = slope * np.linalg.solve(np.eye(n) - links, dL_dhn * np.eye(n)[-1])
    return dz * h[:-1], dz


def complex_steps(w, b, x, dL_dhn):
    def output(weights, biases):
        h = x + 0j
        for i in range(len(weights)):
            h = 1 / (1 + np.exp(-(weights[i] * h + biases[i])))
        return h

    steps = 1e-30j * np.eye(len(w))
    dw = [dL_dhn * output(w + step, b).imag / 1e-30 for step in steps]
    db = [dL_dhn * output(w, b + step).imag / 1e-30 for step in steps]
    return dw, db


def plain_python(w, b, x, dL_dhn):
    stack, value = [], float(x)
    for w_i, b_i in zip(w.tolist(), b.tolist(), strict=True):
        z = w_i * value + b_i
        stack.append((w_i, z, value))
        value = 1 / (1 + math.exp(-z))
    dw, db = [], []
    while stack:
        w_i, z, value = stack.pop()
        dz = dL_dhn / (2 + 2 * math.cosh(z))
        dw.insert(0, dz * value)
        db.insert(0, dz)
        dL_dhn = dz * w_i
    return dw, db


def turned_views(w, b, x, dL_dhn):
    h = list(accumulate(zip(w, b, strict=True), lambda h, wb: 1 / (1 + np.exp(-wb[0] * h - wb[1])), initial=x))
    dz, g = [], dL_dhn
    for w_i, h_i in zip(w[::-1], h[:0:-1], strict=True):
        dz.append(g * h_i * (1 - h_i))
        g = dz[-1] * w_i
    dz = np.array(dz)[::-1]
    return dz * np.array(h[:-1]), dz


def products_anew(w, b, x, dL_dhn):
    n, h = len(w), np.zeros(len(w) + 1)
    h[0] = x
    for i in range(1, n + 1):
        h[i] = sigmoid(w[i - 1] * h[i - 1] + b[i - 1])
    slope = h * (1 - h)
    db = np.array([dL_dhn * np.prod(slope[i:]) * np.prod(w[i:]) for i in range(1, n + 1)])
    return Gradients(db * h[:n], db)


Gradients = namedtuple("Gradients", "weights biases")


class Backward:
    def gradients(self, weights, biases, start, at_the_end):
        return two_loops(weights.copy(), biases.copy(), start, at_the_end)


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
                "h[i](h[i]-1)": h[i] * (h[i] - 1),
                "h[i](1+h[i])": h[i] * (1 + h[i]),
                "z[i](1-z[i])": zs[i] * (1 - zs[i]),
                "z[i]": zs[i],
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


def slope_on_the_way_back_left_out(w, b, x, dL_dhn):
    h = [x]
    for w_i, b_i in zip(w, b, strict=True):
        h.append(sigmoid(w_i * h[-1] + b_i))
    dw, db, g = np.zeros(len(w)), np.zeros(len(w)), dL_dhn
    for i in reversed(range(len(w))):
        db[i] = g * h[i + 1] * (1 - h[i + 1])
        dw[i] = db[i] * h[i]
        g = g * w[i]
    return dw, db


def appended_backwards(w, b, x, dL_dhn):
    dw, db = from_the_package(w, b, x, dL_dhn)
    backwards_w, backwards_b = [], []
    for i in range(len(w) - 1, -1, -1):
        backwards_w.append(dw[i])
        backwards_b.append(db[i])
    return np.array(backwards_w), np.array(backwards_b)


def other_forward(h_of, slope_of):
    """Return the backward pass of a chain with h_i = h_of(z_i), its slope taken from z_i and h_i."""

    def chain_gradients(w, b, x, dL_dhn):
        z, h = [], [x]
        for w_i, b_i in zip(w, b, strict=True):
            z.append(w_i * h[-1] + b_i)
            h.append(h_of(z[-1]))
        dw, db, g = np.zeros(len(w)), np.zeros(len(w)), dL_dhn
        for i in reversed(range(len(w))):
            db[i] = g * slope_of(z[i], h[i + 1])
            dw[i] = db[i] * h[i]
            g = db[i] * w[i]
        return dw, db

    return chain_gradients


def fed_with_x(w, b, x, dL_dhn):
    h = sigmoid(w * x + b)
    dz, g = np.zeros(len(w)), dL_dhn
    for i in reversed(range(len(w))):
        dz[i] = g * h[i] * (1 - h[i])
        g = dz[i] * w[i]
    return dz * x, dz


def biases_changed(w, b, x, dL_dhn):
    dw, db = from_the_package(w, b, x, dL_dhn)
    b -= 0.1 * db
    return dw, db


def written_out_for_three(w, b, x, dL_dhn):
    h1 = sigmoid(w[0] * x + b[0])
    h2 = sigmoid(w[1] * h1 + b[1])
    h3 = sigmoid(w[2] * h2 + b[2])
    db3 = dL_dhn * h3 * (1 - h3)
    db2 = db3 * w[2] * h2 * (1 - h2)
    db1 = db2 * w[1] * h1 * (1 - h1)
    return np.array([db1 * x, db2 * h1, db3 * h2]), np.array([db1, db2, db3])


def without_depth(w, b, x):
    return from_the_package(w, b, x, 1.0)


# 4.7


def left_over(w=1.5, b=0.5, x=0.8, low=1, slope=None, weights=True, shift=0):
    out = []
    for depth in (2, 5, 10, 20):
        h = [x]
        for _ in range(depth):
            h.append(1 / (1 + np.exp(-(w * h[-1] + b))))
        ratio = 1.0
        for i in range(depth, low, -1):
            ratio *= (w if weights else 1.0) * (h[i - shift] * (1 - h[i - shift]) if slope is None else slope(h[i]))
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
        ("1/((1+e^z)(1+e^-z))",),
        ("1/(e^(z/2) + e^(-z/2))^2",),
        ("1/4 - (sigma(z) - 1/2)^2",),
        ("sigma(z) - sigma^2(z)",),
        (r"\sigma(z)-\sigma^2(z)",),
        ("σ(z)·σ(−z)",),
        ("e^{-|z|}/(1+e^{-|z|})^2",),
        ("exp(-z - 2 ln(1+e^-z))",),
        ("tanh(z/2)/(2 sinh z)",),
        ("(1 + tanh(z/2))(1 - tanh(z/2))/4",),
        ("(cosh z - 1)/(2 sinh^2 z)",),
        ("sigma(z)/(1 + e^z)",),
        ("e^z σ(-z)²",),
        ("sqrt(sigma(z)^2 (1 - sigma(z))^2)",),
        (r"\tfrac14\operatorname{sech}^2\tfrac z2",),
        (r"\frac{1}{1+e^{-z}}\left(1-\frac{1}{1+e^{-z}}\right)",),
        ("np.exp(-abs(z))/(1+np.exp(-abs(z)))**2",),
        ("e^z/(1+e^z) - (e^z/(1+e^z))^2",),
        ("1/(1+e^-z) - 1/(1+e^-z)^2",),
        (sech(z / 2) ** 2 / 4,),
        (sigma(z) * sigma(-z),),
        (Mul(S, 1 - S, evaluate=False),),
        (S.subs(z, Symbol("z", positive=True)) - S.subs(z, Symbol("z", positive=True)) ** 2,),
        (0.25 - 0.25 * tanh(0.5 * z) ** 2,),
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
        ([FRACTION, "1/(1+e^-x) - 1/(1+e^-x)^2", "sigma(x) - sigma(x)^2", "sigma(x)(1 - sigma(x))"],),
        ([FRACTION, "e^x/(e^x+1)^2", "e^x/(1+e^x) * 1/(1+e^x)", "sigma(x) * (1 - sigma(x))"],),
        ([FRACTION, "= 1/(1+e^-x) * e^-x/(1+e^-x)", "= sigma(x) (1 - sigma(x))"],),
        ([FRACTION, "sech^2(x/2)/4", "(1 + tanh(x/2))/2 * (1 - tanh(x/2))/2", "sigma(x)(1 - sigma(x))"],),
        ([FRACTION, "(1+e^-x)/(1+e^-x)^2 - 1/(1+e^-x)^2", "1/(1+e^-x) (1 - 1/(1+e^-x))"],),
        ([FRACTION, "1/(e^x + 2 + e^-x)", "1/((1+e^x)(1+e^-x))", "σ(−x) σ(x)", "(1 − σ(x)) σ(x)"],),
        ([FRACTION, "exp(-x - 2 ln(1+e^-x))", "exp(-x) sigma(x)^2", "sigma(x) (1 - sigma(x))"],),
        (
            [
                r"\frac{e^{-x}}{\left(1+e^{-x}\right)^{2}}",
                r"\frac{1+e^{-x}-1}{\left(1+e^{-x}\right)^{2}}",
                r"\sigma(x)-\sigma(x)^{2}",
                r"\sigma(x)\bigl(1-\sigma(x)\bigr)",
            ],
        ),
        (["np.exp(-x)/(1+np.exp(-x))**2", "1/(1+np.exp(-x)) * np.exp(-x)/(1+np.exp(-x))", "σ(x)·(1 − σ(x))"],),
        ([START, sech(x / 2) ** 2 / 4, sigma(x) * sigma(-x), sigma(x) * (1 - sigma(x))],),
        ([FRACTION, "1/4 - (sigma(x) - 1/2)^2", "sigma(x) - sigma(x)^2"],),
        ([FRACTION, "sigma(x)/(1+e^x)", "sigma(x)(1 - sigma(x))"],),
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
        ("max(sign(z), 0)",),
        ("|z|/(2z) + 1/2",),
        ("(1 + z/|z|)/2",),
        ("1 - Heaviside(-z)",),
        ("sqrt(z^2)/(2z) + 0.5",),
        ("0.5*(1 + np.sign(z))",),
        ("np.where(z <= 0, 0.0, 1.0)",),
        ("np.heaviside(z, 0.5)",),
        ("1*(z > 0)",),
        ("1 - (z < 0)",),
        ("1 if 0 < z else 0",),
        ("(1 if z > 0 else 0)",),
        ("relu(z)/z",),
        ("(relu(z) + relu(-z) + z)/(2z)",),
        (r"\begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",),
        ("Piecewise((0, z <= 0), (1, True))",),
        ("1 if z > 0 else (0 if z < 0 else 0.5)",),
        ("int(z > 0)",),
        (Piecewise((1, z > 0), (0, z <= 0)),),
        (ITE(z > 0, True, False),),
        (Max(0, sign(z)),),
        (1 - Heaviside(-z, 0),),
        (Heaviside(z, 1),),
        (Piecewise((1.0, Symbol("z", real=True) > 0), (0.0, True)),),
        (diff((z + Abs(z)) / 2, z).subs(z, Symbol("z", real=True)).doit(),),
        (~(z <= 0),),
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
        (
            "dL_dh2·σ'(w₂·h₁ + b₂)·h₁",
            "dL_dh2·σ'(b₂ + h₁w₂)",
            "dL_dh3·σ'(w₃h₂ + b₃)·w₃·σ'(w₂h₁ + b₂)·w₂·σ'(w₁h₀ + b₁)·h₀",
        ),
        (
            "dL_dh2 sigmoid(w2*h1+b2) (1 - sigmoid(w2*h1+b2)) h1",
            "dL_dh2 sigma(z2) sigma(-z2)",
            "dL_dh3 h3(1-h3) w3 h2(1-h2) w2 h1(1-h1) x",
        ),
        ("dL_dh2 h1/(e^z2 + 2 + e^-z2)", "dL_dh2 e^(-z2) h2^2", "w2 w3 x dL_dh3 (h3 - h3²)(h2 - h2²)(h1 - h1²)"),
        (
            "dL_dh2 h1 (1 - tanh(z2/2)^2)/4",
            "dL_dh2 sech(z2/2)^2 / 4",
            "dL_dh3 h0 w2 w3 sigma'(z1) sigma'(z2) sigma'(z3)",
        ),
        ("dL_dh2 h1 h2 - dL_dh2 h1 h2^2", "dL_dh2 (1/4 - (h2 - 1/2)^2)", W1),
        (
            "dL_dh2 sigma'(w2 sigma(w1 h0 + b1) + b2) sigma(w1 h0 + b1)",
            "dL_dh2 sigma'(w2 sigma(w1 x + b1) + b2)",
            "dL_dh3 σ'(w3 σ(w2 σ(w1 h0 + b1) + b2) + b3) w3 σ'(w2 σ(w1 h0 + b1) + b2) w2 σ'(w1 h0 + b1) h0",
        ),
        (
            "dL_dh2*h2*(1.0 - h2)*h1",
            "dL_dh2*1*h2*(1 - h2)",
            "(dL_dh3*h3*(1 - h3)*w3) * (h2*(1 - h2)*w2) * (h1*(1 - h1)*h0)",
        ),
        (
            r"dL_dh2 \cdot \sigma'(z_2) \cdot h_1",
            r"dL_dh2 \cdot \sigma'(z_2) \cdot 1",
            r"dL_dh3 \cdot \sigma'(z_3) \cdot w_3 \cdot \sigma'(z_2) \cdot w_2 \cdot \sigma'(z_1) \cdot h_0",
        ),
        (
            dL_dh2 * sigma(z2) * (1 - sigma(z2)) * h1,
            dL_dh2 * sigma_prime(real_w2 * real_h1 + b2),
            dL_dh3 * h3 * (1 - h3) * w3 * h2 * (1 - h2) * w2 * h1 * (1 - h1) * h0,
        ),
        (
            Mul(h1, dL_dh2, sigma_prime(z2), evaluate=False),
            dL_dh2 / (2 + 2 * cosh(z2)),
            Mul(dL_dh3, sigma_prime(z3), w3, sigma_prime(z2), w2, sigma_prime(z1), h0, evaluate=False),
        ),
        ("h1 dL_dh2/(1/h2 + 1/(1-h2))", "dL_dh2/(1/h2 + 1/(1-h2))", "dL_dh3 sigma'(z3) w3 h2 (1-h2) w2 sigma'(z1) x"),
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
        ("dL_dh2 w2 / (e^z2 + 2 + e^-z2)",),
        ("w2 dL_dh2 sech(z2/2)^2 / 4",),
        ("dL_dh2 w2 (1/4 - (h2 - 1/2)^2)",),
        ("dL_dh2·σ′(w₂h₁ + b₂)·w₂",),
        ("dL_dh2 w2 sigma(z2) sigma(-z2)",),
        ("dL_dh2 w2 h2 - dL_dh2 w2 h2^2",),
        ("dL_dh2 w2 h2/(1 + e^(w2*h1 + b2))",),
        (r"dL_dh2\,w_2\,h_2\,(1-h_2)",),
        (r"dL_dh2 \, \sigma'\!\left(z_2\right) w_2",),
        ("dL_dh2 (1 - tanh^2(z2/2)) w2/4",),
        ("dL_dh2 e^(-z2) h2² w2",),
        ("dL_dh2*w2*sigmoid(z2)*(1.0 - sigmoid(z2))",),
        ("dL_dh2 sigma'(w2 sigma(w1 x + b1) + b2) w2",),
        ("dL_dh2 w2 / (1/h2 + 1/(1 - h2))",),
        ("dL_dh1 = dL_dh2 sigma'(z2) w2",),
        (dL_dh2 * sigma(z2) * sigma(-z2) * w2,),
        (dL_dh2 * real_w2 * sigma_prime(real_w2 * real_h1 + b2),),
        (Mul(dL_dh2, h2, 1 - h2, w2, evaluate=False),),
        (dL_dh2 * w2 * sech(z2 / 2) ** 2 * 0.25,),
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
        (linear_system,),
        (complex_steps,),
        (plain_python,),
        (turned_views,),
        (products_anew,),
        (Backward().gradients,),
        (other_forward(lambda z: 1 / (1 + np.exp(-z)), lambda z, h: 0.25 / np.cosh(z / 2) ** 2),),
        (other_forward(lambda z: 0.5 + 0.5 * np.tanh(z / 2), lambda z, h: h - h * h),),
        (other_forward(lambda z: np.exp(z) / (1 + np.exp(z)), lambda z, h: np.exp(-z) * h**2),),
        (lambda w, b, x, g: tuple(part.astype(np.longdouble) for part in from_the_package(w, b, x, g)),),
        (lambda *given: tuple(map(tuple, from_the_package(*given))),),
        (lambda w, b, x, g: np.vstack(two_loops(w, b, x, g)),),
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
        (np.round(ORDERS, 4),),
        (np.round(ORDERS, 5).tolist(),),
        (ORDERS.astype(np.float32),),
        (ORDERS.astype(np.longdouble),),
        (ORDERS.astype(object),),
        (-np.log10(1 / left_over()),),
        ([sympy.Float(value, 8) for value in ORDERS],),
        (sympy.Matrix([list(ORDERS)]),),
        (", ".join(f"{value:.4f}" for value in ORDERS),),
        (str(ORDERS.round(5)),),
        (np.sum([np.log10(left_over()), np.zeros(4)], axis=0),),
        (ORDERS[None, :],),
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
        ("w^(n-1) 2^(2-2n)", "21.0"),
        ("w^(n-1) 4^(1-n)", 21),
        ("(w/4)^(n-1)", "ceil(1 + 6 ln(10)/ln(2))"),
        ("(4/w)^(1-n)", 21),
        ("(w/4)^(n-1)", "floor(6 ln(10)/ln(2)) + 2"),
        ("e^((n-1)(ln w - 2 ln 2))", sympy.ceiling(1 + 6 * sympy.log(10) / sympy.log(2))),
        ("(sqrt(w)/2)^(2n-2)", 21.0),
        ("(w/4)^n/(w/4)", np.float64(21)),
        (r"\frac{w^{n-1}}{4^{n-1}}", np.ceil(1 + 6 * np.log2(10))),
        ("(w/4)ⁿ⁻¹", 21),
        ("(w/4)^(n-1)", "n = 21"),
        ("0.25^(n-1) w^(n-1)", np.array(21)),
        ("10^((n-1) log10(w/4))", "3*7"),
        ("|w/4|^(n-1)", np.uint8(21)),
        ("1/(4/w)^(n-1)", "2*10 + 1"),
        ((pos_w / 4) ** (whole_n - 1), Fraction(21)),
        (sympy.Product(w / 4, (Symbol("i"), 2, n)).doit(), 21),
        (Mul(w ** (n - 1), sympy.Rational(1, 4) ** (n - 1), evaluate=False), sympy.Float(21)),
    ],
    "4.9": [
        (6, 11),
        ("6", "11"),
        (np.int64(6), 11.0),
        (sympy.Integer(6), np.float64(11)),
        (6.0, "11.0"),
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
        ("argument-for-value", "sigma(z)(1 - z)"),
        ("argument-for-value", "z(1 - z)"),
        ("term-sign", "e^-z/(1-e^-z)^2"),
        ("all-zeros", 0),
        ("not-varying", "1/4"),
        ("exponent-sign", "e^z/(1+e^-z)^2"),
        ("argument-for-value", "z(1 - sigma(z))"),
        ("argument-for-value", z - z**2),
        ("one-minus-sigma+sign", "sigma(z) - 1"),
        ("sigma-for-derivative+sign", "-sigma(z)"),
        ("sigma-one-plus+sign", "-sigma(z)(1 + sigma(z))"),
        ("quotient-slip+sign", "e^z"),
        ("outer-derivative-dropped", "-e^-z"),
        ("outer-derivative-dropped+sign", exp(-z)),
        ("factor-extra", "sigma(z)^2 (1 - sigma(z))"),
        ("factor-extra", "sigma(z) (1 - sigma(z))^2"),
        ("constant-factor", "sigma(z)(1-sigma(z))/4"),
        ("constant-factor", "1 - tanh(z/2)^2"),
        ("constant-factor", 1 / (2 + 2 * cosh(z)) / 2),
        ("constant-off", "sigma(z)(1 - sigma(z)) + 1"),
        ("term-missing", "1/(e^z + e^-z)"),
        ("term-missing", "e^-z/(1 + e^(-2z))"),
        ("tanh-slope", "1 - tanh(z)^2"),
        ("sign+tanh-slope", "sigma(z)^2 - 1"),
        ("sigma-for-derivative", "(1 + tanh(z/2))/2"),
        ("one-minus-sigma", "1/(1+e^z)"),
        ("one-minus-sigma", sigma(-z)),
        ("sign", "-1/(2 + e^z + e^-z)"),
        ("not-varying", "0.25"),
        ("integrated", "ln(1 + e^z)"),
        ("argument-for-value+sign", "z(z - 1)"),
        (None, "sigma(z) - 1/2"),
        ("sigma-twice", "sigma(z)(1 - sigma(sigma(z)))"),
        (None, "sigma(2z)(1 - sigma(2z))"),
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
        ("wrong-line", [FRACTION, "1/(1+e^-x) - e^-x/(1+e^-x)^2", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "e^-x/(1+e^(-2x))", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "1/(1+e^-x) * 1/(1+e^-x)", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "sigma(x)^2 - sigma(x)", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "sigma(x) - sigma(x)^2", "sigma(x)(sigma(x) - 1)"]),
        ("wrong-line", ["e^x/(1+e^-x)^2", "sigma(x) - sigma(x)^2", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [FRACTION, "0", "sigma(x)(1-sigma(x))"]),
        ("wrong-line", [START, E * (1 + exp(-x)) * exp(-x), E * (1 - E)]),
        ("wrong-line", [FRACTION, "sigma(x) (1 - e^-x)/(1+e^-x)", "sigma(x)(1 - sigma(x))"]),
        ("wrong-line", [FRACTION, "sigma(x) e^-x/(1+e^-x)", "x(1 - x)"]),
        ("step-missing", [FRACTION, "1/(1+e^-x) (1 - 1/(1+e^-x))"]),
        ("step-missing", ["sigma(x)(1-sigma(x))"]),
        ("step-missing", [START, sigma(x) - sigma(x) ** 2]),
        ("not-finished", [FRACTION, "1/(2+e^x+e^-x)"]),
        ("not-finished", [FRACTION, "sigma(x) e^-x/(1+e^-x)", "sigma(x)/(1+e^x)"]),
        ("not-finished", [FRACTION, "sech(x/2)^2/4", "1/4 - (sigma(x) - 1/2)^2"]),
        ("backwards", ["sigma(x) - sigma(x)^2", "1/(1+e^-x) - 1/(1+e^-x)^2", FRACTION]),
        ("unevaluated", [FRACTION, Derivative(E, x), "sigma(x)(1-sigma(x))"]),
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
        ("bend-elsewhere", "1 if z > 1 else 0"),
        (None, "1/2 + z/2"),
        (None, "1/(1+e^-z)"),
        ("leak-extra", "1 if z > 0 else 1/100"),
        ("constant-factor", "1/2 if z > 0 else 0"),
        ("sides-flipped", "0 if z > 0 else 1"),
        ("sides-flipped", "1 if z <= 0 else 0"),
        ("sides-flipped", "np.where(z > 0, 0, 1)"),
        ("one-everywhere", "z/z"),
        ("one-everywhere", "1 if z > 0 else 1"),
        ("zero-everywhere", "0 if z > 0 else 0"),
        ("abs-slope", "z/|z|"),
        ("abs-slope", "1 if z > 0 else -1"),
        ("relu-for-derivative", "z if z > 0 else 0"),
        ("relu-for-derivative", (z + Abs(z)) / 2),
        ("relu-for-derivative+sides-flipped", "0 if z > 0 else z"),
        ("relu-for-derivative+sign", "-max(0, z)"),
        ("sides-flipped+sign", "0 if z > 0 else -1"),
        ("abs-slope+sign", "-sign(z)"),
        ("leak-extra", "1 if z > 0 else 0.01"),
        ("leak-extra", Piecewise((1, z > 0), (sympy.Rational(1, 10), True))),
        ("constant-off", "1 + Heaviside(z)"),
        ("constant-off", sign(z) / 2),
        ("not-varying", "1/2"),
        ("integrated", "z^2/2 if z > 0 else 0"),
        ("sign", -Heaviside(z)),
        ("bend-elsewhere", "1 if z > -1 else 0"),
        (None, "2z if z > 0 else 0"),
        (None, "1 if |z| > 1 else 0"),
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
        ("not-varying", W2, 1, W1),
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
        ("links-skipped", W2, B2, "h0"),
        ("tanh-slope+wrong-layer", "dL_dh2 (1 - h1^2) h1", B2, W1),
        ("all-zeros", 0, 0, 0),
        ("answers-swapped", B2, W2, W1),
        ("tanh-slope", "dL_dh2 (1 - h2^2) h1", B2, W1),
        ("one-minus-sigma", "dL_dh2 (1 - h2) h1", B2, W1),
        ("sigma-one-plus", "dL_dh2 h2 (1 + h2) h1", B2, W1),
        ("argument-for-value", "dL_dh2 z2 (1 - z2) h1", B2, W1),
        ("argument-for-value", W2, "dL_dh2 z2 (1 - z2)", W1),
        ("sign", W2, "-" + B2, W1),
        ("sign", W2, B2, "-" + W1),
        ("sigma-for-derivative+sign", "-dL_dh2 h2 h1", B2, W1),
        ("derivative-left-out+weight-for-input", "dL_dh2 w2", B2, W1),
        ("derivative-left-out+input-missing", "dL_dh2", B2, W1),
        ("derivative-left-out+sign", W2, "-dL_dh2", W1),
        ("sigma-for-derivative+weight-for-input", "dL_dh2 sigma(z2) w2", B2, W1),
        ("outer-derivative-dropped+sign", W2, "-sigma'(z2)", W1),
        ("input-missing+link-weight-missing", W2, B2, "dL_dh3 sigma'(z3) sigma'(z2) sigma'(z1)"),
        ("input-missing+sign", W2, B2, "-" + W1.removesuffix(" * h0")),
        ("wrong-layer", W2, "dL_dh2 h1 (1 - h1)", W1),
        ("wrong-layer", W2, B2, W1.removesuffix("h0") + "h1"),
        ("factor-extra", "dL_dh2 sigma'(w2*h1 + b2) h1 w2", B2, W1),
        ("slopes-added", W2, "dL_dh2 + sigma'(w2*h1 + b2)", W1),
        ("constant-factor", "2 dL_dh2 sigma'(w2*h1 + b2) h1", B2, W1),
        ("constant-off", W2 + " + 1", B2, W1),
        ("term-sign", "dL_dh2 sigma'(w2*h1 - b2) h1", B2, W1),
        ("bias-missing", W2, "dL_dh2 sigma'(w2*h1)", W1),
        ("derivative-left-out", W2, B2, "dL_dh3 sigma'(z3) w3 w2 sigma'(z1) h0"),
        ("outer-derivative-dropped", W2, B2, "sigma'(z3) w3 sigma'(z2) w2 sigma'(z1) h0"),
        ("input-for-weight", W2, B2, "dL_dh3 sigma'(z3) h2 sigma'(z2) h1 sigma'(z1) h0"),
        ("links-skipped", W2, B2, "dL_dh3 h1 (1 - h1) h0"),
        ("stopped-early", W2, B2, "dL_dh3 h3 (1-h3) w3 h2 (1-h2) h1"),
        ("one-minus-sigma", W2, B2, "dL_dh3 (1-h3) w3 (1-h2) w2 (1-h1) h0"),
        ("not-varying", 1, B2, W1),
        (None, W2, B2, "dL_dh3 w1"),
        ("factor-inverted", "dL_dh2 / sigma'(z2) h1", B2, W1),
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
        ("derivative-left-out+link-weight-missing", "dL_dh2"),
        ("factor-extra", "dL_dh2 sigma'(w2*h1 + b2) w2^2"),
        ("wrong-layer", "dL_dh2 h1 (1 - h1) w1"),
        ("wrong-layer", "dL_dh2 sigma'(w1*h0 + b1) w1"),
        ("wrong-layer", "dL_dh2 sigma'(w3*h2 + b3) w3"),
        ("wrong-layer", "dL_dh2 sigma'(z1) w1"),
        ("wrong-layer", "dL_dh2 h1 (1 - h1) w2"),
        ("tanh-slope", "dL_dh2 (1 - h2^2) w2"),
        ("sigma-one-plus", "dL_dh2 h2 (1 + h2) w2"),
        ("argument-for-value", "dL_dh2 z2 (1 - z2) w2"),
        ("term-sign", "dL_dh2 sigma'(w2*h1 - b2) w2"),
        ("factor-extra", "dL_dh2 sigma'(w2*h1 + b2) w2 h1"),
        ("sigma-for-derivative+sign", "-dL_dh2 h2 w2"),
        ("derivative-left-out+sign", -dL_dh2 * w2),
        ("derivative-left-out+input-for-weight", "dL_dh2 h1"),
        ("link-weight-missing+sigma-for-derivative", "dL_dh2 h2"),
        ("input-for-weight+sigma-for-derivative", "dL_dh2 h2 h1"),
        ("derivative-of-activation+link-weight-missing", "dL_dh2 sigma'(h2)"),
        ("outer-derivative-dropped+sign", "-sigma'(z2) w2"),
        ("slopes-added", "dL_dh2 (sigma'(z2) + w2)"),
        ("constant-factor", "2 dL_dh2 sigma'(z2) w2"),
        ("constant-off", "dL_dh2 sigma'(z2) w2 + 1"),
        ("all-zeros", 0),
        ("not-varying", "1"),
        ("sign", "dL_dh2 h2 (h2 - 1) w2"),
        ("input-for-weight", dL_dh2 * sigma_prime(z2) * h1),
        ("link-weight-missing", "dL_dh2 h2 (1 - h2)"),
        ("bound-for-measured", "dL_dh2 w2/4"),
        ("power-for-product", "dL_dh2 sigma'(z2)^w2"),
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
        ("tanh-slope", slipping(slope="1-h[i]^2")),
        ("wrong-direction", slipping(backwards=False)),
        ("fed-with-x+links-skipped", no_chain),
        (None, first_only),
        (None, only_weights),
        ("size-fixed", three_neurons),
        ("all-zeros", lambda w, b, x, dL_dhn: (0 * w, 0 * b)),
        (None, lambda w, b, x, dL_dhn: (-part for part in from_the_package(w, b, x, dL_dhn))),
        ("sign", lambda w, b, x, dL_dhn: tuple(-part for part in from_the_package(w, b, x, dL_dhn))),
        (None, lambda w, b, x, dL_dhn: from_the_package(w[::-1], b[::-1], x, dL_dhn)),
        ("order-reversed", appended_backwards),
        ("order-reversed", lambda *given: [part[::-1] for part in from_the_package(*given)]),
        ("derivative-left-out", slope_on_the_way_back_left_out),
        ("sign", slipping(slope="h[i](h[i]-1)")),
        ("sign", lambda w, b, x, dL_dhn: from_the_package(w, b, x, -dL_dhn)),
        ("argument-for-value", slipping(slope="z[i](1-z[i])")),
        ("argument-for-value+sigma-for-derivative", slipping(slope="z[i]")),
        ("sigma-one-plus", slipping(slope="h[i](1+h[i])")),
        ("bias-missing", lambda w, b, x, dL_dhn: from_the_package(w, 0 * b, x, dL_dhn)),
        ("constant-factor", lambda w, b, x, dL_dhn: from_the_package(w, b, x, 2 * dL_dhn)),
        ("all-zeros", lambda w, b, x, dL_dhn: (np.zeros(len(w)), np.zeros(len(w)))),
        ("fed-with-x", fed_with_x),
        ("sigma-missing", other_forward(lambda z: z, lambda z, h: h * (1 - h))),
        ("tanh-slope", other_forward(np.tanh, lambda z, h: 1 - h**2)),
        ("link-weight-missing+sigma-for-derivative", slipping(slope="h[i]", link="1")),
        ("derivative-left-out+link-weight-missing", slipping(slope="1", link="1")),
        ("bias-slope", slipping(bias=True, swap=True)),
        ("outer-derivative-dropped+sign", lambda w, b, x, dL_dhn: from_the_package(w, b, x, -1.0)),
        ("order-reversed+sign", lambda *given: [-part[::-1] for part in from_the_package(*given)]),
        ("input-changed", biases_changed),
        ("size-fixed", written_out_for_three),
        ("rounded", lambda *given: np.round(from_the_package(*given), 3)),
        (None, lambda w, b, x, dL_dhn: (w, b)),
        (
            None,
            lambda w, b, x, dL_dhn: (from_the_package(w, b, x, dL_dhn)[0], from_the_package(w, b, x, dL_dhn)[1].sum()),
        ),
        ("factor-inverted", other_forward(sigmoid, lambda z, h: h / (1 - h))),
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
        ("order-reversed", ORDERS[::-1]),
        (None, ORDERS[:3]),
        ("constant-off", ORDERS - 0.01),
        ("term-sign", np.log10(left_over(b=-0.5))),
        (None, -13.9334),
        ("one-link-too-few", np.log10(left_over(low=2))),
        ("bias-missing", np.log10(left_over(b=0.0))),
        ("slope-layer", np.log10(left_over(shift=1))),
        ("fed-with-x", (np.array([2, 5, 10, 20]) - 1) * np.log10(1.5 * sigmoid.df(1.5 * 0.8 + 0.5))),
        ("one-minus-sigma", np.log10(left_over(slope=lambda h: 1 - h))),
        ("tanh-slope", np.log10(left_over(slope=lambda h: 1 - h**2))),
        ("derivative-of-activation", np.log10(left_over(slope=sigmoid.df))),
        ("natural-log+ratio-inverted", -np.log(left_over())),
        ("log-missing+one-link-too-many", left_over(low=0)),
        ("link-weight-missing+log-missing", left_over(weights=False)),
        ("natural-log+one-link-too-many", np.log(left_over(low=0))),
        ("one-link-too-many+sigma-for-derivative", np.log10(left_over(low=0, slope=lambda h: h))),
        ("bound-for-measured+one-link-too-many", np.log10(left_over(low=0, slope=lambda h: 0.25))),
        ("one-link-too-many+ratio-inverted", -np.log10(left_over(low=0))),
        ("constant-factor", np.log2(left_over())),
        ("constant-factor", 2 * ORDERS),
        ("constant-off", ORDERS + 1),
        ("rounded", np.round(ORDERS, 1)),
        ("rounded", [round(value, 2) for value in ORDERS.tolist()]),
        ("order-reversed", list(reversed(ORDERS.tolist()))),
        ("not-varying", [ORDERS[0]] * 4),
        ("all-zeros", np.zeros(4)),
        ("log-missing", [f"{value:.8g}" for value in left_over()]),
        (None, np.log10(left_over(x=0.5))),
        (None, np.cumsum(ORDERS)),
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
        ("one-link-too-few", "(w/4)^(n-2)", 21),
        ("one-link-too-few", "(w/4)^(n-1)", 22),
        (None, "(w/4)^(n-1)", 6),
        (None, "(w/4)^(n-1)", -21),
        ("answers-swapped", 21, "(w/4)^(n-1)"),
        ("not-varying", "1/4", 21),
        ("one-link-too-many+ratio-inverted", "(4/w)^n", 21),
        ("link-weight-missing+one-link-too-many", "(1/4)^n", 21),
        ("derivative-left-out+one-link-too-many", "w^n", 21),
        ("one-link-too-many+sigma-half", "(w/2)^n", 21),
        ("links-added+one-link-too-many", n * w / 4, 21),
        ("ratio-inverted+sigma-half", "(2/w)^(n-1)", 21),
        ("links-not-neurons+not-a-whole-number", "(w/4)^(n-1)", "6 ln(10)/ln(2)"),
        ("links-not-neurons+not-a-whole-number", "(w/4)^(n-1)", 19.93),
        ("not-a-whole-number", "(w/4)^(n-1)", "20.93"),
        ("bracket-missing", "w^(n-1)/4", 21),
        ("bracket-missing", "w/4^(n-1)", 21),
        ("sign", "-(w/4)^(n-1)", 21),
        ("all-zeros", "0", 21),
        ("constant-off", "1 + (w/4)^(n-1)", 21),
        ("constant-factor", "(w/4)^(n-1)/2", 21),
        ("factor-extra", "n (w/4)^(n-1)", 21),
        ("one-link-too-few", (w / 4) ** (n - 2), 22),
        ("link-weight-missing", "(w/4)^(n-1)", 11),
        ("links-not-neurons", (w / 4) ** (n - 1), "20"),
        ("one-link-only", w * 0.25, 21),
        ("link-weight-missing+links-not-neurons", "(w/4)^(n-1)", 10),
        ("term-sign", "(w/4)^(n+1)", 21),
        (None, "(n-1)^(w/4)", 21),
    ],
    "4.9": [
        ("answers-swapped", 11, 6),
        ("not-yet-below", 5, 11),
        ("not-yet-below", 6, 10),
        ("not-yet-below", 6, 6),
        ("below-already", 11, 11),
        ("below-already", 7, 11),
        ("below-already", 6, "12"),
        ("below-already", 6, 30),
        ("not-yet-below", 1, 11),
        ("not-a-whole-number", 5.5, 11),
    ],
}
