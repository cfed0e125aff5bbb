"""Stub."""

import traitlets

from bpkit import figures
from bpkit.widgets.explorer import Explorer


class ChainExplorer(Explorer):
    """Stub."""

    module = "chain_explorer.js"
    x = traitlets.Float(1.0).tag(sync=True)

    def still(self) -> figures.Picture:
        """Stub."""
        return figures.curves({"x²": ([-2, 0, 2], [4, 0, 4])})
