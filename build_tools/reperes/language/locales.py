"""Numbers, amounts, dates and lists as a reader expects them, through Babel and the wording."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal

import babel
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import NumberPattern, format_decimal, get_decimal_symbol, parse_pattern

from reperes.language.typography import NO_BREAK_SPACE
from reperes.language.units import UnitWording, shipped_unit
from reperes.language.wording import PLURALS, Wording
from reperes.text.dates import Clock, Extent, FactDate, Moment, Precision, moment_of
from reperes.text.days import CalendarDay

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range"]
MINUS = "\u2212"


@dataclass(frozen=True)
class _Conventions:
    """What a language's typographers ask for and CLDR does not record.

    `hour_digits` is how many digits an hour has at least: "09:05", but "9 h 05".
    `words_up_to` is the last whole number that prose writes in words, `largest_exponent` the
    power of ten of the last noun of number that readers know. `scale_said_once` is of a language
    that says "20 à 27 millions", and not "20 million to 27 million"; `ratio_of_one`, of one that
    says "one person in four", and not "one in four people". Before the words `elided_before`,
    what ends in a vowel loses it.
    """

    words_up_to: int = 9
    hour_digits: int = 2
    roman_centuries: bool = False
    compact_space: str = " "
    feminine: tuple[str, str] | None = None
    largest_exponent: int = 12
    scale_said_once: bool = False
    ratio_of_one: bool = False
    elided_before: tuple[str, ...] = ()


_YEAR = "\ue000"
"""Where a year is to be put in a date."""

_CONVENTIONS = {
    "fr": _Conventions(
        words_up_to=16,
        hour_digits=1,
        roman_centuries=True,
        compact_space=NO_BREAK_SPACE,
        feminine=(r"un$", "une"),
        # « Billion » is 10^12 in French, and read as the English billion: "1 200 milliards".
        largest_exponent=9,
        scale_said_once=True,
        ratio_of_one=True,
        elided_before=("un", "une"),
    ),
}


@dataclass(eq=False)
class Locale:
    """One language of an explainer: how it writes numbers, amounts, dates and lists.

    `code` is the language in addresses ("fr"), `locale` the regional conventions ("fr_FR"); a
    locale that CLDR does not have raises LookupError. Every text returned has the no-break
    spaces that its language asks for. `units` are the explainer's own, by id.
    """

    code: str
    locale: str
    wording: Wording
    units: Mapping[str, UnitWording] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            self._babel = babel.Locale.parse(self.locale)
        except (babel.UnknownLocaleError, ValueError):
            message = f'no conventions are known for the locale "{self.locale}"'
            raise LookupError(message) from None
        self._conventions = _CONVENTIONS.get(self._babel.language, _Conventions())
        self._says_year = True
        self._unit_wordings: dict[str, UnitWording] = {}
        self._numbers: dict[str, str] = {}
        self._moments: dict[tuple[Moment, bool, bool], str] = {}
        self._days: dict[tuple[str, int, int], str] = {}

    def __reduce__(self) -> tuple[type[Locale], tuple[object, ...]]:
        # What it remembers is not kept with it.
        return Locale, tuple(getattr(self, each.name) for each in fields(self))

    def label(self, key: str, **values: str) -> str:
        """The text of an interface label. Raises KeyError."""
        return self.wording.label(key, **values)

    def counted(self, key: str, number: int, **values: str) -> str:
        """A number of things, by the label of the plural that it takes: "6 événements".

        Raises KeyError.
        """
        category = self._babel.plural_form(number)
        form = category if self.wording.has(f"{key}.{category}") else "other"
        return self.label(f"{key}.{form}", count=self.number(Decimal(number)), **values)

    # Numbers

    def number(self, number: Decimal) -> str:
        """All the digits of a number, with as many decimals as were typed."""
        # Of two numbers that are equal, one may have more decimals.
        typed = str(number)
        if typed not in self._numbers:
            pattern = _with_decimals(self._babel.decimal_formats[None].pattern, _decimals(number))
            said = format_decimal(number, pattern, self._babel)
            self._numbers[typed] = _typographic_minus(said)
        return self._numbers[typed]

    def digits(self, number: Decimal) -> str:
        """The same as spreadsheets of the language read it: "2,5", without grouping or exponent."""
        return format(number, "f").replace(".", self.decimal_sign)

    @property
    def decimal_sign(self) -> str:
        return get_decimal_symbol(self._babel)

    def amount(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """An amount without its unit's noun: "plus de 350 000", "60 %", "€2.3 million"."""
        wording = self.unit_wording(unit)
        text = self._bounded(low, high, bound, wording)
        return self._with_symbol(text, high, wording) if _follows(wording) else text

    def from_to(self, key: str, low: str, high: str, **values: str) -> str:
        """A label of two amounts, the first of which stands behind "de" ("d’environ 300")."""
        return self.label(f"{key}{_vowel_suffix(low)}", low=low, high=high, **values)

    def with_unit(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """An amount and its unit: "plus de 350 000 personnes", "2 millions d’euros", "60 %"."""
        wording = self.unit_wording(unit)
        return self._complete(self._bounded(low, high, bound, wording, noun=True), high, wording)

    def between(self, low: Decimal, high: Decimal, unit: str) -> str:
        """A range as a phrase of its own: "entre 270 000 et 330 000".

        It has its unit, unless that is one that is counted.
        """
        wording = self.unit_wording(unit)
        ends = self._ends(low, high, wording, noun=not wording.is_counted)
        text = ends["high"] if low == high else self.label("bound.between", **ends)
        return text if wording.is_counted else self._complete(text, high, wording)

    def words(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """An amount in words where all numbers are small; they agree with the unit ("une").

        It has its unit, unless that is one that is counted. What has a symbol is not said in words.
        """
        wording = self.unit_wording(unit)
        in_words = self._has_words(low) and self._has_words(high) and not wording.symbol
        if wording.is_counted:
            return self._bounded(low, high, bound, wording, in_words=in_words)
        text = self._bounded(low, high, bound, wording, noun=True, in_words=in_words)
        return self._complete(text, high, wording)

    def cited(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """An amount as prose cites it: with its unit, unless that is one that is counted."""
        counted = self.unit_wording(unit).is_counted
        return (self.amount if counted else self.with_unit)(low, high, bound, unit)

    def one(self, number: Decimal, unit: str) -> str:
        """A number with its unit, unless that is one that is counted: all its digits then."""
        if self.unit_wording(unit).is_counted:
            return self.number(number)
        return self.with_unit(number, number, "exact", unit)

    def unit(self, unit: str, number: Decimal) -> str:
        """A unit as it stands after a number: "personnes", "de personnes", "%", "km/h".

        Raises KeyError for a unit without wording.
        """
        wording = self.unit_wording(unit)
        if wording.symbol and wording.place.startswith("after"):
            said = self._after_number(wording.symbol, number, wording)
            return self._related(said, wording)
        if wording.kind != "ratio":
            return self._related(self._noun(number, wording), wording)
        return self.unit_alone(unit, number)

    def unit_alone(self, unit: str, number: Decimal) -> str:
        """A unit as a table names it beside a number: "personnes", "euros", "1 sur …"."""
        wording = self.unit_wording(unit)
        if wording.kind == "ratio":
            return self._ratio("…", "1", number, wording, noun=True)
        if wording.symbol and wording.place.startswith("after"):
            return self._related(wording.symbol, wording)
        return self._related(self._plain_noun(number, wording), wording)

    def unit_wording(self, unit: str) -> UnitWording:
        """How the language says a unit: one of the explainer's, or one that the program knows.

        A unit that interface/ words is one that is counted. Raises KeyError.
        """
        if unit in self.units:
            return self.units[unit]
        if unit not in self._unit_wordings:
            self._unit_wordings[unit] = self._find_unit_wording(unit)
        return self._unit_wordings[unit]

    def _find_unit_wording(self, unit: str) -> UnitWording:
        shipped = shipped_unit(unit, self.locale)
        forms = {form: self.label(key) for form, key in self._worded_forms(unit)}
        if not forms:
            if shipped is None:
                raise KeyError(unit)
            return shipped
        wording = shipped or UnitWording(kind="count")
        if wording.kind != "percent":
            wording = UnitWording(
                kind="count",
                forms=wording.forms,
                gender=wording.gender,
                is_mass=not wording.is_of_things,
            )
        key = f"unit.{unit}.gender"
        gender = self.label(key) if self.wording.has(key) else wording.gender
        return replace(wording, forms={**wording.forms, **forms}, gender=gender)

    def _worded_forms(self, unit: str) -> Iterator[tuple[str, str]]:
        for form in PLURALS:
            key = f"unit.{unit}.{form}"
            if self.wording.has(key):
                yield form, key

    def _bounded(
        self,
        low: Decimal,
        high: Decimal,
        bound: Bound,
        wording: UnitWording,
        *,
        noun: bool = False,
        in_words: bool = False,
    ) -> str:
        """Numbers with their bound, and what each of them has of the unit."""
        ends = self._ends(low, high, wording, noun=noun, in_words=in_words)
        value = ends["high"] if low == high else self.label("bound.range", **ends)
        if bound == "range":
            return value
        key = f"bound.{bound}"
        if wording.is_of_things and self.wording.has(f"{key}_things"):
            key = f"{key}_things"
        if in_words and value.split()[0] in self._conventions.elided_before:
            key = f"{key}_vowel" if self.wording.has(f"{key}_vowel") else key
        return self.label(key, value=value)

    def _ends(
        self,
        low: Decimal,
        high: Decimal,
        wording: UnitWording,
        *,
        noun: bool = False,
        in_words: bool = False,
    ) -> dict[str, str]:
        """Both ends of a range as texts; "millions" stands but once where a language has it so."""
        said = {
            key: self._value(number, wording, noun=noun, in_words=in_words)
            for key, number in (("low", low), ("high", high))
        }
        exponent = self._exponent(low, wording)
        if (
            exponent
            and exponent == self._exponent(high, wording)
            and self._conventions.scale_said_once
            and not wording.is_attached
        ):
            said["low"] = self.number(_scaled(low, exponent))
        return said

    def _value(self, number: Decimal, wording: UnitWording, *, noun: bool, in_words: bool) -> str:
        """One number: "350 000", "2,3 millions", "quatre", "€2.50", "1 sur 4"."""
        if wording.kind == "ratio":
            said = self._in_words if in_words else lambda n, _: self.number(n)
            one = said(Decimal(1), wording.gender)
            return self._ratio(said(number, "none"), one, number, wording, noun=noun)
        if in_words:
            return self._in_words(number, wording.gender)
        exponent = self._exponent(number, wording)
        if wording.kind == "money" and number.as_tuple().exponent == -1:
            number = number.quantize(Decimal("0.01"))
        text = self._compact(number, exponent) if exponent else self.number(number)
        if not wording.is_attached:
            return text
        if wording.place == "after":
            return text + wording.symbol
        space = NO_BREAK_SPACE if wording.place == "before_spaced" else ""
        sign = MINUS if text.startswith(MINUS) else ""
        return f"{sign}{wording.symbol}{space}{text.removeprefix(MINUS)}"

    def _ratio(
        self, said: str, one: str, number: Decimal, wording: UnitWording, *, noun: bool
    ) -> str:
        """A share as people say it: "1 sur 4", "une personne sur quatre", "one in four people"."""
        if not (noun and wording.forms):
            return self.label("amount.ratio", one=one, number=said)
        which = Decimal(1) if self._conventions.ratio_of_one else abs(number)
        named = wording.noun(self._babel.plural_form(which))
        return self.label("amount.ratio_of", one=one, number=said, unit=named)

    def _complete(self, text: str, number: Decimal, wording: UnitWording) -> str:
        """Numbers with all that follows them of their unit."""
        if _follows(wording):
            text = self._with_symbol(text, number, wording)
        elif wording.forms and not wording.symbol and wording.kind != "ratio":
            noun = self._noun(number, wording)
            text = self.label("amount.with_unit", amount=text, unit=noun)
        return self._related(text, wording)

    def _with_symbol(self, text: str, number: Decimal, wording: UnitWording) -> str:
        return text + NO_BREAK_SPACE + self._after_number(wording.symbol, number, wording)

    def _noun(self, number: Decimal, wording: UnitWording) -> str:
        if self._exponent(number, wording) and "many" in wording.forms:
            return wording.forms["many"]
        return self._after_number(self._plain_noun(number, wording), number, wording)

    def _plain_noun(self, number: Decimal, wording: UnitWording) -> str:
        category = self._babel.plural_form(abs(number))
        # "many" is for what follows "millions", not for a million written in digits.
        return wording.noun("other" if category == "many" else category)

    def _after_number(self, said: str, number: Decimal, wording: UnitWording) -> str:
        """What follows a number, which is a noun itself where it is of millions: "d’euros"."""
        if not self._exponent(number, wording):
            return said
        return self.label("amount.of" + _vowel_suffix(said), unit=said)

    def _related(self, text: str, wording: UnitWording) -> str:
        """An amount or a unit, and of what it is: "4,28 euros le mètre cube"."""
        for number, unit in enumerate(wording.per):
            per = self.unit_wording(unit)
            noun = per.symbol if _follows(per) else per.noun("one")
            key = "amount.per"
            if number:
                key = "amount.per_again"
            elif wording.kind == "money" and per.kind == "measure":
                # Goods have a price "le litre", and time and persons "par jour".
                key = f"amount.per{_vowel_suffix(noun) or '_' + per.gender}"
            text = self.label(key, amount=text, unit=noun)
        return text

    def _exponent(self, number: Decimal, wording: UnitWording) -> int:
        """The power of ten by which a round number is said: 12, 9, 6; 0 where it is in digits."""
        if not wording.grows_to_millions or abs(number) < 10**6:
            return 0
        largest = self._conventions.largest_exponent
        for exponent in (12, 9, 6):
            scaled = number.scaleb(-exponent)
            most = 10**6 if exponent == largest else 1000
            if exponent <= largest and 1 <= abs(scaled) < most and scaled == round(scaled, 2):
                return exponent
        return 0

    def _compact(self, number: Decimal, exponent: int) -> str:
        # Babel's format_compact_decimal takes the plural of the whole number: "1 millions".
        scaled = _scaled(number, exponent)
        forms = self._babel.compact_decimal_formats["long"]
        category = self._babel.plural_form(abs(scaled))
        form = forms[category if category in forms else "other"][str(10**exponent)]
        pattern: str = form.pattern.replace(" ", self._conventions.compact_space)
        return pattern.replace("0", self.number(scaled))

    def _has_words(self, number: Decimal) -> bool:
        return number == int(number) and 0 <= number <= self._conventions.words_up_to

    def _in_words(self, number: Decimal, gender: str) -> str:
        # It knows sixty languages, and is imported where somebody wants words.
        from num2words import num2words  # type: ignore[import-untyped]

        words = str(num2words(int(number), lang=self._babel.language))
        if self._conventions.feminine and gender == "feminine":
            words = re.sub(*self._conventions.feminine, words)
        return words

    # Dates

    def date(self, date: FactDate) -> str:
        """A date with no more precision than it has: "juin 2018", "30 juin 2018 environ"."""
        return self._date_text(date, "date.interval")

    def day(self, date: FactDate) -> str:
        """A date without its year, and without a time: "4 juillet".

        Raises LookupError where nothing else is known.
        """
        if not date.is_finer_than_years:
            raise LookupError(f'"{date.text}" names no day or month')
        return self.without_year.date(date.day)

    @cached_property
    def without_year(self) -> Locale:
        """The same for readers who know the year: a date has it only where nothing else is known.

        An interval of which either end is a year keeps both.
        """
        locale = replace(self)
        locale._says_year = False
        return locale

    def weekday(self, date: FactDate) -> str:
        """The name of the day of the week. Raises LookupError for what is not a known day."""
        if not date.has_weekday:
            raise LookupError(f'"{date.text}" is not one known day')
        return format_date(date.moments[0].first.date, "EEEE", self._babel)

    def time(self, date: FactDate) -> str:
        """The time of a date, with its zone: "21 h 30 (UTC+3)". Raises LookupError without one."""
        if not date.is_of_times:
            raise LookupError(f'"{date.text}" has no time')
        times = [self._time(moment) for moment in date.moments]
        if len(times) == 1:
            return times[0]
        return self.label("date.hours", start=self._hour(date.moments[0]), end=times[1])

    def day_of_month(self, day: CalendarDay) -> str:
        """A day as it stands under the name of its month: "4", "1er"."""
        return self._moment(moment_of(day, Precision.DAY), year=False, month=False)

    def month(self, day: CalendarDay, *, year: bool) -> str:
        """The month of a day as it stands alone: "juillet", "juillet 2018"."""
        return self._moment(moment_of(day, Precision.MONTH), year=year)

    def short_month(self, day: CalendarDay) -> str:
        """The month of a day, as short as may be: "juil.", "Jul"."""
        return format_date(_stand_in(day), "LLL", self._babel)

    def year(self, year: int) -> str:
        """A year as it stands alone: "2018", "44 av. J.-C."."""
        return self._year(year, alone=True)

    def on(self, date: FactDate) -> str:
        """When it was, as a sentence says it: "le 4 juillet 2018", "en juillet 2018"."""
        if date.extent is not Extent.MOMENT:
            return self._date_text(date, "date.on.interval")
        role = "around" if date.approximate else "on"
        return self._in_role(role, date.moments[0], year=self._says_year, said=True)

    def _date_text(self, date: FactDate, interval: str) -> str:
        year = self._says_year or not date.is_finer_than_years
        role = _ROLES.get(date.extent)
        if role:
            return self._in_role(role, date.moments[0], year=year)
        if date.extent is Extent.INTERVAL:
            return self._interval(date, interval, year=year)
        return self._about(date.moments[0], year=year)

    def _interval(self, date: FactDate, key: str, *, year: bool) -> str:
        start, end = date.moments
        if date.is_of_times and not (start.approximate or end.approximate):
            day = self._moment(date.day.moments[0], year=year)
            return self.label(f"{key}.hours", day=day, hours=self.time(date))
        start_text, end_text = self._ends_of_interval(start, end, year=year)
        first = self._put_in_role("from", start, start_text)
        last = self._put_in_role("to", end, end_text)
        return self.label(key, start=first, end=last)

    def _ends_of_interval(self, start: Moment, end: Moment, *, year: bool) -> tuple[str, str]:
        """The two ends of an interval; the one does not say what the other repeats.

        "19", "19 juin" or "19 juin 2018", and the whole of the end; of years before our era, and
        of centuries, the noun is said once.
        """
        exact = not (start.approximate or end.approximate)
        same_precision = start.precision is end.precision
        end_text = self._about(end, year=year)
        same_era = _is_before_our_era(start) == _is_before_our_era(end)
        if exact and same_precision and same_era and start.precision is Precision.CENTURY:
            return self.label("date.century.first", ordinal=self._ordinal(start)), end_text
        if exact and same_precision and start.precision is Precision.YEAR:
            return self._years(start.first.year, end.first.year)
        same_year = len(start.years | end.years) == 1
        by_day = same_precision and start.precision is Precision.DAY
        same_month = same_year and by_day and start.first.month == end.first.month
        if same_month and exact and self._day_first:
            return self._moment(start, year=False, month=False), end_text
        said_once = same_year and min(start.precision, end.precision) > Precision.YEAR
        return self._about(start, year=year and not said_once), end_text

    def _years(self, first: int, last: int) -> tuple[str, str]:
        """Two years, their era said once, on the side where the language has it."""
        eras = {_era(year, alone=True) for year in (first, last)}
        if len(eras) > 1 or eras == {None}:
            return self.year(first), self.year(last)
        [era] = eras
        if self.label(f"date.year.{era}", year="0").startswith("0"):
            return self._bare_year(first), self.year(last)
        return self.year(first), self._bare_year(last)

    def _about(self, moment: Moment, *, year: bool) -> str:
        text = self._moment(moment, year=year)
        # Of a time, what is uncertain is the time: it says so itself.
        is_said = moment.approximate and moment.clock is None
        return self.label("date.about", date=text) if is_said else text

    def _in_role(self, role: str, moment: Moment, *, year: bool, said: bool = False) -> str:
        """A moment behind a preposition; `said` where that says already that it is about."""
        text = self._moment(moment, year=year) if said else self._about(moment, year=year)
        return self._put_in_role(role, moment, text)

    def _put_in_role(self, role: str, moment: Moment, text: str) -> str:
        key = f"date.{role}.{moment.precision.name.lower()}"
        before_vowel = key + _vowel_suffix(text)
        return self.label(before_vowel if self.wording.has(before_vowel) else key, date=text)

    def _moment(self, moment: Moment, *, year: bool, month: bool = True) -> str:
        key = moment, year, month
        if key not in self._moments:
            self._moments[key] = self._find_moment(moment, year=year, month=month)
        return self._moments[key]

    def _find_moment(self, moment: Moment, *, year: bool, month: bool) -> str:
        match moment.precision:
            case Precision.CENTURY:
                era = "bc" if _is_before_our_era(moment) else "ad"
                return self.label(f"date.century.{era}", ordinal=self._ordinal(moment))
            case Precision.DECADE:
                return self._decade(moment)
            case Precision.YEAR:
                return self.year(moment.first.year)
            case Precision.SEASON:
                return self._season(moment, year=year)
            case Precision.TIME:
                day = self._moment(moment_of(moment.first, Precision.DAY), year=year)
                key = "date.about_time_of_day" if moment.approximate else "date.time_of_day"
                return self.label(key, day=day, time=self._time(moment))
        pattern = self._date_pattern(moment.precision, year=year, month=month)
        pattern = re.sub(r"(?<=d) (?=M)|(?<=M) (?=d)", NO_BREAK_SPACE, pattern)
        if moment.precision is Precision.DAY and moment.first.day == 1:
            pattern = re.sub(r"\bd\b", _quoted(self.label("date.first_of_month")), pattern, count=1)
        # Babel knows no years before 1, and the wrong eras for a newspaper.
        pattern = re.sub(r"('[^']*')|y+", lambda found: found[1] or _YEAR, pattern)
        asked = pattern, moment.first.month, moment.first.day
        if asked not in self._days:
            self._days[asked] = format_date(_stand_in(moment.first), pattern, self._babel)
        return self._days[asked].replace(_YEAR, self._year(moment.first.year, alone=False))

    def _year(self, year: int, *, alone: bool) -> str:
        era = _era(year, alone=alone)
        number = self._bare_year(year)
        return self.label(f"date.year.{era}", year=number) if era else number

    @staticmethod
    def _bare_year(year: int) -> str:
        """A year without its era: 1 - year before our era, for the year before 1 is 0."""
        return str(year if year > 0 else 1 - year)

    def _decade(self, moment: Moment) -> str:
        first, last = moment.first.year, moment.last.year
        # "The 1900s" may be the century; "the 2000s" is not yet.
        key = "date.decade.first" if first % 100 == 0 and first < 2000 else "date.decade"
        return self.label(key, year=self.year(first), last=self._bare_year(last))

    def _ordinal(self, moment: Moment) -> str:
        """The number of a century, as an ordinal: "XXe", "20th"."""
        year = moment.last.year
        number = year // 100 + 1 if year > 0 else -year // 100 + 1
        key = f"date.ordinal.{self._babel.ordinal_form(number)}"
        key = key if self.wording.has(key) else "date.ordinal.other"
        numeral = _roman(number) if self._conventions.roman_centuries else str(number)
        return self.label(key, number=numeral)

    def _season(self, moment: Moment, *, year: bool) -> str:
        season = self.label(f"date.season.{moment.season}")
        if not year:
            return season
        first, last = moment.first.year, moment.last.year
        if first == last:
            return self.label(
                "date.season.of_year", season=season, year=self._year(first, alone=False)
            )
        years = {"first": self._bare_year(first), "last": self._year(last, alone=False)}
        return self.label("date.season.of_years", season=season, **years)

    def _time(self, moment: Moment) -> str:
        """A time and its zone, and that it is about that time: "vers 21 h 30 (UTC+3)"."""
        assert moment.clock is not None
        zone = _zone_text(moment.clock)
        text = self.label("date.time.zoned", time=self._hour(moment), zone=zone)
        return self.label("date.time.about", time=text) if moment.approximate else text

    def _hour(self, moment: Moment) -> str:
        """A time alone: "21 h 30", "21:30"."""
        assert moment.clock is not None
        hour = f"{moment.clock.hour:0{self._conventions.hour_digits}}"
        key = "date.time" if moment.clock.minute else "date.time.full_hour"
        return self.label(key, hour=hour, minute=f"{moment.clock.minute:02}")

    def _date_pattern(self, precision: Precision, *, year: bool, month: bool) -> str:
        if precision is Precision.MONTH:
            return self._skeleton("yMMMM") if year else "LLLL"
        if not month:
            return "d"
        return self._long_pattern if year else self._skeleton("MMMMd")

    def _skeleton(self, name: str) -> str:
        pattern: str = self._babel.datetime_skeletons[name].pattern
        return pattern

    @property
    def _long_pattern(self) -> str:
        pattern: str = self._babel.date_formats["long"].pattern
        return pattern

    @property
    def _day_first(self) -> bool:
        return self._long_pattern.startswith("d")

    # Languages, lists and order

    def language_name(self, code: str) -> str:
        """The name of a language in this one: "arabe"; its code where CLDR has no name."""
        return str(self._babel.languages.get(code, code))

    def list(self, texts: Sequence[str]) -> str:
        """An enumeration: "a, b et c"."""
        return format_list(texts, "standard", self._babel)

    def sort_key(self, text: str) -> tuple[str, str, str]:
        """Orders by letters, then by accents, then by case, as dictionaries do."""
        # pyuca (of 2017) loads in 105 ms and gives the same order, but "« Barils »" stands before A
        # there, and under B in our index. No wheel brings the collator of ICU.
        letters = _letters(text)
        return letters, unicodedata.normalize("NFD", text.casefold()), text.swapcase()

    def initial(self, text: str) -> str:
        """The letter under which an index lists `text`, or "#" for what begins with none."""
        first = _letters(text)[:1].upper()
        return first if first.isalpha() else "#"


def text_direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written: "rtl" for Arabic; "ltr" for one that CLDR does not have."""
    try:
        return "rtl" if babel.Locale(language).text_direction == "rtl" else "ltr"
    except babel.UnknownLocaleError:
        return "ltr"


_ROLES = {
    Extent.SINCE: "since",
    Extent.UNTIL: "until",
    Extent.BEFORE: "before",
    Extent.AFTER: "after",
}


def _stand_in(day: CalendarDay) -> datetime.date:
    """The same day of a year that Babel can format, and that has every day."""
    return datetime.date(2000, day.month, day.day)


def _quoted(text: str) -> str:
    """`text` as words of a CLDR pattern."""
    return "'" + text.replace("'", "''") + "'"


def _era(year: int, *, alone: bool) -> str | None:
    """The era to be named: one before ours; ours where a year might be any number.

    One of three digits says what it is beside a month; one of two might be of our century.
    """
    if year < 1:
        return "bc"
    return "ad" if year < (1000 if alone else 100) else None


def _is_before_our_era(moment: Moment) -> bool:
    return moment.last.year < 1


_NUMERALS = {
    100: "C",
    90: "XC",
    50: "L",
    40: "XL",
    10: "X",
    9: "IX",
    5: "V",
    4: "IV",
    1: "I",
}


def _roman(number: int) -> str:
    """A number in Roman numerals, which French has for centuries: none is above a hundred."""
    text = ""
    for value, letters in _NUMERALS.items():
        text += number // value * letters
        number %= value
    return text


def _zone_text(clock: Clock) -> str:
    """How far a zone is ahead of UTC: "UTC+3", "UTC−3:30", "UTC"."""
    if not clock.offset:
        return "UTC"
    hours, minutes = divmod(abs(clock.offset), 60)
    sign = MINUS if clock.offset < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def _follows(wording: UnitWording) -> bool:
    """Whether a symbol stands after all numbers, as a noun would: "20 à 27 km/h"."""
    return bool(wording.symbol) and not wording.is_attached


def _scaled(number: Decimal, exponent: int) -> Decimal:
    """How many millions or billions a number is, without trailing zeros."""
    scaled = number.scaleb(-exponent).normalize()
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral() else scaled


def _decimals(number: Decimal) -> int:
    """How many decimals a number was typed with."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


@cache
def _with_decimals(pattern: str, places: int) -> NumberPattern:
    """A CLDR number pattern with so many decimals."""
    digits = "0." + "0" * places if places else "0"
    return parse_pattern(re.sub(r"0(?:\.[0#]+)?", digits, pattern, count=1))


def _typographic_minus(text: str) -> str:
    return text.replace("-", MINUS)


def _vowel_suffix(text: str) -> str:
    """Chooses the wording before a vowel or an h, which is most often silent ("d’habitants")."""
    first = text[:1]
    letters = first.lower() if first.isascii() and first.isalnum() else _letters(text)
    return "_vowel" if letters[:1] in set("aeiouh") else ""


_SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def _letters(text: str) -> str:
    """What collation compares first: no accents, no case, other signs as spaces between words."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).translate(_SPELT_OUT)
    kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Lm"))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())
