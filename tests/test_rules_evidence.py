"""Figures that agree with the words quoted as their evidence, and figures that do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reperes.rules import evidence as evidence_rule
from support import problems_of, replace_in, said_by, saying, text, toy, toy_copy


def found(
    evidence: str, value: str, bound: str = "exact", unit: str = "person", language: str = "fr"
) -> list[str]:
    """What is said of a figure with this evidence in a source; two values make a range."""
    low, _, high = value.partition("/")
    figure = toy().figures["passengers"]
    changed = saying(
        figure,
        pins=(replace(figure.pins[0], evidence=text(evidence)),),
        low=Decimal(low),
        high=Decimal(high or low),
        bound="range" if high else bound,
        unit=text(unit),
    )
    source = toy().sources[figure.pins[0].source_id]
    explainer = replace(
        toy(),
        figures={"passengers": changed},
        sources={source.id: replace(source, language=text(language))},
    )
    return [problem.message for problem in said_by(evidence_rule, explainer)]


@pytest.mark.parametrize(
    ("evidence", "value"),
    [
        ("350.000 morts", "350000"),
        ("350 000 morts", "350000"),
        ("350\u202f000 morts", "350000"),
        ("1,234,567 deaths", "1234567"),
        ("12.500 morts", "12500"),
        ("12.500 metres", "12.5"),
        ("4,28 euros", "4.28"),
        ("1.234,5 euros", "1234.5"),
        ("moins 23,9 degrés", "-23.9"),
        ("2,3 millions de personnes", "2300000"),
        ("35 millions d’euros", "35000000"),
        ("en 2018, 12 000 passagers", "12000"),
        ("entre 270.000 et 330.000", "270000/330000"),
        ("270 à 330.000 personnes", "270000/330000"),
        ("20 à 27 millions", "20000000/27000000"),
        ("jusqu’à 330.000", "270000/330000"),
        ("3 des douze communes", "12"),
        ("une trentaine de localités", "30"),
        ("plus personne", "4"),
    ],
)
def test_a_value_that_its_evidence_says(evidence: str, value: str) -> None:
    assert found(evidence, value) == []


FIX = "correct one of them; if readers saw another value, tell them in corrections.yml"


@pytest.mark.parametrize(
    ("evidence", "value", "said", "told"),
    [
        ("350.000 morts", "360000", '"350.000"', "360000"),
        ("2,3 millions de personnes", "2400000", '"2,3"', "2400000"),
        ("4,28 euros", "4.82", '"4,28"', "4.82"),
        ("en 2018, 12 000 passagers", "13000", '"2018" and "12 000"', "13000"),
        (
            "entre 270.000 et 330.000",
            "270000/340000",
            '"270.000" and "330.000"',
            "270000 to 340000",
        ),
        ("jusqu’à 330.000", "270000/340000", '"330.000"', "270000 to 340000"),
    ],
)
def test_a_value_that_its_evidence_does_not_say(
    evidence: str, value: str, said: str, told: str
) -> None:
    message = f"figure passengers: evidence says {said}, and the value is {told}; {FIX}"
    assert found(evidence, value) == [message]


def test_a_percentage_is_compared_with_a_percentage() -> None:
    assert found("une famille sur 4", "25", unit="percent") == []
    assert found("60% du territoire", "60", unit="percent") == []
    assert len(found("60% du territoire", "40", unit="percent")) == 1


@pytest.mark.parametrize(
    ("evidence", "bound"),
    [
        ("plus de 350.000 morts", "more_than"),
        ("pas plus de 350.000 morts", "at_most"),
        ("moins de 350.000 morts", "less_than"),
        ("pas moins de 350.000 morts", "at_least"),
        ("moins de 18 ans : 350.000", "exact"),
        ("environ 350.000 morts", "about"),
        ("350.000 morts", "at_least"),
    ],
)
def test_a_bound_that_its_evidence_says(evidence: str, bound: str) -> None:
    assert found(evidence, "350000", bound) == []


@pytest.mark.parametrize(
    ("evidence", "bound", "said", "right"),
    [
        ("plus de 350.000 morts", "exact", "plus de 350.000", "more_than"),
        ("Au moins 350.000 morts", "more_than", "au moins 350.000", "at_least"),
        ("environ 350.000 morts", "at_most", "environ 350.000", "about"),
        ("moins de 350.000 morts", "at_most", "moins de 350.000", "less_than"),
        ("un peu moins de 350.000", "exact", "moins de 350.000", "less_than"),
        ("au plus 350.000 morts", "less_than", "au plus 350.000", "at_most"),
        ("en 2018, plus de 350.000", "exact", "plus de 350.000", "more_than"),
    ],
)
def test_a_bound_that_its_evidence_does_not_say(
    evidence: str, bound: str, said: str, right: str
) -> None:
    message = f'figure passengers: evidence says "{said}", and bound is "{bound}"; write "{right}"'
    assert found(evidence, "350000", bound) == [message]


@pytest.mark.parametrize("evidence", ["fewer than 350,000 deaths", "less than 350,000 people"])
def test_english_evidence_says_less_and_fewer(evidence: str) -> None:
    assert found(evidence, "350000", "less_than", language="en") == []
    (message,) = found(evidence, "350000", "at_most", language="en")
    assert message.endswith('and bound is "at_most"; write "less_than"')


@pytest.mark.parametrize("evidence", ["no fewer than 350,000", "not less than 350,000"])
def test_what_is_no_less_is_at_least(evidence: str) -> None:
    assert found(evidence, "350000", "at_least", language="en") == []


def test_a_value_corrected_away_from_its_evidence_is_told_in_its_file() -> None:
    with toy_copy() as content:
        replace_in(content / "facts/figures.yml", 'value: "12000"', 'value: "13000"')
        message = 'figure passengers: evidence says "12.000", and the value is 13000'
        place = "content/facts/figures.yml:18:20"
        assert problems_of(content) == [f"{place}: warning: {message}; {FIX} [evidence]"]
