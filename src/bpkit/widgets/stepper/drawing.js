// The network as it is drawn: a neuron is a pill whose left half holds z and whose right half holds a; wires lead from
// the right half of one to the left half of another. Blank is what has not been computed yet.

import { change, svg, write } from "../shared/elements.js";
import { goesBack, mixes } from "../mathematics/steps.js";
import { brief, drawnName } from "./names.js";

const PILL = { width: 116, height: 32, input: 60 };
const GAP = 98; // from layer to layer
const ROW = 82;
const TOP = 34;
const MARGIN = 20;

/** The drawing for a network of these sizes. `choose` gets the name of a weight or bias that is clicked. */
export function networkDrawing(network, passes, choose, nameOf) {
  const { sizes } = network;
  const F = sizes.length;
  const tallest = Math.max(...sizes);
  const left = (l) => (l === 1 ? MARGIN : MARGIN + PILL.input + GAP + (l - 2) * (PILL.width + GAP));
  const right = (l) => left(l) + (l === 1 ? PILL.input : PILL.width);
  const middle = (l, j) => TOP + (ROW * (tallest - sizes[l - 1])) / 2 + ROW * j + 38;
  const whole = passes === "both";
  const width = right(F) + (whole ? 148 : 10);
  const height = TOP + ROW * tallest + 4;
  const wires = [];
  const neurons = [];
  const back = svg("g");
  const front = svg("g");
  const halo = svg("line", { class: "bpkit-chosen" });
  back.append(halo);
  for (let l = 2; l <= F; l += 1) {
    for (let j = 0; j < sizes[l - 1]; j += 1) {
      for (let k = 0; k < sizes[l - 2]; k += 1) {
        const ends = [[right(l - 1), middle(l - 1, k)], [left(l), middle(l, j)]];
        wires.push(wire({ l, j, k, name: nameOf(l, j, k) }, ...ends, sizes));
      }
    }
  }
  for (let l = 1; l <= F; l += 1) {
    const role = l === 1 ? "input" : l === F ? "output" : "hidden";
    front.append(svg("text", { x: (left(l) + right(l)) / 2, y: 16, "text-anchor": "middle" }, `layer ${l} (${role})`));
    for (let j = 0; j < sizes[l - 1]; j += 1) {
      neurons.push(neuron({ l, j, name: l > 1 ? nameOf(l, j, null) : "" }, left(l), middle(l, j), right(l) - left(l)));
    }
  }
  for (const one of wires) back.append(one.line, one.hit);
  for (const one of neurons) front.append(one.root);
  for (const one of wires) front.append(one.head, one.text);
  const centre = TOP + (ROW * (tallest - 1)) / 2 + 38;
  const end = whole ? lossPill(right(F), centre, sizes[F - 1], (j) => middle(F, j)) : null;
  if (end) front.append(end.root);
  const root = svg(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", class: "bpkit-network" },
    back, front,
  );
  root.style.minWidth = `${Math.min(width, Math.max(560, 0.75 * width))}px`;
  root.addEventListener("click", (event) => {
    const name = event.target.closest("[data-name]")?.dataset.name;
    if (name) choose(name);
  });
  const at = new Map(neurons.map((one) => [`${one.l} ${one.j}`, one]));

  /** Draw a step. `s` is its number, `found` tells when a number is found. */
  function draw({ step, s, found, numbers, parameters, chosen, y }) {
    const seen = (kind, l, j) => found(kind, l, j) <= s;
    for (const one of wires) {
      const w = parameters.W[one.l][one.j][one.k];
      one.put(w, wireRole(step, one), numbers);
      if (one.name === chosen) {
        change(halo, { x1: one.start[0], y1: one.start[1], x2: one.end[0], y2: one.end[1], visibility: null });
      }
    }
    if (!readsWire(chosen)) change(halo, { visibility: "hidden" });
    const marks = marksOf(step, parameters, numbers);
    for (const one of neurons) {
      const { l, j } = one;
      one.put({
        z: l > 1 && seen("z", l, j) ? brief(numbers.z[l][j]) : "",
        a: l === 1 || seen("a", l, j) ? brief(numbers.a[l][j]) : "",
        below: belowOf(step, one, seen, numbers, parameters),
        marks: marks(l, j),
        chosen: one.name === chosen && one.name !== "",
      });
    }
    end?.put({ loss: seen("loss", F, null) ? brief(numbers.loss) : "", y, marks: marks("L") });
  }

  return { root, draw, follow: (step, scroller) => follow(at, step, scroller, root, F) };
}

const readsWire = (name) => name.startsWith("w");

/** Keep the neuron of a step in sight, where the drawing is wider than the page. */
function follow(at, step, scroller, root, F) {
  if (scroller.scrollWidth <= scroller.clientWidth) return;
  const scale = root.clientWidth / root.viewBox.baseVal.width;
  const place = step.kind === "loss" ? root.viewBox.baseVal.width : at.get(`${Math.min(step.l, F)} ${step.j ?? 0}`).x;
  const x = place * scale;
  scroller.scrollLeft = x - scroller.clientWidth / 2;
}

/** What a wire does in a step: nothing, or carry a weight, or have its slope found. */
function wireRole(step, { l, j, k }) {
  if (step.kind === "z" && step.l === l && step.j === j) return "forward";
  if (step.kind === "back" && step.l === l - 1 && step.j === k) return "back";
  if (step.kind === "dW" && step.l === l && step.j === j) return "slope";
  return "";
}

/** A function that tells what the halves of a neuron, or L, are in a step: { z: "found", a: "read" }. */
function marksOf(step, network, numbers) {
  const F = network.sizes.length;
  const found = { z: "z", a: "a", d: "below", back: "below", db: "below", dW: "wires" }[step.kind];
  return (l, j) => {
    if (l === "L") return step.kind === "loss" ? "found" : "";
    const own = step.l === l && step.j === j;
    const marks = own && found ? { [found]: "found" } : {};
    if (step.kind === "input" && l === 1) marks.a = "found";
    if (step.kind === "loss" && l === F) marks.a = "read";
    if ((step.kind === "z" || step.kind === "dW") && l === step.l - 1) marks.a = "read";
    if (step.kind === "a" && (own || (mixes(network, step.l) && l === step.l))) marks.z = "read";
    if (step.kind === "d" && own && (step.l < F || numbers.back[F])) marks.z = "read";
    if (step.kind === "d" && own && step.l === F) marks.a = "read";
    if (step.kind === "dW" && own) marks.below = "read";
    if (step.kind === "back" && l === step.l + 1) marks.below = "read";
    if (step.kind === "z" && own) marks.below = "read";
    return marks;
  };
}

/** The line below a neuron: its bias while it adds up, on the way back what is known of the slopes. */
function belowOf(step, { l, j }, seen, numbers, parameters) {
  if (l === 1) return "";
  const own = step.l === l && step.j === j;
  if (own && step.kind === "z") return `${drawnName("b", l, j + 1)} = ${brief(parameters.b[l][j])}`;
  if (own && step.kind === "db") return `∂L/∂${drawnName("b", l, j + 1)} = ${brief(numbers.db[l][j])}`;
  if (seen("d", l, j)) return `${drawnName("d", l, j + 1)} = ${brief(numbers.d[l][j])}`;
  return seen("back", l, j) ? `∂L/∂${drawnName("a", l, j + 1)} = ${brief(numbers.back[l][j])}` : "";
}

/** A weight: a line, blue and full or orange and dashed, as thick as it is large; at work it also has its number. */
function wire({ l, j, k, name }, start, end, sizes) {
  const line = svg("line", { x1: start[0], y1: start[1], x2: end[0], y2: end[1] });
  const hit = svg("line", {
    x1: start[0], y1: start[1], x2: end[0], y2: end[1], class: "bpkit-wire-hit", "data-name": name,
  });
  const head = svg("polygon", { visibility: "hidden" });
  const text = svg("text", { class: "bpkit-wire-number", visibility: "hidden" });
  const angle = (Math.atan2(end[1] - start[1], end[0] - start[0]) * 180) / Math.PI;
  // Wires into one neuron are apart where they begin, those out of one where they end: there is room for numbers.
  const near = sizes[l - 2] > sizes[l - 1] ? 0.36 : 0.4;
  const place = (t) => ({ x: start[0] + t * (end[0] - start[0]), y: start[1] + t * (end[1] - start[1]) + 4.5 });
  let before = "";
  return {
    l, j, k, name, start, end, line, hit, head, text,
    put(w, role, numbers) {
      const value = role === "slope" ? numbers.dW[l][j][k] : w;
      const key = `${w} ${role} ${role ? value : ""}`;
      if (key === before) return;
      before = key;
      const thick = 0.9 + Math.min(3.2, 1.4 * Math.abs(w) || 0);
      change(line, {
        class: `bpkit-wire ${w < 0 ? "bpkit-minus" : "bpkit-plus"}${role ? " bpkit-at-work" : ""}`,
        "stroke-width": role ? thick + 1 : thick, "stroke-dasharray": w < 0 ? "6 4" : null,
      });
      change(head, { visibility: role ? null : "hidden" });
      change(text, { visibility: role ? null : "hidden" });
      if (!role) return;
      const [tip, turned] = role === "back" ? [start, angle + 180] : [end, angle];
      change(head, {
        points: "0,0 -10,-5 -10,5",
        transform: `translate(${tip[0].toFixed(1)} ${tip[1].toFixed(1)}) rotate(${turned.toFixed(1)})`,
        class: w < 0 ? "bpkit-minus" : "bpkit-plus",
      });
      change(text, {
        ...place(role === "back" ? 0.62 : near), "text-anchor": "middle",
        class: `bpkit-wire-number${role === "slope" ? " bpkit-found-text" : ""}`,
      });
      write(text, brief(value));
    },
  };
}

function neuron({ l, j, name }, left, y, width) {
  const half = PILL.height / 2;
  const isInput = l === 1;
  const outline = svg("rect", { x: left, y: y - half, width, height: PILL.height, rx: half, class: "bpkit-pill" });
  const [from, middle, to] = [left + 3, left + width / 2, left + width - 3];
  const inner = { y: y - half + 3, height: PILL.height - 6, rx: half - 3 };
  const halfOf = (x1, x2) => svg("rect", { x: x1, width: x2 - x1, ...inner });
  const z = isInput ? null : halfOf(from, middle - 1);
  const a = isInput ? halfOf(from, to) : halfOf(middle + 1, to);
  const text = (x) => svg("text", { x, y: y + 4.5, "text-anchor": "middle" });
  const zText = text((from + middle) / 2 + 1);
  const aText = text(isInput ? middle : (middle + to) / 2 - 1);
  const below = svg("text", { x: left + width / 2, y: y + half + 15, "text-anchor": "middle" });
  const caption = (x, letter) => svg(
    "text", { x, y: y - half - 5, "text-anchor": "middle", class: "bpkit-caption" }, drawnName(letter, l, j + 1));
  const root = svg("g", name ? { "data-name": name } : {}, outline, ...(z ? [z] : []), a);
  if (!isInput) {
    root.append(svg("line", { x1: middle, x2: middle, y1: y - half, y2: y + half, class: "bpkit-divider" }));
    root.append(caption((from + middle) / 2 + 1, "z"), caption((middle + to) / 2 - 1, "a"));
  } else root.append(caption(middle, "a"));
  root.append(zText, aText, below);
  const mark = (element, how) => element && change(element, { class: how ? `bpkit-${how}` : "bpkit-calm" });
  return {
    l, j, name, root, x: left + width / 2,
    put(now) {
      write(zText, now.z);
      write(aText, now.a);
      write(below, now.below);
      mark(z, now.marks.z);
      mark(a, now.marks.a);
      change(below, { class: now.marks.below ? `bpkit-${now.marks.below}-text` : null });
      change(outline, { class: `bpkit-pill${now.chosen ? " bpkit-chosen-pill" : ""}` });
    },
  };
}

/** The loss behind the outputs, and the targets beside them. */
function lossPill(from, y, outputs, middle) {
  const x = from + 72;
  const targets = [];
  const root = svg("g");
  for (let j = 0; j < outputs; j += 1) {
    root.append(svg("line", { x1: from, y1: middle(j), x2: x, y2: y, class: "bpkit-wire" }));
    const text = svg("text", { x: from + 8, y: middle(j) - 8 - (middle(j) > y ? -24 : 0) });
    targets.push(text);
    root.append(text);
  }
  const pill = svg("rect", { x, y: y - 16, width: 68, height: 32, rx: 6, class: "bpkit-pill" });
  const inner = svg("rect", { x: x + 3, y: y - 13, width: 62, height: 26, rx: 4 });
  const text = svg("text", { x: x + 34, y: y + 4.5, "text-anchor": "middle" });
  const caption = svg("text", { x: x + 34, y: y - 22, "text-anchor": "middle", class: "bpkit-caption" }, "L");
  root.append(pill, inner, text, caption);
  return {
    root,
    put(now) {
      write(text, now.loss);
      change(inner, { class: now.marks ? `bpkit-${now.marks}` : "bpkit-calm" });
      targets.forEach((one, j) => write(one, `y${"₀₁₂₃₄₅₆₇₈₉"[j + 1]} = ${brief(now.y[j])}`));
    },
  };
}

/** Where the two passes stand, in a word for the heading. */
export function passOf(step) {
  if (step.kind === "input") return "The input";
  if (step.kind === "loss") return "The loss";
  return `The pass ${goesBack(step) ? "back" : "forward"}, layer ${step.l}`;
}
