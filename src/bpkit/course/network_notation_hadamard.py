"""Chapter 03, second part: the Hadamard product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy

from bpkit.checking import Array, Function, Mistake
from bpkit.checking.functions import Case

from .exercise import Problem
from .network_notation_names import CHAPTER, Floats
from .writing import tex


def _hadamard(x: Floats, y: Floats) -> Floats:
    """Return x ⊙ y for arrays of one shape; NumPy alone would stretch unequal ones."""
    if np.shape(x) != np.shape(y):
        raise ValueError(f"the Hadamard product needs equal shapes, not {np.shape(x)} and {np.shape(y)}")
    return np.multiply(x, y)


@CHAPTER.exercise(
    "3.6",
    "A Hadamard product (worksheet 7)",
    covers="worksheet/7",
    points=1,
    vary={
        "x": ((0, 1, 5, 2), (2, 0, 3, 7), (4, 1, 0, 3), (-1, 6, 2, 5)),
        "y": ((3, 2, 1, 9), (5, 8, 4, 2), (1, 7, 6, 3)),
    },
)
def hadamard_of_two(x: tuple[int, ...] = (0, 1, 5, 2), y: tuple[int, ...] = (3, 2, 1, 9)) -> Problem:
    """Ask for the product of the worksheet's two vectors."""
    left, right = np.array(x, float), np.array(y, float)
    product = _hadamard(left, right)
    made = [
        ("matrix-product", left @ right),
        ("matrix-product", np.array([left @ right])),
        *(("outer-product", outer(p, q)) for outer in (np.outer, np.kron) for p, q in ((left, right), (right, left))),
        ("entries-added", left + right),
        ("lists-joined", np.concatenate([left, right])),
        ("lists-joined", np.concatenate([right, left])),
        ("power-for-product", left**right),
        *(("first-twice", array) for array in (left * left, right * right, left, right)),
    ]
    mistakes = tuple(Mistake(slug, result) for slug, result in made if not np.array_equal(result, product))
    column_x, column_y = (tex(sympy.Matrix(vector)) for vector in (x, y))
    pairs = ", ".join(rf"{p} \cdot {q}" for p, q in zip(x, y, strict=True))
    return Problem(
        statement=rf"""
Compute
$${column_x} \odot {column_y}.$$
Hand in an array of shape $({len(x)},)$; a list will do.
""",
        answers=(Array("entrywise", product, mistakes),),
        hints=(
            "The result has as many entries as each of the two vectors.",
            "Entry 1 is made of the two first entries alone.",
        ),
        solution=rf"Place by place: $({pairs}) = ({', '.join(f'{value:g}' for value in product)})$.",
    )


@CHAPTER.exercise("3.7", "The Hadamard product as a function (worksheet 7)", covers="worksheet/7", points=3)
def hadamard_of_any() -> Problem:
    """Ask for a function of two arrays of any equal shapes, which refuses unequal ones."""
    rng = np.random.default_rng(37)

    def two(*shapes: tuple[int, ...]) -> tuple[Floats, ...]:
        return tuple(rng.normal(size=shape) for shape in shapes)

    cases = [
        Case(two((5,), (5,)), "two vectors of 5 numbers"),
        Case(two((2, 3), (2, 3)), "two 2×3 matrices"),
        Case(two((4, 2, 3), (4, 2, 3)), "two arrays of shape (4, 2, 3)"),
        Case(two((1,), (1,)), "two vectors of 1 number"),
    ]
    other_products: dict[str, list[Callable[[Floats, Floats], Any]]] = {
        "matrix-product": [
            lambda x, y: np.sum(x * y),
            lambda x, y: np.sum(x * y, axis=-1),
            lambda x, y: np.sum(x * y, axis=0),
            lambda x, y: x @ y,
            lambda x, y: x @ y.T,
            lambda x, y: x.T @ y,
            np.dot,
            np.inner,
        ],
        "outer-product": [np.multiply.outer, np.outer, np.kron],
        "entries-added": [lambda x, y: x + y],
        "first-twice": [lambda x, y: x * x, lambda x, y: y * y, lambda x, y: x, lambda x, y: y],
        "factor-inverted": [lambda x, y: x / y, lambda x, y: y / x],
        "flattened": [lambda x, y: np.ravel(x * y)],
        "rounded": [lambda x, y: np.round(x * y), lambda x, y: np.trunc(x * y)],
    }
    # NumPy stretches all of them, though some have one length, one size, or equal last axes.
    unequal = (
        *(((3,), (3, 1)), ((2, 3), (3,)), ((4,), (1,)), ((4,), ()), ((2, 1), (2, 3))),
        *(((1, 3), (2, 3)), ((4, 1), (1, 4)), ((2, 1, 3), (2, 4, 3))),
    )
    refused = [Case(two(*shapes), f"shapes {shapes[0]} and {shapes[1]}") for shapes in unequal]
    return Problem(
        statement=r"""
Write a function of two NumPy arrays `x` and `y` that returns $x \odot y$. It works for any shape: vectors,
matrices, arrays with three indices. If the shapes of `x` and `y` are not equal, it raises an error, for
example with `raise ValueError("…")`.
""",
        answers=(
            Function(
                "hadamard",
                _hadamard,
                cases,
                mistakes=tuple(Mistake(slug, slip) for slug, slips in other_products.items() for slip in slips),
                refused=refused,
                refusal="broadcast",
            ),
        ),
        hints=(
            "Which operation of NumPy multiplies two arrays of one shape entry by entry?",
            "That operation does not refuse the shapes (3,) and (3, 1), so your function has to do it first.",
            "x.shape is a tuple, and tuples can be compared: if they differ, raise an error.",
        ),
        solution=r"""
NumPy's `*`, or `np.multiply`, multiplies entry by entry, and for equal shapes that is all. Since it stretches
unequal shapes where it can, the shapes are compared first. Comparing `len` or `size` would not do: shapes
$(2, 3)$ and $(2, 1)$ have the same length, $(4, 1)$ and $(1, 4)$ the same size, and both pairs would be stretched.
""",
    )
