import math
from fractions import Fraction
from functools import partial

import numpy as np
import sympy
from sympy import ImmutableMatrix, Matrix, Rational, diff, expand, sqrt, symbols

import bpkit

f1, f2, f3, y1, y2, y3 = symbols("f1 f2 f3 y1 y2 y3")
F, Y = Matrix([f1, f2, f3]), Matrix([y1, y2, y3])
GRADIENT = 2 * (F - Y)
NORM = sqrt(sum((y - f) ** 2 for f, y in zip(F, Y, strict=True)))
PRINTED = sum((y - f**2) ** 2 for f, y in zip(F, Y, strict=True))
a_j, y_j, c, N = symbols("a_j y_j c N")
real_a = sympy.Symbol("a_j", real=True)
count = sympy.Symbol("c", integer=True, positive=True)
REAL_F, REAL_Y = sympy.symbols("f1:4", real=True), sympy.symbols("y1:4", real=True)
REAL_LOSS = sum(sympy.Abs(y - f) ** 2 for f, y in zip(REAL_F, REAL_Y, strict=True))
HALVES = [f**2 - 2 * f * y for f, y in zip(F, Y, strict=True)]

OUTPUT, TARGET, ETA = np.array([0.8, 0.1, 0.4, 0.6]), np.array([1.0, 0, 0, 1]), 0.2
MEAN, SUM = OUTPUT - 0.1 * (OUTPUT - TARGET), OUTPUT - 0.4 * (OUTPUT - TARGET)


def loop(a, y):
    total = 0
    for a_j, y_j in zip(a, y, strict=True):
        total = total + (a_j - y_j) ** 2
    return total / len(a)


def gradient_loop(a, y):
    gradient = []
    for j in range(len(a)):
        gradient.append(2 * (a[j] - y[j]) / len(a))
    return gradient


def measured_gradient(a, y):
    """Central differences are exact for a square, up to rounding."""
    steps = 1e-2 * np.eye(len(a))
    return np.array([(loop(a + h, y) - loop(a - h, y)) / 2e-2 for h in steps])


def shifts_the_output(a, y):
    a -= y
    return a @ a / len(a)


def scales_the_output(a, y):
    a -= y
    a *= 2 / len(a)
    return a


def raises(a, y):
    return (a - target) ** 2  # noqa: F821


def counts(a, y, *, power=2):
    total, j = 0.0, 0
    while j < a.shape[0]:
        total += (y[j] - a[j]) ** power
        j += 1
    return total / j


def mean_power(p, a, y):
    return np.average(np.abs(a - y) ** p)


def nested_loss(a, y):
    def square(x):
        return x * x

    return math.fsum(map(square, a - y)) / len(y)


def running_mean(a, y):
    mean = 0
    for n, (p, q) in enumerate(zip(a, y, strict=True), start=1):
        mean += ((p - q) ** 2 - mean) / n
    return mean


def fills_zeros(a, y):
    gradient = np.zeros_like(a)
    for j, (p, q) in enumerate(zip(a, y, strict=True)):
        gradient[j] += p - q
        gradient[j] += p - q
    gradient /= a.size
    return gradient


def notebook_gradient(a, y, h=1e-5):
    return np.array([loop(a + h * e_j, y) - loop(a - h * e_j, y) for e_j in np.eye(len(a))]) / (2 * h)


def complex_step(a, y):
    return np.array([np.imag(np.sum((a + 1e-20j * e_j - y) ** 2)) for e_j in np.eye(len(a))]) * 1e20 / len(a)


def scaled(factor, a, y):
    return factor * (a - y) / a.shape[0]


def symbolic(a, y):
    outputs = sympy.symbols(f"a1:{len(a) + 1}")
    loss = sum((p - float(q)) ** 2 for p, q in zip(outputs, y, strict=True)) / len(a)
    values = dict(zip(outputs, map(float, a), strict=True))
    return np.array([diff(loss, p).subs(values) for p in outputs], dtype=float)


def returns_too_early(a, y):
    total = 0
    for a_j, y_j in zip(a, y, strict=True):
        total = total + (a_j - y_j) ** 2
        return total / len(a)


def overwrites_the_total(a, y):
    for a_j, y_j in zip(a, y, strict=True):
        total = (a_j - y_j) ** 2
    return total / len(a)


def skips_the_first(a, y):
    return sum((a[j] - y[j]) ** 2 for j in range(1, len(a))) / len(a)


def shifts_the_target(a, y):
    y -= a
    return np.mean(y**2)


def shifts_and_sums(a, y):
    a -= y
    return a @ a


def shifts_and_doubles(a, y):
    a -= y
    return 2 * a


def early_gradient(a, y):
    for j in range(len(a)):
        return 2 * (a[j] - y[j]) / len(a)


def forgets_the_last(a, y):
    gradient = np.zeros(len(a))
    for j in range(len(a) - 1):
        gradient[j] = 2 * (a[j] - y[j]) / len(a)
    return gradient


def inserts_in_front(a, y):
    gradient = []
    for p, q in zip(a, y, strict=True):
        gradient.insert(0, 2 * (p - q) / len(a))
    return gradient


RIGHT = {
    "5.1": [
        (GRADIENT,),
        (["2(f1 - y1)", "2(f2 - y2)", "2(f3 - y3)"],),
        ("[2f1 - 2y1, 2f2 - 2y2, 2f3 - 2y3]",),
        (["-2(y_1 - f_1)", "-2(y_2 - f_2)", "-2(y_3 - f_3)"],),
        ([2 * (f - y) for f, y in zip(F, Y, strict=True)],),
        (-2 * (Y - F).T,),
        (diff(NORM**2, F),),
        ([[2 * f1 - 2 * y1], [2 * f2 - 2 * y2], [2 * f3 - 2 * y3]],),
        (np.array([2 * (f1 - y1), 2 * (f2 - y2), 2 * (f3 - y3)]),),
        ([r"2\left(f_1-y_1\right)", r"2(f_{2}-y_{2})", "2·(f₃ − y₃)"],),
        (ImmutableMatrix(GRADIENT),),
        (sympy.derive_by_array(expand(NORM**2), [f1, f2, f3]),),
        (Matrix([sum((y - f) ** 2 for f, y in zip(F, Y, strict=True))]).jacobian(F),),
        ([diff(REAL_LOSS, f) for f in REAL_F],),
        ([2 * sympy.Abs(f - y) * sympy.sign(f - y) for f, y in zip(REAL_F, REAL_Y, strict=True)],),
        (tuple(diff(half, f) for half, f in zip(HALVES, F, strict=True)),),
        ("2*f1 - 2*y1, 2*f2 - 2*y2, 2*f3 - 2*y3",),
        (str(GRADIENT),),
        (np.array([["2*(f1-y1)", "2*(f2-y2)", "2*(f3-y3)"]]),),
        (["(f1 - y1)/0.5", "(f2 - y2) + (f2 - y2)", "(f3-y3+1)^2 - (f3-y3)^2 - 1"],),
        (["2(y1 - f1)(-1)", "2(y2 - f2)·(−1)", r"2 \cdot (y_3 - f_3) \cdot (-1)"],),
    ],
    "5.2": [
        (2 * (a_j - y_j) / c,),
        ("2/c (a_j - y_j)",),
        ("2*(a_j - y_j)/c",),
        ("-2/c (y_j - a_j)",),
        (r"\frac{2}{c}\left(a_{j}-y_{j}\right)",),
        ("(2a_j - 2y_j)/c",),
        (expand(2 * (a_j - y_j) / c),),
        (diff((a_j - y_j) ** 2 / c, a_j),),
        ("2 c^-1 a_j − 2 c^-1 y_j",),
        (2 / c * (real_a - y_j),),
        ("(a_j - y_j)/(c/2)",),
        (2 * (a_j - y_j) / sympy.Abs(c),),
        (r"\frac{2(a_j-y_j)}{c}",),
        (r"-\dfrac{2}{c} \, (y_j - a_j)",),
        ("2(aⱼ − yⱼ)/c",),
        ("2*(a_j - y_j)*c**(-1)",),
        ("((a_j - y_j + 1)^2 - (a_j - y_j - 1)^2)/(2c)",),
        ("2N(a_j - y_j)/(N c)",),
        ("(a_j − y_j)/(0.5·c)",),
        ("$2c^{-1}(a_j-y_j)$",),
        (sympy.Derivative((a_j - y_j) ** 2 / count, a_j).doit(),),
        (sympy.simplify(diff((real_a**2 - 2 * real_a * y_j + y_j**2) / count, real_a)),),
        (sympy.Add(sympy.Mul(2, a_j, 1 / c), -2 * y_j / c),),
        ("(2/c)(a_j) - (2/c)(y_j)",),
    ],
    "5.3": [
        (loop,),
        (lambda a, y: np.mean((a - y) ** 2),),
        (lambda a, y: np.mean(np.square(y - a)),),
        (lambda a, y: ((a - y) ** 2).sum() / a.size,),
        (lambda a, y: np.linalg.norm(a - y) ** 2 / len(y),),
        (lambda a, y: np.dot(a - y, a - y) / len(a),),
        (lambda a, y: np.einsum("j,j->", a - y, a - y) / a.shape[0],),
        (lambda a, y: sum((p - q) ** 2 for p, q in zip(list(a), list(y), strict=True)) / len(a),),
        (lambda a, y: np.var(a - y) + np.mean(a - y) ** 2,),
        (counts,),
        (lambda a, y: np.mean((a - y) ** 2, dtype=np.float32),),
        (lambda a, y: np.mean((a - y) ** 2, keepdims=True),),
        (partial(mean_power, 2),),
        (nested_loss,),
        (running_mean,),
        (lambda a, y: np.mean(a * a) - 2 * np.mean(a * y) + np.mean(y * y),),
        (lambda a, y: (a @ a - 2 * a @ y + y @ y) / len(a),),
        (lambda a, y: np.trace(np.outer(a - y, a - y)) / len(y),),
        (lambda a, y: np.power(np.subtract(a, y, dtype=np.longdouble), 2).mean(),),
        (lambda a, y: float(np.inner(a - y, y - a)) / -a.size,),
        (lambda a, y: np.array(np.add.reduce(np.abs(y - a) ** 2) / y.size),),
        (lambda a, y: math.dist(a, y) ** 2 / len(a),),
        (lambda a, y, n=None: sum([(a[j] - y[j]) * (a[j] - y[j]) for j in range(n or len(a))]) / (n or len(a)),),
    ],
    "5.4": [
        (gradient_loop,),
        (measured_gradient,),
        (lambda a, y: 2 / len(a) * (a - y),),
        (lambda a, y: 2 * (a - y) / a.size,),
        (lambda a, y: -2 * (y - a) / y.shape[0],),
        (lambda a, y: [2 * (p - q) / len(a) for p, q in zip(a, y, strict=True)],),
        (lambda a, y: np.multiply(2 / len(a), np.subtract(a, y)),),
        (lambda a, y: np.diag(np.full(len(a), 2 / len(a))) @ (a - y),),
        (fills_zeros,),
        (notebook_gradient,),
        (complex_step,),
        (symbolic,),
        (partial(scaled, 2),),
        (lambda a, y: tuple((2 * a - 2 * y) / len(a)),),
        (lambda a, y: (a - y) / (len(a) / 2),),
        (lambda a, y: np.einsum("j,->j", a - y, 2 / a.size),),
        (lambda a, y: np.divide(np.subtract(a, y, dtype=np.longdouble), len(y)) * 2,),
        (lambda a, y, c=None: 2 * a / (c or len(a)) - 2 * y / (c or len(a)),),
        (lambda a, y: np.array([2 * (a[j] - y[j]) for j in range(a.size)], dtype=object) / a.size,),
        (lambda a, y: np.gradient([(a - y - 1) ** 2, (a - y) ** 2, (a - y + 1) ** 2], axis=0)[1] / len(a),),
    ],
    "5.5": [
        (MEAN, SUM, ETA / 4),
        (list(MEAN), list(SUM), 0.05),
        ([0.82, 0.09, 0.36, 0.64], [0.88, 0.06, 0.24, 0.76], "1/20"),
        ("[0.82, 0.09, 0.36, 0.64]", "[0.88, 0.06, 0.24, 0.76]", "0.05"),
        (Matrix([0.82, 0.09, 0.36, 0.64]), SUM, Rational(1, 20)),
        (0.9 * OUTPUT + 0.1 * TARGET, 0.6 * OUTPUT + 0.4 * TARGET, "0.2/4"),
        (
            [Fraction(82, 100), Fraction(9, 100), Fraction(36, 100), Fraction(64, 100)],
            [Rational(88, 100), Rational(6, 100), Rational(24, 100), Rational(76, 100)],
            Fraction(1, 20),
        ),
        (MEAN[:, np.newaxis], SUM[np.newaxis, :], np.float64(0.05)),
        (MEAN.astype(np.float32), SUM.astype(np.longdouble), r"\frac{1}{20}"),
        (str(MEAN.round(4).tolist()), "0.88, 0.06, 0.24, 0.76", "5/100"),
        (
            ["0.8 - 0.1(0.8 - 1)", "0.1 - 0.1·0.1", "0.4 - 0.2*2/4*0.4", "0.6 - 0.1(0.6 - 1)"],
            ["0.8 + 0.4*0.2", "0.6*0.1", "0.6*0.4", "1 - 0.6*0.4"],
            "0.2*0.25",
        ),
        (tuple(OUTPUT - ETA * 2 / 4 * (OUTPUT - TARGET)), ImmutableMatrix([[0.88, 0.06, 0.24, 0.76]]), "5*10^(-2)"),
        (
            [p - ETA * 2 / 4 * (p - q) for p, q in zip(OUTPUT, TARGET, strict=True)],
            np.array([0.88, 0.06, 0.24, 0.76], dtype=object),
            sympy.nsimplify(0.2) / 4,
        ),
    ],
}

WRONG = {
    "5.1": [
        ("difference-reversed", 2 * (Y - F)),
        ("difference-reversed", ["2(y1 - f1)", "2(y2 - f2)", "2(y3 - f3)"]),
        ("two-missing", F - Y),
        ("difference-reversed+two-missing", Y - F),
        ("sum-for-component", ["2(f1 - y1) + 2(f2 - y2) + 2(f3 - y3)"]),
        ("sum-for-component", "2(f1 - y1) + 2(f2 - y2) + 2(f3 - y3)"),
        ("norm-not-squared", (F - Y) / NORM),
        ("misprint-taken", diff(sqrt(PRINTED), F)),
        ("misprint-taken", diff(PRINTED, F)),
        ("square-not-differentiated", ["(f1 - y1)^2", "(f2 - y2)^2", "(f3 - y3)^2"]),
        ("square-not-differentiated", [NORM**2]),
        ("square-not-differentiated", NORM**2),
        ("power-slip", ["2(f1 - y1)^2", "2(f2 - y2)^2", "2(f3 - y3)^2"]),
        ("target-dropped", 2 * F),
        ("mse-mean", 2 * (F - Y) / 3),
        (None, ["2(f1 - y1)", "2(f2 - y2)"]),
        ("one-entry", ["2(f1 - y1)", "2(f2 - y2)", "2(f3 + y3)"]),
        (None, [["2(f1 - y1)", 0, 0], [0, "2(f2 - y2)", 0], [0, 0, "2(f3 - y3)"]]),
        ("factor-extra", 2 * F.multiply_elementwise(F - Y)),
        ("bracket-missing", ["2f1 - y1", "2f2 - y2", "2f3 - y3"]),
        ("bracket-missing", F - 2 * Y),
        ("mse-mean-of-half", (F - Y) / 3),
        ("difference-reversed+mse-mean", 2 * (Y - F) / 3),
        ("difference-reversed+norm-not-squared", (Y - F) / NORM),
        ("norm-not-squared", 2 * (F - Y) / NORM),
        ("power-slip", ["-2(y1 - f1)^2", "-2(y2 - f2)^2", "-2(y3 - f3)^2"]),
        ("difference-reversed+target-dropped", -2 * F),
        ("inner-derivative-dropped", 2 * NORM),
        ("inner-derivative-dropped", [2 * NORM] * 3),
        ("inner-derivative-dropped+misprint-taken", [2 * (f**2 - y) for f, y in zip(F, Y, strict=True)]),
        ("term-sign", 2 * (F + Y)),
        ("term-missing", -2 * Y),
        ("one-entry", ["2(f1 - y1)", "2(f2 - y2)", "f3 - y3"]),
        ("one-entry", [2 * (f1 - y1), 2 * (f2 - y1), 2 * (f3 - y3)]),
        ("order-reversed", Matrix(GRADIENT[::-1])),
        ("not-varying", [2, 2, 2]),
        ("all-zeros", [0, 0, 0]),
        ("constant-factor", 4 * (F - Y)),
        ("constant-off", [entry + 1 for entry in GRADIENT]),
        ("sum-for-component", [sum(GRADIENT)] * 3),
        ("square-not-differentiated", [NORM**2] * 3),
        ("difference-reversed+sum-for-component", [-sum(GRADIENT)] * 3),
        ("unevaluated", [sympy.Derivative(NORM**2, f) for f in F]),
        (None, [*GRADIENT, *(-GRADIENT)]),
    ],
    "5.2": [
        ("mse-sum", "2(a_j - y_j)"),
        ("mse-half", "a_j - y_j"),
        ("mse-mean-of-half", "(a_j - y_j)/c"),
        ("mse-samples", "2/N (a_j - y_j)"),
        ("mse-samples", "2/(N c) (a_j - y_j)"),
        ("mse-samples", (a_j - y_j) / N),
        ("difference-reversed", "2/c (y_j - a_j)"),
        ("difference-reversed+mse-half", "y_j - a_j"),
        ("difference-reversed+mse-sum", "2(y_j - a_j)"),
        ("square-not-differentiated", "(a_j - y_j)^2 / c"),
        ("square-not-differentiated", "(a_j - y_j)^2"),
        ("power-slip", "2/c (a_j - y_j)^2"),
        ("target-dropped", "2 a_j / c"),
        ("extra-slope", "2/c (a_j - y_j) a_j (1 - a_j)"),
        ("constant-factor", "4/c (a_j - y_j)"),
        ("unevaluated", sympy.Derivative((a_j - y_j) ** 2 / c, a_j)),
        ("factor-inverted", "2c (a_j - y_j)"),
        ("term-sign", "2/c (a_j + y_j)"),
        ("sum-and-product", "2/c a_j y_j"),
        ("all-zeros", 0),
        ("bracket-missing", "2/c a_j - y_j"),
        ("bracket-missing", "(2a_j - y_j)/c"),
        ("bracket-missing", 2 * a_j - y_j / c),
        ("extra-slope+mse-half", "(a_j - y_j) a_j (1 - a_j)"),
        ("extra-slope+mse-sum", "2(a_j - y_j) a_j (1 - a_j)"),
        ("extra-slope+mse-mean-of-half", (a_j - y_j) * a_j * (1 - a_j) / c),
        ("difference-reversed+extra-slope", "2/c (y_j - a_j) a_j (1 - a_j)"),
        ("difference-reversed+mse-samples", "2/N (y_j - a_j)"),
        ("difference-reversed+mse-mean-of-half", (y_j - a_j) / c),
        ("mse-sum+power-slip", "2(a_j - y_j)^2"),
        ("mse-samples+power-slip", "2/N (a_j - y_j)^2"),
        ("mse-sum+target-dropped", "2a_j"),
        ("mse-samples+square-not-differentiated", "(a_j - y_j)^2 / N"),
        ("term-missing", "-2y_j/c"),
        ("factor-missing", "2/c"),
        ("factor-extra", "2/c^2 (a_j - y_j)"),
        ("factor-inverted", "c/2 (a_j - y_j)"),
        ("constant-off", "2/c (a_j - y_j) + 1"),
        ("constant-factor", "8(a_j - y_j)/c"),
        ("absolute-for-square", sympy.sign(a_j - y_j) / c),
        ("mse-samples", diff((a_j - y_j) ** 2 / (2 * N), a_j)),
        (None, "2/c (a_j - y_j)^(-1)"),
    ],
    "5.3": [
        ("mse-sum", lambda a, y: np.sum((a - y) ** 2)),
        ("mse-half", lambda a, y: np.sum((a - y) ** 2) / 2),
        ("mse-mean-of-half", lambda a, y: np.mean((a - y) ** 2) / 2),
        ("root-taken", lambda a, y: np.sqrt(np.mean((a - y) ** 2))),
        ("norm-not-squared", lambda a, y: np.linalg.norm(y - a)),
        ("absolute-for-square", lambda a, y: np.abs(a - y).mean()),
        ("squared-after-mean", lambda a, y: np.mean(a - y) ** 2),
        ("outputs-apart", lambda a, y: (a - y) ** 2),
        ("misprint-taken", lambda a, y: np.mean((y - a**2) ** 2)),
        ("input-changed", shifts_the_output),
        ("all-zeros", lambda a, y: 0.0),
        ("squares-subtracted", lambda a, y: np.mean(a**2 - y**2)),
        ("sign", lambda a, y: -np.mean((a - y) ** 2)),
        ("square-missing", lambda a, y: np.mean(a - y)),
        ("outputs-apart", lambda a, y: (a - y) ** 2 / len(a)),
        ("one-output", lambda a, y: (a[0] - y[0]) ** 2),
        (None, raises),
        ("square-missing", lambda a, y: (y - a).sum() / len(a)),
        ("mse-sum+square-missing", lambda a, y: np.sum(a - y)),
        ("n-minus-one", lambda a, y: np.sum((a - y) ** 2) / (len(a) - 1)),
        ("size-fixed", lambda a, y: np.sum((a - y) ** 2) / 4),
        ("size-fixed", lambda a, y: ((a[0] - y[0]) ** 2 + (a[1] - y[1]) ** 2 + (a[2] - y[2]) ** 2) / 3),
        ("one-output", returns_too_early),
        ("one-output", overwrites_the_total),
        ("one-output", lambda a, y: (a[-1] - y[-1]) ** 2),
        ("bracket-missing", lambda a, y: np.mean(a - y**2)),
        ("caret-for-power", lambda a, y: np.mean((a - y) ^ 2)),
        ("gradient-for-loss", lambda a, y: 2 / len(a) * (a - y)),
        ("absolute-for-square+mse-sum", lambda a, y: np.sum(np.abs(a - y))),
        ("mse-sum+squared-after-mean", lambda a, y: np.sum(a - y) ** 2),
        ("mse-sum+squares-subtracted", lambda a, y: np.sum(a**2 - y**2)),
        ("misprint-taken+mse-sum", lambda a, y: np.sum((y - a**2) ** 2)),
        ("mse-half+norm-not-squared", lambda a, y: np.linalg.norm(a - y) / 2),
        ("sign", lambda a, y: np.mean((a - y) * (y - a))),
        ("constant-factor", lambda a, y: 4 * np.mean((a - y) ** 2)),
        ("constant-off", lambda a, y: 1 + np.mean((a - y) ** 2)),
        ("target-dropped", lambda a, y: np.mean(a**2)),
        ("term-sign", lambda a, y: np.mean((a + y) ** 2)),
        ("factor-extra", lambda a, y: np.mean((a - y) ** 2) / len(a)),
        ("input-changed", shifts_the_target),
        ("input-changed+mse-sum", shifts_and_sums),
        ("term-missing", skips_the_first),
        (None, lambda a, y: np.var(a - y)),
    ],
    "5.4": [
        ("difference-reversed", lambda a, y: 2 * (y - a) / len(a)),
        ("mse-sum", lambda a, y: 2 * (a - y)),
        ("mse-half", lambda a, y: a - y),
        ("mse-mean-of-half", lambda a, y: (a - y) / len(a)),
        ("outputs-averaged", lambda a, y: 2 * np.mean(a - y)),
        ("sum-for-component", lambda a, y: 2 * np.sum(a - y)),
        ("square-not-differentiated", lambda a, y: np.mean((a - y) ** 2)),
        ("power-slip", lambda a, y: 2 * (a - y) ** 2 / len(a)),
        ("target-dropped", lambda a, y: 2 * a / len(a)),
        ("extra-slope", lambda a, y: 2 / len(a) * (a - y) * a * (1 - a)),
        ("absolute-for-square", lambda a, y: np.sign(a - y) / len(a)),
        ("norm-not-squared", lambda a, y: (a - y) / np.linalg.norm(a - y)),
        ("input-changed", scales_the_output),
        ("all-zeros", lambda a, y: 0 * a),
        ("size-fixed", lambda a, y: 2 / 3 * (a - y)),
        (None, lambda a, y: np.abs(2 / len(a) * (a - y))),
        (None, lambda a, y: 2 / len(a) * np.subtract.outer(a, y)),
        (None, raises),
        ("mse-mean-of-half", lambda a, y: [(p - q) / len(a) for p, q in zip(a, y, strict=True)]),
        ("mse-mean-of-half", lambda a, y: np.divide(a - y, a.size)),
        ("difference-reversed+mse-sum", lambda a, y: 2 * (y - a)),
        ("difference-reversed+mse-half", lambda a, y: y - a),
        ("difference-reversed+mse-mean-of-half", lambda a, y: (y - a) / len(a)),
        ("extra-slope+mse-half", lambda a, y: (a - y) * a * (1 - a)),
        ("mse-sum+power-slip", lambda a, y: 2 * (a - y) ** 2),
        ("mse-sum+target-dropped", lambda a, y: 2 * a),
        ("n-minus-one", lambda a, y: 2 / (a.size - 1) * (a - y)),
        ("size-fixed", lambda a, y: 2 * (a - y) / 8),
        ("one-output", early_gradient),
        ("one-entry", forgets_the_last),
        ("order-reversed", inserts_in_front),
        ("outputs-averaged", lambda a, y: np.full(len(a), 2 * np.mean(a - y))),
        ("outputs-averaged", lambda a, y: np.sum(2 / len(a) * (a - y))),
        ("factor-extra", lambda a, y: 2 / len(a) ** 2 * (a - y)),
        ("factor-inverted", lambda a, y: 2 * len(a) * (a - y)),
        ("constant-factor", lambda a, y: 4 / len(a) * (a - y)),
        ("constant-off", lambda a, y: 2 / len(a) * (a - y) + 1),
        ("bracket-missing", lambda a, y: 2 / len(a) * a - y),
        ("bracket-missing", lambda a, y: 2 * a - y / len(a)),
        ("root-taken", lambda a, y: (a - y) / (len(a) * np.sqrt(np.mean((a - y) ** 2)))),
        ("factor-missing", lambda a, y: np.full(len(a), 2 / len(a))),
        ("term-sign", lambda a, y: 2 / len(a) * (a + y)),
        ("square-not-differentiated", lambda a, y: (a - y) ** 2),
        ("input-changed", lambda a, y: np.multiply(2 / len(a), np.subtract(a, y, out=a))),
        ("input-changed+mse-sum", shifts_and_doubles),
        (None, lambda a, y: np.diag(2 / len(a) * (a - y))),
    ],
    "5.5": [
        ("mse-sum", SUM, SUM, 0.05),
        ("mse-mean", MEAN, MEAN, 0.05),
        ("ascent", OUTPUT + 0.1 * (OUTPUT - TARGET), SUM, 0.05),
        ("ascent", MEAN, OUTPUT + 0.4 * (OUTPUT - TARGET), 0.05),
        ("gradient-for-step", 0.5 * (OUTPUT - TARGET), SUM, 0.05),
        ("gradient-for-step", -0.1 * (OUTPUT - TARGET), SUM, 0.05),
        ("two-missing", OUTPUT - 0.05 * (OUTPUT - TARGET), SUM, 0.05),
        ("step-size-missing", OUTPUT - 0.5 * (OUTPUT - TARGET), SUM, 0.05),
        ("wrong-way-round", MEAN, SUM, 0.8),
        ("same-step-size", MEAN, SUM, 0.2),
        ("gradient-factor", MEAN, SUM, 0.1),
        ("gradient-factor", MEAN, SUM, 0.025),
        (None, TARGET, SUM, 0.05),
        (None, MEAN[:3], SUM, 0.05),
        ("all-zeros", MEAN, SUM, 0),
        ("constant-off", MEAN + 0.01, SUM, 0.05),
        ("answers-swapped", SUM, MEAN, 0.05),
        ("ascent", OUTPUT + 0.1 * (OUTPUT - TARGET), OUTPUT + 0.4 * (OUTPUT - TARGET), 0.05),
        ("ascent+mse-sum", OUTPUT + 0.4 * (OUTPUT - TARGET), SUM, 0.05),
        ("ascent+mse-mean", MEAN, OUTPUT + 0.1 * (OUTPUT - TARGET), 0.05),
        ("ascent+two-missing", OUTPUT + 0.05 * (OUTPUT - TARGET), SUM, 0.05),
        ("ascent+step-size-missing", MEAN, OUTPUT + 2 * (OUTPUT - TARGET), 0.05),
        ("step-size-missing", MEAN, OUTPUT - 2 * (OUTPUT - TARGET), 0.05),
        ("step-size-missing+two-missing", OUTPUT - 0.25 * (OUTPUT - TARGET), SUM, 0.05),
        ("two-missing", MEAN, OUTPUT - 0.2 * (OUTPUT - TARGET), 0.05),
        ("gradient-for-step", MEAN, 2 * (OUTPUT - TARGET), 0.05),
        ("gradient-for-step", MEAN, SUM - OUTPUT, 0.05),
        ("gradient-for-step", 0.5 * (OUTPUT - TARGET), 2 * (OUTPUT - TARGET), 0.05),
        ("one-entry", [0.82, 0.09, 0.36, 0.56], SUM, 0.05),
        ("one-entry", MEAN, [0.88, 0.06, 0.42, 0.76], 0.05),
        ("order-reversed", MEAN[::-1], SUM, 0.05),
        ("n-minus-one", OUTPUT - 0.2 * 2 / 3 * (OUTPUT - TARGET), SUM, 0.05),
        ("ratio-for-step-size", MEAN, SUM, 0.25),
        ("ratio-for-step-size", MEAN, SUM, 4),
        (None, MEAN, SUM, -0.05),
        ("target-dropped", 0.9 * OUTPUT, SUM, 0.05),
        ("all-zeros", MEAN, [0, 0, 0, 0], 0.05),
        ("start-for-step", OUTPUT, OUTPUT, 0.05),
    ],
}

a, y, z, n_i = symbols("a y z n_i")
a_i, y_i = symbols("a_i y_i")
sigma = sympy.Function("sigma")
s = 1 / (1 + sympy.exp(-z))
MSE_I = 2 * (a_i - y_i) / N
real_i, target_i = sympy.Symbol("a_i", real=True), sympy.Symbol("y_i", real=True)
PLUS, MINUS = "-1 if a < 1 else 0", "1 if a > -1 else 0"
BOTH = "-y if y*a < 1 else 0"
BY_A = "-y/a + (1 - y)/(1 - a)"
HOT = np.array([[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 1, 0]])
P = np.array([[0.7, 0.15, 0.2, 0.5], [0.2, 0.6, 0.3, 0.3], [0.1, 0.25, 0.5, 0.2]])
OWN = [0.7, 0.25, 0.5, 0.3]
LIKELY, NLL = "0.7*0.3*0.5*0.25", "-ln(0.7*0.3*0.5*0.25)"


def right_mae_gradient(a, y):
    return np.sign(a - y) / a.size


def loops_mae_gradient(a, y):
    gradient = np.zeros(len(a))
    for i in range(len(a)):
        if a[i] > y[i]:
            gradient[i] = 1 / len(a)
        elif a[i] < y[i]:
            gradient[i] = -1 / len(a)
    return gradient


def quotient_with_care(a, y):
    d = a - y
    size = np.abs(d)
    return np.divide(d, size, out=np.zeros_like(d), where=size > 0) / d.size


def changes_mae(a, y):
    a -= y
    return np.sign(a) / len(a)


def right_zero_one(a, y):
    return np.mean(y * a <= 0)


def right_hinge(a, y):
    return np.mean(np.maximum(0, 1 - y * a))


def loops_zero_one(a, y):
    errors = 0
    for score, label in zip(a, y, strict=True):
        if score * label > 0:
            continue
        errors += 1
    return errors / len(a)


def loops_hinge(a, y):
    total = 0
    for i in range(len(a)):
        total += max(0, 1 - y[i] * a[i])
    return total / len(a)


def masked_hinge(a, y):
    short = 1 - y * a
    return short[short > 0].sum() / short.size


def fewer_hinge(a, y):
    short = 1 - y * a
    return short[short > 0].mean()


def early_hinge(a, y):
    for p, q in zip(a, y, strict=True):
        return max(0, 1 - p * q)


def right_and(loss, *others):
    """Put other losses, or ends, in for those of the five descents, at a loss's place."""
    changed = list(loss)
    for place, value in others:
        changed[place] = value
    return changed


WHICH, ETA, ENDS = [4, 1, 2, 5, 3], 0.3, [1, 2, 3, 4, 1]  # how the five rows of 5.12 stand


RIGHT |= {
    "5.6": [
        (MSE_I, sympy.sign(a_i - y_i) / N),
        ("2(a_i - y_i)/N", "sign(a_i - y_i)/N"),
        (r"\frac{2}{N}(a_i-y_i)", r"\frac{|a_i - y_i|}{N (a_i - y_i)}"),
        ("-2/N (y_i - a_i)", "1/N if a_i > y_i else -1/N"),
        (diff((a_i - y_i) ** 2 / N, a_i), diff(sympy.Abs(real_i - target_i) / N, real_i)),
        (expand(MSE_I), sympy.Piecewise((1 / N, a_i > y_i), (-1 / N, a_i < y_i), (0, True))),
        ("(2a_i - 2y_i)/N", "(2*(a_i > y_i) - 1)/N"),
        ("2(aᵢ − yᵢ)/N", "np.where(a_i >= y_i, 1, -1)/N"),
        ("2*N**-1*(a_i - y_i)", "-sign(y_i - a_i)/N"),
        (-2 * (y_i - a_i) / N, (2 * sympy.Heaviside(a_i - y_i) - 1) / N),
        (
            r"\frac{2a_i - 2y_i}{N}",
            r"\begin{cases} \frac{1}{N} & a_i > y_i \\ -\frac{1}{N} & a_i < y_i \end{cases}",
        ),
        ("2/N*a_i - 2/N*y_i", "(a_i - y_i)/(N sqrt((a_i - y_i)^2))"),
        (MSE_I, diff(sympy.Abs(a_i - y_i) / N, a_i)),
        (MSE_I, diff(sympy.Abs(y_i - a_i), a_i) / N),
        (MSE_I, "1/N if a_i > y_i else (0.5/N if a_i == y_i else -1/N)"),
        (MSE_I, sympy.Piecewise((1 / N, a_i > y_i), (-1 / N, a_i < y_i))),
    ],
    "5.7": [
        (right_mae_gradient,),
        (loops_mae_gradient,),
        (lambda a, y: bpkit.nn.mean_absolute_error.gradient(a[None], y[None])[0] / len(a),),
        (quotient_with_care,),
        (lambda a, y: np.where(a > y, 1, -1) / a.size,),
        (lambda a, y: (1.0 * (a > y) - 1.0 * (a < y)) / len(y),),
        (lambda a, y: [float(np.sign(p - q)) / len(a) for p, q in zip(a, y, strict=True)],),
        (lambda a, y: -np.sign(y - a) / np.prod(a.shape),),
        (lambda a, y: np.where(a < y, -1, 1) / a.size,),
        (lambda a, y: np.where(a == y, 0.3 / a.size, np.sign(a - y) / a.size),),
        (lambda a, y: (np.sign(a - y) / len(a)).astype(np.float32),),
        (lambda a, y: tuple(np.sign(np.subtract(a, y)) * len(a) ** -1.0),),
    ],
    "5.8": [
        (right_zero_one, right_hinge),
        (loops_zero_one, loops_hinge),
        (lambda a, y: np.mean(np.sign(a) != y), masked_hinge),
        (lambda a, y: 1 - np.mean(y * a > 0), lambda a, y: np.clip(1 - y * a, 0, None).mean()),
        (lambda a, y: np.count_nonzero(a * y <= 0) / len(a), lambda a, y: np.mean(np.fmax(1 - a * y, 0))),
        (
            lambda a, y: sum(p * q <= 0 for p, q in zip(a, y, strict=True)) / len(y),
            lambda a, y: sum(max(0.0, 1 - p * q) for p, q in zip(a, y, strict=True)) / len(y),
        ),
        (lambda a, y: np.where(y * a > 0, 0, 1).mean(), lambda a, y: np.where(y * a < 1, 1 - y * a, 0).mean()),
        (
            lambda a, y: float(np.mean(bpkit.nn.zero_one(a[None], y[None]))),
            lambda a, y: np.mean(bpkit.nn.hinge([a], [y])),
        ),
        (
            lambda a, y: np.average(np.multiply(a, y) <= 0),
            lambda a, y: np.mean((1 - y * a) * (y * a < 1)),
        ),
        (
            lambda a, y: np.sum(np.heaviside(-y * a, 1)) / a.shape[0],
            lambda a, y: np.mean((np.abs(1 - y * a) + 1 - y * a) / 2),
        ),
        (
            lambda a, y: np.mean(y * a <= 0, dtype=np.float32),
            lambda a, y: np.mean(np.maximum(0, 1 - y * a), dtype=np.float32),
        ),
        (
            lambda a, y: np.mean(y * a <= 0, keepdims=True),
            lambda a, y: np.mean(np.maximum(0, 1 - y * a), keepdims=True),
        ),
        (lambda a, y: [[right_zero_one(a, y)]], lambda a, y: [right_hinge(a, y)]),
    ],
    "5.9": [
        (PLUS, BOTH),
        ("-(a < 1)", "-y*(y*a < 1)"),
        (sympy.Piecewise((-1, a < 1), (0, True)), sympy.Piecewise((-y, y * a < 1), (0, True))),
        ("-1 if a <= 1 else 0", "-y if y*a <= 1 else 0"),
        ("-heaviside(1 - a)", "-y*heaviside(1 - y*a)"),
        ("0 if a > 1 else -1", "0 if a*y > 1 else -y"),
        ("np.where(a < 1, -1, 0)", "np.where(y*a < 1, -y, 0)"),
        (r"\begin{cases}-1 & a<1\\0 & a\ge 1\end{cases}", r"\begin{cases}-y & ya<1\\0 & ya\ge 1\end{cases}"),
        (-sympy.Heaviside(1 - a), -y * sympy.Heaviside(1 - y * a)),
        ("(sign(a - 1) - 1)/2", "-y*(1 + sign(1 - y*a))/2"),
        (diff(sympy.Max(0, 1 - sympy.Symbol("a", real=True)), sympy.Symbol("a", real=True)), "-1/y if y*a < 1 else 0"),
        (PLUS, "(-1 if a < 1 else 0) if y > 0 else (1 if a > -1 else 0)"),
        (PLUS, "(-1 if a < 1 else 0) if y == 1 else (1 if a > -1 else 0)"),
        (PLUS, sympy.Piecewise((-y, y * (y - a) > 0), (0, True))),
        ("-1 if max(0, 1 - a) > 0 else 0", "-y if max(0, 1 - y*a) > 0 else 0"),
        ("-(max(0, 1 - a) > 0)", "-y*(max(0, 1 - y*a) > 0)"),
        ("-sign(max(0, 1 - a))", "-y*sign(max(0, 1 - y*a))"),
        ("-1 if max(1 - a, 0) != 0 else 0", "-y if max(1 - y*a, 0) > 0 else 0"),
        ("0 if max(0, 1 - a) == 0 else -1", "0 if max(0, 1 - y*a) <= 0 else -y"),
        ("-max(0, 1 - a)/(1 - a)", "-y*max(0, 1 - y*a)/(1 - y*a)"),
        ("-1 if a < 1 else (-0.5 if a == 1 else 0)", BOTH),
    ],
    "5.10": [
        (BY_A, "a - y"),
        ("(a - y)/(a(1 - a))", "sigma(z) - y"),
        (-y / a + (1 - y) / (1 - a), s - y),
        (diff(-(y * sympy.log(a) + (1 - y) * sympy.log(1 - a)), a), a - y),
        (r"-\frac{y}{a}+\frac{1-y}{1-a}", r"\frac{1}{1+e^{-z}} - y"),
        ("(y - a)/(a^2 - a)", "-(y - sigmoid(z))"),
        ("-(y/a - (1 - y)/(1 - a))", "1/(1 + exp(-z)) - y"),
        ("-1/a if y == 1 else 1/(1 - a)", "sigma(z) - 1 if y == 1 else sigma(z)"),
        (sympy.Piecewise((-1 / a, sympy.Eq(y, 1)), (1 / (1 - a), True)), sigma(z) - y),
        ("1/(1 - y - a)", "(1 - y)*a - y*(1 - a)"),
        ("-y/a - (1 - y)/(a - 1)", "e^z/(1 + e^z) - y"),
        (
            sympy.together(-y / a + (1 - y) / (1 - a)),
            diff(-(y * sympy.log(s) + (1 - y) * sympy.log(1 - s)), z),
        ),
        ("-y a^-1 + (1-y)(1-a)^-1", "(-y/a + (1 - y)/(1 - a)) a (1 - a)"),
        ("-1/a if y != 0 else 1/(1 - a)", "1 - sigma(-z) - y"),
        ("-y/sigma(z) + (1 - y)/(1 - sigma(z))", "a - y"),
        ("(sigma(z) - y)/(sigma(z) sigma(-z))", "a - y"),
        ("(a - y)/sigma'(z)", "a - y"),
    ],
    "5.11": [
        (LIKELY, NLL),
        (0.02625, 3.6401),
        (np.prod(OWN), -np.log(np.prod(OWN))),
        (0.7 * 0.3 * 0.5 * 0.25, -sum(math.log(p) for p in OWN)),
        ("21/800", "-ln(0.7) - ln(0.3) - ln(0.5) - ln(0.25)"),
        (Rational(21, 800), sympy.log(Rational(800, 21))),
        (r"0.7 \cdot 0.3 \cdot 0.5 \cdot 0.25", r"-\ln(0.02625)"),
        (np.exp(np.sum(np.log(OWN))), -np.sum(HOT * np.log(P))),
        (math.prod(OWN), "3.64009"),
        (Fraction(21, 800), "ln(800/21)"),
        ("0.7*0.5*0.25*0.3", np.sum(bpkit.nn.cross_entropy(P, HOT))),
        (np.float32(0.02625), np.float32(3.6400893)),
        (0.026250001, 3.64),
        (math.exp(-3.6401), -math.log(0.02625)),
    ],
    "5.12": [
        (WHICH, ETA, ENDS),
        (np.array(WHICH), np.float64(ETA), np.array(ENDS)),
        (tuple(WHICH), "3/10", tuple(ENDS)),
        ("[4, 1, 2, 5, 3]", "0.30", "1, 2, 3, 4, 1"),
        (Matrix(WHICH), Rational(3, 10), Matrix(ENDS)),
        (np.array(WHICH)[:, None], [ETA], np.array(ENDS)[None]),
        (np.array(WHICH, float), np.float32(ETA), np.array(ENDS, float)),
        (list(map(str, WHICH)), Fraction(3, 10), list(map(str, ENDS))),
    ],
}

MAE_I = "sign(a_i - y_i)/N"
WRONG |= {
    "5.6": [
        ("difference-reversed", "2(y_i - a_i)/N", MAE_I),
        ("mse-half", "a_i - y_i", MAE_I),
        ("mse-sum", "2(a_i - y_i)", MAE_I),
        ("mse-mean-of-half", "(a_i - y_i)/N", MAE_I),
        ("square-not-differentiated", "(a_i - y_i)^2/N", MAE_I),
        ("power-slip", "2(a_i - y_i)^2/N", MAE_I),
        ("target-dropped", "2a_i/N", MAE_I),
        ("absolute-for-square", MAE_I, MAE_I),
        ("n-minus-one", "2(a_i - y_i)/(N - 1)", MAE_I),
        ("difference-reversed+mse-sum", "2(y_i - a_i)", MAE_I),
        ("difference-reversed", MSE_I, "sign(y_i - a_i)/N"),
        ("difference-reversed", MSE_I, "-1/N if a_i > y_i else 1/N"),
        ("samples-not-averaged", MSE_I, "sign(a_i - y_i)"),
        ("samples-not-averaged", MSE_I, "1 if a_i > y_i else -1"),
        ("difference-reversed+samples-not-averaged", MSE_I, "-1 if a_i > y_i else 1"),
        ("square-not-differentiated", MSE_I, "|a_i - y_i|/N"),
        ("size-for-sign", MSE_I, "(a_i - y_i)/N"),
        ("square-for-absolute", MSE_I, MSE_I),
        ("sides-alike", MSE_I, "1/N"),
        ("flat-side", MSE_I, "1/N if a_i > y_i else 0"),
        ("flat-side", MSE_I, "heaviside(a_i - y_i)/N"),
        ("target-missing", MSE_I, "sign(a_i)/N"),
        ("samples-not-averaged+sides-alike", MSE_I, "1"),
        ("flat-side+samples-not-averaged", MSE_I, "1 if a_i > y_i else 0"),
        ("samples-not-averaged+size-for-sign", MSE_I, "a_i - y_i"),
        ("all-zeros", MSE_I, 0),
        ("constant-factor", MSE_I, "2 sign(a_i - y_i)/N"),
        ("factor-inverted", MSE_I, "N sign(a_i - y_i)"),
        ("answers-swapped", MAE_I, MSE_I),
        ("unevaluated", MSE_I, sympy.Derivative(sympy.Abs(a_i - y_i) / N, a_i)),
        ("difference-reversed", MSE_I, -diff(sympy.Abs(a_i - y_i) / N, a_i)),
        ("kink-out-of-range", MSE_I, "1/N if a_i > y_i else (5 if a_i == y_i else -1/N)"),
        ("kink-out-of-range", MSE_I, "sign(a_i - y_i)/N if a_i != y_i else 1"),
        ("one-for-variable", "2(a_i - 1)/N", MAE_I),
        ("one-for-variable", "2(1 - y_i)/N", MAE_I),
        ("one-for-variable", MSE_I, "sign(a_i - 1)/N"),
    ],
    "5.7": [
        ("samples-not-averaged", lambda a, y: np.sign(a - y)),
        ("samples-not-averaged", lambda a, y: np.where(a > y, 1, -1)),
        ("samples-not-averaged", lambda a, y: np.where(a >= y, 1, -1)),
        ("difference-reversed", lambda a, y: np.sign(y - a) / a.size),
        ("size-for-sign", lambda a, y: (a - y) / a.size),
        ("square-for-absolute", lambda a, y: 2 * (a - y) / a.size),
        ("square-not-differentiated", lambda a, y: np.abs(a - y) / a.size),
        ("square-not-differentiated", lambda a, y: np.mean(np.abs(a - y))),
        ("flat-side", lambda a, y: (a > y) / a.size),
        ("sides-alike", lambda a, y: np.full(a.shape, 1 / a.size)),
        ("absolute-too-early", lambda a, y: np.sign(abs(a) - abs(y)) / a.size),
        ("target-missing", lambda a, y: np.sign(a) / a.size),
        ("averaged-again", lambda a, y: np.sign(a - y) / a.size**2),
        ("no-number-at-kink", lambda a, y: (a - y) / np.abs(a - y) / a.size),
        ("no-number-at-kink", lambda a, y: np.where(a == y, np.nan, np.sign(a - y) / a.size)),
        ("kink-out-of-range", lambda a, y: np.where(a == y, 1, np.sign(a - y) / a.size)),
        ("kink-out-of-range", lambda a, y: np.where(a == y, 5, np.sign(a - y)) / a.size),
        ("kink-out-of-range", lambda a, y: np.where(a == y, 12, np.sign(a - y)) / a.size),
        ("samples-merged", lambda a, y: np.sign(a - y).mean()),
        ("samples-merged", lambda a, y: np.sum(np.sign(a - y)) / a.size),
        ("input-changed", changes_mae),
        ("all-zeros", lambda a, y: np.zeros(a.shape)),
        ("difference-reversed+samples-not-averaged", lambda a, y: np.sign(y - a)),
        ("constant-factor", lambda a, y: 2 * np.sign(a - y) / a.size),
        ("size-fixed", lambda a, y: np.sign(a - y) / 5),
        ("constant-factor", lambda a, y: np.sign(a - y) / 2 / a.size),
        (None, lambda a, y: np.cumsum(np.sign(a - y)) / a.size),
    ],
    "5.8": [
        ("right-counted", lambda a, y: np.mean(y * a > 0), right_hinge),
        ("zero-score-right", lambda a, y: np.mean(y * a < 0), right_hinge),
        ("samples-not-averaged", lambda a, y: np.sum(y * a <= 0), right_hinge),
        ("samples-apart", lambda a, y: 1.0 * (y * a <= 0), right_hinge),
        ("label-ignored", lambda a, y: np.mean(a <= 0), right_hinge),
        ("score-for-label", lambda a, y: np.mean(np.round(a) != y), right_hinge),
        ("always-one", lambda a, y: np.mean(a != y), right_hinge),
        ("always-one", lambda a, y: 1, right_hinge),
        ("always-one", lambda a, y: int(np.any(y * a <= 0)), right_hinge),
        ("always-one", lambda a, y: max(y * a <= 0), right_hinge),
        ("samples-counted", lambda a, y: len(a), right_hinge),
        ("not-varying", lambda a, y: 0.5, right_hinge),
        ("zero-score-half", lambda a, y: np.mean(abs(np.sign(a) - y)) / 2, right_hinge),
        ("zero-score-half", lambda a, y: np.mean(1 - np.sign(y * a)) / 2, right_hinge),
        ("zero-score-half", lambda a, y: np.mean((np.sign(a) - y) ** 2) / 4, right_hinge),
        ("zero-score-right", lambda a, y: np.mean(np.where(a > 0, 1, -1) != y), right_hinge),
        ("margin-of-one", lambda a, y: np.mean(y * a < 1), right_hinge),
        ("margin-itself", lambda a, y: np.mean(y * a), right_hinge),
        ("labels-zero-one", lambda a, y: np.mean((a > 0.5) != y), right_hinge),
        ("hinge-for-zero-one", right_hinge, right_hinge),
        ("margin-averaged", lambda a, y: float(np.mean(y * a) <= 0), right_hinge),
        ("samples-not-averaged+zero-score-right", lambda a, y: np.sum(y * a < 0), right_hinge),
        ("all-zeros", lambda a, y: 0.0, right_hinge),
        ("one-sample", lambda a, y: float(y[0] * a[0] <= 0), right_hinge),
        ("samples-not-averaged", right_zero_one, lambda a, y: np.sum(np.maximum(0, 1 - y * a))),
        ("samples-apart", right_zero_one, lambda a, y: np.maximum(0, 1 - y * a)),
        ("margin-sign", right_zero_one, lambda a, y: np.mean(np.maximum(0, 1 + y * a))),
        ("one-missing", right_zero_one, lambda a, y: np.mean(np.maximum(0, -y * a))),
        ("maximum-missing", right_zero_one, lambda a, y: np.mean(1 - y * a)),
        ("label-ignored", right_zero_one, lambda a, y: np.mean(np.maximum(0, 1 - a))),
        ("difference-for-product", right_zero_one, lambda a, y: np.mean(np.maximum(0, y - a))),
        ("absolute-for-maximum", right_zero_one, lambda a, y: np.mean(np.abs(1 - y * a))),
        ("minimum-for-maximum", right_zero_one, lambda a, y: np.mean(np.minimum(0, 1 - y * a))),
        ("squared-hinge", right_zero_one, lambda a, y: np.mean(np.maximum(0, 1 - y * a) ** 2)),
        ("counted-for-measured", right_zero_one, lambda a, y: np.mean(y * a < 1)),
        ("zero-one-for-hinge", right_zero_one, right_zero_one),
        ("maximum-after-mean", right_zero_one, lambda a, y: max(0, np.mean(1 - y * a))),
        ("maximum-of-numbers", right_zero_one, lambda a, y: np.mean(max(0, 1 - y * a))),
        ("maximum-of-numbers", right_zero_one, lambda a, y: np.max(0, 1 - y * a)),
        ("gradient-for-loss", right_zero_one, lambda a, y: np.where(y * a < 1, -y, 0)),
        ("largest-for-mean", right_zero_one, lambda a, y: np.max(np.maximum(0, 1 - y * a))),
        ("one-sample", right_zero_one, early_hinge),
        ("one-sample", right_zero_one, lambda a, y: early_hinge(a, y) / len(a)),
        ("shortfall-reversed", right_zero_one, lambda a, y: np.mean(np.maximum(0, y * a - 1))),
        ("corner-elsewhere", right_zero_one, lambda a, y: np.mean(np.where(y * a > 0, 0, 1 - y * a))),
        ("capped", right_zero_one, lambda a, y: np.mean(np.clip(1 - y * a, 0, 1))),
        ("size-for-margin", right_zero_one, lambda a, y: np.mean(np.maximum(0, 1 - abs(a)))),
        ("margin-sign+samples-not-averaged", right_zero_one, lambda a, y: np.sum(np.maximum(0, 1 + y * a))),
        ("constant-factor", right_zero_one, lambda a, y: np.mean(np.maximum(0, 1 - y * a)) / 2),
        (None, right_zero_one, fewer_hinge),
    ],
    "5.9": [
        ("sign", "1 if a < 1 else 0", BOTH),
        ("flat-missing", "-1", BOTH),
        ("corner-elsewhere", "-1 if a < 0 else 0", BOTH),
        ("corner-elsewhere", "-1 if a < -1 else 0", BOTH),
        ("height-for-slope", "1 - a if a < 1 else 0", BOTH),
        ("height-for-slope", "max(0, 1 - a)", BOTH),
        ("height-for-slope", "-a if a < 1 else 0", BOTH),
        ("sides-exchanged", "0 if a < 1 else -1", BOTH),
        ("absolute-for-maximum", "sign(a - 1)", BOTH),
        ("other-label", MINUS, BOTH),
        ("all-zeros", "0", BOTH),
        ("sign", PLUS, "y if y*a < 1 else 0"),
        ("inner-derivative-dropped", PLUS, "-1 if y*a < 1 else 0"),
        ("wrong-variable", PLUS, "-a if y*a < 1 else 0"),
        ("height-for-slope", PLUS, "1 - y*a if y*a < 1 else 0"),
        ("flat-missing", PLUS, "-y"),
        ("corner-elsewhere", PLUS, "-y if y*a < 0 else 0"),
        ("corner-by-score", PLUS, "-y if a < 1 else 0"),
        ("sides-exchanged", PLUS, "-y if y*a > 1 else 0"),
        ("absolute-for-maximum", PLUS, "-y if y*a < 1 else y"),
        ("squared-hinge", PLUS, "-2y(1 - y*a) if y*a < 1 else 0"),
        ("constant-factor", PLUS, "-2y if y*a < 1 else 0"),
        ("not-varying", "-1 if a < 1 else 0", "-1"),
        (None, PLUS, "-y if y*a < 2 else 0"),
        ("kink-out-of-range", "-1 if a < 1 else (7 if a == 1 else 0)", BOTH),
        ("kink-out-of-range", "-1 if a < 1 else (0.1 if a == 1 else 0)", BOTH),
        ("kink-out-of-range", PLUS, "-y if y*a < 1 else (y if y*a == 1 else 0)"),
        ("kink-out-of-range", PLUS, "-y if y*a < 1 else (-1 if y*a == 1 else 0)"),
        ("two-corners", "-1 if |a| < 1 else 0", BOTH),
        ("two-corners", "-1 if -1 < a and a < 1 else 0", BOTH),
        ("flat-missing", PLUS, "-max(0, y)"),
        ("flat-missing", PLUS, "min(0, -y)"),
        ("flat-missing", PLUS, "max(0, -y)"),
        ("flat-missing", PLUS, "-y if y < 1 else 0"),
        ("not-flat-beyond", PLUS, "-y if y*a < 1 else 1"),
        ("sides-exchanged", "-(max(0, 1 - a) <= 0)", BOTH),
    ],
    "5.10": [
        ("one-label-only", "-y/a", "a - y"),
        ("one-label-only", "-1/a", "a - y"),
        ("one-label-only", "1/(1 - a)", "a - y"),
        ("one-label-only", "-1/a", "a - 1"),
        ("one-label-only", BY_A, "a - 1"),
        ("one-label-only", BY_A, "sigma(z) - 1"),
        ("denominator-missing", "(a - y)/a", "a - y"),
        ("denominator-missing", "(a - y)/(1 - a)", "a - y"),
        ("denominator-missing", "-y/a + (1 - y)", "a - y"),
        ("labels-alike", "-y/a + y/(1 - a)", "a - y"),
        ("one-label-only", "(1 - y)/(1 - a)", "a - y"),
        ("inner-derivative-dropped", "-y/a - (1 - y)/(1 - a)", "a - y"),
        ("labels-dropped", "-1/a + 1/(1 - a)", "a - y"),
        ("labels-exchanged", "-(1 - y)/a + y/(1 - a)", "a - y"),
        ("squared-error-slope", "2(a - y)", "a - y"),
        ("slope-by-z", "a - y", "a - y"),
        ("not-differentiated", "-(y ln(a) + (1 - y) ln(1 - a))", "a - y"),
        ("wrong-variable", "-ln(a) + ln(1 - a)", "a - y"),
        ("difference-reversed", "y/a - (1 - y)/(1 - a)", "a - y"),
        ("difference-reversed", "(y - a)/(a(1 - a))", "a - y"),
        ("fractions-added", "1 - 2y", "a - y"),
        ("all-zeros", 0, "a - y"),
        ("unevaluated", sympy.Derivative(-(y * sympy.log(a) + (1 - y) * sympy.log(1 - a)), a), "a - y"),
        ("difference-reversed", BY_A, "y - a"),
        ("difference-reversed", BY_A, y - s),
        ("slope-left-over", BY_A, "(a - y) a (1 - a)"),
        ("slope-left-over", BY_A, "(sigma(z) - y) sigma(z) (1 - sigma(z))"),
        ("derivative-left-out", BY_A, BY_A),
        ("squared-error-slope", BY_A, "2(a - y) a (1 - a)"),
        ("squared-error-slope", BY_A, "2(sigma(z) - y)"),
        ("sigma-missing", BY_A, "z - y"),
        ("one-label-only", BY_A, "-y(1 - a)"),
        ("one-label-only", BY_A, "(1 - y) a"),
        ("inner-derivative-dropped", BY_A, "-y(1 - a) - (1 - y) a"),
        ("sigma-for-derivative", BY_A, "(a - y)/(1 - a)"),
        ("one-minus-sigma", BY_A, "(a - y)/a"),
        ("labels-exchanged", BY_A, "a - (1 - y)"),
        ("labels-dropped", BY_A, "2a - 1"),
        ("term-sign", BY_A, "a + y"),
        ("one-label-only", BY_A, "a"),
        ("sum-and-product", BY_A, "a y"),
        ("difference-reversed+slope-left-over", BY_A, "(y - a) a (1 - a)"),
        ("derivative-left-out+one-label-only", BY_A, "-y/a"),
        ("constant-factor", BY_A, "3(a - y)"),
        (None, BY_A, "(a - y)^3"),
    ],
    "5.11": [
        ("probabilities-added", "0.7 + 0.3 + 0.5 + 0.25", NLL),
        ("probabilities-averaged", 0.4375, NLL),
        ("most-probable", 0.7 * 0.6 * 0.5 * 0.5, NLL),
        ("other-classes", "0.3*0.75*0.5*0.7", NLL),
        ("last-sample-missing", 0.7 * 0.25 * 0.5, NLL),
        ("last-sample-missing", LIKELY, "-ln(0.7) - ln(0.25) - ln(0.5)"),
        ("logarithm-too-early", NLL, NLL),
        ("one-sample", 0.7, NLL),
        ("minus-missing", LIKELY, "ln(0.02625)"),
        ("samples-averaged", LIKELY, "-ln(0.02625)/4"),
        ("other-base", LIKELY, "-log2(0.02625)"),
        ("other-base", LIKELY, -np.log10(0.02625)),
        ("logarithm-missing", LIKELY, LIKELY),
        ("logarithm-missing", LIKELY, "-(0.7 + 0.3 + 0.5 + 0.25)"),
        ("logarithm-of-sum", LIKELY, "-ln(0.7 + 0.3 + 0.5 + 0.25)"),
        ("logarithm-of-sum", LIKELY, "-ln(1.75/4)"),
        ("most-probable", LIKELY, "-ln(0.7*0.6*0.5*0.5)"),
        ("other-classes", LIKELY, -np.sum(np.log(P))),
        ("logarithms-multiplied", LIKELY, "ln(0.7) ln(0.3) ln(0.5) ln(0.25)"),
        ("one-sample", LIKELY, "-ln(0.7)"),
        ("expected-log", LIKELY, -sum(p * math.log(p) for p in OWN)),
        ("minus-missing+samples-averaged", LIKELY, "ln(0.02625)/4"),
        (None, LIKELY, 4.2),
        ("rounded", 0.026, NLL),
        ("rounded", 0.0263, NLL),
    ],
    "5.12": [
        ("beyond-the-target", right_and(WHICH, (0, 2), (2, 4)), ETA, ENDS),
        ("same-factor", right_and(WHICH, (1, 5), (3, 1)), ETA, ENDS),
        ("beyond-the-target+same-factor", [2, 5, 4, 1, 3], ETA, ENDS),
        ("step-lengths", right_and(WHICH, (0, 1), (1, 4)), ETA, ENDS),
        ("step-lengths", right_and(WHICH, (2, 5), (3, 2)), ETA, ENDS),
        ("zero-one-moved", right_and(WHICH, (0, 3), (4, 4)), ETA, ENDS),
        ("zero-one-moved", right_and(WHICH, (2, 3), (4, 2)), ETA, ENDS),
        ("zero-one-moved", [1, 2, 3, 4, 5], ETA, ENDS),
        ("rows-for-losses", [2, 3, 5, 1, 4], ETA, ENDS),
        ("choice-twice", [4, 1, 4, 5, 3], ETA, ENDS),
        (None, [3, 0, 1, 4, 2], ETA, ENDS),
        (None, WHICH[:4], ETA, ENDS),
        ("two-missing", WHICH, 0.6, ENDS),
        ("shrinking-factor", WHICH, 0.4, ENDS),
        ("step-for-step-size", WHICH, 0.96, ENDS),
        ("two-inverted", WHICH, 1.2, ENDS),
        (None, WHICH, -0.3, ENDS),
        ("all-zeros", WHICH, 0, ENDS),
        ("square-settles", WHICH, ETA, right_and(ENDS, (1, 1))),
        ("square-settles", WHICH, ETA, right_and(ENDS, (1, 3))),
        ("equal-steps-never-settle", WHICH, ETA, right_and(ENDS, (2, 1))),
        ("equal-steps-never-settle", WHICH, ETA, right_and(ENDS, (2, 2))),
        ("hinge-moved", WHICH, ETA, right_and(ENDS, (0, 3))),
        ("hinge-moved", WHICH, ETA, right_and(ENDS, (0, 4))),
        ("never-flat", WHICH, ETA, right_and(ENDS, (3, 2))),
        ("never-flat", WHICH, ETA, right_and(ENDS, (3, 1))),
        ("zero-one-moved", WHICH, ETA, right_and(ENDS, (4, 2))),
        ("equal-steps-never-settle+hinge-moved", WHICH, ETA, right_and(ENDS, (0, 3), (2, 1))),
        ("never-flat+square-settles", WHICH, ETA, right_and(ENDS, (1, 4), (3, 2))),
        ("losses-for-rows", WHICH, ETA, [2, 3, 1, 1, 4]),
        ("several-wrong", WHICH, ETA, [4, 1, 2, 3, 1]),
        (None, WHICH, ETA, [1, 2, 3, 5, 1]),
    ],
}
