"""Random numbers that are the same here and in the browser, whose own generators cannot be given a seed.

NumPy's are better and stay what `bpkit.nn.Network` uses. These are for what a widget draws by itself in JavaScript
and a test or an exercise must be able to follow in Python.
"""

from __future__ import annotations

import math

_WORD = 0xFFFFFFFF


class Draws:
    """A stream of numbers, always the same for a seed: T. Ettinger's Mulberry32.

    Parameters
    ----------
    seed : int
        Its lowest 32 bits count.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed & _WORD

    def uniform(self) -> float:
        """Draw from [0, 1)."""
        self._state = (self._state + 0x6D2B79F5) & _WORD
        t = self._state
        t = ((t ^ (t >> 15)) * (t | 1)) & _WORD
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & _WORD)) & _WORD
        return (t ^ (t >> 14)) / 4294967296

    def normal(self) -> float:
        """Draw from the standard normal distribution (Box and Muller)."""
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())

    def shuffled(self, n: int) -> list[int]:
        """Return 0, …, n − 1 in random order (Fisher and Yates)."""
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = int(self.uniform() * (i + 1))
            order[i], order[j] = order[j], order[i]
        return order
