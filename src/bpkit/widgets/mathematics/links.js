// Links of a chain and the chain rule, as in `bpkit.nn.links`: a number that is missing, since the function has none
// there or a computer has none so large, is NaN.

import { ACTIVATIONS } from "./activations.js";

const always = () => true;
const { sigmoid, tanh, relu } = ACTIVATIONS;

/** By name: the function, its derivative, where it is defined, and what is to be said of other inputs. */
export const LINKS = {
  identity: { f: (t) => t, df: () => 1 },
  negative: { f: (t) => -t, df: () => -1 },
  half: { f: (t) => t / 2, df: () => 0.5 },
  "2t+1": { f: (t) => 2 * t + 1, df: () => 2 },
  "3t-1": { f: (t) => 3 * t - 1, df: () => 3 },
  square: { f: (t) => t * t, df: (t) => 2 * t },
  "square+1": { f: (t) => t * t + 1, df: (t) => 2 * t },
  cube: { f: (t) => t * t * t, df: (t) => 3 * t * t },
  root: { f: Math.sqrt, df: (t) => 0.5 / Math.sqrt(t), allowed: (t) => t >= 0, needs: (t) => `${t} ≥ 0` },
  reciprocal: { f: (t) => 1 / t, df: (t) => -1 / (t * t), allowed: (t) => t !== 0, needs: (t) => `${t} ≠ 0` },
  sin: { f: Math.sin, df: Math.cos },
  cos: { f: Math.cos, df: (t) => -Math.sin(t) },
  exp: { f: Math.exp, df: Math.exp },
  "exp(-t)": { f: (t) => Math.exp(-t), df: (t) => -Math.exp(-t) },
  ln: { f: Math.log, df: (t) => 1 / t, allowed: (t) => t > 0, needs: (t) => `${t} > 0` },
  sigmoid: { f: sigmoid.f, df: sigmoid.df },
  tanh: { f: tanh.f, df: tanh.df },
  relu: { f: relu.f, df: relu.df },
};

const orMissing = (value) => (Number.isFinite(value) ? value : NaN);

/** The value of a link. */
export function linkValue(name, t) {
  const { f, allowed = always } = LINKS[name];
  return Number.isFinite(t) && allowed(t) ? orMissing(f(t)) : NaN;
}

/** The slope of a link. */
export function linkSlope(name, t) {
  const { df, allowed = always } = LINKS[name];
  return Number.isFinite(t) && allowed(t) ? orMissing(df(t)) : NaN;
}

/** Forward through the links `names`, the first to act in front: x and the value after each. */
export function chainValues(names, x) {
  const values = [x];
  for (const name of names) values.push(linkValue(name, values.at(-1)));
  return values;
}

/** The chain rule: each slope at its own input, { values, slopes, product }. */
export function chainSlopes(names, x) {
  const values = chainValues(names, x);
  const slopes = names.map((name, i) => linkSlope(name, values[i]));
  const product = slopes.reduce((all, slope) => all * slope, 1);
  return { values, slopes, product: Number.isFinite(values.at(-1)) ? orMissing(product) : NaN };
}

/** Whether a pole lies between two inputs, given the chain's values at both: 1/t has one where t turns its sign. */
export function isPoleBetween(names, one, other) {
  return names.some((name, i) => name === "reciprocal" && one[i] * other[i] < 0);
}

/**
 * How far off a secant's computed slope may be since numbers are rounded: each value on the way is, by a share of about
 * 1e-16, the slopes behind it carry that on to y, and what has come of it is divided by dx.
 */
export function chainRounding(names, x, dx) {
  const atY = (at) => {
    const { values, slopes } = chainSlopes(names, at);
    return values.reduceRight(
      ([sum, slope], value, i) => [sum + Math.abs(value) * slope, i ? slope * Math.abs(slopes[i - 1]) : slope], [0, 1],
    )[0];
  };
  return (2 * Number.EPSILON * (atY(x) + atY(x + dx))) / Math.abs(dx);
}

/** The slope of the straight line through the points of the whole at x and x + dx. */
export function chainSecant(names, x, dx) {
  if (x + dx === x) return NaN;
  return orMissing((chainValues(names, x + dx).at(-1) - chainValues(names, x).at(-1)) / dx);
}
