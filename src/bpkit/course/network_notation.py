"""Chapter 03: the names of everything in a network, as single numbers and as matrices.

Its exercises stand in three modules. To import one of them adds its exercises to the chapter, so their order here is
that of the chapter.
"""

from . import network_notation_names, network_notation_hadamard, network_notation_translation  # isort: skip

CHAPTER = network_notation_names.CHAPTER
PARTS = (network_notation_names, network_notation_hadamard, network_notation_translation)
