import numpy as np
from sympy import Mul, Symbol

x = Symbol("x")

RIGHT = {
    "0.1": [
        ("6x",),
        (6 * x,),
        ("2*3*x",),
        (r"6\,x",),
        ("3x + 3x",),
        (6.0 * x,),
        (Symbol("x", real=True) * 6,),
        ("6·x",),
        ("12x/2",),
        (r"2\cdot 3x^{2-1}",),
        ("3*2*x**(2-1)",),
        ("3(x+1)^2 - 3x^2 - 3",),
        ("sqrt(36) x^1",),
        ("6𝑥",),
        ("f'(x) = 6x",),
        (r"$6x$",),
        (Mul(2, Mul(3, x, evaluate=False), evaluate=False),),
        (np.float64(6) * Symbol("x", positive=True),),
        ("x/(1/6)",),
        ("exp(ln(6)) x",),
    ],
}
WRONG = {
    "0.1": [
        ("not-differentiated", "3x^2"),
        ("power-slip", "3x"),
        ("power-slip", 6 * x**2),
        ("sign", "-6x"),
        ("constant-factor", "12x"),
        ("not-varying", "6"),
        ("constant-off", "6x + 1"),
        ("integrated", "x^3"),
        ("constant-factor", "2x"),
        ("constant-factor", x * 1.5),
        ("power-slip", "6x^3"),
        ("power-slip+sign", "-3x"),
        ("power-slip+sign", -6 * x**2),
        (None, "-6x + 1"),
        ("constant-off", "6x - 3"),
        ("constant-off", x * 6 + 2),
        ("all-zeros", "0"),
        ("all-zeros", "6x - 6x"),
        ("not-varying", 2),
        ("not-varying", "3*2"),
        ("not-differentiated", "3 x x"),
        ("integrated", 3 * x**3 / 3),
        ("factor-inverted", "6/x"),
        (None, "6^x"),
    ],
}
