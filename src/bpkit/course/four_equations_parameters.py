"""Chapter 07, second part: the slopes by weights and biases, one by one, as matrices, and in code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import sympy

from bpkit.checking import Derivation, Function, Matrix
from bpkit.checking.parsing import sigmoid, sigmoid_prime

from . import four_equations_slips as slips
from .exercise import Problem
from .four_equations_errors import (
    CHAPTER,
    FIGURE,
    SIGMAS,
    Floats,
    Sizes,
    Slip,
    activations,
    d,
    derivation,
    how_many,
    indexed_names,
    random_cases,
    wrong_ones,
    z,
)
from .network_notation_names import a, b, w
from .writing import tex


@CHAPTER.exercise(
    "7.7",
    "One weight, one bias (worksheet, third and fourth equation)",
    covers=("worksheet/bp3", "worksheet/bp4"),
    points=4,
    vary={"j": (1, 2), "k": (1, 2, 3, 4), "n": (2, 3)},
)
def one_weight(j: int = 1, k: int = 3, n: int = 2) -> Problem:
    """∂L/∂w_jk^l and ∂L/∂b_j^l, as lines that start at each of them."""
    neurons = range(1, n + 1)
    input_, error = a(k, 2), d(j, 3)
    free = [*indexed_names("dz", 4, (1, 2, 3)), *indexed_names("wb", 4, (2, 3))]
    errors = sympy.Add(*(d(m, 3) for m in neurons))
    weight_slips: list[Slip] = [
        *(("wrong-neuron", error * a(m, 2)) for m in range(1, 5)),
        *(("wrong-neuron", d(m, 3) * input_) for m in neurons),
        ("input-missing", error),
        ("error-missing", input_),
        ("idle-path", errors * input_),
        ("slopes-added", error + input_),
        *(("input-layer", error * a(k, m)) for m in (1, 3)),
        ("wrong-layer", d(j, 2) * input_),
        ("weight-for-input", error * w(j, k, 3)),
        ("term-itself", error * w(j, k, 3) * input_),
        ("all-terms", error * sympy.Add(*(a(m, 2) for m in range(1, 5)))),
        ("sigma-missing", error * z(k, 2)),
        ("slope-for-input", error * sigmoid_prime(z(k, 2))),
        *(("slope-repeated", error * input_ * sigmoid_prime(at)) for at in (z(j, 3), z(k, 2))),
    ]
    bias_slips: list[Slip] = [
        ("bias-summed", errors),
        *(("wrong-neuron", d(m, 3)) for m in neurons),
        ("error-missing", sympy.S.One),
        *(("bias-slope", error * other) for other in (b(j, 3), a(j, 3), *(a(m, 2) for m in range(1, 5)))),
        ("slope-repeated", error * sigmoid_prime(z(j, 3))),
        ("wrong-layer", d(j, 2)),
    ]

    def asked(
        name: str, slope: str, by: str, local: sympy.Expr, right: str, forms: list[sympy.Expr], made: list[Slip]
    ) -> Derivation:
        through = sympy.Add(*(d(m, 3) * sympy.Symbol(f"dz{m}_d{by}") for m in neurons))
        meanings = activations(4, (1, 2, 3)) | {f"dz{m}_d{by}": local if m == j else sympy.S.Zero for m in neurons}
        paths = " + ".join(f"d_{m}^3*dz{m}_d{by}" for m in neurons)
        put_in = " + ".join(f"d_{m}^3*" + (str(local) if m == j else "0") for m in neurons)
        return derivation(
            name,
            sympy.Symbol(slope),
            meanings,
            forms,
            free,
            (through,),
            made,
            (slope, paths, put_in, right),
        )

    weight, bias = tex(w(j, k, 3)), tex(b(j, 3))
    sums = [
        " + ".join(rf"d_{m}^3\, \frac{{\partial z_{m}^3}}{{\partial {of}}}" for m in neurons) for of in (weight, bias)
    ]
    typed = [", ".join(f"`dz{m}_d{by}`" for m in neurons) for by in "wb"]
    return Problem(
        statement=rf"""
Layer 3 has {n} neurons; the layer before it has 4. Show line by line what the slope of $L$ is

(a) by the weight ${weight}$: `lines_w`, which begins with `"dL_dw"`,

(b) by the bias ${bias}$: `lines_b`, which begins with `"dL_db"`,

in terms of errors $d_m^3$ and activations. In both lists the next line is the chain rule, a sum over all neurons $m$
of layer 3, in the local derivatives of the table and with nothing put in yet; the last is the formula, and each line
equals the one before it.

| typed | stands for |
|---|---|
| `dL_dw`, `dL_db` | $\frac{{\partial L}}{{\partial {weight}}}$ and $\frac{{\partial L}}{{\partial {bias}}}$ |
| {typed[0]} | $\frac{{\partial z_m^3}}{{\partial {weight}}}$ |
| {typed[1]} | $\frac{{\partial z_m^3}}{{\partial {bias}}}$ |
| `d_1^3`, `a_1^2` and so on | $d_1^3$, $a_1^2$ and so on |
""",
        answers=(
            asked(
                "lines_w",
                "dL_dw",
                "w",
                input_,
                f"{input_}*{error}",
                [error * input_, error * sigmoid(z(k, 2))],
                weight_slips,
            ),
            asked("lines_b", "dL_db", "b", sympy.S.One, f"{error}", [error], bias_slips),
        ),
        hints=(
            "The chain rule goes through every z of layer 3. The slope of L by each of them is an error d.",
            "Exercise 3.5 asked how z moves with a weight of its own neuron, with its bias, with another's weight.",
        ),
        solution=rf"""
(a) A path through each neuron of layer 3:
$$\frac{{\partial L}}{{\partial {weight}}} = {sums[0]}.$$
Of the sums $z_m^3$ only that of neuron {j} holds this weight, and there it stands with $a_{k}^2$. So what is left is
$d_{j}^3\, a_{k}^2$.

(b) In the same way
$$\frac{{\partial L}}{{\partial {bias}}} = {sums[1]} = d_{j}^3,$$
since the bias stands once, by itself, in $z_{j}^3$, and nowhere else.
""",
    )


@CHAPTER.exercise(
    "7.8",
    "All weights and biases of a layer",
    covers=("worksheet/bp3", "worksheet/bp4"),
    points=3,
    vary={"sizes": ((2, 3, 2), (4, 2, 3), (3, 3, 3), (2, 4, 3))},
)
def all_weights(sizes: Sizes = FIGURE) -> Problem:
    """The matrix of ∂L/∂w_jk^3 and the vector of ∂L/∂b_j^3."""
    l = 3
    n, below = sizes[l - 1], sizes[l - 2]

    def matrix(entry: Callable[[int, int], sympy.Expr], rows: int = n, columns: int = below) -> sympy.Matrix:
        return sympy.ImmutableMatrix(rows, columns, lambda i, k: entry(i + 1, k + 1))

    right = matrix(lambda j, k: d(j, l) * a(k, l - 1))
    errors = sympy.ImmutableMatrix([d(j, l) for j in range(1, n + 1)])

    def times_slope(slope: Callable[[int], sympy.Expr]) -> sympy.Matrix:
        return matrix(lambda j, k: right[j - 1, k - 1] * slope(j))

    made: list[Slip] = [
        ("outer-turned", matrix(lambda k, j: d(j, l) * a(k, l - 1), below, n)),
        ("outer-turned", matrix(lambda j, k: d(k, l) * a(j, l - 1))),
        ("input-layer", matrix(lambda j, k: d(j, l) * a(k, l), n, n)),
        ("input-layer", matrix(lambda j, k: d(j, l) * a(k, l))),
        ("input-layer", matrix(lambda j, k: d(j, l) * a(k, l - 2))),
        ("input-layer", matrix(lambda j, k: d(j, l) * a(k, l - 2), n, sizes[0])),
        ("wrong-layer", matrix(lambda j, k: d(j, l - 1) * a(k, l - 1))),
        ("wrong-layer", matrix(lambda j, k: d(j, l - 1) * a(k, l - 2), below, sizes[0])),
        ("weight-for-input", matrix(lambda j, k: d(j, l) * w(j, k, l))),
        ("input-missing", matrix(lambda j, k: d(j, l))),
        ("error-missing", matrix(lambda j, k: a(k, l - 1))),
        ("sum-and-product", matrix(lambda j, k: d(j, l) + a(k, l - 1))),
        *(("slope-repeated", times_slope(lambda j, m=m: sigmoid_prime(z(j, m)))) for m in (l, l - 1)),  # type: ignore[misc]
        ("slope-repeated", times_slope(lambda j: a(j, l) * (1 - a(j, l)))),
        ("slope-repeated", matrix(lambda j, k: right[j - 1, k - 1] * sigmoid_prime(z(k, l - 1)))),
        ("slope-for-input", matrix(lambda j, k: d(j, l) * sigmoid_prime(z(k, l - 1)))),
        ("sigma-missing", matrix(lambda j, k: d(j, l) * z(k, l - 1))),
        ("factor-extra", matrix(lambda j, k: right[j - 1, k - 1] * w(j, k, l))),
        ("inner-for-outer", sympy.Matrix([sympy.Add(*(d(j, l) * a(j, l - 1) for j in range(1, min(n, below) + 1)))])),
        *(
            ("inner-for-outer", sympy.Matrix(list(joined)))
            for joined in (
                [d(j, l) * sympy.Add(*(a(k, l - 1) for k in range(1, below + 1))) for j in range(1, n + 1)],
                [sympy.Add(*errors) * a(k, l - 1) for k in range(1, below + 1)],
            )
        ),
        *(("entrywise-for-outer", sympy.Matrix([d(j, l) * a(j, l - 1) for j in range(1, m + 1)])) for m in (n, below)),
        (
            "entrywise-for-outer",
            matrix(lambda j, k: d(j, l) * a(k, l - 1) if j == k else sympy.S.Zero),
        ),
    ]
    bias: list[Slip] = [
        ("bias-summed", sympy.Matrix([sympy.Add(*errors)])),
        ("bias-summed", sympy.Matrix([sympy.Add(*errors)] * n)),
        ("bias-summed", sympy.Matrix([sympy.Add(*errors) / n])),
        ("bias-slope", sympy.Matrix([d(j, l) * a(j, l - 1) for j in range(1, n + 1)])),
        ("bias-slope", sympy.Matrix([d(j, l) * a(j, l) for j in range(1, n + 1)])),
        ("bias-slope", sympy.Matrix([d(j, l) * b(j, l) for j in range(1, n + 1)])),
        ("slope-repeated", sympy.Matrix([d(j, l) * sigmoid_prime(z(j, l)) for j in range(1, n + 1)])),
        ("error-missing", sympy.Matrix([1] * n)),
        ("term-itself", sympy.Matrix([b(j, l) for j in range(1, n + 1)])),
        ("wrong-layer", sympy.Matrix([d(j, l - 1) for j in range(1, below + 1)])),
        ("wrong-layer", sympy.Matrix([d(j, l - 1) for j in range(1, n + 1)])),
    ]
    names = [
        *indexed_names("w", max(sizes), (l,)),
        *indexed_names("dbz", max(sizes), (l - 2, l - 1, l)),
        *indexed_names("a", max(sizes), (l - 2,)),
    ]
    known = activations(max(sizes), (l - 1, l))
    return Problem(
        statement=rf"""
In a {"–".join(map(str, sizes))} network, write out the slopes of $L$ by everything that layer 3 holds, in errors
$d_j^3$ and activations $a_k^2$:

- `dL_dW`: the matrix of all $\frac{{\partial L}}{{\partial w_{{jk}}^3}}$, laid out like $W^3$, with entry $(j, k)$
  in row $j$ and column $k$; a list of rows,
- `dL_db`: the vector of all $\frac{{\partial L}}{{\partial b_j^3}}$.
""",
        answers=(
            Matrix("dL_dW", right, names, wrong_ones(made, right), SIGMAS, known),
            Matrix("dL_db", errors, names, wrong_ones(bias, errors), SIGMAS, known),
        ),
        hints=(
            "Begin with the shape: it is that of W³. How many rows, how many columns?",
            "Fill in one entry by 7.7. Which letter changes along a row, which one down a column?",
        ),
        solution=rf"""
Row $j$ holds $d_j^3$ times every activation of layer 2:
$$\frac{{\partial L}}{{\partial W^3}} = {tex(right)} = \mathbf{{d}}^3 (\mathbf{{a}}^2)^T, \qquad
\frac{{\partial L}}{{\partial \mathbf{{b}}^3}} = {tex(errors)} = \mathbf{{d}}^3.$$
A column times a row, every entry with every other: an outer product, of the shape of $W^3$.
""",
    )


def _weight_gradient(d: Floats, a_below: Floats) -> Floats:
    """Return ∂L/∂W^l = d^l (a^{l−1})ᵀ, of shape (n_l, n_{l−1}), the shape of W^l."""
    return np.outer(d, a_below)


def _bias_gradient(d: Floats) -> Floats:
    """Return ∂L/∂b^l = d^l, of shape (n_l,)."""
    return d


@CHAPTER.exercise("7.9", "Weights and biases in code", covers=("worksheet/bp3", "worksheet/bp4"), points=3)
def parameter_gradients_code() -> Problem:
    """The third and fourth equation as functions of d^l and a^{l−1}."""
    sizes = ((2, 4), (5, 3), (3, 3), (4, 1))  # n_l and n_{l−1}
    return Problem(
        statement=r"""
Write the third and the fourth equation as functions. `weight_gradient` is given `d`, which is $\mathbf{d}^l$ of shape
$(n_l,)$, and `a_below`, which is $\mathbf{a}^{l-1}$ of shape $(n_{l-1},)$. It returns the matrix of all
$\frac{\partial L}{\partial w_{jk}^l}$, in the shape $(n_l, n_{l-1})$ of $W^l$. `bias_gradient` is given `d` alone and
returns all $\frac{\partial L}{\partial b_j^l}$, in the shape $(n_l,)$ of $\mathbf{b}^l$.
""",
        answers=(
            Function(
                "weight_gradient",
                _weight_gradient,
                random_cases(
                    79,
                    [((n,), (below,)) for n, below in sizes],
                    [f"{how_many(n)}, and {below} in the layer below" for n, below in sizes],
                ),
                mistakes=slips.weight_gradient(),
            ),
            Function(
                "bias_gradient",
                _bias_gradient,
                random_cases(80, [((n,),) for n in (3, 5, 2)], [how_many(n) for n in (3, 5, 2)]),
                mistakes=slips.bias_gradient(),
            ),
        ),
        hints=(
            "For arrays of shape (n,) there is no difference between a row and a column, so .T does nothing to them.",
            "NumPy has a function for the product of every entry with every other; or give the arrays a second axis.",
        ),
        solution=r"""
`np.outer(d, a_below)[j, k]` is `d[j] * a_below[k]`; so is `d[:, None] * a_below[None, :]`. The fourth equation hands
on what it gets.
""",
    )
