"""What the committed notebooks promise: thirteen chapters, pictures with words, headings in order."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from bpkit.course import chapters

ROOT = Path(__file__).resolve().parent.parent
PATHS = [ROOT / folder / f"{chapter.notebook}.ipynb" for chapter in chapters() for folder in ("notebooks", "solutions")]
EVERY = pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
SOLUTIONS = pytest.mark.parametrize("path", PATHS[1::2], ids=lambda path: path.stem)


def shown(path):
    """Yield what the cells of a notebook show: the type of each output's data, and its text."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            yield from ((kind, "".join(data)) for kind, data in output.get("data", {}).items())


def test_the_course_has_thirteen_chapters_numbered_without_a_gap():
    assert [chapter.number for chapter in chapters()] == list(range(13))


@SOLUTIONS
def test_every_picture_says_in_words_what_it_shows(path):
    for kind, data in shown(path):
        assert not kind.startswith("image/"), "a picture of Matplotlib's own has no words: use bpkit.figures"
        for svg in re.findall(r"<svg[^>]*>", data):
            assert 'role="img"' in svg
            words = re.search(r'aria-label="([^"]*)"', svg)
            assert words
            assert len(words[1]) > 20


@EVERY
def test_headings_go_down_by_one_level_at_a_time(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    levels = [len(marks) for marks in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text, flags=re.S), re.M)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
