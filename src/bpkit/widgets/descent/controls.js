// The controls, and what takes step after step by itself.

import { bar, button, choice, field, slider } from "../shared/controls.js";
import { change, html, write } from "../shared/elements.js";
import { readNumber, show } from "../shared/numbers.js";
import { local, still } from "../shared/view.js";
import { FURTHEST, KEPT, LONGEST, extent, settingsOf } from "./settings.js";

const PACE = 120; // milliseconds between two steps that are run

/** Step after step by itself, until the ball rests, has run away, or has taken all the steps there are. */
export function runnerOf(page, walk) {
  const [running, setRunning] = local(page, false);
  let timer = null;
  const end = () => {
    const now = settingsOf(page);
    const { surface } = now;
    const whole = walk({ ...now, steps: LONGEST });
    if (now.batch_size !== null || whole.lost) return whole.w.length - 1;
    const small = 1e-4 * extent(page.get("surfaces")[surface]);
    const length = (k) => Math.hypot(whole.w[k][0] - whole.w[k - 1][0], whole.w[k][1] - whole.w[k - 1][1]);
    return Math.max(0, whole.w.findLastIndex((_, k) => k && length(k) > small));
  };
  const stop = () => {
    clearTimeout(timer);
    if (running()) setRunning(false);
  };
  const tick = () => {
    const goal = end();
    if (!document.hidden && page.get("steps") < goal) page.set({ steps: page.get("steps") + 1 });
    if (page.get("steps") < goal) timer = setTimeout(tick, PACE);
    else stop();
  };
  page.signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    running, stop,
    toggle() {
      if (running()) { stop(); return; }
      const goal = end();
      if (page.get("steps") >= goal) page.set({ steps: 0 });
      if (still()) { page.set({ steps: goal }); return; }
      setRunning(true);
      tick();
    },
  };
}

const RATES = { low: -3, high: 0.5, step: 0.01, said: "above 0 and at most 10" }; // log₁₀ η

/** The controls above and beside the map, and the function that puts the present values into them. */
export function controlsOf(page, runner) {
  const surfaces = page.get("surfaces");
  const N = surfaces[page.get("surface")].x.length;
  const surface = choice({
    label: "surface", value: page.get("surface"),
    options: Object.entries(surfaces).map(([name, { title }]) => [name, title]),
    wanted: (name) => page.set({ surface: name, start: surfaces[name].start, rate: surfaces[name].rate }),
  });
  const sizes = [
    [N, `all ${N}: batch`], ...[6, 3, 2].map((size) => [size, `${size}: mini-batch`]), [1, "1: stochastic"],
  ];
  const batch = choice({
    label: "samples a step", value: N, options: sizes,
    wanted: (size) => page.set({ batch_size: Number(size) === N ? null : Number(size) }),
  });
  const other = button("another random order", () => page.set({ seed: (page.get("seed") + 1) % 2 ** 32 }));
  const rate = slider({
    label: "learning rate η", min: RATES.low, max: RATES.high, step: RATES.step, value: Math.log10(page.get("rate")),
    format: (power) => show(10 ** power, 3),
    wanted: (power) => page.set({ rate: Number((10 ** power).toPrecision(3)) }),
  });
  rate.element.querySelector("output").remove(); // the field beside it says it, and takes it
  const exact = field({
    label: "η, typed", hidden: true, value: page.get("rate"), step: 0.01,
    wanted(value) {
      // A 0 may be the beginning of 0.05: whether it is all, is known when the field is left, or Enter is pressed.
      if (value === 0) change(exact.input, { "aria-invalid": "true" });
      else if (allowed("η", value, value > 0 && value <= 10, RATES.said)) page.set({ rate: value });
    },
  });
  exact.input.addEventListener("change", () => {
    if (readNumber(exact.input.value) === 0) allowed("η", 0, false, RATES.said);
  });
  const momentum = slider({
    label: "momentum μ", min: 0, max: 0.99, step: 0.01, value: page.get("momentum"), format: (value) => show(value, 3),
    wanted: (value) => page.set({ momentum: value }),
  });
  const start = [0, 1].map((i) => field({
    label: `start w${"₁₂"[i]}`, value: page.get("start")[i],
    wanted(value) {
      const fits = Math.abs(value) <= FURTHEST;
      if (!allowed(`w${"₁₂"[i]}`, value, fits, `from −${FURTHEST} to ${FURTHEST}`)) return;
      page.set({ start: page.get("start").map((old, k) => (k === i ? value : old)) });
    },
  }));
  const steps = slider({
    label: "steps", min: 0, max: LONGEST, step: 1, value: page.get("steps"), format: (value) => String(value),
    wanted: (value) => page.set({ steps: value }),
  });
  const one = button("one step", () => page.set({ steps: Math.min(LONGEST, page.get("steps") + 1) }));
  const run = button("run", () => runner.toggle());
  const back = button("back to the start", () => { runner.stop(); page.set({ steps: 0 }); });
  const keep = button("keep this path", () => page.set({ kept: [...page.get("kept"), settingsOf(page)].slice(-KEPT) }));
  const forget = button("forget kept paths", () => page.set({ kept: [] }));
  function allowed(name, value, fits, range) {
    page.tell(fits ? "" : `${name} = ${show(value)} is not possible here: take a number ${range}.`);
    return fits;
  }
  const beside = html(
    "div", { class: "bpkit-descent-controls" },
    bar(...start), bar(rate, exact), bar(momentum), bar(steps), bar(one, run, back), bar(keep, forget),
  );
  // The next step of a run would put the old number back into a field that is being typed in.
  beside.addEventListener("beforeinput", () => runner.stop());
  return {
    above: bar(surface, batch, other),
    beside,
    draw(now, path, kept) {
      surface.put(now.surface);
      const size = now.batch_size === null ? N : now.batch_size;
      if (!sizes.some(([known]) => known === size)) { // set in Python
        sizes.push([size, `${size}: mini-batch`]);
        batch.input.append(html("option", { value: size }, sizes.at(-1)[1]));
      }
      batch.put(size);
      start.forEach((one, i) => one.put(now.start[i]));
      rate.put(Math.log10(now.rate));
      exact.put(now.rate);
      momentum.put(now.momentum);
      steps.put(now.steps);
      write(run, runner.running() ? "pause" : "run");
      change(other, { disabled: size >= N });
      change(one, { disabled: path.lost || now.steps >= LONGEST });
      change(back, { disabled: !now.steps });
      change(forget, { disabled: !kept.length });
    },
  };
}
