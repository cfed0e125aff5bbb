// Formulas in MathML, which browsers typeset and screen readers read without any library.

const MATHML = "http://www.w3.org/1998/Math/MathML";

function mathml(name, children, attributes = {}) {
  const element = document.createElementNS(MATHML, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.map(part));
  return element;
}

/** A formula on its own: math(symbol("z"), sign("="), number(0.5)). */
export function math(...parts) {
  return mathml("math", [row(...parts)]);
}

export function row(...parts) {
  return mathml("mrow", parts);
}

/** A variable: one letter is set in italics. */
export function symbol(name) {
  return mathml("mi", [document.createTextNode(name)]);
}

/** An operator or bracket: "=", "·", "(", "⊙". */
export function sign(text) {
  return mathml("mo", [document.createTextNode(text)]);
}

/** A number that is already text, as `show` writes it. A negative one goes into brackets with `factor`. */
export function number(text) {
  return mathml("mn", [document.createTextNode(text)]);
}

/** A number as it stands in a product or a sum: a negative one in brackets. */
export function factor(text) {
  return text.startsWith("−") ? row(sign("("), number(text), sign(")")) : number(text);
}

export function words(text) {
  return mathml("mtext", [document.createTextNode(text)]);
}

export function sub(base, below) {
  return mathml("msub", [base, below]);
}

export function sup(base, above) {
  return mathml("msup", [base, above]);
}

/** w with the index jk below and the layer l above. */
export function subsup(base, below, above) {
  return mathml("msubsup", [base, below, above]);
}

export function fraction(above, below) {
  return mathml("mfrac", [above, below]);
}

/** Text among the parts: a letter is a variable, digits are a number, all else a sign. */
function part(piece) {
  if (piece instanceof Node) return piece;
  const text = String(piece);
  if (/^[\p{L}′']+$/u.test(text)) return symbol(text);
  return /^[−\d.,∞]+( · 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?$/u.test(text) ? number(text) : sign(text);
}
