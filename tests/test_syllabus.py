"""The workbook teaches every row of the syllabus, and claims none that is not in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bpkit import course
from bpkit.cli import main
from bpkit.course import chapters
from bpkit.course.syllabus import READING, ROWS, coverage

EVERY_ROW = pytest.mark.parametrize("row", ROWS)
SOURCES = Path(__file__).parents[1] / "solutions"


def without(row):
    """Return the course as if nobody had thought of this row."""
    return [
        replace(
            chapter,
            exercises=[replace(e, covers=tuple(c for c in e.covers if c != row)) for e in chapter.exercises],
            reading={key: section for key, section in chapter.reading.items() if key != row},
        )
        for chapter in chapters()
    ]


def test_no_row_is_open():
    assert [row.key for row in coverage(chapters()) if row.is_open] == []


@EVERY_ROW
def test_a_row_that_no_exercise_covers_any_more_is_open(row):
    assert [covered.key for covered in coverage(without(row)) if covered.is_open] == [row]


@EVERY_ROW
def test_a_row_taken_out_of_the_list_is_missed(row):
    with pytest.raises(LookupError, match=row):
        coverage(chapters(), {key: content for key, content in ROWS.items() if key != row})


def test_an_exercise_that_counts_nothing_does_not_close_a_row():
    (chapter,) = [c for c in chapters() if c.number == 3]
    only = replace(chapter, exercises=[e for e in chapter.exercises if not e.points])
    (row,) = [covered for covered in coverage([only]) if covered.key == "worksheet/5"]
    assert row.exercises
    assert row.is_open


def test_a_section_closes_only_a_row_that_is_for_reading():
    assert set(ROWS) >= READING
    only = replace(chapters()[0], exercises=[], reading={"worksheet/1": "How an exercise works"})
    (row,) = [covered for covered in coverage([only]) if covered.key == "worksheet/1"]
    assert row.is_open


def test_every_section_that_teaches_a_row_stands_in_its_chapter():
    for chapter in chapters():
        text = (SOURCES / f"{chapter.notebook}.md").read_text(encoding="utf-8").splitlines()
        for section in chapter.reading.values():
            assert f"## {section}" in text


def test_coverage_is_printed_row_by_row_with_chapter_exercises_and_points(capsys):
    assert main(["coverage"]) == 0
    out = capsys.readouterr().out
    assert [line.partition(":")[0] for line in out.splitlines()[:-1] if not line.startswith(" ")] == list(ROWS)
    assert "worksheet/1: df/dx for f = 4 f1², f1 = f2 − 2, f2 = 5x³ − x + 1\n    01_chain_rule: 1.4 (3 points)\n" in out
    assert "08_backpropagation: section “From one sample to many: the total loss”" in out
    assert out.endswith(f"{len(ROWS)} rows, none of them open.\n")


def test_an_open_row_is_told_in_the_exit_status(capsys, monkeypatch):
    monkeypatch.setattr(course, "chapters", lambda: without("worksheet/1"))
    assert main(["coverage"]) == 1
    assert "    OPEN\n" in capsys.readouterr().out
