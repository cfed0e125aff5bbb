"""Why are arrays wrong? Look for what is simple in the difference: a sign, a factor, an order, one entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .misconceptions import SENTENCES, constant_factor, find, sentence
from .verdict import Mistake, together

Floats = NDArray[np.float64]
FEWEST = 3  # values that are no coincidence
HARDLY = 1e-3  # so near to 1, a factor comes from rounding

# What may have happened to a result besides another mistake, and how to undo it.
UNDO: dict[str, Callable[[Floats], Floats]] = {
    "sign": lambda array: -array,
    "order-reversed": lambda array: array[::-1] if array.ndim else array,
    "transposed": lambda array: array.T,
}


def diagnose_arrays(
    given: Sequence[Floats], expected: Sequence[Floats], mistakes: Sequence[Mistake], rtol: float
) -> tuple[str, str] | None:
    """Find what explains wrong arrays: one for an array that was handed in, several for a function's results.

    Parameters
    ----------
    given, expected
        What was handed in or returned, and what is right, array by array.
    mistakes
        What known mistakes lead to: each result is as many arrays.
    rtol
        How far values may be apart, relative to the largest right one.

    Returns
    -------
    tuple of str or None
        The slug and the sentences to the student; None if there is no explanation, or more than one.
    """
    with np.errstate(all="ignore"):
        return _diagnosis(given, expected, mistakes, rtol)


def _diagnosis(
    given: Sequence[Floats], expected: Sequence[Floats], mistakes: Sequence[Mistake], rtol: float
) -> tuple[str, str] | None:

    def leads_to(result: Sequence[Floats], arrays: Sequence[Floats]) -> bool:
        return len(result) == len(arrays) and all(same(a, r, rtol) for a, r in zip(arrays, result, strict=True))

    if slug := find(mistake for mistake in mistakes if leads_to(mistake.result, given)):  # type: ignore[arg-type]
        return slug, sentence(slug)
    wrong = [(g, e) for g, e in zip(given, expected, strict=True) if not same(g, e, rtol)]
    own = find(mistake for mistake in mistakes if leads_to(mistake.result, [-array for array in expected]))  # type: ignore[arg-type]
    if any(e.any() and same(g, e, rtol) for g, e in zip(given, expected, strict=True)):
        own = None  # some signs are right
    undoing = {(own if slug == "sign" and own else slug): undo for slug, undo in UNDO.items()}
    for slug, undo in undoing.items():
        if all(same(undo(g), e, rtol) for g, e in wrong) and (slug != "sign" or _varied(wrong)):
            return slug, sentence(slug)
    if any(e.any() for _, e in wrong) and all(g.size and not g.any() for g, _ in wrong):
        return "all-zeros", SENTENCES["all-zeros"]
    if _fits(given, expected) and np.ptp(_joined(given)) == 0 < np.ptp(_joined(expected)):
        return "not-varying", SENTENCES["not-varying"]
    single = [mistake for mistake in mistakes if "+" not in mistake.slug]
    pairs = [
        Mistake(together(mistake.slug, slug), mistake.result)
        for slug, undo in undoing.items()
        for mistake in single
        if mistake.slug != slug and leads_to(mistake.result, [undo(array) for array in given])  # type: ignore[arg-type]
    ]
    pairs += _two_at_once(given, expected, single, rtol)
    if slug := find(pairs):
        return slug, sentence(slug)
    return _relation(wrong, rtol) if _varied(wrong) and all(g.shape == e.shape for g, e in wrong) else None


def _two_at_once(
    given: Sequence[Floats], expected: Sequence[Floats], mistakes: Sequence[Mistake], rtol: float
) -> list[Mistake]:
    """Match two mistakes together: entry by entry they multiply, as factors do, or add up, as terms do."""
    if not _fits(given, expected):
        return []
    g, e = _joined(given), _joined(expected)
    if g.size < FEWEST or not np.isfinite(g).all():
        return []
    known = [(m.slug, _joined(m.result)) for m in mistakes if _fits(m.result, expected)]  # type: ignore[arg-type]
    if _factor(g, e, rtol):  # then two that each change more would have to undo each other's change
        known = [(slug, made) for slug, made in known if _factor(made, e, rtol)]
    return [
        Mistake(together(known[i][0], known[j][0]), None)
        for i, j in _candidates([made for _, made in known], g, e, rtol)
        if known[i][0] != known[j][0]
        and (
            (same(known[i][1] * known[j][1], g * e, rtol) and not g[e == 0].any())
            or same(known[i][1] + known[j][1], g + e, rtol)
        )
    ]


def _candidates(known: Sequence[Floats], g: Floats, e: Floats, rtol: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs that may multiply, or add up, to g·e or g + e: those that do in a few places."""
    places = np.argsort(-np.abs(e))[:FEWEST]
    table = np.array(known).reshape(len(known), g.size)[:, places]
    product, total = g * e, g + e
    bounds = [rtol * max(np.abs(whole).max(), 1e-300) for whole in (product, total)]
    for i, row in enumerate(table[:-1]):
        multiplied = np.abs(row * table[i + 1 :] - product[places]) <= bounds[0]
        added = np.abs(row + table[i + 1 :] - total[places]) <= bounds[1]
        for j in np.flatnonzero(multiplied.all(axis=1) | added.all(axis=1)):
            yield i, i + 1 + int(j)


def _joined(arrays: Sequence[Floats]) -> Floats:
    return np.concatenate([array.ravel() for array in arrays])


def _fits(arrays: Sequence[Floats], others: Sequence[Floats]) -> bool:
    return [array.shape for array in arrays] == [other.shape for other in others]


def _varied(pairs: Sequence[tuple[Floats, Floats]]) -> bool:
    """Tell whether more than one number was asked for: of one, "half the right value" would be the answer."""
    return sum(e.size for _, e in pairs) > 1


def _relation(pairs: Sequence[tuple[Floats, Floats]], rtol: float) -> tuple[str, str] | None:
    factors = [factor for g, e in pairs if (factor := _factor(g, e, rtol)) is not None]
    if len(factors) == len(pairs) and abs(factors[0] - 1) > max(HARDLY, 10 * rtol):
        if max(factors) - min(factors) <= rtol * abs(factors[0]):
            return "constant-factor", constant_factor(factors[0])
        sizes = [e.size for _, e in pairs]
        if min(sizes) > 1 and any(np.allclose(factors, [size**power for size in sizes]) for power in (1.0, -1.0)):
            return "size-factor", SENTENCES["size-factor"]
    if any(all(same(g, np.round(e, digits), 1e-12) for g, e in pairs) for digits in range(1, 6)):
        return "rounded", SENTENCES["rounded"]
    offsets = _joined([g - e for g, e in pairs])
    if np.isfinite(offsets).all() and np.ptp(offsets) <= rtol * np.abs(offsets).max():
        return "constant-off", SENTENCES["constant-off"]
    if all(same(np.sort(g, None), np.sort(e, None), rtol) for g, e in pairs):
        return "misplaced", SENTENCES["misplaced"]
    return None


def _factor(given: Floats, expected: Floats, rtol: float) -> float | None:
    """Return the number by which `given` is `expected` times it, if there is one."""
    largest = np.unravel_index(np.abs(expected).argmax(), expected.shape)
    if not expected[largest]:
        return None
    factor = float(given[largest] / expected[largest])
    return factor if factor and same(given, factor * expected, rtol) else None


def agreements(given: Floats, expected: Floats, rtol: float) -> NDArray[np.bool_]:
    """Tell, place by place, whether arrays of one shape agree to `rtol` of the largest right value."""
    scale = np.abs(expected[np.isfinite(expected)]).max(initial=0.0)  # beside an ∞ all else would look the same
    with np.errstate(all="ignore"):
        return np.asarray((given == expected) | (np.abs(given - expected) <= rtol * max(scale, 1e-300)))


def same(given: Floats, other: Floats, rtol: float) -> bool:
    """Tell whether two arrays have one shape and agree."""
    return given.shape == other.shape and bool(agreements(given, other, rtol).all())
