// How far a training has come, in numbers, and its loss curve.

import { html, write } from "../shared/elements.js";
import { fixed, show } from "../shared/numbers.js";
import { plot } from "../shared/plot.js";

/** The numbers and the curve: their `elements`, and `draw(run)`. */
export function trainingLoss() {
  const sheet = plot({
    label: "The loss over the epochs", width: 400, height: 270, x: [0, 10], y: [0, 1], xName: "epoch", yName: "loss",
    left: 58, // for "8 · 10⁶": so it looks when training runs away
  });
  const line = sheet.curve({ stroke: "var(--bp-plus)" });
  const dot = sheet.dot({ fill: "var(--bp-plus)" });
  const numbers = ["epoch", "loss", "right", "network"].map((name) => [name, html("b")]);
  const readout = Object.fromEntries(numbers);
  const spans = numbers.map(([name, number]) => html("span", {}, `${name} `, number));
  return {
    elements: [html("p", { class: "bpkit-train-readout" }, ...spans), sheet.root],
    draw(run) {
      const { loss, right } = run.measured();
      const epoch = run.epoch();
      const n = run.points.length;
      const points = n ? [...run.curve, [epoch, loss]] : [];
      sheet.frame([0, above(epoch, 10)], [0, above(points.reduce((most, [, y]) => Math.max(most, y), 0.1))]);
      line(points);
      dot(epoch, loss ?? NaN);
      write(readout.epoch, show(epoch, 6));
      write(readout.loss, loss === null ? "–" : loss < 1e5 ? fixed(loss, 4) : show(loss, 4));
      write(readout.right, `${right} of ${n}`);
      write(readout.network, [2, ...run.hidden, 1].join("–"));
    },
  };
}

/** The next of 0.1, 0.2, 0.5, 1, 2, 5, … that is not below. */
function above(value, least = 0) {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted) + 1e-12);
  return [1, 2, 5, 10].map((m) => Number((m * power).toPrecision(3))).find((round) => round >= wanted * (1 - 1e-9));
}
