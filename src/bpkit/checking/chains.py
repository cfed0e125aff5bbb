"""What the known mistakes make of the derivative of a composition, generated from its links or its paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, permutations, product

import sympy

from .verdict import Mistake, together

Links = Sequence[tuple[str, sympy.Expr]]

# Of these an answer often looks like one by accident: where another mistake leads to the same, it is that one.
GUESSES = ("slope-inside", "term-missing", "term-sign")


class _Chain:
    """A composition, given by its links from the outside in; the last variable is the one to differentiate by."""

    def __init__(self, links: Links) -> None:
        self.links = list(links)
        self.names = [sympy.Symbol(name) for name, _ in links]
        self.exprs = [expr for _, expr in links]
        self.last = self.names[-1]

    @cached_property
    def raw(self) -> list[sympy.Expr]:
        """Each link's slope, in its own variable."""
        return [sympy.diff(expr, name) for expr, name in zip(self.exprs, self.names, strict=True)]

    @cached_property
    def slopes(self) -> list[sympy.Expr]:
        """Each link's slope, in the last variable."""
        return [self.inside(slope, depth) for depth, slope in enumerate(self.raw)]

    @cached_property
    def product(self) -> sympy.Expr:
        """The right derivative."""
        return sympy.Mul(*self.slopes)

    def inside(self, expr: sympy.Expr, depth: int) -> sympy.Expr:
        """Write link `depth`'s variable out in the last one."""
        for name, inner in zip(self.names[depth:-1], self.exprs[depth + 1 :], strict=True):
            expr = expr.subs(name, inner)
        return expr

    def value(self, depth: int) -> sympy.Expr:
        """Return the variable that link `depth` is applied to, in the last one."""
        return self.inside(self.names[depth], depth)

    def outside(self, value: sympy.Expr, depth: int) -> sympy.Expr:
        """Apply the links up to `depth` to a value."""
        for name, outer in zip(self.names[depth::-1], self.exprs[depth::-1], strict=True):
            value = outer.subs(name, value)
        return value

    def with_slope(self, depth: int, wrong: sympy.Expr) -> sympy.Expr:
        """Return the product of the slopes, one of them another."""
        return sympy.Mul(*self.slopes[:depth], wrong, *self.slopes[depth + 1 :])

    def changed(self, depth: int, wrong: sympy.Expr) -> _Chain:
        """Return the composition, one link of it another."""
        return _Chain([*self.links[:depth], (self.names[depth].name, wrong), *self.links[depth + 1 :]])


def chain_mistakes(links: Links) -> tuple[Mistake, ...]:
    """Generate what the known mistakes would give for the derivative of a composition.

    Parameters
    ----------
    links
        The chain from the outside in, as (variable, expression in that variable): for f = 4u², u = x − 2 it is
        ``(("u", 4*u**2), ("x", x - 2))``. The last variable is the one to differentiate by.

    Returns
    -------
    tuple of Mistake
        One for each way to drop a link's slope, to take a slope at the wrong place, to add slopes, and so on.
    """
    chain = _Chain(links)
    found = [
        *_added(chain),
        *with_sign(_dropped(chain), chain.product),
        *_twice(chain),
        *_at_another_place(chain),
        *_another_slope(chain),
        *_exponents(chain),
        *_brackets(chain),
        Mistake("not-differentiated", chain.inside(chain.exprs[0], 0)),
        Mistake("composition-as-product", _as_product(chain)),
        *_terms(chain),
        *_slope_inside(chain),
        *_pairs(chain),
    ]
    # A link with slope 1 can be dropped without harm.
    return tuple(_settled(found, chain.product))


def _settled(mistakes: Iterable[Mistake], right: sympy.Expr) -> list[Mistake]:
    """Return each mistake once, without those that lead to the right answer, and without idle guesses."""
    made = dict.fromkeys(mistake for mistake in mistakes if mistake.result != right)
    known = {mistake.result for mistake in made if mistake.slug not in GUESSES}
    return [mistake for mistake in made if mistake.slug not in GUESSES or mistake.result not in known]


def _added(chain: _Chain) -> Iterator[Mistake]:
    yield Mistake("slopes-added", sympy.Add(*chain.slopes))
    yield Mistake("slopes-added", sympy.Add(*(slope for slope in chain.slopes if slope != 1)))


def _dropped(chain: _Chain) -> Iterator[Mistake]:
    """Leave out the slopes of some links."""
    for count in range(1, len(chain.links)):
        for kept in combinations(range(len(chain.links)), count):
            # The innermost link that is left out tells what was forgotten.
            slug = "inner-derivative-dropped" if 0 in kept else "outer-derivative-dropped"
            dropped = frozenset(range(len(chain.links))) - {*kept}
            yield Mistake(slug, sympy.Mul(*(chain.slopes[index] for index in kept)), dropped)


def _twice(chain: _Chain) -> Iterator[Mistake]:
    """Take one slope twice, or raise one to the power of another."""
    for slope in chain.slopes:
        if slope.free_symbols:
            yield Mistake("factor-extra", chain.product * slope)
    powers = [depth for depth, slope in enumerate(chain.slopes) if slope.is_polynomial(chain.last)]
    for base, exponent in permutations(powers, 2):
        number, rest = chain.raw[base].as_coeff_Mul()
        if rest != 1 and chain.slopes[exponent].free_symbols:
            others = [slope for index, slope in enumerate(chain.slopes) if index not in (base, exponent)]
            power = chain.inside(rest, base) ** chain.slopes[exponent]
            yield Mistake("power-for-product", sympy.Mul(number, power, *others))


def _at_another_place(chain: _Chain) -> Iterator[Mistake]:
    """Take slopes at the last variable itself, or one of them at the value of another link."""
    inner = range(len(chain.links) - 1)
    for count in range(1, len(inner) + 1):
        for wrong in combinations(inner, count):
            at_last = [
                raw.subs(name, chain.last) if depth in wrong else slope
                for depth, (raw, name, slope) in enumerate(zip(chain.raw, chain.names, chain.slopes, strict=True))
            ]
            yield Mistake("outer-at-inner-slope", sympy.Mul(*at_last), frozenset(wrong))
    for depth, other in product(range(len(chain.links)), inner):
        if depth != other:
            there = chain.raw[depth].subs(chain.names[depth], chain.value(other))
            yield Mistake("wrong-inner-value", chain.with_slope(depth, there), frozenset({depth}))


def _another_slope(chain: _Chain) -> Iterator[Mistake]:
    """Differentiate one link with a slip, or not at all."""
    for depth, (name, expr) in enumerate(zip(chain.names, chain.exprs, strict=True)):
        for slip in power_slips(name.name, expr):
            yield Mistake("power-slip", chain.with_slope(depth, chain.inside(slip, depth)), frozenset({depth}))
        for slip in _as_powers(expr, name):
            for kept in (chain.slopes[depth + 1 :], []):
                wrong = sympy.Mul(*chain.slopes[:depth], chain.inside(slip, depth), *kept)
                yield Mistake("exponential-as-power", wrong)
        for itself in (expr, expr.as_independent(name, as_Add=True)[1]):
            # What stands where a slope of 1 belongs is a factor too many; e^−u differs from its slope by the sign.
            if chain.raw[depth] not in (1, itself, -itself):
                wrong = chain.with_slope(depth, chain.inside(itself, depth))
                yield Mistake("link-not-differentiated", wrong, frozenset({depth}))


def _exponents(chain: _Chain) -> Iterator[Mistake]:
    turned = _turn_exponents(chain.product)
    if turned != chain.product:
        yield from (Mistake("exponent-sign", turned), Mistake("exponent-sign", -turned))


def _brackets(chain: _Chain) -> Iterator[Mistake]:
    """Multiply only the first term of a link by what stands before the bracket, in the link outside it or its slope."""
    for depth in range(len(chain.links) - 1):
        name = chain.names[depth]
        for inner in _without_bracket(chain.exprs[depth], name, chain.exprs[depth + 1]):
            yield Mistake("bracket-missing", chain.changed(depth + 1, inner).product)
        for inner in _without_bracket(chain.raw[depth], name, chain.exprs[depth + 1]):
            wrong = chain.inside(chain.raw[depth].subs(name, inner), depth + 1)
            yield Mistake("bracket-missing", chain.with_slope(depth, wrong))


def _terms(chain: _Chain) -> Iterator[Mistake]:
    """Leave out a term of a slope, or a link's constant before the others are applied to it, or turn its sign."""
    for depth, slope in enumerate(chain.slopes):
        for term in slope.args if slope.is_Add else ():
            yield Mistake("term-missing", chain.with_slope(depth, slope - term))
    for slug, wrong in _constants(chain):
        yield Mistake(slug, wrong.product)


def _slope_inside(chain: _Chain) -> Iterator[Mistake]:
    """Put the slope of what is inside where its value belongs: f'(g')·g', f'(g') and f(g')."""
    for depth in range(len(chain.links) - 1):
        outer, inner = chain.slopes[:depth], chain.slopes[depth + 1 :]
        for inside in dict.fromkeys((sympy.Mul(*inner), inner[0])):
            if inside.free_symbols:
                there = sympy.Mul(*outer, chain.raw[depth].subs(chain.names[depth], inside))
                forgotten = chain.with_slope(depth, chain.raw[depth].as_coeff_Mul()[0])  # 2u·u' without the u
                for result in (there * sympy.Mul(*inner), there, chain.outside(inside, depth)):
                    if result.free_symbols:
                        yield Mistake("factor-missing" if result == forgotten else "slope-inside", result)


def _pairs(chain: _Chain) -> Iterator[Mistake]:
    """Slip in one slope, or take it at the value of another link, and make one more mistake.

    Where both are in one factor, or where the rest is dropped, their product does not tell which two they are.
    """
    for depth, (name, expr) in enumerate(chain.links):
        outer, inner = chain.slopes[:depth], chain.slopes[depth + 1 :]
        others = [chain.value(other) for other in range(len(chain.links) - 1) if other != depth]
        slips = power_slips(name, expr)
        for slip in slips:
            slipped = [*outer, chain.inside(slip, depth), *inner]
            yield Mistake("power-slip+slopes-added", sympy.Add(*slipped))
            for kept in range(depth + 1, len(slipped)):
                yield Mistake("inner-derivative-dropped+power-slip", sympy.Mul(*slipped[:kept]))
        for value in others:
            for slip in slips:
                there = chain.with_slope(depth, slip.subs(chain.names[depth], value))
                yield Mistake("power-slip+wrong-inner-value", there)
            elsewhere = [*outer, chain.raw[depth].subs(chain.names[depth], value), *inner]
            for kept in range(depth + 1, len(elsewhere)):
                yield Mistake("inner-derivative-dropped+wrong-inner-value", sympy.Mul(*elsewhere[:kept]))


def _as_product(chain: _Chain) -> sympy.Expr:
    plain = [expr.subs(name, chain.last) for name, expr in zip(chain.names, chain.exprs, strict=True)]
    return sympy.diff(sympy.Mul(*plain), chain.last)


def value_mistakes(links: Links) -> tuple[Mistake, ...]:
    """Generate what the known mistakes would give for a composition itself, in its last variable."""
    chain = _Chain(links)
    right = chain.inside(chain.exprs[0], 0)
    found = [Mistake("outer-missing", chain.value(0)), Mistake("exponent-sign", _turn_exponents(right))]
    for order in permutations(chain.exprs):
        applied = [
            expr.subs(old, new) for expr, new in zip(order, chain.names, strict=True) for old in expr.free_symbols
        ]
        swapped = _Chain([(name.name, expr) for name, expr in zip(chain.names, applied, strict=True)])
        found.append(Mistake("factors-swapped", swapped.inside(swapped.exprs[0], 0)))
    for depth in range(len(links) - 1):
        for inner in _without_bracket(chain.exprs[depth], chain.names[depth], chain.exprs[depth + 1]):
            found.append(Mistake("bracket-missing", chain.changed(depth + 1, inner).inside(chain.exprs[0], 0)))
    found += [Mistake(slug, wrong.inside(chain.exprs[0], 0)) for slug, wrong in _constants(chain)]
    return tuple(_settled(found, right))


def _constants(chain: _Chain) -> Iterator[tuple[str, _Chain]]:
    for depth in range(1, len(chain.links)):
        constant = chain.exprs[depth].as_coeff_Add()[0]
        if constant:
            yield "term-missing", chain.changed(depth, chain.exprs[depth] - constant)
            yield "term-sign", chain.changed(depth, chain.exprs[depth] - 2 * constant)


def path_mistakes(f: sympy.Expr, inner: Mapping[str, sympy.Expr], by: sympy.Symbol) -> tuple[Mistake, ...]:
    """Generate what the known mistakes would give for ∂f/∂(by), to which every inner variable is one path.

    Parameters
    ----------
    f
        A sum of terms, each of which holds one of the inner variables.
    inner
        Each inner variable, and what it stands for.
    by
        The variable to differentiate by.
    """
    outer = {name: sympy.diff(f, sympy.Symbol(name)).subs(inner) for name in inner}
    parts = {name: outer[name] * sympy.diff(value, by) for name, value in inner.items()}
    right = sympy.Add(*parts.values())
    varied = sympy.Add(*(sympy.diff(f.subs(inner), symbol) for symbol in f.subs(inner).free_symbols))
    found = [
        Mistake("not-differentiated", f.subs(inner)),
        Mistake("inner-derivative-dropped", sympy.Add(*outer.values())),
        Mistake("outer-derivative-dropped", sympy.Add(*(sympy.diff(value, by) for value in inner.values()))),
        Mistake("paths-multiplied", sympy.Mul(*parts.values())),
        Mistake("both-varied", varied),
    ]
    for name, value in inner.items():
        others = right - parts[name]
        along = [("", outer[name]), *_outer_slips(f, name, inner, by)]
        down = [("", sympy.diff(value, by)), *_inner_slips(value, by)]
        found += [Mistake("path-missing", others), Mistake("path-missing+sign", -others)]
        for (slug, slope), (other_slug, link), (turned, sign) in product(along, down, (("", 1), ("term-sign", -1))):
            slugs = sorted({slug, other_slug, turned} - {""})
            part = sign * slope * link
            if 1 <= len(slugs) <= 2:
                found.append(Mistake(together(*slugs), part + others))
            if slugs == ["inner-derivative-dropped"]:
                along_others = sympy.Mul(*(other for key, other in parts.items() if key != name))
                found.append(Mistake("inner-derivative-dropped+paths-multiplied", part * along_others))
    return tuple(dict.fromkeys(mistake for mistake in found if mistake.result != right))


def _outer_slips(
    f: sympy.Expr, name: str, inner: Mapping[str, sympy.Expr], by: sympy.Symbol
) -> Iterator[tuple[str, sympy.Expr]]:
    """Take another slope of `f` by an inner variable."""
    symbol = sympy.Symbol(name)
    slope = sympy.diff(f, symbol)
    if slope == 1:
        return
    yield "outer-derivative-dropped", sympy.S.One
    yield "outer-at-inner-slope", slope.subs(symbol, by)
    yield "slope-inside", slope.subs(symbol, sympy.diff(inner[name], by))
    yield "link-not-differentiated", f.as_independent(symbol, as_Add=True)[1].subs(inner)
    for slip in power_slips(name, f):
        yield "power-slip", slip.subs(inner)


def _inner_slips(value: sympy.Expr, by: sympy.Symbol) -> Iterator[tuple[str, sympy.Expr]]:
    """Take another slope of an inner variable."""
    slope = sympy.diff(value, by)
    yield "inner-derivative-dropped", sympy.S.One
    for other in value.free_symbols - {by}:
        yield "wrong-variable", sympy.diff(value, other)
        yield "both-varied", slope + sympy.diff(value, other)
    if isinstance(value, sympy.exp):
        yield "inner-derivative-dropped", value
        yield "exponent-sign", _turn_exponents(slope)
        yield from (("exponential-as-power", slip) for slip in _as_powers(value, by))
    else:
        yield "link-not-differentiated", value.as_independent(by, as_Add=True)[1]


def power_slips(name: str, expr: sympy.Expr) -> list[sympy.Expr]:
    """Differentiate a polynomial in `name` with a slip: the exponent forgotten as a factor, or not lowered by one.

    The slip may be made in all terms, or in one of them. A straight line is no power: it has none.
    """
    x = sympy.Symbol(name)
    if not expr.is_polynomial(x) or sympy.degree(expr, x) < 2:
        return []
    terms = [(n, c) for (n,), c in sympy.Poly(expr, x).terms() if n]
    right = [n * c * x ** (n - 1) for n, c in terms]
    slipped = [
        [c * x ** (n - 1) for n, c in terms],  # no factor
        [n * c * x**n for n, c in terms],  # not lowered
        [n * c * x ** (n + 1) for n, c in terms],  # raised
        [n * c * x ** max(n - 2, min(n - 1, 1)) for n, c in terms],  # lowered by two, but not to a constant
        [n * c * x ** min(n - 1, 1) for n, c in terms],  # brought down for good
    ]
    results = [sympy.Add(*slips) for slips in slipped]
    for slips, index in product(slipped, range(len(terms))):
        results.append(sympy.Add(*right[:index], slips[index], *right[index + 1 :]))
    return [slip for slip in dict.fromkeys(results) if slip != sympy.Add(*right)]


def _as_powers(expr: sympy.Expr, by: sympy.Symbol) -> list[sympy.Expr]:
    """Differentiate c·e^g like a power, with g as a factor and g − 1 in the exponent; with g' as well, or without."""
    number, power = expr.as_coeff_Mul()
    if not isinstance(power, sympy.exp):
        return []
    slipped = number * power.exp * sympy.exp(power.exp - 1)
    return [slipped, slipped * sympy.diff(power.exp, by)]


def _turn_exponents(expr: sympy.Expr) -> sympy.Expr:
    return expr.xreplace({power: sympy.exp(-power.exp) for power in expr.atoms(sympy.exp)})


def _without_bracket(outer: sympy.Expr, name: sympy.Symbol, inner: sympy.Expr) -> list[sympy.Expr]:
    """Return what the inner link amounts to where c·(g + constant) outside it is written as c·g + constant."""
    constant, rest = inner.as_coeff_Add()
    products = (part.as_coeff_Mul() for part in outer.atoms(sympy.Mul))
    return [rest + constant / number for number, factor in products if constant and factor == name]


def at_point(mistakes: Iterable[Mistake], point: Mapping[sympy.Symbol, object], right: sympy.Expr) -> list[Mistake]:
    """Return what the mistakes lead to at a point where the right value is `right`."""
    values = ((mistake.slug, mistake.result.subs(point)) for mistake in mistakes)  # type: ignore[attr-defined]
    return _settled((Mistake(slug, value) for slug, value in values if value.is_finite and value != 0), right)


def with_sign(mistakes: Iterable[Mistake], right: sympy.Expr) -> list[Mistake]:
    """Return mistakes, and each of them with the sign turned as well, where that does not undo it."""
    mistakes = list(mistakes)
    turned = [Mistake(together(m.slug, "sign"), -m.result) for m in mistakes if "+" not in m.slug]  # type: ignore[operator]
    return mistakes + [m for m in turned if m.result not in (right, -right)]
