"""An attributed figure names its author where it is first cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.rules import attribution
from reperes.rules.attribution import needs_author
from support import found_in, said_by, text, toy, with_body


def found(body: str, language: str = "fr") -> list[str]:
    return found_in(said_by(attribution, with_body(body, language)))


def message(mark: str, names: str, fact_id: str) -> str:
    where = "is named neither in this paragraph nor beside it"
    return f"{mark}: its author ({names}) {where}; write {{{{ {fact_id}.by }}}} there"


@pytest.mark.parametrize(
    "body",
    [
        "{{ repair_cost.by }}, {{ repair_cost }} euros.",
        "{{ repair_cost }} euros, {{ delay.by }}.",
        "L’[association](actor:users) : {{ repair_cost }}.",
        "L’Association des usagers : {{ repair_cost }}.",
        "L’association\ndes autres. {{ repair_cost }}.",
        "La [mairie](term:town_hall) compte {{ commuters }}.",
        "L’association parle.\n\n{{ repair_cost }}.",
        "{{ repair_cost }}.\n\nL’association parle.",
        "{{ repair_cost }}.\n\n## Un titre {#x}\n\nL’association parle.",
        "{{ repair_cost }}.\n##Un titre {#x}\nL’association parle.",
        "L’association : {{ repair_cost }}.\n\nUn.\n\nDeux.\n\n{{ repair_cost }} encore.",
        "{{ passengers }} et {{ crossings }}",
        "{{ repair_cost.unit }}, {{ repair_cost.on }}, {{ repair_cost.label }}",
        "{{ last_crossing }}, [mot](claim:users_ask)",
        "Ada Brunel attend {{ audience }} personnes.",
    ],
)
def test_the_author_is_named(body: str) -> None:
    assert found(body) == []


USERS = "Association des usagers"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ repair_cost }}.", f"1:1: {message('{{ repair_cost }}', USERS, 'repair_cost')}"),
        (
            "L’association.\n\nUn.\n\n{{ repair_cost.low }}.",
            f"5:1: {message('{{ repair_cost.low }}', USERS, 'repair_cost')}",
        ),
        (
            "L’associationniste : {{ repair_cost }}.",
            f"1:22: {message('{{ repair_cost }}', USERS, 'repair_cost')}",
        ),
        (
            "## Titre {#x}\n{{ audience }} personnes.",
            f"2:1: {message('{{ audience }}', 'Ada Brunel, mairie', 'audience')}",
        ),
    ],
)
def test_the_author_is_not_named(body: str, problem: str) -> None:
    assert found(body) == [problem]


def test_only_the_first_citation_of_a_section_counts() -> None:
    assert len(found("{{ delay.words }}.\n\nUn.\n\n{{ delay.words }}.")) == 1


def test_a_summary_stands_alone() -> None:
    explainer = with_body("{{ delay.by }} : {{ delay.words }} ans.")
    section = replace(explainer.sections["fr"]["money"], summary=text("{{ delay.words }} ans"))
    sections = {**explainer.sections, "fr": {"money": section}}
    assert len(found_in(said_by(attribution, replace(explainer, sections=sections)))) == 1


def test_figures_in_the_sources_own_voice_need_no_author() -> None:
    assert not needs_author(toy().figures["passengers"], toy())
    assert needs_author(toy().figures["decline"], toy())


def test_nothing_is_said_of_authors_and_sources_that_were_refused() -> None:
    explainer = with_body("{{ repair_cost }}.")
    assert found_in(said_by(attribution, replace(explainer, actors={}))) == []
    assert found_in(said_by(attribution, replace(explainer, sources={}))) == []
