"""The guides, done step by step as they tell it, with the same answers."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from support import REAL, TOY, replace_in
from support_commands import snapshot

ROOT = Path(__file__).parents[2]
STARTS = ("CONTRIBUTING.md", "CONTRIBUTING.fr.md")
DAYS = {"docs/REFERENCE.md": "A day’s work", "docs/REFERENCE.fr.md": "Une journée de travail"}
_STEP = re.compile(r"^```(diff|console)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def steps_to_start(guide: str) -> list[tuple[str, str]]:
    return _STEP.findall((ROOT / guide).read_text("utf-8"))


def steps_of_a_day(guide: str) -> list[tuple[str, str]]:
    text = (ROOT / guide).read_text("utf-8")
    (day,) = re.findall(rf"^## {DAYS[guide]}\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    return _STEP.findall(day)


def edit(step: str) -> None:
    head, *lines = step.split("\n")
    before, after = (
        "\n".join(line[1:] for line in lines if line[0] in (" ", mark)) for mark in "-+"
    )
    replace_in(Path(head.removeprefix("--- ")), before, after)


def answer(step: str) -> str:
    """What a reader sees who types the commands of a step."""
    shown = []
    for command in re.findall(r"^\$ (.*)$", step, re.MULTILINE):
        program, *arguments = shlex.split(command)
        assert program == "reperes" or command == "make check"
        output = CliRunner().invoke(main, arguments).output
        shown.append(f"$ {command}\n{output}")
    return "".join(shown).rstrip("\n")


def take(steps: list[tuple[str, str]]) -> None:
    for kind, step in steps:
        if kind == "diff":
            edit(step)
        else:
            assert answer(step) == step


@pytest.mark.parametrize("guide", STARTS)
def test_the_first_steps_can_be_taken_on_the_content_that_ships(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(REAL, "content")
    take(steps_to_start(guide))
    # `git restore content` undoes the exercises: they have changed files, and made none.
    assert snapshot(Path("content")).keys() == snapshot(REAL).keys()
    laid_out = CliRunner().invoke(main, ["fmt", "--check"])
    assert (laid_out.exit_code, laid_out.output) == (0, "")


def test_make_check_is_the_check() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(
        r"^check: .*\n\t@\$\(REPERES\) check --format \$\(FORMAT\)\n", makefile, re.MULTILINE
    )


@pytest.mark.parametrize("guide", DAYS)
def test_a_day_goes_as_the_guide_tells_it(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TOY, "ferry")
    take(steps_of_a_day(guide))


def test_both_guides_take_the_same_steps() -> None:
    english, french = map(steps_of_a_day, DAYS)
    assert english == french
    assert len(english) > 10


def test_both_guides_start_with_the_same_steps() -> None:
    english, french = map(steps_to_start, STARTS)
    assert english == french
    assert len(english) > 10
