"""Numbers, amounts, dates and lists as a reader expects them, through Babel and the wording."""

from __future__ import annotations

import copy
import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import babel
import num2words  # type: ignore[import-untyped]
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_decimal_symbol

from reperes.language.typography import NO_BREAK_SPACE
from reperes.language.wording import Wording
from reperes.text.dates import FactDate, Moment, Precision, parse_date

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "range"]
MINUS = "\u2212"
PERCENT = "percent"


@dataclass(frozen=True)
class _Conventions:
    """What a language's typographers ask for and CLDR does not record.

    `words_up_to` is the last whole number that prose writes in words.
    """

    words_up_to: int = 9
    compact_space: str = " "
    feminine: tuple[str, str] | None = None


_CONVENTIONS = {
    "fr": _Conventions(
        words_up_to=16,
        compact_space=NO_BREAK_SPACE,
        feminine=(r"un$", "une"),
    ),
}


class Locale:
    """One language of an explainer: how it writes numbers, amounts, dates and lists.

    `code` is the language in addresses ("fr"), `locale` the regional conventions ("fr_FR"); a
    locale that CLDR does not have raises LookupError. Every text returned has the no-break
    spaces that its language asks for.
    """

    def __init__(self, code: str, locale: str, wording: Wording) -> None:
        self.code = code
        self.locale = locale
        self.wording = wording
        try:
            self._babel = babel.Locale.parse(locale)
        except (babel.UnknownLocaleError, ValueError):
            raise LookupError(f'no conventions are known for the locale "{locale}"') from None
        self._conventions = _CONVENTIONS.get(self._babel.language, _Conventions())
        self._says_year = True

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
        pattern = _with_decimals(self._babel.decimal_formats[None].pattern, number)
        return _typographic_minus(format_decimal(number, pattern, self._babel))

    def digits(self, number: Decimal) -> str:
        """The same as spreadsheets of the language read it: "2,5", without grouping or exponent."""
        return format(number, "f").replace(".", self.decimal_sign)

    @property
    def decimal_sign(self) -> str:
        return get_decimal_symbol(self._babel)

    def amount(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """An amount without its unit's noun: "plus de 350 000", "60 %", "2,3 millions"."""
        return self._bounded(self._value(low, unit), self._value(high, unit), bound)

    def between(self, low: Decimal, high: Decimal, unit: str) -> str:
        """A range as a phrase of its own: "entre 270 000 et 330 000"."""
        if low == high:
            return self._value(low, unit)
        values = {"low": self._value(low, unit), "high": self._value(high, unit)}
        return self.label("bound.between", **values)

    def from_to(self, key: str, low: str, high: str, **values: str) -> str:
        """A label of two amounts, the first of which stands behind "de" ("d’environ 300")."""
        return self.label(f"{key}{_vowel_suffix(low)}", low=low, high=high, **values)

    def words(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """As `amount`, in words where all numbers are small; they agree with the unit ("une")."""
        if unit == PERCENT or not (self._has_words(low) and self._has_words(high)):
            return self.amount(low, high, bound, unit)
        return self._bounded(self._in_words(low, unit), self._in_words(high, unit), bound)

    def unit(self, unit: str, number: Decimal) -> str:
        """The noun of a unit as it stands after `amount`: "personnes", "de personnes", "%".

        Raises KeyError for a unit without wording.
        """
        if unit != PERCENT and self._compact_exponent(number):
            return self._unit_after_compact(unit)
        category = self._babel.plural_form(abs(number))
        key = f"unit.{unit}.{category}"
        # "many" is for what follows "millions", not for a million written in digits.
        plain = category != "many" and self.wording.has(key)
        return self.label(key if plain else f"unit.{unit}.other")

    def with_unit(self, low: Decimal, high: Decimal, bound: Bound, unit: str) -> str:
        """An amount and its unit: "plus de 350 000 personnes", "2 millions d’euros", "60 %"."""
        amount = self.amount(low, high, bound, unit)
        if unit == PERCENT:
            return amount
        return self.label("amount.with_unit", amount=amount, unit=self.unit(unit, high))

    def _bounded(self, low: str, high: str, bound: Bound) -> str:
        value = low if low == high else self.label("bound.range", low=low, high=high)
        return value if bound == "range" else self.label(f"bound.{bound}", value=value)

    def _value(self, number: Decimal, unit: str) -> str:
        if unit == PERCENT:
            pattern = _with_decimals(self._babel.percent_formats[None].pattern, number)
            text = format_percent(number.scaleb(-2), pattern, self._babel)
            return _typographic_minus(text)
        exponent = self._compact_exponent(number)
        return self._compact(number, exponent) if exponent else self.number(number)

    def _compact_exponent(self, number: Decimal) -> int:
        """9 or 6 where a number is round enough to be said in billions or millions, or else 0."""
        for exponent in (9, 6):
            scaled = number.scaleb(-exponent)
            if 1 <= abs(scaled) < 1000 and scaled == round(scaled, 2):
                return exponent
        return 0

    def _compact(self, number: Decimal, exponent: int) -> str:
        # Babel's format_compact_decimal takes the plural of the whole number: "1 millions".
        scaled = number.scaleb(-exponent).normalize()
        scaled = scaled.quantize(Decimal(1)) if scaled == scaled.to_integral() else scaled
        forms = self._babel.compact_decimal_formats["long"]
        category = self._babel.plural_form(abs(scaled))
        form = forms[category if category in forms else "other"][str(10**exponent)]
        pattern: str = form.pattern.replace(" ", self._conventions.compact_space)
        return pattern.replace("0", self.number(scaled))

    def _has_words(self, number: Decimal) -> bool:
        return number == int(number) and 0 <= number <= self._conventions.words_up_to

    def _in_words(self, number: Decimal, unit: str) -> str:
        words = str(num2words.num2words(int(number), lang=self._babel.language))
        if self._conventions.feminine and self.label(f"unit.{unit}.gender") == "feminine":
            words = re.sub(*self._conventions.feminine, words)
        return words

    def _unit_after_compact(self, unit: str) -> str:
        if self.wording.has(f"unit.{unit}.many"):
            return self.label(f"unit.{unit}.many")
        noun = self.label(f"unit.{unit}.other")
        return self.label("amount.of" + _vowel_suffix(noun), unit=noun)

    # Dates

    def date(self, date: FactDate) -> str:
        """A date with no more precision than it has: "juin 2018", "30 juin 2018 environ"."""
        return self._date_text(date, "date.interval")

    def day(self, date: FactDate) -> str:
        """A date without its year: "4 juillet". Raises LookupError where nothing else is known."""
        if not date.is_finer_than_years:
            raise LookupError(f'"{date.text}" names no day or month')
        return self.without_year.date(date)

    @cached_property
    def without_year(self) -> Locale:
        """The same for readers who know the year: a date has it only where nothing else is known.

        An interval of which either end is a year keeps both.
        """
        locale = copy.copy(self)
        locale._says_year = False
        return locale

    def weekday(self, date: FactDate) -> str:
        """The name of the day of the week. Raises LookupError for what is not a known day."""
        if not date.is_day:
            raise LookupError(f'"{date.text}" is not one known day')
        return format_date(date.first, "EEEE", self._babel)

    def day_of_month(self, day: datetime.date) -> str:
        """A day as it stands under the name of its month: "4", "1er"."""
        moment = parse_date(day.isoformat()).start
        return self._moment(moment, year=False, month=False)

    def month(self, day: datetime.date, *, year: bool) -> str:
        """The month of a day as it stands alone: "juillet", "juillet 2018"."""
        return self._moment(parse_date(day.isoformat()[:7]).start, year=year)

    def short_month(self, day: datetime.date) -> str:
        """The month of a day, as short as may be: "juil.", "Jul"."""
        return format_date(day, "LLL", self._babel)

    def on(self, date: FactDate) -> str:
        """When it was, as a sentence says it: "le 4 juillet 2018", "en juillet 2018"."""
        if date.is_interval:
            return self._date_text(date, "date.on.interval")
        role = "around" if date.approximate else "on"
        return self._in_role(role, date.start, self._moment(date.start, year=self._says_year))

    def _date_text(self, date: FactDate, interval: str) -> str:
        year = self._says_year or not date.is_finer_than_years
        if date.open_end:
            return self._in_role("since", date.start, self._about(date.start, year=year))
        if date.end:
            return self._interval(date.start, date.end, interval, year=year)
        return self._about(date.start, year=year)

    def _interval(self, start: Moment, end: Moment, key: str, *, year: bool) -> str:
        start_text = self._interval_start(start, end, year=year)
        suffix = _vowel_suffix(start_text) if start.precision is Precision.MONTH else ""
        first = self._in_role("from", start, start_text, suffix)
        last = self._in_role("to", end, self._about(end, year=year))
        return self.label(key, start=first, end=last)

    def _interval_start(self, start: Moment, end: Moment, *, year: bool) -> str:
        """The start without what the end repeats: "19", "19 juin" or "19 juin 2018"."""
        same_year = start.first.year == end.first.year
        by_day = start.precision is end.precision is Precision.DAY
        same_month = same_year and by_day and start.first.month == end.first.month
        exact = not (start.approximate or end.approximate)
        if same_month and exact and self._day_first:
            return self._moment(start, year=False, month=False)
        said_once = same_year and Precision.YEAR not in (start.precision, end.precision)
        return self._about(start, year=year and not said_once)

    def _about(self, moment: Moment, *, year: bool) -> str:
        text = self._moment(moment, year=year)
        return self.label("date.about", date=text) if moment.approximate else text

    def _in_role(self, role: str, moment: Moment, text: str, suffix: str = "") -> str:
        return self.label(f"date.{role}.{moment.precision.name.lower()}{suffix}", date=text)

    def _moment(self, moment: Moment, *, year: bool, month: bool = True) -> str:
        pattern = self._date_pattern(moment.precision, year=year, month=month)
        pattern = re.sub(r"(?<=d) (?=M)|(?<=M) (?=d)", NO_BREAK_SPACE, pattern)
        if moment.precision is Precision.DAY and moment.first.day == 1:
            first = self.label("date.first_of_month").replace("'", "''")
            pattern = re.sub(r"\bd\b", f"'{first}'", pattern, count=1)
        return format_date(moment.first, pattern, self._babel)

    def _date_pattern(self, precision: Precision, *, year: bool, month: bool) -> str:
        if precision is Precision.YEAR:
            return "y"
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


def _with_decimals(pattern: str, number: Decimal) -> str:
    """A CLDR number pattern that keeps the decimals `number` was typed with."""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return re.sub(r"0(?:\.[0#]+)?", "0." + "0" * places if places else "0", pattern, count=1)


def _typographic_minus(text: str) -> str:
    return text.replace("-", MINUS)


def _vowel_suffix(text: str) -> str:
    """Chooses the wording before a vowel or an h, which is most often silent ("d’habitants")."""
    letters = _letters(text)
    return "_vowel" if letters[:1] in set("aeiouh") else ""


_SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def _letters(text: str) -> str:
    """What collation compares first: no accents, no case, other signs as spaces between words."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).translate(_SPELT_OUT)
    kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Lm"))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())
