"""The index of a list that is too long for one page: its parts, and a line for each entry.

Every entry keeps the anchor that it had while the list was one page: who follows an old address
stands at the line that leads on, without any script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from reperes.drawings.date_strip import date_strip
from reperes.model.explainer import Explainer
from reperes.pages.corrections import correction_scheme
from reperes.pages.page import Page, page_file
from reperes.pages.part_names import ANCHORS, part_name
from reperes.pages.statements import positions
from reperes.pages.timeline import period_anchor, period_of
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate
from reperes.text.markup import escape_markdown, with_capital
from reperes.writing.list_parts import Name, Part


@dataclass(frozen=True)
class Line:
    """An entry: its name, after what stands `before` it; its address. All of it is safe.

    `anchor` is that of the entry; `group` the anchor and the heading of those that it is one of;
    `place` the anchor of a place that the entry explains.
    """

    anchor: str
    name: str
    address: str
    before: str = ""
    group: tuple[str, str] = ("", "")
    place: str = ""


@dataclass(frozen=True)
class Group:
    anchor: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Child:
    """A part: its name, safe; its address; the lines of its entries, unless they are too many.

    `anchor` is that of the heading under which they stood while the list was one page.
    """

    anchor: str
    name: str
    address: str
    groups: tuple[Group, ...]


def list_index(explainer: Explainer, language: str, page_id: str) -> Page:
    """The page of a list, or of a part of one, which only leads to what it is divided into."""
    page = PageWriter(explainer, language, page_id)
    used: set[str] = set()
    return page.reference(
        "list_index",
        children=[_child(page, part, used) for part in page.part.parts],
        strip=date_strip(explainer, language) if page_id == "timeline" else "",
        positions=_positions(page) if page_id == "statements" else None,
    )


def _positions(page: PageWriter) -> dict[str, Any] | None:
    claims = page.explainer.claims.values()
    found = positions(page, sorted(claims, key=lambda claim: claim.date.sort_key))
    return found if found["grouped"] else None


def _child(page: PageWriter, part: Part, used: set[str]) -> Child:
    anchor = _anchor(page, part.names[-1])
    name = escape_markdown(with_capital(part_name(page, part)))
    groups = tuple(_groups(page, part, used)) if page.part.has_lines else ()
    if len(groups) == 1 and groups[0].name == name:
        # The same heading twice says no more.
        anchor, groups = groups[0].anchor or anchor, (replace(groups[0], anchor="", name=""),)
    return Child(anchor, name, page.prose.page_address(page_file(part.id)), groups)


def _anchor(page: PageWriter, name: Name) -> str:
    if name.kind == "topic":
        return f"topic-{name.value}"
    if name.kind in ("side", "no_side"):
        sides = (side for side in page.site.sides if side.id == name.value)
        return page.side_class(next(sides, None))
    return ANCHORS.get(name.kind, f"part-{name.slug}")


def _groups(page: PageWriter, part: Part, used: set[str]) -> Iterator[Group]:
    """The lines of a part under headings, of which the first of a kind has the anchor."""
    lines = [_LINES[page.list_id](page, entry) for entry in part.entries]
    shown = (line for line in lines if line is not None)
    for (anchor, name), found in groupby(shown, key=lambda line: line.group):
        yield Group("" if anchor in used else anchor, name, tuple(found))
        used.add(anchor)


def _chapter(page: PageWriter, section_id: str) -> Line:
    number = str(page.site.section_ids.index(section_id) + 1)
    name, address = (
        page.prose.name("section", section_id),
        page.prose.entry_address("section", section_id),
    )
    return Line(section_id, name, address, before=number)


def _event(page: PageWriter, event_id: str) -> Line:
    event = page.explainer.events[event_id]
    period = period_of(event)
    return Line(
        event_id,
        page.bare(event.label),
        page.address_of(event_id),
        before=_day(page, event.date) if event.date != period else "",
        group=(period_anchor(period), with_capital(page.prose.date(period))),
    )


def _day(page: PageWriter, date: FactDate) -> str:
    """A date under the heading of its period, which has said the year."""
    told = date.is_finer_than_years and len(date.years) == 1
    return escape_markdown(page.locale.day(date) if told else page.locale.date(date))


def _figure(page: PageWriter, figure_id: str) -> Line:
    figure = page.explainer.figures[figure_id]
    return Line(figure_id, page.bare(figure.label), page.address_of(figure_id))


def _statement(page: PageWriter, entry: str) -> Line | None:
    fact = page.explainer.facts.get(entry)
    # Who is named for something else is no entry, and has no anchor.
    return Line(entry, page.bare(fact.label), page.address_of(entry)) if fact else None


def _word(page: PageWriter, anchor: str) -> Line:
    explainer, locale = page.explainer, page.locale
    kind, _, place_id = anchor.partition("-")
    if place_id:
        name = explainer.places[place_id].names[page.language].name
        return Line(anchor, escape_markdown(name), page.address_of(anchor))
    entry = explainer.terms[kind]
    term = entry.texts[page.language].term
    letter = locale.initial(term)
    group = (f"letter-{letter.lower()}", escape_markdown(letter))
    place = page.prose.anchor_of_place(entry)
    return Line(anchor, escape_markdown(term), page.address_of(anchor), group=group, place=place)


def _actor(page: PageWriter, actor_id: str) -> Line:
    name = page.explainer.actors[actor_id].names[page.language].full
    return Line(actor_id, escape_markdown(with_capital(name)), page.address_of(actor_id))


def _source(page: PageWriter, entry: str) -> Line | None:
    source = page.explainer.sources.get(entry)
    # The facts of which a date was worked out are entries elsewhere.
    return Line(entry, page.bare(source.label), page.address_of(entry)) if source else None


def _correction(page: PageWriter, correction_id: str) -> Line:
    correction = page.explainer.corrections[correction_id]
    scheme = correction_scheme(page.explainer, correction.target_id)
    return Line(
        correction_id,
        page.prose.name(scheme, correction.target_id),
        page.address_of(correction_id),
        before=page.prose.date(correction.day),
    )


_LINES: Mapping[str, Callable[[PageWriter, str], Line | None]] = {
    "contents": _chapter,
    "timeline": _event,
    "figures": _figure,
    "statements": _statement,
    "actors": _actor,
    "glossary": _word,
    "sources": _source,
    "corrections": _correction,
}
