// Losses of one sample, and their slopes by a, as in `bpkit.nn.losses`.

import { crossEntropyOfLogits } from "./softmax.js";

const mean = (a, term) => a.reduce((sum, value, j) => sum + term(value, j), 0) / a.length;

/** By name: L from z and a, whichever is better for it, and ∂L/∂a_j, where the loss has one of its own. */
export const LOSSES = {
  mse: {
    name: "mean squared error",
    f: (z, a, y) => mean(a, (value, j) => (value - y[j]) ** 2),
    slope: (a, y) => a.map((value, j) => (2 / a.length) * (value - y[j])),
  },
  mae: {
    name: "mean absolute error",
    f: (z, a, y) => mean(a, (value, j) => Math.abs(value - y[j])),
    slope: (a, y) => a.map((value, j) => Math.sign(value - y[j]) / a.length),
  },
  hinge: {
    name: "hinge",
    f: (z, a, y) => mean(a, (value, j) => Math.max(1 - value * y[j], 0)),
    slope: (a, y) => a.map((value, j) => (y[j] * value < 1 ? -y[j] : 0) / a.length),
  },
  binary_cross_entropy: {
    name: "binary cross-entropy",
    f: (z, a, y) => z.reduce((s, v, j) => s + Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))) - y[j] * v, 0),
  },
  cross_entropy: { name: "cross-entropy", f: (z, a, y) => crossEntropyOfLogits(z, y) },
};
