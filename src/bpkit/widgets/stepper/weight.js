// One weight or bias: choose it, change it, measure the slope of the loss by it and compare.

import { bar, button, choice } from "../shared/controls.js";
import { change, html, write } from "../shared/elements.js";
import { fraction, math, number, row, sign, symbol } from "../shared/formula.js";
import { show } from "../shared/numbers.js";
import { measuredSlope } from "../mathematics/steps.js";
import { drawnName, drawnNames, plainName, readName, setName } from "./names.js";
import { putFormulas } from "./patch.js";
import { namedField } from "./sample.js";

const DISTANCES = ["1", "0.1", "0.01", "0.001", "0.0001", "0.00001"];

/** The panel for it; the slope is measured only where there is a loss, on both passes. */
export function weightPanel(page, both) {
  const sizes = page.get("sizes");
  const options = [];
  for (let l = 2; l <= sizes.length; l += 1) {
    for (let j = 1; j <= sizes[l - 1]; j += 1) {
      for (let k = 1; k <= sizes[l - 2]; k += 1) options.push([plainName("w", l, j, k), drawnName("w", l, j, k)]);
    }
    for (let j = 1; j <= sizes[l - 1]; j += 1) options.push([plainName("b", l, j), drawnName("b", l, j)]);
  }
  const which = choice({
    label: "Weight or bias", options, value: page.get("selected"), wanted: (selected) => page.set({ selected }),
  });
  const value = namedField("=", { label: "Its value", value: 0, wanted: (v) => page.set(changedTo(page, v)) });
  const distance = choice({
    label: "h", options: DISTANCES.map((h) => [h, h]), value: String(page.get("h")),
    wanted: (h) => page.set({ h: Number(h) }),
  });
  const toggle = button("Measure the slope", () => page.set({ measuring: !page.get("measuring") }));
  const said = html("p", { class: "bpkit-equation" });
  const compared = html("p", { class: "bpkit-compared", "aria-hidden": "true" });
  const parts = both ? [distance, toggle] : [];
  return {
    element: html("div", { class: "bpkit-weight" }, bar(which, value, ...parts), said, compared),
    /** Draw, and return what is to be added to the words. */
    put({ parameters, x, y, numbers, s, found }) {
      const name = page.get("selected");
      const place = readName(name);
      const { l, j, k } = place;
      if (which.input.value !== name) which.put(name);
      value.put(k === null ? parameters.b[l][j] : parameters.W[l][j][k]);
      const h = page.get("h");
      distance.put(DISTANCES.find((one) => Number(one) === h) ?? otherDistance(distance.input, h));
      const on = both && page.get("measuring");
      change(toggle, { "aria-pressed": String(on) });
      said.hidden = compared.hidden = !on;
      if (!on) return "";
      const told = measurement(name, place, h, measuredSlope(parameters, x, y, place, h));
      putFormulas(said, told.formula);
      const slope = k === null ? numbers.db[l][j] : numbers.dW[l][j][k];
      const known = found(k === null ? "db" : "dW", l, j) <= s;
      const comparing = comparison(name, slope, told.slope, known);
      write(compared, drawnNames(comparing));
      return ` ${told.text} ${comparing}`;
    },
  };
}

function otherDistance(select, h) {
  const offered = [...select.options].some((one) => one.value === String(h));
  if (!offered) select.append(html("option", { value: String(h) }, show(h)));
  return String(h);
}

/** W or b with the selected number changed; what is not finite stays as it came. */
function changedTo(page, value) {
  const { l, j, k } = readName(page.get("selected"));
  const put = (list, at, entry) => list.map((old, i) => (i === at ? entry(old) : old));
  const [W, b] = [page.get("W"), page.get("b")];
  return k === null ? { b: { ...b, [l]: put(b[l], j, () => value) } }
    : { W: { ...W, [l]: put(W[l], j, (weights) => put(weights, k, () => value)) } };
}

function measurement(name, { l, j, k }, h, { up, down, slope }) {
  const at = () => (k === null ? setName("b", l, j + 1) : setName("w", l, j + 1, k + 1));
  const bracket = (text) => { const made = sign(text); made.setAttribute("stretchy", "false"); return made; };
  const L = (way) => row("L", bracket("("), at(), way, "h", bracket(")"));
  const ten = (value) => number(show(value, 10));
  return {
    slope,
    formula: [
      math(fraction(row(L("+"), "−", L("−")), row(number(2), symbol("h")))),
      math("=", fraction(row(ten(up), "−", ten(down)), row(number(2), "·", number(show(h))))),
      math("=", number(show(slope, 6))),
    ],
    text: `Measured with h = ${show(h)}: L goes from ${show(down, 10)} to ${show(up, 10)}, `
      + `a slope of ${show(slope, 6)} by ${name}.`,
  };
}

function comparison(name, slope, measured, known) {
  if (!known) return `The pass back has not come to ${name} yet: step on, and compare.`;
  const apart = show(Math.abs(slope - measured), 2);
  return `The pass back says ∂L/∂${name} = ${show(slope, 6)}; the two differ by ${apart}.`;
}
