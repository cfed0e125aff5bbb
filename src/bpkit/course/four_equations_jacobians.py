"""Chapter 07, third part: the same slopes with three indices, and in the letters of another text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

import numpy as np
import sympy

from bpkit.checking import Array, Expression, Function, Verdict
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

from . import four_equations_slips as slips
from .activations_slopes import FOR_SIGMA_PRIME
from .exercise import Problem
from .four_equations_errors import CHAPTER, Floats, Slip, random_cases, wrong_ones
from .jacobians_maps import wrong_arrays
from .writing import tex

# φ is the letter of Foundations of Data Analysis.
PHI = SIGMOID | SIGMOID_PRIME | {"phi": sigmoid, "phi_prime": sigmoid_prime}


@dataclass(frozen=True)
class InPhi(Expression):
    """An expression that is read back, and spoken of, in φ where the other chapters have σ."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as an `Expression` does, and say it with φ."""
        verdict = super().judge(given, why)
        shown = tuple(latex.replace(r"\sigma", r"\varphi") for latex in verdict.understood)
        return replace(verdict, message=verdict.message.replace("σ", "φ"), understood=shown)


def in_phi(
    name: str,
    expected: sympy.Expr,
    symbols: tuple[str, ...],
    made: list[Slip],
    known: Mapping[str, sympy.Expr],
    example: str,
) -> Expression:
    """Ask for a slope in φ', of which `made` lists what goes wrong."""
    mistakes, measured = wrong_ones(made, expected), "the slope measured"
    return InPhi(name, expected, symbols, mistakes, known=known, functions=PHI, measured=measured, example=example)


def _wrong_slopes(g: sympy.Symbol) -> list[Slip]:
    """Return what φ'(g) is mistaken for, by names whose sentences speak of g."""
    return [(slips.IN_PHI.get(slug, slug), wrong(g, sigmoid(g))) for slug, wrong in FOR_SIGMA_PRIME] + [
        ("slope-not-applied", g)
    ]


q_, p_ = sympy.symbols("q p")


@CHAPTER.exercise(
    "7.10",
    "A slope with three indices",
    covers="fda/matrix-derivative",
    points=4,
    vary={"x": ((4, -3, 7), (5, 2, -1, 3), (-2, 6, 1)), "d": ((2, -5), (-1, 4), (3, 7))},
)
def three_indices(x: tuple[int, ...] = (2, 5, -1), d: tuple[int, ...] = (3, -4)) -> Problem:
    """∂g_k/∂W_ij for g = W x as an array, its sum with d, and how many numbers it has."""
    p, q = len(x), len(d)
    xs, ds = np.array(x, float), np.array(d, float)
    D = np.einsum("ki,j->kij", np.eye(q), xs)
    everywhere = np.broadcast_to(xs, (q, q, p))
    slope = np.einsum("k,kij->ij", ds, D)
    # Exchanging k and i changes nothing: the entries that are not 0 are those with k = i.
    turns = [axes for axes in permutations(range(3)) if axes not in ((0, 1, 2), (1, 0, 2))]
    D_slips: list[tuple[str, Any]] = [
        ("weight-elsewhere", everywhere),
        *(("axes-order", D.transpose(axes)) for axes in turns),
        ("weights-in-a-row", D.reshape(q, q * p)),
        ("flattened", D.ravel()),
        ("zeros-left-out", np.tile(xs, (q, 1))),
        ("zeros-left-out", xs),
        ("feed-missing", D != 0),
        ("feed-missing", np.ones((q, q, p))),
        ("factor-extra", np.einsum("kij,k->kij", D, ds)),
    ]
    slope_slips: list[tuple[str, Any]] = [
        ("outer-turned", np.outer(xs, ds)),
        ("weight-elsewhere", ds.sum() * np.tile(xs, (q, 1))),
        ("error-missing", np.tile(xs, (q, 1))),
        ("feed-missing", np.tile(ds[:, None], (1, p))),
        ("inner-for-outer", ds.sum() * xs),
        ("inner-for-outer", xs.sum() * ds),
        ("paths-not-added", np.einsum("k,kij->kij", ds, D)),
        ("sum-and-product", np.add.outer(ds, xs)),
    ]
    numbers, others = q_**2 * p_, q_**2 * p_ - q_ * p_
    number_slips: list[Slip] = [
        *(
            ("index-uncounted", wrong)
            for wrong in (q_ * p_, q_ * p_**2, q_**2, p_**2, q_**3, q_**3 * p_, q_**2 * p_**2)
        ),
        *(("sum-and-product", wrong) for wrong in (2 * q_ + p_, q_ + q_ + p_ + 1)),
        ("zeros-counted", others),
    ]
    nonzero_slips: list[Slip] = [
        ("zeros-counted", others),
        ("sum-and-product", q_ + p_),
        *(("index-uncounted", wrong) for wrong in (q_, p_, q_**2, q_ * p_**2, numbers)),
    ]

    def count(name: str, right: sympy.Expr, made: list[Slip]) -> Expression:
        mistakes = wrong_ones(made, right)
        return Expression(name, right, ("q", "p"), mistakes, measured="", counts=("q", "p"), example=str(right))

    listed = [", ".join(map(str, values)) for values in (x, d)]
    return Problem(
        statement=rf"""
Foundations of Data Analysis writes a layer without biases as $g(W, x) = Wx$, with $W$ of shape $q \times p$:
$g_k = \sum_j W_{{kj}} x_j$. Here $q = {q}$, $p = {p}$ and $x = ({listed[0]})$.

(a) `D`: the array of all $\frac{{\partial g_k}}{{\partial W_{{ij}}}}$, of shape $({q}, {q}, {p})$, with the indices in
the order $k, i, j$: a list of {q} matrices, one for each $k$, or a NumPy array.

(b) `dL_dW`: let the slopes of a loss by $g$ be $d = ({listed[1]})$. The matrix, laid out like $W$, of all
$\frac{{\partial L}}{{\partial W_{{ij}}}} = \sum_k d_k \frac{{\partial g_k}}{{\partial W_{{ij}}}}$.

(c) How many numbers does the array of (a) hold for any $q$ and $p$, and how many of them can be other than 0? Hand in
`numbers` and `nonzero`, expressions in `q` and `p`.
""",
        answers=(
            Array("D", D, wrong_arrays(D_slips, D)),
            Array("dL_dW", slope, wrong_arrays(slope_slips, slope)),
            count("numbers", numbers, number_slips),
            count("nonzero", q_ * p_, nonzero_slips),
        ),
        hints=(
            "Which row of W does g_1 use? Then what is its slope by a weight in another row?",
            "One matrix of D belongs to one k. In how many of its rows is there anything but 0?",
            "For (b), of the sum over k only one term is left for each i. Which?",
        ),
        solution=r"""
$g_k$ holds row $k$ of $W$ and no other, so $\frac{\partial g_k}{\partial W_{ij}}$ is $x_j$ for $i = k$, and 0
otherwise. In the sum over $k$ the term with $k = i$ remains, $d_i x_j$: the matrix $d\, x^T$. The array has $q \cdot q
\cdot p$ entries, and in each of its $q$ matrices only one row of $p$ numbers is not 0. For the sum it need not be
built at all.
""",
    )


@CHAPTER.exercise(
    "7.11",
    "One layer with its activation",
    covers="fda/single-layer",
    points=2,
    vary={"k": (1, 2), "j": (1, 2, 3)},
)
def one_layer(k: int = 2, j: int = 3) -> Problem:
    """∂z_k/∂W_ij for z = φ(Wx), with i = k and with i ≠ k."""
    q, p = 2, 3
    i = 3 - k
    W = sympy.Matrix(q, p, lambda row, column: sympy.Symbol(f"W{row + 1}{column + 1}"))
    x = sympy.symbols(f"x1:{p + 1}")
    full = {m: sympy.Add(*(W[m - 1, n] * x[n] for n in range(p))) for m in (1, 2)}
    known = {f"g{m}": value for m, value in full.items()} | {f"z{m}": sigmoid(value) for m, value in full.items()}
    g = {m: sympy.Symbol(f"g{m}") for m in (1, 2)}
    own, x_j = sigmoid_prime(g[k]), x[j - 1]
    right = own * x_j
    made: list[Slip] = [
        ("derivative-left-out", x_j),
        ("phi-prime-at-output", sigmoid_prime(sigmoid(g[k])) * x_j),
        ("feed-missing", own),
        ("weight-for-input", own * W[k - 1, j - 1]),
        ("term-itself", own * W[k - 1, j - 1] * x_j),
        ("wrong-neuron", sigmoid_prime(g[i]) * x_j),
        ("all-terms", own * sympy.Add(*x)),
        *(("wrong-neuron", own * other) for other in x if other != x_j),
        ("slope-inside", sigmoid_prime(x_j)),
        ("slope-inside", sigmoid(x_j)),
        ("slopes-added", own + x_j),
        ("not-differentiated", sigmoid(g[k])),
        *((slug, wrong * x_j) for slug, wrong in _wrong_slopes(g[k])),
    ]
    elsewhere = [
        *(slope * feed for slope in (own, sigmoid_prime(g[i]), sympy.S.One) for feed in (*x, sympy.S.One)),
        *(slope * W[m - 1, j - 1] for slope in (own, sigmoid_prime(g[i]), sympy.S.One) for m in (k, i)),
        sigmoid(g[k]),
        sigmoid(g[i]),
    ]
    symbols = tuple(map(str, (*x, *W)))

    def asked(name: str, expected: sympy.Expr, made: list[Slip], example: str) -> Expression:
        return in_phi(name, expected, symbols, made, known, example)

    return Problem(
        statement=rf"""
Now with an activation function: $z = \varphi(Wx) = \varphi(g(W, x))$, where $W$ is ${q} \times {p}$. In this text
$\varphi$ is what we call $\sigma$, and $z$ is the layer's *output*, our $\mathbf{{a}}$. Let $\varphi$ be the sigmoid.
Compute

(a) `dz_dW_own`: $\dfrac{{\partial z_{k}}}{{\partial W_{{{k}{j}}}}}$,

(b) `dz_dW_other`: $\dfrac{{\partial z_{k}}}{{\partial W_{{{i}{j}}}}}$.

Type $\varphi'(\dots)$ as `phi'(…)` or `sigma'(…)`, and `x1`, `W12`, `g1`, `z1` for $x_1$, $W_{{12}}$, $g_1$, $z_1$.
""",
        answers=(
            asked("dz_dW_own", right, made, f"phi'(g{k}) * x{j}"),
            asked("dz_dW_other", sympy.S.Zero, [("weight-elsewhere", wrong) for wrong in elsewhere], "0"),
        ),
        hints=(
            f"z_{k} is a chain of two links, φ and g_{k}. What is the slope of each?",
            f"Which weights occur in g_{k}? Write the sum out.",
        ),
        solution=rf"""
$z_{k} = \varphi(g_{k})$ with $g_{k} = {tex(full[k])}$, so by the chain rule
$\frac{{\partial z_{k}}}{{\partial W_{{{k}{j}}}}} = \varphi'(g_{k})\, x_{j}$. The weight $W_{{{i}{j}}}$ does not
occur in $g_{k}$, and the slope by it is 0.
""",
    )


def _layer_slopes(W: Floats, x: Floats) -> Floats:
    """Return the array of ∂z_k/∂W_ij for z = φ(Wx) with the sigmoid φ, of shape (q, q, p)."""
    g = W @ x
    phi_prime = np.exp(-g) / (1 + np.exp(-g)) ** 2
    slopes = np.zeros((len(g), len(g), len(x)))
    for k in range(len(g)):
        slopes[k, k, :] = phi_prime[k] * x  # the other rows of W do not reach z_k
    return slopes


@CHAPTER.exercise("7.12", "The array in code", covers=("fda/single-layer", "fda/matrix-derivative"), points=3)
def layer_slopes_code() -> Problem:
    """∂z_k/∂W_ij as a function of W and x."""
    sizes = ((2, 4), (4, 3), (3, 3), (1, 2))
    return Problem(
        statement=r"""
Write a function of `W`, of shape $(q, p)$, and `x`, of shape $(p,)$, for one layer $z = \varphi(Wx)$ with the sigmoid
$\varphi$. It returns the array of all $\frac{\partial z_k}{\partial W_{ij}}$, of shape $(q, q, p)$, with the indices in
the order $k, i, j$.
""",
        answers=(
            Function(
                "layer_slopes",
                _layer_slopes,
                random_cases(712, [((q, p), (p,)) for q, p in sizes], [f"q = {q} and p = {p}" for q, p in sizes]),
                mistakes=slips.layer_slopes(),
            ),
        ),
        hints=(
            "Begin with an array of zeros, of the right shape. Which entries are not 0?",
            "For one k, a whole row is filled at once: a slope times the vector x.",
        ),
        solution=r"""
Only the entries with $i = k$ are not 0: $\varphi'(g_k)\, x_j$. With `np.einsum("k,ki,j->kij", phi_prime, np.eye(q), x)`
it is one line: the letters are the indices, and the identity matrix is what makes $i = k$.
""",
    )


@CHAPTER.exercise(
    "7.13",
    "Two layers",
    covers=("fda/two-layer-second", "fda/two-layer-first"),
    points=4,
    vary={"i": (1, 2), "j": (1, 2, 3), "out": (1, 2)},
)
def two_layers(i: int = 2, j: int = 3, out: int = 1) -> Problem:
    """∂L/∂W⁽²⁾ and ∂L/∂W⁽¹⁾ for ŷ = φ(W⁽²⁾ φ(W⁽¹⁾ x)), one entry of each."""
    p, q, r = 3, 2, 2

    def W(row: int, column: int, layer: int) -> sympy.Symbol:
        return sympy.Symbol(f"W_{row}{column}^{layer}")

    x = sympy.symbols(f"x1:{p + 1}")
    up = sympy.symbols(f"dL_dy1:{r + 1}")
    # What the names stand for, in W and x; the answers are written in the names, which is quicker to compare.
    full_1 = [sympy.Add(*(W(m, n, 1) * x[n - 1] for n in range(1, p + 1))) for m in range(1, q + 1)]
    full_2 = [sympy.Add(*(W(m, n + 1, 2) * sigmoid(full_1[n]) for n in range(q))) for m in range(1, r + 1)]
    known = {
        **{f"g_{m}^1": value for m, value in enumerate(full_1, start=1)},
        **{f"g_{m}^2": value for m, value in enumerate(full_2, start=1)},
        **{f"z{m}": sigmoid(value) for m, value in enumerate(full_1, start=1)},
        **{f"y{m}": sigmoid(value) for m, value in enumerate(full_2, start=1)},
    }
    g1, g2, z = (sympy.symbols(names) for names in ("g_1^1 g_2^1", "g_1^2 g_2^2", "z1 z2"))
    s1, s2 = [sigmoid_prime(value) for value in g1], [sigmoid_prime(value) for value in g2]
    o, h = out - 1, i - 1  # the output whose weight is asked for, and the hidden neuron

    second = up[o] * s2[o] * z[h]
    second_slips: list[Slip] = [
        ("derivative-left-out", up[o] * z[h]),
        ("outer-derivative-dropped", s2[o] * z[h]),
        ("feed-missing", up[o] * s2[o]),
        ("weight-for-input", up[o] * s2[o] * W(out, i, 2)),
        ("input-layer", up[o] * s2[o] * x[h]),
        ("input-layer", up[o] * s2[o] * sigmoid(g2[h])),
        ("sigma-missing", up[o] * s2[o] * g1[h]),
        ("wrong-layer", up[o] * s1[h] * z[h]),
        ("phi-prime-repeated", up[o] * s2[o] * s1[h] * z[h]),
        ("wrong-neuron", up[o] * s2[o] * z[1 - h]),
        ("wrong-neuron", up[1 - o] * s2[1 - o] * z[h]),
        ("wrong-neuron", up[o] * s2[1 - o] * z[h]),
        ("phi-prime-at-output", up[o] * sigmoid_prime(sigmoid(g2[o])) * z[h]),
        ("phi-prime-at-output", up[o] * sigmoid_prime(z[h]) * z[h]),
        ("weight-elsewhere", sympy.Add(*(up[k] * s2[k] * z[h] for k in range(r)))),
        ("slopes-added", up[o] + s2[o] * z[h]),
        *((slug, up[o] * wrong * z[h]) for slug, wrong in _wrong_slopes(g2[o])),
    ]

    def first(
        weight: Callable[[int], sympy.Expr] = lambda k: W(k + 1, i, 2),
        slope_2: Callable[[int], sympy.Expr] = lambda k: s2[k],
        slope_1: sympy.Expr = s1[h],
        feed: sympy.Expr = x[j - 1],
        paths: tuple[int, ...] = tuple(range(r)),
    ) -> sympy.Expr:
        return sympy.Add(*(up[k] * slope_2(k) * weight(k) for k in paths)) * slope_1 * feed

    first_slips: list[Slip] = [
        ("slope-passed-over", first(slope_1=sympy.S.One)),
        *(("path-missing", first(paths=(k,))) for k in range(r)),
        ("transpose-missing", first(weight=lambda k: W(i, k + 1, 2))),
        ("layer-shift", first(weight=lambda k: W(i, j, 1))),
        ("link-weight-missing", first(weight=lambda k: sympy.S.One)),
        ("input-for-weight", first(weight=lambda k: z[h])),
        ("derivative-left-out", first(slope_2=lambda k: sympy.S.One)),
        ("derivative-left-out", first(slope_2=lambda k: sympy.S.One, slope_1=sympy.S.One)),
        ("input-layer", first(feed=z[h])),
        ("input-layer", first(feed=z[0])),
        ("feed-missing", first(feed=sympy.S.One)),
        ("weight-for-input", first(feed=W(i, j, 1))),
        *(("wrong-neuron", first(feed=other)) for other in x if other != x[j - 1]),
        ("wrong-neuron", first(slope_1=s1[1 - h])),
        ("wrong-neuron", first(weight=lambda k: W(k + 1, 3 - i, 2))),
        ("phi-prime-at-output", first(slope_1=sigmoid_prime(z[h]))),
        ("phi-prime-at-output", first(slope_2=lambda k: sigmoid_prime(sigmoid(g2[k])))),
        ("phi-prime-repeated", first(slope_1=s1[h] ** 2)),
        ("loss-slope-missing", sympy.Add(*(s2[k] * W(k + 1, i, 2) for k in range(r))) * s1[h] * x[j - 1]),
        (
            "products-of-sums",
            sympy.Add(*(up[k] * s2[k] for k in range(r)))
            * sympy.Add(*(W(k + 1, i, 2) for k in range(r)))
            * s1[h]
            * x[j - 1],
        ),
        ("layer-shift", first(weight=lambda k: W(k + 1, i, 1))),
        (
            "phi-prime-at-output",
            first(slope_1=sigmoid_prime(z[h]), slope_2=lambda k: sigmoid_prime(sigmoid(g2[k]))),
        ),
        ("bracket-missing", up[0] * s2[0] * W(1, i, 2) + up[1] * s2[1] * W(2, i, 2) * s1[h] * x[j - 1]),
        ("paths-multiplied", sympy.Mul(*(up[k] * s2[k] * W(k + 1, i, 2) for k in range(r))) * s1[h] * x[j - 1]),
        *((slug, first(slope_1=wrong)) for slug, wrong in _wrong_slopes(g1[h])),
        *(
            (_wrong_slopes(g2[0])[n][0], first(slope_2=lambda k, n=n: _wrong_slopes(g2[k])[n][1]))  # type: ignore[misc]
            for n in range(len(_wrong_slopes(g2[0])))
        ),
    ]
    symbols = tuple(map(str, (*up, *x, *(W(m, n, l) for l in (1, 2) for m in range(1, 4) for n in range(1, 4)))))

    def asked(name: str, expected: sympy.Expr, made: list[Slip], example: str) -> Expression:
        return in_phi(name, expected, symbols, made, known, example)

    paths = " + ".join(f"dL_dy{k} * phi'(g_{k}^2) * W_{k}{i}^2" for k in range(1, r + 1))
    sums = " + ".join(
        rf"\frac{{\partial L}}{{\partial \hat y_{k}}}\, \varphi'(g_{k}^{{(2)}})\, W_{{{k}{i}}}^{{(2)}}"
        for k in range(1, r + 1)
    )
    return Problem(
        statement=rf"""
Two layers: $g^{{(1)}} = W^{{(1)}} x$, $z = \varphi(g^{{(1)}})$, $g^{{(2)}} = W^{{(2)}} z$,
$\hat y = \varphi(g^{{(2)}})$, with {p} inputs, {q} hidden neurons and {r} outputs, without biases; $\varphi$ is the
sigmoid. Write

(a) `dL_dW2`: $\dfrac{{\partial L}}{{\partial W_{{{out}{i}}}^{{(2)}}}}$, and

(b) `dL_dW1`: $\dfrac{{\partial L}}{{\partial W_{{{i}{j}}}^{{(1)}}}}$,

in terms of $\frac{{\partial L}}{{\partial \hat y_k}}$ and of the numbers of the network. Type `dL_dy1` for
$\frac{{\partial L}}{{\partial \hat y_1}}$, `W_12^2` for $W_{{12}}^{{(2)}}$, `g_1^2` for $g_1^{{(2)}}$, `z1`, `x1`, and
`phi'(…)`.
""",
        answers=(
            asked("dL_dW2", second, second_slips, f"dL_dy{out} * phi'(g_{out}^2) * z{i}"),
            asked("dL_dW1", first(), first_slips, f"({paths}) * phi'(g_{i}^1) * x{j}"),
        ),
        hints=(
            "Which outputs does the weight reach? In (a) that is one, in (b) it is all of them.",
            "Walk from the weight to the loss, and write down one factor for every step.",
            "Each layer is passed with a φ' of its own, taken at its own g.",
        ),
        solution=rf"""
(a) The weight moves $g_{out}^{{(2)}}$ alone, by $z_{i}$ per unit; that moves $\hat y_{out}$, and so $L$:
$$\frac{{\partial L}}{{\partial W_{{{out}{i}}}^{{(2)}}}} =
\frac{{\partial L}}{{\partial \hat y_{out}}}\, \varphi'(g_{out}^{{(2)}})\, z_{i}.$$
(b) The weight moves $g_{i}^{{(1)}}$ by $x_{j}$ per unit, that moves $z_{i}$, and from there a path leads through each
output:
$$\frac{{\partial L}}{{\partial W_{{{i}{j}}}^{{(1)}}}} = \left({sums}\right) \varphi'(g_{i}^{{(1)}})\, x_{j}.$$
""",
    )


def _two_layer_loss(W1: Floats, W2: Floats, x: Floats, y: Floats) -> float:
    """Return the mean squared error of ŷ = φ(W⁽²⁾ φ(W⁽¹⁾ x))."""
    out = 1 / (1 + np.exp(-(W2 @ (1 / (1 + np.exp(-(W1 @ x)))))))
    return float(np.mean((out - y) ** 2))


def _two_layer_gradients(W1: Floats, W2: Floats, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return ∂L/∂W⁽¹⁾ and ∂L/∂W⁽²⁾, in the shapes of W1 and W2, for the mean squared error."""
    z = 1 / (1 + np.exp(-(W1 @ x)))
    y_hat = 1 / (1 + np.exp(-(W2 @ z)))
    d2 = 2 / len(y) * (y_hat - y) * y_hat * (1 - y_hat)  # φ' from the sigmoid's own value
    d1 = (W2.T @ d2) * z * (1 - z)
    return np.outer(d1, x), np.outer(d2, z)


@CHAPTER.exercise("7.14", "Two layers in code", covers=("fda/two-layer-second", "fda/two-layer-first"), points=4)
def two_layers_code() -> Problem:
    """(∂L/∂W⁽¹⁾, ∂L/∂W⁽²⁾) as a function of both matrices, the input and the target."""
    sizes = ((3, 3, 3), (4, 3, 2), (2, 5, 3), (2, 4, 5))
    return Problem(
        statement=r"""
Write a function for the network of 7.13 with any numbers of neurons. It is given `W1` of shape $(q, p)$, `W2` of shape
$(r, q)$, an input `x` of shape $(p,)$ and a target `y` of shape $(r,)$. The loss is the mean squared error
$L = \frac1r \sum_k (\hat y_k - y_k)^2$, and $\varphi$ is the sigmoid. It returns two arrays, first all
$\frac{\partial L}{\partial W_{ij}^{(1)}}$ in the shape of `W1`, then all
$\frac{\partial L}{\partial W_{ij}^{(2)}}$ in the shape of `W2`.
""",
        answers=(
            Function(
                "two_layer_gradients",
                _two_layer_gradients,
                random_cases(
                    714,
                    [((q, p), (r, q), (p,), (r,)) for p, q, r in sizes],
                    [f"{p} inputs, {q} hidden neurons and {r} outputs" for p, q, r in sizes],
                ),
                mistakes=slips.two_layers(),
                forward=_two_layer_loss,
                by=(0, 1),
                labels=lambda *_: ("∂L/∂W⁽¹⁾", "∂L/∂W⁽²⁾"),
            ),
        ),
        hints=(
            "First compute z and ŷ, and keep them: all slopes are taken there.",
            "Then go backwards: the errors of the outputs, with their φ', and from them those of the hidden neurons.",
            "No array with three indices is needed: with each layer's errors the last step is 7.10 (b).",
        ),
        solution=r"""
The functions of 7.3, 7.6 and 7.9, one after the other: `d2` is the error of the output layer, `d1` that of the hidden
one, and each gradient is an outer product of an error and what came in.
""",
    )
