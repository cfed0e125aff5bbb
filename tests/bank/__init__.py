"""The judged bank: for every exercise answers that are right, in many forms, and answers that are wrong.

One module for each chapter, with two tables by exercise id. In RIGHT each entry is a tuple of answers. In WRONG each
entry is the misconception that the checker should name, or None where it cannot be expected to, and then the
answers. Where an exercise takes several answers, a wrong entry may be wrong in one of them.
"""

from importlib import import_module

MODULES = (
    *("start_here", "chain_rule", "jacobians", "network_notation", "activations", "losses", "softmax_cross_entropy"),
    *("four_equations", "backpropagation", "training", "automatic_differentiation", "errata", "review"),
)


def _all(table):
    return {
        exercise_id: entries
        for name in MODULES
        for exercise_id, entries in getattr(import_module(f"bank.{name}"), table).items()
    }


RIGHT = _all("RIGHT")
WRONG = _all("WRONG")
EVERY_RIGHT = [(exercise_id, answers) for exercise_id, entries in RIGHT.items() for answers in entries]
EVERY_WRONG = [(i, slug, answers) for i, entries in WRONG.items() for slug, *answers in entries]
