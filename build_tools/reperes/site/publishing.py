"""Putting a finished site in the place of the last one, whole or not at all, one at a time."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reperes import paths
from reperes.text.files import copy_folder, exchange, write_text
from reperes.text.locks import Lock
from reperes.text.problems import ContentError, Place, Problem

ENTERING = ".reperes-new"
"""In an output that cannot be moved: the new site, until all its entries have taken their place."""

NOT_OURS = "lost+found"
"""What the root of a filesystem may hold, whatever is put there."""

KEPT = "kept"
"""The folder of a workspace in which is what builds keep for the next one."""

MARKER = ".reperes"
"""The file by which we know a folder as a site of ours, which a build may replace."""

_PREVIOUS = "previous"
_LOCK = "lock"
_PLAN = ".plan.json"
_LOOK_AGAIN_SECONDS = 0.2


@dataclass(frozen=True)
class Workspace:
    """Where one build happens, apart from its result.

    `docs` holds the pages, one folder a language; `root` everything else that the engine needs or
    makes. `lasting` workspaces stay as they are for people to look at; of others only what the next
    build can use.
    """

    root: Path
    docs: Path
    lasting: bool

    @property
    def kept_site(self) -> Path:
        """The last site, for the next build to work at."""
        return self.root / KEPT / "site"

    @property
    def source_texts(self) -> Path:
        """The texts of sources of which there are drafts."""
        return self.root / KEPT / "texts"

    def settings(self, language: str) -> Path:
        return self.root / f"{language}.yml"

    @property
    def site(self) -> Path:
        """The site as it grows, before it is published.

        A folder of this process alone: where a build is killed, the engines that it has started
        may go on writing for a while, and must not reach the site of the next one.
        """
        return self.root / f"site-{os.getpid()}"


def workspace_for(content: Path, output: Path) -> Workspace:
    """The place to build in: beside the output, so that publishing is a rename.

    Our own explainer's pages go to docs/, where they can be looked at; another's leave nothing.
    """
    clone = paths.CLONE
    if clone and content == clone / "content" and output == clone / "site":
        return Workspace(clone / ".build", clone / "docs", lasting=True)
    root = output.parent / f".{output.name}.build"
    return Workspace(root, root / "docs", lasting=False)


def check_output(content: Path, output: Path) -> None:
    """Refuse, with ContentError, to publish over anything that is not an earlier site."""
    message = None
    if output.exists() and not output.is_dir():
        message = "is a file; name a folder with --output"
    elif content.is_relative_to(output) or output.is_relative_to(content):
        message = "holds the content, or lies in it; name another folder with --output"
    elif (paths.CLONE or paths.PACKAGE).is_relative_to(output):
        message = "holds the program itself; name another folder with --output"
    elif output.is_dir() and not _may_be_replaced(output):
        message = "is not empty, and not a site of ours; name another folder with --output"
    if message:
        raise ContentError([Problem(Place(str(output)), message, "output")])


def _may_be_replaced(folder: Path) -> bool:
    """Whether a folder is a site of ours, or holds nothing but the beginning of one."""
    names = {path.name for path in folder.iterdir()} - {ENTERING, NOT_OURS}
    return not names or (folder / MARKER).is_file()


@dataclass(frozen=True)
class Patience:
    """What a build does while another one works at the same output.

    It waits for so many seconds, then refuses with a ContentError; `tell` says once for whom.
    `checkpoint` is called again and again, then and later, and raises to have the build given up.
    """

    seconds: float = 600
    tell: Callable[[str], None] = lambda _: None
    checkpoint: Callable[[], None] = lambda: None


@contextmanager
def alone(workspace: Workspace, output: Path, patience: Patience) -> Iterator[None]:
    """Wait until no other build works at an output, and keep others away meanwhile.

    What builds that were killed have left is mended and tidied first; then what this one leaves.
    """
    made = [folder for folder in workspace.root.parents if not folder.exists()]
    lock = Lock(workspace.root / _LOCK)
    _wait(lock, output, patience)
    try:
        _tidy(workspace, output)
        yield
    finally:
        try:
            _tidy(workspace, output)
        finally:
            lock.free()
            # Folders that hold something now, a site or another's lock, stay.
            for folder in [workspace.root, *made]:
                with suppress(OSError):
                    folder.rmdir()


def _wait(lock: Lock, output: Path, patience: Patience) -> None:
    end = time.monotonic() + patience.seconds
    told = False
    while not lock.take():
        if time.monotonic() >= end:
            message = f"is being built by {lock.holder}; try again when that has ended"
            raise ContentError([Problem(Place(str(output)), message, "output")])
        if not told:
            patience.tell(f"waiting for {lock.holder}, which builds {output}")
            told = True
        patience.checkpoint()
        time.sleep(_LOOK_AGAIN_SECONDS)


def _tidy(workspace: Workspace, output: Path) -> None:
    """Mend the output, and remove everything but what a lasting workspace keeps."""
    mend(workspace, output)
    for path in list(workspace.root.iterdir()):
        if path.name.startswith("site-") and not workspace.kept_site.exists():
            # A build that was killed worked at it; the next one looks at what each file holds.
            workspace.kept_site.parent.mkdir(exist_ok=True)
            path.rename(workspace.kept_site)
            continue
        is_needed = path.name in (_LOCK, KEPT) or (path.name == _PREVIOUS and not output.exists())
        is_kept = workspace.lasting and not path.name.startswith(("site", _PREVIOUS))
        if not is_needed and not is_kept:
            _remove(path)
    if output.is_dir() and not (output / ENTERING / _PLAN).exists():
        _remove(output / ENTERING)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def mend(workspace: Workspace, output: Path) -> bool:
    """Put the site in its place, if whoever was publishing was killed on the way; whether so."""
    if (workspace.root / _PREVIOUS).exists() and not output.exists():
        (workspace.root / _PREVIOUS).rename(output)
        return True
    if (output / ENTERING / _PLAN).is_file():
        _enter(output)
        return True
    return False


def mend_if_alone(workspace: Workspace, output: Path) -> bool:
    """As `mend`, for who builds nothing: unless a build is on its way, or it cannot be done."""
    needed = (output / ENTERING).exists() or (
        (workspace.root / _PREVIOUS).exists() and not output.exists()
    )
    lock, mended = Lock(workspace.root / _LOCK), False
    with suppress(OSError):
        if needed and lock.take():
            try:
                mended = mend(workspace, output)
            finally:
                lock.free()
            workspace.root.rmdir()  # unless a build has left more, which the next one tidies
    return mended


def publish(workspace: Workspace, output: Path) -> None:
    """Put the finished site in the place of the last one.

    In one step, where the system and the filesystem can exchange two folders. Elsewhere the last
    site is moved away first, and for an instant there is none: `mend` puts it back for whoever
    comes next, should we be killed then. An output that cannot be moved, as it is a mount point,
    stays, and what it holds is exchanged entry by entry (`_publish_into`). Where the new site was,
    there is the last one afterwards, or nothing.
    """
    new, old = workspace.site, workspace.root / _PREVIOUS
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists():
        new.rename(output)
        return
    try:
        if not exchange(new, output):
            _replace(new, output, old)
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        _publish_into(new, output)
    shutil.rmtree(old, ignore_errors=True)


def _replace(new: Path, output: Path, old: Path) -> None:
    output.rename(old)
    try:
        new.rename(output)
    except BaseException:
        old.rename(output)
        raise


def _publish_into(site: Path, output: Path) -> None:
    """Put a site into a folder that itself has to stay where it is.

    The site is copied into it, under a hidden name: only when all the space is taken does what
    readers get begin to change. Then one entry after another takes its place: first what is new,
    then what pages need (assets), then each language in one step, then the pages at the root;
    what the new site does not have is removed last. So every page finds at any instant what it
    links, but for a moment one language may be newer than the other. A plan in the hidden folder
    lets whoever comes next finish, should we be killed on the way.
    """
    entering = output / ENTERING
    _remove(entering)
    copy_folder(site, entering)
    entries = sorted(entering.iterdir(), key=lambda new: _turn(new, output / new.name))
    # A folder keeps its number wherever it is moved: that tells a new one from the last.
    plan = {new.name: new.stat().st_ino for new in entries}
    write_text(entering / _PLAN, json.dumps(plan))
    _enter(output)


def _turn(new: Path, target: Path) -> tuple[bool, bool, bool, str]:
    return target.exists(), new.name != "assets", not new.is_dir(), new.name


def _enter(output: Path) -> None:
    """Let the entries of a new site take their places, as far as they have not yet."""
    entering = output / ENTERING
    plan = json.loads((entering / _PLAN).read_text("utf-8"))
    for name, number in plan.items():
        new, target = entering / name, output / name
        if not new.exists() or new.stat().st_ino != number:
            continue  # whoever was killed had come past this one
        if not target.exists() or (new.is_file() and target.is_file()):
            new.replace(target)
        elif not exchange(new, target):
            target.rename(entering / f"{name}.old")
            new.rename(target)
    for path in output.iterdir():
        if path.name not in {*plan, ENTERING, NOT_OURS}:
            _remove(path)
    shutil.rmtree(entering, ignore_errors=True)


def mend_beside(content: Path) -> list[Path]:
    """Put sites beside a content folder back in their places; those that a killed build had moved.

    For who builds nothing: a build does so for its own output.
    """
    folder = content.resolve().parent
    workspaces = folder.glob(".?*.build")
    outputs = {path.with_name(path.name[1 : -len(".build")]) for path in workspaces}
    return [
        output
        for output in sorted(outputs | {folder / "site"})
        if mend_if_alone(workspace_for(content.resolve(), output), output)
    ]
