"""What a student sees: a verdict, a hint, a solution, as HTML or Markdown in JupyterLab and as text elsewhere."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from html import escape

from bpkit.checking import Status, Verdict


@dataclass(frozen=True)
class _Look:
    """How one status is shown: a sign and words, so that the colour never carries the meaning alone."""

    sign: str
    words: str
    colour: str


_LOOKS: dict[Status, _Look] = {
    "correct": _Look("✓", "Correct", "var(--jp-success-color1, #2e7d32)"),
    "incorrect": _Look("✗", "Not yet", "var(--jp-error-color1, #c62828)"),
    "undecided": _Look("?", "Can't tell", "var(--jp-info-color1, #0277bd)"),
    "malformed": _Look("!", "Can't read it", "var(--jp-warn-color1, #b26a00)"),
    "unattempted": _Look("…", "Not attempted", "var(--jp-content-font-color2, #616161)"),
}


def _ink(colour: str) -> str:
    """Return a colour that can be read as text: towards the page's own ink, on light and on dark pages."""
    return f"color-mix(in srgb, {colour} 55%, var(--jp-content-font-color0, #000))"


# An answer that still holds inner variables is on its way, neither wrong nor unreadable.
_UNFINISHED = _Look("→", "On the way", "var(--jp-warn-color1, #b26a00)")
# An answer in words, which counts nothing, is not undecided for want of skill: it is laid beside a model.
_COMPARE = _Look("⇄", "Compare", "var(--jp-info-color1, #0277bd)")


@dataclass(frozen=True)
class Feedback(Verdict):
    """A verdict as the student sees it.

    Parameters
    ----------
    exercise_id
        Of which exercise.
    points
        What the exercise counts.
    next_step
        A last line that says what can be done now, with a call in `backquotes`.
    notice
        Something about the progress file that must be said, or None.
    """

    exercise_id: str = ""
    points: int = 0
    next_step: str = field(default="", repr=False)
    notice: str | None = field(default=None, repr=False)

    @property
    def _look(self) -> _Look:
        if self.misconception == "inner-variable":
            return _UNFINISHED
        return _COMPARE if self.status == "undecided" and self.exercise_id and not self.points else _LOOKS[self.status]

    def as_state(self) -> dict[str, str]:
        """Return what a widget shows of it: the status, a sign and words for it, the message, and a notice."""
        look = self._look
        return {
            "status": self.status,
            "sign": look.sign,
            "words": look.words,
            "message": self.message,
            "notice": self.notice or "",
        }

    def __repr__(self) -> str:
        if os.environ.get("NBGRADER_EXECUTION") == "autograde":
            # nbgrader takes a number that a graded cell returns as its points, and anything else as all of them.
            return f"{self.score * self.points:g}"
        look = self._look
        lines = [
            f"{look.sign} {self.exercise_id} {look.words}.",
            self.message,
            self.next_step,
            self.notice or "",
        ]
        return "\n".join(line for line in lines if line)

    def _repr_html_(self) -> str:
        look = self._look
        read = "".join(f"<div>Read as: $\\displaystyle {escape(latex)}$</div>" for latex in self.understood)
        message = escape(self.message).replace("\n", "<br>")
        parts = [
            f'<strong style="color: {_ink(look.colour)}"><span aria-hidden="true">{look.sign}</span> '
            f"{look.words}</strong> · {escape(self.exercise_id)}",
            f"<div>{message}</div>" if message else "",
            read,
            f'<div style="opacity: 0.85">{_code(self.next_step)}</div>' if self.next_step else "",
            f"<div><em>{escape(self.notice)}</em></div>" if self.notice else "",
        ]
        style = f"border-left: 4px solid {look.colour}; padding: 0.3em 0.8em; margin: 0.2em 0; line-height: 1.6"
        return f'<div class="bpkit-feedback bpkit-{self.status}" style="{style}">{"".join(parts)}</div>'


def _code(text: str) -> str:
    """Escape a line and set what stands in backquotes as code."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if odd % 2 else piece for odd, piece in enumerate(pieces))


@dataclass(frozen=True)
class Page:
    """A text in Markdown: typeset in JupyterLab, as it stands elsewhere."""

    markdown: str

    def __repr__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown
