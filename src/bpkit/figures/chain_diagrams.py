"""The chain rule as a picture: one chain of links, and a sum over paths."""

import math
from collections.abc import Sequence
from itertools import pairwise
from numbers import Real

from bpkit.figures.picture import Picture, picture
from bpkit.figures.placing import Segment, along, between, outside
from bpkit.figures.svg import (
    RIM,
    THICK,
    THIN,
    Derivative,
    Point,
    arrow,
    escape,
    formula,
    line,
    plain,
    symbol,
    symbol_width,
    tag,
    text,
)


def links(names: Sequence[str] = ("f", "f1", "f2", "x"), slopes: Sequence[object] | None = None) -> Picture:
    """Draw a composition as a chain of boxes, x → f2 → f1 → f, with the local derivative on each arrow.

    Parameters
    ----------
    names : sequence of str
        The variables from the outermost to the innermost, as the composition is written; "f1" is drawn with
        an index.
    slopes : sequence, optional
        The values of d names[i] / d names[i + 1], numbers or text, written below the arrows. Numbers are
        multiplied out.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there are fewer than two names, or not one slope for each arrow.
    """
    if len(names) < 2:
        raise ValueError("a chain has at least two names, the outer one first")
    values = [] if slopes is None else list(slopes)
    if slopes is not None and len(values) != len(names) - 1:
        raise ValueError(f"{len(names)} names make {len(names) - 1} arrows, but there are {len(values)} slopes")
    locally = [Derivative(of, by, "d") for of, by in pairwise(names)]
    whole = Derivative(names[0], names[-1], "d")
    y, gap = 84, max(116, 18 * max(derivative.width() for derivative in locally) + 50)
    body = []
    left = 10.0
    for i in reversed(range(len(names))):  # the names run from the outside in, the boxes the other way
        box = max(56, 22 * symbol_width(names[i]) + 28)
        body.append(tag("rect", x=left, y=y - 24, width=box, height=48, rx=8, **RIM))
        body.append(text(left + box / 2, y + 7, symbol(names[i]), 22))
        left += box
        if i > 0:
            body.append(arrow((left + 4, y), (left + gap - 4, y), stroke="currentColor", stroke_width=1.8))
            body.append(locally[i - 1].draw(left + gap / 2, y - 34))
            if values:
                body.append(text(left + gap / 2, y + 24, escape(plain(values[i - 1])), 15))
            left += gap
    width = max(left + 10, 420)  # room for the sentence below
    product = [part for derivative in locally for part in ("·", derivative)][1:]
    body.append(text(width / 2, y + 64, "The slope of the whole chain is the product of the slopes:"))
    body.append(formula(width / 2, y + 108, [whole, "=", *product]))

    carried = [str(derivative) for derivative in locally]
    if values:
        carried = [f"{name} = {plain(value)}" for name, value in zip(carried, values, strict=True)]
    words = [
        f"A chain of boxes joined by arrows: {' → '.join(reversed(names))}.",
        f"Each arrow carries its local derivative: {', '.join(reversed(carried))}.",
        f"The slope of the whole chain is the product: {whole} = {' · '.join(map(str, locally))}",
    ]
    height = y + 142
    numbers = [float(value) for value in values if isinstance(value, Real)]
    if values and len(numbers) == len(values):
        result = f"= {' · '.join(map(plain, numbers))} = {plain(math.prod(numbers))}"
        body.append(text(width / 2, height + 8, escape(result), 16))
        words[-1] += f" {result}"
        height += 24
    return picture(width, height, "".join(body), " ".join(words) + ".")


def paths(
    outer: str = "f",
    middle: Sequence[str] = ("x", "y"),
    inner: Sequence[str] = ("u", "v"),
    mark: str | None = "u",
) -> Picture:
    """Draw which variable depends on which, u, v → x, y → f, with a partial derivative on each arrow.

    Parameters
    ----------
    outer : str
        The function, drawn on the right.
    middle : sequence of str
        What it depends on directly.
    inner : sequence of str
        What each of those depends on, drawn on the left.
    mark : str, optional
        One of `inner`: every path from it to `outer` is drawn thick, the other arrows thin and dashed.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If a level is empty, a name appears twice, or `mark` is not one of `inner`.
    """
    names = [outer, *middle, *inner]
    if not middle or not inner or len(set(names)) < len(names):
        raise ValueError(f"expected different names on three levels, not {outer!r}, {middle!r}, {inner!r}")
    if mark is not None and mark not in inner:
        raise ValueError(f"{mark!r} is none of the inner variables {', '.join(inner)}")
    d_inner, d_outer = ("∂" if len(level) > 1 else "d" for level in (inner, middle))
    first = {Derivative(x, u, d_inner): (u, x) for x in middle for u in inner}
    second = {Derivative(outer, x, d_outer): (x, outer) for x in middle}

    widest = 18 * max(derivative.width() for derivative in first | second)
    across, down, radius = max(230, widest + 130), 130, 24
    rows = max(len(middle), len(inner))
    centres: dict[str, Point] = {
        name: (60 + across * column, 40 + down * (rows - len(level) + 2 * row) / 2)
        for column, level in enumerate((inner, middle, (outer,)))
        for row, name in enumerate(level)
    }
    arrows = {
        derivative: between(centres[start], centres[end], radius + 3)
        for derivative, (start, end) in (first | second).items()
    }
    body = []
    taken: list[Segment] = []
    for derivative, segment in arrows.items():
        others = [other for other in arrows.values() if other != segment]
        place = along(segment, 18 * derivative.width() + 6, 46, [*others, *taken])
        taken.append(((place.x, place.y - 23), (place.x, place.y + 23)))
        if mark is None:
            style = THIN
        elif derivative in second or derivative.by == mark:
            style = THICK
        else:
            style = {**THIN, "stroke_dasharray": "6 4"}
        start, end = outside(segment, place)
        body += [line(*start, **style), arrow(*end, **style), derivative.draw(place.x, place.y)]
    for name, (x, y) in centres.items():
        body.append(tag("circle", cx=x, cy=y, r=radius, **RIM))
        body.append(text(x, y + 7, symbol(name), 22))

    words = [
        f"A diagram of arrows from {_and(inner)} to {_and(middle)}, and from {_and(middle)} to {outer}.",
        f"Each arrow carries its local derivative: {', '.join(map(str, arrows))}.",
    ]
    if mark is not None:
        routes = _and([f"{mark} → {x} → {outer}" for x in middle])
        words.append(f"Drawn thick, from {mark} to {outer}: {routes}.")
        if len(inner) > 1:
            words.append("The other arrows are thin and dashed.")
        products = " + ".join(f"{Derivative(outer, x, d_outer)} · {Derivative(x, mark, d_inner)}" for x in middle)
        whole = f"{Derivative(outer, mark, d_inner)} = {products}"
        words.append(f"Along a path the derivatives are multiplied, and the paths are added: {whole}.")
    return picture(2 * across + 120, down * (rows - 1) + 80, "".join(body), " ".join(words))


def _and(names: Sequence[str]) -> str:
    """List names as in a sentence."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
