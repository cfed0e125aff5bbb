"""Chapter 10: an engine that finds gradients by itself."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("10_automatic_differentiation", "Automatic differentiation")
