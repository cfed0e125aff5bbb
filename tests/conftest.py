"""A slow machine is no failure: no example has a deadline, and a check takes the time it needs. And a browser."""

import os
import shutil

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from bpkit.checking import diagnosis, tables, verdict

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="module")
def patient():
    """Give every check, and its search for a reason, all the time that a busy machine takes."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (verdict, diagnosis, tables):
            patch.setattr(module, "SECONDS", 60)
        yield


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


@pytest.fixture(scope="session")
def chromium():
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("BPKIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        if os.environ.get("BPKIT_REQUIRE_BROWSER"):
            pytest.fail(f"This run requires the browser test, and there is no browser: {HOW}.")
        pytest.skip(f"no browser here: {HOW}")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*QUIET, *(["--no-sandbox"] if is_root else [])]
        )
        yield browser
        browser.close()
