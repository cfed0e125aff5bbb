"""The course's own expressions, rewritten and mutated: right in every form, and wrong with every slip."""

import re
from functools import cache, reduce

import numpy as np
import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bpkit.checking import Expression
from bpkit.checking.sigmoid import sigmoid, sigmoid_prime
from bpkit.course import exercises

pytestmark = pytest.mark.usefixtures("patient")
SEEDS = (None, 1)


def generated():
    """Yield each expression that an exercise asks for, in the printed instance and in some others."""
    for exercise in exercises():
        known = set()
        for seed in SEEDS if exercise.has_instances else SEEDS[:1]:
            for answer in exercise.problem(seed).answers:
                if isinstance(answer, Expression) and (answer.name, answer.expected) not in known:
                    known.add((answer.name, answer.expected))
                    printed = "printed" if seed is None else f"seed {seed}"
                    yield pytest.param(answer, id=f"{exercise.id} {answer.name} {printed}")


ANSWERS = list(generated())
BY_ID = {answer.id: answer.values[0] for answer in ANSWERS}
few = settings(derandomize=True, database=None, suppress_health_check=list(HealthCheck))
every = pytest.mark.parametrize("answer_id", BY_ID)


# The independent referee: plain floats, none of the checker's own code.
FLOATS = {
    **{getattr(sympy, name): getattr(np, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "log")},
    **{sympy.Add: lambda *parts: sum(parts), sympy.Mul: lambda *parts: reduce(np.multiply, parts)},
    **{sympy.Pow: np.power, sympy.Abs: np.abs, sympy.sign: np.sign},
    **{sympy.Max: lambda *parts: reduce(np.maximum, parts), sympy.Min: lambda *parts: reduce(np.minimum, parts)},
    **{sympy.Gt: np.greater, sympy.Ge: np.greater_equal, sympy.Lt: np.less, sympy.Le: np.less_equal},
    sympy.Heaviside: lambda z, *_: (z.real > 0) * 1.0,
    sigmoid: lambda z: 1 / (1 + np.exp(-z)),
    sigmoid_prime: lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
}


def floats(expr, at):
    """Return what an expression is worth at many points, which may be complex on the way."""
    if isinstance(expr, sympy.Symbol):
        return at[expr.name]
    if expr in (sympy.true, sympy.false):
        return np.full(COUNT, expr is sympy.true)
    if not expr.args:
        return np.full(COUNT, complex(expr))
    if isinstance(expr, sympy.Piecewise):
        pieces = [(floats(value, at), floats(condition, at)) for value, condition in expr.args]
        return np.select([condition for _, condition in pieces], [value for value, _ in pieces], np.nan)
    return FLOATS[expr.func](*(floats(part, at) for part in expr.args))


COUNT = 24


@cache
def places(answer_id):
    """Draw each variable's values: on both sides of 0, and above it; counts are whole numbers."""
    answer, rng = BY_ID[answer_id], np.random.default_rng(20)
    meanings = answer.known.values()
    names = {*answer.symbols, *(symbol.name for meaning in meanings for symbol in meaning.free_symbols)}
    half = COUNT // 2
    at = {name: np.concatenate([rng.uniform(-2, 2, half), rng.uniform(0.1, 2, half)]) + 0j for name in sorted(names)}
    at |= {name: rng.integers(1, 9, COUNT) + 0j for name in answer.counts}
    return at | {name: floats(meaning, at) for name, meaning in answer.known.items()}


def differ(answer_id, expr):
    """Tell whether plain floats, too, see a difference from the right answer."""
    with np.errstate(all="ignore"):
        wrong, right = (floats(e, places(answer_id)) for e in (expr, BY_ID[answer_id].expected))
        real = (abs(wrong.imag) <= 1e-9 * abs(wrong)) & (abs(right.imag) <= 1e-9 * abs(right))
        return bool(np.any(real & (abs(wrong - right) > 1e-6 * (abs(wrong) + abs(right)))))


def assumed(expr, **kinds):
    return expr.xreplace({symbol: sympy.Symbol(symbol.name, **kinds) for symbol in expr.free_symbols})


def reordered(expr):
    if not expr.args or not isinstance(expr, sympy.Add | sympy.Mul):
        return expr
    return expr.func(*reversed([reordered(part) for part in expr.args]), evaluate=False)


def plain_text(expr):
    return sympy.sstr(expr)


FORMS = {
    "expanded": sympy.expand,
    "factored": sympy.factor,
    "over one denominator": sympy.together,
    "in partial fractions": lambda e: sympy.apart(e) if len(e.free_symbols) == 1 and e.is_rational_function() else e,
    "trigonometrically simplified": sympy.trigsimp,
    "powers gathered": sympy.powsimp,
    "powers apart": lambda e: sympy.expand_power_base(sympy.expand_power_exp(e)),
    "in exponentials": lambda e: e.rewrite(sympy.exp),
    "in tangents": lambda e: e.rewrite(sympy.tan),
    "in sines": lambda e: e.rewrite(sympy.sin),
    "reordered": reordered,
    "in real symbols": lambda e: assumed(e, real=True),
    "in symbols of its own": lambda e: assumed(e, commutative=True, finite=True),
    "through srepr": lambda e: assumed(sympy.sympify(sympy.srepr(e))),
    "as text": plain_text,
    "with ^ for **": lambda e: plain_text(e).replace("**", "^"),
    "without spaces": lambda e: plain_text(e).replace(" ", ""),
    "with a nought added": lambda e: e + sympy.expand((e + 1) ** 2) - (e + 1) ** 2,
    "times a one": lambda e: e * sympy.sin(3) ** 2 + e * sympy.cos(3) ** 2,
    "as LaTeX": sympy.latex,
    "factored, as LaTeX": lambda e: sympy.latex(sympy.factor(e)),
    "with \\cdot, as LaTeX": lambda e: sympy.latex(e, mul_symbol="dot"),
    "folded, as LaTeX": lambda e: sympy.latex(e, fold_short_frac=True, ln_notation=True),
}


@every
def test_a_right_answer_is_correct_in_every_form(answer_id):
    answer = BY_ID[answer_id]
    for name, form in FORMS.items():
        rewritten = form(answer.expected)
        found = answer.judge(rewritten)
        assert (found.status, found.score) == ("correct", 1.0), (name, rewritten, found)


SWAPPED = {
    **{sympy.sin: sympy.cos, sympy.cos: sympy.sin, sympy.exp: sympy.cosh, sympy.log: sympy.exp},
    **{sympy.Abs: sympy.exp, sympy.tanh: sympy.sin},
}


@cache
def mutations(answer_id):
    """Return what a slip makes of the right answer, one slip each."""
    expected = BY_ID[answer_id].expected
    names = sorted(expected.free_symbols, key=str)
    found = [-expected, 2 * expected, expected + 1, expected**2, expected * sympy.Add(1, *names)]
    for node in sympy.preorder_traversal(expected):
        changed = []
        if isinstance(node, sympy.Add):
            changed += [change for part in node.args for change in (node - part, node - 2 * part)]
        elif isinstance(node, sympy.Mul):
            changed += [change for part in node.args for change in (node / part, node * part)]
        elif isinstance(node, sympy.Pow):
            changed += [node * node.base, node / node.base]
        elif isinstance(node, sympy.Number):
            changed += [node + 1, 2 * node]
        elif isinstance(node, sympy.Symbol):
            changed += [other for other in names if other != node][:3]
        elif node.func in SWAPPED:
            changed.append(SWAPPED[node.func](*node.args))
        found += [change if node == expected else expected.xreplace({node: change}) for change in changed]
    return [e for e in dict.fromkeys(found) if isinstance(e, sympy.Expr) and not e.has(sympy.zoo, sympy.nan)]


def squeezed(text):
    return re.sub(r"[\s*·]|\\left|\\right|\\cdot", "", text.replace("**", "^"))


def gives_away(message, expected):
    """Tell whether a message holds the right answer, in any of the ways in which it is written."""
    written = {sympy.sstr(expected), sympy.latex(expected), sympy.sstr(sympy.factor(expected))}
    return any(squeezed(text) in squeezed(message) for text in written)


@every
@settings(few, max_examples=6)
@given(st.data())
def test_a_mutation_is_incorrect_and_the_answer_is_not_told(answer_id, data):
    wrong = data.draw(st.sampled_from(mutations(answer_id)))
    assume(differ(answer_id, wrong))
    answer = BY_ID[answer_id]
    found = answer.judge(wrong)
    assert (found.status, found.score) == ("incorrect", 0.0), found
    assert 1 <= len(re.findall(r"[.?](?= |$)", found.message)) <= 3, found.message
    if answer.expected.count_ops() > 1:
        assert not gives_away(found.message, answer.expected), found.message


@every
@settings(few, max_examples=2)
@given(st.data())
def test_a_mutation_stays_incorrect_however_it_is_written(answer_id, data):
    wrong, form = data.draw(st.sampled_from(mutations(answer_id))), data.draw(st.sampled_from(list(FORMS)))
    assume(differ(answer_id, wrong))
    assert BY_ID[answer_id].judge(FORMS[form](wrong)).status == "incorrect", form


@every
def test_plain_floats_agree_that_the_known_mistakes_are_mistakes(answer_id):
    for mistake in BY_ID[answer_id].mistakes:
        if isinstance(mistake.result, sympy.Expr) and mistake.slug != "rounded":  # which plain floats cannot tell
            assert differ(answer_id, mistake.result), mistake


@every
def test_plain_floats_agree_that_a_right_answer_is_right_in_every_form(answer_id):
    for form in (sympy.expand, sympy.together, sympy.powsimp):
        assert not differ(answer_id, form(BY_ID[answer_id].expected))
