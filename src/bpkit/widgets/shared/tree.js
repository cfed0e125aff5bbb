// A formula that comes from Python as lists, ["mfrac", ["mi", "x"], ["mn", "2"]]: made into MathML, and into a line.

const MATH = "http://www.w3.org/1998/Math/MathML";
const PARTS = new Set([
  "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "mtable", "mtr", "mtd",
]);

const TALL = new Set(["mfrac", "mtable", "msqrt", "mroot"]);
const BRACKETS = "()[]{|⌊⌋⌈⌉";

/** The formula as an element <math>. What is not in the list above becomes a row. */
export function typeset(tree) {
  const element = document.createElementNS(MATH, "math");
  element.append(grown(tree));
  return element;
}

function grown([name, ...parts], tall = false) {
  const element = document.createElementNS(MATH, PARTS.has(name) ? name : "mrow");
  if (name === "mo" && BRACKETS.includes(parts[0])) element.setAttribute("stretchy", tall);
  const tallInside = name === "mrow" && parts.some(holdsTall);
  element.append(...parts.map((one) => (Array.isArray(one) ? grown(one, tallInside) : document.createTextNode(one))));
  return element;
}

/** Brackets grow with what is in them only where it is tall: around a power they stay as they are. */
function holdsTall(tree) {
  return Array.isArray(tree) && (TALL.has(tree[0]) || tree.some(holdsTall));
}

/** The formula on one line, for a screen reader: "(x + 1)/2", "x^3". */
export function inLine([name, ...parts]) {
  const said = parts.map((one) => (Array.isArray(one) ? inLine(one) : one));
  const grouped = said.map((text) => (/^[\p{L}\p{N}.′]*$/u.test(text) ? text : `(${text})`));
  switch (name) {
    case "mfrac": return `${grouped[0]}/${grouped[1]}`;
    case "msup": return `${said[0]}^${grouped[1]}`;
    case "msub": return `${said[0]}_${grouped[1]}`;
    case "msubsup": return `${said[0]}_${grouped[1]}^${grouped[2]}`;
    case "msqrt": return `√(${said[0]})`;
    case "mroot": return `∛(${said[0]})`;
    case "mtr": return said.filter(Boolean).join(", ");
    case "mtable": return said.join("; ");
    case "mo": return "+−<>=≤≥≠·".includes(said[0]) ? ` ${said[0]} ` : said[0] === "," ? ", " : said[0] === "\u2062" ? " " : said[0];
    default: return said.join("");
  }
}
