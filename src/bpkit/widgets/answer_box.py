"""A box to answer an exercise in: the statement, a line to type in with its reading beside it, hints, a solution.

What an exercise is, this room does not know: an `Asker` does, and the box shows what it says.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import traitlets
from IPython.display import display

from bpkit import figures
from bpkit.figures.picture import picture
from bpkit.figures.svg import COLOURS, escape, tag, text

from .explorer import _HIDES_ERROR, Explorer

LONGEST = 200_000  # letters in a line; what is longer is cut when it is shown, and refused when it is read
SESSION = uuid.uuid4().hex  # another one after a restart of the kernel

Reading = Mapping[str, Any]


class Asker(Protocol):
    """What stands behind a box. Each call but `read` returns traits of the box that have changed."""

    def state(self) -> Mapping[str, Any]:
        """Return all that the box shows of the exercise."""

    def read(self, at: int, typed: str) -> Reading:
        """Return how a line is read: ``{"tree": formula}`` or ``{"said": sentence}``."""

    def check(self, texts: Sequence[str]) -> Mapping[str, Any]:
        """Check the answers."""

    def hint(self) -> Mapping[str, Any]:
        """Show one more hint."""

    def solution(self) -> Mapping[str, Any]:
        """Show the worked solution."""

    def fresh(self, seed: int | None = None) -> Mapping[str, Any]:
        """Pose the exercise with other numbers."""

    def home(self) -> Mapping[str, Any]:
        """Go back to the instance with which the box was opened."""


class AnswerBox(Explorer):
    """A box to type an answer in, with the reading beside it at every key.

    ``bpkit.ask("1.4")`` and ``bpkit.practice("1.4")`` show one that belongs to an exercise. What is typed stays in the
    browser, too, and comes back when the kernel has been restarted and the cell is run again.

    Parameters
    ----------
    asker
        What poses the exercise, reads and checks; without one, the box shows what is typed and judges nothing.

    Attributes
    ----------
    texts : list of str
        What is typed, a line for each answer; may be set.
    names : list of str
        What the answers are called.
    heading, statement : str
        Which exercise it is, and what is asked, in Markdown.
    feedback : dict
        The last verdict: ``status``, ``words``, ``message``; empty before the first.
    hints : list of str
        The hints shown so far.
    worked : str
        The worked solution, once it was asked for.
    seed : int or None
        The seed of the instance; None for the printed exercise.
    """

    module = "answer_box.js"
    heading = traitlets.Unicode("Type something").tag(sync=True)
    counts = traitlets.Unicode().tag(sync=True)  # what it counts, beside the heading
    statement = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)  # what is said in place of lines to type in
    names = traitlets.List(traitlets.Unicode(), ["answer"]).tag(sync=True)
    tall = traitlets.List(traitlets.Bool(), [False]).tag(sync=True)  # of each line whether it has several lines
    texts = traitlets.List(traitlets.Unicode(), [""]).tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    hints = traitlets.List(traitlets.Unicode()).tag(sync=True)
    most_hints = traitlets.Int(0).tag(sync=True)
    worked = traitlets.Unicode().tag(sync=True)
    warning = traitlets.Unicode().tag(sync=True)  # what is said before the solution is shown
    varies = traitlets.Bool(False).tag(sync=True)
    drawn = traitlets.Bool(False).tag(sync=True)  # whether the seed is nobody's choice
    away = traitlets.Bool(False).tag(sync=True)  # whether there is an instance to go back to
    seed = traitlets.Int(None, allow_none=True).tag(sync=True)
    draft = traitlets.Unicode().tag(sync=True)  # under which name the browser keeps what is typed
    session = traitlets.Unicode(SESSION).tag(sync=True)

    def __init__(self, asker: Asker | None = None, fallback: str = "", **traits: Any) -> None:
        self._asker = asker
        self._fallback = fallback
        state = dict(asker.state()) if asker else {}
        super().__init__(**{**state, **traits})
        self.on_msg(self._asked)

    @traitlets.validate("texts")
    def _valid_texts(self, proposal: Any) -> list[str]:
        texts: list[str] = proposal["value"]
        if len(texts) != len(self.names):
            raise traitlets.TraitError(
                f"texts has one text for each of {', '.join(self.names)}; here are {len(texts)}."
            )
        if too_long := [len(one) for one in texts if len(one) > LONGEST]:
            raise traitlets.TraitError(f"A text has up to {LONGEST} letters here, and this one has {too_long[0]}.")
        return texts

    def _asked(self, _: object, content: Any, __: object = None) -> None:
        """Answer a message from the browser; every answer carries the question's number."""
        if not isinstance(content, dict):
            return
        kind, number = content.get("kind"), content.get("number")
        if kind == "read":
            at = content.get("at")
            read = self._read(at, content.get("text")) if isinstance(at, int) else {}
            self.send({"kind": "reading", "number": number, "at": at, **read})
            return
        self._take(self._done(kind, content))
        self.send({"kind": "done", "number": number})

    def _read(self, at: int, typed: Any) -> Reading:
        if type(typed) is not str or not 0 <= at < len(self.names):
            return {}
        return self._asker.read(at, typed) if self._asker else {"said": typed[:1000]}

    def _done(self, kind: object, content: Mapping[str, Any]) -> Mapping[str, Any]:
        asker, texts, seed = self._asker, content.get("texts"), content.get("seed")
        if asker is None:
            return {}
        if kind == "check" and isinstance(texts, list) and len(texts) == len(self.names):
            if all(type(one) is str for one in texts):
                cut = [one[:LONGEST] for one in texts]
                return {"texts": cut, **asker.check(cut)}
        elif kind == "hint":
            return asker.hint()
        elif kind == "solution":
            return asker.solution()
        elif kind == "fresh":
            return asker.fresh()
        elif kind == "resume" and isinstance(seed, int):
            return asker.fresh(seed)
        elif kind == "home":
            return asker.home()
        return {}

    def _take(self, changes: Mapping[str, Any]) -> None:
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in changes.items():
                setattr(self, name, value)

    def _ipython_display_(self) -> None:
        if not self._fallback:
            super()._ipython_display_()
            return
        # Without a kernel the exercise stands there as text, which every page can show.
        self._still = uuid.uuid5(uuid.NAMESPACE_OID, self._fallback).hex[:12]
        display({"application/vnd.jupyter.widget-view+json": self._view(), "text/plain": "", "text/html": ""}, raw=True)
        still = f'<div class="bpkit-still" data-still="{self._still}">\n\n{self._fallback}\n\n</div>\n\n{_HIDES_ERROR}'
        display({"text/markdown": still, "text/plain": self._fallback}, raw=True)

    def still(self) -> figures.Picture:
        """Return the box as it is now, as a picture with its text."""
        width, pitch = 560, 34
        lines = []
        for number, (name, typed) in enumerate(zip(self.names, self.texts, strict=True)):
            y = 42 + pitch * number
            left = 20 + 9 * (max(map(len, self.names)) + 2)
            shown = " ".join(typed.split())
            lines += [
                text(16, y + 17, escape(f"{name} ="), 14, "start"),
                tag("rect", x=left, y=y, width=width - left - 16, height=26, rx=4, fill="none", stroke="currentColor"),
                text(left + 8, y + 18, escape(shown if len(shown) < 50 else f"{shown[:49]}…"), 14, "start"),
            ]
        told = " ".join(filter(None, (self.feedback.get("sign"), self.feedback.get("words")))) or self.note[:70]
        height = 54 + pitch * len(self.names) + (24 if told else 0)
        frame = tag(
            *("rect",),
            x=1,
            y=1,
            width=width - 2,
            height=height - 2,
            rx=6,
            fill="none",
            stroke=COLOURS[0],
            stroke_width=2,
        )
        title = text(16, 28, escape(self.heading), 15, "start", font_weight="600")
        last = text(16, height - 16, escape(told), 14, "start") if told else ""
        return picture(width, height, frame + title + "".join(lines) + last, self._alt())

    def _alt(self) -> str:
        typed = "; ".join(
            f"{name} = {one[:200]}" if one.strip() else f"{name}, nothing typed yet"
            for name, one in zip(self.names, self.texts, strict=True)
        )
        what = f"A box to type an answer in. {self.heading}."
        verdict = f"{self.feedback['words']}." if self.feedback.get("words") else ""
        return " ".join(filter(None, (what, f"{typed}." if typed else self.note, verdict)))


def notebook() -> str:
    """Return a name for the notebook that this kernel belongs to, as far as it can be known."""
    named = os.environ.get("JPY_SESSION_NAME")
    try:
        return named or str(Path.cwd())
    except OSError:  # the folder was deleted under the running kernel
        return ""
