from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reperes.text import files
from reperes.text.files import (
    copy_folder,
    exchange,
    refusal,
    remove_abandoned,
    write_all,
    write_bytes,
    write_text,
)
from support_commands import snapshot


def a_process_that_has_ended() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_text_that_is_there_already_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_text(path, "é\n")
    before = path.stat()
    assert not write_text(path, "é\n")
    assert path.stat() == before
    assert write_text(path, "è\n")
    assert path.read_bytes() == "è\n".encode()


def test_who_reads_a_file_has_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("before")
    with path.open() as reader:
        write_text(path, "after")
        assert reader.read() == "before"


@pytest.mark.usefixtures("small_disk")
def test_a_file_that_does_not_fit_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(OSError) as caught:  # noqa: PT011
        write_bytes(tmp_path / "a", b"x" * 151)
    assert refusal(caught.value) == f"{tmp_path}/a: File too large"
    assert snapshot(tmp_path) == {"a": b"before"}


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(28, "No space left on device", "a"), "a: No space left on device"),
        (OSError(28, "No space left on device", "a", None, "b"), "b: No space left on device"),
        (FileNotFoundError(2, "No such file or directory", "a"), None),
    ],
)
def test_what_a_machine_may_refuse(error: OSError, message: str | None) -> None:
    assert refusal(error) == message


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    write_bytes(Path(f"/dev/fd/{writing}"), b"text")
    os.close(writing)
    assert os.read(reading, 100) == b"text"
    os.close(reading)


# Several at once


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_all({tmp_path / "a": b"1", tmp_path / "new/er/b": b"2"})
    assert snapshot(tmp_path) == {"a": b"1", "new/er/b": b"2"}


def test_a_file_keeps_its_mode_and_a_link_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "script").write_bytes(b"before")
    (tmp_path / "script").chmod(0o754)
    (tmp_path / "link").symlink_to("script")
    write_all({tmp_path / "link": b"after"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "script").read_bytes() == b"after"
    assert stat.S_IMODE((tmp_path / "script").stat().st_mode) == 0o754


def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only the system's administrator may give a file to somebody else")
    (tmp_path / "a").write_bytes(b"before")
    os.chown(tmp_path / "a", 12345, 54321)
    write_all({tmp_path / "a": b"after"})
    state = (tmp_path / "a").stat()
    assert (state.st_uid, state.st_gid) == (12345, 54321)


def trouble(folder: Path, kind: str) -> dict[Path, bytes]:
    """One more file, which cannot be written."""
    if kind == "a folder in its place":
        (folder / "taken").mkdir()
        return {folder / "taken": b""}
    if kind == "a file in place of its folder":
        return {folder / "a" / "b": b""}
    return {folder / ("x" * 256): b""}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("a folder in its place", "taken: Is a directory"),
        ("a file in place of its folder", "a/b: Not a directory"),
        ("a name that is too long", f"{'x' * 256}: File name too long"),
    ],
)
def test_where_one_file_cannot_be_written_none_is(tmp_path: Path, kind: str, reason: str) -> None:
    (tmp_path / "a").write_bytes(b"before")
    more = trouble(tmp_path, kind)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError) as caught:  # noqa: PT011
        write_all({tmp_path / "a": b"after", tmp_path / "new/er/b": b"", **more})
    assert refusal(caught.value) == f"{tmp_path}/{reason}"
    assert (tmp_path / "a").read_bytes() == b"before"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("small_disk")
def test_where_one_file_does_not_fit_none_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(OSError, match="File too large"):
        write_all({tmp_path / "a": b"after", tmp_path / "b": b"x" * 151})
    assert snapshot(tmp_path) == {"a": b"before"}


def test_files_that_are_moved_come_back_where_one_cannot_be(tmp_path: Path) -> None:
    for name in ("a", "b", "there"):
        (tmp_path / name).write_bytes(name.encode())
    before = snapshot(tmp_path)
    moves = {tmp_path / "a": tmp_path / "c", tmp_path / "b": tmp_path / "there"}
    with pytest.raises(FileExistsError, match="there"):
        write_all({tmp_path / "a": b"changed", tmp_path / "new": b""}, moves)
    assert snapshot(tmp_path) == before


def test_a_file_may_be_changed_and_moved(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    write_all({tmp_path / "a": b"after"}, {tmp_path / "a": tmp_path / "b"})
    assert snapshot(tmp_path) == {"b": b"after"}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_was_in_its_place_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(FileNotFoundError):
        write_all({tmp_path / "a": b"after"}, {tmp_path / "missing": tmp_path / "b"})
    assert snapshot(tmp_path) == {"a": b"before"}


def test_what_a_killed_process_has_left_goes_with_the_next_write(tmp_path: Path) -> None:
    (tmp_path / f".reperes-{a_process_that_has_ended()}-3").write_bytes(b"half")
    (tmp_path / f".reperes-{os.getppid()}-3").write_bytes(b"somebody writes this")
    write_all({tmp_path / "a": b"1"})
    assert sorted(snapshot(tmp_path)) == [f".reperes-{os.getppid()}-3", "a"]


def test_files_of_somebody_else_stay(tmp_path: Path) -> None:
    for name in (".reperes-me-1", ".reperes", "reperes-1-1"):
        (tmp_path / name).write_bytes(b"")
    remove_abandoned(tmp_path)
    assert len(snapshot(tmp_path)) == 3


# Folders


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("one", "other"):
        write_text(tmp_path / name / "index.html", name)
    return tmp_path / "one", tmp_path / "other"


def test_two_folders_take_each_others_place(folders: tuple[Path, Path]) -> None:
    one, other = folders
    if not exchange(one, other):
        pytest.skip("this system, or its filesystem, cannot exchange two folders")
    assert (one / "index.html").read_text() == "other"
    assert (other / "index.html").read_text() == "one"


def test_what_is_not_there_cannot_be_exchanged(folders: tuple[Path, Path]) -> None:
    if files._exchange_call() is None:
        pytest.skip("this system cannot exchange two folders")
    with pytest.raises(FileNotFoundError) as caught:
        exchange(folders[0], folders[1] / "missing")
    assert caught.value.filename2 == str(folders[1] / "missing")


def test_a_folder_is_copied_but_for_what_is_not_wanted(tmp_path: Path) -> None:
    write_all({tmp_path / "from/a.js": b"1", tmp_path / "from/a.js.map": b"2"})
    write_all({tmp_path / "from/b/c.js": b"3", tmp_path / "to/old": b"4"})
    copy_folder(tmp_path / "from", tmp_path / "to", without=".map")
    assert snapshot(tmp_path / "to") == {"a.js": b"1", "b/c.js": b"3", "old": b"4"}
