// What the views of a widget have changed and Python is to be told, in few messages.

const PAUSE = 100; // milliseconds between two messages to Python while a value moves

/** An outbox for all views of one model. */
export function newOutbox() {
  const views = new Set();
  let unsent = null;
  let setting = false;
  let waiting = {}; // values that Python is to be told
  const told = {}; // and those that it was told last, as JSON
  const put = (model, values) => {
    setting = true;
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    setting = false;
  };
  const send = (model) => {
    clearTimeout(unsent);
    unsent = null;
    for (const [name, value] of Object.entries(waiting)) told[name] = JSON.stringify(value);
    waiting = {};
    // After a restart of the kernel nobody listens; the widget goes on by itself.
    try { model.save_changes(); } catch { /* the values stay in the browser */ }
  };
  return {
    views,
    set(model, values) {
      put(model, values);
      Object.assign(waiting, values);
      unsent ??= setTimeout(() => send(model), PAUSE);
    },
    /** Whether what has changed comes from elsewhere. Python repeats what it was told: where the student has moved on
     * since, that is no news, and the student's value is put back. */
    from(model) {
      if (setting) return false;
      const old = Object.entries(waiting).filter(([name, value]) => (
        model.get(name) !== value && JSON.stringify(model.get(name)) === told[name]));
      put(model, Object.fromEntries(old));
      return true;
    },
    close(model) { if (unsent) send(model); },
  };
}
