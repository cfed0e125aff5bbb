"""Numbers that are measured count to so many digits, and what was handed in is what is read back."""

import pytest

from bpkit.checking.measured import Measured

SLOPES = Measured("slopes", [6.00521, 19.9765], digits=3)


@pytest.mark.parametrize("given", [[6.01, 20.0], [6.0, 19.9], [6.00521, 19.9765], [6.005, 19.98]])
def test_three_digits_are_enough_and_are_read_back_as_they_came(given):
    verdict = SLOPES.judge(given)
    assert verdict.status == "correct"
    assert all(f"{number:g}" in verdict.understood[0] for number in given)


def test_of_a_wrong_number_the_right_one_beside_it_is_not_told_to_more_digits():
    verdict = SLOPES.judge([6.01, 5])
    assert (verdict.status, "6.005" in str(verdict)) == ("incorrect", False)
    assert "6.01" in verdict.understood[0]
