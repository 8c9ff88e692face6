"""The gates together: which waivers cover which problems."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes import rules
from reperes.model.site import Waiver
from reperes.text.problems import Problem
from support import text, with_body


def problems_with(waiver: tuple[str, str], body: str) -> list[Problem]:
    """What the rules find in a section with one waiver."""
    explainer = with_body(body)
    typed = Waiver(rule=text(waiver[0], 9), text=text(waiver[1]), reason=text("because"))
    body_text = text(body, 10)
    old = explainer.sections["fr"]["money"]
    # As an original, for a translation would be held to the words of its own.
    section = replace(old, body=body_text, waivers=(typed,), original=None)
    sections = {**explainer.sections, "fr": {"money": section}}
    found = rules.check(replace(explainer, sections=sections))
    return [p for p in found if p.place.path == "f" and p.rule not in ("parity", "stale")]


@pytest.mark.parametrize(
    ("rule", "words", "body"),
    [
        ("naked-figure", "3 voix", "Ici, 3 voix s’élèvent."),
        ("naked-figure", "les 3 voix", "Ici, les 3 voix s’élèvent."),
        ("weekday", "Lundi", "Le journal Lundi paraît."),
        ("insertion", "de {{ crossings }}", "de {{ crossings }} départs"),
        ("unit", "{{ crossings }}", "Il y en a {{ crossings }}."),
        ("attribution", "{{ delay.words }}", "{{ delay.words }} ans"),
        ("term", "navette", "La navette."),
    ],
)
def test_a_waiver_covers_the_problem_at_its_words(rule: str, words: str, body: str) -> None:
    assert problems_with((rule, words), body) == []


@pytest.mark.parametrize(
    ("rule", "words", "body", "left"),
    [
        ("naked-figure", "3 voix", "En 2015, 3 voix s’élèvent.", ["naked-figure"]),
        ("naked-figure", "3 voix", "3 voix, puis 4 voix.", ["naked-figure"]),
        ("naked-figure", "3 voix", "Ici, 3\u00a0voix.", ["naked-figure", "waiver"]),
        ("weekday", "3 voix", "Ici, 3 voix.", ["naked-figure", "waiver"]),
        ("naked-figure", "3 voix", "Rien.", ["waiver"]),
    ],
)
def test_a_waiver_covers_nothing_else(rule: str, words: str, body: str, left: list[str]) -> None:
    assert sorted(problem.rule for problem in problems_with((rule, words), body)) == left


def test_a_waiver_outside_the_body_covers_what_the_message_quotes() -> None:
    explainer = with_body("Rien.")
    waiver = Waiver(rule=text("naked-figure"), text=text("24 heures"), reason=text("a name"))
    section = replace(
        explainer.sections["fr"]["money"],
        title=text("Aux 24 heures", 2),
        body=text("Rien.", 10),
        waivers=(waiver,),
    )
    sections = {**explainer.sections, "fr": {"money": section}}
    found = rules.check(replace(explainer, sections=sections))
    assert [p.rule for p in found if p.place.path == "f" and p.rule == "naked-figure"] == []


def test_a_waiver_that_is_of_no_use_says_so() -> None:
    (problem,) = problems_with(("naked-figure", "3 voix"), "Rien.")
    assert str(problem) == (
        'f:9:1: warning: waivers: nothing to waive at "3 voix"; remove the waiver [waiver]'
    )
