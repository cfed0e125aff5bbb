"""One module is made of several, and the random numbers of both languages are one stream."""

import pytest

from bpkit.nn.random import Draws
from bpkit.widgets.modules import EXPORT, FOLDER, IMPORT, joined


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.js")), ids=lambda path: path.stem)
def test_every_module_says_what_it_takes_and_gives_in_words_that_can_be_joined(path):
    text = path.read_text(encoding="utf-8")
    rest = EXPORT.sub("", IMPORT.sub("", text)).replace("export default", "")
    assert not [line for line in rest.splitlines() if line.startswith(("import ", "export "))]
    for found in IMPORT.finditer(text):
        assert (path.parent / found[1]).is_file()
    assert "http" not in text.replace("http://www.w3.org/", "")  # nothing is fetched


def test_a_module_comes_once_and_after_what_it_needs():
    text = joined("chain_explorer.js")
    assert text.count("export function html(") == 0 < text.count("function html(") == 1
    assert text.index("function html(") < text.index("function slider(") < text.index("export default")


@pytest.mark.parametrize("seed", [0, 1, 42, 2**31, 2**32 - 1])
def test_random_numbers_are_the_same_in_python_and_in_the_browser(sheet, seed):
    theirs = sheet.evaluate(
        """async (seed) => {
            const { draws, normal, shuffled } = await import("/mathematics/random.js");
            const draw = draws(seed);
            const many = (one) => Array.from({ length: 200 }, () => one(draw));
            return [many(draw), many(normal), shuffled(50, draw)];
        }""",
        seed,
    )
    draws = Draws(seed)
    assert theirs[0] == [draws.uniform() for _ in range(200)]
    assert theirs[1] == pytest.approx([draws.normal() for _ in range(200)], rel=1e-12)
    assert theirs[2] == draws.shuffled(50)
    assert all(0 <= number < 1 for number in theirs[0])
