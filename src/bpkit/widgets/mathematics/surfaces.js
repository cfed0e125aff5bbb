// Losses of small networks over two of their weights, and descent on them, as in `bpkit.nn.surfaces`. A surface comes
// from Python: { kind, x, y, fixed, … }, with the inputs x_i, the targets y_i and what the network holds fixed.

import { draws, shuffled } from "./random.js";

const FAR = 1e6; // a loss above it has run away

/** The output a for an input x, and ∂a/∂w₁, ∂a/∂w₂. */
const OUTPUTS = {
  line: (fixed, x, w1, w2) => [w1 * x + w2, x, 1],
  product: (fixed, x, w1, w2) => [w1 * w2 * x, w2 * x, w1 * x],
  slice({ b, v, c }, x, w1, w2) {
    const a1 = Math.tanh(w1 * x + b[0]);
    const a2 = Math.tanh(w2 * x + b[1]);
    return [v[0] * a1 + v[1] * a2 + c, v[0] * (1 - a1 * a1) * x, v[1] * (1 - a2 * a2) * x];
  },
};

/** L_T = (1/N) Σ (a_i − y_i)² at (w₁, w₂). */
export function surfaceLoss(surface, w1, w2) {
  const output = OUTPUTS[surface.kind];
  let sum = 0;
  for (let i = 0; i < surface.x.length; i += 1) {
    sum += (output(surface.fixed, surface.x[i], w1, w2)[0] - surface.y[i]) ** 2;
  }
  return sum / surface.x.length;
}

/** [∂L_B/∂w₁, ∂L_B/∂w₂] = (2/|B|) Σ_B (a_i − y_i) ∂a_i/∂w, for the rows of a batch B. */
export function surfaceGradient(surface, w1, w2, rows) {
  const output = OUTPUTS[surface.kind];
  let first = 0;
  let second = 0;
  for (const i of rows) {
    const [a, slope1, slope2] = output(surface.fixed, surface.x[i], w1, w2);
    first += (a - surface.y[i]) * slope1;
    second += (a - surface.y[i]) * slope2;
  }
  return [(2 * first) / rows.length, (2 * second) / rows.length];
}

/**
 * Walk down: v ← μ v − η ∂L_B/∂w, w ← w + v, from v = 0. Returned: w and loss at the start and after each step; whether
 * the loss ran away, where the path ends; and of the last step its rows, gradient g and velocity v.
 */
export function descentPath(surface, start, rate, momentum, batchSize, steps, seed) {
  const N = surface.x.length;
  const size = batchSize === null || batchSize > N ? N : batchSize;
  const draw = draws(seed);
  const w = [[start[0], start[1]]];
  const loss = [surfaceLoss(surface, ...start)];
  let v = [0, 0];
  let g = [0, 0];
  let rows = [];
  let order = [];
  let dealt = N;
  while (w.length <= steps && loss.at(-1) <= FAR) {
    if (dealt >= N) { // a new epoch; where a batch holds all, nothing is random
      order = size < N ? shuffled(N, draw) : surface.x.map((_, i) => i);
      dealt = 0;
    }
    rows = order.slice(dealt, dealt + size);
    dealt += size;
    const [w1, w2] = w.at(-1);
    g = surfaceGradient(surface, w1, w2, rows);
    v = [momentum * v[0] - rate * g[0], momentum * v[1] - rate * g[1]];
    w.push([w1 + v[0], w2 + v[1]]);
    loss.push(surfaceLoss(surface, ...w.at(-1)));
  }
  return { w, loss, lost: !(loss.at(-1) <= FAR), rows, g, v };
}
