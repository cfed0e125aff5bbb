"""NetworkStepper: both passes of a small network, one operation at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike, NDArray

from bpkit import nn
from bpkit.figures import Picture
from bpkit.nn.examples import small_network
from bpkit.nn.gradient_check import parameter_names
from bpkit.widgets.explorer import Explorer
from bpkit.widgets.network_still import network_still
from bpkit.widgets.network_walk import steps_of

Floats = NDArray[np.float64]
MOST_PARAMETERS = 30_000  # all of them go to the browser


def _as_json(layers: Mapping[int, Floats], widget: object) -> dict[str, object]:
    """Write W or b for the browser: JSON has no NaN and no infinity, so these go as text."""

    def entries(values: Any) -> Any:
        if isinstance(values, list):
            return [entries(value) for value in values]
        return values if math.isfinite(values) else {"nan": "NaN", "inf": "Infinity"}.get(str(values), "-Infinity")

    return {str(l): entries(array.tolist()) for l, array in layers.items()}


class NetworkStepper(Explorer):
    """A network that goes through both of its passes step by step, with the equation and the numbers of each.

    ``NetworkStepper()`` takes the 3–4–2 network of the worksheet's Figure 1 with numbers of its own. The widget has a
    copy of the network: to change it does not change yours.

    Parameters
    ----------
    network : Network, optional
        Any network; up to 6 layers of 8 neurons with 120 weights are drawn, larger ones have tables only.
    x : array_like, shape (n_1,), optional
        One sample.
    y : array_like, shape (n_F,), or int, optional
        Its target; with softmax also its class, counted from 0.
    seed : int
        Of the numbers that are not given.
    **traits
        Any of the attributes below, such as ``step=12``.

    Attributes
    ----------
    step : int
        Which operation is shown: from 0, where only the input is known, to `steps`.
    passes : str
        ``"both"``, or ``"forward"`` without the way back.
    x, y : list of float
        The sample and its target.
    W, b : dict
        W^l of shape (n_l, n_{l−1}) and b^l of shape (n_l,), by layer l = 2, …, F. Assign a whole dict to change them.
    selected : str
        The weight or bias that is chosen, such as ``"w_24^3"`` or ``"b_1^2"``.
    measuring : bool
        Whether the slope of the loss by the selected one is measured.
    h : float
        How far it is moved for that, up and down.
    sizes, hidden, output, loss
        What the network is like. To change them, assign another `network`.

    Raises
    ------
    TraitError
        If something does not fit the network; the message says what would.
    """

    module = "network_stepper.js"
    sizes = traitlets.List(traitlets.Int()).tag(sync=True)
    hidden = traitlets.Unicode().tag(sync=True)
    output = traitlets.Unicode().tag(sync=True)
    loss = traitlets.Unicode().tag(sync=True)
    W = traitlets.Any().tag(sync=True, to_json=_as_json)
    b = traitlets.Any().tag(sync=True, to_json=_as_json)
    x = traitlets.Any().tag(sync=True)
    y = traitlets.Any().tag(sync=True)
    passes = traitlets.Unicode("both").tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    measuring = traitlets.Bool(False).tag(sync=True)
    h = traitlets.Float(0.001).tag(sync=True)

    def __init__(
        self,
        network: nn.Network | None = None,
        x: ArrayLike | None = None,
        y: ArrayLike | None = None,
        *,
        seed: int = 0,
        **traits: Any,
    ) -> None:
        if network is not None and not isinstance(network, nn.Network):
            raise traitlets.TraitError(f"network must be a bpkit.nn.Network, not {type(network).__name__}")
        example, own_x, _ = small_network(seed, network.sizes if network else (3, 4, 2))
        network = example if network is None else network
        self._takes_form = True
        super().__init__(
            **_form(network),
            x=own_x if x is None else x,
            y=_some_target(network) if y is None else y,
            **({"selected": "w_11^2" if max(network.sizes) < 10 else "w_{1,1}^2"} | traits),
        )
        self._takes_form = False

    @property
    def steps(self) -> int:
        """How many operations both passes take: the largest `step`."""
        return len(steps_of(self.sizes, self.passes)) - 1

    @property
    def network(self) -> nn.Network:
        """The network as it is now, a new copy; assign another one to see that."""
        network = nn.Network(self.sizes, self.hidden, self.output, self.loss)
        for l in network.W:
            network.W[l][...], network.b[l][...] = self.W[l], self.b[l]
        return network

    @network.setter
    def network(self, network: nn.Network) -> None:
        if not isinstance(network, nn.Network):
            raise traitlets.TraitError(f"network must be a bpkit.nn.Network, not {type(network).__name__}")
        _, x, _ = small_network(0, network.sizes)
        same_ends = (self.sizes[0], self.sizes[-1], self.loss) == (
            network.sizes[0],
            network.sizes[-1],
            network.end.loss,
        )
        keep = {} if same_ends else {"x": x, "y": _some_target(network)}
        self._takes_form = True
        try:
            with self.hold_trait_notifications():
                self.set_trait("step", 0)
                self.set_trait("selected", parameter_names(network.sizes)[0])
                for name, value in (_form(network) | keep).items():
                    self.set_trait(name, value)
        finally:
            self._takes_form = False

    @property
    def trace(self) -> nn.Trace:
        """Every number of both passes, as ``network.trace`` has them: one column, since there is one sample."""
        with np.errstate(all="ignore"):
            return self.network.trace([self.x], [self.y])

    @property
    def measured(self) -> float:
        """The slope of the loss by the selected weight or bias, as a central difference with h."""
        with np.errstate(all="ignore"):
            up, down = (self._loss_with(way * self.h) for way in (1, -1))
            return (up - down) / (2 * self.h)

    def _loss_with(self, moved: float) -> float:
        network = self.network
        network.theta[parameter_names(self.sizes).index(self.selected)] += moved
        return network.loss([self.x], [self.y])

    @traitlets.validate("sizes", "hidden", "output", "loss")
    def _valid_form(self, proposal: dict[str, Any]) -> Any:
        if not self._takes_form and proposal["value"] != getattr(self, proposal["trait"].name):
            raise traitlets.TraitError(
                f"{proposal['trait'].name} belongs to the network: assign another one, stepper.network = …"
            )
        return proposal["value"]

    @traitlets.validate("W", "b")
    def _valid_parameters(self, proposal: dict[str, Any]) -> dict[int, Floats]:
        name, given = proposal["trait"].name, proposal["value"]
        layers = range(2, len(self.sizes) + 1)
        if not isinstance(given, Mapping) or sorted(map(str, given)) != sorted(map(str, layers)):
            raise traitlets.TraitError(f"{name} must be a dict with an array for each layer from 2 to {layers[-1]}")
        made = {}
        for l, values in sorted((int(l), values) for l, values in given.items()):
            shape = (self.sizes[l - 1], self.sizes[l - 2])[: 2 if name == "W" else 1]
            try:
                array = np.array(values, float)
            except (TypeError, ValueError):
                raise traitlets.TraitError(f"{name}[{l}] must hold numbers, in the shape {shape}") from None
            if array.shape != shape:
                raise traitlets.TraitError(f"{name}[{l}] must have the shape {shape}, not {array.shape}")
            array.flags.writeable = False  # an entry changed in place would not be seen
            made[l] = array
        return made

    @traitlets.validate("x")
    def _valid_x(self, proposal: dict[str, Any]) -> list[float]:
        return _numbers("x", proposal["value"], self.sizes[0], "input")

    @traitlets.validate("y")
    def _valid_y(self, proposal: dict[str, Any]) -> list[float]:
        given, c = proposal["value"], self.sizes[-1]
        if self.loss == "cross_entropy" and np.ndim(given) == 0:
            if isinstance(given, bool) or given not in range(c):
                raise traitlets.TraitError(f"y = {given!r} is no class: there are {c}, counted from 0 to {c - 1}")
            return [float(j == given) for j in range(c)]
        y = _numbers("y", np.atleast_1d(given) if np.isscalar(given) else given, c, "output")
        wanted = {
            "cross_entropy": (min(y) >= 0 and abs(sum(y) - 1) < 1e-3, "shares that sum to 1, or a class"),
            "binary_cross_entropy": (min(y) >= 0 and max(y) <= 1, "numbers from 0 to 1"),
            "hinge": (set(y) <= {-1.0, 1.0}, "labels −1 and 1"),
        }.get(self.loss, (True, ""))
        if not wanted[0]:
            raise traitlets.TraitError(f"y must hold {wanted[1]}, for the loss {self.loss!r}; it is {y}")
        return y

    @traitlets.validate("passes")
    def _valid_passes(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in ("both", "forward"):
            raise traitlets.TraitError(f'passes must be "both" or "forward", not {proposal["value"]!r}')
        return str(proposal["value"])

    @traitlets.observe("passes")
    def _stay_within(self, change: object) -> None:
        self.step = min(self.step, self.steps)

    @traitlets.validate("step")
    def _valid_step(self, proposal: dict[str, Any]) -> int:
        if not 0 <= proposal["value"] <= self.steps:
            raise traitlets.TraitError(f"step = {proposal['value']} is none: they count from 0 to {self.steps}")
        return int(proposal["value"])

    @traitlets.validate("selected")
    def _valid_selected(self, proposal: dict[str, Any]) -> str:
        names = parameter_names(self.sizes)
        if proposal["value"] not in names:
            raise traitlets.TraitError(
                f"selected = {proposal['value']!r} is no weight or bias of this network: take one from {names[0]} to "
                f"{names[-1]}"
            )
        return str(proposal["value"])

    @traitlets.validate("h")
    def _valid_h(self, proposal: dict[str, Any]) -> float:
        if not 1e-12 <= proposal["value"] <= 1e3:  # NaN is neither
            raise traitlets.TraitError(f"h must be a number from 1e-12 to 1000, not {proposal['value']}")
        return float(proposal["value"])

    def still(self) -> Picture:
        """Return the network at the present step, as a picture with its numbers in words."""
        return network_still(self.network, self.x, self.y, self.passes, self.step)


def _form(network: nn.Network) -> dict[str, Any]:
    """Return the traits that say what a network is."""
    if network.theta.size > MOST_PARAMETERS:
        raise traitlets.TraitError(
            f"this network has {network.theta.size:,} weights and biases; at most {MOST_PARAMETERS:,} can be shown"
        )
    copies = ({l: np.array(array, float) for l, array in layers.items()} for layers in (network.W, network.b))
    W, b = copies
    names = {"hidden": network.hidden, "output": network.end.activation, "loss": network.end.loss}
    return {"sizes": list(network.sizes), **names, "W": W, "b": b}


def _some_target(network: nn.Network) -> list[float]:
    """Return 1 for the first output and, as the loss has it, 0 or −1 for the others."""
    other = -1.0 if network.end.loss == "hinge" else 0.0
    return [1.0, *[other] * (network.sizes[-1] - 1)]


def _numbers(name: str, given: object, count: int, end: str) -> list[float]:
    """Read a list of finite numbers."""
    wanted = f"{name} must hold {count} number{'s' * (count > 1)}, one for each {end}"
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, (Sequence, np.ndarray)):
        raise traitlets.TraitError(f"{wanted}, not {type(given).__name__}")
    try:
        array = np.asarray(given, float)
    except (TypeError, ValueError):
        raise traitlets.TraitError(wanted) from None
    if array.shape != (count,):
        raise traitlets.TraitError(f"{wanted}; this has the shape {array.shape}")
    if not np.isfinite(array).all():
        bad = int(np.argmin(np.isfinite(array)))
        raise traitlets.TraitError(f"{name} must hold finite numbers; {name}_{bad + 1} is {array[bad]}")
    return [float(number) for number in array]
