// Fields for the input and the target.

import { bar, choice, field } from "../shared/controls.js";
import { html } from "../shared/elements.js";
import { drawnName, four } from "./names.js";

const lowered = (letter, j) => drawnName(letter, "", j + 1);

/** A field with a name that is drawn one way and told in another. */
export function namedField(drawn, options) {
  const made = field({ ...options, hidden: true });
  made.element.prepend(html("span", {}, drawn));
  return made;
}

/** Fields for x and, on both passes, y. A target that cannot be goes into `complaint.text`. */
export function sampleFields(page, both, complaint) {
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
    const isClass = (now) => now.filter((v) => v === 1).length === 1 && now.every((v) => v === 0 || v === 1);
    const classOf = (now) => (isClass(now) ? String(now.indexOf(1)) : "");
    const made = choice({
      label: "target: class", value: classOf(y),
      options: [...y.map((_, j) => [String(j), String(j)]), ["", "shares"]],
      wanted: (v) => (v === "" ? page.redraw() : page.set({ y: y.map((_, j) => (j === Number(v) ? 1 : 0)) })),
    });
    return [{ element: made.element, put: (now) => made.put(classOf(now)) }];
  }
  return y.map((value, j) => {
    const label = `y_${j + 1}`;
    const made = loss === "hinge"
      ? choice({
        label, options: [["-1", "−1"], ["1", "1"]], value: String(value), wanted: (v) => set("y", j, Number(v)),
      })
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
