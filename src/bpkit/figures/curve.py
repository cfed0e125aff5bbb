"""What a plot is made of: curves with a look of their own, and points to look at."""

from dataclasses import dataclass
from typing import TypeAlias

from bpkit.figures.svg import Point

Curve: TypeAlias = list[Point | None]  # None where the line is broken


@dataclass(frozen=True)
class Mark:
    """A point to look at, with a word beside it; `hollow` marks a point the curve does not contain."""

    x: float
    y: float
    text: str = ""
    hollow: bool = False


@dataclass(frozen=True)
class Line:
    """A curve with its name and its look: what to call its dashes, and how long they are, in pixels."""

    name: str
    curve: Curve
    look: str
    dashes: tuple[int, ...] | None
    colour: str
