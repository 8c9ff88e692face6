"""What an explainer as a whole knows: orders, ages, and what cites what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reperes.translation.staleness import Age, age_of, rows_of, states_of_yaml
from support import toy


def test_facts_of_every_kind_are_one_namespace() -> None:
    explainer = toy()
    kinds = (explainer.figures, explainer.events, explainer.claims, explainer.quotations)
    assert len(explainer.facts) == sum(map(len, kinds))


def test_sections_come_before_the_introductions_of_generated_pages() -> None:
    assert toy().reading_order[:3] == ("closure", "money", "overview")


def test_a_missing_section_is_taken_from_the_other_language() -> None:
    assert toy().section("fr", "gone") is None
    assert toy().section_or_other("en", "gone") is None
    section = toy().section_or_other("en", "money")
    assert section is not None
    assert section.language == "en"


@pytest.mark.parametrize(
    ("fact_id", "sections"),
    [
        ("last_crossing", ("overview",)),
        ("announcement", ("closure",)),
        ("users_ask", ("money",)),
        ("census", ()),
        ("gone", ()),
    ],
)
def test_facts_know_the_sections_that_cite_them(fact_id: str, sections: tuple[str, ...]) -> None:
    assert toy().cited_in(fact_id) == sections


def test_terms_know_the_sections_that_link_them() -> None:
    assert toy().term_used_in("ferry") == ("overview",)
    assert toy().term_used_in("line_7") == ("closure",)


def test_what_a_section_cites_and_links_is_in_the_order_of_its_text() -> None:
    assert toy().cited_facts("en", "money") == (
        "repair_cost",
        "users_ask",
        "delay",
        "town_refuses",
        "town_offers",
        "province_accepts",
        "fare",
        "weekly_users",
        "island_life",
        "banner",
        "carried",
        "halls_seats",
    )
    assert toy().linked("en", "money", "actor") == ("users", "town", "province", "mayor")
    assert toy().linked("en", "gone", "actor") == ()


@pytest.mark.parametrize(
    ("language", "section_id", "state"),
    [
        ("fr", "closure", "original"),
        ("en", "closure", "fresh"),
        ("en", "money", "original"),
        ("fr", "money", "fresh"),
    ],
)
def test_sections_know_their_age(language: str, section_id: str, state: str) -> None:
    assert age_of(toy(), language, section_id) == Age(state)


def test_a_section_is_missing_where_nothing_is_written() -> None:
    sections = {**toy().sections, "fr": {}}
    alone = replace(toy(), sections=sections)
    assert age_of(alone, "fr", "money") == Age("missing")
    assert age_of(alone, "en", "money") == Age("original")
    assert rows_of(alone, "fr", "money") == ()
    assert age_of(alone, "fr", "gone") is None


def test_nothing_is_said_of_the_age_of_what_could_not_be_read() -> None:
    sections = {**toy().sections, "fr": {}}
    refused = replace(toy(), sections=sections, refused=frozenset({("fr", "money")}))
    assert age_of(refused, "fr", "money") is None


def test_texts_of_yaml_know_how_they_stand() -> None:
    assert set(states_of_yaml(toy(), "en").values()) == {"fresh"}
    assert states_of_yaml(toy(), "en").keys() == toy().yaml_texts.keys()
    without = replace(toy(), baselines={})
    assert set(states_of_yaml(without, "en").values()) == {"unstamped"}


def test_every_bilingual_text_has_a_path_of_its_own() -> None:
    paths = [*toy().yaml_texts]
    assert len(paths) == len(set(paths))
    assert {
        "site/title",
        "site/sides/operator/label",
        "terms/ferry/texts/definition",
        "events/announcement/derived/reason",
        "actors/town/names/short",
    } <= set(paths)


def test_marks_in_yaml_are_known_by_path_and_language() -> None:
    found = [(path, language, str(mark)) for path, language, mark in toy().yaml_marks]
    assert ("site/notice", "fr", "{{ announcement.date }}") in found
    assert ("actors/company/role", "en", "[ferry](term:ferry)") in found
