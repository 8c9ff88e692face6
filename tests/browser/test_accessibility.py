"""Every page against the rules of axe-core, as wide as a phone and a desk, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
import pytest
from playwright.sync_api import Browser, Page

from support_browser import PATIENCE, TARGETS_ALONE, addresses, violations


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
    page.locator("article .cite").first.press("Enter")
    page.locator(":popover-open").wait_for()
    assert violations(page) == []


def test_nor_does_an_open_menu(page: Page, width: int) -> None:
    page.goto("en/displaced/")
    if width == 320:
        page.locator(".menu-button").click()
        page.locator("#page-menu:popover-open").wait_for()
    assert violations(page) == []


# Of a page that cites: letters closer together, and further apart, as in fonts of another make.
_LETTERS = """spacing => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`article * { letter-spacing: ${spacing} !important }`);
    document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(params=[None, font_source_sans_pro, font_source_serif_pro])
def browser_with_fonts(
    request: pytest.FixtureRequest,
    browser: Browser,
    launch_with_fonts: Callable[[Path, Path], Browser],
    tmp_path: Path,
) -> Iterator[Browser]:
    """A browser with the fonts of this machine, then some with those of one family alone."""
    if not request.param:
        yield browser
        return
    other = launch_with_fonts(Path(request.param.__file__).parent, tmp_path)
    yield other
    other.close()


def test_targets_are_large_enough_whatever_the_font(
    browser_with_fonts: Browser, site_url: str, built_site: Path
) -> None:
    context = browser_with_fonts.new_context(
        base_url=site_url, viewport={"width": 320, "height": 800}
    )
    context.set_default_timeout(PATIENCE)
    page, found, widths = context.new_page(), [], set()
    for address in addresses(built_site):
        if 'class="cite"' in (built_site / address / "index.html").read_text("utf-8"):
            page.goto(address)
            for spacing in ("normal", "-0.04em", "0.04em"):
                page.evaluate(_LETTERS, spacing)
                found += violations(page, TARGETS_ALONE)
                link = page.locator("article .cite").first
                widths.add(link.evaluate("link => link.getBoundingClientRect().width"))
    context.close()
    assert found == []
    assert len(widths) > 3  # or letters would not have moved


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """Or an empty list of violations would say nothing."""
    page.goto("en/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"data:,\">'")
    assert any(": image-alt: " in line for line in violations(page))
