"""The overview: what happened, the key figures, the latest dates, and where to go next."""

from __future__ import annotations

from build_tools.explainer import Explainer
from build_tools.facts import Event
from build_tools.pages.page import Page
from build_tools.pages.writer import PageWriter

LATEST = 5
"""How many of the latest events the overview shows."""


def overview_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "overview")
    headline = page.section.title if page.section else explainer.site.title[language]
    tagline = page.prose.plain(explainer.site.tagline[language])
    changed = page.locale.date(explainer.site.updated)
    return page.write(
        "overview",
        page.plain(headline),
        tagline,
        figures=[figure for figure in explainer.figures.values() if figure.key],
        events=latest_events(explainer),
        sections=[
            explainer.section_or_other(language, section_id)
            for section_id in explainer.site.section_ids
        ],
        shell={"facts": [page.locale.label("page.changed_on", date=changed)]},
    )


def latest_events(explainer: Explainer) -> list[Event]:
    """The key events that are latest, or any events where none is key, in order of time."""
    events = sorted(explainer.events.values(), key=lambda event: event.date.sort_key)
    return ([event for event in events if event.key] or events)[-LATEST:]
