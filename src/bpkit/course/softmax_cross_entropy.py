"""Chapter 06: probabilities out of numbers, the loss that goes with them, and every gradient of a network that ends so.

Its exercises stand in five modules: the softmax, the loss, the loss's slope by the logits, the gradients of a whole
network, and what is steered with the explorer. To import one of them adds its exercises to the chapter, so their order
here is that of the chapter.
"""

from . import softmax_forward, softmax_loss, softmax_logits, softmax_gradients, softmax_explorer  # isort: skip

CHAPTER = softmax_forward.CHAPTER
PARTS = (softmax_forward, softmax_loss, softmax_logits, softmax_gradients, softmax_explorer)
