"""How a line is written, apart from what makes no difference: order, brackets, +0 and ·1."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

Outline = str | tuple[Any, ...]


def outline_of(node: ast.expr) -> Outline:
    """Return the outline of a syntax tree: nested tuples, sums and products flat and in a fixed order."""
    match node:
        case ast.BinOp(op=ast.Pow(), left=base, right=exponent):
            return "^", outline_of(base), outline_of(exponent)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _gathered("+", _terms(node, 1), zero="0")
        case ast.BinOp(op=ast.Mult() | ast.Div()) | ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            return _gathered("*", _factors(node, 1), zero="1")
        case ast.Call(func=func, args=[exponent], keywords=[]) if ast.unparse(func).endswith("exp"):
            return "^", "e", outline_of(exponent)
        case ast.Call(func=func, args=args, keywords=[]):
            return ast.unparse(func), *map(outline_of, args)
        case ast.Constant(value=float(value)) if value.is_integer():
            return str(int(value))
    return ast.unparse(node)


def _terms(node: ast.expr, sign: int) -> Iterator[Outline]:
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            yield from _terms(left, sign)
            yield from _terms(right, sign if isinstance(op, ast.Add) else -sign)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
            yield from _terms(operand, -sign if isinstance(op, ast.USub) else sign)
        case _:
            yield outline_of(node) if sign > 0 else ("-", outline_of(node))


def _factors(node: ast.expr, power: int) -> Iterator[Outline]:
    match node:
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
            yield from _factors(left, power)
            yield from _factors(right, power if isinstance(op, ast.Mult) else -power)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            yield from _factors(operand, power)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "-1"
            yield from _factors(operand, power)
        case _:
            yield outline_of(node) if power > 0 else ("/", outline_of(node))


def _gathered(sign: str, parts: Iterable[Outline], zero: str) -> Outline:
    kept = sorted((part for part in parts if part not in (zero, ("-", zero), ("/", zero))), key=repr)
    return (sign, *kept) if len(kept) > 1 else (kept or [zero])[0]
