"""Every test and every notebook that is tested has a progress file of its own: never the one in work/."""

import os
import tempfile
from pathlib import Path

import pytest

SCRATCH = tempfile.TemporaryDirectory(prefix="bpkit-", ignore_cleanup_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    # Before the kernel of a notebook starts, which is part of the first cell's set-up; one file for each notebook,
    # since its last cell shows what has been recorded.
    os.environ["BPKIT_PROGRESS"] = str(Path(SCRATCH.name) / f"{item.path.stem}.sqlite")


def pytest_unconfigure():
    SCRATCH.cleanup()
