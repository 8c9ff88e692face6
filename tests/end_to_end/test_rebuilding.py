"""What a preview does after a save, and what it tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reperes.cli.options import report, tell
from reperes.serve.live_site import LiveSite
from reperes.serve.preview import Changes
from reperes.serve.session import Rebuilding
from reperes.site.engine import LiveEngine
from reperes.translation.stamping import stamp
from support_commands import (
    BROKEN,
    Steps,
    broken,
    change,
    replace_site_wide,
    snapshot,
    stale,
    write_content,
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound and stamped content folder, "content" from the working directory."""
    write_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    stamp(Path("content"), ["en", "fr"])
    return Path("content")


@pytest.fixture
def changes() -> Changes:
    return Changes({})


@pytest.fixture
def live(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveSite:
    replace_site_wide(monkeypatch)
    live = LiveSite(content, Path("site"), tmp_path / "live", Steps())
    live.build()
    return live


@pytest.fixture
def rebuild(live: LiveSite, changes: Changes, content: Path) -> Callable[[], None]:
    rebuilding = Rebuilding(live, changes, content, report, tell)
    return lambda: rebuilding(lambda _: False)


def test_a_rebuild_is_announced(
    content: Path,
    rebuild: Callable[[], None],
    changes: Changes,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stale(content)
    rebuild()
    assert changes.told("fr/closing/index.html", loaded=0)["reload"]
    assert not changes.told("fr/crossing/index.html", loaded=0)["reload"]
    printed = capsys.readouterr()
    assert printed.out.startswith("content/sections/en/closing.md:")
    assert "1 warning\n" in printed.err
    assert re.search(r"\n  shown anew: 2 +\d+\.\d\d s\n", printed.err)


def test_what_was_said_is_not_said_again(
    content: Path, rebuild: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stale(content)
    rebuild()
    rebuild()
    assert capsys.readouterr().out.count("warning") == 1


def test_an_error_in_a_rebuild_keeps_the_last_site(
    content: Path,
    live: LiveSite,
    rebuild: Callable[[], None],
    changes: Changes,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = snapshot(live.site)
    broken(content)
    rebuild()
    printed = capsys.readouterr()
    assert BROKEN in printed.out
    assert printed.err.endswith("1 error; the last good site stays\n")
    assert snapshot(live.site) == before
    told = changes.told("fr/closing/index.html", loaded=0)
    assert not told["reload"]
    assert [problem["severity"] for problem in told["problems"]] == ["error"]


def test_a_mended_error_is_no_longer_told(
    content: Path,
    rebuild: Callable[[], None],
    changes: Changes,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken(content)
    rebuild()
    change(content, "facts/figures.yml", 'low: "400"', 'low: "200"')
    rebuild()
    assert changes.told("fr/closing/index.html", loaded=0)["problems"] == []
    assert capsys.readouterr().err.endswith("no problems\n")


def test_a_bug_in_a_rebuild_is_shown_and_the_next_one_goes_on(
    content: Path,
    rebuild: Callable[[], None],
    changes: Changes,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError

    stale(content)
    with monkeypatch.context() as patched:
        patched.setattr(LiveEngine, "render", bug)
        rebuild()
    printed = capsys.readouterr().err
    assert "Traceback (most recent call last):" in printed
    assert printed.endswith("ZeroDivisionError\nthis rebuild failed; the last good site stays\n")
    (told,) = changes.told("fr/closing/index.html", loaded=0)["problems"]
    assert told["message"] == ("the rebuild failed (ZeroDivisionError()); the terminal says where")
    rebuild()
    told_then = changes.told("fr/closing/index.html", loaded=0)
    assert told_then["reload"]
    assert [problem["severity"] for problem in told_then["problems"]] == ["warning"]


def test_a_rebuild_on_a_full_disk_is_one_line(
    content: Path,
    rebuild: Callable[[], None],
    changes: Changes,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x.html")

    stale(content)
    monkeypatch.setattr(LiveEngine, "render", full)
    rebuild()
    message = "x.html: No space left on device"
    assert capsys.readouterr().err == f"{message}; the last good site stays\n"
    (told,) = changes.told("fr/closing/index.html", loaded=0)["problems"]
    assert told["message"] == message


def test_a_content_folder_that_is_gone_is_told(
    content: Path,
    rebuild: Callable[[], None],
    changes: Changes,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = content.resolve()
    content.rename(content.with_name("away"))
    rebuild()
    message = "the content folder is gone; put it back, and the preview goes on"
    printed = capsys.readouterr()
    assert printed.out == f"content:1:1: error: {message} [preview]\n"
    assert printed.err == "1 error; the last good site stays\n"
    (told,) = changes.told("fr/index.html", loaded=0)["problems"]
    assert told["message"] == message
    content.with_name("away").rename(content)
    rebuild()
    assert changes.told("fr/index.html", loaded=0)["problems"] == []
    assert capsys.readouterr().err.endswith("no problems\n")


def test_a_rebuild_that_is_superseded_is_left_to_the_next(
    content: Path, live: LiveSite, changes: Changes, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(content)
    Rebuilding(live, changes, content, report, tell)(lambda _: True)
    assert changes.count == 0
    assert capsys.readouterr().out == ""
