// Text with formulas: set by the notebook's own renderer where there is one, and left as it was typed elsewhere.

import { html } from "./elements.js";

/**
 * Put a text in Markdown into `place`, with the fonts, formulas and colours that the notebook's cells have. The widget
 * manager of JupyterLab and of Notebook 7 holds the renderer that ipywidgets sets its own labels with.
 */
export async function putProse(page, place, markdown) {
  place.replaceChildren(html("div", { class: "bpkit-plain" }, unmarked(markdown)));
  const renderers = page.model.widget_manager?._rendermime;
  if (!markdown || !renderers?.createRenderer) return;
  try {
    const renderer = renderers.createRenderer("text/markdown");
    page.signal.addEventListener("abort", () => renderer.dispose());
    await renderer.renderModel(renderers.createModel({ data: { "text/markdown": markdown } }));
    if (page.signal.aborted || place.dataset.prose !== markdown) return;
    place.replaceChildren(renderer.node);
    renderers.latexTypesetter?.typeset(renderer.node);
  } catch { /* another renderer than was expected: the text stands there as it is */ }
}

/** Call `putProse` if the text is another one than stands there. */
export function prose(page, place, markdown) {
  if (place.dataset.prose === markdown) return;
  place.dataset.prose = markdown;
  putProse(page, place, markdown);
}

/** Leave out the signs of Markdown that disturb whoever reads it as it stands. */
function unmarked(markdown) {
  return markdown.replace(/\*\*|`/g, "").replace(/\$\$?([^$]*)\$\$?/g, "$1").replace(/([^\n])\n(?!\n)/g, "$1 ").trim();
}
