"""One number as a text writes it: "350.000", "1,5 million", "quatre-vingt-dix-sept", "a dozen"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from reperes.drafts.tokens import Tokens
from reperes.drafts.words import drafting_words

_GROUP_MARKS = re.compile(r"[ \u00a0\u2009\u202f'’]")
_MOST_WORDS = 16
"""No number in words has more: "neuf cent quatre-vingt-dix-neuf mille neuf cent …"."""

_MOST_DIGITS = 15
"""What has more is a code, and more than what decimals are exact for once it is multiplied."""

_FEWEST_ALONE = 100
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number from one token to another, `end` being after its last.

    `scale` is what its last word multiplies by ("million", "hundred"), which the lower end of a
    range may leave to the higher: "2 to 3 million". `about` is true of collectives ("a dozen"),
    `at_least` of their plurals ("dozens"); both may have "of" before what they count.
    """

    value: Decimal
    start: int
    end: int
    in_digits: bool = False
    scale: Decimal = Decimal(1)
    about: bool = False
    at_least: bool = False

    @property
    def takes_of(self) -> bool:
        return (
            self.about or self.at_least or self.scale >= _MILLION or self.scale != int(self.scale)
        )

    @property
    def text(self) -> str:
        """As the model has it."""
        return plain(self.value)


def plain(number: Decimal) -> str:
    """Digits with a point before decimals, as many as were typed, and no exponent."""
    return f"{number:f}"


class Numerals:
    """Reads the numbers of a language."""

    @staticmethod
    @cache
    def of(language: str) -> Numerals:
        return Numerals(language)

    def __init__(self, language: str) -> None:
        words = drafting_words(language)
        self._language = language
        self.small = words.numbers("numbers")
        self._articles = words.set("articles")
        self._hundreds = words.set("hundreds")
        self._scales = {word: 10**power for word, power in words.numbers("scales").items()}
        self._alone = words.set("scales_alone")
        short = words.numbers("short_scales")
        self._short_scales = {word: Decimal(10) ** power for word, power in short.items()}
        self._ambiguous_scales = words.set("ambiguous_scales")
        self._letters = self._ambiguous_scales - {"k", "K"}
        self._metres_of = words.set("metres_of")
        self._collectives = words.numbers("collectives")
        self._collectives_alone = words.set("collectives_alone")
        self._sizes = words.set("collective_sizes")
        self._only_with_of = words.set("only_with_of")
        self._before_collective = words.set("before_collective")
        self._plurals = words.numbers("plural_collectives")
        self._joints = words.set("joints")
        self._joined = words.set("joined")
        self._halves = words.found("halves")
        self._half_of = words.found("half_of")
        self._of = words.found("of")
        self._several = words.found("several")
        half_words = {Tokens(phrase, language)[0].word for phrase in words.phrases("half_of")}
        self._multiplying = frozenset((*self._hundreds, *self._scales))
        self._begins = frozenset(
            (
                *self.small,
                *self._articles,
                *self._multiplying,
                *self._collectives,
                *self._plurals,
                *half_words,
            )
        )

    def may_begin(self, word: str) -> bool:
        return word in self._begins

    def read(self, tokens: Tokens, at: int) -> Numeral | None:
        """The number that begins at a token, if one does; an article alone is none.

        It may begin before the token, with what says that there are several: "several hundred".
        """
        if at not in tokens.numerals:
            tokens.numerals[at] = self._read(tokens, at)
        numeral: Numeral | None = tokens.numerals[at]
        return numeral

    def _read(self, tokens: Tokens, at: int) -> Numeral | None:
        token = tokens[at]
        if token.kind == "number":
            return self._in_digits(tokens, at)
        if token.word not in self._begins:
            return None
        return (
            self._half(tokens, at)
            or self._collective(tokens, at)
            or self._plural(tokens, at)
            or self._in_words(tokens, at)
        )

    # In digits

    def _in_digits(self, tokens: Tokens, at: int) -> Numeral | None:
        """Digits with the noun or the letters that multiply them: "1.5 million", "40m", "3 Md€"."""
        value = decimal_of(tokens[at].text, self._language)
        if value is None:
            return None
        numeral = Numeral(value, at, at + 1, in_digits=True)
        following = tokens[at + 1]
        if following.text == "-" and tokens[at + 2].word in self._scales and tokens.touches(at + 2):
            # "a $1.5-million fine"
            return _times(numeral, Decimal(self._scales[tokens[at + 2].word]), at + 3)
        if scale := self._scales.get(following.word) or (100 if following.word == "hundred" else 0):
            return self._with_more(tokens, _times(numeral, Decimal(scale), at + 2))
        if following.text in self._short_scales and self._multiplies(tokens, at + 1):
            return _times(numeral, self._short_scales[following.text], at + 2)
        return numeral

    def _multiplies(self, tokens: Tokens, at: int) -> bool:
        """Whether letters after digits multiply: in "40m people", not in "100m sprint"."""
        before_money = tokens[at + 1].text in ("€", "$", "£")
        if not tokens.touches(at):
            return before_money or tokens[at].text not in self._ambiguous_scales
        if tokens[at].text not in self._letters:
            return True
        has_money = tokens[at - 2].text in ("€", "$", "£") or before_money
        following = tokens[at + 1]
        if tokens[at - 2].word == "the" and not has_money:
            return False
        return has_money or (following.kind == "word" and following.word not in self._metres_of)

    def _with_more(self, tokens: Tokens, numeral: Numeral) -> Numeral:
        """ "1 milliard 200 millions", "2 millions et demi"."""
        if tokens[numeral.end].kind == "number":
            more = self._in_digits(tokens, numeral.end)
            if more and 1 < more.scale < numeral.scale:
                return replace(more, value=numeral.value + more.value, start=numeral.start)
        return self._with_half(tokens, numeral)

    def _with_half(self, tokens: Tokens, numeral: Numeral) -> Numeral:
        """ "2 millions et demi"."""
        half = self._halves.after(tokens, numeral.end)
        if not half or numeral.scale == 1:
            return numeral
        value = whole(numeral.value + numeral.scale / 2)
        return replace(numeral, value=value, end=half[0])

    # In words

    def _half(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "half a million", "half a dozen", "une demi-heure"."""
        found = self._half_of.after(tokens, at)
        if not found or self._of.after(tokens, found[0]):
            return None
        word = tokens[found[0]].word
        if number := self._scales.get(word) or self._collectives.get(word):
            half = whole(Decimal(number) / 2)
            about = word in self._collectives
            return Numeral(half, at, found[0] + 1, scale=Decimal(number), about=about)
        return Numeral(Decimal("0.5"), at, found[0], scale=Decimal("0.5"))

    def _collective(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "a dozen", "two dozen", "la dizaine de", "une centaine de milliers"."""
        word, place = tokens[at].word, at + 1
        count = Decimal(self.small.get(word, 1))
        if word in self._collectives:
            if word not in self._collectives_alone:
                return None
            if self._before_collective and tokens[at - 1].word not in self._before_collective:
                return None
            if self._collectives[word] < _FEWEST_ALONE and not self._of.after(tokens, at + 1):
                # « la trentaine » is an age, « le millier » so many.
                return None
            place = at
        elif word not in self._articles and word not in self.small:
            return None
        if tokens[place].word in self._sizes:
            # « une bonne centaine »
            place += 1
        noun = tokens[place].word
        number = self._collectives.get(noun)
        if number is None and count > 1 and self._plurals.get(noun, _MILLION) < 1000:
            # "deux douzaines"
            number = self._plurals[noun]
        if number is None:
            return None
        if noun in self._only_with_of and not self._of.after(tokens, place + 1):
            return None
        numeral = Numeral(count * number, at, place + 1, scale=Decimal(number), about=True)
        return self._of_a_scale(tokens, numeral)

    def _plural(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "dozens", "des dizaines de milliers", "tens of thousands": at least two of them."""
        number = self._plurals.get(tokens[at].word)
        if number is None:
            return None
        several = self._several.before(tokens, at)
        if self._language == "fr" and not several:
            return None
        if tokens[at].word == "tens" and not self._of.after(tokens, at + 1):
            return None
        start = several[0] if several else at
        numeral = Numeral(Decimal(2 * number), start, at + 1, scale=Decimal(number), at_least=True)
        return self._of_a_scale(tokens, numeral)

    def _of_a_scale(self, tokens: Tokens, numeral: Numeral) -> Numeral:
        """ "une dizaine de milliers", "hundreds of millions"."""
        found = self._of.after(tokens, numeral.end)
        place = found[0] if found else numeral.end
        word = tokens[place].word
        number = self._scales.get(word) or self._plurals.get(word)
        if word in self._hundreds:
            number = 100
        if number is None or not (found or self._language == "en"):
            return numeral
        return _times(numeral, Decimal(number), place + 1)

    def _in_words(self, tokens: Tokens, at: int) -> Numeral | None:
        """ "vingt et un", "two hundred and five", "a hundred", "trois millions deux cent mille"."""
        place, several = at, None
        total, below, scale = 0, 0, 1
        lowest, end = 10**18, at
        word = tokens[at].word
        if word in self._articles and word not in self.small:
            # An English article is a one before what it multiplies alone.
            if tokens[at + 1].word not in self._multiplying:
                return None
            place, below = at + 1, 1
        elif word in self._multiplying and word not in self._alone:
            several = self._several.before(tokens, at)
            if several is None:
                return None
        while place - at < _MOST_WORDS:
            word = tokens[place].word
            small = self.small.get(word)
            if small == 1 and word in self._articles and total and not below:
                # « trois milliards un an plus tôt »
                break
            if small is not None and self._goes_on(small, below, tokens[place - 1].word):
                below = below + 76 if small == 20 and below % 100 == 4 else below + small
                scale = 1
            elif word in self._hundreds and below < 20:
                below, scale = 100 * max(1, below), 100
            elif word in self._scales and self._scales[word] < lowest and (below or not total):
                lowest = scale = self._scales[word]
                total, below = total + max(1, below) * lowest, 0
            else:
                break
            end = place + 1
            place = self._after_joint(tokens, end)
        if end == at or (end == at + 1 and tokens[at].word in self._articles):
            return None
        value = Decimal(total + below) * (2 if several else 1)
        start = several[0] if several else at
        numeral = Numeral(value, start, end, scale=Decimal(scale), at_least=bool(several))
        if half := self._halves.after(tokens, end):
            # "one and a half million"
            after = self._scales.get(tokens[half[0]].word)
            if scale == 1 and after:
                return _times(
                    replace(numeral, value=value + Decimal("0.5")), Decimal(after), half[0] + 1
                )
        return self._with_half(tokens, numeral)

    def _goes_on(self, small: int, below: int, before: str) -> bool:
        """Whether a word below a hundred goes on with a number, whose last word was `before`."""
        tens = below % 100
        if tens == 0:
            return True
        if self._language == "fr":
            if before in self._joints and small not in (1, 11):
                return False
            if tens == 4 and small == 20:
                return True
            if tens == 10:
                return small in (7, 8, 9)
            return (tens in (60, 80) and 0 < small < 20) or (
                tens in (20, 30, 40, 50, 70, 90) and 0 < small < 10
            )
        return tens >= 20 and tens % 10 == 0 and 0 < small < 10

    def _after_joint(self, tokens: Tokens, place: int) -> int:
        """The place after a hyphen or an "and" that may join a number; else the same place.

        French joins "un" and "onze" alone so, and English what follows a hundred.
        """
        following = place
        if tokens[following].text in ("-", "‑") and tokens.touches(following):
            following += 1
        if tokens[following].word in self._joints:
            after = following + 1
            if tokens[after].text in ("-", "‑"):
                after += 1
            fits = tokens[after].word in self._joined
            if self._language == "en":
                fits = (
                    tokens[place - 1].word in self._multiplying and tokens[after].word in self.small
                )
            if not fits:
                return place
            following = after
        word = tokens[following].word
        return following if word in self.small or word in self._multiplying else place


def _times(numeral: Numeral, scale: Decimal, end: int) -> Numeral:
    return replace(numeral, value=whole(numeral.value * scale), end=end, scale=scale)


def whole(value: Decimal) -> Decimal:
    """Without decimals that say nothing: 1.50 million is 1500000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


_LANGUAGE_MARKS: Mapping[str, tuple[str, str]] = {"fr": (".", ","), "en": (",", ".")}
"""What parts thousands, and what stands before decimals."""


_OTHER_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,}|[.,]000)")


def decimal_of(typed: str, language: str) -> Decimal | None:
    """The number that digits with separators say in a language, or None where they say none.

    "350.000" has thousands in French, and in English where it ends in three zeros: nobody writes
    so for 350. A zero before other digits makes a code.
    """
    digits = _GROUP_MARKS.sub("", typed)
    thousands, point = map(re.escape, _LANGUAGE_MARKS[language])
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+(?:{point}\d+)?", digits):
        digits = re.sub(thousands, "", digits)
    elif _OTHER_THOUSANDS.fullmatch(digits):
        digits = re.sub("[.,]", "", digits)
    digits = digits.replace(",", ".")
    if len(digits) > _MOST_DIGITS:
        return None
    return Decimal(digits) if re.fullmatch(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", digits) else None
