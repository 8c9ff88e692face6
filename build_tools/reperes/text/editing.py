"""Changing a few spans of a content file and leaving everything else as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from reperes.text.code_spans import Span as Span
from reperes.text.problems import Place

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def file_text(path: Path) -> str:
    """A file's text without byte order mark, its line ends as they are."""
    return path.read_bytes().decode("utf-8-sig")


def offset_of(text: str, place: Place) -> int:
    """The offset of a place in the text of its file, whatever its line ends are."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    return sum(map(len, lines[: place.line - 1])) + place.column - 1


def replaced(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """`text` with each span replaced; no two may overlap."""
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def encoded_as(path: Path, text: str) -> bytes:
    """The bytes of a file's changed text, with the byte order mark that the file has."""
    mark = _BYTE_ORDER_MARK if path.read_bytes().startswith(_BYTE_ORDER_MARK) else b""
    return mark + text.encode()


def with_line_ends_of(path: Path, text: str) -> bytes:
    """The bytes that take the place of a whole file, with its line ends and byte order mark."""
    if not path.exists():
        return text.encode()
    ends = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
    return encoded_as(path, text.replace("\n", ends))
