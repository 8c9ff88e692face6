"""Quotations with an author or a source beside them, and quotations without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.rules import quotations
from support import found_in, said_by, text, toy, with_body


def found(body: str, language: str = "fr") -> list[str]:
    return found_in(said_by(quotations, with_body(body, language)))


FREE = [
    "Le « grand plan bleu » et d’« aller jusqu’au bout ».",
    "Voir « [Une ligne qui ferme](section:closure) ».",
    "Le « Courrier de l’estuaire » et « l’Association des usagers ».",
    "## « On ne peut pas payer seuls » {#x}",
    "`« on ne peut pas payer seuls »`",
    "> Trop cher.",
    "5 > 4, et un guillemet « qui reste seul sur sa ligne.",
    "La dépêche dit seulement « {{ announcement.weekday }} ».",
    # Cited, whole or in part.
    "Ada Brunel : {{ island_life }}.",
    "> {{ banner }}",
    "Ada Brunel parle d’une « {{ island_life.words }} ».",
    "Ada Brunel parle d’[« une île sans bac »](fact:island_life).",
    "Ada Brunel parle d’« [une île sans bac](fact:island_life) ».",
]
ANSWERED = [
    "Selon [Ada Brunel](actor:mayor), « on ne peut pas payer seuls ».",
    "« on ne peut pas payer seuls », selon Ada Brunel.",
    "« on ne peut pas payer seuls », {{ audience.by }}.",
    "La [mairie](term:town_hall) : « on ne peut pas payer seuls »",
    "« [on ne peut pas payer seuls](claim:town_refuses) »",
    "« on ne peut pas payer seuls » ([l’article](source:courrier_article)).",
    "Ada Brunel s’explique. « on ne peut pas payer seuls »",
    "« on ne peut pas payer seuls ». C’est ce que dit Ada Brunel.",
    "Ada Brunel l’a écrit :\n\n> on ne peut pas payer seuls",
    "> on ne peut pas payer seuls\n\n— [La mairie](actor:town)",
    "Ada Brunel dit :\n\n- « on ne peut pas payer seuls »",
]
ENTRY = (
    '; write {{ on_ne_peut_pas }} here, and in facts/quotations.yml - {id: "on_ne_peut_pas", '
    'label: {fr: "…", en: "…"}, speaker: "…", language: "fr", words: {fr: "on ne peut pas payer '
    'seuls", en: "…"}, date: "…", source: "…"}'
)
REFUSED = [
    ("« On ne peut pas payer seuls », dit un élu.", "1:1: “On ne peut pas payer seuls”"),
    ("Un élu :\n\n> On ne peut pas payer seuls.", "3:1: “On ne peut pas payer seuls.”"),
    ("> “Two days in hand,” says an engineer.", "1:1: “Two days in hand,” says an engineer.”"),
    ('Un élu dit "on ne peut pas payer seuls".', "1:12: “on ne peut pas payer seuls”"),
    # Whom a quotation speaks of has not spoken it.
    ("« Ada Brunel ne peut pas payer. »", "1:1: “Ada Brunel ne peut pas payer.”"),
    ("« La [mairie](actor:town) ne paiera pas. »", "1:1: “La mairie ne paiera pas.”"),
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
TYPED = [
    "Ada Brunel : « Une île sans bac n’est plus tout à fait habitée. »",
    "Ada Brunel : « Une île sans bac n'est plus tout à fait habitée ».",
    "> Une île sans bac n’est\n> plus tout à fait habitée.",
    "Une « île sans bac » : “An island without a ferry is no longer quite lived in”.",
    "[« Une île sans bac n’est plus tout à fait habitée »](fact:island_life)",
]


@pytest.mark.parametrize("body", FREE)
def test_what_is_cited_or_is_no_quotation(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize("body", ANSWERED)
def test_a_quotation_that_somebody_answers_for_lacks_its_entry(body: str) -> None:
    [problem] = said_by(quotations, with_body(body))
    assert not problem.is_error
    said = '"on ne peut pas payer seuls" is quoted, and is no entry'
    assert problem.message == said + ENTRY


@pytest.mark.parametrize(("body", "problem"), REFUSED)
def test_a_quotation_that_nobody_answers_for(body: str, problem: str) -> None:
    start, _, words = problem.partition("“")
    [message] = found(body)
    assert message.startswith(
        f'{start}"{words.removesuffix("”")}" is quoted without its author or source; write {{{{ '
    )
    assert all(each.is_error for each in said_by(quotations, with_body(body)))


def test_the_entry_has_the_words_that_a_reader_sees() -> None:
    [message] = found('« La [mairie](actor:town) ne {{ delay }} paiera pas "tout". »')
    assert 'words: {fr: "La mairie ne … paiera pas \\"tout\\".", en: "…"}' in message


@pytest.mark.parametrize("body", TYPED)
def test_words_of_an_entry_are_cited(body: str) -> None:
    [problem] = said_by(quotations, with_body(body))
    assert problem.is_error
    assert problem.message.endswith(
        " is typed, and quotation island_life has it; write {{ island_life }}"
    )


def test_each_quotation_is_told_of() -> None:
    body = "« Un deux trois quatre. » Rien. Rien. « Cinq six sept huit. »"
    assert [problem.partition(" ")[0] for problem in found(body)] == ["1:1:", "1:39:"]


def test_a_summary_is_read_too() -> None:
    explainer = with_body("Rien.")
    summary = text("“on ne peut pas payer seuls”")
    section = replace(explainer.sections["fr"]["money"], summary=summary)
    sections = {**explainer.sections["fr"], "money": section}
    changed = replace(explainer, sections={**explainer.sections, "fr": sections})
    said = '"on ne peut pas payer seuls" is quoted without its author or source'
    assert found_in(said_by(quotations, changed)) == [f"1:1: {said}{ENTRY}"]


def test_the_toy_explainer_quotes_nobody_unsaid() -> None:
    assert not list(said_by(quotations, toy()))
