"""JavaScript under test: a module's functions called from Python, and a widget on a bare page with a model of its own.

JupyterLab is not needed for either; what has to be seen there is in tests/browser.
"""

import mimetypes
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import bpkit.widgets.modules

FOLDER = Path(bpkit.widgets.modules.__file__).parent
ORIGIN = "http://bpkit.test"
# As ipywidgets' model in the browser: values, listeners, and messages that are only collected.
MODEL = """
(state, module, css, dark) => {
    window.fake?.close?.();
    document.documentElement.removeAttribute("style");
    document.body.dataset.jpThemeLight = String(!dark);
    document.body.style.background = dark ? "#111" : "#fff";
    if (dark) for (const n of [0, 1]) {
        document.documentElement.style.setProperty(`--jp-content-font-color${n}`, "#eee");
        document.documentElement.style.setProperty(`--jp-layout-color0`, "#111");
    }
    document.body.innerHTML = "<style></style><main></main>";
    document.querySelector("style").textContent = css;
    const listeners = [];
    const model = window.fake = {
        state: { ...state }, sent: [], saves: 0,
        get: (name) => model.state[name],
        set(name, value) {
            if (model.state[name] === value) return;
            model.state[name] = value;
            model.emit(`change:${name}`);
            model.emit("change");
        },
        save_changes() { model.saves += 1; },
        send(message) { model.sent.push(message); model.emit("sent", message); },
        on: (event, call) => listeners.push([event, call]),
        off(event, call) {
            const gone = ([e, c]) => (!event || e === event) && (!call || c === call);
            listeners.splice(0, Infinity, ...listeners.filter((one) => !gone(one)));
        },
        emit: (event, ...args) => listeners.filter(([e]) => e === event).forEach(([, call]) => call(...args)),
    };
    const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
    return import(address).then(async (loaded) => {
        const definition = typeof loaded.default === "function" ? await loaded.default() : loaded.default;
        await definition.initialize?.({ model });
        model.render = (el) => definition.render({ model, el });
        model.close = await model.render(document.querySelector("main"));
    });
}
"""


def _serve(route):
    path = FOLDER / route.request.url.removeprefix(f"{ORIGIN}/")
    if path.is_file():
        route.fulfill(body=path.read_bytes(), content_type=mimetypes.guess_type(path.name)[0] or "text/plain")
    else:
        route.fulfill(body='<!doctype html><html lang="en"><title>widget</title><body>', content_type="text/html")


@pytest.fixture(scope="session")
def sheet(browser):
    """Return a page that loads the package's own JavaScript."""
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.route(f"{ORIGIN}/**", _serve)
    page.goto(f"{ORIGIN}/")
    yield page
    page.close()


@pytest.fixture(scope="session")
def javascript(sheet):
    """Return ``javascript("mathematics/softmax.js", "softmax", [z], [other], …)``: a result for each argument list."""

    def call(module, name, *arguments):
        return sheet.evaluate(
            """async ([address, name, calls]) => {
                const module = await import(address);
                return calls.map((given) => module[name](...given));
            }""",
            [f"{ORIGIN}/{module}", name, [list(given) for given in arguments]],
        )

    return call


class Stage:
    """A widget on a page: `page` is Playwright's, `root` the widget, `errors` what the console complained of."""

    def __init__(self, page, widget, width, dark):
        self.page = page
        self.errors = []
        self._listeners = {"pageerror": self._failed, "console": self._said}
        for event, listener in self._listeners.items():
            page.on(event, listener)
        page.set_viewport_size({"width": width, "height": 900})
        traits = widget.get_state()
        state = {name: value for name, value in traits.items() if not name.startswith("_") and name != "layout"}
        state["_still"] = traits["_still"]
        self.page.evaluate(f"([s, m, c, d]) => ({MODEL})(s, m, c, d)", [state, widget._esm, widget._css, dark])
        self.root = self.page.locator(".bpkit-widget")

    def _failed(self, error):
        self.errors.append(str(error))

    def _said(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def clear(self):
        """Leave the page as it was before: a new document costs more than most tests."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        self.page.evaluate(
            """() => {
                window.fake?.close?.();
                window.fake = null;
                document.body.replaceChildren();
                localStorage.clear();
            }"""
        )
        self.page.emulate_media(reduced_motion="no-preference")

    @property
    def words(self):
        """What a screen reader is told."""
        return self.root.locator(".bpkit-words").inner_text()

    def get(self, name):
        """Return a trait as it is in the browser."""
        return self.page.evaluate("name => window.fake.get(name)", name)

    def set(self, **values):
        """Set traits as Python does."""
        self.page.evaluate("v => { for (const [n, x] of Object.entries(v)) window.fake.set(n, x); }", values)

    def violations(self):
        """Return what axe-core finds against this widget."""
        found = (
            Axe()
            .run(self.page, context=".bpkit-widget", options={"resultTypes": ["violations"]})
            .response["violations"]
        )
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


@pytest.fixture(scope="session")
def pages():
    """Pages that no test is using: a new one costs more than most tests."""
    return []


@pytest.fixture
def stage(browser, pages):
    """Return ``stage(widget, width=1000, dark=False)``, a `Stage`; nothing may have gone wrong on it by the end."""
    opened = []

    def put(widget, width=1000, dark=False):
        if not pages:
            pages.append(browser.new_page())
            pages[-1].route(f"{ORIGIN}/**", _serve)
            pages[-1].goto(f"{ORIGIN}/")
        opened.append(Stage(pages.pop(), widget, width, dark))
        return opened[-1]

    yield put
    for one in opened:
        one.clear()
        pages.append(one.page)
    assert [one.errors for one in opened if one.errors] == []
