"""Chapter 07, first part: the errors d^l of all layers, neuron by neuron, as vectors, and in code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Derivation, Expression, Function, Matrix, Mistake
from bpkit.checking.evaluation import evaluate
from bpkit.checking.functions import Case
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

from . import four_equations_slips as slips
from .activations_slopes import FOR_SIGMA_PRIME
from .exercise import Chapter, Problem
from .network_notation_names import a, w
from .writing import tex

CHAPTER = Chapter("07_four_equations", "The four equations")

Floats = NDArray[np.float64]
Slip = tuple[str, Any]
Sizes = tuple[int, ...]

SIGMAS = SIGMOID | SIGMOID_PRIME
FIGURE: Sizes = (3, 4, 2)


def z(j: int, l: int) -> sympy.Symbol:
    """z_j^l, what arrives at neuron j of layer l."""
    return sympy.Symbol(f"z_{j}^{l}")


def d(j: int, l: int) -> sympy.Symbol:
    """d_j^l = ∂L/∂z_j^l, the error of neuron j in layer l."""
    return sympy.Symbol(f"d_{j}^{l}")


def indexed_names(letters: str, top: int, layers: Iterable[int]) -> list[str]:
    """List more symbols than the network has, so that a wrong index is called wrong and not unreadable."""
    count = range(1, top + 1)
    return [
        f"{letter}_{lower}^{l}"
        for letter in letters
        for l in layers
        for lower in ([f"{j}{k}" for j in count for k in count] if letter in "wW" else count)
    ]


def wrong_ones(made: Iterable[Slip], right: Any) -> tuple[Mistake, ...]:
    """Keep what is wrong."""
    return tuple(Mistake(slug, result) for slug, result in made if result != right)


def derivation(
    name: str,
    slope: sympy.Symbol,
    meanings: Mapping[str, sympy.Expr],
    goal_forms: Sequence[sympy.Expr],
    free: Iterable[str],
    paths: tuple[sympy.Expr, ...],
    made: Iterable[Slip],
    example: tuple[str, ...],
) -> Derivation:
    """Ask for the lines from a slope, by way of the chain rule, to a formula for it.

    Parameters
    ----------
    slope
        The slope's own symbol, the first line.
    meanings
        What activations and local derivatives are, in the `free` symbols and in those before; the slope is the
        first of the goal's forms.
    paths
        The chain rule as a sum over all paths, in its forms.
    made
        What mistakes make of the slope.
    """
    meanings = {**meanings, slope.name: goal_forms[0]}

    def keep(point: dict[str, Any]) -> dict[str, Any]:
        point = dict(point)
        for name, meaning in meanings.items():
            point[name] = evaluate(meaning, point, real=False)
        return point

    symbols = tuple(dict.fromkeys((*meanings, *free)))
    goal, *others = goal_forms
    mistakes = wrong_ones(made, goal)
    return Derivation(name, slope, goal, symbols, SIGMAS, tuple(others), paths, mistakes, keep, example)


def _slopes_of(arrives: sympy.Symbol, activation: sympy.Symbol) -> list[sympy.Expr]:
    """Return the sigmoid's slope at a neuron, in the forms in which it is written."""
    s = sigmoid(arrives)
    return [sigmoid_prime(arrives), *(form for a in (activation, s) for form in (a * (1 - a), a - a**2))]


def wrong_slopes(arrives: sympy.Symbol) -> list[Slip]:
    """Return what σ'(z) is mistaken for."""
    a = sigmoid(arrives)
    return [
        ("derivative-left-out", sympy.S.One),
        ("derivative-of-activation", sigmoid_prime(a)),
        ("slope-twice", sigmoid_prime(arrives) ** 2),
        ("slope-not-applied", arrives),
        *((slug, wrong(arrives, a)) for slug, wrong in FOR_SIGMA_PRIME),
    ]


def activations(top: int, layers: Iterable[int]) -> dict[str, sympy.Expr]:
    """Return a_j^l = σ(z_j^l), for answers that write σ' in the activations."""
    return {a(j, l).name: sigmoid(z(j, l)) for l in layers for j in range(1, top + 1)}


@CHAPTER.exercise(
    "7.1",
    "The error of an output neuron (worksheet, first equation)",
    covers="worksheet/bp1",
    points=2,
    vary={"j": (1, 2), "c": (2, 3, 4)},
)
def output_neuron(j: int = 1, c: int = 2) -> Problem:
    """d_j^F = ∂L/∂a_j σ'(z_j), as lines that start at d_j^F."""
    outputs = range(1, c + 1)
    by_output = {k: sympy.Symbol(f"dL_da{k}") for k in outputs}
    meanings = {f"da{k}_dz": sigmoid_prime(z(j, 3)) if k == j else sympy.S.Zero for k in outputs}
    forms = [by_output[j] * slope for slope in _slopes_of(z(j, 3), a(j, 3))]
    made: list[Slip] = [
        *((slug, by_output[j] * wrong) for slug, wrong in wrong_slopes(z(j, 3))),
        ("idle-path", sympy.Add(*(by_output[k] * sigmoid_prime(z(j, 3)) for k in outputs))),
        ("idle-path", sympy.Add(*(by_output[k] * sigmoid_prime(z(k, 3)) for k in outputs))),
        *(
            ("wrong-neuron", by_output[k] * sigmoid_prime(z(m, 3)))
            for k in outputs
            for m in outputs
            if (k, m) != (j, j)
        ),
        ("wrong-layer", by_output[j] * sigmoid_prime(z(j, 2))),
        ("slopes-added", by_output[j] + sigmoid_prime(z(j, 3))),
        ("outer-derivative-dropped", sigmoid_prime(z(j, 3))),
        ("factor-inverted", by_output[j] / sigmoid_prime(z(j, 3))),
    ]
    paths = " + ".join(f"dL_da{k}*da{k}_dz" for k in outputs)
    used = " + ".join(f"dL_da{k}*" + (f"sigma'(z_{j}^3)" if k == j else "0") for k in outputs)
    shown = " + ".join(
        rf"\frac{{\partial L}}{{\partial a_{k}^3}} \frac{{\partial a_{k}^3}}{{\partial z_{j}^3}}" for k in outputs
    )
    zero = " and ".join(rf"$\frac{{\partial a_{k}^3}}{{\partial z_{j}^3}}$" for k in outputs if k != j)
    return Problem(
        statement=rf"""
The last layer of a network is layer $F = 3$, and it has {c} neurons. Start at the error $d_{j}^3$ of neuron {j},
and show line by line what it is in terms of the slope of the loss and of $\sigma'$.

Hand in a list of lines. The first is `"d_{j}^3"`; the next is the chain rule, a sum over *all* outputs, in the local
derivatives of the table and with nothing put in yet; the last is the formula. Each line equals the one before it.

| typed | stands for |
|---|---|
| {", ".join(f"`dL_da{k}`" for k in outputs)} | $\frac{{\partial L}}{{\partial a_k^3}}$ for each output $k$ |
| {", ".join(f"`da{k}_dz`" for k in outputs)} | $\frac{{\partial a_k^3}}{{\partial z_{j}^3}}$ |
| `sigma'(z_{j}^3)` | $\sigma'(z_{j}^3)$ |
""",
        answers=(
            derivation(
                "lines",
                d(j, 3),
                {**activations(c, (2, 3)), **meanings},
                forms,
                [*map(str, by_output.values()), *indexed_names("dz", c, (2, 3))],
                (sympy.Add(*(by_output[k] * sympy.Symbol(f"da{k}_dz") for k in outputs)),),
                made,
                (f"d_{j}^3", paths, used, f"dL_da{j} * sigma'(z_{j}^3)"),
            ),
        ),
        hints=(
            f"d_{j}^3 is the slope of L by z_{j}^3. Which numbers between the two does a small change pass through?",
            "By the chain rule every output is a path. Multiply along each path, and add the paths.",
            f"σ is applied to each neuron by itself. Which of the outputs moves, then, when z_{j}^3 moves?",
        ),
        solution=rf"""
$L$ depends on all outputs, so the chain rule has a path through each:
$$d_{j}^3 = \frac{{\partial L}}{{\partial z_{j}^3}} = {shown}.$$
But $a_k^3 = \sigma(z_k^3)$ knows only its own $z_k^3$. So {zero} {"is" if c == 2 else "are"} 0, and what is left is
$$d_{j}^3 = \frac{{\partial L}}{{\partial a_{j}^3}}\, \sigma'(z_{j}^3).$$
""",
    )


z_j, a_j, y_j, c_ = sympy.symbols("z_j a_j y_j c")
# What may stand before (a_j − y_j) in the slope of a squared error, by the loss's convention.
FRONTS = {"mse-sum": 2, "mse-half": 1, "mse-mean-of-half": 1 / c_}


@CHAPTER.exercise(
    "7.2",
    "The whole output layer",
    covers="worksheet/bp1",
    points=3,
    vary={"c": (2, 3, 4), "l": (2, 3, 4)},
)
def output_layer(c: int = 2, l: int = 3) -> Problem:
    """d_j for the mean squared error; then d^F = ∇_a L ⊙ σ'(z^F) as a vector."""
    difference, slope = a_j - y_j, sigmoid_prime(z_j)
    right = 2 / c_ * difference * slope
    made: list[Slip] = [
        *((slug, front * difference * slope) for slug, front in FRONTS.items()),
        *((slug, 2 / c_ * difference * wrong(z_j, a_j)) for slug, wrong in FOR_SIGMA_PRIME),
        ("derivative-left-out", 2 / c_ * difference),
        ("derivative-of-activation", 2 / c_ * difference * sigmoid_prime(a_j)),
        ("difference-reversed", -right),
        ("target-dropped", 2 / c_ * a_j * slope),
        ("power-slip", 2 / c_ * difference**2 * slope),
        ("square-not-differentiated", difference**2 / c_ * slope),
        ("slope-twice", right * slope),
        ("slope-not-applied", 2 / c_ * difference * z_j),
        ("outer-derivative-dropped", slope),
        ("factor-inverted", c_ / 2 * difference * slope),
        ("factor-inverted", 2 * c_ * difference * slope),
        ("slopes-added", 2 / c_ * difference + slope),
        ("sigma-missing", 2 / c_ * (z_j - y_j)),
        ("sigma-missing", 2 / c_ * (z_j - y_j) * slope),
        ("bracket-missing", 2 / c_ * a_j - y_j * slope),
        ("bracket-missing", 2 / c_ * (a_j - y_j * slope)),
        ("bracket-missing", (2 / c_ * a_j - y_j) * slope),
    ]
    known = {"a_j": sigmoid(z_j)}
    outputs = range(1, c + 1)
    by_output = [sympy.Symbol(f"dL_da{k}") for k in outputs]

    def vector(entry: Callable[[sympy.Symbol, int], sympy.Expr]) -> sympy.Matrix:
        return sympy.ImmutableMatrix([entry(by_output[k - 1], k) for k in outputs])

    layer = vector(lambda slope, k: slope * sigmoid_prime(z(k, l)))
    slopes = [sigmoid_prime(z(k, l)) for k in outputs]
    joined = sympy.Add(*layer)
    table: list[Slip] = [
        ("derivative-left-out", vector(lambda slope, k: slope)),
        ("outer-derivative-dropped", vector(lambda slope, k: sigmoid_prime(z(k, l)))),
        ("derivative-of-activation", vector(lambda slope, k: slope * sigmoid_prime(sigmoid(z(k, l))))),
        *(
            (slug, vector(lambda slope, k, wrong=wrong: slope * wrong(z(k, l), sigmoid(z(k, l)))))  # type: ignore[misc]
            for slug, wrong in FOR_SIGMA_PRIME
        ),
        ("wrong-layer", vector(lambda slope, k: slope * sigmoid_prime(z(k, l - 1)))),
        ("wrong-neuron", vector(lambda slope, k: slope * slopes[0])),
        ("matrix-product", sympy.Matrix([joined])),
        ("matrix-product", sympy.Matrix([joined] * c)),
        ("outer-product", sympy.Matrix(c, c, lambda i, k: by_output[i] * slopes[k])),
        ("outer-product", sympy.Matrix(c, c, lambda i, k: by_output[k] * slopes[i])),
        ("entries-added", vector(lambda slope, k: slope + slopes[k - 1])),
        ("slope-twice", vector(lambda slope, k: slope * slopes[k - 1] ** 2)),
        ("slope-not-applied", vector(lambda slope, k: slope * z(k, l))),
    ]
    names = [*map(str, by_output), *indexed_names("z", c, (l - 1, l))]
    slope_tex = {slope: rf"\frac{{\partial L}}{{\partial a_{k}^{l}}}" for k, slope in enumerate(by_output, start=1)}
    column = sympy.latex(layer, symbol_names=slope_tex)
    return Problem(
        statement=rf"""
(a) Let the loss be the mean squared error, $L = \frac{{1}}{{c}} \sum_{{k=1}}^{{c}} (a_k - y_k)^2$, and let $\sigma$ be
the sigmoid. What is the error $d_j$ of output neuron $j$? The layer's index is left out. Hand in an expression in
`a_j`, `y_j`, `z_j` and `c`; $\sigma'$ is typed `sigma'(…)`.

(b) Now for any loss, and the whole layer at once. The last layer is layer $F = {l}$, and it has {c} neurons. Write out
the vector
$$\mathbf{{d}}^{l} = \nabla_a L \odot \sigma'(\mathbf{{z}}^{l})$$
as a list of {c} expressions, with `dL_da1` for $\frac{{\partial L}}{{\partial a_1^{l}}}$ and so on, and `z_1^{l}` for
$z_1^{l}$.
""",
        answers=(
            Expression(
                "d_j",
                right,
                ("y_j", "z_j", "c"),
                wrong_ones(made, right),
                known=known,
                functions=SIGMAS,
                counts=("c",),
                example="2/c * (a_j - y_j) * sigma'(z_j)",
            ),
            Matrix("d", layer, names, wrong_ones(table, layer), SIGMAS, activations(c, (l - 1, l))),
        ),
        hints=(
            "In (a) there are two factors; the first is the gradient that chapter 05 ends with.",
            "⊙ pairs equal places: entry 1 of one vector meets entry 1 of the other, and nothing else.",
        ),
        solution=rf"""
(a) Exercise 7.1 with $\frac{{\partial L}}{{\partial a_j}} = \frac{{2}}{{c}}(a_j - y_j)$ from chapter 05:
$d_j = \frac{{2}}{{c}}\,(a_j - y_j)\, \sigma'(z_j)$.

(b) Entry $k$ of both vectors is multiplied with entry $k$ of the other:
$$\mathbf{{d}}^{l} = {column}.$$
""",
    )


def random_cases(seed: int, shapes: Sequence[tuple[tuple[int, ...], ...]], said: Sequence[str]) -> list[Case]:
    """Return a call with random arrays for each row of shapes."""
    rng = np.random.default_rng(seed)
    return [Case(tuple(rng.normal(size=shape) for shape in row), text) for row, text in zip(shapes, said, strict=True)]


def how_many(n: int, thing: str = "neuron") -> str:
    """Say "1 neuron" or "3 neurons"."""
    return f"{n} {thing}{'' if n == 1 else 's'}"


SIGMA_CODE = r"""
The activation function is the sigmoid. Its slope you wrote in chapter 04; `sigmoid.df(z)`, from the chapter's first
cell, computes it entry by entry, and so may code of your own.
"""


def _output_error(grad_a: Floats, z: Floats) -> Any:
    """Return d^F = ∇_a L ⊙ σ'(z^F); both arguments and the result have shape (n_F,)."""
    sigma_prime = np.exp(-z) / (1 + np.exp(-z)) ** 2
    return grad_a * sigma_prime


def _weighted_outputs(grad_a: Floats, z: Floats) -> float:
    return float(grad_a @ (1 / (1 + np.exp(-z))))


@CHAPTER.exercise("7.3", "The output error in code", covers="worksheet/bp1", points=2)
def output_error_code() -> Problem:
    """d^F as a function of ∇_a L and z^F."""
    sizes = (3, 5, 2)
    return Problem(
        statement=rf"""
Write the first equation as a function of two arrays of shape $(n_F,)$: `grad_a`, which is $\nabla_a L$, and `z`, which
is $\mathbf{{z}}^F$. It returns $\mathbf{{d}}^F = \nabla_a L \odot \sigma'(\mathbf{{z}}^F)$, again of shape $(n_F,)$.
{SIGMA_CODE}
""",
        answers=(
            Function(
                "output_error",
                _output_error,
                random_cases(73, [((n,), (n,)) for n in sizes], [how_many(n, "output") for n in sizes]),
                mistakes=slips.output_error(),
                forward=_weighted_outputs,
                by=(1,),
            ),
        ),
        hints=(
            "Which operation of NumPy multiplies two arrays of one shape entry by entry?",
            "σ' is taken at z, the number before the activation.",
        ),
        solution=r"""
`sigma_prime` is $\sigma'(\mathbf{z}^F)$, entry by entry, and `*` is the Hadamard product of arrays of one shape.
""",
    )


def _paths(j: int, l: int, sizes: Sizes) -> list[sympy.Expr]:
    """Return what each neuron k of layer l + 1 adds to entry j of (W^{l+1})ᵀ d^{l+1}."""
    return [w(k, j, l + 1) * d(k, l + 1) for k in range(1, sizes[l] + 1)]


def _hidden_slips(j: int, l: int, sizes: Sizes) -> Iterable[Slip]:
    """Yield what mistakes make of d_j^l, the error of a hidden neuron."""
    receivers = range(1, sizes[l] + 1)
    weights, errors = [w(k, j, l + 1) for k in receivers], [d(k, l + 1) for k in receivers]
    paths, slope = _paths(j, l, sizes), sigmoid_prime(z(j, l))
    back, others = sympy.Add(*paths), [i for i in range(1, sizes[l - 1] + 1) if i != j]

    def summed(these: Iterable[sympy.Expr], those: Iterable[sympy.Expr] = errors) -> sympy.Expr:
        return sympy.Add(*(one * other for one, other in zip(these, those, strict=True)))

    fronts: list[Slip] = [
        ("transpose-missing", summed(w(j, k, l + 1) for k in receivers)),
        ("layer-shift", summed(w(k, j, l) for k in receivers)),
        ("layer-shift", summed(weights, [d(k, l) for k in receivers])),
        *(("wrong-neuron", summed(w(k, i, l + 1) for k in receivers)) for i in others),
        *(("path-missing", path) for path in paths),
        ("link-weight-missing", sympy.Add(*errors)),
        ("input-for-weight", sympy.Add(*errors) * sigmoid(z(j, l))),
        ("products-of-sums", sympy.Add(*weights) * sympy.Add(*errors)),
        ("paths-multiplied", sympy.Mul(*paths)),
        ("error-missing", sympy.Add(*weights)),
        ("paths-averaged", back / len(paths)),
    ]
    yield from ((slug, front * slope) for slug, front in fronts)
    yield "paths-multiplied", sympy.Mul(*(path * slope for path in paths))
    yield from ((slug, back * wrong) for slug, wrong in wrong_slopes(z(j, l)))
    yield from (("wrong-neuron", back * sigmoid_prime(z(i, l))) for i in others)
    yield from (("wrong-layer", back * sigmoid_prime(z(j, m))) for m in (l - 1, l + 1))
    above = [sigmoid_prime(z(k, l + 1)) for k in receivers]
    yield "wrong-layer", summed(paths, above)
    yield "slope-repeated", summed(paths, above) * slope
    yield from (("slope-repeated", back * slope * other) for other in above)
    yield "bracket-missing", sympy.Add(*paths[:-1]) + paths[-1] * slope
    yield "slopes-added", back + slope


@CHAPTER.exercise(
    "7.4",
    "The error of a hidden neuron (worksheet, second equation)",
    covers="worksheet/bp2",
    points=4,
    vary={"j": (1, 3, 4), "sizes": (FIGURE, (2, 4, 3))},
)
def hidden_neuron(j: int = 2, sizes: Sizes = FIGURE) -> Problem:
    """d_j^l as a sum over the paths through layer l + 1, as lines that start at d_j^l."""
    l = 2
    receivers = range(1, sizes[l] + 1)
    paths = sympy.Add(*_paths(j, l, sizes))
    meanings = {
        **activations(max(sizes), (l - 1, l, l + 1)),
        **{f"dz{k}_da": w(k, j, l + 1) for k in receivers},
        "da_dz": sigmoid_prime(z(j, l)),
    }
    forms = [
        form
        for slope in _slopes_of(z(j, l), a(j, l))
        for form in (paths * slope, sympy.Add(*(path * slope for path in _paths(j, l, sizes))))
    ]
    through = tuple(
        sympy.Add(*(d(k, l + 1) * sympy.Symbol(f"dz{k}_da") * local for k in receivers))
        for local in (sympy.Symbol("da_dz"), *_slopes_of(z(j, l), a(j, l)))
    )
    chain = " + ".join(f"d_{k}^{l + 1}*dz{k}_da*da_dz" for k in receivers)
    put_in = " + ".join(f"d_{k}^{l + 1}*w_{k}{j}^{l + 1}*sigma'(z_{j}^{l})" for k in receivers)
    last = f"({' + '.join(f'w_{k}{j}^{l + 1}*d_{k}^{l + 1}' for k in receivers)}) * sigma'(z_{j}^{l})"
    sums = " + ".join(
        rf"d_{k}^3 \, \frac{{\partial z_{k}^3}}{{\partial a_{j}^2}} \, \frac{{\partial a_{j}^2}}{{\partial z_{j}^2}}"
        for k in receivers
    )
    total = " + ".join(f"{tex(w(k, j, 3))} d_{k}^3" for k in receivers)
    listed = "–".join(map(str, sizes))
    return Problem(
        statement=rf"""
Take neuron {j} of layer 2 in a {listed} network. A change of $z_{j}^2$ moves $a_{j}^2$; that moves *every* $z_k^3$,
and each of those moves $L$. Start at $d_{j}^2 = \frac{{\partial L}}{{\partial z_{j}^2}}$, and show line by line what
it is in terms of the errors $d_k^3$ of the layer above, the weights and $\sigma'$.

Hand in a list of lines. The first is `"d_{j}^2"`; the next is the chain rule, a sum over all paths, in the local
derivatives of the table and with nothing put in yet; the last is the formula. Each line equals the one before it.

| typed | stands for |
|---|---|
| {", ".join(f"`d_{k}^3`" for k in receivers)} | $d_k^3 = \frac{{\partial L}}{{\partial z_k^3}}$ |
| {", ".join(f"`dz{k}_da`" for k in receivers)} | $\frac{{\partial z_k^3}}{{\partial a_{j}^2}}$ |
| `da_dz` | $\frac{{\partial a_{j}^2}}{{\partial z_{j}^2}}$ |
| `w_12^3` and so on | the weights $w_{{kj}}^3$ |
""",
        answers=(
            derivation(
                "lines",
                d(j, l),
                meanings,
                forms,
                [
                    *(name for name in indexed_names("d", max(sizes), (l, l + 1)) if name != d(j, l).name),
                    *indexed_names("w", max(sizes), (l, l + 1)),
                    *indexed_names("z", max(sizes), (l - 1, l, l + 1)),
                ],
                through,
                _hidden_slips(j, l, sizes),
                (f"d_{j}^{l}", chain, put_in, last),
            ),
        ),
        hints=(
            f"How many neurons of layer 3 does a_{j}^2 reach? Each of them is a path to L.",
            "Along a path three slopes are multiplied: L by z of layer 3, that by a of layer 2, and that by its own z.",
            f"z_k^3 is a sum over all neurons of layer 2. What is its slope by a_{j}^2, with everything else fixed?",
        ),
        solution=rf"""
One path for each neuron $k$ of layer 3:
$$d_{j}^2 = {sums}.$$
In $z_k^3 = \sum_i w_{{ki}}^3 a_i^2 + b_k^3$ the activation $a_{j}^2$ stands once, with the weight $w_{{k{j}}}^3$, and
$\frac{{\partial a_{j}^2}}{{\partial z_{j}^2}} = \sigma'(z_{j}^2)$. That last factor is on every path:
$$d_{j}^2 = \left({total}\right) \sigma'(z_{j}^2).$$
""",
    )


@CHAPTER.exercise(
    "7.5",
    "The whole hidden layer",
    covers="worksheet/bp2",
    points=3,
    vary={"sizes": ((2, 3, 2), (4, 2, 3), (2, 3, 3)), "l": (2,)},
)
def hidden_layer(sizes: Sizes = FIGURE, l: int = 2) -> Problem:
    """(W^{l+1})ᵀ d^{l+1} and d^l, as vectors of expressions."""
    n, above = sizes[l - 1], sizes[l]
    here, receivers = range(1, n + 1), range(1, above + 1)

    def vector(entry: Callable[[int], sympy.Expr], count: int = n) -> sympy.Matrix:
        return sympy.ImmutableMatrix([entry(j) for j in range(1, count + 1)])

    def summed(weight: Callable[[int, int], sympy.Expr], error: Callable[[int], sympy.Expr]) -> sympy.Matrix:
        return vector(lambda j: sympy.Add(*(weight(j, k) * error(k) for k in receivers)))

    def own(j: int, k: int) -> sympy.Expr:
        return w(k, j, l + 1)

    def error(k: int) -> sympy.Expr:
        return d(k, l + 1)

    back = summed(own, error)
    back_slips: list[Slip] = [
        ("transpose-missing", summed(lambda j, k: w(j, k, l + 1), error)),
        # W d as the forward pass has it: one entry for each row of W.
        (
            "transpose-missing",
            vector(lambda k: sympy.Add(*(w(k, j, l + 1) * d(j, l + 1) for j in here)), above),
        ),
        (
            "transpose-missing",
            vector(lambda k: sympy.Add(*(w(k, j, l + 1) * d(j, l + 1) for j in receivers if j <= n)), above),
        ),
        ("layer-shift", summed(lambda j, k: w(k, j, l), error)),
        ("layer-shift", summed(own, lambda k: d(k, l))),
        ("weight-missing", summed(lambda j, k: sympy.S.One, error)),
        ("error-missing", summed(own, lambda k: sympy.S.One)),
        ("input-for-weight", summed(lambda j, k: sigmoid(z(j, l)), error)),
        (
            "products-of-sums",
            vector(lambda j: sympy.Add(*(own(j, k) for k in receivers)) * sympy.Add(*map(error, receivers))),
        ),
        ("paths-not-added", sympy.Matrix(n, above, lambda i, k: own(i + 1, k + 1) * error(k + 1))),
        *(("path-missing", vector(lambda j, k=k: own(j, k) * error(k))) for k in receivers),  # type: ignore[misc]
    ]

    def with_slope(matrix: sympy.Matrix, slope: Callable[[int], sympy.Expr]) -> sympy.Matrix:
        return sympy.ImmutableMatrix(matrix.rows, matrix.cols, lambda i, k: matrix[i, k] * slope(i + 1))

    def at_own(j: int) -> sympy.Expr:
        return sigmoid_prime(z(j, l))

    right = with_slope(back, at_own)
    slopes: list[tuple[str, Callable[[int], sympy.Expr]]] = [
        ("derivative-left-out", lambda j: sympy.S.One),
        ("derivative-of-activation", lambda j: sigmoid_prime(sigmoid(z(j, l)))),
        ("wrong-layer", lambda j: sigmoid_prime(z(j, l + 1))),
        ("wrong-layer", lambda j: sigmoid_prime(z(j, l - 1))),
        ("slope-twice", lambda j: at_own(j) ** 2),
        ("slope-not-applied", lambda j: z(j, l)),
        ("wrong-neuron", lambda j: at_own(1)),
        *((slug, lambda j, wrong=wrong: wrong(z(j, l), sigmoid(z(j, l)))) for slug, wrong in FOR_SIGMA_PRIME),
    ]
    d_slips: list[Slip] = [
        *((slug, with_slope(wrong, at_own)) for slug, wrong in back_slips),
        *((slug, with_slope(back, slope)) for slug, slope in slopes),
        *(
            ("+".join(sorted((slug, other))), with_slope(wrong, slope))
            for slug, wrong in back_slips
            for other, slope in slopes[:4]
        ),
        # σ' of layer l + 1, neuron by neuron, along each path.
        ("wrong-layer", summed(own, lambda k: error(k) * sigmoid_prime(z(k, l + 1)))),
        ("slope-repeated", with_slope(summed(own, lambda k: error(k) * sigmoid_prime(z(k, l + 1))), at_own)),
        # Without the bracket σ' reaches the last path alone.
        (
            "bracket-missing",
            vector(lambda j: back[j - 1] + own(j, above) * error(above) * (at_own(j) - 1)),
        ),
        ("matrix-product", sympy.Matrix([sympy.Add(*right)])),
        ("matrix-product", sympy.Matrix([sympy.Add(*right)] * n)),
        ("outer-product", sympy.Matrix(n, n, lambda i, k: back[i] * at_own(k + 1))),
        ("outer-product", sympy.Matrix(n, n, lambda i, k: back[k] * at_own(i + 1))),
        ("entries-added", vector(lambda j: back[j - 1] + at_own(j))),
    ]
    names = [*indexed_names("w", max(sizes), (l, l + 1)), *indexed_names("dz", max(sizes), (l - 1, l, l + 1))]
    known = activations(max(sizes), (l - 1, l, l + 1))
    made = tuple(wrong_ones(back_slips, back)), tuple(wrong_ones(d_slips, right))
    with_sigma = [Mistake("slope-too-early", right)]
    return Problem(
        statement=rf"""
In a {"–".join(map(str, sizes))} network, write out all of layer {l} at once: first the vector
$(W^{l + 1})^T \mathbf{{d}}^{l + 1}$, then
$$\mathbf{{d}}^{l} = \left((W^{l + 1})^T \mathbf{{d}}^{l + 1}\right) \odot \sigma'(\mathbf{{z}}^{l}).$$
Each is a list of expressions in $w_{{kj}}^{l + 1}$, $d_k^{l + 1}$ and $z_j^{l}$ with their numbers.
""",
        answers=(
            Matrix("Wt_d", back, names, (*made[0], *with_sigma), SIGMAS, known),
            Matrix("d", right, names, made[1], SIGMAS, known),
        ),
        hints=(
            f"How long is the vector? The error of layer {l} has an entry for each neuron of that layer.",
            f"Entry j of the first vector uses the weights that leave neuron j: in W^{l + 1} they make a column.",
            "The second vector is the first, entry by entry times a slope.",
        ),
        solution=rf"""
$W^{l + 1}$ is ${above} \times {n}$, so its transpose is ${n} \times {above}$ and takes the {above} errors of layer
{l + 1} to {n} numbers. Row $j$ of the transpose is column $j$ of $W^{l + 1}$, the weights of the wires that leave
neuron $j$:
$$(W^{l + 1})^T \mathbf{{d}}^{l + 1} = {tex(back)}.$$
Entry $j$ times $\sigma'(z_j^{l})$ is $d_j^{l}$.
""",
    )


def _hidden_error(W_next: Floats, d_next: Floats, z: Floats) -> Any:
    """Return d^l = ((W^{l+1})ᵀ d^{l+1}) ⊙ σ'(z^l), of shape (n_l,)."""
    sigma_prime = np.exp(-z) / (1 + np.exp(-z)) ** 2
    return (W_next.T @ d_next) * sigma_prime


def _next_layer(W_next: Floats, d_next: Floats, z: Floats) -> float:
    """Return a number with the slopes d_next by the next layer's z, to first order."""
    return float(d_next @ W_next @ (1 / (1 + np.exp(-z))))


@CHAPTER.exercise("7.6", "The hidden error in code", covers="worksheet/bp2", points=3)
def hidden_error_code() -> Problem:
    """d^l as a function of W^{l+1}, d^{l+1} and z^l."""
    sizes = ((3, 3), (4, 2), (3, 5), (1, 4))  # n_l and n_{l+1}; between equal widths only the values tell
    return Problem(
        statement=rf"""
Write the second equation as a function. It is given `W_next`, which is $W^{{l+1}}$ of shape $(n_{{l+1}}, n_l)$;
`d_next`, which is $\mathbf{{d}}^{{l+1}}$ of shape $(n_{{l+1}},)$; and `z`, which is $\mathbf{{z}}^l$ of shape $(n_l,)$.
It returns $\mathbf{{d}}^l$, of shape $(n_l,)$.
{SIGMA_CODE}
""",
        answers=(
            Function(
                "hidden_error",
                _hidden_error,
                random_cases(
                    76,
                    [((above, n), (above,), (n,)) for n, above in sizes],
                    [f"layers of {n} and {how_many(above)}" for n, above in sizes],
                ),
                mistakes=slips.hidden_error(),
                forward=_next_layer,
                by=(2,),
            ),
        ),
        hints=(
            "Write down the three shapes and the one that comes out. Which way round does W fit?",
            "One product adds up over the neurons of the next layer, the other goes entry by entry: @ and *.",
        ),
        solution=r"""
`W_next.T` is $(W^{l+1})^T$; `@` adds up over the neurons of layer $l + 1$, and `*` is the Hadamard product. Python does
`@` and `*` from left to right, so the brackets around `W_next.T @ d_next` only help the reader.
""",
    )
