"""Chapter 02, second part: maps one after the other, and the product of their Jacobian matrices."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import sympy

from bpkit.checking import Array

from .exercise import Problem
from .jacobians_maps import CHAPTER, Floats, Slip, Unfolded, reordered, wrong_arrays, wrong_matrices
from .writing import tex


@CHAPTER.exercise(
    "2.4",
    "Shapes first",
    covers="fda/multivariate-chain-rule",
    points=2,
    vary={"sizes": ((5, 3, 2), (3, 5, 4), (6, 2, 3), (2, 3, 5))},
)
def shapes_first(sizes: tuple[int, int, int] = (4, 2, 3)) -> Problem:
    """The shapes of both factors and of the product, and when the other order has one, too."""
    p, q, r = sizes
    right = np.array([(q, p), (r, q), (r, p)], float)
    inner, outer, whole = right
    made: list[Slip] = [
        ("transposed", right[:, ::-1]),
        *(
            ("pairs-turned", np.where(np.array(turned)[:, None], right[:, ::-1], right))
            for turned in product((False, True), repeat=3)
            if 0 < sum(turned) < 3
        ),
        ("factors-swapped", [outer, inner, whole]),
        ("factors-swapped", [outer, inner, (q, q)]),
        ("inner-sizes-kept", [inner, outer, (q, q)]),
        ("inner-sizes-kept", [inner, outer, (r, q)]),
        ("inner-sizes-kept", [inner, outer, (q, p)]),
        ("sizes-multiplied", [inner, outer, (r * q, q * p)]),
        ("sizes-of-vectors", [(p, 1), (q, 1), (p, 1)]),
        ("sizes-of-vectors", [(q, 1), (r, 1), (r, 1)]),
    ]
    # For (b) the sizes are q and r, and p is what is asked for.
    trap = np.array(float(r))
    trap_shape = np.array([q, q], float)
    return Problem(
        statement=rf"""
Let $g: \mathbb{{R}}^{{{p}}} \to \mathbb{{R}}^{{{q}}}$ and $f: \mathbb{{R}}^{{{q}}} \to \mathbb{{R}}^{{{r}}}$.

(a) `shapes`: the shapes of $Dg(x)$, of $Df(g(x))$ and of $D[f \circ g](x)$, in this order, as a list of three pairs
[rows, columns].

(b) Somebody multiplies in the wrong order, $Dg(x)\,Df(g(x))$. Most of the time NumPy refuses. Keep $q = {q}$ and
$r = {r}$: for which number $p$ of inputs would it not refuse? Hand in `trap`, that number, and `trap_shape`, the shape
that the wrong product would have then, as a pair.
""",
        answers=(
            Array("shapes", right, wrong_arrays(made, right)),
            Array(
                "trap",
                trap,
                wrong_arrays(
                    [("inner-sizes", q), ("given-p", p), ("inner-sizes", q * r), ("inner-sizes", q + r)], trap
                ),
            ),
            Array(
                "trap_shape",
                trap_shape,
                wrong_arrays(
                    [
                        ("right-order-shape", (r, r)),
                        ("right-order-shape", (r, p)),
                        ("given-p", (q, p)),
                        ("inner-sizes-kept", (q, r)),
                        ("inner-sizes-kept", (r, q)),
                    ],
                    trap_shape,
                ),
            ),
        ),
        hints=(
            "A Jacobian has a row for each number that comes out, and a column for each that goes in.",
            "In a product of matrices the inner sizes meet and vanish; the outer ones are left.",
            "For (b) write both shapes down with the letter p in them, in the wrong order. Which two numbers meet?",
        ),
        solution=rf"""
(a) $Dg(x)$ is ${q} \times {p}$ and $Df(g(x))$ is ${r} \times {q}$. In the product $({r} \times {q})\,({q} \times {p})$
the two ${q}$ meet, and ${r} \times {p}$ is left: outputs of $f$, inputs of $g$.

(b) In $({q} \times p)\,({r} \times {q})$ the sizes $p$ and ${r}$ meet, so $p = {r}$, and the product is
${q} \times {q}$. The right one is ${r} \times {r}$ then. Only if $p = q = r$ is even the shape the same.
""",
    )


@CHAPTER.exercise(
    "2.5",
    "Both factors and the product",
    covers="fda/multivariate-chain-rule",
    points=4,
    vary={"a": (2, 4, 5), "b": (3, 4, 5), "n": (2, 3, 4)},
)
def factors_and_product(a: int = 3, b: int = 2, n: int = 2) -> Problem:
    """Df at g(x), Dg and their product, in x alone."""
    x = x1, x2 = sympy.symbols("x1 x2")
    y = y1, y2, y3 = sympy.symbols("y1 y2 y3")
    g = sympy.Matrix([x1 * x2, x1 + b * x2, x2**n])
    f = sympy.Matrix([y1 * y2, a * y1**2 + y3])
    Df, Dg = f.jacobian(y), g.jacobian(x)
    inner = dict(zip(("y1", "y2", "y3"), g, strict=True))
    at_g = Df.subs(dict(zip(y, g, strict=True)))
    at_x = Df.subs({y1: x1, y2: x2})
    whole = at_g * Dg

    def without_path(k: int) -> sympy.Matrix:
        return whole - at_g[:, k] * Dg[k, :]

    outer_slips: list[Slip] = [
        ("outer-at-inner-slope", at_x),
        ("product-for-factor", whole),
        *reordered(at_g),
        ("not-differentiated", f.subs(dict(zip(y, g, strict=True)))),
        ("row-left-out", at_g[0, :]),
        ("row-left-out", at_g[1, :]),
        *(("column-left-out", at_g[:, [m for m in range(3) if m != k]]) for k in range(3)),
    ]
    inner_slips: list[Slip] = [
        *reordered(Dg),
        ("not-differentiated", g),
        ("product-for-factor", whole),
        *(("row-left-out", Dg[[m for m in range(3) if m != k], :]) for k in range(3)),
        ("columns-added", Dg * sympy.ones(2, 1)),
    ]
    product_slips: list[Slip] = [
        ("outer-at-inner-slope", at_x * Dg),
        ("factors-swapped", Dg * at_g),
        ("factors-swapped+outer-at-inner-slope", Dg * at_x),
        *(("path-missing", without_path(k)) for k in range(3)),
        *(("path-missing", at_g[:, k] * Dg[k, :]) for k in range(3)),
        ("inner-derivative-dropped", at_g),
        ("outer-derivative-dropped", Dg),
        ("paths-not-added", at_g.multiply_elementwise(Dg.T)),
        ("slopes-added", at_g + Dg.T),
        ("not-differentiated", f.subs(dict(zip(y, g, strict=True)))),
        ("columns-added", whole * sympy.ones(2, 1)),
        ("rows-added", sympy.ones(1, 2) * whole),
        ("products-of-sums", (at_g * sympy.ones(3, 1)) * (sympy.ones(1, 3) * Dg)),
        *reordered(whole),
    ]
    names = ("x1", "x2")

    def asked(name: str, right: sympy.Matrix, made: list[Slip]) -> Unfolded:
        return Unfolded(name, right, names, wrong_matrices(made, right), inner=inner)

    return Problem(
        statement=rf"""
Let
$$g(x_1, x_2) = \left({", ".join(map(tex, g))}\right), \qquad
f(y_1, y_2, y_3) = \left({", ".join(map(tex, f))}\right).$$
Hand in three matrices, in `x1` and `x2` alone:

(a) `Df_at_g`: $Df(g(x))$,

(b) `Dg`: $Dg(x)$,

(c) `D_fg`: $D[f \circ g](x)$.
""",
        answers=(
            asked("Df_at_g", at_g, outer_slips),
            asked("Dg", Dg, inner_slips),
            asked("D_fg", whole, product_slips),
        ),
        hints=(
            "Write the three shapes down before anything else, and see that they fit.",
            "Differentiate f by y_1, y_2 and y_3 first. Only then put in what they stand for.",
            "An entry of the product: a row of Df(g(x)) times a column of Dg(x). How many paths does it add up?",
        ),
        solution=rf"""
$Df$ is $2 \times 3$ and $Dg$ is $3 \times 2$:
$$Df(y) = {tex(Df)}, \qquad Df(g(x)) = {tex(at_g)}, \qquad Dg(x) = {tex(Dg)}.$$
Each entry of the product adds up three paths, through $y_1$, $y_2$ and $y_3$:
$$D[f \circ g](x) = {tex(whole.applyfunc(sympy.expand))}.$$
""",
    )


@CHAPTER.exercise(
    "2.6",
    "Two maps of the plane",
    covers="fda/multivariate-chain-rule",
    points=2,
    vary={"a": (2, 4, 5), "b": (2, 3, 4), "at": ((1, 3), (3, 1), (-1, 2), (2, -3))},
)
def maps_of_the_plane(a: int = 3, b: int = 2, at: tuple[int, int] = (3, 2)) -> Problem:
    """D[f∘g] and D[g∘f] at one point: legal shapes in every order."""
    letters = sympy.symbols("x1 x2")
    x1, x2 = letters
    maps = {"g": sympy.Matrix([x1 * x2, x1 + b * x2]), "f": sympy.Matrix([x1 + x2**2, a * x1 - x2])}
    value: dict[str, Callable[[Floats], Floats]] = {}
    slopes: dict[str, Callable[[Floats], Floats]] = {}
    for name, expressions in maps.items():
        go, turn = (
            sympy.lambdify([letters], list(expressions)),
            sympy.lambdify([letters], expressions.jacobian(letters)),
        )
        value[name] = lambda point, go=go: np.array(go(point), float)  # type: ignore[misc]
        slopes[name] = lambda point, turn=turn: np.array(turn(point), float)  # type: ignore[misc]
    x = np.array(at, float)

    def chain(outer: str, inner: str) -> Floats:
        """Return the Jacobian of outer∘inner at x."""
        return slopes[outer](value[inner](x)) @ slopes[inner](x)

    def slips(outer: str, inner: str) -> list[Slip]:
        A, B, A_at_x = slopes[outer](value[inner](x)), slopes[inner](x), slopes[outer](x)
        return [
            ("other-composition", chain(inner, outer)),
            ("factors-swapped", B @ A),
            ("outer-at-inner-slope", A_at_x @ B),
            ("factors-swapped+outer-at-inner-slope", B @ A_at_x),
            ("wrong-inner-value", A @ slopes[inner](value[inner](x))),
            ("entries-multiplied", A * B),
            ("entries-multiplied+outer-at-inner-slope", A_at_x * B),
            ("slopes-added", A + B),
            ("inner-derivative-dropped", A),
            ("outer-derivative-dropped", B),
            ("factor-transposed", A.T @ B),
            ("factor-transposed", A @ B.T),
            ("not-differentiated", value[outer](value[inner](x))),
        ]

    fg, gf = chain("f", "g"), chain("g", "f")
    inside, outside = value["g"](x), value["f"](x)

    def shown(array: Floats) -> str:
        return tex(sympy.Matrix(array.astype(int).tolist()))

    def point(array: Floats) -> str:
        return f"({', '.join(str(int(entry)) for entry in array)})"

    return Problem(
        statement=rf"""
Both maps go from $\mathbb{{R}}^2$ to $\mathbb{{R}}^2$:
$$g(x_1, x_2) = \left({", ".join(map(tex, maps["g"]))}\right), \qquad
f(x_1, x_2) = \left({", ".join(map(tex, maps["f"]))}\right).$$
At the point $x = {at}$, hand in two matrices of numbers:

(a) `D_fg`: $D[f \circ g](x)$,

(b) `D_gf`: $D[g \circ f](x)$.
""",
        answers=(
            Array("D_fg", fg, wrong_arrays(slips("f", "g"), fg)),
            Array("D_gf", gf, wrong_arrays(slips("g", "f"), gf)),
        ),
        hints=(
            "In f ∘ g, which map is applied first? Its Jacobian stands on the right, and is taken at x.",
            "The other factor is taken at another point. Compute that point first.",
            "All four Jacobians are 2 × 2, so the shapes say nothing here. Measure the result if in doubt.",
        ),
        solution=rf"""
With the letters $x_1, x_2$ for the inputs of either map,
$$Dg = {tex(maps["g"].jacobian(letters))}, \qquad Df = {tex(maps["f"].jacobian(letters))}.$$
(a) $g(x) = {point(inside)}$, so $D[f \circ g](x) = Df({", ".join(str(int(entry)) for entry in inside)})\,Dg(x)
= {shown(slopes["f"](inside))} {shown(slopes["g"](x))} = {shown(fg)}$.

(b) $f(x) = {point(outside)}$, so $D[g \circ f](x) = Dg({", ".join(str(int(entry)) for entry in outside)})\,Df(x)
= {shown(slopes["g"](outside))} {shown(slopes["f"](x))} = {shown(gf)}$.

The second is not the first with its factors exchanged: the factors themselves are taken at other points.
""",
    )


@CHAPTER.exercise(
    "2.7",
    "A gradient through a map",
    covers="fda/gradient-chain-rule",
    points=3,
    vary={"a": (2, 4, 5), "n": (4, 5)},
)
def gradient_through(a: int = 3, n: int = 3) -> Problem:
    """∇(f∘g)(x) = Dg(x)ᵀ ∇f(g(x)), as expressions."""
    # Not n = 2: there a path left out and a slip of the power rule lead to the same.
    x = x1, x2 = sympy.symbols("x1 x2")
    y = y1, y2, y3 = sympy.symbols("y1 y2 y3")
    g = sympy.Matrix([x1**n, x1 * x2, sympy.sin(x2)])
    f = a * y1 * y2 + y3**2
    inner = dict(zip(("y1", "y2", "y3"), g, strict=True))
    meanings = dict(zip(y, g, strict=True))
    up = sympy.Matrix([sympy.diff(f, letter) for letter in y])
    at_g, Dg = up.subs(meanings), g.jacobian(x)
    right = Dg.T * at_g
    terms = [at_g[k] * Dg[k, :].T for k in range(3)]
    made: list[Slip] = [
        ("inner-derivative-dropped", at_g),
        ("outer-derivative-dropped", Dg.T * sympy.ones(3, 1)),
        *(
            ("outer-at-inner-slope", Dg.T * up.subs(dict(zip(y, point, strict=True))))
            for point in product((g[0], x1), (g[1], x2), (g[2], x1, x2))
        ),
        ("power-slip", Dg.T * sympy.Matrix([*at_g[:2], at_g[2] / 2])),
        ("power-slip", right - terms[0] + terms[0] / n),
        ("power-slip", right - terms[0] + terms[0] * x1),
        ("paths-multiplied", sympy.Matrix([terms[0][0] * terms[1][0], terms[1][1] * terms[2][1]])),
        *(("path-missing", right - term) for term in terms),
        *(("path-missing", term) for term in terms),
        ("paths-not-added", Dg.T * sympy.diag(*at_g)),
        ("paths-not-added", sympy.diag(*at_g) * Dg),
        ("products-of-sums", (Dg.T * sympy.ones(3, 1)) * sum(at_g)),
        ("components-added", sympy.Matrix([sum(right)])),
        ("not-differentiated", sympy.Matrix([f.subs(meanings)])),
        ("jacobian-for-gradient", Dg),
        ("jacobian-for-gradient", Dg.T),
        ("slopes-added", Dg.T * sympy.ones(3, 1) + sympy.ones(2, 1) * sum(at_g)),
        ("functions-swapped", right.subs(sympy.cos(x2), sympy.sin(x2))),
        ("sign", right - 2 * terms[2]),
    ]
    return Problem(
        statement=rf"""
Let
$$g(x_1, x_2) = \left({", ".join(map(tex, g))}\right), \qquad f(y_1, y_2, y_3) = {tex(f)}.$$
So $f$ goes from $\mathbb{{R}}^3$ to $\mathbb{{R}}$. Hand in `gradient`, the column $\nabla (f \circ g)(x)$ of
shape $2 \times 1$, with expressions in `x1` and `x2` (a flat list of two is read as a column).
""",
        answers=(Unfolded("gradient", right, ("x1", "x2"), wrong_matrices(made, right), inner=inner),),
        hints=(
            "∇f(g(x)) is a column with three entries: differentiate by the y's, and then put g(x) in.",
            "Which shape must the matrix have that takes this column of three to a column of two?",
            "Entry j adds up three paths: from x_j to each y_k, and from there to f.",
        ),
        solution=rf"""
$$\nabla f(g(x)) = {tex(at_g)}, \qquad Dg(x)^T = {tex(Dg.T)}.$$
The matrix is transposed, since its rows now have to be the inputs $x_j$. The product is
$$\nabla (f \circ g)(x) = Dg(x)^T\, \nabla f(g(x)) = {tex(right.applyfunc(sympy.expand))}.$$
""",
    )
