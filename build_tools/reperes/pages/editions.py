"""The editions: what is new since each of them, the latest first."""

from __future__ import annotations

from dataclasses import dataclass

from reperes.model.edition_now import label_of_edition
from reperes.model.explainer import Explainer
from reperes.model.news import News, news
from reperes.model.published import state_now
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate


@dataclass(frozen=True)
class Told:
    """An edition, with what is new since in the page's language; `citation` is plain.

    `address` is the way from the site's root to its pages, where they are kept, or "".
    """

    number: int
    day: FactDate
    news: News
    citation: str
    address: str


def editions_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "editions")
    ledger, now = explainer.editions, state_now(explainer)
    editions = [
        Told(
            number,
            ledger.day(number),
            news(ledger.state(number), now, explainer).in_language(language),
            _citation(page, number),
            _address(page, number),
        )
        for number in reversed(ledger.numbers)
    ]
    return page.reference(editions=editions)


def _address(page: PageWriter, number: int) -> str:
    """Where an edition is kept: in the page's language, where it had that."""
    if number not in page.explainer.snapshots:
        return ""
    texts = page.explainer.editions.state(number).sections.values()
    had = any(page.language in languages for languages in texts)
    return f"editions/{number}/" + (f"{page.language}/" if had else "")


def _citation(page: PageWriter, number: int) -> str:
    """The explainer in an edition, as a bibliography would name it."""
    site, locale = page.site, page.locale
    return locale.label(
        "page.editions.citation",
        editor=site.editor.named(page.language),
        title=page.prose.plain(site.title[page.language]),
        edition=label_of_edition("edition.named", page.explainer, page.language, number),
        address=f"{site.base_url}{page.language}/editions/#edition-{number}",
    )
