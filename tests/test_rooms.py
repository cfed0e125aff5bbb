"""The house: no floor reaches up, and no student text is ever executed."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "bpkit"

# Each room, and the rooms that it may use besides itself. `cli` and bpkit's own front door are the roof.
MAY_USE = {
    "nn": set(),
    "checking": set(),
    "data": {"nn"},
    "figures": {"nn"},
    "widgets": {"nn", "figures", "data"},
    "course": {"checking", "nn", "data"},
    "student": {"course", "checking", "figures", "widgets"},
    "instructor": {"course", "student"},
    "cli": {"course", "student", "instructor"},
    "__init__": {"course", "student", "figures", "widgets", "nn", "data"},
}


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def used(path):
    """Yield the rooms that a module imports from, wherever in it the import stands."""
    package = ("bpkit", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            prefix = ".".join(filter(None, (base, node.module)))
            names = [prefix, *(f"{prefix}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "bpkit" and len(parts) > 1 and (parts[1] in MAY_USE):
                yield parts[1]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_module_reaches_into_a_room_above_it(path):
    assert set(used(path)) - {room(path)} <= MAY_USE[room(path)]
