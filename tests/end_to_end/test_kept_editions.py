"""Editions that are kept: their pages beside those of today, as a publisher builds them."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from reperes.model.loading import load
from reperes.pages import page_ids
from reperes.pages.page import page_url
from reperes.tools.releasing import release
from support import TOY
from support_commands import change, snapshot
from support_sites import BuiltSite, Shared, build_site, complaints

BASE_URL = "https://example.org/ferry/"

KEPT = re.compile(r"editions/\d")
"""In the address of a page that is kept."""

CORRECTION = """\
  - id: "crossings_{number}"
    day: "{day}"
    kind: "update"
    target: "crossings"
    edition: "{edition}"
    before:
      fr: "environ {before} traversées"
      en: "about {before} crossings"
    after:
      fr: "environ {after} traversées"
      en: "about {after} crossings"
    reason:
      fr: "La compagnie a recompté."
      en: "The company has counted again."
"""


def correct(content: Path, edition: int, day: str, before: str, after: str) -> None:
    """Let the number of crossings be another one than in the last edition."""
    change(content, "facts/figures.yml", f'value: "{before}"', f'value: "{after}"')
    file = content / "corrections.yml"
    entry = CORRECTION.format(number=edition, day=day, edition=edition, before=before, after=after)
    file.write_text(file.read_text("utf-8") + entry, "utf-8")


def repaint(picture: Path) -> None:
    """Let a picture be another one."""
    with Image.open(picture) as image:
        image.load()
        image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(picture)


def addresses_of(content: Path) -> set[str]:
    """Every address that the pages of a content have, under that of the site."""
    explainer = load(content).sound()
    return {
        f"{language}/{page_url(page_id).removeprefix('.')}"
        for language in explainer.languages
        for page_id in page_ids(explainer)
    }


def make_content(content: Path) -> None:
    """An explainer that has come out twice, was kept both times, and was changed since."""
    shutil.copytree(TOY, content)
    release(content, "2019-04-01", keep=True)
    repaint(content / "pictures" / "quay.png")
    correct(content, 1, "2019-04-20", "900", "950")
    release(content, "2019-05-01", keep=True)
    correct(content, 2, "2019-05-20", "950", "990")


@pytest.fixture(scope="module")
def content(shared: Shared) -> Path:
    return shared.made("kept-content", make_content)


@pytest.fixture(scope="module")
def site(content: Path, shared: Shared) -> BuiltSite:
    made = shared.made("kept-editions", lambda output: build_site(content, output, strict=False))
    return BuiltSite(made, BASE_URL)


def test_every_address_of_every_edition_answers_where_it_is_kept_and_now(site: BuiltSite) -> None:
    for address in addresses_of(TOY):
        for place in (address, f"editions/1/{address}", f"editions/2/{address}"):
            assert place in site.pages, place


@pytest.mark.parametrize(
    ("place", "said"),
    [("editions/1/", "900"), ("editions/2/", "950"), ("", "990")],
)
def test_each_says_what_it_said(site: BuiltSite, place: str, said: str) -> None:
    for language in ("fr", "en"):
        page = site.pages[f"{place}{language}/figures/crossings/"]
        (main,) = page.all("main")
        assert said in main.text
        facts = json.loads((site.folder / place / language / "facts.json").read_text("utf-8"))
        crossings = next(each for each in facts["figures"] if each["id"] == "crossings")
        assert crossings["low"] == said


@pytest.mark.parametrize(
    ("language", "words", "link"),
    [
        (
            "fr",
            "du 1er\u00a0avril 2019, telle qu’elle a paru. L’édition\u00a02 a paru depuis.",
            "Voir cette page dans sa version actuelle",
        ),
        (
            "en",
            "of 1\u00a0April 2019, as it was published. Edition\u00a02 has come out since.",
            "See this page as it is now",
        ),
    ],
)
def test_each_page_says_of_which_edition_it_is_and_leads_to_that_of_today(
    site: BuiltSite, language: str, words: str, link: str
) -> None:
    for address, page in site.pages_of(f"editions/1/{language}").items():
        (notice,) = page.all("div", role="note")
        assert words in notice.text
        (found,) = [each for each in page.all("a") if each.text == link]
        written = dict(site.addresses(f"editions/1/{language}/{address}"))
        assert written[found["href"]] == site.url(f"{language}/{address}")


def test_search_engines_are_told_of_the_page_of_today(site: BuiltSite) -> None:
    page = site.pages["editions/1/en/figures/crossings/"]
    assert page.all("meta", name="robots", content="noindex")
    assert [each["href"] for each in page.all("link", rel="canonical")] == [
        f"{BASE_URL}en/figures/crossings/"
    ]
    assert not page.all("link", hreflang="")
    assert not KEPT.search((site.folder / "sitemap.xml").read_text("utf-8"))
    for language in ("fr", "en"):
        assert not KEPT.search((site.folder / language / "feed.xml").read_text("utf-8"))
        for fragment in (site.folder / language / "pagefind").rglob("*.pf_fragment"):
            assert not KEPT.search(gzip.decompress(fragment.read_bytes()).decode())


def test_pages_of_an_edition_lead_to_one_another_and_share_what_all_pages_share(
    site: BuiltSite,
) -> None:
    now = {f"{BASE_URL}{address}" for address in site.pages if not KEPT.match(address)}
    shared = f"{BASE_URL}assets/", f"{BASE_URL}pictures/"
    for address in site.pages:
        if not address.startswith("editions/2/"):
            continue
        for typed, url in site.addresses(address):
            if site.is_ours(typed):
                assert site.leads_somewhere(url), f"{address}: {typed}"
                inside = url.startswith(f"{BASE_URL}editions/2/")
                assert inside or url in now or url.startswith(shared), f"{address}: {typed}"
    kept = {path.name for path in (site.folder / "editions").rglob("*") if path.is_dir()}
    assert kept.isdisjoint({"assets", "pictures", "cards", "pagefind"})
    assert complaints(site.folder / "editions") == ""


def test_the_other_language_is_that_of_the_same_edition(site: BuiltSite) -> None:
    address = "editions/1/fr/figures/crossings/"
    (switch,) = site.pages[address].all("a", hreflang="en")
    assert dict(site.addresses(address))[switch["href"]] == site.url(
        "editions/1/en/figures/crossings/"
    )


def test_the_address_of_an_edition_offers_its_languages(site: BuiltSite) -> None:
    links = [link["href"] for link in site.pages["editions/1/"].all("a")]
    assert links == ["fr/", "../../fr/", "en/", "../../en/"]


def test_data_keep_their_addresses(site: BuiltSite) -> None:
    facts = json.loads((site.folder / "editions/1/en/facts.json").read_text("utf-8"))
    assert facts["base_url"] == f"{BASE_URL}editions/1/"
    assert facts["$schema"] == f"{BASE_URL}facts.schema.json"
    crossings = next(each for each in facts["figures"] if each["id"] == "crossings")
    assert crossings["url"] == f"{BASE_URL}editions/1/en/figures/crossings/"


def test_pages_of_today_are_the_same_without_any_that_is_kept(
    content: Path, site: BuiltSite, tmp_path: Path
) -> None:
    bare = tmp_path / "content"
    shutil.copytree(content, bare)
    for kept in (bare / "editions").glob("*.zip"):
        kept.unlink()
    build_site(bare, tmp_path / "site", strict=False)
    with_none, every = snapshot(tmp_path / "site"), snapshot(site.folder)
    said = with_none["editions/1/index.html"].decode()
    assert "L’édition\u00a01, du 1er\u00a0avril 2019, n’a pas été conservée." in said
    for name in [*with_none]:
        # But for the page that leads to them, and what search found on it.
        if re.match(r"editions/\d|../editions/|../pagefind/", name):
            del with_none[name]
    assert with_none.items() <= every.items()


def test_an_edition_is_made_once_and_would_come_out_the_same(
    content: Path, site: BuiltSite, tmp_path: Path
) -> None:
    changed, output = tmp_path / "content", tmp_path / "site"
    shutil.copytree(content, changed)
    build_site(changed, output, strict=False)
    assert snapshot(output) == snapshot(site.folder)
    page = output / "editions/1/fr/figures/crossings/index.html"
    written = page.stat().st_mtime_ns
    change(changed, "site.yml", '"Atelier du bac"', '"Les amis du bac"')
    build_site(changed, output, strict=False)
    assert "Les amis" in (output / "fr/figures/crossings/index.html").read_text("utf-8")
    assert page.stat().st_mtime_ns == written
    next((changed / "editions").glob("1-*.zip")).unlink()
    build_site(changed, output, strict=False)
    assert not page.exists()
    assert (output / "editions/2/fr/figures/crossings/index.html").exists()


def test_a_damaged_snapshot_stops_a_build_and_the_last_site_stays(
    content: Path, tmp_path: Path
) -> None:
    changed, output = tmp_path / "content", tmp_path / "site"
    shutil.copytree(content, changed)
    build_site(changed, output, strict=False)
    before = snapshot(output)
    kept = next((changed / "editions").glob("1-*.zip"))
    kept.write_bytes(kept.read_bytes()[:-100])
    with pytest.raises(AssertionError, match="cannot keep edition 1: it is damaged"):
        build_site(changed, output, strict=False)
    assert snapshot(output) == before
