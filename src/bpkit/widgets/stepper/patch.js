// Formulas that change in place: to lay out new MathML is what takes longest between a key and the changed picture.

/** Make `place` hold these formulas, with room between them in which a line may break. */
export function putFormulas(place, formulas) {
  patchChildren(place, formulas.flatMap((formula) => [formula, document.createTextNode(" ")]));
}

function patchChildren(place, wanted) {
  const old = [...place.childNodes];
  if (old.length === wanted.length) old.forEach((node, i) => patchNode(node, wanted[i]));
  else place.replaceChildren(...wanted);
}

function patchNode(old, wanted) {
  if (old.isEqualNode(wanted)) return;
  const isToken = old.nodeType === Node.TEXT_NODE && wanted.nodeType === Node.TEXT_NODE;
  if (isToken) old.data = wanted.data;
  // An operator is replaced as a whole, since its text decides how it is set.
  else if (old.nodeName === "mo" || !old.cloneNode(false).isEqualNode(wanted.cloneNode(false))) old.replaceWith(wanted);
  else patchChildren(old, [...wanted.childNodes]);
}
