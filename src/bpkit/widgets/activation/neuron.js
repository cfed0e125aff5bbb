// The left half of ActivationExplorer: σ and σ', the point z with its tangent, and the numbers.

import { bar, slider } from "../shared/controls.js";
import { clamp, drag } from "../shared/drag.js";
import { change, html, svg, write } from "../shared/elements.js";
import { math, number, row, sign, sup, symbol } from "../shared/formula.js";
import { show } from "../shared/numbers.js";
import { plot, spread } from "../shared/plot.js";
import { ACTIVATIONS } from "../mathematics/activations.js";

// What each function needs: the range upwards, where the names of both curves stand, and how σ' is told from a.
export const LOOKS = {
  sigmoid: { y: [-0.1, 1.12], at: [4.4, -2], rule: () => ["a", "(", "1", "−", "a", ")"] },
  tanh: { y: [-1.2, 1.35], at: [4.4, -1.6], rule: () => ["1", "−", sup(symbol("a"), number("2"))] },
  relu: { y: [-1, 6], at: [3.6, 4.6], rule: null },
  leaky_relu: { y: [-1, 6], at: [3.6, 4.6], rule: null },
};

/** The name of an activation function; σ stands for any of them here, not for the sigmoid alone. */
export function called(name) {
  return ACTIVATIONS[name].name.replace(" σ", "");
}

/** Its element, and `draw(state, followed)`, which returns the words for it. */
export function oneNeuron(page) {
  const sheet = plot({
    label: "σ, its slope σ′, and the tangent at z", width: 430, height: 300, x: [-6, 6], y: [-0.1, 1.1], xName: "z",
  });
  const floor = sheet.pad.top + sheet.inner.height;
  const upright = svg("line", { stroke: "var(--bp-line)", "stroke-dasharray": "2 3", y1: sheet.pad.top, y2: floor });
  const rug = svg("path", { stroke: "var(--bp-third)", "stroke-width": 2, fill: "none" });
  sheet.root.append(upright, rug);
  const curve = sheet.curve({ stroke: "var(--bp-plus)", "stroke-width": 2.6 });
  const slope = sheet.curve({ stroke: "var(--bp-minus)", "stroke-dasharray": "7 4" });
  const tangent = sheet.curve({ stroke: "currentColor", "stroke-width": 1.8 });
  const jump = sheet.dot({ r: 4, fill: "var(--bp-paper)", stroke: "var(--bp-minus)", "stroke-width": 1.6 });
  const low = sheet.dot({ r: 4, fill: "var(--bp-minus)" });
  const high = sheet.dot({ fill: "var(--bp-plus)", stroke: "var(--bp-paper)", "stroke-width": 1 });
  const name = (text, colour) => svg("text", { style: `fill: var(${colour})` }, text);
  const names = [name("σ(z)", "--bp-plus"), name("σ′(z)", "--bp-minus")];
  sheet.root.append(...names);
  const z = slider({
    label: "z", min: -6, max: 6, step: 0.1, value: page.get("z"), wanted: (value) => page.set({ z: value }),
  });
  const numbers = formulas();
  const note = html("p", { class: "bpkit-note" });
  const element = html(
    "div", {}, html("strong", {}, "One neuron: σ and its slope"), sheet.root, bar(z), numbers.element, note,
  );
  drag(sheet.root, (pixel) => page.set({ z: clamp(Math.round(sheet.x(pixel) * 10) / 10, -6, 6) }));

  let shown = "";
  const draw = (state, { z: zs }) => {
    const { f, df } = ACTIVATIONS[state.activation];
    const look = LOOKS[state.activation];
    const kinked = !look.rule;
    if (shown !== state.activation) {
      shown = state.activation;
      sheet.frame([-6, 6], look.y);
      const across = kinked ? [-6, 0, 6] : spread(-6, 6, 121);
      curve(across.map((v) => [v, f(v)]));
      slope(kinked ? [[-6, df(-1)], [0, df(-1)], [NaN, 0], [0, 1], [6, 1]] : across.map((v) => [v, df(v)]));
      jump(kinked ? 0 : NaN, 1);
      place(names[0], sheet, look.at[0], f(look.at[0]), "end");
      place(names[1], sheet, look.at[1], df(look.at[1]), kinked ? "start" : "end");
    }
    const here = clamp(state.z, -6, 6);
    const [a, steep] = [f(state.z), df(state.z)];
    z.put(state.z);
    high(here, f(here));
    low(here, df(here));
    tangent(touching(sheet, here, f(here), df(here)));
    change(upright, { x1: sheet.X(here), x2: sheet.X(here) });
    const marks = zs.slice(1, state.depth + 1).filter(Number.isFinite).map((v) => sheet.X(clamp(v, -6, 6)).toFixed(1));
    change(rug, { d: marks.map((at) => `M${at} ${floor - 8}V${floor + 1}`).join("") || "M0 0" });
    numbers.draw(state.activation, a, steep);
    write(note, corner(state) ?? green(state.depth, zs));
    const who = state.activation === "sigmoid" ? "the sigmoid" : called(state.activation);
    return `At z = ${show(state.z)} ${who} gives a = ${show(a)}, and its slope is ${show(steep)}.`;
  };
  return { element, draw };
}

/** The line through a point of the curve, 75 pixels to both sides, within the frame. */
function touching(sheet, at, a, steep) {
  const run = sheet.X(1) - sheet.X(0);
  const rise = (sheet.Y(0) - sheet.Y(1)) * steep;
  const reach = 75 / Math.hypot(run, rise);
  const [top, bottom] = [sheet.y(sheet.pad.top - 6), sheet.y(sheet.pad.top + sheet.inner.height)];
  return [-reach, reach].map((step) => {
    let most = Math.min(Math.abs(step), step < 0 ? at + 6 : 6 - at);
    if (steep > 0) most = Math.min(most, step < 0 ? (a - bottom) / steep : (top - a) / steep);
    return [at + Math.sign(step) * most, a + Math.sign(step) * most * steep];
  });
}

/** What is to be said at ReLU's corner. */
function corner({ activation, z }) {
  if (z !== 0 || LOOKS[activation].rule) return null;
  const left = show(ACTIVATIONS[activation].df(-1));
  return `A corner: the slope is ${left} from the left and 1 from the right. `
    + `Here it is taken to be ${left}, the one from the left: a convention.`;
}

/** What the marks on the axis are. */
function green(depth, z) {
  const beyond = z.slice(1, depth + 1).some((value) => Math.abs(value) > 6);
  const many = depth > 1 ? `z${below(1)} to z${below(depth)}` : "z₁";
  return `Green marks on the axis: ${many} of the chain${beyond ? "; those beyond ±6 stand at the edge" : ""}.`;
}

function below(index) {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
}

/** a = σ(z) = …, and σ′(z) = a(1 − a) = …; only the numbers change while z moves. */
function formulas() {
  const [a, steep] = [number(""), number("")];
  const element = html("div", { class: "bpkit-numbers" });
  let shown = "";
  const draw = (activation, valueOfA, valueOfSlope) => {
    if (shown !== activation) {
      shown = activation;
      const { rule } = LOOKS[activation];
      const told = rule ? [row(...rule()), "="] : [];
      element.replaceChildren(
        html("p", {}, math("a", "=", symbol("σ"), row("(", "z", ")"), "=", a)),
        html("p", {}, math(symbol("σ"), sign("′"), row("(", "z", ")"), "=", ...told, steep)),
      );
    }
    write(a, show(valueOfA));
    write(steep, show(valueOfSlope));
  };
  return { element, draw };
}

function place(text, sheet, x, y, anchor) {
  change(text, { x: sheet.X(x), y: sheet.Y(y) - 9, "text-anchor": anchor });
}
