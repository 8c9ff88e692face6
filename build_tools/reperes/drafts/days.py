"""Dates in a text, those worked out from the day of its publication included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel.dates import get_day_names, get_month_names

from reperes.drafts.found import Finding
from reperes.drafts.numerals import Numerals
from reperes.drafts.tokens import DASHES, Phrases, Tokens
from reperes.drafts.words import drafting_words
from reperes.language.lexicon import lexicon
from reperes.text.dates import DateError, FactDate, Precision, moment_of, parse_date
from reperes.text.days import CalendarDay, length_of_month

_MOST_LISTED = 6
"""Days of one month: "on 3, 5 and 8 May"."""

_SPANS = ("week", "weekend", "month", "year", "spring", "summer", "autumn", "winter")
"""What "last" and "this" tell from the day of publication."""


class _Found(NamedTuple):
    """A date from one token to another; `value` is EDTF, or "" where it cannot be worked out."""

    start: int
    end: int
    value: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is said of a moment: of its year, month and day, those that are. `end` is after it.

    `weekday` counts from 0, Monday. `code` is a season, a decade or a century ("2018-22", "199X").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    code: str = ""

    def text(self, year: int | None) -> str:
        if self.code:
            return self.code
        if year is None:
            return ""
        said = f"{year:04}"
        if self.month:
            said += f"-{self.month:02}"
        return said + (f"-{self.day:02}" if self.day else "")


class Days:
    """Finds the dates of a language in a text that was published on a day, if that is known."""

    def __init__(self, language: str, published: FactDate | None) -> None:
        self._language = language
        self._words = _DayWords.of(language)
        self._numerals = Numerals.of(language)
        self._today = published.moments[0].first if published and published.is_day else None
        self._published = published.moments[0].first if published else None

    def find(
        self, text: str, tokens: Tokens, taken: bytearray
    ) -> Iterator[tuple[Finding, int, int]]:
        """The dates in order, each with its first token and the one after its last."""
        words, at = self._words, 0
        while at < len(tokens):
            token = tokens[at]
            if taken[at] or not (token.kind == "number" or words.may_begin(token.word)):
                at += 1
                continue
            found = self._at(tokens, at)
            if found is None or any(taken[found.start : found.end]):
                at += 1
                continue
            while found:
                start, end = tokens[found.start].start, tokens[found.end - 1].end
                said = text[start:end]
                anchor = said if found.relative else ""
                date = Finding("date", start, end, said, _valid(found.value), anchor=anchor)
                yield date, found.start, found.end
                at = found.end
                found = self._after_day(tokens, found) if self._language == "en" else None

    def _at(self, tokens: Tokens, at: int) -> _Found | None:
        return (
            self._ago(tokens, at)
            or self._near(tokens, at)
            or self._calendar(tokens, at)
            or self._weekday(tokens, at)
            or self._span(tokens, at)
        )

    # Days, months and years

    def _calendar(self, tokens: Tokens, at: int) -> _Found | None:
        first = self._moment(tokens, at)
        interval = self._interval(tokens, at, first)
        if interval:
            return interval
        if first is None:
            return None
        if first.year is None and not first.code:
            return self._within(tokens, self._without_year(tokens, first))
        return self._within(tokens, _Found(first.start, first.end, first.text(first.year)))

    def _without_year(self, tokens: Tokens, parts: _Parts) -> _Found:
        """A day or month of the nearest year, or of that before or after: "last March"."""
        start, end = parts.start, parts.end
        step = self._words.steps_after.get(tokens[end].word)
        if step is not None:
            end += 1
        elif self._language == "en":
            step = self._words.month_steps.get(tokens[start - 1].word)
            start = start if step is None else start - 1
        return _Found(start, end, parts.text(self._nearest_year(parts, step)), relative=True)

    def _interval(self, tokens: Tokens, at: int, first: _Parts | None) -> _Found | None:
        """ "du 3 au 7 mai", "June 30 to July 4", "between 2011 and 2018", "2015-2018"."""
        words = self._words
        bare = first is None
        if first is None:
            day = self._day_number(tokens, at)
            if day is None:
                return None
            first = _Parts(at, day[1], day=day[0])
        connector = first.end
        if bare and (listed := self._listed(tokens, first)):
            return listed
        opener = tokens[first.start - 1].word
        start = first.start
        if opener in words.articles:
            start, opener = start - 1, tokens[start - 2].word
        if tokens[first.start - 1].word == "du" or opener in (*words.between, *words.from_):
            start = first.start - 1 if tokens[first.start - 1].word == "du" else start - 1
            opened = True
        else:
            opened, start = False, first.start
        joint = tokens[connector]
        joins = (
            joint.text in DASHES
            or (joint.word in words.between_and and opener in words.between)
            or (joint.word in words.to and (opened or not bare))
        )
        if not joins:
            return None
        place = connector + 1
        if tokens[place].word in words.articles:
            place += 1
        last = self._moment(tokens, place, after_joint=True)
        if last is None and first.month and not bare and first.day:
            # "May 3-7", "May 3 to 7, 2018"
            day = self._day_number(tokens, place)
            if day and day[0] > first.day:
                last = _Parts(place, day[1], first.year, first.month, day[0])
                last = self._with_year(tokens, last)
        if last is None or last.code or first.code:
            return None
        if bare and not last.day:
            return None
        if first.day and not last.day and not bare:
            return None
        if last.day and not first.day:
            return None
        month = first.month or last.month
        year = last.year or first.year or self._nearest_year(last)
        relative = not (last.year or first.year)
        begin_year = first.year or year
        if begin_year and year and not first.year and (month or 0) > (last.month or 0):
            begin_year -= 1
        begin = replace(first, month=month if last.month else first.month).text(begin_year)
        end = last.text(year)
        value = f"{begin}/{end}" if begin and end and begin < end else ""
        if not value and not relative:
            return None
        return _Found(start, last.end, value, relative)

    def _listed(self, tokens: Tokens, day: _Parts) -> _Found | None:
        """The first of some days of a month: "les 8 et 9 juin", "on 3, 5 and 8 May"."""
        if tokens[day.start - 1].word in self._words.between:
            return None
        joints = (*self._words.between_and, *self._words.or_, ",")
        place = day.end
        for _ in range(_MOST_LISTED):
            if tokens[place].word not in joints:
                return None
            place += 2 if tokens[place + 1].word in self._words.articles else 1
            last = self._day_and_month(tokens, place)
            if last:
                year = last.year or self._nearest_year(last)
                value = replace(day, month=last.month).text(year)
                return _Found(day.start, day.end, value, last.year is None)
            following = self._day_number(tokens, place)
            if following is None:
                return None
            place = following[1]
        return None

    def _after_day(self, tokens: Tokens, found: _Found) -> _Found | None:
        """A further day of the month: the 9 of "June 8 and 9"."""
        joint = tokens[found.end].word
        following = self._day_number(tokens, found.end + 1)
        if joint != "and" or following is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", found.value):
            return None
        day, end = following
        if day <= int(found.value[-2:]) or self._words.month_at(tokens, end):
            return None
        value = f"{found.value[:-2]}{day:02}"
        if year := self._year_after(tokens, end, with_comma=True):
            return _Found(found.end + 1, year[1], f"{year[0]:04}{value[4:]}")
        return _Found(found.end + 1, end, value, found.relative)

    def _moment(self, tokens: Tokens, at: int, after_joint: bool = False) -> _Parts | None:
        """A day, a month or a year that begins at a token."""
        return (
            self._in_digits(tokens, at)
            or self._with_weekday(tokens, at)
            or self._day_and_month(tokens, at)
            or self._month_and_day(tokens, at)
            or self._month(tokens, at, after_joint)
            or self._decade(tokens, at)
            or self._century(tokens, at)
            or self._season(tokens, at)
            or self._year(tokens, at, after_joint)
        )

    def _in_digits(self, tokens: Tokens, at: int) -> _Parts | None:
        """ "2018-07-04", "04/07/2018", "4.7.2018"; "03/04/2018" is anybody’s guess in English."""
        token = tokens[at]
        if token.kind != "number":
            return None
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", token.text):
            return self._numeric(at, at + 1, int(match[3]), int(match[2]), int(match[1]))
        mark = tokens[at + 1].text
        if mark not in ("-", "/") or not all(tokens.touches(at + n) for n in range(1, 5)):
            return None
        if tokens[at + 3].text != mark or tokens[at + 4].kind != "number":
            return None
        parts = [tokens[at + n].text for n in (0, 2, 4)]
        if not all(part.isdigit() for part in parts):
            return None
        numbers = [int(part) for part in parts]
        if len(parts[0]) == 4:
            return self._numeric(at, at + 5, *numbers)
        if len(parts[2]) != 4:
            return None
        day, month, year = numbers
        if self._language == "en":
            if day <= 12 and month <= 12 and day != month:
                return _Parts(at, at + 5, code="?")
            if month > 12:
                day, month = month, day
        return self._numeric(at, at + 5, year, month, day)

    def _numeric(self, at: int, end: int, year: int, month: int, day: int) -> _Parts | None:
        fits = 1 <= month <= 12 and 1 <= day <= length_of_month(year, month)
        return _Parts(at, end, year, month, day) if fits else None

    def _with_weekday(self, tokens: Tokens, at: int) -> _Parts | None:
        weekday = self._words.weekdays.get(tokens[at].word)
        if weekday is None:
            return None
        place = at + 1
        while tokens[place].text in (",", ".") or tokens[place].word in self._words.articles:
            place += 1
            if place > at + 3:
                return None
        found = self._day_and_month(tokens, place) or self._month_and_day(tokens, place)
        return replace(found, start=at, weekday=weekday) if found else None

    def _day_number(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """A day of the month ("4", "1er", "19th"), and the place after it."""
        text = tokens[at].text
        if tokens[at].kind != "number" or not text.isdigit() or not 1 <= int(text) <= 31:
            return None
        if tokens.touches(at) and tokens[at - 1].kind == "word":
            return None
        end = at + 1
        if tokens[end].word in self._words.ordinal_endings and tokens.touches(end):
            end += 1
        return int(text), end

    def _day_and_month(self, tokens: Tokens, at: int) -> _Parts | None:
        day = self._day_number(tokens, at)
        if day is None:
            return None
        number, place = day
        if tokens[place].word == "of" and self._language == "en":
            place += 1
        month = self._words.month_at(tokens, place)
        if month is None or number > length_of_month(2000, month[0]):
            return None
        parts = _Parts(at, month[1], month=month[0], day=number)
        return self._with_year(tokens, parts)

    def _month_and_day(self, tokens: Tokens, at: int) -> _Parts | None:
        if self._language != "en":
            return None
        month = self._words.month_at(tokens, at)
        if month is None:
            return None
        place = month[1] + 1 if tokens[month[1]].word == "the" else month[1]
        day = self._day_number(tokens, place)
        if day is None or day[0] > length_of_month(2000, month[0]):
            return None
        return self._with_year(tokens, _Parts(at, day[1], month=month[0], day=day[0]))

    def _with_year(self, tokens: Tokens, parts: _Parts) -> _Parts:
        year = self._year_after(tokens, parts.end, with_comma=self._language == "en")
        return replace(parts, year=year[0], end=year[1]) if year else parts

    def _year_after(
        self, tokens: Tokens, at: int, with_comma: bool = False
    ) -> tuple[int, int] | None:
        if with_comma and tokens[at].text == ",":
            at += 1
        if (
            self._language == "en"
            and tokens[at].word in ("of", "in")
            and _is_year(tokens[at + 1].text)
        ):
            at += 1
        text = tokens[at].text
        return (int(text), at + 1) if _is_year(text) else None

    def _month(self, tokens: Tokens, at: int, after_joint: bool = False) -> _Parts | None:
        month = self._words.month_at(tokens, at)
        if month is None:
            return None
        parts = _Parts(at, month[1], month=month[0])
        year = self._year_after(tokens, month[1])
        if year:
            return replace(parts, year=year[0], end=year[1])
        if self._language == "en" and not after_joint:
            before = tokens[at - 1].word
            # "May" and "March" are words, and "June" may be a person.
            if before not in self._words.month_before and tokens[month[1]].word != "'s":
                return None
        return parts

    def _year(self, tokens: Tokens, at: int, after_joint: bool = False) -> _Parts | None:
        text = tokens[at].text
        if tokens[at].kind != "number" or not _is_year(text):
            return None
        words, before, following = self._words, tokens[at - 1], tokens[at + 1]
        if tokens.touches(at) and before.text not in (
            *DASHES,
            "(",
            "[",
            "/",
            "'",
            "’",
            '"',
            "«",
            "“",
        ):
            return None
        is_joined = before.text in DASHES and tokens.touches(at) and not after_joint
        if is_joined and tokens[at - 2].word not in words.parts_words:
            return None
        if following.kind == "word" and tokens.touches(at + 1):
            return None
        if following.text in ("%", "€", "$", "£", "°"):
            return None
        year = int(text)
        strong = before.word in words.strong_year_before or after_joint
        weak = strong or before.word in words.year_before or before.text in ("(", "")
        counts = following.kind == "word" and following.word not in words.small
        likely = 1900 <= year <= 2100
        if before.word in words.numbered:
            return None
        if strong and (likely or not counts):
            return self._two_years(tokens, _Parts(at, at + 1, year))
        plural = counts and _is_plural(following.word)
        if likely and not plural and (weak or following.kind == "sign"):
            return self._two_years(tokens, _Parts(at, at + 1, year))
        if likely and not counts and year >= 1950:
            return self._two_years(tokens, _Parts(at, at + 1, year))
        return None

    def _two_years(self, tokens: Tokens, parts: _Parts) -> _Parts:
        """ "2018/19", "2018-19": seasons and budgets that have two years."""
        assert parts.year is not None
        mark, short = tokens[parts.end], tokens[parts.end + 1]
        if (
            mark.text in ("/", "-", "–")
            and tokens.touches(parts.end)
            and tokens.touches(parts.end + 1)
        ):
            following = (parts.year + 1) % 100
            if short.text in (f"{following:02}", f"{parts.year + 1}"):
                code = f"{parts.year:04}/{parts.year + 1:04}"
                return replace(parts, end=parts.end + 2, code=code)
        return parts

    def _decade(self, tokens: Tokens, at: int) -> _Parts | None:
        """ "the 1990s", "les années 1990", "the '90s"."""
        text = tokens[at].text
        if tokens[at].kind != "number" or not text.isdigit():
            return None
        if self._language == "en":
            if tokens[at + 1].word not in ("s", "'s") or not tokens.touches(at + 1):
                return None
            end = at + 2
        else:
            if tokens[at - 1].word != "années":
                return None
            end = at + 1
        if len(text) == 4 and text.endswith("0"):
            return _Parts(at, end, code=f"{text[:3]}X")
        if len(text) == 2 and text.endswith("0"):
            return _Parts(at, end, code=f"19{text[0]}X" if int(text) > 20 else f"20{text[0]}X")
        return None

    def _century(self, tokens: Tokens, at: int) -> _Parts | None:
        """ "the 19th century", « XIXe siècle »."""
        token = tokens[at]
        if token.kind == "number" and token.text.isdigit():
            number, place = int(token.text), at + 2
            if tokens[at + 1].word not in self._words.ordinal_endings:
                return None
        elif match := re.fullmatch(r"([IVX]+)(?:er|e|ème)?", token.text):
            number, place = _arabic(match[1]), at + 1
            if tokens[place].word in self._words.ordinal_endings:
                place += 1
        elif token.word in self._words.ordinals and self._language == "en":
            number, place = self._words.ordinals[token.word], at + 1
        else:
            return None
        if tokens[place].text == "-":
            place += 1
        if tokens[place].word not in self._words.centuries or not 1 <= number <= 30:
            return None
        era = self._words.era_before.after(tokens, place + 1)
        code = f"{'-' if era else ''}{number - 1:02}XX"
        return _Parts(at, era[0] if era else place + 1, code=code)

    def _season(self, tokens: Tokens, at: int) -> _Parts | None:
        season = self._words.seasons.get(tokens[at].word)
        if season is None:
            return None
        place = at + 1
        if tokens[place].word in ("of", "de"):
            place += 1
        if not _is_year(tokens[place].text):
            return None
        return _Parts(at, place + 1, code=f"{tokens[place].text}-{season}")

    # Bounds and parts of dates

    def _within(self, tokens: Tokens, found: _Found) -> _Found:
        """ "depuis le 19 juin", "until March", "avant 2010", "vers 2018", "fin 2016", "mi-juin"."""
        words = self._words
        start = found.start
        if part := words.parts.before(tokens, start):
            start = part[0]
            found = found._replace(start=start)
        place = start
        article = tokens[place - 1].word
        for phrases, form in words.bounds:
            bound = phrases.before(tokens, place)
            if bound is None and article in words.articles:
                bound = phrases.before(tokens, place - 1)
            if bound is None:
                continue
            if "/" in found.value or not found.value:
                return found._replace(start=bound[0])
            value = _bounded(found.value, form)
            return found._replace(start=bound[0], value=value) if value else found
        return found

    def _nearest_year(self, parts: _Parts, step: int | None = None) -> int | None:
        """The year in which a day or month is nearest to the publication, and on its weekday.

        With a step of -1 or 1, that before or after it.
        """
        if self._published is None or not parts.month:
            return None
        today = self._published
        years = [today.year + n for n in (0, -1, 1)]
        if parts.day:
            years = [y for y in years if parts.day <= length_of_month(y, parts.month)]
        if parts.weekday is not None and parts.day:
            on_it = [
                y
                for y in years
                if (CalendarDay(y, parts.month, parts.day).ordinal - 1) % 7 == parts.weekday
            ]
            years = on_it or years

        def after(year: int) -> int:
            assert parts.month
            if parts.day:
                return CalendarDay(year, parts.month, parts.day).ordinal - today.ordinal
            return 12 * (year - today.year) + parts.month - today.month

        if step is not None:
            years = [year for year in years if after(year) * step > 0] or years
        return min(years, key=lambda year: abs(after(year)), default=None)

    # Days told from the day of publication

    def _near(self, tokens: Tokens, at: int) -> _Found | None:
        """ "hier", "this morning", "la veille"."""
        if found := self._words.days.after(tokens, at):
            end, days = found
            value = str(self._today.plus(int(days))) if self._today and days else ""
            return _Found(at, end, value, relative=True)
        return None

    def _weekday(self, tokens: Tokens, at: int) -> _Found | None:
        """ "mercredi", "mardi soir", "last Tuesday", "vendredi prochain"."""
        words = self._words
        weekday = words.weekdays.get(tokens[at].word)
        if weekday is None or not (self._language == "fr" or tokens[at].text[0].isupper()):
            return None
        start, end, before = at, at + 1, tokens[at - 1].word
        if part := words.parts_of_day.after(tokens, end):
            end = part[0]
        is_last, is_next = before in words.last, before in words.next
        if is_last or is_next:
            start = at - 1
        step = words.steps_after.get(tokens[end].word)
        if step is not None:
            is_last, is_next, end = step < 0, step > 0, end + 1
        value = ""
        if self._today:
            back = (self._today.ordinal - 1 - weekday) % 7
            if is_next:
                value = str(self._today.plus(7 - back))
            else:
                value = str(self._today.plus(-(back or 7) if is_last else -back))
        return self._within(tokens, _Found(start, end, value, relative=True))

    def _ago(self, tokens: Tokens, at: int) -> _Found | None:
        """ "il y a quatre jours", "four days ago", "two weeks ago"."""
        words = self._words
        start, place = at, at
        opened = words.ago.after(tokens, at)
        if opened:
            place = opened[0]
        elif self._language == "fr":
            return None
        numeral = self._numerals.read(tokens, place)
        if numeral is not None:
            count, place = numeral.value, numeral.end
        elif tokens[place].word in words.one:
            numeral, place = None, place + 1
            count = Decimal(1)
        else:
            return None
        spanned = words.spans.after(tokens, place)
        if spanned is None:
            return None
        end, span = spanned
        if not opened:
            if tokens[end].word not in words.ago_after:
                return None
            end += 1
        if count != int(count):
            return _Found(start, end, "", relative=True)
        return _Found(
            start, end, self._back(span, -int(count), bool(numeral and numeral.about)), True
        )

    def _span(self, tokens: Tokens, at: int) -> _Found | None:
        """ "last year", "le mois dernier", "cette semaine", "the past weekend"."""
        words = self._words
        spanned = words.spans.after(tokens, at)
        if spanned is None or tokens[at].word in words.plural_spans:
            return None
        end, span = spanned
        if span not in _SPANS:
            return None
        step = words.steps_after.get(tokens[end].word)
        if step is not None:
            opened = words.span_article.before(tokens, at)
            return self._within(
                tokens, _Found(opened[0] if opened else at, end + 1, self._back(span, step), True)
            )
        found = words.steps_before.before(tokens, at)
        if found is None and span == "weekend":
            found = words.weekend_before.before(tokens, at)
        if found is None:
            return None
        start, steps = found
        return self._within(tokens, _Found(start, end, self._back(span, int(steps)), True))

    def _back(self, span: str, step: int, about: bool = False) -> str:
        """The day, week, month or year so many steps from the publication."""
        today = self._today
        if today is None:
            return ""
        if span == "day":
            return str(today.plus(step)) + ("~" if about else "")
        if span in ("week", "fortnight"):
            if abs(step) > 1 or span == "fortnight":
                return str(today.plus(step * (14 if span == "fortnight" else 7))) + "~"
            monday = today.plus(7 * step - (today.ordinal - 1) % 7)
            return f"{monday}/{monday.plus(6)}"
        if span == "weekend":
            # The last one that has begun, which "last weekend" is not while it lasts.
            since = (today.ordinal - 1 - 5) % 7
            saturday = today.plus(7 * (step + 1 if step < 0 and since > 1 else step) - since)
            return f"{saturday}/{saturday.plus(1)}"
        if span == "month":
            months = 12 * today.year + today.month - 1 + step
            return moment_of(CalendarDay(months // 12, months % 12 + 1, 1), Precision.MONTH).text
        if span == "year":
            return f"{today.year + step:04}"
        if span == "hour":
            return str(today) if step > -12 else ""
        if span == "decade":
            return f"{today.year + 10 * step:04}~"
        seasons = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
        if span in seasons:
            return f"{today.year + step:04}-{seasons[span]}"
        return ""


class _DayWords:
    """The words of a language by which days are said."""

    @staticmethod
    @cache
    def of(language: str) -> _DayWords:
        return _DayWords(language)

    def __init__(self, language: str) -> None:
        words = drafting_words(language)
        self._language = language
        self._months = {
            name.lower().rstrip("."): number
            for number, name in get_month_names("wide", locale=language).items()
        }
        self._short_months = {
            name.lower(): number
            for name in words.words("month_words")
            for full, number in self._months.items()
            if full.startswith(_long_beginning(name.lower()))
        }
        self.weekdays = {
            name.lower(): day for day, name in get_day_names("wide", locale=language).items()
        }
        self.articles = frozenset((*words.words("day_article"), "l'"))
        self.between = words.set("between")
        self.between_and = words.set("between_and")
        self.or_ = words.set("or")
        self.from_ = frozenset((*words.words("from"), "du"))
        self.to = frozenset(("à", "au") if language == "fr" else ("to", "until", "through", "till"))
        self.ordinal_endings = words.set("ordinal_endings")
        self.ordinals = {word: n for n, word in enumerate(words.words("ordinals"), 1)}
        self.month_before = words.set("month_before")
        self.year_before = words.set("year_before")
        self.strong_year_before = words.set("strong_year_before")
        self.numbered = words.set("numbered") - {
            "loi",
            "law",
            "euro",
            "order",
            "decree",
        }
        self.small = frozenset((*words.words("no_nouns"), *lexicon(language).small_words))
        self.parts = words.found("parts")
        self.parts_words = frozenset(phrase.split()[0] for phrase in words.phrases("parts"))
        self.parts_of_day = words.found("parts_of_day")
        self.days: Phrases[str] = Phrases(
            (
                *words.meanings("days").items(),
                *((phrase, "") for phrase in words.phrases("days_without_day")),
            ),
            language,
        )
        self.last = words.set("last") if language == "en" else frozenset[str]()
        self.next = words.set("next") if language == "en" else frozenset[str]()
        self.month_steps = words.numbers("month_steps")
        self.ago = words.found("ago")
        self.ago_after = words.set("ago_after")
        self.one = words.set("articles")
        self.spans = words.found("spans")
        self.plural_spans = words.set("plural_spans")
        self.steps_before = words.found("steps_before")
        self.steps_after = words.numbers("steps_after")
        self.span_article = words.found("span_article")
        self.weekend_before = words.found("weekend_before")
        self.seasons = words.numbers("seasons")
        self.centuries = words.set("century_words")
        self.era_before = words.found("era_before")
        self.bounds = [
            (words.found(key), form)
            for key, form in (
                ("since", "{}/.."),
                ("until", "../{}"),
                ("before", "before"),
                ("after", "after"),
                ("about_day", "{}~"),
            )
        ]
        self._begin = frozenset(
            (
                *self._months,
                *self._short_months,
                *self.weekdays,
                *(Tokens(p, language)[0].word for p in words.meanings("spans")),
                *self.seasons,
                *self.one,
                *self.ordinals,
                *words.numbers("numbers"),
                *(Tokens(p, language)[0].word for p in words.phrases("ago")),
                *(Tokens(p, language)[0].word for p in words.meanings("days")),
                *(Tokens(p, language)[0].word for p in words.phrases("days_without_day")),
            )
        )

    def may_begin(self, word: str) -> bool:
        return word in self._begin or word[:1] in "ivx"

    def month_at(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """The month that a word names, and the place after it and its full stop."""
        token = tokens[at]
        if token.kind != "word" or (self._language == "en" and not token.text[0].isupper()):
            return None
        if month := self._months.get(token.word):
            return month, at + 1
        if month := self._short_months.get(token.word):
            is_short = tokens[at + 1].text == "." and tokens.touches(at + 1)
            following = tokens[at + 2 if is_short else at + 1]
            if following.kind != "number" and tokens[at - 1].kind != "number":
                return None
            return month, at + 2 if is_short else at + 1
        return None


def _long_beginning(short: str) -> str:
    return {"fév": "fév", "févr": "fév", "sept": "sept", "juil": "juil"}.get(short, short[:3])


def _is_plural(word: str) -> bool:
    return word.endswith(("s", "x")) or word in ("people", "men", "women", "children")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1000 <= int(text) <= 2199


def _bounded(value: str, form: str) -> str:
    """A date after "since", "until", "before", "after" or "about"."""
    if "{}" in form:
        return form.format(value)
    try:
        moment = parse_date(value).moments[0]
    except DateError:
        return ""
    if moment.precision not in (Precision.YEAR, Precision.MONTH, Precision.DAY):
        return ""
    neighbour = moment.first.plus(-1) if form == "before" else moment.last.plus(1)
    said = moment_of(neighbour, moment.precision).text
    return f"[..{said}]" if form == "before" else f"[{said}..]"


def _valid(value: str) -> str:
    """The value, if it is a date of ours, else ""."""
    try:
        return parse_date(value).text if value else ""
    except DateError:
        return ""


def _arabic(roman: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in roman]
    return sum(
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )
