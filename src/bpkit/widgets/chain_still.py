"""The still picture of a chain: three small plots side by side, with a line that runs from each to the next."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from bpkit.figures import Picture
from bpkit.figures.picture import picture
from bpkit.figures.svg import BLUE, GREEN, SERIF, VERMILION, Point, escape, line, plain, tag, text
from bpkit.nn.links import Composition, Link

WIDE, HIGH, TOP, LEFT, RIGHT = 208, 170, 58, 52, 24  # of one plot, and the room around it
SAMPLES = 90
LETTERS = "xuvy"
ABOVE_ZERO = {"square", "square+1", "exp", "exp(-t)", "root", "sigmoid", "relu"}
BOUNDED = {"sin", "cos", "tanh", "sigmoid"}
PERIODIC = {"sin", "cos"}
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

Range = tuple[float, float]


def number(value: float) -> str:
    """Write four digits of a number, "1.2 · 10⁻⁷" rather than 1.2e-07."""
    digits, _, power = plain(value, 4).replace("−", "-").partition("e")
    told = f"{digits} · 10{str(int(power)).translate(SUPERSCRIPT)}" if power else digits
    return told.replace("-", "−")


def window(numbers: Iterable[float], before: str = "", after: str = "") -> Range:
    """Choose the range of an axis: what comes out of the link `before` and goes into the link `after`.

    The ranges are few, so that an axis seldom jumps while x moves.
    """
    seen = [value for value in numbers if math.isfinite(value)]
    if before in BOUNDED:
        return (-0.2 if before in ABOVE_ZERO else -1.2, 1.2)
    needed = 1.08 * max(map(abs, seen), default=0)
    if after in PERIODIC and 12 < needed < 1e12:  # near larger numbers there is no second one
        middle = 6 * round(seen[0] / 6)
        return (middle - 9.0, middle + 9.0)
    sizes = (m * 10.0**power for power in range(309) for m in (3, 6, 12))
    most = next(size for size in sizes if size >= needed)
    return (-most / 6 if before in ABOVE_ZERO else -most, most)


def still_of_chain(composition: Composition, x: float, dx: float, words: str) -> Picture:
    """Draw the chain f∘g∘h at x, with the point that belongs to x + dx."""
    here, there = ([float(value) for value in composition.values(at)] for at in (x, x + dx))
    slopes = [float(slope) for slope in composition.slopes(x)]
    names = [link.name for link in composition.links]
    ranges: list[Range] = [(-3.3, 3.3)]
    for n, (one, other) in enumerate(zip(here[1:], there[1:], strict=True)):
        ranges.append(window((one, other), names[n], names[n + 1] if n < 2 else ""))
    plots = [_Plot(n, link, ranges[n], ranges[n + 1]) for n, link in enumerate(composition.links)]
    body = "".join(plot.draw(here[n : n + 2], there[n : n + 2], slopes[n]) for n, plot in enumerate(plots)) + _flow(
        plots, here
    )
    width = 3 * (LEFT + WIDE + RIGHT)
    product, secant = float(composition.slope(x)), composition.secant(x, dx)
    shown = [" · ".join(number(s) if s >= 0 else f"({number(s)})" for s in reversed(slopes)), number(product)]
    told = [
        "The product of the slopes: " + " = ".join(shown) if not math.isnan(product) else "There is no product here"
    ]
    if not math.isnan(secant):
        told.append(f"the secant over dx = {number(dx)}: {number(secant)}")
    body += text(width / 2, TOP + HIGH + 68, escape("; ".join(told)), 15)
    return picture(width, TOP + HIGH + 80, body, words)


class _Plot:
    """One link: its place on the sheet, and its axes."""

    def __init__(self, n: int, link: Link, across: Range, up: Range) -> None:
        self.n, self.link, self.across, self.up = n, link, across, up
        self.left = n * (LEFT + WIDE + RIGHT) + LEFT

    def X(self, value: float) -> float:
        """Return where a value lies across, no further than the edge."""
        low, high = self.across
        return self.left + WIDE * min(max((value - low) / (high - low), 0), 1)

    def Y(self, value: float) -> float:
        """Return where a value lies upwards."""
        low, high = self.up
        return TOP + HIGH * (1 - min(max((value - low) / (high - low), 0), 1))

    def draw(self, here: Sequence[float], there: Sequence[float], slope: float) -> str:
        """Draw axes, curve, tangent, both points and the name."""
        t, out = LETTERS[self.n], LETTERS[self.n + 1]
        link = "hgf"[self.n]
        bottom = TOP + HIGH
        head = f"{out} = {link}({t}) = {self.link.written.format(t=t)}"
        parts = [
            text(self.left, 18, escape(head), 15, "start", font_family=SERIF),
            tag("rect", x=self.left, y=TOP, width=WIDE, height=HIGH, fill="none", stroke="currentColor", opacity=0.35),
            *self._axes(bottom),
            self._curve(),
        ]
        if all(math.isfinite(value) for value in (*here, slope)):
            parts.append(self._tangent(here, slope))
            slope_text = f"{link}′({t}) = {number(slope)}"
            parts.append(text(self.left + WIDE / 2, bottom + 40, escape(slope_text), 15, font_family=SERIF))
        for point, hollow in ((there, True), (here, False)):
            if self._inside(point):
                look = {"fill": "var(--jp-layout-color0, none)" if hollow else "currentColor", "stroke": "currentColor"}
                parts.append(tag("circle", cx=self.X(point[0]), cy=self.Y(point[1]), r=4.5, stroke_width=1.6, **look))
        return "".join(parts)

    def _axes(self, bottom: float) -> list[str]:
        parts = []
        for value in (self.across[0], 0, self.across[1]):
            if value == 0 and not self.across[0] < 0 < self.across[1]:
                continue
            parts.append(_beside(self.X(value), bottom + 16, value, "middle"))
        for value in (self.up[0], 0, self.up[1]):
            if value == 0 and not self.up[0] < 0 < self.up[1]:
                continue
            parts.append(_beside(self.left - 5, self.Y(value) + 4, value, "end"))
        faint = {"stroke": "currentColor", "stroke_opacity": 0.35}
        if self.up[0] < 0 < self.up[1]:
            parts.append(line((self.left, self.Y(0)), (self.left + WIDE, self.Y(0)), **faint))
        if self.across[0] < 0 < self.across[1]:
            parts.append(line((self.X(0), TOP), (self.X(0), bottom), **faint))
        return parts

    def _curve(self) -> str:
        pieces: list[list[Point]] = []
        across = np.linspace(*self.across, SAMPLES)
        points = list(zip(across.tolist(), self.link.f(across).tolist(), strict=True))
        for one, other in pairwise(points):
            if self.link.name == "reciprocal" and one[0] * other[0] < 0:
                continue  # between them is the pole
            ends = [(self.X(t), self.Y(value)) for t, value in _cut(one, other, self.up)]
            if ends and pieces and pieces[-1][-1] == ends[0]:
                pieces[-1].append(ends[1])
            elif ends:
                pieces.append(ends)
        style = {"fill": "none", "stroke": "currentColor", "stroke_width": 2}
        return tag("path", d=" ".join(map(_path, pieces)) or "M0 0", **style)

    def _tangent(self, here: Sequence[float], slope: float) -> str:
        """Draw the tangent, 60 pixels to both sides: blue if it rises, orange and dashed if it falls."""
        px = slope * (HIGH / (self.up[1] - self.up[0])) / (WIDE / (self.across[1] - self.across[0]))
        if not self._inside(here):
            return ""
        X, Y = self.X(here[0]), self.Y(here[1])
        length = math.hypot(1, px)
        step = 60 / length, -60 * px / length
        style: dict[str, object] = {"stroke": VERMILION if slope < 0 else BLUE, "stroke_width": 3}
        if slope < 0:
            style["stroke_dasharray"] = "8 4"
        shares = [_share(X, step[0], self.left, self.left + WIDE), _share(Y, step[1], TOP, TOP + HIGH)]
        share = min(1.0, *shares)
        return line((X - share * step[0], Y - share * step[1]), (X + share * step[0], Y + share * step[1]), **style)

    def _inside(self, point: Sequence[float]) -> bool:
        return self.across[0] <= point[0] <= self.across[1] and self.up[0] <= point[1] <= self.up[1]


def _beside(x: float, y: float, value: float, anchor: str) -> str:
    """Write a number beside an axis, a power of ten small and close so that it has room."""
    written = number(value).replace(" · ", "·")
    return text(x, y, written, 10 if "·" in written else 12, anchor)


def _cut(one: Point, other: Point, up: Range) -> list[Point]:
    """Return the ends of the part of a straight line that is in the range; none if there is no such part."""
    (x1, y1), (x2, y2) = one, other
    if not math.isfinite(y1 + y2) or max(y1, y2) < up[0] or min(y1, y2) > up[1]:
        return []
    inside = [min(max(y, up[0]), up[1]) for y in (y1, y2)]
    return [
        (x1 + (y - y1) / (y2 - y1) * (x2 - x1) if y != old else x, y)
        for x, old, y in zip((x1, x2), (y1, y2), inside, strict=True)
    ]


def _share(at: float, step: float, low: float, high: float) -> float:
    """Say how much of a step to both sides stays between `low` and `high`."""
    return min(at - low, high - at) / abs(step) if abs(step) > 1e-9 else 1.0


def _path(corners: Sequence[Point]) -> str:
    return "M" + " L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in corners)


def _flow(plots: Sequence[_Plot], here: Sequence[float]) -> str:
    """Draw the way of the value: up to the curve, out to the right, and down into the next plot."""
    way: list[Point] = [(plots[0].X(here[0]), TOP + HIGH)]
    for n, plot in enumerate(plots):
        if not math.isfinite(here[n + 1]):
            break
        X, Y, right = plot.X(here[n]), plot.Y(here[n + 1]), plot.left + WIDE
        way += [(X, Y), (right, Y)]
        if n < len(plots) - 1:
            into = plots[n + 1].X(here[n + 1])
            way += [(right + 12, Y), (right + 12, TOP - 12), (into, TOP - 12), (into, TOP)]
    return tag("path", d=_path(way), fill="none", stroke=GREEN, stroke_width=2, stroke_linejoin="round")
