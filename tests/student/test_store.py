"""What the progress file promises: nothing recorded is lost, and no trouble reaches the student."""

import os
import random
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpkit.student import store as store_module
from bpkit.student.store import Standing, Store, progress_path

# What the children below run: `record(number)` records an answer to exercise "1.1" and returns.
# For the same proof through the whole house, `record = lambda number: bpkit.check("1.1", number)` will do.
RECORDING = """
import sys, time
from pathlib import Path
from bpkit.student.store import Store
store = Store(Path(sys.argv[1]))
record = lambda number: store.record("1.1", "incorrect", 0.0, str(number))
"""


def child(path: Path, program: str, *argv: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RECORDING + program, str(path), *map(str, argv)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def rows(path: Path) -> list[tuple[str, str]]:
    """Read the file with SQLite alone, which also proves it sound."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return db.execute("SELECT kind, answer FROM event ORDER BY id").fetchall()


def filled(path: Path, answers: int = 200) -> Store:
    """Return a store of several pages."""
    store = Store(path)
    store.record("1.1", "correct", 1.0, "first")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN")
        for number in range(answers):
            db.execute(
                "INSERT INTO event (exercise, kind, status, score, answer) VALUES ('1.2', 'check', '', 0, ?)",
                (f"{number} {'x' * 100}",),
            )
        db.execute("COMMIT")
    return store


# --- recording and reading -------------------------------------------------------------------------------


def test_nothing_recorded_is_nothing_standing_and_no_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "work" / "progress.sqlite")
    assert store.standings() == {}
    assert list(tmp_path.iterdir()) == []
    assert store.take_notice() is None


def test_what_is_recorded_is_read_by_another_notebook(tmp_path: Path) -> None:
    path = tmp_path / "work" / "progress.sqlite"
    store = Store(path)
    store.record("1.1", "incorrect", 0.5, "2*x")
    store.record("1.1", "correct", 1.0, "2*x*cos(x**2)")
    assert store.reveal("1.2", "hint") == 1
    assert store.reveal("1.2", "hint") == 2
    assert store.reveal("1.2", "solution") == 1
    store.record("1.2", "correct", 1.0, "y")
    assert Store(path).standings() == {
        "1.1": Standing(1.0, 2, 0, False, True, True, "correct", "2*x*cos(x**2)"),
        "1.2": Standing(1.0, 1, 2, True, True, False, "correct", "y"),
    }
    assert store.take_notice() is None


def test_after_an_operation_only_the_one_file_is_there_and_nobody_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    store = Store(path)
    store.record("1.1", "correct", 1.0)
    store.standings()
    assert [file.name for file in tmp_path.iterdir()] == ["progress.sqlite"]
    path.unlink()  # Windows refuses this while a connection is open


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -1.0, 2.0])
def test_a_score_that_is_none_counts_as_zero(tmp_path: Path, score: float) -> None:
    store = Store(tmp_path / "progress.sqlite")
    store.record("1.1", "incorrect", score)
    assert store.standings()["1.1"].best == 0.0
    assert store.take_notice() is None


@pytest.mark.parametrize("answer", ["\ud800", "a\0b", "∂ℓ/∂W\n", "x" * 1_000_000, "'); DROP TABLE event; --"])
def test_any_text_at_all_can_be_an_answer(tmp_path: Path, answer: str) -> None:
    store = Store(tmp_path / "progress.sqlite")
    store.record("1.1", "malformed", 0.0, answer)
    assert store.take_notice() is None
    assert store.standings()["1.1"].attempts == 1
    assert (tmp_path / "progress.sqlite").stat().st_size < 100_000


EXERCISES = st.sampled_from(["1.1", "1.2", "4.10"])
EVENTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("check"),
            EXERCISES,
            st.sampled_from(["correct", "incorrect", "undecided", "malformed"]),
            st.sampled_from([0.0, 0.25, 0.5, 1.0]),
            st.text(max_size=8),
        ),
        st.tuples(st.sampled_from(["hint", "solution"]), EXERCISES),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(events=EVENTS)
def test_standings_agree_with_the_events_that_were_appended(
    events: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("store") / "progress.sqlite"
    for so_far, event in enumerate(events):
        match event:
            case "check", exercise, status, score, answer:
                Store(path).record(exercise, status, score, answer)
            case kind, exercise:
                assert Store(path).reveal(exercise, kind) == 1 + events[:so_far].count((kind, exercise))

    standings = Store(path).standings()
    assert set(standings) == {event[1] for event in events}
    for exercise, standing in standings.items():
        mine = [event for event in events if event[1] == exercise]
        checks = [event for event in mine if event[0] == "check"]
        solution = ("solution", exercise)
        unaided = mine[: mine.index(solution)] if solution in mine else mine
        assert standing.attempts == len(checks)
        assert standing.best == max((event[3] for event in checks), default=0.0)
        assert standing.hints == mine.count(("hint", exercise))
        assert standing.solution_seen == (solution in mine)
        assert standing.solved == any(event[2] == "correct" for event in checks)
        assert standing.solved_before_seeing == any("correct" in event[2:3] for event in unaided)
        assert standing.last_status == (checks[-1][2] if checks else "")
        assert standing.last_answer == (checks[-1][4].encode(errors="backslashreplace").decode() if checks else "")


# --- killed, and two at once -----------------------------------------------------------------------------

FOREVER = """
number = int(sys.argv[2])
while True:
    record(number)
    print(number, flush=True)
    number += 1
"""
FIFTY = """
for number in range(50):
    record(f"{sys.argv[2]}/{number}")
assert store.take_notice() is None
"""


def test_killed_fifty_times_while_recording_no_recorded_answer_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    moments = random.Random(2)
    told: list[str] = []
    for kill in range(50):
        with child(path, FOREVER, 1_000_000 * kill) as process:
            assert process.stdout
            # It is killed between two answers or in the middle of one: after a random part of a record.
            for _ in range(moments.randrange(1, 6)):
                told.append(process.stdout.readline().strip())
            for _ in range(moments.randrange(3_000)):
                pass
            process.kill()
            told += process.stdout.read().split()
    recorded = {answer for _, answer in rows(path)}
    assert len(told) >= 50
    assert set(told) <= recorded
    store = Store(path)
    store.record("1.1", "correct", 1.0)
    assert store.standings()["1.1"].attempts == len(recorded) + 1
    assert store.take_notice() is None
    assert [file.name for file in tmp_path.iterdir()] == ["progress.sqlite"]


def test_killed_in_the_middle_of_a_write_the_file_is_as_before_that_write(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    Store(path).record("1.1", "incorrect", 0.0, "before")
    half_a_write = """
import os, sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 2")  # so small that pages reach the file before the commit
db.execute("BEGIN IMMEDIATE")
row = ("1.1", "check", "incorrect", 0, "x" * 200)
for _ in range(500):
    db.execute("INSERT INTO event (exercise, kind, status, score, answer) VALUES (?, ?, ?, ?, ?)", row)
os._exit(0)  # as a kill: nothing is rolled back, nothing closed
"""
    child(path, half_a_write).communicate()
    assert path.with_name("progress.sqlite-journal").exists()
    store = Store(path)
    assert store.standings()["1.1"].last_answer == "before"
    store.record("1.1", "correct", 1.0, "after")
    assert [answer for _, answer in rows(path)] == ["before", "after"]
    assert store.take_notice() is None


def test_two_notebooks_writing_at_once_lose_no_row(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    children = [child(path, FIFTY, name) for name in "ab"]
    for process in children:
        process.communicate()
    assert [process.returncode for process in children] == [0, 0]
    answers = [answer for _, answer in rows(path)]
    for name in "ab":
        assert [answer for answer in answers if answer[0] == name] == [f"{name}/{i}" for i in range(50)]


def test_two_notebooks_that_find_the_damage_together_set_it_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"not a database" * 1000)
    together = """
while not Path(sys.argv[1]).with_name("go").exists():
    time.sleep(0.001)
for number in range(10):
    record(f"{sys.argv[2]}/{number}")
"""
    children = [child(path, "print('ready', flush=True)" + together, name) for name in "ab"]
    for process in children:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    for process in children:
        process.communicate()
    assert len(rows(path)) == 20
    assert sorted(file.name for file in tmp_path.glob("progress*")) == [
        "progress.damaged.sqlite",
        "progress.sqlite",
    ]


def test_the_slower_of_two_leaves_the_fresh_file_of_the_faster_alone(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    slower = Store(path)
    path.write_bytes(b"not a database" * 1000)
    Store(path).record("1.1", "correct", 1.0, "faster")
    slower._set_aside()  # it found the damage before the faster one had set it aside
    assert [answer for _, answer in rows(path)] == ["faster"]
    assert slower.take_notice() is None


def test_while_another_notebook_sets_the_file_aside_this_one_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_PATIENCE", 0.05)
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"not a database" * 1000)
    store = Store(path)
    with closing(sqlite3.connect(tmp_path / ".progress.sqlite-lock", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store.record("1.1", "incorrect", 0.0, "during")
        assert [file.name for file in tmp_path.glob("progress*")] == ["progress.sqlite"]
    store.record("1.1", "incorrect", 0.0, "after")
    assert [answer for _, answer in rows(path)] == ["during", "after"]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody rename an open file")
def test_a_file_set_aside_by_another_while_open_is_left_and_the_fresh_one_written(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    store = Store(path)
    store.record("1.1", "incorrect", 0.0, "before")

    def write(db: sqlite3.Connection) -> None:
        if not path.with_name("aside.sqlite").exists():
            path.rename(path.with_name("aside.sqlite"))
        db.execute(store_module._APPEND, ("1.1", "check", "correct", 1.0, "after"))

    store._transact(write)
    assert rows(path) == [("check", "after")]
    assert store.take_notice() is None


# --- damage ----------------------------------------------------------------------------------------------


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(5000))


def zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


def a_text_file(path: Path) -> None:
    path.write_text("my notes", encoding="utf-8")


def cut_short(path: Path) -> None:
    filled(path)
    os.truncate(path, path.stat().st_size // 2)


def cut_within_the_header(path: Path) -> None:
    filled(path)
    os.truncate(path, 50)


def a_hole_in_the_middle(path: Path) -> None:
    filled(path)
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 4] = random.Random(3).randbytes(4096 * 2)
    path.write_bytes(content)


def the_database_of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE event (name TEXT)")


def a_table_lost(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE event")


def a_column_lost(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE event DROP COLUMN answer")


DAMAGES = [
    garbage,
    zeros,
    a_text_file,
    cut_short,
    cut_within_the_header,
    a_hole_in_the_middle,
    the_database_of_another_program,
    a_table_lost,
    a_column_lost,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_work_goes_on(tmp_path: Path, damage) -> None:
    path = tmp_path / "progress.sqlite"
    damage(path)
    broken = path.read_bytes()
    store = Store(path)
    assert store.standings() == {}
    store.record("2.1", "correct", 1.0, "after")
    assert store.standings() == {"2.1": Standing(1.0, 1, 0, False, True, True, "correct", "after")}
    assert (tmp_path / "progress.damaged.sqlite").read_bytes() == broken
    assert store.take_notice() == (
        "The progress file was damaged: it is kept as progress.damaged.sqlite, and a fresh one was started."
    )
    assert store.take_notice() is None
    assert len(list(tmp_path.glob("progress*"))) == 2


@pytest.mark.parametrize("damage", [garbage, cut_short, the_database_of_another_program])
def test_recording_into_a_damaged_file_records(tmp_path: Path, damage) -> None:
    path = tmp_path / "progress.sqlite"
    damage(path)
    store = Store(path)
    assert store.reveal("2.1", "hint") == 1
    assert "progress.damaged.sqlite" in (store.take_notice() or "")
    assert rows(path) == [("hint", "")]


def test_nothing_set_aside_earlier_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    for content in (b"first" * 300, b"second" * 300, b"third" * 300):
        path.write_bytes(content)
        Store(path).record("1.1", "correct", 1.0)
    aside = ["progress.damaged.sqlite", "progress.damaged-2.sqlite", "progress.damaged-3.sqlite"]
    assert [(tmp_path / name).read_bytes()[:5] for name in aside] == [b"first", b"secon", b"third"]


@pytest.mark.parametrize("tail", ["-journal", "-wal"])
def test_what_a_killed_kernel_left_beside_a_damaged_file_does_no_harm(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "progress.sqlite"
    path.write_bytes(b"not a database" * 1000)
    path.with_name(path.name + tail).write_bytes(b"left by a killed kernel")
    Store(path).record("1.1", "correct", 1.0)
    assert rows(path) == [("check", "")]


def test_an_empty_file_is_simply_used(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    path.touch()
    store = Store(path)
    assert store.standings() == {}
    store.record("1.1", "correct", 1.0)
    assert len(rows(path)) == 1
    assert store.take_notice() is None


def test_the_file_of_a_newer_bpkit_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    filled(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    store = Store(path)
    store.record("1.1", "correct", 1.0)
    assert "newer bpkit" in (store.take_notice() or "")
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["progress.sqlite"]


# --- places that can not be written ----------------------------------------------------------------------


def a_folder_that_is_a_file(tmp_path: Path) -> Path:
    (tmp_path / "work").write_text("", encoding="utf-8")
    return tmp_path / "work" / "progress.sqlite"


def a_file_that_is_a_folder(tmp_path: Path) -> Path:
    (tmp_path / "progress.sqlite").mkdir()
    return tmp_path / "progress.sqlite"


def a_file_of_a_newer_bpkit(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "progress.sqlite")) as db:
        db.execute(f"PRAGMA application_id = {store_module._OURS}")
        db.execute("PRAGMA user_version = 2")
    return tmp_path / "progress.sqlite"


PLACES = [a_folder_that_is_a_file, a_file_that_is_a_folder, a_file_of_a_newer_bpkit]


@pytest.mark.parametrize("place", PLACES)
def test_where_nothing_can_be_written_it_is_said_once_and_kept_in_memory(tmp_path: Path, place) -> None:
    store = Store(place(tmp_path))
    assert not store.is_writable()
    assert "can not be used" in (store.take_notice() or "")
    store.record("1.1", "correct", 1.0, "x")
    assert [store.reveal("1.2", "hint") for _ in range(3)] == [1, 2, 3]  # or every hint were the first
    assert store.standings()["1.1"].last_answer == "x"
    assert store.take_notice() is None


def test_what_was_kept_in_memory_is_saved_as_soon_as_it_can_be(tmp_path: Path) -> None:
    blocked = tmp_path / "work"
    blocked.touch()
    store = Store(blocked / "progress.sqlite")
    store.record("1.1", "incorrect", 0.0, "first")
    blocked.unlink()
    store.record("1.1", "correct", 1.0, "second")
    assert rows(blocked / "progress.sqlite") == [("check", "first"), ("check", "second")]
    assert store.standings()["1.1"].attempts == 2


def test_a_file_that_is_locked_is_not_taken_for_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_PATIENCE", 0.05)
    path = tmp_path / "progress.sqlite"
    store = Store(path)
    store.record("1.1", "incorrect", 0.0, "before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store.record("1.1", "incorrect", 0.0, "during")
        assert "another program has locked it" in (store.take_notice() or "")
    store.record("1.1", "incorrect", 0.0, "after")
    assert [answer for _, answer in rows(path)] == ["before", "during", "after"]
    assert [file.name for file in tmp_path.iterdir()] == ["progress.sqlite"]
    assert store.take_notice() is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_without_permission_is_said_and_no_exception(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        store = Store(tmp_path / "work" / "progress.sqlite")
        store.record("1.1", "correct", 1.0)
        assert "can not be used" in (store.take_notice() or "")
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_a_writable_place_is_found_writable_without_an_event(tmp_path: Path) -> None:
    path = tmp_path / "work" / "progress.sqlite"
    store = Store(path)
    assert store.is_writable()
    assert store.is_writable()
    assert rows(path) == []
    assert store.take_notice() is None


# --- where the file is -----------------------------------------------------------------------------------


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("BPKIT_PROGRESS", raising=False)
    (tmp_path / "workbook" / "notebooks").mkdir(parents=True)
    (tmp_path / "workbook" / "notebooks" / "00_start_here.ipynb").touch()
    (tmp_path / "workbook" / "work" / "mine").mkdir(parents=True)
    return tmp_path / "workbook"


@pytest.mark.parametrize("here", [".", "notebooks", "work", "work/mine"])
def test_anywhere_in_a_workbook_it_is_the_one_in_work(
    workbook: Path, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workbook / here)
    assert progress_path() == workbook / "work" / "progress.sqlite"


def test_outside_a_workbook_it_is_in_the_current_folder(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workbook.parent)
    assert progress_path() == workbook.parent / "progress.sqlite"


def test_the_environment_variable_goes_first(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workbook)
    monkeypatch.setenv("BPKIT_PROGRESS", "elsewhere.sqlite")
    assert progress_path() == workbook / "elsewhere.sqlite"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody delete the current folder")
def test_in_a_folder_deleted_under_the_kernel_nothing_raises(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = workbook.parent / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    store = Store(progress_path())
    store.record("1.1", "correct", 1.0)
    assert store.standings()["1.1"].solved
    assert "can not be used" in (store.take_notice() or "")
