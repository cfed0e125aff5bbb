// A network's two passes for one sample, equation by equation as in `bpkit.nn.Network`. Layers count from 1 to F; what
// belongs to layer l stands at index l: W[l][j][k] is w_jk^l, b[l][j] is b_j^l, with j and k from 0.

import { ACTIVATIONS } from "./activations.js";
import { LOSSES } from "./losses.js";
import { softmax } from "./softmax.js";

/** σ of layer l, unless it is softmax, which is no function of one number. */
export function activationOf(network, l) {
  return ACTIVATIONS[l < network.sizes.length ? network.hidden : network.output];
}

/** Fill in every z^l and a^l, and the loss L: { z, a, loss }, with a[1] = x. `y` may be left out. */
export function forward(network, x, y = null) {
  const F = network.sizes.length;
  const z = [];
  const a = [];
  a[1] = [...x];
  for (let l = 2; l <= F; l += 1) {
    z[l] = network.W[l].map((row, j) => row.reduce((sum, w, k) => sum + w * a[l - 1][k], 0) + network.b[l][j]);
    a[l] = l === F && network.output === "softmax" ? softmax(z[l]) : z[l].map(activationOf(network, l).f);
  }
  return { z, a, loss: y ? LOSSES[network.loss].f(z[F], a[F], y) : NaN };
}

/** Both passes: { z, a, loss, slope, d, dW, db }. */
export function trace(network, x, y) {
  const F = network.sizes.length;
  const { z, a, loss } = forward(network, x, y);
  const slope = [];
  const d = [];
  const dW = [];
  const db = [];
  for (let l = F; l >= 2; l -= 1) {
    if (l < F) {
      slope[l] = a[l].map(activationOf(network, l).fromOutput);
      d[l] = slope[l].map((s, k) => network.W[l + 1].reduce((sum, row, j) => sum + row[k] * d[l + 1][j], 0) * s);
    } else {
      d[l] = outputError(network, a[F], y);
    }
    dW[l] = d[l].map((error) => a[l - 1].map((value) => error * value));
    db[l] = [...d[l]];
  }
  return { z, a, loss, slope, d, dW, db };
}

/** d^F: a − y where activation and loss are partners, else ∇_a L ⊙ σ'(z^F). */
function outputError(network, a, y) {
  const { slope } = LOSSES[network.loss];
  if (!slope) return a.map((value, j) => value - y[j]);
  const { fromOutput } = ACTIVATIONS[network.output];
  return slope(a, y).map((value, j) => value * fromOutput(a[j]));
}

/** A copy whose weights can be changed without touching the original's. */
export function copied(network) {
  return {
    ...network,
    W: network.W.map((rows) => rows && rows.map((row) => [...row])),
    b: network.b.map((row) => row && [...row]),
  };
}
