"""How an explainer's own units are said: with names of theirs, or with those of another unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from reperes.language.locales import Locale
from reperes.language.units import SymbolPlace, UnitKind, UnitWording, has_genders
from reperes.model.bearings import Unit, UnitName


def worded_units(units: Mapping[str, Unit], locale: Locale) -> dict[str, UnitWording]:
    """How each unit is said; `locale` is one that knows the others.

    A unit that is not defined, or goes round, has its id for a noun: what is wrong with it is
    reported where ids are resolved.
    """
    found: dict[str, UnitWording] = {}
    for unit_id in units:
        _word(unit_id, units, locale, found, frozenset())
    for unit in units.values():
        for other in filter(None, (unit.of_id, unit.per_id)):
            found[other] = _word(other, units, locale, found, frozenset())
    return found


def stand_in(unit_id: str) -> UnitWording:
    """What a unit is said as that nobody has defined."""
    return UnitWording(kind="count", forms={"one": str(unit_id), "other": str(unit_id)})


def _word(
    unit_id: str,
    units: Mapping[str, Unit],
    locale: Locale,
    found: dict[str, UnitWording],
    on_the_way: frozenset[str],
) -> UnitWording:
    if unit_id in found:
        return found[unit_id]
    unit = units.get(unit_id)
    if unit_id in on_the_way:
        return stand_in(unit_id)
    if unit is None:
        try:
            return locale.unit_wording(unit_id)
        except KeyError:
            return stand_in(unit_id)
    if unit.of_id is not None:
        wording = _word(unit.of_id, units, locale, found, on_the_way | {unit_id})
    else:
        gender = "masculine" if has_genders(locale.code) else "none"
        wording = UnitWording(kind="count", gender=gender)
        if unit.names is not None:
            wording = _named(unit.names[locale.code])
    if unit.kind is not None:
        wording = replace(wording, kind=cast(UnitKind, str(unit.kind)))
    if unit.per_id is not None:
        wording = replace(wording, per=(*wording.per, str(unit.per_id)))
    found[unit_id] = wording
    return wording


def _named(name: UnitName) -> UnitWording:
    forms = {"one": name.one, "other": name.other, "many": name.many}
    wording = UnitWording(
        kind="count",
        forms={category: str(noun) for category, noun in forms.items() if noun is not None},
        gender=str(name.gender or "none"),
    )
    if name.symbol is None:
        return wording
    place = cast(SymbolPlace, str(name.symbol_place))
    return replace(wording, symbol=str(name.symbol), place=place)
