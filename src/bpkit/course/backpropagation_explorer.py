"""Chapter 08, second part: the steepest weight of a network, found and measured with `bpkit.widgets.NetworkStepper`."""

from __future__ import annotations

import sympy

from bpkit.checking import Mistake
from bpkit.nn.examples import small_network
from bpkit.nn.gradient_check import parameter_names

from .backpropagation import CHAPTER, ParameterName
from .exercise import Problem
from .four_equations_explorer import measured
from .writing import tex

LAYERS = (2, 3)


@CHAPTER.exercise("8.9", "The steepest weight", covers="worksheet/algorithm", points=2, vary={"seed": (10, 24, 43)})
def steepest_weight(seed: int = 21) -> Problem:
    """Ask for the weight with the largest |∂L/∂w|, its slope, and what is measured with h = 1."""
    network, x, y = small_network(seed)
    names = parameter_names(network.sizes)
    slopes = dict(zip(names, network.trace([x], [y]).gradient.tolist(), strict=True))
    values = dict(zip(names, network.theta.tolist(), strict=True))
    weights = [name for name in names if name.startswith("w")]
    right = max(weights, key=lambda name: abs(slopes[name]))

    def loss(step: float) -> float:
        at = names.index(right)
        network.theta[at] = values[right] + step
        found = network.loss([x], [y])
        network.theta[at] = values[right]
        return found

    up, here, down = loss(1), loss(0), loss(-1)
    slope, far = slopes[right], (up - down) / 2
    turned = f"w_{right[3]}{right[2]}{right[4:]}"
    known = {
        "bias-for-weight": [name for name in names if name.startswith("b")],
        "indices-swapped": [turned] if turned != right else [],
        "layer-shift": [f"{right[:-1]}{l}" for l in LAYERS if f"{right[:-1]}{l}" != right],
        "sign-counts": [max(weights, key=slopes.__getitem__)],
        "largest-weight": [max(weights, key=lambda name: abs(values[name]))],
        "less-steep": weights,
        "no-such-parameter": [f"w_{j}{k}^{l}" for j in range(5) for k in range(5) for l in range(1, 5)],
    }
    slug_of = {name: slug for slug, listed in reversed(known.items()) for name in listed if name != right}
    others = {slopes[name] for name in weights if name != right}
    return Problem(
        statement=rf"""
Open the stepper with these numbers: `stepper = bpkit.widgets.NetworkStepper(seed={seed})`, and then `stepper` on a line
of its own. Which of the 20 weights moves the loss most, for a small change of it? Biases do not count here, and a slope
below 0 counts by its size.

Hand in the name of this weight, such as `"w_24^3"`, as `steepest`, and its slope $\frac{{\partial L}}{{\partial w}}$ as
`slope`. Then choose this weight, set $h$ to 1 and measure: `far` is the slope that comes out. Both numbers to at least
three significant digits.
""",
        answers=(
            ParameterName(
                "steepest",
                sympy.Symbol(right),
                (right, *slug_of),
                tuple(Mistake(slug, sympy.Symbol(name)) for name, slug in slug_of.items()),
                measured="",
            ),
            measured(
                "slope",
                slope,
                [
                    ("sign", -slope),
                    ("h-still-far", far),
                    ("weight-for-slope", values[right]),
                    *(("slope-of-another", other) for other in others),
                ],
            ),
            measured(
                "far",
                far,
                [
                    ("slope-for-far", slope),
                    ("points-swapped", -far),
                    ("one-sided-difference", up - here),
                    ("one-sided-difference", here - down),
                    ("step-counted-once", up - down),
                    ("loss-for-slope", up),
                    ("loss-for-slope", down),
                    *(("other-distance", (loss(h) - loss(-h)) / (2 * h)) for h in (0.5, 2)),
                ],
            ),
        ),
        hints=(
            "Walk to the last step: then the tables hold the slopes of all weights, each below its weight.",
            "Look for the largest number in the rows ∂L/∂, without its sign and without the column of the biases.",
            "The list of weights, h and the button stand below the drawing; in a cell, stepper.measured is the result.",
        ),
        solution=rf"""
The largest $\left|\frac{{\partial L}}{{\partial w}}\right|$ belongs to ${tex(sympy.Symbol(right))}$: its slope is
{slope:.4g}. With $h = 1$, $\frac{{L(w + 1) - L(w - 1)}}{{2}}$ = ({up:.5f} − {down:.5f}) / 2 = {far:.4g}: over so long a
way the loss is no straight line, and what is measured is its mean slope. With smaller $h$ it comes to the slope itself.
""",
    )
