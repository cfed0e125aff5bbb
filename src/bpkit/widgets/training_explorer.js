// A small network learns points in the plane: the boundary and the loss, while it trains here in the browser.

import { planePoints } from "./mathematics/plane.js";
import { bar, button, choice, field, slider } from "./shared/controls.js";
import { change, html, write } from "./shared/elements.js";
import { show } from "./shared/numbers.js";
import { still, widget } from "./shared/view.js";
import { trainingLoss } from "./training/loss.js";
import { trainingPlane } from "./training/plane.js";
import { newRun } from "./training/run.js";

const MOST_POINTS = 400;
const BUDGET = 8; // milliseconds of training in a frame
const SHARE = 500; // milliseconds between two messages to Python while it trains
const SPEAK = 2000; // and between two sentences for those who listen
const LEGEND = "● class 1 · ▲ class 0, its side hatched · line: as likely one as the other · ringed: on the wrong side";
const NETWORK = ["points", "hidden", "activation", "seed"];

export default widget((page) => {
  const run = newRun();
  let [taken, shared, painted, share] = [null, {}, -1, 0];
  let [running, loop, spoken] = [false, 0, 0];

  const settings = () => ({
    rate: page.get("rate"), momentum: page.get("momentum"), batch: page.get("batch_size"),
  });
  const stop = () => { running = false; };
  /** Tell Python, and other views of this widget, how far it is; what comes back as it was sent is then no news. */
  const tellAll = (values = {}) => {
    const now = run.shared();
    shared = { curve: now.curve, text: come(now.epoch, now.weights) };
    page.set({ ...values, ...now });
  };
  /** Whether Python, or another view, has gone on with the training. A curve is a new list each time. */
  const elsewhere = () => {
    if (page.get("from_python") !== taken) return true;
    if (page.get("curve") === shared.curve) return false;
    shared.curve = page.get("curve");
    return come(page.get("epoch"), page.get("weights")) !== shared.text;
  };
  const restart = (values = {}) => {
    stop();
    page.tell();
    const now = (name) => values[name] ?? page.get(name);
    run.begin(Object.fromEntries(NETWORK.map((name) => [name, now(name)])));
    tellAll(values);
  };
  const ranAway = () => {
    stop();
    page.tell(`In epoch ${run.epochs + 1} the weights ran away: the learning rate η = ${show(page.get("rate"))} is too `
      + "large. Take a smaller one, and start again.");
  };
  const nothing = () => {
    if (!run.points.length) page.tell("There is nothing to learn from: click into the picture, or choose other data.");
    return !run.points.length;
  };

  // By hand: one step, or as many as are left of an epoch.
  const advance = (goal) => {
    if (nothing()) return;
    stop();
    page.tell();
    const from = run.epochs;
    let fine = true;
    do fine = run.step(settings()); while (fine && goal === "epoch" && run.epochs === from);
    tellAll();
    if (!fine) ranAway();
  };

  // By itself: as many steps in a frame as the speed says, and as there is time for.
  const play = () => {
    if (running || nothing()) { stop(); tellAll(); return; }
    page.tell();
    running = true;
    loop += 1;
    const mine = loop; // pressed twice within a frame, the loop before still waits for that frame
    const calm = still();
    let [then, drawn, told, credit] = [performance.now(), 0, performance.now(), 0];
    const frame = (now) => {
      if (!running || mine !== loop || page.signal.aborted) return;
      requestAnimationFrame(frame);
      const passed = Math.min(100, Math.max(0, now - then));
      then = now;
      if (document.hidden || !page.root.isConnected) return;
      const perEpoch = Math.ceil(run.points.length / (page.get("batch_size") ?? Infinity)) || 1;
      credit = Math.min(credit, 1) + (passed / 1000) * Number(speed.input.value) * perEpoch;
      const until = performance.now() + BUDGET;
      const how = settings();
      let fine = true;
      for (; credit >= 1 && fine && performance.now() < until; credit -= 1) fine = run.step(how);
      if (!fine) ranAway();
      if (now - told > SHARE || !fine) {
        [told, drawn] = [now, now];
        tellAll();
      } else if (!calm || now - drawn > 500) {
        drawn = now;
        page.redraw();
      }
    };
    requestAnimationFrame(frame);
    page.redraw();
  };
  page.signal.addEventListener("abort", () => {
    if (running) tellAll();
    stop();
  });

  // The points: those of a name, or the student's own.
  const named = (name, noise) => {
    if (name === "own") return page.set({ data: name });
    return restart({ data: name, noise, points: planePoints(name, page.get("samples"), noise, 0) });
  };
  const exchange = (points) => {
    page.tell();
    run.exchange(points);
    tellAll({ data: "own", points });
  };
  const add = (x1, x2) => {
    if (run.points.length >= MOST_POINTS) return page.tell(`${MOST_POINTS} points are enough.`);
    return exchange([...run.points, [x1, x2, Number(which.input.value)]]);
  };

  const plane = trainingPlane(add);
  const progress = trainingLoss();
  const train = button("Train", play);
  const speed = choice({
    label: "speed", value: "30", wanted() {},
    options: [["3", "3 epochs a second"], ["30", "30 epochs a second"], ["1e9", "as fast as it can"]],
  });
  const data = choice({
    label: "points", value: "moons", wanted: (name) => named(name, page.get("noise")),
    options: [["moons", "moons"], ["circles", "circles"], ["spiral", "spiral"], ["xor", "XOR"], ["own", "your own"]],
  });
  const noise = slider({
    label: "noise", min: 0, max: 0.5, step: 0.02, value: 0.1, wanted: (value) => named(page.get("data"), value),
  });
  const layers = [0, 1, 2].map((i) => choice({
    label: `hidden layer ${i + 1}`, value: 0, options: [[0, "–"], ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => [n, n])],
    wanted: () => restart({ hidden: layers.map(({ input }) => Number(input.value)).filter((n) => n > 0) }),
  }));
  const activation = choice({
    label: "activation", value: "tanh", wanted: (name) => restart({ activation: name }),
    options: [["tanh", "tanh"], ["sigmoid", "sigmoid"], ["relu", "ReLU"], ["leaky_relu", "leaky ReLU"],
      ["identity", "identity"]],
  });
  // η goes over five powers of ten. What Python has set need not be one of the slider's own values.
  const rounded = (power) => Number((10 ** power).toPrecision(2));
  const rate = slider({
    label: "learning rate η", min: -3, max: 2, step: 0.05, value: -0.5,
    format: (power) => show(Math.abs(10 ** power / page.get("rate") - 1) < 1e-9 ? page.get("rate") : rounded(power)),
    wanted: (power) => { page.tell(); page.set({ rate: rounded(power) }); },
  });
  const momentum = slider({
    label: "momentum μ", min: 0, max: 0.99, step: 0.01, value: 0, wanted: (value) => page.set({ momentum: value }),
  });
  const batch = choice({
    label: "batch size", value: 10, wanted: (value) => page.set({ batch_size: value === "all" ? null : Number(value) }),
    options: [[1, "1"], [5, "5"], [10, "10"], [25, "25"], [50, "50"], ["all", "all points"]],
  });
  const seed = field({
    label: "seed of the start", value: 0, step: 1,
    wanted(value) {
      if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) restart({ seed: value });
      else seed.input.setAttribute("aria-invalid", "true");
    },
  });

  const which = choice({ label: "a click adds", value: 1, options: [[1, "● class 1"], [0, "▲ class 0"]], wanted() {} });
  const place = [0.5, 0.5];
  let atPlace = false;
  const coordinate = (i) => field({
    label: ["x₁", "x₂"][i], value: place[i],
    wanted(value) {
      place[i] = Math.max(-2, Math.min(2, value));
      plane.cross(...place, atPlace);
    },
  });
  const own = bar(
    which, coordinate(0), coordinate(1), button("Add this point", () => add(...place)),
    button("Remove the last", () => run.points.length && exchange(run.points.slice(0, -1))),
    button("Remove all", () => restart({ data: "own", points: [] })),
  );
  const focus = (inside) => () => { atPlace = inside; plane.cross(...place, inside); };
  own.addEventListener("focusin", focus(true));
  own.addEventListener("focusout", focus(false));

  page.root.append(
    bar(train, button("One step", () => advance("step")),
      button("One epoch", () => advance("epoch"), { "aria-label": "One epoch" }),
      button("Start again", () => restart()), seed, speed),
    html("div", { class: "bpkit-side" },
      html("div", { class: "bpkit-train-left" }, plane.element,
        html("p", { class: "bpkit-train-legend" }, LEGEND)),
      html("div", {}, ...progress.elements, page.words)),
    bar(data, noise, html("span", { class: "bpkit-control" }, "hidden layers", ...layers.map(({ input }) => input)),
      activation),
    bar(rate, momentum, batch),
    own,
  );

  const drawControls = () => {
    data.put(page.get("data"));
    noise.put(page.get("noise"));
    change(noise.input, { disabled: page.get("data") === "own" });
    layers.forEach((one, i) => one.put(run.hidden[i] ?? 0));
    activation.put(run.activation);
    rate.put(Math.log10(page.get("rate")));
    momentum.put(page.get("momentum"));
    putBatch(batch, page.get("batch_size") ?? "all");
    if (document.activeElement !== seed.input) seed.put(run.seed); // it can be emptied while the training runs
    write(train, running ? "Pause" : "Train");
  };
  const say = () => {
    const now = performance.now();
    if (running && now - spoken < SPEAK) return;
    spoken = now;
    const { loss, right } = run.measured();
    const n = run.points.length;
    const standing = n
      ? `the loss is ${show(loss, 4)}, and ${right} of ${n} points are on their own side` : "no points yet";
    page.say(`Epoch ${show(run.epoch(), 6)}: ${standing}. Class 1 has ${Math.round(100 * share)} % of the plane.`);
  };

  // JupyterLab draws before the widget is on the page, where its colours are not known yet.
  const arrival = new ResizeObserver(() => {
    if (!page.root.isConnected) return;
    arrival.disconnect();
    page.redraw();
  });
  arrival.observe(plane.element);
  page.signal.addEventListener("abort", () => arrival.disconnect());

  return () => {
    if (elsewhere()) {
      taken = page.get("from_python");
      shared = { curve: page.get("curve"), text: come(page.get("epoch"), page.get("weights")) };
      stop();
      page.tell();
      const names = [...NETWORK, "weights", "velocity", "epoch", "curve"];
      run.resume(Object.fromEntries(names.map((name) => [name, page.get(name)])));
    }
    drawControls();
    share = plane.draw(run.net.z, run.points, run.version);
    if (painted !== run.version) progress.draw(run);
    painted = run.version;
    say();
  };
});

/** How far a training has come, to be compared. */
function come(epoch, weights) {
  return JSON.stringify([epoch, weights]);
}

/** A size that is not in the list has been set in Python: then it is put into it. */
function putBatch(list, size) {
  list.put(size);
  if (list.input.value === String(size)) return;
  list.input.append(html("option", { value: size }, String(size)));
  list.put(size);
}
