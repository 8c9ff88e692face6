"""Watching a folder of content: what counts as a change, and how many rebuilds follow."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.events import (
    FileClosedNoWriteEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
)

from reperes.serve import preview
from reperes.serve.live_site import Superseded
from reperes.serve.preview import Watcher, temporary_folder


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that another thread does."""
    pause = threading.Event()
    while not condition():
        pause.wait(0.01)


class Rebuilds:
    """Stands in for a build: counts its calls, and can be told to last."""

    def __init__(self) -> None:
        self.count = 0
        self.running = 0
        self.most_running = 0
        self.may_end = threading.Event()
        self.may_end.set()
        self.superseded: Superseded = lambda _: False

    def __call__(self, superseded: Superseded) -> None:
        self.superseded = superseded
        self.count += 1
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        self.may_end.wait()
        self.running -= 1


@pytest.fixture
def rebuilds() -> Rebuilds:
    return Rebuilds()


@pytest.fixture
def watched(tmp_path: Path, rebuilds: Rebuilds, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(preview, "QUIET_SECONDS", 0.5)
    folder = tmp_path / "content"
    (folder / "facts").mkdir(parents=True)
    watcher = Watcher([folder], rebuilds)
    watcher.start()
    yield folder
    rebuilds.may_end.set()
    watcher.stop()


def test_a_burst_of_saves_is_one_rebuild(watched: Path, rebuilds: Rebuilds) -> None:
    for number in range(30):
        (watched / "facts" / f"{number}.yml").write_text("x")
    until(lambda: rebuilds.count > 0)
    (watched / "site.yml").write_text("later")
    until(lambda: rebuilds.count > 1)
    assert rebuilds.count == 2


@pytest.mark.parametrize("kind", ["created", "modified", "moved", "deleted"])
def test_every_kind_of_change_counts(watched: Path, rebuilds: Rebuilds, kind: str) -> None:
    path = watched / "site.yml"
    if kind != "created":
        path.write_text("x")
        until(lambda: rebuilds.count == 1)
    before = rebuilds.count
    {
        "created": lambda: path.touch(),
        "modified": lambda: path.write_text("y"),
        "moved": lambda: path.rename(watched / "other.yml"),
        "deleted": path.unlink,
    }[kind]()
    until(lambda: rebuilds.count == before + 1)


@pytest.mark.parametrize(
    ("event", "counts"),
    [
        (FileOpenedEvent("/content/site.yml"), False),
        (FileClosedNoWriteEvent("/content/site.yml"), False),
        (FileModifiedEvent("/content/site.yml"), True),
        (FileModifiedEvent(b"/content/site.yml"), True),
        (FileModifiedEvent("/content/.site.yml.swp"), False),
        (FileMovedEvent("/content/.site.yml.new", "/content/site.yml"), True),
        (FileModifiedEvent("/content/__pycache__/a.pyc"), False),
        (FileModifiedEvent("/elsewhere/site.yml"), False),
    ],
)
def test_what_counts_as_a_change(
    rebuilds: Rebuilds, event: FileSystemEvent, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher([Path("/content")], rebuilds)
    watcher.on_any_event(event)
    assert watcher._changed.is_set() is counts


def test_a_folder_may_be_replaced_while_it_is_watched(watched: Path, rebuilds: Rebuilds) -> None:
    for number in (1, 2):
        new = watched.with_name(f"new {number}")
        (new / "facts").mkdir(parents=True)
        watched.rename(watched.with_name(f"old {number}"))
        new.rename(watched)
        for name in ("figures.yml", "events.yml", "claims.yml"):
            before = rebuilds.count
            (watched / "facts" / name).write_text("x")
            until(lambda before=before: rebuilds.count > before)  # type: ignore[misc]


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def move_away(folder: Path) -> None:
    folder.rename(folder.with_name("away"))


def move_parent_away(folder: Path) -> None:
    folder.parent.rename(folder.parent.with_name("away"))


@pytest.mark.parametrize("go", [remove, move_away, move_parent_away])
def test_a_folder_may_go_away_and_come_back(
    watched: Path, rebuilds: Rebuilds, monkeypatch: pytest.MonkeyPatch, go: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(preview, "LOOK_SECONDS", 0.05)
    go(watched)
    until(lambda: rebuilds.count > 0)
    (watched / "facts").mkdir(parents=True)
    # The first may be seen with the folder itself; not the last.
    for name in ("figures.yml", "events.yml", "claims.yml"):
        before = rebuilds.count
        (watched / "facts" / name).write_text("x")
        until(lambda before=before: rebuilds.count > before)  # type: ignore[misc]


def test_a_folder_that_is_not_there_yet_is_watched_for(
    tmp_path: Path, rebuilds: Rebuilds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LOOK_SECONDS", 0.05)
    watcher = Watcher([tmp_path / "content"], rebuilds)
    watcher.start()
    (tmp_path / "content").mkdir()
    until(lambda: rebuilds.count > 0)
    watcher.stop()


def test_who_is_asked_rebuilds_without_a_change(watched: Path, rebuilds: Rebuilds) -> None:
    watcher = Watcher([watched], rebuilds)
    watcher.start()
    watcher.ask()
    until(lambda: rebuilds.count == 1)
    watcher.stop()


def test_a_rebuild_ends_when_the_watcher_does(tmp_path: Path) -> None:
    begun = threading.Event()

    def rebuild(superseded: Superseded) -> None:
        begun.set()
        while True:
            superseded(0.01)

    watcher = Watcher([tmp_path], rebuild)
    watcher.start()
    watcher.ask()
    assert begun.wait()
    watcher.stop()


def test_the_copies_of_previews_that_were_killed_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    for name in (f"{ended.pid}-a", f"{os.getppid()}-b", "notes"):
        (tmp_path / f"reperes-serve-{name}" / "site").mkdir(parents=True)
    with temporary_folder() as folder:
        assert folder.parent == tmp_path
        names = {path.name for path in tmp_path.iterdir()}
        assert names == {folder.name, f"reperes-serve-{os.getppid()}-b", "reperes-serve-notes"}
    assert not folder.exists()


def test_a_change_during_a_rebuild_has_a_rebuild_of_its_own(
    watched: Path, rebuilds: Rebuilds
) -> None:
    rebuilds.may_end.clear()
    (watched / "site.yml").write_text("x")
    until(lambda: rebuilds.running == 1)
    assert not rebuilds.superseded(0)
    (watched / "site.yml").write_text("y")
    assert rebuilds.superseded(600)
    rebuilds.may_end.set()
    until(lambda: rebuilds.count == 2)
    assert rebuilds.most_running == 1


def test_a_watcher_that_saw_nothing_stops(tmp_path: Path, rebuilds: Rebuilds) -> None:
    watcher = Watcher([tmp_path], rebuilds)
    watcher.start()
    watcher.stop()
    assert rebuilds.count == 0
