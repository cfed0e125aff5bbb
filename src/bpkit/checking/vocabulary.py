"""The words that an answer may hold: functions, constants, letters; and how names are told to the student."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

import sympy

from .guards import printable
from .sigmoid import sigmoid, sigmoid_prime
from .verdict import AnswerError

MAX_FACTORIAL = 100

Function = Callable[..., sympy.Basic]


def _factorial(n: sympy.Expr) -> sympy.Expr:
    if not (n.is_Integer and abs(int(n)) <= MAX_FACTORIAL):
        raise AnswerError(f"A factorial is read for whole numbers up to {MAX_FACTORIAL}.")
    return sympy.factorial(n)


def _relu(z: sympy.Expr) -> sympy.Expr:
    return sympy.Max(0, z)


_SAME_NAME = (
    *("sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "sech", "csch", "coth"),
    *("acot", "asec", "acsc", "asinh", "acosh", "atanh", "acoth"),
    *("exp", "log", "sqrt", "cbrt", "sign", "Heaviside", "Max", "Min", "Abs"),
)
FUNCTIONS: dict[str, Function] = {name: getattr(sympy, name) for name in _SAME_NAME} | {
    "ln": sympy.log,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "arsinh": sympy.asinh,
    "arcosh": sympy.acosh,
    "artanh": sympy.atanh,
    "arcsinh": sympy.asinh,
    "arccosh": sympy.acosh,
    "arctanh": sympy.atanh,
    "abs": sympy.Abs,
    "max": sympy.Max,
    "min": sympy.Min,
    "maximum": sympy.Max,
    "minimum": sympy.Min,
    "heaviside": sympy.Heaviside,
    "log10": lambda x: sympy.log(x, 10),
    "log2": lambda x: sympy.log(x, 2),
    "floor": sympy.floor,
    "ceil": sympy.ceiling,
    "ceiling": sympy.ceiling,
    "factorial": _factorial,
    "relu": _relu,
    "ReLU": _relu,
    "Eq": sympy.Eq,
}
# Functions that a course's exercises may name besides; which of them are allowed, each exercise says.
SIGMOID: dict[str, Function] = {"sigma": sigmoid, "sigmoid": sigmoid}
SIGMOID_PRIME: dict[str, Function] = {
    "sigma_prime": sigmoid_prime,
    "sigmoid_prime": sigmoid_prime,
    "dsigma": sigmoid_prime,
}

CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "E": sympy.E, "oo": sympy.oo, "inf": sympy.oo}
# How many values a function takes: one, but for these.
SEVERAL = ("Max", "Min", "max", "min", "maximum", "minimum")
ONE_OR_TWO = ("log", "ln", "Heaviside", "heaviside")
BUILDERS = ("Piecewise", "where", "Matrix", "array", "int")
MODULES = ("np", "numpy", "sp", "sympy", "math")
KEYWORDS = ("if", "else", "and", "or", "not", "True", "False")

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lamda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
# Other shapes of Greek letters: \phi and the Tab key make ϕ in a notebook, \epsilon makes ϵ.
OTHER_SHAPES = str.maketrans("ϕϵϑϱϰ", "φεθρκ")
# In a name: ₁ is 1, _{j} is _j, and either sort of prime is '.
IN_NAMES = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼ′’", "0123456789aeoxhklmnpstij''", "{}")


def plain_name(name: str) -> str:
    """Write a name in plain letters: σ is sigma, w₂ and w_{2} are w2 and w_2, σ' is sigma_prime."""
    name = "".join(GREEK.get(letter, letter) for letter in name.translate(OTHER_SHAPES)).translate(IN_NAMES)
    return f"{name[:-1]}_prime" if name.endswith("'") and not name.endswith("''") else name


def not_expected(name: str, names: Iterable[str], table: Iterable[str] = ()) -> str:
    """Say that an answer holds a name that it may not hold, and which was probably meant."""
    names = list(names)
    for known in (*names, *table):
        if known.lower() == name.lower():
            return f"“{name}” is not expected here: did you mean {known}? Capital and small letters differ."
    looks_plain = len(name) == 1 and not name.isascii() and name not in GREEK
    what = f" (the character {unicodedata.name(name, 'without a name')})" if looks_plain else ""
    return f"“{printable(name)}”{what} is not expected here. {expected_names(names)}"


def expected_names(names: Iterable[str]) -> str:
    """Say, as a sentence, which symbols an answer may hold."""
    told = listed(names)
    if not told:
        return "The answer is a number."
    return f"The answer is in {told}{', with numbers as indices' if '^l' in told else ''}."


def listed(names: Iterable[str]) -> str:
    """List symbols in a sentence, all those with two indices in one: "x, a_j^l and w_jk^l"."""
    told = list(dict.fromkeys(map(_pattern, names)))
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _pattern(name: str) -> str:
    """Write w_24^3 as w_jk^l: the indexed symbols are many, and naming the very ones could be the answer."""
    indexed = re.fullmatch(r"([^\W\d_]+)_(\d+)\^\d+", name)
    return f"{indexed[1]}_{'jk' if len(indexed[2]) > 1 else 'j'}^l" if indexed else name
