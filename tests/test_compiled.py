"""What is worked out once of the program's own files, and when it is worked out again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reperes.text.compiled import FOLDER, compiled


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "module.py"
    path.write_text("1", "utf-8")
    return path


class Made:
    """Counts how often it is made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> list[int]:
        self.times += 1
        return [self.times]


def kept_in(module: Path) -> Path:
    return module.parent / FOLDER / "module.json"


def test_it_is_made_once(module: Path) -> None:
    make = Made()
    assert compiled(module, "a", make) == [1]
    assert compiled(module, "a", make) == [1]
    assert make.times == 1


def test_another_source_or_module_has_it_made_anew(module: Path) -> None:
    make = Made()
    compiled(module, "a", make)
    assert compiled(module, "b", make) == [2]
    module.write_text("2", "utf-8")
    assert compiled(module, "b", make) == [3]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"digest": "x", "value": [9]}', "\udcff"])
def test_what_is_damaged_is_made_anew(module: Path, text: str) -> None:
    make = Made()
    compiled(module, "a", make)
    kept_in(module).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert compiled(module, "a", make) == [2]
    assert compiled(module, "a", make) == [2]


def test_nothing_is_kept_where_python_keeps_nothing(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make = Made()
    compiled(module, "a", make)
    assert compiled(module, "a", make) == [2]
    assert not kept_in(module).parent.exists()


def test_nothing_is_kept_where_nothing_can_be_written(module: Path) -> None:
    kept_in(module).parent.write_text("a file is in the way", "utf-8")
    make = Made()
    assert compiled(module, "a", make) == [1]
    assert compiled(module, "a", make) == [2]
