"""bpkit's gradients are PyTorch's: of 20 networks whose gradients are stored, and where PyTorch is installed, anew."""

import numpy as np
import pytest

from bpkit.nn import Network
from bpkit.nn.torch_gradients import stored

STORED = stored()


def joined(gradient):
    return np.concatenate([np.ravel(part) for pair in gradient for part in pair])


def network_of(kept):
    network = Network(kept.sizes, kept.hidden, kept.output, kept.loss_name)
    for l in network.W:
        network.W[l][:], network.b[l][:] = kept.W[l], kept.b[l]
    return network


def apart(given, right):
    return np.linalg.norm(joined(given) - joined(right)) / np.linalg.norm(joined(right))


@pytest.mark.parametrize("kept", STORED, ids=lambda n: f"{'-'.join(map(str, n.sizes))} {n.hidden} {n.loss_name}")
def test_the_gradients_are_those_that_pytorch_found(kept):
    network = network_of(kept)
    assert network.loss(kept.X, kept.Y) == pytest.approx(kept.loss, rel=1e-12)
    assert apart(network.gradient(kept.X, kept.Y), kept.gradient) <= 1e-12


@pytest.mark.parametrize("seed", range(20))
def test_they_are_those_that_pytorch_finds_now(seed):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed; its stored gradients are compared above")
    rng = np.random.default_rng(seed)
    hidden, output = ("sigmoid", "tanh", "relu", "leaky_relu")[seed % 4], ("softmax", "sigmoid", "identity")[seed % 3]
    network = Network(tuple(rng.integers(2, 40, rng.integers(2, 6))), hidden, output, seed=seed)
    network.theta += 0.1 * rng.standard_normal(network.theta.size)
    N, c = int(rng.integers(1, 20)), network.sizes[-1]
    X = rng.standard_normal((N, network.sizes[0]))
    Y = rng.dirichlet(np.ones(c), N) if output == "softmax" else rng.random((N, c))
    F = torch.nn.functional
    layers = [[torch.tensor(part[l], requires_grad=True) for part in (network.W, network.b)] for l in network.W]
    z = torch.tensor(X)
    for place, (W, b) in enumerate(layers):
        z = F.linear(getattr(F, hidden)(z) if place else z, W, b)
    y = torch.tensor(Y)
    if output == "softmax":
        loss = F.cross_entropy(z, y)
    elif output == "sigmoid":
        loss = F.binary_cross_entropy_with_logits(z, y, reduction="sum") / N
    else:
        loss = F.mse_loss(z, y)
    loss.backward()
    assert apart(network.gradient(X, Y), [[part.grad.numpy() for part in pair] for pair in layers]) <= 1e-12
