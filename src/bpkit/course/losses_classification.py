"""Chapter 05, labels −1 and +1: the zero-one loss and the hinge loss."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Expression, Function, Mistake, together
from bpkit.checking.functions import Case

from .exercise import Problem
from .losses_labelled import Labelled, y
from .losses_squared import CHAPTER, ENOUGH, MOST_AT_ONCE, one_number

Floats = NDArray[np.floating[Any]]
Slips = list[tuple[str, Callable[[Floats, Floats], Any]]]

a = sympy.Symbol("a")


def _cases(zeros: bool) -> list[Case]:
    """Scores and labels of unequal sizes, with margins on both sides of 0 and 1; with `zeros`, also scores of 0."""
    rng = np.random.default_rng(59)
    cases = []
    for number, N in enumerate((8, 11, 6, 9)):
        labels = rng.choice([-1.0, 1.0], size=N)
        labels[:2] = 1, -1
        scores = rng.normal(scale=2, size=N) + labels * (number % 2)  # in every other case most of them are right
        said = f"N = {N} samples"
        if zeros and number >= 2:
            scores[:number] = 0
            said += f", {number} of them with the score 0"
        cases.append(Case((scores, labels), said))
    return cases


def _zero_one(a: Floats, y: Floats) -> Any:
    """Return the share of the samples whose score does not have the sign of their label."""
    return np.mean(y * a <= 0)


def _hinge(a: Floats, y: Floats) -> Any:
    """Return the mean of max(0, 1 − y a) over the samples."""
    return np.mean(np.maximum(0, 1 - y * a))


def _together_with_sums(terms: Slips) -> Slips:
    """Join each slip in a sample's loss, or none, with a sum that stands for the mean."""
    made: Slips = []
    for (slug, term), (other, total) in product(terms, (("", np.mean), ("samples-not-averaged", np.sum))):
        slugs = [part for part in (*slug.split("+"), other) if part]
        if 0 < len(slugs) <= MOST_AT_ONCE:
            made.append((together(*slugs), lambda a, y, f=term, g=total: g(f(a, y))))  # type: ignore[misc]
    return made


def _not_reduced(loss: Callable[[Floats, Floats], Any]) -> Slips:
    """List what comes of a sample's loss if not all samples enter one number."""
    return [
        ("samples-apart", loss),
        ("samples-apart", lambda a, y: loss(a, y) / len(a)),
        ("averaged-again", lambda a, y: np.mean(loss(a, y)) / len(a)),
        ("one-sample", lambda a, y: loss(a, y)[0]),
        ("one-sample", lambda a, y: loss(a, y)[-1]),
        ("one-sample", lambda a, y: loss(a, y)[0] / len(a)),
        ("one-sample", lambda a, y: loss(a, y)[-1] / len(a)),
    ]


def _zero_one_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the zero-one loss in code."""
    terms: Slips = [
        ("", lambda a, y: y * a <= 0),
        ("right-counted", lambda a, y: y * a > 0),
        ("right-counted", lambda a, y: y * a >= 0),
        ("zero-score-right", lambda a, y: y * a < 0),
        ("zero-score-right", lambda a, y: np.where(a >= 0, 1, -1) != y),
        ("zero-score-right", lambda a, y: np.where(a > 0, 1, -1) != y),
        ("zero-score-half", lambda a, y: np.abs(np.sign(a) - y) / 2),
        ("zero-score-half", lambda a, y: (np.sign(a) - y) ** 2 / 4),
        ("label-ignored", lambda a, y: a <= 0),
        ("label-ignored", lambda a, y: a < 0),
        ("score-for-label", lambda a, y: np.round(a) != y),
        ("margin-of-one", lambda a, y: y * a <= 1),
        ("margin-itself", lambda a, y: y * a),
        ("labels-zero-one", lambda a, y: (a > 0) != y),
        ("labels-zero-one", lambda a, y: (a > 0.5) != y),
        ("labels-zero-one", lambda a, y: (a > 0.5) != (y > 0)),
        ("hinge-for-zero-one", lambda a, y: np.maximum(0, 1 - y * a)),
    ]
    made = _together_with_sums(terms) + _not_reduced(lambda a, y: 1.0 * (y * a <= 0))
    made.append(("margin-averaged", lambda a, y: 1.0 * (np.mean(y * a) <= 0)))
    made.append(("gradient-for-loss", lambda a, y: np.zeros_like(a)))
    # A score hardly ever equals its label, so this counts all samples as errors.
    made += [("always-one", lambda a, y: np.mean(a != y)), ("samples-counted", lambda a, y: np.sum(a != y))]
    return tuple(Mistake(slug, function) for slug, function in made)


def _hinge_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the hinge loss in code."""
    terms: Slips = [
        ("", lambda a, y: np.maximum(0, 1 - y * a)),
        ("margin-sign", lambda a, y: np.maximum(0, 1 + y * a)),
        ("one-missing", lambda a, y: np.maximum(0, -y * a)),
        ("one-missing+margin-sign", lambda a, y: np.maximum(0, y * a)),
        ("shortfall-reversed", lambda a, y: np.maximum(0, y * a - 1)),
        ("corner-elsewhere", lambda a, y: np.where(y * a > 0, 0, 1 - y * a)),
        ("capped", lambda a, y: np.clip(1 - y * a, 0, 1)),
        ("size-for-margin", lambda a, y: np.maximum(0, 1 - np.abs(a))),
        ("maximum-missing", lambda a, y: 1 - y * a),
        ("label-ignored", lambda a, y: np.maximum(0, 1 - a)),
        ("difference-for-product", lambda a, y: np.maximum(0, y - a)),
        ("difference-for-product", lambda a, y: np.maximum(0, 1 - (y - a))),
        ("absolute-for-maximum", lambda a, y: np.abs(1 - y * a)),
        ("minimum-for-maximum", lambda a, y: np.minimum(0, 1 - y * a)),
        ("squared-hinge", lambda a, y: np.maximum(0, 1 - y * a) ** 2),
        ("maximum-missing+squared-hinge", lambda a, y: (1 - y * a) ** 2),
        ("counted-for-measured", lambda a, y: y * a < 1),
        ("zero-one-for-hinge", lambda a, y: y * a <= 0),
    ]
    made = _together_with_sums(terms) + _not_reduced(lambda a, y: np.maximum(0, 1 - y * a))
    made += [
        ("maximum-after-mean", lambda a, y: np.maximum(0, 1 - np.mean(y * a))),
        ("maximum-after-mean", lambda a, y: np.maximum(0, np.sum(1 - y * a))),
        ("largest-for-mean", lambda a, y: np.max(np.maximum(0, 1 - y * a))),
        ("middle-for-mean", lambda a, y: np.median(np.maximum(0, 1 - y * a))),
        ("maximum-of-numbers", lambda a, y: np.mean(max(0, 1 - y * a))),  # type: ignore[call-overload]
        ("maximum-of-numbers", lambda a, y: np.mean(np.max(0, 1 - y * a))),
        ("gradient-for-loss", lambda a, y: np.where(y * a < 1, -y, 0)),
        ("gradient-for-loss", lambda a, y: np.where(y * a < 1, -y, 0) / len(a)),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


@CHAPTER.exercise("5.8", "Two losses for labels", covers=("fda/zero-one", "fda/hinge"), points=3)
def label_code() -> Problem:
    """The zero-one loss and the hinge loss of N samples with labels −1 and +1."""
    return Problem(
        statement=r"""
`a` holds the scores of $N$ samples and `y` their labels, each $-1$ or $+1$; both have shape $(N,)$. Write two
functions, each of which returns one number:

- `zero_one(a, y)`, the mean of the zero-one losses of the samples, that is, the share of errors. A score of exactly 0
  counts as an error, as in the definition above.
- `hinge(a, y)`, the mean of the hinge losses, $\frac{1}{N} \sum_{i=1}^{N} \max(0,\, 1 - y_i a_i)$.
""",
        answers=(
            Function("zero_one", _zero_one, _cases(zeros=True), _zero_one_slips(), rtol=ENOUGH, use=one_number),
            Function("hinge", _hinge, _cases(zeros=False), _hinge_slips(), rtol=ENOUGH, use=one_number),
        ),
        hints=(
            "Compute the margins of all samples first; both losses are functions of the margin.",
            "A comparison gives True or False for each entry, and True counts as 1 in a mean.",
            "The larger of 0 and another number, entry by entry: that is np.maximum, not np.max.",
        ),
        solution=r"""
The margins are `y * a`. The zero-one loss counts those that are not positive, and the hinge loss averages what each
of them falls short of 1.
""",
    )


def _corner_slips() -> tuple[Mistake, ...]:
    """List what becomes of the slope of max(0, 1 − a) when something slips on the way."""
    loss, slope = 1 - a, sympy.S.NegativeOne

    def pieces(inside: sympy.Expr, outside: sympy.Expr, before: Any = a < 1) -> sympy.Expr:
        """Return `inside` where the loss is positive, and `outside` beyond the corner."""
        return sympy.Piecewise((inside, before), (outside, True))

    return (
        Mistake("flat-missing", slope),
        Mistake("corner-elsewhere", pieces(slope, sympy.S.Zero, a < 0)),
        Mistake("corner-elsewhere", pieces(slope, sympy.S.Zero, a < -1)),
        Mistake("two-corners", pieces(slope, sympy.S.Zero, sympy.Abs(a) < 1)),
        Mistake("two-corners", pieces(-slope, sympy.S.Zero, sympy.Abs(a) < 1)),
        Mistake("height-for-slope", pieces(loss, sympy.S.Zero)),
        Mistake("height-for-slope", pieces(a, sympy.S.Zero)),
        Mistake("height-for-slope", pieces(-a, sympy.S.Zero)),
        Mistake("height-for-slope", pieces(slope, loss)),
        Mistake("sides-exchanged", pieces(sympy.S.Zero, slope)),
        Mistake("absolute-for-maximum", pieces(slope, -slope)),
        Mistake("other-label", pieces(sympy.S.One, sympy.S.Zero, a > -1)),
        Mistake("squared-hinge", pieces(2 * loss * slope, sympy.S.Zero)),
    )


def _margin_slips() -> tuple[Mistake, ...]:
    """List what becomes of the slope of max(0, 1 − y a), with the label as a symbol."""
    margin = y * a

    def pieces(inside: Any, outside: Any, before: Any) -> sympy.Expr:
        return sympy.Piecewise((inside, before), (outside, True))

    short = margin < 1
    return (
        Mistake("inner-derivative-dropped", pieces(-1, 0, short)),
        Mistake("inner-derivative-dropped", pieces(1, 0, short)),
        Mistake("wrong-variable", pieces(-a, 0, short)),
        Mistake("height-for-slope", pieces(1 - margin, 0, short)),
        Mistake("height-for-slope", 1 - margin),
        Mistake("height-for-slope", pieces(-margin, 0, short)),
        Mistake("height-for-slope", pieces(-y, 1 - margin, short)),
        # What holds y alone is the same for all scores.
        *(Mistake("flat-missing", constant) for constant in (-y, -sympy.Max(0, y), sympy.Max(0, -y))),
        Mistake("not-flat-beyond", pieces(-y, 1, short)),
        Mistake("not-flat-beyond", pieces(-y, -1, short)),
        Mistake("corner-elsewhere", pieces(-y, 0, margin < 0)),
        Mistake("corner-elsewhere", pieces(-y, 0, margin < -1)),
        Mistake("corner-by-score", pieces(-y, 0, a < 1)),
        Mistake("corner-by-score", pieces(-y, 0, a < y)),
        Mistake("sides-exchanged", pieces(0, -y, short)),
        Mistake("absolute-for-maximum", pieces(-y, y, short)),
        Mistake("squared-hinge", pieces(-2 * y * (1 - margin), 0, short)),
        Mistake("squared-hinge", pieces(-y * (1 - margin), 0, short)),
    )


@CHAPTER.exercise("5.9", "The slope of the hinge", covers="fda/hinge", points=3)
def hinge_slope() -> Problem:
    """∂L/∂a for L = max(0, 1 − y a): for the label +1, and for both labels at once."""
    return Problem(
        statement=r"""
The hinge loss of one sample is $L = \max(0,\, 1 - y\,a)$. What is $\frac{dL}{da}$

(a) for the label $y = +1$, an expression in `a`,

(b) for either label, one expression in `a` and `y`?

As text, pieces can be written like `"2*a if a > 5 else 3"`; a comparison in brackets, as in `"3*(a > 5)"`, counts as 1
where it holds and 0 elsewhere; with SymPy there is `sympy.Piecewise`. The convention at the kink is up to you.
""",
        answers=(
            Expression(
                "dL_da_plus",
                sympy.Piecewise((-1, a < 1), (0, True)),
                ("a",),
                _corner_slips(),
                measured="the slope measured",
                kinks=(("a", 1),),
            ),
            Labelled(
                "dL_da",
                sympy.Piecewise((-y, y * a < 1), (0, True)),
                ("a",),
                _margin_slips(),
                measured="the slope measured",
                kinks=(("a", 1 / y),),
            ),
        ),
        hints=(
            "Draw the loss for y = +1. Where is it 0, and how steep is the line before that?",
            "For y = −1 the picture is mirrored: the corner lies on the other side of 0.",
            "In (b) the two pieces are told apart by the margin y·a; differentiate 1 − y·a by a.",
        ),
        solution=r"""
While the margin $y\,a$ is below 1, the loss is $1 - y\,a$, with slope $-y$; beyond that it is 0, with slope 0. So
$$\frac{dL}{da} = \begin{cases} -y & \text{if } y\,a < 1 \\ 0 & \text{if } y\,a > 1 \end{cases}$$
For $y = +1$ that is $-1$ left of $a = 1$. At the kink itself every value between $-y$ and $0$ is a *subgradient*; which
one a program takes is a convention.
""",
    )
