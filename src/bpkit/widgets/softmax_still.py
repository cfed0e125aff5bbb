"""The still picture of a `SoftmaxExplorer`: for each class a row of bars, from the logit to the error."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from bpkit.figures import Picture
from bpkit.figures.picture import picture
from bpkit.figures.svg import BLUE, GREEN, SERIF, VERMILION, line, plain, tag, text

WIDE, TOP, ROW, BAR = 760, 62, 34, 16
# Left end and width of each column of bars; a bar's number stands behind it.
COLUMNS = {"z": (84, 132), "ŷ": (294, 100), "L": (462, 56), "ŷ − y": (590, 92)}
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def class_bars(z: Sequence[float], label: int, T: float, p: ArrayLike, loss: float, error: ArrayLike) -> Picture:
    """Draw logits, probabilities, the loss and the errors of all classes, side by side."""
    columns = dict(zip(("z", "ŷ", "ŷ − y"), (list(z), list(map(float, p)), list(map(float, error))), strict=True))  # type: ignore[arg-type]
    body = [*_heads(T), _frame(TOP + label * ROW)]
    for k in range(len(z)):
        y = TOP + k * ROW
        weight = "bold" if k == label else "normal"
        body.append(text(10, y + 21, f"class {k}", 14, "start", font_weight=weight))
        body += [
            _signed(name, values[k], y, max(map(abs, values)) if name == "z" else 1.0)
            for name, values in columns.items()
        ]
    body.append(_signed("L", loss, TOP + label * ROW, max(loss, 4.0)))
    return picture(WIDE, TOP + len(z) * ROW + 8, "".join(body), _words(columns, label, T, loss))


def decimals(value: float, signed: bool = False) -> str:
    """Write a number with four decimals, or a tiny or huge one by its power of ten."""
    sign = "+" if signed and value > 0 else ""
    return sign + (f"{value:.4f}".replace("-", "−") if 5e-5 <= abs(value) < 100 else written(value))


def written(value: float) -> str:
    """Write a number as it is, or a tiny or huge one by its power of ten."""
    if value == 0 or 1e-4 <= abs(value) < 1e5:
        return plain(value, 5)
    digits, power = f"{value:.2e}".split("e")
    return f"{plain(float(digits))} · 10{str(int(power)).translate(SUPERSCRIPTS)}"


def _heads(T: float) -> list[str]:
    of = "z" if T == 1 else "z/T"
    heads = {
        "z": ("logits", "z" if T == 1 else f"z, with T = {plain(T)}"),
        "ŷ": ("probabilities", f"ŷ = softmax({of})"),
        "L": ("loss", "L = −ln ŷ"),
        "ŷ − y": ("error", "ŷ − y"),
    }
    drawn = [
        text(COLUMNS[name][0], 22, title, 14, "start", font_weight="bold")
        + text(COLUMNS[name][0], 42, formula, 14, "start", font_family=SERIF)
        for name, (title, formula) in heads.items()
    ]
    return [*drawn, line((6, TOP - 8), (WIDE - 6, TOP - 8), stroke="currentColor", stroke_opacity=0.4)]


def _frame(y: float) -> str:
    """Mark the row of the label."""
    return tag("rect", x=4, y=y - 1, width=WIDE - 8, height=ROW - 2, rx=4, fill="currentColor", fill_opacity=0.07)


def _signed(name: str, value: float, y: float, most: float) -> str:
    """Draw a bar from 0 to `value` on a scale to `most`, and the number behind the column."""
    left, width = COLUMNS[name]
    two_sided = name in ("z", "ŷ − y")
    zero = left + width / 2 if two_sided else left
    scale = (width / 2 if two_sided else width) / (most or 1)
    length, top = abs(value) * scale, y + 8
    axis = line((zero, y + 4), (zero, y + 28), stroke="currentColor", stroke_opacity=0.55)
    number = {"z": written(value), "ŷ − y": decimals(value, signed=True)}.get(name, decimals(value))
    said = text(left + width + 6, y + 21, number, 13, "start")
    if value < 0:
        return _hatched(zero - length, top, length) + axis + said
    fill = GREEN if name == "L" else BLUE
    return tag("rect", x=zero, y=top, width=length, height=BAR, fill=fill) + axis + said


def _hatched(x: float, y: float, width: float) -> str:
    """Draw a negative bar: a rim, and slanted strokes that end at it."""
    strokes = []
    for step in range(1, int((width + BAR) / 5) + 1):
        reach = 5 * step  # the stroke runs on the line where x + y is so far from the upper left corner
        start = (x + min(reach, width), y + max(reach - width, 0))
        end = (x + max(reach - BAR, 0), y + min(reach, BAR))
        strokes.append(line(start, end, stroke=VERMILION, stroke_width=1.6))
    rim = tag("rect", x=x, y=y, width=width, height=BAR, fill="none", stroke=VERMILION, stroke_width=1.4)
    return "".join(strokes) + rim


def _words(columns: dict[str, list[float]], label: int, T: float, loss: float) -> str:
    z, p, error = columns["z"], columns["ŷ"], columns["ŷ − y"]
    hot = "" if T == 1 else f" at temperature {plain(T)}"
    by_z = "which is also the slope ∂L/∂z" if T == 1 else f"and the slope ∂L/∂z is that divided by {plain(T)}"
    return (
        f"Softmax of the logits {', '.join(map(written, z))}{hot}: the probabilities are "
        f"{', '.join(map(decimals, p))}. "
        f"The label is class {label}, counted from 0, so the loss −ln ŷ is {decimals(loss)}. "
        f"The error ŷ − y is {', '.join(decimals(e, signed=True) for e in error)}, {by_z}."
    )
