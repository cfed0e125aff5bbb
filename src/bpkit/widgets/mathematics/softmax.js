// Softmax and its cross-entropy, as in `bpkit.nn`: the largest logit is taken out, so that no power is above 1.

export function softmax(z) {
  const largest = Math.max(...z);
  const e = z.map((value) => Math.exp(value - largest));
  const total = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / total);
}

/** ln Σ e^{z_j}. */
export function logSumExp(z) {
  const largest = Math.max(...z);
  return largest + Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** ∂p_i/∂z_j = p_i (δ_ij − p_j). */
export function softmaxJacobian(z) {
  const p = softmax(z);
  return p.map((p_i, i) => p.map((p_j, j) => (i === j ? p_i - p_i * p_j : -p_i * p_j)));
}

/** L = ln Σ e^{z_j} − Σ y_j z_j. */
export function crossEntropyOfLogits(z, y) {
  return logSumExp(z) - z.reduce((sum, value, j) => sum + y[j] * value, 0);
}
