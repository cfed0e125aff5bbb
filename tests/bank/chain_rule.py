import numpy as np
from sympy import Rational, cos, exp, expand, factor, log, sin, symbols

x, u, v = symbols("x u v")
real_x = symbols("x", real=True)

P = 3 * x**2
DP = 6 * x * cos(P)
DQ = 4 * x**3 * exp(x**4)
H = 4 * x**3 / (1 + x**4)
Z = -3 * sin(x) * (cos(x) + 5) ** 2
F = 8 * (5 * x**3 - x - 1) * (15 * x**2 - 1)
Y = -4 * (2 * x + 1) * exp(-((2 * x + 1) ** 2) - 1)
X = sin(u) + cos(v)
U = 6 * X**2 * cos(u) + v * exp(u * v)
V = -6 * X**2 * sin(v) + u * exp(u * v)


def einsum(df_dx, dx_du):
    return np.einsum("k,k->", df_dx, dx_du)


def loop(df_dx, dx_du):
    total = 0.0
    for outer, inner in zip(df_dx, dx_du, strict=True):
        total += outer * inner
    return total


def through_lists(df_dx, dx_du):
    return sum(a * b for a, b in zip(list(df_dx), list(dx_du), strict=True))


class Callable:
    def __call__(self, df_dx, dx_du):
        return np.dot(df_dx, dx_du)


def overwrites(df_dx, dx_du):
    df_dx *= dx_du
    return df_dx.sum()


def raises(df_dx, dx_du):
    return df_dx @ undefined_name  # noqa: F821


def only_two(df_dx, dx_du):
    return df_dx[0] * dx_du[0] + df_dx[1] * dx_du[1]


def three_arguments(df_dx, dx_du, n):
    return df_dx @ dx_du


RIGHT = {
    "1.1": [
        (DP, DQ),
        ("6x cos(3x^2)", "4x^3 e^(x^4)"),
        ("cos(3*x**2)*6*x", "4*x**3*exp(x**4)"),
        (r"6x\cos\left(3x^2\right)", r"4x^{3}e^{x^{4}}"),
        (6 * real_x * cos(3 * real_x**2), "4 x³ e^(x⁴)"),
        ("3 x (cos 3x^2 + cos(3x^2))", "exp(x^4 + ln(4x^3))"),
        ("6x (1 - 2 sin^2(3x^2/2))", "4 x^3 exp(x^2 x^2)"),
    ],
    "1.2": [
        (H, Z),
        ("4x^3/(1+x^4)", "-3 sin(x) (cos x + 5)^2"),
        (r"\frac{4x^3}{1+x^4}", "3 (cos(x)+5)^2 * (-sin x)"),
        ("4/(x + x^-3)", expand(Z)),
        (expand(H), factor(Z)),
        ("4x^3 (1+x^4)^(-1)", "-3 sin x (cos^2 x + 10 cos x + 25)"),
    ],
    "1.3": [
        (336,),
        ("336",),
        ("2*14*3*4",),
        (336.0,),
        ("12 * 28",),
        (Rational(672, 2),),
        (np.int64(336),),
        (np.float64(336),),
    ],
    "1.4": [
        (F,),
        (expand(F),),
        ("8(5x^3 - x - 1)(15x^2 - 1)",),
        ("8*(5*x**3-x-1)*(15*x**2-1)",),
        (r"8\left(5x^3-x-1\right)\left(15x^2-1\right)",),
        ("600x^5 - 160x^3 - 120x^2 + 8x + 8",),
        ("4 * 2 * ((5x^3 - x + 1) - 2) * 1 * (15x^2 - 1)",),
        ("8 (f1) (15 x^2 - 1)".replace("f1", "5x³ − x − 1"),),
        (F.subs(x, real_x),),
        ("8.0(5x^3-x-1)(15x^2-1.0)",),
    ],
    "1.5": [
        (exp(-2), Y),
        ("e^-2", "-4(2x+1) e^(-((2x+1)^2+1))"),
        ("1/e^2", "-(8x+4) exp(-(4x^2+4x+2))"),
        (0.1353352832366127, expand(Y)),
        ("0.1353", Y),
        (0.135335, Y),
        ("0.135335283236612", Y),
        ("exp(-2)", r"-4\left(2x+1\right)e^{-(2x+1)^2-1}"),
    ],
    "1.6": [
        (U, V),
        ("6(sin u + cos v)^2 cos u + v e^(uv)", "-6(sin u + cos v)^2 sin v + u e^(uv)"),
        (expand(U), expand(V)),
        ("6 cos(u) (sin(u)+cos(v))**2 + v*exp(u*v)", "u*exp(u*v) - 6*sin(v)*(sin(u)+cos(v))**2"),
        (r"6\left(\sin u+\cos v\right)^2\cos u+v e^{uv}", r"-6\left(\sin u+\cos v\right)^{2}\sin v+u e^{uv}"),
        (["6(sin u + cos v)^2 cos u + v e^(u v)", V],),
    ],
    "1.7": [
        (np.dot,),
        (lambda df_dx, dx_du: df_dx @ dx_du,),
        (lambda df_dx, dx_du: (df_dx * dx_du).sum(),),
        (einsum,),
        (loop,),
        (through_lists,),
        (Callable(),),
        (lambda a, b: np.sum(np.multiply(a, b)),),
        (lambda a, b: np.array([a @ b])[0],),
    ],
}

WRONG = {
    "1.1": [
        ("inner-derivative-dropped", "cos(3x^2)", DQ),
        (None, DP, "e^(x^4)"),  # not differentiated, or the inner slope dropped: nobody can tell
        ("outer-derivative-dropped", "6x", DQ),
        ("outer-at-inner-slope", "6x cos x", DQ),
        ("composition-as-product", "3x^2 cos x + 6x sin x", DQ),
        ("sign", "-6x cos(3x^2)", DQ),
        ("not-differentiated", "sin(3x^2)", DQ),
        ("slopes-added", "cos(3x^2) + 6x", DQ),
        ("power-slip", "3x cos(3x^2)", DQ),
        ("power-slip", DP, "x^3 e^(x^4)"),
        (None, "6x sin(3x^2)", DQ),
        (None, DP, "x^4 e^(x^4 - 1)"),
        (None, "0", "0"),
    ],
    "1.2": [
        ("inner-derivative-dropped", "1/(1+x^4)", Z),
        ("outer-derivative-dropped", "4x^3", Z),
        ("outer-at-inner-slope", "4x^3/x", Z),
        ("composition-as-product", log(x) * 4 * x**3 + (1 + x**4) / x, Z),
        ("sign", H, "3 sin(x) (cos x + 5)^2"),
        ("inner-derivative-dropped", H, "3 (cos x + 5)^2"),
        ("not-differentiated", H, "(cos x + 5)^3"),
        ("power-slip", H, "-sin(x) (cos x + 5)^2"),
        (None, H, "3 sin(x)^2"),
        (None, "x", "x"),
    ],
    "1.3": [
        ("outer-at-inner-slope", 2 * 2 * 3 * 4),
        ("wrong-inner-value", 2 * 5 * 3 * 4),
        ("slopes-added", 28 + 3 + 4),
        ("outer-derivative-dropped", 12),
        ("inner-derivative-dropped", 28 * 3),
        ("inner-derivative-dropped", 28),
        ("not-differentiated", 14**2),
        (None, 0),
        (None, -336.5),
    ],
    "1.4": [
        ("inner-derivative-dropped", "8(5x^3 - x - 1)"),
        ("outer-derivative-dropped", "15x^2 - 1"),
        ("outer-at-inner-slope", "8x (15x^2 - 1)"),
        ("sign", -F),
        ("power-slip", "8(5x^3 - x - 1)(5x^2 - 1)"),
        ("power-slip", "4(5x^3 - x - 1)(15x^2 - 1)"),
        ("not-differentiated", "4(5x^3 - x - 1)^2"),
        ("slopes-added", "8(5x^3 - x - 1) + 1 + 15x^2 - 1"),
        ("constant-factor", 3 * F),
        (None, "8(5x^3 - x + 1)(15x^2 - 1)"),
        (None, "8(5x^3 - x - 1)(15x^2)"),
        ("power-slip", "8(5x^3 - x - 1)^2(15x^2 - 1)"),
        (None, "x"),
        (None, 0),
    ],
    "1.5": [
        ("sign", exp(-2), -Y),
        ("constant-factor", exp(-2), "-2(2x+1) e^(-((2x+1)^2+1))"),
        ("inner-derivative-dropped", exp(-2), "-e^(-((2x+1)^2+1))"),
        ("not-differentiated", exp(-2), "e^(-((2x+1)^2+1))"),
        ("factors-swapped", 5, Y),
        (None, "e^-3", Y),
        (None, 0.14, Y),
        (None, "0.135", Y),
        (None, "-0.1353", Y),
        (None, exp(-2), "4x"),
    ],
    "1.6": [
        ("path-missing", "6(sin u + cos v)^2 cos u", V),
        ("path-missing", "v e^(uv)", V),
        ("path-missing", U, "u e^(uv)"),
        ("path-missing", U, "-6(sin u + cos v)^2 sin v"),
        ("sign", U, "6(sin u + cos v)^2 sin v + u e^(uv)"),
        ("inner-derivative-dropped", "6(sin u + cos v)^2 + 1", V),
        ("inner-derivative-dropped", "6(sin u + cos v)^2 cos u + 1", V),
        ("outer-derivative-dropped", "cos u + v e^(uv)", V),
        ("paths-multiplied", "6(sin u + cos v)^2 cos u * v e^(uv)", V),
        ("power-slip", "2(sin u + cos v)^2 cos u + v e^(uv)", V),
        ("not-differentiated", "2(sin u + cos v)^3 + e^(uv)", V),
        (None, "6 sin(u)^2 cos u + v e^(uv)", V),
        (None, V, U),
        (None, "6 u^2 cos u + v e^(uv)", V),
    ],
    "1.7": [
        ("paths-not-added", lambda a, b: a * b),
        ("inner-derivative-dropped", lambda a, b: a.sum()),
        ("outer-derivative-dropped", lambda a, b: b.sum()),
        ("path-missing", lambda a, b: a[0] * b[0]),
        ("products-of-sums", lambda a, b: a.sum() * b.sum()),
        ("paths-multiplied", lambda a, b: np.prod(a * b)),
        ("paths-averaged", lambda a, b: np.mean(a * b)),
        ("input-changed", overwrites),
        (None, lambda a, b: -(a @ b)),
        (None, raises),
        (None, only_two),
        ("all-zeros", lambda a, b: 0.0),
        (None, lambda a, b: np.outer(a, b)),
        (None, lambda a, b: "a·b"),
    ],
}
