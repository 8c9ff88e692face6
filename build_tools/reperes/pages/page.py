"""A page as the engine reads it: an address, and Markdown under front matter for the shell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reperes.model.schema import RESERVED_IDS
from reperes.text.yaml_out import as_yaml

REST_STANDS_HERE = '<div class="rest"></div>'
"""Where a page's HTML goes: the engine puts footnotes behind it, at the end of what it reads."""


@dataclass(frozen=True)
class Page:
    """One page in one language.

    `uri` is its file under the language's folder ("figures.md"), the same in every language; its
    `id` is that without the ending, so that the page of one figure is "figures/displaced".
    `title` and `description` are plain text. `kicker` stands above the title; `value` is the figure
    that the page is about, as its social card shows it.
    `text` is what the engine makes HTML of: what editors wrote, and what stands before it. `rest`
    is HTML already: entries of lists, and cards. `meta` is what the shell is told.
    """

    id: str
    language: str
    uri: str
    title: str
    description: str
    text: str
    rest: str
    meta: Mapping[str, Any]
    kicker: str = ""
    value: str = ""

    @cached_property
    def markdown(self) -> str:
        """The file that an engine reads."""
        return f"---\n{as_yaml(dict(self.meta))}---\n\n{self.text}"

    @property
    def whole(self) -> str:
        """The file with the rest in its place, for people."""
        return self.completed(self.markdown)

    def completed(self, text: str) -> str:
        """The text, or what the engine made of it, with the rest in its place."""
        return text.replace(REST_STANDS_HERE, self.rest, 1)


def figure_page_id(figure_id: str) -> str:
    """The id of the page of one figure."""
    return f"figures/{figure_id}"


def page_file(page_id: str) -> str:
    """The file of a page: the overview is the folder's index."""
    return "index.md" if page_id == "overview" else f"{page_id}.md"


def site_file(page_id: str) -> str:
    """The file that a page becomes in the folder of its language."""
    return "index.html" if page_id == "overview" else f"{page_id}/index.html"


def page_url(page_id: str) -> str:
    """The address of a page under its language's, as the shell's links want it."""
    return "." if page_id == "overview" else f"{page_id}/"


def reference_pages(pages: Iterable[Page]) -> list[Page]:
    """Those of the pages to look things up in that the menu lists, in its order."""
    return [page for page in pages if page.id in RESERVED_IDS and page.id != "overview"]
