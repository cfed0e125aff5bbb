// Logits → probabilities → loss → error, one row of bars for each class, and the softmax's Jacobian under them.

import { bar, button, field, OURS, slider } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { fixed, show } from "./shared/numbers.js";
import { local, widget } from "./shared/view.js";
import { tempered } from "./mathematics/tempered.js";
import { logitStrip, strip } from "./softmax/bars.js";
import { jacobianGrid } from "./softmax/jacobian.js";
import { decimals, lossText, neat, share, signed } from "./softmax/numbers.js";

const FEWEST_CLASSES = 2;
const MOST_CLASSES = 8;
const LARGEST_LOGIT = 1e6;
const COLDEST = 0.01;
const HOTTEST = 100;
const ROOMS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 1e4, 1e5, 1e6];

export default widget((page) => {
  const logits = () => page.get("logits");
  const stateWith = (z) => JSON.stringify([z, page.get("label"), page.get("temperature")]);
  let note = { text: "", of: "" }; // true of one state only: Python may change it, too
  const [held, hold] = local(page, -1);
  const put = (values) => {
    page.tell();
    page.set(values);
  };
  const putLogits = (z) => {
    if (z.every((value) => Math.abs(value) <= LARGEST_LOGIT)) put({ logits: z });
    else page.tell("A logit may be any number from −1 000 000 to 1 000 000.");
  };
  const putLogit = (k, value) => putLogits(logits().map((old, i) => (i === k ? value : old)));
  const putTemperature = (T) => {
    if (T >= COLDEST && T <= HOTTEST) put({ temperature: T });
    else page.tell(`The temperature may be any number from ${COLDEST} to ${HOTTEST}.`);
  };
  const shift = (by) => {
    const z = logits().map((value) => neat(value + by));
    note = { text: `All logits moved by ${show(by)}: nothing else has changed.`, of: stateWith(z) };
    putLogits(z);
  };
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
  rows.root.addEventListener("focusout", (event) => {
    if (!rows.root.contains(event.relatedTarget)) hold(-1);
  });

  return () => {
    const z = logits();
    const [label, T] = [page.get("label"), page.get("temperature")];
    const now = tempered(z, label, T);
    controls.put(T);
    fewer.disabled = z.length <= FEWEST_CLASSES;
    more.disabled = z.length >= MOST_CLASSES;
    rows.put(z, label, T, now);
    grid.put(now, label, T, held());
    page.say(inWords(z, label, T, now, note.of === stateWith(z) ? note.text : ""));
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

function inWords(z, label, T, now, note) {
  const most = Math.max(...now.p);
  const likeliest = now.p.flatMap((p, k) => (p === most ? [k] : []));
  const alone = likeliest.length === 1 ? "the largest" : "no class has more";
  const others = likeliest.length === 1 ? `class ${likeliest[0]} has` : `classes ${likeliest.join(", ")} have`;
  const largest = likeliest.includes(label) ? alone : `${others} the largest, ${decimals(most)}`;
  const hot = T === 1 ? "" : ` at temperature ${show(T)}`;
  return `Logits ${z.map((value) => show(value)).join(", ")}${hot}: the label, class ${label}, has the probability `
    + `${share(now.p[label], now.logs[label])} (${largest}), so the loss is ${lossText(now.loss)}. ${note}`.trim();
}

// ---- the rows of bars

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

const number = () => html("span", { class: "bpkit-number" });
const second = () => html("span", { class: "bpkit-second" });
