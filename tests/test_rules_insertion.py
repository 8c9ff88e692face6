"""Whether what a placeholder says fits the words before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.rules import insertion
from reperes.rules.insertion import PRECISION_RULE
from support import found_in, said_by, saying, text, toy, with_body


def found(body: str, language: str = "fr") -> list[str]:
    return found_in(said_by(insertion, with_body(body, language)))


@pytest.mark.parametrize(
    "body",
    [
        "{{ crossings }} traversées",
        "Il compte {{ crossings }} traversées.",
        "de {{ passengers }} passagers",
        "plus que {{ passengers.number }}",
        "d’{{ crossings }}, qu’{{ commuters }}, qu'{{ crossings }}",
        "d’{{ repair_cost.between }}",
        "d’ici {{ announcement.on }}",
        "dès {{ announcement.on }}",
        "à partir du {{ announcement.date }}",
        "le {{ announcement }} et le {{ announcement.day }}",
        "le {{ announcement.weekday }} {{ announcement.day }}",
        "le {{ last_departure }}, le {{ last_departure.day }} à {{ last_departure.time }}",
        "jusqu’{{ purchase.on }}",
        "d’{{ purchase }}",
        "(le {{ announcement }})",
        "«\u00a0de {{ passengers }}\u00a0»",
        "du [mot](term:ferry) {{ meeting.on }}",
        "{{ commuters.by }}, {{ commuters }}",
        "`de {{ crossings }}`",
    ],
)
def test_french_that_fits(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "typed", "right"),
    [
        ("de {{ crossings }}", "de environ 900", "d’environ 900"),
        ("é De\n{{ crossings }}", "De environ 900", "d’environ 900"),
        ("que {{ commuters }}", "que au moins 35", "qu’au moins 35"),
        ("jusque\u00a0{{ commuters }}", "jusque au moins 35", "jusqu’au moins 35"),
        ("(de {{ purchase }})", "de avril 1998", "d’avril 1998"),
        ("de {{ announcement.on }}", "de le 14\u00a0mars 2019", "du 14\u00a0mars 2019"),
        ("à {{ announcement.on }}", "à le 14\u00a0mars 2019", "au 14\u00a0mars 2019"),
        ("du {{ announcement.on }}", "du le 14\u00a0mars 2019", "du 14\u00a0mars 2019"),
        ("d’{{ announcement.on }}", "d’le 14\u00a0mars 2019", "du 14\u00a0mars 2019"),
        ("d’{{ decline }}", "d’40\u00a0%", "de 40\u00a0%"),
        ("qu'{{ passengers }}", "qu'plus de 12\u202f000", "que plus de 12\u202f000"),
        ("le {{ announcement.on }}", "le le 14\u00a0mars 2019", "le 14\u00a0mars 2019"),
        ("plus de {{ passengers }}", "plus de plus de 12\u202f000", "plus de 12\u202f000"),
        ("environ {{ crossings }}", "environ environ 900", "environ 900"),
        (
            "selon {{ decline.by }}",
            "selon selon la Compagnie des bacs",
            "selon la Compagnie des bacs",
        ),
    ],
)
def test_french_that_does_not_fit(body: str, typed: str, right: str) -> None:
    (problem,) = found(body)
    assert problem.endswith(f'makes "{typed}"; write "{right}"')


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("it stopped on {{ last_crossing }}", None),
        ("{{ last_crossing.on }}", None),
        ("more than {{ passengers }}", "more than 12,000"),
        ("on {{ last_crossing.on }}", "on 30\xa0June 2019"),
        ("{{ last_departure.on }}, on {{ last_departure.day }}", None),
        ("according to {{ decline.by }}", "according to the Compagnie des bacs"),
    ],
)
def test_english(body: str, right: str | None) -> None:
    assert [p.split("; write ")[1] for p in found(body, "en")] == ([f'"{right}"'] if right else [])


@pytest.mark.parametrize(
    ("body", "language", "said"),
    [
        ("le {{ purchase }}", "fr", '"le {{ purchase }}" says a day, and the date is 1998-04'),
        (
            "du {{ purchase.on }}",
            "fr",
            '"du {{ purchase.on }}" says a day, and the date is 1998-04',
        ),
        ("le {{ meeting }}", "fr", '"le {{ meeting }}" says a day, and the date is 2019-03-18/'),
        (
            "le {{ crossings.date }}",
            "fr",
            '"le {{ crossings.date }}" says a day, and the date is 2018',
        ),
        ("on {{ census }}", "en", '"on {{ census }}" says a day, and the date is 2019-02-10~'),
        (
            "On {{ census.on }}",
            "en",
            '"On {{ census.on }}" says a day, and the date is 2019-02-10~',
        ),
        ("au {{ first_boats }}", "fr", '"au {{ first_boats }}" says a day, and the date is 18XX'),
        (
            "on {{ last_departure }}",
            "en",
            '"on {{ last_departure }}" says a day, and the date is 2019-06-28T18:30+02:00',
        ),
    ],
)
def test_a_date_is_said_with_no_more_precision_than_it_has(
    body: str, language: str, said: str
) -> None:
    (problem,) = said_by(insertion, with_body(body, language))
    assert problem.rule == PRECISION_RULE
    assert problem.message.startswith(said)
    assert problem.message.endswith(".on }} alone")


def test_nothing_is_elided_before_eleven() -> None:
    number = toy().figures["delay"].low + 9
    figures = {**toy().figures, "delay": saying(toy().figures["delay"], low=number, high=number)}
    explainer = replace(with_body("de {{ delay.words }} ans"), figures=figures)
    assert found_in(said_by(insertion, explainer)) == []


def test_yaml_texts_are_looked_at_too() -> None:
    event = toy().events["census"]
    told = replace(event, summary={**event.summary, "fr": text("de {{ crossings }}")})
    (problem,) = said_by(insertion, replace(toy(), events={"census": told}))
    assert str(problem.place) == "f:1:4"


def test_nothing_is_said_of_what_was_refused() -> None:
    explainer = with_body("selon {{ decline.by }}, de {{ gone }}")
    assert found_in(said_by(insertion, replace(explainer, actors={}))) == []
