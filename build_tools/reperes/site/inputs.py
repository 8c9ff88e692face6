"""All that a site is made of, in one digest: where it is the same, nothing has to be made."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from reperes import paths


def digest_of_content(content: Path) -> str:
    """A digest of every file of a content folder, and of where it is named from."""
    # Messages name files as they were typed.
    return _hashed([str(content).encode(), *_files(content)])


@cache
def digest_of_program() -> str:
    """A digest of the program's own files, of the theme, and of every package beside it."""
    folders = (paths.PACKAGE, paths.OVERRIDES, paths.ASSETS)
    files = (part for folder in folders for part in _files(folder))
    return _hashed([sys.version.encode(), *_packages(), paths.SETTINGS.read_bytes(), *files])


def _files(folder: Path) -> Iterator[bytes]:
    """The name and the bytes of every file below a folder, but for hidden and compiled ones."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _matters(name))
        for name in sorted(filter(_matters, names)):
            path = Path(parent, name)
            try:
                data = path.read_bytes()
            except OSError:
                data = b"cannot be read"  # which the check will say
            yield str(path.relative_to(folder)).encode()
            yield data


def _matters(name: str) -> bool:
    return not name.startswith((".", "__pycache__"))


def _packages() -> Iterator[bytes]:
    """The names, with their versions, of the packages that this Python can import."""
    for folder in sorted(path for path in sys.path if path and Path(path).is_dir()):
        yield from sorted(
            path.name.encode()
            for path in Path(folder).iterdir()
            if path.suffix in (".dist-info", ".egg-info")
        )


def _hashed(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
