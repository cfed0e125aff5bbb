"""Chapter 11, first part: lines that are tested on a case whose result is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy

from bpkit.checking import Mistake
from bpkit.checking.misprints import CorrectedExpression

from .errata_lines import CHAPTER, SOUND, Line, Part, Piece, Planted, one_hot, problem, shares
from .exercise import Problem

Exprs = Sequence[sympy.Expr]
Numbers = tuple[float, ...]


def _squares(inner: Callable[[Any, Any], Any]) -> Callable[[Exprs, Exprs], sympy.Expr]:
    return lambda y, f: sympy.Add(*(inner(y_j, f_j) ** 2 for y_j, f_j in zip(y, f, strict=True)))


# The squared norm, and what becomes of it when the square stands elsewhere: how it is printed, what it says, and the
# mistake of who corrects the line into it.
SQUARES: tuple[tuple[str, Callable[..., sympy.Expr], str], ...] = (
    (
        r"\| y SIGN f_M(\theta, x) \|^SQUARE",
        lambda y, f, sign: _squares(lambda s, t: s + sign * t)(y, f),
        "repaired-wrongly",
    ),
    (
        r"\| y SIGN f_M(\theta, x)^SQUARE \|",
        lambda y, f, sign: sympy.sqrt(_squares(lambda s, t: s + sign * t**2)(y, f)),
        "repaired-wrongly",
    ),
    (
        r"\| y^SQUARE SIGN f_M(\theta, x) \|",
        lambda y, f, sign: sympy.sqrt(_squares(lambda s, t: s**2 + sign * t)(y, f)),
        "repaired-wrongly",
    ),
    (
        r"\| y SIGN f_M(\theta, x) \|",
        lambda y, f, sign: sympy.sqrt(_squares(lambda s, t: s + sign * t)(y, f)),
        "norm-not-squared",
    ),
    (
        r"\| y SIGN f_M(\theta, x)^SQUARE \|^SQUARE",
        lambda y, f, sign: _squares(lambda s, t: s + sign * t**2)(y, f),
        "repaired-wrongly",
    ),
)


def _squared_layout(sign: str, line: str, layer: str) -> str:
    square = r"{\underbrace{2}_{\textstyle\text{②}}}" if "underbrace" in sign else "2"
    shown = line.replace("SIGN", sign).replace("f_M", layer)
    return rf"\mathcal{{L}}(\theta) = {shown.replace('SQUARE', square)}"


@CHAPTER.exercise(
    "11.1",
    "A loss for the whole network",
    covers=("errata/carson-square", "carson/squared-loss"),
    points=2,
    vary={"planted": ((2, 1), (2, 2), (2, 3), (1, 1), (3, 1), SOUND), "y": ((3.0, 0.5), (2.0, 1.5), (0.5, -2.0))},
)
def carson_square(planted: Planted = (2, 1), y: Numbers = (3.0, 0.5)) -> Problem:
    """‖y − f_K(θ, x)‖²."""
    targets, outputs, before = sympy.symbols("y1:3"), sympy.symbols("f1:3"), sympy.symbols("g1:3")
    line = Line(
        (
            Part("the sign", "The loss measures a difference, so f is subtracted.", (Piece("-", -1), Piece("+", 1))),
            Part(
                "the norm, with any exponent",
                "A square of the distance stands outside the bars, with the whole norm under it.",
                tuple(Piece(*square) for square in SQUARES),
                braced=False,
            ),
            Part(
                "the layer",
                "The network's output is that of its last layer, and layer K is the last.",
                (Piece("f_K", outputs), Piece("f_{K-1}", before)),
            ),
        ),
        planted,
        (2, 1),
        _squared_layout,
        lambda sign, rule, f: rule(targets, f, sign),
    )
    missed = (y[0] - 3, y[1] + 4)

    def at(network: Numbers) -> Callable[..., float]:
        values = dict(zip((*targets, *outputs, *before), (*y, *network, 1, 2), strict=True))
        return lambda sign, rule, f: float(rule(targets, f, sign).subs(values))

    def tested(*values: Any) -> list[float]:
        return [at(network)(*values) for network in (y, missed)]

    right, printed = line.says(), line.says(tested, printed=True)
    is_root = planted[0] == 2 and planted[1] in (1, 2, 3)
    squared = [("root-forgotten", [number**2 for number in printed])] if is_root else []
    first_powers = sympy.Add(*(y_j - f_j for y_j, f_j in zip(targets, outputs, strict=True)))
    distances = sympy.Add(*(sympy.Abs(y_j - f_j) for y_j, f_j in zip(targets, outputs, strict=True)))
    apart = sympy.Add(*(y_j**2 - f_j**2 for y_j, f_j in zip(targets, outputs, strict=True)))
    return problem(
        line,
        r"""
Carson's loss of one sample is the squared distance between the target $y$ and the network's output, as in chapter 05.
There are layers $1, \dots, K$; $f_m(\theta, x)$ is the output of layer $m$, our $\mathbf{a}^{m+1}$, and $\theta$
holds all weights and biases.
""",
        rf"""the number $\mathcal{{L}}$ that comes out of the printed line in two cases, as a list of two numbers, to
three digits. In both the target is $y = ({y[0]:g}, {y[1]:g})$ and layer $K - 1$ has the output $(1, 2)$. In the first
case the network is perfect: $f_K = y$. In the second it is off by 3 and by 4:
$f_K = ({missed[0]:g}, {missed[1]:g})$.""",
        r"""`corrected`: the right side of the corrected line, written out for two outputs $f_K = (f_1, f_2)$ and
$y = (y_1, y_2)$, without bars. Type `f1`, `f2`, `y1`, `y2`, and `g1`, `g2` if you need layer $K - 1$. If nothing is
wrong, the line as it stands.""",
        line.tested(tested, squared, digits=3),
        (
            CorrectedExpression(
                "corrected",
                right,
                tuple(map(str, (*outputs, *targets, *before))),
                line.mistakes(
                    [
                        ("squares-subtracted", apart),
                        ("square-missing", first_powers),
                        ("square-forgotten", distances),
                        ("square-missing", first_powers**2),
                    ]
                ),
                measured="",
            ),
        ),
        (
            "What loss does a perfect network deserve?",
            "In the second case the distance is 5, by Pythagoras. What is its square?",
            "Compute the printed line from the inside: first what stands between the bars, entry by entry.",
        ),
        "As it is meant, the loss is 0 for the perfect network and 3² + 4² = 25 for the other; compare with `tested`.",
    )


@CHAPTER.exercise(
    "11.2",
    "The logarithm of a sum",
    covers="softmax-notes/log-sum-exp",
    points=2,
    vary={"planted": ((2, 1), (2, 2), (2, 3), (3, 1), (4, 1), SOUND), "z": ((1, 2, 3), (0, 2, -1), (2, -1, 1))},
)
def log_sum_exp(planted: Planted = SOUND, z: tuple[int, ...] = (1, 2, 3)) -> Problem:
    """−Σ y_i (z_i − log Σ_j e^{z_j}) = log Σ_j e^{z_j} − Σ y_i z_i."""
    logits, y = sympy.symbols("z1:4"), sympy.symbols("y1:4")
    log_sum = sympy.log(sympy.Add(*map(sympy.exp, logits)))
    products = sympy.Add(*(y_i * z_i for y_i, z_i in zip(y, logits, strict=True)))
    weighted = sympy.log(sympy.Add(*(y_i * sympy.exp(z_i) for y_i, z_i in zip(y, logits, strict=True))))
    line = Line(
        (
            Part(
                "the left side",
                "It is −Σ yᵢ log ŷᵢ, with the logarithm of the quotient written as a difference.",
                (Piece(r"-\sum y_i \left(z_{2,i} - \log\Big(\sum_j e^{z_{2,j}}\Big)\right)"),),
            ),
            Part(
                "the first term",
                "The logarithm is the same for every i, so it comes out of the sum, with Σ yᵢ = 1 as its factor.",
                (
                    Piece(r"\log\Big(\sum_j e^{z_{2,j}}\Big)", log_sum),
                    Piece(r"\sum_j z_{2,j}", sympy.Add(*logits)),
                    Piece(r"\log\Big(\sum_j y_j e^{z_{2,j}}\Big)", weighted),
                    Piece(r"\sum_i \log\Big(\sum_j e^{z_{2,j}}\Big)", 3 * log_sum),
                ),
            ),
            Part(
                "the sign",
                "The minus in front of the left side reaches both terms, and turns the inner minus into a plus.",
                (Piece("-", -1), Piece("+", 1)),
            ),
            Part(
                "the last term",
                "Each z is multiplied by its own yᵢ, and stays so.",
                (Piece(r"\sum y_i z_{2,i}", products), Piece(r"\sum z_{2,i}", sympy.Add(*logits))),
            ),
        ),
        planted,
        SOUND,
        lambda left, first, sign, last: f"{left} = {first} {sign} {last}",
        lambda _, first, sign, last: first + sign * last,
    )
    values = {**dict(zip(logits, z, strict=True)), **dict(zip(y, (0, 1, 0), strict=True))}
    left, unweighted = float((log_sum - products).subs(values)), float(log_sum.subs(values))

    def tested(*choice: Any) -> list[float]:
        return [left, float(line.reading(*choice).subs(values))]

    return problem(
        line,
        r"""
The lecture notes compute the cross-entropy of softmax. Their $z_{2,i}$ are the logits, our $z_i^F$; $y$ is one-hot, so
$\sum y_i = 1$, and $\log$ is the natural logarithm. The left side is the loss, as far as it has been worked out; the
right side is what the notes make of it.
""",
        rf"""both sides of the printed line, as a list of two numbers to three digits, for three classes with the logits
$({", ".join(map(str, z))})$ and $y = (0, 1, 0)$.""",
        r"""`corrected`: the right side of the corrected line, for three classes, in `z1`, `z2`, `z3` and `y1`, `y2`,
`y3`, one of which is 1 and the others 0. If nothing is wrong, the line as it stands.""",
        line.tested(tested, [("term-missing", [unweighted, unweighted])] if not planted[0] else [], digits=3),
        (
            CorrectedExpression(
                "corrected",
                line.says(),
                tuple(map(str, (*logits, *y))),
                line.mistakes(),
                known=one_hot("y1", "y2", "y3"),
                wider=shares("y1", "y2", "y3"),
                measured="the loss",
            ),
        ),
        (
            "With y = (0, 1, 0) a sum over i has one term that is not 0.",
            "One case that agrees is a start. Try another y, or add 100 to all logits: what should the loss do then?",
        ),
        r"With this $y$ the left side is $-(z_{2,2} - \log \sum_j e^{z_{2,j}})$; compare both numbers in `tested`.",
    )


def _front(tex: str, rule: Callable[[Any, int], Any]) -> Piece:
    return Piece(tex, rule)


@CHAPTER.exercise(
    "11.3",
    "Cross-entropy for two classes",
    covers=("errata/fda-cross-entropy", "fda/cross-entropy"),
    points=2,
    vary={"planted": ((1, 1), (1, 2), (1, 3), (3, 1), (4, 1), (5, 1), SOUND), "n": (4, 6, 10)},
)
def binary_cross_entropy(planted: Planted = (1, 1), n: int = 4) -> Problem:
    """−(1/n) Σ (y_i ln ŷ_i + (1 − y_i) ln(1 − ŷ_i))."""
    line = Line(
        (
            Part(
                "what stands before the sum",
                "The logarithms are negative, so a minus makes each term positive; and 1/n is a factor, for a mean.",
                (
                    _front(r"-\frac{1}{n}", lambda total, n: -total / n),
                    _front(r"\frac{1}{n} -", lambda total, n: sympy.Rational(1, n) - total),
                    _front(r"\frac{1}{n}", lambda total, n: total / n),
                    _front("-", lambda total, n: -total),
                ),
            ),
            Part("the sum", "Each of the n samples gives a term, and they add up.", (Piece(r"\sum_{i=1}^{n}"),)),
            Part(
                "the first factor of the first term",
                "This term is for the samples with y = 1, and has to vanish for the others.",
                (Piece("y_i", lambda y: y), Piece("(1 - y_i)", lambda y: 1 - y)),
            ),
            Part(
                "the logarithm beside it",
                "Where y = 1, the probability given to what happened is ŷ.",
                (Piece(r"\ln \hat y_i", sympy.log), Piece(r"\ln(1 - \hat y_i)", lambda p: sympy.log(1 - p))),
            ),
            Part(
                "the second term",
                "It is for the samples with y = 0: the probability given to what happened is 1 − ŷ there.",
                (
                    Piece(r"(1 - y_i) \ln(1 - \hat y_i)", lambda y, p: (1 - y) * sympy.log(1 - p)),
                    Piece(r"(1 - y_i) \ln \hat y_i", lambda y, p: (1 - y) * sympy.log(p)),
                    Piece(r"(1 + y_i) \ln(1 - \hat y_i)", lambda y, p: (1 + y) * sympy.log(1 - p)),
                ),
            ),
        ),
        planted,
        (1, 1),
        lambda front, total, y, log, second: (
            rf"\mathcal{{L}}(y, \hat y) = {front} {total} \left({y} {log} + {second}\right)"
        ),
        lambda *choice: _cross_entropy(sympy.symbols("y1:3"), sympy.symbols("p1:3"), *choice),
    )
    targets = [1, 0] * (n // 2)
    nearly = [sympy.Rational(9 if y else 1, 10) for y in targets]
    undecided = [sympy.Rational(1, 2)] * n

    def tested(*choice: Any) -> list[float]:
        return [float(_cross_entropy(targets, p, *choice)) for p in (nearly, undecided)]

    listed = ", ".join(map(str, targets))
    y, p = sympy.symbols("y1:3"), sympy.symbols("p1:3")
    between = {str(name): 1 / (1 + sympy.exp(-name)) for name in (*y, *p)}
    labels = {str(name): sympy.Heaviside(name) for name in y}
    exchanged = [line.says(lambda *choice: _cross_entropy(p, y, *choice))]
    exchanged.append(-sympy.Add(*(p_i * sympy.log(y_i) for y_i, p_i in zip(y, p, strict=True))) / 2)
    return problem(
        line,
        r"""
Foundations of Data Analysis gives the cross-entropy of $n$ samples with labels $y_i \in \{0, 1\}$. Its $\hat y_i$, our
$a_1^F$ for sample $i$, is the probability that the network gives to $y_i = 1$. The loss is a mean over the samples.
""",
        rf"""the number that comes out of the printed line in two cases with $n = {n}$ and $y = ({listed})$, as a list
of two numbers to three digits. In the first case the network is nearly right: $\hat y_i$ is 0.9 where $y_i = 1$ and 0.1
where $y_i = 0$. In the second it says $\hat y_i = 0.5$ every time.""",
        r"""`corrected`: the right side of the corrected line, written out for $n = 2$ samples. Type `y1`, `y2` for
the labels, `p1`, `p2` for $\hat y_1$, $\hat y_2$, and `ln(…)` or `log(…)`. If nothing is wrong, the line as it
stands.""",
        line.tested(tested, digits=3),
        (
            CorrectedExpression(
                "corrected",
                line.says(),
                ("y1", "y2"),
                line.mistakes(),
                beyond=tuple(Mistake("roles-swapped", wrong) for wrong in exchanged),
                known=between | labels,
                wider=between,
                hat="p",
                measured="the mean that is meant",
            ),
        ),
        (
            "One sample with probability 0.9 for what happened should cost −ln 0.9 ≈ 0.105. And a mean of equal costs?",
            "A network that says 0.5 every time pays ln 2 ≈ 0.693 for each sample.",
            "Look at the parts one by one: what happens to a term where y = 1, and where y = 0?",
        ),
        "As it is meant, the loss is −ln 0.9 ≈ 0.105 in the first case and ln 2 ≈ 0.693 in the second, for any even n.",
    )


def _cross_entropy(ys: Any, ps: Any, front: Any, _: Any, y: Any, log: Any, second: Any) -> sympy.Expr:
    """Return what a choice of parts makes of labels and probabilities."""
    total = sympy.Add(*(y(y_i) * log(p_i) + second(y_i, p_i) for y_i, p_i in zip(ys, ps, strict=True)))
    return front(total, len(ys))
