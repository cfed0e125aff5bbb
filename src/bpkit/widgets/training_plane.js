// The plane with its points: shaded by what the network says of each place, with the boundary where it says ½.

import { EDGE, insidePlane } from "./mathematics/plane.js";
import { change, html, svg } from "./shared/elements.js";
import { plot } from "./shared/plot.js";

const GRID = 41; // values along each side
const CELL = (2 * EDGE) / (GRID - 1);
const DARKEST = 0.42 * 255;
const WIDE = 400;

/**
 * The picture: `element`, `draw(probability, points, anew)`, which returns the share of the plane that class 1 gets, and
 * `cross(x1, x2)`, which marks a place, or none. `clicked(x1, x2)` is called for a click. `anew`: other points.
 */
export function trainingPlane(clicked) {
  const sheet = plot({
    label: "The plane with the points, the boundary and the sides of the two classes", width: WIDE, height: WIDE + 4,
    x: [-EDGE, EDGE], y: [-EDGE, EDGE], xName: "x₁", yName: "x₂",
  });
  const { pad, inner, root, X, Y } = sheet;
  const canvas = html("canvas", { width: GRID, height: GRID, "aria-hidden": "true" });
  const percent = (part, of) => `${(100 * part) / of}%`;
  const shade = html("div", {
    class: "bpkit-train-shade",
    style: `left:${percent(pad.left, WIDE)};top:${percent(pad.top, WIDE + 4)};`
      + `width:${percent(inner.width, WIDE)};height:${percent(inner.height, WIDE + 4)}`,
  }, canvas);
  // The middle of each outer pixel lies on the edge of the plane, so the canvas is a little larger than the plane.
  const larger = { size: percent(GRID, GRID - 1), off: percent(-0.5, GRID - 1) };
  change(canvas, { style: `width:${larger.size};height:${larger.size};left:${larger.off};top:${larger.off}` });
  const hatching = svg("path", { class: "bpkit-train-hatching" });
  const boundary = svg("path", { class: "bpkit-train-boundary" });
  const circles = svg("path", { class: "bpkit-train-one" });
  const triangles = svg("path", { class: "bpkit-train-zero" });
  const rings = svg("path", { class: "bpkit-train-rings" });
  const mark = svg("path", { class: "bpkit-train-cross", visibility: "hidden" });
  root.append(hatching, boundary, circles, triangles, rings, mark);
  const element = html("div", { class: "bpkit-train-plane" }, shade, root);
  root.addEventListener("click", (event) => {
    const box = root.getBoundingClientRect();
    const x1 = sheet.x(((event.clientX - box.left) / box.width) * WIDE);
    const x2 = sheet.y(((event.clientY - box.top) / box.height) * (WIDE + 4));
    if (Math.abs(x1) <= EDGE && Math.abs(x2) <= EDGE) clicked(Number(x1.toFixed(3)), Number(x2.toFixed(3)));
  });

  const values = new Float64Array(GRID * GRID);
  const context = canvas.getContext("2d");
  const image = context.createImageData(GRID, GRID);
  const colours = themeColours(circles, triangles);

  const measure = (probability) => {
    let ones = 0;
    for (let row = 0, i = 0; row < GRID; row += 1) {
      for (let column = 0; column < GRID; column += 1, i += 1) {
        values[i] = probability(-EDGE + column * CELL, -EDGE + row * CELL);
        if (values[i] > 0.5) ones += 1;
      }
    }
    return ones / (GRID * GRID);
  };
  const paint = ([one, zero]) => {
    for (let row = 0, i = 0; row < GRID; row += 1) {
      for (let column = 0; column < GRID; column += 1, i += 1) {
        const at = 4 * ((GRID - 1 - row) * GRID + column); // a picture's rows begin on top
        const [r, g, b] = values[i] > 0.5 ? one : zero;
        image.data[at] = r;
        image.data[at + 1] = g;
        image.data[at + 2] = b;
        image.data[at + 3] = Math.abs(2 * values[i] - 1) * DARKEST;
      }
    }
    context.putImageData(image, 0, 0);
  };
  return {
    element,
    draw(probability, points, anew) {
      if (anew) {
        change(circles, { d: outlines(points, 1, X, Y) });
        change(triangles, { d: outlines(points, 0, X, Y) });
      }
      const share = measure(probability);
      paint(colours());
      const place = { left: X(-EDGE), bottom: Y(-EDGE), size: inner.width / (GRID - 1) };
      change(hatching, { d: strokes(values, place) });
      change(boundary, { d: crossings(values, place) });
      change(rings, { d: wrongOnes(probability, points, X, Y) });
      return share;
    },
    cross(x1, x2, seen) {
      const [x, y] = [X(insidePlane(x1)).toFixed(1), Y(insidePlane(x2)).toFixed(1)];
      change(mark, { d: `M${x} ${y}m-9 0h18m-9 -9v18`, visibility: seen ? null : "hidden" });
    },
  };
}

/** The colours of the classes as [r, g, b], read from two elements again when the theme has changed. */
function themeColours(one, zero) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let [theme, read] = ["", []];
  return () => {
    const { jpThemeLight, jpThemeName } = document.body.dataset;
    const now = `${jpThemeLight} ${jpThemeName} ${dark.matches}`;
    if (now !== theme || !one.isConnected) {
      read = [one, zero].map((element) => (getComputedStyle(element).fill.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number));
      theme = one.isConnected ? now : "";
    }
    return read;
  };
}

/** Circles for class 1, triangles for class 0, as one path. */
function outlines(points, which, X, Y) {
  const one = (x, y) => `M${x - 4.2} ${y}a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0z`;
  const zero = (x, y) => `M${x} ${y - 5.2}l5 8.8h-10z`;
  return points.filter(([, , c]) => c === which)
    .map(([x1, x2]) => (which ? one : zero)(Number(X(x1).toFixed(1)), Number(Y(x2).toFixed(1)))).join("");
}

/** A ring around each point that the network takes for the other class. */
function wrongOnes(probability, points, X, Y) {
  let d = "";
  for (const [x1, x2, c] of points) {
    if ((probability(x1, x2) > 0.5 ? 1 : 0) !== c) {
      d += `M${(X(x1) - 8).toFixed(1)} ${Y(x2).toFixed(1)}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0`;
    }
  }
  return d;
}

/** Short strokes where class 0 is the likelier one, so that the sides are told apart without colours. */
function strokes(values, { left, bottom, size }) {
  let d = "";
  for (let row = 1; row < GRID - 2; row += 2) {
    for (let column = 1 + (row % 4 === 1 ? 0 : 2); column < GRID - 2; column += 4) {
      const i = row * GRID + column;
      if (Math.max(values[i], values[i + 1], values[i + GRID], values[i + GRID + 1]) < 0.5) {
        d += `M${(left + column * size).toFixed(1)} ${(bottom - row * size).toFixed(1)}l${size} ${-size}`;
      }
    }
  }
  return d;
}

/**
 * The boundary, where the values cross ½: cell by cell, along straight lines between the corners. It is drawn in every
 * frame, so it is left in pieces; `contourLines` would join them, and make much that is thrown away.
 */
function crossings(values, { left, bottom, size }) {
  let d = "";
  let pen = "M";
  const cross = (one, other, column, row, across, up) => {
    if (one > 0.5 === other > 0.5) return;
    const t = (0.5 - one) / (other - one);
    d += `${pen}${(left + (column + t * across) * size).toFixed(1)} ${(bottom - (row + t * up) * size).toFixed(1)}`;
    pen = pen === "M" ? "L" : "M";
  };
  for (let row = 0; row < GRID - 1; row += 1) {
    for (let column = 0; column < GRID - 1; column += 1) {
      const i = row * GRID + column;
      const [a, b, c, e] = [values[i], values[i + 1], values[i + GRID + 1], values[i + GRID]];
      if (a > 0.5 === b > 0.5 && b > 0.5 === c > 0.5 && c > 0.5 === e > 0.5) continue;
      cross(a, b, column, row, 1, 0);
      cross(b, c, column + 1, row, 0, 1);
      cross(e, c, column, row + 1, 1, 0);
      cross(a, e, column, row, 0, 1);
    }
  }
  return d;
}
