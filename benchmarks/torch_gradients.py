"""Make src/bpkit/nn/torch_gradients.npz: gradients of 20 small random networks, found by PyTorch in float64.

Needs PyTorch: ``python benchmarks/torch_gradients.py``. The first network is the one of chapter 10.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch

from bpkit.nn.torch_gradients import COUNT, FILE, NAMES, split

HIDDEN = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": lambda z: z}
OUTPUTS = (("softmax", "cross_entropy"), ("sigmoid", "binary_cross_entropy"), ("identity", "mse"), ("sigmoid", "mse"))


def total_loss(kinds: tuple[str, str, str], X: torch.Tensor, Y: torch.Tensor, layers: list) -> torch.Tensor:
    """The mean loss over the rows of X, in PyTorch's own functions."""
    hidden, output, loss = kinds
    *below, (W, b) = layers
    for W_l, b_l in below:
        X = HIDDEN[hidden](torch.nn.functional.linear(X, W_l, b_l))
    z = torch.nn.functional.linear(X, W, b)
    if loss == "cross_entropy":
        return torch.nn.functional.cross_entropy(z, Y)
    if loss == "binary_cross_entropy":  # its sum over the outputs, as the worksheet's losses have it
        return torch.nn.functional.binary_cross_entropy_with_logits(z, Y, reduction="sum") / len(Y)
    return torch.nn.functional.mse_loss(HIDDEN[output](z), Y)


def main() -> None:
    rng = np.random.default_rng(10)
    file: dict[str, object] = {"version": torch.__version__.split("+")[0]}
    for i in range(COUNT):
        hidden = "sigmoid" if i == 0 else list(HIDDEN)[i % 3]
        output, loss = OUTPUTS[i % 4]
        sizes = (3, 4, 2) if i == 0 else tuple(int(n) for n in rng.integers(2, 8, size=rng.integers(2, 6)))
        N = 5 if i == 0 else int(rng.integers(2, 9))
        X = rng.normal(size=(N, sizes[0]))
        if output == "softmax":
            Y = np.eye(sizes[-1])[rng.integers(sizes[-1], size=N)]
        else:
            Y = rng.integers(2, size=(N, sizes[-1])) * 1.0
        theta = rng.normal(size=sum(n * below + n for below, n in pairwise(sizes)))
        tensors = [tuple(torch.tensor(part, requires_grad=True) for part in pair) for pair in split(theta, sizes)]
        L = total_loss((hidden, output, loss), torch.tensor(X), torch.tensor(Y), tensors)
        L.backward()
        gradient = np.concatenate([part.grad.numpy().ravel() for pair in tensors for part in pair])
        made = ((hidden, output, loss), sizes, X, Y, theta, L.item(), gradient)
        file |= {f"{name}_{i}": np.asarray(part) for name, part in zip(NAMES, made, strict=True)}
    np.savez_compressed(FILE, **file)
    print(f"{FILE.name}: {FILE.stat().st_size} bytes, PyTorch {file['version']}")


if __name__ == "__main__":
    main()
