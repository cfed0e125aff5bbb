"""Chapter 06, first part: shapes, and the softmax with its Jacobian, without overflow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Expression, Function, Matrix, Mistake, Table, Verdict
from bpkit.checking.functions import Case, as_arrays
from bpkit.checking.shapes import shapes_of, sizes_of
from bpkit.checking.verdict import AnswerError

from . import softmax_slips as slips
from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter("06_softmax_cross_entropy", "Softmax and cross-entropy")

Floats = NDArray[np.float64]
Slip = tuple[str, Any]


def wrong_ones(
    made: Iterable[Slip], right: Any, meaning: Mapping[sympy.Symbol, sympy.Expr] = {}
) -> tuple[Mistake, ...]:
    """Keep what is wrong, also with the symbols put in that stand for something."""

    def full(result: Any) -> Any:
        return result.subs(meaning).expand() if meaning else result

    return tuple(Mistake(slug, result) for slug, result in made if full(result) != full(right))


def probabilities(K: int) -> dict[str, sympy.Expr]:
    """Return what p1, …, pK stand for, the softmax of z1, …, zK: so an answer may hold either."""
    powers = [sympy.exp(z) for z in sympy.symbols(f"z1:{K + 1}")]
    return {f"p{i}": power / sympy.Add(*powers) for i, power in enumerate(powers, start=1)}


def finite(given: Callable[..., Any], *arguments: Any) -> Any:
    """Call `given`, and say so if what it returns is no number, or infinite."""
    result = given(*arguments)
    if type(result) is np.ndarray and result.dtype == object:
        result = list(result)  # arrays of several shapes in one array
    try:
        arrays = as_arrays(result)
    except AnswerError:  # what can't be read as numbers is told elsewhere
        return result
    if not all(np.isfinite(array).all() for array in arrays):
        raise AnswerError("your function returns nan or ∞: an overflow, the logarithm of 0, or a division by 0?")
    return result


# 6.1: shapes

ONE = ("1", "1.0")


@dataclass(frozen=True)
class Shapes(Table):
    """Rows that are shapes: a vector's is (h,), and h or (h, 1) is the same; "h × D" is read as "h, D"."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as a `Table` does, the rows being written alike before."""
        return super().judge(self.taken(given), why)

    def taken(self, given: object) -> object:
        """Return the shapes that an answer is taken for, each as a list of its sizes."""
        given = shapes_of(given)
        if type(given) in (list, tuple) and len(given) <= 2 * len(self.expected):  # type: ignore[arg-type]
            return [_as_shape(row) for row in given]  # type: ignore[attr-defined]
        return given


def _as_shape(row: object) -> object:
    row = sizes_of(row)
    if type(row) in (list, tuple) and len(row) == 2:  # type: ignore[arg-type]
        length, other = row  # type: ignore[misc]
        if (type(other) is str and other.strip() in ONE) or (type(other) is int and other == 1):  # type: ignore[has-type]
            return [length]  # type: ignore[has-type]
    return row


ARRAYS = ("W1", "b1", "Z1", "A1", "W2", "b2", "Z2", "A2")


@CHAPTER.exercise("6.1", "Shapes first", covers="softmax-notes/shapes", points=1)
def shapes() -> Problem:
    """The shapes of all arrays of a network with one hidden layer, and how many parameters there are."""
    D, h, O = sympy.symbols("D h O")

    def rows(
        W1: Sequence[Any] = (h, D),
        b1: Any = h,
        in_1: Any = h,
        W2: Sequence[Any] = (O, h),
        b2: Any = O,
        in_2: Any = O,
    ) -> list[list[Any]]:
        return [list(sympy.Tuple(*row)) for row in (W1, [b1], [in_1], [in_1], W2, [b2], [in_2], [in_2])]

    right = rows()
    turned: list[dict[str, Any]] = [{"W1": (D, h)}, {"W2": (h, O)}]
    named: list[tuple[str, list[dict[str, Any]]]] = [
        ("pairs-turned", turned),
        ("bias-of-sender", [{"b1": D}, {"b2": h}]),
        ("one-shared-bias", [{"b1": 1}, {"b2": 1}]),
        ("length-of-input", [{"in_1": D}, {"in_2": h}]),
        ("vector-for-matrix", [{"W1": [h]}, {"W2": [O]}, {"W1": [D]}, {"W2": [h]}]),
    ]
    made: list[Slip] = []
    for slug, changes in named:
        for first, second in product(({}, *changes), repeat=2):
            if first or second:
                made.append((slug, rows(**(first | second))))
    made.append(("row-vectors", [row if len(row) > 1 else [sympy.S.One, *row] for row in right]))
    made.append(("row-vectors", [[sympy.S.One, *row] if place in (1, 5) else row for place, row in enumerate(right)]))
    all_, layers = h * D + h + O * h + O, (h * D + h, O * h + O)
    counted: list[Slip] = [
        ("biases-left-out", h * D + O * h),
        *(("layer-uncounted", layer) for layer in layers),
        ("one-shared-bias", h * D + O * h + 2),
        ("bias-of-sender", h * D + D + O * h + h),
        ("neurons-for-parameters", D + h + O),
        ("neurons-for-parameters", h + O),
        ("input-has-no-bias", all_ + D),
        ("sum-and-product", h + D + h + O + h + O),
        ("sum-and-product", (h + D) + (O + h)),
        ("activations-counted", all_ + h + O),
        ("activations-counted", all_ + 2 * h + 2 * O),
        ("layers-multiplied", h * D * O * h),
        ("layers-multiplied", (h * D + h) * (O * h + O)),
        ("links-skipped", O * D),
        ("links-skipped", O * D + O),
    ]
    return Problem(
        statement=r"""
The input $X$ has $D$ components, the hidden layer $h$ neurons, the output layer $O$. Each neuron has a bias of its
own. For one sample the forward pass is
$$Z_1 = W_1 X + b_1, \quad A_1 = \sigma(Z_1), \quad Z_2 = W_2 A_1 + b_2, \quad A_2 = \operatorname{softmax}(Z_2).$$

(a) `shapes`: the shapes of $W_1, b_1, Z_1, A_1, W_2, b_2, Z_2, A_2$, in this order. A matrix has two numbers, rows
first; a vector has one: `["rows, columns", "length", …]`, eight entries in the letters `D`, `h` and `O`.

(b) `numbers`: how many numbers all weights and biases hold together, an expression in `D`, `h`, `O`.
""",
        answers=(
            Shapes("shapes", right, ("D", "h", "O"), wrong_ones(made, right), rows="shape"),
            Expression("numbers", all_, ("D", "h", "O"), wrong_ones(counted, all_), counts=("D", "h", "O")),
        ),
        hints=(
            "A matrix that multiplies a vector of length n has n columns; the result is as long as it has rows.",
            "What is added to a vector, or comes out of σ entry by entry, is as long as that vector.",
        ),
        solution=r"""
$W_1$ takes $D$ numbers to $h$, so it is $h \times D$, and $b_1, Z_1, A_1$ have length $h$. $W_2$ takes these to $O$
numbers: $O \times h$, and $b_2, Z_2, A_2$ have length $O$. Together the weights and biases are
$hD + h + Oh + O = h(D + 1) + O(h + 1)$ numbers.
""",
    )


# 6.2: the softmax


def _softmax(z: Floats) -> Any:
    """Return e^{z_i} / Σ_j e^{z_j}, of the shape (K,) of z; all exponents are at most 0."""
    powers = np.exp(z - np.max(z))
    return powers / np.sum(powers)


def score_cases(seed: int, sizes: Sequence[int] = (3, 5, 2)) -> list[Case]:
    """Return calls with random logits, then with logits so far apart that e^z overflows or vanishes."""
    rng = np.random.default_rng(seed)
    far = ([-1000.0, 999.0, 1000.0, 0.0, -500.0], [-1000.0, -1001.0, -1002.5])
    return [
        *(Case((rng.normal(size=K),), f"K = {K} logits") for K in sizes),
        *(Case((np.array(z),), f"logits from {max(z):g} to {min(z):g}".replace("-", "−")) for z in far),
    ]


@CHAPTER.exercise("6.2", "A softmax that does not overflow", covers="softmax-notes/softmax", points=2)
def softmax_code() -> Problem:
    """The softmax of a vector, for logits of ±1000, too."""
    return Problem(
        statement=r"""
Write a function of an array `z` of $K$ logits, of shape $(K,)$. It returns the array of shape $(K,)$ of all
$$p_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}.$$
It must be right for logits as large as 1000, and for logits that are all near $-1000$, and leave `z` as it is.
""",
        answers=(Function("softmax", _softmax, score_cases(62), slips.softmax(), use=finite),),
        hints=(
            "What happens to p if the same number c is subtracted from all logits? Write e^(z − c) out.",
            "Which c makes the largest exponent 0?",
        ),
        solution=r"""
$\frac{e^{z_i - c}}{\sum_j e^{z_j - c}} = \frac{e^{-c} e^{z_i}}{e^{-c} \sum_j e^{z_j}}$, so every $c$ gives the same
probabilities. With $c = \max_j z_j$ no exponential exceeds 1, so nothing overflows, and the sum by which is divided is
at least 1.
""",
    )


# 6.3 and 6.4: its Jacobian


def delta(i: int, j: int) -> sympy.Integer:
    """δ_ij: 1 on the diagonal and 0 elsewhere."""
    return sympy.S.One if i == j else sympy.S.Zero


@CHAPTER.exercise("6.3", "The Jacobian of the softmax", covers="softmax-notes/softmax", points=3, vary={"K": (2, 3, 4)})
def jacobian(K: int = 3) -> Problem:
    """∂ log p_i/∂z_j and ∂p_i/∂z_j as matrices in p1, …, pK."""
    p = sympy.symbols(f"p1:{K + 1}")
    z = sympy.symbols(f"z1:{K + 1}")
    known = probabilities(K)
    meaning = {symbol: known[symbol.name] for symbol in p}

    def matrix(entry: Callable[[int, int], Any]) -> sympy.Matrix:
        return sympy.ImmutableMatrix(K, K, lambda i, j: entry(int(i), int(j)))

    of_log, of_p = matrix(lambda i, j: delta(i, j) - p[j]), matrix(lambda i, j: p[i] * (delta(i, j) - p[j]))
    log_slips: list[Slip] = [
        ("one-over-p", matrix(lambda i, j: 1 / p[i])),
        ("one-over-p", matrix(lambda i, j: delta(i, j) / p[i])),
        ("one-over-p", matrix(lambda i, j: 1 / p[j])),
        ("normaliser-fixed", matrix(delta)),
        ("off-diagonal-missing", matrix(lambda i, j: delta(i, j) * (1 - p[j]))),
        ("delta-everywhere", matrix(lambda i, j: 1 - p[j])),
        ("delta-missing", matrix(lambda i, j: -p[j])),
        ("off-diagonal-sign", matrix(lambda i, j: delta(i, j) - p[j] if i == j else p[j])),
        ("row-index-for-column", matrix(lambda i, j: delta(i, j) - p[i])),
        ("slope-of-p", of_p),
        ("score-for-probability", matrix(lambda i, j: delta(i, j) - z[j])),
        ("sign", -of_log),
    ]
    p_slips: list[Slip] = [
        ("off-diagonal-missing", matrix(lambda i, j: delta(i, j) * p[i] * (1 - p[i]))),
        ("off-diagonal-missing", sympy.Matrix([share * (1 - share) for share in p])),
        ("off-diagonal-sign", matrix(lambda i, j: p[i] * (1 - p[i]) if i == j else p[i] * p[j])),
        ("delta-missing", matrix(lambda i, j: -p[i] * p[j])),
        ("delta-missing", matrix(lambda i, j: p[i] * p[j])),
        ("delta-everywhere", matrix(lambda i, j: p[i] * (1 - p[j]))),
        ("normaliser-fixed", matrix(lambda i, j: delta(i, j) * p[i])),
        ("slope-of-log", of_log),
        ("diagonal-entry-not-squared", matrix(lambda i, j: delta(i, j) - p[i] * p[j])),
        ("diagonal-entry-not-squared", matrix(lambda i, j: delta(i, j) if i == j else -p[i] * p[j])),
        ("diagonal-of-log", matrix(lambda i, j: 1 - p[i] if i == j else -p[i] * p[j])),
        ("diagonal-like-the-others", matrix(lambda i, j: delta(i, j) * p[i] ** 2 - p[i] * p[j])),
        ("squares-only", matrix(lambda i, j: delta(i, j) * p[i] - p[i] ** 2)),
        ("squares-only", matrix(lambda i, j: delta(i, j) * p[i] - p[j] ** 2)),
        ("factor-inverted", matrix(lambda i, j: (delta(i, j) - p[j]) / p[i])),
        ("sign", -of_p),
        ("score-for-probability", matrix(lambda i, j: z[i] * (delta(i, j) - z[j]))),
    ]
    names = [str(symbol) for symbol in z]
    typed = "`p1` and `p2`" if K == 2 else f"`p1` to `p{K}`"
    shown = ", ".join(f"p_{i}" for i in range(1, K + 1))
    return Problem(
        statement=rf"""
Let $p = \operatorname{{softmax}}(z)$ with $K = {K}$ logits. Write down, as {K}×{K} matrices in {typed},

(a) `dlogp_dz`: in row $i$ and column $j$ the slope $\dfrac{{\partial \log p_i}}{{\partial z_j}}$,

(b) `dp_dz`: the Jacobian of the softmax, in row $i$ and column $j$ the slope $\dfrac{{\partial p_i}}{{\partial z_j}}$.

Both are lists of rows. Here ${shown}$ are the probabilities themselves.
""",
        answers=(
            Matrix("dlogp_dz", of_log, names, wrong_ones(log_slips, of_log, meaning), known=known),
            Matrix("dp_dz", of_p, names, wrong_ones(p_slips, of_p, meaning), known=known),
        ),
        hints=(
            "The logarithm of a quotient is a difference, and its first part has no exponential left in it.",
            "Every p depends on every z: z_j stands in the sum below the fraction bar, whichever i is on top.",
            "Once log p_i is differentiated, the chain rule for the logarithm leads to the slope of p_i.",
        ),
        solution=rf"""
$\log p_i = z_i - \log \sum_k e^{{z_k}}$. The slope of the first part by $z_j$ is $\delta_{{ij}}$, which is 1 for
$i = j$ and 0 otherwise; that of the second is $\frac{{e^{{z_j}}}}{{\sum_k e^{{z_k}}}} = p_j$. So
$\frac{{\partial \log p_i}}{{\partial z_j}} = \delta_{{ij}} - p_j$. On the other hand
$\frac{{\partial \log p_i}}{{\partial z_j}} = \frac{{1}}{{p_i}} \frac{{\partial p_i}}{{\partial z_j}}$, and therefore
$$\frac{{\partial p_i}}{{\partial z_j}} = p_i (\delta_{{ij}} - p_j), \qquad {tex(of_p)} =
\operatorname{{diag}}(p) - p p^T.$$
""",
    )


def _softmax_jacobian(p: Floats) -> Any:
    """Return diag(p) − p pᵀ, of shape (K, K), for probabilities p of shape (K,)."""
    return np.diag(p) - np.outer(p, p)


@CHAPTER.exercise("6.4", "The Jacobian in code", covers="softmax-notes/softmax", points=2)
def jacobian_code() -> Problem:
    """diag(p) − p pᵀ as a function of p."""
    rng = np.random.default_rng(64)
    cases = [Case((_softmax(rng.normal(size=K)),), f"K = {K} probabilities") for K in (3, 5, 2)]
    certain = Case((np.array([0.0, 1.0, 0.0, 0.0]),), "p = (0, 1, 0, 0)")
    return Problem(
        statement=r"""
Write a function of the probabilities `p`, an array of shape $(K,)$ that adds up to 1. It returns the Jacobian of the
softmax, an array of shape $(K, K)$ with $\frac{\partial p_i}{\partial z_j}$ in row $i$ and column $j$.
""",
        answers=(
            Function("softmax_jacobian", _softmax_jacobian, [*cases, certain], slips.softmax_jacobian(), use=finite),
        ),
        hints=(
            "Begin with the part that stands at every pair of i and j; then add what only the diagonal has.",
            "`np.diag(p)` makes a diagonal matrix of p, and `np.outer(p, p)` holds all products p_i p_j.",
        ),
        solution=r"""
In row $i$ and column $j$ stands $\delta_{ij}\, p_i - p_i p_j$: a diagonal matrix, and the outer product $p p^T$ taken
from it. Nothing is divided, so a $p_i$ of 0 does no harm.
""",
    )
