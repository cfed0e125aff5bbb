// What stands around every widget: state that is shared with Python, a drawing that follows it, words for those who do
// not see the drawing, and a sentence in place of an error.

import { html, write } from "./elements.js";
import { newOutbox } from "./outbox.js";

/**
 * Make a widget's module of `build(page)`, which puts its elements into `page.root` and returns the function that
 * draws them anew from the state. That function is called once for every change, wherever it comes from.
 */
export function widget(build) {
  return () => { // called once for each model, so and shared by all its views
    const outbox = newOutbox();
    return {
      render({ model, el }) {
        const page = open(model, el, outbox);
        page.redraw = page.guarded(build(page) ?? (() => {}));
        page.redraw();
        return page.close;
      },
    };
  };
}

function open(model, el, outbox) {
  const ended = new AbortController();
  const root = html("div", { class: "bpkit-widget" });
  const spoken = html("p", { class: "bpkit-words", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const trouble = html("p", { class: "bpkit-trouble", role: "alert", hidden: true });
  el.append(trouble, root);
  hideStill(model.get("_still"), true);

  const page = {
    root,
    words: spoken, // where it is to stand among the elements, `build` decides
    signal: ended.signal, // for listeners and timers: ended when the widget leaves the page
    model,
    get: (name) => model.get(name),
    /** Change values: page.set({ x: 2 }). Draws at once, and tells Python soon. */
    set(values) {
      outbox.set(model, values);
      for (const view of outbox.views) view.redraw();
    },
    /** Say in words what is to be seen. */
    say: (text) => write(spoken, text),
    /** Tell the student what is wrong, or with no text that all is well. */
    tell(text = "") {
      write(trouble, text);
      trouble.hidden = !text;
    },
    guarded: (draw) => () => {
      try {
        draw();
        if (!root.contains(spoken)) root.append(spoken); // the root itself may not be on the page yet
        root.dataset.drawn = Number(root.dataset.drawn ?? 0) + 1;
      } catch (error) {
        page.tell(`This cannot be drawn: ${error.message}.`);
      }
    },
    redraw() {},
    close() {
      ended.abort();
      outbox.views.delete(page);
      outbox.close(model);
      if (!outbox.views.size) hideStill(model.get("_still"), false);
    },
  };
  const changed = () => { if (outbox.from(model)) page.redraw(); };
  model.on("change", changed);
  ended.signal.addEventListener("abort", () => model.off("change", changed));
  outbox.views.add(page);
  onTheme(() => page.redraw(), ended.signal);
  return page;
}

/** Hide the still picture of a live widget, and show it again when the widget goes. */
function hideStill(key, hidden) {
  if (!key) return;
  const hide = () => {
    for (const still of document.querySelectorAll(`.bpkit-still[data-still="${key}"]`)) still.hidden = hidden;
  };
  hide();
  if (hidden) for (const wait of [50, 500, 2000]) setTimeout(hide, wait); // it is put on the page after the widget
}

/** Call `draw` when JupyterLab's theme changes, for what is painted rather than styled. */
function onTheme(draw, signal) {
  const watcher = new MutationObserver(draw);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  signal.addEventListener("abort", () => watcher.disconnect());
}

/** The value of a colour of the style sheet, for a canvas: colour(page.root, "--bp-plus"). */
export function colour(element, name) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

/** Whether the student asked for less motion. */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A choice that only the picture knows, kept in the page: let [get, set] = local(page, 3). */
export function local(page, value) {
  return [() => value, (next) => { value = next; page.redraw(); }];
}
