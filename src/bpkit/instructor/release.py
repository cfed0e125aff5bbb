"""From one text notebook a chapter: the executed solution and the clean student notebook.

In ``solutions/01_chain_rule.md`` an exercise is one code cell, marked with its id::

    ```python exercise="1.4"
    df_dx = ...
    ### BEGIN SOLUTION
    df_dx = 8 * (5*x**3 - x - 1) * (15*x**2 - 1)
    ### END SOLUTION
    ```

Here it becomes three: the statement, taken from the exercise itself; the answer, which loses its solution on the
way to the student; and the check, which hands in the names that the exercise asks for. The three carry nbgrader's
metadata, so that a course which runs nbgrader can take them as they are.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

from bpkit.course import Exercise, chapters, find

SOLUTION = re.compile(r"^[ \t]*### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION\n?", re.DOTALL | re.MULTILINE)
MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")


class ReleaseError(Exception):
    """A chapter's source cannot be released; the text says which cell, and why."""


def sources(root: Path) -> list[Path]:
    """Return the chapters' text notebooks under `root`, in order."""
    return [root / "solutions" / f"{chapter.notebook}.md" for chapter in chapters()]


def release(root: Path, only: Sequence[str] = (), *, execute: bool = True) -> list[Path]:
    """Rebuild every chapter's solution and student notebook; a file that would not change is not touched.

    Parameters
    ----------
    root
        The workbook's folder, with ``solutions/`` and ``notebooks/`` in it.
    only
        The chapters to rebuild, such as ``"01_chain_rule"``; all, if there are none.
    execute
        Whether to run the solutions; without, only the student notebooks are built.

    Returns
    -------
    list of Path
        The files that changed.

    Raises
    ------
    ReleaseError
        If there is no such chapter, a source is missing or marks a solution wrongly, or it names an exercise that its
        chapter does not have.
    """
    changed = []
    chosen = [source for source in sources(root) if not only or source.stem in only]
    if unknown := set(only) - {source.stem for source in chosen}:
        raise ReleaseError(f"There is no chapter {', '.join(sorted(unknown))}.")
    for source in chosen:
        built = {root / "notebooks" / f"{source.stem}.ipynb": student(source)}
        if execute:
            built[source.with_suffix(".ipynb")] = run(solved(source), source.parent)
        changed += [path for path, notebook in built.items() if _write(path, notebook)]
    return changed


def solved(source: Path) -> NotebookNode:
    """Build a chapter's solution notebook, not yet executed."""
    if not source.is_file():
        raise ReleaseError(f"{source.name} is missing from {source.parent.name}/.")
    text = jupytext.reads(source.read_text(encoding="utf-8"), fmt={"extension": ".md", "split_at_heading": True})
    cells = [made for cell in text.cells for made in _expand(cell, source.stem)]
    found = [cell.metadata["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell.metadata]
    wanted = [_grade_id("check", exercise) for exercise in _exercises(source.stem)]
    missing = [grade_id for grade_id in wanted if found.count(grade_id) != 1]
    if missing:
        raise ReleaseError(f"{source.name} must hold each exercise once; see {', '.join(missing)}.")
    seen: dict[str, int] = {}
    for cell in cells:
        digest = hashlib.sha256(f"{cell.cell_type} {cell.source}".encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    return notebook


def student(source: Path) -> NotebookNode:
    """Build a chapter's student notebook: the solution notebook without solutions and outputs."""
    notebook = solved(source)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = SOLUTION.sub("", cell.source).rstrip("\n")
        if any(marker in cell.source for marker in MARKERS):
            raise ReleaseError(f"In {source.name} a solution is opened or closed alone:\n{cell.source}")
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("answer-"):
            exercise = next(e for e in _exercises(source.stem) if _grade_id("answer", e) == grade_id)
            for answer in exercise.problem().answers:
                if not re.search(rf"\b{answer.name}\b", cell.source):
                    raise ReleaseError(
                        f"In {source.name}, exercise {exercise.id}: the cell has no “{answer.name} = ...”."
                    )
    return notebook


def run(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Execute a notebook in `folder`, against a progress file of its own, and drop what differs from run to run."""
    executed = deepcopy(notebook)
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "BPKIT_PROGRESS": str(Path(scratch) / "progress.sqlite")}
        client = NotebookClient(
            executed,
            timeout=300,
            kernel_name="python3",
            coalesce_streams=True,  # or what one cell prints arrives in pieces, now so and now so
            resources={"metadata": {"path": str(folder)}},
            # Newer kernels warn, in every run, of a connection that is not encrypted.
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
        )
        client.execute(env=environment)
    executed.metadata = notebook.metadata
    for cell, before in zip(executed.cells, notebook.cells, strict=True):
        cell.metadata = before.metadata
        for output in cell.get("outputs", []):
            # A live widget has another number in every run; what stays in the file is its still picture.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return executed


def dumps(notebook: NotebookNode) -> str:
    """Write a notebook as text, always in the same way."""
    return str(nbformat.writes(notebook, version=4, indent=1, ensure_ascii=False)).rstrip("\n") + "\n"


def _write(path: Path, notebook: NotebookNode) -> bool:
    text = dumps(notebook)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def _exercises(notebook: str) -> list[Exercise]:
    return next(chapter.exercises for chapter in chapters() if chapter.notebook == notebook)


def _grade_id(role: str, exercise: Exercise) -> str:
    return f"{role}-{exercise.id.replace('.', '-')}"


def _expand(cell: NotebookNode, notebook: str) -> Iterator[NotebookNode]:
    """Turn an exercise's cell into statement, answer and check; leave any other cell as it is."""
    exercise_id = cell.metadata.get("exercise")
    if exercise_id is None:
        tags = cell.metadata.get("tags")
        yield _cell(cell.cell_type, cell.source, {"tags": tags} if tags else None)
        return
    exercise = find(exercise_id)
    if exercise.chapter != notebook:
        raise ReleaseError(f"{notebook}.md holds exercise {exercise_id}, which belongs to {exercise.chapter}.")
    problem = exercise.problem()
    names = ", ".join(answer.name for answer in problem.answers)
    yield _cell("markdown", statement(exercise), _metadata(_grade_id("exercise", exercise), locked=True))
    yield _cell("code", cell.source, _metadata(_grade_id("answer", exercise), solution=True))
    yield _cell(
        "code",
        f'bpkit.check("{exercise.id}", {names})',
        _metadata(_grade_id("check", exercise), grade=True, locked=True, points=exercise.points) | {"deletable": False},
    )


def statement(exercise: Exercise) -> str:
    """Return an exercise's heading, its source and its statement, in Markdown."""
    points = "not counted" if not exercise.points else f"{exercise.points} point{'s' if exercise.points > 1 else ''}"
    source = f" · from {' and '.join(exercise.sources)}" if exercise.sources else ""
    heading = f"### Exercise {exercise.id} · {exercise.title}\n\n*{points}{source}*"
    return f"{heading}\n\n{exercise.problem().statement.strip()}"


def _cell(kind: str, source: str, metadata: dict[str, Any] | None = None) -> Any:
    if kind == "markdown":
        return nbformat.v4.new_markdown_cell(source, metadata=metadata or {})
    return nbformat.v4.new_code_cell(source, metadata=metadata or {})


def _metadata(
    grade_id: str,
    *,
    grade: bool = False,
    locked: bool = False,
    solution: bool = False,
    points: int | None = None,
) -> dict[str, Any]:
    nbgrader = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return {"nbgrader": nbgrader | ({} if points is None else {"points": points})}
