// The curve of a whole chain, y over x, with its tangent and its secant.

import { closely, slopeLook } from "./panels.js";
import { chainValues, isPoleBetween } from "../mathematics/links.js";
import { change, html, svg, write } from "../shared/elements.js";
import { show } from "../shared/numbers.js";
import { plot, spread } from "../shared/plot.js";

const ACROSS = [-3.3, 3.3];
const REACH = 1.6; // of tangent and secant, to both sides

/** The curve of the whole, with the tangent, whose slope is the product, and the secant. */
export function chainWhole() {
  const sheet = plot({ label: "The whole, y over x, with tangent and secant", width: 400, height: 270, x: ACROSS,
    y: [-1, 1], left: 64, xName: "x", yName: "y, the whole", yShow: closely });
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
      sheet.frame(ACROSS, windows[3]);
      if (drawn !== (drawn = `${names} ${windows[3]}`)) {
        curve(wholeCurve(names, windows[3]));
      }
      const [low, high] = windows[3];
      const dot = (put, [at, , , y]) => put(at, Math.abs(at) <= ACROSS[1] && y >= low && y <= high ? y : NaN);
      const ends = [Math.max(ACROSS[0], x - REACH), Math.min(ACROSS[1], x + REACH)];
      const line = (m) => cut(...ends.map((t) => [t, here[3] + m * (t - x)]), windows[3]);
      tangent(line(product), slopeLook(product));
      secant(line(slope));
      dot(second, there);
      dot(first, here);
      change(samples[0], slopeLook(product));
      write(told[0], Number.isFinite(product) ? `tangent: slope ${show(product, 4)}` : "no tangent");
      write(told[1], Number.isFinite(slope) ? `secant over dx: slope ${show(slope, 4)}` : "no secant");
      [product, slope].forEach((m, i) => change(samples[i], { visibility: Number.isFinite(m) ? null : "hidden" }));
    },
  };
}

/** The curve inside the frame, broken where it has no value and at a pole, which no line may cross. */
function wholeCurve(names, range) {
  const drawn = [];
  const ways = spread(...ACROSS, 400).map((t) => chainValues(names, t));
  for (let i = 1; i < ways.length; i += 1) {
    const [from, to] = [ways[i - 1], ways[i]];
    if (isPoleBetween(names, from, to)) continue;
    const part = cut([from[0], from[3]], [to[0], to[3]], range);
    if (!part.length) continue;
    const [x, y] = drawn.at(-1) ?? [];
    if (x !== part[0][0] || y !== part[0][1]) drawn.push([NaN, NaN], part[0]);
    drawn.push(part[1]);
  }
  return drawn;
}

/** The part of a straight line between two points that is inside the frame; nothing of one that has no value. */
function cut([x1, y1], [x2, y2], [low, high]) {
  if (!Number.isFinite(y1 + y2) || Math.max(y1, y2) < low || Math.min(y1, y2) > high) return [];
  const inside = (x, y) => {
    const bound = Math.min(Math.max(y, low), high);
    return bound === y ? [x, y] : [x1 + ((bound - y1) / (y2 - y1)) * (x2 - x1), bound];
  };
  return [inside(x1, y1), inside(x2, y2)];
}
