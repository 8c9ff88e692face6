"""The paragraphs of a source's text, and the digests by which they are known again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reperes.model.documents import read_bytes
from reperes.text.folding import folded
from reperes.text.problems import ContentError, Place, Problem

RULE = "source"


def paragraph_digest(paragraph: str) -> str:
    """SHA-256 of a paragraph, normalised as "nfc-space-collapsed": NFC, apostrophes, spaces."""
    return hashlib.sha256(folded(paragraph).encode()).hexdigest()


def read_paragraphs(path: Path) -> dict[int, str]:
    """The paragraphs of a text file, one a line, by line number; blank lines are none.

    Raises ContentError where it cannot be read.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, str(error.strerror)) from None
    except UnicodeDecodeError as error:
        raise unreadable(path, f'not UTF-8 ({error.reason}); save it as "UTF-8"') from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {number: line for number, line in enumerate(lines, 1) if line.strip()}


def unreadable(path: Path, reason: str) -> ContentError:
    """What to raise for a source's text or file that cannot be read."""
    return ContentError([Problem(Place(str(path)), f"cannot be read: {reason}", RULE)])
