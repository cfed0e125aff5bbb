"""What is promised about `work/`: a student's work is theirs, whatever is released."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpkit.student import workspace
from bpkit.student.workspace import find_workbook, lay_out

CHAIN = "01_chain_rule.ipynb"
MEMORY = ".released.json"


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "00_start_here.ipynb").write_text("start 1", encoding="utf-8")
    (folder / CHAIN).write_text("chain 1", encoding="utf-8")
    (folder / "notes.txt").write_text("not a chapter", encoding="utf-8")
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


def contents(work: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(work.glob("*.ipynb"))}


def release(notebooks: Path, text: str) -> None:
    (notebooks / CHAIN).write_text(text, encoding="utf-8")


def test_the_first_time_every_chapter_is_copied_and_said(notebooks: Path, work: Path) -> None:
    assert lay_out(notebooks, work) == ["Copied to work/: 00_start_here, 01_chain_rule."]
    assert contents(work) == {"00_start_here.ipynb": "start 1", CHAIN: "chain 1"}
    assert sorted(path.name for path in work.iterdir()) == [MEMORY, "00_start_here.ipynb", CHAIN]


def test_when_nothing_was_released_anew_nothing_is_done_or_said(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in work.iterdir()}
    assert lay_out(notebooks, work) == []
    assert {path.name: path.read_bytes() for path in work.iterdir()} == before


def test_a_chapter_that_is_new_is_copied_to_the_others(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (notebooks / "02_matrix_calculus.ipynb").write_text("matrix 1", encoding="utf-8")
    assert lay_out(notebooks, work) == ["Copied to work/: 02_matrix_calculus."]


def test_an_untouched_copy_becomes_the_new_release(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    release(notebooks, "chain 2")
    assert lay_out(notebooks, work) == [
        "01_chain_rule was released anew: 01_chain_rule.ipynb was untouched, and is the new one now."
    ]
    assert contents(work)[CHAIN] == "chain 2"
    assert lay_out(notebooks, work) == []


def test_beside_a_copy_that_was_worked_in_the_new_release_is_laid_once(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    release(notebooks, "chain 2")
    assert lay_out(notebooks, work) == [
        "01_chain_rule was released anew. Your 01_chain_rule.ipynb is kept as it is; "
        "the new one lies beside it as 01_chain_rule_2.ipynb."
    ]
    assert contents(work)[CHAIN] == "my answers"
    assert contents(work)["01_chain_rule_2.ipynb"] == "chain 2"
    assert lay_out(notebooks, work) == []
    (work / "01_chain_rule_2.ipynb").write_text("my new answers", encoding="utf-8")
    assert lay_out(notebooks, work) == []
    (work / "01_chain_rule_2.ipynb").unlink()
    assert lay_out(notebooks, work) == []
    assert contents(work) == {"00_start_here.ipynb": "start 1", CHAIN: "my answers"}


def test_a_third_release_goes_beside_two_that_were_worked_in(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    release(notebooks, "chain 2")
    lay_out(notebooks, work)
    (work / "01_chain_rule_2.ipynb").write_text("my new answers", encoding="utf-8")
    release(notebooks, "chain 3")
    assert "01_chain_rule_3.ipynb" in lay_out(notebooks, work)[0]
    assert list(contents(work).values()) == ["start 1", "my answers", "my new answers", "chain 3"]


def test_a_third_release_takes_the_place_of_a_second_that_was_never_touched(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    release(notebooks, "chain 2")
    lay_out(notebooks, work)
    release(notebooks, "chain 3")
    assert lay_out(notebooks, work) == [
        "01_chain_rule was released anew: 01_chain_rule_2.ipynb was untouched, and is the new one now."
    ]
    assert list(contents(work).values()) == ["start 1", "my answers", "chain 3"]


def test_a_name_the_student_uses_is_not_free(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    (work / "01_chain_rule_2.ipynb").write_text("my second try", encoding="utf-8")
    (work / "01_chain_rule_3.ipynb").mkdir()
    release(notebooks, "chain 2")
    lay_out(notebooks, work)
    assert (work / CHAIN).read_text(encoding="utf-8") == "my answers"
    assert (work / "01_chain_rule_2.ipynb").read_text(encoding="utf-8") == "my second try"
    assert (work / "01_chain_rule_4.ipynb").read_text(encoding="utf-8") == "chain 2"


def test_another_chapter_whose_name_ends_in_a_number_is_not_taken_for_a_copy(notebooks: Path, work: Path) -> None:
    (notebooks / "01_chain_rule_2.ipynb").write_text("part two", encoding="utf-8")
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    release(notebooks, "chain 2")
    lay_out(notebooks, work)
    assert list(contents(work).values()) == ["start 1", "my answers", "part two", "chain 2"]


def test_a_copy_that_the_student_deleted_is_copied_afresh(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).unlink()
    assert lay_out(notebooks, work) == ["Copied to work/: 01_chain_rule."]
    assert contents(work)[CHAIN] == "chain 1"


def test_a_release_taken_back_is_not_laid_beside_what_came_from_it(notebooks: Path, work: Path) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    release(notebooks, "chain 2")
    lay_out(notebooks, work)
    release(notebooks, "chain 1")
    assert lay_out(notebooks, work) == []


@pytest.mark.parametrize(
    "memory",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{",
        b'{"01_chain_rule.ipynb": 3}',
        b'{"01_chain_rule.ipynb": {"01_chain_rule.ipynb": null}}',
        b"[" * 100_000,
        None,
    ],
)
def test_a_damaged_or_lost_memory_never_costs_the_student_anything(
    notebooks: Path, work: Path, memory: bytes | None
) -> None:
    lay_out(notebooks, work)
    (work / CHAIN).write_text("my answers", encoding="utf-8")
    if memory is None:
        (work / MEMORY).unlink()
    else:
        (work / MEMORY).write_bytes(memory)
    release(notebooks, "chain 2")
    assert len(lay_out(notebooks, work)) == 1
    assert contents(work) == {
        "00_start_here.ipynb": "start 1",
        CHAIN: "my answers",
        "01_chain_rule_2.ipynb": "chain 2",
    }
    assert lay_out(notebooks, work) == []
    assert set(json.loads((work / MEMORY).read_text(encoding="utf-8"))) == {"00_start_here.ipynb", CHAIN}


def test_a_copy_that_can_not_be_examined_counts_as_worked_in(notebooks: Path, work: Path) -> None:
    (work / CHAIN / "mine").mkdir(parents=True)
    lay_out(notebooks, work)
    assert (work / CHAIN / "mine").is_dir()
    assert (work / "01_chain_rule_2.ipynb").read_text(encoding="utf-8") == "chain 1"


def test_where_nothing_can_be_written_it_is_said_and_no_exception(notebooks: Path, work: Path) -> None:
    work.write_text("in the way", encoding="utf-8")
    said = lay_out(notebooks, work)
    assert len(said) == 2
    assert all("could not be copied" in sentence for sentence in said)
    assert work.read_text(encoding="utf-8") == "in the way"


class Killed(BaseException):
    pass


@pytest.mark.parametrize("moment", range(6))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_killed_half_way_no_broken_notebook_is_left_and_the_next_start_goes_on(
    notebooks: Path, work: Path, moment: int, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(notebooks, work)
    (work / "00_start_here.ipynb").write_text("my start", encoding="utf-8")
    (notebooks / "00_start_here.ipynb").write_text("start 2", encoding="utf-8")
    release(notebooks, "chain 2")

    calls = iter(range(100))
    owner = workspace.os if call == "fsync" else Path
    original = getattr(owner, call)

    def die(*args: object) -> object:
        if next(calls) == moment:
            raise Killed
        return original(*args)

    monkeypatch.setattr(owner, call, die)
    with suppress(Killed):
        lay_out(notebooks, work)
    monkeypatch.undo()

    whole = {"my start", "start 2", "chain 1", "chain 2"}
    assert set(contents(work).values()) <= whole
    lay_out(notebooks, work)
    assert contents(work) == {
        "00_start_here.ipynb": "my start",
        "00_start_here_2.ipynb": "start 2",
        CHAIN: "chain 2",
    }
    assert lay_out(notebooks, work) == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("release"), st.integers(1, 3)),
        st.tuples(st.just("work"), st.integers(0, 2)),
        st.tuples(st.just("delete"), st.integers(0, 2)),
        st.just(("forget", 0)),
    ),
    max_size=10,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_whatever_happens_no_answer_of_the_student_is_ever_lost(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("workbook")
    notebooks, work = root / "notebooks", root / "work"
    notebooks.mkdir()
    release(notebooks, "release 0")
    mine: dict[Path, str] = {}
    for number, (step, which) in enumerate(steps):
        lay_out(notebooks, work)
        copies = sorted(work.glob("*.ipynb"))
        copy = copies[which % len(copies)]
        if step == "release":
            release(notebooks, f"release {which}")
        elif step == "work":
            mine[copy] = f"answers {number}"
            copy.write_text(mine[copy], encoding="utf-8")
        elif step == "delete":
            mine.pop(copy, None)
            copy.unlink()
        else:
            (work / MEMORY).unlink()
        lay_out(notebooks, work)
        assert lay_out(notebooks, work) == []
        assert {path: path.read_text(encoding="utf-8") for path in mine} == mine


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_start_here.ipynb").touch()
    (tmp_path / "work" / "mine").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("here", [".", "notebooks", "work", "work/mine"])
def test_the_workbook_is_found_from_anywhere_in_it(workbook: Path, here: str) -> None:
    assert find_workbook((workbook / here).absolute()) == workbook


def test_a_folder_of_other_notebooks_is_no_workbook(workbook: Path) -> None:
    (workbook / "work" / "mine" / "notebooks").mkdir()
    assert find_workbook(workbook / "work" / "mine") == workbook
    assert find_workbook(workbook.parent) is None
