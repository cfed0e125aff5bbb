"""Chapter 02: maps of vectors, their Jacobian matrices, and the chain rule as a product of matrices."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("02_jacobians", "Jacobians")
