"""What the parts of a list are called, in the language of a page; all of it plain."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from reperes.model.explainer import Explainer
from reperes.text.dates import parse_date
from reperes.writing.list_parts import Name, Part, list_of, told

if TYPE_CHECKING:
    from reperes.pages.writer import PageWriter

_LABELS = {
    "no_topic": "page.statements.no_topic",
    "quotations": "page.statements.quotations",
    "also": "page.statements.also",
    "terms": "page.glossary.terms",
    "places": "page.glossary.places",
    "no_side": "page.no_side",
    "sources": "page.sources.all",
    "derived": "page.sources.derived",
}
"""The interface labels of parts that each list has one of at most."""

ANCHORS = {
    "no_topic": "page-no-topic",
    "quotations": "page-quotations",
    "also": "page-also",
    "places": "page-places",
    "derived": "page-derived",
}
"""The anchors of the same, on a page that shows all of a list."""


def part_title(page: PageWriter, part: Part) -> str:
    """A part as the title of its page calls it: "Les armes, juillet 2018"."""
    names = told(part.names)
    # Pages of terms have terms for names.
    shown = [name for name in names if name.kind != "terms" or name == names[-1]]
    return ", ".join(_said(page, part, name) for name in shown)


def part_name(page: PageWriter, part: Part) -> str:
    """A part among others that the same index parts: "juillet 2018"."""
    return _said(page, part, part.names[-1])


def _said(page: PageWriter, part: Part, name: Name) -> str:
    label, locale = page.locale.label, page.locale
    if name.kind == "date":
        return locale.date(parse_date(name.value))
    if name.kind == "within":
        return label("page.part.within", date=locale.date(parse_date(name.value)))
    if name.kind == "page":
        return _from_to(page, part) or label("page.part.number", number=name.value)
    named = {"topic": page.site.topics, "side": page.site.sides}.get(name.kind, ())
    for each in named:
        if each.id == name.value:
            return page.prose.plain(each.label[page.language])
    own = label(_LABELS[name.kind])
    # It stands within a title; where it is one, it gets its capital again.
    return own[:1].lower() + own[1:]


def _from_to(page: PageWriter, part: Part) -> str:
    """The first and the last entry of a part in which they have an order that readers know."""
    explainer, language = page.explainer, page.language
    first, last = part.entries[0], part.entries[-1]
    if list_of(part.id) == "contents":
        ids = explainer.site.section_ids
        first_number, last_number = (
            page.locale.number(Decimal(ids.index(each) + 1)) for each in (first, last)
        )
        return page.locale.label("page.part.chapters", first=first_number, last=last_number)
    if list_of(part.id) == "glossary":
        return page.locale.label(
            "page.part.words",
            first=_glossary_name(explainer, language, first),
            last=_glossary_name(explainer, language, last),
        )
    return ""


def _glossary_name(explainer: Explainer, language: str, anchor: str) -> str:
    kind, _, place_id = anchor.partition("-")
    if place_id:
        return str(explainer.places[place_id].names[language].name)
    return str(explainer.terms[kind].texts[language].term)
