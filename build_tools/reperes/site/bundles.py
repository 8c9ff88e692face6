"""A page in all its languages, made together: the unit of a build, and of what it keeps.

The trade calls it a bundle. It is made under the eyes of `model.tracing`: its trace says of what.
While that stays the same, and the program and the settings of the shell with it, what was made is
the same too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reperes.model.explainer import Explainer
from reperes.model.tracing import Read, TracedExplainer
from reperes.pages import Page, render_page
from reperes.pages.page import site_file
from reperes.site.assets import AssetNames, with_asset_names
from reperes.site.finish import finished_page, page_record
from reperes.site.html_pages import Link, PageRecord
from reperes.site.rendered import Rendered
from reperes.site.search import copy_of
from reperes.site.social_cards import Card, write_card
from reperes.text.files import write_text

Extras = Mapping[str, Any]
"""What the shell is told of a page beside its front matter, by the name in `extra`."""

ToHtml = Callable[[Page, Extras], str]
"""The HTML that the engine makes of a page."""


class Shared:
    """What many bundles have in common, each kept once: most of what is known of their pages.

    As they come from other processes, each has its own.
    """

    def __init__(self) -> None:
        self._links: dict[Link, Link] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def of(self, bundle: Bundle) -> Bundle:
        """The same bundle with the parts that others have, too."""
        pages = {
            language: replace(page, record=self.record(page.record))
            for language, page in bundle.pages.items()
        }
        return replace(bundle, pages=pages)

    def record(self, record: PageRecord) -> PageRecord:
        """The same of what is known of one page."""
        links = tuple(self._links.setdefault(link, link) for link in record.links)
        names = replace(
            record.names,
            tags=self._set(record.names.tags),
            classes=self._set(record.names.classes),
            attributes=self._set(record.names.attributes),
        )
        return replace(record, names=names, links=links)

    def _set(self, names: frozenset[str]) -> frozenset[str]:
        return self._sets.setdefault(names, names)


Copies = Mapping[str, str]
"""Pages as search reads them, by their file, by its way from the site's root."""


@dataclass(frozen=True)
class Draft:
    """The pages of one id by language, before the engine; `reads` is what they were made of."""

    id: str
    explainer: Explainer
    rendered: Rendered
    reads: set[Read]

    @property
    def pages(self) -> Mapping[str, Page]:
        return {language: pages[0] for language, pages in self.rendered.pages.items()}

    def card(self, language: str) -> Card | None:
        """The social card of the page in a language."""
        return self.rendered.cards[language].get(self.id)

    def extras(self, language: str) -> Extras:
        """What the shell is told of the page in a language."""
        every = self.rendered.extras[language]
        return {name: of_pages[self.id] for name, of_pages in every.items() if self.id in of_pages}


@dataclass(frozen=True)
class FinishedPage:
    """A page as it stands in the site, and what the steps after it ask of it.

    `page` has no text any more; `card` is what its head says of its social card.
    """

    page: Page
    path: str
    record: PageRecord
    card: Mapping[str, Any] | None


@dataclass(frozen=True)
class Bundle:
    """The finished pages of one id by language."""

    id: str
    pages: Mapping[str, FinishedPage]

    @property
    def files(self) -> list[str]:
        """Its files in the site."""
        cards = [str(each.card["path"]) for each in self.pages.values() if each.card]
        return [*(each.path for each in self.pages.values()), *cards]


def draft(explainer: Explainer, page_id: str) -> Draft:
    """The pages of one id, written in every language."""
    reads: set[Read] = set()
    traced = TracedExplainer(explainer, reads)
    pages = {code: [render_page(traced, code, page_id)] for code in explainer.languages}
    return Draft(page_id, traced, Rendered(traced, pages), reads)


def finish_bundle(
    drafted: Draft, to_html: ToHtml, site: Path, assets: AssetNames
) -> tuple[Bundle, Copies]:
    """Make a draft's pages and cards, and write them into a site; what search reads goes apart."""
    pages, copies = {}, {}
    for language, page in drafted.pages.items():
        extras, card = drafted.extras(language), drafted.card(language)
        finished = finished_page(page.completed(to_html(page, extras)))
        path = f"{language}/{site_file(page.id)}"
        write_text(site / path, with_asset_names(finished.text, assets))
        if card is not None:
            write_card(card, site)
        copy = copy_of(finished, page.id, language, drafted.explainer)
        if copy is not None:
            copies[path] = copy.html
        record = page_record(path, finished, drafted.explainer, copy and copy.entry)
        tags = card.tags() if card else None
        pages[language] = FinishedPage(replace(page, meta={}, text="", rest=""), path, record, tags)
    return Bundle(drafted.id, pages), copies
