"""What a batch generator promises, and which of its promises are broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bpkit.checking import AnswerError, together

EPOCHS = 9  # so many that no sample stays where it is by chance

Numbers = NDArray[np.int64]
Epoch = list[Numbers]
Broken = tuple[str, str | None]  # what is said, and the mistake's name


def promises(given: Callable[..., Any], N: int, batch_size: int, seed: int) -> Any:
    """Call a batch generator for several epochs, and say what does not depend on how it shuffles.

    Within a batch the order is free, since a batch's gradient does not depend on it.

    Returns
    -------
    float or None
        1 if every promise is kept; None if nothing was returned.

    Raises
    ------
    AnswerError
        If a promise is broken: which one, as the end of a sentence.
    """
    rng = np.random.default_rng(seed)
    before = rng.bit_generator.state
    epochs = []
    for _ in range(EPOCHS):
        handed = given(N, batch_size, rng)
        if handed is None or handed is ...:
            return None
        epochs.append(_epoch(handed, N))
    used = rng.bit_generator.state != before
    broken = [*_of_sizes(epochs, N, batch_size), *_of_numbers(epochs, N)]
    several = batch_size < N
    if several and all(len(_joined(e)) > 1 and (np.diff(_joined(e)) > 0).all() for e in epochs):
        broken.append(("the samples come in the order in which they are stored", "not-shuffled"))
    elif several and not broken:
        again, other = (_epoch(given(N, batch_size, np.random.default_rng(s)), N) for s in (seed, seed + 1))
        broken = [*_of_order(epochs)] or [*_of_chance(epochs, again, other, used)]
    if broken:
        said, slugs = zip(*dict.fromkeys(broken), strict=True)
        raise AnswerError(f"{'; '.join(said)}.", slug=together(*filter(None, slugs)) or None)
    return 1.0


def _epoch(handed: Any, N: int) -> Epoch:
    """Copy the batches of an epoch, each when it comes: what it holds may change when the next one is asked for."""
    try:
        # Some more than there may be, in case there is no end to them.
        batches = [_copied(batch) for batch in islice(handed, N + 3)]
    except TypeError:
        if hasattr(type(handed), "__iter__"):
            raise
        said = "your function returns something that holds no batches: yield them, one by one."
        raise AnswerError(said, slug="not-batches") from None
    if any(batch.dtype.kind not in "iu" and batch.size for batch in batches):
        raise AnswerError("your function yields something else than arrays of whole numbers.", slug="not-batches")
    if batches and all(batch.ndim == 0 for batch in batches):
        raise AnswerError(f"your function yields {len(batches)} single numbers; a batch is an array of them.")
    if odd := [batch.shape for batch in batches if batch.ndim != 1]:
        said = f"a batch has shape {odd[0]}; it should be a vector, with one index."
        raise AnswerError(said, slug="not-batches")
    return [batch.astype(int) for batch in batches]


def _copied(batch: Any) -> NDArray[Any]:
    # NumPy keeps whole numbers as objects where a whole list of batches was made an array of objects.
    return np.array(batch.tolist() if type(batch) is np.ndarray and batch.dtype == object else batch)


def _joined(epoch: Epoch) -> Numbers:
    return np.concatenate([np.zeros(0, int), *epoch])


def _of_sizes(epochs: list[Epoch], N: int, batch_size: int) -> Iterator[Broken]:
    wanted = [batch_size] * (N // batch_size) + [N % batch_size] * (N % batch_size > 0)
    for epoch in epochs:
        sizes = [len(batch) for batch in epoch]
        if len(sizes) > N + 2:
            yield "more batches come than there are samples", None
        elif sizes != wanted and sorted(sizes) == sorted(wanted):
            yield "the batch that is smaller is not the last", "rest-not-last"
        elif sizes != wanted:
            runs = [f"{len(list(run))} × {size}" for size, run in groupby(sizes)]
            yield f"the batches hold {' + '.join(runs) if 0 < len(runs) < 5 else len(_joined(epoch))} numbers", None
            break


def _of_numbers(epochs: list[Epoch], N: int) -> Iterator[Broken]:
    """Say which samples are lost, come twice, or do not exist."""
    orders = [_joined(epoch).tolist() for epoch in epochs]
    if strange := {number for order in orders for number in order} - set(range(N)):
        yield f"the number {max(strange)} comes, and there is no such sample", None
    lost = [set(range(N)) - set(order) for order in orders]
    twice = any(len(set(order)) < len(order) for order in orders)
    if twice and any(lost):
        within = any(len(set(batch.tolist())) < len(batch) for epoch in epochs for batch in epoch)
        yield f"some samples come twice{', even in one batch,' if within else ''} and others never", None
    elif any(lost):
        same = len(lost[0]) == 1 and all(those == lost[0] for those in lost)
        yield f"sample {min(lost[0])} never comes" if same else "some samples never come", None
    elif twice:
        yield "some samples come twice", None


def _of_order(epochs: list[Epoch]) -> Iterator[Broken]:
    """Say what is not mixed: samples that stay in their batch, or that are always together in one."""
    places = [np.concatenate([np.full(len(batch), n) for n, batch in enumerate(epoch)]) for epoch in epochs]
    where = np.array([place[np.argsort(_joined(epoch))] for place, epoch in zip(places, epochs, strict=True)])
    fixed = (where == where[0]).all(axis=0)
    together = (where[:, :, None] == where[:, None, :]).all(axis=0)
    neighbours = [len(batch) > 1 and np.ptp(batch) == len(batch) - 1 for epoch in epochs for batch in epoch]
    if np.mean(neighbours) > 0.5:
        yield "the batches hold samples that are stored one after the other", "not-shuffled"
    elif fixed.all():
        return  # that is for the next function
    elif fixed.any():
        yield "some samples are in the same batch in every epoch", None
    elif together.sum() > len(fixed):
        yield "some samples are always together in a batch", None


def _of_chance(epochs: list[Epoch], again: Epoch, other: Epoch, used: bool) -> Iterator[Broken]:
    one, two, again_one, other_one = (
        [sorted(batch.tolist()) for batch in epoch] for epoch in (*epochs[:2], again, other)
    )
    if one != again_one:
        yield "with the same seed the order is another one each time", None
    elif one == two:
        yield f"every epoch has the same batches{'' if used else ', and rng is not used'}", None
    elif one == other_one:
        yield "another seed leads to the same batches", None
