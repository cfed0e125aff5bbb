"""Chapter 07: the slopes of the loss by everything a layer holds, in four equations.

Its exercises stand in five modules: the errors, the slopes by weights and biases, what another text writes in their
place, chains of whole Jacobians, and what is read off with a widget. To import one of them adds its exercises to the
chapter, so their order here is that of the chapter.
"""

from . import four_equations_errors, four_equations_parameters, four_equations_jacobians  # isort: skip
from . import four_equations_chain, four_equations_explorer  # isort: skip

CHAPTER = four_equations_errors.CHAPTER
PARTS = (
    four_equations_errors,
    four_equations_parameters,
    four_equations_jacobians,
    four_equations_chain,
    four_equations_explorer,
)
