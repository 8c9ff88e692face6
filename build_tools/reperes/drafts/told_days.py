"""Days that are told from another one in the text: "la veille", "four days later"."""

from __future__ import annotations

import re

from reperes.drafts.day_words import DayWords
from reperes.drafts.numerals import Numerals
from reperes.drafts.relative_days import Found, away
from reperes.drafts.tokens import Tokens
from reperes.drafts.words import drafting_words
from reperes.text.days import CalendarDay

_TOLD_FROM = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?(?:/\.\.)?")
"""The dates from which others are told: a day, month or year, or since one."""

_FINENESS = {"year": 1, "month": 2, "week": 3, "day": 3, "fortnight": 3}
"""How many parts a date needs for such a span to be told from it."""


class ToldDays:
    """Works out such days of a language from the last date that the paragraph has before them."""

    def __init__(self, language: str) -> None:
        words = drafting_words(language)
        self._words = DayWords.of(language)
        self._numerals = Numerals.of(language)
        self._days = words.found("told_days")
        self._later = words.found("told_later")
        self._of = words.set("told_of")
        self._before_another = words.set("before_another")

    def find(self, tokens: Tokens, at: int, before: str) -> Found | None:
        """The day that begins at a token; `before` is the last date, as EDTF, or ""."""
        if found := self._days.after(tokens, at):
            end, told = found
            step, span = told.split()
            last, following = tokens[end - 1].word, tokens[end]
            is_of_another = following.word in self._of or (
                last in self._before_another and following.kind == "word"
            )
            value = "" if is_of_another else _from(before, int(step), span)
            return Found(at, end, value, relative=True)
        return self._later_by(tokens, at, before)

    def _later_by(self, tokens: Tokens, at: int, before: str) -> Found | None:
        """ "four days later", « un an plus tôt »; where nothing tells from when, it is a number."""
        numeral = self._numerals.read(tokens, at)
        if numeral is None and tokens[at].word not in self._words.ones:
            return None
        spanned = self._words.spans.after(tokens, numeral.end if numeral else at + 1)
        later = self._later.after(tokens, spanned[0]) if spanned else None
        if not spanned or not later:
            return None
        count = numeral.value if numeral else 1
        is_exact = count == int(count) and not (numeral and (numeral.about or numeral.at_least))
        value = _from(before, int(count) * int(later[1]), spanned[1]) if is_exact else ""
        return Found(at, later[0], value, relative=True) if value else None


def _from(before: str, step: int, span: str) -> str:
    """The day, week, month or year so many steps from a date, or "" where it is too coarse."""
    match = _TOLD_FROM.fullmatch(before)
    if match is None or span not in _FINENESS:
        return ""
    parts = [int(part) for part in match.groups() if part]
    if len(parts) < _FINENESS[span]:
        return ""
    year, month, day = (*parts, 1, 1)[:3]
    return away(CalendarDay(year, month, day), span, step)
