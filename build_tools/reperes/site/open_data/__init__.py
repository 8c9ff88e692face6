"""Open data: what the pages say, once more in files that programs read, for each language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.site.open_data.calendar_file import timeline_ics
from reperes.site.open_data.document import FILE, facts_files
from reperes.site.open_data.feed import FEED, feed_xml
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.linked_data import linked_data, linked_data_of_languages
from reperes.site.open_data.tables import events_csv, figures_csv, quotations_csv

_QUOTATIONS = "quotations.csv"
_FILES: Mapping[str, Callable[[LanguageView], str]] = {
    "figures.csv": figures_csv,
    "events.csv": events_csv,
    "timeline.ics": timeline_ics,
    FEED: feed_xml,
    _QUOTATIONS: quotations_csv,
}


def data_file_names(explainer: Explainer) -> list[str]:
    """The names of the files that pages link, which are all but the parts of one."""
    left_out = set() if explainer.quotations else {_QUOTATIONS}
    if explainer.folder:
        left_out.add(FEED)  # nothing new comes to an edition
    return [FILE, *(name for name in _FILES if name not in left_out)]


def open_data_file(explainer: Explainer, language: str, name: str) -> dict[str, str]:
    """The text of one of these files in a language, by its name; that of its parts, too."""
    view = LanguageView(explainer, language)
    return facts_files(view) if name == FILE else {name: _FILES[name](view)}


def open_data_files(explainer: Explainer, language: str) -> dict[str, str]:
    """The text of every file of a language, by its name."""
    names = data_file_names(explainer)
    files = (open_data_file(explainer, language, name) for name in names)
    return {name: text for each in files for name, text in each.items()}


def linked_data_of_pages(
    explainer: Explainer, language: str, pages: Sequence[Page]
) -> dict[str, str]:
    """What each page of a language tells search engines, by the page's id."""
    view = LanguageView(explainer, language)
    return {page.id: linked_data(view, page) for page in pages}


def linked_data_of_root(explainer: Explainer) -> str:
    """What the site's root tells search engines."""
    return linked_data_of_languages([LanguageView(explainer, code) for code in explainer.languages])
