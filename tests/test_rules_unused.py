"""Entries that no reader would come across."""

from __future__ import annotations

from dataclasses import replace

from reperes.model.explainer import Explainer
from reperes.model.vocabulary import NO_WORDS
from reperes.rules import unused
from support import REAL, said_by, toy
from support_commands import explainer_of


def lost(explainer: Explainer) -> list[str]:
    return [problem.message.split(" is shown")[0] for problem in said_by(unused, explainer)]


def without_prose(**changes: object) -> Explainer:
    return replace(toy(), marks={}, **changes)  # type: ignore[arg-type]


def test_whatever_prose_cites_is_shown() -> None:
    assert lost(toy()) == []


def test_a_figure_that_is_neither_cited_nor_on_the_overview() -> None:
    assert [name for name in lost(without_prose()) if name.startswith("figure")] == [
        "figure crossings",
        "figure decline",
        "figure fare",
        "figure weekly_users",
        "figure carried",
        "figure halls_seats",
    ]


def test_what_to_do_is_said() -> None:
    messages = [problem.message for problem in said_by(unused, without_prose())]
    assert messages[0] == (
        'figure crossings is shown nowhere; cite it, or give it `key: "true"` '
        "to show it on the overview, or remove it"
    )
    assert (
        "term town_hall is shown nowhere; link it with [words](term:town_hall), or remove it"
        in (messages)
    )


def test_what_another_entry_names_is_shown() -> None:
    names = lost(without_prose())
    for shown in ("actor herald", "actor company", "place estuary", "term line_7", "term ferry"):
        assert shown not in names


def test_a_source_that_only_an_actor_rests_on_is_shown() -> None:
    facts = {"figures": {}, "events": {}, "claims": {}}
    assert "source courrier_article" not in lost(without_prose(**facts))


def test_a_source_that_nothing_rests_on() -> None:
    empty = {"figures": {}, "events": {}, "claims": {}, "actors": {}, "places": {}, "terms": {}}
    empty |= {"units": {}, "pictures": {}, "quotations": {}}
    assert lost(without_prose(**empty, vocabulary=NO_WORDS)) == [
        f"source {name}" for name in toy().sources
    ]


def test_a_unit_that_no_figure_has() -> None:
    said = [problem.message for problem in said_by(unused, replace(toy(), figures={}))]
    assert "unit fare is shown nowhere; give it to a figure, or remove it" in said
    assert not [name for name in lost(toy()) if name.startswith("unit")]


def test_nothing_is_said_while_something_was_refused() -> None:
    assert lost(without_prose(whole=False)) == []


def test_a_place_on_the_map_is_shown() -> None:
    real = explainer_of(REAL)
    alone = replace(real, marks={}, events={}, figures={}, claims={}, terms={})
    off_the_map = {f"place {name}" for name in real.places if name == "moscow"}
    assert {name for name in lost(alone) if name.startswith("place")} == off_the_map
    everywhere = {name for name in lost(replace(alone, map=None)) if name.startswith("place")}
    assert everywhere > off_the_map
