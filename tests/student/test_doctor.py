"""What the doctor promises: plain words on whether this machine is ready, and never a traceback."""

import sqlite3
import sys
from contextlib import closing
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jupyter_client.kernelspec
import jupyter_core.paths
import pytest

from bpkit.student import doctor
from bpkit.student.doctor import Finding, Report, examine, report

READY = "✓ Ready: Python, packages, kernel, widgets and progress file are as they should be."


@pytest.fixture(autouse=True)
def progress_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BPKIT_PROGRESS", str(tmp_path / "progress.sqlite"))
    return tmp_path / "progress.sqlite"


def troubles() -> list[Finding]:
    """Examine, and also show what was found in every way, which must not raise either."""
    shown = report()
    assert str(shown) == repr(shown)
    assert ("✓" in str(shown)) == shown.ok
    assert "<div>" in shown._repr_html_()
    assert len(shown.details().splitlines()) == len(shown.findings)
    return [finding for finding in examine() if not finding.ok]


def register(kernel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        jupyter_client.kernelspec.KernelSpecManager,
        "get_kernel_spec",
        lambda self, name: SimpleNamespace(argv=[kernel, "-m", "ipykernel_launcher"]),
    )


def test_this_machine_is_ready_and_that_is_said_in_one_line() -> None:
    assert troubles() == []
    assert str(report()) == READY
    assert report()._repr_html_() == f"<div>{READY}</div>"


def test_everything_that_was_asked_for_is_found_in_detail(progress_file: Path) -> None:
    details = report().details()
    for name in ("Python", "jupyterlab", "numpy", "sympy", "matplotlib", "ipywidgets"):
        assert f"✓ {name} " in details
    assert "nbval" not in details  # a student needs none of what the tests need
    assert sys.executable in details
    assert str(progress_file) in details


def test_looking_records_nothing(progress_file: Path) -> None:
    report()
    with closing(sqlite3.connect(progress_file)) as db:
        assert db.execute("SELECT count(*) FROM event").fetchone() == (0,)


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: "3.9.2")
    (trouble,) = troubles()
    assert trouble.what == "This is Python 3.9.2; bpkit needs >=3.11."


def test_a_package_that_is_missing_or_too_old_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installed = metadata.version

    def version(name: str) -> str:
        if name == "sympy":
            raise metadata.PackageNotFoundError(name)
        return "1.20.0" if name == "numpy" else installed(name)

    monkeypatch.setattr(metadata, "version", version)
    missing, old = sorted(troubles(), key=lambda finding: len(finding.what))
    assert missing.what == "sympy is not installed."
    assert old.what == "bpkit needs numpy >=1.26, and 1.20.0 is installed."
    assert "make setup" in missing.advice
    assert "make setup" in old.advice
    assert str(report()).splitlines()[0] == "✗ Not ready yet:"


def test_bpkit_run_without_being_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> Any:
        raise metadata.PackageNotFoundError(name)

    for question in ("version", "requires", "metadata"):
        monkeypatch.setattr(metadata, question, nothing)
    assert any(finding.what.startswith("bpkit is not installed") for finding in troubles())


@pytest.mark.parametrize("kernel", ["python", "python3", sys.executable])
def test_a_kernel_that_is_this_python_is_fine(kernel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    register(kernel, monkeypatch)
    assert troubles() == []


@pytest.mark.parametrize("kernel", ["another-python", "/no/such/python"])
def test_a_kernel_of_another_python_is_named_with_what_to_do(kernel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    register(kernel, monkeypatch)
    (trouble,) = troubles()
    assert kernel in trouble.what
    assert "make lab" in trouble.advice


def test_a_kernel_of_another_python_that_has_bpkit_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    register("another-python", monkeypatch)
    monkeypatch.setattr(doctor, "_has_bpkit", lambda python: True)
    assert troubles() == []


def test_bpkit_is_looked_for_in_the_python_that_is_asked_about() -> None:
    assert doctor._has_bpkit(sys.executable)


def test_within_a_notebook_the_kernel_is_the_one_that_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    register("another-python", monkeypatch)
    notebook = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    assert troubles() == []


def test_no_registered_kernel_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: object, name: str) -> Any:
        raise jupyter_client.kernelspec.NoSuchKernel(name)

    monkeypatch.setattr(jupyter_client.kernelspec.KernelSpecManager, "get_kernel_spec", none)
    (trouble,) = troubles()
    assert trouble.what.startswith("This could not be examined: kernel")


def test_widgets_that_jupyterlab_can_not_show_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jupyter_core.paths, "jupyter_path", lambda *parts: [str(tmp_path)])
    missing = ["An extension of JupyterLab that shows widgets is not installed."]
    for extension in (Path("@jupyter-widgets", "jupyterlab-manager"), Path("anywidget")):
        assert [finding.what for finding in troubles()] == missing  # one of the two is not enough
        (tmp_path / extension).mkdir(parents=True)
        (tmp_path / extension / "package.json").touch()
    assert troubles() == []


def test_a_progress_file_that_can_not_be_written_is_said(progress_file: Path) -> None:
    progress_file.mkdir()
    (trouble,) = troubles()
    assert str(progress_file) in trouble.what
    assert "BPKIT_PROGRESS" in trouble.advice


def test_a_damaged_progress_file_was_set_aside_which_is_said_but_no_trouble(progress_file: Path) -> None:
    progress_file.write_bytes(b"not a database" * 100)
    said = report()
    assert said.ok
    assert str(said).startswith(READY)
    assert "progress.damaged.sqlite" in str(said)


def test_whatever_a_probe_raises_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def _progress_file() -> list[Finding]:
        raise ZeroDivisionError("<broken>")

    monkeypatch.setattr(doctor, "_progress_file", _progress_file)
    (trouble,) = troubles()
    assert trouble.what == "This could not be examined: progress file (ZeroDivisionError: <broken>)."
    assert "&lt;broken&gt;" in report()._repr_html_()


def test_what_is_ready_looks_the_same_on_every_machine() -> None:
    here = Report((Finding(True, "Python 3.11.2."), Finding(True, "The progress file is /home/ada/work/x.")))
    there = Report((Finding(True, "Python 3.14.0."), Finding(True, "The progress file is C:\\work\\x.")))
    assert str(here) == str(there)
    assert here._repr_html_() == there._repr_html_()
