"""One day, month, year, decade or century as a text says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reperes.drafts.day_words import DayWords
from reperes.drafts.tokens import DASHES, Tokens
from reperes.text.date_guesses import arabic
from reperes.text.days import length_of_month, year_text

_BEFORE_A_YEAR = (*DASHES, "(", "[", "/", "'", "’", '"', "«", "“")
"""What a year may touch; after all else, four digits are part of something else."""

_NO_YEARS = ("%", "€", "$", "£", "°")
"""What makes four digits a number."""

_PROBABLE, _FEWEST_ALONE = range(1900, 2101), 1950
"""Years that texts mostly mean by four digits; and from which on they may stand by themselves."""

_ROUND = 50
"""What is so many times this may be a number that was rounded."""

_LATEST_OF_LAST_CENTURY = 20
"""« Les années 30 » and "the '30s" are those of the last century, "the '10s" of ours."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is said of a moment: of its year, month and day, those that are. `end` is after it.

    `weekday` counts from 0, Monday. `code` is what has no such parts: a season, a decade, a century
    or two years ("2018-22", "199X", "18XX", "2018/2019"), or "?" for what is anybody’s guess.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    code: str = ""

    @property
    def lacks_year(self) -> bool:
        return self.year is None and not self.code

    def text(self, year: int | None) -> str:
        """As EDTF, in a year, or "" where that is not known."""
        if self.code:
            return self.code
        if year is None:
            return ""
        month = f"-{self.month:02}" if self.month else ""
        return year_text(year) + month + (f"-{self.day:02}" if self.day else "")


class Moments:
    """Reads the moments of a language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = DayWords.of(language)

    def read(self, tokens: Tokens, at: int, after_joint: bool = False) -> Parts | None:
        """The moment that begins at a token; `after_joint` where it ends an interval."""
        return (
            self._in_digits(tokens, at)
            or self._with_weekday(tokens, at)
            or self.day_and_month(tokens, at)
            or self._month_and_day(tokens, at)
            or self.month(tokens, at, after_joint)
            or self._decade(tokens, at)
            or self._century(tokens, at)
            or self._season(tokens, at)
            or self._year(tokens, at, after_joint)
        )

    # Days

    def _in_digits(self, tokens: Tokens, at: int) -> Parts | None:
        """ "2018-07-04", "04/07/2018", "4.7.2018"; "03/04/2018" is anybody’s guess in English."""
        if tokens[at].kind != "number":
            return None
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", tokens[at].text):
            return _valid_day(at, at + 1, int(match[3]), int(match[2]), int(match[1]))
        mark, end = tokens[at + 1].text, at + 5
        if mark not in ("-", "/") or not all(tokens.touches(place) for place in range(at + 1, end)):
            return None
        parts = [tokens[place].text for place in range(at, end, 2)]
        if tokens[at + 3].text != mark or not all(
            part.isdecimal() and len(part) <= 4 for part in parts
        ):
            return None
        first, second, third = map(int, parts)
        if len(parts[0]) == 4:
            return _valid_day(at, end, first, second, third)
        if len(parts[2]) != 4:
            return None
        if self._language != "en" or first > 12 or first == second:
            return _valid_day(at, end, third, second, first)
        if second > 12:
            return _valid_day(at, end, third, first, second)
        return Parts(at, end, code="?")

    def day_number(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """A day of the month ("4", "1er", "19th"), and the place after it."""
        text = tokens[at].text
        if number := self._ordinal_day(tokens, at):
            return number, at + 1
        if not text.isdecimal() or len(text) > 2 or not 1 <= int(text) <= 31:
            return None
        if tokens.touches(at) and tokens[at - 1].kind == "word":
            return None
        end = at + 1
        if tokens[end].word in self._words.ordinal_endings and tokens.touches(end):
            end += 1
        return int(text), end

    def _ordinal_day(self, tokens: Tokens, at: int) -> int | None:
        """ "the fourth of July", « le premier mai »."""
        is_followed = tokens[at + 1].word == "of" or self._language != "en"
        number = self._words.ordinals.get(tokens[at].word) if is_followed else None
        return number if number and number <= 31 else None

    def day_and_month(self, tokens: Tokens, at: int) -> Parts | None:
        """ "4 juillet", "the 4th of July, 2018"."""
        day = self.day_number(tokens, at)
        if day is None:
            return None
        number, place = day
        if tokens[place].word == "of" and self._language == "en":
            place += 1
        month = self._words.month_at(tokens, place)
        if month is None or number > length_of_month(2000, month[0]):
            return None
        return self.with_year(tokens, Parts(at, month[1], month=month[0], day=number))

    def _month_and_day(self, tokens: Tokens, at: int) -> Parts | None:
        """ "July 4, 2018"."""
        month = self._words.month_at(tokens, at) if self._language == "en" else None
        if month is None:
            return None
        place = month[1] + 1 if tokens[month[1]].word == "the" else month[1]
        day = self.day_number(tokens, place)
        if day is None or day[0] > length_of_month(2000, month[0]):
            return None
        return self.with_year(tokens, Parts(at, day[1], month=month[0], day=day[0]))

    def _with_weekday(self, tokens: Tokens, at: int) -> Parts | None:
        """ "mercredi 4 juillet", "Wednesday, July 4"."""
        weekday = self._words.weekday_at(tokens, at)
        if weekday is None:
            return None
        place = at + 1
        if tokens[place].text in (",", "."):
            place += 1
        if tokens[place].word in self._words.articles:
            place += 1
        found = self.day_and_month(tokens, place) or self._month_and_day(tokens, place)
        return replace(found, start=at, weekday=weekday) if found else None

    # Months, seasons and years

    def with_year(self, tokens: Tokens, parts: Parts) -> Parts:
        """A moment with the year that follows it, if one does."""
        year = self.year_after(tokens, parts.end)
        return replace(parts, year=year[0], end=year[1]) if year else parts

    def year_after(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """The year at a place, and the place after it; English has "of" or a comma before it."""
        if self._language == "en" and tokens[at].word in (",", "of", "in"):
            at += 1
        return (int(tokens[at].text), at + 1) if _is_year(tokens[at].text) else None

    def month(self, tokens: Tokens, at: int, after_joint: bool = False) -> Parts | None:
        """ "juillet 2018", "in March": "May" and "March" are words, and "June" may be a person."""
        month = self._words.month_at(tokens, at)
        if month is None:
            return None
        parts = Parts(at, month[1], month=month[0])
        if tokens[month[1]].text != "," and (year := self.year_after(tokens, month[1])):
            return replace(parts, year=year[0], end=year[1])
        before, following = tokens[at - 1], tokens[month[1]]
        if before.text == "-" and tokens.touches(at) and tokens[at - 2].kind == "number":
            # « le 13-Novembre » is what happened then.
            return None
        joins = following.text in DASHES and self._words.month_at(tokens, month[1] + 1)
        told = before.word in self._words.month_before or following.word == "'s" or joins
        return parts if self._language != "en" or after_joint or told else None

    def _season(self, tokens: Tokens, at: int) -> Parts | None:
        """ "l’hiver 1954", "the summer of 2015"."""
        season = self._words.seasons.get(tokens[at].word)
        if season is None:
            return None
        place = at + 2 if tokens[at + 1].word in ("of", "de") else at + 1
        if not _is_year(tokens[place].text):
            return None
        return Parts(at, place + 1, code=f"{tokens[place].text}-{season}")

    def _year(self, tokens: Tokens, at: int, after_joint: bool) -> Parts | None:
        """Four digits that are a year: "en 2016", "(2016)", and no "2018 files"."""
        text, words = tokens[at].text, self._words
        before, following = tokens[at - 1], tokens[at + 1]
        if not _is_year(text) or before.word in words.numbered or following.text in _NO_YEARS:
            return None
        if tokens.touches(at) and before.text not in _BEFORE_A_YEAR:
            return None
        if following.kind == "word" and tokens.touches(at + 1):
            return None
        is_joined = before.text in DASHES and tokens.touches(at) and not after_joint
        if is_joined and tokens[at - 2].word not in words.part_words:
            return None
        is_probable = int(text) in _PROBABLE
        counts = following.kind == "word" and following.word not in words.small
        if self._language == "fr" and following.text.islower():
            # « Le budget 2019 atteint … »: after it there is no plural.
            counts = counts and _is_plural(following.word)
        if before.word in words.sure_year_before or after_joint:
            is_year = is_probable or not counts
        elif before.word in words.year_before or before.text == "(" or following.kind == "sign":
            # "the 2015 Paris agreement", and no "2000 Syrians"
            of_a_name = before.word in words.year_articles and following.text[:1].isupper()
            is_plural = counts and _is_plural(following.word) and not of_a_name
            is_year = is_probable and not is_plural
            is_year = is_year or (following.kind == "sign" and self._is_about(tokens, at))
        else:
            # "2018 World Cup"
            names = following.text[:1].isupper() and not following.word.endswith("s")
            is_year = is_probable and (names or not counts) and int(text) >= _FEWEST_ALONE
        is_year = is_year or self._begins_span(tokens, at)
        return self._two_years(tokens, Parts(at, at + 1, int(text))) if is_year else None

    def _is_about(self, tokens: Tokens, at: int) -> bool:
        """Whether "around" stands before a year: "around 1880", and no "around 1500"."""
        told = self._words.about.before(tokens, at)
        return told is not None and int(tokens[at].text) % _ROUND != 0

    def _begins_span(self, tokens: Tokens, at: int) -> bool:
        """Whether two years are meant: "between 1870 and 1900", « de 1720 à 1789 »."""
        words, last = self._words, tokens[at + 2].text
        joint = tokens[at + 1].word
        is_open = (tokens[at - 1].word in words.between and joint in words.between_and) or (
            tokens[at - 1].word in words.from_ and joint in words.to
        )
        if not is_open or not _is_year(last) or int(last) <= int(tokens[at].text):
            return False
        following = tokens[at + 3]
        counts = following.kind == "word" and following.word not in words.small
        is_round = int(last) % _ROUND == int(tokens[at].text) % _ROUND == 0
        return not (counts or is_round or following.text in _NO_YEARS)

    def _two_years(self, tokens: Tokens, parts: Parts) -> Parts:
        """ "2018/19", "2015-18": seasons, budgets and intervals whose end is written short."""
        assert parts.year is not None
        mark, last = tokens[parts.end], tokens[parts.end + 1].text
        if mark.text not in ("/", "-", "–") or not tokens.touches(parts.end):
            return parts
        last = last if len(last) == 4 else f"{parts.year // 100}{last}"
        if not tokens.touches(parts.end + 1) or not _is_year(last) or int(last) <= parts.year:
            return parts
        if mark.text == "/" and int(last) != parts.year + 1:
            return parts
        return replace(parts, end=parts.end + 2, code=f"{year_text(parts.year)}/{last}")

    def _decade(self, tokens: Tokens, at: int) -> Parts | None:
        """ "the 1990s", "the '90s", « les années 1990 »."""
        text, start, end = tokens[at].text, at, at + 1
        if not text.isdecimal() or len(text) not in (2, 4) or not text.endswith("0"):
            return None
        before = tokens[at - 1]
        if before.word in self._words.decade_before:
            start = at - 1
        elif before.word in self._words.joints and (
            tokens[at - 3].word in self._words.decade_before
        ):
            # « les années 1950 et 1960 »
            start = at
        elif len(text) == 2 and before.word != "the" and before.text not in ("'", "’"):
            # "in his 20s"
            return None
        elif tokens[end].word in self._words.decade_endings and tokens.touches(end):
            end += 1
        else:
            return None
        if len(text) == 2:
            text = f"{19 if int(text) > _LATEST_OF_LAST_CENTURY else 20}{text}"
        return Parts(start, end, code=f"{text[:3]}X")

    def _century(self, tokens: Tokens, at: int) -> Parts | None:
        """ "the 19th century", "the nineteenth century", « XIXe siècle »."""
        token, words = tokens[at], self._words
        place = at + 1
        if (
            token.text.isdecimal()
            and len(token.text) <= 2
            and tokens[place].word in words.ordinal_endings
        ):
            number, place = int(token.text), place + 1
        elif match := re.fullmatch(r"([IVX]+)(?:er|e|ème)?", token.text):
            number = arabic(match[1])
        else:
            number = words.ordinals.get(token.word, 0)
        if tokens[place].text == "-":
            place += 1
        if tokens[place].word not in words.centuries or not 1 <= number <= 30:
            return None
        era = words.era_before.after(tokens, place + 1)
        code = f"{'-' if era else ''}{number - 1:02}XX"
        return Parts(at, era[0] if era else place + 1, code=code)


def _valid_day(at: int, end: int, year: int, month: int, day: int) -> Parts | None:
    fits = 1 <= month <= 12 and 1 <= day <= length_of_month(year, month)
    return Parts(at, end, year, month, day) if fits else None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1000 <= int(text) <= 2199


def _is_plural(word: str) -> bool:
    return word.endswith(("s", "x")) or word in ("people", "men", "women", "children")
