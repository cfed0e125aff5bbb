import numpy as np
import sympy
from sympy import Function, Matrix, Symbol, exp, symbols

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
    ],
    "3.9": [
        ("i + 2", "i + 2", "i + 1", "K + 1"),
        (i + 2, i + 2, i + 1, K + 1),
        ("2 + i", "(i+1)+1", "1+i", "1+K"),
        ("i+2", Symbol("i", integer=True) + 2, "i - (-1)", "K+1.0"),
        (["i+2", "i+2", "i+1", "K+1"],),
        (r"\left(i+2\right)", "i + 4/2", "(i^2 - 1)/(i - 1)", "(K+2) - 1"),
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
        (None, [label for row in LABELS for label in row]),
        (None, LABELS[::-1]),
        (None, [*LABELS[:2], ["a_1^3"]]),
        (None, [*LABELS[:2], ["a_1^3", "a_1^3"]]),
        (None, [LABELS[0], LABELS[1], [*LABELS[2], "a_3^3"]]),
        (None, [LABELS[0], ["a_1^2", "a_2^2", "a_4^2", "a_3^2"], LABELS[2]]),
        (None, [["1"]]),
    ],
    "3.2": [
        ("indices-swapped", matrix(4, 3, lambda j, k: f"w_{k}{j}^2"), B2, W3, B3),
        ("indices-swapped", W2, B2, matrix(2, 4, lambda j, k: w(k, j, 3)), B3),
        ("transposed", Matrix(4, 3, lambda j, k: w(j + 1, k + 1, 2)).T, B2, W3, B3),
        ("transposed", matrix(3, 4, lambda j, k: f"w_{j}{k}^2"), B2, W3, B3),
        ("transposed", W2, B2, matrix(4, 2, lambda j, k: f"w_{k}{j}^3"), B3),
        ("layer-shift", matrix(4, 3, lambda j, k: f"w_{j}{k}^1"), B2, W3, B3),
        ("layer-shift", W2, B2, matrix(2, 4, lambda j, k: f"w_{j}{k}^2"), B3),
        ("counted-from-zero", matrix(4, 3, lambda j, k: f"w_{j - 1}{k - 1}^2"), B2, W3, B3),
        ("counted-from-zero", W2, ["b_0^2", "b_1^2", "b_2^2", "b_3^2"], W3, B3),
        ("layer-shift", W2, ["b_1^1", "b_2^1", "b_3^1", "b_4^1"], W3, B3),
        ("bias-of-sender", W2, ["b_1^2", "b_2^2", "b_3^2"], W3, B3),
        ("bias-of-sender", W2, B2, W3, ["b_1^2", "b_2^2", "b_3^2", "b_4^2"]),
        (None, W2, B2, W2, B2),
        (None, [entry for row in W2 for entry in row], B2, W3, B3),
        (None, W2, B2, W3, ["b_2^3", "b_1^3"]),
        (None, [*W2[:3], ["w_41^2", "w_42^2", "w_34^2"]], B2, W3, B3),
        (None, W2, B2, W3, [0, 0]),
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
        (None, PRODUCT, Z, f"σ(σ({WA} + b_2^3))"),
        (None, PRODUCT, f"{WA} - b_2^3", sigma(Z)),
        (None, f"{WEIGHTS} + {ACTIVATIONS}", Z, sigma(Z)),
        (None, "0", "0", "0"),
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
        ("constant-factor", "a_4^2", 2, 0),
        ("weight-elsewhere", "a_4^2", 1, "a_4^2"),
        (None, "a_4^2", 1, 1),
        (None, "a_4^2", 1, "w_14^3"),
        (None, "a_4^2 + b_2^3", 1, 0),
        (None, 0, 1, 0),
        (None, 1, 1, 0),
    ],
    "3.6": [
        ("matrix-product", 25),
        ("matrix-product", np.dot([0, 1, 5, 2], [3, 2, 1, 9])),
        ("outer-product", np.outer([0, 1, 5, 2], [3, 2, 1, 9])),
        ("outer-product", np.outer([3, 2, 1, 9], [0, 1, 5, 2]).tolist()),
        ("entries-added", [3, 3, 6, 11]),
        ("all-zeros", [0, 0, 0, 0]),
        (None, [3, 2, 5, 18]),
        (None, [0, 2, 5, 9]),
        (None, [0, 2, 5]),
        (None, [0, 2, 5, 18, 0]),
        (None, [18, 5, 2, 0]),
        (None, [0, 1, 5, 512]),
    ],
    "3.7": [
        ("broadcast", lambda x, y: x * y),
        ("broadcast", np.multiply),
        ("broadcast", compares_lengths),
        ("broadcast", compares_sizes),
        ("broadcast", compares_dimensions),
        ("broadcast", compares_last_axes),
        ("broadcast", compares_sizes_and_dimensions),
        (None, returns_none_if_unequal),
        ("matrix-product", lambda x, y: np.sum(x * y)),
        ("matrix-product", np.vdot),
        ("outer-product", np.multiply.outer),
        ("entries-added", lambda x, y: x + y),
        ("first-twice", lambda x, y: x**2),
        ("input-changed", overwrites),
        (None, lambda x, y: x @ y),
        (None, only_vectors),
        (None, lambda x, y: x / y),
        ("all-zeros", lambda x, y: 0 * x),
        (None, lambda x, y: "x ⊙ y"),
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
        (None, "0", "l - 2", "l - 1"),
        (None, "l - 5", "l - 2", "l - 1"),
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
        (None, "2", "i + 2", "i + 1", "K + 1"),
        (None, "i + 2", "i + 2", "i + 1", "3"),
    ],
}
