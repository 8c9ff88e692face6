"""Dates in a text, with intervals and bounds, and those worked out from its publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reperes.drafts.day_words import DayWords
from reperes.drafts.found import Finding
from reperes.drafts.moments import Moments, Parts
from reperes.drafts.relative_days import Found, RelativeDays
from reperes.drafts.tokens import DASHES, Tokens
from reperes.drafts.told_days import ToldDays
from reperes.text.date_guesses import neighbour
from reperes.text.dates import DateError, FactDate, parse_date

_MOST_FROM_NOT = 3
"""Tokens from "not" to "before": "not expected before 2026"."""

_MOST_LISTED = 6
"""Days of one month: "on 3, 5 and 8 May"."""


class Days:
    """Finds the dates of a language in a text that was published on a day, if that is known."""

    def __init__(self, language: str, published: FactDate | None) -> None:
        self._language = language
        self._words = DayWords.of(language)
        self._moments = Moments(language)
        self._relative = RelativeDays(language, published)
        self._told = ToldDays(language)

    def find(
        self, text: str, tokens: Tokens, taken: bytearray
    ) -> Iterator[tuple[Finding, int, int]]:
        """The dates in order, each with its first token and the one after its last."""
        at, before = 0, ""
        while at < len(tokens):
            may_begin = tokens[at].kind == "number" or self._words.may_begin(tokens[at].word)
            found = self._at(tokens, at, before) if may_begin and not taken[at] else None
            if found is None or any(taken[found.start : found.end]):
                at += 1
                continue
            while found:
                start, end = tokens[found.start].start, tokens[found.end - 1].end
                anchor = text[start:end] if found.relative else ""
                before = value = _valid(found.value)
                date = Finding("date", start, end, text[start:end], value, anchor=anchor)
                yield date, found.start, found.end
                at = found.end
                found = self._further_day(tokens, found)

    def _at(self, tokens: Tokens, at: int, before: str) -> Found | None:
        first = self._moments.read(tokens, at)
        if first:
            found = self._interval(tokens, first)
        else:
            with_weekday = self._words.weekday_at(tokens, at) is not None
            found = self._days_of_month(tokens, at + 1 if with_weekday else at)
        if found is None and first:
            found = self._moment(tokens, first)
        if found is None:
            found = self._told.find(tokens, at, before) or self._relative.find(tokens, at)
        return self._bounded(tokens, found) if found else None

    def _moment(self, tokens: Tokens, parts: Parts) -> Found:
        """A moment alone; of one without a year, that of the next to it, or the nearest."""
        if not parts.lacks_year:
            return Found(parts.start, parts.end, parts.text(parts.year))
        start, end = parts.start, parts.end
        step = self._words.steps_after.get(tokens[end].word)
        if step is not None:
            end += 1
        elif (step := self._words.month_steps.get(tokens[start - 1].word)) is not None:
            start -= 1
        elif year := self._year_of_next(tokens, end):
            return Found(start, end, parts.text(year))
        side = self._relative.side(tokens, self._opened_by_article(tokens, start))
        year = self._relative.year_of(parts, step, side)
        return Found(start, end, parts.text(year), relative=True)

    def _year_of_next(self, tokens: Tokens, at: int) -> int | None:
        """The year that a moment shares with the next: "in May and June 2017"."""
        if tokens[at].word not in self._words.joints:
            return None
        if day := self._moments.day_number(tokens, at + 1):
            year = self._moments.year_after(tokens, day[1])
            if year:
                return year[0]
        following = self._moments.day_and_month(tokens, at + 1) or self._moments.month(
            tokens, at + 1, after_joint=True
        )
        return following.year if following else None

    # Intervals and lists

    def _opening(self, tokens: Tokens, start: int) -> tuple[int, str]:
        """Where "between" or "from" stands before a moment, and which; else its start and ""."""
        words = self._words
        if tokens[start - 1].word in words.from_ or tokens[start - 1].word in words.between:
            return start - 1, tokens[start - 1].word
        if tokens[start - 1].word in words.articles:
            opener = tokens[start - 2].word
            if opener in words.from_ or opener in words.between:
                return start - 2, opener
        return start, ""

    def _joint(self, tokens: Tokens, at: int, opener: str) -> bool:
        """Whether an interval goes on at a place: with a dash, "to", or the "and" of "between"."""
        if opener in self._words.between:
            return tokens[at].word in self._words.between_and
        return tokens[at].text in DASHES or tokens[at].word in self._words.to

    def _interval(self, tokens: Tokens, first: Parts) -> Found | None:
        """ "du 30 juin au 4 juillet", "May 3-7", "between 2011 and 2018"."""
        start, opener = self._opening(tokens, first.start)
        if first.code or not self._joint(tokens, first.end, opener):
            return None
        place = self._after_article(tokens, first.end + 1)
        last = self._moments.read(tokens, place, after_joint=True)
        if last is None and first.day and (day := self._moments.day_number(tokens, place)):
            last = Parts(place, day[1], first.year, first.month, day[0])
            last = self._moments.with_year(tokens, last)
        if last is None or last.code or bool(first.day) != bool(last.day):
            return None
        return self._from_to(start, first, last)

    def _days_of_month(self, tokens: Tokens, at: int) -> Found | None:
        """ "du 3 au 7 mai", "3-7 May"; or the first of "les 8 et 9 juin"."""
        day = self._moments.day_number(tokens, at)
        if day is None:
            return None
        with_weekday = self._words.weekday_at(tokens, at - 1) is not None
        first = Parts(at - 1 if with_weekday else at, day[1], day=day[0])
        start, opener = self._opening(tokens, first.start)
        if self._joint(tokens, first.end, opener):
            place = self._after_article(tokens, first.end + 1)
            last = self._day_at(tokens, place)
            if last and last.day and last.day > day[0]:
                return self._from_to(start, first, last)
        return self._listed(tokens, first)

    def _day_at(self, tokens: Tokens, at: int) -> Parts | None:
        """ "7 mai", "vendredi 7 mai"."""
        if self._words.weekday_at(tokens, at) is not None:
            at += 1
        return self._moments.day_and_month(tokens, at)

    def _opened_by_article(self, tokens: Tokens, at: int) -> int:
        """Where a date begins with its article and what part of it is meant, if any."""
        if tokens[at - 1].word in self._words.articles:
            at -= 1
        part = self._words.parts.before(tokens, at)
        return part[0] if part else at

    def _after_article(self, tokens: Tokens, at: int) -> int:
        return at + 1 if tokens[at].word in self._words.articles else at

    def _from_to(self, start: int, first: Parts, last: Parts) -> Found | None:
        """An interval of two moments, of which the first may lack month and year."""
        year = last.year or first.year or self._relative.year_of(last)
        is_relative = not (last.year or first.year)
        month = first.month or (last.month if first.day else None)
        begins_in = first.year or year
        if year and not first.year and (month or 0) > (last.month or 0):
            begins_in = year - 1
        begin, end = replace(first, month=month).text(begins_in), last.text(year)
        if is_relative and not end:
            return Found(start, last.end, "", relative=True)
        return Found(start, last.end, f"{begin}/{end}", is_relative) if begin < end else None

    def _listed(self, tokens: Tokens, day: Parts) -> Found | None:
        """The first of some days of a month: "les 8 et 9 juin", "on 3, 5 and 8 May"."""
        place = day.end
        for _ in range(_MOST_LISTED):
            if tokens[place].word not in self._words.joints:
                return None
            place = self._after_article(tokens, place + 1)
            if last := self._day_at(tokens, place):
                year = last.year or self._relative.year_of(last)
                value = replace(day, month=last.month).text(year)
                return Found(day.start, day.end, value, relative=last.year is None)
            if self._words.weekday_at(tokens, place) is not None:
                place += 1
            following = self._moments.day_number(tokens, place)
            if following is None:
                return None
            place = following[1]
        return None

    def _further_day(self, tokens: Tokens, found: Found) -> Found | None:
        """A further day of the month in English: the 9 of "June 8 and 9"."""
        following = self._moments.day_number(tokens, found.end + 1)
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", found.value)
        if self._language != "en" or not following or not is_day:
            return None
        day, end = following
        joined = tokens[found.end].word in self._words.between_and
        if not joined or day <= int(found.value[-2:]) or self._words.month_at(tokens, end):
            return None
        value = f"{found.value[:-2]}{day:02}"
        if year := self._moments.year_after(tokens, end):
            return Found(found.end + 1, year[1], f"{year[0]:04}{value[4:]}")
        return Found(found.end + 1, end, value, found.relative)

    # Bounds

    def _bounded(self, tokens: Tokens, found: Found) -> Found:
        """A date with the words before it: "depuis le 19 juin", "until March", "fin 2016"."""
        words = self._words
        start, value = found.start, found.value
        if part := words.parts.before(tokens, start):
            start = part[0]
        for phrases, bound in (
            (words.since, "{}/.."),
            (words.until, "../{}"),
            (words.before, "before"),
            (words.after, "after"),
            (words.about, "{}~"),
        ):
            told = phrases.before(tokens, start)
            if told is None and tokens[start - 1].word in words.articles:
                told = phrases.before(tokens, start - 1)
            # "after Sunday's vote" names the day of the vote.
            if told is None or (tokens[found.end].word == "'s" and "{}" not in bound):
                continue
            if phrases is words.since and not self._lasts_since(tokens, found, told[0]):
                return found._replace(start=start)
            if "/" in value or not value:
                return found._replace(start=told[0])
            if phrases is words.before and self._is_not_yet(tokens, told[0]):
                # "not expected before 2026"
                bound = "{}/.."
            if part and "{}" not in bound:
                # "before the end of 2019" is in 2019 too.
                bound = "../{}" if bound == "before" else "{}/.."
            if said := _with_bound(value, bound):
                return found._replace(start=told[0], value=said)
        return found._replace(start=start)

    def _lasts_since(self, tokens: Tokens, found: Found, start: int) -> bool:
        """Whether something lasts from a date on, of which the words before begin at `start`.

        "Coins from the third century" do not, nor what somebody asked « dès lundi ».
        """
        if tokens[start].word in self._words.from_ and found.value.endswith("X"):
            return False
        is_early = tokens[start].word in self._words.as_early_as
        return not is_early or self._relative.side(tokens, start) >= 0

    def _is_not_yet(self, tokens: Tokens, at: int) -> bool:
        near = range(at - 1, at - 1 - _MOST_FROM_NOT, -1)
        return any(tokens[n].word in self._words.not_yet for n in near)


def _with_bound(value: str, bound: str) -> str:
    """A date that something lasted from or to, or was "before" or "after"; "" if nobody can say."""
    if "{}" in bound:
        return bound.format(value)
    said = neighbour(value, -1 if bound == "before" else 1)
    if said is None:
        return ""
    return f"[..{said}]" if bound == "before" else f"[{said}..]"


def _valid(value: str) -> str:
    """The value, if it is a date of ours, else ""."""
    try:
        return parse_date(value).text if value else ""
    except DateError:
        return ""
