"""Chapter 10: an engine that finds gradients by itself."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, permutations, product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import AnswerError, Array, Expression, Function, Mistake, Verdict
from bpkit.checking.arrays import read_array
from bpkit.checking.functions import Case
from bpkit.checking.misconceptions import SENTENCES
from bpkit.checking.orders import Order

from . import scalar_slips
from .exercise import Chapter, Problem
from .scalar_engine import Value

CHAPTER = Chapter("10_automatic_differentiation", "Automatic differentiation")

Floats = NDArray[np.floating[Any]]


def _slipping(**choices: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Choose something for every step, the right thing or a mistake with its slug; at most two mistakes at once."""
    for chosen in product(*choices.values()):
        slugs = {slug for slug, _ in chosen if slug}
        if 1 <= len(slugs) <= 2:
            yield "+".join(sorted(slugs)), dict(zip(choices, (what for _, what in chosen), strict=True))


# 10.1: L = p q with p = x y and q = x + p.

OWN_FACTOR = (("", lambda factor, other: other), ("own-factor", lambda factor, other: factor))
TWO_PATHS = (
    ("", lambda one, other: one + other),
    ("path-missing", lambda one, other: one),
    ("path-missing", lambda one, other: other),
    ("paths-multiplied", lambda one, other: one * other),
    ("paths-averaged", lambda one, other: (one + other) / 2),
)


def _values(x: int, y: int, at_p: Any = sympy.Mul, at_q: Any = sympy.Add, at_L: Any = sympy.Mul) -> list[int]:
    p = at_p(x, y)
    q = at_q(x, p)
    return [p, q, at_L(p, q)]


def _slopes(
    x: int,
    y: int,
    to_q: Any = OWN_FACTOR[0][1],
    to_p: Any = OWN_FACTOR[0][1],
    into_p: Any = TWO_PATHS[0][1],
    handed_on: Any = lambda dp, early: dp,
    to_xy: Any = OWN_FACTOR[0][1],
    into_x: Any = TWO_PATHS[0][1],
) -> list[int]:
    """Return ∂L/∂q, ∂L/∂p, ∂L/∂x and ∂L/∂y, from L back; each step can be mistaken for another."""
    p, q, _ = _values(x, y)
    dq, from_L = to_q(q, p), to_p(p, q)
    dp = into_p(from_L, dq)
    sent = handed_on(dp, from_L)
    return [dq, dp, into_x(dq, sent * to_xy(x, y)), sent * to_xy(y, x)]


def _array_mistakes(right: Sequence[int], made: Sequence[tuple[str, Sequence[int]]]) -> tuple[Mistake, ...]:
    return tuple(Mistake(slug, np.array(result, float)) for slug, result in made if list(result) != list(right))


@dataclass(frozen=True)
class _Numbers(Array):
    """Numbers; slopes that follow from another p and q, which are carried on from a slip, are told as such."""

    leaves: tuple[int, int] | None = None

    def _following(self, dq: float, dp: float) -> list[float]:
        x, y = self.leaves or (0, 0)
        return [dq, dp, dq + dp * y, dp * x]

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Judge as any array, and look at slopes that nothing else explains once more."""
        verdict = super().judge(given, why)
        if self.leaves and why and verdict.status == "incorrect" and not verdict.misconception:
            found = read_array(given).ravel()
            if found.size == self.expected.size and np.allclose(found, self._following(*found[:2])):
                slug = "carried-on"
                return replace(verdict, message=SENTENCES[slug], misconception=slug)
        return verdict


@CHAPTER.exercise(
    "10.1",
    "A graph by hand",
    covers="dsc255/autodiff",
    points=2,
    vary={"x": (2, 4, 5, -3), "y": (3, 6, -2)},
)
def by_hand(x: int = 3, y: int = 2) -> Problem:
    """L = p q, p = x y, q = x + p: every value forward, every slope backward."""
    values, slopes = _values(x, y), _slopes(x, y)
    sums = [("", sympy.Mul), ("sum-and-product", sympy.Add)]
    forward = [
        *((slug, _values(x, y, **steps)) for slug, steps in _slipping(at_p=sums, at_L=sums)),
        ("sum-and-product", _values(x, y, at_q=sympy.Mul)),
        ("wrong-node", _values(x, y, at_q=lambda x, p: y + p)),
        ("wrong-node", _values(x, y, at_q=lambda x, p: x + y)),
        ("wrong-node", _values(x, y, at_L=lambda p, q: x * q)),
        ("wrong-node", _values(x, y, at_L=lambda p, q: p * y)),
    ]
    p, q, _ = values
    backward = [
        ("value-for-slope", [q, p, x, y]),
        ("local-only", [p, q + 1, 1 + y, x]),
        ("local-only", [p, q, 1, x]),
        ("local-only", [p, q, y, x]),
        *(
            (slug, _slopes(x, y, **steps))
            for slug, steps in _slipping(
                to_q=OWN_FACTOR,
                to_p=OWN_FACTOR,
                into_p=TWO_PATHS,
                handed_on=(("", lambda dp, early: dp), ("depth-first-order", lambda dp, early: early)),
                to_xy=OWN_FACTOR,
                into_x=TWO_PATHS,
            )
        ),
    ]
    dq, dp, dx, dy = slopes
    return Problem(
        statement=rf"""
Let $x = {x}$ and $y = {y}$, and
$$p = x\,y, \qquad q = x + p, \qquad L = p\,q.$$

(a) The forward pass. Hand in `forward`, the list of the three numbers $p$, $q$, $L$.

(b) The backward pass. Hand in `backward`, the list of the four numbers $\frac{{\partial L}}{{\partial q}}$,
$\frac{{\partial L}}{{\partial p}}$, $\frac{{\partial L}}{{\partial x}}$, $\frac{{\partial L}}{{\partial y}}$,
in this order. Each is the whole slope: how fast $L$ changes with that node, along all the ways that lead from it
to $L$.
""",
        answers=(
            _Numbers("forward", np.array(values, float), _array_mistakes(values, forward)),
            _Numbers("backward", np.array(slopes, float), _array_mistakes(slopes, backward), leaves=(x, y)),
        ),
        hints=(
            "Backwards, begin at L and take the nodes in the order in which they are asked for.",
            "Which nodes were computed from p? As many parts has its slope. And which from x?",
            "Each part is the slope of the node above times the local slope of the step in between.",
        ),
        solution=rf"""
Forward, $p = {p}$, $q = {q}$, $L = {values[2]}$. Backward, $q$ is used once, by $L$; $p$ is used twice, by $L$
and by $q$; $x$ by $p$ and by $q$; and $y$ by $p$:
$$\begin{{aligned}}
\frac{{\partial L}}{{\partial q}} &= p = {dq}, \\
\frac{{\partial L}}{{\partial p}} &= q + \frac{{\partial L}}{{\partial q}} \cdot 1 = {dp}, \\
\frac{{\partial L}}{{\partial x}} &= \frac{{\partial L}}{{\partial q}} \cdot 1
  + \frac{{\partial L}}{{\partial p}} \cdot y = {dx}, \\
\frac{{\partial L}}{{\partial y}} &= \frac{{\partial L}}{{\partial p}} \cdot x = {dy}.
\end{{aligned}}$$
""",
    )


# 10.2: which node waits for which.

Graph = Mapping[str, tuple[str, tuple[str, ...]]]  # of every node its formula and its parents
GRAPHS: tuple[Graph, ...] = (
    {
        "u": (r"x\,y", ("x", "y")),
        "v": (r"e^u", ("u",)),
        "w": (r"y^2", ("y",)),
        "s": (r"v + w", ("v", "w")),
        "L": (r"u\,s", ("u", "s")),
    },
    {
        "u": (r"x + y", ("x", "y")),
        "v": (r"u\,y", ("u", "y")),
        "w": (r"\sigma(x)", ("x",)),
        "s": (r"v\,w", ("v", "w")),
        "L": (r"u + s", ("u", "s")),
    },
    {
        "u": (r"x^2", ("x",)),
        "v": (r"u\,y", ("u", "y")),
        "w": (r"\tanh(v)", ("v",)),
        "s": (r"w + y", ("w", "y")),
        "L": (r"v\,s", ("v", "s")),
    },
    {
        "u": (r"x + y", ("x", "y")),
        "v": (r"\tanh(u)", ("u",)),
        "w": (r"e^v", ("v",)),
        "s": (r"u\,w", ("u", "w")),
        "L": (r"s + v", ("s", "v")),
    },
    {
        "u": (r"y^2", ("y",)),
        "v": (r"x\,u", ("x", "u")),
        "w": (r"x + v", ("x", "v")),
        "s": (r"\sigma(w)", ("w",)),
        "L": (r"w\,s", ("w", "s")),
    },
    {
        "u": (r"\sigma(x)", ("x",)),
        "v": (r"e^y", ("y",)),
        "w": (r"u + v", ("u", "v")),
        "s": (r"w\,x", ("w", "x")),
        "L": (r"s\,u", ("s", "u")),
    },
)


@dataclass(frozen=True)
class _Named:
    """A node as `scalar_slips` walks through it."""

    name: str
    parents: tuple[_Named, ...] = ()


def _roots(graph: Graph) -> Iterator[_Named]:
    """Yield L once for every way in which the parents of the nodes can be taken in turn."""
    for turns in product(*(permutations(parents) for _, parents in graph.values())):
        nodes = {name: _Named(name) for name in ("x", "y")}
        for name, parents in zip(graph, turns, strict=True):
            nodes[name] = _Named(name, tuple(nodes[parent] for parent in parents))
        yield nodes["L"]


@CHAPTER.exercise(
    "10.2",
    "Who waits for whom",
    covers="dsc255/autodiff",
    points=2,
    vary={"which": range(1, len(GRAPHS))},
)
def an_order(which: int = 0) -> Problem:
    """An order in which the backward pass may visit the nodes of a graph."""
    graph = GRAPHS[which]
    names = ("L", *list(graph)[-2::-1], "x", "y")
    users = {name: [user for user, (_, parents) in graph.items() if name in parents] for name in names}
    sides = (("depth-first-order", scalar_slips.depth_first), ("breadth-first-order", scalar_slips.breadth_first))
    walks = [(slug, tuple(node.name for node in walk(root))) for root in _roots(graph) for slug, walk in sides]
    right = Order("order", users)
    wrong = tuple(Mistake(slug, walk) for slug, walk in walks if right.judge(walk, False).status != "correct")
    written = r", \qquad ".join(f"{name} = {formula}" for name, (formula, _) in graph.items())
    waits = "; ".join(f"${name}$ for ${', '.join(users[name])}$" for name in names if users[name])
    return Problem(
        statement=rf"""
A graph has the leaves $x$ and $y$, and these five nodes:
$${written}.$$
In which order may the backward pass visit these seven nodes, so that each of them is visited once, and only when
all the parts of its slope have arrived? There are several such orders; hand in one. Write it as a list of names,
`["L", ...]`, or as text, the first to be visited first.
""",
        answers=(Order("order", users, wrong, turned="forward-order"),),
        hints=(
            "Before a node's turn, everything that was computed directly from it must have had its own turn.",
            "Write beside each node where it is used. Which nodes are used in two places?",
        ),
        solution=rf"""
A node waits for every node that was computed directly from it: {waits}. Whatever keeps to that is right. One way to
find such an order is to take, again and again, any node whose waiting is over.
""",
    )


# 10.3: the engine.

MOST_SETS = 1000

Nodes = dict[str, Any]


@dataclass(frozen=True)
class _Probe:
    """A graph that an engine is tried on: the values of its leaves, and all that is computed from them, by name."""

    leaves: Mapping[str, float]
    build: Callable[..., Nodes]
    before: Callable[..., Any] | None = None  # another graph of the same leaves, that has its backward pass first
    twice: bool = False
    between: Callable[..., Any] | None = None  # another graph of the same leaves, that has one between the two of L

    def run(self, Given: type) -> tuple[float, ...]:
        """Return the value of L, and the slopes at L, at the nodes inside and at the leaves."""
        watched = _watched(Given)
        leaves = {name: watched(value) for name, value in self.leaves.items()}
        if self.before:
            self.before(**leaves).backward()
        made = self.build(**leaves)
        made["L"].backward()
        if self.between:
            self.between(**leaves).backward()
        if self.twice:
            made["L"].backward()
        return (made["L"].data, *(node.grad for node in reversed((leaves | made).values())))

    def labels(self) -> list[str]:
        """Name what `run` returns."""
        leaf: Any = Value
        made = self.build(**{name: leaf(value) for name, value in self.leaves.items()})
        return ["L.data", *(f"{name}.grad" for name in reversed((*self.leaves, *made)))]


def _use(Given: type, probe: _Probe) -> tuple[float, ...]:
    try:
        return probe.run(Given)
    except (AttributeError, TypeError) as error:
        place = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)][-1]
        if place.co_filename == __file__ and place.co_name != "__setattr__":  # nothing of the student's was running
            raise AnswerError("an operation of your class is missing, or does not return a Value.") from error
        raise


def _watched(Given: type) -> type:
    """Return a class for leaves that stops a backward pass which comes by more often than there is reason to."""
    sets: dict[int, int] = {}

    class Leaf(Given):  # type: ignore[misc]
        def __setattr__(self, name: str, value: object) -> None:
            sets[id(self)] = sets.get(id(self), 0) + (name == "grad")
            if sets[id(self)] > MOST_SETS:
                raise AnswerError(f"your class sets the slope of one leaf more than {MOST_SETS:,} times.")
            super().__setattr__(name, value)

    Leaf.__name__ = Given.__name__
    return Leaf


def _used_twice(x: Any, y: Any) -> Nodes:
    u = x * y
    v = u.sigmoid()
    return {"u": u, "v": v, "L": u * (v + x)}


def _used_twice_turned(x: Any, y: Any) -> Nodes:
    u = x * y
    v = u.sigmoid()
    return {"u": u, "v": v, "L": (x + v) * u}


def _square_and_long_way(x: Any, y: Any) -> Nodes:
    u = x * y
    v = u * u
    return {"u": u, "v": v, "L": v + u.sigmoid().sigmoid()}


def _long_way_and_square(x: Any, y: Any) -> Nodes:
    u = x * y
    v = u * u
    return {"u": u, "v": v, "L": u.sigmoid().sigmoid() + v}


def _equal_values(x: Any, y: Any) -> Nodes:
    u, v = x + y, x * y
    return {"u": u, "v": v, "L": u * v}


def _factor_zero(x: Any, y: Any, z: Any) -> Nodes:
    u = x.sigmoid()
    return {"u": u, "L": x * y + u * z + y * y}


def _doubled(x: Any) -> Nodes:
    for _ in range(30):
        x = x + x
    return {"L": x}


def _sum_times(x: Any, y: Any, z: Any) -> Nodes:
    u = x + y
    return {"u": u, "L": u * z}


def _sigmoid_times(x: Any, y: Any, z: Any) -> Nodes:
    u = x * y
    v = u.sigmoid()
    return {"u": u, "v": v, "L": v * z}


def _product_of_sums(x: Any, y: Any, z: Any) -> Nodes:
    u, v = x + y.sigmoid(), y + z
    return {"u": u, "v": v, "L": u * v}


def _square_plus(x: Any) -> Nodes:
    u = x * x
    return {"u": u, "L": x + u}


def _product_plus(x: Any, y: Any) -> Nodes:
    u = x * y
    return {"u": u, "L": u + x}


def _probes() -> list[Case]:
    """Return the graphs: first what each operation does, then what goes wrong with nodes that are used twice."""
    two, three = {"x": 1.5, "y": 0.4}, {"x": 0.5, "y": -3.0, "z": 2.5}
    return [
        Case((probe,), said)
        for said, probe in (
            ("u = x + y and L = u · z", _Probe({"x": 2.0, "y": -3.5, "z": 1.25}, _sum_times)),
            ("u = x · y, v = σ(u) and L = v · z", _Probe(three, _sigmoid_times)),
            ("u = x + σ(y), v = y + z and L = u · v", _Probe({"x": 0.5, "y": 1.5, "z": -4.0}, _product_of_sums)),
            ("L = x · x", _Probe({"x": 3.0}, lambda x: {"L": x * x})),
            ("u = x · x and L = x + u", _Probe({"x": 3.0}, _square_plus)),
            ("u = x · y, v = σ(u) and L = u · (v + x)", _Probe(two, _used_twice)),
            ("u = x · y, v = σ(u) and L = (x + v) · u", _Probe(two, _used_twice_turned)),
            ("u = x · y, v = u · u and L = v + σ(σ(u))", _Probe(two, _square_and_long_way)),
            ("u = x · y, v = u · u and L = σ(σ(u)) + v", _Probe(two, _long_way_and_square)),
            ("u = σ(x) and L = x · y + u · z + y · y, where z = 0", _Probe(two | {"z": 0.0}, _factor_zero)),
            (
                "u = x + y, v = x · y and L = u · v, where x = y = 2, and L.backward() twice",
                _Probe({"x": 2.0, "y": 2.0}, _equal_values, twice=True),
            ),
            (
                "u = x · y and L = u + x, and L.backward() twice, with that of another graph in between",
                _Probe(two, _product_plus, twice=True, between=lambda x, y: x + y * y),
            ),
            (
                "L = x · y after the backward pass of another graph, with x + x · y",
                _Probe(two, lambda x, y: {"L": x * y}, before=lambda x, y: x + x * y),
            ),
            ("30 doublings, x + x and so on", _Probe({"x": 1.5}, _doubled)),
        )
    ]


@CHAPTER.exercise("10.3", "The engine", covers="dsc255/autodiff", points=4)
def the_engine() -> Problem:
    """A class for numbers that find their own slopes."""
    return Problem(
        statement=r"""
Complete the class `Value`. A `Value` holds a number, `data`, and a slope, `grad`, which is 0 at first. `__init__`
also takes two tuples of equal length: the Values that the new one was computed from, and its local slope with respect
to each of them.

1. `x + y`, `x * y` (both are Values) and `x.sigmoid()` return a new `Value`.
2. `L.backward()` sets `grad` to $\frac{\partial L}{\partial \text{node}}$ in `L` and in every node that `L` was
   computed from, whatever stood there before: first 0 everywhere, then 1 in `L`, then from node to node, in an order in
   which each one waits for all the parts of its slope.

Each node hands its slope on once. The check also builds a graph of 30 doublings, `x = x + x`, in which more than a
billion paths lead from the leaf to `L`. You may change `__init__`, as long as `Value(3.0)` makes a leaf.
""",
        answers=(
            Function(
                "Value",
                Value,
                _probes(),
                mistakes=scalar_slips.mistakes(),
                use=_use,
                wants="class",
                rtol=1e-6,  # float32 will do
                labels=lambda probe: probe.labels(),
            ),
        ),
        hints=(
            "The local slopes of x · y are numbers that are known when the product is computed: keep them then.",
            "For the order, write a small function that puts a node into a list after it has done so with all its "
            "parents, and skips what it has seen. Which way must that list be read?",
            "In the loop over the order, each node adds to the grad of every parent: local slope times its own grad.",
        ),
        solution=r"""
Every operation keeps the local slopes of its result: 1 and 1 for a sum, the other factor for a product,
$a(1 - a)$ for $a = \sigma(z)$. The backward pass lists the nodes with parents first, clears all slopes, starts with
$\frac{\partial L}{\partial L} = 1$, and goes through the list from its end.
""",
    )


# 10.4: the local rule of a matrix product.


def _matmul_rule(g: Floats, A: Floats, B: Floats) -> tuple[Floats, Floats]:
    """Return ∂L/∂A and ∂L/∂B for C = A B, from g = ∂L/∂C."""
    return g @ B.T, A.T @ g


def _weighted_product(g: Floats, A: Floats, B: Floats) -> float:
    """Return an L of which g is the slope with respect to C = A B."""
    return float(np.sum(g * (A @ B)))


def _matmul_slips() -> tuple[Mistake, ...]:
    to_A = (
        ("", lambda g, A, B: g @ B.T),
        ("transpose-lost", lambda g, A, B: g @ B),
        ("matrix-order", lambda g, A, B: B.T @ g),
        ("own-factor", lambda g, A, B: g @ A.T),
        ("entries-multiplied", lambda g, A, B: g * B),
        ("entries-multiplied", lambda g, A, B: g * B.T),
        ("local-only", lambda g, A, B: np.ones_like(g) @ B.T),
        ("local-only", lambda g, A, B: B.T),
        ("transposed", lambda g, A, B: B @ g.T),
        *(("divided-by-size", lambda g, A, B, axis=axis: g @ B.T / g.shape[axis]) for axis in (0, 1)),
        ("gradient-overwritten", lambda g, A, B: np.outer(g[:, -1], B[:, -1])),
    )
    to_B = (
        ("", lambda g, A, B: A.T @ g),
        ("transpose-lost", lambda g, A, B: A @ g),
        ("matrix-order", lambda g, A, B: g @ A.T),
        ("own-factor", lambda g, A, B: B.T @ g),
        ("entries-multiplied", lambda g, A, B: A * g),
        ("entries-multiplied", lambda g, A, B: A.T * g),
        ("local-only", lambda g, A, B: A.T @ np.ones_like(g)),
        ("local-only", lambda g, A, B: A.T),
        ("transposed", lambda g, A, B: g.T @ A),
        *(("divided-by-size", lambda g, A, B, axis=axis: A.T @ g / g.shape[axis]) for axis in (0, 1)),
        ("gradient-overwritten", lambda g, A, B: np.outer(A[-1], g[-1])),
    )

    def slipped(g: Floats, A: Floats, B: Floats, to_A: Any, to_B: Any, turned: bool) -> tuple[Floats, Floats]:
        both = to_A(g, A, B), to_B(g, A, B)
        return both[::-1] if turned else both

    chosen = _slipping(to_A=to_A, to_B=to_B, turned=(("", False), ("factors-exchanged", True)))
    return tuple(Mistake(slug, partial(slipped, **steps)) for slug, steps in chosen)


@CHAPTER.exercise("10.4", "A rule for whole matrices", covers="dsc255/autodiff", points=2)
def matmul_code() -> Problem:
    """For C = A B: from ∂L/∂C to ∂L/∂A and ∂L/∂B."""
    rng = np.random.default_rng(104)
    cases = [
        Case(
            (rng.normal(size=(m, n)), rng.normal(size=(m, k)), rng.normal(size=(k, n))),
            f"A of shape ({m}, {k}) and B of shape ({k}, {n})",
        )
        for m, k, n in ((2, 3, 4), (5, 2, 3), (3, 4, 1), (1, 3, 2), (4, 1, 3), (3, 3, 3))
    ]
    return Problem(
        statement=r"""
Let $C = A\,B$, where $A$ has shape $(m, k)$, $B$ has shape $(k, n)$, and all entries of $C$ go on into a loss $L$. The
array `g` of shape $(m, n)$ holds the slopes that arrive at $C$: entry $(i, j)$ is
$\frac{\partial L}{\partial C_{ij}}$. Write the function that sends them on. From `g`, `A` and `B` it returns two
arrays: $\frac{\partial L}{\partial A}$, of the shape of $A$, and $\frac{\partial L}{\partial B}$, of the shape of $B$.
""",
        answers=(
            Function(
                "matmul_rule",
                _matmul_rule,
                cases,
                mistakes=_matmul_slips(),
                forward=_weighted_product,
                by=(1, 2),
                labels=lambda g, A, B: ["∂L/∂A", "∂L/∂B"],
            ),
        ),
        hints=(
            "Start with one entry: $C_{ij} = \\sum_r A_{ir} B_{rj}$. Which entries of C does $A_{ir}$ enter?",
            "For $A_{ir}$ the parts add up over j, for $B_{rj}$ over i. Sums over one index are matrix products.",
            "With A = W and B = a, these are two equations of the worksheet: ∂L/∂W, and how d is sent back.",
        ),
        solution=r"""
$A_{ir}$ enters the entries $C_{ij}$ for all $j$, each with the factor $B_{rj}$, so
$\frac{\partial L}{\partial A_{ir}} = \sum_j g_{ij} B_{rj}$, which is $g\,B^T$. In the same way
$\frac{\partial L}{\partial B_{rj}} = \sum_i A_{ir}\, g_{ij}$, which is $A^T g$.
""",
    )


# 10.5: what broadcasting has repeated is added up.


def _unbroadcast(g: Floats, shape: tuple[int, ...]) -> Floats:
    """Return ∂L/∂b for an array b of this shape that was stretched to the shape of g."""
    while g.ndim > len(shape):  # axes that were put in front
        g = g.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:  # an axis along which the one entry was repeated
            g = g.sum(axis=axis, keepdims=True)
    return g


def _unbroadcast_slips() -> tuple[Mistake, ...]:
    def first(g: Floats, axis: int, keepdims: bool = False) -> Floats:
        return np.take(g, [0] if keepdims else 0, axis)

    def last(g: Floats, axis: int, keepdims: bool = False) -> Floats:
        return np.take(g, [-1] if keepdims else -1, axis)

    def slipped(g: Floats, shape: tuple[int, ...], reduce: Any, keepdims: bool, front: Any, ones: Any) -> Any:
        for _ in range(front(g.ndim - len(shape))):
            g = reduce(g, axis=0)
        for axis in reversed(range(len(shape))):
            if ones(shape[axis]):
                g = reduce(g, axis=axis, keepdims=keepdims)
        return g

    def aligned_at_the_front(g: Floats, shape: tuple[int, ...]) -> Any:
        return _unbroadcast(g.T, shape[::-1]).T

    chosen = _slipping(
        reduce=(
            ("", np.sum),
            ("mean-for-sum", np.mean),
            ("one-repeat-only", first),
            ("one-repeat-only", last),
            ("largest-repeat", np.max),
        ),
        keepdims=(("", True), ("axis-lost", False)),
        front=(("", lambda n: n), ("front-axes-kept", lambda n: 0)),
        ones=(("", lambda n: n == 1), ("ones-kept", lambda n: False), ("wrong-axis", lambda n: n != 1)),
    )
    plain: list[tuple[str, Callable[..., Any]]] = [
        ("repeats-kept", lambda g, shape: g),
        ("repeats-kept", lambda g, shape: g.reshape(shape)),
        ("repeats-kept", lambda g, shape: np.broadcast_to(g, shape)),
        ("front-axes-kept", lambda g, shape: _unbroadcast(g, (1,) * (g.ndim - len(shape)) + shape)),
        ("all-summed", lambda g, shape: np.sum(g)),
        ("all-summed", lambda g, shape: np.full(shape, np.sum(g))),
        ("bias-only", lambda g, shape: g.sum(axis=1, keepdims=True)),
        ("bias-only", lambda g, shape: g.sum(axis=-1, keepdims=True)),
        ("bias-only", lambda g, shape: g.sum(axis=-1).reshape(-1, 1)),
        ("axis-lost+bias-only", lambda g, shape: g.sum(axis=1)),
        ("bias-only+mean-for-sum", lambda g, shape: g.mean(axis=1, keepdims=True)),
        ("wrong-axis", lambda g, shape: g.sum(axis=0)),
        ("wrong-axis", lambda g, shape: g.sum(axis=0, keepdims=True)),
        ("front-axes-kept", aligned_at_the_front),
    ]
    made = [Mistake(slug, partial(slipped, **steps)) for slug, steps in chosen]
    return (*(Mistake(slug, wrong) for slug, wrong in plain), *made)


@CHAPTER.exercise("10.5", "What was repeated is added up", covers=("dsc255/autodiff", "worksheet/bp4"), points=3)
def unbroadcast_code() -> Problem:
    """The slope with respect to an array that broadcasting has stretched."""
    rng = np.random.default_rng(105)
    cases = [
        Case((rng.normal(size=whole), shape), f"g of shape {whole} and shape = {shape}")
        for whole, shape in (
            ((3, 5), (3, 1)),
            ((3, 5), (5,)),
            ((4, 2), (4, 2)),
            ((2, 3, 4), (3, 1)),
            ((2, 3, 4), (1, 3, 4)),
            ((2, 5), (1, 1)),
            ((4, 3), ()),
            ((3, 3), (3, 1)),
            ((3, 3), (1, 3)),
            ((3, 3), (3,)),
            ((2, 2, 2), (2, 1, 2)),
            ((3, 3, 3), (3, 1)),
        )
    ]
    return Problem(
        statement=r"""
NumPy has stretched an array `b`, so that it could meet another one entry by entry: it has written axes of length 1 in
front of the shape of `b` until there were enough, and repeated `b` along axes on which its length is 1. The array `g`
holds the slopes of a loss $L$ with respect to the stretched copy. Write the function that takes `g` and `shape`, a
tuple, the shape of `b` itself, and returns $\frac{\partial L}{\partial b}$, an array of exactly this shape.

For a bias $b^l$, a column that was added to $W^l a^{l-1}$, the call is `unbroadcast(g, (n_l, 1))`. The function should
work for any number of axes, also for those in front, and if nothing was stretched.
""",
        answers=(Function("unbroadcast", _unbroadcast, cases, mistakes=_unbroadcast_slips()),),
        hints=(
            "An entry of b that is repeated five times reaches L along five ways.",
            "First deal with the axes in front: while g has more axes than shape, which one has to go?",
            "Then go through shape: where it says 1, g may be longer. The keyword keepdims keeps an axis of length 1.",
        ),
        solution=r"""
Each copy of an entry is a way of its own to $L$, and ways add up. So $g$ is summed over the axes that were put in
front, which vanish, and over the axes on which `b` has length 1, which stay.
""",
    )


# 10.6: which way round.


@CHAPTER.exercise(
    "10.6",
    "How many passes",
    covers="dsc255/autodiff",
    points=2,
    vary={"sizes": ((20, 8, 5), (100, 30, 4), (12, 40, 6), (50, 20, 3), (28, 16, 7), (9, 25, 4), (36, 15, 8))},
)
def how_many_passes(sizes: tuple[int, int, int] = (64, 32, 10)) -> Problem:
    """Forward mode pays for every input, reverse mode for every output."""
    inputs, hidden, outputs = sizes
    weights = sum(n * below for below, n in pairwise(sizes))
    biases = hidden + outputs
    theta = weights + biases

    def number(name: str, right: int, made: Sequence[tuple[str, int]]) -> Expression:
        mistakes = [Mistake(slug, sympy.Integer(wrong)) for slug, wrong in made if wrong != right]
        return Expression(name, sympy.Integer(right), (), tuple(mistakes))

    every_entry = ("pass-per-entry", inputs * outputs)
    return Problem(
        statement=rf"""
A network has {inputs} inputs, {hidden} hidden neurons and {outputs} outputs; every neuron of a layer is joined to every
neuron of the next, and each of the {hidden} and {outputs} neurons has a bias. Take one pass of either mode as the unit.

(a) The gradient of the loss $L$, one number, with respect to all weights and biases: how many passes does it take
in forward mode (`loss_forward`), and how many in reverse mode (`loss_reverse`)?

(b) The Jacobian of the {outputs} outputs with respect to the {inputs} inputs, the weights being fixed: how many passes
in forward mode (`jacobian_forward`), and how many in reverse mode (`jacobian_reverse`)?
""",
        answers=(
            number(
                "loss_forward",
                theta,
                [
                    *(("modes-swapped", 1), ("biases-left-out", weights), ("inputs-for-parameters", inputs)),
                    *(("layer-uncounted", inputs * hidden + hidden), ("layer-uncounted", hidden * outputs + outputs)),
                    *(("layer-uncounted", inputs * hidden), ("layer-uncounted", hidden * outputs)),
                    *(("pass-per-entry", theta * outputs), ("input-has-no-bias", theta + inputs)),
                    *(("neurons-for-parameters", sum(sizes)), ("neurons-for-parameters", biases)),
                ],
            ),
            number(
                "loss_reverse",
                1,
                [
                    *(("modes-swapped", theta), ("outputs-for-loss", outputs), ("pass-per-layer", 2)),
                    *(("pass-per-layer", 3), ("biases-left-out+modes-swapped", weights)),
                ],
            ),
            number(
                "jacobian_forward",
                inputs,
                [("modes-swapped", outputs), every_entry, ("parameters-for-inputs", theta), ("one-column-only", 1)],
            ),
            number(
                "jacobian_reverse",
                outputs,
                [("modes-swapped", inputs), every_entry, ("parameters-for-inputs", theta), ("one-column-only", 1)],
            ),
        ),
        hints=(
            "A forward-mode pass follows one direction of change; a reverse-mode pass asks about one result.",
            "In (a) there is one result. How many directions are there? Count both weight matrices and both biases.",
            "In (b) the weights are fixed: only the inputs move.",
        ),
        solution=rf"""
One forward-mode pass gives the slopes of all results with respect to one variable, one reverse-mode pass those of one
result with respect to all variables. In (a) there are
${inputs} \cdot {hidden} + {hidden} + {hidden} \cdot {outputs} + {outputs} = {theta}$ variables and one
result, in (b) {inputs} variables and {outputs} results.
""",
    )
