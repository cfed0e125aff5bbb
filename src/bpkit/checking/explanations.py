"""Answers in the student's own words: no machine judges them; they are laid beside a model explanation."""

from __future__ import annotations

from dataclasses import dataclass

from .verdict import UNATTEMPTED, Verdict, is_unattempted

FEWEST_WORDS = 8


@dataclass(frozen=True)
class Explanation:
    """An explanation in words, which the student compares with a model.

    Parameters
    ----------
    name
        The answer's name in the notebook.
    model
        An explanation that a good student could have written, in plain text.
    """

    name: str
    model: str

    def judge(self, given: object, why: bool = True) -> Verdict:
        """Ask for an attempt, then show the model beside it; never a machine's verdict."""
        if is_unattempted(given):
            return UNATTEMPTED
        if type(given) is not str:
            return Verdict("malformed", "Write your explanation as text, in quotes.")
        if len(given.split()) < FEWEST_WORDS:
            return Verdict(
                "malformed", "Write a sentence or two first; then a model explanation is shown beside yours."
            )
        message = f"No machine judges this one: compare yours with a model, and decide. {self.model}"
        return Verdict("undecided", message)

    def code(self) -> str:
        """Return the model as Python text."""
        return f'{self.name} = """{self.model}"""'
