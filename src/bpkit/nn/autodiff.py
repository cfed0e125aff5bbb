"""Gradients found by the machine: a reverse-mode engine for numbers and arrays (dsc255, section 9).

>>> W, x = Node([[1.0, 2.0]]), Node([[3.0], [4.0]])
>>> dL_dW, dL_dx = gradients(((W @ x).tanh() ** 2).sum(), [W, x])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partialmethod
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from bpkit.nn.activations import relu, sigmoid, tanh
from bpkit.nn.arrays import Array


class Node:
    """A number or an array (float64) that remembers its parents: what it was computed from.

    With each parent comes a local rule: from g = ∂L/∂node, the parent's share. The slopes themselves live in a call of
    `gradients`, so that none is left over from another.
    """

    def __init__(self, value: ArrayLike, *parents: tuple[Node, Callable[[Array], Array]]) -> None:
        if (kind := np.asarray(value).dtype).kind not in "biuf":
            raise TypeError(f"a node holds real numbers, not {kind.name}")
        self.value: Array = np.array(value, float)
        self.value.flags.writeable = False  # a copy that stays as it is: the rules need the values of the forward pass
        self.parents = parents

    def __add__(self, other: Node | ArrayLike) -> Node:
        x, y = self, node(other)
        return Node(x.value + y.value, (x, lambda g: g), (y, lambda g: g))

    def __mul__(self, other: Node | ArrayLike) -> Node:
        x, y = self, node(other)
        return Node(x.value * y.value, (x, lambda g: g * y.value), (y, lambda g: g * x.value))

    def __truediv__(self, other: Node | ArrayLike) -> Node:
        x, y = self, node(other)
        return Node(q := x.value / y.value, (x, lambda g: g / y.value), (y, lambda g: -g * q / y.value))

    def __pow__(self, p: float) -> Node:
        if not isinstance(p, Real):
            raise TypeError("an exponent is one real number here; for x ** y write (y * x.log()).exp()")
        return Node(self.value ** (p := float(p)), (self, lambda g: g * (p and p * self.value ** (p - 1))))

    def __matmul__(self, other: Node | ArrayLike) -> Node:
        A, B = self, node(other)
        if A.value.ndim != 2 or B.value.ndim != 2 or A.value.shape[1] != B.value.shape[0]:
            raise ValueError(f"@ takes two matrices, (m, k) @ (k, n), not {A.value.shape} @ {B.value.shape}")
        return Node(A.value @ B.value, (A, lambda g: g @ B.value.T), (B, lambda g: A.value.T @ g))

    def apply(self, f: Callable[[Array], Array], df: Callable[[Array], Array]) -> Node:
        """Return f(x), entry by entry, where df is its slope."""
        return Node(f(self.value), (self, lambda g: g * df(self.value)))

    def sum(self, axis: int | None = None, keepdims: bool = False) -> Node:
        """Return the sum of all entries, or along an axis; each entry has slope 1."""
        total, kept = (np.sum(self.value, axis, keepdims=keep) for keep in (keepdims, True))
        return Node(total, (self, lambda g: np.broadcast_to(np.reshape(g, kept.shape), self.value.shape)))

    def _with(self, operation: Callable[[Node, Node], Node], other: Node | ArrayLike) -> Node:
        return operation(self, node(other))

    def __repr__(self) -> str:
        return f"Node({self.value})"

    __array_ufunc__, T = None, property(lambda self: Node(self.value.T, (self, lambda g: g.T)))  # array * node is ours
    exp, log = partialmethod(apply, np.exp, np.exp), partialmethod(apply, np.log, np.reciprocal)
    sigmoid, relu = partialmethod(apply, sigmoid, sigmoid.df), partialmethod(apply, relu, relu.df)
    tanh, __neg__ = partialmethod(apply, tanh, tanh.df), partialmethod(__mul__, -1.0)
    __sub__, __rsub__ = partialmethod(_with, lambda x, y: x + -y), partialmethod(_with, lambda x, y: y + -x)
    __rtruediv__, __rpow__ = partialmethod(_with, lambda x, y: y / x), partialmethod(_with, lambda x, y: y**x)
    __radd__, __rmul__, __rmatmul__ = __add__, __mul__, partialmethod(_with, lambda x, y: y @ x)


def node(x: Node | ArrayLike) -> Node:
    """Return `x` if it is a node, and else a node of that value."""
    return x if isinstance(x, Node) else Node(x)


def gradients(L: Node, by: Iterable[Node]) -> list[Array]:
    """Return ∂L/∂x, an array of x's own shape, for every node x of `by`; zeros where L does not depend on it.

    TypeError is raised unless L and all of `by` are nodes, ValueError unless L is one number.
    """
    by = [] if (alone := isinstance(by, Node)) else list(by)
    if alone or not all(isinstance(x, Node) for x in (L, *by)):
        raise TypeError("gradients(L, [x, …]) takes a node and a list of nodes, even if it is a single one")
    if L.value.size != 1:
        raise ValueError(f"L must be one number, not an array of shape {L.value.shape}: sum it up first")
    slope, wanted = {L: np.ones_like(L.value)}, set(by)
    for x in reversed(order(L)):
        g = slope[x] if x in wanted else slope.pop(x)  # what nobody asks for is given up
        for parent, rule in x.parents:
            slope[parent] = slope.get(parent, 0.0) + unbroadcast(rule(g), parent.value.shape)
    return [np.array(slope.get(x, np.zeros(x.value.shape))) for x in by]


def order(L: Node) -> list[Node]:
    """Return L and all that it was computed from, every node after its parents; a loop, as graphs may be deep."""
    placed, entered, waiting = dict[Node, None](), set[Node](), [L]  # a dict is a set that keeps the order
    while waiting:
        if (x := waiting[-1]) in entered:  # for the second time: by now its parents are placed
            placed[waiting.pop()] = None
        entered.add(x)
        waiting += [parent for parent, _ in x.parents if parent not in placed]
    return list(placed)


def unbroadcast(g: Array, shape: tuple[int, ...]) -> Array:
    """Sum g along the axes on which an array of this shape was repeated to fit."""
    front = g.ndim - len(shape)
    axes = (*range(front), *(front + axis for axis, n in enumerate(shape) if n == 1))
    return g if g.shape == shape else np.sum(g, axis=axes).reshape(shape)
