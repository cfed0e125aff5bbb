"""Chapter 07: the slopes of the loss by everything a layer holds, in four equations.

Its exercises stand in four modules: the errors, the slopes by weights and biases, what another text writes in their
place, and chains of whole Jacobians. To import one of them adds its exercises to the chapter, so their order here is
that of the chapter.
"""

from . import four_equations_errors, four_equations_parameters, four_equations_jacobians, four_equations_chain  # isort: skip

CHAPTER = four_equations_errors.CHAPTER
PARTS = (four_equations_errors, four_equations_parameters, four_equations_jacobians, four_equations_chain)
