"""One number as a text writes it: "350.000", "1,5 million", "quatre-vingt-dix-sept", "a dozen"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from reperes.drafts.tokens import Phrases, Tokens
from reperes.language.drafting_words import drafting_words

_GROUP_MARKS = re.compile(r"[ \u00a0\u2009\u202f'’]")
_MOST_WORDS = 16
"""A number in words has no more: "neuf cent quatre-vingt-dix-neuf mille …"."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number from one token to another, `end` being the place after its last.

    `scale` is what it ends in that is multiplied ("million", "hundred"), which the lower end of a
    range may leave to the higher: "2 to 3 million". `about` is true of collectives ("a dozen"),
    `at_least` of their plurals ("dozens"). `in_digits` is true where it has any.
    """

    value: Decimal
    start: int
    end: int
    in_digits: bool = False
    scale: Decimal = Decimal(1)
    about: bool = False
    at_least: bool = False
    takes_of: bool = False

    @property
    def text(self) -> str:
        """As the model has it: no separators, a point before decimals, no exponent."""
        return plain(self.value)


def plain(number: Decimal) -> str:
    return f"{number:f}"


@cache
class Numerals:
    """Reads the numbers of a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        words = drafting_words(language)
        self.small = words.numbers("numbers")
        self._articles = frozenset(words.words("articles"))
        self._hundreds = frozenset(words.words("hundreds"))
        self._scales = {word: 10**power for word, power in words.numbers("scales").items()}
        short = words.numbers("short_scales")
        self._short_scales = {word: Decimal(10) ** power for word, power in short.items()}
        self._collectives = words.numbers("collectives")
        self._plural_collectives = words.numbers("plural_collectives")
        self._joints = frozenset(words.words("joints"))
        self._halves = _phrases(words.phrases("halves"), language)
        self._half_of = _phrases(words.phrases("half_of"), language)
        self._of = _phrases(words.phrases("of"), language)
        self._several = _phrases(words.phrases("several"), language)
        multiplying = {*self._hundreds, *self._scales, *self._collectives}
        self._begins = frozenset(
            (*self.small, *self._articles, *multiplying, *self._plural_collectives)
        ) | {token.word for token in (Tokens(p, language)[0] for p in words.phrases("half_of"))}

    def may_begin(self, word: str) -> bool:
        return word in self._begins

    def read(self, tokens: Tokens, at: int) -> Numeral | None:
        """The number that begins at a token, if one does; an article alone is none."""
        token = tokens[at]
        if token.kind == "number":
            return self._in_digits(tokens, at)
        if token.kind != "word" or token.word not in self._begins:
            return None
        return (
            self._half(tokens, at)
            or self._collective(tokens, at)
            or self._plural_collective(tokens, at)
            or self._in_words(tokens, at)
        )

    # In digits

    def _in_digits(self, tokens: Tokens, at: int) -> Numeral | None:
        value = decimal_of(tokens[at].text, self.language)
        if value is None:
            return None
        numeral = Numeral(value, at, at + 1, in_digits=True)
        scaled = self._with_scale(tokens, numeral)
        if scaled is not numeral:
            return scaled
        short = tokens[at + 1].text
        if short in self._short_scales and (
            tokens.touches(at + 1) or short.endswith(("n", "d", "s"))
        ):
            return _times(numeral, self._short_scales[short], at + 2)
        return numeral

    def _with_scale(self, tokens: Tokens, numeral: Numeral) -> Numeral:
        """ "35 millions", "1.5 million", "300 mille", "2 million and a half", "20 hundred"."""
        word = tokens[numeral.end].word
        scale = self._scales.get(word) or (100 if word in self._hundreds - {"cent"} else 0)
        if word == "mil" or not scale:
            return numeral
        if scale < 10**6 and self.language == "fr" and word == "cents":
            return numeral
        scaled = _times(numeral, Decimal(scale), numeral.end + 1)
        if half := self._halves.after(tokens, scaled.end):
            added = Decimal(scale) / 2
            return replace(scaled, value=scaled.value + added, end=half[0])
        # "2 milliards 300 millions", "35 thousand million"
        following = tokens[scaled.end].word
        if following in self._scales and self._scales[following] > scale:
            return _times(scaled, Decimal(self._scales[following]), scaled.end + 1)
        return scaled

    # In words

    def _half(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "half a million", "half a dozen", "une demi-douzaine"."""
        found = self._half_of.after(tokens, at)
        if not found:
            return None
        word = tokens[found[0]].word
        number = self._scales.get(word) or self._collectives.get(word)
        if not number:
            return None
        about = word in self._collectives
        half = Decimal(number) / 2
        half = half.quantize(Decimal(1)) if half == half.to_integral_value() else half
        numeral = Numeral(half, at, found[0] + 1, scale=half, about=about, takes_of=True)
        return self._collective_scaled(tokens, numeral)

    def _collective(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "a dozen", "two dozen", "une centaine de milliers", "dozen" alone being none."""
        count, after = Decimal(1), at + 1
        if tokens[at].word not in self._articles:
            if tokens[at].word in self._collectives:
                after = at
                if self.language == "en" and tokens[at].word != "dozen":
                    return None
                if self.language == "fr" and tokens[at - 1].word not in _FRENCH_BEFORE_COLLECTIVE:
                    return None
            else:
                small = self.small.get(tokens[at].word)
                if small is None or small > 99:
                    return None
                count = Decimal(small)
        word = tokens[after].word
        if word not in self._collectives:
            # "deux douzaines", and no "deux dizaines" of the plural that says no number.
            plural = self._plural_collectives.get(word)
            if plural is None or plural >= 10**6 or count == 1:
                return None
            number = plural
        else:
            number = self._collectives[word]
        if (
            self.language == "en"
            and word in ("score", "couple")
            and not self._of.after(tokens, after + 1)
        ):
            return None
        numeral = Numeral(
            count * number, at, after + 1, scale=Decimal(number), about=True, takes_of=True
        )
        return self._collective_scaled(tokens, numeral)

    def _collective_scaled(self, tokens: Tokens, numeral: Numeral) -> Numeral:
        """ "une dizaine de milliers", "une centaine de millions"."""
        found = self._of.after(tokens, numeral.end)
        place = found[0] if found else numeral.end
        word = tokens[place].word
        number = self._scales.get(word) or self._plural_collectives.get(word)
        if number is None or not (found or self.language == "en"):
            return numeral
        return _times(numeral, Decimal(number), place + 1)

    def _plural_collective(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "dozens", "des dizaines de milliers", "tens of thousands": at least two of them."""
        number = self._plural_collectives.get(tokens[at].word)
        if number is None:
            return None
        start = at
        if self.language == "fr":
            several = self._several.before(tokens, at)
            if not several:
                return None
            start = several[0]
        else:
            if tokens[at].word == "tens" and tokens[at + 1].word != "of":
                return None
            several = self._several.before(tokens, at)
            start = several[0] if several else at
        twice = Decimal(2 * number) if tokens[at].word != "scores" else Decimal(40)
        numeral = Numeral(twice, start, at + 1, scale=twice, at_least=True, takes_of=True)
        return self._collective_scaled(tokens, numeral)

    def _in_words(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "vingt et un", "two hundred and five", "a hundred", "trois millions deux cent mille"."""
        start, place = at, at
        total, current = 0, 0
        scale, lowest, empty = 1, 10**15, True
        several = None
        if tokens[at].word in self._articles and tokens[at].word not in self.small:
            # An English article is one before a noun of number alone.
            if (
                tokens[at + 1].word not in self._hundreds
                and tokens[at + 1].word not in self._scales
            ):
                return None
            place, current, empty = at + 1, 1, False
        elif tokens[at].word in self._hundreds or tokens[at].word in self._scales:
            several = (
                self._several.before(tokens, at)
                if tokens[at].word not in ("cent", "mille")
                else None
            )
            if several is None and not (
                self.language == "fr" and tokens[at].word in ("cent", "mille")
            ):
                return None
        end = place
        while place - start < _MOST_WORDS:
            word = tokens[place].word
            small = self.small.get(word)
            if small is not None and self._fits(small, current, word, tokens, place):
                current = _added(small, current, self.language)
                scale = 1
            elif (
                word in self._hundreds
                and current % 100 < 20
                and current < 100
                and (current or empty)
            ):
                current, scale = 100 * max(1, current), 100
            elif word in self._scales and self._scales[word] < lowest and (current or empty):
                lowest = self._scales[word]
                total += max(1, current) * lowest
                current, scale = 0, lowest
            else:
                break
            empty = False
            place += 1
            end = place
            place = self._after_joint(tokens, place)
        if end == start or (end == start + 1 and tokens[start].word in self._articles):
            return None
        value = Decimal(total + current)
        if several:
            value *= 2
        numeral = Numeral(
            value,
            several[0] if several else start,
            end,
            scale=Decimal(scale),
            at_least=bool(several),
        )
        if half := self._halves.after(tokens, end):
            added = Decimal(scale) / 2
            added = added.quantize(Decimal(1)) if added == added.to_integral_value() else added
            return replace(numeral, value=value + added, end=half[0])
        return numeral

    def _fits(self, small: int, current: int, word: str, tokens: Tokens, place: int) -> bool:
        """Whether a word below a hundred goes on with what has been read so far."""
        below = current % 100
        if below == 0:
            return True
        before = tokens[place - 1].word
        if self.language == "fr":
            if before in self._joints and small not in (1, 11):
                return False
            if below == 4 and small == 20:
                return current in (4, 104) or current % 100 == 4
            if below in (60, 80):
                return 0 < small < 20
            return below in (20, 30, 40, 50, 70, 90) and 0 < small < 10
        return below >= 20 and below % 10 == 0 and 0 < small < 10 and before not in self._joints

    def _after_joint(self, tokens: Tokens, place: int) -> int:
        """The place after a hyphen or an "and" that may join a number; else the same place."""
        following = place
        if tokens[following].text in "-‑" and tokens[following].text and tokens.touches(following):
            following += 1
        if tokens[following].word in self._joints:
            if self.language == "fr" and tokens[following + 1].word not in (
                "un",
                "une",
                "onze",
                "-",
            ):
                return place
            if self.language == "en" and tokens[place - 1].word not in (
                *self._hundreds,
                *self._scales,
            ):
                return place
            following += 1
            if tokens[following].text == "-":
                following += 1
        known = {*self.small, *self._hundreds, *self._scales}
        return following if tokens[following].word in known else place


_FRENCH_BEFORE_COLLECTIVE = ("la", "cette", "demi", "première", "dernière")


def _added(small: int, current: int, language: str) -> int:
    if language == "fr" and small == 20 and current % 100 == 4:
        return current - 4 + 80
    return current + small


def _times(numeral: Numeral, scale: Decimal, end: int) -> Numeral:
    value = numeral.value * scale
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return replace(numeral, value=value, end=end, scale=scale)


def _phrases(typed: list[str], language: str) -> Phrases[str]:
    return Phrases(((phrase, phrase) for phrase in typed), language)


def decimal_of(typed: str, language: str) -> Decimal | None:
    """The number that digits with separators say in a language, or None where they say none.

    "350.000" has thousands in French, and in English where it ends in three zeros.
    """
    digits = _GROUP_MARKS.sub("", typed)
    thousands, point = (".", ",") if language == "fr" else (",", ".")
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+", digits):
        digits = digits.replace(thousands, "")
    elif re.fullmatch(
        rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+{re.escape(point)}\d+", digits
    ):
        digits = digits.replace(thousands, "").replace(point, ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3}){2,}|[1-9]\d{0,2}(?:[.,]000)+", digits):
        digits = re.sub("[.,]", "", digits)
    digits = digits.replace(",", ".")
    return Decimal(digits) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits) else None
