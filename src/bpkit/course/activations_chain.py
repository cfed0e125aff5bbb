"""Chapter 04, second part: what becomes of a slope in a chain of neurons."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import count, permutations, product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit import nn
from bpkit.checking import Array, Expression, Function, Mistake, together
from bpkit.checking.array_diagnosis import same
from bpkit.checking.functions import Case
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

from .activations_slopes import CHAPTER, FOR_SIGMA_PRIME, Vector
from .exercise import Problem


@dataclass(frozen=True)
class _Factor:
    """One factor of a derivative along a chain, the slug if it is left out, and what it is mistaken for."""

    value: sympy.Expr
    dropped: str
    swaps: tuple[Mistake, ...] = ()


SHORT = 3  # factors of a product in which each may be confused with each other one


def _slips(factors: Iterable[_Factor]) -> list[Mistake]:
    """Generate what goes wrong with a product: one factor dropped or mistaken, or all of a kind, or a sum."""
    factors = list(factors)
    product = sympy.Mul(*(factor.value for factor in factors))
    given, *others = (factor.value for factor in factors)
    found = [Mistake("slopes-added", given + sympy.Add(*others))]
    if len(others) > 1:
        found.append(Mistake("slopes-added", given * sympy.Add(*others)))
    of_a_kind: dict[str, list[tuple[sympy.Expr, sympy.Expr]]] = {}
    for factor in factors:
        for slip in (Mistake(factor.dropped, sympy.S.One), *factor.swaps):
            found.append(Mistake(slip.slug, product / factor.value * slip.result))
            of_a_kind.setdefault(slip.slug, []).append((factor.value, slip.result))
    if len(factors) <= SHORT:
        found += [Mistake("factor-inverted", product / factor.value**2) for factor in factors]
        for base, exponent in permutations((factor.value for factor in factors), 2):
            found.append(Mistake("power-for-product", product / base / exponent * base**exponent))
    for slug, pairs in of_a_kind.items():
        if len(pairs) > 1 and len({right for right, _ in pairs}) == len(pairs):
            found.append(Mistake(slug, sympy.Mul(product, *(wrong / right for right, wrong in pairs))))
    return found


class _Chain:
    """The symbols of h_0, h_i = σ(w_i h_{i−1} + b_i) for i = 1, …, n, and the factors of its derivatives."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.w, self.b, self.h, self.up = (sympy.symbols(f"{name}0:{n + 1}") for name in ("w", "b", "h", "dL_dh"))
        # x is h_0; then z_1, h_1, …, z_n, h_n in terms of h_0, the weights and the biases.
        self.known: dict[str, sympy.Expr] = {"x": self.h[0]}
        inside = self.h[0]
        for i in range(1, n + 1):
            self.known[f"z{i}"] = self.w[i] * inside + self.b[i]
            inside = self.known[f"h{i}"] = sigmoid(self.known[f"z{i}"])

    def z(self, i: int) -> sympy.Expr:
        """Return what arrives at neuron i."""
        return self.w[i] * self.h[i - 1] + self.b[i]

    def loss_slope(self, i: int) -> _Factor:
        """Return dL/dh_i."""
        return _Factor(self.up[i], "outer-derivative-dropped")

    def slope(self, i: int) -> _Factor:
        """Return σ'(z_i)."""
        neighbours = [j for j in (i - 1, i + 1) if 1 <= j <= self.n]
        swaps = [
            *(Mistake(slug, wrong(self.z(i), sigmoid(self.z(i)))) for slug, wrong in FOR_SIGMA_PRIME),
            Mistake("derivative-of-activation", sigmoid_prime(self.h[i])),
            Mistake("bound-for-measured", sympy.Rational(1, 4)),
            Mistake("bias-missing", sigmoid_prime(self.z(i) - self.b[i])),
        ]
        for j in neighbours:
            swaps.append(Mistake("wrong-layer", sigmoid_prime(self.z(j))))
            both = ((f"{slug}+wrong-layer", wrong(self.z(j), sigmoid(self.z(j)))) for slug, wrong in FOR_SIGMA_PRIME)
            swaps += [Mistake(*pair) for pair in both]
        return _Factor(sigmoid_prime(self.z(i)), "derivative-left-out", tuple(swaps))

    def input(self, i: int) -> _Factor:
        """Return dz_i/dw_i = h_{i−1}."""
        neighbours = [j for j in (i - 2, i) if j >= 0]
        swaps = [
            Mistake("weight-for-input", self.w[i]),
            *(Mistake("wrong-layer", self.h[j]) for j in neighbours),
        ]
        return _Factor(self.h[i - 1], "input-missing", tuple(swaps))

    def link(self, i: int) -> _Factor:
        """Return dz_i/dh_{i−1} = w_i."""
        neighbours = [j for j in (i - 1, i + 1) if 1 <= j <= self.n]
        swaps = [
            Mistake("input-for-weight", self.h[i - 1]),
            *(Mistake("wrong-layer", self.w[j]) for j in neighbours),
        ]
        return _Factor(self.w[i], "link-weight-missing", tuple(swaps))

    def down_to(self, i: int) -> list[_Factor]:
        """Return the factors of dL/dh_i through the whole chain, from dL/dh_n."""
        steps = (factor for j in range(self.n, i, -1) for factor in (self.slope(j), self.link(j)))
        return [self.loss_slope(self.n), *steps]

    def ask(
        self, name: str, factors: Iterable[_Factor], extra: Iterable[Mistake] = (), example: str = ""
    ) -> Expression:
        """Ask for the product of `factors`, the first of which is the dL/dh_i that it is to be written in."""
        factors = list(factors)
        given = factors[0].value
        inner, value = {}, given
        for i in range(self.up.index(given) - 1, -1, -1):
            value = value * self.slope(i + 1).value * self.link(i + 1).value
            inner[f"dL_dh{i}"] = value
        put_in = {sympy.Symbol(h): value for h, value in self.known.items()}
        return Expression(
            name,
            sympy.Mul(*(factor.value for factor in factors)),
            tuple(map(str, (given, *self.w[1:], *self.b[1:], self.h[0]))),
            (*_slips(factors), *extra),
            inner={key: value.xreplace(put_in) for key, value in inner.items()},
            known=self.known,
            functions=SIGMOID | SIGMOID_PRIME,
            measured="the right value",
            example=example,
        )


@CHAPTER.exercise(
    "4.4",
    "The weights of a chain",
    covers="dsc255/single-chain-weights",
    points=3,
    vary={"i": (2, 3, 4), "n": (4, 5)},
)
def chain_weights(i: int = 2, n: int = 3) -> Problem:
    """dL/dw_i and dL/db_i from dL/dh_i, and dL/dw_1 from dL/dh_n."""
    net = _Chain(n)
    local = [net.loss_slope(i), net.slope(i)]
    by_bias = sympy.Mul(*(factor.value for factor in local))
    whole = [*net.down_to(1), net.slope(1), net.input(1)]
    product = sympy.Mul(*(factor.value for factor in whole))
    stopped = [
        Mistake("stopped-early", sympy.Mul(*(f.value for f in (*net.down_to(j), net.slope(j), net.input(j)))))
        for j in range(2, n + 1)
    ]
    skipped = net.up[n] * net.slope(1).value * net.h[0]
    as_text = "".join(f" * sigma'(w{j}*h{j - 1} + b{j}) * w{j}" for j in range(n, 1, -1))
    to_i, to_n = (rf"\frac{{dL}}{{dh_{j}}}" for j in (i, n))
    inside = f"w_{i} h_{i - 1} + b_{i}"
    return Problem(
        statement=rf"""
Take a chain of $n = {n}$ neurons, $h_i = \sigma(w_i h_{{i-1}} + b_i)$, whose loss $L$ depends on $h_{n}$.

(a) Write $\frac{{dL}}{{dw_{i}}}$ and (b) $\frac{{dL}}{{db_{i}}}$ in terms of ${to_i}$ and the numbers of
the chain.

(c) Write $\frac{{dL}}{{dw_1}}$ in terms of ${to_n}$ and the numbers of the chain, through all the links.

Type ${to_i}$ as `dL_dh{i}`, the numbers of the chain as `w1`, `b1`, `h1`, `z1` and so on, and
$\sigma'(\dots)$ as `sigma'(…)` or, with SymPy, as `sigma_prime(…)`.
""",
        answers=(
            net.ask(
                f"dL_dw{i}",
                [*local, net.input(i)],
                example=f"dL_dh{i} * sigma'(w{i}*h{i - 1} + b{i}) * h{i - 1}",
            ),
            net.ask(
                f"dL_db{i}",
                local,
                [Mistake("bias-slope", by_bias * wrong) for wrong in (net.h[i - 1], net.b[i], net.w[i])],
                example=f"dL_dh{i} * sigma'(w{i}*h{i - 1} + b{i})",
            ),
            net.ask(
                "dL_dw1",
                whole,
                [
                    *stopped,
                    Mistake("links-skipped", skipped),
                    *(Mistake("links-skipped", sympy.Mul(*(f.value for f in whole[k:]))) for k in range(2, len(whole))),
                    Mistake("one-link-too-many", product * net.w[1]),
                ],
                example=f"dL_dh{n}{as_text} * sigma'(w1*h0 + b1) * h0",
            ),
        ),
        hints=(
            rf"How does $w_{i}$ reach $L$? It moves $z_{i} = {inside}$, that moves $h_{i}$, and so $L$.",
            rf"Only the last factor differs: how fast does $z_{i}$ move with $w_{i}$, how fast with $b_{i}$?",
            r"In (c) you pass every neuron: from one to the next there is a $\sigma'$ and a weight.",
        ),
        solution=rf"""
$w_{i}$ and $b_{i}$ reach $L$ by one path, $\to z_{i} \to h_{i} \to L$, with
$\frac{{\partial z_{i}}}{{\partial w_{i}}} = h_{i - 1}$ and $\frac{{\partial z_{i}}}{{\partial b_{i}}} = 1$:
$$\frac{{dL}}{{dw_{i}}} = {to_i}\, \sigma'({inside})\, h_{i - 1}, \qquad
\frac{{dL}}{{db_{i}}} = {to_i}\, \sigma'({inside}).$$
From $h_j$ to $h_{{j+1}}$ a small change is multiplied by $\sigma'(w_{{j+1}} h_j + b_{{j+1}})\, w_{{j+1}}$. So
$\frac{{dL}}{{dw_1}}$ collects one such pair for each neuron after the first, and then the first one's own
$\sigma'$ and its input $h_0$.
""",
    )


@CHAPTER.exercise(
    "4.5",
    "From one neuron to the one before",
    covers="dsc255/single-chain-recursion",
    points=2,
    vary={"i": (1, 2, 3), "n": (4, 5)},
)
def chain_recursion(i: int = 1, n: int = 3) -> Problem:
    """dL/dh_i from dL/dh_{i+1}."""
    net = _Chain(n)
    j = i + 1
    to_i, to_j = (rf"\frac{{dL}}{{dh_{m}}}" for m in (i, j))
    return Problem(
        statement=rf"""
In a chain of $n = {n}$ neurons, write ${to_i}$ in terms of ${to_j}$ and the numbers of the chain. The
symbols are typed as before: ${to_j}$ is `dL_dh{j}`.
""",
        answers=(
            net.ask(
                f"dL_dh{i}",
                [net.loss_slope(j), net.slope(j), net.link(j)],
                [
                    Mistake("wrong-layer", net.up[j] * net.slope(m).value * net.link(m).value)
                    for m in (i, j + 1)
                    if m <= n
                ],
                example=f"dL_dh{j} * sigma'(w{j}*h{i} + b{j}) * w{j}",
            ),
        ),
        hints=(
            rf"How does $h_{i}$ reach $L$? It moves $z_{j} = w_{j} h_{i} + b_{j}$ first.",
            rf"Two factors follow ${to_j}$: one from the activation function, one from what is inside it.",
        ),
        solution=rf"""
$h_{i}$ acts on $L$ through $h_{j} = \sigma(w_{j} h_{i} + b_{j})$ alone, and
$\frac{{dh_{j}}}{{dh_{i}}} = \sigma'(w_{j} h_{i} + b_{j})\, w_{j}$. So
$${to_i} = {to_j}\, \sigma'(w_{j} h_{i} + b_{j})\, w_{j}.$$
""",
    )


def _chain_gradients(w: Vector, b: Vector, x: float, dL_dhn: float) -> tuple[Vector, Vector]:
    """Return dL/dw and dL/db, both of shape (n,), for the chain h_i = σ(w_i h_{i−1} + b_i) with h_0 = x."""
    h = [x]
    for w_i, b_i in zip(w, b, strict=True):  # forward: keep every h_i
        h.append(1 / (1 + np.exp(-(w_i * h[-1] + b_i))))
    dL_dw, dL_db = np.zeros(len(w)), np.zeros(len(w))
    dL_dh = dL_dhn
    for i in range(len(w), 0, -1):  # backward: w_i is w[i - 1]
        dL_dz = dL_dh * h[i] * (1 - h[i])  # σ'(z_i) = h_i (1 − h_i)
        dL_dw[i - 1] = dL_dz * h[i - 1]
        dL_db[i - 1] = dL_dz
        dL_dh = dL_dz * w[i - 1]
    return dL_dw, dL_db


Pick = Callable[[Vector, Vector, Vector, int], float]  # one number out of w, z and h at neuron i
Gradients = Callable[[Vector, Vector, float, float], tuple[Vector, Vector]]


def _slope_at(w: Vector, z: Vector, h: Vector, i: int) -> float:
    return float(nn.sigmoid.df(z[i - 1]))


def _instead(wrong: Callable[[Any, Any], Any], w: Vector, z: Vector, h: Vector, i: int) -> float:
    return float(wrong(z[i - 1], h[i]))


def _forward(f: Callable[[float], float], w: Vector, b: Vector, x: float) -> tuple[Vector, Vector]:
    """Return z_1, …, z_n and h_0, …, h_n with another activation function than σ."""
    z, h = [], [x]
    for w_i, b_i in zip(w, b, strict=True):
        z.append(w_i * h[-1] + b_i)
        h.append(f(z[-1]))
    return np.array(z), np.array(h)


def _fed_with_x(w: Vector, b: Vector, x: float) -> tuple[Vector, Vector]:
    return w * x + b, np.array([x, *nn.sigmoid(w * x + b)])


def _slipping(
    slope: Pick = _slope_at,
    feed: Pick = lambda w, z, h, i: float(h[i - 1]),
    link: Pick = lambda w, z, h, i: float(w[i - 1]),
    bias: Pick = lambda w, z, h, i: 1.0,
    outer: Callable[[float], float] = lambda dL_dhn: dL_dhn,
    forward: Callable[[Vector, Vector, float], tuple[Vector, Vector]] = nn.chain_forward,
    order: Callable[[int], Iterable[int]] = lambda n: range(n, 0, -1),
) -> Gradients:
    """Return the gradients, in which a factor, the forward pass or the loop's order can be mistaken for another."""

    def gradients(w: Vector, b: Vector, x: float, dL_dhn: float) -> tuple[Vector, Vector]:
        z, h = forward(w, b, x)
        dL_dw, dL_db, dL_dh = np.zeros(len(w)), np.zeros(len(w)), outer(dL_dhn)
        for i in order(len(w)):
            dL_dz = dL_dh * slope(w, z, h, i)
            dL_dw[i - 1], dL_db[i - 1] = dL_dz * feed(w, z, h, i), dL_dz * bias(w, z, h, i)
            dL_dh = dL_dz * link(w, z, h, i)
        return dL_dw, dL_db

    return gradients


def _each_alone(gradients: Gradients) -> Gradients:
    """Return the gradients as if each neuron were the last one: nothing is carried from one to the one before."""

    def alone(w: Vector, b: Vector, x: float, dL_dhn: float) -> tuple[Vector, Vector]:
        ends = [gradients(w[:n], b[:n], x, dL_dhn) for n in range(1, len(w) + 1)]
        return np.array([dL_dw[-1] for dL_dw, _ in ends]), np.array([dL_db[-1] for _, dL_db in ends])

    return alone


def _three_neurons(w: Vector, b: Vector, x: float, dL_dhn: float) -> tuple[Vector, Vector]:
    """Return the gradients of the first three neurons; where there are fewer, raise an error."""
    three = [0, 1, 2]
    return _chain_gradients(np.array([w[i] for i in three]), np.array([b[i] for i in three]), x, dL_dhn)


def _three_names(w: Vector, b: Vector, x: float, dL_dhn: float) -> tuple[Vector, Vector]:
    _first, _second, _third = w
    return _chain_gradients(w, b, x, dL_dhn)


@CHAPTER.exercise(
    "4.6",
    "A chain of any depth",
    covers=("dsc255/single-chain-weights", "dsc255/single-chain-recursion"),
    points=4,
)
def chain_code() -> Problem:
    """(dL/dw, dL/db) as a function of w, b, x and dL/dh_n, for any n."""
    rng = np.random.default_rng(406)
    cases = [
        Case(
            (1.5 * rng.normal(size=n), rng.normal(size=n), float(rng.normal()), float(rng.normal())),
            f"a chain of {n} neuron{'s' if n > 1 else ''}",
        )
        for n in (3, 5, 1, 4)
    ]
    return Problem(
        statement=r"""
Write a function that returns the gradients of a chain of $n$ neurons, for any $n \ge 1$. It is given `w`
and `b`, arrays of shape $(n,)$ that hold $w_1, \dots, w_n$ and $b_1, \dots, b_n$; the number `x`, which is
$h_0$; and the number `dL_dhn`, which is $\frac{dL}{dh_n}$. The activation function is the sigmoid.

It returns two arrays of shape $(n,)$: first $\frac{dL}{dw_1}, \dots, \frac{dL}{dw_n}$, then
$\frac{dL}{db_1}, \dots, \frac{dL}{db_n}$. Python counts from 0, so $w_i$ is `w[i - 1]`.
""",
        answers=(
            Function(
                "chain_gradients",
                _chain_gradients,
                cases,
                mistakes=(
                    *(Mistake(slug, _slipping(slope=partial(_instead, wrong))) for slug, wrong in FOR_SIGMA_PRIME),
                    Mistake("derivative-left-out", _slipping(slope=lambda w, z, h, i: 1.0)),
                    Mistake("derivative-left-out", _slipping(link=lambda w, z, h, i: w[i - 1] / _slope_at(w, z, h, i))),
                    Mistake("derivative-of-activation", _slipping(slope=lambda w, z, h, i: float(nn.sigmoid.df(h[i])))),
                    Mistake("factor-inverted", _slipping(slope=lambda w, z, h, i: 1 / _slope_at(w, z, h, i))),
                    Mistake("factor-inverted", _slipping(slope=lambda w, z, h, i: h[i] / (1 - h[i]))),
                    Mistake("slope-layer", _slipping(slope=lambda w, z, h, i: h[i - 1] * (1 - h[i - 1]))),
                    Mistake("sign", _slipping(slope=lambda w, z, h, i: -_slope_at(w, z, h, i))),
                    Mistake("sign", _slipping(outer=lambda dL_dhn: -dL_dhn)),
                    Mistake(
                        "tanh-slope", _slipping(lambda w, z, h, i: 1 - h[i] ** 2, forward=partial(_forward, math.tanh))
                    ),
                    Mistake(
                        "sigma-missing",
                        _slipping(lambda w, z, h, i: h[i] * (1 - h[i]), forward=partial(_forward, float)),
                    ),
                    Mistake("sigma-missing", _slipping(forward=partial(_forward, float))),
                    Mistake("fed-with-x", _slipping(feed=lambda w, z, h, i: h[0], forward=_fed_with_x)),
                    Mistake("fed-with-x", _slipping(forward=_fed_with_x)),
                    Mistake(
                        "fed-with-x+links-skipped",
                        _each_alone(_slipping(feed=lambda w, z, h, i: h[0], forward=_fed_with_x)),
                    ),
                    Mistake("wrong-direction", _slipping(order=lambda n: range(1, n + 1))),
                    Mistake("size-fixed", _three_neurons),
                    Mistake("size-fixed", _three_names),
                    Mistake("weight-for-input", _slipping(feed=lambda w, z, h, i: w[i - 1])),
                    Mistake("input-missing", _slipping(feed=lambda w, z, h, i: 1.0)),
                    Mistake("input-layer", _slipping(feed=lambda w, z, h, i: h[i])),
                    Mistake("input-for-weight", _slipping(link=lambda w, z, h, i: h[i - 1])),
                    Mistake("link-weight-missing", _slipping(link=lambda w, z, h, i: 1.0)),
                    Mistake("link-layer", _slipping(link=lambda w, z, h, i: w[max(i - 2, 0)])),
                    Mistake("links-skipped", _each_alone(_chain_gradients)),
                    Mistake("bias-slope", _slipping(bias=lambda w, z, h, i: h[i - 1])),
                    Mistake("outer-derivative-dropped", _slipping(outer=lambda dL_dhn: 1.0)),
                    Mistake("results-swapped", lambda w, b, x, dL_dhn: _chain_gradients(w, b, x, dL_dhn)[::-1]),
                    Mistake("bias-missing", lambda w, b, x, dL_dhn: _chain_gradients(w, 0 * b, x, dL_dhn)),
                ),
            ),
        ),
        hints=(
            "Two loops: one forward that keeps every h, one backward from the last neuron to the first.",
            "Backwards, keep one number: dL/dh of the neuron you are at. Two gradients follow from it.",
            "At the end of each round turn that number into dL/dh of the neuron before, with 4.5.",
        ),
        solution=r"""
Forward, keep $h_0, \dots, h_n$. Backward, for $i = n, \dots, 1$, with $\sigma'(z_i) = h_i (1 - h_i)$:
$$\frac{dL}{dz_i} = \frac{dL}{dh_i}\, h_i (1 - h_i), \qquad
\frac{dL}{dw_i} = \frac{dL}{dz_i}\, h_{i-1}, \qquad \frac{dL}{db_i} = \frac{dL}{dz_i}, \qquad
\frac{dL}{dh_{i-1}} = \frac{dL}{dz_i}\, w_i.$$
""",
    )


DEPTHS = (2, 5, 10, 20)


ORDERS_RTOL = 1e-4


def _left_over(w: float, b: float, x: float) -> Vector:
    """Return |dL/dh_1| / |dL/dh_n| for every depth n, in a chain of equal neurons."""
    back = [nn.chain_backward(np.full(n, w), np.full(n, b), x, 1.0).dL_dh for n in DEPTHS]
    return np.array([abs(dL_dh[1] / dL_dh[-1]) for dL_dh in back])


def _in_orders(w: float, b: float, x: float) -> list[tuple[str, NDArray[np.float64]]]:
    """Return what mistakes make of the orders of magnitude: in the slope, the links or the logarithm, or in two."""
    weights, biases = np.full(DEPTHS[-1], w), np.full(DEPTHS[-1], b)
    z, h = nn.chain_forward(weights, biases, x)
    own = nn.sigmoid.df(z)
    # The factors of the links into neurons 1, …, n.
    factors = [
        ("", w * own),
        *((slug, w * wrong(z, h[1:])) for slug, wrong in FOR_SIGMA_PRIME),
        ("derivative-left-out", weights),
        ("derivative-of-activation", w * nn.sigmoid.df(h[1:])),
        ("slope-layer", w * np.array([x * (1 - x), *own[:-1]])),
        ("bound-for-measured", weights / 4),
        ("bias-missing", w * nn.sigmoid.df(nn.chain_forward(weights, 0 * biases, x)[0])),
        ("term-sign", w * nn.sigmoid.df(nn.chain_forward(weights, -biases, x)[0])),
        ("fed-with-x", w * nn.sigmoid.df(w * x + biases)),
        ("tanh-slope", w * nn.tanh.df(_forward(math.tanh, weights, biases, x)[0])),
        ("link-weight-missing", own),
    ]
    first_links = [("", 2), ("one-link-too-many", 1), ("one-link-too-few", 3)]
    found = []
    with np.errstate(all="ignore"):
        for (slug, links), (count_slug, first) in product(factors, first_links):
            orders = np.array([np.log10(np.abs(links[first - 1 : n])).sum() for n in DEPTHS])
            slugs = sorted({slug, count_slug} - {""})
            found.append((together(*slugs), orders))
            if len(slugs) < 2:
                found.append((together(*slugs, "log-missing"), 10**orders))
    right = np.log10(_left_over(w, b, x))
    found += [("ratio-inverted", -right), ("natural-log", right * math.log(10)), ("log-missing", 10**-right)]
    return [(slug, o) for slug, o in found if np.isfinite(o).all() and not same(o, right, ORDERS_RTOL)]


@CHAPTER.exercise(
    "4.7",
    "The gradient over depth, measured",
    covers="dsc255/single-chain-recursion",
    points=3,
    vary={"w": (2.0, 2.5, 3.0), "b": (-0.5, 0.25, 1.0), "x": (0.3, 1.0, 1.2)},
)
def vanishing(w: float = 1.5, b: float = 0.5, x: float = 0.8) -> Problem:
    """log10 of |dL/dh_1| / |dL/dh_n| for several depths n."""
    ratio = _left_over(w, b, x)
    mistakes = tuple(Mistake(slug, wrong) for slug, wrong in _in_orders(w, b, x))
    listed = ", ".join(map(str, DEPTHS))
    return Problem(
        statement=rf"""
Every neuron of a sigmoid chain has the same weight $w_i = {w:g}$ and the same bias $b_i = {b:g}$; the
input is $h_0 = {x:g}$. How much of the gradient at the last neuron is left at the first? For the depths
$n = {listed}$ compute
$$\log_{{10}} \frac{{|dL/dh_1|}}{{|dL/dh_n|}},$$
an array of {len(DEPTHS)} numbers in this order; four decimals are enough. A value of $-3$ says that one
thousandth is left.
""",
        answers=(Array("orders", np.log10(ratio), mistakes, rtol=ORDERS_RTOL),),
        hints=(
            r"The ratio does not depend on $\frac{dL}{dh_n}$: take 1 for it.",
            "Go forward and keep the values; then apply 4.5 again and again, from the last neuron on.",
            r"From $h_n$ down to $h_1$ there are fewer links than neurons: how many?",
        ),
        solution=rf"""
With $\frac{{dL}}{{dh_n}} = 1$ the ratio is the product of $w\, \sigma'(z_j)$ over the links
$j = 2, \dots, n$; each $z_j$ comes from the forward pass. For $n = {listed}$ the ratios are about
{", ".join(f"{r:.2g}" for r in ratio)}: each further link costs about the same factor, so the logarithm
changes nearly along a straight line.

```python
orders = []
for n in {DEPTHS}:
    h = {x:g}  # forward: the value of each neuron
    ratio = 1.0
    for i in range(1, n + 1):
        h = 1 / (1 + np.exp(-({w:g} * h + {b:g})))
        if i > 1:  # the links are those into neurons 2, …, n
            ratio *= {w:g} * h * (1 - h)
    orders.append(np.log10(ratio))
```

The four numbers:
""",
    )


def _bounds(weight: sympy.Symbol, n: sympy.Symbol) -> list[Mistake]:
    """Return what mistakes make of (w/4)^(n−1): one of the base, the exponent or the quotient, or two at once."""
    bases = [
        ("", weight / 4),
        ("link-weight-missing", sympy.Rational(1, 4)),
        ("derivative-left-out", weight),
        ("sigma-half", weight / 2),
    ]
    exponents = [("", n - 1), ("one-link-too-many", n), ("one-link-too-few", n - 2)]
    found = []
    for (slug, base), (count_slug, exponent), (turned, sign) in product(
        bases, exponents, (("", 1), ("ratio-inverted", -1))
    ):
        slugs = sorted({slug, count_slug, turned} - {""})
        if 1 <= len(slugs) <= 2:
            found.append(Mistake(together(*slugs), base ** (sign * exponent)))
    return found


def _first_below(factor: sympy.Expr, small: sympy.Expr) -> int:
    """Return the first n for which factor^(n−1) is below a small number."""
    return next(n for n in count(1) if factor ** (n - 1) < small)


@CHAPTER.exercise(
    "4.8",
    "How deep is too deep?",
    covers="dsc255/single-chain-recursion",
    points=3,
    vary={"w": (1, 2, 3), "power": (3, 4, 6, 9)},
)
def bound(w: int = 2, power: int = 6) -> Problem:
    """Bound the gradient with σ' ≤ 1/4; from some depth on the bound is below 10^−power."""
    weight, n = sympy.symbols("w n")
    positive = {"w": sympy.Abs(weight)}  # w > 0: the bound is compared nowhere else
    steepest = sympy.Rational(1, 4)  # σ'(0), the largest slope there is
    factor = steepest * weight
    small = sympy.Rational(1, 10**power)
    depth = _first_below(factor.subs(weight, w), small)
    exact = 1 + sympy.log(small) / sympy.log(steepest * w)
    bounds = (
        *_bounds(weight, n),
        Mistake("links-added", (n - 1) * factor),
        Mistake("links-added+one-link-too-many", n * factor),
        Mistake("one-link-only", factor),
        Mistake("bracket-missing", weight ** (n - 1) / 4),
        Mistake("bracket-missing", weight / 4 ** (n - 1)),
    )
    depths = [
        Mistake("links-not-neurons", sympy.Integer(depth - 1)),
        Mistake("one-link-too-few", sympy.Integer(depth + 1)),  # from (w/4)^(n − 2)
        Mistake("link-weight-missing", sympy.Integer(_first_below(steepest, small))),
        Mistake("link-weight-missing+links-not-neurons", sympy.Integer(_first_below(steepest, small) - 1)),
        Mistake("not-a-whole-number", exact),
        Mistake("not-a-whole-number", sympy.Float(float(exact))),
        Mistake("links-not-neurons+not-a-whole-number", exact - 1),
    ]
    return Problem(
        statement=rf"""
All weights of a sigmoid chain equal the same number $w > 0$.

(a) Since $\sigma'(z) \le \frac14$ for every $z$, how large can $\frac{{|dL/dh_1|}}{{|dL/dh_n|}}$ be at
most? Hand in the bound that follows from this, an expression in `w` and `n`.

(b) Let $w = {w}$. From which depth $n$ on does this bound promise that *less* than $10^{{-{power}}}$ of
the gradient is left at $h_1$? Hand in the smallest such $n$, a whole number.
""",
        answers=(
            Expression("bound", factor ** (n - 1), ("n",), bounds, known=positive, measured="the bound", counts=("n",)),
            Expression("depth", sympy.Integer(depth), (), tuple(m for m in depths if m.result != depth)),
        ),
        hints=(
            "By which factor can the gradient change at most, over one link? Read it off 4.5.",
            "How many links are there from neuron 1 to neuron n?",
            "For (b) take logarithms, or let a loop try one n after the other.",
        ),
        solution=rf"""
(a) Over one link the gradient is multiplied by $\sigma'(z)\, w \le \frac{{w}}{{4}}$, and from $h_n$ down
to $h_1$ there are $n - 1$ links. Hence the bound $\left(\frac{{w}}{{4}}\right)^{{n-1}}$.

(b) $\left(\frac{{{w}}}{{4}}\right)^{{n-1}} < 10^{{-{power}}}$ holds for
$n > 1 + {power}\, \frac{{\ln 10}}{{\ln (4/{w})}} \approx {float(exact):.2f}$, so from $n = {depth}$ on.
""",
    )
