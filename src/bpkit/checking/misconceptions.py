"""The mistakes that the checkers can name, and what is said of each. The sentences never hold the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from .verdict import Mistake

SENTENCES: dict[str, str] = {
    # chain rule
    "outer-at-inner-slope": "The outer derivative is taken at the variable itself; it belongs at the inner function's value.",
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
    "sign": "The sign differs: follow the minus signs once more.",
    "power-slip": "A power rule slipped: the exponent comes down as a factor and falls by one.",
    "not-differentiated": "This is the function itself; its derivative is asked for.",
    "slope-inside": "The slope of the inner function stands inside the outer one; its value belongs there.",
    "link-not-differentiated": "One link stands there itself; its slope belongs in that place.",
    "integrated": "This goes the other way: a derivative is asked for, not an integral.",
    "exponent-sign": "Check the sign in the exponent once more.",
    "outer-missing": "The outermost function is still to be applied.",
    "wrong-variable": "One partial derivative is taken by the other variable: which one varies here?",
    "both-varied": "Both variables are varied here; a partial derivative holds the other one fixed.",
    "factors-swapped": "The right pieces in the wrong order: which map is applied first?",
    # notation
    "input-row-missing": "The input is layer 1, and its neurons have labels, too.",
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
    "counted-from-output": "Layers are counted from the input on: its layer is number 1.",
    "bias-of-sender": "There is one bias for each neuron that receives, so for each row of the weight matrix.",
    "bias-too-early": "The bias is added in the next step.",
    "bias-repeated": "The bias is added once for each term here; a neuron has one bias.",
    "one-term": "Only one neuron of the layer below is counted; each of them sends its activation.",
    "wrong-neuron": "A lower index is another neuron's: whose quantity is needed here?",
    "sigma-missing": "The activation function is still to be applied.",
    "sigma-too-early": "σ comes too early: the whole weighted sum with its bias comes first, then σ, once.",
    "sigma-twice": "σ is applied twice here; a neuron applies it once.",
    "other-activation": "This is another activation function than σ.",
    "constant-kept": "A term without the variable does not move with it: what is its slope?",
    "slope-too-many": "σ' does not belong here: z is what stands before σ.",
    "term-itself": "This is the term that holds the variable; differentiate it by the variable.",
    "all-terms": "The variable stands in one term of the sum only; the others do not move with it.",
    "bias-as-constant": "Here the bias is what varies, so it does not count as a constant.",
    "bias-like-weight": "The bias is not multiplied by anything: see how it stands in the sum.",
    "off-by-one": "The number is off by one: write down both names of one thing, such as the input, and compare.",
    "translated-back": "This goes the wrong way: should the number grow or shrink?",
    "same-number": "The two texts begin to count at different places, so one thing has two numbers.",
    "first-twice": "Only one of the two arrays is used.",
    "matrix-product": "This is a matrix or dot product; the Hadamard product multiplies entry by entry.",
    "outer-product": "This is an outer product, every entry with every other; the Hadamard product pairs equal places.",
    "entries-added": "The entries are added here; the Hadamard product multiplies them.",
    "lists-joined": "One list is put behind the other here, as + does with lists; ⊙ pairs equal places.",
    "power-for-product": "This is a power: ** raises to a power, and * multiplies.",
    "error-not-raised": "A returned value or message stops nobody; an error does.",
    "broadcast": "Unequal shapes were stretched to fit; the Hadamard product needs equal shapes and refuses others.",
    "own-activation": "The partial derivative is another quantity: hold everything fixed except the one you differentiate by.",
    # activations
    "sigma-for-derivative": "σ stands where its slope σ' belongs.",
    "one-minus-sigma": "A factor is missing: the slope of σ tends to 0 on both sides.",
    "sigma-one-plus": "Check a sign: the slope of σ tends to 0 for large z.",
    "tanh-slope": "This is the pattern of tanh's slope. σ is another function: start from its own definition.",
    "argument-for-value": "z itself stands where the value of σ belongs.",
    "leak-extra": "This is a leaky ReLU's slope; the plain one is flat on the left.",
    "fed-with-x": "Every neuron is fed with x here; from the second on, the input is the output before it.",
    "wrong-direction": "The loop runs from the first neuron on; the gradient comes from the last.",
    "one-link-too-few": "This stops one link short: count the links between the two ends again.",
    "quotient-slip": "The derivative of 1/u is not 1 divided by the derivative of u.",
    "derivative-of-activation": "σ' is taken at the activation, after σ; it belongs at z, before it.",
    "derivative-left-out": "The slope of the activation function is missing.",
    "relu-for-derivative": "This is the function itself, not its slope.",
    "height-for-slope": "How high the line is has entered here; a slope says how fast it rises.",
    "one-everywhere": "The slope is not the same everywhere: look at negative z.",
    "zero-everywhere": "The slope is not 0 everywhere: look at positive z.",
    "sides-flipped": "The two sides are swapped: on which side of 0 does the graph rise more steeply?",
    "bend-elsewhere": "The pieces meet at another place here: at which z does the graph bend?",
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
    "bound-for-measured": "σ' stands at its largest value here; it belongs at its own z.",
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
    "squares-subtracted": "The squares are subtracted here; first subtract, then square.",
    "square-missing": "The differences are not squared, so errors of opposite sign cancel.",
    "one-output": "Only one of the outputs is counted: what does the loop do with the others?",
    "n-minus-one": "The divisor is one too small: how many outputs are there?",
    "gradient-for-loss": "This is the gradient; the loss itself is asked for.",
    "ratio-for-step-size": "This is the ratio of the two gradients; which step size follows from it?",
    "factor-inverted": "A factor stands on the wrong side of the fraction bar.",
    "outputs-apart": "The outputs are still apart: the loss is one number.",
    "ascent": "This step goes up the slope: it makes the loss larger.",
    "outputs-averaged": "This averages over the outputs; one partial derivative for each output is asked for.",
    "step-size-missing": "The step size is missing: the gradient says which way, the step size how far.",
    "wrong-way-round": "The other way round: whose gradient is the larger one?",
    "gradient-factor": "The two gradients differ by one factor; compare them once more, entry by entry.",
    "same-step-size": "With this step size the two losses make different steps.",
    "gradient-for-step": "This is the gradient, or the change; where does the step lead to?",
    "start-for-step": "This is where the step starts; where does it lead to?",
    "square-not-differentiated": "This is the loss; its derivative is asked for.",
    "two-missing": "The exponent of the square did not come down as a factor.",
    "sum-for-component": "This sums over the outputs; one partial derivative for each output is asked for.",
    # the four equations
    # backpropagation
    # training
    # automatic differentiation
    # slips that any answer may hold
    "term-missing": "A term is missing here.",
    "term-sign": "One term has the wrong sign: follow the minus signs once more.",
    "factor-missing": "A factor is missing here.",
    "factor-extra": "There is a factor too many here.",
    "sum-and-product": "A sum stands where a product belongs, or the other way round.",
    "exponent-off": "One exponent is off by one.",
    "constant-off": "It is off by the same number everywhere: something is added that does not belong, or left out.",
    "not-varying": "This is the same number everywhere; what is asked for varies.",
    "variables-swapped": "Two variables have changed places.",
    "functions-swapped": "A sine stands where a cosine belongs, or the other way round.",
    "answers-swapped": "These stand in each other's place: look at the names of the answers.",
    # arrays and derivations
    "bracket-missing": "A bracket seems to be missing: something reaches only a part of what it belongs to.",
    "rounded": "This is near, but rounded: more digits are needed, or the exact value.",
    "size-fixed": "This is right for one size only: take the size from the array.",
    "caret-for-power": "In Python ^ is not a power; it is written **.",
    "order-reversed": "The values are right, in reversed order.",
    "flattened": "The entries are right but all in one row: keep the shape that is asked for.",
    "misplaced": "The right values are all there, but not each in its own place.",
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


def sentence(slug: str) -> str:
    """Return what is said of a mistake, or of two at once, whose slugs are joined by "+"."""
    slugs = slug.split("+")
    if len(slugs) == 1:
        return SENTENCES[slug]
    # One to three sentences are read: of each mistake the first, which says what it is.
    return " ".join(("Two things at once.", *(re.split(r"(?<=[.?]) ", SENTENCES[part])[0] for part in slugs)))


def constant_factor(ratio: float) -> str:
    """Say that an answer is the right one times a constant, and which one, if it is simple."""
    simple = Fraction(ratio).limit_denominator(12)
    if abs(simple - ratio) > 1e-9 * abs(ratio) or abs(simple) >= 100:
        return SENTENCES["constant-factor"]
    told = str(simple).replace("-", "−")
    return f"Only a constant factor is off: everywhere yours is {told} times the right value."


def find(mistakes: Iterable[Mistake]) -> str | None:
    """Return the slug of mistakes that all lead to one answer; None if there are none, or of several kinds.

    One mistake explains better than two at once.
    """
    slugs = {mistake.slug for mistake in mistakes}
    single = {slug for slug in slugs if "+" not in slug} or slugs
    return single.pop() if len(single) == 1 else None
