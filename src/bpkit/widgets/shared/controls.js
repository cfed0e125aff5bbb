// Controls with a name, reached by Tab, moved by the keys that everyone expects. JupyterLab takes the arrow keys and
// letters for itself unless the element that has the focus says that it wants them.

import { change, html, write } from "./elements.js";
import { readNumber, show } from "./numbers.js";

export const OURS = { "data-lm-suppress-shortcuts": "true" };

/** A slider with its name before it and its value behind it. `wanted` gets the value at every move. */
export function slider({ label, min, max, step, value, format = show, wanted }) {
  const input = html("input", { type: "range", min, max, step, "aria-label": label, ...OURS });
  const output = html("output");
  const put = (now) => {
    if (document.activeElement !== input || Number(input.value) !== now) input.value = now;
    write(output, format(now));
    change(input, { "aria-valuetext": format(now) });
  };
  input.addEventListener("input", () => {
    put(Number(input.value));
    wanted(Number(input.value));
  });
  put(value);
  return { element: html("label", { class: "bpkit-control" }, html("span", {}, label), input, output), input, put };
}

/** A field for one number. `wanted` gets finite numbers only; with anything else the field says that it is none. */
export function field({ label, value, wanted, hidden = false, step = 0.1 }) {
  const input = html("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", size: 7, "aria-label": label, ...OURS,
  });
  const read = () => {
    const typed = readNumber(input.value);
    change(input, { "aria-invalid": Number.isFinite(typed) ? null : "true" });
    if (Number.isFinite(typed)) wanted(typed);
  };
  const put = (now) => {
    const same = readNumber(input.value) === now; // also "−0", which may become "−0.5"
    if (!same) input.value = show(now, 12);
    change(input, { "aria-invalid": null });
  };
  input.addEventListener("input", read);
  input.addEventListener("keydown", (event) => {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    const typed = readNumber(input.value);
    if (!by || !Number.isFinite(typed)) return;
    event.preventDefault();
    input.value = show(Number((typed + by).toPrecision(12)), 12);
    read();
  });
  put(value);
  const name = hidden ? [] : [html("span", {}, label)];
  return { element: html("label", { class: "bpkit-control" }, ...name, input), input, put };
}

/** One of several: a native list. `options` are [value, words] pairs. */
export function choice({ label, options, value, wanted }) {
  const select = html(
    "select", { "aria-label": label, ...OURS },
    ...options.map(([key, words]) => html("option", { value: key }, words)),
  );
  const put = (now) => { if (select.value !== String(now)) select.value = now; };
  select.addEventListener("change", () => wanted(select.value));
  put(value);
  return { element: html("label", { class: "bpkit-control" }, html("span", {}, label), select), input: select, put };
}

/** Yes or no. */
export function tick({ label, value, wanted }) {
  const input = html("input", { type: "checkbox", ...OURS });
  const put = (now) => { input.checked = now; };
  input.addEventListener("change", () => wanted(input.checked));
  put(value);
  return { element: html("label", { class: "bpkit-control" }, input, html("span", {}, label)), input, put };
}

export function button(label, wanted, attributes = {}) {
  const element = html("button", { type: "button", ...OURS, ...attributes }, label);
  element.addEventListener("click", wanted);
  return element;
}

/** Controls side by side, which wrap on a narrow page. */
export function bar(...controls) {
  return html("div", { class: "bpkit-bar" }, ...controls.map((control) => control.element ?? control));
}
