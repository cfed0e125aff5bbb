// NetworkStepper: both passes of a small network, one operation at a time, with every number.

import { OURS, bar, button, slider } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { show } from "./shared/numbers.js";
import { widget } from "./shared/view.js";
import { layerEnds, stepsOf, walked, whenFound } from "./mathematics/steps.js";
import { networkDrawing, passOf } from "./stepper/drawing.js";
import { equationOf } from "./stepper/equations.js";
import { drawnNames, plainName } from "./stepper/names.js";
import { putFormulas } from "./stepper/patch.js";
import { sampleFields } from "./stepper/sample.js";
import { numbersTables } from "./stepper/table.js";
import { weightPanel } from "./stepper/weight.js";

const LIMIT = { neurons: 8, layers: 6, weights: 120 };
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
  const network = Object.fromEntries(["sizes", "hidden", "output", "loss"].map((name) => [name, page.get(name)]));
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
    "aria-label": "Walk through the network: arrow keys step, Page Up and Page Down go by layers, "
      + "Home and End to the ends",
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
  // Who sees reads z₁², who listens z_1^2: a screen reader may pass over small raised and lowered digits.
  const said = html("p", { class: "bpkit-told", "aria-hidden": "true" });
  page.words.classList.add("bpkit-unseen");
  const tables = numbersTables(networkOf(page), passes);
  const complaint = { text: "" }; // said until the next move
  const sample = small ? sampleFields(page, both, complaint) : null;
  const weight = small ? weightPanel(page, both) : null;
  let followed = -1;
  page.root.replaceChildren(
    walk.element,
    html("div", { class: "bpkit-stepper" },
      html("div", {}, ...(drawing ? [stage] : []),
        html("div", { class: "bpkit-step" }, title, symbols, values, said, page.words),
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
    putFormulas(symbols, equation.symbols);
    putFormulas(values, equation.numbers);
    write(said, drawnNames(equation.said));
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

function limitSaid(small, sizes) {
  if (small) return "";
  return `A ${sizes.join("–")} network is too large to draw: at most ${LIMIT.layers} layers, `
    + `${LIMIT.neurons} neurons in a layer and ${LIMIT.weights} weights. Its numbers stand in the tables, a layer at each step.`;
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
  const slopes = numbers.dW.map((rows) => rows?.flat());
  const reached = [...numbers.z, ...numbers.a, ...numbers.d, ...slopes, [numbers.loss]].flat();
  return reached.every((value) => value === undefined || Number.isFinite(value)) ? ""
    : "These numbers grow beyond what a computer can hold (about 1.8 · 10³⁰⁸): some of them show as ∞ or as no number.";
}

/** Buttons and a slider for the steps. */
function walkBar(jumps, go, last, first) {
  const format = (s) => `${s} of ${last}`;
  const at = slider({ label: "Step", min: 0, max: last, step: 1, value: first, format, wanted: go });
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
