"""Units that a text leaves out, for its reader knows: "Smith, 47,", "£4bn, and not six billion"."""

from __future__ import annotations

from functools import cache

from babel.dates import get_day_names, get_month_names

from reperes.drafts.amount import Amount
from reperes.drafts.tokens import SENTENCE_ENDS, Tokens
from reperes.drafts.units import NO_UNIT, Unit
from reperes.drafts.words import drafting_words
from reperes.language.lexicon import lexicon
from reperes.language.units import shipped_unit

_OLDEST = 115
_YEARS = Unit("year")
_MILLION_POWER = 6
_AFTER_AN_AGE = (",", ".", ")", ";")


class ImpliedUnits:
    """Tells the units that a language leaves out."""

    def __init__(self, language: str) -> None:
        words = drafting_words(language)
        self._ages = words.found("ages")
        self._ages_alone = bool(words.phrases("ages"))
        self._compared = words.found("compared")
        self._small = lexicon(language).small_words
        self._no_names = frozenset(
            name.lower()
            for names in (get_month_names, get_day_names)
            for name in names("wide", locale=language).values()
        )
        self._articles = words.set("day_articles")
        powers = words.numbers("scales").items()
        self._scales = frozenset(word for word, power in powers if power >= _MILLION_POWER)

    def unit_of(self, tokens: Tokens, amount: Amount, before: Amount | None) -> Unit:
        """The unit of a bare number, after another one or none; NO_UNIT where nothing tells it."""
        if self._is_age(tokens, amount):
            return _YEARS
        if before is None or not before.unit.id or _are_parted(tokens, before.end, amount.start):
            return NO_UNIT
        if _is_money(before.unit.id) and self._is_a_sum(tokens, amount):
            return Unit(before.unit.id)
        place = amount.start
        if tokens[place - 1].word in self._articles:
            place -= 1
        return Unit(before.unit.id) if self._compared.before(tokens, place) else NO_UNIT

    def _is_age(self, tokens: Tokens, amount: Amount) -> bool:
        """ "aged 18 to 25", "I'm 81", "Joan Smith, 47, a teacher", "said Joan Smith, 47."."""
        if not 0 < amount.largest <= _OLDEST or amount.largest % 1 or not self._ages_alone:
            return False
        if self._ages.before(tokens, amount.start):
            return True
        at, end = amount.start, amount.end
        if end != at + 1 or tokens[at].kind != "number" or tokens[at - 1].text != ",":
            return False
        if tokens[end].text not in _AFTER_AN_AGE or tokens[end + 1].kind == "number":
            return False
        name = tokens[at - 2]
        if name.kind != "word" or not name.text[0].isupper() or name.word in self._no_names:
            return False
        # "In London, 52, mostly women, were held"
        return tokens[at - 3].word not in self._small

    def _is_a_sum(self, tokens: Tokens, amount: Amount) -> bool:
        """Whether a number ends in "million" or more, and is no "millions" alone."""
        return amount.end > amount.start + 1 and tokens[amount.end - 1].word in self._scales


def _are_parted(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a sentence ends between two places."""
    return any(tokens[n].text in SENTENCE_ENDS for n in range(start, end))


@cache
def _is_money(unit: str) -> bool:
    wording = shipped_unit(unit, "en_GB")
    return wording is not None and wording.kind == "money"
