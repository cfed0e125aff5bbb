"""What goes wrong in a small engine: classes that make known mistakes, for exercise 10.3."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, product, takewhile
from typing import Any, ClassVar

import numpy as np

from bpkit.checking import Mistake

Slopes = tuple[float, ...]
Rule = Callable[[float, float], Slopes]


def sigma(z: float) -> float:
    """σ(z)."""
    return float(1 / (1 + np.exp(-z)))


def engine(add: Rule, mul: Rule, slope: Callable[[float], float], passes: Callable[[Any], None]) -> type:
    """Return an engine with these local slopes: of +, of ·, of σ at z; and with this backward pass.

    Of a sum or a product only so many parents are kept as there are slopes.
    """

    class Slipped:
        tape: ClassVar[list[Slipped]] = []

        def __init__(self, data: float, parents: Sequence[Slipped] = (), slopes: Slopes = ()) -> None:
            self.data, self.parents, self.slopes = data, parents, slopes
            self.grad = 0.0
            if passes is along_the_tape:
                self.tape.append(self)

        def __add__(self, other: Slipped) -> Slipped:
            slopes = add(self.data, other.data)
            return Slipped(self.data + other.data, (self, other)[: len(slopes)], slopes)

        def __mul__(self, other: Slipped) -> Slipped:
            slopes = mul(self.data, other.data)
            return Slipped(self.data * other.data, (self, other)[: len(slopes)], slopes)

        def sigmoid(self) -> Slipped:
            return Slipped(sigma(self.data), (self,), (slope(self.data),))

        def backward(self) -> None:
            passes(self)

    return Slipped


# The orders in which a backward pass may visit the nodes, right and wrong.


def after_all_uses(root: Any, turned: bool = False) -> list[Any]:
    """A right order: a node comes after all that was computed from it."""
    placed: dict[Any, None] = {}

    def place(node: Any) -> None:
        for parent in node.parents[::-1] if turned else node.parents:
            if parent not in placed:
                place(parent)
        placed[node] = None

    place(root)
    return list(placed)[::-1]


def depth_first(root: Any, turned: bool = False) -> list[Any]:
    """Every node as soon as it is met, going on from it at once."""
    met: dict[Any, None] = {}

    def meet(node: Any) -> None:
        if node not in met:
            met[node] = None
            for parent in node.parents[::-1] if turned else node.parents:
                meet(parent)

    meet(root)
    return list(met)


def breadth_first(root: Any, turned: bool = False) -> list[Any]:
    """The nearest nodes first."""
    met = {root: None}
    waiting = [root]
    for node in waiting:
        for parent in node.parents[::-1] if turned else node.parents:
            if parent not in met:
                met[parent] = None
                waiting.append(parent)
    return list(met)


# What a node does to one of its parents.


def adds(node: Any, parent: Any, slope: float) -> None:
    """The right way."""
    parent.grad += slope * node.grad


def overwrites(node: Any, parent: Any, slope: float) -> None:
    """= for +=."""
    parent.grad = slope * node.grad


def sends_local(node: Any, parent: Any, slope: float) -> None:
    """The node's own slope is left out."""
    parent.grad += slope


def sends_sum(node: Any, parent: Any, slope: float) -> None:
    """A sum of slopes where a product belongs."""
    parent.grad += slope + node.grad


def sends_value(node: Any, parent: Any, slope: float) -> None:
    """The value of the node stands for its slope."""
    parent.grad += slope * node.data


def sends_unweighted(node: Any, parent: Any, slope: float) -> None:
    """The local slope is left out."""
    parent.grad += node.grad


def multiplies(node: Any, parent: Any, slope: float) -> None:
    """Paths are multiplied."""
    parent.grad = (parent.grad or 1.0) * slope * node.grad


def subtracts(node: Any, parent: Any, slope: float) -> None:
    """-= for +=."""
    parent.grad -= slope * node.grad


Send = Callable[[Any, Any, float], None]


def pairs(node: Any) -> Iterator[tuple[Any, float]]:
    """Every parent with the node's slope by it."""
    yield from zip(node.parents, node.slopes, strict=False)


def pairs_once(node: Any, of_sums: bool = True, of_products: bool = True, last: bool = True) -> list[tuple[Any, float]]:
    """Every parent with one slope by it, even where it is the parent twice."""
    found = [*pairs(node)]
    if not (of_sums if tuple(node.slopes) == (1.0, 1.0) else of_products):
        return found
    return [*dict(found if last else found[::-1]).items()]


def backward(
    root: Any,
    order: Callable[[Any], Iterable[Any]] = after_all_uses,
    send: Send = adds,
    shares: Callable[[Any], Any] = pairs,
    seed: Callable[[Any], float] = lambda root: 1.0,
    clear: Callable[[Any], Any] = after_all_uses,
) -> None:
    """Make a backward pass, in which every step can be mistaken for another."""
    for node in clear(root):
        node.grad = 0.0
    root.grad = seed(root)
    for node in order(root):
        for parent, slope in shares(node):
            send(node, parent, slope)


def along_the_tape(root: Any) -> None:
    """Go back through a list of all nodes that were ever made; nothing is cleared."""
    backward(root, order=lambda root: root.tape[::-1], clear=nothing)


def nothing(root: Any) -> list[Any]:
    """Return no nodes: none are cleared."""
    return []


def others(root: Any) -> list[Any]:
    """Return all that `root` was computed from, without itself."""
    return after_all_uses(root)[1:]


def some(leaves: bool) -> Callable[[Any], list[Any]]:
    """Clear the leaves only, or all but them."""
    return lambda root: [node for node in after_all_uses(root) if leaves != bool(node.parents)]


def recursive(
    root: Any,
    send: Send = adds,
    clear: Callable[[Any], Any] = after_all_uses,
    at_once: bool = False,
    turned: bool = False,
) -> None:
    """Go on from each node as often as it is met, with all that has reached it by then."""
    for node in clear(root):
        node.grad = 0.0
    root.grad = 1.0

    def go_on(node: Any) -> None:
        for parent, slope in pairs(node):
            send(node, parent, slope)
            if not at_once:
                go_on(parent)
        if at_once:  # all parents have their parts before it goes on from any
            for parent in dict.fromkeys(node.parents[::-1] if turned else node.parents):
                go_on(parent)

    go_on(root)


def along_every_path(root: Any) -> None:
    """Follow every path by itself: right, and far too slow."""
    for node in after_all_uses(root):
        node.grad = 0.0

    def follow(node: Any, slope: float) -> None:
        node.grad += slope
        for parent, local in pairs(node):
            follow(parent, slope * local)

    follow(root, 1.0)


def wiping(root: Any, kept: Callable[[Any, Any], bool]) -> None:
    """A right pass, after which some slopes are set to 0 again."""
    backward(root)
    for node in after_all_uses(root):
        if not kept(node, root):
            node.grad = 0.0


def unlike(root: Any, key: Callable[[Any], Any] = lambda node: node.data) -> list[Any]:
    """List nodes, the root first; one with a key that was met before is taken for that other node."""
    placed: list[Any] = []
    met: set[Any] = set()

    def place(node: Any) -> None:
        if key(node) not in met:
            met.add(key(node))
            for parent in node.parents:
                place(parent)
            placed.append(node)

    place(root)
    return placed[::-1]


def stopping(root: Any) -> None:
    """Stop at the first node whose slope is 0."""
    backward(root, order=lambda root: takewhile(lambda node: node.grad != 0, after_all_uses(root)))


def counting_parents_once(root: Any) -> None:
    """Count how often a node is used, by steps, but count it off for each use."""
    nodes = after_all_uses(root)
    waits = Counter(parent for node in nodes for parent in set(node.parents))
    for node in nodes:
        node.grad = 0.0
    root.grad = 1.0
    ready = deque([root])
    while ready:
        node = ready.popleft()
        for parent, slope in pairs(node):
            adds(node, parent, slope)
            waits[parent] -= 1
            if waits[parent] == 0:
                ready.append(parent)


def _passes() -> list[tuple[str, Callable[[Any], None]]]:
    """Name the backward passes that go wrong."""
    sides = [("depth-first-order", depth_first), ("breadth-first-order", breadth_first)]
    orders = [(slug, partial(order, turned=turned)) for (slug, order), turned in product(sides, (False, True))]
    return [
        *((slug, partial(backward, order=order)) for slug, order in orders),
        ("gradient-overwritten", partial(backward, send=overwrites)),
        ("gradient-overwritten", partial(backward, send=overwrites, order=partial(after_all_uses, turned=True))),
        *(("gradient-overwritten", partial(backward, send=overwrites, order=order)) for _, order in orders),
        ("gradient-overwritten", partial(recursive, send=overwrites)),
        ("sent-again", recursive),
        *(("sent-again", partial(recursive, at_once=True, turned=turned)) for turned in (False, True)),
        ("sent-again+stale-gradients", partial(recursive, clear=nothing)),
        *(
            ("sent-again+stale-gradients", partial(recursive, clear=nothing, at_once=True, turned=turned))
            for turned in (False, True)
        ),
        ("every-path", along_every_path),
        ("seed-missing", partial(backward, seed=lambda root: 0.0)),
        ("seed-value", partial(backward, seed=lambda root: root.data)),
        ("stale-gradients", partial(backward, clear=nothing)),
        ("stale-gradients", partial(backward, clear=lambda root: root.parents)),
        ("stale-gradients", partial(backward, clear=nothing, seed=lambda root: root.grad + 1.0)),
        ("stale-gradients", partial(backward, clear=others, seed=lambda root: root.grad + 1.0)),
        ("stale-gradients", partial(backward, clear=some(leaves=True))),
        ("stale-gradients", partial(backward, clear=some(leaves=False))),
        ("stale-gradients", along_the_tape),
        ("inner-slopes-lost", partial(wiping, kept=lambda node, root: not node.parents)),
        ("inner-slopes-lost", partial(wiping, kept=lambda node, root: node is root or not node.parents)),
        ("inner-slopes-lost", partial(wiping, kept=lambda node, root: node is not root)),
        ("equal-for-same", partial(backward, clear=unlike, order=unlike)),
        ("equal-for-same", partial(backward, clear=partial(unlike, key=lambda node: (node.data, tuple(node.slopes))))),
        ("stops-at-zero", stopping),
        ("one-step-only", partial(backward, order=lambda root: [root])),
        ("one-step-only+stale-gradients", partial(backward, order=lambda root: [root], clear=nothing)),
        ("one-step-only", partial(backward, order=lambda root: after_all_uses(root)[::-1])),
        ("one-parent-only", partial(backward, shares=lambda node: [*pairs(node)][:1])),
        ("one-parent-only", partial(backward, shares=lambda node: [*pairs(node)][-1:])),
        *(
            (
                "parents-once",
                partial(backward, shares=partial(pairs_once, of_sums=sums, of_products=products, last=last)),
            )
            for sums, products, last in product((True, False), repeat=3)
            if sums or products
        ),
        ("parents-once", counting_parents_once),
        ("local-only", partial(backward, send=sends_local)),
        ("local-slope-missing", partial(backward, send=sends_unweighted)),
        ("slopes-added", partial(backward, send=sends_sum)),
        ("value-for-slope", partial(backward, send=sends_value)),
        ("paths-multiplied", partial(backward, send=multiplies)),
        ("sign", partial(backward, send=subtracts)),
        ("sign", partial(backward, seed=lambda root: -1.0)),
    ]


ADD: list[tuple[str, Rule]] = [
    ("rule-missing", lambda x, y: (0.0, 0.0)),
    ("rule-missing", lambda x, y: ()),
    ("sum-as-product", lambda x, y: (y, x)),
    ("value-for-slope", lambda x, y: (x, y)),
    ("one-parent-only", lambda x, y: (1.0, 0.0)),
    ("one-parent-only", lambda x, y: (1.0,)),
    ("one-parent-only", lambda x, y: (0.0, 1.0)),
]
MUL: list[tuple[str, Rule]] = [
    ("own-factor", lambda x, y: (x, y)),
    ("rule-missing", lambda x, y: (0.0, 0.0)),
    ("rule-missing", lambda x, y: ()),
    ("product-as-sum", lambda x, y: (1.0, 1.0)),
    ("own-factor", lambda x, y: (x, x)),
    ("own-factor", lambda x, y: (y, y)),
    ("product-for-slope", lambda x, y: (x * y, x * y)),
    ("one-parent-only", lambda x, y: (y, 0.0)),
    ("one-parent-only", lambda x, y: (y,)),
    ("one-parent-only", lambda x, y: (0.0, x)),
]
SIGMOID: list[tuple[str, Callable[[float], float]]] = [
    ("derivative-of-activation", lambda z: sigma(sigma(z)) * (1 - sigma(sigma(z)))),
    ("sigma-for-derivative", sigma),
    ("one-minus-sigma", lambda z: 1 - sigma(z)),
    ("sigma-one-plus", lambda z: sigma(z) * (1 + sigma(z))),
    ("tanh-slope", lambda z: 1 - sigma(z) ** 2),
    ("argument-for-value", lambda z: z * (1 - z)),
    ("derivative-left-out", lambda z: 1.0),
    ("rule-missing", lambda z: 0.0),
]
RIGHT: dict[str, Any] = {
    "add": lambda x, y: (1.0, 1.0),
    "mul": lambda x, y: (y, x),
    "slope": lambda z: sigma(z) * (1 - sigma(z)),
    "passes": backward,
}


def mistakes() -> tuple[Mistake, ...]:
    """Return engines with one mistake, and with two in different methods."""
    slips: list[tuple[str, str, Any]] = [
        *(("add", slug, slip) for slug, slip in ADD),
        *(("mul", slug, slip) for slug, slip in MUL),
        *(("slope", slug, slip) for slug, slip in SIGMOID),
        *(("passes", slug, slip) for slug, slip in _passes()),
    ]
    single = [Mistake(slug, engine(**RIGHT | {place: slip})) for place, slug, slip in slips]
    double = [
        Mistake("+".join(sorted({slug, other})), engine(**RIGHT | {place: slip, there: second}))
        for (place, slug, slip), (there, other, second) in combinations(slips, 2)
        if place != there
        and "+" not in slug + other
        and not slug == other == "rule-missing"  # then all slopes stay 0, as without a seed
    ]
    return (*single, *double)
