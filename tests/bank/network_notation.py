from fractions import Fraction
from functools import partial, reduce
from operator import mul

import numpy as np
import sympy
from sympy import Function, ImmutableMatrix, Matrix, Symbol, exp, symbols, tanh

sigma = Function("sigma")
l, i, K = symbols("l i K")


def w(j, k, layer, **assumptions):
    return Symbol(f"w_{j}{k}^{layer}", **assumptions)


def a(j, layer, **assumptions):
    return Symbol(f"a_{j}^{layer}", **assumptions)


def b(j, layer, **assumptions):
    return Symbol(f"b_{j}^{layer}", **assumptions)


LABELS = [[f"a_{j}^{layer}" for j in range(1, n + 1)] for layer, n in ((1, 3), (2, 4), (3, 2))]


def relabelled(label):
    return [[label(j, layer) for j in range(1, n + 1)] for layer, n in ((1, 3), (2, 4), (3, 2))]


SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def small(letter, lower, layer):
    """Write a name with Unicode's small digits: w₂₄³."""
    return f"{letter}{str(lower).translate(SUBSCRIPTS)}{str(layer).translate(SUPERSCRIPTS)}"


def matrix(rows, columns, entry):
    return [[entry(j, k) for k in range(1, columns + 1)] for j in range(1, rows + 1)]


W2 = matrix(4, 3, lambda j, k: f"w_{j}{k}^2")
B2 = [f"b_{j}^2" for j in range(1, 5)]
W3 = matrix(2, 4, lambda j, k: f"w_{j}{k}^3")
B3 = ["b_1^3", "b_2^3"]

PRODUCT = sum(w(2, k, 3) * a(k, 2) for k in range(1, 5))
Z = PRODUCT + b(2, 3)
WA = "w_21^3 a_1^2 + w_22^3 a_2^2 + w_23^3 a_3^2 + w_24^3 a_4^2"
WA_STARS = "w_21^3*a_1^2+w_22^3*a_2^2+w_23^3*a_3^2+w_24^3*a_4^2"
WA_LATEX = r"w_{21}^{3}a_{1}^{2}+w_{22}^{3}a_{2}^{2}+w_{23}^{3}a_{3}^{2}+w_{24}^{3}a_{4}^{2}"
WA_UPPER_FIRST = "w^3_{21} a^2_1 + w^3_{22} a^2_2 + w^3_{23} a^2_3 + w^3_{24} a^2_4"
WA_UNICODE = "w₂₁³ a₁² + w₂₂³ a₂² + w₂₃³ a₃² + w₂₄³ a₄²"
WA_ROW_1 = WA.replace("w_2", "w_1")
WA_SWAPPED = "w_12^3 a_1^2 + w_22^3 a_2^2 + w_32^3 a_3^2 + w_42^3 a_4^2"
WA_OWN_LAYER = "w_21^3 a_1^3 + w_22^3 a_2^3 + w_23^3 a_3^3 + w_24^3 a_4^3"
WA_FROM_ZERO = "w_20^3 a_0^2 + w_21^3 a_1^2 + w_22^3 a_2^2 + w_23^3 a_3^2"
ACTIVATIONS = "a_1^2 + a_2^2 + a_3^2 + a_4^2"
WEIGHTS = "w_21^3 + w_22^3 + w_23^3 + w_24^3"
PER_TERM = " + ".join(f"σ(w_2{k}^3 a_{k}^2)" for k in range(1, 5))
A = 1 / (1 + exp(-Z))
TERMS = [f"w_2{k}^3 a_{k}^2" for k in range(1, 5)]
WA_BRACKETS = " + ".join(rf"w_{{2{k}}}^{{(3)}} a_{{{k}}}^{{(2)}}" for k in range(1, 5))
WA_CDOT = " + ".join(rf"w^{{3}}_{{2{k}}} \cdot a^{{2}}_{{{k}}}" for k in range(1, 5))
WA_COMMAS = " + ".join(f"w_{{2,{k}}}^3·a_{k}^2" for k in range(4, 0, -1))
WA_SHORT = "w_21^3 a_1^2 + w_22^3 a_2^2 + w_23^3 a_3^2"
WA_SHIFTED = WA.replace("^3", "^2")
INSIDE = " + ".join(f"w_2{k}^3 σ(a_{k}^2)" for k in range(1, 5))
EXPONENTIALS = "*".join(f"exp(-w_2{k}^3 a_{k}^2)" for k in range(1, 5))
REAL_Z = sum(w(2, k, 3, real=True) * a(k, 2, real=True) for k in range(1, 5)) + b(2, 3, real=True)


def loops(x, y):
    if x.shape != y.shape:
        raise ValueError("unequal")
    z = np.empty(x.shape)
    for index in np.ndindex(*x.shape):
        z[index] = x[index] * y[index]
    return z


def asserts(x, y):
    assert x.shape == y.shape
    return x * y


def einsum(x, y):
    if np.shape(x) != np.shape(y):
        raise TypeError
    return np.einsum("...,...->...", x, y)


def nested(x, y):
    if x.shape != y.shape:
        raise ValueError

    def product(p, q):
        if isinstance(p, list):
            return [product(r, s) for r, s in zip(p, q, strict=True)]
        return p * q

    return product(x.tolist(), y.tolist())


class Hadamard:
    def __call__(self, x, y):
        if np.array_equal(x.shape, y.shape):
            return np.multiply(x, y)
        raise ValueError


def compares_lengths(x, y):
    if len(x) != len(y):
        raise ValueError
    return x * y


def compares_sizes(x, y):
    if x.size != y.size:
        raise ValueError
    return (x.ravel() * y.ravel()).reshape(x.shape)


def compares_dimensions(x, y):
    if x.ndim != y.ndim:
        raise ValueError
    return x * y


def compares_last_axes(x, y):
    """Let (1, 3) and (2, 3) be stretched."""
    if x.shape[-1] != y.shape[-1] or x.ndim != y.ndim:
        raise ValueError
    return x * y


def compares_sizes_and_dimensions(x, y):
    """Let (4, 1) and (1, 4) be stretched."""
    if x.size != y.size or x.ndim != y.ndim:
        raise ValueError
    return x * y


def returns_none_if_unequal(x, y):
    if x.shape == y.shape:
        return x * y


def only_vectors(x, y):
    if x.shape != y.shape:
        raise ValueError
    return np.array([x[n] * y[n] for n in range(len(x))]) if x.ndim == 1 else x


def overwrites(x, y):
    if x.shape != y.shape:
        raise ValueError
    x *= y
    return x


def recursive(x, y):
    if np.ndim(x) != np.ndim(y):
        raise ValueError("unequal shapes")
    return np.array([recursive(p, q) for p, q in zip(x, y, strict=True)]) if np.ndim(x) else x * y


def copies(x, y, *, message="The shapes are not equal."):
    if not x.shape == y.shape:
        raise Exception(message)
    result = x.copy()
    result *= y
    return result


def tests_shapes(x, y):
    np.testing.assert_array_equal(x.shape, y.shape)
    return np.reshape([p * q for p, q in zip(x.flat, y.flat, strict=True)], x.shape)


def combine(operation, x, y):
    if x.shape != y.shape:
        raise TypeError(f"{x.shape} is not {y.shape}")
    return operation(x, y)


def ones_and_products(x, y):
    if len(set(map(np.shape, (x, y)))) > 1:
        raise ValueError
    result = np.ones_like(x)
    for factor in (x, y):
        result = result * factor
    return result


def enumerates(x, y):
    if x.shape != y.shape:
        raise ValueError("shapes")
    result = np.zeros(x.shape)
    for index, entry in np.ndenumerate(x):
        result[index] += entry * y[index]
    return result


def quarter_squares(x, y):
    if x.shape != y.shape:
        raise ValueError
    return ((x + y) ** 2 - (x - y) ** 2) / 4


def returns_the_error(x, y):
    if x.shape != y.shape:
        return ValueError("unequal shapes")
    return x * y


def returns_a_message(x, y):
    if x.shape != y.shape:
        return "Error: unequal shapes"
    return x * y


def returns_false(x, y):
    return x.shape == y.shape and x * y


def complains_and_goes_on(x, y):
    result = x * y
    if x.shape != y.shape:
        ValueError("unequal shapes")
    return result


def catches(x, y):
    try:
        return x * y
    except ValueError as error:
        raise ValueError("unequal shapes") from error


def zips_rows(x, y):
    return np.array([p * q for p, q in zip(x, y, strict=False)])


def works_on_an_alias(x, y):
    if x.shape != y.shape:
        raise ValueError
    result = x
    result *= y
    return result


def only_overwrites(x, y):
    x *= y
    return x


def adds_in_place(x, y):
    if x.shape != y.shape:
        raise ValueError
    x += y
    return x


def refuses_equal_shapes(x, y):
    if x.shape == y.shape:
        raise ValueError
    return x * y


def compares_identities(x, y):
    if x.shape is not y.shape:
        raise ValueError("unequal shapes")
    return x * y


def checked(operation):
    """Compare the shapes, as asked, and then do another thing."""

    def function(x, y):
        if x.shape != y.shape:
            raise ValueError("unequal shapes")
        return operation(x, y)

    return function


def zeros_multiplied(x, y):
    if x.shape != y.shape:
        raise ValueError
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] *= x[index] * y[index]
    return result


def ones_added(x, y):
    if x.shape != y.shape:
        raise ValueError
    result = np.ones(x.shape)
    result += x * y
    return result


RIGHT = {
    "3.1": [
        (LABELS,),
        (relabelled(a),),
        (relabelled(lambda j, layer: f"a_{{{j}}}^{{{layer}}}"),),
        (relabelled(lambda j, layer: f"a^{layer}_{j}"),),
        (relabelled(lambda j, layer: a(j, layer, real=True)),),
        (relabelled(lambda j, layer: f" a_{{{j}}}^{layer} "),),
        (tuple(map(tuple, LABELS)),),
        (["a_1^1, a_2^1, a_3^1", "a_1^2, a_2^2, a_3^2, a_4^2", "a_1^3, a_2^3"],),
        ("[[a_1^1, a_2^1, a_3^1], [a_1^2, a_2^2, a_3^2, a_4^2], [a_1^3, a_2^3]]",),
        ([["a₁¹", "a₂¹", "a₃¹"], *LABELS[1:]],),
        (np.array(LABELS, dtype=object),),
        ([np.array(row) for row in LABELS],),
        (relabelled(lambda j, layer: small("a", j, layer)),),
        (relabelled(lambda j, layer: rf"a_{{{j}}}^{{({layer})}}"),),
        (relabelled(lambda j, layer: f"$a^{{{layer}}}_{{{j}}}$"),),
        ([symbols("a_1:4^1"), symbols("a_1:5^2"), symbols("a_1:3^3")],),
        ([sympy.Tuple(*row) for row in relabelled(a)],),
        ([Matrix([row]) for row in relabelled(lambda j, layer: a(j, layer, positive=True))],),
        ([f"[{', '.join(row)}]" for row in LABELS],),
    ],
    "3.2": [
        (W2, B2, W3, B3),
        (
            Matrix(4, 3, lambda j, k: w(j + 1, k + 1, 2)),
            Matrix(4, 1, lambda j, _: b(j + 1, 2)),
            Matrix(2, 4, lambda j, k: w(j + 1, k + 1, 3)),
            Matrix([b(1, 3), b(2, 3)]),
        ),
        (np.array(W2), np.array(B2), np.array(W3, dtype=object), np.array([[b(1, 3)], [b(2, 3)]])),
        (Matrix(W2), Matrix(B2), Matrix(W3), Matrix(B3)),  # SymPy reads powers here; what is meant is plain
        (
            matrix(4, 3, lambda j, k: f"w_{{{j}{k}}}^{{2}}"),
            [["b^2_1"], ["b^2_2"], ["b^2_3"], ["b^2_4"]],
            matrix(2, 4, lambda j, k: f"w^3_{{{j},{k}}}"),
            "[b_1^3, b_2^3]",
        ),
        (
            matrix(4, 3, lambda j, k: w(j, k, 2, real=True)),
            [b(j, 2, positive=True) for j in range(1, 5)],
            matrix(2, 4, lambda j, k: Symbol(f"w_{{{j}{k}}}^{{3}}")),
            (b(1, 3), b(2, 3)),
        ),
        (
            f"[{', '.join('[' + ', '.join(row) + ']' for row in W2)}]",
            "[b_1^2, b_2^2, b_3^2, b_4^2]",
            [", ".join(row) for row in W3],
            ["b_1^3", "b_2^3"],
        ),
        (W2, [["b_1^2", "b_2^2", "b_3^2", "b_4^2"]], W3, B3),
        (
            ImmutableMatrix(4, 3, lambda j, k: w(j + 1, k + 1, 2)),
            ImmutableMatrix([b(j, 2) for j in range(1, 5)]),
            ImmutableMatrix(2, 4, lambda j, k: w(j + 1, k + 1, 3)),
            ImmutableMatrix([[b(1, 3)], [b(2, 3)]]),
        ),
        (
            Matrix([symbols(f"w_{j}(1:4)^2") for j in range(1, 5)]),
            symbols("b_1:5^2"),
            [symbols("w_1(1:5)^3"), symbols("w_2(1:5)^3")],
            Matrix(symbols("b_1:3^3")).T,
        ),
        (
            matrix(4, 3, lambda j, k: small("w", f"{j}{k}", 2)),
            [small("b", j, 2) for j in range(1, 5)],
            matrix(2, 4, lambda j, k: small("w", f"{j}{k}", 3)),
            [[small("b", 1, 3)], [small("b", 2, 3)]],
        ),
        (
            matrix(4, 3, lambda j, k: f"w_{{{j}{k}}}^{{(2)}}"),
            [f"b_{{{j}}}^{{(2)}}" for j in range(1, 5)],
            matrix(2, 4, lambda j, k: f"w^{{(3)}}_{{{j}{k}}}"),
            ["b^{(3)}_1", "b^{(3)}_2"],
        ),
        (
            tuple(map(tuple, matrix(4, 3, lambda j, k: f"w^2_{j}{k}"))),
            "b_1^2, b_2^2, b_3^2, b_4^2",
            np.array(W3).tolist(),
            np.array(B3)[:, np.newaxis],
        ),
        (
            sympy.Array(matrix(4, 3, lambda j, k: w(j, k, 2))),
            sympy.Array([b(j, 2) for j in range(1, 5)]),
            np.array(matrix(2, 4, lambda j, k: w(j, k, 3, integer=True)), dtype=object),
            np.array([[b(1, 3), b(2, 3)]]),
        ),
        (
            str(Matrix(4, 3, lambda j, k: w(j + 1, k + 1, 2))),
            str([b(j, 2) for j in range(1, 5)]),
            str(Matrix(2, 4, lambda j, k: w(j + 1, k + 1, 3))),
            str(Matrix([b(1, 3), b(2, 3)])),
        ),
        (
            sympy.latex(Matrix(4, 3, lambda j, k: w(j + 1, k + 1, 2))),
            B2,
            sympy.latex(Matrix(2, 4, lambda j, k: w(j + 1, k + 1, 3))),
            B3,
        ),
    ],
    "3.3": [
        (WA, f"{WA} + b_2^3", f"σ({WA} + b_2^3)"),
        (PRODUCT, Z, sigma(Z)),
        (WA_STARS, f"{WA_STARS}+b_2^3", f"sigmoid({WA_STARS}+b_2^3)"),
        (WA_LATEX, rf"{WA_LATEX}+b_{{2}}^{{3}}", rf"\sigma\left({WA_LATEX}+b_{{2}}^{{3}}\right)"),
        (WA_UPPER_FIRST, f"b^3_2 + {WA_UPPER_FIRST}", f"1/(1 + e^(-({WA_UPPER_FIRST} + b^3_2)))"),
        (WA_UNICODE, f"{WA_UNICODE} + b₂³", f"sigma({WA_UNICODE} + b₂³)"),
        (sympy.sympify(WA_STARS), sympy.sympify(f"{WA_STARS}+b_2^3"), A),
        (
            "a_4^2 w_24^3 + a_3^2 w_23^3 + a_2^2 w_22^3 + a_1^2 w_21^3",
            f"b_2^3 + ({WA})",
            rf"\frac{{1}}{{1+e^{{-({WA_LATEX}+b_2^3)}}}}",
        ),
        (
            sum(w(2, k, 3, real=True) * a(k, 2, positive=True) for k in range(1, 5)),
            Z,
            Function("σ")(Z),
        ),
        (
            Matrix([[w(2, k, 3) for k in range(1, 5)]]).dot(Matrix([a(k, 2) for k in range(1, 5)])),
            f"0 + {WA} + b_2^3",
            f"exp({WA} + b_2^3)/(1 + exp({WA} + b_2^3))",
        ),
        (WA_BRACKETS, f"{WA_BRACKETS} + b_2^{{(3)}}", rf"\sigma({WA_BRACKETS} + b_{{2}}^{{(3)}})"),
        (WA_CDOT, f"$b^3_2 + {WA_CDOT}$", f"1 - σ(-({WA} + b_2^3))"),
        (WA_COMMAS, f"({WA_COMMAS}) + b_2^3", f"(1 + tanh(({WA} + b_2^3)/2))/2"),
        (f"({WA})", f"{WA} + 2b_2^3 - b_2^3", f"1/(1 + {EXPONENTIALS}*exp(-b_2^3))"),
        (sympy.expand(REAL_Z - b(2, 3, real=True)), REAL_Z, 1 / (1 + exp(-REAL_Z))),
        (sympy.Add(*(sympy.Mul(w(2, k, 3), a(k, 2)) for k in (3, 1, 4, 2))), Z, (1 + tanh(Z / 2)) / 2),
        (
            (Matrix(2, 4, lambda j, k: w(j + 1, k + 1, 3)) * Matrix([a(k, 2) for k in range(1, 5)]))[1],
            np.dot([w(2, k, 3) for k in range(1, 5)], [a(k, 2) for k in range(1, 5)]) + b(2, 3),
            Function("sigmoid")(Z),
        ),
        (
            f"(2{TERMS[0]} + 2{TERMS[1]} + 2{TERMS[2]} + 2{TERMS[3]})/2",
            f"1.0({WA}) + 1.0 b_2^3",
            f"exp(({WA} + b_2^3)/2)/(exp(({WA} + b_2^3)/2) + exp(-({WA} + b_2^3)/2))",
        ),
        (
            " + ".join(f"{small('a', k, 2)} × {small('w', f'2{k}', 3)}" for k in range(1, 5)),
            f"{WA_UNICODE} + b₂³",
            f"(1 + e^(−({WA_UNICODE} + b₂³)))^(−1)",
        ),
    ],
    "3.5": [
        ("a_4^2", 1, 0),
        (a(4, 2), sympy.Integer(1), sympy.Integer(0)),
        ("a_{4}^{2}", "1", "0"),
        ("a^2_4", 1.0, 0.0),
        (sympy.diff(Z, w(2, 4, 3)), sympy.diff(Z, b(2, 3)), sympy.diff(Z, w(1, 4, 3))),
        ("1 * a_4^2", "a_1^2/a_1^2", "a_4^2 - a_4^2"),
        ("a₄²", np.float64(1), np.int64(0)),
        (a(4, 2, real=True), True, "0 * a_4^2"),
        ((a(4, 2), 1, 0),),
        ("a_{4}^{(2)}", "1.0", "0.0"),
        ("$a^{(2)}_{4}$", r"\frac{2}{2}", "w_14^3 - w_14^3"),
        ("w_24^3 a_4^2 / w_24^3", "b_2^3/b_2^3", "0·w_14^3"),
        ("2a_4^2 - a_4^2", "e^0", "ln(1)"),
        (sympy.sympify("a_4^2"), sympy.S.One, sympy.S.Zero),
        (sympy.Derivative(REAL_Z, w(2, 4, 3, real=True)).doit(), Fraction(1), Fraction(0)),
        (a(4, 2, nonnegative=True), np.float32(1), np.array(0)),
        ("(a_4^2 + 1)(a_4^2 - 1)/a_4^2 + 1/a_4^2", "sin(b_2^3)^2 + cos(b_2^3)^2", "-0"),
        *[tuple(sympy.Matrix([Z]).jacobian([w(2, 4, 3), b(2, 3), w(1, 4, 3)]))],
    ],
    "3.6": [
        ([0, 2, 5, 18],),
        (np.array([0, 1, 5, 2]) * np.array([3, 2, 1, 9]),),
        ((0, 2, 5, 18),),
        ("[0, 2, 5, 18]",),
        ("(0, 2, 5, 18)",),
        ([[0], [2], [5], [18]],),
        (Matrix([0, 1, 5, 2]).multiply_elementwise(Matrix([3, 2, 1, 9])),),
        ([0.0, 2.0, 5.0, 18.0],),
        (np.diag([0, 1, 5, 2]) @ np.array([3, 2, 1, 9]),),
        ([0 * 3, "1 * 2", sympy.Integer(5), 18],),
        ([[0, 2, 5, 18]],),
        (np.array([0, 2, 5, 18], dtype=np.int8),),
        (np.array([0, 2, 5, 18], dtype=np.float32),),
        (np.einsum("j,j->j", [0, 1, 5, 2], [3, 2, 1, 9]),),
        (np.outer([0, 1, 5, 2], [3, 2, 1, 9]).diagonal(),),
        (list(map(mul, [0, 1, 5, 2], [3, 2, 1, 9])),),
        ([Fraction(0), Fraction(2), Fraction(5), Fraction(18)],),
        (ImmutableMatrix([[0, 2, 5, 18]]),),
        (sympy.hadamard_product(Matrix([0, 1, 5, 2]), Matrix([3, 2, 1, 9])).doit(),),
        (sympy.Array([0, 2, 5, 18]),),
        (r"\left[\begin{matrix}0\\2\\5\\18\end{matrix}\right]",),
        (r"\begin{bmatrix} 0 \\ 2 \\ 5 \\ 18 \end{bmatrix}",),
        ("0, 2, 5, 18",),
        ("array([ 0,  2,  5, 18])",),
        ("[ 0  2  5 18]",),
        (["0·3", "1·2", "5·1", "2·9"],),
    ],
    "3.7": [
        (loops,),
        (asserts,),
        (einsum,),
        (nested,),
        (Hadamard(),),
        (lambda x, y: np.multiply(x, y) if x.shape == y.shape else 1 / 0,),
        (lambda x, y: {(x.shape, x.shape): x * y if x.shape == y.shape else None}[x.shape, y.shape],),
        (lambda x, y: (x.reshape(y.shape) if x.shape == y.shape else undefined) * y,),  # noqa: F821
        (recursive,),
        (copies,),
        (tests_shapes,),
        (partial(combine, np.multiply),),
        (partial(combine, np.vectorize(mul, otypes=[float])),),
        (ones_and_products,),
        (enumerates,),
        (quarter_squares,),
        (lambda x, y: np.stack([x, y]).prod(axis=0),),
        (lambda *arrays: reduce(mul, np.stack(arrays)),),
        (checked(lambda x, y: np.multiply(x, y, dtype=np.longdouble)),),
        (checked(lambda x, y: (x.astype(object) * y.astype(object)).tolist()),),
        (checked(lambda x, y: np.diag(np.outer(x, y)).reshape(x.shape)),),
    ],
    "3.8": [
        ("l - 2", "l - 2", "l - 1"),
        (l - 2, l - 2, l - 1),
        ("-2 + l", "(l - 1) - 1", "l-1"),
        ("l − 2", r"l-2", "(2l - 2)/2"),
        ("Abs(l) - 2", "l - 2", "l - 1"),
        (Symbol("l", integer=True) - 2, Symbol("l", positive=True) - 2, l - sympy.Rational(1)),
        ("$l-2$", "l-2.0", "l + 1 - 2"),
        (("l-2", "l-2", "l-1"),),
        ("-(2 - l)", "l - 1 - 1", "-1 + l"),
        ("(l^2 - 4)/(l + 2)", "0.5(2l - 4)", "(2l - 2)/2"),
        ("{l-2}", r"\left(l - 2\right)", "{l}-{1}"),
        ("l – 2", "l-2.", "l - 2/2"),
        (sympy.sympify("l-2"), sympy.Symbol("l", integer=True, positive=True) - 2, sympy.Add(l, -1)),
        (sympy.expand((l - 1) ** 2 - l**2 + 3 * l - 3), l - sympy.Float(2), l - sympy.sqrt(1)),
        ("1(l - 2)", "l + (-2)", "l - 1^2"),
        ("((l - 1)^2 - 1)/l", "l - |-2|", "l - 3 + 2"),
    ],
    "3.9": [
        ("i + 2", "i + 2", "i + 1", "K + 1"),
        (i + 2, i + 2, i + 1, K + 1),
        ("2 + i", "(i+1)+1", "1+i", "1+K"),
        ("i+2", Symbol("i", integer=True) + 2, "i - (-1)", "K+1.0"),
        (["i+2", "i+2", "i+1", "K+1"],),
        (r"\left(i+2\right)", "i + 4/2", "(i^2 - 1)/(i - 1)", "(K+2) - 1"),
        ("i + 1 + 1", "i - (-2)", "-(-1 - i)", "K - (-1)"),
        ("(i^2 + 3i + 2)/(i + 1)", "2(i/2 + 1)", "0.5(2i + 2)", "(K^2 - 1)/(K - 1)"),
        ("{i+2}", r"\left(i + 2\right)", "$i + 1$", r"{K}+{1}"),
        (sympy.Symbol("i", integer=True, nonnegative=True) + 2, sympy.sympify("i+2"), i + 1.0, K + sympy.S.One),
        ("((i + 2)^2 - (i + 2))/(i + 1)", "i + sqrt(4)", "i + 3/3", "(K + 2) - 1"),
        ("2.0 + i", "i + 10/5", "1.0 + i", "K + 0.5 + 1/2"),
        (sympy.solve(sympy.Symbol("l") - 2 - i, "l")[0], sympy.Add(2, i), i + sympy.Integer(1), sympy.Add(K, 1)),
    ],
}

WRONG = {
    "3.1": [
        ("layer-below", relabelled(lambda j, layer: f"a_{layer}^{j}")),
        ("counted-from-zero", relabelled(lambda j, layer: f"a_{j - 1}^{layer}")),
        ("counted-from-zero", relabelled(lambda j, layer: f"a_{j}^{layer - 1}")),
        ("counted-from-zero", relabelled(lambda j, layer: a(j - 1, layer - 1))),
        ("layer-shift", relabelled(lambda j, layer: f"a_{j}^{layer + 1}")),
        (
            "numbered-through",
            [["a_1^1", "a_2^1", "a_3^1"], ["a_4^2", "a_5^2", "a_6^2", "a_7^2"], ["a_8^3", "a_9^3"]],
        ),
        ("counted-from-below", [row[::-1] for row in LABELS]),
        (
            "transposed",
            [["a_1^1", "a_1^2", "a_1^3"], ["a_2^1", "a_2^2", "a_2^3"], ["a_3^1", "a_3^2"], ["a_4^2"]],
        ),
        ("flattened", [label for row in LABELS for label in row]),
        ("order-reversed", LABELS[::-1]),
        (None, [*LABELS[:2], ["a_1^3"]]),
        ("one-entry", [*LABELS[:2], ["a_1^3", "a_1^3"]]),
        (None, [LABELS[0], LABELS[1], [*LABELS[2], "a_3^3"]]),
        ("misplaced", [LABELS[0], ["a_1^2", "a_2^2", "a_4^2", "a_3^2"], LABELS[2]]),
        (None, [["1"]]),
        ("counted-from-below+order-reversed", [row[::-1] for row in LABELS[::-1]]),
        ("counted-from-zero+layer-below", relabelled(lambda j, layer: f"a_{layer - 1}^{j - 1}")),
        ("counted-from-zero+layer-shift", relabelled(lambda j, layer: a(j - 1, layer + 1))),
        ("counted-from-zero+order-reversed", relabelled(lambda j, layer: f"a_{j - 1}^{layer}")[::-1]),
        (
            "counted-from-zero+numbered-through",
            [["a_0^1", "a_1^1", "a_2^1"], ["a_3^2", "a_4^2", "a_5^2", "a_6^2"], ["a_7^3", "a_8^3"]],
        ),
        (
            "counted-from-zero+numbered-through",
            [["a_1^0", "a_2^0", "a_3^0"], ["a_4^1", "a_5^1", "a_6^1", "a_7^1"], ["a_8^2", "a_9^2"]],
        ),
        ("one-entry", [LABELS[0], ["a_1^2", "a_2^2", "a_3^2", "a_4^3"], LABELS[2]]),
        ("one-entry", [["a_1^1", "a_1^2", "a_3^1"], *LABELS[1:]]),
        ("input-row-missing", LABELS[1:]),
        ("input-row-missing", [relabelled(a)[1], relabelled(a)[2]]),
        ("input-row-missing+layer-shift", [["a_1^1", "a_2^1", "a_3^1", "a_4^1"], ["a_1^2", "a_2^2"]]),
        ("flattened", [label for row in relabelled(a) for label in row]),
        ("flattened", "a_1^1, a_2^1, a_3^1, a_1^2, a_2^2, a_3^2, a_4^2, a_1^3, a_2^3"),
        ("layer-below", relabelled(lambda j, layer: rf"$a^{{{j}}}_{{{layer}}}$")),
        ("counted-from-output", relabelled(lambda j, layer: f"a_{j}^{4 - layer}")),
        (None, [*LABELS, ["a_1^4"]]),
    ],
    "3.2": [
        ("indices-swapped", matrix(4, 3, lambda j, k: f"w_{k}{j}^2"), B2, W3, B3),
        ("indices-swapped", W2, B2, matrix(2, 4, lambda j, k: w(k, j, 3)), B3),
        ("transposed", Matrix(4, 3, lambda j, k: w(j + 1, k + 1, 2)).T, B2, W3, B3),
        ("indices-swapped+transposed", matrix(3, 4, lambda j, k: f"w_{j}{k}^2"), B2, W3, B3),
        ("transposed", W2, B2, matrix(4, 2, lambda j, k: f"w_{k}{j}^3"), B3),
        ("layer-shift", matrix(4, 3, lambda j, k: f"w_{j}{k}^1"), B2, W3, B3),
        ("layer-shift", W2, B2, matrix(2, 4, lambda j, k: f"w_{j}{k}^2"), B3),
        ("counted-from-zero", matrix(4, 3, lambda j, k: f"w_{j - 1}{k - 1}^2"), B2, W3, B3),
        ("counted-from-zero", W2, ["b_0^2", "b_1^2", "b_2^2", "b_3^2"], W3, B3),
        ("layer-shift", W2, ["b_1^1", "b_2^1", "b_3^1", "b_4^1"], W3, B3),
        ("bias-of-sender", W2, ["b_1^2", "b_2^2", "b_3^2"], W3, B3),
        ("bias-of-sender", W2, B2, W3, ["b_1^2", "b_2^2", "b_3^2", "b_4^2"]),
        ("wrong-layer", W2, B2, W2, B2),
        ("flattened", [entry for row in W2 for entry in row], B2, W3, B3),
        ("order-reversed", W2, B2, W3, ["b_2^3", "b_1^3"]),
        ("one-entry", [*W2[:3], ["w_41^2", "w_42^2", "w_34^2"]], B2, W3, B3),
        ("all-zeros", W2, B2, W3, [0, 0]),
        ("answers-swapped", W3, B3, W2, B2),
        ("answers-swapped", W3, B2, W2, B3),
        ("answers-swapped", W2, B3, W3, B2),
        ("indices-swapped+layer-shift", matrix(4, 3, lambda j, k: f"w_{k}{j}^1"), B2, W3, B3),
        ("indices-swapped+layer-shift", W2, B2, matrix(2, 4, lambda j, k: w(k, j, 4)), B3),
        ("layer-shift+transposed", Matrix(4, 3, lambda j, k: w(j + 1, k + 1, 1)).T, B2, W3, B3),
        ("layer-shift+transposed", W2, B2, matrix(4, 2, lambda j, k: f"w_{k}{j}^2"), B3),
        ("counted-from-zero+indices-swapped", matrix(4, 3, lambda j, k: f"w_{k - 1}{j - 1}^2"), B2, W3, B3),
        ("counted-from-zero+transposed", matrix(3, 4, lambda j, k: f"w_{k - 1}{j - 1}^2"), B2, W3, B3),
        ("counted-from-zero+layer-shift", W2, B2, matrix(2, 4, lambda j, k: w(j - 1, k - 1, 4)), B3),
        (
            "layer-shift",
            matrix(4, 3, lambda j, k: f"w_{j}{k}^1"),
            ["b_1^1", "b_2^1", "b_3^1", "b_4^1"],
            matrix(2, 4, lambda j, k: f"w_{j}{k}^2"),
            ["b_1^2", "b_2^2"],
        ),
        (
            "indices-swapped",
            matrix(4, 3, lambda j, k: small("w", f"{k}{j}", 2)),
            B2,
            matrix(2, 4, lambda j, k: small("w", f"{k}{j}", 3)),
            B3,
        ),
        ("bias-of-sender", W2, ["b_1^1", "b_2^1", "b_3^1"], W3, ["b_1^2", "b_2^2", "b_3^2", "b_4^2"]),
        ("numbered-through", W2, B2, W3, ["b_5^3", "b_6^3"]),
        ("order-reversed", W2, B2[::-1], W3, B3),
        ("order-reversed", W2[::-1], B2, W3, B3),
        ("one-entry", [["w_11^2", "w_12^2", "w_13^3"], *W2[1:]], B2, W3, B3),
        ("one-entry", W2, ["b_1^2", "b_2^2", "b_3^3", "b_4^2"], W3, B3),
        ("one-entry", W2, B2, [W3[0], ["w_21^3", "w_22^3", "w_32^3", "w_24^3"]], B3),
        ("all-zeros", W2, np.zeros(4), W3, np.zeros(2)),
        ("flattened", W2, B2, [entry for row in W3 for entry in row], B3),
    ],
    "3.3": [
        ("bias-missing", PRODUCT, PRODUCT, sigma(Z)),
        ("bias-missing", PRODUCT, Z, f"σ({WA})"),
        ("bias-too-early", Z, Z, sigma(Z)),
        ("weight-missing", ACTIVATIONS, Z, sigma(Z)),
        ("weight-missing", PRODUCT, f"{ACTIVATIONS} + b_2^3", sigma(Z)),
        ("indices-swapped", PRODUCT, f"{WA_SWAPPED} + b_2^3", sigma(Z)),
        ("wrong-row", WA_ROW_1, Z, sigma(Z)),
        ("wrong-row", PRODUCT, f"{WA_ROW_1} + b_1^3", sigma(Z)),
        ("wrong-row", PRODUCT, f"{WA_ROW_1} + b_2^3", sigma(Z)),
        ("wrong-neuron", PRODUCT, f"{WA} + b_1^3", sigma(Z)),
        ("layer-shift", WA_OWN_LAYER, Z, sigma(Z)),
        ("layer-shift", WA.replace("^3", "^2"), Z, sigma(Z)),
        ("layer-shift", PRODUCT, f"{WA} + b_2^2", sigma(Z)),
        ("counted-from-zero", WA_FROM_ZERO, Z, sigma(Z)),
        ("one-term", "w_24^3 a_4^2", Z, sigma(Z)),
        ("one-term", PRODUCT, "w_22^3 a_2^2 + b_2^3", sigma(Z)),
        ("products-of-sums", f"({WEIGHTS})({ACTIVATIONS})", Z, sigma(Z)),
        ("bias-repeated", PRODUCT, f"{WA} + 4 b_2^3", sigma(Z)),
        ("sigma-missing", PRODUCT, Z, Z),
        ("sigma-too-early", PRODUCT, sigma(Z), sigma(Z)),
        ("sigma-too-early", PRODUCT, Z, f"σ({WA}) + b_2^3"),
        ("sigma-too-early", PRODUCT, Z, f"{PER_TERM} + b_2^3"),
        ("sign", PRODUCT, -Z, sigma(Z)),
        ("sigma-twice", PRODUCT, Z, f"σ(σ({WA} + b_2^3))"),
        ("term-sign", PRODUCT, f"{WA} - b_2^3", sigma(Z)),
        ("sum-and-product", f"{WEIGHTS} + {ACTIVATIONS}", Z, sigma(Z)),
        ("all-zeros", "0", "0", "0"),
        ("term-missing", WA_SHORT, Z, sigma(Z)),
        ("term-missing", "w_21^3 a_1^2 + w_22^3 a_2^2 + w_24^3 a_4^2", Z, sigma(Z)),
        ("term-missing", PRODUCT, f"{WA_SHORT} + b_2^3", sigma(Z)),
        ("term-missing", WA_SHORT, f"{WA_SHORT} + b_2^3", f"σ({WA_SHORT} + b_2^3)"),
        ("term-sign", PRODUCT, Z, f"σ({WA} - b_2^3)"),
        ("term-sign", "w_21^3 a_1^2 - w_22^3 a_2^2 + w_23^3 a_3^2 + w_24^3 a_4^2", Z, sigma(Z)),
        ("bias-missing+term-missing", PRODUCT, WA_SHORT, sigma(Z)),
        ("sigma-too-early", PRODUCT, f"{PER_TERM} + b_2^3", sigma(Z)),
        ("sigma-too-early", PER_TERM, Z, sigma(Z)),
        ("sigma-too-early", PRODUCT, Z, f"{INSIDE} + b_2^3"),
        ("bias-missing", PRODUCT, PRODUCT, sigma(PRODUCT)),
        ("layer-shift", WA_OWN_LAYER, f"{WA_OWN_LAYER} + b_2^3", f"σ({WA_OWN_LAYER} + b_2^3)"),
        ("indices-swapped", WA_SWAPPED, f"{WA_SWAPPED} + b_2^3", f"σ({WA_SWAPPED} + b_2^3)"),
        ("bias-missing+sigma-missing", PRODUCT, Z, PRODUCT),
        ("bias-missing+indices-swapped", PRODUCT, WA_SWAPPED, sigma(Z)),
        ("bias-missing+layer-shift", PRODUCT, WA_OWN_LAYER, sigma(Z)),
        ("bias-missing+weight-missing", PRODUCT, ACTIVATIONS, sigma(Z)),
        ("bias-missing+wrong-row", PRODUCT, Z, f"σ({WA_ROW_1})"),
        ("indices-swapped+layer-shift", WA_SWAPPED.replace("^3", "^2"), Z, sigma(Z)),
        ("layer-shift+wrong-row", WA_OWN_LAYER.replace("w_2", "w_1"), Z, sigma(Z)),
        ("sigma-missing+weight-missing", PRODUCT, Z, f"{ACTIVATIONS} + b_2^3"),
        ("bias-repeated", PRODUCT, " + ".join(f"w_2{k}^3 (a_{k}^2 + b_2^3)" for k in range(1, 5)), sigma(Z)),
        ("bias-repeated", PRODUCT, Z, f"σ({' + '.join(f'({term} + b_2^3)' for term in TERMS)})"),
        ("bias-of-sender", PRODUCT, f"{WA} + b_1^3 + b_2^3 + b_3^3 + b_4^3", sigma(Z)),
        ("bias-of-sender", PRODUCT, f"{WA} + b_1^2 + b_2^2 + b_3^2 + b_4^2", sigma(Z)),
        ("answers-swapped", Z, PRODUCT, sigma(Z)),
        ("answers-swapped", PRODUCT, sigma(Z), Z),
        ("exponent-sign", PRODUCT, Z, f"1/(1 + e^({WA} + b_2^3))"),
        ("exponent-sign", PRODUCT, Z, 1 / (1 + exp(Z))),
        ("bracket-missing", PRODUCT, Z, f"1/1 + e^(-({WA} + b_2^3))"),
        ("constant-factor", f"({WA})/4", Z, sigma(Z)),
        ("sigma-too-early", PRODUCT, sigma(Z), sigma(sigma(Z))),
        ("other-activation", PRODUCT, Z, tanh(Z)),
        ("sum-and-product", reduce(mul, (w(2, k, 3) * a(k, 2) for k in range(1, 5))), Z, sigma(Z)),
    ],
    "3.5": [
        ("weight-for-input", w(2, 4, 3), 1, 0),
        ("term-itself", "w_24^3 a_4^2", 1, 0),
        ("not-differentiated", Z, 1, 0),
        ("layer-shift", "a_4^3", 1, 0),
        ("layer-shift", "a_4^1", 1, 0),
        ("own-activation", "a_2^3", 1, 0),
        ("wrong-neuron", "a_2^2", 1, 0),
        ("all-terms", ACTIVATIONS, 1, 0),
        ("slope-too-many", f"σ'({WA} + b_2^3) a_4^2", 1, 0),
        ("sign", "-a_4^2", 1, 0),
        ("bias-as-constant", "a_4^2", 0, 0),
        ("term-itself", "a_4^2", "b_2^3", 0),
        ("bias-like-weight", "a_4^2", "a_4^2", 0),
        (None, "a_4^2", 2, 0),
        ("weight-elsewhere", "a_4^2", 1, "a_4^2"),
        ("weight-elsewhere", "a_4^2", 1, 1),
        ("weight-elsewhere", "a_4^2", 1, "w_14^3"),
        ("constant-kept", "a_4^2 + b_2^3", 1, 0),
        ("all-zeros", 0, 1, 0),
        ("input-missing", 1, 1, 0),
        ("answers-swapped", 1, "a_4^2", 0),
        ("answers-swapped", "a_4^2", 0, 1),
        ("answers-swapped", 0, 1, "a_4^2"),
        ("input-missing+slope-too-many", f"σ'({WA} + b_2^3)", 1, 0),
        ("slope-too-many", sigma(Z) * (1 - sigma(Z)) * a(4, 2), 1, 0),
        ("slope-too-many", "a_4^2", f"σ'({WA} + b_2^3)", 0),
        ("slope-too-many+weight-elsewhere", "a_4^2", 1, f"σ'({WA} + b_2^3) a_4^2"),
        ("layer-shift+wrong-neuron", "a_3^1", 1, 0),
        ("layer-shift+weight-for-input", "w_24^2", 1, 0),
        ("layer-shift+sign", "-a_4^1", 1, 0),
        ("own-activation", sigma(Z), 1, 0),
        ("weight-elsewhere", "a_4^2", 1, "w_14^3 a_4^2"),
        ("weight-elsewhere", "a_4^2", 1, "-a_4^2"),
        ("weight-elsewhere", "a_4^2", 1, f"{WA_ROW_1} + b_1^3"),
        ("constant-kept", f"{WA_SHORT} + a_4^2 + b_2^3", 1, 0),
        ("constant-kept", "a_4^2", f"{WA} + 1", 0),
        ("all-terms", f"{ACTIVATIONS} + 1", 1, 0),
        ("constant-factor", "4a_4^2", 1, 0),
        ("constant-off", "a_4^2 + 1", 1, 0),
        (None, "a_4^2", -1, 0),
        ("not-differentiated", "a_4^2", Z, 0),
        ("weight-for-input", "w_{24}^{(3)}", 1, 0),
        ("bias-like-weight", "a_4^2", "a_2^2", 0),
        ("bias-like-weight", "a_4^2", "w_24^3", 0),
    ],
    "3.6": [
        ("matrix-product", 25),
        ("matrix-product", np.dot([0, 1, 5, 2], [3, 2, 1, 9])),
        ("outer-product", np.outer([0, 1, 5, 2], [3, 2, 1, 9])),
        ("outer-product", np.outer([3, 2, 1, 9], [0, 1, 5, 2]).tolist()),
        ("entries-added", [3, 3, 6, 11]),
        ("all-zeros", [0, 0, 0, 0]),
        ("one-entry", [3, 2, 5, 18]),
        ("one-entry", [0, 2, 5, 9]),
        (None, [0, 2, 5]),
        (None, [0, 2, 5, 18, 0]),
        ("order-reversed", [18, 5, 2, 0]),
        ("power-for-product", [0, 1, 5, 512]),
        ("one-entry", [0, 2, 5, 11]),
        ("one-entry", [1, 2, 5, 18]),
        ("one-entry", "[0, 2, 6, 18]"),
        ("one-entry", [0, 2, 5, 81]),
        ("order-reversed", Matrix([18, 5, 2, 0])),
        ("first-twice", [0, 1, 25, 4]),
        ("first-twice", np.array([3, 2, 1, 9]) ** 2),
        ("first-twice", [0, 1, 5, 2]),
        ("constant-factor", [0, 4, 10, 36]),
        ("constant-off", [1, 3, 6, 19]),
        ("sign", [0, -2, -5, -18]),
        ("matrix-product", [25]),
        ("matrix-product", "0 + 2 + 5 + 18"),
        ("outer-product", np.kron([0, 1, 5, 2], [3, 2, 1, 9])),
        ("entries-added", "[3, 3, 6, 11]"),
        ("entries-added+order-reversed", [11, 6, 3, 3]),
        ("lists-joined", [0, 1, 5, 2, 3, 2, 1, 9]),
        (None, [-3, -1, 4, -7]),
        (None, np.diag([0, 2, 5, 18])),
    ],
    "3.7": [
        ("broadcast", lambda x, y: x * y),
        ("broadcast", np.multiply),
        ("broadcast", compares_lengths),
        ("broadcast", compares_sizes),
        ("broadcast", compares_dimensions),
        ("broadcast", compares_last_axes),
        ("broadcast", compares_sizes_and_dimensions),
        ("error-not-raised", returns_none_if_unequal),
        ("matrix-product", lambda x, y: np.sum(x * y)),
        ("matrix-product", np.vdot),
        ("outer-product", np.multiply.outer),
        ("entries-added", lambda x, y: x + y),
        ("first-twice", lambda x, y: x**2),
        ("input-changed", overwrites),
        ("matrix-product", lambda x, y: x @ y),
        (None, only_vectors),
        ("factor-inverted", lambda x, y: x / y),
        ("all-zeros", lambda x, y: 0 * x),
        (None, lambda x, y: "x ⊙ y"),
        ("matrix-product", np.dot),
        ("matrix-product", checked(np.dot)),
        ("matrix-product", checked(lambda x, y: x @ y.T)),
        ("matrix-product", checked(lambda x, y: np.sum(x * y, axis=-1))),
        ("matrix-product", np.inner),
        ("error-not-raised", returns_the_error),
        ("error-not-raised", returns_a_message),
        ("error-not-raised", returns_false),
        ("broadcast", complains_and_goes_on),
        ("broadcast", catches),
        ("broadcast", zips_rows),
        ("outer-product", checked(np.outer)),
        ("outer-product", checked(lambda x, y: np.tensordot(x, y, 0))),
        ("entries-added", checked(np.add)),
        ("first-twice", checked(lambda x, y: y * y)),
        ("first-twice", checked(lambda x, y: x)),
        ("constant-factor", checked(lambda x, y: 2 * x * y)),
        ("sign", checked(lambda x, y: -x * y)),
        ("constant-off", ones_added),
        ("all-zeros", zeros_multiplied),
        ("transposed", checked(lambda x, y: (x * y).T)),
        ("flattened", checked(lambda x, y: x.ravel() * y.ravel())),
        ("flattened", checked(lambda x, y: [p * q for p, q in zip(x.flat, y.flat, strict=True)])),
        ("input-changed", checked(lambda x, y: np.multiply(x, y, out=y))),
        ("input-changed", works_on_an_alias),
        ("broadcast+input-changed", only_overwrites),
        ("entries-added+input-changed", adds_in_place),
        (None, refuses_equal_shapes),
        (None, compares_identities),
        ("rounded", checked(lambda x, y: (x * y).astype(int))),
        (None, checked(lambda x, y: x**y)),
    ],
    "3.8": [
        ("off-by-one", "l - 1", "l - 2", "l - 1"),
        ("off-by-one", "l - 3", "l - 2", "l - 1"),
        ("off-by-one", "l - 1", "l - 1", "l - 1"),
        ("off-by-one", "l - 2", "l - 2", "l - 2"),
        ("off-by-one", "l - 2", "l - 2", "l"),
        ("translated-back", "l + 2", "l + 2", "l - 1"),
        ("translated-back", "l - 2", "l - 2", "l + 1"),
        ("same-number", "l", "l - 2", "l - 1"),
        ("sign", "2 - l", "l - 2", "l - 1"),
        ("constant-factor", "2(l - 2)", "l - 2", "l - 1"),
        ("all-zeros", "0", "l - 2", "l - 1"),
        ("constant-off", "l - 5", "l - 2", "l - 1"),
        ("answers-swapped", "l - 1", "l - 2", "l - 2"),
        ("off-by-one", "l - 1", "l - 1", "l"),
        ("off-by-one", l - 3, l - 3, l - 2),
        ("translated-back", "l + 2", "l + 2", "l + 1"),
        ("same-number", "l", "l", "l"),
        ("not-varying", "-2", "l - 2", "l - 1"),
        ("all-zeros", "0", "0", "0"),
        ("not-varying", "l - 2", "l - 2", "1"),
        ("constant-off", "l - 4", "l - 2", "l - 1"),
        ("constant-off", "l - 2", "l - 2", "l - 1/2"),
        ("constant-off", "l - 2", "l - 2", "l - 3"),
        ("off-by-one+translated-back", "l + 1", "l - 2", "l - 1"),
        ("off-by-one+translated-back", "l + 3", "l - 2", "l - 1"),
        ("off-by-one+translated-back", "l - 2", "l - 2", "l + 2"),
        ("off-by-one+sign", "1 - l", "l - 2", "l - 1"),
        ("sign", "l - 2", "l - 2", "1 - l"),
        ("factor-extra", "l - 2", "l(l - 2)", "l - 1"),
        ("constant-factor", "(l - 2)/2", "l - 2", "l - 1"),
        ("sum-and-product", "-2l", "-2l", "-l"),
        (None, "l/2", "l/2", "l - 1"),
    ],
    "3.9": [
        ("off-by-one", "i + 1", "i + 2", "i + 1", "K + 1"),
        ("off-by-one", "i + 3", "i + 2", "i + 1", "K + 1"),
        ("off-by-one", "i + 2", "i + 2", "i + 2", "K + 1"),
        ("off-by-one", "i + 2", "i + 2", "i", "K + 1"),
        ("off-by-one", "i + 2", "i + 2", "i + 1", "K"),
        ("off-by-one", "i + 2", "i + 2", "i + 1", "K + 2"),
        ("translated-back", "i - 2", "i - 2", "i + 1", "K + 1"),
        ("translated-back", "i + 2", "i + 2", "i + 1", "K - 1"),
        ("same-number", "i", "i + 2", "i + 1", "K + 1"),
        ("not-varying", "2", "i + 2", "i + 1", "K + 1"),
        ("not-varying", "i + 2", "i + 2", "i + 1", "3"),
        ("answers-swapped", "i + 1", "i + 2", "i + 2", "K + 1"),
        ("off-by-one", "i + 1", "i + 1", "i", "K"),
        ("off-by-one", "i + 1", "i + 1", "i + 1", "K + 1"),
        ("translated-back", i - 2, i - 2, i - 1, K - 1),
        ("same-number", "i", "i", "i", "K"),
        ("off-by-one+translated-back", "i - 1", "i + 2", "i + 1", "K + 1"),
        ("off-by-one+translated-back", "i - 3", "i + 2", "i + 1", "K + 1"),
        ("off-by-one+translated-back", "i + 2", "i + 2", "i + 1", "K - 2"),
        ("off-by-one+sign", "-i - 1", "i + 2", "i + 1", "K + 1"),
        ("constant-off", "i + 4", "i + 2", "i + 1", "K + 1"),
        ("constant-off", "i + 2", "i + 2", "i + 3", "K + 1"),
        ("constant-off", "i + 2", "i + 2", "i + 1", "K + 3"),
        ("sign", "-(i + 2)", "i + 2", "i + 1", "K + 1"),
        ("sign", "i + 2", "i + 2", "i + 1", "-K - 1"),
        ("not-varying", "i + 2", "i + 2", "1", "K + 1"),
        ("constant-factor", "2(i + 2)", "i + 2", "i + 1", "K + 1"),
        ("factor-extra", "i + 2", "i(i + 2)", "i + 1", "K + 1"),
        ("sum-and-product", "2i", "2i", "i + 1", "K + 1"),
        (None, "i + 2", "i + 2", "i + 1", "K^2"),
    ],
}
