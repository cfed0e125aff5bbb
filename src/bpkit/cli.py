"""The command line: ``bpkit list``, ``check``, ``coverage``, ``doctor``, ``lab`` and ``release``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 if all is well, 1 if not, 2 for a call that makes no sense."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["check"] and "-h" not in given and "--help" not in given:
        # An answer may begin with a minus sign, which is no option.
        given = [
            "check",
            *(["--json"] if "--json" in given else []),
            "--",
            *(a for a in given[1:] if a not in ("--json", "--")),
        ]
    parser = _parser()
    arguments, others = parser.parse_known_args(given)
    if others and arguments.run is not _lab:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    arguments.options = others
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows' own encoding has no ✓
    return int(arguments.run(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bpkit", description="The workbook that teaches backpropagation by doing.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    listing = commands.add_parser("list", help="list the exercises")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=_list)

    check = commands.add_parser("check", help="check an answer and record it")
    check.add_argument("id", help="the exercise, such as 1.4")
    check.add_argument("answer", nargs="+", help="one text for each answer")
    check.add_argument("--json", action="store_true", help="the verdict as JSON")
    check.set_defaults(run=_check)

    covered = commands.add_parser("coverage", help="list the syllabus, and where each row of it is taught")
    covered.set_defaults(run=_coverage)

    doctor = commands.add_parser("doctor", help="say whether this machine is ready, and what to do if not")
    doctor.set_defaults(run=_doctor)

    lab = commands.add_parser("lab", help="copy new chapters to work/ and open JupyterLab there; takes its options")
    lab.set_defaults(run=_lab)

    release = commands.add_parser("release", help="instructors: rebuild the notebooks from solutions/*.md")
    release.add_argument("chapters", nargs="*", help="such as 01_chain_rule (default: all)")
    release.add_argument("--root", type=Path, default=Path(), help="the workbook's folder (default: here)")
    release.set_defaults(run=_release)
    return parser


def _list(arguments: argparse.Namespace) -> int:
    from bpkit.course import exercises

    fields = ("id", "title", "chapter", "points", "covers")
    rows = [{name: getattr(exercise, name) for name in fields} for exercise in exercises()]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['id']:>5}  {row['title']}  ({row['points']} points)")
    return 0


def _coverage(arguments: argparse.Namespace) -> int:
    from bpkit.course import chapters
    from bpkit.course.syllabus import coverage

    rows = coverage(chapters())
    for row in rows:
        print(f"{row.key}: {row.content}")
        for notebook, taught in row.by_chapter():
            points = sum(exercise.points for exercise in taught)
            ids = ", ".join(exercise.id for exercise in taught)
            print(f"    {notebook}: {ids} ({points} point{'' if points == 1 else 's'})")
        for chapter, section in row.sections:
            print(f"    {chapter.notebook}: section “{section}”")
        if row.is_open:
            print("    OPEN")
    left = sum(row.is_open for row in rows)
    print(f"{len(rows)} rows, {left or 'none'} of them open.")
    return 1 if left else 0


def _check(arguments: argparse.Namespace) -> int:
    from bpkit.student.session import check

    feedback = check(arguments.id, *arguments.answer)
    if arguments.json:
        witness = feedback.witness and vars(feedback.witness)
        names = ("status", "message", "misconception", "score")
        verdict = {name: getattr(feedback, name) for name in names} | {"witness": witness}
        print(json.dumps(verdict, ensure_ascii=False, default=dict))
    else:
        print(feedback)
    return 0 if feedback.status == "correct" else 1


def _doctor(arguments: argparse.Namespace) -> int:
    from bpkit.student.doctor import report

    found = report()
    print(found)
    print(found.details())
    return 0 if found.ok else 1


def _lab(arguments: argparse.Namespace) -> int:
    from bpkit.student import lab

    return lab.main(arguments.options)


def _release(arguments: argparse.Namespace) -> int:
    from bpkit.instructor.release import ReleaseError, release

    try:
        changed = release(arguments.root, arguments.chapters)
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(f"rebuilt {path}" for path in changed) or "Nothing has changed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
