"""Digests of files: two that share one hold the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path

_BYTES = 16


def digest_of_bytes(data: bytes) -> bytes:
    """The digest of what a file holds."""
    return hashlib.blake2b(data, digest_size=_BYTES).digest()


def digest_of_parts(parts: Iterable[bytes]) -> str:
    """One digest of several parts: of other parts it is another, even if all together are alike."""
    digest = hashlib.blake2b(digest_size=_BYTES)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def digests_of_files(folder: Path) -> dict[str, bytes]:
    """The digest of every file below a folder, by its way from there, with slashes, in order.

    Hidden and compiled files are left out. One that cannot be read has an empty digest.
    """
    return {name: _digest_of(path) for name, path in _files_below(folder)}


def _files_below(folder: Path) -> Iterator[tuple[str, str]]:
    # As texts, for a Path of each would take as long as to read it.
    been: set[tuple[int, int]] = set()
    for parent, folders, names in os.walk(folder, followlinks=True):
        state = Path(parent).stat()
        way = Path(parent).relative_to(folder).as_posix()
        before = "" if way == "." else f"{way}/"
        if (state.st_dev, state.st_ino) in been:
            folders.clear()  # a link has led here, or leads round
            continue
        been.add((state.st_dev, state.st_ino))
        folders[:] = sorted(name for name in folders if _matters(name))
        for name in sorted(filter(_matters, names)):
            yield f"{before}{name}", f"{parent}{os.sep}{name}"


def _matters(name: str) -> bool:
    return not name.startswith((".", "__pycache__"))


def _digest_of(path: str) -> bytes:
    try:
        with FileIO(path) as file:
            return digest_of_bytes(file.readall())
    except OSError:
        return b""  # which the check will say
