import math
from fractions import Fraction
from functools import partial

import numpy as np
from sympy import (
    Add,
    Float,
    I,
    Integer,
    Matrix,
    Mul,
    Rational,
    cos,
    diff,
    exp,
    expand,
    factor,
    horner,
    log,
    sin,
    sqrt,
    symbols,
)

x, u, v = symbols("x u v")
real_x, real_u, real_v = symbols("x u v", real=True)
pos_x = symbols("x", positive=True)

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


def halves(df_dx, dx_du):
    n = len(df_dx)
    if n == 1:
        return df_dx[0] * dx_du[0]
    return halves(df_dx[: n // 2], dx_du[: n // 2]) + halves(df_dx[n // 2 :], dx_du[n // 2 :])


def counting_down(df_dx, dx_du):
    k, total = len(df_dx), 0
    while k:
        k -= 1
        total = total + df_dx[k] * dx_du[k]
    return total


def in_fractions(df_dx, dx_du):
    return sum(Fraction(float(a)) * Fraction(float(b)) for a, b in zip(df_dx, dx_du, strict=True))


def copies_first(df_dx, dx_du):
    products = df_dx.copy()
    products *= dx_du
    return np.add.reduce(products)


def by_matrices(df_dx, dx_du):
    return Matrix(df_dx.tolist()).dot(Matrix(dx_du.tolist()))


# 1.7: wrong ones.


def overwritten_total(df_dx, dx_du):
    total = 0.0
    for outer, inner in zip(df_dx, dx_du, strict=True):
        total = outer * inner
    return total


def early_return(df_dx, dx_du):
    total = 0.0
    for outer, inner in zip(df_dx, dx_du, strict=True):
        total += outer * inner
        return total


def running_product(df_dx, dx_du):
    total = 1.0
    for k in range(df_dx.size):
        total *= df_dx[k] * dx_du[k]
    return total


def scales_the_second(df_dx, dx_du):
    for k in range(len(dx_du)):
        dx_du[k] = dx_du[k] * df_dx[k]
    return dx_du.sum()


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
        ("3x sin(6x^2)/sin(3x^2)", "4x^3/e^(-x^4)"),
        ("6x sin(pi/2 - 3x^2)", "4x^3 (cosh(x^4) + sinh(x^4))"),
        ("6x sin(3x^2) / tan(3x^2)", "4x^3 (e^x)^(x^3)"),
        ("6x/sec(3x²)", "4x³·e^{x⁴}"),
        ("6x (1 - tan^2(1.5x^2))/(1 + tan^2(1.5x^2))", "4*x**3*(np.exp(x**2))**(x**2)"),
        ("6*x*np.cos(3*x**2)", "4*x**3*np.exp(x**4)"),
        (r"6 x \cos{\left(3 x^{2} \right)}", r"4 x^{3} e^{x^{4}}"),
        (3 * x * (exp(3 * I * x**2) + exp(-3 * I * x**2)), Mul(4, x**3, exp(x**4), evaluate=False)),
        ("12x cos^2(3x^2/2) - 6x", r"\frac{4x^3}{e^{-x^4}}"),
        (6 * pos_x * cos(3 * pos_x**2), 4 * pos_x**3 * exp(pos_x**4)),
        ("2⋅3x⋅cos 3x²", "exp(x^4)·2x·2x²"),
    ],
    "1.2": [
        (H, Z),
        ("4x^3/(1+x^4)", "-3 sin(x) (cos x + 5)^2"),
        (r"\frac{4x^3}{1+x^4}", "3 (cos(x)+5)^2 * (-sin x)"),
        ("4/(x + x^-3)", expand(Z)),
        (expand(H), factor(Z)),
        ("4x^3 (1+x^4)^(-1)", "-3 sin x (cos^2 x + 10 cos x + 25)"),
        ("4/x - 4/(x(1+x^4))", "-15 sin(2x) - 75 sin x - 3 sin x cos^2 x"),
        ("4/(x(1 + x^-4))", "-3 sin x (26 - sin^2 x + 10 cos x)"),
        ("4x³/|x⁴ + 1|", "-6 sin(x/2) cos(x/2) (6 - 2 sin^2(x/2))^2"),
        ("4x^3 e^(-ln(1+x^4))", "3 cos(x + pi/2) (cos x + 5)^2"),
        (2 * x / (x**2 + I) + 2 * x / (x**2 - I), "-3/4 (sin x + sin 3x) - 15 sin 2x - 75 sin x"),
        (
            "(2x - sqrt2)/(x^2 - sqrt(2) x + 1) + (2x + sqrt(2))/(x^2 + sqrt(2) x + 1)".replace("sqrt2", "sqrt(2)"),
            "3 sin(-x) (5 + cos(-x))^2",
        ),
        (r"\dfrac{4x^{3}}{x^{4}+1}", r"-3 \left(\cos{\left(x \right)} + 5\right)^{2} \sin{\left(x \right)}"),
        ("1/(1+x^4) * 4x^3", "-3 tan(x) cos(x) (5 + cos(x))²"),
        ("4x/(x^2 + 1/x^2)", "-3 (1 - tan(x/2)^2 + 5 + 5tan(x/2)^2)^2/(1 + tan(x/2)^2)^2 * sin x"),
        (diff(log(1 + real_x**4), real_x), diff((cos(real_x) + 5) ** 3, real_x)),
        ("4*x**3/(1 + x**4)", "3*(np.cos(x) + 5)**2*(-np.sin(x))"),
        (H.apart(), -3 * sqrt((cos(x) + 5) ** 4) * sin(x)),
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
        ("2·(3·5 − 1)·3·4",),
        ("3.36e2",),
        ("sqrt(112896)",),
        ("(7*6*5*4*3*2)/15",),
        ("2^4 * 21",),
        (r"2\cdot 14\cdot 3\cdot 4",),
        (Integer(336),),
        (Mul(12, 28, evaluate=False),),
        (Fraction(672, 2),),
        (np.array(336),),
        (np.float16(336),),
        (np.uint16(336),),
        ("exp(ln(336))",),
        ("12*2*(3*2^2 + 2)",),
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
        ("8(1 + x - 5x^3)(1 - 15x^2)",),
        ("(40x^3 - 8x - 8)(15x^2 - 1)",),
        ("120x^2 (5x^3 - x - 1) - 8(5x^3 - x - 1)",),
        ("8x(75x^4 - 20x^2 - 15x + 1) + 8",),
        ("2((5x^3 + 15x^2 - x - 2)^2 - (5x^3 - 15x^2 - x)^2)",),
        ("8(x(5x^2 - 1) - 1)(15x^2 - 1)",),
        ("(5x^3 - x - 1)/(1/(8(15x^2 - 1)))",),
        (r"2 \cdot 4\left(5x^{3}-x-1\right) \cdot 1 \cdot \left(15x^{2}-1\right)",),
        ("600x⁵ − 160x³ − 120x² + 8x + 8",),
        (horner(expand(F)),),
        (expand(F).as_poly(x).as_expr(),),
        (Mul(8, 5 * x**3 - x - 1, 15 * x**2 - 1, evaluate=False),),
        ("8(5x^3 - x - 1)(sqrt(15) x - 1)(sqrt(15) x + 1)",),
        ("6e2 x^5 - 1.6e2 x^3 - 120.0 x^2 + 8.0 x + 8.0",),
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
        (exp(-1) ** 2, "-4(2x+1) / e^((2x+1)^2 + 1)"),
        ("1/exp(2)", "-4(2x+1) e^(-(2x+1)^2) / e"),
        ("e⁻²", "−4(2x+1)·e^{−(2x+1)²−1}"),
        ("exp(-1)/e", "-4 e^-2 (2x+1) e^(-4x(x+1))"),
        (np.exp(-2), "-(8*x + 4)*np.exp(-4*x**2 - 4*x - 2)"),
        ("cosh(2) - sinh(2)", "-4(2x+1) (cosh((2x+1)^2+1) - sinh((2x+1)^2+1))"),
        (r"\frac{1}{e^2}", r"-\frac{4(2x+1)}{e^{(2x+1)^2+1}}"),
        ("1.3533528e-1", "-4(2x+1) (1/2)^(((2x+1)^2+1)/ln 2)"),
        (Float("0.135335283236613"), diff(exp(-((2 * real_x + 1) ** 2) - 1), real_x)),
        (np.float32(np.exp(-2)), "-4x e^-((2x+1)^2+1) - (4x+4) e^-((2x+1)^2+1)"),
        ("(1/e)^2", "-2*(4x+2) * exp(-1) * exp(-(2x+1)^2)"),
        ("sqrt(e^-4)", "-8(x + 0.5) e^(-4(x+0.5)^2 - 1)"),
    ],
    "1.6": [
        (U, V),
        ("6(sin u + cos v)^2 cos u + v e^(uv)", "-6(sin u + cos v)^2 sin v + u e^(uv)"),
        (expand(U), expand(V)),
        ("6 cos(u) (sin(u)+cos(v))**2 + v*exp(u*v)", "u*exp(u*v) - 6*sin(v)*(sin(u)+cos(v))**2"),
        (r"6\left(\sin u+\cos v\right)^2\cos u+v e^{uv}", r"-6\left(\sin u+\cos v\right)^{2}\sin v+u e^{uv}"),
        (["6(sin u + cos v)^2 cos u + v e^(u v)", V],),
        (
            "6 cos u (sin^2 u + 2 sin u cos v + cos^2 v) + v e^(uv)",
            "-6 sin v (sin^2 u + 2 sin u cos v + cos^2 v) + u e^(uv)",
        ),
        (
            "6 sin^2 u cos u + 6 sin(2u) cos v + 6 cos u cos^2 v + v e^(uv)",
            "-6 sin^2 u sin v - 6 sin u sin(2v) - 6 sin v cos^2 v + u e^(uv)",
        ),
        (
            "24 sin((u + pi/2 - v)/2)^2 cos((u - pi/2 + v)/2)^2 cos u + v e^(uv)",
            "u (e^u)^v + 6 sin(-v) (sin u + cos v)^2",
        ),
        ("6(sin u + cos v)²·cos u + v·e^{uv}", "−6(sin u + cos v)²·sin v + u·e^{uv}"),
        ("ve^{uv} + 6cos u(sin u + cos v)^2", "ue^{uv} - 6sin v(sin u + cos v)^2"),
        ("6 (sin u + sin(v + pi/2))^2 sin(u + pi/2) + v exp(u v)", "6 (sin u + cos v)^2 cos(v + pi/2) + u exp(u v)"),
        (
            r"6 \left(\sin{\left(u \right)} + \cos{\left(v \right)}\right)^{2} \cos{\left(u \right)} + v e^{u v}",
            r"u e^{u v} - 6 \left(\sin{\left(u \right)} + \cos{\left(v \right)}\right)^{2} \sin{\left(v \right)}",
        ),
        (
            "6*(np.sin(u)+np.cos(v))**2*np.cos(u) + v*np.exp(u*v)",
            "-6*(np.sin(u)+np.cos(v))**2*np.sin(v) + u*np.exp(u*v)",
        ),
        (U.subs({u: real_u, v: real_v}), V.subs({u: real_u, v: real_v})),
        (U.rewrite(exp), V.rewrite(exp)),
        ("6cos(u) (1 - cos^2 u + 2 sin u cos v + 1 - sin^2 v) + v/e^(-uv)", "-2*3(sin u + cos v)^2 sin v + u e^(vu)"),
        (diff(2 * X**3 + exp(u * v), u), Add(u * exp(u * v), -6 * sin(v) * X**2, evaluate=False)),
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
        (np.inner,),
        (np.vdot,),
        (partial(np.einsum, "i,i"),),
        (lambda a, b: np.tensordot(a, b, 1),),
        (lambda a, b: np.trace(np.outer(a, b)),),
        (lambda a, b: math.fsum(p * q for p, q in zip(a, b, strict=True)),),
        (lambda a, b: (a[None, :] @ b[:, None]).item(),),
        (lambda a, b: ((a + b) @ (a + b) - (a - b) @ (a - b)) / 4,),
        (lambda a, b: np.cumsum(a * b)[-1],),
        (lambda a, b: np.convolve(a, b[::-1], "valid")[0],),
        (lambda a, b: np.array(a @ b),),
        (lambda a, b: np.longdouble(a @ b),),
        (lambda *slopes: np.prod(slopes, axis=0).sum(),),
        (lambda df_dx, dx_du, axis=0: np.sum(df_dx * dx_du, axis=axis),),
        (halves,),
        (counting_down,),
        (in_fractions,),
        (copies_first,),
        (by_matrices,),
    ],
    "1.8": [
        ([1.4, -0.997, 1.08], 1.46),
        ([1.4, -sin(1.49), exp(cos(1.49))], sqrt(math.pi - 1)),
        (np.array([[1.4], [-0.99674], [1.08405]]), "1.46342"),
        ("[1.40, -0.996, 1.084]", "sqrt(pi - 1)"),
        ((1.4, -0.9967, 1.0841), [1.463]),
        ("[1.4, -sin(1.49), e^cos(1.49)]", np.float64(1.46)),
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
        ("link-not-differentiated", "6x sin(3x^2)", DQ),
        ("exponential-as-power", DP, "x^4 e^(x^4 - 1)"),
        ("all-zeros", "0", "0"),
        ("slope-inside", "cos(6x)", DQ),
        ("slope-inside", 6 * x * cos(6 * x), DQ),
        ("slope-inside", "sin(6x)", DQ),
        ("slope-inside", DP, "e^(4x^3)"),
        ("slope-inside", DP, "4x^3 e^(4x^3)"),
        ("link-not-differentiated", "3x^2 cos(3x^2)", DQ),
        ("link-not-differentiated", DP, "x^4 e^(x^4)"),
        ("answers-swapped", DQ, DP),
        ("answers-swapped", "4x^3 e^(x^4)", "6x cos(3x^2)"),
        ("power-slip+sign", "-3x cos(3x^2)", DQ),
        ("power-slip+sign", DP, "-x^3 e^(x^4)"),
        ("inner-derivative-dropped+sign", "-cos(3x^2)", DQ),
        ("inner-derivative-dropped+outer-at-inner-slope", cos(x), DQ),
        ("outer-at-inner-slope+power-slip", "3x cos(x)", DQ),
        ("outer-at-inner-slope", DP, "4x^3 e^x"),
        ("outer-derivative-dropped", DP, "4x^3"),
        ("exponential-as-power", DP, "4x^3 * x^4 e^(x^4 - 1)"),
        ("power-slip", "6x^2 cos(3x^2)", DQ),
        ("power-slip", DP, 4 * x**4 * exp(x**4)),
        ("power-slip", DP, "4x e^(x^4)"),
        ("constant-factor", "2x cos(3x^2)", DQ),
        ("constant-off", "6x cos(3x^2) + 1", DQ),
        ("factor-extra", "6x cos(3x^2)^2", DQ),
        ("sign", DP, "-4x^3 e^(x^4)"),
        ("sign", "6x cos(3x^2 + pi)", DQ),
        ("inner-derivative-dropped", "cos 3x²", "e^(x^4)"),
        (None, "6x tan(3x^2)", DQ),
        (None, DP, "4x^3 ln(x^4)"),
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
        ("slope-inside", H, "3 sin(x)^2"),
        (None, "x", "x"),
        ("answers-swapped", Z, H),
        ("inner-derivative-dropped", "1/(1+x^4)", "3 (cos x + 5)^2"),
        ("sign", "-4x^3/(1+x^4)", Z),
        ("power-slip", "x^3/(1+x^4)", Z),
        ("power-slip", "4x^4/(1+x^4)", Z),
        ("power-slip", "4x/(1+x^4)", Z),
        ("power-slip", H, "-3 sin x (cos x + 5)^3"),
        ("power-slip", H, "-3 sin x (cos x + 5)"),
        ("power-slip+sign", H, "sin x (cos x + 5)^2"),
        ("power-slip+sign", "-x^3/(1+x^4)", Z),
        ("inner-derivative-dropped+sign", "-1/(1+x^4)", Z),
        ("inner-derivative-dropped+sign", H, "-3 (cos x + 5)^2"),
        ("inner-derivative-dropped+power-slip", H, (cos(x) + 5) ** 2),
        ("slope-inside", "1/(4x^3)", Z),
        ("slope-inside", H, "-3 sin(x)^3"),
        ("link-not-differentiated", "4x^3 ln(1+x^4)", Z),
        ("link-not-differentiated", H, "-(cos x + 5)^3 sin x"),
        ("link-not-differentiated", H, "3 (cos x + 5)^2 cos x"),
        ("outer-derivative-dropped", H, "-sin x"),
        ("outer-at-inner-slope", H, "-3 x^2 sin x"),
        ("not-differentiated", "ln(1 + x^4)", Z),
        ("term-missing", "4x^3/x^4", Z),
        ("term-missing", H, "-3 sin(x) cos(x)^2"),
        ("term-missing", H, "-3 sin x (cos^2 x + 25)"),
        ("term-sign", "4x^3/(1 - x^4)", Z),
        ("term-sign", H, "-3 sin x (cos x - 5)^2"),
        ("constant-factor", H, "-6 sin x (cos x + 5)^2"),
        ("constant-off", "4x^3/(1+x^4) + 1", Z),
        ("all-zeros", "0", "0"),
        (None, H, "-3 sin(cos x + 5)^2"),
        (None, "4x^3 e^(1+x^4)", Z),
    ],
    "1.3": [
        ("outer-at-inner-slope", 2 * 2 * 3 * 4),
        ("wrong-inner-value", 2 * 5 * 3 * 4),
        ("slopes-added", 28 + 3 + 4),
        ("outer-derivative-dropped", 12),
        ("inner-derivative-dropped", 28 * 3),
        ("inner-derivative-dropped", 28),
        ("not-differentiated", 14**2),
        ("all-zeros", 0),
        ("outer-at-inner-slope", "2*2*3*4"),
        ("wrong-inner-value", "2*5*3*4"),
        ("slopes-added", "28 + 3 + 4"),
        ("inner-derivative-dropped", "2*14*3"),
        ("outer-derivative-dropped", "3*4"),
        ("not-differentiated", "14^2"),
        (None, -336.5),
        (None, "-336"),
        (None, -2 * 14 * 3 * 4.0),
        ("power-slip", 168),
        ("power-slip", "2*14^2*3*4"),
        ("term-missing", 360),
        ("term-missing", "2*11*3*4"),
        ("term-sign", "384"),
        ("term-sign", 192),
        ("wrong-inner-value", "2*14*3*10"),
        ("inner-derivative-dropped", "112"),
        ("inner-derivative-dropped+sign", -84),
        ("power-slip+sign", "-168"),
        ("outer-derivative-dropped+sign", -12),
        ("power-slip+wrong-inner-value", "5*3*4"),
        ("power-slip+slopes-added", 14 + 3 + 4),
        ("slopes-added", "35"),
        ("not-differentiated", np.float64(196)),
        (None, 335),
        (None, "3.36"),
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
        ("wrong-inner-value", "8(5x^3 - x + 1)(15x^2 - 1)"),
        ("term-missing", "8(5x^3 - x - 1)(15x^2)"),
        ("power-slip", "8(5x^3 - x - 1)^2(15x^2 - 1)"),
        (None, "x"),
        ("all-zeros", 0),
        ("wrong-inner-value", 8 * (5 * x**3 - x + 1) * (15 * x**2 - 1)),
        ("term-missing", "8(5x^3 - x)(15x^2 - 1)"),
        ("term-missing", "600x^5 - 160x^3 + 8x + 8"),
        ("term-missing", "600x^5 - 160x^3 - 120x^2 + 8x"),
        ("term-sign", "8(5x^3 + x - 1)(15x^2 - 1)"),
        ("term-sign", "8(5x^3 - x - 1)(15x^2 + 1)"),
        ("term-sign", "600x^5 - 160x^3 + 120x^2 + 8x + 8"),
        ("power-slip", "8(5x^3 - x - 1)(15x - 1)"),
        ("power-slip", "8(5x^3 - x - 1)(15x^3 - x)"),
        ("power-slip", "8(5x^3 - x - 1)(15x^2 - x)"),
        ("link-not-differentiated", "8(5x^3 - x - 1)(5x^3 - x + 1)"),
        ("link-not-differentiated", "4(5x^3 - x - 1)^2 (15x^2 - 1)"),
        ("slope-inside", 8 * (15 * x**2 - 1) ** 2),
        ("factor-missing", "8(15x^2 - 1)"),
        ("factor-extra", F * (15 * x**2 - 1)),
        ("constant-factor", "16(5x^3 - x - 1)(15x^2 - 1)"),
        ("constant-off", "8(5x^3 - x - 1)(15x^2 - 1) + 1"),
        ("not-varying", "8"),
        ("slopes-added", "8(5x^3 - x - 1) + (15x^2 - 1)"),
        ("inner-derivative-dropped+wrong-inner-value", "8(5x^3 - x + 1)"),
        ("inner-derivative-dropped+sign", "-8(5x^3 - x - 1)"),
        ("inner-derivative-dropped+power-slip", "4(5x^3 - x - 1)"),
        ("power-slip+sign", "-4(5x^3 - x - 1)(15x^2 - 1)"),
        ("power-slip+wrong-inner-value", "4(5x^3 - x + 1)(15x^2 - 1)"),
        ("term-missing+wrong-inner-value", "8(5x^3 - x + 1)(15x^2)"),
        ("sign", "8(5x^3 - x - 1)(1 - 15x^2)"),
        ("term-sign", "8(5x^3 - x + 3)(15x^2 - 1)"),
        ("power-for-product", "8(5x^3 - x - 1)^(15x^2 - 1)"),
    ],
    "1.5": [
        ("sign", exp(-2), -Y),
        ("constant-factor", exp(-2), "-2(2x+1) e^(-((2x+1)^2+1))"),
        ("inner-derivative-dropped", exp(-2), "-e^(-((2x+1)^2+1))"),
        ("not-differentiated", exp(-2), "e^(-((2x+1)^2+1))"),
        ("factors-swapped", 5, Y),
        ("factors-swapped", "e^-3", Y),
        ("rounded", 0.14, Y),
        ("rounded", "0.135", Y),
        (None, "-0.1353", Y),
        (None, exp(-2), "4x"),
        ("exponent-sign", exp(2), Y),
        ("exponent-sign", "7.38906", Y),
        ("exponent-sign", exp(-2), "-4(2x+1) e^((2x+1)^2+1)"),
        ("exponent-sign", exp(-2), "4(2x+1) e^((2x+1)^2+1)"),
        ("bracket-missing", 1, Y),
        ("bracket-missing", exp(-2), "-4(2x+1) e^(-(2x+1)^2+1)"),
        ("term-missing", "e^-1", Y),
        ("term-missing", exp(-2), "-4(2x+1) e^(-(2x+1)^2)"),
        (None, "-e^-2", Y),
        ("all-zeros", 0, Y),
        ("factors-swapped", 10, Y),
        ("outer-missing", "2", Y),
        ("answers-swapped", Y, exp(-2)),
        ("not-varying", exp(-2), -4 * exp(-2)),
        ("power-slip", exp(-2), "-4(2x+1)^2 e^(-((2x+1)^2+1))"),
        ("term-missing", exp(-2), "-4 e^(-((2x+1)^2+1))"),
        ("outer-derivative-dropped", exp(-2), "4(2x+1)"),
        ("outer-at-inner-slope", exp(-2), "-4x e^-x"),
        ("exponential-as-power", exp(-2), "-4(2x+1)((2x+1)^2+1) e^(-((2x+1)^2+1)-1)"),
        ("power-slip+sign", exp(-2), "4(2x+1)^2 e^(-((2x+1)^2+1))"),
        ("sign+term-missing", exp(-2), "4 e^(-((2x+1)^2+1))"),
        ("outer-derivative-dropped+sign", exp(-2), "-4(2x+1)"),
        ("constant-off", exp(-2), Y + 1),
        ("constant-factor", exp(-2), "-8(2x+1) e^(-((2x+1)^2+1))"),
        ("slope-inside", exp(-2), "-4(2x+1) e^(-4(2x+1))"),
        (None, "0.1253", Y),
        (None, exp(-2), "-4(2x+1) e^(-(2x+1)^4)"),
    ],
    "1.6": [
        ("path-missing", "6(sin u + cos v)^2 cos u", V),
        ("path-missing", "v e^(uv)", V),
        ("path-missing", U, "u e^(uv)"),
        ("path-missing", U, "-6(sin u + cos v)^2 sin v"),
        ("term-sign", U, "6(sin u + cos v)^2 sin v + u e^(uv)"),
        ("inner-derivative-dropped", "6(sin u + cos v)^2 + 1", V),
        ("inner-derivative-dropped", "6(sin u + cos v)^2 cos u + 1", V),
        ("outer-derivative-dropped", "cos u + v e^(uv)", V),
        ("paths-multiplied", "6(sin u + cos v)^2 cos u * v e^(uv)", V),
        ("power-slip", "2(sin u + cos v)^2 cos u + v e^(uv)", V),
        ("not-differentiated", "2(sin u + cos v)^3 + e^(uv)", V),
        ("term-missing", "6 sin(u)^2 cos u + v e^(uv)", V),
        ("answers-swapped", V, U),
        ("outer-at-inner-slope", "6 u^2 cos u + v e^(uv)", V),
        ("wrong-variable", "6(sin u + cos v)^2 cos u + u e^(uv)", V),
        ("wrong-variable", U, "-6(sin u + cos v)^2 sin v + v e^(uv)"),
        ("wrong-variable", U - v * exp(u * v) + u * exp(u * v), V - u * exp(u * v) + v * exp(u * v)),
        ("wrong-variable", "-6(sin u + cos v)^2 sin v + v e^(uv)", V),
        ("both-varied", "6(sin u + cos v)^2 (cos u - sin v) + (u + v) e^(uv)", V),
        ("answers-swapped", "-6(sin u + cos v)^2 sin v + u e^(uv)", "6(sin u + cos v)^2 cos u + v e^(uv)"),
        ("term-sign", "6(sin u + cos v)^2 cos u - v e^(uv)", V),
        ("sign", -U, V),
        ("sign", U, -V),
        ("path-missing+power-slip", "2(sin u + cos v)^2 cos u", V),
        ("path-missing+sign", U, "6(sin u + cos v)^2 sin v"),
        ("power-slip+term-sign", U, "2(sin u + cos v)^2 sin v + u e^(uv)"),
        ("inner-derivative-dropped+power-slip", "2(sin u + cos v)^2 + v e^(uv)", V),
        ("inner-derivative-dropped", "6(sin u + cos v)^2 cos u + e^(uv)", V),
        ("inner-derivative-dropped", U, "-6(sin u + cos v)^2 sin v + e^(uv)"),
        ("inner-derivative-dropped", U, "6(sin u + cos v)^2 + u e^(uv)"),
        ("link-not-differentiated", "6(sin u + cos v)^2 sin u + v e^(uv)", V),
        ("link-not-differentiated", U, "6(sin u + cos v)^2 cos v + u e^(uv)"),
        ("exponential-as-power", "6(sin u + cos v)^2 cos u + uv e^(uv - 1)", V),
        ("term-missing", "6 cos u (sin^2 u + cos^2 v) + v e^(uv)", V),
        ("term-sign", "6(sin u - cos v)^2 cos u + v e^(uv)", V),
        ("slope-inside", "6 cos(u)^3 + v e^(uv)", V),
        ("power-slip", U, "-2(sin u + cos v)^2 sin v + u e^(uv)"),
        ("power-slip", "6(sin u + cos v) cos u + v e^(uv)", V),
        ("outer-derivative-dropped", U, "-sin v + u e^(uv)"),
        ("not-differentiated", U, "2(sin u + cos v)^3 + e^(uv)"),
        ("constant-factor", 2 * U, V),
        ("constant-off", U + 1, V),
        ("all-zeros", "0", "0"),
        ("path-missing", "6(sin u + cos v)^2 cos u", "-6(sin u + cos v)^2 sin v"),
        ("inner-derivative-dropped+paths-multiplied", "6(sin u + cos v)^2 cos u * e^(uv)", V),
        ("slope-inside", U, "-6 sin(v)^3 + u e^(uv)"),
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
        ("sign", lambda a, b: -(a @ b)),
        (None, raises),
        ("size-fixed", only_two),
        ("all-zeros", lambda a, b: 0.0),
        ("every-pair", lambda a, b: np.outer(a, b)),
        (None, lambda a, b: "a·b"),
        ("path-missing", lambda a, b: a[1:] @ b[1:]),
        ("path-missing", lambda a, b: a[:-1] @ b[:-1]),
        ("path-missing", overwritten_total),
        ("path-missing", early_return),
        ("slopes-added", lambda a, b: np.sum(a + b)),
        ("paths-averaged", lambda a, b: a @ b / len(a)),
        ("paths-multiplied", running_product),
        ("paths-not-added", lambda a, b: [p * q for p, q in zip(a, b, strict=True)]),
        ("products-of-sums", lambda a, b: np.outer(a, b).sum()),
        ("constant-off", lambda a, b: 1 + a @ b),
        ("constant-factor", lambda a, b: 2 * (a @ b)),
        ("not-varying", lambda a, b: 1.0),
        ("size-fixed", lambda a, b: a[0] * b[0] + a[1] * b[1] + a[2] * b[2]),
        ("rounded", lambda a, b: round(float(a @ b), 2)),
        ("sign", lambda a, b: -np.sum(a * b)),
        ("path-missing+sign", lambda a, b: -a[0] * b[0]),
        ("inner-derivative-dropped+sign", lambda a, b: -a.sum()),
        ("paths-averaged+sign", lambda a, b: -np.mean(a * b)),
        ("factor-extra", lambda a, b: (a * a) @ b),
        ("factor-extra", lambda a, b: np.sum(a * b * b)),
        ("input-changed", scales_the_second),
        ("all-zeros", lambda a, b: np.zeros(1)[0] * (a @ b)),
        (None, lambda a, b: np.abs(a * b).sum()),
        ("paths-crossed", lambda a, b: a @ b[::-1]),
        ("factor-inverted", lambda a, b: np.sum(a / b)),
        (None, lambda a, b: np.linalg.norm(a * b)),
        (None, lambda a, b: (a @ b, 0.0)),
    ],
    "1.8": [
        ("order-reversed", [1.08, -0.997, 1.4], 1.46),
        ("outer-at-inner-slope", [1.4, -0.644, 2.01], 1.46),
        ("wrong-inner-value", [1.4, -0.997, 4.44], 1.46),
        ("wrong-inner-value", [1.4, -0.0806, 1.08], 1.46),
        ("not-differentiated", [1.49, 0.0807, 1.08], 1.46),
        ("product-for-factor", [1.4, -1.40, -1.51], 1.46),
        ("product-for-factor", -1.51, 1.46),
        ("sign", [-1.4, 0.997, -1.08], 1.46),
        ("at-another-point", [2.92, -0.009992, 0.3679], 1.46),
        ("too-few-digits", [1.4, -1.0, 1.1], 1.46),
        ("misplaced", [-0.997, 1.4, 1.08], 1.46),
        ("all-zeros", [0, 0, 0], 1.46),
        ("one-entry", [1.4, 0.997, 1.08], 1.46),
        ("other-zero", [1.4, -0.997, 1.08], 2.3),
        ("other-zero", [1.4, -0.997, 1.08], -1.46),
        ("all-zeros", [1.4, -0.997, 1.08], 0),
        ("value-inside", [1.4, -0.997, 1.08], 3.14),
        ("value-inside", [1.4, -0.997, 1.08], -1),
        ("too-few-digits", [1.4, -0.997, 1.08], 1.5),
        (None, [1.4, -0.997, 1.08], 1.25),
    ],
}
