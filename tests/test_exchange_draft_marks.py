from __future__ import annotations

import pytest

from reperes.exchange.draft_marks import marked
from support import text, toy


def of(typed: str, language: str = "fr") -> str:
    return marked(text(typed), toy(), language).text


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("fr", "plus de 12 000 passagers", "{{ passengers }} passagers"),
        ("fr", "Plus de 12.000 passagers", "{{ passengers }} passagers"),
        ("fr", "plus de 12\u00a0000\u00a0passagers", "{{ passengers }}\u00a0passagers"),
        ("en", "more than 12,000 passengers", "{{ passengers }} passengers"),
        ("fr", "entre 200 000 et 250 000 euros", "{{ repair_cost.between }} euros"),
        ("fr", "40 % de moins", "{{ decline }} de moins"),
        ("fr", "40% de moins", "{{ decline }} de moins"),
        ("fr", "Le 14 mars 2019, la fin", "{{ announcement.on }}, la fin"),
        ("fr", "l’annonce du 14 mars 2019.", "l’annonce du {{ announcement.date }}."),
        ("en", "On 14 March 2019", "{{ announcement.on }}"),
    ],
)
def test_what_a_fact_says_word_for_word_is_cited(language: str, typed: str, expected: str) -> None:
    assert of(typed, language) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "12 000 passagers",
        "plus de 12 000 piétons",
        "plus de 12 000",
        "plus de 12 000 passagersclandestins",
        "environ 40 % de moins",
        "près de 40 %",
        "au moins 40 %",
        "entre 40 % et 60 %",
        "240 %",
        "1,40 %",
        "14 mars",
        "14 mars 2018",
        "2018",
        "« 40 % »",
        "> 40 %",
        "`40 %`",
        "[40 %](https://example.org/)",
    ],
)
def test_what_says_something_else_stays_as_typed(typed: str) -> None:
    assert of(typed) == typed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Port-Clair et Port-Clair", "[Port-Clair](place:port_clair) et Port-Clair"),
        ("## Port-Clair {#a}\n\nB", "## Port-Clair {#a}\n\nB"),
        ("Ada\u00a0Brunel parle", "[Ada\u00a0Brunel](actor:mayor) parle"),
        ("Bacs et bac", "[Bacs](term:ferry) et bac"),
        ("le bac-école", "le bac-école"),
        ("les usagers", "les usagers"),
        ("le [bac](term:ferry), le bac", "le [bac](term:ferry), le bac"),
        ("la Mairie", "la [Mairie](term:town_hall)"),
        ("« le bac »", "« le bac »"),
    ],
)
def test_the_first_mention_of_a_recorded_name_is_linked(typed: str, expected: str) -> None:
    assert of(typed) == expected


def test_titles_and_summaries_are_not_linked() -> None:
    assert marked(text("Le bac"), toy(), "fr", links=False).text == "Le bac"
