"""Shares of a whole: "one in four", "deux habitants sur trois", "two thirds", "la moitié"."""

from __future__ import annotations

from decimal import Decimal

from reperes.drafts.amount import Amount, said
from reperes.drafts.bounds import Bounds
from reperes.drafts.nouns import Nouns
from reperes.drafts.numerals import Numerals, plain
from reperes.drafts.tokens import Tokens
from reperes.drafts.units import NO_UNIT, Unit, Units
from reperes.drafts.words import drafting_words

_WHOLES = frozenset((*range(2, 21), 25, 30, 40, 50, 100, 200, 500, 1000, 10_000, 100_000, 10**6))
"""What "one in …" may be out of: of "12 out of 345", both are counted."""

_MOST_NAMED = 3
"""Words that may stand between: "un enfant handicapé sur cinq"."""

_QUARTER = 4
_FEWEST_SHARED = 1000
"""What has its parts counted: "three quarters of a million"."""

_PERCENT, _ONE_IN = Unit("percent"), Unit("one_in")


class Shares:
    """Finds the shares of a language.

    One of so many is that ratio, and what is a percentage of one decimal at most is that. Others
    are about a percentage: the model has no fractions.
    """

    def __init__(
        self, language: str, numerals: Numerals, units: Units, nouns: Nouns, bounds: Bounds
    ) -> None:
        words = drafting_words(language)
        self._language = language
        self._numerals = numerals
        self._units = units
        self._nouns = nouns
        self._bounds = bounds
        self._articles = words.set("articles")
        self._ratios = words.found("ratios")
        self._ratio_nouns = words.set("ratio_nouns")
        self._fractions = words.numbers("fractions")
        self._fraction_before = words.set("fraction_before")
        self._after_fraction = words.found("after_fraction")
        self._half_before = words.set("half_before")
        self._articles_of_half = words.set("articles_of_half")
        self._no_half_before = words.set("no_half_before")
        self._of_one = words.found("of_one")

    def may_begin(self, word: str) -> bool:
        return word in self._fractions

    def at(self, tokens: Tokens, at: int) -> Amount | None:
        """The share that a token begins, or that "half" and « moitié » end."""
        return self._ratio(tokens, at) or self._fraction(tokens, at)

    def _ratio(self, tokens: Tokens, at: int) -> Amount | None:
        numeral = self._numerals.read(tokens, at)
        if numeral is None and tokens[at].word not in self._articles:
            return None
        count, named = (numeral.value, numeral.end) if numeral else (Decimal(1), at + 1)
        place = named
        while not self._ratios.after(tokens, place):
            if place == named + _MOST_NAMED or not self._may_be_named(tokens, place):
                return None
            place += 1
        found = self._ratios.after(tokens, place)
        whole = self._numerals.read(tokens, found[0]) if found else None
        if whole is None or not 0 < count < whole.value:
            return None
        # "one in 23" is a ratio, whatever of.
        is_one = count == 1 and place == named and whole.value % 1 == 0
        if whole.value not in _WHOLES and not is_one:
            return None
        unit = self._units.after(tokens, whole.end)
        if unit and unit[1].id != "person":
            return None
        # "two explosions in five villages"
        if place > named and self._language == "en" and self._nouns.after(tokens, whole.end):
            return None
        noun = said(tokens, named, place)
        if count == 1:
            return Amount(whole.text, at, whole.end, _ONE_IN, noun=noun)
        share, sign = _percent(count, whole.value)
        return Amount(share, at, whole.end, _PERCENT, sign, noun)

    def _may_be_named(self, tokens: Tokens, at: int) -> bool:
        return self._nouns.may_be_one(tokens, at) or tokens[at].word in self._ratio_nouns

    def _fraction(self, tokens: Tokens, at: int) -> Amount | None:
        count, place = Decimal(1), at
        if tokens[at].word not in self._fractions:
            numeral = self._numerals.read(tokens, at)
            if numeral is None and tokens[at].word not in self._articles:
                return None
            count, place = (numeral.value, numeral.end) if numeral else (count, at + 1)
            if tokens[place].text == "-":
                place += 1
        elif self._numerals.read(tokens, at):
            # "half a million"
            return None
        parts = self._fractions.get(tokens[place].word)
        if parts is None or count != int(count) or not 0 < count < parts:
            return None
        start = self._start_of_half(tokens, at) if place == at else at
        if start is None:
            return None
        end = place + 1
        if of_one := self._of_one_unit(tokens, start, end, count / parts):
            return of_one
        needs_none = self._language == "fr" and parts == 2
        if count == 1 and not (needs_none or self._is_share(tokens, start, end)):
            return None
        share, sign = _percent(count, Decimal(parts))
        if count == 1 and sign:
            return Amount(str(parts), start, end, _ONE_IN)
        return Amount(share, start, end, _PERCENT, sign)

    def _start_of_half(self, tokens: Tokens, at: int) -> int | None:
        """Where "half", « la moitié » or « le tiers » begins: they need no number before them."""
        if self._language == "fr":
            before = tokens[at - 1].word
            # « la neuvième » is one of several.
            if before not in self._half_before or self._fractions[tokens[at].word] > _QUARTER:
                return None
            return at - 1 if before in self._articles_of_half else at
        if tokens[at].word != "half" or tokens[at - 1].word in self._no_half_before:
            return None
        return at if tokens[at + 1].text != "-" else None

    def _is_share(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether a part of something is meant, and not "a third man" or a quarter of a year."""
        if self._after_fraction.after(tokens, end):
            return True
        before = tokens[start - 1].word
        return before in self._fraction_before or self._bounds.are_before(tokens, start)

    def _of_one_unit(self, tokens: Tokens, start: int, end: int, share: Decimal) -> Amount | None:
        """ "un quart d’heure", "three quarters of an hour", "half a percentage point"."""
        linked = self._of_one.after(tokens, end)
        scaled = self._numerals.read(tokens, linked[0] - 1) if linked else None
        if scaled and scaled.value == scaled.scale >= _FEWEST_SHARED:
            number = plain((share * scaled.value).quantize(Decimal(1)))
            found = self._units.after(tokens, scaled.end)
            after, unit = found or (scaled.end, NO_UNIT)
            return Amount(number, start, after, unit)
        found = self._units.after(tokens, linked[0]) if linked else None
        if not linked or not found:
            return None
        after, unit = found
        if unit.id == "hour":
            return Amount(plain((60 * share).normalize()), start, after, Unit("minute"))
        if unit.noun and (100 * share) % 1 == 0:
            noun = said(tokens, linked[0], after)
            return Amount(plain(share.normalize()), start, after, noun=noun)
        return None


def _percent(count: Decimal, whole: Decimal) -> tuple[str, str]:
    """A share in percent, and "~" where it has more than one decimal."""
    share = 100 * count / whole
    rounded = share.quantize(Decimal("0.1"))
    return plain(rounded.normalize()), "" if rounded == share else "~"
