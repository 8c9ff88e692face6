"""Numbers in a text with their bounds, ranges, units and what they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from reperes.drafts.figureless import Figureless
from reperes.drafts.found import Finding
from reperes.drafts.numerals import Numeral, Numerals, plain
from reperes.drafts.tokens import Phrases, Tokens, Words
from reperes.drafts.units import Unit, Units
from reperes.language.drafting_words import drafting_words
from reperes.language.lexicon import lexicon

_MOST_LOOKED_BACK = 8
"""Tokens before "from 5 to 10" among which a verb tells that it is a change, and no range."""

_WHOLES = frozenset((*range(2, 21), 25, 30, 40, 50, 100, 200, 500, 1000, 10_000, 100_000, 10**6))
"""What "one in …" may be out of."""

_SIGNS = {"more_than": ">", "at_least": ">=", "at_most": "<=", "about": "~"}


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with the sign of money before it or the unit after it; `end` is after both."""

    numeral: Numeral
    start: int
    end: int
    unit: Unit | None = None

    @property
    def value(self) -> Decimal:
        return self.numeral.value * (self.unit.times if self.unit else 1)


@dataclass(frozen=True, slots=True)
class _Amount:
    """What is said from one token to another: a number or a range, of a unit."""

    value: str
    start: int
    end: int
    unit: Unit | None = None
    sign: str = ""
    noun: str = ""
    takes_of: bool = False

    @property
    def text(self) -> str:
        return self.value if ".." in self.value else f"{self.sign}{self.value}"


class Amounts:
    """Finds the numbers of a language."""

    def __init__(self, language: str, units: Units) -> None:
        words = drafting_words(language)
        known = lexicon(language)
        self._language = language
        self._units = units
        self._numerals = Numerals(language)
        self._figureless = Figureless(language, self._numerals)
        self._bounds = _bounds(language, "")
        self._bounds_after = _bounds(language, "after_")
        self._fillers = _phrases(language, "before_number")
        self._of = _phrases(language, "of")
        self._ratios = _phrases(language, "ratios")
        self._between = frozenset(words.words("between"))
        self._between_and = frozenset(words.words("between_and"))
        self._from = frozenset(words.words("from"))
        self._to = _phrases(language, "to")
        self._or = frozenset(words.words("or"))
        self._changing = Words(words.words("changing"))
        self._fractions = words.numbers("fractions")
        self._fraction_before = frozenset(words.words("fraction_before").__iter__())
        self._after_fraction = _phrases(language, "after_fraction")
        self._articles = frozenset(words.words("articles"))
        self._halves = _phrases(language, "halves")
        self._minus = frozenset(words.words("minus"))
        self._small = frozenset((*known.small_words, *words.words("small_more"), *self._articles))
        self._before_unit = frozenset(words.words("before_unit"))
        self._before_noun = frozenset(words.words("before_noun"))
        self._plural_nouns = frozenset(words.words("plural_nouns"))
        self._counted_ones = Words(words.words("counted_ones"))
        self._times_of_one = frozenset(words.words("times_of_one"))
        self._one_before = frozenset(words.words("one_before"))
        self._one_after = frozenset(words.words("one_after"))
        self._per = frozenset(words.words("per"))
        self._lasting = frozenset(words.words("lasting"))
        self._lasts = frozenset(words.words("lasts"))
        self._hyphened_names = Words(words.words("hyphened_names"))
        self._sports = frozenset(words.words("sports"))

    def find(self, text: str, tokens: Tokens, taken: bytearray) -> Iterator[Finding]:
        """The numbers in order. `taken` has a 1 for each token of what is found already."""
        at = floor = 0
        while at < len(tokens):
            word = tokens[at].word
            if taken[at]:
                at += 1
                floor = at
                continue
            if tokens[at].kind != "number" and not (
                self._numerals.may_begin(word) or word in self._fractions
            ):
                at += 1
                continue
            if (after := self._figureless.after(tokens, at, self._noun)) is not None:
                at = floor = max(after, at + 1)
                continue
            amount = self._amount(tokens, at, floor, taken)
            if amount is None:
                at += 1
                continue
            start, end = tokens[amount.start].start, tokens[amount.end - 1].end
            unit = amount.unit.id if amount.unit else ""
            yield Finding(
                "number", start, end, text[start:end], amount.text, unit=unit, noun=amount.noun
            )
            at = floor = amount.end

    def _amount(self, tokens: Tokens, at: int, floor: int, taken: bytearray) -> _Amount | None:
        found = (
            self._ratio(tokens, at)
            or self._fraction(tokens, at)
            or self._number_or_range(tokens, at, floor)
            or self._one(tokens, at)
        )
        if found is None or any(taken[found.start : found.end]):
            return None
        return self._with_noun(tokens, self._bounded(tokens, found, floor))

    # Numbers with their units

    def _measured(self, tokens: Tokens, at: int, *, alone: bool = True) -> _Measured | None:
        """A number at a place, or after a sign of money there where it is not `alone`."""
        if not alone and (money := self._units.money_at(tokens, at)):
            at = money[0]
        numeral = self._numerals.read(tokens, at)
        if numeral is None:
            return None
        start = at
        before = self._units.money_before(tokens, at)
        if before:
            start, unit = before
            return _Measured(self._scaled(tokens, numeral), start, numeral.end, unit)
        if self._is_negative(tokens, at):
            start = at - 1
            numeral = replace(numeral, value=-numeral.value)
        return self._with_unit(tokens, numeral, start)

    def _scaled(self, tokens: Tokens, numeral: Numeral) -> Numeral:
        return numeral

    def _is_negative(self, tokens: Tokens, at: int) -> bool:
        before = tokens[at - 1]
        if before.text in ("-", "−", "–") and before.text:
            return tokens.touches(at) and not tokens.touches(at - 1)
        return before.word in self._minus and tokens[at].kind == "number"

    def _with_unit(self, tokens: Tokens, numeral: Numeral, start: int) -> _Measured:
        place = numeral.end
        if tokens[place].text == "-" and tokens.touches(place) and tokens.touches(place + 1):
            # "a six-month truce", "a 45-year-old"
            found = self._units.after(tokens, place + 1)
            if found:
                end = found[0]
                if tokens[end].text == "-" and tokens[end + 1].word in ("old", "long", "olds"):
                    end += 2
                return _Measured(numeral, start, end, found[1])
            return _Measured(numeral, start, numeral.end)
        if numeral.takes_of or numeral.scale >= 10**6:
            linked = self._of.after(tokens, place)
            if linked and (found := self._units.after(tokens, linked[0])):
                return _Measured(numeral, start, found[0], found[1])
        skipped = place
        while tokens[skipped].word in self._before_unit and skipped < place + 3:
            skipped += 1
        found = self._units.after(tokens, skipped) or self._units.after(tokens, place)
        if not found:
            return _Measured(numeral, start, numeral.end)
        end, unit = found
        if half := self._halves.after(tokens, end):
            # "deux ans et demi"
            return _Measured(
                replace(numeral, value=numeral.value + Decimal("0.5")), start, half[0], unit
            )
        return _Measured(numeral, start, end, unit)

    # Ranges

    def _number_or_range(self, tokens: Tokens, at: int, floor: int) -> _Amount | None:
        low = self._measured(tokens, at)
        if low is None:
            return None
        found = self._range(tokens, low, floor)
        if found:
            return found
        if low.numeral.value == 1 and not low.numeral.in_digits and not low.numeral.scale > 1:
            return None
        return self._of_one_number(low)

    def _of_one_number(self, low: _Measured) -> _Amount:
        sign = "~" if low.numeral.about else ">=" if low.numeral.at_least else ""
        return _Amount(
            plain(low.value), low.start, low.end, low.unit, sign, takes_of=low.numeral.takes_of
        )

    def _range(self, tokens: Tokens, low: _Measured, floor: int) -> _Amount | None:
        start, connector = low.start, low.end
        # A bound may stand between: "entre près de 5 et 10".
        bounded = self._bound_before(tokens, low, floor)
        opening = bounded[0] if bounded else low.start
        opener = tokens[opening - 1].word if opening > floor else ""
        after: int | None = None
        if opener in self._between and tokens[connector].word in self._between_and:
            after, start = connector + 1, opening - 1
        elif found := self._to.after(tokens, connector):
            after = found[0]
            if opener in self._from:
                if self._is_change(tokens, opening):
                    return None
                start = opening - 1
        elif tokens[connector].word in self._or:
            after = connector + 1
        elif tokens[connector].text in ("-", "–", "—", "‑") and tokens[connector].text:
            tight = tokens.touches(connector) == tokens.touches(connector + 1)
            after = connector + 1 if tight else None
        if after is None:
            return None
        inner = self._bounds.after(tokens, after)
        high = self._measured(tokens, inner[0] if inner else after, alone=False)
        if high is None or high.start not in range(after - 1, after + 6):
            return None
        return self._joined(tokens, low, high, start)

    def _joined(
        self, tokens: Tokens, low: _Measured, high: _Measured, start: int
    ) -> _Amount | None:
        first, last = low.value, high.value
        scale = high.numeral.scale
        if low.numeral.scale == 1 and scale > 1 and first * scale < last:
            first *= scale
            first = first.quantize(Decimal(1)) if first == first.to_integral_value() else first
        if low.unit and high.unit and low.unit.id != high.unit.id:
            return None
        if first >= last:
            return None
        return _Amount(
            f"{plain(first)}..{plain(last)}",
            start,
            high.end,
            high.unit or low.unit,
            takes_of=high.numeral.takes_of,
        )

    def _is_change(self, tokens: Tokens, opening: int) -> bool:
        """Whether "from 5 to 10" is said of what rose or fell."""
        for at in range(opening - 2, max(-1, opening - 2 - _MOST_LOOKED_BACK), -1):
            if tokens[at].text in (".", ";", "!", "?"):
                return False
            if tokens[at].word in self._changing:
                return True
        return False

    # Shares

    def _ratio(self, tokens: Tokens, at: int) -> _Amount | None:
        """ "one in four", "deux habitants sur trois", "nine out of ten"."""
        numeral = self._numerals.read(tokens, at)
        count = numeral.value if numeral else Decimal(1)
        if numeral is None and tokens[at].word not in self._articles:
            return None
        place = named = numeral.end if numeral else at + 1
        while place < named + 3 and not self._ratios.after(tokens, place):
            if tokens[place].kind != "word" or tokens[place].word in self._small:
                return None
            place += 1
        found = self._ratios.after(tokens, place)
        whole = self._numerals.read(tokens, found[0]) if found else None
        if whole is None or whole.value not in _WHOLES or not 0 < count < whole.value:
            return None
        if self._units.after(tokens, whole.end) and not tokens[whole.end].word.startswith("pe"):
            return None
        names_both = place > named and self._noun(tokens, whole.end)
        if names_both and self._language == "en":
            return None
        noun = " ".join(tokens[n].text for n in range(named, place))
        if count == 1:
            return _Amount(whole.text, at, whole.end, Unit("one_in"), noun=noun)
        share, sign = _percent(count, whole.value)
        return _Amount(share, at, whole.end, Unit("percent"), sign, noun=noun)

    def _fraction(self, tokens: Tokens, at: int) -> _Amount | None:
        """A share such as "two thirds", "half of", "un tiers des" or "la moitié"."""
        count, place = Decimal(1), at
        if tokens[at].word not in self._fractions:
            numeral = self._numerals.read(tokens, at)
            if numeral is None and tokens[at].word not in self._articles:
                return None
            if numeral is not None:
                count, place = numeral.value, numeral.end
            else:
                place = at + 1
            if tokens[place].text == "-" and self._language == "en":
                place += 1
        parts = self._fractions.get(tokens[place].word)
        if parts is None or not 0 < count < parts or count != int(count):
            return None
        end = place + 1
        start = at
        if place == at:
            half = self._start_of_half(tokens, at)
            if half is None:
                return None
            start = half
        minutes = self._of_an_hour(tokens, end, count, parts, start)
        if minutes:
            return minutes
        if count == 1 and not self._is_share(tokens, start, end):
            return None
        share, sign = _percent(count, Decimal(parts))
        if count == 1 and sign:
            return _Amount(str(parts), start, end, Unit("one_in"), takes_of=True)
        return _Amount(share, start, end, Unit("percent"), sign, takes_of=True)

    def _start_of_half(self, tokens: Tokens, at: int) -> int | None:
        """Where "half" or "la moitié" begins; other fractions need a number or an article."""
        word, before = tokens[at].word, tokens[at - 1].word
        if self._fractions[word] != 2:
            return at - 1 if self._language == "fr" and before in ("le", "du", "au") else None
        if self._language == "fr":
            return at - 1 if before == "la" else None
        if word != "half" or tokens[at + 1].text == "-" or before in ("first", "second", "other"):
            return None
        return at

    def _is_share(self, tokens: Tokens, start: int, end: int) -> bool:
        if self._after_fraction.after(tokens, end):
            return True
        before = tokens[start - 1].word
        return before in self._fraction_before or self._bounds.before(tokens, start) is not None

    def _of_an_hour(
        self, tokens: Tokens, end: int, count: Decimal, parts: int, start: int
    ) -> _Amount | None:
        linked = self._of.after(tokens, end)
        place = linked[0] if linked else end
        if tokens[place].word in self._articles:
            place += 1
        found = self._units.after(tokens, place)
        if not linked or not found or found[1].id != "hour":
            return None
        value = plain((60 * count / parts).normalize())
        return _Amount(value, start, found[0], Unit("minute"))

    # One

    def _one(self, tokens: Tokens, at: int) -> _Amount | None:
        """One that counts and is no article: "one soldier was killed", "un mort", "un an"."""
        word = tokens[at].word
        if tokens[at].kind != "word" or self._numerals.small.get(word, 1) != 1:
            return None
        before, place = tokens[at - 1].word, at + 1
        if tokens[place].text == "-" and self._language == "en":
            place += 1
        following = tokens[place].word
        is_article = word in self._articles and self._language == "en"
        if is_article or following in ("day", "jour", "time"):
            if following not in (*self._times_of_one, "day"):
                return None
            if before not in self._one_before and tokens[place + 1].word not in self._one_after:
                return None
        elif following in self._counted_ones:
            return _Amount("1", at, at + 1)
        found = self._units.after(tokens, place)
        if found is None or found[1].noun or before in self._per or before in self._units_said:
            return None
        if found[1].id in ("person", "dollar", "pound") and self._language == "fr":
            return None if found[1].id == "person" else _Amount("1", at, found[0], found[1])
        if found[1].id == "second" and is_article:
            return None
        return _Amount(plain(found[1].times), at, found[0], found[1])

    _units_said = frozenset(("fois", "times", "once", "twice"))

    # Bounds

    def _bound_before(
        self, tokens: Tokens, found: _Measured | _Amount, floor: int
    ) -> tuple[int, str] | None:
        """Where the bound words before a number begin, and the sign that they make."""
        start, sign = found.start, ""
        while True:
            place = start
            bound = self._bounds.before(tokens, place)
            while bound is None and (filler := self._fillers.before(tokens, place)):
                place = filler[0]
                bound = self._bounds.before(tokens, place)
            if bound is None or bound[0] < floor:
                break
            if bound[1] == "~" and tokens[bound[0]].word == "dans" and self._is_time(found):
                break
            if (
                tokens[bound[0]].word in self._lasting
                and self._is_time(found)
                and tokens[bound[0] - 1].word not in self._lasts
                and bound[0] > 0
            ):
                break
            start = bound[0]
            # "plus de quelque 300": the plainer bound holds.
            if not sign or sign == "~":
                sign = bound[1]
        return (start, sign) if sign else None

    def _is_time(self, found: _Measured | _Amount) -> bool:
        return found.unit is not None and found.unit.id in self._units.times

    def _bounded(self, tokens: Tokens, amount: _Amount, floor: int) -> _Amount:
        if found := self._bound_before(tokens, amount, floor):
            amount = replace(amount, start=found[0], sign=found[1])
        noun = self._noun(tokens, self._after_of(tokens, amount))
        for end in (amount.end, *((noun[1], noun[1] + 1) if noun else ())):
            after = self._bounds_after.after(tokens, end)
            if after and self._numerals.read(tokens, after[0]) is None:
                said = " ".join(tokens[n].text for n in range(noun[0], noun[1])) if noun else ""
                if end == amount.end:
                    said = ""
                sign = amount.sign if amount.sign and after[1] == "~" else after[1]
                sign = sign if amount.sign in ("", "~") else amount.sign
                return replace(amount, end=after[0], sign=sign, noun=amount.noun or said)
        return amount

    # What is counted

    def _after_of(self, tokens: Tokens, amount: _Amount) -> int:
        linked = self._of.after(tokens, amount.end)
        return linked[0] if linked else amount.end

    def _with_noun(self, tokens: Tokens, amount: _Amount) -> _Amount:
        if amount.noun:
            return amount
        if amount.unit and amount.unit.noun:
            noun = self._units_words(tokens, amount)
            return replace(amount, noun=noun)
        if amount.unit and amount.unit.id not in ("", "percent", "one_in"):
            return amount
        found = self._noun(tokens, self._after_of(tokens, amount))
        if not found:
            return amount
        return replace(amount, noun=" ".join(tokens[n].text for n in range(*found)))

    def _units_words(self, tokens: Tokens, amount: _Amount) -> str:
        """The words of a unit that has no id ("percentage points"), which end the amount."""
        start = amount.end
        while (
            start > amount.start
            and tokens[start - 1].kind == "word"
            and not (self._numerals.may_begin(tokens[start - 1].word))
        ):
            start -= 1
        return " ".join(tokens[n].text for n in range(start, amount.end))

    def _noun(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """From where to where a noun stands that a number before it counts.

        English has adjectives before it, and it ends in the first of three words that is a plural.
        """
        start = at
        if tokens[at].text == "-" and tokens.touches(at) and self._language == "en":
            start += 1
        if not self._may_be_noun(tokens, start):
            return None
        if self._language == "en":
            for place in range(start, start + 3):
                if not self._may_be_noun(tokens, place):
                    break
                word = tokens[place].word
                if word in self._plural_nouns or (word.endswith("s") and not word.endswith("ss")):
                    return start, place + 1
            return start, start + 1
        end = start
        while tokens[end].word in self._before_noun and self._may_be_noun(tokens, end + 1):
            end += 1
        return start, end + 1

    def _may_be_noun(self, tokens: Tokens, at: int) -> bool:
        token = tokens[at]
        return token.kind == "word" and token.word not in self._small and token.word != "'s"


def _percent(count: Decimal, whole: Decimal) -> tuple[str, str]:
    """A share in percent, with "~" where it is none of one decimal."""
    share = 100 * count / whole
    rounded = share.quantize(Decimal("0.1"))
    return plain(rounded.normalize()), "" if rounded == share else "~"


@cache
def _phrases(language: str, key: str) -> Phrases[str]:
    return Phrases(((phrase, phrase) for phrase in drafting_words(language).phrases(key)), language)


def _bounds(language: str, prefix: str) -> Phrases[str]:
    words = drafting_words(language)
    meanings: Mapping[str, str] = {
        phrase: sign for name, sign in _SIGNS.items() for phrase in words.phrases(prefix + name)
    }
    return Phrases(meanings.items(), language)
