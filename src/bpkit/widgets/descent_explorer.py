"""A ball on the loss of a small network: what η, μ and the size of the batches do to its way down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from bpkit import figures
from bpkit.nn.surfaces import SAMPLES, Descent, Surface, descent_path, surfaces
from bpkit.widgets.explorer import Explorer

FURTHEST, FASTEST, LONGEST, SEEDS, KEPT = 100.0, 10.0, 300, 2**32, 4
# What a kept path is made of, and the path that the ball takes.
SETTINGS = ("surface", "start", "rate", "momentum", "batch_size", "steps", "seed")

# Of each number: which values it may have, the same in words, and whether it is a whole one.
NUMBERS: dict[str, tuple[Callable[[Any], bool], str, bool]] = {
    "rate": (lambda value: 0 < value <= FASTEST, f"above 0 and at most {FASTEST:g}", False),
    "momentum": (lambda value: 0 <= value < 1, "at least 0 and below 1", False),
    "batch_size": (lambda value: 1 <= value <= SAMPLES, f"from 1 to {SAMPLES}, or None for all", True),
    "steps": (lambda value: 0 <= value <= LONGEST, f"from 0 to {LONGEST}", True),
    "seed": (lambda value: 0 <= value < SEEDS, f"from 0 to {SEEDS - 1}", True),
}


class DescentExplorer(Explorer):
    """Drop a ball on a loss surface and let gradient descent roll it down.

    Parameters
    ----------
    surface : str
        As below; `start` and `rate` follow it unless they are given, too.
    **traits
        Any of the attributes below.

    Attributes
    ----------
    surface : str
        Whose loss it is, over two weights w₁ and w₂: "bowl" (a line through centred points), "valley" (the same points,
        with x far from 0), "saddle" (two weights in a row), or "network" (two weights of a trained 1–2–1 network). All
        have twelve samples.
    start : [float, float]
        w₁ and w₂ where the ball is dropped, from −100 to 100.
    rate, momentum : float
        η, above 0 and at most 10, and μ, at least 0 and below 1.
    batch_size : int or None
        How many samples each step looks at, from 1 to 12; None is all of them.
    steps : int
        How many steps the ball has taken, from 0 to 300.
    seed : int
        Of the random order in which the samples are dealt out.
    kept : list of dict
        Up to four paths to compare with, by their settings: `surface`, `start` and so on.
    surfaces : dict
        The samples and contours of all surfaces, by name; only to be read.
    """

    module = "descent_explorer.js"

    surface = traitlets.Unicode("bowl").tag(sync=True)
    start = traitlets.List(traitlets.Float()).tag(sync=True)
    rate = traitlets.Float(0.1).tag(sync=True)
    momentum = traitlets.Float(0.0).tag(sync=True)
    batch_size = traitlets.Int(None, allow_none=True).tag(sync=True)
    steps = traitlets.Int(20).tag(sync=True)
    seed = traitlets.Int(0).tag(sync=True)
    kept = traitlets.List(traitlets.Dict()).tag(sync=True)
    surfaces = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, surface: str = "bowl", **traits: Any) -> None:
        chosen = surfaces().get(surface) or surfaces()["bowl"]  # a wrong name is told when it is set
        given = {"surface": surface, "start": list(chosen.start), "rate": chosen.rate, **traits}
        super().__init__(**given)

    @traitlets.default("surfaces")
    def _describe(self) -> dict[str, object]:
        return {name: surface.describe() for name, surface in surfaces().items()}

    @traitlets.default("start")
    def _first_start(self) -> list[float]:
        return list(surfaces()[self.surface].start)

    @traitlets.validate("surface")
    def _known(self, proposal: Any) -> str:
        return _one_of(proposal["value"])

    @traitlets.validate("start")
    def _near(self, proposal: Any) -> list[float]:
        return _place(proposal["value"])

    @traitlets.validate("rate", "momentum", "steps", "seed", "batch_size")
    def _in_range(self, proposal: Any) -> Any:
        return _within(proposal["trait"].name, proposal["value"])

    @traitlets.validate("kept")
    def _keepable(self, proposal: Any) -> list[dict[str, Any]]:
        if len(proposal["value"]) > KEPT:
            raise traitlets.TraitError(f"kept holds up to {KEPT} paths, not {len(proposal['value'])}.")
        return [_settings(entry) for entry in proposal["value"]]

    @property
    def path(self) -> list[tuple[float, float]]:
        """Where the ball has been, (w₁, w₂): at the start, and after each step."""
        return self._descent().w

    @property
    def losses(self) -> list[float]:
        """The total loss at each place of `path`."""
        return self._descent().loss

    @property
    def lost(self) -> bool:
        """Whether the loss has run away, above a million; there the path ends."""
        return self._descent().lost

    def keep(self) -> None:
        """Keep the present path to compare others with; of five the oldest goes."""
        now = {name: getattr(self, name) for name in SETTINGS}
        self.kept = [*self.kept, now][-KEPT:]

    def still(self) -> figures.Picture:
        """Return the surface with the ball's path and the kept ones, and the losses in words."""
        surface, now = surfaces()[self.surface], self._descent()
        kept = {str(k): walked(one).w for k, one in enumerate(self.kept, 1) if one["surface"] == self.surface}
        whole = self.batch_size is None or self.batch_size >= SAMPLES
        seen = f"all {SAMPLES}" if whole else f"{self.batch_size} of {SAMPLES}"
        fate = ", and has run away" if now.lost else ""
        return figures.contours(
            *surface.grid,
            surface.levels,
            {"ball": now.w, **kept},
            [figures.Mark(*point.w, point.name) for point in surface.points],
            "w₁",
            "w₂",
            f"{surface.title.partition(':')[0].capitalize()}, η = {self.rate:g}, μ = {self.momentum:g}",
            "loss",
            f"{_points(surface)} A ball rolls on the loss; each step looks at {seen} samples. "
            f"The loss goes from {now.loss[0]:.4g} to {now.loss[-1]:.4g}{fate}.",
        )

    def _descent(self) -> Descent:
        return walked({name: getattr(self, name) for name in SETTINGS})


def walked(settings: Mapping[str, Any]) -> Descent:
    """Return the path of these settings."""
    given = dict(settings)
    return descent_path(surfaces()[given.pop("surface")], **given)


def _points(surface: Surface) -> str:
    kinds = ((point.name, "minimum" if point.is_minimum else "saddle") for point in surface.points)
    return " ".join(f"{name} is a {kind}." for name, kind in kinds)


def _settings(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a kept path, if they are all there."""
    if set(entry) != set(SETTINGS):
        raise traitlets.TraitError(
            f"a kept path has the settings {', '.join(SETTINGS)}, not {', '.join(map(str, entry))}."
        )
    checked = {name: _within(name, entry[name]) for name in SETTINGS[2:]}
    return {"surface": _one_of(entry["surface"]), "start": _place(entry["start"]), **checked}


def _one_of(name: str) -> str:
    if not isinstance(name, str) or name not in surfaces():
        raise traitlets.TraitError(f"surface must be {', '.join(map(repr, surfaces()))}, not {name!r}.")
    return name


def _place(start: Any) -> list[float]:
    try:
        place = [float(value) for value in start]
    except (TypeError, ValueError):
        place = []
    if len(place) != 2 or not all(abs(value) <= FURTHEST for value in place):
        raise traitlets.TraitError(f"start must be two numbers from −{FURTHEST:g} to {FURTHEST:g}, not {start!r}.")
    return place


def _within(name: str, value: Any) -> Any:
    """Return a number if it is one that its trait may be."""
    allowed, said, whole = NUMBERS[name]
    if name == "batch_size" and value is None:
        return value
    is_number = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not is_number or not allowed(value):
        raise traitlets.TraitError(f"{name} must be {said}, not {value!r}.")
    return value
