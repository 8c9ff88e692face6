"""The pictures in README.md, taken anew: `make pictures`. No part of `make test`."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from support_sites import ROOT

PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site_url,
        viewport={"width": 1320, "height": 860},
        color_scheme="light",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def take(page: Page, name: str) -> None:
    """Save what is in sight in 64 colours, which make a third of the bytes."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(64).save(PICTURES / name, optimize=True)


def test_picture_the_overview(page: Page) -> None:
    page.goto("fr/")
    page.evaluate("document.fonts.ready")
    take(page, "overview.png")


def test_picture_an_open_card(page: Page) -> None:
    page.goto("en/displaced/")
    page.evaluate("scrollTo(0, 180)")
    page.locator("article a[data-card=card-displaced]").first.press("Enter")
    page.locator(":popover-open").wait_for()
    take(page, "card.png")
