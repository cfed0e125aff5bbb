// The way of a value through the linked plots of a chain: up to a curve, out to the right, from above into the next.

/**
 * The ways of both values through all plots, side by side without crossing between two plots: turning left, the upper
 * one is on the inside. `whole` says whether both reach y.
 */
export function waysThrough(panels, here, there, sideBySide) {
  const ways = { here: [], there: [], whole: [...here, ...there].every(Number.isFinite) };
  const start = panels[0];
  const put = (way, values, n, half) => {
    const { X, Y, left, top, wide, high } = panels[n];
    if (!Number.isFinite(values[n + 1])) return false;
    const y = clamped(Y(values[n + 1]), top, top + high);
    ways[way].push([clamped(X(values[n]), left, left + wide), y], [left + wide, y]);
    const next = panels[n + 1];
    if (!next) return true;
    const into = clamped(next.X(values[n + 1]), next.left, next.left + next.wide);
    const [lane, above] = [left + wide + 11 + (sideBySide ? -half : half), next.top - 13 + (sideBySide ? -half : half)];
    ways[way].push([lane, y], [lane, above], [into, above], [into, next.top]);
    return true;
  };
  for (const way of ["here", "there"]) {
    const values = way === "here" ? here : there;
    const x = clamped(start.X(values[0]), start.left, start.left + start.wide);
    ways[way].push([x, start.top + start.high]);
    for (let n = 0; n < 3; n += 1) {
      const apart = panels[n].Y(here[n + 1]) - panels[n].Y(there[n + 1]); // pixels by which x + dx's is the upper one
      const half = Number.isFinite(apart) ? clamped(apart / 2, -5, 5) : 0;
      if (!put(way, values, n, way === "here" ? -half : half)) break;
    }
  }
  return ways;
}

/** A path through points, its corners a little rounded. */
export function rounded(points, first = "M") {
  let d = "";
  points.forEach(([x, y], i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before || !after) { d += `${d ? "L" : first}${x.toFixed(1)} ${y.toFixed(1)}`; return; }
    const [ax, ay] = toward([x, y], before);
    const [bx, by] = toward([x, y], after);
    d += `L${ax} ${ay}Q${x.toFixed(1)} ${y.toFixed(1)} ${bx} ${by}`;
  });
  return d;
}

/** The point up to four pixels away from `from` on the way to `to`. */
function toward(from, to) {
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const share = Math.min(4, long / 2) / long;
  return [0, 1].map((i) => (from[i] + share * (to[i] - from[i])).toFixed(1));
}

export const clamped = (pixel, low, high) => Math.min(Math.max(pixel, low), high);
