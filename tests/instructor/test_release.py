"""One source a chapter: what is released is built from it, holds no solution, and is never edited by hand."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from bpkit.course import chapters, exercises
from bpkit.instructor.release import SOLUTION, ReleaseError, dumps, release, run, solved, sources, student

ROOT = Path(__file__).parents[2]
SOURCES = sources(ROOT)
REBUILD = "run `make notebooks` and commit what it builds"


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def source(request):
    return request.param


def read(path):
    return nbformat.read(path, as_version=4)


def test_every_notebook_in_the_workbook_has_a_source():
    expected = {source.stem for source in SOURCES}
    for folder in ("notebooks", "solutions"):
        assert {path.stem for path in (ROOT / folder).glob("*.ipynb")} == expected
    assert {path.stem for path in (ROOT / "solutions").glob("*.md")} == expected


def test_the_released_student_notebook_is_what_its_source_makes(source):
    """Drift, or an edit by hand, in notebooks/."""
    released = (ROOT / "notebooks" / f"{source.stem}.ipynb").read_text(encoding="utf-8")
    assert released == dumps(student(source)), REBUILD


def test_the_solution_notebook_has_the_cells_that_its_source_makes(source):
    """Drift, or an edit by hand, in solutions/; what its outputs are, nbval checks."""
    committed = read(source.with_suffix(".ipynb"))
    for cell in committed.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    assert dumps(committed) == dumps(solved(source)), REBUILD


def test_an_executed_solution_is_the_same_bytes_again():
    """`make notebooks` changes nothing when nothing changed; one chapter stands for all, as executing takes long."""
    source = SOURCES[1]
    assert dumps(run(solved(source), source.parent)) == source.with_suffix(".ipynb").read_text(encoding="utf-8")


def test_no_solution_leaks_into_a_student_notebook(source):
    text = source.read_text(encoding="utf-8")
    seen = "\n".join(cell.source for cell in student(source).cells)
    assert "BEGIN SOLUTION" not in seen
    handed_out = "\n".join(exercise.problem().statement for exercise in exercises() if exercise.chapter == source.stem)
    solutions = SOLUTION.findall(text)
    assert len(solutions) >= len(next(c for c in chapters() if c.notebook == source.stem).exercises)
    for solution in solutions:
        for line in solution.splitlines()[1:-1]:
            # Short lines such as `else:` may stand elsewhere, and so may numbers that the statement hands out.
            if len(line.strip()) > 12 and line.strip() not in handed_out:
                assert line.strip() not in seen, f"a solution leaks: {line.strip()}"


def test_a_student_notebook_is_clean_and_small(source):
    path = ROOT / "notebooks" / f"{source.stem}.ipynb"
    for cell in read(path).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert path.stat().st_size < 600_000
    assert source.with_suffix(".ipynb").stat().st_size < 600_000


def test_graded_cells_carry_nbgraders_metadata(source):
    nbformat.validate(read(ROOT / "notebooks" / f"{source.stem}.ipynb"))
    cells = [cell for cell in student(source).cells if "nbgrader" in cell.metadata]
    ids = [cell.metadata["nbgrader"]["grade_id"] for cell in cells]
    assert len(ids) == len(set(ids))
    for cell in cells:
        meta = cell.metadata["nbgrader"]
        assert meta.keys() - {"points"} == {
            "schema_version",
            "grade",
            "locked",
            "solution",
            "task",
            "grade_id",
        }
        assert meta["schema_version"] == 3
        assert re.fullmatch(r"[a-zA-Z0-9_-]+", meta["grade_id"])
        assert meta["grade"] == ("points" in meta)
        assert not (meta["solution"] and meta["locked"])
        assert cell.source.startswith("bpkit.check(") == meta["grade"]


def test_every_exercise_is_posed_answered_and_checked_once():
    found = [
        cell.metadata["nbgrader"]["grade_id"]
        for source in SOURCES
        for cell in student(source).cells
        if "nbgrader" in cell.metadata
    ]
    wanted = [f"{role}-{e.id.replace('.', '-')}" for e in exercises() for role in ("exercise", "answer", "check")]
    # A later exercise may stand in the middle of its chapter, but its three cells stand together.
    assert sorted(found) == sorted(wanted)
    for posed, answered, checked in zip(found[::3], found[1::3], found[2::3], strict=True):
        assert (answered, checked) == (posed.replace("exercise", "answer"), posed.replace("exercise", "check"))


def test_a_chapters_page_says_what_it_is_for_what_to_remember_and_where_it_comes_from(source):
    text = source.read_text(encoding="utf-8")
    for part in ("you will be able to", "## What to remember", "## Where it comes from", "bpkit.progress("):
        assert part in text
    headings = set(re.findall(r"^## (.+)$", text, re.MULTILINE))
    chapter = next(c for c in chapters() if c.notebook == source.stem)
    assert set(chapter.reading.values()) <= headings


@pytest.fixture
def workbook(tmp_path):
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions", ignore=shutil.ignore_patterns("*.ipynb"))
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_release_touches_only_what_changed(workbook):
    assert len(release(workbook, execute=False)) == len(SOURCES)
    assert release(workbook, execute=False) == []
    edit(workbook / "solutions" / "01_chain_rule.md", "# 01 · The chain rule", "# 01 · The chain rule, again")
    assert release(workbook, execute=False) == [workbook / "notebooks" / "01_chain_rule.ipynb"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("### END SOLUTION\n", "", "opened or closed alone"),
        ("### BEGIN SOLUTION\n", "", "opened or closed alone"),
        ('exercise="1.3"', 'exercise="1.4"', "check-1-3"),
        ('exercise="1.3"', 'exercise="0.1"', "belongs to 00_start_here"),
        ("slope = ...", "slop = ...", "slope"),
    ],
)
def test_a_source_that_would_release_wrongly_is_refused(workbook, old, new, said):
    source = workbook / "solutions" / "01_chain_rule.md"
    edit(source, old, new)
    with pytest.raises(ReleaseError, match=re.escape(said)):
        student(source)


def test_a_missing_source_is_named(workbook):
    (workbook / "solutions" / "01_chain_rule.md").unlink()
    with pytest.raises(ReleaseError, match="01_chain_rule"):
        release(workbook, execute=False)


def test_a_cells_id_does_not_depend_on_its_neighbours(workbook):
    source = workbook / "solutions" / "01_chain_rule.md"
    before = {cell.id for cell in student(source).cells}
    edit(source, "## Several paths", "A new paragraph.\n\n## Several paths")
    after = {cell.id for cell in student(source).cells}
    assert len(before - after) <= 1


def test_committed_notebooks_name_no_place_on_any_machine():
    for folder in ("notebooks", "solutions"):
        for path in (ROOT / folder).glob("*.ipynb"):
            text = json.dumps(json.loads(path.read_text(encoding="utf-8")))
            assert not re.search(r"/(home|root|Users|tmp|work)/", text), path


def test_an_untouched_notebook_runs_to_its_end_with_nothing_attempted_and_no_points(source):
    executed = run(student(source), source.parent)  # an exception would end it
    shown = {
        cell.source: output["data"]["text/plain"]
        for cell in executed.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "execute_result"
    }
    checks = [text for code, text in shown.items() if code.startswith("bpkit.check(")]
    assert len(checks) == len(next(c for c in chapters() if c.notebook == source.stem).exercises)
    assert all("Not attempted" in text for text in checks)
    assert any("All together: 0 of" in text for code, text in shown.items() if code.startswith("bpkit.progress("))
