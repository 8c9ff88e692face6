"""What a page tells search engines about itself: JSON-LD in the words of https://schema.org."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reperes.language.typography import typeset
from reperes.model.facts import Editor, Event, Term
from reperes.pages import Page
from reperes.site.open_data.edition import Edition

Node = dict[str, Any]

_DATA_FILES = {"facts.json": "application/json", "figures.csv": "text/csv"}
"""What the page of figures links, with its media type."""


def linked_data(edition: Edition, page: Page) -> str:
    """The text of a page's data block. It says nothing that the page does not show."""
    describe = _article if page.id in edition.site.section_ids else _SPECIAL.get(page.id, _plain)
    return _block(describe(edition, page))


def linked_data_of_languages(editions: Sequence[Edition]) -> str:
    """The text of the root's data block: the site in each language, as the root names it."""
    return _block({"@graph": [_offered(edition) for edition in editions]})


def _offered(edition: Edition) -> Node:
    return {
        "@type": "WebSite",
        "url": edition.file(""),
        "name": edition.text(edition.site.title),
        "description": edition.text(edition.site.tagline),
        "inLanguage": edition.language,
    }


def _block(node: Node) -> str:
    node = {"@context": "https://schema.org", **node}
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    # An end tag or a comment in a text would be taken for one of the page's own.
    return text.replace("<", "\\u003c")


def _work(edition: Edition, page: Page, kind: str) -> Node:
    """What every page says. A page that shows another language's text has its address there."""
    section = edition.explainer.section_or_other(edition.language, page.id)
    written_in = section.language if section else edition.language
    updated = edition.explainer.last_change(edition.language, page.id)
    path = "" if page.id == "overview" else f"{page.id}/"
    return {
        "@type": kind,
        "url": f"{edition.site.base_url}{written_in}/{path}",
        "name": typeset(page.title, written_in),
        "description": typeset(page.description, written_in),
        "inLanguage": written_in,
        "dateModified": updated.text,
        "license": str(edition.site.licence.url or edition.site.licence.name),
        "publisher": _publisher(edition.site.editor),
    }


def _publisher(editor: Editor) -> Node:
    # Whether a person or a body, the content does not say.
    url = {"url": str(editor.url)} if editor.url else {}
    return {"name": str(editor.name), **url}


def _in_site(edition: Edition, page: Page, kind: str) -> Node:
    site = {
        "@type": "WebSite",
        "name": edition.text(edition.site.title),
        "url": edition.file(""),
    }
    return {**_work(edition, page, kind), "isPartOf": site}


def _plain(edition: Edition, page: Page) -> Node:
    return _in_site(edition, page, "WebPage")


def _article(edition: Edition, page: Page) -> Node:
    node = _in_site(edition, page, "Article")
    return {**node, "headline": node["name"]}


def _website(edition: Edition, page: Page) -> Node:
    return {**_work(edition, page, "WebSite"), "name": edition.text(edition.site.title)}


def _glossary(edition: Edition, page: Page) -> Node:
    terms = [_term(edition, term) for term in edition.explainer.terms.values()]
    return {**_in_site(edition, page, "DefinedTermSet"), "hasDefinedTerm": terms}


def _term(edition: Edition, term: Term) -> Node:
    definitions = {code: text.definition for code, text in term.texts.items()}
    return {
        "@type": "DefinedTerm",
        "url": edition.permalink("term", term.id),
        "name": typeset(term.texts[edition.language].term, edition.language),
        "description": edition.text(definitions),
    }


def _figures(edition: Edition, page: Page) -> Node:
    files = [
        {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": edition.file(name)}
        for name, media_type in _DATA_FILES.items()
    ]
    labels = [edition.text(figure.label) for figure in edition.explainer.figures.values()]
    node = _in_site(edition, page, "Dataset")
    return {**node, "variableMeasured": labels, "distribution": files}


def _timeline(edition: Edition, page: Page) -> Node:
    items = [
        {"@type": "ListItem", "position": position, "item": _event(edition, event)}
        for position, event in enumerate(edition.events, 1)
    ]
    events = {"@type": "ItemList", "itemListElement": items}
    return {**_plain(edition, page), "mainEntity": events}


def _event(edition: Edition, event: Event) -> Node:
    """An event with such dates as ISO 8601 can say: "about" is not among them."""
    start, end = event.date.start, event.date.end
    dates = {
        name: moment.text
        for name, moment in (("startDate", start), ("endDate", end))
        if moment is not None and not moment.approximate
    }
    url = edition.permalink("fact", event.id)
    return {"@type": "Event", "name": edition.text(event.label), "url": url, **dates}


_SPECIAL: Mapping[str, Callable[[Edition, Page], Node]] = {
    "overview": _website,
    "timeline": _timeline,
    "figures": _figures,
    "glossary": _glossary,
}
