"""Folding texts for comparison: two that differ only in spaces or quotation marks are the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans("‘‚‛“”„‟«»", "'''" + 6 * '"')
_QUOTE = re.compile("[‘‚‛“”„‟«»]")
_BRACES = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_INSIDE_QUOTES = re.compile(r"«\s+|\s+»")


def folded(text: str) -> str:
    """`text` without what changes no meaning: composition, kinds of apostrophe and of space."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return " ".join(text.split())


# Pairing compares the same texts again and again.
@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """`text` folded, whatever its quotation marks, with one space inside its placeholders' braces.

    «\u00a0mot\u00a0», “mot” and "mot" are the same word in the same marks.
    """
    if _QUOTE.search(text):
        text = _INSIDE_QUOTES.sub(lambda match: match[0].strip(), text).translate(_QUOTES)
    text = folded(text)
    braces = text.count("{{")
    # Most have their spaces already.
    spaced = braces == text.count("{{ ") == text.count(" }}") == text.count("}}")
    if not braces or (spaced and "{{ }}" not in text and "{{{" not in text):
        return text
    return _BRACES.sub(r"{{ \1 }}", text)
