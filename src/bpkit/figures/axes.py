"""A number line on paper: where a value goes, and which round values are written beside it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from bpkit.figures.svg import plain, tag


@dataclass(frozen=True)
class Axis:
    """The values from `low` to `high`, laid out from `start` to `end` (in pixels, either way round).

    On a logarithmic axis `low` and `high` are exponents of ten.
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Return the position of `value`."""
        return self._place(math.log10(value) if self.log else value)

    def _place(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Return the positions of about five round values, each with its label (markup)."""
        if self.log:
            stride = math.ceil((self.high - self.low) / 6)
            exponents = range(round(self.low), round(self.high) + 1, stride)
            return [(self._place(n), _power_of_ten(n)) for n in exponents]
        rough = (self.high - self.low) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = min((nice * power for nice in (1, 2, 5, 10)), key=lambda nice: abs(nice - rough))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(self._place(n * step), plain(n * step, 7)) for n in range(first, last + 1)]


def axis(values: Iterable[float], start: float, end: float, pad: float = 0.0, log: bool = False) -> Axis:
    """Return the axis that shows all `values`, with a share `pad` of its length to spare at both ends.

    Raises
    ------
    ValueError
        If the values are so far apart that their distance is no number any more.
    """
    values = list(values)
    least, most = min(values), max(values)
    if log:
        low, high = math.floor(math.log10(least)), math.ceil(math.log10(most))
        return Axis(low, max(high, low + 1), start, end, log=True)
    size = max(abs(least), abs(most))
    if most - least > max(1e-9 * size, 1e-300):
        spare = pad * (most - least)
    else:  # a level line gets air on both sides
        spare = size if size > 1e-300 else 1.0
    if not math.isfinite(6 * most - 6 * least):
        raise ValueError(f"values from {least:g} to {most:g} are too far apart to draw")
    return Axis(least - spare, most + spare, start, end)


def _power_of_ten(n: int) -> str:
    """Write 10^n, and 10^0 as 1."""
    return "1" if n == 0 else "10" + tag("tspan", plain(n), dy="-0.5em", font_size="75%")
