"""Chapter 03, third part: the same network in another text's numbering."""

from __future__ import annotations

import sympy

from bpkit.checking import Expression

from .exercise import Problem
from .network_notation_names import CHAPTER, Slip, as_mistakes
from .writing import tex

i_, l_, K_ = sympy.symbols("i l K")


def _renumbered(name: str, expected: sympy.Expr, counter: sympy.Symbol) -> Expression:
    """Ask for a number in another text's way of counting, as an expression in `counter`."""
    shift = expected - counter
    made: list[Slip] = [("off-by-one", expected + 1), ("off-by-one", expected - 1)]
    if shift:
        made.append(("translated-back", counter - shift))
        made += [("off-by-one+translated-back", counter - shift + step) for step in (1, -1)]
    if abs(shift) > 1:
        made += [("same-number", counter), ("sum-and-product", counter * shift)]
    mistakes = as_mistakes(made, expected, [str(counter)])
    return Expression(
        name, expected, (str(counter),), mistakes, measured="", counts=(str(counter),), example=str(expected)
    )


def _other_text(first: int, lag: int) -> str:
    """Describe a text whose input is x_first and whose layer i holds the matrix A_{i − lag}."""
    matrix = tex(i_ - lag)
    opening = "In Carson's notes" if (first, lag) == (0, 1) else "In some other text"
    return (
        rf"{opening} the input is $\boldsymbol{{x}}_{first}$, and layer $i$ computes "
        rf"$\boldsymbol{{x}}_i = f_i(\boldsymbol{{x}}_{{i-1}}) = "
        rf"\sigma(A_{{{matrix}}} \boldsymbol{{x}}_{{i-1}} + \boldsymbol{{b}}_{{{matrix}}})$ "
        rf"for $i = {first + 1}, \dots, K$."
    )


# The worksheet's own convention, for the statements.
HERE = (
    r"The worksheet has the input $\mathbf{a}^1$ and "
    r"$\mathbf{a}^l = \sigma(W^l \mathbf{a}^{l-1} + \mathbf{b}^l)$ for $l = 2, \dots, F$."
)
# (first, lag) of other conventions, for practice; Carson's is (0, 1).
CONVENTIONS = ((0, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (2, 3))


@CHAPTER.exercise("3.8", "Into Carson's letters", covers="carson/layers", points=2, vary={"convention": CONVENTIONS})
def into_carson(convention: tuple[int, int] = (0, 1)) -> Problem:
    """Ask for W^l, b^l and a^l in Carson's numbering."""
    first, lag = convention
    x_of_l = l_ - 1 + first  # the input, a^1, is x_first
    A_of_l = x_of_l - lag  # x_i is made with A_{i − lag}
    return Problem(
        statement=rf"""
{_other_text(first, lag)} {HERE}

The same network in both: which lower index takes the place of each question mark? Hand in expressions in $l$.

- `A_index`: $W^l = A_?$
- `b_index`: $\mathbf{{b}}^l = \boldsymbol{{b}}_?$
- `x_index`: $\mathbf{{a}}^l = \boldsymbol{{x}}_?$
""",
        answers=(
            _renumbered("A_index", A_of_l, l_),
            _renumbered("b_index", A_of_l, l_),
            _renumbered("x_index", x_of_l, l_),
        ),
        hints=(
            "Begin with the input: what is it called here, and what there? Then the numbers go up together.",
            "Write out the layer right after the input, in both texts, and compare symbol by symbol.",
            "Both texts count up by one from layer to layer: a rule that fits one layer fits them all.",
        ),
        solution=rf"""
The input is $\mathbf{{a}}^1 = \boldsymbol{{x}}_{first}$, and both count up by one from layer to layer, so
$\mathbf{{a}}^l = \boldsymbol{{x}}_{{{tex(x_of_l)}}}$. The first layer that computes is
$$\mathbf{{a}}^2 = \sigma(W^2 \mathbf{{a}}^1 + \mathbf{{b}}^2), \qquad \boldsymbol{{x}}_{first + 1} =
\sigma(A_{first + 1 - lag} \boldsymbol{{x}}_{first} + \boldsymbol{{b}}_{first + 1 - lag}).$$
So $W^2 = A_{first + 1 - lag}$, and in general $W^l = A_{{{tex(A_of_l)}}}$ and
$\mathbf{{b}}^l = \boldsymbol{{b}}_{{{tex(A_of_l)}}}$.
""",
    )


@CHAPTER.exercise("3.9", "And back again", covers="carson/layers", points=2, vary={"convention": CONVENTIONS})
def back_from_carson(convention: tuple[int, int] = (0, 1)) -> Problem:
    """Ask for A_i, b_i and x_i in the worksheet's numbering, and for F in K."""
    first, lag = convention
    x_of_l = l_ - 1 + first
    a_of_i = sympy.solve(x_of_l - i_, l_)[0]
    W_of_i = sympy.solve(x_of_l - lag - i_, l_)[0]
    F_of_K = sympy.solve(x_of_l - K_, l_)[0]  # the output is x_K and a^F
    return Problem(
        statement=rf"""
{_other_text(first, lag)} {HERE}

Now the other way: which upper index takes the place of each question mark? Hand in expressions in $i$; the
last one is in $K$, the number of the last layer there.

- `W_layer`: $A_i = W^?$
- `b_layer`: $\boldsymbol{{b}}_i = \mathbf{{b}}^?$
- `a_layer`: $\boldsymbol{{x}}_i = \mathbf{{a}}^?$
- `F`: the number of layers $F$
""",
        answers=(
            _renumbered("W_layer", W_of_i, i_),
            _renumbered("b_layer", W_of_i, i_),
            _renumbered("a_layer", a_of_i, i_),
            _renumbered("F", F_of_K, K_),
        ),
        hints=(
            "Turn your rules of the exercise before this one round: i is the index there, solve for l.",
            f"Try it on the input: for i = {first} the rule for a must give layer 1.",
            "The output has two names, one with K and one with F. Which of your rules translates it?",
        ),
        solution=rf"""
Since $\mathbf{{a}}^l = \boldsymbol{{x}}_{{{tex(x_of_l)}}}$, solve $i = {tex(x_of_l)}$ for $l$:
$\boldsymbol{{x}}_i = \mathbf{{a}}^{{{tex(a_of_i)}}}$. In the same way $A_i = W^{{{tex(W_of_i)}}}$ and
$\boldsymbol{{b}}_i = \mathbf{{b}}^{{{tex(W_of_i)}}}$. The output is $\boldsymbol{{x}}_K$ there and
$\mathbf{{a}}^F$ here, so $F = {tex(F_of_K)}$.
""",
    )
