"""What a number counts or measures, as each language says it: nouns, symbols and their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import babel
from babel.numbers import get_currency_name, get_currency_symbol
from babel.units import format_unit

from reperes.text.yaml_in import read_own_yaml

UnitKind = Literal["count", "money", "measure", "percent", "ratio"]
UNIT_KINDS: tuple[str, ...] = get_args(UnitKind)
"""What is counted may be named by any noun, so a citation leaves the noun to the sentence; of all
others, a number alone says nothing. A ratio is the 4 of "one in 4"."""

SymbolPlace = Literal["before", "before_spaced", "after", "after_spaced"]
SYMBOL_PLACES: tuple[str, ...] = get_args(SymbolPlace)
"""Where a symbol stands: "€35", "CHF 35", "35%", "35 km"."""

GENDERS = ("feminine", "masculine", "none")

_TABLE = Path(__file__).with_name("units.yml")
_GENDERED = frozenset({"fr"})
"""The languages of which every noun has a gender."""


@dataclass(frozen=True, kw_only=True)
class UnitWording:
    """How one language says a unit.

    `forms` are the nouns by CLDR plural ("one", "other"); "many" is what follows "millions". Prose
    says the `symbol` where there is one, at its `place`. `per` are the ids of the units to one of
    which an amount is related. What `is_mass` is counted in number, and thought of as one whole:
    hours, and euros that interface/ words.
    """

    kind: UnitKind
    forms: Mapping[str, str] = field(default_factory=dict)
    gender: str = "none"
    symbol: str = ""
    place: SymbolPlace = "after_spaced"
    per: tuple[str, ...] = ()
    is_mass: bool = False

    @property
    def is_counted(self) -> bool:
        return self.kind == "count"

    @property
    def is_of_things(self) -> bool:
        """Whether English has "fewer" of it, and not "less"."""
        return self.kind in ("count", "ratio") and not self.is_mass

    @property
    def is_attached(self) -> bool:
        """Whether every number of a range has the symbol: "€20 to €27", and "20 to 27 km"."""
        return bool(self.symbol) and self.place != "after_spaced"

    @property
    def grows_to_millions(self) -> bool:
        """Whether round numbers may be said in millions: "1000000 %" is no "1 million %"."""
        return self.kind not in ("percent", "ratio") and not (self.symbol and self.place == "after")

    def noun(self, category: str) -> str:
        """The noun of a CLDR plural, or that of most numbers where it has none of its own."""
        return self.forms.get(category, self.forms.get("other", ""))


def has_genders(language: str) -> bool:
    return language in _GENDERED


def shipped_unit_ids() -> frozenset[str]:
    """The ids of the units that the program knows."""
    return frozenset(_table())


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return cast("Mapping[str, Mapping[str, Any]]", read_own_yaml(_TABLE))


@cache
def shipped_unit(unit: str, locale: str) -> UnitWording | None:
    """How the program says a unit in a locale ("fr_FR"); None for one that it does not know."""
    row = _table().get(unit)
    if row is None:
        return None
    conventions = babel.Locale.parse(locale)
    language = conventions.language
    wording = UnitWording(kind=row["kind"], gender=_gender(row, language))
    if names := row.get("names", {}).get(language):
        forms = {key: noun for key, noun in names.items() if key != "symbol"}
        wording = replace(wording, forms=forms)
        return _with_sign(wording, names.get("symbol", ""), conventions)
    if "currency" in row:
        code = row["currency"]
        forms = {
            category: get_currency_name(code, count=number, locale=conventions)
            for category, number in _numbers(conventions).items()
        }
        # Of a currency without a sign CLDR gives the code, which Babel sets against the number.
        sign = get_currency_symbol(code, locale=conventions)
        return _with_sign(
            replace(wording, forms=forms), "" if sign.isalpha() else sign, conventions
        )
    if "cldr" in row:
        return _measure(wording, row, conventions)
    return wording


def _gender(row: Mapping[str, Any], language: str) -> str:
    if language not in _GENDERED:
        return "none"
    return "feminine" if language in row.get("feminine", "").split() else "masculine"


@cache
def _numbers(conventions: babel.Locale) -> Mapping[str, int]:
    """A whole number for each plural of a language, "many" aside: that is for millions."""
    found = {conventions.plural_form(number): number for number in range(200, -1, -1)}
    return {category: number for category, number in found.items() if category != "many"}


def _with_sign(wording: UnitWording, sign: str, conventions: babel.Locale) -> UnitWording:
    """Money with its sign where that stands before the number; else the press writes the noun."""
    is_before = conventions.currency_formats["standard"].pattern.startswith("¤")
    return replace(wording, symbol=sign, place="before") if sign and is_before else wording


def _measure(
    wording: UnitWording, row: Mapping[str, Any], conventions: babel.Locale
) -> UnitWording:
    def said(length: Literal["long", "short"], number: int) -> str:
        text = format_unit(number, row["cldr"], length, locale=conventions)
        return re.sub(r"^[\s\d]+|\s+$", "", text)

    forms = {key: said("long", number) for key, number in _numbers(conventions).items()}
    wording = replace(wording, forms=forms, is_mass=row["cldr"].startswith("duration-"))
    if "by_symbol" not in row:
        return wording
    # CLDR has "12°C" in English; the SI Brochure asks for a space in all languages, and only the
    # signs of shares follow the language.
    is_share = row["cldr"].startswith("concentr-")
    is_tight = is_share and not re.search(r"\s", conventions.percent_formats[None].pattern)
    return replace(wording, symbol=said("short", 2), place="after" if is_tight else "after_spaced")
