"""feed.xml: corrections and additions as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reperes.language.typography import typeset
from reperes.model.edition_now import label_of_edition
from reperes.model.facts import Correction
from reperes.model.references import PICTURE
from reperes.pages.corrections import correction_scheme
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import FactDate
from reperes.text.markup import with_capital
from reperes.writing.templating import render_html

FEED = "feed.xml"


@dataclass(frozen=True)
class Image:
    """A picture as readers of feeds show it, with its credit."""

    address: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


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
    image: Image | None = None


def feed_xml(view: LanguageView) -> str:
    """The feed, the latest entry first; where there is none it tells of the publication."""
    entries = [_entry(view, correction) for correction in view.explainer.corrections_in_order]
    entries += [_edition(view, number) for number in view.explainer.editions.numbers]
    # Of one day, what was corrected stands before the edition that has it.
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    site = view.site
    text = render_html(
        "feed.xml.jinja",
        language=view.language,
        title=view.locale.label("data.feed.title", title=view.text(site.title)),
        subtitle=view.text(site.tagline),
        site=site,
        editor=typeset(site.editor.named(view.language), view.language),
        address=view.file(FEED),
        page=view.file("corrections/"),
        updated=_timestamp(_latest(view)),
        entries=entries or [_publication(view)],
    )
    # An XML declaration is valid as the first bytes alone.
    return text.lstrip()


def _entry(view: LanguageView, correction: Correction) -> Entry:
    label = view.locale.label
    kind = label(f"kind.correction.{correction.kind}")
    changes = {key: view.text(getattr(correction, key)) for key in ("before", "after", "reason")}
    return Entry(
        id=view.file(f"corrections/#{correction.id}"),
        title=label("data.feed.entry", kind=with_capital(kind), target=_target(view, correction)),
        kind=correction.kind,
        updated=_timestamp(correction.day),
        changes=tuple((label(f"page.corrections.{key}"), text) for key, text in changes.items()),
        image=_first_image(view, [correction.target_id]),
    )


def _edition(view: LanguageView, number: int) -> Entry:
    day = view.explainer.editions.day(number)
    named = label_of_edition("edition.named", view.explainer, view.language, number)
    return Entry(
        id=view.file(f"editions/#edition-{number}"),
        title=typeset(with_capital(named), view.language),
        kind="edition",
        updated=_timestamp(day),
        changes=(),
    )


def _first_image(view: LanguageView, section_ids: Iterable[str]) -> Image | None:
    """The picture that readers meet first in some sections, if there is one."""
    for section_id in section_ids:
        for picture_id in view.explainer.linked(view.language, section_id, PICTURE):
            picture, (address, found) = view.explainer.pictures[picture_id], view.image(picture_id)
            return Image(
                address=address,
                width=found.width,
                height=found.height,
                alt=view.text(picture.alt),
                caption=view.text(picture.caption),
                credit=view.credit(picture),
            )
    return None


def _publication(view: LanguageView) -> Entry:
    title = view.text(view.site.title)
    return Entry(
        id=view.file(""),
        title=view.locale.label("data.feed.published", title=title),
        kind="publication",
        updated=_timestamp(view.site.updated),
        changes=(),
        image=_first_image(view, ["overview", *view.site.section_ids]),
    )


def _target(view: LanguageView, correction: Correction) -> str:
    scheme = correction_scheme(view.explainer, correction.target_id)
    return view.name(scheme, correction.target_id)


def _latest(view: LanguageView) -> FactDate:
    days = (
        view.site.updated,
        *(correction.day for correction in view.explainer.corrections_in_order),
        *(edition.day for edition in view.explainer.editions.editions),
    )
    return max(days, key=lambda day: day.sort_key)


def _timestamp(day: FactDate) -> str:
    """A day as Atom wants it, at its beginning: the content knows no hours."""
    return f"{day.text}T00:00:00Z"
