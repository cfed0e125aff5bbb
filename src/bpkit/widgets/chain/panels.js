// Three linked plots of a chain: what comes out of one, upwards, goes into the next from above. A band between the way
// of x and the way of x + dx shows how each link stretches or shrinks a change.

import { clamped, rounded, waysThrough } from "./ways.js";
import { isPoleBetween, linkValue } from "../mathematics/links.js";
import { change, svg, write } from "../shared/elements.js";
import { show } from "../shared/numbers.js";
import { spread, ticks } from "../shared/plot.js";

const LETTERS = ["x", "u", "v", "y"];
const PRIMES = ["h′(x)", "g′(u)", "f′(v)"];
const ABOVE_ZERO = new Set(["square", "square+1", "exp", "exp(-t)", "root", "sigmoid", "relu"]);
const BOUNDED = new Set(["sin", "cos", "tanh", "sigmoid"]);
const PERIODIC = new Set(["sin", "cos"]);
const ROOM = { left: 50, right: 26, top: 62, bottom: 44, apart: 16, high: 178, least: 600 };
const TANGENT = 66; // pixels to each side

/** How each function is written, of any letter. */
export const WRITTEN = {
  identity: (t) => t,
  negative: (t) => `−${t}`,
  half: (t) => `${t}/2`,
  "2t+1": (t) => `2${t} + 1`,
  "3t-1": (t) => `3${t} − 1`,
  square: (t) => `${t}²`,
  "square+1": (t) => `${t}² + 1`,
  cube: (t) => `${t}³`,
  root: (t) => `√${t}`,
  reciprocal: (t) => `1/${t}`,
  sin: (t) => `sin ${t}`,
  cos: (t) => `cos ${t}`,
  exp: (t) => `exp ${t}`,
  "exp(-t)": (t) => `exp(−${t})`,
  ln: (t) => `ln ${t}`,
  sigmoid: (t) => `σ(${t})`,
  tanh: (t) => `tanh ${t}`,
  relu: (t) => `ReLU(${t})`,
};

/** A number beside an axis, where there is little room. */
export const closely = (value) => show(value).replace(" · ", "·");

/** The colour and dashes of a slope: blue and full if it rises, orange and dashed if it falls. */
export function slopeLook(slope) {
  if (slope === 0) return { stroke: "var(--bp-ink)", "stroke-dasharray": "2 4" };
  return slope > 0 ? { stroke: "var(--bp-plus)", "stroke-dasharray": null }
    : { stroke: "var(--bp-minus)", "stroke-dasharray": "8 4" };
}

/**
 * The range of an axis with `numbers` on it, which come out of the link `before` and go into `after`. There are few
 * ranges, so that an axis seldom jumps while x moves; a sine of large numbers is looked at near them only, and of very
 * large ones as a whole: near them there is no second number.
 */
export function chainWindow(numbers, before, after) {
  const seen = numbers.filter(Number.isFinite);
  const needed = 1.08 * Math.max(0, ...seen.map(Math.abs));
  if (BOUNDED.has(before)) return [ABOVE_ZERO.has(before) ? -0.2 : -1.2, 1.2];
  if (PERIODIC.has(after) && needed > 12 && needed < 1e12) {
    const middle = 6 * Math.round(seen[0] / 6);
    return [middle - 9, middle + 9];
  }
  let power = 1;
  while (12 * power < needed) power *= 10;
  const most = [3, 6, 12].map((m) => m * power).find((size) => size >= needed);
  return [ABOVE_ZERO.has(before) ? -most / 6 : -most, most];
}

/** The ranges of x, u, v and y for the values of the chain at x and at x + dx. */
export function chainWindows(names, here, there) {
  const after = [1, 2, 3].map((n) => chainWindow([here[n], there[n]], names[n - 1], names[n]));
  return [[-3.3, 3.3], ...after];
}

/**
 * The drawing of all three. `moved` is called with x when the first curve is dragged along.
 * Returned: `root`, and `draw({ names, here, there, slopes, windows }, width)`.
 */
export function chainPanels(moved) {
  const band = svg("path", { fill: "var(--bp-third)", "fill-opacity": 0.2 });
  const thereWay = svg("path", { fill: "none", stroke: "var(--bp-third)", "stroke-dasharray": "5 4" });
  const hereWay = svg("path", { fill: "none", stroke: "var(--bp-third)", "stroke-width": 2 });
  const panels = [0, 1, 2].map(panel);
  const grids = svg("g", {}, ...panels.map((one) => one.below));
  const root = svg(
    "svg", { role: "img", "aria-label": "Three linked curves: u = h(x), v = g(u), y = f(v)", class: "bpkit-chain" },
    grids, band, thereWay, hereWay, ...panels.map((one) => one.above),
  );
  for (const part of [panels[0].below, panels[0].above]) change(part, { class: "bpkit-chain-drag" });
  onDrag(root, panels[0], moved);
  let size = "";
  return {
    root,
    draw({ names, here, there, slopes, windows }, width) {
      const sideBySide = width >= ROOM.least;
      const block = ROOM.top + ROOM.high + ROOM.bottom;
      const wide = (sideBySide ? width / 3 : width) - ROOM.left - ROOM.right;
      const height = sideBySide ? block : 3 * block + 2 * ROOM.apart;
      if (size !== (size = `${width} ${height}`)) change(root, { width, height, viewBox: `0 0 ${width} ${height}` });
      panels.forEach((one, n) => {
        const left = ROOM.left + (sideBySide ? n * (wide + ROOM.left + ROOM.right) : 0);
        one.place(left, ROOM.top + (sideBySide ? 0 : n * (block + ROOM.apart)), wide);
        one.frame(names[n], windows[n], windows[n + 1]);
        one.point(here.slice(n, n + 2), there.slice(n, n + 2), slopes[n]);
      });
      const ways = waysThrough(panels, here, there, sideBySide);
      change(hereWay, { d: rounded(ways.here) });
      change(thereWay, { d: rounded(ways.there) });
      change(band, { d: ways.whole ? `${rounded(ways.here)}${rounded(ways.there.toReversed(), "L")}Z` : "M0 0" });
    },
  };
}

/** One plot, to be placed, framed and marked, each only if something has changed. */
function panel(n) {
  const grid = svg("g");
  const edge = svg("rect", { fill: "transparent", stroke: "var(--bp-line)" });
  const curve = svg("path", { fill: "none", stroke: "currentColor", "stroke-width": 2 });
  const tangent = svg("line", { "stroke-width": 3.2, "stroke-linecap": "butt" });
  const clip = svg("svg", { overflow: "hidden" }, curve, tangent);
  const title = svg("text", { class: "bpkit-chain-name" });
  const value = svg("text", { class: "bpkit-chain-halo" });
  const slopeText = svg("text", { class: "bpkit-chain-name", "text-anchor": "middle" });
  const letter = svg("text", { "font-style": "italic", "text-anchor": "end" }, LETTERS[n]);
  const second = svg("circle", { r: 5, fill: "var(--bp-paper)", stroke: "var(--bp-third)", "stroke-width": 2 });
  const first = svg("circle", { r: 5.5, fill: "var(--bp-third)", stroke: "var(--bp-paper)", "stroke-width": 1.5 });
  const one = {
    below: svg("g", {}, grid, edge),
    above: svg("g", {}, clip, title, slopeText, letter, second, first, value),
    left: 0, top: 0, wide: 1, high: ROOM.high, across: [0, 1], up: [0, 1],
  };
  one.X = (t) => one.left + ((t - one.across[0]) / (one.across[1] - one.across[0])) * one.wide;
  one.Y = (t) => one.top + (1 - (t - one.up[0]) / (one.up[1] - one.up[0])) * one.high;
  let placed = "";
  let framed = "";
  one.place = (left, top, wide) => {
    if (placed === (placed = `${left} ${top} ${wide}`)) return;
    Object.assign(one, { left, top, wide });
    framed = "";
    const box = { x: left, y: top, width: wide, height: one.high };
    change(edge, box);
    change(clip, { ...box, viewBox: `${left} ${top} ${wide} ${one.high}` });
    change(title, { x: left, y: top - 44 });
    change(letter, { x: left + wide, y: top + one.high + 34 });
    change(slopeText, { x: left + wide / 2, y: top + one.high + 38 });
  };
  one.frame = (name, across, up) => {
    if (framed === (framed = `${name} ${across} ${up}`)) return;
    Object.assign(one, { across, up });
    write(title, `${LETTERS[n + 1]} = ${"hgf"[n]}(${LETTERS[n]}) = ${WRITTEN[name](LETTERS[n])}`);
    grid.replaceChildren(...gridOf(one));
    change(curve, { d: curveOf(one, name) });
  };
  one.point = (here, there, slope) => {
    mark(one, first, here);
    mark(one, second, there);
    const steep = (slope * one.high * (one.across[1] - one.across[0])) / ((one.up[1] - one.up[0]) * one.wide);
    const long = Math.hypot(1, steep);
    const seen = isInside(one, here) && Number.isFinite(slope);
    const [x, y] = seen ? [one.X(here[0]), one.Y(here[1])] : [0, 0];
    const [right, down] = seen ? [TANGENT / long, (-TANGENT * steep) / long] : [0, 0];
    change(tangent, {
      x1: x - right, y1: y - down, x2: x + right, y2: y + down, ...slopeLook(slope), visibility: seen ? null : "hidden",
    });
    write(slopeText, Number.isFinite(slope) ? `${PRIMES[n]} = ${show(slope, 4)}` : "");
    tell(here[1]);
  };
  /** Write the value that comes out: beside the arrow into the next plot, or at the right edge of the last. */
  const tell = (out) => {
    write(value, Number.isFinite(out) ? `${LETTERS[n + 1]} = ${show(out, 4)}` : "");
    if (!Number.isFinite(out)) return;
    const y = clamped(one.Y(out), one.top, one.top + one.high);
    change(value, { x: one.left + one.wide - 6, y: y > one.top + 24 ? y - 7 : y + 18, "text-anchor": "end" });
  };
  return one;
}

function isInside({ across, up }, [t, out]) {
  return t >= across[0] && t <= across[1] && out >= up[0] && out <= up[1];
}

function mark(one, circle, at) {
  if (!isInside(one, at)) change(circle, { visibility: "hidden" });
  else change(circle, { cx: one.X(at[0]).toFixed(2), cy: one.Y(at[1]).toFixed(2), visibility: null });
}

function gridOf({ X, Y, left, top, wide, high, across, up }) {
  const line = (x1, y1, x2, y2, at) =>
    svg("line", { x1, y1, x2, y2, stroke: at === 0 ? "var(--bp-line)" : "var(--bp-grid)" });
  const [underneath, beside] = [ticks(...across, wide > 190 ? 6 : 4), ticks(...up, 5)];
  return [
    ...underneath.flatMap((at, i) => [
      line(X(at), top, X(at), top + high, at),
      small(svg("text", { x: X(at), y: top + high + 16, "text-anchor": "middle" }, tickText(underneath, i))),
    ]),
    ...beside.flatMap((at, i) => [
      line(left, Y(at), left + wide, Y(at), at),
      small(svg("text", { x: left - 6, y: Y(at) + 4, "text-anchor": "end" }, tickText(beside, i))),
    ]),
  ];
}

/** The number at a tick; near a large number, where all would read alike, how far it is from the first one. */
function tickText(values, i) {
  const alike = new Set(values.map(closely)).size < values.length;
  return alike && i ? `+${show(values[i] - values[0])}` : closely(values[i]);
}

/** Powers of ten in smaller letters, so that they fit beside the axis. */
function small(text) {
  if (text.textContent.includes("·")) text.style.fontSize = "11px";
  return text;
}

/** The curve of a link, broken where it has no value and at a pole; far outside the frame it need not be true. */
function curveOf({ X, Y, top, high, across }, name) {
  let pen = "M";
  let d = "";
  let before = NaN;
  for (const t of spread(...across, 160)) {
    const y = clamped(Y(linkValue(name, t)), top - 4 * high, top + 5 * high);
    if (isPoleBetween([name], [before], [t])) pen = "M";
    before = t;
    if (!Number.isFinite(y)) { pen = "M"; continue; }
    d += `${pen}${X(t).toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return d || "M0 0";
}

/** Let the pointer carry x along the first plot. By the keyboard, the slider does it. */
function onDrag(root, one, moved) {
  const at = (event) => {
    const box = root.getBoundingClientRect();
    const scale = root.viewBox.baseVal.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  };
  const carry = ({ x }) => {
    const wanted = one.across[0] + ((x - one.left) / one.wide) * (one.across[1] - one.across[0]);
    moved(clamped(Math.round(100 * wanted) / 100, -3, 3));
  };
  root.addEventListener("pointerdown", (event) => {
    const { x, y } = at(event);
    const within = x >= one.left && x <= one.left + one.wide && y >= one.top && y <= one.top + one.high;
    if (!within || event.button) return;
    event.preventDefault(); // or the drag would mark the words beside the plot
    root.setPointerCapture(event.pointerId);
    carry({ x });
  });
  root.addEventListener("pointermove", (event) => {
    if (root.hasPointerCapture(event.pointerId)) carry(at(event));
  });
}
