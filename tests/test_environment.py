"""The lists of packages agree: pyproject.toml, its pins in constraints.txt, and conda's environment.yml."""

import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("pyproject.toml", "constraints.txt", "environment.yml")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT: dict[str, Any] = tomllib.loads(text("pyproject.toml"))["project"]
CONDA: dict[str, Any] = yaml.safe_load(text("environment.yml"))


def by_name(lines: Iterable[str]) -> dict[str, Requirement]:
    return {canonicalize_name(line.name): line for line in map(Requirement, lines)}


RUNTIME = by_name(PROJECT["dependencies"])
DEVELOPMENT = by_name(PROJECT["optional-dependencies"]["dev"])
FROM_CONDA = by_name(line for line in CONDA["dependencies"] if isinstance(line, str))
PINS = [Requirement(line) for line in text("constraints.txt").splitlines() if line.strip()]


@pytest.mark.parametrize("name", [*RUNTIME, *DEVELOPMENT])
def test_every_requirement_is_pinned_to_versions_that_satisfy_it(name: str) -> None:
    requirement = {**RUNTIME, **DEVELOPMENT}[name]
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == name]
    assert pins, f"{name} has no pin: run make lock"
    for pin in pins:
        assert requirement.specifier.contains(version_of(pin), prereleases=True), f"{pin} is not {requirement}"
    if not requirement.marker:
        # With several pins, by Python version say, one must hold here; the others hold elsewhere.
        assert any(pin.marker is None or pin.marker.evaluate() for pin in pins)


def test_every_line_of_the_constraints_pins_one_version() -> None:
    for pin in PINS:
        assert pin.url is None
        assert re.fullmatch(r"==[^*,]+", str(pin.specifier)), f"{pin} is no pin"


def version_of(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    return specifier.version


def test_conda_installs_every_runtime_requirement_as_it_is_in_pyproject() -> None:
    for name, requirement in RUNTIME.items():
        assert name in FROM_CONDA, f"environment.yml lacks {requirement}"
        assert FROM_CONDA[name].specifier == requirement.specifier


def test_conda_installs_nothing_that_pyproject_does_not_know() -> None:
    others = {name: line for name, line in FROM_CONDA.items() if name not in RUNTIME}
    assert others.pop("python").specifier == SpecifierSet(PROJECT["requires-python"])
    assert others.pop("pip").specifier == SpecifierSet()
    assert {"nbval", "jupytext"} <= others.keys()
    for name, line in others.items():
        assert name in DEVELOPMENT, f"pyproject.toml lacks {line}"
        assert line.specifier == DEVELOPMENT[name].specifier


def test_conda_installs_bpkit_itself_from_this_folder_and_nothing_else_with_pip() -> None:
    assert CONDA["name"] == PROJECT["name"] == "bpkit"
    assert [line for line in CONDA["dependencies"] if not isinstance(line, str)] == [{"pip": ["-e ."]}]


def test_the_python_that_is_required_is_the_python_that_is_checked_for() -> None:
    (lowest,) = SpecifierSet(PROJECT["requires-python"])
    assert lowest.operator == ">="
    assert f"sys.version_info < ({', '.join(lowest.version.split('.'))})" in text("Makefile")


ADDRESS = re.compile(
    r"""
    --(?:extra-)?index-url\b | --find-links\b | --trusted-host\b   # options of pip and uv
    | \b(?:PIP|UV)_(?:\w*INDEX\w*|FIND_LINKS)\b                    # and their variables
    | \b(?:extra-)?index-url\s*= | \[\[(?:tool\.uv\.)?index\]\]    # and their settings
    | https?://\S*/simple\b                                        # the registry itself
    | \b(?:files\.pythonhosted|pypi|conda\.anaconda|registry\.npmjs)\.org\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def project_files() -> list[Path]:
    """Return the files that git has, or would take."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_the_address_of_a_registry() -> None:
    found = []
    for path in project_files():
        content = path.read_bytes()
        if path == Path(__file__).resolve() or b"\0" in content:  # this list itself, and pictures
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in ADDRESS.finditer(content.decode("utf-8"))]
    assert found == []


@pytest.mark.parametrize("name", [*LISTS, "Makefile"])
def test_what_builds_the_environment_names_no_address_at_all(name: str) -> None:
    assert "://" not in text(name)


@pytest.mark.parametrize(
    "line",
    [
        "pip install --index-url https://example.org/simple numpy",
        "--extra-index-url=https://example.org/",
        "export UV_INDEX_URL=x",
        "PIP_EXTRA_INDEX_URL: x",
        "UV_DEFAULT_INDEX=x",
        "[[tool.uv.index]]",
        "index-url = 'x'",
        "numpy @ https://files.pythonhosted.org/packages/numpy.whl",
        "https://mirror.example.edu/pypi/simple/",
    ],
)
def test_an_address_would_be_found(line: str) -> None:
    assert ADDRESS.search(line)


def test_leaving_addresses_out_of_the_pins_is_not_taken_for_one() -> None:
    assert not ADDRESS.search("uv pip compile --no-emit-index-url --no-emit-find-links")
