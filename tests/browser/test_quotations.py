"""What readers do with a quotation: its own language, and the original one tap away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from support import TOY
from support_browser import PHONE, options, violations
from support_serving import served
from support_sites import Shared, build_site

ARABIC = "«الجزيرة لنا جميعا»"


@pytest.fixture(scope="module")
def site_url(shared: Shared) -> Iterator[str]:
    """The toy explainer: the real one quotes nobody."""
    with served(shared.made("toy", partial(build_site, TOY))) as url:
        yield url


@options(**PHONE)
def test_one_tap_shows_the_original(page: Page) -> None:
    page.goto("en/money/")
    citation = page.locator(".quotation figcaption a.cite")
    card = page.locator("#card-banner")
    expect(card).to_be_hidden()
    citation.tap()
    expect(card).to_be_visible()
    original = card.locator("[lang=ar]")
    expect(original).to_have_text(ARABIC)
    assert original.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_words_in_the_language_of_the_page_say_no_other(page: Page) -> None:
    page.goto("fr/money/")
    words = page.locator("article a.cite", has_text="Une île sans bac")
    expect(words).to_have_text("«\u00a0Une île sans bac n’est plus tout à fait habitée\u00a0»")
    assert words.evaluate("element => element.closest('[lang]').lang") == "fr"
    shown = page.locator("article a.cite [lang]")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("lang", "ar")


def test_without_scripts_it_leads_to_the_entry_with_the_original(page: Page) -> None:
    page.goto("en/statements/#island_life")
    entry = page.locator("#island_life")
    expect(entry.locator("blockquote")).to_have_text(
        "An island without a ferry is no longer quite lived in"
    )
    expect(entry.locator("[lang=fr]")).to_have_text(
        "«\u00a0Une île sans bac n’est plus tout à fait habitée\u00a0»"
    )


@options(viewport={"width": 320, "height": 640})
def test_a_narrow_screen_holds_it(page: Page) -> None:
    for address in ("fr/money/", "fr/statements/"):
        page.goto(address)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide)


def test_it_is_accessible(page: Page) -> None:
    for address in ("en/money/", "en/statements/", "en/actors/"):
        page.goto(address)
        assert violations(page) == []
