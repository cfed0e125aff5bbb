import numpy as np
import sympy
from sympy import Matrix, Rational, diff, expand, sqrt, symbols

f1, f2, f3, y1, y2, y3 = symbols("f1 f2 f3 y1 y2 y3")
F, Y = Matrix([f1, f2, f3]), Matrix([y1, y2, y3])
GRADIENT = 2 * (F - Y)
NORM = sqrt(sum((y - f) ** 2 for f, y in zip(F, Y, strict=True)))
PRINTED = sum((y - f**2) ** 2 for f, y in zip(F, Y, strict=True))
a_j, y_j, c, N = symbols("a_j y_j c N")
real_a = sympy.Symbol("a_j", real=True)

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
    ],
    "5.5": [
        (MEAN, SUM, ETA / 4),
        (list(MEAN), list(SUM), 0.05),
        ([0.82, 0.09, 0.36, 0.64], [0.88, 0.06, 0.24, 0.76], "1/20"),
        ("[0.82, 0.09, 0.36, 0.64]", "[0.88, 0.06, 0.24, 0.76]", "0.05"),
        (Matrix([0.82, 0.09, 0.36, 0.64]), SUM, Rational(1, 20)),
        (0.9 * OUTPUT + 0.1 * TARGET, 0.6 * OUTPUT + 0.4 * TARGET, "0.2/4"),
    ],
}

WRONG = {
    "5.1": [
        ("difference-reversed", 2 * (Y - F)),
        ("difference-reversed", ["2(y1 - f1)", "2(y2 - f2)", "2(y3 - f3)"]),
        ("two-missing", F - Y),
        ("difference-reversed", Y - F),
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
        (None, ["2(f1 - y1)", "2(f2 - y2)", "2(f3 + y3)"]),
        (None, [["2(f1 - y1)", 0, 0], [0, "2(f2 - y2)", 0], [0, 0, "2(f3 - y3)"]]),
        (None, 2 * F.multiply_elementwise(F - Y)),
    ],
    "5.2": [
        ("mse-sum", "2(a_j - y_j)"),
        ("mse-half", "a_j - y_j"),
        ("mse-mean-of-half", "(a_j - y_j)/c"),
        ("mse-samples", "2/N (a_j - y_j)"),
        ("mse-samples", "2/(N c) (a_j - y_j)"),
        ("mse-samples", (a_j - y_j) / N),
        ("difference-reversed", "2/c (y_j - a_j)"),
        ("difference-reversed", "y_j - a_j"),
        ("difference-reversed", "2(y_j - a_j)"),
        ("square-not-differentiated", "(a_j - y_j)^2 / c"),
        ("square-not-differentiated", "(a_j - y_j)^2"),
        ("power-slip", "2/c (a_j - y_j)^2"),
        ("target-dropped", "2 a_j / c"),
        ("extra-slope", "2/c (a_j - y_j) a_j (1 - a_j)"),
        ("constant-factor", "4/c (a_j - y_j)"),
        ("unevaluated", sympy.Derivative((a_j - y_j) ** 2 / c, a_j)),
        (None, "2c (a_j - y_j)"),
        (None, "2/c (a_j + y_j)"),
        (None, "2/c a_j y_j"),
        (None, 0),
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
        (None, lambda a, y: np.mean(a**2 - y**2)),
        (None, lambda a, y: -np.mean((a - y) ** 2)),
        (None, lambda a, y: np.mean(a - y)),
        (None, lambda a, y: (a - y) ** 2 / len(a)),
        (None, lambda a, y: (a[0] - y[0]) ** 2),
        (None, raises),
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
        (None, lambda a, y: 2 / 3 * (a - y)),
        (None, lambda a, y: np.abs(2 / len(a) * (a - y))),
        (None, lambda a, y: 2 / len(a) * np.subtract.outer(a, y)),
        (None, raises),
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
        (None, MEAN, SUM, 0),
        (None, MEAN + 0.01, SUM, 0.05),
    ],
}
