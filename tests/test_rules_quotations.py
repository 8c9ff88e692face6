"""Quotations with an author or a source beside them, and quotations without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.rules.quotations import check
from support import found_in, text, toy, with_body


def found(body: str, language: str = "fr") -> list[str]:
    return found_in(check(with_body(body, language)))


ACCEPTED = [
    # Who said it, or where it was read.
    "Selon [Ada Brunel](actor:mayor), « on ne peut pas payer seuls ».",
    "« On ne peut pas payer seuls », selon Ada Brunel.",
    "« On ne peut pas payer seuls », {{ audience.by }}.",
    "La [mairie](term:town_hall) : « On ne peut pas payer seuls. »",
    "« [On ne peut pas payer seuls](claim:town_refuses). »",
    "« On ne peut pas payer seuls » ([l’article](source:courrier_article)).",
    "Ada Brunel s’explique. « On ne peut pas. On ne le pourra jamais. »",
    "« On ne peut pas payer seuls. » C’est ce que dit Ada Brunel.",
    "Ada Brunel l’a écrit :\n\n> On ne peut pas payer seuls.",
    "> On ne peut pas payer seuls.\n>\n> — Ada Brunel",
    "> On ne peut pas payer seuls.\n\n— [La mairie](actor:town)",
    "> “On ne peut pas payer seuls”, selon la [mairie](actor:town).",
    "Ada Brunel dit :\n\n- « On ne peut pas payer seuls. »",
    # No quotation.
    "Le « grand plan bleu » et d’« aller jusqu’au bout ».",
    "Voir « [Une ligne qui ferme](section:closure) ».",
    "Le « Courrier de l’estuaire » et « l’Association des usagers ».",
    "## « On ne peut pas payer seuls » {#x}",
    "`« on ne peut pas payer seuls »`",
    "> Trop cher.",
    "5 > 4, et un guillemet « qui reste seul sur sa ligne.",
]
FIX = "is quoted without its author or source; "
FIX += "beside it, write {{ id.by }}, or link a claim, an actor or a source"
REFUSED = [
    ("« On ne peut pas payer seuls », dit un élu.", "1:1: “On ne peut pas payer seuls”"),
    ("Un élu :\n\n> On ne peut pas payer seuls.", "3:1: “On ne peut pas payer seuls.”"),
    ("> “Two days in hand,” says an engineer.", "1:1: “Two days in hand,” says an engineer.”"),
    ('Un élu dit "on ne peut pas payer seuls".', "1:12: “on ne peut pas payer seuls”"),
    # Whom a quotation speaks of has not spoken it.
    ("« Ada Brunel ne peut pas payer. »", "1:1: “Ada Brunel ne peut pas payer.”"),
    ("« La [mairie](actor:town) ne paiera pas. »", "1:1: “La [mairie](actor:town) ne paiera pas.”"),
    # Too far away, or in another paragraph.
    (
        "« On ne peut pas payer seuls. » Non. Jamais. Ada Brunel le sait.",
        "1:1: “On ne peut pas payer seuls.”",
    ),
    (
        "Ada Brunel écrit.\n\n> On ne peut pas payer seuls.",
        "3:1: “On ne peut pas payer seuls.”",
    ),
    (
        "Ici :\n\n« On ne peut\npas payer, et on ne pourra jamais payer seuls. »",
        "3:1: “On ne peut pas payer, et on ne pourra j…”",
    ),
]


@pytest.mark.parametrize("body", ACCEPTED)
def test_a_quotation_that_somebody_answers_for(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(("body", "problem"), REFUSED)
def test_a_quotation_that_nobody_answers_for(body: str, problem: str) -> None:
    start, _, words = problem.partition("“")
    assert found(body) == [f'{start}"{words.removesuffix("”")}" {FIX}']


def test_each_quotation_is_told_of() -> None:
    body = "« Un deux trois quatre. » Rien. Rien. « Cinq six sept huit. »"
    assert [problem.partition(" ")[0] for problem in found(body)] == ["1:1:", "1:39:"]


def test_a_summary_is_read_too() -> None:
    explainer = with_body("Rien.")
    summary = text("“On ne peut pas payer seuls”")
    section = replace(explainer.sections["fr"]["money"], summary=summary)
    sections = {**explainer.sections["fr"], "money": section}
    changed = replace(explainer, sections={**explainer.sections, "fr": sections})
    assert found_in(check(changed)) == [f'1:1: "On ne peut pas payer seuls" {FIX}']


def test_the_toy_explainer_quotes_nobody_unsaid() -> None:
    assert not list(check(toy()))
