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
from .losses_squared import CHAPTER, ENOUGH, MOST_AT_ONCE, N, a_j, c, slope_slips, y_j

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
        ("one-for-variable", sympy.sign(a_i - 1)),
        ("one-for-variable", sympy.sign(1 - y_i)),
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
    squared_slips += [Mistake("one-for-variable", squared.subs(variable, 1)) for variable in (a_i, y_i)]
    symbols = ("a_i", "y_i", "N")
    return Problem(
        statement=r"""
For $N$ samples the network's single output is $a_i$ and the target $y_i$, with $i = 1, \dots, N$. What is the slope of
the total loss with respect to *one* of the outputs, $\frac{\partial L_T}{\partial a_i}$,

(a) for the mean squared error $L_T = \frac{1}{N} \sum_{i=1}^{N} (a_i - y_i)^2$,

(b) for the mean absolute error $L_T = \frac{1}{N} \sum_{i=1}^{N} |a_i - y_i|$?

Hand in two expressions in `a_i`, `y_i` and `N`. In (b) you may use `sign(…)`, or pieces such as
`"2 if a_i > 5 else 3"`. At $a_i = y_i$ the convention is up to you: leave the place out, or choose a subgradient.
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
                kinks=(("a_i", y_i),),
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
and $-1$: $\frac{1}{N}\, \mathrm{sign}(a_i - y_i)$. At $a_i = y_i$ there is no derivative, and the value 0 that `sign`
gives is a convention.
""",
    )


def _cases() -> list[Case]:
    """Outputs and targets of unequal lengths; in the last two, some outputs equal their targets."""
    rng = np.random.default_rng(57)
    cases = []
    for number, samples in enumerate((5, 8, 7, 4)):
        a, y = rng.normal(size=(2, samples))
        said = f"N = {samples} samples"
        if number >= 2:
            a[1:3] = y[1:3]
            said += ", two of the outputs equal to their targets"
        cases.append(Case((a, y), said))
    return cases


def _mae_gradient(a: Floats, y: Floats) -> Any:
    """Return the slope by every output, in the shape of a; it is 0 where an output equals its target."""
    return np.sign(a - y) / len(a)


def _mae(a: Floats, y: Floats) -> Any:
    """Return the mean of |a − y|: one number."""
    return np.mean(np.abs(a - y))


def _at_ties(given: Callable[..., Any], a: Floats, y: Floats) -> Any:
    """Call `given`; where a = y, take any slope between the slopes on both sides for 0.

    Raises
    ------
    AnswerError
        If there is no number where a = y, or if all is right but the numbers there.
    """
    slopes = given(a, y)
    try:
        read = read_array(slopes, text=False)
    except AnswerError:
        return slopes
    tie = a == y
    if read.shape != a.shape or not tie.any():
        return slopes
    if np.isnan(read[tie]).any():
        raise AnswerError("your function returns nan where an output equals its target.")
    outside = tie & (np.abs(read) > (1 + ENOUGH) / a.size)
    if outside.any() and np.allclose(read[~tie], _mae_gradient(a, y)[~tie], rtol=ENOUGH):
        raise AnswerError("your function returns what is no subgradient where an output equals its target.")
    return np.where(tie & ~outside, 0.0, read)


def _gradient_slips() -> tuple[Mistake, ...]:
    """Return functions that make the mistakes of the gradient in code."""
    shapes: Slips = [
        ("", lambda a, y: np.sign(a - y)),
        ("", lambda a, y: np.where(a > y, 1.0, -1.0)),
        ("", lambda a, y: np.where(a >= y, 1.0, -1.0)),
        ("difference-reversed", lambda a, y: np.sign(y - a)),
        ("size-for-sign", lambda a, y: a - y),
        ("square-not-differentiated", lambda a, y: np.abs(a - y)),
        ("square-for-absolute", lambda a, y: 2 * (a - y)),
        ("sides-alike", lambda a, y: np.ones_like(a)),
        ("flat-side", lambda a, y: 1.0 * (a > y)),
        ("flat-side", lambda a, y: -1.0 * (a < y)),
        ("target-missing", lambda a, y: np.sign(a)),
        ("absolute-too-early", lambda a, y: np.sign(np.abs(a) - np.abs(y))),
        ("term-sign", lambda a, y: np.sign(a + y)),
        ("no-number-at-kink", lambda a, y: (a - y) / np.abs(a - y)),
    ]
    means: tuple[tuple[str, Callable[[Floats], Any]], ...] = (
        ("", lambda terms: terms / terms.size),
        ("samples-not-averaged", lambda terms: terms),
        ("averaged-again", lambda terms: terms / terms.size**2),
    )
    made: Slips = []
    for (slug, shape), (other, divided) in product(shapes, means):
        slugs = [part for part in (slug, other) if part]
        if 0 < len(slugs) <= MOST_AT_ONCE:
            made.append((together(*slugs), lambda a, y, f=shape, g=divided: g(f(a, y))))  # type: ignore[misc]
    made += [
        ("square-not-differentiated", _mae),
        ("samples-merged", lambda a, y: np.sum(np.sign(a - y)) / len(a)),
        ("samples-merged", lambda a, y: np.sum(np.sign(a - y))),
        ("one-sample", lambda a, y: (np.sign(a - y) / len(a))[0]),
        ("one-sample", lambda a, y: (np.sign(a - y) / len(a))[-1]),
        ("kink-out-of-range", lambda a, y: np.where(a == y, 1.0, np.sign(a - y) / len(a))),
    ]
    made += [("size-fixed", lambda a, y, n=count: np.sign(a - y) / n) for count in range(3, 10)]  # type: ignore[misc]
    return tuple(Mistake(slug, function) for slug, function in made)


@CHAPTER.exercise("5.7", "Absolute errors in code", covers="fda/mae", points=2)
def absolute_code() -> Problem:
    """The gradient of the mean absolute error of N samples."""
    return Problem(
        statement=r"""
`a` holds the outputs of $N$ samples and `y` their targets; both have shape $(N,)$. Write `mae_gradient(a, y)`. It
returns the slope of the mean absolute error $L_T = \frac{1}{N} \sum_{i=1}^{N} |a_i - y_i|$ with respect to each output,
an array of shape $(N,)$. Some outputs may equal their targets. There, any subgradient will do, if it is a number.
""",
        answers=(
            Function(
                "mae_gradient",
                _mae_gradient,
                _cases(),
                mistakes=_gradient_slips(),
                forward=_mae,
                by=(0,),
                rtol=ENOUGH,
                use=_at_ties,
            ),
        ),
        hints=(
            "Exercise 5.6 gives one entry; here all N of them are computed at once.",
            "NumPy has a function that returns 1, −1 or 0 by the sign of each entry.",
            "Is there a division by a − y in it? Think of what it does where they are equal.",
        ),
        solution=r"""
By 5.6 each slope is $\frac{1}{N}\, \mathrm{sign}(a_i - y_i)$. `np.sign` gives 0 at a tie, which is one of the
subgradients; the quotient $\frac{a - y}{|a - y|}$ would be $\frac{0}{0}$.
""",
    )
