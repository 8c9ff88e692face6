"""Numbers, amounts, dates and lists, by code point, in both languages."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
import yaml
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.locales import Bound, Locale
from reperes.language.wording import (
    Wording,
    check_labels,
    load_default_labels,
    placeholders,
    shipped_languages,
)
from reperes.text.dates import FactDate, Precision, parse_date
from reperes.text.problems import Place, Text
from support_dates import dates

INTERFACE = Path(__file__).parent.parent / "build_tools" / "reperes" / "language" / "interface"
OWN_UNITS = {
    "fr": {
        "unit.euro.one": "euro",
        "unit.euro.other": "euros",
        "unit.euro.gender": "masculine",
        "unit.hero.one": "héros",
        "unit.hero.other": "héros",
        "unit.hero.many": "de héros",
        "unit.hero.gender": "masculine",
    },
    "en": {"unit.euro.one": "euro", "unit.euro.other": "euros", "unit.euro.gender": "none"},
}


def make_locale(code: str, locale: str) -> Locale:
    return Locale(code, locale, Wording(code, {**load_default_labels(code), **OWN_UNITS[code]}))


FRENCH = make_locale("fr", "fr_FR")
ENGLISH = make_locale("en", "en_GB")
LOCALES = pytest.mark.parametrize("locale", [FRENCH, ENGLISH], ids=["fr", "en"])


# Numbers


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("0", "0", "0"),
        ("999", "999", "999"),
        ("1200", "1\u202f200", "1,200"),
        ("350000", "350\u202f000", "350,000"),
        ("12345678", "12\u202f345\u202f678", "12,345,678"),
        ("2.5", "2,5", "2.5"),
        ("2.50", "2,50", "2.50"),
        ("1234.125", "1\u202f234,125", "1,234.125"),
        ("-3", "\u22123", "\u22123"),
    ],
)
def test_numbers_keep_their_digits(typed: str, french: str, english: str) -> None:
    number = Decimal(typed)
    assert (FRENCH.number(number), ENGLISH.number(number)) == (french, english)


@pytest.mark.parametrize(
    ("low", "high", "bound", "unit", "french", "english"),
    [
        ("4", "4", "exact", "person", "4", "4"),
        ("30", "30", "about", "person", "environ 30", "about 30"),
        ("30", "30", "at_least", "person", "au moins 30", "at least 30"),
        ("30", "30", "at_most", "person", "au plus 30", "at most 30"),
        ("30", "30", "less_than", "person", "moins de 30", "fewer than 30"),
        ("30", "30", "less_than", "hour", "moins de 30", "less than 30"),
        ("60", "60", "less_than", "percent", "moins de 60\u00a0%", "less than 60%"),
        (
            "350000",
            "350000",
            "more_than",
            "person",
            "plus de 350\u202f000",
            "more than 350,000",
        ),
        (
            "270000",
            "330000",
            "range",
            "person",
            "270\u202f000 à 330\u202f000",
            "270,000 to 330,000",
        ),
        ("20", "30", "about", "person", "environ 20 à 30", "about 20 to 30"),
        ("60", "60", "more_than", "percent", "plus de 60\u00a0%", "more than 60%"),
        ("2.50", "2.50", "exact", "percent", "2,50\u00a0%", "2.50%"),
        ("-1", "2", "range", "percent", "\u22121 à 2\u00a0%", "\u22121% to 2%"),
        # Round numbers from a million on are said as people say them, and only those.
        ("1000000", "1000000", "exact", "person", "1\u00a0million", "1 million"),
        ("1500000", "1500000", "about", "person", "environ 1,5\u00a0million", "about 1.5 million"),
        ("2000000", "2000000", "exact", "person", "2\u00a0millions", "2 million"),
        ("1250000000", "1250000000", "exact", "euro", "1,25\u00a0milliard", "1.25 billion"),
        ("1234567", "1234567", "exact", "person", "1\u202f234\u202f567", "1,234,567"),
        (
            "900000",
            "1100000",
            "range",
            "person",
            "900\u202f000 à 1,1\u00a0million",
            "900,000 to 1.1 million",
        ),
    ],
)
def test_amounts_have_their_bound_and_no_noun(
    low: str, high: str, bound: Bound, unit: str, french: str, english: str
) -> None:
    amount = Decimal(low), Decimal(high), bound, unit
    assert FRENCH.amount(*amount) == french
    assert ENGLISH.amount(*amount) == english


@pytest.mark.parametrize(
    ("low", "high", "unit", "french", "english"),
    [
        (
            "270000",
            "330000",
            "person",
            "entre 270\u202f000 et 330\u202f000",
            "between 270,000 and 330,000",
        ),
        ("60", "70", "percent", "entre 60 et 70\u00a0%", "between 60% and 70%"),
        ("30", "30", "person", "30", "30"),
    ],
)
def test_between_says_a_range(low: str, high: str, unit: str, french: str, english: str) -> None:
    assert FRENCH.between(Decimal(low), Decimal(high), unit) == french
    assert ENGLISH.between(Decimal(low), Decimal(high), unit) == english


@pytest.mark.parametrize(
    ("low", "high", "bound", "unit", "french", "english"),
    [
        ("0", "0", "exact", "euro", "zéro", "zero"),
        ("1", "1", "exact", "person", "une", "one"),
        ("1", "1", "exact", "euro", "un", "one"),
        ("4", "4", "exact", "person", "quatre", "four"),
        ("9", "9", "about", "person", "environ neuf", "about nine"),
        ("10", "10", "about", "person", "environ dix", "about 10"),
        ("16", "16", "exact", "person", "seize", "16"),
        ("17", "17", "exact", "person", "17", "17"),
        ("4", "9", "range", "person", "quatre à neuf", "four to nine"),
        ("8", "20", "range", "person", "8 à 20", "8 to 20"),
        ("2.5", "2.5", "exact", "euro", "2,5", "2.5"),
        ("-2", "-2", "exact", "euro", "\u22122", "\u22122"),
        ("5", "5", "exact", "percent", "5\u00a0%", "5%"),
    ],
)
def test_small_numbers_in_words(
    low: str, high: str, bound: Bound, unit: str, french: str, english: str
) -> None:
    amount = Decimal(low), Decimal(high), bound, unit
    assert FRENCH.words(*amount) == french
    assert ENGLISH.words(*amount) == english


@pytest.mark.parametrize(
    ("typed", "unit", "french", "english"),
    [
        ("0", "person", "personne", "people"),
        ("1", "person", "personne", "person"),
        ("1.5", "person", "personne", "people"),
        ("2", "person", "personnes", "people"),
        ("-1", "person", "personne", "person"),
        ("60", "percent", "%", "%"),
        ("2000000", "percent", "%", "%"),
        ("1500000", "person", "de personnes", "people"),
        ("2000000", "euro", "d’euros", "euros"),
        ("2000001", "euro", "euros", "euros"),
        ("12345000000", "euro", "euros", "euros"),  # CLDR's "many", and yet written in digits
    ],
)
def test_units_agree_with_their_number(typed: str, unit: str, french: str, english: str) -> None:
    number = Decimal(typed)
    assert (FRENCH.unit(unit, number), ENGLISH.unit(unit, number)) == (french, english)


@pytest.mark.parametrize(
    ("typed", "bound", "unit", "french", "english"),
    [
        (
            "350000",
            "more_than",
            "person",
            "plus de 350\u202f000\u00a0personnes",
            "more than 350,000 people",
        ),
        ("1", "exact", "person", "1\u00a0personne", "1 person"),
        ("60", "more_than", "percent", "plus de 60\u00a0%", "more than 60%"),
        # What the explainer words itself is counted, and money for all that.
        ("7", "less_than", "euro", "moins de 7\u00a0euros", "less than 7 euros"),
        (
            "2300000",
            "exact",
            "person",
            "2,3\u00a0millions\u00a0de personnes",
            "2.3 million people",
        ),
        ("1000000", "exact", "euro", "1\u00a0million\u00a0d’euros", "1 million euros"),
    ],
)
def test_amounts_with_their_unit(
    typed: str, bound: Bound, unit: str, french: str, english: str
) -> None:
    number = Decimal(typed)
    assert FRENCH.with_unit(number, number, bound, unit) == french
    assert ENGLISH.with_unit(number, number, bound, unit) == english


def test_a_unit_may_say_what_follows_millions() -> None:
    assert FRENCH.unit("hero", Decimal(2_000_000)) == "de héros"


@LOCALES
def test_a_unit_without_wording_is_a_key_error(locale: Locale) -> None:
    with pytest.raises(KeyError):
        locale.unit("parsec", Decimal(2))


# Dates

DATES = [
    # typed, date, on: French, then English
    (
        "2018-07-04",
        ("4\u00a0juillet 2018", "le 4\u00a0juillet 2018"),
        ("4\u00a0July 2018", "on 4\u00a0July 2018"),
    ),
    (
        "2018-07-01",
        ("1er\u00a0juillet 2018", "le 1er\u00a0juillet 2018"),
        ("1\u00a0July 2018", "on 1\u00a0July 2018"),
    ),
    (
        "2018-07-11",
        ("11\u00a0juillet 2018", "le 11\u00a0juillet 2018"),
        ("11\u00a0July 2018", "on 11\u00a0July 2018"),
    ),
    ("2018-07", ("juillet 2018", "en juillet 2018"), ("July 2018", "in July 2018")),
    ("2018", ("2018", "en 2018"), ("2018", "in 2018")),
    (
        "2018-06-30~",
        ("30\u00a0juin 2018 environ", "vers le 30\u00a0juin 2018"),
        ("around 30\u00a0June 2018", "around 30\u00a0June 2018"),
    ),
    ("2018-06~", ("juin 2018 environ", "vers juin 2018"), ("around June 2018", "around June 2018")),
    ("2018~", ("2018 environ", "vers 2018"), ("around 2018", "around 2018")),
    (
        "2018-06-19/2018-07-04",
        ("du 19\u00a0juin au 4\u00a0juillet 2018",) * 2,
        ("19\u00a0June to 4\u00a0July 2018", "from 19\u00a0June to 4\u00a0July 2018"),
    ),
    (
        "2018-06-01/2018-06-30",
        ("du 1er au 30\u00a0juin 2018",) * 2,
        ("1 to 30\u00a0June 2018", "from 1 to 30\u00a0June 2018"),
    ),
    (
        "2018-06-19~/2018-06-30",
        ("du 19\u00a0juin environ au 30\u00a0juin 2018",) * 2,
        (
            "around 19\u00a0June to 30\u00a0June 2018",
            "from around 19\u00a0June to 30\u00a0June 2018",
        ),
    ),
    (
        "2017-06-19/2018-06-30",
        ("du 19\u00a0juin 2017 au 30\u00a0juin 2018",) * 2,
        ("19\u00a0June 2017 to 30\u00a0June 2018", "from 19\u00a0June 2017 to 30\u00a0June 2018"),
    ),
    (
        "2018-04/2018-07",
        ("d’avril à juillet 2018",) * 2,
        ("April to July 2018", "from April to July 2018"),
    ),
    (
        "2017-06/2018-07",
        ("de juin 2017 à juillet 2018",) * 2,
        ("June 2017 to July 2018", "from June 2017 to July 2018"),
    ),
    (
        "2018-06-19/2018-07",
        ("du 19\u00a0juin à juillet 2018",) * 2,
        ("19\u00a0June to July 2018", "from 19\u00a0June to July 2018"),
    ),
    ("2015/2018", ("de 2015 à 2018",) * 2, ("2015 to 2018", "from 2015 to 2018")),
    (
        "2018/2018-07",
        ("de 2018 à juillet 2018",) * 2,
        ("2018 to July 2018", "from 2018 to July 2018"),
    ),
    (
        "2018-06/2018",
        ("de juin 2018 à 2018",) * 2,
        ("June 2018 to 2018", "from June 2018 to 2018"),
    ),
    ("2018-06-19/..", ("depuis le 19\u00a0juin 2018",) * 2, ("since 19\u00a0June 2018",) * 2),
    ("2018-06/..", ("depuis juin 2018",) * 2, ("since June 2018",) * 2),
    ("2018~/..", ("depuis 2018 environ",) * 2, ("since around 2018",) * 2),
    ("../2010", ("jusqu’en 2010",) * 2, ("until 2010",) * 2),
    ("../2018-07", ("jusqu’en juillet 2018",) * 2, ("until July 2018",) * 2),
    ("../2018-07-01", ("jusqu’au 1er\u00a0juillet 2018",) * 2, ("until 1\u00a0July 2018",) * 2),
    ("../2010~", ("jusqu’en 2010 environ",) * 2, ("until around 2010",) * 2),
    # Before and after
    ("[..2009]", ("avant 2010",) * 2, ("before 2010",) * 2),
    ("[2011..]", ("après 2010",) * 2, ("after 2010",) * 2),
    ("[..2018-06]", ("avant juillet 2018",) * 2, ("before July 2018",) * 2),
    (
        "[2018-06-30..]",
        ("après le 29\u00a0juin 2018",) * 2,
        ("after 29\u00a0June 2018",) * 2,
    ),
    # Early years
    ("1066", ("1066", "en 1066"), ("1066", "in 1066")),
    ("0476", ("476 apr. J.-C.", "en 476 apr. J.-C."), ("AD 476", "in AD 476")),
    (
        "0500-06-19",
        ("19\u00a0juin 500", "le 19\u00a0juin 500"),
        ("19\u00a0June 500", "on 19\u00a0June 500"),
    ),
    (
        "0079-08-24",
        ("24\u00a0août 79 apr. J.-C.", "le 24\u00a0août 79 apr. J.-C."),
        ("24\u00a0August AD 79", "on 24\u00a0August AD 79"),
    ),
    ("0000", ("1 av. J.-C.", "en 1 av. J.-C."), ("1 BC", "in 1 BC")),
    ("-0043", ("44 av. J.-C.", "en 44 av. J.-C."), ("44 BC", "in 44 BC")),
    ("-0043~", ("44 av. J.-C. environ", "vers 44 av. J.-C."), ("around 44 BC",) * 2),
    (
        "-0043-03-15",
        ("15\u00a0mars 44 av. J.-C.", "le 15\u00a0mars 44 av. J.-C."),
        ("15\u00a0March 44 BC", "on 15\u00a0March 44 BC"),
    ),
    ("-0057/-0050", ("de 58 à 51 av. J.-C.",) * 2, ("58 to 51 BC", "from 58 to 51 BC")),
    ("0079/0096", ("de 79 à 96 apr. J.-C.",) * 2, ("AD 79 to 96", "from AD 79 to 96")),
    (
        "-0026/0476",
        ("de 27 av. J.-C. à 476 apr. J.-C.",) * 2,
        ("27 BC to AD 476", "from 27 BC to AD 476"),
    ),
    ("[..-0043]", ("avant 43 av. J.-C.",) * 2, ("before 43 BC",) * 2),
    # Decades
    ("201X", ("années 2010", "dans les années 2010"), ("the 2010s", "in the 2010s")),
    ("201X~", ("années 2010 environ", "vers les années 2010"), ("around the 2010s",) * 2),
    (
        "199X/201X",
        ("des années 1990 aux années 2010",) * 2,
        ("the 1990s to the 2010s", "from the 1990s to the 2010s"),
    ),
    ("201X/..", ("depuis les années 2010",) * 2, ("since the 2010s",) * 2),
    ("../201X", ("jusque dans les années 2010",) * 2, ("until the 2010s",) * 2),
    ("200X", ("années 2000", "dans les années 2000"), ("the 2000s", "in the 2000s")),
    (
        "190X",
        ("années 1900 à 1909", "dans les années 1900 à 1909"),
        ("the decade 1900 to 1909", "in the decade 1900 to 1909"),
    ),
    (
        "007X",
        ("années 70 apr. J.-C.", "dans les années 70 apr. J.-C."),
        ("the AD 70s", "in the AD 70s"),
    ),
    # Centuries
    ("19XX", ("XXe siècle", "au XXe siècle"), ("the 20th century", "in the 20th century")),
    ("20XX", ("XXIe siècle", "au XXIe siècle"), ("the 21st century", "in the 21st century")),
    ("00XX", ("Ier siècle", "au Ier siècle"), ("the 1st century", "in the 1st century")),
    ("01XX~", ("IIe siècle environ", "vers le IIe siècle"), ("around the 2nd century",) * 2),
    (
        "-02XX",
        ("IIIe siècle av. J.-C.", "au IIIe siècle av. J.-C."),
        ("the 3rd century BC", "in the 3rd century BC"),
    ),
    (
        "01XX/03XX",
        ("du IIe au IVe siècle",) * 2,
        ("the 2nd to the 4th century", "from the 2nd to the 4th century"),
    ),
    (
        "-02XX/-00XX",
        ("du IIIe au Ier siècle av. J.-C.",) * 2,
        ("the 3rd to the 1st century BC", "from the 3rd to the 1st century BC"),
    ),
    (
        "-00XX/01XX",
        ("du Ier siècle av. J.-C. au IIe siècle",) * 2,
        ("the 1st century BC to the 2nd century", "from the 1st century BC to the 2nd century"),
    ),
    ("19XX/..", ("depuis le XXe siècle",) * 2, ("since the 20th century",) * 2),
    ("../19XX", ("jusqu’au XXe siècle",) * 2, ("until the 20th century",) * 2),
    # Seasons
    ("2018-21", ("printemps 2018", "au printemps 2018"), ("spring 2018", "in spring 2018")),
    ("2018-22", ("été 2018", "à l’été 2018"), ("summer 2018", "in summer 2018")),
    ("2018-23", ("automne 2018", "à l’automne 2018"), ("autumn 2018", "in autumn 2018")),
    (
        "2018-24",
        ("hiver 2018-2019", "à l’hiver 2018-2019"),
        ("winter 2018–2019", "in winter 2018–2019"),
    ),
    ("2018-22~", ("été 2018 environ", "vers l’été 2018"), ("around summer 2018",) * 2),
    (
        "2018-21/2018-22",
        ("du printemps à l’été 2018",) * 2,
        ("spring to summer 2018", "from spring to summer 2018"),
    ),
    ("2018-22/..", ("depuis l’été 2018",) * 2, ("since summer 2018",) * 2),
    ("../2018-21", ("jusqu’au printemps 2018",) * 2, ("until spring 2018",) * 2),
    ("../2018-23", ("jusqu’à l’automne 2018",) * 2, ("until autumn 2018",) * 2),
    # Times
    (
        "2018-07-04T21:30+03:00",
        (
            "4\u00a0juillet 2018 à 21 h 30 (UTC+3)",
            "le 4\u00a0juillet 2018 à 21 h 30 (UTC+3)",
        ),
        ("21:30 (UTC+3) on 4\u00a0July 2018", "at 21:30 (UTC+3) on 4\u00a0July 2018"),
    ),
    (
        "2018-07-04T09:05-03:30~",
        (
            "4\u00a0juillet 2018 vers 9 h 05 (UTC−3:30)",
            "le 4\u00a0juillet 2018 vers 9 h 05 (UTC−3:30)",
        ),
        ("around 09:05 (UTC−3:30) on 4\u00a0July 2018",) * 2,
    ),
    (
        "2018-07-04T21:30+03:00/2018-07-04T23:00+03:00",
        (
            "4\u00a0juillet 2018 de 21 h 30 à 23 h (UTC+3)",
            "le 4\u00a0juillet 2018 de 21 h 30 à 23 h (UTC+3)",
        ),
        (
            "21:30 to 23:00 (UTC+3) on 4\u00a0July 2018",
            "from 21:30 to 23:00 (UTC+3) on 4\u00a0July 2018",
        ),
    ),
    (
        "2018-07-04T21:30+03:00/2018-07-05T01:00Z",
        ("du 4\u00a0juillet à 21 h 30 (UTC+3) au 5\u00a0juillet 2018 à 1 h (UTC)",) * 2,
        (
            "21:30 (UTC+3) on 4\u00a0July to 01:00 (UTC) on 5\u00a0July 2018",
            "from 21:30 (UTC+3) on 4\u00a0July to 01:00 (UTC) on 5\u00a0July 2018",
        ),
    ),
    (
        "2018-07-04T21:30+03:00/..",
        ("depuis le 4\u00a0juillet 2018 à 21 h 30 (UTC+3)",) * 2,
        ("since 21:30 (UTC+3) on 4\u00a0July 2018",) * 2,
    ),
]


@pytest.mark.parametrize(("typed", "french", "english"), DATES)
def test_dates_are_as_precise_as_they_are(
    typed: str, french: tuple[str, str], english: tuple[str, str]
) -> None:
    date = parse_date(typed)
    assert (FRENCH.date(date), FRENCH.on(date)) == french
    assert (ENGLISH.date(date), ENGLISH.on(date)) == english


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("2018-07-04", "4\u00a0juillet", "4\u00a0July"),
        ("2018-07-01", "1er\u00a0juillet", "1\u00a0July"),
        ("2018-07", "juillet", "July"),
        ("2018-06-30~", "30\u00a0juin environ", "around 30\u00a0June"),
        (
            "2018-06-19/2018-07-04",
            "du 19\u00a0juin au 4\u00a0juillet",
            "19\u00a0June to 4\u00a0July",
        ),
        ("2017-08/2018-07", "d’août à juillet", "August to July"),
        ("2018-06-19/..", "depuis le 19\u00a0juin", "since 19\u00a0June"),
        ("[..2018-06-30]", "avant le 1er\u00a0juillet", "before 1\u00a0July"),
        ("2018-22", "été", "summer"),
        ("-0043-03-15", "15\u00a0mars", "15\u00a0March"),
        ("2018-07-04T21:30Z", "4\u00a0juillet", "4\u00a0July"),
        ("2018-07-04T21:30Z/2018-07-04T22:00Z", "4\u00a0juillet", "4\u00a0July"),
    ],
)
def test_days_are_dates_without_their_year(typed: str, french: str, english: str) -> None:
    date = parse_date(typed)
    assert (FRENCH.day(date), ENGLISH.day(date)) == (french, english)


@LOCALES
@pytest.mark.parametrize(
    "typed", ["2018", "2018~", "2015/2018", "2018-06/2019", "2018/..", "201X", "19XX", "[..2009]"]
)
def test_a_year_alone_is_no_day(locale: Locale, typed: str) -> None:
    with pytest.raises(LookupError, match=f'^"{re.escape(typed)}" names no day or month$'):
        locale.day(parse_date(typed))


def test_weekdays_have_names() -> None:
    date = parse_date("2018-07-04")
    assert (FRENCH.weekday(date), ENGLISH.weekday(date)) == ("mercredi", "Wednesday")


@LOCALES
@pytest.mark.parametrize(
    "typed", ["2018-07-04~", "2018-07", "2018", "2018-06-19/2018-07-04", "0500-06-19"]
)
def test_only_a_known_day_has_a_weekday(locale: Locale, typed: str) -> None:
    with pytest.raises(LookupError, match=f'^"{typed}" is not one known day$'):
        locale.weekday(parse_date(typed))


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("2018-07-04T21:30+03:00", "21 h 30 (UTC+3)", "21:30 (UTC+3)"),
        ("2018-07-04T00:00Z", "0 h (UTC)", "00:00 (UTC)"),
        ("2018-07-04T09:05+05:45~", "vers 9 h 05 (UTC+5:45)", "around 09:05 (UTC+5:45)"),
        (
            "2018-07-04T21:30-05:00/2018-07-04T23:00-05:00",
            "de 21 h 30 à 23 h (UTC−5)",
            "21:30 to 23:00 (UTC−5)",
        ),
    ],
)
def test_times_have_their_zone(typed: str, french: str, english: str) -> None:
    date = parse_date(typed)
    assert (FRENCH.time(date), ENGLISH.time(date)) == (french, english)


@LOCALES
@pytest.mark.parametrize("typed", ["2018-07-04", "2018-07-04T21:30Z/.."])
def test_a_date_without_a_time_has_none_to_say(locale: Locale, typed: str) -> None:
    with pytest.raises(LookupError, match=f'^"{typed}" has no time$'):
        locale.time(parse_date(typed))


@LOCALES
@given(dates())
def test_every_date_is_said_no_finer_than_it_was_typed(locale: Locale, date: FactDate) -> None:
    precision = max(moment.precision for moment in date.moments)
    months = "|".join(get_month_names("wide", locale=locale.locale).values())
    for said in (locale.date(date), locale.on(date), locale.without_year.date(date)):
        assert said.strip()
        assert not re.search(r"\{|\}|None", said)
        names_month = re.search(rf"\b(?:{months})\b", said) is not None
        assert names_month == (precision >= Precision.MONTH)
        assert ("UTC" in said) == (precision is Precision.TIME)


def test_a_language_is_written_as_its_region_writes_it() -> None:
    american = make_locale("en", "en_US")
    date = parse_date("2018-06-19/2018-06-30")
    assert american.on(date) == "from June\u00a019 to June\u00a030, 2018"
    assert american.list(["a", "b", "c"]) == "a, b, and c"


def test_a_locale_that_nobody_knows_is_a_lookup_error() -> None:
    message = '^no conventions are known for the locale "zz_ZZ"$'
    with pytest.raises(LookupError, match=message):
        Locale("zz", "zz_ZZ", FRENCH.wording)


# Lists and order


@pytest.mark.parametrize(
    ("texts", "french", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a et b", "a and b"),
        (["a", "b", "c"], "a, b et c", "a, b and c"),
    ],
)
def test_lists(texts: list[str], french: str, english: str) -> None:
    assert (FRENCH.list(texts), ENGLISH.list(texts)) == (french, english)


@LOCALES
@pytest.mark.parametrize(
    "in_order",
    [
        ["cote", "coté", "côte", "côté", "cotée"],
        ["dates", "Deraa", "désaccord", "Deux"],
        ["le", "Le", "lé", "Lé"],
        ["eau", "Ébauche", "ébène", "zone"],
        ["nuit", "œuf", "ordre"],
        ["Al-Assad", "al-Jabbawi", "ʿAmmān", "Antonio"],
        ["cessez", "cessez-le-feu", "cessezlefeu"],
        ["7 juillet", "abri"],
        ["«\u00a0Barils\u00a0»", "Barrage"],
    ],
)
def test_collation(locale: Locale, in_order: list[str]) -> None:
    shuffled = random.Random(7).sample(in_order, len(in_order))
    assert sorted(shuffled, key=locale.sort_key) == in_order


AS_ICU_ORDERS = [
    ["cote", "coté", "côte", "côté"],
    ["o", "oe", "œdème", "œuf", "oeuvre", "œuvre", "Œuvre", "of", "offensive"],
    ["ae", "æ", "aéroport", "aerostat", "aes", "Æsop", "af"],
    ["noel", "noël", "Noël", "noeud", "nœud"],
    ["resume", "Resume", "resumé", "résume", "résumé", "Résumé"],
    ["eau", "Eau", "ebene", "école", "École", "élite", "Elysée", "Élysée"],
    ["naïf", "naive", "naïve", "nation"],
    ["facade", "façade", "facette"],
    ["ça", "cabinet", "Çatal", "Zeïd", "zone"],
    ["l’Aïd", "l’armée", "l’Est", "la", "laid", "larme", "le", "lest"],
    ["cessez", "cessez le feu", "cessez-le-feu", "cessezlefeu", "cessons"],
    ["co op", "co-op", "Co-op", "coop", "COOP"],
    ["Al Assad", "al-Assad", "al-Jabbawi", "alarme", "Amman", "Antonio"],
    ["O.N.U.", "onu", "ONU", "onus"],
    ["Baas", "Baas (parti)", "Baas syrien", "Bassora"],
    ["1", "19 juin", "2", "7 juillet", "abri"],
]
"""The order of `new Intl.Collator("fr")` and `("en")` in ICU 78: the root collation of CLDR."""


@LOCALES
@pytest.mark.parametrize("in_order", AS_ICU_ORDERS)
def test_the_order_is_that_of_cldr(locale: Locale, in_order: list[str]) -> None:
    shuffled = random.Random(7).sample(in_order, len(in_order))
    assert sorted(shuffled, key=locale.sort_key) == in_order


@given(st.lists(st.text("aàæbeéEÉoœOŒz19 -’«»\u00a0.", max_size=4)))
def test_an_index_has_each_letter_once(texts: list[str]) -> None:
    in_order = sorted(texts, key=FRENCH.sort_key)
    letters = [letter for letter, _ in groupby(in_order, key=FRENCH.initial)]
    assert letters == sorted(set(letters))


@LOCALES
@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Écoles", "E"),
        ("Œuvre", "O"),
        ("æsir", "A"),
        ("œuvre", "O"),
        ("al-Assad", "A"),
        ("«\u00a0Barils\u00a0»", "B"),
        ("ʿAmmān", "A"),
        ("19 juin", "#"),
        ("", "#"),
        ("درعا", "د"),
    ],
)
def test_initials(locale: Locale, text: str, letter: str) -> None:
    assert locale.initial(text) == letter


@given(st.text(), st.text())
def test_only_equal_texts_collate_as_equal(one: str, other: str) -> None:
    equal = FRENCH.sort_key(one) == FRENCH.sort_key(other)
    assert equal == (one == other)


# Everything that French readers see


@given(st.integers(-(10**13), 10**13), st.sampled_from(["person", "percent", "euro", "hero"]))
def test_french_amounts_never_break_between_number_and_noun(whole: int, unit: str) -> None:
    number = Decimal(whole)
    text = FRENCH.with_unit(number, number, "exact", unit)
    assert re.sub(r"\bde (?=héros|personnes)", "", text).count(" ") == 0


@LOCALES
@given(number=st.decimals(-(10**15), 10**15, places=3))
def test_a_number_can_be_read_back(locale: Locale, number: Decimal) -> None:
    decimal = "," if locale is FRENCH else "."
    kept = {"\u2212": "-", decimal: "."}
    digits = "".join(kept.get(c, c if c.isdigit() else "") for c in locale.number(number))
    assert Decimal(digits) == number


# Wording


def test_labels_are_filled_in() -> None:
    assert FRENCH.label("bound.about", value="30") == "environ 30"
    assert FRENCH.wording.has("bound.about")


@pytest.mark.parametrize(("key", "values"), [("bound.nearly", {}), ("bound.about", {})])
def test_an_unknown_label_or_a_missing_value_is_a_key_error(
    key: str, values: dict[str, str]
) -> None:
    with pytest.raises(KeyError):
        FRENCH.label(key, **values)


def test_a_value_is_never_read_as_a_placeholder() -> None:
    assert FRENCH.label("bound.range", low="{high}", high="3") == "{high} à 3"


def test_the_units_that_interface_words_are_known_by_name() -> None:
    assert FRENCH.wording.units == {"euro", "hero"}


def test_the_program_has_no_wording_in_other_languages() -> None:
    message = '^no wording for "../en"; the program has en, fr$'
    with pytest.raises(LookupError, match=message):
        load_default_labels("../en")


def test_default_labels_cannot_be_changed_by_who_asks_for_them() -> None:
    load_default_labels("fr")["bound.about"] = "vers {value}"
    assert load_default_labels("fr")["bound.about"] == "environ {value}"


def test_every_language_has_the_same_labels() -> None:
    french, english = (load_default_labels(code) for code in ("fr", "en"))
    assert list(french) == list(english)
    assert {key: placeholders(text) for key, text in french.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", shipped_languages())
def test_label_files_are_plain_and_quoted(language: str) -> None:
    text = (INTERFACE / f"{language}.yml").read_text(encoding="utf-8")
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    assert isinstance(root, yaml.MappingNode)
    keys = [key.value for key, _ in root.value]
    assert len(keys) == len(set(keys))
    assert all(isinstance(node, yaml.ScalarNode) and node.style == '"' for _, node in root.value)


@pytest.mark.parametrize("language", shipped_languages())
def test_default_labels_have_no_problem(language: str) -> None:
    labels = {key: placed(text) for key, text in load_default_labels(language).items()}
    assert list(check_labels(language, labels)) == []


def placed(text: str) -> Text:
    return Text(text, Place("content/interface/fr.yml", 7, 14))


ACCEPTED_LABELS = [
    {"bound.about": "à peu près {value}"},
    {"bound.range": "de {low} à {high}"},
    {"kind.event.talks": "négociations"},
    {"unit.person.other": "gens"},
    {"unit.death.one": "mort", "unit.death.other": "morts", "unit.death.gender": "masculine"},
    {
        "unit.euro.one": "euro",
        "unit.euro.other": "euros",
        "unit.euro.many": "d’euros",
        "unit.euro.gender": "masculine",
    },
]
REFUSED_LABELS = [
    (
        {"bound.abuot": "environ {value}"},
        ['bound.abuot: unknown label; did you mean "bound.about"?'],
    ),
    (
        {"bound.about": "environ {valeur}"},
        [
            "bound.about: unknown placeholder {valeur}; write {value}",
        ],
    ),
    (
        {"date.first_of_month": "{day}er"},
        ["date.first_of_month: unknown placeholder {day}; remove it"],
    ),
    (
        {"bound.about": "environ {value} }"},
        ["bound.about: a brace that is no part of a placeholder; remove it"],
    ),
    (
        {"date.about": "\u00a0"},
        ["date.about: the text is empty; write it, or remove the key"],
    ),
    (
        {"kind.event.talks": "les {talks}"},
        ["kind.event.talks: unknown placeholder {talks}; remove it"],
    ),
    (
        {"unit.death.other": "morts", "unit.death.gender": "masculine"},
        ["unit death: unit.death.one is missing; write it here too"],
    ),
    (
        {"unit.person.gender": "féminin"},
        ['unit.person.gender: expected one of feminine, masculine, none, found "féminin"'],
    ),
    (
        {"unit.person.plural": "gens"},
        [
            (
                'unit.person.plural: a unit has no "plural"; '
                "its keys are one, other, gender, zero, two, few, many"
            ),
        ],
    ),
]


@pytest.mark.parametrize("labels", ACCEPTED_LABELS)
def test_accepted_labels(labels: dict[str, str]) -> None:
    assert list(check_labels("fr", {key: placed(text) for key, text in labels.items()})) == []


@pytest.mark.parametrize(("labels", "messages"), REFUSED_LABELS)
def test_refused_labels(labels: dict[str, str], messages: list[str]) -> None:
    problems = list(check_labels("fr", {key: placed(text) for key, text in labels.items()}))
    assert [problem.message for problem in problems] == messages


@pytest.mark.parametrize("key", ["side", "unit", "units.person.one"])
def test_a_group_alone_is_no_label(key: str) -> None:
    (problem,) = check_labels("fr", {key: placed("x")})
    assert problem.message.startswith(f"{key}: unknown label")


def test_a_problem_is_where_the_key_was_typed() -> None:
    key = Text("bound.abuot", Place("content/interface/fr.yml", 7, 1))
    (problem,) = check_labels("fr", {key: placed("environ {value}")})
    assert str(problem).startswith("content/interface/fr.yml:7:1: error: bound.abuot: ")


def test_a_language_without_default_wording_is_left_to_others() -> None:
    assert list(check_labels("es", {"bound.about": placed("{x}")})) == []
