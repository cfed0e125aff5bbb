"""NetworkStepper where there is no kernel: the network at one step, with the numbers that are known by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bpkit import nn
from bpkit.figures import Picture, label
from bpkit.figures.picture import picture
from bpkit.figures.svg import BLUE, RIM, VERMILION, line, plain, tag, text
from bpkit.widgets.network_walk import LARGEST, fits, steps_of

WIDE, HIGH, GAP, ROW, TOP = 108, 32, 86, 76, 40
MOST_IN_WORDS = 12


def network_still(network: nn.Network, x: Sequence[float], y: Sequence[float], passes: str, step: int) -> Picture:
    """Draw a network at a step of its passes.

    Parameters
    ----------
    network
        With its weights and biases.
    x, y
        One sample and its target.
    passes, step
        As in `NetworkStepper`.

    Returns
    -------
    Picture
        For a network too large to be drawn, only its sizes stand there; the words have the numbers.
    """
    with np.errstate(all="ignore"):
        trace, loss = network.trace([x], [y]), network.loss([x], [y])
    known = set(steps_of(network.sizes, passes)[: step + 1])
    found = {
        (kind, l, j): float(getattr(trace, kind)[l][j - 1, 0])
        for kind, l, one in known
        if kind in ("z", "a", "d")
        for j in (range(1, network.sizes[l - 1] + 1) if one is None else [one])
    }
    found |= {("a", 1, k): float(value) for k, value in enumerate(x, start=1)}
    shown_loss = loss if any(kind == "loss" for kind, _, _ in known) else None
    words = _in_words(network, found, shown_loss, passes, step)
    if not fits(network.sizes):
        said = (
            f"{'–'.join(map(str, network.sizes))}: too large to draw (at most {LARGEST['neurons']} neurons in a layer)"
        )
        return picture(560, 40, text(280, 25, said, 15), words)
    return _drawn(network, found, shown_loss, words)


def _drawn(network: nn.Network, found: dict[tuple[str, int, int], float], loss: float | None, words: str) -> Picture:
    sizes = network.sizes
    tallest = max(sizes)
    width, height = 2 * 12 + WIDE * len(sizes) + GAP * (len(sizes) - 1) + 96, TOP + ROW * tallest

    def left(l: int) -> float:
        return 12 + (WIDE + GAP) * (l - 1)

    def middle(l: int, j: int) -> float:
        return TOP + ROW * (tallest - sizes[l - 1] + 2 * j - 1) / 2

    body = []
    for l, matrix in network.W.items():
        for (j, k), w in np.ndenumerate(matrix):
            ends = (left(l - 1) + WIDE, middle(l - 1, k + 1)), (left(l), middle(l, j + 1))
            body.append(line(*ends, **_stroke(float(w))))
    for l, n in enumerate(sizes, start=1):
        body.append(text(left(l) + WIDE / 2, 18, f"layer {l}"))
        for j in range(1, n + 1):
            body += _neuron(l, j, left(l), middle(l, j), found)
    x = left(len(sizes)) + WIDE
    body.append(text(x + 12, TOP + ROW * tallest / 2 + 5, label("L") + f" = {_brief(loss)}", 15, "start"))
    return picture(width, height, "".join(body), words)


def _stroke(w: float) -> dict[str, Any]:
    """Blue and full is positive, orange and dashed negative; the larger a weight, the thicker its line."""
    thick = 0.9 + min(3.2, 1.4 * abs(w)) if np.isfinite(w) else 0.9
    style = {"stroke": VERMILION if w < 0 else BLUE, "stroke_width": thick, "stroke_opacity": 0.7}
    return style | ({"stroke_dasharray": "6 4"} if w < 0 else {})


def _neuron(l: int, j: int, left: float, y: float, found: dict[tuple[str, int, int], float]) -> Iterable[str]:
    middle = left + WIDE / 2
    yield tag("rect", x=left, y=y - HIGH / 2, width=WIDE, height=HIGH, rx=HIGH / 2, **RIM)
    if l == 1:
        yield text(middle, y + 5, f"{label('a', str(j), '1')} = {_brief(found['a', 1, j])}")
        return
    yield line((middle, y - HIGH / 2), (middle, y + HIGH / 2), stroke="currentColor", stroke_opacity=0.4)
    for kind, at in (("z", middle - WIDE / 4), ("a", middle + WIDE / 4)):
        yield text(at, y - HIGH / 2 - 5, label(kind, str(j), str(l)), 13)
        yield text(at, y + 5, _brief(found.get((kind, l, j))), 13)
    if ("d", l, j) in found:
        yield text(middle, y + HIGH / 2 + 14, f"{label('d', str(j), str(l))} = {_brief(found['d', l, j])}", 13)


def _brief(value: float | None) -> str:
    return "" if value is None else _number(value, 3)


def _number(value: float, digits: int = 4) -> str:
    if np.isnan(value):
        return "no number"
    return plain(value, digits) if np.isfinite(value) else plain(value).replace("inf", "∞")


def _in_words(
    network: nn.Network, found: dict[tuple[str, int, int], float], loss: float | None, passes: str, step: int
) -> str:
    last = len(steps_of(network.sizes, passes)) - 1
    listed = []
    for kind in ("a", "z", "d"):
        for l in range(1, network.F + 1):
            numbers = [_number(value) for (k, m, _), value in sorted(found.items()) if (k, m) == (kind, l)]
            more = [f"… ({len(numbers)} numbers)"] if len(numbers) > MOST_IN_WORDS else []
            if numbers:
                listed.append(f"{kind}^{l} = ({', '.join(numbers[:MOST_IN_WORDS] + more)})")
    if loss is not None:
        listed.append(f"L = {_number(loss)}")
    sizes = "–".join(map(str, network.sizes))
    return f"A {sizes} network at step {step} of {last} of its passes. Known so far: {', '.join(listed)}."
