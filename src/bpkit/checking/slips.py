"""What slips of writing and algebra would make of a right answer: a term or factor lost, a sign, an exponent.

They are generated from the right answer itself, so every exercise has them without anyone listing them. They come
after the mistakes that an exercise's derivation leads to, which say more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import sympy

from .verdict import Mistake

MOST_PARTS = 12  # of one sum or product
MOST_SLIPS = 150

TURNED = {sympy.sin: sympy.cos, sympy.cos: sympy.sin, sympy.sinh: sympy.cosh, sympy.cosh: sympy.sinh}


@lru_cache(maxsize=1024)
def slips(expr: sympy.Expr) -> tuple[Mistake, ...]:
    """Return what each single slip makes of `expr`; none of the results is `expr` itself as written."""
    found: dict[tuple[str, sympy.Expr], Mistake] = {}
    # A product of sums is often handed in multiplied out: then its terms are other ones.
    for form in dict.fromkeys((expr, sympy.expand(expr))):
        for slug, result in _slips(form):
            if result != expr and len(found) < MOST_SLIPS:
                found.setdefault((slug, result), Mistake(slug, result))
    return tuple(found.values())


def _slips(expr: sympy.Expr) -> Iterator[tuple[str, sympy.Expr]]:
    for node in sympy.preorder_traversal(expr):
        for slug, changed in _slips_at(node):
            yield slug, _replaced(expr, node, changed)
    for factor in _factors(expr):
        yield "factor-extra", expr * factor
    for one, other in combinations(sorted(expr.free_symbols, key=str), 2):
        yield "variables-swapped", expr.xreplace({one: other, other: one})
    turned = expr.replace(lambda part: part.func in TURNED, lambda part: TURNED[part.func](*part.args))
    if turned != expr:
        yield "functions-swapped", turned


def _slips_at(node: sympy.Basic) -> Iterator[tuple[str, sympy.Expr]]:
    parts = node.args
    if isinstance(node, sympy.Add) and len(parts) <= MOST_PARTS:
        for part in parts:
            yield "term-missing", node - part
            yield "term-sign", node - 2 * part
    elif isinstance(node, sympy.Mul) and len(parts) <= MOST_PARTS:
        for part in parts:
            if not part.is_number:
                yield "factor-missing", node / part
    elif isinstance(node, sympy.Pow) and node.exp.is_Integer and node.exp not in (-1, 1):
        yield "exponent-off", node * node.base
        yield "exponent-off", node / node.base


def _factors(expr: sympy.Expr) -> list[sympy.Expr]:
    """Return what an answer may have been multiplied by once too often: its symbols and its own factors."""
    own = [part for part in sympy.Mul.make_args(expr) if not part.is_number and part != expr]
    return list(dict.fromkeys([*sorted(expr.free_symbols, key=str), *own]))[:MOST_PARTS]


def _replaced(expr: sympy.Expr, node: sympy.Basic, changed: sympy.Expr) -> sympy.Expr:
    return changed if expr == node else expr.xreplace({node: changed})
