"""The copies that are indexed, and what becomes of a build where Pagefind is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.site import building, search
from reperes.site.engine import EngineError
from reperes.site.html_pages import HtmlPages, read_page
from reperes.site.search import (
    EntryNames,
    entry_names,
    index_site,
    prepared,
    words_of_names,
)
from reperes.translation.stamping import stamp
from support import REAL, toy
from support_commands import Steps, snapshot, write_bare_sites, write_content

NO_NAMES = EntryNames({}, {})
NAMES = EntryNames({"deraa": ("Deraa", "Daraa", "Dar’a")}, {"sohr": ("OSDH", "SOHR")})


@pytest.fixture(scope="module")
def real() -> Explainer:
    return load(REAL).explainer


def copy(article: str, page_id: str = "talks", names: EntryNames = NO_NAMES) -> str:
    """What is indexed of a page, without the shell of the copy."""
    page = f'<html><nav>Menu</nav><main id="page-text" tabindex="-1">{article}</main></html>'
    text = prepared(read_page(page), page_id, "fr", names)
    assert text is not None
    return text.split("data-pagefind-body>\n")[1].split("\n    </main>")[0]


@pytest.mark.parametrize(
    ("article", "indexed"),
    [
        ("l’offensive", "\u203fl’\u2060 offensive"),
        ("L'ONU", "\u203fL'\u2060 ONU"),
        ('l’<a href="#l’a">offensive</a>', '\u203fl’\u2060 <a href="#l’a">offensive</a>'),
        ("<b>l’</b><i>été</i>", "<b>\u203fl’\u2060 </b><i>été</i>"),
        ("jusqu’aujourd’hui", "jusqu’\u2060 aujourd’\u2060 hui"),
        ("qu’elle", "\u203fqu’\u2060 elle"),
        ("d’or", "\u203fd’\u2060 or"),
        ("Assad’s", "Assad’\u2060 \u203fs"),
        ("the rebels’ answer", "the rebels’ answer"),
        ("‘so-called’ talks", "‘so-called’ talks"),
        ('<p title="l’été">x</p>', '<p title="l’été">x</p>'),
        ('<h2 id="letter-d">D</h2><p>x</p>', "<p>x</p>"),
        ('<h3>x <a class="permalink" href="#x"><span>#</span></a></h3>', "<h3>x </h3>"),
    ],
)
def test_words_are_cut_at_apostrophes_and_headings_bare(article: str, indexed: str) -> None:
    assert copy(article) == indexed


@pytest.mark.parametrize(
    ("article", "indexed"),
    [
        ("350\u202f000 morts", "\u2064350000 morts"),
        ("3\xa0500\xa0000", "\u20643500000"),
        ("<b>350,000</b>", "<b>\u2064350000</b>"),
        ("270.000", "\u2064270000"),
        ("1,234.5", "1,234.5"),
        ("le 4 juillet 2018, 350", "le 4 juillet 2018, 350"),
        ('<i id="350,000">x</i>', '<i id="350,000">x</i>'),
        (
            "<dt>Lieu</dt><dd>Deraa</dd><dt>Date</dt>",
            "<dt>Lieu –</dt><dd>Deraa ·</dd><dt>Date –</dt>",
        ),
        ("<th>Qui</th><td>ONU</td>", "<th>Qui ·</th><td>ONU ·</td>"),
    ],
)
def test_numbers_are_one_word_and_labels_stand_apart(article: str, indexed: str) -> None:
    assert copy(article) == indexed


def test_the_page_of_a_figure_is_one_result_with_its_value() -> None:
    page = read_page('<main><h1>Morts</h1><h2 class="x" id="deaths-how">D’où</h2></main>')
    text = prepared(page, "figures/deaths", "fr", NO_NAMES, "plus de 350 000")
    assert text is not None
    assert '<meta data-pagefind-meta="value[content]" content="plus de 350 000">' in text
    assert '<h2 class="x">' in text


def test_words_of_names_are_those_long_enough_to_be_mistyped() -> None:
    names = ["Sergueï Lavrov", "Al-Assad", "sergueï", "ONU", "4 juillet 2018", "l’ONG"]
    assert words_of_names(names) == ["Sergueï", "Lavrov", "Assad", "juillet"]


def test_an_entry_is_followed_by_its_other_names_under_its_own_id() -> None:
    heading = '<h3 id="deraa-name">Deraa</h3>'
    assert copy(heading, "glossary", NAMES) == '<h3 id="deraa">Deraa</h3> \u2063Daraa \u2063Dar '


def test_names_that_the_heading_has_are_not_said_again() -> None:
    heading = '<h3 id="sohr-name">Observatoire (OSDH)</h3>'
    assert copy(heading, "actors", NAMES).endswith("</h3> \u2063SOHR ")


def test_a_page_is_found_by_the_other_names_of_what_it_links_to() -> None:
    link = '<a class="term" href="../glossary/#deraa">Deraa</a>'
    assert 'content="Deraa, Daraa, Dar’a"' in copy(link, names=NAMES)


def test_names_are_escaped() -> None:
    names = EntryNames({"a": ('"><script>',)}, {})
    assert "<script>" not in copy('<a class="term" href="../glossary/#a">a</a>', names=names)


def test_a_page_without_an_article_is_left_out() -> None:
    assert prepared(read_page("<html><h1>x</h1></html>"), "x", "fr", NO_NAMES) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_spellings_abbreviations_and_discouraged_names(real: Explainer, language: str) -> None:
    names = entry_names(real, language)
    assert "Daraa" in names.glossary["deraa"]
    for entry in (names.glossary["sohr"], names.actors["sohr"]):
        assert {"OSDH", "SOHR"} <= set(entry)


def test_of_the_other_language_only_the_main_name(real: Explainer) -> None:
    names = entry_names(real, "fr").glossary["refugee"]
    assert "réfugiés" in names
    assert "refugee" in names
    assert "refugees" not in names


def test_every_entry_has_names() -> None:
    names = entry_names(toy(), "fr")
    assert set(toy().actors) == set(names.actors)
    places = {f"place-{place_id}" for place_id in toy().places}
    assert set(toy().terms) | places == set(names.glossary)


# The index


def write_site(folder: Path) -> Path:
    for code in toy().languages:
        for name in ("index.html", "talks/index.html", "glossary/index.html"):
            path = folder / code / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'<html lang="{code}"><main><h1>{name}</h1><p>l’été</p></main></html>')
    return folder


needs_pagefind = pytest.mark.skipif(not search.is_available(), reason="no Pagefind here")


@needs_pagefind
def test_each_language_has_its_index_and_no_more_than_it_needs(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")
    index_site(toy(), HtmlPages(site))
    for code in toy().languages:
        files = {path.name for path in (site / code / "pagefind").glob("*") if path.is_file()}
        metadata = {name for name in files if name.endswith(".pf_meta")}
        assert len(metadata) == 1
        assert files - metadata == {
            "pagefind.js",
            "pagefind-worker.js",
            "pagefind-entry.json",
            f"wasm.{code}.pagefind",
            "names.json",
        }


@needs_pagefind
def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = write_site(tmp_path / "first"), write_site(tmp_path / "second")
    index_site(toy(), HtmlPages(first))
    index_site(toy(), HtmlPages(second))
    assert snapshot(first) == snapshot(second)


def test_a_failure_says_what_pagefind_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PACKAGE", "nowhere_to_be_found")
    with pytest.raises(EngineError, match="No module named nowhere_to_be_found"):
        index_site(toy(), HtmlPages(write_site(tmp_path)))


def test_a_build_without_pagefind_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []

    def engine(settings: list[Path], *_: object) -> None:
        told.extend(yaml.safe_load(path.read_text())["extra"]["search"] for path in settings)
        write_bare_sites(settings)

    monkeypatch.setattr(building, "build_sites", engine)
    monkeypatch.setattr(search, "_PACKAGE", "nowhere_to_be_found")
    content, steps = write_content(tmp_path), Steps()
    stamp(content, ["en", "fr"])
    building.build(content, tmp_path / "site", steps)
    assert building.NO_SEARCH in steps.names
    assert told == [False, False]
    assert not list((tmp_path / "site").rglob("pagefind*"))
