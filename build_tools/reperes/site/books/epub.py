"""A book as an EPUB 3: a file a chapter, in a ZIP file that is the same whenever it is made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import PurePosixPath
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import tostring

from reperes.site.books.book import Book, Chapter
from reperes.site.books.cover import cover_png
from reperes.site.books.styles import style
from reperes.writing.renditions import MEDIA_TYPES
from reperes.writing.templating import render_html

_FOLDER = "EPUB"
_PACKAGE = f"{_FOLDER}/package.opf"
_MEDIA_TYPES = {f".{form}": media_type for form, media_type in MEDIA_TYPES.items()}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP file: it can say none before."""


def epub_bytes(book: Book) -> bytes:
    """The file, by EPUB 3.3 (https://www.w3.org/TR/epub-33/): its first entry tells what it is."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(_entry("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in _files(book):
            archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    # What a system writes here by itself would tell one machine's files from another's.
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _files(book: Book) -> Iterator[tuple[str, str | bytes]]:
    cover = cover_png(book)
    yield "META-INF/container.xml", _xml("container.xml", package=_PACKAGE)
    yield (
        _PACKAGE,
        _xml(
            "package.opf",
            book=book,
            identifier=identifier(book),
            has_cover=cover is not None,
            pictures=[(name, _MEDIA_TYPES[PurePosixPath(name).suffix]) for name in book.pictures],
        ),
    )
    if cover is not None:
        yield f"{_FOLDER}/cover.png", cover
    photos = ["photos"] if book.pictures else []
    yield f"{_FOLDER}/style.css", style("sides", "drawings", "ebook", *photos)
    for name, data in book.pictures.items():
        yield f"{_FOLDER}/{name}", data
    contents = book.labels["book.contents"]
    yield _page(book, "nav", contents, _xml("nav.xhtml", book=book))
    yield _page(book, "title-page", book.title, _xml("title_page.html", book=book))
    for chapter in book.chapters:
        yield _page(book, chapter.id, chapter.title, chapter_xhtml(chapter))


def identifier(book: Book) -> str:
    """A name for all versions of a book, made from its address on the web."""
    return uuid5(NAMESPACE_URL, book.address).urn


def chapter_xhtml(chapter: Chapter) -> str:
    """The article as XML, its links to other chapters leading to their files."""
    article = deepcopy(chapter.article)
    article.set("role", "doc-chapter")
    for link in article.iter("a"):
        anchor = link.get("href", "").removeprefix("#")
        if link.get("href", "").startswith("#"):
            link.set("href", _file_of(anchor, chapter.id))
    return tostring(article, encoding="unicode")


def _file_of(anchor: str, here: str) -> str:
    page_id, _, rest = anchor.partition("-")
    file = "" if page_id == here and rest else f"{page_id}.xhtml"
    return f"{file}#{anchor}" if rest else file


def _page(book: Book, name: str, title: str, body: str) -> tuple[str, str]:
    page = _xml("page.xhtml", language=book.language, title=title, body=body)
    return f"{_FOLDER}/{name}.xhtml", page


def _xml(template: str, **values: object) -> str:
    # An XML declaration is valid as the first bytes alone.
    return render_html(f"books/{template}.jinja", **values).lstrip()
