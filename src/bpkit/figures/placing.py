"""Where a label may stand, and how lines make way for it."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from bpkit.figures.svg import Point

Segment: TypeAlias = tuple[Point, Point]


class Box(NamedTuple):
    """The place a label takes, by its centre and size."""

    x: float
    y: float
    width: float
    height: float


def between(start: Point, end: Point, margin: float) -> Segment:
    """Return the segment from one centre to another, short of both by `margin`."""
    t = margin / math.dist(start, end)
    return _on((start, end), t), _on((start, end), 1 - t)


def _on(segment: Segment, t: float) -> Point:
    """Return the point of `segment` at t: its start at 0, its end at 1."""
    (x1, y1), (x2, y2) = segment
    return x1 + t * (x2 - x1), y1 + t * (y2 - y1)


def outside(segment: Segment, box: Box) -> list[Segment]:
    """Return what is left of `segment` where `box` is cut out of it: no, one or two pieces."""
    enter, leave = 0.0, 1.0
    for start, end, centre, size in zip(*segment, box[:2], box[2:], strict=True):
        if start == end:
            if abs(start - centre) >= size / 2:
                return [segment]
            continue
        near, far = sorted((centre + side * size / 2 - start) / (end - start) for side in (-1, 1))
        enter, leave = max(enter, near), min(leave, far)
    if enter >= leave:
        return [segment]
    pieces = []
    if enter > 0:
        pieces.append((segment[0], _on(segment, enter)))
    if leave < 1:
        pieces.append((_on(segment, leave), segment[1]))
    return pieces


def distance(point: Point, segment: Segment) -> float:
    """Return how far `point` is from the nearest point of `segment`."""
    (px, py), ((x1, y1), (x2, y2)) = point, segment
    dx, dy = x2 - x1, y2 - y1
    length2 = dx * dx + dy * dy
    t = ((px - x1) * dx + (py - y1) * dy) / length2 if length2 else 0.0
    return math.dist(point, _on(segment, min(max(t, 0.0), 1.0)))


def room(box: Box, segments: Iterable[Segment]) -> float:
    """Return how far `box` is from the nearest segment, measured at nine of the box's points."""
    grid = [(box.x + i * box.width / 2, box.y + j * box.height / 2) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return min((distance(point, segment) for segment in segments for point in grid), default=math.inf)


def roomiest(boxes: Sequence[Box], segments: Sequence[Segment], enough: float = 9.0) -> Box:
    """Return the first box with `enough` room around it, else the one with most."""
    rooms = [min(round(room(box, segments), 3), enough) for box in boxes]
    return boxes[rooms.index(max(rooms))]


def along(segment: Segment, width: float, height: float, segments: Sequence[Segment]) -> Box:
    """Return the place for a label on `segment`, as near its middle as the other segments leave room.

    Both ends of the segment still show, with room for an arrow's head, if the middle allows as much.
    """
    shifts = (0.0, -0.05, 0.05, -0.1, 0.1, -0.15, 0.15, -0.2, 0.2, -0.25, 0.25)
    places = [_on(segment, 0.5 + shift) for shift in shifts]
    clear = [place for place in places if len(outside(segment, Box(*place, width + 36, height + 36))) == 2]
    return roomiest([Box(*place, width, height) for place in clear or places[:1]], segments)
