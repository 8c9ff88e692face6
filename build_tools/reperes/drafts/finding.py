"""Every number, date, name and quotation in a text, found by rule, with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from reperes.drafts.amounts import Amounts
from reperes.drafts.days import Days
from reperes.drafts.found import Finding, FindingKind
from reperes.drafts.names import KnownNames, known_names
from reperes.drafts.quotations import quotations_in
from reperes.drafts.tokens import LANGUAGES, Tokens
from reperes.drafts.units import Units
from reperes.text.dates import FactDate

__all__ = [
    "LANGUAGES",
    "Finding",
    "FindingKind",
    "KnownNames",
    "UnknownLanguageError",
    "findings",
    "known_names",
]

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LONGEST_PART = 50_000
"""Characters that are read at once: what is known of their tokens takes fifty times their room."""

# What looks back keeps a search from beginning anew at each letter of a word.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>«»“”\"]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")


class UnknownLanguageError(ValueError):
    """A text in a language of which no rules are known; `language` is its code."""

    def __init__(self, language: str) -> None:
        self.language = language
        known = " or ".join(f'"{code}"' for code in LANGUAGES)
        super().__init__(f'texts in "{language}" cannot be read by rule; only in {known}')


def findings(
    text: str, language: str, known: KnownNames, published: FactDate | None
) -> list[Finding]:
    """What a text says, in order of place; `published` is when it appeared, if that is known.

    Numbers, dates and names never overlap: the longest of them wins, so that "Paris 2024" is a name
    where it is recorded, and "4 juillet 2018" a date. A quotation is found with what is in it.
    Raises UnknownLanguageError.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)
    amounts = _amounts(known, language) if known.units else _amounts_without_own_units(language)
    days = Days(language, published)
    found: list[Finding] = []
    for start, paragraph in _paragraphs(text):
        names = [_moved(each, start) for each in known.find(paragraph)]
        tokens = Tokens(paragraph, language, start)
        taken = _taken(
            tokens, [(start + m.start(), start + m.end()) for m in _ADDRESS.finditer(paragraph)]
        )
        dates = []
        for date, first, last in days.find(text, tokens, taken):
            dates.append(date)
            taken[first:last] = b"\x01" * (last - first)
        numbers = list(amounts.find(text, tokens, taken))
        found += _longest([*names, *dates, *numbers])
        found += quotations_in(paragraph, start)
    return sorted(found, key=lambda each: (each.start, -each.end))


@lru_cache(maxsize=4)
def _amounts(known: KnownNames, language: str) -> Amounts:
    return Amounts(language, Units(language, known.units))


@cache
def _amounts_without_own_units(language: str) -> Amounts:
    return Amounts(language, Units(language, {}))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Where each paragraph begins, and its text; one that nobody would read comes in parts."""
    start = 0
    for match in [*_BLANK_LINE.finditer(text), None]:
        end = match.start() if match else len(text)
        while end - start > _LONGEST_PART:
            space = text.rfind(" ", start, start + _LONGEST_PART) + 1
            cut = space if space > start else start + _LONGEST_PART
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end]
        start = match.end() if match else end


def _moved(found: Finding, offset: int) -> Finding:
    return Finding(found.kind, found.start + offset, found.end + offset, found.words, found.value)


def _taken(tokens: Tokens, spans: list[tuple[int, int]]) -> bytearray:
    """A 1 for each token within the spans, which are in order."""
    taken, at = bytearray(len(tokens)), 0
    for start, end in spans:
        while at < len(tokens) and tokens[at].end <= start:
            at += 1
        while at < len(tokens) and tokens[at].start < end:
            taken[at] = 1
            at += 1
    return taken


def _longest(found: list[Finding]) -> list[Finding]:
    """Those that overlap no longer one."""
    kept: list[Finding] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        # A name is no longer than what it stands in, so that one look back is enough.
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
            continue
        kept.append(each)
    return kept
