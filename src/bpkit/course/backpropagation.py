"""Chapter 08: the algorithm: a pass forward, a pass back, and a measurement to check them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import AnswerError, Array, Expression, Function, Mistake, Verdict, together
from bpkit.checking.functions import Case
from bpkit.checking.misconceptions import SENTENCES

from .backprop_slips import batch_mistakes, one_sample_mistakes
from .backprop_steps import Layers, sigmoid
from .exercise import Chapter, Problem
from .writing import tex

CHAPTER = Chapter(
    "08_backpropagation", "Backpropagation", reading={"worksheet/total-loss": "From one sample to many: the total loss"}
)

Floats = NDArray[np.float64]
Sizes = tuple[int, ...]
Slip = tuple[str, Any]


# What each step of the backward pass reads, as the four equations have it, in the order of the steps.
QUANTITIES = ("a^1", "z^2", "a^2", "z^3", "a^3", "d^3", "d^2")
READS: dict[str, frozenset[str]] = {
    "d^3": frozenset({"a^3", "z^3"}),
    "∂W^3": frozenset({"d^3", "a^2"}),
    "∂b^3": frozenset({"d^3"}),
    "d^2": frozenset({"d^3", "z^2"}),
    "∂W^2": frozenset({"d^2", "a^1"}),
    "∂b^2": frozenset({"d^2"}),
}


def _reading_slips() -> list[tuple[str, dict[str, frozenset[str]]]]:
    """List what may be said of single steps in place of what they read."""

    def instead(**steps: str) -> dict[str, frozenset[str]]:
        names = {"d3": "d^3", "W3": "∂W^3", "b3": "∂b^3", "d2": "d^2", "W2": "∂W^2", "b2": "∂b^2"}
        return {names[step]: frozenset(read.split()) for step, read in steps.items()}

    shifted = [("d^3 a^3", "d^2 a^2"), ("d^3 a^3", "d^2 a^1"), ("d^3 a^2", "d^2 a^2"), ("d^3 z^2", "d^2 a^1")]
    return [
        *(("slope-not-read", instead(d3="a^3", d2=read)) for read in ("d^3 a^2", "d^3")),
        *(("slope-not-read", instead(d3="a^3 z^3", d2=read)) for read in ("d^3 a^2", "d^3")),
        ("slope-not-read", instead(d3="a^3")),
        ("loss-slope-not-read", instead(d3="z^3")),
        *(("index-shift", instead(W3=one, W2=other)) for one, other in shifted[:3]),
        ("z-for-a", instead(W3=shifted[3][0])),
        *(("z-for-a", instead(W3=one, W2=other)) for one, other in (("d^3 z^2", "d^2 a^1"), ("d^3 z^3", "d^2 z^2"))),
        ("input-missing", instead(W3="d^3", W2="d^2")),
        ("error-not-carried", instead(d2="z^2")),
        ("error-not-carried", instead(d2="z^2 a^2")),
        ("error-not-carried", instead(d2="z^2 a^3")),
        ("bias-slope", instead(b3="d^3 a^2", b2="d^2 a^1")),
        ("bias-slope", instead(b3="d^3 a^3", b2="d^2 a^2")),
        ("slope-of-another-layer", instead(d3="a^3 z^2")),
        *(("slope-of-another-layer", instead(d2=f"d^3 {z}")) for z in ("z^3", "z^2 z^3")),
        ("error-not-read", instead(W3="a^2", W2="a^1", b3="", b2="")),
        ("error-not-read", instead(W3="a^2", W2="a^1")),
        ("error-of-another-layer", instead(W2="d^3 a^1", b2="d^3")),
        ("error-of-another-layer", instead(W2="d^3 a^1")),
    ]


def _as_table(reads: Mapping[str, frozenset[str]]) -> Floats:
    return np.array([[float(name in reads[step]) for step in READS] for name in QUANTITIES])


def _reading_mistakes() -> tuple[Mistake, ...]:
    slips = [(slug, READS | steps) for slug, steps in _reading_slips()]
    slips += [
        (together(slug, other), READS | steps | further)
        for (slug, steps), (other, further) in product(_reading_slips(), repeat=2)
        if slug < other and not steps.keys() & further.keys()
    ]
    before = {"d^3": QUANTITIES[:5], "∂W^3": QUANTITIES[:6], "∂b^3": QUANTITIES[:6], "d^2": QUANTITIES[:6]}
    everything = {step: frozenset(before.get(step, QUANTITIES)) for step in READS}
    tables = [(slug, _as_table(reads)) for slug, reads in [*slips, ("reads-too-much", everything)]]
    tables.append(("reads-too-much", np.ones((len(QUANTITIES), len(READS)))))
    right = _as_table(READS)
    return tuple(Mistake(slug, table) for slug, table in tables if not np.array_equal(table, right))


def _kept_slips(sizes: Sizes, N: int) -> list[tuple[str, int]]:
    """List how the numbers that the forward pass keeps may be miscounted."""
    right, above = sum(sizes), sum(sizes[1:])
    counts = {
        "input-not-kept": above,
        "output-not-kept": sum(sizes[:-1]),
        "input-not-kept+output-not-kept": sum(sizes[1:-1]),
        "z-kept": right + above,
        "input-not-kept+z-kept": 2 * above,
    }
    pairs = list(zip(sizes[1:], sizes, strict=False))
    weights = sum(n * below for n, below in pairs)
    made = [(slug, N * count) for slug, count in counts.items()]
    made += [(together(slug, "one-sample"), count) for slug, count in (("", right), *counts.items())]
    made += [("z-kept", 2 * N * right), ("z-kept", N * right + above)]
    made += [("weights-counted", weights), ("weights-counted", weights + above)]
    made += [("weights-counted", N * (weights + above)), ("weights-counted", N * right + weights + above)]
    made += [("weights-counted", N * right + weights), ("products-of-sums", N * int(np.prod(sizes)))]
    known, kept = {N * right}, []
    for slug, count in made:
        if count not in known:
            known.add(count)
            kept.append((slug, count))
    return kept


@CHAPTER.exercise(
    "8.1",
    "What each pass stores and reads",
    covers="dsc255/forward-backward",
    points=3,
    vary={"sizes": ((64, 20, 10), (100, 30, 12, 5), (28, 16, 4)), "N": (5, 8, 20, 32, 50)},
)
def stored(sizes: Sizes = (784, 30, 10), N: int = 10) -> Problem:
    """Ask which step of the backward pass reads what, and how many numbers have to be kept for it."""
    said = "–".join(map(str, sizes))
    layers = " + ".join(map(str, sizes))
    slopes = [
        rf"$\frac{{\partial L}}{{\partial {name}}}$" for name in (r"W^3", r"\mathbf{b}^3", r"W^2", r"\mathbf{b}^2")
    ]
    header = " | ".join([r"$\mathbf{d}^3$", *slopes[:2], r"$\mathbf{d}^2$", *slopes[2:]])
    rows = "\n".join(rf"| $\mathbf{{{name[0]}}}^{name[2]}$ |" + "   |" * len(READS) for name in QUANTITIES)
    right = sympy.Integer(N * sum(sizes))
    return Problem(
        statement=rf"""
(a) Take a network of three layers. On the left of this table stand the quantities that the two passes compute, on top
the six steps of the backward pass.

|   | {header} |
|---|---|---|---|---|---|---|
{rows}

Put a 1 where the step on top *reads* the quantity on the left, and a 0 elsewhere: it reads what stands on the right
of its equation, as the four equations have it, with $\sigma'$ taken at $\mathbf{{z}}$ and $\nabla_a L$ taken at
$\mathbf{{a}}^3$. Hand in `reads`, a list of {len(QUANTITIES)} rows of {len(READS)} numbers each.

(b) For the sigmoid, $\sigma'(z) = a(1 - a)$, so no $\mathbf{{z}}$ has to be kept. How many numbers does the forward
pass of a {said} network have to keep then, for a batch of $N = {N}$ samples, so that the backward pass finds all that
it reads? Count $\mathbf{{a}}^1$, too, but neither the targets nor the weights and biases: these are there anyway.
Hand in `kept`, a number.
""",
        answers=(
            Array("reads", _as_table(READS), _reading_mistakes()),
            Expression(
                "kept", right, (), tuple(Mistake(s, sympy.Integer(n)) for s, n in _kept_slips(sizes, N)), measured=""
            ),
        ),
        hints=(
            "Write the four equations down for l = 3 and l = 2; each column is one of them.",
            "Two of the columns have a single 1.",
            "For (b): which activations does the backward pass read? Is there a layer whose activation nobody reads?",
        ),
        solution=rf"""
Column by column: $\mathbf{{d}}^3 = \nabla_a L \odot \sigma'(\mathbf{{z}}^3)$ reads $\mathbf{{a}}^3$ and
$\mathbf{{z}}^3$; $\frac{{\partial L}}{{\partial W^3}} = \mathbf{{d}}^3 (\mathbf{{a}}^2)^T$ reads $\mathbf{{d}}^3$ and
$\mathbf{{a}}^2$; $\frac{{\partial L}}{{\partial \mathbf{{b}}^3}}$ is $\mathbf{{d}}^3$;
$\mathbf{{d}}^2 = ((W^3)^T \mathbf{{d}}^3) \odot \sigma'(\mathbf{{z}}^2)$ reads $\mathbf{{d}}^3$ and $\mathbf{{z}}^2$;
and so on, one layer down.

Every activation is read, from the input ($\frac{{\partial L}}{{\partial W^2}}$) to the output ($\nabla_a L$). For
each of the {N} samples that makes ${layers} = {sum(sizes)}$ numbers, {right} in all.
""",
    )


# --- networks to try a student's function on


def _network(sizes: Sizes, seed: int) -> tuple[dict[int, Floats], dict[int, Floats]]:
    """Return seeded weights and biases by layer."""
    rng = np.random.default_rng(seed)
    pairs = list(enumerate(zip(sizes[1:], sizes, strict=False), start=2))
    return {l: rng.normal(size=pair) for l, pair in pairs}, {l: rng.normal(size=pair[0]) for l, pair in pairs}


def _case(sizes: Sizes, N: int | None, seed: int, target: bool = True) -> Case:
    """Return a call with a network and N samples as columns; with None for N one sample, as vectors."""
    W, b = _network(sizes, seed)
    rng = np.random.default_rng(1000 + seed)
    shape = () if N is None else (N,)
    X, Y = rng.normal(size=(sizes[0], *shape)), rng.uniform(0.05, 0.95, size=(sizes[-1], *shape))
    said = f"a {'–'.join(map(str, sizes))} network"
    if N is not None:
        said += f" and {N} sample{'' if N == 1 else 's'}"
    return Case((W, b, X, Y) if target else (W, b, X), said)


# Unequal widths in several depths. In the square ones nearly every product has legal shapes, so the values must tell.
ONE_SAMPLE: tuple[Sizes, ...] = (
    (3, 4, 2),
    (2, 3),
    (3, 2, 4, 3),
    (3, 3, 3, 3),
    (2, 3, 5, 4, 2),
    (4, 4, 2),
    (3, 3),
    (4, 4, 4),
    (3, 1, 2),
    (1, 3, 1),
)
BATCHES: tuple[tuple[Sizes, int], ...] = (
    *(((3, 4, 2), 5), ((2, 3), 4), ((3, 2, 4, 3), 5), ((3, 3, 3, 3), 3), ((2, 3, 5, 4, 2), 3)),
    *(((3, 4, 4, 2), 6), ((4, 4, 4), 5), ((3, 3), 3), ((2, 3, 2), 1), ((3, 1, 2), 4), ((1, 3, 1), 3)),
)


def _as_layers(part: Any, layers: Sequence[int], name: str) -> list[Any] | None:
    """Return the arrays for these layers in their order, from a dict by layer, a list, or a list that l counts.

    Raises
    ------
    AnswerError
        If it is a dict of other layers.
    """
    if (by_layer := _by_layer(part)) is not None:
        if sorted(by_layer) != list(layers):
            said = f"{_listed(by_layer)}, not {_listed(layers)}"
            raise AnswerError(f"your function returns {name} for the layers {said}.")
        return [by_layer[l] for l in layers]
    if not (type(part) in (list, tuple) or (type(part) is np.ndarray and (part.ndim == 3 or part.dtype == object))):
        return None
    rows = list(part)
    while len(rows) > len(layers) and rows[0] is None:
        rows = rows[1:]
    return rows if len(rows) == len(layers) else None


def _by_layer(part: Any) -> dict[int, Any] | None:
    """Return a dict whose keys are whole numbers, NumPy's among them."""
    if not issubclass(type(part), dict) or not all(issubclass(type(l), int | np.integer) for l in dict.keys(part)):
        return None
    return {int(l): value for l, value in dict.items(part)}


def _listed(layers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(layers)[:9])) or "none"


def _shapes(arrays: Iterable[Any]) -> list[tuple[int, ...]]:
    return [np.shape(array) for array in arrays]


def arranged(returned: Any, shapes_of_W: Mapping[int, tuple[int, ...]]) -> Any:
    """Put gradients into one order, dW[2], …, dW[F], db[2], …, db[F], however they are handed in.

    Two dicts by layer, two lists, or a pair for each layer, in a dict or a list. What is none of these stays.
    """
    layers, shapes = list(shapes_of_W), list(shapes_of_W.values())
    if type(returned) is dict and len(returned) == 2:
        returned = next((tuple(returned[k] for k in keys) for keys in NAMED if returned.keys() == set(keys)), returned)
    pairs = returned if type(returned) in (list, tuple) else ()
    if by_layer := _by_layer(returned):
        pairs = [by_layer[l] for l in sorted(by_layer)]
    if _is_pairs(pairs, shapes):
        pairs = _as_layers(returned, layers, "pairs") or []
        return tuple([pair[0] for pair in pairs] + [pair[1] for pair in pairs])
    if type(returned) in (tuple, list) and len(returned) == 2:
        dW, db = (_as_layers(part, layers, name) for part, name in zip(returned, NAMED[0], strict=True))
        if dW and db:
            return tuple(dW + db)
    return returned


NAMED = (("dW", "db"), ("W", "b"))


def _is_pairs(parts: Any, shapes: list[tuple[int, ...]]) -> bool:
    """Tell whether there is a pair (∂L/∂W^l, ∂L/∂b^l) for each layer, rather than two lists."""
    if not parts or not all(type(part) in (tuple, list) and len(part) == 2 for part in parts):
        return False
    if _shapes(part[0] for part in parts) == shapes:
        return True
    return all(np.ndim(part[0]) == 2 and np.ndim(part[1]) == 1 for part in parts)


def _gradients_of(given: Callable[..., Any], W: Layers, b: Layers, x: Floats, y: Floats) -> Any:
    shapes = {l: W[l].shape for l in W}  # told beforehand: a student's function may put other things into W
    before = {l: W[l] for l in W}
    returned = given(W, b, x, y)
    if issubclass(type(returned), tuple):  # a named one, perhaps
        returned = tuple(returned)
    if type(returned) in (tuple, list) and len(returned) == 2 and _are_parameters(returned[0], W, before):
        raise AnswerError("your function returns W and b themselves.")
    return arranged(returned, shapes)


def _are_parameters(part: Any, W: Layers, before: Layers) -> bool:
    """Tell whether the dict W itself came back, or all its arrays, which somebody may have stepped with."""
    if part is W:
        return True
    given = list(part) if type(part) in (list, tuple) else list((_by_layer(part) or {}).values())
    return len(given) == len(before) and all(one is other for one, other in zip(given, before.values(), strict=True))


def as_pairs(returned: Any, W: Layers, b: Layers) -> list[tuple[Floats, Floats]] | None:
    """Return the pairs (∂L/∂W^l, ∂L/∂b^l), l = 2, …, F, from gradients in any form that 8.3 and 8.6 take.

    Parameters
    ----------
    returned
        Two dicts by layer, two lists, or a pair for each layer, in a dict or a list.
    W, b
        The parameters, dicts by layer.

    Returns
    -------
    list of pairs
        None if `returned` is nothing of this kind, or an array has not the shape of its parameter.
    """
    shapes = [W[l].shape for l in W] + [b[l].shape for l in b]
    try:
        parts = arranged(returned, {l: W[l].shape for l in W})
        if type(parts) is not tuple or len(parts) != len(shapes):
            return None
        arrays = [np.asarray(part, float) for part in parts]
    except (AnswerError, TypeError, ValueError):
        return None
    fits = [array.shape for array in arrays] == shapes
    return list(zip(arrays[: len(W)], arrays[len(W) :], strict=True)) if fits else None


def _gradient_labels(W: Layers, *_: Any) -> list[str]:
    return [f"{name}[{l}]" for name in ("dW", "db") for l in W]


def _activations_of(given: Callable[..., Any], W: Layers, b: Layers, x: Floats) -> Any:
    """Return z[2], …, z[F], a[1], …, a[F], from two dicts by layer or two lists, also in a dict {"z": …, "a": …}."""
    layers = sorted(W)
    returned = given(W, b, x)
    if type(returned) is dict and returned.keys() == {"z", "a"}:
        returned = returned["z"], returned["a"]
    # A named tuple is read as a tuple, too.
    if issubclass(type(returned), tuple | list) and len(returned) == 2:
        if said := _misplaced(returned[0], returned[1], layers):
            raise AnswerError(said)
        z, a = _as_layers(returned[0], layers, "z"), _as_layers(returned[1], [1, *layers], "a")
        if z and a:
            return tuple(z + a)
    return returned


def _misplaced(z: Any, a: Any, layers: Sequence[int]) -> str:
    """Say what is wrong with the layers of two dicts, if z has layer 1."""
    if not ((of_z := _by_layer(z)) and (of_a := _by_layer(a)) and sorted(of_z) == [1, *layers]):
        return ""
    if sorted(of_a) == list(layers):
        return f"your function returns z for the layers {_listed(of_z)} and a for {_listed(of_a)}."
    return f"your function returns z for the layers {_listed(of_z)}; z begins with layer 2."


def _activation_labels(W: Layers, *_: Any) -> list[str]:
    return [f"z[{l}]" for l in W] + [f"a[{l}]" for l in (1, *W)]


def _feedforward(W: Layers, b: Layers, x: Floats) -> tuple[dict[int, Floats], dict[int, Floats]]:
    """Return z and a by layer, for one sample x of shape (n_1,)."""
    z, a = {}, {1: x}
    for l in range(2, max(W) + 1):
        z[l] = W[l] @ a[l - 1] + b[l]
        a[l] = 1 / (1 + np.exp(-z[l]))
    return z, a


def _forward_mistakes() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of a forward pass."""

    def passing(
        into: Callable[[Floats, Floats, Floats], Any] = lambda W, a, b: W @ a + b,
        out: Callable[[Floats], Any] = sigmoid,
        last: Callable[[Floats], Any] | None = None,
        first: Callable[[Floats], Any] = lambda x: x,
        feed: Callable[[dict[int, Any], dict[int, Any], int], Any] = lambda z, a, l: a[l - 1],
        handed: Callable[[dict[int, Any], dict[int, Any]], Any] = lambda z, a: (z, a),
    ) -> Callable[..., Any]:
        def function(W: Layers, b: Layers, x: Floats) -> Any:
            z: dict[int, Any] = {}
            a: dict[int, Any] = {1: first(x)}
            for l in W:
                z[l] = into(W[l], feed(z, a, l), b[l])
                a[l] = (last or out)(z[l]) if l == max(W) else out(z[l])
            return handed(z, a)

        return function

    def bias_after(told: Callable[[Floats, Floats], Floats]) -> Callable[..., Any]:
        """Return a function that adds the bias to σ(Wa), and keeps `told` of Wa and b as z."""

        def function(W: Layers, b: Layers, x: Floats) -> Any:
            z, a = {}, {1: x}
            for l in W:
                height = W[l] @ a[l - 1]
                z[l], a[l] = told(height, b[l]), sigmoid(height) + b[l]
            return z, a

        return function

    def without_output(W: Layers, b: Layers, x: Floats) -> Any:
        z, a = _feedforward(W, b, x)
        return {l: z[l] for l in z if l < max(W)}, {l: a[l] for l in a if l < max(W)}

    def softmax(z: Floats) -> Any:
        return np.exp(z) / np.exp(z).sum()

    def plain(z: Floats) -> Floats:
        return z

    made = [
        ("bias-missing", passing(into=lambda W, a, b: W @ a)),
        ("sigma-missing", passing(out=plain)),
        ("output-not-activated", passing(last=plain)),
        ("other-activation", passing(out=np.tanh)),
        ("other-activation", passing(out=lambda z: np.maximum(z, 0))),
        ("other-activation", passing(last=softmax)),
        ("exponent-sign", passing(out=lambda z: sigmoid(-z))),
        ("sigma-twice", passing(out=lambda z: sigmoid(sigmoid(z)))),
        ("bracket-missing", passing(out=lambda z: 1 / 1 + np.exp(-z))),
        ("slope-for-activation", passing(out=lambda z: sigmoid(z) * (1 - sigmoid(z)))),
        ("sigma-too-early", passing(into=lambda W, a, b: W @ sigmoid(a) + b, out=plain)),
        ("sigma-too-early", passing(into=lambda W, a, b: sigmoid(W @ a) + b, out=plain)),
        ("input-squashed", passing(first=sigmoid)),
        ("z-for-a", passing(feed=lambda z, a, l: z.get(l - 1, a[1]))),
        ("fed-with-x", passing(feed=lambda z, a, l: a[1])),
        ("indices-swapped", passing(into=lambda W, a, b: W.T @ a + b)),
        ("indices-swapped", passing(into=lambda W, a, b: a @ W + b)),
        ("elementwise-for-product", passing(into=lambda W, a, b: W * a + b[:, None])),
        ("z-and-a-swapped", passing(handed=lambda z, a: (a, z))),
        ("z-and-a-swapped", passing(handed=lambda z, a: (list(a.values()), list(z.values())))),
        ("input-in-z", passing(handed=lambda z, a: ({1: a[1], **z}, a))),
        ("input-row-missing", passing(handed=lambda z, a: (z, {l: a[l] for l in z}))),
        ("layers-reversed", passing(handed=lambda z, a: (list(z.values())[::-1], list(a.values())[::-1]))),
        ("layer-shift", passing(handed=lambda z, a: ({l - 1: z[l] for l in z}, a))),
        ("layer-shift", passing(handed=lambda z, a: ({l - 1: z[l] for l in z}, {l - 1: a[l] for l in a}))),
        ("output-only", passing(handed=lambda z, a: a[max(a)])),
        ("output-only", passing(handed=lambda z, a: (z[max(z)], a[max(a)]))),
        ("term-sign", passing(into=lambda W, a, b: W @ a - b)),
        ("depth-fixed", lambda W, b, x: _feedforward({l: W[l] for l in (2, 3)}, b, x)),
        ("depth-fixed", lambda W, b, x: _feedforward({l: W[l] for l in W if l <= 3}, b, x)),
        ("bias-after-sigma", bias_after(lambda h, b: h)),
        ("bias-after-sigma", bias_after(lambda h, b: h + b)),
        ("return-in-loop", lambda W, b, x: _feedforward({2: W[2]}, b, x)),
        ("output-layer-left-out", without_output),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


@CHAPTER.exercise("8.2", "The forward pass (worksheet, steps 1 and 2)", covers="worksheet/algorithm", points=2)
def forward_code() -> Problem:
    """z and a by layer, for one sample and any depth."""
    return Problem(
        statement=r"""
Write `feedforward(W, b, x)` for a network of any depth with the sigmoid in every layer. `W` and `b` are dicts by layer,
`W[2]`, …, `W[F]` and `b[2]`, …, `b[F]`, where `W[l]` has shape $(n_l, n_{l-1})$ and `b[l]` has shape $(n_l,)$; `x` is
one sample, of shape $(n_1,)$.

Return two dicts by layer: `z` with $\mathbf{z}^2, \dots, \mathbf{z}^F$, and `a` with $\mathbf{a}^1, \dots,
\mathbf{a}^F$; `z[l]` and `a[l]` have shape $(n_l,)$.
""",
        answers=(
            Function(
                "feedforward",
                _feedforward,
                [_case(sizes, None, 820 + n, target=False) for n, sizes in enumerate(ONE_SAMPLE)],
                mistakes=_forward_mistakes(),
                use=_activations_of,
                labels=_activation_labels,
                again="stale-gradients",
            ),
        ),
        hints=(
            "Start with a = {1: x}: the activation of the input layer is the input itself.",
            "One loop over l = 2, …, F. Its two lines are the two halves of the worksheet's equation (2).",
            "The last layer's number is max(W).",
        ),
        solution=r"""
The input is $\mathbf{a}^1$. Then, for $l = 2, \dots, F$, one line each for $\mathbf{z}^l = W^l \mathbf{a}^{l-1} +
\mathbf{b}^l$ and $\mathbf{a}^l = \sigma(\mathbf{z}^l)$. Nothing is thrown away: the backward pass will need it.
""",
    )


def _backprop(W: Layers, b: Layers, x: Floats, y: Floats) -> tuple[dict[int, Floats], dict[int, Floats]]:
    """Return ∂L/∂W^l and ∂L/∂b^l for one sample, two dicts by layer."""
    F = max(W)
    a = {1: x}
    for l in range(2, F + 1):
        a[l] = 1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l])))
    d = {F: 2 / len(y) * (a[F] - y) * a[F] * (1 - a[F])}
    for l in range(F - 1, 1, -1):
        d[l] = (W[l + 1].T @ d[l + 1]) * a[l] * (1 - a[l])
    dW = {l: np.outer(d[l], a[l - 1]) for l in W}
    db = {l: d[l] for l in b}
    return dW, db


UPDATING = {0: "updated-inside", 1: "updated-inside"}


@CHAPTER.exercise(
    "8.3", "Backpropagation for one sample (worksheet, steps 1 to 5)", covers="worksheet/algorithm", points=4
)
def one_sample_code() -> Problem:
    """∂L/∂W^l and ∂L/∂b^l for one sample, in a network of any depth."""
    return Problem(
        statement=r"""
Write `backprop(W, b, x, y)`: all five steps, for one sample `x` of shape $(n_1,)$ with the target `y` of shape
$(n_F,)$. Every layer has the sigmoid, and the loss is the mean squared error over the $c = n_F$ outputs,
$$L = \frac{1}{c} \sum_{j=1}^{c} (a_j^F - y_j)^2.$$

Return `dW, db`, two dicts by layer: `dW[l]` is $\frac{\partial L}{\partial W^l}$ and has the shape of `W[l]`, `db[l]`
is $\frac{\partial L}{\partial \mathbf{b}^l}$ and has the shape of `b[l]`, for $l = 2, \dots, F$.
""",
        answers=(
            Function(
                "backprop",
                _backprop,
                [_case(sizes, None, 830 + n) for n, sizes in enumerate(ONE_SAMPLE)],
                mistakes=one_sample_mistakes(),
                use=_gradients_of,
                labels=_gradient_labels,
                again="stale-gradients",
                changing=UPDATING,
            ),
        ),
        hints=(
            "Begin with your forward pass, and then go through the layers from F down to 2.",
            "Each of the equations is one line. With σ′(z) = a(1 − a), no exponential is needed on the way back.",
            "np.outer makes a matrix of two vectors: which of them goes first, so that it has the shape of W[l]?",
        ),
        solution=r"""
Forward as in 8.2. Then $\mathbf{d}^F = \frac{2}{c} (\mathbf{a}^F - \mathbf{y}) \odot \sigma'(\mathbf{z}^F)$ with
$\sigma'(\mathbf{z}^F) = \mathbf{a}^F \odot (1 - \mathbf{a}^F)$, and downwards
$\mathbf{d}^l = ((W^{l+1})^T \mathbf{d}^{l+1}) \odot \sigma'(\mathbf{z}^l)$. Each layer's gradients are
$\mathbf{d}^l (\mathbf{a}^{l-1})^T$ and $\mathbf{d}^l$.
""",
    )


def _mean_slips(parts: Sequence[sympy.Expr]) -> list[Slip]:
    """List what becomes of the mean of the partial derivatives when something slips."""
    n, total = len(parts), sympy.Add(*parts)
    made: list[Slip] = [
        ("sum-over-samples", total),
        ("averaged-again", total / n**2),
        *(("sample-count-off", total / (n + off)) for off in (1, -1) if n + off > 1),
        ("sum-and-product", sympy.Mul(*parts)),
        ("sum-and-product", sympy.Mul(*parts) / n),
        ("sum-and-product", sympy.Mul(*parts) ** sympy.Rational(1, n)),
        ("factor-inverted", n * total),
        *(("one-sample", part) for part in parts),
        *(("one-sample", part / n) for part in parts),
        *(("bracket-missing", total - part + part / n) for part in parts),
        *(("bracket-missing", part + (total - part) / n) for part in parts if n > 2),
        *(("sample-left-out", total - part) for part in parts if n > 2),
        *(("sample-left-out", (total - part) / n) for part in parts if n > 2),
        *(("sample-left-out", (total - part) / (n - 1)) for part in parts if n > 2),
        *(("rounded", round(1 / n, digits) * total) for digits in range(1, 11)),
        ("root-taken", sympy.sqrt(sympy.Add(*(part**2 for part in parts)) / n)),
        ("squares-added", sympy.Add(*(part**2 for part in parts)) / n),
    ]
    return made


@CHAPTER.exercise(
    "8.4",
    "The slope of the total loss (worksheet 8)",
    covers="worksheet/8",
    points=1,
    vary={"n": (2, 4, 5, 6)},
)
def total_slope(n: int = 3) -> Problem:
    """∂L_T/∂w and ∂L_T/∂b from the samples' own partial derivatives."""
    by = {name: sympy.symbols([f"d{name}_{i}" for i in range(1, n + 1)]) for name in ("w", "b")}
    symbols = tuple(str(symbol) for name in ("w", "b") for symbol in by[name])

    def asked(name: str, other: str) -> Expression:
        parts = by[name]
        right = sympy.Add(*parts) / n
        slips = [*_mean_slips(parts), ("other-slopes", sympy.Add(*by[other]) / n)]
        mistakes = tuple(Mistake(slug, slip) for slug, slip in slips if sympy.expand(slip - right) != 0)
        return Expression(f"dLT_d{name}", right, symbols, mistakes)

    listed = ", ".join(f"L_{i}" for i in range(1, n + 1))
    plus = " + ".join(f"L_{i}" for i in range(1, n + 1))
    return Problem(
        statement=rf"""
There are $n = {n}$ samples with the losses ${listed}$, so the total loss is $L_T = \frac{{1}}{{{n}}} ({plus})$. One
weight $w_{{jk}}^l$ and one bias $b_j^l$ are shared by all of them. Express $\frac{{\partial L_T}}{{\partial
w_{{jk}}^l}}$ and $\frac{{\partial L_T}}{{\partial b_j^l}}$ by the samples' own partial derivatives.

Type $\frac{{\partial L_1}}{{\partial w_{{jk}}^l}}$ as `dw_1`, $\frac{{\partial L_1}}{{\partial b_j^l}}$ as `db_1`,
and so on up to `dw_{n}` and `db_{n}`. Hand in two expressions.
""",
        answers=(asked("w", "b"), asked("b", "w")),
        hints=(
            "L_T is a sum with a constant factor in front. What does differentiation do to each of the two?",
            "The same weight occurs in every one of the losses: no term drops out.",
        ),
        solution=rf"""
Differentiation goes term by term, and the constant factor stays in front:
$$\frac{{\partial L_T}}{{\partial w_{{jk}}^l}} = \frac{{1}}{{{n}}} \sum_{{i=1}}^{{{n}}} \frac{{\partial
L_i}}{{\partial w_{{jk}}^l}}, \qquad \frac{{\partial L_T}}{{\partial b_j^l}} = \frac{{1}}{{{n}}} \sum_{{i=1}}^{{{n}}}
\frac{{\partial L_i}}{{\partial b_j^l}}.$$
""",
    )


def _total_gradient(gradients: Floats) -> Any:
    """Return the gradient of the total loss from the gradients of the samples, which are stacked along axis 0."""
    return np.sum(gradients, axis=0) / len(gradients)


def _stack_mistakes() -> tuple[Mistake, ...]:
    made: list[Slip] = [
        ("sum-over-samples", lambda g: np.sum(g, axis=0)),
        ("averaged-again", lambda g: np.mean(g, axis=0) / len(g)),
        *(("sample-count-off", lambda g, off=off: np.sum(g, axis=0) / (len(g) + off)) for off in (1, -1)),
        *(("wrong-stack-axis", lambda g, axis=axis: np.mean(g, axis=axis)) for axis in (1, -1)),
        *(("wrong-stack-axis", lambda g, axis=axis: np.sum(g, axis=axis)) for axis in (1, -1)),
        *(("wrong-stack-axis", lambda g, axis=axis: np.sum(g, axis=axis) / len(g)) for axis in (1, -1)),
        ("parameters-averaged", lambda g: np.mean(g)),
        ("parameters-averaged", lambda g: np.full(g.shape[1:], np.mean(g))),
        ("parameters-averaged", lambda g: np.sum(g)),
        ("parameters-averaged", lambda g: np.sum(g) / len(g)),
        ("parameters-for-samples", lambda g: np.mean(g, axis=tuple(range(1, g.ndim)))),
        ("parameters-for-samples", lambda g: np.sum(g, axis=tuple(range(1, g.ndim)))),
        *(("one-sample", lambda g, i=i: g[i]) for i in (0, -1)),
        *(("one-sample", lambda g, i=i: g[i] / len(g)) for i in (0, -1)),
        ("last-sample-missing", lambda g: np.sum(g[:-1], axis=0) / len(g)),
        ("last-sample-missing", lambda g: np.sum(g[1:], axis=0) / len(g)),
        ("last-sample-missing", lambda g: np.mean(g[1:], axis=0)),
        ("last-sample-missing", lambda g: np.mean(g[:-1], axis=0)),
        ("samples-miscounted", lambda g: np.sum(g, axis=0) / g.shape[1]),
        ("samples-miscounted", lambda g: np.sum(g, axis=0) / g.shape[-1]),
        ("samples-miscounted", lambda g: np.sum(g, axis=0) / g.size),
        ("samples-apart", lambda g: g / len(g)),
        ("samples-apart", lambda g: g),
        ("middle-for-mean", lambda g: np.median(g, axis=0)),
        ("sum-and-product", lambda g: np.prod(g, axis=0)),
        ("root-taken", lambda g: np.sqrt(np.mean(g**2, axis=0))),
        ("squares-added", lambda g: np.mean(g**2, axis=0)),
        *(("size-fixed", lambda g, n=n: np.sum(g, axis=0) / n) for n in range(2, 11)),
        *(("size-fixed", lambda g, n=n: sum(g[i] for i in range(n)) / n) for n in range(2, 7)),
        ("last-sample-missing", lambda g: sum(g[i] for i in range(1, len(g))) / len(g)),
        ("last-sample-missing", lambda g: sum(g[i] for i in range(len(g) - 1)) / len(g)),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


@CHAPTER.exercise("8.5", "The total gradient in code", covers="worksheet/8", points=2)
def total_code() -> Problem:
    """The mean over the first axis of a stack of gradients."""
    shapes = {(4, 3, 2): "the gradients of W^l of 4 samples", (5, 4): "the gradients of b^l of 5 samples",
              (2, 3, 4): "the gradients of W^l of 2 samples", (1, 2, 3): "the gradient of W^l of 1 sample",
              (6, 3, 3): "the gradients of W^l of 6 samples"}  # fmt: skip
    cases = [
        Case((np.random.default_rng(850 + n).normal(size=shape),), said)
        for n, (shape, said) in enumerate(shapes.items())
    ]
    return Problem(
        statement=r"""
Write `total_gradient(gradients)`. It is given the gradients of $n$ samples, stacked along axis 0: an array of shape
$(n, n_l, n_{l-1})$ whose entry `gradients[i]` is $\frac{\partial L_{i+1}}{\partial W^l}$, or one of shape $(n, n_l)$
with the gradients of a bias vector. It returns $\frac{\partial L_T}{\partial W^l}$ or $\frac{\partial L_T}{\partial
\mathbf{b}^l}$: an array of the shape of one sample's gradient. It works for any $n \ge 1$.
""",
        answers=(Function("total_gradient", _total_gradient, cases, mistakes=_stack_mistakes()),),
        hints=(
            "8.4 says what happens to each single weight; here it happens to all of them at once.",
            "Along which axis do the samples lie? That one has to vanish, and no other.",
        ),
        solution=r"""
Axis 0 counts the samples. The sum over it, divided by how many there are, is 8.4 for each weight at the same time.
""",
    )


def _backprop_batch(W: Layers, b: Layers, X: Floats, Y: Floats) -> tuple[dict[int, Floats], dict[int, Floats]]:
    """Return ∂L_T/∂W^l and ∂L_T/∂b^l, two dicts by layer; X and Y hold one sample per column."""
    F = max(W)
    c, N = Y.shape
    a = {1: X}
    for l in range(2, F + 1):
        a[l] = 1 / (1 + np.exp(-(W[l] @ a[l - 1] + b[l][:, np.newaxis])))
    d = {F: 2 / (c * N) * (a[F] - Y) * a[F] * (1 - a[F])}  # the mean over the samples is taken here, once
    for l in range(F - 1, 1, -1):
        d[l] = (W[l + 1].T @ d[l + 1]) * a[l] * (1 - a[l])
    dW = {l: d[l] @ a[l - 1].T for l in W}
    db = {l: d[l].sum(axis=1) for l in b}
    return dW, db


@CHAPTER.exercise("8.6", "Backpropagation for a batch", covers=("worksheet/algorithm", "worksheet/8"), points=4)
def batch_code() -> Problem:
    """∂L_T/∂W^l and ∂L_T/∂b^l for N samples at once, in a network of any depth."""
    return Problem(
        statement=r"""
Write `backprop_batch(W, b, X, Y)`. `X` of shape $(n_1, N)$ and `Y` of shape $(n_F, N)$ hold one sample per *column*.
As in 8.3 every layer has the sigmoid, and the loss of one sample is the mean squared error over its $c = n_F$
outputs. The total loss is the mean over the $N$ samples,
$$L_T = \frac{1}{N} \sum_{i=1}^{N} L_i, \qquad L_i = \frac{1}{c} \sum_{j=1}^{c} \left(a_{ji}^F - y_{ji}\right)^2,$$
where column $i$ belongs to sample $i$.

Return `dW, db`, two dicts by layer: `dW[l]` is $\frac{\partial L_T}{\partial W^l}$ and has the shape of `W[l]`,
`db[l]` is $\frac{\partial L_T}{\partial \mathbf{b}^l}$ and has the shape of `b[l]`. It has to work for any depth, any
widths and any $N \ge 1$, and must leave its arguments as they are. A loop over the samples is right, too; but try to
do without it.
""",
        answers=(
            Function(
                "backprop_batch",
                _backprop_batch,
                [_case(sizes, N, 860 + n) for n, (sizes, N) in enumerate(BATCHES)],
                mistakes=batch_mistakes(),
                use=_gradients_of,
                labels=_gradient_labels,
                again="stale-gradients",
                changing=UPDATING,
            ),
        ),
        hints=(
            "Your lines of 8.3 nearly do: with a column for each sample, products with W work on all columns at once.",
            "Two places need care: how b is added to every column, and how the samples' contributions come together.",
            "The product of d (n_l, N) with aᵀ (N, n_{l−1}) adds up the samples. What is left to make a mean of it?",
        ),
        solution=r"""
With samples as columns, $W^l \mathbf{a}^{l-1}$ and $(W^{l+1})^T \mathbf{d}^{l+1}$ treat every column by itself, and
$\odot$ does so anyway; only $\mathbf{b}^l$ has to become a column, so that it is added to each of them. The product
$\mathbf{d}^l (\mathbf{a}^{l-1})^T$ adds up the samples, and so does the sum of $\mathbf{d}^l$ along its rows. The
factor $\frac{1}{N}$ is put into $\mathbf{d}^F$ once and reaches every gradient from there.
""",
    )


def _measured_gradient(f: Callable[[Floats], float], theta: Floats, h: float) -> Floats:
    """Return the slope of f along each entry of theta, measured with a step h to both sides."""
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        step = np.zeros(len(theta))
        step[i] = h
        slopes[i] = (f(theta + step) - f(theta - step)) / (2 * h)
    return slopes


def _measuring_mistakes() -> tuple[Mistake, ...]:
    def along(difference: Callable[..., float]) -> Callable[..., Floats]:
        """Return the function whose entry i is ``difference(f, theta, step along entry i, h)``."""
        return lambda f, theta, h: np.array([difference(f, theta, step, h) for step in h * np.eye(len(theta))])

    def left_behind(
        f: Callable[[Floats], float], theta: Floats, h: float, back: float = 2, one_sided: bool = False
    ) -> Floats:
        """Move one entry after the other, and never put it back where it was."""
        t, start, slopes = theta.copy(), f(theta), []
        for i in range(len(t)):
            t[i] += h
            above = f(t)
            t[i] -= back * h
            slopes.append((above - start) / h if one_sided else (above - f(t)) / (2 * h))
        return np.array(slopes)

    def central(f: Callable[[Floats], float], theta: Floats, step: Floats, h: float) -> float:
        return (f(theta + step) - f(theta - step)) / (2 * h)

    def at_once(f: Callable[[Floats], float], theta: Floats, h: float) -> float:
        return (f(theta + h) - f(theta - h)) / (2 * h)

    made: list[Slip] = [
        ("one-sided-difference", along(lambda f, t, s, h: (f(t + s) - f(t)) / h)),
        ("one-sided-difference", along(lambda f, t, s, h: (f(t) - f(t - s)) / h)),
        ("one-sided-difference", lambda f, t, h: left_behind(f, t, h, back=1, one_sided=True)),
        ("step-counted-once", along(lambda f, t, s, h: (f(t + s) - f(t - s)) / h)),
        ("bracket-missing", along(lambda f, t, s, h: (f(t + s) - f(t - s)) / 2 * h)),
        ("bracket-missing", along(lambda f, t, s, h: f(t + s) - f(t - s) / (2 * h))),
        ("step-not-divided", along(lambda f, t, s, h: f(t + s) - f(t - s))),
        ("step-not-divided", along(lambda f, t, s, h: (f(t + s) - f(t - s)) / 2)),
        ("step-not-divided+one-sided-difference", along(lambda f, t, s, h: f(t + s) - f(t))),
        ("half-counted", along(lambda f, t, s, h: (f(t + s) - f(t)) / (2 * h))),
        ("half-counted", along(lambda f, t, s, h: (f(t + s / 2) - f(t - s / 2)) / (2 * h))),
        ("step-counted-once", along(lambda f, t, s, h: (f(t + s / 2) - f(t - s / 2)) / (h / 2))),
        ("term-sign", along(lambda f, t, s, h: (f(t + s) + f(t - s)) / (2 * h))),
        ("all-moved", at_once),
        ("all-moved", lambda f, t, h: np.full(len(t), at_once(f, t, h))),
        ("all-moved", lambda f, t, h: np.full(len(t), (f(t + h) - f(t)) / h)),
        ("all-moved", lambda f, t, h: (f(t + h) - f(t)) / h),
        ("step-left-behind", left_behind),
        ("step-left-behind", lambda f, t, h: [central(f, t, s, h) for s in h * np.tri(len(t))]),
        ("step-left-behind", lambda f, t, h: left_behind(f, t, h, back=0, one_sided=True)),
        ("step-left-behind", lambda f, t, h: left_behind(f, t, h, back=2, one_sided=True)),
        *(("step-ignored", lambda f, t, h, own=own: _measured_gradient(f, t, own)) for own in (1e-3, 1e-4, 1e-5)),
        ("step-ignored", along(lambda f, t, s, h: (f(t + s / 2) - f(t - s / 2)) / h)),
        ("step-ignored", along(lambda f, t, s, h: (f(t + 2 * s) - f(t - 2 * s)) / (4 * h))),
        ("step-ignored", along(lambda f, t, s, h: (4 * central(f, t, s / 2, h / 2) - central(f, t, s, h)) / 3)),
        ("step-ignored", along(lambda f, t, s, h: (4 * central(f, t, s, h) - central(f, t, 2 * s, 2 * h)) / 3)),
        ("unit-step", along(lambda f, t, s, h: central(f, t, s / h, h))),
        ("unit-step", along(lambda f, t, s, h: central(f, t, s / h, 1))),
        ("return-in-loop", lambda f, t, h: _measured_gradient(f, t, h)[0]),
        ("return-in-loop", lambda f, t, h: _measured_gradient(f, t, h) * (np.arange(len(t)) == 0)),
        ("height-for-slope", along(lambda f, t, s, h: f(t + s))),
        ("entry-alone", along(lambda f, t, s, h: (f(s) - f(-s)) / (2 * h))),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


def _bump(t: Floats) -> float:
    return float(t[0] ** 3 * t[1] + np.sin(2 * t[2]) + t[0] * t[2] ** 2)


def _chain(t: Floats) -> float:
    return float(np.exp(t[0]) * np.cos(t[1] * t[2]) + t[3] ** 4)


def _single(t: Floats) -> float:
    return float(np.exp(2 * t[0]))


def _loss_of_five(t: Floats) -> float:
    """Return the loss of a chain of two sigmoid neurons, of which t holds w, b, w, b and the input."""
    return float((sigmoid(t[2] * sigmoid(t[0] * t[4] + t[1]) + t[3]) - 0.25) ** 2)


@CHAPTER.exercise("8.7", "A gradient measured", covers="worksheet/algorithm", points=2)
def measuring_code() -> Problem:
    """The central difference along every coordinate."""
    # Steps and points are multiples of powers of two: whoever moves an entry there and back arrives exactly.
    cases = [
        Case((f, np.array(t) / 32, h), f"{said} of {len(t)} number{'s' if len(t) > 1 else ''} and h = 1/{round(1 / h)}")
        for f, said, t, h in (
            (_bump, "a function", (25, -40, 11), 1 / 128),
            (_chain, "another function", (9, 30, -21, 35), 1 / 64),
            (_single, "a function", (-13,), 1 / 256),
            (_loss_of_five, "the loss of a small chain", (48, -7, -61, 20, 31), 1 / 32),
        )
    ]
    return Problem(
        statement=r"""
Write `measured_gradient(f, theta, h)`. Here `f` is a function of an array of shape $(n,)$ that returns a number,
`theta` such an array, and `h` a small positive number. The result is an array of shape $(n,)$ whose entry $i$ is the
central difference along entry $i$,
$$\frac{f(\theta + h\, e_i) - f(\theta - h\, e_i)}{2h},$$
where $e_i$ is the vector with a 1 at entry $i$ and zeros elsewhere: all other entries stay where they are. `theta`
itself must be the same afterwards as before.
""",
        answers=(Function("measured_gradient", _measured_gradient, cases, mistakes=_measuring_mistakes()),),
        hints=(
            "One entry after the other, so a loop over i = 0, …, n − 1.",
            "theta + step makes a new array, if step is an array of zeros with h at one entry.",
        ),
        solution=r"""
For each $i$ the step $h\, e_i$ is an array of zeros with $h$ at entry $i$. Two calls of $f$ give one slope, so $n$
slopes cost $2n$ calls.
""",
    )


def _parameter_names(W: Layers) -> dict[str, tuple[str, int, tuple[int, ...]]]:
    """Map w_jk^l and b_j^l to where they stand: in W or b, of which layer, at which index."""
    names: dict[str, tuple[str, int, tuple[int, ...]]] = {}
    for l, matrix in W.items():
        for j, k in np.ndindex(matrix.shape):
            names[f"w_{j + 1}{k + 1}^{l}"] = ("W", l, (j, k))
        for j in range(len(matrix)):
            names[f"b_{j + 1}^{l}"] = ("b", l, (j,))
    return names


@dataclass(frozen=True)
class ParameterName(Expression):
    """An answer that is the name of a parameter."""

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare the names; what is said of a number is that it is none."""
        verdict = super().judge(str(given) if type(given) is np.str_ else given, why)
        if verdict.misconception == "not-varying":
            slug = "number-for-name"
            return replace(verdict, message=SENTENCES[slug], misconception=slug)
        return verdict


def _four_digits(right: float) -> float:
    """Return how far a number may be from this one, relatively, to have the same four digits."""
    return 0.51 * 10.0 ** (math.floor(math.log10(abs(right))) - 3) / abs(right)


def _as_code(name: str, arrays: Mapping[int, Floats], digits: int) -> str:
    listed = [f"{l}: np.array({(array.round(digits) + 0.0).tolist()})" for l, array in arrays.items()]
    return f"{name} = {{\n    " + ",\n    ".join(listed) + ",\n}"


@CHAPTER.exercise(
    "8.8",
    "One slope is wrong",
    covers="worksheet/algorithm",
    points=2,
    vary={"fault": ("w_12^2", "w_31^2", "b_2^2", "w_13^3", "w_22^3"), "seed": (89, 90, 92)},
)
def one_fault(fault: str = "w_23^3", seed: int = 88) -> Problem:
    """Ask which parameter's slope in a printed gradient is wrong, and what it should be."""
    rng = np.random.default_rng(1000 + seed)
    sizes, N = (2, 3, 2), 4
    W, b = ({l: array.round(1) for l, array in layers.items()} for layers in _network(sizes, seed))
    X, Y = rng.normal(size=(sizes[0], N)).round(1), rng.uniform(0.1, 0.9, size=(sizes[-1], N)).round(1)
    dW, db = _backprop_batch(W, b, X, Y)
    names = _parameter_names(W)
    kind, layer, index = names[fault]
    gradients = {"W": dW, "b": db}
    right = float(gradients[kind][layer][index])
    printed = {"W": {l: g.copy() for l, g in dW.items()}, "b": {l: g.copy() for l, g in db.items()}}
    printed[kind][layer][index] = wrong = right + 0.5 * max(abs(right), 0.01)
    samples = f"X = np.array({(X + 0.0).tolist()})\nY = np.array({Y.tolist()})"
    code = "\n".join([
        _as_code("W", W, 1), _as_code("b", b, 1), samples,
        _as_code("dW", printed["W"], 6), _as_code("db", printed["b"], 6),
    ])  # fmt: skip
    others = [index[::-1], tuple(i - 1 for i in index), tuple(i + 1 for i in index)]
    slugs = ("indices-swapped", "counted-from-zero", "off-by-one")
    letter = kind.lower()
    found = [
        (slug, f"{letter}_{''.join(str(i + 1) for i in other)}^{layer}")
        for slug, other in zip(slugs, others, strict=True)
    ]
    found += [("layer-shift", f"{fault[:-1]}{layer + shift}") for shift in (-1, 1)]
    taken = {fault, *(name for _, name in found)}
    found += [("printed-slope-right", name) for name in names if name not in taken]
    other_names = [f"w_{j}{k}^{l}" for l, j, k in product(range(1, 5), range(5), range(5))]
    other_names += [f"b_{j}^{l}" for l, j in product(range(1, 5), range(5))]
    found += [("no-such-parameter", name) for name in other_names if name not in {*names, *(n for _, n in found)}]
    known = tuple(dict.fromkeys([*names, *(name for _, name in found)]))
    where = tuple(Mistake(slug, sympy.Symbol(name)) for slug, name in found if name != fault)
    values = [("printed-slope", wrong), ("sum-over-samples", N * right), ("points-swapped", -right)]
    few = [float(f"{right:.{digits}g}") for digits in (1, 2, 3)]
    values += [("rounded", value) for value in few if not np.isclose(value, right, rtol=_four_digits(right), atol=0)]
    return Problem(
        statement=rf"""
A 2–3–2 network with the sigmoid in every layer, {N} samples as columns, and the gradients of $L_T$ that somebody's
program has found for it, with the loss of 8.6 and six decimals. One of the 17 slopes is wrong.

```python
{code}
```

Copy these lines into the cell and find out by *measuring*. Hand in `faulty`, the name of the parameter whose slope is
wrong, such as `"w_12^2"` or `"b_1^3"` (all indices count from 1), and `slope`, its right slope, to
at least four significant digits.
""",
        answers=(
            ParameterName("faulty", sympy.Symbol(fault), known, where, measured=""),
            Array(
                "slope",
                np.array(right),
                tuple(Mistake(slug, np.array(value)) for slug, value in values),
                rtol=_four_digits(right),
            ),
        ),
        hints=(
            "The total loss is a function of all 17 numbers. Move one of them by h = 1e-4 both ways, the others fixed.",
            "Compare with what is printed, entry by entry: sixteen differences are tiny.",
            "Row and column of W[l] count from 0 in Python; the indices of w_jk^l count from 1.",
        ),
        solution=rf"""
The loss alone is needed, the forward pass that is, to measure all 17 slopes. They agree with the printed ones but for
${tex(sympy.Symbol(fault))}$: printed is {wrong:.6f}, measured {right:.6f}.
""",
    )


from . import backpropagation_explorer  # noqa: E402, F401  isort: skip  (its exercise comes last)
