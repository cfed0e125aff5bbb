"""A student's own copies of the chapters, in `work/`, which no release ever overwrites.

Every start of JupyterLab brings `work/` up to date: a chapter that is not there is copied, and one that was
released anew is laid beside the copy a student has worked in. To tell a copy that was worked in from one
that was not, a small JSON file in `work/` remembers, for each file laid there, the SHA-256 of the release
it came from. Losing it costs at most a needless copy: whatever is not remembered counts as worked in.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path

NOTEBOOKS = "notebooks"
WORK = "work"
FIRST_CHAPTER = "00_start_here.ipynb"

_MEMORY = ".released.json"


def find_workbook(start: Path) -> Path | None:
    """Return the workbook that holds `start`.

    Parameters
    ----------
    start : Path
        An absolute folder.

    Returns
    -------
    Path or None
        The nearest folder, from `start` upwards, with a ``notebooks/00_start_here.ipynb``; None if none has.
    """
    for folder in (start, *start.parents):
        if os.path.isfile(folder / NOTEBOOKS / FIRST_CHAPTER):  # noqa: PTH113 - Path.is_file may raise
            return folder
    return None


def lay_out(notebooks: Path, work: Path) -> list[str]:
    """Bring `work` up to date with the released chapters, keeping everything a student did.

    A chapter that is missing in `work` is copied there. One that was released anew replaces a copy that is
    still, byte for byte, the earlier release; a copy that was worked in is left alone, and the new release
    is laid beside it, once, as ``01_chain_rule_2.ipynb`` (``_3`` …).

    Parameters
    ----------
    notebooks, work : Path
        The folder of released chapters (its ``*.ipynb``), and the student's, created if need be.

    Returns
    -------
    list of str
        Sentences to print: what was copied, replaced or laid beside, and what could not be.
    """
    said: list[str] = []
    memory = _recall(work)
    chapters = sorted(notebooks.glob("*.ipynb"))
    missing = [chapter for chapter in chapters if not os.path.lexists(work / chapter.name)]
    for chapter in chapters:
        origin = memory.setdefault(chapter.name, {})
        known = dict(origin)
        try:
            if sentence := _lay(chapter, work, origin):
                said.append(sentence)
            if origin != known:  # written after each notebook, so that a start killed half-way can go on
                write_whole(work / _MEMORY, json.dumps(memory, indent=1, sort_keys=True).encode())
        except OSError as error:
            said.append(f"{chapter.name} could not be copied to {work}: {error.strerror or error}.")
    if copied := [chapter.stem for chapter in missing if os.path.lexists(work / chapter.name)]:
        said.insert(0, f"Copied to {work.name}/: {', '.join(copied)}.")
    return said


def _lay(chapter: Path, work: Path, origin: dict[str, str]) -> str | None:
    """Lay one released chapter in `work`; `origin` tells, by file name, which release each copy came from.

    Returns the sentence to say, if any (a first copy is said with the others).
    """
    content = chapter.read_bytes()
    release = _sha256(content)
    own = work / chapter.name

    def write(target: Path) -> None:
        write_whole(target, content)
        origin[target.name] = release

    if not os.path.lexists(own):
        write(own)
        return None
    if release in origin.values():  # laid down before, whatever the student has done with it since
        return None

    copies = list(takewhile(os.path.lexists, _names(own)))
    for copy in copies:
        if _sha256_of(copy) == release:  # laid down by a start that was killed before it was remembered
            origin[copy.name] = release
            return None
    for copy in copies:
        if copy.name in origin and _sha256_of(copy) == origin[copy.name]:
            write(copy)
            return f"{chapter.stem} was released anew: {copy.name} was untouched, and is the new one now."
    beside = next(path for path in _names(own) if path not in copies)
    write(beside)
    return (
        f"{chapter.stem} was released anew. Your {own.name} is kept as it is; "
        f"the new one lies beside it as {beside.name}."
    )


def _names(path: Path) -> Iterator[Path]:
    """Yield ``01_chain_rule.ipynb``, then ``01_chain_rule_2.ipynb``, ``01_chain_rule_3.ipynb`` and so on."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}_{number}{path.suffix}")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file; None of whatever can not be read as one."""
    try:
        return _sha256(path.read_bytes())
    except OSError:
        return None


def _recall(work: Path) -> dict[str, dict[str, str]]:
    """Return, by chapter and file name, the release each copy came from; nothing if that is lost."""
    try:
        memory = json.loads((work / _MEMORY).read_text(encoding="utf-8"))
        return {
            str(chapter): {str(name): str(release) for name, release in origin.items()}
            for chapter, origin in memory.items()
        }
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def write_whole(target: Path, content: bytes) -> None:
    """Write a file whole or not at all: under a passing name first, then renamed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    passing = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with passing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(target)
    finally:
        passing.unlink(missing_ok=True)
