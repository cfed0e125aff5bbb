import { draftsOf } from "./answer/drafts.js";
import { kernelOf } from "./answer/kernel.js";
import { OURS, button } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { prose } from "./shared/prose.js";
import { inLine, typeset } from "./shared/tree.js";
import { widget } from "./shared/view.js";

const PAUSED = 600; // milliseconds without a key, after which a screen reader is told the reading

export default widget((page) => {
  const drafts = draftsOf(page);
  const kernel = kernelOf(page);
  const heading = html("p", { class: "bpkit-box-heading" });
  const counts = html("span", { class: "bpkit-box-counts" });
  const title = html("strong");
  heading.append(title, " ", counts);
  const statement = html("div", { class: "bpkit-prose" });
  const note = html("p", { class: "bpkit-box-note" });
  const lines = html("div", { class: "bpkit-lines" });
  const silent = html("p", { class: "bpkit-box-silent", role: "status" });
  const spoken = html("p", { class: "bpkit-unseen", role: "status", "aria-live": "polite" });
  const verdict = verdictOf(page);
  const hints = html("ol", { class: "bpkit-box-hints" });
  const hintsShown = html("section", { hidden: true }, html("strong", {}, "Hints"), hints);
  const worked = html("div", { class: "bpkit-prose" });
  const workedShown = html(
    "section", { class: "bpkit-box-worked", hidden: true }, html("strong", {}, "Worked solution"), worked,
  );
  const warning = html("p", { class: "bpkit-box-warning", role: "status" });
  page.words.classList.add("bpkit-unseen");
  page.words.setAttribute("aria-live", "off"); // it changes at every key; `spoken` waits for a pause

  let asked = false; // whether the student has asked once for a solution that costs the points
  const order = (kind, more = {}) => { if (!kernel.waitsFor(kind)) kernel.ask(kind, more); };
  const check = () => {
    drafts.answered(page.get("texts"));
    order("check", { texts: page.get("texts") });
  };
  const buttons = {
    check: button("Check", check, { class: "bpkit-box-check" }),
    hint: button("Hint", () => order("hint")),
    solution: button("Solution", () => {
      if (page.get("warning") && !asked) { asked = true; page.redraw(); } else order("solution");
    }),
    fresh: button("Other numbers", () => order("fresh")),
    home: button("Back to the exercise that counts", () => order("home")),
  };
  page.root.classList.add("bpkit-box");
  page.root.append(
    heading, statement, note, lines, html("div", { class: "bpkit-bar" }, ...Object.values(buttons)), warning, silent,
    verdict.element, hintsShown, workedShown, spoken, page.words,
  );

  let rows = [];
  const type = (at, text) => {
    page.set({ texts: page.get("texts").map((old, i) => (i === at ? text : old)) });
    drafts.keep(page.get("texts"));
  };
  let pause = null;
  const speakLater = () => {
    clearTimeout(pause);
    pause = setTimeout(() => write(spoken, page.words.textContent), PAUSED);
  };
  page.signal.addEventListener("abort", () => clearTimeout(pause));

  kernel.heard("reading", ({ at, number, tree, said }) => rows[at]?.heard(number, tree, said));
  kernel.heard("done", () => { asked = false; });

  let shown = null;
  return () => {
    const names = page.get("names");
    const instance = JSON.stringify([page.get("draft"), page.get("seed"), names]);
    if (instance !== shown) {
      const isFirst = shown === null;
      shown = instance;
      rows = names.map((name, at) => rowOf({ page, kernel, drafts, name, at, type, check, speakLater }));
      lines.replaceChildren(...rows.map((row) => row.element));
      asked = false;
      // Not while this is drawn: what is brought back is a change of its own.
      queueMicrotask(() => {
        if (page.signal.aborted) return;
        if (!isFirst) page.set({ texts: names.map(() => "") });
        drafts.bringBack(kernel);
      });
    }
    rows.forEach((row, at) => row.put(page.get("texts")[at] ?? ""));
    write(title, page.get("heading"));
    write(counts, page.get("counts"));
    prose(page, statement, page.get("statement"));
    statement.hidden = !page.get("statement");
    write(note, page.get("note"));
    note.hidden = !page.get("note");
    const all = page.get("hints");
    while (hints.childElementCount > all.length) hints.lastElementChild.remove();
    all.forEach((text, i) => {
      if (!hints.children[i]) hints.append(html("li"));
      prose(page, hints.children[i], text);
    });
    hintsShown.hidden = !all.length;
    prose(page, worked, page.get("worked"));
    workedShown.hidden = !page.get("worked");
    write(warning, asked && page.get("warning") ? `${page.get("warning")} Press again to see it.` : "");
    buttons.check.hidden = !names.length;
    write(buttons.check, kernel.waitsFor("check") ? "Checking…" : "Check");
    write(buttons.hint, all.length ? `Hint (${all.length} of ${page.get("most_hints")})` : "Hint");
    change(buttons.hint, { "aria-disabled": all.length >= page.get("most_hints") ? "true" : null });
    buttons.hint.hidden = buttons.solution.hidden = !page.get("most_hints");
    buttons.fresh.hidden = !page.get("varies");
    buttons.home.hidden = !page.get("away");
    write(silent, kernel.silence());
    verdict.put(page.get("feedback"));
    page.say([...rows.map((row) => row.said()), verdict.said()].filter(Boolean).join(" ")
      || page.get("note") || "Nothing is typed yet.");
  };
});

/** One line of an answer: its name, what is typed, and how that is read. */
function rowOf({ page, kernel, drafts, name, at, type, check, speakLater }) {
  const tall = page.get("tall")[at];
  const typed = html(tall ? "textarea" : "input", {
    ...(tall ? { rows: 4 } : { type: "text" }), class: "bpkit-box-typed", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", "aria-label": name, ...OURS,
  });
  const reading = html("div", { class: "bpkit-reading" });
  const tip = tall ? "Enter begins a new line; Shift+Enter checks." : "How it is read will stand here; Enter checks.";
  const nothing = { text: "", tree: null, said: "" };
  let state = nothing;
  let sent = { number: 0, text: null };
  let back = 0; // how far the Up key has gone back
  let before = ""; // what was typed before it was pressed

  const read = () => {
    const text = page.get("texts")[at] ?? "";
    if (text === sent.text || kernel.isOpen(sent.number)) return; // its answer asks for the next
    if (text.trim()) sent = { number: kernel.ask("read", { at, text }), text };
    else sent = { number: 0, text };
  };
  const remembered = (step) => {
    const earlier = drafts.history(at);
    if (back + step < 0 || back + step > earlier.length) return false;
    if (!back) before = typed.value;
    back += step;
    typed.value = back ? earlier[earlier.length - back] : before;
    type(at, typed.value);
    return true;
  };
  typed.addEventListener("input", () => {
    back = 0;
    type(at, typed.value);
    speakLater();
  });
  typed.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && (!tall || event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      check();
    } else if (!tall && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      if (remembered(event.key === "ArrowUp" ? 1 : -1)) event.preventDefault();
    }
  });

  let drawn = null;
  const draw = () => {
    if (!typed.value.trim()) state = nothing; // or the next letter would be read as what stood there before
    const empty = state === nothing;
    const key = empty ? "" : JSON.stringify(state);
    if (key === drawn) return;
    drawn = key;
    change(reading, { "data-is": empty ? "tip" : state.tree ? "formula" : "words" });
    if (empty) reading.replaceChildren(tip);
    else if (state.tree) reading.replaceChildren(typeset(state.tree));
    else reading.replaceChildren(state.said);
  };
  return {
    element: html(
      "div", { class: tall ? "bpkit-line bpkit-line-tall" : "bpkit-line" },
      html("label", {}, html("span", { class: "bpkit-box-name" }, `${name} =`), typed),
      html("div", { class: "bpkit-scroll" }, reading),
    ),
    put(text) {
      if (typed.value !== text) typed.value = text;
      read();
      draw();
    },
    heard(number, tree, said) {
      if (number !== sent.number) return; // of what was typed before
      state = { text: sent.text, tree: tree ?? null, said: said ?? "" };
      page.redraw();
      speakLater();
    },
    said() {
      const text = typed.value;
      if (!text.trim()) return "";
      const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
      if (state.text !== text) return `${name}: ${short}`;
      return `${name}: ${short}. ${state.tree ? `Read as ${inLine(state.tree)}.` : state.said}`;
    },
  };
}

/** The verdict: a sign, words and a colour, and the sentences. */
function verdictOf() {
  const sign = html("span", { "aria-hidden": "true" });
  const words = html("strong");
  const message = html("div", { class: "bpkit-plain" });
  const notice = html("em");
  const element = html("div", {
    class: "bpkit-box-verdict", role: "status", "aria-live": "polite", "aria-atomic": "true",
  });
  const inside = html("div", {}, sign, " ", words, message, notice);
  let now = {};
  return {
    element,
    put(feedback) {
      if (feedback === now) return;
      now = feedback;
      change(element, { "data-status": feedback.status });
      write(sign, feedback.sign ?? "");
      write(words, feedback.words ?? "");
      write(message, feedback.message ?? "");
      write(notice, feedback.notice ?? "");
      element.replaceChildren(...(feedback.status ? [inside] : []));
    },
    said: () => (now.status ? `${now.words}. ${now.message}` : ""),
  };
}
