"""From an explainer to the pages of one language: facts to Markdown text, through templates."""

from __future__ import annotations

from collections.abc import Iterator

from reperes.model.explainer import Explainer
from reperes.pages.actors import actors_page
from reperes.pages.corrections import corrections_page
from reperes.pages.figures import figure_pages, figures_page
from reperes.pages.glossary import glossary_page
from reperes.pages.overview import contents_pages, overview_page
from reperes.pages.page import Page
from reperes.pages.sections import section_page, section_pages
from reperes.pages.sources import sources_page
from reperes.pages.statements import statements_page
from reperes.pages.timeline import timeline_page

__all__ = ["Page", "pages_one_by_one", "render_page_of_section", "render_pages"]

_REFERENCE_PAGES = {
    "timeline": timeline_page,
    "figures": figures_page,
    "statements": statements_page,
    "actors": actors_page,
    "glossary": glossary_page,
    "sources": sources_page,
    "corrections": corrections_page,
}


def render_pages(explainer: Explainer, language: str) -> list[Page]:
    """Every page of a language in the order of its navigation, none of them empty."""
    return list(pages_one_by_one(explainer, language))


def pages_one_by_one(explainer: Explainer, language: str) -> Iterator[Page]:
    """The pages of `render_pages`, each made only when it is asked for."""
    yield overview_page(explainer, language)
    yield from contents_pages(explainer, language)
    yield from section_pages(explainer, language)
    for page_id, write_page in _REFERENCE_PAGES.items():
        if explainer.has_page(page_id):
            yield write_page(explainer, language)
    yield from figure_pages(explainer, language)


def render_page_of_section(explainer: Explainer, language: str, section_id: str) -> Page:
    """The page whose text a section is, or which it opens."""
    if section_id == "overview":
        return overview_page(explainer, language)
    if section_id in _REFERENCE_PAGES:
        return _REFERENCE_PAGES[section_id](explainer, language)
    return section_page(explainer, language, section_id)
