// Both passes of `network.js`, cut into single operations, and when each number is found. Neurons count from 0 here.

import { ACTIVATIONS } from "./activations.js";
import { LOSSES } from "./losses.js";
import { activationOf, forward, trace } from "./network.js";

/**
 * The operations in order. kind: "input", "z", "a", "loss", "d", "dW" (all weights into a neuron), "db", and "back",
 * which is ∂L/∂a_j^l = Σ_k w_kj^{l+1} d_k^{l+1}. l is the layer, j the neuron; j is null where the layer is one step.
 */
export function stepsOf(sizes, passes, whole = false) {
  const F = sizes.length;
  const layer = (kind, l) => (whole ? [{ kind, l, j: null }]
    : Array.from({ length: sizes[l - 1] }, (_, j) => ({ kind, l, j })));
  const steps = [{ kind: "input", l: 1, j: null }];
  for (let l = 2; l <= F; l += 1) steps.push(...layer("z", l), ...layer("a", l));
  if (passes === "forward") return steps;
  steps.push({ kind: "loss", l: F, j: null });
  for (let l = F; l >= 2; l -= 1) {
    if (l < F) steps.push(...layer("back", l));
    for (const kind of ["d", "dW", "db"]) steps.push(...layer(kind, l));
  }
  return steps;
}

/** Whether a step belongs to the pass back. */
export function goesBack(step) {
  return ["back", "d", "dW", "db"].includes(step.kind);
}

/** The numbers of those steps with which a layer is finished, in the one pass or the other. */
export function layerEnds(steps) {
  const part = (step) => `${step.kind === "loss"} ${goesBack(step)} ${step.l}`;
  return steps.flatMap((step, s) => (s + 1 === steps.length || part(steps[s + 1]) !== part(step) ? [s] : []));
}

/** A function that tells at which step a number is found: found("z", l, j). Infinity if at none. */
export function whenFound(steps) {
  const at = new Map(steps.map((step, s) => [`${step.kind} ${step.l} ${step.j}`, s]));
  return (kind, l, j = null) => at.get(`${kind} ${l} ${j}`) ?? at.get(`${kind} ${l} null`) ?? Infinity;
}

/** A trace and what the steps show besides: back[l][j] = ∂L/∂a_j^l, and the output's σ' where it is a factor of d^F. */
export function walked(network, x, y) {
  const F = network.sizes.length;
  const all = trace(network, x, y);
  const back = [];
  for (let l = 2; l < F; l += 1) {
    back[l] = all.a[l].map((_, k) => network.W[l + 1].reduce((sum, row, j) => sum + row[k] * all.d[l + 1][j], 0));
  }
  const { slope } = LOSSES[network.loss];
  if (slope) {
    back[F] = slope(all.a[F], y);
    all.slope[F] = all.a[F].map(ACTIVATIONS[network.output].fromOutput);
  }
  return { ...all, back };
}

/** L with a weight, W[l][j][k], or with k null a bias, b[l][j], moved by h up and down, and the central difference. */
export function measuredSlope(network, x, y, { l, j, k }, h) {
  const at = (by) => {
    const moved = { ...network, W: [...network.W], b: [...network.b] };
    if (k === null) moved.b[l] = network.b[l].map((value, i) => (i === j ? value + by : value));
    else moved.W[l] = network.W[l].map((row, i) => (i === j ? row.map((w, m) => (m === k ? w + by : w)) : row));
    return forward(moved, x, y).loss;
  };
  const [up, down] = [at(h), at(-h)];
  return { up, down, slope: (up - down) / (2 * h) };
}

/** Whether σ of a layer takes all its neurons at once. */
export function mixes(network, l) {
  return !activationOf(network, l);
}
