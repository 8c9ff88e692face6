"""A day of work in the guides, done step by step as they tell it, with the same answers."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from reperes.cli.main import main
from support import TOY, replace_in

ROOT = Path(__file__).parent.parent
DAYS = {"CONTRIBUTING.md": "A day’s work", "CONTRIBUTING.fr.md": "Une journée de travail"}
_STEP = re.compile(r"^```(diff|console)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def steps(guide: str) -> list[tuple[str, str]]:
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
    for command in re.findall(r"^\$ reperes (.*)$", step, re.MULTILINE):
        output = CliRunner().invoke(main, shlex.split(command)).output
        shown.append(f"$ reperes {command}\n{output}")
    return "".join(shown).rstrip("\n")


@pytest.mark.parametrize("guide", DAYS)
def test_a_day_goes_as_the_guide_tells_it(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TOY, "ferry")
    for kind, step in steps(guide):
        if kind == "diff":
            edit(step)
        else:
            assert answer(step) == step


def test_both_guides_take_the_same_steps() -> None:
    english, french = map(steps, DAYS)
    assert english == french
    assert len(english) > 10
