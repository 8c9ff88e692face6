"""The last finished site, kept for the next build, which writes only what is new in it.

Its files are links to those of the published site, where a filesystem has links, so that they take
no room of their own. Nobody writes into a file of either: each is written beside its place and then
moved there, which leaves the other link as it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was written: its size in bytes, when, in nanoseconds, and what it holds."""

    size: int
    written: int
    digest: bytes


Manifest = Mapping[str, FileState]
"""Every file of a site, by its path in it."""


def manifest_of(site: Path, known: Manifest) -> dict[str, FileState]:
    """Every file of a site as it is now; those that are as they are `known` to be are not read."""
    found = {}
    for path, state in _files(site):
        was = known.get(path)
        if was is not None and (was.size, was.written) == (state.st_size, state.st_mtime_ns):
            found[path] = was
        else:
            digest = hashlib.blake2b((site / path).read_bytes(), digest_size=16).digest()
            found[path] = FileState(state.st_size, state.st_mtime_ns, digest)
    return found


def unchanged(site: Path, manifest: Manifest) -> frozenset[str]:
    """The files of a site that hold what they held when they were written.

    Where only the time of a file is another, as after it has been copied, it is read.
    """
    now = manifest_of(site, manifest) if site.is_dir() else {}
    return frozenset(
        path
        for path, state in now.items()
        if path in manifest and state.digest == manifest[path].digest
    )


def is_same(site: Path, kept: Path, manifest: Manifest) -> bool:
    """Whether a site has the files of a manifest, just as the kept one has them, and no others."""
    if not site.is_dir() or not kept.is_dir():
        return False
    published, ours = dict(_files(site)), dict(_files(kept))
    return published.keys() == ours.keys() == manifest.keys() and all(
        _is_link_or_copy(published[path], state)
        and (state.st_size, state.st_mtime_ns) == (manifest[path].size, manifest[path].written)
        for path, state in ours.items()
    )


def _is_link_or_copy(one: os.stat_result, other: os.stat_result) -> bool:
    return os.path.samestat(one, other) or (
        (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
    )


def remove_others(site: Path, wanted: frozenset[str]) -> None:
    """Remove every file of a site but the wanted ones, and folders that hold nothing any more."""
    for path in [path for path, _ in _files(site) if path not in wanted]:
        (site / path).unlink()
    for folder, _, _ in os.walk(site, topdown=False):
        if folder != str(site):
            with suppress(OSError):  # it holds something
                Path(folder).rmdir()


def follow(site: Path, kept: Path) -> None:
    """Let `kept` hold the files of a site, as links where that can be, and nothing else."""
    kept.mkdir(parents=True, exist_ok=True)
    ours = dict(_files(kept))
    wanted = dict(_files(site))
    remove_others(kept, frozenset(wanted))
    for path, state in wanted.items():
        if path not in ours or not _is_link_or_copy(ours[path], state):
            _link(site / path, kept / path)


def follow_too(part: Path, kept: Path) -> None:
    """Add the files of a part of a site to `kept`, as links where that can be."""
    for path, _ in _files(part) if part.is_dir() else ():
        _link(part / path, kept / path)


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another filesystem, or one without links
        shutil.copy2(source, target)


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder, by its path in it, with what the system says of it."""
    waiting = [("", str(folder))]
    while waiting:
        before, here = waiting.pop()
        for entry in os.scandir(here):
            path = f"{before}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{path}/", entry.path))
            else:
                yield path, entry.stat(follow_symlinks=False)
