"""The inputs that fuzzing starts from, or once found, raise nothing but problems for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.targets import CORPUS, TARGETS, attempt

KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())


def test_every_target_has_inputs_to_start_from() -> None:
    assert {path.parent.name for path in KEPT} == TARGETS.keys()
    assert sum(path.stat().st_size for path in KEPT) < 100_000


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_kept_input_raises_nothing_but_problems(path: Path) -> None:
    attempt(path.parent.name, path.read_bytes())
