"""Chapter 11: misprints of the five texts, found by a test and corrected; among them lines that are right.

Its exercises stand in four modules, by the kind of test: a case whose result is known, indices, shapes, a measured
slope. To import one of them adds its exercises to the chapter, so their order here is that of the chapter.
"""

from . import errata_cases, errata_indices, errata_shapes, errata_slopes  # isort: skip
from .errata_lines import CHAPTER as CHAPTER

PARTS = (errata_cases, errata_indices, errata_shapes, errata_slopes)
