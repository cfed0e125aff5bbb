"""The points at which expressions are compared, and what they are worth there: each value is computed once.

The points are seeded, so the same for every answer: what the right answer and the known mistakes are worth at them
need not be computed for every student anew.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import chain, islice, pairwise

import sympy
from sympy.core.relational import Relational

from .evaluation import CONTEXT, Program, Undefined, Unknown, Value, evaluate, program

KINKED = (
    *(Relational, sympy.Piecewise, sympy.Abs, sympy.sign, sympy.Heaviside),
    *(sympy.Max, sympy.Min, sympy.floor, sympy.ceiling),
)
MAX_EDGES = 40
NEAR = (1e-1, 1e-3, 1e-5)
MOST_COLUMNS = 3_000  # that a batch remembers

Place = dict[str, Value]
Assumption = Callable[[Place], Place]


class Batch:
    """Some points in the same symbols, and the values of expressions there.

    Parameters
    ----------
    points
        Each symbol's value at each point.
    real
        Whether what is computed there must be real.
    assume
        Makes a point one that keeps a stated assumption, or raises `Undefined`.
    """

    def __init__(self, points: Iterable[Place], real: bool = True, assume: Assumption | None = None) -> None:
        self.drawn = tuple(points)
        self.real = real
        self.assume = assume
        self._columns: dict[sympy.Basic, Column] = {}

    def __len__(self) -> int:
        return len(self.drawn)

    @cached_property
    def points(self) -> tuple[Place | None, ...]:
        """The points that keep what is assumed; None where there is none nearby."""
        return tuple(map(self.kept, self.drawn))

    def kept(self, point: Place) -> Place | None:
        """Return the point nearby that keeps what is assumed, if there is one."""
        if self.assume is None:
            return point
        with suppress(Undefined):
            return self.assume(point)
        return None

    def column(self, expr: sympy.Basic) -> Column:
        """Return the values of `expr` at these points, the same column each time."""
        if expr not in self._columns:
            if len(self._columns) >= MOST_COLUMNS:
                self._columns.clear()
            self._columns[expr] = Column(expr, self)
        return self._columns[expr]


class Column:
    """What an expression is worth at the points of a batch; nothing is computed before it is asked for."""

    def __init__(self, expr: sympy.Basic, batch: Batch) -> None:
        self.expr = expr
        self.batch = batch
        self._values: list[Value | Undefined | None] = [None] * len(batch)

    def rough(self, index: int) -> complex:
        """Return the value at a point with the digits of a float, which compares at once; NaN where there is none."""
        try:
            return complex(self[index])
        except (Undefined, Unknown):
            return complex("nan")

    def closer(self, index: int, digits: int) -> Value:
        """Compute the value at a point anew, to so many digits; what is assumed is kept to them, too."""
        with CONTEXT.workdps(digits):
            point = self.batch.kept(self.batch.drawn[index])
            return None if point is None else Program(self.expr).at(point, self.batch.real)

    def __getitem__(self, index: int) -> Value:
        """Return the value at a point.

        Raises
        ------
        Undefined, Unknown
            As `evaluate` does.
        """
        found = self._values[index]
        if found is None:
            point = self.batch.points[index]
            try:
                found = Undefined("none keeps") if point is None else program(self.expr).at(point, self.batch.real)
            except Undefined as reason:
                found = reason.with_traceback(None)
            self._values[index] = found
        if isinstance(found, Undefined):
            raise type(found)(*found.args)
        return found


class Points:
    """Batches of seeded points in some symbols.

    Parameters
    ----------
    names
        The symbols' names.
    assume
        As for a `Batch`.
    """

    def __init__(self, names: Iterable[str], assume: Assumption | None = None) -> None:
        self.names = tuple(sorted(names))
        self.assume = assume
        self._rng = random.Random(20_240_423)
        self._around: dict[object, Batch] = {}
        self.real = self._box(8 if self.names else 1, -3, 3)
        self.positive = self._box(8, 0.1, 4)  # for roots and logarithms
        self.fractions = self._box(8, 0.01, 0.99)
        self.simple = self._batch(
            {name: CONTEXT.mpf(self._rng.choice((-17, -13, -7, 3, 7, 13, 17))) / 10 for name in self.names}
            for _ in range(12)
        )

    @cached_property
    def complex(self) -> Batch:
        """Complex points, for expressions that are real hardly anywhere."""
        points = ({name: CONTEXT.mpc(self._draw(-2, 2), self._draw(-2, 2)) for name in self.names} for _ in range(8))
        return Batch(points, False, self.assume)

    @cached_property
    def simple_complex(self) -> Batch:
        """The points that read well, for values that are not real."""
        return Batch(self.simple.drawn, False, self.assume)

    @cached_property
    def whole(self) -> Batch:
        """Small whole and half numbers, below 0 too: there (a^b)^c and a^(bc) differ."""
        halves = (-6, -4, -2, -1, 1, 2, 4, 6)
        return self._batch({name: CONTEXT.mpf(self._rng.choice(halves)) / 2 for name in self.names} for _ in range(40))

    @cached_property
    def more(self) -> Batch:
        """More points, near and far, so that each piece of an expression with kinks is met."""
        near = ({name: self._draw(-3, 3) for name in self.names} for _ in range(16))
        far = ({name: self._draw(-60, 60) for name in self.names} for _ in range(8 if self.names else 0))
        return self._batch(chain(near, far))

    def around(self, *exprs: sympy.Basic) -> Batch:
        """Return points between, beyond and close to the numbers that occur: a kink may be at each of them."""
        edges = tuple(sorted(set[Value]().union(*map(_edges, exprs))))
        moving = tuple(sorted(set[str]().union(*map(_kinked_names, exprs)) & set(self.names)))
        if (edges, moving) not in self._around:
            self._around[edges, moving] = self._batch(self._near(edges, moving))
        return self._around[edges, moving]

    def _near(self, edges: tuple[Value, ...], moving: tuple[str, ...]) -> Iterator[Place]:
        places = list(pairwise([edges[0] * 2 - 1, *edges, edges[-1] * 2 + 1]))
        places += [(edge, edge + side * near) for edge in edges for near in NEAR for side in (1, -1)]
        for low, high in places:
            for one in moving:
                yield {name: self._draw(-3, 3) for name in self.names} | {one: self._draw(low, high)}
            if len(moving) > 1:
                together = {name: self._draw(low, high) for name in moving}
                yield {name: self._draw(-3, 3) for name in self.names} | together

    def _box(self, count: int, low: float, high: float) -> Batch:
        return self._batch({name: self._draw(low, high) for name in self.names} for _ in range(count))

    def _batch(self, points: Iterable[Place]) -> Batch:
        return Batch(points, True, self.assume)

    def _draw(self, low: Value, high: Value) -> Value:
        return CONTEXT.mpf(self._rng.randrange(10**40)) / 10**40 * (high - low) + low


@lru_cache(maxsize=256)
def points_in(names: frozenset[str], assume: Assumption | None = None) -> Points:
    """Return the points for these symbols, made once."""
    return Points(names, assume)


@lru_cache(maxsize=4096)
def is_kinked(expr: sympy.Basic) -> bool:
    """Tell whether an expression is made of pieces. If not, agreement somewhere is agreement everywhere."""
    return bool(expr.has(*KINKED))


@lru_cache(maxsize=4096)
def is_rooted(expr: sympy.Basic) -> bool:
    """Tell whether a symbol stands in an exponent or under a root: then an expression may have several branches."""
    return any(not power.exp.is_Integer and power.base.free_symbols for power in expr.atoms(sympy.Pow))


@lru_cache(maxsize=4096)
def _edges(expr: sympy.Basic) -> frozenset[Value]:
    """Return 0 and the value of every part without symbols, on both sides of 0."""
    numbers = [CONTEXT.zero]
    for part in sympy.preorder_traversal(expr):
        if isinstance(part, sympy.Expr) and not part.free_symbols:
            with suppress(Undefined, Unknown):
                numbers.append(evaluate(part, {}))
    return frozenset(side * number for number in islice(numbers, MAX_EDGES) for side in (1, -1))


@lru_cache(maxsize=4096)
def _kinked_names(expr: sympy.Basic) -> frozenset[str]:
    """Return the symbols that an expression's pieces depend on."""
    return frozenset(symbol.name for part in expr.atoms(*KINKED) for symbol in part.free_symbols)
