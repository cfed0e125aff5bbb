"""Chapter 05: how to measure an error, and its slope.

Its exercises stand in five modules: the squared error, the absolute error beside it, labels −1 and +1, probabilities,
and the descent of all of them. To import one of them adds its exercises to the chapter, so their order here is that of
the chapter.
"""

from . import losses_squared, losses_regression, losses_classification, losses_probabilities, losses_descent  # isort: skip

CHAPTER = losses_squared.CHAPTER
PARTS = (losses_squared, losses_regression, losses_classification, losses_probabilities, losses_descent)
