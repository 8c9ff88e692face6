"""The sections: what editors wrote, with what comes before and after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reperes.model.explainer import Explainer
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


def section_page(explainer: Explainer, language: str, section_id: str) -> Page:
    """One section that the reading order names; where this language lacks it, in another."""
    section_ids = explainer.site.section_ids
    index = section_ids.index(section_id)
    page = PageWriter(explainer, language, section_id)
    section = page.section
    assert section is not None, f"section {section_id} exists in no language"
    shell: dict[str, Any] = {
        "kicker": page.locale.label(
            "page.chapter",
            number=page.locale.number(Decimal(index + 1)),
            total=page.locale.number(Decimal(len(section_ids))),
        ),
        "facts": [page.reading_time(section.outline)],
    }
    as_of = explainer.as_of(section_id)
    if as_of != explainer.site.as_of:
        shell["facts"].append(page.locale.label("page.as_of", date=page.locale.date(as_of)))
    if section.language != language:
        shell["written_in"] = section.language
    if index > 0:
        shell["previous"] = page.shell_link(section_ids[index - 1])
    if index + 1 < len(section_ids):
        shell["next"] = page.shell_link(section_ids[index + 1])
    title, summary = page.plain(section.title), page.plain(section.summary)
    return page.write("section", title, summary, shell=shell)
