"""A computation as a graph: an arrow leads from everything to what was computed from it."""

from collections.abc import Mapping

from bpkit.figures.picture import Picture, picture
from bpkit.figures.placing import between
from bpkit.figures.svg import RIM, THIN, Point, arrow, escape, symbol, tag, text

RADIUS, ACROSS, DOWN = 24, 130, 76


def computation_graph(
    places: Mapping[str, Point],
    parents: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
) -> Picture:
    """Draw nodes as circles, and an arrow to each node from each of its parents.

    Parameters
    ----------
    places : mapping of str to (column, row)
        Where each node stands; both are counted from 0, and may lie between two whole numbers.
    parents : mapping of str to str
        Of each node that is computed, the names of the nodes it is computed from, with blanks between them.
    notes : mapping of str to str, optional
        What is written below a node: its formula, its value or its slope.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If a parent, or a node with parents or a note, has no place.
    """
    told = notes or {}
    arrows = [(parent, name) for name, those in parents.items() for parent in those.split()]
    if strangers := {*parents, *told, *(parent for parent, _ in arrows)} - set(places):
        raise ValueError(f"there is no place for {', '.join(sorted(strangers))}")
    centres = {name: (60 + ACROSS * column, 40 + DOWN * row) for name, (column, row) in places.items()}
    body = [
        arrow(*between(centres[start], centres[end], RADIUS + 3), **THIN | {"stroke_width": 1.6})
        for start, end in arrows
    ]
    for name, (x, y) in centres.items():
        body.append(tag("circle", cx=x, cy=y, r=RADIUS, **RIM))
        body.append(text(x, y + 7, symbol(name), 22))
        if name in told:
            body.append(text(x, y + RADIUS + 18, escape(told[name]), 14))
    words = [f"A graph of the nodes {', '.join(places)}."]
    words += [f"Arrows lead to {name} from {' and '.join(those.split())}." for name, those in parents.items()]
    words += [f"Written below {name}: {note}." for name, note in told.items()]
    width, height = (max(centre[axis] for centre in centres.values()) + 60 for axis in (0, 1))
    return picture(width, height, "".join(body), " ".join(words))
