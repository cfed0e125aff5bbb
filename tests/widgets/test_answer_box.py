"""The box to answer in: what it shows at every key, what it sends, and that nothing typed is lost."""

import pytest
import traitlets

import bpkit
from bpkit.widgets import AnswerBox
from widgets.conftest import MODEL

RIGHT = "8(5x^3 - x - 1)(15x^2 - 1)"


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    monkeypatch.setenv("BPKIT_PROGRESS", str(tmp_path / "progress.sqlite"))


def visible(box):
    state = box.get_state()
    return {name: state[name] for name in state if not name.startswith("_") and name != "layout"}


@pytest.fixture(scope="session")
def kernels():
    """Return what answers on each page; pages are used again, and a function is put on one for good."""
    return {}


@pytest.fixture
def answered(stage, kernels):
    """Return ``answered(box)``, a stage on which Python answers what the box asks, as a kernel does."""

    def put(box, **options):
        here = stage(box, **options)

        def kernel(message):
            replies = []
            box.send = lambda content, *_: replies.append(content)
            before = visible(box)
            box._asked(box, message, [])
            changed = {name: value for name, value in visible(box).items() if value != before[name]}
            return [changed, replies]

        if here.page not in kernels:
            page = here.page
            page.expose_function("kernel", lambda message: kernels[page](message))
        kernels[here.page] = kernel
        here.page.evaluate(
            """() => window.fake.on("sent", async (message) => {
                const [changed, replies] = await window.kernel(message);
                for (const [name, value] of Object.entries(changed)) window.fake.set(name, value);
                for (const reply of replies) window.fake.emit("msg:custom", reply);
            })"""
        )
        return here

    return put


def line(here, name="df_dx"):
    return here.root.get_by_label(name, exact=True)


def press(here, name):
    here.root.get_by_role("button", name=name, exact=False).click()


def emit(here, **message):
    here.page.evaluate("message => window.fake.emit('msg:custom', message)", message)


def sent(here, kind):
    return [one for one in here.page.evaluate("window.fake.sent") if one["kind"] == kind]


def read_as(here, text, at=0):
    """Wait until the reading says so; math has no spaces."""
    here.page.wait_for_function(
        """([at, text]) => {
            const shown = document.querySelectorAll(".bpkit-reading")[at].textContent;
            return shown.replace(/[\\u2062\\s]/g, "") === text;
        }""",
        arg=[at, text],
    )


def test_the_reading_stands_beside_the_line_at_every_key(answered):
    here = answered(bpkit.ask("1.4").box)
    line(here).press_sequentially("1/2x")
    read_as(here, "12·x")
    assert here.root.locator("math mfrac").count() == 1
    assert here.words == "df_dx: 1/2x. Read as 1/2 · x."
    line(here).press_sequentially("^(")
    read_as(here, "Abracketisopenedandneverclosed.")
    line(here).fill("")
    read_as(here, "Howitisreadwillstandhere;Enterchecks.")


def test_an_answer_to_what_was_typed_before_is_dropped(stage):
    here = stage(bpkit.ask("1.4").box)
    line(here).press_sequentially("6")
    line(here).press_sequentially("x")
    (first,) = sent(here, "read")  # one question at a time
    assert first["text"] == "6"
    emit(here, kind="reading", number=first["number"], at=0, tree=["mn", "6"])
    second = sent(here, "read")[1]
    assert second["text"] == "6x"
    emit(here, kind="reading", number=second["number"], at=0, tree=["mi", "late"])
    emit(here, kind="reading", number=first["number"], at=0, tree=["mi", "stale"])
    emit(here, kind="reading", number=99, at=7, tree=["mi", "nowhere"])
    emit(here, kind=None)
    read_as(here, "late")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_enter_checks_and_the_verdict_has_a_sign_words_and_reasons(answered, dark):
    here = answered(bpkit.ask("1.4").box, dark=dark)
    line(here).fill("8(5x^3 - x - 1)")
    line(here).press("Enter")
    verdict = here.root.locator(".bpkit-box-verdict")
    verdict.get_by_text("Not yet").wait_for()
    assert "✗" in verdict.inner_text()
    assert "inner function" in verdict.inner_text()
    assert verdict.get_attribute("role") == "status"
    assert line(here).input_value() == "8(5x^3 - x - 1)"
    assert here.page.evaluate("document.activeElement.ariaLabel") == "df_dx"
    assert here.violations() == []
    line(here).fill(RIGHT)
    line(here).press("Enter")
    verdict.get_by_text("Correct").wait_for()
    assert "Correct" in here.words
    assert here.violations() == []


def test_in_several_lines_enter_goes_on_and_shift_enter_checks(answered):
    here = answered(bpkit.ask("4.2").box)
    line(here, "lines").press_sequentially("e^(-x)/(1+e^(-x))^2\nsigma(x)(1-sigma(x))")
    assert sent(here, "check") == []
    here.page.wait_for_function("() => document.querySelectorAll('.bpkit-reading mtr').length === 2")
    line(here, "lines").press("Shift+Enter")
    here.root.locator(".bpkit-box-verdict[data-status]").wait_for()
    assert line(here, "lines").input_value().count("\n") == 1


def test_the_buttons_show_hints_the_solution_and_other_numbers(answered):
    here = answered(bpkit.ask("1.4").box)
    for count in (1, 2, 3):
        press(here, "Hint")
        here.root.get_by_text(f"Hint ({count} of 3)").wait_for()
    assert here.root.locator("li").count() == 3
    press(here, "Solution")
    here.root.get_by_text("Points are for").wait_for()
    assert sent(here, "solution") == []
    press(here, "Solution")
    here.root.get_by_text("Worked solution").wait_for()
    statement = here.get("statement")
    line(here).fill("2x")
    press(here, "Other numbers")
    here.root.get_by_text("not counted").wait_for()
    assert here.get("statement") != statement
    assert line(here).input_value() == ""
    assert here.root.locator("li").count() == 0
    press(here, "Back to the exercise")
    here.root.get_by_text("3 points").wait_for()
    assert line(here).input_value() == "2x"  # as it was left
    assert here.violations() == []


def test_up_brings_back_what_was_answered_before(answered):
    here = answered(bpkit.ask("1.4").box)
    for text in ("x", "2x", "x"):
        line(here).fill(text)
        line(here).press("Enter")
    line(here).fill("now")
    seen = []
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"):
        line(here).press(key)
        seen.append(line(here).input_value())
    assert seen == ["x", "2x", "2x", "x", "now", "now"]
    assert here.get("texts") == ["now"]


def reopen(here, box, **changes):
    """Put a new box on the same page, as the cell does that is run again."""
    here.page.evaluate(f"([s, m, c, d]) => ({MODEL})(s, m, c, d)", [visible(box) | changes, box._esm, box._css, False])


def test_what_is_typed_comes_back_when_the_cell_is_run_again(stage):
    here = stage(bpkit.ask("1.6").box)
    line(here, "df_du").fill("u + v")
    line(here, "df_dv").fill("<b>")
    reopen(here, bpkit.ask("1.6").box, session="another kernel")
    here.page.wait_for_function("() => document.querySelector('input').value === 'u + v'")
    assert line(here, "df_dv").input_value() == "<b>"
    assert here.get("texts") == ["u + v", "<b>"]
    assert {one["text"] for one in sent(here, "read")} == {"u + v", "<b>"}
    reopen(here, bpkit.ask("1.1").box)
    here.page.wait_for_timeout(50)
    assert line(here, "dp_dx").input_value() == ""


def test_after_a_restart_a_practice_comes_back_with_the_numbers_that_were_drawn(stage):
    here = stage(bpkit.practice("1.4").box)
    line(here).fill("2x")
    seed = here.get("seed")
    other = bpkit.practice("1.4", seed=seed + 1).box
    reopen(here, other, drawn=True)
    here.page.wait_for_timeout(50)
    assert sent(here, "resume") == []  # the kernel is the same: other numbers are wanted
    assert line(here).input_value() == ""
    reopen(here, other, drawn=True, session="another kernel")
    here.page.wait_for_function("() => window.fake.sent.some((one) => one.kind === 'resume')")
    assert sent(here, "resume")[0]["seed"] == seed
    reopen(here, other, drawn=False, session="another kernel")
    here.page.wait_for_timeout(50)
    assert sent(here, "resume") == []  # this seed was chosen


@pytest.mark.parametrize("stored", ["{", "[1]", '["a","b"]', "null", '{"seed": "x"}', '[" "]'])
def test_a_damaged_draft_is_none(stage, stored):
    here = stage(bpkit.ask("1.4").box)
    here.page.evaluate(
        """([draft, stored]) => ["draft", "last", "history"].forEach((what) => {
            localStorage.setItem(`bpkit:${what}:${draft}${what === "draft" ? ":" : ""}`, stored);
        })""",
        [here.get("draft"), stored],
    )
    reopen(here, bpkit.ask("1.4").box)
    line(here).press("ArrowUp")
    line(here).press_sequentially("x")
    line(here).press("Enter")
    assert line(here).input_value() == "x"


def test_a_browser_that_keeps_nothing_is_no_trouble(stage):
    here = stage(bpkit.ask("1.4").box)
    here.page.evaluate(
        """() => Object.defineProperty(window, "localStorage", {
            get() { throw new Error("not allowed"); },
        })"""
    )
    line(here).press_sequentially("x")
    line(here).press("Enter")
    assert sent(here, "check")[0]["texts"] == ["x"]
    here.page.reload()  # the next test has the same page


def test_a_kernel_that_does_not_answer_is_told_after_a_while_and_typing_goes_on(stage):
    here = stage(bpkit.ask("1.4").box)
    silent = here.root.locator(".bpkit-box-silent")
    line(here).press_sequentially("2x")
    line(here).press("Enter")
    assert silent.inner_text() == ""
    assert here.root.get_by_role("button", name="Checking…").count() == 1
    here.root.get_by_role("button", name="Check", exact=True).wait_for()
    assert silent.inner_text() == "The kernel does not answer: run this cell again. What you typed is kept."
    line(here).press_sequentially("+1")
    assert line(here).input_value() == "2x+1"
    emit(here, kind="reading", number=sent(here, "read")[-1]["number"], at=0, tree=["mn", "1"])
    assert silent.inner_text() == ""
    assert sent(here, "read")[-1]["text"] == "2x+1"


def test_a_busy_kernel_is_waited_for(stage):
    here = stage(bpkit.ask("1.4").box)
    here.page.evaluate("() => { window.fake.widget_manager = { kernel: { status: 'busy' } }; }")
    line(here).press_sequentially("2x")
    line(here).press("Enter")
    here.root.get_by_text("still busy").wait_for()
    line(here).press("Enter")
    assert len(sent(here, "check")) == 1  # the first one still waits


def test_a_kernel_that_is_gone_is_told_at_once(stage):
    here = stage(bpkit.ask("1.4").box)
    here.page.evaluate("() => { window.fake.send = () => { throw new Error('Cannot send'); }; }")
    line(here).press_sequentially("2x")
    line(here).press("Enter")
    assert "What you typed is kept" in here.root.locator(".bpkit-box-silent").inner_text()
    assert line(here).input_value() == "2x"


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "x" * 100_000, "😀 ∑ \u202e", "a\0b", "'; DROP TABLE event", "$x$ **y** `z`"],
)
def test_whatever_is_typed_a_sentence_comes_back(answered, text):
    here = answered(bpkit.ask("1.4").box)
    line(here).fill(text)
    here.page.wait_for_function("() => document.querySelector('.bpkit-reading').dataset.is === 'words'")
    line(here).press("Enter")
    here.root.locator(".bpkit-box-verdict[data-status='malformed']").wait_for()
    assert here.root.locator("img").count() == 0
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 1000


def test_a_function_is_handed_in_from_a_cell_and_the_box_says_how(answered):
    here = answered(bpkit.ask("1.7").box)
    assert "wants a function" in here.root.inner_text()
    assert "wants a function" in here.words
    assert here.root.locator("input, textarea").count() == 0
    assert here.root.get_by_role("button", name="Check").count() == 0
    press(here, "Hint")
    here.root.locator("li").wait_for()
    assert here.violations() == []


def test_where_all_is_rubbed_out_nothing_of_its_reading_comes_back(answered):
    here = answered(bpkit.ask("1.4").box)
    line(here).press_sequentially("x")
    read_as(here, "x")
    line(here).fill("")
    here.page.evaluate("() => { window.fake.send = () => {}; }")  # nobody reads what comes now
    line(here).press_sequentially("7")
    assert here.root.locator(".bpkit-reading").get_attribute("data-is") == "tip"


def test_a_screen_reader_is_told_the_reading_once_the_typing_pauses(answered):
    here = answered(bpkit.ask("1.4").box)
    live = "[role=status][aria-live=polite].bpkit-unseen"
    line(here).press_sequentially("2x")
    assert here.root.locator(live).inner_text() == ""
    here.page.wait_for_function(f"() => document.querySelector('{live}').textContent.includes('Read as 2 x')")


def test_the_notebooks_own_renderer_sets_the_text_where_there_is_one(stage):
    here = stage(bpkit.ask("1.4").box)
    here.page.evaluate(
        """() => {
            window.fake.widget_manager = { _rendermime: {
                createModel: (options) => options,
                createRenderer: () => ({
                    node: document.createElement("section"), dispose() {},
                    async renderModel(model) { this.node.textContent = "set: " + model.data["text/markdown"]; },
                }),
                latexTypesetter: { typeset: (node) => { node.dataset.typeset = "yes"; } },
            } };
            window.fake.set("statement", "What is $x$?");
        }"""
    )
    here.root.locator("section[data-typeset=yes]").wait_for()
    assert here.root.locator("section[data-typeset=yes]").inner_text() == "set: What is $x$?"
    here.page.evaluate(
        """() => {
            window.fake.widget_manager._rendermime.createRenderer = () => { throw new Error("another front end"); };
            window.fake.set("statement", "**Why** is $y$?");
        }"""
    )
    here.root.get_by_text("Why is y?").wait_for()


def test_values_from_python_are_checked():
    box = AnswerBox()
    box.texts = ["x + 1"]
    assert "x + 1" in box.still().alt
    with pytest.raises(traitlets.TraitError, match="one text for each of answer; here are 2"):
        box.texts = ["a", "b"]
    with pytest.raises(traitlets.TraitError, match="200001"):
        box.texts = ["x" * 200_001]
    with pytest.raises(traitlets.TraitError):
        box.texts = [float("nan")]
    assert box.texts == ["x + 1"]


def test_a_box_without_an_exercise_shows_what_is_typed(answered):
    here = answered(AnswerBox())
    line(here, "answer").fill("2x")
    read_as(here, "2x")
    line(here, "answer").press("Enter")
    here.root.get_by_role("button", name="Check", exact=True).wait_for()


def test_the_still_picture_says_what_is_typed_and_the_verdict():
    box = bpkit.ask("1.6").box
    box._asked(box, {"kind": "check", "number": 1, "texts": ["u & <v>", "1"]}, [])
    picture = box.still()
    assert "df_du = u & <v>; df_dv = 1" in picture.alt
    assert "Not yet" in picture.alt
    assert "u &amp; &lt;v&gt;" in picture.svg
