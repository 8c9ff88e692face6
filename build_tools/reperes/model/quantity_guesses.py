"""What may have been meant by a number with words: "35 millions d’euros", "1 in 4", "12,5 °C"."""

from __future__ import annotations

import re
from decimal import Decimal

_LONGEST = 60

_SIGNS = (
    (r"about|around|circa|ca?\.|roughly|environ|près de|≈|~", "~"),
    (r"more than|over|plus de|>", ">"),
    (r"at least|au moins|≥|>=", ">="),
    (r"at most|up to|no more than|au plus|pas plus de|jusqu[’']à|≤|<=", "<="),
    (r"less than|fewer than|under|below|moins de|<", "<"),
    (r"between|from|entre|de", ""),
)
_SCALES = {"million": 6, "milliard": 9, "billion": 9, "trillion": 12}
_UNITS = {
    "%": "percent",
    "percent": "percent",
    "per cent": "percent",
    "pour cent": "percent",
    "°": "celsius",
    "°C": "celsius",
    "€": "euro",
    "euros": "euro",
    "$": "dollar",
    "dollars": "dollar",
    "£": "pound",
    "pounds": "pound",
    "km": "kilometre",
    "people": "person",
    "personnes": "person",
}

_NUMBER = r"[-−–]?[0-9]+(?:[\s\u00a0\u202f'’][0-9]{3})*(?:[.,][0-9]+)*"
_TYPED = re.compile(
    rf"(?P<sign>{'|'.join(words for words, _ in _SIGNS)})?\s*(?P<symbol>[€$£])?\s*"
    rf"(?P<low>{_NUMBER})(?:\s*(?:\.\.+|…|-|–|—|to|and|à|et)\s*(?P<high>{_NUMBER}))?"
    rf"(?:\s*(?P<scale>{'|'.join(_SCALES)})s?\b)?(?:\s+(?:de\s+|d[’'])?|(?=[%°€$£]|$))(?P<unit>\D*)"
)
_RATIO = re.compile(r"(?:1|one|une?)\s+(?:in|sur)\s+([0-9]+)\s*")


def quantity_meant(typed: str) -> str | None:
    """A number in our notation that says what was typed, or None where that is anyone’s guess."""
    text = typed.strip()
    if len(text) > _LONGEST:
        return None
    if ratio := _RATIO.fullmatch(text):
        return f"{ratio[1]} one_in"
    match = _TYPED.fullmatch(text)
    if match is None:
        return None
    unit = _unit(match["unit"].strip() or match["symbol"] or "")
    ends = [_number(end, match["scale"]) for end in (match["low"], match["high"]) if end]
    if unit is None or None in ends:
        return None
    sign = next((sign for words, sign in _SIGNS if re.fullmatch(words, match["sign"] or "")), "")
    return f"{sign if len(ends) == 1 else ''}{'..'.join(map(str, ends))} {unit}".strip()


def _unit(typed: str) -> str | None:
    """The id of a unit, if it is one of ours or looks like one."""
    return _UNITS.get(typed, typed if re.fullmatch("[a-z][a-z0-9_]*|", typed) else None)


def _number(typed: str, scale: str | None) -> str | None:
    digits = re.sub(r"[\s\u00a0\u202f'’]", "", re.sub("^[−–]", "-", typed))
    if re.fullmatch(r"-?[0-9]{1,3}(?:[.,][0-9]{3})+", digits):
        digits = re.sub("[.,]", "", digits)
    digits = digits.replace(",", ".")
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", digits):
        return None
    number = Decimal(digits).scaleb(_SCALES[scale] if scale else 0)
    return f"{number.normalize():f}" if scale else digits
