import { bar, slider } from "./shared/controls.js";
import { plot, spread } from "./shared/plot.js";
import { show } from "./shared/numbers.js";
import { widget } from "./shared/view.js";

export default widget((page) => {
  const x = slider({ label: "x", min: -2, max: 2, step: 0.1, value: page.get("x"), wanted: (v) => page.set({ x: v }) });
  const sheet = plot({ label: "stub", x: [-2, 2], y: [-1, 4], xName: "x" });
  sheet.curve()(spread(-2, 2, 80).map((v) => [v, v * v]));
  const dot = sheet.dot({ fill: "var(--bp-plus)" });
  page.root.append(bar(x), sheet.root);
  return () => {
    x.put(page.get("x"));
    dot(page.get("x"), page.get("x") ** 2, "here");
    page.say(`At x = ${show(page.get("x"))} the square is ${show(page.get("x") ** 2)}.`);
  };
});
