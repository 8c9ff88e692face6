"""Terms that a translation calls otherwise than agreed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.model.baselines import Baseline
from reperes.model.explainer import Explainer
from reperes.model.references import marks_in
from reperes.model.site import Section
from reperes.rules import agreed_words
from reperes.text.problems import Text
from reperes.translation.rows import section_rows
from reperes.translation.stamping import stamped_units
from support import said_by, text, toy


def found(
    french: str, english: str, before: tuple[str, str] | None = None, stamped: bool = True
) -> list[str]:
    """What is said of a section written in French; lines 1 of `fr` and `en` are their first.

    It was stamped as it is, or as it was `before`, if it was.
    """
    changed = explainer_with(french, english)
    if stamped:
        old = explainer_with(*(before or (french, english)))
        pair = (old.sections[language]["overview"] for language in ("fr", "en"))
        baselines = {**changed.baselines, ("en", "overview"): baseline_of(*pair)}
    else:
        baselines = {key: x for key, x in changed.baselines.items() if key != ("en", "overview")}
    changed = replace(changed, baselines=baselines)
    problems = [
        problem for problem in said_by(agreed_words, changed) if problem.place.path in ("fr", "en")
    ]
    assert all(problem.rule == "term" and not problem.is_error for problem in problems)
    return [f"{problem.place}: {problem.message}" for problem in problems]


def baseline_of(original: Section, translation: Section) -> Baseline:
    return Baseline(tuple(stamped_units(section_rows(original, translation, None))))


def explainer_with(french: str, english: str) -> Explainer:
    """The toy explainer with an introduction of its own."""
    explainer = toy()
    sections, marks = dict(explainer.sections), dict(explainer.marks)
    for language, body in (("fr", french), ("en", english)):
        typed = in_file(body, language)
        old = explainer.sections[language]["overview"]
        new = replace(old, body=typed, title=in_file("T", language), summary=in_file("S", language))
        sections[language] = {**sections[language], "overview": new}
        marks[language, "overview"] = tuple(marks_in(typed))
    return replace(explainer, sections=sections, marks=marks)


def in_file(body: str, language: str) -> Text:
    typed = text(body)
    typed.place = typed.place._replace(path=language)
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


def test_what_the_original_changed_waits_for_its_translator() -> None:
    assert found("Le bac.", "A boat.", ("Un navire.", "A boat.")) == []
    assert found("Le bac.", "A boat.", ("Un navire.", "A ship.")) == []
    assert found("Oui.\n\nLe bac.", "Yes.\n\nA boat.", ("Oui.", "Yes.")) == []


def test_what_the_translation_alone_changed_does_not_wait() -> None:
    assert len(found("Le bac.", "A boat.", ("Le bac.", "A ferry."))) == 1


def test_what_was_never_stamped_is_compared() -> None:
    assert len(found("Le bac.", "A boat.", stamped=False)) == 1
    assert found("Le bac.\n\nIl part.", "It leaves.\n\nYes.\n\nThe ferry.", stamped=False) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le bac.\n\nUne mairie.", "The town hall.\n\nA ferry."),
        ("Une mairie.\n\nLe bac.\n\nOui.", "A ferry.\n\nYes.\n\nThe town hall."),
    ],
)
def test_paragraphs_may_stand_in_another_order(french: str, english: str) -> None:
    before = "Le bac.\n\nUne mairie.\n\nOui.", "A ferry.\n\nThe town hall.\n\nYes."
    moved = ("Le bac.\n\nUne mairie.", "A ferry.\n\nThe town hall.")
    assert found(french, english, before if "Oui" in french else moved) == []


def test_texts_of_yaml_are_compared_too() -> None:
    explainer = toy()
    place = explainer.places["port_clair"]
    assert place.note is not None
    note = {"fr": Text("Un bac.", place.note["fr"].place), "en": in_file("A boat.", "en")}
    places = {**explainer.places, "port_clair": replace(place, note=note)}
    changed = replace(explainer, places=places, baselines={})
    (problem,) = said_by(agreed_words, changed)
    assert problem.message.startswith("no agreed form of term ferry here")


def test_nothing_is_said_while_some_names_are_unknown() -> None:
    explainer = toy()
    place = explainer.places["port_clair"]
    assert place.note is not None
    note = {**place.note, "en": in_file("A boat.", "en")}
    places = {**explainer.places, "port_clair": replace(place, note=note)}
    changed = replace(explainer, places=places, baselines={}, whole=False)
    assert list(said_by(agreed_words, changed)) == []
