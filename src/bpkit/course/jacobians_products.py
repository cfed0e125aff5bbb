"""Chapter 02, second part: maps one after the other, and the product of their Jacobian matrices."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import sympy

from bpkit.checking import Array

from .exercise import Problem
from .jacobians_answers import Composed, Floats, Shapes, Unfolded
from .jacobians_maps import CHAPTER, Slip, reordered, value_at, wrong_arrays, wrong_matrices
from .writing import tex


@CHAPTER.exercise(
    "2.4",
    "Shapes first",
    covers="fda/multivariate-chain-rule",
    points=2,
    vary={"sizes": ((5, 4, 2), (3, 5, 4), (2, 3, 5), (5, 2, 4), (3, 4, 2), (6, 3, 4), (2, 4, 3), (5, 3, 4))},
)
def shapes_first(sizes: tuple[int, int, int] = (4, 2, 3)) -> Problem:
    """The shapes of both factors and of the product, and when the other order has one, too."""
    p, q, r = sizes
    right = np.array([(q, p), (r, q), (r, p)])
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
    trap, trap_shape = np.array(r), np.array([q, q])
    trap_slips: list[Slip] = [("given-p", p), *(("inner-sizes", wrong) for wrong in (q, q * r, q + r, 0))]
    shape_slips: list[Slip] = [
        *(("right-order-shape", pair) for pair in ((r, r), (r, p))),
        *(("given-p", pair) for pair in ((q, p), (p, q), (p, p))),
        *(("inner-sizes-kept", pair) for pair in ((q, r), (r, q))),
        *(("sizes-multiplied", pair) for pair in ((q * r, q * r), (q * r, r * q), (q * p, r * q))),
    ]
    return Problem(
        statement=rf"""
Let $g: \mathbb{{R}}^{{{p}}} \to \mathbb{{R}}^{{{q}}}$ and $f: \mathbb{{R}}^{{{q}}} \to \mathbb{{R}}^{{{r}}}$.

(a) `shapes`: the shapes of $Dg(x)$, of $Df(g(x))$ and of $D[f \circ g]\,(x)$, in this order, as a list of three pairs
[rows, columns].

(b) Somebody multiplies in the wrong order, $Dg(x)\,Df(g(x))$. Most of the time NumPy refuses. Keep $q = {q}$ and
$r = {r}$: for which number $p$ of inputs would it not refuse? Hand in `trap`, that number, and `trap_shape`, the shape
that the wrong product would have then, as a pair.
""",
        answers=(
            Shapes("shapes", right, wrong_arrays(made, right)),
            Array("trap", trap, wrong_arrays(trap_slips, trap)),
            Shapes("trap_shape", trap_shape, wrong_arrays(shape_slips, trap_shape)),
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
    "The outer factor and the product",
    covers="fda/multivariate-chain-rule",
    points=3,
    vary={"a": (2, 4, 5), "b": (3, 4, 5), "n": (2, 3, 4)},
)
def factors_and_product(a: int = 3, b: int = 2, n: int = 2) -> Problem:
    """Df at g(x) and its product with Dg, in x alone."""
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
f(y_1, y_2, y_3) = \left({", ".join(map(tex, f))}\right), \qquad
Dg(x) = {tex(Dg)}.$$
The last one is done already. Hand in two matrices, in `x1` and `x2` alone:

(a) `Df_at_g`: $Df(g(x))$,

(b) `D_chain`: $D[f \circ g]\,(x)$.
""",
        answers=(
            asked("Df_at_g", at_g, outer_slips),
            asked("D_chain", whole, product_slips),
        ),
        hints=(
            "Write all shapes down before anything else, and see that they fit.",
            "Differentiate f by y_1, y_2 and y_3 first. Only then put in what they stand for.",
            "An entry of the product: a row of Df(g(x)) times a column of Dg(x). How many paths does it add up?",
        ),
        solution=rf"""
$Df$ is $2 \times 3$ and $Dg$ is $3 \times 2$:
$$Df(y) = {tex(Df)}, \qquad Df(g(x)) = {tex(at_g)}.$$
Each entry of the product adds up three paths, through $y_1$, $y_2$ and $y_3$:
$$D[f \circ g]\,(x) = {tex(whole.applyfunc(sympy.expand))}.$$
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
    jacobians = {name: expressions.jacobian(letters) for name, expressions in maps.items()}

    def value(name: str, point: Floats) -> Floats:
        return value_at(maps[name], letters, point)

    def slopes(name: str, point: Floats) -> Floats:
        return value_at(jacobians[name], letters, point)

    x = np.array(at, float)

    def chain(outer: str, inner: str, point: Floats = x) -> Floats:
        """Return the Jacobian of outer∘inner at a point."""
        return slopes(outer, value(inner, point)) @ slopes(inner, point)

    def rows(name: str) -> list[list[sympy.Expr]]:
        return jacobians[name].tolist()  # type: ignore[no-any-return]

    def slipped(outer: str, inner: str, y: Floats, wrong_f: Callable[[Floats], Floats]) -> Floats:
        """Return the product with a slip in Df, whether f is the outer map or the inner one."""
        if outer == "f":
            return wrong_f(y) @ slopes(inner, x)
        return slopes(outer, y) @ wrong_f(x)

    def slips(outer: str, inner: str) -> list[Slip]:
        y = value(inner, x)
        A, B, A_at_x = slopes(outer, y), slopes(inner, x), slopes(outer, x)
        return [
            ("other-composition", chain(inner, outer)),
            ("factors-swapped", B @ A),
            ("outer-at-inner-slope", A_at_x @ B),
            ("factors-swapped+outer-at-inner-slope", B @ A_at_x),
            ("wrong-inner-value", A @ slopes(inner, y)),
            *(("variables-swapped", wrong @ B) for wrong in (slopes(outer, y[::-1]), slopes(outer, x[::-1]))),
            ("variables-swapped", A @ slopes(inner, x[::-1])),
            ("variables-swapped", chain(outer, inner, x[::-1])),
            ("power-slip", slipped(outer, inner, y, lambda at: slopes("f", at) / [[1, 2], [1, 1]])),
            ("term-sign", slipped(outer, inner, y, lambda at: slopes("f", at) * [[1, 1], [1, -1]])),
            ("entries-multiplied", A * B),
            ("entries-multiplied+outer-at-inner-slope", A_at_x * B),
            ("slopes-added", A + B),
            ("inner-derivative-dropped", A),
            ("outer-derivative-dropped", B),
            ("factor-transposed", A.T @ B),
            ("factor-transposed", A @ B.T),
            ("not-differentiated", value(outer, y)),
        ]

    def asked(name: str, outer: str, inner: str) -> Composed:
        right = chain(outer, inner)
        fixed = [[float("nan") if slope.free_symbols else float(slope) for slope in row] for row in rows(outer)]
        mistakes = wrong_arrays(slips(outer, inner), right)
        return Composed(name, right.astype(int), mistakes, outer=np.array(fixed), inner=slopes(inner, x))

    fg, gf = chain("f", "g"), chain("g", "f")
    inside, outside = value("g", x), value("f", x)

    def shown(array: Floats) -> str:
        return tex(sympy.Matrix(array.astype(int).tolist()))

    def point(array: Floats) -> str:
        return f"({', '.join(str(int(entry)) for entry in array)})"

    return Problem(
        statement=rf"""
Both maps go from $\mathbb{{R}}^2$ to $\mathbb{{R}}^2$:
$$g(x_1, x_2) = \left({", ".join(map(tex, maps["g"]))}\right), \qquad
f(x_1, x_2) = \left({", ".join(map(tex, maps["f"]))}\right).$$
(The inputs of either map are called $x_1, x_2$ here; in $f \circ g$ what goes into $f$ is $g(x)$.) At the point
$x = {at}$, hand in two matrices of numbers:

(a) `D_fg`: $D[f \circ g]\,(x)$,

(b) `D_gf`: $D[g \circ f]\,(x)$.
""",
        answers=(
            asked("D_fg", "f", "g"),
            asked("D_gf", "g", "f"),
        ),
        hints=(
            "In f ∘ g, which map is applied first? Its Jacobian stands on the right, and is taken at x.",
            "The other factor is taken at another point. Compute that point first.",
            "All four Jacobians are 2 × 2, so the shapes say nothing here. Measure the result if in doubt.",
        ),
        solution=rf"""
$$Dg = {tex(jacobians["g"])}, \qquad Df = {tex(jacobians["f"])}.$$
(a) $g(x) = {point(inside)}$, so $D[f \circ g]\,(x) = Df({", ".join(str(int(entry)) for entry in inside)})\,Dg(x)
= {shown(slopes("f", inside))} {shown(slopes("g", x))} = {shown(fg)}$.

(b) $f(x) = {point(outside)}$, so $D[g \circ f]\,(x) = Dg({", ".join(str(int(entry)) for entry in outside)})\,Df(x)
= {shown(slopes("g", outside))} {shown(slopes("f", x))} = {shown(gf)}$.

The second is not the first with its factors exchanged: the factors themselves are taken at other points.
""",
    )


@CHAPTER.exercise(
    "2.7",
    "A gradient through a map",
    covers="fda/gradient-chain-rule",
    points=3,
    vary={"a": (2, 4, 5, 6), "n": (4, 5, 6), "m": (2, 3)},
)
def gradient_through(a: int = 3, n: int = 3, m: int = 2) -> Problem:
    """∇(f∘g)(x) = Dg(x)ᵀ ∇f(g(x)), as expressions."""
    # Not n = 2: there a path left out and a slip of the power rule lead to the same.
    x = x1, x2 = sympy.symbols("x1 x2")
    y = y1, y2, y3 = sympy.symbols("y1 y2 y3")
    g = sympy.Matrix([x1**n, x1 * x2, sympy.sin(x2)])
    f = a * y1 * y2 + y3**m
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
        ("power-slip", Dg.T * sympy.Matrix([*at_g[:2], at_g[2] / m])),
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
        ("functions-swapped", right.subs(sympy.sin(x2), sympy.cos(x2))),
        ("functions-swapped+power-slip", (right - terms[2] + terms[2] / m).subs(sympy.sin(x2), sympy.cos(x2))),
        ("factor-missing", right - terms[0] - terms[1] + (terms[0] + terms[1]) / a),
        # The slope of a·y1·y2 by x1, also in the place of that by x2.
        ("both-varied", sympy.Matrix([right[0], sympy.diff(a * g[0] * x1, x1) + terms[2][1]])),
        ("both-varied", sympy.Matrix([right[0], sympy.diff(a * g[0] * g[1], x1) + terms[2][1]])),
        ("term-sign", right - 2 * terms[2]),
    ]
    return Problem(
        statement=rf"""
Let
$$g(x_1, x_2) = \left({", ".join(map(tex, g))}\right), \qquad f(y_1, y_2, y_3) = {tex(f)}.$$
So $f$ goes from $\mathbb{{R}}^3$ to $\mathbb{{R}}$. Hand in `gradient`, the column $\nabla (f \circ g)(x)$ of
shape $2 \times 1$, with expressions in `x1` and `x2` (a flat list of two is read as a column; a row is not one).
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
