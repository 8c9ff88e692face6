"""Every form of every kind of fact, in both languages, and what has no such form."""

from __future__ import annotations

import pytest

from reperes.model.forms import FORMS, attribution, misfit, say
from reperes.text.dates import parse_date
from support import saying, toy

NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("fact_id", "form", "fr", "en"),
    [
        ("passengers", "", f"plus de 12{NN}000", "more than 12,000"),
        ("passengers", "number", f"12{NN}000", "12,000"),
        ("passengers", "unit", "passagers", "passengers"),
        ("passengers", "on", "en 2018", "in 2018"),
        ("passengers", "date", "2018", "2018"),
        (
            "passengers",
            "label",
            "Passagers transportés dans l’année",
            "Passengers carried in the year",
        ),
        (
            "passengers",
            "by",
            "selon le Courrier de l’estuaire",
            "according to the Courrier de l’estuaire",
        ),
        (
            "passengers",
            "with_unit",
            f"plus de 12{NN}000{NB}passagers",
            "more than 12,000 passengers",
        ),
        ("crossings", "", "environ 900", "about 900"),
        ("decline", "", f"40{NB}%", "40%"),
        ("decline", "unit", "%", "%"),
        ("decline", "with_unit", f"40{NB}%", "40%"),
        ("repair_cost", "", f"200{NN}000 à 250{NN}000", "200,000 to 250,000"),
        (
            "repair_cost",
            "between",
            f"entre 200{NN}000 et 250{NN}000",
            "between 200,000 and 250,000",
        ),
        ("repair_cost", "low", f"200{NN}000", "200,000"),
        ("repair_cost", "high", f"250{NN}000", "250,000"),
        ("repair_cost", "number", f"200{NN}000 à 250{NN}000", "200,000 to 250,000"),
        ("commuters", "", "au moins 35", "at least 35"),
        ("commuters", "on", f"vers le 10{NB}février 2019", "around 10\xa0February 2019"),
        ("audience", "", "au plus 100", "at most 100"),
        (
            "audience",
            "by",
            "selon Ada Brunel et la mairie",
            "according to Ada Brunel and the town hall",
        ),
        ("delay", "words", "deux", "two"),
        ("purchase", "", "avril 1998", "April 1998"),
        ("purchase", "on", "en avril 1998", "in April 1998"),
        ("falling_numbers", "on", "depuis 2015", "since 2015"),
        ("announcement", "", f"14{NB}mars 2019", "14\xa0March 2019"),
        ("announcement", "day", f"14{NB}mars", "14\xa0March"),
        ("announcement", "weekday", "jeudi", "Thursday"),
        ("announcement", "on", f"le 14{NB}mars 2019", "on 14\xa0March 2019"),
        ("meeting", "on", f"du 18 au 20{NB}mars 2019", "from 18 to 20\xa0March 2019"),
        ("meeting", "day", f"du 18 au 20{NB}mars", "18 to 20\xa0March"),
        ("insider_warns", "label", "Arrêt plus tôt", "Earlier stop"),
        ("insider_warns", "on", "en mars 2019", "in March 2019"),
    ],
)
def test_a_fact_is_said(fact_id: str, form: str, fr: str, en: str) -> None:
    fact = toy().facts[fact_id]
    assert misfit(fact, form) is None
    said = [say(fact, form, toy().locales[code], toy().actors) for code in ("fr", "en")]
    assert said == [fr, en]


@pytest.mark.parametrize("fact_id", list(toy().facts))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_is_no_misfit_can_be_said(fact_id: str, language: str) -> None:
    fact, locale = toy().facts[fact_id], toy().locales[language]
    for form in FORMS[type(fact)]:
        if misfit(fact, form) is None:
            assert say(fact, form, locale, toy().actors)


LINK_IT = "link it with [words](claim:users_ask), or use one of its forms"
OF_DATES = "by, date, day, label, on, time, weekday"
OF_FIGURES = (
    "between, by, chart, date, high, label, low, number, number_words, on, spread, "
    "unit, with_unit, words"
)
DAYS = "is for dates known to the day, and"


@pytest.mark.parametrize(
    ("fact_id", "form", "message"),
    [
        (
            "passengers",
            "total",
            f'a figure has no form "total"; use one of {OF_FIGURES}',
        ),
        (
            "meeting",
            "low",
            f'an event has no form "low"; use one of {OF_DATES}',
        ),
        (
            "users_ask",
            "",
            f"claim users_ask has no value to show; {LINK_IT}: {OF_DATES}",
        ),
        (
            "crossings",
            "between",
            '"between" is for ranges, and crossings is one number; write {{ crossings }}',
        ),
        ("purchase", "day", f'"day" {DAYS} purchase has 1998-04; write {{{{ purchase.on }}}}'),
        (
            "census",
            "weekday",
            f'"weekday" {DAYS} census has 2019-02-10~; write {{{{ census.on }}}}',
        ),
        (
            "meeting",
            "weekday",
            f'"weekday" {DAYS} meeting has 2019-03-18/2019-03-20; write {{{{ meeting.on }}}}',
        ),
        (
            "meeting",
            "time",
            (
                '"time" is for dates with a time, and meeting has 2019-03-18/2019-03-20; '
                "write {{ meeting.on }}"
            ),
        ),
    ],
)
def test_a_form_that_a_fact_does_not_have(fact_id: str, form: str, message: str) -> None:
    assert misfit(toy().facts[fact_id], form) == message


@pytest.mark.parametrize("date", ["2019-03-18/2019", "2019-03/2019-04-02", "2019", "2019-03~"])
def test_days_need_both_ends_known_to_the_day(date: str) -> None:
    event = saying(toy().events["meeting"], date=parse_date(date))
    assert misfit(event, "day") is not None


def test_a_day_before_our_calendar_has_no_weekday() -> None:
    event = saying(toy().events["meeting"], date=parse_date("1582-10-04"))
    assert misfit(event, "day") is None
    assert misfit(event, "weekday") == (
        '"weekday" is for days from 1583 on, when calendars agree, and meeting has 1582-10-04; '
        "write {{ meeting.on }}"
    )


def test_a_time_has_a_day_a_weekday_and_its_hour() -> None:
    event = saying(toy().events["meeting"], date=parse_date("2019-03-18T20:00+01:00"))
    locale = toy().locales["fr"]
    said = [say(event, form, locale, toy().actors) for form in ("day", "weekday", "time")]
    assert said == ["18\u00a0mars", "lundi", "20 h (UTC+1)"]


def test_authors_are_listed_in_order() -> None:
    fact, locale = toy().facts["audience"], toy().locales["fr"]
    assert attribution(fact, locale, toy().actors) == "selon Ada Brunel et la mairie"
