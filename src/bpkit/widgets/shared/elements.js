// HTML and SVG without a framework: make an element, change what has changed.

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element: html("p", { class: "note" }, "text", child). Attributes that are false are left out. */
export function html(name, attributes = {}, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

/** Make an SVG element in the same way. */
export function svg(name, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, name), attributes, children);
}

function furnish(element, attributes, children) {
  change(element, attributes);
  element.append(...children);
  return element;
}

/** Set attributes that differ; null, undefined and false remove one. */
export function change(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

/** Set the text of an element, if it differs. The text node stays: a new one is laid out more slowly. */
export function write(element, text) {
  const only = element.firstChild;
  if (only instanceof Text && only === element.lastChild) {
    if (only.data !== text) only.data = text;
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
  return element;
}
