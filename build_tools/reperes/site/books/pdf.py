"""A book as a PDF: laid out, tagged and dated by WeasyPrint."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

import font_source_sans_pro
import font_source_serif_pro
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from reperes.site.books.book import Book, Chapter, drawn_with, plain
from reperes.site.books.styles import style
from reperes.writing.templating import render_html

_FONTS = {
    path.name: path
    for package in (font_source_sans_pro, font_source_serif_pro)
    for path in Path(package.font_directory).glob("*.ttf")
}


def pdf_bytes(book: Book) -> bytes:
    """The file, tagged as PDF/UA-1. It needs no network, and no font of this machine."""
    drawn = replace(book, chapters=tuple(map(_with_whole_drawings, book.chapters)))
    html = render_html("books/book.html.jinja", book=drawn)
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=style("sides", "print", "photos"), font_config=fonts, url_fetcher=fetch_font
    )
    fetch = partial(_fetch_picture, book)
    document = weasyprint.HTML(string=html, base_url=book.address, url_fetcher=fetch)
    made = document.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=True
    )
    assert isinstance(made, bytes)
    return made


def _fetch_picture(book: Book, address: str) -> URLFetcherResponse:
    """Answer the addresses of a book's own pictures, and no other."""
    data = book.pictures.get(address.removeprefix(book.address))
    if data is None:
        raise ValueError(f"a book has no file of its own at {address}")
    return URLFetcherResponse(address, data)


def fetch_font(address: str) -> URLFetcherResponse:
    """Answer the addresses of fonts in print.css, and no other."""
    scheme, _, name = address.partition(":")
    if scheme != "font":
        raise ValueError(f"a book has no file of its own at {address}")
    return URLFetcherResponse(address, _FONTS[name].read_bytes(), {"Content-Type": "font/ttf"})


def _with_whole_drawings(chapter: Chapter) -> Chapter:
    """A copy whose drawings hold all that they use: to WeasyPrint each is a document of its own."""
    article = deepcopy(chapter.article)
    known = {part.get("id"): part for drawing in article.iter("svg") for part in drawing.iter()}
    # A part of a drawing may be one in its turn; it belongs to the whole.
    for parent in [element for element in article.iter() if element.tag != "svg"]:
        for drawing in parent.findall("svg"):
            own = {part.get("id") for part in drawing.iter()}
            for name in sorted(drawn_with(drawing) - own):
                drawing.insert(0, deepcopy(known[name]))
            _describe(drawing, parent)
            sheet = Element("style")
            sheet.text = style("drawings")
            drawing.insert(0, sheet)
    return replace(chapter, article=article)


def _describe(drawing: Element, parent: Element) -> None:
    """Put into the title, which alone WeasyPrint reads out, all that describes a drawing.

    PDF/UA wants words for every drawing; for a sample in a key, these are those beside it.
    """
    title, description = drawing.find("title"), drawing.find("desc")
    if title is None:
        title = Element("title")
        title.text = plain(parent)
        drawing.insert(0, title)
    elif description is not None:
        title.text = f"{title.text}. {description.text}"
