"""The mistakes that the checkers can name, and what is said of each. The sentences never hold the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import sympy

from .verdict import Mistake

SENTENCES: dict[str, str] = {
    # chain rule
    "outer-at-inner-slope": "The outer derivative is taken at x itself; it belongs at the value of the inner function.",
    "composition-as-product": "This differentiates a product; here one function is put inside the other.",
    "inner-derivative-dropped": "The derivative of an inner function is missing: each link of the chain gives a factor.",
    "wrong-inner-value": "A factor is taken at the value of another link: each belongs at its own.",
    "outer-derivative-dropped": "The derivative of an outer function is missing: each link of the chain gives a factor.",
    "slopes-added": "The local derivatives are added here; along one chain they are multiplied.",
    "exponential-as-power": "An exponential is differentiated like a power here; the variable stands in the exponent.",
    "path-missing": "Only one path is counted. The variable reaches the result by more than one, and their parts add up.",
    "paths-multiplied": "The parts of the paths are multiplied here; paths add up, links along a path multiply.",
    "paths-not-added": "The paths are still apart: their parts add up to one number.",
    "products-of-sums": "First multiply along each path, then add; here sums are multiplied.",
    "paths-averaged": "The parts of the paths are averaged here; they add up.",
    "inner-variable": "This still holds inner variables: put in what they stand for.",
    "sign": "Only the sign differs: follow the minus signs once more.",
    "power-slip": "A power rule slipped: the exponent comes down as a factor and falls by one.",
    "not-differentiated": "This is the function itself; its derivative is asked for.",
    "factors-swapped": "The right pieces in the wrong order: which map is applied first?",
    # notation
    "indices-swapped": "The two lower indices are swapped: the first says where the weight leads, the second where it comes from.",
    "layer-shift": "The layer is off by one: look again at which layer the upper index names.",
    "counted-from-zero": "Neurons and layers are counted from 1 here.",
    "layer-below": "The upper index is the neuron's own layer, the lower one its number in it.",
    "bias-missing": "The bias is missing.",
    "weight-missing": "The weights are missing: each neuron below reaches this one through its own weight.",
    "wrong-row": "This uses another neuron's row of the weight matrix.",
    "weight-elsewhere": "Does this weight occur in that neuron's sum at all? Write the sum out and look for it.",
    "numbered-through": "The count runs on from layer to layer here; in each layer it starts again at 1.",
    "counted-from-below": "Within each layer the order is reversed: the topmost neuron is number 1.",
    "bias-of-sender": "There is one bias for each neuron that receives, so for each row of the weight matrix.",
    "bias-too-early": "The bias is added in the next step.",
    "bias-repeated": "The bias is added once for each term here; a neuron has one bias.",
    "one-term": "Only one neuron of the layer below is counted; each of them sends its activation.",
    "wrong-neuron": "A lower index is another neuron's: whose quantity is needed here?",
    "sigma-missing": "The activation function is still to be applied.",
    "sigma-too-early": "σ comes too early: the whole weighted sum with its bias comes first, then σ, once.",
    "slope-too-many": "σ' does not belong here: z is what stands before σ.",
    "term-itself": "This is the term that holds the variable; differentiate it by the variable.",
    "all-terms": "The variable stands in one term of the sum only; the others do not move with it.",
    "bias-as-constant": "Here the bias is what varies, so it does not count as a constant.",
    "bias-like-weight": "The bias is not multiplied by an activation: see how it stands in the sum.",
    "off-by-one": "The number is off by one: write down both names of one thing, such as the input, and compare.",
    "translated-back": "This goes the wrong way: should the number grow or shrink?",
    "same-number": "The two texts begin to count at different places, so one thing has two numbers.",
    "first-twice": "Only one of the two arrays is used.",
    "matrix-product": "This is a matrix or dot product; the Hadamard product multiplies entry by entry.",
    "outer-product": "This is an outer product, every entry with every other; the Hadamard product pairs equal places.",
    "entries-added": "The entries are added here; the Hadamard product multiplies them.",
    "broadcast": "Unequal shapes were stretched to fit; the Hadamard product needs equal shapes and refuses others.",
    "own-activation": "The partial derivative is another quantity: hold everything fixed except the one you differentiate by.",
    # activations
    "sigma-for-derivative": "σ stands where its slope σ' belongs.",
    "one-minus-sigma": "A factor is missing: the slope of σ tends to 0 on both sides.",
    "sigma-one-plus": "Check a sign: the slope of σ tends to 0 for large z.",
    "tanh-slope": "This is the pattern of tanh's slope. σ is another function: start from its own definition.",
    "quotient-slip": "The derivative of 1/u is not 1 divided by the derivative of u.",
    "derivative-of-activation": "σ' is taken at the activation, after σ; it belongs at z, before it.",
    "derivative-left-out": "The slope of the activation function is missing.",
    "relu-for-derivative": "This is the function itself, not its slope.",
    "height-for-slope": "How high the line is has entered here; a slope says how fast it rises.",
    "one-everywhere": "The slope is not the same everywhere: look at negative z.",
    "zero-everywhere": "The slope is not 0 everywhere: look at positive z.",
    "sides-flipped": "The two sides are swapped: on which side of 0 does the graph rise more steeply?",
    "abs-slope": "This is the slope of |z|, which falls on the left of 0. Does this function fall there?",
    "leak-missing": "This is the plain ReLU's slope; the leaky one is not flat on the left.",
    "weight-for-input": "A weight stands where the neuron's input belongs.",
    "input-for-weight": "On the way back the neuron's input stands where the weight of the link belongs.",
    "input-missing": "A factor is missing: how fast does z move when the weight moves?",
    "link-weight-missing": "A weight is missing: it scales the change on the way from one neuron to the next.",
    "bias-slope": "There is a factor too many: how fast does z move when the bias moves?",
    "wrong-layer": "A quantity of a neighbouring layer is used: check each index.",
    "input-layer": "The input's index is off by one: which neuron feeds this one?",
    "slope-layer": "σ' is taken at a neighbouring neuron's z: check its index.",
    "link-layer": "On the way back a neighbouring link's weight is used: check its index.",
    "links-skipped": "Links on the way from the loss to this neuron are skipped: each of them gives its factors.",
    "stopped-early": "This is the slope by a weight nearer to the loss: go on down the chain.",
    "one-link-too-many": "This goes one link too far: count the links between the two ends again.",
    "results-swapped": "The two arrays come in the wrong order: first by the weights, then by the biases.",
    "ratio-inverted": "The quotient is upside down: the gradient at the first neuron is divided by that at the last.",
    "log-missing": "This is the ratio; its logarithm to the base 10 is asked for.",
    "natural-log": "This is the natural logarithm; the one to the base 10 is asked for.",
    "bound-for-measured": "This is what the bound allows; the ratio itself is asked for, with each σ' at its own z.",
    "sigma-half": "σ(0) is ½; the largest value of σ' is another number.",
    "links-added": "The links' factors are added here; along a chain they are multiplied.",
    "one-link-only": "This is one link's factor; there are more links between the two ends.",
    "links-not-neurons": "This counts the links; how many neurons do they join?",
    "not-a-whole-number": "A depth is a whole number of neurons.",
    # losses
    "mse-mean": "This belongs to the mean of the squares; look again at what stands in front of the sum here.",
    "mse-half": "This belongs to ½ of the sum of squares; look again at what stands in front of the sum here.",
    "mse-sum": "This belongs to the plain sum of squares; look again at what stands in front of the sum here.",
    "mse-mean-of-half": "This belongs to ½ of the mean of the squares; look again at what stands in front here.",
    "mse-samples": "This averages over samples; here is one sample, and its outputs are what is summed over.",
    "difference-reversed": "The difference is the wrong way round: should the loss rise or fall as a grows?",
    "target-dropped": "The target has vanished. It is a constant here, but it stands inside the square.",
    "extra-slope": "There is a slope of the activation in it. The derivative by a itself comes before that one.",
    "norm-not-squared": "A root is taken here; this loss has none.",
    "misprint-taken": "This belongs to the printed line, with the square inside the norm; here the norm is squared.",
    "root-taken": "This is the root of the mean (RMSE); the mean itself is asked for.",
    "absolute-for-square": "Absolute values are averaged here; this loss squares the differences.",
    "squared-after-mean": "First square each difference, then average: here errors of opposite sign cancel.",
    "outputs-apart": "The outputs are still apart: the loss is one number.",
    "ascent": "This step goes up the slope: it makes the loss larger.",
    "outputs-averaged": "This averages over the outputs; one partial derivative for each output is asked for.",
    "step-size-missing": "The step size is missing: the gradient says which way, the step size how far.",
    "wrong-way-round": "The other way round: whose gradient is the larger one?",
    "gradient-factor": "The two gradients differ by one factor; compare them once more, entry by entry.",
    "same-step-size": "With this step size the two losses make different steps.",
    "gradient-for-step": "This is the gradient, or the change; where does the step lead to?",
    "square-not-differentiated": "This is the loss; its derivative is asked for.",
    "two-missing": "The exponent of the square did not come down as a factor.",
    "sum-for-component": "This sums over the outputs; one partial derivative for each output is asked for.",
    # slips that any answer may hold
    "term-missing": "A term is missing here.",
    "term-sign": "One term has the wrong sign: follow the minus signs once more.",
    "factor-missing": "A factor is missing here.",
    "factor-extra": "There is a factor too many here.",
    "exponent-off": "One exponent is off by one.",
    "constant-off": "It is off by the same number everywhere: something is added that does not belong, or left out.",
    "not-varying": "This is the same number everywhere; what is asked for varies.",
    "variables-swapped": "Two variables have changed places.",
    "functions-swapped": "A sine stands where a cosine belongs, or the other way round.",
    "answers-swapped": "These stand in each other's place: look at the names of the answers.",
    # arrays and derivations
    "order-reversed": "The values are right, in reversed order.",
    "one-entry": "All entries are right but one.",
    "size-factor": "Right up to a factor that changes with the number of entries: is it a sum or a mean that is asked for?",
    "constant-factor": "Only a constant factor is off, the same everywhere.",
    "transposed": "This is the transpose of what is asked for: check which index counts rows.",
    "all-zeros": "Every value is zero.",
    "unevaluated": "A derivative or sum still waits to be worked out in this answer.",
    "step-missing": "The first and the last line are right. Show at least one step between them.",
    "backwards": "This begins where it should end: start from the expression that is given.",
    "not-finished": "Every line follows from the one before it. Go on until the form asked for is reached.",
    "input-changed": "The function changes the arrays that it is given; work on copies, or build a new array.",
}


def chain_mistakes(links: Sequence[tuple[str, sympy.Expr]]) -> tuple[Mistake, ...]:
    """Generate what the known mistakes would give for the derivative of a composition.

    Parameters
    ----------
    links
        The chain from the outside in, as (variable, expression in that variable): for f = 4u², u = x − 2 it is
        ``(("u", 4*u**2), ("x", x - 2))``. The last variable is the one to differentiate by.

    Returns
    -------
    tuple of Mistake
        One for each way to drop a link's slope, to take a slope at the wrong place, to add slopes, and so on.
    """
    last = sympy.Symbol(links[-1][0])

    def inside(expr: sympy.Expr, depth: int) -> sympy.Expr:
        """Write link `depth`'s variable out in the last one."""
        for (name, _), (_, inner) in zip(links[depth:-1], links[depth + 1 :], strict=True):
            expr = expr.subs(sympy.Symbol(name), inner)
        return expr

    raw = [sympy.diff(expr, sympy.Symbol(name)) for name, expr in links]
    slopes = [inside(slope, depth) for depth, slope in enumerate(raw)]
    at_x = [slope.subs(sympy.Symbol(name), last) for slope, (name, _) in zip(raw, links, strict=True)]
    product = sympy.Mul(*slopes)
    found = [Mistake("sign", -product), Mistake("slopes-added", sympy.Add(*slopes))]
    for count in range(1, len(links)):
        for kept in combinations(range(len(links)), count):
            # The innermost link that is left out tells what was forgotten.
            slug = "inner-derivative-dropped" if 0 in kept else "outer-derivative-dropped"
            found.append(Mistake(slug, sympy.Mul(*(slopes[index] for index in kept))))
    found.append(Mistake("outer-at-inner-slope", sympy.Mul(*at_x)))
    found.append(Mistake("not-differentiated", inside(links[0][1], 0)))
    plain = [expr.subs(sympy.Symbol(name), last) for name, expr in links]
    found.append(Mistake("composition-as-product", sympy.diff(sympy.Mul(*plain), last)))
    for depth in range(len(links)):
        for slipped in power_slips(*links[depth]):
            others = [slope for index, slope in enumerate(slopes) if index != depth]
            found.append(Mistake("power-slip", sympy.Mul(*others, inside(slipped, depth))))
    # A link with slope 1 can be dropped without harm.
    return tuple(mistake for mistake in found if mistake.result != product)


def power_slips(name: str, expr: sympy.Expr) -> list[sympy.Expr]:
    """Differentiate a polynomial in `name` with a slip: the exponent forgotten as a factor, or not lowered."""
    x = sympy.Symbol(name)
    if not expr.is_polynomial(x):
        return []
    terms = sympy.Poly(expr, x).terms()
    no_factor = sympy.Add(*(c * x ** max(n - 1, 0) for (n,), c in terms if n))
    not_lowered = sympy.Add(*(n * c * x**n for (n,), c in terms if n))
    right = sympy.diff(expr, x)
    return [slip for slip in (no_factor, not_lowered) if slip != right]


def find(mistakes: Iterable[Mistake]) -> str | None:
    """Return the slug of mistakes that all lead to one answer, or None if there are none, or of several kinds."""
    slugs = {mistake.slug for mistake in mistakes}
    return slugs.pop() if len(slugs) == 1 else None
