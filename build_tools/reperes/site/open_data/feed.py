"""feed.xml: corrections and additions as an Atom feed (RFC 4287)."""

from __future__ import annotations

from dataclasses import dataclass

from reperes.model.facts import Correction
from reperes.pages.corrections import correction_scheme
from reperes.site.open_data.edition import Edition
from reperes.text.dates import FactDate
from reperes.text.markup import with_capital
from reperes.writing.templating import render_html

FEED = "feed.xml"


@dataclass(frozen=True)
class Entry:
    """An entry of the feed: what its address leads to, and what was changed.

    `changes` are pairs of a heading and a text. `id` is the entry's address too.
    """

    id: str
    title: str
    kind: str
    updated: str
    changes: tuple[tuple[str, str], ...]


def feed_xml(edition: Edition) -> str:
    """The feed, the latest entry first; without any correction it tells of the publication."""
    entries = [_entry(edition, correction) for correction in edition.explainer.corrections_in_order]
    site = edition.site
    text = render_html(
        "feed.xml.jinja",
        language=edition.language,
        title=edition.locale.label("data.feed.title", title=edition.text(site.title)),
        subtitle=edition.text(site.tagline),
        site=site,
        address=edition.file(FEED),
        page=edition.file("corrections/"),
        updated=_timestamp(_latest(edition)),
        entries=entries or [_publication(edition)],
    )
    # An XML declaration is valid as the first bytes alone.
    return text.lstrip()


def _entry(edition: Edition, correction: Correction) -> Entry:
    label = edition.locale.label
    kind = label(f"kind.correction.{correction.kind}")
    changes = {key: edition.text(getattr(correction, key)) for key in ("before", "after", "reason")}
    return Entry(
        id=edition.file(f"corrections/#{correction.id}"),
        title=label(
            "data.feed.entry", kind=with_capital(kind), target=_target(edition, correction)
        ),
        kind=correction.kind,
        updated=_timestamp(correction.day),
        changes=tuple((label(f"page.corrections.{key}"), text) for key, text in changes.items()),
    )


def _publication(edition: Edition) -> Entry:
    title = edition.text(edition.site.title)
    return Entry(
        id=edition.file(""),
        title=edition.locale.label("data.feed.published", title=title),
        kind="publication",
        updated=_timestamp(edition.site.updated),
        changes=(),
    )


def _target(edition: Edition, correction: Correction) -> str:
    scheme = correction_scheme(edition.explainer, correction.target_id)
    return edition.name(scheme, correction.target_id)


def _latest(edition: Edition) -> FactDate:
    days = (
        edition.site.updated,
        *(correction.day for correction in edition.explainer.corrections_in_order),
    )
    return max(days, key=lambda day: day.first)


def _timestamp(day: FactDate) -> str:
    """A day as Atom wants it, at its beginning: the content knows no hours."""
    return f"{day.first.isoformat()}T00:00:00Z"
