"""What every widget has in common: one JavaScript module, the shared style sheet, and a still picture."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

import anywidget
import traitlets
from IPython.display import display

from bpkit.figures import Picture

from .modules import FOLDER, joined

_STYLE = (FOLDER / "shared" / "explorer.css").read_text(encoding="utf-8")
# Where there is no live widget before the picture, JupyterLab says so in words that help nobody.
_HIDES_ERROR = (
    "<style>.jp-OutputArea-child:not(:has(.bpkit-widget)):has(+ .jp-OutputArea-child .bpkit-still)"
    "{display:none}</style>"
)


class Explorer(anywidget.AnyWidget):
    """A widget that draws and computes in the browser; its values are traits, to be read and set from a cell.

    A subclass names its JavaScript module and says what its still picture shows. The still picture follows the widget
    on the page: where the widget lives it is hidden, and without a kernel (a page made by nbconvert, a preview on the
    web, a notebook opened again) it is what one sees.
    """

    module: ClassVar[str]
    _css = _STYLE
    _still = traitlets.Unicode().tag(sync=True)  # by it the browser finds the picture to hide

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "module" in cls.__dict__:
            cls._esm = joined(cls.module)
        super().__init_subclass__(**kwargs)

    def still(self) -> Picture:
        """Return the widget as it is now, as a picture with its text."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.still().alt}"

    def _ipython_display_(self) -> None:
        picture = self.still()
        html = picture._repr_html_()
        self._still = hashlib.sha1(html.encode(), usedforsecurity=False).hexdigest()[:12]
        said = f"{type(self).__name__}: {picture.alt}"
        live = {"application/vnd.jupyter.widget-view+json": self._view(), "text/plain": said, "text/html": ""}
        display(live, raw=True)
        still = f'<div class="bpkit-still" data-still="{self._still}">{html}</div>{_HIDES_ERROR}'
        display({"text/html": still, "text/plain": said}, raw=True)

    def _view(self) -> dict[str, object]:
        return {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
