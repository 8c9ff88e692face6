"""The key figures: who says so, when, with what bound, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from reperes.drawings.figure_pictures import figure_picture, figure_table
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import attribution
from reperes.pages.page import Page, figure_page_id, page_url
from reperes.pages.writer import PageWriter

_SCRIPTS = ["copy.js"]


def figures_page(explainer: Explainer, language: str) -> Page:
    """All of them, one after another."""
    page = PageWriter(explainer, language, "figures")
    return page.reference(
        figures=[(figure, _quote(page, figure)) for figure in explainer.figures.values()],
        picture=figure_picture,
        table=figure_table,
        shell={"scripts": _SCRIPTS},
    )


def figure_pages(explainer: Explainer, language: str) -> Iterator[Page]:
    """One page for each figure, for other sites to link to."""
    for figure in explainer.figures.values():
        page = PageWriter(explainer, language, figure_page_id(figure.id))
        yield page.write(
            "figure",
            page.prose.plain(figure.label[language]),
            page.locale.label("page.figure.summary", **_words(page, figure)),
            figure=figure,
            quote=_quote(page, figure),
            picture=figure_picture,
            table=figure_table,
            shell={
                "kicker": page.locale.label("page.figure.kicker"),
                "parent": "figures",
                "value": page.value(figure),
                "scripts": _SCRIPTS,
                # The page begins with the value itself.
                "summary": "",
            },
        )


def _words(page: PageWriter, figure: Figure) -> dict[str, str]:
    """A figure in words for wordings to put together, plain."""
    locale = page.locale
    return {
        "value": locale.with_unit(figure.low, figure.high, figure.bound, figure.unit),
        "by": attribution(figure, locale, page.explainer.actors),
        "date": locale.date(figure.as_of),
    }


def _quote(page: PageWriter, figure: Figure) -> str:
    """A figure as others may quote it, with its author, its source and its address, plain."""
    source = page.explainer.sources[figure.pin.source_id]
    paragraphs = figure.pin.paragraphs
    where = "card.paragraph" if len(paragraphs) == 1 else "card.paragraphs"
    return page.locale.label(
        "page.figure.quote",
        **_words(page, figure),
        label=page.prose.plain(figure.label[page.language]),
        source=page.prose.plain(source.label[page.language]),
        where=page.locale.label(where, numbers=page.locale.list(list(map(str, paragraphs)))),
        title=page.prose.plain(page.site.title[page.language]),
        address=f"{page.site.base_url}{page.language}/{page_url(figure_page_id(figure.id))}",
    )
