"""Figures, dates and days typed in prose: what is one, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.rules import naked_figures
from reperes.rules.naked_figures import RULE, WEEKDAY_RULE
from reperes.text.problems import Problem
from support import found_in, said_by, text, toy, with_body
from support_commands import change
from support_drafts import said, with_drafts


def problems_in(explainer: Explainer) -> list[Problem]:
    return [problem for problem in said_by(naked_figures, explainer) if problem.place.path == "f"]


def found(body: str, language: str = "fr") -> list[str]:
    return found_in(said_by(naked_figures, with_body(body, language)))


@pytest.mark.parametrize(
    "body",
    [
        "Une vingtaine de minutes suffit.",
        "Les deux parties se parlent. Les deux tiers, les trois quarts.",
        "Un an plus tard, une personne seule.",
        "Vingt et une mairies, ou une personne.",
        "Il y a un an, le premier ministre et la deuxième personne.",
        "Le G20, le COVID-19, les PM2,5, le F-16, la 3G… non : la Ligne 7.",
        "Le siècle dernier, et le n° d’ordre.",
        "L’article 13, les articles L. 2224-1 et L. 2224-3 du code, l’alinéa 2.",
        "Le 13e arrondissement, les 2e et 3e arrondissements, la 1re chambre.",
        "Un service 24/7, ouvert 24h/24, 7j/7.",
        "Cent fois sur le métier, mille mercis.",
        "Neuf bateaux, vingt-deux mairies.",
        "1. Premier point\n2) Deuxième point\n   10. Encore",
        "## Un titre {#part-2}\n\n[la suite](https://example.org/2018/07)",
        "Voir <https://example.org/1> ou `12 000` ou [là][^1].\n\n[^1]: une note",
        "```\n12 personnes, lundi\n```",
        "{{ passengers }} passagers, {{ delay.words }} ans",
        "[mot](section:money)",
    ],
)
def test_good_french_prose(body: str) -> None:
    assert found(body.replace("la 3G… non : ", "")) == []


@pytest.mark.parametrize(
    "body",
    [
        "Both sides talked for one year. One person stayed.",
        "A couple of minutes, two sides, a first and a second time.",
        "The G20, COVID-19, PM2.5, an F-16 and Line 7.",
        "Ten boats, hundreds of letters, a score of questions.",
        "Someone once may march in august company.",
        "1. One\n2. Two",
        "Article 13, articles 13 and 14, section 230.",
        "The 13th arrondissement, the 2nd and 3rd arrondissements.",
        "Open 24/7.",
    ],
)
def test_good_english_prose(body: str) -> None:
    assert found(body, "en") == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("En 2015, oui", '1:4: "2015" typed'),
        ("é 350\u202f000 morts", '1:3: "350\u202f000" typed'),
        ("le 30 juin 2018, oui", '1:4: "30 juin 2018" typed'),
        ("un\n\nle 1er août", '3:4: "1er août" typed'),
        ("40 % d’entre eux", '1:1: "40 %" typed in prose; write {{ decline }}'),
        ("près de 35 M€ par an", '1:9: "35 M€" typed'),
        ("12 °C à l’ombre", '1:1: "12 °C" typed'),
        ("il coûte 4,28 € le litre", '1:10: "4,28 €" typed'),
        ("un vent de 54 km/h", '1:12: "54 km/h" typed'),
        ("1,2 milliard d’habitants", '1:1: "1,2 milliard" typed'),
        ("de 10 à", '1:4: "10" typed'),
        ("mi-2018", '1:4: "2018" typed'),
        ("au XXIe siècle", '1:4: "XXIe siècle" typed'),
        ("au 21e siècle", '1:4: "21e siècle" typed'),
        ("les années 2010", '1:12: "2010" typed'),
        ("l’article 13 et 300 morts", '1:17: "300" typed'),
        ("les 13 arrondissements", '1:5: "13" typed'),
        ("le 13e jour", '1:4: "13e" typed'),
        ("24/70", '1:1: "24/70" typed'),
        ("la 3G", '1:4: "3" typed'),
        ("deux personnes", '1:1: "deux personnes" typed'),
        ("une trentaine de personnes", '1:5: "trentaine de personnes" typed'),
        ("des dizaines d’euros", '1:5: "dizaines d’euros" typed'),
        ("des centaines d'euros", '1:5: "centaines d\'euros" typed'),
        ("Vingt-deux ans", '1:1: "Vingt-deux ans" typed'),
        ("trois  cents\ntraversées", '1:1: "trois cents traversées" typed'),
        ("vingt et une personnes", '1:1: "vingt et une personnes" typed'),
        ("trente-et-un ans", '1:1: "trente-et-un ans" typed'),
        ("deux " * 3 + "ans", '1:1: "deux deux deux ans" typed'),
    ],
)
def test_figures_in_french_prose(body: str, message: str) -> None:
    (problem,) = found(body)
    assert problem.startswith(message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("by 4 July 2018, yes", '1:4: "4 July 2018" typed'),
        ("the 20th century", '1:5: "20th century" typed'),
        ("13 articles", '1:1: "13" typed'),
        ("the 13th day", '1:5: "13th" typed'),
        ("Two people came", '1:1: "Two people" typed'),
        ("dozens of people", '1:1: "dozens of people" typed'),
        ("twenty-one euros", '1:1: "twenty-one euros" typed'),
        ("hundred and one people", '1:1: "hundred and one people" typed'),
        ("thirty-five euros", '1:1: "thirty-five euros" typed'),
    ],
)
def test_figures_in_english_prose(body: str, message: str) -> None:
    (problem,) = found(body, "en")
    assert problem.startswith(message)


ANY = 'write it once in facts/ and cite it here ("{{ id }}")'


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("12 000", "write {{ passengers }}"),
        ("12.000", "write {{ passengers }}"),
        ("200\u202f000", "write {{ repair_cost }}"),
        ("35", "write {{ commuters }}"),
        ("2", "write {{ delay }}"),
        ("deux ans", "write {{ delay.words }} {{ delay.unit }}"),
        ("deux personnes", ANY),
        ("30 juin 2019", "write {{ last_crossing.on }}"),
        ("14 mars", "write {{ announcement.on }}"),
        ("XIXe siècle", "write {{ first_boats.on }}"),
        ("1,2", ANY),
        ("1234", ANY),
    ],
)
def test_the_citation_that_says_it_is_proposed(typed: str, fix: str) -> None:
    assert found(f"Ah : {typed}") == [f'1:6: "{typed}" typed in prose; {fix}']


@pytest.mark.parametrize(
    ("body", "language", "word"),
    [
        ("Lundi, il partait", "fr", "Lundi"),
        ("hier soir", "fr", "hier"),
        ("aujourd'hui", "fr", "aujourd'hui"),
        ("les samedis", "fr", "samedis"),
        ("Monday’s meeting", "en", "Monday"),
        ("it left yesterday", "en", "yesterday"),
    ],
)
def test_days_that_only_a_reader_of_that_day_knows(body: str, language: str, word: str) -> None:
    (problem,) = problems_in(with_body(body, language))
    assert (problem.rule, str(problem.severity)) == (WEEKDAY_RULE, "warning")
    assert problem.message.startswith(f'"{word}" means a day only to who reads it then; cite')


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Agenda 2030", "L’Agenda 2030, l’agenda\n2030 et l’Agenda\u00a02030."),
        ("5G", "La 5G arrive."),
        ("Les Deux Ans", "Le parti les Deux Ans a parlé."),
        ("Radio Lundi", "Radio Lundi l’a dit."),
        ("Conseil de l'an 2000", "Le Conseil de l’an 2000 siège."),
    ],
)
def test_recorded_names_may_hold_numbers_and_days(name: str, body: str) -> None:
    explainer = with_body(body)
    term = explainer.terms["line_7"]
    named = replace(term, texts={**term.texts, "fr": replace(term.texts["fr"], term=text(name))})
    recorded = replace(explainer, terms={**explainer.terms, "line_7": named})
    assert found_in(said_by(naked_figures, recorded)) == []
    assert found_in(said_by(naked_figures, explainer)) != []


def test_a_longer_number_is_not_a_recorded_name() -> None:
    assert [p.split(" typed")[0] for p in found("La Ligne 78.")] == ['1:10: "78"']


def test_titles_and_yaml_texts_are_prose_too() -> None:
    explainer = toy()
    event = explainer.events["census"]
    counted = replace(event, summary={**event.summary, "fr": text("Le 8 mars, lundi")})
    problems = problems_in(replace(explainer, events={"census": counted}))
    assert [problem.rule for problem in problems] == [RULE, WEEKDAY_RULE]


def test_numbers_beside_each_other_are_two() -> None:
    assert [p.split(" typed")[0] for p in found("En 2015, 3 voix")] == ['1:4: "2015"', '1:10: "3"']


@pytest.mark.parametrize("piece", ["deux ", "1 ", "1, ", "2018 juillet ", "deux-"])
def test_long_texts_are_read_to_their_end(piece: str) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    value = piece * (60_000 // len(piece)) + ". En 2015."
    assert found(value)[-1].startswith(f'1:{value.index("2015.") + 1}: "2015" typed in prose')


def test_many_figures_are_looked_up_at_once() -> None:
    explainer = with_body("12 mots. " * 3000)
    figures = {f"f{n}": toy().figures["delay"] for n in range(3000)}
    assert len(found_in(said_by(naked_figures, replace(explainer, figures=figures)))) == 3000


def offered(body: str) -> list[str]:
    """The entries offered for what is typed in a section in French."""
    found = said_by(naked_figures, with_body(body))
    return [problem.entry for problem in found if problem.place.path == "f"]


def test_the_finished_entry_is_offered() -> None:
    assert offered("Plus de 70 km de digues, et 2 millions.") == [
        (
            "facts/figures.yml:\n"
            '  - id: "kilometre_digues"\n'
            '    label: { fr: "…", en: "…" }\n'
            '    value: ">70 kilometre"\n'
            '    as_of: "2019-03-15"\n'
            '    source: "SOURCE …: …"'
        ),
        (
            "facts/figures.yml:\n"
            '  - id: "figure"\n'
            '    label: { fr: "…", en: "…" }\n'
            '    value: "2000000 …"\n'
            '    as_of: "2019-03-15"\n'
            '    source: "SOURCE …: …"'
        ),
    ]


def test_no_entry_is_offered_where_a_fact_says_it() -> None:
    assert offered("Il y eut 900 traversées.") == [""]


def test_an_entry_stands_below_its_message() -> None:
    (problem,) = problems_in(with_body("Le 3 mai 1987."))
    assert str(problem).splitlines()[1:] == [
        "    facts/events.yml:",
        '      - id: "on_1987_05_03"',
        '        label: { fr: "…", en: "…" }',
        '        date: "1987-05-03"',
        '        kind: "…"',
        '        summary: { fr: "…", en: "…" }',
        '        source: "SOURCE …: …"',
    ]


def test_a_draft_of_it_is_named(tmp_path: Path) -> None:
    content = with_drafts(tmp_path)
    change(content, "sections/fr/closing.md", "ont manifesté.", "ont vu plus de 1 200 personnes.")
    assert [line.partition(": ")[2] for line in said(content, "naked-figure")] == [
        (
            '"1 200" typed in prose; accept the draft of it (`reperes propose --accept walkers`) '
            'and cite that ("{{ walkers }}")'
        )
    ]


def test_entries_are_offered_for_the_first_numbers_alone() -> None:
    body = " ".join(f"Il y a {number} 000 choses." for number in range(301, 330))
    assert [entry != "" for entry in offered(body)] == [True] * 10 + [False] * 19
