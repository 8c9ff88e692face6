"""Short ways to type what a mapping says: `source: "afp 22: five words"`, `value: ">60 percent"`.

Each is written out before it is read, with its parts where they were typed, so that all that reads
content knows the long form alone. `reperes fmt` writes either.
"""

from __future__ import annotations

import re

from reperes.model.pins import LOCATOR_KINDS, Locator, LocatorError, parse_locator
from reperes.model.quantity_guesses import quantity_meant
from reperes.model.shapes import ShortForm, ShortFormError
from reperes.model.yaml_values import Listing, Table, Value
from reperes.text.problems import Text, quoted

SIGN_OF = {
    "about": "~",
    "more_than": ">",
    "at_least": ">=",
    "at_most": "<=",
    "less_than": "<",
    "exact": "",
}
_SIGNS = {sign: bound for bound, sign in SIGN_OF.items() if sign} | {
    "≥": "at_least",
    "≤": "at_most",
}
_DIGITS = r"[-+−]?[0-9]+(?:[.,'’\u00a0\u202f][0-9]+)*"
_QUANTITY = re.compile(
    rf"(?P<sign>~|>=|<=|≥|≤|>|<)?\s*(?P<low>{_DIGITS})"
    rf"(?:\s*(?:\.\.+|…)\s*(?P<high>{_DIGITS}))?(?:\s+(?P<unit>[a-z][a-z0-9_]*))?"
)
"""Loose in its numbers: what is wrong with one is said where it is read."""
_ID = r"[a-z][a-z0-9_]*(?![^\s:])"
_PLACE_AND_EVIDENCE = r"\s*(?P<place>.*?)\s*(?::\s+(?P<evidence>.*))?"
_PIN = re.compile(rf"(?P<id>{_ID})?{_PLACE_AND_EVIDENCE}", re.DOTALL)
_PIN_WITHOUT_ID = re.compile(rf"(?P<id>)?{_PLACE_AND_EVIDENCE}", re.DOTALL)


def _part(text: Text, match: re.Match[str], group: str) -> Text:
    """A part of a text, which knows where it stands."""
    return Text(match[group], text.at(match.start(group)), text.exact)


def _key(name: str, text: Text) -> Text:
    return Text(name, text.place)


def _long_pin(value: Value) -> Value:
    """`afp 22: plus de 350.000` as its source, its place there, and its evidence.

    The source may be left to the file; all but a place and words may be missing.
    """
    if not isinstance(value, Text):
        return value
    match = (_PIN_WITHOUT_ID if _opens_a_place(value) else _PIN).fullmatch(value)
    assert match is not None
    entries: dict[Text, Value] = {}
    if match["id"]:
        entries[_key("id", value)] = _part(value, match, "id")
    if match["place"]:
        place = _part(value, match, "place")
        try:
            locator = parse_locator(place)
        except LocatorError as error:
            raise ShortFormError(place.place, str(error)) from None
        values = tuple(Text(found, place.place, False) for found in locator.values)
        entries[_key(locator.kind, value)] = Listing(values, place.place)
    if match["evidence"]:
        entries[_key("evidence", value)] = _part(value, match, "evidence")
    return Table(entries, value.place)


def _opens_a_place(text: Text) -> bool:
    """Whether a text begins with what names a place ("page 12"), and no source."""
    try:
        parse_locator(text.partition(": ")[0])
    except LocatorError:
        return False
    return True


def _short_pin(value: Value) -> Value:
    if not isinstance(value, Table):
        return value
    known = {"id", "evidence", *LOCATOR_KINDS}
    if not value.entries or not value.entries.keys() <= known:
        return value
    found = value.get("id")
    parts = [str(found)] if isinstance(found, Text) else []
    for kind in LOCATOR_KINDS:
        places = value.get(kind)
        if isinstance(places, Listing):
            parts.append(str(Locator(kind, tuple(str(each) for each in places.items))))
    evidence = value.get("evidence")
    text = " ".join(parts) + (f": {evidence}" if isinstance(evidence, Text) else "")
    short = Text(text, value.place)
    return short if _says_as_much(short, value) else value


def _says_as_much(short: Text, long: Table) -> bool:
    try:
        return plain(_long_pin(short)) == plain(long)
    except ShortFormError:
        return False


PIN = ShortForm(
    _long_pin,
    _short_pin,
    pattern=r"\S",
    whole=r"^$|^\s*[a-z][a-z0-9_]*(\s|:\s|$)",
    expected='a source and where in it ("afp_2018 22: five words")',
)


def _long_number(value: Value) -> Value:
    """A mapping of which `value` says number, bound and unit: `>350000 death`, `270000..330000`."""
    typed = value.get("value") if isinstance(value, Table) else None
    if not isinstance(value, Table) or not isinstance(typed, Text):
        return value
    match = _QUANTITY.fullmatch(typed.strip())
    if match is None and re.search(r"[^\W\d_]|[~<>≤≥≈°€$£%]", typed):
        better = quantity_meant(typed)
        if better and "unit" in value.entries:
            better = better.partition(" ")[0]
        write = f'"{better}"' if better else '"350000", ">350000 death" or "270000..330000 person"'
        message = f"value: expected a number, found {quoted(typed)}; write {write}"
        raise ShortFormError(typed.place, message)
    if match is None or not (match["sign"] or match["high"] or match["unit"]):
        return value
    offset = len(typed) - len(typed.lstrip())
    shifted = Text(typed.strip(), typed.at(offset), typed.exact)
    said = {"unit": match["unit"] and _part(shifted, match, "unit")}
    if match["high"]:
        said |= {"low": _part(shifted, match, "low"), "high": _part(shifted, match, "high")}
        said["bound"] = Text("range", typed.place)
    else:
        said["value"] = _part(shifted, match, "low")
        said["bound"] = Text(_SIGNS[match["sign"]] if match["sign"] else "exact", typed.place)
    if match["sign"] and match["high"]:
        raise ShortFormError(
            typed.place, f'value: a bound and a range; write "{match["low"]}..{match["high"]}"'
        )
    twice = [key for key, part in said.items() if part and key != "value" and key in value.entries]
    # A number with its unit leaves the bound to be typed.
    if twice == ["bound"] and not match["sign"] and not match["high"]:
        del said["bound"]
        twice = []
    if twice:
        raise ShortFormError(
            value.key(twice[0]).place, f'"{twice[0]}" stands in "value" already; write one of them'
        )
    entries = {key: part for key, part in value.entries.items() if key != "value"}
    entries |= {_key(name, typed): part for name, part in said.items() if part}
    return Table(entries, value.place, value.empty)


def _short_number(value: Value) -> Value:
    if not isinstance(value, Table):
        return value
    texts = {key: value.get(key) for key in ("value", "low", "high", "bound", "unit")}
    number, bound = texts["value"], texts["bound"]
    if texts["low"] and texts["high"]:
        said = f"{texts['low']}..{texts['high']}"
    elif isinstance(number, Text) and (bound is None or bound in SIGN_OF):
        said = f"{SIGN_OF[str(bound)] if bound else ''}{number}"
    else:
        return value
    if texts["unit"]:
        said += f" {texts['unit']}"
    kept = {key: part for key, part in value.entries.items() if key not in texts}
    short = Text(said, value.place)
    entries: dict[Text, Value] = {}
    for key, part in value.entries.items():
        if key in texts:
            entries.setdefault(Text("value", key.place), short)
        elif key in kept:
            entries[key] = part
    return Table(entries, value.place, value.empty)


_WITH_UNIT = {"required": ["value"], "properties": {"value": {"pattern": r"\s[a-z]"}}}

NUMBER = ShortForm(
    _long_number,
    _short_number,
    supplies={"unit": _WITH_UNIT},
    replaces=("low", "high", "bound"),
)


def plain(value: Value | None) -> object:
    """A value without its places, to compare what is said."""
    if isinstance(value, Table):
        return {str(key): plain(part) for key, part in value.entries.items()}
    if isinstance(value, Listing):
        return [plain(item) for item in value.items]
    return str(value)
