"""What has gone from the site: a page, or a line on a list, at each address that it had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.gone import NAMESPACE_OF, Gone
from reperes.pages.page import Page, figure_page_id
from reperes.pages.writer import PageWriter
from reperes.text.markup import with_capital
from reperes.writing.prose import list_of_noun


@dataclass(frozen=True)
class GonePage:
    """The address of a page that a section or a figure had to itself ("figures/old")."""

    id: str
    noun: str
    entry: Gone

    @property
    def namespace(self) -> str:
        """Where to look for what stands for it now."""
        return NAMESPACE_OF[self.noun]


def gone_pages(explainer: Explainer) -> Iterator[GonePage]:
    """Every page that is gone, in the order of gone.yml."""
    for entry in explainer.gone.values():
        for noun in entry.was:
            if noun == "section":
                yield GonePage(str(entry.id), noun, entry)
            elif noun == "figure":
                yield GonePage(figure_page_id(entry.id), noun, entry)


def gone_page_ids(explainer: Explainer) -> list[str]:
    """The ids of the pages that say why there is nothing any more; others lead on."""
    return [page.id for page in gone_pages(explainer) if page.entry.now is None]


def is_gone(explainer: Explainer, page_id: str) -> bool:
    """Whether a page is one of those; nothing is read that concerns others."""
    folder, _, entry_id = page_id.rpartition("/")
    noun = {"": "section", "figures": "figure"}.get(folder)
    entry = explainer.gone.get(entry_id)
    return entry is not None and noun in entry.was


def gone_page(explainer: Explainer, language: str, page_id: str) -> Page:
    """What stood at an address, until when, and why it went."""
    folder, _, figure_id = page_id.rpartition("/")
    noun, entry = "figure" if folder else "section", explainer.gone[figure_id]
    page = PageWriter(explainer, language, page_id)
    assert entry.reason is not None, f"{entry.id} has gone without a word"
    list_id = list_of_noun(noun) if folder else "overview"
    return page.write(
        "gone",
        page.locale.label("page.gone.title", id=str(entry.id)),
        page.prose.plain(entry.reason[language]),
        gone=entry,
        noun=noun,
        list_id=list_id,
        shell={
            "kicker": with_capital(page.locale.label(f"kind.gone.{noun}")),
            "summary": "",
            "noindex": True,
            **({"parent": list_id} if folder else {}),
        },
    )
