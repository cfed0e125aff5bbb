"""Why are arrays wrong? A sign, a factor, an order, one known mistake or two: what is simple is found, and no more."""

import numpy as np
import pytest

from bpkit.checking import Array, Mistake
from bpkit.checking.array_diagnosis import diagnose_arrays, same
from bpkit.checking.misconceptions import SENTENCES, constant_factor, sentence

VECTOR = np.array([0.734218, -1.291847, 2.518273, 0.318421, -0.912347])
GRID = np.array([[0.734218, -1.291847, 2.518273], [0.318421, -0.912347, 1.127394]])
SQUARE = GRID[:, :2]
FACTORS = np.array([2.0, 0.5, -3, 7, 1.5])
OTHERS = np.array([1.0, 4, -2, 0.25, 3])
SHIFTS = np.array([0.3, 0, 0, -1, 0])
FURTHER = np.array([0, 0.7, 0, 0.2, 0])


def told(given, expected, *mistakes):
    """Return the slug and the message for one array that is handed in."""
    verdict = Array("values", np.asarray(expected, float), mistakes).judge(np.asarray(given, float))
    assert verdict.status == "incorrect"
    return verdict.misconception, verdict.message


def slug(given, expected, *mistakes):
    named, message = told(given, expected, *mistakes)
    if named not in (None, "constant-factor", "one-entry"):
        assert message == sentence(named)
    return named


@pytest.mark.parametrize(
    ("given", "expected", "named"),
    [
        (-VECTOR, VECTOR, "sign"),
        (-GRID, GRID, "sign"),
        (VECTOR[::-1], VECTOR, "order-reversed"),
        (GRID[::-1], GRID, "order-reversed"),
        (GRID.T, GRID, "transposed"),
        (SQUARE.T, SQUARE, "transposed"),
        (0 * VECTOR, VECTOR, "all-zeros"),
        (0 * GRID, GRID, "all-zeros"),
        (np.zeros(3), VECTOR, "all-zeros"),
        (0.0, VECTOR, "all-zeros"),
        (np.full(5, 0.3), VECTOR, "not-varying"),
        (0.3, VECTOR, None),
        (np.full((2, 2), 0.3), GRID, None),
        (VECTOR + 0.25, VECTOR, "constant-off"),
        (GRID - 3, GRID, "constant-off"),
        (np.roll(VECTOR, 1), VECTOR, "misplaced"),
        (GRID[:, ::-1], GRID, "misplaced"),
        (VECTOR * [1, 1, 1, 2, 1], VECTOR, "one-entry"),
        (VECTOR * [2, 1, 1, 1, 2], VECTOR, None),
        (VECTOR**2, VECTOR, None),
        (VECTOR[:3], VECTOR, None),
        ([], VECTOR, None),
        (GRID.ravel(), GRID, None),
    ],
    ids=[
        *("sign", "sign of a grid", "reversed", "rows reversed", "transposed", "transposed square"),
        *(
            "zeros",
            "zeros in a grid",
            "zeros of another length",
            "one zero",
            "one number repeated",
            "one number",
            "a square of one number",
            "shifted",
            "shifted grid",
        ),
        *("rolled", "columns reversed", "one entry", "two entries", "squared", "cut", "empty", "flat"),
    ],
)
def test_what_is_simple_in_the_difference_is_named(given, expected, named):
    assert slug(given, expected) == named


@pytest.mark.parametrize("given", [-2.518273, 5.036546, 3.518273, 2.52])
def test_of_one_number_that_is_asked_for_no_relation_is_told(given):
    named, message = told(given, VECTOR[2])
    assert named is None
    assert message.endswith("and that is not it yet.")


@pytest.mark.parametrize(
    ("factor", "said"),
    [(2.0, "2"), (0.5, "1/2"), (-3.0, "−3"), (-2 / 3, "−2/3"), (5 / 12, "5/12"), (99.0, "99")],
)
def test_a_simple_constant_factor_is_told(factor, said):
    named, message = told(factor * GRID, GRID)
    assert named == "constant-factor"
    assert message == f"Only a constant factor is off: everywhere yours is {said} times the right value."


@pytest.mark.parametrize("factor", [1.2345, np.pi, 5 / 13, 100.0, 1e-3])
def test_a_constant_factor_that_is_not_simple_is_named_without_its_value(factor):
    assert told(factor * VECTOR, VECTOR) == ("constant-factor", SENTENCES["constant-factor"])


def test_a_factor_is_constant_only_if_it_is_the_same_everywhere():
    assert slug(VECTOR * [2, 2, 2, 2, 2.001], VECTOR) is None
    assert slug(2 * VECTOR * (1 + 1e-9 * FACTORS), VECTOR) == "constant-factor"
    assert slug(np.array([0.0, 2, 4]), np.array([0.0, 1, 2])) == "constant-factor"
    assert slug(np.array([1.0, 2, 4]), np.array([0.0, 1, 2])) is None


def test_one_number_is_named_only_where_what_is_asked_for_varies():
    assert slug([2.0, 2, 2], [3.0, 3, 3]) == "constant-factor"
    assert slug([2.0, 2], [3.0, 3, 3]) is None
    assert slug([2.0, 2, 2], [3.0, 3, 4]) == "not-varying"
    assert several((np.full(5, 2.0), np.full(2, 2.0))) == "not-varying"
    assert several((np.full(5, 2.0), np.full(2, 3.0))) is None


def test_zeros_are_named_only_where_not_zeros_are_asked_for():
    assert slug(np.zeros(2), np.zeros(3)) is None
    assert slug(np.ones(3), np.zeros(3)) == "constant-off"
    assert slug(np.array([0.0, 0, 0, 0, 1e-3]), VECTOR) is None


@pytest.mark.parametrize("digits", range(1, 6))
def test_rounded_values_are_named(digits):
    assert slug(np.round(VECTOR / 7, digits), VECTOR / 7) == "rounded"
    assert slug(np.round(GRID / 7, digits) + np.array([0, 0, 2e-6]), GRID / 7) != "rounded"


def test_whole_numbers_are_no_rounding():
    assert slug(np.round(VECTOR / 7 + 4 * FACTORS), VECTOR / 7 + 4 * FACTORS) is None


def test_a_shift_is_constant_only_if_it_is_the_same_everywhere():
    assert slug(VECTOR + np.array([0.25, 0.25, 0.25, 0.25, 0.2501]), VECTOR) is None
    assert slug(VECTOR + 0.25 + 1e-10 * FACTORS, VECTOR) == "constant-off"


A, B = Mistake("path-missing", VECTOR * FACTORS), Mistake("sigma-twice", VECTOR * OTHERS)
PLUS, MORE = Mistake("constant-kept", VECTOR + SHIFTS), Mistake("bias-missing", VECTOR + FURTHER)


def test_a_known_mistake_is_named_whatever_its_shape():
    assert slug(VECTOR * FACTORS, VECTOR, A, B) == "path-missing"
    assert slug(2 * GRID, VECTOR, A, Mistake("outer-product", 2 * GRID)) == "outer-product"
    assert slug(25, VECTOR, Mistake("matrix-product", 25.0)) == "matrix-product"


def test_a_known_mistake_comes_before_what_is_simple():
    assert slug(-VECTOR, VECTOR, Mistake("difference-reversed", -VECTOR)) == "difference-reversed"
    assert slug(0 * VECTOR, VECTOR, Mistake("zero-everywhere", 0 * VECTOR)) == "zero-everywhere"
    assert slug(2 * VECTOR, VECTOR, Mistake("mse-sum", 2 * VECTOR)) == "mse-sum"


def test_two_mistakes_that_lead_to_the_same_explain_nothing():
    assert slug(VECTOR * FACTORS, VECTOR, A, Mistake("sigma-twice", VECTOR * FACTORS)) is None
    assert slug(VECTOR * FACTORS, VECTOR, A, Mistake("path-missing", VECTOR * FACTORS)) == "path-missing"


@pytest.mark.parametrize(
    ("mistakes", "given", "named"),
    [
        ((A, B), VECTOR * FACTORS * OTHERS, "path-missing+sigma-twice"),
        ((B, A), VECTOR * FACTORS * OTHERS, "path-missing+sigma-twice"),
        ((PLUS, MORE), VECTOR + SHIFTS + FURTHER, "bias-missing+constant-kept"),
        ((A, B, PLUS, MORE), VECTOR + SHIFTS + FURTHER, "bias-missing+constant-kept"),
        ((PLUS, Mistake("term-sign", VECTOR - 0.3)), VECTOR + SHIFTS - 0.3, "constant-kept+term-sign"),
        ((A, Mistake("matrix-product", 25.0), B), VECTOR * FACTORS * OTHERS, "path-missing+sigma-twice"),
        ((A, Mistake("path-missing", VECTOR * OTHERS)), VECTOR * FACTORS * OTHERS, None),
        ((A, B, Mistake("bias-slope", VECTOR * FACTORS)), VECTOR * FACTORS * OTHERS, None),
        ((A, B), VECTOR * FACTORS * OTHERS + 0.01 * SHIFTS, None),
        ((A,), VECTOR * FACTORS * FACTORS, None),
        ((PLUS,), VECTOR + 2 * SHIFTS, None),
    ],
    ids=[
        *(
            "product",
            "in any order",
            "sum",
            "among others",
            "sum of what overlaps",
            "among other shapes",
            "one kind twice",
            "ambiguous",
        ),
        *("near", "a factor twice", "a term twice"),
    ],
)
def test_two_mistakes_at_once_multiply_or_add_up(mistakes, given, named):
    assert slug(given, VECTOR, *mistakes) == named


def test_where_only_a_constant_is_off_two_mistakes_are_constant_factors_too():
    undoing = Mistake("sigma-twice", VECTOR / FACTORS)
    assert slug(2 * VECTOR, VECTOR, Mistake("path-missing", 2 * VECTOR * FACTORS), undoing) == "constant-factor"
    double, triple = Mistake("mse-sum", 2 * VECTOR), Mistake("mse-half", 3 * VECTOR)
    assert slug(6 * VECTOR, VECTOR, double, triple) == "mse-half+mse-sum"


def test_where_zero_is_right_no_product_explains_what_is_not():
    right = np.array([0.0, 1.5, -2, 4])
    mistakes = [Mistake("path-missing", right * [1, 2, 3, 4]), Mistake("sigma-twice", right * [1, 5, -1, 2])]
    product = right * [1, 10, -3, 8]
    assert slug(product, right, *mistakes) == "path-missing+sigma-twice"
    assert slug(product + np.array([0.5, 0, 0, 0]), right, *mistakes) is None


def test_no_third_mistake_is_put_on_top_of_two():
    both = Mistake("path-missing+sigma-twice", VECTOR * FACTORS * OTHERS)
    assert slug(VECTOR * FACTORS * OTHERS, VECTOR, both) == "path-missing+sigma-twice"
    assert slug(-VECTOR * FACTORS * OTHERS, VECTOR, both) is None


def test_two_mistakes_are_found_in_three_values_and_not_in_two():
    def cut(size):
        mistakes = [Mistake(m.slug, m.result[:size]) for m in (A, B)]
        return slug((VECTOR * FACTORS * OTHERS)[:size], VECTOR[:size], *mistakes)

    assert cut(3) == "path-missing+sigma-twice"
    assert cut(2) != "path-missing+sigma-twice"


@pytest.mark.parametrize(
    ("undone", "given", "expected"),
    [
        ("order-reversed", (VECTOR * FACTORS)[::-1], VECTOR),
        ("sign", -VECTOR * FACTORS, VECTOR),
        ("transposed", (SQUARE**2).T, SQUARE),
    ],
)
def test_an_order_or_a_sign_may_come_on_top_of_a_mistake(undone, given, expected):
    mistake = Mistake("path-missing", VECTOR * FACTORS if expected is VECTOR else SQUARE**2)
    assert slug(given, expected, mistake) == "+".join(sorted(("path-missing", undone)))
    assert slug(given, expected, mistake, Mistake("sigma-twice", mistake.result)) is None


def test_a_turned_sign_has_the_name_that_it_has_in_this_exercise():
    turned = Mistake("difference-reversed", -VECTOR)
    assert slug(-VECTOR * FACTORS, VECTOR, A, turned) == "difference-reversed+path-missing"
    assert slug(-VECTOR[::-1], VECTOR, turned) == "difference-reversed+order-reversed"


# What follows is said of several arrays, as a function returns them.
LONG, SHORT = VECTOR, np.array([1.5, -0.25])


def several(given, expected=(LONG, SHORT), mistakes=()):
    found = diagnose_arrays(given, expected, mistakes, 1e-7)
    return found and found[0]


def test_arrays_that_are_right_need_no_explanation():
    assert several((LONG, -SHORT)) == "sign"
    assert several((LONG[::-1], SHORT)) == "order-reversed"
    assert several((0 * LONG, SHORT)) == "all-zeros"
    assert several((LONG, SHORT / 2)) == "constant-factor"
    assert several((LONG, SHORT + 1)) == "constant-off"
    assert several((np.roll(LONG, 2), SHORT)) == "misplaced"


def test_what_is_wrong_has_to_be_explained_in_every_array():
    assert several((-LONG, 2 * SHORT)) is None
    assert several((-LONG, SHORT[::-1])) is None
    assert several((0 * LONG, 2 * SHORT)) is None
    assert several((LONG + 1, SHORT + 2)) is None
    assert several((2 * LONG, 3 * SHORT)) is None
    assert several((np.round(LONG, 2), SHORT + 1)) is None
    assert several((np.roll(LONG, 1), SHORT + 1)) is None
    assert several((2 * LONG, SHORT[:1])) is None


def test_one_wrong_number_among_right_arrays_is_told_no_relation():
    number = (LONG, np.array(0.75))
    assert several((LONG, np.array(-0.75)), number) is None
    assert several((LONG, np.array(1.5)), number) is None
    assert several((-LONG, np.array(-0.75)), number) == "sign"
    assert several((np.array(-0.5), np.array(-0.75)), (np.array(0.5), np.array(0.75))) == "sign"


def test_a_factor_that_is_the_number_of_entries_or_its_inverse_is_one_of_the_size():
    assert several((5 * LONG, 2 * SHORT)) == "size-factor"
    assert several((LONG / 5, SHORT / 2)) == "size-factor"
    assert several((LONG / 5, 2 * SHORT)) is None
    assert several((25 * LONG, 4 * SHORT)) is None
    assert several((5 * LONG, np.array([0.5])), (LONG, np.array([0.25]))) is None
    assert diagnose_arrays((5 * LONG, 2 * SHORT), (LONG, SHORT), (), 1e-7)[1] == SENTENCES["size-factor"]


def test_one_constant_factor_in_all_arrays_is_told():
    assert diagnose_arrays((3 * LONG, 3 * SHORT), (LONG, SHORT), (), 1e-7) == ("constant-factor", constant_factor(3))
    assert several((3 * LONG, np.zeros(2)), (LONG, np.zeros(2))) == "constant-factor"
    assert several((3 * LONG, 0 * SHORT)) is None


def test_mistakes_are_compared_in_all_arrays():
    mistake = Mistake("path-missing", [LONG * FACTORS, SHORT**2])
    other = Mistake("sigma-twice", [LONG * OTHERS, SHORT * 4])
    assert several((LONG * FACTORS, SHORT**2), mistakes=(mistake,)) == "path-missing"
    assert several((LONG * FACTORS, SHORT), mistakes=(mistake,)) is None
    assert several((-LONG * FACTORS, -(SHORT**2)), mistakes=(mistake,)) == "path-missing+sign"
    assert several((LONG * FACTORS * OTHERS, SHORT**2 * 4), mistakes=(mistake, other)) == "path-missing+sigma-twice"
    assert several((LONG * FACTORS,), (LONG,), (mistake,)) is None


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_what_is_not_finite_is_not_explained(odd):
    given = VECTOR.copy()
    given[2] = odd
    assert several((given,), (VECTOR,), (A, B)) is None


def test_arrays_are_the_same_to_a_part_of_the_largest_value():
    assert same(np.array([1.0, 1e6]), np.array([1.09, 1e6]), 1e-7)
    assert not same(np.array([1.0, 1e6]), np.array([1.11, 1e6]), 1e-7)
    assert same(np.array([1.0, 2]), np.array([1.1, 2]), 0.06)
    assert same(np.zeros(2), np.zeros(2), 1e-7)
    assert not same(np.array([1e-200]), np.zeros(1), 1e-7)
    assert not same(np.zeros(2), np.zeros((2, 1)), 1e-7)
    assert not same(np.array([np.nan]), np.array([np.nan]), 1e-7)
    assert same(np.zeros(0), np.zeros(0), 1e-7)


def test_a_mistake_that_ends_in_infinity_explains_only_infinities():
    overflow = Mistake("all-zeros", np.full(5, np.inf))
    assert told(VECTOR + FURTHER, VECTOR, overflow)[0] is None
    assert told(overflow.result, VECTOR, overflow)[0] == "all-zeros"
    assert not same(np.array([1.0, 2.0]), np.array([np.inf, 2.0]), 1e-7)


def test_what_is_nearly_right_is_not_called_a_factor():
    for near in (1 + 1e-6, 1 - 5e-4):
        assert slug(near * VECTOR, VECTOR) != "constant-factor"
    assert slug(1.01 * VECTOR, VECTOR) == "constant-factor"
