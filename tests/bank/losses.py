import math
from fractions import Fraction
from functools import partial

import numpy as np
import sympy
from sympy import ImmutableMatrix, Matrix, Rational, diff, expand, sqrt, symbols

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
