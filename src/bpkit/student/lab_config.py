"""How `bpkit lab` configures JupyterLab. Jupyter executes this file; nothing imports it."""

import os
import secrets
import webbrowser
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager

_IN_THE_TERMINAL = {"www-browser", "links", "links2", "elinks", "lynx", "w3m"}


class OnlyThisPython(KernelSpecManager):
    """The notebooks' kernel is the Python that runs JupyterLab, which has bpkit.

    A `python3` that some other program registered for this user would otherwise be started instead.
    """

    def _kernel_dirs_default(self) -> list[str]:
        return []  # no registered kernels, which leaves Jupyter's native one


def _has_window_browser() -> bool:
    """Tell whether there is a browser to open, other than one that would take over this terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return Path(str(getattr(browser, "name", ""))).name not in _IN_THE_TERMINAL


c = get_config()  # type: ignore[name-defined]  # noqa: F821 - Jupyter puts it here

# Nothing is fetched while a student works: no news, no look for updates, no list of extensions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

c.ServerApp.kernel_spec_manager_class = OnlyThisPython
c.ServerApp.open_browser = _has_window_browser()
c.ServerApp.allow_root = getattr(os, "geteuid", lambda: 1)() == 0  # in a container; Windows has no geteuid
c.ServerApp.answer_yes = True  # one Ctrl-C stops it, without a question

# Only what goes wrong is logged, so that the address stays the last thing on the screen. Jupyter would print an
# address of its own, among log lines, for a token that it made itself.
c.Application.log_level = "WARN"
c.IdentityProvider.token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
