"""A fully connected network and its backpropagation, equation by equation in the worksheet's letters.

Outside, X and Y hold one sample per row, as everywhere in Python. Inside, a sample is a column, as in the
worksheet: z^l, a^l and d^l have shape (n_l, N). A product z = W @ a is written ``np.matmul(W, a, out=z)``: it fills
an array that is already there.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from bpkit.nn.arrays import Array
from bpkit.nn.descent import descend
from bpkit.nn.outputs import activation, output_layer
from bpkit.nn.parameters import initialise, read_sizes, views
from bpkit.nn.samples import inputs, targets
from bpkit.nn.storage import read, write
from bpkit.nn.trace import Trace


class Network:
    """A network with layers of `sizes` = (n_1, …, n_F) neurons: n_1 numbers go in, n_F come out.

    Parameters
    ----------
    sizes : sequence of int
        How many neurons each layer has, from the input to the output.
    hidden, output : str
        σ of the layers 2, …, F − 1 and of layer F: "sigmoid", "tanh", "relu", "leaky_relu", "identity"; for
        the output also "softmax".
    loss : str, optional
        "cross_entropy" (for softmax), "binary_cross_entropy" (for sigmoid), "mse", "mae" or "hinge"; by default
        the one that goes with `output`. The total loss L_T is its mean over the samples.
    dtype : dtype
        np.float64 or np.float32.
    seed : int
        Of the random weights; biases begin at 0.

    Attributes
    ----------
    W, b : dict
        W^l of shape (n_l, n_{l−1}) and b^l of shape (n_l,), by layer l = 2, …, F: views into `theta`.
    theta : ndarray
        All of them in one vector: W^2, b^2, …, W^F, b^F.

    Raises
    ------
    ValueError
        If an argument makes no sense; the message names it. So do all methods.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        hidden: str = "sigmoid",
        output: str = "softmax",
        loss: str | None = None,
        dtype: DTypeLike = np.float64,
        seed: int = 0,
    ) -> None:
        self.sizes, self.hidden = read_sizes(sizes), hidden
        self.F = len(self.sizes)
        self.σ, self.end = activation(hidden), output_layer(output, loss)
        self.theta = initialise(self.sizes, hidden, output, dtype, seed)
        self.W, self.b = views(self.theta, self.sizes)

    def __repr__(self) -> str:
        return f"Network({self.sizes}, {self.hidden!r}, {self.end.activation!r}, {self.end.loss!r}, {self.theta.dtype})"

    def forward(self, x: Array, trace: Trace) -> None:
        """Fill in every z^l and a^l, from the columns of `x` on: the algorithm's steps 1 and 2."""
        W, b, z, a = self.W, self.b, trace.z, trace.a
        a[1] = x
        for l in range(2, self.F + 1):
            np.add(np.matmul(W[l], a[l - 1], out=z[l]), b[l][:, None], out=z[l])  # z^l = W^l a^{l−1} + b^l
            (self.σ if l < self.F else self.end).into(z[l], a[l])  # a^l = σ(z^l)

    def backward(self, y: Array, trace: Trace, scale: float) -> None:
        """Fill in every d^l and the gradients, all times `scale`: the algorithm's steps 3 to 5.

        Everything that follows d^F is linear in it, so the 1/N of the total loss is put there, once. The products in
        step 5 add up the samples, which are columns.
        """
        W, z, a, d, slope, F = self.W, trace.z, trace.a, trace.d, trace.slope, self.F
        self.end.d_into(z[F], a[F], y, d[F])  # d^F = ∇_a L ⊙ σ'(z^F)
        d[F] *= scale
        for l in range(F, 1, -1):
            if l < F:  # d^l = ((W^{l+1})ᵀ d^{l+1}) ⊙ σ'(z^l)
                np.multiply(np.matmul(W[l + 1].T, d[l + 1], out=d[l]), self.σ.slope_into(a[l], slope[l]), out=d[l])
            np.matmul(d[l], a[l - 1].T, out=trace.dW[l])  # ∂L/∂W^l = d^l (a^{l−1})ᵀ
            d[l].dot(trace.ones, trace.db[l])  # ∂L/∂b^l = d^l

    def trace(self, X: ArrayLike, Y: ArrayLike) -> Trace:
        """Return every z^l, a^l and d^l = ∂L_T/∂z^l of one pass, by layer, with ∂L_T/∂W^l and ∂L_T/∂b^l."""
        trace = self._fed(X)
        N = trace.ones.size
        self.backward(targets(Y, N, self).T, trace, 1 / N)
        return trace

    def gradient(self, X: ArrayLike, Y: ArrayLike) -> list[tuple[Array, Array]]:
        """Return (∂L_T/∂W^l, ∂L_T/∂b^l) for l = 2, …, F; X has shape (N, n_1), and Y is as for `loss`."""
        trace = self.trace(X, Y)
        return [(trace.dW[l], trace.db[l]) for l in range(2, self.F + 1)]

    def loss(self, X: ArrayLike, Y: ArrayLike) -> float:
        """Return L_T, where Y has shape (N, n_F); with softmax it may hold N class numbers instead."""
        trace = self._fed(X)
        y = targets(Y, trace.ones.size, self).T
        return float(np.mean(self.end.losses(trace.z[self.F], trace.a[self.F], y)))

    def feedforward(self, X: ArrayLike) -> Array:
        """Return a^F for each sample of X, as rows: shape (N, n_F)."""
        return self._fed(X).a[self.F].T

    def predict(self, X: ArrayLike) -> Array:
        """Return what the outputs say: classes, shape (N,), with softmax; 0 or 1, −1 or 1, or numbers else."""
        return self.end.decide(self.feedforward(X))

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the outputs where they are probabilities, as softmax's and the sigmoid's are: shape (N, n_F)."""
        return self.end.probabilities(self.feedforward(X))

    fit = descend
    save = write

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Network:
        """Return the network that `save` wrote to this file."""
        return read(cls, path)

    def _fed(self, X: ArrayLike) -> Trace:
        x = inputs(X, self).T
        trace = Trace.of(self.sizes, x.shape[1], self.theta.dtype)
        with np.errstate(over="ignore"):  # e^−z may be ∞ on the way: then a is 0
            self.forward(x, trace)
        return trace
