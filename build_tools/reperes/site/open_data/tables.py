"""figures.csv, events.csv, quotations.csv: tables, which a spreadsheet of the language opens as is.

Programs read facts.json. docs/DATA.md says what the columns hold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from reperes.language.typography import typeset
from reperes.model.edition_now import edition_named
from reperes.model.facts import Event, Figure, Quotation
from reperes.model.pins import LOCATOR_KINDS
from reperes.model.stated import Stated, StatedDate, StatedNumber, StatedWords
from reperes.site.open_data.language_view import LanguageView
from reperes.text.markup import with_capital

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the alphabet of the machine."""

_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")

_Row = TypeVar("_Row")
_Column = tuple[str, Callable[[LanguageView, _Row], str]]
"""A heading, as the key of an interface label, and what stands under it."""

_Number = tuple[Figure, StatedNumber]
_Day = tuple[Event, StatedDate]
_Words = tuple[Quotation, StatedWords]
_Given = _Number | _Day | _Words
"""A row: a fact, and one of the values that are given for it."""


def figures_csv(view: LanguageView) -> str:
    """The figures, a row for each value that somebody gives."""
    figures = view.explainer.figures.values()
    rows = [(figure, number) for figure in figures for number in figure.values]
    return _table(view, _FIGURES, rows)


def events_csv(view: LanguageView) -> str:
    """The events in order of time, a row for each date that somebody gives."""
    return _table(view, _EVENTS, [(event, day) for event in view.events for day in event.values])


def quotations_csv(view: LanguageView) -> str:
    """The quotations in order of time, a row for each wording that somebody gives."""
    rows = [(said, words) for said in view.quotations for words in said.values]
    return _table(view, _QUOTATIONS, rows)


def _table(view: LanguageView, columns: Sequence[_Column[_Row]], rows: Sequence[_Row]) -> str:
    # Where the comma parts decimals, spreadsheets expect a semicolon between cells.
    delimiter = ";" if view.locale.decimal_sign == "," else ","
    written = io.StringIO()
    table = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    shown = [
        (view.locale.label(heading), cell)
        for heading, cell in columns
        if heading not in _SELDOM or any(cell(view, row) for row in rows)
    ]
    table.writerow([heading for heading, _ in shown])
    for row in rows:
        table.writerow([_safe(cell(view, row)) for _, cell in shown])
    return _BYTE_ORDER_MARK + written.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what it might.

    See https://owasp.org/www-community/attacks/CSV_Injection
    """
    is_formula = _FORMULA.match(cell.lstrip(" ")) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _number(view: LanguageView, number: Decimal | None) -> str:
    return "" if number is None else view.locale.digits(number)


def _kind(view: LanguageView, event: Event) -> str:
    return "" if event.kind == "other" else view.locale.label(f"kind.event.{event.kind}")


def _place(view: LanguageView, place_id: str | None) -> str:
    return view.name("place", place_id) if place_id else ""


def _actors(view: LanguageView, actor_ids: Iterable[str]) -> str:
    return view.locale.list([view.name("actor", actor_id) for actor_id in actor_ids])


def _derived(view: LanguageView, row: _Given) -> str:
    _, stated = row
    return view.text(stated.derived.reason) if stated.derived else ""


def _translator(view: LanguageView, row: _Words) -> str:
    """Who translated a quotation for the language, "" where nobody had to."""
    _, stated = row
    by = stated.translated_by(view.language) or view.locale.label("quotation.ours")
    return "" if stated.language == view.language else typeset(by, view.language)


def _sources(view: LanguageView, stated: Stated) -> str:
    labels = [view.text(view.explainer.sources[pin.source_id].label) for pin in stated.pins]
    return "; ".join(labels)


def _in_sources(kind: str) -> Callable[[LanguageView, _Given], str]:
    """The column of a kind of place: what the pins of a value have of it."""

    def cell(view: LanguageView, row: _Given) -> str:
        found = [pin.locator for pin in row[1].pins if pin.locator and pin.locator.kind == kind]
        return "; ".join(", ".join(locator.values) for locator in found)

    return cell


def _rank(view: LanguageView, row: _Given) -> str:
    fact, stated = row
    return view.locale.label(f"rank.{stated.rank}") if len(fact.values) > 1 else ""


_LABEL: _Column[_Given] = (
    "data.column.label",
    lambda view, row: view.text(row[0].label),
)
_DERIVED: _Column[_Given] = ("card.derived", _derived)
_LAST: tuple[_Column[_Given], ...] = (
    ("rank", _rank),
    ("rank.because", lambda view, row: view.optional(row[1].because) or ""),
    ("card.who", lambda view, row: with_capital(_actors(view, row[1].attributed_to))),
    ("data.column.source", lambda view, row: _sources(view, row[1])),
    *((f"data.column.{kind}", _in_sources(kind)) for kind in LOCATOR_KINDS),
    (
        "card.evidence",
        lambda view, row: "; ".join(pin.evidence for pin in row[1].pins if pin.evidence),
    ),
    (
        "data.column.edition",
        lambda view, _: typeset(edition_named(view.explainer, view.language), view.language),
    ),
    ("data.column.id", lambda view, row: row[0].id),
    ("data.column.address", lambda view, row: view.permalink("fact", row[0].id)),
)
"""What every table ends with; an address is long, and leads away."""

_SELDOM = {
    "rank",
    "rank.because",
    "data.column.edition",
    *(f"data.column.{kind}" for kind in LOCATOR_KINDS if kind != "paragraphs"),
}
"""Columns that stand where they hold something: most facts have one value, in paragraphs."""

_FIGURES: tuple[_Column[_Number], ...] = (
    _LABEL,
    ("picture.data.low", lambda view, row: _number(view, row[1].floor)),
    ("picture.data.high", lambda view, row: _number(view, row[1].ceiling)),
    ("picture.data.bound", lambda view, row: view.locale.label(f"picture.bound.{row[1].bound}")),
    ("picture.data.unit", lambda view, row: view.locale.unit_alone(row[0].unit, row[1].high)),
    ("data.column.text", lambda view, row: view.amount(row[0], row[1])),
    ("card.as_of", lambda view, row: view.locale.date(row[1].as_of)),
    ("data.column.edtf", lambda view, row: row[1].as_of.text),
    _DERIVED,
    ("card.period", lambda view, row: view.locale.date(row[1].period) if row[1].period else ""),
    ("card.place", lambda view, row: _place(view, row[1].place_id)),
    ("card.unknown", lambda view, row: view.optional(row[0].unknown) or ""),
    ("card.contested", lambda view, row: view.optional(row[0].contested) or ""),
    ("card.note", lambda view, row: view.optional(row[0].note) or ""),
    *_LAST,
)

_QUOTATIONS: tuple[_Column[_Words], ...] = (
    _LABEL,
    ("card.speaker", lambda view, row: with_capital(_actors(view, [row[0].speaker_id]))),
    ("data.column.words", lambda view, row: view.text(row[1].words)),
    ("data.column.original", lambda view, row: typeset(row[1].original, row[1].language)),
    ("data.column.language", lambda view, row: view.locale.language_name(row[1].language)),
    ("card.translation", _translator),
    ("card.date", lambda view, row: view.locale.date(row[1].date)),
    ("data.column.edtf", lambda view, row: row[1].date.text),
    _DERIVED,
    # Whoever reports a quotation has not said it.
    *(("card.reported_by" if head == "card.who" else head, cell) for head, cell in _LAST),
)

_EVENTS: tuple[_Column[_Day], ...] = (
    _LABEL,
    ("data.column.summary", lambda view, row: view.text(row[0].summary)),
    ("card.date", lambda view, row: view.locale.date(row[1].date)),
    ("data.column.edtf", lambda view, row: row[1].date.text),
    _DERIVED,
    ("data.column.kind", lambda view, row: _kind(view, row[0])),
    ("card.place", lambda view, row: _place(view, row[0].place_id)),
    ("data.column.actors", lambda view, row: _actors(view, row[0].actors)),
    *_LAST,
)
