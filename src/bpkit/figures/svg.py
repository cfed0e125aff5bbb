"""The few strokes all pictures are drawn with: tags, arrows, and mathematical labels.

Text and lines take the colour of the page (`currentColor`), so that a picture reads on a light and on a dark
one. Nothing here has an id, so pictures on one page can not disturb each other.
"""

import html
import math
import re
from collections.abc import Sequence
from numbers import Real
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]

# Okabe and Ito's colours for the colour-blind, of which these four (with the blue a little lighter) stand
# out from a white page and from a black one alike.
COLOURS = BLUE, VERMILION, GREEN, PURPLE = "#1E84C4", "#D55E00", "#009E73", "#CC79A7"
THIN = {"stroke": "currentColor", "stroke_opacity": 0.55, "stroke_width": 1.2}
THICK = {"stroke": VERMILION, "stroke_width": 3.5}
RIM = {"fill": "currentColor", "fill_opacity": 0.08, "stroke": "currentColor", "stroke_width": 1.5}

SERIF = "'Times New Roman', 'Liberation Serif', 'DejaVu Serif', serif"  # for the letters of mathematics
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escape(text: object) -> str:
    """Return `text` as it may stand inside an SVG, whatever characters it holds."""
    return html.escape(NOT_XML.sub("\ufffd", str(text)))


def plain(value: object, digits: int = 6) -> str:
    """Write a number as a reader expects it, "−0.25" or "3"; anything else as it is."""
    if not isinstance(value, Real):
        return str(value)
    return f"{float(value) + 0.0:.{digits}g}".replace("-", "−")  # + 0.0 turns −0 into 0


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """Return one element; `stroke_width=2` becomes `stroke-width="2"`. `content` is markup already."""
    pairs = "".join(f' {key.replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def _attribute(value: object) -> str:
    """Round numbers to a hundredth, so that a picture is the same on every machine."""
    if isinstance(value, (int, float)):
        return f"{round(float(value), 2) + 0.0:.2f}".rstrip("0").rstrip(".")
    return escape(value)


def text(x: float, y: float, content: str, size: float = 14, anchor: str = "middle", /, **style: object) -> str:
    """Write `content` (markup) with its baseline at y."""
    return tag("text", content, x=x, y=y, font_size=size, text_anchor=anchor, **style)


def line(start: Point, end: Point, /, **style: object) -> str:
    """Draw a straight line."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **style)


def arrow(start: Point, end: Point, /, **style: object) -> str:
    """Draw an arrow whose tip is at `end`; the head grows with the line's width."""
    (x1, y1), (x2, y2) = start, end
    length = math.dist(start, end)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    size = 7 + 1.5 * float(str(style.get("stroke_width", 1)))
    bx, by = x2 - size * dx, y2 - size * dy
    corners = [
        (x2, y2),
        (bx - size / 2.2 * dy, by + size / 2.2 * dx),
        (bx + size / 2.2 * dy, by - size / 2.2 * dx),
    ]
    head = tag("polygon", points=points(corners), fill=style.get("stroke", "currentColor"))
    return line(start, (bx, by), **style) + head


def points(corners: Sequence[Point]) -> str:
    """Write points as SVG does: "x,y x,y"."""
    return " ".join(f"{_attribute(float(x))},{_attribute(float(y))}" for x, y in corners)


def label(letter: str, sub: str = "", sup: str = "") -> str:
    """Return a mathematical letter with its index below and above, as in w³₂₄: one over the other.

    Every shift is taken back at the end, so more text may follow on the same line.
    """
    parts = [tag("tspan", escape(letter), font_family=SERIF, font_style="italic")]
    small = {"font_family": SERIF, "font_size": "70%"}
    if sup:
        parts.append(tag("tspan", escape(sup), dy="-0.6em", **small))
    if sub:
        # Back under the upper index: a digit is a little over half an em wide.
        parts.append(tag("tspan", escape(sub), dx=f"{-0.57 * len(sup):.2f}em", dy="0.9em" if sup else "0.3em", **small))
    if sup or sub:
        shift = (-0.6 if sup else 0) + (0.9 if sup and sub else 0.3 if sub else 0)
        parts.append(tag("tspan", "\u200b", dy=f"{-0.7 * shift:.2f}em"))
    return "".join(parts)


def symbol(name: str) -> str:
    """Return a name as mathematics writes it: "f1" becomes an italic f with the index 1."""
    letter, index = _split(name)
    return label(letter, sub=index)


def _split(name: str) -> tuple[str, str]:
    """Split "f1" or "f_1" into the letter and its index."""
    match = re.fullmatch(r"(\D*[^\W\d_])_?(\d+)", name)
    return (match[1], match[2]) if match else (name, "")


def symbol_width(name: str) -> float:
    """Say how wide `symbol(name)` is, in em, as near as can be said without the font."""
    letter, index = _split(name)
    return 0.55 * len(letter) + 0.37 * len(index)


class Derivative(NamedTuple):
    """The derivative d of / d by, with the ∂ of several variables or the plain d of one."""

    of: str
    by: str
    d: str = "∂"

    def __str__(self) -> str:
        """Write it on one line, as in an alternative text."""
        return f"{self.d}{self.of}/{self.d}{self.by}"

    def width(self) -> float:
        """Say how wide the fraction is, in em."""
        return max(symbol_width(self.of), symbol_width(self.by)) + 0.7

    def draw(self, x: float, y: float, size: float = 18) -> str:
        """Draw the fraction centred at (x, y)."""
        half = self.width() * size / 2
        d = tag("tspan", self.d, font_family=SERIF, font_style="normal")
        return (
            text(x, y - 0.32 * size, d + symbol(self.of), size)
            + line((x - half, y), (x + half, y), stroke="currentColor")
            + text(x, y + 0.92 * size, d + symbol(self.by), size)
        )


def formula(x: float, y: float, parts: Sequence[Derivative | str], size: float = 18) -> str:
    """Set derivatives and the signs between them in one row, centred at (x, y)."""
    widths = [(part.width() if isinstance(part, Derivative) else 0.8 * len(part)) * size for part in parts]
    gap = 0.3 * size
    left = x - (sum(widths) + gap * (len(parts) - 1)) / 2
    row = []
    for part, width in zip(parts, widths, strict=True):
        middle = left + width / 2
        if isinstance(part, Derivative):
            row.append(part.draw(middle, y, size))
        else:
            row.append(text(middle, y + 0.3 * size, escape(part), size, font_family=SERIF))
        left += width + gap
    return "".join(row)
