// σ and σ' for one number each, in the words of `bpkit.nn.activations`, whose functions these are held to.

const logistic = (z) => 1 / (1 + Math.exp(-z));

/** σ'(z) without the rounding of a(1 − a), for a large |z|. */
function logisticSlope(z) {
  const e = Math.exp(-Math.abs(z));
  return e / (1 + e) ** 2;
}

function tanhSlope(z) {
  const e = Math.exp(-Math.abs(z)) ** 2;
  return (4 * e) / (1 + e) ** 2;
}

function leaky(slope) {
  return {
    f: (z) => (z > 0 ? z : slope * z),
    df: (z) => (z > 0 ? 1 : slope),
    fromOutput: (a) => (a > 0 ? 1 : slope),
  };
}

/** By name: f is σ(z), df is σ'(z), and fromOutput is σ' told from a = σ(z), as a network does it. */
export const ACTIVATIONS = {
  sigmoid: { name: "sigmoid σ", f: logistic, df: logisticSlope, fromOutput: (a) => a * (1 - a) },
  tanh: { name: "tanh", f: Math.tanh, df: tanhSlope, fromOutput: (a) => 1 - a * a },
  relu: { name: "ReLU", f: (z) => Math.max(z, 0), df: (z) => (z > 0 ? 1 : 0), fromOutput: (a) => (a > 0 ? 1 : 0) },
  leaky_relu: { name: "leaky ReLU", ...leaky(0.01) },
  identity: { name: "identity", f: (z) => z, df: () => 1, fromOutput: () => 1 },
};
