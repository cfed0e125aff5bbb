// Questions from a box to the kernel, which may be busy or gone.

const PATIENCE = 2000; // milliseconds until a kernel that does not answer is called silent

/** Questions to the kernel, numbered, and what is said while it does not answer. */
export function kernelOf(page) {
  const open = new Map(); // number → { kind, at: when it was asked }
  const listeners = new Map();
  let last = 0;
  let gone = false; // a message could not even be sent
  let late = null;
  const isBusy = () => page.model.widget_manager?.kernel?.status === "busy";
  const waits = ({ since }) => performance.now() - since < PATIENCE - 20;
  const isLate = () => [...open.values()].some((one) => !waits(one));
  const watch = () => { // until the patience with the next one ends
    const left = [...open.values()].filter(waits).map(({ since }) => since + PATIENCE - performance.now());
    if (left.length) late ??= setTimeout(() => { late = null; page.redraw(); watch(); }, Math.min(...left));
  };
  const hear = (message) => {
    if (typeof message?.kind !== "string") return;
    for (const number of [...open.keys()]) if (number <= message.number) open.delete(number); // they come in order
    gone = false;
    listeners.get(message.kind)?.(message);
    page.redraw();
  };
  page.model.on("msg:custom", hear);
  page.signal.addEventListener("abort", () => {
    clearTimeout(late);
    page.model.off("msg:custom", hear);
  });
  return {
    ask(kind, more = {}) {
      last += 1;
      open.set(last, { kind, since: performance.now() });
      try {
        page.model.send({ kind, number: last, ...more });
      } catch {
        gone = true;
      }
      watch();
      if (kind !== "read") page.redraw();
      return last;
    },
    heard: (kind, listener) => listeners.set(kind, listener),
    /** Whether a question is still to be answered; it is given up after a while, unless the kernel is at work. */
    isOpen(number) {
      const one = open.get(number);
      return !gone && Boolean(one) && (waits(one) || isBusy());
    },
    waitsFor: (kind) => !gone && [...open.values()].some((one) => one.kind === kind && (waits(one) || isBusy())),
    silence() {
      if (!gone && !isLate()) return "";
      return !gone && isBusy()
        ? "The kernel is still busy: this waits until it is done. What you type is kept."
        : "The kernel does not answer: run this cell again. What you typed is kept.";
    },
  };
}
