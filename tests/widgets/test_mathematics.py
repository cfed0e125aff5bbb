"""The mathematics in JavaScript is that of `bpkit.nn`, to 1e-9 relative, on hundreds of random cases each."""

import numpy as np
import pytest

from bpkit import nn
from bpkit.nn.outputs import ACTIVATIONS

CLOSE = 1e-9


def close(theirs, ours):
    np.testing.assert_allclose(np.asarray(theirs, dtype=float), ours, rtol=CLOSE, atol=1e-300)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_and_their_slopes(sheet, name):
    z = np.concatenate([np.random.default_rng(1).normal(0, 5, 300), [0, 700, -700, 40, -40, 1e-12]])
    f, df = sheet.evaluate(
        """async ([name, z]) => {
            const { ACTIVATIONS } = await import("/mathematics/activations.js");
            return [z.map(ACTIVATIONS[name].f), z.map(ACTIVATIONS[name].df)];
        }""",
        [name, z.tolist()],
    )
    close(f, ACTIVATIONS[name].f(z))
    close(df, ACTIVATIONS[name].df(z))


def test_softmax_its_jacobian_and_its_loss(javascript):
    rng = np.random.default_rng(2)
    logits = [rng.normal(0, rng.choice([1, 10, 300]), rng.integers(1, 9)) for _ in range(250)]
    labels = [rng.dirichlet(np.ones(len(z))) for z in logits]
    given = [[z.tolist()] for z in logits]
    for theirs, z in zip(javascript("mathematics/softmax.js", "softmax", *given), logits, strict=True):
        close(theirs, nn.softmax(z))
    for theirs, z in zip(javascript("mathematics/softmax.js", "logSumExp", *given), logits, strict=True):
        close(theirs, nn.log_sum_exp(z))
    for theirs, z in zip(javascript("mathematics/softmax.js", "softmaxJacobian", *given), logits, strict=True):
        # p − p² loses digits where p is nearly 1, in both languages: there they agree to a rounding of 1.
        np.testing.assert_allclose(theirs, nn.softmax_jacobian(z), rtol=CLOSE, atol=1e-15)
    pairs = [[z.tolist(), y.tolist()] for z, y in zip(logits, labels, strict=True)]
    theirs = javascript("mathematics/softmax.js", "crossEntropyOfLogits", *pairs)
    ours = [nn.cross_entropy_of_logits(z, y) for z, y in zip(logits, labels, strict=True)]
    np.testing.assert_allclose(theirs, ours, rtol=CLOSE, atol=1e-13)  # a difference of large numbers


ENDS = [
    ("softmax", "cross_entropy"),
    ("sigmoid", "binary_cross_entropy"),
    *((output, loss) for output in ACTIVATIONS for loss in ("mse", "mae", "hinge")),
]


def as_javascript(network):
    """Return a network as the browser has it: layers at their own index."""
    nothing = [None, None]
    return {
        "sizes": list(network.sizes),
        "hidden": network.hidden,
        "output": network.end.activation,
        "loss": network.end.loss,
        "W": nothing + [network.W[l].tolist() for l in range(2, network.F + 1)],
        "b": nothing + [network.b[l].tolist() for l in range(2, network.F + 1)],
    }


@pytest.mark.parametrize(("output", "loss"), ENDS, ids=["-".join(end) for end in ENDS])
def test_both_passes_of_random_networks(javascript, output, loss):
    rng = np.random.default_rng(3)
    cases = []
    for case in range(20):
        sizes = tuple(rng.integers(1, 6, rng.integers(2, 6)))
        network = nn.Network(sizes, rng.choice(list(ACTIVATIONS)), output, loss, seed=case)
        network.theta += rng.normal(0, 0.5, network.theta.size)
        x = rng.normal(0, 1, sizes[0])
        y = rng.dirichlet(np.ones(sizes[-1])) if loss == "cross_entropy" else rng.choice([-1, 1], sizes[-1])
        if loss == "binary_cross_entropy":
            y = rng.uniform(0, 1, sizes[-1])
        cases.append((network, x, np.asarray(y, float)))
    given = [[as_javascript(network), x.tolist(), y.tolist()] for network, x, y in cases]
    for theirs, (network, x, y) in zip(javascript("mathematics/network.js", "trace", *given), cases, strict=True):
        ours = network.trace(x[None], y[None])
        assert theirs["loss"] == pytest.approx(network.loss(x[None], y[None]), rel=CLOSE, abs=1e-13)
        for l in range(2, network.F + 1):
            for name in ("z", "a", "d"):
                np.testing.assert_allclose(theirs[name][l], getattr(ours, name)[l][:, 0], rtol=CLOSE, atol=1e-14)
            np.testing.assert_allclose(theirs["dW"][l], ours.dW[l], rtol=CLOSE, atol=1e-14)
            np.testing.assert_allclose(theirs["db"][l], ours.db[l], rtol=CLOSE, atol=1e-14)
