"""The engine that a student completes in chapter 10, as a student may write it: without types."""
# mypy: allow-untyped-defs, allow-untyped-calls

import numpy as np


class Value:
    """A number that remembers how it was computed; after L.backward() its grad is ∂L/∂(this number)."""

    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents  # the Values it was computed from
        self.slopes = slopes  # how fast it changes with each of them

    def __add__(self, other):
        """Return self + other."""
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        """Return self · other."""
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def sigmoid(self):
        """Return σ(self)."""
        a = 1 / (1 + np.exp(-self.data))
        return Value(a, (self,), (a * (1 - a),))

    def backward(self):
        """Set grad to ∂self/∂node in every node that self was computed from, and in self."""
        order, seen = [], set()

        def place(node):  # after everything that it was computed from
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    place(parent)
                order.append(node)

        place(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):  # by now all of node.grad has arrived
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad
