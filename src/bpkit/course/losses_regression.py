"""Chapter 05, regression: squared and absolute errors, averaged over samples."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from bpkit.checking import Expression, Function, Mistake, together
from bpkit.checking.arrays import read_array
from bpkit.checking.functions import Case
from bpkit.checking.verdict import AnswerError

from .exercise import Problem
from .losses_squared import CHAPTER, MOST_AT_ONCE, N, a_j, c, slope_slips, y_j

Floats = NDArray[np.floating[Any]]
Slips = list[tuple[str, Callable[[Floats, Floats], Any]]]

a_i, y_i = sympy.symbols("a_i y_i")


def _absolute_slips() -> list[Mistake]:
    """List what becomes of ∂/∂a_i of (1/N) Σ |a_i − y_i| when something slips on the way."""
    difference = a_i - y_i
    shapes = [
        ("difference-reversed", -sympy.sign(difference)),
        ("square-not-differentiated", sympy.Abs(difference)),
        ("size-for-sign", difference),
        ("square-for-absolute", 2 * difference),
        ("sides-alike", sympy.S.One),
        ("flat-side", sympy.Heaviside(difference)),
        ("flat-side", -sympy.Heaviside(-difference)),
        ("target-missing", sympy.sign(a_i)),
        ("sum-and-product", sympy.sign(a_i * y_i)),
    ]
    made = [Mistake(slug, shape / N) for slug, shape in shapes]
    made.append(Mistake("factor-inverted", N * sympy.sign(difference)))
    made.append(Mistake("samples-not-averaged", sympy.sign(difference)))
    made += [Mistake(together(slug, "samples-not-averaged"), shape) for slug, shape in shapes]
    return made


@CHAPTER.exercise("5.6", "Two slopes, square and absolute", covers=("fda/mse", "fda/mae"), points=3)
def regression_slopes() -> Problem:
    """∂L_T/∂a_i for the means of (a_i − y_i)² and |a_i − y_i| over N samples of one output."""
    squared = sympy.factor(sympy.diff((a_i - y_i) ** 2 / N, a_i))
    absolute = sympy.sign(a_i - y_i) / N
    renamed = {a_j: a_i, y_j: y_i, c: N}
    squared_slips = [Mistake(slug, slip.xreplace(renamed)) for slug, slip in slope_slips(1 / c) if not slip.has(N)]
    symbols = ("a_i", "y_i", "N")
    return Problem(
        statement=r"""
For $N$ samples the network's single output is $a_i$ and the target $y_i$, with $i = 1, \dots, N$. What is the slope of
the total loss by *one* of the outputs, $\frac{\partial L_T}{\partial a_i}$,

(a) for the mean squared error $L_T = \frac{1}{N} \sum_{i=1}^{N} (a_i - y_i)^2$,

(b) for the mean absolute error $L_T = \frac{1}{N} \sum_{i=1}^{N} |a_i - y_i|$?

Hand in two expressions in `a_i`, `y_i` and `N`. In (b) you may use `sign(…)`, or pieces such as
`"2 if a_i > 5 else 3"`; the value at $a_i = y_i$ is up to you.
""",
        answers=(
            Expression("dmse_da", squared, symbols, tuple(squared_slips), measured="the slope measured", counts=("N",)),
            Expression(
                "dmae_da",
                absolute,
                symbols,
                tuple(_absolute_slips()),
                functions={"sgn": sympy.sign},
                measured="the slope measured",
                counts=("N",),
            ),
        ),
        hints=(
            "In how many terms of the sum does this one output occur? The others do not move.",
            "Draw |a − 2| as a function of a. It is made of two straight lines: how steep is each?",
            "The factor in front of the sum stays, in (a) and in (b).",
        ),
        solution=r"""
Only the $i$-th term moves. (a) is 5.2 with $N$ in place of $c$: $\frac{2}{N}(a_i - y_i)$.

(b) $|a_i - y_i|$ is $a_i - y_i$ to the right of the target and $y_i - a_i$ to the left of it, so its slope is $1$
there and $-1$ here: $\frac{1}{N}\, \mathrm{sign}(a_i - y_i)$. At $a_i = y_i$ there is no derivative, and the value 0
that `sign` gives is a convention.
""",
    )


def _cases(ties: bool) -> list[Case]:
    """Outputs and targets of unequal shapes; with `ties`, the last two hold outputs that equal their targets."""
    rng = np.random.default_rng(57)
    cases = []
    for number, (outputs, samples) in enumerate(((3, 5), (2, 7), (4, 3), (5, 2))):
        a, y = rng.normal(size=(2, outputs, samples))
        said = f"c = {outputs} outputs and N = {samples} samples"
        if ties and number >= 2:
            a[1, :2] = y[1, :2]
            said += ", two of the outputs equal to their targets"
        cases.append(Case((a, y), said))
    return cases


def _mae(a: Floats, y: Floats) -> Any:
    """Return the mean of |a − y| over all outputs and samples: one number."""
    return np.mean(np.abs(a - y))


def _mae_gradient(a: Floats, y: Floats) -> Any:
    """Return the slope by every output, in the shape of a; it is 0 where an output equals its target."""
    return np.sign(a - y) / a.size


def _at_ties(given: Callable[..., Any], a: Floats, y: Floats) -> Any:
    """Call `given`; where a = y, take any slope between the slopes on both sides for 0.

    Raises
    ------
    AnswerError
        If there is no number where a = y.
    """
    slopes = given(a, y)
    try:
        read = read_array(slopes, text=False)
    except AnswerError:
        return slopes
    if read.shape != a.shape:
        return slopes
    tie = a == y
    if np.isnan(read[tie]).any():
        raise AnswerError("your function returns nan where an output equals its target. There, choose a number.")
    return np.where(tie & (np.abs(read) <= 1.000001 / a.size), 0.0, read)


def _means(name: str) -> tuple[tuple[str, Callable[[Floats], Any]], ...]:
    """Return what stands for the mean over all, and what it is mistaken for; `name` is that of the right one."""
    return (
        (name, lambda terms: terms / terms.size),
        ("samples-not-averaged", lambda terms: terms / len(terms)),
        ("outputs-summed", lambda terms: terms / terms.shape[1]),
        ("outputs-summed+samples-not-averaged", lambda terms: terms),
        ("averaged-again", lambda terms: terms / terms.size / terms.shape[1]),
        ("factor-extra", lambda terms: terms / terms.size / len(terms)),
    )


def _loss_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the mean absolute error in code."""
    terms: Slips = [
        ("", lambda a, y: np.abs(a - y)),
        ("square-for-absolute", lambda a, y: (a - y) ** 2),
        ("absolute-missing", lambda a, y: a - y),
        ("absolute-missing", lambda a, y: y - a),
        ("absolute-too-early", lambda a, y: np.abs(a) - np.abs(y)),
        ("target-missing", lambda a, y: np.abs(a)),
        ("term-sign", lambda a, y: np.abs(a + y)),
    ]
    made: Slips = []
    for (slug, term), (other, divided) in product(terms, _means("")):
        slugs = [part for part in (slug, *other.split("+")) if part]
        if 0 < len(slugs) <= MOST_AT_ONCE:
            made.append((together(*slugs), lambda a, y, f=term, g=divided: np.sum(g(f(a, y)))))  # type: ignore[misc]
    made += [
        ("absolute-after-mean", lambda a, y: np.abs(np.mean(a - y))),
        ("absolute-after-mean", lambda a, y: np.mean(np.abs(np.mean(a - y, axis=0)))),
        ("absolute-after-mean", lambda a, y: np.mean(np.abs(np.mean(a - y, axis=1)))),
        ("root-taken+square-for-absolute", lambda a, y: np.sqrt(np.mean((a - y) ** 2))),
        ("middle-for-mean", lambda a, y: np.median(np.abs(a - y))),
        ("largest-for-mean", lambda a, y: np.max(np.abs(a - y))),
        ("samples-apart", lambda a, y: np.mean(np.abs(a - y), axis=0)),
        ("samples-apart", lambda a, y: np.sum(np.abs(a - y), axis=0)),
        ("samples-apart", lambda a, y: np.sum(np.abs(a - y), axis=0) / a.size),
        ("outputs-apart", lambda a, y: np.mean(np.abs(a - y), axis=1)),
        ("entries-apart", lambda a, y: np.abs(a - y)),
        ("entries-apart", lambda a, y: np.abs(a - y) / a.size),
        ("one-sample", lambda a, y: np.mean(np.abs(a - y)[:, 0])),
        ("one-sample", lambda a, y: np.mean(np.abs(a - y)[:, -1])),
        ("one-output", lambda a, y: np.mean(np.abs(a - y)[0])),
        ("one-output", lambda a, y: np.mean(np.abs(a - y)[-1])),
        ("gradient-for-loss", lambda a, y: np.sign(a - y) / a.size),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


def _gradient_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the gradient in code."""
    shapes: Slips = [
        ("", lambda a, y: np.sign(a - y)),
        ("difference-reversed", lambda a, y: np.sign(y - a)),
        ("size-for-sign", lambda a, y: a - y),
        ("square-not-differentiated", lambda a, y: np.abs(a - y)),
        ("square-for-absolute", lambda a, y: 2 * (a - y)),
        ("sides-alike", lambda a, y: np.ones_like(a)),
        ("flat-side", lambda a, y: 1.0 * (a > y)),
        ("flat-side", lambda a, y: -1.0 * (a < y)),
        ("target-missing", lambda a, y: np.sign(a)),
        ("term-sign", lambda a, y: np.sign(a + y)),
        ("no-number-at-kink", lambda a, y: (a - y) / np.abs(a - y)),
    ]
    made: Slips = []
    for (slug, shape), (other, divided) in product(shapes, _means("")):
        slugs = [part for part in (slug, *other.split("+")) if part]
        if 0 < len(slugs) <= MOST_AT_ONCE:
            made.append((together(*slugs), lambda a, y, f=shape, g=divided: g(f(a, y))))  # type: ignore[misc]
    made += [
        ("square-not-differentiated", _mae),
        ("sum-for-component", lambda a, y: np.sum(np.sign(a - y), axis=0) / a.size),
        ("sum-for-component", lambda a, y: np.sum(np.sign(a - y)) / a.size),
        ("samples-merged", lambda a, y: np.mean(np.sign(a - y), axis=1)),
        ("samples-merged", lambda a, y: np.mean(np.sign(a - y), axis=1) / len(a)),
        ("kink-out-of-range", lambda a, y: np.where(a == y, 1.0, np.sign(a - y) / a.size)),
    ]
    return tuple(Mistake(slug, function) for slug, function in made)


@CHAPTER.exercise("5.7", "Absolute errors in code", covers="fda/mae", points=3)
def absolute_code() -> Problem:
    """The mean absolute error of a batch, and its gradient, for outputs and targets of shape (c, N)."""
    return Problem(
        statement=r"""
A batch of $N$ samples with $c$ outputs each is an array `a` of shape $(c, N)$: each column is a sample. The targets
`y` have the same shape. Write two functions.

- `mae(a, y)` returns the total loss
  $L_T = \frac{1}{N} \sum_{i=1}^{N} \frac{1}{c} \sum_{j=1}^{c} |a_{ji} - y_{ji}|$, one number.
- `mae_gradient(a, y)` returns its slope by every single output, an array of shape $(c, N)$. Where an output equals
  its target, any number from the slope on the left to the slope on the right will do.
""",
        answers=(
            Function("mae", _mae, _cases(ties=False), mistakes=_loss_slips()),
            Function(
                "mae_gradient",
                _mae_gradient,
                _cases(ties=True),
                mistakes=_gradient_slips(),
                forward=_mae,
                by=(0,),
                use=_at_ties,
            ),
        ),
        hints=(
            "Both means together are one mean over all entries of the array. How many are there?",
            "NumPy has a function for absolute values, and one that returns 1, −1 or 0 by the sign of each entry.",
            "Is there a division by a − y in the gradient? Think of what it does where they are equal.",
        ),
        solution=r"""
The two means are one over all $c N$ entries, and `a.size` is their number. By 5.6 each slope is
$\frac{1}{cN}\, \mathrm{sign}(a_{ji} - y_{ji})$. `np.sign` gives 0 at a tie, which is one of the values that the
convention allows; the quotient $\frac{a - y}{|a - y|}$ would be $\frac{0}{0}$.
""",
    )
