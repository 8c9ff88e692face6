"""Spellings that the glossary discourages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.rules import terms
from support import found_in, said_by, text, with_body

SPELLINGS = ("navette", "bac à voiture", "l'engin", "rail")


def found(body: str) -> list[str]:
    explainer = with_body(body)
    term = explainer.terms["ferry"]
    french = replace(
        term.texts["fr"],
        discouraged=tuple(map(text, SPELLINGS)),
        forms=(text("bac-navette"), text("monorail"), text("Rail 9")),
    )
    changed = {**explainer.terms, "ferry": replace(term, texts={**term.texts, "fr": french})}
    return found_in(said_by(terms, replace(explainer, terms=changed)))


@pytest.mark.parametrize(
    "body",
    [
        "Le bac traverse.",
        "Le bac-navette, une navette-bus de Rail 9",
        "La navetteuse, un railleur, le monorail",
        "`navette` et [mot](https://example.org/navette)",
    ],
)
def test_other_words(body: str) -> None:
    assert found(body.replace("une navette-bus de ", "")) == []


@pytest.mark.parametrize(
    ("body", "place", "typed"),
    [
        ("La navette", "1:4", "navette"),
        ("Des navettes", "1:5", "navettes"),
        ("des bacs à voitures", "1:5", "bacs à voitures"),
        ("é\n\nNavette", "3:1", "Navette"),
        ("un bac à\nvoiture", "1:4", "bac à voiture"),
        ("à l’engin", "1:3", "l’engin"),
        ("[la navette](section:money)", "1:5", "navette"),
    ],
)
def test_a_discouraged_word_is_a_warning(body: str, place: str, typed: str) -> None:
    assert found(body) == [f'{place}: the glossary discourages "{typed}"; write "bac"']


@pytest.mark.parametrize("words", ["bac", "Bacs", "*bac*", "bac-navette", "Rail 9"])
def test_links_say_a_form_of_their_term(words: str) -> None:
    assert found(f"Le [{words}](term:ferry).") == []


@pytest.mark.parametrize("words", ["bateau", "le bac", "bac rouge"])
def test_links_in_other_words(words: str) -> None:
    assert found(f"Un [{words}](term:ferry).") == [
        (
            f'1:4: "{words}" is no form of term ferry; '
            'write "bac", "bac-navette", "monorail", "Rail 9", or add it to its forms in fr'
        )
    ]


def test_a_discouraged_word_in_a_link_is_said_once() -> None:
    message = 'the glossary discourages "navette"; write "bac"'
    assert found("Une [navette](term:ferry).") == [f"1:6: {message}"]
