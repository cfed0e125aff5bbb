"""Chapter 04: activation functions, their slopes, and what becomes of a slope in a deep chain.

Its exercises stand in three modules. To import one of them adds its exercises to the chapter, so their order here is
that of the chapter.
"""

from . import activations_slopes, activations_chain, activations_explorer  # isort: skip

CHAPTER = activations_slopes.CHAPTER
PARTS = (activations_slopes, activations_chain, activations_explorer)
