"""Expressions in which one symbol stands for one of two labels, and nothing in between."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy
from sympy.core.relational import Relational

from bpkit.checking import Expression
from bpkit.checking.expressions import by_name
from bpkit.checking.kinks import Kink, Place
from bpkit.checking.reading import read_expression
from bpkit.checking.verdict import Verdict

y = sympy.Symbol("y")


@dataclass(frozen=True)
class Labelled(Expression):
    """An expression in which y is one of two labels.

    Parameters
    ----------
    labels
        The lower and the upper one. Points are drawn with y anywhere; what y stands for there is one of the two.
    """

    labels: tuple[int, int] = (-1, 1)

    def __post_init__(self) -> None:
        """Let y stand for the label on its side of 0."""
        low, high = self.labels
        object.__setattr__(self, "known", {**self.known, "y": low + (high - low) * sympy.Heaviside(y)})

    def _beside(self, kink: Kink) -> list[Place]:
        """Look at a kink for each label."""
        return [{**place, "y": sympy.Integer(label)} for place in super()._beside(kink)[:1] for label in self.labels]

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Compare at both labels; where the answer asks whether y is one of them, ask on which side it lies."""
        verdict = super().judge(given, why)
        if verdict.status not in ("undecided", "incorrect"):
            return verdict
        read = by_name(read_expression(given, self._names, self.functions))
        sides = _by_sides(read, *self.labels)
        if sides == read:
            return verdict
        return replace(super().judge(sides, why), understood=verdict.understood)


def _by_sides(expr: sympy.Expr, low: int, high: int) -> sympy.Expr:
    """Write what is asked of y alone, such as y = high, as y > middle: on the edge of it nothing is computed."""
    middle = sympy.Rational(low + high, 2)
    sides = {
        (True, True): sympy.true,
        (False, True): y > middle,
        (True, False): y < middle,
        (False, False): sympy.false,
    }
    asked = (relation for relation in expr.atoms(Relational) if relation.free_symbols == {y})
    told = {relation: tuple(relation.subs(y, label) == sympy.true for label in (low, high)) for relation in asked}
    return expr.xreplace({relation: sides[truths] for relation, truths in told.items()})
