"""Look at an object of which nothing is known, without running any code of its own."""

from __future__ import annotations

import types

import numpy as np


def exactly(given: object, *kinds: type) -> bool:
    """Tell whether `given` is of one of these types itself: no subclass, and nothing that claims to be one."""
    return any(type(given) is kind for kind in kinds)


def printable(text: str, length: int = 30) -> str:
    """Shorten `text` and write its invisible characters out, so that it can stand in a sentence."""
    shown = "".join(letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in text[:length])
    return shown if len(text) <= length else f"{shown}…"


# What these are called in a sentence; anything else is "a Spam object".
KINDS: dict[type, str] = {
    **dict.fromkeys((bool, int, float, np.float64, np.int64), "a number"),
    **dict.fromkeys((types.FunctionType, types.BuiltinFunctionType), "a function"),
    complex: "a complex number",
    dict: "a dictionary",
    list: "a list",
    np.ndarray: "an array",
    set: "a set",
    str: "text",
    tuple: "a tuple",
    type(None): "nothing",
    types.GeneratorType: "a generator",
    types.ModuleType: "a module",
}


def kind_of(given: object) -> str:
    """Say what `given` is, with its article: "a list", "an array", "a Spam object"."""
    if issubclass(type(given), type):
        return "a class"
    name = printable(type.__dict__["__name__"].__get__(type(given)))  # the metaclass is not asked
    article = "an" if name[:1] in "aeiouAEIOU" else "a"
    return next((said for kind, said in KINDS.items() if type(given) is kind), f"{article} {name} object")
