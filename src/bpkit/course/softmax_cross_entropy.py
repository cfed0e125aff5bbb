"""Chapter 06: softmax, cross-entropy, and every gradient of a network that ends so."""

from __future__ import annotations

from .exercise import Chapter

CHAPTER = Chapter("06_softmax_cross_entropy", "Softmax and cross-entropy")
