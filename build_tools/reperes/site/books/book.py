"""The finished pages of one language as one ordered document, freed from what only screens need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element, tostring

import tinyhtml5

from reperes.language.typography import typeset
from reperes.model.edition_now import edition_named
from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.pages.page import page_url
from reperes.site.open_data.language_view import LanguageView
from reperes.writing.list_parts import is_list, list_of

_SVG = "http://www.w3.org/2000/svg"

_DROPPED_TAGS = frozenset({"button", "dialog", "nav", "script"})
_DROPPED_CLASSES = frozenset(
    {
        "address",  # of the page on the site
        "actor__facts",  # the chapters of statements and of figures say who said what
        "cards",
        "citing",
        "filters",
        "further--web",
        "glance__days",
        "index__group",  # parts follow as chapters
        "index__lines",
        "marks",
        "notice--scope",  # the title page says it
        "opening__facts",
        "permalink",
        "picture__data",  # the rows beneath each picture say the same
        "strip",  # it stretches with a window; what it shows is said in words beneath it
    }
)
_LISTS_OF_PAGES = frozenset({"chapters", "paths"})
"""What the table of contents says too; it goes with the heading before it."""

_DROPPED_ATTRIBUTES = ("hreflang", "popover", "tabindex")

_REFERRING = ("aria-describedby", "aria-labelledby", "for", "headers")
"""Attributes that name ids, with a space between two."""

_DRAWN_WITH = re.compile(r"url\(#([^)]+)\)")
_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Chapter:
    """A page of the site, as a chapter.

    `id` is made of the page's, and the anchor of the chapter; every other anchor in it begins with
    `id` and a hyphen, which it has not. `title` is plain; `language` is the title's.
    `headings` are the anchors and plain texts of the headings beneath the title.
    """

    id: str
    title: str
    language: str
    headings: tuple[tuple[str, str], ...]
    is_reference: bool
    article: Element

    @property
    def html(self) -> str:
        """The article for a parser of HTML."""
        return tostring(self.article, encoding="unicode", method="html")

    @property
    def has_drawings(self) -> bool:
        return self.article.find(".//svg") is not None


@dataclass(frozen=True)
class Book:
    """One language of an explainer: texts plain and typeset, days in words beside their ISO form.

    `address` is the language's overview on the site; `labels` is the interface's wording.
    `pictures` are the files of pictures by the address that chapters have of them.
    """

    language: str
    title: str
    tagline: str
    notice: str
    as_of: str
    editor: str
    editor_url: str
    licence: str
    licence_url: str
    address: str
    updated: str
    updated_text: str
    edition: str
    archived: bool
    labels: Mapping[str, str]
    chapters: tuple[Chapter, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[str, list[Chapter]]]:
        """The chapters under the names that the site's menu has for their two groups."""
        groups = {"nav.story": False, "nav.bearings": True}
        return [
            (self.labels[label], [found for found in self.chapters if found.is_reference is kind])
            for label, kind in groups.items()
        ]


def read_book(explainer: Explainer, language: str, pages: Iterable[Page], site: Path) -> Book:
    """The book of a language, from the overview, the sections and the reference pages of `site`."""
    folder = site / language
    view, locale = LanguageView(explainer, language), explainer.locales[language]
    known = explainer.site
    in_order = ["overview", *map(str, known.section_ids), *_reference_ids(pages)]
    texts = {
        page_id: (folder / page_url(page_id) / "index.html").read_text("utf-8")
        for page_id in in_order
    }
    chapters = chapters_of(texts, language, view.file(""))
    return Book(
        language=language,
        title=view.text(known.title),
        tagline=view.text(known.tagline),
        notice=view.text(known.notice),
        as_of=typeset(locale.label("page.as_of", date=locale.date(known.as_of)), language),
        editor=typeset(known.editor.named(language), language),
        editor_url=known.editor.url or "",
        licence=known.licence.name,
        licence_url=known.licence.url or "",
        address=view.file(""),
        updated=known.updated.text,
        updated_text=typeset(locale.date(known.updated), language),
        edition=typeset(edition_named(explainer, language), language),
        archived=known.archived,
        labels=locale.wording.labels,
        chapters=chapters,
        pictures={name: (site / name).read_bytes() for name in _pictures_in(chapters)},
    )


def _pictures_in(chapters: Iterable[Chapter]) -> list[str]:
    images = (image for chapter in chapters for image in chapter.article.iter("img"))
    return sorted({image.get("src", "") for image in images})


def _reference_ids(pages: Iterable[Page]) -> list[str]:
    return [page.id for page in pages if _is_reference(page.id)]


def _is_reference(page_id: str) -> bool:
    """Whether readers look things up there: the list of chapters is in each book anyway."""
    return page_id == "editions" or (is_list(page_id) and list_of(page_id) != "contents")


def chapters_of(texts: Mapping[str, str], language: str, address: str) -> tuple[Chapter, ...]:
    """Pages by id, in their order, as chapters that link one another.

    A link to what the book does not hold becomes an address of the site, which lies at `address`.
    """
    articles = {page_id: _article(text) for page_id, text in texts.items()}
    for page_id, article in articles.items():
        _remove_screen(article)
        _open_details(article)
        _prefix_ids(article, page_id)
    anchors = {element.get("id", "") for article in articles.values() for element in article.iter()}
    by_address = {urljoin(address, page_url(name)): _chapter_id(name) for name in articles}
    # A figure has a page of its own on the site; in a book, its entry among all of them.
    figures = (anchor for anchor in anchors if anchor.startswith(("figures-", "figures.")))
    by_address |= {urljoin(address, f"figures/{n.partition('-')[2]}/"): n for n in figures}
    for page_id, article in articles.items():
        here = urljoin(address, page_url(page_id))
        for link in article.iter("a"):
            if "href" in link.attrib:
                link.set("href", _destination(urljoin(here, link.get("href")), by_address, anchors))
    return tuple(_chapter(page_id, article, language) for page_id, article in articles.items())


def _article(text: str) -> Element:
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    found: Element | None = root.find(".//main/article")
    assert found is not None, "every page has an article"
    article = deepcopy(found)
    article.tag, article.tail = "section", None
    article.set("class", "chapter")
    for element in article.iter():
        _clean(element)
    for frame in article.iter("div"):
        for picture in frame.findall("picture"):
            frame.remove(picture)
            frame.append(_image(picture))
    return article


def _image(picture: Element) -> Element:
    """The one file of a picture that every reader of books takes, by its path in the site."""
    found = picture.find("img")
    assert found is not None, "a picture has an image"
    kept = {name: found.get(name, "") for name in ("src", "alt", "width", "height")}
    path = kept["src"].lstrip("./")
    return Element("img", {**kept, "src": path})


def _clean(element: Element) -> None:
    """Name elements as HTML does, without namespaces, and leave out what only scripts read."""
    tag = str(element.tag)
    if tag == f"{{{_SVG}}}svg":
        element.set("xmlns", _SVG)
    element.tag = tag.rpartition("}")[2]
    for name in list(element.attrib):
        if name.startswith("data-") or name in _DROPPED_ATTRIBUTES:
            del element.attrib[name]


def _remove_screen(parent: Element) -> None:
    before: Element | None = None
    for child in list(parent):
        classes = set(child.get("class", "").split())
        if _LISTS_OF_PAGES & classes and before is not None and before.tag == "h2":
            _remove(parent, before)
        if child.tag in _DROPPED_TAGS or (_DROPPED_CLASSES | _LISTS_OF_PAGES) & classes:
            _remove(parent, child)
        else:
            _remove_screen(child)
            before = child


def _remove(parent: Element, child: Element) -> None:
    """Take an element out, and leave the text after it."""
    position = list(parent).index(child)
    if position:
        before = parent[position - 1]
        before.tail = (before.tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _open_details(article: Element) -> None:
    for element in article.iter():
        if element.tag == "details":
            element.tag = "div"
        elif element.tag == "summary":
            element.tag = "p"
            element.set("class", "summary")


def _prefix_ids(article: Element, page_id: str) -> None:
    for element in article.iter():
        if "id" in element.attrib:
            element.set("id", _anchor(page_id, element.attrib["id"]))
        for name in _REFERRING:
            if name in element.attrib:
                ids = element.attrib[name].split()
                element.set(name, " ".join(_anchor(page_id, found) for found in ids))
        for name, value in element.attrib.items():
            if "url(#" in value:
                element.set(
                    name, _DRAWN_WITH.sub(lambda at: f"url(#{_anchor(page_id, at[1])})", value)
                )
    article.set("id", _chapter_id(page_id))


def drawn_with(drawing: Element) -> set[str]:
    """The ids of the patterns and other parts that a drawing fills or clips its shapes with."""
    values = (value for part in drawing.iter() for value in part.attrib.values())
    return {name for value in values for name in _DRAWN_WITH.findall(value)}


def _anchor(page_id: str, element_id: str) -> str:
    """An id for the whole book. XML has no colon in one, and footnotes have."""
    return f"{_chapter_id(page_id)}-{element_id}".replace(":", ".")


def _chapter_id(page_id: str) -> str:
    """A page's id as that of a chapter, in which no hyphen ends it, and as the name of a file."""
    return page_id.replace("/", ".").replace("-", ".")


def _destination(address: str, by_address: Mapping[str, str], anchors: set[str]) -> str:
    page, fragment = urldefrag(address)
    place = by_address.get(page)
    if place is None:
        return address
    anchor = f"{place}-{unquote(fragment)}".replace(":", ".") if fragment else place
    return f"#{anchor}" if anchor in anchors else address


def _chapter(page_id: str, article: Element, language: str) -> Chapter:
    title = article.find(".//h1")
    assert title is not None, f"page {page_id} has no title"
    return Chapter(
        id=_chapter_id(page_id),
        title=plain(title),
        language=title.get("lang", language),
        headings=tuple(_headings(article)),
        is_reference=_is_reference(page_id),
        article=article,
    )


def _headings(article: Element) -> Iterator[tuple[str, str]]:
    for heading in article.iter("h2"):
        if "id" in heading.attrib:
            yield heading.attrib["id"], plain(heading)


def plain(element: Element) -> str:
    """The text of an element; no-break spaces stay."""
    return _BLANKS.sub(" ", "".join(element.itertext())).strip(" ")
