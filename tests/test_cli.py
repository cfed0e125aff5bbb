"""The command line says the same as the notebook."""

import json

import pytest

from bpkit.cli import main


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    monkeypatch.setenv("BPKIT_PROGRESS", str(tmp_path / "progress.sqlite"))


def test_list_names_every_exercise_with_its_rows(capsys):
    assert main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {
        "id": "1.4",
        "title": "Three links (worksheet 1)",
        "chapter": "01_chain_rule",
        "points": 3,
        "covers": ["worksheet/1"],
    } in rows
    assert main(["list"]) == 0
    assert "1.4" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["1.4", "8(5x^3 - x - 1)(15x^2 - 1)"], "correct", 0),
        (["1.4", "-8x"], "incorrect", 1),  # a leading minus is no option
        (["1.4", "-x", "--json"], "incorrect", 1),
        (["1.4", "8("], "malformed", 1),
        (["1.4", "..."], "unattempted", 1),
        (["99", "x"], "malformed", 1),
    ],
)
def test_check_judges_and_says_so_in_its_exit_status(capsys, arguments, status, code):
    assert main(["check", "--json", *arguments]) == code
    assert json.loads(capsys.readouterr().out)["status"] == status
    assert main(["check", *arguments]) == code
    out = capsys.readouterr().out
    assert out.strip()


def test_a_witness_is_part_of_the_json(capsys):
    main(["check", "--json", "1.4", "x^2"])
    witness = json.loads(capsys.readouterr().out)["witness"]
    assert witness["point"].keys() == {"x"}


def test_a_call_that_makes_no_sense_is_told(capsys):
    for call in ([], ["nonsense"], ["list", "--what"]):
        with pytest.raises(SystemExit, match="2"):
            main(call)


def test_doctor_ends_well_on_this_machine(capsys):
    assert main(["doctor"]) == 0
    assert "Ready" in capsys.readouterr().out


def test_release_tells_what_it_rebuilt_or_why_not(tmp_path, capsys):
    assert main(["release", "--root", str(tmp_path)]) == 1
    assert "is missing" in capsys.readouterr().err
