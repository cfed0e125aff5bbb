"""What is done and what is not, chapter by chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from bpkit.course import Chapter, Exercise, chapters
from bpkit.figures import progress_bars
from bpkit.figures.progress_picture import as_points

from .store import Standing


@dataclass(frozen=True)
class Row:
    """One exercise and where the student stands with it."""

    exercise: Exercise
    standing: Standing

    @property
    def earned(self) -> float:
        """Points earned on one's own: none for what was solved only after its solution was shown."""
        if self.standing.solved_before_seeing:
            return float(self.exercise.points)
        return 0.0 if self.standing.solution_seen else self.standing.best * self.exercise.points

    @property
    def state(self) -> str:
        """A word or two for the list."""
        standing = self.standing
        if standing.solved_before_seeing:
            return "solved"
        if standing.solved:
            return "solved after the solution"
        if standing.solution_seen:
            return "solution seen"
        if standing.last_status == "undecided" and not self.exercise.points:
            return "written"
        return "tried" if standing.attempts else "not attempted"


@dataclass(frozen=True)
class Overview:
    """What is done: a picture and a list in JupyterLab, a list elsewhere.

    Parameters
    ----------
    rows
        Each chapter with its exercises' rows.
    notice
        Something about the progress file that must be said, or None.
    """

    rows: tuple[tuple[Chapter, tuple[Row, ...]], ...]
    notice: str | None = None

    @property
    def earned(self) -> float:
        """All points earned."""
        return sum(row.earned for _, rows in self.rows for row in rows)

    @property
    def points(self) -> int:
        """All points there are."""
        return sum(row.exercise.points for _, rows in self.rows for row in rows)

    def __repr__(self) -> str:
        lines = [self.notice] if self.notice else []
        for chapter, rows in self.rows:
            earned, points = sum(row.earned for row in rows), sum(row.exercise.points for row in rows)
            lines.append(f"{_title(chapter)}: {as_points(earned)} of {points} points")
            lines += [f"  {row.exercise.id} {row.exercise.title}: {row.state}" for row in rows if row.standing.attempts]
        lines.append(f"All together: {as_points(self.earned)} of {self.points} points.")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        bars = [
            (
                _title(chapter),
                sum(row.earned for row in rows),
                float(sum(row.exercise.points for row in rows)),
            )
            for chapter, rows in self.rows
        ]
        items = "".join(
            f"<li>{escape(row.exercise.id)} {escape(row.exercise.title)}: {row.state}</li>"
            for _, rows in self.rows
            for row in rows
        )
        notice = f"<p><em>{escape(self.notice)}</em></p>" if self.notice else ""
        listed = f"<details><summary>Exercise by exercise</summary><ul>{items}</ul></details>"
        return f"<div>{notice}{progress_bars(bars)._repr_html_()}{listed}</div>"


def _title(chapter: Chapter) -> str:
    return f"{chapter.number:02} {chapter.title}"


def overview(
    standings: Mapping[str, Standing], chapter: int | str | None = None, notice: str | None = None
) -> Overview:
    """Set the exercises of the course, or of one chapter, beside where the student stands."""
    wanted = [c for c in chapters() if chapter is None or str(chapter).lstrip("0") == str(c.number).lstrip("0")]
    return Overview(
        tuple((c, tuple(Row(e, standings.get(e.id, Standing())) for e in c.exercises)) for c in wanted or chapters()),
        notice,
    )
