"""What becomes of finished pages in a book: what stays, what goes, and where links lead."""

from __future__ import annotations

from pathlib import Path

import pytest

from reperes.pages import render_pages
from reperes.pages.gone import gone_page_ids
from reperes.site.books.book import Chapter, chapters_of, drawn_with, read_book
from support import toy

SITE = "https://example.org/ferry/"
ADDRESS = f"{SITE}fr/"


def page(article: str) -> str:
    menu = '<nav class="menu"><a href="../talks/">Menu</a></nav>'
    return f"<!doctype html><main><article class=x><h1>T</h1>{article}</article></main>{menu}"


def chapter(article: str, **others: str) -> Chapter:
    """The page `talks` as a chapter, in a book with other pages."""
    texts = {"talks": page(article)} | {name: page(text) for name, text in others.items()}
    return chapters_of(texts, "fr", ADDRESS)[0]


def inside(article: str, **others: str) -> str:
    """What the book has under the title of a page."""
    html = chapter(article, **others).html
    start = '<section class="chapter" id="talks"><h1>T</h1>'
    assert html.startswith(start)
    return html.removeprefix(start).removesuffix("</section>")


@pytest.mark.parametrize(
    "screen",
    [
        '<button type="button" data-copy="x-quote">Copier</button>',
        '<p class="marks">Souligné : la source d’un fait.</p>',
        '<p class="address">https://example.org/ferry/fr/talks/</p>',
        '<nav class="data-files"><ul><li>CSV</li></ul></nav>',
        '<div class="cards"><div id="card-x" popover="auto">x</div></div>',
        '<a class="permalink" href="#x">#</a>',
        '<ul class="opening__facts"><li>1 min</li></ul>',
        '<table class="picture__data"><caption>x</caption></table>',
        '<ol class="chapters"><li>Talks</li></ol>',
        '<details class="actor__facts"><summary>2</summary></details>',
        '<a class="further further--web" href="../timeline/">Timeline</a>',
    ],
)
def test_what_only_a_screen_needs_is_gone_and_the_text_around_it_stays(screen: str) -> None:
    assert inside(f"<div>avant {screen} après</div>") == "<div>avant  après</div>"
    assert inside(f"<div><b>x</b>{screen}. Suite</div>") == "<div><b>x</b>. Suite</div>"


def test_a_list_of_pages_goes_with_its_heading_and_no_other() -> None:
    kept = '<h2 id="a">A</h2><p>x</p>'
    list_of_pages = '<h2 id="b">B</h2>\n<ol class="chapters"><li>y</li></ol>'
    assert inside(f"{kept}{list_of_pages}<p>z</p>") == ('<h2 id="talks-a">A</h2><p>x</p>\n<p>z</p>')


def test_attributes_of_scripts_are_gone() -> None:
    assert inside('<p data-x="1" tabindex="-1" class="y">x</p>') == '<p class="y">x</p>'


def test_details_are_open() -> None:
    assert inside('<details class="d"><summary>Pourquoi</summary><p>x</p></details>') == (
        '<div class="d"><p class="summary">Pourquoi</p><p>x</p></div>'
    )


def test_ids_begin_with_the_page_and_what_names_them_follows() -> None:
    assert inside('<h2 id="a">A</h2><section aria-labelledby="a b"></section><i id="b"></i>') == (
        '<h2 id="talks-a">A</h2><section aria-labelledby="talks-a talks-b"></section>'
        '<i id="talks-b"></i>'
    )


def test_footnotes_have_ids_that_xml_allows() -> None:
    assert inside('<a id="fnref:1" href="#fn:1">1</a><p id="fn:1">x</p>') == (
        '<a id="talks-fnref.1" href="#talks-fn.1">1</a><p id="talks-fn.1">x</p>'
    )


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("#here", "#talks-here"),
        ("./#here", "#talks-here"),
        ("../figures/", "#figures"),
        ("../figures/#deaths", "#figures-deaths"),
        ("../", "#overview"),
        ("../figures/#nowhere", f"{ADDRESS}figures/#nowhere"),
        ("../figures/deaths/", "#figures-deaths"),
        ("../figures/deaths/#how", f"{ADDRESS}figures/deaths/#how"),
        ("../figures/gone/", f"{ADDRESS}figures/gone/"),
        ("../facts.json", f"{ADDRESS}facts.json"),
        ("../../en/talks/", f"{SITE}en/talks/"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_lead_into_the_book_or_to_the_site(typed: str, leads_to: str) -> None:
    link = inside(
        f'<i id="here"></i><a href="{typed}">x</a>', overview="", figures='<p id="deaths">x</p>'
    )
    assert link == f'<i id="talks-here"></i><a href="{leads_to}">x</a>'


def test_an_anchor_that_the_book_drops_is_still_on_the_site() -> None:
    dropped = '<div class="cards"><p id="card-x">x</p></div>'
    link = inside('<a href="../figures/#card-x">x</a>', figures=dropped)
    assert link == f'<a href="{ADDRESS}figures/#card-x">x</a>'


DRAWING = (
    '<svg viewBox="0 0 9 9" aria-labelledby="t"><title id="t">Carte</title>'
    '<pattern id="h" patternUnits="userSpaceOnUse"></pattern>'
    '<rect fill="url(#h)"></rect></svg>'
)


def test_drawings_keep_their_names_and_find_their_own_patterns() -> None:
    assert inside(DRAWING) == (
        '<svg viewBox="0 0 9 9" aria-labelledby="talks-t" xmlns="http://www.w3.org/2000/svg">'
        '<title id="talks-t">Carte</title>'
        '<pattern id="talks-h" patternUnits="userSpaceOnUse"></pattern>'
        '<rect fill="url(#talks-h)"></rect></svg>'
    )
    assert chapter(DRAWING).has_drawings
    assert not chapter("<p>x</p>").has_drawings
    drawing = chapter(DRAWING).article.find(".//svg")
    assert drawing is not None
    assert drawn_with(drawing) == {"talks-h"}


def test_a_chapter_knows_its_title_and_headings() -> None:
    text = '<main><article><h1 lang="en">The\n <b>talks</b>\u00a0!</h1><h2 id="a">A</h2><h2>B</h2>'
    (found,) = chapters_of({"talks": text}, "fr", ADDRESS)
    assert (found.title, found.language) == ("The talks\u00a0!", "en")
    assert found.headings == (("talks-a", "A"),)


def test_a_text_in_another_language_says_so() -> None:
    assert inside('<div lang="en"><p>x</p></div>') == '<div lang="en"><p>x</p></div>'


@pytest.mark.parametrize("language", ["fr", "en"])
def test_chapters_come_in_the_order_of_the_menu(tmp_path: Path, language: str) -> None:
    pages = render_pages(toy(), language)
    for made in pages:
        file = tmp_path / language / ("" if made.id == "overview" else made.id) / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page("<p>x</p>"), "utf-8")
    book = read_book(toy(), language, pages, tmp_path)
    gone = gone_page_ids(toy())
    assert [found.id for found in book.chapters] == [
        made.id for made in pages if not made.id.startswith("figures/") and made.id not in gone
    ]
    (_, story), (_, references) = book.parts
    assert [found.id for found in story] == ["overview", *toy().site.section_ids]
    assert "glossary" in {found.id for found in references}
    assert book.address == f"https://example.org/ferry/{language}/"
    assert book.title == toy().site.title[language]
