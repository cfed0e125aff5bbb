"""Points: seeded, inside their boxes, around every kink; what an expression is worth at them is computed once."""

import pytest
import sympy
from sympy import Heaviside, Max, Min, Piecewise, Rational, Symbol, ceiling, exp, floor, sign, sin, sqrt, symbols

from bpkit.checking.evaluation import CONTEXT, TooLarge, TooNear, Undefined, Unknown
from bpkit.checking.points import MAX_EDGES, NEAR, Batch, Points, is_kinked, is_rooted, points_in

x, y, z = symbols("x y z")
MANY = Points(f"x{i}" for i in range(100))
BATCHES = ("real", "positive", "fractions", "simple", "complex", "whole", "more")


def drawn(points):
    return [getattr(points, name).drawn for name in BATCHES] + [points.around(sympy.Abs(x)).drawn]


def values(batch):
    return [value for point in batch.points for value in point.values()]


def half(point):
    """Assume that x is positive, and y the half of it."""
    if point["x"] < 0:
        raise Undefined("negative")
    return point | {"y": point["x"] / 2}


def test_the_same_symbols_have_the_same_points_whoever_asks():
    assert drawn(Points({"x", "y"})) == drawn(Points(["y", "x"]))
    assert points_in(frozenset({"x", "y"})) is points_in(frozenset({"y", "x"}))
    assert points_in(frozenset({"x"})) is not points_in(frozenset({"x"}), half)
    assert drawn(points_in(frozenset({"x", "y"}), half)) == drawn(Points({"x", "y"}))
    assert points_in(frozenset({"x"}), half).assume is half


def test_every_point_is_a_point_of_its_own():
    points = Points({"x", "y"})
    for batch in (points.real, points.positive, points.fractions, points.complex, points.more):
        assert len({value for point in batch.drawn for value in point.values()}) == 2 * len(batch)


@pytest.mark.parametrize(
    ("batch", "count", "low", "high"),
    [("real", 8, -3, 3), ("positive", 8, 0.1, 4), ("fractions", 8, 0.01, 0.99)],
)
def test_points_fill_their_box_and_do_not_leave_it(batch, count, low, high):
    batch = getattr(MANY, batch)
    found = values(batch)
    margin = (high - low) / 40
    assert (len(batch), len(found)) == (count, 100 * count)
    assert low <= min(found) < low + margin
    assert high - margin < max(found) <= high
    assert all(value * 10**20 != CONTEXT.nint(value * 10**20) for value in found)  # no rule holds by chance
    assert batch.real


def test_complex_points_fill_their_square():
    batch = MANY.complex
    assert (len(batch), batch.real) == (8, False)
    for part in ("real", "imag"):
        found = [getattr(value, part) for value in values(batch)]
        assert -2 <= min(found) < -1.9
        assert 1.9 < max(found) <= 2


def test_simple_points_read_well():
    tenths = {CONTEXT.mpf(tenth) / 10 for tenth in (-17, -13, -7, 3, 7, 13, 17)}
    assert set(values(MANY.simple)) == tenths
    assert len(MANY.simple) == 12
    assert (MANY.simple_complex.drawn, MANY.simple_complex.real) == (MANY.simple.drawn, False)


def test_whole_points_are_small_wholes_and_halves_and_never_zero():
    halves = {CONTEXT.mpf(half) / 2 for half in (-6, -4, -2, -1, 1, 2, 4, 6)}
    assert set(values(MANY.whole)) == halves
    assert len(MANY.whole) == 40


def test_more_points_are_near_ones_and_then_far_ones():
    near, far = MANY.more.drawn[:16], MANY.more.drawn[16:]
    assert (len(near), len(far)) == (16, 8)
    for points, end in ((near, 3), (far, 60)):
        found = [value for point in points for value in point.values()]
        assert -end <= min(found) < -end * 0.95
        assert end * 0.95 < max(found) <= end


def test_without_symbols_there_is_one_point_to_look_at():
    points = Points(())
    assert points.real.drawn == ({},)
    assert len(points.more) == 16


def test_an_assumption_is_kept_at_every_point_and_where_none_can_keep_it_there_is_no_point():
    points = Points({"x", "y"}, half)
    batches = (points.real, points.positive, points.simple, points.whole, points.more, points.around(sympy.Abs(x)))
    for batch in batches:
        for point, place in zip(batch.points, batch.drawn, strict=True):
            assert point == (None if place["x"] < 0 else {"x": place["x"], "y": place["x"] / 2})
    assert None in points.real.points
    assert points.complex.assume is points.simple_complex.assume is half
    column = points.real.column(x)
    missing = points.real.points.index(None)
    with pytest.raises(Undefined, match=r"^none keeps$"):
        column[missing]
    assert column.closer(missing, 80) is None


def test_a_batch_without_assumption_has_the_points_that_were_drawn():
    batch = Points({"x"}).real
    assert batch.points == batch.drawn


def test_a_column_holds_the_values_and_the_reasons_why_there_is_none():
    batch = Batch([{"x": CONTEXT.mpf(value)} for value in (4, -1, 0, 10**5)])
    assert [batch.column(x + 1)[place] for place in range(4)] == [5, 0, 1, 10**5 + 1]
    for expr, place, why, said in (
        (sqrt(x), 1, Undefined, "not real"),
        (sign(x), 2, TooNear, "the jump"),
        (exp(x), 3, TooLarge, "the argument of a function"),
        (y, 0, Unknown, "y"),
    ):
        column = batch.column(expr)
        for _ in range(2):  # the reason is remembered
            with pytest.raises(why) as caught:
                column[place]
            assert (caught.type, str(caught.value)) == (why, said)
    assert Batch(batch.drawn, real=False).column(sqrt(x))[1] == CONTEXT.mpc(0, 1)


def test_nothing_is_computed_before_it_is_asked_for_nor_twice():
    asked = []

    def counting(point):
        asked.append(point)
        return point

    batch = Batch([{"x": CONTEXT.one}, {"x": CONTEXT.zero}], True, counting)
    column = batch.column(1 / x)
    assert len(asked) == 0
    first = column[0]
    assert column[0] is first
    assert batch.column(1 / x) is column
    assert len(asked) == 2


def test_a_closer_look_has_as_many_digits_as_are_asked_for():
    batch = Batch([{"x": CONTEXT.mpf(2)}], True, lambda point: {"x": point["x"] / 3})
    closer = batch.column(sqrt(x)).closer(0, 200)
    with CONTEXT.workdps(200):
        assert abs(closer**2 * 3 - 2) < CONTEXT.mpf(10) ** -198
    assert abs(batch.column(sqrt(x))[0] - closer) < CONTEXT.mpf(10) ** -59
    with pytest.raises(Undefined):
        Batch([{"x": CONTEXT.mpf(-2)}]).column(sqrt(x)).closer(0, 80)
    assert Batch([{"x": CONTEXT.mpf(-4)}], False).column(sqrt(x)).closer(0, 80) == CONTEXT.mpc(0, 2)


def test_a_rough_value_is_a_float_and_where_there_is_none_it_is_like_nothing_else():
    batch = Batch([{"x": CONTEXT.mpf(1) / 3}, {"x": CONTEXT.mpf(-1)}])
    assert batch.column(x).rough(0) == 1 / 3
    for expr, place in ((sqrt(x), 1), (y, 0), (sympy.Function("f")(x), 0)):
        found = batch.column(expr).rough(place)
        assert found != found
    assert Batch(batch.drawn, real=False).column(sqrt(x)).rough(1) == 1j


def test_a_batch_forgets_before_it_fills_the_memory():
    batch = Batch([])
    first = batch.column(x)
    for number in range(2_999):
        batch.column(sympy.Integer(number))
    assert batch.column(x) is first
    batch.column(y)
    assert batch.column(x) is not first


def cells(edges):
    """Return the stretches between the edges, on both sides of 0, and as far beyond them again."""
    edges = sorted({side * CONTEXT.mpf(edge) for edge in edges for side in (1, -1)})
    return list(zip([edges[0] * 2 - 1, *edges], [*edges, edges[-1] * 2 + 1], strict=True))


EDGED = [
    (Piecewise((1, x > 2), (5, True)), {0, 1, 2, 5}),
    (Max(3 * x, Rational(1, 4)), {0, 3, 0.25}),
    (Heaviside(x - exp(-7)), {0, 0.5, CONTEXT.exp(-7)}),
]


@pytest.mark.parametrize(("expr", "edges"), EDGED, ids=str)
def test_there_is_a_point_in_every_cell_between_the_numbers_that_occur(expr, edges):
    found = [point["x"] for point in Points({"x", "y"}).around(expr).points]
    for low, high in cells(edges):
        assert any(low < place < high for place in found), (low, high)
    for edge in {side * edge for edge in edges for side in (1, -1)}:
        for side in (1, -1):
            distances = [(place - edge) * side for place in found]
            for rank, near in enumerate(sorted(NEAR), start=1):
                assert sum(0 < distance <= near for distance in distances) >= rank


def test_there_are_points_as_close_to_a_kink_as_a_hundred_thousandth():
    found = [abs(point["x"]) for point in Points({"x"}).around(sympy.Abs(x)).points]
    assert sum(distance <= 1e-5 for distance in found) == 2
    assert sum(distance <= 1e-3 for distance in found) >= 4
    assert sum(distance <= 1e-1 for distance in found) >= 6
    assert max(found) <= 1


def test_around_a_kink_each_variable_is_moved_alone_and_then_all_together():
    expr = Piecewise((1, x * y > 4), (0, True))
    batch = Points({"x", "y", "z"}).around(expr)
    for low, high in ((4, 9), (-9, -4)):
        beyond = [(low < point["x"] < high, low < point["y"] < high) for point in batch.points]
        assert {(True, False), (False, True), (True, True)} <= set(beyond)
    assert all(-3 <= point["z"] <= 3 for point in batch.points)
    fixed = [point["z"] for point in batch.points]
    assert min(fixed) < -2.5
    assert max(fixed) > 2.5
    held = [point["y"] for point in batch.points if 4 < point["x"] < 9 and not 4 < point["y"] < 9]
    assert all(-3 <= place <= 3 for place in held)


def test_only_what_pieces_depend_on_is_moved():
    batch = Points({"x", "y"}).around(100 * y * sympy.Abs(x))
    assert max(abs(point["y"]) for point in batch.points) <= 3
    assert max(abs(point["x"]) for point in batch.points) > 100
    assert len(Points({"x"}).around(100 * x**2)) == 0
    assert len(Points({"x"}).around(sympy.Abs(y))) == 0


def test_the_same_numbers_make_the_same_batch_whichever_expression_they_stand_in():
    points = Points({"x"})
    one, other = Max(x, 2), Min(x, 3)
    assert points.around(one, other) is points.around(other, one)
    assert points.around(one, other) is not points.around(one)
    places = {point["x"] for point in points.around(one, other).points}
    assert any(2 < place < 3 for place in places)
    assert any(3 < place <= 7 for place in places)


def test_a_part_without_a_value_is_no_edge():
    points = Points({"x"})
    assert points.around(sympy.Abs(x) + sympy.zeta(5)) is points.around(sympy.Abs(x) + 5)
    nowhere = sympy.log(0, evaluate=False)
    assert points.around(sympy.Add(sympy.Abs(x), nowhere, evaluate=False)) is points.around(sympy.Abs(x))


def test_however_many_numbers_occur_the_points_stay_few():
    expr = sympy.Abs(x) + sum(x**n for n in range(2, 100))
    edges = 2 * MAX_EDGES - 1
    assert len(Points({"x"}).around(expr)) == edges + 1 + 6 * edges
    assert edges == 79


KINKS = [
    *(sympy.Abs(x), sign(x), Heaviside(x), Max(x, 0), Min(x, 0), floor(x), ceiling(x)),
    *(Piecewise((1, x > 0), (x, True)), x > 0, sympy.Eq(x, 0)),
]


@pytest.mark.parametrize("expr", KINKS, ids=str)
def test_what_is_made_of_pieces_is_known_as_such(expr):
    assert is_kinked(expr)
    assert expr.is_Relational or is_kinked(sin(expr) + y)


def test_what_is_smooth_or_has_one_branch_is_known_as_such():
    assert not is_kinked(sin(x) / sqrt(x) + exp(x**y))
    for rooted in (sqrt(x), x**y, 1 / (x + 1) ** Rational(1, 3), x**sympy.pi, Symbol("a", positive=True) ** x):
        assert is_rooted(1 + 2 * rooted)
    for plain in (x**2, 1 / x, 2**x, exp(x), sqrt(2) * x, sympy.log(x)):
        assert not is_rooted(plain + 1)
