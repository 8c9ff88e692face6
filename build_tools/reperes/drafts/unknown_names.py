"""Names in a text that no entry records: actors and places that somebody may want to add."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.dates import get_day_names, get_month_names

from reperes.drafts.names import KnownNames
from reperes.language.lexicon import lexicon

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]+"
_NAME = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}"
    rf"(?:[ \u00a0](?:(?:de|du|des|la|le|de la|von|van|of|al|bin|ben) )?{_CAPITAL})+"
)
"""Two words or more with capitals: one alone may open a sentence, or be a nationality."""


def unknown_names(paragraphs: Sequence[str], known: KnownNames) -> dict[str, list[int]]:
    """The names of two words or more that are not recorded, with the paragraphs that have them."""
    small, of_dates = lexicon(known.language).small_words, _words_of_dates(known.language)
    found: dict[str, list[int]] = {}
    for number, text in enumerate(paragraphs, 1):
        matches = [*_NAME.finditer(text)]
        recorded = [(each.start, each.end) for each in known.find(text)] if matches else []
        for match in matches:
            if any(start < match.end() and match.start() < end for start, end in recorded):
                continue
            words = match[0].split()
            # "The", "In", "Selon": what opens a sentence has a capital too.
            while words and words[0].lower() in small:
                del words[0]
            if len(words) > 1 and of_dates.isdisjoint(word.lower() for word in words):
                places = found.setdefault(" ".join(words), [])
                places += [number] if number not in places else []
    return found


def _words_of_dates(language: str) -> frozenset[str]:
    """The names of months and days, which English writes with a capital."""
    months = get_month_names("wide", locale=language).values()
    days = get_day_names("wide", locale=language).values()
    return frozenset(name.lower() for name in (*months, *days))
