"""A slow machine is no failure: no example has a deadline, and a check takes the time it needs."""

import pytest
from hypothesis import settings

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
