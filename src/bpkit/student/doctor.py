"""Find out whether this machine is ready for the workbook, and what to do if not.

`bpkit doctor` asks, and the first chapter, and every student who writes for help.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from importlib import metadata
from pathlib import Path

from bpkit.student.store import Store, progress_path

_INSTALL = "Run `make setup` in the workbook's folder; with conda, `conda env update --file environment.yml`."
_OPEN = "Open the notebooks with `make lab`, or with `bpkit lab`: their kernel is then the Python that has bpkit."


@dataclass(frozen=True)
class Finding:
    """One thing examined: whether it is as it should be, what was found, and what to do if anything."""

    ok: bool
    what: str
    advice: str = ""


@dataclass(frozen=True)
class Report:
    """What was found, shown in one line if all is well, and otherwise with what to do.

    The line names no version and no folder, so that a notebook that shows it is the same on every machine.
    """

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way."""
        return all(finding.ok for finding in self.findings)

    def _lines(self) -> tuple[str, list[Finding]]:
        if self.ok:
            first = "✓ Ready: Python, packages, kernel, widgets and progress file are as they should be."
        else:
            first = "✗ Not ready yet:"
        return first, [finding for finding in self.findings if finding.advice or not finding.ok]

    def details(self) -> str:
        """Return everything that was found, with versions and places, one thing a line."""
        marks = {True: "✓", False: "✗"}
        return "\n".join(f"{marks[f.ok]} {f.what} {f.advice}".rstrip() for f in self.findings)

    def __str__(self) -> str:
        first, rest = self._lines()
        return "\n".join([first, *(f"  - {finding.what} {finding.advice}".rstrip() for finding in rest)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        first, rest = self._lines()
        items = "".join(f"<li>{escape(f'{finding.what} {finding.advice}'.rstrip())}</li>" for finding in rest)
        return f"<div>{escape(first)}</div>" + (f"<ul>{items}</ul>" if items else "")


def report() -> Report:
    """Examine this machine, for showing: HTML in JupyterLab, plain text elsewhere."""
    return Report(tuple(examine()))


def examine() -> list[Finding]:
    """Examine Python, the packages, the kernel, the widgets and the progress file.

    Returns
    -------
    list of Finding
        In that order, with versions and places. Nothing is raised: what can not be examined is a finding too.
    """
    findings: list[Finding] = []
    for probe in (_python, _packages, _kernel, _widgets, _progress_file):
        findings += _examined(probe)
    return findings


def _examined(probe: Callable[[], Iterable[Finding]]) -> list[Finding]:
    subject = probe.__name__.strip("_").replace("_", " ")
    try:
        return list(probe())
    except metadata.PackageNotFoundError as error:
        return [Finding(False, f"{error.name} is not installed in this Python ({sys.executable}).", _INSTALL)]
    except Exception as error:  # a broken machine can raise anything, and a student needs a sentence
        why = f"{type(error).__name__}: {error}"
        return [Finding(False, f"This could not be examined: {subject} ({why}).", _INSTALL)]


def _python() -> Iterable[Finding]:
    from packaging.specifiers import SpecifierSet

    version = platform.python_version()
    needed = SpecifierSet(metadata.metadata("bpkit")["Requires-Python"])
    if needed.contains(version, prereleases=True):
        yield Finding(True, f"Python {version}.")
    else:
        yield Finding(False, f"This is Python {version}; bpkit needs {needed}.", "Install a newer Python first.")


def _packages() -> Iterable[Finding]:
    from packaging.requirements import Requirement

    for requirement in map(Requirement, metadata.requires("bpkit") or []):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Finding(False, f"{requirement.name} is not installed.", _INSTALL)
            continue
        if requirement.specifier.contains(version, prereleases=True):
            yield Finding(True, f"{requirement.name} {version}.")
        else:
            needed = f"bpkit needs {requirement.name} {requirement.specifier}"
            yield Finding(False, f"{needed}, and {version} is installed.", _INSTALL)


def _kernel() -> Iterable[Finding]:
    if _in_a_kernel():
        return [Finding(True, f"This notebook's kernel runs {sys.executable}.")]
    from jupyter_client.kernelspec import KernelSpecManager

    python = KernelSpecManager().get_kernel_spec("python3").argv[0]
    # Jupyter reads these names as the Python that it runs in itself.
    if python in {"python", "python3", "python{}.{}".format(*sys.version_info)} or Path(python) == Path(sys.executable):
        return [Finding(True, f"The notebooks' kernel runs {sys.executable}.")]
    if _has_bpkit(python):
        return [Finding(True, f"The notebooks' kernel runs {python}, which has bpkit.")]
    return [Finding(False, f"The kernel that is registered as python3 runs {python}, without bpkit.", _OPEN)]


def _in_a_kernel() -> bool:
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return hasattr(shell, "kernel")


def _has_bpkit(python: str) -> bool:
    command = [python, "-c", "import bpkit"]
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _widgets() -> Iterable[Finding]:
    from jupyter_core.paths import jupyter_path

    versions = [f"{name} {metadata.version(name)}" for name in ("ipywidgets", "jupyterlab_widgets", "anywidget")]
    folders = [Path(folder) for folder in jupyter_path("labextensions")]
    extensions = (Path("@jupyter-widgets", "jupyterlab-manager"), Path("anywidget"))
    if all(any((folder / extension / "package.json").is_file() for folder in folders) for extension in extensions):
        return [Finding(True, f"Widgets: {' with '.join(versions)}.")]
    return [Finding(False, "An extension of JupyterLab that shows widgets is not installed.", _INSTALL)]


def _progress_file() -> Iterable[Finding]:
    store = Store(progress_path())
    if store.is_writable():
        return [Finding(True, f"The progress file is {store.path}.", store.take_notice() or "")]
    advice = "Make its folder writable, or name another file in the environment variable BPKIT_PROGRESS."
    return [Finding(False, store.take_notice() or f"The progress file {store.path} can not be used.", advice)]
