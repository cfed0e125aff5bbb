"""How `bpkit lab` configures JupyterLab. Jupyter executes this file; nothing imports it."""

import os
import secrets
import webbrowser
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

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

# Nothing is fetched while a student works: no news, no look for updates, no list of extensions. JupyterLab
# would still ask, in a pop-up, whether there should be news; lab_settings/overrides.json answers that.
c.LabApp.app_settings_dir = str(Path(__file__).with_name("lab_settings"))
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

c.ServerApp.kernel_spec_manager_class = OnlyThisPython
c.ServerApp.open_browser = _has_window_browser()
c.ServerApp.allow_root = getattr(os, "geteuid", lambda: 1)() == 0  # in a container; Windows has no geteuid
c.ServerApp.answer_yes = True  # one Ctrl-C stops it, without a question

# Only errors are logged, so that the address stays the last thing on the screen. Jupyter prints one as well,
# among log lines, if it has to make the token; and every kernel warns that what it exchanges with the server
# is not encrypted, unless it is (which older releases neither can do nor warn of).
c.Application.log_level = "ERROR"
c.IdentityProvider.token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
if MappingKernelManager.class_traits().get("transport_encryption"):
    c.MappingKernelManager.transport_encryption = "auto"
