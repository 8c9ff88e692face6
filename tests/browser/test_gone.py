"""Addresses that were given up, as readers follow them: with script and without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, expect

from support import TOY
from support_browser import NO_SCRIPT, violations
from support_serving import served
from support_sites import Shared, build_site


@pytest.fixture(scope="module")
def site_url(shared: Shared) -> Iterator[str]:
    with served(shared.made("toy", partial(build_site, TOY))) as url:
        yield url


@pytest.fixture(params=[{}, NO_SCRIPT], ids=["script", "no-script"])
def context_options(request: pytest.FixtureRequest) -> dict[str, object]:
    return dict(request.param)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("address", "now"), [("figures/travellers/", "figures/passengers/"), ("the_end/", "closure/")]
)
def test_an_old_address_leads_on(page: Page, language: str, address: str, now: str) -> None:
    page.goto(f"{language}/{address}")
    page.wait_for_url(f"**/{language}/{now}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main h1")).to_have_count(1)


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fr", "L’article ne les compte pas à part."),
        ("en", "The article does not count them apart."),
    ],
)
def test_an_old_address_says_why(page: Page, language: str, reason: str) -> None:
    page.goto(f"{language}/figures/tourists/")
    expect(page.locator("main dl")).to_contain_text(reason)
    page.locator("main .further").click()
    page.wait_for_url(f"**/{language}/figures/")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("address", "now"),
    [
        ("timeline/#last_boat", "timeline/#last_crossing"),
        ("figures/#travellers", "figures/#passengers"),
        ("statements/#poster", "statements/#banner"),
        ("actors/#town_council", "actors/#town"),
        ("glossary/#place-old_harbour", "glossary/#line_7"),
    ],
)
def test_an_old_anchor_is_seen_and_leads_on(
    page: Page, language: str, address: str, now: str
) -> None:
    page.goto(f"{language}/{address}")
    line = page.locator(":target")
    expect(line).to_be_in_viewport()
    line.get_by_role("link").first.click()
    page.wait_for_url(f"**/{language}/{now}")
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_page_that_is_gone_is_accessible(browser: Browser, site_url: str) -> None:
    page = browser.new_page(base_url=site_url)
    for address in ("fr/figures/tourists/", "en/prices/", "fr/figures/"):
        page.goto(address)
        assert violations(page) == []
    page.close()
