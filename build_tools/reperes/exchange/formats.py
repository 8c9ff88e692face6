"""The exchange formats by name, and how to tell which of them a file is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from reperes.exchange.po import read_po, write_po
from reperes.exchange.table import read_table, write_table
from reperes.exchange.tbx import write_tbx
from reperes.exchange.tmx import write_tmx
from reperes.exchange.units import RULE, Batch, Returned, batch, chosen_language
from reperes.exchange.xliff import read_xliff, write_xliff
from reperes.model.documents import read_bytes
from reperes.model.loading import load
from reperes.model.readable import file_of_text
from reperes.text.problems import ContentError, Place, Problem

_Read = Callable[[Path], tuple[list[Returned], list[Problem]]]

_WRITERS: Mapping[str, Callable[[Batch], bytes]] = {
    "po": write_po,
    "xliff": write_xliff,
    "csv": write_table,
}
FORMATS = (*_WRITERS, "tbx", "tmx")
"""What can be exported; the first three come back."""

_READERS: Mapping[str, _Read] = {
    ".po": read_po,
    ".xlf": read_xliff,
    ".xliff": read_xliff,
    ".csv": read_table,
    ".tsv": read_table,
}
_ONE_WAY = {
    ".tbx": "a glossary goes out alone; change glossary.yml",
    ".tmx": "a translation memory goes out alone; import the PO, XLIFF or CSV file",
}
_CONFLICT = re.compile(rb"(?m)^(?:<{7}|>{7}) ")


def export(
    content: Path, format_name: str, language: str | None = None, pending: bool = False
) -> tuple[bytes, list[Problem]]:
    """A file for translators, and the problems because of which something is missing from it.

    `pending` leaves out what is up to date, from the formats that come back.

    Raises ContentError where nothing can be read, no glossary for TBX, or no language was chosen.
    """
    loaded = load(content)
    explainer = loaded.explainer
    unread = list(loaded.unread)
    if format_name == "tbx":
        glossary = [p for p in unread if p.place.path == loaded.folder.path(file_of_text("terms"))]
        if glossary:
            raise ContentError(glossary)
        return write_tbx(explainer), unread
    code = chosen_language(explainer, language)
    if format_name == "tmx":
        return write_tmx(loaded, code), unread
    made, problems = batch(loaded, code, pending)
    return _WRITERS[format_name](made), unread + problems


def read_units(path: Path) -> tuple[list[Returned], list[Problem]]:
    """The units that a file brings, and what in it cannot be read. Raises ContentError.

    The name's ending says which format it is or, where it says nothing, how the file begins.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ContentError([Problem(Place(str(path)), message, RULE)]) from None
    if conflict := _CONFLICT.search(data):
        line = data.count(b"\n", 0, conflict.start()) + 1
        message = "a merge conflict begins or ends here; settle it, then import"
        raise ContentError([Problem(Place(str(path), line), message, RULE)])
    suffix = path.suffix.lower()
    if suffix in _ONE_WAY:
        raise ContentError([Problem(Place(str(path)), _ONE_WAY[suffix], RULE)])
    return _READERS.get(suffix, _reader_of(data))(path)


def _reader_of(data: bytes) -> _Read:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return read_xliff
    return read_po if b"\nmsgid " in b"\n" + start else read_table
