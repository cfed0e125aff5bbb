r"""The shape of an array, as people write one: 2×4, 2 x 4, (2, 4), 2 by 4, or LaTeX's 2 \times 4."""

from __future__ import annotations

import re

LONGEST = 40  # letters of a shape
# In text that is no raw string, the \t of \times is a tab.
BETWEEN = re.compile(r"[,×x]|\\times|\times|by")
AROUND = "()[]$ "
TIMES = re.compile(r"×|\\times|\times|(?<![^\W\d_])x(?![^\W\d_])|\bby\b")
LONGEST_LIST = 400


def sizes_of(written: object) -> object:
    """Return the sizes in a shape that is written as text, as a list of texts; anything else as it is.

    Text without a sign between sizes becomes a list of one: "h" is the shape of a vector.
    """
    if type(written) is not str or len(written) > LONGEST:
        return written
    parts = (part.strip() for part in BETWEEN.split(written.strip(AROUND)))
    return [part for part in parts if part]


def shapes_of(written: object) -> object:
    """Return the shapes in a line such as "[h×D, h]" as a list of texts; anything else as it is.

    Where no sign stands between two sizes, the commas do, and brackets say what belongs together.
    """
    if type(written) is not str or len(written) > LONGEST_LIST or not TIMES.search(written):
        return written
    return [part.strip(AROUND) for part in re.split("[,;]", written.strip(AROUND))]
