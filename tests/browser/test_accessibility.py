"""Every page against the rules of axe-core, as wide as a phone and a desk, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from support_browser import addresses, violations


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[320, 1280])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def context_options(scheme: str, width: int) -> dict[str, Any]:
    return {
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 800},
        "reduced_motion": "reduce",
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_breaks_a_rule(page: Page, built_site: Path, language: str) -> None:
    found = []
    for address in addresses(built_site, language):
        page.goto(address)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("address", ["./", "fr/nowhere/", "nowhere"])
def test_nor_do_the_pages_of_the_root(
    browser: Any, site_url: str, page: Page, address: str
) -> None:
    page.goto(address)
    assert violations(page) == []


def test_nor_does_an_open_card(page: Page) -> None:
    page.goto("en/displaced/")
    page.locator("article button.cite-card").first.press("Enter")
    page.locator(":popover-open").wait_for()
    assert violations(page) == []


def test_nor_does_an_open_menu(page: Page, width: int) -> None:
    page.goto("en/displaced/")
    if width == 320:
        page.locator(".menu-button").click()
        page.locator("#page-menu:popover-open").wait_for()
    assert violations(page) == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """Or an empty list of violations would say nothing."""
    page.goto("en/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert any(": image-alt: " in line for line in violations(page))
