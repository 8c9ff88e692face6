"""The copies that are indexed, and what becomes of a build where Pagefind is not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.pages import Page
from reperes.site import building, making, search
from reperes.site.engine import EngineError
from reperes.site.html_pages import SearchCopy, read_page
from reperes.site.search import (
    EntryNames,
    NamesOf,
    prepared,
    words_of,
    words_of_names,
    write_index,
)
from reperes.translation.stamping import stamp
from support import REAL, toy
from support_commands import BareEngine, Steps, snapshot, write_content

Names = Mapping[tuple[str, str], tuple[str, ...]]

NAMES = {("glossary", "deraa"): ("Deraa", "Daraa", "Dar’a"), ("actors", "sohr"): ("OSDH", "SOHR")}
NO_NAMES: Names = {}


@pytest.fixture(scope="module")
def real() -> Explainer:
    return load(REAL).explainer


def names_in(names: Names) -> NamesOf:
    return lambda page, anchor: names.get((page, anchor), ())


def copy(article: str, page_id: str = "talks", names: Names = NO_NAMES) -> str:
    """What is indexed of a page, without the shell of the copy."""
    page = f'<html><nav>Menu</nav><main id="page-text" tabindex="-1">{article}</main></html>'
    text = prepared(read_page(page), page_id, "fr", names_in(names))
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


@pytest.mark.parametrize(
    ("article", "indexed"),
    [
        ("a<button>b</button> c", "a c"),
        ('<p>a</p><div class="x cards"><div>b</div><p>c</p></div><p>d</p>', "<p>a</p><p>d</p>"),
        ("<nav><nav>a</nav>b</nav>c", "c"),
        ('<figure class="figure"><h2 id="x-name">a</h2></figure>b', "b"),
        ("<svg/>a<svg><g/><svg/></svg>b", "<svg/>ab"),
        ("<nav>never ended", "<nav>never ended"),
    ],
)
def test_what_is_not_sought_is_left_out(article: str, indexed: str) -> None:
    assert copy(article) == indexed


def test_the_page_of_a_figure_is_one_result_with_its_value() -> None:
    page = read_page('<main><h1>Morts</h1><h2 class="x" id="deaths-how">D’où</h2></main>')
    text = prepared(page, "figures/deaths", "fr", names_in(NO_NAMES), "plus de 350\u202f000")
    assert text is not None
    assert '<meta data-pagefind-meta="value[content]" content="plus de \u2064350000">' in text
    assert '<h2 class="x">' in text


def test_words_of_names_are_those_long_enough_to_be_mistyped() -> None:
    names = ["Sergueï Lavrov", "Al-Assad", "sergueï", "ONU", "4 juillet 2018", "Dera’a"]
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
    names = {("glossary", "a"): ('"><script>',)}
    assert "<script>" not in copy('<a class="term" href="../glossary/#a">a</a>', names=names)


def test_a_page_without_an_article_is_left_out() -> None:
    assert prepared(read_page("<html><h1>x</h1></html>"), "x", "fr", names_in(NO_NAMES)) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_spellings_abbreviations_and_discouraged_names(real: Explainer, language: str) -> None:
    names = EntryNames(real, language)
    assert "Daraa" in names.of("glossary", "deraa")
    for page in ("glossary", "actors"):
        assert {"OSDH", "SOHR"} <= set(names.of(page, "sohr"))


def test_of_the_other_language_only_the_main_name(real: Explainer) -> None:
    names = EntryNames(real, "fr").of("glossary", "refugee")
    assert "réfugiés" in names
    assert "refugee" in names
    assert "refugees" not in names


def test_every_entry_has_names() -> None:
    names = EntryNames(toy(), "fr")
    assert all(names.of("actors", actor_id) for actor_id in toy().actors)
    assert all(names.of("glossary", term_id) for term_id in toy().terms)
    assert all(names.of("glossary", f"place-{place_id}") for place_id in toy().places)
    assert names.of("glossary", "nowhere") == names.of("talks", "pier") == ()


# The index


def copies_of(language: str) -> dict[str, SearchCopy]:
    article = "<main><h1>{}</h1><p>l’été</p></main>"
    names = ("index.html", "talks/index.html", "glossary/index.html")
    return {
        f"{language}/{name}": SearchCopy(
            f'<html lang="{language}">{article.format(name)}</html>', (name,)
        )
        for name in names
    }


needs_pagefind = pytest.mark.skipif(not search.is_available(), reason="no Pagefind here")


@needs_pagefind
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_language_has_its_index_and_no_more_than_it_needs(tmp_path: Path, language: str) -> None:
    write_index(language, copies_of(language), ["été"], tmp_path / "pagefind")
    files = {path.name for path in (tmp_path / "pagefind").glob("*") if path.is_file()}
    metadata = {name for name in files if name.endswith(".pf_meta")}
    assert len(metadata) == 1
    assert files - metadata == {
        "pagefind.js",
        "pagefind-worker.js",
        "pagefind-entry.json",
        f"wasm.{language}.pagefind",
        "names.json",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["pagefind"]


@needs_pagefind
def test_the_same_copies_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_index("fr", copies_of("fr"), ["été"], first)
    write_index("fr", dict(reversed(copies_of("fr").items())), ["été"], second)
    assert snapshot(first) == snapshot(second)


def test_a_failure_says_what_pagefind_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PACKAGE", "nowhere_to_be_found")
    with pytest.raises(EngineError, match="No module named nowhere_to_be_found"):
        write_index("fr", copies_of("fr"), [], tmp_path / "pagefind")


def test_words_that_may_be_mistyped_are_those_of_names_and_of_headings_in_order() -> None:
    copies = {
        "fr/b/index.html": SearchCopy("", ("Zone",)),
        "fr/a/index.html": SearchCopy("", ("Accord",)),
    }
    words = words_of(toy(), "fr", copies)
    assert words[-2:] == ["Accord", "Zone"]
    assert words[:-2] == words_of(toy(), "fr", {})


def test_a_build_without_pagefind_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []

    class ToldEngine(BareEngine):
        def render(self, page: Page, extras: object) -> str:
            told.append(self.settings["extra"]["search"])
            return super().render(page, extras)

    monkeypatch.setattr(making, "LiveEngine", ToldEngine)
    monkeypatch.setattr(search, "_PACKAGE", "nowhere_to_be_found")
    content, steps = write_content(tmp_path), Steps()
    stamp(content, ["en", "fr"])
    building.build(content, tmp_path / "site", steps)
    assert building.NO_SEARCH in steps.names
    assert set(told) == {False}
    assert not list((tmp_path / "site").rglob("pagefind*"))
