"""The digits that the course ships: what is in them, how they are split, and where they come from."""

from importlib.resources import files

import numpy as np
import pytest

import bpkit

DIGITS = bpkit.data.digits()


def test_each_sample_is_a_row_of_64_pixels_between_paper_and_ink():
    assert (DIGITS.X_train.shape, DIGITS.X_test.shape) == ((1347, 64), (450, 64))
    assert DIGITS.X_train.dtype == np.float64
    X = np.concatenate([DIGITS.X_train, DIGITS.X_test])
    assert (X.min(), X.max()) == (0, 1)
    assert np.array_equal(X * 16, np.round(X * 16))


def test_every_digit_is_in_both_parts():
    assert (DIGITS.y_train.shape, DIGITS.y_test.shape) == ((1347,), (450,))
    assert DIGITS.y_train.dtype == np.int64
    for labels, fewest in ((DIGITS.y_train, 120), (DIGITS.y_test, 30)):
        assert set(labels.tolist()) == set(range(10))
        assert np.bincount(labels).min() >= fewest
    # What UCI's description counts in its test part.
    both = np.bincount(np.concatenate([DIGITS.y_train, DIGITS.y_test]))
    assert both.tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_pixels_and_labels_belong_together():
    """Digits of one kind lie nearer to their own mean than to the others'."""
    means = np.array([DIGITS.X_train[DIGITS.y_train == k].mean(axis=0) for k in range(10)])
    nearest = np.linalg.norm(DIGITS.X_test[:, None] - means, axis=2).argmin(axis=1)
    assert np.mean(nearest == DIGITS.y_test) > 0.85


def test_a_seed_fixes_the_split_and_no_sample_is_in_both_parts():
    again, other = bpkit.data.digits(), bpkit.data.digits(seed=1)
    assert np.array_equal(again.X_train, DIGITS.X_train)
    assert np.array_equal(again.y_test, DIGITS.y_test)
    assert not np.array_equal(other.X_train, DIGITS.X_train)

    def counted(digits):
        rows = np.concatenate([digits.X_train, digits.X_test])
        labelled = np.column_stack([rows, np.concatenate([digits.y_train, digits.y_test])])
        return sorted(map(tuple, labelled.tolist()))

    assert counted(DIGITS) == counted(other)


def test_every_call_gives_arrays_of_its_own():
    spoilt = bpkit.data.digits()
    spoilt.X_train[:] = 0
    spoilt.y_train[:] = 0
    assert bpkit.data.digits().X_train.any()
    assert bpkit.data.digits().y_train.any()


def test_the_source_and_its_licence_are_named_wherever_the_data_goes():
    for said in ("Alpaydin", "Kaynak", "1998", "10.24432/C50P49", "CC BY 4.0"):
        assert said in DIGITS.citation
        assert said in repr(DIGITS)
        assert said in bpkit.data.__doc__


def test_the_file_is_small_and_holds_no_pickle():
    file = files("bpkit.data") / "digits.npz"
    assert len(file.read_bytes()) < 100_000
    with np.load(str(file), allow_pickle=False) as stored:
        assert sorted(stored) == ["citation", "images", "labels"]
        assert {stored["images"].dtype, stored["labels"].dtype} == {np.dtype(np.uint8)}


@pytest.mark.parametrize("seed", [-1, "first"])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises((ValueError, TypeError)):
        bpkit.data.digits(seed)
