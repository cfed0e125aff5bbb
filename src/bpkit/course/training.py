"""Chapter 09: descent down the slope, until a network reads handwritten digits."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("09_training", "Training")
