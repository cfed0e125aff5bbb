"""Chapter 07, fifth part: what `bpkit.widgets.NetworkStepper` is asked for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bpkit.checking import Mistake
from bpkit.checking.measured import Measured, agree
from bpkit.nn.examples import small_network

from .exercise import Problem
from .four_equations_errors import CHAPTER

DIGITS = 3  # of the four that the stepper shows


def measured(name: str, right: float, wrong: Iterable[tuple[str, float]]) -> Measured:
    """Ask for a number that is read off, to three digits; what reads like the right one is no mistake."""
    mistakes = [Mistake(slug, np.array(value)) for slug, value in wrong if not agree(value, right, DIGITS)]
    return Measured(name, np.array(right), tuple(mistakes), digits=DIGITS)


@CHAPTER.exercise(
    "7.18",
    "One input less",
    covers="worksheet/bp2",
    points=2,
    vary={"seed": (16, 20, 23, 24), "j": (1, 2, 3, 4), "i": (1, 2, 3)},
)
def one_input_less(seed: int = 3, j: int = 3, i: int = 2) -> Problem:
    """Ask for d_j^2 with the given input, and with entry i of it set to 0."""
    network, x, y = small_network(seed)
    without = np.where(np.arange(1, 4) == i, 0, x)
    right: dict[str, float] = {}
    wrong: dict[str, list[tuple[str, float]]] = {}
    for name, sample in (("before", x), ("after", without)):
        trace = network.trace([sample], [y])
        d, a = trace.d[2][:, 0], trace.a[2][:, 0]
        right[name] = float(d[j - 1])
        wrong[name] = [
            ("slope-missing-in-hidden", float((network.W[3].T @ trace.d[3])[j - 1, 0])),
            ("sign", -float(d[j - 1])),
            ("error-missing", float(a[j - 1] * (1 - a[j - 1]))),
            ("activation-for-error", float(a[j - 1])),
            ("sum-for-error", float(trace.z[2][j - 1, 0])),
            *(("other-neuron", float(d[k - 1])) for k in range(1, 5) if k != j),
            *(("error-of-another-layer", float(trace.d[3][k - 1, 0])) for k in (1, 2)),
        ]

    def answer(name: str, more: Iterable[tuple[str, float]]) -> Measured:
        return measured(name, right[name], [*more, *wrong[name]])

    elsewhere = {k: float(network.trace([np.where(np.arange(1, 4) == k, 0, x)], [y]).d[2][j - 1, 0]) for k in (1, 2, 3)}
    others = [("other-input", value) for k, value in elsewhere.items() if k != i]
    return Problem(
        statement=rf"""
Open the stepper with these numbers: `stepper = bpkit.widgets.NetworkStepper(seed={seed})`, and then `stepper` on a line
of its own. It has a 3–4–2 network with sigmoids and the mean squared error.

Walk back until you know $d_{j}^2$, the error of neuron {j} in layer 2: that is `before`. Then set the input $x_{i}$ to
0, leave everything else as it is, and read $d_{j}^2$ again: that is `after`. Hand in both, to at least three
significant digits.
""",
        answers=(
            answer("before", [("input-changed-already", right["after"])]),
            answer("after", [("input-unchanged", right["before"]), *others]),
        ),
        hints=(
            "The button Layer » goes to the end of a layer; after the loss, the errors come, the output's first.",
            f"In the table, the row 2, {j} belongs to neuron {j} of layer 2. Its column d fills on the way back.",
            rf"Two steps lead to $d_{j}^2$: first the sum over the wires that leave it, then $\sigma'(z_{j}^2)$.",
        ),
        solution=rf"""
With the given input $d_{j}^2$ is {right["before"]:.4g}. With $x_{i} = 0$ every $z_j^2$ changes, and so do the
$\mathbf{{a}}^2$, the output and $\mathbf{{d}}^3$: forward the change goes to the loss, and back it comes to
$d_{j}^2$, which is {right["after"]:.4g} now. An error belongs to one sample; with another input it is another.
""",
    )
