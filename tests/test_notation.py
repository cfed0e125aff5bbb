"""The glossary translates each text into the course's notation, and agrees with itself."""

import re

import pytest

import bpkit
from bpkit.course.exercise import SOURCES
from bpkit.course.notation import GLOSSARY, NAMES, as_table

BY_MEANING = {symbol.meaning: symbol for symbol in GLOSSARY}
OTHERS = [source for source in NAMES if source != "worksheet"]


def for_layer(latex, l):
    """Put a number for l into every index: A_{l-2} becomes A_0."""
    return re.sub(r"\{(\(?)l-(\d)(\)?)\}", lambda m: f"{{{m[1]}{l - int(m[2])}{m[3]}}}", latex)


def plain(latex):
    """Leave brackets out of an index of one digit, and bold letters plain."""
    return re.sub(r"\{(\d)\}", r"\1", re.sub(r"\\(?:boldsymbol|mathbf)\{(\w)\}", r"\1", latex))


def test_every_text_has_its_column():
    assert NAMES.keys() == SOURCES.keys()
    header, _, *rows = as_table().splitlines()
    assert [cell.strip() for cell in header.split("|")[2:-1]] == list(NAMES.values())
    assert len(rows) == len(GLOSSARY)
    assert {row.count("|") for row in rows} == {len(NAMES) + 2}


@pytest.mark.parametrize("source", OTHERS)
@pytest.mark.parametrize(
    ("general", "first"),
    [
        ("weights into layer $l$", "weights into the first layer that computes"),
        ("biases of layer $l$", "its biases"),
        ("what leaves layer $l$", "what leaves it"),
    ],
)
def test_the_general_index_gives_the_first_layers(source, general, first):
    sign = plain(for_layer(BY_MEANING[general].of(source), 2))
    assert plain(BY_MEANING[first].of(source)).startswith(sign)


@pytest.mark.parametrize("symbol", GLOSSARY, ids=lambda symbol: symbol.meaning)
def test_every_sign_is_ours_first_and_well_formed(symbol):
    assert symbol.here
    for source in NAMES:
        sign = symbol.of(source)
        assert sign.count("{") == sign.count("}")
        assert "|" not in sign
        assert "$" not in sign


def test_one_text_is_set_beside_ours():
    page = repr(bpkit.notation("Softmax_Notes"))
    assert page.splitlines()[0] == "| what it is | here (the worksheet) | lecture notes of 2024 |"
    assert "| weights into layer $l$ | $W^l$ | $W_{l-1}$ |" in page
    assert "no sign" not in page


def test_without_a_name_all_are_shown_and_an_unknown_one_is_told():
    assert repr(bpkit.notation()) == as_table()
    for unknown in ("Nielsen", "", 3, object()):
        assert "The texts are called worksheet, carson" in repr(bpkit.notation(unknown))
