// What is typed into a box outlives the kernel.

const REMEMBERED = 30; // answers that the Up key brings back

/** What was typed, kept in the browser: by notebook, exercise and instance. It outlives the kernel. */
export function draftsOf(page) {
  const key = (what) => `bpkit:${what}:${page.get("draft")}`;
  const own = (seed) => `${key("draft")}:${seed ?? ""}`;
  const load = (name) => {
    try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } // a browser may keep nothing at all
  };
  const save = (name, value) => {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* full, or not allowed */ }
  };
  const isTyped = (texts) => Array.isArray(texts) && texts.length === page.get("names").length
    && texts.every((text) => typeof text === "string") && texts.some((text) => text.trim());
  return {
    keep(texts) {
      if (!page.get("draft")) return;
      save(own(page.get("seed")), texts);
      save(key("last"), { session: page.get("session"), seed: page.get("seed") });
    },
    /** Give back what was typed before; after a restart of the kernel with the numbers that it was typed for. */
    bringBack(kernel) {
      if (!page.get("draft") || isTyped(page.get("texts"))) return;
      const last = load(key("last"));
      const restarted = last && last.session !== page.get("session");
      const elsewhere = page.get("drawn") && Number.isInteger(last?.seed) && last.seed !== page.get("seed");
      if (restarted && elsewhere && isTyped(load(own(last.seed)))) {
        kernel.ask("resume", { seed: last.seed });
        return;
      }
      const texts = load(own(page.get("seed")));
      if (isTyped(texts)) page.set({ texts });
    },
    answered(texts) {
      if (!page.get("draft")) return;
      const all = load(key("history"));
      const kept = texts.map((text, at) => {
        const others = (one) => typeof one === "string" && one !== text;
        const earlier = Array.isArray(all?.[at]) ? all[at].filter(others) : [];
        return (text.trim() && text.length < 5000 ? [...earlier, text] : earlier).slice(-REMEMBERED);
      });
      save(key("history"), kept);
    },
    history(at) {
      const earlier = page.get("draft") ? load(key("history"))?.[at] : null;
      return Array.isArray(earlier) ? earlier.filter((one) => typeof one === "string") : [];
    },
  };
}
