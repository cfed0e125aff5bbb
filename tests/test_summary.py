"""The sheet of formulas in chapter 12: each line leads to exercises that exist, and no chapter is forgotten."""

import re
from pathlib import Path

from bpkit.course import exercises

CHAPTER = Path(__file__).parents[1] / "solutions" / "12_review.md"
ROW = re.compile(r"^\| .* \| ([\d., to]+) \|$", re.MULTILINE)


def rows():
    text = CHAPTER.read_text(encoding="utf-8")
    return text.partition("## Every formula on one sheet")[2].partition("\n## ")[0]


def test_each_line_of_the_sheet_names_exercises_that_exist():
    known = {exercise.id for exercise in exercises()}
    lines = [line for line in rows().splitlines() if line.startswith("| ") and not line.startswith("| what")]
    named = [re.findall(r"\d+\.\d+", found[1]) for line in lines if (found := ROW.match(line))]
    assert len(named) == len(lines) > 40
    assert all(named)
    assert {exercise_id for ids in named for exercise_id in ids} <= known


def test_each_chapter_with_formulas_is_on_the_sheet():
    named = {int(number) for line in ROW.findall(rows()) for number in re.findall(r"(\d+)\.\d+", line)}
    assert named == set(range(1, 11))
