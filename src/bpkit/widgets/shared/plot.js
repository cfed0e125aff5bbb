// A plot of curves: axes with round numbers, and paths that follow the values.

import { change, svg, write } from "./elements.js";
import { show } from "./numbers.js";

/** About `count` round numbers from `low` to `high`. */
export function ticks(low, high, count = 5) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const power = 10 ** Math.floor(Math.log10(span / count));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => span / s <= count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * A sheet with axes. `aria-label` names it; what it shows is said in words beside it.
 * Returned: `root` (the SVG), X and Y (from values to pixels), x and y (back), `frame(x, y)` to change the ranges,
 * `curve(style)` and `dot(style)`, which return functions that move them. `yShow` writes the numbers
 * beside the y-axis, in the room that `left` leaves: a logarithmic one is given logarithms, and shows powers of ten.
 */
export function plot({ label, width = 320, height = 220, x, y, xName = "", yName = "", yShow = show, left = 46 }) {
  const pad = { left, right: 12, top: yName ? 24 : 10, bottom: xName ? 38 : 24 };
  const inner = { width: width - pad.left - pad.right, height: height - pad.top - pad.bottom };
  const grid = svg("g");
  const marks = svg("g");
  const root = svg(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    grid, marks,
    svg("text", { x: width - pad.right, y: height - 6, "text-anchor": "end" }, xName),
    svg("text", { x: 4, y: 14 }, yName),
  );
  let range = { x, y };
  const X = (value) => pad.left + ((value - range.x[0]) / (range.x[1] - range.x[0])) * inner.width;
  const Y = (value) => pad.top + (1 - (value - range.y[0]) / (range.y[1] - range.y[0])) * inner.height;
  let drawn = "";
  const frame = (nextX, nextY) => {
    range = { x: nextX, y: nextY };
    const key = JSON.stringify(range);
    if (key === drawn) return;
    drawn = key;
    grid.replaceChildren(
      ...ticks(...range.x, 6).flatMap((at) => [
        rule(X(at), pad.top, X(at), pad.top + inner.height, at === 0),
        svg("text", { x: X(at), y: pad.top + inner.height + 15, "text-anchor": "middle" }, show(at)),
      ]),
      ...ticks(...range.y, 5).flatMap((at) => [
        rule(pad.left, Y(at), pad.left + inner.width, Y(at), at === 0),
        svg("text", { x: pad.left - 6, y: Y(at) + 4, "text-anchor": "end" }, yShow(at)),
      ]),
    );
  };
  frame(x, y);
  const near = (pixel) => Math.max(-1e4, Math.min(1e4, pixel)); // an SVG does not like 1e300
  return {
    root, X, Y, frame, inner, pad,
    x: (pixel) => range.x[0] + ((pixel - pad.left) / inner.width) * (range.x[1] - range.x[0]),
    y: (pixel) => range.y[0] + (1 - (pixel - pad.top) / inner.height) * (range.y[1] - range.y[0]),
    /** A curve through [x, y] points; where a value is not finite, it is broken. */
    curve(style = {}) {
      const path = svg("path", { fill: "none", stroke: "currentColor", "stroke-width": 2.2, ...style });
      marks.append(path);
      return (points, more = {}) => {
        let pen = "M";
        let d = "";
        for (const [px, py] of points) {
          if (!Number.isFinite(px) || !Number.isFinite(py)) { pen = "M"; continue; }
          d += `${pen}${near(X(px)).toFixed(2)} ${near(Y(py)).toFixed(2)}`;
          pen = "L";
        }
        change(path, { d: d || "M0 0", ...more });
      };
    },
    /** A dot, with an optional text beside it. */
    dot(style = {}) {
      const circle = svg("circle", { r: 5, fill: "currentColor", ...style });
      const text = svg("text", { "text-anchor": "start" });
      marks.append(circle, text);
      return (px, py, said = "") => {
        const seen = Number.isFinite(px) && Number.isFinite(py);
        change(circle, { cx: seen ? near(X(px)) : 0, cy: seen ? near(Y(py)) : 0, visibility: seen ? null : "hidden" });
        const left = seen && X(px) > width * 0.7;
        change(text, { x: seen ? near(X(px)) + (left ? -8 : 8) : 0, y: seen ? near(Y(py)) - 8 : 0,
          "text-anchor": left ? "end" : "start" });
        write(text, seen ? said : "");
      };
    },
  };
}

function rule(x1, y1, x2, y2, isAxis) {
  return svg("line", { x1, y1, x2, y2, stroke: isAxis ? "var(--bp-line)" : "var(--bp-grid)" });
}

/** `count` values from `low` to `high`. */
export function spread(low, high, count) {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
