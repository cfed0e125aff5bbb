// The ball is dropped and dragged by mouse or finger, and moved by keys.

import { FURTHEST } from "./settings.js";

/** Drop the ball by a click, drag it, or move it by keys. */
export function steer(page, sheet, handle) {
  const put = (w1, w2, decimals) => {
    const near = (value) => Math.max(-FURTHEST, Math.min(FURTHEST, Number(value.toFixed(decimals))));
    page.set({ start: [near(w1), near(w2)] });
  };
  const there = (event) => {
    const box = sheet.root.getBoundingClientRect();
    const { width, height } = sheet.root.viewBox.baseVal;
    const x = ((event.clientX - box.left) / box.width) * width;
    const y = ((event.clientY - box.top) / box.height) * height;
    const { pad, inner } = sheet;
    const inside = x >= pad.left && x <= pad.left + inner.width && y >= pad.top && y <= pad.top + inner.height;
    return inside ? [sheet.x(x), sheet.y(y)] : null;
  };
  let held = false;
  const follow = (event) => {
    const place = there(event);
    if (place) put(...place, 2);
  };
  sheet.root.addEventListener("pointerdown", (event) => {
    // A finger on the ground may be about to scroll the page: it drops the ball when it is lifted, as a click.
    const mayScroll = event.pointerType === "touch" && !handle.contains(event.target);
    if (event.button !== 0 || !there(event) || mayScroll) return;
    held = true;
    sheet.root.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus({ preventScroll: true });
    follow(event);
  });
  sheet.root.addEventListener("pointermove", (event) => { if (held) follow(event); });
  for (const end of ["pointerup", "pointercancel"]) sheet.root.addEventListener(end, () => { held = false; });
  sheet.root.addEventListener("click", (event) => { if (event.pointerType === "touch") follow(event); });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const sides = page.get("surfaces")[page.get("surface")].window;
    const [w1, w2] = page.get("start");
    const part = (i) => (by[i] * (sides[i][1] - sides[i][0])) / (event.shiftKey ? 1000 : 100);
    put(w1 + part(0), w2 + part(1), 3);
  });
}
