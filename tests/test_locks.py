from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reperes.text import locks
from reperes.text.locks import Lock

ROOT = Path(locks.__file__).parent.parent

HOLDING = """
import sys, time
from pathlib import Path
from reperes.text.locks import Lock
assert Lock(Path(sys.argv[1])).take()
print("taken", flush=True)
time.sleep(600)
"""

COUNTING = """
import sys
from pathlib import Path
from reperes.text.locks import Lock
counter = Path(sys.argv[2])
for _ in range(100):
    lock = Lock(Path(sys.argv[1]))
    while not lock.take():
        pass
    counter.write_text(str(int(counter.read_text()) + 1))
    lock.free()
    try:
        Path(sys.argv[1]).parent.rmdir()
    except OSError:
        pass
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work" / "lock"


def test_a_lock_is_held_by_one(path: Path) -> None:
    one, other = Lock(path), Lock(path)
    assert one.take()
    assert not other.take()
    one.free()
    assert other.take()
    assert not one.take()


def test_a_lock_that_is_free_leaves_no_file(path: Path) -> None:
    lock = Lock(path)
    lock.take()
    lock.free()
    lock.free()
    assert list(path.parent.iterdir()) == []


def test_a_lock_says_who_holds_it(path: Path) -> None:
    assert Lock(path).take()
    assert re.fullmatch(r"process \d+, since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d", Lock(path).holder)


@pytest.mark.parametrize("text", [None, ""])
def test_whoever_is_about_to_say_so_is_another_process(path: Path, text: str | None) -> None:
    if text is not None:
        path.parent.mkdir()
        path.write_text(text)
    assert Lock(path).holder == "another process"


def test_a_process_that_is_killed_holds_nothing(path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "taken\n"
        assert not Lock(path).take()
        assert Lock(path).holder.startswith(f"process {holder.pid}, since ")
        holder.kill()
    lock = Lock(path)
    assert lock.take()
    lock.free()
    assert list(path.parent.iterdir()) == []


def test_a_file_that_was_left_by_a_killed_process_is_no_lock(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("process 1, since 2026-07-04 12:30:05")
    assert Lock(path).take()
    assert "process 1," not in Lock(path).holder


def test_many_who_take_free_and_tidy_never_hold_it_together(path: Path, tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0")
    command = [sys.executable, "-c", COUNTING, str(path), str(counter)]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert counter.read_text() == "300"
    assert not path.parent.exists()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a file")
    with pytest.raises(OSError, match="work"):
        Lock(tmp_path / "work" / "lock").take()
