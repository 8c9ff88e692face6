"""Snapshots: the content of an edition as it was released, in a ZIP file beside the ledger's.

An edition is kept for as long as its snapshot is there. It is a whole content folder, so that any
later version of the program makes its pages, without any history of files.
"""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from reperes.model.documents import MAX_BYTES, Folder
from reperes.model.editions import FOLDER, RULE, Edition, Ledger
from reperes.text.digests import digests_of_files
from reperes.text.problems import ContentError, Place, Problem, quoted

SUFFIX = ".zip"

LEFT_OUT = (FOLDER, "drafts")
"""The folders of a content of which no page is made."""

MOST_BYTES = 250_000_000
"""How large all files of a snapshot may be together when they are unpacked."""

_MOST_FILES = 50_000

_STEP = r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*"
_SAFE_NAME = re.compile(rf"{_STEP}(?:/{_STEP})*")
"""A way that stays in its folder, on every system, and no part of which is hidden."""

_FAULTS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(OSError, EOFError, ValueError, NotImplementedError, RuntimeError),
)
"""What `zipfile` raises of a file that it cannot read."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can hold: the same content gives the same bytes."""

WAYS_OUT = (
    "restore the file from version control or from a copy, or remove it, and the edition is no"
    " longer kept"
)


@dataclass(frozen=True)
class Snapshot:
    """The snapshot of an edition of a number. `digest` is the BLAKE2 of its bytes.

    `path` is what messages call its file, and `file` where that is.
    """

    number: int
    edition: str
    digest: str
    path: str = field(repr=False)
    file: Path = field(repr=False)

    @property
    def place(self) -> Place:
        return Place(self.path)

    def refusal(self, message: str) -> ContentError:
        """The error that it cannot be used, and for which reason."""
        text = f"cannot keep edition {self.number}: {message}; {WAYS_OUT}"
        return ContentError([Problem(self.place, text, RULE)])


def snapshot_name(edition: Edition) -> str:
    """The file of an edition's snapshot, by its way from the content folder."""
    return f"{FOLDER}/{edition.number}-{edition.digest}{SUFFIX}"


def snapshot_of(folder: Folder) -> bytes:
    """All of a content of which pages are made, as a ZIP file.

    Raises ContentError for a file that cannot be read, and where there is too much to keep.
    """
    written, size = BytesIO(), 0
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in digests_of_files(folder.root):
            if name.partition("/")[0] in LEFT_OUT or not _SAFE_NAME.fullmatch(name):
                continue
            data = folder.data(name)
            size += len(data)
            if size > MOST_BYTES:
                message = f"more than {MOST_BYTES // 10**6} MB with the files before it"
                fix = "too much to keep; make pictures smaller, or release without --keep"
                raise ContentError([Problem(Place(folder.path(name)), f"{message}; {fix}", RULE)])
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return written.getvalue()


def find_snapshots(
    folder: Folder, ledger: Ledger, is_whole: bool
) -> tuple[dict[int, Snapshot], list[Problem]]:
    """The snapshots of a content folder by number, and what is wrong with their names.

    Of two branches that were both released and kept under a number, that which the ledger has last
    stands at its address. `is_whole` says whether all of the ledger could be read.
    """
    known = {f"{edition.number}-{edition.digest}": edition for edition in ledger.editions}
    names = folder.names(FOLDER, SUFFIX)
    problems = []
    for name in names if is_whole else ():
        if name not in known:
            message = "is the snapshot of an edition that is not recorded; bring back"
            message += f" {FOLDER}/{name}.json, or remove this file"
            path = folder.path(f"{FOLDER}/{name}{SUFFIX}")
            problems.append(Problem(Place(path), message, RULE))
    found = {}
    for name, edition in known.items():
        if name in names:
            relative = f"{FOLDER}/{name}{SUFFIX}"
            file = folder.root / relative
            found[edition.number] = Snapshot(
                edition.number, edition.digest, _digest(file), folder.path(relative), file
            )
    return found, problems


def _digest(file: Path) -> str:
    if not file.is_file():
        return ""  # a pipe would have us wait for ever
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""  # which opening it will say


def unpack(snapshot: Snapshot, target: Path) -> None:
    """Write the content that a snapshot holds into a folder.

    Raises ContentError, and has written nothing, where it holds anything but files of a content, or
    more than these may be; also where it is damaged, of which only reading all of it may tell.
    """
    for name, data in _read(snapshot):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _read(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """The files in a snapshot by their names, one at a time."""
    if not snapshot.file.is_file():
        raise snapshot.refusal("it is no file")
    try:
        with zipfile.ZipFile(snapshot.file) as archive:
            entries = archive.infolist()
            if fault := next(_faults(entries), None):
                raise snapshot.refusal(fault)
            for entry in entries:
                yield entry.filename, archive.read(entry)
    except _FAULTS as error:
        raise snapshot.refusal(f"it is damaged ({error})") from None


def _faults(entries: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """Why nothing of a ZIP file is unpacked, by what it says of the files in it.

    What is unpacked of a file is never more than it says there.
    """
    if len(entries) > _MOST_FILES:
        yield f"it holds {len(entries)} files, and {_MOST_FILES} are the most"
    # Some systems tell no small letters from capitals.
    names = Counter(entry.filename.casefold() for entry in entries)
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    for entry in entries:
        shown, name = quoted(entry.filename, 60), entry.filename.casefold()
        kind, is_encrypted = stat.S_IFMT(entry.external_attr >> 16), entry.flag_bits & 1
        if not _SAFE_NAME.fullmatch(entry.filename):
            yield f"it holds {shown}, which is no file of a content folder"
        elif kind not in (0, stat.S_IFREG):
            yield f"it holds {shown}, which is a link or a device"
        elif names[name] > 1 or name in folders:
            yield f"it holds {shown} twice"
        elif is_encrypted or entry.compress_type not in _METHODS:
            yield f"it holds {shown}, which is packed in a way that no snapshot is"
        elif entry.file_size > MAX_BYTES:
            yield f"it holds {shown} of {entry.file_size // 10**6} MB"
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        yield f"it holds more than {MOST_BYTES // 10**6} MB"
