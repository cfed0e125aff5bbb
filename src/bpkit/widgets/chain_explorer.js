// A composition y = f(g(h(x))): three linked curves, the slopes of its links, their product, and the whole's secant.

import { WRITTEN, chainPanels, chainWindows, slopeLook } from "./chain_panels.js";
import { LINKS, chainSecant, chainSlopes, chainValues } from "./mathematics/links.js";
import { bar, button, choice, slider } from "./shared/controls.js";
import { change, html, svg, write } from "./shared/elements.js";
import { fraction, math, number, row, sign, sup, symbol, words } from "./shared/formula.js";
import { show } from "./shared/numbers.js";
import { plot, spread } from "./shared/plot.js";
import { widget } from "./shared/view.js";

const INPUTS = ["x", "u", "v"];
const OUTPUTS = ["u", "v", "y"];
const NAMES = ["h", "g", "f"];
const OUTWARDS = [2, 1, 0]; // f′ · g′ · h′, as it is written
const FEWER = [1, 10, 100, 1000]; // parts of dx, for the table

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

export default widget((page) => {
  const width = onWidth(page);
  const controls = buildControls(page);
  const panels = chainPanels((x) => page.set({ x }));
  const formulas = buildFormulas();
  const whole = buildWhole();
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
  const scale = (by) => () => {
    const next = Number((page.get("dx") * by).toPrecision(12));
    if (Math.abs(next) <= 2 && Math.abs(next) >= 1e-4) page.set({ dx: next });
  };
  return {
    element: html(
      "div", {}, bar(...functions),
      bar(x, dx, button("dx ÷ 10", scale(0.1)), button("dx × 10", scale(10))),
    ),
    put(state) {
      functions.forEach((one, i) => one.put(state.names[i]));
      x.put(state.x);
      dx.put(state.dx);
    },
  };
}

/**
 * dy/dx = f′(v) · g′(u) · h′(x); below it the functions, and below them the numbers. Each factor is a formula of its
 * own, with a space behind it, so that on a narrow page a line can go on in the next.
 */
function buildFormulas() {
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
      "div", {}, line(slope, " ", ...product(OUTWARDS.map((i) => primed(NAMES[i], INPUTS[i])))), functions, inNumbers,
    ),
    draw({ names, slopes, product: whole }) {
      if (drawn !== (drawn = String(names))) {
        functions.replaceChildren(...product(OUTWARDS.map((i) => SLOPES[names[i]](symbol(INPUTS[i])))));
      }
      numbers.forEach((one, i) => write(one, slopes[i] < 0 ? `(${show(slopes[i], 4)})` : show(slopes[i], 4)));
      write(found, show(whole, 4));
      inNumbers.hidden = !Number.isFinite(whole);
    },
  };
}

/** The curve of the whole, with the tangent, whose slope is the product, and the secant. */
function buildWhole() {
  const sheet = plot({ label: "The whole, y over x, with tangent and secant", width: 400, height: 270, x: [-3.3, 3.3],
    y: [-1, 1], xName: "x", yName: "y, the whole" });
  const curve = sheet.curve({ "stroke-width": 2 });
  const secant = sheet.curve({ stroke: "var(--bp-third)", "stroke-dasharray": "10 3 2 3" });
  const tangent = sheet.curve({ "stroke-width": 3.2 });
  const second = sheet.dot({ fill: "var(--bp-paper)", stroke: "var(--bp-third)", "stroke-width": 2 });
  const first = sheet.dot({ fill: "var(--bp-third)", stroke: "var(--bp-paper)", "stroke-width": 1.5 });
  const samples = [tangent, secant].map(() => svg("line", { x1: 0, y1: 6, x2: 34, y2: 6, "stroke-width": 3 }));
  const told = samples.map(() => html("span"));
  const legend = html("div", { class: "bpkit-bar" }, ...samples.map((line, i) => html(
    "span", { class: "bpkit-control" }, svg("svg", { width: 34, height: 12, "aria-hidden": "true" }, line), told[i],
  )));
  change(samples[1], { stroke: "var(--bp-third)", "stroke-dasharray": "10 3 2 3" });
  let drawn = "";
  return {
    element: html("div", {}, sheet.root, legend),
    draw({ names, x, here, there, product, secant: slope, windows }) {
      sheet.frame([-3.3, 3.3], windows[3]);
      if (drawn !== (drawn = `${names} ${windows[3]}`)) {
        curve(spread(-3.3, 3.3, 400).map((t) => [t, chainValues(names, t).at(-1)]));
      }
      const [low, high] = windows[3];
      const dot = (put, [at, , , y]) => put(at, Math.abs(at) <= 3.3 && y >= low && y <= high ? y : NaN);
      const line = (m) => (Number.isFinite(m) ? [-1.6, 1.6].map((t) => [x + t, here[3] + m * t]) : []);
      tangent(cut(line(product), sheet, windows[3]), slopeLook(product));
      secant(cut(line(slope), sheet, windows[3]));
      dot(second, there);
      dot(first, here);
      change(samples[0], slopeLook(product));
      write(told[0], Number.isFinite(product) ? `tangent: slope ${show(product, 4)}` : "no tangent");
      write(told[1], Number.isFinite(slope) ? `secant over dx: slope ${show(slope, 4)}` : "no secant");
      [product, slope].forEach((m, i) => change(samples[i], { visibility: Number.isFinite(m) ? null : "hidden" }));
    },
  };
}

/** The part of a straight line that is inside the frame. */
function cut(line, sheet, [low, high]) {
  if (!line.length) return [];
  const [[x1, y1], [x2, y2]] = line;
  const at = (y) => x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
  const inside = ([x, y]) => {
    const bound = Math.min(Math.max(y, low), high);
    return bound === y ? [x, y] : [at(bound), bound];
  };
  return Math.max(y1, y2) < low || Math.min(y1, y2) > high ? [] : [inside(line[0]), inside(line[1])];
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
        const gap = secant - product;
        [show(width), Number.isNaN(secant) ? "none" : show(secant, 6), Number.isNaN(gap) ? "none" : show(gap, 2)]
          .forEach((text, k) => write(three[k], text));
      });
    },
  };
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
  const { here, slopes, product, secant, x, dx } = state;
  const known = OUTPUTS.flatMap((name, i) => (Number.isNaN(here[i + 1]) ? [] : [`${name} = ${show(here[i + 1], 4)}`]));
  const start = known.length ? `At x = ${show(x)}: ${known.join(", ")}.` : `At x = ${show(x)} there is no value.`;
  if (Number.isNaN(product)) return `${start} ${whatIsMissing(state)}`;
  const factors = slopes.map((slope) => show(slope, 4)).reverse().map((s) => (s.startsWith("−") ? `(${s})` : s));
  const flat = slopes.indexOf(0);
  const stop = flat >= 0 ? `: ${NAMES[flat]} is flat there and passes no change on` : "";
  const end = aboutSecant(dx, secant, secant - product) || whatIsMissing(state);
  return `${start} The slopes multiply to ${factors.join(" · ")} = ${show(product, 4)}${stop}. ${end}`;
}

function aboutSecant(dx, secant, gap) {
  if (dx === 0) return "With dx = 0 there is no secant: it would be 0/0.";
  if (Number.isNaN(secant)) return "";
  const off = gap === 0 ? "just that" : `${show(Math.abs(gap), 2)} too ${gap > 0 ? "high" : "low"}`;
  return `The secant over dx = ${show(dx)} has the slope ${show(secant, 4)}, ${off}.`;
}
