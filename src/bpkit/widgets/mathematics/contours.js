// Contours of a function that is known on a grid: marching squares. On an edge of the grid between a value below the
// level and one above it, the contour crosses where the straight line between the two values has the level.

/**
 * The contours at `level` of values[row][column], as lists of [column, row]. A line that is closed ends where it began.
 * Of a cell whose corners lie above and below crosswise, the mean of the four says which of them are joined.
 */
export function contourLines(values, level) {
  const links = new Map(); // edge → the edges that it is joined with: one or two
  const places = new Map();
  const width = values[0].length;
  const edge = (row, column, upwards) => {
    const name = 2 * (row * width + column) + (upwards ? 1 : 0);
    if (!places.has(name)) {
      const here = values[row][column];
      const there = upwards ? values[row + 1][column] : values[row][column + 1];
      const t = (level - here) / (there - here);
      places.set(name, upwards ? [column, row + t] : [column + t, row]);
    }
    return name;
  };
  const join = (one, other) => {
    for (const [from, to] of [[one, other], [other, one]]) links.set(from, [...(links.get(from) ?? []), to]);
  };
  for (let row = 0; row + 1 < values.length; row += 1) {
    for (let column = 0; column + 1 < width; column += 1) cell(values, level, row, column, edge, join);
  }
  return chained(links).map((names) => names.map((name) => places.get(name)));
}

function cell(values, level, row, column, edge, join) {
  const corners = [
    values[row][column], values[row][column + 1], values[row + 1][column + 1], values[row + 1][column],
  ];
  const above = corners.map((value) => value > level);
  const sides = [ // side k lies between the corners k and k + 1
    () => edge(row, column, false), () => edge(row, column + 1, true),
    () => edge(row + 1, column, false), () => edge(row, column, true),
  ];
  const crossed = [0, 1, 2, 3].filter((k) => above[k] !== above[(k + 1) % 4]);
  if (crossed.length === 2) {
    join(sides[crossed[0]](), sides[crossed[1]]());
  } else if (crossed.length === 4) {
    const middle = corners.reduce((sum, value) => sum + value, 0) / 4 > level;
    const first = middle === above[0] ? 0 : 3; // the corners that differ from the middle are cut off
    join(sides[first](), sides[(first + 1) % 4]());
    join(sides[(first + 2) % 4](), sides[(first + 3) % 4]());
  }
}

/** Follow the links from edge to edge: first the open lines from their ends, then the closed ones. */
function chained(links) {
  const left = new Set(links.keys());
  const follow = (first) => {
    const line = [first];
    left.delete(first);
    for (let at = first; ;) {
      const next = links.get(at).find((name) => left.has(name));
      if (next === undefined) break;
      left.delete(next);
      line.push(next);
      at = next;
    }
    if (line.length > 2 && links.get(line.at(-1)).includes(first)) line.push(first);
    return line;
  };
  const ends = [...links.keys()].filter((name) => links.get(name).length === 1);
  const lines = [];
  for (const name of [...ends, ...links.keys()]) if (left.has(name)) lines.push(follow(name));
  return lines;
}
