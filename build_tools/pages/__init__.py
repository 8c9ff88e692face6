"""From an explainer to the pages of one language: facts to Markdown text, through templates."""

from __future__ import annotations

from build_tools.explainer import Explainer
from build_tools.pages.actors import actors_page
from build_tools.pages.corrections import corrections_page
from build_tools.pages.figures import figure_pages, figures_page
from build_tools.pages.glossary import glossary_page
from build_tools.pages.overview import contents_pages, overview_page
from build_tools.pages.page import Page
from build_tools.pages.sections import section_pages
from build_tools.pages.sources import sources_page
from build_tools.pages.statements import statements_page
from build_tools.pages.timeline import timeline_page

__all__ = ["Page", "render_pages"]

_REFERENCE_PAGES = (
    timeline_page,
    figures_page,
    statements_page,
    actors_page,
    glossary_page,
    sources_page,
    corrections_page,
)


def render_pages(explainer: Explainer, language: str) -> list[Page]:
    """Every page of a language in the order of its navigation."""
    overview = overview_page(explainer, language)
    references = [write_page(explainer, language) for write_page in _REFERENCE_PAGES]
    sections = section_pages(explainer, language)
    contents = contents_pages(explainer, language)
    return [overview, *contents, *sections, *references, *figure_pages(explainer, language)]
