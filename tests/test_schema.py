"""What each kind of entry must hold, and what only shows when several keys are read together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reperes.model.documents import Folder
from reperes.model.entries import Entry
from reperes.model.reading import (
    duplicate_ids,
    read_entries,
    read_languages,
    read_section,
    read_site,
)
from reperes.model.schema import KINDS
from reperes.model.shapes import Reader, RejectedError
from reperes.model.vocabulary import read_vocabulary
from reperes.model.yaml_values import parse_yaml
from reperes.text.problems import Text
from support import TOY, toy

BY_NOUN = {kind.noun: kind for kind in KINDS}


def read(noun: str, yaml: str) -> tuple[list[Entry], list[Text | None], list[str]]:
    reader = Reader(("fr", "en"))
    read_vocabulary(Folder(TOY), reader)
    entries, ids = read_entries(parse_yaml(yaml, "f"), BY_NOUN[noun], reader)
    return entries, ids, [f"{p.place.line}:{p.place.column}: {p.message}" for p in reader.problems]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
def test_every_kind_of_entry_of_the_toy_explainer_is_read(kind: object) -> None:
    noun = next(name for name, known in BY_NOUN.items() if known is kind)
    typed = (TOY / BY_NOUN[noun].path).read_text("utf-8")
    entries, ids, problems = read(noun, typed)
    assert [entry.id for entry in entries] == ids
    assert len(ids) == typed.count("\n  - id: ") > 0
    assert problems == []


def test_numbers_dates_and_lists_are_typed() -> None:
    figure = toy().figures["repair_cost"]
    assert (figure.low, figure.high) == (Decimal(200000), Decimal(250000))
    assert figure.attributed_to == ("users",)
    assert [pin.locator and pin.locator.paragraphs for pin in figure.pins] == [(4,)]
    assert figure.as_of.iso == "2019-03-15"
    assert figure.key is True


def test_one_number_is_both_ends() -> None:
    assert toy().figures["crossings"].low == toy().figures["crossings"].high == 900


def test_derivations_name_the_word_they_start_from() -> None:
    derived = toy().events["announcement"].derived
    assert derived is not None
    assert derived.anchor == "jeudi"
    assert derived.reason["en"] == "The Thursday before publication."


def test_absent_lists_are_empty() -> None:
    actor = toy().actors["mayor"]
    assert actor.names["fr"].accepted == ()
    assert actor.names["fr"].display == "Ada Brunel"
    assert toy().terms["line_7"].see_also == ()


def test_ids_that_cannot_be_made_out_are_none() -> None:
    yaml = 'corrections:\n  - id: "a"\n  - day: "x"\n  - id: "B"\n  - "c"\n'
    entries, ids, _ = read("correction", yaml)
    assert entries == []
    assert ids == ["a", None, None, None]


def test_entries_without_an_id_are_counted() -> None:
    _, _, problems = read("correction", 'corrections:\n  - "a"\n  - "b"\n')
    assert [problem.split(":")[2] for problem in problems] == [
        " correction number 1",
        " correction number 2",
    ]


def test_an_entry_that_is_refused_does_not_hide_the_next_one() -> None:
    typed = (TOY / "facts/figures.yml").read_text("utf-8")
    entries, ids, problems = read("figure", typed.replace('bound: "about"', 'bound: "abot"', 1))
    assert len(entries) == len(ids) - 1
    assert len(problems) == 1


@pytest.mark.parametrize("yaml", ["x: y\n", 'corrections: ""\n', "corrections: []\n"])
def test_a_file_may_hold_no_entries(yaml: str) -> None:
    assert read("correction", yaml)[:2] == ([], [])


def test_a_list_that_is_none() -> None:
    _, _, problems = read("correction", 'corrections: "a"\n')
    assert problems == ['1:15: expected a list under "corrections"']


def test_the_second_of_two_ids_is_reported_with_the_first_ones_place() -> None:
    (_, ids, _) = read("correction", 'corrections:\n  - id: "a"\n  - id: "b"\n  - id: "a"\n')
    (problem,) = duplicate_ids([entry_id for entry_id in ids if entry_id], "correction")
    assert str(problem) == (
        'f:4:10: error: correction id "a" is taken (by f:2:10); choose another [shape]'
    )


def test_languages_are_read_before_all_else() -> None:
    table = parse_yaml((TOY / "site.yml").read_text("utf-8"), "f")
    assert read_languages(table, Reader(())) == ("fr", "en")


def test_languages_that_cannot_be_read_are_reported_once() -> None:
    reader = Reader(())
    with pytest.raises(RejectedError):
        read_languages(parse_yaml('languages:\n  - code: "FR"\n', "f"), reader)
    assert [problem.message.split(": ")[-1] for problem in reader.problems] == [
        'expected a language code, such as "fr", found "FR"',
        ["write it", 'such as "fr_FR"'][-1],
        "its name in that language",
    ]


def test_a_site_without_sides_or_topics() -> None:
    yaml = (TOY / "site.yml").read_text("utf-8").split("sides:")[0]
    site = read_site(parse_yaml(yaml, "f"), Reader(("fr", "en")))
    assert (site.sides, site.topics, site.archived) == ((), (), False)


def test_a_section_keeps_its_path_language_and_waivers() -> None:
    section = toy().sections["en"]["closure"]
    assert section.path.endswith("toy_explainer/sections/en/closure.md")
    assert (section.language, section.original) == ("en", "fr")
    assert [waiver.text for waiver in section.waivers] == ["3 voix"]


def test_an_unknown_key_refuses_a_section() -> None:
    table = parse_yaml('title: "a"\nid: "b"\nsummary: "c"\nsumary: "d"\n', "f")
    reader = Reader(("fr", "en"))
    with pytest.raises(RejectedError):
        read_section(table, toy().sections["fr"]["money"].body, "fr", reader)
    assert [p.message for p in reader.problems] == ['unknown key "sumary"; did you mean "summary"?']
