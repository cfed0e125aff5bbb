"""Chapter 02: maps of vectors, their Jacobian matrices, and the chain rule as a product of matrices.

Its exercises stand in three modules: one map, maps one after the other, and the order in which their Jacobians are
multiplied. To import one of them adds its exercises to the chapter, so their order here is that of the chapter.
"""

from . import jacobians_maps, jacobians_products, jacobians_orders  # isort: skip

CHAPTER = jacobians_maps.CHAPTER
PARTS = (jacobians_maps, jacobians_products, jacobians_orders)
