"""The translators' desk, built on request through the command line beside the readers' pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import TOY, replace_in
from support_sites import BuiltSite, Shared, build_site, complaints

BASE_URL = "https://example.org/ferry/"


@pytest.fixture(scope="session")
def site(shared: Shared) -> BuiltSite:
    """The toy explainer with a stale and a missing translation, and the desk."""
    return BuiltSite(shared.made("toy_desk", build_desk), BASE_URL)


def build_desk(output: Path) -> None:
    content = output.with_name("desk content") / "content"
    shutil.copytree(TOY, content)
    replace_in(content / "sections/fr/closure.md", 'title: "', 'title: "Ah : ')
    (content / "sections/fr/money.md").unlink()
    printed = build_site(content, output, "--desk", strict=False)
    assert "  desk  " in printed


def test_every_page_of_the_desk_is_valid(site: BuiltSite) -> None:
    assert complaints(site.folder / "desk") == ""


def test_the_desk_shows_what_is_stale_and_what_is_missing(site: BuiltSite) -> None:
    rows = [" ".join(row.text.split()) for row in site.pages["desk/en/"].all("tr")]
    assert [row for row in rows if " stale " in row or " missing " in row]
    stale = site.pages["desk/en/closure/"]
    assert [e.text for e in stale.all("ins")] == ["Ah :"]
    assert next(e.text for e in stale.all("pre")).startswith("reviewed: ")
    assert "to be translated" in site.pages["desk/en/money/"].all("main")[0].text


def test_every_link_of_the_desk_leads_somewhere(site: BuiltSite) -> None:
    pages = [address for address in site.pages if address.startswith("desk/")]
    assert len(pages) > 6
    for address in pages:
        for typed, url in site.addresses(address):
            assert not site.is_ours(typed) or site.leads_somewhere(url), (address, typed)


def test_nothing_of_the_readers_leads_to_the_desk(site: BuiltSite) -> None:
    for address in site.pages:
        if not address.startswith("desk/"):
            assert not [url for _, url in site.addresses(address) if "/desk/" in url]
    assert "/desk/" not in (site.folder / "sitemap.xml").read_text("utf-8")
    assert not list(site.folder.glob("desk/**/pagefind"))


def test_without_being_asked_there_is_no_desk(toy_site: BuiltSite) -> None:
    assert not (toy_site.folder / "desk").exists()
