"""What an object is called, whatever it says of itself."""

import types

import numpy as np
import pytest

from bpkit.checking.guards import kind_of, printable


class Apple:
    """A name with a vowel at its beginning."""


class Xerox:
    """A name with a consonant at its beginning, and a capital one."""


class lime:
    """A name in small letters."""


class orange:
    """A name in small letters, with a vowel at its beginning."""


class Meta(type):
    """The class of a class."""


LONG = type("L" * 31, (), {})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (True, "a number"),
        (2.5, "a number"),
        (np.float64(2.5), "a number"),
        (np.int64(2), "a number"),
        (1j, "a complex number"),
        ("x", "text"),
        ([1], "a list"),
        ((1,), "a tuple"),
        ({1}, "a set"),
        ({}, "a dictionary"),
        (None, "nothing"),
        (np.zeros(2), "an array"),
        (lambda: 1, "a function"),
        (len, "a function"),
        (np, "a module"),
        ((i for i in ()), "a generator"),
        (int, "a class"),
        (Meta("Made", (), {}), "a class"),
        (Apple(), "an Apple object"),
        (orange(), "an orange object"),
        (Xerox(), "a Xerox object"),
        (lime(), "a lime object"),
        (types.SimpleNamespace(), "a SimpleNamespace object"),
        (LONG(), "a " + "L" * 30 + "… object"),
    ],
    ids=lambda value: value if type(value) is str else "",
)
def test_a_thing_is_called_by_what_it_is_with_its_article(given, said):
    assert kind_of(given) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("w₂ = 3", "w₂ = 3"),
        ("a\tb\x00", "aU+0009bU+0000"),
        ("\u202e", "U+202E"),
        ("x" * 30, "x" * 30),
        ("x" * 31, "x" * 30 + "…"),
        ("\n" * 31, "U+000A" * 30 + "…"),
    ],
    ids=ascii,
)
def test_text_is_shown_up_to_thirty_characters_and_the_invisible_ones_by_their_numbers(text, shown):
    assert printable(text) == shown


def test_how_much_of_a_text_is_shown_can_be_chosen():
    assert printable("abcdef", 3) == "abc…"
    assert printable("abc", 3) == "abc"
