"""What a page tells search engines about itself: JSON-LD in the words of https://schema.org."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reperes.language.typography import typeset
from reperes.model.bearings import Source, Term
from reperes.model.facts import Correction, Event, Quotation
from reperes.model.published import corrections_of_page
from reperes.model.references import PICTURE
from reperes.model.site import Editor
from reperes.model.source_types import source_type
from reperes.pages import Page
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import Extent
from reperes.writing.list_parts import is_list, list_of, part_of_page

Node = dict[str, Any]

_DATA_FILES = {"facts.json": "application/json", "figures.csv": "text/csv"}
"""What the page of figures links, with its media type."""


def linked_data(view: LanguageView, page: Page) -> str:
    """The text of a page's data block. It says nothing that the page does not show."""
    describe: Callable[[LanguageView, Page], Node]
    describe = _article if page.id in view.site.section_ids else _plain
    if page.id == "overview":
        describe = _website
    elif is_list(page.id):
        describe = _LISTS.get(list_of(page.id), _plain)
    return _block(describe(view, page))


def _shown(view: LanguageView, page: Page) -> frozenset[str]:
    """The anchors of the entries of a list that stand on a page: on an index of its parts, none."""
    part = part_of_page(view.explainer, view.language, page.id)
    return frozenset() if part.parts else part.ids


def linked_data_of_languages(views: Sequence[LanguageView]) -> str:
    """The text of the root's data block: the site in each language, as the root names it."""
    return _block({"@graph": [_offered(view) for view in views]})


def _offered(view: LanguageView) -> Node:
    return {
        "@type": "WebSite",
        "url": view.file(""),
        "name": view.text(view.site.title),
        "description": view.text(view.site.tagline),
        "inLanguage": view.language,
    }


def _block(node: Node) -> str:
    node = {"@context": "https://schema.org", **node}
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    # An end tag or a comment in a text would be taken for one of the page's own.
    return text.replace("<", "\\u003c")


def _work(view: LanguageView, page: Page, kind: str) -> Node:
    """What every page says. A page that shows another language's text has its address there."""
    section = view.explainer.section_or_other(view.language, page.id)
    written_in = section.language if section else view.language
    updated = view.explainer.last_change(view.language, page.id)
    path = "" if page.id == "overview" else f"{page.id}/"
    shown = view.explainer.linked(written_in, page.id, PICTURE)
    edition = view.explainer.editions.number
    corrections = [_correction(view, each) for each in corrections_of_page(view.explainer, page.id)]
    images = [_image(replace(view, language=written_in), picture_id) for picture_id in shown]
    return {
        "@type": kind,
        "url": f"{view.site.base_url}{written_in}/{path}",
        "name": typeset(page.title, written_in),
        "description": typeset(page.description, written_in),
        "inLanguage": written_in,
        "dateModified": updated.text,
        **({"version": str(edition)} if edition else {}),
        "license": view.site.licence.url or view.site.licence.name,
        "publisher": _publisher(view, view.site.editor),
        **({"image": images} if images else {}),
        **({"correction": corrections} if corrections else {}),
    }


def _correction(view: LanguageView, correction: Correction) -> Node:
    """What a page tells of a change: https://schema.org/CorrectionComment."""
    before, after = view.text(correction.before), view.text(correction.after)
    return {
        "@type": "CorrectionComment",
        "url": view.permalink("correction", correction.id),
        "datePublished": correction.day.text,
        "text": f"{before} → {after}. {view.text(correction.reason)}",
        "inLanguage": view.language,
    }


def _image(view: LanguageView, picture_id: str) -> Node:
    """A picture with what search engines show beside it: https://schema.org/ImageObject."""
    picture, (address, found) = view.explainer.pictures[picture_id], view.image(picture_id)
    licence = picture.licence and (picture.licence.url or picture.licence.name)
    known = {
        "creator": picture.creator and {"name": picture.creator},
        "license": licence,
        "acquireLicensePage": picture.url,
        "copyrightNotice": view.optional(picture.rights),
        "dateCreated": picture.taken and picture.taken.iso,
    }
    return {
        "@type": "ImageObject",
        "contentUrl": address,
        "encodingFormat": found.media_type,
        "width": found.width,
        "height": found.height,
        "caption": view.text(picture.caption),
        "creditText": view.credit(picture),
        **{key: value for key, value in known.items() if value},
    }


def _publisher(view: LanguageView, editor: Editor) -> Node:
    # Whether a person or a body, the content does not say.
    url = {"url": editor.url} if editor.url else {}
    return {"name": typeset(editor.named(view.language), view.language), **url}


def _in_site(view: LanguageView, page: Page, kind: str) -> Node:
    site = {
        "@type": "WebSite",
        "name": view.text(view.site.title),
        "url": view.file(""),
    }
    return {**_work(view, page, kind), "isPartOf": site}


def _plain(view: LanguageView, page: Page) -> Node:
    return _in_site(view, page, "WebPage")


def _article(view: LanguageView, page: Page) -> Node:
    node = _in_site(view, page, "Article")
    as_of = view.explainer.as_of(page.id)
    # The day that it describes, where it has one of its own that ISO 8601 can say.
    covers = {"temporalCoverage": as_of.iso} if as_of != view.site.as_of and as_of.iso else {}
    return {**node, "headline": node["name"], **covers}


def _website(view: LanguageView, page: Page) -> Node:
    return {**_work(view, page, "WebSite"), "name": view.text(view.site.title)}


def _glossary(view: LanguageView, page: Page) -> Node:
    shown = _shown(view, page)
    terms = [_term(view, term) for term in view.explainer.terms.values() if term.id in shown]
    return {**_in_site(view, page, "DefinedTermSet"), "hasDefinedTerm": terms}


def _term(view: LanguageView, term: Term) -> Node:
    definitions = {code: text.definition for code, text in term.texts.items()}
    return {
        "@type": "DefinedTerm",
        "url": view.permalink("term", term.id),
        "name": typeset(term.texts[view.language].term, view.language),
        "description": view.text(definitions),
    }


def _figures(view: LanguageView, page: Page) -> Node:
    files = [
        {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": view.file(name)}
        for name, media_type in _DATA_FILES.items()
    ]
    shown = _shown(view, page)
    figures = (figure for figure in view.explainer.figures.values() if figure.id in shown)
    labels = [view.text(figure.label) for figure in figures]
    node = _in_site(view, page, "Dataset")
    return {**node, "variableMeasured": labels, "distribution": files}


def _timeline(view: LanguageView, page: Page) -> Node:
    shown = _shown(view, page)
    items = [
        {"@type": "ListItem", "position": position, "item": _event(view, event)}
        for position, event in enumerate(view.events, 1)
        if event.id in shown
    ]
    events = {"@type": "ItemList", "itemListElement": items}
    return {**_plain(view, page), "mainEntity": events}


def _event(view: LanguageView, event: Event) -> Node:
    """An event with such dates as ISO 8601 can say: neither "about" nor "before" is among them."""
    names = _ENDS.get(event.date.extent, ())
    ends = zip(names, event.date.moments, strict=False)
    dates = {name: moment.iso for name, moment in ends if moment.iso}
    url = view.permalink("fact", event.id)
    return {"@type": "Event", "name": view.text(event.label), "url": url, **dates}


def _sources(view: LanguageView, page: Page) -> Node:
    shown = _shown(view, page)
    cited = [
        source
        for source in view.explainer.sources.values()
        if source.has_citation and source.id in shown
    ]
    node = _plain(view, page)
    return {**node, "citation": [_source(view, source) for source in cited]} if cited else node


def _source(view: LanguageView, source: Source) -> Node:
    """A source that the page cites; a date is told as ISO 8601 where it can say it."""
    publisher = view.name("actor", source.publisher_id) if source.publisher_id else None
    found = {
        "name": source.title or view.text(source.label),
        "author": [{"name": author} for author in source.authors],
        "publisher": publisher and {"name": publisher},
        "isPartOf": source.container and {"@type": "CreativeWork", "name": source.container},
        "datePublished": source.published and source.published.iso,
        "inLanguage": source.language,
        "url": source.url,
        "archivedAt": source.archived,
    }
    kind = source_type(source.general_type).schema_type
    return {"@type": kind, **{key: said for key, said in found.items() if said}}


def _statements(view: LanguageView, page: Page) -> Node:
    shown = _shown(view, page)
    quotations = [_quotation(view, each) for each in view.quotations if each.id in shown]
    node = _plain(view, page)
    return {**node, "hasPart": quotations} if quotations else node


def _quotation(view: LanguageView, quotation: Quotation) -> Node:
    """A quotation; in a translation, with the work that it is one of."""
    date = {} if quotation.derived else {"dateCreated": quotation.date.iso}
    node = {
        "@type": "Quotation",
        "url": view.permalink("fact", quotation.id),
        "name": view.text(quotation.label),
        "text": view.text(quotation.words),
        "inLanguage": view.language,
        "creator": {"name": view.name("actor", quotation.speaker_id)},
        **({key: value for key, value in date.items() if value}),
    }
    if quotation.language == view.language:
        return node
    original = {
        "@type": "Quotation",
        "text": typeset(quotation.original, quotation.language),
        "inLanguage": quotation.language,
    }
    return {**node, "translationOfWork": original}


_ENDS: Mapping[Extent, tuple[str, ...]] = {
    Extent.MOMENT: ("startDate",),
    Extent.INTERVAL: ("startDate", "endDate"),
    Extent.SINCE: ("startDate",),
    Extent.UNTIL: ("endDate",),
}
"""What the moments of a date are to schema.org."""

_LISTS: Mapping[str, Callable[[LanguageView, Page], Node]] = {
    "timeline": _timeline,
    "figures": _figures,
    "glossary": _glossary,
    "statements": _statements,
    "sources": _sources,
}
