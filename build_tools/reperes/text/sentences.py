"""Where the sentences of a text stand."""

from __future__ import annotations

import re

from reperes.text.code_spans import Span

# What it may begin with comes first, by which a search goes faster.
_SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<!\n)[»”\"’')\]*_\u00a0\u202f]*(?=\s)"
    r"|(?<=\n)(?:[ \t]*\n|(?=[ \t]*(?:[-*+]|[0-9]+[.)])[ \t])))"
)
_ABBREVIATION = re.compile(r"(?<!\w)(?:[A-Z]|MM|Mr|Mrs|Ms|Dr|Pr|St)\.\s*$")
"""What a sentence does not end with, though a full stop stands there."""


def sentences(words: str) -> list[Span]:
    """Where the sentences of visible words stand, in order; a list item begins one."""
    ends = [match.end() for match in _SENTENCE_END.finditer(words)]
    return list(zip([0, *ends], [*ends, len(words)], strict=True))


def sentence_around(text: str, offset: int) -> Span:
    """The sentence in which an offset stands; an initial or a title ends none ("M. Roy")."""
    start = 0
    for _, end in sentences(text):
        if _ABBREVIATION.search(text, max(start, end - 8), end):
            continue
        if offset < end:
            return start, end
        start = end
    return start, len(text)
