"""What a number is bounded by, as it is typed, told apart from others, and said again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from reperes.language.locales import Bound
from reperes.model.published import in_words
from reperes.model.quantity_guesses import quantity_meant
from reperes.model.said import Said
from reperes.model.shapes import Quantity
from reperes.model.short_forms import NUMBER, plain
from reperes.model.stated import StatedNumber
from reperes.model.yaml_values import parse_yaml
from support import toy

SIGNS: Mapping[str, Bound] = {
    "": "exact",
    "~": "about",
    ">": "more_than",
    ">=": "at_least",
    "<": "less_than",
    "<=": "at_most",
}


def stated(typed: str) -> StatedNumber:
    """A value as the short form has it, without a unit."""
    (model,) = toy().figures["crossings"].values
    low, _, high = typed.lstrip("~<>=").partition("..")
    sign = typed[: len(typed) - len(typed.lstrip("~<>="))]
    bound: Bound = "range" if high else SIGNS[sign]
    return replace(model, low=Decimal(low), high=Decimal(high or low), bound=bound)


@pytest.mark.parametrize(("sign", "bound"), SIGNS.items())
def test_a_sign_is_a_bound_in_both_directions(sign: str, bound: Bound) -> None:
    short = parse_yaml(f'value: "{sign}5 doctor"', "f")
    long = {"value": "5", "bound": bound, "unit": "doctor"}
    assert plain(NUMBER.lengthen(short)) == long
    assert plain(NUMBER.shorten(NUMBER.lengthen(short))) == {"value": f"{sign}5 doctor"}
    assert stated(f"{sign}5").notation == f"{sign}5"


@pytest.mark.parametrize("sign", [*SIGNS, "≤", "≥"])
def test_editors_that_know_the_schema_accept_a_sign(sign: str) -> None:
    pattern = str(Quantity().json_schema([])["pattern"])
    assert re.search(pattern, f"{sign}5 doctor")
    assert not re.search(pattern, f"{sign}=>5 doctor")


def test_every_bound_has_a_sign_or_two_ends() -> None:
    assert {*SIGNS.values(), "range"} == {*get_args(Bound)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("moins de 60 %", "<60 percent"),
        ("moins de 12 000 euros", "<12000 euro"),
        ("fewer than 350,000 people", "<350000 person"),
        ("less than 5 km", "<5 kilometre"),
        ("under 30", "<30"),
        ("below 10 °C", "<10 celsius"),
        ("< 5 doctor", "<5 doctor"),
        ("pas plus de 5 km", "<=5 kilometre"),
        ("no more than 30", "<=30"),
        ("au plus 60 %", "<=60 percent"),
        ("≤ 5 km", "<=5 kilometre"),
    ],
)
def test_less_and_at_most_are_told_apart_in_words(typed: str, meant: str) -> None:
    assert quantity_meant(typed) == meant


@pytest.mark.parametrize(
    ("typed", "floor", "ceiling"),
    [
        ("60", 60, 60),
        ("~60", 60, 60),
        ("60..70", 60, 70),
        (">60", 60, None),
        (">=60", 60, None),
        ("<60", None, 60),
        ("<=60", None, 60),
    ],
)
def test_an_end_that_the_source_leaves_open(
    typed: str, floor: int | None, ceiling: int | None
) -> None:
    assert (stated(typed).floor, stated(typed).ceiling) == (floor, ceiling)


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("60", "<60"),
        (">60", "60"),
        (">60", "<60"),
        (">=60", "<60"),
        (">60", "<=60"),
        ("60..70", "<60"),
        ("61", "<60"),
        ("~61", "<60"),
    ],
)
def test_numbers_that_cannot_both_be_true(higher: str, lower: str) -> None:
    assert stated(higher).lies_above(stated(lower))
    assert not stated(lower).lies_above(stated(higher))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60", "<=60"),
        (">=60", "60"),
        (">=60", "<=60"),
        ("~60", "<60"),
        (">60", "~60"),
        ("59", "<60"),
        ("<60", "<50"),
        (">50", "<60"),
        ("50..60", "<60"),
    ],
)
def test_numbers_that_can_both_be_true(one: str, other: str) -> None:
    assert not stated(one).lies_above(stated(other))
    assert not stated(other).lies_above(stated(one))


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        ("<5 person", "moins de 5\u00a0personnes", "fewer than 5 people"),
        ("<=5 person", "au plus 5\u00a0personnes", "at most 5 people"),
        ("<60 percent", "moins de 60\u00a0%", "less than 60%"),
        ("<5 unit_that_is_gone", "<5", "<5"),
    ],
)
def test_an_edition_says_again_what_it_recorded(value: str, french: str, english: str) -> None:
    said = Said("figure", ((value, "2018", "", "", "", ""),), {})
    for language, words in (("fr", french), ("en", english)):
        assert in_words(said, ["value"], language, toy()) == words
