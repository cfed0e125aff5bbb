"""The mathematics of neural networks, in the worksheet's letters; it uses NumPy and knows no exercise."""

from bpkit.nn.activations import (
    Activation,
    identity,
    leaky,
    leaky_relu,
    relu,
    sigmoid,
    softmax,
    softmax_jacobian,
    tanh,
)
from bpkit.nn.chain import ChainGradient, chain_backward, chain_forward
from bpkit.nn.losses import Loss, mean_squared_error, squared_error
from bpkit.nn.network import Layers, feedforward

__all__ = [
    "Activation",
    "ChainGradient",
    "Layers",
    "Loss",
    "chain_backward",
    "chain_forward",
    "feedforward",
    "identity",
    "leaky",
    "leaky_relu",
    "mean_squared_error",
    "relu",
    "sigmoid",
    "softmax",
    "softmax_jacobian",
    "squared_error",
    "tanh",
]
