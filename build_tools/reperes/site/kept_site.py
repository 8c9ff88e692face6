"""The last finished site, kept for the next build, which writes only what is new in it.

Its files are links to those of the published site, where a filesystem has links, so that they take
no room of their own. Nobody writes into a file of either: each is written beside its place and then
moved there, which leaves the other link as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from reperes.text.digests import digest_of_bytes


class FileState(NamedTuple):
    """A file as it was written: its size in bytes, when, in nanoseconds, and what it holds."""

    size: int
    written: int
    digest: bytes


Manifest = Mapping[str, FileState]
"""Every file of a site, by its path in it."""

States = Mapping[str, os.stat_result]
"""What the system says of each file of a site."""


def manifest_of(site: Path, known: Manifest, states: States | None = None) -> dict[str, FileState]:
    """Every file of a site as it is now; those that are as they are `known` to be are not read.

    `states` is what the system says of them, for who has asked it.
    """
    found = {}
    for path, state in (states or dict(_files(site))).items():
        was = known.get(path)
        if was is not None and (was.size, was.written) == (state.st_size, state.st_mtime_ns):
            found[path] = was
        else:
            digest = digest_of_bytes((site / path).read_bytes())
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


def is_same(site: Path, manifest: Manifest) -> bool:
    """Whether a site has the files of a manifest, as they were written, and no others."""
    states = dict(_files(site)) if site.is_dir() else {}
    return states.keys() == manifest.keys() and all(
        (state.st_size, state.st_mtime_ns) == (manifest[path].size, manifest[path].written)
        for path, state in states.items()
    )


def _is_link_or_copy(one: os.stat_result, other: os.stat_result) -> bool:
    return os.path.samestat(one, other) or (
        (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
    )


def remove_others(site: Path, wanted: Collection[str]) -> None:
    """Remove every file of a site but the wanted ones, and folders that hold nothing any more."""
    if site.is_dir():
        _remove_others("", site, wanted)


def _remove_others(before: str, folder: Path, wanted: Collection[str]) -> bool:
    """The same in a folder of it, the paths in which begin so; whether the folder is empty then."""
    left = 0
    for entry in list(os.scandir(folder)):
        path = f"{before}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if _remove_others(f"{path}/", Path(entry.path), wanted):
                Path(entry.path).rmdir()
            else:
                left += 1
        elif path in wanted:
            left += 1
        else:
            Path(entry.path).unlink()
    return not left


def follow(site: Path, kept: Path) -> States:
    """Let `kept` hold the files of a site, as links where that can be, and nothing else.

    Returns what the system says of these.
    """
    kept.mkdir(parents=True, exist_ok=True)
    ours = dict(_files(kept))
    wanted = dict(_files(site))
    if not ours.keys() <= wanted.keys():
        remove_others(kept, wanted)
    for path, state in wanted.items():
        if path not in ours or not _is_link_or_copy(ours[path], state):
            _link(site / path, kept / path)
    return wanted


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
