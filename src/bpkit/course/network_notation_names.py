"""Chapter 03, first part: a name for every number of a network, and what one neuron computes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Explanation, Expression, Matrix, Mistake, Table, together
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter("03_network_notation", "Notation of a network")

Floats = NDArray[np.float64]
Rows = tuple[tuple[sympy.Symbol, ...], ...]
Sizes = tuple[int, ...]
Weight = Callable[[int, int, int], sympy.Expr]
Neuron = Callable[[int, int], sympy.Expr]
Renaming = Callable[..., tuple[int, ...]]  # of a symbol's indices
Slip = tuple[str, sympy.Expr]

FIGURE: Sizes = (3, 4, 2)


def w(j: int, k: int, l: int) -> sympy.Symbol:
    """w_jk^l, the weight from neuron k of layer l − 1 to neuron j of layer l."""
    return sympy.Symbol(f"w_{j}{k}^{l}")


def a(j: int, l: int) -> sympy.Symbol:
    """a_j^l, the activation of neuron j in layer l."""
    return sympy.Symbol(f"a_{j}^{l}")


def b(j: int, l: int) -> sympy.Symbol:
    """b_j^l, the bias of neuron j in layer l."""
    return sympy.Symbol(f"b_{j}^{l}")


def _names(letters: str, top: int, layers: Iterable[int]) -> tuple[str, ...]:
    """List more symbols than the network has, so that a wrong index is called wrong and not unreadable."""
    count = range(top + 1)
    return tuple(
        f"{letter}_{lower}^{l}"
        for letter in letters
        for l in layers
        for lower in ([f"{j}{k}" for j in count for k in count] if letter == "w" else count)
    )


def _renamings(kinds: Mapping[str, Sequence[Renaming]]) -> Iterator[tuple[str, Renaming]]:
    """Yield every renaming by itself, then two at once, in the order in which the kinds are listed."""
    singles = [(slug, renaming) for slug, renamings in kinds.items() for renaming in renamings]
    yield from singles
    for (slug, first), (other, second) in combinations(singles, 2):
        if slug != other:
            yield together(slug, other), lambda *indices, first=first, second=second: second(*first(*indices))


def _named(symbol: Callable[..., sympy.Symbol], renaming: Renaming) -> Callable[..., sympy.Symbol]:
    return lambda *indices: symbol(*renaming(*indices))


def as_mistakes(made: Iterable[tuple[str, Any]], right: Any, names: Iterable[str]) -> tuple[Mistake, ...]:
    """Keep what is wrong and can be written in the names; of two slips only what no single one leads to."""
    known, found = set(names), dict.fromkeys(made)
    single = {right, *(result for slug, result in found if "+" not in slug)}
    return tuple(
        Mistake(slug, result)
        for slug, result in found
        if result != right
        and not ("+" in slug and result in single)
        and known.issuperset(symbol.name for symbol in _symbols(result))
    )


def _symbols(result: Any) -> set[sympy.Symbol]:
    return set(chain.from_iterable(result)) if isinstance(result, tuple) else result.free_symbols


def _listed(sizes: Sizes) -> str:
    return "–".join(map(str, sizes))


def _network(sizes: Sizes) -> str:
    """Name a network: the printed one by its figure, another one in words."""
    if sizes == FIGURE:
        return f"the {_listed(sizes)} network of Figure 1"
    counts = f"{', '.join(map(str, sizes[:-1]))} and {sizes[-1]}"
    return f"a {_listed(sizes)} network ({counts} neurons in its layers, from the input on)"


def _row(symbols: Sequence[sympy.Symbol]) -> str:
    return ",\\; ".join(map(tex, symbols))


@CHAPTER.exercise(
    "3.1",
    "A label for every neuron (worksheet 3)",
    covers="worksheet/3",
    points=1,
    vary={"sizes": ((2, 5, 2), (4, 2, 3), (2, 3, 2, 2), (5, 3, 1))},
)
def every_neuron(sizes: Sizes = FIGURE) -> Problem:
    """Ask for the labels a_j^l, layer by layer."""

    def rows(label: Callable[[int, int], sympy.Symbol]) -> Rows:
        return tuple(tuple(label(j, l) for j in range(1, n + 1)) for l, n in enumerate(sizes, start=1))

    below = [sum(sizes[:l]) for l in range(len(sizes))]
    numbers = range(1, max(sizes) + 1)
    by_number = tuple(tuple(a(j, l) for l, n in enumerate(sizes, start=1) if j <= n) for j in numbers)
    # (j, l) becomes another pair; the first two depend on the layer, so they come first.
    kinds: dict[str, list[Renaming]] = {
        "counted-from-below": [lambda j, l: (sizes[l - 1] + 1 - j, l)],
        "numbered-through": [lambda j, l: (below[l - 1] + j, l)],
        "counted-from-output": [lambda j, l: (j, len(sizes) + 1 - l)],
        "layer-shift": [lambda j, l: (j, l + 1)],
        "counted-from-zero": [lambda j, l: (j - 1, l), lambda j, l: (j, l - 1), lambda j, l: (j - 1, l - 1)],
        "layer-below": [lambda j, l: (l, j)],
    }
    # Without the input's row, layers counted from 1 are not counted from 0 but off by one.
    rest = kinds | {"layer-shift": [lambda j, l: (j, l - 1), lambda j, l: (j, l + 1)]}
    rest["counted-from-zero"] = [lambda j, l: (j - 1, l)]

    def labelled(renaming: Renaming) -> Rows:
        return rows(_named(a, renaming))

    made = [
        *((slug, labelled(renaming)) for slug, renaming in _renamings(kinds)),
        ("transposed", by_number),
        ("input-row-missing", rows(a)[1:]),
        *(
            (together("input-row-missing", slug), labelled(renaming)[1:])
            for slug, renamings in rest.items()
            for renaming in renamings
        ),
    ]
    names = _names("a", sum(sizes), range(max(*sizes, len(sizes)) + 2))
    mistakes = as_mistakes(made, rows(a), names)
    shown = r" \\ ".join(rf"\text{{layer }}{l}: & {_row(r)}" for l, r in enumerate(rows(a), start=1))
    return Problem(
        statement=rf"""
Label every neuron of {_network(sizes)}, with $a_j^l$ for neuron $j$ of layer $l$.
Hand in `labels`, a list of {len(sizes)} rows, one for each layer from the input to the output; each row is a
list of that layer's labels, from top to bottom.
""",
        answers=(Table("labels", rows(a), names, mistakes, rows="layer"),),
        hints=(
            "How many rows are there, and how long is each?",
            "Which of the two indices is the same for all neurons of a layer? Does it stand above or below?",
        ),
        solution=rf"""
The upper index is the layer, the same for the whole row. In each row the lower one counts from 1:
$$\begin{{array}}{{ll}} {shown} \end{{array}}$$
""",
    )


@CHAPTER.exercise(
    "3.2",
    "Weight matrices and bias vectors (worksheet 4)",
    covers="worksheet/4",
    points=3,
    vary={"sizes": ((2, 4, 3), (4, 2, 3), (3, 5, 2), (5, 2, 4))},
)
def every_weight(sizes: Sizes = FIGURE) -> Problem:
    """Ask for W², b², W³ and b³ as matrices of symbols."""
    top = max(sizes) + 1
    answers: list[Matrix] = []
    for l in (2, 3):
        n, below = sizes[l - 1], sizes[l - 2]

        def matrix(weight: Weight, l: int = l, n: int = n, below: int = below) -> sympy.Matrix:
            return sympy.ImmutableMatrix(n, below, lambda row, column: weight(row + 1, column + 1, l))

        def vector(bias: Neuron, l: int = l, n: int = n) -> sympy.Matrix:
            return sympy.ImmutableMatrix([bias(j, l) for j in range(1, n + 1)])

        weight_kinds: dict[str, list[Renaming]] = {
            "layer-shift": [lambda j, k, l: (j, k, l - 1), lambda j, k, l: (j, k, l + 1)],
            "counted-from-zero": [lambda j, k, l: (j - 1, k - 1, l), lambda j, k, l: (j - 1, k - 1, l - 1)],
            "indices-swapped": [lambda j, k, l: (k, j, l)],
        }
        bias_kinds: dict[str, list[Renaming]] = {
            "numbered-through": [
                lambda j, l: (sum(sizes[: l - 1]) + j, l),
                lambda j, l: (sum(sizes[1 : l - 1]) + j, l),
            ],
            "layer-shift": [lambda j, l: (j, l - 1), lambda j, l: (j, l + 1)],
            "counted-from-zero": [lambda j, l: (j - 1, l), lambda j, l: (j - 1, l - 1)],
        }
        weights = [
            *((slug, matrix(_named(w, renaming))) for slug, renaming in _renamings(weight_kinds)),
            ("wrong-layer", matrix(w, *((3, sizes[2], sizes[1]) if l == 2 else (2, sizes[1], sizes[0])))),
        ]
        # A vector with an entry for each sender has that one mistake, whichever layer its biases are said to be of.
        biases = [
            *((slug, vector(_named(b, renaming))) for slug, renaming in _renamings(bias_kinds)),
            *(("bias-of-sender", vector(b, n=below, l=layer)) for layer in (l, l - 1) if below != n),
        ]
        weight_names, bias_names = _names("w", top, range(5)), _names("b", sum(sizes), range(5))
        answers += [
            Matrix(f"W{l}", matrix(w), weight_names, as_mistakes(weights, matrix(w), weight_names)),
            Matrix(f"b{l}", vector(b), bias_names, as_mistakes(biases, vector(b), bias_names)),
        ]
    W2, b2, W3, b3 = answers
    return Problem(
        statement=rf"""
For {_network(sizes)}, write out $W^2$, $\mathbf{{b}}^2$, $W^3$ and $\mathbf{{b}}^3$
with the symbols $w_{{jk}}^l$ and $b_j^l$. A matrix is a list of its rows; a vector may be a flat list.
""",
        answers=tuple(answers),
        hints=(
            "First the shapes: W² turns the vector of layer 1 into one of layer 2. How long is each?",
            "A row of W² belongs to one neuron of layer 2: it holds the weights of the wires that end there.",
            "Fill in one row at a time. Which lower index stays the same along it, and which one counts?",
        ),
        solution=rf"""
$W^2$ has a row for each of the {sizes[1]} neurons of layer 2 and a column for each of the {sizes[0]} neurons
of layer 1; $W^3$ is ${sizes[2]} \times {sizes[1]}$ in the same way. Entry $(j, k)$ is $w_{{jk}}^l$, and
there is one bias for each neuron that receives:
$$W^2 = {tex(W2.expected)}, \quad \mathbf{{b}}^2 = {tex(b2.expected)}, \quad
W^3 = {tex(W3.expected)}, \quad \mathbf{{b}}^3 = {tex(b3.expected)}.$$
""",
    )


def _sum(j: int, l: int, size: int, weight: Weight = w, below: Neuron = a) -> sympy.Expr:
    """Entry j of W^l a^{l−1}, with `size` neurons in layer l − 1."""
    return sympy.Add(*(weight(j, k, l) * below(k, l - 1) for k in range(1, size + 1)))


def _sum_tex(j: int, l: int, size: int) -> str:
    return " + ".join(f"{tex(w(j, k, l))} {tex(a(k, l - 1))}" for k in range(1, size + 1))


def _sum_slips(j: int, l: int, sizes: Sizes) -> tuple[list[Slip], list[Slip]]:
    """List what becomes of entry j of W^l a^{l−1} when one thing about it slips, and when two indices do."""
    size = sizes[l - 2]
    senders = range(1, size + 1)
    rows = [m for m in range(1, sizes[l - 1] + 1) if m != j]
    # (j, k, l) of the weight and (i, n) of the activation a_i^n become others.
    kinds: dict[str, list[Renaming]] = {
        "wrong-row": [lambda j, k, l, i, n, m=m: (m, k, l, i, n) for m in rows],
        "layer-shift": [
            lambda j, k, l, i, n: (j, k, l, i, n + 1),
            lambda j, k, l, i, n: (j, k, l, i, n - 1),
            lambda j, k, l, i, n: (j, k, l - 1, i, n),
            lambda j, k, l, i, n: (j, k, l - 1, i, n - 1),
        ],
        "counted-from-zero": [lambda j, k, l, i, n: (j, k - 1, l, i - 1, n)],
        "indices-swapped": [lambda j, k, l, i, n: (k, j, l, i, n)],
    }

    def renamed(renaming: Renaming) -> sympy.Expr:
        indices = [renaming(j, k, l, k, l - 1) for k in senders]
        return sympy.Add(*(w(*five[:3]) * a(*five[3:]) for five in indices))

    slips = [(slug, renamed(renaming)) for slug, renaming in _renamings(kinds)]
    ws, activations = [w(j, k, l) for k in senders], [a(k, l - 1) for k in senders]
    terms = [weight * activation for weight, activation in zip(ws, activations, strict=True)]
    single = [
        *((slug, slip) for slug, slip in slips if "+" not in slug),
        ("weight-missing", sympy.Add(*activations)),
        ("products-of-sums", sympy.Add(*ws) * sympy.Add(*activations)),
        ("sum-and-product", sympy.Add(*ws, *activations)),
        ("sum-and-product", sympy.Mul(*terms)),
        *(("one-term", term) for term in terms),
        *(("term-missing", sympy.Add(*terms) - term) for term in terms if size > 2),
    ]
    return single, [(slug, slip) for slug, slip in slips if "+" in slug]


@CHAPTER.exercise(
    "3.3",
    "From the matrix equation to one neuron (worksheet 5)",
    covers="worksheet/5",
    points=3,
    vary={"sizes": (FIGURE, (2, 3, 4), (4, 2, 3)), "l": (2, 3), "j": (1, 2)},
)
def one_neuron(sizes: Sizes = FIGURE, l: int = 3, j: int = 2) -> Problem:
    """Ask for entry j of W^l a^{l−1}, then for z_j^l, then for a_j^l."""
    size, symbols = sizes[l - 2], _names("wab", max(sizes), range(l - 2, l + 2))
    product = _sum(j, l, size)
    z = product + b(j, l)
    slips, double_slips = _sum_slips(j, l, sizes)
    others = [m for m in range(1, sizes[l - 1] + 1) if m != j]
    senders = range(1, size + 1)
    bias_slips: list[Slip] = [
        ("bias-missing", sympy.Integer(0)),
        ("bias-repeated", size * b(j, l)),
        ("bias-repeated", b(j, l) * sympy.Add(*(w(j, k, l) for k in senders))),  # each w (a + b)
        *(("bias-of-sender", sympy.Add(*(b(k, layer) for k in senders))) for layer in (l, l - 1)),
        *(("wrong-neuron", b(m, l)) for m in others),
        *(("layer-shift", b(j, layer)) for layer in (l - 1, l + 1)),
        *([("counted-from-zero", b(0, l))] if j == 1 else []),
    ]
    whole = [("wrong-row", _sum(m, l, size) + b(m, l)) for m in others]
    z_slips = [
        *((slug, slip + b(j, l)) for slug, slip in (*slips, *double_slips)),
        *((slug, product + bias) for slug, bias in bias_slips),
        ("term-missing", b(j, l)),  # the whole sum
        *whole,
    ]

    def each(before: Neuron = a, after: Callable[[sympy.Expr], sympy.Expr] = lambda term: term) -> sympy.Expr:
        return sympy.Add(*(after(w(j, k, l) * before(k, l - 1)) for k in senders))

    # σ is applied to each term, to each activation, or before the bias.
    early = [each(after=sigmoid), each(lambda k, l: sigmoid(a(k, l))), sigmoid(product)]
    sigma_slips: list[tuple[str, Callable[[sympy.Expr], sympy.Expr]]] = [
        ("sigma-missing", lambda z: z),
        ("sigma-twice", lambda z: sigmoid(sigmoid(z))),
        ("exponent-sign", lambda z: sigmoid(-z)),
        ("bracket-missing", lambda z: 1 + sympy.exp(-z)),
        ("other-activation", sympy.tanh),
    ]
    mistakes: dict[str, list[Slip]] = {
        "product": [
            *slips,
            *double_slips,
            ("bias-too-early", z),
            *(("sigma-too-early", slip) for slip in (*early, sigmoid(z))),
        ],
        "z": [
            *z_slips,
            *(("sigma-too-early", slip) for slip in (*early, *(slip + b(j, l) for slip in early), sigmoid(z))),
        ],
        "a": [
            # Two slips inside σ are no two terms or factors of the whole, so that they are listed here.
            *((slug, sigmoid(slip)) for slug, slip in z_slips),
            *((together(slug, "bias-missing"), sigmoid(slip)) for slug, slip in slips),
            *((slug, slip(z)) for slug, slip in sigma_slips),
            *((together(slug, "sigma-missing"), slip) for slug, slip in z_slips if "+" not in slug),
            *((together(slug, "bias-missing"), slip(product)) for slug, slip in sigma_slips),
            *(("sigma-too-early", slip + b(j, l)) for slip in early),
            ("sigma-too-early", early[0]),
            ("sigma-too-early", early[1]),
        ],
    }

    def line(name: str, expected: sympy.Expr, example: str, **more: Any) -> Expression:
        made = as_mistakes(mistakes[name], expected, symbols)
        # No point is shown: its names would be those of the right sum.
        return Expression(name, expected, symbols, made, functions=SIGMOID, measured="", example=example, **more)

    terms = " + ".join(f"{w(j, k, l)} {a(k, l - 1)}" for k in range(1, size + 1))
    shown = _sum_tex(j, l, size)
    name_z, name_a = f"z_{j}^{l}", f"a_{j}^{l}"
    return Problem(
        statement=rf"""
Take neuron {j} of layer {l} in {_network(sizes)}.
Write out what equation (2) says about it, line by line, in the symbols $w_{{jk}}^l$, $a_k^{{l-1}}$ and
$b_j^l$ with their numbers:

1. `product`: entry {j} of the vector $W^{l} \mathbf{{a}}^{l - 1}$,
2. `z`: entry {j} of $\mathbf{{z}}^{l}$, which is ${name_z}$,
3. `a`: entry {j} of $\mathbf{{a}}^{l}$, which is ${name_a}$. Here $\sigma$ is written `σ(…)` or `sigma(…)`.
""",
        answers=(
            line("product", product, terms),
            line("z", z, f"{terms} + {b(j, l)}"),
            line("a", sigmoid(z), f"σ({terms} + {b(j, l)})", inner={name_z: z}),
        ),
        hints=(
            "An entry of a matrix times a vector is a row times the vector: which row is it here?",
            "The row's first entry meets the vector's first, and so on. How many products are there to add?",
            "Each line is the one before with one thing more: the sum, then its bias, then σ around it all.",
        ),
        solution=rf"""
Row {j} of $W^{l}$ times the vector $\mathbf{{a}}^{l - 1}$, then the bias of neuron {j}, then $\sigma$ of
that number:
$$\begin{{aligned}}
\left(W^{l} \mathbf{{a}}^{l - 1}\right)_{j} &= {shown}, \\
{name_z} &= {shown} + {tex(b(j, l))}, \\
{name_a} &= \sigma\left({shown} + {tex(b(j, l))}\right).
\end{{aligned}}$$
The first line is $\sum_k w_{{jk}}^l a_k^{{l-1}}$ with $j = {j}$ and $l = {l}$; all three are equation (1).
""",
    )


@CHAPTER.exercise("3.4", "Why (1) and (2) say the same (worksheet 5)", covers="worksheet/5", points=0)
def in_your_own_words() -> Problem:
    """Ask in words how the index equations follow from the matrix equation."""
    return Problem(
        statement=r"""
Explain briefly, in your own words, how the equations (1) for $z_j^l$ and $a_j^l$ follow from the equations
(2). No machine judges this one: hand in two or three sentences as text, in quotes, and a model explanation
is shown to compare them with.
""",
        answers=(
            Explanation(
                "explanation",
                "Two vectors are equal when all their entries are, so compare entry j on both sides of (2). "
                "Entry j of the matrix times the vector is row j of W^l times a^{l−1}: the sum over k of "
                "w_jk^l a_k^{l−1}. Vectors are added entry by entry, which adds b_j^l and gives z_j^l. "
                "σ acts on every entry by itself, so entry j of σ(z^l) is σ(z_j^l), and that is a_j^l.",
            ),
        ),
        hints=(
            "When are two vectors equal? Say what entry j of each side is.",
            "Three things happen to entry j: a row times a vector, a bias added, σ applied.",
        ),
        solution="Compare entry $j$ on both sides of (2). The text below is one way to say it.",
    )


@CHAPTER.exercise(
    "3.5",
    "What moves z (worksheet 6)",
    covers="worksheet/6",
    points=3,
    vary={"l": (2, 3), "j": (1, 2), "k": (1, 2, 3)},
)
def what_moves_z(l: int = 3, j: int = 2, k: int = 4) -> Problem:
    """Ask for ∂z_j^l/∂w_jk^l, ∂z_j^l/∂b_j^l and ∂z_j^l/∂w_mk^l, where m ≠ j."""
    size, symbols = FIGURE[l - 2], _names("wab", max(FIGURE), range(l - 2, l + 2))
    z = _sum(j, l, size) + b(j, l)
    m = 2 if j == 1 else 1
    own, bias, other = w(j, k, l), b(j, l), w(m, k, l)
    sigma_slope = sigmoid_prime(z)
    neighbours = {a(i, l - 1) for i in range(1, size + 1)} - {a(k, l - 1)}

    def slope(name: str, by: sympy.Symbol, *slips: Slip) -> Expression:
        right = sympy.diff(z, by)
        made = as_mistakes((("not-differentiated", z), *slips), right, symbols)
        return Expression(name, right, symbols, made, functions=SIGMOID | SIGMOID_PRIME, measured="")

    senders = range(1, size + 1)
    input_, term = a(k, l - 1), own * a(k, l - 1)
    inputs = sympy.Add(*(a(i, l - 1) for i in senders))
    others_z = _sum(m, l, size) + b(m, l)
    by_own, by_bias, by_other = (
        slope(
            "dz_dw",
            own,
            ("slope-too-many", sigma_slope * input_),
            ("input-missing+slope-too-many", sigma_slope),
            ("input-missing", sympy.Integer(1)),
            ("weight-for-input", own),
            ("layer-shift+weight-for-input", w(j, k, l - 1)),
            ("term-itself", term),
            ("own-activation", a(j, l)),
            ("own-activation", sigmoid(z)),
            ("all-terms", inputs),
            ("all-terms", inputs + 1),
            ("constant-kept", input_ + bias),
            ("constant-kept", z - term + input_),
            ("constant-kept", z - bias - term + input_),
            *(("wrong-neuron", neighbour) for neighbour in neighbours),
            *(
                (together("layer-shift", *(["wrong-neuron"] if i != k else [])), a(i, l + step))
                for i in senders
                for step in (0, -2)
                if (i, step) != (j, 0)
            ),
        ),
        slope(
            "dz_db",
            bias,
            ("slope-too-many", sigma_slope),
            ("bias-like-weight+slope-too-many", sigma_slope * input_),
            ("term-itself", bias),
            ("bias-as-constant", sympy.Integer(0)),
            *(("bias-like-weight", a(i, l - 1)) for i in senders),
            *(("bias-like-weight", w(j, i, l)) for i in senders),
            ("constant-kept", z - bias + 1),
        ),
        slope(
            "dz_dw_other",
            other,
            *(("weight-elsewhere", sign * input_) for sign in (1, -1)),
            *(("weight-elsewhere", weight) for weight in (own, other)),
            *(("weight-elsewhere", weight * input_) for weight in (own, other)),
            *(("weight-elsewhere", neighbour) for neighbour in (a(j, l), a(m, l), others_z, *neighbours)),
            *(("weight-elsewhere", sympy.Integer(number)) for number in (1, -1)),
            *(("slope-too-many+weight-elsewhere", sigmoid_prime(value) * input_) for value in (z, others_z)),
            *(("slope-too-many+weight-elsewhere", sigmoid_prime(value)) for value in (z, others_z)),
        ),
    )
    name_z = f"z_{j}^{l}"
    return Problem(
        statement=rf"""
In the {_listed(FIGURE)} network, compute three partial derivatives of ${name_z}$, everything else held fixed:

- `dz_dw`: $\dfrac{{\partial {name_z}}}{{\partial {tex(own)}}}$, by one of the neuron's own weights,
- `dz_db`: $\dfrac{{\partial {name_z}}}{{\partial {tex(bias)}}}$, by its bias,
- `dz_dw_other`: $\dfrac{{\partial {name_z}}}{{\partial {tex(other)}}}$, by a weight of neuron {m}.
""",
        answers=(by_own, by_bias, by_other),
        hints=(
            f"Write z_{j}^{l} out as a sum. In which of its terms does the variable stand?",
            "A term without the variable does not move when the variable moves: what is its slope?",
            "In the third one, look for the variable in the sum before you differentiate.",
        ),
        solution=rf"""
Written out,
$${name_z} = {_sum_tex(j, l, size)} + {tex(bias)}.$$
The weight ${tex(own)}$ stands in one term only, times ${tex(by_own.expected)}$, so
$\frac{{\partial {name_z}}}{{\partial {tex(own)}}} = {tex(by_own.expected)}$. The bias stands there once,
by itself: $\frac{{\partial {name_z}}}{{\partial {tex(bias)}}} = {tex(by_bias.expected)}$. The weight
${tex(other)}$ leads to another neuron and does not occur at all:
$\frac{{\partial {name_z}}}{{\partial {tex(other)}}} = {tex(by_other.expected)}$.

In general $\frac{{\partial z_j^l}}{{\partial w_{{jk}}^l}} = a_k^{{l-1}}$,
$\frac{{\partial z_j^l}}{{\partial b_j^l}} = 1$, and $\frac{{\partial z_j^l}}{{\partial w_{{mk}}^l}} = 0$ for
$m \ne j$.
""",
    )
