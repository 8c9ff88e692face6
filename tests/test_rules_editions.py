"""What was published and says something else now asks for a correction, which is ready to paste."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reperes.rules.checking import check
from reperes.text.problems import Problem
from reperes.tools.releasing import release
from support import TOY
from support_commands import change, write_content

FIGURES, EVENTS, CLAIMS = "facts/figures.yml", "facts/events.yml", "facts/claims.yml"
CORRECTIONS = "corrections.yml"

ENTRY = """\
  - id: "protesters_{number}"
    day: "2021-03-15"
    kind: "correction"
    target: "protesters"
    edition: "{edition}"
    before:
      fr: "{before} personnes"
      en: "{before} people"
    after:
      fr: "{after} personnes"
      en: "{after} people"
    reason:
      fr: "Erreur de lecture."
      en: "Misread."
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    content = write_content(tmp_path)
    release(content, "2021-03-14")
    return content


def found(content: Path) -> list[Problem]:
    """What the rule says, with plain spaces for those that no line ends at."""
    return [
        replace(
            problem, message=" ".join(problem.message.split()), entry=plain_spaces(problem.entry)
        )
        for problem in check(content)[1]
        if problem.rule == "edition"
    ]


def plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def said(content: Path) -> list[str]:
    return [str(problem).split("\n")[0] for problem in found(content)]


def add(content: Path, entry: str) -> None:
    path = content / CORRECTIONS
    path.write_text(path.read_text("utf-8") + entry, "utf-8")


def corrected(number: int, edition: str, before: str, after: str) -> str:
    entry = ENTRY.format(number=number, edition=edition, before=before, after=after)
    return entry if edition else entry.replace('    edition: ""\n', "")


def range_to(content: Path, old: str, new: str) -> None:
    change(content, FIGURES, f'high: "{old}"', f'high: "{new}"')


def test_what_was_released_asks_for_nothing(content: Path) -> None:
    assert said(content) == []


CHANGES = [
    (
        (FIGURES, 'high: "300"', 'high: "400"'),
        (
            'figures.yml:2:10: error: figure protesters: value changed since edition 1: "200 à 300'
            ' personnes" there, "200 à 400 personnes" now;'
        ),
    ),
    (
        (FIGURES, 'as_of: "2021-03-10"', 'as_of: "2021-03-11"'),
        'protesters: day changed since edition 1: "10 mars 2021" there, "11 mars 2021" now;',
    ),
    (
        (FIGURES, '- "town"', '- "gazette"'),
        'author changed since edition 1: "selon la mairie" there, "selon la Gazette" now;',
    ),
    (
        (FIGURES, 'en: "Protesters"', 'en: "Demonstrators"'),
        'label changed since edition 1: "Protesters" there, "Demonstrators" now;',
    ),
    (
        (EVENTS, 'date: "2021-03-10"', 'date: "2021-03"'),
        'event closure: day changed since edition 1: "10 mars 2021" there, "mars 2021" now;',
    ),
    (
        (EVENTS, 'place: "villeneuve"', ""),
        'event closure: place changed since edition 1: "Villeneuve" there, nothing now;',
    ),
    (
        (CLAIMS, 'act: "asks"', 'act: "demands"'),
        'claim wants_footbridge: act changed since edition 1: "demande" there, "exige" now;',
    ),
    (
        (CLAIMS, "La mairie veut une", "La mairie exige une"),
        (
            'text changed since edition 1: "La mairie veut une passerelle depuis 10 mars 2021."'
            ' there, "La mairie exige une passerelle depuis 10 mars 2021." now;'
        ),
    ),
    (
        (CLAIMS, 'actor: "town"', 'actor: "gazette"'),
        'actor changed since edition 1: "la mairie" there, "La Gazette" now;',
    ),
]


@pytest.mark.parametrize(("edit", "message"), CHANGES, ids=[edit[1] for edit, _ in CHANGES])
def test_what_says_something_else_is_asked_for(
    content: Path, edit: tuple[str, str, str], message: str
) -> None:
    change(content, *edit)
    (line,) = said(content)
    assert message in line
    assert line.endswith("take it back, or add to corrections.yml, with the reason [edition]")


@pytest.mark.parametrize(
    "edit",
    [
        (FIGURES, "Entre 200 et 300 riverains", "Entre 200 et 300"),
        (FIGURES, 'fr: "Manifestants"', 'fr:  "Manifestants "'),
        (EVENTS, "Le mercredi de la parution.", "Un mercredi."),
        (EVENTS, 'kind: "other"', 'kind: "other"\n    editor_note: "Look again."'),
        ("sections/fr/closing.md", "ont manifesté", "ont défilé"),
        ("glossary.yml", "Pont étroit", "Petit pont"),
        ("actors.yml", "Elle gère le pont.", "Elle s’occupe du pont."),
    ],
)
def test_what_tells_readers_nothing_else_is_not(content: Path, edit: tuple[str, str, str]) -> None:
    change(content, *edit)
    assert said(content) == []


def test_what_is_new_asks_for_nothing(content: Path) -> None:
    path = content / FIGURES
    entry = path.read_text("utf-8").partition("figures:\n")[2].replace("protesters", "marchers")
    path.write_text(path.read_text("utf-8") + entry, "utf-8")
    assert said(content) == []


def test_the_correction_is_finished_but_for_its_reason(content: Path) -> None:
    range_to(content, "300", "400")
    (problem,) = found(content)
    assert problem.entry == (
        '  - id: "protesters_1"\n    day: "2021-03-14"\n    kind: "correction"\n'
        '    target: "protesters"\n    edition: "1"\n'
        '    before:\n      fr: "200 à 300 personnes"\n      en: "200 to 300 people"\n'
        '    after:\n      fr: "200 à 400 personnes"\n      en: "200 to 400 people"\n'
        '    reason:\n      fr: "…"\n      en: "…"\n'
    )
    add(content, problem.entry)
    assert [line.partition(": error: ")[2] for line in said(content)] == [
        "correction protesters_1: reason: fr: no reason yet; tell readers why [edition]",
        "correction protesters_1: reason: en: no reason yet; tell readers why [edition]",
    ]
    path = content / CORRECTIONS
    path.write_text(path.read_text("utf-8").replace('"…"', '"Erreur."'), "utf-8")
    assert said(content) == []


def test_a_later_number_of_a_later_day_is_an_update(content: Path) -> None:
    range_to(content, "300", "400")
    change(content, FIGURES, 'as_of: "2021-03-10"', 'as_of: "2021-03-12"')
    (problem,) = found(content)
    assert 'kind: "update"' in problem.entry
    assert 'en: "200 to 300 people, 10 March 2021"' in problem.entry


def test_other_words_alone_are_a_clarification(content: Path) -> None:
    change(content, FIGURES, 'en: "Protesters"', 'en: "Demonstrators"')
    assert 'kind: "clarification"' in found(content)[0].entry


def test_a_correction_that_tells_of_another_day_is_noticed(content: Path) -> None:
    change(content, EVENTS, 'date: "2021-03-10"', 'date: "2021-03-11"')
    (problem,) = found(content)
    add(content, problem.entry.replace('"…"', '"Relu."'))
    assert said(content) == []
    change(content, EVENTS, 'date: "2021-03-11"', 'date: "2021-03-12"')
    assert [line.partition(": error: ")[2] for line in said(content)] == [
        (
            f"correction closure_2: after: {language}: does not say 12, and closure says"
            f' "{day}" now; write it [edition]'
        )
        for language, day in (("fr", "12 mars 2021"), ("en", "12 March 2021"))
    ]
    # What is the same as before need not be said again.
    change(content, CORRECTIONS, '"11 mars 2021"', '"le 12"')
    change(content, CORRECTIONS, '"11 March 2021"', '"the 12"')
    assert said(content) == []


def test_a_correction_that_was_overtaken_is_noticed(content: Path) -> None:
    range_to(content, "300", "400")
    add(content, corrected(1, "1", "200 à 300", "200 à 400"))
    assert said(content) == []
    range_to(content, "400", "500")
    assert [line.partition(": error: ")[2] for line in said(content)] == [
        (
            'correction protesters_1: after: fr: does not say 500, and protesters says "200 à 500'
            ' personnes" now; write it [edition]'
        ),
        (
            'correction protesters_1: after: en: does not say 500, and protesters says "200 to 500'
            ' people" now; write it [edition]'
        ),
    ]


def test_a_value_that_came_back_before_a_release_needs_no_correction(content: Path) -> None:
    range_to(content, "300", "400")
    add(content, corrected(1, "1", "200 à 300", "200 à 400"))
    range_to(content, "400", "300")
    (line,) = said(content)
    assert "warning: correction protesters_1: protesters says what it said in edition 1; " in line
    assert "remove the correction, or change the fact" in line


def test_a_value_that_came_back_after_one_needs_another(content: Path) -> None:
    range_to(content, "300", "400")
    add(content, corrected(1, "1", "200 à 300", "200 à 400"))
    release(content, "2021-03-15")
    assert said(content) == []
    range_to(content, "400", "300")
    (problem,) = found(content)
    assert '"200 à 400 personnes" there, "200 à 300 personnes" now' in problem.message
    assert 'id: "protesters_2"' in problem.entry
    assert 'edition: "2"' in problem.entry
    add(content, corrected(2, "2", "200 à 400", "200 à 300"))
    assert said(content) == []


def test_a_correction_names_its_edition(content: Path) -> None:
    range_to(content, "300", "400")
    add(content, corrected(1, "", "200 à 300", "200 à 400"))
    assert any(
        'correction protesters_1 names no edition; write edition: "1", the one that said what it'
        " corrects [edition]" in line
        for line in said(content)
    )


def test_a_correction_from_before_the_first_edition_names_none(content: Path) -> None:
    assert "edition" not in (content / CORRECTIONS).read_text("utf-8")
    assert said(content) == []


def test_a_correction_names_an_edition_that_was_released(content: Path) -> None:
    range_to(content, "300", "400")
    add(content, corrected(1, "4", "200 à 300", "200 à 400"))
    assert any(
        "correction protesters_1: there is no edition 4; write one that was released (1), or"
        " remove it [edition]" in line
        for line in said(content)
    )


def test_a_correction_is_no_older_than_its_edition(content: Path) -> None:
    range_to(content, "300", "400")
    add(content, corrected(1, "1", "200 à 300", "200 à 400").replace("03-15", "03-13"))
    assert said(content) == [
        (
            "content/corrections.yml:19:15: error: correction protesters_1: is of 2021-03-13,"
            " before edition 1 (2021-03-14); write another day, or edition [edition]"
        )
    ]


def test_an_edition_is_a_number(content: Path) -> None:
    add(content, corrected(1, "first", "200 à 300", "200 à 400"))
    problems = [str(problem) for problem in check(content)[1]]
    assert any(
        'correction protesters_1: edition: expected the number of an edition, such as "1", found'
        ' "first"' in line
        for line in problems
    )


def test_an_id_does_not_change_its_kind(content: Path) -> None:
    figures, events = content / FIGURES, content / EVENTS
    events.write_text(events.read_text("utf-8").replace("closure", "protesters"), "utf-8")
    figures.unlink()
    lines = said(content)
    assert any(
        "event protesters: its id was that of a figure in edition 1, and links to that would lead"
        " here; give this event another id, and say in gone.yml what became of the figure" in line
        for line in lines
    )


def test_what_was_said_in_a_language_that_is_none_of_the_site_s_is_published_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    content = Path(shutil.copytree(TOY, tmp_path / "content"))
    release(content, "2019-03-17")
    change(content, "facts/quotations.yml", "لنا جميعا", "لنا")
    (problem,) = found(content)
    assert problem.message.startswith(
        'quotation banner: original_words changed since edition 1: "الجزيرة لنا جميعا" there,'
        ' "الجزيرة لنا" now;'
    )
    assert 'kind: "clarification"' in problem.entry
    add(content, problem.entry.replace('"…"', '"Relu."'))
    assert said(content) == []
