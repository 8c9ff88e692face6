"""The texts of sources, kept beside the build so that drafts can be read in their paragraphs.

They are no content, and nobody else gets them: without one, drafts show their five words alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reperes.model.drafts import DIGEST_LENGTH, Drafts
from reperes.model.paragraphs import paragraph_digest, read_paragraphs
from reperes.text.files import write_text
from reperes.text.problems import ContentError, Place, Problem

MAX_PARAGRAPHS = 9_999
"""How many paragraphs a text may have: to there a place in a source counts."""

MAX_PARAGRAPH = 20_000
"""How many characters a paragraph may have: ten pages of a book."""


def paragraphs_of_text(path: Path) -> list[str]:
    """The paragraphs of a source's text, one a line, in order.

    Raises ContentError where it cannot be read, holds none, or has not one paragraph a line.
    """
    lines = read_paragraphs(path)
    if not lines:
        message = "no paragraph in it; write the source's text there, one paragraph a line"
        raise ContentError([Problem(Place(str(path)), message, "source")])
    if len(lines) > MAX_PARAGRAPHS:
        message = f"{len(lines)} paragraphs, and {MAX_PARAGRAPHS} are the most"
        fix = "keep what you need, or make a source of each part"
        raise ContentError([Problem(Place(str(path)), f"{message}; {fix}", "source")])
    long = ((number, len(text)) for number, text in lines.items() if len(text) > MAX_PARAGRAPH)
    fix = f"put each paragraph on a line of its own; {MAX_PARAGRAPH} characters are the most"
    problems = [
        Problem(Place(str(path), number), f"{length} characters on one line; {fix}", "source")
        for number, length in long
    ]
    if problems:
        raise ContentError(problems)
    return [*lines.values()]


def keep_paragraphs(folder: Path, source_id: str, paragraphs: Sequence[str]) -> None:
    """Keep a source's text in a folder of texts, for whoever decides about its drafts."""
    write_text(folder / f"{source_id}.txt", "".join(f"{each}\n" for each in paragraphs))


def kept_paragraphs(folder: Path, drafts: Drafts) -> dict[int, str]:
    """The paragraphs of a source, by number, as far as they are kept and still the same."""
    path = folder / f"{drafts.source_id}.txt"
    try:
        lines = read_paragraphs(path).values()
    except ContentError:
        return {}
    pairs = enumerate(zip(lines, drafts.paragraphs, strict=False), 1)
    return {
        number: text
        for number, (text, digest) in pairs
        if paragraph_digest(text).startswith(digest[:DIGEST_LENGTH])
    }
