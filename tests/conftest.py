"""A slow machine is no failure: no example has a deadline, and a check takes the time it needs. And a browser."""

import os

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

import chromium
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


@pytest.fixture(scope="session")
def browser():
    program = chromium.find()
    if not program:
        if os.environ.get("BPKIT_REQUIRE_BROWSER"):
            pytest.fail(f"This run requires the browser test, and there is no browser: {chromium.HOW}.")
        pytest.skip(f"no browser here: {chromium.HOW}")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, program)
        yield browser
        browser.close()
