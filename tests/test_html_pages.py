"""What is read of a page; what is wrong with one, test_verification.py has."""

from __future__ import annotations

import pickle

from reperes.site.finish import page_record
from reperes.site.html_pages import Link, Names, all_names, read_page
from support import toy

PAGE = """<!doctype html>
<html lang="fr"><body><a href="../">Accueil</a>
<main id="page-text">
<h2 id="a-name" class="x y">Été <a class="permalink" href="#a">#</a></h2>
<p>Un <a href="b/">lien</a>.</p></main>
<h2>Pied</h2></body></html>
"""


def test_headings_and_links_of_the_text_have_their_places() -> None:
    page = read_page(PAGE)
    assert [(part.tag, PAGE[part.inner_start : part.inner_end]) for part in page.parts] == [
        ("a", "#"),
        ("h2", 'Été <a class="permalink" href="#a">#</a>'),
        ("a", "lien"),
    ]
    assert PAGE[page.parts[2].start : page.parts[2].end] == '<a href="b/">lien</a>'
    assert page.parts[1].attributes == {"id": "a-name", "class": "x y"}


def test_the_text_is_what_stands_in_main() -> None:
    page = read_page(PAGE)
    assert page.main is not None
    assert PAGE[slice(*page.main)].strip().startswith('<h2 id="a-name"')
    assert PAGE[page.main[1] :].startswith("</main>")
    assert page.language == "fr"


def test_a_page_without_main_has_no_text() -> None:
    page = read_page('<html lang="en"><h1>x</h1></html>')
    assert (page.main, page.parts) == (None, [])


def test_a_link_that_never_ends_is_no_part() -> None:
    page = read_page("<main><h2><a href='x'>one</h2><p><a href='y'>two</a></main>")
    assert [part.tag for part in page.parts] == ["h2", "a"]
    assert page.parts[1].attributes == {"href": "y"}


def test_names_are_in_lower_case_and_those_of_all_pages() -> None:
    first, second = read_page("<P ID='a' Class='b  c'>"), read_page("<svg viewBox='0 0 1 1'/>")
    assert all_names([first.names, second.names]) == Names(
        tags=frozenset({"p", "svg"}),
        classes=frozenset({"b", "c"}),
        ids=frozenset({"a"}),
        attributes=frozenset({"id", "class", "viewbox"}),
    )
    assert all_names([]) == Names(*[frozenset()] * 4)


def test_what_is_known_of_a_page_can_be_kept() -> None:
    record = page_record("fr/talks/index.html", read_page(PAGE), toy())
    assert pickle.loads(pickle.dumps(record)) == record
    assert record.links == (
        Link("../", "fr", ""),
        Link("#a", "fr/talks/index.html", "a", "no such anchor"),
        Link("b/", "fr/talks/b", ""),
    )
    assert record.faults == ()
    assert record.search is None
