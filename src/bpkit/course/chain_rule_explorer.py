"""Chapter 01, the experiment: three linked curves, their slopes, and where nothing passes through."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bpkit.checking import Mistake
from bpkit.checking.measured import Measured, agree
from bpkit.nn.links import LINKS, Composition

from .chain_rule import CHAPTER
from .exercise import Problem

Floats = NDArray[np.float64]

DIGITS = 3
AS_LATEX = {"²": "^2", "−": "-", "sin ": r"\sin ", "cos ": r"\cos ", "exp": r"\exp", "σ": r"\sigma", "tanh": r"\tanh"}


def _in_latex(name: str, t: str) -> str:
    written = LINKS[name].written.format(t=t)
    return re.sub("|".join(AS_LATEX), lambda found: AS_LATEX[found[0]], written)


def _stops(chain: Composition, low: float, high: float) -> list[float]:
    """Return where the slope of the whole turns its sign, by halving."""
    grid = np.linspace(low, high, 4001)
    slopes = chain.slope(grid)
    found = []
    for i in np.flatnonzero(slopes[:-1] * slopes[1:] < 0):
        left, right = float(grid[i]), float(grid[i + 1])
        for _ in range(60):
            middle = (left + right) / 2
            if chain.slope(left) * chain.slope(middle) <= 0:
                right = middle
            else:
                left = middle
        found.append((left + right) / 2)
    return found


def _unlike(wrong: Iterable[tuple[str, object]], right: Floats, digits: int) -> tuple[Mistake, ...]:
    made = ((slug, np.asarray(numbers, float)) for slug, numbers in wrong)
    return tuple(Mistake(slug, numbers) for slug, numbers in made if not agree(numbers, right, digits))


@CHAPTER.exercise(
    "1.8",
    "Slopes, and where they stop a change",
    covers="worksheet/chain-rule",
    points=2,
    vary={
        "h": ("square", "square+1", "2t+1", "exp"),
        "g": ("sin", "cos"),
        "f": ("exp", "exp(-t)", "sigmoid", "tanh"),
        "at": (0.4, 0.5, 0.6, 0.7, 0.9),
    },
)
def stop(h: str = "square+1", g: str = "cos", f: str = "exp", at: float = 0.7) -> Problem:
    """Three local slopes, and the first x > 0 at which their product vanishes."""
    chain = Composition([LINKS[h], LINKS[g], LINKS[f]])
    _, u, v, y = (float(value) for value in chain.values(at))
    slopes = np.array(chain.slopes(at), float)

    def at_inputs(*inputs: float) -> list[float]:
        return [float(link.df(value)) for link, value in zip(chain.links, inputs, strict=True)]

    wrong_slopes = [
        ("outer-at-inner-slope", at_inputs(at, at, at)),
        ("outer-at-inner-slope", at_inputs(at, at, v)),
        *(("wrong-inner-value", at_inputs(at, *inner)) for inner in ((u, u), (v, v), (u, y), (v, y), (v, u), (u, at))),
        ("wrong-inner-value", at_inputs(u, v, y)),
        ("not-differentiated", [u, v, y]),
        ("not-differentiated", [at, u, v]),
        ("product-for-factor", np.cumprod(slopes)),
        ("product-for-factor", np.cumprod(slopes[::-1])[::-1]),
        ("product-for-factor", np.prod(slopes)),
        ("sign", -slopes),
    ]
    zeros = _stops(chain, 1e-6, 3.0)
    first = zeros[0]
    # the widget's own slopes, read when x has been moved on for (b) already
    wrong_slopes += [("at-another-point", chain.slopes(round(first + n / 100, 2))) for n in (-1, 0, 1)]
    _, u_there, v_there, y_there = (float(value) for value in chain.values(first))
    wrong_stops = [
        *(("other-zero", zero) for zero in (*zeros[1:], *_stops(chain, -3.0, 0.0))),
        *(("value-inside", value) for value in (u_there, v_there, y_there)),
    ]
    digits = 2 + math.floor(math.log10(first)) + 1
    whole = ", ".join(f"${o} = {_in_latex(name, t)}$" for o, name, t in (("u", h, "x"), ("v", g, "u"), ("y", f, "v")))
    made = ", ".join(f"{slope:.3g}" for slope in slopes)
    return Problem(
        statement=rf"""
Open `bpkit.widgets.ChainExplorer(h="{h}", g="{g}", f="{f}", x={at:g})`: it shows {whole}.

(a) `slopes`: the local slopes $h'(x)$, $g'(u)$ and $f'(v)$ at $x = {at:g}$, three numbers in this order, each to
three significant digits.

(b) `x_stop`: the smallest $x > 0$ at which $\frac{{dy}}{{dx}} = 0$, to two decimals. There a small change of $x$ does
not reach $y$.
""",
        answers=(
            Measured("slopes", slopes, _unlike(wrong_slopes, slopes, DIGITS), digits=DIGITS),
            Measured("x_stop", np.array(first), _unlike(wrong_stops, np.array(first), digits), digits=digits),
        ),
        hints=(
            "The slopes stand below the three curves.",
            "A product is 0 only if one of its factors is. Which of the three tangents can lie flat?",
            "Move x with the arrow keys, a hundredth at a time: where does the product change its sign? Of the two "
            "values of x on either side, take the one with the product nearer to 0.",
        ),
        solution=rf"""
(a) Forward: $u = {u:.4g}$ and $v = {v:.4g}$. Each slope at its own point: $h'({at:g}) = {slopes[0]:.4g}$,
$g'({u:.4g}) = {slopes[1]:.4g}$ and $f'({v:.4g}) = {slopes[2]:.4g}$; so `slopes = [{made}]`.

(b) Of the three slopes for $x > 0$ only $g'(u)$ can be 0, at the top or the bottom of its wave. The first one is
reached at $u = {u_there:.4g}$, that is at $x = {first:.2f}$. That the other two slopes are not 0 there does not help.
""",
    )
