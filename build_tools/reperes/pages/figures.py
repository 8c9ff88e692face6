"""The key figures: who says so, when, with what bound, and what is not known."""

from __future__ import annotations

from reperes.drawings.figure_pictures import figure_picture, figure_table, values_table
from reperes.model.edition_now import edition_of_fact
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import in_source, say
from reperes.pages.page import Page, figure_page_id, page_url
from reperes.pages.writer import PageWriter
from reperes.text.markup import with_capital

_SCRIPTS = ["copy.js"]


def figures_page(explainer: Explainer, language: str, page_id: str = "figures") -> Page:
    """All of them, one after another; or those of a part."""
    page = PageWriter(explainer, language, page_id)
    figures = [explainer.figures[figure_id] for figure_id in page.part.entries]
    return page.reference(
        figures=[(figure, _quote(page, figure)) for figure in figures],
        picture=figure_picture,
        table=figure_table,
        values=values_table,
        shell={"scripts": _SCRIPTS},
    )


def figure_page(explainer: Explainer, language: str, figure_id: str) -> Page:
    """The page of one figure, for other sites to link to."""
    figure = explainer.figures[figure_id]
    page = PageWriter(explainer, language, figure_page_id(figure.id))
    return page.write(
        "figure",
        page.prose.plain(figure.label[language]),
        with_capital(_summary(page, figure)),
        figure=figure,
        quote=_quote(page, figure),
        picture=figure_picture,
        table=figure_table,
        values=values_table,
        shell={
            "kicker": page.locale.label("page.figure.kicker"),
            "parent": "figures",
            "value": page.value(figure),
            "scripts": _SCRIPTS,
            # The page begins with the value itself.
            "summary": "",
        },
    )


def _summary(page: PageWriter, figure: Figure) -> str:
    """A figure with its author and its day, plain.

    A day that we worked out is not put in the author's mouth: the source's date stands for it.
    """
    locale, actors = page.locale, page.explainer.actors
    said = {
        "value": say(figure, "with_unit", locale, actors),
        "by": say(figure, "by", locale, actors),
    }
    if figure.derived is None:
        return locale.label("page.figure.summary", **said, date=locale.date(figure.as_of))
    where = in_source(page.explainer.sources[figure.pins[0].source_id], locale)
    return locale.label("page.figure.summary_in_source", **said, in_source=where)


def _quote(page: PageWriter, figure: Figure) -> str:
    """A figure as others may quote it, with its author, its source and its address, plain."""
    pin = figure.pins[0]
    source = page.explainer.sources[pin.source_id]
    where = [page.prose.plain(source.label[page.language]), page.prose.locator(pin)]
    edition = edition_of_fact(page.explainer, page.language, figure.id)
    address = f"{page.site.base_url}{page.language}/{page_url(figure_page_id(figure.id))}"
    return page.locale.label(
        "page.figure.quote",
        summary=_summary(page, figure),
        label=page.prose.plain(figure.label[page.language]),
        source=", ".join(filter(None, where)),
        title=page.prose.plain(page.site.title[page.language]),
        address=", ".join(filter(None, (edition, address))),
    )
