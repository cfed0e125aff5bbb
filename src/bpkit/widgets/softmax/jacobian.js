// The softmax's Jacobian as a grid of numbers, and how the chain rule uses it.

import { OURS } from "../shared/controls.js";
import { change, html, write } from "../shared/elements.js";
import { fixed, show } from "../shared/numbers.js";

const SMALL_DIGITS = "₀₁₂₃₄₅₆₇";

export function jacobianGrid() {
  const table = html("table", { class: "bpkit-jacobian" });
  const scroller = html(
    "div", { class: "bpkit-scroll", tabindex: 0, role: "region", "aria-label": "Jacobian of the softmax", ...OURS },
    table,
  );
  const chain = html("p");
  const root = html(
    "div", { class: "bpkit-side bpkit-slopes" }, scroller,
    html(
      "div", {},
      html("p", {}, "A row adds up to 0: the same number added to all logits moves no probability. So does a column: "
        + "what one class gains, the others lose. The column of the logit that you move is marked."),
      chain,
    ),
  );
  let parts = null;
  const put = (now, label, T, held) => {
    if (parts?.cells.length !== now.p.length) parts = fillJacobian(table, now.p.length);
    const most = Math.max(0.25, ...now.jacobian.flat().map(Math.abs));
    write(parts.caption, T === 1 ? "Jacobian ∂ŷᵢ/∂zⱼ = ŷᵢ (δᵢⱼ − ŷⱼ)" : "Jacobian ∂ŷᵢ/∂zⱼ = ŷᵢ (δᵢⱼ − ŷⱼ)/T");
    now.jacobian.forEach((entries, i) => {
      change(parts.rows[i], { "data-right": i === label });
      change(parts.heads[i], { "data-held": i === held });
      write(parts.sums[i], fixed(entries.reduce((sum, value) => sum + value, 0), 3));
      entries.forEach((value, j) => {
        const one = parts.cells[i][j];
        write(one, value === 0 ? "0" : value > 0 ? `+${value.toFixed(3)}` : `−${(-value).toFixed(3)}`);
        change(one, {
          style: `--share:${(Math.sqrt(Math.abs(value) / most) * 100).toFixed(0)}%`,
          "data-sign": value < 0 ? "minus" : "plus", "data-held": j === held,
        });
      });
    });
    write(chain, chainText(now, label));
  };
  return { root, put };
}

function fillJacobian(table, K) {
  const indices = Array.from({ length: K }, (_, k) => k);
  const caption = html("caption");
  const heads = indices.map((j) => html("th", { scope: "col" }, `∂z${SMALL_DIGITS[j]}`));
  const cells = indices.map(() => indices.map(() => html("td")));
  const sums = indices.map(() => html("td", { class: "bpkit-sum" }));
  const rows = indices.map((i) => html(
    "tr", {}, html("th", { scope: "row" }, `∂ŷ${SMALL_DIGITS[i]}`), ...cells[i], sums[i],
  ));
  table.replaceChildren(
    caption,
    html("thead", {}, html("tr", {}, html("td"), ...heads, html("th", { scope: "col" }, "sum"))),
    html("tbody", {}, ...rows),
  );
  return { caption, heads, cells, sums, rows };
}

/** How the chain rule leads from the label's row to the slope, or why not in numbers. */
function chainText({ p }, label) {
  const name = `ŷ${SMALL_DIGITS[label]}`;
  if (p[label] === 0) {
    return `The chain rule goes through the label's row (framed), times −1/${name}. Here ${name} is rounded to 0, and `
      + "that is no number; ŷ − y is still right.";
  }
  return `The chain rule: the label's row (framed), times ∂L/∂${name} = −1/${name} = ${show(-1 / p[label])}, is ∂L/∂z.`;
}
