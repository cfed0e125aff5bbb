// A network 2–…–1 with a sigmoid output that learns two classes, step by step: the twin of `bpkit.nn.stepwise`.
// All weights and biases stand in one vector, theta = W^2, b^2, …, W^F, b^F, as in `bpkit.nn.Network`. All arrays are
// made once, for this runs thousands of times in a second.

import { ACTIVATIONS } from "./activations.js";
import { draws, normal, shuffled } from "./random.js";

export const FAR = 1e6; // where a weight is larger than this, training has run away
const STRIDE = 0x9e3779b9; // between the seeds of two epochs: 2³² over the golden ratio

/** Return [n_1, …, n_F]. */
export function sizesOf(hidden) {
  return [2, ...hidden, 1];
}

/** Say where the numbers of each layer l = 2, …, F stand in theta: { n, below, W, b }, with l = 2 first. */
function places(hidden) {
  let at = 0;
  return sizesOf(hidden).slice(1).map((n, i) => {
    const below = i ? hidden[i - 1] : 2;
    const layer = { n, below, W: at, b: at + n * below };
    at += n * (below + 1);
    return layer;
  });
}

/** Normal weights of variance 1/n_{l−1}, twice that before a ReLU, row by row; biases 0. */
export function startWeights(hidden, activation, seed) {
  const draw = draws(seed);
  const layers = places(hidden);
  const last = layers[layers.length - 1];
  const theta = new Float64Array(last.b + last.n);
  for (const { n, below, W } of layers) {
    const gain = W !== last.W && (activation === "relu" || activation === "leaky_relu") ? 2 : 1;
    for (let i = W; i < W + n * below; i += 1) theta[i] = normal(draw) * Math.sqrt(gain / below);
  }
  return theta;
}

/** The order in which epoch 0, 1, … takes the n samples. */
export function orderOf(n, seed, epoch) {
  return shuffled(n, draws(seed + Math.imul(STRIDE, epoch + 1)));
}

/** [[W^2, b^2], …, [W^F, b^F]] as nested lists. */
export function nested(theta, hidden) {
  return places(hidden).map(({ n, below, W, b }) => [
    Array.from({ length: n }, (_, j) => Array.from(theta.subarray(W + j * below, W + (j + 1) * below))),
    Array.from(theta.subarray(b, b + n)),
  ]);
}

/** A network that learns. Its methods change `theta` and `v`, and nothing else that can be seen. */
export function learner(hidden, activation) {
  const layers = places(hidden);
  const top = layers.length - 1;
  const { f, fromOutput } = ACTIVATIONS[activation];
  const size = layers[top].b + 1;
  const theta = new Float64Array(size);
  const v = new Float64Array(size);
  const gradient = new Float64Array(size);
  const before = new Float64Array(size);
  const a = [new Float64Array(2), ...layers.map(({ n }) => new Float64Array(n))];
  const d = layers.map(({ n }) => new Float64Array(n));

  /** Fill in every a^l, and return z^F. */
  const forward = (x1, x2) => {
    a[0][0] = x1;
    a[0][1] = x2;
    let z = 0;
    for (let l = 0; l <= top; l += 1) {
      const { n, below, W, b } = layers[l];
      const input = a[l];
      const output = a[l + 1];
      for (let j = 0; j < n; j += 1) {
        z = theta[b + j];
        for (let k = 0, i = W + j * below; k < below; k += 1, i += 1) z += theta[i] * input[k];
        if (l < top) output[j] = f(z);
      }
    }
    return z;
  };

  /** Add ∂L/∂theta of one sample, times `scale`, to the gradient; d^F = a^F − y. */
  const backward = (error, scale) => {
    d[top][0] = error * scale;
    for (let l = top; l >= 0; l -= 1) {
      const { n, below, W, b } = layers[l];
      const input = a[l];
      for (let j = 0; j < n; j += 1) {
        const d_j = d[l][j];
        gradient[b + j] += d_j;
        for (let k = 0, i = W + j * below; k < below; k += 1, i += 1) gradient[i] += d_j * input[k];
      }
      if (l === 0) return;
      const under = d[l - 1];
      for (let k = 0; k < below; k += 1) {
        let sum = 0;
        for (let j = 0; j < n; j += 1) sum += theta[W + j * below + k] * d[l][j];
        under[k] = sum * fromOutput(input[k]);
      }
    }
  };

  return {
    theta,
    v,
    /** z^F at a place: the probability of class 1 is σ(z^F), above ½ where z^F > 0. */
    z: forward,
    /**
     * A step along the samples order[from], …, order[to − 1]: v ← μ v − η ∂L_B/∂θ, θ ← θ + v.
     * Returns whether it went well; if the weights run away, they are as they were before.
     */
    step(points, order, from, to, rate, momentum) {
      gradient.fill(0);
      before.set(theta);
      for (let i = from; i < to; i += 1) {
        const [x1, x2, y] = points[order[i]];
        backward(1 / (1 + Math.exp(-forward(x1, x2))) - y, 1 / (to - from));
      }
      let fine = true;
      for (let i = 0; i < size; i += 1) {
        v[i] = momentum * v[i] - rate * gradient[i];
        theta[i] += v[i];
        fine &&= Math.abs(theta[i]) <= FAR;
      }
      if (!fine) {
        theta.set(before);
        v.fill(0);
      }
      return fine;
    },
    /** The mean loss over all samples, and how many of them are said right; of none it is null. */
    measure(points) {
      let total = 0;
      let right = 0;
      for (const [x1, x2, y] of points) {
        const z = forward(x1, x2);
        total += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
        if ((1 / (1 + Math.exp(-z)) > 0.5 ? 1 : 0) === y) right += 1;
      }
      return { loss: points.length ? total / points.length : null, right };
    },
  };
}

/** Train from the start for so many steps; return what is then to be seen. For the tests. */
export function trained({ points, hidden, activation, seed, rate, momentum, batch, steps }) {
  const net = learner(hidden, activation);
  net.theta.set(startWeights(hidden, activation, seed));
  let [epoch, at, fine] = [0, 0, true];
  for (let i = 0; i < steps && fine; i += 1) {
    const to = Math.min(at + batch, points.length);
    fine = net.step(points, orderOf(points.length, seed, epoch), at, to, rate, momentum);
    [epoch, at] = to === points.length ? [epoch + 1, 0] : [epoch, to];
  }
  return { theta: Array.from(net.theta), v: Array.from(net.v), ...net.measure(points), fine };
}
