"""The five calls of a student's cell."""

import subprocess
import sys

import pytest

import bpkit
from bpkit.checking import Verdict
from bpkit.student.store import Store

RIGHT = "8(5x^3 - x - 1)(15x^2 - 1)"


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    path = tmp_path / "progress.sqlite"
    monkeypatch.setenv("BPKIT_PROGRESS", str(path))
    return path


def standing(path, exercise_id="1.4"):
    return Store(path).standings().get(exercise_id)


def test_importing_bpkit_imports_nothing_heavy():
    program = (
        "import sys, bpkit; dir(bpkit);"
        "heavy = 'sympy', 'numpy', 'matplotlib', 'ipywidgets', 'IPython', 'jupyterlab';"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


def test_a_check_is_a_verdict_and_is_recorded(progress_file):
    verdict = bpkit.check("1.4", RIGHT)
    assert isinstance(verdict, Verdict)
    assert (verdict.status, verdict.score, verdict.misconception, verdict.witness) == (
        "correct",
        1.0,
        None,
        None,
    )
    assert standing(progress_file).solved
    assert standing(progress_file).last_answer == RIGHT


def test_a_judgement_records_nothing(progress_file):
    exercise = next(e for e in bpkit.exercises() if e.id == "1.4")
    assert exercise.judge(RIGHT).status == "correct"
    assert standing(progress_file) is None


def test_an_untouched_answer_is_not_recorded(progress_file):
    assert bpkit.check("1.4", ...).status == "unattempted"
    assert standing(progress_file) is None
    assert bpkit.progress().earned == 0


@pytest.mark.parametrize("exercise_id", ["99.9", "", None, 14, object(), "1.4; DROP TABLE event"])
def test_an_unknown_exercise_names_the_nearest_and_never_raises(exercise_id):
    verdict = bpkit.check(exercise_id, "x")
    assert verdict.status == "malformed"
    assert "nearest is" in verdict.message
    for call in (bpkit.hint, bpkit.solution, bpkit.practice):
        assert "nearest is" in repr(call(exercise_id))


def test_feedback_is_html_in_lab_and_text_elsewhere():
    wrong = bpkit.check("1.4", "8(5x^3 - x - 1)")
    assert "Not yet" in repr(wrong)
    assert "inner function" in repr(wrong)
    html = wrong._repr_html_()
    assert "Not yet" in html
    assert "bpkit.hint(&quot;1.4&quot;)" in html
    assert r"$\displaystyle 8 \left(5 x^{3} - x - 1\right)$" in html  # what was understood


def test_a_students_text_is_no_markup():
    html = bpkit.check("1.4", "<script>alert(1)</script>")._repr_html_()
    assert "<script" not in html
    unknown = bpkit.check("<img src=x>", "x")._repr_html_()
    assert "<img" not in unknown


def test_hints_come_one_by_one_the_gentlest_first_and_stay(progress_file):
    hints = [repr(bpkit.hint("1.4")) for _ in range(5)]
    assert [hint.startswith(f"**Hint {n} of 3") for n, hint in enumerate(hints, start=1)] == [True] * 3 + [False] * 2
    assert "bpkit.solution" in hints[3]
    assert all(text.split("** ")[1] in hints[3] for text in hints[:3])
    assert standing(progress_file).hints == 5


def test_a_solution_is_worked_in_latex_and_code_and_marks_the_exercise(progress_file):
    shown = bpkit.solution("1.4")._repr_markdown_()
    assert r"\frac{df}{dx}" in shown
    assert "```python\ndf_dx = " in shown
    bpkit.check("1.4", RIGHT)
    assert standing(progress_file).solution_seen
    assert not standing(progress_file).solved_before_seeing
    overview = bpkit.progress(1)
    assert overview.earned == 0
    assert "solved after the solution" in repr(overview)


def test_practice_poses_other_numbers_checks_by_the_same_rules_and_never_counts(progress_file):
    practice = bpkit.practice("1.4", seed=5)
    expected = practice.problem.answers[0].expected
    assert practice.check(expected).status == "correct"
    assert practice.check(-expected).misconception == "sign"
    assert practice.check(...).status == "unattempted"
    assert "again.check(df_dx)" in repr(practice)
    assert "Hint 1" in repr(practice.hint())
    assert practice.problem.answers[0].code() in repr(practice.solution())
    assert bpkit.practice("1.4", seed=5).problem.statement == practice.problem.statement
    assert bpkit.practice("1.4").seed != bpkit.practice("1.4").seed or True
    assert standing(progress_file) is None


def test_practice_without_other_numbers_says_so():
    assert "no other numbers" in repr(bpkit.practice("1.7"))


def test_progress_shows_each_chapter_as_picture_and_text():
    bpkit.check("1.4", RIGHT)
    bpkit.check("1.6", "6(sin u + cos v)^2 cos u + v e^(uv)", ...)
    overview = bpkit.progress()
    assert overview.earned == 3 + 2
    assert "01 The chain rule: 5 of 21 points" in repr(overview)
    assert "1.4 Three links (worksheet 1): solved" in repr(overview)
    html = overview._repr_html_()
    assert "<svg" in html
    assert 'role="img"' in html
    assert len(bpkit.progress(1).rows) == 1


def test_only_the_best_result_counts():
    bpkit.check("1.4", RIGHT)
    bpkit.check("1.4", "x")
    assert bpkit.progress(1).earned == 3


def test_a_damaged_progress_file_is_told_once_and_work_goes_on(progress_file):
    progress_file.write_bytes(b"not a database" * 100)
    first = bpkit.check("1.4", RIGHT)
    assert first.status == "correct"
    assert first.notice
    assert first.notice in repr(first)
    assert bpkit.check("1.4", RIGHT).notice is None
    assert bpkit.progress(1).earned == 3


def test_nbgrader_reads_the_points_from_the_graded_cell(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert float(repr(bpkit.check("1.4", RIGHT))) == 3
    assert float(repr(bpkit.check("1.4", "x"))) == 0
    assert float(repr(bpkit.check("1.4", ...))) == 0
    assert float(repr(bpkit.check("1.6", "6(sin u + cos v)^2 cos u + v e^(uv)", ...))) == 2


def test_every_name_that_bpkit_offers_is_there():
    for name in bpkit.__all__:
        assert getattr(bpkit, name) is not None
    with pytest.raises(AttributeError):
        bpkit.nothing_of_the_kind  # noqa: B018
