// The right half of ActivationExplorer: the neurons in a row, and what is left of the gradient by depth.

import { bar, slider } from "../shared/controls.js";
import { clamp, drag } from "../shared/drag.js";
import { change, html, svg, write } from "../shared/elements.js";
import { show, superscript } from "../shared/numbers.js";
import { plot } from "../shared/plot.js";
import { firstStop, isStopped } from "../mathematics/chain.js";

export const DEEPEST = 30;
const WIDE = 430;
// Powers of ten up or down that the axis may span: far enough for every chain that Python lets through.
const HEIGHTS = [3, 6, 10, 20, 30, 50, 100, 200, 400, 1000, 2000, 5000, 10000];

/** Its element, and `draw(state, followed)`, which returns the words for it. */
export function manyNeurons(page) {
  let bottom = 0;
  const sheet = plot({
    label: "What is left of the gradient, by depth, on a logarithmic scale", width: WIDE, height: 250,
    x: [0.5, DEEPEST + 0.5], y: [-10, 0], xName: "neurons in the chain", yName: "left at the first neuron",
    yShow: (order) => (order < bottom ? "" : power(order)),
  });
  const all = sheet.curve({ stroke: "var(--bp-line)", "stroke-dasharray": "2 4", "stroke-width": 2 });
  const part = sheet.curve({ stroke: "var(--bp-third)", "stroke-width": 2.6 });
  const lane = svg("g", { "aria-hidden": "true" });
  const laneLine = svg("path", { stroke: "var(--bp-minus)", "stroke-dasharray": "6 4", fill: "none" });
  const laneName = svg("text", { x: sheet.pad.left - 6, "text-anchor": "end" }, "0");
  lane.append(laneLine, laneName);
  const dot = sheet.dot({ fill: "var(--bp-third)", stroke: "var(--bp-paper)", "stroke-width": 1 });
  const amountBeside = svg("text");
  sheet.root.append(lane, amountBeside);
  sheet.root.style.overflow = "visible"; // 10⁻¹⁰⁰⁰ is wider than the margin
  const strip = neuronsInARow(sheet);
  drag(sheet.root, (pixel) => page.set({ depth: clamp(Math.round(sheet.x(pixel)), 1, DEEPEST) }));
  const control = (name, min, max, step) =>
    slider({ label: name, min, max, step, value: page.get(name), wanted: (value) => page.set({ [name]: value }) });
  const controls = {
    depth: control("depth", 1, DEEPEST, 1), w: control("w", -6, 6, 0.1), b: control("b", -3, 3, 0.1),
    x: control("x", -3, 3, 0.1),
  };
  const element = html(
    "div", {}, html("strong", {}, "A chain of such neurons: the gradient on its way back"),
    strip.root, strip.legend, sheet.root, bar(...Object.values(controls)),
  );

  let drawn = "";
  const draw = (state, followed) => {
    for (const [name, one] of Object.entries(controls)) one.put(state[name]);
    const { orders, left } = followed;
    const stop = firstStop(state.activation, state.w, followed, DEEPEST);
    // A logarithm of 0 there is none: from the neuron that stops the gradient on, the line runs on a lane of its own.
    const points = orders.map((order, n) => [n, stop && n >= stop ? NaN : order]).slice(1);
    const [from, to] = span(points);
    bottom = from;
    const deep = (stop ? 0.2 : 0.1) * (to - from);
    const ground = from - 0.55 * deep;
    const key = JSON.stringify([points, stop, state.depth]);
    if (key !== drawn) {
      drawn = key;
      sheet.frame([0.5, DEEPEST + 0.5], [from - deep, to + 0.04 * (to - from)]);
      all(points);
      part(points.slice(0, state.depth));
      const [start, at] = [stop ? sheet.X(stop).toFixed(1) : 0, sheet.Y(ground).toFixed(1)];
      change(lane, { visibility: stop ? null : "hidden" });
      change(laneLine, { d: `M${start} ${at}H${sheet.X(DEEPEST + 0.5).toFixed(1)}` });
      change(laneName, { y: Number(at) + 4 });
    }
    const isNothing = stop > 0 && state.depth >= stop;
    const said = isNothing ? { short: "", long: nothing(state, followed, stop) }
      : amount(left[state.depth], orders[state.depth]);
    dot(state.depth, isNothing ? ground : orders[state.depth]);
    beside(amountBeside, sheet, state.depth, orders, said.short);
    strip.draw(state, followed);
    const many = state.depth === 1 ? "1 neuron" : `${state.depth} neurons`;
    const settings = `w = ${show(state.w)}, b = ${show(state.b)} and x = ${show(state.x)}`;
    return `In a chain of ${many} with ${settings}, ${said.long}`;
  };
  return { element, draw };
}

/** Put the amount beside the dot, on the side where the curve does not pass. */
function beside(text, sheet, depth, orders, amountShown) {
  write(text, amountShown);
  if (!amountShown) return;
  const isLate = depth > 20;
  const [before, after] = depth > 1 ? [depth - 1, depth] : [1, 2];
  const isBelow = isLate ? orders[after] < orders[before] : orders[after] > orders[before];
  change(text, {
    x: sheet.X(depth) + (isLate ? -8 : 8), y: sheet.Y(orders[depth]) + (isBelow ? 17 : -8),
    "text-anchor": isLate ? "end" : "start",
  });
}

/** The powers of ten that the axis goes down and up to: always one of a few, so that it does not move all the time. */
function span(points) {
  const orders = points.map(([, order]) => order).filter(Number.isFinite);
  const enough = (size) => HEIGHTS.find((most) => size <= most) ?? HEIGHTS.at(-1);
  const [low, high] = [Math.min(...orders), Math.max(...orders)];
  const up = high > 1e-9 ? enough(high) : 0;
  return [low < -1e-9 || !up ? -enough(-low) : 0, up];
}

/** Why nothing at all is left. */
function nothing({ w }, { z }, stop) {
  const why = w === 0 ? "the weight 0 lets nothing through"
    : `neuron ${stop} is switched off, as z = ${show(z[stop])} and its slope is 0${z[stop] ? "" : " by convention"}`;
  return `exactly nothing of the gradient is left at the first neuron: ${why}.`;
}

/** What is left, as a label and as a sentence; by its logarithm where the number itself is out of range. */
function amount(left, order) {
  if (!Number.isFinite(order)) { // a slope that is not 0, but too small for a number
    return { short: "", long: "less of the gradient is left at the first neuron than a computer can write." };
  }
  if (Math.abs(order) < 1e-9) return { short: "1", long: "the whole gradient arrives at the first neuron." };
  const inRange = left > 1e-300 && left < 1e300;
  const short = inRange ? grouped(left, 3) : tenTo(order);
  if (short === "1") return { short, long: "the gradient arrives at the first neuron all but unchanged." };
  const times = `the gradient at the first neuron is ${short} times that at the last: it grows.`;
  if (order > 0) return { short, long: times };
  const one = inRange ? grouped(1 / left, 2) : tenTo(-order);
  const told = left >= 0.1 ? `${show(100 * left, 3)} %` : `about 1 part in ${one}`;
  return { short, long: `${short} of the gradient is left at the first neuron: ${told}.` };
}

/** 10 to any power, "2.3 · 10⁻⁴⁵⁰". */
function tenTo(order) {
  const whole = Math.floor(order);
  const mantissa = show(10 ** (order - whole), 2);
  return mantissa === "10" ? `10${superscript(whole + 1)}` : bare(`${mantissa} · 10${superscript(whole)}`);
}

function power(order) {
  return ["1", "10"][order] ?? `10${superscript(order)}`;
}

/** So many digits of a number, its thousands set apart: "44 000". */
function grouped(value, digits) {
  return bare(show(value, digits).replace(/^\d{5,}$/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, "\u202f")));
}

/** "10⁵⁸" for "1 · 10⁵⁸". */
function bare(text) {
  return text.replace(/^1 · /, "");
}

/** The neurons as circles above their numbers on the axis, and how each treats the gradient that passes it. */
function neuronsInARow(sheet) {
  const middle = 16;
  const label = "The neurons of the chain, from x to the loss L";
  const root = svg("svg", { viewBox: `0 0 ${WIDE} 32`, width: WIDE, height: 32, role: "img", "aria-label": label });
  const wire = svg("path", { stroke: "var(--bp-line)", "stroke-width": 1.5 });
  const end = svg("text", { y: middle + 5 }, "L");
  root.append(wire, svg("text", { x: sheet.pad.left - 18, y: middle + 5 }, "x"), end);
  const circles = Array.from({ length: DEEPEST }, (_, k) => beadAt(sheet.X(k + 1), middle));
  root.append(...circles.map((one) => one.element));
  const legend = html("p", { class: "bpkit-legend" }, "the gradient");
  for (const look of ["grows", "stays", "shrinks", "stops"]) {
    const bead = beadAt(8, 8);
    bead.put(look);
    const small = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" };
    legend.append(html("span", {}, svg("svg", small, bead.element), look));
  }
  const draw = ({ depth, activation, w }, { z, factors }) => {
    change(wire, { d: `M${sheet.pad.left - 8} ${middle}H${(sheet.X(depth) + 8).toFixed(1)}` });
    change(end, { x: sheet.X(depth) + 9 });
    circles.forEach((one, k) => {
      const i = k + 1;
      const size = Math.abs(factors[i]);
      const stopped = isStopped(activation, w, z[i]);
      if (i > depth) one.put("absent");
      else if (i === 1) one.put("first"); // what is left is measured behind it
      else one.put(stopped ? "stops" : size > 1 + 1e-12 ? "grows" : size < 1 - 1e-12 ? "shrinks" : "stays");
    });
  };
  return { root, legend, draw };
}

const BEADS = {
  absent: { visibility: "hidden" },
  first: { fill: "var(--bp-paper)", stroke: "currentColor" },
  stays: { fill: "currentColor", stroke: "currentColor" },
  grows: { fill: "var(--bp-plus)", stroke: "var(--bp-plus)" },
  shrinks: { fill: "var(--bp-paper)", stroke: "var(--bp-minus)", "stroke-dasharray": "2.4 1.6" },
  stops: { fill: "var(--bp-paper)", stroke: "var(--bp-minus)" },
};

function beadAt(cx, cy) {
  const circle = svg("circle", { cx, cy, r: 4.3, "stroke-width": 1.7 });
  const strokes = `M${cx - 3.4} ${cy - 3.4}l6.8 6.8m0 -6.8l-6.8 6.8`;
  const cross = svg("path", { d: strokes, stroke: "var(--bp-minus)", "stroke-width": 2 });
  let shown = "";
  const put = (look) => {
    if (look === shown) return;
    shown = look;
    change(circle, { "stroke-dasharray": null, visibility: null, ...BEADS[look] });
    change(cross, { visibility: look === "stops" ? null : "hidden" });
  };
  put("absent");
  return { element: svg("g", {}, circle, cross), put };
}
