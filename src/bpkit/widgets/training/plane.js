// The plane with its points: shaded by what the network says of each place, with the boundary where it says ½.

import { EDGE, insidePlane } from "../mathematics/plane.js";
import { change, html, svg } from "../shared/elements.js";
import { plot } from "../shared/plot.js";

const GRID = 41; // values along each side
const CELL = (2 * EDGE) / (GRID - 1);
const DARKEST = 0.42 * 255;
const WIDE = 400;

/**
 * The picture: `element`, `draw(z, points, version)`, which returns the share of the plane that class 1 gets, and
 * `cross(x1, x2, seen)`, which marks a place, or none. `clicked(x1, x2)` is called for a click. The network is given as
 * z^F at a place; as long as neither `version` nor the theme is another, there is nothing to draw.
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

  const values = new Float64Array(GRID * GRID); // z^F: unlike the probability it is not flat far from the boundary
  const context = canvas.getContext("2d");
  const image = context.createImageData(GRID, GRID);
  const colours = themeColours(circles, triangles);
  const hatch = hatcher(values, { left: X(-EDGE), bottom: Y(-EDGE), size: inner.width / (GRID - 1) });
  const drawn = { version: -1, inks: null, points: null, share: 0 };

  const measure = (z) => {
    let ones = 0;
    for (let row = 0, i = 0; row < GRID; row += 1) {
      for (let column = 0; column < GRID; column += 1, i += 1) {
        values[i] = z(-EDGE + column * CELL, -EDGE + row * CELL);
        if (values[i] > 0) ones += 1;
      }
    }
    return ones / (GRID * GRID);
  };
  const paint = ([one, zero]) => {
    const { data } = image;
    for (let row = 0, i = 0; row < GRID; row += 1) {
      for (let column = 0; column < GRID; column += 1, i += 1) {
        const at = 4 * ((GRID - 1 - row) * GRID + column); // a picture's rows begin on top
        const ink = values[i] > 0 ? one : zero;
        data[at] = ink[0];
        data[at + 1] = ink[1];
        data[at + 2] = ink[2];
        data[at + 3] = Math.tanh(Math.abs(values[i]) / 2) * DARKEST; // |2p − 1|
      }
    }
    context.putImageData(image, 0, 0);
  };
  return {
    element,
    draw(z, points, version) {
      const inks = colours();
      if (version === drawn.version && inks === drawn.inks) return drawn.share;
      if (points !== drawn.points) {
        change(circles, { d: outlines(points, 1, X, Y) });
        change(triangles, { d: outlines(points, 0, X, Y) });
      }
      Object.assign(drawn, { version, inks, points, share: measure(z) });
      paint(inks);
      hatch(hatching);
      change(boundary, { d: crossings(values, X(-EDGE), Y(-EDGE), inner.width / (GRID - 1)) });
      change(rings, { d: wrongOnes(z, points, X, Y) });
      return drawn.share;
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
function wrongOnes(z, points, X, Y) {
  let d = "";
  for (const [x1, x2, c] of points) {
    if ((z(x1, x2) > 0 ? 1 : 0) !== c) {
      d += `M${(X(x1) - 8).toFixed(1)} ${Y(x2).toFixed(1)}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0`;
    }
  }
  return d;
}

/**
 * Short strokes where class 0 is the likelier one, so that the sides are told apart without colours. Most steps move
 * the boundary past none of them: then the path stays as it is.
 */
function hatcher(values, { left, bottom, size }) {
  const cells = [];
  for (let row = 1; row < GRID - 2; row += 2) {
    for (let column = 1 + (row % 4 === 1 ? 0 : 2); column < GRID - 2; column += 4) {
      const start = `M${(left + column * size).toFixed(1)} ${(bottom - row * size).toFixed(1)}`;
      cells.push({ i: row * GRID + column, stroke: `${start}l${size} ${-size}`, on: false });
    }
  }
  return (path) => {
    let same = true;
    for (const cell of cells) {
      const { i } = cell;
      const on = values[i] < 0 && values[i + 1] < 0 && values[i + GRID] < 0 && values[i + GRID + 1] < 0;
      same &&= on === cell.on;
      cell.on = on;
    }
    if (!same) change(path, { d: cells.map(({ on, stroke }) => (on ? stroke : "")).join("") });
  };
}

/**
 * The boundary, where the values cross 0: cell by cell, along straight lines between the corners. It is drawn in every
 * frame, so it is left in pieces; `contourLines` would join them, and make much that is thrown away.
 */
function crossings(values, left, bottom, size) {
  let d = "";
  let pen = "M";
  const cross = (one, other, column, row, across, up) => {
    if (one > 0 === other > 0) return;
    const t = one / (one - other);
    d += `${pen}${(left + (column + t * across) * size).toFixed(1)} ${(bottom - (row + t * up) * size).toFixed(1)}`;
    pen = pen === "M" ? "L" : "M";
  };
  for (let row = 0; row < GRID - 1; row += 1) {
    for (let column = 0; column < GRID - 1; column += 1) {
      const i = row * GRID + column;
      const a = values[i];
      const b = values[i + 1];
      const c = values[i + GRID + 1];
      const e = values[i + GRID];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === e > 0) continue;
      cross(a, b, column, row, 1, 0);
      cross(b, c, column + 1, row, 0, 1);
      cross(e, c, column, row + 1, 1, 0);
      cross(a, e, column, row, 0, 1);
    }
  }
  return d;
}
