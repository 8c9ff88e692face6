"""From an explainer to the pages of one language: facts to Markdown text, through templates."""

from __future__ import annotations

from collections.abc import Iterator

from reperes.model.explainer import Explainer
from reperes.pages.actors import actors_page
from reperes.pages.corrections import corrections_page
from reperes.pages.editions import editions_page
from reperes.pages.figures import figure_page, figures_page
from reperes.pages.glossary import glossary_page
from reperes.pages.gone import gone_page, gone_page_ids, is_gone
from reperes.pages.list_index import list_index
from reperes.pages.overview import contents_page, has_contents_page, overview_page
from reperes.pages.page import Page, figure_page_id
from reperes.pages.sections import section_page
from reperes.pages.sources import sources_page
from reperes.pages.statements import statements_page
from reperes.pages.timeline import timeline_page
from reperes.writing.list_parts import is_list, list_of, pages_of_list, part_of_page
from reperes.writing.prose import Prose

__all__ = [
    "Page",
    "page_ids",
    "pages_one_by_one",
    "reference_page_ids",
    "render_page",
    "render_pages",
    "title_of_page",
]

_LISTS = {
    "contents": contents_page,
    "timeline": timeline_page,
    "figures": figures_page,
    "statements": statements_page,
    "actors": actors_page,
    "glossary": glossary_page,
    "sources": sources_page,
    "corrections": corrections_page,
}


def page_ids(explainer: Explainer) -> list[str]:
    """The id of every page in the order of navigation, the same in every language."""
    contents = pages_of_list(explainer, "contents") if has_contents_page(explainer) else []
    return [
        "overview",
        *contents,
        *explainer.site.section_ids,
        *(
            page_id
            for list_id in reference_page_ids(explainer)
            if list_id in _LISTS
            for page_id in pages_of_list(explainer, list_id)
        ),
        *(["editions"] if explainer.has_page("editions") else []),
        *map(figure_page_id, explainer.figures),
        *gone_page_ids(explainer),
    ]


def render_page(explainer: Explainer, language: str, page_id: str) -> Page:
    """One page of `page_ids`, without any other."""
    if page_id == "overview":
        return overview_page(explainer, language)
    if page_id == "editions":
        return editions_page(explainer, language)
    if is_list(page_id):
        is_index = bool(part_of_page(explainer, language, page_id).parts)
        write_page = list_index if is_index else _LISTS[list_of(page_id)]
        return write_page(explainer, language, page_id)
    folder, _, figure_id = page_id.partition("/")
    if is_gone(explainer, page_id):
        return gone_page(explainer, language, page_id)
    if figure_id:
        assert folder == "figures", f"no page of {folder} stands under it"
        return figure_page(explainer, language, figure_id)
    return section_page(explainer, language, page_id)


def reference_page_ids(explainer: Explainer) -> list[str]:
    """The pages to look things up in that the menu lists, in its order."""
    page_ids = [page_id for page_id in (*_LISTS, "editions") if page_id != "contents"]
    return [page_id for page_id in page_ids if explainer.has_page(page_id)]


def title_of_page(explainer: Explainer, language: str, page_id: str) -> str:
    """The title of a page that menus list, plain; "" where there is no such page."""
    if page_id == "contents" and not has_contents_page(explainer):
        return ""
    section = explainer.section_or_other(language, page_id)
    if section is not None:
        return Prose(explainer, language, page_id).plain(section.title, section.language)
    return explainer.locales[language].label(f"page.{page_id}.title")


def render_pages(explainer: Explainer, language: str) -> list[Page]:
    """Every page of a language in the order of its navigation, none of them empty."""
    return list(pages_one_by_one(explainer, language))


def pages_one_by_one(explainer: Explainer, language: str) -> Iterator[Page]:
    """The pages of `render_pages`, each made only when it is asked for."""
    for page_id in page_ids(explainer):
        yield render_page(explainer, language, page_id)
