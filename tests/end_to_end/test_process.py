"""The program as a process: what its caller gets back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reperes.translation.stamping import stamp
from support_commands import (
    stale,
    write_content,
)
from support_sites import ROOT


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound and stamped content folder, "content" from the working directory."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    stamp(Path("content"), ["en", "fr"])
    return Path("content")


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "build_tools", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check",), 0),
        (("check", "--strict"), 1),
        (("check", "--nonsense"), 2),
        (("explain", "x"), 1),
    ],
)
def test_exit_codes_and_plain_output(content: Path, arguments: tuple[str, ...], code: int) -> None:
    stale(content)
    result = process(*arguments, cwd=Path.cwd())
    assert result.returncode == code
    assert not re.search(r"[\x1b\r]", result.stdout + result.stderr)
    assert "Traceback" not in result.stderr
