"""The copies that are indexed, and what becomes of a build where Pagefind is not."""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.pages import Page
from reperes.site import building, making, pagefind
from reperes.site.build import build
from reperes.site.engine import EngineError
from reperes.site.html_pages import read_page
from reperes.site.pagefind import Copy, indexes, is_available
from reperes.site.search import (
    EntryNames,
    NamesOf,
    needed,
    prepared,
    words_of,
    words_of_names,
)
from reperes.translation.stamping import stamp
from support import REAL, toy
from support_commands import BareEngine, Steps, replace_engine, write_content

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
        ("<p>a</p>\n  <aside><p>behind</p></aside>\n <p>b</p>", "<p>a</p> <p>b</p>"),
        ("<p>a</p>\n   <p>b</p>", "<p>a</p> <p>b</p>"),
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


def copies_of(language: str, word: str = "l’été") -> list[Copy]:
    article = f"<main><h1>{{}}</h1><p>{word}</p></main>"
    names = ("index.html", "talks/index.html", "glossary/index.html")
    return [Copy(name, f'<html lang="{language}">{article.format(name)}</html>') for name in names]


def index_of(language: str, copies: list[Copy]) -> dict[str, bytes]:
    return needed(indexes({language: copies})[language], language)


needs_pagefind = pytest.mark.skipif(not is_available(), reason="no Pagefind here")


@needs_pagefind
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_language_has_its_index_and_no_more_than_it_needs(language: str) -> None:
    files = {name for name in index_of(language, copies_of(language)) if "/" not in name}
    metadata = {name for name in files if name.endswith(".pf_meta")}
    assert len(metadata) == 1
    assert files - metadata == {
        "pagefind.js",
        "pagefind-worker.js",
        "pagefind-entry.json",
        f"wasm.{language}.pagefind",
    }


@needs_pagefind
def test_languages_are_indexed_side_by_side_as_each_by_itself() -> None:
    copies = {"fr": copies_of("fr"), "en": copies_of("en")[:2], "uk": copies_of("uk")}
    assert indexes(copies) == {code: indexes({code: copies[code]})[code] for code in copies}


@needs_pagefind
def test_a_page_is_known_by_its_address_and_has_a_file_that_only_its_words_change() -> None:
    before, after = copies_of("fr"), copies_of("fr")
    after[1] = copies_of("fr", "l’hiver")[1]
    first, second = (
        {name: data for name, data in index_of("fr", copies).items() if "fragment/" in name}
        for copies in (before, after)
    )
    said = [json.loads(gzip.decompress(data).partition(b"dcd")[2]) for data in first.values()]
    assert {each["url"] for each in said} == {"/", "/talks/", "/glossary/"}
    assert len(first.items() & second.items()) == 2


@needs_pagefind
def test_indexing_is_given_up_when_that_is_asked() -> None:
    asked = iter([None, KeyboardInterrupt()])

    def checkpoint() -> None:
        if error := next(asked):
            raise error

    with pytest.raises(KeyboardInterrupt):
        indexes({"fr": copies_of("fr")}, checkpoint)


FAILURES = {
    "before it is asked": "sys.exit('no memory')",
    "when it is asked": "sys.stdin.read(1); sys.exit('no memory')",
}


@pytest.mark.parametrize("code", FAILURES.values(), ids=list(FAILURES))
def test_a_failure_says_what_pagefind_said(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    command = [sys.executable, "-c", f"import sys; {code}"]
    monkeypatch.setattr(pagefind, "_command", lambda: command)
    with pytest.raises(EngineError, match="Pagefind stopped with 1\nno memory"):
        indexes({"fr": copies_of("fr")})


def test_an_answer_that_is_an_error_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = base64.b64encode(b'{"payload": {"type": "Error", "message": "no such index"}}')
    code = (
        f"import sys; sys.stdout.write('{answer.decode()},'); sys.stdout.flush(); sys.stdin.read()"
    )
    monkeypatch.setattr(pagefind, "_command", lambda: [sys.executable, "-c", code])
    with pytest.raises(EngineError, match="Pagefind: no such index"):
        indexes({"fr": copies_of("fr")})


def test_words_that_may_be_mistyped_are_those_of_names_and_of_headings_in_order() -> None:
    words = words_of(toy(), "fr", [("Accord",), ("Zone", "Accord")])
    assert words[-2:] == ["Accord", "Zone"]
    assert words[:-2] == words_of(toy(), "fr", [])


def test_a_build_without_pagefind_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []

    class ToldEngine(BareEngine):
        def render(self, page: Page, extras: object) -> str:
            told.append(self.settings["extra"]["search"])
            return super().render(page, extras)

    monkeypatch.setattr(making, "LiveEngine", ToldEngine)
    monkeypatch.setattr(pagefind, "_PACKAGE", "nowhere_to_be_found")
    content, steps = write_content(tmp_path), Steps()
    stamp(content, ["en", "fr"])
    build(content, tmp_path / "site", steps)
    assert building.NO_SEARCH in steps.names
    assert set(told) == {False}
    assert not list((tmp_path / "site").rglob("pagefind*"))


def test_a_copy_that_is_not_kept_any_more_is_made_anew_of_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class EngineOfArticles(BareEngine):
        def render(self, page: Page, extras: object) -> str:
            language = self.settings["theme"]["language"]
            return f'<html lang="{language}"><main><h1>{page.title}</h1></main></html>'

    replace_engine(monkeypatch)
    monkeypatch.setattr(making, "LiveEngine", EngineOfArticles)
    seen: list[dict[str, list[Copy]]] = []

    def indexes(copies: Mapping[str, Iterable[Copy]], _: object) -> dict[str, Mapping[str, bytes]]:
        seen.append({language: list(each) for language, each in copies.items()})
        return {}

    monkeypatch.setattr(pagefind, "indexes", indexes)
    content = write_content(tmp_path)
    stamp(content, ["en", "fr"])
    build(content, tmp_path / "site", Steps())
    with sqlite3.connect(tmp_path / ".site.build/kept/store.db") as database:
        database.execute("DELETE FROM kept WHERE kind = 'copy' AND name LIKE '%crossing%'")
        database.execute("DELETE FROM kept WHERE kind = 'made of'")
    database.close()
    (tmp_path / "site" / "robots.txt").unlink()  # so that something has changed
    build(content, tmp_path / "site", Steps())
    assert seen[0] == seen[1]
    assert "crossing/index.html" in {copy.file for copy in seen[0]["fr"]}
