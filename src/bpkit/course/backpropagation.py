"""Chapter 08: the algorithm: a pass forward, a pass back, and a measurement to check them."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("08_backpropagation", "Backpropagation")
