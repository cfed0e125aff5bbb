"""`bpkit lab`: lay out the student's folder and open JupyterLab in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bpkit.student.workspace import FIRST_CHAPTER, NOTEBOOKS, WORK, find_workbook, lay_out

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

_CONFIG = Path(__file__).with_name("lab_config.py")


def main(argv: Sequence[str] = ()) -> int:
    """Copy new chapters to `work/`, and run JupyterLab there until it is stopped.

    Parameters
    ----------
    argv : sequence of str
        Options for JupyterLab, such as ``--no-browser`` or ``--port=9999``; they outrank the workbook's own.

    Returns
    -------
    int
        The exit status: 1 if no workbook is found, from here upwards or where bpkit itself lies.
    """
    workbook = find_workbook(Path.cwd()) or find_workbook(Path(__file__).resolve().parent)
    if workbook is None:
        print(
            f"There is no workbook here: no folder from {Path.cwd()} upwards has {NOTEBOOKS}/{FIRST_CHAPTER}."
        )
        return 1
    work = workbook / WORK
    for sentence in lay_out(workbook / NOTEBOOKS, work):
        print(sentence)
    print("Starting JupyterLab …", flush=True)

    from jupyterlab.labapp import LabApp  # takes a second

    server = LabApp.initialize_server([*arguments(work), *argv])
    server.io_loop.add_callback(lambda: print(f"JupyterLab is ready: {address(server)}", flush=True))
    server.start()
    return 0


def arguments(work: Path) -> list[str]:
    """Return JupyterLab's arguments: where it works; how it behaves is in ``lab_config.py``."""
    return [
        f"--config={_CONFIG}",
        f"--ServerApp.root_dir={work}",
        f"--LabApp.default_url=/lab/tree/{FIRST_CHAPTER}",
        # The tabs that were open here last time come back, and none of another course's.
        f"--LabApp.workspaces_dir={work / '.lab'}",
    ]


def address(server: ServerApp) -> str:
    """Return the one address to open, with the token that lets its owner in."""
    page = server.default_url.removeprefix(server.base_url)
    return f"{server.connection_url}{page}?{urlencode({'token': server.identity_provider.token})}"
