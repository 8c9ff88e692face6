"""Units, by code point, in both languages: those of the program, and an explainer's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.locales import Bound, Locale
from reperes.language.units import UNIT_KINDS, shipped_unit, shipped_unit_ids
from reperes.language.wording import Wording, load_default_labels
from reperes.model.bearings import Unit
from reperes.model.loading import load
from reperes.model.worded_units import worded_units
from reperes.text.problems import Place, Text
from support import problems_of, replace_in, toy, toy_copy

NB = "\u00a0"
THIN = "\u202f"
MINUS = "\u2212"


def typed(value: str) -> Text:
    return Text(value, Place("content/units.yml", 1, 1))


def unit(unit_id: str, *, kind: str = "", of: str = "", per: str = "") -> Unit:
    return Unit(
        id=typed(unit_id),
        kind=typed(kind) if kind else None,
        of_id=typed(of) if of else None,
        per_id=typed(per) if per else None,
    )


OWN = [
    unit("price", of="euro", per="cubic_metre"),
    unit("dust", of="microgram", per="cubic_metre"),
    unit("wage", of="dollar", per="hour"),
    unit("crop", of="tonne", per="hectare"),
    unit("land", of="pound", per="hectare"),
    unit("power", of="euro", per="kilowatt_hour"),
    unit("litre_per_person", of="litre", per="person"),
    unit("use", of="litre_per_person", per="day"),
    unit("one_person_in", kind="ratio", of="person"),
]


def made(code: str, tag: str) -> Locale:
    plain = Locale(code, tag, Wording(code, load_default_labels(code)))
    units = worded_units({each.id: each for each in OWN}, plain)
    return Locale(code, tag, plain.wording, units)


FRENCH, ENGLISH = made("fr", "fr_FR"), made("en", "en_GB")
UNITS = sorted({*shipped_unit_ids(), *(str(each.id) for each in OWN)})
LOCALES = pytest.mark.parametrize("locale", [FRENCH, ENGLISH], ids=["fr", "en"])


@pytest.mark.parametrize(
    ("numbers", "bound", "unit_id", "french", "english"),
    [
        # Money: a noun in French, a sign in English.
        (["35000000"], "more_than", "euro", "plus de 35~millions~d’euros", "more than €35 million"),
        (
            ["35000000"],
            "less_than",
            "euro",
            "moins de 35~millions~d’euros",
            "less than €35 million",
        ),
        # English has fewer of what is counted, and less of everything else, time among it.
        (["5"], "less_than", "person", "moins de 5~personnes", "fewer than 5 people"),
        (["24"], "less_than", "hour", "moins de 24~heures", "less than 24 hours"),
        (["5"], "less_than", "kilometre", "moins de 5~kilomètres", "less than 5 kilometres"),
        (["5"], "less_than", "celsius", "moins de 5~°C", "less than 5~°C"),
        (["2"], "less_than", "tonne", "moins de 2~tonnes", "less than 2 tonnes"),
        (["60"], "less_than", "percent", "moins de 60~%", "less than 60%"),
        (["4"], "less_than", "one_in", "moins de 1~sur~4", "fewer than 1~in~4"),
        (
            ["4"],
            "less_than",
            "one_person_in",
            "moins de 1 personne sur~4",
            "fewer than 1~in~4 people",
        ),
        (
            ["20000000", "27000000"],
            "range",
            "euro",
            "20 à 27~millions~d’euros",
            "€20 million to €27 million",
        ),
        (
            ["900000", "1100000"],
            "range",
            "dollar",
            "900_000 à 1,1~million~de dollars",
            "$900,000 to $1.1 million",
        ),
        (["1200000000000"], "exact", "euro", "1_200~milliards~d’euros", "€1.2 trillion"),
        (["4.5"], "exact", "euro", "4,50~euros", "€4.50"),
        (["4.283"], "exact", "euro", "4,283~euros", "€4.283"),
        (["1.5"], "exact", "pound", "1,50~livre sterling", "£1.50"),
        (["-3.50"], "about", "pound", "environ −3,50~livres sterling", "about −£3.50"),
        (["12"], "exact", "swiss_franc", "12~francs suisses", "12 Swiss francs"),
        (["2000000"], "exact", "yen", "2~millions~de yens", "¥2 million"),
        # Measures: most by their noun, some by their symbol.
        (["12.5"], "exact", "celsius", "12,5~°C", "12.5~°C"),
        (["-23.9"], "exact", "celsius", "−23,9~°C", "−23.9~°C"),
        (["-5", "3"], "range", "celsius", "−5 à 3~°C", "−5 to 3~°C"),
        (["54"], "about", "kilometre_per_hour", "environ 54~km/h", "about 54~km/h"),
        (["483000"], "exact", "cubic_metre", "483_000~mètres cubes", "483,000 cubic metres"),
        (["35000000"], "exact", "kilowatt_hour", "35~millions~de kWh", "35 million~kWh"),
        (["1.5"], "exact", "kilometre", "1,5~kilomètre", "1.5 kilometres"),
        (["1"], "exact", "foot", "1~pied", "1 foot"),
        # Of one unit per another, the first alone has a number. Goods have a price "le litre".
        (["4.28"], "exact", "price", "4,28~euros le mètre cube", "€4.28 per cubic metre"),
        (
            ["20"],
            "exact",
            "dust",
            "20~microgrammes par mètre cube",
            "20 micrograms per cubic metre",
        ),
        (["15"], "exact", "wage", "15~dollars par heure", "$15 per hour"),
        (["7"], "exact", "crop", "7~tonnes par hectare", "7 tonnes per hectare"),
        (["9000"], "exact", "land", "9_000~livres sterling l’hectare", "£9,000 per hectare"),
        (["0.25"], "exact", "power", "0,25~euro le kWh", "€0.25 per kWh"),
        (
            ["148"],
            "exact",
            "use",
            "148~litres par personne et par jour",
            "148 litres per person per day",
        ),
        # Shares.
        (["60", "70"], "range", "percent", "60 à 70~%", "60% to 70%"),
        (["3.5"], "exact", "per_mille", "3,5~‰", "3.5‰"),
        (["4"], "exact", "one_in", "1~sur~4", "1~in~4"),
        (
            ["4"],
            "more_than",
            "one_person_in",
            "plus de 1 personne sur~4",
            "more than 1~in~4 people",
        ),
        # What is counted.
        (
            ["20000000", "27000000"],
            "range",
            "person",
            "20 à 27~millions~de personnes",
            "20 million to 27 million people",
        ),
        (["2"], "exact", "year", "2~ans", "2 years"),
    ],
)
def test_an_amount_with_its_unit(
    numbers: Sequence[str], bound: Bound, unit_id: str, french: str, english: str
) -> None:
    low, high = Decimal(numbers[0]), Decimal(numbers[-1])
    for locale, expected in ((FRENCH, french), (ENGLISH, english)):
        plain = expected.replace("~", NB).replace("_", THIN)
        assert locale.with_unit(low, high, bound, unit_id) == plain
        is_counted = locale.unit_wording(unit_id).is_counted
        assert (locale.cited(low, high, bound, unit_id) == plain) is not is_counted


@pytest.mark.parametrize(
    ("low", "high", "unit_id", "french", "english"),
    [
        (
            "20000000",
            "27000000",
            "euro",
            "entre 20 et 27~millions~d’euros",
            "between €20 million and €27 million",
        ),
        ("-5", "3", "celsius", "entre −5 et 3~°C", "between −5 and 3~°C"),
        ("60", "70", "percent", "entre 60 et 70~%", "between 60% and 70%"),
        ("3", "4", "one_in", "entre 1~sur~3 et 1~sur~4", "between 1~in~3 and 1~in~4"),
        (
            "4.28",
            "5.10",
            "price",
            "entre 4,28 et 5,10~euros le mètre cube",
            "between €4.28 and €5.10 per cubic metre",
        ),
        ("20", "30", "person", "entre 20 et 30", "between 20 and 30"),
    ],
)
def test_between(low: str, high: str, unit_id: str, french: str, english: str) -> None:
    ends = Decimal(low), Decimal(high)
    assert FRENCH.between(*ends, unit_id) == french.replace("~", NB)
    assert ENGLISH.between(*ends, unit_id) == english.replace("~", NB)


@pytest.mark.parametrize(
    ("number", "bound", "unit_id", "french", "english"),
    [
        ("2", "exact", "euro", "deux~euros", "€2"),
        ("1", "exact", "tonne", "une~tonne", "one tonne"),
        ("1", "more_than", "tonne", "plus d’une~tonne", "more than one tonne"),
        ("1", "more_than", "person", "plus d’une", "more than one"),
        ("1", "less_than", "person", "moins d’une", "fewer than one"),
        ("1", "less_than", "tonne", "moins d’une~tonne", "less than one tonne"),
        ("1", "less_than", "hour", "moins d’une", "less than one"),
        ("5", "less_than", "person", "moins de cinq", "fewer than five"),
        ("4", "less_than", "one_in", "moins d’un~sur~quatre", "fewer than one~in~four"),
        ("11", "more_than", "kilometre", "plus de onze~kilomètres", "more than 11 kilometres"),
        ("4", "exact", "one_in", "un~sur~quatre", "one~in~four"),
        (
            "4",
            "more_than",
            "one_person_in",
            "plus d’une personne sur~quatre",
            "more than one~in~four people",
        ),
        ("20", "exact", "one_person_in", "1 personne sur~20", "1~in~20 people"),
        ("5", "exact", "celsius", "5~°C", "5~°C"),
    ],
)
def test_words(number: str, bound: Bound, unit_id: str, french: str, english: str) -> None:
    typed_number = Decimal(number)
    said = (
        locale.words(typed_number, typed_number, bound, unit_id) for locale in (FRENCH, ENGLISH)
    )
    assert [*said] == [french.replace("~", NB), english.replace("~", NB)]


@pytest.mark.parametrize(
    ("number", "unit_id", "alone", "french", "english"),
    [
        ("35000000", "euro", False, "d’euros", "euros"),
        ("35000000", "euro", True, "euros", "euros"),
        ("60", "percent", True, "%", "%"),
        ("4", "one_in", True, "1~sur~…", "1~in~…"),
        ("4", "one_person_in", True, "1 personne sur~…", "1~in~… people"),
        ("4.28", "price", False, "euros le mètre cube", "euros per cubic metre"),
        ("54", "kilometre_per_hour", True, "km/h", "km/h"),
    ],
)
def test_a_unit_by_itself(
    number: str, unit_id: str, alone: bool, french: str, english: str
) -> None:
    for locale, expected in ((FRENCH, french), (ENGLISH, english)):
        say = locale.unit_alone if alone else locale.unit
        assert say(unit_id, Decimal(number)) == expected.replace("~", NB)


@LOCALES
@pytest.mark.parametrize("unit_id", sorted(shipped_unit_ids()))
def test_the_program_words_its_units(locale: Locale, unit_id: str) -> None:
    wording = shipped_unit(unit_id, locale.locale)
    assert wording is not None
    assert wording.kind in UNIT_KINDS
    assert wording.kind == "ratio" or {"one", "other"} <= {*wording.forms}
    assert all(re.fullmatch(r"[^\W\d_][^\d_{}]*", noun) for noun in wording.forms.values())
    assert re.fullmatch(r"[^\s\d]*", wording.symbol)
    assert (wording.gender == "none") == (locale is ENGLISH)


NUMBERS = st.one_of(
    st.integers(-(10**14), 10**14).map(Decimal),
    st.integers(-999, 999).map(lambda whole: Decimal(whole) * 10**6),
    st.decimals(-(10**6), 10**6, places=2),
    st.decimals(0, 100, places=1),
    st.integers(0, 20).map(Decimal),
)
BOUNDS = st.sampled_from(["exact", "about", "at_least", "more_than", "at_most", "less_than"])
POWERS = {"million": 6, "milliard": 9, "billion": 9, "trillion": 12}


def values_said(text: str, locale: Locale) -> list[Decimal]:
    """The numbers of a text, read back."""
    decimal = "," if locale is FRENCH else "."
    grouping = THIN if locale is FRENCH else ","
    found = []
    for sign, _symbol, digits, scale in re.findall(
        rf"({MINUS}?)([$€£¥]?)([0-9](?:[0-9{grouping}]*[0-9])?(?:[{decimal}][0-9]+)?)"
        rf"(?:[{NB} ](millions?|milliards?|billions?|trillions?))?",
        text,
    ):
        number = Decimal(digits.replace(grouping, "").replace(decimal, "."))
        power = POWERS[scale.removesuffix("s")] if scale else 0
        found.append((-1 if sign else 1) * number.scaleb(power))
    return found


@given(number=NUMBERS, bound=BOUNDS, unit_id=st.sampled_from(UNITS))
def test_every_number_is_said_with_every_unit(number: Decimal, bound: Bound, unit_id: str) -> None:
    for locale in (FRENCH, ENGLISH):
        says = (locale.amount, locale.with_unit, locale.cited)
        for said in [say(number, number, bound, unit_id) for say in says]:
            values = values_said(said, locale)
            assert values[-1 if locale.unit_wording(unit_id).kind == "ratio" else 0] == number
            assert said == said.strip()
        assert locale.words(number, number, bound, unit_id)
        assert locale.one(number, unit_id)
        assert locale.unit(unit_id, number)
        assert locale.unit_alone(unit_id, number)


@given(one=NUMBERS, other=NUMBERS, unit_id=st.sampled_from(UNITS))
def test_both_ends_of_a_range_are_said(one: Decimal, other: Decimal, unit_id: str) -> None:
    low, high = sorted((one, other))
    if low == high:
        return
    english = ENGLISH.with_unit(low, high, "range", unit_id)
    kind = ENGLISH.unit_wording(unit_id).kind
    said = [value for value in values_said(english, ENGLISH) if kind != "ratio" or value != 1]
    assert kind == "ratio" or said == [low, high]
    for text in (FRENCH.with_unit(low, high, "range", unit_id), FRENCH.between(low, high, unit_id)):
        assert len(values_said(text, FRENCH)) == (4 if kind == "ratio" else 2)


# Bad input


def check_with(units_yml: str) -> list[str]:
    """The errors of the toy explainer with these units instead of its own."""
    with toy_copy() as content:
        (content / "units.yml").write_text(f"units:\n{units_yml}", "utf-8")
        return [problem for problem in problems_of(content) if ": error: " in problem]


FR = '      fr: { one: "x", other: "x", gender: "masculine" }\n'
EN = '      en: { one: "x", other: "x" }\n'


@pytest.mark.parametrize(
    ("units_yml", "messages"),
    [
        (
            '  - id: "x"\n    kind: "money"\n    names:\n' + FR,
            [('5:7: error: unit x: names: "en" is missing; write it beside "fr" [shape]')],
        ),
        (
            '  - id: "x"\n    kind: "money"\n    names:\n'
            + FR
            + '      en: { one: "x", other: "x", symbol: "€" }\n',
            [
                (
                    '6:44: error: unit x: names: en: symbol: "€" has no place; '
                    "write symbol_place, one of before, before_spaced, after, after_spaced [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "money"\n    names:\n'
            + FR
            + '      en: { one: "x", other: "x", symbol_place: "after" }\n',
            [
                (
                    '6:50: error: unit x: names: en: symbol_place: "after" of no '
                    "symbol; write symbol too, or remove it [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "money"\n    names:\n'
            + FR
            + '      en: { one: "x", other: "x", symbol: "€", symbol_place: "in front" }\n',
            [
                (
                    "6:63: error: unit x: names: en: symbol_place: expected one of "
                    'before, before_spaced, after, after_spaced, found "in front" [shape]'
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "length"\n    names:\n' + FR + EN,
            [
                (
                    "3:12: error: unit x: kind: expected one of count, money, "
                    'measure, percent, ratio, found "length" [shape]'
                )
            ],
        ),
        (
            '  - id: "x"\n    names:\n' + FR + EN,
            [
                (
                    '2:10: error: unit x: "kind" is missing; write it, one of count, '
                    "money, measure, percent, ratio [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "money"\n',
            [
                (
                    '2:10: error: unit x: no names; write "names", or "of" with the '
                    "unit that has them [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "money"\n    of: "euro"\n    names:\n' + FR + EN,
            [
                (
                    '4:10: error: unit x: both "names" and "of"; a unit that is "of" '
                    "another has its names [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    of: "metre"\n',
            [
                (
                    '3:10: error: unit x: of: says what "metre" says; write "per" or '
                    'another "kind" too, or use that [shape]'
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "ratio"\n    per: "day"\n',
            [
                (
                    '4:11: error: unit x: per: a ratio has none; "of" is what one in '
                    "so many is [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    kind: "count"\n    names:\n      fr: { one: "x", other: "x" }\n' + EN,
            [
                (
                    '5:19: error: unit x: names: fr: "gender" is missing; write it, '
                    "feminine or masculine [shape]"
                )
            ],
        ),
        (
            '  - id: "x"\n    of: "metre"\n    per: "cubic_meter"\n',
            [
                (
                    '4:11: error: unit x: per: no unit "cubic_meter"; did you mean '
                    '"cubic_metre"? If not, define it in units.yml [reference]'
                )
            ],
        ),
        (
            '  - id: "x"\n    of: "y"\n    per: "day"\n  - id: "y"\n    of: "x"\n    per: "day"\n',
            [("3:10: error: unit x: of goes round: x → y → x; remove one of them [reference]")],
        ),
        (
            '  - id: "euro"\n    kind: "money"\n    names:\n' + FR + EN,
            [
                (
                    "2:10: error: unit euro: worded in interface/fr.yml and "
                    "interface/en.yml too, under unit.euro; remove one [wording]"
                )
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_unit(units_yml: str, messages: list[str]) -> None:
    own = (
        '  - id: "fare"\n    of: "euro"\n    per: "person"\n'
        '  - id: "one_person_in"\n    kind: "ratio"\n    of: "person"\n'
    )
    expected = [f"content/units.yml:{message}" for message in messages]
    assert check_with(units_yml + own) == expected


def test_a_unit_that_nobody_defines() -> None:
    with toy_copy() as content:
        replace_in(content / "facts/figures.yml", 'unit: "crossing"', 'unit: "parsec"')
        where = "content/facts/figures.yml:26:12: error: figure crossings: unit"
        errors = [problem for problem in problems_of(content) if "error" in problem]
        assert errors == [f'{where}: no unit "parsec"; define it in units.yml [reference]']
        replace_in(content / "facts/figures.yml", 'unit: "parsec"', 'unit: "tone"')
        fix = 'did you mean "tonne"? If not, define it in units.yml'
        errors = [problem for problem in problems_of(content) if "error" in problem]
        assert errors == [f'{where}: no unit "tone"; {fix} [reference]']


def test_a_unit_that_interface_words_in_one_language() -> None:
    with toy_copy() as content:
        english = content / "interface/en.yml"
        lines = [line for line in english.read_text("utf-8").split("\n") if "crossing" not in line]
        english.write_text("\n".join(lines), "utf-8")
        fix = "add unit.crossing.one, .other and .gender to interface/en.yml, or use units.yml"
        where = "content/facts/figures.yml:26:12: error: figure crossings: unit"
        assert f'{where}: no wording for "crossing"; {fix} [wording]' in problems_of(content)


def test_a_unit_of_the_explainer_stands_before_that_of_the_program() -> None:
    with toy_copy() as content:
        units = content / "units.yml"
        units.write_text(
            units.read_text("utf-8")
            + '  - id: "kilometre"\n    kind: "measure"\n    names:\n'
            + '      fr: { one: "km", other: "km", gender: "masculine", symbol: "km", '
            + 'symbol_place: "after_spaced" }\n'
            + '      en: { one: "km", other: "km", symbol: "km", symbol_place: "after" }\n',
            "utf-8",
        )
        locales = load(content).explainer.locales
    said = [locales[code].cited(Decimal(5), Decimal(5), "exact", "kilometre") for code in locales]
    assert said == [f"5{NB}km", "5km"]


def test_units_that_interface_words_are_counted_as_ever() -> None:
    for code, said in (("fr", f"2{NB}millions"), ("en", "2 million")):
        locale = toy().locales[code]
        assert locale.cited(Decimal(2_000_000), Decimal(2_000_000), "exact", "euro") == said
        assert toy().unit_kind("euro") == "count"
