// What numbers are called: in a text "z_1^2", in a drawing "z₁²", in a formula as it is set in a book.

import { number, row, sub, subsup, sup, symbol } from "../shared/formula.js";
import { show, superscript } from "../shared/numbers.js";

const together = (...indices) => indices.join(indices.some((index) => index > 9) ? "," : "");
const low = (text) => [...text].map((digit) => (digit === "," ? "," : "₀₁₂₃₄₅₆₇₈₉"[digit])).join("");

/** "w_11^2" of w, 2, [1, 1]: with a comma where two indices would run together, as `bpkit.nn.gradient_check` has it. */
export function plainName(letter, l, ...indices) {
  const below = together(...indices);
  return `${letter}_${below.includes(",") ? `{${below}}` : below}^${l}`;
}

/** "w₁₁²". */
export function drawnName(letter, l, ...indices) {
  return `${letter}${low(together(...indices))}${superscript(l)}`;
}

/** A sentence with its plain names drawn: "w_11^2 = 3" becomes "w₁₁² = 3". */
export function drawnNames(text) {
  return text.replace(/([a-zA-Z])_\{?([\d,]+)\}?\^(\d+)/g, (_, letter, below, l) => drawnName(letter, l, below));
}

/** w with 11 below and 2 above. */
export function setName(letter, l, ...indices) {
  return subsup(symbol(letter), row(...indices.map(setIndex)), number(l));
}

/** A whole layer's vector or matrix: 𝐳 with 2 above. */
export function setLayer(letter, l) {
  return sup(symbol(letter), number(l));
}

/** An input or target: x with 1 below. */
export function setEntry(letter, j) {
  return sub(symbol(letter), setIndex(j));
}

const setIndex = (index) => (typeof index === "number" ? number(index) : symbol(index));

/** Read "w_24^3" as { l: 3, j: 1, k: 3 } and "b_2^3" as { l: 3, j: 1, k: null }. */
export function readName(name) {
  const w = name.match(/^w_(?:\{(\d+),(\d+)\}|(\d)(\d))\^(\d+)$/);
  if (w) return { l: Number(w[5]), j: Number(w[1] ?? w[3]) - 1, k: Number(w[2] ?? w[4]) - 1 };
  const b = name.match(/^b_\{?(\d+)\}?\^(\d+)$/);
  return b ? { l: Number(b[2]), j: Number(b[1]) - 1, k: null } : null;
}

/** Every number of formulas, words and tables: four digits, everywhere the same. */
export function four(value) {
  return show(value, 4);
}

/** A number in little room, as in a neuron: three decimals, or a power of ten. */
export function brief(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "none" : show(value);
  const size = Math.abs(value);
  if (size >= 1000) return shorter(value);
  if (size >= 0.0995 || value === 0) return show(Number(value.toFixed(size < 10 ? 3 : 1)), 5);
  return size < 0.001 ? shorter(value) : show(value, size < 0.01 ? 2 : 3);
}

function shorter(value) {
  return show(value, 2).replaceAll(" ", "");
}
