"""Explanations in words: no machine judges them, but an attempt is asked for before the model is shown."""

import numpy as np
import pytest

from bpkit.checking import Explanation
from bpkit.checking.explanations import FEWEST_WORDS

WHY = Explanation("why", "Each link scales the change, so the factors multiply.")


@pytest.mark.parametrize("words", [FEWEST_WORDS, FEWEST_WORDS + 1, 50])
def test_an_attempt_is_laid_beside_the_model(words):
    verdict = WHY.judge("word " * words)
    assert (verdict.status, verdict.score) == ("undecided", 0)
    assert verdict.message == (
        "No machine judges this one: compare yours with a model, and decide. "
        "Each link scales the change, so the factors multiply."
    )


@pytest.mark.parametrize("words", [1, FEWEST_WORDS - 1])
def test_a_few_words_are_no_attempt_and_do_not_show_the_model(words):
    verdict = WHY.judge("word " * words)
    assert verdict.status == "malformed"
    assert verdict.message == "Write a sentence or two first; then a model explanation is shown beside yours."


def test_eight_words_are_a_sentence():
    assert FEWEST_WORDS == 8


@pytest.mark.parametrize("blank", ["", "...", None, ..., [...]], ids=repr)
def test_what_is_left_as_it_was_is_unattempted(blank):
    assert WHY.judge(blank).status == "unattempted"


@pytest.mark.parametrize(
    "other", [5, ["some words"] * 9, b"word " * 9, np.zeros(9), len], ids=lambda v: type(v).__name__
)
def test_what_is_no_text_is_malformed(other):
    verdict = WHY.judge(other)
    assert (verdict.status, verdict.message) == ("malformed", "Write your explanation as text, in quotes.")


def test_the_code_is_the_model_which_is_an_attempt():
    names = {}
    exec(WHY.code(), names)
    assert names["why"] == WHY.model
    assert WHY.judge(names["why"]).status == "undecided"
