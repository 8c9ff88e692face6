"""figures.csv and events.csv: tables for people, which a spreadsheet of the language opens as is.

Programs read facts.json. docs/DATA.md says what the columns hold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from reperes.model.facts import Event, Fact, Figure
from reperes.model.pins import LOCATOR_KINDS
from reperes.site.open_data.language_view import LanguageView
from reperes.text.markup import with_capital

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the alphabet of the machine."""

_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")

_Fact = TypeVar("_Fact", bound=Fact)
_Column = tuple[str, Callable[[LanguageView, _Fact], str]]
"""A heading, as the key of an interface label, and what stands under it."""


def figures_csv(view: LanguageView) -> str:
    return _table(view, _FIGURES, view.explainer.figures.values())


def events_csv(view: LanguageView) -> str:
    """The events in order of time."""
    return _table(view, _EVENTS, view.events)


def _table(view: LanguageView, columns: Sequence[_Column[_Fact]], facts: Iterable[_Fact]) -> str:
    # Where the comma parts decimals, spreadsheets expect a semicolon between cells.
    delimiter = ";" if view.locale.decimal_sign == "," else ","
    facts = list(facts)
    columns = [
        (heading, cell)
        for heading, cell in columns
        if heading not in _SELDOM or any(cell(view, fact) for fact in facts)
    ]
    written = io.StringIO()
    table = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    table.writerow([view.locale.label(heading) for heading, _ in columns])
    for fact in facts:
        table.writerow([_safe(cell(view, fact)) for _, cell in columns])
    return _BYTE_ORDER_MARK + written.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what it might.

    See https://owasp.org/www-community/attacks/CSV_Injection
    """
    is_formula = _FORMULA.match(cell.lstrip(" ")) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _number(view: LanguageView, number: Decimal | None) -> str:
    return "" if number is None else view.locale.digits(number)


def _bound(view: LanguageView, figure: Figure) -> str:
    return view.locale.label(f"picture.bound.{figure.bound}")


def _kind(view: LanguageView, event: Event) -> str:
    return "" if event.kind == "other" else view.locale.label(f"kind.event.{event.kind}")


def _place(view: LanguageView, fact: Figure | Event) -> str:
    return view.name("place", fact.place_id) if fact.place_id else ""


def _actors(view: LanguageView, actor_ids: Iterable[str]) -> str:
    return view.locale.list([view.name("actor", actor_id) for actor_id in actor_ids])


def _derived(view: LanguageView, fact: Figure | Event) -> str:
    return view.text(fact.derived.reason) if fact.derived else ""


def _in_source(kind: str) -> Callable[[LanguageView, Fact], str]:
    """The column of a kind of place: what a pin has of it."""

    def cell(view: LanguageView, fact: Fact) -> str:
        locator = fact.pin.locator
        return ", ".join(locator.values) if locator and locator.kind == kind else ""

    return cell


_LABEL: _Column[Fact] = ("data.column.label", lambda view, fact: view.text(fact.label))
_PLACE: _Column[Figure | Event] = ("card.place", _place)
_DERIVED: _Column[Figure | Event] = ("card.derived", _derived)
_LAST: tuple[_Column[Fact], ...] = (
    ("card.who", lambda view, fact: with_capital(_actors(view, fact.attributed_to))),
    (
        "data.column.source",
        lambda view, fact: view.text(view.explainer.sources[fact.pin.source_id].label),
    ),
    *((f"data.column.{kind}", _in_source(kind)) for kind in LOCATOR_KINDS),
    ("card.evidence", lambda view, fact: fact.pin.evidence or ""),
    ("data.column.id", lambda view, fact: fact.id),
    ("data.column.address", lambda view, fact: view.permalink("fact", fact.id)),
)
"""What every table ends with; an address is long, and leads away."""

_SELDOM = {f"data.column.{kind}" for kind in LOCATOR_KINDS if kind != "paragraphs"}
"""Columns that a table has where they hold something: most explainers have one kind of source."""

_FIGURES: tuple[_Column[Figure], ...] = (
    _LABEL,
    ("picture.data.low", lambda view, figure: _number(view, figure.floor)),
    ("picture.data.high", lambda view, figure: _number(view, figure.ceiling)),
    ("picture.data.bound", _bound),
    ("picture.data.unit", lambda view, figure: view.locale.unit(figure.unit, figure.high)),
    ("data.column.text", lambda view, figure: view.value(figure)),
    ("card.as_of", lambda view, figure: view.locale.date(figure.as_of)),
    ("data.column.edtf", lambda view, figure: figure.as_of.text),
    _DERIVED,
    ("card.period", lambda view, fig: view.locale.date(fig.period) if fig.period else ""),
    _PLACE,
    ("card.unknown", lambda view, figure: view.optional(figure.unknown) or ""),
    ("card.contested", lambda view, figure: view.optional(figure.contested) or ""),
    ("card.note", lambda view, figure: view.optional(figure.note) or ""),
    *_LAST,
)

_EVENTS: tuple[_Column[Event], ...] = (
    _LABEL,
    ("data.column.summary", lambda view, event: view.text(event.summary)),
    ("card.date", lambda view, event: view.locale.date(event.date)),
    ("data.column.edtf", lambda view, event: event.date.text),
    _DERIVED,
    ("data.column.kind", _kind),
    _PLACE,
    ("data.column.actors", lambda view, event: _actors(view, event.actors)),
    *_LAST,
)
