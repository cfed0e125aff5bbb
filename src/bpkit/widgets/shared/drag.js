// A drawing that follows the mouse, a pen or a finger. It is no control: what it moves needs one for the keys, too.

/** Call `moved(x)` with the place across, in the drawing's own pixels, while it is pressed on the drawing. */
export function drag(root, moved) {
  const at = (event) => {
    const box = root.getBoundingClientRect();
    moved(((event.clientX - box.left) / box.width) * root.viewBox.baseVal.width);
  };
  root.style.touchAction = "pan-y"; // up and down a finger still moves the page
  root.style.cursor = "ew-resize";
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    at(event);
  });
  root.addEventListener("pointermove", (event) => { if (root.hasPointerCapture(event.pointerId)) at(event); });
}

export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
