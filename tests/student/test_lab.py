"""What `bpkit lab` promises: JupyterLab on the student's own folder, with nothing in the way."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from types import SimpleNamespace
from typing import Any

import pytest
from traitlets.config import Config, PyFileConfigLoader

from bpkit.student import lab

NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "id": "hello", "metadata": {}, "source": "# Start here"}],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
PROGRAM = """
import signal, sys
from bpkit.student.lab import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a background job may ignore
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    notebooks = tmp_path / "a workbook" / "notebooks"
    notebooks.mkdir(parents=True)
    (notebooks / "00_start_here.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return notebooks.parent


def config() -> Config:
    return PyFileConfigLoader("lab_config.py", path=str(lab._CONFIG.parent)).load_config()


def test_nothing_is_fetched_while_a_student_works() -> None:
    settings = config().LabApp
    assert settings.news_url is None
    assert settings.check_for_updates_class.endswith("NeverCheckForUpdate")
    assert settings.extension_manager == "readonly"


@pytest.mark.parametrize(
    ("found", "opened"),
    [
        (webbrowser.BackgroundBrowser("firefox"), True),
        (webbrowser.BackgroundBrowser(["xdg-open", "%s"]), True),
        (webbrowser.GenericBrowser("w3m"), False),
        (webbrowser.GenericBrowser("/usr/bin/lynx"), False),
        (SimpleNamespace(), True),  # Windows' own has no name
        (None, False),
    ],
)
def test_a_browser_is_opened_unless_there_is_none_or_it_would_take_over_the_terminal(
    found: Any, opened: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def get() -> Any:
        if found is None:
            raise webbrowser.Error("could not locate runnable browser")
        return found

    monkeypatch.setattr(webbrowser, "get", get)
    assert config().ServerApp.open_browser is opened


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False), (None, False)])
def test_only_who_is_root_may_run_it_as_root(user: int | None, allowed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if user is None:
        monkeypatch.delattr(os, "geteuid", raising=False)  # as on Windows
    else:
        monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert config().ServerApp.allow_root is allowed


def test_a_token_that_the_machine_prescribes_is_kept_and_else_one_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JUPYTER_TOKEN", "prescribed")
    assert config().IdentityProvider.token == "prescribed"
    monkeypatch.delenv("JUPYTER_TOKEN")
    assert len(config().IdentityProvider.token) == 48
    assert config().IdentityProvider.token != config().IdentityProvider.token


@pytest.mark.parametrize("here", [".", "notebooks", "work"])
def test_the_workbook_is_laid_out_and_its_work_folder_served(
    workbook: Path, here: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[str] = []
    monkeypatch.setattr(lab, "_serve", served.extend)
    (workbook / "work").mkdir()
    monkeypatch.chdir(workbook / here)
    assert lab.main(["--no-browser"]) == 0
    assert (workbook / "work" / "00_start_here.ipynb").exists()
    assert capsys.readouterr().out.startswith("Copied to work/: 00_start_here.\n")
    assert f"--ServerApp.root_dir={workbook / 'work'}" in served
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in served
    assert served[-1] == "--no-browser"  # the student's own options come last, so they prevail


def test_elsewhere_the_workbook_that_bpkit_is_part_of_is_opened(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []
    monkeypatch.setattr(lab, "_serve", served.extend)
    monkeypatch.setattr(lab, "__file__", str(workbook / "src" / "bpkit" / "student" / "lab.py"))
    monkeypatch.chdir(workbook.parent)
    assert lab.main() == 0
    assert f"--ServerApp.root_dir={workbook / 'work'}" in served


def test_without_a_workbook_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lab, "__file__", str(tmp_path / "lab.py"))
    monkeypatch.chdir(tmp_path)
    assert lab.main() == 1
    assert "no workbook" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ip", "token", "expected"),
    [
        ("localhost", "abc", "http://localhost:8888/lab/tree/00_start_here.ipynb?token=abc"),
        ("localhost", "", "http://localhost:8888/lab/tree/00_start_here.ipynb"),
        ("0.0.0.0", "abc", "http://127.0.0.1:8888/lab/tree/00_start_here.ipynb?token=abc"),
    ],
)
def test_the_address_leads_to_the_first_chapter_and_lets_the_student_in(ip: str, token: str, expected: str) -> None:
    server: Any = SimpleNamespace(
        ip=ip,
        default_url="/lab/tree/00_start_here.ipynb",
        connection_url=f"http://{ip}:8888/",
        local_url="http://127.0.0.1:8888/lab?token=...",
        identity_provider=SimpleNamespace(token=token),
    )
    assert lab.address(server) == expected


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def rogue_kernel(tmp_path: Path) -> Path:
    """Return a Jupyter path where some other program registered a `python3` that is not ours."""
    spec = {"argv": ["another-python"], "display_name": "Another Python", "language": "python"}
    folder = tmp_path / "rogue" / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return tmp_path / "rogue"


def test_jupyterlab_really_starts_where_its_port_is_taken_and_another_kernel_registered(
    workbook: Path, taken_port: int, rogue_kernel: Path
) -> None:
    environment = {
        **os.environ,
        "JUPYTER_PATH": str(rogue_kernel),
        **{f"JUPYTER_{kind}_DIR": str(workbook / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        "IPYTHONDIR": str(workbook / "ipython"),
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-c", PROGRAM, f"--port={taken_port}", "--no-browser"]
    with subprocess.Popen(
        command,
        cwd=workbook,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        # A server that never says where it is would be waited for for ever.
        watchdog = Timer(60, process.kill)
        watchdog.start()
        try:
            examine(process, workbook, taken_port)
            if os.name == "posix":  # Ctrl-C
                process.send_signal(signal.SIGINT)
                assert process.wait(timeout=60) == 0
        finally:
            watchdog.cancel()
            process.kill()


def examine(process: "subprocess.Popen[str]", workbook: Path, taken_port: int) -> None:
    said = ""
    found = None
    assert process.stdout
    while not found:
        line = process.stdout.readline()
        assert line, f"JupyterLab did not start: {said}"
        said += line
        found = re.fullmatch(r" +(http://localhost:(\d+)/)(lab/tree/00_start_here\.ipynb)\?token=(\w+)\n", line)
    base, port, page, token = found.groups()
    assert int(port) != taken_port
    assert said.count("http://") == 1

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def fetch(path: str) -> str:
        request = urllib.request.Request(base + path, headers={"Authorization": f"token {token}"})
        with opener.open(request) as response:
            return str(response.read().decode("utf-8"))

    embedded = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', fetch(page), re.DOTALL)
    assert embedded
    settings = json.loads(embedded[1])
    assert settings["news"] == {"disabled": True}
    assert settings["extensionManager"]["name"] == "read-only"
    assert settings["treePath"] == "00_start_here.ipynb"
    asked = json.loads(fetch("lab/api/settings/@jupyterlab/apputils-extension:notification"))
    assert "fetchNews" in asked["schema"]["properties"]
    assert asked["schema"]["properties"]["fetchNews"]["default"] == "false"
    asked = json.loads(fetch("lab/api/settings/@jupyterlab/apputils-extension:notification"))
    assert asked["schema"]["properties"]["fetchNews"]["default"] == "false"  # "none" asks in a pop-up
    assert json.loads(fetch("lab/api/news")) == {"news": []}
    assert json.loads(fetch("lab/api/update")) == {"notification": None}
    assert [file["name"] for file in json.loads(fetch("api/contents"))["content"]] == ["00_start_here.ipynb"]

    kernels = json.loads(fetch("api/kernelspecs"))["kernelspecs"]
    assert list(kernels) == ["python3"]
    assert kernels["python3"]["spec"]["argv"][0] == sys.executable
