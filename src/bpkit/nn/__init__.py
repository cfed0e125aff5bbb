"""The mathematics of neural networks, in the worksheet's letters; it uses NumPy and knows no exercise."""

from bpkit.nn import autodiff
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
from bpkit.nn.descent import Diverged, History
from bpkit.nn.forward import Layers, feedforward
from bpkit.nn.gradient_check import GradientCheck, gradient_check
from bpkit.nn.losses import (
    Loss,
    binary_cross_entropy,
    binary_cross_entropy_of_logits,
    cross_entropy,
    cross_entropy_of_logits,
    hinge,
    log_sum_exp,
    mean_absolute_error,
    mean_squared_error,
    squared_error,
    zero_one,
)
from bpkit.nn.network import Network
from bpkit.nn.samples import one_hot
from bpkit.nn.trace import Trace

__all__ = [
    "Activation",
    "ChainGradient",
    "Diverged",
    "GradientCheck",
    "History",
    "Layers",
    "Loss",
    "Network",
    "Trace",
    "autodiff",
    "binary_cross_entropy",
    "binary_cross_entropy_of_logits",
    "chain_backward",
    "chain_forward",
    "cross_entropy",
    "cross_entropy_of_logits",
    "feedforward",
    "gradient_check",
    "hinge",
    "identity",
    "leaky",
    "leaky_relu",
    "log_sum_exp",
    "mean_absolute_error",
    "mean_squared_error",
    "one_hot",
    "relu",
    "sigmoid",
    "softmax",
    "softmax_jacobian",
    "squared_error",
    "tanh",
    "zero_one",
]
