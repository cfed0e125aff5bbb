"""What the five texts teach and ask, row by row, and where the course teaches it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from .exercise import Chapter, Exercise

# Each row's key, as an exercise names it in `covers`, and its content.
ROWS: Mapping[str, str] = {
    "worksheet/chain-rule": "the derivative of n functions, one inside the other: a product of n factors",
    "worksheet/1": "df/dx for f = 4 f1², f1 = f2 − 2, f2 = 5x³ − x + 1",
    "worksheet/chain-rule-partial": "∂f/∂u and ∂f/∂v for f(x(u, v), y(u, v)): a sum over paths",
    "worksheet/2": "f = 2x³ + y with x = sin u + cos v and y = e^{uv}",
    "worksheet/chain-rule-n": "the sum over n paths, a dot product",
    "worksheet/3": "the label a_j^l of every neuron",
    "worksheet/4": "the weight matrices and bias vectors of a 3–4–2 network",
    "worksheet/5": "from the matrix equation to one neuron",
    "worksheet/6": "∂z_j^l/∂w_jk^l and ∂z_j^l/∂b_j^l",
    "worksheet/7": "the Hadamard product",
    "worksheet/bp1": "first equation: the error of the last layer",
    "worksheet/bp2": "second equation: the error of a hidden layer",
    "worksheet/bp3": "third equation: the slopes by the weights",
    "worksheet/bp4": "fourth equation: the slopes by the biases",
    "worksheet/algorithm": "backpropagation in five steps",
    "worksheet/total-loss": "the total loss is the mean of the samples' losses",
    "worksheet/8": "the gradient of the total loss",
    "worksheet/gradient-descent": "a step down the gradient of the total loss",
    "worksheet/sgd": "batches in place of all samples",
    "worksheet/9": "the slope of the sigmoid",
    "worksheet/10": "the slope of ReLU",
    "worksheet/11": "the gradient of the mean squared error",
    "carson/composition": "a network is one long composition",
    "carson/layers": "layers numbered from 0: A_i, b_i and x_i",
    "carson/squared-loss": "the squared distance and its gradient",
    "carson/theta-chain": "∂L/∂θ_i as a product of Jacobians",
    "softmax-notes/shapes": "the shape of every array of a network with one hidden layer",
    "softmax-notes/forward": "the forward pass Z1, A1, Z2, A2",
    "softmax-notes/softmax": "softmax and its Jacobian",
    "softmax-notes/cross-entropy": "cross-entropy",
    "softmax-notes/log-sum-exp": "the loss as a function of the logits",
    "softmax-notes/dz2": "∂L/∂z2 = ŷ − y",
    "softmax-notes/dW2": "∂L/∂W2, which the notes leave out",
    "softmax-notes/dA1": "∂L/∂A1, as a column and as a row",
    "softmax-notes/db2": "∂L/∂b2, for a bias vector and for one shared bias",
    "softmax-notes/dz1": "∂L/∂z1",
    "softmax-notes/sigmoid-derivative": "two forms of the sigmoid's slope",
    "softmax-notes/dW1": "∂L/∂W1",
    "softmax-notes/db1": "∂L/∂b1",
    "softmax-notes/dX": "∂L/∂X, the gradient by the input",
    "dsc255/learning-as-optimization": "learning is making a loss small",
    "dsc255/nll": "the negative log-likelihood is cross-entropy on one-hot labels",
    "dsc255/gd-variants": "batch, stochastic and mini-batch descent",
    "dsc255/forward-backward": "what each of the two passes stores and reads",
    "dsc255/chain-rule": "the chain rule in two notations",
    "dsc255/single-chain-weights": "the slopes by weights and biases in a chain of single neurons",
    "dsc255/single-chain-recursion": "one step back along the chain, and what is left after many",
    "dsc255/algorithm": "forward pass, backward pass, update",
    "dsc255/non-convexity": "many optima, and what the start decides",
    "dsc255/autodiff": "automatic differentiation",
    "fda/chain-rule": "the derivative of f(g(x))",
    "fda/jacobian": "the Jacobian matrix, q × p",
    "fda/multivariate-chain-rule": "D[f∘g](x) = Df(g(x)) Dg(x)",
    "fda/gradient-chain-rule": "∇(f∘g)(x) = Dg(x)ᵀ ∇f(g(x))",
    "fda/mse": "mean squared error",
    "fda/mae": "mean absolute error",
    "fda/zero-one": "zero-one loss",
    "fda/hinge": "hinge loss",
    "fda/cross-entropy": "cross-entropy for labels 0 and 1",
    "fda/matrix-derivative": "the derivative of Wx by W, with three indices",
    "fda/single-layer": "the derivative of φ(Wx) by W",
    "fda/two-layer-second": "two layers: the gradient for the second matrix",
    "fda/two-layer-first": "two layers: the gradient for the first matrix",
    "fda/softmax": "softmax regression and its gradient",
    "errata/carson-square": "Carson's squared loss, as it is printed",
    "errata/carson-theta": "Carson's chain of Jacobians, as it is printed",
    "errata/worksheet-index": "the second equation's index form, as it is printed",
    "errata/worksheet-range": "the layers of step 4, as they are printed",
    "errata/softmax-bias": "the biases of the notes' forward pass, as they are printed",
    "errata/softmax-input": "the notes' gradient by the input, as it is printed",
    "errata/softmax-hadamard": "the notes' ∂L/∂z1, as it is printed",
    "errata/fda-jacobian": "the entries of the Jacobian, as they are printed",
    "errata/fda-cross-entropy": "the cross-entropy for labels 0 and 1, as it is printed",
    "errata/fda-first-layer": "the gradient for the first matrix, as it is printed",
}
# Rows that a section teaches; every other one needs an exercise that counts.
READING = frozenset({"worksheet/chain-rule-partial", "worksheet/total-loss", "dsc255/learning-as-optimization"})


@dataclass(frozen=True)
class Covered:
    """A row of the syllabus, and where it is taught.

    Parameters
    ----------
    key, content
        The row.
    exercises
        Those that cover it, in the course's order.
    sections
        The chapters' sections that teach it, each with its chapter.
    """

    key: str
    content: str
    exercises: tuple[Exercise, ...]
    sections: tuple[tuple[Chapter, str], ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be taught."""
        graded = any(exercise.points for exercise in self.exercises)
        return not (graded or (self.key in READING and self.sections))

    def by_chapter(self) -> tuple[tuple[str, tuple[Exercise, ...]], ...]:
        """Return its exercises chapter by chapter, each with the chapter's notebook."""
        grouped = groupby(self.exercises, key=lambda exercise: exercise.chapter)
        return tuple((notebook, tuple(group)) for notebook, group in grouped)


def coverage(chapters: Iterable[Chapter], rows: Mapping[str, str] = ROWS) -> tuple[Covered, ...]:
    """Set each row of the syllabus beside the exercises and sections that teach it.

    Raises
    ------
    LookupError
        If an exercise or a section claims a row that is not in `rows`.
    """
    course = list(chapters)
    exercises = [exercise for chapter in course for exercise in chapter.exercises]
    claimed = {row: exercise.id for exercise in exercises for row in exercise.covers}
    claimed |= {row: chapter.notebook for chapter in course for row in chapter.reading}
    unknown = {row: where for row, where in claimed.items() if row not in rows}
    if unknown:
        told = ", ".join(f"{row} (in {where})" for row, where in unknown.items())
        raise LookupError(f"not in the syllabus: {told}")
    return tuple(
        Covered(
            key,
            content,
            tuple(exercise for exercise in exercises if key in exercise.covers),
            tuple((chapter, chapter.reading[key]) for chapter in course if key in chapter.reading),
        )
        for key, content in rows.items()
    )
