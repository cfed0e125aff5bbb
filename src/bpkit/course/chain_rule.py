"""Chapter 01: the chain rule, along one chain and over several paths."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Expression, Function, Mistake
from bpkit.checking.chains import at_point, chain_mistakes, path_mistakes, value_mistakes, with_sign
from bpkit.checking.functions import Case

from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter(
    "01_chain_rule",
    "The chain rule",
    reading={"worksheet/chain-rule-partial": "Several paths"},
)

Vector = NDArray[np.float64]

x, u, v, y = sympy.symbols("x u v y")
f1, f2 = sympy.symbols("f1 f2")
SLOPE = "the slope measured"


def _chain(*links: tuple[str, sympy.Expr]) -> sympy.Expr:
    """Put each link into the one outside it: the whole as an expression in the last variable."""
    whole = links[0][1]
    for (name, _), (_, inner) in pairwise(links):
        whole = whole.subs(sympy.Symbol(name), inner)
    return whole


def _slope(name: str, *links: tuple[str, sympy.Expr]) -> Expression:
    """Ask for the derivative of a chain by its last variable."""
    last = links[-1][0]
    inner: dict[str, sympy.Expr] = {}
    for position, (name_inside, _) in enumerate(links[:-1]):
        inner[name_inside] = _chain(*links[position + 1 :])
    whole = sympy.diff(_chain(*links), sympy.Symbol(last))
    return Expression(name, whole, (last,), chain_mistakes(links), inner, measured=SLOPE)


@CHAPTER.exercise(
    "1.1",
    "One function inside another",
    covers="fda/chain-rule",
    points=2,
    vary={"a": range(2, 8), "n": range(2, 6)},
)
def inside(a: int = 3, n: int = 4) -> Problem:
    """sin(a x²) and e^(x^n): the outer derivative at the inner value, times the inner derivative."""
    sine = (("u", sympy.sin(u)), ("x", a * x**2))
    power = (("u", sympy.exp(u)), ("x", x**n))
    first, second = _slope("dp_dx", *sine), _slope("dq_dx", *power)
    return Problem(
        statement=rf"Differentiate $p(x) = {tex(_chain(*sine))}$ and $q(x) = {tex(_chain(*power))}$.",
        answers=(first, second),
        hints=(
            "Which function is applied last? That is the outer one, f; what it is applied to is g(x).",
            "Differentiate the outer function first and leave its inside as it is.",
            "Then multiply by the derivative of the inside.",
        ),
        solution=rf"""
With $g(x) = {tex(sine[1][1])}$ and $f(u) = {tex(sine[0][1])}$ we have $f'(u) = {tex(sympy.diff(sine[0][1], u))}$,
taken at $u = g(x)$, and $g'(x) = {tex(sympy.diff(sine[1][1], x))}$. So $p'(x) = {tex(first.expected)}$.

In the same way $q'(x) = {tex(second.expected)}$: the exponential is its own derivative, and the inside adds the
factor ${tex(sympy.diff(power[1][1], x))}$.
""",
    )


@CHAPTER.exercise(
    "1.2",
    "Two notations, one rule",
    covers="dsc255/chain-rule",
    points=2,
    vary={"a": range(2, 8), "n": (3, 5)},
)
def two_notations(a: int = 5, n: int = 3) -> Problem:
    """h = g∘f in primes, z = g(y) with y = f(x) in fractions."""
    h = (("y", sympy.log(y)), ("x", 1 + x ** (n + 1)))
    z = (("y", y**n), ("x", sympy.cos(x) + a))
    first, second = _slope("h_prime", *h), _slope("dz_dx", *z)
    return Problem(
        statement=rf"""
(a) Let $g(y) = {tex(h[0][1])}$, $f(x) = {tex(h[1][1])}$ and $h(x) = g(f(x))$. Find $h'(x)$.

(b) Let $z = {tex(z[0][1])}$ and $y = {tex(z[1][1])}$. Find $\frac{{dz}}{{dx}}$, in $x$ alone.
""",
        answers=(first, second),
        hints=(
            "In (a) the outer function is g: where is g′ to be evaluated?",
            "In (b) write dz/dy first, then dy/dx, and multiply.",
            "Then replace y by what it stands for, so that only x is left.",
        ),
        solution=rf"""
(a) $h'(x) = g'(f(x)) \cdot f'(x)$, with $g'(y) = {tex(sympy.diff(h[0][1], y))}$ and
$f'(x) = {tex(sympy.diff(h[1][1], x))}$. So $h'(x) = {tex(first.expected)}$.

(b) $\frac{{dz}}{{dx}} = \frac{{dz}}{{dy}} \frac{{dy}}{{dx}}
= {tex(sympy.diff(z[0][1], y))} \cdot \left({tex(sympy.diff(z[1][1], x))}\right)$ with
$y = {tex(z[1][1])}$, so $\frac{{dz}}{{dx}} = {tex(second.expected)}$.
""",
    )


@CHAPTER.exercise(
    "1.3",
    "Each factor at its own point",
    covers="worksheet/chain-rule",
    points=2,
    vary={"a": range(2, 6), "c": range(1, 5), "at": (-2, -1, 2, 3)},
)
def own_point(a: int = 3, c: int = 1, at: int = 2) -> Problem:
    """The product of three local derivatives, evaluated at the right points."""
    links = (("f1", f1**2), ("f2", a * f2 - 1), ("x", x**2 + c))
    slopes = [sympy.diff(expr, sympy.Symbol(name)) for name, expr in links]
    inner2 = links[2][1].subs(x, at)
    inner1 = links[1][1].subs(f2, inner2)
    factors = (slopes[0].subs(f1, inner1), slopes[1].subs(f2, inner2), slopes[2].subs(x, at))
    product = sympy.Mul(*factors)
    mistakes = with_sign(at_point(chain_mistakes(links), {x: at}, product), product)
    return Problem(
        statement=rf"""
Let $f = f_1^2$, $f_1 = {tex(links[1][1]).replace("f_{2}", "f_2")}$ and $f_2 = {tex(links[2][1])}$, so that the local
derivatives are $\frac{{df}}{{df_1}} = 2 f_1$, $\frac{{df_1}}{{df_2}} = {a}$ and $\frac{{df_2}}{{dx}} = 2x$.

What is $\frac{{df}}{{dx}}$ at $x = {at}$? The answer is a number.
""",
        answers=(Expression("slope", product, (), tuple(mistakes), measured=SLOPE),),
        hints=(
            "Go forward first: which value has f₂ at this x, and then which value has f₁?",
            "The factor 2 f₁ belongs at the value of f₁, not at x.",
        ),
        solution=rf"""
Forward: $f_2 = {inner2}$, then $f_1 = {inner1}$. Each factor at its own point:
$\frac{{df}}{{df_1}} = 2 \cdot ({inner1}) = {factors[0]}$, $\frac{{df_1}}{{df_2}} = {factors[1]}$,
$\frac{{df_2}}{{dx}} = 2 \cdot ({at}) = {factors[2]}$. Their product is ${product}$.
""",
    )


@CHAPTER.exercise(
    "1.4",
    "Three links (worksheet 1)",
    covers="worksheet/1",
    points=3,
    vary={"a": range(2, 8), "c": range(1, 6), "p": range(2, 7)},
)
def three_links(a: int = 4, c: int = 2, p: int = 5) -> Problem:
    """f = a f1², f1 = f2 − c, f2 = p x³ − x + 1."""
    links = (("f1", a * f1**2), ("f2", f2 - c), ("x", p * x**3 - x + 1))
    slopes = [sympy.diff(expr, sympy.Symbol(name)) for name, expr in links]
    f1_in_x = _chain(*links[1:])
    in_x = tex(f1_in_x)
    # SymPy would move a common factor of the last link's slope.
    answer = replace(_slope("df_dx", *links), example=f"{2 * a}*({f1_in_x})*({slopes[2]})")
    return Problem(
        statement=rf"""
Let $f = {a} f_1^2$, $f_1 = f_2 - {c}$ and $f_2 = {tex(links[2][1])}$.
Use the chain rule to compute $\frac{{df}}{{dx}}$, as an expression in $x$.
""",
        answers=(answer,),
        hints=(
            "How many links has the chain from x to f? The derivative has as many factors.",
            "Write the three local derivatives df/df₁, df₁/df₂ and df₂/dx side by side.",
            "One of them still holds f₁: put in what f₁ is, in x.",
        ),
        solution=rf"""
Three links, three factors:
$$\frac{{df}}{{dx}} = \frac{{df}}{{df_1}} \frac{{df_1}}{{df_2}} \frac{{df_2}}{{dx}}
= {2 * a} f_1 \cdot {tex(slopes[1])} \cdot \left({tex(slopes[2])}\right).$$
With $f_1 = f_2 - {c} = {in_x}$ this is
$$\frac{{df}}{{dx}} = {2 * a} \left({in_x}\right) \left({tex(slopes[2])}\right).$$
""",
    )


@CHAPTER.exercise(
    "1.5",
    "A composition of any length",
    covers="carson/composition",
    points=3,
    vary={"a": (2, 3), "b": range(1, 5), "at": (-1, 0)},
)
def long_composition(a: int = 2, b: int = 1, at: int = 0) -> Problem:
    """y = (f₃∘f₂∘f₁)(x): its value and its slope."""
    x1, x2 = sympy.symbols("x1 x2")
    links = (("x2", sympy.exp(-x2)), ("x1", x1**2 + b), ("x", a * x + 1))
    value = _chain(*links).subs(x, at)
    slope = _slope("dy_dx", *links)
    in_value = at_point(value_mistakes(links), {x: at}, value)
    return Problem(
        statement=rf"""
A network is one long composition. Let $f_1(x) = {tex(links[2][1])}$, $f_2(x_1) = x_1^2 + {b}$, $f_3(x_2) = e^{{-x_2}}$
and $y = (f_3 \circ f_2 \circ f_1)(x)$.

Hand in the value of $y$ at $x = {at}$, and $\frac{{dy}}{{dx}}$ as an expression in $x$.
""",
        answers=(
            Expression("y_value", value, (), tuple(in_value), measured="the composition"),
            slope,
        ),
        hints=(
            "In f₃ ∘ f₂ ∘ f₁ the one written last is applied first.",
            "Name the intermediate values: x₁ = f₁(x), x₂ = f₂(x₁), y = f₃(x₂).",
            "The slope has three factors; the exponential's is taken at x₂ and keeps its minus sign.",
        ),
        solution=rf"""
Forward from $x = {at}$: $x_1 = {links[2][1].subs(x, at)}$, $x_2 = {_chain(*links[1:]).subs(x, at)}$,
$y = {tex(value)}$. The slope is the product of the three local slopes,
$$\frac{{dy}}{{dx}} = -e^{{-x_2}} \cdot 2 x_1 \cdot {a} = {tex(slope.expected)}.$$
""",
    )


@CHAPTER.exercise(
    "1.6",
    "Two variables, two paths (worksheet 2)",
    covers=("worksheet/2", "worksheet/chain-rule-partial"),
    points=4,
    vary={"a": range(2, 7), "n": (2, 3, 4)},
)
def two_paths(a: int = 2, n: int = 3) -> Problem:
    """f = a xⁿ + y, x = sin u + cos v, y = e^{uv}."""
    f = a * x**n + y
    inner = {"x": sympy.sin(u) + sympy.cos(v), "y": sympy.exp(u * v)}

    def by_paths(name: str, by: sympy.Symbol) -> Expression:
        slope = sympy.diff(f.subs(inner), by)
        return Expression(name, slope, ("u", "v"), path_mistakes(f, inner, by), inner, measured=SLOPE)

    df_du, df_dv = by_paths("df_du", u), by_paths("df_dv", v)
    return Problem(
        statement=rf"""
Suppose $f(x, y) = {tex(f)}$, $x(u, v) = \sin(u) + \cos(v)$ and $y(u, v) = e^{{uv}}$.
Compute $\frac{{\partial f}}{{\partial u}}$ and $\frac{{\partial f}}{{\partial v}}$, as expressions in $u$ and $v$.
""",
        answers=(df_du, df_dv),
        hints=(
            "By how many paths does u reach f? Follow the arrows of the diagram above.",
            "Along each path multiply the two local derivatives; then add the paths.",
            "At the end put in what x and y stand for.",
        ),
        solution=rf"""
$u$ reaches $f$ through $x$ and through $y$:
$$\frac{{\partial f}}{{\partial u}} = \frac{{\partial f}}{{\partial x}} \frac{{\partial x}}{{\partial u}}
+ \frac{{\partial f}}{{\partial y}} \frac{{\partial y}}{{\partial u}} = {tex(sympy.diff(f, x))} \cos u + v e^{{uv}},$$
and for $v$, with $\frac{{\partial x}}{{\partial v}} = -\sin v$ and $\frac{{\partial y}}{{\partial v}} = u e^{{uv}}$,
$$\frac{{\partial f}}{{\partial v}} = -{tex(sympy.diff(f, x))} \sin v + u e^{{uv}},
\qquad x = \sin u + \cos v.$$
""",
    )


def _path_sum(df_dx: Vector, dx_du: Vector) -> float:
    """Return ∂f/∂u, a number, from two arrays of shape (n,)."""
    return float(np.dot(df_dx, dx_du))


def _first_paths(n: int, df_dx: Vector, dx_du: Vector) -> float:
    return _path_sum(df_dx[:n], dx_du[:n])


def _path_by_path(n: int, df_dx: Vector, dx_du: Vector) -> float:
    return float(sum(df_dx[k] * dx_du[k] for k in range(n)))  # where there are fewer paths, this raises an error


@CHAPTER.exercise("1.7", "Any number of paths", covers="worksheet/chain-rule-n", points=3)
def any_number() -> Problem:
    """∂f/∂u as a function of the n outer and n inner derivatives."""
    rng = np.random.default_rng(17)
    cases = [
        Case((rng.normal(size=n), rng.normal(size=n)), f"n = {n} inner variable{'s' if n > 1 else ''}")
        for n in (3, 2, 1, 7)
    ]
    return Problem(
        statement=r"""
Let $z = f(x_1, \dots, x_n)$, where every $x_k$ is a function of $u$ (and perhaps of more). Write a function of two
arrays of shape $(n,)$, for any $n \ge 1$: `df_dx[k]` holds $\frac{\partial f}{\partial x_k}$ and `dx_du[k]` holds
$\frac{\partial x_k}{\partial u}$. It returns the number $\frac{\partial f}{\partial u}$.
""",
        answers=(
            Function(
                "df_du_of",
                _path_sum,
                cases,
                mistakes=(
                    Mistake("path-missing", lambda outer, inner: outer[0] * inner[0]),
                    Mistake("path-missing", lambda outer, inner: outer[-1] * inner[-1]),
                    Mistake("path-missing", lambda outer, inner: outer[1:] @ inner[1:]),
                    Mistake("path-missing", lambda outer, inner: outer[:-1] @ inner[:-1]),
                    *(Mistake("size-fixed", partial(_first_paths, n)) for n in (2, 3)),
                    *(Mistake("size-fixed", partial(_path_by_path, n)) for n in (2, 3)),
                    Mistake("inner-derivative-dropped", lambda outer, inner: outer.sum()),
                    Mistake("outer-derivative-dropped", lambda outer, inner: inner.sum()),
                    Mistake("paths-multiplied", lambda outer, inner: np.prod(outer * inner)),
                    Mistake("paths-not-added", lambda outer, inner: outer * inner),
                    Mistake("products-of-sums", lambda outer, inner: outer.sum() * inner.sum()),
                    Mistake("paths-averaged", lambda outer, inner: np.mean(outer * inner)),
                    Mistake("slopes-added", lambda outer, inner: np.sum(outer + inner)),
                    Mistake("factor-inverted", lambda outer, inner: np.sum(outer / inner)),
                    Mistake("factor-inverted", lambda outer, inner: np.sum(inner / outer)),
                    Mistake("factor-extra", lambda outer, inner: np.sum(outer * outer * inner)),
                    Mistake("factor-extra", lambda outer, inner: np.sum(outer * inner * inner)),
                    Mistake("every-pair", lambda outer, inner: np.outer(outer, inner)),
                    Mistake("paths-crossed", lambda outer, inner: outer @ inner[::-1]),
                    Mistake("paths-crossed", lambda outer, inner: outer @ np.roll(inner, 1)),
                ),
            ),
        ),
        hints=(
            "Each k is one path: which product belongs to it?",
            "The paths add up. NumPy has an operation that multiplies two vectors entry by entry and adds.",
        ),
        solution=r"""
Each $x_k$ carries one path, with the product $\frac{\partial f}{\partial x_k} \frac{\partial x_k}{\partial u}$, and
the paths add up: $\frac{\partial f}{\partial u} = \sum_{k=1}^n \frac{\partial f}{\partial x_k}
\frac{\partial x_k}{\partial u}$, which is the dot product of the two arrays.
""",
    )


from . import chain_rule_explorer  # noqa: E402, F401  isort: skip  (its exercise comes last)
