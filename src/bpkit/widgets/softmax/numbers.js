// Numbers of a softmax as a reader expects them: shares near 0, errors with their sign, large losses.

import { fixed, show, superscript } from "../shared/numbers.js";

/** Sums such as 0.1 + 0.2 without the digits that rounding adds. */
export const neat = (value) => Number(value.toPrecision(12));

/** A share or an error with four decimals; a tiny one by its power of ten. */
export function decimals(value) {
  return value !== 0 && Math.abs(value) < 5e-5 ? show(value, 2) : fixed(value, 4);
}

export function signed(value) {
  return value > 0 ? `+${decimals(value)}` : decimals(value);
}

/** p, also where it is so small that the computer has rounded it to 0. */
export function share(p, log) {
  return p === 0 ? `10${superscript(Math.round(log / Math.LN10))}` : decimals(p);
}

/** A loss, which may be as large as the logits are. */
export const lossText = (loss) => (loss < 1000 ? decimals(loss) : show(loss, 6));
