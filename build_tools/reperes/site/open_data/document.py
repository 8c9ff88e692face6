"""facts.json: everything curated, in one language. docs/DATA.md describes its fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from typing import Any

from reperes.language.typography import typeset
from reperes.model.bearings import Picture, Term
from reperes.model.citing import passage_address
from reperes.model.declaring import Declared, declared_fields
from reperes.model.edition_now import edition_now
from reperes.model.entries import Entry, Pin
from reperes.model.explainer import Explainer
from reperes.model.facts import Correction, Fact, Figure
from reperes.model.gone import NAMESPACE_OF, Gone
from reperes.model.pins import locator_text
from reperes.model.schema import NOUNS
from reperes.model.shapes import Words
from reperes.model.stated import Stated, StatedNumber, names_of
from reperes.pages.corrections import correction_scheme
from reperes.site.open_data.language_view import LanguageView, canonical
from reperes.text.dates import FactDate

SCHEMA_VERSION = "3.1"
"""Its first number changes when a field goes or changes its meaning, the second when one comes."""

FILE = "facts.json"

LARGEST = 1_000_000
"""How many bytes a file holds at most; a larger document stands in parts."""

OF_PART = ("$schema", "schema_version", "language", "base_url")
"""What each part of a large document says besides its entries."""

GROUPS = (
    "figures",
    "events",
    "claims",
    "quotations",
    "actors",
    "places",
    "terms",
    "pictures",
    "sources",
    "corrections",
    "gone",
)
"""The lists of entries, which stand in parts where the document is too large."""

Row = dict[str, Any]

_HEAD_SIZE = 1_000
"""Room for what each part says besides its entries."""

_INSTEAD = {"low": "floor", "high": "ceiling"}
"""What is published of an attribute in its place: of an open end, no number is known."""

_FIRST = ("id", "label", "reference", "names", "texts", "see_also")
_LAST = (
    "unknown",
    "contested",
    "note",
    "attributed_to",
    "source",
    "rank",
    "because",
    "key",
    "values",
)
"""What stands first and last in every entry; the others stand between, in the file's order."""


def facts_files(view: LanguageView) -> dict[str, str]:
    """The document, whole or in parts, as files by their names.

    Its keys are always all there and in one order, null where unknown. One that is too large names
    its parts in place of its lists of entries: who looks for a list finds all of it, or none.
    """
    document = facts_document(view)
    text = _as_text(document)
    if len(text.encode()) <= LARGEST:
        return {FILE: text}
    shared = {key: document[key] for key in OF_PART}
    files: dict[str, str] = {}
    parts: dict[str, list[Row]] = {}
    for name in GROUPS:
        parts[name] = []
        for number, rows in enumerate(_parted(document.pop(name)), 1):
            file = f"facts/{name}-{number}.json"
            files[file] = _as_text({**shared, "part_of": view.file(FILE), name: rows})
            parts[name].append({"url": view.file(file), "count": len(rows)})
    return {FILE: _as_text({**document, "parts": parts}), **files}


def _parted(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in as few lists as the size of a file allows."""
    part: list[Row] = []
    size = 0
    for row in rows:
        row_size = len(_as_text(row, indent=3).encode())
        if part and size + row_size > LARGEST - _HEAD_SIZE:
            yield part
            part, size = [], 0
        part.append(row)
        size += row_size
    if part:
        yield part


def _as_text(value: Row, indent: int = 1) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def facts_document(view: LanguageView) -> Row:
    site, explainer = view.site, view.explainer
    groups: Mapping[str, Iterable[Entry]] = {
        "figures": explainer.figures.values(),
        "events": view.events,
        "claims": explainer.claims.values(),
        "quotations": explainer.quotations.values(),
        "actors": explainer.actors.values(),
        "places": explainer.places.values(),
        "terms": explainer.terms.values(),
        "pictures": explainer.pictures.values(),
        "sources": explainer.sources.values(),
        "corrections": explainer.corrections_in_order,
        "gone": explainer.gone.values(),
    }
    return {
        "$schema": f"{explainer.shared_url}facts.schema.json",
        "schema_version": SCHEMA_VERSION,
        "language": view.language,
        "languages": list(site.language_codes),
        "title": view.text(site.title),
        "tagline": view.text(site.tagline),
        "base_url": site.base_url,
        "url": view.file(""),
        "as_of": site.as_of.text,
        "updated": site.updated.text,
        "archived": site.archived,
        "edition": _edition_row(explainer),
        "editor": _row(view, site.editor),
        "licence": _row(view, site.licence),
        "sides": [_row(view, side) for side in site.sides],
        "topics": [_row(view, topic) for topic in site.topics],
        "vocabulary": _row(view, explainer.vocabulary),
        "units": [_unit_row(view, unit) for unit in _units(view)],
        **{name: [entry_row(view, entry) for entry in groups[name]] for name in GROUPS},
    }


def _edition_row(explainer: Explainer) -> Row | None:
    """The latest edition; null where none was released."""
    found = edition_now(explainer)
    if found is None:
        return None
    return {"number": found.number, "day": found.day.text, "has_changed": found.has_changed}


def _units(view: LanguageView) -> Iterable[str]:
    """The units of figures, each once, and those that they are related to."""
    used = dict.fromkeys(str(figure.unit) for figure in view.explainer.figures.values())
    per = [other for unit in used for other in view.locale.unit_wording(unit).per]
    return dict.fromkeys([*used, *per])


def _unit_row(view: LanguageView, unit: str) -> Row:
    wording = view.locale.unit_wording(unit)
    return {
        "id": unit,
        "kind": wording.kind,
        "one": wording.noun("one") or None,
        "other": wording.noun("other") or None,
        "symbol": wording.symbol or None,
        "per": list(wording.per),
    }


def entry_row(view: LanguageView, entry: Entry) -> Row:
    """What is published of an entry, each field followed by what is said of it in words."""
    row: Row = {}
    for declared in published_fields(type(entry)):
        if declared.each:
            assert isinstance(entry, Fact)
            named = zip(names_of(entry.values), entry.values, strict=True)
            row["values"] = [_value_row(view, entry, name, value) for name, value in named]
            continue
        attribute = _INSTEAD.get(declared.attribute, declared.attribute)
        row |= _published(view, declared, getattr(entry, attribute))
        if declared.key in FOLLOWING:
            name, say = FOLLOWING[declared.key]
            row[name] = say(view, entry)
    return row


def _value_row(view: LanguageView, fact: Fact, name: str, stated: Stated) -> Row:
    """One of the values that are given for a fact; its id is none of a page, but lasts."""
    row: Row = {"id": name}
    for declared in published_fields(type(stated)):
        attribute = _INSTEAD.get(declared.attribute, declared.attribute)
        row |= _published(view, declared, getattr(stated, attribute))
        if declared.key == "bound":
            assert isinstance(fact, Figure)
            assert isinstance(stated, StatedNumber)
            row["text"] = view.amount(fact, stated)
        elif declared.key in ("date", "attributed_to", "words"):
            name, say = FOLLOWING[declared.key]
            row[name] = say(view, stated)
    return row


def published_fields(cls: type[Any]) -> list[Declared]:
    """What of a class is published, in the order of the document."""

    def rank(declared: Declared) -> int:
        if declared.key in _FIRST:
            return _FIRST.index(declared.key) - len(_FIRST)
        return _LAST.index(declared.key) + 1 if declared.key in _LAST else 0

    declared = (each for each in declared_fields(cls).values() if each.published is not None)
    return sorted(declared, key=rank)


def _published(view: LanguageView, declared: Declared, value: Any) -> Row:
    """A field under its name; but what each language calls an entry stands among the entry's own.

    Marks are resolved wherever a text may have some: in what is in each language, and in long ones.
    """
    if isinstance(value, Mapping):
        said = value[view.language]
        if not isinstance(said, str):
            return _row(view, said)
        value = view.text(value)
    elif isinstance(declared.shape, Words) and declared.shape.long:
        value = view.text({view.language: value})
    return {str(declared.published): _plain(view, value)}


def _row(view: LanguageView, value: object) -> Row:
    """What is published of a record, field by field."""
    row: Row = {}
    for declared in published_fields(type(value)):
        row |= _published(view, declared, getattr(value, declared.attribute))
    return row


def _plain(view: LanguageView, value: Any) -> Any:
    """A value in what JSON has: a number and a date as their canonical text, a record as a row."""
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, FactDate):
        return value.text
    if isinstance(value, tuple):
        return [_plain(view, item) for item in value]
    if isinstance(value, Pin):
        return _pin_row(view, value)
    return _row(view, value) if is_dataclass(value) else value


def _pin_row(view: LanguageView, pin: Pin) -> Row:
    """A source with the place in it, typed and in words; null where the whole says so."""
    locator, source = pin.locator, view.explainer.sources[pin.source_id]
    where = locator and {
        "kind": locator.kind,
        "values": list(locator.values),
        "text": typeset(locator_text(locator, view.locale), view.language),
    }
    row = _row(view, pin)
    return {"id": row.pop("id"), "locator": where, **row, "url": passage_address(source, pin)}


def _address(view: LanguageView, entry: Entry) -> str:
    if isinstance(entry, Correction):
        return view.file(f"corrections/#{entry.id}")
    return view.permalink("fact" if isinstance(entry, Fact) else NOUNS[type(entry)], entry.id)


def _image(view: LanguageView, picture: Picture) -> Row:
    address, found = view.image(picture.id)
    size = {"width": found.width, "height": found.height}
    return {"url": address, "media_type": found.media_type, **size}


def _target_address(view: LanguageView, correction: Correction) -> str:
    scheme = correction_scheme(view.explainer, correction.target_id)
    return view.permalink(scheme, correction.target_id)


def _address_now(view: LanguageView, gone: Gone) -> str | None:
    return gone.now and view.permalink(NAMESPACE_OF[gone.was[0]], gone.now)


def _translations(view: LanguageView, term: Term) -> Row:
    return {code: text.term for code, text in term.texts.items() if code != view.language}


FOLLOWING: Mapping[str, tuple[str, Callable[[LanguageView, Any], Any]]] = {
    "id": ("url", _address),
    "unit": ("text", lambda view, figure: view.value(figure)),
    "date": ("date_text", lambda view, fact: view.locale.date(fact.date)),
    "words": ("original", lambda view, said: typeset(said.original, said.language)),
    "attributed_to": ("attribution", lambda view, fact: view.by(fact)),
    "target": ("target_url", _target_address),
    "now": ("now_url", _address_now),
    "texts": ("translations", _translations),
    "caption": ("image", _image),
    "creator": ("credit", lambda view, picture: view.credit(picture)),
}
"""What stands behind a field, by that field's key: its name, and what it says."""
