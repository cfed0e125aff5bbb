"""Chapter 11: misprints of the five texts, found by a test and corrected."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("11_errata", "Errata")
