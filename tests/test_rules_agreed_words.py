"""Terms that a translation calls otherwise than agreed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import text, toy

from build_tools.problems import Text
from build_tools.references import find_marks
from build_tools.rules.agreed_words import check
from build_tools.translations import Age


def found(french: str, english: str, state: Age = Age("fresh")) -> list[str]:  # noqa: B008
    """What is said of a section written in French; lines 1 of `fr` and `en` are their first."""
    explainer = toy()
    sections, marks = dict(explainer.sections), dict(explainer.marks)
    for language, body in (("fr", french), ("en", english)):
        typed = in_file(body, language)
        old = explainer.sections[language]["overview"]
        new = replace(old, body=typed, title=in_file("T", language), summary=in_file("S", language))
        sections[language] = {**sections[language], "overview": new}
        marks[language, "overview"] = tuple(find_marks(typed)[0])
    ages = {**explainer.ages, ("en", "overview"): state}
    changed = replace(explainer, sections=sections, marks=marks, ages=ages)
    problems = [problem for problem in check(changed) if problem.place.path in ("fr", "en")]
    assert all(problem.rule == "term" and not problem.is_error for problem in problems)
    return [f"{problem.place}: {problem.message}" for problem in problems]


def in_file(body: str, language: str) -> Text:
    typed = text(body)
    typed.place = replace(typed.place, path=language)
    return typed


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le bac part. Les bacs aussi.", "Ferries leave."),
        ("Le [bac](term:ferry) part.", "The [boat](term:ferry) leaves."),
        ("{{ decline.by }}, oui. La Compagnie des bacs…", "{{ decline.by }}, yes."),
        ("La mairie paie.", "{{ delay.label }} and the town hall pay."),
        ("La Compagnie des bacs part.", "It leaves."),
        ("La Compagnie des bacs part.", "That Compagnie des bacs."),
        ("Le bac.\n\nIl part.\n\nOui.", "Yes.\n\nThe ferry leaves."),
        ("a\n\n## B {#b}\n\nbac\n\nc", "a\n\n## B {#b}\n\nferry, c"),
        ("`bac` et [mot](https://example.org/bac)", "nothing"),
        ("Le bac", "A shuttle"),
    ],
)
def test_texts_that_say_what_was_agreed(french: str, english: str) -> None:
    assert found(french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "message"),
    [
        (
            "Le bac part.",
            "The boat leaves.",
            (
                'en:1:1: no agreed form of term ferry here; write "ferry" or "ferries", '
                'or add one to its forms (the fr text says "bac" at fr:1:4)'
            ),
        ),
        (
            "Oui.\n\nLe [bac](term:ferry).",
            "Yes.\n\nIt.",
            (
                'en:3:1: no agreed form of term ferry here; write "ferry" or "ferries", '
                'or add one to its forms (the fr text says "bac" at fr:3:4)'
            ),
        ),
        (
            "Le bac part.",
            "The bac leaves.",
            (
                'en:1:5: "bac" is not what term ferry is called in en; write "ferry" or "ferries" '
                '(the fr text says "bac" at fr:1:4)'
            ),
        ),
        (
            "Une personne proche de la compagnie.",
            "One personne proche de la compagnie.",
            (
                'en:1:5: "personne proche de la compagnie" is not what actor insider is called in '
                'en; write "Person close to the company" (the fr text says "personne proche de la '
                'compagnie" at fr:1:5)'
            ),
        ),
    ],
)
def test_texts_that_do_not(french: str, english: str, message: str) -> None:
    assert found(french, english) == [message]


def test_what_is_stale_waits_for_its_translator() -> None:
    assert found("Le bac.", "A boat.", Age("stale", (1,))) == []
    assert len(found("Le bac.", "A boat.", Age("unstamped"))) == 1


def test_texts_of_yaml_are_compared_too() -> None:
    explainer = toy()
    place = explainer.places["port_clair"]
    assert place.note is not None
    note = {"fr": Text("Un bac.", place.note["fr"].place), "en": in_file("A boat.", "en")}
    places = {**explainer.places, "port_clair": replace(place, note=note)}
    changed = replace(explainer, places=places, baselines={})
    (problem,) = check(changed)
    assert problem.message.startswith("no agreed form of term ferry here")


def test_nothing_is_said_while_some_names_are_unknown() -> None:
    explainer = toy()
    place = explainer.places["port_clair"]
    assert place.note is not None
    note = {**place.note, "en": in_file("A boat.", "en")}
    places = {**explainer.places, "port_clair": replace(place, note=note)}
    changed = replace(explainer, places=places, baselines={}, whole=False)
    assert list(check(changed)) == []
