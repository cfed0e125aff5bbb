// A chain of equal neurons, one in each layer: h_0 = x, z_i = w h_{i−1} + b, h_i = σ(z_i), as in `bpkit.nn.chain`.
// On its way back the gradient is multiplied by σ'(z_i) w at neuron i: dL/dh_{i−1} = dL/dh_i σ'(z_i) w.

import { ACTIVATIONS } from "./activations.js";

/**
 * Follow a chain of `depth` neurons: { z, h, factors, left, orders }, with neuron i at index i.
 *
 * factors[i] = σ'(z_i) w; left[n] = |dL/dh_1| / |dL/dh_n| in a chain of n neurons, |factors[2] ⋯ factors[n]|;
 * orders[n] = log10 left[n], a sum, which goes on where the product is too small or too large for a number.
 */
export function chain(name, w, b, x, depth) {
  const { f, df } = ACTIVATIONS[name];
  const [z, h, factors, left, orders] = [[], [x], [], [], []];
  for (let i = 1; i <= depth; i += 1) {
    z[i] = w * h[i - 1] + b;
    h[i] = f(z[i]);
    factors[i] = df(z[i]) * w;
    left[i] = i === 1 ? 1 : left[i - 1] * Math.abs(factors[i]);
    orders[i] = i === 1 ? 0 : orders[i - 1] + Math.log10(Math.abs(factors[i]));
  }
  return { z, h, factors, left, orders };
}

/** Whether a neuron lets nothing back at all: its slope or its weight is 0, not merely small. */
export function isStopped(name, w, z) {
  return w === 0 || (name === "relu" && z <= 0);
}

/** The first neuron that lets nothing back to the one before it; 0 if there is none. */
export function firstStop(name, w, { z }, depth) {
  for (let i = 2; i <= depth; i += 1) if (isStopped(name, w, z[i])) return i;
  return 0;
}
