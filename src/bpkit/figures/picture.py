"""A picture that says in words what it shows."""

from dataclasses import dataclass

from bpkit.figures.svg import tag


@dataclass(frozen=True, repr=False)
class Picture:
    """A drawing for a notebook's page, and the same in words.

    Parameters
    ----------
    svg : str
        One self-contained ``<svg>`` element: no script, no id, nothing fetched.
    alt : str
        What the picture shows, for those who do not see it; also its plain-text form.
    """

    svg: str
    alt: str

    def __repr__(self) -> str:
        """Say what is shown: a terminal has no pictures."""
        return self.alt

    def _repr_html_(self) -> str:
        return f'<figure style="margin: 0.5em 0">{self.svg}</figure>'


def picture(width: float, height: float, body: str, alt: str) -> Picture:
    """Put the drawing `body` on a sheet of `width` × `height`, which shrinks with a narrow page.

    Parameters
    ----------
    width, height : float
        The size in pixels where there is room.
    body : str
        Markup made with the functions of `bpkit.figures.svg`.
    alt : str
        What the picture shows, in words.
    """
    svg = tag(
        "svg",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        width=f"{width:.0f}",
        height=f"{height:.0f}",
        role="img",
        aria_label=" ".join(alt.split()),
        style="max-width: 100%; height: auto",
        font_family="system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
        fill="currentColor",
    )
    return Picture(svg, alt)
