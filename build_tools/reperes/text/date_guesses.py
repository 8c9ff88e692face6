"""What somebody probably meant who typed no date: for messages alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from babel.dates import get_month_names

from reperes.text.days import CalendarDay, length_of_month, year_text

_LONGEST = 60

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{1,2}))?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_UNKNOWN_PART = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?:-(?:XX|xx|00|uu|\?\?))+")
_DAY_IN_WORDS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)?\s+)?(?P<month>[^\W\d]+)\.?,?\s+(?P<year>[0-9]{4})"
)
_MONTH_IN_WORDS = re.compile(
    r"(?P<month>[^\W\d]+)\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})"
)
_TIME = re.compile(
    r"(?P<day>-?[0-9]{4}-[0-9]{2}-[0-9]{2})[T ]\s*(?P<hour>[0-9]{1,2})"
    r"(?:[:h.](?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?|h)"
    r"\s*(?:Z|UTC|GMT|(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)"
)
_EARLY_YEAR = re.compile(
    r"(?:(?:AD|l[’']an|an)\s*[0-9]{1,4}|[0-9]{1,4}\s*(?:AD|CE|ap(?:r|\.)?\.?\s*J\.?-C\.?)|[0-9]{3})"
)
_BEFORE_OUR_ERA = re.compile(r"([0-9]{1,4})\s*(?:BCE?|av\.?\s*J\.?-C\.?)")
_DECADE = re.compile(r"(?:(?:the|les)\s+)?(?:années\s+)?([0-9]{3})(?:0s|0|x)")
_CENTURY = re.compile(
    r"(?:the\s+)?([0-9]{1,2}|[IVX]+)(?:st|nd|rd|th|er|e|ème)?\s+(?:century|siècle)"
    r"(?P<bc>\s+(?:BCE?|av\.\s*J\.-C\.))?"
)
# A winter may be called by both of its years: "hiver 1879-1880".
_SEASON = re.compile(
    r"(?:the\s+|l[’'])?(spring|printemps|summer|été|autumn|fall|automne|winter|hiver)"
    r"\s+(?:of\s+|de\s+)?([0-9]{4})(?:\s*[-–/]\s*(?:[0-9]{2}){1,2})?"
)
_SEASONS = {
    "spring": 21,
    "printemps": 21,
    "summer": 22,
    "été": 22,
    "autumn": 23,
    "fall": 23,
    "automne": 23,
    "winter": 24,
    "hiver": 24,
}
_ABOUT = re.compile(r"(?:~|ca?\.|circa|about|around|vers(?: le)?|environ)\s*(.+)|(.+?)\s*[~?%]")
_ARTICLE = re.compile(r"^(?:le|du|on|from)\s+")
_SEPARATORS = (
    re.compile(r"\s+(?:/|-|–|—|to|until|au|à)\s+"),
    re.compile(r"\s*(?:/|\.\.+|--|–|—)\s*"),
    re.compile(r"(?<=[0-9]{2})-(?=[0-9]{4})"),
)
_LEADING = (
    (re.compile(r"(?:since|depuis(?: le)?)\s+(.+)"), "{}/.."),
    (re.compile(r"(?:until|till|jusqu[’'](?:en|au|à))\s+(.+)"), "../{}"),
)
_BEFORE = re.compile(r"(?:before|avant(?: le)?|<)\s*(.+)")
_AFTER = re.compile(r"(?:after|après(?: le)?|>)\s*(.+)")
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def guesses(text: str) -> Iterator[str]:
    """What may have been meant, the likeliest first; not all of them are dates."""
    if len(text) > _LONGEST:
        return
    text = text.strip()
    yield from _moments(text)
    yield from _ends(text)
    for separator in _SEPARATORS:
        parts = separator.split(text)
        if len(parts) == 2:
            yield from _intervals(*parts)


def _ends(text: str) -> Iterator[str]:
    """Of "since 2011", "until 2010", "before 2010" and "after 2010"."""
    for words, form in _LEADING:
        if match := words.fullmatch(text):
            yield from (form.format(moment) for moment in _with_itself(match[1]))
    for words, form, days in ((_BEFORE, "[..{}]", -1), (_AFTER, "[{}..]", 1)):
        if match := words.fullmatch(text):
            neighbours = (neighbour(moment, days) for moment in _with_itself(match[1]))
            yield from (form.format(moment) for moment in neighbours if moment)


def neighbour(moment: str, step: int) -> str | None:
    """The year, month or day before or after: what "before" and "after" leave out."""
    match = _PLAIN.fullmatch(moment)
    if not match:
        return None
    year, month, day = (int(digits) if digits else None for digits in match.groups())
    assert year is not None
    if month is None:
        return year_text(year + step)
    if not 1 <= month <= 12 or (day and day > length_of_month(year, month)):
        return None
    if day is None:
        months = 12 * year + month - 1 + step
        return f"{year_text(months // 12)}-{months % 12 + 1:02}"
    return str(CalendarDay(year, month, day).plus(step)) if day else None


def _intervals(first: str, rest: str) -> Iterator[str]:
    if not first:
        yield from (f"../{end}" for end in _with_itself(rest))
    for start in _with_itself(first):
        if not rest:
            yield f"{start}/.."
        # ISO 8601 lets the end leave out what it shares with the start: "2018-06-19/30".
        for end in (*_with_itself(rest), f"{start[:5]}{rest}", f"{start[:8]}{rest}"):
            yield f"{start}/{end}"
            yield f"{end}/{start}"
            if start.rstrip("~") == end.rstrip("~"):
                yield max(start, end)


def _with_itself(text: str) -> Iterator[str]:
    """What one moment may have been meant to be, beginning with what was typed."""
    yield text
    yield from _moments(text)


def _moments(text: str) -> Iterator[str]:
    text = _ARTICLE.sub("", text)
    if about := _ABOUT.fullmatch(text):
        for moment in _with_itself(about[1] or about[2]):
            yield moment.rstrip("~") + "~"
        return
    yield from _from_numbers(text)
    yield from _from_words(text)
    if match := _UNKNOWN_PART.fullmatch(text):
        yield match[1]
    if match := _TIME.fullmatch(text):
        yield _time(match)
    if match := _DECADE.fullmatch(text):
        yield f"{match[1]}X"
    if match := _CENTURY.fullmatch(text):
        yield _century(match[1], before_our_era=bool(match["bc"]))
    if match := _SEASON.fullmatch(text):
        yield f"{match[2]}-{_SEASONS[match[1]]}"
    if _EARLY_YEAR.fullmatch(text):
        yield year_text(int(re.sub(r"[^0-9]", "", text)))
    if match := _BEFORE_OUR_ERA.fullmatch(text):
        yield year_text(1 - int(match[1]))


def _joined(year: str, month: str, day: str | None) -> Iterator[str]:
    """The date of these parts; month and day change places where only that makes a date."""
    if day is None:
        yield f"{year}-{month:0>2}"
    else:
        yield f"{year}-{month:0>2}-{day:0>2}"
        yield f"{year}-{day:0>2}-{month:0>2}"


def _from_numbers(text: str) -> Iterator[str]:
    if match := _DAY_FIRST.fullmatch(text):
        yield from _joined(match[3], match[2], match[1])
    elif match := _MONTH_FIRST.fullmatch(text):
        yield from _joined(match[2], match[1], None)
    elif match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = match.groups()
        yield from _joined(year, month, day)


def _from_words(text: str) -> Iterator[str]:
    match = _DAY_IN_WORDS.fullmatch(text) or _MONTH_IN_WORDS.fullmatch(text)
    month = match and _month_numbers().get(match["month"].casefold())
    if match and month:
        yield from _joined(match["year"], month, match["day"])


def _time(match: re.Match[str]) -> str:
    zone = (
        f"{match['sign']}{match['hours']:0>2}:{match['minutes'] or '00'}" if match["sign"] else "Z"
    )
    return f"{match['day']}T{match['hour']:0>2}:{match['minute'] or '00'}{zone}"


def _century(number: str, before_our_era: bool) -> str:
    ordinal = int(number) if number.isdigit() else arabic(number)
    return f"{'-' if before_our_era else ''}{ordinal - 1:02}XX"


def arabic(roman: str) -> int:
    """The number that Roman numerals up to those of centuries say."""
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in roman]
    return sum(
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )


@cache
def _month_numbers() -> dict[str, str]:
    return {
        name.casefold().rstrip("."): str(number)
        for language in ("fr", "en")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
