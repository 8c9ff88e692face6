"""The files around the program keep their own promises: pinned, and tied to no host."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCKED = sorted((ROOT / "requirements").glob("*.txt"))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands(workflow: Path) -> list[str]:
    jobs = yaml.safe_load(workflow.read_text())["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_commit_and_say_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text())
    assert used
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_commands_that_make_has(path: Path) -> None:
    made = [word for run in commands(path) for word in re.findall(r"^make (\w+)", run)]
    assert made
    assert set(made) <= make_targets()


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash_and_none_by_host(path: Path) -> None:
    text = path.read_text()
    pins = re.findall(r"^[^#\s].*$", text, re.MULTILINE)
    assert pins
    assert all(re.fullmatch(r"\S+==\S+( ; .*)? \\", pin) for pin in pins)
    assert len(re.findall(r"^\S.*\n +--hash=sha256:", text, re.MULTILINE)) == len(pins)
    assert not re.search(r"https?:|index-url|find-links|file:", text)


@pytest.mark.parametrize(
    "folder", [ROOT, ROOT / "tests" / "lighthouse"], ids=["tests", "lighthouse"]
)
def test_every_node_package_is_pinned_by_hash_and_none_by_host(folder: Path) -> None:
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]
    assert installed
    assert all("integrity" in package for package in installed)
    assert not any("resolved" in package for package in installed)


def test_the_readme_shows_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "make site" in readme
    assert "make test" in readme


def test_the_pictures_stay_light() -> None:
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    shown = re.findall(r"\(docs/pictures/(.*?)\)", (ROOT / "README.md").read_text())
    assert sorted(shown) == sorted(path.name for path in pictures)
    assert sum(path.stat().st_size for path in pictures) < 300_000
