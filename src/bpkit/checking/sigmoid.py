"""The sigmoid and its derivative as SymPy functions that stay as they were written."""

from __future__ import annotations

from typing import Any

import sympy


class _Named(sympy.Function):  # type: ignore[misc]
    """A function of one number that stays as it was written, so that an answer is shown as the student's."""

    nargs = 1
    plain = tex = ""

    def _sympystr(self, printer: Any) -> str:
        return f"{self.plain}({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = f"^{{{exp}}}" if exp else ""
        return rf"{self.tex}\left({printer._print(self.args[0])}\right){power}"

    def _eval_evalf(self, prec: int) -> Any:
        return self.rewrite(sympy.exp)._eval_evalf(prec)


class sigmoid(_Named):
    """The sigmoid, σ(z) = 1/(1 + e^−z)."""

    plain, tex = "sigma", r"\sigma"

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """Return the derivative σ'(z)."""
        return sigmoid_prime(self.args[0])

    def _eval_rewrite_as_exp(self, z: sympy.Expr, **_: object) -> sympy.Expr:
        return 1 / (1 + sympy.exp(-z))


class sigmoid_prime(_Named):
    """The sigmoid's derivative, σ'(z) = σ(z)(1 − σ(z))."""

    plain, tex = "sigma_prime", r"\sigma'"

    def _eval_rewrite_as_exp(self, z: sympy.Expr, **_: object) -> sympy.Expr:
        return sympy.exp(-z) / (1 + sympy.exp(-z)) ** 2
