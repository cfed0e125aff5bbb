// The map: shading on a canvas below; contours, paths and the ball in SVG above it.

import { contourLines } from "../mathematics/contours.js";
import { surfaceLoss } from "../mathematics/surfaces.js";
import { OURS } from "../shared/controls.js";
import { change, html, svg, write } from "../shared/elements.js";
import { show } from "../shared/numbers.js";
import { plot, spread } from "../shared/plot.js";
import { FURTHEST, KEPT, fateOf } from "./settings.js";
import { steer } from "./steer.js";

const GRID = 121; // places of the window, across and up, from which the contours are made
const [WIDTH, HEIGHT] = [430, 436]; // of the sheet, with its axes

/** The map: its element, and the function that draws a path, the kept ones, and a surface if it is another. */
export function mapOf(page) {
  const sheet = plot({
    label: "Loss surface, seen from above: contours, and the ball's path", width: WIDTH, height: HEIGHT,
    x: [0, 1], y: [0, 1], xName: "w₁", yName: "w₂",
  });
  const { pad, inner } = sheet;
  const canvas = html("canvas", { width: GRID, height: GRID, "aria-hidden": "true" });
  const layers = Object.fromEntries(["ground", "kept", "way"].map((name) => [name, svg("g")]));
  const way = svg("path", { fill: "none", stroke: "var(--bp-fourth)", "stroke-width": 2, "stroke-linejoin": "round" });
  const dots = svg("path", { fill: "none", stroke: "var(--bp-fourth)", "stroke-width": 5, "stroke-linecap": "round" });
  const now = svg("circle", { r: 7, fill: "var(--bp-fourth)", stroke: "var(--bp-paper)", "stroke-width": 1.5 });
  const ring = svg("circle", {
    r: 9, fill: "var(--bp-paper)", "fill-opacity": 0.5, stroke: "var(--bp-fourth)", "stroke-width": 2.5,
  });
  const handle = svg("g", { tabindex: 0, role: "slider", "aria-label": "start of the ball", class: "bpkit-descent-ball",
    "aria-valuemin": -FURTHEST, "aria-valuemax": FURTHEST, ...OURS }, ring);
  layers.way.append(way, dots, now);
  const inside = svg("svg", {
    x: pad.left, y: pad.top, width: inner.width, height: inner.height,
    viewBox: `${pad.left} ${pad.top} ${inner.width} ${inner.height}`,
    style: `width: ${inner.width}px; height: ${inner.height}px; max-width: none`,
  }, ...Object.values(layers), handle);
  change(sheet.root, { role: "group", width: null, height: null });
  sheet.root.append(inside);
  const share = (part, whole) => `${(100 * part) / whole}%`;
  canvas.style.cssText = `left: ${share(pad.left, WIDTH)}; top: ${share(pad.top, HEIGHT)}; ` +
    `width: ${share(inner.width, WIDTH)}; height: ${share(inner.height, HEIGHT)}`;
  const fate = html("p", { class: "bpkit-descent-fate", hidden: true }); // on the map, so that nothing jumps
  const element = html(
    "figure", { class: "bpkit-descent-map" }, html("div", {}, canvas, sheet.root, fate),
    html("figcaption", {}, "Click to drop the ball, or drag the ring; when the ring has the focus, arrow keys move " +
      "it (with Shift: finer). The disc is where the ball is now. The bluer the ground, the lower the loss."),
  );
  steer(page, sheet, handle);
  const keptDraw = keptPaths(layers.kept, sheet);
  let shown = null;
  return {
    element,
    draw(settings, surface, path, kept) {
      if (shown !== settings.surface) drawGround(surface, sheet, canvas, layers.ground);
      shown = settings.surface;
      keptDraw(kept, settings.surface);
      const places = path.w.map(([w1, w2]) => at(sheet, w1, w2));
      change(way, { d: polyline(places) });
      change(dots, { d: places.map(([x, y]) => `M${x} ${y}h0`).join("") });
      change(now, { cx: places.at(-1)[0], cy: places.at(-1)[1] });
      change(ring, { cx: places[0][0], cy: places[0][1] });
      write(fate, fateOf(path));
      change(fate, { hidden: !path.lost });
      const [w1, w2] = settings.start;
      change(handle, { "aria-valuenow": w1, "aria-valuetext": `w₁ = ${show(w1, 4)}, w₂ = ${show(w2, 4)}` });
    },
  };
}

/** A place on the sheet, as an SVG can take it. */
function at(sheet, w1, w2) {
  const near = (pixel) => Math.max(-9999, Math.min(9999, pixel)).toFixed(1);
  return [near(sheet.X(w1)), near(sheet.Y(w2))];
}

function polyline(places) {
  return `M${places.map(([x, y]) => `${x} ${y}`).join("L")}`;
}

/** What stays as long as the surface does: shading, contours with their numbers, minima and saddles. */
function drawGround(surface, sheet, canvas, ground) {
  sheet.frame(...surface.window);
  const [across, up] = surface.window.map(([low, high]) => spread(low, high, GRID));
  const values = up.map((w2) => across.map((w1) => surfaceLoss(surface, w1, w2)));
  shade(canvas, values);
  const lines = [];
  const texts = [];
  const taken = surface.points.map((point) => at(sheet, ...point.w).map(Number));
  for (const level of [...surface.levels].reverse()) {
    const pieces = contourLines(values, level).map((piece) => piece.map(
      ([column, row]) => at(sheet, between(across, column), between(up, row)),
    ));
    const round = /^[125]0*$/.test(String(level).replace(/^0\.0*/, ""));
    lines.push(svg("path", { d: pieces.map(polyline).join("") || "M0 0", fill: "none",
      stroke: "var(--bp-plus)", "stroke-width": round ? 1.4 : 0.8, "stroke-opacity": 0.8 }));
    if (round) texts.push(...numberOf(pieces, show(level), sheet, taken));
  }
  const points = surface.points.flatMap((point) => {
    const [x, y] = at(sheet, ...point.w).map(Number);
    return [
      svg("path", { d: `M${x - 5} ${y}h10M${x} ${y - 5}v10`, stroke: "var(--bp-ink)", "stroke-width": 1.8 }),
      svg("text", { x: x + 7, y: y - 7, class: "bpkit-descent-point" }, point.name),
    ];
  });
  ground.replaceChildren(...lines, ...texts, ...points);
}

/** The value at a place between those of a list: at 2.5 it is half-way from the third to the fourth. */
function between(values, place) {
  return values[0] + (place / (values.length - 1)) * (values.at(-1) - values[0]);
}

/** The value of a contour, where its longest piece runs furthest to the upper right, unless something is there. */
function numberOf(pieces, text, { pad, inner }, taken) {
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), []);
  const room = longest.map((place) => place.map(Number)).filter(([x, y]) => x > pad.left + 16 && y > pad.top + 14 &&
    x < pad.left + inner.width - 16 && y < pad.top + inner.height - 14);
  if (!room.length) return [];
  const [x, y] = room.reduce((best, place) => (place[0] - place[1] > best[0] - best[1] ? place : best));
  if (taken.some((other) => Math.hypot(x - other[0], y - other[1]) < 27)) return [];
  taken.push([x, y]);
  return [svg("text", { x, y: y + 4, "text-anchor": "middle", class: "bpkit-descent-level" }, text)];
}

/** Paint the ground blue, the more the lower its loss is; one blue, seen through, does for both themes. */
function shade(canvas, values) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(GRID, GRID);
  const logs = values.map((row) => row.map((value) => Math.log(value + 1e-3)));
  const low = Math.min(...logs.flat());
  const high = Math.max(...logs.flat());
  logs.forEach((row, i) => row.forEach((value, k) => {
    const depth = (high - value) / (high - low);
    image.data.set([46, 134, 200, 130 * depth ** 1.5], 4 * ((GRID - 1 - i) * GRID + k));
  }));
  context.putImageData(image, 0, 0);
}

/** Pale paths with their numbers, as many as are kept. */
function keptPaths(layer, sheet) {
  const marks = Array.from({ length: KEPT }, () => [
    svg("path", {
      fill: "none", stroke: "var(--bp-soft)", "stroke-width": 1.6, "stroke-dasharray": "5 4", "stroke-opacity": 0.75,
    }),
    svg("text", { class: "bpkit-descent-point" }),
  ]);
  layer.append(...marks.flat());
  let drawn = "";
  const draw = (kept) => {
    const taken = [];
    marks.forEach(([path, text], k) => {
      const one = kept[k];
      const places = one ? one.path.w.map(([w1, w2]) => at(sheet, w1, w2)) : [];
      change(path, { d: one ? polyline(places) : "M0 0" });
      let x = Number(places.at(-1)?.[0] ?? 0) - 14;
      const y = Number(places.at(-1)?.[1] ?? 0) + 16;
      // Paths that end at the same minimum have their numbers side by side.
      while (taken.some((other) => Math.abs(x - other[0]) < 11 && Math.abs(y - other[1]) < 14)) x -= 11;
      if (one) taken.push([x, y]);
      change(text, { x, y });
      write(text, one ? String(one.number) : "");
    });
  };
  return (kept, surface) => {
    const key = JSON.stringify([surface, kept.map((one) => [one.number, one.entry])]);
    if (key !== drawn) draw(kept);
    drawn = key;
  };
}
