// Points in the plane, of two classes: the twin of `bpkit.data.points`.

import { draws, normal } from "./random.js";

export const EDGE = 2; // all points lie in the square from −EDGE to EDGE

/** By name: the point at t, from 0 to 1 along the class, before noise. */
const SHAPES = {
  moons(t, upper) {
    const x = Math.cos(Math.PI * t);
    const y = Math.sin(Math.PI * t);
    return upper ? [x - 0.5, y - 0.25] : [0.5 - x, 0.25 - y];
  },
  circles(t, inner) {
    const radius = inner ? 0.6 : 1.5;
    return [radius * Math.cos(2 * Math.PI * t), radius * Math.sin(2 * Math.PI * t)];
  },
  spiral(t, first) {
    const radius = 0.2 + 1.5 * t;
    const angle = 2 * Math.PI * t + (first ? 0 : Math.PI);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  xor(t, equal, draw) {
    const x = 0.2 + 1.4 * draw();
    const y = 0.2 + 1.4 * draw();
    const side = draw() < 0.5 ? 1 : -1;
    return [side * x, equal ? side * y : -side * y];
  },
};

/** Return `n` rows [x1, x2, class], in turn one of class 0 and one of class 1. */
export function planePoints(name, n, noise, seed) {
  const draw = draws(seed);
  return Array.from({ length: n }, (_, i) => {
    const [ofClass, ofAll] = [Math.floor(i / 2), Math.floor((n + 1 - (i % 2)) / 2)];
    const t = ofClass / (name === "circles" ? ofAll : Math.max(1, ofAll - 1));
    const [x, y] = SHAPES[name](t, i % 2, draw);
    return [insidePlane(x + noise * normal(draw)), insidePlane(y + noise * normal(draw)), i % 2];
  });
}

export function insidePlane(coordinate) {
  return Math.max(-EDGE, Math.min(EDGE, coordinate));
}
