from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import support_killed
from reperes.site.publishing import ENTERING, Patience, Workspace, alone, mend_if_alone, publish
from reperes.text import files
from reperes.text.files import write_all
from reperes.text.locks import Lock
from reperes.text.problems import ContentError
from support_commands import messages, snapshot
from support_killed import NEW, OLD


def put(folder: Path, site: dict[str, bytes]) -> None:
    write_all({folder / name: data for name, data in site.items()})


def workspace_in(folder: Path) -> Workspace:
    return Workspace(folder / ".site.build", folder / ".site.build" / "docs", lasting=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    put(tmp_path / "site", OLD)
    return tmp_path / "site"


@pytest.fixture(params=["in one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """As this system does it, and as one does that cannot exchange two folders."""
    if request.param == "two renames":
        monkeypatch.setattr(files, "_exchange_call", lambda: None)
    return str(request.param)


def test_a_site_takes_the_place_of_the_last_one(
    way: str, workspace: Workspace, output: Path
) -> None:
    put(workspace.site, NEW)
    publish(workspace, output)
    assert snapshot(output) == NEW
    # The last one is left for who keeps it for the next build.
    left = {workspace.site: OLD} if way == "in one step" else {}
    assert {path: snapshot(path) for path in workspace.root.iterdir()} == left


@pytest.mark.usefixtures("way")
def test_a_first_site_is_put_where_there_was_nothing(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace.site, NEW)
    publish(workspace, tmp_path / "a" / "site")
    assert snapshot(tmp_path / "a" / "site") == NEW


@pytest.mark.usefixtures("way")
def test_a_swap_that_fails_leaves_the_last_site(workspace: Workspace, output: Path) -> None:
    workspace.root.mkdir()
    with pytest.raises(FileNotFoundError):
        publish(workspace, output)
    assert snapshot(output) == OLD


# An output that cannot be moved


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder of another filesystem: to rename anything from there into the output fails."""
    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("this machine has no second filesystem that anybody may write to")
    with TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)


@pytest.mark.usefixtures("way")
def test_a_folder_that_must_stay_has_its_entries_exchanged(elsewhere: Path, output: Path) -> None:
    workspace, folder = workspace_in(elsewhere), output.stat().st_ino
    (output / "lost+found").mkdir()
    put(workspace.site, NEW)
    publish(workspace, output)
    assert snapshot(output) == NEW
    assert output.stat().st_ino == folder
    assert not (output / ENTERING).exists()
    assert (output / "lost+found").is_dir()


@pytest.mark.usefixtures("way")
def test_a_real_mount_point(workspace: Workspace, tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", output], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("only the system's administrator may mount a filesystem, if anybody")
    try:
        put(output, OLD)
        put(workspace.site, NEW)
        publish(workspace, output)
        assert snapshot(output) == NEW
        put(workspace.site, {"large": b"x" * 2_000_000})
        with pytest.raises(OSError, match="No space left on device"):
            publish(workspace, output)
        assert {name: output.joinpath(name).read_bytes() for name in NEW} == NEW
    finally:
        subprocess.run(["umount", output], check=True)


# Killed on the way


@pytest.mark.parametrize("way", ["in one step", "two renames", "entries"])
def test_whenever_it_is_killed_a_site_is_whole(tmp_path: Path, way: str) -> None:
    program = [sys.executable, support_killed.__file__, str(tmp_path), way]
    env = {**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[2])}
    subprocess.run(program, check=True, env=env)
    times = len(list(tmp_path.iterdir())) - 1
    assert snapshot(tmp_path / str(times) / "site") == NEW
    missing = 0
    for folder in [tmp_path / str(number) for number in range(times)]:
        output, workspace = folder / "site", workspace_in(folder)
        missing += not output.exists()
        before = snapshot(output)
        if way == "in one step":
            assert before in (OLD, NEW)
        mended = mend_if_alone(workspace, output)
        after = {k: v for k, v in snapshot(output).items() if not k.startswith(ENTERING)}
        assert after in (OLD, NEW), folder
        assert mended or after == {k: v for k, v in before.items() if not k.startswith(ENTERING)}
        with alone(workspace, output, Patience()):
            put(workspace.site, NEW)
            publish(workspace, output)
        assert snapshot(output) == NEW
        # A site that somebody worked at is left for the next build, and nothing else.
        left = {path.relative_to(folder).as_posix() for path in folder.glob("*/*/*")}
        assert left <= {".site.build/kept/site"} | {f"site/{name}" for name in NEW}
    assert times > 3
    assert missing == (1 if way == "two renames" else 0)


def test_a_site_that_was_moved_away_comes_back(workspace: Workspace, output: Path) -> None:
    workspace.root.mkdir()
    output.rename(workspace.root / "previous")
    assert mend_if_alone(workspace, output)
    assert snapshot(output) == OLD
    assert not workspace.root.exists()
    assert not mend_if_alone(workspace, output)


def test_nobody_mends_what_a_build_is_about_to_publish(workspace: Workspace, output: Path) -> None:
    with alone(workspace, output, Patience()):
        output.rename(workspace.root / "previous")
        assert not mend_if_alone(workspace, output)
        assert not output.exists()
    assert snapshot(output) == OLD


# One at a time


def test_what_a_killed_build_has_left_goes(workspace: Workspace, output: Path) -> None:
    put(workspace.root, {"site-1/fr/a.html": b"", "docs/a.md": b"", "fr.yml": b""})
    put(output / ENTERING, {"fr/index.html": b"half"})
    with alone(workspace, output, Patience()):
        assert {path.name for path in workspace.root.iterdir()} == {"lock", "kept"}
        assert snapshot(output) == OLD
    # What it worked at may be of use to the next one, which looks at every file.
    assert snapshot(workspace.root) == {"kept/site/fr/a.html": b""}


def test_what_lasts_is_kept(workspace: Workspace, output: Path) -> None:
    lasting = Workspace(workspace.root, workspace.docs, lasting=True)
    put(workspace.root, {"site-1/a": b"", "site/a": b"", "fr.yml": b"", "screenshots/a": b""})
    with alone(lasting, output, Patience()):
        pass
    assert snapshot(workspace.root) == {"fr.yml": b"", "screenshots/a": b"", "kept/site/a": b""}


def test_folders_that_were_made_in_vain_go(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "a/b/.site.build", tmp_path / "docs", lasting=False)
    with alone(workspace, tmp_path / "a/b/site", Patience()):
        assert workspace.root.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_who_does_not_wait_is_told_who_holds_it(workspace: Workspace, output: Path) -> None:
    with (
        alone(workspace, output, Patience()),
        pytest.raises(ContentError) as caught,
        alone(workspace, output, Patience(seconds=0)),
    ):
        pass
    (message,) = messages(caught.value)
    start, _, end = message.partition(", since ")
    assert start == f"is being built by process {os.getpid()}"
    assert end.endswith("; try again when that has ended")


def test_who_waits_says_so_once_and_goes_on(workspace: Workspace, output: Path) -> None:
    lock = Lock(workspace.root / "lock")
    assert lock.take()
    told: list[str] = []
    looks: list[int] = []

    def checkpoint() -> None:
        looks.append(1)
        if len(looks) == 2:
            lock.free()

    with alone(workspace, output, Patience(60, told.append, checkpoint)):
        pass
    assert len(looks) == 2
    assert [text.partition(", since")[0] for text in told] == [f"waiting for process {os.getpid()}"]
    assert told[0].endswith(f", which builds {output}")


def test_who_waits_may_give_up(workspace: Workspace, output: Path) -> None:
    def give_up() -> None:
        raise KeyboardInterrupt

    with (
        alone(workspace, output, Patience()),
        pytest.raises(KeyboardInterrupt),
        alone(workspace, output, Patience(checkpoint=give_up)),
    ):
        pass
    assert snapshot(output) == OLD
