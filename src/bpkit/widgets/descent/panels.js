// Beside the map: the loss step by step, the last step in numbers, and the list of kept paths.

import { change, html, write } from "../shared/elements.js";
import { show, superscript } from "../shared/numbers.js";
import { plot } from "../shared/plot.js";
import { KEPT, LONGEST, samplesOf } from "./settings.js";

function powerOfTen(power) {
  if (!Number.isInteger(power)) return "";
  return Math.abs(power) < 4 ? show(10 ** power) : `10${superscript(power)}`;
}

/** The loss over the steps: its element, and the function that draws it. */
export function lossesOf() {
  const sheet = plot({
    label: "The loss after each step, on a logarithmic scale", width: 340, height: 210, x: [0, 20], y: [-1, 2],
    xName: "step", yName: "loss", yShow: powerOfTen,
  });
  const older = Array.from({ length: KEPT }, () => ({
    curve: sheet.curve({
      stroke: "var(--bp-soft)", "stroke-width": 1.4, "stroke-dasharray": "5 4", "stroke-opacity": 0.75,
    }),
    number: sheet.dot({ r: 0 }),
  }));
  change(sheet.root, { class: "bpkit-descent-losses" });
  const curve = sheet.curve({ stroke: "var(--bp-fourth)" });
  const dot = sheet.dot({ fill: "var(--bp-fourth)" });
  const points = (path) => path.loss.map((loss, step) => [step, Math.log10(loss)]);
  return {
    element: sheet.root,
    draw(path, kept) {
      const all = [path, ...kept.map((one) => one.path)];
      const powers = all.flatMap((one) => one.loss).map(Math.log10).filter(Number.isFinite);
      const longest = Math.max(...all.map((one) => one.loss.length - 1));
      const low = Math.floor(Math.min(0, ...powers));
      sheet.frame([0, [20, 50, 100, 200, LONGEST].find((end) => longest <= end)],
        [low, Math.max(low + 1, Math.ceil(Math.max(0, ...powers)))]);
      older.forEach((one, k) => {
        const steps = kept[k] ? points(kept[k].path) : [];
        one.curve(steps);
        // On the curve, each a little further on: in the end most curves run into one, where the loss is written.
        const [step, power] = steps[Math.round((steps.length - 1) * (0.15 + 0.15 * k))] ?? [NaN, NaN];
        const place = [sheet.x(sheet.X(step) - 12), sheet.y(sheet.Y(power) + 12)]; // a dot's text is 8 pixels off it
        one.number(...place, kept[k] ? String(kept[k].number) : "");
      });
      const steps = points(path);
      curve(steps);
      dot(...steps.at(-1), show(path.loss.at(-1), 4));
    },
  };
}

/** What the last step was made of. */
export function lastStep() {
  const caption = html("caption");
  const rows = ["before", "slope ∂L/∂w", "velocity v", "after"].map((name) => ({
    name, cells: [html("td"), html("td")], head: html("th", { scope: "row" }, name),
  }));
  const element = html(
    "table", { class: "bpkit-descent-step" }, caption,
    html("thead", {}, html("tr", {}, html("td"), ...["w₁", "w₂"].map((name) => html("th", { scope: "col" }, name)))),
    html("tbody", {}, ...rows.map(({ head, cells }) => html("tr", {}, head, ...cells))),
  );
  return {
    element,
    draw(path, N) {
      const taken = path.w.length - 1;
      const batch = path.rows.length < N ? ` (${path.rows.length > 1 ? "samples" : "sample"} ${
        path.rows.map((i) => i + 1).sort((one, other) => one - other).join(", ")})` : "";
      write(caption, taken ? `Step ${taken}${batch}` : "No step taken yet");
      const values = taken ? [path.w.at(-2), path.g, path.v, path.w.at(-1)] : [[], [], [], path.w[0]];
      rows.forEach(({ cells }, k) => cells.forEach((cell, i) => {
        write(cell, values[k][i] === undefined ? "" : show(values[k][i], 4));
      }));
    },
  };
}

/** Say of each kept path what it follows from, and where it ended. */
export function drawKept(list, kept, surfaces) {
  const lines = kept.map(({ entry, path }) => `${entry.surface}, ` +
    `from (${entry.start.map((w) => show(w, 4)).join(", ")}): ` +
    `η = ${show(entry.rate, 4)}, μ = ${show(entry.momentum, 3)}, ` +
    `${samplesOf(entry.batch_size, surfaces[entry.surface].x.length)}; ` +
    `after ${path.w.length - 1} steps ${path.lost ? "it has run away" : `the loss is ${show(path.loss.at(-1), 4)}`}`);
  if (list.children.length !== lines.length) list.replaceChildren(...lines.map(() => html("li")));
  lines.forEach((line, k) => write(list.children[k], line));
}
