"""The Chromium that the tests and benchmarks drive: Debian's, or what BPKIT_CHROMIUM names."""

import os
import shutil

HOW = "install Chromium (Debian and Ubuntu: apt-get install chromium) or set BPKIT_CHROMIUM to its program"
# Chromium's own errands to the internet: they have no place in a test.
QUIET = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
]


def find():
    """Return the program, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("BPKIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def launch(playwright, program):
    """Start it without a window."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(executable_path=program, args=[*QUIET, *(["--no-sandbox"] if is_root else [])])
