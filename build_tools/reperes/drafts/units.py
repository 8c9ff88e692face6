"""What stands after a number or before it and says its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from reperes.drafts.tokens import Phrases, Tokens
from reperes.drafts.words import drafting_words
from reperes.language.units import UnitWording, shipped_unit, shipped_unit_ids

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"))
"""The ids of units of time."""


class Unit(NamedTuple):
    """A unit by its id, of which a word says `times` so many ("fortnight").

    `noun` is true of a unit that is known but has no id ("percentage points").
    """

    id: str
    times: Decimal = Decimal(1)
    noun: bool = False


NO_UNIT = Unit("")


class Units:
    """The units of a language: those of the program and an explainer's own."""

    def __init__(self, language: str, own: Mapping[str, UnitWording]) -> None:
        words = drafting_words(language)
        named = dict(_shipped(language))
        for phrase, unit in words.meanings("units").items():
            named[phrase] = Unit(unit)
        for phrase, said in words.meanings("multiples").items():
            times, unit = said.split()
            named[phrase] = Unit(unit, Decimal(times))
        for phrase in (*words.phrases("other_money"), *words.phrases("points")):
            named[phrase] = Unit("", noun=True)
        for unit_id, wording in own.items():
            named |= {noun: Unit(unit_id) for noun in _said(wording)}
        # Of a symbol capitals count, and so they do of a short one: "m" and "M", "MW" and "mW".
        symbols = {said for said in named if len(said) < 3 or re.search(r"[A-Z°²³/]", said)}
        self._symbols = Phrases(
            ((s, named[s]) for s in named if s in symbols), language, exact=True
        )
        self._nouns = Phrases(((s, named[s]) for s in named if s not in symbols), language)
        self._before = Phrases(
            ((s, Unit(unit)) for s, unit in words.meanings("money_before").items()),
            language,
            exact=True,
        )

    def after(self, tokens: Tokens, at: int) -> tuple[int, Unit] | None:
        """The place after the unit that begins at a place, and which it is."""
        found = [each.after(tokens, at) for each in (self._symbols, self._nouns)]
        return max(filter(None, found), default=None, key=lambda each: each[0])

    def money_before(self, tokens: Tokens, at: int) -> tuple[int, Unit] | None:
        """Where the sign of money begins that ends before a place ("US$")."""
        return self._before.before(tokens, at)

    def money_at(self, tokens: Tokens, at: int) -> tuple[int, Unit] | None:
        return self._before.after(tokens, at)


@cache
def _shipped(language: str) -> Mapping[str, Unit]:
    found: dict[str, Unit] = {}
    for unit_id in sorted(shipped_unit_ids()):
        wording = shipped_unit(unit_id, _LOCALES[language])
        assert wording is not None
        found |= {noun: Unit(unit_id) for noun in _said(wording)}
    return found


def _said(wording: UnitWording) -> set[str]:
    return {said for said in (*wording.forms.values(), wording.symbol) if said}
