from sympy import Symbol

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
    ],
}
WRONG = {
    "0.1": [
        ("not-differentiated", "3x^2"),
        ("power-slip", "3x"),
        ("power-slip", 6 * x**2),
        ("sign", "-6x"),
        ("constant-factor", "12x"),
        (None, "6"),
        (None, "6x + 1"),
        (None, "x^3"),
    ],
}
