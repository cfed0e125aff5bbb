"""Names as they are written by hand: ∂L/∂θ₁, dL/dtheta1 and the fraction in LaTeX are all dL_dtheta1."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import partial

LONGEST = 2_000  # letters of a text that is looked through
DEEPEST = 3
MOST = 400
HAT = "\N{COMBINING CIRCUMFLEX ACCENT}"

DIGIT = "[0-9₀-₉]"
INDEX = rf"(?:_\{{{DIGIT}\}}|_?{DIGIT})"
BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
SMALL = r"(?<![\w\\])((?:\\partial\s*|∂\s*|d\s?)[\\\w{}]+)"
FRACTION = re.compile(rf"\\[dt]?frac\s*{BRACED}\s*{BRACED}")
QUOTIENT = re.compile(rf"{SMALL}\s*/\s*{SMALL}")
ENTRY = re.compile(rf"(?<!\w)(D){INDEX.replace('(?:', '(', 1)}\s*_?([a-z]{INDEX})")
TRANSPOSE = re.compile(rf"(?<!\w)([A-Za-z]{INDEX})\s*(?:\.T\b|\^\{{(?:T|\\top)\}}|\^(?:T\b|\\top)|ᵀ|T\b)")
HATTED = re.compile(rf"(?:\\hat\s*\{{\s*y\s*\}}|\\hat\s*y|ŷ|y{HAT}|y_?hat(?![a-z]))\s*({INDEX})?")
EQUATION = re.compile(r"[^=<>!]{1,80}=\s*([^=<>!]+)")


def spelled(text: str, names: Collection[str], hat: str = "") -> str:
    """Write what is in a text, in one of many ways, with the declared names.

    Parameters
    ----------
    text
        Whatever was typed; too long a text is left as it is.
    names
        The declared names, such as dL_dtheta1, D2_g1, W1_T. Nothing else is put in.
    hat
        The letter that the names have for ŷ, if they have one.
    """
    if len(text) > LONGEST:
        return text

    def known(write: Callable[..., str], found: re.Match[str]) -> str:
        name = write(*map(_plain, (group or "" for group in found.groups())))
        return name if name in names else found[0]

    for pattern, write in (
        (FRACTION, "{}_{}".format),
        (QUOTIENT, "{}_{}".format),
        (ENTRY, "{}{}_{}".format),
        (TRANSPOSE, "{}_T".format),
        (HATTED, f"{hat}{{}}".format),
    ):
        text = pattern.sub(partial(known, write), text)
    return text


def _plain(part: str) -> str:
    """Write a piece of a name in plain letters: ∂θ₁ is dtheta1."""
    part = re.sub(r"\\partial|∂", "d", part).replace("θ", "theta")
    part = re.sub(r"\\(?:mathcal|mathrm|hat)|[\s{}\\_]", "", part)
    return unicodedata.normalize("NFKD", part).replace(HAT, "")


def right_side(text: str) -> str:
    """Drop the left side of an equation: what the answer is called."""
    found = EQUATION.fullmatch(text) if len(text) <= LONGEST else None
    return found[1] if found else text


def in_texts(change: Callable[[str], str], given: object, depth: int = 0) -> object:
    """Change a text, or the texts in a list or in lists of lists."""
    if type(given) is str:
        return change(given)
    if type(given) in (list, tuple) and depth < DEEPEST and len(given) <= MOST:  # type: ignore[arg-type]
        return [in_texts(change, part, depth + 1) for part in given]  # type: ignore[attr-defined]
    return given
