"""Numbers in a text with their bounds, ranges, units and what they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from reperes.drafts.amount import Amount, said
from reperes.drafts.bounds import Bounds
from reperes.drafts.figureless import Figureless
from reperes.drafts.found import Finding
from reperes.drafts.implied_units import ImpliedUnits
from reperes.drafts.nouns import Nouns
from reperes.drafts.numerals import Numeral, Numerals, plain, whole
from reperes.drafts.shares import Shares
from reperes.drafts.tokens import DASHES, Tokens, Words
from reperes.drafts.units import NO_UNIT, Unit, Units
from reperes.drafts.words import drafting_words

_MOST_LOOKED_BACK = 8
"""Tokens before "from 5 to 10" among which a verb tells that it is a change, and no range."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with the sign of money before it or the unit after it, from `start` to `end`."""

    numeral: Numeral
    start: int
    end: int
    unit: Unit = NO_UNIT

    @property
    def value(self) -> Decimal:
        return self.numeral.value * self.unit.times

    @property
    def is_bare(self) -> bool:
        return self.unit == NO_UNIT

    def alone(self) -> Amount:
        sign = "~" if self.numeral.about else ">=" if self.numeral.at_least else ""
        return Amount(plain(self.value), self.start, self.end, self.unit, sign)


class Amounts:
    """Finds the numbers of a language."""

    def __init__(self, language: str, units: Units) -> None:
        words = drafting_words(language)
        self._language = language
        self._units = units
        self._numerals = Numerals.of(language)
        self._nouns = Nouns(language)
        self._bounds = Bounds(language, self._numerals)
        self._shares = Shares(language, self._numerals, units, self._nouns, self._bounds)
        self._implied = ImpliedUnits(language)
        self._figureless = Figureless(language, self._numerals, self._nouns, units)
        self._articles = words.set("articles")
        self._of = words.found("of")
        self._after_share = words.found("after_fraction")
        self._between = words.set("between")
        self._between_and = words.set("between_and")
        self._from = words.set("from")
        self._to = words.found("to")
        self._or = words.set("or")
        self._changing = Words(words.words("changing"))
        self._growing = Words(words.words("growing"))
        self._halves = words.found("halves")
        self._minus = words.set("minus")
        self._before_unit = words.set("before_unit")
        self._after_unit = words.found("after_unit")
        self._counted_ones = Words(words.words("counted_ones"))
        self._only = words.set("only")
        self._times_of_one = words.set("times_of_one")
        self._days_of_one = words.set("days_of_one")
        self._one_before = words.set("one_before")
        self._one_after = words.set("one_after")
        self._of_one_told = words.set("of_one_told")
        self._not_before_one = words.set("not_before_one")

    def find(self, text: str, tokens: Tokens, taken: bytearray) -> Iterator[Finding]:
        """The numbers in order. `taken` has a 1 for each token of what is found already."""
        at = floor = 0
        before: Amount | None = None
        while at < len(tokens):
            if taken[at]:
                at += 1
                floor = at
                continue
            if not self._may_begin(tokens, at):
                at += 1
                continue
            if after := self._figureless.after(tokens, at):
                at = floor = after
                continue
            amount = self._amount(tokens, at, floor, taken)
            if amount and any(taken[amount.start : amount.end]):
                amount = self._without_unit(tokens, at, floor, taken)
            if amount is None or any(taken[amount.start : amount.end]):
                at += 1
                continue
            if amount.is_bare:
                amount = replace(amount, unit=self._implied.unit_of(tokens, amount, before))
            before = amount
            start, end = tokens[amount.start].start, tokens[amount.end - 1].end
            words = text[start:end]
            yield Finding(
                "number", start, end, words, amount.text, unit=amount.unit.id, noun=amount.noun
            )
            at = floor = amount.end

    def _may_begin(self, tokens: Tokens, at: int) -> bool:
        word = tokens[at].word
        return (
            tokens[at].kind == "number"
            or self._numerals.may_begin(word)
            or self._shares.may_begin(word)
        )

    def _amount(self, tokens: Tokens, at: int, floor: int, taken: bytearray) -> Amount | None:
        amount = (
            self._shares.at(tokens, at)
            or self._number_or_range(tokens, at, floor)
            or self._one(tokens, at)
        )
        if amount is None:
            return None
        start, sign = self._bounds.before(tokens, amount, floor)
        amount = replace(amount, start=start, sign=sign or amount.sign)
        return self._with_noun(tokens, amount, taken)

    def _without_unit(self, tokens: Tokens, at: int, floor: int, taken: bytearray) -> Amount | None:
        """A number of which what follows is a date: the 7 of "7 last year"."""
        numeral = self._numerals.read(tokens, at)
        if numeral is None or any(taken[numeral.start : numeral.end]):
            return None
        if numeral.value == 1 and not numeral.in_digits:
            return None
        amount = _Measured(numeral, numeral.start, numeral.end).alone()
        start, sign = self._bounds.before(tokens, amount, floor)
        return replace(amount, start=start, sign=sign or amount.sign)

    # Numbers with their units

    def _measured(self, tokens: Tokens, at: int) -> _Measured | None:
        numeral = self._numerals.read(tokens, at)
        if numeral is None:
            return None
        if before := self._units.money_before(tokens, numeral.start):
            return _Measured(numeral, before[0], numeral.end, before[1])
        start = numeral.start
        if self._is_negative(tokens, at):
            start = at - 1
            numeral = replace(numeral, value=-numeral.value)
        end, unit = self._unit_after(tokens, numeral)
        if half := self._halves.after(tokens, end):
            # "deux ans et demi", "two and a half years"
            numeral = replace(numeral, value=numeral.value + Decimal("0.5"), end=half[0])
            end = half[0]
            if unit == NO_UNIT:
                end, unit = self._unit_after(tokens, numeral)
        return _Measured(numeral, start, end, unit)

    def _is_negative(self, tokens: Tokens, at: int) -> bool:
        before = tokens[at - 1]
        if before.text in ("-", "−", "–"):
            return tokens.touches(at) and not tokens.touches(at - 1)
        is_said = before.word in self._minus and tokens[at].kind == "number"
        return is_said and not self._bounds.are_before(tokens, at)

    def _unit_after(self, tokens: Tokens, numeral: Numeral) -> tuple[int, Unit]:
        """The place after a number and its unit, if it has one, and the unit."""
        place = numeral.end
        if tokens[place].text == "-" and tokens.touches(place) and tokens.touches(place + 1):
            # "a six-month truce", "a 45-year-old"
            place += 1
        if found := self._units.after(tokens, place):
            end = found[0]
            after = self._after_unit.after(tokens, end)
            return (after[0] if after else end), found[1]
        if place > numeral.end:
            return numeral.end, NO_UNIT
        if numeral.takes_of or numeral.scale >= 10**6:
            linked = self._of.after(tokens, place)
            if linked and (found := self._units.after(tokens, linked[0])):
                return found
        # "ces 20 dernières années"
        while tokens[place].word in self._before_unit and place < numeral.end + 2:
            place += 1
        return self._units.after(tokens, place) or (numeral.end, NO_UNIT)

    # Ranges

    def _number_or_range(self, tokens: Tokens, at: int, floor: int) -> Amount | None:
        low = self._measured(tokens, at)
        if low is None:
            return None
        if found := self._range(tokens, low, floor):
            return found
        if low.numeral.value == 1 and not low.numeral.in_digits and low.numeral.scale == 1:
            return None
        if low.is_bare:
            low = replace(low, unit=self._unit_of_next(tokens, low))
        return low.alone()

    def _unit_of_next(self, tokens: Tokens, low: _Measured) -> Unit:
        """The unit that a number shares with the next: "23 et 27 ans", "from 10.5 to 9.4%"."""
        place = low.end
        if change := self._to.after(tokens, place):
            # « de 10,5 à 9,4 % »
            place = change[0]
        elif tokens[place].word in (*self._between_and, *self._or, ","):
            place += 1
        else:
            return NO_UNIT
        following = self._numerals.read(tokens, place)
        if following is None or following.scale > 1:
            return NO_UNIT
        return self._unit_after(tokens, following)[1]

    def _range(self, tokens: Tokens, low: _Measured, floor: int) -> Amount | None:
        opening = self._bounds.before(tokens, low.alone(), floor)[0]
        if tokens[low.end].text == "-" and tokens.touches(low.end):
            # "18- to 25-year-olds"
            hangs = not tokens.touches(low.end + 1)
            low = replace(low, end=low.end + 1) if hangs else low
        opener = tokens[opening - 1].word if opening > floor else ""
        joint, start = tokens[low.end], low.start
        if opener in self._between and joint.word in self._between_and:
            after, start = low.end + 1, opening - 1
        elif found := self._to.after(tokens, low.end):
            after = found[0]
            start = opening - 1 if opener in self._from else start
        elif joint.word in self._or or (
            joint.text in DASHES and tokens.touches(low.end) == tokens.touches(low.end + 1)
        ):
            after = low.end + 1
        else:
            return None
        after = self._bounds.skipped(tokens, after)
        money = self._units.money_at(tokens, after)
        high = self._measured(tokens, money[0] if money else after)
        if high is None:
            return None
        if self._to.after(tokens, low.end) and self._is_change(tokens, low, high, opening, opener):
            return None
        return self._joined(low, high, start)

    def _joined(self, low: _Measured, high: _Measured, start: int) -> Amount | None:
        """The range of two numbers, if they rise and are of one unit."""
        first, last, scale = low.value, high.value, high.numeral.scale
        if low.numeral.scale == 1 and scale > 1 and first * scale < last:
            # "2 to 3 million"
            first = whole(first * scale)
        # "$5 to 10 million", and no "ten days to 2,345"
        shares_unit = low.is_bare or (high.is_bare and low.start < low.numeral.start)
        if first >= last or not (shares_unit or low.unit == high.unit):
            return None
        unit = low.unit if high.is_bare else high.unit
        return Amount(f"{plain(first)}..{plain(last)}", start, high.end, unit)

    def _is_change(
        self, tokens: Tokens, low: _Measured, high: _Measured, opening: int, opener: str
    ) -> bool:
        """Whether "from 5 to 10" is said of what went from one to the other."""
        if opener not in self._from:
            # "rose $1.20 to $68.40"
            by_how_much = self._language == "en" and not low.is_bare and not high.is_bare
            return by_how_much and tokens[opening - 1].word in self._changing
        is_growth_by = low.is_bare and not high.is_bare
        for at in range(opening - 2, max(-1, opening - 2 - _MOST_LOOKED_BACK), -1):
            if tokens[at].text in (".", ";", "!", "?"):
                return False
            if tokens[at].word in self._changing:
                return True
            if tokens[at].word in self._growing:
                # « augmenter de 5 à 10 % » is by how much; « de 5 % à 10 % », from what to what.
                return not is_growth_by
        return False

    # One

    def _one(self, tokens: Tokens, at: int) -> Amount | None:
        """One that counts and is no article: "one soldier was killed", "un mort", "un an"."""
        word = tokens[at].word
        is_article = word in self._articles
        if not is_article and self._numerals.small.get(word) != 1:
            return None
        before, place = tokens[at - 1].word, at + 1
        if before in self._not_before_one:
            return None
        if tokens[place].text == "-" and not is_article:
            place += 1
        if tokens[place].word in self._only:
            place += 1
        following = tokens[place].word
        if following in self._counted_ones and not (is_article and self._language == "en"):
            begins = tokens.begins_sentence(at) and tokens[at].text[0].isupper()
            if begins and self._of_one_told and not self._tells_of_one(tokens, place + 1):
                return None
            return Amount("1", at, at + 1, noun=tokens[place].text)
        found = self._units.after(tokens, place)
        if found is None or found[1].noun or found[1].id == "person":
            return None
        if half := self._halves.after(tokens, found[0]):
            return Amount("1.5", at, half[0], found[1])
        if following in self._days_of_one or (is_article and self._language == "en"):
            if following not in (*self._times_of_one, *self._days_of_one):
                return None
            is_told = before in self._one_before or self._bounds.are_before(tokens, at)
            # "400 vehicles a day in 2001" is a rate.
            is_rate = tokens[at - 1].kind == "number" or before.endswith("s")
            is_told = is_told or (tokens[found[0]].word in self._one_after and not is_rate)
            if not is_told:
                return None
        return Amount(plain(found[1].times), at, found[0], found[1])

    def _tells_of_one(self, tokens: Tokens, at: int) -> bool:
        """Whether what begins a sentence is counted: no "One man held a baby"."""
        return tokens[at].kind != "word" or tokens[at].word in self._of_one_told

    # What is counted

    def _with_noun(self, tokens: Tokens, amount: Amount, taken: bytearray) -> Amount:
        """An amount with what it counts, and with the bound words after either."""
        if bound := self._bounds.after(tokens, (amount.end,)):
            amount = _bounded_after(amount, bound)
        linked = self._of.after(tokens, amount.end)
        is_share = amount.unit.id in ("percent", "one_in") and self._may_begin(
            tokens, amount.end - 1
        )
        if is_share and not linked:
            linked = self._after_share.after(tokens, amount.end)
        is_many = not linked and abs(amount.largest) >= 2
        noun = self._nouns.after(tokens, linked[0] if linked else amount.end, is_many)
        if noun and any(taken[amount.end : noun[1]]):
            noun = None
        if noun and not linked and (bound := self._bounds.after(tokens, (noun[1], noun[1] + 1))):
            amount = _bounded_after(amount, bound)
        if amount.unit.noun:
            return replace(amount, noun=self._unit_without_id(tokens, amount))
        is_counted = not amount.unit.id or is_share or (amount.unit.id == "percent" and linked)
        if noun is None or amount.noun or not is_counted:
            return amount
        return replace(amount, noun=said(tokens, *noun))

    def _unit_without_id(self, tokens: Tokens, amount: Amount) -> str:
        """The words of a unit that has no id ("percentage points"), which end the amount."""
        start = amount.end
        while tokens[start - 1].kind == "word" and not self._may_begin(tokens, start - 1):
            start -= 1
        return said(tokens, start, amount.end)


def _bounded_after(amount: Amount, bound: tuple[int, str]) -> Amount:
    """An amount with the bound after it, of which one before it is the plainer."""
    end, sign = bound
    return replace(amount, end=end, sign=sign if amount.sign in ("", "~") else amount.sign)
