"""A student's work is theirs: a new release, pulled over it, leaves every byte of it as it was."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from bpkit.instructor.release import release
from bpkit.student.store import Store
from bpkit.student.workspace import lay_out

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(folder, *arguments):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def status(folder):
    return subprocess.check_output(["git", "status", "--porcelain"], cwd=folder, text=True)


@pytest.fixture
def published(tmp_path):
    """Return the course as its authors publish it, and a student's clone of it."""
    upstream, clone = tmp_path / "upstream", tmp_path / "clone"
    for folder in ("notebooks", "solutions"):
        shutil.copytree(ROOT / folder, upstream / folder, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / ".gitignore", upstream)
    git(upstream, "init", "--initial-branch=main")
    git(upstream, "add", ".")
    git(upstream, "commit", "-m", "first release")
    git(tmp_path, "clone", str(upstream), str(clone))
    return upstream, clone


def work_in(notebook):
    """Do to a notebook what a student and JupyterLab do: answer, run, save with outputs."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = "my_own = 42"
            cell["execution_count"] = 1
    notebook.write_text(json.dumps(content), encoding="utf-8")
    return notebook.read_bytes()


def test_a_pulled_release_leaves_a_students_work_as_it_was(published):
    upstream, clone = published
    work = clone / "work"
    lay_out(clone / "notebooks", work)
    mine = {name: work_in(work / name) for name in ("00_start_here.ipynb", "01_chain_rule.ipynb")}
    Store(work / "progress.sqlite").record("1.4", "correct", 1.0, "8(5x^3 - x - 1)(15x^2 - 1)")
    assert status(clone) == ""  # nothing of it is git's business

    source = upstream / "solutions" / "01_chain_rule.md"
    source.write_text(
        source.read_text(encoding="utf-8").replace("## Several paths", "Better words.\n\n## Several paths"),
        encoding="utf-8",
    )
    assert release(upstream, execute=False)
    git(upstream, "commit", "--all", "--message", "second release")
    git(clone, "pull")
    assert release(clone, execute=False) == []
    said = lay_out(clone / "notebooks", work)

    assert {name: (work / name).read_bytes() for name in mine} == mine
    beside = work / "01_chain_rule_2.ipynb"
    assert "Better words" in beside.read_text(encoding="utf-8")
    assert any("01_chain_rule_2" in sentence for sentence in said)
    assert lay_out(clone / "notebooks", work) == []  # told once
    assert Store(work / "progress.sqlite").standings()["1.4"].solved
    assert status(clone) == ""
