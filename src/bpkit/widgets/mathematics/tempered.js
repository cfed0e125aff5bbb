// The softmax of z/T with its cross-entropy, and every slope by z itself: the division by T gives each a factor 1/T.

import { crossEntropyOfLogits, logSumExp, softmax, softmaxJacobian } from "./softmax.js";

/**
 * For logits z, the number of the right class, and a temperature T:
 * p = softmax(z/T), logs = ln p (finite even where p is rounded to 0), loss = −ln p_label, error = p − y,
 * slope = ∂L/∂z = (p − y)/T, jacobian[i][j] = ∂p_i/∂z_j = p_i (δ_ij − p_j)/T.
 */
export function tempered(z, label, T) {
  const u = z.map((value) => value / T);
  const y = z.map((_, k) => Number(k === label));
  const p = softmax(u);
  const log = logSumExp(u);
  const error = p.map((value, k) => value - y[k]);
  return {
    u, p, error,
    logs: u.map((value) => value - log),
    loss: crossEntropyOfLogits(u, y),
    slope: error.map((value) => value / T),
    jacobian: softmaxJacobian(u).map((row) => row.map((value) => value / T)),
  };
}
