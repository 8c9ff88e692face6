"""`reperes serve` as a person runs it: in a process of its own, until Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from support_commands import change, write_content
from support_sites import ROOT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path)


@pytest.fixture
def serving(content: Path) -> Iterator[subprocess.Popen[str]]:
    """`reperes serve`, as a process that waits for its first words to be read."""
    command = [sys.executable, "-m", "build_tools", "serve", "--port", "0"]
    command += ["--content", str(content)]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, cwd=ROOT, text=True, env=env
    ) as running:
        yield running
        running.kill()


def read(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


def test_serving_shows_rebuilds_and_stops(content: Path, serving: subprocess.Popen[str]) -> None:
    assert serving.stdout is not None
    lines = iter(serving.stdout.readline, "")
    told = next(line for line in lines if line.startswith("http"))
    match = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/bridge/  \(stop with Ctrl-C\)\n", told)
    assert match
    page = f"{match[1]}/bridge/fr/closing/"
    changes = f"{match[1]}/.reperes/changes?page=/bridge/fr/closing/&loaded=0&seen="
    assert "ont manifesté" in read(page)

    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')
    assert any("figures.yml:6:11: error: figure protesters: low: " in line for line in lines)
    assert "ont manifesté" in read(page)
    told = json.loads(read(f"{changes}0"))
    assert ("low: " in told["problems"][0]["message"], told["reload"]) == (True, False)

    change(content, "sections/fr/closing.md", "ont manifesté", "ont défilé")
    change(content, "facts/figures.yml", 'low: "400"', 'low: "200"')
    while not told["reload"]:
        told = json.loads(read(f"{changes}{told['count']}"))
    assert "ont défilé" in read(page)

    serving.send_signal(signal.SIGINT)
    assert serving.wait() == 0
