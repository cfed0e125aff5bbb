// A composition y = f(g(h(x))): three linked curves, the slopes of its links, their product, and the whole's secant.

import { chainFormulas } from "./chain/formulas.js";
import { WRITTEN, chainPanels, chainWindows } from "./chain/panels.js";
import { chainWhole } from "./chain/whole.js";
import { LINKS, chainRounding, chainSecant, chainSlopes, chainValues } from "./mathematics/links.js";
import { bar, button, choice, slider } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { show } from "./shared/numbers.js";
import { widget } from "./shared/view.js";

const INPUTS = ["x", "u", "v"];
const OUTPUTS = ["u", "v", "y"];
const NAMES = ["h", "g", "f"];
const FEWER = [1, 10, 100, 1000]; // parts of dx, for the table

export default widget((page) => {
  const width = onWidth(page);
  const controls = buildControls(page);
  const panels = chainPanels((x) => page.set({ x }));
  const formulas = chainFormulas();
  const whole = chainWhole();
  const table = buildTable();
  page.root.append(
    controls.element, width.element, panels.root, page.words,
    html("div", { class: "bpkit-side" }, html("div", {}, formulas.element, table.element), whole.element),
  );
  return () => {
    const state = computed(page);
    controls.put(state);
    panels.draw(state, width.now());
    formulas.draw(state);
    whole.draw(state);
    table.draw(state);
    page.say(inWords(state));
  };
});

function computed(page) {
  const names = NAMES.map(page.get);
  const [x, dx] = [page.get("x"), page.get("dx")];
  const { values, slopes, product } = chainSlopes(names, x);
  const there = chainValues(names, x + dx);
  const windows = chainWindows(names, values, there);
  return { names, x, dx, here: values, there, slopes, product, secant: chainSecant(names, x, dx), windows };
}

/** The width of the page, read when it changes and not at every move, and then a drawing anew. */
function onWidth(page) {
  const ruler = html("div");
  let wide = 0;
  const read = () => {
    if (page.signal.aborted || wide === ruler.clientWidth) return;
    wide = ruler.clientWidth;
    page.redraw();
  };
  const watcher = new ResizeObserver(() => requestAnimationFrame(read));
  watcher.observe(ruler);
  page.signal.addEventListener("abort", () => watcher.disconnect());
  return { element: ruler, now: () => Math.floor(wide ||= ruler.clientWidth) || 900 };
}

function buildControls(page) {
  const functions = NAMES.map((name, i) => choice({
    label: `${OUTPUTS[i]} = ${name}(${INPUTS[i]}) =`,
    options: Object.keys(LINKS).map((key) => [key, WRITTEN[key](INPUTS[i])]),
    value: page.get(name),
    wanted: (chosen) => page.set({ [name]: chosen }),
  }));
  const x = slider({
    label: "x", min: -3, max: 3, step: 0.01, value: page.get("x"), wanted: (v) => page.set({ x: v }),
  });
  const dx = slider({
    label: "dx", min: -2, max: 2, step: 0.05, value: page.get("dx"), wanted: (v) => page.set({ dx: v }),
  });
  const scales = [["dx ÷ 10", 0.1], ["dx × 10", 10]].map(([label, by]) => {
    const next = () => Number((page.get("dx") * by).toPrecision(12));
    const may = () => Math.abs(next()) <= 2 && Math.abs(next()) >= 1e-4;
    return { element: button(label, () => { if (may()) page.set({ dx: next() }); }), may };
  });
  return {
    element: html(
      "div", {}, bar(...functions),
      bar(x, dx, ...scales),
    ),
    put(state) {
      functions.forEach((one, i) => one.put(state.names[i]));
      x.put(state.x);
      dx.put(state.dx);
      for (const { element, may } of scales) change(element, { "aria-disabled": may() ? null : "true" });
    },
  };
}

/** The secant for dx, dx/10, …, and how far it is from the product. */
function buildTable() {
  const cells = FEWER.map(() => [html("th", { scope: "row" }), html("td"), html("td")]);
  const heads = ["dx", "secant", "secant − product"].map((head) => html("th", { scope: "col" }, head));
  const table = html(
    "table", {}, html("caption", {}, "(y(x + dx) − y(x))/dx, as dx shrinks"),
    html("thead", {}, html("tr", {}, ...heads)),
    html("tbody", {}, ...cells.map((three) => html("tr", {}, ...three))),
  );
  return {
    element: table,
    draw({ names, x, dx, product }) {
      cells.forEach((three, i) => {
        const width = Number((dx / FEWER[i]).toPrecision(12));
        const secant = chainSecant(names, x, width);
        const gap = gapText(secant - product, chainRounding(names, x, width));
        [show(width), Number.isNaN(secant) ? "none" : show(secant, 6), gap].forEach((text, k) => write(three[k], text));
      });
    },
  };
}

/** The difference of secant and product; where it may be nothing but rounding, its digits would mean nothing. */
function gapText(gap, rounding) {
  if (Number.isNaN(gap)) return "none";
  return Math.abs(gap) <= rounding ? "≈ 0" : show(gap, 2);
}

/** What is missing, and why; nothing if all is there. */
function whatIsMissing({ names, here, there, slopes, product, dx, x }) {
  const gone = here.findIndex(Number.isNaN);
  if (gone > 0) return missing(names, gone - 1, here[gone - 1], "Move x, or choose another function.");
  const steep = slopes.findIndex(Number.isNaN);
  if (steep >= 0) {
    const at = `${INPUTS[steep]} = ${show(here[steep], 4)}`;
    return `${NAMES[steep]} has no slope at ${at}: the curve is too steep there. Move x, or choose another function.`;
  }
  if (Number.isNaN(product)) return "The product of the slopes is too large for a computer. Move x.";
  const beyond = there.findIndex(Number.isNaN);
  if (beyond > 0) {
    return `At x + dx = ${show(x + dx, 4)} there is nothing to compare with: `
      + missing(names, beyond - 1, there[beyond - 1], "Make dx smaller, or turn its sign.");
  }
  return "For a computer, dx is so small that x + dx is x: there is no secant.";
}

function missing(names, i, value, advice) {
  const { needs, allowed } = LINKS[names[i]];
  const what = `${NAMES[i]}(${INPUTS[i]}) = ${WRITTEN[names[i]](INPUTS[i])}`;
  const why = needs && !allowed(value) ? `it needs ${needs(INPUTS[i])}` : "it is too large for a computer";
  return `${what} has no value at ${INPUTS[i]} = ${show(value, 4)}: ${why}. ${advice}`;
}

function inWords(state) {
  const { here, slopes, product, x } = state;
  const known = OUTPUTS.flatMap((name, i) => (Number.isNaN(here[i + 1]) ? [] : [`${name} = ${show(here[i + 1], 4)}`]));
  const start = known.length ? `At x = ${show(x)}: ${known.join(", ")}.` : `At x = ${show(x)} there is no value.`;
  if (Number.isNaN(product)) return `${start} ${whatIsMissing(state)}`;
  const factors = slopes.map((slope) => show(slope, 4)).reverse().map((s) => (s.startsWith("−") ? `(${s})` : s));
  const end = aboutSecant(state) || whatIsMissing(state);
  return `${start} The slopes multiply to ${factors.join(" · ")} = ${show(product, 4)}${whatStops(state)}. ${end}`;
}

/** Why the product is 0. At its corner ReLU is not flat: its slope is only taken to be 0. */
function whatStops({ names, here, slopes }) {
  const isCorner = (i) => names[i] === "relu" && here[i] === 0;
  const flat = slopes.findIndex((slope, i) => slope === 0 && !isCorner(i));
  if (flat >= 0) return `: ${NAMES[flat]} is flat there and passes no change on`;
  const corner = slopes.findIndex((_, i) => isCorner(i));
  return corner >= 0 ? `: ${NAMES[corner]} has a corner there, and 0 is only taken for its slope` : "";
}

function aboutSecant({ names, x, dx, secant, product }) {
  if (dx === 0) return "With dx = 0 there is no secant: it would be 0/0.";
  if (Number.isNaN(secant)) return "";
  const gap = secant - product;
  const same = Math.abs(gap) <= chainRounding(names, x, dx);
  const off = same ? "the same as far as a computer can tell"
    : `${show(Math.abs(gap), 2)} too ${gap > 0 ? "high" : "low"}`;
  return `The secant over dx = ${show(dx)} has the slope ${show(secant, 4)}, ${off}.`;
}
