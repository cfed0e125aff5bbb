"""Figure 1 of the worksheet, drawn anew: a feedforward network with its neurons labelled a_j^l."""

from collections.abc import Sequence

from bpkit.figures.picture import Picture, picture
from bpkit.figures.placing import along, between, outside
from bpkit.figures.svg import RIM, THICK, THIN, Point, arrow, label, line, tag, text

RADIUS, ACROSS, DOWN, TOP = 23, 190, 64, 62
MOST = 16  # neurons in a layer, all of which are drawn


def network(sizes: Sequence[int] = (3, 4, 2), mark: tuple[int, int, int] | None = None, labels: bool = True) -> Picture:
    """Draw a feedforward network, every neuron joined to every neuron of the next layer.

    Parameters
    ----------
    sizes : sequence of int
        How many neurons layer 1, 2, …, F has; from 1 to 16 each, and at least two layers.
    mark : (l, j, k), optional
        Draw one weight thick, with its label w_jk^l: it leads from neuron k of layer l − 1 to neuron j of
        layer l. Figure 1 has ``mark=(3, 2, 4)``.
    labels : bool
        Write a_j^l into each neuron. Without, neither the picture nor its text gives the labels away.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is no such network, or no such weight in it.
    """
    if len(sizes) < 2 or not all(1 <= size <= MOST for size in sizes):
        raise ValueError(f"a network here has two or more layers of 1 to {MOST} neurons each, not {tuple(sizes)}")
    F, tallest = len(sizes), max(sizes)
    width, height = ACROSS * (F - 1) + 150, TOP + DOWN * tallest + 4

    def centre(l: int, j: int) -> Point:
        return 75 + ACROSS * (l - 1), TOP + DOWN * (tallest - sizes[l - 1] + 2 * j - 1) / 2

    # weights[l, j, k] is where w_jk^l is drawn: from rim to rim.
    weights = {
        (l, j, k): between(centre(l - 1, k), centre(l, j), RADIUS)
        for l in range(2, F + 1)
        for j in range(1, sizes[l - 1] + 1)
        for k in range(1, sizes[l - 2] + 1)
    }
    if mark is not None and mark not in weights:
        listed = "–".join(map(str, sizes))
        raise ValueError(f"a {listed} network has no weight w_jk^l with (l, j, k) = {mark}")

    body = []
    if mark is not None:
        l, j, k = mark
        thick = weights.pop(mark)
        place = along(thick, 38, 32, list(weights.values()))
        start, end = outside(thick, place)
        body += [line(*start, **THICK), arrow(*end, **THICK)]
        body.append(text(place.x, place.y + 6, label("w", _index(j, k), str(l)), 21))
    for weight in weights.values():
        # Lines stop short of the label rather than run through it.
        body += [line(*piece, **THIN) for piece in ([weight] if mark is None else outside(weight, place))]
    for l in range(1, F + 1):
        body.append(text(centre(l, 1)[0], 24, f"layer {l} ({_role(l, F)})"))
        for j in range(1, sizes[l - 1] + 1):
            x, y = centre(l, j)
            body.append(tag("circle", cx=x, cy=y, r=RADIUS, **RIM))
            if labels:
                body.append(text(x, y + 6, label("a", str(j), str(l)), 20))
    return picture(width, height, "".join(body), _in_words(sizes, mark, labels))


def _index(j: int, k: int) -> str:
    """Write jk, with a comma where two numbers would run together."""
    return f"{j}{k}" if j < 10 and k < 10 else f"{j},{k}"


def _role(l: int, F: int) -> str:
    return {1: "input", F: "output"}.get(l, "hidden")


def _in_words(sizes: Sequence[int], mark: tuple[int, int, int] | None, labels: bool) -> str:
    """Describe the network; without `labels` no neuron is named."""
    F = len(sizes)
    layers = [f"{size} neuron{'s' * (size > 1)} in layer {l} ({_role(l, F)})" for l, size in enumerate(sizes, start=1)]
    words = [
        f"A feedforward network of {F} layers, drawn from left to right: {', '.join(layers)}.",
        "Every neuron is joined to every neuron of the next layer.",
    ]
    if labels:
        names = [", ".join(f"a_{j}^{l}" for j in range(1, size + 1)) for l, size in enumerate(sizes, start=1)]
        words.append(f"From top to bottom the neurons are labelled {'; '.join(names)}.")
    else:
        words.append("The neurons are left blank.")
    if mark is not None:
        l, j, k = mark
        words.append(
            f"The connection from neuron {k} of layer {l - 1} to neuron {j} of layer {l} is drawn thick "
            f"and labelled w_{_index(j, k)}^{l}."
        )
    return " ".join(words)
