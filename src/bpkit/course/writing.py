"""How the chapters write an expression in their text."""

from __future__ import annotations

import sympy


def tex(expr: sympy.Basic) -> str:
    """Write an expression in LaTeX as the chapters do: the natural logarithm is ln."""
    return str(sympy.latex(expr, ln_notation=True))
