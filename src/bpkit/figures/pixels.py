"""Small grey pictures, pixel by pixel, each with a line below: the digits that a network has read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from bpkit.figures.picture import Picture, picture
from bpkit.figures.svg import escape, tag, text

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Image: TypeAlias = list[list[float]]

TILE, GAP, BELOW = 64, 28, 30  # a picture's side, the room between two, and the room for the line below
IN_A_ROW = 5
MOST, FINEST = 70, 32  # pictures, and pixels along a side: more would make the notebook heavy
SHADES = 16  # told apart, besides the paper's


def pixels(images: ArrayLike, captions: Sequence[object] = (), title: str = "Pixels") -> Picture:
    """Draw grey pictures beside each other, with a line below each; ink has the colour of the page's text.

    Parameters
    ----------
    images : array_like, shape (n, height, width), or (n, side²) if they are square
        From 0 (paper) to 1 (ink); a row of 64 numbers is a digit of 8 × 8 pixels.
    captions : sequence
        The n lines below, such as ``"8 read as 1"``; none if left out.
    title : str
        What the words begin with.

    Returns
    -------
    Picture
        In words, the title and the lines.

    Raises
    ------
    ValueError
        If there is no picture, too many or too fine ones, a pixel is not between 0 and 1, or there is not one line
        for each.
    """
    stack = _stack(images)
    lines = [str(caption) for caption in captions]
    if lines and len(lines) != len(stack):
        raise ValueError(f"{len(lines)} captions for {len(stack)} images")
    columns = min(len(stack), IN_A_ROW)
    body = []
    for n, image in enumerate(stack):
        x = GAP / 2 + n % columns * (TILE + GAP)
        y = 4 + n // columns * (TILE + BELOW)
        body.append(_tile(image, x, y))
        if lines:
            body.append(text(x + TILE / 2, y + TILE + 17, escape(lines[n]), 13))
    rows = -(-len(stack) // columns)
    words = f"{title}. {len(stack)} picture{'s' * (len(stack) > 1)} of {len(stack[0])} × {len(stack[0][0])} pixels"
    words += f": {'; '.join(lines)}." if lines else "."
    return picture(columns * (TILE + GAP), 4 + rows * (TILE + BELOW), "".join(body), words)


def _stack(images: ArrayLike) -> list[Image]:
    """Return the pictures, each as rows of pixels."""
    import numpy as np  # here, so that the package's other pictures need not wait for it

    stack = np.asarray(images, dtype=np.float64)
    side = round(stack.shape[-1] ** 0.5) if stack.ndim == 2 else 0
    if side and side**2 == stack.shape[-1]:
        stack = stack.reshape(-1, side, side)
    if stack.ndim != 3 or 0 in stack.shape or len(stack) > MOST or max(stack.shape[1:]) > FINEST:
        raise ValueError(
            f"images has shape {np.shape(images)}; (n, height, width) is asked for, or (n, side²) if they are square: "
            f"at most {MOST} of up to {FINEST} × {FINEST} pixels"
        )
    if not ((stack >= 0) & (stack <= 1)).all():
        raise ValueError("a pixel is a number from 0 (paper) to 1 (ink)")
    return [[[float(pixel) for pixel in row] for row in image] for image in stack.tolist()]


def _tile(image: Image, left: float, top: float) -> str:
    """Draw one picture in its frame: for each shade one path, over all runs of pixels that have it."""
    height, width = TILE / len(image), TILE / len(image[0])
    runs: dict[int, list[str]] = {}
    for row, line in enumerate(image):
        start, y = 0, top + row * height
        for shade, run in groupby(round(SHADES * pixel) for pixel in line):
            end = start + len(list(run))
            if shade:
                runs.setdefault(shade, []).append(_box(left + start * width, y, left + end * width, y + height))
            start = end
    paths = [tag("path", d=" ".join(boxes), fill_opacity=shade / SHADES) for shade, boxes in sorted(runs.items())]
    frame = {"fill": "none", "stroke": "currentColor", "stroke_opacity": 0.5}
    return "".join(paths) + tag("rect", x=left, y=top, width=TILE, height=TILE, **frame)


def _box(x1: float, y1: float, x2: float, y2: float) -> str:
    corners = ((x1, y1), (x2, y1), (x2, y2), (x1, y2))
    return "M " + " L ".join(f"{round(x, 2):g} {round(y, 2):g}" for x, y in corners) + " z"
