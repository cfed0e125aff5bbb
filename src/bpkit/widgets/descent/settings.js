// What a path follows from, the paths, and how they are told in words.

import { descentPath } from "../mathematics/surfaces.js";
import { show } from "../shared/numbers.js";

export const LONGEST = 300; // steps
export const FURTHEST = 100; // of w₁ and w₂ at the start
export const KEPT = 4; // paths to compare with
const SETTINGS = ["surface", "start", "rate", "momentum", "batch_size", "steps", "seed"];

/** The settings that the page has now. */
export function settingsOf(page) {
  return Object.fromEntries(SETTINGS.map((name) => [name, page.get(name)]));
}

/** Remember paths: a kept one need not be walked again at every move of another. */
export function walker(surfaces) {
  const known = new Map();
  return (settings) => {
    const key = JSON.stringify(settings);
    if (!known.has(key)) {
      if (known.size > 50) known.clear();
      const { surface, start, rate, momentum, batch_size, steps, seed } = settings;
      known.set(key, descentPath(surfaces[surface], start, rate, momentum, batch_size, steps, seed));
    }
    return known.get(key);
  };
}

/** "all 12 samples", "3 of 12 samples". */
export function samplesOf(batchSize, N) {
  return batchSize === null || batchSize >= N ? `all ${N} samples` : `${batchSize} of ${N} samples`;
}

const ADVICE = "Take a smaller learning rate, or less momentum.";
const TOO_FAR = "Here the loss is above a million already: drop the ball nearer to the middle.";

/** "1 step", "20 steps". */
function counted(steps) {
  return `${steps} ${steps === 1 ? "step" : "steps"}`;
}

/** What is to be said on the map of a ball that has run away; of another, nothing. */
export function fateOf(path) {
  const taken = path.w.length - 1;
  if (!path.lost) return "";
  return taken ? `The ball has run away: after ${counted(taken)} the loss is above a million. ${ADVICE}` : TOO_FAR;
}

/**
 * Where the ball was dropped, where it is, and how the loss has changed. While it is rolling the sentence stays the
 * same: nobody could listen to a new one at every step.
 */
export function inWords(now, surface, path, rolling) {
  const [w1, w2] = path.w.at(-1);
  const loss = path.loss.at(-1);
  const taken = path.w.length - 1;
  const from = `Dropped at w₁ = ${show(now.start[0], 4)}, w₂ = ${show(now.start[1], 4)}, ` +
    `with η = ${show(now.rate, 4)}, μ = ${show(now.momentum, 3)} and ` +
    `${samplesOf(now.batch_size, surface.x.length)} a step`;
  if (rolling) return `${from}, the ball is rolling.`;
  if (!taken) return `${from}, the ball waits; the loss is ${show(loss, 4)}.${path.lost ? ` ${TOO_FAR}` : ""}`;
  const near = surface.points.find((point) => Math.hypot(w1 - point.w[0], w2 - point.w[1]) < 0.02 * extent(surface));
  const place = near ? `, near the ${near.is_minimum ? "minimum" : "saddle"} ${near.name}` : "";
  const outside = surface.window.some(([low, high], i) => !(path.w.at(-1)[i] >= low && path.w.at(-1)[i] <= high));
  return `${from}. After ${counted(taken)} the ball ${path.lost ? "has run away, to" : "is at"} w₁ = ${show(w1, 4)}, ` +
    `w₂ = ${show(w2, 4)}${place}${outside ? ", outside the picture" : ""}; the loss has gone from ` +
    `${show(path.loss[0], 4)} to ${show(loss, 4)}.${path.lost ? ` ${ADVICE}` : ""}`;
}

/** How wide a surface's window is, the smaller of its two sides. */
export function extent(surface) {
  return Math.min(...surface.window.map(([low, high]) => high - low));
}
