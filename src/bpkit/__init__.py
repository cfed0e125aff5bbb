"""bpkit, the workbook that teaches backpropagation by doing.

A notebook's cell calls ``bpkit.check("1.4", answer)``; `hint`, `solution`, `practice` and `progress` are the other
four calls that a student needs. Everything is imported when it is first used, so that ``import bpkit`` is light.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import data, figures, nn, widgets
    from .course import exercises
    from .student.asking import ask
    from .student.certificate import certificate
    from .student.doctor import report as doctor
    from .student.session import check, hint, notation, practice, progress, solution

__version__ = "0.1.0"

# Where each name comes from: a module's attribute, or a module itself.
_HOME = {
    "ask": "bpkit.student.asking",
    "check": "bpkit.student.session",
    "hint": "bpkit.student.session",
    "notation": "bpkit.student.session",
    "solution": "bpkit.student.session",
    "practice": "bpkit.student.session",
    "progress": "bpkit.student.session",
    "certificate": "bpkit.student.certificate",
    "exercises": "bpkit.course",
    "doctor": "bpkit.student.doctor:report",
    "data": "bpkit.data:",
    "figures": "bpkit.figures:",
    "nn": "bpkit.nn:",
    "widgets": "bpkit.widgets:",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, colon, attribute = _HOME[name].partition(":")
    home = import_module(module)
    # Kept, and put over the submodule of the same name that importing may have left here.
    globals()[name] = value = home if colon and not attribute else getattr(home, attribute or name)
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])


__all__ = [
    "ask",
    "certificate",
    "check",
    "data",
    "doctor",
    "exercises",
    "figures",
    "hint",
    "nn",
    "notation",
    "practice",
    "progress",
    "solution",
    "widgets",
]
