"""A line as it was typed, set as a formula: every factor stays in its place; fractions, powers and roots are drawn.

SymPy's own form of a reading puts things in another order and makes ¼ of 0.25; here one sees what one wrote.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import sympy

from .verdict import AnswerError
from .vocabulary import CONSTANTS, GREEK

# MathML as lists: ["mfrac", above, below]; a text stands only in "mi", "mn", "mo" and "mtext".
Formula = list[Any]

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a part holds together: a looser one is put into brackets
DEEPEST = 60
LETTERS = {name: letter for letter, name in GREEK.items()} | {"lambda": "λ"}
SHOWN = {"pi": "π", "E": "e", "oo": "∞", "inf": "∞"}
SIGNS: dict[type[ast.AST], str] = {
    ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥", ast.Eq: "=", ast.NotEq: "≠", ast.And: "and", ast.Or: "or",
}  # fmt: skip
# A logarithm is the natural one here, however it is spelled.
FUNCTIONS = {
    "log": "ln", "asin": "arcsin", "acos": "arccos", "atan": "arctan", "maximum": "max", "minimum": "min", "Max": "max",
    "Min": "min", "sigmoid": "σ", "sigma": "σ", "relu": "ReLU", "heaviside": "Heaviside", "phi": "φ", "sgn": "sign",
    "arcsinh": "arsinh", "asinh": "arsinh",
    "arccosh": "arcosh", "acosh": "arcosh", "arctanh": "artanh", "atanh": "artanh",
    "sigma_prime": "σ′", "sigmoid_prime": "σ′", "dsigma": "σ′", "phi_prime": "φ′",
}  # fmt: skip
AROUND = {"Abs": "||", "abs": "||", "floor": "⌊⌋", "ceil": "⌈⌉", "ceiling": "⌈⌉"}
SLOPE = re.compile(r"d([^\W\d_]+\d*)_d([^\W\d_]+\d*)")
ENTRY = re.compile(r"(D\d+)_([a-z]\d+)")
INDEXED = re.compile(r"(.*?[^\W\d_])(?:_?(\d+)|_([a-z]))?(?:\^(\w+)|_(T))?")


def formula_of(node: ast.expr, names: Mapping[str, sympy.Symbol]) -> Formula:
    """Return the formula of a syntax tree.

    Parameters
    ----------
    node
        The tree, as Python's parser makes it of an answer's tokens.
    names
        What the names in it stand for, those with two indices having a stand-in.

    Raises
    ------
    AnswerError
        If it is nested too deeply to be set.
    """
    return _Setter(names).set(node)[0]


def in_rows(rows: Sequence[Sequence[Formula]]) -> Formula:
    """Return formulas in rows, in square brackets; a shorter row ends with nothing."""
    width = max(map(len, rows), default=0)
    filled = [[*row, *[["mrow"]] * (width - len(row))] for row in rows]
    return _bracketed(["mtable", *(["mtr", *(["mtd", entry] for entry in row)] for row in filled)], "[]")


def in_a_row(parts: Sequence[Formula], around: str = "[]") -> Formula:
    """Return formulas with commas between them, in brackets."""
    return _bracketed(_joined(parts, ["mo", ","]), around)


def symbol(name: str) -> Formula:
    """Return a declared name as mathematics writes it: w_24^3 with both indices, dL_dh2 as a fraction."""
    if found := SLOPE.fullmatch(name):
        return ["mfrac", *(["mrow", ["mi", "d"], symbol(part)] for part in found.groups())]
    if found := ENTRY.fullmatch(name):
        return ["mrow", *map(symbol, found.groups())]
    found = INDEXED.fullmatch(name)
    if not found:
        return ["mi", name]
    base, low, up = ["mi", LETTERS.get(found[1], found[1])], found[2] or found[3], found[4] or found[5]
    if low and up:
        return ["msubsup", base, _index(low), _index(up)]
    if low:
        return ["msub", base, _index(low)]
    return ["msup", base, _index(up)] if up else base


def _index(text: str) -> Formula:
    return ["mn" if text.isdigit() else "mi", text]


def _bracketed(inner: Formula, around: str = "()") -> Formula:
    return ["mrow", ["mo", around[0]], inner, ["mo", around[1]]]


def _joined(parts: Sequence[Formula], sign: Formula) -> Formula:
    return ["mrow", *[piece for part in parts for piece in (sign, part)][1:]]


def _first(formula: Formula) -> Formula:
    """Return what a formula begins with."""
    while formula[0] in ("mrow", "msup", "msub", "msubsup") and len(formula) > 1:
        formula = formula[1]
    return formula


class _Setter:
    def __init__(self, names: Mapping[str, sympy.Symbol]) -> None:
        self.names = names
        self.depth = 0

    def set(self, node: ast.expr) -> tuple[Formula, int]:
        """Return a part's formula, and how tightly it holds together."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise AnswerError("This is too deeply nested to read.")
        try:
            return self._set(node)
        finally:
            self.depth -= 1

    def at_least(self, node: ast.expr, tight: int) -> Formula:
        """Return a part's formula, in brackets if it would fall apart without."""
        formula, holds = self.set(node)
        return formula if holds >= tight else _bracketed(formula)

    def _set(self, node: ast.expr) -> tuple[Formula, int]:
        match node:
            case ast.Constant(value=bool(value)):
                return ["mtext", str(value)], ATOM
            case ast.Constant(value=value):
                return _number(str(value))
            case ast.Name(id=name):
                return self._name(name), ATOM
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                return ["mrow", ["mo", "−" if isinstance(op, ast.USub) else "+"], self.at_least(operand, PRODUCT)], SUM
            case ast.UnaryOp(operand=operand):
                return ["mrow", ["mtext", "not "], self.at_least(operand, ATOM)], SUM
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return self._sum(node), SUM
            case ast.BinOp(op=ast.Mult()):
                return self._product(node), PRODUCT
            case ast.BinOp(op=ast.Div(), left=above, right=below):
                return self._quotient(above, below), PRODUCT
            case ast.BinOp(op=ast.Pow(), left=base, right=exponent):
                return self._power(base, exponent), POWER
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pieces = [self.set(left)[0]]
                for relation, right in zip(ops, rights, strict=True):
                    pieces += [["mo", SIGNS[type(relation)]], self.set(right)[0]]
                return ["mrow", *pieces], SUM
            case ast.BoolOp(op=op, values=values):
                word = ["mtext", f" {SIGNS[type(op)]} "]
                return _joined([self.set(value)[0] for value in values], word), SUM
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._cases([(body, test), (orelse, None)]), ATOM
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return self._list(parts), ATOM
            case ast.Call(func=func, args=args):
                return self._call(func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", ""), args)
        raise AnswerError("This is not ordinary mathematical notation, so it isn't read.")

    def _name(self, name: str) -> Formula:
        if name in self.names:
            return symbol(self.names[name].name)
        return ["mi", SHOWN.get(name, name) if name in CONSTANTS else name]

    def _sum(self, node: ast.expr) -> Formula:
        """Set a sum: its first term is found by going left, however many there are."""
        pieces: list[Formula] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            sign = "+" if isinstance(node.op, ast.Add) else "−"
            pieces[:0] = [["mo", sign], self.at_least(node.right, PRODUCT)]
            node = node.left
        return ["mrow", self.set(node)[0], *pieces]

    def _product(self, node: ast.expr) -> Formula:
        factors: list[Formula] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            factors.insert(0, self.at_least(node.right, PRODUCT))
            node = node.left
        # −3x is (−3)·x to Python, and no reader wants the brackets
        factors.insert(0, self.set(node)[0] if isinstance(node, ast.UnaryOp) else self.at_least(node, PRODUCT))
        return self._side_by_side(factors)

    def _quotient(self, above: ast.expr, below: ast.expr) -> Formula:
        """Set a quotient; of a/b · c/d, which Python takes for ((a/b) · c)/d, as the two fractions that are meant."""
        numerator: list[Formula] = []
        node = above
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            numerator.insert(0, self.at_least(node.right, PRODUCT))
            node = node.left
        if numerator and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            over = self._side_by_side(numerator) if len(numerator) > 1 else numerator[0]
            return self._side_by_side([self.set(node)[0], ["mfrac", over, self.set(below)[0]]])
        return ["mfrac", self.set(above)[0], self.set(below)[0]]

    def _side_by_side(self, factors: Sequence[Formula]) -> Formula:
        pieces = list(factors[:1])
        for left, right in pairwise(factors):
            begins = _first(right)[0]
            dot = begins == "mn" or "mfrac" in (begins, left[0]) or right[0] == "mroot"
            pieces += [["mo", "·" if dot else "\u2062"], right]
        return ["mrow", *pieces]

    def _power(self, base: ast.expr, exponent: ast.expr) -> Formula:
        above = self.set(exponent)[0]
        if isinstance(base, ast.Call) and (name := getattr(base.func, "id", "")) and self._is_named(name):
            return ["mrow", ["msup", self._function(name), above], self._arguments(base.args)]  # sin²(x)
        return ["msup", self.at_least(base, ATOM), above]

    def _is_named(self, name: str) -> bool:
        """Tell whether a function is written with its name, and not as a root or in bars."""
        return name not in {*AROUND, "sqrt", "cbrt", "exp", "factorial", "Piecewise", "where", "Matrix", "array", "int"}

    def _function(self, name: str) -> Formula:
        if name in ("log2", "log10"):
            return ["msub", ["mi", "log"], ["mn", name[3:]]]
        return ["mi", FUNCTIONS.get(name, name)]

    def _arguments(self, args: Sequence[ast.expr]) -> Formula:
        return in_a_row([self.set(arg)[0] for arg in args], "()")

    def _call(self, name: str, args: Sequence[ast.expr]) -> tuple[Formula, int]:
        first = args[0] if args else None
        if first is None:
            return ["mrow", self._function(name), *(["mo", sign] for sign in "()")], ATOM
        if name in AROUND:
            return _bracketed(self.set(first)[0], AROUND[name]), ATOM
        if name == "sqrt":
            return ["msqrt", self.set(first)[0]], ATOM
        if name == "cbrt":
            return ["mroot", self.set(first)[0], ["mn", "3"]], ATOM
        if name == "exp":
            return ["msup", ["mi", "e"], self.set(first)[0]], POWER
        if name == "factorial":
            return ["mrow", self.at_least(first, ATOM), ["mo", "!"]], POWER
        if name in ("Matrix", "array"):
            return self.set(first)
        if name == "int":
            return _bracketed(self.set(first)[0], "[]"), ATOM
        if name == "where" and len(args) == 3:
            return self._cases([(args[1], args[0]), (args[2], None)]), ATOM
        if name == "Piecewise":
            return self._cases([self._branch(arg) for arg in args]), ATOM
        return ["mrow", self._function(name), self._arguments(args)], ATOM

    def _branch(self, pair: ast.expr) -> tuple[ast.expr, ast.expr | None]:
        match pair:
            case ast.Tuple(elts=[value, ast.Constant(value=True)]):
                return value, None
            case ast.Tuple(elts=[value, condition]) | ast.List(elts=[value, condition]):
                return value, condition
        raise AnswerError("Piecewise takes pairs (value, condition).")

    def _cases(self, branches: Sequence[tuple[ast.expr, ast.expr | None]]) -> Formula:
        rows = [
            [
                self.set(value)[0],
                ["mtext", "otherwise"] if test is None else ["mrow", ["mtext", "if "], self.set(test)[0]],
            ]
            for value, test in branches
        ]
        return ["mrow", ["mo", "{"], ["mtable", *(["mtr", *(["mtd", cell] for cell in row)] for row in rows)]]

    def _list(self, parts: Sequence[ast.expr]) -> Formula:
        """Set a list: lists in it are the rows of a matrix."""
        if parts and all(isinstance(part, ast.List | ast.Tuple) for part in parts):
            return in_rows([[self.set(entry)[0] for entry in part.elts] for part in parts])  # type: ignore[attr-defined]
        return in_a_row([self.set(part)[0] for part in parts])


def _number(text: str) -> tuple[Formula, int]:
    """Set a number as Python prints it: 1e-07 is 1 · 10⁻⁷."""
    digits, _, exponent = text.removesuffix(".0").partition("e")
    if not exponent:
        return ["mn", digits], ATOM
    ten = ["msup", ["mn", "10"], ["mn", str(int(exponent)).replace("-", "−")]]
    return ["mrow", ["mn", digits], ["mo", "·"], ten], PRODUCT
