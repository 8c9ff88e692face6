"""How a source is cited, and at which address its words are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from reperes.language.locales import Locale
from reperes.model.bearings import Actor, Source
from reperes.model.entries import Pin
from reperes.model.forms import Actors
from reperes.model.source_types import source_type


def citation(source: Source, locale: Locale, actors: Actors) -> tuple[str, str, str]:
    """A source as a library cites it: what stands before its title, the title, and what after.

    The title is as the source prints it. One that has none is cited by our label for it.
    """
    authors = f"{locale.list(list(source.authors))}, " if source.authors else ""
    title = source.title or source.label[locale.code]
    return authors, title, " " + ", ".join(_after_title(source, locale, actors))


def _after_title(source: Source, locale: Locale, actors: Actors) -> Iterator[str]:
    yield locale.label("citation.type", type=locale.label(f"kind.source.{source.type}"))
    if source.container:
        yield source.container
    publisher = actors.get(source.publisher_id) if source.publisher_id else None
    if publisher and (name := _name(publisher, locale)) not in (source.container, *source.authors):
        yield name
    yield _published(source, locale)
    if source.url:
        yield source.url + accessed(source, locale)
    if source.archived:
        yield locale.label("citation.archived", address=source.archived)


def _published(source: Source, locale: Locale) -> str:
    if source.published is None:
        return locale.label("citation.undated")
    date = locale.date(source.published)
    return locale.label("citation.derived", date=date) if source.derived else date


def _name(actor: Actor, locale: Locale) -> str:
    return actor.names[locale.code].full


def accessed(source: Source, locale: Locale) -> str:
    """When it was read, in brackets, behind an address; "" where nobody said."""
    if source.accessed is None:
        return ""
    return f" {locale.label('citation.accessed', on=locale.on(source.accessed))}"


def passage_address(source: Source, pin: Pin) -> str | None:
    """Where a source is read on the web; a page opens at the words that are our evidence.

    See https://wicg.github.io/scroll-to-text-fragment/: a browser that knows no text fragment
    opens the page all the same.
    """
    if source.url is None or pin.evidence is None:
        return source.url
    path = re.split("[?#]", source.url, maxsplit=1)[0]
    if not source_type(source.general_type).is_read_online or path.lower().endswith(".pdf"):
        return source.url
    return at_words(source.url, pin.evidence)


def at_words(address: str, words: str) -> str:
    """An address that opens at some words: what stands behind ":~:" is for the browser alone."""
    # A hyphen, a comma and an ampersand have meanings of their own there.
    directive = "text=" + quote(words, safe="").replace("-", "%2D")
    if ":~:" in address:
        return f"{address}&{directive}"
    return f"{address}{'' if '#' in address else '#'}:~:{directive}"
