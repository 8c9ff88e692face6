"""Lists in parts, as readers go through them: the toy explainer, where pages hold very little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reperes.site.build import build
from reperes.text.progress import Progress
from reperes.writing import list_parts
from support import TOY
from support_browser import NO_SCRIPT, options, violations
from support_serving import served
from support_sites import complaints

LISTS = ["timeline", "figures", "statements", "actors", "glossary", "sources"]


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("parted") / "site"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(list_parts, "FULL", 1_500)
        build(TOY, site, Progress().step)
    return site


@pytest.fixture(scope="module")
def site_url(parted: Path) -> Iterator[str]:
    with served(parted) as url:
        yield url


@options(**NO_SCRIPT)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_from_end_to_end_without_script(
    page: Page, parted: Path, language: str, name: str
) -> None:
    page.goto(f"{language}/{name}/")
    while page.locator(".index").count():
        page.locator(".index h2 a").first.click()
    seen = [page.url]
    while page.locator(".onward__next").count():
        page.locator(".onward__next").click()
        expect(page.locator(".parts [aria-current=page]")).to_have_count(1)
        seen.append(page.url)
    folder = parted / language / name
    leaves = [
        path
        for path in folder.rglob("index.html")
        if "onward" in path.read_text("utf-8") and path.parent != folder
    ]
    assert len(seen) == len(set(seen)) == len(leaves) > 1


@options(**NO_SCRIPT)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_an_old_address_leads_to_the_entry_without_script(
    page: Page, language: str, name: str
) -> None:
    page.goto(f"{language}/{name}/")
    anchors = [line.get_attribute("id") or "" for line in page.locator(".index__lines li").all()]
    assert anchors
    for anchor in (anchors[0], anchors[-1]):
        page.goto(f"{language}/{name}/#{anchor}")
        line = page.locator(":target")
        expect(line).to_be_in_viewport()
        line.locator("a").click()
        expect(page.locator(":target")).to_be_in_viewport()
        assert page.locator(":target").get_attribute("id") == anchor
        assert page.url.endswith(f"/#{anchor}")
        assert page.locator(".index").count() == 0


@options(**NO_SCRIPT)
def test_languages_lead_to_the_same_part(page: Page) -> None:
    page.goto("fr/figures/page-2/")
    page.locator(".languages a").click()
    assert page.url.endswith("/en/figures/page-2/")
    expect(page.locator("h1")).to_contain_text("page\u00a02")


def test_a_term_is_found_in_the_other_language_though_its_part_is_another(page: Page) -> None:
    page.goto("fr/glossary/#ferry")
    page.locator(":target a").click()
    page.locator(".languages a").click()
    expect(page.locator(":target a")).to_have_text("ferry")
    assert page.url.endswith("/en/glossary/#ferry")


@pytest.mark.parametrize(
    "context_options",
    [
        {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
        for scheme, width in (("light", 320), ("dark", 1280))
    ],
    ids=["phone", "desk"],
)
@pytest.mark.parametrize("name", LISTS)
def test_parts_break_no_rule(page: Page, parted: Path, name: str, context_options: Any) -> None:
    folder = parted / "en" / name
    paths = sorted(path.parent.relative_to(parted) for path in folder.rglob("index.html"))
    found = []
    for path in paths[:4]:
        page.goto(f"{path.as_posix()}/")
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert found == []


def test_filters_work_within_a_part(page: Page, parted: Path) -> None:
    parts = sorted((parted / "en/timeline").rglob("index.html"))
    address = next(
        path.parent.relative_to(parted).as_posix()
        for path in parts
        if 'class="filters"' in path.read_text("utf-8")
    )
    page.goto(f"{address}/")
    expect(page.locator(".filters")).to_be_visible()
    before = page.locator(".event:visible").count()
    page.locator("select").first.select_option(index=1)
    assert 0 < page.locator(".event:visible").count() <= before


def test_parts_are_valid_html(parted: Path) -> None:
    assert complaints(parted / "en") == ""
