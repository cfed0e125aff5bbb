"""A network in a file: names and numbers in NumPy's own format, nothing that is executed when it is read."""

from __future__ import annotations

import zipfile
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from bpkit.nn.network import Network

N = TypeVar("N", bound="Network")


def write(network: Network, path: str | PathLike[str]) -> None:
    """Save the network to a file, which ``Network.load`` reads."""
    names = {"hidden": network.hidden, "output": network.end.activation, "loss": network.end.loss}
    with Path(path).open("wb") as file:
        np.savez(file, allow_pickle=False, sizes=network.sizes, theta=network.theta, **names)


def read(cls: type[N], path: str | PathLike[str]) -> N:
    """Return the network that `save` wrote to this file.

    Raises
    ------
    ValueError
        If the file is no such network.
    OSError
        If it cannot be read.
    """
    try:
        with Path(path).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            sizes, theta = file["sizes"].tolist(), file["theta"]
            hidden, output, loss = (str(file[name]) for name in ("hidden", "output", "loss"))
        network = cls(sizes, hidden, output, loss, theta.dtype)
        if theta.shape != network.theta.shape or not np.isfinite(theta).all():
            raise ValueError(f"{theta.size} numbers for {network.theta.size} weights and biases")
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{Path(path).name} is no network that Network.save has written: {error}") from None
    network.theta[:] = theta
    return network
