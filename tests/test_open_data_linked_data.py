from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from reperes.model.loading import load
from reperes.pages import render_pages
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.linked_data import linked_data, linked_data_of_languages
from support import REAL, edited_by, text, toy
from support_open_data import VIEWS

TYPES = {
    "overview": "WebSite",
    "timeline": "WebPage",
    "figures": "Dataset",
    "statements": "WebPage",
    "actors": "WebPage",
    "glossary": "DefinedTermSet",
    "sources": "WebPage",
    "corrections": "WebPage",
}


def nodes(view: LanguageView) -> dict[str, dict[str, Any]]:
    pages = render_pages(view.explainer, view.language)
    return {str(page.id): json.loads(linked_data(view, page)) for page in pages}


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_says_what_it_is(view: LanguageView) -> None:
    for page_id, node in nodes(view).items():
        assert node["@context"] == "https://schema.org"
        usual = "Article" if page_id in view.site.section_ids else "WebPage"
        assert node["@type"] == TYPES.get(page_id, usual)
        assert node["name"]
        assert node["url"].startswith(view.file(""))
        assert node["inLanguage"] == view.language


def test_events_have_such_dates_as_iso_can_say() -> None:
    events = nodes(LanguageView(toy(), "en"))["timeline"]["mainEntity"]["itemListElement"]
    dates = [(e["item"].get("startDate"), e["item"].get("endDate")) for e in events]
    assert dates == [
        (None, None),
        (None, None),
        ("1998-04", None),
        ("2015", None),
        (None, None),
        ("2019-03-14", None),
        ("2019-03-18", "2019-03-20"),
        ("2019-06-28T18:30+02:00", None),
        ("2019-06-30", None),
    ]


def test_the_publisher_is_named_in_the_language_of_the_page() -> None:
    explainer = edited_by(toy(), {"fr": "L'atelier", "en": "The workshop"})
    for language, name in (("fr", "L’atelier"), ("en", "The workshop")):
        for node in nodes(LanguageView(explainer, language)).values():
            assert node["publisher"] == {"name": name, "url": "https://example.org/about"}


def test_the_glossary_lists_its_terms() -> None:
    terms = nodes(LanguageView(toy(), "fr"))["glossary"]["hasDefinedTerm"]
    assert len(terms) == len(toy().terms)
    assert all(term["url"].startswith("https://example.org/ferry/fr/glossary/#") for term in terms)


def test_the_sources_page_says_what_each_source_is() -> None:
    cited = nodes(LanguageView(toy(), "en"))["sources"]["citation"]
    assert [node["@type"] for node in cited] == [
        "Article",
        "WebPage",
        "Book",
        "Legislation",
        "VideoObject",
        "Photograph",
    ]
    assert cited[2] == {
        "@type": "Book",
        "name": "Passer l’eau",
        "author": [{"name": "Anne Roy"}, {"name": "Paul Le Goff"}],
        "inLanguage": "fr",
    }
    assert cited[1]["archivedAt"].startswith("https://web.archive.org/")
    assert (cited[1]["datePublished"], cited[1]["publisher"]) == (
        "2019-03",
        {"name": "Compagnie des bacs"},
    )
    real = nodes(LanguageView(load(REAL).explainer, "en"))["sources"]
    assert "citation" not in real


def test_a_page_without_translation_is_in_the_other_language() -> None:
    explainer = toy()
    english = {k: v for k, v in explainer.sections["en"].items() if k != "closure"}
    explainer = replace(explainer, sections={**explainer.sections, "en": english})
    node = nodes(LanguageView(explainer, "en"))["closure"]
    assert node["inLanguage"] == "fr"
    assert node["url"] == "https://example.org/ferry/fr/closure/"


def test_the_root_names_the_site_in_each_language_and_says_no_more() -> None:
    block = json.loads(
        linked_data_of_languages([LanguageView(toy(), code) for code in ("fr", "en")])
    )
    assert block["@context"] == "https://schema.org"
    assert block["@graph"] == [
        {
            "@type": "WebSite",
            "url": f"https://example.org/ferry/{language}/",
            "name": toy().site.title[language],
            "description": toy().site.tagline[language],
            "inLanguage": language,
        }
        for language in ("fr", "en")
    ]


def test_no_text_can_end_the_data_block() -> None:
    attack = "</script><!-- <script>"
    site = replace(toy().site, title={"fr": text(attack), "en": text(attack)})
    view = LanguageView(replace(toy(), site=site), "en")
    page = render_pages(view.explainer, "en")[0]
    block, of_root = linked_data(view, page), linked_data_of_languages([view])
    assert "<" not in block + of_root
    assert json.loads(block)["name"] == attack
    assert json.loads(of_root)["@graph"][0]["name"] == attack
