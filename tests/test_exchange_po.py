from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from reperes.exchange.po import read_po, write_po
from support import REAL, TOY
from support_exchange import TEXTS, batch_of, one, there_and_back, unit

HEAD = 'msgid ""\nmsgstr ""\n"Language: en_GB\\n"\n\n'


def read(text: str, folder: Path) -> tuple[list[str], list[str]]:
    """Contexts with targets, and problems with their lines."""
    path = folder / "x.po"
    path.write_text(text, "utf-8")
    units, problems = read_po(path)
    return (
        [f"{unit.context}={unit.target}" for unit in units],
        [f"{problem.place.line}: {problem.message}" for problem in problems],
    )


def test_a_stale_unit_is_fuzzy_with_its_previous_source() -> None:
    made = unit("Le pont a fermé.", "The bridge.", state="stale", previous="Le pont.")
    assert write_po(one(made)).decode().split("\n\n", 1)[1] == (
        "#. https://example.org/en/closing/\n"
        "#: sections/fr/closing.md:7\n"
        "#, fuzzy, md-text\n"
        '#| msgid "Le pont."\n'
        'msgctxt "sections/closing/422a9a98"\n'
        'msgid "Le pont a fermé."\n'
        'msgstr "The bridge."\n'
        "\n"
    )


def test_the_head_is_made_of_the_content() -> None:
    assert (
        write_po(one(unit("a")))
        .decode()
        .startswith(
            '#\nmsgid ""\nmsgstr ""\n'
            '"Project-Id-Version: The bridge\\n"\n'
            '"PO-Revision-Date: 2021-03-12 00:00+0000\\n"\n'
            '"Last-Translator: The editors\\n"\n'
            '"Language-Team: en\\n"\n'
            '"Language: en\\n"\n'
        )
    )


@given(TEXTS, TEXTS)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, a: str, b: str) -> None:
    returned = there_and_back(unit(a, b), "po", tmp_path_factory.getbasetemp())
    assert (returned.context, returned.source, returned.target) == (
        "sections/closing/422a9a98",
        a,
        b,
    )


@pytest.mark.parametrize("content", [TOY, REAL])
def test_real_units_come_back(content: Path, tmp_path: Path) -> None:
    made = batch_of(content)
    path = tmp_path / "x.po"
    path.write_bytes(write_po(made))
    units, problems = read_po(path)
    assert problems == []
    assert [(each.context, each.source, each.target) for each in units] == [
        (each.context, each.source, each.target) for each in made.units
    ]
    assert {each.language for each in units} == {"en"}


def test_a_broken_entry_costs_no_other(tmp_path: Path) -> None:
    text = (
        HEAD
        + 'msgctxt "a"\nmsgid "un"\nmsgstr "one"\n\n'
        + 'msgctxt "b"\nmsgid "deux\nmsgstr "two"\n\n'
        + 'msgctxt "c"\nmsgid "trois"\nmsgstr "three"\n'
    )
    assert read(text, tmp_path) == (
        ["a=one", "c=three"],
        ['10: not valid PO, from "msgid "deux" on; mend it, or export anew'],
    )


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    text = HEAD + 'msgctxt "a"\nmsgid "un"\nmsgstr "one"\n\nmsgctxt "b"\nmsgid "de'
    assert read(text, tmp_path) == (
        ["a=one"],
        ['10: not valid PO, from "msgid "de" on; mend it, or export anew'],
    )


def test_obsolete_entries_and_line_ends_of_windows(tmp_path: Path) -> None:
    text = HEAD + 'msgctxt "a"\nmsgid "un"\nmsgstr "one"\n\n#~ msgid "x"\n#~ msgstr "y"\n'
    assert read(text.replace("\n", "\r\n"), tmp_path) == (["a=one"], [])


def test_a_file_without_language(tmp_path: Path) -> None:
    assert read('msgctxt "a"\nmsgid "un"\nmsgstr "one"\n', tmp_path) == (
        [],
        ['1: no language in its head; write the line "Language: en\\n" (of the translation)'],
    )
