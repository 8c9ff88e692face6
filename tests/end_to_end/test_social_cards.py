"""What a network finds that is given a link to a page: its card, and what is said of it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from support_sites import BuiltSite, HtmlPage

LANGUAGES = ("fr", "en")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}
SUBJECTS = {"fr": "Sud de la Syrie, juillet 2018", "en": "Southern Syria, July 2018"}


def said(page: HtmlPage) -> dict[str, str]:
    """What a page tells networks; what it says twice counts once."""
    tags = [*page.all("meta", property=""), *page.all("meta", name="twitter:card")]
    return {tag.attributes.get("property") or tag["name"]: tag["content"] for tag in tags}


def card_file(site: BuiltSite, page: HtmlPage) -> Path:
    address = said(page)["og:image"]
    assert address.startswith(site.base_url)
    return site.folder / address.removeprefix(site.base_url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_card_that_is_a_small_image(site: BuiltSite, language: str) -> None:
    for page in (site.pages[""], *site.pages_of(language).values()):
        data = card_file(site, page).read_bytes()
        image = Image.open(BytesIO(data))
        assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(data) < 30_000
        tags = said(page)
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        assert tags["og:image:type"] == "image/png"
        assert tags["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_a_card_are_those_of_its_page(real_site: BuiltSite, language: str) -> None:
    for page in real_site.pages_of(language).values():
        words = said(page)["og:image:alt"].split(" – ")
        # A figure's own page begins with the figure.
        figures = [p.text for p in page.all("p") if p.attributes.get("class") == "figure__value"]
        if len(figures) == 1:
            assert words.pop(0) == figures[0]
        assert words[0] == page.all("h1")[0].text
        # Nor does its number travel without its author.
        if len(figures) == 1:
            source = next(p for p in page.all("p") if p["class"] == "figure__source")
            assert words.pop(1).startswith(re.split(" · |, ", source.text)[0] + ",")
        kickers = [p.text for p in page.all("p") if p.attributes.get("class") == "opening__kicker"]
        (day,) = [p.text for p in page.all("p") if p.attributes.get("class") == "masthead__day"]
        assert words[1:] == [*kickers, SUBJECTS[language], day.partition(" · ")[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_their_locale_and_the_others(site: BuiltSite, language: str) -> None:
    (other,) = set(LANGUAGES) - {language}
    for page in site.pages_of(language).values():
        tags = said(page)
        assert tags["og:locale"] == LOCALES[language]
        assert tags["og:locale:alternate"] == LOCALES[other]


def test_every_card_belongs_to_one_page(site: BuiltSite) -> None:
    pages = [page for code in LANGUAGES for page in site.pages_of(code).values()]
    named = [card_file(site, page) for page in pages]
    assert sorted(named) == sorted(site.folder.glob("*/cards/*"))


def test_the_root_has_the_card_of_the_first_language(site: BuiltSite) -> None:
    root, overview = said(site.pages[""]), said(site.pages["fr/"])
    assert root["og:image"] == overview["og:image"]
    assert root["og:image:alt"] == overview["og:image:alt"]
    assert root["og:url"] == site.base_url
    assert root["og:title"] == site.pages[""].all("span", lang="fr")[0].text
    assert (root["og:locale"], root["og:locale:alternate"]) == ("fr_FR", "en_GB")


def test_the_lost_page_has_none(site: BuiltSite) -> None:
    assert said(site.pages["404.html"]) == {}
