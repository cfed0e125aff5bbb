"""Two lines have one outline if they differ in order, brackets, +0 and ·1 alone."""

import ast

import pytest

from bpkit.checking import AnswerError
from bpkit.checking.outlines import outline_of
from bpkit.checking.parsing import outline
from bpkit.checking.vocabulary import SIGMOID

NAMES = ("a", "b", "c", "u", "v", "x", "y")


def of(text):
    return outline(text, NAMES, SIGMOID)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("a + b", "b + a"),
        ("a b c", "c (b a)"),
        ("((a)) + (b)", "a + b"),
        ("a + (b + c)", "(a + b) + c"),
        ("a - b", "-b + a"),
        ("a - (b - c)", "a + c - b"),
        ("a - (-b)", "a + b"),
        ("a + (+b)", "+a + b"),
        ("-a - b", "-b - a"),
        ("0 + a", "a"),
        ("a - 0", "a"),
        ("a + 0.0", "a"),
        ("0 + 0", "0"),
        ("1 a", "a"),
        ("a * 1 * 1", "a"),
        ("a / 1", "a"),
        ("1 * 1", "1"),
        ("-(a b)", "(-a) b"),
        ("+(a b)", "a b"),
        ("a (+b)", "a b"),
        ("1/(a b)", "1/a * 1/b"),
        ("a/(b/c)", "a c/b"),
        ("a/b/c", "a/(b c)"),
        ("a/b", "a * (1/b)"),
        ("2.0 a", "2 a"),
        ("exp(-x)", "e^(-x)"),
        ("np.exp(x)", "e^x"),
        ("sin(a + b)", "sin (b + a)"),
        ("max(a + b, c)", "max(b + a, c)"),
        ("(a + b)^(c + 1)", "(b + a)^(1 + c)"),
        ("(1 + e^(-x))^2", "(e^(-x) + 1)^2"),
        ("σ(x)(1 - σ(x))", "(1 - sigma(x)) sigma(x)"),
    ],
)
def test_what_makes_no_difference_leaves_the_outline(line, other):
    assert of(line) == of(other)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("a a", "a^2"),
        ("1/u * v/u", "v/u^2"),
        ("a (b + c)", "a b + a c"),
        ("a + a", "2 a"),
        ("a - b", "b - a"),
        ("a - b", "a + b"),
        ("-a", "a"),
        ("-a - b", "a + b"),
        ("a/b", "b/a"),
        ("a/b", "a b"),
        ("a/(b c)", "a c/b"),
        ("a/(b/c)", "a/(b c)"),
        ("a b", "a + b"),
        ("a + 1", "a"),
        ("0 a", "a"),
        ("a + 0.5", "a"),
        ("2.5 a", "2 a"),
        ("x^2", "2^x"),
        ("x^2", "x^3"),
        ("sin(x)", "sin(y)"),
        ("sin(x)", "cos(x)"),
        ("max(a, b)", "max(a, c)"),
        ("exp(x)", "exp(y)"),
        ("σ(x)", "1/(1 + e^(-x))"),
        ("1 - 1/(1 + e^(-x))", "e^(-x)/(1 + e^(-x))"),
        ("x > 0", "x < 0"),
        ("a", "b"),
        ("1", "0"),
        ("(-a)/b", "a/b"),
        ("a*(-1)", "a"),
    ],
)
def test_what_a_step_may_be_about_stays_in_the_outline(line, other):
    assert of(line) != of(other)


def test_an_outline_can_be_counted():
    assert len({of("a + b"), of("b + a"), of("a b")}) == 2


def test_what_cannot_be_read_has_no_outline():
    with pytest.raises(AnswerError):
        of("a +")


@pytest.mark.parametrize("written", ["x[0]", "lambda x: x", "x if x > 0 else -x", "not x", "f(x, a=1)", "~x"])
def test_whatever_else_stands_for_itself(written):
    node = ast.parse(written, mode="eval").body
    assert outline_of(node) == written
