"""Pictures for the notebooks: each is an SVG for the page and the same in words.

All are small, the same bytes at every run, and take the colours of JupyterLab's light and dark theme. Diagrams
are drawn by hand, stroke by stroke; plots by Matplotlib, which is imported when the first of them is drawn.
"""

from bpkit.figures.chain_diagrams import links, paths
from bpkit.figures.computation_graph import computation_graph
from bpkit.figures.confusion_matrix import confusion_matrix
from bpkit.figures.contours import contours
from bpkit.figures.curve import Mark
from bpkit.figures.matrix_boxes import matrix_product
from bpkit.figures.network_diagram import network
from bpkit.figures.picture import Picture
from bpkit.figures.pixels import pixels
from bpkit.figures.plots import curves
from bpkit.figures.progress_picture import progress_bars
from bpkit.figures.svg import label

__all__ = [
    "Mark",
    "Picture",
    "computation_graph",
    "confusion_matrix",
    "contours",
    "curves",
    "label",
    "links",
    "matrix_product",
    "network",
    "paths",
    "pixels",
    "progress_bars",
]
