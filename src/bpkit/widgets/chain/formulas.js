// The chain rule of f(g(h(x))) as formulas: with letters, with the functions that are chosen, and with numbers.

import { change, html, write } from "../shared/elements.js";
import { fraction, math, number, row, sign, sup, symbol, words } from "../shared/formula.js";
import { show } from "../shared/numbers.js";

const OUTWARDS = [2, 1, 0]; // f′ · g′ · h′, as it is written
const LINK_OF = [["h", "x"], ["g", "u"], ["f", "v"]];

/** The derivative of each function, of any letter, as a formula. */
const SLOPES = {
  identity: () => number("1"),
  negative: () => inBrackets("−", "1"),
  half: () => fraction("1", "2"),
  "2t+1": () => number("2"),
  "3t-1": () => number("3"),
  square: (t) => row("2", t),
  "square+1": (t) => row("2", t),
  cube: (t) => row("3", sup(t, "2")),
  root: (t) => fraction("1", row("2", "√", t)),
  reciprocal: (t) => inBrackets("−", fraction("1", sup(t, "2"))),
  sin: (t) => named("cos", t),
  cos: (t) => inBrackets("−", named("sin", t)),
  exp: (t) => sup("e", t),
  "exp(-t)": (t) => inBrackets("−", sup("e", row("−", t))),
  ln: (t) => fraction("1", t),
  sigmoid: (t) => row("σ′", inBrackets(t)),
  tanh: (t) => inBrackets("1", "−", named(sup("tanh", "2"), t)),
  relu: (t) => row("ReLU′", inBrackets(t)),
};

/** Brackets of the height of a letter: those of a formula grow with the fraction beside them. */
function inBrackets(...parts) {
  const [left, right] = ["(", ")"].map(sign);
  for (const bracket of [left, right]) bracket.setAttribute("stretchy", "false");
  return row(left, ...parts, right);
}

/** A function with a name and without brackets: cos u. */
function named(name, t) {
  return row(name, words("\u2009"), t);
}

/** A sign at the beginning of a formula that goes on one before: with as much room behind it as a space has. */
function leading(text) {
  const operator = sign(text);
  change(operator, { lspace: "0", rspace: "0.3em" });
  return operator;
}

/** f′(v) */
function primed(name, t) {
  return row(symbol(name), "′", inBrackets(t));
}

/**
 * dy/dx = f′(v) · g′(u) · h′(x); below it the functions, and below them the numbers. Each factor is a formula of its
 * own, with a space behind it, so that on a narrow page a line can go on in the next.
 */
export function chainFormulas() {
  const line = (...parts) => html("div", { class: "bpkit-chain-formula" }, ...parts);
  const product = (factors) => factors.flatMap((factor, place) => [math(leading(place ? "·" : "="), factor), " "]);
  const slope = math(fraction(row("d", "y"), row("d", "x")));
  slope.setAttribute("displaystyle", "true");
  const functions = line();
  const numbers = [0, 1, 2].map(() => number(""));
  const found = number("");
  const inNumbers = line(...product(numbers.toReversed()), math(leading("="), found));
  let drawn = "";
  return {
    element: html(
      "div", {}, line(slope, " ", ...product(OUTWARDS.map((i) => primed(...LINK_OF[i])))), functions, inNumbers,
    ),
    draw({ names, slopes, product: whole }) {
      if (drawn !== (drawn = String(names))) {
        functions.replaceChildren(...product(OUTWARDS.map((i) => SLOPES[names[i]](symbol(LINK_OF[i][1])))));
      }
      numbers.forEach((one, i) => write(one, slopes[i] < 0 ? `(${show(slopes[i], 4)})` : show(slopes[i], 4)));
      write(found, show(whole, 4));
      inNumbers.hidden = !Number.isFinite(whole);
    },
  };
}
