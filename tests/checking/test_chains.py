"""What the known mistakes make of a composition: generated from its links, and none of them the right answer."""

from itertools import pairwise
from pathlib import Path

import pytest
import sympy
from sympy import cos, diff, exp, sin, symbols

from bpkit.checking import Mistake
from bpkit.checking.chains import at_point, chain_mistakes, path_mistakes, power_slips, value_mistakes, with_sign
from bpkit.checking.misconceptions import SENTENCES

x, u, v, a, b = symbols("x u v a b")
SQUARE = ("u", 4 * u**2), ("x", x - 2)
WAVES = ("u", sin(u)), ("v", exp(v)), ("x", x**2 + 1)
CUBE = ("u", 5 * u**3 - u), ("x", sin(x))
DECAY = ("u", exp(-u)), ("x", 3 * x)
BRACKET = ("u", 3 * u), ("v", v**2), ("x", x + 6)
INNER = exp(x**2 + 1)


def composed(links):
    whole = links[0][1]
    for (name, _), (_, inner) in pairwise(links):
        whole = whole.subs(sympy.Symbol(name), inner)
    return whole


def leads_to(mistakes, slug, wrong):
    return any(m.slug == slug and sympy.expand(m.result - wrong) == 0 for m in mistakes)


@pytest.mark.parametrize(
    ("links", "slug", "wrong"),
    [
        (SQUARE, "slopes-added", 8 * (x - 2) + 1),
        (SQUARE, "outer-derivative-dropped", 1),
        (SQUARE, "outer-at-inner-slope", 8 * x),
        (SQUARE, "power-slip", 4 * (x - 2)),
        (SQUARE, "power-slip", 8 * (x - 2) ** 2),
        (SQUARE, "power-slip", 8 * (x - 2) ** 3),
        (SQUARE, "not-differentiated", 4 * (x - 2) ** 2),
        (SQUARE, "composition-as-product", diff(4 * x**2 * (x - 2), x)),
        (SQUARE, "term-missing", 8 * (x - 2) - 8 * x),
        (SQUARE, "term-sign", 8 * (x + 2)),
        (SQUARE, "factor-extra", 64 * (x - 2) ** 2),
        (SQUARE, "bracket-missing", 8 * x - 2),
        (SQUARE, "power-slip+slopes-added", 4 * (x - 2) + 1),
        (WAVES, "slopes-added", cos(INNER) + INNER + 2 * x),
        (WAVES, "inner-derivative-dropped", cos(INNER)),
        (WAVES, "inner-derivative-dropped", cos(INNER) * INNER),
        (WAVES, "inner-derivative-dropped", cos(INNER) * 2 * x),
        (WAVES, "outer-derivative-dropped", INNER * 2 * x),
        (WAVES, "outer-derivative-dropped", 2 * x),
        (WAVES, "outer-at-inner-slope", cos(x) * exp(x) * 2 * x),
        (WAVES, "outer-at-inner-slope", cos(x) * INNER * 2 * x),
        (WAVES, "wrong-inner-value", cos(x**2 + 1) * INNER * 2 * x),
        (WAVES, "exponential-as-power", cos(INNER) * (x**2 + 1) * exp(x**2) * 2 * x),
        (WAVES, "exponential-as-power", cos(INNER) * (x**2 + 1) * exp(x**2)),
        (WAVES, "link-not-differentiated", sin(INNER) * INNER * 2 * x),
        (WAVES, "link-not-differentiated", cos(INNER) * INNER * (x**2 + 1)),
        (WAVES, "link-not-differentiated", cos(INNER) * INNER * x**2),
        (WAVES, "exponent-sign", cos(1 / INNER) / INNER * 2 * x),
        (WAVES, "slope-inside", sin(2 * x * INNER)),
        (WAVES, "slope-inside", cos(2 * x * INNER)),
        (WAVES, "slope-inside", cos(2 * x * INNER) * INNER * 2 * x),
        (WAVES, "power-slip", cos(INNER) * INNER * x),
        (WAVES, "term-missing", 2 * x * exp(x**2) * cos(exp(x**2))),
        (CUBE, "power-slip", (5 * sin(x) ** 2 - 1) * cos(x)),
        (CUBE, "term-missing", 15 * sin(x) ** 2 * cos(x)),
        (DECAY, "inner-derivative-dropped", -exp(-3 * x)),
        (DECAY, "exponent-sign", -3 * exp(3 * x)),
        (DECAY, "exponent-sign", 3 * exp(3 * x)),
        (BRACKET, "power-slip", 3 * (x + 6)),
    ],
)  # fmt: skip
def test_each_known_mistake_is_generated_from_the_links(links, slug, wrong):
    assert leads_to(chain_mistakes(links), slug, wrong)


@pytest.mark.parametrize(
    "links", [SQUARE, WAVES, CUBE, DECAY, BRACKET], ids=["square", "waves", "cube", "decay", "bracket"]
)
def test_no_mistake_leads_to_the_right_answer_and_each_has_its_sentence(links):
    right = diff(composed(links), x)
    for mistake in chain_mistakes(links):
        assert sympy.expand(mistake.result - right) != 0, mistake
        assert set(mistake.slug.split("+")) <= set(SENTENCES)


def test_each_mistake_is_made_once():
    for made in (
        chain_mistakes(WAVES),
        value_mistakes(BRACKET),
        path_mistakes(a**2 + b, {"a": u * v, "b": exp(u * v)}, u),
    ):
        assert len(set(made)) == len(made)


def test_a_link_with_slope_one_can_be_dropped_without_harm():
    assert not any(m.slug == "inner-derivative-dropped" for m in chain_mistakes(SQUARE))


@pytest.mark.parametrize(
    ("links", "slug", "wrong"),
    [
        (SQUARE, "outer-missing", x - 2),
        (SQUARE, "factors-swapped", 4 * x**2 - 2),
        (SQUARE, "term-missing", 4 * x**2),
        (SQUARE, "term-sign", 4 * (x + 2) ** 2),
        (WAVES, "outer-missing", INNER),
        (WAVES, "exponent-sign", sin(1 / INNER)),
        (WAVES, "factors-swapped", exp(sin(x) ** 2 + 1)),
        ((("u", 3 * u + 1), ("x", x**2 + 5)), "bracket-missing", 3 * x**2 + 6),
    ],
)
def test_a_composition_itself_has_its_mistakes(links, slug, wrong):
    made = value_mistakes(links)
    assert leads_to(made, slug, wrong)
    assert not any(sympy.expand(m.result - composed(links)) == 0 for m in made)


PATHS = a**2 + b, {"a": u * v, "b": exp(u * v)}, u
VALUE = exp(u * v)


@pytest.mark.parametrize(
    ("slug", "wrong"),
    [
        ("not-differentiated", u**2 * v**2 + VALUE),
        ("inner-derivative-dropped", 2 * u * v + 1),
        ("outer-derivative-dropped", v + v * VALUE),
        ("paths-multiplied", 2 * u * v**2 * v * VALUE),
        ("both-varied", 2 * u * v**2 + 2 * u**2 * v + (u + v) * VALUE),
        ("path-missing", v * VALUE),
        ("path-missing", 2 * u * v**2),
        ("path-missing+sign", -v * VALUE),
        ("term-sign", 2 * u * v**2 - v * VALUE),
        ("wrong-variable", 2 * u**2 * v + v * VALUE),
        ("inner-derivative-dropped", 2 * u * v + v * VALUE),
        ("inner-derivative-dropped", 2 * u * v**2 + VALUE),
        ("outer-at-inner-slope", 2 * u * v + v * VALUE),
        ("power-slip", u * v**2 + v * VALUE),
        ("slope-inside", 2 * v**2 + v * VALUE),
        ("exponent-sign", 2 * u * v**2 + v * exp(-u * v)),
        ("exponential-as-power", 2 * u * v**2 + u * v * exp(u * v - 1)),
        ("power-slip+term-sign", v * VALUE - u * v**2),
        ("link-not-differentiated", 2 * u**2 * v**2 + v * VALUE),
    ],
)
def test_each_known_mistake_is_generated_from_the_paths(slug, wrong):
    made = path_mistakes(*PATHS)
    assert leads_to(made, slug, wrong)
    assert not any(sympy.expand(m.result - 2 * u * v**2 - v * VALUE) == 0 for m in made)
    assert all(m.slug.count("+") <= 1 and m.slug.split("+") == sorted(m.slug.split("+")) for m in made)


@pytest.mark.parametrize(
    ("expr", "slips"),
    [
        (x**2, [x, 2 * x**2, 2 * x**3]),
        (4 * x**3, [4 * x**2, 12 * x**3, 12 * x**4, 12 * x]),
        (5 * x**2 - x, [5 * x - 1, 10 * x**2 - 1, 10 * x**2 - x, 10 * x - x]),
    ],
)
def test_a_power_is_differentiated_with_a_slip(expr, slips):
    made = power_slips("x", expr)
    assert all(any(sympy.expand(slip - one) == 0 for one in made) for slip in slips)
    assert diff(expr, x) not in made
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("expr", [sin(x), 1 / x, 3 * x + 1, sympy.Integer(5), u**2, exp(x) + x**2], ids=str)
def test_what_is_no_power_of_the_variable_has_no_power_slip(expr):
    assert power_slips("x", expr) == []


def test_at_a_point_the_mistakes_are_numbers_and_the_right_one_is_none_of_them():
    mistakes = (
        Mistake("sign", -x),
        Mistake("path-missing", x**2),
        Mistake("slopes-added", x + 3),
        Mistake("power-slip", 1 / x),
    )
    made = at_point(mistakes, {x: sympy.Integer(1)}, sympy.Integer(1))
    assert [(m.slug, m.result) for m in made] == [("sign", -1), ("slopes-added", 4)]
    assert at_point(mistakes, {x: sympy.Integer(0)}, sympy.Integer(5)) == [Mistake("slopes-added", sympy.Integer(3))]


def test_a_sign_may_be_turned_as_well_unless_that_undoes_the_mistake():
    mistakes = [Mistake("slopes-added", x + 3), Mistake("sign", -x), Mistake("power-slip+sign", 2 * x), Mistake("a", x)]
    made = [(m.slug, m.result) for m in with_sign(mistakes, x)]
    assert made == [*((m.slug, m.result) for m in mistakes), ("sign+slopes-added", -x - 3)]
    assert [m.slug for m in with_sign([Mistake("b-slip", 2 * x)], x)] == ["b-slip", "b-slip+sign"]


y, p, q = symbols("y p q")
TWICE = ("v", 2 * (v + 1)), ("x", x**3 + 1)
CATALOGUES = {
    "powers": lambda: chain_mistakes([("u", 3 * u**2), *TWICE]),
    "exponential": lambda: chain_mistakes([("u", exp(-u)), *TWICE]),
    "value": lambda: value_mistakes([("u", exp(-u)), *TWICE]),
    "paths": lambda: path_mistakes(3 * p**2 + q, {"p": 2 * x + y, "q": exp(x * y)}, x),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_catalogue_of_a_small_chain_holds_these_mistakes_and_no_others(name):
    text = Path(__file__).with_name("catalogues.txt").read_text(encoding="utf-8")
    lines = text.partition(f"[{name}]")[2].partition("\n\n")[0].splitlines()[1:]
    listed = {(slug, sympy.expand(result)) for slug, _, result in (line.partition(": ") for line in lines)}
    assert listed
    assert {(mistake.slug, sympy.expand(mistake.result)) for mistake in CATALOGUES[name]()} == listed
