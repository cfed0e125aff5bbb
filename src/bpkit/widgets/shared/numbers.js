// Numbers as a reader expects them: "−0.25", "3", "1.2 · 10⁻⁷"; never "1e-7" or "-0".

const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** Write a number with so many significant digits, without zeros at the end. */
export function show(value, digits = 5) {
  if (Number.isNaN(value)) return "no number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const rounded = size.toPrecision(digits);
  const [digitsOf, exponent = "0"] = Number(rounded).toExponential().split("e");
  const power = Number(exponent);
  const plain = power >= -4 && power < Math.max(digits, 6);
  const text = plain ? String(Number(rounded)) : `${digitsOf} · 10${superscript(power)}`;
  return value < 0 ? `−${text}` : text;
}

/** Write a number with a fixed number of decimals, for columns that must not jump. */
export function fixed(value, decimals = 3) {
  if (!Number.isFinite(value)) return show(value);
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

export function superscript(whole) {
  return [...String(whole)].map((sign) => SUPERSCRIPT[sign]).join("");
}

/** Read what a student typed into a number field: "−0,5", "1e-3", "1/3". NaN if it is no number. */
export function readNumber(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/^([+-]?\d*),(\d+)$/, "$1.$2");
  const fraction = plain.match(/^([+-]?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/);
  if (fraction) return Number(fraction[1]) / Number(fraction[2]);
  return plain === "" ? NaN : Number(plain);
}
