"""A certificate to print: one page of HTML beside the progress file, which the browser makes a PDF of."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

import numpy as np

from bpkit.checking.verdict import is_unattempted
from bpkit.figures.progress_picture import as_points

from .feedback import Page
from .overview import Overview, Row
from .session import progress
from .store import progress_path
from .workspace import write_whole

FILE = "certificate.html"
_LONGEST_NAME = 100
_CUT = "…"
_JOINERS = "\u200c\u200d"  # which Persian and several Indian scripts need within a word
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs with nothing to see
_NOTHING = "<strong>0 of "  # stands twice where nothing is solved: exercises and points
_MARK = '<meta name="generator" content="bpkit">'  # by it a certificate of ours is known


@dataclass(frozen=True)
class Certificate:
    """A certificate that was written: a link to it in JupyterLab, the file's name elsewhere.

    Parameters
    ----------
    path
        The file.
    notice
        Something about the name or the progress file that must be said, or None.
    """

    path: Path
    notice: str | None = None

    def __repr__(self) -> str:
        return "\n".join(filter(None, (f"Your certificate: {self.path}", _HOW, self.notice)))

    def _repr_html_(self) -> str:
        # JupyterLab opens files in itself, where a page does not print well; stopped on its way, the click opens a tab.
        link = (
            f'<a href="{_link(self.path)}" target="_blank" rel="noopener" onclick="event.stopImmediatePropagation()">'
            f"Open your certificate</a>"
        )
        notice = f"<p><em>{escape(self.notice)}</em></p>" if self.notice else ""
        where = f"The file is <code>{escape(self.path.name)}</code>, beside your progress file."
        return f'<div class="bpkit-certificate"><p>{link}. {_HOW} {where}</p>{notice}</div>'


_HOW = "To print it, or to save it as a PDF, press Ctrl+P there (on a Mac ⌘P)."


def certificate(name: object = ...) -> Certificate | Page:
    """Write a certificate of what was solved so far, a page to print.

    Parameters
    ----------
    name
        Whom it is for. With ``...`` or an empty name nothing is written.

    Returns
    -------
    Certificate or Page
        A link to ``certificate.html``, which lies beside the progress file; or a sentence that says why there is none.
        One that lists something is kept where nothing is solved, as after the progress file was damaged or lost.
    """
    if is_unattempted(name):
        return Page("No certificate yet: put your name, in quotes, in place of the dots.")
    if type(name) not in (str, np.str_):
        return Page('Your name is needed as text, in quotes, such as `bpkit.certificate("Ada Lovelace")`.')
    if not (shown := readable(str(name))):
        return Page("No certificate yet: there is nothing to see in this name.")
    done = progress()
    path = progress_path().with_name(FILE)
    try:
        there = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        if path.exists() and _MARK not in there:
            return Page(f"There is another file {path} already. Give it a new name, and ask again.")
        made = page(shown, done, date.today())
        if there.count(_NOTHING) < 2 == made.count(_NOTHING) and there:
            kept = f"The certificate {path} is kept as it was: the progress file holds nothing that is solved."
            return Page(" ".join(filter(None, (kept, done.notice))))
        write_whole(path, made.encode("utf-8"))
    except OSError as error:
        return Page(f"The certificate could not be written to {path}: {error.strerror or error}.")
    is_cut = shown.endswith(_CUT) and len(shown) >= _LONGEST_NAME
    cut = f"The name is cut to its first {_LONGEST_NAME} characters." if is_cut else None
    return Certificate(path, " ".join(filter(None, (cut, done.notice))) or None)


def readable(name: str) -> str:
    """Return a name on one line, without what turns the text around it, and not endlessly long; empty if unseen."""
    spaced = "".join(" " if character.isspace() else character for character in name)
    kept = (c for c in spaced if unicodedata.category(c)[0] != "C" or c in _JOINERS)
    line = " ".join("".join(kept).split())
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in line):
        return ""
    return line if len(line) <= _LONGEST_NAME else line[:_LONGEST_NAME].rstrip() + _CUT


def page(name: str, done: Overview, day: date) -> str:
    """Return the certificate as a page of HTML that fetches nothing.

    Parameters
    ----------
    name
        Whom it is for, as it is to be read.
    done
        What is done.
    day
        The date on it.
    """
    graded = [(chapter, [row for row in rows if row.exercise.points]) for chapter, rows in done.rows]
    lines = "".join(_line(f"{chapter.number:02} {chapter.title}", rows, "td") for chapter, rows in graded if rows)
    every = [row for _, rows in graded for row in rows]
    return _PAGE.substitute(
        mark=_MARK,
        title=escape(f"Certificate for {name}"),
        name=escape(name),
        long=" long" if len(name) > 30 else "",
        own=_own(every),
        exercises=len(every),
        earned=as_points(sum(row.earned for row in every)),
        points=sum(row.exercise.points for row in every),
        day=day.isoformat(),
        lines=lines,
        total=_line("All together", every, "th"),
    )


def _line(title: str, rows: Iterable[Row], kind: str) -> str:
    rows = list(rows)
    points = sum(row.exercise.points for row in rows)
    after = sum(row.standing.solved and not row.standing.solved_before_seeing for row in rows)
    cells = (
        f"{as_points(sum(row.earned for row in rows))} of {points}",
        f"{_own(rows)} of {len(rows)}",
        str(after),
    )
    return f'<tr><th scope="row">{escape(title)}</th>{"".join(f"<{kind}>{cell}</{kind}>" for cell in cells)}</tr>\n'


def _own(rows: Iterable[Row]) -> int:
    return sum(row.standing.solved_before_seeing for row in rows)


def _link(path: Path) -> str:
    """Return the way from the notebook's folder to the file, as a browser follows it."""
    try:
        way = Path(os.path.relpath(path))
    except (OSError, ValueError):  # the folder is gone, or on another drive
        way = Path(path.name)
    return escape(quote(way.as_posix()))


_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
$mark
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
@page { size: portrait; margin: 14mm 16mm; }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #e6e6e6; color: #000; font: 11pt/1.4 Georgia, "Times New Roman", serif; }
main { max-width: 178mm; margin: 8mm auto; padding: 9mm 11mm; background: #fff; border: 1.5pt solid #000;
       outline: .5pt solid #000; outline-offset: -2.2mm; text-align: center; }
h1 { margin: 0; font-size: 23pt; font-weight: normal; letter-spacing: .06em; }
.of { margin: 0 0 6mm; font-style: italic; }
.name { margin: 0 auto 3mm; padding: 1mm 3mm; max-height: 32mm; overflow: hidden; font-size: 20pt; line-height: 1.3;
        border-bottom: .5pt solid #000;
        overflow-wrap: anywhere; text-wrap: balance; }
.long { font-size: 13pt; }
table { width: 100%; margin: 5mm 0; border-collapse: collapse; font-size: 10pt; text-align: right; }
th, td { padding: .9mm 2mm; border-bottom: .5pt solid #767676; font-weight: normal;
         font-variant-numeric: tabular-nums lining-nums; }
td, tfoot th { white-space: nowrap; }
thead th:not(:first-child) { width: 20%; }
thead th { font-weight: bold; vertical-align: bottom; border-bottom: 1pt solid #000; }
tfoot th { font-weight: bold; border-top: 1pt solid #000; border-bottom: none; }
th[scope="row"], thead th:first-child { text-align: left; }
caption { text-align: left; padding-bottom: 1mm; }
.small { margin: 0 0 1.5mm; font-size: 9pt; line-height: 1.35; text-align: left; }
.print { max-width: 178mm; margin: 8mm auto 0; padding: 0 4mm; font: 11pt/1.5 system-ui, sans-serif; }
button { font: inherit; padding: .3em 1.2em; margin-right: .6em; }
@media (max-width: 150mm) {
  main { margin: 4mm 2mm; padding: 6mm 4mm; }
  h1 { font-size: 18pt; }
  .name { font-size: 14pt; }
  .long { font-size: 10pt; }
  table { margin: 3mm 0; font-size: 7.5pt; }
  th, td { padding: .5mm .8mm; }
  .small { font-size: 7.5pt; line-height: 1.25; }
}
@media print {
  body { background: none; }
  main { margin: 0; max-width: none; break-inside: avoid; }
  .print { display: none; }
}
</style>
</head>
<body>
<p class="print"><button type="button" id="print" hidden>Print</button>To print this page, or to save it as a PDF,
use the browser's print dialogue: Ctrl+P, on a Mac ⌘P.</p>
<main>
<h1>Certificate</h1>
<p class="of">Backpropagation by doing, a workbook</p>
<p class="name$long"><bdi>$name</bdi></p>
<p>has solved <strong>$own of $exercises</strong> exercises on their own
and earned <strong>$earned of $points</strong> points.</p>
<table>
<caption>Chapter by chapter, as of <time datetime="$day">$day</time></caption>
<thead><tr><th scope="col">Chapter</th><th scope="col">Points</th><th scope="col">Solved on their own</th>
<th scope="col">Solved after the solution</th></tr></thead>
<tbody>
$lines</tbody>
<tfoot>
$total</tfoot>
</table>
<p class="small"><strong>Solved on their own</strong> means that the workbook’s check accepted an answer before the
worked solution was shown; hints and any number of tries are allowed. An answer that is right in part earns a part of
the points. What was solved only after its solution was shown earns none. Exercises that count no points are left
out.</p>
<p class="small">This is the student’s own record of practice, made from a file on their own computer. Nobody
supervised it, and it does not replace an exam.</p>
</main>
<script>
// In a page that JupyterLab serves, scripts may not print; there the button stays hidden.
if (location.protocol === "file:" || origin !== "null") {
  const button = document.getElementById("print");
  button.hidden = false;
  button.addEventListener("click", () => print());
}
</script>
</body>
</html>
""")
