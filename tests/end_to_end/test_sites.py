"""The toy explainer and the real one, built strictly: what holds for every site."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reperes.model.loading import load
from support import TOY, replace_in
from support_commands import snapshot
from support_sites import ROOT, BuiltSite, build_site

LANGUAGES = ("fr", "en")
REFERENCES = ("timeline", "figures", "statements", "actors", "glossary", "sources", "corrections")


def test_every_page_exists_in_both_languages_at_the_same_address(site: BuiltSite) -> None:
    french, english = (site.pages_of(language) for language in LANGUAGES)
    assert french.keys() == english.keys()
    assert {"", *(f"{name}/" for name in REFERENCES)} < french.keys()


def test_every_section_has_its_page(site: BuiltSite, content: Path) -> None:
    sections = load(content).explainer.site.section_ids
    assert sections
    assert {f"{section}/" for section in sections} < site.pages_of("fr").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_their_language(site: BuiltSite, language: str) -> None:
    for page in site.pages_of(language).values():
        assert [html["lang"] for html in page.all("html")] == [language]


def alternates(site: BuiltSite, address: str) -> dict[str, str]:
    links = site.pages[address].all("link", rel="alternate", hreflang="")
    found = {link["hreflang"]: link["href"] for link in links}
    assert len(found) == len(links)
    return found


def test_alternates_are_absolute_reciprocal_and_have_a_default(site: BuiltSite) -> None:
    for language in LANGUAGES:
        for address in site.pages_of(language):
            default = "" if address == "" else f"fr/{address}"
            assert alternates(site, f"{language}/{address}") == {
                "fr": site.url(f"fr/{address}"),
                "en": site.url(f"en/{address}"),
                "x-default": site.url(default),
            }


def test_the_canonical_address_is_the_pages_own(site: BuiltSite) -> None:
    for address, page in site.pages.items():
        # Earlier editions lead to today’s pages.
        if address != "404.html" and not address.startswith("editions/"):
            (link,) = page.all("link", rel="canonical")
            assert link["href"] == site.url(address)


def test_the_language_switch_stays_on_the_page(site: BuiltSite) -> None:
    for address in site.pages_of("fr"):
        switch = site.pages[f"fr/{address}"].all("a", hreflang="en")
        urls = {
            full for typed, full in site.addresses(f"fr/{address}") if typed == switch[0]["href"]
        }
        assert urls == {site.url(f"en/{address}")}


def test_the_sitemap_lists_every_page_with_its_alternates(site: BuiltSite) -> None:
    tree = ET.parse(site.folder / "sitemap.xml").getroot()
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    listed = {}
    for url in tree.findall("s:url", names):
        links = url.findall("x:link", names)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", url.findtext("s:lastmod", "", names))
        listed[url.findtext("s:loc", "", names)] = {
            link.attrib["hreflang"]: link.attrib["href"] for link in links
        }
    expected = {
        site.url(f"{language}/{address}"): alternates(site, f"{language}/{address}")
        for language in LANGUAGES
        for address, page in site.pages_of(language).items()
        if not page.all("meta", name="robots")
    }
    assert listed == expected


def test_every_internal_address_and_anchor_leads_somewhere(site: BuiltSite) -> None:
    lost = {
        f"{address}: {typed}"
        for address in site.pages
        for typed, full in site.addresses(address)
        if site.is_ours(typed) and not site.leads_somewhere(full)
    }
    assert lost == set()


def test_there_is_something_to_follow(site: BuiltSite) -> None:
    """Guards the test above: it must have seen links, anchors and assets."""
    found = [pair for address in site.pages for pair in site.addresses(address)]
    ours = [full for typed, full in found if site.is_ours(typed)]
    assert len(ours) > 20 * len(site.pages)
    assert [full for full in ours if urlsplit(full).fragment]
    assert not site.leads_somewhere(site.url("fr/nowhere/"))
    assert not site.leads_somewhere(site.url("fr/#nowhere"))
    assert not site.leads_somewhere("https://example.org/")


def test_the_site_is_under_its_path_alone(site: BuiltSite) -> None:
    base = urlsplit(site.base_url).path
    for address in site.pages:
        for typed, _ in site.addresses(address):
            assert not typed.startswith("/") or typed.startswith(base)


def test_nothing_is_fetched_from_another_host(site: BuiltSite) -> None:
    for page in site.pages.values():
        fetched = [element["src"] for tag in ("script", "img") for element in page.all(tag, src="")]
        fetched += [link["href"] for link in page.all("link", rel="stylesheet")]
        fetched += [link["href"] for link in page.all("link", rel="icon")]
        assert fetched
        assert [address for address in fetched if urlsplit(address).netloc] == []
    for sheet in site.folder.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8"))


def test_every_page_has_the_security_policy_and_nothing_against_it(site: BuiltSite) -> None:
    for page in site.pages.values():
        (policy,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.split(" ", 1) for rule in policy["content"].split("; "))
        assert rules["default-src"] == "'none'"
        # The index of the search is WebAssembly; nothing else may be made into code.
        assert rules["script-src"].removesuffix(" 'wasm-unsafe-eval'") == "'self'"
        assert rules["style-src"] == "'self'"
        assert rules["connect-src"] == "'self'"
        assert page.all("style") == []
        inline = [script for script in page.all("script") if "src" not in script.attributes]
        assert {script["type"] for script in inline} <= {"application/ld+json"}
        assert [e for e in page.elements if "style" in e.attributes] == []


def test_no_link_tells_where_a_reader_comes_from(site: BuiltSite) -> None:
    for page in site.pages.values():
        (policy,) = page.all("meta", name="referrer")
        assert policy["content"] == "no-referrer"
        assert [e for e in page.elements if "referrerpolicy" in e.attributes] == []


def test_nothing_of_the_theme_remains_that_pages_do_not_use(site: BuiltSite) -> None:
    files = [path for path in site.folder.rglob("*") if path.is_file()]
    scripts = {path for path in files if path.suffix == ".js" and "pagefind" not in path.parts}
    assert {path.parent for path in scripts} == {site.folder / "assets"}
    assert [path for path in files if path.suffix == ".map"] == []
    assert [path for path in files if path.name.startswith("sitemap")] == [
        site.folder / "sitemap.xml"
    ]
    assert [path for path in files if path.name == "404.html"] == [site.folder / "404.html"]
    assert "sourceMappingURL" not in "".join(
        path.read_text("utf-8") for path in files if path.suffix in (".css", ".js")
    )


def test_the_root_offers_both_languages_plainly(site: BuiltSite) -> None:
    links = site.pages[""].all("a", hreflang="")
    assert [(link["hreflang"], link["href"]) for link in links] == [("fr", "fr/"), ("en", "en/")]
    assert all(link.text.strip() for link in links)
    assert alternates(site, "") == {
        "fr": site.url("fr/"),
        "en": site.url("en/"),
        "x-default": site.url(""),
    }


def test_the_lost_page_works_at_any_depth_and_is_not_indexed(site: BuiltSite) -> None:
    base = urlsplit(site.base_url).path
    typed = [address for address, _ in site.addresses("404.html")]
    assert f"{base}fr/" in typed
    assert f"{base}en/" in typed
    assert [address for address in typed if not address.startswith(base)] == []
    assert site.pages["404.html"].all("meta", name="robots", content="noindex")


def test_every_page_says_who_edits_it_and_where_errors_go(site: BuiltSite) -> None:
    for language in LANGUAGES:
        for page in site.pages_of(language).values():
            assert page.all("footer")
            assert [link for link in page.all("a") if re.match("mailto:|https://", link["href"])]
            assert page.all("footer")[0].text.strip()


def test_each_page_has_one_heading_and_a_title_and_a_description_of_its_own(
    site: BuiltSite,
) -> None:
    for language in LANGUAGES:
        pages = site.pages_of(language).values()
        titles = [page.all("title")[0].text for page in pages]
        assert len(set(titles)) == len(titles)
        descriptions = [page.all("meta", name="description")[0]["content"] for page in pages]
        assert all(descriptions)
        assert len(set(descriptions)) == len(descriptions)
        assert {len(page.all("h1")) for page in pages} == {1}


def test_no_mark_of_ours_reaches_a_reader(site: BuiltSite) -> None:
    for page in site.pages.values():
        text = page.elements[0].text
        for code in (*page.all("code"), *page.all("script")):
            text = text.replace(code.text, "")
        assert not re.search(r"\{\{|\}\}|\]\(|\{[#.:]|&#\d+;", text)


def test_every_card_that_words_or_a_button_open_is_there_once(site: BuiltSite) -> None:
    for page in site.pages.values():
        opened = {button["popovertarget"] for button in page.all("button", popovertarget="")}
        opened |= {link["data-card"] for link in page.all("a") if "data-card" in link.attributes}
        cards = [e["id"] for e in page.elements if "popover" in e.attributes]
        assert len(cards) == len(set(cards))
        assert opened == set(cards)


@pytest.mark.parametrize("language", LANGUAGES)
def test_citations_carry_values_that_a_machine_reads(site: BuiltSite, language: str) -> None:
    values = [e["value"] for page in site.pages_of(language).values() for e in page.all("data")]
    assert values
    assert [value for value in values if not re.fullmatch(r"[\d.]+(/[\d.]+)?", value)] == []
    dates = [e["datetime"] for page in site.pages_of(language).values() for e in page.all("time")]
    assert dates
    assert [date for date in dates if not re.fullmatch(DATETIME, date)] == []


DATETIME = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(Z|[+-]\d\d:\d\d))?)?)?"

# Dates before the year 1000

OLD_DATES = {
    "1998-04": ("0500-04", "Avril 500", "April 500"),
    "2015/..": ("0732/..", "depuis 732 apr. J.-C.", "since AD 732"),
    "2019-02-10~": ("0800-12-25~", "25 décembre 800 environ", "around 25 December 800"),
    "2019-03-18/2019-03-20": ("0987-06-01/0987-07-03", "du 1er juin", "1 June to 3 July 987"),
    "2019-06-30": ("0843-08-10", "10 août 843", "10 August 843"),
}
"""Dates of the toy explainer, what they become, and how each language then says them."""


def test_dates_before_the_year_1000_are_dates_like_others(tmp_path: Path) -> None:
    content, output = tmp_path / "content", tmp_path / "site"
    shutil.copytree(TOY, content)
    for old, (new, *_) in OLD_DATES.items():
        replace_in(content / "facts/events.yml", f'date: "{old}"', f'date: "{new}"')
    build_site(content, output, strict=False)
    pages = [(output / lang / "timeline/index.html").read_text("utf-8") for lang in LANGUAGES]
    for new, *said in OLD_DATES.values():
        for page, words in zip(pages, said, strict=True):
            assert words in page.replace("\u00a0", " ")
        assert new in (output / "fr/facts.json").read_text("utf-8")
    # A source of that time may count days otherwise than machines do.
    assert 'datetime="0843' not in pages[0]
    # In order of time, under the months that they begin in.
    order = ["purchase", "falling_numbers", "census", "last_crossing", "meeting", "announcement"]
    places = [pages[0].index(f'id="{event}"') for event in order]
    assert places == sorted(places)
    assert "08430810" not in (output / "fr/timeline.ics").read_text("utf-8")


# Building again


def test_the_same_content_is_the_same_bytes_wherever_it_is_built(
    site: BuiltSite, content: Path, tmp_path: Path
) -> None:
    again = tmp_path / "another folder, é" / "site"
    build_site(content, again)
    before, after = snapshot(site.folder), snapshot(again)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def state_of_the_repository() -> str:
    command = [
        "git",
        "status",
        "--porcelain",
        "--ignored",
        "--",
        "docs",
        "site",
        ".build",
        "content",
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_building_another_explainer_leaves_nothing_here(tmp_path: Path) -> None:
    files = {path for name in ("docs", "overrides") for path in (ROOT / name).rglob("*")}
    before = state_of_the_repository()
    build_site(TOY, tmp_path / "site")
    assert state_of_the_repository() == before
    assert {path for name in ("docs", "overrides") for path in (ROOT / name).rglob("*")} == files
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.build", "site"]
