"""Figures in prose whose unit is said, by whatever words, is not said, or is said twice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reperes.language.locales import Locale
from reperes.model.explainer import Explainer
from reperes.rules import units
from support import found_in, problems_of, replace_in, said_by, saying, toy, toy_copy, with_body

NB = "\u00a0"
WORDING = {
    "fr": {
        "price": ("euro par mètre cube", "euros par mètre cube"),
        "degree": ("degré", "degrés"),
        "home": ("logement", "logements"),
        "celsius": ("°C", "°C"),
    },
    "en": {
        "price": ("euro per cubic metre", "euros per cubic metre"),
        "degree": ("degree", "degrees"),
        "home": ("home", "homes"),
        "celsius": ("°C", "°C"),
    },
}
FIGURES = {
    "price": ("4.28", "price"),
    "frost": ("-23.9", "degree"),
    "heat": ("41", "celsius"),
    "saving": ("35000000", "euro"),
    "homes": ("320", "home"),
    "rate": ("1.8", "home"),
    # These are of units that say themselves.
    "cost": ("35000000", "pound"),
    "wind": ("54", "kilometre_per_hour"),
    "night": ("-23.9", "fahrenheit"),
    "way": ("5", "kilometre"),
    "share": ("4", "one_in"),
}
"""The value and the unit of each figure that the toy explainer has in these tests."""


def explainer_with(body: str, language: str) -> Explainer:
    """The toy explainer with this text, more figures, and wording for their units."""
    explainer = with_body(body, language)
    model = explainer.figures["crossings"]
    figures = {
        name: saying(
            model, id=type(model.id)(name, model.id.place), bound="exact",
            low=Decimal(value), high=Decimal(value),
            unit=type(model.unit)(unit, model.unit.place),
        )
        for name, (value, unit) in FIGURES.items()
    }  # fmt: skip
    locales = {}
    for code, locale in explainer.locales.items():
        labels = dict(locale.wording.labels)
        for unit, (one, other) in WORDING[code].items():
            labels |= {f"unit.{unit}.one": one, f"unit.{unit}.other": other}
        locales[code] = Locale(
            code, locale.locale, replace(locale.wording, labels=labels), locale.units
        )
    return replace(explainer, figures={**explainer.figures, **figures}, locales=locales)


ACCEPTED = [
    ("fr", "L’eau coûte {{ price.with_unit }}."),
    ("fr", "L’eau coûte {{ price }} {{ price.unit }}."),
    ("fr", "L’eau coûte {{ price }} euros le mètre cube."),
    ("fr", "L’eau coûte {{ price }} € le mètre cube."),
    ("fr", "En euros, le mètre cube coûte {{ price }}."),
    ("en", "Water costs €{{ price }} a cubic metre."),
    ("fr", "Il a fait {{ frost }} degrés."),
    ("fr", "Il a fait {{ frost }} °C."),
    ("fr", "Il a fait {{ heat }} {{ heat.unit }}."),
    ("fr", "La ville économise **{{ saving }}** d’euros par an."),
    ("fr", "La remise en état coûte de {{ repair_cost.low }} à {{ repair_cost.high }} euros."),
    ("fr", "Baisse de {{ decline }}, ou de {{ decline.low }}."),
    ("fr", "Elle coûte {{ cost }}, et {{ way.words }} plus loin il a fait {{ night }}."),
    ("en", "It costs {{ cost.number }}, and {{ way }} on a wind of {{ wind }}, 1 mile away."),
    ("fr", "{{ share }} ou {{ share.words }}, de {{ way.low }} à {{ way.high }}."),
    ("en", "It asks for {{ delay.words }} {{ delay.unit }}, or {{ delay.number }} years."),
    # What is counted may be named by any noun.
    ("fr", "{{ commuters }} habitants traversent, {{ audience }} autres personnes attendent."),
    ("fr", "{{ homes.words }} [**foyers**](term:ferry) ont froid."),
    ("fr", "{{ homes }} de ces maisons sont vides."),
    ("en", "{{ homes }} of them are empty."),
    ("en", "{{ homes.words }} ramshackle houses are empty."),
    # One noun says it of all that are compared, and what was named before need not be again.
    ("fr", "De {{ commuters }} à {{ audience }} riverains."),
    ("fr", "{{ commuters }} contre {{ audience }} riverains."),
    ("fr", "On compte des logements vides. La ville en recense {{ homes }}."),
    ("fr", "Le nombre de foyers est de {{ homes }}."),
    ("fr", "Ils étaient {{ homes }}."),
    ("en", "They were {{ homes }}."),
    ("en", "| homes | empty |\n| --- | --- |\n| here | {{ homes }} |"),
    ("fr", "Baisse de {{ decline }}."),
    ("fr", "Selon le décret, `{{ price }}`."),
    ("fr", "{{ purchase }}, {{ price.label }}, {{ price.on }} et {{ nothing }}."),
]
REFUSED = [
    (
        "fr",
        "L’eau coûte {{ price }} le mètre cube.",
        "1:13: {{ price }}",
        '{{ price.with_unit }} ("4,28 euros par mètre cube"), or say "euros" in the same sentence',
    ),
    (
        "en",
        "Water costs {{ price }} a cubic metre.",
        "1:13: {{ price }}",
        '{{ price.with_unit }} ("4.28 euros per cubic metre"), or say "euros" in the same sentence',
    ),
    (
        "fr",
        "Il a fait {{ frost }}.",
        "1:11: {{ frost }}",
        '{{ frost.with_unit }} ("−23,9 degrés"), or say "degrés" in the same sentence',
    ),
    (
        "fr",
        "Il a fait {{ heat }} à l’ombre.",
        "1:11: {{ heat }}",
        '{{ heat.with_unit }} ("41 °C"), or say "°C" in the same sentence',
    ),
    (
        "fr",
        "Des euros ! La ville économise {{ saving }} chaque été.",
        "1:32: {{ saving }}",
        '{{ saving.with_unit }} ("35 millions d’euros"), or say "euros" in the same sentence',
    ),
    (
        "en",
        "It saves {{ saving.number }} next year.",
        "1:10: {{ saving.number }}",
        '{{ saving.number }} {{ saving.unit }}, or say "euros" in the same sentence',
    ),
    (
        "fr",
        "Une famille a {{ rate }} enfants.",
        "1:15: {{ rate }}",
        '{{ rate.with_unit }} ("1,8 logement"), or say "logements" in the same sentence',
    ),
    (
        "fr",
        "La commune a {{ homes }} dans le parc.",
        "1:14: {{ homes }}",
        '{{ homes.with_unit }} ("320 logements"), or name what it counts',
    ),
    (
        "en",
        "It has {{ homes }}, and {{ commuters }} people.",
        "1:8: {{ homes }}",
        '{{ homes.with_unit }} ("320 homes"), or name what it counts',
    ),
    (
        "en",
        "- Homes.\n- People.\n- It has {{ homes }}.",
        "3:10: {{ homes }}",
        '{{ homes.with_unit }} ("320 homes"), or name what it counts',
    ),
]


FRENCH_COST = "35 millions de livres sterling"
SAID_TWICE = [
    ("fr", "Elle coûte {{ cost }} {{ cost.unit }}.", "{{ cost }}", FRENCH_COST, "{{ cost.unit }}"),
    (
        "fr",
        "Elle coûte {{ cost }} de livres sterling.",
        "{{ cost }}",
        FRENCH_COST,
        "de livres sterling",
    ),
    ("fr", "Elle coûte {{ cost }} £.", "{{ cost }}", FRENCH_COST, "£"),
    ("en", "This costs £{{ cost }} a year.", "{{ cost }}", "£35 million", "£"),
    ("en", "It costs {{ cost.number }} pounds.", "{{ cost.number }}", "£35 million", "pounds"),
    ("fr", "Il a fait {{ night }} °F.", "{{ night }}", "−23,9 °F", "°F"),
    (
        "fr",
        "Il y a bien {{ way.words }} kilomètres.",
        "{{ way.words }}",
        "cinq kilomètres",
        "kilomètres",
    ),
    ("en", "It blows at {{ wind.low }} km/h.", "{{ wind.low }}", "54 km/h", "km/h"),
    ("fr", "En baisse de {{ decline }} %.", "{{ decline }}", "40 %", "%"),
    ("en", "It fell by {{ decline.low }} per cent.", "{{ decline.low }}", "40%", "per cent"),
]


@pytest.mark.parametrize(("language", "body", "mark", "said", "again"), SAID_TWICE)
def test_a_unit_that_is_said_twice(
    language: str, body: str, mark: str, said: str, again: str
) -> None:
    found = found_in(said_by(units, explainer_with(body, language)))
    where = f"1:{body.index(mark) + 1}: {mark}"
    assert [message.replace(NB, " ") for message in found] == [
        f'{where} says its unit itself ("{said}"); remove "{again}"'
    ]


@pytest.mark.parametrize(("language", "body"), ACCEPTED)
def test_a_unit_that_is_said(language: str, body: str) -> None:
    assert found_in(said_by(units, explainer_with(body, language))) == []


@pytest.mark.parametrize(("language", "body", "where", "fix"), REFUSED)
def test_a_unit_that_is_not_said(language: str, body: str, where: str, fix: str) -> None:
    found = found_in(said_by(units, explainer_with(body, language)))
    assert [message.replace(NB, " ") for message in found] == [
        f"{where} stands without its unit; write {fix}"
    ]


def test_the_toy_explainer_says_its_units() -> None:
    assert not list(said_by(units, toy()))


def test_texts_in_yaml_say_their_units_too() -> None:
    with toy_copy() as content:
        replace_in(content / "facts/claims.yml", "{{ audience }} people", "{{ audience }}")
        where = "content/facts/claims.yml:117:30: warning: {{ audience }}"
        fix = 'write {{ audience.with_unit }} ("at most 100 people"), or name what it counts'
        said = [problem for problem in problems_of(content) if problem.endswith("[unit]")]
        assert said == [f"{where} stands without its unit; {fix} [unit]"]


def test_a_missing_unit_can_be_waived() -> None:
    with toy_copy() as content:
        section = content / "sections/fr/closure.md"
        replace_in(section, " {{ crossings.unit }}", "")
        found = [problem.rpartition(" ")[2] for problem in problems_of(content)]
        assert found == ["[stale]", "[unit]"]
        waiver = '  - rule: "unit"\n    text: "{{ crossings }}"\n    reason: "Said above."\n'
        replace_in(section, "waivers:\n", f"waivers:\n{waiver}")
        assert [problem.rpartition(" ")[2] for problem in problems_of(content)] == ["[stale]"]
