"""A site is published whole or not at all: two builds at once, kills, signals, a full disk."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from reperes.translation.stamping import stamp
from support_commands import change, snapshot, write_content
from support_sites import ROOT, build_site

KILLS = 12


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    return content


@pytest.fixture
def site(content: Path) -> Path:
    build_site(content, content.parent / "site")
    return content.parent / "site"


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A command in a process group of its own, that no test leaves behind."""
    command = [sys.executable, "-m", "build_tools", *arguments]
    env = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=pipe, stderr=pipe, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def building(content: Path, output: Path, *more: str) -> list[str]:
    return ["build", "--content", str(content), "--output", str(output), *more]


def retitle(content: Path) -> None:
    """A change that a build has to follow."""
    change(content, "sections/fr/closing.md", 'title: "La fermeture"', 'title: "La fin"')


def lengthen(content: Path) -> None:
    """Add so many sections that several processes share the pages."""
    ids = [f"more_{number}" for number in range(24)]
    listed = "".join(f'  - "{each}"\n' for each in ids)
    change(content, "site.yml", '  - "crossing"\n', f'  - "crossing"\n{listed}')
    for each in ids:
        head = f'---\ntitle: "Suite {each}"\nid: "{each}"\nsummary: "Une suite."\n---\n'
        (content / f"sections/fr/{each}.md").write_text(f"{head}\nLa suite.\n", "utf-8")


def line_with(text: str, stream: Iterator[str]) -> str:
    return next(line for line in stream if text in line)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def beside(site: Path) -> list[str]:
    """What is in the folder of a site; what is left for the next build has to be tidy."""
    assert names(site.parent / ".site.build") == ["kept"]
    assert set(names(site.parent / ".site.build" / "kept")) <= {"check.db", "site", "store.db"}
    return [name for name in names(site.parent) if name != ".site.build"]


def builders_of(output: Path) -> list[str]:
    """The processes that still build an output: they bear the command that they were forked of."""
    command = ["ps", "-A", "-ww", "-o", "args"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if f"--output {output}" in line]


def test_two_builds_at_once(content: Path, site: Path) -> None:
    retitle(content)
    with running(*building(content, site)) as one, running(*building(content, site)) as other:
        told = [process.communicate() for process in (one, other)]
    assert [one.returncode, other.returncode] == [0, 0], told
    assert sum(err.count("waiting for process ") for _, err in told) == 1
    assert not any("Traceback" in err for _, err in told)
    assert beside(site) == ["content", "site"]
    alone = content.parent / "alone"
    build_site(content, alone, strict=False)
    assert snapshot(site) == snapshot(alone)


def test_a_preview_and_a_build_at_once(content: Path, site: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    arguments = ["serve", "--port", "0", "--content", str(content)]
    with (
        running(*arguments, TMPDIR=str(tmp_path / "tmp")) as serving,
        running(*building(content, site)) as build,
    ):
        assert serving.stdout is not None
        address = line_with("http", iter(serving.stdout.readline, "")).split()[0]
        assert build.wait() == 0
        with urlopen(f"{address}fr/closing/") as answer:
            assert "La fermeture" in answer.read().decode()
        serving.terminate()
        assert serving.wait() == 128 + signal.SIGTERM
    assert names(tmp_path / "tmp") == []
    assert beside(site) == ["content", "site", "tmp"]


def test_builds_that_are_killed_leave_a_whole_site(content: Path, site: Path) -> None:
    """The parent alone is killed: its workers may go on writing while the next build begins."""
    old = snapshot(site)
    lengthen(content)
    other = content.parent / "elsewhere" / "site"
    build_site(content, other, strict=False)
    new = snapshot(other)
    chance = random.Random(8)
    for _ in range(KILLS):
        with running(*building(content, site)) as build:
            try:
                build.wait(chance.uniform(0.5, 6))
            except subprocess.TimeoutExpired:
                build.kill()
        assert snapshot(site) in (old, new)
    build_site(content, site, strict=False)
    assert snapshot(site) == new
    assert beside(site) == ["content", "elsewhere", "site"]


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name
)
def test_a_signal_ends_a_build_and_its_workers(
    content: Path, site: Path, number: signal.Signals
) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("where there is one processor, one process makes all pages")
    before = snapshot(site)
    lengthen(content)
    with running(*building(content, site)) as build:
        while len(builders_of(site)) < 3 and build.poll() is None:
            time.sleep(0.05)
        build.send_signal(number)
        code = build.wait()
    assert code == (1 if number == signal.SIGINT else 128 + number)
    assert snapshot(site) == before
    assert beside(site) == ["content", "site"]
    assert builders_of(site) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_who_waits_ends_at_once(content: Path, site: Path, number: signal.Signals) -> None:
    retitle(content)
    with running(*building(content, site)) as build:
        assert build.stderr is not None
        line_with("check", iter(build.stderr.readline, ""))
        with running(*building(content, site)) as waiting:
            assert waiting.stderr is not None
            told = line_with("waiting", iter(waiting.stderr.readline, ""))
            holder = rf"process {build.pid}, since [-\d]+ [:\d]+"
            assert re.fullmatch(rf"waiting for {holder}, which builds {site}\n", told)
            waiting.send_signal(number)
            waiting.wait()
            assert "Traceback" not in waiting.stderr.read()
        assert build.wait() == 0
    assert beside(site) == ["content", "site"]


@pytest.mark.parametrize(
    "kill",
    [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL],
    ids=lambda number: number.name,
)
def test_a_preview_leaves_no_copy(
    content: Path, site: Path, tmp_path: Path, kill: signal.Signals
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    arguments = ["serve", "--port", "0", "--content", str(content)]
    with running(*arguments, TMPDIR=str(temporary)) as serving:
        assert serving.stdout is not None
        line_with("http", iter(serving.stdout.readline, ""))
        assert len(names(temporary)) == 1
        serving.send_signal(kill)
        code = serving.wait()
    assert code == {signal.SIGINT: 0, signal.SIGKILL: -9}.get(kill, 128 + kill)
    if kill == signal.SIGKILL:
        with running(*arguments, TMPDIR=str(temporary)) as serving:
            assert serving.stdout is not None
            line_with("http", iter(serving.stdout.readline, ""))
            assert [name for name in names(temporary) if f"-{serving.pid}-" in name] == names(
                temporary
            )
            serving.terminate()
            serving.wait()
    assert names(temporary) == []


def broken_between_the_renames(site: Path) -> None:
    workspace = site.parent / ".site.build"
    site.rename(workspace / "previous")


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_whatever_runs_next_mends_the_site(content: Path, site: Path, command: str) -> None:
    before = snapshot(site)
    broken_between_the_renames(site)
    change(content, "facts/figures.yml", 'low: "200"', 'low: "400"')  # so that none is built
    with running(command, "--content", str(content)) as process:
        process.communicate()
    assert process.returncode == 1
    assert snapshot(site) == before
    assert beside(site) == ["content", "site"]


@pytest.mark.parametrize("size", ["400k", "700k", "1m"])
def test_a_full_disk_is_one_line_that_names_the_file(
    content: Path, tmp_path: Path, size: str, mount: Callable[[Path, str], None]
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk, size)
    shutil.copytree(content, disk / "content")
    with running(*building(disk / "content", disk / "site", "--books")) as build:
        out, err = build.communicate()
    assert (build.returncode, out) == (1, "")
    assert "Traceback" not in err
    last = err.splitlines()[-1]
    assert re.fullmatch(
        rf"{disk}/\.site\.build/\S+.*: No space left on device; nothing was changed", last
    )
    assert beside(disk / "site") == ["content"]
    assert snapshot(disk / ".site.build").keys() <= {"kept/check.db", "kept/store.db"}


@pytest.fixture
def mount() -> Iterator[Callable[[Path, str], None]]:
    """Mounts a small filesystem on a folder, where that is allowed."""
    mounted: list[Path] = []

    def mount_on(folder: Path, size: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if not shutil.which("mount") or subprocess.run(command, check=False).returncode:
            pytest.skip("only the system's administrator may mount a filesystem, if anybody")
        mounted.append(folder)

    yield mount_on
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)
