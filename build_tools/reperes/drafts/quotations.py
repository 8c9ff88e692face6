"""Words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reperes.drafts.found import Finding

FEWEST_WORDS = 3
"""What is shorter is a word that the text keeps at a distance."""

# Straight marks are those of inches and minutes too.
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|(?<!\w)\"(?=\S)([^\"]*)(?<=\S)\"")
_WORD = re.compile(r"[^\W_]+")


def quotations_in(paragraph: str, offset: int) -> Iterator[Finding]:
    """The quotations of a paragraph, in order; one within another is part of it."""
    for match in _QUOTED.finditer(paragraph):
        quoted = next(part for part in match.groups() if part is not None)
        words = " ".join(quoted.split())
        if sum(1 for _ in _WORD.finditer(words)) >= FEWEST_WORDS:
            start, end = match.span()
            yield Finding("quotation", offset + start, offset + end, match[0], words)
