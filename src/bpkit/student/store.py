"""The progress file: what a student has answered and looked at, in one small SQLite file.

The file is a diary. Every event (an answer checked, a hint or a solution shown) is one row, appended in one
transaction and never changed; where a student stands follows from reading the diary from the top.

Three promises shape this module. An event is on disk before `Store.record` returns, so a kernel killed at
any moment loses nothing. Two notebooks may write at once. And no trouble with the file (damaged, locked,
in a folder that may not be written) ever reaches the student as an exception: events that can not be
written are kept in memory and written with the next one, and `Store.take_notice` says so in one sentence.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from bpkit.student.workspace import WORK, find_workbook

T = TypeVar("T")

_VERSION = 1
_OURS = 0x62706B74  # "bpkt": SQLite keeps this number in the file's header, so a stranger's file is known
_PATIENCE = 5.0  # seconds to wait while another notebook writes
_TRIES = 4

_CREATE = """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
        exercise TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL,
        score REAL NOT NULL,
        answer TEXT NOT NULL
    )"""
_APPEND = "INSERT INTO event (exercise, kind, status, score, answer) VALUES (?, ?, ?, ?, ?)"
_COUNT = "SELECT count(*) FROM event WHERE exercise = ? AND kind = ?"
_READ = "SELECT exercise, kind, status, score, answer FROM event ORDER BY id"

# What SQLite says of a file that is not what we wrote. SQLITE_ERROR: a table or column of ours is missing.
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
# What it says once another process has set aside the file we had open: the next try finds the fresh one.
_MOVED = {sqlite3.SQLITE_READONLY_DBMOVED, sqlite3.SQLITE_IOERR_DELETE_NOENT}
_REASONS = {
    sqlite3.SQLITE_BUSY: "another program has locked it",
    sqlite3.SQLITE_LOCKED: "another program has locked it",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_PERM: "it may not be written",
    sqlite3.SQLITE_CANTOPEN: "it can not be opened",
    sqlite3.SQLITE_FULL: "the disk is full",
}
_LONGEST_ANSWER = 10_000


class Event(NamedTuple):
    """One row of the diary; `status`, `score` and `answer` belong to checks only."""

    exercise: str
    kind: str
    status: str = ""
    score: float = 0.0
    answer: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a student stands with one exercise.

    Attributes
    ----------
    best : float
        The best score so far, from 0 to 1.
    attempts, hints : int
        How many answers were recorded, and how many hints were shown.
    solution_seen : bool
        Whether the worked solution was shown.
    solved, solved_before_seeing : bool
        Whether any answer was correct, and whether one was before the solution was first shown.
    last_status, last_answer : str
        The status of the last recorded answer, and the answer as text; empty before the first.
    """

    best: float = 0.0
    attempts: int = 0
    hints: int = 0
    solution_seen: bool = False
    solved: bool = False
    solved_before_seeing: bool = False
    last_status: str = ""
    last_answer: str = ""

    def after(self, event: Event) -> Standing:
        """Return the standing once `event` has happened too."""
        if event.kind == "hint":
            return replace(self, hints=self.hints + 1)
        if event.kind == "solution":
            return replace(self, solution_seen=True)
        correct = event.status == "correct"
        return replace(
            self,
            best=max(self.best, event.score),
            attempts=self.attempts + 1,
            solved=self.solved or correct,
            solved_before_seeing=self.solved_before_seeing or (correct and not self.solution_seen),
            last_status=event.status,
            last_answer=event.answer,
        )


def progress_path() -> Path:
    """Return where the progress file of this notebook is, whether it exists yet or not.

    Returns
    -------
    Path
        The file named by the environment variable ``BPKIT_PROGRESS`` if that is set; else
        ``work/progress.sqlite`` of the workbook that holds the current folder (the nearest folder, from
        here upwards, with a ``notebooks/00_start_here.ipynb``); outside any workbook,
        ``progress.sqlite`` in the current folder.
    """
    try:
        here = Path.cwd()
    except OSError:  # the folder was deleted under the running kernel; the store will say that it can not write
        here = Path()
    if named := os.environ.get("BPKIT_PROGRESS"):
        return here / os.path.expanduser(named)  # noqa: PTH111 - Path.expanduser may raise
    workbook = find_workbook(here)
    return (workbook / WORK if workbook else here) / "progress.sqlite"


class Store:
    """The progress file at `path`, created with its folder when something is first recorded.

    Parameters
    ----------
    path : Path
        The file. Every operation opens it, commits and closes it again: nothing is held while a student
        thinks, and any number of notebooks may share it.

    Attributes
    ----------
    notice : str or None
        What the student should be told about the file, said once; `take_notice` reads and clears it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None
        self._kept: list[Event] = []  # events that are not in the file yet
        self._complained: str | None = None  # the complaint that holds now, so as not to repeat it

    def record(self, exercise: str, status: str, score: float, answer: str = "") -> None:
        """Append a checked answer; it is on disk when this returns.

        Parameters
        ----------
        exercise : str
            The exercise's id.
        status : str
            The verdict's status. An unattempted exercise is no answer: do not record it.
        score : float
            From 0 to 1; anything else (NaN included) counts as 0.
        answer : str
            What was answered, as text; cut after 10,000 characters.
        """
        score = float(score) if 0 <= score <= 1 else 0.0
        # SQLite keeps UTF-8, which half a surrogate pair is not.
        text = answer[:_LONGEST_ANSWER].encode("utf-8", "backslashreplace").decode("utf-8")
        self._append(Event(exercise, "check", status, score, text))

    def reveal(self, exercise: str, kind: Literal["hint", "solution"]) -> int:
        """Append that a hint or the solution was shown.

        Returns
        -------
        int
            How often that kind was revealed for this exercise so far, this time included.
        """
        event = Event(exercise, kind)
        count = self._append(event)
        if count is None:
            return sum(past[:2] == event[:2] for past in self._events())
        return count

    def standings(self) -> dict[str, Standing]:
        """Return where the student stands, by exercise id; exercises never touched are not in it."""
        standings: dict[str, Standing] = {}
        for event in self._events():
            standings[event.exercise] = standings.get(event.exercise, Standing()).after(event)
        return standings

    def is_writable(self) -> bool:
        """Try a write that changes nothing, creating the file if need be; the notice says why it failed."""
        # Rewriting the version dirties the header's page, so SQLite goes all the way to the disk.
        return self._transact(lambda db: bool(db.execute(f"PRAGMA user_version = {_VERSION}"))) or False

    def take_notice(self) -> str | None:
        """Return what the student should be told, or None; once taken, it is not said again."""
        notice, self.notice = self.notice, None
        return notice

    def _append(self, event: Event) -> int | None:
        """Write the event and any kept ones; return how many of its kind there are now, None if kept too."""
        self._kept.append(event)

        def write(db: sqlite3.Connection) -> int:
            db.executemany(_APPEND, self._kept)
            return int(db.execute(_COUNT, (event.exercise, event.kind)).fetchone()[0])

        count = self._transact(write)
        if count is not None:
            self._kept.clear()
        return count

    def _events(self) -> list[Event]:
        def read(db: sqlite3.Connection) -> list[Event]:
            return [
                Event(
                    str(exercise),
                    str(kind),
                    str(status),
                    score if isinstance(score, float) else 0.0,
                    str(text),
                )
                for exercise, kind, status, score, text in db.execute(_READ)
            ]

        return (self._transact(read, reading=True) or []) + self._kept

    def _transact(self, work: Callable[[sqlite3.Connection], T], *, reading: bool = False) -> T | None:
        """Do `work` in one transaction; return None, with a notice, if the file can not be used."""
        try:
            for _ in range(_TRIES):
                try:
                    return self._once(work, reading=reading)
                except (sqlite3.DatabaseError, _Foreign) as error:
                    trouble: Exception = error
                if _tells_damage(trouble):
                    self._set_aside()
                elif getattr(trouble, "sqlite_errorcode", None) not in _MOVED:
                    break
            raise trouble
        except (sqlite3.Error, OSError, _Foreign, _Newer) as error:
            self._complain(error)
            return None

    def _once(self, work: Callable[[sqlite3.Connection], T], *, reading: bool) -> T | None:
        if reading and not self.path.exists():
            return None  # reading leaves no file behind
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_connect(self.path)) as db:
            db.execute("BEGIN" if reading else "BEGIN IMMEDIATE")
            if not _has_diary(db):
                if reading:
                    return None
                db.execute(_CREATE)
                db.execute(f"PRAGMA application_id = {_OURS}")
                db.execute(f"PRAGMA user_version = {_VERSION}")
            result = work(db)
            db.execute("COMMIT")  # whatever raised before this is rolled back by the closing
        if not reading:
            self._complained = None
        return result

    def _set_aside(self) -> None:
        """Give a damaged file another name, so that the next try starts a fresh one.

        Two notebooks may find the damage at the same moment, and the slower one must not move the fresh file
        of the faster. So this is done one process at a time, and only if the file is still found damaged
        then. The lock is SQLite's own, on an empty hidden file, which stays: it works on every system, and
        the operating system frees it when its holder is killed.
        """
        gate = self.path.with_name(f".{self.path.name}-lock")
        with closing(_connect(gate)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            if _is_sound(self.path):
                return
            aside = _free_name(self.path)
            self.path.rename(aside)  # alone: a journal was rolled back, or dropped, when it was examined
        self._say(f"The progress file was damaged: it is kept as {aside.name}, and a fresh one was started.")

    def _complain(self, error: Exception) -> None:
        if isinstance(error, _Newer):
            reason = "it was written by a newer bpkit, so this one needs an update"
        else:
            code = getattr(error, "sqlite_errorcode", -1) & 0xFF
            reason = _REASONS.get(code, getattr(error, "strerror", None) or str(error))
        complaint = (
            f"The progress file {self.path} can not be used: {reason}. Your answers are kept until this "
            "kernel stops, and saved with the next one if that works again."
        )
        if complaint != self._complained:
            self._complained = complaint
            self._say(complaint)

    def _say(self, sentence: str) -> None:
        self.notice = f"{self.notice} {sentence}" if self.notice else sentence


class _Foreign(Exception):
    """The file is a sound SQLite file, but not one of ours."""


class _Newer(Exception):
    """The file was written by a bpkit that came after this one."""


def _connect(path: Path) -> sqlite3.Connection:
    """Open `path`, with transactions left to us.

    The settings are SQLite's defaults, and meant: a rollback journal with ``synchronous = FULL``. A commit is
    then on disk even if the power fails, at about 1 ms on a laptop's disk. A write-ahead log would gain
    nothing, since it pays when a connection stays open and ours closes at once; and it fails on network
    file systems, where many universities keep home folders.
    """
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    db.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return db


def _has_diary(db: sqlite3.Connection) -> bool:
    """Tell a file of ours (True) from an empty one (False); raise on any other."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (owner,) = db.execute("PRAGMA application_id").fetchone()
    if owner == _OURS and version == _VERSION:
        return True
    if owner == _OURS and version > _VERSION:
        raise _Newer
    if owner or version or db.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise _Foreign("it is not a progress file")
    return False


def _is_sound(path: Path) -> bool:
    """Examine the whole file, once nobody is writing to it; a missing or empty one is sound."""
    if not path.exists():
        return True
    try:
        with closing(_connect(path)) as db:
            db.execute("BEGIN EXCLUSIVE")
            if not _has_diary(db):
                return True
            db.execute(_READ).fetchall()
            return bool(db.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except (sqlite3.DatabaseError, _Foreign) as error:
        if _tells_damage(error):
            return False
        raise


def _tells_damage(error: Exception) -> bool:
    return isinstance(error, _Foreign) or getattr(error, "sqlite_errorcode", -1) & 0xFF in _DAMAGE


def _free_name(path: Path) -> Path:
    """Return ``progress.damaged.sqlite``, or ``progress.damaged-2.sqlite`` …, whichever is free first."""
    number = 1
    while True:
        mark = ".damaged" if number == 1 else f".damaged-{number}"
        aside = path.with_name(f"{path.stem}{mark}{path.suffix}")
        if not os.path.lexists(aside):
            return aside
        number += 1
