"""How Matplotlib draws curves, and how its drawing becomes a part of the page.

Matplotlib's black is the page's ink and its white is the page's paper, so that a plot reads in a light and in
a dark theme. What is left of its SVG has no id and no style sheet, which would reach the other pictures.
"""

import io
import math
import re
import warnings
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, DrawingArea
from matplotlib.patches import Circle
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator, NullLocator
from matplotlib.transforms import Bbox

from bpkit.figures.curve import Line, Mark
from bpkit.figures.svg import NOT_XML, Point, escape, plain, tag

WIDE, HIGH = 470, 280  # the plotting area, in pixels
POINTS = 72  # Matplotlib's points in an inch: one is drawn as one pixel
INK, PAPER = "#000000", "#ffffff"
FONT = "DejaVu Sans"  # comes with Matplotlib, and is wide enough to measure the page's own font by
# JupyterLab's themes name the paper's colour; elsewhere a hollow dot is see-through.
ON_PAGE = {INK: "currentColor", PAPER: "var(--jp-layout-color0, none)", repr(FONT): "system-ui"}
STYLE = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "font.sans-serif": [FONT],
    "font.size": 14,
    "axes.titlesize": 16,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 14,
    "axes.edgecolor": INK,
    "axes.linewidth": 1.2,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.xmargin": 0,
    "axes.ymargin": 0.06,
    "grid.color": INK,
    "grid.alpha": 0.18,
    "grid.linewidth": 1,
    "xtick.labelsize": 13,
    "ytick.labelsize": 13,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 8,
    "ytick.major.pad": 8,
    "lines.linewidth": 2.5,
    "lines.scale_dashes": False,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "legend.borderaxespad": 0,
}
SIDES = [(1, 1), (-1, 1), (0, 1), (1, -1), (-1, -1), (0, -1), (1, 0), (-1, 0)]  # of a dot, the best first
SVG = "{http://www.w3.org/2000/svg}"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def draw(
    lines: Sequence[Line], x_label: str, y_label: str, title: str, marks: Sequence[Mark], log_y: bool
) -> tuple[float, float, str]:
    """Draw a plot.

    Returns
    -------
    width, height : float
        The size of the drawing, in pixels.
    body : str
        The drawing, to stand inside an ``<svg>`` of that size.
    """
    with matplotlib.style.context(["default", STYLE]), warnings.catch_warnings():
        # The page has letters for what Matplotlib's own font lacks; it only measures with it.
        warnings.filterwarnings("ignore", r"Glyph \d+ ", UserWarning)
        figure = Figure(figsize=(WIDE / POINTS, HIGH / POINTS), dpi=POINTS, frameon=False)
        axes = figure.add_axes((0, 0, 1, 1))
        for line in lines:
            _draw_line(axes, line)
        axes.update_datalim([(mark.x, mark.y) for mark in marks])
        _scale(axes, log_y)
        _name_lines(axes, lines)
        axes.set_xlabel(_legible(x_label), labelpad=8)
        axes.set_ylabel(_legible(y_label), rotation="horizontal", horizontalalignment="left")
        axes.yaxis.set_label_coords(0, 1.04)
        axes.set_title(_legible(title), pad=34 if y_label else 14)
        _draw_marks(axes, marks)
        file = io.BytesIO()
        figure.savefig(file, format="svg", bbox_inches="tight", pad_inches=6 / POINTS)
    return _for_page(file.getvalue())


def _scale(axes: Axes, log_y: bool) -> None:
    """Let the axes hold all that is drawn and name a few round values, on a logarithmic one powers of ten."""
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(lambda value, _: plain(value, 7))
    if log_y:
        low, high = math.floor(math.log10(axes.dataLim.y0)), math.ceil(math.log10(axes.dataLim.y1))
        # The limits come first: left to itself, the new scale finds none about 9.999999999999937e+199.
        axes.set_ylim(10.0**low, 10.0 ** max(high, low + 1))
        axes.set_yscale("log")
        axes.yaxis.set_minor_locator(NullLocator())
        axes.yaxis.set_major_formatter(lambda value, _: _power_of_ten(round(math.log10(value))))
    axes.autoscale_view()


def _power_of_ten(n: int) -> str:
    return "1" if n == 0 else "10" + str(n).translate(SUPERSCRIPT)


def _draw_line(axes: Axes, line: Line) -> None:
    """Draw a line, broken where it is; a point on its own is a dot."""
    xs, ys = zip(*(point or (math.nan, math.nan) for point in line.curve), strict=True)
    axes.plot(xs, ys, color=line.colour, linestyle=(0, line.dashes))
    for _, piece in groupby(line.curve, key=bool):
        match list(piece):
            case [(x, y)]:
                _dot(axes, (x, y), 3, color=line.colour)


def _dot(axes: Axes, point: Point, radius: float, **style: Any) -> Bbox:
    """Draw a dot, as round on any scale of the axes, and return its place."""
    area = DrawingArea(0, 0)
    area.add_artist(Circle((0, 0), radius, **style))
    dot = AnnotationBbox(area, point, frameon=False, annotation_clip=False, zorder=5)
    axes.add_artist(dot)
    return dot.get_window_extent()


def _name_lines(axes: Axes, lines: Sequence[Line]) -> None:
    """Write the names on the right, beside a sample of each line, the line that runs highest on top."""
    heights = [np.nanmean(np.asarray(path.vertices)[:, 1]) for path in _on_page(axes)]
    order = sorted(range(len(lines)), key=lambda i: -heights[i])
    samples = [axes.lines[i] for i in order]
    legend = axes.legend(samples, map(str, order), loc="upper left", bbox_to_anchor=(1.03, 1))
    for i, entry in zip(order, legend.get_texts(), strict=True):
        entry.set_text(_legible(lines[i].name))  # only now, since Matplotlib leaves a label like "_a" out


def _draw_marks(axes: Axes, marks: Sequence[Mark]) -> None:
    """Draw the dots, then their words."""
    look = {"edgecolor": INK, "linewidth": 1.8}
    taken = [_dot(axes, (mark.x, mark.y), 4.5, facecolor=PAPER if mark.hollow else INK, **look) for mark in marks]
    for mark in marks:
        if mark.text:
            taken.append(_write_beside(axes, mark, taken))


def _write_beside(axes: Axes, mark: Mark, taken: Sequence[Bbox]) -> Bbox:
    """Write a mark's word on that side of its dot where the least is in the way, and return its place."""
    word = axes.annotate(_legible(mark.text), (mark.x, mark.y), (0, 0), textcoords="offset points", zorder=6)

    def on(side: tuple[int, int]) -> Bbox:
        i, j = side
        word.set_position((10 * i, (8 if i else 11) * j))
        word.set_horizontalalignment(("center", "left", "right")[i])
        word.set_verticalalignment(("center", "bottom", "top")[j])
        return word.get_window_extent()

    def in_the_way(side: tuple[int, int]) -> int:
        box = on(side).padded(3)
        crossed = sum(path.intersects_bbox(box, filled=False) for path in _on_page(axes))
        inside = all(axes.bbox.contains(x, y) for x, y in box.corners())
        return crossed + box.count_overlaps(taken) + (0 if inside else 2)

    return on(min(SIDES, key=in_the_way))


def _on_page(axes: Axes) -> list[Path]:
    """Return the lines as they run on the page, in pixels."""
    return [line.get_transform().transform_path(line.get_path()) for line in axes.lines]


def _legible(text: str) -> str:
    """Return `text` in one line, without the characters that no SVG may hold."""
    return " ".join(NOT_XML.sub("\ufffd", text).split())


def _for_page(svg: bytes) -> tuple[float, float, str]:
    """Return the size of Matplotlib's drawing and its strokes and texts, without the groups around them."""
    root = ElementTree.fromstring(svg)
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    body = [_stroke_or_text(element) for element in root.iter() if element.tag in (f"{SVG}path", f"{SVG}text")]
    return width, height, tag("g", "".join(body), stroke_linejoin="round")


def _stroke_or_text(element: ElementTree.Element) -> str:
    """Write one element, in the page's colours and font."""
    kept = {name: _short(element.attrib[name]) for name in ("x", "y", "d", "style") if name in element.attrib}
    for theirs, ours in ON_PAGE.items():
        kept["style"] = kept["style"].replace(theirs, ours)
    return tag(element.tag.removeprefix(SVG), escape(element.text or ""), **kept)


def _short(value: str) -> str:
    """Round the numbers in `value` to a hundredth of a pixel."""
    numbers = re.sub(r"-?\d+\.\d+", lambda number: f"{round(float(number[0]), 2) + 0:.7g}", value)
    return " ".join(numbers.split())
