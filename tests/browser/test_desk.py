"""The translators' desk, where translations are behind, as wide as a phone and a desk."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from support_browser import violations


@pytest.fixture(scope="session")
def site_url(desk_url: str) -> str:
    return desk_url


@pytest.fixture(params=[320, 1280])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def context_options(width: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 800}}


PAGES = ("desk/", "desk/fr/", "desk/en/", "desk/fr/talks/", "desk/en/strikes/", "desk/en/facts/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule(page: Page, address: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_window(page: Page, address: str, width: int) -> None:
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_from_the_state_of_a_text_to_the_block_that_is_stale(page: Page) -> None:
    page.goto("desk/fr/")
    row = page.get_by_role("row", name="Comment les pourparlers ont échoué")
    expect(row).to_contain_text("périmée")
    row.get_by_role("link", name="1 (reformulé dans l’original)", exact=True).click()
    block = page.locator(":target")
    expect(block.locator("del")).to_have_text("négociait")
    expect(block.locator("ins")).to_have_text("discutait")
    expect(block.locator("[lang=en]")).to_contain_text("was negotiating")
    link = block.get_by_role("link", name="en/talks.md")
    assert str(link.get_attribute("href")).startswith(
        "https://github.com/example/reperes/edit/main/content/sections/en/talks.md#L"
    )


def test_a_block_and_its_translation_stand_side_by_side_where_there_is_room(
    page: Page, width: int
) -> None:
    page.goto("desk/en/talks/")
    original, translation = (side.bounding_box() for side in page.locator("#en-1 .desk-side").all())
    assert original
    assert translation
    assert (original["y"] == translation["y"]) is (width > 1000)
    assert (original["x"] == translation["x"]) is (width < 1000)


def test_nothing_is_stamped_from_a_published_desk(page: Page) -> None:
    page.goto("desk/fr/talks/")
    expect(page.locator("[data-stamp]").first).to_contain_text("reperes stamp en/talks")
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_desk_speaks_both_languages(page: Page) -> None:
    page.goto("desk/fr/talks/")
    page.get_by_role("navigation", name="Langues").get_by_role("link", name="English").click()
    expect(page.locator("main")).to_contain_text("reworded in the original")
