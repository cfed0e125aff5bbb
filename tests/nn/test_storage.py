"""A saved network is the same network again; a file that is none is told, and never executed."""

import pickle

import numpy as np
import pytest

from bpkit.nn import Network

X = np.random.default_rng(0).standard_normal((5, 3))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("end", [("softmax", None), ("identity", "hinge"), ("sigmoid", "mse")])
def test_it_comes_back_as_it_was(tmp_path, dtype, end):
    network = Network((3, 7, 4, 2), "leaky_relu", *end, dtype=dtype, seed=8)
    network.save(tmp_path / "network.npz")
    again = Network.load(tmp_path / "network.npz")
    for of in (
        lambda n: n.sizes,
        lambda n: n.hidden,
        lambda n: n.end.activation,
        lambda n: n.end.loss,
        lambda n: n.theta.dtype,
    ):
        assert of(again) == of(network)
    np.testing.assert_array_equal(again.feedforward(X), network.feedforward(X))
    again.theta[:] = 0
    assert network.theta.any()


def test_the_name_of_the_file_is_the_one_that_was_given(tmp_path):
    Network((3, 2)).save(str(tmp_path / "my network"))
    assert [path.name for path in tmp_path.iterdir()] == ["my network"]


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("it was executed",))


def test_a_pickle_is_not_executed(tmp_path):
    (tmp_path / "trap.npz").write_bytes(pickle.dumps(Trap()))
    np.savez(tmp_path / "inside.npz", sizes=np.array([Trap()], object), theta=np.ones(3), hidden="", output="", loss="")
    for name in ("trap.npz", "inside.npz"):
        with pytest.raises(ValueError, match=f"{name} is no network"):
            Network.load(tmp_path / name)


@pytest.mark.parametrize(
    "wrong",
    [
        {"theta": np.ones(3)},
        {"theta": np.full(8, np.nan)},
        {"theta": np.ones(8, int)},
        {"sizes": np.array([3, 0])},
        {"sizes": np.array("three")},
        {"hidden": "sigmiod"},
        {"loss": "mse"},
    ],
)
def test_a_file_with_something_else_in_it_is_told(tmp_path, wrong):
    right = {
        "sizes": np.array([3, 2]),
        "theta": np.ones(8),
        "hidden": "tanh",
        "output": "softmax",
        "loss": "cross_entropy",
    }
    np.savez(tmp_path / "n.npz", **right)
    Network.load(tmp_path / "n.npz")
    np.savez(tmp_path / "n.npz", **right | wrong)
    with pytest.raises(ValueError, match=r"n\.npz is no network that Network\.save has written"):
        Network.load(tmp_path / "n.npz")


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_told(tmp_path, content):
    (tmp_path / "n.npz").write_bytes(content)
    with pytest.raises(ValueError, match="is no network"):
        Network.load(tmp_path / "n.npz")


def test_a_missing_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "n.npz")
