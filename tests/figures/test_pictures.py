"""What every picture promises: words for those who do not see it, both themes, the same bytes anywhere."""

import math
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from bpkit.figures import Mark, confusion_matrix, curves, links, matrix_product, network, paths, pixels, progress_bars

HOSTILE = '<script>alert("1")</script> & \' \x00 \ud800 ]]>'
WAVE = [x / 10 for x in range(-30, 31)]
PICTURES = {
    "network": network(),
    "network marked": network(mark=(3, 2, 4)),
    "network blank": network(labels=False),
    "paths": paths(),
    "paths without a mark": paths(mark=None),
    "many paths": paths(middle=("x1", "x2", "x3"), inner=("u",)),
    "long names": paths("loss function", ("pre-activation", "b"), ("a weight with a name", "v"), "v"),
    "links": links(),
    "links with slopes": links(slopes=(8, 1.0, 14.25)),
    "curves": curves({"sin": (WAVE, map(math.sin, WAVE)), "cos": (WAVE, map(math.cos, WAVE))}, "x", "y", "Waves"),
    "logarithmic": curves({"decay": ([1, 2, 3], [1, 1e-9, 1e-200])}, log_y=True),
    "marked": curves({"line": ([0, 1], [0, 1])}, marks=[Mark(0.5, 0.5, "half way"), Mark(1, 0, hollow=True)]),
    "progress": progress_bars([("The chain rule", 3, 8), ("Losses", 0, 4)]),
    "no progress": progress_bars([]),
    "confusion": confusion_matrix([[7, 0, 1], [0, 9, 0], [2, 3, 4]]),
    "pixels": pixels([[[0, 0.3, 1], [1, 0.5, 0]]] * 9, [f"{n} read as 1" for n in range(9)], "Misread"),
    "boxes": matrix_product(("D(f∘g)", 2, 3), ("Df", 2, 4), ("Dg", 4, 3)),
    "many boxes": matrix_product(("v", 1, 1), ("a", 1, 900), ("B", 900, 2), ("C", 2, 3), ("D", 3, 2), ("E", 2, 1)),
    "hostile links": links((HOSTILE, HOSTILE), (HOSTILE,)),
    "hostile paths": paths(HOSTILE, ("x" + HOSTILE,), ("u" + HOSTILE,), None),
    "hostile curves": curves({HOSTILE: ([0, 1], [0, 1])}, HOSTILE, HOSTILE, HOSTILE, [Mark(0, 0, HOSTILE)]),
    "hostile confusion": confusion_matrix([[1, 2], [3, 4]], (HOSTILE, "b"), HOSTILE),
    "hostile boxes": matrix_product((HOSTILE, 1, 2), (HOSTILE, 1, 2)),
    "hostile pixels": pixels([[[0.5]]], [HOSTILE], HOSTILE),
    "hostile progress": progress_bars([(HOSTILE, 1, 2)]),
}
every_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


@every_picture
def test_the_drawing_is_well_formed_and_stands_alone(picture):
    root = ElementTree.fromstring(picture.svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "g", "path", "text", "tspan", "line", "polygon", "circle", "rect"}
    attributes = {attribute for element in root.iter() for attribute in element.attrib}
    assert not attributes & {"id", "href", "class"}  # nothing that could clash, nothing fetched
    assert not [attribute for attribute in attributes if attribute.startswith("on")]


@every_picture
def test_every_number_in_it_is_a_number(picture):
    for element in ElementTree.fromstring(picture.svg).iter():
        for name in {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"} & set(element.attrib):
            assert re.fullmatch(r"-?\d+(\.\d{1,2})?", element.attrib[name]), (name, element.attrib[name])
        for number in re.split("[ ,]", element.get("points", "0")) + element.get("d", "0").split():
            assert re.fullmatch(r"-?\d+(\.\d{1,2})?|[MLCz]", number)


@every_picture
def test_nothing_is_drawn_off_the_sheet(picture):
    root = ElementTree.fromstring(picture.svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for element in root.iter():
        for name, most in [
            ("x", width),
            ("x1", width),
            ("x2", width),
            ("cx", width),
            ("y1", height),
            ("cy", height),
        ]:
            assert 0 <= float(element.get(name, 0)) <= most
        if "d" in element.attrib:
            corners = [float(number) for number in element.attrib["d"].split() if number not in "MLCz"]
            assert 0 <= min(corners[::2]) <= max(corners[::2]) <= width
            assert 0 <= min(corners[1::2]) <= max(corners[1::2]) <= height
        if element.tag.endswith("text"):
            assert 10 <= float(element.attrib["y"]) <= height - 2


@every_picture
def test_the_words_are_the_plain_text_and_the_label_of_the_drawing(picture):
    assert repr(picture) == picture.alt
    root = ElementTree.fromstring(picture.svg)
    assert root.attrib["role"] == "img"
    readable = re.sub("[\x00\ud800]", "\ufffd", " ".join(picture.alt.split()))
    assert root.attrib["aria-label"] == readable


@every_picture
def test_the_page_gets_a_figure_that_shrinks_with_the_cell(picture):
    page = ElementTree.fromstring(picture._repr_html_())
    assert page.tag == "figure"
    assert "max-width: 100%" in page[0].attrib["style"]


def contrast(one, other):
    """The contrast ratio of the Web Content Accessibility Guidelines, from 1 to 21."""

    def luminance(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return light / dark


@every_picture
def test_it_reads_on_a_light_and_on_a_dark_page(picture):
    for element in ElementTree.fromstring(picture.svg).iter():
        style = dict(pair.split(": ") for pair in element.get("style", "").split("; ") if pair)
        for attribute in ("fill", "stroke"):
            colour = style.get(attribute) or element.get(attribute, "none")
            # No black, no white, but the page's own: in JupyterLab, its paper has a name too.
            if colour not in ("none", "currentColor", "var(--jp-layout-color0, none)"):
                # 3 : 1 is what the guidelines ask of lines and areas.
                assert contrast(colour, "#FFFFFF") >= 3
                assert contrast(colour, "#111111") >= 3
        if element.tag.endswith(("text", "tspan")):
            assert "fill" not in element.attrib | style  # letters take the colour of the page


def test_a_hostile_name_is_shown_and_not_obeyed():
    for name in (name for name in PICTURES if name.startswith("hostile")):
        assert "<script" not in PICTURES[name].svg
        assert "&lt;script&gt;" in PICTURES[name].svg


def test_two_runs_draw_the_same_bytes_whatever_the_order_of_hashes():
    script = """
import hashlib, math
from bpkit.figures import *
wave = [x / 7 for x in range(-20, 20)]
lines = {"sin": (wave, map(math.sin, wave)), "cos": (wave, map(math.cos, wave))}
drawn = [network((3, 4, 2), (3, 2, 4)), paths(), links(slopes=(1, 2, 3)), progress_bars([("a", 1, 3)]),
         curves(lines, marks=[Mark(0, 1, "top")])]
print(hashlib.sha256("".join(p._repr_html_() + p.alt for p in drawn).encode()).hexdigest())
"""
    runs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop().strip()) == 64


def test_no_heavy_library_is_loaded_before_the_first_plot():
    script = """
import sys, bpkit
before = set(sys.modules)
from bpkit.figures import *
links(), network(), paths(), progress_bars([("a", 1, 2)])
print(*sorted({"numpy", "matplotlib", "sympy", "ipywidgets"} & (set(sys.modules) - before)))
curves({"a": ([0, 1], [0, 1])})
print(*sorted({"matplotlib", "matplotlib.pyplot", "sympy", "ipywidgets"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["", "matplotlib"]
