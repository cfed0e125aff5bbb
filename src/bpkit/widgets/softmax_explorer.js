// Logits → probabilities → loss → error, one row of bars for each class, and the softmax's Jacobian under them.

import { bar, button, field, OURS, slider } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { fixed, show, superscript } from "./shared/numbers.js";
import { local, widget } from "./shared/view.js";
import { tempered } from "./mathematics/tempered.js";

const FEWEST_CLASSES = 2;
const MOST_CLASSES = 8;
const LARGEST_LOGIT = 1e6;
const COLDEST = 0.01;
const HOTTEST = 100;
const ROOMS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 1e4, 1e5, 1e6];
const SMALL_DIGITS = "₀₁₂₃₄₅₆₇";

export default widget((page) => {
  const logits = () => page.get("logits");
  const [note, setNote] = local(page, "");
  const [held, hold] = local(page, -1);
  const put = (values, said = "") => {
    page.tell();
    if (said !== note()) setNote(said);
    page.set(values);
  };
  const putLogits = (z, said) => {
    if (z.every((value) => Math.abs(value) <= LARGEST_LOGIT)) put({ logits: z }, said);
    else page.tell("A logit may be any number from −1 000 000 to 1 000 000");
  };
  const putLogit = (k, value) => putLogits(logits().map((old, i) => (i === k ? value : old)));
  const putTemperature = (T) => {
    if (T >= COLDEST && T <= HOTTEST) put({ temperature: T });
    else page.tell(`The temperature may be any number from ${COLDEST} to ${HOTTEST}`);
  };
  const shift = (by) => putLogits(
    logits().map((value) => neat(value + by)), `All logits moved by ${show(by)}: nothing else has changed.`,
  );
  const resize = (count) => put({
    logits: [...logits(), 0].slice(0, count),
    label: Math.min(page.get("label"), count - 1),
  });

  const controls = temperatureControls(page.get("temperature"), putTemperature);
  const fewer = button("Remove a class", () => resize(logits().length - 1));
  const more = button("Add a class", () => resize(logits().length + 1));
  const rows = classRows({
    logit: putLogit, label: (k) => put({ label: k }), drop: () => page.redraw(),
  });
  const grid = jacobianGrid();
  page.root.append(
    bar(controls.slider, controls.field),
    bar(button("Add 1 to all logits", () => shift(1)), button("Take 1 from all", () => shift(-1)), more, fewer),
    rows.root, page.words, grid.root,
  );
  rows.root.addEventListener("focusin", (event) => hold(rows.indexOf(event.target)));
  rows.root.addEventListener("focusout", () => hold(-1));

  return () => {
    const z = logits();
    const [label, T] = [page.get("label"), page.get("temperature")];
    const now = tempered(z, label, T);
    controls.put(T);
    fewer.disabled = z.length <= FEWEST_CLASSES;
    more.disabled = z.length >= MOST_CLASSES;
    rows.put(z, label, T, now);
    grid.put(now, label, T, held());
    page.say(inWords(z, label, T, now, note()));
  };
});

function temperatureControls(value, wanted) {
  const slide = slider({ label: "temperature T", min: 0.1, max: 5, step: 0.1, value, wanted });
  slide.element.classList.add("bpkit-heat");
  slide.element.querySelector("output").remove(); // the field beside it shows the number
  const typed = field({ label: "temperature T as a number", hidden: true, value, step: 0.01, wanted });
  typed.element.classList.add("bpkit-heat");
  const put = (T) => { slide.put(T); typed.put(T); };
  return { slider: slide, field: typed, put };
}

/** Sums such as 0.1 + 0.2 without the digits that rounding adds. */
const neat = (value) => Number(value.toPrecision(12));

/** A share or an error with four decimals; a tiny one by its power of ten. */
function decimals(value) {
  return value !== 0 && Math.abs(value) < 5e-5 ? show(value, 2) : fixed(value, 4);
}

function signed(value, written = decimals(value)) {
  return value > 0 ? `+${written}` : written;
}

/** p, also where it is so small that the computer has rounded it to 0. */
function share(p, log) {
  return p === 0 ? `10${superscript(Math.round(log / Math.LN10))}` : decimals(p);
}

function inWords(z, label, T, now, note) {
  const likeliest = now.p.indexOf(Math.max(...now.p));
  const other = `class ${likeliest} has the largest, ${decimals(now.p[likeliest])}`;
  const largest = likeliest === label ? "the largest" : other;
  const hot = T === 1 ? "" : ` at temperature ${show(T)}`;
  return `Logits ${z.map((value) => show(value)).join(", ")}${hot}: the label, class ${label}, has the probability `
    + `${share(now.p[label], now.logs[label])} (${largest}), so the loss is ${lossText(now.loss)}. ${note}`.trim();
}

// ---- the rows of bars

/** A strip on which a bar goes from 0 to a value. */
function strip(attributes = {}) {
  const fill = html("span", { class: "bpkit-fill" });
  const root = html("div", { class: "bpkit-strip", ...attributes }, fill);
  const put = (value, low, high) => {
    const at = (v) => (100 * (Math.min(high, Math.max(low, v)) - low)) / (high - low);
    const [from, to] = [at(Math.min(value, 0)), at(Math.max(value, 0))];
    change(root, { style: `--zero:${at(0)}%` });
    change(fill, {
      style: `left:${from.toFixed(2)}%;width:${(to - from).toFixed(2)}%`,
      "data-sign": value < 0 ? "minus" : value > 0 ? "plus" : "none",
    });
  };
  return { root, put };
}

function classRows(wanted) {
  const group = `bpkit-label-${Math.random()}`; // radio buttons of one widget only exclude each other
  const head = headRow();
  const foot = footRow();
  const root = html(
    "div", { class: "bpkit-classes", role: "table", "aria-label": "Class by class" }, head.root, foot.root,
  );
  const rows = [];
  let room = ROOMS[0];
  const put = (z, label, T, now) => {
    while (rows.length > z.length) rows.pop().root.remove();
    while (rows.length < z.length) {
      rows.push(classRow(rows.length, group, wanted, () => room));
      foot.root.before(rows.at(-1).root);
    }
    const size = Math.max(...z.map(Math.abs));
    // While the mouse holds a bar, the scale stays under it.
    if (!rows.some((row) => row.held())) room = ROOMS.find((bound) => bound > size) ?? LARGEST_LOGIT;
    change(root, { "data-tempered": T !== 1 });
    head.put(label, T);
    foot.put(now);
    rows.forEach((row, k) => row.put({ k, z: z[k], label, T, now, room }));
  };
  return { root, put, indexOf: (element) => rows.findIndex((row) => row.root.contains(element)) };
}

function cell(role, ...children) {
  return html("div", { role }, ...children);
}

function headRow() {
  const title = (name, ...formula) => cell(
    "columnheader", html("strong", {}, name), html("span", { class: "bpkit-formula" }, ...formula),
  );
  const hat = () => html("i", {}, "ŷ");
  const variable = (name) => html("i", {}, name);
  const of = html("i");
  const right = html("sub");
  const by = () => [variable("∂L"), "/", variable("∂z")];
  const plain = html("span", {}, " = ", ...by());
  const divided = html("span", {}, ", and ", ...by(), " = (", hat(), " − ", variable("y"), ")/", variable("T"));
  const root = html(
    "div", { role: "row", class: "bpkit-class" },
    title("label", variable("y"), " (dashed)"),
    title("logits", variable("z"), " – drag, or type"),
    title("probabilities", hat(), " = softmax(", of, ")"),
    title("loss", variable("L"), " = −ln ", html("i", {}, "ŷ", right)),
    title("error", hat(), " − ", variable("y"), plain, divided),
  );
  const put = (label, T) => {
    write(of, T === 1 ? "z" : "z/T");
    plain.hidden = T !== 1;
    divided.hidden = T === 1;
    write(right, String(label));
  };
  return { root, put };
}

function footRow() {
  const [shares, errors] = [html("span"), html("span")];
  const root = html(
    "div", { role: "row", class: "bpkit-class bpkit-sums" },
    cell("rowheader", "sum"), cell("cell"), cell("cell", shares), cell("cell"), cell("cell", errors),
  );
  const total = (values) => values.reduce((sum, value) => sum + value, 0);
  const put = ({ p, error }) => {
    write(shares, fixed(total(p), 4));
    write(errors, fixed(total(error), 4));
  };
  return { root, put };
}

function classRow(k, group, wanted, room) {
  const radio = html("input", { type: "radio", name: group, "aria-label": `class ${k} is the label`, ...OURS });
  radio.addEventListener("change", () => wanted.label(k));
  const logit = logitStrip(k, (value) => wanted.logit(k, value), wanted.drop, room);
  const typed = field({
    label: `logit of class ${k} as a number`, hidden: true, value: 0, wanted: (value) => wanted.logit(k, value),
  });
  const parts = { p: strip(), loss: strip({ class: "bpkit-strip bpkit-loss" }), error: strip() };
  const said = { p: number(), loss: number(), error: number(), scaled: second(), slope: second() };
  const root = html(
    "div", { role: "row", class: "bpkit-class" },
    cell("rowheader", html("label", {}, radio, html("span", {}, `class ${k}`))),
    cell("cell", logit.root, typed.element, said.scaled),
    cell("cell", parts.p.root, said.p),
    cell("cell", parts.loss.root, said.loss),
    cell("cell", parts.error.root, said.error, said.slope),
  );
  const put = (state) => {
    const { z, label, T, now } = state;
    const right = k === label;
    radio.checked = right;
    change(root, { "data-right": right });
    change(parts.p.root, { "data-target": right });
    logit.put(z, state.room);
    typed.put(z);
    parts.p.put(now.p[k], 0, 1);
    parts.error.put(now.error[k], -1, 1);
    write(said.p, share(now.p[k], now.logs[k]));
    write(said.error, signed(now.error[k]));
    parts.loss.root.hidden = !right;
    if (right) parts.loss.put(now.loss, 0, ROOMS.find((bound) => bound > now.loss) ?? now.loss);
    write(said.loss, right ? lossText(now.loss) : "");
    write(said.scaled, T === 1 ? "" : `z/T = ${show(now.u[k])}`);
    write(said.slope, T === 1 ? "" : `∂L/∂z = ${signed(now.slope[k])}`);
  };
  return { root, put, held: logit.held };
}

const lossText = (loss) => (loss < 1000 ? decimals(loss) : show(loss, 6));
const number = () => html("span", { class: "bpkit-number" });
const second = () => html("span", { class: "bpkit-second" });

/** The bar of a logit: a slider that the mouse, a finger or the keys move. */
function logitStrip(k, wanted, dropped, room) {
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

// ---- the Jacobian

function jacobianGrid() {
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
      write(parts.sums[i], fixed(entries.reduce((sum, value) => sum + value, 0), 0));
      entries.forEach((value, j) => {
        const one = parts.cells[i][j];
        write(one, value === 0 ? "0" : signed(value, fixed(value, 3)));
        change(one, {
          style: `--share:${(Math.sqrt(Math.abs(value) / most) * 100).toFixed(1)}%`,
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
