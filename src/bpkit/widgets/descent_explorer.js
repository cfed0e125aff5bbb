// A ball on the loss of a small network: where it is dropped, how it rolls, and what its steps are made of.

import { controlsOf, runnerOf } from "./descent/controls.js";
import { mapOf } from "./descent/map.js";
import { drawKept, lastStep, lossesOf } from "./descent/panels.js";
import { inWords, settingsOf, walker } from "./descent/settings.js";
import { html, write } from "./shared/elements.js";
import { widget } from "./shared/view.js";

export default widget((page) => {
  const walk = walker(page.get("surfaces"));
  const map = mapOf(page);
  const losses = lossesOf();
  const last = lastStep();
  const runner = runnerOf(page, walk);
  const controls = controlsOf(page, runner);
  const about = html("p", { class: "bpkit-descent-about" });
  const keptList = html("ol", { class: "bpkit-descent-kept" });
  page.root.append(
    controls.above, about,
    html("div", { class: "bpkit-side" }, map.element, html("div", {}, controls.beside, losses.element, last.element)),
    page.words, keptList,
  );
  return () => {
    const now = settingsOf(page);
    const surface = page.get("surfaces")[now.surface];
    const path = walk(now);
    const kept = page.get("kept").map((entry, k) => ({ entry, number: k + 1, path: walk(entry) }));
    const here = kept.filter(({ entry }) => entry.surface === now.surface);
    write(about, surface.about);
    controls.draw(now, path, kept);
    map.draw(now, surface, path, here);
    losses.draw(path, here);
    last.draw(path, surface.x.length);
    drawKept(keptList, kept, page.get("surfaces"));
    page.tell(); // what was typed and refused is no longer there
    page.say(inWords(now, surface, path, runner.running()));
  };
});
