"""Chapter 12: one exercise from every chapter, drawn anew."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("12_review", "Review")
