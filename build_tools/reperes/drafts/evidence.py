"""The words of a source that a draft rests on: five at most, and found there literally."""

from __future__ import annotations

import re

from reperes.model.entries import EVIDENCE_WORDS, count_words
from reperes.text.folding import folded

_WORD = re.compile(r"\S+")
_MOST_LOOKED_AT = 40
"""How many words of a long quotation are looked at, from its beginning."""

_NEAR = 30
"""How many characters may stand between a number and what it counts."""

_AROUND = re.compile(r"^[\s.,;:!?…«»“”\"()\[\]]+|[\s.,;:!?…«»“”\"()\[\]]+$")


def evidence_of(start: int, end: int, text: str, noun: str = "") -> str:
    """The words at a span, or five of them with its digits, and the `noun` that follows them.

    Where the same words stand in the text again, those that follow are taken too, up to five.
    """
    if noun and 0 <= text.find(noun, end) <= end + _NEAR:
        end = text.find(noun, end) + len(noun)
    words = [match.span() for match in _WORD.finditer(text)]
    inside = [n for n, (a, b) in enumerate(words) if a < end and b > start]
    if not inside:
        return _AROUND.sub("", text[start:end])
    inside = inside[:_MOST_LOOKED_AT]
    # A number whose thousands a space parts is one word, and so are marks that stand alone.
    best = max(
        (
            (first, last)
            for first in inside
            for last in inside
            if first <= last and _is_short(text[words[first][0] : words[last][1]])
        ),
        key=lambda found: _worth(text[words[found[0]][0] : words[found[1]][1]], found),
    )
    first, last = best
    said = _at(text, words[first][0], words[last][1])
    while folded(text).count(folded(said)) > 1 and last + 1 < len(words):
        longer = text[words[first][0] : words[last + 1][1]]
        if not _is_short(longer):
            break
        last += 1
        said = _at(text, words[first][0], words[last][1])
    return said


def span_of(words: str, text: str) -> tuple[int, int] | None:
    """Where words of evidence stand in a text, whatever its spaces and apostrophes."""
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    match = re.search(re.sub("['’]", "['’]", pattern), text) if words else None
    return match.span() if match else None


def _is_short(words: str) -> bool:
    return count_words(_AROUND.sub("", words)) <= EVIDENCE_WORDS


def _worth(words: str, found: tuple[int, int]) -> tuple[int, int, int]:
    """Digits count first, then that it begins where the finding does, then how much is quoted."""
    return sum(c.isdigit() for c in words), -found[0], len(words)


def _at(text: str, start: int, end: int) -> str:
    return _AROUND.sub("", text[start:end])
