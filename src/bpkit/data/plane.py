"""Points in the plane, of two classes: small tasks for small networks, the same here and in the browser."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.nn.random import Draws

EDGE = 2.0  # all points lie in the square from −EDGE to EDGE; what noise carries out of it stays on its edge

Point = tuple[float, float]


def _moons(t: float, upper: int, draws: Draws) -> Point:
    """Return a point of two half circles of radius 1, each reaching into the other."""
    x, y = math.cos(math.pi * t), math.sin(math.pi * t)
    return (x - 0.5, y - 0.25) if upper else (0.5 - x, 0.25 - y)


def _circles(t: float, inner: int, draws: Draws) -> Point:
    """Return a point of a circle around a smaller one."""
    radius = 0.6 if inner else 1.5
    return radius * math.cos(2 * math.pi * t), radius * math.sin(2 * math.pi * t)


def _spiral(t: float, first: int, draws: Draws) -> Point:
    """Return a point of two arms, each the other turned by half a circle."""
    radius, angle = 0.2 + 1.5 * t, 2 * math.pi * t + (0 if first else math.pi)
    return radius * math.cos(angle), radius * math.sin(angle)


def _xor(t: float, equal: int, draws: Draws) -> Point:
    """Return a point in one of four corners: class 0 where the signs of the coordinates differ."""
    x, y = 0.2 + 1.4 * draws.uniform(), 0.2 + 1.4 * draws.uniform()
    side = 1 if draws.uniform() < 0.5 else -1
    return side * x, side * y if equal else -side * y


SHAPES: dict[str, Callable[[float, int, Draws], Point]] = {
    "moons": _moons,
    "circles": _circles,
    "spiral": _spiral,
    "xor": _xor,
}


def points(
    name: str = "moons", n: int = 100, noise: float = 0.1, seed: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return `n` points of two classes, in turn one of class 0 and one of class 1.

    Parameters
    ----------
    name
        "moons", "circles", "spiral" or "xor".
    n
        How many points.
    noise
        The standard deviation of what is added to each coordinate.
    seed
        Of the noise.

    Returns
    -------
    X : ndarray, shape (n, 2)
        The points, one per row, each coordinate from −2 to 2.
    y : ndarray, shape (n,)
        Their classes, 0 or 1.

    Raises
    ------
    ValueError
        If an argument makes no sense; the message names it.
    """
    if name not in SHAPES:
        raise ValueError(f"name must be one of {', '.join(SHAPES)}, not {name!r}")
    if type(n) is not int or n < 0:
        raise ValueError(f"n must be a whole number from 0 on, not {n!r}")
    if not 0 <= noise < math.inf:
        raise ValueError(f"noise must be a number from 0 on, not {noise!r}")
    draws = Draws(seed)
    rows: list[Any] = [_point(name, i, n, noise, draws) for i in range(n)]
    return np.array(rows, float).reshape(n, 2), np.arange(n) % 2


def _point(name: str, i: int, n: int, noise: float, draws: Draws) -> Point:
    """Return the point `i` of `n`: t goes from 0 to 1 along each class, around a circle only just not to 1."""
    of_class, all_of_class = i // 2, (n + 1 - i % 2) // 2
    t = of_class / all_of_class if name == "circles" else of_class / max(1, all_of_class - 1)
    x, y = SHAPES[name](t, i % 2, draws)
    return _inside(x + noise * draws.normal()), _inside(y + noise * draws.normal())


def _inside(coordinate: float) -> float:
    return max(-EDGE, min(EDGE, coordinate))
