"""`bpkit lab`: lay out the student's folder and open JupyterLab in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from bpkit.student.workspace import FIRST_CHAPTER, NOTEBOOKS, WORK, find_workbook, lay_out

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

_CONFIG = Path(__file__).with_name("lab_config.py")
_EVERY_ADDRESS = {"", "*", "0.0.0.0", "::"}


def main(argv: Sequence[str] = ()) -> int:
    """Copy new chapters to `work/`, and run JupyterLab there until it is stopped.

    Parameters
    ----------
    argv : sequence of str
        Options for JupyterLab, such as ``--no-browser`` or ``--port=9999``; they outrank the workbook's own.

    Returns
    -------
    int
        The exit status: 1 if there is no workbook, neither from here upwards nor around bpkit's own source.
    """
    workbook = find_workbook(Path.cwd()) or find_workbook(Path(__file__).resolve().parent)
    if workbook is None:
        print(f"There is no workbook here: no folder from {Path.cwd()} upwards has {NOTEBOOKS}/{FIRST_CHAPTER}.")
        return 1
    for sentence in lay_out(workbook / NOTEBOOKS, workbook / WORK):
        print(sentence)
    print("Starting JupyterLab …", flush=True)
    try:
        _serve([*arguments(workbook / WORK), *argv])
    except KeyboardInterrupt:  # Ctrl-C before JupyterLab listens to it
        return 130
    return 0


def arguments(work: Path) -> list[str]:
    """Return where JupyterLab is to work; how it is to behave stands in ``lab_config.py``."""
    return [
        f"--config={_CONFIG}",
        f"--ServerApp.root_dir={work}",
        f"--LabApp.default_url=/lab/tree/{FIRST_CHAPTER}",
        # The tabs that were open in this workbook come back, and none of another course's.
        f"--LabApp.workspaces_dir={work / '.lab'}",
    ]


def address(server: ServerApp) -> str:
    """Return the address to open, with the token that lets this student in and nobody else."""
    reachable = server.local_url if server.ip in _EVERY_ADDRESS else server.connection_url
    token = server.identity_provider.token
    query = urlencode({"token": token}) if token else ""
    return urlsplit(reachable)._replace(path=server.default_url, query=query).geturl()


def _serve(options: list[str]) -> None:
    from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]  # imported here: it takes half a second

    server = LabApp.initialize_server(options)

    def say() -> None:
        print("JupyterLab is ready; Ctrl-C stops it. If no browser has opened by itself, open this address:")
        print(f"\n    {address(server)}\n", flush=True)

    server.io_loop.add_callback(say)  # called once it listens, after everything else that it has to say
    server.start()
