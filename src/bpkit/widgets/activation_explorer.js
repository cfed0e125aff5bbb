// One neuron's σ with its slope, and beside it what a chain of such neurons leaves of the gradient.

import { bar, button } from "./shared/controls.js";
import { change, html } from "./shared/elements.js";
import { clamp } from "./shared/drag.js";
import { widget } from "./shared/view.js";
import { chain } from "./mathematics/chain.js";
import { DEEPEST, manyNeurons } from "./activation/chain.js";
import { called, LOOKS, oneNeuron } from "./activation/neuron.js";

export default widget((page) => {
  const kinds = choices(page);
  const neuron = oneNeuron(page);
  const chained = manyNeurons(page);
  page.root.classList.add("bpkit-halo");
  page.root.append(kinds.element, html("div", { class: "bpkit-side" }, neuron.element, chained.element), page.words);
  return () => {
    const state = readState(page);
    if (!state) return;
    page.tell();
    const followed = chain(state.activation, state.w, state.b, state.x, DEEPEST);
    kinds.draw(state);
    const about = neuron.draw(state, followed);
    page.say(`${about} ${chained.draw(state, followed)}`.replaceAll(/ ([·=]) /g, "\u00a0$1\u00a0"));
  };
});

/** The traits, or null where they cannot be drawn, which is then told. */
function readState(page) {
  const state = Object.fromEntries(["activation", "z", "w", "b", "x", "depth"].map((name) => [name, page.get(name)]));
  if (!Object.hasOwn(LOOKS, state.activation)) {
    page.tell(`There is no activation function “${state.activation}” here: choose one of the four.`);
    return null;
  }
  const wrong = ["z", "w", "b", "x", "depth"].find((name) => !Number.isFinite(state[name]));
  if (wrong) {
    page.tell(`${wrong} has to be a number, and is not.`);
    return null;
  }
  return { ...state, depth: clamp(Math.round(state.depth), 1, DEEPEST) };
}

/** A button for each activation function. */
function choices(page) {
  const take = (name) => () => page.set({ activation: name });
  const buttons = Object.keys(LOOKS).map((name) => [name, button(called(name), take(name))]);
  const all = bar(...buttons.map(([, one]) => one));
  const element = html("div", { role: "group", "aria-label": "activation function" }, all);
  const draw = ({ activation }) => {
    for (const [name, one] of buttons) change(one, { "aria-pressed": String(name === activation) });
  };
  return { element, draw };
}
