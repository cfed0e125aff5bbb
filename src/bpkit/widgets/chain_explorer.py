"""Three functions, one inside the other: how the slope of the whole is made of theirs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import traitlets

from bpkit.figures import Picture
from bpkit.nn.links import LINKS, Composition
from bpkit.widgets.chain_still import number, still_of_chain
from bpkit.widgets.explorer import Explorer

FARTHEST, WIDEST = 3.0, 2.0  # how far x may go, and dx


class ChainExplorer(Explorer):
    """A composition y = f(g(h(x))): three linked curves with their local slopes, the product, and the secant.

    Attributes
    ----------
    f, g, h : str
        The functions, by name; `h` acts first. The names are ``"identity"``, ``"negative"``, ``"half"``, ``"2t+1"``,
        ``"3t-1"``, ``"square"``, ``"square+1"``, ``"cube"``, ``"root"``, ``"reciprocal"``, ``"sin"``, ``"cos"``,
        ``"exp"``, ``"exp(-t)"``, ``"ln"``, ``"sigmoid"``, ``"tanh"``, ``"relu"``.
    x : float
        Where the slopes are taken, from −3 to 3.
    dx : float
        The width of the secant, from −2 to 2: it goes through the points at x and x + dx.
    values : dict
        What comes out on the way: ``"u"`` is h(x), ``"v"`` is g(u), ``"y"`` is f(v). To be read only, as all that
        follow; a number that does not exist is NaN.
    slopes : dict
        The local slopes ``"h"``, ``"g"`` and ``"f"``, in the order in which the functions act.
    product : float
        The product of the three, the slope of the whole at x.
    secant : float
        (y(x + dx) − y(x))/dx.

    Raises
    ------
    traitlets.TraitError
        If a function is not in the table, or a number is none or too large.
    """

    module = "chain_explorer.js"
    h = traitlets.Unicode("square").tag(sync=True)
    g = traitlets.Unicode("sin").tag(sync=True)
    f = traitlets.Unicode("exp").tag(sync=True)
    x = traitlets.Float(0.8).tag(sync=True)
    dx = traitlets.Float(0.2).tag(sync=True)

    @traitlets.validate("f", "g", "h")
    def _one_of_the_table(self, proposal: Mapping[str, Any]) -> str:
        wanted = "".join(proposal["value"].split()).replace("*", "").replace("−", "-")
        if wanted not in LINKS:
            letter, known = proposal["trait"].name, ", ".join(LINKS)
            raise traitlets.TraitError(f"{letter} can't be {proposal['value']!r}; it is one of: {known}.")
        return wanted

    @traitlets.validate("x", "dx")
    def _within_reach(self, proposal: Mapping[str, Any]) -> float:
        name, value = proposal["trait"].name, float(proposal["value"])
        most = FARTHEST if name == "x" else WIDEST
        if not abs(value) <= most:
            told = f"{name} can't be {number(value)}; it is a number from −{most:g} to {most:g}."
            raise traitlets.TraitError(told)
        return value

    @property
    def composition(self) -> Composition:
        """The functions in the order in which they act, to be computed with."""
        return Composition([LINKS[self.h], LINKS[self.g], LINKS[self.f]])

    @property
    def values(self) -> dict[str, float]:
        """What comes out on the way."""
        return dict(zip("uvy", map(float, self.composition.values(self.x)[1:]), strict=True))

    @property
    def slopes(self) -> dict[str, float]:
        """The local slopes."""
        return dict(zip("hgf", map(float, self.composition.slopes(self.x)), strict=True))

    @property
    def product(self) -> float:
        """Their product."""
        return float(self.composition.slope(self.x))

    @property
    def secant(self) -> float:
        """The slope of the secant."""
        return self.composition.secant(self.x, self.dx)

    def still(self) -> Picture:
        """Return the three curves with their points and tangents, and all numbers in words."""
        return still_of_chain(self.composition, self.x, self.dx, self._in_words())

    def _in_words(self) -> str:
        whole = " then ".join(
            link.written.format(t=t) for link, t in zip(self.composition.links, ("x", "u", "v"), strict=True)
        )
        said = [f"A chain of three functions: {whole}."]
        found = {name: value for name, value in self.values.items() if not math.isnan(value)}
        said.append(f"At x = {number(self.x)}: " + (_listed(found) or "the first function has no value") + ".")
        if not math.isnan(self.product):
            slopes = _listed({f"{name}′": slope for name, slope in self.slopes.items()})
            said.append(f"The slopes are {slopes}; their product is {number(self.product)}.")
        if not math.isnan(self.secant):
            said.append(f"The secant over dx = {number(self.dx)} has the slope {number(self.secant)}.")
        return " ".join(said)


def _listed(numbers: Mapping[str, float]) -> str:
    return ", ".join(f"{name} = {number(value)}" for name, value in numbers.items())
