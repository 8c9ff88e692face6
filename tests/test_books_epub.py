"""The EPUB as a file: what stands in it, in which order, and that it is the same every time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from reperes.site.books.book import Book, chapters_of
from reperes.site.books.cover import cover_png
from reperes.site.books.epub import epub_bytes, identifier

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"

PAGES = {
    "overview": '<h1>Ferry &amp; port</h1><a href="talks/">x</a><a href="talks/#end">y</a>'
    '<a href="#top">z</a><p id="top">a<br>b</p>',
    "talks": '<h1>Talks</h1><h2 id="end">The end</h2>'
    '<svg viewBox="0 0 9 9"><path d="M0 0" /></svg>',
}


@pytest.fixture
def book() -> Book:
    texts = {name: f"<main><article>{html}</article></main>" for name, html in PAGES.items()}
    address = "https://example.org/ferry/en/"
    return Book(
        language="en",
        title="Ferry & port",
        tagline="A line that ends",
        notice="One <source>",
        as_of="As of 1 March 2019",
        editor="The editors",
        editor_url="",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        address=address,
        updated="2019-03-16",
        updated_text="16 March 2019",
        edition="edition 2 of 20 March 2019",
        archived=False,
        labels={
            "book.accessibility": "Described",
            "book.contents": "Contents",
            "book.online": "Online",
            "page.changed": "Changed",
            "page.editor": "Editor",
            "page.licence": "Licence",
        },
        chapters=chapters_of(texts, "en", address),
    )


def opened(book: Book) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(epub_bytes(book)))


def parsed(book: Book, name: str) -> ET.Element:
    return ET.fromstring(opened(book).read(f"EPUB/{name}"))


def test_the_first_entry_says_what_the_file_is(book: Book) -> None:
    data = epub_bytes(book)
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    assert opened(book).infolist()[0].compress_type == zipfile.ZIP_STORED


def test_no_entry_tells_when_or_where_it_was_made(book: Book) -> None:
    for entry in opened(book).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.create_system == 3
    assert epub_bytes(book) == epub_bytes(book)


def test_every_file_is_in_the_manifest_and_every_page_in_the_spine(book: Book) -> None:
    package = parsed(book, "package.opf")
    listed = {item.attrib["href"] for item in package.iter(f"{OPF}item")}
    written = {name.removeprefix("EPUB/") for name in opened(book).namelist()}
    assert written == {"mimetype", "META-INF/container.xml", "package.opf", *listed}
    order = [item.attrib["idref"] for item in package.iter(f"{OPF}itemref")]
    assert order == ["title-page", "nav", "overview", "talks"]


def test_an_e_reader_finds_the_cover(book: Book) -> None:
    items = {
        item.attrib["id"]: item.attrib for item in parsed(book, "package.opf").iter(f"{OPF}item")
    }
    assert items["cover"]["properties"] == "cover-image"
    cover = Image.open(BytesIO(opened(book).read("EPUB/cover.png")))
    assert (cover.format, cover.size) == ("PNG", (1200, 1920))
    # The band above, the paper below.
    assert cover.convert("RGB").getpixel((600, 20)) == (0x0F, 0x4C, 0x5C)
    assert cover.convert("RGB").getpixel((1190, 1900)) == (0xFD, 0xFC, 0xF9)


def test_a_title_that_its_fonts_cannot_write_has_no_cover(book: Book) -> None:
    unwritten = replace(book, title="渡船")
    assert cover_png(unwritten) is None
    assert "EPUB/cover.png" not in opened(unwritten).namelist()
    items = parsed(unwritten, "package.opf").iter(f"{OPF}item")
    assert "cover" not in {item.attrib["id"] for item in items}


def test_the_package_says_what_the_book_is(book: Book) -> None:
    package = parsed(book, "package.opf")
    metadata = package.find(f"{OPF}metadata")
    assert metadata is not None
    assert metadata.findtext(f"{DC}title") == "Ferry & port"
    assert metadata.findtext(f"{DC}language") == "en"
    assert metadata.findtext(f"{DC}identifier") == identifier(book)
    said = {meta.attrib["property"]: meta.text for meta in metadata.iter(f"{OPF}meta")}
    assert said["dcterms:modified"] == "2019-03-16T00:00:00Z"
    assert said["schema:accessModeSufficient"] == "textual"
    assert said["schema:accessibilitySummary"] == "Described"


def test_the_identifier_is_that_of_an_address(book: Book) -> None:
    changed = replace(book, title="Other", updated="2020-01-01")
    assert identifier(changed) == identifier(book)
    moved = replace(book, address="https://example.org/ferry/fr/")
    assert identifier(moved) != identifier(book)


def test_links_between_chapters_name_their_files(book: Book) -> None:
    links = [link.attrib["href"] for link in parsed(book, "overview.xhtml").iter(f"{XHTML}a")]
    assert links == ["talks.xhtml", "talks.xhtml#talks-end", "#overview-top"]


def test_a_drawing_is_in_its_own_namespace_and_declared(book: Book) -> None:
    (drawing,) = parsed(book, "talks.xhtml").iter(f"{SVG}svg")
    assert drawing.attrib == {"viewBox": "0 0 9 9"}
    assert drawing[0].tag == f"{SVG}path"
    items = parsed(book, "package.opf").iter(f"{OPF}item")
    declared = {item.attrib["href"]: item.attrib.get("properties") for item in items}
    assert (declared["talks.xhtml"], declared["overview.xhtml"]) == ("svg", None)


def test_the_contents_list_chapters_and_their_headings(book: Book) -> None:
    contents, _ = parsed(book, "nav.xhtml").iter(f"{XHTML}nav")
    links = [(link.attrib["href"], link.text) for link in contents.iter(f"{XHTML}a")]
    assert links == [
        ("overview.xhtml", "Ferry & port"),
        ("talks.xhtml", "Talks"),
        ("talks.xhtml#talks-end", "The end"),
    ]


def test_the_title_page_shows_texts_as_typed(book: Book) -> None:
    text = "".join(parsed(book, "title-page.xhtml").itertext())
    for said in ("A line that ends", "One <source>", "16 March 2019", book.address):
        assert said in text


def test_pages_say_their_language(book: Book) -> None:
    page = parsed(book, "talks.xhtml")
    assert page.attrib["lang"] == "en"
    assert page.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
