// The bars of a softmax's columns, and those among them that can be moved.

import { OURS } from "../shared/controls.js";
import { change, html } from "../shared/elements.js";
import { show } from "../shared/numbers.js";
import { neat } from "./numbers.js";

/** A strip on which a bar goes from 0 to a value. */
export function strip(attributes = {}) {
  const fill = html("span", { class: "bpkit-fill" });
  const root = html("div", { class: "bpkit-strip", ...attributes }, fill);
  const put = (value, low, high) => {
    const at = (v) => (100 * (Math.min(high, Math.max(low, v)) - low)) / (high - low);
    const [from, to] = [at(Math.min(value, 0)), at(Math.max(value, 0))];
    change(root, { style: `--zero:${at(0)}%` });
    change(fill, {
      style: `left:${from.toFixed(1)}%;width:${(to - from).toFixed(1)}%`,
      "data-sign": value < 0 ? "minus" : value > 0 ? "plus" : "none",
    });
  };
  return { root, put };
}

/** The bar of a logit: a slider that the mouse, a finger or the keys move. */
export function logitStrip(k, wanted, dropped, room) {
  const bars = strip({
    class: "bpkit-strip bpkit-handle", role: "slider", tabindex: 0, "aria-label": `logit of class ${k}`, ...OURS,
  });
  const { root } = bars;
  let value = 0;
  let holding = false;
  const step = () => Math.max(0.1, room() / 100);
  const follow = (event) => {
    const { left, width } = root.getBoundingClientRect();
    const at = Math.min(1, Math.max(0, (event.clientX - left) / width));
    const moved = neat(Math.round(((2 * at - 1) * room()) / step()) * step());
    if (moved !== value) wanted(moved);
  };
  const release = () => {
    if (!holding) return;
    holding = false;
    dropped();
  };
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    holding = true;
    root.setPointerCapture(event.pointerId);
    follow(event);
  });
  root.addEventListener("pointermove", (event) => { if (holding) follow(event); });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) root.addEventListener(end, release);
  root.addEventListener("keydown", (event) => {
    const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    const way = event.ctrlKey || event.altKey || event.metaKey ? 0 : ways[event.key];
    if (!way) return;
    event.preventDefault();
    wanted(neat(value + way * step()));
  });
  const put = (next, bound) => {
    value = next;
    bars.put(next, -bound, bound);
    change(root, {
      "aria-valuenow": next, "aria-valuemin": Math.min(next, -bound), "aria-valuemax": Math.max(next, bound),
      "aria-valuetext": show(next),
    });
  };
  return { root, put, held: () => holding };
}
