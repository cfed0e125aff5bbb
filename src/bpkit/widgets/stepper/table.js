// Every number of both passes in tables: a row for each neuron, and the weights of each layer as they stand in W^l.

import { change, html } from "../shared/elements.js";
import { drawnName, four, plainName } from "./names.js";

const MOST = 8; // of the neurons of a layer: what is more is not listed

/** The tables of a network: { root, draw }. */
export function numbersTables(network, passes) {
  const cells = []; // [cell, value(numbers, parameters), step at which it is known]
  const whole = passes === "both";
  const listed = (n) => Array.from({ length: Math.min(n, MOST) }, (_, i) => i);
  const cell = (value, known) => {
    const element = html("td");
    cells.push({ element, value, known, text: "", now: false });
    return element;
  };
  const head = (text, scope = "col") => html("th", { scope }, text);
  const F = network.sizes.length;

  const neuronRow = (l, j) => {
    const blank = () => html("td", { class: "bpkit-none" });
    const kinds = whole ? ["z", "a", "back", "slope", "d"] : ["z", "a"];
    return html("tr", {}, head(`${l}, ${j + 1}`, "row"), ...kinds.map((kind) => {
      if (l === 1) return kind === "a" ? cell((n) => n.a[1][j], ["input", 1, null]) : blank();
      if (kind === "back" && l === F) return cell((n) => n.back[F]?.[j], ["d", l, j]);
      if (kind === "slope") return cell((n) => n.slope[l]?.[j], ["d", l, j]);
      return cell((n) => n[kind][l][j], [kind, l, j]);
    }));
  };
  const lossCell = () => {
    const element = cell((n) => n.loss, ["loss", F, null]);
    change(element, { colspan: 5 });
    return element;
  };
  const more = (n, columns) => (n <= MOST ? []
    : [html("tr", {}, html("td", { colspan: columns }, `… and ${n - MOST} more`))]);
  const headings = whole ? ["z", "a", "∂L/∂a", "σ′(z)", "d"] : ["z", "a"];
  const neurons = html("table", { class: "bpkit-numbers" },
    html("caption", {}, "Neurons"),
    html("thead", {}, html("tr", {}, html("th", { scope: "col", "aria-label": "layer l, neuron j" }, "l, j"),
      ...headings.map((text) => head(text)))),
    ...network.sizes.map((n, i) => html("tbody", {},
      ...listed(n).map((j) => neuronRow(i + 1, j)), ...more(n, headings.length + 1))),
    ...(whole ? [html("tbody", {}, html("tr", {}, head("L", "row"), lossCell()))] : []),
  );

  const layerTable = (l) => {
    const [rows, columns] = [network.sizes[l - 1], network.sizes[l - 2]];
    // Drawn with small digits that a screen reader may pass over: it is told the name of the weights as in the words.
    const rowHead = (j, before = "") => html("th", {
      scope: "row", "aria-label": `${before}${plainName("w", l, j + 1)}`.replace("^", "k^"),
    }, before + drawnRow("w", l, j));
    const values = (j) => html("tr", {}, rowHead(j),
      ...listed(columns).map((k) => cell((n, p) => p.W[l][j][k], null)), cell((n, p) => p.b[l][j], null));
    const slopes = (j) => html("tr", { class: "bpkit-slopes" }, rowHead(j, "∂L/∂"),
      ...listed(columns).map((k) => cell((n) => n.dW[l][j][k], ["dW", l, j])), cell((n) => n.db[l][j], ["db", l, j]));
    const cut = columns > MOST ? `, the first ${MOST} of ${columns} columns` : "";
    return html("table", { class: "bpkit-numbers" },
      html("caption", {}, `Layer ${l}: weights, biases${whole ? " and the slopes of L" : ""}${cut}`),
      html("thead", {}, html("tr", {}, html("th", { scope: "col", "aria-label": "from neuron k" }, "k ="),
        ...listed(columns).map((k) => head(String(k + 1))), head("bias"))),
      html("tbody", {}, ...listed(rows).flatMap((j) => (whole ? [values(j), slopes(j)] : [values(j)])),
        ...more(rows, Math.min(columns, MOST) + 2)),
    );
  };
  const layers = network.sizes.slice(1).map((_, i) => layerTable(i + 2));
  const root = html("div", { class: "bpkit-tables" }, ...[neurons, ...layers].map((table, i) => html(
    "div", {
      class: "bpkit-scroll", tabindex: 0, role: "region", "data-lm-suppress-shortcuts": "true",
      "aria-label": i ? `Table of layer ${i + 1}'s weights and biases` : "Table of the neurons' numbers",
    }, table)));

  const steps = new Map(); // when each cell is known, per list of steps
  function draw({ s, found, numbers, parameters }) {
    for (const one of cells) {
      if (one.known && !steps.has(one)) steps.set(one, found(...one.known));
      const when = one.known ? steps.get(one) : -1;
      const value = when <= s ? one.value(numbers, parameters) : undefined;
      const text = value === undefined ? "" : four(value);
      if (text !== one.text) one.element.textContent = one.text = text;
      const now = Boolean(one.known) && when === s;
      if (now !== one.now) change(one.element, { class: (one.now = now) ? "bpkit-now" : null });
    }
  }
  return { root, draw };
}

const drawnRow = (letter, l, j) => drawnName(letter, l, j + 1).replace(/(.)$/u, "ₖ$1");
