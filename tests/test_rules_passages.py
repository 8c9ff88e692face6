"""The texts that rules on prose look at, and what of them a reader sees as words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.lexicon import lexicon
from reperes.rules.passages import (
    name_pattern,
    passages_of,
    passages_of_yaml,
    recorded_names,
    visible_words,
)
from support import examples, text, toy


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("un [mot](term:ferry) dit", f"un [mot{13 * ' '} dit"),
        ("a `12` b", "a      b"),
        ("<https://example.org/1> et mailto:a1@b.c", f"{23 * ' '} et {13 * ' '}"),
        ("## Titre {#part-2}", "## Titre          "),
        ("voir [^12] 3", "voir       3"),
        ("  1. un\n2) deux", "     un\n   deux"),
        ("{{ 1 + 2 }}", " " * 11),
    ],
)
def test_what_a_reader_sees_as_words(typed: str, words: str) -> None:
    assert visible_words(text(typed)) == words


def test_placeholders_keep_their_neighbours_apart() -> None:
    assert visible_words(text("deux {{ a }} ans")) == f"deux {chr(0) * 7} ans"


@given(st.text(alphabet="a1 {}[]()`#^<>:.\n~é") | st.text())
@examples(40)
def test_words_keep_their_offsets(typed: str) -> None:
    words = visible_words(text(typed))
    assert len(words) == len(typed)
    assert all(a in (b, " ", "\x00") for a, b in zip(words, typed, strict=True))


def test_sections_and_sentences_of_facts_are_prose() -> None:
    found = {
        str(passage.text) for passage in (*passages_of(toy(), "money"), *passages_of_yaml(toy()))
    }
    assert "Qui paierait" in found
    assert "La compagnie annonce la fin du service." in found
    assert "Délai demandé" in found
    assert "Bateau qui traverse toujours la même eau, d’une rive à l’autre." in found


def test_names_corrections_and_derivations_are_not() -> None:
    found = {str(passage.text) for passage in passages_of_yaml(toy())}
    assert not found & {"Ligne 7", "12 000 passagers", "Le jeudi qui précède la parution."}


def test_every_recorded_spelling_is_a_name() -> None:
    names = recorded_names(toy(), "fr")
    assert {"Association des usagers", "association", "Île de Sel", "bacs", "bac"} <= set(names)


@pytest.mark.parametrize(
    ("names", "typed", "found"),
    [
        (["un", "un deux"], "un deux un", ["un deux", "un"]),
        (["l’an 2"], "L'AN\n2", ["L'AN\n2"]),
        (["a.b"], "a.b axb", ["a.b"]),
        (["un"], "aucun unité -un", []),
        ([], "", []),
    ],
)
def test_names_are_found_as_whole_words(names: list[str], typed: str, found: list[str]) -> None:
    pattern = name_pattern(names)
    assert (re.findall(pattern, typed) if pattern else []) == found


def test_a_language_without_a_lexicon_has_no_words() -> None:
    unknown = lexicon("xx")
    assert (unknown.number_words, unknown.elided, unknown.vowels) == ((), {}, "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lexicons_hold_small_letters_alone(language: str) -> None:
    words = lexicon(language)
    every = [*words.number_words, *words.relative_days, *words.day_words, *words.elided]
    assert every == [word.lower() for word in every]
