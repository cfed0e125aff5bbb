"""Chapter 07: the slopes of the loss by everything a layer holds, in four equations."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("07_four_equations", "The four equations")
