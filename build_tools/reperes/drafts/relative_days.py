"""Days that are told from the day of publication: "yesterday", "mardi soir", "last year"."""

from __future__ import annotations

from typing import NamedTuple

from reperes.drafts.day_words import DayWords
from reperes.drafts.moments import Parts
from reperes.drafts.numerals import Numerals
from reperes.drafts.tokens import Tokens
from reperes.text.dates import SEASONS, FactDate, Precision, moment_of
from reperes.text.days import CalendarDay, length_of_month

_SPANS = ("week", "weekend", "month", "year", "spring", "summer", "autumn", "winter")
"""What "last" and "this" may tell."""

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_SATURDAY = 5
_LONGEST_SEASON = 92
_LONGEST_SINCE_A_SEASON = 8
"""Months before a season in which "this winter" may still be the one of last year."""

_MOST_LOOKED_BACK = 12
"""Tokens before a weekday among which a verb tells that it is to come."""

_MOST_BETWEEN = 2
"""Tokens from a verb to its weekday: "said on Tuesday"."""

_CLAUSE_ENDS = (",", ";", ".", ":", "!", "?")


class Found(NamedTuple):
    """A date from one token to another, `end` being after its last.

    `value` is EDTF, or "" where it cannot be worked out; `relative` where the publication tells it.
    """

    start: int
    end: int
    value: str
    relative: bool = False


class RelativeDays:
    """Works out the days of a text of a language; without a publication, their values are ""."""

    def __init__(self, language: str, published: FactDate | None) -> None:
        self._language = language
        self._words = DayWords.of(language)
        self._numerals = Numerals.of(language)
        self._about = published.moments[0].first if published else None
        self._today = self._about if published and published.is_day else None

    def find(self, tokens: Tokens, at: int) -> Found | None:
        """The relative day that a token begins, or the week, month or year that it ends."""
        return (
            self._ago(tokens, at)
            or self._near(tokens, at)
            or self._weekday(tokens, at)
            or self._span(tokens, at)
        )

    def year_of(self, parts: Parts, step: int | None = None, side: int = 0) -> int | None:
        """The year in which a day or month is nearest to the publication, and on its weekday.

        With a step of -1 or 1, that before or after it; with such a side, it may be that day too.
        """
        if self._about is None or not parts.month:
            return None
        today, month, day = self._about, parts.month, parts.day
        years = [today.year + n for n in (0, -1, 1)]
        if day:
            years = [year for year in years if day <= length_of_month(year, month)]
            on_it = [
                year
                for year in years
                if _weekday_of(CalendarDay(year, month, day)) == parts.weekday
            ]
            years = on_it or years

        def after(year: int) -> int:
            if day:
                return CalendarDay(year, month, day).ordinal - today.ordinal
            return 12 * (year - today.year) + month - today.month

        if step is not None:
            years = [year for year in years if after(year) * step > 0] or years
        years = [year for year in years if after(year) * side >= 0] or years
        return min(years, key=lambda year: abs(after(year)), default=None)

    def _near(self, tokens: Tokens, at: int) -> Found | None:
        """ "hier", "this morning"."""
        found = self._words.days.after(tokens, at)
        if not found:
            return None
        end, days = found
        value = str(self._today.plus(int(days))) if self._today else ""
        return Found(at, end, value, relative=True)

    # Days of the week

    def _weekday(self, tokens: Tokens, at: int) -> Found | None:
        """ "mercredi", "mardi soir", "last Tuesday", "from Monday to Friday"."""
        words = self._words
        weekday = words.weekday_at(tokens, at)
        if weekday is None:
            return None
        start, end = at, at + 1
        if part := words.parts_of_day.after(tokens, end):
            end = part[0]
        step = words.weekday_steps.get(tokens[at - 1].word)
        if step is not None:
            start = at - 1
        elif (step := words.steps_after.get(tokens[end].word)) is not None:
            end += 1
        if interval := self._weekdays(tokens, start, end, weekday):
            return interval
        if step is None and self._is_next(tokens, start):
            step = 0
        return Found(start, end, self._day_of_week(weekday, step), relative=True)

    def _is_next(self, tokens: Tokens, start: int) -> bool:
        """Whether a weekday is the next: "by Friday", "will meet on Friday"."""
        words = self._words
        if words.until.before(tokens, start) or words.before.before(tokens, start):
            return True
        side = self.side(tokens, start)
        return side > 0 or (side == 0 and words.coming.before(tokens, start) is not None)

    def _day_of_week(self, weekday: int, step: int | None) -> str:
        """The last one, which may be the day of publication; or by a step, before or after it.

        A step of 0 is the next one, which may be that day too.
        """
        if self._today is None:
            return ""
        since = (_weekday_of(self._today) - weekday) % 7
        if step is None or step < 0:
            return str(self._today.plus(-since if step is None else -(since or 7)))
        return str(self._today.plus(-since % 7 if step == 0 else 7 - since))

    def _weekdays(self, tokens: Tokens, start: int, end: int, first: int) -> Found | None:
        """ "from Tuesday to Thursday", « dans la nuit de samedi à dimanche »."""
        words = self._words
        opener, joint = tokens[start - 1].word, tokens[end].word
        joined = (opener in words.from_ and joint in words.to) or (
            opener in words.between and joint in words.between_and
        )
        last = words.weekday_at(tokens, end + 1) if joined else None
        if last is None:
            return None
        value = ""
        if self._today and last != first:
            ends = self._today.plus(-((_weekday_of(self._today) - last) % 7))
            value = f"{ends.plus(-((last - first) % 7))}/{ends}"
        return Found(start - 1, end + 2, value, relative=True)

    def side(self, tokens: Tokens, start: int) -> int:
        """1 where a day is to come by the words before it, -1 where it was, 0 where nothing tells.

        "will meet on Friday", « ont voté samedi ».
        """
        words = self._words
        if words.past_since.before(tokens, start):
            return -1
        if self._is_of_now(tokens, start):
            return 1
        # "adjourned for 12 March", « reporté au 12 mars »
        is_put_off = not words.put_off.isdisjoint((tokens[start - 1].word, tokens[start].word))
        for at in range(start - 1, max(0, start - 1 - _MOST_LOOKED_BACK), -1):
            if tokens[at].text in _CLAUSE_ENDS:
                break
            if self._is_future(tokens[at].word):
                return 1
            if not is_put_off and self._is_past(tokens, at, start):
                return -1
        return 0

    def _is_past(self, tokens: Tokens, at: int, start: int) -> bool:
        """Whether a word before a day that begins at `start` is of what has been."""
        words = self._words
        word, following = tokens[at].word, tokens[at + 1].word
        # "said on Tuesday", whatever will be; but "will be discussed on Tuesday"
        if at >= start - _MOST_BETWEEN and word.endswith(words.past_endings):
            before = tokens[at - 1].word
            return not (before in words.be or self._is_future(before))
        return (word in words.past and following not in words.not_past) or (
            word in words.has and following.endswith(words.past_endings)
        )

    def _is_of_now(self, tokens: Tokens, start: int) -> bool:
        """« s’achève vendredi » is said of what is to come."""
        is_present = not tokens[start - 1].word.endswith(self._words.past_verb_endings)
        return tokens[start - 2].word in self._words.reflexives and is_present

    def _is_future(self, word: str) -> bool:
        words = self._words
        ends_so = word.endswith(words.future_endings) and word not in words.no_future
        return ends_so or word in words.future

    # Weeks, months and years

    def _ago(self, tokens: Tokens, at: int) -> Found | None:
        """ "il y a quatre jours", "four days ago", "two weeks ago"."""
        words = self._words
        opened = words.ago.after(tokens, at)
        if not opened and not words.ago_after:
            return None
        place = opened[0] if opened else at
        numeral = self._numerals.read(tokens, place)
        if numeral is None and tokens[place].word not in words.ones:
            return None
        spanned = words.spans.after(tokens, numeral.end if numeral else place + 1)
        if spanned is None:
            return None
        end, span = spanned
        if not opened:
            if tokens[end].word not in words.ago_after:
                return None
            end += 1
        count = numeral.value if numeral else 1
        is_about = numeral is not None and numeral.about
        value = ""
        if self._today and count == int(count):
            value = away(self._today, span, -int(count), is_about)
        return Found(at, end, value, relative=True)

    def _span(self, tokens: Tokens, at: int) -> Found | None:
        """ "last year", « le mois dernier », "this week", "over the weekend"."""
        words = self._words
        spanned = words.spans.after(tokens, at)
        if spanned is None or tokens[at].word in words.plural_spans or spanned[1] not in _SPANS:
            return None
        end, span = spanned
        if tokens[end].word in words.of_a_month:
            # "the last week of June"
            return None
        step = words.steps_after.get(tokens[end].word)
        if step is not None:
            opened = words.span_article.before(tokens, at)
            start, end = opened[0] if opened else at, end + 1
        else:
            if span in _SEASONS and (opened := words.season_before.before(tokens, at)):
                # « jusqu’à l’été » is bounded by its own words.
                start = at if words.until.before(tokens, at) else opened[0]
                return Found(start, end, self._nearest_season(tokens, at, span), relative=True)
            told = words.steps_before.before(tokens, at)
            if told is None and span == "weekend":
                told = words.weekend_before.before(tokens, at)
            if told is None:
                return None
            start, step = told[0], int(told[1])
        value = away(self._today, span, step) if self._today else ""
        return Found(start, end, value, relative=True)

    def _nearest_season(self, tokens: Tokens, at: int, span: str) -> str:
        if self._today is None:
            return ""
        return _nearest(self._today, _SEASONS[span], self.side(tokens, at))


def away(today: CalendarDay, span: str, step: int, about: bool = False) -> str:
    """The day, week, month or year so many steps from a day.

    Some weeks away are about so many days; some years away are the year alone.
    """
    if span == "day":
        return f"{today.plus(step)}{'~' if about else ''}"
    if span == "fortnight" or (span == "week" and abs(step) > 1):
        return f"{today.plus(step * (14 if span == 'fortnight' else 7))}~"
    if span == "week":
        monday = today.plus(7 * step - _weekday_of(today))
        return f"{monday}/{monday.plus(6)}"
    if span == "weekend":
        # While one lasts, "last weekend" is that before it.
        since = (_weekday_of(today) - _SATURDAY) % 7
        saturday = today.plus(7 * (step + 1 if step < 0 and since > 1 else step) - since)
        return f"{saturday}/{saturday.plus(1)}"
    if span == "month":
        months = 12 * today.year + today.month - 1 + step
        return moment_of(CalendarDay(months // 12, months % 12 + 1, 1), Precision.MONTH).text
    if span == "year":
        return f"{today.year + step:04}"
    if span == "decade":
        return f"{today.year + 10 * step:04}~"
    return _season(today, _SEASONS[span], step) if span in _SEASONS else ""


def _nearest(today: CalendarDay, code: int, side: int) -> str:
    """The nearest of some seasons to a day, or that which is over (-1) or to come (1)."""
    month, _ = SEASONS[code]
    starts = [CalendarDay(today.year + n, month, 1) for n in (-1, 0, 1)]
    if side > 0:
        starts = [day for day in starts if day.plus(_LONGEST_SEASON) > today]
    elif side < 0:
        starts = [day for day in starts if day < today]
    middle = _LONGEST_SEASON // 2
    nearest = min(starts, key=lambda day: abs(day.ordinal + middle - today.ordinal))
    return f"{nearest.year:04}-{code}"


def _season(today: CalendarDay, code: int, step: int) -> str:
    """The last of some seasons that is over (-1), the next (1), or this year's."""
    month, _ = SEASONS[code]
    year = today.year
    if step > 0 and today.month >= month:
        year += 1
    elif step == 0 and today.month < month - _LONGEST_SINCE_A_SEASON:
        # In January, "this winter" is that of last year.
        year -= 1
    elif step < 0:
        over = CalendarDay(year, month, 1).plus(_LONGEST_SEASON)
        year -= 1 if today < over else 0
    return f"{year:04}-{code}"


def _weekday_of(day: CalendarDay) -> int:
    """From 0, Monday."""
    return (day.ordinal - 1) % 7
