"""All that a site is made of, in one digest: where it is the same, nothing has to be made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from reperes import paths
from reperes.text.digests import digest_of_parts, digests_of_files


def digest_of_content(content: Path, files: Mapping[str, bytes]) -> str:
    """A digest of every file of a content folder, of which these are known, and of its name."""
    # Messages name files as they were typed.
    return digest_of_parts([str(content).encode(), *_flat(files)])


@cache
def digest_of_program() -> str:
    """A digest of the program's own files, of the theme, and of every package beside it."""
    folders = (paths.PACKAGE, paths.OVERRIDES, paths.ASSETS)
    files = (part for folder in folders for part in _flat(digests_of_files(folder)))
    machine = f"{sys.version} {sys.byteorder}".encode()
    return digest_of_parts([machine, *_packages(), paths.SETTINGS.read_bytes(), *files])


def _flat(files: Mapping[str, bytes]) -> Iterator[bytes]:
    for name, digest in files.items():
        yield name.encode()
        yield digest


def _packages() -> Iterator[bytes]:
    """The names, with their versions, of the packages that this Python can import."""
    for folder in sorted(path for path in sys.path if path and Path(path).is_dir()):
        yield from sorted(
            path.name.encode()
            for path in Path(folder).iterdir()
            if path.suffix in (".dist-info", ".egg-info")
        )
