// NetworkStepper: both passes of a small network, one operation at a time, with every number.

import { OURS, bar, button, choice, field, slider } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { fraction, math, number, row, sign, symbol } from "./shared/formula.js";
import { show } from "./shared/numbers.js";
import { widget } from "./shared/view.js";
import { layerEnds, measuredSlope, stepsOf, walked, whenFound } from "./mathematics/steps.js";
import { networkDrawing, passOf } from "./stepper/drawing.js";
import { equationOf } from "./stepper/equations.js";
import { drawnName, four, plainName, readName, setName } from "./stepper/names.js";
import { numbersTables } from "./stepper/table.js";

const LIMIT = { neurons: 8, layers: 6, weights: 120 };
const DISTANCES = ["1", "0.1", "0.01", "0.001", "0.0001", "0.00001"];
const FORMS = ["sizes", "hidden", "output", "loss", "passes"];

export default widget((page) => {
  let view = null;
  let form = "";
  return () => {
    const now = JSON.stringify(FORMS.map(page.get));
    if (now !== form) {
      form = now;
      view = builtView(page);
    }
    view();
  };
});

/** Numbers as JSON brings them: what is not finite comes as text. */
const numbersIn = (list) => list.map(Number);

/** The network of the present state, as `network.js` takes it. */
function networkOf(page) {
  const network = { sizes: page.get("sizes"), hidden: page.get("hidden"), output: page.get("output"), loss: page.get("loss") };
  const W = [null, null];
  const b = [null, null];
  for (let l = 2; l <= network.sizes.length; l += 1) {
    W[l] = page.get("W")[l].map(numbersIn);
    b[l] = numbersIn(page.get("b")[l]);
  }
  return { ...network, W, b };
}

function isSmall(sizes) {
  const weights = sizes.slice(1).reduce((sum, n, i) => sum + n * sizes[i], 0);
  return sizes.length <= LIMIT.layers && Math.max(...sizes) <= LIMIT.neurons && weights <= LIMIT.weights;
}

/** Put all elements into the page, and return the function that draws the state. */
function builtView(page) {
  const sizes = page.get("sizes");
  const small = isSmall(sizes);
  const passes = page.get("passes");
  const both = passes === "both";
  const steps = stepsOf(sizes, passes, !small);
  const found = whenFound(steps);
  const ends = layerEnds(steps);
  const last = steps.length - 1;
  const asked = () => Math.max(0, Math.min(last, page.get("step")));
  const go = (step) => { if (step !== page.get("step")) page.set({ step }); };
  const jumps = {
    ArrowRight: () => Math.min(last, asked() + 1), ArrowLeft: () => Math.max(0, asked() - 1),
    PageDown: () => ends.find((s) => s > asked()) ?? last, PageUp: () => ends.findLast((s) => s < asked()) ?? 0,
    Home: () => 0, End: () => last,
  };
  const walk = walkBar(jumps, go, last, asked());
  const drawing = small ? networkDrawing(networkOf(page), passes, (selected) => page.set({ selected }),
    (l, j, k) => (k === null ? plainName("b", l, j + 1) : plainName("w", l, j + 1, k + 1))) : null;
  const stage = html("div", {
    class: "bpkit-scroll bpkit-walk", tabindex: 0, role: "group", ...OURS,
    "aria-label": "Walk through the network: arrow keys step, Page Up and Page Down go by layers, Home and End to the ends",
  }, ...(drawing ? [drawing.root] : []));
  stage.addEventListener("keydown", (event) => {
    const jump = jumps[event.key];
    if (!jump || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(jump());
  });
  const title = html("p", { class: "bpkit-step-title", "aria-hidden": "true" });
  const symbols = html("p", { class: "bpkit-equation" });
  const values = html("p", { class: "bpkit-equation" });
  const tables = numbersTables(networkOf(page), passes);
  const complaint = { text: "" }; // said until the next move
  const sample = small ? sampleFields(page, both, complaint) : null;
  const weight = small ? weightPanel(page, both) : null;
  let followed = -1;
  page.root.replaceChildren(
    walk.element,
    html("div", { class: "bpkit-stepper" },
      html("div", {}, ...(drawing ? [stage] : []), html("div", { class: "bpkit-step" }, title, symbols, values, page.words),
        ...(sample ? [sample.element] : []), ...(weight ? [weight.element] : [])),
      tables.root),
  );

  return () => {
    const parameters = networkOf(page);
    const [x, y, s] = [numbersIn(page.get("x")), numbersIn(page.get("y")), asked()];
    const step = steps[s];
    const numbers = walked(parameters, x, y);
    const equation = equationOf(step, parameters, x, y, numbers);
    walk.put(s);
    write(title, passOf(step));
    symbols.replaceChildren(...spaced(equation.symbols));
    values.replaceChildren(...spaced(equation.numbers));
    drawing?.draw({ step, s, found, numbers, parameters, chosen: page.get("selected"), y });
    if (s !== followed) drawing?.follow(step, stage);
    followed = s;
    tables.draw({ s, found, numbers, parameters });
    sample?.put(x, y);
    const measured = weight?.put({ parameters, x, y, numbers, s, found }) ?? "";
    page.say(`Step ${s} of ${last}. ${equation.said}${measured}`);
    page.tell(complaint.text || limitSaid(small, sizes) || troubleSaid(parameters, numbers));
    complaint.text = "";
  };
}

/** Formulas with room between them in which a line may break. */
function spaced(formulas) {
  return formulas.flatMap((formula) => [formula, " "]);
}

function limitSaid(small, sizes) {
  if (small) return "";
  return `A ${sizes.join("–")} network is too large to draw: at most ${LIMIT.layers} layers, ${LIMIT.neurons} neurons in a `
    + `layer and ${LIMIT.weights} weights. Its numbers stand in the tables, a layer at each step.`;
}

/** What stands in the way of finite numbers, if anything does. */
function troubleSaid({ W, b, sizes }, numbers) {
  for (let l = 2; l <= sizes.length; l += 1) {
    for (const [j, weights] of W[l].entries()) {
      const k = weights.findIndex((w) => !Number.isFinite(w));
      const bad = k >= 0 ? [plainName("w", l, j + 1, k + 1), weights[k]] : [plainName("b", l, j + 1), b[l][j]];
      if (!Number.isFinite(bad[1])) return `${bad[0]} is ${show(bad[1])}: what it reaches may be no number either.`;
    }
  }
  const reached = [...numbers.z, ...numbers.a, ...numbers.d, ...numbers.dW.map((rows) => rows?.flat()), [numbers.loss]].flat();
  return reached.every((value) => value === undefined || Number.isFinite(value)) ? ""
    : "These numbers grow beyond what a computer can hold (about 1.8 · 10³⁰⁸): some of them show as ∞ or as no number.";
}

/** Buttons and a slider for the steps. */
function walkBar(jumps, go, last, first) {
  const at = slider({ label: "Step", min: 0, max: last, step: 1, value: first, format: (s) => `${s} of ${last}`, wanted: go });
  const to = (label, key) => button(label, () => go(jumps[key]()));
  const buttons = [to("First", "Home"), to("« Layer", "PageUp"), to("‹ Back", "ArrowLeft"), to("Next ›", "ArrowRight"),
    to("Layer »", "PageDown"), to("Last", "End")];
  const put = (s) => {
    at.put(s);
    // Not `disabled`: the button that has the focus would lose it.
    buttons.forEach((one, i) => change(one, { "aria-disabled": s === (i < 3 ? 0 : last) ? "true" : null }));
  };
  return { element: bar(...buttons, at), put };
}

const lowered = (letter, j) => drawnName(letter, "", j + 1);

/** A field with a name that is drawn one way and told in another. */
function namedField(drawn, options) {
  const made = field({ ...options, hidden: true });
  made.element.prepend(html("span", {}, drawn));
  return made;
}

/** Fields for the input and the target. */
function sampleFields(page, both, complaint) {
  const set = (name, j, value) => page.set({ [name]: page.get(name).map((old, i) => (i === j ? value : old)) });
  const inputs = page.get("x").map((value, j) => namedField(lowered("x", j), {
    label: `x_${j + 1}`, value: Number(value), wanted: (v) => set("x", j, v),
  }));
  const targets = both ? targetControls(page, set, complaint) : [];
  return {
    element: html("div", {}, bar(...inputs), bar(...targets)),
    put(x, y) {
      inputs.forEach((one, j) => one.put(x[j]));
      targets.forEach((one) => one.put(y));
    },
  };
}

/** The target: a class, labels −1 and 1, or numbers, as the loss has it. Each control's `put` takes all of y. */
function targetControls(page, set, complaint) {
  const y = page.get("y").map(Number);
  const loss = page.get("loss");
  if (loss === "cross_entropy") {
    const classOf = (now) => (now.filter((v) => v === 1).length === 1 && now.every((v) => v === 0 || v === 1) ? String(now.indexOf(1)) : "");
    const made = choice({
      label: "target: class", options: [...y.map((_, j) => [String(j), String(j)]), ["", "shares"]], value: classOf(y),
      wanted: (v) => (v === "" ? page.redraw() : page.set({ y: y.map((_, j) => (j === Number(v) ? 1 : 0)) })),
    });
    return [{ element: made.element, put: (now) => made.put(classOf(now)) }];
  }
  return y.map((value, j) => {
    const label = `y_${j + 1}`;
    const made = loss === "hinge"
      ? choice({ label, options: [["-1", "−1"], ["1", "1"]], value: String(value), wanted: (v) => set("y", j, Number(v)) })
      : namedField(lowered("y", j), {
        label, value,
        wanted: (v) => {
          if (loss !== "binary_cross_entropy" || (v >= 0 && v <= 1)) { set("y", j, v); return; }
          complaint.text = `A target for the binary cross-entropy lies from 0 to 1, so ${label} cannot be ${four(v)}.`;
          page.redraw();
        },
      });
    return { element: made.element, put: (now) => made.put(loss === "hinge" ? String(now[j]) : now[j]) };
  });
}

/** One weight or bias: choose it, change it, measure the slope of the loss by it. */
function weightPanel(page, both) {
  const sizes = page.get("sizes");
  const options = [];
  for (let l = 2; l <= sizes.length; l += 1) {
    for (let j = 1; j <= sizes[l - 1]; j += 1) {
      for (let k = 1; k <= sizes[l - 2]; k += 1) options.push([plainName("w", l, j, k), drawnName("w", l, j, k)]);
    }
    for (let j = 1; j <= sizes[l - 1]; j += 1) options.push([plainName("b", l, j), drawnName("b", l, j)]);
  }
  const which = choice({ label: "Weight or bias", options, value: page.get("selected"), wanted: (selected) => page.set({ selected }) });
  const value = namedField("=", { label: "Its value", value: 0, wanted: (v) => page.set(changedTo(page, v)) });
  const distance = choice({ label: "h", options: DISTANCES.map((h) => [h, h]), value: String(page.get("h")), wanted: (h) => page.set({ h: Number(h) }) });
  const toggle = button("Measure the slope", () => page.set({ measuring: !page.get("measuring") }));
  const said = html("p", { class: "bpkit-equation" });
  const compared = html("p", { class: "bpkit-compared" });
  let before = "";
  const parts = both ? [distance, toggle] : [];
  return {
    element: html("div", { class: "bpkit-weight" }, bar(which, value, ...parts), said, compared),
    /** Draw, and return what is to be added to the words. */
    put({ parameters, x, y, numbers, s, found }) {
      const name = page.get("selected");
      const place = readName(name);
      const { l, j, k } = place;
      if (which.input.value !== name) which.put(name);
      value.put(k === null ? parameters.b[l][j] : parameters.W[l][j][k]);
      const h = page.get("h");
      distance.put(DISTANCES.find((one) => Number(one) === h) ?? otherDistance(distance.input, h));
      const on = both && page.get("measuring");
      change(toggle, { "aria-pressed": String(on) });
      const told = on ? measurement(name, place, h, measuredSlope(parameters, x, y, place, h)) : { text: "", formula: [], slope: 0 };
      if (told.text !== before) {
        before = told.text;
        said.replaceChildren(...spaced(told.formula));
      }
      const slope = k === null ? numbers.db[l][j] : numbers.dW[l][j][k];
      const known = found(k === null ? "db" : "dW", l, j) <= s;
      write(compared, on ? comparison(name, slope, told.slope, known) : "");
      return on ? ` ${told.text}` : "";
    },
  };
}

function otherDistance(select, h) {
  if (![...select.options].some((one) => one.value === String(h))) select.append(html("option", { value: String(h) }, show(h)));
  return String(h);
}

/** W or b with the selected number changed; what is not finite stays as it came. */
function changedTo(page, value) {
  const { l, j, k } = readName(page.get("selected"));
  if (k === null) return { b: { ...page.get("b"), [l]: page.get("b")[l].map((old, i) => (i === j ? value : old)) } };
  const rows = page.get("W")[l].map((weights, i) => (i === j ? weights.map((old, m) => (m === k ? value : old)) : weights));
  return { W: { ...page.get("W"), [l]: rows } };
}

function measurement(name, { l, j, k }, h, { up, down, slope }) {
  const at = () => (k === null ? setName("b", l, j + 1) : setName("w", l, j + 1, k + 1));
  const bracket = (text) => { const made = sign(text); made.setAttribute("stretchy", "false"); return made; };
  const L = (way) => row("L", bracket("("), at(), way, "h", bracket(")"));
  const ten = (value) => number(show(value, 10));
  return {
    slope,
    formula: [
      math(fraction(row(L("+"), "−", L("−")), row(number(2), symbol("h")))),
      math("=", fraction(row(ten(up), "−", ten(down)), row(number(2), "·", number(show(h))))),
      math("=", number(show(slope, 6))),
    ],
    text: `Measured with h = ${show(h)}: L goes from ${show(down, 10)} to ${show(up, 10)}, a slope of ${show(slope, 6)} by ${name}.`,
  };
}

function comparison(name, slope, measured, known) {
  if (!known) return `The pass back has not come to ${name} yet: step on, and compare.`;
  return `The pass back says ∂L/∂${name} = ${show(slope, 6)}; the two differ by ${show(Math.abs(slope - measured), 2)}.`;
}
