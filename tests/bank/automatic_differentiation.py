import sys
from collections import Counter, deque
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

import numpy as np
import sympy

FORWARD, BACKWARD = [6, 9, 54], [6, 15, 36, 45]


# 10.3: engines that are right, each in a style of its own.


class Closures:
    """As micrograd has it: every result carries a function that sends its slope on."""

    def __init__(self, data, _children=()):
        self.data = data
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)

    def __add__(self, other):
        out = Closures(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = Closures(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        out = Closures(s, (self,))

        def _backward():
            self.grad += s * (1 - s) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)
        for v in topo:
            v.grad = 0
        self.grad = 1
        for v in reversed(topo):
            v._backward()


class Base:
    """The class as it is handed out, with the operations done; the backward passes below differ."""

    def __init__(self, data, parents=(), slopes=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes

    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def sigmoid(self):
        a = 1 / (1 + np.exp(-self.data))
        return type(self)(a, (self,), (a * (1 - a),))

    def nodes(self):
        found, waiting = {self: None}, [self]
        while waiting:
            for parent in waiting.pop().parents:
                if parent not in found:
                    found[parent] = None
                    waiting.append(parent)
        return list(found)


class Kahn(Base):
    """Counts how often a node is used, and visits it when all uses have spoken."""

    def backward(self):
        nodes = self.nodes()
        uses = Counter(parent for node in nodes for parent in node.parents)
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        ready = deque([self])
        while ready:
            node = ready.popleft()
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad
                uses[parent] -= 1
                if uses[parent] == 0:
                    ready.append(parent)


class Numbered:
    """Numbers its nodes as they are made: a parent always has the smaller number."""

    made = 0

    def __init__(self, data, links=()):
        self.data, self.links, self.grad = data, links, 0.0
        Numbered.made += 1
        self.number = Numbered.made

    def __add__(self, other):
        return Numbered(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        return Numbered(self.data * other.data, [(self, other.data), (other, self.data)])

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        return Numbered(s, [(self, s - s * s)])

    def backward(self):
        graph, waiting = {self}, [self]
        while waiting:
            fresh = [p for p, _ in waiting.pop().links if p not in graph]
            graph.update(fresh)
            waiting += fresh
        for node in graph:
            node.grad = 0.0
        self.grad = 1.0
        for node in sorted(graph, key=lambda node: -node.number):
            for p, s in node.links:
                p.grad = p.grad + node.grad * s


class InADict(Base):
    """Collects the slopes in a dict and writes them into the nodes at the end."""

    def backward(self):
        order, done = [], set()

        def visit(node):
            if id(node) in done:
                return
            done.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.insert(0, node)

        visit(self)
        slopes = {id(node): 0.0 for node in order}
        slopes[id(self)] = 1.0
        for node in order:
            for parent, local in zip(node.parents, node.slopes, strict=True):
                slopes[id(parent)] += local * slopes[id(node)]
        for node in order:
            node.grad = slopes[id(node)]


class Pulled(Base):
    """Each node asks its users for its slope, and remembers the answer."""

    def backward(self):
        users = {node: [] for node in self.nodes()}
        for node in users:
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                users[parent].append((node, slope))
        known = {self: 1.0}

        def slope(node):
            if node not in known:
                known[node] = sum(slope(user) * local for user, local in users[node])
            return known[node]

        for node in users:
            node.grad = slope(node)


class Slotted:
    """With __slots__, local rules as functions, and a loop instead of a recursion."""

    __slots__ = ("data", "grad", "parents", "rule")

    def __init__(self, data, parents=(), rule=None):
        self.data, self.parents, self.rule = float(data), parents, rule
        self.grad = 0.0

    def __add__(self, other):
        return Slotted(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        return Slotted(self.data * other.data, (self, other), lambda g: (g * other.data, g * self.data))

    def sigmoid(self):
        e = np.exp(-self.data)
        return Slotted(1 / (1 + e), (self,), lambda g: (g * e / (1 + e) ** 2,))

    def backward(self):
        order, state, stack = [], {}, [self]
        while stack:
            node = stack.pop()
            if state.get(node) == "open":
                state[node] = "done"
                order.append(node)
            elif node not in state:
                state[node] = "open"
                stack.append(node)
                stack.extend(p for p in node.parents if p not in state)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        while order:
            node = order.pop()
            if node.rule:
                for p, g in zip(node.parents, node.rule(node.grad), strict=True):
                    p.grad += g


@dataclass(eq=False)
class Data:
    """A dataclass, with arrays for numbers."""

    data: float
    grad: float = 0.0
    above: list = field(default_factory=list)

    def __add__(self, other):
        return Data(np.add(self.data, other.data), 0.0, [(self, np.ones(())), (other, np.ones(()))])

    def __mul__(self, other):
        return Data(
            np.multiply(self.data, other.data), 0.0, [(self, np.array(other.data)), (other, np.array(self.data))]
        )

    def sigmoid(self):
        s = (1 + np.tanh(self.data / 2)) / 2
        return Data(s, 0.0, [(self, s * (1 - s))])

    def backward(self):
        order = []

        def sort(node):
            for parent, _ in node.above:
                if parent not in order:
                    sort(parent)
            order.append(node)

        sort(self)
        for node in order:
            node.grad = 0.0
        self.grad = np.float64(1)
        for node in order[::-1]:
            for parent, slope in node.above:
                parent.grad = parent.grad + slope * node.grad


TAPE = []


class Tape:
    """Writes down every operation in one list, which is in order already."""

    def __init__(self, data):
        self.data, self.grad = data, 0.0

    def noted(self, data, *slopes):
        result = Tape(data)
        TAPE.append((result, slopes))
        return result

    def __add__(self, other):
        return self.noted(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return self.noted(self.data * other.data, (self, other.data), (other, self.data))

    def sigmoid(self):
        a = 1 / (1 + np.exp(-self.data))
        return self.noted(a, (self, a * (1 - a)))

    def backward(self):
        for result, slopes in TAPE:
            for node in (result, *(parent for parent, _ in slopes)):
                node.grad = 0.0
        self.grad = 1.0
        for result, slopes in TAPE[::-1]:
            for parent, slope in slopes:
                parent.grad += slope * result.grad


class ClearsAfterwards(Base):
    """Clears the leaves' slopes when it meets them for the first time."""

    def backward(self):
        order = []

        def place(node):
            if node in order:
                return
            node.grad = 0.0
            for parent in node.parents:
                place(parent)
            order.append(node)

        place(self)
        self.grad = 1.0
        for node in order[::-1]:
            g = node.grad
            [p.__setattr__("grad", p.grad + s * g) for p, s in zip(node.parents, node.slopes, strict=True)]


class Talkative(Closures):
    """More methods than are asked for, some of them short."""

    def __repr__(self):
        return "a value"

    def nothing(self):
        pass

    def later(self): ...

    def size(self):
        return 1


class Deep(Base):
    """Lets Python nest calls deeper; and numbers are float32."""

    def __init__(self, data, parents=(), slopes=()):
        super().__init__(np.float32(data), parents, slopes)

    def backward(self):
        sys.setrecursionlimit(sys.getrecursionlimit() + 100)
        Kahn.backward(self)


# … and wrong.


class Topological(Base):
    """A right backward pass, cut into steps of which each can go wrong."""

    def visited(self):
        order, seen = [], set()

        def place(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    place(parent)
                order.append(node)

        place(self)
        return order[::-1]

    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad

    def start(self):
        for node in self.visited():
            node.grad = 0.0
        self.grad = 1.0

    def backward(self):
        self.start()
        for node in self.visited():
            node.send()


class Overwrites(Topological):
    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad = slope * self.grad


class MicrogradOverwrites(Closures):
    def __init__(self, data, _children=()):
        super().__init__(data)
        self._prev = list(_children)  # of a set nobody knows the order

    def __add__(self, other):
        out = MicrogradOverwrites(self.data + other.data, (self, other))

        def _backward():
            self.grad = out.grad
            other.grad = out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        out = MicrogradOverwrites(self.data * other.data, (self, other))

        def _backward():
            self.grad = other.data * out.grad
            other.grad = self.data * out.grad

        out._backward = _backward
        return out

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        out = MicrogradOverwrites(s, (self,))

        def _backward():
            self.grad = s * (1 - s) * out.grad

        out._backward = _backward
        return out


class RecursiveOverwrites(Base):
    def backward(self):
        self.grad = 1.0

        def go(node):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad = slope * node.grad
                go(parent)

        go(self)


class DepthFirst(Topological):
    def backward(self):
        self.start()
        seen = set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad
            for parent in node.parents:
                visit(parent)

        visit(self)


class StackOfNodes(Topological):
    def backward(self):
        self.start()
        stack, seen = [self], set()
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                node.send()
                stack.extend(node.parents)


class QueueOfNodes(Topological):
    def backward(self):
        self.start()
        queue, seen = deque([self]), {self}
        while queue:
            node = queue.popleft()
            node.send()
            for parent in node.parents:
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)


class ForwardOrder(Topological):
    def backward(self):
        self.start()
        for node in self.visited()[::-1]:
            node.send()


class OnlyOnce(Topological):
    def backward(self):
        self.start()
        self.send()


class NaiveRecursion(Topological):
    def backward(self):
        self.start()
        self.go()

    def go(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.grad
            parent.go()


class EveryPath(Topological):
    def backward(self):
        self.start()
        self.grad = 0.0
        self.go(1.0)

    def go(self, g):
        self.grad += g
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.go(g * slope)


class ClearsAlongEveryPath(Topological):
    def start(self):
        def clear(node):
            node.grad = 0.0
            for parent in node.parents:
                clear(parent)

        clear(self)
        self.grad = 1.0


class NoSeed(Topological):
    def start(self):
        for node in self.visited():
            node.grad = 0.0


class StopsAtOnce(Base):
    def backward(self):
        self.grad = 1.0


class SeededWithData(Topological):
    def backward(self):
        self.start()
        self.grad = self.data
        for node in self.visited():
            node.send()


class NeverCleared(Topological):
    def start(self):
        self.grad = 1.0


class ClearsItselfOnly(Topological):
    def start(self):
        self.grad = 0.0
        self.grad += 1.0


class Accumulating(Topological):
    def backward(self):
        self.grad += 1.0
        for node in self.visited():
            node.send()


class LocalOnly(Topological):
    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope


class Unweighted(Topological):
    def send(self):
        for parent in self.parents:
            parent.grad += self.grad


class AddsSlopes(Topological):
    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope + self.grad


class SendsData(Topological):
    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad += slope * self.data


class FirstParent(Topological):
    def send(self):
        if self.parents:
            self.parents[0].grad += self.slopes[0] * self.grad


class ParentsInADict(Topological):
    def send(self):
        for parent, slope in {p: s for p, s in zip(self.parents, self.slopes, strict=True)}.items():  # noqa: C416
            parent.grad += slope * self.grad


class Subtracts(Topological):
    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=True):
            parent.grad -= slope * self.grad


class OwnFactor(Topological):
    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (self.data, other.data))


class AddWithoutRule(Topological):
    def __add__(self, other):
        return type(self)(self.data + other.data)


class AddOneParent(Topological):
    def __add__(self, other):
        return type(self)(self.data + other.data, (self,), (1.0,))


class AddLikeMul(Topological):
    def __add__(self, other):
        return type(self)(self.data + other.data, (self, other), (other.data, self.data))


class MulLikeAdd(Topological):
    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (1.0, 1.0))


class MulWithoutRule(Topological):
    def __mul__(self, other):
        return type(self)(self.data * other.data)


def with_slope(slope, base=Topological):
    """An engine whose sigmoid has another slope, told from z and a."""

    class Slope(base):
        def sigmoid(self):
            z, a = self.data, 1 / (1 + np.exp(-self.data))
            return type(self)(a, (self,), (slope(z, a),))

    return Slope


class SigmoidWithoutParents(Topological):
    def sigmoid(self):
        return type(self)(1 / (1 + np.exp(-self.data)))


class LeavesOnly(Topological):
    def backward(self):
        super().backward()
        for node in self.visited():
            if node.parents:
                node.grad = 0.0


class SpoilsTheInside(Topological):
    def backward(self):
        super().backward()
        for node in self.visited():
            if node.parents:
                node.grad = 99.0


class EndsWithZero(Topological):
    def backward(self):
        super().backward()
        self.grad = 0.0


class SeedAside(Topological):
    """The first slope is known, and never written down."""

    def backward(self):
        for node in self.visited():
            node.grad = 0.0
        for node in self.visited():
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * (1.0 if node is self else node.grad)


class SeenByValue(Topological):
    def visited(self):
        order, seen = [], set()

        def place(node):
            if node.data not in seen:
                seen.add(node.data)
                for parent in node.parents:
                    place(parent)
                order.append(node)

        place(self)
        return order[::-1]


class EqualByValue(Topological):
    def __eq__(self, other):
        return self.data == other.data

    def __hash__(self):
        return hash(self.data)


@dataclass
class EqualData(Base):
    """A dataclass, which compares what it holds."""

    data: float
    parents: tuple = ()
    slopes: tuple = ()
    grad: float = 0.0

    def backward(self):
        order = []

        def place(node):
            if node not in order:
                for parent in node.parents:
                    place(parent)
                order.append(node)

        place(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad


class StopsAtZero(Topological):
    def backward(self):
        self.start()
        for node in self.visited():
            if node.grad == 0:
                break
            node.send()


class ForgetsParents(Topological):
    def backward(self):
        super().backward()
        for node in self.visited():
            node.parents = node.slopes = ()


class ClearsLeaves(Topological):
    def start(self):
        for node in self.visited():
            if not node.parents:
                node.grad = 0.0
        self.grad = 1.0


class ClearsInside(Topological):
    def start(self):
        for node in self.visited():
            if node.parents:
                node.grad = 0.0
        self.grad = 1.0


class SeedAdded(Topological):
    def start(self):
        for node in self.visited():
            if node is not self:
                node.grad = 0.0
        self.grad += 1


class OldTape(Base):
    tape = []  # noqa: RUF012

    def __init__(self, data, parents=(), slopes=()):
        super().__init__(data, parents, slopes)
        OldTape.tape.append(self)

    def backward(self):
        self.grad = 1.0
        for node in OldTape.tape[::-1]:
            Topological.send(node)


class DistinctParents(Topological):
    def __mul__(self, other):
        return type(self)(self.data * other.data, tuple({self: 0, other: 0}), (other.data, self.data))

    def send(self):
        for parent, slope in zip(self.parents, self.slopes, strict=False):
            parent.grad += slope * self.grad


class SquareOnce(Topological):
    def __mul__(self, other):
        if self is other:
            return type(self)(self.data**2, (self,), (self.data,))
        return super().__mul__(other)


class CountsStepsNotUses(Base):
    def backward(self):
        nodes = self.nodes()
        uses = Counter(parent for node in nodes for parent in set(node.parents))
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        ready = deque([self])
        while ready:
            node = ready.popleft()
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad
                uses[parent] -= 1
                if uses[parent] == 0:
                    ready.append(parent)


class ProductAsSlope(Topological):
    def __mul__(self, other):
        ab = self.data * other.data
        return type(self)(ab, (self, other), (ab, ab))


class OneFactorTwice(Topological):
    def __mul__(self, other):
        return type(self)(self.data * other.data, (self, other), (self.data, self.data))


class RecursionNeverCleared(NaiveRecursion):
    def start(self):
        self.grad = 1.0


class FirstStepNeverCleared(OnlyOnce):
    def start(self):
        self.grad = 1.0


class HalfForSigmoid(Topological):
    def sigmoid(self):
        return 0.5


class NoReturn(Topological):
    def __add__(self, other):
        type(self)(self.data + other.data, (self, other), (1.0, 1.0))


class OwnFactorOverwrites(Overwrites):
    __mul__ = OwnFactor.__mul__


class OwnFactorNeverCleared(NeverCleared):
    __mul__ = OwnFactor.__mul__


class AddsForProduct(Topological):
    def __mul__(self, other):
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))


class Misspelt(Topological):
    def __mul__(self, other):
        return type(self)(self.value * other.value)


# 10.4


def loops(g, A, B):
    (m, k), n = A.shape, B.shape[1]
    to_A, to_B = np.zeros((m, k)), np.zeros((k, n))
    for i in range(m):
        for j in range(n):
            for r in range(k):
                to_A[i, r] += g[i, j] * B[r, j]
                to_B[r, j] += A[i, r] * g[i, j]
    return to_A, to_B


def column_by_column(g, A, B):
    to_A = sum(np.outer(g[:, j], B[:, j]) for j in range(g.shape[1]))
    to_B = np.column_stack([A.T @ g[:, j] for j in range(g.shape[1])])
    return to_A, to_B


def loops_that_overwrite(g, A, B):
    to_A, to_B = np.zeros(A.shape), np.zeros(B.shape)
    for i, j in np.ndindex(g.shape):
        for r in range(A.shape[1]):
            to_A[i, r] = g[i, j] * B[r, j]
            to_B[r, j] = A[i, r] * g[i, j]
    return to_A, to_B


def to_A_only(g, A, B):
    return g @ B.T


def changes_g(g, A, B):
    g *= 2
    return g @ B.T / 2, A.T @ g / 2


def in_lists(g, A, B):
    return [(g @ B.T).tolist(), (A.T @ g).tolist()]


# 10.5


def by_axes(g, shape):
    front = g.ndim - len(shape)
    axes = tuple(range(front)) + tuple(front + i for i, n in enumerate(shape) if n == 1)
    return g.sum(axis=axes).reshape(shape)


def padded(g, shape):
    full = (1,) * (g.ndim - len(shape)) + tuple(shape)
    for axis in range(g.ndim):
        if full[axis] == 1 and g.shape[axis] > 1:
            g = np.expand_dims(np.add.reduce(g, axis), axis)
    return g.reshape(shape)


def entry_by_entry(g, shape):
    total = np.zeros(shape)
    places = np.broadcast_to(np.arange(max(total.size, 1)).reshape(shape), g.shape)
    np.add.at(total.reshape(-1), places.ravel(), g.ravel())
    return total


def counted(g, shape):
    places = np.broadcast_to(np.arange(int(np.prod(shape))).reshape(shape), g.shape)
    return np.bincount(places.ravel(), weights=g.ravel()).reshape(shape)


def recursion(g, shape):
    if g.ndim > len(shape):
        return recursion(sum(g), shape)
    ones = [axis for axis in range(g.ndim) if shape[axis] == 1]
    return reduce(lambda total, axis: total.sum(axis, keepdims=True), ones, g)


def front_forgotten(g, shape):
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def ones_forgotten(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    return g


def keepdims_forgotten(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis in reversed(range(len(shape))):
        if shape[axis] == 1:
            g = g.sum(axis=axis)
    return g


def averages(g, shape):
    while g.ndim > len(shape):
        g = g.mean(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.mean(axis=axis, keepdims=True)
    return g


def averages_and_loses_axes(g, shape):
    while g.ndim > len(shape):
        g = g.mean(axis=0)
    return g.mean(axis=tuple(axis for axis, n in enumerate(shape) if n == 1))


def first_only(g, shape):
    while g.ndim > len(shape):
        g = g[0]
    for axis, n in enumerate(shape):
        if n == 1:
            g = np.take(g, [0], axis=axis)
    return g


def last_only(g, shape):
    while g.ndim > len(shape):
        g = g[-1]
    for axis, n in enumerate(shape):
        if n == 1:
            g = np.take(g, [-1], axis=axis)
    return g


def other_axes(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, n in enumerate(shape):
        if n != 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def cut_off(g, shape):
    return g[tuple(slice(n) for n in shape)]


def front_kept_as_ones(g, shape):
    full = (1,) * (g.ndim - len(shape)) + shape
    axes = tuple(axis for axis, (n, m) in enumerate(zip(full, g.shape, strict=True)) if n == 1 < m)
    return g.sum(axis=axes, keepdims=True)


def by_sizes(g, shape):
    """Sum the axes whose length does not occur in the shape: right while all lengths differ."""
    if shape == () or set(shape) == {1}:
        return g.sum().reshape(shape)
    left = list(shape)
    for axis in reversed(range(g.ndim)):
        if g.shape[axis] in left:
            left.remove(g.shape[axis])
        else:
            g = g.sum(axis=axis, keepdims=True)
    return g.reshape(shape)


def sums_in_place(g, shape):
    g += 1
    return by_axes(g - 1, shape)


L, s, u, v, w, x, y = sympy.symbols("L s u v w x y")

RIGHT = {
    "10.1": [
        (FORWARD, BACKWARD),
        (np.array(FORWARD), np.array(BACKWARD, float)),
        (tuple(FORWARD), tuple(map(float, BACKWARD))),
        ("6, 9, 54", "6, 15, 36, 45"),
        ("[3*2, 3+6, 6*9]", "[6, 9+6, 6+15*2, 15*3]"),
        (sympy.Matrix(FORWARD), sympy.Matrix([BACKWARD])),
        ([[6], [9], [54]], [[6, 15, 36, 45]]),
        ([Fraction(6), 9, 54], [6, sympy.Integer(15), np.int64(36), 45.0]),
    ],
    "10.2": [
        (["L", "s", "v", "w", "u", "x", "y"],),
        (["L", "s", "w", "v", "u", "y", "x"],),
        (("L", "s", "w", "v", "u", "x", "y"),),
        ("L, s, v, u, x, w, y",),
        ("L s v u w x y",),
        ("L → s → w → v → u → y → x",),
        ("L -> s -> v -> u -> w -> y -> x",),
        ('["L", "s", "v", "w", "u", "x", "y"]',),
        ("(L; s; v; u; w; y; x)",),
        ([L, s, v, w, u, x, y],),
        (np.array(["L", "s", "v", "u", "x", "w", "y"]),),
        ([" L", "s ", "v", "w", "u", "x", "y"],),
        ("$L, s, v, w, u, x, y$",),
        ("L\ns\nv\nw\nu\ny\nx\n",),
        ("L, s, v, w, u, x and y.",),
        ("1. L 2. s 3. v 4. w 5. u 6. x 7. y",),
        ("L ⟶ s ⟶ v ⟶ w ⟶ u ⟶ x ⟶ y",),
        (["$L$", "$s$", "$v$", "$w$", "$u$", "$x$", "$y$"],),
    ],
    "10.3": [
        (Closures,),
        (Kahn,),
        (Numbered,),
        (InADict,),
        (Pulled,),
        (Slotted,),
        (Data,),
        (ClearsAfterwards,),
        (Tape,),
        (Talkative,),
        (Deep,),
        (Topological,),
        (with_slope(lambda z, a: np.exp(-z) / (1 + np.exp(-z)) ** 2),),
        (with_slope(lambda z, a: 1 / (2 + np.exp(z) + np.exp(-z)), Kahn),),
    ],
    "10.4": [
        (lambda g, A, B: (g @ B.T, A.T @ g),),
        (lambda g, A, B: [g @ B.T, A.T @ g],),
        (loops,),
        (column_by_column,),
        (lambda g, A, B: (np.einsum("ij,rj->ir", g, B), np.einsum("ir,ij->rj", A, g)),),
        (lambda g, A, B: ((B @ g.T).T, (g.T @ A).T),),
        (lambda g, A, B: (np.dot(g, np.transpose(B)), np.dot(np.transpose(A), g)),),
        (lambda g, A, B: (np.tensordot(g, B, axes=(1, 1)), np.tensordot(A, g, axes=(0, 0))),),
        (in_lists,),
        (lambda g, A, B: ((g[:, None, :] * B[None]).sum(axis=2), (A[:, :, None] * g[:, None]).sum(axis=0)),),
    ],
    "10.5": [
        (by_axes,),
        (padded,),
        (entry_by_entry,),
        (counted,),
        (recursion,),
        (lambda g, shape: by_axes(g, shape).tolist(),),
        (lambda g, shape: np.asarray(by_axes(g, tuple(shape)), dtype=np.float64),),
    ],
    "10.6": [
        (2410, 1, 64, 10),
        ("64*32 + 32 + 32*10 + 10", "1", "64", "10"),
        (2410.0, 1.0, 64.0, 10.0),
        (64 * 32 + 32 * 10 + 42, np.int64(1), np.float64(64), Fraction(10)),
        (sympy.Integer(2410), sympy.S.One, sympy.Integer(64), sympy.Rational(20, 2)),
        ("(64+1)*32 + 33*10", 1, "8^2", "10"),
    ],
}

WRONG = {
    "10.1": [
        ("path-missing", FORWARD, [6, 9, 24, 27]),
        ("path-missing", FORWARD, [6, 6, 18, 18]),
        ("path-missing", FORWARD, [6, 15, 6, 45]),
        ("path-missing", FORWARD, [6, 15, 30, 45]),
        ("path-missing", FORWARD, [6, 9, 18, 27]),
        ("depth-first-order", FORWARD, [6, 15, 24, 27]),
        ("paths-multiplied", FORWARD, [6, 54, 114, 162]),
        ("own-factor", FORWARD, [9, 15, 39, 45]),
        ("own-factor", FORWARD, [6, 15, 51, 30]),
        ("own-factor", FORWARD, [9, 15, 54, 30]),
        ("own-factor+path-missing", FORWARD, [6, 9, 33, 18]),
        ("value-for-slope", FORWARD, [9, 6, 3, 2]),
        ("local-only", FORWARD, [6, 10, 3, 3]),
        ("paths-averaged", FORWARD, [6, 7.5, 21, 22.5]),
        ("order-reversed", FORWARD, BACKWARD[::-1]),
        ("order-reversed", FORWARD[::-1], BACKWARD),
        ("all-zeros", FORWARD, [0, 0, 0, 0]),
        ("one-entry", FORWARD, [6, 15, 36, 44]),
        ("sum-and-product", [5, 8, 40], BACKWARD),
        ("sum-and-product", [6, 9, 15], BACKWARD),
        ("sum-and-product", [6, 18, 108], BACKWARD),
        ("wrong-node", [6, 5, 30], BACKWARD),
        ("wrong-node", [6, 8, 48], BACKWARD),
        (None, FORWARD, [1, 6, 15, 36, 45]),
        ("sign", FORWARD, [-6, -15, -36, -45]),
        ("misplaced", FORWARD, [15, 6, 36, 45]),
        ("misplaced", FORWARD, [6, 15, 45, 36]),
        ("answers-swapped", BACKWARD, FORWARD),
        ("carried-on", FORWARD, [6, 14, 34, 42]),
        ("carried-on", FORWARD, [6, 18, 42, 54]),
        ("carried-on", FORWARD, "5, 13, 31, 39"),
        ("sum-and-product", [5, 8, 40], [5, 13, 31, 39]),
        ("wrong-node", [6, 5, 30], [6, 11, 28, 33]),
    ],
    "10.2": [
        ("forward-order", ["x", "y", "u", "w", "v", "s", "L"]),
        ("forward-order", "y, x, w, u, v, s, L"),
        ("depth-first-order", ["L", "u", "x", "y", "s", "v", "w"]),
        ("depth-first-order", ["L", "s", "w", "y", "v", "u", "x"]),
        ("breadth-first-order", ["L", "u", "s", "x", "y", "v", "w"]),
        ("breadth-first-order", "L s u w v y x"),
        ("depth-first-order", ["L", "u", "y", "x", "s", "w", "v"]),
        ("breadth-first-order", ["L", "s", "u", "v", "w", "y", "x"]),
        ("name-missing", ["L", "s", "v", "w", "u", "x"]),
        ("name-missing", ["s", "v", "w", "u", "x", "y"]),
        ("name-twice", ["L", "s", "v", "w", "u", "x", "y", "u"]),
        ("name-twice", ["L", "u", "s", "v", "w", "u", "x", "y"]),
        ("depth-first-order", ["L", "s", "v", "u", "x", "y", "w"]),
        (None, ["s", "L", "v", "w", "u", "x", "y"]),
        ("name-twice", ["L", "L", "s", "v", "w", "u", "x", "y"]),
        ("name-missing", "L, s, v, w, u"),
        ("breadth-first-order", [L, u, s, x, y, v, w]),
        ("name-missing", ["L"]),
    ],
    "10.3": [
        ("gradient-overwritten", Overwrites),
        ("gradient-overwritten", MicrogradOverwrites),
        ("gradient-overwritten", RecursiveOverwrites),
        ("depth-first-order", DepthFirst),
        ("depth-first-order", StackOfNodes),
        ("breadth-first-order", QueueOfNodes),
        ("one-step-only", ForwardOrder),
        ("one-step-only", OnlyOnce),
        ("sent-again", NaiveRecursion),
        ("every-path", EveryPath),
        ("every-path", ClearsAlongEveryPath),
        ("seed-missing", NoSeed),
        ("all-zeros", StopsAtOnce),
        ("seed-value", SeededWithData),
        ("stale-gradients", NeverCleared),
        ("stale-gradients", ClearsItselfOnly),
        ("stale-gradients", Accumulating),
        ("local-only", LocalOnly),
        ("local-slope-missing", Unweighted),
        ("slopes-added", AddsSlopes),
        ("value-for-slope", SendsData),
        ("one-parent-only", FirstParent),
        ("parents-once", ParentsInADict),
        ("sign", Subtracts),
        ("own-factor", OwnFactor),
        ("rule-missing", AddWithoutRule),
        ("one-parent-only", AddOneParent),
        ("sum-as-product", AddLikeMul),
        ("product-as-sum", MulLikeAdd),
        ("rule-missing", MulWithoutRule),
        ("rule-missing", SigmoidWithoutParents),
        ("derivative-of-activation", with_slope(lambda z, a: np.exp(-a) / (1 + np.exp(-a)) ** 2)),
        ("sigma-for-derivative", with_slope(lambda z, a: a)),
        ("one-minus-sigma", with_slope(lambda z, a: 1 - a)),
        ("tanh-slope", with_slope(lambda z, a: 1 - a * a)),
        ("argument-for-value", with_slope(lambda z, a: z * (1 - z))),
        ("derivative-left-out", with_slope(lambda z, a: 1)),
        ("gradient-overwritten+own-factor", OwnFactorOverwrites),
        ("own-factor+stale-gradients", OwnFactorNeverCleared),
        ("depth-first-order+sigma-for-derivative", with_slope(lambda z, a: a, DepthFirst)),
        ("derivative-left-out+gradient-overwritten", with_slope(lambda z, a: 1, Overwrites)),
        ("inner-slopes-lost", LeavesOnly),
        ("inner-slopes-lost", EndsWithZero),
        ("inner-slopes-lost", SeedAside),
        (None, SpoilsTheInside),
        ("equal-for-same", SeenByValue),
        ("equal-for-same", EqualByValue),
        ("equal-for-same", EqualData),
        ("stops-at-zero", StopsAtZero),
        (None, ForgetsParents),
        ("stale-gradients", ClearsLeaves),
        ("stale-gradients", ClearsInside),
        ("stale-gradients", SeedAdded),
        ("stale-gradients", OldTape),
        ("parents-once", DistinctParents),
        ("parents-once", SquareOnce),
        ("parents-once", CountsStepsNotUses),
        ("product-for-slope", ProductAsSlope),
        ("own-factor", OneFactorTwice),
        ("sent-again+stale-gradients", RecursionNeverCleared),
        ("one-step-only+stale-gradients", FirstStepNeverCleared),
        (None, HalfForSigmoid),
        (None, NoReturn),
        (None, AddsForProduct),
        (None, Misspelt),
    ],
    "10.4": [
        ("factors-exchanged", lambda g, A, B: (A.T @ g, g @ B.T)),
        ("transpose-lost", lambda g, A, B: (g @ B, A @ g)),
        ("transpose-lost", lambda g, A, B: (g @ B.T, A @ g)),
        ("transpose-lost", lambda g, A, B: (np.dot(g, B), np.dot(A.T, g))),
        ("matrix-order", lambda g, A, B: (B.T @ g, g @ A.T)),
        ("matrix-order", lambda g, A, B: (g @ B.T, g @ A.T)),
        ("own-factor", lambda g, A, B: (g @ A.T, B.T @ g)),
        ("entries-multiplied", lambda g, A, B: (g * B, g * A)),
        ("transposed", lambda g, A, B: (B @ g.T, g.T @ A)),
        ("transposed", lambda g, A, B: (g @ B.T, g.T @ A)),
        ("divided-by-size", lambda g, A, B: (g @ B.T / g.shape[1], A.T @ g / g.shape[1])),
        ("local-only", lambda g, A, B: (B.T, A.T)),
        ("local-only", lambda g, A, B: (np.ones(g.shape) @ B.T, A.T @ np.ones(g.shape))),
        ("all-zeros", lambda g, A, B: (0 * A, 0 * B)),
        ("sign", lambda g, A, B: (-g @ B.T, -A.T @ g)),
        ("constant-factor", lambda g, A, B: (2 * g @ B.T, 2 * A.T @ g)),
        ("input-changed", changes_g),
        ("factors-exchanged+transposed", lambda g, A, B: (g.T @ A, B @ g.T)),
        ("gradient-overwritten", loops_that_overwrite),
        ("transpose-lost", lambda g, A, B: (np.matmul(g, B), np.matmul(A, g))),
        ("factors-exchanged", lambda g, A, B: [np.einsum("ir,ij->rj", A, g), np.einsum("ij,rj->ir", g, B)]),
        (None, to_A_only),
        (None, lambda g, A, B: (np.squeeze(g @ B.T), np.squeeze(A.T @ g))),
        ("all-zeros", lambda g, A, B: (g @ B.T, A.T @ g if len(A) > 1 else np.zeros_like(B))),
        ("divided-by-size", lambda g, A, B: (g @ B.T / len(g), A.T @ g / len(g))),
    ],
    "10.5": [
        ("repeats-kept", lambda g, shape: g),
        ("all-summed", lambda g, shape: g.sum()),
        ("all-summed", lambda g, shape: np.ones(shape) * g.sum()),
        ("front-axes-kept", front_forgotten),
        ("ones-kept", ones_forgotten),
        ("axis-lost", keepdims_forgotten),
        ("mean-for-sum", averages),
        ("axis-lost+mean-for-sum", averages_and_loses_axes),
        ("one-repeat-only", first_only),
        ("one-repeat-only", last_only),
        ("wrong-axis", other_axes),
        ("bias-only", lambda g, shape: g.sum(axis=1, keepdims=True)),
        ("bias-only", lambda g, shape: np.sum(g, -1).reshape(-1, 1)),
        ("axis-lost+bias-only", lambda g, shape: g.sum(axis=1)),
        ("wrong-axis", lambda g, shape: g.sum(axis=0)),
        ("all-zeros", lambda g, shape: np.zeros(shape)),
        ("sign", lambda g, shape: -by_axes(g, shape)),
        ("front-axes-kept+one-repeat-only", cut_off),
        ("bias-only+mean-for-sum", lambda g, shape: g.mean(axis=1, keepdims=True)),
        ("input-changed", sums_in_place),
        ("front-axes-kept", front_kept_as_ones),
        ("repeats-kept", lambda g, shape: np.reshape(g, shape)),
        (None, lambda g, shape: np.sum(g).reshape(shape)),
        ("constant-factor", lambda g, shape: 2 * by_axes(g, shape)),
        (None, by_sizes),
    ],
    "10.6": [
        ("answers-swapped", 1, 2410, 64, 10),
        ("answers-swapped", 2410, 1, 10, 64),
        ("biases-left-out", 2368, 1, 64, 10),
        ("inputs-for-parameters", 64, 1, 64, 10),
        ("layer-uncounted", 2080, 1, 64, 10),
        ("neurons-for-parameters", 106, 1, 64, 10),
        ("pass-per-entry", 2410, 1, 640, 640),
        ("pass-per-entry", 24100, 1, 64, 10),
        ("outputs-for-loss", 2410, 10, 64, 10),
        ("pass-per-layer", 2410, 3, 64, 10),
        ("parameters-for-inputs", 2410, 1, 2410, 10),
        ("one-column-only", 2410, 1, 1, 1),
        ("input-has-no-bias", 2474, 1, 64, 10),
        ("modes-swapped", 2410, 2410, 64, 10),
        ("layer-uncounted", 330, 1, 64, 10),
        (None, 2411, 1, 64, 10),
    ],
}
