"""Recorded words found in prose, inflected as the language does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.language.lexicon import lexicon
from reperes.language.word_forms import WordForms

FORMS = ("OSDH", "raid", "raid aérien", "cessez-le-feu", "huis clos", "signal", "US", "l’eau")
FRENCH = (*lexicon("fr").plurals, *lexicon("fr").feminines)


def found(text: str) -> list[str]:
    forms = WordForms([(form, form) for form in FORMS], FRENCH)
    return [text[start:end] for start, end, _ in forms.find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l’OSDH et d'OSDH", ["OSDH", "OSDH"]),
        ("Les Raids aériens, un raid", ["Raids aériens", "raid"]),
        ("raid\naérien, raid\u00a0aérien", ["raid\naérien", "raid\u00a0aérien"]),
        ("Cessez-le-feu", ["Cessez-le-feu"]),
        ("cessez le feu", []),
        ("des signaux, un signal", ["signaux", "signal"]),
        ("les us des US", ["US"]),
        ("l'eau, l’eau", ["l'eau", "l’eau"]),
        ("braids, raidir, osdh", []),
        ("_raid_ **OSDH**", ["raid", "OSDH"]),
        ("", []),
    ],
)
def test_whole_words_with_regular_endings(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    ("form", "text"), [("strike", "strikes"), ("body", "bodies"), ("NGO", "NGOs"), ("crisis", "")]
)
def test_english_plurals(form: str, text: str) -> None:
    forms = WordForms([(form, 1)], lexicon("en").plurals)
    assert [text[start:end] for start, end, _ in forms.find(text)] == ([text] if text else [])


def test_a_form_of_several_things_names_them_all() -> None:
    forms = WordForms([("Jordanie", "actor"), ("Jordanie", "place")])
    assert [keys for _, _, keys in forms.find("Jordanie")] == [{"actor", "place"}]


@given(st.lists(st.sampled_from(["raid", "aérien", "-", " ", "’", "l", "eau", "s", "é"])))
def test_what_is_found_is_in_order_and_never_overlaps(parts: list[str]) -> None:
    text = "".join(parts)
    forms = WordForms([(form, form) for form in FORMS], FRENCH)
    ends = [0]
    for start, end, _ in forms.find(text):
        assert ends[-1] <= start < end
        ends.append(end)
