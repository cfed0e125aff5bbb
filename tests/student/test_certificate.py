"""A certificate says what was solved, whoever asks for it, and never fails with an error."""

import os
import re
import stat
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest

import bpkit
from bpkit.course import find
from bpkit.student.certificate import readable
from bpkit.student.store import Store

RIGHT = "8(5x^3 - x - 1)(15x^2 - 1)"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BPKIT_PROGRESS", str(tmp_path / "progress.sqlite"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Reader(HTMLParser):
    """Collects the elements, the addresses and the text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.texts = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attributes]

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


def written(folder, name="Ada Lovelace"):
    bpkit.certificate(name)
    return (folder / "certificate.html").read_text(encoding="utf-8")


def test_it_holds_the_name_the_date_and_what_was_solved(folder):
    bpkit.check("1.4", RIGHT)
    bpkit.solution("1.3")
    bpkit.check("1.3", find("1.3").problem().answers[0].expected)
    bpkit.check("1.2", "4x^3/(1+x^4)", "wrong")
    page = Reader(written(folder))
    assert "Ada Lovelace" in page.text
    assert date.today().isoformat() in page.text
    graded = [exercise for exercise in bpkit.exercises() if exercise.points]
    first = [exercise for exercise in graded if exercise.chapter == "01_chain_rule"]
    points = sum(exercise.points for exercise in first)
    assert f"01 The chain rule 4 of {points} 1 of {len(first)} 1" in page.text  # 3 of 1.4, half of the 2 of 1.2
    assert f"1 of {len(graded)} exercises on their own" in page.text
    assert f"4 of {sum(exercise.points for exercise in graded)} points" in page.text
    for chapter in {exercise.chapter.split("_")[0] for exercise in graded}:
        assert f" {chapter} " in page.text


def test_points_are_never_rounded_up(folder):
    Store(folder / "progress.sqlite").record("1.4", "incorrect", 0.9999, "nearly")
    assert "01 The chain rule 2.9 of" in Reader(written(folder)).text


def test_it_says_what_it_is_not(folder):
    text = Reader(written(folder)).text
    assert "own record" in text
    assert "not replace an exam" in text
    assert "before the worked solution was shown" in text


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$title ${lines} $$", "</title><h1>", "&lt;b&gt;"],
)
def test_a_name_is_text_and_nothing_else(folder, name):
    plain, hostile = Reader(written(folder)), Reader(written(folder, name))
    assert hostile.tags == plain.tags
    assert name in hostile.texts
    assert {tag for tag, *_ in hostile.attributes} == {tag for tag, *_ in plain.attributes}


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("  Ada\n\tLovelace ", "Ada Lovelace"),
        ("Ada\u202egnp.exe", "Adagnp.exe"),
        ("Ada\x00\x07\ud800", "Ada"),
        ("نیلوفر می\u200cخواهد", "نیلوفر می\u200cخواهد"),
        ("李" * 300, "李" * 100 + "…"),
        ("\u202e\u200b", ""),
        ("\u200d", ""),
        ("\u3164 \u2800\u0301", ""),
    ],
)
def test_a_name_stays_on_one_line_and_is_not_endless(name, read):
    assert readable(name).replace("\u200c", "") == read.replace("\u200c", "")
    assert ("\u200c" in readable(name)) == ("\u200c" in read)


@pytest.mark.parametrize(
    "name", [..., None, "", "  \n", "...", "\u202e", "\u200d", "\u3164", 14, b"Ada", ["Ada"], object()]
)
def test_without_a_name_nothing_is_written_and_it_says_so(folder, name):
    said = repr(bpkit.certificate(name))
    assert "name" in said
    assert list(folder.iterdir()) == []


def test_the_page_fetches_nothing_and_is_accessible(folder):
    page = Reader(written(folder))
    assert not {value for _, name, value in page.attributes if name in ("src", "href", "action", "srcset", "data")}
    assert not re.search(r"https?://|url\(|@import", written(folder))
    assert ("html", "lang", "en") in page.attributes
    assert page.tags.count("h1") == page.tags.count("title") == page.tags.count("main") == 1
    assert ("th", "scope", "col") in page.attributes
    assert ("th", "scope", "row") in page.attributes
    assert "caption" in page.tags


def test_the_link_leads_from_the_notebook_to_the_file(folder, monkeypatch):
    (folder / "my notes").mkdir()
    monkeypatch.setenv("BPKIT_PROGRESS", str(folder / "my notes" / "progress.sqlite"))
    shown = bpkit.certificate("Ada")
    assert 'href="my%20notes/certificate.html"' in shown._repr_html_()
    assert str(folder / "my notes" / "certificate.html") in repr(shown)


def test_a_second_one_takes_the_place_of_the_first_and_nothing_else_changes(folder):
    bpkit.check("1.4", RIGHT)
    before = (folder / "progress.sqlite").read_bytes()
    assert "Grace" not in written(folder)
    assert "Grace" in written(folder, "Grace")
    assert (folder / "progress.sqlite").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["certificate.html", "progress.sqlite"]


def test_a_full_one_outlives_a_damaged_or_lost_progress_file(folder):
    bpkit.check("1.4", RIGHT)
    full = written(folder)
    (folder / "progress.sqlite").write_bytes(b"no progress file" * 100)
    said = repr(bpkit.certificate("Ada"))
    assert "kept as it was" in said
    assert "damaged" in said
    bpkit.hint("1.4")
    assert "kept as it was" in repr(bpkit.certificate("Ada"))
    assert (folder / "certificate.html").read_text(encoding="utf-8") == full


def test_one_on_which_nothing_is_solved_may_be_written_anew(folder):
    assert "Adda" in written(folder, "Adda")
    assert "Adda" not in written(folder, "Ada")


def test_a_name_that_is_cut_is_told(folder):
    assert "cut to its first 100 characters" in repr(bpkit.certificate("a" * 101))
    assert "cut to its first 100 characters" in repr(bpkit.certificate("a" * 99 + " b"))
    assert "cut to" not in repr(bpkit.certificate("a" * 100))
    assert "cut to" not in repr(bpkit.certificate("Ada …"))


def test_numpys_text_is_a_name_too(folder):
    assert "Ada Lovelace" in written(folder, np.str_("Ada Lovelace"))


def test_it_counts_points_as_the_overview_does(folder):
    Store(folder / "progress.sqlite").record("1.4", "incorrect", 0.9999, "nearly")
    assert "01 The chain rule: 2.9 of" in repr(bpkit.progress(1))
    assert "01 The chain rule: 2.9 of" in bpkit.progress(1)._repr_html_()


def test_a_file_of_somebody_else_is_left_alone(folder):
    (folder / "certificate.html").write_text("my own page", encoding="utf-8")
    assert "another file" in repr(bpkit.certificate("Ada"))
    assert (folder / "certificate.html").read_text(encoding="utf-8") == "my own page"


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_sentence(folder):
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert "could not be written" in repr(bpkit.certificate("Ada"))
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_place_that_can_not_be_written_is_a_sentence(folder, monkeypatch):
    (folder / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("BPKIT_PROGRESS", str(folder / "file" / "progress.sqlite"))
    assert "could not be written" in repr(bpkit.certificate("Ada"))
    monkeypatch.setenv("BPKIT_PROGRESS", str(folder / "progress.sqlite"))
    (folder / "certificate.html").mkdir()
    assert "could not be written" in repr(bpkit.certificate("Ada"))
    assert sorted(p.name for p in folder.iterdir()) == ["certificate.html", "file"]


def test_the_folder_is_made_if_it_is_missing(folder, monkeypatch):
    monkeypatch.setenv("BPKIT_PROGRESS", str(folder / "new" / "progress.sqlite"))
    bpkit.certificate("Ada")
    assert (folder / "new" / "certificate.html").is_file()
