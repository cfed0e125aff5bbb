"""The sheet of formulas in chapter 12: each line leads to exercises that exist, and no chapter is forgotten."""

import ast
import re
from pathlib import Path

import numpy as np

from bpkit.course import exercises
from bpkit.course.review import CHAPTER as CHAPTER_12

CHAPTER = Path(__file__).parents[1] / "solutions" / "12_review.md"
ROW = re.compile(r"^\| .* \| ([\d., to]+) \|$", re.MULTILINE)


def rows():
    text = CHAPTER.read_text(encoding="utf-8")
    return text.partition("## The formulas on one sheet")[2].partition("\n## ")[0]


def test_each_line_of_the_sheet_names_exercises_that_exist():
    known = {exercise.id for exercise in exercises()}
    lines = [line for line in rows().splitlines() if line.startswith("| ") and not line.startswith("| what")]
    named = [re.findall(r"\d+\.\d+", found[1]) for line in lines if (found := ROW.match(line))]
    assert len(named) == len(lines) > 40
    assert all(named)
    assert {exercise_id for ids in named for exercise_id in ids} <= known


def listed(line):
    """Yield the ids in a row's last column, "1.1 to 1.5" as all five."""
    for chapter, first, last in re.findall(r"(\d+)\.(\d+)(?: to \d+\.(\d+))?", line):
        yield from (f"{chapter}.{number}" for number in range(int(first), int(last or first) + 1))


def test_each_exercise_of_a_chapter_with_formulas_is_on_the_sheet():
    named = {exercise_id for line in ROW.findall(rows()) for exercise_id in listed(line)}
    graded = {exercise.id for exercise in exercises() if exercise.points and 1 <= int(exercise.chapter[:2]) <= 10}
    assert graded - named == set()
    assert {exercise_id.split(".")[0] for exercise_id in named} == {str(number) for number in range(1, 11)}


def test_the_lines_that_the_notebook_measures_agree():
    code = (
        "import numpy as np\n\nimport bpkit\n\nsigma = bpkit.nn.sigmoid\n\n\ndef measured"
        + (CHAPTER.read_text(encoding="utf-8").partition("def measured")[2].partition("\nfor line,")[0])
    )
    cell = {}
    exec(code, cell)
    lines = cell["lines_of_the_sheet"]()
    assert len(lines) == 8
    for name, (formula, slopes) in lines.items():
        np.testing.assert_allclose(np.broadcast_to(formula, slopes.shape), slopes, atol=1e-8, err_msg=name)


def test_no_cell_takes_the_names_of_answers():
    """The cell that measures puts everything in a function: a check that is run again must find the student's own."""
    answers = {answer.name for exercise in CHAPTER_12.exercises for answer in exercise.problem().answers}
    cells = re.findall(r"```python\n(.*?)```", CHAPTER.read_text(encoding="utf-8"), re.DOTALL)
    taken = {
        name.id
        for cell in cells
        for statement in ast.parse(cell).body
        if isinstance(statement, ast.Assign | ast.For)
        for name in ast.walk(statement.targets[0] if isinstance(statement, ast.Assign) else statement.target)
        if isinstance(name, ast.Name)
    }
    assert taken
    assert not taken & (answers | {"x", "y", "z", "p", "q", "a", "W"})
