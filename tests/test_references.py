"""What the prose points to is there: chapters, exercises, files and names of the package."""

import re
from functools import reduce
from importlib.util import find_spec
from pathlib import Path

import bpkit
from bpkit.checking.misconceptions import SENTENCES
from bpkit.course import chapters, exercises

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = {f"{chapter.number:02}" for chapter in chapters()}
NOTEBOOKS = {chapter.notebook for chapter in chapters()}
IDS = {exercise.id for exercise in exercises()}
ID = r"\d{1,2}\.\d{1,2}"


def exercise_text(exercise):
    problems = [exercise.problem(), *([exercise.problem(1)] if exercise.has_instances else [])]
    return "\n".join(part for p in problems for part in (p.statement, *p.hints, p.solution))


PROSE = {
    **{
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("solutions", ".", "benchmarks")
        for path in sorted((ROOT / folder).glob("*.md"))
    },
    **{f"exercise {exercise.id}": exercise_text(exercise) for exercise in exercises()},
    **{f"the sentence {slug}": sentence for slug, sentence in SENTENCES.items()},
}


def chapters_named(text):
    """Yield the chapters that a text speaks of: "chapter 04", "chapters 02 and 03", "chapters 02–08"."""
    for run in re.findall(r"[Cc]hapters?\s+(\d+(?:(?:,|\s+and|\s+to|\s+or|–)\s*\d+)*)", text):
        yield from re.findall(r"\d+", run)


def exercises_named(text):
    """Yield the exercises: "exercise 4.1", "exercises 7.1 to 7.9", `bpkit.hint("4.1")`."""
    for run in re.findall(rf"[Ee]xercises?\s+({ID}(?:(?:,|,?\s+and|\s+to|\s+or|–)\s*{ID})*)", text):
        yield from re.findall(ID, run)
    yield from re.findall(rf'(?:check|hint|solution|practice)\("({ID})"', text)


def files_named(text):
    """Yield the files: a link that leads into the workbook, a path in backquotes, a notebook's name."""
    yield from re.findall(r"\]\((?!https?:)([^)#\s]+)\)", text)
    yield from re.findall(r"`([\w.-]+(?:/[\w.-]+)*/[\w-]+\.(?:py|md|npz|toml|txt))`", text)


def names_of_the_package(text):
    """Yield the names after "bpkit.": "nn.Network", "figures.curves"."""
    return re.findall(r"\bbpkit\.((?!sqlite|py\b)[A-Za-z_]+(?:\.[A-Za-z_]+)*)", text)


def missing(named, is_there):
    """Return where something is named that is not there."""
    return [(where, name) for where, text in PROSE.items() for name in named(text) if not is_there(name)]


def test_every_chapter_named_is_there():
    assert missing(chapters_named, NUMBERS.__contains__) == []
    assert missing(lambda text: re.findall(r"`(\d\d_\w+)`", text), NOTEBOOKS.__contains__) == []


def test_every_exercise_named_is_there():
    assert missing(exercises_named, IDS.__contains__) == []


def test_every_file_named_is_there():
    folders = (ROOT, ROOT / "src", ROOT / "src" / "bpkit", ROOT / "benchmarks")
    assert missing(files_named, lambda name: any((folder / name).exists() for folder in folders)) == []


def test_every_name_of_the_package_is_there():
    def is_there(name):
        try:
            reduce(getattr, name.split("."), bpkit)
        except AttributeError:  # a module that nobody has imported yet
            return find_spec(f"bpkit.{name}") is not None
        return True

    assert missing(names_of_the_package, is_there) == []


def test_the_references_are_found():
    text = 'chapters 02–08, chapter 11 and exercises 7.1, 7.2 and 7.9, `bpkit.hint("4.1")`, [x](docs/a.png), `src/b.py`'
    assert list(chapters_named(text)) == ["02", "08", "11"]
    assert list(exercises_named(text)) == ["7.1", "7.2", "7.9", "4.1"]
    assert list(files_named(text)) == ["docs/a.png", "src/b.py"]
    assert names_of_the_package("see `bpkit.nn.Network(3)`") == ["nn.Network"]
